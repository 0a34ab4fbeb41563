/* svg_paint.c - what fills and strokes: colours, gradients, dashes. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

enum { STOPS_MAX = 256, DASHES_MAX = 64 };

/* An attribute of a gradient, its own or that of the one it refers to. */
static const char *
gradient_attr(svg *v, const xmlNode *n, const char *name)
{
    for (int i = 0; n != NULL && i < SVG_HREF_MAX; i++) {
        const char *value = svg_attr(n, name);

        if (value != NULL)
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
read_stops(svg *v, const xmlNode *n, const svg_style *s, bn_gradient *g)
{
    bn_gradient_stop *stops;
    double last = 0;

    for (int i = 0; n != NULL && !has_stops(n) && i < SVG_HREF_MAX; i++)
        n = svg_find(v, svg_href(n));
    if (n == NULL)
        return;
    stops = BN_NEWS(v->a, bn_gradient_stop, STOPS_MAX);
    g->stops = stops;
    for (const xmlNode *c = n->children; c != NULL; c = c->next) {
        const char *at;
        svg_style style;
        double offset = 0;

        if (!svg_element(c, "stop") || g->nstops == STOPS_MAX)
            continue;
        style = svg_style_of(v, c, s);
        at = svg_attr(c, "offset");
        if (at != NULL && svg_number(&at, &offset) && *at == '%')
            offset /= 100;
        last = fmin(1, fmax(last, offset)); /* never falls */
        stops[g->nstops++] = (bn_gradient_stop){
            last, style.stop_rgb, style.stop_opacity * style.stop_alpha};
    }
}

static double
coordinate(svg *v, const xmlNode *n, const char *name, bool of_box,
           double whole, const char *otherwise)
{
    const char *s = gradient_attr(v, n, name);
    double out = 0;

    if (s == NULL)
        s = otherwise;
    svg_length(&s, of_box ? 1 : whole, 16, &out);
    return out;
}

static void
read_geometry(svg *v, const xmlNode *n, bool of_box, bn_gradient *g)
{
    const double w = v->view.width, h = v->view.height;

    if (svg_element(n, "linearGradient")) {
        g->x1 = coordinate(v, n, "x1", of_box, w, "0%");
        g->y1 = coordinate(v, n, "y1", of_box, h, "0%");
        g->x2 = coordinate(v, n, "x2", of_box, w, "100%");
        g->y2 = coordinate(v, n, "y2", of_box, h, "0%");
        return;
    }
    g->radial = 1;
    g->x2 = coordinate(v, n, "cx", of_box, w, "50%");
    g->y2 = coordinate(v, n, "cy", of_box, h, "50%");
    g->r2 = coordinate(v, n, "r", of_box, svg_diagonal(v), "50%");
    g->x1 = gradient_attr(v, n, "fx") ? coordinate(v, n, "fx", of_box, w, "50%")
                                      : g->x2;
    g->y1 = gradient_attr(v, n, "fy") ? coordinate(v, n, "fy", of_box, h, "50%")
                                      : g->y2;
}

/* A gradient, or NULL when it cannot be painted (no stops, no object). */
static const bn_gradient *
make_gradient(svg *v, const xmlNode *n, const svg_style *s, svg_rect box)
{
    const char *units = gradient_attr(v, n, "gradientUnits");
    const char *spread = gradient_attr(v, n, "spreadMethod");
    const bool of_box = units == NULL || !svg_is(units, "userSpaceOnUse");
    bn_gradient *g = BN_NEW(v->a, bn_gradient);
    svg_matrix m = SVG_IDENTITY;

    if (of_box && (box.width <= 0 || box.height <= 0))
        return NULL;
    if (spread != NULL && !svg_is(spread, "pad"))
        svg_warn(v, "spreadMethod");
    if (of_box)
        m = svg_scaled(svg_moved(m, box.x, box.y), box.width, box.height);
    m = svg_multiply(m,
                     svg_transform(gradient_attr(v, n, "gradientTransform")));
    memcpy(g->matrix, m.v, sizeof g->matrix);
    read_geometry(v, n, of_box, g);
    read_stops(v, n, s, g);
    svg_count(v, g->nstops);
    return g->nstops > 0 ? g : NULL;
}

bn_paint
svg_paint_of(svg *v, const svg_style *s, const svg_paint *p, double opacity,
             svg_rect box)
{
    bn_paint out = {.set = p->kind != SVG_PAINT_NONE,
                    .rgb = p->kind == SVG_PAINT_CURRENT ? s->color : p->rgb,
                    .opacity = opacity * p->opacity};
    const bn_map_value *found =
        p->ref != NULL ? bn_map_finds(v->ids, p->ref) : NULL;
    const xmlNode *n = found != NULL ? found->p : NULL;
    const bn_gradient *g;

    if (n == NULL)
        return out;
    if (!svg_element(n, "linearGradient") &&
        !svg_element(n, "radialGradient")) {
        svg_warn(v, (const char *)n->name); /* pattern */
        return out;
    }
    g = make_gradient(v, n, s, box);
    if (g == NULL)
        return out;
    out = (bn_paint){.set = 1, .opacity = opacity, .rgb = g->stops[0].rgb};
    if (g->nstops == 1 ||
        (g->radial ? g->r2 <= 0 : g->x1 == g->x2 && g->y1 == g->y2)) {
        /* One colour: that of the last stop (SVG 1.1 13.2). */
        out.rgb = g->stops[g->nstops - 1].rgb;
        out.opacity *= g->stops[g->nstops - 1].opacity;
    } else
        out.gradient = g;
    return out;
}

/* Dashes repeat; an odd list counts twice; any negative: solid. */
static void
read_dashes(svg *v, const svg_style *s, bn_draw *d)
{
    const char *p = s->dash;
    double *dash, sum = 0;
    uint32_t n = 0;

    if (p == NULL)
        return;
    dash = BN_NEWS(v->a, double, DASHES_MAX * 2);
    while (n < DASHES_MAX &&
           svg_length(&p, svg_diagonal(v), s->font_size, &dash[n])) {
        if (dash[n] < 0)
            return;
        sum += dash[n++];
        svg_skip(&p);
    }
    if (sum <= 0)
        return;
    if (n % 2 == 1) {
        memcpy(dash + n, dash, n * sizeof *dash);
        n *= 2;
    }
    d->dash = dash;
    d->ndash = n;
    d->dash_offset = s->dash_offset;
}

void
svg_paint_draw(svg *v, const svg_style *s, svg_rect box, bn_draw *d)
{
    d->fill = svg_paint_of(v, s, &s->fill, s->fill_opacity, box);
    if (s->stroke_width > 0)
        d->stroke = svg_paint_of(v, s, &s->stroke, s->stroke_opacity, box);
    d->even_odd = s->fill_even_odd;
    d->cap = s->cap;
    d->join = s->join;
    d->stroke_width = s->stroke_width;
    d->miter = s->miter < 1 ? 1 : s->miter;
    if (d->stroke.set)
        read_dashes(v, s, d);
}
