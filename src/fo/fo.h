/* fo.h - the formatting object tree with every property resolved. */
#ifndef BN_FO_FO_H
#define BN_FO_FO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/len.h"
#include "source/source.h"

/* Objects: rows of objects.def (element name, class, children allowed).
 * BN_FO_BLOCK is fo:block; BN_FO_TEXT is a run of characters. axf:ruby and
 * its parts have their own rows. */
typedef enum bn_fo_type {
#define BN_FO_OBJECT(id, ...) BN_FO_##id,
#include "fo/objects.def"
#undef BN_FO_OBJECT
    BN_FO_TYPES
} bn_fo_type;

/* Properties: rows of properties.def, one each: name, inherited, initial
 * value, parser, base of percentages. The id is the name in capitals with
 * '-' and '.' as '_': BN_P_SPACE_BEFORE_OPTIMUM, BN_P_AXF_LINE_BREAK. */
typedef enum bn_prop {
#define BN_PROP(id, ...) BN_P_##id,
#include "fo/properties.def"
#undef BN_PROP
    BN_PROPS
} bn_prop;

/* Keywords of values: BN_K_AUTO, BN_K_NONE, BN_K_JUSTIFY, … */
typedef enum bn_keyword {
    BN_K_UNKNOWN,
#define BN_KEYWORD(id, ...) BN_K_##id,
#include "fo/keywords.def"
#undef BN_KEYWORD
    BN_KEYWORDS
} bn_keyword;

typedef enum bn_value_kind {
    BN_V_KEYWORD, /* keyword */
    BN_V_LENGTH,  /* len; with percent (of the property's base) and list
                     functions added: 50% - 1mm, body-start() + 3pt */
    BN_V_NUMBER,  /* number, in millionths */
    BN_V_STRING,  /* string; font-family, id, format, url, … */
    BN_V_COLOR,   /* color 0xAARRGGBB; transparent has AA = 0 */
    BN_V_COLUMN   /* proportional-column-width: number in millionths, and a
                     length that is added to it, in `percent` */
} bn_value_kind;

/* No length is longer (35 m; a PDF page is at most 5 m): sums of twenty of
 * them still are lengths, so layout need not look for overflow. */
#define BN_FO_LEN_MAX 100000000

enum bn_list_fn { BN_FN_NONE, BN_FN_LABEL_END, BN_FN_BODY_START };

typedef struct bn_value {
    uint8_t kind;    /* bn_value_kind */
    uint8_t list_fn; /* LENGTH: enum bn_list_fn, to be added */
    int32_t percent; /* LENGTH: 1/10000 of one percent: 50% = 500000
                        COLOR: how it was said, see bn_fo_color_form */
    union {
        int32_t keyword;
        bn_len len;
        int64_t number;
        const char *string;
        uint32_t color;
    };
} bn_value;

typedef struct bn_fo {
    bn_fo_type type;
    uint32_t id; /* in document order from 1; stays the same */
    struct bn_fo *parent, *first, *last, *next, *prev;
    const bn_value *inherited; /* hash-consed rows, indexed inside fo */
    const void *own;           /* specified non-inherited, hash-consed */
    bn_place place;            /* bn:at handed through content, else the FO
                                  file's own */
    const char *text;          /* TEXT: UTF-8, nbytes; white space handled
                                  (XSL 1.1 7.17); in the tree's arena */
    uint32_t nbytes;
    const bn_node *foreign; /* INSTREAM_FOREIGN_OBJECT: its child element;
                               DECLARATIONS: the XMP */
} bn_fo;

typedef struct bn_fo_tree {
    const bn_fo *root;
    bn_arena *arena;
    size_t count; /* objects */
    /* objects with axf:outline-level, as they stand; each has an id */
    const bn_fo **outlined;
    size_t noutlined;
    bn_tree *doc; /* kept only while foreign elements are */
} bn_fo_tree;

/*
 * Build the tree from an FO document.
 *
 * doc     borrowed; its foreign (SVG) elements must outlive the tree.
 * strict  FOP's strict validation: an invalid child is an error
 *         (BN_EFOCHILD); else it is dropped with one warning a kind.
 * Unknown properties and objects without effect: one warning a kind.
 * Errors BN_EFO… with place; the tree is freed with bn_fo_free.
 */
bn_code bn_fo_build(bn_tree *doc, bool strict, bn_fo_tree **out, bn_msgs *msgs);

/*
 * The same of a document that comes in parts: the object marked bn:part="yes"
 * gets the children of the objects marked so in further documents.
 *
 * after  of the last children of doc's: that many are left out.
 * more   called for the next part until its doc is NULL; an error, which it has
 *        told, ends it all.
 */
typedef struct bn_fo_part {
    bn_tree *doc;         /* taken over */
    size_t before, after; /* children at both ends that are left out */
} bn_fo_part;

typedef bn_code bn_fo_more(void *user, bn_fo_part *out);

bn_code bn_fo_build_parts(bn_tree *doc, size_t after, bool strict,
                          bn_fo_more *more, void *user, bn_fo_tree **out,
                          bn_msgs *msgs);

/*
 * The same straight from a file, without holding its document: for large FO.
 * Reads through s (root jail, hardened).
 */
bn_code bn_fo_load(bn_source *s, const char *path, bool strict,
                   bn_fo_tree **out, bn_msgs *msgs);
void bn_fo_free(bn_fo_tree *t);

/* The FO tree as XML with resolved properties: --dump=fo of format. */
void bn_fo_dump(const bn_fo_tree *t, bn_buf *out);

/* ------------------------------------------------------------- values */

/* The computed value; never NULL (the initial value when nothing is set). */
const bn_value *bn_fo_get(const bn_fo *fo, bn_prop p);
/* Was it set on this object itself (a shorthand counts)? */
bool bn_fo_specified(const bn_fo *fo, bn_prop p);

bn_keyword bn_fo_keyword(const bn_fo *fo, bn_prop p); /* UNKNOWN: no keyword */
bool bn_fo_is(const bn_fo *fo, bn_prop p, bn_keyword k);
/* Length with its percentage taken of base; 0 for a keyword. list functions
 * are resolved by the nearest list-block (needs base = width of the reference
 * area). */
bn_len bn_fo_len(const bn_fo *fo, bn_prop p, bn_len base);
int64_t bn_fo_number(const bn_fo *fo, bn_prop p);     /* millionths */
int32_t bn_fo_int(const bn_fo *fo, bn_prop p);        /* rounded */
const char *bn_fo_string(const bn_fo *fo, bn_prop p); /* NULL: none */
/* Of a property of words: is it this keyword (UNKNOWN: no keyword has the
 * name), or do its words hold this one? */
bool bn_fo_says(const bn_fo *fo, bn_prop p, bn_keyword k, const char *word);
uint32_t bn_fo_color(const bn_fo *fo, bn_prop p); /* 0xAARRGGBB */
/* A colour that was said as ink, not light (cmyk(), rgb-icc() of #CMYK or
 * #Separation), as Apache FOP writes it: fop-rgb-icc(…). NULL: another. */
const char *bn_fo_color_form(const bn_fo *fo, bn_prop p);
const char *bn_prop_name(bn_prop p);
const char *bn_keyword_name(int32_t k); /* "auto" */
const char *bn_fo_name(bn_fo_type t);   /* "block" */

/* The capital of a letter; anything else as it is. */
uint32_t bn_fo_upper(uint32_t c);

/* Keep strength: 0 auto, 1..INT32_MAX-1 integers, INT32_MAX always. */
int32_t bn_fo_keep(const bn_fo *fo, bn_prop p);

/* Line height in millipoints of an object (normal = 1.2 em; numbers and
 * percentages of its font size). */
bn_len bn_fo_line_height(const bn_fo *fo);

/*
 * Indents of a block-level object inside a reference area of this width, with
 * margins, borders and padding worked in (XSL 1.1 5.3.2): from the edge of
 * the reference area to the edge of the content rectangle.
 */
void bn_fo_indents(const bn_fo *fo, bn_len width, bn_len *start, bn_len *end);

/*
 * A copy of a marker's children as they resolve where they are retrieved
 * (XSL 1.1 6.13.6), in the tree's arena; cached per pair.
 */
const bn_fo *bn_fo_retrieve(bn_fo_tree *t, const bn_fo *marker,
                            const bn_fo *retrieve);

/* Number n in a format (XSL 1.1 7.26: 1, 01, a, A, i, I; 一, ア, あ, イ, い,
 * １, ①, 壱) with grouping; in arena a. */
const char *bn_fo_format_number(bn_arena *a, int32_t n, const char *format);

/* The same with grouping-separator and grouping-size (figures only). */
typedef struct bn_number_form {
    const char *separator; /* NULL: none */
    int group;             /* 0: none */
} bn_number_form;
const char *bn_fo_format_grouped(bn_arena *a, int32_t n, const char *format,
                                 const bn_number_form *form);

/* Text of an element (namespace, local name) of the XMP that stands in
 * fo:declarations; NULL: not there. In arena a. */
const char *bn_fo_xmp(const bn_fo *declarations, bn_arena *a, const char *ns,
                      const char *name);

#endif
