/* internal.h - private to compare: reading provisions. */
#ifndef BN_COMPARE_INTERNAL_H
#define BN_COMPARE_INTERNAL_H

#include "compare/compare.h"

/* The text of an element but for ruby readings. */
void bn_add_text(const bn_node *n, bn_buf *out);
/* Copy without white space at the edges, runs of it folded. */
const char *bn_tidy(bn_arena *a, bn_buf *b);
/* Full-width digits as half width, so that ７ and 7 are one address. */
const char *bn_plain_digits(bn_arena *a, const char *s);
/* Is the text ［略］ or the like? */
bool bn_is_left_out(const char *text);

/* The provisions of a rule book as content (article of a Markdown text). */
void bn_provisions_of_article(bn_arena *a, const bn_node *root,
                              bn_provisions *out);

#endif
