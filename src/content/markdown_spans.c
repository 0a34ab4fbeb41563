/* markdown_spans.c - what printers do with a stretch of text, in the form of a
 * link: [志](ruby:こころざし), [強調](.dots), [氏名](.label "5"). */
#include "content/markdown.h"

#include <libxml/tree.h>
#include <string.h>

#include "base/utf8.h"

#define TEXT(s) ((const xmlChar *)(s))

/* Elements of their own; the others are spans of a class. */
static const struct {
    const char *name, *element;
    bool classed;
} spans[] = {
    {"dots", "em", true},    {"u", "u", false},      {"sup", "sup", false},
    {"sub", "sub", false},   {"tcy", "span", true},  {"warichu", "span", true},
    {"label", "span", true}, {"tab", "span", true},  {"fill", "span", true},
    {"keep", "span", true},  {"name", "span", true}, {"docno", "span", true},
    {"seal", "span", true},
};

static bool
add_span(render *r, cmark_node *node, const char *name, xmlNode *parent)
{
    const char *title = cmark_node_get_title(node);

    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        xmlNode *n;

        if (strcmp(spans[i].name, name) != 0)
            continue;
        n = md_element(r, parent, spans[i].element);
        if (spans[i].classed)
            xmlSetProp(n, TEXT("class"), TEXT(name));
        if (title && *title && strspn(title, "0123456789.") == strlen(title))
            xmlSetProp(n, TEXT("data-width"), TEXT(title));
        md_render_inlines(r, node, n);
        return true;
    }
    return false;
}

/* The characters that a base is parted into: each with the marks and
 * selectors behind it. Returns how many; 0: more than there are readings. */
static size_t
part_base(const char *s, size_t most, size_t *ends)
{
    const char *p = s, *end = s + strlen(s);
    size_t n = 0;

    while (p < end) {
        const uint32_t cp = bn_u8_next(&p, end);
        const bool joins = cp == 0x3099 || cp == 0x309a ||
                           (cp >= 0xfe00 && cp <= 0xfe0f) ||
                           (cp >= 0xe0100 && cp <= 0xe01ef);

        if (!joins || n == 0) {
            if (n == most)
                return 0;
            n++;
        }
        ends[n - 1] = (size_t)(p - s);
    }
    return n;
}

static void
add_reading(render *r, xmlNode *ruby, const char *s, size_t n)
{
    xmlNodeAddContentLen(md_element(r, ruby, "rt"), TEXT(s), (int)n);
}

enum { READINGS_MAX = 32 };

/* One reading stands over the whole base, as many as it has characters over
 * one each. */
static bool
add_compound(render *r, const char *base, const char *readings, xmlNode *ruby)
{
    size_t ends[READINGS_MAX], n = 1, from = 0;

    for (const char *p = readings; (p = strchr(p, '/')) != NULL; p++)
        n++;
    if (n < 2 || n > READINGS_MAX || part_base(base, n, ends) != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        const size_t length = strcspn(readings, "/");

        xmlNodeAddContentLen(ruby, TEXT(base + from), (int)(ends[i] - from));
        add_reading(r, ruby, readings, length);
        from = ends[i];
        readings += length + 1;
    }
    return true;
}

static void
add_ruby(render *r, cmark_node *node, const char *readings, xmlNode *parent)
{
    xmlNode *ruby = md_element(r, parent, "ruby");
    xmlNode *base = xmlNewNode(NULL, TEXT("base"));
    xmlChar *text;

    md_render_inlines(r, node, base);
    text = xmlNodeGetContent(base);
    if (!add_compound(r, (const char *)text, readings, ruby)) {
        xmlNodeAddContent(ruby, text);
        add_reading(r, ruby, readings, strlen(readings));
    }
    xmlFree(text);
    xmlFreeNode(base);
}

bool
md_add_span(render *r, cmark_node *node, const char *url, xmlNode *parent)
{
    if (url[0] == '.')
        return add_span(r, node, url + 1, parent);
    if (strncmp(url, "ruby:", 5) != 0 || url[5] == '\0')
        return false;
    add_ruby(r, node, url + 5, parent);
    return true;
}
