/*
 * memory_shim.c - preloaded into the program by check_robust.py: memory runs
 * out at the n-th request.
 *
 * BN_OOM=N[once]      from 1; once: that request alone; 0 none
 * BN_OOM_COUNT=FILE   how many requests there were, at exit
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long calls, at = -1;
static int once;

static int
fails(void)
{
    if (at < 0) {
        const char *s = getenv("BN_OOM");

        at = s ? atol(s) : 0;
        once = s && strstr(s, "once");
    }
    calls++;
    if (at == 0 || (once ? calls != at : calls < at))
        return 0;
    errno = ENOMEM;
    return 1;
}

/* What the program's own malloc calls. */
void *
__libc_malloc(size_t n)
{
    static void *(*real)(size_t);

    if (real == NULL)
        real = (void *(*)(size_t))dlsym(RTLD_NEXT, "__libc_malloc");
    return fails() ? NULL : real(n);
}

void *
__libc_calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);

    if (real == NULL)
        real = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "__libc_calloc");
    return fails() ? NULL : real(count, size);
}

void *
__libc_realloc(void *p, size_t n)
{
    static void *(*real)(void *, size_t);

    if (real == NULL)
        real = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "__libc_realloc");
    return fails() ? NULL : real(p, n);
}

__attribute__((destructor)) static void
tell(void)
{
    const char *file = getenv("BN_OOM_COUNT");
    FILE *f = file ? fopen(file, "w") : NULL;

    if (f) {
        fprintf(f, "%ld\n", calls);
        fclose(f);
    }
}
