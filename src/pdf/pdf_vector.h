/* pdf_vector.h - what the files that write vector pictures share. Private to
 * pdf. */
#ifndef BN_PDF_VECTOR_H
#define BN_PDF_VECTOR_H

#include "pdf/pdf_doc.h"

/* a x b: first a, then b. */
void bn_matrix_multiply(const double a[6], const double b[6], double out[6]);

/* A pattern; matrix goes from the operation's units to the form. opacity: of
 * the stops, as greys. */
bn_oid bn_pdf_gradient(bn_pdf *pdf, const bn_gradient *g,
                       const double matrix[6], bool opacity);
/* Do the stops differ in opacity? */
bool bn_gradient_fades(const bn_gradient *g);
/* A graphics state /M<id> in which a form is the mask of what is painted. */
bn_oid bn_pdf_soft_mask(bn_pdf *pdf, bn_oid form, bool by_alpha);

#endif
