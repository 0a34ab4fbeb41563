/* jobs.c - the units of a run: folders, manifests, single files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/internal.h"

enum { HEAD_BYTES = 16 * 1024, LINE_MOST = 1024 * 1024 };

static bool
ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), m = strlen(end);

    return n > m && strcmp(s + n - m, end) == 0;
}

/* ------------------------------------------------------------------- ids */

/* Behind a comment, declaration or processing instruction. */
static const char *
skip_misc(const char *p)
{
    const char *end = strncmp(p, "<!--", 4) == 0 ? "-->" : ">";

    p = strstr(p, end);
    return p ? p + strlen(end) : NULL;
}

/* The id of the root element, from the first bytes of a file. NULL: not to be
 * had so simply (another encoding, entities); the whole file tells. */
const char *
scan_id(bn_arena *a, const char *head)
{
    const char *p = strchr(head, '<'), *close;

    while (p && (p[1] == '?' || p[1] == '!')) {
        p = skip_misc(p);
        p = p ? strchr(p, '<') : NULL;
    }
    close = p ? strchr(p, '>') : NULL;
    for (p = p ? p + strcspn(p, " \t\r\n>") : NULL; p && close && p < close;) {
        const char *name = p + strspn(p, " \t\r\n"), *quote, *end;

        quote = strpbrk(name, "\"'>");
        end = quote && *quote != '>' ? strchr(quote + 1, *quote) : NULL;
        if (end == NULL)
            return NULL;
        if (strncmp(name, "id=", 3) == 0 && quote == name + 3 &&
            memchr(quote, '&', end - quote) == NULL)
            return bn_arena_strndup(a, quote + 1, end - quote - 1);
        p = end + 1;
        close = strchr(p, '>');
    }
    return NULL;
}

/* The first bytes of a file as text. */
static void
read_head(const char *path, char *head)
{
    FILE *f = fopen(path, "rb");
    const size_t n = f ? fread(head, 1, HEAD_BYTES, f) : 0;

    if (f)
        fclose(f);
    head[n] = '\0';
    if (strlen(head) != n) /* another encoding */
        *head = '\0';
}

static const char *
id_of(batch *b, const char *path)
{
    char head[HEAD_BYTES + 1];
    const char *id;

    read_head(path, head);
    id = scan_id(b->arena, head);
    return id ? id : bn_run_id(b->r, b->arena, path);
}

/* ------------------------------------------------------------------ jobs */

static job *
add_job(batch *b, const char *path, const char *id)
{
    if (b->o->shard.count && !jobs_shard(b, id))
        return NULL;
    BN_PUSH(&b->jobs) = (job){.path = path, .id = id};
    return &b->jobs.v[b->jobs.n - 1];
}

static void
add_piece(batch *b, const char *path, const char *id, const char *container,
          const bn_digest *bytes)
{
    job *j = add_job(b, path, id);

    if (j) {
        j->container = container;
        j->bytes = *bytes;
    }
}

/* A case, or a stream of them. */
static int
from_file(batch *b, const char *path)
{
    char head[HEAD_BYTES + 1];
    const char *id;

    read_head(path, head);
    id = scan_id(b->arena, head);
    if (id == NULL && is_collection(b, path))
        return collection_open(b, path, add_piece);
    add_job(b, path, id ? id : bn_run_id(b->r, b->arena, path));
    return 0;
}

bool
jobs_shard(const batch *b, const char *id)
{
    return bn_shard_hash(id) % b->o->shard.count == b->o->shard.index;
}

static int
from_folder(batch *b, const char *folder)
{
    const char **names;
    size_t n;
    bn_err err = {0};

    if (bn_list_folder(folder, b->arena, &names, &n, &err))
        return batch_fail(b, &err);
    for (size_t i = 0; i < n; i++) {
        const char *path = bn_arena_printf(b->arena, "%s/%s", folder, names[i]);

        if (names[i][0] != '.' && ends_with(names[i], ".xml") &&
            bn_is_file(path))
            from_file(b, path);
    }
    return 0;
}

static int
bad_line(batch *b, const char *path, size_t line, const char *what)
{
    const bn_loc at = {.file = path, .line = (uint32_t)line};
    bn_err err;

    bn_fail(&err, BN_EMANIFEST, at, what);
    return batch_fail(b, &err);
}

/* A relative path counts from the manifest's folder. */
static const char *
beside(batch *b, const char *manifest, const char *path)
{
    const char *slash = strrchr(manifest, '/');

    if (*path == '/' || slash == NULL)
        return bn_arena_strdup(b->arena, path);
    return bn_arena_printf(b->arena, "%.*s/%s", (int)(slash - manifest),
                           manifest, path);
}

/* Below the manifest's folder from there, else from the root. */
const char *
jobs_path(batch *b, const char *manifest, const char *path)
{
    const char *slash = strrchr(manifest, '/');
    const char *folder =
        slash ? bn_arena_strndup(b->arena, manifest, slash - manifest) : ".";
    const char *sign = bn_is_file(path) ? NULL : strrchr(path, '#');
    const char *file =
        sign ? bn_arena_strndup(b->arena, path, sign - path) : path;
    char *real = realpath(file, NULL), *base = realpath(folder, NULL);
    const size_t n = base ? strlen(base) : 0;
    const char *out = path;

    if (real && base)
        out = bn_arena_printf(
            b->arena, "%s%s",
            strncmp(real, base, n) == 0 && real[n] == '/' ? real + n + 1 : real,
            sign ? sign : "");
    free(real);
    free(base);
    return out;
}

static const char *
text_of(batch *b, json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));

    return s ? bn_arena_strdup(b->arena, s) : NULL;
}

static int
take_line(batch *b, const char *manifest, size_t line, json_t *object)
{
    const char *path = text_of(b, object, "path");
    const char *id = text_of(b, object, "id");
    const char *today = text_of(b, object, "today");
    json_t *numbers = json_object_get(object, "numbers");
    json_t *issued = json_object_get(object, "issued");
    json_t *refused = json_object_get(object, "refused");
    char day[11], stamp[32];
    job piece = {0};
    bn_err err;
    job *j;

    if (path == NULL)
        return bad_line(b, manifest, line, "path");
    if (numbers && !json_is_object(numbers))
        return bad_line(b, manifest, line, "numbers");
    if (today && bn_today(today, day, stamp, &err))
        return bad_line(b, manifest, line, "today");
    path = beside(b, manifest, path);
    piece.path = path;
    if (collection_find(b, &piece))
        return 0; /* told; the others go on */
    j = add_job(b, path, id ? id : id_of(b, path));
    if (j) {
        j->container = piece.container;
        j->bytes = piece.bytes;
        j->today = today;
        j->given = json_incref(numbers);
        j->given_issued = json_is_object(issued) ? json_incref(issued) : NULL;
        j->refused = json_is_object(refused) ? json_incref(refused) : NULL;
    }
    return 0;
}

static int
from_manifest(batch *b, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t cap = 0, line = 0;
    int status = 0;
    ssize_t n;
    bn_err err;

    if (f == NULL) {
        bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
        return batch_fail(b, &err);
    }
    while (status == 0 && (n = getline(&text, &cap, f)) >= 0) {
        json_error_t why;
        json_t *object;

        line++;
        if (strspn(text, " \t\r\n") == (size_t)n)
            continue;
        object = n < LINE_MOST
                     ? json_loadb(text, (size_t)n, JSON_REJECT_DUPLICATES, &why)
                     : NULL;
        status = json_is_object(object)
                     ? take_line(b, path, line, object)
                     : bad_line(b, path, line, n < LINE_MOST ? why.text : "");
        json_decref(object);
    }
    free(text);
    fclose(f);
    return status;
}

/* Two files of one id would write the same papers over each other. */
static int
refuse_twins(batch *b)
{
    bn_map *ids = bn_map_new(b->arena);
    int status = 0;

    for (size_t i = 0; i < b->jobs.n && status == 0; i++) {
        bn_buf folded = {0};
        bn_map_value *slot;
        bn_err err;

        bn_fold_name(b->jobs.v[i].id, &folded);
        slot = bn_map_put(ids, folded.p ? folded.p : "", folded.len, NULL);
        bn_buf_free(&folded);
        if (slot->n && *b->jobs.v[i].id) {
            bn_fail(&err, BN_ETWINS, (bn_loc){.file = b->jobs.v[i].path},
                    b->jobs.v[i].id, b->jobs.v[slot->n - 1].path);
            status = batch_fail(b, &err);
        }
        slot->n = (int64_t)i + 1;
    }
    return status;
}

int
jobs_find(batch *b)
{
    int status = 0;

    for (size_t i = 0; i < b->o->ninputs && status == 0; i++) {
        const char *path = b->o->inputs[i];

        if (bn_is_folder(path))
            status = from_folder(b, path);
        else if (ends_with(path, ".zip") || ends_with(path, ".csv") ||
                 strcmp(path, "-") == 0)
            status = collection_open(b, path, add_piece);
        else if (ends_with(path, ".xml"))
            status = from_file(b, path);
        else
            status = from_manifest(b, path);
    }
    return status ? status : refuse_twins(b);
}
