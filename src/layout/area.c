/* area.c - making areas; border, padding and background of an object. */
#include "layout/internal.h"

#include <string.h>

bn_area *
bn_area_make(bn_ctx *c, bn_area_kind kind)
{
    bn_area *a = BN_NEW(c->page, bn_area);

    a->kind = (uint8_t)kind;
    a->writing_mode = c->writing_mode;
    return a;
}

void
bn_area_append(bn_area *parent, bn_area *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

/* Properties of one side, in the order of enum bn_side. */
static const struct side {
    bn_prop style, width, color, width_cond, padding, padding_cond;
} sides[] = {
    {BN_P_BORDER_BEFORE_STYLE, BN_P_BORDER_BEFORE_WIDTH,
     BN_P_BORDER_BEFORE_COLOR, BN_P_BORDER_BEFORE_WIDTH_CONDITIONALITY,
     BN_P_PADDING_BEFORE, BN_P_PADDING_BEFORE_CONDITIONALITY},
    {BN_P_BORDER_AFTER_STYLE, BN_P_BORDER_AFTER_WIDTH, BN_P_BORDER_AFTER_COLOR,
     BN_P_BORDER_AFTER_WIDTH_CONDITIONALITY, BN_P_PADDING_AFTER,
     BN_P_PADDING_AFTER_CONDITIONALITY},
    {BN_P_BORDER_START_STYLE, BN_P_BORDER_START_WIDTH, BN_P_BORDER_START_COLOR,
     BN_P_BORDER_START_WIDTH_CONDITIONALITY, BN_P_PADDING_START,
     BN_P_PADDING_START_CONDITIONALITY},
    {BN_P_BORDER_END_STYLE, BN_P_BORDER_END_WIDTH, BN_P_BORDER_END_COLOR,
     BN_P_BORDER_END_WIDTH_CONDITIONALITY, BN_P_PADDING_END,
     BN_P_PADDING_END_CONDITIONALITY},
};

static const struct {
    bn_keyword keyword;
    enum bn_border_style style;
} border_styles[] = {
    {BN_K_HIDDEN, BN_LINE_HIDDEN}, {BN_K_SOLID, BN_LINE_SOLID},
    {BN_K_DASHED, BN_LINE_DASHED}, {BN_K_DOTTED, BN_LINE_DOTTED},
    {BN_K_DOUBLE, BN_LINE_DOUBLE}, {BN_K_GROOVE, BN_LINE_GROOVE},
    {BN_K_RIDGE, BN_LINE_RIDGE},   {BN_K_INSET, BN_LINE_INSET},
    {BN_K_OUTSET, BN_LINE_OUTSET},
};

uint8_t
bn_border_style_of(bn_keyword k)
{
    for (size_t i = 0; i < sizeof border_styles / sizeof border_styles[0]; i++)
        if (border_styles[i].keyword == k)
            return (uint8_t)border_styles[i].style;
    return BN_LINE_NONE;
}

bn_border
bn_border_of(const bn_fo *fo, enum bn_side side)
{
    const struct side *s = &sides[side];
    bn_border b = {0};

    b.style = bn_border_style_of(bn_fo_keyword(fo, s->style));
    if (b.style == BN_LINE_NONE || b.style == BN_LINE_HIDDEN)
        return b;
    b.width = bn_fo_len(fo, s->width, 0);
    b.color = bn_fo_color(fo, s->color);
    return b;
}

bn_len
bn_padding_of(const bn_fo *fo, enum bn_side side, bn_len base)
{
    const bn_len p = bn_fo_len(fo, sides[side].padding, base);

    return p > 0 ? p : 0;
}

static uint8_t
repeat_of(const bn_fo *fo)
{
    switch ((int)bn_fo_keyword(fo, BN_P_BACKGROUND_REPEAT)) {
    case BN_K_REPEAT_X:
        return 1;
    case BN_K_REPEAT_Y:
        return 2;
    case BN_K_NO_REPEAT:
        return 3;
    default:
        return 0;
    }
}

/* A picture that cannot be read is one warning; the box stays without it. */
static void
load_background(bn_ctx *c, const bn_fo *fo, bn_box *box)
{
    const char *url = bn_fo_string(fo, BN_P_BACKGROUND_IMAGE);

    if (url == NULL || *url == '\0' || strcmp(url, "none") == 0)
        return;
    box->image_url = url;
    box->image = bn_picture(c, fo, url);
    box->repeat = repeat_of(fo);
}

/* Percentages are of what is left beside the image (XSL 1.1 7.8.4). */
static void
read_position(const bn_fo *fo, bn_prop p, bn_len *fixed, int32_t *ppm)
{
    const bn_value *v = bn_fo_get(fo, p);

    *fixed = 0;
    *ppm = 0;
    if (v->kind == BN_V_LENGTH) {
        *fixed = bn_fo_len(fo, p, 0);
        *ppm = v->percent;
    } else if (v->kind == BN_V_KEYWORD) {
        if (v->keyword == BN_K_CENTER)
            *ppm = 500000;
        else if (v->keyword == BN_K_RIGHT || v->keyword == BN_K_BOTTOM)
            *ppm = 1000000;
    }
}

/* fox:background-image-width and -height; of one, the other follows. */
static void
size_background(const bn_fo *fo, bn_box *box)
{
    const bn_len w = bn_fo_len(fo, BN_P_FOX_BACKGROUND_IMAGE_WIDTH, 0);
    const bn_len h = bn_fo_len(fo, BN_P_FOX_BACKGROUND_IMAGE_HEIGHT, 0);
    const bn_len own_w = box->image->width, own_h = box->image->height;

    box->image_width = w > 0                ? w
                       : h > 0 && own_h > 0 ? bn_len_scale(own_w, h, own_h)
                                            : own_w;
    box->image_height = h > 0                ? h
                        : w > 0 && own_w > 0 ? bn_len_scale(own_h, w, own_w)
                                             : own_h;
}

static void
place_background(const bn_fo *fo, bn_box *box)
{
    if (box->image == NULL)
        return;
    size_background(fo, box);
    read_position(fo, BN_P_BACKGROUND_POSITION_HORIZONTAL, &box->image_ip,
                  &box->image_ip_ppm);
    read_position(fo, BN_P_BACKGROUND_POSITION_VERTICAL, &box->image_bp,
                  &box->image_bp_ppm);
}

static void
set_radius(const bn_fo *fo, bn_box *box)
{
    static const bn_prop corners[] = {
        BN_P_FOX_BORDER_BEFORE_START_RADIUS, BN_P_FOX_BORDER_BEFORE_END_RADIUS,
        BN_P_FOX_BORDER_AFTER_END_RADIUS, BN_P_FOX_BORDER_AFTER_START_RADIUS};

    for (int i = 0; i < 4; i++)
        box->radius[i] = bn_fo_len(fo, corners[i], 0);
}

static bool
is_visible_edge(const bn_fo *fo, int side, bool first, bool last, bn_prop cond)
{
    if ((side == BN_BEFORE && first) || (side == BN_AFTER && last) ||
        side == BN_START || side == BN_END)
        return true;
    return bn_fo_is(fo, cond, BN_K_RETAIN);
}

const bn_box *
bn_box_of(bn_ctx *c, const bn_fo *fo, bn_len base, bool first, bool last)
{
    bn_box box = {0};
    bool any = false;

    for (int s = BN_BEFORE; s <= BN_END; s++) {
        if (is_visible_edge(fo, s, first, last, sides[s].width_cond))
            box.border[s] = bn_border_of(fo, (enum bn_side)s);
        if (is_visible_edge(fo, s, first, last, sides[s].padding_cond))
            box.padding[s] = bn_padding_of(fo, (enum bn_side)s, base);
        any |= box.border[s].width > 0 || box.padding[s] > 0;
    }
    box.background = bn_fo_color(fo, BN_P_BACKGROUND_COLOR);
    if (box.background >> 24 == 0)
        box.background = 0;
    load_background(c, fo, &box);
    place_background(fo, &box);
    if (!any && box.background == 0 && box.image_url == NULL)
        return NULL;
    set_radius(fo, &box);
    return bn_arena_copy(c->page, &box, sizeof box);
}

const bn_box *
bn_box_broken(bn_ctx *c, const bn_fo *fo, const bn_box *box)
{
    bn_box *b;

    if (box == NULL)
        return NULL;
    b = bn_arena_copy(c->page, box, sizeof *box);
    if (!bn_fo_is(fo, sides[BN_AFTER].width_cond, BN_K_RETAIN))
        b->border[BN_AFTER].width = 0;
    if (!bn_fo_is(fo, sides[BN_AFTER].padding_cond, BN_K_RETAIN))
        b->padding[BN_AFTER] = 0;
    return b;
}

bn_len
bn_retained_after(const bn_fo *fo, const bn_box *box)
{
    bn_len h = 0;

    if (box == NULL)
        return 0;
    if (bn_fo_is(fo, sides[BN_AFTER].width_cond, BN_K_RETAIN))
        h += box->border[BN_AFTER].width;
    if (bn_fo_is(fo, sides[BN_AFTER].padding_cond, BN_K_RETAIN))
        h += box->padding[BN_AFTER];
    return h;
}

const bn_image *
bn_picture(bn_ctx *c, const bn_fo *fo, const char *url)
{
    const bn_image *image = NULL;
    bn_err err = {0};

    if (c->o->images == NULL)
        return NULL;
    if (bn_images_load(c->o->images, url, c->o->base, &image, &err,
                       bn_at(fo->place)) == BN_OK) {
        for (const bn_msg *m = image->warnings; m; m = m->next)
            if (!bn_msgs_has(c->msgs, m->err.code, m->err.args[0]))
                bn_msgs_add(c->msgs, &m->err, BN_WARNING);
        return image;
    }
    if (!bn_msgs_has(c->msgs, err.code, err.args[0]))
        bn_msgs_add(c->msgs, &err, BN_WARNING);
    return NULL;
}

bn_len
bn_align_offset(bn_keyword display_align, bn_len bpd, bn_len used)
{
    const bn_len left = bpd - used;

    if (left <= 0)
        return 0;
    if (display_align == BN_K_CENTER)
        return left / 2;
    return display_align == BN_K_AFTER ? left : 0;
}

void
bn_area_push_down(bn_ctx *c, bn_area *a, bn_len by)
{
    bn_area *filler;

    if (by <= 0)
        return;
    filler = bn_area_make(c, BN_AREA_BLOCK);
    filler->bpd = by;
    filler->flags = BN_ARTIFACT;
    for (bn_area *k = a->first; k; k = k->next)
        k->bp += (k->flags & BN_FIXED) ? 0 : by;
    filler->parent = a;
    filler->next = a->first;
    a->first = filler;
    if (a->last == NULL)
        a->last = filler;
}

void **
bn_slot(bn_ctx *c, const bn_fo *fo)
{
    return &bn_map_put(c->slots, &fo->id, sizeof fo->id, NULL)->p;
}

/* ----------------------------------------------------------- structure */

/* Objects that are elements of the logical structure. */
static bool
has_tag(const bn_fo *fo)
{
    switch ((int)fo->type) {
    case BN_FO_ROOT:
    case BN_FO_PAGE_SEQUENCE:
    case BN_FO_FLOW:
    case BN_FO_STATIC_CONTENT:
    case BN_FO_BLOCK:
    case BN_FO_BLOCK_CONTAINER:
    case BN_FO_INLINE:
    case BN_FO_INLINE_CONTAINER:
    case BN_FO_BASIC_LINK:
    case BN_FO_WRAPPER:
    case BN_FO_EXTERNAL_GRAPHIC:
    case BN_FO_INSTREAM_FOREIGN_OBJECT:
    case BN_FO_TABLE:
    case BN_FO_TABLE_AND_CAPTION:
    case BN_FO_TABLE_CAPTION:
    case BN_FO_TABLE_HEADER:
    case BN_FO_TABLE_FOOTER:
    case BN_FO_TABLE_BODY:
    case BN_FO_TABLE_ROW:
    case BN_FO_TABLE_CELL:
    case BN_FO_LIST_BLOCK:
    case BN_FO_LIST_ITEM:
    case BN_FO_LIST_ITEM_LABEL:
    case BN_FO_LIST_ITEM_BODY:
    case BN_FO_FOOTNOTE:
    case BN_FO_FOOTNOTE_BODY:
    case BN_FO_FLOAT:
    case BN_FO_AXF_RUBY:
    case BN_FO_AXF_RUBY_BASE:
    case BN_FO_AXF_RUBY_TEXT:
        return true;
    default:
        return false;
    }
}

static const char *
string_or_null(const bn_fo *fo, bn_prop p)
{
    const char *s = bn_fo_string(fo, p);

    return s && *s && strcmp(s, "none") != 0 ? s : NULL;
}

static bool
is_header(const bn_fo *fo)
{
    const char *mark;

    if (fo->type != BN_FO_TABLE_CELL)
        return false;
    for (const bn_fo *p = fo->parent; p; p = p->parent)
        if (p->type == BN_FO_TABLE_HEADER)
            return true;
        else if (p->type == BN_FO_TABLE)
            break;
    if (bn_fo_is(fo, BN_P_FOX_HEADER, BN_K_TRUE))
        return true;
    mark = string_or_null(fo, BN_P_ROLE);
    return mark && strcmp(mark, "TH") == 0;
}

enum { TAGS = 512 }; /* in one table */

/* Where the structure element of an object is kept. Nearly every object has
 * one and ids have no gaps, so a table is smaller and quicker than a map. */
static bn_struct **
tag_slot(bn_ctx *c, uint32_t id)
{
    const size_t table = id / TAGS;

    if (table >= c->ntags) {
        const size_t n = table < 8 ? 16 : table * 2;
        bn_struct ***all = BN_NEWS(c->doc, bn_struct **, n);

        if (c->ntags)
            memcpy(all, c->tags, c->ntags * sizeof *all);
        c->tags = all;
        c->ntags = n;
    }
    if (c->tags[table] == NULL)
        c->tags[table] = BN_NEWS(c->doc, bn_struct *, TAGS);
    return &c->tags[table][id % TAGS];
}

const bn_struct *
bn_tag_of(bn_ctx *c, const bn_fo *fo)
{
    bn_struct **slot, *s;
    const char *lang;

    if (fo == NULL || !has_tag(fo))
        return fo && fo->parent ? bn_tag_of(c, fo->parent) : NULL;
    slot = tag_slot(c, fo->id);
    if (*slot)
        return *slot;
    *slot = s = BN_NEW(c->doc, bn_struct);
    s->id = fo->id;
    s->object = bn_fo_name(fo->type);
    s->role = string_or_null(fo, BN_P_ROLE);
    s->alt = string_or_null(fo, BN_P_FOX_ALT_TEXT);
    s->parent = fo->parent ? bn_tag_of(c, fo->parent) : NULL;
    lang = string_or_null(fo, BN_P_LANGUAGE);
    if (lang && (fo->parent == NULL || bn_fo_specified(fo, BN_P_LANGUAGE)))
        s->lang = lang;
    if (fo->type == BN_FO_TABLE_CELL) {
        s->columns = (uint16_t)bn_fo_int(fo, BN_P_NUMBER_COLUMNS_SPANNED);
        s->rows = (uint16_t)bn_fo_int(fo, BN_P_NUMBER_ROWS_SPANNED);
    }
    s->header = is_header(fo);
    s->artifact =
        fo->type == BN_FO_STATIC_CONTENT || (s->parent && s->parent->artifact);
    s->place = fo->place;
    return s;
}

void
bn_area_own(bn_ctx *c, bn_area *area, const bn_fo *fo, bool first)
{
    area->origin = fo;
    area->tag = bn_tag_of(c, fo);
    if (c->artifact)
        area->flags |= BN_ARTIFACT;
    if (first) {
        area->flags |= BN_FIRST;
        area->id = string_or_null(fo, BN_P_ID);
    }
    if (bn_fo_is(fo, BN_P_VISIBILITY, BN_K_HIDDEN))
        area->flags |= BN_HIDDEN;
}
