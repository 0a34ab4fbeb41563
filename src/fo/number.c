/* Page numbers as text (XSL 1.1 section 7.26, after XSLT's xsl:number). */
#include "fo/tree.h"

#include <string.h>

#include "base/utf8.h"

static const char *const iroha[] = {
    "イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト", "チ", "リ", "ヌ", "ル", "ヲ",
    "ワ", "カ", "ヨ", "タ", "レ", "ソ", "ツ", "ネ", "ナ", "ラ", "ム", "ウ",
    "ヰ", "ノ", "オ", "ク", "ヤ", "マ", "ケ", "フ", "コ", "エ", "テ", "ア",
    "サ", "キ", "ユ", "メ", "ミ", "シ", "ヱ", "ヒ", "モ", "セ", "ス"};
static const char *const gojuon[] = {
    "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ",
    "ス", "セ", "ソ", "タ", "チ", "ツ", "テ", "ト", "ナ", "ニ", "ヌ", "ネ",
    "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ", "ム", "メ", "モ", "ヤ",
    "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ", "ヲ", "ン"};
static const char *const kanji[] = {"〇", "一", "二", "三", "四",
                                    "五", "六", "七", "八", "九"};
static const char *const formal[] = {"零", "壱", "弐", "参", "四",
                                     "五", "六", "七", "八", "九"};

enum { KANA_HIRA = 0x60, COUNT_IROHA = 47, COUNT_GOJUON = 46 };
enum { ROMAN_MOST = 9999 }; /* beyond it they are rows of m */

static void
add_reversed(bn_buf *b, const char *const *marks, int n)
{
    while (n--)
        bn_buf_adds(b, marks[n]);
}

/* 1, 2 … count, then 1 1, 1 2: bijective in the number of signs. */
static void
bijective(bn_buf *b, int32_t n, const char *const *signs, int count)
{
    const char *marks[40];
    int k = 0;

    for (; n > 0 && k < 40; n = (n - 1) / count)
        marks[k++] = signs[(n - 1) % count];
    add_reversed(b, marks, k);
}

static void
letters(bn_buf *b, int32_t n, char first)
{
    char out[16];
    int k = (int)sizeof out;

    for (; n > 0; n = (n - 1) / 26)
        out[--k] = (char)(first + (n - 1) % 26);
    bn_buf_add(b, out + k, sizeof out - (size_t)k);
}

static void
roman(bn_buf *b, int32_t n, bool upper)
{
    static const struct {
        int32_t value;
        const char *text;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            for (const char *p = parts[i].text; *p; p++)
                bn_buf_addc(b, upper ? (char)(*p - 32) : *p);
}

/* 十, 百, 千, 万 and 億: 一 before them only in formal figures and 万, 億. */
static void
kanji_group(bn_buf *b, int n, const char *const *digits, bool full)
{
    static const char *const plain_units[] = {"", "十", "百", "千"};
    static const char *const formal_units[] = {"", "拾", "百", "千"};
    static const int powers[] = {1, 10, 100, 1000};
    const char *const *units = full ? formal_units : plain_units;

    for (int i = 3; i >= 0; i--) {
        const int digit = n / powers[i] % 10;

        if (digit == 0)
            continue;
        if (digit > 1 || i == 0 || full)
            bn_buf_adds(b, digits[digit]);
        bn_buf_adds(b, units[i]);
    }
}

static void
kanji_number(bn_buf *b, int32_t n, const char *const *digits, bool full)
{
    if (n == 0)
        bn_buf_adds(b, digits[0]);
    if (n >= 100000000) {
        kanji_group(b, n / 100000000, digits, full);
        bn_buf_adds(b, "億");
    }
    if (n / 10000 % 10000) {
        kanji_group(b, n / 10000 % 10000, digits, full);
        bn_buf_adds(b, full ? "萬" : "万");
    }
    kanji_group(b, n % 10000, digits, full);
}

/* Figures of a zero, at least width of them, grouped from the right. */
static void
figures(bn_buf *b, int32_t n, uint32_t zero, int width, const char *separator,
        int group)
{
    char digits[24];
    int k = 0;

    for (; n > 0 || k < width || k == 0; n /= 10)
        digits[k++] = (char)(n % 10);
    while (k--) {
        bn_buf_add_u8(b, zero + (uint32_t)digits[k]);
        if (k && group > 0 && k % group == 0 && separator)
            bn_buf_adds(b, separator);
    }
}

/* ①-⑳, ㉑-㉟, ㊱-㊿; above them plain figures in brackets. */
static void
circled(bn_buf *b, int32_t n)
{
    if (n == 0)
        bn_buf_add_u8(b, 0x24EA);
    else if (n <= 20)
        bn_buf_add_u8(b, 0x2460 + (uint32_t)n - 1);
    else if (n <= 35)
        bn_buf_add_u8(b, 0x3251 + (uint32_t)n - 21);
    else if (n <= 50)
        bn_buf_add_u8(b, 0x32B1 + (uint32_t)n - 36);
    else
        bn_buf_addf(b, "(%d)", (int)n);
}

/* The same signs in hiragana. */
static void
hiragana(bn_buf *b, size_t from)
{
    bn_buf copy = {0};
    const char *p, *end;

    bn_buf_add(&copy, b->p + from, b->len - from);
    b->len = from;
    for (p = copy.p, end = copy.p + copy.len; p < end;)
        bn_buf_add_u8(b, bn_u8_next(&p, end) - KANA_HIRA);
    bn_buf_free(&copy);
}

static bool
is_number_sign(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (c >= 0xFF10 && c <= 0xFF19) ||
           (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A) ||
           (c >= 0x3041 && c <= 0x30FF) || (c >= 0x2460 && c <= 0x2473) ||
           (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3007;
}

static void
plain_figures(bn_buf *b, int32_t n, uint32_t zero, int width,
              const bn_number_form *form)
{
    figures(b, n, zero, width, form->separator, form->group);
}

/* One number by the first sign of its token and the token's length. */
static void
write_number(bn_buf *b, int32_t n, uint32_t sign, int width,
             const bn_number_form *form)
{
    const size_t from = b->len;

    if (n <= 0 && !(sign >= '0' && sign <= '9') &&
        !(sign >= 0xFF10 && sign <= 0xFF19) && sign != 0x4E00 &&
        sign != 0x58F1 && sign != 0x3007) {
        plain_figures(b, n, '0', 1, form); /* no sign of these is zero */
        return;
    }
    switch (sign) {
    case 'a':
    case 'A':
        letters(b, n, (char)sign);
        break;
    case 'i':
    case 'I':
        if (n <= ROMAN_MOST)
            roman(b, n, sign == 'I');
        else
            plain_figures(b, n, '0', 1, form);
        break;
    case 0x30A4: /* イ */
    case 0x3044: /* い */
        bijective(b, n, iroha, COUNT_IROHA);
        break;
    case 0x30A2: /* ア */
    case 0x3042: /* あ */
        bijective(b, n, gojuon, COUNT_GOJUON);
        break;
    case 0x4E00: /* 一 */
        kanji_number(b, n, kanji, false);
        break;
    case 0x58F1: /* 壱 */
    case 0x58F9: /* 壹 */
        kanji_number(b, n, formal, true);
        break;
    case 0x2460:
        circled(b, n);
        break;
    case 0xFF10:
    case 0xFF11:
        plain_figures(b, n, 0xFF10, width, form);
        break;
    default:
        plain_figures(b, n, '0', sign >= '0' && sign <= '9' ? width : 1, form);
    }
    if (sign == 0x3044 || sign == 0x3042)
        hiragana(b, from);
}

static int32_t
absolute(int32_t n)
{
    return n == INT32_MIN ? INT32_MAX : n < 0 ? -n : n;
}

const char *
bn_fo_format_grouped(bn_arena *a, int32_t n, const char *format,
                     const bn_number_form *form)
{
    const char *p = format ? format : "1", *end = p + strlen(p);
    bn_buf b = {0};
    bool done = false;
    const char *out;

    while (p < end) {
        const char *at = p;
        const uint32_t c = bn_u8_next(&p, end);
        int width = 1;

        if (done || !is_number_sign(c)) {
            bn_buf_add(&b, at, (size_t)(p - at));
            continue;
        }
        while (p < end) { /* the rest of the token: its width */
            const char *next = p;

            if (!is_number_sign(bn_u8_next(&next, end)))
                break;
            p = next;
            width++;
        }
        if (n < 0)
            bn_buf_addc(&b, '-');
        write_number(&b, absolute(n), c, width < 20 ? width : 20, form);
        done = true;
    }
    if (!done)
        figures(&b, absolute(n), '0', 1, NULL, 0);
    out = bn_arena_strndup(a, b.p ? b.p : "", b.len);
    bn_buf_free(&b);
    return out;
}

const char *
bn_fo_format_number(bn_arena *a, int32_t n, const char *format)
{
    const bn_number_form none = {0};

    return bn_fo_format_grouped(a, n, format, &none);
}
