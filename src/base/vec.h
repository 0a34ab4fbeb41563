/* vec.h - arrays that grow: struct { T *v; size_t n, cap; } of any T. */
#ifndef BN_BASE_VEC_H
#define BN_BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"

#define BN_VEC(type)                                                           \
    struct {                                                                   \
        type *v;                                                               \
        size_t n, cap;                                                         \
    }

/* Room for one more at the end, counted; an lvalue: BN_PUSH(&vec) = x. */
#define BN_PUSH(vec)                                                           \
    (*(bn_vec_grow((void **)&(vec)->v, &(vec)->cap, (vec)->n,                  \
                   sizeof *(vec)->v),                                          \
       &(vec)->v[(vec)->n++]))
/* Room for n in all, when it is known beforehand. */
#define BN_VEC_RESERVE(vec, most)                                              \
    ((vec)->cap < (most)                                                       \
         ? (void)((vec)->v = bn_realloc((vec)->v, (most) * sizeof *(vec)->v),  \
                  (vec)->cap = (most))                                         \
         : (void)0)
#define BN_VEC_FREE(vec)                                                       \
    (free((vec)->v), (vec)->v = NULL, (vec)->n = (vec)->cap = 0)

static inline void
bn_vec_grow(void **v, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return;
    *cap = *cap ? *cap * 2 : 16;
    *v = bn_realloc(*v, *cap * size);
}

#endif
