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

typedef struct columns {
    const bn_token *next;
    bn_status status;
    bn_keyword break_kind;
    bool change_span;
    bn_len used; /* tallest */
    bn_len limit;
    const bn_note *notes;
    bn_len notes_bpd;
    int32_t worst; /* strongest keep that a column's end broke */
    bool placed;
} columns;

static void
begin_column(filling *f, columns *r, bn_area *flow, bool all, bn_len room,
             bool notes_off, bn_stack *st, bn_open *o)
{
    bn_stack_begin(st, o, flow, room);
    st->spans = f->ctx->flow->has_spans && f->g->columns > 1;
    st->span_all = all;
    st->one_column = f->g->columns == 1;
    bn_grid_begin(st, f->ctx->flow->flow, f->y);
    if (!notes_off) {
        st->notes = r->notes;
        st->notes_bpd = r->notes_bpd;
    }
}

/* Fill n columns of a span from a token on. */
static columns
fill_columns(filling *f, bn_area *span, int32_t n, bool all, bn_len room,
             bool notes_off)
{
    bn_ctx *c = f->ctx;
    const bn_len gap = f->g->gap;
    const bn_len width = column_width(span->ipd, gap, n);
    columns r = {.next = f->next, .status = BN_BROKEN, .limit = room};
    const bool rest = f->started;

    r.notes = f->notes;
    r.notes_bpd = f->notes_bpd;
    span->first = span->last = NULL;
    for (int32_t i = 0; i < n; i++) {
        bn_area *flow = bn_area_make(c, BN_AREA_FLOW);
        bn_stack st;
        bn_open o;

        flow->ipd = width;
        flow->ip = (width + gap) * i;
        flow->flags = BN_REFERENCE;
        bn_area_append(span, flow);
        if (r.status == BN_DONE || r.change_span ||
            (r.break_kind && r.break_kind != BN_K_COLUMN))
            continue;
        bn_area_own(c, flow, c->flow->flow, !rest && i == 0);
        begin_column(f, &r, flow, all, room, notes_off, &st, &o);
        st.page_goes_on = i + 1 < n;
        st.squeeze = f->squeeze;
        {
            const bn_token *next = NULL;
            const bool top = !f->something || i > 0 || f->y == 0;

            r.status = bn_stack_run(c, &st, top, bn_lay_children, c->flow->flow,
                                    r.next, &next);
            if (r.status == BN_FULL) {
                r.status = BN_BROKEN;
                continue; /* not even its first thing fits: next column */
            }
            r.next = next;
        }
        if (st.y < bn_floats_bottom(&st))
            st.y = bn_floats_bottom(&st);
        flow->bpd = st.y;
        r.placed |= st.placed > 0;
        r.break_kind = (bn_keyword)st.break_kind;
        r.change_span = st.change_span;
        if (r.status == BN_BROKEN && !st.break_kind && !st.change_span &&
            st.best_keep > r.worst)
            r.worst = st.best_keep;
        if (r.status == BN_DONE)
            flow->flags |= BN_LAST;
        if (!notes_off) {
            r.notes = st.notes;
            r.notes_bpd = st.notes_bpd;
        }
        if (st.y > r.used)
            r.used = st.y;
    }
    span->bpd = r.used;
    return r;
}

/* Least height at which the columns hold what they held at full height. */
static columns
balance(filling *f, bn_area *span, int32_t n, bool all, columns full)
{
    bn_len low = full.used / n, high = full.used;
    columns best = full;
    bool current = true;

    for (int tries = 0; tries < 16 && low < high; tries++) {
        const bn_len mid = low + (high - low) / 2;
        columns r = fill_columns(f, span, n, all, mid + full.notes_bpd, false);

        current = false;
        if ((r.status == full.status && r.change_span == full.change_span &&
             r.used <= mid && r.break_kind == full.break_kind &&
             r.worst <= full.worst)) {
            best = r;
            current = true;
            high = r.used < mid ? r.used : mid;
        } else {
            low = mid + 1;
        }
    }
    if (!current)
        best = fill_columns(f, span, n, all, high + full.notes_bpd, false);
    return best;
}

static bool
next_spans_all(const filling *f)
{
    const bn_fo *child =
        f->started && f->next ? f->next->child : f->ctx->flow->flow->first;

    while (child && (child->type == BN_FO_MARKER || child->type == BN_FO_TEXT))
        child = child->next;
    return child && bn_fo_is(child, BN_P_SPAN, BN_K_ALL);
}

/* Notes of several columns: what they take is taken off all columns alike. */
static columns
even_notes(filling *f, bn_area *span, int32_t n, bool all, bn_len room,
           columns r)
{
    const bn_note *notes = r.notes;
    const bn_len bpd = r.notes_bpd;

    f->ctx->flow->notes_off = 1;
    r = fill_columns(f, span, n, all, room - bpd, true);
    f->ctx->flow->notes_off = 0;
    r.notes = notes;
    r.notes_bpd = bpd;
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
squeeze(filling *f, bn_area *span, int32_t n, bool all, bn_len room, columns r)
{
    columns fit;
    int32_t low = 0, high = BN_SQUEEZE_WHOLE;

    if (r.status != BN_BROKEN || r.break_kind || r.change_span || n > 1 ||
        !is_tail(r.next))
        return r;
    f->squeeze = high;
    fit = fill_columns(f, span, n, all, room, false);
    for (int tries = 0; fit.status == BN_DONE && tries < 6; tries++) {
        f->squeeze = (low + high) / 2;
        if (fill_columns(f, span, n, all, room, false).status == BN_DONE)
            high = f->squeeze;
        else
            low = f->squeeze;
    }
    f->squeeze = fit.status == BN_DONE ? high : 0;
    fit = fill_columns(f, span, n, all, room, false);
    f->squeeze = 0;
    return fit;
}

/* One span; false: the page is full. */
static bool
fill_span(filling *f, bn_len ipd)
{
    bn_ctx *c = f->ctx;
    const bool all =
        c->flow->has_spans && f->g->columns > 1 && next_spans_all(f);
    const int32_t n = all ? 1 : f->g->columns;
    bn_area *span = bn_area_make(c, BN_AREA_SPAN);
    const bn_len room = f->height - f->y;
    columns r;

    span->ipd = ipd;
    span->bp = f->y;
    span->flags = BN_REFERENCE;
    span->span.columns = n;
    span->span.column_gap = f->g->gap;
    r = fill_columns(f, span, n, all, room, false);
    r = squeeze(f, span, n, all, room, r);
    if (n > 1 && r.notes_bpd > f->notes_bpd)
        r = even_notes(f, span, n, all, room, r);
    else if (n > 1 && r.change_span &&
             !bn_fo_is(c->flow->flow, BN_P_FOX_DISABLE_COLUMN_BALANCING,
                       BN_K_TRUE))
        r = balance(f, span, n, all, r);
    bn_area_append(f->main, span);
    f->y += r.used;
    f->next = r.next;
    f->started = true;
    f->finished = r.status == BN_DONE;
    f->break_kind = r.break_kind;
    f->notes = r.notes;
    f->notes_bpd = r.notes_bpd;
    f->something |= r.placed;
    return r.change_span && r.placed;
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
    c->flow->separator = -1;
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
        while (fill_span(&f, ipd) && f.y < f.height && !f.finished)
            ;
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
