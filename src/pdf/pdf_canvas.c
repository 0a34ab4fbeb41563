/* Operators: numbers, graphics state, marked content. */
#include "pdf/pdf_doc.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

enum {
    TEXT_LIMIT = 16000, /* UTF-16 units of a text string; PDF/A has 32,767
                           bytes */
    OPAQUE = 255
};

void
bn_put_int(bn_buf *b, int64_t v)
{
    if (v < 0)
        bn_buf_addc(b, '-');
    bn_buf_add_uint(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

/* v / scale, a power of ten, without zeros that say nothing. */
static inline void
put_fixed(bn_buf *b, int64_t v, uint64_t scale)
{
    const uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    uint64_t whole = u / scale, rest = u % scale;
    char text[32];
    size_t n = sizeof text;

    if (rest != 0) {
        for (; scale > 1; scale /= 10, rest /= 10)
            if (rest % 10 != 0 || n < sizeof text)
                text[--n] = (char)('0' + rest % 10);
        text[--n] = '.';
    }
    if (whole != 0 || n == sizeof text)
        do
            text[--n] = (char)('0' + whole % 10);
        while (whole /= 10);
    if (v < 0)
        text[--n] = '-';
    bn_buf_add(b, text + n, sizeof text - n);
}

void
bn_put_len(bn_buf *b, int64_t mpt)
{
    put_fixed(b, mpt, 1000);
}

void
bn_put_real(bn_buf *b, double v)
{
    const double limit = 1e7;

    if (!(v > -limit))
        v = -limit; /* also what is no number */
    if (v > limit)
        v = limit;
    put_fixed(b, llround(v * 100000), 100000);
}

void
bn_put_reals(bn_buf *b, const double *v, int n, const char *op)
{
    for (int i = 0; i < n; i++) {
        bn_put_real(b, v[i]);
        bn_buf_addc(b, ' ');
    }
    bn_buf_adds(b, op);
}

void
bn_put_utf16(bn_buf *b, uint32_t cp)
{
    if (cp >= 0x10000) {
        bn_buf_add_hex(b, 0xD800 + ((cp - 0x10000) >> 10), 4);
        bn_buf_add_hex(b, 0xDC00 + ((cp - 0x10000) & 0x3FF), 4);
    } else {
        bn_buf_add_hex(b, cp, 4);
    }
}

void
bn_put_text(bn_buf *b, const char *utf8, size_t nbytes)
{
    const char *p = utf8, *end = utf8 + nbytes;
    int units = 0;

    bn_buf_adds(b, "<FEFF");
    while (p < end && units < TEXT_LIMIT) {
        uint32_t cp = bn_u8_next(&p, end);

        if (cp == BN_U8_BAD)
            cp = 0xFFFD;
        bn_put_utf16(b, cp);
        units += cp >= 0x10000 ? 2 : 1;
    }
    bn_buf_addc(b, '>');
}

void
bn_put_string(bn_buf *b, const char *s)
{
    bn_buf_addc(b, '(');
    for (; *s; s++)
        if (*s == '(' || *s == ')' || *s == '\\')
            bn_buf_addf(b, "\\%c", *s);
        else if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
            bn_buf_addf(b, "\\%03o", (unsigned char)*s);
        else
            bn_buf_addc(b, *s);
    bn_buf_addc(b, ')');
}

/* ------------------------------------------------------ graphics state */

static void
forget_state(bn_canvas *c)
{
    c->font = 0;
    c->fill = c->stroke = UINT32_MAX;
    c->alpha = -1;
}

void
bn_canvas_init(bn_canvas *c, bn_pdf *pdf)
{
    *c = (bn_canvas){.pdf = pdf};
    /* What a page begins with: black and opaque. */
    c->alpha = OPAQUE;
}

void
bn_canvas_free(bn_canvas *c)
{
    bn_buf_free(&c->ops);
    BN_VEC_FREE(&c->xobjects);
    BN_VEC_FREE(&c->patterns);
    BN_VEC_FREE(&c->annotations);
}

void
bn_canvas_text_end(bn_canvas *c)
{
    if (c->in_text)
        bn_buf_adds(&c->ops, "ET\n");
    c->in_text = false;
}

void
bn_canvas_push(bn_canvas *c)
{
    bn_canvas_text_end(c);
    bn_buf_adds(&c->ops, "q\n");
}

void
bn_canvas_pop(bn_canvas *c)
{
    bn_canvas_text_end(c);
    bn_buf_adds(&c->ops, "Q\n");
    forget_state(c);
}

void
bn_canvas_mark(bn_canvas *c, uint8_t kind, uint32_t element)
{
    bn_tags *tags = c->pdf->tags;

    if (tags == NULL || c->page == 0) /* untagged, or inside a form */
        return;
    if (c->mark == kind && (kind != BN_MARK_ELEMENT || c->element == element))
        return;
    bn_canvas_text_end(c);
    if (c->mark != BN_MARK_NONE)
        bn_buf_adds(&c->ops, "EMC\n");
    c->mark = kind;
    c->element = element;
    if (kind == BN_MARK_ARTIFACT)
        bn_buf_adds(&c->ops, "/Artifact BMC\n");
    else if (kind == BN_MARK_PAGINATION)
        bn_buf_adds(&c->ops, "/Artifact<</Type/Pagination>>BDC\n");
    else if (kind == BN_MARK_ELEMENT) {
        bn_buf_addc(&c->ops, '/');
        bn_buf_adds(&c->ops, bn_tags_name(tags, element));
        bn_buf_adds(&c->ops, "<</MCID ");
        bn_buf_add_uint(&c->ops, bn_tags_mark(tags, element));
        bn_buf_adds(&c->ops, ">>BDC\n");
    }
}

void
bn_canvas_alpha(bn_canvas *c, int alpha)
{
    bn_pdf *pdf = c->pdf;
    bn_buf text = {0};

    if (alpha == c->alpha)
        return;
    c->alpha = alpha;
    if (alpha != OPAQUE)
        c->transparent = true;
    if (!pdf->gstates[alpha]) {
        bn_buf_addf(&text, "/G%d<</Type/ExtGState/ca ", alpha);
        bn_put_len(&text, alpha * 1000 / OPAQUE);
        bn_buf_adds(&text, "/CA ");
        bn_put_len(&text, alpha * 1000 / OPAQUE);
        bn_buf_adds(&text, ">>");
        bn_object_add(pdf->objects, pdf->gstate_dict, text.p, text.len);
        bn_buf_free(&text);
        pdf->gstates[alpha] = true;
    }
    bn_buf_addf(&c->ops, "/G%d gs\n", alpha);
}

static void
put_color(bn_buf *b, uint32_t rgb, const char *grey, const char *color)
{
    const uint32_t parts[3] = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    const bool is_grey = parts[0] == parts[1] && parts[1] == parts[2];

    for (int i = 0; i < (is_grey ? 1 : 3); i++) {
        bn_put_len(b, (parts[i] * 1000 + 127) / 255);
        bn_buf_addc(b, ' ');
    }
    bn_buf_adds(b, is_grey ? grey : color);
}

void
bn_canvas_fill(bn_canvas *c, uint32_t argb)
{
    bn_canvas_alpha(c, argb >> 24);
    if (c->fill != (argb & 0xFFFFFF))
        put_color(&c->ops, argb & 0xFFFFFF, "g\n", "rg\n");
    c->fill = argb & 0xFFFFFF;
}

void
bn_canvas_stroke(bn_canvas *c, uint32_t argb)
{
    bn_canvas_alpha(c, argb >> 24);
    if (c->stroke != (argb & 0xFFFFFF))
        put_color(&c->ops, argb & 0xFFFFFF, "G\n", "RG\n");
    c->stroke = argb & 0xFFFFFF;
}

static void
put_names(bn_buf *out, const char *key, char letter, const bn_oid *v, size_t n)
{
    if (n == 0)
        return;
    bn_buf_addf(out, "/%s<<", key);
    for (size_t i = 0; i < n; i++)
        bn_buf_addf(out, "/%c%u %u 0 R", letter, v[i], v[i]);
    bn_buf_adds(out, ">>");
}

void
bn_canvas_resources(bn_canvas *c, bn_buf *out)
{
    bn_buf_addf(out, "/Resources<</Font %u 0 R/ExtGState %u 0 R",
                c->pdf->font_dict, c->pdf->gstate_dict);
    put_names(out, "XObject", 'X', c->xobjects.v, c->xobjects.n);
    put_names(out, "Pattern", 'P', c->patterns.v, c->patterns.n);
    bn_buf_adds(out, ">>");
    if (c->transparent)
        bn_buf_adds(out, "/Group<</S/Transparency/CS/DeviceRGB>>");
}

void
bn_canvas_rect(bn_canvas *c, const bn_frame *f, int64_t ip, int64_t bp,
               int64_t ipd, int64_t bpd)
{
    int64_t x = f->a * ip + f->c * bp + f->e;
    int64_t y = f->b * ip + f->d * bp + f->f;
    int64_t w = f->a * ipd + f->c * bpd, h = f->b * ipd + f->d * bpd;

    if (w < 0)
        x += w, w = -w;
    if (h < 0)
        y += h, h = -h;
    bn_put_len(&c->ops, x);
    bn_buf_addc(&c->ops, ' ');
    bn_put_len(&c->ops, y);
    bn_buf_addc(&c->ops, ' ');
    bn_put_len(&c->ops, w);
    bn_buf_addc(&c->ops, ' ');
    bn_put_len(&c->ops, h);
    bn_buf_adds(&c->ops, " re\n");
}
