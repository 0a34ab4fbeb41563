/* trace.h - private to pipeline: on which page each field of a paper stands. */
#ifndef BN_PIPELINE_TRACE_H
#define BN_PIPELINE_TRACE_H

#include "content/content.h"
#include "layout/area.h"

/* The pages of a paper as they leave layout, and the fields that it shows. */
typedef struct bn_trace bn_trace;

/* In arena a. */
bn_trace *bn_trace_new(bn_arena *a);

/* Note what stands on a finished page. */
void bn_trace_page(bn_trace *t, const bn_area *page);

/*
 * The fields of a paper, worked out once more from its entry; before the
 * pages or after them.
 */
bn_code bn_trace_fields(bn_trace *t, const bn_content_job *job, bn_tree *input,
                        const bn_paper *paper, bn_msgs *msgs);

/*
 * A line a value, columns parted by tabs under a line of heads: document,
 * provision, field, label, value as it is printed, page (from 1; empty when
 * the value is not on paper), place in the data.
 */
void bn_trace_write(const bn_trace *t, bn_source *s, bn_buf *out);

#endif
