/* container.c - block-container: normal, of fixed size, turned, absolute. */
#include "layout/internal.h"

typedef struct frame {
    bn_len start, ipd; /* border edge and content width */
    bn_len bpd;        /* -1: auto */
    int rotate;
    bool swapped; /* turned by 90 or 270 */
    const bn_box *box;
} frame;

static bn_len
length_or(const bn_fo *fo, bn_prop p, bn_len base, bn_len other)
{
    return bn_fo_get(fo, p)->kind == BN_V_LENGTH ? bn_fo_len(fo, p, base)
                                                 : other;
}

static int
turn_of(const bn_fo *fo)
{
    const int own = bn_fo_int(fo, BN_P_REFERENCE_ORIENTATION);
    const int outer =
        fo->parent ? bn_fo_int(fo->parent, BN_P_REFERENCE_ORIENTATION) : 0;

    return ((own - outer) % 360 + 360) % 360;
}

static void
measure(bn_ctx *c, const bn_fo *fo, bn_len base, bn_len height, bool continued,
        frame *f)
{
    bn_len start, end, edges = 0, both = 0;

    f->box = bn_box_of(c, fo, base, !continued, true);
    if (f->box) {
        edges = f->box->border[BN_START].width + f->box->padding[BN_START];
        both = edges + f->box->border[BN_END].width + f->box->padding[BN_END];
    }
    bn_fo_indents(fo, base, &start, &end);
    f->rotate = turn_of(fo);
    f->swapped = f->rotate == 90 || f->rotate == 270;
    f->start = start - edges;
    f->ipd = length_or(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, base,
                       base - start - end);
    if (f->ipd < 0)
        f->ipd = 0;
    f->bpd =
        length_or(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, height, -1);
    (void)both;
}

static bool
clips(const bn_fo *fo)
{
    return bn_fo_is(fo, BN_P_OVERFLOW, BN_K_HIDDEN) ||
           bn_fo_is(fo, BN_P_OVERFLOW, BN_K_ERROR_IF_OVERFLOW);
}

static bn_area *
reference_area(bn_ctx *c, const bn_fo *fo, const frame *f)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);

    a->flags = BN_REFERENCE;
    a->rotate = (int16_t)f->rotate;
    a->origin = fo;
    a->tag = bn_tag_of(c, fo);
    return a;
}

/* Content higher than its box: its spaces give way towards their minimum, as
 * little as will do (XSL 1.1 4.3). */
static void
squeeze(bn_ctx *c, const bn_fo *fo, bn_area *ref, bn_len bpd, bn_inside *in)
{
    const bn_len natural = in->bpd;

    ref->first = ref->last = NULL;
    c->squeeze = BN_SQUEEZE_WHOLE;
    *in = bn_lay_inside(c, fo, ref, BN_NO_LIMIT, true, NULL);
    if (in->bpd >= bpd) /* still too high, or just so */
        return;
    ref->first = ref->last = NULL;
    c->squeeze = (int32_t)((int64_t)BN_SQUEEZE_WHOLE * (natural - bpd) /
                               (natural - in->bpd) +
                           1);
    *in = bn_lay_inside(c, fo, ref, BN_NO_LIMIT, true, NULL);
}

/* The content in a box whose height is known (or follows from it). Returns
 * the viewport's height. */
static bn_len
fill_box(bn_ctx *c, bn_stack *st, const bn_fo *fo, const frame *f,
         bn_area *view, bn_inside *in)
{
    bn_area *ref = reference_area(c, fo, f);
    const bn_len room = bn_room(st);
    bn_len bpd = f->bpd;

    if (f->swapped) {
        ref->ipd = bpd >= 0 ? bpd : room < BN_NO_LIMIT ? room : view->ipd;
        *in = bn_lay_inside(c, fo, ref, BN_NO_LIMIT, true, NULL);
        if (bpd < 0)
            bpd = ref->ipd;
        ref->bpd = view->ipd;
    } else {
        ref->ipd = view->ipd;
        *in = bn_lay_inside(c, fo, ref, BN_NO_LIMIT, true, NULL);
        if (bpd >= 0 && in->bpd > bpd)
            squeeze(c, fo, ref, bpd, in);
        if (bpd < 0)
            bpd = in->bpd;
        ref->bpd = bpd;
    }
    if (in->bpd > ref->bpd && bn_fo_is(fo, BN_P_OVERFLOW, BN_K_AUTO))
        bn_warn_overflow(c, fo->place, in->bpd - ref->bpd);
    bn_area_push_down(c, ref,
                      bn_align_offset(bn_fo_keyword(fo, BN_P_DISPLAY_ALIGN),
                                      ref->bpd, in->bpd));
    bn_area_append(view, ref);
    return bpd;
}

/* ------------------------------------------------------------- absolute */

static void
lay_absolute(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool fixed)
{
    const bn_len base = fixed ? bn_page_ipd(c) : st->ipd;
    const bn_len height =
        fixed ? bn_page_bpd(c) : (st->room < BN_NO_LIMIT ? st->room : 0);
    bn_area *view = bn_area_make(c, BN_AREA_BLOCK);
    bn_len left = length_or(fo, BN_P_LEFT, base, -1);
    bn_len top = length_or(fo, BN_P_TOP, height, -1);
    const bn_len right = length_or(fo, BN_P_RIGHT, base, 0);
    const bn_len bottom = length_or(fo, BN_P_BOTTOM, height, 0);
    const bool has_left = bn_fo_get(fo, BN_P_LEFT)->kind == BN_V_LENGTH;
    const bool has_right = bn_fo_get(fo, BN_P_RIGHT)->kind == BN_V_LENGTH;
    const bool has_top = bn_fo_get(fo, BN_P_TOP)->kind == BN_V_LENGTH;
    const bool has_bottom = bn_fo_get(fo, BN_P_BOTTOM)->kind == BN_V_LENGTH;
    bn_inside in;
    frame f;
    bn_len edges_ip, edges_bp;

    measure(c, fo, base, height, false, &f);
    view->box = f.box;
    edges_ip = bn_area_edge(view, BN_START) + bn_area_edge(view, BN_END);
    edges_bp = bn_area_edge(view, BN_BEFORE) + bn_area_edge(view, BN_AFTER);
    if (bn_fo_get(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM)->kind !=
        BN_V_LENGTH)
        f.ipd = base - (has_left ? left : 0) - right - edges_ip;
    if (f.bpd < 0 && has_top && has_bottom)
        f.bpd = height - top - bottom - edges_bp;
    if (!has_left)
        left = has_right ? base - right - f.ipd - edges_ip : 0;
    view->ipd = f.ipd;
    view->flags = BN_VIEWPORT_AREA | (fixed ? BN_FIXED : BN_ABSOLUTE);
    if (clips(fo))
        view->flags |= BN_CLIP;
    view->block.position = fixed ? 2 : 1;
    bn_area_own(c, view, fo, true);
    view->flags |= BN_LAST;
    view->bpd = fill_box(c, st, fo, &f, view, &in);
    if (!has_top)
        top = has_bottom ? height - bottom - view->bpd - edges_bp : 0;
    view->ip = fixed ? left : left - st->open->x;
    view->bp = fixed ? top : top - bn_stack_open_y(st);
    view->block.matrix_ip = left;
    view->block.matrix_bp = top;
    bn_area_append(st->open->area, view);
}

/* --------------------------------------------------------------- in flow */

/* A block that is not broken: of given height, or turned. */
static bn_status
lay_fixed(bn_ctx *c, bn_stack *st, const bn_fo *fo, const frame *f)
{
    bn_inside in;
    bn_open o;
    bn_len y, bpd;

    bn_block_open_at(c, st, fo, false, f->start, f->ipd, f->box, &o);
    o.area->flags |= BN_VIEWPORT_AREA;
    if (clips(fo))
        o.area->flags |= BN_CLIP;
    bn_container_traits(fo, st->ipd, o.area);
    bpd = fill_box(c, st, fo, f, o.area, &in);
    if (bn_put(c, st, bpd, in.notes, fo->place, &y) == BN_FULL)
        return BN_FULL;
    return bn_block_close(c, st, &o, true);
}

/* Of automatic height: its content is in the column and breaks with it. */
static bn_status
lay_open_ended(bn_ctx *c, bn_stack *st, const bn_fo *fo, const frame *f,
               const bn_token *from, const bn_token **next)
{
    const bn_len outer_ipd = st->ipd;
    bn_status status, closed;
    bn_open o, inner;

    bn_block_open_at(c, st, fo, from != NULL, f->start, f->ipd, f->box, &o);
    o.area->flags |= BN_VIEWPORT_AREA;
    if (clips(fo))
        o.area->flags |= BN_CLIP;
    bn_container_traits(fo, st->ipd, o.area);
    bn_plain_open(c, st, BN_AREA_BLOCK, NULL, &inner);
    inner.area->flags |= BN_REFERENCE;
    inner.area->origin = fo;
    inner.area->tag = o.area->tag;
    inner.x = 0; /* indents inside count from this area's edge */
    st->ipd = f->ipd;
    status = bn_lay_children(c, st, fo, from, next);
    st->ipd = outer_ipd;
    if (status == BN_FULL)
        return status;
    bn_plain_close(c, st, &inner, status == BN_DONE);
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

void
bn_container_traits(const bn_fo *fo, bn_len base, bn_area *a)
{
    bn_len start, end;

    bn_fo_indents(fo, base, &start, &end);
    if (start + a->ipd + end != base)
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
    frame f;

    if (bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_ABSOLUTE) ||
        bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_FIXED)) {
        lay_absolute(c, st, fo,
                     bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_FIXED));
        return BN_DONE;
    }
    measure(c, fo, st->ipd, st->room < BN_NO_LIMIT ? st->room : 0, from != NULL,
            &f);
    f.ipd = length_or(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM,
                      st->open->area->ipd, f.ipd);
    if (f.bpd >= 0 || f.rotate != 0)
        return lay_fixed(c, st, fo, &f);
    return lay_open_ended(c, st, fo, &f, from, next);
}

/* A float that is not taken out of the flow stands where it is written. */
bn_status
bn_lay_float(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
             const bn_token **next)
{
    return bn_lay_children(c, st, what, from, next);
}
