/* inline.h - the inline content of a block while it becomes lines. Private to
 * the files that make paragraphs. */
#ifndef BN_LAYOUT_INLINE_H
#define BN_LAYOUT_INLINE_H

#include "layout/internal.h"

/* Heights of a font at its size; all positive, from the baseline. */
typedef struct bn_metrics {
    bn_len asc, desc, x_height, size, line_height;
} bn_metrics;

/* Baselines that children align to: of which font, standing where (up from
 * the line's baseline), which of them is dominant (XSL 1.1 7.14). */
typedef struct bn_baselines {
    bn_metrics font;
    bn_len origin;
    bn_keyword dominant;
    uint8_t reset; /* not those of the block */
    bn_len moved;  /* of the origin: by baseline shifts alone */
} bn_baselines;

/* One inline object that holds others (fo:inline, basic-link). */
typedef struct bn_inl {
    const bn_fo *fo;
    const struct bn_inl *up; /* NULL: in the block itself */
    bn_metrics font;
    bn_len shift; /* of its baseline, up from the line's */
    uint8_t edge; /* BN_K_BEFORE_EDGE, _AFTER_EDGE of the line: 1, 2;
                     else 0 */
    uint8_t has_box;
    uint8_t opens; /* has an OPEN and a CLOSE item; but no OPEN where */
    uint8_t block_first; /* its first content is a block */
    bn_len space_start, space_end;
    bn_baselines table;
    const char *internal, *external;
} bn_inl;

/* An annotation and the base it stands over. */
typedef struct bn_ruby {
    const bn_fo *fo; /* axf:ruby-text */
    const bn_fo *style_fo;
    const bn_text_style *style;
    const bn_glyph_run *runs;
    size_t nruns;
    bn_len width, base_width;
    bn_len room_before, room_after; /* that the base gets at its sides */
    bn_len base_gap;                /* and between its characters */
    uint8_t tied; /* no line ends behind it: one of the two parts would have no
                     room by itself */
    uint32_t base_letters; /* of a base of several that may be parted; else 0 */
    const struct bn_ruby_word *word;
} bn_ruby;

/* The pairs of one axf:ruby: one, or a compound whose readings may stand over
 * one another's bases (熟語ルビ). */
typedef struct bn_ruby_word {
    bn_ruby **pairs;
    size_t n;
    bn_len left, right; /* over what stands beside it */
} bn_ruby_word;

/* Bases on a line and where their annotations stand, from the line's start. */
typedef struct bn_ruby_place {
    const bn_ruby *ruby;
    bn_len from, to;      /* of the base */
    bn_len x;             /* of the annotation: bn_ruby_set fills it */
    bn_len before, after; /* room beside the base */
} bn_ruby_place;
/* n neighbours of one word, between low and high as far as they fit. Returns
 * what they are too long by. */
bn_len bn_ruby_set(bn_ruby_place *p, size_t n, bn_len low, bn_len high);
/* Width of the base with what opened in it. */
bn_len bn_ruby_base(const bn_ruby *r);
bn_ruby *bn_ruby_make(bn_ctx *c, const bn_fo *base, const bn_fo *text);
/* Emphasis marks over a run, ip and size set; NULL when there are none. */
/* Do they stand below the line (on the left of a vertical one)? */
bool bn_emphasis_below(const bn_fo *fo);
bn_area *bn_emphasis_area(bn_ctx *c, const bn_fo *fo,
                          const bn_text_style *style, const bn_glyph_run *run);

/* kansuji.c: the text with its numbers in kanji when the object asks for it
 * (axf:number-transform); in ctx->lines. */
const char *bn_kansuji(bn_ctx *c, const bn_fo *fo, const char *text,
                       size_t *nbytes);

enum bn_leaf_kind {
    BN_LEAF_TEXT,
    BN_LEAF_OPEN,
    BN_LEAF_CLOSE,
    BN_LEAF_LEADER,
    BN_LEAF_PICTURE,
    BN_LEAF_CONTAINER,
    BN_LEAF_BLOCK,
    BN_LEAF_ANCHOR,
    BN_LEAF_NOTE,
    BN_LEAF_FLOAT,
    BN_LEAF_BREAK,
    BN_LEAF_RUBY_OPEN,
    BN_LEAF_RUBY_CLOSE,
    BN_LEAF_TAB,
    BN_LEAF_WARICHU
};

/* A note in two lines within the line (割注, JLREQ 3.4.2). The paragraph first
 * sees it as boxes of one small em, which shows how much of it stands on the
 * line where it begins; then as one box for each line it stands on. */
typedef struct bn_warichu_part {
    const bn_line *line[2]; /* the second may be NULL */
    const bn_item *items;   /* that the lines are of */
    bn_len width;
} bn_warichu_part;

typedef struct bn_warichu {
    struct bn_warichu *next; /* in the paragraph */
    const bn_fo *fo;
    const bn_item *items; /* its text, from the start */
    size_t nitems;
    bn_para *para;
    bn_para_style style;
    bn_len em;             /* of its own type */
    bn_warichu_part whole; /* when it stands on one line */
    bn_warichu_part *parts;
    uint32_t nparts; /* 0: not settled */
} bn_warichu;

/* What an item stands for. */
typedef struct bn_leaf {
    uint8_t kind;
    uint8_t foreign;  /* picture of instream-foreign-object */
    uint8_t edge;     /* as in bn_inl */
    const bn_inl *in; /* NULL: the block */
    const bn_fo *fo;  /* whose properties it has */
    bn_len asc, desc; /* around its own baseline */
    bn_len shift;
    bn_len moved; /* of that, by baseline shifts */
    uint8_t has_box; /* a text with border or background of its own */
    uint8_t own;     /* text that is its own object: page-number */
    uint32_t at;     /* BLOCK: its item, as collected */
    /* PICTURE: viewport and the picture in it */
    const bn_image *image;
    bn_len ipd, bpd, image_ip, image_bp, image_ipd, image_bpd;
    const bn_text_style *style;  /* LEADER */
    const bn_ruby *ruby;         /* RUBY_OPEN, RUBY_CLOSE */
    bn_warichu *warichu;         /* WARICHU */
    const bn_warichu_part *part; /* the one that the box is for; NULL: the
                                    boxes of one em */
} bn_leaf;

typedef struct bn_note_ref bn_note_ref;

/* A page citation and what it printed when its paragraph was made. */
typedef struct bn_cited {
    const bn_fo *fo;
    const char *text;
    struct bn_cited *next;
} bn_cited;

/* A paragraph with page citations as it came out in this pass (citing.c). In
 * ctx->doc. */
typedef struct bn_citing {
    bn_run run;
    bn_len width;
    const bn_cited *cited;
    const char *page_text; /* of the page it was made for */
    int32_t page_no;
    uint8_t writing_mode;
    uint8_t simple; /* nothing but the text of its lines hangs on it */
    uint64_t shape; /* digest of what the layout took from it */
    const struct bn_paragraph *again; /* as what is known now has it; NULL:
                                         as it was */
} bn_citing;

/* A place in a block's content: behind so many bytes of an item's text.
 * Zero: at its start. */
typedef struct bn_rest {
    uint32_t item, byte;
} bn_rest;

/* A paragraph: items, lines, heights. In ctx->lines. */
typedef struct bn_paragraph {
    const bn_fo *fo;                /* the block */
    const bn_fo *first, *end;       /* its first child, that behind it */
    bn_rest from; /* where in the content it begins: what went before it
                     was set at another width */
    bn_metrics font;                /* of the block: the strut of its lines */
    bn_len half_before, half_after; /* half-leading */
    const bn_item *items;
    size_t nitems;
    const bn_line *lines;
    size_t nlines;
    bn_len width;
    size_t nbytes; /* it takes, and the page (turn) it was asked for */
    uint32_t turn;
    uint8_t anchors;      /* has items that make no line but must stand */
    uint8_t retrieves;    /* shows what a retrieve-marker found */
    uint8_t passing;      /* is made anew each time it is asked for */
    uint8_t fixed_height; /* line-stacking-strategy="font-height" */
    uint8_t leads;        /* "line-height": each inline has its own leading */
    uint8_t unshifted;    /* lines are not higher for baseline shifts */
    int32_t page_no;      /* of the page its page-number is for; -1 none */
    uint32_t pass;        /* it is for, when it cites, or had something to
                             say; 0: for any */
    bn_citing *citing;    /* NULL: it cites no page */
    bn_para *para;
    bn_warichu *warichu; /* in order */
} bn_paragraph;

/* The paragraph that starts at a child, at this width: from the cache, or
 * made. */
bn_paragraph *bn_paragraph_get(bn_ctx *c, const bn_run *run, bn_len width,
                               bn_rest from);
/* The same without lines (widths only, not cached). */
bn_paragraph *bn_paragraph_make(bn_ctx *c, const bn_run *run, bn_len width);
/* Give it its lines. */
void bn_paragraph_break(bn_ctx *c, bn_paragraph *p);

/* citing.c: note a paragraph that cites pages; its lines are known now. */
bn_citing *bn_citing_note(bn_ctx *c, const bn_run *run, bn_len width,
                          const bn_cited *cited);
void bn_citing_lines(bn_ctx *c, const bn_paragraph *p);

/* inline_items.c: items of the content. */
typedef struct bn_items {
    bn_ctx *ctx;
    bn_paragraph *p;
    bn_len width;
    struct {
        bn_item *v;
        size_t n, cap;
    } list;
    bn_len base_gap;    /* of the base being collected */
    uint16_t ruby_last; /* the last base's keep group */
    uint8_t ruby_tied;  /* the next base has it, too */
    uint16_t ruby_keep; /* keep group of the base being collected */
    uint8_t in_warichu; /* text and annotations only */
    uint8_t break_due;  /* a line must end before the next thing */
    uint8_t tie;        /* none may end before it (keeps within the line) */
    uint8_t on_line;    /* something stands on the line */
    uint8_t numbers;    /* has what changes with the page */
    uint8_t markers;    /* of that, what retrieve-marker found */
    uint8_t table_markers; /* another time, another one */
    bn_cited *cited;    /* what changes with the pass; last first */
} bn_items;
/* warichu.c: what is known of the one that fo begins; made when it is met for
 * the first time. */
bn_warichu *bn_warichu_of(bn_items *b, const bn_fo *fo, const bn_inl *in);
/* From the lines of p, decide on the parts of those that can be decided on;
 * true: the paragraph must be collected and set again. */
bool bn_warichu_settle(bn_ctx *c, bn_paragraph *p);

/* ruby.c: the rooms of the n pairs of one ruby, which is about to be
 * collected. */
void bn_ruby_make_room(const bn_items *b, const bn_fo *fo, bn_ruby_word *w);
/* The children of one object, as items of their own. */
void bn_items_of(bn_items *b, const bn_fo *fo, const bn_inl *in);
void bn_items_collect(bn_items *b, const bn_fo *first, const bn_fo *end);
const bn_text_style *bn_style_of(bn_ctx *c, const bn_fo *fo);
bn_metrics bn_metrics_of(bn_ctx *c, const bn_fo *fo);

bool bn_is_japanese(const bn_fo *fo);
/* tabs.c: the block's tab stops, in ctx->lines. */
void bn_set_stops(bn_ctx *c, const bn_fo *fo, bn_len width, bn_para_style *p);

bn_para_style bn_para_style_of(bn_ctx *c, const bn_fo *fo);
bn_measure bn_measure_of(const bn_ctx *c, const bn_fo *fo, bn_len width);
/* indents.c: text-indent or last-line-end-indent of lines of this width; a
 * percentage is of the width of the block that said it. */
bn_len bn_line_indent(const bn_ctx *c, const bn_fo *fo, bn_prop p,
                      bn_len width);

/* inline_align.c: where an inline object's baseline stands. */
bn_len bn_inline_shift(const bn_fo *fo, const bn_metrics *own,
                       const bn_baselines *parent, bn_len parent_shift,
                       const bn_metrics *parent_font, uint8_t *edge,
                       bn_baselines *table);

/* graphic.c: sizes of a viewport and its picture. */
void bn_graphic_leaf(bn_ctx *c, const bn_fo *fo, bn_len width, bn_leaf *leaf);

/* table_align.c: the indent that brings the paragraph's decimal point (or what
 * text-align names) under the others of its column; 0 when it has none. */
bn_len bn_figures_indent(bn_ctx *c, const bn_paragraph *p);

/* Border rectangle of an inline-container in a line of this width. */
void bn_container_size(bn_ctx *c, const bn_fo *fo, bn_len line, bn_len *ipd,
                       bn_len *bpd);
void bn_leader_heights(bn_ctx *c, bn_leaf *l, bn_keyword pattern,
                       bn_metrics *own);

/* line_areas.c: area of line i with all its inline areas; bpd its content
 * height, half-leading in space[]; notes it calls. */
bn_area *bn_line_area(bn_ctx *c, const bn_paragraph *p, size_t i, bn_len ipd);
bn_len bn_line_height(bn_ctx *c, const bn_paragraph *p, size_t i);

/* leader_content.c */
bool bn_leader_is_plain(const bn_fo *fo); /* nothing but text */
void bn_leader_fill(bn_ctx *c, const bn_leaf *leaf, bn_area *leader);
/* From the top of a line's content to its baseline. */
bn_len bn_line_top(const bn_paragraph *p, size_t i);

#endif
