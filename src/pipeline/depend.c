/* depend.c - what papers depend on besides the data of their own case. */
#include <string.h>

#include "base/vec.h"
#include "pipeline/unit.h"

enum {
    DEPTH_MOST = 8, /* of imports, and of folders of pictures */
    TEMPLATES_DEEP = 16
};

/* A list while it is put together. Names are in the run's arena. */
typedef struct gathering {
    bn_run *r;
    BN_VEC(bn_dependency) list;
} gathering;

static void
add_bytes(gathering *g, const char *name, const void *p, size_t n)
{
    BN_PUSH(&g->list) = (bn_dependency){
        .name = bn_arena_strdup(g->r->arena, name),
        .digest = bn_digest_of(p, n),
    };
}

static void
add_word(gathering *g, const char *name, const char *value)
{
    add_bytes(g, name, value ? value : "", value ? strlen(value) : 0);
}

static bool
has(const gathering *g, const char *path)
{
    for (size_t i = 0; i < g->list.n; i++)
        if (g->list.v[i].file && strcmp(g->list.v[i].name, path) == 0)
            return true;
    return false;
}

/* A file that is not there is not depended on: when it comes, the list is
 * another one. */
static bool
add_file(gathering *g, const char *path)
{
    bn_digest digest;

    if (!bn_is_file(path) || has(g, path) || !bn_file_digest(path, &digest))
        return false;
    BN_PUSH(&g->list) = (bn_dependency){
        .name = bn_arena_strdup(g->r->arena, path),
        .digest = digest,
        .file = true,
    };
    return true;
}

static bool
ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), m = strlen(end);

    return n > m && strcmp(s + n - m, end) == 0;
}

/* Files of a folder whose names end in one of the words; "" ends them. */
static void
add_folder(gathering *g, const char *folder, const char *const *ends, int deep)
{
    bn_arena *a = g->r->arena;
    const char **names;
    size_t n;

    if (!bn_is_folder(folder) || bn_list_folder(folder, a, &names, &n, NULL))
        return;
    for (size_t i = 0; i < n; i++) {
        const char *path = bn_arena_printf(a, "%s/%s", folder, names[i]);

        for (size_t k = 0; ends[k]; k++)
            if (ends_with(names[i], ends[k]))
                add_file(g, path);
        if (deep > 0 && names[i][0] != '.' && bn_is_folder(path))
            add_folder(g, path, ends, deep - 1);
    }
}

static bn_dependencies
finish(gathering *g)
{
    bn_dependencies d = {.n = g->list.n};
    bn_hasher *h = bn_hasher_new();

    for (size_t i = 0; i < g->list.n; i++) {
        bn_hasher_add(h, g->list.v[i].name, strlen(g->list.v[i].name));
        bn_hasher_add(h, &g->list.v[i].digest, sizeof(bn_digest));
    }
    d.digest = bn_hasher_finish(h);
    d.v = bn_arena_copy(g->r->arena, g->list.v, g->list.n * sizeof *g->list.v);
    BN_VEC_FREE(&g->list);
    return d;
}

/* ----------------------------------------------------------- stylesheets */

static void add_style(gathering *g, const char *path, int depth);

/* The file that an import or include names. At worst a comment names one too
 * many, which does no harm. */
static void
add_import(gathering *g, const char *from, const char *s, int depth)
{
    const char *close = strchr(s, '>');
    const char *href = strstr(s, "href");
    const char *quote, *end;

    if (close == NULL || href == NULL || href > close)
        return;
    quote = strpbrk(href, "\"'");
    end = quote ? strchr(quote + 1, *quote) : NULL;
    if (end)
        add_style(g,
                  bn_arena_printf(g->r->arena, "%s/%.*s",
                                  bn_folder_of(g->r->arena, from),
                                  (int)(end - quote - 1), quote + 1),
                  depth + 1);
}

static void
add_style(gathering *g, const char *path, int depth)
{
    static const char *const words[] = {":import", ":include"};
    bn_buf text = {0};

    if (depth > DEPTH_MOST || !add_file(g, path))
        return;
    if (bn_source_read(g->r->source, path, 0, &text, NULL) == BN_OK && text.p)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            for (const char *p = text.p; (p = strstr(p, words[i])); p++)
                add_import(g, path, p, depth);
    bn_buf_free(&text);
}

/* ------------------------------------------------------------- templates */

/* A template with those it includes. A line that only looks like an include
 * adds a file too many at worst. */
static void
add_template(gathering *g, const char *dir, const char *path, int depth)
{
    bn_run *r = g->r;
    bn_buf text = {0};

    if (depth > TEMPLATES_DEEP || !add_file(g, path))
        return;
    if (bn_source_read(r->source, path, 0, &text, NULL) == BN_OK && text.p)
        for (const char *p = text.p; (p = strstr(p, "{{>")); p += 3) {
            const char *name = p + 3 + strspn(p + 3, " \t");
            const size_t n = strcspn(name, " \t\n}");
            const char *dot =
                n > 3 && memcmp(name + n - 3, ".md", 3) == 0 ? "" : ".md";
            const char *inner =
                bn_overlay(r->arena, r->o.share, dir, "templates",
                           bn_arena_printf(r->arena, "%.*s%s", (int)n, name,
                                           dot));

            if (inner)
                add_template(g, dir, inner, depth + 1);
        }
    bn_buf_free(&text);
}

static bn_dependencies *
known(bn_run *r, const char *what, const char *name)
{
    return bn_map_puts(r->dependencies,
                       bn_arena_printf(r->arena, "%s %s", what, name))
        ->p;
}

static const bn_dependencies *
keep(bn_run *r, const char *what, const char *name, bn_dependencies d)
{
    bn_dependencies *kept = bn_arena_copy(r->arena, &d, sizeof d);

    bn_map_puts(r->dependencies, bn_arena_printf(r->arena, "%s %s", what, name))
        ->p = kept;
    return kept;
}

bn_digest
bn_page_digest(bn_run *r, const char *path)
{
    const bn_dependencies *d = known(r, "page", path);
    gathering g = {.r = r};

    if (d == NULL) {
        add_style(&g, path, 0);
        d = keep(r, "page", path, finish(&g));
    }
    return d->digest;
}

bn_dependencies
bn_depend_document(bn_run *r, const char *file, const char *document)
{
    house *h = house_for(r, file, NULL);
    const bn_entry *e = h ? bn_catalogue_find(h->catalogue, document) : NULL;
    const char *name =
        bn_arena_printf(r->arena, "%s %s", h ? h->dir : "", document);
    const bn_dependencies *d = known(r, "document", name);
    gathering g = {.r = r};

    if (d)
        return *d;
    if (e) {
        const char *page =
            bn_overlay(r->arena, r->o.share, h->dir, "stylesheets/page",
                       bn_arena_printf(r->arena, "%s.xsl", e->layout));

        if (e->stylesheet)
            add_style(&g, e->stylesheet, 0);
        if (e->template)
            add_template(&g, h->dir, e->template, 0);
        if (page)
            add_style(&g, page, 0);
    }
    return *keep(r, "document", name, finish(&g));
}

/* ----------------------------------------------------------------- house */

static void
add_fonts(gathering *g)
{
    bn_run *r = g->r;
    bn_msgs msgs = {0};

    if (bn_run_fonts(r, &msgs) == BN_OK)
        for (size_t i = 0; i < bn_fonts_count(r->fonts); i++) {
            const bn_face *face = bn_fonts_face(r->fonts, i, NULL);
            bn_stamp stamp;
            int64_t known_by[2];

            if (face == NULL || !bn_file_stamp(face->path, &stamp))
                continue;
            known_by[0] = stamp.size;
            known_by[1] = stamp.modified_ns;
            add_bytes(g, face->path, known_by, sizeof known_by);
        }
    bn_msgs_free(&msgs);
}

static void
add_program(gathering *g)
{
    const bn_run_options *o = &g->r->o;
    bn_buf versions = {0};
    bn_digest program;

    if (bn_file_digest("/proc/self/exe", &program))
        add_bytes(g, "program", &program, sizeof program);
    bn_versions(&versions);
    add_word(g, "libraries", versions.p);
    bn_buf_free(&versions);
    add_word(g, "--missing-glyph", o->missing_warn ? "warn" : "");
    add_word(g, "--date", o->date);
    add_word(g, "--fonts", o->fonts);
}

bn_digest
bn_run_identity(bn_run *r)
{
    static const char *const pictures[] = {".png", ".jpg", ".jpeg", ".svg",
                                           NULL};
    gathering g = {.r = r};

    if (r->identified)
        return r->identity;
    add_program(&g);
    add_fonts(&g);
    add_file(&g, bn_arena_printf(r->arena, "%s/fonts/fonts.xml", r->o.share));
    if (r->o.fonts)
        add_file(&g, r->o.fonts);
    for (const house *h = r->houses; h; h = h->next) {
        add_file(&g, bn_arena_printf(r->arena, "%s/fonts.xml", h->dir));
        add_folder(&g, h->dir, pictures, DEPTH_MOST);
    }
    r->identity = finish(&g).digest;
    r->identified = true;
    return r->identity;
}

static void
add_house(gathering *g, const house *h)
{
    static const char *const parts[] = {"body.xml", "auditors.xml", "house.xml",
                                        "fonts.xml"};
    static const char *const schemas[] = {".rng", ".sch", NULL};
    static const char *const xml[] = {".xml", NULL};
    static const char *const pictures[] = {".png", ".jpg", ".jpeg", ".svg",
                                           NULL};
    bn_arena *a = g->r->arena;
    const char *share = g->r->o.share;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        add_file(g, bn_arena_printf(a, "%s/%s", h->dir, parts[i]));
    for (size_t i = 0; i < h->nrules; i++)
        add_file(g, h->rules[i]);
    add_folder(g, bn_arena_printf(a, "%s/schemas", share), schemas, 0);
    add_folder(g, bn_arena_printf(a, "%s/criteria", share), xml, 0);
    add_folder(g, bn_arena_printf(a, "%s/criteria", h->dir), xml, 0);
    add_folder(g, bn_arena_printf(a, "%s/stylesheets/documents", share), xml,
               0);
    add_folder(g, bn_arena_printf(a, "%s/documents", h->dir), xml, 0);
    add_file(g, bn_arena_printf(a, "%s/stylesheets/schematron.xsl", share));
    add_file(g, bn_arena_printf(a, "%s/stylesheets/house.xml", share));
    add_file(g, bn_arena_printf(a, "%s/fonts/fonts.xml", share));
    add_folder(g, h->dir, pictures, DEPTH_MOST);
}

bn_code
bn_depend_house(bn_run *r, const char *file, bn_dependencies *out,
                bn_msgs *msgs)
{
    house *h = house_for(r, file, NULL);
    const bn_dependencies *d;
    gathering g = {.r = r};

    (void)msgs; /* each unit says it for itself */
    if (h == NULL)
        return BN_EHOUSE;
    d = known(r, "house", h->dir);
    if (d == NULL) {
        add_program(&g);
        add_word(&g, "--today", r->o.today);
        add_word(&g, "--draft", r->o.draft ? "yes" : "");
        add_fonts(&g);
        if (r->o.fonts)
            add_file(&g, r->o.fonts);
        add_house(&g, h);
        d = keep(r, "house", h->dir, finish(&g));
    }
    *out = *d;
    return BN_OK;
}

/* --------------------------------------------------------------- warming */

bn_code
bn_run_warm(bn_run *r, const char *file, bn_msgs *msgs)
{
    house *h = house_for(r, file, NULL);

    (void)msgs; /* each unit says it for itself */
    if (h == NULL)
        return BN_EHOUSE;
    for (size_t i = 0; i < h->nrules; i++)
        bn_transform_warm(r->transform, h->rules[i], true);
    for (size_t i = 0; i < bn_catalogue_count(h->catalogue); i++) {
        const bn_entry *e = bn_catalogue_entry(h->catalogue, i);
        const char *page =
            bn_overlay(r->arena, r->o.share, h->dir, "stylesheets/page",
                       bn_arena_printf(r->arena, "%s.xsl", e->layout));

        if (e->stylesheet)
            bn_transform_warm(r->transform, e->stylesheet, false);
        if (page)
            bn_transform_warm(r->transform, page, false);
    }
    bn_run_identity(r);
    return BN_OK;
}

bn_code
bn_run_open_house(bn_run *r, const char *file, bn_msgs *msgs)
{
    return house_for(r, file, msgs) ? BN_OK : BN_EHOUSE;
}

const char *
bn_run_house(bn_run *r, const char *file)
{
    const house *h = house_for(r, file, NULL);

    return h ? h->dir : NULL;
}

const char *
bn_run_title(bn_run *r, const char *file, const char *document)
{
    const house *h = house_for(r, file, NULL);
    const bn_entry *e = h ? bn_catalogue_find(h->catalogue, document) : NULL;

    return e ? e->title_ja : NULL;
}

const char *
bn_run_series(bn_run *r, const char *file, const char *series)
{
    const house *h = house_for(r, file, NULL);

    return h && h->body ? bn_series_pattern(r->arena, h->body, series) : NULL;
}

/* An id that nobody knows is told when the papers are looked for. */
bool
bn_run_over_many(bn_run *r, const char *file, const char *only)
{
    const house *h = house_for(r, file, NULL);
    bn_arena *a = bn_arena_new();
    bool many = only == NULL;
    char *rest = NULL;

    for (char *id = only ? strtok_r(bn_arena_strdup(a, only), ",", &rest)
                         : NULL;
         id && !many; id = strtok_r(NULL, ",", &rest)) {
        const bn_entry *e =
            h && h->catalogue ? bn_catalogue_find(h->catalogue, id) : NULL;

        many = e == NULL || strstr(e->units, "body-profile") != NULL;
    }
    bn_arena_free(a);
    return many;
}

const char *
bn_run_id(bn_run *r, bn_arena *a, const char *file)
{
    bn_msgs msgs = {0};
    bn_tree *tree = NULL;
    const char *id = NULL;

    if (bn_source_add_root(r->source, bn_folder_of(r->arena, file), NULL) ==
            BN_OK &&
        bn_xml_load(r->source, file, BN_XML_PLAIN, &tree, &msgs) == BN_OK)
        id = bn_tree_attribute(a, tree, "id");
    bn_tree_free(tree);
    bn_msgs_free(&msgs);
    return id ? id : "";
}

void
bn_run_today(bn_run *r, const char *today)
{
    r->o.today = bn_arena_strdup(r->arena, today);
    bn_transform_today(r->transform, r->o.today);
}

const char *
bn_run_day(const bn_run *r)
{
    return r->o.today;
}
