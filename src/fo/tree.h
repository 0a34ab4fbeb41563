/* tree.h - what the files of fo share; nobody else includes it. */
#ifndef BN_FO_TREE_H
#define BN_FO_TREE_H

#include "base/map.h"
#include "base/vec.h"
#include "fo/fo.h"

/* Who reads an attribute's text, and what a percentage is of: the columns of
 * properties.def. */
enum reader {
    READ_LEN,
    READ_NUM,
    READ_INT,
    READ_KEY,
    READ_ALIGN,
    READ_TEXT,
    READ_COLOR,
    READ_FAMILY,
    READ_SIZE,
    READ_WEIGHT,
    READ_LINE,
    READ_BORDER,
    READ_URI,
    READ_KEEP,
    READ_NAME,
    READ_COLUMN,
    READ_SHIFT,
    READ_WORDS,
    READ_PLACE,
    READ_TURN,
    READ_LANG
};
enum base { BASE_NONE, BASE_FONT, BASE_IPD, BASE_BPD, BASE_SELF, BASE_LINE };

typedef struct bn_prop_row {
    const char *name, *initial;
    uint8_t inherited, reader, base;
    int16_t slot; /* index in inherited rows, -1 when not inherited */
} bn_prop_row;

/* Classes of objects for the content model: columns of objects.def. */
enum {
    C_NONE = 0,
    C_TEXT = 1 << 0,
    C_INLINE = 1 << 1,
    C_BLOCK = 1 << 2,
    C_MARKER = 1 << 3,
    C_MASTERS = 1 << 4,
    C_DECLARATIONS = 1 << 5,
    C_BOOKMARKS = 1 << 6,
    C_SEQUENCE = 1 << 7,
    C_DECLARATION = 1 << 8,
    C_INFO = 1 << 9,
    C_MASTER = 1 << 10,
    C_REGION = 1 << 11,
    C_SUBMASTER = 1 << 12,
    C_MAP = 1 << 13,
    C_CONDITIONAL = 1 << 14,
    C_TITLE = 1 << 15,
    C_STATIC = 1 << 16,
    C_FLOW = 1 << 17,
    C_FOLIO = 1 << 18,
    C_INITIAL = 1 << 19,
    C_RETRIEVE = 1 << 20,
    C_CAPTION = 1 << 21,
    C_COLUMN = 1 << 22,
    C_TABLE_PART = 1 << 23,
    C_ROW = 1 << 24,
    C_CELL = 1 << 25,
    C_LIST_ITEM = 1 << 26,
    C_LIST_PART = 1 << 27,
    C_BOOKMARK = 1 << 28,
    C_FOOTNOTE_BODY = 1 << 29,
    C_OUT = 1 << 30
};
#define C_WRAPPER (UINT64_C(1) << 31)
#define C_RETRIEVE_TABLE (UINT64_C(1) << 32)
#define C_MULTI_CASE (UINT64_C(1) << 33)
#define C_MULTI_SET (UINT64_C(1) << 34)
#define C_INDEX (UINT64_C(1) << 35)
#define C_POINT (UINT64_C(1) << 36)
#define C_BOOKMARK_TITLE (UINT64_C(1) << 37)
#define C_RUBY_PART (UINT64_C(1) << 38)
#define C_FOREIGN (UINT64_C(1) << 39)
/* What the object's parent allows: fo:wrapper, fo:marker. */
#define C_TRANSPARENT (UINT64_C(1) << 40)
#define C_ANY (C_TRANSPARENT | C_TEXT | C_INLINE | C_BLOCK | C_RETRIEVE)

enum ns { NS_NONE, NS_FO, NS_AXF, NS_FOX, NS_XML, NS_BN, NS_OTHER };

typedef struct bn_object_row {
    const char *name;
    uint8_t ns, reference;
    uint64_t is, allows;
} bn_object_row;

const bn_object_row *bn_fo_row(bn_fo_type t);
const bn_prop_row *bn_prop_row_of(bn_prop p);
const char *bn_keyword_name(int32_t k);
enum ns bn_fo_namespace(const char *uri); /* NULL: NS_NONE */

/* One attribute as a feeder delivers it; strings borrowed. */
typedef struct bn_fo_attr {
    const char *name; /* local */
    const char *value;
    enum ns ns;
} bn_fo_attr;

/* An attribute whose name was looked up: a property (how = -1), or a row of
 * the shorthands. */
typedef struct bn_spec {
    int16_t prop;
    int16_t shorthand; /* -1: prop itself */
    const char *value;
} bn_spec;

/* A row of inherited values with where it came from before it. */
typedef struct bn_row {
    struct bn_fo_doc *doc;
    const struct bn_row *parent; /* derived from, by these settings */
    struct bn_row *same_hash;
    uint64_t hash;
    const struct bn_own *diff;
    bn_value v[]; /* slots */
} bn_row;

/* What was specified on an object, by ascending property. */
typedef struct bn_own {
    struct bn_own *same_hash;
    uint64_t hash;
    uint64_t bits; /* of p & 63: a quick no */
    uint32_t n;
    uint16_t *p;
    bn_value *v;
} bn_own;

/* A subtree of fo:marker as it was read, to be resolved at retrieval. */
typedef struct bn_raw {
    bn_fo_type type;
    bn_place place;
    const char *text;
    uint32_t nbytes, nspecs;
    bn_spec *specs;
    const bn_node *foreign;
    struct bn_raw *parent, *first, *last, *next;
} bn_raw;

typedef struct bn_setting {
    bn_value v;
    uint8_t rank; /* 0: not set */
} bn_setting;

/* One character: of a TEXT, or fo:character whole. */
typedef struct bn_place_in_text {
    bn_fo *fo;
    uint32_t at; /* byte */
} bn_place_in_text;

/* Where the next cell of a table being built goes. */
typedef struct bn_grid {
    const bn_fo *table;
    int column, cell_column; /* from 0 */
    BN_VEC(int) busy;        /* rows still taken by spans, a column */
} bn_grid;

/* The tree with all that it takes to make it and to resolve markers later. */
typedef struct bn_fo_doc {
    bn_fo_tree pub; /* first: a bn_fo_tree * is a bn_fo_doc * */
    bn_arena *arena;
    bn_msgs *msgs;
    bool strict;
    bn_code code;    /* of the first error */
    bn_map *names;   /* attribute name -> index + 1 (properties, then
                        shorthands) */
    bn_map *objects; /* "NS name" -> type */
    bn_map *words;   /* keyword */
    bn_map *colors;
    bn_map *strings; /* interned */
    bn_map *told;    /* warnings by what they say */
    bn_map *forms;   /* of colours -> index + 1 */
    BN_VEC(const char *) color_forms;
    bn_map *ids;           /* id -> object */
    bn_map *masters;       /* master-name -> object */
    bn_map *markers;       /* (marker, parent) -> retrieved */
    bn_map *raws;          /* marker's id -> bn_raw */
    BN_VEC(bn_row *) rows; /* hash table of inherited rows */
    BN_VEC(bn_own *) owns;
    size_t nrows, nowns;
    const bn_row *initial_row;
    bn_value initial[BN_PROPS];

    /* the object being resolved */
    bn_setting set[BN_PROPS];
    uint16_t touched[BN_PROPS];
    size_t ntouched;

    /* the builder */
    bn_fo *current;
    bn_raw *raw;   /* inside a marker */
    unsigned skip; /* depth inside something dropped */
    bn_buf text;
    uint32_t next_id;
    BN_VEC(bn_place_in_text) run; /* white space under decision */
    BN_VEC(const bn_fo *) outlined;
    const char *hint_master;     /* master-reference of the page-sequence */
    const bn_node *took_foreign; /* the last foreign element kept */
    BN_VEC(bn_tree *) kept;      /* documents of parts that hold some */
    BN_VEC(bn_grid) grids;       /* tables being built, innermost last */
    bn_buf scratch;
} bn_fo_doc;

/* ---- table.c */
void bn_fo_tables(bn_fo_doc *d);
const char *bn_fo_intern(bn_fo_doc *d, const char *s, size_t n);
/* May the property have this keyword? Does a row say which it may have? */
bool bn_fo_takes(bn_prop p, int32_t k);
bool bn_fo_lists_words(bn_prop p);
/* The least number it may have. */
bool bn_fo_has_least(bn_prop p, int *out);
/* Known, and told to have no effect: by its row, or by name only. */
bool bn_fo_without_effect(bn_prop p);
bool bn_fo_ignores(const char *name);
int32_t bn_fo_word(const bn_fo_doc *d, const char *s, size_t n);
bool bn_fo_color_name(const bn_fo_doc *d, const char *s, size_t n,
                      uint32_t *out);

size_t bn_fo_slots(void); /* of an inherited row */

/* Sides in the order of the rows of borders and padding. */
enum { BN_BEFORE_SIDE, BN_AFTER_SIDE, BN_START_SIDE, BN_END_SIDE };

/* ---- shorthand.c: names of shorthands and physical properties */
size_t bn_shorthand_count(void);
const char *bn_shorthand_name(size_t i);
/* In which of the three passes an attribute is read: font size, then colour
 * and writing mode, then all others. */
int bn_spec_pass(const bn_spec *s);

/* Where an expression stands. */
typedef struct bn_eval {
    bn_fo_doc *doc;
    bn_fo *fo;
    const bn_fo *parent; /* NULL at the root */
    bn_place place;
} bn_eval;

/* 0 lr-tb, 1 rl-tb, 2 tb-rl, 3 tb-lr */
int bn_fo_mode(const bn_eval *e);
void bn_shorthand_read(const bn_eval *e, const bn_spec *s);
/* The property or shorthand of a name as expressions write it, and the first
 * property that it stands for. */
bool bn_spec_find(const bn_eval *e, const char *name, size_t n, bn_spec *out);
bool bn_spec_target(const bn_eval *e, const bn_spec *s, bn_prop *out);
/* The table column of the cell round e, the region its flow is for. */
const bn_fo *bn_fo_column(const bn_eval *e);
const bn_fo *bn_fo_master_region(const bn_eval *e);

/* ---- read.c: text of one value by the reader of a property */
bool bn_value_read(const bn_eval *e, bn_prop p, const char *text, size_t n,
                   bn_value *out);
void bn_fo_set(const bn_eval *e, bn_prop p, const bn_value *v, uint8_t rank);
/* Put a setting back to what it was before. */
void bn_fo_unset(const bn_eval *e, bn_prop p, const bn_setting *before);
/* The value so far of the object in hand. */
bn_value bn_fo_so_far(const bn_eval *e, bn_prop p);
const bn_value *bn_fo_initial(const bn_fo_doc *d, bn_prop p);
void bn_fo_bad_value(const bn_eval *e, const char *name, const char *text,
                     size_t n);
/* It counts as least instead. */
void bn_fo_small_value(const bn_eval *e, const char *name, const char *text,
                       size_t n, int least);

/* ---- color_form.c */
/* Parts of 1: red, green, blue as shown, then those of the named space. */
int32_t bn_fo_color_said(bn_fo_doc *d, const float rgb[3], const char *space,
                         size_t n, const char *name, size_t nname,
                         const float *parts, int nparts);

/* ---- expr.c */
enum expr_kind {
    EX_BAD,
    EX_NUMBER,
    EX_NAME,
    EX_STRING,
    EX_COLOR,
    EX_VALUE,
    EX_COLUMN,
    EX_URI
};
typedef struct bn_expr {
    enum expr_kind kind;
    double n;       /* NUMBER: in millipoints when dim is 1 */
    double percent; /* of the property's base, in percent; of a COLUMN the
                       length that is added, in millipoints */
    int dim;        /* 0 number, 1 length; a percentage alone is 1 */
    bool pure_percent;
    const char *s; /* NAME, STRING, URI: bytes */
    size_t len;
    uint32_t color;
    int32_t form; /* COLOR: see bn_fo_color_form; 0 none */
    bn_value v;   /* VALUE: taken from another object */
} bn_expr;
bn_expr bn_expr_read(const bn_eval *e, bn_prop p, const char *text, size_t n);

/* ---- resolve.c */
/* A length taken over from the parent, its percentage now of the object's own
 * containing block instead of the parent's. */
bn_value bn_fo_rebase(const bn_eval *e, bn_value v);
void bn_fo_resolve(bn_fo_doc *d, bn_fo *fo, const bn_fo *parent,
                   const bn_spec *specs, size_t n);
void bn_fo_initials(bn_fo_doc *d);
bn_fo_doc *bn_fo_doc_of(const bn_fo *fo);
bool bn_fo_spec(bn_fo_doc *d, const bn_fo_attr *a, bn_place place,
                bn_spec *out);

/* ---- space.c */
void bn_fo_white_space(bn_fo_doc *d, bn_fo *block);
/* Content that begins or ends in the middle of a block's. */
void bn_fo_white_space_at(bn_fo_doc *d, bn_fo *block, bool begins, bool ends);

/* ---- build.c: events */
bn_fo_doc *bn_fo_doc_new(bool strict, bn_msgs *msgs);
void bn_fo_doc_free(bn_fo_doc *d);
/* Returns false when the element's children are to be skipped (foreign). */
bool bn_fo_start(bn_fo_doc *d, enum ns ns, const char *name,
                 const bn_fo_attr *attrs, size_t n, bn_place place,
                 const bn_node *node);
void bn_fo_text(bn_fo_doc *d, const char *s, size_t n);
void bn_fo_end(bn_fo_doc *d);
bn_code bn_fo_finish(bn_fo_doc *d);
bn_fo *bn_fo_append(bn_fo_doc *d, bn_fo *parent, bn_fo_type t, bn_place place);
void bn_fo_unlink(bn_fo *fo);
void bn_fo_fail(bn_fo_doc *d, bn_code code, bn_place place, const char *a,
                const char *b);

void bn_fo_tell(bn_fo_doc *d, bn_code code, bn_place place, const char *a,
                const char *b);

void bn_fo_replay(bn_fo_doc *d, const bn_raw *raw, bn_fo *parent);

/* ---- content_model.c: of a strict reading, at an object's start and end */
void bn_fo_check_place(bn_fo_doc *d, const bn_fo *fo);
void bn_fo_check_content(bn_fo_doc *d, const bn_fo *fo);

/* ---- dump.c */
void bn_value_write(bn_buf *out, const bn_value *v);

/* ---- marker.c */
bn_raw *bn_raw_append(bn_fo_doc *d, bn_raw *parent, bn_fo_type t,
                      bn_place place);

static inline bool
bn_fo_class(const bn_fo *fo, uint64_t c)
{
    return (bn_fo_row(fo->type)->is & c) != 0;
}

#endif
