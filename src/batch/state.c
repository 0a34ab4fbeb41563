/* state.c - what the last run made and from what: DIR/.bunsho/state.ndjson,
 * a line a unit. It is only a memory: every line is held against the files
 * before it is believed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/internal.h"

struct state {
    char *folder, *path, *journal;
    char host[65]; /* this machine */
    bn_buf old; /* lines of the last run, each ended by NUL */
    bn_map *lines;
    bn_map *seen;
    int out;   /* lines of this run as they come: a killed run leaves them */
    int error; /* the first errno that one could not be written for */
};

json_t *
stamp_json(const bn_stamp *s)
{
    return json_pack("[I,I,I,I]", (json_int_t)s->size,
                     (json_int_t)s->modified_ns, (json_int_t)s->changed_ns,
                     (json_int_t)s->inode);
}

bool
stamp_same(const json_t *j, const bn_stamp *s)
{
    const int64_t now[] = {s->size, s->modified_ns, s->changed_ns, s->inode};

    for (size_t i = 0; i < 4; i++)
        if (!json_is_integer(json_array_get(j, i)) ||
            json_integer_value(json_array_get(j, i)) != now[i])
            return false;
    return true;
}

/* The path that a line is of, by its first member; NULL for a torn line. */
static const char *
path_of_line(bn_arena *a, const char *line, size_t n)
{
    static const char head[] = "{\"path\":\"";
    const char *end;

    if (n < sizeof head || strncmp(line, head, sizeof head - 1) != 0 ||
        line[n - 1] != '}')
        return NULL;
    line += sizeof head - 1;
    end = strchr(line, '"'); /* paths with escapes are written without them */
    return end ? bn_arena_strndup(a, line, end - line) : NULL;
}

/* Paths as map keys are the JSON text between the quotes. */
static const char *
key_of(bn_arena *a, const char *path)
{
    json_t *s = json_string(path);
    char *text = s ? json_dumps(s, JSON_ENCODE_ANY) : NULL;
    const char *key = "";

    if (text && strchr(text + 1, '"') == text + strlen(text) - 1)
        key = bn_arena_strndup(a, text + 1, strlen(text) - 2);
    free(text);
    json_decref(s);
    return key;
}

/* Lines of a file into s->old; later ones of a path win. */
static void
read_lines(bn_state *s, bn_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;

    while (f && (n = getline(&text, &cap, f)) > 0) {
        const char *key;

        if (text[n - 1] != '\n')
            break; /* torn: its unit is made again */
        text[--n] = '\0';
        key = path_of_line(a, text, (size_t)n);
        if (key == NULL)
            continue;
        bn_map_puts(s->lines, key)->n = (int64_t)s->old.len + 1;
        bn_buf_add(&s->old, text, (size_t)n + 1);
    }
    free(text);
    if (f)
        fclose(f);
}

/* Journals of runs that were killed: after the state, which is older. */
static void
read_journals(bn_state *s, bn_arena *a)
{
    const char **names;
    size_t n;

    if (bn_list_folder(s->folder, a, &names, &n, NULL))
        return;
    for (size_t i = 0; i < n; i++)
        if (strncmp(names[i], "journal-", 8) == 0)
            read_lines(s, a, bn_arena_printf(a, "%s/%s", s->folder, names[i]));
}

/* The name of this machine, as far as it can stand in a file's. */
static void
read_host(char *name, size_t size)
{
    if (gethostname(name, size - 1) != 0 || *name == '\0')
        snprintf(name, size, "localhost");
    for (char *p = name; *p; p++)
        if (*p == '/' || *p == '@')
            *p = '_';
}

bn_state *
state_open(batch *b)
{
    const bn_shard *sh = &b->o->shard;
    bn_state *s = bn_alloc(sizeof *s);
    const char *folder = bn_arena_printf(b->arena, "%s/.bunsho", b->o->out);
    const char *part =
        sh->count ? bn_arena_printf(b->arena, "-%u-of-%u", sh->index, sh->count)
                  : "";
    bn_err err = {0};

    s->out = -1;
    s->folder = bn_strdup(folder);
    s->path =
        bn_strdup(bn_arena_printf(b->arena, "%s/state%s.ndjson", folder, part));
    read_host(s->host, sizeof s->host);
    s->journal = bn_strdup(bn_arena_printf(b->arena, "%s/journal%s-%ld@%s.ndjson",
                                           folder, part, (long)getpid(),
                                           s->host));
    s->lines = bn_map_new(b->arena);
    s->seen = bn_map_new(b->arena);
    read_lines(s, b->arena, s->path);
    read_journals(s, b->arena);
    if (bn_make_folder(folder, &err) == BN_OK) {
        s->out =
            open(s->journal, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (s->out < 0)
            bn_fail(&err, bn_write_code(errno), BN_NOWHERE, s->journal,
                    strerror(errno));
    }
    if (s->out < 0) {
        batch_fail(b, &err);
        state_close(s, b, false);
        return NULL;
    }
    return s;
}

const char *
state_line(const bn_state *s, const char *path)
{
    bn_arena *a = bn_arena_new();
    const bn_map_value *v = bn_map_finds(s->lines, key_of(a, path));

    bn_arena_free(a);
    return v ? s->old.p + v->n - 1 : NULL;
}

static void
put_line(bn_state *s, const char *line)
{
    bn_buf text = {0};
    size_t at = 0;

    bn_buf_addf(&text, "%s\n", line);
    while (at < text.len && s->error == 0) {
        const ssize_t n = write(s->out, text.p + at, text.len - at);

        if (n >= 0)
            at += (size_t)n;
        else if (errno != EINTR)
            s->error = errno;
    }
    bn_buf_free(&text);
}

void
state_add(bn_state *s, const char *path, const char *line)
{
    bn_arena *a = bn_arena_new();

    bn_map_puts(s->seen, key_of(a, path))->n = 1;
    bn_arena_free(a);
    if (*line)
        put_line(s, line); /* for the next run, should this one be killed */
}

/* Units that this run did not see are remembered, too. */
static void
keep_rest(bn_state *s)
{
    bn_arena *a = bn_arena_new();

    for (size_t at = 0; at < s->old.len;) {
        const char *line = s->old.p + at;
        const size_t n = strlen(line);
        const bn_mark mark = bn_arena_mark(a);
        const char *key = path_of_line(a, line, n);
        const bn_map_value *last = key ? bn_map_finds(s->lines, key) : NULL;

        if (last && last->n == (int64_t)at + 1 && !bn_map_finds(s->seen, key))
            put_line(s, line);
        bn_arena_rewind(a, mark);
        at += n + 1;
    }
    bn_arena_free(a);
}

/* Was it left by a process of this machine that has ended? Of another machine,
 * on a folder that is shared, nobody here can know. */
static bool
is_dead(const bn_state *s, const char *name)
{
    const char *at = strchr(name, '@'), *p = at;
    char proc[64];

    if (strncmp(name, "journal-", 8) != 0 || at == NULL ||
        strncmp(at + 1, s->host, strlen(s->host)) != 0 ||
        strcmp(at + 1 + strlen(s->host), ".ndjson") != 0)
        return false;
    while (p > name && p[-1] != '-')
        p--;
    snprintf(proc, sizeof proc, "/proc/%ld", strtol(p, NULL, 10));
    return access(proc, F_OK) != 0;
}

static void
drop_journals(bn_state *s, bn_arena *a)
{
    const char **names;
    size_t n;

    if (bn_list_folder(s->folder, a, &names, &n, NULL))
        return;
    for (size_t i = 0; i < n; i++)
        if (is_dead(s, names[i]))
            unlink(bn_arena_printf(a, "%s/%s", s->folder, names[i]));
}

/* The journal is the state now: whole and synced. false: errno says why. */
static bool
put_state(bn_state *s, bool whole)
{
    if (whole)
        keep_rest(s);
    if (s->error == 0 && fsync(s->out) != 0)
        s->error = errno;
    if (close(s->out) != 0 && s->error == 0 && errno != EINTR)
        s->error = errno;
    if (s->error == 0 && whole && rename(s->journal, s->path) != 0)
        s->error = errno;
    errno = s->error;
    return s->error == 0;
}

void
state_close(bn_state *s, batch *b, bool whole)
{
    bn_err err;

    if (s == NULL)
        return;
    if (s->out >= 0 && !put_state(s, whole)) {
        bn_fail(&err, bn_write_code(errno), BN_NOWHERE, s->path,
                strerror(errno));
        unlink(s->journal);
        batch_fail(b, &err);
    } else if (s->out >= 0 && whole) {
        drop_journals(s, b->arena);
    }
    bn_buf_free(&s->old);
    free(s->folder);
    free(s->path);
    free(s->journal);
    free(s);
}

/* ------------------------------------------------------------ comparison */

static bool
hex_is(const json_t *j, const char *key, const bn_digest *d)
{
    const char *was = json_string_value(json_object_get(j, key));
    char hex[BN_DIGEST_HEX];

    bn_digest_hex(d, hex);
    return was && strcmp(was, hex) == 0;
}

static bool
file_is(const json_t *j, const char *path)
{
    bn_stamp stamp;
    bn_digest digest;

    if (!bn_file_stamp(path, &stamp))
        return false;
    if (stamp_same(json_object_get(j, "stamp"), &stamp))
        return true;
    return bn_file_digest(path, &digest) && hex_is(j, "sha256", &digest);
}

/* Its stylesheets, and every file that was made. */
static bool
papers_stand(batch *b, const job *j, const json_t *line, const char **reason,
             const char **about)
{
    const char *document;
    json_t *value, *paper;
    size_t i;

    json_object_foreach(json_object_get(line, "due"), document, value)
    {
        const bn_dependencies d = bn_depend_document(b->r, j->path, document);
        char hex[BN_DIGEST_HEX];

        bn_digest_hex(&d.digest, hex);
        if (strcmp(hex, json_string_value(value) ? json_string_value(value)
                                                 : "") != 0) {
            *reason = "stylesheet";
            *about = bn_arena_strdup(b->arena, document);
            return false;
        }
    }
    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        const char *path = json_string_value(json_object_get(paper, "path"));

        if (!json_object_get(paper, "kept") &&
            (path == NULL || !file_is(paper, path))) {
            *reason = "output";
            *about = bn_arena_strdup(b->arena, path ? path : "");
            return false;
        }
    }
    return true;
}

const char *
state_changed(const bn_state *s, const char *key, const bn_dependencies *d)
{
    const char *old = state_line(s, key);
    json_t *line = old ? json_loads(old, 0, NULL) : NULL;
    const json_t *parts = json_object_get(line, "parts");
    const char *name = NULL;

    for (size_t i = 0; parts && i < d->n && name == NULL; i++)
        if (!hex_is(parts, d->v[i].name, &d->v[i].digest))
            name = d->v[i].name;
    json_decref(line);
    return name;
}

/* What of the house changed. */
static const char *
what_changed(batch *b, const job *j)
{
    bn_dependencies d;
    bn_msgs msgs = {0};
    const char *house = bn_run_house(b->r, j->path), *name = NULL;

    if (bn_depend_house(b->r, j->path, &d, &msgs) == BN_OK)
        name = state_changed(
            b->state,
            bn_arena_printf(b->arena, "house:%s", house ? house : ""), &d);
    bn_msgs_free(&msgs);
    return name ? name : "";
}

static bool
parsed_stands(batch *b, const job *j, const json_t *line, const char **reason,
              const char **about)
{
    const char *unit = json_string_value(json_object_get(line, "unit"));
    bn_dependencies d;
    bn_msgs msgs = {0};
    bool same;

    *about = j->path;
    if (!j->body && (!(j->container ? hex_is(line, "sha256", &j->bytes)
                                    : file_is(line, j->path)) ||
                     strcmp(unit ? unit : "", j->id) != 0)) {
        *reason = "input";
        return false;
    }
    if (!hex_is(line, "extra", &j->extra)) {
        *reason = j->body ? "cases" : "numbers";
        return false;
    }
    same = bn_depend_house(b->r, j->path, &d, &msgs) == BN_OK &&
           hex_is(line, "house", &d.digest);
    bn_msgs_free(&msgs);
    if (!same) {
        *reason = "house";
        *about = what_changed(b, j);
        return false;
    }
    if (!papers_stand(b, j, line, reason, about))
        return false;
    *reason = "failed";
    *about = j->path;
    return json_integer_value(json_object_get(line, "status")) == 0;
}

bool
state_stands(batch *b, const job *j, const char **reason, const char **about)
{
    json_t *line = j->old ? json_loads(j->old, 0, NULL) : NULL;
    bool stands;

    *reason = "new";
    *about = j->path;
    stands = line && parsed_stands(b, j, line, reason, about);
    json_decref(line);
    return stands;
}
