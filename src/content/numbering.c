/* numbering.c - numbers of headings, articles, paragraphs and items, and the
 * citations that lead to them, made once for text, page and comparison. */
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/internal.h"
#include "content/scheme.h"

#define TEXT(s) ((const xmlChar *)(s))

/* Where a count stands: one for each element with its own data-numbering. */
typedef struct state {
    const scheme *scheme; /* NULL: nothing is numbered */
    int base;             /* level (from 0) of h2 */
    int heading;          /* level of the last heading, -1: none yet */
    int count[SCHEME_LEVELS];
    const char *cite[SCHEME_LEVELS]; /* of what stands open there */
    const xmlNode *article;          /* its heading, while inside one */
    int paragraphs;                  /* of that article */
    int paragraph;                   /* so far */
} state;

/* The walk over one article of content. */
typedef struct numbering {
    making *m;
    digit_style digits;
    bn_map *targets; /* id -> citation */
    bn_map *notes;   /* data-note -> number of its first mark */
    int footnotes;
} numbering;

static void number_children(numbering *w, state *s, xmlNode *parent, int list);

static bool
is_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

/* 2..6 for h2..h6, else 0. */
static int
heading_depth(const xmlNode *n)
{
    const char *name = (const char *)n->name;

    if (n->type != XML_ELEMENT_NODE || name[0] != 'h' || name[1] < '2' ||
        name[1] > '6' || name[2] != '\0')
        return 0;
    return name[1] - '0';
}

static bool
is_unnumbered(const xmlNode *n)
{
    static const char *const classes[] = {
        "unnumbered", "note",   "ki",      "ijo",        "date",
        "right",      "center", "closing", "paper-note", "form-number"};

    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (has_class(n, classes[i]))
            return true;
    return false;
}

static void
warn(numbering *w, bn_code code, const xmlNode *at, const char *arg)
{
    bn_warn(w->m->msgs, code, content_place(at), arg);
}

/* ------------------------------------------------------------- one number */

/* Put the number as the first child and on the element. */
static void
print_number(xmlNode *node, const char *number, int level)
{
    char text[16];
    xmlNode *span = xmlNewNode(node->ns, TEXT("span"));

    xmlNewProp(span, TEXT("class"), TEXT("number"));
    xmlNodeAddContent(span, TEXT(number));
    if (node->children)
        xmlAddPrevSibling(node->children, span);
    else
        xmlAddChild(node, span);
    xmlSetProp(node, TEXT("data-number"), TEXT(number));
    snprintf(text, sizeof text, "%d", level + 1);
    xmlSetProp(node, TEXT("data-level"), TEXT(text));
}

/* From which level on a citation is written: articles are cited without the
 * chapter that they stand in. */
static int
cite_from(const state *s, int level)
{
    const int article = scheme_level_with(s->scheme, LEVEL_ARTICLE);

    if (article >= 0)
        return level >= article ? article : level;
    return s->base;
}

static const char *
citation(numbering *w, const state *s, int level)
{
    bn_arena *a = w->m->job->arena;
    const char *all = "";

    for (int i = cite_from(s, level); i <= level; i++) {
        const char *part = s->cite[i] ? s->cite[i] : "";

        /* の joins; it does not begin. */
        if (*all == '\0' && strncmp(part, "の", strlen("の")) == 0)
            part += strlen("の");
        all = bn_arena_printf(a, "%s%s", all, part);
    }
    return all;
}

static void
note_target(numbering *w, const state *s, const xmlNode *node, int level)
{
    xmlChar *id = xmlGetNoNsProp((xmlNode *)node, TEXT("id"));

    if (id) {
        const char *label = bn_map_puts(w->targets, (const char *)id)->p;

        /* an item's id is met here first, a heading's was remembered */
        if (label == NULL || *label == '\0')
            bn_map_puts(w->targets, (const char *)id)->p =
                (void *)citation(w, s, level);
    }
    xmlFree(id);
}

/* Count one up on a level; what stands below it starts again, but articles
 * run on. Returns what is printed; sets the citation's part. */
static const char *
count_up(numbering *w, state *s, int at, const xmlNode *node)
{
    bn_arena *a = w->m->job->arena;
    const scheme_level *l = &s->scheme->levels[at];
    bool ran_out = false;
    const char *numeral;

    for (int i = at + 1; i < SCHEME_LEVELS; i++) {
        if (i >= s->scheme->nlevels ||
            !(s->scheme->levels[i].flags & LEVEL_ARTICLE))
            s->count[i] = 0;
        s->cite[i] = NULL;
    }
    numeral = mark_write(a, l->numeral, w->digits, ++s->count[at], &ran_out);
    if (ran_out)
        warn(w, BN_WRANOUT, node, numeral);
    s->cite[at] =
        bn_arena_printf(a, "%s%s%s", l->cite_before, numeral, l->cite_after);
    return bn_arena_printf(a, "%s%s%s", l->before, numeral, l->after);
}

/* Is there such a level? If not, say so once for the element. */
static bool
has_level(numbering *w, const state *s, int at, const xmlNode *node)
{
    bn_err err;

    if (at >= 0 && at < s->scheme->nlevels)
        return true;
    bn_fail(&err, BN_ELEVEL, content_place(node), s->scheme->name,
            bn_arena_printf(w->m->job->arena, "%d", at + 1));
    tell(w->m, &err);
    return false;
}

/* --------------------------------------------------------------- headings */

/* Paragraphs that belong to the article of a heading. */
static int
count_paragraphs(const xmlNode *heading)
{
    int n = 0;

    for (const xmlNode *p = heading->next; p && heading_depth(p) == 0;
         p = p->next)
        n += is_element(p, "p") && !is_unnumbered(p);
    return n;
}

static int
heading_level(const state *s, const xmlNode *node)
{
    xmlChar *own = xmlGetNoNsProp((xmlNode *)node, TEXT("data-level"));
    const int at = own ? (int)strtol((const char *)own, NULL, 10) - 1
                       : s->base + heading_depth(node) - 2;

    xmlFree(own);
    return at;
}

static void
number_heading(numbering *w, state *s, xmlNode *node)
{
    const int at = heading_level(s, node);
    const int article = scheme_level_with(s->scheme, LEVEL_ARTICLE);

    s->article = NULL;
    if (is_unnumbered(node)) {
        if (at < article) /* 附則: its articles count from one again */
            s->count[article] = 0;
        return;
    }
    if (!has_level(w, s, at, node))
        return;
    print_number(node, count_up(w, s, at, node), at);
    note_target(w, s, node, at);
    s->heading = at;
    if (at == article) {
        s->article = node;
        s->paragraphs = count_paragraphs(node);
        s->paragraph = 0;
    }
}

/* A paragraph of an article: the first one carries no number. */
static void
number_paragraph(numbering *w, state *s, xmlNode *node)
{
    const int at = scheme_level_with(s->scheme, LEVEL_PARAGRAPH);
    const char *number;

    if (at < 0 || s->article == NULL || node->parent != s->article->parent ||
        is_unnumbered(node))
        return;
    number = count_up(w, s, at, node);
    s->paragraph++;
    if (s->paragraphs < 2)
        s->cite[at] = NULL; /* 第1条第1号, without 第1項 */
    if (s->paragraph > 1)
        print_number(node, number, at);
    note_target(w, s, node, at);
}

/* ------------------------------------------------------------------ lists */

static int
list_level(const state *s, int outer)
{
    if (outer >= 0)
        return outer + 1;
    if (s->article)
        return scheme_level_with(s->scheme, LEVEL_PARAGRAPH) + 1;
    return s->heading >= 0 ? s->heading + 1 : s->base;
}

static int
list_start(const xmlNode *list)
{
    xmlChar *start = xmlGetNoNsProp((xmlNode *)list, TEXT("start"));
    const long n = start ? strtol((const char *)start, NULL, 10) : 1;

    xmlFree(start);
    return n > 0 && n < 10000 ? (int)n - 1 : 0;
}

/* A list outside every scheme: plain numbers. */
static void
number_plain(numbering *w, state *s, xmlNode *list)
{
    int i = list_start(list);

    for (xmlNode *li = list->children; li; li = li->next) {
        bool ran_out;

        if (!is_element(li, "li"))
            continue;
        if (!is_unnumbered(list) && !is_unnumbered(li))
            print_number(li,
                         mark_write(w->m->job->arena, NUMERAL_ARABIC, w->digits,
                                    ++i, &ran_out),
                         0);
        number_children(w, s, li, -1);
    }
}

static void
number_list(numbering *w, state *s, xmlNode *list, int outer, bool first)
{
    const int at = first ? s->base : list_level(s, outer);

    if (is_unnumbered(list)) {
        number_children(w, s, list, outer);
        return;
    }
    if (!has_level(w, s, at, list))
        return;
    s->count[at] = list_start(list);
    for (xmlNode *li = list->children; li; li = li->next) {
        if (!is_element(li, "li"))
            continue;
        if (!is_unnumbered(li)) {
            print_number(li, count_up(w, s, at, li), at);
            note_target(w, s, li, at);
        }
        number_children(w, s, li, at);
    }
}

/* -------------------------------------------------------------- the walk */

/* The state that an element's data-numbering opens; false: it has none. */
static bool
open_state(numbering *w, const xmlNode *node, state *out)
{
    const char *value = attribute(w->m->job->arena, node, "data-numbering");
    const size_t n = value ? strcspn(value, "/") : 0;
    bn_err err;

    if (value == NULL)
        return false;
    *out = (state){.heading = -1};
    if (strcmp(value, "none") == 0)
        return true;
    out->scheme = scheme_find(value, n);
    if (out->scheme && value[n] == '/')
        out->base = (int)strtol(value + n + 1, NULL, 10) - 1;
    if (out->scheme == NULL || out->base < 0 ||
        out->base >= out->scheme->nlevels) {
        bn_fail(&err, BN_ESCHEME, content_place(node), value);
        tell(w->m, &err);
        *out = (state){.heading = -1};
    }
    return true;
}

static void
remember_id(numbering *w, const xmlNode *node)
{
    const char *id = attribute(w->m->job->arena, node, "id");
    const char *label;
    bn_err err;

    if (id == NULL)
        return;
    if (bn_map_finds(w->targets, id)) {
        bn_fail(&err, BN_ETARGETTWICE, content_place(node), id);
        tell(w->m, &err);
    }
    label = attribute(w->m->job->arena, node, "data-label");
    bn_map_puts(w->targets, id)->p = (void *)(label ? label : "");
}

/* A later mark of the same note (data-note) has the number of the first. */
static void
number_footnote(numbering *w, xmlNode *node)
{
    bn_arena *a = w->m->job->arena;
    const char *note = attribute(a, node, "data-note");
    const char *number = NULL;

    if (has_class(node, "footnote")) {
        number = bn_arena_printf(a, "%d", ++w->footnotes);
        if (note)
            bn_map_puts(w->notes, note)->p = (void *)number;
    } else if (note && bn_map_finds(w->notes, note)) {
        number = bn_map_finds(w->notes, note)->p;
    }
    if (number)
        xmlSetProp(node, TEXT("data-number"), TEXT(number));
}

static void
number_node(numbering *w, state *s, xmlNode *node, int list)
{
    state own;
    const bool opens = open_state(w, node, &own);

    remember_id(w, node);
    if (opens)
        s = &own;
    if (is_element(node, "span"))
        number_footnote(w, node);
    if (is_element(node, "ol")) {
        if (s->scheme)
            number_list(w, s, node, list, opens);
        else
            number_plain(w, s, node);
        return;
    }
    if (s->scheme && heading_depth(node))
        number_heading(w, s, node);
    else if (s->scheme && is_element(node, "p"))
        number_paragraph(w, s, node);
    number_children(w, s, node, opens ? -1 : list);
}

/* Depth is bounded before (NEST_MAX). list: level of the list around, -1. */
static void
number_children(numbering *w, state *s, xmlNode *parent, int list)
{
    for (xmlNode *n = parent->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            number_node(w, s, n, list);
}

/* ------------------------------------------------------------- references */

static const char *
reference_id(bn_arena *a, const xmlNode *node)
{
    const char *ref = attribute(a, node, "data-ref");
    const char *href;

    if (ref)
        return ref;
    href = attribute(a, node, "href");
    return href && href[0] == '#' ? href + 1 : NULL;
}

static void
resolve(numbering *w, xmlNode *node)
{
    bn_arena *a = w->m->job->arena;
    const char *id = reference_id(a, node);
    const bn_map_value *target;
    bn_err err;

    if (id == NULL)
        return;
    target = bn_map_finds(w->targets, id);
    if (target == NULL) {
        bn_fail(&err, BN_ETARGET, content_place(node), id);
        tell(w->m, &err);
        return;
    }
    xmlSetProp(node, TEXT("href"), TEXT(bn_arena_printf(a, "#%s", id)));
    if (node->children)
        return;
    if (*(const char *)target->p == '\0') {
        bn_fail(&err, BN_ETARGETBARE, content_place(node), id);
        tell(w->m, &err);
        return;
    }
    xmlNodeAddContent(node, target->p);
}

static void
resolve_all(numbering *w, xmlNode *parent)
{
    for (xmlNode *n = parent->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (is_element(n, "a"))
            resolve(w, n);
        resolve_all(w, n);
    }
}

/* ----------------------------------------------------------------- public */

static digit_style
house_digits(const bn_tree *input)
{
    const xmlNode *house = first_element(xmlDocGetRootElement(input), "house");

    for (const xmlNode *o = first_element(house, "option"); o;
         o = next_element(o, "option")) {
        if (!attribute_is(o, "name", "digits"))
            continue;
        if (attribute_is(o, "value", "full"))
            return DIGITS_FULL;
        if (attribute_is(o, "value", "single-full"))
            return DIGITS_SINGLE_FULL;
    }
    return DIGITS_HALF;
}

void
number_article(making *m, xmlDoc *content)
{
    numbering w = {.m = m,
                   .digits = house_digits(m->input),
                   .targets = bn_map_new(m->job->arena),
                   .notes = bn_map_new(m->job->arena)};
    state none = {.heading = -1};
    xmlNode *root = xmlDocGetRootElement(content);

    number_node(&w, &none, root, -1);
    resolve_all(&w, root);
}
