/*
 * pdf_object.h - numbered objects of one PDF, kept by libharu. All that knows
 * libharu's inside is in pdf_object.c (LIBHARU.md 1).
 */
#ifndef BN_PDF_OBJECT_H
#define BN_PDF_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

typedef uint32_t bn_oid; /* object number; 0: none */

typedef struct bn_objects bn_objects;

enum bn_object_kind { BN_OBJECT_FREE, BN_OBJECT_PLAIN, BN_OBJECT_STREAM };

enum bn_stream_how {
    BN_STREAM_DEFLATE, /* compressed now, with its /Filter */
    BN_STREAM_COPY,
    BN_STREAM_BORROW /* as it is; must live until the file is written */
};

/* Fails (BN_EPDF) when libharu is another version than was compiled for: its
 * structs are used. */
bn_code bn_objects_new(bn_objects **out, bn_err *err);
void bn_objects_free(bn_objects *o);

/* The first thing libharu complained about, as BN_EPDF. */
bn_code bn_objects_status(const bn_objects *o, bn_err *err);

/* A dictionary without entries; they may come later. */
bn_oid bn_object_new(bn_objects *o);
/* Add entries to a dictionary: "/Key value" pairs, copied. */
void bn_object_add(bn_objects *o, bn_oid id, const char *entries, size_t n);
/* Formatted, for a few short entries. No %f: it follows the locale. */
void bn_object_addf(bn_objects *o, bn_oid id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Make it a stream. */
void bn_object_stream(bn_objects *o, bn_oid id, const void *bytes, size_t n,
                      enum bn_stream_how how);
/* A page at the end of the document, and its content stream. Returns 0 when
 * libharu has failed. */
bn_oid bn_object_page(bn_objects *o, bn_oid *content);
bn_oid bn_object_catalog(const bn_objects *o);

/*
 * Objects numbered behind all others, printed when the file is written: for
 * structure elements, of which there are too many for a dictionary each.
 * Returns the number of the first. print writes the whole value of number i.
 */
typedef void bn_tail_print(void *user, uint32_t i, bn_buf *out);
bn_oid bn_objects_tail(bn_objects *o, uint32_t n, bn_tail_print *print,
                       void *user);

/* For the serializer. */
uint32_t bn_objects_count(const bn_objects *o); /* highest number + 1 */
enum bn_object_kind bn_object_kind(const bn_objects *o, bn_oid id);
/* Its value; of a stream the dictionary with its /Length. */
bn_code bn_object_print(bn_objects *o, bn_oid id, bn_buf *out, bn_err *err);
const char *bn_object_bytes(const bn_objects *o, bn_oid id, size_t *n);
/* zlib at the one level used everywhere. */
void bn_objects_deflate(bn_objects *o, const void *bytes, size_t n,
                        bn_buf *out);

#endif
