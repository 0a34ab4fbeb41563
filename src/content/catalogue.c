/* catalogue.c - which documents there are: one small file each. */
#include "content/content.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "content/internal.h"

struct bn_catalogue {
    bn_arena *arena;
    bn_source *source;
    const char *share, *house;
    bn_entry *entries;
    size_t n;
    BN_VEC(bn_tree *) trees; /* entries point into them */
    BN_VEC(bn_entry) found;
    bn_map *of_house; /* names of the files that its folder holds */
};

const char *
bn_overlay(bn_arena *a, const char *share, const char *house,
           const char *folder, const char *name)
{
    const char *path;

    if (house) {
        const char *base = strrchr(folder, '/');

        path = bn_arena_printf(a, "%s/%s/%s", house, base ? base + 1 : folder,
                               name);
        if (bn_is_file(path))
            return path;
    }
    path = bn_arena_printf(a, "%s/%s/%s", share, folder, name);
    return bn_is_file(path) ? path : NULL;
}

/* ------------------------------------------------------------ one entry */

static const char *
text_of(bn_arena *a, const xmlNode *node)
{
    xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
    const char *copy = text ? bn_arena_strdup(a, (const char *)text) : NULL;

    xmlFree(text);
    return copy;
}

static const char *
child_text(bn_arena *a, const xmlNode *node, const char *name)
{
    return text_of(a, first_element(node, name));
}

static const char *
title_in(bn_arena *a, const xmlNode *node, const char *lang)
{
    for (const xmlNode *t = first_element(node, "title"); t;
         t = next_element(t, "title"))
        if (attribute_is(t, "lang", lang))
            return text_of(a, t);
    return "";
}

static const char *
provisions(bn_arena *a, const xmlNode *node)
{
    const char *all = "";

    for (const xmlNode *p = first_element(node, "provision"); p;
         p = next_element(p, "provision"))
        all =
            bn_arena_printf(a, "%s%s%s", all, *all ? "; " : "", text_of(a, p));
    return all;
}

static const char *
annexes(bn_arena *a, const xmlNode *node)
{
    const char *all = "";

    for (const xmlNode *x = first_element(node, "annex"); x;
         x = next_element(x, "annex"))
        all = bn_arena_printf(a, "%s%s%s", all, *all ? " " : "",
                              attribute(a, x, "ref"));
    return all;
}

/* Layouts whose papers are made of fields can be printed empty; prose cannot,
 * unless the entry says so. */
static bool
is_form(bn_arena *a, const xmlNode *node)
{
    static const char *const layouts[] = {"form", "checklist", "ledger",
                                          "letter"};

    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (attribute_is(node, "layout", layouts[i]))
            return attribute(a, node, "template") == NULL &&
                   attribute(a, node, "command") == NULL;
    return false;
}

/* The stylesheet or template that makes the content; false after telling. */
static bool
find_maker(bn_catalogue *c, bn_entry *e, bn_msgs *msgs)
{
    bn_arena *a = c->arena;
    const char *template = attribute(a, e->node, "template");
    const char *style = attribute(a, e->node, "stylesheet");

    e->command = attribute(a, e->node, "command");
    if (e->command)
        return true;
    if (template)
        e->template = bn_overlay(a, c->share, c->house, "templates", template);
    else
        e->stylesheet =
            bn_overlay(a, c->share, c->house, "stylesheets/documents",
                       style ? style : "generic.xsl");
    if (e->template || e->stylesheet)
        return true;
    bn_warn(msgs, BN_ECATALOGUEFILE, bn_at(e->place), e->id,
            template ? template
            : style  ? style
                     : "generic.xsl");
    return false;
}

static bool
read_entry(bn_catalogue *c, const bn_tree *tree, bn_entry *e, bn_msgs *msgs)
{
    bn_arena *a = c->arena;
    const xmlNode *node = xmlDocGetRootElement(tree);

    e->node = node;
    e->place = bn_place_of(node);
    e->id = attribute(a, node, "id");
    e->no = attribute(a, node, "no");
    e->family = attribute(a, node, "family");
    e->layout = attribute(a, node, "layout");
    e->editions = attribute(a, node, "editions");
    e->retention = attribute(a, node, "retention");
    e->units = attribute(a, node, "for");
    if (e->units == NULL)
        e->units = "certification-case";
    e->title_ja = title_in(a, node, "ja");
    e->title_en = title_in(a, node, "en");
    e->provision = provisions(a, node);
    e->annexes = annexes(a, node);
    e->when = child_text(a, node, "when");
    e->items = child_text(a, node, "items");
    e->key = child_text(a, node, "key");
    e->date = child_text(a, node, "date");
    e->step = attribute(a, node, "step") ? atoi(attribute(a, node, "step")) : 0;
    e->blank = attribute(a, node, "blank") ? attribute_is(node, "blank", "yes")
                                           : is_form(a, node);
    e->landscape = attribute_is(node, "landscape", "yes");
    e->signature = attribute_is(node, "signature", "yes");
    return find_maker(c, e, msgs);
}

/* --------------------------------------------------------- all entries */

static bool
is_xml(const char *name)
{
    const size_t n = strlen(name);

    return n > 4 && strcmp(name + n - 4, ".xml") == 0;
}

/* Does an earlier entry (of the house) stand for this id? */
static const bn_entry *
find_id(const bn_catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->found.n; i++)
        if (strcmp(c->found.v[i].id, id) == 0)
            return &c->found.v[i];
    return NULL;
}

static bool
load_file(bn_catalogue *c, const char *path, bool stock, bn_msgs *msgs)
{
    bn_tree *tree = NULL;
    bn_entry e = {0};
    const bn_entry *old;

    if (bn_xml_load(c->source, path, BN_XML_CLEAN, &tree, msgs))
        return false;
    BN_PUSH(&c->trees) = tree;
    if (strcmp(bn_tree_name(tree), "document") != 0) {
        bn_warn(msgs, BN_ECATALOGUE,
                bn_at(bn_place_of(xmlDocGetRootElement(tree))), path,
                bn_tree_name(tree));
        return false;
    }
    if (bn_grammar_check(c->source, c->share, tree, msgs) ||
        !read_entry(c, tree, &e, msgs))
        return false;
    old = find_id(c, e.id);
    if (old && !stock) {
        bn_warn(msgs, BN_ECATALOGUETWICE, bn_at(e.place), e.id);
        return false;
    }
    if (old == NULL)
        BN_PUSH(&c->found) = e;
    return true;
}

/* One folder; a missing one holds nothing. house: file names that are there
 * stand for those of the stock. */
static bool
load_folder(bn_catalogue *c, const char *folder, bool stock, bn_msgs *msgs)
{
    const char **names = NULL;
    size_t n = 0;
    bool good = true;
    bn_err err = {0};

    if (!bn_is_folder(folder))
        return true;
    if (bn_list_folder(folder, c->arena, &names, &n, &err)) {
        bn_msgs_add(msgs, &err, BN_ERROR);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_xml(names[i]))
            continue;
        if (stock && bn_map_finds(c->of_house, names[i]))
            continue;
        if (!stock)
            bn_map_puts(c->of_house, names[i])->n = 1;
        good &=
            load_file(c, bn_arena_printf(c->arena, "%s/%s", folder, names[i]),
                      stock, msgs);
    }
    return good;
}

/* A05 before A10 before B01; D9 before D41. */
static int
by_number(const void *left, const void *right)
{
    const bn_entry *a = left, *b = right;
    const long m = strtol(a->no + 1, NULL, 10), n = strtol(b->no + 1, NULL, 10);

    if (a->no[0] != b->no[0])
        return a->no[0] < b->no[0] ? -1 : 1;
    if (m != n)
        return m < n ? -1 : 1;
    return strcmp(a->id, b->id);
}

bn_code
bn_catalogue_load(bn_source *s, const char *share, const char *house,
                  bn_catalogue **out, bn_msgs *msgs)
{
    bn_catalogue *c = bn_alloc(sizeof *c);
    bool good = true;

    c->arena = bn_arena_new();
    c->of_house = bn_map_new(c->arena);
    c->source = s;
    c->share = bn_arena_strdup(c->arena, share);
    c->house = house ? bn_arena_strdup(c->arena, house) : NULL;
    if (house)
        good &= load_folder(c, bn_arena_printf(c->arena, "%s/documents", house),
                            false, msgs);
    good &= load_folder(
        c, bn_arena_printf(c->arena, "%s/stylesheets/documents", share), true,
        msgs);
    if (!good) {
        bn_catalogue_free(c);
        return BN_ECATALOGUE;
    }
    c->entries = c->found.v;
    c->n = c->found.n;
    if (c->n)
        qsort(c->entries, c->n, sizeof *c->entries, by_number);
    *out = c;
    return BN_OK;
}

void
bn_catalogue_free(bn_catalogue *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->trees.n; i++)
        bn_tree_free(c->trees.v[i]);
    BN_VEC_FREE(&c->trees);
    BN_VEC_FREE(&c->found);
    bn_arena_free(c->arena);
    free(c);
}

size_t
bn_catalogue_count(const bn_catalogue *c)
{
    return c->n;
}

const bn_entry *
bn_catalogue_entry(const bn_catalogue *c, size_t i)
{
    return &c->entries[i];
}

const bn_entry *
bn_catalogue_find(const bn_catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->entries[i].id, id) == 0)
            return &c->entries[i];
    return NULL;
}

typedef struct field_teller {
    bn_arena *a;
    const bn_entry *e;
    void (*tell)(void *user, const bn_entry *e, const char *provision,
                 const char *id, const char *label);
    void *user;
} field_teller;

static void
tell_fields(const field_teller *t, const xmlNode *parent)
{
    for (const xmlNode *f = first_element(parent, NULL); f;
         f = next_element(f, NULL)) {
        const char *provision = attribute(t->a, f, "provision");

        if (provision)
            t->tell(t->user, t->e, provision, attribute(t->a, f, "id"),
                    attribute(t->a, f, "label"));
        tell_fields(t, f);
    }
}

void
bn_entry_each_field(bn_arena *a, const bn_entry *e,
                    void (*say)(void *user, const bn_entry *e,
                                const char *provision, const char *id,
                                const char *label),
                    void *user)
{
    const field_teller t = {a, e, say, user};

    tell_fields(&t, first_element(e->node, "fields"));
}

/* The field below `from` with this label: its XPath, behind those of its
 * groups. */
static const char *
xpath_of_label(bn_arena *a, const xmlNode *from, const char *label,
               const char *before)
{
    for (const xmlNode *n = first_element(from, NULL); n;
         n = next_element(n, NULL)) {
        const char *own = attribute(a, n, "xpath");
        const char *path =
            own ? bn_arena_printf(a, "%s%s%s", before, *before ? "/" : "", own)
                : before;
        const char *inner;

        if (own && attribute_is(n, "label", label))
            return path;
        inner = xpath_of_label(a, n, label, path);
        if (*inner)
            return inner;
    }
    return "";
}

const char *
bn_entry_xpath(bn_arena *a, const bn_entry *e, const char *label)
{
    return xpath_of_label(a, first_element(e->node, "fields"), label, "");
}
