#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>
#include <libxml/tree.h>
#include <png.h>

#include "base/buf.h"
#include "image/image.h"

static char folder[64];
static bn_source *src;
static bn_images *images;

static int
open_folder(void **state)
{
    bn_err err = {0};

    (void)state;
    strcpy(folder, "/tmp/bn_image_XXXXXX");
    assert_non_null(mkdtemp(folder));
    src = bn_source_new();
    assert_int_equal(bn_source_add_root(src, folder, &err), BN_OK);
    images = bn_images_new(src, NULL);
    return 0;
}

static int
close_folder(void **state)
{
    char command[128];

    (void)state;
    bn_images_free(images);
    bn_source_free(src);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void
put_file(const char *name, const void *p, size_t n)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* The picture of a file with these bytes; NULL with err when refused. */
static const bn_image *
load_bytes(const void *p, size_t n, bn_err *err)
{
    static int count;
    char name[32];
    const bn_image *out = NULL;

    snprintf(name, sizeof name, "%d.img", count++);
    put_file(name, p, n);
    if (bn_images_load(images, name, folder, &out, err, BN_NOWHERE) != BN_OK)
        return NULL;
    assert_non_null(out);
    return out;
}

/* ------------------------------------------------------------------ PNG */

static void
append(png_structp png, png_bytep p, png_size_t n)
{
    bn_buf_add(png_get_io_ptr(png), p, n);
}

static void
no_flush(png_structp png)
{
    (void)png;
}

/* A picture of 5 x 3 whose samples count up from 10 in steps of 7. */
enum { WIDE = 5, HIGH = 3 };

static void
write_png(bn_buf *out, int color, int depth, bool interlaced, uint32_t ppm)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_color palette[2] = {{1, 2, 3}, {250, 251, 252}};
    png_byte trans[1] = {0};
    uint8_t rows[HIGH][WIDE * 8], value = 10;
    png_bytep at[HIGH];

    for (int y = 0; y < HIGH; y++) {
        at[y] = rows[y];
        for (size_t x = 0; x < sizeof rows[y];
             x++, value = (uint8_t)(value + 7))
            rows[y][x] = color == PNG_COLOR_TYPE_PALETTE ? 0x50 : value;
    }
    png_set_write_fn(png, out, append, no_flush);
    png_set_IHDR(png, info, WIDE, HIGH, depth, color,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (color == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, 2);
        png_set_tRNS(png, info, trans, 1, NULL);
    }
    if (ppm > 0)
        png_set_pHYs(png, info, ppm, ppm, PNG_RESOLUTION_METER);
    png_set_rows(png, info, at);
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_destroy_write_struct(&png, &info);
}

static void
png_of_every_kind(void **state)
{
    static const struct {
        int color, depth;
        bool interlaced;
        uint8_t components;
        bool alpha;
        uint8_t first, second; /* samples of the first pixels */
    } rows[] = {
        {PNG_COLOR_TYPE_GRAY, 8, false, 1, false, 10, 17},
        {PNG_COLOR_TYPE_GRAY, 16, false, 1, false, 10, 24},
        {PNG_COLOR_TYPE_GRAY, 1, false, 1, false, 0, 0}, /* 00001010 */
        {PNG_COLOR_TYPE_RGB, 8, false, 3, false, 10, 17},
        {PNG_COLOR_TYPE_RGB, 8, true, 3, false, 10, 17},
        {PNG_COLOR_TYPE_GRAY_ALPHA, 8, false, 1, true, 10, 24},
        {PNG_COLOR_TYPE_RGB_ALPHA, 8, true, 3, true, 10, 17},
        {PNG_COLOR_TYPE_RGB_ALPHA, 16, false, 3, true, 10, 24},
        {PNG_COLOR_TYPE_PALETTE, 1, false, 3, true, 1, 2}, /* 01010000 */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf b = {0};
        bn_err err = {0};
        const bn_image *p;

        print_message("png %zu\n", i);
        write_png(&b, rows[i].color, rows[i].depth, rows[i].interlaced, 0);
        p = load_bytes(b.p, b.len, &err);
        assert_non_null(p);
        assert_int_equal(p->kind, BN_IMAGE_PIXELS);
        assert_int_equal(p->columns, WIDE);
        assert_int_equal(p->rows, HIGH);
        assert_int_equal(p->components, rows[i].components);
        assert_int_equal(p->nbytes, WIDE * HIGH * rows[i].components);
        assert_int_equal(p->alpha != NULL, rows[i].alpha);
        assert_int_equal(p->bytes[0], rows[i].first);
        assert_int_equal(p->bytes[1], rows[i].second);
        assert_int_equal(p->width, WIDE * 750); /* 96 dots an inch */
        bn_buf_free(&b);
    }
}

static void
png_palette_alpha_is_taken_apart(void **state)
{
    bn_buf b = {0};
    const bn_image *p;

    (void)state;
    write_png(&b, PNG_COLOR_TYPE_PALETTE, 1, false, 0); /* 0 1 0 1 0 */
    p = load_bytes(b.p, b.len, NULL);
    assert_non_null(p);
    assert_int_equal(p->alpha[0], 0);
    assert_int_equal(p->alpha[1], 255);
    assert_int_equal(p->bytes[3], 250);
    bn_buf_free(&b);
}

static void
png_resolution_gives_the_size(void **state)
{
    bn_buf b = {0};
    const bn_image *p;

    (void)state;
    write_png(&b, PNG_COLOR_TYPE_GRAY, 8, false, 10000); /* 254 dpi */
    p = load_bytes(b.p, b.len, NULL);
    assert_non_null(p);
    assert_int_equal(p->width, 1417); /* 5/254 in = 1417.3 mpt */
    assert_int_equal(p->height, 850);
    bn_buf_free(&b);
}

/* Name of the reason in an error, from its English text. */
static void
assert_reason(const bn_err *err, const char *words)
{
    print_message("  %s\n", err->args[2]);
    assert_int_equal(err->code, BN_EIMAGE);
    assert_non_null(strstr(err->args[2], words));
    assert_true(err->args[1][0] != '\0'); /* in Japanese too */
}

static void
png_damage_is_refused(void **state)
{
    bn_buf b = {0};

    (void)state;
    write_png(&b, PNG_COLOR_TYPE_RGB, 8, false, 0);
    for (size_t n = 9; n < b.len; n += 3) { /* cut anywhere */
        bn_err err = {0};

        assert_null(load_bytes(b.p, n, &err));
        assert_int_equal(err.code, BN_EIMAGE);
    }
    for (size_t at = 8; at + 12 < b.len; at++) { /* a bit wrong anywhere */
        bn_err err = {0};

        b.p[at] ^= 0x10;
        assert_null(load_bytes(b.p, b.len, &err));
        assert_int_equal(err.code, BN_EIMAGE);
        b.p[at] ^= 0x10;
    }
    assert_non_null(load_bytes(b.p, b.len, NULL));
    bn_buf_free(&b);
}

static void
png_bombs_are_refused_by_their_header(void **state)
{
    static const uint8_t head[] =
        "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xFF\xFF\0\0\xFF\xFF\x08\x02\0\0\0"
        "\0\0\0\0" /* CRC */
        "\0\0\0\0IEND\xAE\x42\x60\x82";
    uint8_t p[sizeof head - 1];
    bn_err err = {0};

    (void)state;
    memcpy(p, head, sizeof p);
    assert_null(load_bytes(p, sizeof p, &err));
    assert_reason(&err, "too large");
    p[18] = 0x20; /* 8192 x 8192 fits, but nothing is there to fill it */
    p[19] = 0;
    p[22] = 0x20;
    p[23] = 0;
    assert_null(load_bytes(p, sizeof p, &err));
    assert_reason(&err, "cut short");
}

static void
png_animation_is_refused(void **state)
{
    bn_buf b = {0}, c = {0};
    bn_err err = {0};

    (void)state;
    write_png(&b, PNG_COLOR_TYPE_GRAY, 8, false, 0);
    bn_buf_add(&c, b.p, 33);
    bn_buf_add(&c,
               "\0\0\0\x08"
               "acTL\0\0\0\x02\0\0\0\0\0\0\0\0",
               20);
    bn_buf_add(&c, b.p + 33, b.len - 33);
    assert_null(load_bytes(c.p, c.len, &err));
    assert_reason(&err, "animation");
    bn_buf_free(&b);
    bn_buf_free(&c);
}

/* ----------------------------------------------------------------- JPEG */

static void
write_jpeg(bn_buf *out, int components, bool progressive, bool arithmetic)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr e;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    uint8_t row[WIDE * 4];
    JSAMPROW rows[1] = {row};

    c.err = jpeg_std_error(&e);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = WIDE;
    c.image_height = HIGH;
    c.input_components = components;
    c.in_color_space = components == 1   ? JCS_GRAYSCALE
                       : components == 3 ? JCS_RGB
                                         : JCS_CMYK;
    jpeg_set_defaults(&c);
    if (progressive)
        jpeg_simple_progression(&c);
    c.arith_code = arithmetic;
    c.density_unit = 1;
    c.X_density = c.Y_density = 300;
    jpeg_start_compress(&c, TRUE);
    memset(row, 90, sizeof row);
    for (int y = 0; y < HIGH; y++)
        jpeg_write_scanlines(&c, rows, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    bn_buf_add(out, bytes, n);
    free(bytes);
}

static void
jpeg_is_kept_as_it_is(void **state)
{
    static const struct {
        int components;
        bool progressive;
    } rows[] = {{1, false}, {3, false}, {3, true}, {4, false}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf b = {0};
        bn_err err = {0};
        const bn_image *p;
        size_t n;

        write_jpeg(&b, rows[i].components, rows[i].progressive, false);
        n = b.len;
        bn_buf_adds(&b, "behind the end"); /* does not go into the PDF */
        p = load_bytes(b.p, b.len, &err);
        assert_non_null(p);
        assert_int_equal(p->kind, BN_IMAGE_JPEG);
        assert_int_equal(p->components, rows[i].components);
        assert_int_equal(p->columns, WIDE);
        assert_int_equal(p->nbytes, n);
        assert_memory_equal(p->bytes, b.p, n);
        /* libjpeg writes an Adobe marker for CMYK, as Photoshop does; its
         * CMYK carries no JFIF density. */
        assert_int_equal(p->inverted, rows[i].components == 4);
        assert_int_equal(p->width, rows[i].components == 4 ? 3750 : 1200);
        bn_buf_free(&b);
    }
}

/* Put a segment behind the start marker and what APP0 there is. */
static void
insert_segment(bn_buf *b, uint8_t marker, const void *bytes, size_t n)
{
    bn_buf out = {0};
    size_t at = 2;

    if ((uint8_t)b->p[3] == 0xE0)
        at += 2 + (size_t)((uint8_t)b->p[4] << 8 | (uint8_t)b->p[5]);
    bn_buf_add(&out, b->p, at);
    bn_buf_addc(&out, (char)0xFF);
    bn_buf_addc(&out, (char)marker);
    bn_buf_addc(&out, (char)((n + 2) >> 8));
    bn_buf_addc(&out, (char)((n + 2) & 0xFF));
    bn_buf_add(&out, bytes, n);
    bn_buf_add(&out, b->p + at, b->len - at);
    bn_buf_free(b);
    *b = out;
}

/* A photograph taken with the camera on its side. */
static void
jpeg_is_turned_upright(void **state)
{
    static const char exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01"
                               "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
    bn_buf b = {0};
    const bn_image *p;

    (void)state;
    write_jpeg(&b, 3, false, false);
    insert_segment(&b, 0xE1, exif, sizeof exif - 1);
    p = load_bytes(b.p, b.len, NULL);
    assert_non_null(p);
    assert_int_equal(p->orientation, 6);
    assert_int_equal(p->columns, WIDE); /* as stored */
    assert_int_equal(p->height, 1200);  /* of what is seen */
    bn_buf_free(&b);
}

/* A profile goes along when it is one, for as many components. */
static void
jpeg_brings_its_profile(void **state)
{
    char segment[14 + 200] = "ICC_PROFILE";
    char *profile = segment + 14;

    (void)state;
    segment[12] = segment[13] = 1;
    profile[3] = (char)200; /* its length */
    profile[8] = 2;
    memcpy(profile + 12, "mntrRGB XYZ ", 12);
    memcpy(profile + 36, "acsp", 4);
    for (int components = 1; components <= 3; components += 2) {
        bn_buf b = {0};
        const bn_image *p;

        write_jpeg(&b, components, false, false);
        insert_segment(&b, 0xE2, segment, sizeof segment);
        p = load_bytes(b.p, b.len, NULL);
        assert_non_null(p);
        assert_int_equal(p->nprofile, components == 3 ? 200 : 0);
        bn_buf_free(&b);
    }
}

static void
jpeg_that_readers_may_not_know_is_refused(void **state)
{
    bn_buf b = {0};
    bn_err err = {0};

    (void)state;
    write_jpeg(&b, 3, false, true);
    assert_null(load_bytes(b.p, b.len, &err));
    assert_reason(&err, "baseline");
    bn_buf_clear(&b);
    write_jpeg(&b, 3, false, false);
    for (size_t i = 2; i + 4 < b.len; i++)
        if ((uint8_t)b.p[i] == 0xFF && (uint8_t)b.p[i + 1] == 0xC0) {
            b.p[i + 4] = 12; /* bits a sample */
            break;
        }
    assert_null(load_bytes(b.p, b.len, &err));
    assert_reason(&err, "baseline");
    bn_buf_free(&b);
}

static void
jpeg_cut_short_is_refused(void **state)
{
    bn_buf b = {0};

    (void)state;
    write_jpeg(&b, 3, true, false);
    for (size_t n = 4; n < b.len; n += 5) {
        bn_err err = {0};

        assert_null(load_bytes(b.p, n, &err));
        assert_int_equal(err.code, BN_EIMAGE);
    }
    bn_buf_free(&b);
}

/* ---------------------------------------------------------------- names */

static void
names_stay_below_the_root(void **state)
{
    static const struct {
        const char *url, *reason;
    } rows[] = {
        {"../../etc/hostname", "not a regular file in a place"},
        {"/proc/self/environ", "not a regular file in a place"},
        {"/dev/zero", "not a regular file in a place"},
        {"fifo", "not a regular file in a place"},
        {".", "not a regular file in a place"},
        {"nothing.png", "no such file"},
        {"data:image/png;base64,iVBORw0KGgo=", "not a file name"},
        {"http://example.com/a.png", "not a file name"},
        {"file://other/a.png", "not a file name"},
        {"", "not a file name"},
        {"text.txt", "not a PNG, JPEG or SVG"},
    };
    char path[128];

    (void)state;
    snprintf(path, sizeof path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    put_file("text.txt", "plain", 5);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bn_image *p = NULL;
        bn_err err = {0};

        print_message("%s\n", rows[i].url);
        assert_int_equal(
            bn_images_load(images, rows[i].url, folder, &p, &err, BN_NOWHERE),
            BN_EIMAGE);
        assert_reason(&err, rows[i].reason);
        assert_null(p);
    }
}

static void
names_of_one_file_are_one_picture(void **state)
{
    bn_buf b = {0};
    const bn_image *p[3] = {0};
    char url[160];

    (void)state;
    write_png(&b, PNG_COLOR_TYPE_GRAY, 8, false, 0);
    put_file("a b.png", b.p, b.len);
    snprintf(url, sizeof url, "url('file://%s/a%%20b.png')", folder);
    assert_int_equal(
        bn_images_load(images, "a b.png", folder, &p[0], NULL, BN_NOWHERE),
        BN_OK);
    assert_int_equal(bn_images_load(images, "url(\"a b.png\")", folder, &p[1],
                                    NULL, BN_NOWHERE),
                     BN_OK);
    assert_int_equal(bn_images_load(images, url, NULL, &p[2], NULL, BN_NOWHERE),
                     BN_OK);
    assert_ptr_equal(p[0], p[1]);
    assert_ptr_equal(p[0], p[2]);
    bn_buf_free(&b);
}

/* ------------------------------------------------------------------ SVG */

static const bn_image *
load_svg(const char *inside, bn_err *err)
{
    bn_buf b = {0};
    const bn_image *p;

    bn_buf_addf(&b,
                "<svg xmlns='http://www.w3.org/2000/svg' "
                "xmlns:xlink='http://www.w3.org/1999/xlink' width='100' "
                "height='50'>%s</svg>",
                inside);
    p = load_bytes(b.p, b.len, err);
    bn_buf_free(&b);
    return p;
}

/* The drawing as text: one letter an operation with its numbers through the
 * matrix in tenths of a pixel; colours behind. */
static void
print_draw(bn_buf *out, const bn_draw *d)
{
    static const char letters[] = "MLCZ";
    const double *q = d->xy;

    for (uint32_t i = 0; i < d->nops; i++) {
        static const int points[] = {1, 1, 3, 0};

        bn_buf_addc(out, letters[d->ops[i]]);
        for (int k = 0; k < points[d->ops[i]]; k++, q += 2)
            bn_buf_addf(
                out, "%s%.0f,%.0f", k ? " " : "",
                (d->matrix[0] * q[0] + d->matrix[2] * q[1] + d->matrix[4]) / 75,
                (d->matrix[1] * q[0] + d->matrix[3] * q[1] + d->matrix[5]) /
                    75);
    }
    if (d->fill.set)
        bn_buf_addf(out, " fill %s%06X",
                    d->fill.gradient ? "gradient "
                    : d->fill.tile   ? "pattern "
                                     : "",
                    d->fill.rgb);
    if (d->fill.set && d->fill.opacity < 1)
        bn_buf_addf(out, "/%.2f", d->fill.opacity);
    if (d->stroke.set)
        bn_buf_addf(out, " stroke %06X %g", d->stroke.rgb, d->stroke_width);
    for (uint32_t i = 0; i < d->ndash; i++)
        bn_buf_addf(out, "%s%g", i ? "," : " dash ", d->dash[i]);
}

static char *
drawing(const bn_image *p, bn_buf *out)
{
    static const char *const kinds[] = {"",       "text",   "clip ",
                                        "unclip", "group ", "ungroup",
                                        "mask ",  "unmask", "image"};

    for (uint32_t i = 1; i + 1 < p->ndraws; i++) { /* not the view's clip */
        bn_buf_adds(out, i > 1 ? "|" : "");
        bn_buf_adds(out, kinds[p->draws[i].kind]);
        print_draw(out, &p->draws[i]);
        if (p->draws[i].kind == BN_DRAW_GROUP_PUSH)
            bn_buf_addf(out, "%.2f", p->draws[i].fill.opacity);
    }
    bn_buf_adds(out, "");
    return out->p != NULL ? out->p : (char *)(uintptr_t) "";
}

static const struct {
    const char *svg, *want;
} shapes[] = {
    {"<rect x='1' y='2' width='3' height='4'/>",
     "M10,20L40,20L40,60L10,60Z fill 000000"},
    {"<path d='M1 1l2,0-1,1z m3 0h1v-1H1V0' fill='none' stroke='red'/>",
     "M10,10L30,10L20,20ZM40,10L50,10L50,0L10,0L10,0 stroke FF0000 1"},
    {"<path d='M0 0c1 0 2 1 2 2s1 2 2 2'/>", /* s reflects */
     "M0,0C10,0 20,10 20,20C20,30 30,40 40,40 fill 000000"},
    {"<path d='M0,0Q3 0 3 3T6,6'/>",
     "M0,0C20,0 30,10 30,30C30,50 40,60 60,60 fill 000000"},
    {"<path d='M10 0A10 10 0 01-10 0'/>", /* half a circle, flags packed */
     "M100,0C100,55 55,100 0,100C-55,100 -100,55 -100,0 fill 000000"},
    {"<path d='M0 0A1 1 0 0 0 8 0'/>", /* too small: grows to reach */
     "M0,0C0,22 18,40 40,40C62,40 80,22 80,0 fill 000000"},
    {"<path d='M1 1L2 2 oops 3 3'/>", /* as far as it is right */
     "M10,10L20,20 fill 000000"},
    {"<path d='M1-.5.5.25e1'/>", "M10,-5L5,25 fill 000000"},
    {"<circle cx='5' cy='5' r='5'/>",
     "M100,50C100,78 78,100 50,100C22,100 0,78 0,50C0,22 22,0 50,0"
     "C78,0 100,22 100,50Z fill 000000"},
    {"<rect width='4' height='2' rx='1'/>",
     "M10,0L30,0C36,0 40,4 40,10L40,10C40,16 36,20 30,20L10,20"
     "C4,20 0,16 0,10L0,10C0,4 4,0 10,0Z fill 000000"},
    {"<line x2='10%' y2='10%' stroke='#123' stroke-dasharray='1 2 3'/>",
     "M0,0L100,50 stroke 112233 1 dash 1,2,3,1,2,3"},
    {"<polygon points='0,0 1,0 1,1'/>", "M0,0L10,0L10,10Z fill 000000"},
    {"<polyline points='0 0 1 0 1'/>", "M0,0L10,0 fill 000000"},
    {"<g transform='translate(10) rotate(90)' fill='blue'>"
     "<path d='M1 0L2 0'/></g>",
     "M100,10L100,20 fill 0000FF"},
    {"<g transform='scale(2) oops(1)'><path d='M1 0L2 0'/></g>",
     "M10,0L20,0 fill 000000"},
    {"<g color='lime'><path d='M0 0L1 0' style='fill: currentColor;"
     " stroke-width: 2px'/></g>",
     "M0,0L10,0 fill 00FF00"},
    {"<g style='fill:red' fill='blue'><path d='M0 0L1 0'/></g>",
     "M0,0L10,0 fill FF0000"},
    {"<style>.a{fill:#0f0} path{fill:red}</style><path class='b a' "
     "d='M0 0L1 0'/>",
     "M0,0L10,0 fill 00FF00"},
    {"<path d='M0 0L1 0' display='none'/><path d='M0 0L2 0' "
     "visibility='hidden'/>",
     ""},
    {"<path d='M0 0L1 0' fill-opacity='.5'/>", "M0,0L10,0 fill 000000/0.50"},
    {"<g opacity='50%'><path d='M0 0L1 0'/></g>",
     "M0,0L10,0 fill 000000/0.50"}, /* alone, it needs no group */
    {"<g opacity='50%'><path d='M0 0L1 0'/><path d='M0 0L2 0'/></g>",
     "group 0.50|M0,0L10,0 fill 000000|M0,0L20,0 fill 000000|ungroup"},
    {"<defs><path id='p' d='M0 0L1 0'/></defs><use href='#p' x='3'/>"
     "<use xlink:href='#p' y='1'/>",
     "M30,0L40,0 fill 000000|M0,10L10,10 fill 000000"},
    {"<symbol id='s' viewBox='0 0 10 10'><path d='M0 0L10 10'/></symbol>"
     "<use href='#s' width='20' height='20' x='5'/>",
     "clip M50,0L250,0L250,200L50,200Z|M50,0L250,200 fill 000000|unclip"},
    {"<svg x='10' width='40' height='20' viewBox='0 0 10 10' "
     "overflow='visible'><path d='M0 0L10 10'/></svg>",
     "M200,0L400,200 fill 000000"}, /* in the middle */
    {"<svg width='40' height='20' viewBox='0 0 10 10' overflow='visible' "
     "preserveAspectRatio='none'><path d='M0 0L10 10'/></svg>",
     "M0,0L400,200 fill 000000"},
    {"<clipPath id='c'><rect width='1' height='1'/></clipPath>"
     "<path clip-path='url(#c)' d='M0 0L9 0'/>",
     "clip M0,0L10,0L10,10L0,10Z|M0,0L90,0 fill 000000|unclip"},
    {"<linearGradient id='g'><stop stop-color='red'/><stop offset='1' "
     "stop-color='blue'/></linearGradient><path fill='url(#g)' "
     "d='M0 0L9 9'/>",
     "M0,0L90,90 fill gradient FF0000"},
    {"<path fill='url(#none) #0f0' d='M0 0L9 9'/>", "M0,0L90,90 fill 00FF00"},
    {"<switch><foreignObject/><path d='M0 0L9 9'/><path d='M0 0L8 8'/>"
     "</switch>",
     "M0,0L90,90 fill 000000"},
    {"<switch><path systemLanguage='de' d='M0 0L8 8'/>"
     "<path systemLanguage='fr, ja' d='M0 0L9 9'/></switch>",
     "M0,0L90,90 fill 000000"},
    {"<a href='http://example.com/'><path d='M0 0L9 9'/></a>",
     "M0,0L90,90 fill 000000"}, /* where a link leads is not read */

    /* Selectors: ancestors, parents, siblings, attributes, weights. */
    {"<style>g .a{fill:#010000} svg&gt;path{fill:#020000}</style>"
     "<g><path class='b a' d='M0 0L1 0'/></g><path d='M0 0L1 0'/>",
     "M0,0L10,0 fill 010000|M0,0L10,0 fill 020000"},
    {"<style>[data-x=k] + path{fill:#030000} rect~path{fill:#040000}</style>"
     "<rect data-x='k'/><path d='M0 0L1 0'/><g/><path d='M0 0L2 0'/>",
     "M0,0L10,0 fill 030000|M0,0L20,0 fill 040000"},
    {"<style>path:first-child{fill:#050000}path:hover{fill:#060000}"
     "@media screen{path{fill:red}}@media print{path{stroke:#070000}}</style>"
     "<g><path d='M0 0L1 0'/></g>",
     "M0,0L10,0 fill 050000 stroke 070000 1"},
    {"<style>.c{fill:#080000 !important}</style>"
     "<path class='c' style='fill:red' d='M0 0L1 0'/>",
     "M0,0L10,0 fill 080000"},
    {"<path style='font:bold 2px serif;stroke-width:1em;stroke:#090000' "
     "d='M0 0L1 0'/>",
     "M0,0L10,0 fill 000000 stroke 090000 2"},
    {"<path style='transform:translate(1px, 2px) rotate(0.25turn)' "
     "d='M0 0L1 0'/>",
     "M10,20L10,30 fill 000000"},
    {"<path fill='hsl(120, 100%, 25%)' d='M0 0L1 0'/>",
     "M0,0L10,0 fill 008000"},
    {"<path fill='hsla(0 100% 50% / 50%)' d='M0 0L1 0'/>",
     "M0,0L10,0 fill FF0000/0.50"},

    /* Clips of one path are a clip, others a mask of their shapes. */
    {"<clipPath id='c'><path d='M0 0h2v2h-2z'/><path d='M1 1v2h2v-2z'/>"
     "</clipPath><path clip-path='url(#c)' d='M0 0L9 0'/>",
     "mask |M0,0L20,0L20,20L0,20Z fill 000000|"
     "M10,10L10,30L30,30L30,10Z fill 000000|unmask|group 1.00|"
     "M0,0L90,0 fill 000000|ungroup"},
    {"<mask id='m' x='0' y='0' width='1' height='1'><path fill='#fff' "
     "d='M0 0h1v2'/></mask><rect width='4' height='2' mask='url(#m)'/>",
     "mask |clip M0,0L40,0L40,20L0,20Z|M0,0L10,0L10,20 fill FFFFFF|unclip|"
     "unmask|group 1.00|M0,0L40,0L40,20L0,20Z fill 000000|ungroup"},

    /* Markers turn with the path; the middle one by the bisector. */
    {"<marker id='m' orient='auto' overflow='visible'><path d='M0 0L1 0'/>"
     "</marker><path fill='none' marker-mid='url(#m)' marker-end='url(#m)' "
     "d='M0 0H9V9'/>",
     "M90,0L97,7 fill 000000|M90,90L90,100 fill 000000"},
    {"<marker id='m' orient='auto-start-reverse' overflow='visible' "
     "markerUnits='userSpaceOnUse' viewBox='0 0 6 6' refX='3' refY='3'>"
     "<path d='M3 3h2'/></marker><line x2='5' stroke-width='4' stroke='red' "
     "marker-start='url(#m)'/>",
     "M0,0L50,0 stroke FF0000 4|M0,0L-10,0 fill 000000"},

    /* A pattern's fallback is for one that has no cell. */
    {"<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'>"
     "<path d='M0 0L1 1'/></pattern><path fill='url(#p)' d='M0 0L9 9'/>",
     "M0,0L90,90 fill pattern 000000"},
    {"<pattern id='p'/><path fill='url(#p) #00f' d='M0 0L9 9'/>",
     "M0,0L90,90 fill 0000FF"},
    {"<path paint-order='stroke' stroke='red' d='M0 0L9 9'/>",
     "M0,0L90,90 stroke FF0000 1|M0,0L90,90 fill 000000"},
    {"<g transform='scale(2 1)'><path fill='none' stroke='red' "
     "vector-effect='non-scaling-stroke' d='M0 0L9 9'/></g>",
     "M0,0L180,90 stroke FF0000 1"},
    {"<ellipse rx='1' cx='1' cy='1'/>", /* the other radius is the same */
     "M20,10C20,16 16,20 10,20C4,20 0,16 0,10C0,4 4,0 10,0C16,0 20,4 20,10Z "
     "fill 000000"},
    {"<image x='1' width='4' height='4' href='data:image/png;base64,"
     "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg"
     "+A8AAQIBAEK+vGgAAAAASUVORK5CYII='/>",
     "image"},
};

static void
svg_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        bn_buf out = {0};
        bn_err err = {0};
        const bn_image *p = load_svg(shapes[i].svg, &err);

        print_message("%s\n", shapes[i].svg);
        assert_non_null(p);
        assert_int_equal(p->kind, BN_IMAGE_VECTOR);
        assert_int_equal(p->width, 75000);
        assert_int_equal(p->height, 37500);
        assert_string_equal(drawing(p, &out), shapes[i].want);
        bn_buf_free(&out);
    }
}

static void
svg_gradient_geometry(void **state)
{
    const bn_image *p = load_svg(
        "<linearGradient id='a'><stop offset='20%' stop-color='#fff' "
        "stop-opacity='.5'/><stop offset='.1'/></linearGradient>"
        "<radialGradient id='g' href='#a' gradientUnits='userSpaceOnUse' "
        "cx='5' cy='6' r='7' gradientTransform='translate(1 2)'/>"
        "<rect fill='url(#g)' x='10' width='4' height='4'/>",
        NULL);
    const bn_gradient *g;

    (void)state;
    assert_non_null(p);
    g = p->draws[1].fill.gradient;
    assert_non_null(g);
    assert_int_equal(g->radial, 1);
    assert_true(g->x2 == 5 && g->y2 == 6 && g->r2 == 7);
    assert_true(g->x1 == 5 && g->y1 == 6 && g->r1 == 0);
    assert_true(g->matrix[4] == 1 && g->matrix[5] == 2);
    assert_int_equal(g->nstops, 4); /* the end colours go on */
    assert_true(g->stops[0].offset == 0 && g->stops[1].offset == 0.2);
    assert_true(g->stops[2].offset == 0.2); /* never falls */
    assert_true(g->stops[3].offset == 1);
    assert_true(g->stops[0].opacity == 0.5);
}

/* A gradient that is reflected is written out as far as the object goes. */
static void
svg_gradient_is_spread(void **state)
{
    const bn_image *p = load_svg(
        "<linearGradient id='g' x1='1' x2='2' gradientUnits='userSpaceOnUse' "
        "spreadMethod='reflect'><stop stop-color='#fff'/><stop offset='1'/>"
        "</linearGradient><rect fill='url(#g)' width='4' height='1'/>",
        NULL);
    const bn_gradient *g;

    (void)state;
    assert_non_null(p);
    g = p->draws[1].fill.gradient;
    assert_non_null(g);
    assert_true(g->x1 == 0 && g->x2 == 4);
    assert_int_equal(g->nstops, 8);
    assert_int_equal(g->stops[0].rgb, 0);
    assert_int_equal(g->stops[2].rgb, 0xFFFFFF);
    assert_true(g->stops[2].offset == 0.25);
    assert_int_equal(g->stops[5].rgb, 0xFFFFFF);
}

/* A picture is told of once, with its line; and to each document. */
static void
svg_tells_what_it_leaves_out(void **state)
{
    const bn_image *p = load_svg("\n<path filter='url(#f)' d='M0 0L1 1'/>\n"
                                 "<path filter='url(#f)' d='M0 0L1 1'/>"
                                 "<video/>",
                                 NULL);
    const bn_msg *m;

    (void)state;
    assert_non_null(p);
    m = p->warnings;
    assert_non_null(m);
    assert_string_equal(m->err.args[0], "filter");
    assert_int_equal(bn_source_locate(src, m->err.loc.place).line, 2);
    m = m->next;
    assert_non_null(m);
    assert_string_equal(m->err.args[0], "video");
    assert_null(m->next);
}

/* What Illustrator and others write above a picture. */
static void
svg_with_a_document_type(void **state)
{
    static const char good[] =
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd' ["
        "<!ENTITY ns 'http://www.w3.org/2000/svg'>]>"
        "<svg xmlns='&ns;' width='2' height='2'><path d='M0 0h1v1'/></svg>";
    static const char *const bad[] = {
        "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>",
        "<!DOCTYPE svg [<!ENTITY % p SYSTEM 'a.dtd'>]>",
        "<!DOCTYPE svg [<!ENTITY a '<path/>'>]>",
    };
    const bn_image *p = load_bytes(good, sizeof good - 1, NULL);

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->ndraws, 3);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bn_buf b = {0};
        bn_err err = {0};

        bn_buf_addf(&b, "%s<svg xmlns='http://www.w3.org/2000/svg'/>", bad[i]);
        assert_null(load_bytes(b.p, b.len, &err));
        assert_reason(&err, "well-formed");
        bn_buf_free(&b);
    }
}

static void
svg_size_and_alternative(void **state)
{
    static const char svg[] =
        "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' "
        "width='2cm' viewBox='0 0 4 2'><title> 組織図 </title></svg>";
    const bn_image *p = load_bytes(svg, sizeof svg - 1, NULL);

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->width, 56693);
    assert_int_equal(p->height, 28346); /* by the shape of the viewBox */
    assert_string_equal(p->alt, "組織図");
}

static void
svg_refuses_what_reaches_outside(void **state)
{
    static const struct {
        const char *svg, *reason;
    } rows[] = {
        {"<image href='file:///etc/passwd'/>", "outside"},
        {"<image href='a.png'/>", "outside"},
        {"<use href='data:image/svg+xml,x'/>", "outside"},
        {"<defs><use xlink:href='http://example.com/a.svg#b'/></defs>",
         "outside"},
        {"<path d='M0 0L1 1' fill='url(http://example.com/#a)'/>", "outside"},
        {"<path d='M0 0L1 1' filter='url(other.svg#a)'/>", "outside"},
        {"<style>@import url(a.css);</style>", "outside"},
        {"<script>1</script>", "script"},
        {"<g id='a'><use href='#a'/></g>", "refers to itself"},
        {"<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
         "refers to itself"},
        {"<path", "well-formed"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_err err = {0};

        print_message("%s\n", rows[i].svg);
        assert_null(load_svg(rows[i].svg, &err));
        assert_reason(&err, rows[i].reason);
    }
    {
        static const char entity[] =
            "<!DOCTYPE svg [<!ENTITY a SYSTEM '/etc/passwd'>]>"
            "<svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
        bn_err err = {0};

        assert_null(load_bytes(entity, sizeof entity - 1, &err));
        assert_reason(&err, "well-formed");
    }
}

static void
svg_work_is_limited(void **state)
{
    bn_buf b = {0};
    bn_err err = {0};

    (void)state;
    for (int i = 0; i < 200001; i++)
        bn_buf_adds(&b, "<g/>");
    assert_null(load_svg(b.p, &err));
    assert_reason(&err, "too many");
    /* Ten levels of ten uses each: 10^10 pictures out of a small file. */
    bn_buf_clear(&b);
    bn_buf_adds(&b, "<defs><path id='l0' d='M0 0L1 1'/>");
    for (int i = 1; i <= 10; i++) {
        bn_buf_addf(&b, "<g id='l%d'>", i);
        for (int k = 0; k < 10; k++)
            bn_buf_addf(&b, "<use href='#l%d'/>", i - 1);
        bn_buf_adds(&b, "</g>");
    }
    bn_buf_adds(&b, "</defs><use href='#l10'/>");
    assert_null(load_svg(b.p, &err));
    assert_reason(&err, "too many");
    bn_buf_free(&b);
}

/* An element in hand: warnings go to the document's list, errors too. */
static void
svg_in_a_document(void **state)
{
    static const char xml[] =
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>"
        "<path d='M0 0L1 1' filter='url(#m)'/><video/>"
        "<image href='data:image/png;base64,AAAA'/></svg>";
    bn_msgs msgs = {0};
    bn_tree *t = NULL;
    bn_arena *a = bn_arena_new();
    const bn_image *p = NULL;

    (void)state;
    assert_int_equal(bn_xml_parse(src, "in.svg", xml, sizeof xml - 1,
                                  BN_XML_PLAIN, &t, &msgs),
                     BN_OK);

    assert_int_equal(bn_image_from_svg(a, NULL, xmlDocGetRootElement(t), &p,
                                       &msgs, BN_NOWHERE),
                     BN_OK);
    assert_int_equal(p->ndraws, 3);
    assert_true(bn_msgs_has(&msgs, BN_WSVG, "filter"));
    assert_true(bn_msgs_has(&msgs, BN_WSVG, "image"));
    assert_true(bn_msgs_has(&msgs, BN_WSVG, "video"));
    bn_tree_free(t);
    bn_msgs_free(&msgs);
    bn_arena_free(a);
}

/* Text in our fonts: one operation a run, anchored, at the size it has on
 * paper, whatever scale it was written in. */
static void
svg_text_is_anchored(void **state)
{
    static const char svg[] =
        "<svg xmlns='http://www.w3.org/2000/svg' width='100pt' height='50pt' "
        "viewBox='0 0 10 5' font-family='Helvetica' font-size='1'>"
        "<text x='5' y='2' text-anchor='middle'> a\n a </text>"
        "<text x='1 3' y='4'>bc</text></svg>";
    bn_source *here = bn_source_new();
    bn_fonts *fonts = NULL;
    bn_images *cache;
    bn_msgs msgs = {0};
    bn_err err = {0};
    const bn_image *p = NULL;
    const bn_draw *d;

    (void)state;
    assert_int_equal(bn_source_add_root(here, ".", &err), BN_OK);
    assert_int_equal(bn_source_add_root(here, folder, &err), BN_OK);
    assert_int_equal(bn_fonts_open(here, "fonts/fonts.xml", &fonts, &msgs),
                     BN_OK);
    cache = bn_images_new(here, fonts);
    put_file("text.svg", svg, sizeof svg - 1);
    assert_int_equal(
        bn_images_load(cache, "text.svg", folder, &p, &err, BN_NOWHERE), BN_OK);
    assert_int_equal(p->ndraws, 5); /* clip, "a a", "b", "c", unclip */
    d = &p->draws[1];
    assert_int_equal(d->kind, BN_DRAW_TEXT);
    assert_int_equal(d->run->size, 10000); /* 1 unit is 10 pt */
    assert_int_equal(d->run->nbytes, 3);   /* white space folded */
    assert_memory_equal(d->run->text, "a a", 3);
    /* Helvetica: a 556, space 278; half of 13.9 pt before the middle. */
    assert_int_equal(d->run->width, 13900);
    assert_true(fabs(d->x - (50 - 6.95)) < 1e-6);
    assert_true(fabs(d->y - 20) < 1e-6);
    assert_true(fabs(d->matrix[0] - 1000) < 1e-6);
    assert_true(fabs(p->draws[2].x - 10) < 1e-6);
    assert_true(fabs(p->draws[3].x - 30) < 1e-6);
    bn_images_free(cache);
    bn_fonts_free(fonts);
    bn_source_free(here);
    bn_msgs_free(&msgs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_of_every_kind),
        cmocka_unit_test(png_palette_alpha_is_taken_apart),
        cmocka_unit_test(png_resolution_gives_the_size),
        cmocka_unit_test(png_damage_is_refused),
        cmocka_unit_test(png_bombs_are_refused_by_their_header),
        cmocka_unit_test(png_animation_is_refused),
        cmocka_unit_test(jpeg_is_kept_as_it_is),
        cmocka_unit_test(jpeg_is_turned_upright),
        cmocka_unit_test(jpeg_brings_its_profile),
        cmocka_unit_test(jpeg_that_readers_may_not_know_is_refused),
        cmocka_unit_test(jpeg_cut_short_is_refused),
        cmocka_unit_test(names_stay_below_the_root),
        cmocka_unit_test(names_of_one_file_are_one_picture),
        cmocka_unit_test(svg_shapes),
        cmocka_unit_test(svg_gradient_geometry),
        cmocka_unit_test(svg_gradient_is_spread),
        cmocka_unit_test(svg_tells_what_it_leaves_out),
        cmocka_unit_test(svg_with_a_document_type),
        cmocka_unit_test(svg_size_and_alternative),
        cmocka_unit_test(svg_refuses_what_reaches_outside),
        cmocka_unit_test(svg_work_is_limited),
        cmocka_unit_test(svg_in_a_document),
        cmocka_unit_test(svg_text_is_anchored),
    };

    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
