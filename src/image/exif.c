/* exif.c - what a camera wrote beside a JPEG: which way up, how dense. */
#include "image/internal.h"

#include <string.h>

enum {
    ORIENTATION = 0x112,
    X_RESOLUTION = 0x11A,
    Y_RESOLUTION = 0x11B,
    UNIT = 0x128,
    SHORT = 3,
    RATIONAL = 5,
    ENTRY = 12,
    TURNS = 8
};

/* A TIFF structure: n bytes, numbers in one of two orders. */
typedef struct tiff {
    const uint8_t *p;
    size_t n;
    bool little;
} tiff;

static uint32_t
number(const tiff *t, size_t at, int nbytes)
{
    uint32_t v = 0;

    if (at > t->n || t->n - at < (size_t)nbytes)
        return 0;
    for (int i = 0; i < nbytes; i++)
        v = v << 8 | t->p[at + (size_t)(t->little ? nbytes - 1 - i : i)];
    return v;
}

static double
rational(const tiff *t, size_t entry)
{
    const size_t at = number(t, entry + 8, 4);
    const uint32_t below = number(t, at + 4, 4);

    return number(t, entry + 2, 2) == RATIONAL && below != 0
               ? (double)number(t, at, 4) / below
               : 0;
}

void
bn_exif_read(const uint8_t *bytes, size_t nbytes, bn_exif *out)
{
    tiff t = {bytes, nbytes, false};
    size_t at;
    uint32_t n, unit = 2; /* dots an inch */

    if (nbytes < 8 ||
        (memcmp(bytes, "II*\0", 4) != 0 && memcmp(bytes, "MM\0*", 4) != 0))
        return;
    t.little = *bytes == 'I';
    at = number(&t, 4, 4);
    n = number(&t, at, 2);
    for (at += 2; n > 0 && at < nbytes; n--, at += ENTRY) {
        const uint32_t tag = number(&t, at, 2);
        const bool is_short = number(&t, at + 2, 2) == SHORT;
        const uint32_t value = number(&t, at + 8, 2);

        if (tag == ORIENTATION && is_short && value >= 1 && value <= TURNS)
            out->orientation = (uint8_t)value;
        else if (tag == UNIT && is_short)
            unit = value;
        else if (tag == X_RESOLUTION)
            out->x = rational(&t, at);
        else if (tag == Y_RESOLUTION)
            out->y = rational(&t, at);
    }
    if (unit == 3) { /* a centimetre */
        out->x *= 2.54;
        out->y *= 2.54;
    } else if (unit != 2)
        out->x = out->y = 0;
}
