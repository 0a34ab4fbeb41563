/* compare.h - two law texts: which provision became which, and what changed
 * in it, by words. */
#ifndef BN_COMPARE_COMPARE_H
#define BN_COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "source/source.h"

/* One provision: a level of the text with its own words, children apart. */
typedef struct bn_provision {
    const char *title; /* "第三", "７", "四", "ト"; "" for a text without */
    const char *caption; /* "認証証明書の交付", or "" */
    const char *text;    /* own sentences, UTF-8; "" when it has none */
    const char *path;    /* titles from the top: "第三/7/四/ト", digits half
                            width */
    const char *element; /* "Article", "Item"… */
    int32_t parent;      /* index, -1 at the top */
    int32_t level;       /* 0 at the top */
    bool left_out;       /* ［略］ in the source itself */
    bool joined;         /* its words are those of a paragraph below it */
    bn_place place;
    const bn_node *node; /* in the tree that was read */
} bn_provision;

typedef struct bn_provisions {
    const bn_provision *v;
    size_t n;
    const char *title;         /* LawTitle */
    const char *number;        /* LawNum, "" when it has none */
    const char *attributes[5]; /* Era Year Num LawType Lang */
} bn_provisions;

/*
 * The provisions of a law in e-Gov form (Law root), in reading order. Strings
 * in arena a; nodes belong to the tree. Articles, paragraphs, items and subitems, chapters and the
 * like, supplementary provisions; an unnumbered first paragraph counts as the
 * words of its article.
 */
bn_code bn_provisions_read(bn_arena *a, bn_tree *law, bn_provisions *out,
                           bn_msgs *msgs);

typedef enum bn_change {
    BN_SAME,       /* equal words, equal title */
    BN_RENUMBERED, /* equal words, another title or place */
    BN_CHANGED,    /* other words */
    BN_ADDED,
    BN_DELETED,
    BN_SPLIT, /* part of an old provision that another continues */
    BN_MERGED /* an old provision that went into another's successor */
} bn_change;

/* A changed stretch: bytes of the old and of the new text; an empty side is
 * an insertion or deletion. In order, never touching. */
typedef struct bn_mark_span {
    uint32_t old_from, old_to, new_from, new_to;
} bn_mark_span;

/* One row of a comparison. */
typedef struct bn_pair {
    int32_t old, new; /* indices, -1: none */
    bn_change change;
    bool moved;      /* out of the order of its neighbours */
    uint32_t nspans; /* CHANGED, SPLIT, MERGED */
    const bn_mark_span *spans;
} bn_pair;

typedef struct bn_comparison {
    bn_provisions old, new;
    const bn_pair *pairs; /* in the order of the new text, deleted ones where
                             they stood */
    size_t npairs;
} bn_comparison;

/*
 * Align two texts and mark what changed. Equal provisions first, then those
 * of the same address, then by likeness of their words; time is linear in the
 * length of the texts but for provisions that share no rare words.
 */
void bn_compare(bn_arena *a, const bn_provisions *old, const bn_provisions *new,
                bn_comparison *out);

/* What changed between two texts, by words (ICU) that are never cut: numbers
 * with their counters, citations of notices and articles are one word. */
void bn_compare_words(bn_arena *a, const char *old, const char *new,
                      const bn_mark_span **spans, uint32_t *n);

/* ------------------------------------------------- the comparison table */

/* A stretch of a line; marked ones get the 傍線. */
typedef struct bn_stretch {
    const char *p; /* UTF-8, n bytes; borrowed */
    uint32_t n;
    bool marked;
} bn_stretch;

typedef enum bn_line_kind {
    BN_LINE_TITLE,   /* title of the law */
    BN_LINE_HEADING, /* 第三　認証業務の実施のプロセス */
    BN_LINE_CAPTION, /* 1　申込み; （目的） */
    BN_LINE_WORDS,   /* words below a heading */
    BN_LINE_ITEM,    /* a number and its words */
    BN_LINE_NOTE     /* ［新設］ and the like */
} bn_line_kind;

typedef struct bn_cell_line {
    bn_line_kind kind;
    int32_t indent; /* characters */
    const bn_stretch *v;
    uint32_t n;
} bn_cell_line;

typedef struct bn_cell {
    const bn_cell_line *v;
    uint32_t n;
} bn_cell;

/* One provision (or a run of unchanged ones as ［略］) on both sides. */
typedef struct bn_table_row {
    bn_cell old, new;
} bn_table_row;

typedef struct bn_table {
    const char *title; /* ○…の一部を改正する告示　新旧 */
    const bn_table_row *v;
    size_t n;
} bn_table;

/*
 * The rows of the 新旧対照表, in arena a: unchanged provisions as ［略］, their
 * numbers joined (二・三, 三～八); a provision above a changed one whole;
 * unnumbered paragraphs whole beside a changed one, since nothing names them;
 * numbers that changed marked with their words as ［略］.
 */
void bn_compare_table(bn_arena *a, const bn_comparison *c, bn_table *out);

typedef struct bn_table_look {
    bool old_first; /* 改正前 in the first column */
    bool vertical;  /* its lines are vertical: data-writing of the article */
} bn_table_look;

/* As content (article.comparison in XHTML), as a law in e-Gov form, and the
 * differences as JSON; appended. */
void bn_table_content(const bn_table *t, const bn_table_look *look,
                      bn_buf *out);
void bn_table_law(const bn_table *t, const bn_provisions *new,
                  const bn_table_look *look, bn_buf *out);
void bn_comparison_json(const bn_comparison *c, bn_buf *out);

/* The sentences that amend the old text into the new one (改め文), as a law in
 * e-Gov form, appended: words changed, added and cut (「…」を「…」に改める),
 * provisions added, deleted and renumbered. The trees must still be there. */
void bn_comparison_amend(bn_arena *a, const bn_comparison *c, bn_buf *out);

#endif
