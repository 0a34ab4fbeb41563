/*
 * memory.c - preloaded into the program: is it ready for each request for
 * memory to fail?
 *
 * At each request of each process a child that shares all memory with it and
 * has a stack of its own asks for the same, and gets none, nor later. It must
 * leave with 75, with one line on standard error, and remove every temporary
 * file that is there; then the program goes on as if nothing had been.
 * That asks at hundreds of thousands of places what starting the program for
 * each would ask at a few.
 *
 * BN_MEMORY=FILE    "requests PID n", "wrong PID n HOW": a line each goes there
 * BN_EVERY=N        only at every N-th request (1)
 * BN_FAIL=N[once]   no children: the N-th request of the process fails, and
 *                   those after it but for "once"
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK = 256 * 1024, MOST_FILES = 64, NAME = 1024, NEVER = 64 };

enum how { PLAIN, ZEROED, AGAIN };

static long calls, every = 1, fail_at;
static bool once, watching, ready;
static pid_t me;

/* Of the child: it may end no other way than by leaving. */
static volatile bool failing;
static volatile int removed, said;
static enum how asked;
static size_t asked_for;
static void *volatile given;
static char stack[STACK] __attribute__((aligned(64)));

/* Temporary files that are there: made by this process and neither renamed nor
 * removed. */
static char live[MOST_FILES][NAME];

static void *
real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static void
read_settings(void)
{
    const char *s = getenv("BN_FAIL"), *e = getenv("BN_EVERY");

    ready = true;
    fail_at = s ? atol(s) : 0;
    once = s && strstr(s, "once");
    every = e && atol(e) > 0 ? atol(e) : 1;
    watching = getenv("BN_MEMORY") != NULL && fail_at == 0;
}

/* One line, without memory. */
static void
report(const char *word, long n, const char *how)
{
    char line[256];
    const int len = snprintf(line, sizeof line, "%s %ld %ld %s\n", word,
                             (long)getpid(), n, how);
    const int fd = (int)syscall(SYS_openat, AT_FDCWD, getenv("BN_MEMORY"),
                                O_WRONLY | O_CREAT | O_APPEND, 0600);

    if (fd >= 0) {
        syscall(SYS_write, fd, line, (size_t)len);
        syscall(SYS_close, fd);
    }
}

static int
count_live(void)
{
    int n = 0;

    for (int i = 0; i < MOST_FILES; i++)
        n += live[i][0] != '\0';
    return n;
}

/* The child: asks as the program asked, by the program's own malloc. When that
 * comes back the program would go on with nothing. */
static int
child(void *unused)
{
    (void)unused;
    if (asked == PLAIN)
        given = malloc(asked_for);
    else if (asked == ZEROED)
        given = calloc(1, asked_for);
    else
        given = realloc(NULL, asked_for);
    syscall(SYS_exit, NEVER);
    return 0;
}

static void
try_without(enum how how, size_t n)
{
    const int saved = errno, want = count_live();
    int status = 0;
    pid_t pid;

    asked = how;
    asked_for = n;
    removed = said = 0;
    failing = true;
    pid = clone(child, stack + STACK, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
    failing = false;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (pid < 0)
        report("wrong", calls, "no child");
    else if (WIFSIGNALED(status))
        report("wrong", calls, "it died of a signal");
    else if (WEXITSTATUS(status) == NEVER)
        report("wrong", calls, "it went on without memory");
    else if (WEXITSTATUS(status) != 75)
        report("wrong", calls, "its exit status is not 75");
    else if (said != 1)
        report("wrong", calls, "it did not say so once");
    else if (removed != want)
        report("wrong", calls, "temporary files were left");
    errno = saved;
}

/* Does this request fail? */
static bool
fails(enum how how, size_t n)
{
    if (failing)
        return true;
    if (!ready)
        read_settings();
    if (me != getpid()) { /* a worker counts for itself */
        me = getpid();
        calls = 0;
        memset(live, 0, sizeof live);
    }
    calls++;
    if (fail_at)
        return once ? calls == fail_at : calls >= fail_at;
    if (watching && calls % every == 0)
        try_without(how, n);
    return false;
}

/* What the program's own malloc calls. */
void *
__libc_malloc(size_t n)
{
    static void *(*next)(size_t);

    if (next == NULL)
        next = (void *(*)(size_t))real("__libc_malloc");
    if (!fails(PLAIN, n))
        return next(n);
    errno = ENOMEM;
    return NULL;
}

void *
__libc_calloc(size_t count, size_t size)
{
    static void *(*next)(size_t, size_t);

    if (next == NULL)
        next = (void *(*)(size_t, size_t))real("__libc_calloc");
    if (!fails(ZEROED, count * size))
        return next(count, size);
    errno = ENOMEM;
    return NULL;
}

void *
__libc_realloc(void *p, size_t n)
{
    static void *(*next)(void *, size_t);

    if (next == NULL)
        next = (void *(*)(void *, size_t))real("__libc_realloc");
    if (!fails(AGAIN, n))
        return next(p, n);
    errno = ENOMEM;
    return NULL;
}

/* -------------------------------------------------- what the child may do */

ssize_t
write(int fd, const void *p, size_t n)
{
    static ssize_t (*next)(int, const void *, size_t);

    if (failing) {
        said += fd == STDERR_FILENO;
        return (ssize_t)n;
    }
    if (next == NULL)
        next = (ssize_t(*)(int, const void *, size_t))real("write");
    return next(fd, p, n);
}

static int
find_live(const char *path)
{
    for (int i = 0; i < MOST_FILES; i++)
        if (strcmp(live[i], path) == 0)
            return i;
    return -1;
}

int
unlink(const char *path)
{
    static int (*next)(const char *);
    const int i = *path ? find_live(path) : -1;

    if (failing) {
        removed += i >= 0;
        return 0;
    }
    if (i >= 0)
        live[i][0] = '\0';
    if (next == NULL)
        next = (int (*)(const char *))real("unlink");
    return next(path);
}

int
rename(const char *from, const char *to)
{
    static int (*next)(const char *, const char *);
    const int i = *from ? find_live(from) : -1;

    if (i >= 0)
        live[i][0] = '\0';
    if (next == NULL)
        next = (int (*)(const char *, const char *))real("rename");
    return next(from, to);
}

int
open(const char *path, int flags, ...)
{
    static int (*next)(const char *, int, ...);
    const size_t n = strlen(path);
    mode_t mode = 0;
    va_list args;
    int fd;

    va_start(args, flags);
    if (flags & O_CREAT)
        mode = (mode_t)va_arg(args, int);
    va_end(args);
    if (next == NULL)
        next = (int (*)(const char *, int, ...))real("open");
    fd = next(path, flags, mode);
    if (fd >= 0 && (flags & O_CREAT) && n > 5 && n < NAME &&
        strcmp(path + n - 5, ".part") == 0) {
        const int i = find_live("");

        if (i >= 0)
            memcpy(live[i], path, n + 1);
    }
    return fd;
}

/* A process that has been looked at says how often. */
void
_exit(int status)
{
    if (watching && !failing)
        report("requests", calls, "");
    for (;;)
        syscall(SYS_exit_group, status);
}

__attribute__((destructor)) static void
tell(void)
{
    if (watching && !failing)
        report("requests", calls, "");
}
