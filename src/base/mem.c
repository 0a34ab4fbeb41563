#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The one global of the program: what to do when nothing can be done. */
static void (*no_memory_hook)(void);

void
bn_on_no_memory(void (*hook)(void))
{
    no_memory_hook = hook;
}

static void *
must(void *p)
{
    if (p == NULL) {
        if (no_memory_hook)
            no_memory_hook();
        abort();
    }
    return p;
}

void *
bn_alloc(size_t n)
{
    return must(calloc(1, n ? n : 1));
}

void *
bn_realloc(void *p, size_t n)
{
    return must(realloc(p, n ? n : 1));
}

char *
bn_strdup(const char *s)
{
    const size_t n = strlen(s) + 1;

    return memcpy(bn_alloc(n), s, n);
}
