/* table_rows.c - one row at a time: cells, heights, breaks in rows and across
 * row spans. */
#include "layout/table.h"

#include <string.h>

static bn_len
larger(bn_len a, bn_len b)
{
    return a > b ? a : b;
}

static uint32_t
last_row(const table_cell *cell)
{
    return cell->row + cell->rows - 1;
}

table_run *
bn_table_run_new(bn_ctx *c, bn_table *t, uint32_t first_row,
                 const table_rest *rest)
{
    table_run *run = BN_NEW(c->page, table_run);

    run->t = t;
    run->open = BN_NEWS(c->page, table_open, t->ncols);
    run->first_row = first_row;
    run->rest = rest;
    return run;
}

static void
keep_height(bn_ctx *c, table_run *run, uint32_t row, bn_len height)
{
    const uint32_t i = row - run->first_row;

    if (i >= run->nheights) {
        const uint32_t n = run->nheights ? run->nheights * 2 : 16;
        bn_len *more = BN_NEWS(c->page, bn_len, n);

        if (run->nheights > 0)
            memcpy(more, run->heights, run->nheights * sizeof *more);
        run->heights = more;
        run->nheights = n;
    }
    run->heights[i] = height;
}

/* Height of the rows placed here from `from` up to `to`. */
static bn_len
height_between(const table_run *run, uint32_t from, uint32_t to)
{
    bn_len h = 0;

    for (uint32_t r = from; r < to; r++)
        h += run->heights[r - run->first_row];
    return h;
}

/* ----------------------------------------------------------------- cells */

static bn_len
vertical(const table_edges *e)
{
    return e->border[BN_BEFORE] + e->border[BN_AFTER] + e->padding[BN_BEFORE] +
           e->padding[BN_AFTER] + e->sep[BN_BEFORE] + e->sep[BN_AFTER];
}

static bn_len
cell_ipd(const bn_table *t, const table_cell *cell, const table_edges *e)
{
    bn_len ipd = 0;

    for (uint32_t k = 0; k < cell->cols; k++)
        ipd += t->columns[cell->col + k].width;
    ipd -= e->border[BN_START] + e->border[BN_END] + e->padding[BN_START] +
           e->padding[BN_END] + e->sep[BN_START] + e->sep[BN_END];
    return larger(ipd, 0);
}

static bool
is_first(const table_open *o)
{
    return o->from == NULL && !o->done_before;
}

/* Its rows on this page up to `end`, where `after` is beyond. */
static table_piece
piece_of(const table_open *o, uint32_t end, table_beyond after)
{
    return (table_piece){.row = o->row,
                         .nrows = end - o->row,
                         .before = o->before,
                         .after = after,
                         .first = is_first(o)};
}

/* Height of its edges there. */
static bn_len
edges_height(bn_ctx *c, const bn_table *t, const table_open *o, uint32_t end,
             table_beyond after)
{
    const table_piece piece = piece_of(o, end, after);
    table_edges e;

    bn_table_edges(c, t, o->cell, &piece, &e);
    return vertical(&e);
}

static void
fill_area(bn_ctx *c, const bn_table *t, table_open *o, bn_len ipd, bn_len room,
          bool top)
{
    const bn_frame table = {t->fo, t->ipd, c->frame};

    o->area = bn_area_make(c, BN_AREA_BLOCK);
    o->area->ipd = ipd;
    bn_area_own(c, o->area, o->cell->fo, is_first(o));
    o->in = (bn_inside){.status = BN_DONE};
    if (o->done_before)
        return;
    c->frame = &table;
    o->in =
        bn_lay_inside(c, o->cell->fo, o->area, larger(room, 0), top, o->from);
    c->frame = table.outer;
}

/* A cell that does not end here has another after-edge there, which may leave
 * more room. */
static void
fill_more(bn_ctx *c, const bn_table *t, table_open *o, bn_len more, bn_len room,
          bool top)
{
    const table_open before = *o;

    fill_area(c, t, o, o->area->ipd, room + more, top);
    if (o->in.status == BN_DONE) {
        const table_open whole = *o;

        *o = before;
        o->whole_area = whole.area;
        o->whole = whole.in;
    }
}

/* Lay out a cell from o->from on in at most room, edges included. */
static void
fill_cell(bn_ctx *c, const bn_table *t, table_open *o, bn_len room, bool top)
{
    const uint32_t end = last_row(o->cell) + 1;
    const table_piece piece = piece_of(o, end, TABLE_ROW);
    bn_len more;
    table_edges e;

    bn_table_edges(c, t, o->cell, &piece, &e);
    if (room < BN_NO_LIMIT)
        room -= vertical(&e);
    fill_area(c, t, o, cell_ipd(t, o->cell, &e), room, top);
    if (o->in.status != BN_BROKEN || o->in.break_kind != 0)
        return;
    more = vertical(&e) - edges_height(c, t, o, end, TABLE_CUT);
    if (more > 0)
        fill_more(c, t, o, more, room, top);
}

/* Take up a cell where the page before left it, or from its start. */
static void
resume(const table_run *run, table_open *o)
{
    const table_rest *rest = run->rest;
    const bool cut = rest != NULL && rest->consumed > 0;

    if (cut || o->cell->row < o->row)
        o->before = TABLE_CUT;
    else if (o->row > run->t->nhead && o->row < run->t->nrows - run->t->nfoot)
        o->before = TABLE_PAGE;
    for (uint32_t i = 0; rest != NULL && i < rest->n; i++)
        if (rest->cells[i].cell == o->cell) {
            o->from = rest->cells[i].next;
            o->done_before = rest->cells[i].done;
            return;
        }
}

/* Open the cells that come to the row: those that start in it, and on the
 * first row of a page those that go on. */
static void
open_cells(bn_ctx *c, const table_run *run, uint32_t row, bn_len room, bool top,
           table_open *open)
{
    const bn_table *t = run->t;

    for (uint32_t k = 0; k < t->ncols; k++) {
        const table_cell *cell = t->rows[row].cells[k];

        if (cell == NULL || cell->col != k || open[k].cell == cell)
            continue;
        open[k] = (table_open){.cell = cell, .row = row};
        if (row == run->first_row)
            resume(run, &open[k]);
        fill_cell(c, t, &open[k], room, top);
    }
}

/* --------------------------------------------------------------- heights */

/* What the row needs, and how it ends. */
typedef struct need {
    bn_len height;
    bool broken; /* a cell that ends here does not fit */
    bool forced; /* because of a break that is asked for */
    bn_keyword break_kind;
    bool stuck; /* one of them has nothing to show on this page */
    int32_t keep;
} need;

/* Least content height that an object asks for. */
static bn_len
asked_height(const bn_fo *fo)
{
    return larger(bn_fo_len(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_MINIMUM, 0),
                  bn_fo_len(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, 0));
}

static bool
ends_in(const table_open *o, uint32_t row)
{
    return o->cell != NULL && last_row(o->cell) == row;
}

/* Does the row break, and how badly? A height that was asked for is rather
 * not broken. */
static void
judge_cell(uint32_t row, const table_open *o, need *n)
{
    if (n->keep == 0 && asked_height(o->cell->fo) > 0)
        n->keep = 1;
    if (o->in.status != BN_BROKEN)
        return;
    n->broken = true;
    n->keep = n->keep > o->in.keep ? n->keep : o->in.keep;
    if (o->in.break_kind != 0) {
        n->forced = true;
        n->break_kind = o->in.break_kind;
    }
    if (o->area->first == NULL && o->row == row)
        n->stuck = true;
}

/* Height that a cell wants of the row it ends in. */
static bn_len
cell_height(bn_ctx *c, const table_run *run, uint32_t row, bn_len consumed,
            const table_open *o, table_beyond after)
{
    bn_len content = o->in.bpd;

    if (after != TABLE_CUT)
        content = larger(content, asked_height(o->cell->fo) - consumed);
    return content + edges_height(c, run->t, o, row + 1, after) -
           height_between(run, o->row, row);
}

/* Height of the row it had on the page before. */
static bn_len
consumed_of(const table_run *run, uint32_t row)
{
    return row == run->first_row && run->rest ? run->rest->consumed : 0;
}

/* Height of a row that ends on this page, with `after` beyond it. */
static bn_len
row_height(bn_ctx *c, const table_run *run, uint32_t row,
           const table_open *open, table_beyond after)
{
    const bn_table *t = run->t;
    const bn_fo *fo = t->rows[row].fo;
    const bn_len consumed = consumed_of(run, row);
    bn_len height = fo ? larger(asked_height(fo) - consumed, 0) : 0;

    for (uint32_t k = 0; k < t->ncols; k++)
        if (ends_in(&open[k], row))
            height = larger(
                height, cell_height(c, run, row, consumed, &open[k], after));
    return height;
}

/* The row breaks, whatever is done. */
static bool
breaks_anyway(const bn_table *t, uint32_t row, const table_open *open)
{
    for (uint32_t k = 0; k < t->ncols; k++)
        if (ends_in(&open[k], row) && open[k].in.status == BN_BROKEN &&
            open[k].whole_area == NULL)
            return true;
    return false;
}

/* Then cells that fit without their after-edge end here, but for that. */
static void
end_whole_cells(const bn_table *t, uint32_t row, table_open *open)
{
    if (!breaks_anyway(t, row, open))
        return;
    for (uint32_t k = 0; k < t->ncols; k++)
        if (ends_in(&open[k], row) && open[k].whole_area != NULL) {
            open[k].area = open[k].whole_area;
            open[k].in = open[k].whole;
        }
}

static need
need_of(bn_ctx *c, const table_run *run, uint32_t row, const table_open *open)
{
    const bn_table *t = run->t;
    const bn_fo *fo = t->rows[row].fo;
    need n = {.keep = fo ? bn_keep_together(fo) : 0};

    if (fo != NULL && n.keep == 0 && asked_height(fo) > 0)
        n.keep = 1;
    for (uint32_t k = 0; k < t->ncols; k++)
        if (ends_in(&open[k], row))
            judge_cell(row, &open[k], &n);
    if (!n.broken)
        n.height = row_height(c, run, row, open, TABLE_ROW);
    for (uint32_t k = 0; n.broken && k < t->ncols; k++)
        if (ends_in(&open[k], row) && (!n.forced || open[k].in.break_kind != 0))
            n.height = larger(n.height,
                              cell_height(c, run, row, 0, &open[k], TABLE_CUT));
    return n;
}

/* A cell asks for a break: the others get no further than it does. */
static void
refill(bn_ctx *c, const table_run *run, uint32_t row, bn_len height,
       table_open *open)
{
    const bn_table *t = run->t;

    for (uint32_t k = 0; k < t->ncols; k++)
        if (ends_in(&open[k], row) && open[k].in.break_kind == 0 &&
            cell_height(c, run, row, 0, &open[k], TABLE_CUT) > height)
            fill_cell(c, t, &open[k],
                      height + height_between(run, open[k].row, row), false);
}

/* -------------------------------------------------------------- emission */

/* display-align: an empty block above the content, as FOP's tree has it. */
static void
align_content(bn_ctx *c, const table_open *o, bn_len bpd)
{
    const bn_len by = bn_align_offset(
        bn_fo_keyword(o->cell->fo, BN_P_DISPLAY_ALIGN), bpd, o->in.bpd);
    bn_area *space, *first = o->area->first;

    if (by <= 0)
        return;
    for (bn_area *a = first; a; a = a->next)
        a->bp += by;
    space = bn_area_make(c, BN_AREA_BLOCK);
    space->bpd = by;
    space->flags = BN_ARTIFACT;
    space->parent = o->area;
    space->next = first;
    o->area->first = space;
    if (o->area->last == NULL)
        o->area->last = space;
}

static bool
is_bare(const bn_table *t, const table_open *o)
{
    return !t->collapse && o->in.bpd == 0 && is_first(o) &&
           bn_fo_is(o->cell->fo, BN_P_EMPTY_CELLS, BN_K_HIDE);
}

/* Add a cell to the page, from its first row here up to `end`, which starts at
 * bottom. */
static void
emit_cell(bn_ctx *c, const table_run *run, const table_open *o, uint32_t end,
          table_beyond after, bn_len bottom, bn_area *into)
{
    const bn_len height = height_between(run, o->row, end);
    const table_place at = {
        .piece = piece_of(o, end, after),
        .heights = run->heights + (o->row - run->first_row),
        .top = bottom - height,
        .bare = is_bare(run->t, o),
    };
    table_edges e;

    bn_table_edges(c, run->t, o->cell, &at.piece, &e);
    o->area->bpd = larger(height - vertical(&e), 0);
    align_content(c, o, o->area->bpd);
    bn_table_draw_cell(c, run->t, o->cell, &e, &at, o->area, into);
}

static void
emit_gap(bn_ctx *c, const table_run *run, uint32_t row, uint32_t col,
         table_beyond after, bn_len bottom, bn_area *into)
{
    const bn_len height = run->heights[row - run->first_row];
    table_open nothing = {.row = row};
    table_piece piece;

    if (row == run->first_row && run->rest && run->rest->consumed > 0)
        nothing.before = TABLE_CUT;
    else if (row == run->first_row && row > run->t->nhead)
        nothing.before = TABLE_PAGE;
    piece = piece_of(&nothing, row + 1, after);
    bn_table_draw_gap(c, run->t, into, &piece, col, bottom - height, height);
}

static void
add_rest(table_rest *rest, const table_open *o)
{
    rest->cells[rest->n].cell = o->cell;
    rest->cells[rest->n].next = o->in.next;
    rest->cells[rest->n].done = o->in.status == BN_DONE;
    rest->n++;
}

static table_rest *
new_rest(bn_ctx *c, const bn_table *t)
{
    return bn_arena_alloc(c->page,
                          sizeof(table_rest) +
                              t->ncols * sizeof(((table_rest *)0)->cells[0]));
}

/* A spanning cell ends for this page after the rows before `end`: what does
 * not fit into them goes to the next. */
static void
cut_cell(bn_ctx *c, const table_run *run, table_open *o, uint32_t end,
         bn_len bottom, bn_area *into)
{
    const bn_len height = height_between(run, o->row, end);
    const bn_len room = height - edges_height(c, run->t, o, end, TABLE_CUT);

    if (o->in.status != BN_DONE || o->in.bpd > room)
        fill_area(c, run->t, o, o->area->ipd, room, false);
    emit_cell(c, run, o, end, TABLE_CUT, bottom, into);
}

/* A row is placed: cells that end in it, and places that none fills, in the
 * order of the columns. after: TABLE_ROW, or how the page ends in or below it;
 * then cells that reach further down are cut, and how all go on is put into
 * rest (may be NULL when nothing can). */
static void
emit_row(bn_ctx *c, const table_run *run, uint32_t row, table_beyond after,
         bn_len bottom, table_open *open, bn_area *into, table_rest *rest)
{
    const bn_table *t = run->t;

    for (uint32_t k = 0; k < t->ncols; k++) {
        const table_cell *cell = t->rows[row].cells[k];

        if (cell == NULL) {
            emit_gap(c, run, row, k, after, bottom, into);
        } else if (cell->col == k && last_row(cell) == row) {
            emit_cell(c, run, &open[k], row + 1, after, bottom, into);
            if (rest != NULL && after == TABLE_CUT)
                add_rest(rest, &open[k]);
        } else if (cell->col == k && rest != NULL) {
            cut_cell(c, run, &open[k], row + 1, bottom, into);
            add_rest(rest, &open[k]);
        }
    }
}

/* Rows and parts make no areas: the first of theirs answers to their id. */
static void
give_id(bn_area *a, const bn_fo *fo)
{
    const char *id = fo ? bn_fo_string(fo, BN_P_ID) : NULL;

    for (; id && *id && a; a = a->next)
        if (a->id == NULL && !(a->flags & BN_ARTIFACT)) {
            a->id = id;
            return;
        }
}

static void
give_ids(const table_run *run, uint32_t row, bn_area *first)
{
    const table_row *r = &run->t->rows[row];

    if (row == run->first_row && run->rest && run->rest->consumed > 0)
        return; /* it goes on */
    give_id(first, r->fo);
    if (row == r->part->first)
        give_id(first, r->part->fo);
}

/* Newest first: those of the last cell stand at the head. */
static const bn_note *
gather_notes(bn_ctx *c, const bn_table *t, uint32_t row, const table_open *open)
{
    bn_note *all = NULL;

    for (uint32_t k = 0; k < t->ncols; k++) {
        bn_note **tail = &all, *older = all;

        if (open[k].cell == NULL || open[k].row != row)
            continue;
        all = NULL;
        for (const bn_note *n = open[k].in.notes; n; n = n->older) {
            *tail = bn_arena_copy(c->page, n, sizeof *n);
            tail = (bn_note **)(void *)&(*tail)->older;
        }
        *tail = older;
    }
    return all;
}

/* ---------------------------------------------------------------- breaks */

void *
bn_table_rest_again(bn_ctx *c, const void *data)
{
    const table_rest *rest = data;
    table_rest *copy;

    if (rest == NULL)
        return NULL;
    copy = bn_arena_copy(c->page, rest,
                         sizeof *rest + rest->n * sizeof rest->cells[0]);
    for (uint32_t i = 0; i < copy->n; i++)
        copy->cells[i].next = bn_token_again(c, copy->cells[i].next);
    return copy;
}

/* Make the areas of the row placed last. after: as of emit_row. */
static void
emit_waiting(bn_ctx *c, table_run *run, table_beyond after, bn_area *into,
             table_rest *rest)
{
    bn_area *const before = into->last;

    if (!run->waits)
        return;
    run->waits = false;
    emit_row(c, run, run->row, after, run->bottom, run->open, into, rest);
    give_ids(run, run->row, before ? before->next : into->first);
}

void
bn_table_end(bn_ctx *c, table_run *run, bn_area *into)
{
    emit_waiting(c, run, TABLE_ROW, into, NULL);
}

/* Some cell of the last row goes on below it. */
static bool
reaches_down(const table_run *run, uint32_t row)
{
    for (uint32_t k = 0; k < run->t->ncols; k++)
        if (run->open[k].cell && last_row(run->open[k].cell) >= row)
            return true;
    return false;
}

/* The row above a break has other borders below than it was placed with. */
static void
fit_to_page(bn_ctx *c, bn_stack *st, table_run *run)
{
    bn_len *height = &run->heights[run->row - run->first_row];
    const bn_len fit = row_height(c, run, run->row, run->open, TABLE_PAGE);

    st->y += fit - *height;
    run->bottom += fit - *height;
    *height = fit;
}

const table_rest *
bn_table_end_page(bn_ctx *c, bn_stack *st, table_run *run, uint32_t row)
{
    table_rest *rest = NULL;

    if (row == run->first_row) /* nothing was placed: all is as it came */
        return bn_table_rest_again(c, run->rest);
    if (run->t->collapse && run->waits && row < run->t->nrows - run->t->nfoot)
        fit_to_page(c, st, run);
    if (reaches_down(run, row))
        rest = new_rest(c, run->t);
    emit_waiting(c, run, TABLE_PAGE, st->open->area, rest);
    return rest;
}

/* The row breaks inside; its part of height is placed at y. */
static const bn_token *
break_row(bn_ctx *c, table_run *run, uint32_t row, bn_len bottom,
          table_open *open, bn_area *into)
{
    table_rest *rest = new_rest(c, run->t);
    bn_token *token = BN_NEW(c->page, bn_token);

    rest->consumed = run->heights[row - run->first_row] + consumed_of(run, row);
    emit_row(c, run, row, TABLE_CUT, bottom, open, into, rest);
    token->fo = run->t->fo;
    token->n = row;
    token->data = rest;
    return token;
}

/* ------------------------------------------------------------------- row */

static bn_place
place_of(const bn_table *t, uint32_t row)
{
    const bn_fo *fo = t->rows[row].fo;

    return fo ? fo->place : t->rows[row].part->fo->place;
}

/* The row fits between others, but not with the borders of a page's end below
 * it, and is not the last. */
static bool
no_room_below(bn_ctx *c, const bn_stack *st, const table_run *run, uint32_t row,
              const table_open *open)
{
    const bn_table *t = run->t;

    return t->wide_at_break && !st->spill && st->room < BN_NO_LIMIT &&
           row + 1 < t->nrows - t->nfoot &&
           row_height(c, run, row, open, TABLE_PAGE) > bn_room(st);
}

bn_status
bn_table_lay_row(bn_ctx *c, bn_stack *st, const void *what,
                 const bn_token *from, const bn_token **next)
{
    const table_row_ref *ref = what;
    bn_area *const into = st->open->area, *before;
    table_run *run = ref->run;
    const uint32_t row = ref->row;
    bn_table *t = run->t;
    table_open *open =
        bn_arena_copy(c->page, run->open, t->ncols * sizeof *open);
    bn_status status;
    bn_len y;
    need n;

    (void)from;
    open_cells(c, run, row, bn_room(st), st->spill, open);
    end_whole_cells(t, row, open);
    n = need_of(c, run, row, open);
    if ((n.broken && n.stuck) ||
        (!n.broken && no_room_below(c, st, run, row, open)))
        return BN_FULL;
    if (n.forced)
        refill(c, run, row, n.height, open);
    status = bn_put(c, st, n.height, gather_notes(c, t, row, open),
                    place_of(t, row), &y);
    if (status != BN_DONE)
        return status;
    if (n.broken && !n.forced && !bn_offer(st, n.keep))
        return BN_FULL;
    emit_waiting(c, run, TABLE_ROW, into, NULL);
    keep_height(c, run, row, n.height);
    if (n.broken) {
        before = into->last;
        *next = break_row(c, run, row, y + n.height, open, into);
        give_ids(run, row, before ? before->next : into->first);
        if (n.forced)
            st->break_kind = (uint8_t)n.break_kind;
        return BN_BROKEN;
    }
    run->open = open;
    run->waits = true;
    run->row = row;
    run->bottom = y + n.height;
    return BN_DONE;
}

bn_len
bn_table_lay_whole(bn_ctx *c, bn_table *t, uint32_t first, uint32_t n,
                   bn_area *into, bn_len top, const bn_note **notes)
{
    table_run *run = bn_table_run_new(c, t, first, NULL);
    bn_len y = top;

    *notes = NULL;
    for (uint32_t row = first; row < first + n; row++) {
        need want;
        const bn_note *more;

        open_cells(c, run, row, BN_NO_LIMIT, true, run->open);
        want = need_of(c, run, row, run->open);
        keep_height(c, run, row, want.height);
        y += want.height;
        emit_row(c, run, row, TABLE_ROW, y, run->open, into, NULL);
        more = gather_notes(c, t, row, run->open);
        if (more != NULL) {
            const bn_note **tail = &more;

            while (*tail != NULL)
                tail = (const bn_note **)(uintptr_t) & (*tail)->older;
            *tail = *notes;
            *notes = more;
        }
    }
    return y - top;
}
