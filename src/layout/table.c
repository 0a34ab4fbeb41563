/* table.c - fo:table and fo:table-and-caption: the block around the rows,
 * heads and feet that repeat, breaks between rows. */
#include "layout/table.h"

/* ------------------------------------------------------- keeps and breaks */

static int32_t
larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Strength between two rows: of the rows themselves and of what stands at the
 * edges of all their cells. */
static int32_t
keep_between(const bn_table *t, uint32_t above, uint32_t below)
{
    const table_row *a = &t->rows[above], *b = &t->rows[below];
    int32_t keep = 0;

    if (a->fo)
        keep = larger(bn_fo_keep(a->fo, BN_P_KEEP_WITH_NEXT_WITHIN_COLUMN),
                      bn_fo_keep(a->fo, BN_P_KEEP_WITH_NEXT_WITHIN_PAGE));
    if (b->fo) {
        keep = larger(keep,
                      bn_fo_keep(b->fo, BN_P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN));
        keep = larger(keep,
                      bn_fo_keep(b->fo, BN_P_KEEP_WITH_PREVIOUS_WITHIN_PAGE));
    }
    for (uint32_t k = 0; k < t->ncols; k++) {
        const table_cell *ca = a->cells[k], *cb = b->cells[k];

        if (ca && ca != cb)
            keep = larger(keep, bn_keep_between(ca->fo, NULL));
        if (cb && ca != cb)
            keep = larger(keep, bn_keep_between(NULL, cb->fo));
        if (ca && ca == cb) /* inside a span */
            keep = larger(keep, bn_keep_together(ca->fo));
    }
    return keep;
}

static int
break_rank(bn_keyword k)
{
    return k == BN_K_COLUMN                            ? 1
           : k == BN_K_PAGE                            ? 2
           : k == BN_K_EVEN_PAGE || k == BN_K_ODD_PAGE ? 3
                                                       : 0;
}

static void
take_break(bn_keyword *best, bn_keyword k)
{
    if (break_rank(k) > break_rank(*best))
        *best = k;
}

/* A break asked for between two rows, by them, their parts or any cell. */
static bn_keyword
break_between(const bn_table *t, uint32_t above, uint32_t below)
{
    const table_row *a = &t->rows[above], *b = &t->rows[below];
    bn_keyword best = BN_K_AUTO;

    if (a->fo)
        take_break(&best, bn_fo_keyword(a->fo, BN_P_BREAK_AFTER));
    if (b->fo)
        take_break(&best, bn_fo_keyword(b->fo, BN_P_BREAK_BEFORE));
    for (uint32_t k = 0; k < t->ncols; k++) {
        const table_cell *ca = a->cells[k], *cb = b->cells[k];

        if (ca && ca != cb)
            take_break(&best, bn_break_after(ca->fo));
        if (cb && ca != cb)
            take_break(&best, bn_break_before(cb->fo));
    }
    return best;
}

/* ------------------------------------------------------------- geometry */

/* The table's box: with collapsed borders the cells have them all. */
static const bn_box *
table_box(bn_ctx *c, const bn_table *t, bn_len base, bool first)
{
    const bn_box *own = bn_box_of(c, t->fo, base, first, true);
    bn_box *box;

    if (own == NULL || !t->collapse)
        return own;
    if (own->background == 0 && own->image_url == NULL)
        return NULL;
    box = bn_arena_copy(c->page, own, sizeof *own);
    for (int s = BN_BEFORE; s <= BN_END; s++) {
        box->border[s] = (bn_border){0};
        box->padding[s] = 0;
    }
    return box;
}

static bool
has_width(const bn_fo *fo)
{
    return bn_fo_get(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM)->kind ==
           BN_V_LENGTH;
}

/* The width asked for, or what the indents leave. */
static bn_len
table_ipd(const bn_fo *fo, const bn_stack *st, bn_len start, bn_len end)
{
    const bn_len ipd =
        has_width(fo) ? bn_fo_len(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM,
                                  st->open->area->ipd)
                      : st->ipd - start - end;

    return ipd > 0 ? ipd : 0;
}

static void
open_table(bn_ctx *c, bn_stack *st, bn_table *t, bool continued, bn_open *o)
{
    const bn_box *box = table_box(c, t, st->ipd, !continued);
    const bn_box *own = bn_box_of(c, t->fo, st->ipd, !continued, true);
    bn_len start, end, ipd, edge_start = 0;
    bn_area asked = {.box = own};

    if (box)
        edge_start = box->border[BN_START].width + box->padding[BN_START];
    bn_indents(c, t->fo, st->ipd, &start, &end);
    ipd = table_ipd(t->fo, st, start, end);
    bn_table_set_widths(c, t, ipd);
    if (has_width(t->fo) && bn_table_column_at(t, t->ncols) > ipd)
        ipd = bn_table_column_at(t, t->ncols); /* CSS 2.1 17.5.2.1 */
    if (end > st->ipd - start - ipd) /* over-constrained: the end gives way */
        end = st->ipd - start - ipd;
    bn_block_open_at(c, st, t->fo, continued, start - edge_start, ipd, box, o);
    o->area->start_indent = start;
    o->area->end_indent = end;
    o->area->space[BN_START] = start - bn_area_edge(&asked, BN_START);
    o->area->space[BN_END] = end - bn_area_edge(&asked, BN_END);
}

/* ------------------------------------------------------- heads and feet */

/* *at: where it stands. */
static bn_status
lay_head(bn_ctx *c, bn_stack *st, bn_table *t, bool continued, bn_len *at)
{
    const uint8_t artifact = c->artifact;
    bn_area *holder = bn_area_make(c, BN_AREA_BLOCK);
    const bn_note *notes;
    bn_status status;
    bn_len height, y;

    if (t->nhead == 0 || (continued && !t->head_again))
        return BN_DONE;
    c->artifact = continued ? 1 : artifact;
    height = bn_table_lay_whole(c, t, 0, t->nhead, holder, 0, &notes);
    c->artifact = artifact;
    status = bn_put(c, st, height, notes, t->rows[0].part->fo->place, &y);
    if (status != BN_DONE)
        return status;
    *at = y;
    while (holder->first) {
        bn_area *a = holder->first;

        holder->first = a->next;
        a->bp += y;
        bn_area_append(st->open->area, a);
    }
    return BN_DONE;
}

/* The footer, laid out before the rows so that room is kept for it. */
typedef struct foot {
    bn_area *holder;
    bn_len height;
    const bn_note *notes; /* that it calls, on each page it stands on */
    bn_len reserved;      /* taken off the room of the rows */
    bn_len separator;     /* of it, until another note brings one */
    bool at_breaks;
} foot;

static foot
make_foot(bn_ctx *c, bn_stack *st, bn_table *t)
{
    foot f = {0};

    if (t->nfoot == 0)
        return f;
    f.at_breaks = t->foot_again;
    f.holder = bn_area_make(c, BN_AREA_BLOCK);
    f.height = bn_table_lay_whole(c, t, t->nrows - t->nfoot, t->nfoot, f.holder,
                                  0, &f.notes);
    if (!f.at_breaks)
        return f;
    f.reserved = f.height;
    for (const bn_note *n = f.notes; n; n = n->older)
        f.reserved += n->bpd;
    if (f.notes && st->notes == NULL && st->notes_bpd == 0)
        f.separator = bn_separator_height(c);
    f.reserved += f.separator;
    st->reserved += f.reserved;
    return f;
}

/* A row brought the first note of the page, and with it the separator. */
static void
share_separator(bn_stack *st, foot *f)
{
    if (f->separator == 0 || st->notes == NULL)
        return;
    st->reserved -= f->separator;
    f->reserved -= f->separator;
    f->separator = 0;
}

static void
mark_artifact(bn_area *a)
{
    for (; a; a = a->next) {
        a->flags |= BN_ARTIFACT;
        mark_artifact(a->first);
    }
}

/* what: a foot. */
static bn_status
place_foot(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
           const bn_token **next)
{
    const foot *f = what;
    bn_status status;
    bn_len y;

    (void)from;
    (void)next;
    status = bn_put(c, st, f->height, f->notes, st->open->fo->place, &y);
    if (status != BN_DONE)
        return status;
    for (bn_area *a = f->holder->first, *after; a; a = after) {
        after = a->next;
        a->bp += y;
        bn_area_append(st->open->area, a);
    }
    return BN_DONE;
}

/* alone: no row stands above it on this page. */
static bn_status
end_with_foot(bn_ctx *c, bn_stack *st, const foot *f, bool alone)
{
    const bn_token *next = NULL;

    if (f->holder == NULL)
        return BN_DONE;
    if (f->at_breaks) {
        st->reserved -= f->reserved;
        return place_foot(c, st, f, NULL, &next);
    }
    return bn_lay_part(c, st, place_foot, f,
                       alone ? BN_NO_OFFER : BN_KEEP_ALWAYS, NULL, &next);
}

static void
break_with_foot(bn_ctx *c, bn_stack *st, const foot *f)
{
    const bn_token *next = NULL;

    if (f->holder == NULL || !f->at_breaks)
        return;
    st->reserved -= f->reserved;
    mark_artifact(f->holder->first);
    place_foot(c, st, f, NULL, &next);
}

/* ------------------------------------------------------------------ rows */

static bool
stop_for_break(bn_stack *st, bn_keyword k)
{
    if (break_rank(k) == 0 || st->room >= BN_NO_LIMIT)
        return false;
    st->break_kind =
        (uint8_t)(k == BN_K_COLUMN && st->one_column ? BN_K_PAGE : k);
    return true;
}

static const bn_token *
token_before(bn_ctx *c, bn_stack *st, table_run *run, uint32_t row)
{
    bn_token *token = BN_NEW(c->page, bn_token);

    token->fo = run->t->fo;
    token->n = row;
    token->data = (void *)(uintptr_t)bn_table_end_page(c, st, run, row);
    return token;
}

static bn_status
lay_rows(bn_ctx *c, bn_stack *st, table_run *run, foot *f,
         const bn_token **next)
{
    const bn_table *t = run->t;
    const uint32_t end = t->nrows - t->nfoot;

    for (uint32_t row = run->first_row; row < end; row++) {
        const table_row_ref ref = {run, row};
        const bool first = row == run->first_row;
        bn_status status;

        if (!first && stop_for_break(st, break_between(t, row - 1, row))) {
            *next = token_before(c, st, run, row);
            return BN_BROKEN;
        }
        status = bn_lay_part(
            c, st, bn_table_lay_row, &ref,
            first ? BN_NO_OFFER : keep_between(t, row - 1, row), NULL, next);
        if (status == BN_BROKEN && *next == NULL)
            *next = token_before(c, st, run, row);
        share_separator(st, f);
        if (status != BN_DONE)
            return status;
    }
    bn_table_end(c, run, st->open->area);
    return BN_DONE;
}

/* Head and foot with the markers of the rows that stand between them. */
static void
show_markers(bn_ctx *c, bn_table *t, bn_table_page *page, bn_area *table,
             bn_area *head, bn_len head_y, foot *f, bn_status status)
{
    const bn_table_page *const before = c->table_page;
    const bool head_again = head && bn_table_retrieves(t, false);
    const bool foot_again = f->holder && bn_table_retrieves(t, true);

    if (!head_again && !foot_again)
        return;
    page->rows = head ? head->next : table->first;
    c->table_page = page;
    if (foot_again)
        bn_table_redo_foot(c, t, f->holder, status == BN_BROKEN);
    if (head_again)
        bn_table_redo_head(c, t, table, head, head_y,
                           page->first_row > t->nhead || c->artifact);
    c->table_page = before;
}

static bn_status
lay_table(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_token *from,
          const bn_token **next)
{
    bn_table *t = bn_table_of(c, fo);
    bn_table_page page = {t, from ? from->n : t->nhead, NULL};
    const bn_table_page *const before = c->table_page;
    bn_status status, closed;
    bn_len head_y = 0;
    table_run *run;
    bn_area *head;
    bn_open o;
    foot f;

    open_table(c, st, t, from != NULL, &o);
    c->table_page = &page;
    status = lay_head(c, st, t, from != NULL, &head_y);
    if (status == BN_DONE)
        f = make_foot(c, st, t);
    c->table_page = before;
    if (status != BN_DONE)
        return status;
    head = o.area->last;
    run = bn_table_run_new(c, t, page.first_row, from ? from->data : NULL);
    status = lay_rows(c, st, run, &f, next);
    if (status != BN_FULL)
        show_markers(c, t, &page, o.area, head, head_y, &f, status);
    if (status == BN_DONE)
        status = end_with_foot(c, st, &f,
                               from && page.first_row == t->nrows - t->nfoot);
    else if (status == BN_BROKEN)
        break_with_foot(c, st, &f);
    if (status == BN_FULL)
        return status;
    if (status == BN_BROKEN && *next == NULL) /* before the footer */
        *next = token_before(c, st, run, t->nrows - t->nfoot);
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

/* --------------------------------------------------------------- caption */

static const bn_fo *
child_of(const bn_fo *fo, bn_fo_type type)
{
    for (const bn_fo *c = fo->first; c; c = c->next)
        if (c->type == type)
            return c;
    return NULL;
}

/* what: a table-caption. */
static bn_status
lay_caption(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
            const bn_token **next)
{
    const bn_fo *fo = what;
    bn_status status, closed;
    bn_open o;

    bn_block_open(c, st, fo, from != NULL, &o);
    status = bn_lay_children(c, st, fo, from, next);
    if (status == BN_FULL)
        return status;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

static bn_status
lay_either_way(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_token *from,
               const bn_token **next)
{
    const bn_inner inner = bn_inner_of(c, fo);

    if (inner.other)
        return bn_lay_table_other(c, st, fo, &inner, from, next);
    return lay_table(c, st, fo, from, next);
}

static bn_status
lay_captioned(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_token *from,
              const bn_token **next)
{
    const bn_fo *caption = child_of(fo, BN_FO_TABLE_CAPTION);
    const bn_fo *table = child_of(fo, BN_FO_TABLE);
    const bool below = bn_fo_is(fo, BN_P_CAPTION_SIDE, BN_K_AFTER) ||
                       bn_fo_is(fo, BN_P_CAPTION_SIDE, BN_K_BOTTOM);
    const bn_fo *const order[] = {below ? table : caption,
                                  below ? caption : table};
    bn_status status = BN_DONE, closed;
    bool placed = false;
    bn_open o;

    bn_block_open(c, st, fo, from != NULL, &o);
    for (int i = 0; i < 2 && status == BN_DONE; i++) {
        const bn_token *inner = NULL, *more = NULL;

        if (order[i] == NULL || (from && i == 0 && from->child == order[1]))
            continue;
        if (from && from->child == order[i])
            inner = from->inner;
        /* A caption stays with its table. */
        status = bn_lay_part(
            c, st, order[i] == table ? bn_layout_table : lay_caption, order[i],
            placed ? BN_KEEP_ALWAYS : BN_NO_OFFER, inner, &more);
        placed = true;
        if (status == BN_BROKEN)
            *next = bn_token_make(c, fo, order[i], more);
    }
    if (status == BN_FULL)
        return status;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

bn_status
bn_layout_table(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
                const bn_token **next)
{
    const bn_fo *fo = what;

    *next = NULL;
    if (fo->type == BN_FO_TABLE_AND_CAPTION)
        return lay_captioned(c, st, fo, from, next);
    return lay_either_way(c, st, fo, from, next);
}
