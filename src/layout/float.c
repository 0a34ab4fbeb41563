/*
 * float.c - fo:float (XSL 1.1 6.12.2): side floats stand at the start or end
 * of their column and the lines beside them are shorter; before floats stand
 * at the head of the page, and what they take is taken off the columns as for
 * footnotes.
 *
 * A side float stands where its anchor is: on the height of the block that
 * begins there, or below the line that it is written in. It does not break.
 *
 * Lines stand beside it line by line; tables, containers and what says
 * intrusion-displace="block" as a whole, where they have room (7.19.3).
 */
#include "layout/internal.h"

/* In text lines shorter than this go below the float; of the font's size. */
enum { LEAST_EMS = 3 };

static bool
is_at_end(bn_keyword side, bool odd_page)
{
    switch ((int)side) {
    case BN_K_END:
    case BN_K_RIGHT:
        return true;
    case BN_K_OUTSIDE:
        return odd_page;
    case BN_K_INSIDE:
        return !odd_page;
    default:
        return false;
    }
}

bool
bn_is_before_float(const bn_ctx *c, const bn_stack *st, const bn_fo *fo)
{
    return bn_fo_is(fo, BN_P_FLOAT, BN_K_BEFORE) && c->flow && !st->inside;
}

bn_beside
bn_floats_beside(const bn_stack *st, bn_len y)
{
    bn_beside b = {0, 0, BN_NO_LIMIT};

    for (const bn_side_float *f = st->floats; f; f = f->older) {
        bn_len *taken = f->at_end ? &b.end : &b.start;

        if (y < f->top || y >= f->bottom)
            continue;
        if (f->reach > *taken)
            *taken = f->reach;
        if (f->bottom < b.until)
            b.until = f->bottom;
    }
    return b;
}

bn_len
bn_floats_bottom(const bn_stack *st)
{
    bn_len bottom = 0;

    for (const bn_side_float *f = st->floats; f; f = f->older)
        if (f->bottom > bottom)
            bottom = f->bottom;
    return bottom;
}

void
bn_stack_down(bn_stack *st, bn_len y)
{
    bn_stack_fence(st);
    if (y > st->y)
        st->y = y;
}

void
bn_floats_clear(bn_ctx *c, bn_stack *st, const bn_fo *fo)
{
    const bn_keyword clear = bn_fo_keyword(fo, BN_P_CLEAR);
    const bool odd = bn_page_number(c) % 2 != 0;
    bn_len to = 0;

    if (fo->type == BN_FO_FLOAT || clear == BN_K_NONE)
        return;
    if (fo->type == BN_FO_BLOCK_CONTAINER &&
        !bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_AUTO))
        return;
    for (const bn_side_float *f = st->floats; f; f = f->older)
        if ((clear == BN_K_BOTH || is_at_end(clear, odd) == f->at_end) &&
            f->bottom > to)
            to = f->bottom;
    if (to > bn_stack_end_of(st))
        bn_stack_down(st, to);
}

/* ----------------------------------------------- beside floats as a whole */

static bool
stands_as_a_whole(const bn_fo *fo)
{
    const bn_keyword k = bn_fo_keyword(fo, BN_P_INTRUSION_DISPLACE);

    switch ((int)fo->type) {
    case BN_FO_TABLE:
    case BN_FO_TABLE_AND_CAPTION:
    case BN_FO_LIST_ITEM: /* so that its label stays with it */
        return k != BN_K_NONE;
    case BN_FO_BLOCK_CONTAINER:
        return k != BN_K_NONE &&
               bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_AUTO);
    case BN_FO_FLOAT:
        return false;
    default:
        return k == BN_K_BLOCK;
    }
}

/* What the floats take that reach below y; until: where the first of them
 * ends. */
static bn_beside
beside_from(const bn_stack *st, bn_len y)
{
    bn_beside b = {0, 0, BN_NO_LIMIT};

    for (const bn_side_float *f = st->floats; f; f = f->older) {
        bn_len *taken = f->at_end ? &b.end : &b.start;

        if (f->bottom <= y)
            continue;
        if (f->reach > *taken)
            *taken = f->reach;
        if (f->bottom < b.until)
            b.until = f->bottom;
    }
    return b;
}

static bn_len
larger(bn_len a, bn_len b)
{
    return a > b ? a : b;
}

/* The least width that an object can do with, from border to border. */
static bn_len
width_needed(bn_ctx *c, const bn_stack *st, const bn_fo *fo)
{
    const bn_value *v =
        bn_fo_get(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM);
    bn_len least, natural, start, end, from, to;

    if (fo->type == BN_FO_TABLE_AND_CAPTION)
        for (const bn_fo *k = fo->first; k; k = k->next)
            if (k->type == BN_FO_TABLE)
                return width_needed(c, st, k);
    if (v->kind == BN_V_LENGTH && v->percent == 0)
        return v->len;
    if (fo->type == BN_FO_TABLE)
        return bn_table_least_width(c, fo);
    bn_content_widths(c, fo, &least, &natural);
    least = larger(least, LEAST_EMS * bn_fo_len(fo, BN_P_FONT_SIZE, 0));
    if (fo->type != BN_FO_LIST_ITEM || fo->last == NULL)
        return least;
    bn_indents(c, fo, st->ipd, &start, &end);
    bn_indents(c, fo->last, st->ipd, &from, &to);
    return least + from - start + to - end;
}

/* How far the floats reach over the border edges that the object would have
 * without them. */
static void
overlap(bn_ctx *c, const bn_stack *st, const bn_fo *fo, bn_beside b,
        bn_narrowed *n)
{
    const bn_area border = {.box = bn_box_of(c, fo, st->ipd, true, true)};
    bn_len start, end;

    bn_indents(c, fo, st->ipd, &start, &end);
    start -= bn_area_edge(&border, BN_START);
    end -= bn_area_edge(&border, BN_END);
    n->start = b.start > 0 ? larger(b.start - start, 0) : 0;
    n->end = b.end > 0 ? larger(b.end - end, 0) : 0;
}

bool
bn_narrow(bn_ctx *c, bn_stack *st, const bn_fo *fo, bn_narrowed *n)
{
    bn_beside b = beside_from(st, bn_stack_end_of(st));
    bn_open *o = st->open;
    bn_len need;

    if (b.until >= BN_NO_LIMIT || !stands_as_a_whole(fo))
        return false;
    need = width_needed(c, st, fo);
    for (;; b = beside_from(st, bn_stack_end_of(st))) {
        if (b.until >= BN_NO_LIMIT)
            return false;
        overlap(c, st, fo, b, n);
        if (o->area->ipd - n->start - n->end >= need)
            break;
        bn_stack_down(st, b.until);
    }
    n->floats = st->floats;
    st->floats = NULL;
    o->x -= n->start; /* what is inside counts from the float's edge */
    st->ipd -= n->start + n->end;
    o->area->ipd -= n->start + n->end;
    return true;
}

void
bn_widen(bn_ctx *c, bn_stack *st, const bn_narrowed *n)
{
    const bn_side_float *inside = st->floats;

    st->open->x += n->start;
    st->ipd += n->start + n->end;
    st->open->area->ipd += n->start + n->end;
    st->floats = n->floats;
    for (; inside; inside = inside->older) {
        bn_side_float *f = bn_arena_copy(c->page, inside, sizeof *inside);

        f->reach += f->at_end ? n->end : n->start;
        f->older = st->floats;
        st->floats = f;
    }
}

/* ----------------------------------------------------------- placing them */

/* As wide as what is in it, but not wider than the column. */
static bn_area *
float_area(bn_ctx *c, const bn_stack *st, const bn_fo *fo, bn_inside *in)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);
    bn_len least, natural;

    bn_content_widths(c, fo, &least, &natural);
    a->ipd = natural < st->ipd ? natural : st->ipd;
    a->flags = BN_ABSOLUTE | BN_REFERENCE | BN_LAST;
    bn_area_own(c, a, fo, true);
    *in = bn_lay_inside(c, fo, a, BN_NO_LIMIT, true, NULL);
    return a;
}

/* Down to where it has room beside the others. */
static bn_len
top_for(const bn_stack *st, bn_len y, bn_len ipd, bn_beside *b)
{
    for (;;) {
        *b = bn_floats_beside(st, y);
        if (b->until >= BN_NO_LIMIT || b->start + b->end + ipd <= st->ipd)
            return y;
        y = b->until;
    }
}

bn_status
bn_float_place(bn_ctx *c, bn_stack *st, const bn_fo *fo)
{
    const bool at_end =
        is_at_end(bn_fo_keyword(fo, BN_P_FLOAT), bn_page_number(c) % 2 != 0);
    bn_side_float *f;
    bn_inside in;
    bn_beside b;
    bn_area *a = float_area(c, st, fo, &in);
    bn_len y = bn_stack_end_of(st), ignored;

    for (const bn_side_float *k = st->floats; k; k = k->older)
        if (k->top > y) /* none stands above one that came before it */
            y = k->top;
    y = top_for(st, y, a->ipd, &b);
    if (st->room < BN_NO_LIMIT && st->placed > 0 && !st->spill &&
        y + in.bpd > st->room - st->reserved - st->notes_bpd)
        return BN_FULL;
    bn_stack_fence(st);
    if (in.notes && bn_put(c, st, 0, in.notes, fo->place, &ignored) == BN_FULL)
        return BN_FULL;
    a->bpd = in.bpd;
    a->ip = (at_end ? st->ipd - b.end - a->ipd : b.start) - st->open->x;
    a->bp = y - bn_stack_open_y(st);
    bn_area_append(st->open->area, a);
    f = BN_NEW(c->page, bn_side_float);
    f->top = y;
    f->bottom = y + in.bpd;
    f->at_end = at_end;
    f->reach = (at_end ? b.end : b.start) + a->ipd;
    f->older = st->floats;
    st->floats = f;
    st->placed++;
    return BN_DONE;
}

/* What stands beside the next line; of a block that keeps its indents, beside
 * any of its lines so far. */
static bn_beside
beside_line(const bn_stack *st, const bn_fo *fo)
{
    const bn_len y = bn_stack_end_of(st);
    bn_beside b = bn_floats_beside(st, y);
    bn_len from;

    if (!bn_fo_is(fo, BN_P_INTRUSION_DISPLACE, BN_K_INDENT))
        return b;
    from = bn_stack_open_y(st);
    for (const bn_side_float *f = st->floats; f; f = f->older) {
        bn_len *taken = f->at_end ? &b.end : &b.start;

        if (f->top <= y && f->bottom > from && f->reach > *taken)
            *taken = f->reach;
    }
    return b;
}

bn_len
bn_floats_line(bn_stack *st, const bn_fo *fo, bn_len *shift)
{
    const bn_open *o = st->open;
    const bn_len full = o->area->ipd;
    const bn_len least = LEAST_EMS * bn_fo_len(fo, BN_P_FONT_SIZE, 0);

    *shift = 0;
    if (bn_fo_is(fo, BN_P_INTRUSION_DISPLACE, BN_K_NONE))
        return full;
    for (;;) {
        const bn_beside b = beside_line(st, fo);
        const bn_len start = b.start > o->x ? b.start - o->x : 0;
        const bn_len behind = st->ipd - o->x - full;
        const bn_len end = b.end > behind ? b.end - behind : 0;

        if (full - start - end >= least || b.until >= BN_NO_LIMIT) {
            *shift = start;
            return full - start - end;
        }
        bn_stack_down(st, b.until);
    }
}

/* A float between blocks, or at the beginning of one. */
bn_status
bn_lay_float(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
             const bn_token **next)
{
    const bn_fo *fo = what;
    bn_len y;

    (void)from;
    (void)next;
    if (bn_fo_is(fo, BN_P_FLOAT, BN_K_NONE))
        return bn_lay_children(c, st, fo, from, next);
    if (!bn_is_before_float(c, st, fo))
        return bn_float_place(c, st, fo);
    return bn_put(c, st, 0, bn_note_make(c, fo, NULL, NULL), fo->place, &y);
}
