#include "source/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/internal.h"

enum { OPEN_AT_ONCE = 64, NAME_BYTES = PATH_MAX };

struct bn_out {
    char *path, *temporary;
    int fd, slot;
    bn_buf written; /* to compare with what is there, and for the digest */
};

/* NAME.HOST-PID.part: processes of two machines never share one. */
static uint32_t
host_number(void)
{
    char name[256] = "";
    uint32_t h = 2166136261u;

    gethostname(name, sizeof name - 1);
    for (const char *p = name; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    return h;
}

char *
bn_temporary(const char *path)
{
    char *name = bn_alloc(strlen(path) + 48);

    sprintf(name, "%s.%08x-%ld.part", path, (unsigned)host_number(),
            (long)getpid());
    unlink(name); /* of a dead process with our number */
    return name;
}

/* Temporary names of this process, fixed memory so that a signal handler may
 * read them. An entry is live while its first byte is not NUL. */
static char live[OPEN_AT_ONCE][NAME_BYTES];

static bn_code
write_error(const char *path, bn_err *err)
{
    const int e = errno;

    return bn_fail(err, bn_write_code(e), BN_NOWHERE, path, strerror(e));
}

/* The folder part of a path: allocated. */
static char *
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = bn_strdup(slash ? path : ".");

    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    return folder;
}

/* Names in the folder of a file are on the disk, too. */
static int
sync_folder(const char *path)
{
    char *folder = folder_of(path);
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc;

    free(folder);
    if (fd < 0)
        return -1;
    rc = fsync(fd);
    if (rc != 0 && errno == EINVAL)
        rc = 0; /* some file systems cannot sync a folder */
    close(fd);
    return rc;
}

/* A folder that is there already is good, whatever the system says to making
 * it; a new one is known to the folder above it for good. */
static bn_code
make_one(const char *path, bn_err *err)
{
    struct stat st;
    const int rc = mkdir(path, 0777) == 0 ? sync_folder(path) : -1;
    const int e = errno;

    if (rc == 0 || e == EEXIST ||
        (e != EIO && stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
        return BN_OK;
    errno = e;
    return write_error(path, err);
}

bn_code
bn_make_folder(const char *path, bn_err *err)
{
    char *part = bn_strdup(path);
    bn_code code = BN_OK;

    for (char *p = part + 1; code == BN_OK; p++) {
        const char c = *p;

        if (c != '/' && c != '\0')
            continue;
        *p = '\0';
        code = make_one(part, err);
        *p = c;
        if (c == '\0')
            break;
    }
    free(part);
    if (code == BN_OK && !bn_is_folder(path)) {
        errno = ENOTDIR;
        code = write_error(path, err);
    }
    return code;
}

/*
 * Is there something of a kind? When the system cannot say (an I/O error, a
 * folder that may not be searched) the answer is yes: whoever opens it next
 * then says why it cannot be had. Taking it for absent would silently make
 * papers without it.
 */
static bool
is_of(const char *path, mode_t kind)
{
    struct stat st;

    if (stat(path, &st) == 0)
        return (st.st_mode & S_IFMT) == kind;
    return errno != ENOENT && errno != ENOTDIR && errno != ELOOP &&
           errno != ENAMETOOLONG;
}

bool
bn_is_file(const char *path)
{
    return is_of(path, S_IFREG);
}

bool
bn_is_folder(const char *path)
{
    return is_of(path, S_IFDIR);
}

static int
take_slot(const char *name)
{
    for (int i = 0; i < OPEN_AT_ONCE; i++)
        if (live[i][0] == '\0' && strlen(name) < NAME_BYTES) {
            memcpy(live[i] + 1, name + 1, strlen(name));
            live[i][0] = name[0];
            return i;
        }
    return -1;
}

bn_code
bn_out_open(const char *path, bn_out **out, bn_err *err)
{
    char *folder = folder_of(path);
    bn_code code = bn_make_folder(folder, err);
    struct stat st;
    bn_out *o;

    free(folder);
    if (code != BN_OK)
        return code;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return write_error(path, err);
    }
    o = bn_alloc(sizeof *o);
    o->path = bn_strdup(path);
    o->temporary = bn_temporary(path);
    o->fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    o->slot = -1;
    if (o->fd < 0) {
        code = write_error(path, err);
        bn_out_abandon(o);
        return code;
    }
    o->slot = take_slot(o->temporary);
    *out = o;
    return BN_OK;
}

bn_code
bn_out_write(bn_out *o, const void *p, size_t n, bn_err *err)
{
    const char *s = p;

    bn_buf_add(&o->written, p, n);
    while (n > 0) {
        const ssize_t done = write(o->fd, s, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return write_error(o->path, err);
        s += done;
        n -= (size_t)done;
    }
    return BN_OK;
}

bn_digest
bn_out_digest(const bn_out *o)
{
    return bn_digest_of(o->written.p, o->written.len);
}

/* Are these bytes there already? */
static bool
unchanged(const bn_out *o)
{
    const int fd = open(o->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (size_t)st.st_size == o->written.len;
    size_t at = 0;
    char part[16 * 1024];

    while (same && at < o->written.len) {
        const ssize_t n = read(fd, part, sizeof part);

        same = n > 0 && (size_t)n <= o->written.len - at &&
               memcmp(part, o->written.p + at, (size_t)n) == 0;
        at += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
    return same;
}

bn_code
bn_out_commit(bn_out *o, bn_err *err)
{
    bn_code code = BN_OK;

    if (!unchanged(o)) {
        int rc = fsync(o->fd);
        const int closed = close(o->fd) == 0 || errno == EINTR ? 0 : -1;

        o->fd = -1;
        if (rc == 0)
            rc = closed;
        if (rc == 0)
            rc = rename(o->temporary, o->path);
        if (rc == 0)
            o->temporary[0] = '\0'; /* it is the file now */
        if (rc == 0)
            rc = sync_folder(o->path);
        if (rc != 0)
            code = write_error(o->path, err);
    }
    bn_out_abandon(o);
    return code;
}

void
bn_out_abandon(bn_out *o)
{
    if (o == NULL)
        return;
    if (o->fd >= 0)
        close(o->fd);
    if (o->temporary[0])
        unlink(o->temporary);
    if (o->slot >= 0)
        live[o->slot][0] = '\0';
    bn_buf_free(&o->written);
    free(o->temporary);
    free(o->path);
    free(o);
}

void
bn_out_abandon_all(void)
{
    for (int i = 0; i < OPEN_AT_ONCE; i++)
        if (live[i][0])
            unlink(live[i]);
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bn_code
bn_list_folder(const char *path, bn_arena *a, const char ***names, size_t *n,
               bn_err *err)
{
    BN_VEC(const char *) list = {0};
    DIR *dir = opendir(path);
    struct dirent *entry;
    int e;

    if (dir == NULL)
        return bn_fail(err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
    for (;;) {
        errno = 0;
        entry = readdir(dir);
        if (entry == NULL)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            BN_PUSH(&list) = bn_arena_strdup(a, entry->d_name);
    }
    e = errno;
    closedir(dir);
    if (e) { /* half a folder is none */
        BN_VEC_FREE(&list);
        return bn_fail(err, BN_EREAD, BN_NOWHERE, path, strerror(e));
    }
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_bytes);
    *names = bn_arena_copy(a, list.v, list.n * sizeof *list.v);
    *n = list.n;
    BN_VEC_FREE(&list);
    return BN_OK;
}

bn_code
bn_put_in_place(const char *from, const char *to, bn_err *err)
{
    bn_code code = BN_OK;

    if (rename(from, to) != 0 || sync_folder(to) != 0) {
        code = write_error(to, err);
        unlink(from);
    }
    return code;
}

bn_code
bn_put_synced(const char *from, const char *to, bn_err *err)
{
    const int fd = open(from, O_RDONLY | O_CLOEXEC);
    const int rc = fd < 0 ? -1 : fsync(fd);
    const int e = errno;

    if (fd >= 0)
        close(fd);
    if (rc == 0)
        return bn_put_in_place(from, to, err);
    unlink(from);
    errno = e;
    return write_error(to, err);
}

bn_code
bn_close_read(FILE *f, const char *path, bn_err *err)
{
    const int e = ferror(f) ? errno : 0;

    fclose(f);
    return e ? bn_fail(err, BN_EREAD, BN_NOWHERE, path, strerror(e)) : BN_OK;
}

/* Has a process ended? One that nobody has waited for yet (a worker whose
 * parent was killed) writes no more either. */
static bool
is_dead(long pid)
{
    char name[40], state = '\0';
    FILE *f;

    if (kill((pid_t)pid, 0) != 0)
        return errno == ESRCH;
    snprintf(name, sizeof name, "/proc/%ld/stat", pid);
    f = fopen(name, "r");
    if (f == NULL)
        return errno == ENOENT;
    if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
        state = '\0';
    fclose(f);
    return state == 'Z' || state == 'X';
}

/* Is it a temporary file that nobody writes any more? */
static bool
is_left_over(const char *name)
{
    const size_t n = strlen(name);
    char mark[16];
    const char *at;
    long pid;

    if (n < 6 || strcmp(name + n - 5, ".part") != 0)
        return false;
    snprintf(mark, sizeof mark, ".%08x-", (unsigned)host_number());
    at = strstr(name, mark);
    if (at == NULL)
        return false;
    pid = strtol(at + strlen(mark), NULL, 10);
    return pid > 0 && pid != (long)getpid() && is_dead(pid);
}

void
bn_out_clean_beside(const char *path)
{
    char *folder = folder_of(path);

    bn_out_clean(folder);
    free(folder);
}

void
bn_out_clean(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL)
        if (is_left_over(entry->d_name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

bool
bn_file_stamp(const char *path, bn_stamp *out)
{
    struct stat st;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    *out = (bn_stamp){
        .size = st.st_size,
        .modified_ns =
            (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
        .changed_ns =
            (int64_t)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec,
        .inode = (int64_t)st.st_ino,
    };
    return true;
}

bool
bn_file_digest(const char *path, bn_digest *out)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bn_buf b = {0};
    ssize_t n = -1;
    int why;

    while (fd >= 0) {
        n = read(fd, bn_buf_reserve(&b, 64 * 1024), 64 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        b.len += (size_t)n;
    }
    why = errno;
    if (fd >= 0)
        close(fd);
    if (n == 0)
        *out = bn_digest_of(b.p, b.len);
    bn_buf_free(&b);
    errno = why;
    return n == 0;
}
