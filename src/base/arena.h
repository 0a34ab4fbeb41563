/* arena.h - memory that is freed all at once: one arena a document. */
#ifndef BN_BASE_ARENA_H
#define BN_BASE_ARENA_H

#include <stddef.h>

typedef struct bn_arena bn_arena;

/* A place to rewind to; valid until the arena is freed or rewound before it. */
typedef struct bn_mark {
    void *block;
    size_t used;
} bn_mark;

bn_arena *bn_arena_new(void);
void bn_arena_free(bn_arena *a);

/* n zeroed bytes, aligned for any type; lives as long as the arena. */
void *bn_arena_alloc(bn_arena *a, size_t n);
char *bn_arena_strdup(bn_arena *a, const char *s);
char *bn_arena_strndup(bn_arena *a, const char *s, size_t n);
void *bn_arena_copy(bn_arena *a, const void *p, size_t n);
char *bn_arena_printf(bn_arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

bn_mark bn_arena_mark(const bn_arena *a);
void bn_arena_rewind(bn_arena *a, bn_mark mark);
size_t bn_arena_bytes(const bn_arena *a); /* held from the system */
size_t bn_arena_used(const bn_arena *a);  /* of them */

#define BN_NEW(a, type) ((type *)bn_arena_alloc((a), sizeof(type)))
#define BN_NEWS(a, type, n) ((type *)bn_arena_alloc((a), sizeof(type) * (n)))

#endif
