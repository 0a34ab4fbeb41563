/* scheme.h - private to content: how official papers count. */
#ifndef BN_CONTENT_SCHEME_H
#define BN_CONTENT_SCHEME_H

#include <stdbool.h>

#include "base/arena.h"

enum { SCHEME_LEVELS = 9 };

typedef enum numeral_kind {
    NUMERAL_ARABIC,      /* 1, by the house option digits */
    NUMERAL_FULL,        /* １ always */
    NUMERAL_KANJI,       /* 十二 */
    NUMERAL_ROMAN,       /* Ⅰ */
    NUMERAL_ROMAN_SMALL, /* ⅰ */
    NUMERAL_CIRCLED,     /* ① */
    NUMERAL_IROHA,       /* イ */
    NUMERAL_AIU,         /* ア */
    NUMERAL_LATIN        /* a */
} numeral_kind;

typedef enum digit_style {
    DIGITS_HALF,
    DIGITS_FULL,
    DIGITS_SINGLE_FULL
} digit_style;

enum {
    LEVEL_ARTICLE = 1 << 0,  /* 条: runs on through what is above it */
    LEVEL_PARAGRAPH = 1 << 1 /* 項: paragraphs, the first without number */
};

typedef struct scheme_level {
    const char *before, *after; /* printed around the numeral */
    numeral_kind numeral;
    const char *cite_before, *cite_after; /* in a citation */
    unsigned flags;
} scheme_level;

typedef struct scheme {
    const char *name;
    int nlevels;
    scheme_level levels[SCHEME_LEVELS];
} scheme;

/* NULL when there is none of this name (n bytes). */
const scheme *scheme_find(const char *name, size_t n);
/* Level (from 0) with a flag, -1: none. */
int scheme_level_with(const scheme *s, unsigned flag);

/* Numeral i (from 1) in arena a; *ran_out when the series has no such member
 * (it goes on in arabic numerals). */
const char *mark_write(bn_arena *a, numeral_kind n, digit_style d, int i,
                       bool *ran_out);

#endif
