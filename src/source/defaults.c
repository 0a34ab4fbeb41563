#include "source/source.h"

#include <string.h>

#include <libxml/tree.h>

#include "source/internal.h"

static const struct row {
    const char *root, *element, *attribute, *value;
} rows[] = {
#define BN_DEFAULT(root, element, attribute, value)                            \
    {root, element, attribute, value},
#include "schemas/defaults.def"
#undef BN_DEFAULT
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static void
set_on(xmlNode *node, const char *root)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp((const char *)node->name, rows[i].element) == 0 &&
            strcmp(root, rows[i].root) == 0 &&
            !xmlHasProp(node, BAD_CAST rows[i].attribute))
            xmlNewProp(node, BAD_CAST rows[i].attribute,
                       BAD_CAST rows[i].value);
}

void
bn_set_defaults(bn_tree *t)
{
    xmlNode *root = xmlDocGetRootElement(t);
    xmlNode *n = root;

    while (n) {
        if (n->type == XML_ELEMENT_NODE)
            set_on(n, (const char *)root->name);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != root && n->next == NULL)
            n = n->parent;
        n = n == root ? NULL : n->next;
    }
}
