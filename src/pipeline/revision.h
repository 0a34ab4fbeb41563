/* revision.h - private to pipeline: a revision map, and the list of what it
 * means. */
#ifndef BN_PIPELINE_REVISION_H
#define BN_PIPELINE_REVISION_H

#include "pipeline/unit.h"

/* criteria/FROM-TO.xml as it was read. */
typedef struct revision {
    const char *from, *to;
    bn_tree *tree;
    bn_map *measures;              /* measure -> bn_measure_change */
    bn_map *old, *new;             /* measure -> how papers print it */
    BN_VEC(bn_measure_change) loose; /* of no measure of the old edition */
} revision;

/* file: an input, for its house. Errors BN_EREVISION and those of reading,
 * told. Strings in arena a. */
bn_code revision_read(bn_run *r, bn_arena *a, const char *file,
                      const char *from, const char *to, revision *out,
                      bn_msgs *msgs);
void revision_free(revision *v);
/* NULL: the map says nothing of it. user: the revision. */
const bn_measure_change *revision_find(void *user, const char *measure);

/* Does a paper that prints this measure change? Also when it stays, and its
 * label or title is another one. */
bool revision_touches(const revision *v, const char *measure);

/* Columns of a line of the list, in this order. */
typedef struct revise_row {
    const char *unit, *what, *id, *state, *to, *basis, *note;
} revise_row;

/* The list on its way out. */
typedef struct revise_list {
    bn_revise_as as;
    bn_buf *out;
    const char *comma;
    bn_buf papers, others; /* of the unit, on paper: below its table */
} revise_list;

void revise_begin(revise_list *l, const char *of, bool concerned);
void revise_put(revise_list *l, const revise_row *row);
void revise_end(revise_list *l, bool concerned);

/* A new version of the unit's data in folder `into`, under the map's new
 * edition. path  in arena a; open  how many decisions are marked in it. */
bn_code revise_data(bn_run *r, bn_arena *a, const unit *u, const revision *v,
                    const char *into, const char **path, size_t *open,
                    bn_msgs *msgs);

#endif
