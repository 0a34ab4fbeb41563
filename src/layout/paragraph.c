/*
 * paragraph.c - a block's inline content as lines in the stack: broken into
 * lines once a width, placed line by line with widows and orphans.
 */
#include "layout/inline.h"

#include <string.h>

/* What sticks out by less than a tenth of a point is rounding. */
enum {
    KEEP_WIDOWS = BN_KEEP_ALWAYS - 1,
    LEAST_OVERFLOW = 100,
    NOMINAL_WIDTH = 100000 /* that a percentage of padding shows itself at */
};

static void
set_leading(bn_paragraph *p)
{
    const bn_len lead = p->font.line_height - p->font.asc - p->font.desc;

    p->half_before = lead / 2;
    p->half_after = lead - p->half_before;
    p->fixed_height =
        bn_fo_is(p->fo, BN_P_LINE_STACKING_STRATEGY, BN_K_FONT_HEIGHT);
    p->leads = bn_fo_is(p->fo, BN_P_LINE_STACKING_STRATEGY, BN_K_LINE_HEIGHT);
    p->unshifted = bn_fo_is(p->fo, BN_P_LINE_HEIGHT_SHIFT_ADJUSTMENT,
                            BN_K_DISREGARD_SHIFTS);
}

/* What the composing of lines costs, when somebody wants to know. */
static double
clock_begin(const bn_ctx *c)
{
    return c->o->lines_seconds ? c->o->seconds() : 0;
}

static void
clock_end(const bn_ctx *c, double start)
{
    if (c->o->lines_seconds)
        *c->o->lines_seconds += c->o->seconds() - start;
}

/* What was set before at another width is no more of it. */
static void
leave_out(bn_paragraph *p)
{
    const bn_rest from = p->from;
    bn_item *first;

    if (from.item >= p->nitems) {
        if (from.item)
            p->nitems = 0;
        return;
    }
    p->items += from.item;
    p->nitems -= from.item;
    if (from.byte == 0)
        return;
    first = (bn_item *)(uintptr_t)p->items; /* in the list just collected */
    first->text += from.byte;
    first->nbytes -= from.byte;
}

/* Items of the content, and their paragraph. */
static void
collect(bn_ctx *c, bn_paragraph *p, bn_items *b)
{
    bn_para_style style = bn_para_style_of(c, p->fo);
    double start;

    bn_set_stops(c, p->fo, p->width, &style);
    b->ctx = c;
    b->p = p;
    b->width = p->width;
    bn_items_collect(b, p->first, p->end);
    leave_out(p);
    start = clock_begin(c);
    if (bn_para_make(c->lines, &style, p->items, p->nitems, &p->para,
                     c->msgs) != BN_OK)
        c->glyphs_missing = 1;
    clock_end(c, start);
}

static bn_paragraph *
make(bn_ctx *c, const bn_run *run, bn_len width, bn_rest from)
{
    bn_paragraph *p = BN_NEW(c->lines, bn_paragraph);
    bn_items b = {0};
    bool blank;

    p->fo = run->fo;
    p->first = run->first;
    p->end = bn_run_end(run->first, &blank);
    p->from = from;
    p->font = bn_metrics_of(c, run->fo);
    p->width = width;
    p->page_no = -1;
    set_leading(p);
    collect(c, p, &b);
    if (b.numbers)
        p->page_no = bn_page_number(c);
    if (b.numbers || b.cited)
        p->pass = c->pass;
    if (b.cited)
        p->citing = bn_citing_note(c, run, width, b.cited);
    p->retrieves = b.markers;
    p->passing = b.table_markers;
    return p;
}

bn_paragraph *
bn_paragraph_make(bn_ctx *c, const bn_run *run, bn_len width)
{
    return make(c, run, width, (bn_rest){0, 0});
}

static bool
is_rest(const bn_paragraph *p)
{
    return p->from.item || p->from.byte;
}

/* One warning a paragraph, by its widest line. */
static void
warn_wide_lines(bn_ctx *c, const bn_paragraph *p)
{
    const bn_line *worst = NULL;
    char by[24];
    bn_place at;

    for (size_t i = 0; i < p->nlines; i++)
        if (p->lines[i].overflow >= LEAST_OVERFLOW && p->lines[i].npieces &&
            (worst == NULL || p->lines[i].overflow > worst->overflow))
            worst = &p->lines[i];
    if (worst == NULL)
        return;
    at = p->items[worst->pieces[0].item].place;
    if (at == 0)
        at = p->fo->place;
    if (bn_told_before(c, BN_WLINE, at))
        return;
    bn_format_pt(by, sizeof by, worst->overflow);
    bn_warn(c->msgs, BN_WLINE, bn_at(at), by);
}

static void
set_lines(bn_ctx *c, bn_paragraph *p)
{
    bn_measure m = bn_measure_of(c, p->fo, p->width);
    const double start = clock_begin(c);

    m.text_indent = is_rest(p) ? 0 : m.text_indent + bn_figures_indent(c, p);
    if (p->para == NULL || bn_para_lines(p->para, c->lines, &m, &p->lines,
                                         &p->nlines, c->msgs) != BN_OK)
        p->nlines = 0;
    clock_end(c, start);
}

void
bn_paragraph_break(bn_ctx *c, bn_paragraph *p)
{
    set_lines(c, p);
    while (p->warichu && bn_warichu_settle(c, p)) {
        bn_items again = {0};

        collect(c, p, &again);
        set_lines(c, p);
    }
    warn_wide_lines(c, p);
}

/* What a page asks for stays when lines are dropped behind it, as long as it
 * is most of what there is: a paragraph may be longer than many pages. */
static bn_paragraph *
on_this_page(bn_ctx *c, bn_paragraph *p)
{
    if (p->turn != c->turn)
        c->lines_live += p->nbytes;
    p->turn = c->turn;
    return p;
}

bn_paragraph *
bn_paragraph_get(bn_ctx *c, const bn_run *run, bn_len width, bn_rest from)
{
    const struct {
        const bn_fo *first;
        int64_t width;
        bn_rest from;
    } key = {run->first, width, from};
    bn_map_value *slot = bn_map_put(c->paras, &key, sizeof key, NULL);
    bn_paragraph *p = slot->p;
    const bn_msg *said;
    size_t used;

    if (p && !p->passing && (p->pass == 0 || p->pass == c->pass) &&
        (p->page_no < 0 || p->page_no == bn_page_number(c)))
        return on_this_page(c, p);
    said = c->msgs->last;
    used = bn_arena_used(c->lines);
    p = make(c, run, width, from);
    bn_paragraph_break(c, p);
    /* Messages are those of the last pass: it must say them again. */
    if (c->msgs->last != said || c->glyphs_missing)
        p->pass = c->pass;
    if (p->citing && !is_rest(p) && c->msgs->last == said && !c->glyphs_missing)
        bn_citing_lines(c, p);
    slot = bn_map_put(c->paras, &key, sizeof key, NULL);
    slot->p = p;
    p->nbytes = bn_arena_used(c->lines) - used;
    return on_this_page(c, p);
}

/* ------------------------------------------------------------ in a stack */

static const bn_note *
notes_of(bn_ctx *c, const bn_stack *st, const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];
    const bn_note *notes = NULL;

    for (uint32_t k = 0; k < l->npieces; k++) {
        const bn_item *item = &p->items[l->pieces[k].item];
        const bn_leaf *leaf = item->user;

        if (item->kind != BN_ITEM_ANCHOR ||
            (leaf->kind != BN_LEAF_NOTE &&
             (leaf->kind != BN_LEAF_FLOAT ||
              !bn_is_before_float(c, st, leaf->fo))))
            continue;
        notes = bn_note_make(c, leaf->fo, NULL, notes);
    }
    return notes;
}

/* The object that stands on line i as a block, or NULL. */
static const bn_leaf *
block_on(const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];

    for (uint32_t k = 0; k < l->npieces; k++) {
        const bn_leaf *leaf = p->items[l->pieces[k].item].user;

        if (leaf->kind == BN_LEAF_BLOCK)
            return leaf;
    }
    return NULL;
}

/* Strength of the keep between line i - 1 and line i; above: lines of it that
 * stand above, set at another width. */
static int32_t
keep_before(const bn_paragraph *p, size_t i, size_t above)
{
    const int orphans = bn_fo_int(p->fo, BN_P_ORPHANS);
    const int widows = bn_fo_int(p->fo, BN_P_WIDOWS);

    if ((int64_t)(i + above) < orphans || (int64_t)(p->nlines - i) < widows)
        return KEEP_WIDOWS;
    return 0;
}

/* Where a paragraph was broken: line n of what begins at `from`, at a width. */
typedef struct where {
    bn_rest from;
    bn_len width;
} where;

static const bn_token *
token_at(bn_ctx *c, const bn_paragraph *p, size_t line, const bn_token *inner)
{
    bn_token *t = BN_NEW(c->page, bn_token);
    where *w = BN_NEW(c->page, where);

    w->from = p->from;
    w->width = p->width;
    t->fo = p->fo;
    t->n = (uint32_t)line;
    t->inner = inner;
    t->data = w;
    t->nbytes = sizeof *w;
    return t;
}

/* Where line i begins in the content of the block. */
static bn_rest
start_of(const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];
    bn_rest r = {(uint32_t)p->nitems, 0};

    for (; l < p->lines + p->nlines && r.item == p->nitems; l++)
        for (uint32_t k = 0; k < l->npieces; k++)
            if (l->pieces[k].item < r.item ||
                (l->pieces[k].item == r.item && l->pieces[k].from < r.byte)) {
                r.item = l->pieces[k].item;
                r.byte = l->pieces[k].run ? l->pieces[k].from : 0;
            }
    if (r.item == 0)
        r.byte += p->from.byte;
    r.item += p->from.item;
    return r;
}

/* Is there content of the inline on the other side of item i? */
static bool
goes_beyond(const bn_paragraph *p, const bn_inl *in, size_t i, int step)
{
    for (size_t k = i + step; k < p->nitems; k += step) {
        const bn_leaf *leaf = p->items[k].user;
        const bn_inl *of = leaf->in;

        if (leaf->kind == BN_LEAF_OPEN || leaf->kind == BN_LEAF_CLOSE ||
            leaf->kind == BN_LEAF_BREAK)
            continue;
        while (of && of != in)
            of = of->up;
        return of == in;
    }
    return false;
}

static const bn_box *
holder_box(bn_ctx *c, const bn_paragraph *p, const bn_leaf *leaf, bn_len base)
{
    const bn_box *box = bn_box_of(c, leaf->in->fo, base, true, true);
    const size_t i = leaf->at - p->from.item;
    bn_box *b;

    if (box == NULL)
        return NULL;
    b = bn_arena_copy(c->page, box, sizeof *box);
    if (goes_beyond(p, leaf->in, i, -1)) {
        b->border[BN_START].width = 0;
        b->padding[BN_START] = 0;
    }
    if (goes_beyond(p, leaf->in, i, 1)) {
        b->border[BN_END].width = 0;
        b->padding[BN_END] = 0;
    }
    return b;
}

/* Nothing but lines, in blocks that nobody sees? */
static bool
is_bare(const bn_fo *fo)
{
    if (fo->type != BN_FO_BLOCK || bn_space_of(fo, BN_BEFORE, 0).opt ||
        bn_space_of(fo, BN_AFTER, 0).opt || bn_break_before(fo) != BN_K_AUTO ||
        bn_break_after(fo) != BN_K_AUTO ||
        bn_fo_specified(fo, BN_P_BACKGROUND_IMAGE))
        return false;
    for (int s = BN_BEFORE; s <= BN_END; s++)
        if (bn_border_of(fo, (enum bn_side)s).width ||
            bn_padding_of(fo, (enum bn_side)s, NOMINAL_WIDTH))
            return false;
    for (const bn_fo *k = fo->first; k; k = k->next)
        if (!bn_is_inline(k) && !bn_makes_nothing(k) && !is_bare(k))
            return false;
    return true;
}

/* Areas of the inlines around a block, the outermost first. */
enum { MAX_HOLDERS = 32 };
typedef struct holders {
    bn_open open[MAX_HOLDERS];
    int n;
} holders;

static void
open_holders(bn_ctx *c, bn_stack *st, const bn_paragraph *p,
             const bn_leaf *leaf, const bn_inl *in, bool first, holders *h)
{
    const bool inner = in == leaf->in;
    bn_area *a;

    if (in && in->up)
        open_holders(c, st, p, leaf, in->up, first, h);
    if (h->n == MAX_HOLDERS - (inner ? 0 : 1))
        return;
    bn_plain_open(c, st, inner ? BN_AREA_INLINE_BLOCK_PARENT : BN_AREA_INLINE,
                  in ? in->fo : NULL, &h->open[h->n]);
    a = h->open[h->n++].area;
    if (in == NULL)
        return;
    if (first && in->block_first &&
        !goes_beyond(p, in, leaf->at - p->from.item, -1))
        bn_area_own(c, a, in->fo, true);
    a->internal = in->internal;
    a->external = in->external;
}

/* One line, or the whole, of a block in an inline: line and inline areas
 * around it. */
static bn_status
lay_block_piece(bn_ctx *c, bn_stack *st, const bn_paragraph *p,
                const bn_leaf *leaf, const bn_box *whole, bn_len ipd,
                const bn_token *from, const bn_token **next)
{
    const bn_len outer = st->ipd;
    holders h = {.n = 0};
    bn_open line, *holder;
    bn_status status;
    bn_len after = 0;
    bn_area *a;

    bn_plain_open(c, st, BN_AREA_LINE, NULL, &line);
    open_holders(c, st, p, leaf, leaf->in, from == NULL, &h);
    holder = &h.open[h.n - 1];
    a = holder->area;
    if (whole) {
        bn_box *box = bn_arena_copy(c->page, whole, sizeof *whole);

        if (from)
            box->border[BN_START].width = box->padding[BN_START] = 0;
        a->box = box;
        a->ipd = ipd;
        bn_stack_edge(st, holder, bn_area_edge(a, BN_BEFORE));
        after = bn_area_edge(a, BN_AFTER);
        st->ipd = ipd;
        holder->x = 0;
    }
    status = bn_lay_object(c, st, leaf->fo, from, next);
    st->ipd = outer;
    if (status == BN_FULL)
        return status;
    if (status == BN_BROKEN && whole) {
        bn_box *box = (bn_box *)(uintptr_t)a->box;

        box->border[BN_END].width = box->padding[BN_END] = 0;
    }
    bn_plain_close(c, st, holder, status == BN_DONE && after == 0);
    st->y += after;
    while (--h.n > 0)
        bn_plain_close(c, st, &h.open[h.n - 1], status == BN_DONE);
    bn_plain_close(c, st, &line, status == BN_DONE);
    return status;
}

/* A block in an inline stands on lines of its own: each of its lines is one,
 * with the inline's edges around it as around any of the inline's; where it
 * shows itself, or has space around it, it is one line as a whole. */
static bn_status
lay_block_line(bn_ctx *c, bn_stack *st, const bn_paragraph *p,
               const bn_leaf *leaf, const bn_token *from, const bn_token **next)
{
    const bool outer = st->by_line, bare = is_bare(leaf->fo);
    const bn_len width = st->open->area->ipd;
    const bn_box *box = NULL;
    bn_len ipd = width;
    bn_status status;

    if (leaf->in && leaf->in->has_box)
        box = holder_box(c, p, leaf, width);
    if (box)
        for (int s = BN_START; s <= BN_END; s++)
            ipd -= box->border[s].width + box->padding[s];
    for (;; from = *next) {
        st->by_line = outer || bare;
        status = lay_block_piece(c, st, p, leaf, box, ipd, from, next);
        st->by_line = outer;
        if (!bare || outer || status != BN_BROKEN || st->break_kind ||
            bn_offer(st, st->line_keep))
            return status;
    }
}

/* Side floats whose anchor is on the line stand below it. */
static bn_status
place_floats(bn_ctx *c, bn_stack *st, const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];

    for (uint32_t k = 0; k < l->npieces; k++) {
        const bn_leaf *leaf = p->items[l->pieces[k].item].user;

        if (leaf->kind == BN_LEAF_FLOAT &&
            !bn_is_before_float(c, st, leaf->fo) &&
            bn_float_place(c, st, leaf->fo) == BN_FULL)
            return BN_FULL;
    }
    return BN_DONE;
}

static bn_status
lay_line(bn_ctx *c, bn_stack *st, const bn_paragraph *p, size_t i, bn_len shift)
{
    const bn_note *notes = p->anchors ? notes_of(c, st, p, i) : NULL;
    const bn_len bpd = bn_line_height(c, p, i);
    const bn_line *l = &p->lines[i];
    bn_place at = p->fo->place;
    bn_status status;
    bn_area *a;
    bn_len y;

    if (l->npieces)
        at = p->items[l->pieces[0].item].place;
    st->gap = bn_grid_gap(st, p->fo);
    status = bn_put(c, st, bpd, notes, at, &y);
    st->gap = 0;
    if (status == BN_FULL)
        return BN_FULL;
    a = bn_line_area(c, p, i,
                     st->floats || is_rest(p) ? p->width : st->open->area->ipd);
    a->ip += shift;
    a->bp = y + a->space[BN_BEFORE];
    if (p->citing && !is_rest(p)) {
        a->line.citing = p->citing;
        a->line.number = i;
        a->line.artifact = c->artifact;
    }
    bn_area_append(st->open->area, a);
    return p->anchors ? place_floats(c, st, p, i) : BN_DONE;
}

/* Only ids and notes, no line: they stand in a line without height. */
static bn_status
lay_anchors(bn_ctx *c, bn_stack *st, const bn_paragraph *p)
{
    bn_area *line = bn_area_make(c, BN_AREA_LINE);
    bn_len y;

    if (bn_put(c, st, 0, NULL, p->fo->place, &y) == BN_FULL)
        return BN_FULL;
    line->bp = y;
    line->ipd = st->open->area->ipd;
    for (size_t i = 0; i < p->nitems; i++) {
        const bn_leaf *leaf = p->items[i].user;
        bn_area *a;

        if (leaf->kind != BN_LEAF_ANCHOR && leaf->kind != BN_LEAF_OPEN)
            continue;
        a = bn_area_make(c, leaf->kind == BN_LEAF_ANCHOR ? BN_AREA_ANCHOR
                                                         : BN_AREA_INLINE);
        bn_area_own(c, a, leaf->fo, true);
        a->flags |= BN_LAST;
        bn_area_append(line, a);
    }
    if (line->first)
        bn_area_append(st->open->area, line);
    for (size_t i = 0; i < p->nitems; i++) {
        const bn_leaf *leaf = p->items[i].user;
        const bn_token *none;

        if (leaf->kind == BN_LEAF_FLOAT &&
            bn_lay_object(c, st, leaf->fo, NULL, &none) == BN_FULL)
            return BN_FULL;
    }
    return BN_DONE;
}

/* Forced break before a line that a block stands on, or after one. */
static bool
break_between(bn_stack *st, const bn_leaf *above, const bn_leaf *below)
{
    if (above && bn_stop_for_break(st, bn_break_after(above->fo)))
        return true;
    return below && bn_stop_for_break(st, bn_break_before(below->fo));
}

/* The lines from a break on; they go on as they were broken, unless the width
 * is another here. */
static const bn_paragraph *
resume(bn_ctx *c, const bn_run *run, bn_len width, const bn_token *from,
       size_t *line)
{
    const where *w = from ? from->data : NULL;
    const bn_paragraph *p;

    *line = 0;
    if (w == NULL)
        return bn_paragraph_get(c, run, width, (bn_rest){0, 0});
    *line = from->n;
    p = bn_paragraph_get(c, run, w->width, w->from);
    if (w->width == width || *line >= p->nlines)
        return p;
    if (*line > 0)
        p = bn_paragraph_get(c, run, width, start_of(p, *line));
    else
        p = bn_paragraph_get(c, run, width, w->from);
    *line = 0;
    return p;
}

bn_status
bn_lay_paragraph(bn_ctx *c, bn_stack *st, const void *what,
                 const bn_token *from, const bn_token **next)
{
    const bn_run *run = what;
    const bn_token *inner = from ? from->inner : NULL;
    bn_len shift = 0;
    bn_len width =
        st->floats ? bn_floats_line(st, run->fo, &shift) : st->open->area->ipd;
    size_t i, above = 0;
    const bn_paragraph *p = resume(c, run, width, from, &i);
    bool first = true;

    if (p->nlines == 0)
        return p->anchors && from == NULL ? lay_anchors(c, st, p) : BN_DONE;
    for (; i < p->nlines; i++, first = false) {
        const bn_leaf *block = block_on(p, i);
        const bn_token *more = NULL;
        bn_status status;

        if (!first && bn_stop_behind_line(st, keep_before(p, i, above))) {
            *next = token_at(c, p, i, NULL);
            return BN_BROKEN;
        }
        if (!first &&
            (break_between(st, i > 0 ? block_on(p, i - 1) : NULL, block) ||
             bn_offer(st, keep_before(p, i, above)))) {
            *next = token_at(c, p, i, NULL);
            return BN_BROKEN;
        }
        if (st->floats && !first && block == NULL) {
            width = bn_floats_line(st, run->fo, &shift);
            if (width != p->width) { /* beside a float, or no more */
                above += i;
                p = bn_paragraph_get(c, run, width,
                                     i > 0 ? start_of(p, i) : p->from);
                i = 0;
            }
        }
        status = block ? lay_block_line(c, st, p, block, inner, &more)
                       : lay_line(c, st, p, i, shift);
        if (status == BN_BROKEN)
            *next = token_at(c, p, i, more);
        if (status != BN_DONE)
            return status;
        inner = NULL;
    }
    return BN_DONE;
}

/* ---------------------------------------------------------------- widths */

static void
widen(bn_len *least, bn_len *natural, bn_len l, bn_len n)
{
    if (l > *least)
        *least = l;
    if (n > *natural)
        *natural = n;
}

static bn_len
edges_of(const bn_fo *fo)
{
    bn_len start, end;

    if (fo->type != BN_FO_BLOCK)
        return 0;
    bn_fo_indents(fo, 0, &start, &end);
    return start + end > 0 ? start + end : 0;
}

/* How far in an object of given width begins. */
static bn_len
start_of_object(const bn_fo *fo)
{
    bn_len start, end;

    bn_fo_indents(fo, 0, &start, &end);
    return start > 0 ? start : 0;
}

void
bn_content_widths(bn_ctx *c, const bn_fo *fo, bn_len *least, bn_len *natural)
{
    bool blank;

    *least = *natural = 0;
    for (const bn_fo *child = fo->first; child;) {
        const bn_fo *end = child->next;
        bn_len l = 0, n = 0;

        if (bn_is_inline(child)) {
            const bn_run run = {fo, child};

            end = bn_run_end(child, &blank);
            if (!blank)
                bn_para_widths(bn_paragraph_make(c, &run, BN_NO_LIMIT)->para,
                               &l, &n);
        } else if (child->type != BN_FO_MARKER) {
            const bn_value *w =
                bn_fo_get(child, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM);

            if (child->type == BN_FO_TABLE)
                bn_table_content_widths(c, child, &l, &n);
            else
                bn_content_widths(c, child, &l, &n);
            if (child->type != BN_FO_BLOCK && w->kind == BN_V_LENGTH &&
                w->percent == 0 && w->len > 0)
                l = n = w->len + start_of_object(child);
        }
        widen(least, natural, l, n);
        child = end;
    }
    *least += edges_of(fo);
    *natural += edges_of(fo);
}
