/* image.h - PNG, JPEG and SVG as what a page draws. */
#ifndef BN_IMAGE_IMAGE_H
#define BN_IMAGE_IMAGE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/len.h"
#include "font/font.h"
#include "source/source.h"

enum bn_image_kind { BN_IMAGE_PIXELS, BN_IMAGE_JPEG, BN_IMAGE_VECTOR };

/* One operation of a vector picture. Coordinates in the picture's own units
 * (y down), through `matrix` to millipoints. */
enum bn_draw_kind { BN_DRAW_PATH, BN_DRAW_TEXT, BN_DRAW_CLIP_PUSH,
                    BN_DRAW_CLIP_POP, BN_DRAW_GROUP_PUSH, BN_DRAW_GROUP_POP };
enum bn_path_op { BN_PATH_MOVE, BN_PATH_LINE, BN_PATH_CURVE, BN_PATH_CLOSE };

typedef struct bn_gradient_stop {
    double offset;
    uint32_t rgb;
    double opacity;
} bn_gradient_stop;

typedef struct bn_gradient {
    uint8_t radial;
    double x1, y1, x2, y2, r1, r2; /* in the operation's units */
    double matrix[6];
    uint32_t nstops;
    const bn_gradient_stop *stops;
} bn_gradient;

typedef struct bn_paint {
    uint8_t set;     /* 0: none */
    uint32_t rgb;    /* 0xRRGGBB */
    double opacity;
    const bn_gradient *gradient; /* instead of rgb */
} bn_paint;

typedef struct bn_draw {
    enum bn_draw_kind kind;
    double matrix[6];
    uint32_t nops;
    const uint8_t *ops;    /* enum bn_path_op */
    const double *xy;      /* 2 numbers a MOVE and LINE, 6 a CURVE */
    bn_paint fill, stroke;
    uint8_t even_odd, cap, join;
    double stroke_width, miter;
    uint32_t ndash;
    const double *dash;
    double dash_offset;
    double x, y;           /* TEXT: start of the baseline, already anchored */
    const bn_glyph_run *run;
} bn_draw;

typedef struct bn_image {
    enum bn_image_kind kind;
    const char *url;       /* as messages name it */
    bn_len width, height;  /* natural size, from resolution or units */
    uint32_t columns, rows;
    /* PIXELS: 8 bits a sample, rows packed; JPEG: the file itself */
    uint8_t components;    /* 1 grey, 3 RGB, 4 CMYK */
    uint8_t inverted;      /* CMYK as Adobe writes it */
    const uint8_t *bytes;
    size_t nbytes;
    const uint8_t *alpha;  /* columns * rows, or NULL */
    /* VECTOR: in order of painting */
    const bn_draw *draws;
    uint32_t ndraws;
    uint32_t id;           /* the same image in one document has one id */
} bn_image;

typedef struct bn_images bn_images; /* cache of one process */

bn_images *bn_images_new(bn_source *s, bn_fonts *fonts);
void bn_images_free(bn_images *c);

/*
 * A picture by file name (relative to base, or absolute; file: URLs too)
 * below a declared root. Refused before anything is allocated when it is
 * larger than 100 megapixels (ROBUSTNESS 4a 22-24).
 * Errors BN_EIMAGE with the reason. The image lives as long as the cache.
 */
bn_code bn_images_load(bn_images *c, const char *url, const char *base,
                       const bn_image **out, bn_err *err, bn_loc at);

/* A picture from an svg element (of instream-foreign-object). font_size for
 * em units. In arena a. */
bn_code bn_image_from_svg(bn_arena *a, bn_fonts *fonts, const bn_node *svg,
                          const bn_image **out, bn_msgs *msgs, bn_loc at);

#endif
