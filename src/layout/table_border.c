/* table_border.c - borders of cells: separate, or collapsed with their
 * neighbours' (CSS 2.1 17.6.2), and backgrounds behind cells. */
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

/* Candidates come in the order of their origin: cell, row, part, column,
 * table; what is equal leaves the first. */
static void
contend(bn_border *best, const bn_border *other)
{
    if (best->style == BN_LINE_HIDDEN)
        return;
    if (other->style == BN_LINE_HIDDEN || other->width > best->width ||
        (other->width == best->width &&
         style_rank(other->style) > style_rank(best->style)))
        *best = *other;
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
    bn_border best = {0};

    if (ca != NULL && ca == cb)
        return best; /* inside a span */
    if (ca)
        contend(&best, &ca->border[BN_AFTER]);
    if (cb)
        contend(&best, &cb->border[BN_BEFORE]);
    if (a)
        contend(&best, &a->border[BN_AFTER]);
    if (b)
        contend(&best, &b->border[BN_BEFORE]);
    if (a && (b == NULL || a->part != b->part))
        contend(&best, &a->part->border[BN_AFTER]);
    if (b && (a == NULL || a->part != b->part))
        contend(&best, &b->part->border[BN_BEFORE]);
    if (a == NULL) {
        contend(&best, &t->columns[col].border[BN_BEFORE]);
        contend(&best, &t->border[BN_BEFORE]);
    }
    if (b == NULL) {
        contend(&best, &t->columns[col].border[BN_AFTER]);
        contend(&best, &t->border[BN_AFTER]);
    }
    return best;
}

/* The edge at the start of column col; col == ncols: the table's end. */
static bn_border
column_edge(const bn_table *t, uint32_t row, uint32_t col)
{
    const table_row *r = &t->rows[row];
    const table_cell *cs = col > 0 ? unit(t, row, col - 1) : NULL;
    const table_cell *ce = col < t->ncols ? unit(t, row, col) : NULL;
    bn_border best = {0};

    if (cs != NULL && cs == ce)
        return best;
    if (cs)
        contend(&best, &cs->border[BN_END]);
    if (ce)
        contend(&best, &ce->border[BN_START]);
    if (col == 0 || col == t->ncols) {
        const enum bn_side s = col == 0 ? BN_START : BN_END;

        contend(&best, &r->border[s]);
        contend(&best, &r->part->border[s]);
    }
    if (col > 0)
        contend(&best, &t->columns[col - 1].border[BN_END]);
    if (col < t->ncols)
        contend(&best, &t->columns[col].border[BN_START]);
    if (col == 0 || col == t->ncols)
        contend(&best, &t->border[col == 0 ? BN_START : BN_END]);
    return best;
}

bn_border
bn_table_border(const bn_table *t, uint32_t row, uint32_t col,
                enum bn_side side)
{
    bn_border b = {0};
    bool outer;

    if (!t->collapse) {
        const table_cell *cell = unit(t, row, col);

        return cell ? cell->border[side] : b;
    }
    switch (side) {
    case BN_BEFORE:
        outer = row == 0;
        b = row_edge(t, outer ? ROW_NONE : row - 1, row, col);
        break;
    case BN_AFTER:
        outer = row + 1 == t->nrows;
        b = row_edge(t, row, outer ? ROW_NONE : row + 1, col);
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

static void
collapsed_edges(const bn_table *t, const table_cell *cell, bn_len *out)
{
    const uint32_t last_row = cell->row + cell->rows - 1;
    const uint32_t last_col = cell->col + cell->cols - 1;

    for (uint32_t k = cell->col; k <= last_col; k++) {
        out[BN_BEFORE] =
            larger(out[BN_BEFORE],
                   bn_table_border(t, cell->row, k, BN_BEFORE).width / 2);
        out[BN_AFTER] = larger(
            out[BN_AFTER], bn_table_border(t, last_row, k, BN_AFTER).width / 2);
    }
    for (uint32_t r = cell->row; r <= last_row; r++) {
        out[BN_START] =
            larger(out[BN_START],
                   bn_table_border(t, r, cell->col, BN_START).width / 2);
        out[BN_END] = larger(out[BN_END],
                             bn_table_border(t, r, last_col, BN_END).width / 2);
    }
}

/* At a break in a cell with separate borders, edges may be discarded. */
static void
discard_edges(bn_ctx *c, const bn_table *t, const table_cell *cell, bool first,
              bool last, table_edges *out)
{
    const bn_box *box = bn_box_of(c, cell->fo, t->ipd, first, last);

    for (int s = BN_BEFORE; s <= BN_AFTER; s++) {
        if (!t->collapse)
            out->border[s] = box ? box->border[s].width : 0;
        out->padding[s] = box ? box->padding[s] : 0;
    }
}

void
bn_table_edges(bn_ctx *c, const bn_table *t, const table_cell *cell, bool first,
               bool last, table_edges *out)
{
    *out = (table_edges){.sep_ip = t->sep_ip / 2, .sep_bp = t->sep_bp / 2};
    if (t->collapse)
        collapsed_edges(t, cell, out->border);
    for (int s = BN_BEFORE; s <= BN_END; s++) {
        if (!t->collapse)
            out->border[s] = cell->border[s].width;
        /* Percentages are of the table's width. */
        out->padding[s] =
            bn_padding_of(cell->fo, (enum bn_side)s, t->ipd < 0 ? 0 : t->ipd);
    }
    if (!first || !last)
        discard_edges(c, t, cell, first, last, out);
}

/* -------------------------------------------------------------- drawing */

/* Only the background of an object's box. */
static const bn_box *
background_of(bn_ctx *c, const bn_fo *fo)
{
    const bn_box *all = bn_box_of(c, fo, 0, true, true);
    bn_box *b;

    if (all == NULL || (all->background == 0 && all->image_url == NULL))
        return NULL;
    b = BN_NEW(c->page, bn_box);
    b->background = all->background;
    b->image = all->image;
    b->image_url = all->image_url;
    b->repeat = all->repeat;
    b->image_ip = all->image_ip;
    b->image_bp = all->image_bp;
    b->image_ip_ppm = all->image_ip_ppm;
    b->image_bp_ppm = all->image_bp_ppm;
    return b;
}

static bn_area *
add_decoration(bn_ctx *c, uint32_t flags, bn_area *into, bn_len ip, bn_len bp,
               bn_len ipd, bn_len bpd, const bn_box *box)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);

    a->flags = BN_ABSOLUTE | BN_ARTIFACT | flags;
    a->ip = ip;
    a->bp = bp;
    a->ipd = ipd;
    a->bpd = bpd;
    a->box = box;
    bn_area_append(into, a);
    return a;
}

/* The padding rectangle of a cell, painted for each of column, part and row
 * that has a background. */
static void
draw_backgrounds(bn_ctx *c, const bn_table *t, const table_cell *cell,
                 const bn_area *area, const table_edges *e, bn_area *into,
                 bn_len ip, bn_len bp)
{
    const table_row *row = &t->rows[cell->row];
    const bn_fo *const fos[] = {t->background ? t->columns[cell->col].fo : NULL,
                                row->part->background ? row->part->fo : NULL,
                                row->background ? row->fo : NULL};

    for (int i = 0; i < 3; i++) {
        const bn_box *box = fos[i] ? background_of(c, fos[i]) : NULL;

        if (box != NULL)
            add_decoration(
                c, 0, into, ip - e->padding[BN_START],
                bp - e->padding[BN_BEFORE],
                area->ipd + e->padding[BN_START] + e->padding[BN_END],
                area->bpd + e->padding[BN_BEFORE] + e->padding[BN_AFTER], box);
    }
}

/* The border of a grid unit as it is drawn; where a page ends inside a row
 * span, the cell's own closes it. */
static bn_border
drawn_border(const bn_table *t, uint32_t row, uint32_t col, enum bn_side side)
{
    const table_cell *cell = unit(t, row, col);
    bn_border b;

    if (cell == NULL || (side == BN_BEFORE && row == cell->row) ||
        (side == BN_AFTER && row == cell->row + cell->rows - 1) ||
        side == BN_START || side == BN_END)
        return bn_table_border(t, row, col, side);
    b = cell->border[side];
    b.collapsed = 1;
    return b;
}

/* Borders around one grid unit, as an area of its own; x, y, w, h are its
 * grid lines. sides: only those of them. */
static void
draw_unit(bn_ctx *c, const bn_table *t, bn_area *into, uint32_t row,
          uint32_t col, bn_len x, bn_len y, bn_len w, bn_len h,
          const bool sides[4])
{
    bn_box *box = BN_NEW(c->page, bn_box);
    bn_len half[4];
    bool any = false;

    for (int s = BN_BEFORE; s <= BN_END; s++) {
        if (sides[s])
            box->border[s] = drawn_border(t, row, col, (enum bn_side)s);
        half[s] = box->border[s].width / 2;
        any |= box->border[s].width > 0;
    }
    if (!any)
        return;
    add_decoration(c, BN_REFERENCE, into,
                   x + half[BN_START] - box->border[BN_START].width,
                   y + half[BN_BEFORE] - box->border[BN_BEFORE].width,
                   w - half[BN_START] - half[BN_END],
                   h - half[BN_BEFORE] - half[BN_AFTER], box);
}

/* The borders of a spanning cell may differ from unit to unit. */
static void
draw_span(bn_ctx *c, const bn_table *t, const table_cell *cell,
          const table_place *at, bn_area *into)
{
    bn_len y = at->top;

    for (uint32_t r = 0; r < at->nrows; r++) {
        bn_len x = bn_table_column_at(t, cell->col);

        for (uint32_t k = 0; k < cell->cols; k++) {
            const bool sides[4] = {
                [BN_BEFORE] = r == 0,
                [BN_AFTER] = r + 1 == at->nrows,
                [BN_START] = k == 0,
                [BN_END] = k + 1 == cell->cols,
            };
            const bn_len w = t->columns[cell->col + k].width;

            draw_unit(c, t, into, at->row + r, cell->col + k, x, y, w,
                      at->heights[r], sides);
            x += w;
        }
        y += at->heights[r];
    }
}

/* The box of a cell: its own, with resolved borders when they collapse (none
 * for a span, whose borders are areas of their own). */
static const bn_box *
cell_box(bn_ctx *c, const bn_table *t, const table_cell *cell,
         const table_place *at)
{
    const bool span = cell->rows > 1 || cell->cols > 1;
    const bn_box *own = bn_box_of(c, cell->fo, t->ipd, at->first, at->last);
    bn_box *box;
    bool any = own != NULL;

    if (!t->collapse)
        return own;
    box = BN_NEW(c->page, bn_box);
    if (own != NULL)
        *box = *own;
    for (int s = BN_BEFORE; s <= BN_END; s++) {
        box->border[s] = (bn_border){0};
        if (!span)
            box->border[s] =
                bn_table_border(t, cell->row, cell->col, (enum bn_side)s);
        any |= box->border[s].width > 0;
    }
    return any ? box : NULL;
}

void
bn_table_draw_cell(bn_ctx *c, const bn_table *t, const table_cell *cell,
                   const table_edges *e, const table_place *at, bn_area *area,
                   bn_area *into)
{
    const bn_len x = bn_table_column_at(t, cell->col) + e->sep_ip +
                     e->border[BN_START] + e->padding[BN_START];
    const bn_len y =
        at->top + e->sep_bp + e->border[BN_BEFORE] + e->padding[BN_BEFORE];

    draw_backgrounds(c, t, cell, area, e, into, x, y);
    if (t->collapse && (cell->rows > 1 || cell->cols > 1))
        draw_span(c, t, cell, at, into);
    area->box = at->bare ? NULL : cell_box(c, t, cell, at);
    area->flags |= BN_ABSOLUTE | BN_REFERENCE;
    area->ip = x - bn_area_edge(area, BN_START);
    area->bp = y - bn_area_edge(area, BN_BEFORE);
    bn_area_append(into, area);
}

void
bn_table_draw_gap(bn_ctx *c, const bn_table *t, bn_area *into, uint32_t row,
                  uint32_t col, bn_len top, bn_len height)
{
    static const bool all[4] = {true, true, true, true};

    if (t->collapse)
        draw_unit(c, t, into, row, col, bn_table_column_at(t, col), top,
                  t->columns[col].width, height, all);
}
