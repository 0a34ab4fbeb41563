/* Pictures: pixels and JPEG as image XObjects, vectors as forms. */
#include "pdf/pdf_doc.h"

/* --------------------------------------------------------------- pixels */

static const char *
color_space(uint8_t components)
{
    return components == 1   ? "DeviceGray"
           : components == 4 ? "DeviceCMYK"
                             : "DeviceRGB";
}

/* An ICCBased space, one for all pictures with the same profile. */
static bn_oid
profile_of(bn_pdf *pdf, const bn_image *image)
{
    bn_map_value *slot =
        bn_map_put(pdf->profiles, image->profile, image->nprofile, NULL);

    if (slot->n == 0) {
        const bn_oid id = bn_object_new(pdf->objects);

        slot->n = id;
        bn_object_addf(pdf->objects, id, "/N %d/Alternate/%s",
                       image->components, color_space(image->components));
        bn_object_stream(pdf->objects, id, image->profile, image->nprofile,
                         BN_STREAM_DEFLATE);
    }
    return (bn_oid)slot->n;
}

static void
add_color_space(bn_pdf *pdf, bn_oid id, const bn_image *image)
{
    if (image->profile)
        bn_object_addf(pdf->objects, id, "/ColorSpace[/ICCBased %u 0 R]",
                       profile_of(pdf, image));
    else
        bn_object_addf(pdf->objects, id, "/ColorSpace/%s",
                       color_space(image->components));
    if (image->components == 4 && image->profile == NULL)
        pdf->device_cmyk = true;
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

    bn_object_addf(
        pdf->objects, id,
        "/Type/XObject/Subtype/Image/Width %u/Height %u"
        "/BitsPerComponent 8%s%s%s",
        image->columns, image->rows,
        image->inverted ? "/Decode[1 0 1 0 1 0 1 0]" : "",
        jpeg ? "/Filter/DCTDecode" : "",
        jpeg && image->plain_rgb ? "/DecodeParms<</ColorTransform 0>>" : "");
    add_color_space(pdf, id, image);
    if (mask)
        bn_object_addf(pdf->objects, id, "/SMask %u 0 R", mask);
    bn_object_stream(pdf->objects, id, image->bytes, image->nbytes,
                     jpeg ? BN_STREAM_BORROW : BN_STREAM_DEFLATE);
    return id;
}

/* -------------------------------------------------------------- placing */

const double *
bn_pdf_upright(const bn_image *image)
{
    /* By EXIF's number: where the stored picture's right and up go. */
    static const double turns[8][6] = {
        {1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 1, 0},  {-1, 0, 0, -1, 1, 1},
        {1, 0, 0, -1, 0, 1}, {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1},
        {0, 1, 1, 0, 0, 0},  {0, 1, -1, 0, 1, 0}};

    return turns[image->orientation >= 1 && image->orientation <= 8
                     ? image->orientation - 1
                     : 0];
}

bn_oid
bn_pdf_picture(bn_pdf *pdf, const bn_image *image)
{
    bn_map_value *slot = NULL;
    bn_oid id;

    if (image->id) { /* 0: a picture that stands once, in the document */
        slot = bn_map_put(pdf->images, &image->id, sizeof image->id, NULL);
        if (slot->n)
            return (bn_oid)slot->n;
    }
    id = image->kind == BN_IMAGE_VECTOR ? bn_pdf_vector(pdf, image)
                                        : add_pixels(pdf, image);
    if (slot)
        slot->n = id;
    return id;
}

void
bn_canvas_use(bn_canvas *c, bn_oid id)
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
    const bn_oid id = bn_pdf_picture(c->pdf, image);
    const double m[6] = {
        right[0] * sx,
        right[1] * sx,
        up[0] * sy,
        up[1] * sy,
        (double)(f->a * low_ip + f->c * low_bp + f->e) / 1000,
        (double)(f->b * low_ip + f->d * low_bp + f->f) / 1000,
    };

    bn_canvas_use(c, id);
    bn_canvas_alpha(c, 255);
    bn_canvas_push(c);
    bn_put_reals(&c->ops, m, 6, "cm ");
    if (image->orientation > 1)
        bn_put_reals(&c->ops, bn_pdf_upright(image), 6, "cm ");
    bn_buf_addf(&c->ops, "/X%u Do\n", id);
    bn_canvas_pop(c);
}
