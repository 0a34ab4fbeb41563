/* svg_gradient.c - linear and radial gradients (SVG 1.1 13.2). */
#include "image/svg.h"

#include <math.h>
#include <string.h>

enum { STOPS_MAX = 256, PERIODS_MAX = 100 };

/* The coordinates of one kind are not those of the other. */
static const char *
geometry_attr(svg *v, const xmlNode *n, const char *name)
{
    const xmlChar *kind = n->name;

    for (int i = 0; n != NULL && i < SVG_HREF_MAX; i++) {
        const char *value = svg_attr(n, name);

        if (value != NULL && xmlStrEqual(n->name, kind))
            return value;
        n = svg_find(v, svg_href(n));
    }
    return NULL;
}

static bool
has_stops(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, "stop"))
            return true;
    return false;
}

static void
read_stops(svg *v, const xmlNode *n, bn_gradient *g)
{
    bn_gradient_stop *stops;
    double last = 0;
    svg_style parent;

    for (int i = 0; n != NULL && !has_stops(n) && i < SVG_HREF_MAX; i++)
        n = svg_find(v, svg_href(n));
    if (n == NULL || !has_stops(n))
        return;
    parent = svg_style_in_tree(v, n);
    stops = BN_NEWS(v->a, bn_gradient_stop, STOPS_MAX);
    g->stops = stops;
    for (const xmlNode *c = n->children; c != NULL; c = c->next) {
        const char *at;
        svg_style style;
        double offset = 0;

        if (!svg_element(c, "stop") || g->nstops + 2 >= STOPS_MAX)
            continue;
        style = svg_style_of(v, c, &parent);
        at = svg_attr(c, "offset");
        if (at != NULL && svg_number(&at, &offset) && *at == '%')
            offset /= 100;
        last = fmin(1, fmax(last, offset)); /* never falls */
        if (g->nstops == 0 && last > 0) { /* the first colour from the start */
            stops[g->nstops++] = (bn_gradient_stop){0, style.own.stop_rgb,
                                                    style.own.stop_opacity *
                                                        style.own.stop_alpha};
        }
        stops[g->nstops++] =
            (bn_gradient_stop){last, style.own.stop_rgb,
                               style.own.stop_opacity * style.own.stop_alpha};
    }
    if (g->nstops > 1 && last < 1) {
        stops[g->nstops] = stops[g->nstops - 1];
        stops[g->nstops++].offset = 1;
    }
}

static double
coordinate(svg *v, const xmlNode *n, const char *name, bool of_box,
           double whole, const char *otherwise)
{
    const char *s = geometry_attr(v, n, name);
    double out = 0;

    if (s == NULL)
        s = otherwise;
    svg_length(&s, of_box ? 1 : whole, 16, &out);
    return out;
}

static void
read_radial(svg *v, const xmlNode *n, bool of_box, bn_gradient *g)
{
    const double w = v->view.width, h = v->view.height;
    double dx, dy, far;

    g->radial = 1;
    g->x2 = coordinate(v, n, "cx", of_box, w, "50%");
    g->y2 = coordinate(v, n, "cy", of_box, h, "50%");
    g->r2 = coordinate(v, n, "r", of_box, svg_diagonal(v), "50%");
    g->r1 = coordinate(v, n, "fr", of_box, svg_diagonal(v), "0%");
    g->x1 = geometry_attr(v, n, "fx") ? coordinate(v, n, "fx", of_box, w, "50%")
                                      : g->x2;
    g->y1 = geometry_attr(v, n, "fy") ? coordinate(v, n, "fy", of_box, h, "50%")
                                      : g->y2;
    dx = g->x1 - g->x2;
    dy = g->y1 - g->y2;
    far = sqrt(dx * dx + dy * dy);
    if (far > g->r2 * 0.999 && far > 0) { /* a focus outside goes to the edge */
        g->x1 = g->x2 + dx / far * g->r2 * 0.999;
        g->y1 = g->y2 + dy / far * g->r2 * 0.999;
    }
}

static void
read_geometry(svg *v, const xmlNode *n, bool of_box, bn_gradient *g)
{
    const double w = v->view.width, h = v->view.height;

    if (!svg_element(n, "linearGradient")) {
        read_radial(v, n, of_box, g);
        return;
    }
    g->x1 = coordinate(v, n, "x1", of_box, w, "0%");
    g->y1 = coordinate(v, n, "y1", of_box, h, "0%");
    g->x2 = coordinate(v, n, "x2", of_box, w, "100%");
    g->y2 = coordinate(v, n, "y2", of_box, h, "0%");
}

/* ---------------------------------------------------------------- spread */

/* From which to which turn the gradient must go to cover a rectangle. */
static bool
periods(const bn_gradient *g, svg_rect around, int *from, int *to)
{
    const double dx = g->x2 - g->x1, dy = g->y2 - g->y1;
    double low = 0, high = 1;
    svg_matrix m, back;

    memcpy(m.v, g->matrix, sizeof m.v);
    if (!svg_inverse(m, &back))
        return false;
    for (int i = 0; i < 4; i++) {
        double x = around.x + (i & 1 ? around.width : 0), t;
        double y = around.y + (i & 2 ? around.height : 0);

        svg_apply(&back, &x, &y);
        x -= g->x1;
        y -= g->y1;
        if (g->radial) /* circles grow from the focus at least so fast */
            t = sqrt(x * x + y * y) /
                fmax(g->r2 - g->r1 - sqrt(dx * dx + dy * dy),
                     g->r2 / PERIODS_MAX);
        else
            t = (x * dx + y * dy) / (dx * dx + dy * dy);
        low = fmin(low, t);
        high = fmax(high, t);
    }
    *from = g->radial ? 0 : (int)fmax(floor(low), -PERIODS_MAX);
    *to = (int)fmin(ceil(high), PERIODS_MAX);
    return *to > *from;
}

/* Write a gradient that is repeated, or reflected, out as one of more stops. */
static void
spread_out(svg *v, bn_gradient *g, bool reflect, svg_rect around)
{
    const double x = g->x1, y = g->y1, r = g->r1;
    const double dx = g->x2 - x, dy = g->y2 - y, dr = g->r2 - r;
    bn_gradient_stop *stops;
    uint32_t n = 0;
    int from, to;

    if (g->nstops < 2 || !periods(g, around, &from, &to) ||
        (from == 0 && to == 1) ||
        !svg_count(v, (size_t)(to - from) * g->nstops))
        return;
    stops = BN_NEWS(v->a, bn_gradient_stop, (size_t)(to - from) * g->nstops);
    for (int i = from; i < to; i++)
        for (uint32_t k = 0; k < g->nstops; k++) {
            const bool back = reflect && i % 2 != 0;
            bn_gradient_stop s = g->stops[back ? g->nstops - 1 - k : k];

            s.offset =
                (i - from + (back ? 1 - s.offset : s.offset)) / (to - from);
            stops[n++] = s;
        }
    g->stops = stops;
    g->nstops = n;
    g->x1 = x + dx * from;
    g->y1 = y + dy * from;
    g->r1 = r + dr * from;
    g->x2 = x + dx * to;
    g->y2 = y + dy * to;
    g->r2 = r + dr * to;
}

const bn_gradient *
svg_gradient(svg *v, const xmlNode *n, svg_rect box, svg_rect around)
{
    const char *units = svg_linked_attr(v, n, "gradientUnits");
    const char *spread = svg_linked_attr(v, n, "spreadMethod");
    const bool of_box = units == NULL || !svg_is(units, "userSpaceOnUse");
    bn_gradient *g = BN_NEW(v->a, bn_gradient);
    svg_matrix m = SVG_IDENTITY;

    if (of_box && (box.width <= 0 || box.height <= 0))
        return NULL;
    if (of_box)
        m = svg_scaled(svg_moved(m, box.x, box.y), box.width, box.height);
    m = svg_multiply(m,
                     svg_transform(svg_linked_attr(v, n, "gradientTransform")));
    memcpy(g->matrix, m.v, sizeof g->matrix);
    read_geometry(v, n, of_box, g);
    read_stops(v, n, g);
    svg_count(v, g->nstops);
    if (spread != NULL && !svg_is(spread, "pad") &&
        (g->radial ? g->r2 > g->r1 : g->x1 != g->x2 || g->y1 != g->y2))
        spread_out(v, g, svg_is(spread, "reflect"), around);
    return g->nstops > 0 ? g : NULL;
}
