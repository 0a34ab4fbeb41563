/* table_border.c - borders of cells: separate, or collapsed with their
 * neighbours' (CSS 2.1 17.6.2, XSL 1.1 7.28.1). */
#include "layout/table.h"

/* ----------------------------------------------------------- resolution */

/* Of two styles of the same width the one that shows more wins. */
static int
style_rank(uint8_t style)
{
    static const uint8_t order[] = {
        BN_LINE_INSET,  BN_LINE_GROOVE, BN_LINE_OUTSET, BN_LINE_RIDGE,
        BN_LINE_DOTTED, BN_LINE_DASHED, BN_LINE_SOLID,  BN_LINE_DOUBLE};

    for (int i = 0; i < (int)sizeof order; i++)
        if (order[i] == style)
            return i + 1;
    return 0;
}

/* Precedence of an object that gives none (XSL 1.1 7.28.3). */
static int32_t
usual_precedence(bn_fo_type type)
{
    switch ((int)type) {
    case BN_FO_TABLE:
        return 6;
    case BN_FO_TABLE_CELL:
        return 5;
    case BN_FO_TABLE_COLUMN:
        return 4;
    case BN_FO_TABLE_ROW:
        return 3;
    case BN_FO_TABLE_BODY:
        return 2;
    case BN_FO_TABLE_HEADER:
        return 1;
    default:
        return 0;
    }
}

static int32_t
precedence_of(const bn_fo *fo, bn_prop p)
{
    if (bn_fo_is(fo, p, BN_K_FORCE))
        return INT32_MAX;
    if (bn_fo_get(fo, p)->kind == BN_V_NUMBER)
        return bn_fo_int(fo, p);
    return usual_precedence(fo->type);
}

const table_sides *
bn_table_sides(bn_ctx *c, const bn_fo *fo, const table_sides *last,
               const bn_fo *last_fo)
{
    static const table_sides none;
    static const struct {
        bn_prop retain, precedence;
    } props[] = {
        {BN_P_BORDER_BEFORE_WIDTH_CONDITIONALITY,
         BN_P_BORDER_BEFORE_PRECEDENCE},
        {BN_P_BORDER_AFTER_WIDTH_CONDITIONALITY, BN_P_BORDER_AFTER_PRECEDENCE},
        {BN_P_BORDER_START_WIDTH_CONDITIONALITY, BN_P_BORDER_START_PRECEDENCE},
        {BN_P_BORDER_END_WIDTH_CONDITIONALITY, BN_P_BORDER_END_PRECEDENCE}};
    table_sides *sides;

    if (fo == NULL || fo->own == NULL)
        return &none;
    if (last_fo && fo->own == last_fo->own && fo->type == last_fo->type &&
        fo->inherited == last_fo->inherited)
        return last;
    sides = BN_NEW(c->seq, table_sides);
    for (int s = BN_BEFORE; s <= BN_END; s++) {
        sides->border[s] = bn_border_of(fo, (enum bn_side)s);
        sides->retain[s] = bn_fo_is(fo, props[s].retain, BN_K_RETAIN);
        sides->precedence[s] = precedence_of(fo, props[s].precedence);
    }
    return sides;
}

/* Who wins at an edge. */
typedef struct contest {
    bn_border best;
    int32_t precedence;
    bool counts; /* precedence does */
} contest;

static contest
begin_contest(const bn_table *t)
{
    return (contest){.precedence = INT32_MIN, .counts = t->precedence};
}

/* Candidates come in the order of their origin: cell, row, part, column,
 * table; what is equal leaves the first. */
static void
contend(contest *w, const table_sides *sides, enum bn_side side)
{
    const bn_border *other = &sides->border[side];

    if (w->counts && other->style != BN_LINE_NONE &&
        sides->precedence[side] != w->precedence) {
        if (sides->precedence[side] < w->precedence)
            return;
        w->precedence = sides->precedence[side];
        w->best = *other;
        return;
    }
    if (w->best.style == BN_LINE_HIDDEN)
        return;
    if (other->style == BN_LINE_HIDDEN || other->width > w->best.width ||
        (other->width == w->best.width &&
         style_rank(other->style) > style_rank(w->best.style)))
        w->best = *other;
}

static const table_cell *
unit(const bn_table *t, uint32_t row, uint32_t col)
{
    return t->rows[row].cells[col];
}

/* The edge between the rows above and below; ROW_NONE: the table's edge. */
#define ROW_NONE UINT32_MAX

static bn_border
row_edge(const bn_table *t, uint32_t above, uint32_t below, uint32_t col)
{
    const table_row *a = above != ROW_NONE ? &t->rows[above] : NULL;
    const table_row *b = below != ROW_NONE ? &t->rows[below] : NULL;
    const table_cell *ca = a ? unit(t, above, col) : NULL;
    const table_cell *cb = b ? unit(t, below, col) : NULL;
    contest w = begin_contest(t);

    if (ca != NULL && ca == cb)
        return w.best; /* inside a span */
    if (ca)
        contend(&w, ca->sides, BN_AFTER);
    if (cb)
        contend(&w, cb->sides, BN_BEFORE);
    if (a)
        contend(&w, a->sides, BN_AFTER);
    if (b)
        contend(&w, b->sides, BN_BEFORE);
    if (a && (b == NULL || a->part != b->part))
        contend(&w, a->part->sides, BN_AFTER);
    if (b && (a == NULL || a->part != b->part))
        contend(&w, b->part->sides, BN_BEFORE);
    if (a == NULL) {
        contend(&w, t->columns[col].sides, BN_BEFORE);
        contend(&w, t->sides, BN_BEFORE);
    }
    if (b == NULL) {
        contend(&w, t->columns[col].sides, BN_AFTER);
        contend(&w, t->sides, BN_AFTER);
    }
    return w.best;
}

static void
contend_if_kept(contest *w, const table_sides *sides, enum bn_side side,
                bool cut)
{
    if (!cut || sides->retain[side])
        contend(w, sides, side);
}

/*
 * The edge of a row where the page begins or ends. Borders of what the break
 * cuts in two count when they are retained there (XSL 1.1 4.3.1): those of
 * the table and its columns at any break, those of cells, rows and parts at a
 * break inside the cell. A head or foot that stands there is a neighbour.
 */
static bn_border
page_edge(const bn_table *t, uint32_t row, uint32_t col, enum bn_side side,
          bool cut)
{
    const bool before = side == BN_BEFORE;
    const table_row *r = &t->rows[row];
    const table_cell *cell = unit(t, row, col);
    contest w = begin_contest(t);

    if (cell)
        contend_if_kept(&w, cell->sides, side, cut);
    contend_if_kept(&w, r->sides, side, cut);
    if (row == (before ? r->part->first : r->part->first + r->part->n - 1))
        contend_if_kept(&w, r->part->sides, side, cut);
    if (before ? t->head_again : t->foot_again) {
        const enum bn_side facing = before ? BN_AFTER : BN_BEFORE;
        const uint32_t other = before ? t->nhead - 1 : t->nrows - t->nfoot;

        if (unit(t, other, col))
            contend(&w, unit(t, other, col)->sides, facing);
        contend(&w, t->rows[other].sides, facing);
        contend(&w, t->rows[other].part->sides, facing);
    } else {
        contend_if_kept(&w, t->columns[col].sides, side, true);
        contend_if_kept(&w, t->sides, side, true);
    }
    return w.best;
}

/* The edge at the start of column col; col == ncols: the table's end. */
static bn_border
column_edge(const bn_table *t, uint32_t row, uint32_t col)
{
    const table_row *r = &t->rows[row];
    const table_cell *cs = col > 0 ? unit(t, row, col - 1) : NULL;
    const table_cell *ce = col < t->ncols ? unit(t, row, col) : NULL;
    contest w = begin_contest(t);

    if (cs != NULL && cs == ce)
        return w.best;
    if (cs)
        contend(&w, cs->sides, BN_END);
    if (ce)
        contend(&w, ce->sides, BN_START);
    if (col == 0 || col == t->ncols) {
        const enum bn_side s = col == 0 ? BN_START : BN_END;

        contend(&w, r->sides, s);
        contend(&w, r->part->sides, s);
    }
    if (col > 0)
        contend(&w, t->columns[col - 1].sides, BN_END);
    if (col < t->ncols)
        contend(&w, t->columns[col].sides, BN_START);
    if (col == 0 || col == t->ncols)
        contend(&w, t->sides, col == 0 ? BN_START : BN_END);
    return w.best;
}

bn_border
bn_table_border(const bn_table *t, uint32_t row, uint32_t col,
                enum bn_side side, table_beyond beyond)
{
    bn_border b = {0};
    bool outer;

    if (!t->collapse) {
        const table_cell *cell = unit(t, row, col);

        return cell ? cell->sides->border[side] : b;
    }
    switch (side) {
    case BN_BEFORE:
        outer = row == 0 || (beyond != TABLE_ROW && !t->head_again);
        b = beyond != TABLE_ROW
                ? page_edge(t, row, col, side, beyond == TABLE_CUT)
                : row_edge(t, row == 0 ? ROW_NONE : row - 1, row, col);
        break;
    case BN_AFTER:
        outer = row + 1 == t->nrows || (beyond != TABLE_ROW && !t->foot_again);
        b = beyond != TABLE_ROW
                ? page_edge(t, row, col, side, beyond == TABLE_CUT)
                : row_edge(t, row, row + 1 == t->nrows ? ROW_NONE : row + 1,
                           col);
        break;
    case BN_START:
        outer = col == 0;
        b = column_edge(t, row, col);
        break;
    default:
        outer = col + 1 == t->ncols;
        b = column_edge(t, row, col + 1);
    }
    b.collapsed = outer ? 2 : 1;
    return b;
}

/* ---------------------------------------------------------------- edges */

static bn_len
larger(bn_len a, bn_len b)
{
    return a > b ? a : b;
}

table_piece
bn_table_whole(const table_cell *cell)
{
    return (table_piece){.row = cell->row, .nrows = cell->rows, .first = true};
}

static void
collapsed_edges(const bn_table *t, const table_cell *cell, const table_piece *p,
                bn_len *out)
{
    const uint32_t last_row = p->row + p->nrows - 1;
    const uint32_t last_col = cell->col + cell->cols - 1U;

    for (uint32_t k = cell->col; k <= last_col; k++) {
        const bn_len before =
            bn_table_border(t, p->row, k, BN_BEFORE, p->before).width / 2;
        const bn_len after =
            bn_table_border(t, last_row, k, BN_AFTER, p->after).width / 2;

        out[BN_BEFORE] = larger(out[BN_BEFORE], before);
        out[BN_AFTER] = larger(out[BN_AFTER], after);
    }
    /* Its content is as wide on all pages. */
    for (uint32_t r = cell->row; r < cell->row + cell->rows; r++) {
        const bn_len start =
            bn_table_border(t, r, cell->col, BN_START, TABLE_ROW).width / 2;
        const bn_len end =
            bn_table_border(t, r, last_col, BN_END, TABLE_ROW).width / 2;

        out[BN_START] = larger(out[BN_START], start);
        out[BN_END] = larger(out[BN_END], end);
    }
}

/* At a break in a cell, edges may be discarded, and what parts the cell from
 * the one beyond is. */
static void
discard_edges(bn_ctx *c, const bn_table *t, const table_cell *cell,
              const table_piece *p, table_edges *out)
{
    const bn_box *box =
        bn_box_of(c, cell->fo, t->ipd, p->first, bn_table_is_last(p));

    for (int s = BN_BEFORE; s <= BN_AFTER; s++) {
        if (!t->collapse)
            out->border[s] = box ? box->border[s].width : 0;
        out->padding[s] = box ? box->padding[s] : 0;
    }
    if (!p->first)
        out->sep[BN_BEFORE] = 0;
    if (!bn_table_is_last(p))
        out->sep[BN_AFTER] = 0;
}

void
bn_table_edges(bn_ctx *c, const bn_table *t, const table_cell *cell,
               const table_piece *p, table_edges *out)
{
    *out = (table_edges){0};
    if (t->collapse)
        collapsed_edges(t, cell, p, out->border);
    for (int s = BN_BEFORE; s <= BN_END; s++) {
        if (!t->collapse)
            out->border[s] = cell->sides->border[s].width;
        out->sep[s] = (s <= BN_AFTER ? t->sep_bp : t->sep_ip) / 2;
        /* Percentages are of the table's width. */
        out->padding[s] =
            bn_padding_of(cell->fo, (enum bn_side)s, t->ipd < 0 ? 0 : t->ipd);
    }
    if (!p->first || !bn_table_is_last(p))
        discard_edges(c, t, cell, p, out);
}
