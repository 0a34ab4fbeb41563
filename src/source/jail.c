#define _GNU_SOURCE /* openat2 by syscall(2), O_PATH */
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "source/internal.h"

/* What of a real path lies below a root: "" for the root itself, NULL when
 * it does not lie there. */
static const char *
below(const read_root *r, const char *real)
{
    const size_t n = strlen(r->path);

    if (!r->folder)
        return strcmp(r->path, real) == 0 ? "" : NULL;
    if (strncmp(r->path, real, n) != 0)
        return NULL;
    if (real[n] == '/')
        return real + n + 1;
    return n == 1 ? real + 1 : NULL; /* root "/" */
}

/*
 * Open rel below folder without following any link: the path was resolved, so
 * a link there now was put there since (TOCTOU, ROBUSTNESS 4a 36).
 */
static int
open_below(const char *folder, const char *rel)
{
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
        .resolve =
            RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    const int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd;

    if (dir < 0)
        return -1;
    fd = (int)syscall(SYS_openat2, dir, rel, &how, sizeof how);
    if (fd < 0 && errno == ENOSYS) /* kernels before 5.6: last part only */
        fd = openat(dir, rel, (int)how.flags | O_NOFOLLOW);
    close(dir);
    return fd;
}

static int
open_real(const bn_source *s, const char *real)
{
    for (size_t i = 0; i < s->roots.n; i++) {
        const read_root *r = &s->roots.v[i];
        const char *rel = below(r, real);

        if (rel == NULL)
            continue;
        if (!r->folder)
            return open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
                                  O_NOFOLLOW);
        return open_below(r->path, *rel ? rel : ".");
    }
    errno = EXDEV;
    return -1;
}

int
bn_jail_open(const bn_source *s, const char *path, bn_err *err)
{
    char *real = realpath(path, NULL);
    struct stat st;
    int fd;

    if (real == NULL) {
        bn_fail(err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
        return -1;
    }
    fd = open_real(s, real);
    free(real);
    if (fd < 0) {
        if (errno == EXDEV || errno == ELOOP)
            bn_fail(err, BN_EOUTSIDE, BN_NOWHERE, path);
        else
            bn_fail(err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
        return -1;
    }
    if (fstat(fd, &st) != 0) {
        bn_fail(err, BN_EREAD, BN_NOWHERE, path, strerror(errno));
        close(fd);
        return -1;
    }
    if (!S_ISREG(st.st_mode)) {
        close(fd);
        bn_fail(err, BN_EOUTSIDE, BN_NOWHERE, path);
        return -1;
    }
    return fd;
}
