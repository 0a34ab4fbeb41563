/* Text operators. Glyphs that are shifted, cut or spaced by much are codes of
 * their own, so that readers do not cut the line there (LIBHARU.md 2). */
#include "pdf/pdf_doc.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

enum {
    EM = 1000,
    SMALL = 100,   /* 1/1000 em: below it an adjustment does not break words */
    GAP_STEP = 50, /* wide gaps go into codes in such steps, to have few */
    GAP_LIMIT = 20000,
    TOLERANCE = 2, /* 1/1000 em: rounded widths are left alone */
    HEX = 4
};

/* State of writing one run. Distances in 1/1000 of its size. */
typedef struct writer {
    bn_canvas *c;
    bn_pdf_font *font;
    const bn_glyph_run *run;
    const bn_pen *pen;
    int64_t at;   /* where the pen is, millipoints along the line */
    double shown; /* where the reader's text position is */
    bn_len rise;
    bool placed, in_array, in_string;
} writer;

static void
end_array(writer *w)
{
    if (w->in_string)
        bn_buf_addc(&w->c->ops, '>');
    if (w->in_array)
        bn_buf_adds(&w->c->ops, "]TJ\n");
    w->in_string = w->in_array = false;
}

static void
begin_array(writer *w)
{
    if (!w->in_array)
        bn_buf_addc(&w->c->ops, '[');
    w->in_array = true;
}

static void
put_matrix(writer *w, double along, double rise)
{
    const bn_pen *p = w->pen;
    bn_buf *ops = &w->c->ops;
    /* Text space of vertical glyphs is upright: its x is to the reader's
     * right, which is against the line's up when the line goes down. */
    const double x[2] = {w->run->vertical ? p->up[0] : p->along[0],
                         w->run->vertical ? p->up[1] : p->along[1]};
    const double y[2] = {w->run->vertical ? -p->along[0] : p->up[0],
                         w->run->vertical ? -p->along[1] : p->up[1]};
    const double m[6] = {
        x[0],
        x[1],
        y[0],
        y[1],
        p->x + (along * p->along[0] + rise * p->up[0]) / EM,
        p->y + (along * p->along[1] + rise * p->up[1]) / EM,
    };

    for (int i = 0; i < 6; i++) {
        bn_put_real(ops, m[i]);
        bn_buf_addc(ops, ' ');
    }
    bn_buf_adds(ops, "Tm\n");
    w->shown = along;
    w->rise = (bn_len)rise;
    w->placed = true;
}

/* Bring the text position to where a glyph is drawn. */
static void
move_to(writer *w, double along, bn_len rise)
{
    double off;
    int64_t step;

    if (!w->placed || rise != w->rise) {
        end_array(w);
        put_matrix(w, along, rise);
        return;
    }
    off = (along - w->shown) * EM / w->run->size;
    step = llround(off);
    if (step > -TOLERANCE && step < TOLERANCE)
        return; /* never adds up: shown is what the reader has */
    begin_array(w);
    if (w->in_string)
        bn_buf_addc(&w->c->ops, '>');
    w->in_string = false;
    /* A positive number moves to the left, or down (ISO 32000-1 9.4.3). */
    bn_put_int(&w->c->ops, w->run->vertical ? step : -step);
    w->shown += (double)step * w->run->size / EM;
}

static int64_t
in_em(const writer *w, int64_t mpt)
{
    const int64_t size = w->run->size > 0 ? w->run->size : 1;

    return (mpt * EM + (mpt < 0 ? -size : size) / 2) / size;
}

/* Text that a code stands for. */
typedef struct meaning {
    const char *text;
    size_t nbytes;
} meaning;

static void
show(writer *w, const bn_glyph *g, meaning m)
{
    static const char digits[] = "0123456789ABCDEF";
    const bool vertical = w->run->vertical;
    const int32_t own = vertical ? EM : bn_pdf_advance(w->font, g->gid);
    int64_t dx = in_em(w, vertical ? -g->dy : g->dx), adv = own;
    int64_t gap = in_em(w, g->adv - g->width), width = in_em(w, g->width);
    bool variant = false;
    uint32_t code;
    char hex[HEX];

    if (!w->font->face->cff) {
        const bool moved = dx > SMALL || dx < -SMALL;
        const bool cut = width - own > SMALL || own - width > SMALL;

        /* A stretched space is still a space to readers. */
        if ((g->flags & BN_GLYPH_SHIFTED) || moved ||
            (cut && !(g->flags & BN_GLYPH_SPACE))) {
            adv = width > 0 ? width : 0;
            variant = true;
        }
        if (gap >= SMALL && !(g->flags & BN_GLYPH_SPACE)) {
            adv += gap < GAP_LIMIT ? gap / GAP_STEP * GAP_STEP : GAP_LIMIT;
            variant = true;
        }
    }
    if (variant && dx != 0)
        move_to(w, (double)w->at, vertical ? g->dx : g->dy);
    else {
        move_to(w, (double)w->at + (vertical ? -g->dy : g->dx),
                vertical ? g->dx : g->dy);
        dx = 0;
    }
    if (!variant && !vertical)
        code = bn_pdf_code(w->font, g->gid, m.text, m.nbytes);
    else
        code = bn_subset_code(w->font->subset, g->gid, m.text, m.nbytes,
                              (int32_t)dx, (int32_t)adv, vertical);
    for (int i = 0; i < HEX; i++)
        hex[i] = digits[code >> (4 * (HEX - 1 - i)) & 15];
    begin_array(w);
    if (!w->in_string)
        bn_buf_addc(&w->c->ops, '<');
    w->in_string = true;
    bn_buf_add(&w->c->ops, hex, HEX);
    w->shown += (double)adv * w->run->size / EM;
    w->at += g->adv;
}

static void
begin_actual(writer *w, const char *text, size_t nbytes)
{
    end_array(w);
    bn_buf_adds(&w->c->ops, "/Span<</ActualText");
    bn_put_text(&w->c->ops, text, nbytes);
    bn_buf_adds(&w->c->ops, ">>BDC\n");
}

static void
end_actual(writer *w)
{
    end_array(w);
    bn_buf_adds(&w->c->ops, "EMC\n");
}

static size_t
first_character(const char *text, size_t nbytes)
{
    const char *p = text;

    if (nbytes == 0)
        return 0;
    bn_u8_next(&p, text + nbytes);
    return (size_t)(p - text);
}

/* Every code must mean something (PDF/A-2u). */
static const meaning nothing = {"\xE2\x80\x8B", 3}; /* U+200B */
static const meaning hyphen = {"\xC2\xAD", 2};      /* U+00AD */

/* A cluster of several glyphs: each takes a character while there are some,
 * the last one the rest. */
static void
show_cluster(writer *w, const bn_glyph *g, uint32_t n, const char *text,
             size_t nbytes, bool actual)
{
    const size_t nchars = bn_u8_count(text, nbytes);
    const bool wrap =
        actual && (n > nchars || n == 1 || (g->flags & BN_GLYPH_IVS));
    const char *p = text, *end = text + nbytes;

    if (wrap)
        begin_actual(w, text, nbytes);
    for (uint32_t i = 0; i < n; i++) {
        size_t take = i == n - 1 && !(g->flags & BN_GLYPH_IVS)
                          ? (size_t)(end - p)
                          : first_character(p, (size_t)(end - p));
        meaning m = {p, take};

        show(w, &g[i], take ? m : nothing);
        p += take;
    }
    if (wrap)
        end_actual(w);
}

static void
show_glyphs(writer *w, bool actual)
{
    const bn_glyph_run *r = w->run;

    for (uint32_t i = 0, n; i < r->nglyphs; i += n) {
        const bn_glyph *g = &r->glyphs[i];
        const meaning m = {r->text + g->at, g->nbytes};

        for (n = 1;
             i + n < r->nglyphs && (r->glyphs[i + n].flags & BN_GLYPH_JOIN);)
            n++;
        if (n > 1 || (g->flags & BN_GLYPH_IVS))
            show_cluster(w, g, n, m.text, m.nbytes, actual);
        else if (m.nbytes == 0)
            show(w, g, g->flags & BN_GLYPH_HYPHEN ? hyphen : nothing);
        else
            show(w, g, m);
    }
}

void
bn_pdf_run(bn_canvas *c, const bn_glyph_run *run, const bn_pen *pen,
           const char *actual)
{
    writer w = {.c = c, .run = run, .pen = pen};
    bn_oid font;

    if (run->nglyphs == 0 || run->size <= 0)
        return;
    w.font = bn_pdf_font_of(c->pdf, run->face, run->vertical);
    font = w.font->type0[run->vertical];
    if (!c->in_text)
        bn_buf_adds(&c->ops, "BT\n");
    c->in_text = true;
    if (font != c->font || run->size != c->size) {
        bn_buf_adds(&c->ops, "/F");
        bn_buf_add_uint(&c->ops, font);
        bn_buf_addc(&c->ops, ' ');
        bn_put_len(&c->ops, run->size);
        bn_buf_adds(&c->ops, " Tf\n");
        c->font = font;
        c->size = run->size;
    }
    if (actual)
        begin_actual(&w, actual, strlen(actual));
    show_glyphs(&w, actual == NULL);
    end_array(&w);
    if (actual)
        end_actual(&w);
}

/* The upper edge of the underline; in vertical lines it is a sideline, on the
 * right, from where bp counts. */
static int64_t
underline_at(const bn_frame *f, const bn_area *a, int64_t baseline,
             int64_t thick)
{
    const bn_face *face = a->text.run->face;
    const int64_t upem = face->upem > 0 ? face->upem : EM;
    const int64_t size = a->text.run->size;

    if (f->mode == BN_TB_RL && a->text.fonts && a->flags & BN_UNDER_LEFT)
        return baseline + size * a->text.fonts->descent / EM + thick;
    if (f->mode == BN_TB_RL && a->text.fonts)
        return baseline - size * a->text.fonts->ascent / EM - 2 * thick;
    if (a->flags & BN_UNDER_BELOW)
        return baseline - size * face->descender / upem + thick;
    return baseline - size * face->underline_position / upem - thick / 2;
}

/* The lines at and through text, by the face's own measures. */
static void
put_decoration(bn_canvas *c, const bn_frame *f, const bn_area *a, int64_t ip,
               int64_t baseline)
{
    const bn_glyph_run *r = a->text.run;
    const bn_face *face = r->face;
    const int64_t upem = face->upem > 0 ? face->upem : EM;
    const int64_t size = r->size;
    const int64_t own = size * face->underline_thickness / upem;
    const int64_t thick = own < 1 ? size / 20 + 1 : own;
    const int64_t through =
        face->ideographic ? size * (face->ascender + face->descender) / 2
                          : size * face->x_height / 2;
    const struct {
        uint32_t flag;
        int64_t bp; /* upper edge */
    } lines[] = {
        {BN_UNDERLINE, underline_at(f, a, baseline, thick)},
        {BN_OVERLINE, baseline - size * face->ascender / upem},
        {BN_THROUGH, baseline - through / upem - thick / 2},
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (a->flags & lines[i].flag) {
            bn_canvas_text_end(c);
            if (a->text.line_color[i] >> 24)
                bn_canvas_fill(c, a->text.line_color[i]);
            bn_canvas_rect(c, f, ip, lines[i].bp, a->ipd ? a->ipd : r->width,
                           thick);
            bn_buf_adds(&c->ops, "f\n");
        }
}

void
bn_pdf_text_area(bn_canvas *c, const bn_frame *f, const bn_area *a, int64_t ip,
                 int64_t bp)
{
    const bn_glyph_run *r = a->text.run;
    uint32_t color = a->text.color;
    int64_t baseline, x, y;
    bn_pen pen;

    if (r == NULL || r->nglyphs == 0)
        return;
    if (color >> 24 == 0) /* text is never transparent, only hidden */
        color |= 0xFF000000;
    baseline = bp + a->text.baseline;
    if (r->vertical && a->text.fonts) /* from the baseline to the middle */
        baseline -= (int64_t)r->size *
                    (a->text.fonts->ascent - a->text.fonts->descent) / (2 * EM);
    if (bn_frame_mirrored(f)) /* from its end: letters are never mirrored */
        ip += r->width;
    x = f->a * ip + f->c * baseline + f->e;
    y = f->b * ip + f->d * baseline + f->f;
    pen = (bn_pen){.x = (double)x / EM,
                   .y = (double)y / EM,
                   .along = {bn_frame_mirrored(f) ? -f->a : f->a,
                             bn_frame_mirrored(f) ? -f->b : f->b},
                   .up = {-f->c, -f->d}};
    bn_canvas_fill(c, color);
    bn_pdf_run(c, r, &pen, a->text.actual);
    if (a->flags & (BN_UNDERLINE | BN_OVERLINE | BN_THROUGH))
        put_decoration(c, f, a, bn_frame_mirrored(f) ? ip - r->width : ip,
                       bp + a->text.baseline);
}
