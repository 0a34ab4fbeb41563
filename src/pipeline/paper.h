/* paper.h - private to pipeline: a build, a unit and a paper while they are
 * made. */
#ifndef BN_PIPELINE_PAPER_H
#define BN_PIPELINE_PAPER_H

#include "pipeline/trace.h"
#include "pipeline/unit.h"

/* One build: its inputs, and the names given so far. */
typedef struct build {
    bn_run *r;
    const bn_build_options *o;
    units units;
    bn_arena *arena;
    bn_map *names; /* folded path -> path */
    int status;
    bn_row_store *rows; /* of a body whose cases are not kept */
    size_t ncases; /* that were given */
} build;

/* One unit while its papers are made. */
typedef struct work {
    build *b;
    const unit *unit;
    bn_arena *arena;
    bn_tree *input;
    bn_row_store *rows; /* of its register, when it is a body */
    bool many;          /* so many that ledgers are made in parts */
    bn_map *words;      /* of rows, that are read then; NULL: all */
    bool partly;        /* the input's register holds a part of them */
    bn_finding *findings;
    bn_paper *papers;
    size_t npapers;
    bn_tree *bound; /* page descriptions so far, when they are bound */
    size_t nbound;
    bn_msgs msgs;
} work;

typedef struct sheet_job {
    work *w;
    const bn_paper *paper;
    bn_content_job content;
    bn_tree *xhtml, *page;
    bn_fo_tree *fo;
    bn_buf bytes;
    bn_made made;
    bn_digest said;  /* of the content, when it was made in parts */
    bool in_parts;
    bn_trace *trace; /* NULL: nobody asked */
} sheet_job;

/* paper.c: from content to file; what is wrong is in the unit's messages. */
void paper_make(work *w, const bn_paper *paper);
/* All papers of the unit in one file. */
void paper_make_bound(work *w);
bn_code paper_content(sheet_job *j);
/* Rules that look at what is printed. */
bn_code paper_check(sheet_job *j);
bn_code paper_page(sheet_job *j);
bn_code paper_pages(sheet_job *j);
/* Is the file there already as this content makes it? */
bool paper_stands(sheet_job *j);

/* ledger.c: a ledger of many rows. */
bn_code ledger_make(sheet_job *j);

/*
 * body_rows.c: what registers are printed from: the register of papers when
 * there is one, else the cases that are given. Without any case given, the
 * body's own papers are due, which the rows that count cases would say they are
 * not.
 *
 * near  cases whose rows these are, when none were read before (build.rows).
 */
bn_code body_rows_take(work *w, const units *near);
/* The rows as the register of the input. */
bn_code body_rows_put(work *w);

#endif
