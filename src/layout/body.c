/* body.c - the region-body of a page: spans, columns, the foot. */
#include "layout/pages.h"

typedef struct filling {
    bn_ctx *ctx;
    const bn_geometry *g;
    bn_area *main;
    bn_len height; /* of the region */
    bn_len y;      /* used by spans so far */
    const bn_token *next;
    bool started; /* next is where to go on, not the beginning */
    bool finished;
    bn_keyword break_kind;
    const bn_note *notes;
    bn_len notes_bpd;
    bool something;  /* placed on this page */
    bool placed;     /* in the last span */
    bool desperate;  /* keeps are broken rather than the one with a heading */
    int32_t squeeze; /* of the spaces in the columns */
} filling;

bn_area *
bn_region_area(bn_ctx *c, const bn_geometry *g, enum bn_region which)
{
    const bn_region_box *r = &g->region[which];
    bn_area *a = bn_area_make(c, BN_AREA_REGION);
    bn_len w, h;
    bool turned;

    a->box = bn_box_of(c, r->fo, r->w, true, true);
    a->ip = r->x;
    a->bp = r->y;
    w = r->w - bn_area_edge(a, BN_START) - bn_area_edge(a, BN_END);
    h = r->h - bn_area_edge(a, BN_BEFORE) - bn_area_edge(a, BN_AFTER);
    w = w > 0 ? w : 0;
    h = h > 0 ? h : 0;
    a->rotate = (int16_t)r->rotate;
    a->writing_mode = r->mode;
    /* Sizes as seen from inside; the place is on the sheet. */
    turned =
        (a->rotate == 90 || a->rotate == 270) != (a->writing_mode == BN_TB_RL);
    a->ipd = turned ? h : w;
    a->bpd = turned ? w : h;
    a->flags = BN_REFERENCE;
    if (bn_fo_is(r->fo, BN_P_OVERFLOW, BN_K_HIDDEN) ||
        bn_fo_is(r->fo, BN_P_OVERFLOW, BN_K_ERROR_IF_OVERFLOW))
        a->flags |= BN_CLIP;
    a->region.name = r->name;
    a->region.region = (uint8_t)which;
    a->region.columns = 1;
    a->region.page_turned = g->turned;
    return a;
}

static bn_len
column_width(bn_len ipd, bn_len gap, int32_t n)
{
    const int64_t w = ((int64_t)ipd - (int64_t)gap * (n - 1)) / n;

    return w > 0 ? (bn_len)w : 0;
}

/* ---------------------------------------------------------------- columns */

/* How the columns of a span are to be filled. */
typedef struct plan {
    bn_area *span;
    int32_t n;
    bool all;             /* it spans all columns of the region */
    const bn_len *height; /* of each column */
    bool notes_off;       /* notes take no room of it: that was taken off */
    bool reluctant;       /* rather the next page than breaking a keep */
    int32_t spare;        /* columns at the end of the page left empty */
} plan;

typedef struct columns {
    const bn_token *next;
    bn_status status;
    bn_keyword break_kind;
    bool change_span;
    bn_len used; /* tallest */
    const bn_note *notes;
    bn_len notes_bpd;
    int32_t worst; /* strongest keep that a column's end broke */
    bool placed;
} columns;

static void
begin_column(filling *f, const plan *p, const columns *r, bn_area *flow,
             int32_t i, bn_stack *st, bn_open *o)
{
    bn_stack_begin(st, o, flow, p->height[i]);
    st->spans = f->ctx->flow->has_spans;
    st->span_all = p->all;
    st->one_column = p->n == 1;
    st->page_goes_on = i + 1 < p->n - p->spare;
    st->squeeze = f->squeeze;
    bn_grid_begin(st, f->ctx->flow->flow, f->y);
    st->notes = r->notes;
    st->notes_off = p->notes_off;
    st->notes_bpd = p->notes_off ? 0 : r->notes_bpd;
}

/* Did the column end for want of room? */
static bool
is_broken(const bn_stack *st, bn_status status)
{
    return status == BN_BROKEN && !st->break_kind && !st->change_span;
}

static void
end_column(const bn_stack *st, bn_area *flow, columns *r)
{
    const bn_len floats = bn_floats_bottom(st);

    flow->bpd = st->y < floats ? floats : st->y;
    r->placed |= st->placed > 0;
    r->break_kind = (bn_keyword)st->break_kind;
    r->change_span = st->change_span;
    if (is_broken(st, r->status) && st->best_keep > r->worst)
        r->worst = st->best_keep;
    if (r->status == BN_DONE)
        flow->flags |= BN_LAST;
    r->notes = st->notes;
    r->notes_bpd = st->notes_bpd;
    if (flow->bpd > r->used)
        r->used = flow->bpd;
}

/* Fill the columns of a span from where the flow has got to. */
static columns
fill_columns(filling *f, const plan *p)
{
    bn_ctx *c = f->ctx;
    const bn_len gap = f->g->gap;
    const bn_len width = column_width(p->span->ipd, gap, p->n);
    /* Below other spans there may be more room on the next page. */
    const bool top = f->y == 0 || !f->something;
    columns r = {.next = f->next, .status = BN_BROKEN, .notes = f->notes,
                 .notes_bpd = f->notes_bpd};

    p->span->first = p->span->last = NULL;
    for (int32_t i = 0; i < p->n; i++) {
        bn_area *flow = bn_area_make(c, BN_AREA_FLOW);
        const bn_token *next = NULL;
        bn_stack st;
        bn_open o;

        flow->ipd = width;
        flow->ip = (width + gap) * i;
        flow->flags = BN_REFERENCE;
        bn_area_append(p->span, flow);
        if (r.status == BN_DONE || r.change_span || i >= p->n - p->spare ||
            (r.break_kind && r.break_kind != BN_K_COLUMN))
            continue;
        bn_area_own(c, flow, c->flow->flow, !f->started && i == 0);
        flow->bpd = f->height;
        begin_column(f, p, &r, flow, i, &st, &o);
        r.status = bn_stack_run(c, &st, top, bn_lay_children, c->flow->flow,
                                r.next, &next);
        if (p->reluctant && is_broken(&st, r.status) && st.best_keep > 0)
            r.status = BN_FULL;
        if (r.status == BN_FULL) {
            flow->first = flow->last = NULL;
            flow->bpd = 0;
            r.status = BN_BROKEN;
            continue; /* not even its first thing fits: next column */
        }
        r.next = next;
        end_column(&st, flow, &r);
    }
    p->span->bpd = r.used;
    return r;
}

static columns
fill_evenly(filling *f, plan *p, bn_len height)
{
    bn_len *heights = BN_NEWS(f->ctx->page, bn_len, (size_t)p->n);

    for (int32_t i = 0; i < p->n; i++)
        heights[i] = height;
    p->height = heights;
    return fill_columns(f, p);
}

/* ---------------------------------------------------------------- balance */

static bool
holds(const plan *p, const columns *r, const columns *full)
{
    int32_t i = 0;

    for (const bn_area *flow = p->span->first; flow; flow = flow->next)
        if (flow->bpd > p->height[i++])
            return false;
    return r->status == full->status && r->change_span == full->change_span &&
           r->break_kind == full->break_kind && r->worst <= full->worst;
}

/*
 * Columns as high as they must be to hold what they held at full height: the
 * first as low as all can be; what goes into the others is shared out among
 * them in the same way.
 */
static columns
balance(filling *f, plan *p, columns full)
{
    bn_len *heights = BN_NEWS(f->ctx->page, bn_len, (size_t)p->n);

    for (int32_t i = 0; i < p->n; i++)
        heights[i] = full.used;
    p->height = heights;
    f->ctx->measuring++; /* what sticks out of a trial is not told */
    for (int32_t from = 0; from + 1 < p->n; from++) {
        bn_len low = 0, high = heights[from];

        for (int tries = 0; tries < 16 && low < high; tries++) {
            const bn_len mid = low + (high - low) / 2;
            columns r;

            for (int32_t i = from; i < p->n; i++)
                heights[i] = mid;
            r = fill_columns(f, p);
            if (holds(p, &r, &full))
                high = mid;
            else
                low = mid + 1;
        }
        for (int32_t i = from; i < p->n; i++)
            heights[i] = high;
    }
    f->ctx->measuring--;
    return fill_columns(f, p);
}

/* ------------------------------------------------------------------ notes */

/* Height of the foot with these notes. */
static bn_len
height_of(bn_ctx *c, const bn_note *notes)
{
    bn_len h = bn_separators(c, notes, NULL);

    for (; notes; notes = notes->older)
        h += notes->bpd;
    return h;
}

/*
 * Notes of several columns stand at the foot of all of them: what they take is
 * taken off all columns alike. Lines that have no place then take their notes
 * with them; if that makes room for lines without notes, it is used.
 */
static columns
even_notes(filling *f, plan *p, bn_len room, columns r)
{
    const bn_len taken = r.notes_bpd;
    columns again;
    bn_len need;

    p->notes_off = true;
    r = fill_evenly(f, p, room - taken);
    r.notes_bpd = taken;
    need = height_of(f->ctx, r.notes);
    if (need >= taken)
        return r;
    again = fill_evenly(f, p, room - need);
    if (height_of(f->ctx, again.notes) <= need) {
        again.notes_bpd = need;
        return again;
    }
    r = fill_evenly(f, p, room - taken);
    r.notes_bpd = need;
    return r;
}

/* Is what is left the end of the flow: no more than a few objects behind the
 * one that is broken? (A trial costs as much as the page.) */
static bool
is_tail(const bn_token *t)
{
    enum { A_FEW = 3 };

    for (; t; t = t->inner) {
        const bn_fo *child = t->child;

        for (int n = 0; child; n++) {
            child = child->next;
            if (child && n == A_FEW)
                return false;
        }
    }
    return true;
}

/* When the end of the flow would fit if spaces gave way towards their
 * minimum, let them, as little as will do (XSL 1.1 4.3). */
static columns
squeeze(filling *f, plan *p, columns r)
{
    columns fit;
    int32_t low = 0, high = BN_SQUEEZE_WHOLE;

    if (r.status != BN_BROKEN || r.break_kind || r.change_span || p->n > 1 ||
        !is_tail(r.next))
        return r;
    f->squeeze = high;
    fit = fill_columns(f, p);
    for (int tries = 0; fit.status == BN_DONE && tries < 6; tries++) {
        f->squeeze = (low + high) / 2;
        if (fill_columns(f, p).status == BN_DONE)
            high = f->squeeze;
        else
            low = f->squeeze;
    }
    f->squeeze = fit.status == BN_DONE ? high : 0;
    fit = fill_columns(f, p);
    f->squeeze = 0;
    return fit;
}

/* -------------------------------------------------- keeps within the page */

/* Strength of the keeps within a page that a break at t breaks. */
static int32_t
page_keep(const bn_token *t)
{
    int32_t keep = 0;

    for (; t; t = t->inner) {
        int32_t k = bn_fo_keep(t->fo, BN_P_KEEP_TOGETHER_WITHIN_PAGE);

        if (k > keep)
            keep = k;
        if (t->inner || t->child == NULL || t->child->prev == NULL)
            continue;
        k = bn_keep_of_page(t->child->prev, t->child);
        if (k > keep)
            keep = k;
    }
    return keep;
}

/* What is kept on a page, and began in an earlier column than that which it
 * does not fit in, begins on the next page: the columns from there on stay
 * empty. */
static columns
keep_on_page(filling *f, plan *p, columns r)
{
    int32_t best = 0, least = page_keep(r.next);

    if (r.status != BN_BROKEN || r.break_kind || r.change_span || least == 0)
        return r;
    for (p->spare = 1; p->spare < p->n && least > 0; p->spare++) {
        const columns trial = fill_columns(f, p);
        const int32_t keep = page_keep(trial.next);

        if (trial.placed && !trial.break_kind && keep < least) {
            best = p->spare;
            least = keep;
        }
    }
    p->spare = best;
    r = fill_columns(f, p);
    p->spare = 0;
    return r;
}

/* ------------------------------------------------------------------ spans */

static bool
makes_no_span(const bn_fo *fo)
{
    return fo->type == BN_FO_MARKER || fo->type == BN_FO_TEXT;
}

/* The child of the flow that comes next. */
static const bn_fo *
next_child(const filling *f)
{
    const bn_fo *child =
        f->started && f->next ? f->next->child : f->ctx->flow->flow->first;

    while (child && makes_no_span(child))
        child = child->next;
    return child;
}

static bool
next_spans_all(const filling *f)
{
    const bn_fo *child = next_child(f);

    return child && bn_fo_is(child, BN_P_SPAN, BN_K_ALL);
}

/* Strength of the keep between the last span and what comes next. */
static int32_t
keep_above(const filling *f)
{
    const bn_fo *child = next_child(f);
    const bn_fo *before = child ? child->prev : NULL;

    while (before && makes_no_span(before))
        before = before->prev;
    return before && f->next && f->next->inner == NULL
               ? bn_keep_between(before, child)
               : 0;
}

static bool
balances(const bn_ctx *c)
{
    return !bn_fo_is(c->flow->flow, BN_P_FOX_DISABLE_COLUMN_BALANCING,
                     BN_K_TRUE);
}

/* One span in the room that is given; false: the page ends here. */
static bool
fill_span(filling *f, bn_len ipd, bn_len room)
{
    const bool all = f->ctx->flow->has_spans && next_spans_all(f);
    bn_area *span = bn_area_make(f->ctx, BN_AREA_SPAN);
    plan p = {.span = span, .n = all ? 1 : f->g->columns, .all = all};
    columns r;

    span->ipd = ipd;
    span->bp = f->y;
    span->flags = BN_REFERENCE;
    span->span.columns = p.n;
    span->span.column_gap = f->g->gap;
    p.reluctant = f->y > 0 && !f->desperate;
    r = fill_evenly(f, &p, room);
    r = squeeze(f, &p, r);
    if (p.n > 1)
        r = keep_on_page(f, &p, r);
    if (p.n > 1 && r.notes_bpd > f->notes_bpd)
        r = even_notes(f, &p, room, r);
    if (p.n > 1 && r.change_span && balances(f->ctx)) {
        const bn_len notes_bpd = r.notes_bpd;

        p.notes_off = true;
        r = balance(f, &p, r);
        r.notes_bpd = notes_bpd;
    }
    bn_area_append(f->main, span);
    f->y += r.used;
    f->next = r.next;
    f->started = true;
    f->finished = r.status == BN_DONE;
    f->break_kind = r.break_kind;
    f->notes = r.notes;
    f->notes_bpd = r.notes_bpd;
    f->something |= r.placed;
    f->placed = r.placed;
    return r.change_span && r.placed && !r.break_kind;
}

static void
take_back(filling *f, const filling *to, bn_area *last)
{
    *f = *to;
    f->main->last = last;
    if (last)
        last->next = NULL;
    else
        f->main->first = NULL;
}

/* What is kept with the next span, of which nothing has room, goes to the
 * next page with it; to: before the span that ends with it. False: there is
 * nothing else on the page, and it stays. */
static bool
keep_with_next(filling *f, const filling *to, bn_area *last, bn_len ipd)
{
    const filling as_it_was = *f;
    bn_area *const span = last ? last->next : f->main->first;
    const bn_len used = span->bpd;

    take_back(f, to, last);
    if (used > 0 && !fill_span(f, ipd, used - 1) && f->placed)
        return true;
    take_back(f, to, last);
    if (to->y > 0)
        return true;
    *f = as_it_was;
    bn_area_append(f->main, span);
    return false;
}

static void
fill_spans(filling *f, bn_len ipd)
{
    filling before = *f; /* the last span that something was placed in */
    bn_area *last = NULL;

    for (;;) {
        const filling here = *f;
        bn_area *const above = f->main->last;

        if (fill_span(f, ipd, f->height - f->y)) {
            before = here;
            last = above;
            continue;
        }
        if (f->placed || here.y == 0 || f->desperate || keep_above(f) == 0 ||
            keep_with_next(f, &before, last, ipd))
            return;
        f->desperate = true;
    }
}

/* Height of the first thing that the flow would place. */
static bn_len
first_height(filling *f, bn_len ipd)
{
    bn_area *flow = bn_area_make(f->ctx, BN_AREA_FLOW);
    const bn_token *next = NULL;
    bn_stack st;
    bn_open o;

    flow->ipd = column_width(ipd, f->g->gap, f->g->columns);
    bn_stack_begin(&st, &o, flow, 1);
    f->ctx->measuring++;
    (void)bn_stack_run(f->ctx, &st, true, bn_lay_children, f->ctx->flow->flow,
                       f->next, &next);
    f->ctx->measuring--;
    return st.y;
}

/* display-align of the body: its only span is moved down. */
static void
align_body(filling *f, const bn_geometry *g)
{
    const bn_area *span = f->main->first;
    const bn_len by = bn_align_offset(
        bn_fo_keyword(g->region[BN_REGION_BODY].fo, BN_P_DISPLAY_ALIGN),
        f->height - f->notes_bpd, f->y);

    if (by <= 0 || span == NULL || span->next)
        return;
    f->main->first->bpd += by;
    for (bn_area *flow = span->first; flow; flow = flow->next)
        if (flow->first) {
            bn_area_push_down(f->ctx, flow, by);
            flow->bpd += by;
        }
}

bn_body
bn_body_make(bn_ctx *c, const bn_geometry *g, const bn_token *from,
             bool flow_done)
{
    bn_body b = {0};
    filling f = {0};
    bn_area *head, *feet;
    bn_len ipd, bpd;

    b.region = bn_region_area(c, g, BN_REGION_BODY);
    b.region->region.columns = g->columns;
    b.region->region.column_gap = g->gap;
    c->writing_mode = b.region->writing_mode;
    ipd = b.region->ipd;
    bpd = b.region->bpd;
    f.ctx = c;
    f.g = g;
    f.height = bpd;
    f.next = from;
    f.started = from != NULL;
    f.finished = flow_done;
    c->flow->serial++;
    c->flow->separator[0] = c->flow->separator[1] = -1;
    c->flow->note_ipd = column_width(ipd, g->gap, g->columns);
    head = bn_area_make(c, BN_AREA_BEFORE_FLOAT);
    bn_area_append(b.region, head);
    f.main = bn_area_make(c, BN_AREA_MAIN);
    f.main->ipd = ipd;
    f.main->flags = BN_REFERENCE;
    f.main->span.columns = g->columns;
    f.main->span.column_gap = g->gap;
    bn_area_append(b.region, f.main);
    f.notes = bn_notes_carried(c, c->flow->carry, &f.notes_bpd);
    if (f.notes && !flow_done) {
        const bn_len most = bpd - first_height(&f, ipd);

        if (f.notes_bpd > most)
            f.notes_bpd = most > 0 ? most : 0;
    }
    if (!flow_done)
        fill_spans(&f, ipd);
    align_body(&f, g);
    f.main->bpd = f.y;
    feet = bn_area_make(c, BN_AREA_FOOTNOTES);
    bn_area_append(b.region, feet);
    f.main->bp = bn_floats_place(c, head, f.notes, bpd - f.y, &b.carry);
    bn_notes_place(c, feet, f.notes, bpd - f.y - f.main->bp, bpd, &b.carry);
    b.next = f.next;
    b.finished = f.finished;
    b.break_kind = f.break_kind;
    return b;
}
