/* digest.c - what content says, as one number. */
#include <string.h>

#include "content/internal.h"

static void
add_part(bn_buf *b, char kind, const xmlChar *s)
{
    const char *text = s ? (const char *)s : "";

    bn_buf_addc(b, kind);
    bn_buf_add(b, text, strlen(text) + 1);
}

/* Where a value was read says nothing of the value. */
static bool
is_place(const xmlAttr *a)
{
    return xmlStrEqual(a->name, BAD_CAST "data-at");
}

static void
add_start(bn_buf *b, const xmlNode *n)
{
    add_part(b, '<', n->name);
    add_part(b, ':', n->ns ? n->ns->href : NULL);
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        xmlChar *value;

        if (is_place(a))
            continue;
        value = xmlNodeListGetString(n->doc, a->children, 1);
        add_part(b, '@', a->name);
        add_part(b, '=', value);
        xmlFree(value);
    }
}

bn_digest
bn_content_digest(const bn_tree *content, bool *pictures)
{
    const xmlNode *const root = xmlDocGetRootElement(content);
    const xmlNode *n = root;
    bn_buf b = {0};
    bn_digest digest;

    *pictures = false;
    while (n) {
        if (n->type == XML_ELEMENT_NODE) {
            add_start(&b, n);
            *pictures |= strcmp((const char *)n->name, "img") == 0 ||
                         strcmp((const char *)n->name, "image") == 0;
        } else {
            add_part(&b, 't', n->content);
        }
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n && n != root && n->next == NULL) {
            bn_buf_addc(&b, '>');
            n = n->parent;
        }
        n = n == NULL || n == root ? NULL : n->next;
    }
    digest = bn_digest_of(b.p ? b.p : "", b.len);
    bn_buf_free(&b);
    return digest;
}
