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

/* Addresses that are never followed: where a link of a screen would lead, a
 * font that is not taken; and those that hold their data themselves. */
static bool
is_harmless(const xmlNode *n, const char *href)
{
    return *href == '\0' || strncmp(href, "url(#", 5) == 0 ||
           svg_element(n, "a") || svg_element(n, "font-face-uri") ||
           svg_element(n, "color-profile") || !svg_element(n, NULL) ||
           (svg_element(n, "image") && strncasecmp(href, "data:", 5) == 0);
}

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
    if (href != NULL && *href != '#' && !is_harmless(n, href))
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
svg_matrix
svg_fit(const char *s, svg_rect box, double width, double height)
{
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

svg_matrix
svg_view_box(const xmlNode *n, double width, double height, svg_rect *box)
{
    *box = (svg_rect){0, 0, width, height};
    if (!read_view_box(n, box)) {
        *box = (svg_rect){0, 0, width, height};
        return SVG_IDENTITY;
    }
    return svg_fit(svg_attr(n, "preserveAspectRatio"), *box, width, height);
}

void
svg_clip_rect(svg *v, svg_rect r, svg_matrix m)
{
    svg_path_clear(&v->path);
    svg_add_rect(&v->path, r);
    svg_keep_path(v, &v->path, svg_push(v, BN_DRAW_CLIP_PUSH, m));
}

/* ----------------------------------------------------------------- walk */

static void draw(svg *v, const xmlNode *n, const svg_style *parent,
                 svg_matrix m);

void
svg_draw_children(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    for (const xmlNode *c = n->children; c != NULL && v->why == BN_IMG_OK;
         c = c->next)
        if (svg_element(c, NULL))
            draw(v, c, s, m);
}

/* non-scaling-stroke: the outline where it lies on the picture, stroked with
 * the pen of the picture's own units. */
static void
unscale_stroke(svg *v, bn_draw *d, svg_matrix m)
{
    svg_matrix back;
    double *xy;
    size_t n = 0;

    if (!svg_inverse(v->base, &back))
        return;
    m = svg_multiply(back, m);
    for (uint32_t i = 0; i < d->nops; i++)
        n += (size_t[]){2, 2, 6, 0}[d->ops[i]];
    xy = BN_NEWS(v->a, double, n);
    for (size_t i = 0; i < n; i += 2) {
        xy[i] = d->xy[i];
        xy[i + 1] = d->xy[i + 1];
        svg_apply(&m, &xy[i], &xy[i + 1]);
    }
    d->xy = xy;
    memcpy(d->matrix, v->base.v, sizeof d->matrix);
}

/* Readers do not agree on the opacity of a pattern: it is given to a group. */
static bool
is_dim(const bn_paint *p)
{
    return p->tile != NULL && p->opacity < 1;
}

static void
push_paint(svg *v, bn_draw *d, bn_paint *p)
{
    const double opacity = p->opacity;
    const bool dim = is_dim(p);

    if (!p->set)
        return;
    if (dim)
        p->opacity = 1;
    BN_PUSH(&v->draws) = *d;
    if (dim)
        svg_dim(v, v->draws.n - 1, opacity);
}

/* One operation where fill and stroke follow each other in one space, else
 * one for each. */
static void
push_paints(svg *v, const svg_style *s, const bn_draw *whole, svg_matrix m)
{
    const bool apart = s->stroke_first || s->own.thin || is_dim(&whole->fill) ||
                       is_dim(&whole->stroke);
    bn_draw fill = *whole, stroke = *whole;

    v->draws.n--;
    if (!apart) {
        if (whole->fill.set || whole->stroke.set)
            BN_PUSH(&v->draws) = *whole;
        return;
    }
    fill.stroke = (bn_paint){0};
    stroke.fill = (bn_paint){0};
    if (s->own.thin)
        unscale_stroke(v, &stroke, m);
    if (s->stroke_first)
        push_paint(v, &stroke, &stroke.stroke);
    push_paint(v, &fill, &fill.fill);
    if (!s->stroke_first)
        push_paint(v, &stroke, &stroke.stroke);
}

static bool
has_marks(const xmlNode *n, const svg_style *s)
{
    return (s->marks[0] != NULL || s->marks[1] != NULL ||
            s->marks[2] != NULL) &&
           (svg_element(n, "path") || svg_element(n, "line") ||
            svg_element(n, "polyline") || svg_element(n, "polygon"));
}

static void
draw_shape(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    bn_draw *d, whole;
    svg_rect box;

    if (v->path.ops.n == 0 || s->hidden)
        return;
    box = svg_path_box(&v->path);
    d = svg_push(v, BN_DRAW_PATH, m);
    svg_keep_path(v, &v->path, d);
    svg_paint_draw(v, s, box, d);
    whole = v->draws.v[v->draws.n - 1];
    if (svg_element(n, "line"))
        whole.fill = (bn_paint){0};
    push_paints(v, s, &whole, m);
    if (has_marks(n, s))
        svg_markers(v, s, &whole, m);
}

/* A nested svg element, or a symbol with the size that use gives it. */
static void
draw_viewport(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m,
              double width, double height)
{
    const svg_rect outer = v->view;

    if (width <= 0 || height <= 0)
        return;
    if (!s->own.overflow_visible)
        svg_clip_rect(v, (svg_rect){0, 0, width, height}, m);
    m = svg_multiply(m, svg_view_box(n, width, height, &v->view));
    svg_draw_children(v, n, s, m);
    v->view = outer;
    if (!s->own.overflow_visible)
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

        if (!inner.own.display_none)
            draw_viewport(v, target, &inner, m,
                          svg_attr_length(v, n, "width", w, em, w),
                          svg_attr_length(v, n, "height", h, em, h));
    } else if (svg_element(target, "svg")) { /* the size of use, if any */
        const svg_style inner = svg_style_of(v, target, s);
        const double tw = svg_attr_length(v, target, "width", w, em, w);
        const double th = svg_attr_length(v, target, "height", h, em, h);

        m = svg_moved(m, svg_attr_length(v, target, "x", w, em, 0),
                      svg_attr_length(v, target, "y", h, em, 0));
        if (!inner.own.display_none)
            draw_viewport(v, target, &inner, m,
                          svg_attr_length(v, n, "width", w, em, tw),
                          svg_attr_length(v, n, "height", h, em, th));
    } else
        draw(v, target, s, m);
}

/* Does a list of languages name the one of the picture? (SVG 1.1 5.8.5) */
static bool
language_fits(const char *list, const char *lang)
{
    const size_t whole = strlen(lang), head = strcspn(lang, "-");

    while (*list != '\0') {
        const size_t n = strcspn(list, ", ");

        if (n > 0 && ((n >= head && strncasecmp(list, lang, head) == 0 &&
                       (n == head || list[head] == '-' || n == whole))))
            return true;
        list += n;
        list += strspn(list, ", ");
    }
    return false;
}

static bool
is_for_us(const xmlNode *n, const svg_style *s)
{
    const char *languages = svg_attr(n, "systemLanguage");
    const char *extensions = svg_attr(n, "requiredExtensions");

    return extensions == NULL &&
           (languages == NULL ||
            (*s->lang != '\0' ? language_fits(languages, s->lang)
                              : language_fits(languages, "ja") ||
                                    language_fits(languages, "en")));
}

static void
draw_switch(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, NULL) && is_for_us(c, s) &&
            !svg_element(c, "foreignObject")) {
            draw(v, c, s, m);
            return;
        }
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (svg_element(c, "foreignObject")) /* the only choice */
            svg_warn(v, "foreignObject");
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
        "defs",   "symbol",    "clipPath",   "linearGradient", "radialGradient",
        "title",  "desc",      "metadata",   "style",          "marker",
        "mask",   "filter",    "pattern",    "view",           "font",
        "cursor", "font-face", "solidColor", "color-profile"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (svg_element(n, names[i]))
            return true;
    return false;
}

static void
draw_element(svg *v, const xmlNode *n, svg_style *s, svg_matrix m)
{
    if (svg_element(n, "g") || svg_element(n, "a"))
        svg_draw_children(v, n, s, m);
    else if (svg_element(n, "svg"))
        draw_nested(v, n, s, m);
    else if (svg_element(n, "use"))
        draw_use(v, n, s, m);
    else if (svg_element(n, "switch"))
        draw_switch(v, n, s, m);
    else if (svg_element(n, "text"))
        svg_text(v, n, s, m);
    else if (svg_element(n, "image"))
        svg_image(v, n, s, m);
    else {
        svg_path_clear(&v->path);
        if (svg_shape(v, n, s, &v->path))
            draw_shape(v, n, s, m);
        else
            svg_warn(v, (const char *)n->name);
    }
}

static void
draw(svg *v, const xmlNode *n, const svg_style *parent, svg_matrix m)
{
    const size_t from = v->draws.n;
    const xmlNode *outer = v->here;
    svg_style s;

    v->nodes++;
    if (is_silent(n) || !svg_count(v, 0))
        return;
    if (v->depth >= SVG_DEPTH_MAX) {
        svg_refuse(v, BN_IMG_TOO_DEEP);
        return;
    }
    v->here = n;
    s = svg_style_of(v, n, parent);
    if (!s.own.display_none && s.own.opacity > 0) {
        v->depth++;
        m = svg_multiply(m, svg_own_transform(n, &s));
        draw_element(v, n, &s, m);
        svg_clip_and_mask(v, &s, m, from);
        svg_group(v, from, &s);
        v->depth--;
    }
    v->here = outer;
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
    v->base = m;
    s = svg_style_of(v, root, &initial);
    if (!s.own.display_none) {
        draw_viewport(v, root, &s, m, width, height);
        svg_clip_and_mask(v, &s, m, 0);
        svg_group(v, 0, &s);
    }
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
    BN_VEC_FREE(&v.matched);
    BN_VEC_FREE(&v.path.ops);
    BN_VEC_FREE(&v.path.xy);
    return v.why;
}
