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
        xmlNs *ns = NULL;
        xmlChar *value;

        if (x->ns ? xmlHasNsProp(sequence, x->name, x->ns->href) != NULL
                  : xmlHasProp(sequence, x->name) != NULL)
            continue;
        if (x->ns)
            ns = xmlSearchNsByHref(sequence->doc, sequence, x->ns->href);
        value = xmlNodeGetContent((const xmlNode *)x);
        if (ns || x->ns == NULL)
            xmlSetNsProp(sequence, ns, x->name, value);
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

/* The bookmarks of a paper below the one of its title, folded. */
static void
nest_bookmarks(xmlNode *tree)
{
    xmlNode *title = tree ? first_element(tree, "bookmark") : NULL;
    xmlNode *next = title ? next_element(title, "bookmark") : NULL;

    if (next == NULL)
        return;
    xmlSetProp(title, TEXT("starting-state"), TEXT("hide"));
    while (next) {
        xmlNode *n = next;

        next = next_element(n, "bookmark");
        xmlUnlinkNode(n);
        xmlAddChild(title, n);
    }
}

/* Bookmarks of all papers in one tree; made where the first one had none. */
static void
move_bookmarks(xmlNode *from, xmlNode *root, xmlNode *before)
{
    xmlNode *to = first_element(root, "bookmark-tree");

    if (from == NULL)
        return;
    nest_bookmarks(from);
    if (to)
        move_children(from, to);
    else {
        xmlUnlinkNode(from);
        xmlAddPrevSibling(before, from);
        xmlReconciliateNs(root->doc, from);
    }
}

/* Behind the last page of a paper none is put in for the count's sake. */
static void
end_paper(xmlNode *root)
{
    for (xmlNode *s = first_element(root, "page-sequence"); s;
         s = next_element(s, "page-sequence"))
        if (next_element(s, "page-sequence") == NULL)
            xmlSetProp(s, TEXT("force-page-count"), TEXT("no-force"));
}

/* A paper of its own begins with page 1; bound through, pages are counted
 * on. */
static void
number_sequence(xmlNode *s, bool first, bool through)
{
    const char *begin = "initial-page-number";

    if (through)
        xmlUnsetProp(s, TEXT(begin));
    else if (first && !xmlHasProp(s, TEXT(begin)))
        xmlSetProp(s, TEXT(begin), TEXT("1"));
}

/* "3 / 7": of all pages, when they are counted through. */
static void
cite_last(xmlNode *node, const char *id)
{
    for (xmlNode *n = node; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp((const char *)n->name, "page-number-citation-last") == 0)
            xmlSetProp(n, TEXT("ref-id"), TEXT(id));
        cite_last(n->children, id);
    }
}

/* The last sequence's id, given one if it has none. */
static const char *
last_sequence(bn_arena *a, xmlNode *root)
{
    xmlNode *last = NULL;

    for (xmlNode *s = first_element(root, "page-sequence"); s;
         s = next_element(s, "page-sequence"))
        last = s;
    if (last == NULL)
        return NULL;
    if (!xmlHasProp(last, TEXT("id")))
        xmlSetProp(last, TEXT("id"), TEXT("last-paper"));
    return attribute(a, last, "id");
}

void
bn_bind_end(bn_arena *a, bn_tree *all, bool through)
{
    xmlNode *root = xmlDocGetRootElement(all);
    const char *id = through ? last_sequence(a, root) : NULL;

    if (id)
        cite_last(root->children, id);
}

void
bn_bind(bn_arena *a, bn_tree **all, const bn_tree *paper, size_t i,
        bool through)
{
    const xmlNode *from = xmlDocGetRootElement(paper);
    xmlNode *root, *copy, *next;
    bool first = true;

    if (*all == NULL) {
        *all = xmlNewDoc(TEXT("1.0"));
        copy = xmlDocCopyNode((xmlNode *)from, *all, 1);
        copy_places(from, copy);
        xmlDocSetRootElement(*all, copy);
        nest_bookmarks(first_element(copy, "bookmark-tree"));
        end_paper(copy);
        return;
    }
    root = xmlDocGetRootElement(*all);
    copy = graft(root, from);
    end_paper(copy);
    rename_in(a, copy->children, bn_arena_printf(a, "b%zu-", i));
    move_children(first_element(copy, "layout-master-set"),
                  first_element(root, "layout-master-set"));
    move_bookmarks(first_element(copy, "bookmark-tree"), root,
                   first_element(root, "page-sequence"));
    for (xmlNode *s = first_element(copy, "page-sequence"); s; s = next) {
        next = next_element(s, "page-sequence");
        take_inherited(copy, s);
        number_sequence(s, first, through);
        first = false;
        xmlUnlinkNode(s);
        xmlAddPrevSibling(copy, s);
        xmlReconciliateNs(*all, s);
    }
    xmlUnlinkNode(copy);
    xmlFreeNode(copy);
}
