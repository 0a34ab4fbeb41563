/* Boxes and rules: backgrounds, borders, leaders. */
#include "pdf/pdf_doc.h"

#include <string.h>

/* A point in logical coordinates. */
typedef struct point {
    int64_t ip, bp;
} point;

static void
put_point(bn_canvas *c, const bn_frame *f, point p, const char *op)
{
    bn_put_len(&c->ops, f->a * p.ip + f->c * p.bp + f->e);
    bn_buf_addc(&c->ops, ' ');
    bn_put_len(&c->ops, f->b * p.ip + f->d * p.bp + f->f);
    bn_buf_adds(&c->ops, op);
}

static void
put_quad(bn_canvas *c, const bn_frame *f, const point q[4])
{
    put_point(c, f, q[0], " m\n");
    for (int i = 1; i < 4; i++)
        put_point(c, f, q[i], " l\n");
    bn_buf_adds(&c->ops, "h f\n");
}

/* The border rectangle with what is taken off on each side. */
typedef struct rect {
    int64_t ip, bp, ipd, bpd;
} rect;

static rect
shrink(rect r, const int64_t by[4])
{
    return (rect){r.ip + by[BN_START], r.bp + by[BN_BEFORE],
                  r.ipd - by[BN_START] - by[BN_END],
                  r.bpd - by[BN_BEFORE] - by[BN_AFTER]};
}

static point
corner(const rect *r, bool end, bool after)
{
    return (point){r->ip + (end ? r->ipd : 0), r->bp + (after ? r->bpd : 0)};
}

/* ------------------------------------------------------------- rounded */

static bool
is_rounded(const bn_box *box)
{
    return box->radius[0] || box->radius[1] || box->radius[2] || box->radius[3];
}

static int64_t
limit(int64_t v, int64_t max)
{
    return v < 0 ? 0 : v > max ? max : v;
}

/* A rectangle with corners rounded by quarter circles; corners go around from
 * before-start: before-end, after-end, after-start. */
static void
put_rounded(bn_canvas *c, const bn_frame *f, const rect *r, const int64_t by[4])
{
    const int64_t most = (r->ipd < r->bpd ? r->ipd : r->bpd) / 2;
    const bool end[4] = {false, true, true, false};
    const bool after[4] = {false, false, true, true};
    /* Directions of going on along the sides that leave each corner. */
    const int out_ip[4] = {1, 0, -1, 0}, out_bp[4] = {0, 1, 0, -1};

    for (int i = 0; i < 4; i++) {
        const point p = corner(r, end[i], after[i]);
        const int64_t radius = limit(by[i], most);
        const int64_t bend = radius * 4477 / 10000; /* 1 - 0.5523 */
        const int in = (i + 3) % 4;
        const point from = {p.ip - out_ip[in] * radius,
                            p.bp - out_bp[in] * radius};
        const point c1 = {p.ip - out_ip[in] * bend, p.bp - out_bp[in] * bend};
        const point c2 = {p.ip + out_ip[i] * bend, p.bp + out_bp[i] * bend};
        const point to = {p.ip + out_ip[i] * radius, p.bp + out_bp[i] * radius};

        put_point(c, f, from, i == 0 ? " m\n" : " l\n");
        if (radius == 0)
            continue;
        put_point(c, f, c1, " ");
        put_point(c, f, c2, " ");
        put_point(c, f, to, " c\n");
    }
    bn_buf_adds(&c->ops, "h\n");
}

static void
radii(const bn_box *box, int64_t inside, int64_t out[4])
{
    for (int i = 0; i < 4; i++)
        out[i] = box->radius[i] > inside ? box->radius[i] - inside : 0;
}

/* ---------------------------------------------------------- background */

static void
put_path(bn_canvas *c, const bn_frame *f, const bn_box *box, const rect *r)
{
    int64_t by[4];

    if (is_rounded(box)) {
        radii(box, 0, by);
        put_rounded(c, f, r, by);
    } else {
        bn_canvas_rect(c, f, r->ip, r->bp, r->ipd, r->bpd);
    }
}

/* Tiles of a background image over the padding rectangle. */
static void
put_background_image(bn_canvas *c, const bn_frame *f, const bn_box *box,
                     const rect *r)
{
    enum { REPEAT, REPEAT_X, REPEAT_Y, MOST_TILES = 5000 };
    const int64_t w = box->image_width, h = box->image_height;
    const bool across = box->repeat == REPEAT || box->repeat == REPEAT_X;
    const bool down = box->repeat == REPEAT || box->repeat == REPEAT_Y;
    int64_t ip = r->ip + bn_background_at(box->image_ip, box->image_ip_ppm,
                                          r->ipd, box->image_width);
    int64_t bp = r->bp + bn_background_at(box->image_bp, box->image_bp_ppm,
                                          r->bpd, box->image_height);
    int tiles = 0;

    if (w <= 0 || h <= 0)
        return;
    while (across && ip > r->ip)
        ip -= w;
    while (down && bp > r->bp)
        bp -= h;
    bn_canvas_push(c);
    put_path(c, f, box, r);
    bn_buf_adds(&c->ops, "W n\n");
    for (int64_t y = bp; y == bp || (down && y < r->bp + r->bpd); y += h)
        for (int64_t x = ip; (x == ip || (across && x < r->ip + r->ipd)) &&
                             tiles++ < MOST_TILES;
             x += w)
            bn_pdf_image(c, f, box->image, x, y, w, h);
    bn_canvas_pop(c);
}

static void
put_background(bn_canvas *c, const bn_frame *f, const bn_box *box,
               const rect *r)
{
    const int64_t by[4] = {box->border[0].width, box->border[1].width,
                           box->border[2].width, box->border[3].width};
    const rect padding = shrink(*r, by);

    if (box->background >> 24 && r->ipd > 0 && r->bpd > 0) {
        bn_canvas_fill(c, box->background);
        /* Opaque borders cover it; under broken ones it shows through. */
        put_path(c, f, box, r);
        bn_buf_adds(&c->ops, "f\n");
    }
    if (box->image)
        put_background_image(c, f, box, &padding);
}

/* -------------------------------------------------------------- borders */

static uint32_t
shade(uint32_t argb, bool darker)
{
    uint32_t out = argb & 0xFF000000;

    for (int shift = 0; shift < 24; shift += 8) {
        const uint32_t v = argb >> shift & 255;

        out |= (darker ? v * 6 / 10 : v + (255 - v) * 4 / 10) << shift;
    }
    return out;
}

/* One side of the ring between two rectangles. */
static void
put_trapezoid(bn_canvas *c, const bn_frame *f, const rect *o, const rect *i,
              int side)
{
    /* The two ends of each side, as (end, after) of a corner. */
    static const bool ends[4][2][2] = {
        [BN_BEFORE] = {{0, 0}, {1, 0}},
        [BN_AFTER] = {{0, 1}, {1, 1}},
        [BN_START] = {{0, 0}, {0, 1}},
        [BN_END] = {{1, 0}, {1, 1}},
    };
    const bool(*e)[2] = ends[side];

    put_quad(c, f,
             (point[]){corner(o, e[0][0], e[0][1]), corner(o, e[1][0], e[1][1]),
                       corner(i, e[1][0], e[1][1]),
                       corner(i, e[0][0], e[0][1])});
}

/* The side of a border between two fractions (in sixths) of its width, from
 * outside; joined by mitres, or straight in a collapsed table. */
static void
put_side(bn_canvas *c, const bn_frame *f, const bn_box *box, const rect *r,
         int side, int from, int to)
{
    enum { PARTS = 6 };
    const bool straight = box->border[side].collapsed;
    int64_t outer[4], inner[4];
    rect o, i;

    for (int s = 0; s < 4; s++) {
        const int64_t w = straight && s != side ? 0 : box->border[s].width;

        outer[s] = w * from / PARTS;
        inner[s] = w * to / PARTS;
    }
    o = shrink(*r, outer);
    i = shrink(*r, inner);
    put_trapezoid(c, f, &o, &i, side);
}

/* A dashed or dotted line, with a whole number of dashes. */
static void
put_dashes(bn_canvas *c, const bn_frame *f, point a, point b, int64_t width,
           bool dotted, uint32_t color)
{
    const int64_t length = (b.ip - a.ip) + (b.bp - a.bp);
    const int64_t on = dotted ? 0 : width * 3,
                  unit = dotted ? width * 2 : width * 6;
    const int64_t inset = dotted ? width / 2 : 0;
    int64_t n, period;

    if (width <= 0 || length <= 0)
        return;
    n = (length - 2 * inset - on + unit / 2) / unit;
    period = n > 0 ? (length - 2 * inset - on) / n : length;
    bn_canvas_stroke(c, color);
    bn_put_len(&c->ops, width);
    bn_buf_addf(&c->ops, " w %d J [", dotted ? 1 : 0);
    bn_put_len(&c->ops, on);
    bn_buf_addc(&c->ops, ' ');
    bn_put_len(&c->ops, period > on ? period - on : on + 1);
    bn_buf_adds(&c->ops, "] 0 d\n");
    if (a.bp == b.bp)
        a.ip += inset, b.ip -= inset;
    else
        a.bp += inset, b.bp -= inset;
    put_point(c, f, a, " m\n");
    /* A hair further, so that the last dot is not lost to rounding. */
    if (a.bp == b.bp)
        b.ip += 1;
    else
        b.bp += 1;
    put_point(c, f, b, " l S\n");
    bn_buf_adds(&c->ops, "[] 0 d 0 J\n");
}

static void
put_dashed_side(bn_canvas *c, const bn_frame *f, const bn_box *box,
                const rect *r, int side)
{
    const bn_border *b = &box->border[side];
    const int64_t half = b->width / 2;
    const bool end = side == BN_END, after = side == BN_AFTER;
    const bool along_ip = side == BN_BEFORE || side == BN_AFTER;
    point from = corner(r, end, after);
    point to = along_ip ? corner(r, true, after) : corner(r, end, true);

    if (along_ip)
        from.bp = to.bp = from.bp + (after ? -half : half);
    else
        from.ip = to.ip = from.ip + (end ? -half : half);
    put_dashes(c, f, from, to, b->width, b->style == BN_LINE_DOTTED, b->color);
}

static void
put_border_side(bn_canvas *c, const bn_frame *f, const bn_box *box,
                const rect *r, int side)
{
    const bn_border *b = &box->border[side];
    const bool lit = side == BN_BEFORE || side == BN_START;

    switch (b->style) {
    case BN_LINE_NONE:
    case BN_LINE_HIDDEN:
        return;
    case BN_LINE_DASHED:
    case BN_LINE_DOTTED:
        put_dashed_side(c, f, box, r, side);
        return;
    case BN_LINE_DOUBLE:
        bn_canvas_fill(c, b->color);
        put_side(c, f, box, r, side, 0, 2);
        put_side(c, f, box, r, side, 4, 6);
        return;
    case BN_LINE_GROOVE:
    case BN_LINE_RIDGE:
        bn_canvas_fill(c, shade(b->color, (b->style == BN_LINE_GROOVE) == lit));
        put_side(c, f, box, r, side, 0, 3);
        bn_canvas_fill(c, shade(b->color, (b->style == BN_LINE_GROOVE) != lit));
        put_side(c, f, box, r, side, 3, 6);
        return;
    case BN_LINE_INSET:
    case BN_LINE_OUTSET:
        bn_canvas_fill(c, shade(b->color, (b->style == BN_LINE_INSET) == lit));
        put_side(c, f, box, r, side, 0, 6);
        return;
    default:
        bn_canvas_fill(c, b->color);
        put_side(c, f, box, r, side, 0, 6);
    }
}

static bool
same_all_around(const bn_box *box)
{
    const bn_border *b = box->border;

    for (int i = 1; i < 4; i++)
        if (b[i].width != b[0].width || b[i].style != b[0].style ||
            b[i].color != b[0].color || b[i].collapsed)
            return false;
    return true;
}

/* A closed frame: the area between two paths, in sixths of the width. */
static void
put_ring(bn_canvas *c, const bn_frame *f, const bn_box *box, const rect *r,
         int from, int to)
{
    for (int k = 0; k < 2; k++) {
        const int64_t w =
            (int64_t)box->border[0].width * (k == 0 ? from : to) / 6;
        const rect at = shrink(*r, (int64_t[]){w, w, w, w});
        int64_t by[4];

        radii(box, w, by);
        if (is_rounded(box))
            put_rounded(c, f, &at, by);
        else
            bn_canvas_rect(c, f, at.ip, at.bp, at.ipd, at.bpd);
    }
    bn_buf_adds(&c->ops, "f*\n");
}

/* One even frame is one path: no seams at the corners. */
static bool
put_frame(bn_canvas *c, const bn_frame *f, const bn_box *box, const rect *r)
{
    const bn_border *b = box->border;

    if (!same_all_around(box) || b->width == 0)
        return false;
    if (b->style != BN_LINE_SOLID && b->style != BN_LINE_DOUBLE)
        return false;
    bn_canvas_fill(c, b->color);
    if (b->style == BN_LINE_SOLID) {
        put_ring(c, f, box, r, 0, 6);
    } else {
        put_ring(c, f, box, r, 0, 2);
        put_ring(c, f, box, r, 4, 6);
    }
    return true;
}

void
bn_pdf_box(bn_canvas *c, const bn_frame *f, const bn_box *box, int64_t ip,
           int64_t bp, int64_t ipd, int64_t bpd)
{
    const rect r = {ip, bp, ipd, bpd};

    bn_canvas_text_end(c);
    put_background(c, f, box, &r);
    if (put_frame(c, f, box, &r))
        return;
    for (int side = 0; side < 4; side++)
        if (box->border[side].width > 0)
            put_border_side(c, f, box, &r, side);
}

/* A leader is a border's before side, as long as the leader. */
void
bn_pdf_rule(bn_canvas *c, const bn_frame *f, const bn_area *a, int64_t ip,
            int64_t bp)
{
    const bn_box line = {.border[BN_BEFORE] = {.width = a->rule.thickness,
                                               .style = a->rule.style,
                                               .collapsed = 1,
                                               .color = a->rule.color}};

    if (a->rule.thickness <= 0 || a->ipd <= 0)
        return;
    bn_canvas_text_end(c);
    put_border_side(c, f, &line, &(rect){ip, bp, a->ipd, a->rule.thickness},
                    BN_BEFORE);
}
