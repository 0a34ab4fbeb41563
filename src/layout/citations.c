/* citations.c - which page an id is on, in this pass and the one before. */
#include "layout/pages.h"

#include <string.h>

#include "base/vec.h"

typedef struct seen {
    uint32_t first, last; /* page index */
    const char *first_text, *last_text;
    bool here; /* seen in this pass */
    uint32_t old_first, old_last;
    const char *old_first_text, *old_last_text;
    bool old; /* seen in the pass before */
} seen;

struct bn_cites {
    bn_map *ids; /* id -> seen, in doc */
    BN_VEC(seen *) all;
    uint32_t passes; /* done */
};

static const char *
id_of(const bn_fo *fo)
{
    const char *id = bn_fo_string(fo, BN_P_ID);

    return id && *id ? id : NULL;
}

static struct bn_cites *
cites(bn_ctx *c)
{
    if (c->cites == NULL) {
        c->cites = BN_NEW(c->doc, struct bn_cites);
        c->cites->ids = bn_map_new(c->doc);
    }
    return c->cites;
}

static void
record(bn_ctx *c, const char *id, uint32_t index, const char *text)
{
    bn_map_value *slot = bn_map_puts(cites(c)->ids, id);
    seen *s = slot->p;

    if (s == NULL)
        s = slot->p = BN_NEW(c->doc, seen);
    if (!s->here) {
        s->here = true;
        s->first = index;
        s->first_text =
            s->old && s->old_first_text && strcmp(s->old_first_text, text) == 0
                ? s->old_first_text
                : bn_arena_strdup(c->doc, text);
        s->last = index;
        s->last_text = s->first_text;
        BN_PUSH(&c->cites->all) = s;
    } else if (index != s->last) {
        s->last = index;
        s->last_text = bn_arena_strdup(c->doc, text);
    }
}

void
bn_cites_object(bn_ctx *c, const bn_fo *fo, uint32_t index, const char *text)
{
    if (fo && id_of(fo))
        record(c, id_of(fo), index, text);
}

void
bn_cites_page(bn_ctx *c, const bn_area *page, uint32_t index, const char *text)
{
    for (const bn_area *a = page->first; a; a = a->next) {
        if (a->origin)
            bn_cites_object(c, a->origin, index, text);
        else if (a->id)
            record(c, a->id, index, text);
        if (a->first)
            bn_cites_page(c, a, index, text);
    }
}

/* A pass is done: what it found is what is cited now. */
void
bn_cites_turn(bn_ctx *c)
{
    struct bn_cites *k = cites(c);

    for (size_t i = 0; i < k->all.n; i++) {
        seen *s = k->all.v[i];

        s->old = s->here;
        s->here = false;
        s->old_first = s->first;
        s->old_last = s->last;
        s->old_first_text = s->first_text;
        s->old_last_text = s->last_text;
    }
    k->all.n = 0;
    k->passes++;
}

void
bn_cites_free(bn_ctx *c)
{
    if (c->cites)
        BN_VEC_FREE(&c->cites->all);
}

static bool
is_citation(const bn_fo *fo)
{
    return fo->type == BN_FO_PAGE_NUMBER_CITATION ||
           fo->type == BN_FO_PAGE_NUMBER_CITATION_LAST;
}

bool
bn_cites_any(const bn_fo *fo, bool links)
{
    for (const bn_fo *n = fo->first; n; n = n->next) {
        if (is_citation(n))
            return true;
        if (links && (n->type == BN_FO_BASIC_LINK || n->type == BN_FO_BOOKMARK))
            return true;
        if (bn_cites_any(n, links))
            return true;
    }
    return false;
}

const char *
bn_cited_text(bn_ctx *c, const bn_fo *fo)
{
    const char *id = bn_fo_string(fo, BN_P_REF_ID);
    const bool last = fo->type == BN_FO_PAGE_NUMBER_CITATION_LAST;
    const bn_map_value *slot = id ? bn_map_finds(cites(c)->ids, id) : NULL;
    const seen *s = slot ? slot->p : NULL;

    /* What the whole last pass found: an id that stands earlier on the same
     * page is not known yet when it is cited. */
    if (s && s->old)
        return last ? s->old_last_text : s->old_first_text;
    if (s && s->here)
        return last ? s->last_text : s->first_text;
    if (c->cites->passes > 0)
        bn_warn_once(c->msgs, BN_WREF, bn_at(fo->place), id ? id : "");
    return c->cites->passes > 0 ? "?" : "00";
}

int32_t
bn_cites_page_of(bn_ctx *c, const char *id)
{
    const bn_map_value *slot = id ? bn_map_finds(cites(c)->ids, id) : NULL;
    const seen *s = slot ? slot->p : NULL;

    if (s == NULL)
        return -1;
    if (s->old)
        return (int32_t)s->old_first;
    return s->here ? (int32_t)s->first : -1;
}

static bool
is_link(const bn_fo *fo)
{
    return fo->type == BN_FO_BASIC_LINK || fo->type == BN_FO_BOOKMARK;
}

void
bn_cites_tell_dangling(bn_ctx *c, const bn_fo *parent)
{
    for (const bn_fo *fo = parent->first; fo; fo = fo->next) {
        const char *id =
            is_link(fo) ? bn_fo_string(fo, BN_P_INTERNAL_DESTINATION) : NULL;

        if (id && *id && bn_cites_page_of(c, id) < 0)
            bn_warn_once(c->msgs, BN_WREF, bn_at(fo->place), id);
        bn_cites_tell_dangling(c, fo);
    }
}
