/* text.h - characters to lines. One paragraph is one sequence of clusters
 * across all inline borders (JLREQ; DESIGN 5). Knows nothing of FO. */
#ifndef BN_TEXT_TEXT_H
#define BN_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/len.h"
#include "font/font.h"

/* ------------------------------------------------------------- styles */

enum bn_line_break {
    BN_LB_AUTO,
    BN_LB_STRICT,
    BN_LB_NORMAL,
    BN_LB_LOOSE,
    BN_LB_ANYWHERE
};
enum bn_hang { BN_HANG_NONE, BN_HANG_ALLOW_END, BN_HANG_FORCE_END };
/* punctuation-trim (FO.md 3), flags */
enum {
    BN_TRIM_START = 1,
    BN_TRIM_END = 2,
    BN_TRIM_ADJACENT = 4,
    BN_TRIM_START_EXCEPT_FIRST = 8,
    BN_TRIM_ALLOW_END = 16,
    BN_TRIM_STOP_STAYS = 32 /* a full stop keeps its space at the line end */
};
/* text-autospace, flags */
enum { BN_AUTOSPACE_NUMERIC = 1, BN_AUTOSPACE_ALPHA = 2 };
enum bn_justify {
    BN_JUSTIFY_AUTO,
    BN_JUSTIFY_INTER_WORD,
    BN_JUSTIFY_INTER_CHARACTER,
    BN_JUSTIFY_DISTRIBUTE
};
enum bn_orientation {
    BN_ORIENT_MIXED, /* by UAX #50 */
    BN_ORIENT_UPRIGHT,
    BN_ORIENT_SIDEWAYS
};
enum { BN_COMBINE_ALL = 255 };
enum bn_word_break {
    BN_WB_NORMAL,
    BN_WB_BREAK_ALL,
    BN_WB_KEEP_ALL,
    BN_WB_PHRASE /* Japanese ends lines between phrases (ICU, for headings) */
};
/* Order of reduction: JLREQ Table 3, JIS X 4051 (Table 4), books (Table 5) */
enum bn_shrink { BN_SHRINK_JLREQ, BN_SHRINK_JISX4051, BN_SHRINK_BOOKS };
/* What may be reduced at all, flags */
enum {
    BN_TIGHT_SPACES = 1,
    BN_TIGHT_BRACKETS = 2, /* and commas; the line end */
    BN_TIGHT_DOTS = 4,
    BN_TIGHT_WESTERN = 8,
    BN_TIGHT_ALL = 15
};

/* The style of a run of characters; shared by pointer (equal styles need not
 * be the same pointer). */
typedef struct bn_text_style {
    const bn_fontset *fonts;
    bn_len size;
    const char *lang;      /* BCP 47: "ja", "en"; "" unknown */
    bn_len letter_spacing; /* optimum; added after each character */
    bn_len word_spacing;   /* optimum; added to each word space */
    bn_len word_spacing_min, word_spacing_max;
    uint8_t line_break, word_break, hang, trim, autospace;
    uint8_t combine;        /* tate-chu-yoko: BN_COMBINE_ALL, or digits in runs
                               of at most so many; 0 none */
    uint8_t orientation;    /* vertical: enum bn_orientation */
    uint8_t vertical;       /* of bn_text_shape; a paragraph has its own */
    uint8_t nowrap;         /* wrap-option="no-wrap" */
    uint8_t break_word; /* a word longer than the line is cut anywhere */
    uint8_t preserve_space; /* spaces at line edges stay */
    uint8_t hyphenate;
    uint32_t hyphen; /* what shows where a word is divided; 0: "-" */
    uint8_t hyphen_before, hyphen_after; /* least characters */
    uint8_t kerning;                     /* 0 as the face says, 1 on, 2 off */
    uint8_t ligatures;                   /* 0 on, 1 off */
    uint16_t autospace_width;            /* 1/1000 em; 250 */
    uint16_t keep;         /* keep-together.within-line: same non-zero
                             number = unbreakable */
    uint8_t solid;         /* not even where no line is long enough: a ruby's
                             base */
    uint8_t to_the_letter; /* nor may a line break its level's rules where no
                              other end fits: it sticks out */
    /* Characters that may not start a line besides those of the level, that may,
     * that may not end one, that may; UTF-8, NULL: none. */
    const char *no_start, *may_start, *no_end, *may_end;
    bn_len base_gap;      /* between the characters of a ruby's base */
    const char *features; /* font-feature-settings; may be NULL */
} bn_text_style;

/* -------------------------------------------------------------- items */

enum bn_item_kind {
    BN_ITEM_TEXT,   /* characters */
    BN_ITEM_BOX,    /* an inline object; breaks around as a letter (class AL)
                       or ideograph as `ideographic` says */
    BN_ITEM_OPEN,   /* start edge of an inline: width sticks to what follows */
    BN_ITEM_CLOSE,  /* end edge: sticks to what precedes */
    BN_ITEM_LEADER, /* width between min and max; takes the slack of a
                       justified line */
    BN_ITEM_BREAK,  /* forced line end */
    BN_ITEM_TAB,    /* on to the paragraph's next stop; none left: next line */
    BN_ITEM_ANCHOR  /* no width, invisible to the tables: footnote body, id */
};

typedef struct bn_item {
    enum bn_item_kind kind;
    const bn_text_style *style;
    const char *text; /* TEXT: UTF-8, nbytes, in the document's arena */
    uint32_t nbytes;
    bn_len width;        /* BOX, OPEN, CLOSE, LEADER (optimum) */
    bn_len min, max;     /* LEADER */
    uint8_t ideographic; /* BOX */
    uint8_t mark;        /* TEXT: reference mark cl-20 (footnote number):
                            never starts a line */
    uint8_t tied;        /* no line ends before it, nor behind the spaces that
                            it begins with */
    bn_place place;      /* for messages */
    void *user;          /* the caller's */
} bn_item;

/* Where what follows a tab stands (JLREQ 3.6): it starts there, ends there, has
 * its middle there, or its decimal point (its end when it has none). */
enum bn_stop { BN_STOP_START, BN_STOP_END, BN_STOP_CENTER, BN_STOP_DECIMAL };
typedef struct bn_tab_stop {
    bn_len at; /* from the start of the line box, indents not counted */
    uint8_t kind;
} bn_tab_stop;

/* Style of the whole paragraph. */
typedef struct bn_para_style {
    const char *lang;
    uint8_t vertical;
    uint8_t bpil;              /* axf:line-break="bpil": total fit over the
                                  paragraph even in Japanese */
    uint8_t justify;           /* enum bn_justify */
    uint8_t shrink;            /* enum bn_shrink */
    uint8_t loose;             /* BN_TIGHT_ flags of what is never reduced */
    uint8_t first_bracket;     /* JLREQ 4.1: 0 A, 1 B, 2 C */
    uint8_t avoid_widow;       /* a single character in the last line */
    uint8_t missing_warn;      /* missing glyph: 0 error, 1 warning */
    uint8_t overflow_condense; /* one line that is too wide: scale its size */
    bn_len condense_floor;     /* the least size it may come to */
    const bn_tab_stop *stops;  /* nstops, in rising order; in the document's
                                  arena */
    size_t nstops;
    int32_t hyphen_ladder; /* most hyphenated lines in a row; 0 any */
} bn_para_style;

typedef struct bn_para bn_para;

/*
 * Itemise, shape, classify. Missing glyphs: BN_EGLYPH (R158) with code point,
 * fonts tried and the item's place, one message a character.
 *
 * style  copied.
 * items  n, in reading order; borrowed until the paragraph is dropped.
 * In arena a; free the hyphenation and shaping caches with bn_text_shutdown.
 */
bn_code bn_para_make(bn_arena *a, const bn_para_style *style,
                     const bn_item *items, size_t n, bn_para **out,
                     bn_msgs *msgs);

enum bn_align {
    BN_ALIGN_START,
    BN_ALIGN_CENTER,
    BN_ALIGN_END,
    BN_ALIGN_JUSTIFY
};

/* Where lines go. */
typedef struct bn_measure {
    bn_len width;              /* of a line, without start- and end-indent */
    bn_len text_indent;        /* of the first line; may be negative */
    bn_len last_end_indent;    /* last-line-end-indent */
    uint8_t align, align_last; /* enum bn_align */
    uint8_t align_first; /* of the first line, 1 + enum bn_align; 0: align */
    /* Width and extra start indent of line i (floats beside it); NULL: all
     * the same. */
    bn_len (*width_of)(void *user, size_t line, bn_len *start_indent);
    void *user;
} bn_measure;

/* A piece of a line that comes from one item. Pieces stand in visual order. */
typedef struct bn_piece {
    uint32_t item; /* index into the paragraph's items */
    bn_len x;      /* from the start of the line box, indents included */
    bn_len width;  /* TEXT: of the run; BOX, OPEN, CLOSE, LEADER: used */
    const bn_glyph_run *run; /* TEXT */
    uint32_t from, to;       /* TEXT: bytes of the item's text in the line */
    bn_len word_adjust;      /* what justification added to each word space */
} bn_piece;

typedef struct bn_line {
    const bn_piece *pieces;
    uint32_t npieces;
    bn_len start_indent, end_indent; /* what alignment and indent leave */
    bn_len last_indent;              /* last-line-end-indent, if it has it */
    bn_len width;                    /* of the content, after adjustment */
    bn_len natural;                  /* before */
    bn_len overflow;                 /* > 0: wider than the measure by this */
    bn_len hang;                     /* of the last mark that hangs outside */
    uint8_t last;                    /* of the paragraph */
    uint8_t forced;                  /* ended by a forced break or line feed */
    uint8_t hyphenated;
} bn_line;

/* All lines of the paragraph at this measure, in arena a. An empty paragraph
 * has no lines. */
bn_code bn_para_lines(const bn_para *p, bn_arena *a, const bn_measure *m,
                      const bn_line **lines, size_t *n, bn_msgs *msgs);

/* Least (longest unbreakable piece) and natural (no line break) width: for
 * automatic table columns. */
void bn_para_widths(const bn_para *p, bn_len *least, bn_len *natural);

/* Where the first character cp of the paragraph begins when it is set in one
 * line; its whole width where there is none. For columns of figures. */
bn_len bn_para_point(const bn_para *p, uint32_t cp);

/* One run of text on its own, for page numbers, SVG, leaders: no line logic,
 * fallback by coverage; runs in arena a. */
bn_code bn_text_shape(bn_arena *a, const bn_text_style *style, const char *text,
                      size_t nbytes, const bn_glyph_run **runs, size_t *n,
                      bn_len *width, bn_msgs *msgs, bn_loc at);

/* Release ICU break iterators, HarfBuzz buffers, hyphenation dictionaries. */
void bn_text_shutdown(void);

#endif
