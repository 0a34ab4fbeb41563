/* rivals.h - private to pipeline: the cases that rules compare a case with.
 * The rows of all others would make a run quadratic. */
#ifndef BN_PIPELINE_RIVALS_H
#define BN_PIPELINE_RIVALS_H

#include "pipeline/unit.h"

typedef struct rivals rivals;

/* Note the numbers of all cases; in arena a. */
rivals *rivals_among(bn_run *r, bn_arena *a, const units *all);

/*
 * The unit all->v[index] and, when it is a case, those that bear one of its
 * numbers, and of a trial case all trial cases (their share of methods is
 * told); of what is no case, all. In the order of all; the trees are theirs.
 * BN_VEC_FREE.
 */
units rivals_of(const rivals *x, size_t index);

#endif
