/* leader_content.c - a leader of use-content whose content is more than text:
 * as many copies of it as fit. */
#include "layout/inline.h"

/* A copy: what is in the line, its baseline on the leader's. */
static bn_area *
copy_of(bn_ctx *c, bn_area *line, bn_len width, bn_len up)
{
    bn_area *copy = bn_area_make(c, BN_AREA_INLINE);

    copy->ipd = width;
    copy->flags |= BN_ARTIFACT;
    for (bn_area *k = line->first, *after; k; k = after) {
        after = k->next;
        k->ip -= line->start_indent;
        k->bp -= up;
        k->id = NULL; /* the copies cannot all have it */
        bn_area_append(copy, k);
    }
    return copy;
}

bool
bn_leader_is_plain(const bn_fo *fo)
{
    for (const bn_fo *k = fo->first; k; k = k->next)
        if (k->type != BN_FO_TEXT)
            return false;
    return true;
}

void
bn_leader_fill(bn_ctx *c, const bn_leaf *leaf, bn_area *leader)
{
    const bn_fo *fo = leaf->fo;
    const bn_run run = {fo, fo->first};
    bn_paragraph *p = bn_paragraph_make(c, &run, BN_NO_LIMIT);
    const bn_value *set = bn_fo_get(fo, BN_P_LEADER_PATTERN_WIDTH);
    bn_len step, width, x = 0;

    bn_paragraph_break(c, p);
    if (p->nlines == 0 || p->lines[0].width <= 0)
        return;
    step = width = p->lines[0].width;
    if (set->kind == BN_V_LENGTH) {
        const bn_len w =
            bn_fo_len(fo, BN_P_LEADER_PATTERN_WIDTH, leader->ipd);

        step = w > step ? w : step;
    }
    if (!bn_fo_is(fo, BN_P_LEADER_ALIGNMENT, BN_K_NONE))
        x = leader->ipd % step;
    for (; x + step <= leader->ipd; x += step) {
        bn_area *line = bn_line_area(c, p, 0, p->width);
        bn_area *copy =
            copy_of(c, line, width, bn_line_top(p, 0) - leaf->asc);

        copy->ip = x;
        copy->bpd = leader->bpd;
        bn_area_append(leader, copy);
    }
}
