#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

char *
bn_buf_reserve(bn_buf *b, size_t n)
{
    if (b->cap - b->len <= n) {
        size_t cap = b->cap ? b->cap : 64;

        while (cap - b->len <= n)
            cap *= 2;
        b->p = bn_realloc(b->p, cap);
        b->cap = cap;
    }
    return b->p + b->len;
}

void
bn_buf_add(bn_buf *b, const void *p, size_t n)
{
    char *at = bn_buf_reserve(b, n);

    if (n)
        memcpy(at, p, n);
    at[n] = '\0';
    b->len += n;
}

void
bn_buf_adds(bn_buf *b, const char *s)
{
    bn_buf_add(b, s, strlen(s));
}

void
bn_buf_addc(bn_buf *b, char c)
{
    bn_buf_add(b, &c, 1);
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
    va_list args, again;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        vsnprintf(bn_buf_reserve(b, (size_t)n), (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
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
