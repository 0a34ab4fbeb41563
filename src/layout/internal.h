/*
 * internal.h - how the parts of layout work together. Private to src/layout.
 *
 * A *stack* (bn_stack) is a column being filled: a page column, a table cell,
 * the inside of a block-container. Block-level objects are laid out by
 * functions of one shape, bn_part: they place things in the stack from a
 * token on (NULL: from their start) and say how it ended:
 *
 *   BN_DONE    all placed.
 *   BN_BROKEN  the column ends here; *next says where to go on. The areas of
 *              what was placed are closed and stay.
 *   BN_FULL    something did not fit, and the break is to be before something
 *              placed earlier. Who called takes back what was placed and lays
 *              out again up to that break: bn_lay_part does this, nobody else
 *              needs to think of it. Return at once, close nothing.
 *
 * Every place where a break may come is offered (bn_offer) with the strength
 * of the keeps across it; the weakest, then the latest offer wins when
 * something does not fit. So an object never decides by itself where the page
 * ends; layout must be deterministic, because parts are run again.
 */
#ifndef BN_LAYOUT_INTERNAL_H
#define BN_LAYOUT_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "fo/fo.h"
#include "layout/area.h"
#include "layout/layout.h"
#include "text/text.h"

enum {
    BN_NO_LIMIT = BN_LEN_MAX / 2,
    BN_KEEP_ALWAYS = INT32_MAX,
    BN_SQUEEZE_WHOLE = 1000000
};

typedef enum bn_status { BN_DONE, BN_BROKEN, BN_FULL } bn_status;

/* ------------------------------------------------------------- context */

typedef struct bn_flow bn_flow; /* what a page-sequence keeps; flow.c */

/* A reference area whose content is being laid out, or a table. */
typedef struct bn_frame {
    const bn_fo *fo;
    bn_len ipd;
    const struct bn_frame *outer;
} bn_frame;

typedef struct bn_ctx {
    bn_fo_tree *tree;
    const bn_layout_options *o;
    bn_sink *sink;
    bn_msgs *msgs;     /* of this pass */
    bn_arena *doc;     /* lives as long as the document */
    bn_arena *seq;     /* as long as the page-sequence */
    bn_arena *page;    /* areas and tokens: two arenas that take turns, so
                        what a page made lives until the next is done */
    bn_arena *lines;   /* shaped paragraphs; dropped between pages when it
                        has grown (cached lines are then made again) */
    size_t lines_live; /* of them, those that this page asked for */
    uint32_t turn;     /* of the page arenas, from 1 */
    bn_map *paras;     /* fo id and width -> cached lines, in lines */
    bn_struct ***tags; /* fo id -> bn_struct, in doc: a table of tables */
    size_t ntags;
    bn_flow *flow;
    const bn_frame *frame;      /* innermost */
    struct bn_citings *citings; /* paragraphs that cite; citing.c */
    struct bn_kept *kept;       /* pages of this pass; kept_pages.c */
    struct bn_cites *cites; /* id -> page, of this pass and the one before */
    bn_map *styles;         /* inherited properties -> bn_text_style, in doc */
    bn_map *slots;          /* bn_slot, in seq */
    uint8_t writing_mode;
    uint8_t artifact;  /* making a running head, foot, repeated head */
    int32_t squeeze;   /* of the next stack that bn_lay_inside fills */
    uint8_t measuring; /* a trial to know a height: overflow is not told */
    struct bn_markers *markers;
    const struct bn_table_page *table_page; /* whose head or foot is laid out */
    bn_arena *other_page, *first_page;
    bn_mark page_mark[2], lines_mark;
    uint32_t page_index;    /* of the document, from 0 */
    int32_t last_number;    /* of the page before */
    uint32_t pass;          /* from 1 */
    uint8_t glyphs_missing; /* the pass goes on, the run fails */
    bn_code fatal;          /* first error that must end the run */
} bn_ctx;

/* ------------------------------------------------------ tokens, stacks */

/* Where a broken object goes on. In ctx->page. */
typedef struct bn_token {
    const bn_fo *fo;              /* the object that was broken */
    const bn_fo *child;           /* go on with this child (may be NULL) */
    const struct bn_token *inner; /* inside it; NULL: from its start */
    const struct bn_token *label; /* of a list item: the rest of its label */
    uint32_t n;                   /* the object's own: line, row … */
    void *data;                   /* the object's own, in ctx->page */
    uint32_t nbytes; /* of data; 0: it is a table's, which holds tokens */
} bn_token;

/* A token that was no use on this page, for the next: what the page before
 * made is gone by then. In ctx->page. */
const bn_token *bn_token_again(bn_ctx *c, const bn_token *t);

/* A footnote called in what was placed; newest first. */
typedef struct bn_note {
    const bn_fo *fo;      /* fo:footnote-body */
    bn_len bpd;           /* height it takes */
    bn_len least;         /* height of its first line */
    const bn_token *from; /* the rest of it, carried from the page before */
    bn_area *area;        /* as laid out on this page */
    const struct bn_note *older;
} bn_note;

/* A side float that was placed; newest first. Lengths from the stack. */
typedef struct bn_side_float {
    bn_len top, bottom;
    bn_len reach; /* how far from its side of the stack it reaches */
    bool at_end;
    const struct bn_side_float *older;
} bn_side_float;

/* What floats take at some height, and down to where that is so. */
typedef struct bn_beside {
    bn_len start, end, until;
} bn_beside;

/* A space-specifier (XSL 1.1 4.3). */
typedef struct bn_space {
    bn_len min, opt, max;
    int32_t precedence; /* INT32_MAX: force */
    uint8_t retain;     /* conditionality */
} bn_space;

/* An area that is open: what is placed goes into it. On the C stack of the
 * function that opened it. */
typedef struct bn_open {
    bn_area *area;
    const bn_fo *fo;
    struct bn_open *outer;
    bn_len x, y; /* its content rectangle's corner, from the stack's
                    (y holds once something was placed) */
    /* As they were when it was opened. */
    uint32_t placed;
    int32_t together;
    bn_len reserved;
    bn_len step;
    uint8_t continued; /* from the column before */
} bn_open;

typedef struct bn_stack {
    bn_len ipd, bpd;                /* of the reference area; bpd: 0 when it
                                       is not known beforehand */
    bn_len room;                    /* height there is, or BN_NO_LIMIT */
    bn_len reserved;                /* of it, for repeated table footers */
    bn_len y;                       /* end of what was placed */
    bn_open *open;                  /* innermost open area; never NULL */
    const struct bn_event *pending; /* spaces, openings, closings not yet
                            resolved; spaces.c */
    const struct bn_side_float *floats; /* newest first */
    const bn_note *notes;
    bn_len notes_bpd;  /* height of them, separator included */
    uint32_t placed;   /* things placed so far */
    int32_t together;  /* keep-together of the objects that are open */
    bn_len beside;     /* something beside reaches down to here: rather no break
                         above */
    bn_len step;       /* of the grid that lines stand on; 0: none */
    bn_len grid_at;    /* the stack begins so far below a line of the grid */
    bn_len gap;        /* before what is placed next, to bring it there */
    uint8_t at_edge;   /* nothing placed yet: leading spaces are subject to
                         conditionality */
    uint8_t beginning; /* leading spaces likewise, though it is no edge: the
                          body of a list item stands level with its label */
    int32_t squeeze;   /* how far spaces give way to their minimum, of
                         BN_SQUEEZE_WHOLE */
    uint8_t solid;     /* something of some height was placed */
    uint8_t spill;     /* the next thing must be placed though it overflows */
    uint8_t spilled;   /* that happened: end the column at the next offer */
    uint8_t inside;    /* not a page column: a cell, a container … */
    uint8_t by_line;   /* what is laid out ends behind its next line, as if the
                          column did (a block in an inline) */
    int32_t line_keep; /* strength of the keeps that this broke */
    /* Offers of breaks. */
    uint32_t offers; /* made so far */
    uint32_t best;   /* number of the best (from 1); 0 none */
    int32_t best_keep;
    uint32_t stop_at;   /* end the column at this offer; 0: none */
    uint8_t break_kind; /* bn_keyword of a forced break that ended it:
                           BN_K_COLUMN, BN_K_PAGE …; 0 none. Set with
                           BN_BROKEN. */
    /* Of a page's columns only: spans are watched; what the column is; it
     * ended because the next object spans otherwise. */
    uint8_t spans, span_all, change_span;
    uint8_t page_goes_on; /* keeps within the page do not matter at its end */
    uint8_t one_column;   /* a column break is a page break */
    uint8_t notes_off;    /* notes take no room of it */
} bn_stack;

/* Lay out one thing into st. next is set only with BN_BROKEN. */
typedef bn_status bn_part(bn_ctx *c, bn_stack *st, const void *what,
                          const bn_token *from, const bn_token **next);

/*
 * Lay out the next part of a sequence (a child, a row): offer a break before
 * it, run it, take it back when the break must be earlier in it or before it.
 *
 * keep  strength of the keeps between it and what came before (without those
 *       of open objects), or BN_NO_OFFER for the first of its siblings.
 * Returns as a part does; BN_BROKEN with *next NULL: broken before the part.
 */
enum { BN_NO_OFFER = -1 };
bn_status bn_lay_part(bn_ctx *c, bn_stack *st, bn_part *part, const void *what,
                      int32_t keep, const bn_token *from,
                      const bn_token **next);

/* A break may come here. True: it does; return BN_BROKEN with a token that
 * goes on from here. (False and ignored while nothing is placed.) */
bool bn_offer(bn_stack *st, int32_t keep);

/*
 * Room for a thing of height bpd that calls notes (may be NULL): resolves the
 * pending spaces, moves on and returns BN_DONE with *y set to its top, from
 * the content top of the innermost open area; or BN_FULL.
 * at  for the message when it must be placed though it is too high.
 */
bn_status bn_put(bn_ctx *c, bn_stack *st, bn_len bpd, const bn_note *notes,
                 bn_place at, bn_len *y);

/*
 * The grid of lines (grid.c). begin: a stack has the grid of a flow, `at`
 * below its first line; begin_new: one of its own if fo asks for it.
 * gap: what the next line of fo, or block that ended at `end` with its border
 * edge at `top`, is to be moved down by.
 */
void bn_grid_begin(bn_stack *st, const bn_fo *fo, bn_len at);
void bn_grid_begin_new(bn_stack *st, const bn_fo *fo);
bn_len bn_grid_gap(const bn_stack *st, const bn_fo *fo);
bool bn_grid_snaps(const bn_fo *fo);
bn_len bn_grid_block_gap(const bn_stack *st, const bn_fo *fo, bn_len top,
                         bn_len end);

/* Fill a stack of its own into area `into` (its bpd: when it is known), whose
 * open frame is o. */
void bn_stack_begin(bn_stack *st, bn_open *o, bn_area *into, bn_len room);
/* Run a part in it: takes back and runs again up to the best break when it is
 * full. top: something must be placed even if it is too high; else BN_FULL
 * when nothing fits. Settles the trailing spaces. */
bn_status bn_stack_run(bn_ctx *c, bn_stack *st, bool top, bn_part *part,
                       const bn_fo *fo, const bn_token *from,
                       const bn_token **next);

/* Settle the pending spaces now: what follows does not join with them. */
void bn_stack_fence(bn_stack *st);
/* The same where trailing spaces are subject to conditionality. */
void bn_stack_finish(bn_stack *st);

/* Where the next thing would start; top of the innermost open content. */
bn_len bn_stack_end_of(const bn_stack *st);
bn_len bn_stack_open_y(const bn_stack *st);

/* Height left below the pending spaces as they would be resolved now. */
bn_len bn_room(const bn_stack *st);

/* A block-level object by its type: block, table, list-block … (bn_part). */
bn_part bn_lay_object;
/* The children of an object one after another, breaks and keeps between them
 * seen to. what: const bn_fo *. Text and inline children make paragraphs. */
bn_part bn_lay_children;

/* ----------------------------------------------------------- block areas */

/*
 * Open the block area of an object: its space-before, borders, padding,
 * indents within st->ipd; id, tag and markers. continued: it goes on from a
 * token, so what is discarded at a break is left away. Adds keep-together to
 * st->together. The area's ipd is the content width.
 */
void bn_block_open(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool continued,
                   bn_open *o);
/* The same with a content width and start edge of the caller's choice (tables
 * with a width, cells): start is from the reference area to the border edge. */
void bn_block_open_at(bn_ctx *c, bn_stack *st, const bn_fo *fo, bool continued,
                      bn_len start, bn_len ipd, const bn_box *box, bn_open *o);
/* Close it; finished: it does not go on in the next column. BN_FULL when its
 * after-edge does not fit (only when finished). */
bn_status bn_block_close(bn_ctx *c, bn_stack *st, bn_open *o, bool finished);

/* Open and close an area of another kind around blocks (the line of a block
 * in an inline): as wide as what it stands in; fo may be NULL. */
void bn_plain_open(bn_ctx *c, bn_stack *st, bn_area_kind kind, const bn_fo *fo,
                   bn_open *o);
/* Before-edge of an area just opened by bn_plain_open. */
void bn_stack_edge(bn_stack *st, bn_open *o, bn_len edge);
void bn_plain_close(bn_ctx *c, bn_stack *st, bn_open *o, bool finished);

/* Forced break before an object (its first descendants count), BN_K_AUTO when
 * none; after likewise. */
/* With by_line: does the part end here, before what is held by keep? */
bool bn_stop_behind_line(bn_stack *st, int32_t keep);
/* Does a break of this kind end the column here? Then it is noted in st;
 * return BN_BROKEN. */
bool bn_stop_for_break(bn_stack *st, bn_keyword k);
bn_keyword bn_break_before(const bn_fo *fo);
bn_keyword bn_break_after(const bn_fo *fo);
/* Keep strength between two neighbours (keep-with-next of one, -previous of
 * the other, their last and first descendants'), within-column. */
int32_t bn_keep_between(const bn_fo *a, const bn_fo *b);
int32_t bn_keep_of_page(const bn_fo *a, const bn_fo *b); /* within-page */
int32_t bn_keep_between_in(const bn_stack *st, const bn_fo *a, const bn_fo *b);
int32_t bn_keep_together(const bn_fo *fo);
int32_t bn_keep_together_in(const bn_stack *st, const bn_fo *fo);

/* ------------------------------------------------- content with own stack */

/* What a cell, container, region or note holds after laying it out. */
typedef struct bn_inside {
    bn_status status; /* BN_DONE or BN_BROKEN */
    bn_len bpd;       /* height used */
    const bn_token *next;
    int32_t keep;          /* strength broken by ending it here */
    bn_keyword break_kind; /* forced break that ended it, or 0 */
    const bn_note *notes;
    bn_len notes_bpd;
    bool overflows; /* higher than room: nothing could be broken */
} bn_inside;

/*
 * Lay out fo's children in a stack of their own, into area `into` (made by the
 * caller, ipd set; its bpd is left to the caller), in at most `room` height
 * less the room of the notes they call.
 *
 * into     becomes the reference area of the content: its ip, bp are free to
 *          be set before or after.
 * top      nothing stands above it in the page column, so it must hold at
 *          least one thing even if that is too high.
 * Use room, never measure without limit what may be long: what is finished
 * within room fits. Status BN_BROKEN with bpd 0 and no areas: nothing fits.
 */
bn_inside bn_lay_inside(bn_ctx *c, const bn_fo *fo, bn_area *into, bn_len room,
                        bool top, const bn_token *from);

/* The same with a part of one's own (a table by itself). */
bn_inside bn_lay_alone(bn_ctx *c, bn_part *part, const bn_fo *fo,
                       bn_area *into, bn_len room, bool top,
                       const bn_token *from);

/* Least and natural width of an object's content (automatic columns). */
void bn_content_widths(bn_ctx *c, const bn_fo *fo, bn_len *least,
                       bn_len *natural);
/* Of a table: its columns beside one another. */
void bn_table_content_widths(bn_ctx *c, const bn_fo *fo, bn_len *least,
                             bn_len *natural);

/* ------------------------------------------------------------------ areas */

bn_area *bn_area_make(bn_ctx *c, bn_area_kind kind);
void bn_area_append(bn_area *parent, bn_area *child);
/* Border, padding, background of an object; base: what percentages of padding
 * are taken of (width of the containing area). NULL when it has none. Before
 * and after edges that conditionality discards are left away at a break:
 * first, last say whether this is the first, last area of it. In ctx->page. */
const bn_box *bn_box_of(bn_ctx *c, const bn_fo *fo, bn_len base, bool first,
                        bool last);
uint8_t bn_border_style_of(bn_keyword k);
/* A box whose object goes on: without what is discarded at the break. */
const bn_box *bn_box_broken(bn_ctx *c, const bn_fo *fo, const bn_box *box);
/* Height of the after-edges that stay at a break. */
bn_len bn_retained_after(const bn_fo *fo, const bn_box *box);
/* A picture; NULL after a warning when it cannot be read. */
const bn_image *bn_picture(bn_ctx *c, const bn_fo *fo, const char *url);
bn_border bn_border_of(const bn_fo *fo, enum bn_side side);
bn_len bn_padding_of(const bn_fo *fo, enum bn_side side, bn_len base);
/* Structure element of an object (NULL for one that has none). */
const bn_struct *bn_tag_of(bn_ctx *c, const bn_fo *fo);
/* The object an area belongs to: id and tag are set from it, and markers and
 * page citations are found through it when the page is done. */
void bn_area_own(bn_ctx *c, bn_area *area, const bn_fo *fo, bool first);

/* Move the content of a reference area down by putting an empty block before
 * it (display-align). */
void bn_area_push_down(bn_ctx *c, bn_area *a, bn_len by);
/* Distance to move down content of height `used` in `bpd` (display-align). */
bn_len bn_align_offset(bn_keyword display_align, bn_len bpd, bn_len used);

/* A slot of an object's own, zero at first; lives as long as the
 * page-sequence (column widths of a table). */
void **bn_slot(bn_ctx *c, const bn_fo *fo);

/* Indents of an object in a reference area of this width. A percentage is of
 * the reference area of the object that said it, and inherited as a length. */
void bn_indents(const bn_ctx *c, const bn_fo *fo, bn_len ipd, bn_len *start,
                bn_len *end);

/* Space-specifier of an object: BN_BEFORE or BN_AFTER. */
bn_space bn_space_of(const bn_fo *fo, enum bn_side side, bn_len base);

/* ----------------------------------------------------------- paragraphs */

/* The inline content of a block from a child on, up to the next block-level
 * child. */
typedef struct bn_run {
    const bn_fo *fo;    /* the block */
    const bn_fo *first; /* its child */
} bn_run;
bn_part bn_lay_paragraph; /* what: const bn_run * */
/* The child where the inline content that starts at first ends (NULL: at the
 * end); blank: it has nothing to show. */
const bn_fo *bn_run_end(const bn_fo *first, bool *blank);
bool bn_is_inline(const bn_fo *fo);
/* An object without areas: a marker, a point, a case that is not shown. */
bool bn_makes_nothing(const bn_fo *fo);
/* Text of white space that makes no line. */
bool bn_is_blank(const bn_fo *fo);
bool bn_is_transparent(const bn_fo *fo);
const bn_token *bn_token_make(bn_ctx *c, const bn_fo *fo, const bn_fo *child,
                              const bn_token *inner);

/* --------------------------------------------------------------- floats */

/* float.c. A float that stands at the head of the page. */
bool bn_is_before_float(const bn_ctx *c, const bn_stack *st, const bn_fo *fo);
bn_beside bn_floats_beside(const bn_stack *st, bn_len y);
bn_len bn_floats_bottom(const bn_stack *st);
/* Go on at y (from the stack) at least. */
void bn_stack_down(bn_stack *st, bn_len y);
/* Go below the floats that the object is to be clear of. */
void bn_floats_clear(bn_ctx *c, bn_stack *st, const bn_fo *fo);
/* A column made narrower for an object that stands as a whole beside floats.
 * bn_narrow: below those that leave too little room; false: nothing is beside
 * it. bn_widen: as it was, when the object was laid out. */
typedef struct bn_narrowed {
    bn_len start, end;
    const bn_side_float *floats;
} bn_narrowed;
bool bn_narrow(bn_ctx *c, bn_stack *st, const bn_fo *fo, bn_narrowed *n);
void bn_widen(bn_ctx *c, bn_stack *st, const bn_narrowed *n);
/* Least width of a table: of its columns as given, or of their content. */
bn_len bn_table_least_width(bn_ctx *c, const bn_fo *table);
/* Place a side float where the stack ends. */
bn_status bn_float_place(bn_ctx *c, bn_stack *st, const bn_fo *fo);
/* Width of the next line of fo beside floats, and how far it is moved. */
bn_len bn_floats_line(bn_stack *st, const bn_fo *fo, bn_len *shift);

/* ------------------------------------------------------ notes and pages */

/* Size of the page being made. */
bn_len bn_page_ipd(bn_ctx *c);
bn_len bn_page_bpd(bn_ctx *c);
/* Number of the page being made, and as its format writes it. */
int32_t bn_page_number(bn_ctx *c);
const char *bn_page_text(bn_ctx *c);
/* What a page-number-citation prints. */
const char *bn_cited_text(bn_ctx *c, const bn_fo *fo);
/* A note, laid out to know its height, with those that are called in it (a
 * float may hold some), on top of older ones. from: the rest of it. */
const bn_note *bn_note_make(bn_ctx *c, const bn_fo *fo, const bn_token *from,
                            const bn_note *older);
void bn_format_pt(char *out, size_t n, bn_len mpt);
/* What a retrieve-marker stands for on this page (its children resolved), or
 * NULL. */
const bn_fo *bn_marker_found(bn_ctx *c, const bn_fo *retrieve);
const bn_fo *bn_table_marker_found(bn_ctx *c, const bn_fo *retrieve);
bool bn_is_retrieve(const bn_fo *fo);
bn_len bn_separator_height(bn_ctx *c);
/* Pages are tried more than once, heads laid out again: each place is told of
 * once in a page-sequence. */
bool bn_told_before(bn_ctx *c, bn_code code, bn_place at);
/* Heights of the separators that notes bring to those that are there. */
bn_len bn_separators(bn_ctx *c, const bn_note *notes, const bn_note *there);
void bn_warn_overflow(bn_ctx *c, bn_place at, bn_len by);

/* ------------------------------------------------------------- the parts */

/* How the inside of a container or table runs, seen from outside. */
typedef struct bn_inner {
    uint8_t mode;
    int rotate;
    bool other;  /* another writing mode than outside */
    bool across; /* its lines run across those outside */
} bn_inner;
uint8_t bn_mode_of(const bn_fo *fo);
bn_inner bn_inner_of(const bn_ctx *c, const bn_fo *fo);
/*
 * The reference area inside a viewport, with its content, unbroken.
 * width   of the viewport (its inline-progression-dimension, outside); -1, of
 *         lines that run across: as wide as they stand beside one another.
 * room    how high it may be; for lines that run across when *height is auto.
 *         filled: only turned, they are as long as there is room; else no
 *         longer than they need.
 * height  of the viewport; -1: auto, and set to what it takes.
 */
bn_area *bn_inner_fill(bn_ctx *c, const bn_fo *fo, const bn_inner *inner,
                       bn_len width, bn_len room, bool filled, bn_len *height,
                       bn_inside *in);
/* Content in another writing mode, in the area open in st. Of lines that run
 * across, what is wider than that goes on below. */
bn_status bn_lay_other(bn_ctx *c, bn_stack *st, const bn_fo *fo,
                       const bn_inner *inner, const bn_token *from,
                       const bn_token **next);
bn_status bn_lay_table_other(bn_ctx *c, bn_stack *st, const bn_fo *fo,
                             const bn_inner *inner, const bn_token *from,
                             const bn_token **next);
void bn_container_traits(const bn_ctx *c, const bn_fo *fo, bn_len base,
                         bn_area *a);
bn_part bn_lay_list_item, bn_lay_container, bn_lay_float;

/*
 * fo:table (and table-and-caption) in table.c, by the tables' author:
 * bn_block_open_at, then for each row bn_lay_part(…row…) whose part gets its
 * cells by bn_lay_inside with room = bn_room(st), makes their areas children
 * of st->open->area with BN_ABSOLUTE and calls bn_put once for the row with
 * the notes of its cells. A row that does not fit as a whole: bn_offer with
 * the cells' strengths, then BN_FULL; when the offer says true, place what
 * the cells hold and return BN_BROKEN. Repeated footers: st->reserved += their
 * height, placed at the end after taking it off again. Repeated heads:
 * c->artifact = 1 while they are laid out on later pages.
 */
bn_part bn_layout_table;
/* What a table's token holds, again (bn_token_again). */
void *bn_table_rest_again(bn_ctx *c, const void *rest);

#endif
