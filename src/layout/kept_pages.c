/* kept_pages.c - the pages of a pass that only looks for page numbers, kept
 * while they are few: when the pass turns out to be the last one they need
 * not be made again. */
#include "layout/pages.h"

#include "base/vec.h"

/* How much they may take, with all that was made on the way. */
enum { MOST_KEPT = 12 << 20 };

struct bn_kept {
    BN_VEC(struct {
        bn_area *page; /* NULL: a page-sequence begins */
        bn_sequence_info info;
    })
    all;
    bool on;
};

void
bn_kept_begin(bn_ctx *c)
{
    if (c->kept == NULL)
        c->kept = BN_NEW(c->doc, struct bn_kept);
    c->kept->all.n = 0;
    c->kept->on = !c->o->keep_no_pages;
}

bool
bn_kept_on(const bn_ctx *c)
{
    return c->kept && c->kept->on;
}

void
bn_kept_stop(bn_ctx *c)
{
    if (c->kept) {
        c->kept->on = false;
        BN_VEC_FREE(&c->kept->all);
    }
}

void
bn_kept_sequence(bn_ctx *c, const bn_sequence_info *info)
{
    BN_PUSH(&c->kept->all).page = NULL;
    c->kept->all.v[c->kept->all.n - 1].info = *info;
}

void
bn_kept_page(bn_ctx *c, bn_area *page)
{
    BN_PUSH(&c->kept->all).page = page;
    if (bn_arena_bytes(c->page) + bn_arena_bytes(c->other_page) +
            bn_arena_bytes(c->seq) + bn_arena_bytes(c->lines) >
        MOST_KEPT)
        bn_kept_stop(c);
}

bn_code
bn_kept_emit(bn_ctx *c, bn_err *err)
{
    bn_code code = BN_OK;

    for (size_t i = 0; i < c->kept->all.n && code == BN_OK; i++) {
        bn_area *page = c->kept->all.v[i].page;

        if (page == NULL) {
            code =
                c->sink->sequence(c->sink->user, &c->kept->all.v[i].info, err);
        } else {
            bn_citings_set(c, page);
            code = c->sink->page(c->sink->user, page, err);
        }
    }
    return code;
}
