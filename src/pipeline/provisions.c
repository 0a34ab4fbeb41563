/* provisions.c - for every provision of the law texts, what meets it. */
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "compare/compare.h"
#include "pipeline/citation.h"
#include "pipeline/list.h"

/* The texts and where their provisions stand; the trial call, which is no law
 * text in itself, in criteria/provisions.xml. */
static const struct text {
    const char *source, *file;
} texts[] = {
    {"000", "m2018.xml"},
    {"001", "g2024.xml"},
    {"001", "m2024.xml"},
    {"003", "g-mid.xml"},
};

enum { WORDS = 30 }; /* characters of a provision that are shown */

/* A line about a provision: a document, field or rule that names it. */
typedef struct mention {
    const char *line;
    struct mention *next;
} mention;

typedef struct named {
    mention *first, **end;
    const char *shown;
    bool below;  /* something under it is named */
    bool listed; /* it is a provision of the texts */
} named;

typedef struct table {
    listing *l;
    bn_map *paths; /* -> named */
    citations strays; /* named by someone, in no text */
    bn_map *voids; /* path -> why nothing need meet it */
} table;

static named *
find_or_make(table *t, const char *path)
{
    bn_map_value *slot = bn_map_puts(t->paths, path);
    named *n = slot->p;

    if (n == NULL) {
        slot->p = n = BN_NEW(t->l->arena, named);
        *n = (named){0};
        n->end = &n->first;
    }
    return n;
}

/* The path one level up; NULL at the text itself. */
static const char *
above(bn_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? bn_arena_strndup(a, path, (size_t)(slash - path)) : NULL;
}

static void
mention_all(table *t, const char *provisions, const char *line)
{
    citations list = {0};

    citations_read(t->l->arena, provisions, &list);
    for (size_t i = 0; i < list.n; i++) {
        named *n = find_or_make(t, list.v[i].path);
        mention *m = BN_NEW(t->l->arena, mention);

        n->shown = list.v[i].shown;
        if (n->first == NULL)
            BN_PUSH(&t->strays) = list.v[i];
        *m = (mention){.line = line};
        *n->end = m;
        n->end = &m->next;
        for (const char *up = above(t->l->arena, list.v[i].path); up;
             up = above(t->l->arena, up))
            find_or_make(t, up)->below = true;
    }
    BN_VEC_FREE(&list);
}

/* ------------------------------------------------------ who names what */

static void
mention_field(void *user, const bn_entry *e, const char *provision,
              const char *id, const char *label)
{
    table *t = user;

    mention_all(t, provision,
                bn_arena_printf(t->l->arena, "field\t%s\t%s\t%s\t%s", e->no,
                                e->id, id, label));
}

static bn_code
mention_documents(table *t)
{
    bn_catalogue *c = NULL;
    const bn_code code = list_open_catalogue(t->l, &c);

    if (code)
        return code;
    for (size_t i = 0; i < bn_catalogue_count(c); i++) {
        const bn_entry *e = bn_catalogue_entry(c, i);

        mention_all(t, e->provision,
                    bn_arena_printf(t->l->arena, "document\t%s\t%s\t\t%s",
                                    e->no, e->id,
                                    t->l->english ? e->title_en
                                                  : e->title_ja));
        bn_entry_each_field(t->l->arena, e, mention_field, t);
    }
    bn_catalogue_free(c);
    return BN_OK;
}

static void
mention_rule(void *user, const char *const *columns)
{
    table *t = user;

    if (strcmp(columns[4], "—") != 0)
        mention_all(t, columns[4],
                    bn_arena_printf(t->l->arena, "rule\t%s\t%s\t\t%s",
                                    columns[0], columns[1], columns[5]));
}

/* ------------------------------------------------------------- printing */

/* Its first words, on one line. */
static const char *
first_words(bn_arena *a, const char *text)
{
    const char *p = text, *end = text + strlen(text);

    for (size_t n = 0; p < end && *p != '\n' && *p != '\t' && n < WORDS; n++)
        bn_u8_next(&p, end);
    return bn_arena_printf(a, "%.*s%s", (int)(p - text), text, *p ? "…" : "");
}

/* The nearest provision above that is named as a whole. A first level is a
 * heading, not a duty. */
static const char *
whole(table *t, const char *path)
{
    for (const char *up = above(t->l->arena, path); up && strchr(up, '/');
         up = above(t->l->arena, up)) {
        const bn_map_value *slot = bn_map_finds(t->paths, up);
        const char *slash = strchr(up, '/');

        if (slot && ((named *)slot->p)->first && strchr(slash + 1, '/'))
            return ((named *)slot->p)->shown;
    }
    return NULL;
}

static const char *
void_reason(table *t, const char *path)
{
    for (const char *up = path; up; up = above(t->l->arena, up)) {
        const bn_map_value *slot = bn_map_finds(t->voids, up);

        if (slot)
            return slot->p;
    }
    return NULL;
}

static void
print_provision(table *t, citation c, const char *words)
{
    named *n = find_or_make(t, c.path);
    bn_buf *out = t->l->out;
    const char *why = void_reason(t, c.path), *up = whole(t, c.path);

    n->listed = true;
    for (const mention *m = n->first; m; m = m->next)
        bn_buf_addf(out, "%s\t%s\t%s\n", c.shown, words, m->line);
    if (n->first)
        return;
    if (up)
        bn_buf_addf(out, "%s\t%s\twhole\t\t\t\t%s\n", c.shown, words, up);
    else if (n->below)
        bn_buf_addf(out, "%s\t%s\tparts\t\t\t\t\n", c.shown, words);
    else if (why)
        bn_buf_addf(out, "%s\t%s\tvoid\t\t\t\t%s\n", c.shown, words, why);
    else
        bn_buf_addf(out, "%s\t%s\tnone\t\t\t\t\n", c.shown, words);
}

static bn_code
load(listing *l, const char *file, bn_tree **tree)
{
    const char *path = bn_overlay(l->arena, l->r->o.share, l->r->o.house,
                                  "criteria", file);
    bn_err err = {0};

    if (path == NULL) {
        bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, file);
        return bn_say(l->msgs, &err);
    }
    return bn_xml_load(l->r->source, path, BN_XML_CLEAN, tree, l->msgs);
}

static bn_code
print_law(table *t, const struct text *text)
{
    bn_arena *a = t->l->arena;
    bn_provisions p = {0};
    bn_tree *tree = NULL;
    bn_code code = load(t->l, text->file, &tree);

    if (code == BN_OK)
        code = bn_provisions_read(a, tree, &p, t->l->msgs);
    for (size_t i = 0; i < p.n && code == BN_OK; i++)
        /* an enacting statement has no title: it provides nothing */
        if (!p.v[i].left_out && *p.v[i].path)
            print_provision(
                t, citation_of_titles(a, text->source, p.v[i].path),
                first_words(a, *p.v[i].caption ? p.v[i].caption
                                               : p.v[i].text));
    bn_tree_free(tree);
    return code;
}

typedef struct reading {
    table *t;
    bn_tree *tree;
    bn_node **nodes;
    size_t n;
} reading;

static bn_code
select_nodes(reading *x, const char *expression)
{
    bn_err err = {0};
    const bn_code code =
        bn_xpath_nodes(x->t->l->r->transform, x->t->l->arena, x->tree, NULL,
                       expression, BN_NOWHERE, &x->nodes, &x->n, &err);

    return code ? bn_say(x->t->l->msgs, &err) : BN_OK;
}

static const char *
attribute_or_empty(const reading *x, size_t i, const char *name)
{
    const char *s = bn_node_attribute(x->t->l->arena, x->nodes[i], name);

    return s ? s : "";
}

/* Provisions that ask nothing of those who use the papers. */
static bn_code
read_voids(reading *x)
{
    const bn_code code = select_nodes(x, "/provisions/void");

    for (size_t i = 0; i < x->n && code == BN_OK; i++) {
        citations list = {0};

        citations_read(x->t->l->arena, attribute_or_empty(x, i, "of"), &list);
        for (size_t k = 0; k < list.n; k++)
            bn_map_puts(x->t->voids, list.v[k].path)->p =
                (void *)attribute_or_empty(x, i, "why");
        BN_VEC_FREE(&list);
    }
    return code;
}

static bn_code
print_listed(reading *x)
{
    const bn_code code = select_nodes(x, "/provisions/provision");

    for (size_t i = 0; i < x->n && code == BN_OK; i++) {
        citations list = {0};

        citations_read(x->t->l->arena, attribute_or_empty(x, i, "of"), &list);
        print_provision(x->t, list.v[0], attribute_or_empty(x, i, "words"));
        BN_VEC_FREE(&list);
    }
    return code;
}

static bn_code
print_texts(table *t)
{
    reading x = {.t = t};
    bn_code code = load(t->l, "provisions.xml", &x.tree);

    if (code == BN_OK)
        code = bn_grammar_check(t->l->r->source, t->l->r->o.share, x.tree,
                                t->l->msgs);
    if (code == BN_OK)
        code = read_voids(&x);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && code == BN_OK;
         i++) {
        if (code == BN_OK && strcmp(texts[i].source, "003") == 0)
            code = print_listed(&x); /* 002 stands before 003 */
        if (code == BN_OK)
            code = print_law(t, &texts[i]);
    }
    bn_tree_free(x.tree);
    return code;
}

/* What is named and stands in none of the texts: training material, house
 * rules, editions' overviews. */
static void
print_strays(table *t)
{
    for (size_t i = 0; i < t->strays.n; i++) {
        const named *n = find_or_make(t, t->strays.v[i].path);

        for (const mention *m = n->listed ? NULL : n->first; m; m = m->next)
            bn_buf_addf(t->l->out, "%s\t\t%s\n", t->strays.v[i].shown, m->line);
    }
}

bn_code
list_provisions(listing *l)
{
    table t = {.l = l,
               .paths = bn_map_new(l->arena),
               .voids = bn_map_new(l->arena)};
    bn_code code = mention_documents(&t);

    if (code == BN_OK)
        code = list_each_rule(l, mention_rule, &t);
    if (code == BN_OK)
        code = print_texts(&t);
    if (code == BN_OK)
        print_strays(&t);
    BN_VEC_FREE(&t.strays);
    return code;
}
