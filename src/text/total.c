/* Line ends for a whole paragraph at once, by least total demerits (Knuth and
 * Plass), over the same widths as the greedy choice. For Western text, where
 * Apache FOP does so with these figures, and for axf:line-break="bpil". */
#include "text/lines.h"

#include <math.h>
#include <stdlib.h>

/* How far a ragged line may fall short without being bad, at each side. */
enum { RAGGED = 10008 };
#define FLAGGED_PENALTY 50.0
#define FLAGGED_TWICE 50.0
#define FITNESS_APART 50.0
#define NO_NODE SIZE_MAX

typedef struct node {
    size_t first; /* visible unit that the next line begins with */
    size_t brk;   /* visible unit that this one ends behind */
    size_t prev;  /* index of the node before, or NO_NODE */
    size_t next;  /* in the list of active ones, by lines, then by age */
    size_t line;  /* lines so far */
    double demerits;
    double ratio; /* of the line that ends here */
    int fitness;
    bool flagged;
    int32_t hyphens; /* hyphenated lines in a row up to here */
} node;

typedef struct total {
    setter *t;
    size_t from, end;         /* visible units */
    int64_t *x, *less, *more; /* sums before visible unit from + i */
    BN_VEC(node) nodes;
    size_t active; /* first of the list */
    double threshold;
    bool hyphens;  /* words may be divided */
    bool ends_justified; /* the last line is, the others are not */
    bool forced;   /* a way must be found */
    /* In forced mode: the least bad of the lines that are no good, since the
     * last good one (too short) or at this place (too long); and the last node
     * that was dropped at this place, the one gone on from last. */
    node too_short, too_long;
    size_t dropped, rescued;
} total;

static const unit *
seen(const total *k, size_t v)
{
    return &k->t->p->units[k->t->p->visible[v]];
}

/* What a unit and the gap behind it add to a line that goes on. */
static void
add_sums(total *k, size_t v)
{
    const unit *u = seen(k, v);
    const size_t i = v - k->from;
    int64_t less = 0, more = 0;

    if (u->kind == BN_ITEM_LEADER && !k->t->reduces && !k->ends_justified) {
        ; /* a ragged line leaves leaders as long as they are */
    } else if (u->kind == BN_ITEM_LEADER) {
        const bn_item *it = &k->t->p->items[u->item];

        less = it->width > it->min ? it->width - it->min : 0;
        more = it->max > it->width ? it->max - it->width : 0;
    } else if (k->ends_justified && (u->flags & UNIT_SPACE)) {
        more = u->more;
    } else if (k->t->reduces) {
        less = bn_space_less(k->t->p->style, u->less) +
               bn_gap_less(k->t->p->style, u->before_kind, u->before) +
               bn_gap_less(k->t->p->style, u->after_kind, u->after);
        more = u->more;
        if (k->t->p->japanese && (u->grow == 2 || u->grow == 3))
            more += u->em / 4;
    }
    k->x[i + 1] =
        k->x[i] + u->lead + u->adv + u->tail + u->before + u->after + u->letter;
    k->less[i + 1] = k->less[i] + less;
    k->more[i + 1] = k->more[i] + more;
}

static size_t
skip_dropped(const total *k, size_t v)
{
    while (v < k->end && (seen(k, v)->flags & UNIT_DROPS))
        v++;
    return v;
}

/* The adjustment ratio of the line from a node to visible unit v. */
static double
ratio(const total *k, const node *a, size_t v, bool final)
{
    const setter *t = k->t;
    const unit *u;
    size_t last = v;
    int64_t width, natural, spare, more, less;
    bn_len extra = 0;

    while (last > a->first && (seen(k, last)->flags & UNIT_DROPS))
        last--;
    u = seen(k, last);
    natural = k->x[last - k->from] - k->x[a->first - k->from] + u->lead +
              u->adv + u->tail + bn_end_space(t, u) +
              bn_head_space(t, seen(k, a->first), a->line == 0);
    if (!final && seen(k, v)->brk == BREAK_HYPHEN)
        natural += bn_hyphen_width(seen(k, v));
    width = t->m->width_of ? t->m->width_of(t->m->user, a->line, &extra)
                           : t->m->width;
    width -= a->line == 0 ? t->m->text_indent : 0;
    if (final)
        width -= t->m->last_end_indent;
    more = k->more[last - k->from] - k->more[a->first - k->from];
    less = k->less[last - k->from] - k->less[a->first - k->from];
    if (bn_end_space_goes(t, u))
        less += bn_end_space(t, u);
    if (k->ends_justified)
        ; /* its spaces alone, on all lines */
    else if (t->m->align == BN_ALIGN_CENTER) /* the last line like others */
        more += 2 * RAGGED;
    else if (final && t->m->align_last != BN_ALIGN_JUSTIFY)
        more += t->m->width;
    else if (!t->reduces)
        more += RAGGED;
    spare = width - natural;
    if (spare == 0)
        return 0;
    if (spare > 0)
        return more > 0 ? (double)spare / (double)more : 1000;
    return less > 0 ? (double)spare / (double)less : -1000;
}

static int
fitness_of(double r)
{
    return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static double
demerits_of(const total *k, const node *a, double r, size_t v, bool final)
{
    const bool flagged = !final && seen(k, v)->brk == BREAK_HYPHEN;
    const double f =
        1 + 100 * fabs(r) * r * r + (flagged ? FLAGGED_PENALTY : 0);
    double d = f * f + a->demerits;

    if (flagged && a->flagged)
        d += FLAGGED_TWICE;
    if (abs(fitness_of(r) - a->fitness) > 1)
        d += FITNESS_APART;
    return d;
}

/* Where all lines but the first are as wide, ways with more and with fewer
 * lines to one place go on alike, and the best of them is enough: the time is
 * linear then. */
static size_t
line_after(const total *k, const node *from)
{
    return k->t->m->width_of || from->line == 0 ? from->line + 1 : from->line;
}

/* A node for the line from a to behind v. */
static node
make_node(const total *k, size_t a, size_t v, double r, double demerits)
{
    const node *from = &k->nodes.v[a];
    const bool flagged = v + 1 < k->end && seen(k, v)->brk == BREAK_HYPHEN;

    return (node){.first = skip_dropped(k, v + 1),
                  .brk = v,
                  .prev = a,
                  .line = line_after(k, from),
                  .demerits = demerits,
                  .ratio = r,
                  .fitness = fitness_of(r),
                  .flagged = flagged,
                  .hyphens = flagged ? from->hyphens + 1 : 0};
}

/* Make a node active: behind those of as many lines. */
static void
activate(total *k, size_t i)
{
    node *n = &k->nodes.v[i];
    size_t *link = &k->active;

    while (*link != NO_NODE && k->nodes.v[*link].line <= n->line)
        link = &k->nodes.v[*link].next;
    n->next = *link;
    *link = i;
}

/* Would a hyphen be one too many in a row? */
static bool
is_over_ladder(const total *k, const node *a)
{
    const int32_t ladder = k->t->p->style->hyphen_ladder;

    return ladder > 0 && a->hyphens >= ladder;
}

/* Of dropped nodes the furthest counts, of those at one place the better. */
static void
drop(total *k, size_t *link)
{
    const size_t i = *link;
    const node *n = &k->nodes.v[i], *d;

    *link = n->next;
    if (k->dropped != NO_NODE) {
        d = &k->nodes.v[k->dropped];
        if (n->first < d->first ||
            (n->first == d->first && n->demerits >= d->demerits))
            return;
    }
    k->dropped = i;
}

/* What a line from a to behind v is worth. */
static void
judge(total *k, size_t a, size_t v, double r, bool final, node best[4])
{
    const double d = demerits_of(k, &k->nodes.v[a], r, v, final);
    node *least;

    if (r >= -1 && r <= k->threshold) {
        least = &best[fitness_of(r)];
        if (d < least->demerits) {
            *least = make_node(k, a, v, r, d);
            k->too_short.demerits = INFINITY;
        }
        return;
    }
    least = r <= -1 ? &k->too_long : &k->too_short;
    if (d < least->demerits || (r > -1 && d == least->demerits))
        *least = make_node(k, a, v, r, d);
}

static void
add_best(total *k, node best[4])
{
    double least = INFINITY;

    for (int i = 0; i < 4; i++)
        least = best[i].demerits < least ? best[i].demerits : least;
    for (int i = 0; i < 4; i++) {
        if (!isinf(best[i].demerits) &&
            best[i].demerits <= least + FITNESS_APART) {
            BN_PUSH(&k->nodes) = best[i];
            activate(k, k->nodes.n - 1);
        }
        best[i].demerits = INFINITY;
    }
}

/* Try to end a line behind v from every active node; nodes whose line has
 * become too long leave the list. The best of those with as many lines stay. */
static void
try_break(total *k, size_t v, bool final)
{
    const bool flagged = !final && seen(k, v)->brk == BREAK_HYPHEN;
    size_t *link = &k->active, made = k->nodes.n;
    node best[4];

    k->too_long.demerits = INFINITY;
    k->dropped = NO_NODE;
    for (int i = 0; i < 4; i++)
        best[i].demerits = INFINITY;
    while (*link != NO_NODE) {
        const size_t a = *link;
        const size_t line = k->nodes.v[a].line;
        const double r = ratio(k, &k->nodes.v[a], v, final);

        if (!flagged || !is_over_ladder(k, &k->nodes.v[a]))
            judge(k, a, v, r, final, best);
        if (r < -1 || final)
            drop(k, link);
        else
            link = &k->nodes.v[a].next;
        while (*link != NO_NODE && *link >= made) /* made here */
            link = &k->nodes.v[*link].next;
        if (*link == NO_NODE || k->nodes.v[*link].line != line) {
            add_best(k, best);
            /* The list may have moved, and grown behind the place. */
            link = &k->active;
            while (*link != NO_NODE &&
                   (k->nodes.v[*link].line <= line || *link >= made))
                link = &k->nodes.v[*link].next;
        }
    }
}

/* No node is left: go on from one that was dropped here, or from the end of
 * the least bad line, rather one that is too short. Returns its place. */
static size_t
recover(total *k)
{
    const size_t last = k->rescued;
    const size_t last_brk = last == NO_NODE ? NO_NODE : k->nodes.v[last].brk;
    const node *short_line = &k->too_short, *long_line = &k->too_long;
    node n;

    if (k->dropped != NO_NODE && k->dropped != last &&
        k->nodes.v[k->dropped].prev != NO_NODE) {
        n = k->nodes.v[k->dropped];
        if (n.ratio > 0)
            short_line = &n;
        else
            long_line = &n;
    }
    if (isinf(short_line->demerits) || short_line->brk == last_brk)
        short_line = long_line;
    if (isinf(short_line->demerits))
        return NO_NODE;
    n = *short_line;
    n.demerits = 0;
    BN_PUSH(&k->nodes) = n;
    k->rescued = k->nodes.n - 1;
    k->too_short.demerits = k->too_long.demerits = INFINITY;
    activate(k, k->rescued);
    return n.brk;
}

/* The best way to the end with no line worse than the threshold. */
static size_t
find_best(total *k)
{
    size_t best = NO_NODE, steps = 2 * (k->end - k->from) + 2;

    k->nodes.n = 0;
    BN_PUSH(&k->nodes) = (node){.first = k->from,
                                .prev = NO_NODE,
                                .next = NO_NODE,
                                .fitness = 1,
                                .line = k->t->lines.n,
                                .hyphens = k->t->hyphens};
    k->active = 0;
    k->too_short.demerits = k->too_long.demerits = INFINITY;
    k->rescued = NO_NODE;
    for (size_t v = k->from; v < k->end; v++) {
        const uint8_t brk = seen(k, v)->brk;
        const bool final = v + 1 == k->end;

        if (!final &&
            (brk == BREAK_NO || (brk == BREAK_HYPHEN && !k->hyphens)))
            continue;
        try_break(k, v, final);
        if (k->active != NO_NODE)
            continue;
        if (!k->forced || steps-- == 0)
            return NO_NODE;
        v = recover(k);
        if (v == NO_NODE)
            return NO_NODE;
    }
    for (size_t a = k->active; a != NO_NODE; a = k->nodes.v[a].next)
        if (best == NO_NODE ||
            k->nodes.v[a].demerits < k->nodes.v[best].demerits)
            best = a;
    return best;
}

static bool
hyphenates(const total *k)
{
    for (size_t v = k->from; v < k->end; v++)
        if (seen(k, v)->style && seen(k, v)->style->hyphenate)
            return true;
    return false;
}

/* Are there ends that are taken only when a line has no other? The greedy
 * choice knows them. */
static bool
has_last_resorts(const total *k)
{
    bool any = k->t->p->wide;

    for (size_t v = k->from; v < k->end && !any; v++) {
        const unit *u = seen(k, v);

        any = (u->flags & UNIT_HELD) || (u->style && u->style->break_word);
    }
    return any;
}

/* First without hyphens, then with them or with looser lines, at last with
 * any that are needed. Justified lines choose among all at once. */
static size_t
find_way(total *k)
{
    const bool hyphens = hyphenates(k);
    size_t best;

    k->threshold = 1;
    k->hyphens = !hyphens || k->t->m->align == BN_ALIGN_JUSTIFY;
    best = find_best(k);
    if (best != NO_NODE)
        return best;
    k->threshold = hyphens ? 1 : 5;
    k->hyphens = true;
    best = find_best(k);
    if (best != NO_NODE)
        return best;
    k->threshold = 20;
    k->forced = !has_last_resorts(k);
    return find_best(k);
}

bool
bn_total_fit(setter *t, size_t end)
{
    total k = {.t = t, .end = end};
    size_t n, best;

    k.from = skip_dropped(&k, t->first);
    if (k.from >= end)
        return false;
    k.ends_justified = !t->reduces && t->m->align_last == BN_ALIGN_JUSTIFY;
    n = end - k.from + 1;
    k.x = bn_alloc(3 * n * sizeof *k.x);
    k.less = k.x + n;
    k.more = k.less + n;
    for (size_t v = k.from; v < end; v++)
        add_sums(&k, v);
    best = find_way(&k);
    t->breaks.n = 0;
    for (size_t a = best; a != NO_NODE && k.nodes.v[a].prev != NO_NODE;
         a = k.nodes.v[a].prev)
        BN_PUSH(&t->breaks) = k.nodes.v[a].brk;
    free(k.x);
    BN_VEC_FREE(&k.nodes);
    return best != NO_NODE;
}
