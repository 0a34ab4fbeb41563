#include "base/kanji.h"

#include <stdbool.h>

void
bn_kanji_add(bn_buf *out, uint64_t n)
{
    static const char digits[][4] = {"〇", "一", "二", "三", "四",
                                     "五", "六", "七", "八", "九"};
    static const char places[][4] = {"", "十", "百", "千"};
    static const char groups[][4] = {"", "万", "億", "兆"};
    uint64_t power = 1000000000000000;
    bool any = false;

    if (n == 0)
        bn_buf_adds(out, digits[0]);
    for (int place = 15; place >= 0; place--, power /= 10) {
        const unsigned digit = (unsigned)(n / power % 10);

        if (digit > 1 || (digit == 1 && place % 4 == 0))
            bn_buf_adds(out, digits[digit]);
        if (digit)
            bn_buf_adds(out, places[place % 4]);
        any |= digit != 0;
        if (place % 4 == 0 && any) {
            bn_buf_adds(out, groups[place / 4]);
            any = false;
        }
    }
}

const char *
bn_kanji(bn_arena *a, uint64_t n)
{
    bn_buf b = {0};
    const char *out;

    bn_kanji_add(&b, n);
    out = bn_arena_strndup(a, b.p, b.len);
    bn_buf_free(&b);
    return out;
}
