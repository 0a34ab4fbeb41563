/* len.h - lengths in millipoints, and reading them from attribute text. */
#ifndef BN_BASE_LEN_H
#define BN_BASE_LEN_H

#include <stdint.h>

#include "base/err.h"

typedef int32_t bn_len; /* millipoints: 1/1000 pt, 72000 per inch */

#define BN_LEN_MAX INT32_MAX /* about 757 m */

/*
 * Read one absolute length such as "12pt" or "-4.5mm".
 *
 * s     ASCII, NUL-terminated, no surrounding blanks; borrowed.
 * at    where the attribute value starts; copied into err.
 * out   millipoints, halves rounded away from zero; set only on success.
 *
 * Returns BN_OK or, with err filled, BN_ESYNTAX (no number), BN_EUNIT (unit
 * missing or unknown), BN_ERANGE (beyond BN_LEN_MAX). Ignores the locale.
 *
 * Rule: XSL 1.1 section 5.9.13. We take px as 1/96 in.
 */
bn_code bn_len_parse(const char *s, bn_loc at, bn_len *out, bn_err *err);

/*
 * a * num / den in millipoints, halves rounded away from zero, clamped to the
 * range of bn_len. den > 0.
 */
bn_len bn_len_scale(bn_len a, int64_t num, int64_t den);

/*
 * Read a decimal number ("-1.5"), in millionths, moving *s behind it; returns
 * 0 and leaves *s alone when there is none. Ignores the locale.
 */
int64_t bn_number_read(const char **s);

#endif
