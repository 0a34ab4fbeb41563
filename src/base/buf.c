#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

char *
bn_buf_grow(bn_buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 64;

    while (cap - b->len <= n)
        cap *= 2;
    b->p = bn_realloc(b->p, cap);
    b->cap = cap;
    return b->p + b->len;
}

void
bn_buf_add_uint(bn_buf *b, uint64_t v)
{
    char digits[20];
    size_t n = sizeof digits;

    do
        digits[--n] = (char)('0' + v % 10);
    while (v /= 10);
    bn_buf_add(b, digits + n, sizeof digits - n);
}

void
bn_buf_add_hex(bn_buf *b, uint64_t v, int least)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[16];
    size_t n = sizeof text;

    do
        text[--n] = digits[v & 15];
    while (v >>= 4);
    while ((int)(sizeof text - n) < least)
        text[--n] = '0';
    bn_buf_add(b, text + n, sizeof text - n);
}

void
bn_buf_add_u8(bn_buf *b, uint32_t code_point)
{
    char bytes[BN_U8_MAX];

    bn_buf_add(b, bytes, bn_u8_put(code_point, bytes));
}

void
bn_buf_addf(bn_buf *b, const char *format, ...)
{
    enum { USUAL = 120 }; /* longer than most of what is written so */
    va_list args, again;
    char *at = bn_buf_reserve(b, USUAL);
    size_t room = b->cap - b->len;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(at, room, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= room)
        n = vsnprintf(bn_buf_reserve(b, (size_t)n), (size_t)n + 1, format,
                      again);
    if (n > 0)
        b->len += (size_t)n;
    b->p[b->len] = '\0';
    va_end(again);
}

void
bn_buf_add_xml(bn_buf *b, const char *s, size_t n)
{
    for (const char *end = s + n; s < end; s++)
        switch (*s) {
        case '&':
            bn_buf_adds(b, "&amp;");
            break;
        case '<':
            bn_buf_adds(b, "&lt;");
            break;
        case '>':
            bn_buf_adds(b, "&gt;");
            break;
        case '"':
            bn_buf_adds(b, "&quot;");
            break;
        case '\n':
        case '\t':
            bn_buf_addf(b, "&#%d;", *s);
            break;
        default:
            if ((unsigned char)*s >= ' ')
                bn_buf_addc(b, *s);
        }
}

void
bn_buf_adds_xml(bn_buf *b, const char *s)
{
    bn_buf_add_xml(b, s, strlen(s));
}

void
bn_buf_clear(bn_buf *b)
{
    b->len = 0;
    if (b->p)
        b->p[0] = '\0';
}

void
bn_buf_free(bn_buf *b)
{
    free(b->p);
    *b = (bn_buf){0};
}
