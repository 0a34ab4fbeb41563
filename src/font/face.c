#include "font/internal.h"

#include <stdatomic.h>
#include <string.h>

#include <hb-ot.h>
#include <hb.h>

#include "source/source.h"

enum { FSTYPE_RESTRICTED = 0x0002, FSTYPE_NO_SUBSET = 0x0100 };

/* Tables that a face must have, with the least length that makes them usable:
 * HarfBuzz and a printer read these fields without asking. */
static const struct {
    hb_tag_t tag;
    unsigned least;
} needed[] = {
    {HB_TAG('h', 'e', 'a', 'd'), 54}, {HB_TAG('h', 'h', 'e', 'a'), 36},
    {HB_TAG('m', 'a', 'x', 'p'), 6},  {HB_TAG('h', 'm', 't', 'x'), 4},
    {HB_TAG('c', 'm', 'a', 'p'), 12},
};

static unsigned
table_length(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *b = hb_face_reference_table(face, tag);
    const unsigned n = hb_blob_get_length(b);

    hb_blob_destroy(b);
    return n;
}

/* A big-endian 16-bit number of a table; 0 past its end. */
static int32_t
table_i16(hb_face_t *face, hb_tag_t tag, unsigned at)
{
    hb_blob_t *b = hb_face_reference_table(face, tag);
    unsigned n = 0;
    const char *p = hb_blob_get_data(b, &n);
    int32_t v = 0;

    if (n >= 2 && at <= n - 2)
        v = (int16_t)((uint8_t)p[at] << 8 | (uint8_t)p[at + 1]);
    hb_blob_destroy(b);
    return v;
}

/* NULL or what is wrong with it. */
static const char *
damage(hb_face_t *face)
{
    static const hb_tag_t os2 = HB_TAG('O', 'S', '/', '2');
    int32_t fstype;

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (table_length(face, needed[i].tag) < needed[i].least)
            return "a table is missing or too short";
    if (hb_face_get_glyph_count(face) == 0)
        return "no glyphs";
    if (table_length(face, HB_TAG('C', 'F', 'F', ' ')) == 0 &&
        (table_length(face, HB_TAG('g', 'l', 'y', 'f')) == 0 ||
         table_length(face, HB_TAG('l', 'o', 'c', 'a')) == 0))
        return "no outlines";
    /* A face without OS/2 says nothing about embedding. */
    fstype = table_i16(face, os2, 8);
    if ((fstype & 0x000f) == FSTYPE_RESTRICTED || (fstype & FSTYPE_NO_SUBSET))
        return "its licence bits (fsType) forbid embedding a subset";
    return NULL;
}

static int32_t
metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int32_t otherwise)
{
    hb_position_t v;

    return hb_ot_metrics_get_position(font, tag, &v) ? v : otherwise;
}

static void
read_metrics(bn_face *f, const bn_face_spec *spec)
{
    static const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd'),
                          post = HB_TAG('p', 'o', 's', 't');
    hb_font_t *font = f->hb_font;
    const int32_t em = f->upem;

    f->ascender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, em);
    f->descender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, 0);
    if (spec->ascender || spec->descender) {
        f->ascender = (int32_t)((int64_t)spec->ascender * em / 1000);
        f->descender = (int32_t)((int64_t)spec->descender * em / 1000);
    }
    f->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, em * 7 / 10);
    f->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, em / 2);
    if (spec->cap_height)
        f->cap_height = (int32_t)((int64_t)spec->cap_height * em / 1000);
    if (spec->x_height)
        f->x_height = (int32_t)((int64_t)spec->x_height * em / 1000);
    f->underline_position =
        metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -em / 10);
    f->underline_thickness =
        metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, em / 20);
    for (unsigned i = 0; i < 4; i++)
        f->bbox[i] = table_i16(f->hb_face, head, 36 + 2 * i);
    f->italic_angle = table_i16(f->hb_face, post, 4);
    f->fixed_pitch =
        table_i16(f->hb_face, post, 12) || table_i16(f->hb_face, post, 14);
    f->weight = (int32_t)hb_style_get_value(font, HB_STYLE_TAG_WEIGHT);
}

static const char *
postscript_name(bn_arena *a, hb_face_t *face, const char *otherwise)
{
    char name[128];
    unsigned n = sizeof name, k = 0;

    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        HB_LANGUAGE_INVALID, &n, name);
    /* What a PDF name may hold without quoting. */
    for (unsigned i = 0; name[i] && i < n; i++)
        if (name[i] > ' ' && name[i] < 0x7f && !strchr("()<>[]{}/%#", name[i]))
            name[k++] = name[i];
    name[k] = '\0';
    return bn_arena_strdup(a, k ? name : otherwise);
}

static const char *
first_there(const bn_face_spec *spec)
{
    for (size_t i = 0; i < spec->npaths; i++)
        if (bn_is_file(spec->paths[i]))
            return spec->paths[i];
    return NULL;
}

/* What a PDF viewer does not need, or what our own dictionaries say. */
static bool
is_dropped(hb_tag_t tag)
{
    static const char dropped[][5] = {
        "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "cmap", "name", "OS/2", "post",
        "vmtx", "vhea", "VORG", "kern", "gasp", "DSIG", "meta", "PCLT", "hdmx",
        "VDMX", "LTSH", "MATH", "STAT", "FFTM", "morx", "mort", "feat",
    };

    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
        if (tag == hb_tag_from_string(dropped[i], 4))
            return true;
    return false;
}

/* A face of the tables that subsets are made of. It is made once: planning a
 * subset of the whole face means to go through its cmap each time. */
static hb_face_t *
outlines_of(hb_face_t *face)
{
    hb_face_t *out = hb_face_builder_create();
    hb_tag_t tags[64];
    unsigned n = sizeof tags / sizeof tags[0];

    hb_face_get_table_tags(face, 0, &n, tags);
    for (unsigned i = 0; i < n; i++)
        if (!is_dropped(tags[i])) {
            hb_blob_t *table = hb_face_reference_table(face, tags[i]);

            hb_face_builder_add_table(out, tags[i], table);
            hb_blob_destroy(table);
        }
    hb_face_make_immutable(out);
    return out;
}

bn_code
bn_face_open(bn_arena *a, const bn_face_spec *spec, uint32_t id, bn_face **out,
             bn_err *err)
{
    const char *path = first_there(spec), *wrong = "not readable";
    hb_blob_t *blob;
    hb_face_t *face = NULL;
    bn_face *f;
    hb_codepoint_t han;

    if (path == NULL)
        return bn_fail(err, BN_EFONTFILE, BN_NOWHERE, spec->name,
                       spec->npaths ? spec->paths[0] : "-", "not there",
                       spec->package ? spec->package : "-");
    blob = hb_blob_create_from_file_or_fail(path); /* mapped, not read */
    if (blob) {
        wrong = spec->index < hb_face_count(blob) ? NULL : "no such index";
        face = hb_face_create(blob, spec->index);
        hb_blob_destroy(blob);
        wrong = wrong ? wrong : damage(face);
    }
    if (wrong) {
        hb_face_destroy(face);
        return bn_fail(err, BN_EFONTFILE, BN_NOWHERE, spec->name, path, wrong,
                       spec->package ? spec->package : "-");
    }
    f = BN_NEW(a, bn_face);
    f->name = spec->name;
    f->path = path;
    f->index = spec->index;
    f->id = id;
    f->serial = bn_font_serial();
    f->kerning = spec->kerning;
    f->serif = spec->serif;
    f->hb_face = face;
    f->upem = (int32_t)hb_face_get_upem(face);
    f->hb_font = hb_font_create(face); /* its scale is upem */
    f->ps_name = postscript_name(a, face, spec->name);
    f->cff = table_length(face, HB_TAG('C', 'F', 'F', ' ')) > 0;
    read_metrics(f, spec);
    f->ideographic =
        hb_font_get_nominal_glyph(f->hb_font, 0x4e00, &han) &&
        hb_font_get_glyph_h_advance(f->hb_font, han) * 10 >= f->upem * 9;
    f->outlines = outlines_of(face);
    hb_face_make_immutable(face);
    hb_font_make_immutable(f->hb_font);
    *out = f;
    return BN_OK;
}

uint32_t
bn_font_serial(void)
{
    /* The one thing threads share: caches tell freed faces from new ones that
     * stand at the same address. */
    static atomic_uint last;

    return atomic_fetch_add(&last, 1) + 1;
}

void
bn_face_close(bn_face *face)
{
    if (face == NULL)
        return;
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->outlines);
    hb_face_destroy(face->hb_face);
}

static bool
is_selector(uint32_t cp)
{
    return (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xe0100 && cp <= 0xe01ef) ||
           (cp >= 0x180b && cp <= 0x180d);
}

uint32_t
bn_face_glyph(const bn_face *face, uint32_t cp, uint32_t variation)
{
    hb_codepoint_t gid = 0;

    if (variation)
        return hb_font_get_variation_glyph(face->hb_font, cp, variation, &gid)
                   ? gid
                   : 0;
    return hb_font_get_nominal_glyph(face->hb_font, cp, &gid) ? gid : 0;
}

bool
bn_face_covers(const bn_face *face, const uint32_t *cp, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool pair = i + 1 < n && is_selector(cp[i + 1]);

        if (bn_face_glyph(face, cp[i], pair ? cp[i + 1] : 0) == 0)
            return false;
        i += pair;
    }
    return true;
}

bn_len
bn_face_advance(const bn_face *face, uint32_t gid, bn_len size)
{
    const int64_t adv = hb_font_get_glyph_h_advance(face->hb_font, gid);

    return (bn_len)(adv * size / face->upem);
}
