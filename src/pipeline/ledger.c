/* ledger.c - a ledger of many rows, made in parts: content and page description
 * of some hundred rows at a time, of which only the objects that pages are set
 * from stay. */
#include "pipeline/paper.h"

enum { PART_ROWS = 500, LAST_ROWS = 10 }; /* no part has fewer rows */

/* A ledger while it is made. */
typedef struct ledger {
    sheet_job *j;
    bn_hasher *said;
    size_t *order, n; /* its rows */
    size_t at;        /* the first of the next part */
} ledger;

/* The next rows with their neighbours, as the input's register. */
static bn_code
take_part(ledger *l, size_t *before, size_t *after)
{
    work *w = l->j->w;
    size_t end = l->at + PART_ROWS;
    size_t from, to;
    bn_err err = {0};

    w->partly = true;
    if (end + LAST_ROWS > l->n)
        end = l->n;
    from = l->at > 0 ? l->at - 1 : 0;
    to = end + 2 < l->n ? end + 2 : l->n;
    *before = l->at - from;
    *after = to - end;
    l->j->content.part = true;
    l->j->content.first = from;
    l->j->content.before = *before;
    l->j->content.after = *after;
    l->at = end;
    if (bn_row_store_part(w->rows, bn_entry_parts(l->j->paper->entry),
                          l->order + from, to - from, w->input, &err))
        return bn_say(&w->msgs, &err);
    bn_input_titles(w->input, w->unit->house->catalogue);
    return BN_OK;
}

/* Content and page description of the next part. */
static bn_code
make_part(ledger *l, size_t *before, size_t *after)
{
    sheet_job *j = l->j;
    bn_digest digest;
    bool pictures;
    bn_code code = take_part(l, before, after);

    bn_tree_free(j->xhtml);
    j->xhtml = NULL;
    j->content.arena = bn_arena_new();
    if (code == BN_OK)
        code = paper_content(j);
    if (code == BN_OK)
        code = paper_check(j);
    bn_arena_free(j->content.arena);
    j->content.arena = j->w->arena;
    if (code)
        return code;
    digest = bn_content_digest(j->xhtml, &pictures);
    bn_hasher_add(l->said, &digest, sizeof digest);
    return j->w->b->o->dry ? BN_OK : paper_page(j);
}

static bn_code
next_part(void *user, bn_fo_part *out)
{
    ledger *l = user;
    bn_code code;

    if (l->at >= l->n)
        return BN_OK;
    code = make_part(l, &out->before, &out->after);
    if (code == BN_OK) {
        out->doc = l->j->page;
        l->j->page = NULL;
    }
    return code;
}

/* All parts, of which no more than one is there at a time; only the objects
 * that pages are set from are kept. */
static bn_code
make_parts(ledger *l)
{
    sheet_job *j = l->j;
    bn_run *r = j->w->b->r;
    bn_tree *first;
    size_t before, after;
    bn_code code = make_part(l, &before, &after);

    if (code || j->w->b->o->dry)
        return code;
    first = j->page;
    j->page = NULL;
    code = bn_fo_build_parts(first, after, r->o.strict, next_part, l, &j->fo,
                             &j->w->msgs);
    bn_tree_free(first);
    return code;
}

bn_code
ledger_make(sheet_job *j)
{
    work *w = j->w;
    ledger l = {.j = j};
    bn_code code =
        bn_part_order(&j->content, w->input, j->paper, w->rows, w->arena,
                      &l.order, &l.n, &w->msgs);

    if (code)
        return code;
    l.said = bn_hasher_new();
    code = make_parts(&l);
    j->said = bn_hasher_finish(l.said);
    j->in_parts = true;
    if (code || w->b->o->dry || paper_stands(j))
        return code;
    return paper_pages(j);
}
