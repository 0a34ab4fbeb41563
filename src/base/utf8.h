/* utf8.h - code points in and out of UTF-8. */
#ifndef BN_BASE_UTF8_H
#define BN_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { BN_U8_MAX = 4 };
#define BN_U8_BAD UINT32_MAX

/*
 * The code point at *p, moving *p behind it; BN_U8_BAD for a malformed byte
 * (moves one byte). end is one past the last byte; *p < end.
 */
uint32_t bn_u8_next_any(const char **p, const char *end);

/* The usual ones at once: ASCII, and three bytes from U+1000 to U+CFFF. */
static inline uint32_t
bn_u8_next(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;

    if (s[0] < 0x80) {
        ++*p;
        return s[0];
    }
    if (s[0] > 0xE0 && s[0] < 0xED && end - *p >= 3 && (s[1] & 0xC0) == 0x80 &&
        (s[2] & 0xC0) == 0x80) {
        *p += 3;
        return (s[0] & 0xFu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    }
    return bn_u8_next_any(p, end);
}

/* Write one code point; returns the bytes written (1 to BN_U8_MAX). */
size_t bn_u8_put(uint32_t code_point, char *out);

/* Where the first malformed byte is, or n when all is well-formed UTF-8. */
size_t bn_u8_check(const char *s, size_t n);

/* Code points in n bytes of well-formed UTF-8. */
size_t bn_u8_count(const char *s, size_t n);

#endif
