/* inline_items.c - the inline content of a block as the items that text.h
 * sets: characters, boxes, leaders, edges, anchors. */
#include "layout/inline.h"

#include <string.h>

#include "base/utf8.h"

/* ---------------------------------------------------------------- limits */

static bool
is_blank_text(const bn_fo *fo)
{
    if (bn_fo_is(fo->parent, BN_P_WHITE_SPACE_COLLAPSE, BN_K_FALSE))
        return fo->nbytes == 0;
    for (uint32_t i = 0; i < fo->nbytes; i++)
        if (fo->text[i] != ' ' && fo->text[i] != '\t' && fo->text[i] != '\r' &&
            (fo->text[i] != '\n' ||
             bn_fo_is(fo->parent, BN_P_LINEFEED_TREATMENT, BN_K_PRESERVE)))
            return false;
    return true;
}

bool
bn_is_blank(const bn_fo *fo)
{
    return fo->type == BN_FO_TEXT && is_blank_text(fo);
}

const bn_fo *
bn_run_end(const bn_fo *first, bool *blank)
{
    const bn_fo *fo = first;

    *blank = true;
    for (; fo; fo = fo->next) {
        if (bn_makes_nothing(fo))
            continue;
        if (!bn_is_inline(fo))
            break;
        if (fo->type != BN_FO_TEXT || !is_blank_text(fo))
            *blank = false;
    }
    return fo;
}

/* ----------------------------------------------------------------- items */

static void push_children(bn_items *b, const bn_fo *fo, const bn_inl *in);

static bn_leaf *
new_leaf(bn_items *b, enum bn_leaf_kind kind, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = BN_NEW(b->ctx->lines, bn_leaf);

    l->kind = (uint8_t)kind;
    l->fo = fo;
    l->in = in;
    l->moved = in ? in->table.moved : 0;
    return l;
}

static bn_item *
new_item(bn_items *b, enum bn_item_kind kind, bn_leaf *leaf)
{
    bn_item *i;

    if (b->list.n == b->list.cap) {
        const size_t cap = b->list.cap ? b->list.cap * 2 : 8;
        bn_item *v = BN_NEWS(b->ctx->lines, bn_item, cap);

        if (b->list.n)
            memcpy(v, b->list.v, b->list.n * sizeof *v);
        b->list.v = v;
        b->list.cap = cap;
    }
    i = &b->list.v[b->list.n++];
    memset(i, 0, sizeof *i);
    i->kind = kind;
    i->user = leaf;
    i->place = leaf->fo->place;
    if (kind != BN_ITEM_OPEN && kind != BN_ITEM_CLOSE &&
        kind != BN_ITEM_ANCHOR) {
        i->tied = b->tie;
        b->tie = 0;
    }
    return i;
}

/* Something that shows is to come: end the line before it when due. */
static void
begin_on_line(bn_items *b, const bn_fo *fo)
{
    if (b->break_due) {
        bn_leaf *l = new_leaf(b, BN_LEAF_BREAK, fo, NULL);

        new_item(b, BN_ITEM_BREAK, l)->style = bn_style_of(b->ctx, fo);
        b->break_due = 0;
    }
    b->on_line = 1;
}

static const bn_baselines *
table_of(const bn_items *b, const bn_inl *in, bn_baselines *own)
{
    if (in)
        return &in->table;
    own->font = b->p->font;
    own->origin = 0;
    own->dominant = BN_K_ALPHABETIC;
    own->reset = 0;
    own->moved = 0;
    return own;
}

/* Where a leaf that is an object of its own stands. */
static void
align_leaf(bn_items *b, bn_leaf *l, const bn_metrics *own)
{
    bn_baselines block, ignored;
    const bn_baselines *table = table_of(b, l->in, &block);

    l->shift =
        bn_inline_shift(l->fo, own, table, l->in ? l->in->shift : 0,
                        l->in ? &l->in->font : &b->p->font, &l->edge, &ignored);
    l->moved = ignored.moved;
}

static bool
has_edges(const bn_fo *fo)
{
    for (int s = BN_BEFORE; s <= BN_END; s++)
        if (bn_border_of(fo, (enum bn_side)s).width > 0 ||
            bn_padding_of(fo, (enum bn_side)s, 0) > 0)
            return true;
    return bn_fo_color(fo, BN_P_BACKGROUND_COLOR) >> 24 != 0 ||
           bn_fo_specified(fo, BN_P_BACKGROUND_IMAGE);
}

static bn_len
space_of(const bn_fo *fo, bn_prop space, bn_len base)
{
    return bn_fo_len(fo, space, base);
}

static bool
has_id(const bn_fo *fo)
{
    const char *id = bn_fo_string(fo, BN_P_ID);

    return id && *id;
}

/* Does it hold its line together? A number does so for the inline that says
 * it; lines of a block are held by "always" alone. */
static bool
holds_line(const bn_fo *fo)
{
    const int32_t keep = bn_fo_keep(fo, BN_P_KEEP_TOGETHER_WITHIN_LINE);

    return keep == INT32_MAX ||
           (keep > 0 && bn_fo_specified(fo, BN_P_KEEP_TOGETHER_WITHIN_LINE));
}

/* Same number for all that one keep-together.within-line holds together. */
static uint16_t
keep_group(const bn_items *b, const bn_fo *fo)
{
    const bn_fo *owner = NULL;

    for (; fo && fo != b->p->fo; fo = fo->parent)
        if (holds_line(fo))
            owner = fo;
    if (owner == NULL)
        return 0;
    return (uint16_t)(owner->id % 65535 + 1);
}

static const bn_text_style *
style_for(bn_items *b, const bn_fo *fo)
{
    const bn_text_style *s = bn_style_of(b->ctx, fo);
    bn_text_style *copy;

    const int32_t strength = bn_fo_keep(fo, BN_P_KEEP_TOGETHER_WITHIN_LINE);
    const uint16_t group = strength > 0 ? keep_group(b, fo) : 0;

    if (group == 0 && strength < INT32_MAX && b->ruby_keep == 0)
        return s;
    copy = bn_arena_copy(b->ctx->lines, s, sizeof *s);
    if (b->ruby_keep) {
        copy->keep = b->ruby_keep;
        copy->solid = 1;
        copy->base_gap = b->base_gap;
        return copy;
    }
    /* 0: the block's own, nothing in it may be parted */
    copy->keep = group ? group : UINT16_MAX;
    return copy;
}

/* Text as an object of its own (page-number, character) or of its parent. */
static bn_leaf *
push_string(bn_items *b, const bn_fo *fo, const bn_inl *in, const char *text,
            size_t nbytes, bool own)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_TEXT, fo, in);
    const bn_metrics m = bn_metrics_of(b->ctx, fo);
    bn_item *i;

    begin_on_line(b, fo);
    l->asc = m.asc;
    l->desc = m.desc;
    l->own = own;
    l->shift = in ? in->shift : 0;
    if (own) {
        align_leaf(b, l, &m);
        l->has_box = has_edges(fo);
    }
    if (l->has_box) {
        bn_leaf *open = new_leaf(b, BN_LEAF_OPEN, fo, in);

        open->own = 1;
        new_item(b, BN_ITEM_OPEN, open)->width =
            bn_border_of(fo, BN_START).width + bn_padding_of(fo, BN_START, 0);
    }
    i = new_item(b, BN_ITEM_TEXT, l);
    i->style = style_for(b, fo);
    i->text = text;
    i->nbytes = (uint32_t)nbytes;
    if (l->has_box) {
        bn_leaf *close = new_leaf(b, BN_LEAF_CLOSE, fo, in);

        close->own = 1;
        new_item(b, BN_ITEM_CLOSE, close)->width =
            bn_border_of(fo, BN_END).width + bn_padding_of(fo, BN_END, 0);
    }
    return l;
}

/* Text with tabs: what stands between them, and a tab each. */
static void
push_columns(bn_items *b, const bn_fo *fo, const bn_inl *in, const char *text,
             size_t nbytes)
{
    const char *end = text + nbytes, *tab;

    for (; text < end; text = tab + 1) {
        tab = memchr(text, '\t', (size_t)(end - text));
        if (tab == NULL)
            tab = end;
        if (tab > text)
            push_string(b, fo, in, text, (size_t)(tab - text), false);
        if (tab == end)
            break;
        begin_on_line(b, fo);
        new_item(b, BN_ITEM_TAB, new_leaf(b, BN_LEAF_TAB, fo, in))->style =
            style_for(b, fo);
    }
}

/* How much of a text is small letters (or is none); its capitals in *out. */
static size_t
letters_alike(const char *text, const char *end, bool *small, bn_buf *out)
{
    const char *p = text;

    bn_buf_clear(out);
    while (p < end) {
        const char *next = p;
        const uint32_t c = bn_u8_next(&next, end);
        const bool is_small = bn_fo_upper(c) != c;

        if (p == text)
            *small = is_small;
        if (is_small != *small)
            break;
        bn_buf_add_u8(out, bn_fo_upper(c));
        p = next;
    }
    return (size_t)(p - text);
}

/* font-variant="small-caps": capitals of four fifths for small letters. */
static void
push_small_caps(bn_items *b, const bn_fo *fo, const bn_inl *in,
                const char *text, size_t nbytes)
{
    const char *end = text + nbytes;
    bn_buf capitals = {0};

    while (text < end) {
        bool small = false;
        const size_t n = letters_alike(text, end, &small, &capitals);
        bn_text_style *style;
        bn_item *i;

        if (!small) {
            push_string(b, fo, in, text, n, false);
            text += n;
            continue;
        }
        push_string(b, fo, in,
                    bn_arena_copy(b->ctx->lines, capitals.p, capitals.len),
                    capitals.len, false);
        i = &b->list.v[b->list.n - 1];
        style = bn_arena_copy(b->ctx->lines, i->style, sizeof *style);
        style->size = bn_len_scale(style->size, 4, 5);
        i->style = style;
        text += n;
    }
    bn_buf_free(&capitals);
}

static void
push_text(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    size_t nbytes = fo->nbytes;
    const char *text;

    if (fo->nbytes == 0)
        return;
    if (b->break_due && is_blank_text(fo))
        return; /* white space between blocks of an inline */
    text = bn_kansuji(b->ctx, fo->parent, fo->text, &nbytes);
    if (bn_fo_is(fo->parent, BN_P_FONT_VARIANT, BN_K_SMALL_CAPS))
        push_small_caps(b, fo->parent, in, text, nbytes);
    else if (bn_fo_is(fo->parent, BN_P_FOX_TAB_STOPS, BN_K_NONE))
        push_string(b, fo->parent, in, text, nbytes, false);
    else
        push_columns(b, fo->parent, in, text, nbytes);
}

static void
push_anchor(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_ANCHOR, fo, in);

    new_item(b, BN_ITEM_ANCHOR, l)->style = bn_style_of(b->ctx, fo);
    b->p->anchors = 1;
}

static void
push_edge(bn_items *b, const bn_inl *in, bool open)
{
    bn_leaf *l = new_leaf(b, open ? BN_LEAF_OPEN : BN_LEAF_CLOSE, in->fo, in);
    bn_item *i = new_item(b, open ? BN_ITEM_OPEN : BN_ITEM_CLOSE, l);
    const enum bn_side side = open ? BN_START : BN_END;

    i->style = bn_style_of(b->ctx, in->fo);
    i->width = bn_border_of(in->fo, side).width +
               bn_padding_of(in->fo, side, b->width) +
               (open ? in->space_start : in->space_end);
}

static const char *
link_of(const bn_fo *fo, bn_prop p)
{
    const char *s = bn_fo_string(fo, p);

    return s && *s ? s : NULL;
}

/* A box for each part, or while it is not settled for each small em. */
static void
push_warichu(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_warichu *w = bn_warichu_of(b, fo, in);
    const bn_metrics around = bn_metrics_of(b->ctx, fo->parent);
    const bn_len total = w->whole.width;
    bn_len done = 0;

    begin_on_line(b, fo);
    for (uint32_t i = 0; w->nparts ? i < w->nparts : done < total; i++) {
        bn_leaf *l = new_leaf(b, BN_LEAF_WARICHU, fo, in);
        bn_item *box = new_item(b, BN_ITEM_BOX, l);

        l->asc = around.asc;
        l->desc = around.desc;
        l->shift = in ? in->shift : 0;
        l->warichu = w;
        l->part = w->nparts ? &w->parts[i] : NULL;
        box->style = style_for(b, fo->parent);
        box->ideographic = 1;
        box->width = l->part                ? l->part->width
                     : total - done > w->em ? w->em
                                            : total - done;
        done += box->width;
    }
}

/* Is a block the first thing in it? Then the edge before is the block's. */
static bool
begins_with_block(const bn_fo *fo)
{
    const bn_fo *k = fo->first;

    while (k && (bn_makes_nothing(k) || bn_is_blank(k)))
        k = k->next;
    if (k && (k->type == BN_FO_INLINE || k->type == BN_FO_BASIC_LINK))
        return begins_with_block(k);
    return k && !bn_is_inline(k) && !bn_is_transparent(k);
}

/* Nothing to show, and no edge, space or id that stands by itself. */
static bool
is_nothing(const bn_fo *fo)
{
    if (fo->type == BN_FO_TEXT)
        return fo->nbytes == 0;
    if ((fo->type != BN_FO_INLINE && fo->type != BN_FO_BASIC_LINK) ||
        has_id(fo) || has_edges(fo) ||
        space_of(fo, BN_P_SPACE_START_OPTIMUM, 0) ||
        space_of(fo, BN_P_SPACE_END_OPTIMUM, 0))
        return false;
    for (const bn_fo *k = fo->first; k; k = k->next)
        if (!is_nothing(k))
            return false;
    return true;
}

static void
push_inline(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_inl *n;
    bn_baselines block;

    if (bn_fo_is(fo, BN_P_BN_WARICHU, BN_K_TRUE) && !b->in_warichu) {
        push_warichu(b, fo, in);
        return;
    }
    if (is_nothing(fo))
        return;
    n = BN_NEW(b->ctx->lines, bn_inl);
    n->fo = fo;
    n->up = in;
    n->font = bn_metrics_of(b->ctx, fo);
    n->shift = bn_inline_shift(fo, &n->font, table_of(b, in, &block),
                               in ? in->shift : 0, in ? &in->font : &b->p->font,
                               &n->edge, &n->table);
    n->has_box = has_edges(fo);
    n->space_start = space_of(fo, BN_P_SPACE_START_OPTIMUM, b->width);
    n->space_end = space_of(fo, BN_P_SPACE_END_OPTIMUM, b->width);
    if (fo->type == BN_FO_BASIC_LINK) {
        n->internal = link_of(fo, BN_P_INTERNAL_DESTINATION);
        n->external = link_of(fo, BN_P_EXTERNAL_DESTINATION);
    }
    n->opens = n->has_box || n->space_start || n->space_end ||
               fo->first == NULL || has_id(fo);
    if (fo->first == NULL || has_id(fo))
        b->p->anchors = 1;
    n->block_first = begins_with_block(fo);
    if (n->opens && !n->block_first)
        push_edge(b, n, true);
    push_children(b, fo, n);
    if (n->opens)
        push_edge(b, n, false);
}

/* ---------------------------------------------------------- leaf objects */

static void
push_number(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const char *text = bn_page_text(b->ctx);

    b->numbers = 1;
    text = bn_arena_strdup(b->ctx->lines, text);
    push_string(b, fo, in, text, strlen(text), true);
}

static void
push_citation(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const char *text = bn_cited_text(b->ctx, fo);
    bn_cited *cited = BN_NEW(b->ctx->doc, bn_cited);

    cited->fo = fo;
    cited->text = text;
    cited->next = b->cited;
    b->cited = cited;
    push_string(b, fo, in, text, strlen(text), true);
}

static void
push_character(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const char *text = bn_fo_string(fo, BN_P_CHARACTER);

    if (text && *text)
        push_string(b, fo, in, text, strlen(text), true);
}

static void
push_graphic(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_PICTURE, fo, in);
    bn_metrics own = {0};
    bn_item *i;

    begin_on_line(b, fo);
    bn_graphic_leaf(b->ctx, fo, b->width, l);
    own.asc = l->asc;
    own.line_height = l->asc;
    own.x_height = l->asc; /* its middle is that of its height */
    align_leaf(b, l, &own);
    i = new_item(b, BN_ITEM_BOX, l);
    i->style = style_for(b, fo);
    i->width = l->ipd + bn_border_of(fo, BN_START).width +
               bn_padding_of(fo, BN_START, b->width) +
               bn_border_of(fo, BN_END).width +
               bn_padding_of(fo, BN_END, b->width);
}

static void
push_leader(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_LEADER, fo, in);
    const bn_keyword pattern = bn_fo_keyword(fo, BN_P_LEADER_PATTERN);
    bn_metrics own = bn_metrics_of(b->ctx, fo);
    bn_item *i;
    bn_len edges = 0;

    begin_on_line(b, fo);
    l->style = bn_style_of(b->ctx, fo);
    bn_leader_heights(b->ctx, l, pattern, &own);
    align_leaf(b, l, &own);
    l->has_box = has_edges(fo);
    for (int s = BN_START; s <= BN_END; s++)
        edges += bn_border_of(fo, (enum bn_side)s).width +
                 bn_padding_of(fo, (enum bn_side)s, b->width);
    i = new_item(b, BN_ITEM_LEADER, l);
    i->style = style_for(b, fo);
    i->width = bn_fo_len(fo, BN_P_LEADER_LENGTH_OPTIMUM, b->width);
    i->min = bn_fo_len(fo, BN_P_LEADER_LENGTH_MINIMUM, b->width);
    i->max = bn_fo_len(fo, BN_P_LEADER_LENGTH_MAXIMUM, b->width);
    if (i->min > i->width)
        i->width = i->min;
    if (i->max < i->width)
        i->max = i->width;
    (void)edges; /* leader-length is of the border rectangle */
}

enum { MARK_MAX = 24 };

/* A footnote's number or sign, from item `from` on: solid, and never at the
 * head of a line (合印, cl-20). What is longer is text. */
static void
mark_items(bn_items *b, size_t from)
{
    size_t nbytes = 0;

    for (size_t i = from; i < b->list.n; i++)
        nbytes += b->list.v[i].nbytes;
    for (size_t i = from; i < b->list.n && nbytes <= MARK_MAX; i++)
        b->list.v[i].mark = 1;
}

static void
push_note(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const bn_fo *body = NULL;
    const size_t from = b->list.n;

    for (const bn_fo *child = fo->first; child; child = child->next)
        if (child->type == BN_FO_FOOTNOTE_BODY)
            body = child;
    push_children(b, fo, in);
    mark_items(b, from);
    if (body) {
        bn_leaf *l = new_leaf(b, BN_LEAF_NOTE, body, in);

        new_item(b, BN_ITEM_ANCHOR, l)->style = bn_style_of(b->ctx, fo);
        b->p->anchors = 1;
    }
}

static void
push_container(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_CONTAINER, fo, in);
    bn_metrics own = {0};
    bn_item *i;

    begin_on_line(b, fo);
    bn_container_size(b->ctx, fo, b->width, &l->ipd, &l->bpd);
    l->asc = l->bpd;
    if (b->ctx->writing_mode == BN_TB_RL) { /* on the middle of the line */
        const bn_metrics text = bn_metrics_of(b->ctx, fo);

        l->asc = l->bpd / 2 + (text.asc - text.desc) / 2;
        l->desc = l->bpd - l->asc;
    }
    own.asc = l->asc;
    own.desc = l->desc;
    own.line_height = l->bpd;
    own.x_height = l->asc - l->desc;
    align_leaf(b, l, &own);
    i = new_item(b, BN_ITEM_BOX, l);
    i->style = style_for(b, fo);
    i->width = l->ipd;
    i->ideographic = bn_is_japanese(fo);
}

/* A float: its anchor in the line. */
static void
push_float(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_FLOAT, fo, in);

    new_item(b, BN_ITEM_ANCHOR, l)->style = bn_style_of(b->ctx, fo);
    b->p->anchors = 1;
}

/* A block inside an inline stands on a line of its own. */
static void
push_block(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_leaf *l = new_leaf(b, BN_LEAF_BLOCK, fo, in);

    if (b->on_line)
        b->break_due = 1;
    begin_on_line(b, fo);
    l->at = (uint32_t)b->list.n;
    new_item(b, BN_ITEM_BOX, l)->style = bn_style_of(b->ctx, fo);
    b->break_due = 1;
}

static void
push_transparent(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    if (bn_is_retrieve(fo)) {
        const bn_fo *found = bn_marker_found(b->ctx, fo);

        b->numbers = b->markers = 1; /* another page, another marker */
        b->table_markers |= fo->type == BN_FO_RETRIEVE_TABLE_MARKER;
        if (found)
            push_children(b, found, in);
        return;
    }
    if (has_id(fo))
        push_anchor(b, fo, in);
    push_children(b, fo, in);
}

static void
push_ruby_edge(bn_items *b, const bn_ruby *r, const bn_inl *in, bool open,
               bn_len width)
{
    bn_leaf *l =
        new_leaf(b, open ? BN_LEAF_RUBY_OPEN : BN_LEAF_RUBY_CLOSE, r->fo, in);
    bn_item *i = new_item(b, open ? BN_ITEM_OPEN : BN_ITEM_CLOSE, l);

    l->ruby = r;
    l->shift = in ? in->shift : 0;
    i->style = r->style;
    i->width = width;
}

/* The next pair of base and annotation from part on. */
static const bn_fo *
next_pair(const bn_fo *part, const bn_fo **base)
{
    *base = NULL;
    for (; part; part = part->next) {
        if (part->type == BN_FO_AXF_RUBY_BASE)
            *base = part;
        else if (part->type == BN_FO_AXF_RUBY_TEXT && *base)
            return part;
    }
    return NULL;
}

static void
push_pair(bn_items *b, const bn_fo *base, const bn_ruby *r, const bn_inl *in)
{
    begin_on_line(b, r->fo);
    push_ruby_edge(b, r, in, true, r->room_before);
    if (!b->ruby_tied)
        b->ruby_last = (uint16_t)(r->fo->id % 65000 + 1);
    b->ruby_tied = r->tied;
    b->ruby_keep = b->ruby_last;
    b->base_gap = r->base_gap;
    push_children(b, base, in);
    b->ruby_keep = 0;
    b->base_gap = 0;
    push_ruby_edge(b, r, in, false, r->room_after);
}

/* The base of a ruby stands in the text, kept together pair by pair; where
 * the annotation is wider and may not stand over its neighbours, it gets room
 * on both sides. What has no annotation is text, what has no base nothing. */
static void
push_ruby(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const bn_fo *base = NULL, *part;
    bn_ruby_word *w = BN_NEW(b->ctx->lines, bn_ruby_word);
    size_t n = 0;

    for (part = fo->first; (part = next_pair(part, &base)); part = part->next)
        n++;
    w->pairs = BN_NEWS(b->ctx->lines, bn_ruby *, n + 1);
    for (part = fo->first; (part = next_pair(part, &base)); part = part->next)
        w->pairs[w->n++] = bn_ruby_make(b->ctx, base, part);
    bn_ruby_make_room(b, fo, w);
    n = 0;
    base = NULL;
    for (part = fo->first; part; part = part->next) {
        if (part->type == BN_FO_AXF_RUBY_BASE) {
            if (base)
                push_children(b, base, in);
            base = part;
        } else if (part->type == BN_FO_AXF_RUBY_TEXT && base) {
            push_pair(b, base, w->pairs[n++], in);
            base = NULL;
        }
    }
    if (base)
        push_children(b, base, in);
}

static void
skip(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    (void)b, (void)fo, (void)in;
}

static const struct {
    bn_fo_type type;
    void (*push)(bn_items *b, const bn_fo *fo, const bn_inl *in);
} kinds[] = {
    {BN_FO_TEXT, push_text},
    {BN_FO_INLINE, push_inline},
    {BN_FO_BASIC_LINK, push_inline},
    {BN_FO_BIDI_OVERRIDE, push_inline},
    {BN_FO_PAGE_NUMBER, push_number},
    {BN_FO_PAGE_NUMBER_CITATION, push_citation},
    {BN_FO_PAGE_NUMBER_CITATION_LAST, push_citation},
    {BN_FO_CHARACTER, push_character},
    {BN_FO_EXTERNAL_GRAPHIC, push_graphic},
    {BN_FO_INSTREAM_FOREIGN_OBJECT, push_graphic},
    {BN_FO_LEADER, push_leader},
    {BN_FO_FOOTNOTE, push_note},
    {BN_FO_INLINE_CONTAINER, push_container},
    {BN_FO_AXF_RUBY, push_ruby},
    {BN_FO_FLOAT, push_float},
    {BN_FO_FOOTNOTE_BODY, skip},
    {BN_FO_MARKER, skip},
    {BN_FO_INITIAL_PROPERTY_SET, skip},
};

/* A note in two lines holds text; a block in it is one, too. */
static bool
is_left_out(bn_items *b, const bn_fo *fo)
{
    switch (fo->type) {
    case BN_FO_EXTERNAL_GRAPHIC:
    case BN_FO_INSTREAM_FOREIGN_OBJECT:
    case BN_FO_INLINE_CONTAINER:
    case BN_FO_LEADER:
    case BN_FO_TABLE:
    case BN_FO_LIST_BLOCK:
    case BN_FO_BLOCK_CONTAINER:
        bn_warn(b->ctx->msgs, BN_WWARICHU, bn_at(fo->place),
                bn_fo_name(fo->type));
        return true;
    default:
        return false;
    }
}

static void push_object(bn_items *b, const bn_fo *fo, const bn_inl *in);

/* One object, tied to what stands beside it on the line where it asks for
 * that. */
static void
push(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    const bool is_object = fo->type != BN_FO_TEXT && b->p->fo != fo;

    if (is_object && bn_fo_keep(fo, BN_P_KEEP_WITH_PREVIOUS_WITHIN_LINE) > 0)
        b->tie = b->on_line;
    push_object(b, fo, in);
    if (is_object && bn_fo_keep(fo, BN_P_KEEP_WITH_NEXT_WITHIN_LINE) > 0)
        b->tie = 1;
}

static void
push_object(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    if (bn_makes_nothing(fo))
        return;
    if (b->in_warichu && is_left_out(b, fo))
        return;
    if (b->in_warichu && fo->type == BN_FO_BLOCK) {
        push_children(b, fo, in);
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].type == fo->type) {
            kinds[i].push(b, fo, in);
            return;
        }
    if (!bn_is_inline(fo) && !bn_is_transparent(fo))
        push_block(b, fo, in);
    else if (bn_is_transparent(fo))
        push_transparent(b, fo, in);
}

static void
push_children(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    for (const bn_fo *child = fo->first; child; child = child->next)
        push(b, child, in);
}

void
bn_items_of(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    push_children(b, fo, in);
}

void
bn_items_collect(bn_items *b, const bn_fo *first, const bn_fo *end)
{
    for (const bn_fo *child = first; child && child != end; child = child->next)
        push(b, child, NULL);
    b->p->items = b->list.v;
    b->p->nitems = b->list.n;
}
