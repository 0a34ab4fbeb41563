/*
 * block.c - block-level objects one after another: which part lays out which
 * object, forced breaks and keeps between neighbours.
 */
#include "layout/internal.h"

static bn_part lay_block;

/* Objects that stand in a column by themselves; the others are inline or make
 * no areas. */
static const struct {
    bn_fo_type type;
    bn_part *part;
} parts[] = {
    {BN_FO_TABLE, bn_layout_table}, {BN_FO_TABLE_AND_CAPTION, bn_layout_table},
    {BN_FO_LIST_BLOCK, lay_block},  {BN_FO_LIST_ITEM, bn_lay_list_item},
    {BN_FO_BLOCK, lay_block},       {BN_FO_BLOCK_CONTAINER, bn_lay_container},
    {BN_FO_FLOAT, bn_lay_float},
};

static bool
is_block_level(const bn_fo *fo)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].type == fo->type)
            return true;
    return false;
}

/* Objects that only hand their children on. */
bool
bn_is_transparent(const bn_fo *fo)
{
    return fo->type == BN_FO_WRAPPER || bn_is_retrieve(fo) ||
           fo->type == BN_FO_MULTI_SWITCH || fo->type == BN_FO_MULTI_CASE ||
           fo->type == BN_FO_MULTI_PROPERTIES || fo->type == BN_FO_MARKER ||
           fo->type == BN_FO_MULTI_TOGGLE;
}

/* Does a transparent object hold block-level ones? */
static bool
holds_blocks(const bn_fo *fo)
{
    for (const bn_fo *c = fo->first; c; c = c->next)
        if (is_block_level(c) || (bn_is_transparent(c) && holds_blocks(c)))
            return true;
    return false;
}

/* Of the cases of a switch the first that is to be shown is. */
static bool
is_other_case(const bn_fo *fo)
{
    const bn_fo *c = fo;

    if (fo->type != BN_FO_MULTI_CASE)
        return false;
    if (bn_fo_is(fo, BN_P_STARTING_STATE, BN_K_HIDE))
        return true;
    while ((c = c->prev))
        if (c->type == BN_FO_MULTI_CASE &&
            !bn_fo_is(c, BN_P_STARTING_STATE, BN_K_HIDE))
            return true;
    return false;
}

bool
bn_makes_nothing(const bn_fo *fo)
{
    return is_other_case(fo) || fo->type == BN_FO_MARKER ||
           fo->type == BN_FO_INITIAL_PROPERTY_SET ||
           fo->type == BN_FO_MULTI_PROPERTY_SET ||
           fo->type == BN_FO_CHANGE_BAR_BEGIN ||
           fo->type == BN_FO_CHANGE_BAR_END ||
           fo->type == BN_FO_INDEX_RANGE_BEGIN ||
           fo->type == BN_FO_INDEX_RANGE_END ||
           fo->type == BN_FO_FOX_DESTINATION;
}

/* A float with text before it, or in an inline, is an anchor in its line;
 * at the beginning of a block it stands level with that. */
static bool
is_in_line(const bn_fo *fo)
{
    if (bn_fo_is(fo, BN_P_FLOAT, BN_K_NONE))
        return false;
    for (const bn_fo *k = fo->prev; k; k = k->prev)
        if (bn_is_inline(k) && !bn_is_blank(k))
            return true;
        else if (is_block_level(k) && k->type != BN_FO_FLOAT)
            return false;
    return fo->parent && fo->parent->type == BN_FO_INLINE;
}

bool
bn_is_inline(const bn_fo *fo)
{
    if (fo->type == BN_FO_FLOAT)
        return is_in_line(fo);
    return !is_block_level(fo) && !bn_makes_nothing(fo) &&
           !(bn_is_transparent(fo) && holds_blocks(fo));
}

/* ------------------------------------------------------ breaks and keeps */

/* The first (last) child whose breaks and keeps are its parent's as well. */
static const bn_fo *
edge_child(const bn_fo *fo, bool first)
{
    const bn_fo *c = first ? fo->first : fo->last;

    if (fo->type == BN_FO_FLOAT || fo->type == BN_FO_FOOTNOTE)
        return NULL;
    if (fo->type == BN_FO_BLOCK_CONTAINER &&
        (bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_ABSOLUTE) ||
         bn_fo_is(fo, BN_P_ABSOLUTE_POSITION, BN_K_FIXED)))
        return NULL;
    while (c && (bn_makes_nothing(c) || c->type == BN_FO_TABLE_COLUMN))
        c = first ? c->next : c->prev;
    return c && c->type != BN_FO_TEXT ? c : NULL;
}

static int
break_rank(bn_keyword k)
{
    switch ((int)k) {
    case BN_K_COLUMN:
        return 1;
    case BN_K_PAGE:
        return 2;
    case BN_K_EVEN_PAGE:
    case BN_K_ODD_PAGE:
        return 3;
    default:
        return 0;
    }
}

static bn_keyword
stronger(bn_keyword a, bn_keyword b)
{
    return break_rank(b) > break_rank(a) ? b : a;
}

static bn_keyword
edge_break(const bn_fo *fo, bn_prop p, bool first)
{
    bn_keyword k = BN_K_AUTO;

    for (; fo; fo = edge_child(fo, first)) {
        k = stronger(k, bn_fo_keyword(fo, p));
        if (first && fo->type == BN_FO_LIST_ITEM && fo->last)
            /* label and body begin together */
            k = stronger(k, edge_break(fo->last, p, first));
    }
    return k;
}

bn_keyword
bn_break_before(const bn_fo *fo)
{
    return edge_break(fo, BN_P_BREAK_BEFORE, true);
}

bn_keyword
bn_break_after(const bn_fo *fo)
{
    return edge_break(fo, BN_P_BREAK_AFTER, false);
}

static int32_t
larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Strength of a keep for the break at the end of this column. */
static int32_t
strength(const bn_stack *st, const bn_fo *fo, bn_prop column, bn_prop page)
{
    const int32_t keep = bn_fo_keep(fo, column);

    return st && st->page_goes_on ? keep : larger(keep, bn_fo_keep(fo, page));
}

/* Of an object and what stands at its edge: in a list item label and body
 * begin together, and either may be its end. */
static int32_t
edge_keep(const bn_stack *st, const bn_fo *fo, bool first)
{
    int32_t keep = 0;

    for (; fo; fo = edge_child(fo, first)) {
        const bn_fo *other = first ? fo->last : fo->first;

        keep = larger(keep,
                      first ? strength(st, fo,
                                       BN_P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
                                       BN_P_KEEP_WITH_PREVIOUS_WITHIN_PAGE)
                            : strength(st, fo,
                                       BN_P_KEEP_WITH_NEXT_WITHIN_COLUMN,
                                       BN_P_KEEP_WITH_NEXT_WITHIN_PAGE));
        if (fo->type == BN_FO_LIST_ITEM && other)
            keep = larger(keep, edge_keep(st, other, first));
    }
    return keep;
}

int32_t
bn_keep_of_page(const bn_fo *a, const bn_fo *b)
{
    int32_t keep = 0;

    for (; a; a = edge_child(a, false))
        keep = larger(keep, bn_fo_keep(a, BN_P_KEEP_WITH_NEXT_WITHIN_PAGE));
    for (; b; b = edge_child(b, true))
        keep = larger(keep, bn_fo_keep(b, BN_P_KEEP_WITH_PREVIOUS_WITHIN_PAGE));
    return keep;
}

int32_t
bn_keep_between_in(const bn_stack *st, const bn_fo *a, const bn_fo *b)
{
    return larger(edge_keep(st, a, false), edge_keep(st, b, true));
}

int32_t
bn_keep_together_in(const bn_stack *st, const bn_fo *fo)
{
    return strength(st, fo, BN_P_KEEP_TOGETHER_WITHIN_COLUMN,
                    BN_P_KEEP_TOGETHER_WITHIN_PAGE);
}

int32_t
bn_keep_between(const bn_fo *a, const bn_fo *b)
{
    return bn_keep_between_in(NULL, a, b);
}

int32_t
bn_keep_together(const bn_fo *fo)
{
    return bn_keep_together_in(NULL, fo);
}

/* ----------------------------------------------------------- the children */

const bn_token *
bn_token_make(bn_ctx *c, const bn_fo *fo, const bn_fo *child,
              const bn_token *inner)
{
    bn_token *t = BN_NEW(c->page, bn_token);

    t->fo = fo;
    t->child = child;
    t->inner = inner;
    return t;
}

const bn_token *
bn_token_again(bn_ctx *c, const bn_token *t)
{
    bn_token *copy;

    if (t == NULL)
        return NULL;
    copy = bn_arena_copy(c->page, t, sizeof *t);
    copy->inner = bn_token_again(c, t->inner);
    copy->label = bn_token_again(c, t->label);
    if (t->data && t->nbytes)
        copy->data = bn_arena_copy(c->page, t->data, t->nbytes);
    else if (t->data)
        copy->data = bn_table_rest_again(c, t->data);
    return copy;
}

/* Retrieved markers stand in their place; NULL when there is none. */
static const bn_fo *
actual(bn_ctx *c, const bn_fo *fo)
{
    return bn_is_retrieve(fo) ? bn_marker_found(c, fo) : fo;
}

/* The next thing to lay out from child on: a block-level object, or the
 * inline content that starts with it. */
typedef struct thing {
    const bn_fo *first, *end; /* end: child after it */
    bool inline_content;
} thing;

static bool
next_thing(bn_ctx *c, const bn_fo *child, thing *t)
{
    bool blank;

    for (; child; child = child->next) {
        t->first = child;
        t->end = child->next;
        t->inline_content = false;
        if (bn_makes_nothing(child))
            continue;
        if (bn_is_retrieve(child)) {
            const bn_fo *found = bn_marker_found(c, child);

            if (found == NULL || found->first == NULL)
                continue;
            if (holds_blocks(found))
                return true;
        }
        if (!bn_is_inline(child))
            return true;
        t->end = bn_run_end(child, &blank);
        t->inline_content = true;
        if (!blank)
            return true;
        if (t->end == NULL)
            return false;
        child = t->end->prev;
    }
    return false;
}

/* Does a child of the flow span the columns where others do not? */
static bool
spans_otherwise(const bn_stack *st, const bn_fo *fo)
{
    return st->spans && !st->inside && fo->parent->type == BN_FO_FLOW &&
           bn_fo_is(fo, BN_P_SPAN, BN_K_ALL) != st->span_all;
}

/* A forced break before child. Where the span changes as well, the columns
 * above it are of equal height, and no column is left to go to. */
static bool
stop_before(bn_stack *st, bn_keyword k, const bn_fo *child)
{
    const bool change = spans_otherwise(st, child);

    if (change && k == BN_K_COLUMN)
        k = BN_K_PAGE;
    if (!bn_stop_for_break(st, k))
        return false;
    st->change_span = change;
    return true;
}

bool
bn_stop_for_break(bn_stack *st, bn_keyword k)
{
    if (break_rank(k) == 0 || !st->solid || st->room >= BN_NO_LIMIT)
        return false;
    if (k == BN_K_COLUMN && st->one_column)
        k = BN_K_PAGE;
    st->break_kind = k;
    return true;
}

bool
bn_stop_behind_line(bn_stack *st, int32_t keep)
{
    if (!st->by_line)
        return false;
    st->line_keep = keep > st->together ? keep : st->together;
    return true;
}

static bn_status
lay_thing(bn_ctx *c, bn_stack *st, const bn_fo *parent, const thing *t,
          int32_t keep, const bn_token *from, const bn_token **next)
{
    const bn_run run = {parent, t->first};

    if (t->inline_content)
        return bn_lay_part(c, st, bn_lay_paragraph, &run, keep, from, next);
    return bn_lay_part(c, st, bn_lay_object, t->first, keep, from, next);
}

/* A change of span ends the column (XSL 1.1 7.21.5); only in the flow's own
 * children does it count. */
static bool
stop_for_span(bn_stack *st, const bn_fo *fo, bool resumed)
{
    if (!spans_otherwise(st, fo) || (resumed && st->at_edge))
        return false;
    st->change_span = 1;
    return true;
}

bn_status
bn_lay_children(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
                const bn_token **next)
{
    const bn_fo *parent = what;
    const bn_fo *child = parent->first;
    const bn_token *inner = NULL, *more = NULL;
    const bn_fo *before = NULL;
    const bool resumed_here = from != NULL;
    thing t;


    if (from) {
        child = from->child;
        inner = from->inner;
    }
    for (; next_thing(c, child, &t); child = t.end) {
        const bool resumed = resumed_here && before == NULL;
        bn_status status;
        bn_keyword forced;
        int32_t keep;

        forced = before ? bn_break_after(before) : BN_K_AUTO;
        forced = stronger(forced, t.inline_content ? BN_K_AUTO
                                                   : bn_break_before(t.first));
        /* The first child's break is its parent's, seen to there. */
        if ((before && stop_before(st, forced, t.first)) ||
            (!t.inline_content && stop_for_span(st, t.first, resumed))) {
            *next = bn_token_make(c, parent, t.first, NULL);
            return BN_BROKEN;
        }
        keep = before ? bn_keep_between_in(st, before, t.first) : BN_NO_OFFER;
        if (before && bn_stop_behind_line(st, keep)) {
            *next = bn_token_make(c, parent, t.first, NULL);
            return BN_BROKEN;
        }
        status = lay_thing(c, st, parent, &t, keep, inner, &more);
        if (status == BN_BROKEN)
            *next = bn_token_make(c, parent, t.first, more);
        if (status != BN_DONE)
            return status;
        inner = NULL;
        before = t.first;
        if (t.end == NULL)
            break;
    }
    return BN_DONE;
}

/* --------------------------------------------------------------- objects */

static bn_status
lay_block(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
          const bn_token **next)
{
    const bn_fo *fo = what;
    bn_open o;
    bn_status status, closed;

    bn_block_open(c, st, fo, from != NULL, &o);
    status = bn_lay_children(c, st, fo, from, next);
    if (status == BN_FULL)
        return status;
    closed = bn_block_close(c, st, &o, status == BN_DONE);
    return closed == BN_FULL ? closed : status;
}

/* A wrapper with blocks makes no area, but its id must be found. */
static bn_status
lay_transparent(bn_ctx *c, bn_stack *st, const bn_fo *fo, const bn_token *from,
                const bn_token **next)
{
    const bn_fo *found = actual(c, fo);

    const bn_area *before = st->open->area->last;
    const char *id = bn_fo_string(fo, BN_P_ID);
    bn_status status;

    if (found == NULL)
        return BN_DONE;
    status = bn_lay_children(c, st, found, from, next);
    if (status != BN_FULL && from == NULL && id && *id) {
        bn_area *a = before ? before->next : st->open->area->first;

        if (a && a->id == NULL) /* its first area answers to the id */
            a->id = id;
    }
    return status;
}

/* An object beside floats, where there are some. */
static bn_status
lay_beside(bn_ctx *c, bn_stack *st, bn_part *part, const bn_fo *fo,
           const bn_token *from, const bn_token **next)
{
    const bn_frame *const frame = c->frame;
    bn_open *const open = st->open;
    bn_frame narrow;
    bn_narrowed n;
    bn_status status;

    if (st->floats == NULL || !bn_narrow(c, st, fo, &n))
        return part(c, st, fo, from, next);
    narrow = *frame;
    narrow.ipd = st->ipd;
    c->frame = &narrow;
    status = part(c, st, fo, from, next);
    c->frame = frame;
    st->open = open; /* when it is full, it is taken back */
    bn_widen(c, st, &n);
    return status;
}

bn_status
bn_lay_object(bn_ctx *c, bn_stack *st, const void *what, const bn_token *from,
              const bn_token **next)
{
    const bn_fo *fo = what;

    if (bn_is_transparent(fo))
        return lay_transparent(c, st, fo, from, next);
    if (st->floats && from == NULL)
        bn_floats_clear(c, st, fo);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].type == fo->type)
            return lay_beside(c, st, parts[i].part, fo, from, next);
    return BN_DONE;
}

/* -------------------------------------------------- content by itself */

bn_inside
bn_lay_alone(bn_ctx *c, bn_part *part, const bn_fo *fo, bn_area *into,
             bn_len room, bool top, const bn_token *from)
{
    bn_inside r = {0};
    bn_stack st;
    bn_open o;

    bn_stack_begin(&st, &o, into, room);
    st.inside = 1;
    bn_grid_begin_new(&st, fo);
    st.squeeze = c->squeeze;
    c->squeeze = 0;
    st.one_column = 1;
    r.status = bn_stack_run(c, &st, top, part, fo, from, &r.next);
    if (r.status == BN_FULL) { /* nothing fits: go on from the same place */
        r.status = BN_BROKEN;
        r.next = bn_token_again(c, from);
        return r;
    }
    if (st.y < bn_floats_bottom(&st)) /* they are inside it */
        st.y = bn_floats_bottom(&st);
    r.bpd = st.y;
    r.keep = st.best_keep;
    r.break_kind = (bn_keyword)st.break_kind;
    r.notes = st.notes;
    r.notes_bpd = st.notes_bpd;
    r.overflows = st.spilled;
    into->bpd = st.y;
    return r;
}

bn_inside
bn_lay_inside(bn_ctx *c, const bn_fo *fo, bn_area *into, bn_len room, bool top,
              const bn_token *from)
{
    return bn_lay_alone(c, bn_lay_children, fo, into, room, top, from);
}
