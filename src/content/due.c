/* due.c - which papers a case or kit has come to. */
#include "content/content.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

typedef BN_VEC(bn_paper) papers;

typedef struct due {
    bn_transform *t;
    bn_arena *a;
    bn_tree *input;
    const char *unit_name, *edition;
    bn_msgs *msgs;
    papers papers;
    bn_code code;
} due;

/* Is word in a blank-separated list? mark: may stand behind it. */
static bool
in_list(const char *list, const char *word, char mark, bool *marked)
{
    const size_t n = strlen(word);

    for (const char *p = list; *p;) {
        const size_t length = strcspn(p, " ");

        if (length >= n && memcmp(p, word, n) == 0) {
            if (length == n)
                return true;
            if (mark && length == n + 1 && p[n] == mark) {
                *marked = true;
                return true;
            }
        }
        p += length;
        p += strspn(p, " ");
    }
    return false;
}

bool
bn_entry_fits(const bn_entry *e, const char *unit_name, const char *edition,
              bool *presumed)
{
    *presumed = false;
    return e->command == NULL && in_list(e->units, unit_name, '\0', NULL) &&
           (edition == NULL || in_list(e->editions, edition, '?', presumed));
}

static void
fail(due *d, const bn_err *err)
{
    bn_msgs_add(d->msgs, err, BN_ERROR);
    if (d->code == BN_OK)
        d->code = err->code;
}

/* Where an entry's own expression stands. */
static bn_loc
expression_at(const bn_entry *e, const char *name)
{
    const xmlNode *node = first_element(e->node, name);

    return bn_at(node ? bn_place_of(node) : e->place);
}

static bool
is_due(due *d, const bn_entry *e)
{
    bool yes = false;
    bn_err err = {0};

    if (e->when == NULL)
        return false;
    if (bn_xpath_true(d->t, d->input, NULL, e->when, expression_at(e, "when"),
                      &yes, &err))
        fail(d, &err);
    return yes;
}

static void
add_items(due *d, const bn_entry *e, bool presumed)
{
    bn_node **nodes = NULL;
    size_t n = 0;
    bn_err err = {0};

    if (bn_xpath_nodes(d->t, d->a, d->input, NULL, e->items,
                       expression_at(e, "items"), &nodes, &n, &err)) {
        fail(d, &err);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bn_paper paper = {e, nodes[i], "", presumed};
        const char *key = "";

        if (nodes[i]->type != XML_ELEMENT_NODE)
            continue;
        if (n > 1 && bn_xpath_string(d->t, d->a, d->input, nodes[i], e->key,
                                     expression_at(e, "key"), &key, &err)) {
            fail(d, &err);
            return;
        }
        if (n > 1 && *key == '\0') /* numbers come with issue; until then */
            key = bn_arena_printf(d->a, "%zu", i + 1);
        paper.key = key;
        BN_PUSH(&d->papers) = paper;
    }
}

/* Papers over many cases are made for the body, after the cases: an id of
 * --only that is for the other side is no mistake. */
static bool
is_of_body(const due *d, const bn_entry *e)
{
    static const char body[] = "body-profile";

    return strcmp(d->unit_name, body) == 0 ||
           in_list(e->units, body, '\0', NULL);
}

/* The papers of one kind. asked: by --only. */
static void
add_kind(due *d, const bn_entry *e, bool asked, bool force)
{
    bool presumed = false;
    const size_t before = d->papers.n;

    if (!in_list(e->units, d->unit_name, '\0', NULL)) {
        if (asked && !is_of_body(d, e))
            bn_warn(d->msgs, BN_WNOTDUE, bn_at(e->place), e->id, d->unit_name);
        return;
    }
    if (d->edition && !in_list(e->editions, d->edition, '?', &presumed)) {
        if (asked)
            bn_warn(d->msgs, BN_WNOTEDITION, bn_at(e->place), e->title_ja,
                    d->edition);
        return;
    }
    if (asked && (force || e->when == NULL) ? true : is_due(d, e)) {
        if (e->items)
            add_items(d, e, presumed);
        else
            BN_PUSH(&d->papers) = (bn_paper){e, NULL, "", presumed};
    }
    if (asked && d->papers.n == before && d->code == BN_OK)
        bn_warn(d->msgs, BN_WNOTDUE, BN_NOWHERE, e->id, d->unit_name);
}

static void
add_asked(due *d, const bn_catalogue *c, const char *only, bool force)
{
    char *copy = bn_arena_strdup(d->a, only);
    char *rest = NULL;

    for (char *id = strtok_r(copy, ",", &rest); id;
         id = strtok_r(NULL, ",", &rest)) {
        const bn_entry *e = bn_catalogue_find(c, id);
        bn_err err = {0};

        if (e) {
            add_kind(d, e, true, force);
            continue;
        }
        bn_fail(&err, BN_EUNKNOWNDOCUMENT, BN_NOWHERE, id);
        fail(d, &err);
    }
}

/* What stands for the item that a form is about, when there is none: an empty
 * element behind the input's parts. */
static bn_node *
no_item(bn_tree *input)
{
    xmlNode *root = xmlDocGetRootElement(input);

    if (strcmp((const char *)root->last->name, "nothing") != 0)
        xmlNewChild(root, NULL, (const xmlChar *)"nothing", NULL);
    return root->last;
}

static void
add_blank(due *d, const bn_entry *e, bool presumed)
{
    BN_PUSH(&d->papers) = (bn_paper){
        e, e->items ? no_item(d->input) : NULL, "", presumed};
}

/* A form that several kinds of unit have is printed once, for the first. */
static bool
is_of_unit(const due *d, const bn_entry *e)
{
    const size_t n = strlen(d->unit_name);

    return strncmp(e->units, d->unit_name, n) == 0 &&
           (e->units[n] == ' ' || e->units[n] == '\0');
}

static bool
is_blank_of(const due *d, const bn_entry *e, bool *presumed)
{
    return e->blank && is_of_unit(d, e) &&
           bn_entry_fits(e, d->unit_name, d->edition, presumed);
}

/* An id of --only that is no form to be filled in, or that does not exist. */
static void
add_blank_asked(due *d, const bn_catalogue *c, const char *only)
{
    char *copy = bn_arena_strdup(d->a, only);
    char *rest = NULL;

    for (char *id = strtok_r(copy, ",", &rest); id;
         id = strtok_r(NULL, ",", &rest)) {
        const bn_entry *e = bn_catalogue_find(c, id);
        bool presumed = false;
        bn_err err = {0};

        if (e == NULL || !e->blank) {
            bn_fail(&err, e ? BN_ENOBLANK : BN_EUNKNOWNDOCUMENT, BN_NOWHERE,
                    id);
            fail(d, &err);
        } else if (is_blank_of(d, e, &presumed)) {
            add_blank(d, e, presumed);
        } else if (is_of_unit(d, e)) {
            bn_warn(d->msgs, BN_WNOTEDITION, bn_at(e->place), e->title_ja,
                    d->edition);
        }
    }
}

static bn_code
give_papers(due *d, bn_paper **out, size_t *n)
{
    *n = d->papers.n;
    *out = BN_NEWS(d->a, bn_paper, d->papers.n ? d->papers.n : 1);
    if (d->papers.n)
        memcpy(*out, d->papers.v, d->papers.n * sizeof **out);
    BN_VEC_FREE(&d->papers);
    return d->code;
}

bn_code
bn_papers_blank(const bn_catalogue *c, bn_arena *a, bn_tree *input,
                const char *edition, const char *only, bn_paper **out,
                size_t *n, bn_msgs *msgs)
{
    due d = {.a = a,
             .input = input,
             .unit_name = (const char *)bn_tree_unit(input)->name,
             .edition = edition,
             .msgs = msgs};

    if (only)
        add_blank_asked(&d, c, only);
    for (size_t i = 0; only == NULL && i < bn_catalogue_count(c); i++) {
        const bn_entry *e = bn_catalogue_entry(c, i);
        bool presumed = false;

        if (is_blank_of(&d, e, &presumed))
            add_blank(&d, e, presumed);
    }
    return give_papers(&d, out, n);
}

bn_code
bn_papers_due(const bn_catalogue *c, bn_transform *t, bn_arena *a,
              bn_tree *input, const char *edition, const char *only, bool force,
              bn_paper **out, size_t *n, bn_msgs *msgs)
{
    due d = {.t = t,
             .a = a,
             .input = input,
             .unit_name = (const char *)bn_tree_unit(input)->name,
             .edition = edition,
             .msgs = msgs};

    if (only)
        add_asked(&d, c, only, force);
    for (size_t i = 0; only == NULL && i < bn_catalogue_count(c); i++)
        add_kind(&d, bn_catalogue_entry(c, i), false, false);
    return give_papers(&d, out, n);
}
