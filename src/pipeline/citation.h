/* citation.h - private to pipeline: "000 三の7の三ホ・四ホ, 11の一" names three
 * provisions. */
#ifndef BN_PIPELINE_CITATION_H
#define BN_PIPELINE_CITATION_H

#include "base/arena.h"
#include "base/vec.h"

/* A provision as a path from its text down, "000/三/7/三/ホ", and as people
 * write it, "000 三の7の三ホ". */
typedef struct citation {
    const char *path, *shown;
} citation;

typedef BN_VEC(citation) citations;

/*
 * The provisions that a citation names, in arena a, pushed on out: numbers
 * parted by ・ and commas stand at their own level, 〜 fills in what is
 * between. 柱書, なお書 and ただし書 are of the provision before them. What is no
 * number at all ("001 概要") is a provision by itself.
 *
 * text  source, blank, numbers; several of them parted by "; ".
 */
void citations_read(bn_arena *a, const char *text, citations *out);

/* The path of a provision from the titles on its way ("第三/7/一/ト"). */
citation citation_of_titles(bn_arena *a, const char *source,
                            const char *titles);

#endif
