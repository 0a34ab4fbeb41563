/* template.h - private to content: a Markdown template before it is parsed. */
#ifndef BN_CONTENT_TEMPLATE_H
#define BN_CONTENT_TEMPLATE_H

#include "base/vec.h"
#include "content/internal.h"

typedef enum holder_kind {
    HOLDER_VALUE, /* {{ XPath }} */
    HOLDER_BLANK, /* {{ blank: XPath }} */
    HOLDER_EACH,
    HOLDER_IF,
    HOLDER_DIV,
    HOLDER_ELSE,
    HOLDER_END_EACH,
    HOLDER_END_IF,
    HOLDER_END_DIV
} holder_kind;

/* What one {{…}} says; stands in the text as one private-use character. */
typedef struct holder {
    holder_kind kind;
    const char *expression; /* XPath; of a div its classes; "" none */
    bn_loc at;
} holder;

/* Where lines of the Markdown text come from: those from `first` (counted from
 * 1) on are the lines of a file from `line` on. */
typedef struct stretch {
    uint32_t first, line;
    uint32_t file; /* number in the source, for places */
    const char *path;
} stretch;

typedef struct template
{
    const char *path;
    /* Front matter, with placeholders as characters; "" when not said. */
    const char *title, *layout, *numbering, *editions, *class;
    bn_buf text; /* Markdown with placeholders as characters */
    uint32_t lines; /* of text, so far */
    BN_VEC(stretch) stretches;
    BN_VEC(holder) holders;
}
template;

/* Characters of planes 15 and 16 that no template may hold itself. */
#define HOLDER_FIRST 0xF0000u
#define HOLDER_LAST 0xFFFFDu
#define SEPARATOR 0x100000u /* parts Japanese punctuation from * and _ */

enum {
    TEMPLATE_BYTES = 4 << 20,
    INCLUDES_DEEP = 16,
    COLUMNS_MAX = 64,    /* of a table */
    FOOTNOTES_MAX = 1000 /* marks in one document */
};

/*
 * Read a template: front matter, then text with each {{…}} replaced and each
 * line {{> NAME}} replaced by the template of that name, without its front
 * matter, as if its lines stood there (with what is before {{ on that line
 * before each).
 *
 * Errors with line and column: BN_EFRONT, BN_EPLACEHOLDER, BN_ECOLUMNS,
 * BN_EFOOTNOTES, BN_EPRIVATE, BN_EINCLUDE, BN_EINCLUDELOOP, BN_ETOOBIG and those
 * of reading.
 */
bn_code template_read(making *m, const char *path, template *out, bn_err *err);
void template_free(template *t);

/* The holder of a character; NULL when it is none. */
const holder *template_holder(const template *t, uint32_t cp);
bool holder_is_block(const holder *h);

/* Where a line of the text stands in its file, and that file's number. */
bn_loc template_line(const template *t, uint32_t line, uint32_t *file);

#endif
