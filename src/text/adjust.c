/* A line fitted to its measure in the steps of JLREQ's Tables 3 to 6; whole
 * millipoints, what is left over dealt out one by one. */
#include "text/lines.h"

enum step { END, SPACES, END_HALF, END_DOT, DOTS, BRACKETS, WESTERN };

/* Order of reduction: by enum bn_shrink. */
static const uint8_t reduction[][7] = {
    [BN_SHRINK_JLREQ] = {SPACES, END_HALF, END_DOT, DOTS, BRACKETS, WESTERN,
                         END},
    [BN_SHRINK_JISX4051] = {SPACES, DOTS, BRACKETS, WESTERN, END},
    [BN_SHRINK_BOOKS] = {SPACES, END_HALF, BRACKETS, END},
};

bn_len
bn_gap_less(const bn_para_style *s, unsigned kind, bn_len gap)
{
    const bool books = s->shrink == BN_SHRINK_BOOKS;

    switch (kind) {
    case GAP_BRACKET:
        if (s->loose & BN_TIGHT_BRACKETS)
            return 0;
        return books ? gap - gap / 2 : gap;
    case GAP_DOT:
        return books || (s->loose & BN_TIGHT_DOTS) ? 0 : gap;
    case GAP_WESTERN:
        return books || (s->loose & BN_TIGHT_WESTERN) ? 0 : gap / 2;
    default:
        return 0;
    }
}

bn_len
bn_space_less(const bn_para_style *s, bn_len less)
{
    return s->loose & BN_TIGHT_SPACES ? 0 : less;
}

static const unit *
seen(const setter *t, size_t v)
{
    return &t->p->units[t->p->visible[v]];
}

static void
give(setter *t, const line_plan *plan, const slot *s, int64_t v)
{
    if (s->leader)
        t->leader.v[s->v - plan->first] += (bn_len)v;
    else
        t->delta.v[s->v - plan->first] += (bn_len)v;
}

/* Whole parts of rest for the slots of one kind in proportion to their caps:
 * the sum of the parts up to a slot is that of the exact ones, rounded up, so
 * that what is left over lies evenly among them. */
static void
share_among(setter *t, const line_plan *plan, bool leaders, int64_t rest,
            int64_t total, int64_t sign, int64_t sums[2])
{
    for (size_t i = 0; i < t->slots.n; i++) {
        const slot *s = &t->slots.v[i];
        int64_t up_to;

        if (s->leader != leaders)
            continue;
        sums[0] += s->cap;
        up_to = (rest * sums[0] + total - 1) / total;
        give(t, plan, s, (up_to - sums[1]) * sign);
        sums[1] = up_to;
    }
}

/* Share amount (its sign is kept) over the slots in proportion to their caps,
 * no further than the caps when limited. Returns what was shared. */
static int64_t
share(setter *t, const line_plan *plan, int64_t amount, bool limited)
{
    const int64_t sign = amount < 0 ? -1 : 1;
    int64_t total = 0, rest = amount * sign, sums[2] = {0, 0};

    for (size_t i = 0; i < t->slots.n; i++)
        total += t->slots.v[i].cap;
    if (total <= 0 || rest == 0)
        return 0;
    if (limited && rest > total)
        rest = total;
    share_among(t, plan, false, rest, total, sign, sums);
    share_among(t, plan, true, rest, total, sign, sums);
    return rest * sign;
}

static void
add_slot(setter *t, size_t v, int64_t cap, bool leader)
{
    if (cap > 0)
        BN_PUSH(&t->slots) = (slot){v, cap, leader};
}

static bool
is_space(const unit *u)
{
    return u->kind == BN_ITEM_TEXT && (u->flags & UNIT_SPACE);
}

/* What step may take behind visible unit v. */
static int64_t
reducible(const setter *t, size_t v, enum step step)
{
    static const uint8_t kind_of[] = {
        [DOTS] = GAP_DOT, [BRACKETS] = GAP_BRACKET, [WESTERN] = GAP_WESTERN};
    const bn_para_style *s = t->p->style;
    const unit *u = seen(t, v);
    int64_t n = 0;

    if (step == SPACES)
        return is_space(u) ? bn_space_less(s, u->less) : 0;
    if (u->before_kind == kind_of[step])
        n += bn_gap_less(s, u->before_kind, u->before);
    if (u->after_kind == kind_of[step])
        n += bn_gap_less(s, u->after_kind, u->after);
    return n;
}

/* The space at the line end goes whole or stays; so does, with it, the one
 * before a middle dot that ends the line. Returns what went. */
static int64_t
drop_end(setter *t, line_plan *plan, enum step step)
{
    const unit *u = seen(t, plan->last);
    const bool dot = u->cls == BN_CL_05;
    int64_t gone = plan->end;

    if (plan->end == 0 || !bn_end_space_goes(t, u) || dot != (step == END_DOT))
        return 0;
    plan->end = 0;
    if (dot && plan->last > plan->first) {
        const unit *prev = seen(t, plan->last - 1);

        t->delta.v[plan->last - 1 - plan->first] -= prev->after;
        gone += prev->after;
    }
    return gone;
}

static void
leader_slots(setter *t, const line_plan *plan, bool grow)
{
    t->slots.n = 0;
    for (size_t v = t->adjust_from; v <= plan->last; v++) {
        const unit *u = seen(t, v);
        const bn_item *it = &t->p->items[u->item];

        if (u->kind != BN_ITEM_LEADER)
            continue;
        add_slot(t, v,
                 grow ? (int64_t)it->max - it->width
                      : (int64_t)it->width - it->min,
                 true);
    }
}

/* Reduce by need; returns what is left of it, negative when too much went. */
static int64_t
reduce(setter *t, line_plan *plan, int64_t need)
{
    const uint8_t *step = reduction[t->p->style->shrink % 3];

    leader_slots(t, plan, false);
    need += share(t, plan, -need, true);
    for (; *step != END && need > 0; step++) {
        if (*step == END_HALF || *step == END_DOT) {
            need -= drop_end(t, plan, *step);
            continue;
        }
        t->slots.n = 0;
        for (size_t v = t->adjust_from; v < plan->last; v++)
            add_slot(t, v, reducible(t, v, *step), false);
        need += share(t, plan, -need, true);
    }
    return need;
}

/* What step 1 to 3 of Table 6 may add behind v; a weight in step 4. */
static int64_t
expandable(const setter *t, size_t v, unsigned step)
{
    const unit *u = seen(t, v);

    if (is_space(u))
        return step == 1 ? u->more : step == 4 ? u->em : 0;
    if (is_space(seen(t, v + 1)))
        return 0; /* the space itself opens */
    switch (step) {
    case 2: /* quarter em to half an em */
        return u->grow == 2 ? u->em / 2 - (u->before + u->after) : 0;
    case 3:
        return u->grow == 3 ? u->em / 4 : 0;
    case 4:
        return u->grow ? u->em : 0;
    default:
        return 0;
    }
}

static void
expand_between_characters(setter *t, const line_plan *plan, int64_t slack,
                          unsigned step)
{
    for (; step <= 4 && slack > 0; step++) {
        t->slots.n = 0;
        for (size_t v = t->adjust_from; v < plan->last; v++)
            add_slot(t, v, expandable(t, v, step), false);
        slack -= share(t, plan, slack, step < 4);
    }
}

/* Leaders of a Western line stretch together with its spaces, each by as much
 * as it can (XSL 1.1 4.5: one ratio for the line); where nothing can, the
 * spaces share alike. */
static void
adjust_words(setter *t, const line_plan *plan, int64_t slack)
{
    bool any;

    leader_slots(t, plan, true);
    for (size_t v = t->adjust_from; v < plan->last; v++)
        if (is_space(seen(t, v)))
            add_slot(t, v, seen(t, v)->more, false);
    any = t->slots.n > 0;
    for (size_t v = t->adjust_from; v < plan->last && !any; v++)
        if (is_space(seen(t, v)))
            add_slot(t, v, 1, false);
    share(t, plan, slack, false);
}

static void
expand(setter *t, const line_plan *plan, int64_t slack)
{
    const bn_para_style *s = t->p->style;

    if (!t->p->japanese) {
        adjust_words(t, plan, slack);
        return;
    }
    leader_slots(t, plan, true);
    slack -= share(t, plan, slack, true);
    if (slack > 0)
        expand_between_characters(
            t, plan, slack,
            s->justify == BN_JUSTIFY_DISTRIBUTE || t->distributes ? 4 : 1);
}

void
bn_adjust(setter *t, line_plan *plan, int64_t slack, bool justified)
{
    size_t tab = 0;

    t->delta.n = t->leader.n = 0;
    t->adjust_from = plan->first;
    for (size_t v = plan->first; v <= plan->last; v++) {
        const bool is_tab = seen(t, v)->kind == BN_ITEM_TAB;

        BN_PUSH(&t->delta) = 0;
        BN_PUSH(&t->leader) = is_tab ? t->tabs.v[tab++] : seen(t, v)->adv;
        if (is_tab)
            t->adjust_from = v + 1;
    }
    if (slack < 0 && (t->p->japanese || !t->reduces)) {
        if (t->reduces)
            slack = -reduce(t, plan, -slack);
        else {
            slack += drop_end(t, plan, END_HALF);
            if (slack < 0)
                slack += drop_end(t, plan, END_DOT);
            leader_slots(t, plan, false);
            slack -= share(t, plan, slack, true);
        }
    } else if (slack < 0) {
        leader_slots(t, plan, false); /* one ratio for both */
        for (size_t v = t->adjust_from; v < plan->last; v++)
            add_slot(t, v, reducible(t, v, SPACES), false);
        slack -= share(t, plan, slack, true);
    }
    if (slack > 0 && justified)
        expand(t, plan, slack);
    plan->delta = t->delta.v;
    plan->leader = t->leader.v;
}
