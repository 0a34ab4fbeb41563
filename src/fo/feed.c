/* Two ways in: a document that XSLT left in memory, and a file. */
#include "fo/tree.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

enum { MAX_ATTRS = 200 };

static enum ns
namespace_of(const xmlNs *ns)
{
    return bn_fo_namespace(ns ? (const char *)ns->href : NULL);
}

/* An attribute's text: one text node in all but odd documents. */
static const char *
attr_text(bn_fo_doc *d, const xmlNode *node, const xmlAttr *a)
{
    const xmlNode *c = a->children;
    xmlChar *text;
    const char *out;

    if (c == NULL)
        return "";
    if (c->next == NULL && c->type == XML_TEXT_NODE)
        return (const char *)c->content;
    text = xmlNodeListGetString(node->doc, c, 1);
    out = bn_arena_strdup(d->arena, text ? (const char *)text : "");
    xmlFree(text);
    return out;
}

static void
start_node(bn_fo_doc *d, const xmlNode *node)
{
    bn_fo_attr attrs[MAX_ATTRS];
    size_t n = 0;

    for (const xmlAttr *a = node->properties; a && n < MAX_ATTRS; a = a->next)
        attrs[n++] = (bn_fo_attr){(const char *)a->name, attr_text(d, node, a),
                                  namespace_of(a->ns)};
    bn_fo_start(d, namespace_of(node->ns), (const char *)node->name, attrs, n,
                bn_place_of(node), node);
}

/* Walk without recursion: documents may be deep. */
static void
walk(bn_fo_doc *d, const xmlNode *root)
{
    const xmlNode *node = root;

    while (node) {
        if (node->type == XML_ELEMENT_NODE) {
            start_node(d, node);
            if (node->children) {
                node = node->children;
                continue;
            }
            bn_fo_end(d);
        } else if (node->type == XML_TEXT_NODE ||
                   node->type == XML_CDATA_SECTION_NODE) {
            bn_fo_text(d, (const char *)node->content,
                       strlen((const char *)node->content));
        }
        while (node != root && node->next == NULL) {
            node = node->parent;
            bn_fo_end(d);
        }
        if (node == root)
            break;
        node = node->next;
    }
}

bn_code
bn_fo_build(bn_tree *doc, bool strict, bn_fo_tree **out, bn_msgs *msgs)
{
    bn_fo_doc *d = bn_fo_doc_new(strict, msgs);
    bn_code code;

    if (xmlDocGetRootElement(doc))
        walk(d, xmlDocGetRootElement(doc));
    code = bn_fo_finish(d);
    if (code)
        bn_fo_doc_free(d);
    else
        *out = &d->pub;
    return code;
}

bn_code
bn_fo_load(bn_source *s, const char *path, bool strict, bn_fo_tree **out,
           bn_msgs *msgs)
{
    bn_tree *doc = NULL;
    bn_code code = bn_xml_load(s, path, BN_XML_PLAIN, &doc, msgs);

    if (code)
        return code;
    code = bn_fo_build(doc, strict, out, msgs);
    if (code)
        bn_tree_free(doc);
    else
        (*out)->doc = doc;
    return code;
}

void
bn_fo_free(bn_fo_tree *t)
{
    bn_fo_doc_free((bn_fo_doc *)(void *)t);
}
