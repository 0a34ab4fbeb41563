/* reads.c - what of the criteria the papers of an entry print. */
#include <string.h>

#include "content/internal.h"

/* How expressions and stylesheets reach the criteria. */
static const struct {
    const char *words;
    unsigned what;
} signs[] = {
    {"criteria-edition", BN_READS_EDITION},
    {"edition-ref", BN_READS_EDITION},
    {"$edition", BN_READS_EDITION},
    {"$method-notice", BN_READS_EDITION}, /* which goes with it */
    {"@measure", BN_READS_MEASURES},
    {"selected-measures", BN_READS_MEASURES},
    {"'measure'", BN_READS_MEASURES},
    {"name=\"measure\"", BN_READS_MEASURES},
    {"name=\"measures\"", BN_READS_MEASURES},
};

static unsigned
read_text(const char *s)
{
    unsigned found = 0;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strstr(s, signs[i].words))
            found |= signs[i].what;
    return found;
}

static bool
has_word(const char *list, const char *word)
{
    const size_t n = strlen(word);
    const char *at = strstr(list, word);

    while (at && ((at > list && at[-1] != ' ') || (at[n] && at[n] != ' ')))
        at = strstr(at + 1, word);
    return at != NULL;
}

/* Two editions of which words of the entry may be for one only. */
typedef struct span {
    const char *from, *to;
} span;

static unsigned
read_attribute(const xmlNode *n, const xmlAttr *p, const span *of)
{
    const char *value = p->children ? (const char *)p->children->content : "";
    unsigned found = read_text(value);

    /* a field of type measures prints them */
    if (strcmp((const char *)p->name, "type") == 0 &&
        strcmp(value, "measures") == 0)
        found |= BN_READS_MEASURES;
    if (strcmp((const char *)p->name, "editions") == 0 &&
        strcmp((const char *)n->name, "document") != 0 &&
        has_word(value, of->from) != has_word(value, of->to))
        found |= BN_READS_EDITION;
    return found;
}

/* Expressions and words of the entry. */
static unsigned
read_node(const xmlNode *n, const span *of)
{
    /* <method/>: the notice on how certification is done */
    unsigned found =
        strcmp((const char *)n->name, "method") == 0 ? BN_READS_EDITION : 0;

    for (const xmlAttr *p = n->properties; p; p = p->next)
        found |= read_attribute(n, p, of);
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_TEXT_NODE)
            found |= read_text((const char *)c->content);
        else if (c->type == XML_ELEMENT_NODE)
            found |= read_node(c, of);
    return found;
}

/* A stylesheet of one document, which bears its number (C07-…); the shared
 * ones print fields, which the entry lists. */
static bool
is_own(const char *name)
{
    return name[0] >= 'A' && name[0] <= 'Z' && name[1] >= '0' && name[1] <= '9';
}

static unsigned read_stylesheet(bn_source *s, const char *path, int depth);

/* What it imports, when that is some document's own. */
static unsigned
read_imports(bn_source *s, const char *path, const char *text, int depth)
{
    static const char word[] = "<xsl:import href=\"";
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash + 1 - path) : 0;
    unsigned found = 0;

    for (const char *p = text; (p = strstr(p, word)) != NULL;) {
        const char *end;
        bn_buf b = {0};

        p += sizeof word - 1;
        end = strchr(p, '"');
        if (end && is_own(p)) {
            bn_buf_add(&b, path, folder);
            bn_buf_add(&b, p, (size_t)(end - p));
            bn_buf_addc(&b, '\0');
            found |= read_stylesheet(s, b.p, depth + 1);
        }
        bn_buf_free(&b);
    }
    return found;
}

static unsigned
read_stylesheet(bn_source *s, const char *path, int depth)
{
    enum { DEEP = 8 };
    unsigned found = 0;
    bn_buf text = {0};
    bn_err err;

    if (depth < DEEP && bn_source_read(s, path, 0, &text, &err) == BN_OK) {
        bn_buf_addc(&text, '\0');
        found = read_text(text.p) | read_imports(s, path, text.p, depth);
    }
    bn_buf_free(&text);
    return found;
}

/* A house may call its own anything; the stock's shared ones have no number. */
static bool
is_shared(const char *path)
{
    static const char *const names[] = {"generic.xsl",       "kit.xsl",
                                        "kit-checklist.xsl", "kit-figure.xsl",
                                        "kit-labels.xsl",    "lib.xsl"};
    const char *slash = strrchr(path, '/');

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(slash ? slash + 1 : path, names[i]) == 0)
            return true;
    return false;
}

bool
bn_entry_is_own(const bn_entry *e)
{
    return e->template || (e->stylesheet && !is_shared(e->stylesheet));
}

unsigned
bn_entry_reads(bn_source *s, const bn_entry *e, const char *from,
               const char *to)
{
    const span of = {from, to};
    unsigned found = read_node(e->node, &of);

    if (e->stylesheet && bn_entry_is_own(e))
        found |= read_stylesheet(s, e->stylesheet, 0);
    if (e->template)
        found |= read_stylesheet(s, e->template, 0);
    return found;
}

/* -------------------------------------------------------------- one paper */

typedef struct printed {
    bn_transform *t;
    bn_arena *a;
    bn_tree *input;
    bn_buf list;
    bn_err *err;
} printed;

static bn_code
nodes_of(printed *p, bn_node *from, const xmlNode *field, bn_node ***out,
         size_t *n)
{
    const char *xpath = attribute(p->a, field, "xpath");

    if (xpath == NULL) {
        *out = NULL;
        *n = 0;
        return BN_OK;
    }
    return bn_xpath_nodes(p->t, p->a, p->input, from, xpath,
                          bn_at(bn_place_of(field)), out, n, p->err);
}

static bn_code
add_measures(printed *p, bn_node *from, const xmlNode *field)
{
    bn_node **nodes;
    size_t n;
    const bn_code code = nodes_of(p, from, field, &nodes, &n);

    for (size_t i = 0; code == BN_OK && i < n; i++) {
        xmlChar *text = xmlNodeGetContent(nodes[i]);

        bn_buf_addf(&p->list, " %s", text ? (const char *)text : "");
        xmlFree(text);
    }
    return code;
}

/* Fields at a node; those of a group at each of its nodes. */
static bn_code
add_fields_at(printed *p, bn_node *from, const xmlNode *parent)
{
    bn_code code = BN_OK;

    for (const xmlNode *f = first_element(parent, NULL); f && code == BN_OK;
         f = next_element(f, NULL)) {
        bn_node **nodes;
        size_t n;

        if (strcmp((const char *)f->name, "group") != 0) {
            if (attribute_is(f, "type", "measures"))
                code = add_measures(p, from, f);
            continue;
        }
        code = nodes_of(p, from, f, &nodes, &n);
        for (size_t i = 0; code == BN_OK && i < n; i++)
            code = add_fields_at(p, nodes[i], f);
    }
    return code;
}

bn_code
bn_paper_measures(bn_transform *t, bn_arena *a, bn_tree *input,
                  const bn_paper *paper, const char **out, bn_err *err)
{
    printed p = {.t = t, .a = a, .input = input, .err = err};
    bn_node *from = paper->item ? paper->item : bn_tree_unit(input);
    const bn_code code =
        add_fields_at(&p, from, first_element(paper->entry->node, "fields"));

    if (code == BN_OK)
        *out = p.list.len ? bn_arena_strndup(a, p.list.p, p.list.len) : "";
    bn_buf_free(&p.list);
    return code;
}
