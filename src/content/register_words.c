/* register_words.c - what anybody can read of the rows of a body's register:
 * the names in expressions that get there. The rest need not be in the tree.
 *
 * A name too many costs memory only; an expression that takes whatever there
 * is ("@*") asks for all of it. */
#include <ctype.h>
#include <libxml/tree.h>
#include <string.h>

#include "content/internal.h"

typedef struct search {
    bn_arena *arena;
    bn_source *source;
    bn_map *words;   /* names found */
    bn_map *tainted; /* variables whose value comes from the register */
    bn_map *names;   /* elements that the input has, but in the register */
    const bn_catalogue *catalogue;
    bool all;
} search;

static bool
is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.' ||
           (c & 0x80);
}

static bool
is_name_start(char c)
{
    return is_name_char(c) && !isdigit((unsigned char)c) && c != '-' &&
           c != '.';
}

static size_t
name_length(const char *s)
{
    size_t n = 0;

    while (is_name_char(s[n]))
        n++;
    return n;
}

/* The next name in a text; NULL: none. Moves *s behind it. */
static const char *
next_name(search *x, const char **s, char *before)
{
    const char *p = *s, *name;
    char last = ' ';

    while (*p && !is_name_start(*p)) {
        last = *p;
        p += isdigit((unsigned char)*p) ? name_length(p) : 1;
    }
    if (*p == '\0')
        return NULL;
    name = bn_arena_strndup(x->arena, p, name_length(p));
    *s = p + name_length(p);
    *before = last;
    return name;
}

/* Does it get to the register? A word in quotes, or a class, does not. */
static bool
reaches(search *x, const char *text)
{
    static const char class[] = "class=\"";
    const char *s = text, *name;
    char before;

    while ((name = next_name(x, &s, &before)) != NULL) {
        const char *start = s - strlen(name);

        if (before == '$' && bn_map_finds(x->tainted, name))
            return true;
        if (strcmp(name, "register") == 0 && before != '\'' &&
            !((size_t)(start - text) >= sizeof class - 1 &&
              memcmp(start - (sizeof class - 1), class, sizeof class - 1) ==
                  0))
            return true;
    }
    return false;
}

static void
add_words(search *x, const char *text)
{
    static const char *const anything[] = {"@*", "register/*", "register//",
                                           "node()", "copy-of", "local-name"};
    const char *s = text, *name;
    char before;

    for (size_t i = 0; i < sizeof anything / sizeof anything[0]; i++)
        x->all |= strstr(text, anything[i]) != NULL;
    while ((name = next_name(x, &s, &before)) != NULL)
        bn_map_puts(x->words, name);
}

/* Every attribute and text of an element, blanks between. */
static void
gather(const xmlNode *root, bn_buf *out)
{
    for (const xmlAttr *a = root->properties; a; a = a->next)
        if (a->children && a->children->content) {
            bn_buf_addc(out, ' ');
            bn_buf_adds(out, (const char *)a->children->content);
        }
    for (const xmlNode *n = root->children; n; n = n->next) {
        if (n->type == XML_TEXT_NODE) {
            bn_buf_addc(out, ' ');
            bn_buf_adds(out, (const char *)n->content);
        } else if (n->type == XML_ELEMENT_NODE) {
            gather(n, out);
        }
    }
}

static void
read_element(search *x, const xmlNode *node)
{
    bn_buf text = {0};

    gather(node, &text);
    if (text.p && reaches(x, text.p))
        add_words(x, text.p);
    bn_buf_free(&text);
}

/* --------------------------------------------------------------- entries */

/* Words of one expression. */
static bool
read_text(search *x, const xmlChar *text)
{
    const bool there = text && reaches(x, (const char *)text);

    if (there)
        add_words(x, (const char *)text);
    return there;
}

/* Expressions below an element stand for themselves, unless they start from
 * rows that its own selects. */
static void
read_expressions(search *x, const xmlNode *node)
{
    bool rows = false;

    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (a->children && read_text(x, a->children->content))
            rows |= strcmp((const char *)node->name, "group") == 0;
    if (rows) {
        read_element(x, node);
        return;
    }
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->type == XML_TEXT_NODE)
            read_text(x, n->content);
        else if (n->type == XML_ELEMENT_NODE)
            read_expressions(x, n);
    }
}

/* Fields of a ledger that is made in parts are read there, of whole rows. */
static void
read_entry(search *x, const bn_entry *e)
{
    const bool parts = bn_entry_parts(e) != NULL;

    for (const xmlNode *n = first_element(e->node, NULL); n;
         n = next_element(n, NULL))
        if (!parts || strcmp((const char *)n->name, "fields") != 0)
            read_expressions(x, n);
}

/* A stylesheet or template as it is written, less its comments. */
static void
read_file(search *x, const char *path)
{
    bn_buf text = {0};
    char *from, *to;

    if (bn_source_read(x->source, path, 0, &text, NULL) != BN_OK ||
        text.p == NULL) {
        bn_buf_free(&text);
        return;
    }
    while ((from = strstr(text.p, "<!--")) != NULL) {
        to = strstr(from, "-->");
        memset(from, ' ', to ? (size_t)(to + 3 - from) : strlen(from));
    }
    if (reaches(x, text.p))
        add_words(x, text.p);
    bn_buf_free(&text);
}

/* ----------------------------------------------------------------- rules */

/* Can one path of a rule's context match in the input? Names in predicates
 * say nothing. */
static bool
path_matches(search *x, const char *s, const char *end)
{
    int depth = 0;

    while (s < end) {
        if (*s == '[' || *s == ']')
            depth += *s == '[' ? 1 : -1;
        if (depth == 0 && is_name_start(*s)) {
            const size_t n = name_length(s);

            if (bn_map_find(x->names, s, n) == NULL)
                return false;
            s += n;
            continue;
        }
        s++;
    }
    return true;
}

/* A rule for the content of ledgers that are made in parts sees whole rows. */
static bool
is_for_parts(search *x, const char *context)
{
    static const char mark[] = "bn:document() = '";
    const char *id = strstr(context, mark);
    const bn_entry *e;

    if (id == NULL || strstr(id + 1, mark))
        return false;
    id += sizeof mark - 1;
    e = bn_catalogue_find(x->catalogue,
                          bn_arena_strndup(x->arena, id, strcspn(id, "'")));
    return e && bn_entry_parts(e);
}

static bool
can_fire(search *x, const char *context)
{
    const char *s = context;
    int depth = 0;

    if (is_for_parts(x, context))
        return false;
    for (const char *p = context;; p++) {
        if (*p == '[' || *p == ']')
            depth += *p == '[' ? 1 : -1;
        if (*p != '\0' && (*p != '|' || depth > 0))
            continue;
        if (path_matches(x, s, p))
            return true;
        if (*p == '\0')
            return false;
        s = p + 1;
    }
}

static bool
is_named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

/* Variables, in their order: a later one may come from an earlier one. */
static void
read_lets(search *x, const xmlNode *parent)
{
    for (const xmlNode *n = first_element(parent, NULL); n;
         n = next_element(n, NULL)) {
        const char *name = attribute(x->arena, n, "name");
        const char *value = attribute(x->arena, n, "value");

        if (is_named(n, "let") && name && value && reaches(x, value)) {
            bn_map_puts(x->tainted, name);
            add_words(x, value);
        }
        if (is_named(n, "pattern"))
            read_lets(x, n);
    }
}

static void
read_rules(search *x, const xmlNode *parent)
{
    for (const xmlNode *n = first_element(parent, NULL); n;
         n = next_element(n, NULL)) {
        const char *context = attribute(x->arena, n, "context");

        if (is_named(n, "pattern"))
            read_rules(x, n);
        else if (is_named(n, "rule") && context && can_fire(x, context))
            read_element(x, n);
    }
}

static void
read_rule_file(search *x, const char *path)
{
    bn_msgs msgs = {0};
    bn_tree *tree = NULL;

    if (bn_xml_load(x->source, path, BN_XML_PLAIN, &tree, &msgs) == BN_OK) {
        read_lets(x, xmlDocGetRootElement(tree));
        read_rules(x, xmlDocGetRootElement(tree));
    } else {
        x->all = true;
    }
    bn_tree_free(tree);
    bn_msgs_free(&msgs);
}

static void
note_names(search *x, const xmlNode *parent)
{
    for (const xmlNode *n = first_element(parent, NULL); n;
         n = next_element(n, NULL)) {
        bn_map_puts(x->names, (const char *)n->name);
        if (strcmp((const char *)n->name, "register") != 0)
            note_names(x, n);
    }
}

/* ---------------------------------------------------------------- public */

bn_map *
bn_register_words(const bn_register_readers *of, bn_arena *a,
                  const bn_tree *input)
{
    search x = {.arena = bn_arena_new(),
                .source = of->source,
                .words = bn_map_new(a),
                .catalogue = of->catalogue};

    x.tainted = bn_map_new(x.arena);
    x.names = bn_map_new(x.arena);
    bn_map_puts(x.names, "input");
    note_names(&x, xmlDocGetRootElement(input));
    for (size_t i = 0; i < bn_catalogue_count(of->catalogue); i++) {
        const bn_entry *e = bn_catalogue_entry(of->catalogue, i);

        if (strstr(e->units, "body-profile"))
            read_entry(&x, e);
    }
    for (size_t i = 0; i < of->nfiles; i++)
        read_file(&x, of->files[i]);
    for (size_t i = 0; i < of->nrules; i++)
        read_rule_file(&x, of->rules[i]);
    bn_arena_free(x.arena);
    return x.all ? NULL : x.words;
}

/* The register's own rows, not those of <auditor-register>. */
static bool
selects_rows(const char *items)
{
    static const char step[] = "register/";
    const char *at = items;

    while ((at = strstr(at, step)) != NULL && at > items &&
           is_name_char(at[-1]))
        at++;
    return at != NULL;
}

bool
bn_catalogue_has_row_papers(const bn_catalogue *c)
{
    for (size_t i = 0; i < bn_catalogue_count(c); i++) {
        const bn_entry *e = bn_catalogue_entry(c, i);

        if (strstr(e->units, "body-profile") && e->items &&
            selects_rows(e->items))
            return true;
    }
    return false;
}
