/* bind.c - page descriptions of several papers in one. */
#include <libxml/tree.h>
#include <string.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

/* Names that hold inside one page description. */
static const char *const names[] = {
    "master-name", "master-reference",     "id",
    "ref-id",      "internal-destination", "page-citation-id",
};

static void
rename_in(bn_arena *a, xmlNode *node, const char *prefix)
{
    for (xmlNode *n = node; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            const char *old = attribute(a, n, names[i]);

            if (old)
                xmlSetProp(n, TEXT(names[i]),
                           TEXT(bn_arena_printf(a, "%s%s", prefix, old)));
        }
        rename_in(a, n->children, prefix); /* as deep as content: bounded */
    }
}

/* What a sequence inherits from its own root must go with it. */
static void
take_inherited(const xmlNode *root, xmlNode *sequence)
{
    for (const xmlAttr *x = root->properties; x; x = x->next) {
        xmlChar *value;

        if (x->ns || xmlHasProp(sequence, x->name))
            continue;
        value = xmlNodeGetContent((const xmlNode *)x);
        xmlSetProp(sequence, x->name, value);
        xmlFree(value);
    }
}

static void
move_children(xmlNode *from, xmlNode *to)
{
    while (from && to && from->children) {
        xmlNode *n = from->children;

        xmlUnlinkNode(n);
        xmlAddChild(to, n);
        xmlReconciliateNs(to->doc, n); /* its declarations stay behind */
    }
}

/* Bookmarks of all papers in one tree; made where the first one had none. */
static void
move_bookmarks(xmlNode *from, xmlNode *root, xmlNode *before)
{
    xmlNode *to = first_element(root, "bookmark-tree");

    if (from == NULL)
        return;
    if (to)
        move_children(from, to);
    else {
        xmlUnlinkNode(from);
        xmlAddPrevSibling(before, from);
        xmlReconciliateNs(root->doc, from);
    }
}

void
bn_bind(bn_arena *a, bn_tree **all, const bn_tree *paper, size_t i)
{
    const xmlNode *from = xmlDocGetRootElement(paper);
    xmlNode *root, *copy, *next;
    bool first = true;

    if (*all == NULL) {
        *all = xmlNewDoc(TEXT("1.0"));
        copy = xmlDocCopyNode((xmlNode *)from, *all, 1);
        copy_places(from, copy);
        xmlDocSetRootElement(*all, copy);
        return;
    }
    root = xmlDocGetRootElement(*all);
    copy = graft(root, from);
    rename_in(a, copy->children, bn_arena_printf(a, "b%zu-", i));
    move_children(first_element(copy, "layout-master-set"),
                  first_element(root, "layout-master-set"));
    move_bookmarks(first_element(copy, "bookmark-tree"), root,
                   first_element(root, "page-sequence"));
    for (xmlNode *s = first_element(copy, "page-sequence"); s; s = next) {
        next = next_element(s, "page-sequence");
        take_inherited(copy, s);
        if (first && !xmlHasProp(s, TEXT("initial-page-number")))
            xmlSetProp(s, TEXT("initial-page-number"), TEXT("1"));
        first = false;
        xmlUnlinkNode(s);
        xmlAddPrevSibling(copy, s);
        xmlReconciliateNs(*all, s);
    }
    xmlUnlinkNode(copy);
    xmlFreeNode(copy);
}
