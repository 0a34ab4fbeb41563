/* jobs.c - the units of a run: folders, manifests, single files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "batch/internal.h"

enum { HEAD_BYTES = 16 * 1024, LINE_MOST = 1024 * 1024 };

static bool
ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), m = strlen(end);

    return n > m && strcasecmp(s + n - m, end) == 0;
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
    b->found++;
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

/* A line of a manifest while it is read. */
typedef struct entry {
    const char *manifest, *text;
    size_t line;
    json_t *object;
} entry;

/* Where a member's name stands; where it is missing, the line's beginning. */
static bn_loc
where(batch *b, const entry *e, const char *key)
{
    const char *at =
        strstr(e->text, bn_arena_printf(b->arena, "\"%s\"", key));

    return (bn_loc){.file = e->manifest,
                    .line = (uint32_t)e->line,
                    .column = at ? (uint32_t)bn_u8_count(e->text,
                                                         at - e->text) + 1
                                 : 1};
}

static int
bad_member(batch *b, const entry *e, const char *key)
{
    bn_err err;

    bn_fail(&err, BN_EMANIFESTKEY, where(b, e, key), key);
    return batch_fail(b, &err);
}

static int
bad_line(batch *b, const entry *e, const json_error_t *why)
{
    const bn_loc at = {.file = e->manifest,
                       .line = (uint32_t)e->line,
                       .column = (uint32_t)(why->column > 0 ? why->column : 1)};
    bn_err err;

    bn_fail(&err, BN_EMANIFEST, at, why->text);
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

/* What a manifest may say; the last two are told by `number` alone. */
static const char *const members[] = {"path",  "id",     "numbers",
                                      "today", "issued", "refused"};

static void
warn_unknown(batch *b, const entry *e)
{
    const char *key;
    json_t *value;

    json_object_foreach(e->object, key, value)
    {
        bool known = false;

        for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
            known |= strcmp(key, members[i]) == 0;
        if (!known)
            bn_warn_once(b->msgs, BN_WMANIFESTKEY, where(b, e, key), key);
    }
}

/* Numbers as strings, or as objects that say what they replace. */
static bool
are_numbers(const json_t *numbers)
{
    const char *key;
    const json_t *value;
    bool good = json_is_object(numbers);

    json_object_foreach((json_t *)numbers, key, value)
    {
        const char *number = json_string_value(
            json_is_object(value) ? json_object_get(value, "number") : value);

        good &= number && *number;
    }
    return good;
}

/* The member that cannot be used; NULL: all can. */
static const char *
wrong_member(const json_t *object)
{
    const json_t *path = json_object_get(object, "path");
    const json_t *id = json_object_get(object, "id");
    const json_t *numbers = json_object_get(object, "numbers");
    const json_t *today = json_object_get(object, "today");
    char day[11], stamp[32];
    bn_err err;

    if (!json_is_string(path) || *json_string_value(path) == '\0')
        return "path";
    if (id && (!json_is_string(id) || *json_string_value(id) == '\0'))
        return "id";
    if (numbers && !are_numbers(numbers))
        return "numbers";
    if (today && (!json_is_string(today) ||
                  bn_today(json_string_value(today), day, stamp, &err)))
        return "today";
    return NULL;
}

static int
take_line(batch *b, const entry *e)
{
    const char *path, *id = text_of(b, e->object, "id");
    const char *wrong = wrong_member(e->object);
    json_t *issued = json_object_get(e->object, "issued");
    json_t *refused = json_object_get(e->object, "refused");
    job piece = {0};
    int status;
    job *j;

    if (wrong)
        return bad_member(b, e, wrong);
    warn_unknown(b, e);
    path = beside(b, e->manifest, text_of(b, e->object, "path"));
    piece.path = path;
    status = collection_find(b, &piece);
    if (status)
        return status;
    j = add_job(b, path, id ? id : id_of(b, path));
    if (j) {
        j->container = piece.container;
        j->bytes = piece.bytes;
        j->today = text_of(b, e->object, "today");
        j->given = json_incref(json_object_get(e->object, "numbers"));
        j->given_issued = json_is_object(issued) ? json_incref(issued) : NULL;
        j->refused = json_is_object(refused) ? json_incref(refused) : NULL;
    }
    return 0;
}

static int
read_line(batch *b, entry *e, size_t n)
{
    json_error_t why = {.text = "too long"};
    int status = 0;

    if (strspn(e->text, " \t\r\n") == n)
        return 0;
    e->object = n < LINE_MOST
                    ? json_loadb(e->text, n, JSON_REJECT_DUPLICATES, &why)
                    : NULL;
    if (e->object && !json_is_object(e->object))
        snprintf(why.text, sizeof why.text, "no object");
    status = json_is_object(e->object) ? take_line(b, e)
                                       : bad_line(b, e, &why);
    json_decref(e->object);
    return status;
}

/* A line that cannot be read costs its case; the worst status is told. */
static int
from_manifest(batch *b, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t cap = 0;
    int status = 0;
    ssize_t n;
    entry e = {.manifest = path};
    bn_err err;

    if (f == NULL) {
        bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
        return batch_fail(b, &err);
    }
    while (!(status && b->o->fail_fast) && (n = getline(&text, &cap, f)) >= 0) {
        const size_t mark =
            e.line == 0 && n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3
                                                                         : 0;
        int one;

        e.line++;
        e.text = text + mark;
        one = read_line(b, &e, (size_t)n - mark);
        status = one > status ? one : status;
    }
    if (bn_close_read(f, path, &err) && status == 0)
        status = batch_fail(b, &err);
    free(text);
    return status;
}

/* ----------------------------------------------------------------- twins */

static void
tell_twin(batch *b, job *j, const job *other)
{
    bn_err err;

    bn_fail(&err, BN_ETWINS, (bn_loc){.file = j->path}, j->id, other->path);
    batch_fail(b, &err);
    j->twin = true;
}

/* Two files of one id would write the same papers over each other: neither is
 * made. One file that is named twice is made once. */
static void
refuse_twins(batch *b)
{
    bn_map *ids = bn_map_new(b->arena);
    size_t n = 0;

    for (size_t i = 0; i < b->jobs.n; i++) {
        job *j = &b->jobs.v[i];
        bn_buf folded = {0};
        bn_map_value *slot;

        bn_fold_name(j->id, &folded);
        slot = bn_map_put(ids, folded.p ? folded.p : "", folded.len, NULL);
        bn_buf_free(&folded);
        if (slot->n && *j->id) {
            job *first = &b->jobs.v[slot->n - 1];

            tell_twin(b, j, first);
            if (!first->twin && strcmp(first->path, j->path) != 0)
                tell_twin(b, first, j);
        } else {
            slot->n = (int64_t)i + 1;
        }
    }
    for (size_t i = 0; i < b->jobs.n; i++) {
        if (!b->jobs.v[i].twin)
            b->jobs.v[n++] = b->jobs.v[i];
        else
            jobs_free(&b->jobs.v[i]);
    }
    b->sum->units += b->jobs.n - n;
    b->sum->failed += b->jobs.n - n;
    b->jobs.n = n;
}

/* ----------------------------------------------------------------- inputs */

void
jobs_free(job *j)
{
    json_decref(j->given);
    json_decref(j->given_issued);
    json_decref(j->lost);
    json_decref(j->deaths);
    json_decref(j->refused);
    json_decref(j->rivals);
    json_decref(j->numbers);
    json_decref(j->issued);
}

static int
from_input(batch *b, const char *path)
{
    const size_t before = b->found;
    bn_err err;
    int status;

    if (bn_is_folder(path))
        status = from_folder(b, path);
    else if (ends_with(path, ".zip") || ends_with(path, ".csv") ||
             strcmp(path, "-") == 0)
        status = collection_open(b, path, add_piece);
    else if (ends_with(path, ".xml"))
        status = from_file(b, path);
    else
        status = from_manifest(b, path);
    if (status || b->found > before)
        return status;
    bn_fail(&err, BN_ENOUNITS, BN_NOWHERE, path);
    return batch_fail(b, &err);
}

/* What was said of the inputs since the last call, as a line of this shard's
 * results, for merge must know that they are not whole. */
static void
note_faults(batch *b, bool ours)
{
    const bn_batch_teller *t = &b->o->teller;
    bn_buf text = {0}, json = {0};
    bn_msgs faults = {0};
    const bn_msg *m = b->noted ? b->noted->next : b->msgs->first;

    for (; m; m = m->next) {
        if (m->level == BN_ERROR)
            bn_msgs_add(&faults, &m->err, m->level);
        b->noted = m;
    }
    if (faults.first && ours && b->o->shard.count && t->word) {
        t->word(t->user, b->r, &faults, &text, &json);
        bn_buf_addf(&b->results,
                    "{\"input\":true,\"status\":%d,\"messages\":[%s]}\n",
                    faults.exit, json.p ? json.p : "");
    }
    bn_buf_free(&text);
    bn_buf_free(&json);
    bn_msgs_free(&faults);
}

/* What could not be read costs itself, and the papers over many cases, which
 * would lack it. */
int
jobs_find(batch *b)
{
    int status = 0;

    for (size_t i = 0; i < b->o->ninputs && !(status && b->o->fail_fast);
         i++) {
        const int one = from_input(b, b->o->inputs[i]);

        status = one > status ? one : status;
    }
    note_faults(b, b->o->shard.index == 0); /* every shard sees these */
    refuse_twins(b);
    note_faults(b, true);
    b->incomplete = b->status != 0;
    if (b->status && (b->o->fail_fast || b->jobs.n == 0))
        return b->status;
    return 0;
}
