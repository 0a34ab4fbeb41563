/* Units to glyphs: single Japanese characters by table, words by HarfBuzz. */
#include "text/internal.h"

#include <string.h>

#include "base/vec.h"

typedef BN_VEC(raw_glyph) glyph_list;

static bn_len
scaled(const unit *u, int32_t v)
{
    return (bn_len)((int64_t)v * u->style->size / u->face->upem);
}

/* One code point with nothing to substitute or kern. */
static bool
is_plain(const bn_para *p, const unit *u)
{
    const char *s = p->items[u->item].text + u->at;

    if (u->style->features)
        return false;
    if (u->flags & UNIT_SPACE)
        return true;
    return (u->flags & UNIT_WIDE) && u->nbytes <= 4 && u->cp >= 0x1100 &&
           u->nbytes == ((uint8_t)*s >= 0xf0 ? 4 : 3);
}

static void
set_plain(unit *u, glyph_list *out)
{
    const uint32_t cp = u->flags & UNIT_SPACE ? ' ' : u->cp;
    found_glyph g;

    if (u->nglyphs == 1 && cp == u->cp) /* when its face was chosen */
        g = (found_glyph){.face = u->face, .gid = u->glyph, .adv = u->adv};
    else
        g = bn_find_glyph(u->style->fonts, cp, false,
                          u->face == u->style->fonts->latin);
    if (g.face != u->face) {
        g.gid = bn_face_glyph(u->face, cp, 0);
        g.adv = bn_face_advance(u->face, g.gid, u->face->upem);
    }
    u->glyph = (uint32_t)out->n;
    u->nglyphs = 1;
    BN_PUSH(out) = (raw_glyph){g.gid, g.adv, 0, 0};
    u->adv = scaled(u, g.adv);
}

/* A character that stands upright in a vertical line: one em along it. */
static void
set_upright(unit *u, glyph_list *out)
{
    bool own_form;
    const found_glyph g = bn_find_vertical(u->face, u->cp, &own_form);

    u->glyph = (uint32_t)out->n;
    u->nglyphs = 1;
    BN_PUSH(out) = (raw_glyph){g.gid, u->face->upem, 0, 0};
    u->adv = u->em;
}

static bool
same_run(const unit *a, const unit *b)
{
    return a->face == b->face && a->item == b->item &&
           !((a->flags ^ b->flags) & UNIT_UPRIGHT);
}

/* A word inside one item: units from to. */
static void
set_word(const bn_para *p, size_t from, size_t to, glyph_list *out)
{
    unit *units = p->units;
    const unit *first = &units[from], *last = &units[to - 1];
    const char *text = p->items[first->item].text + first->at;
    const size_t nbytes = last->at + last->nbytes - first->at;
    const shaped_word *w =
        bn_shape_word(first->face, first->style, text, nbytes);
    size_t i;

    for (i = from; i < to; i++)
        units[i].nglyphs = 0, units[i].adv = 0;
    i = from;
    units[from].glyph = (uint32_t)out->n;
    for (uint32_t k = 0; k < w->nglyphs; k++) {
        /* On to the unit that this glyph's cluster begins in. */
        while (i + 1 < to && units[i + 1].at - first->at <= w->clusters[k])
            units[++i].glyph = (uint32_t)out->n;
        BN_PUSH(out) = w->glyphs[k];
        units[i].nglyphs++;
        units[i].adv += scaled(&units[i], w->glyphs[k].adv);
    }
    for (i = from + 1; i < to; i++)
        if (units[i].nglyphs == 0)
            units[i].flags |= UNIT_JOINED;
}

/* A cluster of several glyphs, or a word, set across a vertical line: each
 * glyph from where it stands to the middle of the line, all in one em. */
static void
stand_across(unit *u, const glyph_list *out)
{
    int32_t width = 0, x = 0;

    for (uint32_t i = 0; i < u->nglyphs; i++)
        width += out->v[u->glyph + i].adv;
    for (uint32_t i = 0; i < u->nglyphs; i++) {
        raw_glyph *g = &out->v[u->glyph + i];
        const int32_t adv = g->adv;

        g->dx += x + bn_vertical_origin_x(u->face, g->gid) - width / 2;
        g->adv = u->face->upem;
        x += adv;
    }
    u->adv = u->em;
}

void
bn_shape(bn_arena *a, bn_para *p)
{
    glyph_list out = {0};

    BN_VEC_RESERVE(&out, p->nunits + 1);
    for (size_t i = 0, k; i < p->nunits; i = k) {
        unit *u = &p->units[i];

        k = i + 1;
        if (u->kind != BN_ITEM_TEXT || (u->flags & UNIT_HIDDEN))
            continue;
        if (is_plain(p, u)) {
            if (u->flags & UNIT_UPRIGHT)
                set_upright(u, &out);
            else
                set_plain(u, &out);
            continue;
        }
        if (u->flags & UNIT_TCY)
            bn_fit_combined(a, p, u);
        /* A wide cluster stands alone; a word runs on to space or change. */
        while (!(u->flags & UNIT_WIDE) && k < p->nunits &&
               p->units[k].kind == BN_ITEM_TEXT &&
               !(p->units[k].flags & (UNIT_HIDDEN | UNIT_WIDE | UNIT_SPACE)) &&
               same_run(u, &p->units[k]))
            k++;
        set_word(p, i, k, &out);
        if (u->flags & UNIT_UPRIGHT)
            stand_across(u, &out);
    }
    p->glyphs = bn_arena_copy(a, out.v, out.n * sizeof out.v[0]);
    p->nglyphs = out.n;
    BN_VEC_FREE(&out);
}
