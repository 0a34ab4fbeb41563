/* rivals.c - the cases that rules compare a case with. */
#include "pipeline/rivals.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"

/* A unit that bears a number, and the next one that bears it. */
typedef struct bearer {
    size_t index;
    struct bearer *next;
} bearer;

/* The numbers of one unit: each the list of all that bear it. */
typedef struct held {
    bearer **number;
    struct held *next;
} held;

struct rivals {
    bn_run *r;
    bn_arena *arena;
    const units *all;
    bn_map *numbers; /* "kind number" -> bearer list */
    held **of;       /* each unit's */
};

static void
note(rivals *x, size_t index, const char *key)
{
    bearer **first = (bearer **)&bn_map_puts(x->numbers, key)->p;
    bearer *b = BN_NEW(x->arena, bearer);
    held *h = BN_NEW(x->arena, held);

    *b = (bearer){index, *first};
    *first = b;
    *h = (held){first, x->of[index]};
    x->of[index] = h;
}

static void
note_unit(rivals *x, size_t index)
{
    static const char bearers[] =
        "/certification-case/certificates/certificate[@number] | "
        "/certification-case/documents/document[@number]";
    const unit *u = &x->all->v[index];
    const char *mode = bn_tree_attribute(x->arena, u->tree, "mode");
    bn_node **nodes = NULL;
    size_t n = 0;
    bn_err err;

    if (bn_xpath_nodes(x->r->transform, x->arena, u->tree, NULL, bearers,
                       BN_NOWHERE, &nodes, &n, &err))
        return;
    for (size_t i = 0; i < n; i++) {
        const char *kind = bn_node_attribute(x->arena, nodes[i], "kind");

        note(x, index,
             bn_arena_printf(x->arena, "%s %s", kind ? kind : "",
                             bn_node_attribute(x->arena, nodes[i], "number")));
    }
    if (mode && strcmp(mode, "trial") == 0)
        note(x, index, " trial"); /* no number begins with a blank */
}

rivals *
rivals_among(bn_run *r, bn_arena *a, const units *all)
{
    rivals *x = BN_NEW(a, rivals);

    *x = (rivals){r, a, all, bn_map_new(a), BN_NEWS(a, held *, all->n + 1)};
    memset(x->of, 0, sizeof *x->of * (all->n + 1));
    for (size_t i = 0; i < all->n; i++)
        if (unit_is_case(&all->v[i]))
            note_unit(x, i);
    return x;
}

static int
by_index(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

units
rivals_of(const rivals *x, size_t index)
{
    BN_VEC(size_t) list = {0};
    units out = {0};

    BN_PUSH(&list) = index;
    for (const held *h = x->of[index]; h; h = h->next)
        for (const bearer *b = *h->number; b; b = b->next)
            if (b->index != index)
                BN_PUSH(&list) = b->index;
    if (!unit_is_case(&x->all->v[index]))
        for (size_t i = 0; i < x->all->n; i++)
            if (i != index)
                BN_PUSH(&list) = i;
    qsort(list.v, list.n, sizeof *list.v, by_index);
    for (size_t i = 0; i < list.n; i++)
        if (i == 0 || list.v[i] != list.v[i - 1])
            BN_PUSH(&out) = x->all->v[list.v[i]];
    BN_VEC_FREE(&list);
    return out;
}
