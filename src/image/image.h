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

/*
 * One operation of a vector picture. Coordinates in the picture's own units
 * (y down), through `matrix` (a b c d e f: x' = a x + c y + e) to millipoints
 * from the picture's upper left corner.
 *
 * PATH        ops, xy with fill and stroke (widths and dashes in units too).
 * TEXT        run, its baseline starting at x, y; here one unit is one point,
 *             so that run->size / 1000 is the size in units. Glyphs stand
 *             upright in a picture whose y goes down.
 * CLIP_PUSH   ops, xy, even_odd: clips all that follows up to its POP.
 * GROUP_PUSH  what follows up to its POP is painted as one with the opacity
 *             fill.opacity and by `blend` (a transparency group).
 * MASK_PUSH   what follows up to its POP is not painted: the next GROUP is
 *             seen through it, by its luminance or (alpha_mask) its opacity.
 * IMAGE       `image` in the unit square of matrix.
 * Pushes and pops are nested and balanced.
 */
enum bn_draw_kind {
    BN_DRAW_PATH,
    BN_DRAW_TEXT,
    BN_DRAW_CLIP_PUSH,
    BN_DRAW_CLIP_POP,
    BN_DRAW_GROUP_PUSH,
    BN_DRAW_GROUP_POP,
    BN_DRAW_MASK_PUSH,
    BN_DRAW_MASK_POP,
    BN_DRAW_IMAGE
};
/* As PDF names them, in this order; see svg_style.c. */
enum bn_blend { BN_BLEND_NORMAL, BN_BLENDS = 16 };
enum bn_path_op { BN_PATH_MOVE, BN_PATH_LINE, BN_PATH_CURVE, BN_PATH_CLOSE };

typedef struct bn_gradient_stop {
    double offset;
    uint32_t rgb;
    double opacity;
} bn_gradient_stop;

/* From point 1 to point 2, or from circle 1 to circle 2; the end colours go on
 * outside (other spreads are written out as more stops). At least one stop,
 * offsets never fall, the first at 0 and the last at 1. */
typedef struct bn_gradient {
    uint8_t radial;
    double x1, y1, x2, y2, r1, r2;
    double matrix[6]; /* to the operation's units */
    uint32_t nstops;
    const bn_gradient_stop *stops;
} bn_gradient;

/* A cell that is repeated: what its operations draw in the rectangle, their
 * matrices going to the cell's own units. */
typedef struct bn_tile {
    double x, y, width, height;
    double matrix[6]; /* from the cell's units to the operation's */
    const struct bn_draw *draws;
    uint32_t ndraws;
} bn_tile;

typedef struct bn_paint {
    uint8_t set;  /* 0: none */
    uint32_t rgb; /* 0xRRGGBB */
    double opacity;
    const bn_gradient *gradient; /* instead of rgb */
    const bn_tile *tile;         /* instead of both */
} bn_paint;

typedef struct bn_draw {
    enum bn_draw_kind kind;
    double matrix[6];
    uint32_t nops;
    const uint8_t *ops; /* enum bn_path_op */
    const double *xy;   /* 2 numbers a MOVE and LINE, 6 a CURVE */
    bn_paint fill, stroke;
    uint8_t even_odd, alpha_mask, blend;
    uint8_t cap, join; /* as PDF numbers them: 0 butt, miter; 1 round;
                              2 square, bevel */
    double stroke_width, miter;
    uint32_t ndash;
    const double *dash;
    double dash_offset;
    uint8_t unspoken; /* TEXT: stands for no text (it is drawn twice) */
    double x, y;      /* TEXT: start of the baseline, already anchored */
    const bn_glyph_run *run;
    const struct bn_image *image;
} bn_draw;

typedef struct bn_image {
    enum bn_image_kind kind;
    const char *url;        /* as messages name it */
    const char *alt;        /* SVG: its title, else desc; NULL: none */
    const bn_msg *warnings; /* of a file: what of it is not drawn */
    bn_len width, height;   /* natural size, from resolution or units */
    uint32_t columns, rows;
    /* PIXELS: 8 bits a sample, rows packed; JPEG: the file itself */
    uint8_t components; /* 1 grey, 3 RGB, 4 CMYK */
    uint8_t inverted;   /* CMYK as Adobe writes it */
    uint8_t plain_rgb;  /* a JPEG of RGB that does not say so itself */
    /* As EXIF numbers it: 1 upright … 8; 0 as 1. width and height are those
     * of the picture turned upright, columns and rows of what is stored. */
    uint8_t orientation;
    const uint8_t *profile; /* ICC, or NULL: sRGB, grey, device CMYK */
    size_t nprofile;
    const uint8_t *bytes;
    size_t nbytes;
    const uint8_t *alpha; /* columns * rows, or NULL */
    /* VECTOR: in order of painting */
    const bn_draw *draws;
    uint32_t ndraws;
    uint32_t id; /* the same image in one document has one id */
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

/* A picture from an svg element (of instream-foreign-object). In arena a;
 * its glyph runs too. Errors BN_EIMAGE (refused: script, references to
 * outside, too much) also stand in msgs; what is only not drawn is a warning
 * BN_WSVG there. */
bn_code bn_image_from_svg(bn_arena *a, bn_fonts *fonts, const bn_node *svg,
                          const bn_image **out, bn_msgs *msgs, bn_loc at);

/* The matrix of a list of transforms as SVG and CSS write them (a b c d e f:
 * x' = a x + c y + e; y down); false when it changes nothing. */
bool bn_image_transform(const char *list, double matrix[6]);

#endif
