/* icc.c - colour profiles that a picture brings along. */
#include "image/internal.h"

#include <string.h>

enum { HEADER = 128, LARGEST = 4 * 1024 * 1024 };

static uint32_t
u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static bool
contains(const uint8_t *p, size_t n, const char *word)
{
    const size_t len = strlen(word);

    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(p + i, word, len) == 0)
            return true;
    return false;
}

/* A profile that PDF takes (ISO 32000-1 8.6.5.5): of an input or output
 * device or a space, ICC 4 at most, for so many components. */
static bool
fits(const uint8_t *p, size_t n, uint8_t components)
{
    static const char *const classes[] = {"scnr", "mntr", "prtr", "spac"};
    const char *space = components == 1   ? "GRAY"
                        : components == 3 ? "RGB "
                                          : "CMYK";
    bool known = false;

    if (n < HEADER || n > LARGEST || u32(p) != n || p[8] > 4 ||
        memcmp(p + 36, "acsp", 4) != 0 || memcmp(p + 16, space, 4) != 0)
        return false;
    for (int i = 0; i < 4; i++)
        known |= memcmp(p + 12, classes[i], 4) == 0;
    return known;
}

void
bn_icc_take(bn_arena *a, const uint8_t *p, size_t n, bn_image *out)
{
    if (!fits(p, n, out->components))
        return;
    /* What is RGB is sRGB here unless it is said otherwise. */
    if (out->components == 3 &&
        (contains(p, n, "sRGB IEC61966") || contains(p, n, "sRGB built-in")))
        return;
    out->profile = bn_arena_copy(a, p, n);
    out->nprofile = n;
}
