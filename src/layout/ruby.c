/* ruby.c - how far an annotation that is longer than its base may stand over
 * what is beside it (JLREQ 3.3.8), and what room the base gets for the rest. */
#include "layout/inline.h"

#include "base/utf8.h"

/* Kana, prolonged sound mark, small kana and the ideographic space: over them
 * an annotation may reach; never over kanji. */
static bool
lets_over(uint32_t cp)
{
    return cp == 0x3000 || (cp >= 0x3041 && cp <= 0x309a) ||
           (cp >= 0x309d && cp <= 0x309e) || (cp >= 0x30a1 && cp <= 0x30fa) ||
           (cp >= 0x30fc && cp <= 0x30fe) || (cp >= 0x31f0 && cp <= 0x31ff);
}

static uint32_t
first_of(const char *text, size_t nbytes)
{
    const char *p = text;

    return nbytes ? bn_u8_next(&p, text + nbytes) : 0;
}

static uint32_t
last_of(const char *text, size_t nbytes)
{
    size_t i = nbytes;

    while (i > 0 && ((unsigned char)text[--i] & 0xc0) == 0x80)
        ;
    return first_of(text + i, nbytes - i);
}

/* The character that stands before what is collected next; 0: none. */
static uint32_t
before_ruby(const bn_items *b)
{
    size_t n = b->list.n;

    while (n > 0 &&
           (b->list.v[n - 1].kind == BN_ITEM_OPEN ||
            b->list.v[n - 1].kind == BN_ITEM_ANCHOR) &&
           b->list.v[n - 1].width == 0)
        n--;
    if (n == 0 || b->list.v[n - 1].kind != BN_ITEM_TEXT)
        return 0;
    return last_of(b->list.v[n - 1].text, b->list.v[n - 1].nbytes);
}

/* The character that follows an object in the flow of text; 0: none. */
static uint32_t
after_ruby(const bn_fo *fo)
{
    while (fo && fo->next == NULL && fo->parent &&
           fo->parent->type == BN_FO_INLINE)
        fo = fo->parent;
    fo = fo ? fo->next : NULL;
    while (fo && fo->type == BN_FO_INLINE)
        fo = fo->first;
    return fo && fo->type == BN_FO_TEXT ? first_of(fo->text, fo->nbytes) : 0;
}

/* What a neighbour in the same word leaves free at its side. */
static bn_len
spare_of(const bn_ruby *r)
{
    const bn_len spare = (r->base_width - r->width) / 2;

    if (spare <= 0)
        return 0;
    return spare < r->style->size ? spare : r->style->size;
}

static bn_len
least_of(bn_len a, bn_len b)
{
    return a < b ? a : b;
}

void
bn_ruby_make_room(const bn_items *b, const bn_fo *fo, bn_ruby *const *r,
                  size_t n)
{
    const bool none = bn_fo_is(fo, BN_P_AXF_RUBY_OVERHANG, BN_K_NONE);
    const uint32_t before = none ? 0 : before_ruby(b);
    const uint32_t after = none ? 0 : after_ruby(fo);

    for (size_t i = 0; i < n; i++) {
        const bn_len excess = r[i]->width - r[i]->base_width;
        const bn_len half = excess / 2, em = r[i]->style->size;
        bn_len left = i ? spare_of(r[i - 1]) : lets_over(before) ? em : 0;
        bn_len right = i + 1 < n          ? spare_of(r[i + 1])
                       : lets_over(after) ? em
                                          : 0;

        if (excess <= 0)
            continue;
        if (none)
            left = right = 0;
        r[i]->room_before = half - least_of(left, half);
        r[i]->room_after = excess - half - least_of(right, excess - half);
    }
}
