/* svg.c - the walk over an SVG picture: groups, viewports, use, clips. */
#include "image/svg.h"

#include <math.h>
#include <string.h>
#include <strings.h>

const bn_node *
bn_svg_root(const bn_tree *t)
{
    return xmlDocGetRootElement((xmlDoc *)(uintptr_t)t);
}

bn_draw *
svg_push(svg *v, enum bn_draw_kind kind, svg_matrix m)
{
    bn_draw *d = &BN_PUSH(&v->draws);

    *d = (bn_draw){.kind = kind};
    memcpy(d->matrix, m.v, sizeof d->matrix);
    return d;
}

void
svg_keep_path(svg *v, const svg_path *p, bn_draw *d)
{
    uint8_t *ops = bn_arena_alloc(v->a, p->ops.n);
    double *xy = BN_NEWS(v->a, double, p->xy.n);

    if (p->ops.n > 0)
        memcpy(ops, p->ops.v, p->ops.n);
    if (p->xy.n > 0)
        memcpy(xy, p->xy.v, p->xy.n * sizeof *xy);
    d->nops = (uint32_t)p->ops.n;
    d->ops = ops;
    d->xy = xy;
}

/* ------------------------------------------------------- safety, index */

/* Index ids, count nodes, and look for what is never allowed, over the whole
 * picture and not only what is drawn (ROBUSTNESS 4a 24). */
static void
inspect(svg *v, const xmlNode *n)
{
    const char *id = svg_attr(n, "id"), *href = svg_href(n);

    if (id != NULL && bn_map_finds(v->ids, id) == NULL)
        bn_map_puts(v->ids, id)->p = (void *)(uintptr_t)n;
    if (strcasecmp((const char *)n->name, "script") == 0)
        svg_refuse(v, BN_IMG_SCRIPT);
    if (href != NULL && *href != '#')
        svg_refuse(v, BN_IMG_EXTERNAL);
}

static void
inspect_all(svg *v, const xmlNode *root)
{
    const xmlNode *n = root;

    while (v->why == BN_IMG_OK) {
        if (++v->nodes > SVG_NODES_MAX)
            svg_refuse(v, BN_IMG_TOO_MANY);
        if (n->type == XML_ENTITY_REF_NODE)
            svg_refuse(v, BN_IMG_XML);
        if (n->type == XML_ELEMENT_NODE)
            inspect(v, n);
        if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
            n = n->children;
            continue;
        }
        while (n != root && n->next == NULL)
            n = n->parent;
        if (n == root)
            break;
        n = n->next;
    }
    v->nodes = 0;
}

/* ------------------------------------------------------------ viewports */

static bool
read_view_box(const xmlNode *n, svg_rect *out)
{
    const char *s = svg_attr(n, "viewBox");
    double v[4];

    if (s == NULL)
        return false;
    for (int i = 0; i < 4; i++) {
        svg_skip(&s);
        if (!svg_number(&s, &v[i]))
            return false;
    }
    *out = (svg_rect){v[0], v[1], v[2], v[3]};
    return v[2] > 0 && v[3] > 0;
}

/* viewBox into a viewport by preserveAspectRatio (SVG 1.1 7.8). */
static svg_matrix
fit(const xmlNode *n, svg_rect box, double width, double height)
{
    const char *s = svg_attr(n, "preserveAspectRatio");
    double sx = width / box.width, sy = height / box.height, x = 0.5, y = 0.5;
    svg_matrix m = SVG_IDENTITY;

    if (s == NULL)
        s = "xMidYMid";
    if (strstr(s, "none") == NULL) {
        sx = sy = strstr(s, "slice") != NULL ? fmax(sx, sy) : fmin(sx, sy);
        x = strstr(s, "xMin") ? 0 : strstr(s, "xMax") ? 1 : 0.5;
        y = strstr(s, "YMin") ? 0 : strstr(s, "YMax") ? 1 : 0.5;
    }
    m = svg_moved(m, (width - box.width * sx) * x,
                  (height - box.height * sy) * y);
    return svg_moved(svg_scaled(m, sx, sy), -box.x, -box.y);
}

static void
push_clip_rect(svg *v, svg_rect r, svg_matrix m)
{
    svg_path_clear(&v->path);
    svg_add_rect(&v->path, r);
    svg_keep_path(v, &v->path, svg_push(v, BN_DRAW_CLIP_PUSH, m));
}

/* ---------------------------------------------------------------- clips */

/* Add the outline of a clipPath's child, in the clip's coordinates. */
static void
add_clip_shape(svg *v, const xmlNode *n, const svg_style *parent, svg_matrix m,
               int depth)
{
    const svg_style s = svg_style_of(v, n, parent);
    const size_t ops = v->path.ops.n, xy = v->path.xy.n;

    v->nodes++;
    if (s.display_none || s.hidden || depth > SVG_HREF_MAX || !svg_count(v, 0))
        return;
    m = svg_multiply(m, svg_transform(svg_attr(n, "transform")));
    if (svg_element(n, "use")) {
        const xmlNode *target = svg_find(v, svg_href(n));

        m = svg_moved(m, svg_attr_length(v, n, "x", v->view.width, 16, 0),
                      svg_attr_length(v, n, "y", v->view.height, 16, 0));
        if (target != NULL)
            add_clip_shape(v, target, &s, m, depth + 1);
        return;
    }
    v->path.open = false;
    if (svg_shape(v, n, &s, &v->path))
        svg_path_map(&v->path, ops, xy, &m);
    else if (svg_element(n, "text"))
        svg_warn(v, "clipPath/text");
}

/* Returns the clips pushed. box in the units of m. */
static int
push_clip(svg *v, const char *id, const svg_style *s, svg_matrix m,
          svg_rect box, int depth)
{
    const bn_map_value *found = bn_map_finds(v->ids, id);
    const xmlNode *n = found != NULL ? found->p : NULL;
    const char *units;
    svg_style style;
    bn_draw *d;
    int pushed = 0;

    if (n == NULL || !svg_element(n, "clipPath") || depth > SVG_HREF_MAX)
        return 0;
    style = svg_style_of(v, n, s);
    if (style.clip != NULL)
        pushed = push_clip(v, style.clip, s, m, box, depth + 1);
    m = svg_multiply(m, svg_transform(svg_attr(n, "transform")));
    units = svg_attr(n, "clipPathUnits");
    if (units != NULL && svg_is(units, "objectBoundingBox"))
        m = svg_scaled(svg_moved(m, box.x, box.y), box.width, box.height);
    svg_path_clear(&v->path);
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, NULL)) {
            const svg_style inner = svg_style_of(v, c, &style);

            add_clip_shape(v, c, &style, SVG_IDENTITY, 0);
            style.clip_even_odd |= inner.clip_even_odd;
        }
    d = svg_push(v, BN_DRAW_CLIP_PUSH, m);
    svg_keep_path(v, &v->path, d);
    d->even_odd = style.clip_even_odd;
    return pushed + 1;
}

/* ----------------------------------------------------------------- walk */

static void draw(svg *v, const xmlNode *n, const svg_style *parent,
                 svg_matrix m);

static void
draw_children(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    for (const xmlNode *c = n->children; c != NULL && v->why == BN_IMG_OK;
         c = c->next)
        if (svg_element(c, NULL))
            draw(v, c, s, m);
}

static void
draw_shape(svg *v, const xmlNode *n, svg_style *s, svg_matrix m)
{
    bn_draw *d;
    svg_rect box;

    svg_path_clear(&v->path);
    if (!svg_shape(v, n, s, &v->path) || v->path.ops.n == 0 || s->hidden)
        return;
    box = svg_path_box(&v->path);
    d = svg_push(v, BN_DRAW_PATH, m);
    svg_keep_path(v, &v->path, d);
    svg_paint_draw(v, s, box, d);
    if (svg_element(n, "line"))
        d->fill = (bn_paint){0};
    if (!d->fill.set && !d->stroke.set)
        v->draws.n--;
}

/* A nested svg element, or a symbol with the size that use gives it. */
static void
draw_viewport(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m,
              double width, double height)
{
    const svg_rect outer = v->view;
    svg_rect box;

    if (width <= 0 || height <= 0)
        return;
    if (!s->overflow_visible)
        push_clip_rect(v, (svg_rect){0, 0, width, height}, m);
    v->view = (svg_rect){0, 0, width, height};
    if (read_view_box(n, &box)) {
        m = svg_multiply(m, fit(n, box, width, height));
        v->view = box;
    }
    draw_children(v, n, s, m);
    v->view = outer;
    if (!s->overflow_visible)
        svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
}

static void
draw_use(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    const xmlNode *target = svg_find(v, svg_href(n));
    const double w = v->view.width, h = v->view.height, em = s->font_size;

    if (target == NULL)
        return;
    m = svg_moved(m, svg_attr_length(v, n, "x", w, em, 0),
                  svg_attr_length(v, n, "y", h, em, 0));
    if (svg_element(target, "symbol")) {
        const svg_style inner = svg_style_of(v, target, s);

        if (!inner.display_none)
            draw_viewport(v, target, &inner, m,
                          svg_attr_length(v, n, "width", w, em, w),
                          svg_attr_length(v, n, "height", h, em, h));
    } else
        draw(v, target, s, m);
}

static void
draw_switch(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, NULL) && svg_attr(c, "requiredExtensions") == NULL &&
            !svg_element(c, "foreignObject")) {
            draw(v, c, s, m);
            return;
        }
}

static void
draw_nested(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    const double w = v->view.width, h = v->view.height, em = s->font_size;

    m = svg_moved(m, svg_attr_length(v, n, "x", w, em, 0),
                  svg_attr_length(v, n, "y", h, em, 0));
    draw_viewport(v, n, s, m, svg_attr_length(v, n, "width", w, em, w),
                  svg_attr_length(v, n, "height", h, em, h));
}

/* What is only used by reference, or says nothing on paper. */
static bool
is_silent(const xmlNode *n)
{
    static const char *const names[] = {
        "defs",           "symbol", "clipPath", "linearGradient",
        "radialGradient", "title",  "desc",     "metadata",
        "style",          "marker", "mask",     "filter",
        "pattern",        "view",   "font",     "cursor"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (svg_element(n, names[i]))
            return true;
    return false;
}

static void
draw_element(svg *v, const xmlNode *n, svg_style *s, svg_matrix m)
{
    if (svg_element(n, "g") || svg_element(n, "a"))
        draw_children(v, n, s, m);
    else if (svg_element(n, "svg"))
        draw_nested(v, n, s, m);
    else if (svg_element(n, "use"))
        draw_use(v, n, s, m);
    else if (svg_element(n, "switch"))
        draw_switch(v, n, s, m);
    else if (svg_element(n, "text"))
        svg_text(v, n, s, m);
    else {
        svg_path_clear(&v->path);
        if (svg_shape(v, n, s, &v->path))
            draw_shape(v, n, s, m);
        else
            svg_warn(v, (const char *)n->name);
    }
}

/* The box of a clip or gradient over a whole object: of a shape its outline;
 * of groups and text the view, which is what such clips are used with. */
static svg_rect
object_box(svg *v, const xmlNode *n, const svg_style *s)
{
    svg_path_clear(&v->path);
    return svg_shape(v, n, s, &v->path) ? svg_path_box(&v->path) : v->view;
}

static void
draw(svg *v, const xmlNode *n, const svg_style *parent, svg_matrix m)
{
    svg_style s;
    int clips = 0;
    bool group;

    v->nodes++;
    if (is_silent(n) || !svg_count(v, 0))
        return;
    if (v->depth >= SVG_DEPTH_MAX) {
        svg_refuse(v, BN_IMG_TOO_DEEP);
        return;
    }
    s = svg_style_of(v, n, parent);
    if (s.display_none || s.opacity <= 0)
        return;
    v->depth++;
    m = svg_multiply(m, svg_transform(svg_attr(n, "transform")));
    if (s.clip != NULL)
        clips = push_clip(v, s.clip, &s, m, object_box(v, n, &s), 0);
    group = s.opacity < 1;
    if (group)
        svg_push(v, BN_DRAW_GROUP_PUSH, m)->fill.opacity = s.opacity;
    draw_element(v, n, &s, m);
    if (group)
        svg_push(v, BN_DRAW_GROUP_POP, SVG_IDENTITY);
    while (clips-- > 0)
        svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
    v->depth--;
}

/* ----------------------------------------------------------------- root */

/* A size of the outermost svg; a percentage is as if it were missing. */
static double
root_size(const svg *v, const xmlNode *n, const char *name, double otherwise)
{
    const char *s = svg_attr(n, name);
    const double size = svg_attr_length(v, n, name, 0, 16, 0);

    return s != NULL && strchr(s, '%') == NULL && size > 0 ? size : otherwise;
}

/* title, else desc, directly below the root: what stands for the picture
 * where it cannot be seen. */
static const char *
alternative(svg *v, const xmlNode *root)
{
    static const char *const names[] = {"title", "desc"};

    for (int i = 0; i < 2; i++)
        for (const xmlNode *c = root->children; c != NULL; c = c->next)
            if (svg_element(c, names[i])) {
                xmlChar *text = xmlNodeGetContent(c);
                const char *s = text != NULL ? (const char *)text : "";
                size_t n;
                char *out;

                s += strspn(s, " \t\r\n");
                n = strlen(s);
                while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
                    n--;
                out = bn_arena_strndup(v->a, s, n);
                xmlFree(text);
                if (n > 0)
                    return out;
            }
    return NULL;
}

static void
draw_root(svg *v, const xmlNode *root, bn_image *out)
{
    svg_rect box = {0};
    const bool has_box = read_view_box(root, &box);
    double width, height;
    svg_style initial, s;
    const svg_matrix m = {{BN_PIXEL_MPT, 0, 0, BN_PIXEL_MPT, 0, 0}};
    xmlChar *lang = xmlNodeGetLang(root);

    /* One side and a viewBox give the other side (CSS 2.1 10.3.2). */
    width = root_size(v, root, "width", 0);
    height = root_size(v, root, "height", 0);
    if (width <= 0)
        width = !has_box     ? 300
                : height > 0 ? height * box.width / box.height
                             : box.width;
    if (height <= 0)
        height = !has_box ? 150 : width * box.height / box.width;
    width = fmin(width, BN_LEN_MAX / 2 / BN_PIXEL_MPT);
    height = fmin(height, BN_LEN_MAX / 2 / BN_PIXEL_MPT);
    out->width = (bn_len)lround(width * BN_PIXEL_MPT);
    out->height = (bn_len)lround(height * BN_PIXEL_MPT);
    svg_style_initial(&initial);
    if (lang != NULL)
        initial.lang = bn_arena_strdup(v->a, (const char *)lang);
    xmlFree(lang);
    v->view = (svg_rect){0, 0, width, height};
    s = svg_style_of(v, root, &initial);
    if (!s.display_none)
        draw_viewport(v, root, &s, m, width, height);
}

bn_image_reason
bn_svg_draw(bn_arena *a, bn_fonts *fonts, const bn_node *root, bn_image *out,
            bn_msgs *msgs, bn_loc at)
{
    svg v = {.a = a, .fonts = fonts, .msgs = msgs, .at = at, .root = root};

    if (root == NULL || !svg_element(root, "svg"))
        return BN_IMG_KIND;
    v.ids = bn_map_new(a);
    inspect_all(&v, root);
    if (v.why == BN_IMG_OK)
        svg_style_sheets(&v, root);
    if (v.why == BN_IMG_OK)
        draw_root(&v, root, out);
    if (v.why == BN_IMG_OK) {
        out->kind = BN_IMAGE_VECTOR;
        out->alt = alternative(&v, root);
        out->ndraws = (uint32_t)v.draws.n;
        out->draws = v.draws.n > 0
                         ? memcpy(BN_NEWS(a, bn_draw, v.draws.n), v.draws.v,
                                  v.draws.n * sizeof *v.draws.v)
                         : NULL;
    }
    BN_VEC_FREE(&v.draws);
    BN_VEC_FREE(&v.rules);
    BN_VEC_FREE(&v.path.ops);
    BN_VEC_FREE(&v.path.xy);
    return v.why;
}
