/* buf.h - bytes that grow. */
#ifndef BN_BASE_BUF_H
#define BN_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

/* Zero-initialise. p is NUL-terminated once anything was added (the NUL does
 * not count in len); owned by the buffer. */
typedef struct bn_buf {
    char *p;
    size_t len, cap;
} bn_buf;

void bn_buf_add(bn_buf *b, const void *p, size_t n);
void bn_buf_adds(bn_buf *b, const char *s);
void bn_buf_addc(bn_buf *b, char c);
void bn_buf_add_u8(bn_buf *b, uint32_t code_point); /* as UTF-8 */
void bn_buf_addf(bn_buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *bn_buf_reserve(bn_buf *b, size_t n); /* room for n more; add to len */
void bn_buf_clear(bn_buf *b);
void bn_buf_free(bn_buf *b);

#endif
