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

typedef struct template
{
    const char *path;
    uint32_t file; /* number in the source, for places */
    /* Front matter, with placeholders as characters; "" when not said. */
    const char *title, *layout, *numbering, *editions, *class;
    size_t lines; /* of front matter: what Markdown's line numbers lack */
    bn_buf text;  /* Markdown with placeholders as characters */
    BN_VEC(holder) holders;
}
template;

/* Characters of planes 15 and 16 that no template may hold itself. */
#define HOLDER_FIRST 0xF0000u
#define HOLDER_LAST 0xFFFFDu
#define SEPARATOR 0x100000u /* parts Japanese punctuation from * and _ */

enum {
    TEMPLATE_BYTES = 4 << 20,
    COLUMNS_MAX = 64,    /* of a table */
    FOOTNOTES_MAX = 1000 /* marks in one document */
};

/*
 * Read a template: front matter, then text with each {{…}} replaced.
 *
 * Errors with line and column: BN_EFRONT, BN_EPLACEHOLDER, BN_ECOLUMNS,
 * BN_EFOOTNOTES, BN_EPRIVATE and those of reading.
 */
bn_code template_read(making *m, const char *path, template *out, bn_err *err);
void template_free(template *t);

/* The holder of a character; NULL when it is none. */
const holder *template_holder(const template *t, uint32_t cp);
bool holder_is_block(const holder *h);

#endif
