/* pdf.h - an area tree as tagged PDF 1.7 (to PDF/A-2u and PDF/UA-1). */
#ifndef BN_PDF_PDF_H
#define BN_PDF_PDF_H

#include "base/buf.h"
#include "layout/area.h"

typedef struct bn_pdf_options {
    const char *producer; /* "bunsho 0.1" */
    const char *creator;
    const char *title; /* when the document itself says none */
    const char *date;  /* ISO 8601 date (or date-time) for both dates;
                          NULL: none is written */
    bn_digest id;      /* /ID: digest of the input */
    bool tagged;
    bool signature_field; /* an empty signature field on page one */
} bn_pdf_options;

/*
 * A sink that makes a PDF. Pages are deflated as they come and nothing of a
 * page is kept. After the layout has ended well, bn_pdf_write appends the
 * file to out. bn_pdf_free in any case.
 *
 * Errors BN_EPDF (a libharu failure, a limit of the format).
 */
typedef struct bn_pdf bn_pdf;

bn_code bn_pdf_new(const bn_pdf_options *o, bn_sink *sink, bn_pdf **out,
                   bn_err *err);
bn_code bn_pdf_write(bn_pdf *pdf, bn_buf *out, bn_err *err);
void bn_pdf_free(bn_pdf *pdf);

/* Lines "library version", for --version. */
void bn_pdf_versions(bn_buf *out);

#endif
