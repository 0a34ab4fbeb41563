#include "fo/tree.h"

#include <string.h>

static const bn_object_row objects[] = {
#define BN_FO_OBJECT(id, name, ns, is, allows, reference)                      \
    {name, NS_##ns, reference, is, allows},
#include "fo/objects.def"
#undef BN_FO_OBJECT
};

/* Slots of inherited properties: their number among the inherited ones. */
enum slot_at {
#define BN_PROP(id, name, inherited, ...)                                      \
    SLOT_##id, SLOT_AFTER_##id = SLOT_##id + (inherited)-1,
#include "fo/properties.def"
#undef BN_PROP
    SLOTS
};

static const bn_prop_row props[] = {
#define BN_PROP(id, name, inherited, initial, reader, base)                    \
    {name,          initial,     inherited,                                    \
     READ_##reader, BASE_##base, (inherited) ? SLOT_##id : -1},
#include "fo/properties.def"
#undef BN_PROP
};

static const char *const words[] = {
    "",
#define BN_KEYWORD(id, name) name,
#include "fo/keywords.def"
#undef BN_KEYWORD
};

static const char *const allowed[BN_PROPS] = {
#define BN_ALLOWED(id, list) [BN_P_##id] = list,
#define BN_LEAST(id, n)
#include "fo/allowed.def"
#undef BN_ALLOWED
#undef BN_LEAST
};

/* One more than the least value; 0: there is none. */
static const uint8_t least[BN_PROPS] = {
#define BN_ALLOWED(id, list)
#define BN_LEAST(id, n) [BN_P_##id] = (n) + 1,
#include "fo/allowed.def"
#undef BN_ALLOWED
#undef BN_LEAST
};

static const bool no_effect[BN_PROPS] = {
#define BN_NO_EFFECT(id) [BN_P_##id] = true,
#define BN_IGNORED(name)
#include "fo/ignored.def"
#undef BN_NO_EFFECT
#undef BN_IGNORED
};

static const char *const ignored[] = {
#define BN_NO_EFFECT(id)
#define BN_IGNORED(name) name,
#include "fo/ignored.def"
#undef BN_NO_EFFECT
#undef BN_IGNORED
};

static const struct {
    const char *uri;
    enum ns ns;
} namespaces[] = {
    {"http://www.w3.org/1999/XSL/Format", NS_FO},
    {"http://www.antennahouse.com/names/XSL/Extensions", NS_AXF},
    {"http://xmlgraphics.apache.org/fop/extensions", NS_FOX},
    {"http://www.w3.org/XML/1998/namespace", NS_XML},
    {"urn:bunsho:functions", NS_BN},
};

/* CSS 2 names and SVG's, then CSS 2 system colours as greys. */
static const struct {
    const char *name;
    uint32_t rgb;
} colors[] = {
#define BN_COLOR(name, rgb) {name, rgb},
#include "fo/colors.def"
#undef BN_COLOR
};

const bn_object_row *
bn_fo_row(bn_fo_type t)
{
    return &objects[t];
}

const bn_prop_row *
bn_prop_row_of(bn_prop p)
{
    return &props[p];
}

const char *
bn_prop_name(bn_prop p)
{
    return props[p].name;
}

const char *
bn_fo_name(bn_fo_type t)
{
    return objects[t].name;
}

const char *
bn_keyword_name(int32_t k)
{
    return k >= 0 && k < BN_KEYWORDS ? words[k] : "";
}

/* Does a reader of words take any of them when no row says which? */
static bool
takes_any(uint8_t reader)
{
    return reader == READ_KEY || reader == READ_ALIGN || reader == READ_WORDS;
}

/* Is this one of the words that a property takes? */
bool
bn_fo_takes(bn_prop p, int32_t k)
{
    const char *list = allowed[p], *word = bn_keyword_name(k);
    const size_t n = strlen(word);

    if (list == NULL)
        return takes_any(props[p].reader);
    while (list) {
        if (strncmp(list, word, n) == 0 && (list[n] == ' ' || !list[n]))
            return true;
        list = strchr(list, ' ');
        list += list != NULL;
    }
    return false;
}

bool
bn_fo_has_least(bn_prop p, int *out)
{
    if (least[p] == 0)
        return false;
    *out = least[p] - 1;
    return true;
}

bool
bn_fo_lists_words(bn_prop p)
{
    return allowed[p] != NULL;
}

bool
bn_fo_without_effect(bn_prop p)
{
    return no_effect[p];
}

bool
bn_fo_ignores(const char *name)
{
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        if (strcmp(name, ignored[i]) == 0)
            return true;
    return false;
}

size_t
bn_fo_slots(void)
{
    return SLOTS;
}

enum ns
bn_fo_namespace(const char *uri)
{
    if (uri == NULL)
        return NS_NONE;
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++)
        if (strcmp(uri, namespaces[i].uri) == 0)
            return namespaces[i].ns;
    return NS_OTHER;
}

/* Names to numbers, once a tree: four maps of a few hundred entries. */
void
bn_fo_tables(bn_fo_doc *d)
{
    char key[80];

    d->names = bn_map_new(d->arena);
    for (int i = 0; i < BN_PROPS; i++)
        bn_map_puts(d->names, props[i].name)->n = i + 1;
    for (size_t i = 0; i < bn_shorthand_count(); i++)
        bn_map_puts(d->names, bn_shorthand_name(i))->n =
            (int64_t)(BN_PROPS + i + 1);
    d->objects = bn_map_new(d->arena);
    for (int i = BN_FO_ROOT; i < BN_FO_TYPES; i++) {
        key[0] = (char)('0' + objects[i].ns);
        strcpy(key + 1, objects[i].name);
        bn_map_puts(d->objects, key)->n = i;
    }
    d->words = bn_map_new(d->arena);
    for (int i = 1; i < BN_KEYWORDS; i++)
        bn_map_puts(d->words, words[i])->n = i;
    d->colors = bn_map_new(d->arena);
    for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++)
        bn_map_puts(d->colors, colors[i].name)->n =
            (int64_t)(0xFF000000u | colors[i].rgb);
    d->strings = bn_map_new(d->arena);
    d->told = bn_map_new(d->arena);
    d->forms = bn_map_new(d->arena);
    d->ids = bn_map_new(d->arena);
    d->masters = bn_map_new(d->arena);
    d->markers = bn_map_new(d->arena);
    d->raws = bn_map_new(d->arena);
}

const char *
bn_fo_intern(bn_fo_doc *d, const char *s, size_t n)
{
    bool is_new = false;
    bn_map_value *slot = bn_map_put(d->strings, s, n, &is_new);

    if (is_new)
        slot->p = bn_arena_strndup(d->arena, s, n);
    return slot->p;
}

int32_t
bn_fo_word(const bn_fo_doc *d, const char *s, size_t n)
{
    const bn_map_value *v = bn_map_find(d->words, s, n);

    return v ? (int32_t)v->n : BN_K_UNKNOWN;
}

bool
bn_fo_color_name(const bn_fo_doc *d, const char *s, size_t n, uint32_t *out)
{
    const bn_map_value *v = bn_map_find(d->colors, s, n);

    if (v == NULL)
        return false;
    *out = (uint32_t)v->n;
    return true;
}
