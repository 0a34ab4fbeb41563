#include "source/source.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/internal.h"

enum { USUAL_LIMIT = 256 * 1024 * 1024 };

bn_source *
bn_source_new(void)
{
    bn_source *s = bn_alloc(sizeof *s);

    s->arena = bn_arena_new();
    s->numbers = bn_map_new(s->arena);
    s->pieces = bn_map_new(s->arena);
    return s;
}

void
bn_source_free(bn_source *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->roots.n; i++)
        free(s->roots.v[i].path);
    for (size_t i = 0; i < s->files.n; i++) {
        free(s->files.v[i].path);
        free(s->files.v[i].kept);
    }
    for (size_t i = 0; i < s->grammars.n; i++)
        bn_grammar_free(s->grammars.v[i]);
    BN_VEC_FREE(&s->roots);
    BN_VEC_FREE(&s->files);
    BN_VEC_FREE(&s->grammars);
    bn_buf_free(&s->last.text);
    bn_arena_free(s->arena);
    free(s);
}

bn_code
bn_source_add_root(bn_source *s, const char *path, bn_err *err)
{
    char *real = realpath(path, NULL);
    struct stat st;
    read_root r;

    if (real == NULL || stat(real, &st) != 0) {
        free(real);
        return bn_fail(err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
    }
    r = (read_root){bn_strdup(real), S_ISDIR(st.st_mode)};
    free(real);
    for (size_t i = 0; i < s->roots.n; i++)
        if (strcmp(s->roots.v[i].path, r.path) == 0) {
            free(r.path);
            return BN_OK;
        }
    BN_PUSH(&s->roots) = r;
    return BN_OK;
}

/* Read all of fd, at most max bytes. */
static bn_code
read_all(int fd, const char *path, size_t max, bn_buf *out, bn_err *err)
{
    size_t total = 0;

    for (;;) {
        char *at = bn_buf_reserve(out, 64 * 1024);
        const ssize_t n = read(fd, at, 64 * 1024);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return bn_fail(err, BN_EREAD, BN_NOWHERE, path, strerror(errno));
        if (n == 0)
            break;
        out->len += (size_t)n;
        total += (size_t)n;
        if (total > max)
            return bn_fail(err, BN_ETOOBIG, BN_NOWHERE, path);
    }
    bn_buf_add(out, "", 0); /* the closing NUL */
    return BN_OK;
}

bn_code
bn_source_read(bn_source *s, const char *path, size_t max, bn_buf *out,
               bn_err *err)
{
    const size_t before = out->len;
    const bn_slice *piece = bn_source_piece(s, path);
    int fd;
    bn_code code;

    if (piece) {
        code = bn_slice_read(piece, out, err);
        if (code == BN_OK)
            bn_source_note(s, path, out->p + before, out->len - before, false);
        return code;
    }
    fd = bn_jail_open(s, path, err);
    if (fd < 0)
        return err ? err->code : BN_ENOINPUT;
    code = read_all(fd, path, max ? max : USUAL_LIMIT, out, err);
    close(fd);
    if (code == BN_OK)
        bn_source_note(s, path, out->p + before, out->len - before, false);
    return code;
}

uint32_t
bn_source_note(bn_source *s, const char *path, const char *bytes, size_t n,
               bool keep)
{
    const bn_digest digest = bn_digest_of(bytes, n);
    const uint32_t old = bn_source_file_number(s, path);
    read_file f = {.nbytes = n, .digest = digest};

    if (old && memcmp(&s->files.v[old - 1].digest, &digest, sizeof digest) == 0)
        return old;
    f.path = bn_strdup(path);
    if (keep) {
        f.kept = bn_alloc(n + 1);
        memcpy(f.kept, bytes, n);
    }
    BN_PUSH(&s->files) = f;
    bn_map_puts(s->numbers, path)->n = (int64_t)s->files.n;
    return (uint32_t)s->files.n;
}

const char *
bn_source_file(const bn_source *s, uint32_t number)
{
    return number > 0 && number <= s->files.n ? s->files.v[number - 1].path
                                              : NULL;
}

const bn_digest *
bn_source_file_digest(const bn_source *s, uint32_t number)
{
    return number > 0 && number <= s->files.n ? &s->files.v[number - 1].digest
                                              : NULL;
}

uint32_t
bn_source_file_number(const bn_source *s, const char *path)
{
    const bn_map_value *v = bn_map_finds(s->numbers, path);

    return v ? (uint32_t)v->n : 0;
}
