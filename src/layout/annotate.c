/*
 * annotate.c - what stands over the characters of a line without changing its
 * height: emphasis marks (圏点) and ruby (JLREQ 3.3).
 */
#include "layout/inline.h"

#include <string.h>

#include "base/utf8.h"

/* ------------------------------------------------------- emphasis marks */

static const struct {
    const char *word;
    const char *filled, *open;
} marks[] = {
    {"sesame", "\uFE45", "\uFE46"}, {"double-circle", "\u25C9", "\u25CE"},
    {"circle", "\u25CF", "\u25CB"}, {"triangle", "\u25B2", "\u25B3"},
    {"dot", "\u2022", "\u25E6"},
};

/* The mark that a text-emphasis-style asks for; NULL: none. Filled or open
 * alone: sesame in vertical lines, dots in horizontal ones (JLREQ 3.3.9). */
static const char *
mark_of(const bn_fo *fo, bool vertical)
{
    const bn_value *v = bn_fo_get(fo, BN_P_AXF_TEXT_EMPHASIS_STYLE);
    const char *style = NULL;

    if (v->kind == BN_V_STRING)
        style = v->string;
    else if (v->kind == BN_V_KEYWORD && v->keyword != BN_K_NONE)
        style = bn_keyword_name(v->keyword);
    if (style == NULL || *style == '\0' || strcmp(style, "none") == 0)
        return NULL;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strstr(style, marks[i].word))
            return strstr(style, "open") ? marks[i].open : marks[i].filled;
    if (strcmp(style, "filled") == 0)
        return vertical ? marks[0].filled : "\u2022";
    if (strcmp(style, "open") == 0)
        return vertical ? marks[0].open : "\u25E6";
    return style; /* a character of its own */
}

/* No mark over spaces and punctuation (JLREQ 3.3.9). */
static bool
takes_mark(const bn_glyph_run *run, const bn_glyph *g)
{
    const char *p = run->text + g->at;
    const uint32_t cp = g->nbytes ? bn_u8_next(&p, run->text + run->nbytes) : 0;

    if (g->nbytes == 0 || (g->flags & BN_GLYPH_SPACE) || cp <= 0x2F)
        return false;
    return !(cp >= 0x3000 && cp <= 0x3003) && !(cp >= 0x3008 && cp <= 0x301F) &&
           !(cp >= 0x2010 && cp <= 0x2027) && !(cp >= 0xFF01 && cp <= 0xFF0F) &&
           !(cp >= 0xFF1A && cp <= 0xFF20) && cp != 0x30FB;
}

bool
bn_emphasis_below(const bn_fo *fo)
{
    return bn_fo_says(fo, BN_P_AXF_TEXT_EMPHASIS_POSITION, BN_K_AFTER, "under");
}

/* Half the size of the text, or what is asked for. */
static bn_len
mark_size(const bn_fo *fo, bn_len size)
{
    const bn_value *v = bn_fo_get(fo, BN_P_AXF_TEXT_EMPHASIS_FONT_SIZE);
    const bn_len own =
        v->kind == BN_V_LENGTH
            ? bn_fo_len(fo, BN_P_AXF_TEXT_EMPHASIS_FONT_SIZE, size)
            : 0;

    return own > 0 ? own : size / 2;
}

bn_area *
bn_emphasis_area(bn_ctx *c, const bn_fo *fo, const bn_text_style *style,
                 const bn_glyph_run *run)
{
    const char *mark = mark_of(fo, c->writing_mode == BN_TB_RL);
    const bn_glyph_run *one;
    bn_text_style small = *style;
    bn_glyph_run *all;
    bn_glyph *g = NULL;
    bn_buf text = {0};
    bn_area *a;
    bn_len width, away, pen = 0, start = 0, end = 0;
    size_t n;

    if (mark == NULL || run == NULL)
        return NULL;
    small.size = mark_size(fo, style->size);
    small.letter_spacing = 0;
    if (bn_text_shape(c->page, bn_arena_copy(c->page, &small, sizeof small),
                      bn_arena_strdup(c->page, mark), strlen(mark), &one, &n,
                      &width, c->msgs, bn_at(fo->place)) != BN_OK ||
        n == 0 || one->nglyphs == 0)
        return NULL;
    all = bn_arena_copy(c->page, one, sizeof *one);
    all->glyphs = BN_NEWS(c->page, bn_glyph, run->nglyphs + 1);
    all->nglyphs = 0;
    for (uint32_t i = 0; i < run->nglyphs; i++) {
        const bn_glyph *base = &run->glyphs[i];
        const bn_len left = base->dx > 0 ? base->dx : 0;
        const bn_len x = pen + left + (base->width - left - width) / 2;

        pen += base->adv;
        if (!takes_mark(run, base))
            continue;
        if (g)
            g->adv = x - end;
        else
            start = x;
        g = (bn_glyph *)&all->glyphs[all->nglyphs++];
        *g = one->glyphs[0];
        g->at = (uint32_t)text.len;
        bn_buf_adds(&text, mark);
        end = x;
    }
    if (g == NULL) {
        bn_buf_free(&text);
        return NULL;
    }
    g->adv = width;
    all->text = bn_arena_strndup(c->page, text.p, text.len);
    all->nbytes = (uint32_t)text.len;
    all->width = end - start + width;
    bn_buf_free(&text);
    a = bn_area_make(c, BN_AREA_TEXT);
    a->flags = BN_ARTIFACT;
    a->ip = start;
    a->ipd = all->width;
    a->bpd = small.size;
    a->text.run = all;
    a->text.actual = ""; /* marks are no text */
    a->text.fonts = style->fonts;
    a->text.color =
        bn_fo_get(fo, BN_P_AXF_TEXT_EMPHASIS_COLOR)->kind == BN_V_COLOR
            ? bn_fo_color(fo, BN_P_AXF_TEXT_EMPHASIS_COLOR)
            : bn_fo_color(fo, BN_P_COLOR);
    away = bn_fo_len(fo, BN_P_AXF_TEXT_EMPHASIS_OFFSET, style->size);
    a->bp = bn_emphasis_below(fo) ? away : -away;
    a->text.baseline =
        (bn_len)((int64_t)small.size * style->fonts->ascent / 1000);
    return a;
}

/* ------------------------------------------------------------------ ruby */

static void
add_text(const bn_fo *fo, bn_buf *out, const bn_fo **owner)
{
    for (const bn_fo *t = fo->first; t; t = t->next)
        if (t->type == BN_FO_TEXT) {
            bn_buf_add(out, t->text, t->nbytes);
            if (*owner == NULL)
                *owner = fo;
        } else {
            add_text(t, out, owner);
        }
}

static bn_len
shaped_width(bn_ctx *c, const bn_fo *fo, const bn_text_style *style,
             const bn_buf *text, const bn_glyph_run **runs, size_t *n)
{
    bn_len width = 0;

    *n = 0;
    if (text->len == 0)
        return 0;
    (void)bn_text_shape(c->lines, style,
                        bn_arena_strndup(c->lines, text->p, text->len),
                        text->len, runs, n, &width, c->msgs, bn_at(fo->place));
    return width;
}

/* Characters of the annotation: what spare width is dealt out between. */
static size_t
count_glyphs(const bn_glyph_run *runs, size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        for (uint32_t g = 0; g < runs[i].nglyphs; g++)
            k += (runs[i].glyphs[g].flags & BN_GLYPH_JOIN) == 0;
    return k;
}

/* Characters of a base that may be parted: ideographs and kana only, for a
 * Western word is never spaced out; else 0. */
static uint32_t
count_letters(const bn_buf *text)
{
    const char *p = text->p, *end = p + text->len;
    uint32_t n = 0;

    while (p < end) {
        const uint32_t cp = bn_u8_next(&p, end);

        if (cp == BN_U8_BAD || cp < 0x2e80)
            return 0;
        n += !(cp == 0x3099 || cp == 0x309a || (cp >= 0xfe00 && cp <= 0xfe0f) ||
               cp >= 0xe0100);
    }
    return n;
}

/* A narrower annotation is spread over its base, half a gap at the ends, but
 * no more there than one of its ems (JLREQ 3.3.6: 1:2:1). */
static void
spread(bn_ruby *r)
{
    const size_t k = count_glyphs(r->runs, r->nruns);
    const bn_len spare = r->base_width - r->width;
    const bn_keyword align = bn_fo_keyword(r->fo, BN_P_AXF_RUBY_ALIGN);
    bn_len gap = k ? spare / (bn_len)k : 0;

    if (gap <= 0 || k == 1 || align == BN_K_START || align == BN_K_CENTER ||
        align == BN_K_END)
        return;
    if (align == BN_K_SPACE_BETWEEN)
        gap = spare / ((bn_len)k - 1);
    else if (gap / 2 > r->style->size)
        gap = (spare - 2 * r->style->size) / ((bn_len)k - 1);
    for (size_t i = 0; i < r->nruns; i++)
        for (uint32_t g = 0; g < r->runs[i].nglyphs; g++) {
            ((bn_glyph *)r->runs[i].glyphs)[g].adv += gap;
            ((bn_glyph_run *)r->runs)[i].width += gap;
        }
    r->width += gap * ((bn_len)k - 1);
}

bn_ruby *
bn_ruby_make(bn_ctx *c, const bn_fo *base, const bn_fo *text)
{
    bn_ruby *r = BN_NEW(c->lines, bn_ruby);
    bn_buf base_text = {0}, ruby_text = {0};
    const bn_fo *base_owner = NULL, *owner = NULL;
    const bn_glyph_run *ignored;
    bn_text_style *small;
    const bn_value *size = bn_fo_get(text, BN_P_AXF_RUBY_FONT_SIZE);
    size_t n;

    add_text(base, &base_text, &base_owner);
    add_text(text, &ruby_text, &owner);
    r->fo = text;
    r->style_fo = owner ? owner : text;
    if (base_owner)
        r->base_width = shaped_width(c, base, bn_style_of(c, base_owner),
                                     &base_text, &ignored, &n);
    small = bn_arena_copy(c->lines, bn_style_of(c, base), sizeof *small);
    small->size = size->kind == BN_V_LENGTH
                      ? bn_fo_len(text, BN_P_AXF_RUBY_FONT_SIZE, small->size)
                      : small->size / 2;
    small->trim = small->autospace = 0;
    r->style = small;
    r->width = shaped_width(c, text, small, &ruby_text, &r->runs, &r->nruns);
    r->base_letters = count_letters(&base_text);
    spread(r);
    bn_buf_free(&base_text);
    bn_buf_free(&ruby_text);
    return r;
}
