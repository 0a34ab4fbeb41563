/* container.c - block-container: normal, of fixed size, turned, absolute. */
#include "layout/internal.h"

#include <string.h>

typedef struct sizes {
    bn_len start, ipd; /* border edge and content width; ipd -1: as wide as
                          the lines that run across stand beside each other */
    bn_len bpd;        /* -1: auto */
    bn_inner inner;
    const bn_box *box;
} sizes;

enum { AUTO = -1 };

/* A dimension; base -1: what percentages are of is not known. */
static bn_len
length_or(const bn_fo *fo, bn_prop p, bn_len base, bn_len other)
{
    const bn_value *v = bn_fo_get(fo, p);

    if (v->kind != BN_V_LENGTH || (base < 0 && v->percent))
        return other;
    return bn_fo_len(fo, p, base);
}

/* Turned by 90 or 270 degrees, in the writing mode outside. */
static bool
is_swapped(const bn_inner *inner)
{
    return inner->rotate % 180 != 0 && !inner->other;
}

/* The dimensions that are given. They are those of the inside (XSL 1.1 5.3.3):
 * of a container that is turned by 90 degrees, lines run along its height.
 * Percentages are of the width and height around it all the same. */
static void
set_size(const bn_fo *fo, bn_len base, bn_len height, sizes *f)
{
    const bn_prop ipd = BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM;
    const bn_prop bpd = BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM;

    if (is_swapped(&f->inner)) {
        f->bpd = length_or(fo, ipd, base, AUTO);
        f->ipd = length_or(fo, bpd, height, f->bpd < 0 ? AUTO : f->ipd);
    } else {
        f->ipd = length_or(fo, ipd, base, f->ipd);
        f->bpd = length_or(fo, bpd, height, AUTO);
    }
}

static void
measure(bn_ctx *c, const bn_fo *fo, bn_len base, bn_len height, bool continued,
        sizes *f)
{
    bn_len start, end, edges = 0;

    f->box = bn_box_of(c, fo, base, !continued, true);
    if (f->box)
        edges = f->box->border[BN_START].width + f->box->padding[BN_START];
    bn_indents(c, fo, base, &start, &end);
    f->inner = bn_inner_of(c, fo);
    f->start = start - edges;
    f->ipd = base - start - end;
    if (f->ipd < 0)
        f->ipd = 0;
    set_size(fo, base, height, f);
}

/* What percentages of the height are of: the height of the reference area
 * that the container stands in itself; -1 in a block, whose height depends on
 * what is in it. */
static bn_len
height_around(const bn_stack *st, const bn_fo *fo)
{
    const bn_fo *parent = fo->parent;

    while (parent && bn_is_transparent(parent))
        parent = parent->parent;
    if (parent == NULL || st->bpd == 0 || parent->type == BN_FO_BLOCK)
        return -1;
    return st->bpd;
}

static bool
clips(const bn_fo *fo)
{
    return bn_fo_is(fo, BN_P_OVERFLOW, BN_K_HIDDEN) ||
           bn_fo_is(fo, BN_P_OVERFLOW, BN_K_ERROR_IF_OVERFLOW);
}

/* fox:transform: what is drawn of the container is moved, turned, scaled. */
static const double *
transform_of(bn_ctx *c, const bn_fo *fo)
{
    double m[6];

    if (!bn_fo_specified(fo, BN_P_FOX_TRANSFORM) ||
        !bn_image_transform(bn_fo_string(fo, BN_P_FOX_TRANSFORM), m))
        return NULL;
    return bn_arena_copy(c->page, m, sizeof m);
}

/* The viewport of a container in the flow. */
static void
mark_viewport(bn_ctx *c, const bn_fo *fo, bn_area *view)
{
    view->flags |= BN_VIEWPORT_AREA;
    if (clips(fo))
        view->flags |= BN_CLIP;
    view->block.transform = transform_of(c, fo);
}

/* The content in a box whose height is known (or follows from it). Returns
 * the viewport's height. */
static bn_len
fill_box(bn_ctx *c, bn_stack *st, const bn_fo *fo, const sizes *f,
         bn_area *view, bn_inside *in)
{
    bn_len height = f->bpd;
    bn_area *ref = bn_inner_fill(c, fo, &f->inner, f->ipd, bn_room(st),
                                 !st->inside, &height, in);

    if (view->ipd < 0)
        view->ipd = ref->bpd;
    bn_area_append(view, ref);
    return height;
}

/* ------------------------------------------------------------- absolute */

/* Which offset is from which logical side, in each writing mode: left and
 * right, top and bottom are the reader's (XSL 1.1 7.6). */
static const bn_prop offsets[][4] = {
    [BN_LR_TB] = {[BN_BEFORE] = BN_P_TOP,
                  [BN_AFTER] = BN_P_BOTTOM,
                  [BN_START] = BN_P_LEFT,
                  [BN_END] = BN_P_RIGHT},
    [BN_RL_TB] = {[BN_BEFORE] = BN_P_TOP,
                  [BN_AFTER] = BN_P_BOTTOM,
                  [BN_START] = BN_P_RIGHT,
                  [BN_END] = BN_P_LEFT},
    [BN_TB_RL] = {[BN_BEFORE] = BN_P_RIGHT,
                  [BN_AFTER] = BN_P_LEFT,
                  [BN_START] = BN_P_TOP,
                  [BN_END] = BN_P_BOTTOM},
};

/* Where a box stands that was taken out of the flow, and how large it is. */
typedef struct spot {
    bool has[4];
    bn_len off[4], ip, bp;
} spot;

static spot
offsets_of(const bn_fo *fo, uint8_t mode, bn_len ipd, bn_len bpd)
{
    spot s;

    memset(&s, 0, sizeof s);
    for (int side = BN_BEFORE; side <= BN_END; side++) {
        const bn_prop p = offsets[mode][side];

        s.has[side] = bn_fo_get(fo, p)->kind == BN_V_LENGTH;
        s.off[side] = length_or(fo, p, side < BN_START ? bpd : ipd, 0);
    }
    return s;
}

/* Offsets from both sides leave the size; one size, the other offset. */
static bn_len
place_between(const spot *s, int from, int to, bn_len room, bn_len size)
{
    if (s->has[from])
        return s->off[from];
    return s->has[to] ? room - s->off[to] - size : 0;
}

/* A box that stands on the sheet: its sides were read in the vertical lines
 * it is written in. */
static void
turn_to_sheet(bn_ctx *c, sizes *f, bool auto_ipd)
{
    static const uint8_t from[4] = {[BN_BEFORE] = BN_START,
                                    [BN_AFTER] = BN_END,
                                    [BN_START] = BN_AFTER,
                                    [BN_END] = BN_BEFORE};
    const bn_len down = auto_ipd ? -1 : f->ipd;

    f->ipd = f->bpd;
    f->bpd = down;
    f->inner.other = f->inner.mode != BN_LR_TB;
    f->inner.across =
        (f->inner.rotate % 180 != 0) != (f->inner.mode == BN_TB_RL);
    if (f->box) {
        bn_box *box = bn_arena_copy(c->page, f->box, sizeof *f->box);

        for (int side = BN_BEFORE; side <= BN_END; side++) {
            box->border[side] = f->box->border[from[side]];
            box->padding[side] = f->box->padding[from[side]];
        }
        f->box = box;
    }
}

/* Sizes that are not given, from the offsets and what is around it. */
static void
size_between(const spot *s, const bn_area *view, bn_len ipd, bn_len bpd,
             bool auto_ipd, sizes *f)
{
    const bn_len across =
        s->off[BN_START] + s->off[BN_END] + bn_area_edge(view, BN_START) +
        bn_area_edge(view, BN_END);
    const bn_len down =
        s->off[BN_BEFORE] + s->off[BN_AFTER] + bn_area_edge(view, BN_BEFORE) +
        bn_area_edge(view, BN_AFTER);
    const bool turned = is_swapped(&f->inner);

    if (auto_ipd)
        f->ipd = turned && !(s->has[BN_START] && s->has[BN_END])
                     ? AUTO
                     : ipd - across;
    if (f->bpd < 0 &&
        (s->has[BN_BEFORE] && s->has[BN_AFTER] ? true : turned && bpd > 0))
        f->bpd = bpd - down;
}

static bn_status
lay_absolute(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool fixed)
{
    const bn_len ipd = fixed ? bn_page_ipd(c) : st->ipd;
    const bn_len bpd = fixed                     ? bn_page_bpd(c)
                       : st->bpd > 0             ? st->bpd
                       : st->room >= BN_NO_LIMIT ? 0
                                                 : st->room;
    const uint8_t mode = c->writing_mode, outside = fixed ? BN_LR_TB : mode;
    const bn_inner inner = bn_inner_of(c, fo);
    const bn_value *width = bn_fo_get(
        fo, is_swapped(&inner) ? BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM
                               : BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM);
    const bool turned = fixed && mode == BN_TB_RL;
    bool auto_ipd = width->kind != BN_V_LENGTH;
    spot s = offsets_of(fo, outside, ipd, bpd);
    bn_len edges_ip, edges_bp, y;
    bn_inside in;
    bn_area *view;
    sizes f;

    measure(c, fo, turned ? bpd : ipd, turned ? ipd : bpd, false, &f);
    if (turned) {
        turn_to_sheet(c, &f, auto_ipd);
        auto_ipd = f.ipd < 0;
    }
    c->writing_mode = outside;
    view = bn_area_make(c, BN_AREA_BLOCK);
    view->box = f.box;
    edges_ip = bn_area_edge(view, BN_START) + bn_area_edge(view, BN_END);
    edges_bp = bn_area_edge(view, BN_BEFORE) + bn_area_edge(view, BN_AFTER);
    size_between(&s, view, ipd, bpd, auto_ipd, &f);
    view->ipd = f.ipd;
    view->flags = fixed ? BN_FIXED : BN_ABSOLUTE;
    mark_viewport(c, fo, view);
    view->block.position = fixed ? 2 : 1;
    bn_indents(c, fo, ipd, &view->start_indent, &view->end_indent);
    view->space[BN_START] = view->start_indent - bn_area_edge(view, BN_START);
    view->space[BN_END] = view->end_indent - bn_area_edge(view, BN_END);
    bn_area_own(c, view, fo, true);
    view->flags |= BN_LAST;
    view->bpd = fill_box(c, st, fo, &f, view, &in);
    s.ip = place_between(&s, BN_START, BN_END, ipd, view->ipd + edges_ip);
    s.bp = place_between(&s, BN_BEFORE, BN_AFTER, bpd, view->bpd + edges_bp);
    view->ip = fixed ? s.ip : s.ip - st->open->x;
    view->bp = fixed ? s.bp : s.bp - bn_stack_open_y(st);
    view->block.matrix_ip = s.ip;
    view->block.matrix_bp = s.bp;
    c->writing_mode = mode;
    if (in.notes && bn_put(c, st, 0, in.notes, fo->place, &y) == BN_FULL)
        return BN_FULL;
    bn_area_append(st->open->area, view);
    return BN_DONE;
}

/* --------------------------------------------------------------- in flow */

/* A block that is not broken: of given height, or turned. */
static bn_status
lay_fixed(bn_ctx *c, bn_stack *st, const bn_fo *fo, const sizes *f)
{
    bn_inside in;
    bn_open o;
    bn_len y, bpd;

    bn_block_open_at(c, st, fo, false, f->start, f->ipd, f->box, &o);
    mark_viewport(c, fo, o.area);
    bpd = fill_box(c, st, fo, f, o.area, &in);
    if (f->ipd < 0 && o.area->ipd > o.outer->area->ipd)
        bn_warn_overflow(c, fo->place, o.area->ipd - o.outer->area->ipd);
    bn_container_traits(c, fo, st->ipd, o.area);
    if (bn_put(c, st, bpd, in.notes, fo->place, &y) == BN_FULL)
        return BN_FULL;
    return bn_block_close(c, st, &o, true);
}

/* In another writing mode, and no height was given: it goes on on the next
 * page. */
static bn_status
lay_long(bn_ctx *c, bn_stack *st, const bn_fo *fo, const sizes *f,
         const bn_token *from, const bn_token **next)
{
    bn_status status, closed;
    bn_open o;

    bn_block_open_at(c, st, fo, from != NULL, f->start, f->ipd, f->box, &o);
    mark_viewport(c, fo, o.area);
    bn_container_traits(c, fo, st->ipd, o.area);
    status = bn_lay_other(c, st, fo, &f->inner, from, next);
    if (status == BN_FULL)
        return status;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

/* Of automatic height: its content is in the column and breaks with it. */
static bn_status
lay_open_ended(bn_ctx *c, bn_stack *st, const bn_fo *fo, const sizes *f,
               const bn_token *from, const bn_token **next)
{
    const bn_frame frame = {fo, f->ipd, c->frame};
    const bn_len outer_ipd = st->ipd, outer_bpd = st->bpd;
    const bn_side_float *const outside = st->floats;
    bn_status status, closed;
    bn_open o, inner;

    bn_block_open_at(c, st, fo, from != NULL, f->start, f->ipd, f->box, &o);
    mark_viewport(c, fo, o.area);
    bn_container_traits(c, fo, st->ipd, o.area);
    bn_plain_open(c, st, BN_AREA_BLOCK, NULL, &inner);
    inner.area->flags |= BN_REFERENCE;
    inner.area->origin = fo;
    inner.area->tag = o.area->tag;
    inner.x = 0; /* indents inside count from this area's edge */
    st->ipd = f->ipd;
    st->bpd = 0;
    st->floats = NULL; /* it stands beside them, and has its own */
    c->frame = &frame;
    status = bn_lay_children(c, st, fo, from, next);
    c->frame = frame.outer;
    st->ipd = outer_ipd;
    st->bpd = outer_bpd;
    if (status == BN_FULL)
        return status;
    if (bn_floats_bottom(st) > bn_stack_end_of(st))
        bn_stack_down(st, bn_floats_bottom(st));
    st->floats = outside;
    bn_plain_close(c, st, &inner, status == BN_DONE);
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

void
bn_container_traits(const bn_ctx *c, const bn_fo *fo, bn_len base, bn_area *a)
{
    bn_len start, end;

    bn_indents(c, fo, base, &start, &end);
    if (end > base - start - a->ipd) /* over-constrained: the end gives way */
        end = base - start - a->ipd;
    a->start_indent = start;
    a->end_indent = end;
    a->space[BN_START] = start - bn_area_edge(a, BN_START);
    a->space[BN_END] = end - bn_area_edge(a, BN_END);
}

bn_status
bn_lay_container(bn_ctx *c, bn_stack *st, const void *what,
                 const bn_token *from, const bn_token **next)
{
    const bn_fo *fo = what;
    sizes f;

    if (bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_ABSOLUTE) ||
        bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_FIXED))
        return lay_absolute(c, st, fo,
                            bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_FIXED));
    measure(c, fo, st->ipd, height_around(st, fo), from != NULL, &f);
    set_size(fo, st->open->area->ipd, height_around(st, fo), &f);
    if (f.bpd < 0 && f.inner.other && f.inner.rotate == 0)
        return lay_long(c, st, fo, &f, from, next);
    if (f.bpd >= 0 || f.inner.rotate != 0 || f.inner.other)
        return lay_fixed(c, st, fo, &f);
    return lay_open_ended(c, st, fo, &f, from, next);
}
