/* bar.c - how far a run has come, in one line. */
#include "cli/bar.h"

#include <stdio.h>
#include <string.h>

enum { BAR_MOST = 24, BAR_LEAST = 8, HOUR = 3600, MINUTE = 60 };

/* Columns on a terminal: our Japanese words are two a character. */
static size_t
columns_of(const char *s)
{
    size_t n = 0;

    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if ((*p & 0xC0) != 0x80)
            n += *p >= 0xE0 ? 2 : 1;
    return n;
}

static void
put_time(bn_buf *out, bool english, double seconds)
{
    const long long s = (long long)(seconds + 0.5);

    if (s >= HOUR)
        bn_buf_addf(out, english ? "%lld h %02lld min" : "%lld時間%02lld分",
                    s / HOUR, s % HOUR / MINUTE);
    else if (s >= MINUTE)
        bn_buf_addf(out, english ? "%lld min %02lld s" : "%lld分%02lld秒",
                    s / MINUTE, s % MINUTE);
    else
        bn_buf_addf(out, english ? "%lld s" : "%lld秒", s);
}

static void
put_words(bn_buf *out, bool english, const cli_bar *b)
{
    const double rate = b->took > 0 ? (double)b->n / b->took : 0;

    bn_buf_addf(out, "%s%zu/%zu", b->numbers ? english ? "numbers " : "番号 " : "",
                b->n, b->all);
    if (b->n == 0)
        return;
    bn_buf_addf(out, english ? "  %.1f/s  " : "  毎秒%.1f件  残り", rate);
    put_time(out, english,
             rate > 0 ? (double)(b->all - b->n) / rate : 0);
    if (english)
        bn_buf_adds(out, " left");
}

void
cli_bar_line(const cli_bar *b, bool english, size_t columns, bn_buf *out)
{
    bn_buf words = {0};
    size_t room, width;

    put_words(&words, english, b);
    width = columns_of(words.p) + 4; /* brackets, a blank, the last column */
    room = columns > width ? columns - width : 0;
    room = room > BAR_MOST ? BAR_MOST : room;
    if (room >= BAR_LEAST) {
        bn_buf_addc(out, '[');
        for (size_t i = 0; i < room; i++)
            bn_buf_addc(out, b->all && i * b->all < b->n * room ? '#' : '-');
        bn_buf_adds(out, "] ");
    }
    if (columns == 0 || columns > columns_of(words.p))
        bn_buf_adds(out, words.p);
    else
        bn_buf_addf(out, "%zu/%zu", b->n, b->all);
    bn_buf_free(&words);
}
