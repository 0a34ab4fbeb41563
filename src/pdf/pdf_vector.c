/* pdf_vector.c - vector pictures: paths, text, clips, groups and masks as
 * operators of a form. */
#include "pdf/pdf_vector.h"

#include <math.h>
#include <string.h>

/* Operations being written into a form or a pattern's cell. */
typedef struct drawing {
    bn_canvas *c;
    const bn_draw *draws;
    uint32_t n, i;      /* i: at hand */
    const double *base; /* from the operations' space to the form's */
    const double *box;  /* of the form: left, bottom, right, top */
    bn_oid mask;        /* of the next group; 0: none */
} drawing;

static const double identity[6] = {1, 0, 0, 1, 0, 0};

static bn_oid add_part(drawing *from, bool group);
static bn_oid add_cell(bn_pdf *pdf, const bn_tile *t, const double matrix[6]);

static int
alpha_of(const bn_paint *p)
{
    double opacity = p->opacity;

    if (p->gradient && p->gradient->nstops > 0 &&
        !bn_gradient_fades(p->gradient))
        opacity *= p->gradient->stops[0].opacity;
    return opacity >= 1 ? 255 : opacity > 0 ? (int)lround(opacity * 255) : 0;
}

/* A mask of a gradient's opacities over the whole form. */
static void
set_fading(const drawing *d, const bn_gradient *g, const double matrix[6])
{
    bn_canvas *c = d->c;
    bn_pdf *pdf = c->pdf;
    const bn_oid form = bn_object_new(pdf->objects);
    const bn_oid pattern = bn_pdf_gradient(pdf, g, matrix, true);
    const double *b = d->box;
    bn_buf head = {0}, ops = {0};

    bn_buf_adds(&head, "/Type/XObject/Subtype/Form/BBox[");
    bn_put_reals(&head, b, 4, "]");
    bn_buf_addf(&head,
                "/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Pattern"
                "<</P%u %u 0 R>>>>",
                pattern, pattern);
    bn_buf_addf(&ops, "/Pattern cs /P%u scn\n", pattern);
    bn_put_reals(&ops, (double[]){b[0], b[1], b[2] - b[0], b[3] - b[1]}, 4,
                 "re f\n");
    bn_object_add(pdf->objects, form, head.p, head.len);
    bn_object_stream(pdf->objects, form, ops.p, ops.len, BN_STREAM_DEFLATE);
    bn_buf_addf(&c->ops, "/M%u gs\n", bn_pdf_soft_mask(pdf, form, false));
    c->transparent = true;
    bn_buf_free(&head);
    bn_buf_free(&ops);
}

/* A paint that leaves more than a colour in the graphics state. */
static bool
fades(const bn_paint *p)
{
    return p->gradient != NULL && bn_gradient_fades(p->gradient);
}

static void
set_paint(const drawing *d, const bn_paint *p, const double matrix[6],
          bool stroke)
{
    bn_canvas *c = d->c;
    const int alpha = alpha_of(p);
    bn_oid pattern;

    if (p->tile == NULL && (p->gradient == NULL || p->gradient->nstops < 2)) {
        const uint32_t argb = (uint32_t)alpha << 24 | p->rgb;

        if (stroke)
            bn_canvas_stroke(c, argb);
        else
            bn_canvas_fill(c, argb);
        return;
    }
    pattern = p->tile ? add_cell(c->pdf, p->tile, matrix)
                      : bn_pdf_gradient(c->pdf, p->gradient, matrix, false);
    BN_PUSH(&c->patterns) = pattern;
    bn_canvas_alpha(c, alpha);
    if (fades(p))
        set_fading(d, p->gradient, matrix);
    bn_buf_addf(&c->ops,
                stroke ? "/Pattern CS /P%u SCN\n" : "/Pattern cs /P%u scn\n",
                pattern);
    *(stroke ? &c->stroke : &c->fill) = UINT32_MAX;
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
        bn_put_reals(&c->ops, out, 2 * npoints[d->ops[i]], op[d->ops[i]]);
    }
}

/* Width, ends, corners and dashes of a stroke. */
static void
put_pen(bn_buf *b, const bn_draw *d)
{
    bn_put_reals(b, &d->stroke_width, 1, "w ");
    bn_buf_addf(b, "%d J %d j ", d->cap, d->join);
    if (d->miter >= 1)
        bn_put_reals(b, &d->miter, 1, "M\n");
    if (d->ndash) {
        bn_buf_addc(b, '[');
        bn_put_reals(b, d->dash, (int)d->ndash, "] ");
        bn_put_reals(b, &d->dash_offset, 1, "d\n");
    }
}

static void
stroke_path(const drawing *w, const bn_draw *d, const double m[6])
{
    bn_canvas *c = w->c;

    bn_canvas_push(c);
    set_paint(w, &d->stroke, m, true);
    bn_put_reals(&c->ops, m, 6, "cm\n"); /* the pen is scaled too */
    put_pen(&c->ops, d);
    put_path(c, d, identity);
    bn_buf_adds(&c->ops, "S\n");
    bn_canvas_pop(c);
}

static void
draw_path(const drawing *w, const bn_draw *d, const double m[6])
{
    bn_canvas *c = w->c;

    bn_canvas_text_end(c);
    if (d->fill.set && d->nops) {
        if (fades(&d->fill))
            bn_canvas_push(c);
        set_paint(w, &d->fill, m, false);
        put_path(c, d, m);
        bn_buf_adds(&c->ops, d->even_odd ? "f*\n" : "f\n");
        if (fades(&d->fill))
            bn_canvas_pop(c);
    }
    if (d->stroke.set && d->stroke_width > 0 && d->nops)
        stroke_path(w, d, m);
}

/* A state in which filling and stroking differ in opacity. */
static void
set_two_alphas(bn_canvas *c, int fill, int stroke)
{
    const bn_oid id = bn_object_new(c->pdf->objects);
    bn_buf b = {0};

    bn_buf_adds(&b, "/Type/ExtGState/ca ");
    bn_put_len(&b, fill * 1000 / 255);
    bn_buf_adds(&b, "/CA ");
    bn_put_len(&b, stroke * 1000 / 255);
    bn_object_add(c->pdf->objects, id, b.p, b.len);
    bn_object_addf(c->pdf->objects, c->pdf->gstate_dict, "/M%u %u 0 R", id, id);
    bn_buf_addf(&c->ops, "/M%u gs\n", id);
    bn_buf_free(&b);
}

static void
draw_text(const drawing *w, const bn_draw *d, const double m[6])
{
    bn_canvas *c = w->c;
    const bool down = d->run && (d->run->vertical || d->run->rotated);
    const bn_pen pen = {d->x, d->y, {!down, down}, {down, down ? 0 : -1}};
    const bool stroke = d->stroke.set && d->stroke_width > 0;

    if (d->run == NULL || (!d->fill.set && !stroke))
        return;
    bn_canvas_push(c);
    if (d->fill.set)
        set_paint(w, &d->fill, m, false);
    if (stroke) {
        set_paint(w, &d->stroke, m, true);
        if (d->fill.set && alpha_of(&d->fill) != alpha_of(&d->stroke))
            set_two_alphas(c, alpha_of(&d->fill), alpha_of(&d->stroke));
        put_pen(&c->ops, d);
        bn_buf_addf(&c->ops, "%d Tr\n", d->fill.set ? 2 : 1);
    }
    bn_put_reals(&c->ops, m, 6, "cm\n");
    bn_pdf_run(c, d->run, &pen, d->unspoken ? "" : NULL);
    bn_canvas_pop(c);
}

/* A picture in the unit square, whose y goes down here and up in a PDF. */
static void
draw_image(const drawing *w, const bn_draw *d, const double m[6])
{
    static const double upright[6] = {1, 0, 0, -1, 0, 1};
    bn_canvas *c = w->c;
    bn_oid id;
    double unit[6];

    if (d->image == NULL || d->image->kind == BN_IMAGE_VECTOR)
        return;
    id = bn_pdf_picture(c->pdf, d->image);
    bn_matrix_multiply(upright, m, unit);
    bn_matrix_multiply(bn_pdf_upright(d->image), unit, unit);
    bn_canvas_use(c, id);
    bn_canvas_text_end(c);
    bn_canvas_alpha(c, 255);
    bn_canvas_push(c);
    bn_put_reals(&c->ops, unit, 6, "cm ");
    bn_buf_addf(&c->ops, "/X%u Do\n", id);
    bn_canvas_pop(c);
}

static void
set_blend(bn_canvas *c, uint8_t blend)
{
    static const char *const names[BN_BLENDS] = {
        "Normal",    "Multiply",   "Screen",     "Overlay",
        "Darken",    "Lighten",    "ColorDodge", "ColorBurn",
        "HardLight", "SoftLight",  "Difference", "Exclusion",
        "Hue",       "Saturation", "Color",      "Luminosity"};
    bn_oid id;

    if (blend == BN_BLEND_NORMAL || blend >= BN_BLENDS)
        return;
    id = bn_object_new(c->pdf->objects);
    bn_object_addf(c->pdf->objects, id, "/Type/ExtGState/BM/%s", names[blend]);
    bn_object_addf(c->pdf->objects, c->pdf->gstate_dict, "/M%u %u 0 R", id, id);
    bn_buf_addf(&c->ops, "/M%u gs\n", id);
}

static void
draw_group(drawing *w, const bn_draw *d)
{
    bn_canvas *c = w->c;
    const bn_oid mask = w->mask;
    bn_oid form;

    w->mask = 0;
    form = add_part(w, true);
    bn_canvas_use(c, form);
    bn_canvas_push(c);
    bn_canvas_alpha(c, alpha_of(&d->fill));
    set_blend(c, d->blend);
    if (mask)
        bn_buf_addf(&c->ops, "/M%u gs\n", mask);
    bn_buf_addf(&c->ops, "/X%u Do\n", form);
    bn_canvas_pop(c);
    c->transparent = true;
}

static void
push_clip(bn_canvas *c, const bn_draw *d, const double m[6])
{
    bn_canvas_push(c);
    put_path(c, d, m);
    if (d->nops == 0) /* nothing is left */
        bn_buf_adds(&c->ops, "0 0 m\n");
    bn_buf_adds(&c->ops, d->even_odd ? "W* n\n" : "W n\n");
}

/* Draw from w->i on until the group or the mask ends. */
static void
draw_all(drawing *w)
{
    for (; w->i < w->n; ++w->i) {
        const bn_draw *d = &w->draws[w->i];
        double m[6];

        bn_matrix_multiply(d->matrix, w->base, m);
        switch (d->kind) {
        case BN_DRAW_PATH:
            draw_path(w, d, m);
            break;
        case BN_DRAW_TEXT:
            draw_text(w, d, m);
            break;
        case BN_DRAW_IMAGE:
            draw_image(w, d, m);
            break;
        case BN_DRAW_CLIP_PUSH:
            push_clip(w->c, d, m);
            break;
        case BN_DRAW_CLIP_POP:
            bn_canvas_pop(w->c);
            break;
        case BN_DRAW_MASK_PUSH:
            w->mask =
                bn_pdf_soft_mask(w->c->pdf, add_part(w, true), d->alpha_mask);
            break;
        case BN_DRAW_GROUP_PUSH:
            draw_group(w, d);
            break;
        case BN_DRAW_GROUP_POP:
        case BN_DRAW_MASK_POP:
            return;
        }
    }
}

static void
finish_form(bn_pdf *pdf, bn_oid id, bn_canvas *c, bn_buf *head)
{
    bn_canvas_text_end(c);
    bn_canvas_resources(c, head);
    bn_object_add(pdf->objects, id, head->p, head->len);
    bn_object_stream(pdf->objects, id, c->ops.p ? c->ops.p : "\n",
                     c->ops.p ? c->ops.len : 1, BN_STREAM_DEFLATE);
    bn_buf_free(head);
    bn_canvas_free(c);
}

static bn_oid
add_form(bn_pdf *pdf, drawing *w, bool group)
{
    const bn_oid id = bn_object_new(pdf->objects);
    bn_canvas c, *outer = w->c;
    bn_buf b = {0};

    bn_canvas_init(&c, pdf);
    c.fill = c.stroke = UINT32_MAX; /* whatever it was where it is used */
    c.alpha = group ? 255 : -1;
    c.transparent = group;
    w->c = &c;
    draw_all(w);
    w->c = outer;
    bn_buf_adds(&b, "/Type/XObject/Subtype/Form/BBox[");
    bn_put_reals(&b, w->box, 4, "]");
    if (group) { /* isolated, as CSS has it */
        bn_buf_adds(&b, "/Group<</S/Transparency/I true/CS/DeviceRGB>>");
        c.transparent = false;
    }
    finish_form(pdf, id, &c, &b);
    return id;
}

/* What stands between a push and its pop, as a form of its own. */
static bn_oid
add_part(drawing *from, bool group)
{
    const bn_oid mask = from->mask;
    bn_oid id;

    from->mask = 0;
    ++from->i;
    id = add_form(from->c->pdf, from, group);
    from->mask = mask;
    return id;
}

/* A pattern that repeats what a cell draws. */
static bn_oid
add_cell(bn_pdf *pdf, const bn_tile *t, const double matrix[6])
{
    const bn_oid id = bn_object_new(pdf->objects);
    const double box[4] = {t->x, t->y, t->x + t->width, t->y + t->height};
    drawing w = {
        .draws = t->draws, .n = t->ndraws, .base = identity, .box = box};
    double m[6];
    bn_canvas c;
    bn_buf b = {0};

    bn_canvas_init(&c, pdf);
    c.fill = c.stroke = UINT32_MAX;
    c.alpha = -1;
    w.c = &c;
    draw_all(&w);
    bn_matrix_multiply(t->matrix, matrix, m);
    bn_buf_adds(&b, "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1"
                    "/BBox[");
    bn_put_reals(&b, box, 4, "]/XStep ");
    bn_put_real(&b, t->width);
    bn_buf_adds(&b, "/YStep ");
    bn_put_real(&b, t->height);
    bn_buf_adds(&b, "/Matrix[");
    bn_put_reals(&b, m, 6, "]");
    finish_form(pdf, id, &c, &b);
    return id;
}

bn_oid
bn_pdf_vector(bn_pdf *pdf, const bn_image *image)
{
    /* From the picture's millipoints (y down) to points (y up). */
    const double base[6] = {0.001, 0, 0, -0.001, 0, image->height / 1000.0};
    const double box[4] = {0, 0, image->width / 1000.0, image->height / 1000.0};
    drawing w = {
        .draws = image->draws, .n = image->ndraws, .base = base, .box = box};

    return add_form(pdf, &w, false);
}
