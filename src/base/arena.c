#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

typedef struct block {
    struct block *prev;
    size_t size, used; /* of data */
    max_align_t data[];
} block;

struct bn_arena {
    block *top;
    size_t bytes;
};

bn_arena *
bn_arena_new(void)
{
    return bn_alloc(sizeof(bn_arena));
}

static void
pop_block(bn_arena *a)
{
    block *b = a->top;

    a->top = b->prev;
    a->bytes -= b->size;
    free(b);
}

void
bn_arena_free(bn_arena *a)
{
    if (a == NULL)
        return;
    while (a->top)
        pop_block(a);
    free(a);
}

static void
push_block(bn_arena *a, size_t least)
{
    size_t size = a->top ? a->top->size * 2 : FIRST_BLOCK;
    block *b;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < least)
        size = least;
    b = bn_realloc(NULL, sizeof *b + size);
    b->prev = a->top;
    b->size = size;
    b->used = 0;
    a->top = b;
    a->bytes += size;
}

void *
bn_arena_alloc(bn_arena *a, size_t n)
{
    const size_t align = sizeof(max_align_t);
    void *p;

    n = (n + align - 1) / align * align;
    if (a->top == NULL || a->top->size - a->top->used < n)
        push_block(a, n);
    p = (char *)a->top->data + a->top->used;
    a->top->used += n;
    return memset(p, 0, n);
}

void *
bn_arena_copy(bn_arena *a, const void *p, size_t n)
{
    void *copy = bn_arena_alloc(a, n);

    return n ? memcpy(copy, p, n) : copy;
}

char *
bn_arena_strndup(bn_arena *a, const char *s, size_t n)
{
    char *copy = bn_arena_alloc(a, n + 1);

    memcpy(copy, s, n);
    return copy;
}

char *
bn_arena_strdup(bn_arena *a, const char *s)
{
    return bn_arena_strndup(a, s, strlen(s));
}

char *
bn_arena_printf(bn_arena *a, const char *format, ...)
{
    va_list args, again;
    char *s;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    s = bn_arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    if (n > 0)
        vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

bn_mark
bn_arena_mark(const bn_arena *a)
{
    return (bn_mark){a->top, a->top ? a->top->used : 0};
}

void
bn_arena_rewind(bn_arena *a, bn_mark mark)
{
    while (a->top != mark.block)
        pop_block(a);
    if (a->top)
        a->top->used = mark.used;
}

size_t
bn_arena_bytes(const bn_arena *a)
{
    return a->bytes;
}

size_t
bn_arena_used(const bn_arena *a)
{
    return a->top ? a->bytes - (a->top->size - a->top->used) : 0;
}
