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

/* Content of a foreign object stays as it is; all else is done with. */
static bool
on_start(void *user, const bn_node *node)
{
    bn_fo_doc *d = user;

    start_node(d, node);
    return d->took_foreign == node;
}

static void
on_text(void *user, const char *s, size_t n)
{
    bn_fo_text(user, s, n);
}

static void
on_end(void *user)
{
    bn_fo_end(user);
}

bn_code
bn_fo_load(bn_source *s, const char *path, bool strict, bn_fo_tree **out,
           bn_msgs *msgs)
{
    bn_fo_doc *d = bn_fo_doc_new(strict, msgs);
    const bn_xml_events events = {d, on_start, on_text, on_end};
    bn_code code = bn_xml_stream(s, path, &events, &d->pub.doc, msgs);

    if (code == BN_OK)
        code = bn_fo_finish(d);
    if (code) {
        bn_fo_doc_free(d);
        return code;
    }
    if (d->took_foreign == NULL) {
        bn_tree_free(d->pub.doc);
        d->pub.doc = NULL;
    }
    *out = &d->pub;
    return BN_OK;
}

void
bn_fo_free(bn_fo_tree *t)
{
    bn_fo_doc_free((bn_fo_doc *)(void *)t);
}
