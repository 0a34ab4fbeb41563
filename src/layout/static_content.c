/* static_content.c - running heads, feet and sides of a page. */
#include "layout/pages.h"

#include <string.h>

static const bn_fo *
static_for(const bn_ctx *c, const char *region)
{
    for (const bn_fo *s = c->flow->seq->first; s; s = s->next) {
        const char *name = bn_fo_string(s, BN_P_FLOW_NAME);

        if (s->type == BN_FO_STATIC_CONTENT && name && region &&
            strcmp(name, region) == 0)
            return s;
    }
    return NULL;
}

static bn_area *
make_region(bn_ctx *c, const bn_geometry *g, enum bn_region which)
{
    bn_area *a = bn_region_area(c, g, which);
    const bn_fo *content = static_for(c, g->region[which].name);
    const uint8_t mode = c->writing_mode;
    bn_area *inside;
    bn_len ipd, bpd;
    bn_len used;

    if (content == NULL)
        return a;
    ipd = a->ipd;
    bpd = a->bpd;
    inside = bn_area_make(c, BN_AREA_BLOCK);
    inside->ipd = ipd;
    inside->bpd = bpd;
    c->artifact = 1;
    c->writing_mode = a->writing_mode;
    used = bn_lay_inside(c, content, inside, BN_NO_LIMIT, true, NULL).bpd;
    c->writing_mode = mode;
    c->artifact = 0;
    if (used > bpd && bpd > 0 && (a->flags & BN_CLIP))
        bn_warn_overflow(c, content->place, used - bpd);
    bn_area_own(c, a, content, false);
    bn_area_push_down(
        c, inside,
        bn_align_offset(bn_fo_keyword(g->region[which].fo, BN_P_DISPLAY_ALIGN),
                        bpd, used));
    for (bn_area *k = inside->first; k;) {
        bn_area *next = k->next;

        bn_area_append(a, k);
        k = next;
    }
    return a;
}

/* The regions in the order of a page's areas, body (made before) among them. */
void
bn_static_regions(bn_ctx *c, const bn_geometry *g, bn_area *page, bn_area *body)
{
    static const enum bn_region order[] = {BN_REGION_BEFORE, BN_REGION_START,
                                           BN_REGION_BODY, BN_REGION_END,
                                           BN_REGION_AFTER};

    for (int i = 0; i < BN_REGIONS; i++) {
        if (order[i] == BN_REGION_BODY) {
            if (body)
                bn_area_append(page, body);
        } else if (g->region[order[i]].fo) {
            bn_area_append(page, make_region(c, g, order[i]));
        }
    }
}
