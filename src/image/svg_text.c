/* svg_text.c - text and tspan in our fonts. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/text.h"

#define PI 3.14159265358979323846

enum { SPANS_MAX = 64 };

/* One character with what x, y, dx, dy, rotate say of it. */
typedef struct letter {
    const svg_style *style;
    uint32_t at; /* in the bytes gathered */
    uint8_t nbytes;
    bool has_x, has_y;
    double x, y, dx, dy, turn;
    uint32_t track;  /* of textPath; 0: none */
    uint32_t fitted; /* to a textLength; 0: not */
} letter;

/* The lists of one element, consumed letter by letter. The last rotation goes
 * on for all letters that follow. */
typedef struct lists {
    const char *x, *y, *dx, *dy, *rotate;
    double turn;
    bool turns;
} lists;

/* A stretch of text that is to be as long as textLength says. */
typedef struct fitted {
    double length;
    bool glyphs; /* stretch these, and not the space between them */
} fitted;

/* The line of a textPath, and how far along it the text begins. */
typedef struct track {
    const double *xy; /* npoints of a polygon */
    size_t npoints;
    double start;
} track;

typedef struct gather {
    svg *v;
    bn_buf bytes;
    BN_VEC(letter) letters;
    BN_VEC(fitted) lengths; /* from number 1 */
    BN_VEC(track) tracks;
    uint32_t track, fitted; /* of the element at hand */
    bool space; /* the letter before was a space, or there is none */
    bool vertical;
    bool measuring; /* nothing is drawn: only the box is found */
    svg_matrix m;   /* of the text's units */
    svg_rect box;   /* of the whole text; what gradients refer to */
    unsigned depth;
} gather;

static bool
next_of(const svg *v, const char **list, double whole, double em, double *out)
{
    if (*list == NULL)
        return false;
    svg_skip(list);
    if (!svg_length(list, whole, em, out)) {
        *list = NULL;
        return false;
    }
    (void)v;
    return true;
}

/* The innermost element's lists speak first; outer ones are consumed too. */
static void
place_letter(gather *g, lists stack[], unsigned depth, letter *l)
{
    const svg *v = g->v;
    const double em = l->style->font_size;
    bool dx_set = false, dy_set = false, turned = false;

    for (unsigned i = depth; i-- > 0;) {
        double value;

        if (next_of(v, &stack[i].x, v->view.width, em, &value) && !l->has_x) {
            l->has_x = true;
            l->x = value;
        }
        if (next_of(v, &stack[i].y, v->view.height, em, &value) && !l->has_y) {
            l->has_y = true;
            l->y = value;
        }
        if (next_of(v, &stack[i].dx, v->view.width, em, &value) && !dx_set) {
            dx_set = true;
            l->dx = value;
        }
        if (next_of(v, &stack[i].dy, v->view.height, em, &value) && !dy_set) {
            dy_set = true;
            l->dy = value;
        }
        if (next_of(v, &stack[i].rotate, 0, em, &value)) {
            stack[i].turn = value;
            stack[i].turns = true;
        }
        if (stack[i].turns && !turned) {
            turned = true;
            l->turn = stack[i].turn;
        }
    }
}

static void
add_letter(gather *g, const svg_style *style, lists stack[], unsigned depth,
           const char *s, size_t n)
{
    letter l = {.style = style,
                .at = (uint32_t)g->bytes.len,
                .nbytes = (uint8_t)n,
                .track = g->track,
                .fitted = g->fitted};

    bn_buf_add(&g->bytes, s, n);
    place_letter(g, stack, depth, &l);
    BN_PUSH(&g->letters) = l;
}

/* White space by xml:space (SVG 1.1 10.15). */
static void
add_text(gather *g, const svg_style *style, lists stack[], unsigned depth,
         const char *s)
{
    const char *end = s + strlen(s);

    while (s < end && svg_count(g->v, 1)) {
        const char *from = s;
        const uint32_t cp = bn_u8_next(&s, end);
        const bool line = cp == '\n' || cp == '\r';
        const bool blank = line || cp == ' ' || cp == '\t';

        if (cp == BN_U8_BAD || (line && !style->preserve && g->space))
            continue;
        if (!blank)
            add_letter(g, style, stack, depth, from, (size_t)(s - from));
        else if (style->preserve || !g->space)
            add_letter(g, style, stack, depth, " ", 1);
        g->space = blank;
    }
}

/* -------------------------------------------------------------- elements */

static void gather_text(gather *g, const xmlNode *n, const svg_style *s,
                        lists stack[], unsigned depth);

static void
add_point(svg_path *p, double x, double y)
{
    BN_PUSH(&p->xy) = x;
    BN_PUSH(&p->xy) = y;
}

/* The outline of a path as a polygon. */
static void
flatten(const svg_path *p, svg_path *out)
{
    enum { STEPS = 24 };
    const double *q = p->xy.v;
    double x = 0, y = 0, sx = 0, sy = 0;

    for (size_t i = 0; i < p->ops.n; i++) {
        switch (p->ops.v[i]) {
        case BN_PATH_CURVE:
            for (int k = 1; k <= STEPS; k++) {
                const double t = (double)k / STEPS, u = 1 - t;

                add_point(out,
                          u * u * u * x + 3 * u * u * t * q[0] +
                              3 * u * t * t * q[2] + t * t * t * q[4],
                          u * u * u * y + 3 * u * u * t * q[1] +
                              3 * u * t * t * q[3] + t * t * t * q[5]);
            }
            q += 4;
            break;
        case BN_PATH_CLOSE:
            add_point(out, sx, sy);
            x = sx;
            y = sy;
            continue;
        case BN_PATH_MOVE:
            sx = q[0];
            sy = q[1];
            add_point(out, q[0], q[1]);
            break;
        default:
            add_point(out, q[0], q[1]);
        }
        x = *q++;
        y = *q++;
    }
}

static double
length_of(const double *xy, size_t npoints)
{
    double sum = 0;

    for (size_t i = 1; i < npoints; i++)
        sum += hypot(xy[2 * i] - xy[2 * i - 2], xy[2 * i + 1] - xy[2 * i - 1]);
    return sum;
}

/* The line that a textPath names; 0: none, then its text is not drawn. */
static uint32_t
add_track(gather *g, const xmlNode *n, const svg_style *s)
{
    svg *v = g->v;
    const xmlNode *shape = svg_find(v, svg_href(n));
    svg_path flat = {0};
    track t = {0};
    svg_matrix m;

    svg_path_clear(&v->path);
    if (shape == NULL || !svg_shape(v, shape, s, &v->path))
        return 0;
    m = svg_transform(svg_attr(shape, "transform"));
    svg_path_map(&v->path, 0, 0, &m);
    flatten(&v->path, &flat);
    t.npoints = flat.xy.n / 2;
    if (t.npoints > 1 && svg_count(v, flat.xy.n)) {
        t.xy = bn_arena_copy(v->a, flat.xy.v, flat.xy.n * sizeof *flat.xy.v);
        t.start = svg_attr_length(v, n, "startOffset",
                                  length_of(t.xy, t.npoints), s->font_size, 0);
        BN_PUSH(&g->tracks) = t;
    }
    BN_VEC_FREE(&flat.ops);
    BN_VEC_FREE(&flat.xy);
    return t.xy != NULL ? (uint32_t)g->tracks.n : 0;
}

static void
gather_path(gather *g, const xmlNode *n, const svg_style *s, lists stack[],
            unsigned depth)
{
    const uint32_t outer = g->track;

    g->track = add_track(g, n, s);
    if (g->track != 0)
        gather_text(g, n, s, stack, depth);
    else
        svg_warn(g->v, "textPath");
    g->track = outer;
}

static void
gather_child(gather *g, const xmlNode *c, const svg_style *style, lists stack[],
             unsigned depth)
{
    svg *v = g->v;
    svg_style inner;

    if (svg_element(c, "title") || svg_element(c, "desc"))
        return;
    v->here = c;
    if (!svg_element(c, "tspan") && !svg_element(c, "a") &&
        !svg_element(c, "textPath")) {
        svg_warn(v, (const char *)c->name);
        return;
    }
    inner = svg_style_of(v, c, style);
    if (inner.own.display_none)
        return;
    if (svg_element(c, "textPath"))
        gather_path(g, c, &inner, stack, depth);
    else
        gather_text(g, c, &inner, stack, depth);
}

static void
gather_text(gather *g, const xmlNode *n, const svg_style *s, lists stack[],
            unsigned depth)
{
    svg *v = g->v;
    const uint32_t outer = g->fitted;
    const double length =
        svg_attr_length(v, n, "textLength", v->view.width, s->font_size, -1);
    const char *adjust = svg_attr(n, "lengthAdjust");
    const svg_style *style = bn_arena_copy(v->a, s, sizeof *s);

    if (depth == SPANS_MAX) {
        svg_refuse(v, BN_IMG_TOO_DEEP);
        return;
    }
    stack[depth++] = (lists){svg_attr(n, "x"),
                             svg_attr(n, "y"),
                             svg_attr(n, "dx"),
                             svg_attr(n, "dy"),
                             svg_attr(n, "rotate"),
                             0,
                             false};
    if (length > 0) {
        BN_PUSH(&g->lengths) = (fitted){
            length, adjust != NULL && svg_is(adjust, "spacingAndGlyphs")};
        g->fitted = (uint32_t)g->lengths.n;
    }
    for (const xmlNode *c = n->children; c != NULL && v->why == BN_IMG_OK;
         c = c->next) {
        v->nodes++;
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE)
            add_text(g, style, stack, depth, (const char *)c->content);
        else if (svg_element(c, NULL))
            gather_child(g, c, style, stack, depth);
    }
    g->fitted = outer;
}

/* ------------------------------------------------------------- pieces */

/* Letters that are shaped together. */
typedef struct piece {
    size_t first, n;
    const bn_glyph_run *runs; /* nruns of them */
    size_t nruns;
    double width;   /* along the line, in user units */
    double stretch; /* of the glyphs; 1 */
} piece;

static bool
starts_piece(const letter *l, const letter *before)
{
    return before == NULL || l->has_x || l->has_y || l->dx != 0 || l->dy != 0 ||
           l->style != before->style || l->track != 0 || l->turn != 0 ||
           before->turn != 0 || l->track != before->track ||
           l->fitted != before->fitted;
}

/* Points a user unit comes to on the page, so that glyphs are shaped at the
 * size at which they are seen. */
static double
points_per_unit(const svg_matrix *m)
{
    return sqrt(fabs(m->v[0] * m->v[3] - m->v[1] * m->v[2])) / 1000;
}

static bn_text_style
text_style(const gather *g, const svg_style *s, double scale, double spacing)
{
    svg *v = g->v;
    const char *family = *s->family != '\0' ? s->family : "serif";
    const double size = s->font_size * scale * 1000;
    const double words = s->word_spacing * scale * 1000;

    spacing = (spacing + s->letter_spacing) * scale * 1000;
    return (bn_text_style){
        .fonts = bn_fonts_find(v->fonts, family, s->weight, s->italic, v->msgs,
                               v->at),
        .size = size > 10e6 ? 10000000 : (bn_len)lround(size),
        .lang = s->lang,
        .letter_spacing = fabs(spacing) > 10e6 ? 0 : (bn_len)lround(spacing),
        .word_spacing = fabs(words) > 10e6 ? 0 : (bn_len)lround(words),
        .vertical = g->vertical,
    };
}

static void
shape_piece(const gather *g, piece *p, double scale, double spacing)
{
    svg *v = g->v;
    const letter *l = &g->letters.v[p->first];
    const letter *last = l + p->n - 1;
    bn_text_style *style = BN_NEW(v->a, bn_text_style);
    const size_t nbytes = last->at + last->nbytes - l->at;
    bn_msgs none = {0};
    bn_len width = 0;

    *style = text_style(g, l->style, scale, spacing);
    if (style->size > 0 &&
        bn_text_shape(v->a, style, /* runs keep pointing to their text */
                      bn_arena_strndup(v->a, g->bytes.p + l->at, nbytes),
                      nbytes, &p->runs, &p->nruns, &width,
                      v->msgs != NULL ? v->msgs : &none, v->at) != BN_OK)
        p->nruns = 0;
    bn_msgs_free(&none);
    p->width = width / (1000 * scale);
    p->stretch = 1;
}

/* Make the pieces of one stretch as long as it is to be (SVG 1.1 10.5). */
static void
fit_length(const gather *g, piece *p, size_t n, const fitted *f, double scale)
{
    size_t letters = 0;
    double width = 0, more;

    for (size_t i = 0; i < n; i++) {
        letters += p[i].n;
        width += p[i].width + (i > 0 ? g->letters.v[p[i].first].dx : 0);
    }
    if (width <= 0 || (!f->glyphs && letters < 2))
        return;
    more = (f->length - width) / (double)(letters > 1 ? letters - 1 : 1);
    for (size_t i = 0; i < n; i++) {
        if (f->glyphs) {
            p[i].stretch = f->length / width;
            p[i].width *= p[i].stretch;
        } else
            shape_piece(g, &p[i], scale, more);
    }
    if (!f->glyphs) /* no space behind the last letter */
        p[n - 1].width -= more;
}

static void
fit_lengths(const gather *g, piece *p, size_t n, double scale)
{
    for (size_t i = 0; i < n;) {
        const uint32_t number = g->letters.v[p[i].first].fitted;
        size_t end = i + 1;

        while (end < n && g->letters.v[p[end].first].fitted == number)
            end++;
        if (number != 0)
            fit_length(g, p + i, end - i, &g->lengths.v[number - 1], scale);
        i = end;
    }
}

/* How far the baseline lies below the point that is asked for. */
static double
baseline_shift(svg *v, const svg_style *s)
{
    const bn_fontset *f =
        bn_fonts_find(v->fonts, *s->family != '\0' ? s->family : "serif",
                      s->weight, s->italic, NULL, v->at);
    const double em = s->font_size / 1000;

    switch (s->baseline) {
    case SVG_BASE_CENTRAL:
        return (f->ascent - f->descent) / 2.0 * em;
    case SVG_BASE_MIDDLE:
        return 250 * em; /* half of an x-height of half an em */
    case SVG_BASE_HANGING:
        return 800 * em;
    case SVG_BASE_TOP:
        return f->ascent * em;
    case SVG_BASE_BOTTOM:
        return -f->descent * em;
    default:
        return 0;
    }
}

/* ------------------------------------------------------------- drawing */

/* A rule under, over or through a piece that begins at x, y. */
static void
draw_rule(svg *v, const svg_style *s, svg_matrix m, svg_rect r)
{
    bn_draw *d;

    svg_path_clear(&v->path);
    svg_add_rect(&v->path, r);
    d = svg_push(v, BN_DRAW_PATH, m);
    svg_keep_path(v, &v->path, d);
    svg_paint_draw(v, s, r, d);
    v->draws.v[v->draws.n - 1].stroke = (bn_paint){0};
}

static void
draw_decoration(svg *v, const piece *p, const svg_style *s, svg_matrix m,
                double x, double y, uint8_t which)
{
    const bn_face *face = p->nruns > 0 ? p->runs[0].face : NULL;
    double thick = 0.05 * s->font_size, below = 0.1 * s->font_size;

    which &= s->decoration;
    if (which == 0 || face == NULL || s->hidden)
        return;
    if (face->underline_thickness > 0 && face->upem > 0) {
        thick = s->font_size * face->underline_thickness / face->upem;
        below = -s->font_size * face->underline_position / face->upem;
    }
    if (which & SVG_UNDERLINE)
        draw_rule(v, s, m,
                  (svg_rect){x, y + below - thick / 2, p->width, thick});
    if (which & SVG_OVERLINE)
        draw_rule(v, s, m,
                  (svg_rect){x, y - 0.85 * s->font_size, p->width, thick});
    if (which & SVG_LINE_THROUGH)
        draw_rule(v, s, m,
                  (svg_rect){x, y - 0.3 * s->font_size, p->width, thick});
}

/* The box of a piece, in units of m, belongs to the text's. */
static void
measure_piece(gather *g, const piece *p, double x, double y, svg_matrix m)
{
    const double size = g->letters.v[p->first].style->font_size;
    svg_rect r = g->vertical ? (svg_rect){x - size / 2, y, size, p->width}
                             : (svg_rect){x, y - 0.8 * size, p->width, size};
    svg_rect *all = &g->box;
    svg_matrix back;

    if (!svg_inverse(g->m, &back))
        return;
    back = svg_multiply(back, m);
    r = svg_rect_map(r, &back);
    if (all->width <= 0) {
        *all = r;
        return;
    }
    all->width = fmax(all->x + all->width, r.x + r.width);
    all->height = fmax(all->y + all->height, r.y + r.height);
    all->x = fmin(all->x, r.x);
    all->y = fmin(all->y, r.y);
    all->width -= all->x;
    all->height -= all->y;
}

/* Fill and stroke of glyphs in units of which a point has one. */
static void
paint_run(svg *v, const svg_style *s, svg_rect box, double scale, bn_draw *d)
{
    const size_t at = (size_t)(d - v->draws.v);

    svg_paint_draw(v, s, box, d);
    d = v->draws.v + at;
    d->stroke_width *= scale;
    for (uint32_t k = 0; k < d->ndash; k++)
        ((double *)(uintptr_t)d->dash)[k] *= scale;
    d->dash_offset *= scale;
}

static void
draw_runs(gather *g, const piece *p, double x, double y, svg_matrix m,
          double scale)
{
    svg *v = g->v;
    const svg_style *s = g->letters.v[p->first].style;

    for (size_t i = 0; i < p->nruns; i++) {
        const bn_glyph_run *run = &p->runs[i];
        const double advance = run->width / (1000 * scale);
        bn_draw *d = svg_push(v, BN_DRAW_TEXT, m);
        double middle = 0;

        paint_run(v, s, g->box, scale, d);
        d = &v->draws.v[v->draws.n - 1];
        memcpy(d->matrix, svg_scaled(m, 1 / scale, 1 / scale).v,
               sizeof d->matrix);
        if (g->vertical && !run->vertical) /* on its side: about its middle */
            middle = -(run->face->ascender + run->face->descender) *
                     s->font_size / (2.0 * run->face->upem);
        d->run = run;
        d->x = (x + middle) * scale;
        d->y = y * scale;
        if (s->stroke_first && d->fill.set && d->stroke.set) {
            const bn_draw fill = *d;

            d->fill = (bn_paint){0};
            d->unspoken = true;
            BN_PUSH(&v->draws) = fill;
            v->draws.v[v->draws.n - 1].stroke = (bn_paint){0};
        }
        if (g->vertical)
            y += advance;
        else
            x += advance;
    }
}

static void
draw_piece(gather *g, const piece *p, double x, double y, svg_matrix m,
           double scale)
{
    svg *v = g->v;
    const letter *l = &g->letters.v[p->first];
    const svg_style *s = l->style;

    if (s->hidden)
        return;
    if (g->measuring) {
        measure_piece(g, p, x, y, m);
        return;
    }
    if (l->turn != 0 || p->stretch != 1) {
        const double turn = l->turn * PI / 180;

        m = svg_multiply(
            svg_moved(m, x, y),
            (svg_matrix){{cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0}});
        m = svg_scaled(m, g->vertical ? 1 : p->stretch,
                       g->vertical ? p->stretch : 1);
        x = y = 0;
    }
    if (g->vertical)
        x += s->rise;
    else
        y += baseline_shift(v, s) - s->rise;
    if (!g->vertical)
        draw_decoration(v, p, s, m, x, y, SVG_UNDERLINE | SVG_OVERLINE);
    draw_runs(g, p, x, y, m, scale);
    if (!g->vertical)
        draw_decoration(v, p, s, m, x, y, SVG_LINE_THROUGH);
}

/* A point of a track and its direction; false: beyond its ends. */
static bool
track_point(const track *t, double at, double *x, double *y, double *turn)
{
    if (at < 0)
        return false;
    for (size_t i = 1; i < t->npoints; i++) {
        const double *p = t->xy + 2 * i - 2;
        const double dx = p[2] - p[0], dy = p[3] - p[1];
        const double len = hypot(dx, dy);

        if (at > len || len == 0) {
            at -= len;
            continue;
        }
        *x = p[0] + dx * at / len;
        *y = p[1] + dy * at / len;
        *turn = atan2(dy, dx);
        return true;
    }
    return false;
}

/* Pieces of one textPath, a letter each. *x, *y: where its end is. */
static size_t
draw_on_track(gather *g, const piece *pieces, size_t n, double *x, double *y,
              svg_matrix m, double scale)
{
    const letter *first = &g->letters.v[pieces[0].first], *l = first;
    const track *t = &g->tracks.v[l->track - 1];
    double width = 0, at, turn, rise = 0;
    size_t used = 0;

    do {
        width += (used > 0 ? l->dx : 0) + pieces[used].width;
        used++;
        l = used < n ? &g->letters.v[pieces[used].first] : NULL;
    } while (l != NULL && l->track == first->track);
    at = t->start + (first->has_x ? first->x : 0) -
         width * first->style->anchor / 2;
    for (size_t i = 0; i < used; i++) {
        const double half = pieces[i].width / 2;
        svg_matrix on = m;

        l = &g->letters.v[pieces[i].first];
        at += l->dx;
        rise += l->dy;
        if (track_point(t, at + half, x, y, &turn)) {
            on = svg_multiply(svg_moved(on, *x, *y),
                              (svg_matrix){{cos(turn), sin(turn), -sin(turn),
                                            cos(turn), 0, 0}});
            draw_piece(g, &pieces[i], -half, rise, on, scale);
        }
        at += pieces[i].width;
    }
    return used;
}

/* A chunk: pieces up to the next absolute position, anchored as one. */
static size_t
draw_chunk(gather *g, const piece *pieces, size_t n, double *x, double *y,
           svg_matrix m, double scale)
{
    const letter *l = &g->letters.v[pieces[0].first];
    double width = 0, *along = g->vertical ? y : x;
    size_t used = 0;

    if (l->track != 0)
        return draw_on_track(g, pieces, n, x, y, m, scale);
    *x = l->has_x ? l->x : *x;
    *y = l->has_y ? l->y : *y;
    do {
        if (used > 0)
            width += g->vertical ? l->dy : l->dx;
        width += pieces[used++].width;
        l = used < n ? &g->letters.v[pieces[used].first] : NULL;
    } while (l != NULL && !l->has_x && !l->has_y && l->track == 0);
    *along -= width * g->letters.v[pieces[0].first].style->anchor / 2;
    for (size_t i = 0; i < used; i++) {
        l = &g->letters.v[pieces[i].first];
        *x += l->dx;
        *y += l->dy;
        draw_piece(g, &pieces[i], *x, *y, m, scale);
        *along += pieces[i].width;
    }
    return used;
}

/* Is any of it painted with what refers to a box? */
static bool
has_server(const gather *g)
{
    for (size_t i = 0; i < g->letters.n; i++)
        if (g->letters.v[i].style->fill.ref ||
            g->letters.v[i].style->stroke.ref)
            return true;
    return false;
}

void
svg_text(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    gather g = {.v = v, .space = true, .vertical = s->vertical, .m = m};
    lists stack[SPANS_MAX];
    BN_VEC(piece) pieces = {0};
    const double scale = points_per_unit(&m);
    double x = 0, y = 0;

    if (v->fonts == NULL || scale <= 0)
        return;
    gather_text(&g, n, s, stack, 0);
    v->here = n;
    if (g.letters.n > 0 && !s->preserve &&
        g.bytes.p[g.letters.v[g.letters.n - 1].at] == ' ')
        g.letters.n--; /* the last space of all goes */
    for (size_t i = 0; i < g.letters.n && v->why == BN_IMG_OK; i++) {
        if (starts_piece(&g.letters.v[i], i > 0 ? &g.letters.v[i - 1] : NULL))
            BN_PUSH(&pieces) = (piece){.first = i};
        pieces.v[pieces.n - 1].n++;
    }
    for (size_t i = 0; i < pieces.n; i++)
        shape_piece(&g, &pieces.v[i], scale, 0);
    fit_lengths(&g, pieces.v, pieces.n, scale);
    if (has_server(&g)) {
        g.measuring = true;
        for (size_t i = 0; i < pieces.n;)
            i += draw_chunk(&g, pieces.v + i, pieces.n - i, &x, &y, m, scale);
        g.measuring = false;
        x = y = 0;
    }
    for (size_t i = 0; i < pieces.n;)
        i += draw_chunk(&g, pieces.v + i, pieces.n - i, &x, &y, m, scale);
    bn_buf_free(&g.bytes);
    BN_VEC_FREE(&g.letters);
    BN_VEC_FREE(&g.lengths);
    BN_VEC_FREE(&g.tracks);
    BN_VEC_FREE(&pieces);
}
