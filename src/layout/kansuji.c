/* kansuji.c - numbers in kanji (axf:number-transform): 二〇一九 digit by digit
 * or 二千十九 with their units. */
#include "layout/inline.h"

#include <string.h>

#include "base/kanji.h"

enum { MOST_DIGITS = 16 };

static const char *const digits[] = {"〇", "一", "二", "三", "四",
                                     "五", "六", "七", "八", "九"};

/* The digit at *p, half or full width, or -1; moves *p behind it. */
static int
read_digit(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;

    if (s < (const unsigned char *)end && *s >= '0' && *s <= '9') {
        *p += 1;
        return *s - '0';
    }
    if (end - *p >= 3 && s[0] == 0xef && s[1] == 0xbc && s[2] >= 0x90 &&
        s[2] <= 0x99) {
        *p += 3;
        return s[2] - 0x90;
    }
    return -1;
}

/* The number at *p as digits, commas of thousands left out; how many. */
static size_t
read_number(const char **p, const char *end, uint8_t *out)
{
    size_t n = 0;

    while (n < MOST_DIGITS) {
        const char *next = *p;
        int d;

        if (n > 0 && next < end && *next == ',') {
            const char *q = ++next;

            for (int i = 0; i < 3; i++)
                if (read_digit(&q, end) < 0)
                    return n;
        }
        d = read_digit(&next, end);
        if (d < 0)
            return n;
        out[n++] = (uint8_t)d;
        *p = next;
    }
    return n;
}

static void
put_number(bn_buf *out, const uint8_t *d, size_t n, bool readable)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + d[i];
    if (readable && n > 1 && d[0] != 0) {
        bn_kanji_add(out, value);
        return;
    }
    for (size_t i = 0; i < n; i++)
        bn_buf_adds(out, digits[d[i]]);
}

const char *
bn_kansuji(bn_ctx *c, const bn_fo *fo, const char *text, size_t *nbytes)
{
    const bn_value *how = bn_fo_get(fo, BN_P_AXF_NUMBER_TRANSFORM);
    const bool readable = bn_fo_is(fo, BN_P_AXF_KANSUJI_STYLE, BN_K_READABLE);
    const char *end = text + *nbytes, *copy;
    bn_buf out = {0};

    if (how->kind != BN_V_KEYWORD ||
        (how->keyword != BN_K_KANSUJI &&
         (how->keyword != BN_K_KANSUJI_IF_VERTICAL ||
          c->writing_mode != BN_TB_RL)))
        return text;
    for (const char *p = text; p < end;) {
        uint8_t d[MOST_DIGITS];
        const size_t n = read_number(&p, end, d);

        if (n)
            put_number(&out, d, n, readable);
        else
            bn_buf_addc(&out, *p++);
    }
    copy = bn_arena_strndup(c->lines, out.p ? out.p : "", out.len);
    *nbytes = out.len;
    bn_buf_free(&out);
    return copy;
}
