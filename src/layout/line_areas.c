/* line_areas.c - the areas of one line: text, inline areas around it,
 * pictures, leaders. */
#include "layout/inline.h"

#include <stddef.h>
#include <string.h>

enum { MAX_NEST = 200, NOMINAL = 1000 /* height of a leader of space */ };

/* ---------------------------------------------------------------- heights */

typedef struct extent {
    bn_len top, bottom; /* above and below the line's baseline */
    bn_len edge_height; /* tallest of what is aligned to the line's edges */
    bn_len over, under; /* how far content of that sticks out of it there:
                           the line is higher, the edge is where it is */
} extent;

static void
extend(extent *e, bn_len shift, bn_len asc, bn_len desc)
{
    if (asc + shift > e->top)
        e->top = asc + shift;
    if (desc - shift > e->bottom)
        e->bottom = desc - shift;
}

/* What a leaf needs above and below the baseline, beside half of the block's
 * leading (4.5): with its own inline's leading for "line-height", and as if it
 * stood on the baseline where shifts are disregarded. */
static void
extend_by(extent *e, const bn_paragraph *p, const bn_leaf *leaf)
{
    const bn_metrics *m = leaf->in ? &leaf->in->font : &p->font;
    const bn_len lead = m->line_height - m->asc - m->desc;
    const bn_len shift = leaf->shift - (p->unshifted ? leaf->moved : 0);
    bn_len above = 0, below = 0;

    if (p->leads) {
        above = (leaf->kind == BN_LEAF_TEXT ? lead / 2 : 0) - p->half_before;
        below = (leaf->kind == BN_LEAF_TEXT ? lead - lead / 2 : 0) -
                p->half_after;
    }
    extend(e, shift, leaf->asc + above, leaf->desc + below);
}

/* The inline around a leaf that is aligned to an edge of the line; all that is
 * in it moves with it. */
static const bn_inl *
edged(const bn_inl *in)
{
    while (in && in->edge == 0)
        in = in->up;
    return in;
}

static void
stick_out(extent *e, const bn_leaf *leaf, const bn_inl *root)
{
    const bn_len shift = leaf->shift - root->shift;
    const bn_len up = leaf->asc + shift - root->font.asc;
    const bn_len down = leaf->desc - shift - root->font.desc;

    if (root->edge == 1 && up > e->over)
        e->over = up;
    if (root->edge == 2 && down > e->under)
        e->under = down;
}

static extent
extent_of(const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];
    extent e = {p->font.asc, p->font.desc, 0, 0, 0};

    for (uint32_t k = 0; k < l->npieces; k++) {
        const bn_leaf *leaf = p->items[l->pieces[k].item].user;

        if (leaf->edge == 0 && edged(leaf->in))
            stick_out(&e, leaf, edged(leaf->in));
        if (leaf->edge || edged(leaf->in)) {
            if (leaf->asc + leaf->desc > e.edge_height)
                e.edge_height = leaf->asc + leaf->desc;
        } else {
            extend_by(&e, p, leaf);
        }
    }
    if (e.edge_height > e.top + e.bottom)
        e.bottom = e.edge_height - e.top;
    e.top += e.over;
    e.bottom += e.under;
    return e;
}

/* A line of nothing but anchors takes no room. */
static bool
is_hollow(const bn_paragraph *p, size_t i)
{
    const bn_line *l = &p->lines[i];

    for (uint32_t k = 0; k < l->npieces; k++) {
        const bn_leaf *leaf = p->items[l->pieces[k].item].user;

        if ((leaf->kind != BN_LEAF_ANCHOR && leaf->kind != BN_LEAF_NOTE &&
             leaf->kind != BN_LEAF_OPEN && leaf->kind != BN_LEAF_CLOSE) ||
            l->pieces[k].width != 0)
            return false;
    }
    return l->npieces > 0 && l->last;
}

bn_len
bn_line_height(bn_ctx *c, const bn_paragraph *p, size_t i)
{
    extent e;

    (void)c;
    if (p->anchors && is_hollow(p, i))
        return 0;
    if (p->fixed_height)
        return p->font.line_height;
    e = extent_of(p, i);
    return e.top + e.bottom + p->half_before + p->half_after;
}

bn_len
bn_line_top(const bn_paragraph *p, size_t i)
{
    return p->fixed_height ? p->font.asc : extent_of(p, i).top;
}

/* --------------------------------------------------------------- the line */

/* A line while its areas are made. */
typedef struct maker {
    bn_ctx *ctx;
    const bn_paragraph *p;
    bn_area *line;
    extent e;
    int depth;
    bn_len x;            /* end of the last piece */
    bn_len base_from;    /* start of the base being set */
    bn_len base_shift;   /* of it and its content at a line's edge */
    bn_ruby_place *ruby; /* of the word being set, on this line */
    bn_area **ruby_area; /* the first area of each, its x from 0 */
    size_t nruby, ruby_room;
    bn_len ruby_end;     /* of the last annotation on this line */
    const bn_ruby *over; /* that stands over what is being set */
    struct open_inline {
        const bn_inl *in;
        bn_area *area;
        bn_len x;    /* of its content, from the line's start */
        bn_len top;  /* of its content, from the line's content top */
        bool closed; /* its end edge came */
    } open[MAX_NEST];
} maker;

static bn_len
top_of(const maker *m, uint8_t edge, bn_len shift, bn_len asc, bn_len desc)
{
    if (edge == 1)
        return 0;
    if (edge == 2)
        return m->e.top + m->e.bottom - asc - desc;
    return m->e.top - shift - asc;
}

/* Top of the content of what stands in `in`, of which edge is its own. */
static bn_len
top_in(const maker *m, const bn_inl *in, uint8_t edge, bn_len shift, bn_len asc,
       bn_len desc)
{
    const bn_inl *root = edge ? NULL : edged(in);
    bn_len top = top_of(m, edge, shift, asc, desc);

    if (root) /* as far as that one was moved */
        top += top_of(m, root->edge, root->shift, root->font.asc,
                      root->font.desc) -
               top_of(m, 0, root->shift, root->font.asc, root->font.desc);
    return top;
}

static bn_area *
holder(const maker *m)
{
    return m->depth ? m->open[m->depth - 1].area : m->line;
}

static bn_len
holder_x(const maker *m)
{
    return m->depth ? m->open[m->depth - 1].x : 0;
}

static bn_len
holder_top(const maker *m)
{
    return m->depth ? m->open[m->depth - 1].top : 0;
}

/* x: of the border rectangle, top: of the content; both in the line. */
static void
hang_in(maker *m, bn_area *a, bn_len x, bn_len top)
{
    a->ip = x - holder_x(m);
    a->bp = top - holder_top(m) - bn_area_edge(a, BN_BEFORE);
    bn_area_append(holder(m), a);
}

static const bn_box *
box_part(maker *m, const bn_fo *fo, bool first, bool last)
{
    const bn_box *box = bn_box_of(m->ctx, fo, m->line->ipd, true, true);
    bn_box *b;

    if (box == NULL || (first && last))
        return box;
    b = bn_arena_copy(m->ctx->page, box, sizeof *box);
    if (!first) {
        b->border[BN_START].width = 0;
        b->padding[BN_START] = 0;
    }
    if (!last) {
        b->border[BN_END].width = 0;
        b->padding[BN_END] = 0;
    }
    return b;
}

/* Open the areas of `in` and those around it that are not open. x: where the
 * first content stands; opening: its start edge is at x. */
static void
open_inline(maker *m, const bn_inl *in, bn_len x, bool opening, bn_len edge)
{
    bn_area *a;
    struct open_inline *o;
    bn_len border_x = x;

    if (m->depth == MAX_NEST)
        return;
    a = bn_area_make(m->ctx, BN_AREA_INLINE);
    bn_area_own(m->ctx, a, in->fo, opening || !in->opens);
    a->internal = in->internal;
    a->external = in->external;
    a->bpd = in->font.asc + in->font.desc;
    if (in->has_box)
        a->box = box_part(m, in->fo, opening, true);
    if (opening) {
        border_x = x + in->space_start;
        x += edge;
        a->space[BN_START] = in->space_start;
    }
    o = &m->open[m->depth];
    o->in = in;
    o->area = a;
    o->closed = false;
    o->top =
        top_in(m, in->up, in->edge, in->shift, in->font.asc, in->font.desc);
    hang_in(m, a, border_x, o->top);
    o->x = x;
    m->depth++;
}

static void
close_inline(maker *m, bn_len end)
{
    struct open_inline *o = &m->open[--m->depth];

    o->area->ipd = end - o->x;
    if (o->closed || !o->in->opens) {
        o->area->flags |= BN_LAST;
        o->area->space[BN_END] = o->closed ? o->in->space_end : 0;
    } else if (o->area->box) {
        bn_box *b =
            bn_arena_copy(m->ctx->page, o->area->box, sizeof *o->area->box);

        b->border[BN_END].width = 0;
        b->padding[BN_END] = 0;
        o->area->box = b;
    }
}

static bool
is_open(const maker *m, const bn_inl *in)
{
    for (int i = 0; i < m->depth; i++)
        if (m->open[i].in == in)
            return true;
    return false;
}

/* Is `in` the same as `of` or around it? */
static bool
is_around(const bn_inl *in, const bn_inl *of)
{
    for (; of; of = of->up)
        if (of == in)
            return true;
    return false;
}

static void
enter(maker *m, const bn_inl *in, bn_len x)
{
    if (in == NULL || is_open(m, in))
        return;
    enter(m, in->up, x);
    open_inline(m, in, x, false, 0);
}

/* Make `in` (NULL: the line) the innermost open inline. */
static void
switch_to(maker *m, const bn_inl *in, bn_len x)
{
    while (m->depth && !is_around(m->open[m->depth - 1].in, in))
        close_inline(m, m->x);
    enter(m, in, x);
}

/* ------------------------------------------------------------ the pieces */

/* Where the underline stands; auto: at the face's own place, and on the right
 * of vertical lines (CSS Text Decoration 3, 2.7, for Japanese). */
static uint32_t
underline_place(const bn_fo *fo)
{
    static const bn_prop places[] = {BN_P_AXF_TEXT_UNDERLINE_POSITION,
                                     BN_P_AXF_VERTICAL_UNDERLINE_SIDE};
    uint32_t f = 0;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (bn_fo_says(fo, places[i], BN_K_LEFT, "left"))
            f |= BN_UNDER_LEFT;
        if (bn_fo_says(fo, places[i], BN_K_UNKNOWN, "under") ||
            bn_fo_says(fo, places[i], BN_K_UNKNOWN, "below"))
            f |= BN_UNDER_BELOW;
    }
    return f;
}

/* line_color: of each line, in the order of the area's. */
static uint32_t
decorations(const bn_fo *fo, uint32_t line_color[3])
{
    static const struct {
        bn_prop p;
        uint32_t flag;
    } rows[] = {{BN_P_TEXT_UNDERLINE, BN_UNDERLINE},
                {BN_P_TEXT_OVERLINE, BN_OVERLINE},
                {BN_P_TEXT_LINE_THROUGH, BN_THROUGH}};
    uint32_t f = 0;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (bn_fo_get(fo, rows[i].p)->kind == BN_V_COLOR) {
            f |= rows[i].flag;
            line_color[i] = bn_fo_color(fo, rows[i].p);
        }
    return f & BN_UNDERLINE ? f | underline_place(fo) : f;
}

static uint8_t
font_style(const bn_fo *fo)
{
    switch ((int)bn_fo_keyword(fo, BN_P_FONT_STYLE)) {
    case BN_K_ITALIC:
        return 1;
    case BN_K_OBLIQUE:
        return 2;
    default:
        return 0;
    }
}

static bn_area *
text_area(bn_ctx *c, const bn_fo *fo, const bn_text_style *style,
          const bn_glyph_run *run, bn_len asc, bn_len desc)
{
    bn_area *a = bn_area_make(c, BN_AREA_TEXT);

    a->ipd = run ? run->width : 0;
    a->bpd = asc + desc;
    a->text.run = run;
    a->text.fonts = style->fonts;
    a->text.color = bn_fo_color(fo, BN_P_COLOR);
    a->text.source = fo;
    a->text.baseline = asc;
    a->text.letter_spacing = style->letter_spacing;
    a->text.letter_adjust = style->letter_spacing;
    a->text.word_spacing = style->word_spacing;
    a->text.font_style = font_style(fo);
    a->flags |= decorations(fo, a->text.line_color);
    if (c->artifact)
        a->flags |= BN_ARTIFACT;
    if (bn_fo_is(fo, BN_P_VISIBILITY, BN_K_HIDDEN))
        a->flags |= BN_HIDDEN;
    return a;
}

/* Below a horizontal line, on the left of a vertical one. */
static bool
stands_after(const bn_ruby *r)
{
    return bn_fo_is(r->fo, BN_P_AXF_RUBY_POSITION, BN_K_AFTER);
}

static void
put_emphasis(maker *m, const bn_item *item, const bn_leaf *leaf,
             const bn_piece *piece, const bn_area *text)
{
    bn_area *a = bn_emphasis_area(m->ctx, leaf->fo, item->style, piece->run);

    if (a == NULL)
        return;
    a->ip += text->ip;
    if (bn_emphasis_below(leaf->fo)) {
        a->bp += text->bp + text->bpd;
        if (m->over && stands_after(m->over))
            a->bp += m->over->style->size;
    } else {
        a->bp += text->bp - a->bpd;
        if (m->over && !stands_after(m->over)) /* outside the annotation */
            a->bp -= m->over->style->size;
    }
    bn_area_append(holder(m), a);
}

static void
put_text(maker *m, const bn_item *item, const bn_leaf *leaf,
         const bn_piece *piece)
{
    bn_area *a = text_area(m->ctx, leaf->fo, item->style, piece->run, leaf->asc,
                           leaf->desc);
    bn_len x = piece->x;

    a->ipd = piece->width;
    a->text.word_adjust = piece->word_adjust;
    if (leaf->own) {
        bn_area_own(m->ctx, a, leaf->fo, true);
        a->flags |= BN_LAST;
        if (leaf->has_box) {
            a->box = box_part(m, leaf->fo, true, true);
            x -= bn_area_edge(a, BN_START);
        }
    }
    hang_in(
        m, a, x,
        top_in(m, leaf->in, leaf->edge, leaf->shift, leaf->asc, leaf->desc));
    put_emphasis(m, item, leaf, piece, a);
}

static void *
grown(bn_ctx *c, const void *old, size_t nbytes, size_t room)
{
    void *v = bn_arena_alloc(c->page, room);

    if (nbytes)
        memcpy(v, old, nbytes);
    return v;
}

/* Put the annotations of a word's bases on this line where they have room;
 * nothing sticks out of the line. */
static void
place_rubies(maker *m)
{
    const size_t n = m->nruby;
    const bn_ruby *first, *last;
    bn_len low, high;

    if (n == 0)
        return;
    first = m->ruby[0].ruby;
    last = m->ruby[n - 1].ruby;
    low = m->ruby[0].from - m->ruby[0].before -
          (first == first->word->pairs[0] ? first->word->left : 0);
    high =
        m->ruby[n - 1].to + m->ruby[n - 1].after +
        (last == last->word->pairs[last->word->n - 1] ? last->word->right : 0);
    if (high > m->line->ipd)
        high = m->line->ipd;
    /* Where a line was closed up, the annotation before has the better right. */
    if (low < m->ruby_end)
        low = m->ruby_end;
    (void)bn_ruby_set(m->ruby, n, low, high);
    for (size_t i = 0; i < n; i++) {
        bn_area *a = m->ruby_area[i];

        for (size_t k = m->ruby[i].ruby->nruns; k > 0 && a; k--, a = a->next)
            a->ip += m->ruby[i].x;
    }
    m->ruby_end = m->ruby[n - 1].x + last->width;
    m->nruby = 0;
}

/* The annotation of the base that ends at `end`, whose top is the text's; it reaches into the space
 * between lines and never makes a line higher. */
static void
put_ruby(maker *m, const bn_leaf *leaf, bn_len end, bn_len top)
{
    const bn_ruby *r = leaf->ruby;
    const bn_fontset *fonts = r->style->fonts;
    const bn_len asc = (bn_len)((int64_t)r->style->size * fonts->ascent / 1000);
    const bn_len desc =
        (bn_len)((int64_t)r->style->size * fonts->descent / 1000);
    const bn_metrics base = bn_metrics_of(m->ctx, r->fo->parent);
    const bn_len away = bn_fo_len(r->fo, BN_P_AXF_RUBY_OFFSET, 0);
    bn_len x = 0;

    if (stands_after(r))
        top += base.asc + base.desc + away;
    else
        top -= asc + desc + away;
    if (m->nruby && m->ruby[m->nruby - 1].ruby->word != r->word)
        place_rubies(m);
    if (m->nruby == m->ruby_room) {
        const size_t room = m->ruby_room ? 2 * m->ruby_room : 4;

        m->ruby = grown(m->ctx, m->ruby, m->nruby * sizeof *m->ruby,
                        room * sizeof *m->ruby);
        m->ruby_area =
            grown(m->ctx, m->ruby_area, m->nruby * sizeof *m->ruby_area,
                  room * sizeof *m->ruby_area);
        m->ruby_room = room;
    }
    /* A gap beside the base is not of it. */
    if (end > m->base_from + bn_ruby_base(r))
        end = m->base_from + bn_ruby_base(r);
    m->ruby[m->nruby] = (bn_ruby_place){r,
                                        m->base_from,
                                        end,
                                        0,
                                        r->room_before + m->base_shift,
                                        r->room_after - m->base_shift};
    m->ruby_area[m->nruby] = NULL;
    for (size_t i = 0; i < r->nruns; i++) {
        bn_area *a =
            text_area(m->ctx, r->style_fo, r->style, &r->runs[i], asc, desc);

        a->text.fonts = fonts;
        bn_area_own(m->ctx, a, r->fo, i == 0);
        hang_in(m, a, x, top);
        x += r->runs[i].width;
        if (i == 0)
            m->ruby_area[m->nruby] = a;
    }
    m->nruby++;
    if (r == r->word->pairs[r->word->n - 1])
        place_rubies(m);
}

/* Does the piece show, or does something stand between it and the edge? */
static bool
shows(const maker *m, const bn_piece *piece)
{
    const bn_leaf *leaf = m->p->items[piece->item].user;

    switch (leaf->kind) {
    case BN_LEAF_OPEN:
    case BN_LEAF_CLOSE:
    case BN_LEAF_RUBY_OPEN:
    case BN_LEAF_RUBY_CLOSE:
        return piece->width != 0;
    default:
        return leaf->kind != BN_LEAF_ANCHOR && leaf->kind != BN_LEAF_NOTE;
    }
}

/* At the edges of a line annotation and base are flush: the room that the base
 * got there goes to its other side (JLREQ 3.3.8). */
static bn_len
edge_shift(const maker *m, const bn_line *l, uint32_t open)
{
    const bn_leaf *leaf = m->p->items[l->pieces[open].item].user;
    const bn_ruby *r = leaf->ruby;
    bool head = true, tail = !l->last && l->end_indent == 0;
    uint32_t k = open + 1;

    for (uint32_t i = 0; i < open && head; i++)
        head = !shows(m, &l->pieces[i]);
    if (head)
        return -l->pieces[open].width;
    while (k < l->npieces) {
        const bn_leaf *other = m->p->items[l->pieces[k++].item].user;

        if (other->kind == BN_LEAF_RUBY_CLOSE && other->ruby == r)
            break;
    }
    for (uint32_t i = k; i < l->npieces && tail; i++)
        tail = !shows(m, &l->pieces[i]);
    return tail && k > open ? l->pieces[k - 1].width : 0;
}

/* The two lines of a note within the line, one on the other around the middle
 * of the text; they make no line higher. */
static void
put_warichu_piece(maker *m, const bn_warichu_part *part, const bn_piece *piece,
                  bn_len x, bn_len middle)
{
    const bn_item *item = &part->items[piece->item];
    const bn_leaf *leaf = item->user;
    bn_len height = leaf->asc + leaf->desc;
    bn_area *a;

    if (leaf->kind == BN_LEAF_RUBY_OPEN) {
        m->base_from = x + piece->width;
    } else if (leaf->kind == BN_LEAF_RUBY_CLOSE) {
        const bn_metrics base = bn_metrics_of(m->ctx, leaf->ruby->fo->parent);

        height = base.asc + base.desc;
        put_ruby(m, leaf, x, middle - height / 2);
    } else if (item->kind == BN_ITEM_TEXT && piece->run) {
        a = text_area(m->ctx, leaf->fo, item->style, piece->run, leaf->asc,
                      leaf->desc);
        a->ipd = piece->width;
        hang_in(m, a, x, middle - height / 2);
        put_emphasis(m, item, leaf, piece, a);
    }
}

static void
put_warichu(maker *m, const bn_leaf *leaf, const bn_piece *piece)
{
    const bn_warichu_part *part =
        leaf->part ? leaf->part : &leaf->warichu->whole;
    const bn_len half = leaf->warichu->em / 2;
    const bn_len middle =
        top_in(m, leaf->in, leaf->edge, leaf->shift, leaf->asc, leaf->desc) +
        (leaf->asc + leaf->desc) / 2;

    for (int i = 0; i < 2 && part->line[i]; i++) {
        const bn_line *l = part->line[i];
        const bn_len ruby_end = m->ruby_end;

        m->ruby_end = 0;

        for (uint32_t k = 0; k < l->npieces; k++)
            put_warichu_piece(m, part, &l->pieces[k], piece->x + l->pieces[k].x,
                              middle + (i == 0 ? -half : half));
        place_rubies(m);
        m->ruby_end = ruby_end;
    }
}

static void
put_picture(maker *m, const bn_leaf *leaf, const bn_piece *piece)
{
    bn_area *a = bn_area_make(m->ctx, BN_AREA_VIEWPORT);
    const bn_keyword overflow = bn_fo_keyword(leaf->fo, BN_P_OVERFLOW);

    bn_area_own(m->ctx, a, leaf->fo, true);
    a->flags |= BN_LAST;
    a->box = box_part(m, leaf->fo, true, true);
    a->ipd = leaf->ipd;
    a->bpd = leaf->bpd;
    /* What would be scrolled on a screen is shown on paper (7.21.2). */
    if (overflow == BN_K_HIDDEN || overflow == BN_K_ERROR_IF_OVERFLOW)
        a->flags |= BN_CLIP;
    a->viewport.image = leaf->image;
    a->viewport.ip = leaf->image_ip;
    a->viewport.bp = leaf->image_bp;
    a->viewport.ipd = leaf->image_ipd;
    a->viewport.bpd = leaf->image_bpd;
    a->viewport.foreign = leaf->foreign;
    a->viewport.alt = bn_fo_string(leaf->fo, BN_P_FOX_ALT_TEXT);
    hang_in(
        m, a, piece->x,
        top_in(m, leaf->in, leaf->edge, leaf->shift, leaf->asc, leaf->desc) +
            bn_area_edge(a, BN_BEFORE));
}

/* ------------------------------------------------------------- leaders */

static const char *
leader_text(bn_ctx *c, const bn_fo *fo, bn_keyword pattern)
{
    const char *text = "";

    if (pattern == BN_K_DOTS)
        return ".";
    for (const bn_fo *t = fo->first; t; t = t->next)
        if (t->type == BN_FO_TEXT)
            text = bn_arena_printf(c->lines, "%s%.*s", text, (int)t->nbytes,
                                   t->text);
        else if (t->first)
            text = bn_arena_printf(c->lines, "%s%s", text,
                                   leader_text(c, t, BN_K_USE_CONTENT));
    return text;
}

void
bn_leader_heights(bn_ctx *c, bn_leaf *l, bn_keyword pattern, bn_metrics *own)
{
    const bn_glyph_run *runs;
    bn_len width = 0;
    size_t n;

    if (pattern == BN_K_DOTS) {
        /* The dot's own height, which FOP takes to be its width. */
        (void)bn_text_shape(c->lines, l->style, ".", 1, &runs, &n, &width,
                            c->msgs, bn_at(l->fo->place));
        own->asc = width;
        own->desc = 0;
    } else if (pattern == BN_K_SPACE) {
        own->asc = NOMINAL;
        own->desc = 0;
    } else if (pattern == BN_K_RULE) {
        own->asc = bn_fo_len(l->fo, BN_P_RULE_THICKNESS, 0);
        own->desc = 0;
    }
    if (pattern != BN_K_USE_CONTENT) /* no glyph: aligned as a box is */
        own->x_height = own->line_height = own->asc;
    l->asc = own->asc;
    l->desc = own->desc;
    l->bpd = own->asc + own->desc;
}

/* As many copies of the pattern as fit, at the end of the leader when they
 * are aligned to something outside it. */
static void
fill_leader(maker *m, bn_area *a, const bn_leaf *leaf, bn_keyword pattern,
            bn_len width)
{
    const char *one = leader_text(m->ctx, leaf->fo, pattern);
    const bn_value *set = bn_fo_get(leaf->fo, BN_P_LEADER_PATTERN_WIDTH);
    bn_text_style style = *leaf->style;
    const bn_glyph_run *runs;
    bn_len step = 0, own = 0, x = 0;
    bn_buf text = {0};
    int64_t count;
    size_t n = 0;

    (void)bn_text_shape(m->ctx->lines, &style, one, strlen(one), &runs, &n,
                        &own, m->ctx->msgs, bn_at(leaf->fo->place));
    step = own;
    if (set->kind == BN_V_LENGTH) {
        const bn_len w = bn_fo_len(leaf->fo, BN_P_LEADER_PATTERN_WIDTH, width);

        step = w > own ? w : own;
    }
    if (step <= 0 || *one == '\0')
        return;
    count = width / step;
    if (step > own && strlen(one) == 1)
        style.letter_spacing += step - own;
    for (int64_t i = 0; i < count; i++)
        bn_buf_adds(&text, one);
    if (text.len &&
        bn_text_shape(
            m->ctx->page, bn_arena_copy(m->ctx->page, &style, sizeof style),
            bn_arena_strndup(m->ctx->page, text.p, text.len), text.len, &runs,
            &n, &own, m->ctx->msgs, bn_at(leaf->fo->place)) == BN_OK) {
        if (!bn_fo_is(leaf->fo, BN_P_LEADER_ALIGNMENT, BN_K_NONE))
            x = width - (bn_len)(count * step);
        for (size_t i = 0; i < n; i++) {
            bn_area *t = text_area(m->ctx, leaf->fo, leaf->style, &runs[i],
                                   leaf->asc, leaf->desc);

            t->ip = x;
            x += runs[i].width;
            bn_area_append(a, t);
        }
    }
    bn_buf_free(&text);
}

static void
put_leader(maker *m, const bn_leaf *leaf, const bn_piece *piece)
{
    const bn_keyword pattern = bn_fo_keyword(leaf->fo, BN_P_LEADER_PATTERN);
    const bn_box *box =
        leaf->has_box ? box_part(m, leaf->fo, true, true) : NULL;
    bn_area *a;

    a = bn_area_make(m->ctx, pattern == BN_K_RULE    ? BN_AREA_RULE
                             : pattern == BN_K_SPACE ? BN_AREA_SPACE
                                                     : BN_AREA_INLINE);
    bn_area_own(m->ctx, a, leaf->fo, true);
    a->flags |= BN_LAST | BN_ARTIFACT;
    a->box = box;
    a->ipd = piece->width - bn_area_edge(a, BN_START) - bn_area_edge(a, BN_END);
    a->bpd = leaf->bpd;
    hang_in(
        m, a, piece->x,
        top_in(m, leaf->in, leaf->edge, leaf->shift, leaf->asc, leaf->desc));
    if (pattern == BN_K_RULE) {
        a->rule.style =
            bn_border_style_of(bn_fo_keyword(leaf->fo, BN_P_RULE_STYLE));
        a->rule.thickness = bn_fo_len(leaf->fo, BN_P_RULE_THICKNESS, 0);
        a->rule.color = bn_fo_color(leaf->fo, BN_P_COLOR);
    } else if (pattern == BN_K_USE_CONTENT && !bn_leader_is_plain(leaf->fo)) {
        bn_leader_fill(m->ctx, leaf, a);
    } else if (pattern != BN_K_SPACE) {
        fill_leader(m, a, leaf, pattern, a->ipd);
    }
}

/* ------------------------------------------------------------- containers */

/* The inside of an inline-container; *height -1: as high as it gets. */
static bn_area *
inside_of(bn_ctx *c, const bn_fo *fo, bn_len ipd, bn_len *height)
{
    const bn_inner inner = bn_inner_of(c, fo);
    bn_inside in;

    return bn_inner_fill(c, fo, &inner, ipd, BN_NO_LIMIT, false, height, &in);
}

static void
put_container(maker *m, const bn_leaf *leaf, const bn_piece *piece)
{
    bn_area *a = bn_area_make(m->ctx, BN_AREA_INLINE_BLOCK), *ref;
    bn_len height;

    a->box = bn_box_of(m->ctx, leaf->fo, leaf->ipd, true, true);
    a->ipd = leaf->ipd - bn_area_edge(a, BN_START) - bn_area_edge(a, BN_END);
    a->bpd = leaf->bpd - bn_area_edge(a, BN_BEFORE) - bn_area_edge(a, BN_AFTER);
    height = a->bpd;
    bn_area_own(m->ctx, a, leaf->fo, true);
    a->flags |= BN_LAST;
    ref = inside_of(m->ctx, leaf->fo, a->ipd, &height);
    if (ref->rotate || ref->writing_mode != a->writing_mode) {
        bn_area_append(a, ref);
    } else { /* it is the reference area itself */
        a->flags |= BN_REFERENCE;
        for (bn_area *k = ref->first, *after; k; k = after) {
            after = k->next;
            bn_area_append(a, k);
        }
    }
    hang_in(
        m, a, piece->x,
        top_in(m, leaf->in, leaf->edge, leaf->shift, leaf->asc, leaf->desc));
}

void
bn_container_size(bn_ctx *c, const bn_fo *fo, bn_len line, bn_len *ipd,
                  bn_len *bpd)
{
    const bn_prop width = BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM;
    const bn_prop height = BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM;
    const bool wide = bn_fo_get(fo, width)->kind == BN_V_LENGTH;
    const bool high = bn_fo_get(fo, height)->kind == BN_V_LENGTH;
    const bool across = bn_inner_of(c, fo).across;
    const bn_area edges = {.box = bn_box_of(c, fo, line, true, true)};
    const bn_len sides =
        bn_area_edge(&edges, BN_START) + bn_area_edge(&edges, BN_END);

    *ipd = wide ? bn_fo_len(fo, width, line) : across ? -1 : line - sides;
    *bpd = high ? bn_fo_len(fo, height, 0) : -1;
    if (*ipd < 0)
        *ipd = inside_of(c, fo, -1, bpd)->bpd;
    else if (*bpd < 0)
        (void)inside_of(c, fo, *ipd, bpd);
    *ipd += sides;
    *bpd += bn_area_edge(&edges, BN_BEFORE) + bn_area_edge(&edges, BN_AFTER);
}

/* ----------------------------------------------------------------------- */

static void
put_anchor(maker *m, const bn_leaf *leaf, const bn_piece *piece)
{
    bn_area *a;

    if (leaf->kind != BN_LEAF_ANCHOR)
        return;
    a = bn_area_make(m->ctx, BN_AREA_ANCHOR);
    bn_area_own(m->ctx, a, leaf->fo, true);
    a->flags |= BN_LAST;
    hang_in(m, a, piece->x, holder_top(m));
}

static bn_len
top_of_base(const maker *m, const bn_leaf *leaf)
{
    const bn_metrics base = bn_metrics_of(m->ctx, leaf->ruby->fo->parent);

    return top_of(m, leaf->edge, leaf->shift, base.asc, base.desc);
}

static void
put_piece(maker *m, const bn_line *l, uint32_t k)
{
    const bn_item *item = &m->p->items[l->pieces[k].item];
    const bn_leaf *leaf = item->user;
    bn_piece moved = l->pieces[k];
    const bn_piece *piece = &moved;

    moved.x += m->base_shift;

    switch (leaf->kind) {
    case BN_LEAF_OPEN:
        if (leaf->own)
            return;
        switch_to(m, leaf->in->up, piece->x);
        open_inline(m, leaf->in, piece->x, true, piece->width);
        break;
    case BN_LEAF_CLOSE:
        if (leaf->own)
            break;
        switch_to(m, leaf->in, piece->x);
        m->open[m->depth - 1].closed = true;
        m->x = piece->x;
        close_inline(m, piece->x);
        break;
    case BN_LEAF_RUBY_OPEN:
        m->base_shift = edge_shift(m, l, k);
        m->over = leaf->ruby;
        m->base_from = piece->x + piece->width + m->base_shift;
        break;
    case BN_LEAF_RUBY_CLOSE:
        switch_to(m, leaf->in, piece->x);
        put_ruby(m, leaf, piece->x, top_of_base(m, leaf));
        m->base_shift = 0;
        m->over = NULL;
        break;
    default:
        switch_to(m, leaf->in, piece->x);
        if (leaf->kind == BN_LEAF_TEXT)
            put_text(m, item, leaf, piece);
        else if (leaf->kind == BN_LEAF_WARICHU)
            put_warichu(m, leaf, piece);
        else if (leaf->kind == BN_LEAF_PICTURE)
            put_picture(m, leaf, piece);
        else if (leaf->kind == BN_LEAF_LEADER)
            put_leader(m, leaf, piece);
        else if (leaf->kind == BN_LEAF_CONTAINER)
            put_container(m, leaf, piece);
        else
            put_anchor(m, leaf, piece);
    }
    if (piece->x + piece->width > m->x)
        m->x = piece->x + piece->width;
}

bn_area *
bn_line_area(bn_ctx *c, const bn_paragraph *p, size_t i, bn_len ipd)
{
    const bn_line *l = &p->lines[i];
    maker m;
    bn_area *a = bn_area_make(c, BN_AREA_LINE);

    memset(&m, 0, offsetof(maker, open));
    m.x = l->start_indent;
    m.ctx = c;
    m.p = p;
    m.line = a;
    m.e = extent_of(p, i);
    a->ipd = ipd - l->last_indent;
    a->bpd = m.e.top + m.e.bottom;
    a->space[BN_BEFORE] = p->half_before;
    a->space[BN_AFTER] = p->half_after;
    if (p->fixed_height) {
        /* Every line is as high as line-height; what is taller stands over. */
        a->bpd = p->font.asc + p->font.desc;
        m.e.top = p->font.asc;
    }
    if (p->anchors && is_hollow(p, i))
        a->bpd = a->space[BN_BEFORE] = a->space[BN_AFTER] = 0;
    a->start_indent = l->start_indent;
    a->end_indent = l->end_indent;
    for (uint32_t k = 0; k < l->npieces; k++)
        put_piece(&m, l, k);
    place_rubies(&m);
    while (m.depth)
        close_inline(&m, m.x);
    return a;
}
