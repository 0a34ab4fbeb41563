#include "source/internal.h"

struct grammar {
    char *name;
};

void
bn_grammar_free(grammar *g)
{
    free(g->name);
    free(g);
}

bn_code
bn_grammar_check(bn_source *s, const char *share, bn_tree *t, bn_msgs *msgs)
{
    (void)s;
    (void)share;
    (void)t;
    (void)msgs;
    return BN_OK;
}
