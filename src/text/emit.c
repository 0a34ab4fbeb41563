/* A line's units to pieces and glyph runs. */
#include "text/emit.h"

#include <string.h>

struct bn_emitter {
    const bn_para *p;
    bn_arena *arena;
    BN_VEC(bn_glyph) glyphs;
    BN_VEC(bn_piece) pieces;
    bn_len x;
    /* The run that is open; nothing when item is NO_ITEM. */
    const unit *first; /* NULL: none */
    uint32_t text_end;
    bn_len run_x;
    bn_len word_adjust;
    uint32_t hyphen; /* behind the last word of the run */
    bool adjusted;
};

bn_emitter *
bn_emitter_new(bn_arena *a)
{
    bn_emitter *e = bn_alloc(sizeof *e);

    e->arena = a;
    return e;
}

void
bn_emitter_free(bn_emitter *e)
{
    BN_VEC_FREE(&e->glyphs);
    BN_VEC_FREE(&e->pieces);
    free(e);
}

static void
close_run(bn_emitter *e)
{
    bn_glyph_run *run;
    const unit *u = e->first;

    if (u == NULL)
        return;
    e->first = NULL;
    if (e->glyphs.n == 0)
        return;
    run = BN_NEW(e->arena, bn_glyph_run);
    run->face = u->face;
    run->size = u->style->size;
    run->text = e->p->items[u->item].text + u->at;
    run->nbytes = e->text_end - u->at;
    run->nglyphs = (uint32_t)e->glyphs.n;
    run->glyphs = bn_arena_copy(e->arena, e->glyphs.v,
                                e->glyphs.n * sizeof e->glyphs.v[0]);
    run->width = e->x - e->run_x;
    run->hyphen = e->hyphen;
    e->hyphen = 0;
    run->vertical = (u->flags & UNIT_UPRIGHT) != 0;
    run->rotated = e->p->style->vertical && !run->vertical;
    BN_PUSH(&e->pieces) = (bn_piece){.item = u->item,
                                     .x = e->run_x,
                                     .width = run->width,
                                     .run = run,
                                     .from = u->at,
                                     .to = e->text_end,
                                     .word_adjust = e->word_adjust};
    e->glyphs.n = 0;
    e->word_adjust = 0;
    e->adjusted = false;
}

static void
open_run(bn_emitter *e, const unit *u)
{
    if (e->first && (e->first->item != u->item || e->first->face != u->face ||
                     e->first->style->size != u->style->size ||
                     ((e->first->flags ^ u->flags) & UNIT_UPRIGHT)))
        close_run(e);
    if (e->first == NULL) {
        e->first = u;
        e->run_x = e->x;
    }
    e->text_end = u->at + u->nbytes;
}

static bn_len
scaled(const unit *u, int32_t v)
{
    return (bn_len)((int64_t)v * u->style->size / u->face->upem);
}

/* The glyphs of a unit that stands upright in a vertical line: one under the
 * other's place, the last one leads on. The frame of smaller type (a word
 * that was fitted across the line) stands in the middle of the text's. */
static void
add_upright(bn_emitter *e, const unit *u, bn_len adv, bn_len shift,
            bn_len white)
{
    const bn_fontset *set = u->style->fonts;
    const bn_len less = u->em - u->style->size;
    const bn_len up =
        (bn_len)((int64_t)less * (set->ascent - set->descent) / 2000);

    for (uint32_t i = 0; i < u->nglyphs; i++) {
        const raw_glyph *raw = &e->p->glyphs[u->glyph + i];
        const bool last = i + 1 == u->nglyphs;
        bn_glyph *g = &BN_PUSH(&e->glyphs);

        *g = (bn_glyph){0};
        g->gid = raw->gid;
        g->dx = scaled(u, raw->dx) + up;
        g->dy = scaled(u, raw->dy) - shift - less / 2;
        g->at = u->at - e->first->at;
        g->nbytes = i ? 0 : (uint16_t)u->nbytes;
        g->width = u->nglyphs == 1 ? adv : u->style->size;
        g->adv = last ? adv + white : 0;
        g->flags = (uint16_t)((i ? BN_GLYPH_JOIN : 0) |
                              (u->flags & UNIT_VARIANT ? BN_GLYPH_IVS : 0) |
                              (shift || adv != u->em ? BN_GLYPH_SHIFTED : 0));
    }
    e->x += adv + white;
}

/* The glyphs of a unit. left, right: what its frame keeps of the space around
 * its body; white: what else follows. */
static void
add_unit(bn_emitter *e, const unit *u, bn_len left, bn_len right, bn_len white)
{
    const bn_para *p = e->p;
    const bn_len adv = u->adv + left + right;
    const bn_len shift = left - u->cut_left;
    bn_len done = 0;
    bn_glyph *last = NULL;

    open_run(e, u);
    if (u->flags & UNIT_UPRIGHT) {
        add_upright(e, u, adv, shift, white);
        return;
    }
    for (uint32_t i = 0; i < u->nglyphs; i++) {
        const raw_glyph *raw = &p->glyphs[u->glyph + i];
        bn_glyph *g = &BN_PUSH(&e->glyphs);

        *g = (bn_glyph){0};
        g->gid = raw->gid;
        g->width = scaled(u, raw->adv);
        g->dx = scaled(u, raw->dx) + shift;
        g->dy = scaled(u, raw->dy);
        g->at = u->at - e->first->at;
        g->adv = g->width;
        g->nbytes = i ? 0 : (uint16_t)u->nbytes;
        if (i)
            g->flags |= BN_GLYPH_JOIN;
        if (u->flags & UNIT_SPACE)
            g->flags |= BN_GLYPH_SPACE;
        if (u->flags & UNIT_VARIANT)
            g->flags |= BN_GLYPH_IVS;
        /* A dash in a wider frame is a glyph of its own like a squeezed mark,
         * or readers see a space beside it. */
        if (shift || u->cls == BN_CL_08)
            g->flags |= BN_GLYPH_SHIFTED;
        done += g->adv;
        last = g;
    }
    if (last) {
        /* What trimming took or a word space got is the last glyph's. */
        last->width += adv - done;
        last->adv += adv - done + white;
        if (u->cut_left || u->cut_right)
            last->flags |= adv != done ? BN_GLYPH_SHIFTED : 0;
    } else if ((u->flags & UNIT_JOINED) && e->glyphs.n) {
        last = &e->glyphs.v[e->glyphs.n - 1];
        for (size_t k = e->glyphs.n; k > 0; k--)
            if (!(e->glyphs.v[k - 1].flags & BN_GLYPH_JOIN)) {
                e->glyphs.v[k - 1].nbytes += (uint16_t)u->nbytes;
                break;
            }
        last->adv += white;
    }
    e->x += adv + white;
}

static void
add_hyphen(bn_emitter *e, const unit *u)
{
    bn_glyph *g;

    if (e->first == NULL)
        open_run(e, u);
    g = &BN_PUSH(&e->glyphs);
    *g = (bn_glyph){0};
    e->hyphen = bn_hyphen_of(u);
    g->gid = bn_face_glyph(u->face, e->hyphen, 0);
    g->width = g->adv = bn_face_advance(u->face, g->gid, u->style->size);
    g->at = e->text_end - e->first->at;
    g->flags = BN_GLYPH_HYPHEN;
    e->x += g->adv;
}

static void
add_object(bn_emitter *e, const unit *u, bn_len width)
{
    close_run(e);
    BN_PUSH(&e->pieces) =
        (bn_piece){.item = u->item, .x = e->x, .width = width};
    e->x += width;
}

/* Whole gap behind visible unit v of the line. */
static bn_len
gap_behind(const bn_para *p, const line_plan *plan, size_t v)
{
    const unit *u = &p->units[p->visible[v]];

    if (v == plan->last)
        return plan->end;
    return u->before + u->after + u->letter +
           (plan->delta ? plan->delta[v - plan->first] : 0);
}

static bn_len
least_of(bn_len a, bn_len b)
{
    return a < b ? a : b;
}

/* The gap between Western and Japanese is in the frame of the Japanese
 * character, on whichever side it stands: a letter keeps its own width. */
static bool
is_japanese_after(const unit *u, const unit *next)
{
    return u->before_kind == GAP_WESTERN && is_western(u->cls) &&
           u->kind == BN_ITEM_TEXT && next->kind == BN_ITEM_TEXT &&
           next->nglyphs == 1 && !is_western(next->cls) && next->tail == 0 &&
           next->lead == 0 && u->tail == 0;
}

static void
add_visible(bn_emitter *e, const line_plan *plan, size_t v, bn_len *left)
{
    const bn_para *p = e->p;
    const unit *u = &p->units[p->visible[v]];
    const unit *next = v < plan->last ? &p->units[p->visible[v + 1]] : NULL;
    const bn_len gap = gap_behind(p, plan, v);
    const bn_len right = gap > 0 ? least_of(u->cut_right, gap) : 0;
    bn_len white = gap - right, after = 0;

    if (next && white > 0)
        after = least_of(next->cut_left, white);
    white -= after;
    if (next && white > 0 && is_japanese_after(u, next)) {
        after += white;
        white = 0;
    }
    if (u->kind == BN_ITEM_TEXT) {
        if ((u->flags & UNIT_SPACE) && plan->delta && v != plan->last) {
            const bn_len d = plan->delta[v - plan->first];

            open_run(e, u); /* it is of this run, not of the one before */
            if (!e->adjusted ||
                (d < 0 ? d > e->word_adjust : d < e->word_adjust))
                e->word_adjust = d;
            e->adjusted = true;
        }
        add_unit(e, u, *left, right, white);
        if (v == plan->last && plan->hyphen)
            add_hyphen(e, u);
    } else {
        add_object(e, u, plan->leader ? plan->leader[v - plan->first] : u->adv);
        e->x += right + white;
    }
    *left = after;
}

void
bn_emit(bn_emitter *e, const bn_para *p, const line_plan *plan, bn_line *line)
{
    bn_len left = plan->head;
    size_t v = plan->first;

    e->p = p;
    e->x = plan->start;
    e->glyphs.n = e->pieces.n = 0;
    e->first = NULL;
    e->word_adjust = 0;
    e->adjusted = false;
    for (size_t i = plan->from; i < plan->to; i++) {
        const unit *u = &p->units[i];

        if (!plan->empty && v <= plan->last && i == p->visible[v]) {
            add_visible(e, plan, v, &left);
            v++;
        } else if (u->kind != BN_ITEM_TEXT && u->kind != BN_ITEM_BREAK &&
                   (u->flags & UNIT_HIDDEN)) {
            add_object(e, u, u->adv);
        }
    }
    close_run(e);
    line->npieces = (uint32_t)e->pieces.n;
    line->pieces = bn_arena_copy(e->arena, e->pieces.v,
                                 e->pieces.n * sizeof e->pieces.v[0]);
    line->width = e->x - plan->start;
}
