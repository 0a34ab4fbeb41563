/* buf.h - bytes that grow. */
#ifndef BN_BASE_BUF_H
#define BN_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Zero-initialise. p is NUL-terminated once anything was added (the NUL does
 * not count in len); owned by the buffer. */
typedef struct bn_buf {
    char *p;
    size_t len, cap;
} bn_buf;

/* Room for n more and the NUL; add to len. */
char *bn_buf_grow(bn_buf *b, size_t n);

static inline char *
bn_buf_reserve(bn_buf *b, size_t n)
{
    return b->cap - b->len > n ? b->p + b->len : bn_buf_grow(b, n);
}

static inline void
bn_buf_add(bn_buf *b, const void *p, size_t n)
{
    char *at = bn_buf_reserve(b, n);

    if (n)
        memcpy(at, p, n);
    at[n] = '\0';
    b->len += n;
}

static inline void
bn_buf_adds(bn_buf *b, const char *s)
{
    bn_buf_add(b, s, strlen(s));
}

static inline void
bn_buf_addc(bn_buf *b, char c)
{
    char *at = bn_buf_reserve(b, 1);

    at[0] = c;
    at[1] = '\0';
    b->len++;
}

/* In decimal: most of what a PDF says is numbers, and printf is slow. */
void bn_buf_add_uint(bn_buf *b, uint64_t v);
/* In at least `least` hexadecimal digits, capitals. */
void bn_buf_add_hex(bn_buf *b, uint64_t v, int least);

void bn_buf_add_u8(bn_buf *b, uint32_t code_point); /* as UTF-8 */
void bn_buf_addf(bn_buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Text as XML says it, in content and in attributes: & < > " as entities, line
 * feeds and tabs as references; other control characters are left out. */
void bn_buf_add_xml(bn_buf *b, const char *s, size_t n);
void bn_buf_adds_xml(bn_buf *b, const char *s);
void bn_buf_clear(bn_buf *b);
void bn_buf_free(bn_buf *b);

#endif
