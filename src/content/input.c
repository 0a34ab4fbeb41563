/* input.c - the one tree that rules, stylesheets and templates see. */
#include "content/content.h"

#include <libxml/tree.h>
#include <string.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

bn_tree *
bn_input_new(void)
{
    xmlDoc *doc = xmlNewDoc(TEXT("1.0"));

    xmlDocSetRootElement(doc, xmlNewDocNode(doc, NULL, TEXT("input"), NULL));
    return doc;
}

/* Places do not come with libxml2's copies. Both trees have one shape. */
void
copy_places(const xmlNode *from, xmlNode *to)
{
    const xmlNode *a = from;
    xmlNode *b = to;

    for (;;) {
        b->_private = a->_private;
        if (a->type == XML_ELEMENT_NODE && a->children) {
            a = a->children;
            b = b->children;
            continue;
        }
        while (a != from && a->next == NULL) {
            a = a->parent;
            b = b->parent;
        }
        if (a == from)
            return;
        a = a->next;
        b = b->next;
    }
}

xmlNode *
graft(xmlNode *parent, const xmlNode *from)
{
    xmlNode *copy = xmlDocCopyNode((xmlNode *)from, parent->doc, 1);

    copy_places(from, copy);
    return xmlAddChild(parent, copy);
}

bn_node *
bn_input_add(bn_tree *input, const bn_tree *doc)
{
    return graft(xmlDocGetRootElement(input), xmlDocGetRootElement(doc));
}

xmlNode *
first_element(const xmlNode *parent, const char *name)
{
    xmlNode *n = parent ? parent->children : NULL;

    while (n && (n->type != XML_ELEMENT_NODE ||
                 (name && strcmp((const char *)n->name, name) != 0)))
        n = n->next;
    return n;
}

xmlNode *
next_element(const xmlNode *node, const char *name)
{
    xmlNode *n = node->next;

    while (n && (n->type != XML_ELEMENT_NODE ||
                 (name && strcmp((const char *)n->name, name) != 0)))
        n = n->next;
    return n;
}

const char *
attribute(bn_arena *a, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, TEXT(name));
    const char *copy = NULL;

    if (value)
        copy = bn_arena_strdup(a, (const char *)value);
    xmlFree(value);
    return copy;
}

bool
attribute_is(const xmlNode *node, const char *name, const char *want)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, TEXT(name));
    const bool same = value && strcmp((const char *)value, want) == 0;

    xmlFree(value);
    return same;
}

/* ------------------------------------------------------------- options */

static xmlNode *
find_option(xmlNode *house, const xmlChar *name)
{
    for (xmlNode *n = first_element(house, "option"); n;
         n = next_element(n, "option"))
        if (attribute_is(n, "name", (const char *)name))
            return n;
    return NULL;
}

static void
add_options(xmlNode *house, const xmlDoc *doc)
{
    for (const xmlNode *n = first_element(xmlDocGetRootElement(doc), "option");
         n; n = next_element(n, "option")) {
        xmlChar *name = xmlGetNoNsProp((xmlNode *)n, TEXT("name"));
        xmlNode *old = name ? find_option(house, name) : NULL;

        if (old) {
            xmlUnlinkNode(old);
            xmlFreeNode(old);
        }
        graft(house, n);
        xmlFree(name);
    }
}

void
bn_input_options(bn_tree *input, const bn_tree *const *docs, size_t n)
{
    xmlNode *house =
        xmlNewChild(xmlDocGetRootElement(input), NULL, TEXT("house"), NULL);

    for (size_t i = 0; i < n; i++)
        if (docs[i])
            add_options(house, docs[i]);
}

/* ------------------------------------------------------------ register */

/* Where rows come from: the element that holds them, and their name. */
static const struct {
    const char *holder, *row;
} register_rows[] = {
    {"certificates", "certificate"},
    {"documents", "document"},
    {"guidance-log", "guidance"},
};

static void
set_text_of(xmlNode *row, const char *name, const xmlNode *from)
{
    xmlChar *text = from ? xmlNodeGetContent(from) : NULL;

    if (text)
        xmlSetProp(row, TEXT(name), text);
    xmlFree(text);
}

enum { KINDS = sizeof register_rows / sizeof register_rows[0] };

size_t
row_kind(const char *name)
{
    size_t kind = 0;

    while (kind < KINDS && strcmp(name, register_rows[kind].row) != 0)
        kind++;
    return kind;
}

/* A copy of the element, behind the last row of its kind. */
xmlNode *
put_row(xmlNode *reg, bn_rows *rows, size_t kind, const xmlNode *from)
{
    xmlNode *row = xmlDocCopyNode((xmlNode *)from, reg->doc, 1);
    xmlNode *before = NULL;

    copy_places(from, row);
    for (size_t k = 0; k <= kind; k++)
        if (rows->last[k])
            before = rows->last[k];
    if (before)
        xmlAddNextSibling(before, row);
    else if (reg->children)
        xmlAddPrevSibling(reg->children, row);
    else
        xmlAddChild(reg, row);
    rows->last[kind] = row;
    return row;
}

/* The same with what its case says about itself. */
static void
add_row(xmlNode *reg, bn_rows *rows, size_t kind, const xmlNode *unit,
        const xmlNode *from)
{
    const xmlNode *client = first_element(unit, "client");
    xmlNode *row = put_row(reg, rows, kind, from);
    xmlChar *id = xmlGetNoNsProp((xmlNode *)unit, TEXT("id"));

    if (id)
        xmlSetProp(row, TEXT("case"), id);
    xmlFree(id);
    set_text_of(row, "client", first_element(client, "name"));
    set_text_of(row, "client-address", first_element(client, "address"));
    set_text_of(row, "scope",
                first_element(first_element(unit, "scope"), "description"));
    add_row_days(row, unit);
    if (strcmp(register_rows[kind].row, "certificate") == 0)
        add_maintenance(row, unit);
}

xmlNode *
register_of(bn_tree *input)
{
    xmlNode *root = xmlDocGetRootElement(input);
    xmlNode *reg = first_element(root, "register");

    return reg ? reg : xmlNewChild(root, NULL, TEXT("register"), NULL);
}

void
bn_input_row(bn_tree *input, bn_rows *rows, const bn_tree *doc)
{
    const xmlNode *unit = xmlDocGetRootElement(doc);
    xmlNode *reg = register_of(input);

    for (size_t k = 0; k < KINDS; k++) {
        const xmlNode *holder = first_element(unit, register_rows[k].holder);

        for (const xmlNode *from = first_element(holder, register_rows[k].row);
             from; from = next_element(from, register_rows[k].row))
            add_row(reg, rows, k, unit, from);
    }
    add_case_rows(reg, unit);
}

void
bn_input_register(bn_tree *input, const bn_tree *const *cases, size_t n)
{
    bn_rows rows = {0};

    register_of(input);
    for (size_t i = 0; i < n; i++)
        bn_input_row(input, &rows, cases[i]);
}

bn_code
bn_input_extract(const bn_tree *unit, bn_buf *out, bn_err *err)
{
    bn_tree *input = bn_input_new();
    bn_rows rows = {0};
    bn_code code;

    bn_input_row(input, &rows, unit);
    code = bn_tree_write(input, out, err);
    bn_tree_free(input);
    return code;
}

/* --------------------------------------------------------------- trees */

const char *
bn_tree_name(const bn_tree *t)
{
    return (const char *)xmlDocGetRootElement(t)->name;
}

const char *
bn_tree_attribute(bn_arena *a, const bn_tree *t, const char *name)
{
    return attribute(a, xmlDocGetRootElement(t), name);
}

const char *
bn_node_attribute(bn_arena *a, const bn_node *node, const char *name)
{
    return attribute(a, node, name);
}

bn_node *
bn_tree_unit(bn_tree *input)
{
    return first_element(xmlDocGetRootElement(input), NULL);
}

bn_tree *
bn_body_head(const bn_tree *body)
{
    static const char *const kept[] = {"name", "address", "representative",
                                       "accreditation"};
    bn_tree *head = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *from = xmlDocGetRootElement(body);
    xmlNode *root = xmlDocCopyNode(from, head, 2); /* attributes only */

    root->_private = from->_private;
    xmlDocSetRootElement(head, root);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const xmlNode *part = first_element(from, kept[i]);

        if (part)
            graft(root, part);
    }
    return head;
}
