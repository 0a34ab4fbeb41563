/* table_draw.c - areas of cells: their borders, and backgrounds behind them. */
#include "layout/table.h"

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

/* Borders around one grid unit, as an area of its own; x, y, w, h are its
 * grid lines. sides: only those of them. */
static void
draw_unit(bn_ctx *c, const bn_table *t, bn_area *into, const table_piece *p,
          uint32_t row, uint32_t col, bn_len x, bn_len y, bn_len w, bn_len h,
          const bool sides[4])
{
    const table_beyond beyond[4] = {
        [BN_BEFORE] = p->before, [BN_AFTER] = p->after};
    bn_box *box = BN_NEW(c->page, bn_box);
    bn_len half[4];
    bool any = false;

    for (int s = BN_BEFORE; s <= BN_END; s++) {
        if (sides[s])
            box->border[s] =
                bn_table_border(t, row, col, (enum bn_side)s, beyond[s]);
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
    const table_piece *p = &at->piece;
    bn_len y = at->top;

    for (uint32_t r = 0; r < p->nrows; r++) {
        bn_len x = bn_table_column_at(t, cell->col);

        for (uint32_t k = 0; k < cell->cols; k++) {
            const bool sides[4] = {
                [BN_BEFORE] = r == 0,
                [BN_AFTER] = r + 1 == p->nrows,
                [BN_START] = k == 0,
                [BN_END] = k + 1 == cell->cols,
            };
            const bn_len w = t->columns[cell->col + k].width;

            draw_unit(c, t, into, p, p->row + r, cell->col + k, x, y, w,
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
    const table_piece *p = &at->piece;
    const bn_box *own =
        bn_box_of(c, cell->fo, t->ipd, p->first, bn_table_is_last(p));
    const table_beyond beyond[4] = {
        [BN_BEFORE] = p->before, [BN_AFTER] = p->after};
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
            box->border[s] = bn_table_border(t, cell->row, cell->col,
                                             (enum bn_side)s, beyond[s]);
        any |= box->border[s].width > 0;
    }
    return any ? box : NULL;
}

void
bn_table_draw_cell(bn_ctx *c, const bn_table *t, const table_cell *cell,
                   const table_edges *e, const table_place *at, bn_area *area,
                   bn_area *into)
{
    const bn_len x = bn_table_column_at(t, cell->col) + e->sep[BN_START] +
                     e->border[BN_START] + e->padding[BN_START];
    const bn_len y = at->top + e->sep[BN_BEFORE] + e->border[BN_BEFORE] +
                     e->padding[BN_BEFORE];

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
bn_table_draw_gap(bn_ctx *c, const bn_table *t, bn_area *into,
                  const table_piece *piece, uint32_t col, bn_len top,
                  bn_len height)
{
    static const bool all[4] = {true, true, true, true};

    if (t->collapse)
        draw_unit(c, t, into, piece, piece->row, col,
                  bn_table_column_at(t, col), top, t->columns[col].width,
                  height, all);
}
