/* only.c - the documents that --only names: those that do not exist are said
 * once, and those that no unit of the run came to. */
#include <string.h>

#include "batch/internal.h"

/* The next id of "a,b"; NULL at the end. */
static const char *
next_id(bn_arena *a, const char **rest)
{
    const char *from = *rest + strspn(*rest, ",");
    const size_t n = strcspn(from, ",");

    *rest = from + n;
    return n ? bn_arena_strndup(a, from, n) : NULL;
}

int
only_check(batch *b)
{
    const char *rest = b->o->only ? b->o->only : "", *id;
    const char *file = b->jobs.n ? b->jobs.v[0].path : NULL;
    int status = 0;
    bn_err err;

    /* without a house each unit says so */
    if (file == NULL || bn_run_house(b->r, file) == NULL)
        return 0;
    while ((id = next_id(b->arena, &rest)))
        if (bn_run_title(b->r, file, id) == NULL) {
            bn_fail(&err, BN_EUNKNOWNDOCUMENT, BN_NOWHERE, id);
            status = batch_fail(b, &err);
        }
    return status;
}

void
only_tell(batch *b)
{
    const char *rest = b->o->only ? b->o->only : "", *id;

    while ((id = next_id(b->arena, &rest))) {
        bool made = false;

        for (size_t i = 0; i < b->sum->nkinds; i++)
            made |= strcmp(b->sum->kinds[i].document, id) == 0;
        if (!made)
            bn_warn(b->msgs, BN_WNOUNITDUE, BN_NOWHERE, id);
    }
}
