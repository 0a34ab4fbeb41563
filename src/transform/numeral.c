#include "transform/numeral.h"

#include <stdio.h>
#include <string.h>

#include "base/kanji.h"
#include "base/utf8.h"

enum { WHOLE_MOST = 16, NAME_BYTES = 3 };

static const char positional[] = "〇一二三四五六七八九";
static const char financial[] = "零壱弐参四五六七八九";
static const char *const financial_places[] = {"", "拾", "百", "千"};
static const char *const groups[] = {"", "万", "億", "兆"};

static void
add_char(bn_buf *out, const char *table, int64_t i)
{
    bn_buf_add(out, table + i * NAME_BYTES, NAME_BYTES);
}

/* One group of four digits; 壱 is never left away. */
static void
add_formal_group(int n, bn_buf *out)
{
    static const int powers[] = {1, 10, 100, 1000};

    for (int i = 3; i >= 0; i--) {
        const int digit = n / powers[i] % 10;

        if (digit == 0)
            continue;
        add_char(out, financial, digit);
        bn_buf_adds(out, financial_places[i]);
    }
}

/* The formal figures of money. */
static void
add_formal(int64_t n, bn_buf *out)
{
    static const int64_t powers[] = {1, 10000, 100000000, 1000000000000};

    if (n == 0)
        add_char(out, financial, 0);
    for (int i = 3; i >= 0; i--) {
        const int group = (int)(n / powers[i] % 10000);

        if (group == 0)
            continue;
        add_formal_group(group, out);
        bn_buf_adds(out, groups[i]);
    }
}

/* ------------------------------------------------------ forms of numbers */

/* A number taken apart: text of the whole part without leading zeros, and of
 * the decimals with their point. */
struct number {
    bool negative;
    const char *whole;
    size_t n_whole;
    const char *decimals;
    int64_t value;
};

static bool
take_apart(const char *s, struct number *out)
{
    struct number x = {0};
    const char *p = s + strspn(s, " \t\r\n");

    x.negative = *p == '-';
    p += *p == '-' || *p == '+';
    while (p[0] == '0' && p[1] >= '0' && p[1] <= '9')
        p++;
    x.whole = p;
    x.n_whole = strspn(p, "0123456789");
    for (size_t i = 0; i < x.n_whole && i < WHOLE_MOST; i++)
        x.value = x.value * 10 + (p[i] - '0');
    x.decimals = p + x.n_whole;
    p = x.decimals + (*x.decimals == '.');
    p += *x.decimals == '.' ? strspn(p, "0123456789") : 0;
    if (x.n_whole == 0 || x.n_whole > WHOLE_MOST ||
        p[strspn(p, " \t\r\n")] != '\0')
        return false;
    *out = x;
    return true;
}

static void
add_decimals(const struct number *x, bn_buf *out)
{
    bn_buf_add(out, x->decimals, strcspn(x->decimals, " \t\r\n"));
}

static void
write_half(const struct number *x, bn_buf *out)
{
    bn_buf_add(out, x->whole, x->n_whole);
    add_decimals(x, out);
}

static void
add_commas(const char *whole, size_t n, bn_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            bn_buf_addc(out, ',');
        bn_buf_addc(out, whole[i]);
    }
}

static void
write_comma(const struct number *x, bn_buf *out)
{
    add_commas(x->whole, x->n_whole, out);
    add_decimals(x, out);
}

static void
widened(const struct number *x, bn_buf *out,
        void (*write)(const struct number *, bn_buf *))
{
    bn_buf plain = {0};

    write(x, &plain);
    text_to_full(plain.p, out);
    bn_buf_free(&plain);
}

static void
write_full(const struct number *x, bn_buf *out)
{
    widened(x, out, write_half);
}

static void
write_full_comma(const struct number *x, bn_buf *out)
{
    widened(x, out, write_comma);
}

static void
write_digits_kanji(const char *s, size_t n, bn_buf *out)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '.')
            bn_buf_adds(out, "・");
        else
            add_char(out, positional, s[i] - '0');
}

static void
write_kanji(const struct number *x, bn_buf *out)
{
    bn_kanji_add(out, (uint64_t)x->value);
    write_digits_kanji(x->decimals, strcspn(x->decimals, " \t\r\n"), out);
}

static void
write_positional(const struct number *x, bn_buf *out)
{
    write_digits_kanji(x->whole, x->n_whole, out);
    write_digits_kanji(x->decimals, strcspn(x->decimals, " \t\r\n"), out);
}

static void
write_formal(const struct number *x, bn_buf *out)
{
    add_formal(x->value, out);
}

/* 4,000万, 1億2,500万, 12万3,456: groups of four named, digits with commas. */
static void
write_man_oku(const struct number *x, bn_buf *out)
{
    static const int64_t powers[] = {1, 10000, 100000000, 1000000000000};

    if (x->value == 0)
        bn_buf_addc(out, '0');
    for (int i = 3; i >= 0; i--) {
        const int group = (int)(x->value / powers[i] % 10000);
        char s[8];

        if (group == 0)
            continue;
        snprintf(s, sizeof s, "%d", group);
        add_commas(s, strlen(s), out);
        bn_buf_adds(out, groups[i]);
    }
    add_decimals(x, out);
}

static const struct {
    const char *name;
    bool whole; /* has no way to write decimals */
    void (*write)(const struct number *, bn_buf *);
} forms[] = {
    {"half", false, write_half},    {"comma", false, write_comma},
    {"full", false, write_full},    {"full-comma", false, write_full_comma},
    {"kanji", false, write_kanji},  {"positional", false, write_positional},
    {"formal", true, write_formal}, {"man-oku", false, write_man_oku},
};

bool
numeral_write(const char *number, const char *form, bn_buf *out,
              enum numeral_fault *bad)
{
    struct number x;
    size_t i = 0;

    while (i < sizeof forms / sizeof forms[0] &&
           strcmp(forms[i].name, form) != 0)
        i++;
    *bad = NUMERAL_FORM;
    if (i == sizeof forms / sizeof forms[0])
        return false;
    *bad = NUMERAL_NUMBER;
    if (!take_apart(number, &x) || (forms[i].whole && *x.decimals == '.'))
        return false;
    if (x.negative)
        bn_buf_adds(out, strncmp(form, "full", 4) == 0 ? "－" : "-");
    forms[i].write(&x, out);
    return true;
}

/* ------------------------------------------------------------ the series */

static const char iroha[] = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
                            "ウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
/* The order of the fifty sounds without ン: what follows it is not settled. */
static const char aiu[] = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
                          "ハヒフヘホマミムメモヤユヨラリルレロワヲ";

/* A series is text before, a numeral, text behind. */
enum numeral_kind { DIGITS, WIDE, KANJI, TABLE, RANGE };
static const struct series {
    const char *name, *before, *behind;
    enum numeral_kind kind;
    const char *table; /* TABLE: characters of three bytes */
    uint32_t first;    /* RANGE: code point of 1 */
    int most;          /* RANGE */
} series[] = {
    {"arabic", "", "", DIGITS, NULL, 0, 0},
    {"full", "", "", WIDE, NULL, 0, 0},
    {"kanji", "", "", KANJI, NULL, 0, 0},
    {"dai", "第", "", DIGITS, NULL, 0, 0},
    {"dai-full", "第", "", WIDE, NULL, 0, 0},
    {"dai-kanji", "第", "", KANJI, NULL, 0, 0},
    {"article", "第", "条", DIGITS, NULL, 0, 0},
    {"article-kanji", "第", "条", KANJI, NULL, 0, 0},
    {"chapter", "第", "章", DIGITS, NULL, 0, 0},
    {"chapter-kanji", "第", "章", KANJI, NULL, 0, 0},
    {"section", "第", "節", DIGITS, NULL, 0, 0},
    {"dot", "", ".", DIGITS, NULL, 0, 0},
    {"paren", "(", ")", DIGITS, NULL, 0, 0},
    {"paren-full", "（", "）", WIDE, NULL, 0, 0},
    {"paren-kanji", "（", "）", KANJI, NULL, 0, 0},
    {"iroha", "", "", TABLE, iroha, 0, 0},
    {"paren-iroha", "(", ")", TABLE, iroha, 0, 0},
    {"aiu", "", "", TABLE, aiu, 0, 0},
    {"paren-aiu", "(", ")", TABLE, aiu, 0, 0},
    {"circled", "", "", RANGE, NULL, 0x2460, 20},
    {"roman", "", "", RANGE, NULL, 0x2160, 12},
    {"roman-lower", "", "", RANGE, NULL, 0x2170, 12},
    {"roman-paren", "", ")", RANGE, NULL, 0x2170, 12},
    {"latin", "", "", RANGE, NULL, 'a', 26},
    {"latin-upper", "", "", RANGE, NULL, 'A', 26},
    {"latin-paren", "", ")", RANGE, NULL, 'a', 26},
    {"paren-latin", "(", ")", RANGE, NULL, 'a', 26},
};

static bool
add_item(const struct series *s, int64_t n, bn_buf *out)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%lld", (long long)n);
    switch (s->kind) {
    case DIGITS:
        bn_buf_adds(out, digits);
        return true;
    case WIDE:
        text_to_full(digits, out);
        return true;
    case KANJI:
        bn_kanji_add(out, (uint64_t)n);
        return true;
    case TABLE:
        if ((size_t)n > strlen(s->table) / NAME_BYTES)
            return false;
        add_char(out, s->table, n - 1);
        return true;
    case RANGE:
        if (n > s->most)
            return false;
        bn_buf_add_u8(out, s->first + (uint32_t)n - 1);
        return true;
    }
    return false;
}

bool
numeral_series(int64_t n, const char *kind, bn_buf *out,
               enum numeral_fault *bad)
{
    size_t i = 0;

    while (i < sizeof series / sizeof series[0] &&
           strcmp(series[i].name, kind) != 0)
        i++;
    *bad = NUMERAL_FORM;
    if (i == sizeof series / sizeof series[0])
        return false;
    *bad = NUMERAL_NUMBER;
    if (n < 1 || n > 9999)
        return false;
    bn_buf_adds(out, series[i].before);
    if (!add_item(&series[i], n, out))
        return false;
    bn_buf_adds(out, series[i].behind);
    return true;
}

/* ----------------------------------------------------------------- width */

enum { WIDE_SHIFT = 0xFF01 - 0x21, IDEOGRAPHIC_SPACE = 0x3000 };

void
text_to_full(const char *s, bn_buf *out)
{
    const char *const end = s + strlen(s);

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);

        if (c == ' ')
            bn_buf_add_u8(out, IDEOGRAPHIC_SPACE);
        else if (c > ' ' && c < 0x7F)
            bn_buf_add_u8(out, c + WIDE_SHIFT);
        else if (c != BN_U8_BAD)
            bn_buf_add_u8(out, c);
    }
    bn_buf_adds(out, "");
}

void
text_to_half(const char *s, bn_buf *out)
{
    const char *const end = s + strlen(s);

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);

        if (c == IDEOGRAPHIC_SPACE)
            bn_buf_addc(out, ' ');
        else if (c > 0xFF00 && c < 0xFF5F)
            bn_buf_addc(out, (char)(c - WIDE_SHIFT));
        else if (c != BN_U8_BAD)
            bn_buf_add_u8(out, c);
    }
    bn_buf_adds(out, "");
}

void
text_squeeze(const char *s, bn_buf *out)
{
    bn_buf half = {0};

    text_to_half(s, &half);
    for (size_t i = 0; i < half.len; i++)
        if (strchr(" \t\r\n", half.p[i]) == NULL)
            bn_buf_addc(out, half.p[i]);
    bn_buf_adds(out, "");
    bn_buf_free(&half);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool
text_digits(const char *s, const char *option, bn_buf *out)
{
    const bool full = strcmp(option, "full") == 0;
    const bool single = strcmp(option, "single-full") == 0;
    bn_buf half = {0};

    if (!full && !single && strcmp(option, "half") != 0)
        return false;
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        const uint32_t c = bn_u8_next(&p, end);

        if (c != BN_U8_BAD)
            bn_buf_add_u8(&half,
                          c >= 0xFF10 && c <= 0xFF19 ? c - WIDE_SHIFT : c);
    }
    for (size_t i = 0; i < half.len; i++) {
        const bool alone =
            (i == 0 || !is_digit(half.p[i - 1])) && !is_digit(half.p[i + 1]);

        if (is_digit(half.p[i]) && (full || (single && alone)))
            bn_buf_add_u8(out, (uint32_t)half.p[i] + WIDE_SHIFT);
        else
            bn_buf_addc(out, half.p[i]);
    }
    bn_buf_adds(out, "");
    bn_buf_free(&half);
    return true;
}
