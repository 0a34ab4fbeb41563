/* internal.h - private to content: trees, templates, numbering. */
#ifndef BN_CONTENT_INTERNAL_H
#define BN_CONTENT_INTERNAL_H

#include <libxml/tree.h>

#include "base/map.h"
#include "content/content.h"

#define XHTML "http://www.w3.org/1999/xhtml"

enum { NEST_MAX = 64 }; /* elements inside each other in content */

/* input.c */
void copy_places(const xmlNode *from, xmlNode *to);
/* A copy with places as last child. */
xmlNode *graft(xmlNode *parent, const xmlNode *from);
/* Elements by name; name NULL: any. */
xmlNode *first_element(const xmlNode *parent, const char *name);
xmlNode *next_element(const xmlNode *node, const char *name);
/* NULL when it is absent. */
const char *attribute(bn_arena *a, const xmlNode *node, const char *name);
bool attribute_is(const xmlNode *node, const char *name, const char *want);

/* rows.c */
void add_row_days(xmlNode *row, const xmlNode *unit);
void add_maintenance(xmlNode *row, const xmlNode *unit);
void add_case_rows(xmlNode *reg, const xmlNode *unit);

/* One paper while it is made. */
typedef struct making {
    const bn_content_job *job;
    const bn_paper *paper;
    bn_tree *input;
    bn_node *context; /* item, else unit */
    bn_msgs *msgs;
    bn_code code; /* the first error */
    struct blanks *blanks; /* NULL: nobody asks */
    bool as_written; /* placeholders stand for themselves */
} making;

/* blanks.c: note a placeholder without value; where XPath starts. */
void note_blank(making *m, const xmlNode *context, const char *expression,
                bn_loc at);

/* content.c: run a paper's template for what is blank in it. */
void look_at_template(const bn_content_job *job, bn_tree *input,
                      const bn_paper *paper, struct blanks *blanks,
                      bn_msgs *msgs);

/* What people type where something is still to be filled in; NULL: not here. */
const char *leftover_in(const char *text);

/* Tell R151 (or a like rule of the content): an error, a warning in draft. */
void tell_rule(making *m, const char *rule, const char *provision,
               const char *text, bn_loc at);
/* Tell an error and keep its code. */
void tell(making *m, const bn_err *err);

/* fields.c: <document> with the values of its fields, last child of input. */
xmlNode *fill_entry(making *m);

/* The first date of a row of a group, as it is filled in; NULL: none. Its
 * owner frees it. */
xmlChar *row_date(making *m, const xmlNode *group, bn_node *row);

/* template.c: content by the Markdown template of the entry. */
xmlDoc *run_template(making *m);

/* numbering.c: numbers, citations, references of an article. */
void number_article(making *m, xmlDoc *content);

/* law_links.c: citations in a law's text become links. */
void link_law(making *m, xmlDoc *content);

/* The place nearest to a node of content: its data-at or an ancestor's. */
bn_loc content_place(const xmlNode *node);
/* Has the element this class? */
bool has_class(const xmlNode *node, const char *name);
void add_class(xmlNode *node, const char *name);

/* input.c: rows of the register. ROW_KINDS: of no kind that has an order. */
enum { ROW_CERTIFICATE, ROW_DOCUMENT, ROW_GUIDANCE, ROW_KINDS };
size_t row_kind(const char *name);
xmlNode *put_row(xmlNode *reg, bn_rows *rows, size_t kind, const xmlNode *from);
xmlNode *register_of(bn_tree *input);

#endif
