/* rulebook.c - the provisions of a rule book written in Markdown: its content,
 * whose numbers say what is a chapter, an article, an item. */
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/vec.h"
#include "compare/internal.h"

enum { DEEPEST = 10 };

typedef struct reader {
    bn_arena *a;
    BN_VEC(bn_provision) list;
    int32_t open[DEEPEST]; /* by level of numbering, -1: none; 0: a part
                              without number */
    int articles;          /* level of 条, or of 第1 */
} reader;

static const char *
attribute(reader *r, const xmlNode *n, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(n, (const xmlChar *)name);
    const char *copy =
        value ? bn_arena_strdup(r->a, (const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

static bool
is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

static bool
is_heading(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE && n->name[0] == 'h' &&
           n->name[1] >= '2' && n->name[1] <= '6' && n->name[2] == '\0';
}

static bool
is_list(const xmlNode *n)
{
    return is(n, "ol") || is(n, "ul");
}

/* A heading without number, or a paragraph that is marked as one. */
static bool
begins_part(reader *r, const xmlNode *n)
{
    const char *kind = is(n, "p") ? attribute(r, n, "class") : NULL;

    return is_heading(n) ||
           (kind && (strstr(kind, "supplement") || strstr(kind, "appendix")));
}

/* Words of an element without its number and the lists in it. */
static void
add_words(reader *r, const xmlNode *n, bn_buf *out)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        const char *kind;

        if (c->type == XML_TEXT_NODE)
            bn_buf_adds(out, (const char *)c->content);
        if (c->type != XML_ELEMENT_NODE || is_list(c))
            continue;
        kind = attribute(r, c, "class");
        if (kind == NULL || strcmp(kind, "number") != 0)
            bn_add_text(c, out);
    }
}

static const char *
words_of(reader *r, const xmlNode *n)
{
    bn_buf b = {0};
    const char *out;

    add_words(r, n, &b);
    out = b.p ? bn_tidy(r->a, &b) : "";
    bn_buf_free(&b);
    return out;
}

/* 第1条 is an article; in rules that count 第1, 1, (1) the first level is. */
static void
find_articles(reader *r, const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        const char *number, *level;

        if (c->type != XML_ELEMENT_NODE)
            continue;
        number = attribute(r, c, "data-number");
        level = attribute(r, c, "data-level");
        if (number && level && strstr(number, "条"))
            r->articles = atoi(level);
        find_articles(r, c);
    }
}

static const char *
element_of(const reader *r, int level, const char *number)
{
    static const char *const below[] = {"Article",  "Paragraph", "Item",
                                        "Subitem1", "Subitem2",  "Subitem3",
                                        "Subitem4", "Subitem5",  "Subitem6"};
    const int depth = level - r->articles;

    if (depth < 0)
        return strstr(number, "節") ? "Section" : "Chapter";
    return below[depth < 8 ? depth : 8];
}

/* What is open nearest above a level; -1 at the top. */
static int32_t
parent_of(const reader *r, int level)
{
    while (level-- > 0)
        if (r->open[level] >= 0)
            return r->open[level];
    return -1;
}

static int32_t
push(reader *r, const bn_provision *p)
{
    BN_PUSH(&r->list) = *p;
    return (int32_t)r->list.n - 1;
}

static void
add_numbered(reader *r, const xmlNode *n, int level, const char *number)
{
    /* an article or chapter is in no part without number */
    const int32_t parent =
        parent_of(r, level) == r->open[0] && level <= r->articles
            ? -1
            : parent_of(r, level);
    const char *words = words_of(r, n);
    const char *above = parent < 0 ? "" : r->list.v[parent].path;
    const char *own = bn_plain_digits(r->a, number);
    const char *element = element_of(r, level, number);
    const bool heading = is_heading(n);
    bn_provision p = {.title = number,
                      .caption = "",
                      .text = heading ? "" : words,
                      .element = element,
                      .parent = parent,
                      .level = parent < 0 ? 0 : r->list.v[parent].level + 1,
                      .place = bn_place_of(n)};

    if (heading && strcmp(element, "Article") == 0 && strstr(number, "条"))
        p.caption = bn_arena_printf(r->a, "（%s）", words);
    else if (heading && level < r->articles)
        p.title = bn_arena_printf(r->a, "%s　%s", number, words);
    else if (heading)
        p.caption = words;
    p.path = *above ? bn_arena_printf(r->a, "%s/%s", above, own) : own;
    p.left_out = bn_is_left_out(p.text);
    r->open[level] = push(r, &p);
    for (int k = level + 1; k < DEEPEST; k++)
        r->open[k] = -1;
}

/* Words without a number: those of the heading above, or more of what is open
 * (tables, lists of points). */
static void
add_loose(reader *r, const char *words)
{
    const int32_t at = parent_of(r, DEEPEST);
    bn_provision *p = at < 0 ? NULL : &r->list.v[at];

    if (*words == '\0')
        return;
    if (p == NULL) {
        const bn_provision loose = {.title = "",
                                    .caption = "",
                                    .text = words,
                                    .path = "",
                                    .element = "Paragraph",
                                    .parent = -1};

        push(r, &loose);
        return;
    }
    p->joined = p->joined || p->text[0] == '\0';
    p->text = p->text[0] ? bn_arena_printf(r->a, "%s　%s", p->text, words)
                         : words;
    p->left_out = bn_is_left_out(p->text);
}

/* A heading without a number begins something of its own: 附則, 別表. */
static void
add_part(reader *r, const xmlNode *n)
{
    const char *words = words_of(r, n);
    const bn_provision p = {
        .title = words,
        .caption = "",
        .text = "",
        .path = bn_plain_digits(r->a, words),
        .element = strncmp(words, "附", 3) == 0       ? "SupplProvision"
                   : strncmp(words, "別表", 6) == 0 ? "AppdxTable"
                                                      : "AppdxNote",
        .parent = -1,
        .place = bn_place_of(n)};

    for (int k = 1; k < DEEPEST; k++)
        r->open[k] = -1;
    r->open[0] = push(r, &p);
}

static void read_blocks(reader *r, const xmlNode *n);

static void
read_block(reader *r, const xmlNode *n)
{
    const char *number = attribute(r, n, "data-number");
    const char *level = attribute(r, n, "data-level");

    if (number && level && atoi(level) > 0 && atoi(level) < DEEPEST) {
        add_numbered(r, n, atoi(level), number);
        for (const xmlNode *c = n->children; c; c = c->next)
            if (is_list(c))
                read_blocks(r, c);
    } else if (is_list(n) || is(n, "div") || is(n, "blockquote")) {
        read_blocks(r, n);
    } else if (begins_part(r, n)) {
        add_part(r, n);
    } else if (!is(n, "h1")) {
        add_loose(r, words_of(r, n));
        for (const xmlNode *c = n->children; c; c = c->next)
            if (is(n, "li") && is_list(c))
                read_blocks(r, c);
    }
}

static void
read_blocks(reader *r, const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            read_block(r, c);
}

void
bn_provisions_of_article(bn_arena *a, const bn_node *root, bn_provisions *out)
{
    reader r = {.a = a, .articles = 1};

    for (int i = 0; i < DEEPEST; i++)
        r.open[i] = -1;
    find_articles(&r, root);
    read_blocks(&r, root);
    *out = (bn_provisions){
        .v = bn_arena_copy(a, r.list.v, r.list.n * sizeof *r.list.v),
        .n = r.list.n,
        .title = "",
        .number = "",
        .attributes = {"", "", "", "", ""}};
    for (const xmlNode *c = root->children; c; c = c->next)
        if (is(c, "h1"))
            out->title = words_of(&r, c);
    BN_VEC_FREE(&r.list);
}
