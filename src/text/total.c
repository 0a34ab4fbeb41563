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
    size_t next;  /* in the list of active ones */
    size_t line;  /* lines so far */
    double demerits;
    int fitness;
    bool flagged;
} node;

typedef struct total {
    setter *t;
    size_t from, end;         /* visible units */
    int64_t *x, *less, *more; /* sums before visible unit from + i */
    BN_VEC(node) nodes;
    size_t active; /* first of the list */
    double threshold;
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

    if (u->kind == BN_ITEM_LEADER) {
        const bn_item *it = &k->t->p->items[u->item];

        less = it->width > it->min ? it->width - it->min : 0;
        more = it->max > it->width ? it->max - it->width : 0;
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
    if (t->m->align == BN_ALIGN_CENTER) /* the last line counts like others */
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

/* Try to end a line behind v from every active node; nodes whose line has
 * become too long leave the list. */
static void
try_break(total *k, size_t v, bool final)
{
    struct {
        double demerits;
        size_t prev;
    } best[4];
    size_t *link = &k->active;
    double least = INFINITY;

    for (int i = 0; i < 4; i++)
        best[i].demerits = INFINITY;
    for (size_t a = k->active; a != NO_NODE; a = k->nodes.v[a].next) {
        const node *n = &k->nodes.v[a];
        const double r = ratio(k, n, v, final);
        const int fit = fitness_of(r);

        if (r >= -1 && r <= k->threshold) {
            const double d = demerits_of(k, n, r, v, final);

            if (d < best[fit].demerits) {
                best[fit].demerits = d;
                best[fit].prev = a;
            }
            least = d < least ? d : least;
        }
        if (r < -1 || final)
            *link = n->next;
        else
            link = &k->nodes.v[a].next;
    }
    for (int i = 0; i < 4; i++) {
        node n = {.brk = v, .fitness = i, .demerits = best[i].demerits};

        if (!(best[i].demerits <= least + FITNESS_APART) ||
            isinf(best[i].demerits))
            continue;
        n.first = skip_dropped(k, v + 1);
        n.prev = best[i].prev;
        n.line = k->nodes.v[n.prev].line + 1;
        n.flagged = !final && seen(k, v)->brk == BREAK_HYPHEN;
        n.next = k->active;
        BN_PUSH(&k->nodes) = n;
        k->active = k->nodes.n - 1;
    }
}

/* The best way to the end with no line worse than the threshold. */
static size_t
find_best(total *k)
{
    size_t best = NO_NODE;

    k->nodes.n = 0;
    BN_PUSH(&k->nodes) = (node){.first = k->from,
                                .prev = NO_NODE,
                                .next = NO_NODE,
                                .fitness = 1,
                                .line = k->t->lines.n};
    k->active = 0;
    for (size_t v = k->from; v < k->end && k->active != NO_NODE; v++)
        if (v + 1 == k->end || seen(k, v)->brk != BREAK_NO)
            try_break(k, v, v + 1 == k->end);
    for (size_t a = k->active; a != NO_NODE; a = k->nodes.v[a].next)
        if (best == NO_NODE ||
            k->nodes.v[a].demerits < k->nodes.v[best].demerits)
            best = a;
    return best;
}

bool
bn_total_fit(setter *t, size_t end)
{
    static const double thresholds[] = {1, 5, 20};
    total k = {.t = t, .end = end};
    size_t n, best = NO_NODE;

    k.from = skip_dropped(&k, t->first);
    if (k.from >= end)
        return false;
    n = end - k.from + 1;
    k.x = bn_alloc(3 * n * sizeof *k.x);
    k.less = k.x + n;
    k.more = k.less + n;
    for (size_t v = k.from; v < end; v++)
        add_sums(&k, v);
    for (size_t i = 0; i < 3 && best == NO_NODE; i++) {
        k.threshold = thresholds[i];
        best = find_best(&k);
    }
    t->breaks.n = 0;
    for (size_t a = best; a != NO_NODE && k.nodes.v[a].prev != NO_NODE;
         a = k.nodes.v[a].prev)
        BN_PUSH(&t->breaks) = k.nodes.v[a].brk;
    free(k.x);
    BN_VEC_FREE(&k.nodes);
    return best != NO_NODE;
}
