/*
 * spaces.c - the stack: placing things in a column, spaces between them
 * (XSL 1.1 4.3), offers of breaks, opening and closing block areas.
 */
#include "layout/internal.h"

#include <string.h>

/* What happened since the last thing was placed, newest first. */
struct bn_event {
    enum { SPACE, OPEN, CLOSE } kind;
    bn_space space; /* SPACE */
    bn_open *open;  /* OPEN */
    bn_area *area;  /* SPACE: gets the value as a trait; CLOSE: gets bpd */
    uint8_t side;
    bn_len y; /* CLOSE: top of the content */
    const struct bn_event *older;
};

enum { MAX_EVENTS = 1100, KEEP_BESIDE = BN_KEEP_ALWAYS - 2 };

typedef struct bn_event event;

static event *
push_event(bn_ctx *c, bn_stack *st, int kind)
{
    event *e = BN_NEW(c->page, event);

    e->kind = kind;
    e->older = st->pending;
    st->pending = e;
    return e;
}

/* ----------------------------------------------------- space resolution */

/* The events, oldest first; the newest are dropped beyond the limit (nothing
 * nests so deep without an edge or a line between). */
static int
collect(const bn_stack *st, const event **list)
{
    int n = 0;

    for (const event *e = st->pending; e && n < MAX_EVENTS; e = e->older)
        list[n++] = e;
    for (int i = 0; i < n / 2; i++) {
        const event *t = list[i];

        list[i] = list[n - 1 - i];
        list[n - 1 - i] = t;
    }
    return n;
}

/* Leave out the conditional spaces at one end of the column, up to the first
 * that stays. */
static void
drop_edge(const event *const *list, int from, int to, int step, bool *live)
{
    for (int i = from; i != to; i += step) {
        if (list[i]->kind != SPACE)
            continue;
        if (list[i]->space.retain)
            return;
        live[i] = false;
    }
}

/* XSL 1.1 4.3.1: forcing spaces add up and suppress the others; else the
 * highest precedence, then the greatest optimum stays, once. */
static void
resolve(const event *const *list, int n, const bool *live, bn_len *value)
{
    int32_t precedence = INT32_MIN;
    bn_len optimum = BN_LEN_MAX;
    int winner = -1;

    for (int i = 0; i < n; i++)
        if (live[i] && list[i]->space.precedence > precedence)
            precedence = list[i]->space.precedence;
    for (int i = 0; i < n; i++) {
        value[i] = 0;
        if (!live[i] || list[i]->space.precedence != precedence)
            continue;
        if (precedence == INT32_MAX) {
            value[i] = list[i]->space.opt;
        } else if (winner < 0 || list[i]->space.opt >= optimum) {
            winner = i;
            optimum = list[i]->space.opt;
        }
    }
    if (winner >= 0)
        value[winner] = optimum;
}

/* Where a gap before the next thing goes: before the areas that it opens. */
static int
before_opened(const event *const *list, int n)
{
    while (n > 0 && list[n - 1]->kind == OPEN)
        n--;
    return n;
}

/* Work out the pending spaces; commit: set areas and move on. Returns where
 * the next thing starts. */
static bn_len
settle(bn_stack *st, bool end_of_column, bool commit)
{
    const event *list[MAX_EVENTS];
    bool live[MAX_EVENTS];
    bn_len value[MAX_EVENTS];
    const int n = collect(st, list);
    const int opened = before_opened(list, n);
    bn_len y = st->y;

    if (n == 0) {
        if (commit)
            st->y += st->gap;
        return y + st->gap;
    }
    for (int i = 0; i < n; i++)
        live[i] = list[i]->kind == SPACE;
    if (st->at_edge || st->beginning)
        drop_edge(list, 0, n, 1, live);
    if (end_of_column)
        drop_edge(list, n - 1, -1, -1, live);
    resolve(list, n, live, value);
    for (int i = 0; st->squeeze && i < n; i++)
        if (value[i] > 0 && list[i]->space.min < value[i])
            value[i] -= bn_len_scale(value[i] - list[i]->space.min, st->squeeze,
                                     BN_SQUEEZE_WHOLE);
    for (int i = 0; i < n; i++) {
        const event *e = list[i];

        y += e->kind == SPACE ? value[i] : 0;
        y += i == opened ? st->gap : 0;
        if (!commit)
            continue;
        if (i == opened)
            e->open->area->space[BN_BEFORE] += st->gap;
        if (e->kind == SPACE) {
            e->area->space[e->side] = value[i];
        } else if (e->kind == OPEN) {
            e->open->y = y;
            e->open->area->bp = y - (e->open->outer ? e->open->outer->y : 0);
        } else {
            e->area->bpd = y - e->y;
        }
    }
    y += opened == n ? st->gap : 0;
    if (commit) {
        st->pending = NULL;
        st->y = y;
    }
    return y;
}

void
bn_stack_begin(bn_stack *st, bn_open *o, bn_area *into, bn_len room)
{
    memset(st, 0, sizeof *st);
    memset(o, 0, sizeof *o);
    o->area = into;
    st->ipd = into->ipd;
    st->bpd = into->bpd;
    st->room = room;
    st->open = o;
    st->at_edge = 1;
}

bn_len
bn_room(const bn_stack *st)
{
    bn_stack copy = *st;

    if (st->room >= BN_NO_LIMIT)
        return BN_NO_LIMIT;
    return st->room - st->reserved - st->notes_bpd -
           settle(&copy, false, false);
}

void
bn_stack_fence(bn_stack *st)
{
    settle(st, false, true);
}

void
bn_stack_finish(bn_stack *st)
{
    settle(st, true, true);
}

bn_len
bn_stack_end_of(const bn_stack *st)
{
    bn_stack copy = *st;

    return settle(&copy, false, false);
}

/* Top of the innermost open area's content, as it would be settled now. */
bn_len
bn_stack_open_y(const bn_stack *st)
{
    for (const event *e = st->pending; e; e = e->older)
        if (e->kind == OPEN && e->open == st->open)
            return bn_stack_end_of(st);
    return st->open->y;
}

/* ------------------------------------------------------ offers of breaks */

bool
bn_offer(bn_stack *st, int32_t keep)
{
    if (st->at_edge)
        return false;
    if (keep < st->together)
        keep = st->together;
    if (st->y < st->beside && keep < KEEP_BESIDE)
        keep = KEEP_BESIDE;
    st->offers++;
    if (st->best == 0 || keep <= st->best_keep) {
        st->best = st->offers;
        st->best_keep = keep;
    }
    if (st->room < BN_NO_LIMIT && st->spilled)
        return true;
    return st->offers == st->stop_at;
}

typedef struct snapshot {
    bn_stack st;
    bn_area *last;
} snapshot;

static void
restore(bn_stack *st, const snapshot *s)
{
    *st = s->st;
    st->open->area->last = s->last;
    if (s->last)
        s->last->next = NULL;
    else
        st->open->area->first = NULL;
}

bn_status
bn_lay_part(bn_ctx *c, bn_stack *st, bn_part *part, const void *what,
            int32_t keep, const bn_token *from, const bn_token **next)
{
    const snapshot s = {*st, st->open->area->last};
    const bool offered = keep != BN_NO_OFFER && !st->at_edge;
    uint32_t own, best;
    bn_status status;

    *next = NULL;
    if (offered && bn_offer(st, keep))
        return BN_BROKEN;
    own = st->offers;
    status = part(c, st, what, from, next);
    best = st->best;
    if (status != BN_FULL || best < own || (best == own && !offered))
        return status;
    restore(st, &s);
    st->stop_at = best;
    *next = NULL;
    if (offered && bn_offer(st, keep))
        return BN_BROKEN;
    return part(c, st, what, from, next);
}

static bn_status
run_to_best(bn_ctx *c, bn_stack *st, bool top, bn_part *part, const void *what,
            const bn_token *from, const bn_token **next)
{
    const snapshot s = {*st, st->open->area->last};
    bn_status status = part(c, st, what, from, next);

    for (int tries = 0; status == BN_FULL && tries < 2; tries++) {
        const uint32_t best = st->best;

        restore(st, &s);
        if (best == 0 && !top)
            return BN_FULL;
        st->stop_at = best;
        st->spill = best == 0;
        *next = NULL;
        status = part(c, st, what, from, next);
    }
    settle(st, true, true);
    return status;
}

bn_status
bn_stack_run(bn_ctx *c, bn_stack *st, bool top, bn_part *part, const bn_fo *fo,
             const bn_token *from, const bn_token **next)
{
    const bn_frame frame = {fo, st->ipd, c->frame};
    bn_status status;

    c->frame = &frame;
    status = run_to_best(c, st, top, part, fo, from, next);
    c->frame = frame.outer;
    return status;
}

/* -------------------------------------------------------------- placing */

/* How much of the foot the notes take, and whether they fit whole. */
static bn_len
notes_height(const bn_stack *st, const bn_note *notes, bn_len separator,
             bn_len *least)
{
    bn_len h = 0;

    *least = 0;
    if (notes == NULL || st->notes_off)
        return 0;
    for (const bn_note *n = notes; n; n = n->older) {
        *least = h + n->least; /* the last of them is the one to be split */
        h += n->bpd;
    }
    *least += separator;
    return h + separator;
}

static const bn_note *
join_notes(bn_ctx *c, const bn_note *more, const bn_note *before)
{
    bn_note *n;

    if (more == NULL)
        return before;
    n = BN_NEW(c->page, bn_note);
    *n = *more;
    n->older = join_notes(c, more->older, before);
    return n;
}

bn_status
bn_put(bn_ctx *c, bn_stack *st, bn_len bpd, const bn_note *notes, bn_place at,
       bn_len *y)
{
    bn_len least;
    const bn_len feet = notes_height(
        st, notes, bn_separators(c, notes, st->notes), &least);
    const bn_len top = settle(st, false, false);
    const int64_t rest =
        (int64_t)st->room - st->reserved - st->notes_bpd - top - bpd;
    bool split = false;

    if (st->room < BN_NO_LIMIT && rest < feet) {
        split = notes != NULL && rest >= least && !st->inside;
        if (!split && !st->spill && (bpd > 0 || feet > 0))
            return BN_FULL;
        if (!split && st->spill && rest < 0 && bpd > 0) {
            st->spilled = 1;
            bn_warn_overflow(c, at, (bn_len)-rest);
        }
    }
    settle(st, false, true);
    *y = st->y - st->open->y;
    st->y += bpd;
    if (notes) {
        st->notes = join_notes(c, notes, st->notes);
        st->notes_bpd += split ? (bn_len)rest : feet;
        if (rest < feet && !split)
            st->spilled = 1;
    }
    st->placed++;
    st->at_edge = st->beginning = 0;
    st->solid |= bpd > 0;
    return BN_DONE;
}

/* ----------------------------------------------------------- block areas */

bn_space
bn_space_of(const bn_fo *fo, enum bn_side side, bn_len base)
{
    const bool before = side == BN_BEFORE;
    const bn_prop p =
        before ? BN_P_SPACE_BEFORE_PRECEDENCE : BN_P_SPACE_AFTER_PRECEDENCE;
    bn_space s;

    s.opt = bn_fo_len(
        fo, before ? BN_P_SPACE_BEFORE_OPTIMUM : BN_P_SPACE_AFTER_OPTIMUM,
        base);
    s.min = bn_fo_len(
        fo, before ? BN_P_SPACE_BEFORE_MINIMUM : BN_P_SPACE_AFTER_MINIMUM,
        base);
    s.max = bn_fo_len(
        fo, before ? BN_P_SPACE_BEFORE_MAXIMUM : BN_P_SPACE_AFTER_MAXIMUM,
        base);
    s.precedence = bn_fo_is(fo, p, BN_K_FORCE) ? INT32_MAX : bn_fo_int(fo, p);
    s.retain = bn_fo_is(fo,
                        before ? BN_P_SPACE_BEFORE_CONDITIONALITY
                               : BN_P_SPACE_AFTER_CONDITIONALITY,
                        BN_K_RETAIN);
    return s;
}

static void
push_space(bn_ctx *c, bn_stack *st, bn_area *area, const bn_fo *fo,
           enum bn_side side)
{
    const bn_len base = st->open->area->ipd;
    const bn_space s = bn_space_of(fo, side, base);
    event *e;

    if (s.opt == 0 && s.min == 0 && s.max == 0 && s.precedence == 0)
        return;
    e = push_event(c, st, SPACE);
    e->space = s;
    e->area = area;
    e->side = (uint8_t)side;
}

void
bn_block_open_at(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool continued,
                 bn_len start, bn_len ipd, const bn_box *box, bn_open *o)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);
    event *e;
    bn_len edge;

    memset(o, 0, sizeof *o);
    o->area = a;
    o->fo = fo;
    o->outer = st->open;
    o->together = st->together;
    o->reserved = st->reserved;
    o->placed = st->placed;
    o->step = st->step;
    o->continued = continued;
    if (bn_grid_snaps(fo)) /* its own lines do not stand on it */
        st->step = 0;
    a->box = box;
    a->ipd = ipd;
    o->x = start + bn_area_edge(a, BN_START);
    a->ip = start - st->open->x;
    a->space[BN_START] = a->ip;
    bn_area_own(c, a, fo, !continued);
    if (!continued)
        push_space(c, st, a, fo, BN_BEFORE);
    e = push_event(c, st, OPEN);
    e->open = o;
    e->area = a;
    bn_area_append(st->open->area, a);
    st->open = o;
    if (bn_keep_together_in(st, fo) > st->together)
        st->together = bn_keep_together_in(st, fo);
    st->reserved += bn_retained_after(fo, box);
    edge = bn_area_edge(a, BN_BEFORE);
    if (edge == 0)
        return;
    /* The edge belongs to what follows it: it is placed without a question,
     * and the first thing inside asks for room. */
    settle(st, false, true);
    st->at_edge = st->beginning = 0;
    st->solid = 1;
    o->y += edge;
    st->y = o->y;
}

void
bn_block_open(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool continued,
              bn_open *o)
{
    const bn_box *box = bn_box_of(c, fo, st->open->area->ipd, !continued, true);
    bn_len start, end, edges = 0;

    bn_indents(c, fo, st->ipd, &start, &end);
    if (start + end > st->ipd) /* no width is left: the end gives way */
        end = st->ipd - start;
    if (box)
        edges = box->border[BN_START].width + box->padding[BN_START];
    bn_block_open_at(c, st, fo, continued, start - edges, st->ipd - start - end,
                     box, o);
    o->area->start_indent = start;
    o->area->end_indent = end;
    o->area->space[BN_START] = start - edges;
    o->area->space[BN_END] = end - bn_area_edge(o->area, BN_END);
}

/* The block that ends here moves down to its place on the grid: where it was
 * placed nothing depends on it but its own end. */
static void
snap_block(bn_stack *st, bn_open *o)
{
    const bn_len top = o->y - bn_area_edge(o->area, BN_BEFORE);
    const bn_len by =
        bn_grid_snaps(o->fo) ? bn_grid_block_gap(st, o->fo, top, st->y) : 0;

    if (by <= 0)
        return;
    o->area->bp += by;
    o->area->space[BN_BEFORE] += by;
    if (st->beside > top)
        st->beside += by;
    o->y += by;
    st->y += by;
    for (const event *e = st->pending; e; e = e->older)
        if (e->kind == CLOSE)
            ((event *)(uintptr_t)e)->y += by;
}

/* Nothing stands in the block: it is there all the same, for its id, its
 * markers and because spaces do not join across it. */
static void
place_empty(bn_stack *st)
{
    settle(st, false, true);
    st->placed++;
    st->at_edge = st->beginning = 0;
}

bn_status
bn_block_close(bn_ctx *c, bn_stack *st, bn_open *o, bool finished)
{
    bn_area *a = o->area;
    bn_status status = BN_DONE;
    bn_len edge, y;

    st->reserved = o->reserved;
    if (!finished) {
        a->box = bn_box_broken(c, o->fo, a->box);
        settle(st, true, true);
        a->bpd = st->y - o->y;
        st->y += bn_area_edge(a, BN_AFTER);
    } else {
        if (st->placed == o->placed)
            place_empty(st);
        a->flags |= BN_LAST;
        edge = bn_area_edge(a, BN_AFTER);
        if (edge > 0) {
            settle(st, false, true);
            a->bpd = st->y - o->y;
            status = bn_put(c, st, edge, NULL, o->fo->place, &y);
        } else {
            event *e = push_event(c, st, CLOSE);

            e->area = a;
            e->y = o->y;
        }
    }
    st->open = o->outer;
    st->together = o->together;
    st->step = o->step;
    if (finished && !o->continued && status == BN_DONE)
        snap_block(st, o);
    if (finished && status == BN_DONE)
        push_space(c, st, a, o->fo, BN_AFTER);
    return status;
}

void
bn_plain_open(bn_ctx *c, bn_stack *st, bn_area_kind kind, const bn_fo *fo,
              bn_open *o)
{
    bn_area *a = bn_area_make(c, kind);
    event *e;

    memset(o, 0, sizeof *o);
    o->area = a;
    o->fo = fo;
    o->outer = st->open;
    o->x = st->open->x;
    o->placed = st->placed;
    o->together = st->together;
    o->reserved = st->reserved;
    a->ipd = st->open->area->ipd;
    if (fo)
        bn_area_own(c, a, fo, false);
    e = push_event(c, st, OPEN);
    e->open = o;
    e->area = a;
    bn_area_append(st->open->area, a);
    st->open = o;
}

void
bn_stack_edge(bn_stack *st, bn_open *o, bn_len edge)
{
    settle(st, false, true);
    if (edge > 0) {
        st->at_edge = st->beginning = 0;
        st->solid = 1;
    }
    o->y += edge;
    st->y = o->y;
}

void
bn_plain_close(bn_ctx *c, bn_stack *st, bn_open *o, bool finished)
{
    if (st->placed == o->placed)
        place_empty(st);
    if (finished) {
        event *e = push_event(c, st, CLOSE);

        e->area = o->area;
        e->y = o->y;
    } else {
        settle(st, true, true);
        o->area->bpd = st->y - o->y;
    }
    st->open = o->outer;
}
