/* png.c - PNG to samples of 8 bits, by libpng. */
#include "image/internal.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

enum {
    SIGNATURE = 8,
    CHUNK_EDGES = 12,            /* length, type, CRC */
    CHUNK_MAX = 8 * 1024 * 1024, /* of a chunk that is not IDAT */
    DEFLATE_RATIO = 1032         /* no deflate stream expands more */
};

typedef struct reader {
    const uint8_t *bytes;
    size_t nbytes, at;
} reader;

/* All that must survive a longjmp is behind a pointer. */
typedef struct decoder {
    bn_arena *a;
    bn_image *out;
    reader in;
    png_structp png;
    png_infop info;
    uint8_t *row;    /* one row as libpng gives it, or the whole picture */
    png_bytep *rows; /* of an interlaced picture */
    uint8_t *samples, *alpha;
} decoder;

static uint32_t
u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/*
 * Everything that can be said before libpng sees a byte: sizes, an animation,
 * chunks that are too long, and whether there is enough compressed data for
 * a picture of this size at all.
 */
static bn_image_reason
check_chunks(const uint8_t *p, size_t n)
{
    const uint8_t *ihdr = p + SIGNATURE + 8;
    uint64_t data = 0, bits, samples;
    bool ended = false;
    static const uint8_t per_pixel[] = {1, 0, 3, 1, 2, 0, 4};

    if (n < SIGNATURE + CHUNK_EDGES + 13 || memcmp(p + 12, "IHDR", 4) != 0 ||
        u32(p + SIGNATURE) != 13)
        return BN_IMG_DAMAGED;
    if (u32(ihdr) == 0 || u32(ihdr + 4) == 0 || ihdr[9] > 6 ||
        per_pixel[ihdr[9]] == 0)
        return BN_IMG_DAMAGED;
    if (u32(ihdr) > BN_IMAGE_SIDE_MAX || u32(ihdr + 4) > BN_IMAGE_SIDE_MAX ||
        (uint64_t)u32(ihdr) * u32(ihdr + 4) > BN_IMAGE_PIXELS_MAX)
        return BN_IMG_TOO_LARGE;
    for (size_t at = SIGNATURE; !ended;) {
        uint32_t len;

        if (n - at < CHUNK_EDGES)
            return BN_IMG_TRUNCATED;
        len = u32(p + at);
        if (len > n - at - CHUNK_EDGES)
            return BN_IMG_TRUNCATED;
        if (memcmp(p + at + 4, "IDAT", 4) == 0)
            data += len;
        else if (len > CHUNK_MAX)
            return BN_IMG_TOO_LARGE;
        if (memcmp(p + at + 4, "acTL", 4) == 0)
            return BN_IMG_ANIMATED;
        ended = memcmp(p + at + 4, "IEND", 4) == 0;
        at += CHUNK_EDGES + (size_t)len;
    }
    samples = (uint64_t)u32(ihdr) * per_pixel[ihdr[9]];
    bits = samples * ihdr[8];
    if ((bits / 8) * u32(ihdr + 4) > data * DEFLATE_RATIO)
        return BN_IMG_TRUNCATED;
    return BN_IMG_OK;
}

static void
read_bytes(png_structp png, png_bytep to, png_size_t n)
{
    reader *in = png_get_io_ptr(png);

    if (n > in->nbytes - in->at)
        png_error(png, "truncated");
    memcpy(to, in->bytes + in->at, n);
    in->at += n;
}

static void
on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

/* Ask for grey or RGB with 8 bits, with or without alpha. */
static void
set_transforms(decoder *d)
{
    const int color = png_get_color_type(d->png, d->info);
    const int depth = png_get_bit_depth(d->png, d->info);

    if (depth == 16)
        png_set_scale_16(d->png);
    if (color == PNG_COLOR_TYPE_PALETTE)
        png_set_palette_to_rgb(d->png);
    if (color == PNG_COLOR_TYPE_GRAY && depth < 8)
        png_set_expand_gray_1_2_4_to_8(d->png);
    if (png_get_valid(d->png, d->info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha(d->png);
}

/* Part one row into samples and alpha. */
static void
part_row(const decoder *d, const uint8_t *row, uint32_t y)
{
    const uint8_t n = d->out->components;
    const size_t width = d->out->columns;
    uint8_t *to = d->samples + (size_t)y * width * n;

    if (d->alpha == NULL) {
        memcpy(to, row, width * n);
        return;
    }
    for (size_t x = 0; x < width; x++, row += n + 1, to += n) {
        memcpy(to, row, n);
        d->alpha[(size_t)y * width + x] = row[n];
    }
}

/* Samples of another gamma than sRGB's come to that of sRGB; a profile speaks
 * for itself (PNG 11.3.3). */
static void
set_gamma(decoder *d)
{
    double gamma = 0;

    if (png_get_valid(d->png, d->info, PNG_INFO_iCCP | PNG_INFO_sRGB) == 0 &&
        png_get_gAMA(d->png, d->info, &gamma) != 0 && gamma > 0.01 &&
        gamma < 10 && (gamma < 0.43 || gamma > 0.48))
        png_set_gamma(d->png, 2.2, gamma);
}

static void
take_profile(decoder *d)
{
    png_charp name;
    png_bytep bytes;
    png_uint_32 n = 0;
    int how;

    if (png_get_iCCP(d->png, d->info, &name, &how, &bytes, &n) != 0)
        bn_icc_take(d->a, bytes, n, d->out);
}

static void
set_size(decoder *d)
{
    png_uint_32 x = 0, y = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;
    bn_image *out = d->out;

    out->width = bn_len_scale(BN_PIXEL_MPT, out->columns, 1);
    out->height = bn_len_scale(BN_PIXEL_MPT, out->rows, 1);
    if (png_get_pHYs(d->png, d->info, &x, &y, &unit) == 0 || x == 0 || y == 0)
        return;
    if (unit == PNG_RESOLUTION_METER) { /* 72000 mpt an inch of 0.0254 m */
        out->width = bn_len_scale(720000000, out->columns, (int64_t)x * 254);
        out->height = bn_len_scale(720000000, out->rows, (int64_t)y * 254);
    } else /* only the shape of a pixel is known */
        out->height = bn_len_scale(out->height, x, y);
}

/* libpng leaves by longjmp: this function holds the setjmp and nothing that
 * the jump could spoil. False: damaged. */
static bool
decode(decoder *d)
{
    size_t row_bytes;
    int channels;

    if (setjmp(png_jmpbuf(d->png)))
        return false;
    png_set_read_fn(d->png, &d->in, read_bytes);
    png_set_user_limits(d->png, BN_IMAGE_SIDE_MAX, BN_IMAGE_SIDE_MAX);
    png_set_chunk_malloc_max(d->png, CHUNK_MAX);
    png_set_chunk_cache_max(d->png, 64);
    png_set_crc_action(d->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    /* Texts are not used: leave them packed, whatever they would expand to. (A
     * profile may not expand beyond CHUNK_MAX.) */
    png_set_keep_unknown_chunks(d->png, PNG_HANDLE_CHUNK_NEVER,
                                (const png_byte *)"zTXt\0iTXt\0tEXt\0", 3);
    png_read_info(d->png, d->info);
    set_transforms(d);
    d->out->columns = png_get_image_width(d->png, d->info);
    d->out->rows = png_get_image_height(d->png, d->info);
    set_size(d);
    set_gamma(d);
    if (png_set_interlace_handling(d->png) > 1)
        d->rows = calloc(d->out->rows, sizeof *d->rows);
    png_read_update_info(d->png, d->info);
    channels = png_get_channels(d->png, d->info);
    row_bytes = png_get_rowbytes(d->png, d->info);
    d->out->components = channels >= 3 ? 3 : 1;
    if (row_bytes != (size_t)channels * d->out->columns)
        return false;
    take_profile(d);
    d->out->nbytes =
        (size_t)d->out->components * d->out->columns * d->out->rows;
    d->samples = bn_arena_alloc(d->a, d->out->nbytes);
    if (channels == 2 || channels == 4)
        d->alpha = bn_arena_alloc(d->a, (size_t)d->out->columns * d->out->rows);
    if (d->rows != NULL) {
        d->row = malloc(row_bytes * d->out->rows);
        if (d->row == NULL)
            return false;
        for (uint32_t y = 0; y < d->out->rows; y++)
            d->rows[y] = d->row + row_bytes * y;
        png_read_image(d->png, d->rows);
        for (uint32_t y = 0; y < d->out->rows; y++)
            part_row(d, d->rows[y], y);
    } else {
        d->row = malloc(row_bytes);
        if (d->row == NULL)
            return false;
        for (uint32_t y = 0; y < d->out->rows; y++) {
            png_read_row(d->png, d->row, NULL);
            part_row(d, d->row, y);
        }
    }
    png_read_end(d->png, NULL);
    return true;
}

/* Alpha that is opaque everywhere is none. */
static const uint8_t *
used_alpha(const uint8_t *alpha, size_t n)
{
    for (size_t i = 0; alpha != NULL && i < n; i++)
        if (alpha[i] != UINT8_MAX)
            return alpha;
    return NULL;
}

bn_image_reason
bn_png_decode(bn_arena *a, const uint8_t *bytes, size_t nbytes, bn_image *out)
{
    decoder d = {.a = a, .out = out, .in = {bytes, nbytes, 0}};
    const bn_image_reason why = check_chunks(bytes, nbytes);
    bool ok;

    if (why != BN_IMG_OK)
        return why;
    d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error,
                                   on_warning);
    d.info = d.png ? png_create_info_struct(d.png) : NULL;
    ok = d.info != NULL && decode(&d);
    png_destroy_read_struct(&d.png, &d.info, NULL);
    free(d.row);
    free(d.rows);
    if (!ok)
        return BN_IMG_DAMAGED;
    out->kind = BN_IMAGE_PIXELS;
    out->bytes = d.samples;
    out->alpha = used_alpha(d.alpha, (size_t)out->columns * out->rows);
    return BN_IMG_OK;
}
