/* markdown.h - private to content: a template while it becomes content. */
#ifndef BN_CONTENT_MARKDOWN_H
#define BN_CONTENT_MARKDOWN_H

#include <cmark-gfm.h>

#include "content/internal.h"
#include "content/template.h"

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

/* Tell an error and stop. */
void md_fail(render *r, const bn_err *err);
void md_fail_at(render *r, bn_code code, bn_loc at, const char *arg);

/* Markdown's line counted in the file. */
bn_loc md_line_of(const render *r, cmark_node *node);

xmlNode *md_element(render *r, xmlNode *parent, const char *name);
/* Places of a template count lines (bn_source_locate). */
void md_set_line(const render *r, xmlNode *node, cmark_node *from);

/* One level deeper; false after telling when that is too deep, or something
 * failed. The caller counts r->depth down. */
bool md_go_deeper(render *r, cmark_node *node);

/* Template text with its placeholders, into parent; or into out when parent
 * is NULL (attributes, addresses of links). */
void md_add_text(render *r, const char *s, size_t n, cmark_node *from,
                 xmlNode *parent, bn_buf *out);
void md_add_literal(render *r, cmark_node *node, xmlNode *parent);
/* Raw HTML is shown as text; a comment says nothing to the reader. */
void md_add_html(render *r, cmark_node *node, xmlNode *parent);

/* {#id .class} at the end of a heading; at the start of a paragraph or list
 * item: onto node, and off the text. */
void md_take_tail(render *r, cmark_node *heading, xmlNode *node);
void md_take_head(render *r, cmark_node *paragraph, xmlNode *node);

/* A link that is ruby or a span by its address; false: it is neither. */
bool md_add_span(render *r, cmark_node *node, const char *url,
                 xmlNode *parent);

/* The inlines of a node into parent. */
void md_render_inlines(render *r, cmark_node *parent_node, xmlNode *parent);

#endif
