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

/* The label in its own stack over the item's content; its height. */
static bn_status
lay_label(bn_ctx *c, bn_stack *st, const bn_fo *label, bn_len *end)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);
    const bn_token *next = NULL;
    bn_stack own;
    bn_open o;
    bn_len y;

    a->ipd = st->open->area->ipd;
    a->flags = BN_ABSOLUTE;
    bn_area_own(c, a, label, true);
    a->flags |= BN_LAST;
    bn_stack_begin(&own, &o, a, BN_NO_LIMIT);
    own.ipd = st->ipd;
    o.x = st->open->x;
    own.inside = 1;
    (void)bn_stack_run(c, &own, true, bn_lay_children, label, NULL, &next);
    a->bpd = own.y;
    bn_area_append(st->open->area, a);
    *end = st->y + own.y;
    return own.notes ? bn_put(c, st, 0, own.notes, label->place, &y) : BN_DONE;
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

bn_status
bn_lay_list_item(bn_ctx *c, bn_stack *st, const void *what,
                 const bn_token *from, const bn_token **next)
{
    const bn_fo *item = what;
    const bn_fo *label = part_of(item, BN_FO_LIST_ITEM_LABEL);
    const bn_fo *body = part_of(item, BN_FO_LIST_ITEM_BODY);
    const bn_len beside = st->beside;
    const bn_token *more = NULL;
    bn_status status = BN_DONE, closed;
    bn_len end = 0, y;
    bn_open o;

    bn_block_open(c, st, item, from != NULL, &o);
    st->gap = bn_grid_gap(st, item); /* label and body alike */
    bn_stack_fence(st);
    st->gap = 0;
    if (label && from == NULL) {
        if (lay_label(c, st, label, &end) == BN_FULL)
            return BN_FULL;
        if (end > st->beside)
            st->beside = end;
    }
    if (body) {
        /* The first lines of label and body are level, whatever space the
         * body begins with (6.8.3: both start at the item's edge). */
        st->beginning = from == NULL;
        status = lay_body(c, st, body, from ? from->inner : NULL, &more);
        st->beginning = 0;
    }
    if (status == BN_FULL)
        return BN_FULL;
    if (status == BN_BROKEN)
        *next = bn_token_make(c, item, NULL, more);
    if (status == BN_DONE && end > bn_stack_end_of(st)) {
        bn_stack_fence(st);
        if (end > st->y &&
            bn_put(c, st, end - st->y, NULL, item->place, &y) == BN_FULL)
            return BN_FULL;
    }
    st->beside = beside;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}
