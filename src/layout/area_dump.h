/* area_dump.h - what the files of the area dump share; nobody else includes
 * it. */
#ifndef BN_LAYOUT_AREA_DUMP_H
#define BN_LAYOUT_AREA_DUMP_H

#include "layout/layout.h"

typedef struct bn_destination {
    int32_t page; /* from 0 */
    size_t number;
} bn_destination;

typedef struct bn_dump {
    bn_buf *out;
    const bn_sink *sink;
    const bn_doc_info *info;
    bool in_sequence;
    bool leftward;          /* what is written runs from right to left */
    bn_destination *places; /* by page; NULL before the first page */
    size_t next_place;
} bn_dump;

/* ---- area_traits.c: attributes, each with a blank before it */
void bn_dump_string(bn_dump *d, const char *name, const char *value);
void bn_dump_len(bn_dump *d, const char *name, bn_len value);
void bn_dump_nonzero(bn_dump *d, const char *name, bn_len value);
void bn_dump_true(bn_dump *d, const char *name, bool value);
void bn_dump_color(bn_dump *d, const char *name, const bn_fo *fo, bn_prop p,
                   uint32_t argb);
const char *bn_dump_style(uint8_t style);
void bn_dump_box(bn_dump *d, const bn_box *box, const bn_fo *fo, bn_len ipd,
                 bn_len bpd);
void bn_dump_sizes(bn_dump *d, const bn_area *a, bn_len ipd, bn_len bpd);
const char *bn_dump_producer(const bn_area *a);
void bn_dump_traits(bn_dump *d, const bn_area *a);
void bn_dump_ctm(bn_dump *d, const bn_area *ref, uint8_t outside, bn_len x,
                 bn_len y);

#endif
