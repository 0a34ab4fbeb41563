/* Vertical lines (JLREQ 3.1, UAX #50): which characters stand upright, and
 * words set across the line (tate-chu-yoko). */
#include "text/internal.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

/* Longer words are no tate-chu-yoko. */
enum { ACROSS_MAX = 24 };

static size_t
digits_at(const char *s, const char *end)
{
    size_t n = 0;

    while (s + n < end && s[n] >= '0' && s[n] <= '9')
        n++;
    return n;
}

static bool
is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Bytes of the word at s that is set across a vertical line; 0: none. */
size_t
bn_combined(const bn_para *p, const bn_text_style *st, const char *s,
            const char *start, const char *end)
{
    size_t n;

    if (!p->style->vertical || st->combine == 0)
        return 0;
    if (st->combine == BN_COMBINE_ALL)
        return s == start && end - s <= ACROSS_MAX && (uint8_t)*s > ' '
                   ? (size_t)(end - s)
                   : 0;
    n = digits_at(s, end);
    if (n == 0 || n > st->combine || (s > start && is_alnum(s[-1])) ||
        (s + n < end && is_alnum(s[n])))
        return 0;
    return n;
}

static bool
is_upright(const unit *u)
{
    bool own_form;

    if (u->flags & UNIT_TCY)
        return true;
    if ((u->flags & UNIT_SPACE) || u->style->orientation == BN_ORIENT_SIDEWAYS)
        return false;
    if (u->style->orientation == BN_ORIENT_UPRIGHT)
        return true;
    switch (u_getIntPropertyValue((UChar32)u->cp, UCHAR_VERTICAL_ORIENTATION)) {
    case U_VO_UPRIGHT:
    case U_VO_TRANSFORMED_UPRIGHT:
        return true;
    case U_VO_TRANSFORMED_ROTATED:
        (void)bn_find_vertical(u->face, u->cp, &own_form);
        return own_form;
    default:
        return false;
    }
}

void
bn_orient(bn_para *p)
{
    for (size_t i = 0; i < p->nunits; i++) {
        unit *u = &p->units[i];

        if (u->kind != BN_ITEM_TEXT || (u->flags & UNIT_HIDDEN) ||
            !is_upright(u))
            continue;
        u->flags |= UNIT_UPRIGHT;
        if (u->style->orientation == BN_ORIENT_UPRIGHT)
            u->flags |= UNIT_WIDE;
    }
}

/* A word wider than an em is set smaller, so that it is as wide as that. */
void
bn_fit_combined(bn_arena *a, bn_para *p, unit *u)
{
    const shaped_word *w = bn_shape_word(
        u->face, u->style, p->items[u->item].text + u->at, u->nbytes);
    int64_t width = 0;
    bn_text_style *small;

    for (uint32_t i = 0; i < w->nglyphs; i++)
        width += w->glyphs[i].adv;
    if (width <= u->face->upem)
        return;
    small = bn_arena_copy(a, u->style, sizeof *small);
    small->size = (bn_len)((int64_t)u->em * u->face->upem / width);
    u->style = small;
}
