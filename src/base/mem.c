#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Libraries ask for memory before main() begins, and what starts them takes
 * none for an answer in its own ways: crashes, endless loops. */
void
bn_leave_no_memory(void)
{
    static const char text[] = "bunsho: メモリが足りません / out of memory\n";

    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) {
        /* nobody is left to tell */
    }
    _exit(75);
}

/* The one global of the program: what to do when nothing can be done. */
static void (*no_memory_hook)(void) = bn_leave_no_memory;

void
bn_on_no_memory(void (*hook)(void))
{
    no_memory_hook = hook;
}

static void *
must(void *p)
{
    if (p == NULL) {
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

/*
 * Libraries get their memory here, too. Few of them can be trusted to say that
 * there was none: libxml2 takes it for bad data, others go on without. A
 * request of a size that only bad input asks for may fail, as its asker expects.
 */
#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__
enum { EXPECTED_TO_FAIL = 256 * 1024 * 1024 };

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t n);

static void *
have(void *p, size_t n)
{
    if (p == NULL && n > 0 && n < EXPECTED_TO_FAIL)
        no_memory_hook();
    return p;
}

void *
malloc(size_t n)
{
    return have(__libc_malloc(n), n ? n : 1);
}

void *
calloc(size_t count, size_t size)
{
    void *p = __libc_calloc(count, size);

    /* an overflow of the product is none of these */
    if (count && size >= EXPECTED_TO_FAIL / count)
        return p;
    return have(p, count && size ? count * size : 1);
}

void *
realloc(void *old, size_t n)
{
    /* with 0 it frees what there is, and gives nothing */
    return have(__libc_realloc(old, n), n || old ? n : 1);
}
#endif
