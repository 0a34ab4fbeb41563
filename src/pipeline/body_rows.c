/* body_rows.c - the rows of a body's register: where they come from, and how
 * much of them stands in the input. */
#include "pipeline/paper.h"

#include <string.h>

enum { MANY_ROWS = 1000 }; /* from which on ledgers are made in parts */

/* The rows as the register of the input. */
bn_code
body_rows_put(work *w)
{
    bn_err err = {0};
    const bn_code code = bn_row_store_tree(w->rows, w->words, w->input, &err);

    if (w->words == NULL || bn_map_finds(w->words, "title"))
        bn_input_titles(w->input, w->unit->house->catalogue);
    w->partly = false;
    return code ? bn_say(&w->msgs, &err) : BN_OK;
}

/* Ledgers are printed as the stock prints them. */
static bool
has_stock_ledgers(const work *w)
{
    static const char *const files[][2] = {
        {"stylesheets/documents", "generic.xsl"},
        {"stylesheets/documents", "lib.xsl"},
        {"stylesheets/page", "ledger.xsl"},
        {"stylesheets/page", "common.xsl"}};
    const char *share = w->b->r->o.share, *dir = w->unit->house->dir;
    const size_t n = strlen(share);

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *path = bn_overlay(w->arena, share, dir, files[i][0],
                                      files[i][1]);

        if (path == NULL || strncmp(path, share, n) != 0)
            return false;
    }
    return true;
}

/* Are ledgers made in parts? Not where the whole content is asked for. */
static bool
has_many_rows(const work *w)
{
    const bn_build_options *o = w->b->o;

    return bn_row_store_count(w->rows, NULL) > MANY_ROWS && !o->bind &&
           !o->trace &&
           (o->dump == BN_DUMP_NONE || o->dump == BN_DUMP_AREAS ||
            o->dump == BN_DUMP_LINES) &&
           has_stock_ledgers(w) &&
           !bn_catalogue_has_row_papers(w->unit->house->catalogue);
}

/* What is read of the rows but by such ledgers. */
static bn_map *
words_of_rows(work *w)
{
    const house *h = w->unit->house;
    BN_VEC(const char *) files = {0};
    bn_register_readers of = {.source = w->b->r->source,
                              .catalogue = h->catalogue,
                              .rules = h->rules,
                              .nrules = h->nrules};
    bn_map *words;

    for (size_t i = 0; i < bn_catalogue_count(h->catalogue); i++) {
        const bn_entry *e = bn_catalogue_entry(h->catalogue, i);
        bn_dependencies d = {0};

        if (strstr(e->units, "body-profile"))
            d = bn_depend_document(w->b->r, w->unit->file, e->id);
        for (size_t k = 0; k < d.n; k++)
            if (d.v[k].file)
                BN_PUSH(&files) = d.v[k].name;
    }
    of.files = files.v;
    of.nfiles = files.n;
    words = bn_register_words(&of, w->arena, w->input);
    BN_VEC_FREE(&files);
    return words;
}

/* Rows of the cases at hand. */
static bn_code
rows_of(const units *all, bn_row_store **out, bn_err *err)
{
    bn_code code = bn_row_store_new(out, err);

    for (size_t i = 0; i < all->n && code == BN_OK; i++)
        if (all->v[i].tree && unit_is_case(&all->v[i]))
            code = bn_row_store_unit(*out, all->v[i].tree, err);
    return code;
}

/* What registers are printed from: the register of papers when there is one,
 * else the cases that are given. Without any case given, the body's own papers
 * are due, which the rows that count cases would say they are not. */
bn_code
body_rows_take(work *w, const units *near)
{
    build *b = w->b;
    bn_err err = {0};
    bn_code code = register_rows(b->r, w->unit->house, b->ncases > 0,
                                 &w->rows, &w->msgs);

    if (code)
        return code;
    if (w->rows == NULL && b->rows == NULL)
        code = rows_of(near, &w->rows, &err);
    if (w->rows == NULL)
        w->rows = b->rows;
    if (code)
        return bn_say(&w->msgs, &err);
    w->many = has_many_rows(w);
    if (w->many)
        w->words = words_of_rows(w);
    return body_rows_put(w);
}
