/* xmp.c - what the XMP in fo:declarations says of the document: elements of
 * Dublin Core and PDF, in whatever containers of RDF they hold. */
#include "fo/tree.h"

#include <string.h>

#include <libxml/tree.h>

static bool
is_element(const xmlNode *n, const char *ns, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns && n->ns->href &&
           strcmp((const char *)n->ns->href, ns) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

static const xmlNode *
find(const xmlNode *n, const char *ns, const char *name)
{
    for (; n; n = n->next) {
        const xmlNode *found;

        if (is_element(n, ns, name))
            return n;
        found =
            n->type == XML_ELEMENT_NODE ? find(n->children, ns, name) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void
add_text(const xmlNode *n, bn_buf *out)
{
    for (; n; n = n->next)
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            bn_buf_adds(out, (const char *)n->content);
        else if (n->type == XML_ELEMENT_NODE)
            add_text(n->children, out);
}

const char *
bn_fo_xmp(const bn_fo *declarations, bn_arena *a, const char *ns,
          const char *name)
{
    static const char blanks[] = " \t\r\n";
    const xmlNode *n = declarations->foreign
                           ? find(declarations->foreign->children, ns, name)
                           : NULL;
    const char *from, *text = NULL;
    bn_buf b = {0};
    size_t len;

    if (n == NULL)
        return NULL;
    add_text(n->children, &b);
    if (b.len) {
        from = b.p + strspn(b.p, blanks);
        len = strlen(from);
        while (len && strchr(blanks, from[len - 1]))
            len--;
        text = len ? bn_arena_strndup(a, from, len) : NULL;
    }
    bn_buf_free(&b);
    return text;
}
