/* ruby.c - how far an annotation that is longer than its base may stand over
 * what is beside it, what room the base gets for the rest, and where the
 * annotations of a line stand (JLREQ 3.3.5 to 3.3.8). */
#include "layout/inline.h"

#include "base/utf8.h"

static bn_len
least_of(bn_len a, bn_len b)
{
    return a < b ? a : b;
}

static bn_len
most_of(bn_len a, bn_len b)
{
    return a > b ? a : b;
}

/* ------------------------------------------------ over what stands beside */

enum { WORD_MAX = 64 };

enum reach { NONE, HALF, FULL };

/* How much of an em of its own an annotation may reach over a character: kana,
 * marks with half an em of body and half an em of space, spaces: one; a middle
 * dot's quarter and the quarter beside Western text: a half; kanji: none. */
static const struct {
    uint32_t first, last;
    uint8_t reach;
} reaches[] = {
    {0x0021, 0x024f, HALF}, {0x2014, 0x2015, FULL}, {0x2018, 0x2019, FULL},
    {0x201c, 0x201d, FULL}, {0x2025, 0x2026, FULL}, {0x3000, 0x3002, FULL},
    {0x3008, 0x3011, FULL}, {0x3014, 0x301b, FULL}, {0x301d, 0x301f, FULL},
    {0x3033, 0x3035, FULL}, {0x3041, 0x309a, FULL}, {0x309d, 0x309e, FULL},
    {0x30a1, 0x30fa, FULL}, {0x30fb, 0x30fb, HALF}, {0x30fc, 0x30fe, FULL},
    {0x31f0, 0x31ff, FULL}, {0xff08, 0xff09, FULL}, {0xff0c, 0xff0c, FULL},
    {0xff0e, 0xff0e, FULL}, {0xff1a, 0xff1b, HALF}, {0xff3b, 0xff3b, FULL},
    {0xff3d, 0xff3d, FULL}, {0xff5b, 0xff5b, FULL}, {0xff5d, 0xff5d, FULL},
};

static bn_len
reach_over(uint32_t cp, bn_len em)
{
    for (size_t i = 0; i < sizeof reaches / sizeof reaches[0]; i++)
        if (cp >= reaches[i].first && cp <= reaches[i].last)
            return reaches[i].reach == FULL ? em : em / 2;
    return 0;
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

/* The character that stands before what is collected next; 0: none, or the
 * base of another annotation, which has the better right. */
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

bn_len
bn_ruby_base(const bn_ruby *r)
{
    const bn_len gaps = r->base_letters > 1 ? (bn_len)r->base_letters - 1 : 0;

    return r->base_width + gaps * r->base_gap;
}

/* ------------------------------------------------------ where they stand */

static bn_len
excess_of(const bn_ruby *r)
{
    return most_of(r->width - r->base_width, 0);
}

/* Centred over its base; what is longer than it leans over the next base of
 * the word, or for the last one over the one before. */
static bn_len
preferred(const bn_ruby_place *p, size_t i, size_t n)
{
    const bn_len spare = p->to - p->from - p->ruby->width;
    const bn_keyword align = bn_fo_keyword(p->ruby->fo, BN_P_AXF_RUBY_ALIGN);

    if (align == BN_K_START || align == BN_K_END)
        return align == BN_K_START ? p->from : p->from + spare;
    if (spare >= 0 || n == 1 || p->ruby->room_before || p->ruby->room_after)
        return p->from + spare / 2;
    return i + 1 < n ? p->from : p->from + spare;
}

bn_len
bn_ruby_set(bn_ruby_place *p, size_t n, bn_len low, bn_len high)
{
    bn_len short_by = 0;

    for (size_t i = 0; i < n; i++) {
        const bn_len em = p[i].ruby->style->size;
        const bn_len least =
            i ? most_of(p[i].from - em, p[i - 1].x + p[i - 1].ruby->width)
              : low;

        p[i].x = most_of(preferred(&p[i], i, n), least);
    }
    for (size_t i = n; i-- > 0;) {
        const bn_ruby *r = p[i].ruby;
        const bn_len end =
            i + 1 < n ? least_of(p[i].to + r->style->size, p[i + 1].x) : high;

        p[i].x = least_of(p[i].x, end - r->width);
    }
    for (size_t i = 0; i < n; i++) {
        const bn_len least = i ? p[i].from - p[i].ruby->style->size : low;

        short_by = most_of(short_by, least - p[i].x);
    }
    /* What has no room at all sticks out behind, not into what it follows. */
    for (size_t i = 0; i < n; i++) {
        const bn_len least = i ? p[i - 1].x + p[i - 1].ruby->width : low;

        p[i].x = most_of(p[i].x, least);
    }
    return short_by;
}

/* ------------------------------------------------------------------ rooms */

/* One base alone: what may not stand over its neighbours opens the base, and
 * between several characters twice as much as at its ends. */
static void
open_base(bn_ruby *r, bn_len left, bn_len right)
{
    const bn_len excess = excess_of(r), half = excess / 2;
    const bn_len over_left = least_of(left, half);
    const bn_len over_right = least_of(right, excess - half);
    const bn_len need = excess - over_left - over_right;

    if (r->base_letters > 1) {
        r->base_gap = need / (bn_len)r->base_letters;
        r->room_before = r->base_gap / 2;
        r->room_after =
            need - r->room_before - r->base_gap * ((bn_len)r->base_letters - 1);
    } else {
        r->room_before = half - over_left;
        r->room_after = excess - half - over_right;
    }
}

/* The word as it would stand by itself; what it is too long by. */
static bn_len
try_word(const bn_ruby_word *w, bn_ruby_place *p, bn_len left, bn_len right)
{
    bn_len x = 0;

    for (size_t i = 0; i < w->n; i++) {
        x += w->pairs[i]->room_before;
        p[i] = (bn_ruby_place){
            .ruby = w->pairs[i], .from = x, .to = x + w->pairs[i]->base_width};
        x = p[i].to + w->pairs[i]->room_after;
    }
    return bn_ruby_set(p, w->n, -left, x + right);
}

/* Room for a compound: what its annotations are too long by together, shared
 * over the bases whose own is too long. */
static void
open_word(const bn_ruby_word *w, bn_len need)
{
    bn_len k = 0;

    for (size_t i = 0; i < w->n; i++)
        k += excess_of(w->pairs[i]) > 0;
    for (size_t i = 0; i < w->n && k > 0; i++) {
        const bn_len share = excess_of(w->pairs[i]) > 0 ? need / k : 0;

        if (excess_of(w->pairs[i]) > 0)
            k--;
        need -= share;
        w->pairs[i]->room_before += share / 2;
        w->pairs[i]->room_after += share - share / 2;
    }
}

/* May a line end between base i and the next? Only where the annotations of
 * both parts stand over their own bases, for each is then set anew. */
static bool
parts_stand(const bn_ruby_word *w, bn_ruby_place *p, size_t i)
{
    bn_ruby_word part = {w->pairs, i + 1, 0, 0};

    if (try_word(&part, p, w->left, 0) > 0)
        return false;
    part = (bn_ruby_word){w->pairs + i + 1, w->n - i - 1, 0, 0};
    return try_word(&part, p, 0, w->right) == 0;
}

/* First over the bases of the word itself, then over its neighbours, then the
 * bases part (JLREQ 3.3.7). */
static void
make_word_room(const bn_items *b, bn_ruby_word *w, bn_len left, bn_len right)
{
    bn_ruby_place *p = BN_NEWS(b->ctx->lines, bn_ruby_place, w->n);
    bn_len need;

    if (try_word(w, p, 0, 0) > 0) {
        w->left = left;
        w->right = right;
    }
    for (int i = 0; i < 4 && (need = try_word(w, p, w->left, w->right)) > 0;
         i++)
        open_word(w, need);
    /* Longer compounds than this are not worth the trouble. */
    for (size_t i = 0; i + 1 < w->n && w->n <= WORD_MAX; i++)
        w->pairs[i]->tied = !parts_stand(w, p, i);
}

void
bn_ruby_make_room(const bn_items *b, const bn_fo *fo, bn_ruby_word *w)
{
    const bool none = bn_fo_is(fo, BN_P_AXF_RUBY_OVERHANG, BN_K_NONE);
    bn_len left, right;

    for (size_t i = 0; i < w->n; i++)
        w->pairs[i]->word = w;
    if (w->n == 0)
        return;
    left = none ? 0 : reach_over(before_ruby(b), w->pairs[0]->style->size);
    right =
        none ? 0 : reach_over(after_ruby(fo), w->pairs[w->n - 1]->style->size);
    if (w->n > 1) {
        make_word_room(b, w, left, right);
        return;
    }
    w->left = left;
    w->right = right;
    if (excess_of(w->pairs[0]) > 0)
        open_base(w->pairs[0], left, right);
}
