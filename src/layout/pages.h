/* pages.h - page masters, page-sequences and what they keep while their pages
 * are made. Private to the files that make pages. */
#ifndef BN_LAYOUT_PAGES_H
#define BN_LAYOUT_PAGES_H

#include "layout/internal.h"

enum { BN_REGIONS = 5 };

/* A region: enum bn_region says which. Physical, from the page's corner. */
typedef struct bn_region_box {
    const bn_fo *fo; /* NULL: not there */
    const char *name;
    bn_len x, y, w, h; /* border rectangle */
    int rotate;
    uint8_t mode;
    const bn_box *box;
} bn_region_box;

typedef struct bn_geometry {
    const bn_fo *master;
    const char *name;
    bn_len width, height;
    bn_region_box region[BN_REGIONS];
    int32_t columns;
    bn_len gap;
    bool turned; /* by 90 or 270 degrees, with all regions */
} bn_geometry;

/* Where a page-sequence-master has got to. */
typedef struct bn_master_state {
    const bn_fo *part;
    int32_t used;
} bn_master_state;

typedef struct bn_page_kind {
    bool first, last, blank, odd;
} bn_page_kind;

/* A note (rest) that waits for the next page; oldest first. */
typedef struct bn_carry {
    const bn_fo *fo;
    const bn_token *from;
    struct bn_carry *next;
} bn_carry;

struct bn_flow {
    const bn_fo *seq, *flow;
    bn_master_state master;
    const bn_geometry *g;
    int32_t page_no;
    uint32_t page_count; /* made in this sequence */
    const char *page_text;
    bn_map *geometries; /* master id -> bn_geometry, in seq */
    bn_carry *carry;
    bn_len note_ipd;
    bn_len separator[2]; /* heights, of notes and of floats; -1 not known */
    uint32_t serial;  /* of the page being made: notes are kept for it */
    bool has_spans;
};

/* The master for the next page (state moves on), NULL after an error. */
const bn_geometry *bn_master_pick(bn_ctx *c, bn_master_state *state,
                                  bn_page_kind kind);

/* body.c: the region-body of one page. */
typedef struct bn_body {
    bn_area *region;
    const bn_token *next; /* where the flow goes on */
    bool finished;
    bn_keyword break_kind;
    bn_carry *carry;
} bn_body;
bn_body bn_body_make(bn_ctx *c, const bn_geometry *g, const bn_token *from,
                     bool flow_done);
bn_area *bn_region_area(bn_ctx *c, const bn_geometry *g, enum bn_region r);

/* footnote.c */
/* The marker of a class that a retrieve at this position takes of those in an
 * area and what follows it. */
const bn_fo *bn_marker_among(bn_ctx *c, const bn_area *areas, const char *name,
                             bn_keyword position);
/* Floats among them into the area at the head of the page; its height. */
bn_len bn_floats_place(bn_ctx *c, bn_area *head, const bn_note *notes,
                       bn_len room, bn_carry **carry);
void bn_notes_place(bn_ctx *c, bn_area *feet, const bn_note *notes, bn_len room,
                    bn_len height, bn_carry **carry);
const bn_note *bn_notes_carried(bn_ctx *c, const bn_carry *carry,
                                bn_len *height);

/* static_content.c */
void bn_static_regions(bn_ctx *c, const bn_geometry *g, bn_area *page,
                       bn_area *body);

/* marker.c */
void bn_markers_free(bn_ctx *c);
void bn_markers_page(bn_ctx *c, const bn_area *body);
void bn_markers_turn(bn_ctx *c);
void bn_markers_sequence(bn_ctx *c);

/* citations.c */
void bn_cites_page(bn_ctx *c, const bn_area *page, uint32_t index,
                   const char *text);
void bn_cites_object(bn_ctx *c, const bn_fo *fo, uint32_t index,
                     const char *text);
void bn_cites_turn(bn_ctx *c);
bool bn_cites_any(const bn_fo *fo, bool links);
void bn_cites_free(bn_ctx *c);
/* Links and bookmarks that lead nowhere, when all pages are known. */
void bn_cites_tell_dangling(bn_ctx *c, const bn_fo *parent);
int32_t bn_cites_page_of(bn_ctx *c, const char *id);

/* outline.c */
/* A property's text; NULL where it is empty or none. */
const char *bn_said(const bn_fo *fo, bn_prop p);
/* The text of an object, without footnotes and ruby; in c->doc. */
const char *bn_fo_plain_text(bn_ctx *c, const bn_fo *fo);
/* fo:bookmark-tree, then the objects with axf:outline-level; NULL: none. */
const bn_bookmark *bn_outline(bn_ctx *c);

/* citing.c: what paragraphs with citations came out as, for a pass. */
void bn_citings_begin(bn_ctx *c);
void bn_citings_free(bn_ctx *c);
/* Do the pages stand with the page numbers that the pass found? keep: its
 * pages are kept; bn_citings_set then sets the lines of one as they are with
 * these numbers. */
bool bn_citings_hold(bn_ctx *c, bool keep);
void bn_citings_set(bn_ctx *c, bn_area *page);

/* kept_pages.c: pages of a pass that may turn out to be the last. */
void bn_kept_begin(bn_ctx *c);
bool bn_kept_on(const bn_ctx *c);
void bn_kept_stop(bn_ctx *c);
void bn_kept_sequence(bn_ctx *c, const bn_sequence_info *info);
void bn_kept_page(bn_ctx *c, bn_area *page);
bn_code bn_kept_emit(bn_ctx *c, bn_err *err);

/* sequence.c: all pages of a page-sequence. */
bn_code bn_sequence_pages(bn_ctx *c, const bn_fo *seq, const bn_fo *next_seq,
                          bool emit, bn_err *err);

#endif
