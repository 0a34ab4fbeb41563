/* Attributes of the area dump: sizes, borders, backgrounds, links. */
#include "layout/area_dump.h"

/* ------------------------------------------------------------- attributes */

void
bn_dump_string(bn_dump *d, const char *name, const char *value)
{
    bn_buf_addf(d->out, " %s=\"", name);
    bn_buf_adds_xml(d->out, value);
    bn_buf_addc(d->out, '"');
}

void
bn_dump_len(bn_dump *d, const char *name, bn_len value)
{
    bn_buf_addf(d->out, " %s=\"%d\"", name, (int)value);
}

void
bn_dump_nonzero(bn_dump *d, const char *name, bn_len value)
{
    if (value)
        bn_dump_len(d, name, value);
}

void
bn_dump_true(bn_dump *d, const char *name, bool value)
{
    if (value)
        bn_dump_string(d, name, "true");
}

static void
color_text(uint32_t argb, char out[12])
{
    static const char hex[] = "0123456789abcdef";
    const uint32_t alpha = argb >> 24;
    int n = 0;

    out[n++] = '#';
    for (int shift = 20; shift >= 0; shift -= 4)
        out[n++] = hex[argb >> shift & 15];
    if (alpha != 255) {
        out[n++] = hex[alpha >> 4];
        out[n++] = hex[alpha & 15];
    }
    out[n] = '\0';
}

/* The colour of a property of an object (NULL: none) as it was said, when that
 * is the one that is shown. */
static const char *
color_of(const bn_fo *fo, bn_prop p, uint32_t argb, char text[12])
{
    const char *form =
        fo && bn_fo_color(fo, p) == argb ? bn_fo_color_form(fo, p) : NULL;

    if (form)
        return form;
    color_text(argb, text);
    return text;
}

void
bn_dump_color(bn_dump *d, const char *name, const bn_fo *fo, bn_prop p,
              uint32_t argb)
{
    char text[12];

    bn_dump_string(d, name, color_of(fo, p, argb, text));
}

/* ----------------------------------------------------------------- boxes */

const char *
bn_dump_style(uint8_t style)
{
    static const char *const names[] = {
        [BN_LINE_NONE] = "none",     [BN_LINE_HIDDEN] = "hidden",
        [BN_LINE_SOLID] = "solid",   [BN_LINE_DASHED] = "dashed",
        [BN_LINE_DOTTED] = "dotted", [BN_LINE_DOUBLE] = "double",
        [BN_LINE_GROOVE] = "groove", [BN_LINE_RIDGE] = "ridge",
        [BN_LINE_INSET] = "inset",   [BN_LINE_OUTSET] = "outset"};

    return style < sizeof names / sizeof names[0] ? names[style] : "none";
}

/* corner: of box->radius, where the side begins and where it ends. */
static const struct {
    enum bn_side side;
    const char *border, *padding;
    bn_prop color;
    uint8_t corner[2];
} sides[] = {
    {BN_START,
     "border-start",
     "padding-start",
     BN_P_BORDER_START_COLOR,
     {0, 3}},
    {BN_END, "border-end", "padding-end", BN_P_BORDER_END_COLOR, {1, 2}},
    {BN_BEFORE,
     "border-before",
     "padding-before",
     BN_P_BORDER_BEFORE_COLOR,
     {0, 1}},
    {BN_AFTER,
     "border-after",
     "padding-after",
     BN_P_BORDER_AFTER_COLOR,
     {3, 2}},
};

static void
put_border(bn_dump *d, const bn_box *box, int i, const bn_fo *fo)
{
    const bn_border *b = &box->border[sides[i].side];
    const bn_len from = box->radius[sides[i].corner[0]];
    const bn_len to = box->radius[sides[i].corner[1]];
    char color[12];

    if (b->style == BN_LINE_NONE || b->width == 0)
        return;
    bn_buf_addf(d->out, " %s=\"(%s,%s,%d%s", sides[i].border,
                bn_dump_style(b->style),
                color_of(fo, sides[i].color, b->color, color), (int)b->width,
                b->collapsed == 2   ? ",collapse-outer"
                : b->collapsed == 1 ? ",collapse-inner"
                                    : "");
    if (from || to)
        bn_buf_addf(d->out, "%s,%d,%d", b->collapsed ? "" : ",separate",
                    (int)from, (int)to);
    bn_buf_adds(d->out, ")\"");
}

/* ipd, bpd: of the content. An axis along which the image repeats has no
 * offset. */
static void
put_background(bn_dump *d, const bn_box *box, const bn_fo *fo, bn_len ipd,
               bn_len bpd)
{
    static const char *const repeats[] = {"repeat", "repeat-x", "repeat-y",
                                          "no-repeat"};
    const bool down = box->repeat == 0 || box->repeat == 2;
    const bool across = box->repeat == 0 || box->repeat == 1;
    char text[12];
    const char *color = "";
    bn_len x = 0, y = 0;

    if (box->background >> 24 == 0 && box->image == NULL)
        return;
    if (box->image && !across)
        x = bn_background_at(box->image_ip, box->image_ip_ppm,
                             (int64_t)ipd + box->padding[BN_START] +
                                 box->padding[BN_END],
                             box->image_width);
    if (box->image && !down)
        y = bn_background_at(box->image_bp, box->image_bp_ppm,
                             (int64_t)bpd + box->padding[BN_BEFORE] +
                                 box->padding[BN_AFTER],
                             box->image_height);
    bn_buf_adds(d->out, " background=\"");
    if (box->background >> 24) {
        color = color_of(fo, BN_P_BACKGROUND_COLOR, box->background, text);
        bn_buf_addf(d->out, "color=%s", color);
    }
    if (box->image) {
        bn_buf_adds(d->out, color[0] ? ",url=" : "url=");
        bn_buf_adds_xml(d->out, box->image_url);
        bn_buf_addf(d->out, ",repeat=%s,horiz=%d,vertical=%d",
                    repeats[box->repeat & 3], (int)x, (int)y);
    }
    bn_buf_addc(d->out, '"');
    if (color[0])
        bn_dump_string(d, "bkg-color", color);
    if (box->image) {
        bn_dump_string(d, "bkg-img", box->image_url);
        bn_dump_string(d, "bkg-repeat", repeats[box->repeat & 3]);
        bn_dump_len(d, "bkg-horz-offset", x);
        bn_dump_len(d, "bkg-vert-offset", y);
    }
}

void
bn_dump_box(bn_dump *d, const bn_box *box, const bn_fo *fo, bn_len ipd,
            bn_len bpd)
{
    if (box == NULL)
        return;
    put_background(d, box, fo, ipd, bpd);
    for (int i = 0; i < 4; i++)
        put_border(d, box, i, fo);
    for (int i = 0; i < 4; i++)
        bn_dump_nonzero(d, sides[i].padding, box->padding[sides[i].side]);
}

/* The bidirectional level: odd from right to left. Text itself runs from left
 * to right always. */
static void
put_level(bn_dump *d, uint8_t kind)
{
    if (d->leftward && kind >= BN_AREA_BLOCK)
        bn_dump_len(d, "level", kind <= BN_AREA_LINE ? 1 : 2);
}

/* ipd and bpd of the content, then with everything round it; a dimension of 0
 * has no allocation (as FOP has it). */
void
bn_dump_sizes(bn_dump *d, const bn_area *a, bn_len ipd, bn_len bpd)
{
    const bn_len along = bn_area_edge(a, BN_START) + bn_area_edge(a, BN_END);
    const bn_len across = bn_area_edge(a, BN_BEFORE) +
                          bn_area_edge(a, BN_AFTER) + a->space[BN_BEFORE] +
                          a->space[BN_AFTER];

    bn_dump_len(d, "ipd", ipd);
    bn_dump_len(d, "bpd", bpd);
    put_level(d, a->kind);
    if (ipd)
        bn_dump_len(d, "ipda", ipd + along);
    if (bpd)
        bn_dump_len(d, "bpda", bpd + across);
    bn_buf_addf(d->out, " bap=\"%d %d %d %d\"", (int)bn_area_edge(a, BN_START),
                (int)bn_area_edge(a, BN_END), (int)bn_area_edge(a, BN_BEFORE),
                (int)bn_area_edge(a, BN_AFTER));
}

/* The id of the object, on every area of it (a->id is on the first only). */
const char *
bn_dump_producer(const bn_area *a)
{
    const bn_fo *fo = a->origin;

    if (a->id)
        return a->id;
    if (fo == NULL || a->kind == BN_AREA_LINE ||
        (fo->type != BN_FO_BLOCK_CONTAINER && (a->flags & BN_REFERENCE) &&
         a->parent && (a->parent->flags & BN_VIEWPORT_AREA)))
        return NULL;
    return bn_fo_specified(fo, BN_P_ID) ? bn_fo_string(fo, BN_P_ID) : NULL;
}

static void
put_links(bn_dump *d, const bn_area *a)
{
    int32_t page;

    if (a->internal) {
        page = d->sink->page_of ? d->sink->page_of(d->sink->layout, a->internal)
                                : -1;
        if (page >= 0) {
            bn_buf_addf(d->out, " internal-link=\"(P%d,", (int)page + 1);
            bn_buf_adds_xml(d->out, a->internal);
            bn_buf_adds(d->out, ")\"");
        }
    }
    if (a->external) {
        const bn_fo *fo = a->origin;
        const bool is_new = fo && bn_fo_is(fo, BN_P_SHOW_DESTINATION, BN_K_NEW);

        bn_buf_addf(d->out, " external-link=\"newWindow=%s,dest=",
                    is_new ? "true" : "false");
        bn_buf_adds_xml(d->out, a->external);
        bn_buf_addc(d->out, '"');
    }
}

void
bn_dump_traits(bn_dump *d, const bn_area *a)
{
    const char *id = bn_dump_producer(a);

    bn_dump_box(d, a->box, a->origin, a->ipd, a->bpd);
    if (id)
        bn_dump_string(d, "prod-id", id);
    bn_dump_nonzero(d, "space-start", a->space[BN_START]);
    bn_dump_nonzero(d, "space-end", a->space[BN_END]);
    bn_dump_nonzero(d, "start-indent", a->start_indent);
    bn_dump_nonzero(d, "end-indent", a->end_indent);
    bn_dump_nonzero(d, "space-before", a->space[BN_BEFORE]);
    bn_dump_nonzero(d, "space-after", a->space[BN_AFTER]);
    bn_dump_true(d, "is-reference-area", a->flags & BN_REFERENCE);
    bn_dump_true(d, "is-viewport-area", a->flags & BN_VIEWPORT_AREA);
    put_links(d, a);
}

/* Millipoints as Java prints a double: always with a fraction. */
static void
put_matrix(bn_dump *d, const char *name, const int m[4], bn_len x, bn_len y)
{
    /* Turned by 180 degrees, the sine is a negative zero. */
    bn_buf_addf(d->out, " %s=\"[%d.0 %s%d.0 %d.0 %d.0 %d.0 %d.0]\"", name, m[0],
                m[0] < 0 && m[3] < 0 ? "-" : "", m[1], m[2], m[3], (int)x,
                (int)y);
}

/* Matrix of a reference area whose corner is at x, y of what is around it. */
void
bn_dump_ctm(bn_dump *d, const bn_area *ref, uint8_t outside, bn_len x, bn_len y)
{
    bn_turn t = bn_area_turn(ref, outside);
    int m[4];

    if (t.a < 0 && t.d > 0) { /* FOP has no mirrors: levels say it */
        t.a = 1;
        t.e -= ref->ipd;
    }
    m[0] = t.a;
    m[1] = t.b;
    m[2] = t.c;
    m[3] = t.d;
    put_matrix(d, "ctm", m, (bn_len)(x + t.e), (bn_len)(y + t.f));
}
