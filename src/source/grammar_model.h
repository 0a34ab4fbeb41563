/* grammar_model.h - a RELAX NG schema of ours as names and patterns, to say
 * what was expected where. */
#ifndef BN_SOURCE_GRAMMAR_MODEL_H
#define BN_SOURCE_GRAMMAR_MODEL_H

#include "base/arena.h"
#include "base/err.h"
#include "source/source.h"

typedef struct bn_gmodel bn_gmodel;

/* Read a schema document (borrowed, must outlive the model). */
const bn_gmodel *bn_gmodel_read(bn_arena *a, bn_tree *schema);

/* One message for each thing that is wrong in the tree below top. */
void bn_gmodel_explain(const bn_gmodel *m, bn_arena *a, bn_node *top,
                       bn_msgs *msgs);

/* The attribute of type ID that an element has, or NULL. */
const char *bn_gmodel_id_attribute(const bn_gmodel *m, const bn_node *n);

/* Next node in document order below top, NULL at the end. */
bn_node *bn_gmodel_next(bn_node *n, const bn_node *top);

#endif
