/* svg_clip.c - clips, masks and groups around what an element drew. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

/* ------------------------------------------------------------- wrapping */

/* Operations from `from` on, taken off the list to be put back inside
 * something; they are work a second time. */
static const bn_draw *
take_off(svg *v, size_t from, size_t *n)
{
    *n = v->draws.n - from;
    v->draws.n = from;
    svg_count(v, *n);
    return *n > 0 ? memcpy(BN_NEWS(v->a, bn_draw, *n), v->draws.v + from,
                           *n * sizeof(bn_draw))
                  : NULL;
}

static void
put_back(svg *v, const bn_draw *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        BN_PUSH(&v->draws) = d[i];
}

/* Clip by the path in v->path. */
static void
wrap_in_path(svg *v, size_t from, svg_matrix m, bool even_odd)
{
    size_t n;
    const bn_draw *content = take_off(v, from, &n);
    bn_draw *d = svg_push(v, BN_DRAW_CLIP_PUSH, m);

    svg_keep_path(v, &v->path, d);
    d->even_odd = even_odd;
    put_back(v, content, n);
    svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
}

static void
wrap_in_mask(svg *v, size_t from, const bn_draw *mask, size_t nmask,
             bool by_alpha)
{
    size_t n;
    const bn_draw *content = take_off(v, from, &n);

    svg_push(v, BN_DRAW_MASK_PUSH, SVG_IDENTITY)->alpha_mask = by_alpha;
    put_back(v, mask, nmask);
    svg_push(v, BN_DRAW_MASK_POP, SVG_IDENTITY);
    svg_push(v, BN_DRAW_GROUP_PUSH, SVG_IDENTITY)->fill.opacity = 1;
    put_back(v, content, n);
    svg_push(v, BN_DRAW_GROUP_POP, SVG_IDENTITY);
}

/* One shape that is filled or stroked needs no group: its paint takes the
 * opacity. */
static bool
dimmed(svg *v, size_t from, double opacity)
{
    bn_draw *d = v->draws.v + from;

    if (v->draws.n - from != 1 ||
        (d->kind != BN_DRAW_PATH && d->kind != BN_DRAW_TEXT) ||
        d->fill.set == d->stroke.set || d->fill.tile || d->stroke.tile)
        return false;
    d->fill.opacity *= opacity;
    d->stroke.opacity *= opacity;
    return true;
}

static void
wrap_in_group(svg *v, size_t from, double opacity, uint8_t blend)
{
    size_t n;
    const bn_draw *content = take_off(v, from, &n);
    bn_draw *d = svg_push(v, BN_DRAW_GROUP_PUSH, SVG_IDENTITY);

    d->fill.opacity = opacity;
    d->blend = blend;
    put_back(v, content, n);
    svg_push(v, BN_DRAW_GROUP_POP, SVG_IDENTITY);
}

void
svg_group(svg *v, size_t from, const svg_style *s)
{
    const double opacity = s->own.opacity;
    const uint8_t blend = s->own.blend;

    if (v->draws.n == from ||
        (opacity >= 1 && blend == BN_BLEND_NORMAL && !s->own.isolated) ||
        (blend == BN_BLEND_NORMAL && dimmed(v, from, opacity)))
        return;
    wrap_in_group(v, from, opacity, blend);
}

void
svg_dim(svg *v, size_t from, double opacity)
{
    if (v->draws.n > from && opacity < 1)
        wrap_in_group(v, from, opacity, BN_BLEND_NORMAL);
}

/* ---------------------------------------------------------------- clips */

/* What the children of a clipPath come to. */
typedef struct clip {
    svg *v;
    int shapes, ways;       /* ways: 1 clockwise, 2 the other, 3 both */
    bool even_odd, complex; /* complex: not one path */
} clip;

/* Twice the area of the polygon of a path's points; its sign is the way it
 * goes around. */
static double
turning(const svg_path *p, size_t from_xy)
{
    const double *xy = p->xy.v;
    double sum = 0;

    for (size_t i = from_xy; i + 3 < p->xy.n; i += 2)
        sum += xy[i] * xy[i + 3] - xy[i + 2] * xy[i + 1];
    if (p->xy.n >= from_xy + 2)
        sum +=
            xy[p->xy.n - 2] * xy[from_xy + 1] - xy[from_xy] * xy[p->xy.n - 1];
    return sum;
}

/* The element that use stands for, m moved to where it stands. */
static const xmlNode *
used(svg *v, const xmlNode *n, const svg_style *s, svg_matrix *m)
{
    *m = svg_moved(*m,
                   svg_attr_length(v, n, "x", v->view.width, s->font_size, 0),
                   svg_attr_length(v, n, "y", v->view.height, s->font_size, 0));
    return svg_find(v, svg_href(n));
}

/* Add the outline of a clipPath's child, in the clip's coordinates. */
static void
add_clip_shape(clip *c, const xmlNode *n, const svg_style *parent, svg_matrix m,
               int depth)
{
    svg *v = c->v;
    const svg_style s = svg_style_of(v, n, parent);
    const size_t ops = v->path.ops.n, xy = v->path.xy.n;

    v->nodes++;
    if (s.own.display_none || s.hidden || depth > SVG_HREF_MAX ||
        !svg_count(v, 0))
        return;
    c->complex |= s.own.clip != NULL || svg_element(n, "text");
    m = svg_multiply(m, svg_own_transform(n, &s));
    if (svg_element(n, "use")) {
        const xmlNode *target = used(v, n, &s, &m);

        if (target != NULL)
            add_clip_shape(c, target, &s, m, depth + 1);
        return;
    }
    v->path.open = false;
    if (!svg_shape(v, n, &s, &v->path))
        return;
    svg_path_map(&v->path, ops, xy, &m);
    c->shapes++;
    c->ways |= turning(&v->path, xy) > 0 ? 1 : 2;
    c->even_odd |= s.clip_even_odd;
    c->complex |= c->shapes > 1 && (c->even_odd || c->ways == 3);
}

static void wrap_in_clip(svg *v, const char *id, const svg_style *s,
                         svg_matrix m, size_t from, svg_rect box, int depth);

/* Fill a clipPath's child. */
static void
fill_clip_child(svg *v, const xmlNode *n, const svg_style *parent, svg_matrix m,
                svg_rect box, int depth)
{
    const size_t from = v->draws.n;
    svg_style s = svg_style_of(v, n, parent);
    const char *own = s.own.clip;

    v->nodes++;
    if (s.own.display_none || depth > SVG_HREF_MAX || !svg_count(v, 0))
        return;
    m = svg_multiply(m, svg_own_transform(n, &s));
    s.fill = (svg_paint){.kind = SVG_PAINT_COLOR, .opacity = 1};
    s.stroke = (svg_paint){.kind = SVG_PAINT_NONE};
    s.fill_opacity = 1;
    s.fill_even_odd = s.clip_even_odd;
    if (svg_element(n, "use")) {
        const xmlNode *target = used(v, n, &s, &m);

        if (target != NULL)
            fill_clip_child(v, target, &s, m, box, depth + 1);
    } else if (svg_element(n, "text"))
        svg_text(v, n, &s, m);
    else {
        svg_path_clear(&v->path);
        if (svg_shape(v, n, &s, &v->path) && !s.hidden) {
            bn_draw *d = svg_push(v, BN_DRAW_PATH, m);

            svg_keep_path(v, &v->path, d);
            d->fill = (bn_paint){.set = 1, .opacity = 1};
            d->even_odd = s.clip_even_odd;
        }
    }
    if (own != NULL)
        wrap_in_clip(v, own, &s, m, from, box, depth + 1);
}

/* A clip that is no single path: a mask of the shapes. */
static void
wrap_in_shapes(svg *v, const xmlNode *n, const svg_style *style, svg_matrix m,
               size_t from, svg_rect box, int depth)
{
    svg_aside aside;
    const bn_draw *mask;
    uint32_t nmask;

    if (!svg_aside_begin(v, &aside))
        return;
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, NULL))
            fill_clip_child(v, c, style, m, box, depth + 1);
    mask = svg_aside_end(v, &aside, &nmask);
    wrap_in_mask(v, from, mask, nmask, true);
}

/* box in the units of m. */
static void
wrap_in_clip(svg *v, const char *id, const svg_style *s, svg_matrix m,
             size_t from, svg_rect box, int depth)
{
    const bn_map_value *found = bn_map_finds(v->ids, id);
    const xmlNode *n = found != NULL ? found->p : NULL;
    const svg_matrix outer = m;
    const char *units;
    svg_style style;
    clip c = {.v = v};

    (void)s;
    if (n == NULL || !svg_element(n, "clipPath") || depth > SVG_HREF_MAX)
        return;
    style = svg_style_in_tree(v, n);
    m = svg_multiply(m, svg_own_transform(n, &style));
    units = svg_attr(n, "clipPathUnits");
    if (units != NULL && svg_is(units, "objectBoundingBox"))
        m = svg_scaled(svg_moved(m, box.x, box.y), box.width, box.height);
    svg_path_clear(&v->path);
    for (const xmlNode *k = n->children; k != NULL; k = k->next)
        if (svg_element(k, NULL))
            add_clip_shape(&c, k, &style, SVG_IDENTITY, 0);
    if (c.complex)
        wrap_in_shapes(v, n, &style, m, from, box, depth);
    else
        wrap_in_path(v, from, m, c.even_odd);
    if (style.own.clip != NULL)
        wrap_in_clip(v, style.own.clip, &style, outer, from, box, depth + 1);
}

/* ---------------------------------------------------------------- masks */

static double
part(const svg *v, const xmlNode *n, const char *name, bool of_box,
     double whole, double otherwise)
{
    return svg_attr_length(v, n, name, of_box ? 1 : whole, 16, otherwise);
}

/* The rectangle outside of which a mask is empty (SVG 1.1 14.4). */
static svg_rect
mask_region(const svg *v, const xmlNode *n, svg_rect box)
{
    const char *units = svg_attr(n, "maskUnits");
    const bool of_box = units == NULL || !svg_is(units, "userSpaceOnUse");
    const double w = v->view.width, h = v->view.height;
    const svg_rect base = of_box ? (svg_rect){0, 0, 1, 1} : v->view;
    svg_rect r = {part(v, n, "x", of_box, w, base.x - 0.1 * base.width),
                  part(v, n, "y", of_box, h, base.y - 0.1 * base.height),
                  part(v, n, "width", of_box, w, base.width * 1.2),
                  part(v, n, "height", of_box, h, base.height * 1.2)};

    if (of_box) {
        r.x = box.x + r.x * box.width;
        r.y = box.y + r.y * box.height;
        r.width *= box.width;
        r.height *= box.height;
    }
    return r;
}

static void
wrap_in_mask_element(svg *v, const char *id, svg_matrix m, size_t from,
                     svg_rect box, int depth)
{
    const bn_map_value *found = bn_map_finds(v->ids, id);
    const xmlNode *n = found != NULL ? found->p : NULL;
    const char *units;
    svg_matrix inner = m;
    svg_style style;
    svg_aside aside;
    const bn_draw *mask;
    uint32_t nmask;
    size_t start;

    if (n == NULL || !svg_element(n, "mask") || depth > SVG_HREF_MAX ||
        !svg_aside_begin(v, &aside))
        return;
    style = svg_style_in_tree(v, n);
    units = svg_attr(n, "maskContentUnits");
    if (units != NULL && svg_is(units, "objectBoundingBox"))
        inner = svg_scaled(svg_moved(m, box.x, box.y), box.width, box.height);
    svg_clip_rect(v, mask_region(v, n, box), m);
    start = v->draws.n;
    svg_draw_children(v, n, &style, inner);
    if (style.own.clip != NULL)
        wrap_in_clip(v, style.own.clip, &style, m, start, box, depth + 1);
    if (style.own.mask != NULL)
        wrap_in_mask_element(v, style.own.mask, m, start, box, depth + 1);
    svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
    mask = svg_aside_end(v, &aside, &nmask);
    wrap_in_mask(v, from, mask, nmask, style.own.alpha_mask);
}

void
svg_clip_and_mask(svg *v, const svg_style *s, svg_matrix m, size_t from)
{
    svg_rect box;

    if (v->draws.n == from || (s->own.clip == NULL && s->own.mask == NULL))
        return;
    box = svg_draws_box(v, from, m);
    if (s->own.clip != NULL)
        wrap_in_clip(v, s->own.clip, s, m, from, box, 0);
    if (s->own.mask != NULL)
        wrap_in_mask_element(v, s->own.mask, m, from, box, 0);
}

/* ------------------------------------------------------------------ box */

static svg_rect
joined(svg_rect a, svg_rect b)
{
    const double x = fmin(a.x, b.x), y = fmin(a.y, b.y);

    return (svg_rect){x, y, fmax(a.x + a.width, b.x + b.width) - x,
                      fmax(a.y + a.height, b.y + b.height) - y};
}

/* The box of one operation through m; false: it covers nothing. */
static bool
draw_box(svg_path *p, const bn_draw *d, const svg_matrix *m, svg_rect *out)
{
    if (d->kind == BN_DRAW_IMAGE) {
        *out = svg_rect_map((svg_rect){0, 0, 1, 1}, m);
        return true;
    }
    if (d->kind == BN_DRAW_TEXT && d->run != NULL) {
        const double size = d->run->size / 1000.0;

        *out = svg_rect_map(
            (svg_rect){d->x, d->y - 0.8 * size, d->run->width / 1000.0, size},
            m);
        return true;
    }
    if (d->kind != BN_DRAW_PATH || d->nops == 0)
        return false;
    p->ops.n = p->xy.n = 0;
    for (uint32_t i = 0, k = 0; i < d->nops; i++) {
        static const int numbers[] = {2, 2, 6, 0};

        BN_PUSH(&p->ops) = d->ops[i];
        for (int j = 0; j < numbers[d->ops[i]]; j++)
            BN_PUSH(&p->xy) = d->xy[k++];
    }
    svg_path_map(p, 0, 0, m);
    *out = svg_path_box(p);
    return true;
}

svg_rect
svg_draws_box(const svg *v, size_t from, svg_matrix m)
{
    svg_rect all = {0}, one;
    svg_path p = {0};
    svg_matrix back, own;
    bool any = false;
    int masks = 0;

    if (!svg_inverse(m, &back))
        return all;
    for (size_t i = from; i < v->draws.n; i++) {
        const bn_draw *d = &v->draws.v[i];

        masks += (d->kind == BN_DRAW_MASK_PUSH) - (d->kind == BN_DRAW_MASK_POP);
        memcpy(own.v, d->matrix, sizeof own.v);
        own = svg_multiply(back, own);
        if (masks > 0 || !draw_box(&p, d, &own, &one))
            continue;
        all = any ? joined(all, one) : one;
        any = true;
    }
    BN_VEC_FREE(&p.ops);
    BN_VEC_FREE(&p.xy);
    return all;
}
