/* markdown.c - a Markdown template, parsed by cmark-gfm, becomes content.
 * Values go into the tree as text: data can never become markup. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/internal.h"
#include "content/template.h"

#define TEXT(s) ((const xmlChar *)(s))

enum { NODES_MAX = 400000 /* elements of one document */ };

typedef struct render {
    making *m;
    template *t;
    xmlDoc *doc;
    xmlNs *ns;
    bn_node *context; /* where XPath starts: item, unit, node of an each */
    cmark_node *root; /* footnotes are its last children */
    int depth;
    size_t nodes;
    bool failed;
    /* {#id .class} that is taken off a text node: its bytes from..to. */
    const cmark_node *cut;
    size_t cut_from, cut_to;
} render;

static void render_blocks(render *r, cmark_node *from, cmark_node *to,
                          xmlNode *parent);
static void render_inlines(render *r, cmark_node *parent_node, xmlNode *parent);

static void
fail(render *r, const bn_err *err)
{
    tell(r->m, err);
    r->failed = true;
}

static void
fail_at(render *r, bn_code code, bn_loc at, const char *arg)
{
    bn_err err;

    bn_fail(&err, code, at, arg);
    fail(r, &err);
}

/* Markdown's line counted in the file. */
static bn_loc
line_of(const render *r, cmark_node *node)
{
    while (node && cmark_node_get_start_line(node) <= 0)
        node = cmark_node_parent(node);
    return (bn_loc){
        .file = r->t->path,
        .line = node ? (uint32_t)(cmark_node_get_start_line(node) +
                                  (int)r->t->lines)
                     : 0,
    };
}

static xmlNode *
element(render *r, xmlNode *parent, const char *name)
{
    xmlNode *n = xmlNewDocNode(r->doc, r->ns, TEXT(name), NULL);

    if (++r->nodes == NODES_MAX)
        fail_at(r, BN_ETOOBIG, (bn_loc){.file = r->t->path}, r->t->path);
    return xmlAddChild(parent, n);
}

/* Places of a template count lines (bn_source_locate). */
static void
set_line(const render *r, xmlNode *node, cmark_node *from)
{
    const bn_loc at = line_of(r, from);
    char text[24];

    if (r->t->file == 0 || at.line == 0)
        return;
    bn_place_write((bn_place)r->t->file << 32 | at.line, text);
    xmlSetProp(node, TEXT("data-at"), TEXT(text));
}

/* The types of the table extension are known by name only. */
static bool
is_type(cmark_node *node, const char *name)
{
    return strcmp(cmark_node_get_type_string(node), name) == 0;
}

static bool
is_row(cmark_node *node)
{
    return is_type(node, "table_row") || is_type(node, "table_header");
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
        fail_at(r, BN_EBLOCK, h->at, h->expression);
        return false;
    }
    if (bn_xpath_value(r->m->job->transform, a, r->m->input, r->context,
                       h->expression, h->at, text, place, &err)) {
        fail(r, &err);
        return false;
    }
    if (!is_blank(*text))
        return true;
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
    xmlSetProp(element(r, parent, "span"), TEXT("class"), TEXT("fill"));
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
        parent = element(r, parent, "span");
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
static void
add_text(render *r, const char *s, size_t n, cmark_node *from, xmlNode *parent,
         bn_buf *out)
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
            fail_at(r, BN_ECHARACTER, line_of(r, from),
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
    add_text(r, s, strlen(s), from, NULL, &out);
    copy = bn_arena_strndup(r->m->job->arena, out.len ? out.p : "", out.len);
    bn_buf_free(&out);
    return copy;
}

/* ------------------------------------------------------ {#id .class .class} */

static bool
is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Read an attribute block s[0..n) "{#x .y}" onto node; false: it is none. */
static bool
read_attributes(const char *s, size_t n, xmlNode *node)
{
    const char *end = s + n;
    char name[80];

    if (n < 4 || s[0] != '{' || end[-1] != '}' || (s[1] != '#' && s[1] != '.'))
        return false;
    for (const char *p = s + 1; p < end - 1;) {
        const char mark = *p++;
        size_t length = 0;

        while (p < end - 1 && is_name_character(*p) && length + 1 < sizeof name)
            name[length++] = *p++;
        name[length] = '\0';
        if (length == 0 || (mark != '#' && mark != '.'))
            return false;
        if (mark == '#')
            xmlSetProp(node, TEXT("id"), TEXT(name));
        else
            add_class(node, name);
        while (p < end - 1 && *p == ' ')
            p++;
    }
    return true;
}

/* At the end of a heading. */
static void
take_tail(render *r, cmark_node *heading, xmlNode *node)
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
static void
take_head(render *r, cmark_node *paragraph, xmlNode *node)
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

static void
add_literal(render *r, cmark_node *node, xmlNode *parent)
{
    const char *s = cmark_node_get_literal(node);
    const size_t n = s ? strlen(s) : 0;

    if (n == 0)
        return;
    if (r->cut == node) {
        add_text(r, s, r->cut_from, node, parent, NULL);
        add_text(r, s + r->cut_to, n - r->cut_to, node, parent, NULL);
        return;
    }
    add_text(r, s, n, node, parent, NULL);
}

/* ---------------------------------------------------------------- inlines */

/* Raw HTML is shown as text; a comment says nothing to the reader. */
static void
add_html(render *r, cmark_node *node, xmlNode *parent)
{
    const char *s = cmark_node_get_literal(node);
    const size_t n = s ? strlen(s) : 0;
    const char *close = s ? strstr(s, "-->") : NULL;

    if (n >= 7 && memcmp(s, "<!--", 4) == 0 && close &&
        strspn(close + 3, " \n\r\t") == strlen(close + 3))
        return;
    bn_warn(r->m->msgs, BN_WHTML, line_of(r, node), plain_text(r, s, node));
    add_text(r, s, n, node, parent, NULL);
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

    if (may_link(url)) {
        parent = element(r, parent, "a");
        xmlSetProp(parent, TEXT("href"), TEXT(url));
        if (url[0] == '#')
            set_line(r, parent, node);
    } else {
        bn_warn(r->m->msgs, BN_WLINK, line_of(r, node), url);
    }
    render_inlines(r, node, parent);
}

static void
add_image(render *r, cmark_node *node, xmlNode *parent)
{
    const char *url = plain_text(r, cmark_node_get_url(node), node);
    xmlNode *alt = xmlNewNode(NULL, TEXT("alt"));
    xmlChar *text;
    xmlNode *img;

    render_inlines(r, node, alt);
    text = xmlNodeGetContent(alt);
    if (strchr(url, ':') || url[0] == '/') {
        bn_warn(r->m->msgs, BN_WLINK, line_of(r, node), url);
        xmlNodeAddContent(parent, text);
    } else {
        img = element(r, parent, "img");
        xmlSetProp(img, TEXT("src"), TEXT(url));
        xmlSetProp(img, TEXT("alt"), text);
        set_line(r, img, node);
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
    xmlNode *span = element(r, parent, "span");
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
            fail_at(r, BN_ENOTE, line_of(r, p), number);
            return;
        }
        if (!first)
            element(r, span, "br");
        first = false;
        render_inlines(r, p, span);
    }
}

static void
render_inline(render *r, cmark_node *node, xmlNode *parent)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_literal(r, node, parent);
        return;
    case CMARK_NODE_SOFTBREAK:
        xmlNodeAddContent(parent, TEXT("\n"));
        return;
    case CMARK_NODE_LINEBREAK:
        element(r, parent, "br");
        return;
    case CMARK_NODE_CODE:
        add_literal(r, node, element(r, parent, "code"));
        return;
    case CMARK_NODE_EMPH:
        render_inlines(r, node, element(r, parent, "em"));
        return;
    case CMARK_NODE_STRONG:
        render_inlines(r, node, element(r, parent, "strong"));
        return;
    case CMARK_NODE_LINK:
        add_link(r, node, parent);
        return;
    case CMARK_NODE_IMAGE:
        add_image(r, node, parent);
        return;
    case CMARK_NODE_HTML_INLINE:
        add_html(r, node, parent);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        add_footnote(r, node, parent);
        return;
    default:
        render_inlines(r, node, parent);
    }
}

static bool
go_deeper(render *r, cmark_node *node)
{
    if (r->failed)
        return false;
    if (++r->depth <= NEST_MAX)
        return true;
    r->depth--;
    fail_at(r, BN_ENEST, line_of(r, node), "64");
    return false;
}

static void
render_inlines(render *r, cmark_node *parent_node, xmlNode *parent)
{
    if (!go_deeper(r, parent_node))
        return;
    for (cmark_node *n = cmark_node_first_child(parent_node); n && !r->failed;
         n = cmark_node_next(n))
        render_inline(r, n, parent);
    r->depth--;
}

/* ------------------------------------------------------- block statements */

/* The only block placeholder of a text that holds nothing else. */
static const holder *
lone_holder(const render *r, const char *s)
{
    const char *end = s + strlen(s);
    const holder *found = NULL;

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);
        const holder *h = template_holder(r->t, c);

        if (h && found == NULL)
            found = h;
        else if (c != SEPARATOR && c != ' ')
            return NULL;
    }
    return found && holder_is_block(found) ? found : NULL;
}

static const holder *
lone_child(const render *r, cmark_node *node)
{
    cmark_node *text = cmark_node_first_child(node);

    if (text == NULL || cmark_node_next(text) ||
        cmark_node_get_type(text) != CMARK_NODE_TEXT)
        return NULL;
    return lone_holder(r, cmark_node_get_literal(text));
}

/* The statement that a paragraph, an item or a table row is, or NULL. */
static const holder *
statement_of(const render *r, cmark_node *node)
{
    const cmark_node_type type = cmark_node_get_type(node);
    cmark_node *child = cmark_node_first_child(node);
    const holder *h;

    if (type == CMARK_NODE_PARAGRAPH)
        return lone_child(r, node);
    if (child == NULL)
        return NULL;
    if (type == CMARK_NODE_ITEM)
        return cmark_node_next(child) == NULL &&
                       cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH
                   ? lone_child(r, child)
                   : NULL;
    if (!is_row(node))
        return NULL;
    h = lone_child(r, child);
    for (child = cmark_node_next(child); h && child;
         child = cmark_node_next(child))
        if (cmark_node_first_child(child))
            return NULL;
    return h;
}

/* What closes a statement that opens; its own kind when it opens none. */
static holder_kind
closing(holder_kind kind)
{
    switch (kind) {
    case HOLDER_EACH:
        return HOLDER_END_EACH;
    case HOLDER_IF:
        return HOLDER_END_IF;
    case HOLDER_DIV:
        return HOLDER_END_DIV;
    default:
        return kind;
    }
}

static bool
opens(holder_kind kind)
{
    return closing(kind) != kind;
}

/* The sibling that closes `open`; *other: its else, if it has one. NULL
 * after telling. */
static cmark_node *
find_end(render *r, cmark_node *open, const holder *h, cmark_node **other)
{
    int depth = 0;

    *other = NULL;
    for (cmark_node *n = cmark_node_next(open); n; n = cmark_node_next(n)) {
        const holder *s = statement_of(r, n);

        if (s == NULL)
            continue;
        if (opens(s->kind)) {
            depth++;
        } else if (s->kind == HOLDER_ELSE) {
            if (depth == 0 && (h->kind != HOLDER_IF || *other)) {
                fail_at(r, BN_EBLOCK, s->at, "else");
                return NULL;
            }
            if (depth == 0)
                *other = n;
        } else if (depth-- == 0) {
            if (s->kind == closing(h->kind))
                return n;
            fail_at(r, BN_EBLOCKEND, s->at, h->expression);
            return NULL;
        }
    }
    fail_at(r, BN_EBLOCKEND, h->at, h->expression);
    return NULL;
}

/* Two lists that iterations of one each left side by side are one list. */
static void
join_lists(xmlNode *last_before)
{
    xmlNode *next = last_before ? last_before->next : NULL;

    if (next == NULL ||
        strcmp((const char *)last_before->name, (const char *)next->name) !=
            0 ||
        (strcmp((const char *)next->name, "ol") != 0 &&
         strcmp((const char *)next->name, "ul") != 0))
        return;
    while (next->children) {
        xmlNode *li = next->children;

        xmlUnlinkNode(li);
        xmlAddChild(last_before, li);
    }
    xmlUnlinkNode(next);
    xmlFreeNode(next);
}

static void
run_each(render *r, const holder *h, cmark_node *from, cmark_node *to,
         xmlNode *parent)
{
    bn_node *outer = r->context;
    bn_node **nodes = NULL;
    size_t n = 0;
    bn_err err = {0};

    if (bn_xpath_nodes(r->m->job->transform, r->m->job->arena, r->m->input,
                       outer, h->expression, h->at, &nodes, &n, &err)) {
        fail(r, &err);
        return;
    }
    for (size_t i = 0; i < n && !r->failed; i++) {
        xmlNode *last = i > 0 ? parent->last : NULL;

        r->context = nodes[i];
        render_blocks(r, from, to, parent);
        join_lists(last);
    }
    r->context = outer;
}

/* Run the statement at `open`; returns the sibling behind its end. */
static cmark_node *
run_statement(render *r, cmark_node *open, const holder *h, xmlNode *parent)
{
    cmark_node *first = cmark_node_next(open), *other, *end;
    bool yes = false;
    bn_err err = {0};

    if (!opens(h->kind)) {
        fail_at(r, BN_EBLOCKEND, h->at, h->expression);
        return NULL;
    }
    end = find_end(r, open, h, &other);
    if (end == NULL)
        return NULL;
    if (h->kind == HOLDER_DIV) {
        parent = element(r, parent, "div");
        xmlSetProp(parent, TEXT("class"), TEXT(h->expression));
        render_blocks(r, first, end, parent);
    } else if (h->kind == HOLDER_EACH) {
        run_each(r, h, first, end, parent);
    } else if (bn_xpath_true(r->m->job->transform, r->m->input, r->context,
                             h->expression, h->at, &yes, &err)) {
        fail(r, &err);
    } else if (yes) {
        render_blocks(r, first, other ? other : end, parent);
    } else if (other) {
        render_blocks(r, cmark_node_next(other), end, parent);
    }
    return cmark_node_next(end);
}

/* ----------------------------------------------------------------- blocks */

static void
add_heading(render *r, cmark_node *node, xmlNode *parent)
{
    const int level = cmark_node_get_heading_level(node);
    char name[3] = "h2", data[4];
    xmlNode *h;

    name[1] = (char)('0' + (level < 6 ? level + 1 : 6));
    h = element(r, parent, name);
    if (level == 6) {
        snprintf(data, sizeof data, "%d", level);
        xmlSetProp(h, TEXT("data-level"), TEXT(data));
    }
    set_line(r, h, node);
    take_tail(r, node, h);
    render_inlines(r, node, h);
}

static void
add_paragraph(render *r, cmark_node *node, xmlNode *parent)
{
    xmlNode *p = element(r, parent, "p");

    set_line(r, p, node);
    take_head(r, node, p);
    render_inlines(r, node, p);
}

/* The paragraphs of a tight item stand in it as they are. */
static void
add_item(render *r, cmark_node *node, xmlNode *parent, bool tight)
{
    xmlNode *li = element(r, parent, "li");
    cmark_node *child = cmark_node_first_child(node);

    set_line(r, li, node);
    if (tight && child && cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH) {
        take_head(r, child, li);
        render_inlines(r, child, li);
        child = cmark_node_next(child);
    }
    render_blocks(r, child, NULL, li);
}

static void
add_list(render *r, cmark_node *node, xmlNode *parent)
{
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    xmlNode *list = element(r, parent, ordered ? "ol" : "ul");

    render_blocks(r, cmark_node_first_child(node), NULL, list);
    if (first_element(list, "li") == NULL) { /* an each over nothing */
        xmlUnlinkNode(list);
        xmlFreeNode(list);
    }
}

static const char *
alignment(const uint8_t *alignments, int column)
{
    switch (alignments[column]) {
    case 'r':
        return "right";
    case 'c':
        return "center";
    case 'l':
        return "left";
    default:
        return NULL;
    }
}

static void
add_row(render *r, cmark_node *node, xmlNode *parent)
{
    cmark_node *table = cmark_node_parent(node);
    const bool head = cmark_gfm_extensions_get_table_row_is_header(node);
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(table);
    const int columns = cmark_gfm_extensions_get_table_columns(table);
    xmlNode *tr = element(r, parent, "tr");
    int column = 0;

    set_line(r, tr, node);
    for (cmark_node *c = cmark_node_first_child(node); c && !r->failed;
         c = cmark_node_next(c), column++) {
        xmlNode *cell = element(r, tr, head ? "th" : "td");
        const char *align = column < columns ? alignment(aligns, column) : NULL;

        if (align)
            xmlSetProp(cell, TEXT("class"), TEXT(align));
        render_inlines(r, c, cell);
    }
}

static void
add_table(render *r, cmark_node *node, xmlNode *parent)
{
    cmark_node *row = cmark_node_first_child(node);
    xmlNode *table = element(r, parent, "table");

    set_line(r, table, node);
    if (row && cmark_gfm_extensions_get_table_row_is_header(row)) {
        add_row(r, row, element(r, table, "thead"));
        row = cmark_node_next(row);
    }
    if (row)
        render_blocks(r, row, NULL, element(r, table, "tbody"));
}

static void
render_block(render *r, cmark_node *node, xmlNode *parent)
{
    const cmark_node_type type = cmark_node_get_type(node);
    xmlNode *n;

    if (is_type(node, "table")) {
        add_table(r, node, parent);
        return;
    }
    if (is_row(node)) {
        add_row(r, node, parent);
        return;
    }
    switch (type) {
    case CMARK_NODE_HEADING:
        add_heading(r, node, parent);
        return;
    case CMARK_NODE_PARAGRAPH:
        add_paragraph(r, node, parent);
        return;
    case CMARK_NODE_LIST:
        add_list(r, node, parent);
        return;
    case CMARK_NODE_ITEM:
        add_item(r, node, parent,
                 cmark_node_get_list_tight(cmark_node_parent(node)));
        return;
    case CMARK_NODE_BLOCK_QUOTE:
        n = element(r, parent, "blockquote");
        render_blocks(r, cmark_node_first_child(node), NULL, n);
        return;
    case CMARK_NODE_CODE_BLOCK:
        n = element(r, element(r, parent, "pre"), "code");
        add_literal(r, node, n);
        return;
    case CMARK_NODE_HTML_BLOCK:
        n = element(r, parent, "p");
        add_html(r, node, n);
        if (n->children == NULL) {
            xmlUnlinkNode(n);
            xmlFreeNode(n);
        }
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        element(r, parent, "hr");
        return;
    default: /* footnote definitions come where their marks are */
        return;
    }
}

/* Siblings from..to (without to; NULL: to the end). */
static void
render_blocks(render *r, cmark_node *from, cmark_node *to, xmlNode *parent)
{
    if (from == NULL || from == to || !go_deeper(r, from))
        return;
    for (cmark_node *n = from; n && n != to && !r->failed;) {
        const holder *h = statement_of(r, n);

        if (h) {
            n = run_statement(r, n, h, parent);
        } else {
            render_block(r, n, parent);
            n = cmark_node_next(n);
        }
    }
    r->depth--;
}

/* ---------------------------------------------------------------- public */

static cmark_node *
parse(const template *t)
{
    cmark_parser *parser;
    cmark_syntax_extension *tables;
    cmark_node *root;

    cmark_gfm_core_extensions_ensure_registered();
    parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    tables = cmark_find_syntax_extension("table");
    if (tables)
        cmark_parser_attach_syntax_extension(parser, tables);
    if (t->text.len)
        cmark_parser_feed(parser, t->text.p, t->text.len);
    root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static xmlNode *
new_article(render *r)
{
    xmlNode *article = xmlNewDocNode(r->doc, NULL, TEXT("article"), NULL);

    r->ns = xmlNewNs(article, TEXT(XHTML), NULL);
    xmlSetNs(article, r->ns);
    xmlDocSetRootElement(r->doc, article);
    add_class(article, r->m->paper->entry->layout);
    if (*r->t->class)
        add_class(article, r->t->class);
    if (*r->t->numbering)
        xmlSetProp(article, TEXT("data-numbering"), TEXT(r->t->numbering));
    return article;
}

static void
add_title(render *r, xmlNode *article)
{
    const char *title = r->t->title;
    xmlNode *h1 = element(r, article, "h1");

    if (*title)
        add_text(r, title, strlen(title), NULL, h1, NULL);
    else
        xmlNodeAddContent(h1, TEXT(r->m->paper->entry->title_ja));
}

/* Front matter that contradicts the catalogue is a mistake in one of them. */
static bool
agrees(making *m, const template *t)
{
    const bn_loc at = {.file = t->path, .line = 1};
    bn_err err;

    if (*t->layout == '\0' || strcmp(t->layout, m->paper->entry->layout) == 0)
        return true;
    bn_fail(&err, BN_EFRONT, at,
            bn_arena_printf(m->job->arena, "layout: %s (%s)", t->layout,
                            m->paper->entry->layout));
    tell(m, &err);
    return false;
}

xmlDoc *
run_template(making *m)
{
    template t;
    render r = {.m = m, .t = &t, .context = m->context};
    bn_err err = {0};
    xmlNode *article;

    if (template_read(m, m->paper->entry->template, &t, &err))
        fail(&r, &err);
    if (!r.failed && agrees(m, &t)) {
        r.root = parse(&t);
        r.doc = xmlNewDoc(TEXT("1.0"));
        article = new_article(&r);
        add_title(&r, article);
        render_blocks(&r, cmark_node_first_child(r.root), NULL, article);
        cmark_node_free(r.root);
    }
    template_free(&t);
    if (r.failed && r.doc) {
        xmlFreeDoc(r.doc);
        r.doc = NULL;
    }
    return r.doc;
}
