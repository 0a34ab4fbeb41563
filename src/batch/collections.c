/* collections.c - many cases in one file: archives, streams, tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "batch/internal.h"

/* A collection while it is cut. */
typedef struct cutting {
    batch *b;
    const char *path;
    collection_add *add; /* NULL: only make known */
    size_t n;
    int fd; /* of a table's spool */
    int64_t offset;
    bn_code code;
    bn_err err;
} cutting;

static bool
ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), m = strlen(end);

    return n > m && strcasecmp(s + n - m, end) == 0;
}

/* What stands for a case in its collection: its id, for a line of a manifest
 * must find it again; a number where there is none or it is there twice. */
static const char *
name_of(const cutting *c, const char *id)
{
    bn_source *s = bn_run_source(c->b->r);
    const char *name =
        bn_arena_printf(c->b->arena, "%s#%s", c->path, id ? id : "");

    if (id && *id && strpbrk(id, "/#") == NULL && !bn_source_has_piece(s, name))
        return name;
    return bn_arena_printf(c->b->arena, "%s#%zu", c->path, c->n);
}

static bool
take(void *user, const bn_slice *cut, const char *name, const char *bytes)
{
    cutting *c = user;
    batch *b = c->b;
    const char *id = scan_id(b->arena, bytes);
    const bn_digest digest = bn_digest_of(bytes, cut->nbytes);
    bn_slice piece = *cut;

    (void)name;
    c->n++;
    piece.name = name_of(c, id);
    bn_source_add_piece(bn_run_source(b->r), &piece);
    bn_map_puts(b->pieces, piece.name)->p =
        bn_arena_copy(b->arena, &digest, sizeof digest);
    if (c->add)
        c->add(b, bn_arena_strdup(b->arena, piece.name), id ? id : "", c->path,
               &digest);
    return true;
}

bool
is_collection(batch *b, const char *path)
{
    bn_err err;

    if (ends_with(path, ".zip") || ends_with(path, ".csv") ||
        strcmp(path, "-") == 0)
        return true;
    return bn_source_add_root(bn_run_source(b->r), path, &err) == BN_OK &&
           bn_is_stream(bn_run_source(b->r), path, bn_unit_names());
}

/* A case that a row of a table became: into the spool. */
static void
take_row(void *user, const bn_import_case *row)
{
    cutting *c = user;
    const bn_slice piece = {.fd = c->fd,
                            .shown = c->path,
                            .offset = c->offset,
                            .nbytes = row->bytes->len,
                            .line = row->line,
                            .row = true,
                            .places = row->places,
                            .nplaces = row->nplaces};

    if (c->code == BN_OK)
        c->code = bn_spool_add(c->fd, row->bytes->p, piece.nbytes, &c->err);
    if (c->code == BN_OK)
        take(c, &piece, NULL, row->bytes->p);
    c->offset += (int64_t)piece.nbytes;
}

/* A table, a row a case, by the mapping of bunsho import. */
static void
cut_table(batch *b, cutting *c, bn_msgs *msgs)
{
    const char *slash = strrchr(c->path, '/');
    const bn_import_options o = {.kind = "cases",
                                 .table = c->path,
                                 .out = slash ? bn_arena_strndup(
                                                    b->arena, c->path,
                                                    slash - c->path)
                                              : ".",
                                 .take = take_row,
                                 .user = c};

    c->fd = bn_spool_open(&c->err);
    if (c->fd < 0) {
        bn_msgs_add(msgs, &c->err, BN_ERROR);
        return;
    }
    BN_PUSH(&b->fds) = c->fd;
    bn_import_table(b->r, &o, msgs);
    if (c->code)
        bn_msgs_add(msgs, &c->err, BN_ERROR);
}

static int
cut(batch *b, cutting *c)
{
    bn_source *s = bn_run_source(b->r);
    bn_msgs msgs = {0};
    bn_err err = {0};
    int fd = -1, status;

    if (strcmp(c->path, "-") != 0 && bn_source_add_root(s, c->path, &err))
        bn_msgs_add(&msgs, &err, BN_ERROR);
    else if (ends_with(c->path, ".csv"))
        cut_table(b, c, &msgs);
    else if (!ends_with(c->path, ".zip"))
        bn_stream_cut(s, c->path, &fd, take, c, &msgs);
    else if (bn_zip_cut(s, c->path, &fd, take, c, &err))
        bn_msgs_add(&msgs, &err, BN_ERROR);
    if (fd >= 0)
        BN_PUSH(&b->fds) = fd;
    for (const bn_msg *m = msgs.first; m; m = m->next)
        bn_msgs_add(b->msgs, &m->err, m->level);
    status = msgs.exit;
    if (status > b->status)
        b->status = status;
    bn_msgs_free(&msgs);
    /* what came before a fault in a stream is made all the same */
    return status;
}

int
collection_open(batch *b, const char *path, collection_add *add)
{
    cutting c = {.b = b, .path = path, .add = add};

    if (b->containers == NULL) {
        b->containers = bn_map_new(b->arena);
        b->pieces = bn_map_new(b->arena);
    }
    bn_map_puts(b->containers, path)->n = 1;
    return cut(b, &c);
}

int
collection_find(batch *b, job *j)
{
    const char *sign = strrchr(j->path, '#');
    const char *path;
    const bn_map_value *piece;
    int status = 0;

    if (sign == NULL || bn_is_file(j->path))
        return 0;
    path = bn_arena_strndup(b->arena, j->path, sign - j->path);
    if (b->containers == NULL || bn_map_finds(b->containers, path) == NULL)
        status = collection_open(b, path, NULL);
    piece = bn_map_finds(b->pieces, j->path);
    if (piece == NULL)
        return status;
    j->container = path;
    j->bytes = *(const bn_digest *)piece->p;
    return 0;
}
