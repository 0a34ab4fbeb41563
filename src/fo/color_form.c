/* Colours that were said as ink, in the words of Apache FOP's area tree. */
#include "fo/tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A float as Java prints it: the fewest digits that are it again, always with
 * a fraction, with an exponent below a thousandth. */
static void
put_float(bn_buf *b, float v)
{
    char digits[32];
    const bool small = v > 0 && v < 1e-3f;
    const int exponent = small ? (int)floor(log10((double)v)) : 0;
    const double shown = (double)v / pow(10, exponent);

    for (int precision = 1; precision <= 9; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, shown);
        if ((float)(strtod(digits, NULL) * pow(10, exponent)) == v)
            break;
    }
    for (char *p = digits; *p; p++)
        if (*p == ',') /* of the locale */
            *p = '.';
    bn_buf_adds(b, digits);
    if (strchr(digits, '.') == NULL)
        bn_buf_adds(b, ".0");
    if (small)
        bn_buf_addf(b, "E%d", exponent);
}

int32_t
bn_fo_color_said(bn_fo_doc *d, const float rgb[3], const char *space, size_t n,
                 const char *name, size_t nname, const float *parts, int nparts)
{
    bn_buf b = {0};
    bn_map_value *slot;
    bool is_new;

    bn_buf_adds(&b, "fop-rgb-icc(");
    for (int i = 0; i < 3; i++) {
        put_float(&b, rgb[i]);
        bn_buf_addc(&b, ',');
    }
    bn_buf_add(&b, space, n);
    bn_buf_addc(&b, ',');
    for (int i = 0; i < nparts; i++) {
        bn_buf_addc(&b, ',');
        put_float(&b, parts[i]);
    }
    if (name) {
        bn_buf_addc(&b, ',');
        bn_buf_add(&b, name, nname);
    }
    bn_buf_addc(&b, ')');
    slot = bn_map_put(d->forms, b.p, b.len, &is_new);
    if (is_new) {
        BN_PUSH(&d->color_forms) = bn_arena_strndup(d->arena, b.p, b.len);
        slot->n = (int64_t)d->color_forms.n;
    }
    bn_buf_free(&b);
    return (int32_t)slot->n;
}
