/* Pictures: pixels and JPEG as image XObjects, vectors as forms. */
#include "pdf/pdf_doc.h"

#include <math.h>
#include <string.h>

/* --------------------------------------------------------------- pixels */

static const char *
color_space(uint8_t components)
{
    return components == 1   ? "DeviceGray"
           : components == 4 ? "DeviceCMYK"
                             : "DeviceRGB";
}

static bool
all_opaque(const uint8_t *alpha, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (alpha[i] != 255)
            return false;
    return true;
}

static bn_oid
add_mask(bn_pdf *pdf, const bn_image *image)
{
    const size_t n = (size_t)image->columns * image->rows;
    bn_oid id;

    if (image->alpha == NULL || all_opaque(image->alpha, n))
        return 0;
    id = bn_object_new(pdf->objects);
    bn_object_addf(pdf->objects, id,
                   "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace"
                   "/DeviceGray/BitsPerComponent 8",
                   image->columns, image->rows);
    bn_object_stream(pdf->objects, id, image->alpha, n, BN_STREAM_DEFLATE);
    return id;
}

static bn_oid
add_pixels(bn_pdf *pdf, const bn_image *image)
{
    const bn_oid id = bn_object_new(pdf->objects);
    const bn_oid mask = add_mask(pdf, image);
    const bool jpeg = image->kind == BN_IMAGE_JPEG;

    bn_object_addf(pdf->objects, id,
                   "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace"
                   "/%s/BitsPerComponent 8%s%s",
                   image->columns, image->rows, color_space(image->components),
                   image->inverted ? "/Decode[1 0 1 0 1 0 1 0]" : "",
                   jpeg ? "/Filter/DCTDecode" : "");
    if (mask)
        bn_object_addf(pdf->objects, id, "/SMask %u 0 R", mask);
    bn_object_stream(pdf->objects, id, image->bytes, image->nbytes,
                     jpeg ? BN_STREAM_BORROW : BN_STREAM_DEFLATE);
    if (image->components == 4)
        pdf->device_cmyk = true;
    return id;
}

/* -------------------------------------------------------------- vectors */

/* a x b: first a, then b. */
static void
multiply(const double a[6], const double b[6], double out[6])
{
    const double r[6] = {
        a[0] * b[0] + a[1] * b[2],        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    };

    memcpy(out, r, sizeof r);
}

static void
put_numbers(bn_buf *b, const double *v, int n, const char *op)
{
    for (int i = 0; i < n; i++) {
        bn_put_real(b, v[i]);
        bn_buf_addc(b, ' ');
    }
    bn_buf_adds(b, op);
}

static void
put_color_array(bn_buf *b, const char *key, uint32_t rgb)
{
    bn_buf_addf(b, "%s[", key);
    for (int shift = 16; shift >= 0; shift -= 8) {
        bn_put_len(b, ((rgb >> shift & 255) * 1000 + 127) / 255);
        bn_buf_addc(b, ' ');
    }
    bn_buf_addc(b, ']');
}

/* Colours along a gradient: a function for each pair of stops, stitched. */
static void
put_stops(bn_buf *b, const bn_gradient *g)
{
    bn_buf_adds(b, "/Function<</FunctionType 3/Domain[0 1]/Functions[");
    for (uint32_t i = 0; i + 1 < g->nstops; i++) {
        bn_buf_adds(b, "<</FunctionType 2/N 1/Domain[0 1]");
        put_color_array(b, "/C0", g->stops[i].rgb);
        put_color_array(b, "/C1", g->stops[i + 1].rgb);
        bn_buf_adds(b, ">>");
    }
    bn_buf_adds(b, "]/Bounds[");
    for (uint32_t i = 1; i + 1 < g->nstops; i++)
        put_numbers(b, &g->stops[i].offset, 1, "");
    bn_buf_adds(b, "]/Encode[");
    for (uint32_t i = 0; i + 1 < g->nstops; i++)
        bn_buf_adds(b, "0 1 ");
    bn_buf_adds(b, "]>>");
}

/* A pattern; matrix goes from the operation's units to the form. */
static bn_oid
add_gradient(bn_pdf *pdf, const bn_gradient *g, const double matrix[6])
{
    const bn_oid id = bn_object_new(pdf->objects);
    double m[6];
    bn_buf b = {0};

    multiply(g->matrix, matrix, m);
    bn_buf_adds(&b, "/Type/Pattern/PatternType 2/Matrix[");
    put_numbers(&b, m, 6, "]");
    bn_buf_addf(&b,
                "/Shading<</ShadingType %d/ColorSpace/DeviceRGB/Extend"
                "[true true]/Coords[",
                g->radial ? 3 : 2);
    if (g->radial)
        put_numbers(&b, (double[]){g->x1, g->y1, g->r1, g->x2, g->y2, g->r2}, 6,
                    "]");
    else
        put_numbers(&b, (double[]){g->x1, g->y1, g->x2, g->y2}, 4, "]");
    put_stops(&b, g);
    bn_buf_adds(&b, ">>");
    bn_object_add(pdf->objects, id, b.p, b.len);
    bn_buf_free(&b);
    return id;
}

static uint32_t
alpha_of(const bn_paint *p)
{
    double opacity = p->opacity, sum = 0;

    /* A gradient's opacities are not shaded; their mean is taken. */
    if (p->gradient) {
        for (uint32_t i = 0; i < p->gradient->nstops; i++)
            sum += p->gradient->stops[i].opacity;
        opacity *= sum / p->gradient->nstops;
    }
    return opacity >= 1  ? 255
           : opacity > 0 ? (uint32_t)lround(opacity * 255)
                         : 0;
}

static void
set_paint(bn_canvas *c, const bn_paint *p, const double matrix[6], bool stroke)
{
    const uint32_t alpha = alpha_of(p);
    bn_oid pattern;

    if (p->gradient && p->gradient->nstops > 1) {
        pattern = add_gradient(c->pdf, p->gradient, matrix);
        BN_PUSH(&c->patterns) = pattern;
        bn_canvas_alpha(c, (int)alpha);
        bn_buf_addf(&c->ops,
                    stroke ? "/Pattern CS /P%u SCN\n"
                           : "/Pattern cs /P%u scn\n",
                    pattern);
        *(stroke ? &c->stroke : &c->fill) = UINT32_MAX;
    } else if (stroke) {
        bn_canvas_stroke(c, alpha << 24 | p->rgb);
    } else {
        bn_canvas_fill(c, alpha << 24 | p->rgb);
    }
}

/* The path with its points moved by matrix. */
static void
put_path(bn_canvas *c, const bn_draw *d, const double m[6])
{
    static const char *const op[] = {"m\n", "l\n", "c\n", "h\n"};
    static const int npoints[] = {1, 1, 3, 0};
    const double *xy = d->xy;

    for (uint32_t i = 0; i < d->nops; i++) {
        double out[6];

        for (int k = 0; k < npoints[d->ops[i]]; k++, xy += 2) {
            out[2 * k] = m[0] * xy[0] + m[2] * xy[1] + m[4];
            out[2 * k + 1] = m[1] * xy[0] + m[3] * xy[1] + m[5];
        }
        put_numbers(&c->ops, out, 2 * npoints[d->ops[i]], op[d->ops[i]]);
    }
}

static const double identity[6] = {1, 0, 0, 1, 0, 0};

static void
stroke_path(bn_canvas *c, const bn_draw *d, const double m[6])
{
    bn_canvas_push(c);
    set_paint(c, &d->stroke, m, true);
    put_numbers(&c->ops, m, 6, "cm\n"); /* the pen is scaled too */
    put_numbers(&c->ops, &d->stroke_width, 1, "w ");
    bn_buf_addf(&c->ops, "%d J %d j ", d->cap, d->join);
    if (d->miter >= 1)
        put_numbers(&c->ops, &d->miter, 1, "M\n");
    if (d->ndash) {
        bn_buf_addc(&c->ops, '[');
        put_numbers(&c->ops, d->dash, (int)d->ndash, "] ");
        put_numbers(&c->ops, &d->dash_offset, 1, "d\n");
    }
    put_path(c, d, identity);
    bn_buf_adds(&c->ops, "S\n");
    bn_canvas_pop(c);
}

static void
draw_path(bn_canvas *c, const bn_draw *d, const double m[6])
{
    bn_canvas_text_end(c);
    if (d->fill.set && d->nops) {
        set_paint(c, &d->fill, m, false);
        put_path(c, d, m);
        bn_buf_adds(&c->ops, d->even_odd ? "f*\n" : "f\n");
    }
    if (d->stroke.set && d->stroke_width > 0 && d->nops)
        stroke_path(c, d, m);
}

static void
draw_text(bn_canvas *c, const bn_draw *d, const double m[6])
{
    const bn_pen pen = {d->x, d->y, {1, 0}, {0, -1}};
    const bool stroke = d->stroke.set && d->stroke_width > 0;

    if (d->run == NULL || (!d->fill.set && !stroke))
        return;
    bn_canvas_push(c);
    if (d->fill.set)
        set_paint(c, &d->fill, m, false);
    if (stroke) {
        set_paint(c, &d->stroke, m, true);
        put_numbers(&c->ops, &d->stroke_width, 1, "w ");
        bn_buf_addf(&c->ops, "%d Tr\n", d->fill.set ? 2 : 1);
    }
    put_numbers(&c->ops, m, 6, "cm\n");
    bn_pdf_run(c, d->run, &pen, NULL);
    bn_canvas_pop(c);
}

static bn_oid add_form(bn_pdf *pdf, const bn_image *image, uint32_t *i,
                       bool group);

/* Draw from *i on until the group ends. */
static void
draw_all(bn_canvas *c, const bn_image *image, uint32_t *i)
{
    /* From the picture's millipoints (y down) to points (y up). */
    const double base[6] = {0.001, 0, 0, -0.001, 0, image->height / 1000.0};

    for (; *i < image->ndraws; ++*i) {
        const bn_draw *d = &image->draws[*i];
        double m[6];
        bn_oid form;

        multiply(d->matrix, base, m);
        switch (d->kind) {
        case BN_DRAW_PATH:
            draw_path(c, d, m);
            break;
        case BN_DRAW_TEXT:
            draw_text(c, d, m);
            break;
        case BN_DRAW_CLIP_PUSH:
            bn_canvas_push(c);
            put_path(c, d, m);
            if (d->nops == 0) /* nothing is left */
                bn_buf_adds(&c->ops, "0 0 m\n");
            bn_buf_adds(&c->ops, d->even_odd ? "W* n\n" : "W n\n");
            break;
        case BN_DRAW_CLIP_POP:
            bn_canvas_pop(c);
            break;
        case BN_DRAW_GROUP_PUSH:
            ++*i;
            form = add_form(c->pdf, image, i, true);
            BN_PUSH(&c->xobjects) = form;
            bn_canvas_text_end(c);
            bn_canvas_alpha(c, (int)alpha_of(&d->fill));
            bn_buf_addf(&c->ops, "/X%u Do\n", form);
            break;
        case BN_DRAW_GROUP_POP:
            return;
        }
    }
}

static bn_oid
add_form(bn_pdf *pdf, const bn_image *image, uint32_t *i, bool group)
{
    const bn_oid id = bn_object_new(pdf->objects);
    bn_canvas c;
    bn_buf b = {0};

    bn_canvas_init(&c, pdf);
    c.fill = c.stroke = UINT32_MAX; /* whatever it was where it is used */
    c.alpha = group ? 255 : -1;
    c.transparent = group;
    draw_all(&c, image, i);
    bn_canvas_text_end(&c);
    bn_buf_adds(&b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    bn_put_len(&b, image->width);
    bn_buf_addc(&b, ' ');
    bn_put_len(&b, image->height);
    bn_buf_addc(&b, ']');
    bn_canvas_resources(&c, &b);
    bn_object_add(pdf->objects, id, b.p, b.len);
    bn_object_stream(pdf->objects, id, c.ops.p ? c.ops.p : "\n",
                     c.ops.p ? c.ops.len : 1, BN_STREAM_DEFLATE);
    bn_buf_free(&b);
    bn_canvas_free(&c);
    return id;
}

/* -------------------------------------------------------------- placing */

static bn_oid
object_of(bn_pdf *pdf, const bn_image *image)
{
    uint32_t i = 0;
    bn_map_value *slot = NULL;
    bn_oid id;

    if (image->id) { /* 0: a picture that stands once, in the document */
        slot = bn_map_put(pdf->images, &image->id, sizeof image->id, NULL);
        if (slot->n)
            return (bn_oid)slot->n;
    }
    id = image->kind == BN_IMAGE_VECTOR ? add_form(pdf, image, &i, false)
                                        : add_pixels(pdf, image);
    if (slot)
        slot->n = id;
    return id;
}

static void
use(bn_canvas *c, bn_oid id)
{
    for (size_t i = 0; i < c->xobjects.n; i++)
        if (c->xobjects.v[i] == id)
            return;
    BN_PUSH(&c->xobjects) = id;
}

void
bn_pdf_image(bn_canvas *c, const bn_frame *f, const bn_image *image, int64_t ip,
             int64_t bp, int64_t ipd, int64_t bpd)
{
    const bool sideways = f->mode == BN_TB_RL;
    const double w = (double)(sideways ? bpd : ipd);
    const double h = (double)(sideways ? ipd : bpd);
    /* The lower left corner as the reader sees it, and where the picture's
     * sides go from there. In vertical lines its top is where they begin. */
    const bool mirrored = bn_frame_mirrored(f);
    const int64_t low_ip = sideways || mirrored ? ip + ipd : ip;
    const int64_t low_bp = bp + bpd;
    const double right[2] = {sideways   ? -f->c
                             : mirrored ? -f->a
                                        : f->a,
                             sideways   ? -f->d
                             : mirrored ? -f->b
                                        : f->b};
    const double up[2] = {sideways ? -f->a : -f->c, sideways ? -f->b : -f->d};
    const bool vector = image->kind == BN_IMAGE_VECTOR;
    const double sx =
        vector ? w / (image->width > 0 ? image->width : 1) : w / 1000;
    const double sy =
        vector ? h / (image->height > 0 ? image->height : 1) : h / 1000;
    const bn_oid id = object_of(c->pdf, image);
    const double m[6] = {
        right[0] * sx,
        right[1] * sx,
        up[0] * sy,
        up[1] * sy,
        (double)(f->a * low_ip + f->c * low_bp + f->e) / 1000,
        (double)(f->b * low_ip + f->d * low_bp + f->f) / 1000,
    };

    use(c, id);
    bn_canvas_alpha(c, 255);
    bn_canvas_push(c);
    put_numbers(&c->ops, m, 6, "cm ");
    bn_buf_addf(&c->ops, "/X%u Do\n", id);
    bn_canvas_pop(c);
}
