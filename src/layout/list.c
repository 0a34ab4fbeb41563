/* list.c - list items: the label stands beside the body, which is laid out in
 * the column itself and so breaks where any block may. */
#include "layout/internal.h"

static const bn_fo *
part_of(const bn_fo *item, bn_fo_type type)
{
    for (const bn_fo *c = item->first; c; c = c->next)
        if (c->type == type)
            return c;
    return NULL;
}

/* The label in a stack of its own over the item's content. */
typedef struct label {
    const bn_fo *fo;
    bn_area *area;
    const bn_token *next; /* its rest, for the next column */
    bn_len bpd;
    int32_t keep; /* that its end here breaks */
    const bn_note *notes;
} label;

static bn_status
fill_label(bn_ctx *c, const bn_stack *st, label *l, bn_len room,
           const bn_token *from)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);
    bn_status status;
    bn_stack own;
    bn_open o;

    a->ipd = st->open->area->ipd;
    a->flags = BN_ABSOLUTE;
    bn_area_own(c, a, l->fo, from == NULL);
    bn_stack_begin(&own, &o, a, room);
    own.ipd = st->ipd;
    o.x = st->open->x;
    own.inside = own.one_column = 1;
    l->next = NULL;
    status = bn_stack_run(c, &own, room >= BN_NO_LIMIT || st->spill,
                          bn_lay_children, l->fo, from, &l->next);
    if (status == BN_DONE)
        a->flags |= BN_LAST;
    l->area = a;
    l->bpd = a->bpd = own.y;
    l->keep = own.best_keep;
    l->notes = own.notes;
    return status;
}

/* Whole, or where that is higher than the column's rest as much as fits.
 * end: how far down it reaches. */
static bn_status
lay_label(bn_ctx *c, bn_stack *st, label *l, const bn_token *from, bn_len *end)
{
    const bn_len room = bn_room(st);
    bn_len y;

    if (fill_label(c, st, l, BN_NO_LIMIT, from) == BN_FULL)
        return BN_FULL;
    if (l->bpd > room && fill_label(c, st, l, room, from) == BN_FULL)
        return BN_FULL;
    bn_area_append(st->open->area, l->area);
    *end = st->y + l->bpd;
    return l->notes ? bn_put(c, st, 0, l->notes, l->fo->place, &y) : BN_DONE;
}

static bn_status
lay_body(bn_ctx *c, bn_stack *st, const bn_fo *body, const bn_token *from,
         const bn_token **next)
{
    bn_open o;
    bn_status status;

    bn_plain_open(c, st, BN_AREA_BLOCK, NULL, &o);
    bn_area_own(c, o.area, body, from == NULL);
    o.area->flags |= BN_ABSOLUTE;
    status = bn_lay_children(c, st, body, from, next);
    if (status == BN_FULL)
        return status;
    if (status == BN_DONE) {
        o.area->flags |= BN_LAST;
        /* Space at its end is discarded like that of the label, which stands
         * in an area of its own. */
        bn_stack_finish(st);
    }
    bn_plain_close(c, st, &o, status == BN_DONE);
    return status;
}

/* Down to the end of the label. */
static bn_status
go_below(bn_ctx *c, bn_stack *st, const bn_fo *item, bn_len end)
{
    bn_len y;

    if (end <= bn_stack_end_of(st))
        return BN_DONE;
    bn_stack_fence(st);
    return end > st->y ? bn_put(c, st, end - st->y, NULL, item->place, &y)
                       : BN_DONE;
}

static const bn_token *
item_token(bn_ctx *c, const bn_fo *item, bool body_done, const bn_token *body,
           const bn_token *rest_of_label)
{
    bn_token *t = BN_NEW(c->page, bn_token);

    t->fo = item;
    t->n = body_done;
    t->inner = body;
    t->label = rest_of_label;
    return t;
}

/* The body beside its label; then where the item goes on, if it does. */
static bn_status
lay_beside(bn_ctx *c, bn_stack *st, const bn_fo *item, const bn_fo *body,
           const label *l, bn_len end, const bn_token *from,
           const bn_token **next)
{
    const bn_token *more = NULL;
    bn_status status = BN_DONE, below;

    if (body && !(from && from->n)) {
        /* The first lines of label and body are level, whatever space the
         * body begins with (6.8.3: both start at the item's edge). */
        st->beginning = from == NULL;
        status = lay_body(c, st, body, from ? from->inner : NULL, &more);
        st->beginning = 0;
    }
    if (status == BN_BROKEN)
        *next = item_token(c, item, false, more, l->next);
    if (status != BN_DONE)
        return status;
    below = go_below(c, st, item, end);
    if (below != BN_DONE || l->next == NULL)
        return below;
    if (!bn_offer(st, l->keep))
        return BN_FULL;
    *next = item_token(c, item, true, NULL, l->next);
    return BN_BROKEN;
}

bn_status
bn_lay_list_item(bn_ctx *c, bn_stack *st, const void *what,
                 const bn_token *from, const bn_token **next)
{
    const bn_fo *item = what;
    const bn_fo *body = part_of(item, BN_FO_LIST_ITEM_BODY);
    const bn_len beside = st->beside;
    label l = {.fo = part_of(item, BN_FO_LIST_ITEM_LABEL)};
    bn_status status, closed;
    bn_len end = 0;
    bn_open o;

    bn_block_open(c, st, item, from != NULL, &o);
    st->gap = bn_grid_gap(st, item); /* label and body alike */
    bn_stack_fence(st);
    st->gap = 0;
    if (l.fo && (from == NULL || from->label)) {
        if (lay_label(c, st, &l, from ? from->label : NULL, &end) == BN_FULL)
            return BN_FULL;
        if (l.next == NULL && end > st->beside)
            st->beside = end;
    }
    status = lay_beside(c, st, item, body, &l, end, from, next);
    if (status == BN_FULL)
        return BN_FULL;
    st->beside = beside;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}
