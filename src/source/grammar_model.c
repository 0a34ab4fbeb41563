#include "source/grammar_model.h"

#include <stdio.h>
#include <string.h>

#include <libxml/tree.h>
#include <libxml/xmlregexp.h>
#include <libxml/xmlschemastypes.h>

#include "base/buf.h"
#include "base/map.h"

enum kind { FAIL, EMPTY, TEXT, NAME, SEQ, CHOICE, STAR };

/* A pattern over the names of children; immutable, so that a derivative may
 * share its parts. */
typedef struct pat {
    enum kind kind;
    const char *name;
    const struct pat *a, *b;
} pat;

typedef struct attribute {
    const char *name, *rule;
    bool required;
    const xmlNode *data; /* the pattern inside rng:attribute */
    struct attribute *next;
} attribute;

typedef struct element {
    const char *name, *rule, *id;
    attribute *attributes;
    const pat *content;
    bool text;
    const xmlNode *text_data; /* typed text content, or NULL */
} element;

struct bn_gmodel {
    bn_map *elements;
    const xmlNode *grammar;
};

static const pat fail = {FAIL, NULL, NULL, NULL};
static const pat empty = {EMPTY, NULL, NULL, NULL};

static const pat *
make(bn_arena *a, enum kind kind, const pat *left, const pat *right)
{
    pat *p = BN_NEW(a, pat);

    *p = (pat){kind, NULL, left, right};
    return p;
}

static const pat *
seq(bn_arena *a, const pat *left, const pat *right)
{
    if (left->kind == FAIL || right->kind == FAIL)
        return &fail;
    if (left->kind == EMPTY)
        return right;
    return right->kind == EMPTY ? left : make(a, SEQ, left, right);
}

static const pat *
choice(bn_arena *a, const pat *left, const pat *right)
{
    if (left->kind == FAIL || left == right)
        return right;
    return right->kind == FAIL ? left : make(a, CHOICE, left, right);
}

static bool
nullable(const pat *p)
{
    switch (p->kind) {
    case EMPTY:
    case TEXT:
    case STAR:
        return true;
    case SEQ:
        return nullable(p->a) && nullable(p->b);
    case CHOICE:
        return nullable(p->a) || nullable(p->b);
    case FAIL:
    case NAME:
        break;
    }
    return false;
}

/* What may follow after a child of this name (Brzozowski 1964). */
static const pat *
derive(bn_arena *a, const pat *p, const char *name)
{
    const pat *left;

    switch (p->kind) {
    case NAME:
        return strcmp(p->name, name) == 0 ? &empty : &fail;
    case SEQ:
        left = seq(a, derive(a, p->a, name), p->b);
        return nullable(p->a) ? choice(a, left, derive(a, p->b, name)) : left;
    case CHOICE:
        return choice(a, derive(a, p->a, name), derive(a, p->b, name));
    case STAR:
        return seq(a, derive(a, p->a, name), p);
    case FAIL:
    case EMPTY:
    case TEXT:
        break;
    }
    return &fail;
}

/* The names that may come first, ", "-joined, each once. */
static void
first_names(const pat *p, bn_buf *out)
{
    char key[128];

    switch (p->kind) {
    case NAME:
        snprintf(key, sizeof key, "<%s>", p->name);
        if (out->p && strstr(out->p, key))
            break;
        bn_buf_addf(out, "%s%s", out->len ? ", " : "", key);
        break;
    case SEQ:
        first_names(p->a, out);
        if (nullable(p->a))
            first_names(p->b, out);
        break;
    case CHOICE:
        first_names(p->a, out);
        first_names(p->b, out);
        break;
    case STAR:
        first_names(p->a, out);
        break;
    case FAIL:
    case EMPTY:
    case TEXT:
        break;
    }
}

/* ------------------------------------------------------ reading a schema */

static bool
is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

static const char *
attr(bn_arena *a, const xmlNode *n, const char *name)
{
    xmlChar *value = xmlGetProp(n, BAD_CAST name);
    const char *copy = value ? bn_arena_strdup(a, (char *)value) : NULL;

    xmlFree(value);
    return copy;
}

static const xmlNode *
find_define(const xmlNode *grammar, const char *name)
{
    for (const xmlNode *n = grammar->children; n; n = n->next)
        if (is(n, "define")) {
            xmlChar *value = xmlGetProp(n, BAD_CAST "name");
            const bool same = value && strcmp((char *)value, name) == 0;

            xmlFree(value);
            if (same)
                return n;
        }
    return NULL;
}

static const xmlNode *
first_element(const xmlNode *n)
{
    const xmlNode *c = n->children;

    while (c && c->type != XML_ELEMENT_NODE)
        c = c->next;
    return c;
}

/* What is being read of one element. */
typedef struct reading {
    bn_arena *a;
    const xmlNode *grammar;
    element *e;
} reading;

static const pat *read_group(reading *r, const xmlNode *parent);

static void
read_attribute(reading *r, const xmlNode *n, bool required)
{
    attribute *at = BN_NEW(r->a, attribute), **end = &r->e->attributes;

    at->name = attr(r->a, n, "name");
    at->rule = attr(r->a, n, "rule");
    at->required = required;
    at->data = first_element(n);
    if (at->data && is(at->data, "data")) {
        const char *type = attr(r->a, at->data, "type");

        if (type && strcmp(type, "ID") == 0)
            r->e->id = at->name;
    }
    while (*end)
        end = &(*end)->next;
    *end = at;
}

static const pat *
read_ref(reading *r, const xmlNode *n)
{
    const char *name = attr(r->a, n, "name");
    const xmlNode *define = find_define(r->grammar, name);
    const xmlNode *inner = define ? first_element(define) : NULL;
    pat *p;

    if (inner && is(inner, "data")) {
        r->e->text = true;
        r->e->text_data = inner;
        return &empty;
    }
    p = BN_NEW(r->a, pat);
    *p = (pat){NAME, name, NULL, NULL};
    return p;
}

static const pat *
read_pattern(reading *r, const xmlNode *n)
{
    const xmlNode *inner = first_element(n);
    const pat *p, *all = &fail;

    if (is(n, "attribute")) {
        read_attribute(r, n, true);
        return &empty;
    }
    if (is(n, "optional") && inner && is(inner, "attribute")) {
        read_attribute(r, inner, false);
        return &empty;
    }
    if (is(n, "ref"))
        return read_ref(r, n);
    if (is(n, "text") || is(n, "mixed"))
        r->e->text = true;
    if (is(n, "choice")) {
        for (const xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE)
                all = choice(r->a, all, read_pattern(r, c));
        return all;
    }
    p = read_group(r, n);
    if (is(n, "optional"))
        return choice(r->a, p, &empty);
    if (is(n, "zeroOrMore"))
        return make(r->a, STAR, p, NULL);
    if (is(n, "oneOrMore"))
        return seq(r->a, p, make(r->a, STAR, p, NULL));
    return p;
}

static const pat *
read_group(reading *r, const xmlNode *parent)
{
    const pat *all = &empty;

    for (const xmlNode *c = parent->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            all = seq(r->a, all, read_pattern(r, c));
    return all;
}

const bn_gmodel *
bn_gmodel_read(bn_arena *a, bn_tree *schema)
{
    bn_gmodel *m = BN_NEW(a, bn_gmodel);

    m->grammar = xmlDocGetRootElement(schema);
    m->elements = bn_map_new(a);
    for (const xmlNode *n = m->grammar->children; n; n = n->next) {
        const xmlNode *inner = is(n, "define") ? first_element(n) : NULL;
        reading r = {a, m->grammar, NULL};

        if (inner == NULL || !is(inner, "element"))
            continue;
        r.e = BN_NEW(a, element);
        r.e->name = attr(a, inner, "name");
        r.e->rule = attr(a, inner, "rule");
        r.e->content = read_group(&r, inner);
        bn_map_puts(m->elements, r.e->name)->p = r.e;
    }
    return m;
}

/* ------------------------------------------------------------ explaining */

/* What one walk needs. */
typedef struct walk {
    const bn_gmodel *m;
    bn_arena *a;
    bn_msgs *msgs;
} walk;

static const element *
find_element(const bn_gmodel *m, const char *name)
{
    const bn_map_value *v = bn_map_finds(m->elements, name);

    return v ? v->p : NULL;
}

/* " [R065]", or nothing. */
static const char *
rule_mark(bn_arena *a, const char *rule)
{
    return rule ? bn_arena_printf(a, " [%s]", rule) : "";
}

/* Words for xsd types, with an example. */
static const struct {
    const char *name, *words;
} types[] = {
    {"date", "2019-05-15"},
    {"date-time", "2019-05-15T09:30"},
    {"positiveInteger", "1, 2, 3 …"},
    {"decimal", "0.5, -1 …"},
    {"half-steps", "0.5, 1.0, 1.5 …"},
    {"postal-code", "100-0001"},
    {"corporate-number-value", "0123456789012"},
    {"filled", "…"},
    {"ID", "id"},
    {"IDREF", "id"},
    {"IDREFS", "id id …"},
    {"NMTOKEN", "A-Z a-z 0-9 . _ -"},
    {"NMTOKENS", "A-Z a-z 0-9 . _ -"},
};

/* What stands in a list, without its repetition. */
static const xmlNode *
list_member(const xmlNode *d)
{
    const xmlNode *c = first_element(d);

    return c && (is(c, "oneOrMore") || is(c, "zeroOrMore")) ? first_element(c)
                                                            : c;
}

/* What a data pattern allows, for people. */
static void
describe(walk *w, const xmlNode *d, bn_buf *out)
{
    const char *name = attr(w->a, d, is(d, "ref") ? "name" : "type");

    if (is(d, "choice")) {
        for (const xmlNode *c = d->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE)
                describe(w, c, out);
        return;
    }
    if (is(d, "list")) {
        describe(w, list_member(d), out);
        return;
    }
    if (out->len)
        bn_buf_adds(out, ", ");
    if (is(d, "value")) {
        xmlChar *text = xmlNodeGetContent(d);

        bn_buf_addf(out, "%s", (char *)text);
        xmlFree(text);
        return;
    }
    for (size_t i = 0; name && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0) {
            bn_buf_adds(out, types[i].words);
            return;
        }
    bn_buf_adds(out, "…");
}

/* minLength is only asked of tokens, to be filled: blanks do not count. */
static bool
is_filled(const xmlChar *value)
{
    return value[strspn((const char *)value, " \t\r\n")] != '\0';
}

static bool
matches_param(walk *w, const xmlNode *data, const xmlChar *value)
{
    const xmlNode *param = first_element(data);
    xmlChar *text;
    xmlRegexp *re;
    bool ok;

    if (param == NULL)
        return true;
    if (strcmp(attr(w->a, param, "name"), "minLength") == 0)
        return is_filled(value);
    text = xmlNodeGetContent(param);
    re = xmlRegexpCompile(text);
    ok = re == NULL || xmlRegexpExec(re, value) == 1;
    xmlRegFreeRegexp(re);
    xmlFree(text);
    return ok;
}

static bool
matches_type(walk *w, const xmlNode *data, const xmlChar *value)
{
    const char *name = attr(w->a, data, "type");
    /* libxml2's own types of identifiers want a document: their uniqueness
     * and targets are looked at elsewhere. */
    const char *base = strcmp(name, "ID") == 0       ? "NCName"
                       : strcmp(name, "IDREF") == 0  ? "NCName"
                       : strcmp(name, "IDREFS") == 0 ? "NMTOKENS"
                                                     : name;
    xmlSchemaTypePtr type = xmlSchemaGetPredefinedType(
        BAD_CAST base, BAD_CAST "http://www.w3.org/2001/XMLSchema");

    return (type == NULL ||
            xmlSchemaValidatePredefinedType(type, value, NULL) == 0) &&
           matches_param(w, data, value);
}

static bool matches(walk *w, const xmlNode *d, const xmlChar *value);

/* A list holds when each of its words does. */
static bool
matches_list(walk *w, const xmlNode *d, const xmlChar *value)
{
    char *copy = bn_arena_strdup(w->a, (const char *)value);
    char *rest = NULL;

    for (char *word = strtok_r(copy, " \t\r\n", &rest); word;
         word = strtok_r(NULL, " \t\r\n", &rest))
        if (!matches(w, list_member(d), BAD_CAST word))
            return false;
    return true;
}

static bool
matches(walk *w, const xmlNode *d, const xmlChar *value)
{
    if (d == NULL || is(d, "text"))
        return true;
    if (is(d, "ref")) {
        const xmlNode *define =
            find_define(w->m->grammar, attr(w->a, d, "name"));

        return define == NULL || matches(w, first_element(define), value);
    }
    if (is(d, "choice")) {
        for (const xmlNode *c = d->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE && matches(w, c, value))
                return true;
        return false;
    }
    if (is(d, "value")) {
        xmlChar *text = xmlNodeGetContent(d);
        const bool same = xmlStrEqual(text, value);

        xmlFree(text);
        return same;
    }
    if (is(d, "list"))
        return matches_list(w, d, value);
    return !is(d, "data") || matches_type(w, d, value);
}

static void
explain_value(walk *w, const xmlNode *n, const char *what, const xmlNode *data,
              const xmlChar *value)
{
    bn_buf expected = {0};

    if (matches(w, data, value))
        return;
    describe(w, data, &expected);
    bn_warn(w->msgs, BN_EGVALUE, bn_at(bn_place_of(n)), (const char *)value,
            expected.p, what);
    bn_buf_free(&expected);
}

static const attribute *
find_attribute(const element *e, const char *name)
{
    for (const attribute *at = e->attributes; at; at = at->next)
        if (strcmp(at->name, name) == 0)
            return at;
    return NULL;
}

static void
explain_unknown(walk *w, const xmlNode *n, const element *e, const char *name)
{
    bn_buf known = {0};

    for (const attribute *at = e->attributes; at; at = at->next)
        bn_buf_addf(&known, "%s@%s", known.len ? ", " : "", at->name);
    bn_warn(w->msgs, BN_EGATTR, bn_at(bn_place_of(n)), name, e->name,
            known.p ? known.p : "-");
    bn_buf_free(&known);
}

/* Attributes of a namespace are none of ours, but those that say where a
 * schema is. */
static bool
is_foreign(const xmlAttr *x)
{
    static const char schemas[] = "http://www.w3.org/2001/XMLSchema-instance";

    return x->ns && strcmp((const char *)x->ns->href, schemas) != 0;
}

static void
explain_attributes(walk *w, const xmlNode *n, const element *e)
{
    for (const xmlAttr *x = n->properties; x; x = x->next) {
        const attribute *at =
            is_foreign(x) ? NULL : find_attribute(e, (const char *)x->name);
        xmlChar *value = xmlNodeGetContent((const xmlNode *)x);

        if (at == NULL)
            explain_unknown(w, n, e, (const char *)x->name);
        else
            explain_value(w, n, at->name, at->data, value);
        xmlFree(value);
    }
    for (const attribute *at = e->attributes; at; at = at->next) {
        bn_buf expected = {0};

        if (!at->required || xmlHasProp(n, BAD_CAST at->name))
            continue;
        if (at->data)
            describe(w, at->data, &expected);
        bn_warn(w->msgs, BN_EGREQUIRED, bn_at(bn_place_of(n)), e->name,
                at->name, expected.p ? expected.p : "…",
                rule_mark(w->a, at->rule));
        bn_buf_free(&expected);
    }
}

static void
explain_text(walk *w, const xmlNode *n, const element *e)
{
    bool has_text = false;

    for (const xmlNode *c = n->children; c; c = c->next)
        has_text |= c->type == XML_TEXT_NODE && !xmlIsBlankNode((xmlNode *)c);
    if (has_text && !e->text)
        bn_warn(w->msgs, BN_EGTEXT, bn_at(bn_place_of(n)), e->name);
    if (e->text_data) {
        xmlChar *value = xmlNodeGetContent(n);

        explain_value(w, n, e->name, e->text_data, value);
        xmlFree(value);
    }
}

/* The children in order; after a wrong one matching goes on without it. */
static void
explain_children(walk *w, const xmlNode *n, const element *e)
{
    const pat *p = e->content;
    bn_buf expected = {0};

    for (const xmlNode *c = n->children; c; c = c->next) {
        const element *known;
        const pat *next;

        if (c->type != XML_ELEMENT_NODE)
            continue;
        next = derive(w->a, p, (const char *)c->name);
        if (next->kind != FAIL) {
            p = next;
            continue;
        }
        known = find_element(w->m, (const char *)c->name);
        bn_buf_clear(&expected);
        first_names(p, &expected);
        bn_warn(w->msgs, BN_EGELEMENT, bn_at(bn_place_of(c)),
                (const char *)c->name, e->name, expected.len ? expected.p : "-",
                rule_mark(w->a, known ? known->rule : NULL));
    }
    if (!nullable(p)) {
        bn_buf_clear(&expected);
        first_names(p, &expected);
        bn_warn(w->msgs, BN_EGMISSING, bn_at(bn_place_of(n)), e->name,
                expected.p, rule_mark(w->a, e->rule));
    }
    bn_buf_free(&expected);
}

bn_node *
bn_gmodel_next(bn_node *n, const bn_node *top)
{
    if (n->type == XML_ELEMENT_NODE && n->children)
        return n->children;
    while (n != top && n->next == NULL)
        n = n->parent;
    return n == top ? NULL : n->next;
}

void
bn_gmodel_explain(const bn_gmodel *m, bn_arena *a, bn_node *top, bn_msgs *msgs)
{
    walk w = {m, a, msgs};

    for (xmlNode *n = top; n; n = bn_gmodel_next(n, top)) {
        const element *e = n->type == XML_ELEMENT_NODE
                               ? find_element(m, (const char *)n->name)
                               : NULL;

        if (e == NULL)
            continue;
        explain_attributes(&w, n, e);
        explain_text(&w, n, e);
        explain_children(&w, n, e);
    }
}

const char *
bn_gmodel_id_attribute(const bn_gmodel *m, const bn_node *n)
{
    const element *e = n->type == XML_ELEMENT_NODE
                           ? find_element(m, (const char *)n->name)
                           : NULL;

    return e ? e->id : NULL;
}
