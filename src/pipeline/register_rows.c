/* register_rows.c - what registers are printed from, when there is a register
 * of papers. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/unit.h"
#include "register/register.h"

/* The events of one register, by paper. */
typedef struct reading {
    bn_arena *arena;
    bn_map *papers; /* "unit document key version" -> index of issues, from 1 */
    BN_VEC(bn_issue) issues;
} reading;

static const char *
register_path(bn_run *r, const house *h)
{
    return r->o.reg ? r->o.reg
                    : bn_arena_printf(r->arena, "%s/register.db", h->dir);
}

static void
take_event(reading *g, const bn_event *e)
{
    bn_map_value *slot = bn_map_puts(
        g->papers, bn_arena_printf(g->arena, "%s\n%s\n%s\n%d", e->unit,
                                   e->document, e->key, (int)e->version));
    bn_issue *issue = slot->n ? &g->issues.v[slot->n - 1] : NULL;

    if (strcmp(e->kind, BN_EVENT_ISSUED) == 0 && issue == NULL) {
        BN_PUSH(&g->issues) = (bn_issue){.unit = e->unit,
                                         .document = e->document,
                                         .number = e->number,
                                         .date = e->date,
                                         .retention = e->retention,
                                         .replaces = e->replaces,
                                         .state = "",
                                         .state_date = "",
                                         .disposed = "",
                                         .place = "",
                                         .order = g->issues.n};
        slot->n = (int64_t)g->issues.n;
    } else if (issue && strcmp(e->kind, BN_EVENT_DISPOSED) == 0) {
        issue->disposed = e->date;
    } else if (issue) {
        issue->state = e->kind;
        issue->state_date = e->date;
    }
}

static int
by_unit(const void *one, const void *two)
{
    const bn_issue *a = one, *b = two;
    const int order = strcmp(a->unit, b->unit);

    return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

/* Papers of a unit, of a list that is sorted by unit. */
static size_t
issues_of(const reading *g, const char *id, size_t *from)
{
    size_t n = 0;

    while (*from < g->issues.n && strcmp(g->issues.v[*from].unit, id) < 0)
        ++*from;
    while (*from + n < g->issues.n &&
           strcmp(g->issues.v[*from + n].unit, id) == 0)
        n++;
    return n;
}

static bn_code
read_all(bn_register *reg, reading *g, const bn_extract **rows, size_t *n,
         bn_err *err)
{
    const bn_event *events;
    size_t nevents;
    bn_code code = bn_register_list(reg, BN_LIST_EVENTS, NULL, NULL, g->arena,
                                    &events, &nevents, err);

    for (size_t i = 0; code == BN_OK && i < nevents; i++)
        take_event(g, &events[i]);
    if (g->issues.n)
        qsort(g->issues.v, g->issues.n, sizeof *g->issues.v, by_unit);
    return code ? code : bn_register_extracts(reg, g->arena, rows, n, err);
}

/* The rows of one unit. */
static bn_code
put_unit(const bn_tree *extract, const bn_issue *issues, size_t n, bool counts,
         bn_row_store *out, bn_msgs *msgs)
{
    bn_tree *input = bn_input_new();
    bn_rows last = {0};
    bn_err err = {0};
    bn_code code;

    bn_input_add_extract(input, &last, extract, issues, n, counts);
    code = bn_row_store_add(out, input, &err);
    bn_tree_free(input);
    return code ? bn_say(msgs, &err) : BN_OK;
}

static bn_code
put_rows(bn_run *r, const reading *g, const bn_extract *rows, size_t n,
         bool counts, bn_row_store *out, bn_msgs *msgs)
{
    bn_code code = BN_OK;
    size_t at = 0;

    for (size_t i = 0; i < n && code == BN_OK; i++) {
        const char *name =
            bn_arena_printf(g->arena, "register.db:%s", rows[i].unit);
        const size_t papers = issues_of(g, rows[i].unit, &at);
        bn_tree *tree = NULL;

        code = bn_xml_parse(r->source, name, rows[i].xml, strlen(rows[i].xml),
                            BN_XML_PLAIN, &tree, msgs);
        if (code == BN_OK)
            code = put_unit(tree, papers ? g->issues.v + at : NULL, papers,
                            counts, out, msgs);
        bn_tree_free(tree);
    }
    return code;
}

bn_code
register_rows(bn_run *r, const house *h, bool counts, bn_row_store **out,
              bn_msgs *msgs)
{
    const char *path = register_path(r, h);
    reading g = {.arena = bn_arena_new()};
    const bn_extract *rows = NULL;
    bn_register *reg = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code = BN_OK;

    *out = NULL;
    g.papers = bn_map_new(g.arena);
    if (bn_is_file(path)) {
        code = bn_register_open(path, false, true, &reg, &err);
        if (code == BN_OK)
            code = read_all(reg, &g, &rows, &n, &err);
        if (code)
            bn_say(msgs, &err);
        bn_register_close(reg);
    }
    if (code == BN_OK && n) {
        if (bn_row_store_new(out, &err))
            code = bn_say(msgs, &err);
        else
            code = put_rows(r, &g, rows, n, counts, *out, msgs);
        if (code) {
            bn_row_store_free(*out);
            *out = NULL;
        }
    }
    BN_VEC_FREE(&g.issues);
    bn_arena_free(g.arena);
    return code;
}

bn_code
bn_register_due(bn_run *r, const char *file, bool surveillance,
                const char *until, bn_buf *out, bn_msgs *msgs)
{
    house *h = house_for(r, file, msgs);
    bn_arena *a = bn_arena_new();
    bn_tree *input = bn_input_new();
    bn_row_store *store = NULL;
    bn_due *rows;
    size_t n;
    bn_err err = {0};
    bn_code code = h ? register_rows(r, h, false, &store, msgs) : BN_EHOUSE;

    if (code == BN_OK && store &&
        bn_row_store_tree(store, NULL, input, &err))
        code = bn_say(msgs, &err);
    if (code == BN_OK && store) {
        bn_input_due(input, a, surveillance, until, &rows, &n);
        for (size_t i = 0; i < n; i++)
            bn_buf_addf(out, "%s\t%s\t%s\t%s\t%s\n", rows[i].date,
                        rows[i].number, rows[i].unit, rows[i].client,
                        rows[i].scope);
    }
    bn_row_store_free(store);
    bn_tree_free(input);
    bn_arena_free(a);
    return code;
}
