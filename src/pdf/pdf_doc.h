/* pdf_doc.h - what the parts of the PDF writer share. Private to pdf. */
#ifndef BN_PDF_DOC_H
#define BN_PDF_DOC_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "pdf/pdf.h"
#include "pdf/pdf_object.h"
#include "pdf/pdf_tags.h"

/* What is known of a glyph of a face. */
typedef struct bn_pdf_glyph {
    uint32_t advance; /* 1/1000 em + 1; 0: not asked yet */
    uint32_t code;    /* the plain one, with this text; 0: none yet */
    uint8_t nbytes;
    char text[7];
} bn_pdf_glyph;

/* One face in this document: a descendant font under two Type0 fonts. */
typedef struct bn_pdf_font {
    const bn_face *face;
    bn_subset *subset;
    bn_oid type0[2];      /* [1]: vertical; 0 while not used */
    bn_pdf_glyph *glyphs; /* by glyph id */
    uint32_t nglyphs;
} bn_pdf_font;

/* A link whose target may still be to come. */
typedef struct bn_pdf_link {
    bn_oid annotation, page;
    int64_t rect[4]; /* page coordinates, millipoints */
    const char *target, *contents;
    uint32_t parent_key; /* in the ParentTree; UINT32_MAX: none */
    bool external;
} bn_pdf_link;

typedef struct bn_pdf_target {
    bn_oid page;
    int64_t x, y;
} bn_pdf_target;

typedef struct bn_pdf_label {
    const char *text; /* formatted page number */
    int32_t number;
} bn_pdf_label;

struct bn_pdf {
    bn_pdf_options options; /* strings copied */
    bn_sink *sink;
    bn_arena *arena;
    bn_objects *objects;
    const bn_doc_info *doc; /* until end() */
    const char *lang;
    BN_VEC(bn_pdf_font) fonts;
    bn_oid font_dict, gstate_dict, info;
    bool gstates[256]; /* one for each alpha in use */
    bn_map *images;    /* id of the image -> object */
    bn_map *profiles;  /* a colour profile -> object */
    bool device_cmyk;  /* then it is not PDF/A (its intent is sRGB) */
    bn_tags *tags;     /* NULL: untagged */
    bn_map *targets;   /* id -> bn_pdf_target */
    BN_VEC(bn_pdf_link) links;
    BN_VEC(bn_pdf_label) labels;
    BN_VEC(bn_oid) pages;
    bn_oid signature;
    bn_buf heading;      /* text of the first H1, for want of a title */
    uint32_t heading_of; /* its element; 0: none yet */
    bool right_to_left;  /* a body of vertical lines: pages turn that way */
    bool ended;
};

/* ------------------------------------------------------------ numbers */

void bn_put_int(bn_buf *b, int64_t v);
/* Millipoints as points with at most three decimals; no locale. */
void bn_put_len(bn_buf *b, int64_t mpt);
/* A free number with at most five decimals, clamped to what readers take. */
void bn_put_real(bn_buf *b, double v);
/* n free numbers, each with a blank behind it, and an operator. */
void bn_put_reals(bn_buf *b, const double *v, int n, const char *op);
/* A text string: UTF-16BE with BOM, in hexadecimal. Longer than a PDF string
 * may be: cut. */
/* A code point as UTF-16BE in hexadecimal. */
void bn_put_utf16(bn_buf *b, uint32_t cp);
void bn_put_text(bn_buf *b, const char *utf8, size_t nbytes);
/* A byte string, escaped. */
void bn_put_string(bn_buf *b, const char *s);

/* ------------------------------------------------------------- canvas */

enum bn_mark_kind {
    BN_MARK_NONE,
    BN_MARK_ARTIFACT,
    BN_MARK_PAGINATION,
    BN_MARK_ELEMENT
};

/* Where logical coordinates (ip, bp) lie on the page (y up), in millipoints:
 * x = a ip + c bp + e, y = b ip + d bp + f. */
typedef struct bn_frame {
    int8_t a, b, c, d;
    uint8_t mode; /* enum bn_writing_mode */
    int64_t e, f;
} bn_frame;

/* Do lines run to the left (rl-tb)? Places are mirrored then, but not what
 * stands there. */
static inline bool
bn_frame_mirrored(const bn_frame *f)
{
    return f->a * f->d - f->b * f->c > 0;
}

/* Operators of a page or a form, with what is set in its graphics state. */
typedef struct bn_canvas {
    bn_pdf *pdf;
    bn_buf ops;
    BN_VEC(bn_oid) xobjects; /* used: /X<number> */
    BN_VEC(bn_oid) patterns; /* /P<number> */
    BN_VEC(bn_oid) annotations;
    bool in_text, transparent;
    bn_oid font; /* 0: not known */
    bn_len size;
    uint32_t fill, stroke; /* 0xRRGGBB; UINT32_MAX: not known */
    int alpha;             /* 0..255; -1 not known */
    uint8_t mark;          /* enum bn_mark_kind */
    uint32_t element;
    uint32_t paragraph; /* of text without an element; 0: none yet */
    bn_oid page;        /* 0: this is a form */
} bn_canvas;

void bn_canvas_init(bn_canvas *c, bn_pdf *pdf);
void bn_canvas_free(bn_canvas *c);
void bn_canvas_mark(bn_canvas *c, uint8_t kind, uint32_t element);
void bn_canvas_text_end(bn_canvas *c);
void bn_canvas_push(bn_canvas *c); /* q */
void bn_canvas_pop(bn_canvas *c);  /* Q */
void bn_canvas_fill(bn_canvas *c, uint32_t argb);
void bn_canvas_stroke(bn_canvas *c, uint32_t argb);
void bn_canvas_alpha(bn_canvas *c, int alpha);
/* Adds /Resources, for a page or a form. */
void bn_canvas_resources(bn_canvas *c, bn_buf *out);
/* A rectangle in frame coordinates, as "x y w h re". */
void bn_canvas_rect(bn_canvas *c, const bn_frame *f, int64_t ip, int64_t bp,
                    int64_t ipd, int64_t bpd);

/* ---------------------------------------------------------------- parts */

bn_pdf_font *bn_pdf_font_of(bn_pdf *pdf, const bn_face *face, bool vertical);
int32_t bn_pdf_advance(bn_pdf_font *f, uint32_t gid);
/* The code of a glyph as the font has it, in a horizontal line. */
uint32_t bn_pdf_code(bn_pdf_font *f, uint32_t gid, const char *text,
                     size_t nbytes);
bn_code bn_pdf_fonts_finish(bn_pdf *pdf, bn_err *err);

/* A run with its baseline (vertical: its middle line) starting at x, y of the
 * page; along is the direction of the line, up what is up for the reader. */
typedef struct bn_pen {
    double x, y; /* points */
    double along[2], up[2];
} bn_pen;
void bn_pdf_run(bn_canvas *c, const bn_glyph_run *run, const bn_pen *pen,
                const char *actual);
void bn_pdf_text_area(bn_canvas *c, const bn_frame *f, const bn_area *a,
                      int64_t ip, int64_t bp);

/* Box of an area whose border rectangle is given. */
void bn_pdf_box(bn_canvas *c, const bn_frame *f, const bn_box *box, int64_t ip,
                int64_t bp, int64_t ipd, int64_t bpd);
void bn_pdf_rule(bn_canvas *c, const bn_frame *f, const bn_area *a, int64_t ip,
                 int64_t bp);
/* The image in a rectangle given in frame coordinates. */
void bn_pdf_image(bn_canvas *c, const bn_frame *f, const bn_image *image,
                  int64_t ip, int64_t bp, int64_t ipd, int64_t bpd);

/* The object that a picture is in this document, made once. */
bn_oid bn_pdf_picture(bn_pdf *pdf, const bn_image *image);
/* The form of a vector picture. */
bn_oid bn_pdf_vector(bn_pdf *pdf, const bn_image *image);
/* Where the unit square of the stored picture goes in that of the upright one:
 * six numbers of a matrix. */
const double *bn_pdf_upright(const bn_image *image);
/* Name an XObject among the resources. */
void bn_canvas_use(bn_canvas *c, bn_oid id);

void bn_pdf_target_add(bn_pdf *pdf, const char *id, bn_oid page, int64_t x,
                       int64_t y);
void bn_pdf_link_add(bn_canvas *c, const bn_area *a, uint32_t element,
                     const int64_t rect[4]);
void bn_pdf_links_finish(bn_pdf *pdf);
void bn_pdf_outline(bn_pdf *pdf);
void bn_pdf_names(bn_pdf *pdf);
void bn_pdf_labels(bn_pdf *pdf);
void bn_pdf_signature(bn_canvas *c);

void bn_pdf_meta(bn_pdf *pdf);
bn_code bn_pdf_page(bn_pdf *pdf, const bn_area *page, bn_err *err);
bn_code bn_pdf_save(bn_pdf *pdf, bn_buf *out, bn_err *err);

#endif
