/*
 * fault_shim.c - preloaded into the program by check_slurm.py: the n-th call
 * of one kind that touches the output folder fails.
 *
 * BN_FAULT=KIND:N:ERRNO  KIND one of open write fsync rename close; N from 1;
 *                        N 0 fails none but counts.
 * BN_FAULT_COUNT=FILE    how many calls of the kind there were, at exit
 *
 * BN_POISON=HOW:PART     who makes a file whose name has PART in it dies of
 *                        SIGSEGV ("segv"), is killed ("kill"), leaves
 *                        ("exit") or hangs ("hang").
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;
static char watched[1024]; /* descriptors opened for writing are watched */

static int
fails(const char *kind)
{
    const char *fault = getenv("BN_FAULT");
    const size_t n = strlen(kind);

    if (fault == NULL || strncmp(fault, kind, n) != 0 || fault[n] != ':')
        return 0;
    calls++;
    if (calls != atoi(fault + n + 1))
        return 0;
    errno = atoi(strrchr(fault, ':') + 1);
    return 1;
}

__attribute__((destructor)) static void
tell(void)
{
    const char *file = getenv("BN_FAULT_COUNT");
    FILE *f = file ? fopen(file, "w") : NULL;

    if (f) {
        fprintf(f, "%d\n", calls);
        fclose(f);
    }
}

static void
poison(const char *path)
{
    const char *how = getenv("BN_POISON");
    const char *part = how ? strchr(how, ':') : NULL;

    if (part == NULL || strstr(path, part + 1) == NULL)
        return;
    if (strncmp(how, "segv:", 5) == 0)
        raise(SIGSEGV);
    else if (strncmp(how, "kill:", 5) == 0)
        raise(SIGKILL);
    else if (strncmp(how, "exit:", 5) == 0)
        _exit(9);
    else
        for (;;)
            pause();
}

int
open(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...) =
        (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    mode_t mode = 0;
    va_list args;
    int fd;

    va_start(args, flags);
    if (flags & O_CREAT)
        mode = (mode_t)va_arg(args, int);
    va_end(args);
    if (flags & O_CREAT)
        poison(path);
    if ((flags & O_CREAT) && fails("open"))
        return -1;
    fd = real(path, flags, mode);
    if (fd >= 0 && fd < (int)sizeof watched)
        watched[fd] = (flags & O_CREAT) != 0;
    return fd;
}

ssize_t
write(int fd, const void *p, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");

    if (fd >= 0 && fd < (int)sizeof watched && watched[fd] && fails("write"))
        return errno == 0 && n > 1 ? real(fd, p, n / 2) : -1; /* 0: short */
    return real(fd, p, n);
}

int
fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

    return fails("fsync") ? -1 : real(fd);
}

int
rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");

    return fails("rename") ? -1 : real(from, to);
}

int
close(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
    const int mine = fd >= 0 && fd < (int)sizeof watched && watched[fd];

    if (mine) {
        watched[fd] = 0;
        if (fails("close")) {
            const int e = errno;

            real(fd);
            errno = e;
            return -1;
        }
    }
    return real(fd);
}
