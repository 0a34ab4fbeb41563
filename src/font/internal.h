/* internal.h - what the files of font share. */
#ifndef BN_FONT_INTERNAL_H
#define BN_FONT_INTERNAL_H

#include "font/font.h"

/* What fonts.xml says of a face. */
typedef struct bn_face_spec {
    const char *name, *licence, *package;
    const char **paths; /* n; the first that exists is taken */
    size_t npaths;
    unsigned index;
    int32_t ascender, descender; /* in 1/1000 em; 0: the file's own */
    int32_t cap_height, x_height;
    bool kerning, serif;
    bool failed; /* opening was tried in vain */
    bn_face *face;
    struct bn_face_spec *next;
} bn_face_spec;

/* Open the first file that is there, checking it. In arena a. */
bn_code bn_face_open(bn_arena *a, const bn_face_spec *spec, uint32_t id,
                     bn_face **out, bn_err *err);
/* A number that was not given before in this process, from 1. */
uint32_t bn_font_serial(void);
void bn_face_close(bn_face *face);

/* The font with composite glyphs appended: glyph base[i] shifted by dx[i] with
 * advance adv[i], in units of upem; their ids follow on the glyphs that are
 * there. Bytes in arena a. False when the font's tables do not agree. */
typedef struct bn_composite {
    uint32_t base;
    int32_t dx, adv;
} bn_composite;
bool bn_composites_append(bn_arena *a, const char *font, size_t nbytes,
                          const bn_composite *c, size_t n, const char **out,
                          size_t *out_bytes);

#endif
