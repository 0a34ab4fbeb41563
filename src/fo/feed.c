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

/* bn:part says where the rows of further parts go. */
static bool
is_mark(const xmlAttr *a)
{
    return strcmp((const char *)a->name, "part") == 0 &&
           namespace_of(a->ns) == NS_BN;
}

static void
start_node(bn_fo_doc *d, const xmlNode *node)
{
    bn_fo_attr attrs[MAX_ATTRS];
    size_t n = 0;

    for (const xmlAttr *a = node->properties; a && n < MAX_ATTRS; a = a->next)
        if (!is_mark(a))
            attrs[n++] = (bn_fo_attr){(const char *)a->name, attr_text(d, node, a),
                                  namespace_of(a->ns)};
    bn_fo_start(d, namespace_of(node->ns), (const char *)node->name, attrs, n,
                bn_place_of(node), node);
}

/* Further parts of a document. */
typedef struct parts {
    const xmlNode *into; /* the marked object of the first; NULL: none */
    bn_fo_more *more;
    void *user;
    bn_code code;
} parts;

static void feed_more(bn_fo_doc *d, parts *p);

static void
end_node(bn_fo_doc *d, const xmlNode *node, parts *p)
{
    if (p && node == p->into)
        feed_more(d, p);
    bn_fo_end(d);
}

/* Walk without recursion: documents may be deep. */
static void
walk(bn_fo_doc *d, const xmlNode *root, parts *p)
{
    const xmlNode *node = root;

    while (node) {
        if (node->type == XML_ELEMENT_NODE) {
            start_node(d, node);
            if (node->children) {
                node = node->children;
                continue;
            }
            end_node(d, node, p);
        } else if (node->type == XML_TEXT_NODE ||
                   node->type == XML_CDATA_SECTION_NODE) {
            bn_fo_text(d, (const char *)node->content,
                       strlen((const char *)node->content));
        }
        while (node != root && node->next == NULL) {
            node = node->parent;
            end_node(d, node, p);
        }
        if (node == root)
            break;
        node = node->next;
    }
}

static xmlNode *
find_mark(xmlNode *root)
{
    for (xmlNode *n = root; n;) {
        for (const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties
                                                            : NULL;
             a; a = a->next)
            if (is_mark(a))
                return n;
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n && n != root && n->next == NULL)
            n = n->parent;
        n = n == NULL || n == root ? NULL : n->next;
    }
    return NULL;
}

/* Take children away that another part has. */
static void
prune(xmlNode *node, size_t before, size_t after)
{
    for (; node && before && node->children; before--) {
        xmlNode *first = node->children;

        xmlUnlinkNode(first);
        xmlFreeNode(first);
    }
    for (; node && after && node->last; after--) {
        xmlNode *last = node->last;

        xmlUnlinkNode(last);
        xmlFreeNode(last);
    }
}

/* A document is done with when its objects are made, but for pictures. */
static void
feed_part(bn_fo_doc *d, bn_fo_part *part)
{
    const bn_node *foreign = d->took_foreign;
    xmlNode *body = find_mark(xmlDocGetRootElement(part->doc));

    prune(body, part->before, part->after);
    for (xmlNode *n = body ? body->children : NULL; n; n = n->next)
        walk(d, n, NULL);
    if (d->took_foreign == foreign)
        bn_tree_free(part->doc);
    else
        BN_PUSH(&d->kept) = part->doc;
}

static void
feed_more(bn_fo_doc *d, parts *p)
{
    while (p->code == BN_OK) {
        bn_fo_part part = {0};

        p->code = p->more(p->user, &part);
        if (p->code || part.doc == NULL)
            return;
        feed_part(d, &part);
    }
}

bn_code
bn_fo_build_parts(bn_tree *doc, size_t after, bool strict, bn_fo_more *more,
                  void *user, bn_fo_tree **out, bn_msgs *msgs)
{
    bn_fo_doc *d = bn_fo_doc_new(strict, msgs);
    parts p = {.more = more, .user = user};
    bn_code code;

    if (xmlDocGetRootElement(doc)) {
        xmlNode *into = find_mark(xmlDocGetRootElement(doc));

        prune(into, 0, after);
        p.into = into;
        walk(d, xmlDocGetRootElement(doc), &p);
    }
    code = p.code ? p.code : bn_fo_finish(d);
    if (code)
        bn_fo_doc_free(d);
    else
        *out = &d->pub;
    return code;
}

bn_code
bn_fo_build(bn_tree *doc, bool strict, bn_fo_tree **out, bn_msgs *msgs)
{
    bn_fo_doc *d = bn_fo_doc_new(strict, msgs);
    bn_code code;

    if (xmlDocGetRootElement(doc))
        walk(d, xmlDocGetRootElement(doc), NULL);
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
