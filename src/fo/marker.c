/* Subtrees of fo:marker: kept as read, resolved where they are retrieved. */
#include "fo/tree.h"

#include <string.h>

bn_raw *
bn_raw_append(bn_fo_doc *d, bn_raw *parent, bn_fo_type t, bn_place place)
{
    bn_raw *r = BN_NEW(d->arena, bn_raw);

    r->type = t;
    r->place = place;
    r->parent = parent;
    if (parent == NULL)
        return r;
    if (parent->last)
        parent->last->next = r;
    else
        parent->first = r;
    parent->last = r;
    return r;
}

/* Does the block round a retrieved piece begin, or end, with it? */
static bool
at_edge(const bn_fo *fo, bool begins)
{
    for (; fo && fo->type != BN_FO_BLOCK; fo = fo->parent) {
        const bn_fo *beside = begins ? fo->prev : fo->next;

        if (fo->type == BN_FO_STATIC_CONTENT)
            break;
        if (beside && !bn_fo_class(beside, C_BLOCK))
            return false;
    }
    return true;
}

/* A space stands before it already. */
static bool
follows_space(const bn_fo *fo)
{
    const bn_fo *before = fo->prev;

    return before && before->type == BN_FO_TEXT && before->nbytes &&
           before->text[before->nbytes - 1] == ' ';
}

const bn_fo *
bn_fo_retrieve(bn_fo_tree *t, const bn_fo *marker, const bn_fo *retrieve)
{
    bn_fo_doc *d = (bn_fo_doc *)(void *)t;
    const bn_fo *key[2] = {marker, retrieve};
    const bn_map_value *raw;
    bn_map_value *slot;
    bool is_new;
    bn_fo *copy;

    if (marker == NULL || marker->type != BN_FO_MARKER)
        return NULL;
    raw = bn_map_find(d->raws, &marker, sizeof marker);
    slot = bn_map_put(d->markers, key, sizeof key, &is_new);
    if (!is_new)
        return slot->p;
    copy = bn_fo_append(d, NULL, BN_FO_WRAPPER, marker->place);
    copy->parent = retrieve->parent;
    copy->inherited = retrieve->inherited;
    slot->p = copy;
    if (raw)
        bn_fo_replay(d, raw->p, copy);
    bn_fo_white_space_at(d, copy,
                         at_edge(retrieve, true) || follows_space(retrieve),
                         at_edge(retrieve, false));
    return copy;
}
