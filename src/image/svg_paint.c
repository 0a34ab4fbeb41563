/* svg_paint.c - what fills and strokes: colours, patterns, dashes. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

enum { DASHES_MAX = 64, INSIDE_MAX = 8 };

/* ------------------------------------------------------------- patterns */

const char *
svg_linked_attr(svg *v, const xmlNode *n, const char *name)
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
has_content(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, NULL))
            return true;
    return false;
}

static double
side(svg *v, const xmlNode *n, const char *name, bool of_box, double whole)
{
    const char *s = svg_linked_attr(v, n, name);
    double out = 0;

    if (s != NULL)
        svg_length(&s, of_box ? 1 : whole, 16, &out);
    return out;
}

static bool
pattern_cell(svg *v, const xmlNode *n, svg_rect box, bn_tile *t)
{
    const char *units = svg_linked_attr(v, n, "patternUnits");
    const bool of_box = units == NULL || !svg_is(units, "userSpaceOnUse");
    const double w = v->view.width, h = v->view.height;

    if (of_box && (box.width <= 0 || box.height <= 0))
        return false;
    t->x = side(v, n, "x", of_box, w);
    t->y = side(v, n, "y", of_box, h);
    t->width = side(v, n, "width", of_box, w);
    t->height = side(v, n, "height", of_box, h);
    if (of_box) {
        t->x = box.x + t->x * box.width;
        t->y = box.y + t->y * box.height;
        t->width *= box.width;
        t->height *= box.height;
    }
    return t->width > 0 && t->height > 0;
}

/* From the units of what stands in the cell to those of the cell. */
static svg_matrix
pattern_units(svg *v, const xmlNode *n, const bn_tile *t, svg_rect box)
{
    const char *units = svg_linked_attr(v, n, "patternContentUnits");
    const char *view = svg_linked_attr(v, n, "viewBox");
    svg_matrix m = svg_moved(SVG_IDENTITY, t->x, t->y);
    svg_rect r;
    double x[4];

    for (int i = 0; view != NULL && i < 4; i++) {
        svg_skip(&view);
        if (!svg_number(&view, &x[i]))
            view = NULL;
    }
    if (view != NULL && x[2] > 0 && x[3] > 0) {
        r = (svg_rect){x[0], x[1], x[2], x[3]};
        v->view = r;
        return svg_multiply(
            m, svg_fit(svg_linked_attr(v, n, "preserveAspectRatio"), r,
                       t->width, t->height));
    }
    if (units != NULL && svg_is(units, "objectBoundingBox"))
        m = svg_scaled(m, box.width, box.height);
    return m;
}

static const bn_tile *
make_tile(svg *v, const xmlNode *n, svg_rect box)
{
    const xmlNode *content = n;
    bn_tile *t = BN_NEW(v->a, bn_tile);
    svg_matrix m = svg_transform(svg_linked_attr(v, n, "patternTransform"));
    svg_style s;
    svg_aside aside;

    for (int i = 0; content && !has_content(content) && i < SVG_HREF_MAX; i++)
        content = svg_find(v, svg_href(content));
    if (content == NULL || !pattern_cell(v, n, box, t) ||
        !svg_aside_begin(v, &aside))
        return NULL;
    memcpy(t->matrix, m.v, sizeof t->matrix);
    s = svg_style_in_tree(v, content);
    svg_draw_children(v, content, &s, pattern_units(v, n, t, box));
    t->draws = svg_aside_end(v, &aside, &t->ndraws);
    return t;
}

/* --------------------------------------------------------------- paints */

static bn_paint
gradient_paint(svg *v, const xmlNode *n, double opacity, svg_rect box,
               svg_rect around)
{
    const bn_gradient *g = svg_gradient(v, n, box, around);
    bn_paint out = {.opacity = opacity};

    if (g == NULL)
        return out;
    out.set = 1;
    out.rgb = g->stops[0].rgb;
    if (g->nstops == 1 ||
        (g->radial ? g->r2 <= 0 : g->x1 == g->x2 && g->y1 == g->y2)) {
        /* One colour: that of the last stop (SVG 1.1 13.2). */
        out.rgb = g->stops[g->nstops - 1].rgb;
        out.opacity *= g->stops[g->nstops - 1].opacity;
    } else
        out.gradient = g;
    return out;
}

/* box: of the object; around: of what is painted. */
static bn_paint
paint_of(svg *v, const svg_style *s, const svg_paint *p, double opacity,
         svg_rect box, svg_rect around)
{
    const bool fill = p->kind == SVG_PAINT_MARKED_FILL;
    bn_paint out = {.set = p->kind != SVG_PAINT_NONE,
                    .rgb = p->kind == SVG_PAINT_CURRENT ? s->color : p->rgb,
                    .opacity = opacity * p->opacity};
    const bn_map_value *found =
        p->ref != NULL ? bn_map_finds(v->ids, p->ref) : NULL;
    const xmlNode *n = found != NULL ? found->p : NULL;
    const svg_style *marked = v->marked;

    if (fill || p->kind == SVG_PAINT_MARKED_STROKE) {
        if (marked == NULL)
            return (bn_paint){0};
        v->marked = NULL; /* that of the path has none around it */
        out = paint_of(v, marked, fill ? &marked->fill : &marked->stroke,
                       opacity, box, around);
        v->marked = marked;
        return out;
    }
    if (n == NULL)
        return out;
    if (svg_element(n, "linearGradient") || svg_element(n, "radialGradient"))
        return gradient_paint(v, n, opacity, box, around);
    if (svg_element(n, "pattern")) {
        const bn_tile *tile = make_tile(v, n, box);

        if (tile != NULL)
            return (bn_paint){.set = 1, .opacity = opacity, .tile = tile};
    } else
        svg_warn(v, (const char *)n->name);
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
    d->dash_offset = fmod(s->dash_offset, sum * 2);
    if (d->dash_offset < 0)
        d->dash_offset += sum * 2;
}

void
svg_paint_draw(svg *v, const svg_style *s, svg_rect box, bn_draw *d)
{
    const double wide = s->stroke_width * fmax(1, s->miter) / 2;
    const svg_rect around = {box.x - wide, box.y - wide, box.width + 2 * wide,
                             box.height + 2 * wide};
    bn_draw out = *d; /* a pattern adds operations: d may move */
    const size_t at = (size_t)(d - v->draws.v);

    out.fill = paint_of(v, s, &s->fill, s->fill_opacity, box, box);
    if (s->stroke_width > 0)
        out.stroke = paint_of(v, s, &s->stroke, s->stroke_opacity, box, around);
    out.even_odd = s->fill_even_odd;
    out.cap = s->cap;
    out.join = s->join;
    out.stroke_width = s->stroke_width;
    out.miter = s->miter < 1 ? 1 : s->miter;
    if (out.stroke.set)
        read_dashes(v, s, &out);
    v->draws.v[at] = out;
}

/* ---------------------------------------------------------------- aside */

bool
svg_aside_begin(svg *v, svg_aside *aside)
{
    if (v->inside >= INSIDE_MAX) {
        svg_refuse(v, BN_IMG_TOO_DEEP);
        return false;
    }
    v->inside++;
    aside->kept = v->draws;
    aside->view = v->view;
    v->draws = (svg_draws){0};
    return true;
}

const bn_draw *
svg_aside_end(svg *v, svg_aside *aside, uint32_t *n)
{
    const bn_draw *out =
        v->draws.n > 0 ? memcpy(BN_NEWS(v->a, bn_draw, v->draws.n), v->draws.v,
                                v->draws.n * sizeof *v->draws.v)
                       : NULL;

    *n = (uint32_t)v->draws.n;
    BN_VEC_FREE(&v->draws);
    v->draws = aside->kept;
    v->view = aside->view;
    v->inside--;
    return out;
}
