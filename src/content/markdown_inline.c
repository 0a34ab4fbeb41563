/* markdown_inline.c - text, values and what stands inside a line. Values go
 * into the tree as text: data can never become markup. */
#include "content/markdown.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define TEXT(s) ((const xmlChar *)(s))

void
md_fail(render *r, const bn_err *err)
{
    tell(r->m, err);
    r->failed = true;
}

void
md_fail_at(render *r, bn_code code, bn_loc at, const char *arg)
{
    bn_err err;

    bn_fail(&err, code, at, arg);
    md_fail(r, &err);
}

/* Markdown's line counted in the file it comes from. */
static bn_loc
line_of(const render *r, cmark_node *node, uint32_t *file)
{
    while (node && cmark_node_get_start_line(node) <= 0)
        node = cmark_node_parent(node);
    return template_line(
        r->t, node ? (uint32_t)cmark_node_get_start_line(node) : 0, file);
}

bn_loc
md_line_of(const render *r, cmark_node *node)
{
    uint32_t file;

    return line_of(r, node, &file);
}

xmlNode *
md_element(render *r, xmlNode *parent, const char *name)
{
    xmlNode *n = xmlNewDocNode(r->doc, r->ns, TEXT(name), NULL);

    if (++r->nodes == NODES_MAX)
        md_fail_at(r, BN_ETOOBIG, (bn_loc){.file = r->t->path}, r->t->path);
    return xmlAddChild(parent, n);
}

/* Places of a template count lines (bn_source_locate). */
void
md_set_line(const render *r, xmlNode *node, cmark_node *from)
{
    uint32_t file = 0;
    const bn_loc at = line_of(r, from, &file);
    char text[24];

    if (file == 0 || at.line == 0)
        return;
    bn_place_write((bn_place)file << 32 | at.line, text);
    xmlSetProp(node, TEXT("data-at"), TEXT(text));
}

/* ---------------------------------------------------------- values in text */

static bool
is_blank(const char *s)
{
    for (; *s; s++)
        if (strncmp(s, "\xE3\x80\x80", 3) == 0)
            s += 2;
        else if (*s != ' ' && *s != '\n' && *s != '\t' && *s != '\r')
            return false;
    return true;
}

/* A placeholder's value; false when there is none (and what was to be told
 * about it was told). */
static bool
value_of(render *r, const holder *h, const char **text, bn_place *place)
{
    bn_arena *a = r->m->job->arena;
    bn_err err = {0};

    *text = "";
    *place = 0;
    if (holder_is_block(h)) {
        md_fail_at(r, BN_EBLOCK, h->at, h->expression);
        return false;
    }
    if (r->m->as_written) {
        *text = bn_arena_printf(a, "{{ %s }}", h->expression);
        return true;
    }
    if (bn_xpath_value(r->m->job->transform, a, r->m->input, r->context,
                       h->expression, h->at, text, place, &err)) {
        md_fail(r, &err);
        return false;
    }
    if (!is_blank(*text))
        return true;
    if (h->kind == HOLDER_BLANK)
        note_blank(r->m, r->context, h->expression, h->at);
    if (h->kind == HOLDER_VALUE)
        tell_rule(r->m, "R151", r->m->paper->entry->provision,
                  bn_arena_printf(a, "%s: 「%s」が未記入です。",
                                  r->m->paper->entry->title_ja, h->expression),
                  h->at);
    return false;
}

static void
add_fill(render *r, xmlNode *parent)
{
    xmlSetProp(md_element(r, parent, "span"), TEXT("class"), TEXT("fill"));
}

static void
add_value(render *r, xmlNode *parent, const holder *h)
{
    const char *text;
    bn_place place;
    char at[24];

    if (!value_of(r, h, &text, &place)) {
        add_fill(r, parent);
        return;
    }
    if (place) {
        bn_place_write(place, at);
        parent = md_element(r, parent, "span");
        xmlSetProp(parent, TEXT("data-at"), TEXT(at));
    }
    xmlNodeAddContent(parent, TEXT(text));
}

static bool
is_xml_character(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
           (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF;
}

/* Template text with its placeholders, into parent; or into out when parent
 * is NULL (attributes, addresses of links). */
void
md_add_text(render *r, const char *s, size_t n, cmark_node *from,
            xmlNode *parent, bn_buf *out)
{
    const char *end = s + n;
    bn_buf plain = {0};

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);
        const holder *h = template_holder(r->t, c);
        const char *text;
        bn_place place;

        if (h && parent) {
            if (plain.len)
                xmlNodeAddContentLen(parent, TEXT(plain.p), (int)plain.len);
            bn_buf_clear(&plain);
            add_value(r, parent, h);
        } else if (h) {
            if (value_of(r, h, &text, &place))
                bn_buf_adds(out, text);
        } else if (c == SEPARATOR) {
            continue;
        } else if (c == BN_U8_BAD || !is_xml_character(c)) {
            md_fail_at(
                r, BN_ECHARACTER, md_line_of(r, from),
                bn_arena_printf(r->m->job->arena, "U+%04X", (unsigned)c));
        } else {
            bn_buf_add_u8(parent ? &plain : out, c);
        }
    }
    if (parent && plain.len)
        xmlNodeAddContentLen(parent, TEXT(plain.p), (int)plain.len);
    bn_buf_free(&plain);
}

static const char *
plain_text(render *r, const char *s, cmark_node *from)
{
    bn_buf out = {0};
    const char *copy;

    bn_buf_adds(&out, "");
    md_add_text(r, s, strlen(s), from, NULL, &out);
    copy = bn_arena_strndup(r->m->job->arena, out.len ? out.p : "", out.len);
    bn_buf_free(&out);
    return copy;
}

/* ----------------------------------- {#id .class measure=I.3,I.4.h} */

static bool
is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* "measure=" names the measures that a clause answers: ids of the criteria,
 * commas between them. What is behind it; NULL: it does not stand there. */
static const char *
take_measures(const char *p, const char *end, xmlNode *node)
{
    static const char word[] = "measure=";
    const size_t length = sizeof word - 1;
    bn_buf list = {0};

    if ((size_t)(end - p) < length || memcmp(p, word, length) != 0)
        return NULL;
    for (p += length; p < end && (is_name_character(*p) || strchr(".,", *p));
         p++)
        bn_buf_addc(&list, *p == ',' ? ' ' : *p);
    if (list.len == 0)
        return NULL;
    bn_buf_addc(&list, '\0');
    xmlSetProp(node, TEXT("data-measures"), TEXT(list.p));
    bn_buf_free(&list);
    return p;
}

/* "stops=left-8em,right-100%" puts the paragraph's tab stops. */
static const char *
take_stops(const char *p, const char *end, xmlNode *node)
{
    static const char word[] = "stops=";
    const size_t length = sizeof word - 1;
    bn_buf list = {0};

    if ((size_t)(end - p) < length || memcmp(p, word, length) != 0)
        return NULL;
    for (p += length; p < end && (is_name_character(*p) || strchr(".,%", *p));
         p++)
        bn_buf_addc(&list, *p == ',' || *p == '-' ? ' ' : *p);
    if (list.len == 0)
        return NULL;
    bn_buf_addc(&list, '\0');
    xmlSetProp(node, TEXT("data-stops"), TEXT(list.p));
    bn_buf_free(&list);
    return p;
}

/* One "#id" or ".class"; what is behind it, or NULL. */
static const char *
take_name(const char *p, const char *end, xmlNode *node)
{
    char name[80];
    const char mark = *p++;
    size_t length = 0;

    while (p < end && is_name_character(*p) && length + 1 < sizeof name)
        name[length++] = *p++;
    name[length] = '\0';
    if (length == 0 || (mark != '#' && mark != '.'))
        return NULL;
    if (mark == '#')
        xmlSetProp(node, TEXT("id"), TEXT(name));
    else
        add_class(node, name);
    return p;
}

/* Read an attribute block s[0..n) "{#x .y measure=z}" onto node; false: it is
 * none. */
static bool
read_attributes(const char *s, size_t n, xmlNode *node)
{
    const char *end = s + n - 1;

    if (n < 4 || s[0] != '{' || *end != '}')
        return false;
    for (const char *p = s + 1; p < end;) {
        const char *next = take_measures(p, end, node);

        if (next == NULL)
            next = take_stops(p, end, node);
        if (next == NULL)
            next = take_name(p, end, node);
        if (next == NULL)
            return false;
        for (p = next; p < end && *p == ' '; p++) {
        }
    }
    return true;
}

/* At the end of a heading. */
void
md_take_tail(render *r, cmark_node *heading, xmlNode *node)
{
    cmark_node *last = cmark_node_last_child(heading);
    const char *text, *open;
    size_t n, from;

    if (last == NULL || cmark_node_get_type(last) != CMARK_NODE_TEXT)
        return;
    text = cmark_node_get_literal(last);
    open = strrchr(text, '{');
    n = strlen(text);
    if (open == NULL || !read_attributes(open, n - (open - text), node))
        return;
    from = open - text;
    while (from > 0 && text[from - 1] == ' ')
        from--;
    r->cut = last;
    r->cut_from = from;
    r->cut_to = n;
}

/* At the start of a paragraph or list item. */
void
md_take_head(render *r, cmark_node *paragraph, xmlNode *node)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    const char *text, *close;
    size_t to;

    if (first == NULL || cmark_node_get_type(first) != CMARK_NODE_TEXT)
        return;
    text = cmark_node_get_literal(first);
    close = strchr(text, '}');
    if (*text != '{' || close == NULL ||
        !read_attributes(text, close + 1 - text, node))
        return;
    to = close + 1 - text;
    while (text[to] == ' ')
        to++;
    r->cut = first;
    r->cut_from = 0;
    r->cut_to = to;
}

void
md_add_literal(render *r, cmark_node *node, xmlNode *parent)
{
    const char *s = cmark_node_get_literal(node);
    const size_t n = s ? strlen(s) : 0;

    if (n == 0)
        return;
    if (r->cut == node) {
        md_add_text(r, s, r->cut_from, node, parent, NULL);
        md_add_text(r, s + r->cut_to, n - r->cut_to, node, parent, NULL);
        return;
    }
    md_add_text(r, s, n, node, parent, NULL);
}

/* ---------------------------------------------------------------- inlines */

/* Raw HTML is shown as text; a comment says nothing to the reader. */
void
md_add_html(render *r, cmark_node *node, xmlNode *parent)
{
    const char *s = cmark_node_get_literal(node);
    const size_t n = s ? strlen(s) : 0;
    const char *close = s ? strstr(s, "-->") : NULL;

    if (n >= 7 && memcmp(s, "<!--", 4) == 0 && close &&
        strspn(close + 3, " \n\r\t") == strlen(close + 3))
        return;
    bn_warn(r->m->msgs, BN_WHTML, md_line_of(r, node), plain_text(r, s, node));
    md_add_text(r, s, n, node, parent, NULL);
}

static bool
may_link(const char *url)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return url[0] == '#' && url[1] != '\0';
}

static void
add_link(render *r, cmark_node *node, xmlNode *parent)
{
    const char *url = plain_text(r, cmark_node_get_url(node), node);

    if (md_add_span(r, node, url, parent))
        return;
    if (may_link(url)) {
        parent = md_element(r, parent, "a");
        xmlSetProp(parent, TEXT("href"), TEXT(url));
        if (url[0] == '#')
            md_set_line(r, parent, node);
    } else {
        bn_warn(r->m->msgs, BN_WLINK, md_line_of(r, node), url);
    }
    md_render_inlines(r, node, parent);
}

static void
add_image(render *r, cmark_node *node, xmlNode *parent)
{
    const char *url = plain_text(r, cmark_node_get_url(node), node);
    xmlNode *alt = xmlNewNode(NULL, TEXT("alt"));
    xmlChar *text;
    xmlNode *img;

    md_render_inlines(r, node, alt);
    text = xmlNodeGetContent(alt);
    if (strchr(url, ':') || url[0] == '/') {
        bn_warn(r->m->msgs, BN_WLINK, md_line_of(r, node), url);
        xmlNodeAddContent(parent, text);
    } else {
        img = md_element(r, parent, "img");
        xmlSetProp(img, TEXT("src"), TEXT(url));
        xmlSetProp(img, TEXT("alt"), text);
        md_set_line(r, img, node);
    }
    xmlFree(text);
    xmlFreeNode(alt);
}

/* The definition that a mark's number means: definitions stand in order at
 * the end of the document. */
static cmark_node *
find_note(const render *r, const char *number)
{
    long i = strtol(number, NULL, 10);
    cmark_node *first = cmark_node_last_child(r->root);

    while (first && cmark_node_previous(first) &&
           cmark_node_get_type(cmark_node_previous(first)) ==
               CMARK_NODE_FOOTNOTE_DEFINITION)
        first = cmark_node_previous(first);
    while (first && --i > 0)
        first = cmark_node_next(first);
    return first && cmark_node_get_type(first) == CMARK_NODE_FOOTNOTE_DEFINITION
               ? first
               : NULL;
}

/* The first mark carries the note; later ones of the same note repeat it by
 * number only, so that many marks cost little. */
static void
add_footnote(render *r, cmark_node *node, xmlNode *parent)
{
    const char *number = cmark_node_get_literal(node);
    cmark_node *note = find_note(r, number);
    xmlNode *span = md_element(r, parent, "span");
    bool first = true;

    if (note == NULL)
        return;
    if (cmark_node_get_user_data(note)) {
        xmlSetProp(span, TEXT("class"), TEXT("footnote-again"));
        xmlSetProp(span, TEXT("data-note"), TEXT(number));
        return;
    }
    cmark_node_set_user_data(note, note);
    xmlSetProp(span, TEXT("class"), TEXT("footnote"));
    xmlSetProp(span, TEXT("data-note"), TEXT(number));
    for (cmark_node *p = cmark_node_first_child(note); p;
         p = cmark_node_next(p)) {
        if (cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH) {
            md_fail_at(r, BN_ENOTE, md_line_of(r, p), number);
            return;
        }
        if (!first)
            md_element(r, span, "br");
        first = false;
        md_render_inlines(r, p, span);
    }
}

static void
render_inline(render *r, cmark_node *node, xmlNode *parent)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        md_add_literal(r, node, parent);
        return;
    case CMARK_NODE_SOFTBREAK:
        xmlNodeAddContent(parent, TEXT("\n"));
        return;
    case CMARK_NODE_LINEBREAK:
        md_element(r, parent, "br");
        return;
    case CMARK_NODE_CODE:
        md_add_literal(r, node, md_element(r, parent, "code"));
        return;
    case CMARK_NODE_EMPH:
        md_render_inlines(r, node, md_element(r, parent, "em"));
        return;
    case CMARK_NODE_STRONG:
        md_render_inlines(r, node, md_element(r, parent, "strong"));
        return;
    case CMARK_NODE_LINK:
        add_link(r, node, parent);
        return;
    case CMARK_NODE_IMAGE:
        add_image(r, node, parent);
        return;
    case CMARK_NODE_HTML_INLINE:
        md_add_html(r, node, parent);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        add_footnote(r, node, parent);
        return;
    default:
        md_render_inlines(r, node, parent);
    }
}

bool
md_go_deeper(render *r, cmark_node *node)
{
    if (r->failed)
        return false;
    if (++r->depth <= NEST_MAX)
        return true;
    r->depth--;
    md_fail_at(r, BN_ENEST, md_line_of(r, node), "64");
    return false;
}

void
md_render_inlines(render *r, cmark_node *parent_node, xmlNode *parent)
{
    if (!md_go_deeper(r, parent_node))
        return;
    for (cmark_node *n = cmark_node_first_child(parent_node); n && !r->failed;
         n = cmark_node_next(n))
        render_inline(r, n, parent);
    r->depth--;
}
