/*
 * grid.c - the lines of a page as a grid (基本版面, JLREQ 2.4, 4.1.8): what
 * stands between lines of the text takes a whole number of them, so that
 * lines after it stand where they would have stood without it, level with
 * those of the next column and of the page behind.
 *
 *   axf:baseline-grid="new"     on a flow (or above it), a block-container or
 *                               a cell: its line-height is the step of the
 *                               grid, its content begins on the grid
 *   axf:baseline-grid           inherited: lines at least so high as a step
 *                               stand on it; "none": they do not
 *   axf:baseline-block-snap     a block, table or list begins ("before") or
 *                               ends ("after") on the grid, or takes whole
 *                               steps with its spaces, what is left over half
 *                               before and half after it ("center", "auto"):
 *                               行取り. Its own lines do not stand on the grid
 *
 * Lines lower than a step (notes, captions, tables) stay as they are; the
 * text returns to the grid behind them.
 */
#include "layout/internal.h"

#include <string.h>

enum { HAIR = 10 }; /* as good as on the grid */

static bool
is_none(const bn_fo *fo, bn_prop p)
{
    return bn_fo_says(fo, p, BN_K_NONE, "none");
}

void
bn_grid_begin(bn_stack *st, const bn_fo *fo, bn_len at)
{
    if (is_none(fo, BN_P_AXF_BASELINE_GRID))
        return;
    st->step = bn_fo_line_height(fo);
    if (st->step < HAIR * 10)
        st->step = 0;
    st->grid_at = at;
}

void
bn_grid_begin_new(bn_stack *st, const bn_fo *fo)
{
    if (bn_fo_specified(fo, BN_P_AXF_BASELINE_GRID) &&
        bn_fo_says(fo, BN_P_AXF_BASELINE_GRID, BN_K_NEW, "new"))
        bn_grid_begin(st, fo, 0);
}

/* From y to the next line of the grid. */
static bn_len
up_to_grid(const bn_stack *st, int64_t y)
{
    const bn_len over = (bn_len)((y + st->grid_at) % st->step);

    return over <= HAIR ? 0 : st->step - over;
}

bn_len
bn_grid_gap(const bn_stack *st, const bn_fo *fo)
{
    if (st->step == 0 || is_none(fo, BN_P_AXF_BASELINE_GRID) ||
        bn_fo_line_height(fo) + HAIR < st->step)
        return 0;
    return up_to_grid(st, bn_stack_end_of(st));
}

bool
bn_grid_snaps(const bn_fo *fo)
{
    return !is_none(fo, BN_P_AXF_BASELINE_BLOCK_SNAP);
}

/* What is left over in the whole steps that a block takes with its spaces. */
static bn_len
left_over(const bn_stack *st, const bn_fo *fo, bn_len end)
{
    return up_to_grid(st, (int64_t)end + bn_space_of(fo, BN_AFTER, 0).opt);
}

bn_len
bn_grid_block_gap(const bn_stack *st, const bn_fo *fo, bn_len top, bn_len end)
{
    const bn_prop p = BN_P_AXF_BASELINE_BLOCK_SNAP;
    bn_len gap, room;

    if (st->step == 0)
        return 0;
    if (bn_fo_says(fo, p, BN_K_BEFORE, "before"))
        gap = up_to_grid(st, top);
    else if (bn_fo_says(fo, p, BN_K_AFTER, "after"))
        gap = up_to_grid(st, end);
    else
        gap = left_over(st, fo, end) / 2;
    if (st->room >= BN_NO_LIMIT)
        return gap;
    room = st->room - st->reserved - st->notes_bpd - end;
    return gap < room ? gap : room > 0 ? room : 0;
}
