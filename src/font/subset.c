/* The glyphs of one face that one document uses: codes, and at the end the
 * font program of them. */
#include "font/internal.h"

#include <stdlib.h>
#include <string.h>

#include <hb-subset.h>
#include <hb.h>

#include "base/map.h"
#include "base/mem.h"

typedef struct used {
    uint32_t gid;
    int32_t dx, adv;
    const char *text;
    uint32_t nbytes, code;
    bool vertical, variant;
} used;

struct bn_subset {
    bn_arena *arena;
    const bn_face *face;
    bn_map *codes;
    used *rows;
    size_t n, cap;
};

bn_subset *
bn_subset_new(bn_arena *a, const bn_face *face)
{
    bn_subset *s = BN_NEW(a, bn_subset);

    s->arena = a;
    s->face = face;
    s->codes = bn_map_new(a);
    return s;
}

static used *
push(bn_subset *s)
{
    if (s->n == s->cap) {
        const size_t cap = s->cap ? s->cap * 2 : 64;
        used *more = BN_NEWS(s->arena, used, cap);

        if (s->n)
            memcpy(more, s->rows, s->n * sizeof *more);
        s->rows = more;
        s->cap = cap;
    }
    return &s->rows[s->n++];
}

static int32_t
per_mille(const bn_face *f, int64_t v)
{
    return (int32_t)((v * 1000 + (v < 0 ? -f->upem : f->upem) / 2) / f->upem);
}

static int32_t
own_advance(const bn_face *f, uint32_t gid, bool vertical)
{
    return vertical
               ? -per_mille(f, hb_font_get_glyph_v_advance(f->hb_font, gid))
               : per_mille(f, hb_font_get_glyph_h_advance(f->hb_font, gid));
}

uint32_t
bn_subset_code(bn_subset *s, uint32_t gid, const char *text, size_t nbytes,
               int32_t dx, int32_t adv, bool vertical)
{
    struct {
        uint32_t gid;
        int32_t dx, adv;
        uint32_t vertical;
        char text[48];
    } key = {0};
    size_t size = offsetof(__typeof__(key), text);
    bn_map_value *v;
    used *row;
    bool is_new;

    /* A CFF font's codes are its glyph ids: the first text of a glyph wins,
     * and there are no variants. */
    key.gid = gid;
    if (!s->face->cff) {
        key.dx = dx;
        key.adv = adv;
        key.vertical = vertical;
        if (nbytes > sizeof key.text)
            nbytes = sizeof key.text;
        memcpy(key.text, text, nbytes);
        size += nbytes;
    }
    v = bn_map_put(s->codes, &key, size, &is_new);
    if (!is_new) {
        row = &s->rows[v->n - 1];
        if (vertical && !row->vertical) { /* CFF: first seen in a horizontal
                                             line, or turned */
            row->vertical = true;
            row->dx = dx;
            row->adv = adv;
        }
        return row->code;
    }
    row = push(s);
    row->gid = gid;
    row->dx = dx;
    row->adv = adv;
    row->vertical = vertical;
    row->variant = !s->face->cff && !vertical &&
                   (dx != 0 || adv != own_advance(s->face, gid, false));
    row->text = bn_arena_strndup(s->arena, text, nbytes);
    row->nbytes = (uint32_t)nbytes;
    row->code = s->face->cff ? gid : (uint32_t)s->n;
    v->n = (int64_t)s->n;
    return row->code;
}

static hb_subset_plan_t *
make_plan(const bn_subset *s)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    hb_subset_plan_t *plan;
    hb_set_t *glyphs;
    unsigned flags =
        HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING;

    if (in == NULL)
        return NULL;
    glyphs = hb_subset_input_glyph_set(in);
    for (size_t i = 0; i < s->n; i++)
        hb_set_add(glyphs, s->rows[i].gid);
    if (s->face->cff)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(in, flags);
    plan = hb_subset_plan_create_or_fail(s->face->outlines, in);
    hb_subset_input_destroy(in);
    return plan;
}

/* Bytes of the subset font, or of its CFF table alone; in the arena. */
static bool
execute(const bn_subset *s, hb_subset_plan_t *plan, const char **font,
        size_t *nbytes)
{
    hb_face_t *face = hb_subset_plan_execute_or_fail(plan);
    hb_blob_t *blob;
    unsigned n = 0;
    const char *p;

    if (face == NULL)
        return false;
    blob = hb_face_reference_blob(face);
    hb_face_destroy(face);
    if (s->face->cff) { /* only a face made from bytes gives its tables */
        hb_face_t *again = hb_face_create(blob, 0);

        hb_blob_destroy(blob);
        blob = hb_face_reference_table(again, HB_TAG('C', 'F', 'F', ' '));
        hb_face_destroy(again);
    }
    p = hb_blob_get_data(blob, &n);
    *font = bn_arena_copy(s->arena, p, n);
    *nbytes = n;
    hb_blob_destroy(blob);
    return n > 0;
}

static void
fill_row(const bn_subset *s, const used *u, bn_subset_row *r)
{
    hb_position_t x = 0, y = 0;

    r->code = u->code;
    r->text = u->text;
    r->nbytes = u->nbytes;
    r->adv = u->vertical ? own_advance(s->face, u->gid, false) : u->adv;
    if (s->face->cff) /* drawn at its own width whatever was asked */
        r->adv = own_advance(s->face, u->gid, false);
    if (!u->vertical)
        return;
    hb_font_get_glyph_v_origin(s->face->hb_font, u->gid, &x, &y);
    r->v_x = per_mille(s->face, x);
    /* A glyph that starts later in the line is drawn higher by dx. */
    r->v_y = per_mille(s->face, y) + u->dx;
    r->v_adv = -u->adv;
}

static int
by_code(const void *a, const void *b)
{
    const bn_subset_row *x = a, *y = b;

    return x->code < y->code ? -1 : x->code > y->code;
}

/* Variants follow on the n glyphs of the subset. */
static bool
append_variants(const bn_subset *s, bn_subset_row *rows, uint32_t nglyphs,
                const char **font, size_t *nbytes)
{
    bn_composite *c = BN_NEWS(s->arena, bn_composite, s->n);
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        const used *u = &s->rows[i];

        if (!u->variant)
            continue;
        c[n].base = rows[i].gid;
        c[n].dx = (int32_t)((int64_t)u->dx * s->face->upem / 1000);
        c[n].adv = (int32_t)(((int64_t)u->adv * s->face->upem + 500) / 1000);
        rows[i].gid = nglyphs + (uint32_t)n++;
    }
    return n == 0 ||
           bn_composites_append(s->arena, *font, *nbytes, c, n, font, nbytes);
}

static uint32_t
count_glyphs(const char *font, size_t nbytes)
{
    hb_blob_t *blob = hb_blob_create(font, (unsigned)nbytes,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    const uint32_t n = hb_face_get_glyph_count(face);

    hb_blob_destroy(blob);
    hb_face_destroy(face);
    return n;
}

bn_code
bn_subset_finish(bn_subset *s, const char **font, size_t *nbytes,
                 const bn_subset_row **out, size_t *nrows, bn_err *err)
{
    bn_subset_row *rows = BN_NEWS(s->arena, bn_subset_row, s->n);
    hb_subset_plan_t *plan = make_plan(s);
    const hb_map_t *ids;
    bool ok = plan != NULL && execute(s, plan, font, nbytes);

    if (ok) {
        ids = hb_subset_plan_old_to_new_glyph_mapping(plan);
        for (size_t i = 0; i < s->n; i++) {
            fill_row(s, &s->rows[i], &rows[i]);
            rows[i].gid =
                s->face->cff ? s->rows[i].gid : hb_map_get(ids, s->rows[i].gid);
        }
    }
    if (ok && !s->face->cff)
        ok = append_variants(s, rows, count_glyphs(*font, *nbytes), font,
                             nbytes);
    hb_subset_plan_destroy(plan);
    if (!ok)
        return bn_fail(err, BN_EFONTFILE, BN_NOWHERE, s->face->name,
                       s->face->path, "no subset can be made of it", "-");
    qsort(rows, s->n, sizeof rows[0], by_code);
    *out = rows;
    *nrows = s->n;
    return BN_OK;
}
