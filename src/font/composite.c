/* Glyphs that show another one shifted or with another advance. A viewer cuts
 * lines where text is moved back between glyphs; with a glyph of its own for
 * the squeezed mark nothing has to be moved (LIBHARU 2). */
#include "font/internal.h"

#include <string.h>

#include <hb.h>

enum {
    COMPOSITE_BYTES = 20, /* header 10, component 8, padding to even long */
    WORDS_XY = 0x0003     /* arguments are words, and an offset */
};

typedef struct table {
    const uint8_t *p;
    unsigned n;
    hb_blob_t *blob;
} table;

static table
get_table(hb_face_t *face, const char *tag)
{
    table t = {0};

    t.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    t.p = (const uint8_t *)hb_blob_get_data(t.blob, &t.n);
    return t;
}

static unsigned
get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t
get32(const uint8_t *p)
{
    return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static void
put16(uint8_t *p, int32_t v)
{
    p[0] = (uint8_t)((uint32_t)v >> 8);
    p[1] = (uint8_t)v;
}

static void
put32(uint8_t *p, uint32_t v)
{
    put16(p, (int32_t)(v >> 16));
    put16(p + 2, (int32_t)(v & 0xffff));
}

/* The tables that change, as they were and as they become. */
typedef struct work {
    table glyf, loca, hmtx, hhea, maxp, head;
    uint8_t *glyf2, *loca2, *hmtx2, *hhea2, *maxp2, *head2;
    unsigned nglyphs, nmetrics, all, glyf2_bytes;
} work;

static bool
tables_agree(const work *w)
{
    const bool wide = w->head.n >= 54 && get16(w->head.p + 50) != 0;

    return w->head.n >= 54 && w->hhea.n >= 36 && w->maxp.n >= 32 &&
           w->nmetrics >= 1 && w->nmetrics <= w->nglyphs &&
           w->hmtx.n >= w->nmetrics * 4u + (w->nglyphs - w->nmetrics) * 2u &&
           w->loca.n >= (w->nglyphs + 1u) * (wide ? 4u : 2u);
}

static uint32_t
glyph_start(const work *w, unsigned gid)
{
    return get16(w->head.p + 50) ? get32(w->loca.p + gid * 4u)
                                 : get16(w->loca.p + gid * 2u) * 2u;
}

/* Full metrics for every glyph, so that more can follow. */
static void
copy_old(work *w)
{
    unsigned adv = 0;

    if (w->glyf.n)
        memcpy(w->glyf2, w->glyf.p, w->glyf.n);
    for (unsigned i = 0; i <= w->nglyphs; i++)
        put32(w->loca2 + i * 4u, glyph_start(w, i));
    /* The first that follows starts at an even offset. */
    put32(w->loca2 + w->nglyphs * 4u, w->glyf2_bytes);
    for (unsigned i = 0; i < w->nglyphs; i++) {
        const uint8_t *lsb = i < w->nmetrics ? w->hmtx.p + i * 4u + 2
                                             : w->hmtx.p + w->nmetrics * 4u +
                                                   (i - w->nmetrics) * 2u;

        if (i < w->nmetrics)
            adv = get16(w->hmtx.p + i * 4u);
        put16(w->hmtx2 + i * 4u, (int32_t)adv);
        put16(w->hmtx2 + i * 4u + 2, (int16_t)get16(lsb));
    }
    memcpy(w->head2, w->head.p, w->head.n);
    memcpy(w->hhea2, w->hhea.p, w->hhea.n);
    memcpy(w->maxp2, w->maxp.p, w->maxp.n);
}

/* Append one; false when the base glyph lies outside the table. */
static bool
add_composite(work *w, unsigned gid, const bn_composite *c)
{
    const uint32_t from = glyph_start(w, c->base),
                   to = glyph_start(w, c->base + 1);
    uint8_t *out = w->glyf2 + w->glyf2_bytes;
    int32_t lsb = (int16_t)get16(w->hmtx2 + c->base * 4u + 2) + c->dx;

    if (from > to || to > w->glyf.n)
        return false;
    if (to - from >= 10) { /* an empty glyph stays empty */
        const uint8_t *base = w->glyf.p + from;

        put16(out, -1);
        put16(out + 2, (int16_t)get16(base + 2) + c->dx);
        put16(out + 4, (int16_t)get16(base + 4));
        put16(out + 6, (int16_t)get16(base + 6) + c->dx);
        put16(out + 8, (int16_t)get16(base + 8));
        put16(out + 10, WORDS_XY);
        put16(out + 12, (int32_t)c->base);
        put16(out + 14, c->dx);
        put16(out + 16, 0);
        put16(out + 18, 0);
        lsb = (int16_t)get16(out + 2);
        w->glyf2_bytes += COMPOSITE_BYTES;
    }
    put32(w->loca2 + (gid + 1) * 4u, w->glyf2_bytes);
    put16(w->hmtx2 + gid * 4u, c->adv);
    put16(w->hmtx2 + gid * 4u + 2, lsb);
    return true;
}

static void
raise_maximum(uint8_t *p, unsigned least)
{
    if (get16(p) < least)
        put16(p, (int32_t)least);
}

/* Points and contours of composites are at most those of simple glyphs plus
 * composites that are there; depth grows by one. */
static void
finish_header(work *w)
{
    uint8_t *m = w->maxp2;
    const unsigned depth = get16(m + 30);

    put16(w->head2 + 50, 1); /* long offsets */
    put16(w->hhea2 + 34, (int32_t)w->all);
    put16(m + 4, (int32_t)w->all);
    raise_maximum(m + 10, get16(m + 6)); /* maxCompositePoints */
    raise_maximum(m + 12, get16(m + 8)); /* maxCompositeContours */
    raise_maximum(m + 28, 1);
    put16(m + 30, (int32_t)depth + 1);
}

static void
add_table(hb_face_t *builder, const char *tag, const void *p, unsigned n)
{
    hb_blob_t *b = hb_blob_create(p, n, HB_MEMORY_MODE_READONLY, NULL, NULL);

    hb_face_builder_add_table(builder, hb_tag_from_string(tag, 4), b);
    hb_blob_destroy(b);
}

static void
build(bn_arena *a, const work *w, hb_face_t *face, const char **out,
      size_t *out_bytes)
{
    static const char *const kept[] = {"cvt ", "fpgm", "prep"};
    hb_face_t *builder = hb_face_builder_create();
    hb_blob_t *blob;
    unsigned n;
    const char *p;

    add_table(builder, "glyf", w->glyf2, w->glyf2_bytes);
    add_table(builder, "head", w->head2, w->head.n);
    add_table(builder, "hhea", w->hhea2, w->hhea.n);
    add_table(builder, "hmtx", w->hmtx2, w->all * 4u);
    add_table(builder, "loca", w->loca2, (w->all + 1u) * 4u);
    add_table(builder, "maxp", w->maxp2, w->maxp.n);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        table t = get_table(face, kept[i]);

        if (t.n)
            hb_face_builder_add_table(builder, hb_tag_from_string(kept[i], 4),
                                      t.blob);
        hb_blob_destroy(t.blob);
    }
    blob = hb_face_reference_blob(builder);
    p = hb_blob_get_data(blob, &n);
    *out = bn_arena_copy(a, p, n);
    *out_bytes = n;
    hb_blob_destroy(blob);
    hb_face_destroy(builder);
}

static void
open_tables(bn_arena *a, work *w, hb_face_t *face, size_t n)
{
    w->glyf = get_table(face, "glyf");
    w->loca = get_table(face, "loca");
    w->hmtx = get_table(face, "hmtx");
    w->hhea = get_table(face, "hhea");
    w->maxp = get_table(face, "maxp");
    w->head = get_table(face, "head");
    w->nglyphs = w->maxp.n >= 6 ? get16(w->maxp.p + 4) : 0;
    w->nmetrics = w->hhea.n >= 36 ? get16(w->hhea.p + 34) : 0;
    w->all = w->nglyphs + (unsigned)n;
    w->glyf2 = bn_arena_alloc(a, w->glyf.n + n * COMPOSITE_BYTES + 1);
    w->loca2 = bn_arena_alloc(a, (w->all + 1u) * 4u);
    w->hmtx2 = bn_arena_alloc(a, w->all * 4u);
    w->hhea2 = bn_arena_alloc(a, w->hhea.n + 1);
    w->maxp2 = bn_arena_alloc(a, w->maxp.n + 1);
    w->head2 = bn_arena_alloc(a, w->head.n + 1);
    w->glyf2_bytes = (w->glyf.n + 1u) & ~1u;
}

bool
bn_composites_append(bn_arena *a, const char *font, size_t nbytes,
                     const bn_composite *c, size_t n, const char **out,
                     size_t *out_bytes)
{
    hb_blob_t *blob = hb_blob_create(font, (unsigned)nbytes,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    work w = {0};
    bool ok;

    hb_blob_destroy(blob);
    open_tables(a, &w, face, n);
    ok = tables_agree(&w) && w.all <= 0xffff;
    if (ok)
        copy_old(&w);
    for (size_t i = 0; ok && i < n; i++)
        ok = c[i].base < w.nglyphs &&
             add_composite(&w, w.nglyphs + (unsigned)i, &c[i]);
    if (ok) {
        finish_header(&w);
        build(a, &w, face, out, out_bytes);
    }
    hb_blob_destroy(w.glyf.blob);
    hb_blob_destroy(w.loca.blob);
    hb_blob_destroy(w.hmtx.blob);
    hb_blob_destroy(w.hhea.blob);
    hb_blob_destroy(w.maxp.blob);
    hb_blob_destroy(w.head.blob);
    hb_face_destroy(face);
    return ok;
}
