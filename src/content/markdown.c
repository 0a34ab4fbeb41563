/* markdown.c - a Markdown template, parsed by cmark-gfm, becomes content:
 * blocks, and the statements that stand among them. */
#include "content/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define TEXT(s) ((const xmlChar *)(s))

static void render_blocks(render *r, cmark_node *from, cmark_node *to,
                          xmlNode *parent);

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
                md_fail_at(r, BN_EBLOCK, s->at, "else");
                return NULL;
            }
            if (depth == 0)
                *other = n;
        } else if (depth-- == 0) {
            if (s->kind == closing(h->kind))
                return n;
            md_fail_at(r, BN_EBLOCKEND, s->at, h->expression);
            return NULL;
        }
    }
    md_fail_at(r, BN_EBLOCKEND, h->at, h->expression);
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

    if (r->m->as_written) {
        render_blocks(r, from, to, parent);
        return;
    }
    if (bn_xpath_nodes(r->m->job->transform, r->m->job->arena, r->m->input,
                       outer, h->expression, h->at, &nodes, &n, &err)) {
        md_fail(r, &err);
        return;
    }
    if (n == 0 && r->m->job->blank) /* once, to be filled in */
        render_blocks(r, from, to, parent);
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
        md_fail_at(r, BN_EBLOCKEND, h->at, h->expression);
        return NULL;
    }
    end = find_end(r, open, h, &other);
    if (end == NULL)
        return NULL;
    if (h->kind == HOLDER_DIV) {
        parent = md_element(r, parent, "div");
        xmlSetProp(parent, TEXT("class"), TEXT(h->expression));
        render_blocks(r, first, end, parent);
    } else if (h->kind == HOLDER_EACH) {
        run_each(r, h, first, end, parent);
    } else if (r->m->as_written) { /* what it says in either case */
        render_blocks(r, first, other ? other : end, parent);
        if (other)
            render_blocks(r, cmark_node_next(other), end, parent);
    } else if (bn_xpath_true(r->m->job->transform, r->m->input, r->context,
                             h->expression, h->at, &yes, &err)) {
        md_fail(r, &err);
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
    h = md_element(r, parent, name);
    if (level == 6) {
        snprintf(data, sizeof data, "%d", level);
        xmlSetProp(h, TEXT("data-level"), TEXT(data));
    }
    md_set_line(r, h, node);
    md_take_tail(r, node, h);
    md_render_inlines(r, node, h);
}

static void
add_paragraph(render *r, cmark_node *node, xmlNode *parent)
{
    xmlNode *p = md_element(r, parent, "p");

    md_set_line(r, p, node);
    md_take_head(r, node, p);
    md_render_inlines(r, node, p);
}

/* The paragraphs of a tight item stand in it as they are. */
static void
add_item(render *r, cmark_node *node, xmlNode *parent, bool tight)
{
    xmlNode *li = md_element(r, parent, "li");
    cmark_node *child = cmark_node_first_child(node);

    md_set_line(r, li, node);
    if (tight && child && cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH) {
        md_take_head(r, child, li);
        md_render_inlines(r, child, li);
        child = cmark_node_next(child);
    }
    render_blocks(r, child, NULL, li);
}

static void
add_list(render *r, cmark_node *node, xmlNode *parent)
{
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    xmlNode *list = md_element(r, parent, ordered ? "ol" : "ul");

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
    xmlNode *tr = md_element(r, parent, "tr");
    int column = 0;

    md_set_line(r, tr, node);
    for (cmark_node *c = cmark_node_first_child(node); c && !r->failed;
         c = cmark_node_next(c), column++) {
        xmlNode *cell = md_element(r, tr, head ? "th" : "td");
        const char *align = column < columns ? alignment(aligns, column) : NULL;

        if (align)
            xmlSetProp(cell, TEXT("class"), TEXT(align));
        md_render_inlines(r, c, cell);
    }
}

static void
add_table(render *r, cmark_node *node, xmlNode *parent)
{
    cmark_node *row = cmark_node_first_child(node);
    xmlNode *table = md_element(r, parent, "table");

    md_set_line(r, table, node);
    if (row && cmark_gfm_extensions_get_table_row_is_header(row)) {
        add_row(r, row, md_element(r, table, "thead"));
        row = cmark_node_next(row);
    }
    if (row)
        render_blocks(r, row, NULL, md_element(r, table, "tbody"));
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
        n = md_element(r, parent, "blockquote");
        render_blocks(r, cmark_node_first_child(node), NULL, n);
        return;
    case CMARK_NODE_CODE_BLOCK:
        n = md_element(r, md_element(r, parent, "pre"), "code");
        md_add_literal(r, node, n);
        return;
    case CMARK_NODE_HTML_BLOCK:
        n = md_element(r, parent, "p");
        md_add_html(r, node, n);
        if (n->children == NULL) {
            xmlUnlinkNode(n);
            xmlFreeNode(n);
        }
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        md_element(r, parent, "hr");
        return;
    default: /* footnote definitions come where their marks are */
        return;
    }
}

/* Siblings from..to (without to; NULL: to the end). */
static void
render_blocks(render *r, cmark_node *from, cmark_node *to, xmlNode *parent)
{
    if (from == NULL || from == to || !md_go_deeper(r, from))
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
    add_class(article, r->m->paper->entry->layout ? r->m->paper->entry->layout
                                                  : r->t->layout);
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
    xmlNode *h1 = md_element(r, article, "h1");

    if (*title)
        md_add_text(r, title, strlen(title), NULL, h1, NULL);
    else
        xmlNodeAddContent(h1, TEXT(r->m->paper->entry->title_ja));
}

/* Front matter that contradicts the catalogue is a mistake in one of them. */
static bool
agrees(making *m, const template *t)
{
    const bn_loc at = {.file = t->path, .line = 1};
    bn_err err;

    if (m->paper->entry->layout == NULL && *t->layout == '\0') {
        bn_fail(&err, BN_EFRONT, at, "layout:");
        tell(m, &err);
        return false;
    }
    if (*t->layout == '\0' || m->paper->entry->layout == NULL || strcmp(t->layout, m->paper->entry->layout) == 0)
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
        md_fail(&r, &err);
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

bn_code
bn_template_article(const bn_content_job *job, const char *path, bn_tree **out,
                    bn_msgs *msgs)
{
    bn_entry entry = {
        .id = "", .layout = "rulebook", .title_ja = "", .template = path};
    const bn_paper paper = {.entry = &entry, .key = ""};
    making m = {.job = job,
                .paper = &paper,
                .input = bn_input_new(),
                .msgs = msgs,
                .as_written = true};
    template t;
    bn_err err = {0};

    if (template_read(&m, path, &t, &err) == BN_OK && *t.layout)
        entry.layout = t.layout; /* whatever it says */
    template_free(&t);
    *out = run_template(&m);
    if (*out)
        number_article(&m, *out);
    bn_tree_free(m.input);
    if (*out == NULL || m.code) {
        bn_tree_free(*out);
        *out = NULL;
        return m.code ? m.code : BN_EINTERNAL;
    }
    return BN_OK;
}
