/* jpeg.c - JPEG files that go into the PDF as they are, once checked. */
#include "image/internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "base/buf.h"

enum {
    SOI = 0xD8,
    EOI = 0xD9,
    SOS = 0xDA,
    DNL = 0xDC,
    SOF0 = 0xC0,
    SOF2 = 0xC2,
    SOF15 = 0xCF,
    DHT = 0xC4,
    JPG = 0xC8,
    DAC = 0xCC,
    APP0 = 0xE0,
    APP1 = 0xE1,
    APP2 = 0xE2,
    APP14 = 0xEE,
    RST0 = 0xD0,
    RST7 = 0xD7,
    TEM = 0x01
};

/* What the markers say. */
typedef struct headers {
    uint32_t columns, rows;
    uint8_t components;
    bool frame, scan, adobe, jfif;
    uint8_t adobe_transform;
    bool named_rgb; /* components are called R, G and B */
    bn_exif exif;
    bn_buf profile; /* its parts so far, in order */
    unsigned parts;
    uint8_t unit; /* JFIF: 1 dots an inch, 2 a centimetre */
    uint16_t x_density, y_density;
    size_t end; /* behind the end marker */
} headers;

static uint16_t
u16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static bool
is_frame(uint8_t marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT &&
           marker != JPG && marker != DAC;
}

static bn_image_reason
read_frame(headers *h, uint8_t marker, const uint8_t *p, size_t n)
{
    if (h->frame || n < 6)
        return BN_IMG_DAMAGED;
    if (marker > SOF2 || p[0] != 8) /* lossless, arithmetic; 12 bits */
        return BN_IMG_CODING;
    h->frame = true;
    h->rows = u16(p + 1);
    h->columns = u16(p + 3);
    h->components = p[5];
    if (h->rows == 0 || h->columns == 0)
        return BN_IMG_DAMAGED;
    if ((uint64_t)h->rows * h->columns > BN_IMAGE_PIXELS_MAX)
        return BN_IMG_TOO_LARGE;
    h->named_rgb =
        n >= 15 && p[5] == 3 && p[6] == 'R' && p[9] == 'G' && p[12] == 'B';
    if (h->components != 1 && h->components != 3 && h->components != 4)
        return BN_IMG_CODING;
    return BN_IMG_OK;
}

static bn_image_reason
read_segment(headers *h, uint8_t marker, const uint8_t *p, size_t n)
{
    if (is_frame(marker))
        return read_frame(h, marker, p, n);
    if (marker == DAC)
        return BN_IMG_CODING;
    if (marker == DNL)
        return BN_IMG_CODING;
    if (marker == APP1 && n > 6 && memcmp(p, "Exif\0\0", 6) == 0)
        bn_exif_read(p + 6, n - 6, &h->exif);
    if (marker == APP2 && n > 14 && memcmp(p, "ICC_PROFILE", 12) == 0 &&
        p[12] == h->parts + 1) { /* parts that are not in order are none */
        bn_buf_add(&h->profile, p + 14, n - 14);
        h->parts++;
    }
    if (marker == APP0 && n >= 12 && memcmp(p, "JFIF", 5) == 0) {
        h->jfif = true;
        h->unit = p[7];
        h->x_density = u16(p + 8);
        h->y_density = u16(p + 10);
    }
    if (marker == APP14 && n >= 12 && memcmp(p, "Adobe", 5) == 0) {
        h->adobe = true;
        h->adobe_transform = p[11];
    }
    if (marker == SOS)
        h->scan = true;
    return BN_IMG_OK;
}

/* From marker to marker up to the end marker, over the coded data too. */
static bn_image_reason
read_markers(headers *h, const uint8_t *p, size_t n)
{
    size_t at = 2;

    for (;;) {
        uint8_t marker;
        size_t len;
        bn_image_reason why;

        while (at < n && (p[at] != 0xFF || (at + 1 < n && p[at + 1] == 0xFF))) {
            if (!h->scan && p[at] != 0xFF)
                return BN_IMG_DAMAGED;
            at++;
        }
        if (n - at < 2)
            return BN_IMG_TRUNCATED;
        marker = p[at + 1];
        at += 2;
        if (marker == EOI)
            break;
        if (marker == 0 || marker == TEM || (marker >= RST0 && marker <= RST7))
            continue;
        if (marker == SOI)
            return BN_IMG_DAMAGED;
        if (n - at < 2)
            return BN_IMG_TRUNCATED;
        len = u16(p + at);
        if (len < 2)
            return BN_IMG_DAMAGED;
        if (len > n - at)
            return BN_IMG_TRUNCATED;
        why = read_segment(h, marker, p + at + 2, len - 2);
        if (why != BN_IMG_OK)
            return why;
        at += len;
    }
    h->end = at;
    return h->frame && h->scan ? BN_IMG_OK : BN_IMG_DAMAGED;
}

typedef struct errors {
    struct jpeg_error_mgr base; /* first: libjpeg hands it back */
    jmp_buf jump;
} errors;

static void
on_error(j_common_ptr info)
{
    longjmp(((errors *)(void *)info->err)->jump, 1);
}

static void
on_message(j_common_ptr info, int level)
{
    (void)info;
    (void)level;
}

/* A second opinion on the tables and the first scan, by libjpeg. */
static bool
library_agrees(struct jpeg_decompress_struct *d, errors *e, const headers *h,
               const uint8_t *p, size_t n)
{
    bool ok;

    d->err = jpeg_std_error(&e->base);
    e->base.error_exit = on_error;
    e->base.emit_message = on_message;
    if (setjmp(e->jump)) {
        jpeg_destroy_decompress(d);
        return false;
    }
    jpeg_create_decompress(d);
    jpeg_mem_src(d, p, (unsigned long)n);
    ok = jpeg_read_header(d, TRUE) == JPEG_HEADER_OK &&
         d->image_width == h->columns && d->image_height == h->rows &&
         d->num_components == h->components;
    jpeg_destroy_decompress(d);
    return ok;
}

static void
set_size(bn_image *out, const headers *h)
{
    /* Dots an inch times 100; a centimetre is 1/2.54 inch. */
    const int64_t per = h->unit == 2 ? 254 : 100;
    const double dots[2] = {h->exif.x, h->exif.y};

    out->width = bn_len_scale(BN_PIXEL_MPT, h->columns, 1);
    out->height = bn_len_scale(BN_PIXEL_MPT, h->rows, 1);
    if ((!h->jfif || h->unit == 0) && dots[0] >= 1 && dots[1] >= 1 &&
        dots[0] < 100000 && dots[1] < 100000) {
        out->width =
            bn_len_scale(7200000, h->columns, (int64_t)(dots[0] * 100));
        out->height = bn_len_scale(7200000, h->rows, (int64_t)(dots[1] * 100));
        return;
    }
    if (h->x_density == 0 || h->y_density == 0 || h->unit > 2)
        return;
    if (h->unit == 0) { /* only the shape of a pixel is known */
        out->height = bn_len_scale(out->height, h->x_density, h->y_density);
        return;
    }
    out->width = bn_len_scale(7200000, h->columns, per * h->x_density);
    out->height = bn_len_scale(7200000, h->rows, per * h->y_density);
}

/* Sides change places for pictures that lie on one of them. */
static void
set_orientation(bn_image *out, uint8_t orientation)
{
    out->orientation = orientation;
    if (orientation >= 5) {
        const bn_len width = out->width;

        out->width = out->height;
        out->height = width;
    }
}

static bn_image_reason
check(headers *h, bn_arena *a, const uint8_t *bytes, size_t nbytes,
      bn_image *out)
{
    struct jpeg_decompress_struct d = {0};
    errors e = {0};
    const bn_image_reason why = read_markers(h, bytes, nbytes);

    if (why != BN_IMG_OK)
        return why;
    if (!library_agrees(&d, &e, h, bytes, h->end))
        return BN_IMG_DAMAGED;
    out->kind = BN_IMAGE_JPEG;
    out->columns = h->columns;
    out->rows = h->rows;
    out->components = h->components;
    out->inverted = h->components == 4 && h->adobe;
    out->plain_rgb = h->components == 3 && !h->jfif &&
                     (h->adobe ? h->adobe_transform == 0 : h->named_rgb);
    out->nbytes = h->end;
    out->bytes = memcpy(bn_arena_alloc(a, h->end), bytes, h->end);
    set_size(out, h);
    set_orientation(out, h->exif.orientation);
    bn_icc_take(a, (const uint8_t *)h->profile.p, h->profile.len, out);
    return BN_IMG_OK;
}

bn_image_reason
bn_jpeg_check(bn_arena *a, const uint8_t *bytes, size_t nbytes, bn_image *out)
{
    headers h = {0};
    const bn_image_reason why = check(&h, a, bytes, nbytes, out);

    bn_buf_free(&h.profile);
    return why;
}
