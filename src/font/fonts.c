/* fonts.xml and the choice of faces. libxml2 is used here only to walk the
 * tree that source has read. */
#include "font/internal.h"

#include <stdlib.h>
#include <string.h>
#include <stdio.h>

#include <libxml/tree.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

typedef struct family_use {
    bn_face_spec *spec;
    int weight;
    bool italic;
} family_use;

typedef struct family {
    const char *name;
    family_use *uses;
    size_t nuses;
    const char *fallback; /* comma-separated families, or NULL */
    const char *latin;
    struct family *next;
} family;

struct bn_fonts {
    bn_arena *arena;
    bn_face_spec *specs;   /* in order of fonts.xml */
    size_t nspecs, nfaces; /* named, opened */
    bn_map *families;      /* lower-case name or alias -> family */
    bn_map *sets;          /* "families|weight|italic" -> bn_fontset */
    const char *fallback;
    family *otherwise; /* the default family */
};

/* Faces of a set while it is put together. */
typedef BN_VEC(const bn_face *) face_list;

static char *
attribute(bn_arena *a, const xmlNode *n, const char *name)
{
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    char *copy = v ? bn_arena_strdup(a, (const char *)v) : NULL;

    xmlFree(v);
    return copy;
}

static int
number_attribute(const xmlNode *n, const char *name, int otherwise)
{
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    const int i = v ? (int)strtol((const char *)v, NULL, 10) : otherwise;

    xmlFree(v);
    return i;
}

static bool
is_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

static bool
says(const xmlNode *n, const char *name, const char *value)
{
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    const bool same = v && strcmp((const char *)v, value) == 0;

    xmlFree(v);
    return same;
}

/* Next name of a comma-separated list, trimmed and unquoted, into out; false
 * at the end. */
static bool
next_name(const char **list, char *out, size_t size)
{
    const char *p = *list;
    size_t n = 0;
    char quote = 0;

    while (*p == ' ' || *p == ',' || *p == '\t' || *p == '\n')
        p++;
    if (*p == '\0')
        return false;
    if (*p == '\'' || *p == '"')
        quote = *p++;
    for (; *p && (quote ? *p != quote : *p != ','); p++)
        if (n + 1 < size)
            out[n++] = *p;
    while (n > 0 && !quote && (out[n - 1] == ' ' || out[n - 1] == '\n'))
        n--;
    out[n] = '\0';
    for (; *p && *p != ','; p++)
        ;
    *list = p;
    return true;
}

/* Where the family of this name is kept: names are alike whatever the case of
 * their ASCII letters. */
static bn_map_value *
family_slot(const bn_fonts *f, const char *name, bool make)
{
    char lower[256];
    size_t n = 0;

    for (; *name && n + 1 < sizeof lower; name++)
        lower[n++] = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
    lower[n] = '\0';
    return make ? bn_map_puts(f->families, lower)
                : bn_map_finds(f->families, lower);
}

static bn_face_spec *
find_spec(const bn_fonts *f, const char *name)
{
    for (bn_face_spec *s = f->specs; s; s = s->next)
        if (name && strcmp(s->name, name) == 0)
            return s;
    return NULL;
}

static void
read_face(bn_fonts *f, const xmlNode *n, bn_face_spec ***tail)
{
    bn_arena *a = f->arena;
    bn_face_spec *s = BN_NEW(a, bn_face_spec);
    size_t npaths = 0;

    for (const xmlNode *c = n->children; c; c = c->next)
        npaths += is_element(c, "file");
    s->name = attribute(a, n, "name");
    s->licence = attribute(a, n, "licence");
    s->package = attribute(a, n, "package");
    s->ascender = number_attribute(n, "ascender", 0);
    s->descender = number_attribute(n, "descender", 0);
    s->cap_height = number_attribute(n, "cap-height", 0);
    s->x_height = number_attribute(n, "x-height", 0);
    s->index = (unsigned)number_attribute(n, "index", 0);
    s->kerning = !says(n, "kerning", "no");
    s->serif = says(n, "serif", "yes");
    s->paths = BN_NEWS(a, const char *, npaths);
    for (const xmlNode *c = n->children; c; c = c->next)
        if (is_element(c, "file"))
            if ((s->paths[s->npaths] = attribute(a, c, "path")))
                s->npaths++;
    if (s->name == NULL)
        s->name = "?";
    **tail = s;
    *tail = &s->next;
    f->nspecs++;
}

static void
name_family(bn_fonts *f, family *fam, const char *names)
{
    char name[256];

    while (names && next_name(&names, name, sizeof name)) {
        bn_map_value *v = family_slot(f, name, true);

        if (v->p == NULL)
            v->p = fam;
    }
}

static bn_code
read_family(bn_fonts *f, const xmlNode *n, bn_loc at, bn_err *err)
{
    bn_arena *a = f->arena;
    family *fam = BN_NEW(a, family);
    size_t nuses = 0;

    for (const xmlNode *c = n->children; c; c = c->next)
        nuses += is_element(c, "use");
    fam->name = attribute(a, n, "name");
    fam->latin = attribute(a, n, "latin");
    fam->uses = BN_NEWS(a, family_use, nuses);
    for (const xmlNode *c = n->children; c; c = c->next) {
        const char *face;

        if (is_element(c, "fallback"))
            fam->fallback = attribute(a, c, "families");
        if (!is_element(c, "use"))
            continue;
        face = attribute(a, c, "face");
        fam->uses[fam->nuses] =
            (family_use){find_spec(f, face), number_attribute(c, "weight", 400),
                         !says(c, "style", "normal")};
        if (fam->uses[fam->nuses++].spec == NULL)
            return bn_fail(err, BN_EFONTS, at, face ? face : "use");
    }
    if (fam->name == NULL || fam->nuses == 0)
        return bn_fail(err, BN_EFONTS, at, fam->name ? fam->name : "family");
    name_family(f, fam, fam->name);
    name_family(f, fam, attribute(a, n, "aliases"));
    return BN_OK;
}

static bn_code
read_fonts(bn_fonts *f, const xmlNode *root, bn_err *err)
{
    const bn_loc at = bn_at(bn_place_of(root));
    bn_face_spec **tail = &f->specs;
    char *name = attribute(f->arena, root, "default");
    char lower[256];
    const char *list = name;
    bn_map_value *v;
    bn_code code = BN_OK;

    for (const xmlNode *n = root->children; n; n = n->next)
        if (is_element(n, "face"))
            read_face(f, n, &tail);
    for (const xmlNode *n = root->children; n && !code; n = n->next) {
        if (is_element(n, "family"))
            code = read_family(f, n, bn_at(bn_place_of(n)), err);
        else if (is_element(n, "fallback"))
            f->fallback = attribute(f->arena, n, "families");
    }
    if (code)
        return code;
    if (name == NULL || !next_name(&list, lower, sizeof lower) ||
        (v = family_slot(f, lower, false)) == NULL)
        return bn_fail(err, BN_EFONTS, at, name ? name : "default");
    f->otherwise = v->p;
    return BN_OK;
}

/* The face, opened when it was not; NULL with a message once. */
static const bn_face *
open_spec(bn_fonts *f, bn_face_spec *s, bn_level level, bn_msgs *msgs)
{
    bn_err err = {0};

    if (s->face || s->failed)
        return s->face;
    if (bn_face_open(f->arena, s, (uint32_t)f->nfaces, &s->face, &err)) {
        s->failed = true;
        if (msgs)
            bn_msgs_add(msgs, &err, level);
        return NULL;
    }
    f->nfaces++;
    return s->face;
}

/* How far a face of a family is from what is asked; less is better. */
static int
distance(const family_use *u, int weight, bool italic)
{
    const int d = u->weight > weight ? u->weight - weight : weight - u->weight;

    return d + (u->italic != italic ? 1000 : 0);
}

static const bn_face *
family_face(bn_fonts *f, const family *fam, int weight, bool italic,
            bn_level level, bn_msgs *msgs, bn_loc at)
{
    const family_use *best = &fam->uses[0];

    for (size_t i = 1; i < fam->nuses; i++)
        if (distance(&fam->uses[i], weight, italic) <
            distance(best, weight, italic))
            best = &fam->uses[i];
    if (level == BN_ERROR && weight >= 600 && best->weight < 600 && msgs)
        bn_warn_once(msgs, BN_WBOLD, at, fam->name);
    return open_spec(f, best->spec, level, msgs);
}

static void
add_face(face_list *l, const bn_face *face)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i] == face)
            return;
    if (face)
        BN_PUSH(l) = face;
}

/* Add the faces of families that are asked when the first has no glyph. */
static void
add_fallbacks(bn_fonts *f, face_list *l, const char *families, int weight,
              bool italic, bn_msgs *msgs)
{
    char name[256];

    while (families && next_name(&families, name, sizeof name)) {
        bn_map_value *v = family_slot(f, name, false);

        if (v)
            add_face(l, family_face(f, v->p, weight, italic, BN_WARNING, msgs,
                                    BN_NOWHERE));
    }
}

static const bn_fontset *
make_set(bn_fonts *f, const char *families, int weight, bool italic,
         bn_msgs *msgs, bn_loc at)
{
    bn_fontset *set = BN_NEW(f->arena, bn_fontset);
    face_list l = {0};
    family *first = NULL, *named[16];
    size_t nnamed = 0;
    const char *list = families;
    char name[256];

    while (list && nnamed < 16 && next_name(&list, name, sizeof name)) {
        bn_map_value *v = family_slot(f, name, false);

        if (v)
            named[nnamed++] = v->p;
        else if (msgs)
            bn_warn_once(msgs, BN_WFAMILY, at, name, f->otherwise->name);
    }
    if (nnamed == 0)
        named[nnamed++] = f->otherwise;
    first = named[0];
    for (size_t i = 0; i < nnamed; i++)
        add_face(&l, family_face(f, named[i], weight, italic,
                                 i ? BN_WARNING : BN_ERROR, msgs, at));
    for (size_t i = 0; i < nnamed; i++)
        add_fallbacks(f, &l, named[i]->fallback, weight, italic, msgs);
    add_fallbacks(f, &l, f->fallback, weight, italic, msgs);
    add_face(
        &l, family_face(f, f->otherwise, weight, italic, BN_WARNING, msgs, at));
    set->family = bn_arena_strdup(f->arena, families ? families : first->name);
    set->weight = weight;
    set->italic = italic;
    set->nfaces = l.n;
    set->serial = bn_font_serial();
    set->faces = bn_arena_copy(f->arena, l.v, l.n * sizeof l.v[0]);
    set->primary = set->faces[0];
    if (first->latin) {
        bn_map_value *v;

        list = first->latin;
        if (next_name(&list, name, sizeof name) &&
            (v = family_slot(f, name, false)))
            set->latin = family_face(f, v->p, weight, italic, BN_WARNING, msgs,
                                     BN_NOWHERE);
    }
    set->ascent =
        (int32_t)((int64_t)set->primary->ascender * 1000 / set->primary->upem);
    set->descent = (int32_t)(-(int64_t)set->primary->descender * 1000 /
                             set->primary->upem);
    BN_VEC_FREE(&l);
    return set;
}

bn_code
bn_fonts_open(bn_source *s, const char *path, bn_fonts **out, bn_msgs *msgs)
{
    bn_fonts *f;
    bn_tree *tree = NULL;
    bn_err err = {0};
    bn_code code = bn_xml_load(s, path, BN_XML_PLAIN, &tree, msgs);

    if (code)
        return code;
    f = bn_alloc(sizeof *f);
    f->arena = bn_arena_new();
    f->families = bn_map_new(f->arena);
    f->sets = bn_map_new(f->arena);
    code = read_fonts(f, xmlDocGetRootElement(tree), &err);
    bn_tree_free(tree);
    if (code) {
        bn_msgs_add(msgs, &err, bn_code_level(code));
    } else {
        /* So that a set always has a face. */
        family_use *u = &f->otherwise->uses[0];

        code = open_spec(f, u->spec, BN_ERROR, msgs) ? BN_OK : BN_EFONTFILE;
    }
    if (code)
        bn_fonts_free(f);
    else
        *out = f;
    return code;
}

void
bn_fonts_free(bn_fonts *f)
{
    if (f == NULL)
        return;
    for (bn_face_spec *s = f->specs; s; s = s->next)
        bn_face_close(s->face);
    bn_arena_free(f->arena);
    free(f);
}

const bn_fontset *
bn_fonts_find(bn_fonts *f, const char *families, int weight, bool italic,
              bn_msgs *msgs, bn_loc at)
{
    char key[600];
    bn_map_value *v;
    const int n = snprintf(key, sizeof key, "%d|%d|%s", weight, italic,
                           families ? families : "");

    if (n < 0 || (size_t)n >= sizeof key) /* absurdly long: not kept */
        return make_set(f, families, weight, italic, msgs, at);
    v = bn_map_puts(f->sets, key);
    if (v->p == NULL)
        v->p = (void *)make_set(f, families, weight, italic, msgs, at);
    return v->p;
}

size_t
bn_fonts_count(const bn_fonts *f)
{
    return f->nspecs;
}

const bn_face *
bn_fonts_face(bn_fonts *f, size_t i, bn_err *err)
{
    bn_face_spec *s = f->specs;

    for (; s && i > 0; i--)
        s = s->next;
    if (s == NULL)
        return NULL;
    if (s->face == NULL) {
        if (bn_face_open(f->arena, s, (uint32_t)f->nfaces, &s->face, err))
            return NULL;
        f->nfaces++;
    }
    return s->face;
}
