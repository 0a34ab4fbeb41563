/* lines.h - the work of setting one paragraph at one measure. */
#ifndef BN_TEXT_LINES_H
#define BN_TEXT_LINES_H

#include "text/emit.h"

/* One thing of a line that may grow or shrink by up to cap. */
typedef struct slot {
    size_t v;    /* behind this visible unit */
    int64_t cap; /* or weight, when there is no limit */
    bool leader;
} slot;

typedef struct setter {
    const bn_para *p;
    const bn_measure *m;
    bn_arena *arena;
    bn_emitter *emitter;
    BN_VEC(bn_line) lines;
    BN_VEC(bn_len) delta, leader; /* of the line being set */
    BN_VEC(slot) slots;
    BN_VEC(bn_len) tabs;   /* widths of this line's, in order */
    BN_VEC(size_t) breaks; /* of the segment, last first; none: greedy */
    size_t first;          /* visible unit that the line begins with */
    bool keeps_first;      /* it is a U+3000 that indents */
    bool reduces;          /* gaps may be reduced: the text is justified */
    bool unjustified_edge; /* centred or end-aligned: no space at line ends */
    bool distributes;      /* one Japanese line spread over its measure */
    int32_t hyphens;       /* hyphenated lines in a row so far */
    bn_len width;          /* of this line */
    bn_len head;           /* space before its first body */
    bn_len indent;         /* of this line: text-indent */
    size_t adjust_from;    /* nothing before a tab moves */
} setter;

bn_len bn_hyphen_width(const unit *u);
bn_len bn_head_space(const setter *t, const unit *u, bool first_line);
bn_len bn_end_space(const setter *t, const unit *u);
/* tabs.c: the width of the tab at visible unit v when x is where it begins,
 * from the start of the line box; false: no stop is left. */
bool bn_tab_width(const bn_para *p, size_t v, bn_len x, bn_len *width);
bool bn_end_space_goes(const setter *t, const unit *u);

/* How far a gap of this kind may be reduced (Tables 3, 4, 5). */
bn_len bn_gap_less(const bn_para_style *s, unsigned kind, bn_len gap);
/* The same for a word space. */
bn_len bn_space_less(const bn_para_style *s, bn_len less);

/* adjust.c: fill the plan's delta, leader and end so that slack (what is left
 * of the measure; negative: too much) is used up. justified: open up, too. */
void bn_adjust(setter *t, line_plan *plan, int64_t slack, bool justified);

/* total.c: fill breaks for the segment from t->first to visible unit end;
 * false: no way without a very bad line. */
bool bn_total_fit(setter *t, size_t end);

/* condense.c: the paragraph itself, or one in smaller type that fits one line
 * as far as its floor allows (axf:overflow-condense="font-size"). */
const bn_para *bn_condense(const bn_para *p, bn_arena *a, const bn_measure *m);

#endif
