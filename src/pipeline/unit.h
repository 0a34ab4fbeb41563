/* unit.h - private to pipeline: houses, and the cases and kits of a run. */
#ifndef BN_PIPELINE_UNIT_H
#define BN_PIPELINE_UNIT_H

#include "base/vec.h"
#include "content/content.h"
#include "pipeline/run.h"

/* A house folder as it was read. */
typedef struct house {
    const char *dir;
    bn_tree *body, *auditors, *options; /* NULL: the house has none */
    const char **rules;                 /* .sch files: stock's, then house's */
    size_t nrules;
    bn_catalogue *catalogue;
    bn_msgs faults; /* what was found when it was read */
    bool bad;       /* it cannot be worked with */
    bool told;      /* the faults */
    struct house *next;
} house;

/* A case, kit or law that was read. */
typedef struct unit {
    const char *file;
    bn_tree *tree;
    const char *id;
    const char *edition; /* NULL: none */
    house *house;
    bool is_case;
    const bn_given *given; /* numbers of later versions */
    size_t ngiven;
} unit;

typedef BN_VEC(unit) units;

/* The folder with body.xml for an input file; NULL after telling. Houses are
 * read once and live as long as the run. */
house *house_for(bn_run *r, const char *file, bn_msgs *msgs);
/* The same for a law, which is no body's paper: without a house, the stock. */
house *house_for_law(bn_run *r, const char *file, bn_msgs *msgs);
void houses_free(bn_run *r);

/* Read and check an input file. */
bn_code unit_load(bn_run *r, const char *file, unit *out, bn_msgs *msgs);
void unit_free(unit *u);
bool unit_is_case(const unit *u);
bool is_body(const unit *u);

/* The body as the unit of papers over many cases: when there are several cases
 * of this house, or one and somebody asked (--only). Its tree belongs to the
 * house. */
bool unit_of_body(bn_run *r, house *h, const units *all, bool asked, unit *out);

/* A unit without data of each kind, in the house at hand or in none (then with
 * the stock alone): what blank forms are made of. edition NULL: in force. */
bn_code units_of_nothing(bn_run *r, const char *edition, units *out,
                         bn_msgs *msgs);

/* Give the unit's elements the numbers that the listener knows. */
void unit_numbers(bn_arena *a, unit *u, const bn_listener *l);

/* The <input> of a unit, with the register extract of all of them. */
bn_code unit_input(bn_run *r, bn_arena *a, const unit *u, const units *all,
                   bn_tree **out, bn_msgs *msgs);

/*
 * The rows of a house's register of papers; NULL: it has none, or one that
 * holds no unit.
 * counts  with the rows that count cases.
 */
bn_code register_rows(bn_run *r, const house *h, bool counts,
                      bn_row_store **out, bn_msgs *msgs);

/* Run the input rules; findings in arena a. */
bn_code unit_rules(bn_run *r, const unit *u, bn_tree *input, bn_arena *a,
                   bn_finding **out, bn_msgs *msgs);

/* Does a finding forbid a document? */
bool finding_blocks(const bn_finding *f, const char *document);
/* The rules that forbid a document, or one that is due and has it as annex:
 * "R078, R084"; "" none. */
const char *forbidding(bn_arena *a, const bn_finding *first,
                       const bn_paper *papers, size_t n, const bn_entry *e);
/* Tell findings. An 'R' that forbids none of the documents that are due is
 * only a warning: it does not bind yet. */
void tell_findings(bn_run *r, const bn_finding *first, const unit *u,
                   const bn_paper *papers, size_t n, bn_msgs *msgs);

/* Of a kit: tell clauses of templates that answer no measure of its edition,
 * and measures that no clause answers (BN_WCLAUSE, BN_WUNANSWERED). */
void check_answers(bn_run *r, const unit *u, bn_arena *a, bn_tree *input,
                   bn_msgs *msgs);

/*
 * Where a paper goes: OUT/UNIT/DOCUMENT[-KEY]EXTENSION, everything outside
 * [A-Za-z0-9._-] percent-encoded, nothing that a file system reads as more
 * than a name. Error BN_ENAME for one that is too long.
 */
bn_code paper_path(bn_arena *a, const char *out, const char *id,
                   const char *document, const char *key, const char *extension,
                   const char **path, bn_err *err);

#endif
