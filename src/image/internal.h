/* internal.h - what the files of image share. */
#ifndef BN_IMAGE_INTERNAL_H
#define BN_IMAGE_INTERNAL_H

#include "image/image.h"

/* Limits (ROBUSTNESS 4a 23): of the whole picture and of one side. */
enum { BN_IMAGE_PIXELS_MAX = 100000000, BN_IMAGE_SIDE_MAX = 65535 };

/* CSS and XSL take a picture without resolution at 96 pixels an inch. */
enum { BN_PIXEL_MPT = 750 };

/* Why a picture is refused: a row of `reasons` in image.c, worded in both
 * languages. */
typedef enum bn_image_reason {
    BN_IMG_OK,
    BN_IMG_MISSING,
    BN_IMG_OUTSIDE,
    BN_IMG_READ,
    BN_IMG_SCHEME,
    BN_IMG_KIND,
    BN_IMG_TOO_LARGE,
    BN_IMG_DAMAGED,
    BN_IMG_TRUNCATED,
    BN_IMG_ANIMATED,
    BN_IMG_CODING,
    BN_IMG_XML,
    BN_IMG_SCRIPT,
    BN_IMG_EXTERNAL,
    BN_IMG_TOO_MANY,
    BN_IMG_TOO_DEEP,
    BN_IMG_REASONS
} bn_image_reason;

bn_code bn_image_fail(bn_err *err, bn_loc at, const char *url,
                      bn_image_reason why);

/* Decode a PNG file into out (pixels in arena a). */
bn_image_reason bn_png_decode(bn_arena *a, const uint8_t *bytes, size_t nbytes,
                              bn_image *out);

/* Check a JPEG file; the file itself up to its end marker is what out holds,
 * copied into arena a. */
bn_image_reason bn_jpeg_check(bn_arena *a, const uint8_t *bytes, size_t nbytes,
                              bn_image *out);

/* What the TIFF structure in an EXIF segment says; what it does not is left
 * as it was. Densities are dots an inch. */
typedef struct bn_exif {
    uint8_t orientation; /* 1..8 */
    double x, y;
} bn_exif;
void bn_exif_read(const uint8_t *bytes, size_t nbytes, bn_exif *out);

/* Take a colour profile for a picture whose components are known, unless it
 * is none that a PDF takes, or the one that RGB has anyhow. */
void bn_icc_take(bn_arena *a, const uint8_t *p, size_t n, bn_image *out);

/* The root element of a document. */
const bn_node *bn_svg_root(const bn_tree *t);

/* Turn an svg element into drawing operations. */
bn_image_reason bn_svg_draw(bn_arena *a, bn_fonts *fonts, const bn_node *svg,
                            bn_image *out, bn_msgs *msgs, bn_loc at);

#endif
