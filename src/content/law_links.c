/* law_links.c - citations of a law in its own text lead to what they cite:
 * 第三条, 附則第二条, 別表第一, lines of the table of contents, and in notices
 * 第三の7. Citations of other laws lead nowhere. */
#include <string.h>

#include "base/utf8.h"
#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

typedef struct linker {
    bn_arena *a;
    bn_map *targets; /* "第三条", "附則第二条", "別表第一" -> id */
    bool supplement; /* in 附則: 第三条 there is its own */
    bool amending;   /* in one that came with an amendment */
} linker;

/* --------------------------------------------------------------- targets */

/* A title up to its caption or name: 第三条（目的）, 第三　名称. */
static const char *
head_of(bn_arena *a, const char *title)
{
    const char *stop = strstr(title, "（"), *space = strstr(title, "　");

    if (space && (stop == NULL || space < stop))
        stop = space;
    return stop ? bn_arena_strndup(a, title, stop - title) : title;
}

static void
add_target(linker *l, const xmlNode *n)
{
    const char *id = attribute(l->a, n, "id");
    const char *title = attribute(l->a, n, "data-outline");
    xmlChar *text = NULL;
    bn_map_value *slot;

    if (id == NULL || (title == NULL && strcmp((const char *)n->name, "h2")))
        return;
    if (title == NULL) {
        text = xmlNodeGetContent(n);
        title = bn_arena_strdup(l->a, (const char *)text);
        xmlFree(text);
        /* the line of contents has all of it */
        slot = bn_map_puts(l->targets, title);
        slot->p = slot->p ? slot->p : (void *)id;
    }
    title = head_of(l->a, title);
    if (strncmp(id, "SupplProvision", 14) == 0)
        title = bn_arena_printf(l->a, "附則%s", title);
    slot = bn_map_puts(l->targets, title);
    slot->p = slot->p ? slot->p : (void *)id; /* the first 附則 is the law's */
}

static void
find_targets(linker *l, const xmlNode *n)
{
    for (const xmlNode *c = first_element(n, NULL); c;
         c = next_element(c, NULL)) {
        add_target(l, c);
        find_targets(l, c);
    }
}

/* -------------------------------------------------------------- citations */

static bool
is_numeral(uint32_t c)
{
    static const char kanji[] = "〇一二三四五六七八九十百千";
    const char *p = kanji, *end = kanji + sizeof kanji - 1;

    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19))
        return true;
    while (p < end)
        if (bn_u8_next(&p, end) == c)
            return true;
    return false;
}

static const char *
skip_numerals(const char *p, const char *end)
{
    const char *next = p;

    while (p < end && is_numeral(bn_u8_next(&next, end)))
        p = next;
    return p;
}

static bool
follows(const char *p, const char *end, const char *word)
{
    const size_t n = strlen(word);

    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0;
}

/* 第三条の二, 別表第一, 第三（の7）: its end; NULL: no citation here. */
static const char *
citation(const char *p, const char *end)
{
    const bool table = follows(p, end, "別表第");
    const char *at = p + strlen(table ? "別表第" : "第");
    const char *past;

    if (!table && !follows(p, end, "第"))
        return NULL;
    past = skip_numerals(at, end);
    if (past == at)
        return NULL;
    if (table)
        return past;
    if (!follows(past, end, "条"))
        return follows(past, end, "の") && /* 第三の7 of a notice */
                       skip_numerals(past + 3, end) > past + 3
                   ? past
                   : NULL;
    past += strlen("条");
    while (follows(past, end, "の") && skip_numerals(past + 3, end) > past + 3)
        past = skip_numerals(past + 3, end);
    return past;
}

/* Does another law's name stand before: 同法第三条, 施行令第二条, …号）第四条? */
static bool
is_foreign(const char *start, const char *p)
{
    static const char *const names[] = {
        "法", "令", "則", "程", "約", "例", "示", "号）", "律", "法）",
        "令）", "Ⅰの", "Iの", "Ⅱの", "Ⅲの", "Ⅳの", "Ⅴの"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t n = strlen(names[i]);

        if ((size_t)(p - start) >= n && memcmp(p - n, names[i], n) == 0)
            return true;
    }
    return false;
}

/* What goes on with a citation that was another law's: 第二項第一号及び. */
static const char *
skip_rest(const char *p, const char *end)
{
    static const char *const words[] = {"及び",   "又は",   "若しくは",
                                        "並びに", "から",   "まで",
                                        "、",     "・",     "前段",
                                        "後段",   "ただし書", "各号"};

    for (;;) {
        const char *at = p;

        if (follows(p, end, "第")) {
            const char *past = skip_numerals(p + 3, end);

            if (past > p + 3 &&
                (follows(past, end, "項") || follows(past, end, "号")))
                p = past + 3;
        }
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (follows(p, end, words[i]))
                p += strlen(words[i]);
        if (p == at)
            return p;
    }
}

static const char *
target_of(const linker *l, const char *p, const char *past, bool supplement)
{
    const char *name = bn_arena_strndup(l->a, p, past - p);
    const bn_map_value *v;

    if (supplement || (l->supplement && strstr(name, "条") &&
                       bn_map_finds(l->targets,
                                    bn_arena_printf(l->a, "附則%s", name))))
        name = bn_arena_printf(l->a, "附則%s", name);
    v = bn_map_finds(l->targets, name);
    return v ? v->p : NULL;
}

/* Cut a text node at p..past and put a link around it; the text behind. */
static xmlNode *
put_link(xmlNode *text, const char *from, const char *p, const char *past,
         const char *id, bn_arena *a)
{
    xmlNode *before = xmlNewTextLen(TEXT(from), (int)(p - from));
    xmlNode *link = xmlNewNode(text->parent->ns, TEXT("a"));
    xmlNode *behind = xmlNewText(TEXT(past));

    xmlSetProp(link, TEXT("href"),
               TEXT(bn_arena_printf(a, "#%s", id)));
    xmlNodeAddContentLen(link, TEXT(p), (int)(past - p));
    xmlAddNextSibling(text, link);
    xmlUnlinkNode(text); /* two texts side by side would become one */
    xmlFreeNode(text);
    xmlAddPrevSibling(link, before);
    return xmlAddNextSibling(link, behind);
}

/* The first citation of a text that leads somewhere; with the 附則 before
 * it. */
static const char *
find_citation(const linker *l, const char *start, const char *end,
              const char **past, const char **id)
{
    for (const char *p = start; p < end;) {
        const bool own = p - start >= 6 && memcmp(p - 6, "附則", 6) == 0;

        *past = citation(p, end);
        if (*past == NULL) {
            bn_u8_next(&p, end);
            continue;
        }
        if (!own && is_foreign(start, p)) {
            const char *next = skip_rest(*past, end);

            while ((*past = citation(next, end)) != NULL)
                next = skip_rest(*past, end);
            p = next;
            continue;
        }
        *id = l->amending && !own ? NULL : target_of(l, p, *past, own);
        if (*id)
            return own ? p - 6 : p;
        p = *past;
    }
    return NULL;
}

static void
link_text(linker *l, xmlNode *text)
{
    for (;;) {
        const char *start = (const char *)text->content, *past, *id;
        const char *p = find_citation(l, start, start + strlen(start), &past,
                                      &id);

        if (p == NULL)
            return;
        text = put_link(text, start, p, past, id, l->a);
    }
}

/* The title in a line of contents; its range of articles has its own. */
static void
link_line(linker *l, xmlNode *p)
{
    xmlNode *text = p->children;
    const char *start, *range;
    const bn_map_value *v;
    size_t n;

    if (text == NULL || text->type != XML_TEXT_NODE ||
        !attribute_is(p, "class", "toc-line"))
        return;
    start = (const char *)text->content;
    range = strstr(start, "（");
    n = range ? (size_t)(range - start) : strlen(start);
    v = bn_map_find(l->targets, start, n);
    if (v && n > 0)
        put_link(text, start, start, start + n, v->p, l->a);
}

static bool
is_one_of(const xmlNode *n, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp((const char *)n->name, names[i]) == 0)
            return true;
    return false;
}

static void link_element(linker *l, xmlNode *c);

static void
link_below(linker *l, xmlNode *n)
{
    xmlNode *next;

    for (xmlNode *c = n->children; c; c = next) {
        next = c->next;
        if (c->type == XML_TEXT_NODE && c->content)
            link_text(l, c); /* which may free it */
        else if (c->type == XML_ELEMENT_NODE)
            link_element(l, c);
    }
}

static void
link_element(linker *l, xmlNode *c)
{
    /* headings are targets; what is quoted is another law's */
    static const char *const skipped[] = {"h1", "h2",         "h3",  "a",
                                          "rt", "blockquote", "svg"};

    if (attribute_is(c, "class", "supplement")) {
        const char *id = attribute(l->a, c, "id");

        l->supplement = true;
        l->amending = id && strchr(id, '.') != NULL;
    }
    if (attribute_is(c, "class", "appendix"))
        l->supplement = l->amending = false;
    if (attribute_is(c, "class", "number") ||
        is_one_of(c, skipped, sizeof skipped / sizeof skipped[0]))
        return;
    link_line(l, c);
    link_below(l, c);
}

void
link_law(making *m, xmlDoc *content)
{
    xmlNode *root = xmlDocGetRootElement(content);
    linker l = {.a = m->job->arena, .targets = bn_map_new(m->job->arena)};

    if (!attribute_is(root, "class", "law"))
        return;
    find_targets(&l, root);
    link_below(&l, root);
}
