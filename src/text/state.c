/* What is kept between the paragraphs of a thread: break iterators, the
 * HarfBuzz buffer, glyphs found, words shaped, hyphenation dictionaries. Not
 * state of a document: without it the lines would be the same, only later. */
#include "text/internal.h"

#include <stdlib.h>
#include <string.h>

#include <hb.h>
#include <hyphen.h>
#include <unicode/ubrk.h>

#include "base/map.h"
#include "base/mem.h"

enum {
    GLYPHS = 8192,                 /* slots of the glyph cache */
    BREAKERS = 16,                 /* locales kept */
    WORD_MEMORY = 8 * 1024 * 1024, /* then the words start anew */
    ENDS_MEMORY = 1 * 1024 * 1024, /* and the line ends */
    DICTIONARIES = 4
};

struct glyph_slot {
    uint32_t serial, key; /* of the fontset; cp and flags */
    found_glyph found;
};

struct text_state {
    hb_buffer_t *buffer;
    struct breaker {
        char locale[40];
        UBreakIterator *it;
    } breakers[BREAKERS];
    size_t nbreakers;
    bn_arena *arena; /* of words */
    bn_map *words;
    bn_arena *ends_arena;
    bn_map *ends; /* of texts: where a line may end */
    struct glyph_slot glyphs[GLYPHS];
    struct dictionary {
        char lang[16];
        HyphenDict *dict; /* NULL: there is none */
    } dictionaries[DICTIONARIES];
    size_t ndictionaries;
};

static _Thread_local struct text_state *state;

static struct text_state *
get_state(void)
{
    if (state == NULL) {
        state = bn_alloc(sizeof *state);
        state->buffer = hb_buffer_create();
        state->arena = bn_arena_new();
        state->words = bn_map_new(state->arena);
        state->ends_arena = bn_arena_new();
        state->ends = bn_map_new(state->ends_arena);
    }
    return state;
}

void
bn_text_shutdown(void)
{
    if (state == NULL)
        return;
    for (size_t i = 0; i < state->nbreakers; i++)
        ubrk_close(state->breakers[i].it);
    for (size_t i = 0; i < state->ndictionaries; i++)
        if (state->dictionaries[i].dict)
            hnj_hyphen_free(state->dictionaries[i].dict);
    hb_buffer_destroy(state->buffer);
    bn_arena_free(state->arena);
    bn_arena_free(state->ends_arena);
    free(state);
    state = NULL;
}

static const bn_face *
look_up(const bn_fontset *set, uint32_t cp, bool prefer_wide, bool latin,
        uint32_t *gid)
{
    if (latin && set->latin && (*gid = bn_face_glyph(set->latin, cp, 0)))
        return set->latin;
    if (prefer_wide)
        for (size_t i = 0; i < set->nfaces; i++)
            if (set->faces[i]->ideographic &&
                (*gid = bn_face_glyph(set->faces[i], cp, 0)))
                return set->faces[i];
    for (size_t i = 0; i < set->nfaces; i++)
        if ((*gid = bn_face_glyph(set->faces[i], cp, 0)))
            return set->faces[i];
    return NULL;
}

found_glyph
bn_find_glyph(const bn_fontset *set, uint32_t cp, bool prefer_wide, bool latin)
{
    const uint32_t key =
        cp | (prefer_wide ? 1u << 24 : 0) | (latin ? 1u << 25 : 0);
    struct glyph_slot *slot =
        &get_state()
             ->glyphs[(key ^ key >> 13 ^ set->serial * 2654435761u) % GLYPHS];
    hb_glyph_extents_t ink = {0};

    if (slot->serial == set->serial && slot->key == key)
        return slot->found;
    slot->serial = set->serial;
    slot->key = key;
    slot->found = (found_glyph){0};
    slot->found.face = look_up(set, cp, prefer_wide, latin, &slot->found.gid);
    if (slot->found.face) {
        hb_font_t *font = slot->found.face->hb_font;

        slot->found.adv = hb_font_get_glyph_h_advance(font, slot->found.gid);
        hb_font_get_glyph_extents(font, slot->found.gid, &ink);
        slot->found.ink_left = ink.x_bearing;
        slot->found.ink_right = ink.x_bearing + ink.width;
    }
    return slot->found;
}

/* The substitute that feature vert has for a glyph; itself when none. */
static uint32_t
vertical_form(hb_buffer_t *buffer, const bn_face *face, uint32_t cp)
{
    const hb_feature_t vert = {HB_TAG('v', 'e', 'r', 't'), 1, 0, (unsigned)-1};
    hb_glyph_info_t *info;
    unsigned n;

    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf32(buffer, &cp, 1, 0, 1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_direction(buffer, HB_DIRECTION_TTB);
    hb_shape(face->hb_font, buffer, &vert, 1);
    info = hb_buffer_get_glyph_infos(buffer, &n);
    return n == 1 ? info[0].codepoint : 0;
}

found_glyph
bn_find_vertical(const bn_face *face, uint32_t cp, bool *own_form)
{
    struct text_state *t = get_state();
    const uint32_t key = cp | 1u << 26;
    struct glyph_slot *slot =
        &t->glyphs[(key ^ key >> 13 ^ face->serial * 2246822519u) % GLYPHS];
    const uint32_t serial = face->serial | 1u << 31; /* not a fontset's */
    hb_glyph_extents_t ink = {0};
    hb_position_t x = 0, y = 0;
    uint32_t plain;

    if (slot->serial != serial || slot->key != key) {
        slot->serial = serial;
        slot->key = key;
        slot->found = (found_glyph){.face = face, .adv = face->upem};
        slot->found.gid = vertical_form(t->buffer, face, cp);
        hb_font_get_glyph_v_origin(face->hb_font, slot->found.gid, &x, &y);
        hb_font_get_glyph_extents(face->hb_font, slot->found.gid, &ink);
        slot->found.ink_left = y - ink.y_bearing;
        slot->found.ink_right = y - ink.y_bearing - ink.height;
    }
    plain = bn_face_glyph(face, cp, 0);
    *own_form = slot->found.gid != plain;
    return slot->found;
}

int32_t
bn_vertical_origin_x(const bn_face *face, uint32_t gid)
{
    hb_position_t x = 0, y = 0;

    hb_font_get_glyph_v_origin(face->hb_font, gid, &x, &y);
    return x;
}

/* -------------------------------------------------------------- shaping */

static unsigned
features_of(const bn_face *face, const bn_text_style *st, hb_feature_t *f,
            unsigned max)
{
    /* Faces that fonts.xml leaves unkerned are set glyph by glyph, as the
     * AFM-based formatters do. */
    const bool kern = st->kerning == 1 || (st->kerning == 0 && face->kerning);
    const bool liga = !st->ligatures && !st->letter_spacing &&
                      (face->kerning || st->kerning == 1);
    const char *p = st->features;
    unsigned n = 0;

    if (!kern)
        f[n++] = (hb_feature_t){HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1};
    if (!liga) {
        f[n++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1};
        f[n++] = (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1};
    }
    while (p && *p && n < max) {
        const size_t len = strcspn(p, ",");

        n += hb_feature_from_string(p, (int)len, &f[n]) != 0;
        p += len;
        p += *p == ',';
    }
    return n;
}

static shaped_word
shape(bn_arena *a, hb_buffer_t *buffer, const bn_face *face,
      const bn_text_style *st, const char *text, size_t nbytes)
{
    hb_feature_t features[24];
    const unsigned nf = features_of(face, st, features, 24);
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *pos;
    shaped_word w = {0};
    raw_glyph *glyphs;
    uint32_t *clusters;

    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, (int)nbytes, 0, (int)nbytes);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    if (st->lang && *st->lang)
        hb_buffer_set_language(buffer, hb_language_from_string(st->lang, -1));
    hb_shape(face->hb_font, buffer, features, nf);
    info = hb_buffer_get_glyph_infos(buffer, &w.nglyphs);
    pos = hb_buffer_get_glyph_positions(buffer, NULL);
    glyphs = BN_NEWS(a, raw_glyph, w.nglyphs);
    clusters = BN_NEWS(a, uint32_t, w.nglyphs);
    for (uint32_t i = 0; i < w.nglyphs; i++) {
        glyphs[i] = (raw_glyph){info[i].codepoint, pos[i].x_advance,
                                pos[i].x_offset, pos[i].y_offset};
        clusters[i] = info[i].cluster;
    }
    w.glyphs = glyphs;
    w.clusters = clusters;
    return w;
}

const shaped_word *
bn_shape_word(const bn_face *face, const bn_text_style *st, const char *text,
              size_t nbytes)
{
    struct text_state *t = get_state();
    char key[256];
    size_t n = 0;
    const uint32_t serial = face->serial;
    bn_map_value *v;

    if (bn_arena_bytes(t->arena) > WORD_MEMORY) {
        bn_arena_free(t->arena);
        t->arena = bn_arena_new();
        t->words = bn_map_new(t->arena);
    }
    /* Words beyond the key, and rare features, are shaped each time. */
    if (nbytes > 200 || (st->features && strlen(st->features) > 24)) {
        shaped_word *w = BN_NEW(t->arena, shaped_word);

        *w = shape(t->arena, t->buffer, face, st, text, nbytes);
        return w;
    }
    memcpy(key, &serial, sizeof serial);
    n = sizeof serial;
    key[n++] = (char)(st->kerning | st->ligatures << 2 |
                      (st->letter_spacing != 0) << 3);
    key[n++] = st->lang && st->lang[0] ? st->lang[0] : '-';
    key[n++] = st->lang && st->lang[0] ? st->lang[1] : '-';
    if (st->features) {
        memcpy(key + n, st->features, strlen(st->features));
        n += strlen(st->features);
    }
    key[n++] = '\0';
    memcpy(key + n, text, nbytes);
    v = bn_map_put(t->words, key, n + nbytes, NULL);
    if (v->p == NULL) {
        shaped_word *w = BN_NEW(t->arena, shaped_word);

        *w = shape(t->arena, t->buffer, face, st, text, nbytes);
        v->p = w;
    }
    return v->p;
}

/* ------------------------------------------------------------- breaking */

static UBreakIterator *
line_breaker(struct text_state *t, const char *locale, const uint16_t *text,
             size_t n16)
{
    UErrorCode ec = U_ZERO_ERROR;
    struct breaker *b = NULL;

    for (size_t i = 0; i < t->nbreakers; i++)
        if (strcmp(t->breakers[i].locale, locale) == 0)
            b = &t->breakers[i];
    if (b == NULL) {
        UBreakIterator *it = ubrk_open(UBRK_LINE, locale, NULL, 0, &ec);

        if (U_FAILURE(ec) || it == NULL)
            return NULL;
        if (t->nbreakers == BREAKERS) /* more languages than one meets */
            ubrk_close(t->breakers[--t->nbreakers].it);
        b = &t->breakers[t->nbreakers++];
        strncpy(b->locale, locale, sizeof b->locale - 1);
        b->it = it;
    }
    ubrk_setText(b->it, (const UChar *)text, (int32_t)n16, &ec);
    return U_FAILURE(ec) ? NULL : b->it;
}

/* 128 bits of a text and its locale stand for them: documents are laid out
 * more than once, and their texts repeat. */
typedef struct ends_key {
    uint64_t a, b;
} ends_key;

static void
mix(ends_key *k, uint64_t word)
{
    k->a = (k->a ^ word) * 0x9E3779B97F4A7C15u;
    k->a ^= k->a >> 29;
    k->b = (k->b + word) * 0xC2B2AE3D27D4EB4Fu;
    k->b ^= k->b >> 31;
}

static ends_key
key_of(const char *locale, const uint16_t *text, size_t n16)
{
    ends_key k = {n16, ~(uint64_t)n16};
    size_t i = 0;

    for (; *locale; locale++)
        mix(&k, (unsigned char)*locale);
    for (; i + 4 <= n16; i += 4) {
        uint64_t word;

        memcpy(&word, text + i, sizeof word);
        mix(&k, word);
    }
    for (; i < n16; i++)
        mix(&k, text[i]);
    return k;
}

const uint8_t *
bn_line_ends(const char *locale, const uint16_t *text, size_t n16)
{
    struct text_state *t = get_state();
    const ends_key key = key_of(locale, text, n16);
    bn_map_value *v = bn_map_find(t->ends, &key, sizeof key);
    UBreakIterator *it;
    uint8_t *bits;

    if (v)
        return v->p;
    if (bn_arena_bytes(t->ends_arena) > ENDS_MEMORY) {
        bn_arena_free(t->ends_arena);
        t->ends_arena = bn_arena_new();
        t->ends = bn_map_new(t->ends_arena);
    }
    bits = BN_NEWS(t->ends_arena, uint8_t, n16 / 8 + 1);
    it = line_breaker(t, locale, text, n16);
    if (it) {
        int32_t at;

        for (ubrk_first(it); (at = ubrk_next(it)) != UBRK_DONE;)
            bits[at / 8] |= (uint8_t)(1 << at % 8);
    }
    bn_map_put(t->ends, &key, sizeof key, NULL)->p = bits;
    return bits;
}

/* ---------------------------------------------------------- hyphenation */

static HyphenDict *
find_dictionary(const char *lang)
{
    static const struct {
        const char *lang, *file;
    } files[] = {
        {"en-US", "/usr/share/hyphen/hyph_en_US.dic"},
        {"en-GB", "/usr/share/hyphen/hyph_en_GB.dic"},
        {"en", "/usr/share/hyphen/hyph_en_US.dic"},
        {"de", "/usr/share/hyphen/hyph_de_DE.dic"},
        {"fr", "/usr/share/hyphen/hyph_fr.dic"},
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strncmp(lang, files[i].lang, strlen(files[i].lang)) == 0) {
            HyphenDict *d = hnj_hyphen_load(files[i].file);

            if (d)
                return d; /* NULL: the package is not there */
        }
    return NULL;
}

bool
bn_hyphenate(const char *lang, const char *word, size_t nbytes, char *out)
{
    struct text_state *t = get_state();
    struct dictionary *d = NULL;
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;

    for (size_t i = 0; i < t->ndictionaries; i++)
        if (strncmp(t->dictionaries[i].lang, lang,
                    sizeof t->dictionaries[i].lang - 1) == 0)
            d = &t->dictionaries[i];
    if (d == NULL) {
        if (t->ndictionaries == DICTIONARIES)
            return false;
        d = &t->dictionaries[t->ndictionaries++];
        strncpy(d->lang, lang, sizeof d->lang - 1);
        d->dict = find_dictionary(lang);
    }
    if (d->dict == NULL || nbytes > 100)
        return false;
    memset(out, 0, nbytes + 5);
    if (hnj_hyphen_hyphenate2(d->dict, word, (int)nbytes, out, NULL, &rep, &pos,
                              &cut))
        return false;
    if (rep) /* changed spellings (Schiff-fahrt) are not broken at */
        for (size_t i = 0; i < nbytes; i++) {
            if (rep[i]) {
                out[i] = '0';
                free(rep[i]);
            }
        }
    free(rep);
    free(pos);
    free(cut);
    for (size_t i = 0; i < nbytes; i++)
        out[i] = (out[i] & 1) ? 1 : 0;
    return true;
}
