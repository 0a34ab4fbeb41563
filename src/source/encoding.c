#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include "base/utf8.h"
#include "source/internal.h"

/* Names under which people write Microsoft's code page 932, whose ①㈱ the
 * strict Shift_JIS tables lack (LIBRARIES.md). */
static const char *
converter_name(const char *name)
{
    static const char *const aliases[] = {"Shift_JIS",  "Shift-JIS", "SJIS",
                                          "x-sjis",     "MS_Kanji",  "CP932",
                                          "Windows-31J"};

    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcasecmp(name, aliases[i]) == 0)
            return "windows-31j";
    return name;
}

/* The likeliest encoding, in out (at least 64 bytes); "" when unsure. */
static void
guess_encoding(const char *bytes, size_t n, char *out)
{
    UErrorCode e = U_ZERO_ERROR;
    UCharsetDetector *d = ucsdet_open(&e);
    const UCharsetMatch *match;

    out[0] = '\0';
    if (U_FAILURE(e))
        return;
    ucsdet_setText(d, bytes, (int32_t)(n > 65536 ? 65536 : n), &e);
    match = ucsdet_detect(d, &e);
    if (U_SUCCESS(e) && match && ucsdet_getConfidence(match, &e) >= 30)
        snprintf(out, 64, "%s", ucsdet_getName(match, &e));
    ucsdet_close(d);
}

void
bn_text_position(const char *s, size_t n, size_t offset, uint32_t *line,
                 uint32_t *column)
{
    size_t start = 0;

    if (offset > n)
        offset = n;
    *line = 1;
    for (size_t i = 0; i < offset; i++)
        if (s[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    *column = (uint32_t)bn_u8_count(s + start, offset - start) + 1;
}

/* Convert everything or stop at the first byte that means nothing. */
static bn_code
convert(UConverter *cnv, const char *bytes, size_t n, const char *name,
        const char *encoding, bn_buf *out, bn_err *err)
{
    UConverter *utf8;
    UErrorCode e = U_ZERO_ERROR;
    const char *from = bytes;
    const size_t start = out->len;
    bn_loc loc = {.file = name};
    char where[32];

    utf8 = ucnv_open("UTF-8", &e);
    if (U_FAILURE(e))
        return bn_fail(err, BN_EINTERNAL, BN_NOWHERE, u_errorName(e));
    ucnv_setToUCallBack(cnv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
    ucnv_setFromUCallBack(utf8, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL,
                          &e);
    for (;;) {
        UChar pivot[1024], *u = pivot;
        const UChar *uu = pivot;
        UErrorCode step = U_ZERO_ERROR;

        ucnv_toUnicode(cnv, &u, pivot + 1024, &from, bytes + n, NULL, true,
                       &step);
        while (uu < u) {
            char *at = bn_buf_reserve(out, 4096), *to = at;
            UErrorCode put = U_ZERO_ERROR;

            ucnv_fromUnicode(utf8, &to, at + 4096, &uu, u, NULL, false, &put);
            out->len += (size_t)(to - at);
            if (U_FAILURE(put) && put != U_BUFFER_OVERFLOW_ERROR) {
                e = put; /* half of a surrogate pair */
                break;
            }
        }
        if (U_SUCCESS(e) && step != U_BUFFER_OVERFLOW_ERROR)
            e = step;
        if (step != U_BUFFER_OVERFLOW_ERROR || U_FAILURE(e))
            break;
    }
    ucnv_close(utf8);
    bn_buf_add(out, "", 0);
    if (U_SUCCESS(e))
        return BN_OK;
    /* What could be read ends where the bytes stop making sense. */
    bn_text_position(out->p + start, out->len - start, out->len - start,
                     &loc.line, &loc.column);
    snprintf(where, sizeof where, "%zu", (size_t)(from - bytes));
    return bn_fail(err, BN_EENCODING, loc, encoding, where);
}

bn_code
bn_to_utf8(const char *bytes, size_t n, const char *encoding, const char *name,
           bn_buf *out, bn_err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    char guessed[64];
    UConverter *cnv;
    bn_code code;

    if (encoding == NULL) {
        if (bn_u8_check(bytes, n) == n) {
            const size_t bom =
                n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

            bn_buf_add(out, bytes + bom, n - bom);
            return BN_OK;
        }
        guess_encoding(bytes, n, guessed);
        encoding = guessed[0] ? guessed : "UTF-8";
    }
    cnv = ucnv_open(converter_name(encoding), &e);
    if (U_FAILURE(e))
        return bn_fail(err, BN_EENCODINGNAME, (bn_loc){.file = name}, encoding);
    code = convert(cnv, bytes, n, name, encoding, out, err);
    ucnv_close(cnv);
    return code;
}

/* The encoding that the XML declaration names, in out; "" none. */
static void
declared_encoding(const char *p, size_t n, char *out, size_t size)
{
    const char *end = n ? memchr(p, '>', n < 256 ? n : 256) : NULL;
    const char *at;
    char head[256];
    size_t length = 0;

    out[0] = '\0';
    if (end == NULL || n < 5 || memcmp(p, "<?xml", 5) != 0)
        return;
    memcpy(head, p, (size_t)(end - p));
    head[end - p] = '\0';
    at = strstr(head, "encoding");
    if (at == NULL)
        return;
    at += strcspn(at, "\"'");
    if (*at)
        at++;
    length = strcspn(at, "\"'");
    if (length < size) {
        memcpy(out, at, length);
        out[length] = '\0';
    }
}

/* A code point that no interchanged text holds (Unicode 23.7). */
static bool
is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

bn_code
bn_check_characters(const char *name, const bn_buf *b, bn_err *err)
{
    const char *p = b->p, *end = b->p + b->len;

    while (p < end) {
        const char *at = p;
        const uint32_t c = bn_u8_next(&p, end);
        bn_loc loc = {.file = name};
        char hex[16];

        if (c != BN_U8_BAD && !is_noncharacter(c) &&
            (c >= 0x20 || c == '\t' || c == '\n' || c == '\r'))
            continue;
        bn_text_position(b->p, b->len, (size_t)(at - b->p), &loc.line,
                         &loc.column);
        if (c == BN_U8_BAD) {
            char offset[32], guessed[64];

            snprintf(offset, sizeof offset, "%zu", (size_t)(at - b->p));
            guess_encoding(b->p, b->len, guessed);
            return bn_fail(err, BN_EUTF8, loc, offset,
                           guessed[0] ? guessed : "?");
        }
        snprintf(hex, sizeof hex, "U+%04X", (unsigned)c);
        return bn_fail(err, BN_ECHARACTER, loc, hex);
    }
    return BN_OK;
}

bn_code
bn_xml_decode(const char *name, bn_buf *bytes, bn_err *err)
{
    const unsigned char *u = (const unsigned char *)bytes->p;
    char encoding[64];
    bn_buf out = {0};
    bn_code code;

    if (bytes->len >= 3 && memcmp(u, "\xEF\xBB\xBF", 3) == 0) {
        memmove(bytes->p, bytes->p + 3, bytes->len - 2); /* with the NUL */
        bytes->len -= 3;
    }
    if (bytes->len >= 2 &&
        ((u[0] == 0xFE && u[1] == 0xFF) || (u[0] == 0xFF && u[1] == 0xFE)))
        strcpy(encoding, "UTF-16");
    else
        declared_encoding(bytes->p, bytes->len, encoding, sizeof encoding);
    if (encoding[0] && strcasecmp(encoding, "UTF-8") != 0 &&
        strcasecmp(encoding, "US-ASCII") != 0) {
        code = bn_to_utf8(bytes->p, bytes->len, encoding, name, &out, err);
        if (code != BN_OK) {
            bn_buf_free(&out);
            return code;
        }
        bn_buf_free(bytes);
        *bytes = out;
    }
    return bn_check_characters(name, bytes, err);
}
