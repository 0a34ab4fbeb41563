/* sequence.c - the pages of a page-sequence, one by one. */
#include "layout/pages.h"

#include <string.h>

enum { MOST_PAGES = 200000, MOST_IDLE = 3 };

/* How much the lines that are kept for the next page, or the next pass, may
 * take: all of them in a document of some dozen pages. */
enum { SMALL_OBJECTS = 10000, LINES_SMALL = 24 << 20, LINES_LARGE = 2 << 20 };

bn_len
bn_page_ipd(bn_ctx *c)
{
    return c->flow && c->flow->g ? c->flow->g->width : 0;
}

bn_len
bn_page_bpd(bn_ctx *c)
{
    return c->flow && c->flow->g ? c->flow->g->height : 0;
}

int32_t
bn_page_number(bn_ctx *c)
{
    return c->flow ? c->flow->page_no : 0;
}

const char *
bn_page_text(bn_ctx *c)
{
    return c->flow && c->flow->page_text ? c->flow->page_text : "";
}

/* ---------------------------------------------------------------- counting */

static bool
is_odd(int32_t n)
{
    return n % 2 != 0;
}

/* Of a number that has no next, itself: the page is still made. */
static int32_t
next_number(int32_t n)
{
    return n < INT32_MAX ? n + 1 : n;
}

/* First page number of a sequence that follows page `last`. */
static int32_t
first_number(const bn_fo *seq, int32_t last)
{
    const bn_value *v = bn_fo_get(seq, BN_P_INITIAL_PAGE_NUMBER);
    int32_t n;

    if (v->kind == BN_V_NUMBER) {
        n = bn_fo_int(seq, BN_P_INITIAL_PAGE_NUMBER);
        return n < 1 ? 1 : n;
    }
    n = next_number(last);
    if (bn_fo_is(seq, BN_P_INITIAL_PAGE_NUMBER, BN_K_AUTO_ODD) && !is_odd(n))
        n = next_number(n);
    if (bn_fo_is(seq, BN_P_INITIAL_PAGE_NUMBER, BN_K_AUTO_EVEN) && is_odd(n))
        n = next_number(n);
    return n;
}

/* Must a blank page follow page `last`, the count-th of the sequence? */
static bool
wants_blank(const bn_fo *seq, const bn_fo *next_seq, int32_t last,
            uint32_t count)
{
    switch ((int)bn_fo_keyword(seq, BN_P_FORCE_PAGE_COUNT)) {
    case BN_K_EVEN:
        return count % 2 != 0;
    case BN_K_ODD:
        return count % 2 == 0;
    case BN_K_END_ON_EVEN:
        return is_odd(last);
    case BN_K_END_ON_ODD:
        return !is_odd(last);
    case BN_K_AUTO:
        return next_seq && is_odd(first_number(next_seq, last)) == is_odd(last);
    default:
        return false;
    }
}

/* ------------------------------------------------------------------ a page */

static void
set_number(bn_ctx *c, int32_t number)
{
    const bn_fo *seq = c->flow->seq;
    const char *format = bn_fo_string(seq, BN_P_FORMAT);
    const bn_number_form form = {bn_fo_string(seq, BN_P_GROUPING_SEPARATOR),
                                 bn_fo_int(seq, BN_P_GROUPING_SIZE)};

    c->flow->page_no = number;
    c->flow->page_text = bn_fo_format_grouped(
        c->page, number, format && *format ? format : "1", &form);
}

static bn_area *
page_area(bn_ctx *c, const bn_geometry *g, bool blank)
{
    bn_area *p = bn_area_make(c, BN_AREA_PAGE);

    p->ipd = g->width;
    p->bpd = g->height;
    p->flags = BN_REFERENCE;
    p->writing_mode = BN_LR_TB; /* the places of regions are on the sheet */
    p->page.master = g->name;
    p->page.number = c->flow->page_no;
    p->page.number_text = c->flow->page_text;
    p->page.index = c->page_index;
    p->page.blank = blank;
    p->tag = bn_tag_of(c, c->flow->seq);
    return p;
}

static bn_code
finish_page(bn_ctx *c, const bn_geometry *g, bn_area *body, bool blank,
            bool emit, bn_err *err)
{
    bn_area *page = page_area(c, g, blank);
    bn_code code = BN_OK;

    bn_markers_page(c, body);
    bn_static_regions(c, g, page, body);
    bn_cites_object(c, c->tree->root, c->page_index, c->flow->page_text);
    bn_cites_object(c, c->flow->seq, c->page_index, c->flow->page_text);
    bn_cites_page(c, page, c->page_index, c->flow->page_text);
    if (emit)
        code = c->sink->page(c->sink->user, page, err);
    else if (bn_kept_on(c))
        bn_kept_page(c, page);
    bn_markers_turn(c);
    c->page_index++;
    c->flow->page_count++;
    return code;
}

/* The arenas of pages take turns: what the page before made is still there
 * (its tokens), what came before that goes. */
static void
turn_arenas(bn_ctx *c)
{
    const size_t used = bn_arena_used(c->lines);
    bn_arena *t = c->page;

    if (bn_kept_on(c))
        return;
    c->page = c->other_page;
    c->other_page = t;
    bn_arena_rewind(c->page, c->page_mark[c->page == c->first_page ? 0 : 1]);
    /* What is made again then is less than what was made since: linear. */
    if (used > (c->tree->count < SMALL_OBJECTS ? LINES_SMALL : LINES_LARGE) &&
        used / 2 > c->lines_live) {
        bn_arena_rewind(c->lines, c->lines_mark);
        c->paras = bn_map_new(c->lines);
    }
    c->lines_live = 0;
    c->turn++;
}

static bn_code
blank_page(bn_ctx *c, bool last, bool blank, bool emit, bn_err *err)
{
    bn_page_kind k = {c->flow->page_count == 0, last, blank,
                      is_odd(c->flow->page_no)};
    const bn_geometry *g = bn_master_pick(c, &c->flow->master, k);
    bn_area *body = NULL;

    if (g == NULL)
        return c->fatal;
    c->flow->g = g;
    if (g->region[BN_REGION_BODY].fo) {
        body = bn_region_area(c, g, BN_REGION_BODY);
        bn_area_append(body, bn_area_make(c, BN_AREA_BEFORE_FLOAT));
        bn_area_append(body, bn_area_make(c, BN_AREA_MAIN));
        bn_area_append(body, bn_area_make(c, BN_AREA_FOOTNOTES));
    }
    return finish_page(c, g, body, blank, emit, err);
}

/* ---------------------------------------------------------------- the flow */

typedef struct progress {
    const bn_token *next;
    bool finished;
    bn_keyword break_kind;
    bool skipped; /* the page before took nothing of the flow */
    bool extra;   /* an empty last page is to follow */
    int idle;     /* pages in a row without anything of the flow */
} progress;

static bool
has_content(const bn_area *body)
{
    for (const bn_area *a = body->first; a; a = a->next)
        if (a->kind == BN_AREA_TEXT || a->kind == BN_AREA_LINE ||
            a->kind == BN_AREA_BLOCK || has_content(a))
            return true;
    return false;
}

/* Does the flow go into this page's body? */
static bool
takes_flow(const bn_flow *f, const bn_geometry *g)
{
    const char *name = bn_fo_string(f->flow, BN_P_FLOW_NAME);
    const bn_region_box *body = &g->region[BN_REGION_BODY];

    return body->fo && (name == NULL || strcmp(name, body->name) == 0);
}

static bn_body
try_page(bn_ctx *c, const progress *p, const bn_geometry *g)
{
    c->flow->g = g;
    return bn_body_make(c, g, p->next, p->finished);
}

static bool
ends(const bn_body *b)
{
    return b->finished && b->carry == NULL;
}

/*
 * Lay out the next page. Whether it is the last is found by trial: as a page
 * that is not; when the flow ends on it, again with the master for last pages,
 * if that is another. (A last page that is higher than the others may hold
 * what another cannot, so it is tried even when the flow does not end.) When
 * the rest does not fit on a last page, an empty one follows.
 */
static bn_body
choose_page(bn_ctx *c, const progress *p, bn_page_kind k, bool may_be_last,
            bool *extra)
{
    bn_flow *f = c->flow;
    bn_master_state state = f->master;
    const bn_geometry *g = bn_master_pick(c, &f->master, k);
    const bn_geometry *last;
    const bn_len bpd = g->region[BN_REGION_BODY].h;
    bn_body b = try_page(c, p, g);

    k.last = true;
    last = may_be_last ? bn_master_pick(c, &state, k) : NULL;
    if (last == NULL || last == g || !takes_flow(f, last) ||
        (!ends(&b) && last->region[BN_REGION_BODY].h <= bpd))
        return b;
    {
        const bool ended = ends(&b);
        const bn_body again = try_page(c, p, last);

        if (ends(&again)) {
            f->master = state;
            return again;
        }
        *extra = ended;
        return try_page(c, p, g);
    }
}

static bn_code
content_page(bn_ctx *c, progress *p, const bn_fo *next_seq, bool emit,
             bn_err *err)
{
    bn_flow *f = c->flow;
    bn_page_kind k = {f->page_count == 0, false, false, is_odd(f->page_no)};
    bn_master_state state = f->master;
    const bn_geometry *g = bn_master_pick(c, &state, k);
    const bool may_be_last =
        !wants_blank(f->seq, next_seq, f->page_no, f->page_count + 1);
    bool extra = false;
    bn_body b;

    if (g == NULL)
        return c->fatal;
    if (!takes_flow(f, g)) {
        p->idle++;
        p->skipped = true;
        return blank_page(c, false, false, emit, err);
    }
    b = choose_page(c, p, k, may_be_last, &extra);
    if (c->fatal)
        return c->fatal;
    p->idle = has_content(b.region) ? 0 : p->idle + 1;
    p->next = b.next;
    p->finished = b.finished;
    p->break_kind = b.break_kind;
    p->extra = extra;
    f->carry = b.carry;
    return finish_page(c, f->g, b.region, false, emit, err);
}

static bool
spans_all(const bn_fo *flow)
{
    for (const bn_fo *child = flow->first; child; child = child->next)
        if (bn_fo_is(child, BN_P_SPAN, BN_K_ALL))
            return true;
    return false;
}

static void
begin_sequence(bn_ctx *c, const bn_fo *seq)
{
    bn_flow *f = BN_NEW(c->seq, bn_flow);

    c->flow = f;
    f->seq = seq;
    f->geometries = bn_map_new(c->seq);
    f->separator[0] = f->separator[1] = -1;
    c->slots = bn_map_new(c->seq);
    for (const bn_fo *child = seq->first; child; child = child->next)
        if (child->type == BN_FO_FLOW)
            f->flow = child;
    f->has_spans = f->flow && spans_all(f->flow);
    bn_markers_sequence(c);
}

/* Is a blank page due before a page that must be even or odd? */
static bool
parity_is_wrong(bn_keyword k, int32_t number)
{
    return (k == BN_K_EVEN_PAGE && is_odd(number)) ||
           (k == BN_K_ODD_PAGE && !is_odd(number));
}

static void
warn_unplaced(bn_ctx *c)
{
    const char *name = bn_fo_string(c->flow->flow, BN_P_FLOW_NAME);
    const char *body =
        c->flow->g ? c->flow->g->region[BN_REGION_BODY].name : NULL;

    if (name && body && strcmp(name, body) != 0)
        bn_warn_once(c->msgs, BN_WFLOWNAME, bn_at(c->flow->flow->place), name);
}

bn_code
bn_sequence_pages(bn_ctx *c, const bn_fo *seq, const bn_fo *next_seq, bool emit,
                  bn_err *err)
{
    progress p = {0};
    bn_code code = BN_OK;
    int32_t number;

    begin_sequence(c, seq);
    if (c->flow->flow == NULL)
        return BN_OK;
    number = first_number(seq, c->last_number);
    do {
        bn_keyword parity = p.break_kind;

        /* After a page without the flow p.next is still in the other arena. */
        if (!p.skipped)
            turn_arenas(c);
        p.skipped = false;
        if (c->flow->page_count == 0)
            parity = bn_break_before(c->flow->flow);
        set_number(c, number);
        if (parity_is_wrong(parity, number)) {
            code = blank_page(c, false, true, emit, err);
            number = next_number(number);
            if (code != BN_OK)
                return code;
            set_number(c, number); /* same arena: p.next is in the other */
        }
        code = content_page(c, &p, next_seq, emit, err);
        number = next_number(number);
        if (c->page_index >= MOST_PAGES)
            return bn_fail(err, BN_EPAGES, bn_at(seq->place), "200000");
    } while (code == BN_OK && (!p.finished || c->flow->carry) &&
             p.idle < MOST_IDLE);
    warn_unplaced(c);
    if (code == BN_OK && p.extra) {
        turn_arenas(c);
        set_number(c, number);
        number = next_number(number);
        code = blank_page(
            c, !wants_blank(seq, next_seq, number - 1, c->flow->page_count + 1),
            false, emit, err);
    }
    if (code == BN_OK &&
        wants_blank(seq, next_seq, number - 1, c->flow->page_count)) {
        turn_arenas(c);
        set_number(c, number);
        number = next_number(number);
        code = blank_page(c, true, true, emit, err);
    }
    c->last_number = number - 1;
    return code;
}
