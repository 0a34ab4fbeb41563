#include "content/scheme.h"

#include <string.h>

#include "base/kanji.h"

/*
 * The hierarchies of public papers (公用文作成の考え方; e-Gov law XML; rules
 * of towns), top level first. Levels of one scheme join directly in a citation
 * except where の is written.
 */
static const scheme schemes[] = {
    {"koyobun-h",
     7,
     {{"第", "", NUMERAL_ARABIC, "第", "", 0},
      {"", "", NUMERAL_ARABIC, "の", "", 0},
      {"(", ")", NUMERAL_ARABIC, "(", ")", 0},
      {"", "", NUMERAL_AIU, "", "", 0},
      {"(", ")", NUMERAL_AIU, "(", ")", 0},
      {"", "", NUMERAL_LATIN, "", "", 0},
      {"(", ")", NUMERAL_LATIN, "(", ")", 0}}},
    {"koyobun-v",
     6,
     {{"第", "", NUMERAL_KANJI, "第", "", 0},
      {"", "", NUMERAL_KANJI, "の", "", 0},
      {"", "", NUMERAL_FULL, "の", "", 0},
      {"（", "）", NUMERAL_KANJI, "（", "）", 0},
      {"（", "）", NUMERAL_FULL, "（", "）", 0},
      {"", "", NUMERAL_AIU, "", "", 0}}},
    {"kokuji",
     4,
     {{"第", "", NUMERAL_KANJI, "第", "", 0},
      {"", "", NUMERAL_ARABIC, "の", "", 0},
      {"", "", NUMERAL_KANJI, "の", "", 0},
      {"", "", NUMERAL_IROHA, "", "", 0}}},
    {"shishin",
     3,
     {{"第", "", NUMERAL_ARABIC, "第", "", 0},
      {"", "", NUMERAL_ARABIC, "の", "", 0},
      {"", "", NUMERAL_KANJI, "の", "", 0}}},
    {"criteria",
     5,
     {{"", "", NUMERAL_ROMAN, "", "", 0},
      {"第", "", NUMERAL_KANJI, "の第", "", 0},
      {"", "", NUMERAL_ARABIC, "の", "", 0},
      {"", "", NUMERAL_KANJI, "の", "", 0},
      {"", "", NUMERAL_IROHA, "", "", 0}}},
    {"law",
     9,
     {{"第", "編", NUMERAL_KANJI, "第", "編", 0},
      {"第", "章", NUMERAL_KANJI, "第", "章", 0},
      {"第", "節", NUMERAL_KANJI, "第", "節", 0},
      {"第", "条", NUMERAL_KANJI, "第", "条", LEVEL_ARTICLE},
      {"", "", NUMERAL_FULL, "第", "項", LEVEL_PARAGRAPH},
      {"", "", NUMERAL_KANJI, "第", "号", 0},
      {"", "", NUMERAL_IROHA, "", "", 0},
      {"（", "）", NUMERAL_FULL, "（", "）", 0},
      {"（", "）", NUMERAL_ROMAN_SMALL, "（", "）", 0}}},
    {"kitei-h",
     6,
     {{"第", "章", NUMERAL_ARABIC, "第", "章", 0},
      {"第", "条", NUMERAL_ARABIC, "第", "条", LEVEL_ARTICLE},
      {"", "", NUMERAL_ARABIC, "第", "項", LEVEL_PARAGRAPH},
      {"(", ")", NUMERAL_ARABIC, "第", "号", 0},
      {"", "", NUMERAL_AIU, "", "", 0},
      {"(", ")", NUMERAL_AIU, "(", ")", 0}}},
    {"yoryo",
     6,
     {{"", ".", NUMERAL_ARABIC, "", "", 0},
      {"(", ")", NUMERAL_ARABIC, "(", ")", 0},
      {"", "", NUMERAL_CIRCLED, "", "", 0},
      {"", "", NUMERAL_IROHA, "", "", 0},
      {"", ")", NUMERAL_ROMAN_SMALL, "", ")", 0},
      {"", ")", NUMERAL_LATIN, "", ")", 0}}},
};

const scheme *
scheme_find(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strlen(schemes[i].name) == n &&
            memcmp(schemes[i].name, name, n) == 0)
            return &schemes[i];
    return NULL;
}

int
scheme_level_with(const scheme *s, unsigned flag)
{
    for (int i = 0; i < s->nlevels; i++)
        if (s->levels[i].flags & flag)
            return i;
    return -1;
}

/* -------------------------------------------------------------- numerals */

/* Katakana by code point: ニ ハ ヘ ロ チ リ have look-alikes elsewhere. */
static const char *const iroha[] = {
    "\u30A4", "\u30ED", "\u30CF", "\u30CB", "\u30DB", "\u30D8", "\u30C8",
    "\u30C1", "\u30EA", "\u30CC", "\u30EB", "\u30F2", "\u30EF", "\u30AB",
    "\u30E8", "\u30BF", "\u30EC", "\u30BD", "\u30C4", "\u30CD", "\u30CA",
    "\u30E9", "\u30E0", "\u30A6", "\u30F0", "\u30CE", "\u30AA", "\u30AF",
    "\u30E4", "\u30DE", "\u30B1", "\u30D5", "\u30B3", "\u30A8", "\u30C6",
    "\u30A2", "\u30B5", "\u30AD", "\u30E6", "\u30E1", "\u30DF", "\u30B7",
    "\u30F1", "\u30D2", "\u30E2", "\u30BB", "\u30B9"};

static const char *const aiu[] = {
    "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ",
    "ス", "セ", "ソ", "タ", "チ", "ツ", "テ", "ト", "ナ", "ニ", "ヌ", "ネ",
    "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ", "ム", "メ", "モ", "ヤ",
    "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ", "ヲ"};

static const char *const roman[] = {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ",
                                    "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ"};
static const char *const roman_small[] = {"ⅰ", "ⅱ", "ⅲ", "ⅳ", "ⅴ", "ⅵ",
                                          "ⅶ", "ⅷ", "ⅸ", "ⅹ", "ⅺ", "ⅻ"};
static const char *const circled[] = {"①", "②", "③", "④", "⑤", "⑥", "⑦",
                                      "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭",
                                      "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};
static const char *const latin[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                    "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                    "s", "t", "u", "v", "w", "x", "y", "z"};

#define SERIES(a)                                                              \
    {                                                                          \
        (a), sizeof(a) / sizeof(a)[0]                                          \
    }
static const struct {
    const char *const *members;
    size_t n;
} series[] = {
    [NUMERAL_ROMAN] = SERIES(roman),
    [NUMERAL_ROMAN_SMALL] = SERIES(roman_small),
    [NUMERAL_CIRCLED] = SERIES(circled),
    [NUMERAL_IROHA] = SERIES(iroha),
    [NUMERAL_AIU] = SERIES(aiu),
    [NUMERAL_LATIN] = SERIES(latin),
};

static const char *
arabic(bn_arena *a, digit_style d, int i)
{
    static const char *const full[] = {"０", "１", "２", "３", "４",
                                       "５", "６", "７", "８", "９"};
    const char *half = bn_arena_printf(a, "%d", i);
    const char *out = "";

    if (d == DIGITS_HALF || (d == DIGITS_SINGLE_FULL && i > 9))
        return half;
    for (const char *p = half; *p; p++)
        out = bn_arena_printf(a, "%s%s", out, full[*p - '0']);
    return out;
}

const char *
mark_write(bn_arena *a, numeral_kind n, digit_style d, int i, bool *ran_out)
{
    *ran_out = false;
    switch (n) {
    case NUMERAL_ARABIC:
        return arabic(a, d, i);
    case NUMERAL_FULL:
        return arabic(a, DIGITS_FULL, i);
    case NUMERAL_KANJI:
        *ran_out = i > 9999;
        return *ran_out ? arabic(a, DIGITS_HALF, i) : bn_kanji(a, (uint64_t)i);
    case NUMERAL_ROMAN:
    case NUMERAL_ROMAN_SMALL:
    case NUMERAL_CIRCLED:
    case NUMERAL_IROHA:
    case NUMERAL_AIU:
    case NUMERAL_LATIN:
        break;
    }
    *ran_out = (size_t)i > series[n].n;
    return *ran_out ? arabic(a, DIGITS_HALF, i) : series[n].members[i - 1];
}
