/* svg.h - what the files that draw SVG share. */
#ifndef BN_IMAGE_SVG_H
#define BN_IMAGE_SVG_H

#include <libxml/tree.h>

#include "base/map.h"
#include "base/vec.h"
#include "image/internal.h"

/* Limits (ROBUSTNESS 4a 24). Numbers count coordinates and characters, so
 * that a picture repeated by use cannot grow without end either. */
enum {
    SVG_NODES_MAX = 200000,
    SVG_NUMBERS_MAX = 4000000,
    SVG_DEPTH_MAX = 400,
    SVG_HREF_MAX = 16
};

typedef struct svg_matrix {
    double v[6]; /* x' = v0 x + v2 y + v4, y' = v1 x + v3 y + v5 */
} svg_matrix;

typedef struct svg_rect {
    double x, y, width, height;
} svg_rect;

/* A path being built; scratch that is used again. */
typedef struct svg_path {
    BN_VEC(uint8_t) ops;
    BN_VEC(double) xy;
    double x, y, start_x, start_y; /* the pen; where the subpath began */
    bool open;                     /* a MOVE was written for it */
} svg_path;

enum svg_paint_kind { SVG_PAINT_NONE, SVG_PAINT_COLOR, SVG_PAINT_CURRENT };

typedef struct svg_paint {
    uint8_t kind;      /* enum svg_paint_kind; the fallback with ref */
    uint32_t rgb;
    double opacity;    /* of the colour's own alpha */
    const char *ref;   /* url(#ref), or NULL */
} svg_paint;

enum { SVG_ANCHOR_START, SVG_ANCHOR_MIDDLE, SVG_ANCHOR_END };
enum { SVG_BASE_ALPHABETIC, SVG_BASE_CENTRAL, SVG_BASE_MIDDLE,
       SVG_BASE_HANGING, SVG_BASE_TOP, SVG_BASE_BOTTOM };

/* Properties of an element; those after `opacity` are not inherited. */
typedef struct svg_style {
    svg_paint fill, stroke;
    double fill_opacity, stroke_opacity;
    double stroke_width, miter, dash_offset;
    const char *dash; /* as written; NULL: solid */
    uint8_t fill_even_odd, clip_even_odd, cap, join;
    uint8_t hidden, anchor, baseline, italic, preserve;
    int weight;
    const char *family, *lang;
    double font_size, letter_spacing;
    uint32_t color;
    double opacity; /* first of those not inherited */
    uint8_t display_none, overflow_visible;
    const char *clip; /* id of a clipPath, or NULL */
    uint32_t stop_rgb;
    double stop_alpha, stop_opacity;
} svg_style;

typedef struct svg_rule {
    const char *element, *class_name, *id; /* NULL: any */
    int weight;                            /* specificity */
    size_t order;                          /* in the sheets */
    const char *declarations;
} svg_rule;

typedef struct svg {
    bn_arena *a;
    bn_fonts *fonts;
    bn_msgs *msgs;
    bn_loc at;
    const xmlNode *root;
    bn_map *ids; /* id to node */
    BN_VEC(bn_draw) draws;
    BN_VEC(svg_rule) rules;
    svg_path path;
    size_t nodes, numbers;
    unsigned depth;
    bn_image_reason why; /* the first reason to refuse */
    svg_rect view;       /* of the nearest viewport: base of percentages */
} svg;

/* ------------------------------------------------ svg_value.c: reading */

#define SVG_IDENTITY ((svg_matrix){{1, 0, 0, 1, 0, 0}})

svg_matrix svg_multiply(svg_matrix outer, svg_matrix inner);
void svg_apply(const svg_matrix *m, double *x, double *y);
svg_matrix svg_scaled(svg_matrix m, double x, double y);
svg_matrix svg_moved(svg_matrix m, double x, double y);

/* Skip blanks and at most one comma. */
void svg_skip(const char **s);
/* A number of any form SVG allows, whatever the locale; moves *s behind it. */
bool svg_number(const char **s, double *out);
/* A length; percent_of is what 100% is, em the font size. Moves *s. */
bool svg_length(const char **s, double percent_of, double em, double *out);
svg_matrix svg_transform(const char *s);
/* One colour; false: none of the forms known. */
bool svg_color(const char *s, uint32_t *rgb, double *alpha);
/* Does s, up to n bytes, equal word? */
bool svg_is(const char *s, const char *word);

/* Attribute without namespace, borrowed from the tree; NULL: none. */
const char *svg_attr(const xmlNode *n, const char *name);
const char *svg_href(const xmlNode *n);
double svg_attr_length(const svg *v, const xmlNode *n, const char *name,
                       double percent_of, double em, double otherwise);
bool svg_element(const xmlNode *n, const char *name);
/* The node of "#id"; a reference to anything else refuses the picture. */
const xmlNode *svg_find(svg *v, const char *href);
/* 100% of a length that is neither across nor down. */
double svg_diagonal(const svg *v);
void svg_refuse(svg *v, bn_image_reason why);
/* Count work done; false when the picture has too much of it. */
bool svg_count(svg *v, size_t numbers);
void svg_warn(svg *v, const char *what);

/* --------------------------------------------------- svg_path.c: shapes */

void svg_path_clear(svg_path *p);
void svg_move(svg_path *p, double x, double y);
void svg_line(svg_path *p, double x, double y);
void svg_curve(svg_path *p, double x1, double y1, double x2, double y2,
               double x, double y);
void svg_close(svg_path *p);
void svg_arc(svg_path *p, double rx, double ry, double turn, bool large,
             bool sweep, double x, double y);
/* Path data as far as it is right (SVG 1.1 F.2: drawn up to the error). */
void svg_path_data(svg_path *p, const char *d);
void svg_add_rect(svg_path *p, svg_rect r);
/* The outline of a basic shape added to p; false: n is none. */
bool svg_shape(svg *v, const xmlNode *n, const svg_style *s, svg_path *p);
/* Map what stands in p from these points on. */
void svg_path_map(svg_path *p, size_t from_op, size_t from_xy,
                  const svg_matrix *m);
svg_rect svg_path_box(const svg_path *p);

/* ------------------------------------------------- svg_style.c: cascade */

void svg_style_initial(svg_style *s);
/* The style of n, from its parent's. */
svg_style svg_style_of(svg *v, const xmlNode *n, const svg_style *parent);
/* Read the rules of all style elements. */
void svg_style_sheets(svg *v, const xmlNode *root);

/* --------------------------------------------------- svg_paint.c: colour */

/* box: of the object, in the units of the operation. */
bn_paint svg_paint_of(svg *v, const svg_style *s, const svg_paint *p,
                      double opacity, svg_rect box);
/* Fill, stroke, dashes of a style into an operation. */
void svg_paint_draw(svg *v, const svg_style *s, svg_rect box, bn_draw *d);

/* ----------------------------------------------------- svg_text.c: text */

void svg_text(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m);

/* ---------------------------------------------------------- svg.c: walk */

bn_draw *svg_push(svg *v, enum bn_draw_kind kind, svg_matrix m);
/* Copy the path into an operation. */
void svg_keep_path(svg *v, const svg_path *p, bn_draw *d);

#endif
