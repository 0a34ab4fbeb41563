/*
 * area.h - the area tree: what stands where. Written by layout, read by the
 * dump and by pdf; knows nothing of FO.
 *
 * Geometry is logical (XSL 1.1 4.2): `ip` along the line, `bp` across lines,
 * in the writing mode of the nearest reference area. A writer turns it:
 * lr-tb: x = ip, y = bp (down); tb-rl: x = width - bp, y = ip; rl-tb likewise.
 * Lengths are millipoints. Areas live until the page was handed out.
 */
#ifndef BN_LAYOUT_AREA_H
#define BN_LAYOUT_AREA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/len.h"
#include "font/font.h"
#include "image/image.h"

enum bn_writing_mode { BN_LR_TB, BN_RL_TB, BN_TB_RL };
enum bn_side { BN_BEFORE, BN_AFTER, BN_START, BN_END };

enum bn_border_style {
    BN_LINE_NONE,
    BN_LINE_HIDDEN,
    BN_LINE_SOLID,
    BN_LINE_DASHED,
    BN_LINE_DOTTED,
    BN_LINE_DOUBLE,
    BN_LINE_GROOVE,
    BN_LINE_RIDGE,
    BN_LINE_INSET,
    BN_LINE_OUTSET
};

typedef struct bn_border {
    bn_len width; /* 0 when the style is none */
    uint8_t style;
    uint8_t collapsed; /* of a collapsed table: 1 inner, 2 at its edge. It
                          counts whole, and lies over the neighbour's */
    uint32_t color;    /* 0xAARRGGBB */
} bn_border;

/* Border, padding, background; NULL in an area that has none of them. */
typedef struct bn_box {
    bn_border border[4]; /* enum bn_side */
    bn_len padding[4];
    uint32_t background; /* 0xAARRGGBB; AA = 0 none */
    const bn_image *image;
    const char *image_url;
    uint8_t repeat; /* 0 repeat, 1 repeat-x, 2 repeat-y, 3 no-repeat */
    bn_len image_width, image_height;
    bn_len image_ip, image_bp;         /* of its place, the fixed part; and */
    int32_t image_ip_ppm, image_bp_ppm; /* of what is left beside it */
    bn_len radius[4]; /* fox:border-*-radius, corners from before-start */
} bn_box;

/*
 * One element of the logical structure: what tags are made of. Lives as long
 * as the document. Areas of one object share it, on whatever page they are.
 */
typedef struct bn_struct {
    uint32_t id;        /* the FO's; from 1 */
    const char *object; /* FO element name: "block", "table-cell" */
    const char *role;   /* as given, or NULL */
    const char *alt;    /* fox:alt-text */
    const char *lang;   /* when it differs from the parent's */
    const struct bn_struct *parent;
    uint16_t columns, rows; /* spans of a cell */
    uint8_t header;         /* 1: in a table header or a row header cell */
    uint8_t artifact;       /* running heads, feet, repeated heads */
    bn_place place;
    void *user; /* the writer's own, NULL at first */
} bn_struct;

typedef enum bn_area_kind {
    BN_AREA_PAGE,   /* page */
    BN_AREA_REGION, /* regionViewport + regionX (one area, two elements) */
    BN_AREA_BEFORE_FLOAT,
    BN_AREA_MAIN, /* mainReference */
    BN_AREA_SPAN,
    BN_AREA_FLOW, /* one column of a span */
    BN_AREA_FOOTNOTES,
    BN_AREA_BLOCK,
    BN_AREA_LINE,
    BN_AREA_TEXT,   /* a glyph run */
    BN_AREA_INLINE, /* of fo:inline, basic-link, leader with content */
    BN_AREA_INLINE_BLOCK_PARENT, /* inline holding block areas */
    BN_AREA_INLINE_BLOCK,
    BN_AREA_SPACE,    /* leader of spaces, ipd alone */
    BN_AREA_RULE,     /* leader of a rule */
    BN_AREA_VIEWPORT, /* inline viewport with an image or an area tree */
    BN_AREA_ANCHOR    /* zero-width inline with an id (wrapper) */
} bn_area_kind;

enum bn_region {
    BN_REGION_BODY,
    BN_REGION_BEFORE,
    BN_REGION_AFTER,
    BN_REGION_START,
    BN_REGION_END
};

enum { /* bn_area.flags */
       BN_REFERENCE = 1 << 0,
       BN_CLIP = 1 << 1,          /* overflow hidden */
       BN_VIEWPORT_AREA = 1 << 2, /* block viewport of a block-container */
       BN_ABSOLUTE = 1 << 3, /* placed by ip, bp in its parent's content box
                                and not in the stack (cells, list parts) */
       BN_FIXED = 1 << 4,    /* placed relative to the page */
       BN_UNDERLINE = 1 << 5,
       BN_OVERLINE = 1 << 6,
       BN_THROUGH = 1 << 7,
       BN_HIDDEN = 1 << 8, /* visibility="hidden" */
       BN_FIRST = 1 << 9,
       BN_LAST = 1 << 10,    /* of its object's areas */
       BN_ARTIFACT = 1 << 11, /* decoration: background cells, separators */
       BN_UNDER_LEFT = 1 << 12, /* underline of a vertical line on its left */
       BN_UNDER_BELOW = 1 << 13 /* underline below what hangs down */
};

typedef struct bn_area {
    uint8_t kind;
    uint8_t writing_mode; /* of a reference area's inside */
    int16_t rotate;       /* reference-orientation: 0, 90, 180, 270 (ccw) */
    uint32_t flags;
    struct bn_area *first, *last, *next, *parent;
    /* From the parent's content rectangle (its before-start corner) to this
     * area's border rectangle. Inline areas: bp from the line's content top. */
    bn_len ip, bp;
    bn_len ipd, bpd;   /* content rectangle */
    const bn_box *box; /* NULL: no border, padding, background */
    bn_len space[4];   /* space-before, -after, -start, -end traits */
    bn_len start_indent, end_indent;
    const char *id;       /* of the object, on its first area; else NULL */
    const bn_struct *tag; /* NULL: belongs to its parent's element */
    const char *internal, *external; /* link target: id, or URI */
    const void *origin;              /* layout's own: the formatting object */
    union {
        struct { /* PAGE */
            const char *master;
            const char *number_text; /* formatted */
            int32_t number;
            uint32_t index; /* of the document, from 0 */
            uint8_t blank;
        } page;  /* ipd, bpd: the sheet */
        struct { /* REGION: content rectangle and inner offset */
            const char *name;
            uint8_t region;
            uint8_t page_turned; /* by 90 or 270 degrees, around it */
            int32_t columns;
            bn_len column_gap;
        } region;
        struct { /* SPAN, MAIN */
            int32_t columns;
            bn_len column_gap;
        } span;
        struct { /* TEXT */
            const bn_glyph_run *run;
            const bn_fontset *fonts; /* what was asked for */
            uint32_t color;
            bn_len baseline; /* from the area's content top */
            bn_len letter_adjust, word_adjust;
            bn_len word_spacing, letter_spacing;
            /* of underline, overline, line-through; 0: the text's own */
            uint32_t line_color[3];
            uint8_t font_style; /* as asked: 0 normal, 1 italic, 2 oblique */
            const char *actual; /* ActualText, when glyphs are not it */
            const void *source; /* layout's own: whose properties it has */
        } text;
        struct { /* LINE, with page citations: layout's own, to set it again */
            const void *citing;
            size_t number; /* of its paragraph, from 0 */
            uint8_t artifact;
        } line;
        struct { /* RULE */
            uint8_t style;
            bn_len thickness;
            uint32_t color;
        } rule;
        struct { /* VIEWPORT: image's place inside it */
            const bn_image *image;
            bn_len ip, bp, ipd, bpd;
            const char *alt;
            uint8_t foreign; /* from instream-foreign-object */
        } viewport;
        struct {              /* BLOCK of a block-container */
            uint8_t position; /* 0 normal, 1 absolute, 2 fixed */
            bn_len matrix_ip, matrix_bp;
            const double *transform; /* of its border corner, in points, y
                                        down (a b c d e f); NULL: none */
            uint8_t has_content; /* a reference area of given height: */
            bn_len content;      /* how far down its content reaches */
        } block;
    };
} bn_area;

/* Where a background image of this size stands in a padding rectangle. */
static inline bn_len
bn_background_at(bn_len fixed, int32_t ppm, int64_t room, bn_len size)
{
    return (bn_len)(fixed + ppm * (room - size) / 1000000);
}

/* Sum of border and padding on a side. */
static inline bn_len
bn_area_edge(const bn_area *a, enum bn_side side)
{
    return a->box ? a->box->border[side].width + a->box->padding[side] : 0;
}

/* From (ip, bp) inside a reference area to its surroundings, from the corner
 * of its content rectangle there: ip' = a ip + c bp + e, bp' = b ip + d bp + f
 * (on a page, which is lr-tb, that is x to the right and y down). */
typedef struct bn_turn {
    int8_t a, b, c, d;
    int64_t e, f;
} bn_turn;
/* outside  writing mode around it (enum bn_writing_mode). */
bn_turn bn_area_turn(const bn_area *ref, uint8_t outside);

/* --------------------------------------------------------- whole document */

typedef struct bn_bookmark {
    const char *title;
    const char *internal, *external;
    uint8_t open, bold, italic;
    uint32_t color; /* 0xRRGGBB; black is the reader's own */
    const struct bn_bookmark *first, *next;
} bn_bookmark;

/* What is said about the document, from fo:declarations and fo:root. NULL
 * when not said. Dates are ISO 8601. */
typedef struct bn_doc_info {
    const char *title, *author, *subject, *keywords, *lang;
    const bn_bookmark *bookmarks;
    /* ids of fox:destination: named places of the document (layout fills) */
    const char *const *destinations;
    size_t ndestinations;
} bn_doc_info;

typedef struct bn_sequence_info {
    const char *lang, *country;
    const char *title; /* fo:title as text */
} bn_sequence_info;

/*
 * Who takes the pages, one by one as they are finished. Each call returns
 * BN_OK or ends the run. A page is gone after page() returns.
 */
typedef struct bn_sink {
    void *user;
    bn_code (*begin)(void *user, const bn_doc_info *info, bn_err *err);
    bn_code (*sequence)(void *user, const bn_sequence_info *info, bn_err *err);
    bn_code (*page)(void *user, const bn_area *page, bn_err *err);
    bn_code (*end)(void *user, bn_err *err);
    /* Set by layout before begin: page index (from 0) of an id in the final
     * pass, or -1; valid while sink calls run. */
    int32_t (*page_of)(void *layout, const char *id);
    void *layout;
} bn_sink;

#endif
