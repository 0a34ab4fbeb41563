/*
 * tracer.c - run a program and let one of its calls to the system fail,
 * be cut short, or be its last. Used by the tests beside it.
 *
 *   tracer [-p PREFIX]… [-x PART]… [-k KIND,…] [-n N [-a] -e ERRNO | -s
 *          | -9] [-c FILE] [-l FILE [-d FILE]] -- PROGRAM ARGUMENT…
 *
 * -p  only calls on files below this absolute path count (default: any)
 * -x  none whose path has this part
 * -k  only calls of these kinds (default: any)
 * -n  what happens, happens at the N-th call that counts, from 1, over all
 *     processes; -a: and at all after it
 * -e  it fails with this error and is not done (a close is done all the same)
 * -s  it moves half of the bytes (read and write only)
 * -9  everything is killed in front of it
 * -c  how many calls counted goes there
 * -l  each call that counts as a line "kind, process, path, second path,
 *     flags, place in the file, bytes", parted by tabs; -d: what is written,
 *     one after the other
 *
 * Ends as the program does, 128 and the signal's number when one ended it;
 * 125 when it cannot trace here. Linux on x86-64: a filter (seccomp) stops the
 * calls that have a kind, and only these.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
int
main(void)
{
    return 125;
}
#else

enum { CANNOT = 125, MOST = 32 };

/* Where a call has its path: in an argument, or that of a descriptor. */
typedef enum where { NO_PATH, FD, PATH, AT, TWO_PATHS, TWO_AT, OLD_FD } where;

static const struct call {
    long nr;
    const char *kind;
    where where;
    int at; /* argument with the path; of a descriptor always 0 */
} calls[] = {
    {SYS_open, "open", PATH, 0},
    {SYS_creat, "open", PATH, 0},
    {SYS_openat, "open", AT, 1},
    {SYS_read, "read", FD, 0},
    {SYS_pread64, "read", FD, 0},
    {SYS_readv, "read", FD, 0},
    {SYS_getdents64, "readdir", FD, 0},
    {SYS_write, "write", FD, 0},
    {SYS_pwrite64, "write", FD, 0},
    {SYS_writev, "write", FD, 0},
    {SYS_fsync, "fsync", FD, 0},
    {SYS_fdatasync, "fsync", FD, 0},
    {SYS_close, "close", FD, 0},
    {SYS_ftruncate, "truncate", FD, 0},
    {SYS_truncate, "truncate", PATH, 0},
    {SYS_fallocate, "truncate", FD, 0},
    {SYS_rename, "rename", TWO_PATHS, 0},
    {SYS_renameat, "rename", TWO_AT, 1},
    {SYS_renameat2, "rename", TWO_AT, 1},
    {SYS_link, "link", TWO_PATHS, 0},
    {SYS_linkat, "link", TWO_AT, 1},
    {SYS_unlink, "unlink", PATH, 0},
    {SYS_unlinkat, "unlink", AT, 1},
    {SYS_rmdir, "unlink", PATH, 0},
    {SYS_mkdir, "mkdir", PATH, 0},
    {SYS_mkdirat, "mkdir", AT, 1},
    {SYS_statfs, "statfs", PATH, 0},
    {SYS_fstatfs, "statfs", FD, 0},
    {SYS_stat, "stat", PATH, 0},
    {SYS_lstat, "stat", PATH, 0},
    {SYS_fstat, "stat", FD, 0},
    {SYS_newfstatat, "stat", AT, 1},
    {SYS_statx, "stat", AT, 1},
    {SYS_access, "stat", PATH, 0},
    {SYS_mmap, "mmap", OLD_FD, 4},
    {SYS_fork, "fork", NO_PATH, 0},
    {SYS_vfork, "fork", NO_PATH, 0},
    {SYS_clone, "fork", NO_PATH, 0},
    {SYS_pipe, "pipe", NO_PATH, 0},
    {SYS_pipe2, "pipe", NO_PATH, 0},
};

enum { CALLS = sizeof calls / sizeof calls[0] };

static struct {
    const char *prefixes[MOST], *without[MOST], *kinds;
    size_t nprefixes, nwithout;
    long n, counted;
    int error;
    bool after, halve, kill;
    FILE *log, *data;
} o = {.n = 0};

/* The processes, to end them all. */
static pid_t pids[4096];
static size_t npids;

static void
add_pid(pid_t pid)
{
    for (size_t i = 0; i < npids; i++)
        if (pids[i] == pid)
            return;
    if (npids < sizeof pids / sizeof pids[0])
        pids[npids++] = pid;
}

/* ------------------------------------------------------- in the program's */

static bool
is_wanted(const char *kind)
{
    const size_t n = strlen(kind);

    for (const char *p = o.kinds; p && *p; p += strcspn(p, ",")) {
        p += *p == ',';
        if (strncmp(p, kind, n) == 0 && (p[n] == ',' || p[n] == '\0'))
            return true;
    }
    return o.kinds == NULL;
}

/* A filter that stops the calls that may count: two instructions for each. */
static size_t
make_filter(struct sock_filter code[2 * CALLS + 2])
{
    size_t n = 0;

    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                             offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < CALLS; i++) {
        if (strcmp(calls[i].kind, "open") != 0 && !is_wanted(calls[i].kind))
            continue;
        code[n++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i].nr, 0, 1);
        code[n++] =
            (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    }
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    return n;
}

static void
begin(char **argv)
{
    struct sock_filter code[2 * CALLS + 2];
    struct sock_fprog program = {0, code};

    program.len = (unsigned short)make_filter(code);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(CANNOT);
    raise(SIGSTOP); /* until the options are set */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(CANNOT);
    execvp(argv[0], argv);
    _exit(CANNOT);
}

/* --------------------------------------------------------------- its calls */

static unsigned long long
argument(const struct user_regs_struct *r, int i)
{
    const unsigned long long all[] = {r->rdi, r->rsi, r->rdx,
                                      r->r10, r->r8,  r->r9};

    return all[i];
}

static size_t
read_memory(pid_t pid, unsigned long long at, void *to, size_t n)
{
    struct iovec mine = {to, n}, its = {(void *)(uintptr_t)at, n};
    const ssize_t got = process_vm_readv(pid, &mine, 1, &its, 1, 0);

    return got > 0 ? (size_t)got : 0;
}

/* A string, which may end just before a page that is not there. */
static void
read_string(pid_t pid, unsigned long long at, char out[PATH_MAX])
{
    size_t n = 0;

    out[0] = '\0';
    while (n < PATH_MAX - 1) {
        size_t part = 256 - (size_t)((at + n) % 256);

        if (part > PATH_MAX - 1 - n)
            part = PATH_MAX - 1 - n;
        part = read_memory(pid, at + n, out + n, part);
        if (part == 0 || memchr(out + n, '\0', part))
            break;
        n += part;
    }
    out[n < PATH_MAX ? PATH_MAX - 1 : 0] = '\0';
}

static void
path_of_link(const char *link, char out[PATH_MAX])
{
    const ssize_t n = readlink(link, out, PATH_MAX - 1);

    out[n > 0 ? n : 0] = '\0';
}

static void
path_of_fd(pid_t pid, long fd, char out[PATH_MAX])
{
    char link[64];

    snprintf(link, sizeof link, "/proc/%ld/fd/%ld", (long)pid, fd);
    path_of_link(link, out);
}

/* An absolute path without "." and "..", of a name as it was said. */
static void
absolute(pid_t pid, long dir, const char *name, char out[PATH_MAX])
{
    char whole[2 * PATH_MAX], base[PATH_MAX] = "", link[64];
    size_t n = 0;

    if (*name != '/') {
        if ((int)dir == AT_FDCWD) {
            snprintf(link, sizeof link, "/proc/%ld/cwd", (long)pid);
            path_of_link(link, base);
        } else {
            path_of_fd(pid, dir, base);
        }
    }
    snprintf(whole, sizeof whole, "%s/%s", base, name);
    for (char *p = strtok(whole, "/"); p; p = strtok(NULL, "/")) {
        if (strcmp(p, ".") == 0)
            continue;
        if (strcmp(p, "..") == 0) {
            while (n > 0 && out[--n] != '/')
                ;
            continue;
        }
        if (n + strlen(p) + 2 > PATH_MAX)
            break;
        out[n++] = '/';
        memcpy(out + n, p, strlen(p));
        n += strlen(p);
    }
    out[n] = '\0';
}

static void
paths_of(pid_t pid, const struct call *c, const struct user_regs_struct *r,
         char one[PATH_MAX], char two[PATH_MAX])
{
    char name[PATH_MAX];
    const bool at = c->where == AT || c->where == TWO_AT;

    one[0] = two[0] = '\0';
    if (c->where == FD || c->where == OLD_FD) {
        path_of_fd(pid, (int)argument(r, c->where == FD ? 0 : c->at), one);
        return;
    }
    if (c->where == NO_PATH)
        return;
    read_string(pid, argument(r, c->at), name);
    if (at && name[0] == '\0') /* AT_EMPTY_PATH */
        path_of_fd(pid, (int)argument(r, 0), one);
    else
        absolute(pid, at ? (int)argument(r, 0) : AT_FDCWD, name, one);
    if (c->where != TWO_PATHS && c->where != TWO_AT)
        return;
    read_string(pid, argument(r, at ? 3 : 1), name);
    absolute(pid, at ? (int)argument(r, 2) : AT_FDCWD, name, two);
}

static bool
is_below(const char *path)
{
    for (size_t i = 0; i < o.nwithout; i++)
        if (strstr(path, o.without[i]))
            return false;
    for (size_t i = 0; i < o.nprefixes; i++) {
        const size_t n = strlen(o.prefixes[i]);

        if (strncmp(path, o.prefixes[i], n) == 0 &&
            (path[n] == '/' || path[n] == '\0' || path[n] == ' '))
            return true;
    }
    return o.nprefixes == 0;
}

/* Opened for writing or made: another kind, as a full disk meets only these.
 */
static const char *
kind_of(const struct call *c, const struct user_regs_struct *r)
{
    const unsigned long long flags =
        c->nr == SYS_creat ? O_CREAT : argument(r, c->where == AT ? 2 : 1);

    if (strcmp(c->kind, "open") != 0)
        return c->kind;
    return flags & (O_CREAT | O_WRONLY | O_RDWR) ? "create" : "open";
}

/* ---------------------------------------------------------------- the log */

static void
copy_data(pid_t pid, unsigned long long at, unsigned long long n)
{
    char part[64 * 1024];

    while (o.data && n > 0) {
        const size_t want = n < sizeof part ? (size_t)n : sizeof part;
        const size_t got = read_memory(pid, at, part, want);

        if (got == 0)
            break;
        fwrite(part, 1, got, o.data);
        at += got;
        n -= got;
    }
}

static long long
place_in(pid_t pid, long fd)
{
    char name[64], line[128];
    long long pos = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%ld/fdinfo/%ld", (long)pid, fd);
    f = fopen(name, "r");
    if (f && fgets(line, sizeof line, f))
        sscanf(line, "pos: %lld", &pos);
    if (f)
        fclose(f);
    return pos;
}

static void
note(pid_t pid, const struct call *c, const char *kind,
     const struct user_regs_struct *r, const char *one, const char *two)
{
    unsigned long long flags = 0, n = 0;
    long long pos = 0;

    if (c->nr == SYS_write || c->nr == SYS_pwrite64) {
        n = argument(r, 2);
        pos = c->nr == SYS_write ? place_in(pid, (int)argument(r, 0))
                                 : (long long)argument(r, 3);
        copy_data(pid, argument(r, 1), n);
    } else if (c->nr == SYS_writev) {
        struct iovec v[64];
        const size_t count = (size_t)argument(r, 2) < 64 ? argument(r, 2) : 64;

        pos = place_in(pid, (int)argument(r, 0));
        read_memory(pid, argument(r, 1), v, count * sizeof *v);
        for (size_t i = 0; i < count; i++) {
            copy_data(pid, (uintptr_t)v[i].iov_base, v[i].iov_len);
            n += v[i].iov_len;
        }
    } else if (c->nr == SYS_ftruncate || c->nr == SYS_truncate) {
        pos = (long long)argument(r, 1);
    } else if (c->nr == SYS_fallocate) {
        pos = (long long)(argument(r, 2) + argument(r, 3));
    } else if (strcmp(c->kind, "open") == 0) {
        flags = c->nr == SYS_creat ? O_CREAT | O_TRUNC
                                   : argument(r, c->where == AT ? 2 : 1);
    }
    fprintf(o.log, "%s\t%ld\t%s\t%s\t%llu\t%lld\t%llu\n", kind, (long)pid, one,
            two, flags, pos, n);
}

/* --------------------------------------------------------------- the fault */

static void
kill_all(void)
{
    for (size_t i = 0; i < npids; i++)
        kill(pids[i], SIGKILL);
}

/* The call is not done and gives the error; a close is done first. Returns how
 * the process goes on. */
static int
spoil(pid_t pid, const struct call *c, struct user_regs_struct *r)
{
    if (o.kill) {
        kill_all();
        return 0;
    }
    if (o.halve) {
        if (argument(r, 2) > 1)
            r->rdx /= 2;
        ptrace(PTRACE_SETREGS, pid, NULL, r);
        return PTRACE_CONT;
    }
    if (c->nr == SYS_close)
        return PTRACE_SYSCALL;
    r->orig_rax = (unsigned long long)-1;
    r->rax = (unsigned long long)-o.error;
    ptrace(PTRACE_SETREGS, pid, NULL, r);
    return PTRACE_CONT;
}

/* A call is about to be made. */
static int
on_call(pid_t pid)
{
    struct user_regs_struct r;
    char one[PATH_MAX], two[PATH_MAX];
    const struct call *c = NULL;
    const char *kind;

    if (ptrace(PTRACE_GETREGS, pid, NULL, &r) != 0)
        return PTRACE_CONT;
    for (size_t i = 0; i < CALLS && c == NULL; i++)
        if (calls[i].nr == (long)r.orig_rax)
            c = &calls[i];
    if (c == NULL)
        return PTRACE_CONT;
    kind = kind_of(c, &r);
    if (!is_wanted(kind) || (o.halve && c->nr == SYS_writev))
        return PTRACE_CONT;
    paths_of(pid, c, &r, one, two);
    if (c->where != NO_PATH && !is_below(one) && !(*two && is_below(two)))
        return PTRACE_CONT;
    if (c->where == NO_PATH && o.kinds == NULL)
        return PTRACE_CONT;
    o.counted++;
    if (o.log)
        note(pid, c, kind, &r, one, two);
    if (o.n == 0 || o.counted < o.n || (o.counted > o.n && !o.after))
        return PTRACE_CONT;
    return spoil(pid, c, &r);
}

/* Back from a close that is to fail. */
static void
on_return(pid_t pid)
{
    struct user_regs_struct r;

    if (ptrace(PTRACE_GETREGS, pid, NULL, &r) == 0) {
        r.rax = (unsigned long long)-o.error;
        ptrace(PTRACE_SETREGS, pid, NULL, &r);
    }
}

static void
go_on(pid_t pid, int how, int signal_number)
{
    if (how)
        ptrace(how, pid, NULL, (void *)(uintptr_t)signal_number);
}

/* A stop of any kind. */
static void
on_stop(pid_t pid, int status)
{
    const int event = status >> 16, number = WSTOPSIG(status);

    add_pid(pid);
    if (event == PTRACE_EVENT_SECCOMP)
        go_on(pid, on_call(pid), 0);
    else if (number == (SIGTRAP | 0x80)) {
        on_return(pid);
        go_on(pid, PTRACE_CONT, 0);
    } else if (event || number == SIGTRAP || number == SIGSTOP)
        go_on(pid, PTRACE_CONT, 0); /* new processes begin with SIGSTOP */
    else
        go_on(pid, PTRACE_CONT, number);
}

static int
follow(pid_t child)
{
    const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK |
                         PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                         PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    int status, result = CANNOT;
    pid_t pid;

    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)options) != 0)
        return CANNOT;
    add_pid(child);
    go_on(child, PTRACE_CONT, 0);
    while ((pid = waitpid(-1, &status, __WALL)) > 0) {
        if (WIFSTOPPED(status)) {
            on_stop(pid, status);
            continue;
        }
        if (pid == child)
            result = WIFEXITED(status) ? WEXITSTATUS(status)
                                       : 128 + WTERMSIG(status);
        for (size_t i = 0; i < npids; i++)
            if (pids[i] == pid)
                pids[i] = pids[--npids];
    }
    return result;
}

static FILE *
writing(const char *path)
{
    FILE *f = fopen(path, "we");

    if (f == NULL) {
        perror(path);
        exit(CANNOT);
    }
    return f;
}

int
main(int argc, char **argv)
{
    FILE *count = NULL;
    int letter, result;
    pid_t child;

    while ((letter = getopt(argc, argv, "+p:x:k:n:ae:s9c:l:d:")) >= 0)
        switch (letter) {
        case 'p':
            if (o.nprefixes < MOST)
                o.prefixes[o.nprefixes++] = optarg;
            break;
        case 'x':
            if (o.nwithout < MOST)
                o.without[o.nwithout++] = optarg;
            break;
        case 'k': o.kinds = optarg; break;
        case 'n': o.n = atol(optarg); break;
        case 'a': o.after = true; break;
        case 'e': o.error = atoi(optarg); break;
        case 's': o.halve = true; break;
        case '9': o.kill = true; break;
        case 'c': count = writing(optarg); break;
        case 'l': o.log = writing(optarg); break;
        case 'd': o.data = writing(optarg); break;
        default: return CANNOT;
        }
    if (optind >= argc)
        return CANNOT;
    child = fork();
    if (child == 0)
        begin(argv + optind);
    result = child < 0 ? CANNOT : follow(child);
    if (count)
        fprintf(count, "%ld\n", o.counted);
    if (count)
        fclose(count);
    if (o.log)
        fclose(o.log);
    if (o.data)
        fclose(o.data);
    return result;
}
#endif
