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

enum svg_paint_kind {
    SVG_PAINT_NONE,
    SVG_PAINT_COLOR,
    SVG_PAINT_CURRENT,
    SVG_PAINT_MARKED_FILL, /* of the path that a marker stands on */
    SVG_PAINT_MARKED_STROKE
};

typedef struct svg_paint {
    uint8_t kind; /* enum svg_paint_kind; the fallback with ref */
    uint32_t rgb;
    double opacity;  /* of the colour's own alpha */
    const char *ref; /* url(#ref), or NULL */
} svg_paint;

enum { SVG_ANCHOR_START, SVG_ANCHOR_MIDDLE, SVG_ANCHOR_END };
enum {
    SVG_BASE_ALPHABETIC,
    SVG_BASE_CENTRAL,
    SVG_BASE_MIDDLE,
    SVG_BASE_HANGING,
    SVG_BASE_TOP,
    SVG_BASE_BOTTOM
};

enum { SVG_MARK_START, SVG_MARK_MID, SVG_MARK_END, SVG_MARKS };
enum { SVG_UNDERLINE = 1, SVG_OVERLINE = 2, SVG_LINE_THROUGH = 4 };

/* What an element does not take from its parent. */
typedef struct svg_own_style {
    double opacity;
    uint8_t display_none, overflow_visible, blend, alpha_mask;
    uint8_t isolated;
    uint8_t thin;            /* vector-effect: non-scaling-stroke */
    const char *clip, *mask; /* id of a clipPath, a mask; NULL: none */
    const char *transform;   /* as CSS has it; NULL: look at the attribute */
    uint32_t stop_rgb;
    double stop_alpha, stop_opacity;
} svg_own_style;

typedef struct svg_style {
    svg_paint fill, stroke;
    double fill_opacity, stroke_opacity;
    double stroke_width, miter, dash_offset;
    const char *dash; /* as written; NULL: solid */
    uint8_t fill_even_odd, clip_even_odd, cap, join;
    uint8_t hidden, anchor, baseline, italic, preserve;
    uint8_t vertical;     /* writing-mode */
    uint8_t stroke_first; /* paint-order */
    uint8_t decoration;   /* SVG_UNDERLINE… */
    int weight;
    const char *family, *lang;
    double font_size, letter_spacing, word_spacing;
    double rise; /* baseline-shift, of all ancestors */
    uint32_t color;
    const char *marks[SVG_MARKS]; /* ids of markers, or NULL */
    svg_own_style own;
} svg_style;

/* One test of a selector's compound; kind is '.', '#', '[', ':' or 'e' (the
 * element's name). */
typedef struct svg_test {
    char kind, op; /* of '[': 0 is there, = ~ | ^ $ * */
    const char *name, *value;
    const struct svg_test *next;
} svg_test;

typedef struct svg_compound {
    const svg_test *tests;
    char relation;                   /* to `left`: ' ' > + ~ */
    const struct svg_compound *left; /* NULL: none */
} svg_compound;

typedef struct svg_rule {
    const svg_compound *last; /* what the element itself must be */
    int weight;               /* specificity */
    size_t order;             /* in the sheets */
    const char *declarations;
} svg_rule;

typedef BN_VEC(bn_draw) svg_draws;

typedef struct svg {
    bn_arena *a;
    bn_fonts *fonts;
    bn_msgs *msgs;
    bn_loc at;
    const xmlNode *root;
    const xmlNode *here; /* being drawn: for messages */
    svg_matrix base;     /* of the outermost units: pixels */
    bn_map *ids;         /* id to node */
    svg_draws draws;
    BN_VEC(svg_rule) rules;
    BN_VEC(const char *) matched; /* declarations for the element at hand */
    svg_path path;
    size_t nodes, numbers, steps;
    const svg_style *marked; /* of the path whose markers are drawn */
    unsigned depth, inside;  /* markers, patterns, masks within each other */
    bn_image_reason why;     /* the first reason to refuse */
    svg_rect view;           /* of the nearest viewport: base of percentages */
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
/* An attribute of a gradient or pattern: its own, or that of the one it refers
 * to (SVG 1.1 13.2, 13.3). */
const char *svg_linked_attr(svg *v, const xmlNode *n, const char *name);
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

/* The least rectangle around r once it went through m. */
svg_rect svg_rect_map(svg_rect r, const svg_matrix *m);
/* The other way; false: m is flat. */
bool svg_inverse(svg_matrix m, svg_matrix *out);

/* ------------------------------------------------------ svg_css.c: rules */

/* Read the rules of all style elements. */
void svg_style_sheets(svg *v, const xmlNode *root);
bool svg_rule_matches(svg *v, const svg_rule *r, const xmlNode *n);

/* ------------------------------------------------- svg_style.c: cascade */

void svg_style_initial(svg_style *s);
/* The style of n, from its parent's. */
svg_style svg_style_of(svg *v, const xmlNode *n, const svg_style *parent);
/* The style of n where it stands: what is painted with (gradients, patterns,
 * markers) inherits from there and not from where it is used. */
svg_style svg_style_in_tree(svg *v, const xmlNode *n);
/* The matrix of n's own transform. */
svg_matrix svg_own_transform(const xmlNode *n, const svg_style *s);

/* ------------------------------------------------ svg_gradient.c, _paint.c */

/* A gradient over a box (of the object, in its units), written out as far as
 * `around` (what is painted, strokes too) reaches; NULL: none to paint. */
const bn_gradient *svg_gradient(svg *v, const xmlNode *n, svg_rect box,
                                svg_rect around);

/* Fill, stroke, dashes of a style into an operation of v->draws. box: of the
 * object, in the units of the operation. */
void svg_paint_draw(svg *v, const svg_style *s, svg_rect box, bn_draw *d);

/* ----------------------------------------------------- svg_text.c: text */

void svg_text(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m);

/* -------------------------------------------- svg_clip.c: clips and masks */

/* Put the clip and mask of an element around what it drew: the operations
 * from `from` on. m: of the element's units. */
void svg_clip_and_mask(svg *v, const svg_style *s, svg_matrix m, size_t from);
/* Paint the operations from `from` on as one, where the style asks for it. */
void svg_group(svg *v, size_t from, const svg_style *s);
/* The same, for their opacity alone. */
void svg_dim(svg *v, size_t from, double opacity);

/* ------------------------------------------------- svg_marker.c, _image.c */

/* The markers of a path, drawn. d: not in v->draws, which may move. */
void svg_markers(svg *v, const svg_style *s, const bn_draw *d, svg_matrix m);
/* An image element. */
void svg_image(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m);

/* ---------------------------------------------------------- svg.c: walk */

void svg_draw_children(svg *v, const xmlNode *n, const svg_style *s,
                       svg_matrix m);
/* What a viewBox and preserveAspectRatio of n do in a viewport; *box: what
 * percentages inside refer to. */
svg_matrix svg_view_box(const xmlNode *n, double width, double height,
                        svg_rect *box);
/* The same for a box that is given. */
svg_matrix svg_fit(const char *how, svg_rect box, double width, double height);
void svg_clip_rect(svg *v, svg_rect r, svg_matrix m);
/* What the operations from `from` on cover, in the units of m. */
svg_rect svg_draws_box(const svg *v, size_t from, svg_matrix m);
/* Operations drawn into a list of their own, in the arena. */
typedef struct svg_aside {
    svg_draws kept;
    svg_rect view;
} svg_aside;
bool svg_aside_begin(svg *v, svg_aside *aside);
const bn_draw *svg_aside_end(svg *v, svg_aside *aside, uint32_t *n);

bn_draw *svg_push(svg *v, enum bn_draw_kind kind, svg_matrix m);
/* Copy the path into an operation. */
void svg_keep_path(svg *v, const svg_path *p, bn_draw *d);

#endif
