/* merge.c - the results of all shards put together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/internal.h"
#include "register/register.h"

/* ---------------------------------------------------------------- register */

static bool
is_staged(const json_t *paper)
{
    return json_is_true(json_object_get(paper, "staged"));
}

/* Does a line hold what the register must know? */
static bool
is_issued(const json_t *line)
{
    const json_t *paper;
    size_t i;

    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        if (is_staged(paper))
            return true;
    }
    return json_object_get(line, "rows") != NULL;
}

static job *
job_of(batch *b, const json_t *line)
{
    const char *id = json_string_value(json_object_get(line, "unit"));

    for (size_t i = b->merged; i < b->jobs.n; i++) /* lines are in order */
        if (strcmp(b->jobs.v[i].id, id) == 0) {
            b->merged = i + 1;
            return &b->jobs.v[i];
        }
    return NULL;
}

/* Into its place; one that lies there already was put there by a merge that
 * came no further. */
static void
place(batch *b, json_t *paper)
{
    const char *path = json_string_value(json_object_get(paper, "path"));
    const char *stage = path ? issue_stage(b->arena, path) : NULL;
    bn_err err = {0};

    if (stage && (bn_is_file(stage) || !bn_is_file(path)) &&
        bn_put_in_place(stage, path, &err))
        batch_fail(b, &err);
    json_object_del(paper, "staged");
}

/* Steps 3 and 4 of issuing for a unit of a shard. */
static bn_code
each_line(batch *b, bn_register *r, bn_buf *placed, bn_err *err)
{
    bn_code code = BN_OK;

    b->merged = 0;
    for (const char *p = b->results.p; p && *p && code == BN_OK;) {
        const char *end = strchr(p, '\n');
        json_t *line = json_loadb(p, end - p, 0, NULL);
        json_t *paper;
        size_t i;

        if (r && is_issued(line)) {
            code = issue_record_line(b, r, job_of(b, line), line, err);
        } else if (r == NULL) {
            char *text;

            json_array_foreach(json_object_get(line, "papers"), i, paper)
            {
                if (is_staged(paper))
                    place(b, paper);
            }
            json_object_del(line, "rows");
            text = json_dumps(line, JSON_COMPACT);
            bn_buf_addf(placed, "%s\n", text ? text : "");
            free(text);
        }
        json_decref(line);
        p = end + 1;
    }
    return code;
}

/* Papers that the shards left beside their places are recorded all at once,
 * then put there. */
static void
merge_record(batch *b)
{
    const char *path = b->issues ? issue_register(b) : NULL;
    bn_register *r = NULL;
    bn_buf placed = {0};
    bn_err err = {0};
    bn_code code;

    if (path == NULL)
        return;
    code = bn_register_open(path, true, true, &r, &err);
    if (code == BN_OK)
        code = bn_register_begin(r, &err);
    if (code == BN_OK)
        code = each_line(b, r, NULL, &err);
    if (code == BN_OK)
        code = bn_register_commit(r, &err);
    else if (r)
        bn_register_rollback(r);
    bn_register_close(r);
    if (code) {
        batch_fail(b, &err);
        return;
    }
    each_line(b, NULL, &placed, &err);
    bn_buf_free(&b->results);
    b->results = placed;
}

/* ------------------------------------------------------------------- files */

static bool
is_results(const char *name)
{
    unsigned i, n;
    int end = 0;

    return sscanf(name, "results-%u-of-%u.ndjson%n", &i, &n, &end) == 2 &&
           end > 0 && name[end] == '\0' && i < n;
}

static void
merge_fail(batch *b, bn_code code, const char *file, const char *about)
{
    bn_err err;

    bn_fail(&err, code, (bn_loc){.file = file}, about);
    batch_fail(b, &err);
}

/* A unit's line of a shard: once over all of them. */
static void
merge_line(batch *b, bn_map *ids, const char *file, const char *text)
{
    json_t *line = json_loads(text, 0, NULL);
    const char *id = json_string_value(json_object_get(line, "unit"));
    const char *path = json_string_value(json_object_get(line, "path"));
    const char *today = json_string_value(json_object_get(line, "today"));
    const int status = (int)json_integer_value(json_object_get(line, "status"));

    if (json_is_true(json_object_get(line, "input"))) {
        b->incomplete = true;
        report_line(b, &(job){.id = "—"}, line);
        bn_buf_addf(&b->inputs, "%s\n", text);
        b->status = status > b->status ? status : b->status;
    } else if (id == NULL || path == NULL) {
        merge_fail(b, BN_ERESULTS, file, text);
    } else if (bn_map_puts(ids, id)->n++) {
        merge_fail(b, BN_ETWICE, file, id);
    } else {
        BN_PUSH(&b->jobs) =
            (job){.path = bn_arena_strdup(b->arena, path),
                  .id = bn_arena_strdup(b->arena, id),
                  .today = today ? bn_arena_strdup(b->arena, today) : NULL};
        collection_find(b, &b->jobs.v[b->jobs.n - 1]);
        report_line(b, &b->jobs.v[b->jobs.n - 1], line);
        bn_buf_addf(&b->results, "%s\n", text);
        b->issues |= is_issued(line);
        batch_count(b, line);
        b->sum->units++;
        b->sum->failed += status != 0;
        if (status > b->status)
            b->status = status;
    }
    json_decref(line);
}

static void
merge_file(batch *b, bn_map *ids, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;
    bn_err err;

    while (f && (n = getline(&text, &cap, f)) > 0) {
        if (text[n - 1] == '\n')
            text[n - 1] = '\0';
        merge_line(b, ids, path, text);
    }
    if (f == NULL)
        merge_fail(b, BN_ERESULTS, path, path);
    else if (bn_close_read(f, path, &err))
        batch_fail(b, &err);
    free(text);
}

/* Files of every shard of one count, none missing. */
static void
merge_files(batch *b)
{
    bn_map *ids = bn_map_new(b->arena);
    const char **names;
    size_t n, found = 0;
    unsigned count = 0;
    bn_err err;

    if (bn_list_folder(b->o->out, b->arena, &names, &n, &err)) {
        batch_fail(b, &err);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned index, of;

        if (!is_results(names[i]) ||
            sscanf(names[i], "results-%u-of-%u", &index, &of) != 2)
            continue;
        if (count && of != count)
            merge_fail(b, BN_ESHARDS, names[i], names[i]);
        count = of;
        found++;
        merge_file(b, ids,
                   bn_arena_printf(b->arena, "%s/%s", b->o->out, names[i]));
    }
    for (unsigned i = 0; i < count && found < count; i++) {
        const char *name =
            bn_arena_printf(b->arena, "results-%u-of-%u.ndjson", i, count);

        if (!bn_is_file(bn_arena_printf(b->arena, "%s/%s", b->o->out, name)))
            merge_fail(b, BN_ESHARDS, b->o->out, name);
    }
    if (count == 0)
        merge_fail(b, BN_ESHARDS, b->o->out, "results-i-of-n.ndjson");
}

/* A unit's line while lines are sorted. */
struct line {
    const char *path, *text;
};

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const job *)a)->path, ((const job *)b)->path);
}

static int
by_line_path(const void *a, const void *b)
{
    const struct line *one = a, *two = b;

    return strcmp(one->path, two->path);
}

/* Lines in order of their units' paths, whichever shard they come from. */
static void
sort_lines(batch *b)
{
    BN_VEC(struct line) lines = {0};
    bn_buf sorted = {0};
    size_t i = 0;

    for (char *rest = b->results.p, *text; rest && i < b->jobs.n; i++) {
        text = strsep(&rest, "\n");
        BN_PUSH(&lines) = (struct line){b->jobs.v[i].path, text};
    }
    if (lines.n) {
        qsort(lines.v, lines.n, sizeof *lines.v, by_line_path);
        qsort(b->jobs.v, b->jobs.n, sizeof *b->jobs.v, by_path);
    }
    for (i = 0; i < lines.n; i++)
        bn_buf_addf(&sorted, "%s\n", lines.v[i].text);
    bn_buf_free(&b->results);
    b->results = sorted;
    BN_VEC_FREE(&lines);
}

int
bn_batch_merge(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
               bn_msgs *msgs)
{
    batch b;

    batch_begin(&b, r, o, sum, msgs);
    merge_files(&b);
    if (msgs->first == NULL)
        b.state = state_open(&b);
    if (b.state) {
        sort_lines(&b);
        merge_record(&b);
        if (b.msgs->first == NULL && issue_open(&b) == 0) {
            b.todo = BN_NEWS(b.arena, size_t, b.jobs.n + 2);
            batch_make_body(&b);
        }
        bn_buf_adds(&b.inputs, "");
        bn_buf_addf(&b.results, "%s", b.inputs.p);
        batch_put(&b, bn_arena_printf(b.arena, "%s/results.ndjson", o->out),
                  &b.results);
    }
    return batch_finish(&b, true);
}
