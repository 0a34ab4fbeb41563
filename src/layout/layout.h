/* layout.h - objects and lines become pages of areas. */
#ifndef BN_LAYOUT_LAYOUT_H
#define BN_LAYOUT_LAYOUT_H

#include "base/buf.h"
#include "fo/fo.h"
#include "image/image.h"
#include "layout/area.h"

typedef struct bn_layout_options {
    bn_fonts *fonts;
    bn_images *images;
    const char *base;     /* folder that relative URLs start from */
    uint8_t missing_warn; /* a missing glyph is a warning */
    /* How long the composing of lines took is added to *lines_seconds, by
     * this clock; NULL: not measured. */
    double (*seconds)(void);
    double *lines_seconds;
    /* Make the pages of the last pass anew although they were kept: the same
     * pages, for tests. */
    uint8_t keep_no_pages;
} bn_layout_options;

/*
 * Set a document: pages go to the sink in order. Forward page citations are
 * resolved by repeated passes, at most four (DESIGN 5).
 *
 * Wrong tables and missing images become warnings and the run goes on; a
 * missing glyph is an error (BN_EGLYPH) that lets the pass finish, so that
 * all are reported, and then fails.
 */
bn_code bn_layout(bn_fo_tree *t, const bn_layout_options *o, bn_sink *sink,
                  bn_msgs *msgs);

/* A sink that writes the area tree as Apache FOP's area tree XML (FO.md 2)
 * into out; free its state with bn_area_dump_free. */
void bn_area_dump_sink(bn_sink *sink, bn_buf *out);
void bn_area_dump_free(bn_sink *sink);

/* A sink that writes each line of text as it was composed (--dump=lines):
 * page, line number, x, width, adjustment, text. */
void bn_lines_dump_sink(bn_sink *sink, bn_buf *out);
void bn_lines_dump_free(bn_sink *sink);

#endif
