/* Character classes: JLREQ appendix A by code point, the rest by context. */
#include "text/internal.h"

#include <string.h>

#include <unicode/uchar.h>

unsigned
bn_class_of(uint32_t cp, bool *half)
{
    size_t lo = 0, hi = bn_class_range_count;

    *half = false;
    if (cp >= 0x4e00 && cp <= 0x9fff)
        return BN_CL_19;
    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;

        if (bn_class_ranges[mid].last < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == bn_class_range_count || bn_class_ranges[lo].first > cp)
        return CLASS_NONE;
    *half = bn_class_ranges[lo].half;
    return bn_class_ranges[lo].cls;
}

/* Cut a full-width mark's frame down to its half-em body, when its ink is
 * where the body is (a font that draws it elsewhere is left alone). */
static void
cut_frame(unit *u, const found_glyph *g)
{
    const int64_t upem = u->face->upem;
    const bn_len spare = u->adv - u->em / 2;
    const int64_t slack = upem / 50;

    if (g->adv * 10LL < upem * 9 || spare <= 0 || g->face != u->face)
        return;
    if (u->cls == BN_CL_01 && g->ink_left >= g->adv - upem / 2 - slack)
        u->cut_left = spare;
    else if ((u->cls == BN_CL_02 || u->cls == BN_CL_06 || u->cls == BN_CL_07) &&
             g->ink_right <= upem / 2 + slack)
        u->cut_right = spare;
    else if (u->cls == BN_CL_05 && g->ink_left >= upem / 4 - slack &&
             g->ink_right <= g->adv - upem / 4 + slack) {
        u->cut_left = spare / 2;
        u->cut_right = spare - spare / 2;
    }
    u->adv -= u->cut_left + u->cut_right;
}

static bool
is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* A proportional glyph is Western, whatever the table says of its full-width
 * form; punctuation and signs that have a class of their own keep it. */
static unsigned
narrow_class(const unit *u, unsigned cls)
{
    switch (cls) {
    case BN_CL_01:
    case BN_CL_02:
    case BN_CL_19:
        return BN_CL_27;
    default:
        return u->flags & UNIT_JA ? cls : BN_CL_27;
    }
}

/* The dash of many fonts is narrower than its frame of one em: it is set in
 * that frame, and two of them touch. Where it is half as wide, the horizontal
 * bar takes its place. */
static void
frame_dash(bn_para *p, unit *u, const unit *prev)
{
    raw_glyph *g = &p->glyphs[u->glyph];
    const int32_t em = u->face->upem;
    const bool second = prev && prev->cp == u->cp && prev->kind == u->kind;

    if (u->nglyphs != 1 || g->adv >= em)
        return;
    if (g->adv * 10 < em * 7 && u->cp == 0x2014) {
        const uint32_t bar = bn_face_glyph(u->face, 0x2015, 0);
        const bn_len adv = bar ? bn_face_advance(u->face, bar, em) : 0;

        if (adv * 10 < em * 7)
            return;
        g->gid = bar;
        g->adv = adv;
    }
    if (g->adv * 10 < em * 7)
        return;
    if (g->adv < em)
        g->dx += second ? 0 : em - g->adv;
    g->adv = em;
    u->adv = u->em;
}

static void
classify_text(bn_para *p, unit *u, const unit *prev)
{
    bool half;
    unsigned cls;
    found_glyph g;

    if (p->items[u->item].mark) {
        u->cls = BN_CL_20;
        return;
    }
    if (u->flags & UNIT_TCY) {
        u->cls = BN_CL_30;
        return;
    }
    if (u->flags & UNIT_SPACE) {
        u->cls = BN_CL_26;
        return;
    }
    if (u->cp < 0x80 && !(u->flags & UNIT_UPRIGHT)) {
        u->cls = is_digit(u->cp) ? BN_CL_24 : BN_CL_27;
        return;
    }
    cls = bn_class_of(u->cp, &half);
    if (cls == CLASS_NONE) {
        u->cls = (uint8_t)(u->flags & UNIT_WIDE ? BN_CL_19 : BN_CL_27);
        return;
    }
    u->cls = (uint8_t)cls;
    if (!(u->flags & UNIT_WIDE)) {
        /* Ambiguous: by the width of what is drawn. */
        if (cls == BN_CL_08 && (u->flags & UNIT_JA))
            frame_dash(p, u, prev);
        if (u->adv * 10LL < u->em * 9LL)
            u->cls = (uint8_t)narrow_class(u, cls);
        /* A hyphen or dash inside a Latin word is part of it. */
        if (cls == BN_CL_03 && prev && is_western(prev->cls))
            u->cls = BN_CL_27;
    }
    if (half && u->cls == cls && (u->flags & UNIT_UPRIGHT)) {
        bool own_form;

        g = bn_find_vertical(u->face, u->cp, &own_form);
        cut_frame(u, &g);
    } else if (half && u->cls == cls) {
        g = bn_find_glyph(u->style->fonts, u->cp, !(u->flags & UNIT_WIDE),
                          false);
        if (g.face != u->face)
            g = bn_find_glyph(u->style->fonts, u->cp, false, false);
        cut_frame(u, &g);
    }
}

/* Letters that are a unit when they follow a number directly. */
static const char *const unit_words[] = {
    "m",  "cm", "mm", "km", "nm", "kg",  "g",   "mg",  "t",   "l", "L",
    "ml", "mL", "s",  "ms", "h",  "Hz",  "kHz", "MHz", "GHz", "W", "kW",
    "V",  "kV", "A",  "mA", "Pa", "hPa", "kPa", "J",   "kJ",  "N", "B",
    "kB", "KB", "MB", "GB", "TB", "dB",  "bit", "pt",
};

static bool
is_unit_word(const bn_para *p, size_t from, size_t to)
{
    char word[8];
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        const uint32_t cp = p->units[p->visible[i]].cp;

        if (cp >= 0x80 || n + 1 >= sizeof word)
            return false;
        word[n++] = (char)cp;
    }
    word[n] = '\0';
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++)
        if (strcmp(word, unit_words[i]) == 0)
            return true;
    return false;
}

static unit *
seen(const bn_para *p, size_t i)
{
    return &p->units[p->visible[i]];
}

/* Is the number that ends at visible unit i part of a code (U+309A, C3H)? */
static bool
belongs_to_word(const bn_para *p, size_t i)
{
    while (i > 0 && seen(p, i)->cls == BN_CL_24)
        i--;
    return seen(p, i)->cls == BN_CL_27;
}

/* Inner comma or point of a number (1,234.5), and units after numbers. */
static void
classify_numbers(bn_para *p)
{
    for (size_t i = 1; i < p->nvisible; i++) {
        unit *u = seen(p, i);
        size_t k = i;

        if (seen(p, i - 1)->cls != BN_CL_24 || u->kind != BN_ITEM_TEXT)
            continue;
        if ((u->cp == ',' || u->cp == '.') && i + 1 < p->nvisible &&
            is_digit(seen(p, i + 1)->cp)) {
            u->cls = BN_CL_24;
            continue;
        }
        while (k < p->nvisible && seen(p, k)->cls == BN_CL_27)
            k++;
        if (k == i || (k < p->nvisible && seen(p, k)->cls == BN_CL_24) ||
            !(u->flags & UNIT_JA) || !is_unit_word(p, i, k) ||
            belongs_to_word(p, i - 1))
            continue;
        for (; i < k; i++)
            seen(p, i)->cls = BN_CL_25;
        i--;
    }
}

void
bn_classify(bn_para *p)
{
    const unit *prev = NULL;

    for (size_t i = 0; i < p->nvisible; i++) {
        unit *u = seen(p, i);

        if (u->kind == BN_ITEM_TEXT)
            classify_text(p, u, prev);
        else
            u->cls = (uint8_t)(u->flags & UNIT_WIDE ? BN_CL_19 : BN_CL_27);
        prev = u;
    }
    classify_numbers(p);
}
