/* internal.h - what the files of text share: a paragraph as units. */
#ifndef BN_TEXT_INTERNAL_H
#define BN_TEXT_INTERNAL_H

#include "text/tables.h"
#include "text/text.h"

enum unit_flag {
    UNIT_SPACE = 1 << 0,   /* U+0020, U+00A0: a word space */
    UNIT_DROPS = 1 << 1,   /* vanishes at a line edge */
    UNIT_HIDDEN = 1 << 2,  /* invisible to the tables: edges, anchors, format
                              characters */
    UNIT_SHY = 1 << 3,     /* U+00AD */
    UNIT_VARIANT = 1 << 4, /* holds a variation selector */
    UNIT_JOINED = 1 << 5,  /* inside a ligature: drawn by the unit before */
    UNIT_LINEFEED = 1 << 6,
    UNIT_WIDE = 1 << 7, /* East Asian wide, full- or half-width */
    UNIT_JA = 1 << 8,   /* its style speaks Japanese, Chinese or Korean */
    UNIT_GAP_ADJACENT = 1 << 9,
    UNIT_UPRIGHT = 1 << 10, /* stands upright in a vertical line */
    UNIT_TCY = 1 << 11,     /* tate-chu-yoko: a word across the line */
    UNIT_HELD = 1 << 12,    /* only a keep stops the line from ending here */
    UNIT_TIED = 1 << 13     /* no line ends before it */
};

enum unit_break { BREAK_NO, BREAK_YES, BREAK_HYPHEN, BREAK_FORCED };

/* What a gap is made of, which says when it may be reduced (JLREQ 3.8.3). */
enum gap_kind {
    GAP_NONE,
    GAP_BRACKET, /* before 01, after 02 and 07 */
    GAP_STOP,    /* after 06 */
    GAP_DOT,     /* around 05 */
    GAP_WESTERN, /* between Japanese and Western */
    GAP_UNIT     /* number and unit: never reduced */
};

/* One grapheme cluster, or one object of the line. */
typedef struct unit {
    const bn_text_style *style;
    const bn_face *face;
    uint32_t item, at, nbytes; /* bytes of the item's text */
    uint32_t cp;               /* the base; 0: no text */
    uint32_t glyph, nglyphs;   /* in the paragraph's glyphs */
    bn_len em;
    bn_len adv;                 /* width of the body */
    bn_len cut_left, cut_right; /* of the glyph's frame outside the body */
    bn_len before, after; /* the gap to the next visible unit: the part that
                             this unit asks for, and the next one's */
    bn_len letter;        /* letter-spacing after it */
    bn_len lead, tail;    /* widths of edges that stick to it */
    bn_len more, less;    /* a word space: how far it opens and closes */
    uint32_t u16;         /* where it starts in the text for ICU */
    uint16_t flags;
    uint8_t kind; /* enum bn_item_kind */
    uint8_t cls;
    uint8_t brk; /* may the line end behind it: enum unit_break */
    uint8_t before_kind, after_kind; /* enum gap_kind */
    uint8_t grow;                    /* step of Table 6, 0: never */
    uint8_t raw;                     /* class before its width was known */
} unit;

/* A glyph in units of the face. */
typedef struct raw_glyph {
    uint32_t gid;
    int32_t adv, dx, dy;
} raw_glyph;

struct bn_para {
    const bn_para_style *style;
    const bn_item *items;
    size_t nitems;
    unit *units;
    size_t nunits;
    uint32_t *visible; /* indices of units that the tables see, in order */
    size_t nvisible;
    raw_glyph *glyphs;
    size_t nglyphs;
    bool japanese; /* lines are justified between characters */
    bool tabs;     /* there is one */
    bool wide;     /* there is a Japanese character at all */
};

static inline bool
is_western(unsigned cls)
{
    return cls == BN_CL_21 || cls == BN_CL_24 || cls == BN_CL_25 ||
           cls == BN_CL_27;
}

/* Row or column of Tables 1 and 6: mathematical signs are solid like 13. */
static inline unsigned
class_row(unsigned cls)
{
    return cls < BN_CLASSES ? cls : BN_CL_13;
}

/* Row or column of Table 2: they break like ideographs. */
static inline unsigned
class_break_row(unsigned cls)
{
    return cls < BN_CLASSES ? cls : BN_CL_19;
}

bool bn_lang_is_cjk(const char *lang);

/* classes.c: class by code point, BN_CLASSES + 2 when the tables have none. */
enum { CLASS_NONE = BN_CLASSES + 2 };
unsigned bn_class_of(uint32_t cp, bool *half);
void bn_classify(bn_para *p);

/* spacing.c: gaps between units, what grows and shrinks. */
void bn_space(bn_para *p);
/* breaks.c */
void bn_find_breaks(bn_para *p);
/* Does the text ask for a line end between visible unit v and the next? */
bool bn_forced_behind(const bn_para *p, size_t v);

/* vertical.c: which units stand upright (UAX #50), their glyphs. */
void bn_orient(bn_para *p);
size_t bn_combined(const bn_para *p, const bn_text_style *st, const char *s,
                   const char *start, const char *end);
int32_t bn_vertical_origin_x(const bn_face *face, uint32_t gid);
void bn_fit_combined(bn_arena *a, bn_para *p, unit *u);

/* itemise.c: clusters and their faces. */
bn_code bn_itemise(bn_arena *a, bn_para *p, bn_msgs *msgs);

/* shape.c: glyphs of all units. */
void bn_shape(bn_arena *a, bn_para *p);

/* Face and glyph of a cluster (state.c keeps what was found). */
typedef struct found_glyph {
    const bn_face *face; /* NULL: none has it */
    uint32_t gid;
    int32_t adv;
    int32_t ink_left, ink_right;
} found_glyph;

/* state.c: what is kept between paragraphs of a thread. */
struct hb_buffer_t;
typedef struct shaped_word {
    uint32_t nglyphs;
    const raw_glyph *glyphs;
    const uint32_t *clusters; /* byte offset in the word of each glyph */
} shaped_word;

found_glyph bn_find_glyph(const bn_fontset *set, uint32_t cp, bool prefer_wide,
                          bool latin);
/* The upright form in vertical lines (feature vert); the ink counts from the
 * top of the frame. turned: the face has no form of its own for it. */
found_glyph bn_find_vertical(const bn_face *face, uint32_t cp, bool *own_form);
const shaped_word *bn_shape_word(const bn_face *face, const bn_text_style *st,
                                 const char *text, size_t nbytes);
/* Where ICU says that a line may end: bit i is set when one may before text[i]
 * (or at its end, n16). Kept between paragraphs; borrowed until the next call.
 */
const uint8_t *bn_line_ends(const char *locale, const uint16_t *text,
                            size_t n16);
/* Hyphenation points: out[i] != 0: a hyphen may stand behind byte i. */
bool bn_hyphenate(const char *lang, const char *word, size_t nbytes, char *out);

/* The character that shows where a word is divided behind u. */
uint32_t bn_hyphen_of(const unit *u);

#endif
