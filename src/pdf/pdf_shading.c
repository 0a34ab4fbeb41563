/* pdf_shading.c - gradients as shading patterns, of colour and of opacity. */
#include "pdf/pdf_vector.h"

#include <math.h>
#include <string.h>

void
bn_matrix_multiply(const double a[6], const double b[6], double out[6])
{
    const double r[6] = {
        a[0] * b[0] + a[1] * b[2],        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    };

    memcpy(out, r, sizeof r);
}

/* A stop's colour, or its opacity as a grey. */
static void
put_stop(bn_buf *b, const char *key, const bn_gradient_stop *s, bool opacity)
{
    bn_buf_addf(b, "%s[", key);
    if (opacity)
        bn_put_real(b, s->opacity);
    else
        for (int shift = 16; shift >= 0; shift -= 8) {
            bn_put_len(b, ((s->rgb >> shift & 255) * 1000 + 127) / 255);
            bn_buf_addc(b, ' ');
        }
    bn_buf_addc(b, ']');
}

/* Colours along a gradient: a function for each pair of stops, stitched. The
 * bounds must rise, so that two stops at one place stand a little apart. */
static void
put_stops(bn_buf *b, const bn_gradient *g, bool opacity)
{
    const double apart = 0.00002;
    double last = 0;

    bn_buf_adds(b, "/Function<</FunctionType 3/Domain[0 1]/Functions[");
    for (uint32_t i = 0; i + 1 < g->nstops; i++) {
        bn_buf_adds(b, "<</FunctionType 2/N 1/Domain[0 1]");
        put_stop(b, "/C0", &g->stops[i], opacity);
        put_stop(b, "/C1", &g->stops[i + 1], opacity);
        bn_buf_adds(b, ">>");
    }
    bn_buf_adds(b, "]/Bounds[");
    for (uint32_t i = 1; i + 1 < g->nstops; i++) {
        const double room = 1 - apart * (g->nstops - 1 - i);

        last = fmin(room, fmax(last + apart, g->stops[i].offset));
        bn_put_reals(b, &last, 1, "");
    }
    bn_buf_adds(b, "]/Encode[");
    for (uint32_t i = 0; i + 1 < g->nstops; i++)
        bn_buf_adds(b, "0 1 ");
    bn_buf_adds(b, "]>>");
}

bn_oid
bn_pdf_gradient(bn_pdf *pdf, const bn_gradient *g, const double matrix[6],
                bool opacity)
{
    const bn_oid id = bn_object_new(pdf->objects);
    double m[6];
    bn_buf b = {0};

    bn_matrix_multiply(g->matrix, matrix, m);
    bn_buf_adds(&b, "/Type/Pattern/PatternType 2/Matrix[");
    bn_put_reals(&b, m, 6, "]");
    bn_buf_addf(&b,
                "/Shading<</ShadingType %d/ColorSpace/%s/Extend"
                "[true true]/Coords[",
                g->radial ? 3 : 2, opacity ? "DeviceGray" : "DeviceRGB");
    if (g->radial)
        bn_put_reals(&b, (double[]){g->x1, g->y1, g->r1, g->x2, g->y2, g->r2},
                     6, "]");
    else
        bn_put_reals(&b, (double[]){g->x1, g->y1, g->x2, g->y2}, 4, "]");
    put_stops(&b, g, opacity);
    bn_buf_adds(&b, ">>");
    bn_object_add(pdf->objects, id, b.p, b.len);
    bn_buf_free(&b);
    return id;
}

bool
bn_gradient_fades(const bn_gradient *g)
{
    for (uint32_t i = 1; i < g->nstops; i++)
        if (g->stops[i].opacity != g->stops[0].opacity)
            return true;
    return false;
}

bn_oid
bn_pdf_soft_mask(bn_pdf *pdf, bn_oid form, bool by_alpha)
{
    const bn_oid id = bn_object_new(pdf->objects);

    bn_object_addf(pdf->objects, id,
                   "/Type/ExtGState/SMask<</Type/Mask/S/%s/G %u 0 R>>",
                   by_alpha ? "Alpha" : "Luminosity", form);
    bn_object_addf(pdf->objects, pdf->gstate_dict, "/M%u %u 0 R", id, id);
    return id;
}
