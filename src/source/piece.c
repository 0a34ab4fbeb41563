#define _GNU_SOURCE /* O_TMPFILE */
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/internal.h"

void
bn_source_add_piece(bn_source *s, const bn_slice *piece)
{
    bn_slice *kept;

    kept = bn_arena_copy(s->arena, piece, sizeof *piece);
    kept->name = bn_arena_strdup(s->arena, piece->name);
    kept->shown = bn_arena_strdup(s->arena, piece->shown);
    kept->places = bn_arena_copy(s->arena, piece->places,
                                 piece->nplaces * sizeof *piece->places);
    bn_map_puts(s->pieces, kept->name)->p = kept;
}

const bn_slice *
bn_source_piece(const bn_source *s, const char *name)
{
    const bn_map_value *v = bn_map_finds(s->pieces, name);

    return v ? v->p : NULL;
}

bool
bn_source_has_piece(const bn_source *s, const char *name)
{
    return bn_source_piece(s, name) != NULL;
}

bn_code
bn_slice_read(const bn_slice *piece, bn_buf *out, bn_err *err)
{
    size_t done = 0;

    bn_buf_reserve(out, piece->nbytes + 1);
    while (done < piece->nbytes) {
        const ssize_t n =
            pread(piece->fd, out->p + out->len, piece->nbytes - done,
                  piece->offset + (off_t)done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return bn_fail(err, BN_EREAD, BN_NOWHERE, piece->shown,
                           n < 0 ? strerror(errno) : "");
        out->len += (size_t)n;
        done += (size_t)n;
    }
    bn_buf_add(out, "", 0);
    return BN_OK;
}

void
bn_source_show(const bn_source *s, bn_loc *loc)
{
    const bn_slice *piece =
        s && loc->file ? bn_source_piece(s, loc->file) : NULL;

    if (piece == NULL)
        return;
    loc->file = piece->shown;
    if (piece->row) {
        loc->line = piece->line;
        loc->column = 0;
    } else if (piece->line && loc->line) {
        if (loc->line == 1 && loc->column)
            loc->column += piece->column - 1;
        loc->line += piece->line - 1;
    }
}

/* ------------------------------------------------------------------ spools */

int
bn_spool_open(bn_err *err)
{
    const char *folder = getenv("TMPDIR");
    char name[4096];
    int fd;

    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && snprintf(name, sizeof name, "%s/bunsho.XXXXXX", folder) <
                      (int)sizeof name) {
        fd = mkstemp(name);
        if (fd >= 0)
            unlink(name);
    }
    if (fd < 0)
        bn_fail(err, bn_write_code(errno), BN_NOWHERE, folder, strerror(errno));
    return fd;
}

bn_code
bn_spool_add(int fd, const char *p, size_t n, bn_err *err)
{
    while (n > 0) {
        const ssize_t done = write(fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return bn_fail(err, bn_write_code(errno), BN_NOWHERE, "TMPDIR",
                           strerror(errno));
        p += done;
        n -= (size_t)done;
    }
    return BN_OK;
}
