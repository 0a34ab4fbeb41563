/* words.c - what changed between two texts, by words that stay whole. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "base/utf8.h"
#include "base/vec.h"

enum {
    MOST_EDITS = 2000, /* beyond it the rest counts as changed whole */
    KANA_ISLAND = 12,  /* bytes: four kana */
    SHORT_ISLAND = 6   /* bytes of agreement between two changes that only
                          disturb the reader: two kana */
};

/* A word: bytes from..to of its text. */
typedef struct word {
    uint32_t from, to;
    uint32_t hash;
} word;

typedef BN_VEC(word) words;

static bool
is_number(uint32_t c)
{
    static const uint32_t kanji[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                     0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D,
                                     0x5341, 0x767E, 0x5343, 0x4E07, 0x5143};

    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19) ||
        (c >= 0x2160 && c <= 0x217B))
        return true;
    for (size_t i = 0; i < sizeof kanji / sizeof kanji[0]; i++)
        if (kanji[i] == c)
            return true;
    return false;
}

/* What follows a number as its counter, or leads it in a citation. */
static bool
is_counter(uint32_t c)
{
    static const char counters[] =
        "年月日条項号編章節款目表人名件枚台回度版部種円時分秒点級";
    const char *p = counters, *end = counters + sizeof counters - 1;

    while (p < end)
        if (bn_u8_next(&p, end) == c)
            return true;
    return false;
}

/* Counters of two characters, which ICU keeps as a word. */
static bool
is_long_counter(const char *s, const word *w)
{
    static const char *const counters[] = {"年間", "週間", "日間", "時間",
                                           "分間", "か月", "箇月", "ヶ月"};

    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
        if (w->to - w->from == strlen(counters[i]) &&
            memcmp(s + w->from, counters[i], w->to - w->from) == 0)
            return true;
    return false;
}

enum { DAI = 0x7B2C /* 第 */ };

static uint32_t
first_of(const char *s, const word *w)
{
    const char *p = s + w->from;

    return bn_u8_next(&p, s + w->to);
}

static bool
all_number(const char *s, const word *w)
{
    const char *p = s + w->from;

    while (p < s + w->to)
        if (!is_number(bn_u8_next(&p, s + w->to)))
            return false;
    return true;
}

/* Do two neighbours make one word: 第＋三, 二十＋四, 三＋年, 第三＋号? */
static bool
belong_together(const char *s, const word *a, const word *b)
{
    const uint32_t head = first_of(s, a), next = first_of(s, b);
    const bool citation = head == DAI || is_number(head);

    if (head == DAI && a->to - a->from == 3)
        return is_number(next);
    if (!citation)
        return false;
    if (all_number(s, b))
        return true;
    return (is_counter(next) && b->to - b->from == 3) || is_long_counter(s, b);
}

static uint32_t
hash_word(const char *s, const word *w)
{
    uint32_t h = 2166136261u;

    for (uint32_t i = w->from; i < w->to; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

/* Kept from call to call by the caller: opening costs a dictionary. */
static void
split(UBreakIterator *it, const char *s, words *out)
{
    UErrorCode e = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    int32_t from = 0, to;

    out->n = 0;
    utext_openUTF8(&text, s, -1, &e);
    ubrk_setUText(it, &text, &e);
    if (U_FAILURE(e)) {
        utext_close(&text);
        return;
    }
    while ((to = ubrk_next(it)) != UBRK_DONE) {
        const word w = {(uint32_t)from, (uint32_t)to, 0};

        from = to;
        if (out->n > 0 && belong_together(s, &out->v[out->n - 1], &w))
            out->v[out->n - 1].to = w.to;
        else
            BN_PUSH(out) = w;
    }
    utext_close(&text);
    for (size_t i = 0; i < out->n; i++)
        out->v[i].hash = hash_word(s, &out->v[i]);
}

/* Two texts as words, being compared. */
typedef struct diff {
    const char *old, *new;
    words a, b;
    BN_VEC(bn_mark_span) spans;
} diff;

static bool
equal(const diff *d, size_t i, size_t j)
{
    const word *x = &d->a.v[i], *y = &d->b.v[j];

    return x->hash == y->hash && x->to - x->from == y->to - y->from &&
           memcmp(d->old + x->from, d->new + y->from, x->to - x->from) == 0;
}

/* Where a word begins; past the last: the end of the text. */
static uint32_t
start(const words *w, size_t i, const char *s)
{
    return i < w->n ? w->v[i].from : (uint32_t)strlen(s);
}

/* Agreement between two changes that only disturbs the reader: a few bytes,
 * or the ending of a word that is another word now (求め|られる, 考え|られる). */
static bool
is_island(const char *s, uint32_t from, uint32_t to)
{
    const char *p = s + from, *end = s + to;

    if (to - from <= SHORT_ISLAND)
        return true;
    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        if (c < 0x3041 || c > 0x3096)
            return false;
    }
    return to - from <= KANA_ISLAND;
}

static void
add_span(diff *d, size_t a0, size_t a1, size_t b0, size_t b1)
{
    const bn_mark_span span = {
        start(&d->a, a0, d->old), start(&d->a, a1, d->old),
        start(&d->b, b0, d->new), start(&d->b, b1, d->new)};
    bn_mark_span *last = d->spans.n ? &d->spans.v[d->spans.n - 1] : NULL;

    if (last && is_island(d->old, last->old_to, span.old_from)) {
        last->old_to = span.old_to;
        last->new_to = span.new_to;
        return;
    }
    BN_PUSH(&d->spans) = span;
}

/*
 * Shortest edit script (Myers 1986) of words a0..a1, b0..b1 without common
 * ends, kept as one row of furthest points an edit. Gives up at MOST_EDITS:
 * then all of it counts as changed.
 */
static void
compare_range(diff *d, size_t a0, size_t a1, size_t b0, size_t b1)
{
    const int n = (int)(a1 - a0), m = (int)(b1 - b0);
    const int most = n + m < MOST_EDITS ? n + m : MOST_EDITS;
    int *row = calloc((size_t)(2 * most + 3), sizeof *row);
    int **rows = calloc((size_t)most + 1, sizeof *rows);
    int edits = -1;

    if (row == NULL || rows == NULL)
        goto whole;
    for (int e = 0; e <= most && edits < 0; e++) {
        for (int k = -e; k <= e; k += 2) {
            int *v = row + most + 1;
            int x = k == -e || (k != e && v[k - 1] < v[k + 1]) ? v[k + 1]
                                                               : v[k - 1] + 1;

            while (x < n && x - k < m && x - k >= 0 &&
                   equal(d, a0 + (size_t)x, b0 + (size_t)(x - k)))
                x++;
            v[k] = x;
            if (x >= n && x - k >= m) {
                edits = e;
                break;
            }
        }
        rows[e] = malloc(sizeof **rows * (size_t)(2 * e + 3));
        if (rows[e] == NULL)
            goto whole;
        memcpy(rows[e], row + most + 1 - e - 1,
               sizeof **rows * (size_t)(2 * e + 3));
    }
    if (edits < 0)
        goto whole;
    { /* walk back, noting each edit; spans come out last first */
        BN_VEC(bn_mark_span) back = {0};
        int x = n, y = m;

        for (int e = edits; e > 0; e--) {
            const int *v = rows[e - 1] + e; /* v[k] of the row before */
            const int k = x - y;
            const bool down = k == -e || (k != e && v[k - 1] < v[k + 1]);
            const int px = down ? v[k + 1] : v[k - 1];
            const int py = px - (down ? k + 1 : k - 1);
            const int sx = down ? px : px + 1; /* after the edit */

            BN_PUSH(&back) = (bn_mark_span){(uint32_t)px, (uint32_t)sx,
                                            (uint32_t)py, (uint32_t)(sx - k)};
            x = px;
            y = py;
        }
        while (back.n > 0) {
            const bn_mark_span s = back.v[--back.n];

            add_span(d, a0 + s.old_from, a0 + s.old_to, b0 + s.new_from,
                     b0 + s.new_to);
        }
        BN_VEC_FREE(&back);
    }
    goto out;
whole:
    add_span(d, a0, a1, b0, b1);
out:
    for (int e = 0; rows && e <= most; e++)
        free(rows[e]);
    free(rows);
    free(row);
}

static void
compare(diff *d)
{
    size_t a0 = 0, b0 = 0, a1 = d->a.n, b1 = d->b.n;

    while (a0 < a1 && b0 < b1 && equal(d, a0, b0))
        a0++, b0++;
    while (a1 > a0 && b1 > b0 && equal(d, a1 - 1, b1 - 1))
        a1--, b1--;
    if (a0 < a1 && b0 < b1)
        compare_range(d, a0, a1, b0, b1);
    else if (a0 < a1 || b0 < b1)
        add_span(d, a0, a1, b0, b1);
}

void
bn_compare_words(bn_arena *a, const char *old, const char *new,
                 const bn_mark_span **spans, uint32_t *n)
{
    UErrorCode e = U_ZERO_ERROR;
    UBreakIterator *it = ubrk_open(UBRK_WORD, "ja", NULL, 0, &e);
    diff d = {.old = old, .new = new};

    if (U_SUCCESS(e)) {
        split(it, old, &d.a);
        split(it, new, &d.b);
        ubrk_close(it);
        compare(&d);
    } else {
        BN_PUSH(&d.spans) =
            (bn_mark_span){0, (uint32_t)strlen(old), 0, (uint32_t)strlen(new)};
    }
    *spans = bn_arena_copy(a, d.spans.v, d.spans.n * sizeof *d.spans.v);
    *n = (uint32_t)d.spans.n;
    BN_VEC_FREE(&d.a);
    BN_VEC_FREE(&d.b);
    BN_VEC_FREE(&d.spans);
}
