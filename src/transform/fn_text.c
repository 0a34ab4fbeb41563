/* fn_text.c - functions of numbers, characters and nodes. */
#include "transform/functions.h"

#include <libxml/xpathInternals.h>

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "base/digest.h"
#include "base/utf8.h"
#include "transform/numeral.h"

xmlXPathObjectPtr
fn_number(struct call *k)
{
    const char *form = call_text_or(k, 1, "comma");
    enum numeral_fault bad;
    bn_buf out = {0};

    if (numeral_write(call_text(k, 0), form, &out, &bad))
        return give_buf(&out);
    bn_buf_free(&out);
    if (bad == NUMERAL_FORM)
        return call_fail(k, BN_EFORM, form);
    return call_fail(k, BN_ENUMERAL, call_text(k, 0));
}

xmlXPathObjectPtr
fn_series(struct call *k)
{
    const double n = call_number(k, 0);
    const char *kind = call_text(k, 1);
    enum numeral_fault bad = NUMERAL_NUMBER;
    bn_buf out = {0};

    if (n >= 1 && n <= 9999 && n == (double)(int)n &&
        numeral_series((int)n, kind, &out, &bad))
        return give_buf(&out);
    bn_buf_free(&out);
    if (bad == NUMERAL_FORM)
        return call_fail(k, BN_EFORM, kind);
    return call_fail(k, BN_ENUMERAL, call_text(k, 0));
}

xmlXPathObjectPtr
fn_full_width(struct call *k)
{
    bn_buf out = {0};

    text_to_full(call_text(k, 0), &out);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_half_width(struct call *k)
{
    bn_buf out = {0};

    text_to_half(call_text(k, 0), &out);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_digits(struct call *k)
{
    bn_buf out = {0};

    if (text_digits(call_text(k, 0), call_text(k, 1), &out))
        return give_buf(&out);
    return call_fail(k, BN_EFORM, call_text(k, 1));
}

xmlXPathObjectPtr
fn_count_width(struct call *k)
{
    const char *s = call_text(k, 0), *const end = s + strlen(s);
    double width = 0;

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);
        const int wide =
            u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);

        if (c == BN_U8_BAD || u_getCombiningClass((UChar32)c) != 0 ||
            u_hasBinaryProperty((UChar32)c, UCHAR_VARIATION_SELECTOR))
            continue;
        width += wide == U_EA_FULLWIDTH || wide == U_EA_WIDE ||
                         wide == U_EA_AMBIGUOUS
                     ? 1
                     : 0.5;
    }
    return give_number(width);
}

/* --------------------------------------------------------------- sorting */

xmlXPathObjectPtr
fn_sort_key(struct call *k)
{
    bn_transform *t = k->r->t;
    const char *s = call_text(k, 0);
    const int32_t room = (int32_t)strlen(s) + 1;
    UChar *wide = bn_arena_alloc(k->a, sizeof *wide * (size_t)room);
    UErrorCode status = U_ZERO_ERROR;
    int32_t n16 = 0, nkey;
    uint8_t *key;
    bn_buf hex = {0};

    if (t->readings == NULL)
        t->readings = ucol_open("ja", &status);
    u_strFromUTF8(wide, room, &n16, s, -1, &status);
    if (U_FAILURE(status))
        return call_fail(k, BN_EFORM, u_errorName(status));
    nkey = ucol_getSortKey(t->readings, wide, n16, NULL, 0);
    key = bn_arena_alloc(k->a, (size_t)nkey + 1);
    ucol_getSortKey(t->readings, wide, n16, key, nkey);
    for (int32_t i = 0; i < nkey - 1; i++)
        bn_buf_addf(&hex, "%02x", key[i]);
    return give_buf(&hex);
}

/* ----------------------------------------------------------------- names */

enum { NAME_EMS = 5 };

/* Family and given name, parted by a blank of either width, spread to five
 * characters as name lists do: 見本　太郎, 林　　太郎, 佐々木太郎. */
xmlXPathObjectPtr
fn_name_spaced(struct call *k)
{
    const char *s = call_text(k, 0);
    const char *wide = strstr(s, "　"), *narrow = strchr(s, ' ');
    const char *cut = wide ? wide : narrow;
    const char *given = cut + (wide ? 3 : 1);
    size_t n;
    bn_buf out = {0};

    if (cut == NULL)
        return give_text(s);
    n = bn_u8_count(s, (size_t)(cut - s)) + bn_u8_count(given, strlen(given));
    bn_buf_add(&out, s, (size_t)(cut - s));
    for (; n < NAME_EMS; n++)
        bn_buf_adds(&out, "　");
    bn_buf_adds(&out, given);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_digest(struct call *k)
{
    const char *s = call_text(k, 0);
    const bn_digest d = bn_digest_of(s, strlen(s));
    const double n = k->n > 1 ? call_number(k, 1) : BN_DIGEST_HEX - 1;
    char hex[BN_DIGEST_HEX];

    if (!(n >= 1 && n <= BN_DIGEST_HEX - 1))
        return call_fail(k, BN_ENUMERAL, call_text(k, 1));
    bn_digest_hex(&d, hex);
    hex[(size_t)n] = '\0';
    return give_text(hex);
}

/* ----------------------------------------------------------------- nodes */

xmlXPathObjectPtr
fn_at(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    bn_place place = 0;
    char s[24];

    if (set && set->nodeTab[0]->type != XML_NAMESPACE_DECL)
        place = bn_place_of(set->nodeTab[0]);
    if (place == 0)
        return give_text("");
    bn_place_write(place, s);
    return give_text(s);
}

/* The tree that holds <input>: the context's, else the one at hand. */
static xmlNodePtr
input_root(struct call *k)
{
    bn_tree *tree = k->r->context ? k->r->context->input : NULL;

    if (tree == NULL && k->r->xslt)
        tree = k->r->xslt->initialContextDoc;
    if (tree == NULL)
        tree = k->c->context->doc;
    return tree ? xmlDocGetRootElement(tree) : NULL;
}

xmlXPathObjectPtr
fn_input(struct call *k)
{
    return give_node(input_root(k));
}

static bool
is_named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

bool
is_unit(const xmlNode *n)
{
    return is_named(n, "certification-case") || is_named(n, "client-kit") ||
           is_named(n, "trial-project") || is_named(n, "Law");
}

xmlXPathObjectPtr
fn_item(struct call *k)
{
    xmlNodePtr root = input_root(k);

    if (k->r->context && k->r->context->item)
        return give_node(k->r->context->item);
    if (root && is_named(root, "input"))
        for (xmlNodePtr n = root->children; n; n = n->next)
            if (is_unit(n))
                return give_node(n);
    return give_node(root);
}

xmlXPathObjectPtr
fn_document(struct call *k)
{
    const bn_context *c = k->r->context;

    return give_text(c && c->document ? c->document : "");
}

xmlXPathObjectPtr
fn_draft(struct call *k)
{
    return give_true(k->r->context && k->r->context->draft);
}

/* The next word of a blank-separated list, in arena; NULL at its end. */
static const char *
next_word(bn_arena *a, const char **list)
{
    static const char blank[] = " \t\r\n";
    const char *start = *list + strspn(*list, blank);
    const size_t n = strcspn(start, blank);

    *list = start + n;
    return n > 0 ? bn_arena_strndup(a, start, n) : NULL;
}

/* What may be ticked on a form, joined by |; "": no such kind. */
xmlXPathObjectPtr
fn_choices(struct call *k)
{
    bn_buf out = {0};
    const char *ja;

    for (size_t i = 0; (ja = label_nth(call_text(k, 0), i)); i++)
        bn_buf_addf(&out, "%s%s", i ? "|" : "", ja);
    return give_buf(&out);
}

/* One code, or a list of them, joined by a middle dot. */
xmlXPathObjectPtr
fn_label(struct call *k)
{
    const char *list = call_text(k, 1), *code;
    bn_buf out = {0};

    if (call_is_empty(k, 1))
        return call_fail(k, BN_ENOVALUE, call_text(k, 0));
    while ((code = next_word(k->a, &list)) != NULL) {
        const char *ja = label_find(call_text(k, 0), code);

        if (ja == NULL) {
            bn_buf_free(&out);
            return call_fail(
                k, BN_EFORM,
                bn_arena_printf(k->a, "%s/%s", call_text(k, 0), code));
        }
        bn_buf_adds(&out, out.len > 0 ? "・" : "");
        bn_buf_adds(&out, ja);
    }
    return give_buf(&out);
}

/* ----------------------------------------------------- rules over content */

/* Between the texts of cells and paragraphs, so that a value never runs into
 * its neighbour; squeezing leaves it. */
#define BETWEEN "\x1f"

static bool
is_inline(const xmlNode *n)
{
    static const char *const names[] = {"span", "em", "strong", "time", "ruby",
                                        "rb",   "a",  "u",      "sup",  "sub"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp((const char *)n->name, names[i]) == 0)
            return true;
    return n->type != XML_ELEMENT_NODE;
}

static void
add_printed(const xmlNode *from, bn_buf *out)
{
    const xmlNode *n = from;

    for (;;) {
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
            n->content)
            text_squeeze((const char *)n->content, out);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != from && n->next == NULL) {
            n = n->parent;
            bn_buf_adds(out, is_inline(n) ? "" : BETWEEN);
        }
        if (n == from)
            return;
        bn_buf_adds(out, is_inline(n) ? "" : BETWEEN);
        n = n->next;
    }
}

xmlXPathObjectPtr
fn_printed(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const xmlNode *n = set ? set->nodeTab[0] : NULL;
    bn_buf out = {0};

    if (n && n->type == XML_DOCUMENT_NODE)
        n = xmlDocGetRootElement((xmlDocPtr)n);
    if (n && n->type == XML_ELEMENT_NODE)
        add_printed(n, &out);
    else
        text_squeeze(call_text(k, 0), &out);
    return give_buf(&out);
}

static bool
is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

/* Is value in text, and not as a part of a longer number or Latin word? */
static bool
is_printed(const char *text, const char *value)
{
    const size_t n = strlen(value);

    for (const char *p = strstr(text, value); p; p = strstr(p + 1, value)) {
        const bool cut_before =
            p > text && is_alnum(p[-1]) && is_alnum(value[0]);
        const bool cut_behind =
            n > 0 && is_alnum(p[n]) && is_alnum(value[n - 1]);

        if (!cut_before && !cut_behind)
            return true;
        if (*p == '\0')
            break;
    }
    return false;
}

xmlXPathObjectPtr
fn_prints(struct call *k)
{
    bn_buf text = {0}, value = {0};
    bool found;

    text_squeeze(call_text(k, 0), &text);
    text_squeeze(call_text(k, 1), &value);
    found = is_printed(text.p, value.p);
    bn_buf_free(&text);
    bn_buf_free(&value);
    return give_true(found);
}

static bool
has_word(const char *list, const char *word)
{
    const size_t n = strlen(word);

    for (const char *p = list; *p; p += strcspn(p, " \t\r\n")) {
        p += strspn(p, " \t\r\n");
        if (n > 0 && strcspn(p, " \t\r\n") == n && strncmp(p, word, n) == 0)
            return true;
    }
    return false;
}

xmlXPathObjectPtr
fn_has(struct call *k)
{
    return give_true(has_word(call_text(k, 0), call_text(k, 1)));
}

/* All texts of the nodes in one blank-separated list. */
static const char *
list_of(struct call *k, int i)
{
    const xmlNodeSetPtr set = call_nodes(k, i);
    const char *copy;
    bn_buf out = {0};

    for (int j = 0; set && j < set->nodeNr; j++) {
        xmlChar *s = xmlXPathCastNodeToString(set->nodeTab[j]);

        bn_buf_adds(&out, s ? (const char *)s : "");
        bn_buf_addc(&out, ' ');
        xmlFree(s);
    }
    copy = set ? bn_arena_strdup(k->a, out.p) : call_text(k, i);
    bn_buf_free(&out);
    return copy;
}

xmlXPathObjectPtr
fn_lacking(struct call *k)
{
    const char *wanted = list_of(k, 0);
    const char *have = k->args[1]->type == XPATH_NODESET && !call_nodes(k, 1)
                           ? ""
                           : list_of(k, 1);
    const char *prefix = call_text(k, 2), *word;
    bn_buf out = {0};

    while ((word = next_word(k->a, &wanted)) != NULL)
        if (!has_word(have, bn_arena_printf(k->a, "%s%s", prefix, word)) &&
            !has_word(out.p ? out.p : "", word))
            bn_buf_addf(&out, out.len > 0 ? " %s" : "%s", word);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_join(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const char *between = call_text_or(k, 1, "、");
    bn_buf out = {0};

    for (int i = 0; set && i < set->nodeNr; i++) {
        xmlChar *s = xmlXPathCastNodeToString(set->nodeTab[i]);

        bn_buf_adds(&out, i > 0 ? between : "");
        bn_buf_adds(&out, s ? (const char *)s : "");
        xmlFree(s);
    }
    return give_buf(&out);
}

/* The attributes of a node as one text; NULL when one is absent. */
static const char *
attributes_of(struct call *k, xmlNodePtr node, const char *names)
{
    bn_buf all = {0};
    const char *name, *text;

    while ((name = next_word(k->a, &names)) != NULL) {
        xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);

        if (value == NULL) {
            bn_buf_free(&all);
            return NULL;
        }
        bn_buf_addf(&all, "%s\x1f", (const char *)value);
        xmlFree(value);
    }
    text = bn_arena_strdup(k->a, all.p ? all.p : "");
    bn_buf_free(&all);
    return text;
}

xmlXPathObjectPtr
fn_repeated(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const char *names = call_text(k, 1);
    bn_map *seen = bn_map_new(k->a);
    xmlXPathObjectPtr out = xmlXPathNewNodeSet(NULL);

    for (int i = 0; set && i < set->nodeNr; i++) {
        const char *key = attributes_of(k, set->nodeTab[i], names);
        bool is_new = true;

        if (key)
            bn_map_put(seen, key, strlen(key), &is_new);
        if (!is_new)
            xmlXPathNodeSetAddUnique(out->nodesetval, set->nodeTab[i]);
    }
    return out;
}

/* Joins two lists in one walk over each, where [@a = $b/@a] takes every pair. */
xmlXPathObjectPtr
fn_among(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0), values = call_nodes(k, 1);
    bn_map *known = bn_map_new(k->a);
    xmlXPathObjectPtr out = xmlXPathNewNodeSet(NULL);

    for (int i = 0; values && i < values->nodeNr; i++) {
        xmlChar *text = xmlNodeGetContent(values->nodeTab[i]);

        bn_map_puts(known, text ? (const char *)text : "");
        xmlFree(text);
    }
    for (int i = 0; set && i < set->nodeNr; i++) {
        xmlChar *text = xmlNodeGetContent(set->nodeTab[i]);

        if (bn_map_finds(known, text ? (const char *)text : ""))
            xmlXPathNodeSetAddUnique(out->nodesetval, set->nodeTab[i]);
        xmlFree(text);
    }
    return out;
}

/* What a paper prints, as a whole and cell by cell: a value is mostly a cell
 * of its own, so that a register of thousands of rows is looked through once. */
struct print {
    const char *text;
    bn_map *cells;
};

static void
read_print(struct call *k, struct print *p)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const xmlNode *n = set ? set->nodeTab[0] : NULL;
    bn_buf out = {0};

    if (n && n->type == XML_DOCUMENT_NODE)
        n = xmlDocGetRootElement((xmlDocPtr)n);
    if (n && n->type == XML_ELEMENT_NODE)
        add_printed(n, &out);
    p->text = bn_arena_strdup(k->a, out.p ? out.p : "");
    p->cells = bn_map_new(k->a);
    bn_buf_free(&out);
    for (const char *s = p->text; *s;) {
        const size_t length = strcspn(s, "\x1f");

        bn_map_put(p->cells, s, length, NULL);
        s += length;
        s += *s != '\0';
    }
}

static bool
is_cell(const struct print *p, const char *value)
{
    bn_buf plain = {0};
    bool found;

    text_squeeze(value, &plain);
    found = plain.p && bn_map_find(p->cells, plain.p, strlen(plain.p));
    bn_buf_free(&plain);
    return found;
}

static bool
is_date_cell(const struct print *p, const struct date *d)
{
    static const char *const forms[] = {"wareki", "short", "dotted"};
    bool found = false;

    for (size_t i = 0; !found && i < sizeof forms / sizeof forms[0]; i++) {
        bn_buf form = {0};

        found = date_write(d, forms[i], &form) && is_cell(p, form.p);
        bn_buf_free(&form);
    }
    return found;
}

static bool
stands_in(const struct print *p, const char *value)
{
    struct date d;
    bn_buf plain = {0};
    bool found;

    if (date_read(value, &d))
        return is_date_cell(p, &d) || date_is_printed(p->text, &d);
    if (is_cell(p, value))
        return true;
    text_squeeze(value, &plain);
    found = is_printed(p->text, plain.p);
    bn_buf_free(&plain);
    return found;
}

/* The attribute of this name, else the text of the child; NULL: neither. */
static xmlChar *
named_value(xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);

    for (xmlNodePtr c = node->children; c && value == NULL; c = c->next)
        if (c->type == XML_ELEMENT_NODE && xmlStrEqual(c->name, BAD_CAST name))
            value = xmlNodeGetContent(c);
    return value;
}

xmlXPathObjectPtr
fn_unprinted(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 1);
    xmlXPathObjectPtr out = xmlXPathNewNodeSet(NULL);
    struct print p;

    read_print(k, &p);
    for (int i = 0; set && i < set->nodeNr; i++) {
        const char *names = call_text(k, 2), *name;
        bool printed = true;

        while (printed && (name = next_word(k->a, &names)) != NULL) {
            xmlChar *value = named_value(set->nodeTab[i], name);

            printed = value == NULL || *value == '\0' ||
                      stands_in(&p, (const char *)value);
            xmlFree(value);
        }
        if (!printed)
            xmlXPathNodeSetAddUnique(out->nodesetval, set->nodeTab[i]);
    }
    return out;
}

xmlXPathObjectPtr
fn_placeholder(struct call *k)
{
    static const char *const marks[] = {"○○", "●●",     "＿＿", "◯◯", "△△",
                                        "__", "T.B.D.", "TBD",  "{{"};
    const char *s = call_text(k, 0);

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strstr(s, marks[i]))
            return give_text(marks[i]);
    return give_text("");
}

/* A unit's file that is not one of this input's: the units seen are noted
 * when their rules are run. */
xmlXPathObjectPtr
fn_foreign(struct call *k)
{
    const uint32_t file = (uint32_t)(bn_place_read(call_text(k, 0)) >> 32);
    const xmlNode *root = input_root(k);

    if (file == 0 || bn_map_find(k->r->t->units, &file, sizeof file) == NULL)
        return give_true(false);
    for (const xmlNode *n = root ? root->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && bn_place_of(n) >> 32 == file)
            return give_true(false);
    return give_true(true);
}
