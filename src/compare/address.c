#include "compare/address.h"

#include <string.h>

#include "base/kanji.h"
#include "base/utf8.h"

static const struct {
    const char *element, *unit;
    bool division;
} units[] = {
    {"Part", "編", true},       {"Chapter", "章", true},
    {"Section", "節", true},    {"Subsection", "款", true},
    {"Division", "目", true},   {"Article", "条", false},
    {"Paragraph", "項", false}, {"Item", "号", false},
};

const char *
bn_address_unit(const char *element)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].element, element) == 0)
            return units[i].unit;
    return "";
}

bool
bn_address_is_division(const char *element)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].element, element) == 0)
            return units[i].division;
    return false;
}

/* ---------------------------------------------------------------- numbers */

static int
digit_of(uint32_t c)
{
    static const uint32_t kanji[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                     0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};

    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    for (int i = 0; i < 10; i++)
        if (kanji[i] == c)
            return i;
    return -1;
}

static int
power_of(uint32_t c)
{
    return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0;
}

int
bn_address_number(const char *title)
{
    const char *p = title, *end = title + strlen(title);
    int sum = 0, now = 0;
    bool any = false;

    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);
        const int digit = digit_of(c), power = power_of(c);

        if (c == 0x306E || sum > 99999) /* の: a branch */
            return 0;
        if (digit >= 0) {
            now = now * 10 + digit;
            any = true;
        } else if (power) {
            sum += (now ? now : 1) * power;
            now = 0;
            any = true;
        } else if (any && c == 0x3000) {
            break; /* 第二章　管理 */
        }
    }
    return any ? sum + now : 0;
}

/* ------------------------------------------------------------------ parts */

static bool
is(const bn_provision *p, const char *element)
{
    return strcmp(p->element, element) == 0;
}

static bool
is_subitem(const bn_provision *p)
{
    return strncmp(p->element, "Subitem", 7) == 0;
}

/* The article (or what stands in its place) that a provision is in; -1. */
static int32_t
article_of(const bn_provisions *p, int32_t i)
{
    while (i >= 0 && !is(&p->v[i], "Article"))
        i = p->v[i].parent;
    return i;
}

static bool
in_supplement(const bn_provisions *p, int32_t i)
{
    for (; i >= 0; i = p->v[i].parent)
        if (is(&p->v[i], "SupplProvision"))
            return true;
    return false;
}

/* 第三 and not 第三条: a notice. */
static bool
is_notice(const bn_provisions *p, int32_t i)
{
    const int32_t article = article_of(p, i);

    return article >= 0 && strstr(p->v[article].title, "条") == NULL;
}

/* Horizontal rules count in figures: 第3条. */
static bool
in_figures(const bn_provisions *p, int32_t i)
{
    const int32_t article = article_of(p, i);

    for (const char *s = article < 0 ? "" : p->v[article].title; *s; s++)
        if ((*s >= '0' && *s <= '9') || strncmp(s, "０", 2) == 0)
            return true;
    return false;
}

static bool
has_child(const bn_provisions *p, int32_t i, const char *element)
{
    for (size_t k = (size_t)i + 1; k < p->n && p->v[k].level > p->v[i].level;
         k++)
        if (p->v[k].parent == i && is(&p->v[k], element))
            return true;
    return false;
}

bool
bn_address_counts(const bn_provisions *p, int32_t i)
{
    return !is_notice(p, i);
}

/* A number by its unit: ２ as 第二項, (1) as 第1号, 一の二 as 第一号の二. */
static const char *
ordinal(bn_arena *a, const char *title, const char *unit, bool figures)
{
    const int n = bn_address_number(title);
    const char *branch = strstr(title, "の");

    if (n > 0 && figures)
        return bn_arena_printf(a, "第%d%s", n, unit);
    if (n > 0)
        return bn_arena_printf(a, "第%s%s", bn_kanji(a, (uint64_t)n), unit);
    if (branch)
        return bn_arena_printf(a, "第%.*s%s%s", (int)(branch - title), title,
                               unit, branch);
    return title;
}

/* A title up to the space behind its number. */
static const char *
head_of(bn_arena *a, const char *title)
{
    const char *space = strstr(title, "　");

    return space ? bn_arena_strndup(a, title, space - title) : title;
}

/* Full-width figures as half-width ones: the numbers of a notice. */
static const char *
plain(bn_arena *a, const char *title)
{
    const char *p = title, *end = title + strlen(title);
    const char *out = "";

    while (p < end) {
        const char *from = p;
        const uint32_t c = bn_u8_next(&p, end);

        out = c >= 0xFF10 && c <= 0xFF19
                  ? bn_arena_printf(a, "%s%c", out, (char)(c - 0xFF10 + '0'))
                  : bn_arena_printf(a, "%s%.*s", out, (int)(p - from), from);
    }
    return out;
}

/* What a provision adds to the address of its parent. */
static const char *
part(bn_arena *a, const bn_provisions *p, int32_t i, const bn_provision *as)
{
    const bn_provision *v = &p->v[i];
    const bool figures = in_figures(p, i);

    if (as->title[0] == '\0')
        return "";
    if (is(v, "Article") || bn_address_is_division(v->element))
        return head_of(a, as->title);
    if (is(v, "SupplProvision"))
        return "附則";
    if (is_notice(p, i))
        return bn_arena_printf(a, "%s%s", is_subitem(v) ? "" : "の",
                               plain(a, as->title));
    if (is(v, "Paragraph") || is(v, "Item"))
        return ordinal(a, as->title, bn_address_unit(v->element), figures);
    return as->title;
}

/* An item of the first paragraph stands right below its article. */
static bool
needs_first(const bn_provisions *p, int32_t i)
{
    const int32_t parent = p->v[i].parent;

    return parent >= 0 && is(&p->v[parent], "Article") &&
           !is(&p->v[i], "Paragraph") && !is_notice(p, i) &&
           has_child(p, parent, "Paragraph");
}

static const char *
first_paragraph(const bn_provisions *p, int32_t i)
{
    return in_figures(p, i) ? "第1項" : "第一項";
}

static const char *
address_above(bn_arena *a, const bn_provisions *p, int32_t i)
{
    const int32_t parent = p->v[i].parent;
    const char *above;

    if (parent < 0)
        return "";
    if (bn_address_is_division(p->v[parent].element) &&
        !bn_address_is_division(p->v[i].element)) /* articles count through */
        return in_supplement(p, parent) ? "附則" : "";
    above = bn_address(a, p, parent);
    return needs_first(p, i)
               ? bn_arena_printf(a, "%s%s", above, first_paragraph(p, i))
               : above;
}

const char *
bn_address(bn_arena *a, const bn_provisions *p, int32_t i)
{
    const char *own = part(a, p, i, &p->v[i]);
    const char *above = address_above(a, p, i);

    return *above ? bn_arena_printf(a, "%s%s", above, own) : own;
}

const char *
bn_address_last(bn_arena *a, const bn_provisions *p, int32_t i)
{
    const char *own = part(a, p, i, &p->v[i]);

    return strncmp(own, "の", 3) == 0 ? own + 3 : own;
}

const char *
bn_address_as(bn_arena *a, const bn_provisions *p, int32_t i,
              const bn_provision *other)
{
    static const struct {
        const char *element, *word;
    } same[] = {{"Paragraph", "同条"}, {"Item", "同項"}};
    const char *own = part(a, p, i, other);
    const int32_t parent = p->v[i].parent;

    if (strncmp(own, "の", 3) == 0)
        own += 3;
    for (size_t k = 0; k < 2; k++)
        if (parent >= 0 && is(&p->v[i], same[k].element) && !is_notice(p, i) &&
            !bn_address_is_division(p->v[parent].element))
            return bn_arena_printf(a, "%s%s",
                                   k == 1 && is(&p->v[parent], "Article") &&
                                           !needs_first(p, i)
                                       ? "同条"
                                       : same[k].word,
                                   own);
    return own;
}

const char *
bn_address_holder(bn_arena *a, const bn_provisions *p, int32_t i)
{
    return address_above(a, p, i);
}

const char *
bn_address_first(bn_arena *a, const bn_provisions *p, int32_t article)
{
    return bn_arena_printf(a, "%s%s", bn_address(a, p, article),
                           first_paragraph(p, article));
}

bool
bn_address_is_own(const bn_provisions *p, int32_t i)
{
    const bool items = has_child(p, i, "Item");
    const bool paragraphs = has_child(p, i, "Paragraph");

    if (is_notice(p, i) || p->v[i].title[0] == '\0')
        return false;
    return items || (is(&p->v[i], "Article") && paragraphs);
}

const char *
bn_address_words(bn_arena *a, const bn_provisions *p, int32_t i)
{
    const char *at = bn_address(a, p, i);

    if (!bn_address_is_own(p, i))
        return at;
    return bn_arena_printf(a, "%s%s%s", at,
                           is(&p->v[i], "Article") &&
                                   has_child(p, i, "Paragraph")
                               ? first_paragraph(p, i)
                               : "",
                           has_child(p, i, "Item") ? "各号列記以外の部分" : "");
}
