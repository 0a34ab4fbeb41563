/*
 * turned.c - content whose lines run another way than those around it: what
 * is inside a block-container, an inline-container or a table that sets its
 * own writing mode or is turned (XSL 1.1 7.29.7, 7.21.3).
 *
 * Around it is a viewport in the writing mode outside; inside is a reference
 * area in its own. Where lines inside run across those outside, height and
 * width change places: how far down the viewport reaches is how long the
 * lines inside are, and how wide it is, how many of them stand beside one
 * another.
 */
#include "layout/internal.h"

/* Lines shorter than so many ems are not begun in what is left of a column. */
enum { FEWEST_EMS = 8 };

uint8_t
bn_mode_of(const bn_fo *fo)
{
    switch ((int)bn_fo_keyword(fo, BN_P_WRITING_MODE)) {
    case BN_K_TB_RL:
    case BN_K_TB:
        return BN_TB_RL;
    case BN_K_RL_TB:
    case BN_K_RL:
        return BN_RL_TB;
    default:
        return BN_LR_TB;
    }
}

/* Counter-clockwise, from what is around it. The value is inherited, so what
 * stands in a turned container turns again unless it says 0 (XSL 1.1 7.21.3;
 * as FOP). */
static int
turn_of(const bn_fo *fo)
{
    return (bn_fo_int(fo, BN_P_REFERENCE_ORIENTATION) % 360 + 360) % 360;
}

bn_inner
bn_inner_of(const bn_ctx *c, const bn_fo *fo)
{
    bn_inner i = {.mode = c->writing_mode};

    if (bn_fo_specified(fo, BN_P_WRITING_MODE))
        i.mode = bn_mode_of(fo);
    if (fo->type != BN_FO_TABLE) /* 7.21.3: of containers, regions, pages */
        i.rotate = turn_of(fo);
    i.other = i.mode != c->writing_mode;
    i.across = (i.rotate % 180 != 0) !=
               ((i.mode == BN_TB_RL) != (c->writing_mode == BN_TB_RL));
    return i;
}

/* ------------------------------------------------------- length of lines */

static bn_len
smaller(bn_len a, bn_len b)
{
    return a < b ? a : b;
}

/* Is there a table in it that takes all the width there is? */
static bool
holds_wide_table(const bn_fo *fo)
{
    if (fo->type == BN_FO_TABLE)
        return bn_fo_get(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM)->kind !=
               BN_V_LENGTH;
    for (const bn_fo *child = fo->first; child; child = child->next)
        if (!bn_is_inline(child) && holds_wide_table(child))
            return true;
    return false;
}

/* How long the lines inside would be if there were no end to them. */
static bn_len
natural_length(bn_ctx *c, const bn_fo *fo)
{
    bn_len least, natural;

    if (fo->type == BN_FO_TABLE && !holds_wide_table(fo))
        return bn_fo_len(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM,
                         BN_NO_LIMIT);
    if (holds_wide_table(fo))
        return BN_NO_LIMIT;
    bn_content_widths(c, fo, &least, &natural);
    return natural;
}

/* Lines inside that run down a column with so much room left in it. */
static bn_len
line_length(bn_ctx *c, const bn_fo *fo, const bn_inner *inner, bn_len room,
            bn_len width, bool filled)
{
    const uint8_t mode = c->writing_mode;
    bn_len natural, least;

    if (filled && !inner->other && room < BN_NO_LIMIT)
        return room;
    c->writing_mode = inner->mode;
    natural = natural_length(c, fo);
    c->writing_mode = mode;
    if (natural >= BN_NO_LIMIT && room >= BN_NO_LIMIT)
        return width > 0 ? width : bn_page_bpd(c);
    if (!inner->other)
        return smaller(natural, room);
    least = smaller(natural, FEWEST_EMS * bn_fo_len(fo, BN_P_FONT_SIZE, 0));
    return room < least ? least : smaller(natural, room);
}

/* ---------------------------------------------------------------- filling */

static bn_area *
reference_area(bn_ctx *c, const bn_fo *fo, const bn_inner *inner)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);

    a->flags = BN_REFERENCE;
    a->rotate = (int16_t)inner->rotate;
    a->writing_mode = inner->mode;
    a->origin = fo;
    a->tag = bn_tag_of(c, fo);
    return a;
}

static bn_inside
lay_content(bn_ctx *c, const bn_fo *fo, const bn_inner *inner, bn_area *ref,
            bn_len room, const bn_token *from)
{
    const uint8_t mode = c->writing_mode;
    bn_part *part = fo->type == BN_FO_TABLE ? bn_layout_table : bn_lay_children;
    bn_inside in;

    c->writing_mode = inner->mode;
    in = bn_lay_alone(c, part, fo, ref, room, true, from);
    c->writing_mode = mode;
    return in;
}

/* Content higher than its box: its spaces give way towards their minimum, as
 * little as will do (XSL 1.1 4.3). */
static void
squeeze(bn_ctx *c, const bn_fo *fo, const bn_inner *inner, bn_area *ref,
        bn_len bpd, bn_inside *in)
{
    const bn_len natural = in->bpd;

    ref->first = ref->last = NULL;
    ref->bpd = bpd;
    c->squeeze = BN_SQUEEZE_WHOLE;
    *in = lay_content(c, fo, inner, ref, BN_NO_LIMIT, NULL);
    if (in->bpd >= bpd) /* still too high, or just so */
        return;
    ref->first = ref->last = NULL;
    ref->bpd = bpd;
    c->squeeze = (int32_t)((int64_t)BN_SQUEEZE_WHOLE * (natural - bpd) /
                               (natural - in->bpd) +
                           1);
    *in = lay_content(c, fo, inner, ref, BN_NO_LIMIT, NULL);
}

bn_area *
bn_inner_fill(bn_ctx *c, const bn_fo *fo, const bn_inner *inner, bn_len width,
              bn_len room, bool filled, bn_len *height, bn_inside *in)
{
    bn_area *ref = reference_area(c, fo, inner);
    bn_len down;

    if (inner->across) {
        if (*height < 0)
            *height = line_length(c, fo, inner, room, width, filled);
        ref->ipd = *height;
        ref->bpd = width < 0 ? 0 : width;
        *in = lay_content(c, fo, inner, ref, BN_NO_LIMIT, NULL);
        ref->bpd = width < 0 ? in->bpd : width;
    } else {
        ref->ipd = width;
        ref->bpd = *height < 0 ? 0 : *height;
        *in = lay_content(c, fo, inner, ref, BN_NO_LIMIT, NULL);
        if (*height >= 0 && in->bpd > *height)
            squeeze(c, fo, inner, ref, *height, in);
        if (*height < 0)
            *height = in->bpd;
        ref->bpd = *height;
    }
    if (in->bpd > ref->bpd && bn_fo_is(fo, BN_P_OVERFLOW, BN_K_AUTO))
        bn_warn_overflow(c, fo->place, in->bpd - ref->bpd);
    down = bn_align_offset(bn_fo_keyword(fo, BN_P_DISPLAY_ALIGN), ref->bpd,
                           in->bpd);
    bn_area_push_down(c, ref, down);
    ref->block.has_content = 1;
    ref->block.content = down + in->bpd;
    return ref;
}

/* ----------------------------------------------------------------- strips */

static const bn_token *
rest_of(bn_ctx *c, const bn_fo *fo, const bn_token *inner, bn_len length)
{
    bn_token *t = BN_NEW(c->page, bn_token);

    t->fo = fo;
    t->inner = inner;
    t->n = (uint32_t)length;
    return t;
}

/* Lay out what is left and place it; *next is where it goes on. */
static bn_status
lay_strip(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_inner *inner,
          bn_len length, const bn_token *from, bn_inside *in)
{
    const bn_len width = st->open->area->ipd;
    bn_area *ref = reference_area(c, fo, inner);
    bn_len y;

    ref->ipd = length;
    *in = lay_content(c, fo, inner, ref, inner->across ? width : bn_room(st),
                      from);
    ref->bpd = inner->across ? width : in->bpd;
    if (bn_put(c, st, inner->across ? length : ref->bpd, in->notes, fo->place,
               &y) == BN_FULL)
        return BN_FULL;
    ref->bp = y;
    bn_area_append(st->open->area, ref);
    return BN_DONE;
}

/*
 * Lines that run across: what does not fit beside one another goes on below,
 * in strips as wide as the column, and on the next page; so nothing of a long
 * text or table is lost, whichever way its lines run. They are as long in all
 * strips: a paragraph goes on with the lines it was broken into.
 */
bn_status
bn_lay_other(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_inner *inner,
             const bn_token *from, const bn_token **next)
{
    const bn_token *at = from ? from->inner : NULL;
    const bn_len width = st->open->area->ipd;
    const bn_len length = from ? (bn_len)from->n
                          : inner->across
                              ? line_length(c, fo, inner, bn_room(st), width, true)
                              : width;

    for (;;) {
        bn_inside in;

        if (lay_strip(c, st, fo, inner, length, at, &in) == BN_FULL)
            return BN_FULL;
        if (in.status == BN_DONE)
            return BN_DONE;
        if (in.bpd == 0) /* nothing of it can be placed */
            return BN_DONE;
        at = in.next;
        if (bn_offer(st, in.keep)) {
            *next = rest_of(c, fo, at, length);
            return BN_BROKEN;
        }
    }
}

/* A table in another writing mode than the lines around it. */
bn_status
bn_lay_table_other(bn_ctx *c, bn_stack *st, const bn_fo *fo,
                   const bn_inner *inner, const bn_token *from,
                   const bn_token **next)
{
    const bn_fo *outer = fo->parent;
    bn_len start = 0, end = 0;
    bn_status status, closed;
    bn_open o;

    if (outer && outer->type == BN_FO_BLOCK)
        bn_indents(c, outer, st->ipd, &start, &end);
    bn_block_open_at(c, st, fo, from != NULL, start, st->ipd - start - end,
                     NULL, &o);
    o.area->id = NULL; /* the table's own area has it */
    o.area->flags |= BN_VIEWPORT_AREA;
    bn_container_traits(c, fo, st->ipd, o.area);
    status = bn_lay_other(c, st, fo, inner, from, next);
    if (status == BN_FULL)
        return status;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}
