/* A paragraph: its units, in one pass a step. */
#include <stdio.h>

#include "text/emit.h"

enum { PARAGRAPH_MAX = 64 * 1024 * 1024 };

/* The units that the tables see; edges stick to them. */
static void
find_visible(bn_arena *a, bn_para *p)
{
    bn_len lead = 0;
    unit *prev = NULL;
    bool open = false;

    p->visible = BN_NEWS(a, uint32_t, p->nunits);
    for (size_t i = 0; i < p->nunits; i++) {
        unit *u = &p->units[i];

        if (!(u->flags & UNIT_HIDDEN)) {
            u->lead = lead;
            lead = 0;
            open = false;
            prev = u;
            p->wide |= (u->flags & UNIT_WIDE) != 0;
            p->visible[p->nvisible++] = (uint32_t)i;
            continue;
        }
        open |= u->kind == BN_ITEM_OPEN;
        if (u->adv == 0)
            continue;
        if (open || prev == NULL)
            lead += u->adv;
        else
            prev->tail += u->adv;
    }
    if (prev && lead)
        prev->tail += lead;
}

static bool
justifies_between_characters(const bn_para_style *s)
{
    switch (s->justify) {
    case BN_JUSTIFY_INTER_WORD:
        return false;
    case BN_JUSTIFY_INTER_CHARACTER:
    case BN_JUSTIFY_DISTRIBUTE:
        return true;
    default:
        return bn_lang_is_cjk(s->lang);
    }
}

bn_code
bn_para_make(bn_arena *a, const bn_para_style *style, const bn_item *items,
             size_t n, bn_para **out, bn_msgs *msgs)
{
    bn_para *p = BN_NEW(a, bn_para);
    size_t total = 0;
    bn_code code;

    for (size_t i = 0; i < n; i++)
        total += items[i].kind == BN_ITEM_TEXT ? items[i].nbytes : 0;
    if (total > PARAGRAPH_MAX) {
        char number[24];
        bn_err err = {0};

        snprintf(number, sizeof number, "%zu", total);
        bn_fail(&err, BN_EOVERFLOW_TEXT, bn_at(items[0].place), number);
        bn_msgs_add(msgs, &err, BN_ERROR);
        return BN_EOVERFLOW_TEXT;
    }
    p->style = bn_arena_copy(a, style, sizeof *style);
    p->items = items;
    p->nitems = n;
    p->japanese = justifies_between_characters(style);
    code = bn_itemise(a, p, msgs);
    if (code)
        return code;
    bn_shape(a, p);
    find_visible(a, p);
    bn_classify(p);
    bn_space(p);
    bn_find_breaks(p);
    *out = p;
    return BN_OK;
}

bool
bn_forced_behind(const bn_para *p, size_t v)
{
    const size_t end = v + 1 < p->nvisible ? p->visible[v + 1] : p->nunits;

    for (size_t i = p->visible[v] + 1; i < end; i++)
        if (p->units[i].flags & UNIT_LINEFEED)
            return true;
    return false;
}

void
bn_para_widths(const bn_para *p, bn_len *least, bn_len *natural)
{
    int64_t piece = 0, line = 0, widest_piece = 0, widest_line = 0;
    int64_t line_gap = 0, piece_gap = 0;

    for (size_t v = 0; v < p->nvisible; v++) {
        const unit *u = &p->units[p->visible[v]];
        const int64_t own = (int64_t)u->lead + u->adv + u->tail;
        const bool forced = bn_forced_behind(p, v);

        line += own + line_gap;
        if (!(u->flags & UNIT_DROPS))
            piece += own + piece_gap;
        if (line > widest_line)
            widest_line = line;
        if (piece > widest_piece)
            widest_piece = piece;
        line_gap = piece_gap = u->before + u->after + u->letter;
        if (forced)
            line = line_gap = 0;
        if (forced || u->brk != BREAK_NO)
            piece = piece_gap = 0;
    }
    *least = widest_piece > BN_LEN_MAX ? BN_LEN_MAX : (bn_len)widest_piece;
    *natural = widest_line > BN_LEN_MAX ? BN_LEN_MAX : (bn_len)widest_line;
}

bn_code
bn_text_shape(bn_arena *a, const bn_text_style *style, const char *text,
              size_t nbytes, const bn_glyph_run **runs, size_t *n,
              bn_len *width, bn_msgs *msgs, bn_loc at)
{
    bn_para_style *ps = BN_NEW(a, bn_para_style);
    bn_item *item = BN_NEW(a, bn_item);
    bn_text_style *own = bn_arena_copy(a, style, sizeof *style);
    bn_glyph_run *all;
    bn_para *p;
    bn_line line = {0};
    line_plan plan = {0};
    bn_emitter *e;
    bn_code code;

    own->preserve_space = 1;
    ps->lang = style->lang;
    ps->vertical = style->vertical;
    *item = (bn_item){.kind = BN_ITEM_TEXT,
                      .style = own,
                      .text = text,
                      .nbytes = (uint32_t)nbytes,
                      .place = at.place};
    code = bn_para_make(a, ps, item, 1, &p, msgs);
    if (code)
        return code;
    plan.to = p->nunits;
    plan.empty = p->nvisible == 0;
    if (!plan.empty) {
        plan.last = p->nvisible - 1;
        plan.head = p->units[p->visible[0]].cut_left;
        plan.end = p->units[p->visible[plan.last]].cut_right;
    }
    e = bn_emitter_new(a);
    bn_emit(e, p, &plan, &line);
    bn_emitter_free(e);
    all = BN_NEWS(a, bn_glyph_run, line.npieces);
    for (uint32_t i = 0; i < line.npieces; i++)
        all[i] = *line.pieces[i].run;
    *runs = all;
    *n = line.npieces;
    *width = line.width;
    return BN_OK;
}
