/* svg_text.c - text and tspan in our fonts. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/text.h"

enum { SPANS_MAX = 64 };

/* One character with what x, y, dx, dy say of it. */
typedef struct letter {
    const svg_style *style;
    uint32_t at; /* in the bytes gathered */
    uint8_t nbytes;
    bool has_x, has_y;
    double x, y, dx, dy;
} letter;

/* The four lists of one element, consumed letter by letter. */
typedef struct lists {
    const char *x, *y, *dx, *dy;
} lists;

typedef struct gather {
    svg *v;
    bn_buf bytes;
    BN_VEC(letter) letters;
    bool space; /* the letter before was a space, or there is none */
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
    bool dx_set = false, dy_set = false;

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
    }
}

static void
add_letter(gather *g, const svg_style *style, lists stack[], unsigned depth,
           const char *s, size_t n)
{
    letter l = {
        .style = style, .at = (uint32_t)g->bytes.len, .nbytes = (uint8_t)n};

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

static void
gather_text(gather *g, const xmlNode *n, const svg_style *s, lists stack[],
            unsigned depth)
{
    svg *v = g->v;
    lists own = {svg_attr(n, "x"), svg_attr(n, "y"), svg_attr(n, "dx"),
                 svg_attr(n, "dy")};
    const svg_style *style = bn_arena_copy(v->a, s, sizeof *s);

    if (depth == SPANS_MAX) {
        svg_refuse(v, BN_IMG_TOO_DEEP);
        return;
    }
    stack[depth++] = own;
    for (const xmlNode *c = n->children; c != NULL && v->why == BN_IMG_OK;
         c = c->next) {
        v->nodes++;
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE)
            add_text(g, style, stack, depth, (const char *)c->content);
        else if (svg_element(c, "tspan") || svg_element(c, "a")) {
            svg_style inner = svg_style_of(v, c, style);

            if (!inner.display_none)
                gather_text(g, c, &inner, stack, depth);
        } else if (svg_element(c, NULL) && !svg_element(c, "title") &&
                   !svg_element(c, "desc"))
            svg_warn(v, (const char *)c->name);
    }
}

/* ------------------------------------------------------------- pieces */

/* Letters that are shaped together. */
typedef struct piece {
    size_t first, n;
    const bn_glyph_run *runs; /* nruns of them */
    size_t nruns;
    double width; /* in user units */
} piece;

static bool
starts_piece(const letter *l, const letter *before)
{
    return before == NULL || l->has_x || l->has_y || l->dx != 0 || l->dy != 0 ||
           l->style != before->style;
}

/* Points a user unit comes to on the page, so that glyphs are shaped at the
 * size at which they are seen. */
static double
points_per_unit(const svg_matrix *m)
{
    return sqrt(fabs(m->v[0] * m->v[3] - m->v[1] * m->v[2])) / 1000;
}

static bn_text_style
text_style(svg *v, const svg_style *s, double scale)
{
    const char *family = *s->family != '\0' ? s->family : "serif";
    const double size = s->font_size * scale * 1000;
    const double spacing = s->letter_spacing * scale * 1000;

    return (bn_text_style){
        .fonts = bn_fonts_find(v->fonts, family, s->weight, s->italic, v->msgs,
                               v->at),
        .size = size > 10e6 ? 10000000 : (bn_len)lround(size),
        .lang = s->lang,
        .letter_spacing = fabs(spacing) > 10e6 ? 0 : (bn_len)lround(spacing),
        .word_spacing_min = 0,
    };
}

static void
shape_piece(gather *g, piece *p, double scale)
{
    svg *v = g->v;
    const letter *l = &g->letters.v[p->first];
    const letter *last = l + p->n - 1;
    bn_text_style *style = BN_NEW(v->a, bn_text_style);
    const size_t nbytes = last->at + last->nbytes - l->at;
    bn_msgs none = {0};
    bn_len width = 0;

    *style = text_style(v, l->style, scale);
    if (style->size > 0 &&
        bn_text_shape(v->a, style, /* runs keep pointing to their text */
                      bn_arena_strndup(v->a, g->bytes.p + l->at, nbytes),
                      nbytes, &p->runs, &p->nruns, &width,
                      v->msgs != NULL ? v->msgs : &none, v->at) != BN_OK)
        p->nruns = 0;
    bn_msgs_free(&none);
    p->width = width / (1000 * scale);
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

static void
draw_piece(gather *g, const piece *p, double x, double y, svg_matrix m,
           double scale)
{
    svg *v = g->v;
    const svg_style *s = g->letters.v[p->first].style;
    const svg_rect box = {x * scale, (y - s->font_size) * scale,
                          p->width * scale, s->font_size * scale};

    if (s->hidden)
        return;
    y += baseline_shift(v, s);
    for (size_t i = 0; i < p->nruns; i++) {
        bn_draw *d =
            svg_push(v, BN_DRAW_TEXT, svg_scaled(m, 1 / scale, 1 / scale));
        svg_paint_draw(v, s, box, d);
        d->stroke_width *= scale;
        for (uint32_t k = 0; k < d->ndash; k++)
            ((double *)(uintptr_t)d->dash)[k] *= scale;
        d->dash_offset *= scale;
        d->run = &p->runs[i];
        d->x = x * scale;
        d->y = y * scale;
        x += p->runs[i].width / (1000 * scale);
    }
}

/* A chunk: pieces up to the next absolute position, anchored as one. */
static size_t
draw_chunk(gather *g, const piece *pieces, size_t n, double *x, double *y,
           svg_matrix m, double scale)
{
    const letter *l = &g->letters.v[pieces[0].first];
    double width = 0;
    size_t used = 0;

    *x = l->has_x ? l->x : *x;
    *y = l->has_y ? l->y : *y;
    do {
        if (used > 0)
            width += g->letters.v[pieces[used].first].dx;
        width += pieces[used++].width;
        l = used < n ? &g->letters.v[pieces[used].first] : NULL;
    } while (l != NULL && !l->has_x && !l->has_y);
    *x -= width * g->letters.v[pieces[0].first].style->anchor / 2;
    for (size_t i = 0; i < used; i++) {
        l = &g->letters.v[pieces[i].first];
        *x += l->dx;
        *y += l->dy;
        draw_piece(g, &pieces[i], *x, *y, m, scale);
        *x += pieces[i].width;
    }
    return used;
}

void
svg_text(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    gather g = {.v = v, .space = true};
    lists stack[SPANS_MAX];
    BN_VEC(piece) pieces = {0};
    const double scale = points_per_unit(&m);
    double x = 0, y = 0;

    if (v->fonts == NULL || scale <= 0)
        return;
    gather_text(&g, n, s, stack, 0);
    if (g.letters.n > 0 && !s->preserve &&
        g.bytes.p[g.letters.v[g.letters.n - 1].at] == ' ')
        g.letters.n--; /* the last space of all goes */
    for (size_t i = 0; i < g.letters.n && v->why == BN_IMG_OK; i++) {
        if (starts_piece(&g.letters.v[i], i > 0 ? &g.letters.v[i - 1] : NULL))
            BN_PUSH(&pieces) = (piece){.first = i};
        pieces.v[pieces.n - 1].n++;
    }
    for (size_t i = 0; i < pieces.n; i++)
        shape_piece(&g, &pieces.v[i], scale);
    for (size_t i = 0; i < pieces.n;)
        i += draw_chunk(&g, pieces.v + i, pieces.n - i, &x, &y, m, scale);
    bn_buf_free(&g.bytes);
    BN_VEC_FREE(&g.letters);
    BN_VEC_FREE(&pieces);
}
