/* import_record.c - a row of a table as the elements of its record. */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "content/import.h"

#define TEXT(s) ((const xmlChar *)(s))

/* While a record is made: what # and . stand for, and what was met below the
 * element at hand. */
typedef struct maker {
    bn_arena *a;
    const bn_csv *table;
    const bn_map *values;
    const char *number; /* NULL: outside */
    const char *word;   /* NULL: outside */
    xmlDoc *doc;
} maker;

/* What the placeholders of an element and all below it came to. */
typedef struct found {
    bool any, filled;
    const bn_csv_cell *cell; /* the first */
} found;

static const char *
numbered(const maker *m, const char *name)
{
    const char *mark = strchr(name, '#');

    if (mark == NULL || m->number == NULL)
        return name;
    return bn_arena_printf(m->a, "%.*s%s%s", (int)(mark - name), name,
                           m->number, mark + 1);
}

static const import_value *
find_value(const maker *m, const char *name)
{
    const bn_map_value *slot = bn_map_finds(m->values, numbered(m, name));

    return slot ? slot->p : NULL;
}

/* The text with each {name} replaced; {#} the number, {.} the word. */
static const char *
replace(const maker *m, const char *s, found *f)
{
    bn_buf out = {0};
    const char *copy;

    while (*s) {
        const size_t plain = strcspn(s, "{");
        const char *end = s[plain] ? strchr(s + plain, '}') : NULL;
        const import_value *v;
        const char *name;

        bn_buf_add(&out, s, plain);
        s += plain;
        if (end == NULL)
            break;
        name = bn_arena_strndup(m->a, s + 1, end - s - 1);
        s = end + 1;
        if (strcmp(name, "#") == 0) {
            bn_buf_adds(&out, m->number ? m->number : "");
            continue;
        }
        f->any = true;
        if (strcmp(name, ".") == 0) {
            bn_buf_adds(&out, m->word ? m->word : "");
            f->filled |= m->word != NULL;
            continue;
        }
        v = find_value(m, name);
        if (v && *v->text) {
            bn_buf_adds(&out, v->text);
            f->filled = true;
            if (f->cell == NULL)
                f->cell = v->cell;
        }
    }
    bn_buf_adds(&out, s);
    copy = bn_arena_strndup(m->a, out.p ? out.p : "", out.len);
    bn_buf_free(&out);
    return copy;
}

static bool
is_ours(const xmlAttr *at)
{
    const char *name = (const char *)at->name;

    return strcmp(name, "each") == 0 || strcmp(name, "numbered") == 0 ||
           strcmp(name, "if") == 0;
}

static void make_element(maker *m, const xmlNode *from, xmlNode *parent,
                         found *f);

/* Has the column of an if="" a value? That counts for what is around. */
static bool
is_given(const maker *m, const char *name, found *f)
{
    const import_value *v = find_value(m, name);

    f->any = true;
    f->filled |= v != NULL;
    return v != NULL;
}

/* A word a time, or a number a time, or once. */
static void
make_elements(maker *m, const xmlNode *from, xmlNode *parent, found *f)
{
    const char *each = attribute(m->a, from, "each");
    const char *times = attribute(m->a, from, "numbered");
    const char *only = attribute(m->a, from, "if");
    maker inner = *m;

    if (times) {
        for (int i = 1; i <= NUMBERS_MOST && i <= atoi(times); i++) {
            inner.number = bn_arena_printf(m->a, "%d", i);
            if (only == NULL || is_given(&inner, only, f))
                make_element(&inner, from, parent, f);
        }
        return;
    }
    if (only && !is_given(m, only, f))
        return;
    if (each) {
        const import_value *v = find_value(m, each);

        for (const char *s = v ? v->text : ""; *s;) {
            const size_t n = strcspn(s, " ");
            found word = {0};

            inner.word = bn_arena_strndup(m->a, s, n);
            make_element(&inner, from, parent, &word);
            f->any = f->filled = true;
            s += n + strspn(s + n, " ");
        }
        f->any = true;
        return;
    }
    make_element(m, from, parent, f);
}

/* An element whose placeholders, and those of all below it, are empty is not
 * there; one without any is there when its parent is. */
static void
make_element(maker *m, const xmlNode *from, xmlNode *parent, found *outer)
{
    xmlNode *node = xmlNewDocNode(m->doc, NULL, from->name, NULL);
    found f = {0};

    for (const xmlAttr *at = from->properties; at; at = at->next) {
        const char *was = at->children ? (const char *)at->children->content : "";
        found own = {0};
        const char *text;

        if (is_ours(at))
            continue;
        text = replace(m, was, &own);
        if (!own.any || own.filled)
            xmlSetProp(node, at->name, TEXT(text));
        f.any |= own.any;
        f.filled |= own.filled;
        if (f.cell == NULL)
            f.cell = own.cell;
    }
    for (const xmlNode *n = from->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            make_elements(m, n, node, &f);
        else if (n->type == XML_TEXT_NODE && n->content)
            xmlNodeAddContent(node,
                              TEXT(replace(m, (const char *)n->content, &f)));
    outer->any |= f.any;
    outer->filled |= f.filled;
    if (f.any && !f.filled && parent) {
        xmlFreeNode(node);
        return;
    }
    if (f.cell)
        bn_place_of_cell(node, bn_csv_place(m->table, f.cell));
    if (outer->cell == NULL)
        outer->cell = f.cell;
    if (parent)
        xmlAddChild(parent, node);
    else
        xmlDocSetRootElement(m->doc, node);
}

/* Elements of literals alone stand where their parent does. */
static void
inherit_places(xmlNode *node, bn_place place)
{
    if (bn_place_of(node))
        place = bn_place_of(node);
    bn_place_of_cell(node, place);
    for (xmlNode *n = first_element(node, NULL); n; n = next_element(n, NULL))
        inherit_places(n, place);
}

bn_tree *
import_record(bn_arena *a, const bn_import *mapping, const bn_csv *table,
              const bn_map *values, bn_place row)
{
    maker m = {.a = a,
               .table = table,
               .values = values,
               .doc = xmlNewDoc(TEXT("1.0"))};
    found f = {0};

    make_element(&m, mapping->record, NULL, &f);
    inherit_places(xmlDocGetRootElement(m.doc), row);
    return m.doc;
}
