/* font.h - faces, families, fallback by coverage, subsets. */
#ifndef BN_FONT_FONT_H
#define BN_FONT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/len.h"
#include "source/source.h"

/* One face of one file, immutable, shared by all documents of a process. */
typedef struct bn_face {
    const char *name;    /* as fonts.xml calls it: "IPAexMincho" */
    const char *ps_name; /* PostScript name from the file, ASCII */
    const char *path;
    unsigned index; /* in a collection */
    int32_t upem;
    /* In units of upem; from the file, or as fonts.xml overrides them (the
     * AFM's values for the base-35 families). descender is negative. */
    int32_t ascender, descender, cap_height, x_height;
    int32_t underline_position, underline_thickness;
    int32_t bbox[4];
    int32_t weight; /* 400, 700 */
    double italic_angle;
    bool cff; /* outlines in a CFF table */
    bool fixed_pitch, serif;
    bool kerning;     /* fonts.xml: pair kerning unless asked otherwise */
    bool ideographic; /* has U+4E00 and an em-box of full width */
    struct hb_face_t *hb_face;
    struct hb_font_t *hb_font;  /* scale = upem */
    struct hb_face_t *outlines; /* the tables that a subset keeps */
    uint32_t id;                /* from 0, in order of opening */
    uint32_t serial;            /* never given twice in a process: for caches */
} bn_face;

/* What a style asks for, resolved: the family's own face first, then the
 * fallback faces of fonts.xml in order. Hash-consed: equal styles give the
 * same pointer. */
typedef struct bn_fontset {
    const char *family; /* as the document asked: "sans-serif" */
    int weight;
    bool italic;
    const bn_face *primary;
    const bn_face *latin; /* 和文と欧文: for Latin text; may be NULL */
    size_t nfaces;
    const bn_face *const *faces; /* primary first */
    /* Metrics of the line, in 1/1000 em, of the primary face. */
    int32_t ascent, descent; /* descent positive */
    uint32_t serial;         /* never given twice in a process: for caches */
} bn_fontset;

/* All that fonts.xml names. Faces are opened when first used. */
typedef struct bn_fonts bn_fonts;

/*
 * Read fonts.xml.
 *
 * path  a fonts.xml; faces are found by the paths it gives (tried in order).
 * Errors BN_EFONTS (what is wrong in it), BN_EFONTFILE (no file of a face is
 * there, damaged, or may not be embedded).
 */
bn_code bn_fonts_open(bn_source *s, const char *path, bn_fonts **out,
                      bn_msgs *msgs);
void bn_fonts_free(bn_fonts *f);

/*
 * The fonts for a family list.
 *
 * families  comma-separated, quotes optional, as in font-family.
 * weight    100..900. italic: oblique too.
 * msgs      an unknown family is one warning BN_WFAMILY; may be NULL.
 * Never NULL: the default family at last.
 */
const bn_fontset *bn_fonts_find(bn_fonts *f, const char *families, int weight,
                                bool italic, bn_msgs *msgs, bn_loc at);

/* All faces that fonts.xml names, for list fonts; opens them. */
size_t bn_fonts_count(const bn_fonts *f);
const bn_face *bn_fonts_face(bn_fonts *f, size_t i, bn_err *err);

/* Does the face have a glyph for each of n code points (variation sequences
 * as sequences)? */
bool bn_face_covers(const bn_face *face, const uint32_t *cp, size_t n);
/* How many of the characters of a text (UTF-8) a face has, each counted once,
 * and which it has not, in the order of the text. Blanks do not count. The
 * caller frees missing. */
typedef struct bn_coverage {
    size_t all, have;
    bn_buf missing;
} bn_coverage;
void bn_face_coverage(const bn_face *face, const char *text, size_t nbytes,
                      bn_coverage *out);
/* 0 when it has none. variation 0: none. */
uint32_t bn_face_glyph(const bn_face *face, uint32_t cp, uint32_t variation);
/* Advance of a glyph at a size, truncated to the millipoint as FOP does. */
bn_len bn_face_advance(const bn_face *face, uint32_t gid, bn_len size);

/* --------------------------------------------------------- shaped text */

enum {
    BN_GLYPH_SPACE = 1 << 0,   /* a word space */
    BN_GLYPH_SHIFTED = 1 << 1, /* drawn as a variant: origin moved by dx and
                                  advance cut, as LIBHARU 2 asks */
    BN_GLYPH_IVS = 1 << 2,     /* text is more than ToUnicode can say */
    BN_GLYPH_JOIN = 1 << 3,    /* continues the cluster of the glyph before */
    BN_GLYPH_HYPHEN = 1 << 4   /* a hyphen that is not in the text */
};

/* One glyph as it stands on the line. */
typedef struct bn_glyph {
    uint32_t gid;
    bn_len adv;      /* to the next glyph, with spacing and justification */
    bn_len width;    /* its own, after trimming; adv - width is white space */
    bn_len dx, dy;   /* where the outline is drawn from the pen (dy up) */
    uint32_t at;     /* bytes from the start of the run's text */
    uint16_t nbytes; /* of text it stands for; 0 with JOIN */
    uint16_t flags;
} bn_glyph;

/* Glyphs of one face, size and direction in visual order, with their text.
 * What areas carry and pdf draws. */
typedef struct bn_glyph_run {
    const bn_face *face;
    bn_len size;
    const char *text; /* UTF-8, nbytes, not NUL-terminated; in the arena */
    uint32_t nbytes;
    uint32_t nglyphs;
    const bn_glyph *glyphs;
    bn_len width;     /* sum of adv */
    uint32_t hyphen;  /* what its BN_GLYPH_HYPHEN shows; 0: none */
    uint8_t vertical; /* set upright in a vertical line */
    uint8_t rotated;  /* horizontal glyphs turned clockwise in one */
} bn_glyph_run;

/* -------------------------------------------------------------- subsets */

/* Glyphs of one face used by one document, and the font program of them. */
typedef struct bn_subset bn_subset;

bn_subset *bn_subset_new(bn_arena *a, const bn_face *face);

/*
 * The character code (CID) for a glyph with its text and variant; the same
 * for the same four. Codes count from 1. For a CFF face the glyph id itself.
 *
 * text     UTF-8 of the ToUnicode entry, nbytes; base character only for IVS.
 * dx, adv  in 1/1000 em: 0 and the glyph's own advance, or a variant that is
 *          shifted or cut (a composite glyph, LIBHARU 2). Vertical: no
 *          composites, the width goes into W2.
 */
uint32_t bn_subset_code(bn_subset *s, uint32_t gid, const char *text,
                        size_t nbytes, int32_t dx, int32_t adv, bool vertical);

typedef struct bn_subset_row {
    uint32_t code, gid;      /* gid in the subset font */
    int32_t adv;             /* W, 1/1000 em */
    int32_t v_adv, v_x, v_y; /* W2 */
    const char *text;
    uint32_t nbytes;
} bn_subset_row;

/* The font program (TrueType or bare CFF) and the rows in order of code. All
 * in the subset's arena. BN_EFONTFILE when HarfBuzz cannot make it. */
bn_code bn_subset_finish(bn_subset *s, const char **font, size_t *nbytes,
                         const bn_subset_row **rows, size_t *nrows,
                         bn_err *err);

/* Lines "library version", for --version. */
void bn_font_versions(bn_buf *out);

#endif
