/* svg_marker.c - arrowheads and other marks on the vertices of a path
 * (SVG 1.1 11.6). */
#include "image/svg.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

/* A vertex with the directions in which it is reached and left. */
typedef struct vertex {
    double x, y, in, out; /* angles */
    bool has_in, has_out;
} vertex;

typedef BN_VEC(vertex) vertices;

/* The direction from one point to the first of others that lies elsewhere. */
static bool
direction(double x, double y, const double *to, int n, double *angle)
{
    for (int i = 0; i < n; i++, to += 2)
        if (to[0] != x || to[1] != y) {
            *angle = atan2(to[1] - y, to[0] - x);
            return true;
        }
    return false;
}

/* The vertex at the end of a segment: points are its control points. */
static void
add_segment(vertices *all, const double *points, int n)
{
    vertex *from = &all->v[all->n - 1];
    const double x = points[2 * n - 2], y = points[2 * n - 1];
    double back[6];
    vertex to = {.x = x, .y = y};

    if (direction(from->x, from->y, points, n, &from->out))
        from->has_out = true;
    for (int i = 0; i < n - 1; i++) { /* seen from the end */
        back[2 * i] = points[2 * (n - 2 - i)];
        back[2 * i + 1] = points[2 * (n - 2 - i) + 1];
    }
    back[2 * n - 2] = from->x;
    back[2 * n - 1] = from->y;
    if (direction(x, y, back, n, &to.in)) {
        to.in += PI;
        to.has_in = true;
    } else if (from->has_in) { /* no length: as it was reached before */
        to.in = from->in;
        to.has_in = true;
    }
    BN_PUSH(all) = to;
}

static void
find_vertices(const bn_draw *d, vertices *all)
{
    const double *xy = d->xy;
    size_t start = 0;

    for (uint32_t i = 0; i < d->nops; i++)
        switch (d->ops[i]) {
        case BN_PATH_MOVE:
            start = all->n;
            BN_PUSH(all) = (vertex){.x = xy[0], .y = xy[1]};
            xy += 2;
            break;
        case BN_PATH_LINE:
            add_segment(all, xy, 1);
            xy += 2;
            break;
        case BN_PATH_CURVE:
            add_segment(all, xy, 3);
            xy += 6;
            break;
        default: {
            const double home[2] = {all->v[start].x, all->v[start].y};
            vertex *last;

            add_segment(all, home, 1);
            last = &all->v[all->n - 1];
            last->out = all->v[start].out;
            last->has_out = all->v[start].has_out;
            all->v[start].in = last->in;
            all->v[start].has_in = last->has_in;
        }
        }
}

static double
angle_of(const vertex *p)
{
    double turn;

    if (!p->has_in || !p->has_out)
        return p->has_in ? p->in : p->has_out ? p->out : 0;
    turn = fmod(p->out - p->in, 2 * PI);
    if (turn > PI)
        turn -= 2 * PI;
    if (turn < -PI)
        turn += 2 * PI;
    return p->in + turn / 2;
}

static double
marker_angle(const xmlNode *n, const vertex *p, bool first)
{
    const char *orient = svg_attr(n, "orient");
    double degrees = 0;

    if (orient == NULL)
        return 0;
    if (svg_is(orient, "auto"))
        return angle_of(p);
    if (svg_is(orient, "auto-start-reverse"))
        return angle_of(p) + (first ? PI : 0);
    svg_number(&orient, &degrees);
    if (strncmp(orient, "rad", 3) == 0)
        return degrees;
    return degrees * PI / 180;
}

static void
draw_marker(svg *v, const xmlNode *n, const svg_style *style, const vertex *p,
            bool first, double width, svg_matrix m)
{
    const char *units = svg_attr(n, "markerUnits");
    const double angle = marker_angle(n, p, first);
    const double w = svg_attr_length(v, n, "markerWidth", v->view.width, 16, 3);
    const double h =
        svg_attr_length(v, n, "markerHeight", v->view.height, 16, 3);
    double x = svg_attr_length(v, n, "refX", v->view.width, 16, 0);
    double y = svg_attr_length(v, n, "refY", v->view.height, 16, 0);
    const svg_rect outer = v->view;
    svg_matrix inner;

    if (w <= 0 || h <= 0)
        return;
    m = svg_multiply(
        svg_moved(m, p->x, p->y),
        (svg_matrix){{cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0}});
    if (units == NULL || !svg_is(units, "userSpaceOnUse"))
        m = svg_scaled(m, width, width);
    inner = svg_view_box(n, w, h, &v->view);
    svg_apply(&inner, &x, &y);
    m = svg_moved(m, -x, -y);
    if (!style->own.overflow_visible)
        svg_clip_rect(v, (svg_rect){0, 0, w, h}, m);
    svg_draw_children(v, n, style, svg_multiply(m, inner));
    if (!style->own.overflow_visible)
        svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
    v->view = outer;
}

static const xmlNode *
marker_node(svg *v, const char *id)
{
    const bn_map_value *found = id != NULL ? bn_map_finds(v->ids, id) : NULL;
    const xmlNode *n = found != NULL ? found->p : NULL;

    return n != NULL && svg_element(n, "marker") ? n : NULL;
}

void
svg_markers(svg *v, const svg_style *s, const bn_draw *d, svg_matrix m)
{
    enum { INSIDE_MAX = 4 };
    const xmlNode *nodes[SVG_MARKS];
    const svg_style *outer = v->marked;
    svg_style styles[SVG_MARKS];
    vertices all = {0};
    bool any = false;

    for (int i = 0; i < SVG_MARKS; i++) {
        nodes[i] = marker_node(v, s->marks[i]);
        any |= nodes[i] != NULL;
    }
    if (!any || v->inside >= INSIDE_MAX)
        return;
    for (int i = 0; i < SVG_MARKS; i++)
        if (nodes[i] != NULL)
            styles[i] = svg_style_in_tree(v, nodes[i]);
    v->inside++;
    v->marked = s;
    find_vertices(d, &all);
    for (size_t i = 0; i < all.n && svg_count(v, 1); i++) {
        /* A path of one point has its start and its end there. */
        if (i == 0 && nodes[SVG_MARK_START])
            draw_marker(v, nodes[SVG_MARK_START], &styles[SVG_MARK_START],
                        &all.v[i], true, s->stroke_width, m);
        if (i > 0 && i + 1 < all.n && nodes[SVG_MARK_MID])
            draw_marker(v, nodes[SVG_MARK_MID], &styles[SVG_MARK_MID],
                        &all.v[i], false, s->stroke_width, m);
        if (i + 1 == all.n && nodes[SVG_MARK_END])
            draw_marker(v, nodes[SVG_MARK_END], &styles[SVG_MARK_END],
                        &all.v[i], false, s->stroke_width, m);
    }
    v->marked = outer;
    v->inside--;
    BN_VEC_FREE(&all);
}
