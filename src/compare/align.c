/* align.c - which provision became which.
 *
 * Four rounds, each over what the earlier ones left: equal words in order;
 * equal words anywhere (moved); the most alike, found by the rare pairs of
 * characters that two texts share and by the address; the same address, or
 * the same number under what became of its parent.
 * What is left was added or deleted, split off or merged in. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    ALIKE_SAME_PLACE = 30, /* percent: enough where the address agrees */
    ALIKE_ELSEWHERE = 60,
    BONUS = 20,   /* for the same place, the same caption */
    PART_OF = 80, /* percent of a piece found in a larger text */
    RARE = 12,    /* a pair in more provisions tells nothing */
    MOST_CANDIDATES = 16
};

/* Pairs of neighbouring characters of a text, as sorted numbers. */
typedef struct grams {
    const uint64_t *v;
    uint32_t n;
} grams;

typedef struct side {
    const bn_provisions *p;
    grams *grams;
    int32_t *match; /* index on the other side, -1 none */
} side;

typedef struct align {
    bn_arena *a;
    side old, new;
} align;

static int
by_value(const void *x, const void *y)
{
    const uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

    return (a > b) - (a < b);
}

static grams
make_grams(bn_arena *a, const char *s)
{
    const char *p = s, *end = s + strlen(s);
    BN_VEC(uint64_t) list = {0};
    uint32_t last = 0;
    grams g;

    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        if (last)
            BN_PUSH(&list) = (uint64_t)last << 32 | c;
        last = c;
    }
    if (list.n == 0 && last)
        BN_PUSH(&list) = last;
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_value);
    g = (grams){bn_arena_copy(a, list.v, list.n * sizeof *list.v),
                (uint32_t)list.n};
    BN_VEC_FREE(&list);
    return g;
}

static uint32_t
common(const grams *x, const grams *y)
{
    uint32_t i = 0, j = 0, n = 0;

    while (i < x->n && j < y->n) {
        if (x->v[i] == y->v[j])
            n++, i++, j++;
        else if (x->v[i] < y->v[j])
            i++;
        else
            j++;
    }
    return n;
}

/* Likeness in percent (Dice). */
static int
alike(const grams *x, const grams *y)
{
    const uint32_t all = x->n + y->n;

    return all ? (int)(200ULL * common(x, y) / all) : 100;
}

/* Caption and words: what makes two provisions equal. */
static const char *
content_of(bn_arena *a, const bn_provision *p)
{
    return bn_arena_printf(a, "%s\n%s", p->caption, p->text);
}

static void
pair(align *al, int32_t old, int32_t new)
{
    al->old.match[old] = new;
    al->new.match[new] = old;
}

static void
prepare(align *al, side *s, const bn_provisions *p)
{
    s->p = p;
    s->grams = BN_NEWS(al->a, grams, p->n);
    s->match = BN_NEWS(al->a, int32_t, p->n);
    for (size_t i = 0; i < p->n; i++) {
        s->grams[i] = make_grams(al->a, p->v[i].text);
        s->match[i] = -1;
    }
}

/* Chain of provisions with the same key, in order. */
typedef struct chain {
    int32_t at;
    struct chain *next;
} chain;

typedef struct queue {
    chain *first, *last;
} queue;

static void
push_chain(bn_arena *a, bn_map *m, const char *key, int32_t at)
{
    bn_map_value *v = bn_map_puts(m, key);
    chain *c = BN_NEW(a, chain);
    queue *q = v->p;

    c->at = at;
    if (q == NULL)
        v->p = q = BN_NEW(a, queue);
    if (q->last)
        q->last->next = c;
    else
        q->first = c;
    q->last = c;
}

/* The first of those with this key that are not matched yet. */
static const chain *
waiting(const align *al, const bn_map *m, const char *key)
{
    const bn_map_value *v = bn_map_finds(m, key);
    queue *q = v ? v->p : NULL;

    while (q && q->first && al->old.match[q->first->at] >= 0)
        q->first = q->first->next;
    return q ? q->first : NULL;
}

/* Does the parent of one lie with the parent of the other? */
static bool
parents_agree(const align *al, int32_t old, int32_t new)
{
    const int32_t a = al->old.p->v[old].parent, b = al->new.p->v[new].parent;

    return (a < 0 && b < 0) || (a >= 0 && b >= 0 && al->old.match[a] == b);
}

/*
 * Equal keys: address and words, then words under a parent that agrees, then
 * words alone when they stand once on each side.
 */
static void
match_keys(align *al, const char *(*key)(bn_arena *, const bn_provision *),
           bool only_unique, bool same_parent)
{
    bn_map *m = bn_map_new(al->a), *seen = bn_map_new(al->a);

    for (size_t i = 0; i < al->old.p->n; i++)
        if (al->old.match[i] < 0) {
            const char *k = key(al->a, &al->old.p->v[i]);
            bn_map_value *v = bn_map_puts(seen, k);

            if (++v->n <= RARE) /* longer chains tell nothing */
                push_chain(al->a, m, k, (int32_t)i);
        }
    for (size_t j = 0; j < al->new.p->n; j++) {
        const char *k = key(al->a, &al->new.p->v[j]);
        const chain *c = al->new.match[j] < 0 ? waiting(al, m, k) : NULL;

        if (only_unique && c && bn_map_finds(seen, k)->n > 1)
            continue;
        for (; c; c = c->next)
            if (al->old.match[c->at] < 0 &&
                (!same_parent || parents_agree(al, c->at, (int32_t)j))) {
                pair(al, c->at, (int32_t)j);
                break;
            }
    }
}

static const char *
path_and_content(bn_arena *a, const bn_provision *p)
{
    return bn_arena_printf(a, "%s\n%s", p->path, content_of(a, p));
}

static const char *
long_content(bn_arena *a, const bn_provision *p)
{
    /* "［略］" or a bare number is in a hundred places. */
    if (strlen(p->text) + strlen(p->caption) < 24)
        return bn_arena_printf(a, "%p", (const void *)p);
    return content_of(a, p);
}

/* The same title under parents that became each other, words alike. */
static void
match_places(align *al)
{
    bn_map *m = bn_map_new(al->a);

    for (size_t i = 0; i < al->old.p->n; i++)
        if (al->old.match[i] < 0)
            push_chain(al->a, m, al->old.p->v[i].path, (int32_t)i);
    for (size_t j = 0; j < al->new.p->n; j++) {
        const chain *c =
            al->new.match[j] < 0 ? waiting(al, m, al->new.p->v[j].path) : NULL;

        for (int k = 0; c && k < RARE; c = c->next, k++) {
            const bn_provision *x = &al->old.p->v[c->at];
            const bn_provision *y = &al->new.p->v[j];
            const bool empty = x->text[0] == '\0' && y->text[0] == '\0';

            if (al->old.match[c->at] < 0 &&
                ((empty && strcmp(x->caption, y->caption) == 0) ||
                 (!empty && alike(&al->old.grams[c->at], &al->new.grams[j]) >=
                                ALIKE_SAME_PLACE))) {
                pair(al, c->at, (int32_t)j);
                break;
            }
        }
    }
}

/* The same number under parents that became each other, wherever these stand
 * now, words alike. */
static void
match_children(align *al)
{
    bn_map *m = bn_map_new(al->a);

    for (size_t i = 0; i < al->old.p->n; i++) {
        const bn_provision *x = &al->old.p->v[i];

        if (al->old.match[i] < 0 && x->parent >= 0 && x->title[0])
            bn_map_puts(m, bn_arena_printf(al->a, "%d/%s", (int)x->parent,
                                           x->title))
                ->n = i + 1;
    }
    for (size_t j = 0; j < al->new.p->n; j++) {
        const bn_provision *y = &al->new.p->v[j];
        const int32_t parent =
            y->parent < 0 ? -1 : al->new.match[y->parent];
        const bn_map_value *v;
        int32_t old;

        if (al->new.match[j] >= 0 || parent < 0)
            continue;
        v = bn_map_finds(
            m, bn_arena_printf(al->a, "%d/%s", (int)parent, y->title));
        old = v && v->n ? (int32_t)v->n - 1 : -1;
        if (old >= 0 && al->old.match[old] < 0 &&
            alike(&al->old.grams[old], &al->new.grams[j]) >= ALIKE_SAME_PLACE)
            pair(al, old, (int32_t)j);
    }
}

/* From a pair of characters to the old provisions that hold it, at most RARE
 * of them. */
typedef struct posting {
    int32_t at[RARE];
    int n;
} posting;

static bn_map *
index_old(align *al, bool all)
{
    bn_map *m = bn_map_new(al->a);

    for (size_t i = 0; i < al->old.p->n; i++)
        for (uint32_t g = 0; g < al->old.grams[i].n; g++) {
            const uint64_t *key = &al->old.grams[i].v[g];
            bn_map_value *v;
            posting *p;

            if ((!all && al->old.match[i] >= 0) || (g > 0 && key[-1] == *key))
                continue;
            v = bn_map_put(m, key, sizeof *key, NULL);
            if (v->p == NULL)
                v->p = BN_NEW(al->a, posting);
            p = v->p;
            if (p->n < RARE)
                p->at[p->n] = (int32_t)i;
            p->n++;
        }
    return m;
}

/* Old provisions that share rare pairs with these, each once, most shared
 * first as far as MOST_CANDIDATES goes. */
static int
candidates(const bn_map *index, const grams *g, int32_t out[MOST_CANDIDATES])
{
    int count[MOST_CANDIDATES], n = 0;

    for (uint32_t i = 0; i < g->n; i++) {
        const bn_map_value *v = bn_map_find(index, &g->v[i], sizeof g->v[i]);
        const posting *p = v ? v->p : NULL;

        for (int k = 0; p && p->n <= RARE && k < p->n; k++) {
            int c = 0;

            while (c < n && out[c] != p->at[k])
                c++;
            if (c < n) {
                count[c]++;
            } else if (n < MOST_CANDIDATES) {
                out[n] = p->at[k];
                count[n++] = 1;
            }
        }
    }
    return n;
}

/* A possible pair with its likeness. */
typedef struct guess {
    int score;
    int32_t old, new;
} guess;

static int
best_first(const void *x, const void *y)
{
    const guess *a = x, *b = y;

    if (a->score != b->score)
        return b->score - a->score;
    return a->new != b->new ? a->new - b->new : a->old - b->old;
}

/* How much speaks for a pair, 0: too little. Place and caption count beside
 * the words: 第五条（廃止） is not 第五条（記録） because both end alike. */
static int
judge_guess(const align *al, int32_t old, int32_t new)
{
    const bn_provision *x = &al->old.p->v[old], *y = &al->new.p->v[new];
    const int words = alike(&al->old.grams[old], &al->new.grams[new]);
    const bool place = strcmp(x->path, y->path) == 0;

    if (words < (place ? ALIKE_SAME_PLACE : ALIKE_ELSEWHERE))
        return 0;
    return words + (place ? BONUS : 0) +
           (x->caption[0] && strcmp(x->caption, y->caption) == 0 ? BONUS : 0);
}

static void
match_alike(align *al)
{
    const bn_map *index = index_old(al, false);
    bn_map *places = bn_map_new(al->a);
    BN_VEC(guess) list = {0};

    for (size_t i = 0; i < al->old.p->n; i++)
        if (al->old.match[i] < 0 && al->old.grams[i].n > 0)
            push_chain(al->a, places, al->old.p->v[i].path, (int32_t)i);

    for (size_t j = 0; j < al->new.p->n; j++) {
        int32_t found[MOST_CANDIDATES + 1];
        const chain *same;
        int n;

        if (al->new.match[j] >= 0 || al->new.grams[j].n == 0)
            continue;
        n = candidates(index, &al->new.grams[j], found);
        same = waiting(al, places, al->new.p->v[j].path);
        if (same) /* may stand in the list twice, which does no harm */
            found[n++] = same->at;
        for (int k = 0; k < n; k++) {
            const int score = judge_guess(al, found[k], (int32_t)j);

            if (score > 0)
                BN_PUSH(&list) = (guess){score, found[k], (int32_t)j};
        }
    }
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, best_first);
    for (size_t i = 0; i < list.n; i++)
        if (al->old.match[list.v[i].old] < 0 &&
            al->new.match[list.v[i].new] < 0)
            pair(al, list.v[i].old, list.v[i].new);
    BN_VEC_FREE(&list);
}

/* Of a piece, how much in percent a larger text holds. */
static int
share_in(const grams *piece, const grams *whole)
{
    return piece->n ? (int)(100ULL * common(piece, whole) / piece->n) : 0;
}

/* The matched old provision that a new piece was cut out of, or -1. */
static int32_t
source_of(align *al, const bn_map *index, const grams *piece)
{
    int32_t found[MOST_CANDIDATES];
    const int n = candidates(index, piece, found);

    for (int k = 0; k < n; k++)
        if (al->old.match[found[k]] >= 0 &&
            al->old.grams[found[k]].n > piece->n &&
            share_in(piece, &al->old.grams[found[k]]) >= PART_OF &&
            share_in(piece, &al->new.grams[al->old.match[found[k]]]) < PART_OF)
            return found[k];
    return -1;
}

/* The new provision that took in an old one which has no successor. */
static int32_t
taken_in_by(align *al, int32_t old)
{
    /* Its neighbours' successors are where it can have gone. */
    for (int32_t d = 1; d <= 4; d++)
        for (int32_t s = -1; s <= 1; s += 2) {
            const int32_t near = old + s * d;
            int32_t to;

            if (near < 0 || (size_t)near >= al->old.p->n)
                continue;
            to = al->old.match[near];
            if (to >= 0 &&
                share_in(&al->old.grams[old], &al->new.grams[to]) >= PART_OF &&
                share_in(&al->old.grams[old], &al->old.grams[near]) < PART_OF)
                return to;
        }
    return -1;
}

static bn_pair
judge(align *al, int32_t old, int32_t new)
{
    const bn_provision *x = &al->old.p->v[old], *y = &al->new.p->v[new];
    bn_pair p = {.old = old, .new = new, .change = BN_SAME};

    if (strcmp(x->text, y->text) != 0 || strcmp(x->caption, y->caption) != 0) {
        p.change = BN_CHANGED;
        bn_compare_words(al->a, x->text, y->text, &p.spans, &p.nspans);
    } else if (strcmp(x->path, y->path) != 0 &&
               strcmp(x->title, y->title) != 0) {
        p.change = BN_RENUMBERED;
    }
    return p;
}

/*
 * Which matched pairs keep their order: the longest increasing run of old
 * indices over the new order; the others were moved.
 */
static void
find_moved(align *al, bool *moved)
{
    const size_t n = al->new.p->n;
    int32_t *tails = BN_NEWS(al->a, int32_t, n + 1);
    int32_t *before = BN_NEWS(al->a, int32_t, n + 1);
    int32_t length = 0, at = -1;

    for (size_t j = 0; j < n; j++) {
        const int32_t old = al->new.match[j];
        int32_t low = 0, high = length;

        moved[j] = old >= 0;
        if (old < 0)
            continue;
        while (low < high) {
            const int32_t middle = (low + high) / 2;

            if (al->new.match[tails[middle]] < old)
                low = middle + 1;
            else
                high = middle;
        }
        before[j] = low > 0 ? tails[low - 1] : -1;
        tails[low] = (int32_t)j;
        if (low == length)
            length++;
    }
    if (length > 0)
        at = tails[length - 1];
    for (; at >= 0; at = before[at])
        moved[at] = false;
}

typedef BN_VEC(bn_pair) pairs;

/* Old provisions without a successor that stood before `until`. */
static void
add_deleted(align *al, pairs *list, int32_t *next, int32_t until)
{
    for (; *next < until; ++*next) {
        const bn_pair p = {.old = *next, .new = -1, .change = BN_DELETED};

        if (al->old.match[*next] >= 0)
            continue;
        BN_PUSH(list) = p;
        if (taken_in_by(al, *next) >= 0)
            list->v[list->n - 1].change = BN_MERGED;
    }
}

static void
list_pairs(align *al, bn_comparison *out)
{
    const bn_map *index = index_old(al, true);
    bool *moved = BN_NEWS(al->a, bool, al->new.p->n + 1);
    pairs list = {0};
    int32_t next = 0;

    find_moved(al, moved);
    for (size_t j = 0; j < al->new.p->n; j++) {
        const int32_t old = al->new.match[j];
        bn_pair p = {.old = -1, .new = (int32_t)j, .change = BN_ADDED};

        if (old >= 0 && !moved[j])
            add_deleted(al, &list, &next, old);
        if (old >= 0) {
            p = judge(al, old, (int32_t)j);
            p.moved = moved[j];
        } else if (source_of(al, index, &al->new.grams[j]) >= 0) {
            p.change = BN_SPLIT;
        }
        BN_PUSH(&list) = p;
    }
    add_deleted(al, &list, &next, (int32_t)al->old.p->n);
    out->pairs = bn_arena_copy(al->a, list.v, list.n * sizeof *list.v);
    out->npairs = list.n;
    BN_VEC_FREE(&list);
}

void
bn_compare(bn_arena *a, const bn_provisions *old, const bn_provisions *new,
           bn_comparison *out)
{
    align al = {.a = a};

    prepare(&al, &al.old, old);
    prepare(&al, &al.new, new);
    match_keys(&al, path_and_content, false, false);
    match_keys(&al, content_of, false, true);
    match_keys(&al, long_content, true, false);
    match_alike(&al);
    match_places(&al);
    match_children(&al);
    match_keys(&al, content_of, false, true); /* short ones, parents known */
    out->old = *old;
    out->new = *new;
    list_pairs(&al, out);
}
