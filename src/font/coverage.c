/* Which characters of a text a face has. A character is a base with the marks
 * and selectors that follow it; each counts once. */
#include "font/internal.h"

#include "base/map.h"
#include "base/utf8.h"

enum { CLUSTER_MAX = 8 };

static bool
is_tone(uint32_t cp)
{
    return cp >= 0x2e5 && cp <= 0x2e9;
}

/* Does cp go with the character before it? Tone letters make contours. */
static bool
continues(uint32_t prev, uint32_t cp)
{
    return (is_tone(prev) && is_tone(cp)) || (cp >= 0x300 && cp <= 0x36f) ||
           cp == 0x3099 || cp == 0x309a || (cp >= 0xfe00 && cp <= 0xfe0f) ||
           (cp >= 0xe0100 && cp <= 0xe01ef);
}

/* The next character; its bytes are *from to *s. n 0: the end. */
static size_t
next_cluster(const char **s, const char *end, const char **from, uint32_t *cp)
{
    size_t n = 0;

    while (*s < end && (unsigned char)**s <= ' ')
        ++*s;
    for (*from = *s; *s < end && n < CLUSTER_MAX; n++) {
        const char *next = *s;

        cp[n] = bn_u8_next(&next, end);
        if (n > 0 && !continues(cp[n - 1], cp[n]))
            break;
        *s = next;
    }
    return n;
}

void
bn_face_coverage(const bn_face *face, const char *text, size_t nbytes,
                 bn_coverage *out)
{
    const char *s = text, *end = text + nbytes, *from;
    bn_arena *a = bn_arena_new();
    bn_map *seen = bn_map_new(a);
    uint32_t cp[CLUSTER_MAX];
    size_t n;

    out->all = out->have = 0;
    while ((n = next_cluster(&s, end, &from, cp)) > 0) {
        bool is_new;

        bn_map_put(seen, from, (size_t)(s - from), &is_new);
        if (!is_new)
            continue;
        out->all++;
        if (bn_face_covers(face, cp, n))
            out->have++;
        else
            bn_buf_add(&out->missing, from, (size_t)(s - from));
    }
    bn_arena_free(a);
}
