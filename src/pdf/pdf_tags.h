/* pdf_tags.h - the structure tree: which text belongs to what. */
#ifndef BN_PDF_TAGS_H
#define BN_PDF_TAGS_H

#include <stdbool.h>

#include "layout/area.h"
#include "pdf/pdf_object.h"

typedef struct bn_tags bn_tags;

#define BN_NO_KEY UINT32_MAX

bn_tags *bn_tags_new(void);
void bn_tags_free(bn_tags *t);

/* The element that content of s belongs to, made with its ancestors when it
 * was not there; elements stand in the order in which they are first asked
 * for. s NULL: the document. */
uint32_t bn_tags_element(bn_tags *t, const bn_struct *s);
/* A paragraph for content that nobody said anything of. */
uint32_t bn_tags_paragraph(bn_tags *t, uint32_t parent);
/* Is content of s no part of the text? */
bool bn_tags_artifact(const bn_struct *s);
/* Does s stand in the tree even when it is empty? */
bool bn_tags_keeps(const bn_struct *s);
bool bn_tags_is_document(uint32_t element);
/* PDF name, for the operators. */
const char *bn_tags_name(const bn_tags *t, uint32_t element);
void bn_tags_alt(bn_tags *t, uint32_t element, const char *alt);
bool bn_tags_has_alt(const bn_tags *t, uint32_t element);
/* Grows the rectangle of a figure. */
void bn_tags_bbox(bn_tags *t, uint32_t element, const int64_t rect[4]);
/* A link in what is no part of the text (a running head): it must stand in
 * the tree all the same (PDF/UA-1 7.18.1). */
uint32_t bn_tags_stray_link(bn_tags *t);
/* A form field's own element. */
uint32_t bn_tags_form(bn_tags *t, const char *alt);

/* Keys in the ParentTree: of a page, and of an annotation. */
uint32_t bn_tags_page(bn_tags *t, bn_oid page);
uint32_t bn_tags_mark(bn_tags *t, uint32_t element); /* the MCID */
uint32_t bn_tags_object(bn_tags *t, uint32_t element, bn_oid object,
                        bn_oid page);

/* Adds root, elements and ParentTree to the objects; t must live until they
 * are written. Returns the StructTreeRoot. */
bn_oid bn_tags_finish(bn_tags *t, bn_objects *o);

#endif
