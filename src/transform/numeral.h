/* numeral.h - numbers in Japanese writing, and item numbers; private. */
#ifndef BN_TRANSFORM_NUMERAL_H
#define BN_TRANSFORM_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A decimal number given as text ("4.0", "-12", "480000") in a form; false:
 * *bad says which of the two is wrong. */
enum numeral_fault { NUMERAL_FORM, NUMERAL_NUMBER };
bool numeral_write(const char *number, const char *form, bn_buf *out,
                   enum numeral_fault *bad);

/* The n-th item number of a series (iroha, aiu, circled…). */
bool numeral_series(int64_t n, const char *kind, bn_buf *out,
                    enum numeral_fault *bad);

/* ASCII letters, digits and signs to full width, or back. Katakana and all
 * else stay (ICU's transliterator would change カ to ｶ). */
void text_to_full(const char *s, bn_buf *out);
void text_to_half(const char *s, bn_buf *out);
/* For comparing: no blanks, ASCII half-width. */
void text_squeeze(const char *s, bn_buf *out);
/* Digits only, by house option half, full, single-full; false: no such. */
bool text_digits(const char *s, const char *option, bn_buf *out);

#endif
