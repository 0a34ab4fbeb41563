/* tables.h - JLREQ's character classes and what stands between them. */
#ifndef BN_TEXT_TABLES_H
#define BN_TEXT_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* cl-17 and cl-18 are not in JLREQ's tables: see bn_class_row(). */
enum bn_class {
    BN_CL_01, /* opening brackets */
    BN_CL_02, /* closing brackets */
    BN_CL_03, /* hyphens */
    BN_CL_04, /* dividing marks */
    BN_CL_05, /* middle dots */
    BN_CL_06, /* full stops */
    BN_CL_07, /* commas */
    BN_CL_08, /* inseparable */
    BN_CL_09, /* iteration marks */
    BN_CL_10, /* prolonged sound mark */
    BN_CL_11, /* small kana */
    BN_CL_12, /* prefixes */
    BN_CL_13, /* postfixes */
    BN_CL_14, /* ideographic space */
    BN_CL_15, /* hiragana */
    BN_CL_16, /* katakana */
    BN_CL_19, /* ideographs */
    BN_CL_20, /* reference marks */
    BN_CL_21, /* base with super- or subscript */
    BN_CL_22, /* base with mono or group ruby */
    BN_CL_23, /* base with jukugo ruby */
    BN_CL_24, /* grouped numerals */
    BN_CL_25, /* unit symbols */
    BN_CL_26, /* word space */
    BN_CL_27, /* Western */
    BN_CL_28, /* warichu opening */
    BN_CL_29, /* warichu closing */
    BN_CL_30, /* tate-chu-yoko */
    BN_CLASSES,
    BN_CL_17 = BN_CLASSES, /* math symbols */
    BN_CL_18               /* operators */
};

extern const char bn_table_space[BN_CLASSES][BN_CLASSES + 2];
extern const char bn_table_break[BN_CLASSES][BN_CLASSES + 1];
extern const char bn_table_expand[BN_CLASSES][BN_CLASSES + 1];

typedef struct bn_class_range {
    uint32_t first, last;
    uint8_t cls, half;
} bn_class_range;

extern const bn_class_range bn_class_ranges[];
extern const size_t bn_class_range_count;

#endif
