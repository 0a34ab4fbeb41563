/* issue.c - numbers and records of a run, in four durable steps: numbers are
 * reserved (commit), papers made beside their places, recorded with their
 * digests (commit), renamed. Workers are forked while the register is shut. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/internal.h"
#include "register/register.h"

enum { HELD_MOST = 64 /* units recorded by one commit */ };

/* A number that a unit asks for, or carries already. */
typedef struct wish {
    job *job;
    const char *slot, *series, *date;
    const char *number; /* that it carries; NULL: it asks for one */
} wish;

/* The result of a unit whose papers are not recorded yet. */
typedef struct held {
    job *job;
    bn_buf result;
} held;

typedef struct issuing {
    bn_arena *arena;
    BN_VEC(wish) wishes;
    BN_VEC(held) held;
} issuing;

static issuing *
issuing_of(batch *b)
{
    if (b->issuing == NULL) {
        b->issuing = bn_alloc(sizeof *b->issuing);
        b->issuing->arena = bn_arena_new();
    }
    return b->issuing;
}

void
issue_free(batch *b)
{
    if (b->issuing == NULL)
        return;
    for (size_t i = 0; i < b->issuing->held.n; i++)
        bn_buf_free(&b->issuing->held.v[i].result);
    BN_VEC_FREE(&b->issuing->held);
    BN_VEC_FREE(&b->issuing->wishes);
    bn_arena_free(b->issuing->arena);
    free(b->issuing);
    b->issuing = NULL;
}

const char *
issue_register(batch *b)
{
    const char *house;

    if (b->o->reg)
        return b->o->reg;
    house = b->jobs.n ? bn_run_house(b->r, b->jobs.v[0].path) : NULL;
    return house ? bn_arena_printf(b->arena, "%s/register.db", house) : NULL;
}

/* What the unit's papers depend on besides files. */
static void
set_extra(batch *b, job *j)
{
    char *numbers = j->numbers
                        ? json_dumps(j->numbers, JSON_COMPACT | JSON_SORT_KEYS)
                        : NULL;
    char *issued =
        j->issued ? json_dumps(j->issued, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    char *rivals = j->rivals ? json_dumps(j->rivals, JSON_COMPACT) : NULL;
    const char *const words[] = {
        rivals ? rivals : "",         numbers ? numbers : "",
        issued ? issued : "",         j->today ? j->today : "",
        b->o->only ? b->o->only : "", b->o->issue ? "issue" : ""};
    bn_hasher *h = bn_hasher_new();

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        bn_hasher_add(h, words[i], strlen(words[i]));
    j->extra = bn_hasher_finish(h);
    free(numbers);
    free(issued);
    free(rivals);
}

const char *
issue_key(bn_arena *a, const char *document, const char *key, int32_t version)
{
    return bn_arena_printf(a, "%s %s %d", document, key, (int)version);
}

/* A number as job.numbers has it. Rows come in order of versions only within
 * a series and year, so the latest is kept. */
static void
take_number(job *j, const bn_event *e)
{
    const json_t *old = json_object_get(j->numbers, e->key);
    const json_t *version = json_object_get(old, "version");

    if (json_integer_value(version) > e->version)
        return;
    json_object_set_new(
        j->numbers, e->key,
        e->version == 1 ? json_string(e->number)
                        : json_pack("{s:s,s:i,s:s,s:s}", "number", e->number,
                                    "version", (int)e->version, "replaces",
                                    e->replaces, "reason", e->kind));
}

static job *
job_of(const bn_map *ids, batch *b, const char *unit)
{
    const bn_map_value *v = bn_map_finds(ids, unit);

    return v ? &b->jobs.v[v->n - 1] : NULL;
}

static void
take_rows(batch *b, const bn_map *ids, const bn_event *rows, size_t n,
          bool numbers)
{
    for (size_t i = 0; i < n; i++) {
        job *j = job_of(ids, b, rows[i].unit);

        if (j == NULL)
            continue;
        if (numbers)
            take_number(j, &rows[i]);
        else
            json_object_set_new(j->issued,
                                issue_key(b->arena, rows[i].document,
                                          rows[i].key, rows[i].version),
                                json_string(rows[i].sha256));
    }
}

static bn_code
read_register(batch *b, const bn_map *ids, const char *path, bn_err *err)
{
    bn_arena *a = bn_arena_new();
    bn_register *r = NULL;
    const bn_event *rows;
    size_t n;
    bn_code code = bn_register_open(path, false, true, &r, err);

    if (code == BN_OK)
        code =
            bn_register_list(r, BN_LIST_NUMBERS, NULL, NULL, a, &rows, &n, err);
    if (code == BN_OK) {
        take_rows(b, ids, rows, n, true);
        code =
            bn_register_list(r, BN_LIST_ISSUED, NULL, NULL, a, &rows, &n, err);
    }
    if (code == BN_OK)
        take_rows(b, ids, rows, n, false);
    if (code == BN_OK)
        code = bn_register_age(r, &b->age, err);
    bn_register_close(r);
    bn_arena_free(a);
    return code;
}

int
issue_open(batch *b)
{
    const char *path = issue_register(b);
    bn_map *ids = bn_map_new(b->arena);
    bn_err err = {0};
    bn_code code = BN_OK;

    for (size_t i = 0; i < b->jobs.n; i++) {
        job *j = &b->jobs.v[i];

        json_decref(j->numbers);
        json_decref(j->issued);
        j->numbers = j->given ? json_copy(j->given) : json_object();
        j->issued =
            j->given_issued ? json_copy(j->given_issued) : json_object();
        bn_map_puts(ids, j->id)->n = (int64_t)i + 1;
    }
    /* a shard knows what the manifest says: never a register over a network */
    if (path && b->o->shard.count == 0 && bn_is_file(path))
        code = read_register(b, ids, path, &err);
    for (size_t i = 0; i < b->jobs.n; i++)
        set_extra(b, &b->jobs.v[i]);
    b->ids = ids;
    return code ? batch_fail(b, &err) : 0;
}

/* ---------------------------------------------------------------- numbers */

static const char *
member(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));

    return s ? s : "";
}

static void
add_wish(issuing *is, const job *j, const char *slot, const json_t *value,
         bool carried)
{
    BN_PUSH(&is->wishes) = (wish){
        .job = (job *)j,
        .slot = bn_arena_strdup(is->arena, slot),
        .series = bn_arena_strdup(is->arena, member(value, "series")),
        .date = bn_arena_strdup(is->arena, member(value, "date")),
        .number = carried ? bn_arena_strdup(is->arena, member(value, "number"))
                          : NULL,
    };
}

void
issue_wanted(batch *b, const job *j, const char *state)
{
    issuing *is = issuing_of(b);
    json_t *line = json_loads(state, 0, NULL), *value;
    const char *slot;

    json_object_foreach(json_object_get(line, "carried"), slot, value)
        add_wish(is, j, slot, value, true);
    json_object_foreach(json_object_get(line, "wanted"), slot, value)
    {
        if (json_is_true(json_object_get(value, "used")))
            add_wish(is, j, slot, value, false);
    }
    json_decref(line);
}

/* The list of documents names papers of every kind; a number that is none of
 * the series is not the register's. */
static bool
is_foreign(const wish *w, const char *pattern)
{
    return strncmp(w->slot, "document-", 9) == 0 &&
           (pattern == NULL || !bn_register_fits(pattern, w->number));
}

/* A number from before the register is its unit's for good. */
static bn_code
take_carried(batch *b, bn_register *r, const wish *w, bn_err *err)
{
    const bn_numbered paper = {w->job->id, w->series, w->slot};
    const char *pattern = bn_run_series(b->r, w->job->path, w->series);
    bn_code code;

    if (is_foreign(w, pattern))
        return BN_OK;
    code = bn_register_import(r, &paper, 1, w->series, pattern, w->number,
                              w->date, "imported", err);
    if (code == BN_ENUMBERUSED) { /* what goes by it is not made */
        if (w->job->refused == NULL)
            w->job->refused = json_object();
        json_object_set_new(w->job->refused, w->number, json_string(w->series));
        return BN_OK;
    }
    if (code == BN_OK && !json_object_get(w->job->numbers, w->slot))
        json_object_set_new(w->job->numbers, w->slot, json_string(w->number));
    return code;
}

static bn_code
give(batch *b, bn_register *r, const wish *w, bn_err *err)
{
    const bn_numbered paper = {w->job->id, w->series, w->slot};
    const char *pattern = bn_run_series(b->r, w->job->path, w->series);
    const char *number;
    bn_code code;

    if (pattern == NULL)
        return bn_fail(err, BN_ESERIES, (bn_loc){.file = w->job->path},
                       w->series);
    code =
        bn_register_number(r, b->issuing->arena, &paper, 1, w->series, pattern,
                           *w->date ? w->date : b->today, &number, err);
    if (code == BN_OK)
        json_object_set_new(w->job->numbers, w->slot, json_string(number));
    return code;
}

/* Numbers that a manifest gave are numbers of the register, too. */
static bn_code
take_given(batch *b, bn_register *r, job *j, bn_err *err)
{
    const char *slot;
    json_t *value;
    bn_code code = BN_OK;

    json_object_foreach(j->given, slot, value)
    {
        const char *series = bn_number_series(slot);
        const wish w = {.job = j,
                        .slot = slot,
                        .series = series,
                        .date = "",
                        .number = json_string_value(value)};

        if (code == BN_OK && w.number && series)
            code = take_carried(b, r, &w, err);
    }
    return code;
}

/* The unit whose paper goes by the number. */
static job *
owner_of(batch *b, const char *number)
{
    for (size_t i = 0; i < b->jobs.n; i++) {
        const char *slot;
        json_t *value;

        json_object_foreach(b->jobs.v[i].numbers, slot, value)
        {
            const char *s = json_is_object(value) ? member(value, "number")
                                                  : json_string_value(value);
            const char *old = member(value, "replaces");

            if ((s && strcmp(s, number) == 0) || strcmp(old, number) == 0)
                return &b->jobs.v[i];
        }
    }
    return NULL;
}

/* A new version of what goes by the number: its own number, once. */
static bn_code
renew(batch *b, bn_register *r, bn_err *err)
{
    bn_arena *a = b->issuing->arena;
    const char *old = b->o->replace, *series, *pattern, *number;
    const bn_event *rows;
    size_t n;
    job *j = owner_of(b, old);
    bn_code code;

    if (j == NULL || !bn_register_was_issued(r, j->id, old)) {
        if (bn_register_troubled(r, err))
            return err->code;
        return bn_fail(err, BN_ENOTISSUED, BN_NOWHERE, old, j ? j->id : "-");
    }
    code = bn_register_series(r, a, j->id, old, &series, err);
    if (code)
        return code;
    pattern = bn_run_series(b->r, j->path, series);
    if (pattern == NULL)
        return bn_fail(err, BN_ESERIES, (bn_loc){.file = j->path}, series);
    code = bn_register_renew(r, a, j->id, old, b->o->reason, pattern, b->today,
                             &number, err);
    if (code == BN_OK)
        code =
            bn_register_list(r, BN_LIST_NUMBERS, NULL, NULL, a, &rows, &n, err);
    for (size_t i = 0; code == BN_OK && i < n; i++)
        if (strcmp(rows[i].unit, j->id) == 0)
            take_number(j, &rows[i]);
    return code;
}

static bn_code
give_all(batch *b, bn_register *r, bn_err *err)
{
    issuing *is = issuing_of(b);
    bn_code code = BN_OK;

    /* first what is taken already, so that it is not given to another */
    for (size_t i = 0; i < is->wishes.n && code == BN_OK; i++)
        if (is->wishes.v[i].number)
            code = take_carried(b, r, &is->wishes.v[i], err);
    for (size_t i = 0; i < b->ntodo && code == BN_OK; i++)
        code = take_given(b, r, &b->jobs.v[b->todo[i]], err);
    for (size_t i = 0; i < is->wishes.n && code == BN_OK; i++)
        if (is->wishes.v[i].number == NULL)
            code = give(b, r, &is->wishes.v[i], err);
    if (code == BN_OK && b->o->replace)
        code = renew(b, r, err);
    return code;
}

int
issue_number(batch *b)
{
    issuing *is = issuing_of(b);
    const char *path = issue_register(b);
    bn_register *r = NULL;
    bn_err err = {0};
    bn_code code;
    bool given = false;

    for (size_t i = 0; i < b->ntodo; i++)
        given |= b->jobs.v[b->todo[i]].given != NULL;
    if (path == NULL || (is->wishes.n == 0 && !given && !b->o->replace))
        return 0;
    code = bn_register_open(path, true, true, &r, &err);
    if (code == BN_OK)
        code = bn_register_begin(r, &err);
    if (code == BN_OK)
        code = give_all(b, r, &err);
    if (code == BN_OK)
        code = bn_register_commit(r, &err);
    else if (r)
        bn_register_rollback(r);
    bn_register_close(r);
    return code ? batch_fail(b, &err) : 0;
}

/* ----------------------------------------------------------------- records */

/* A paper that lies beside its place. */
static bool
is_staged(const json_t *paper)
{
    return json_is_true(json_object_get(paper, "staged"));
}

bool
issue_hold(batch *b, const job *j, const char *result, size_t n)
{
    issuing *is = issuing_of(b);
    outcome out;
    json_t *line, *paper;
    bool staged = false;
    size_t i;

    if (!outcome_read(result, n, &out))
        return false;
    line = json_loads(out.state, 0, NULL);
    json_array_foreach(json_object_get(line, "papers"), i, paper) staged |=
        is_staged(paper);
    staged |= json_object_get(line, "rows") != NULL;
    json_decref(line);
    if (!staged && is->held.n == 0)
        return false;
    BN_PUSH(&is->held) = (held){.job = (job *)j};
    bn_buf_add(&is->held.v[is->held.n - 1].result, result, n);
    if (is->held.n >= HELD_MOST)
        issue_record(b);
    return true;
}

static const char *
day_of(const batch *b, const job *j)
{
    return j->today ? j->today : b->today;
}

/* What befell the version before: it names the one that took its place. */
static bn_code
record_old(batch *b, bn_register *r, const job *j, const json_t *paper,
           bn_err *err)
{
    bn_event old;

    if (!bn_register_paper(r, b->issuing->arena, j->id,
                           member(paper, "document"), member(paper, "replaces"),
                           &old)) /* another paper of the slot, now first */
        return bn_register_troubled(r, err);
    old.kind = member(paper, "reason");
    old.date = day_of(b, j);
    old.note = member(paper, "number");
    return bn_register_add(r, &old, err);
}

static bn_code
record_paper(batch *b, bn_register *r, const job *j, const json_t *paper,
             bn_err *err)
{
    const json_t *version = json_object_get(paper, "version");
    char until[11] = "";
    bn_code code;
    const bn_event e = {
        .kind = BN_EVENT_ISSUED,
        .date = day_of(b, j),
        .unit = j->id,
        .document = member(paper, "document"),
        .key = member(paper, "key"),
        .number = member(paper, "number"),
        .version = version ? (int32_t)json_integer_value(version) : 1,
        .replaces = member(paper, "replaces"),
        .sha256 = member(paper, "sha256"),
        .file = member(paper, "path"),
        .edition = member(paper, "edition"),
        .valid_until = member(paper, "valid-until"),
        .retention = member(paper, "retention"),
        .retain_until = until,
    };

    bn_retention_end(e.retention, member(paper, "kept-from"), until);
    code = bn_register_add(r, &e, err);
    return code || e.version < 2 ? code : record_old(b, r, j, paper, err);
}

bn_code
issue_record_line(batch *b, bn_register *r, const job *j, const json_t *line,
                  bn_err *err)
{
    const json_t *paper;
    bn_code code = BN_OK;
    size_t i;

    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        if (code == BN_OK && is_staged(paper))
            code = record_paper(b, r, j, paper, err);
    }
    if (code == BN_OK && json_object_get(line, "rows"))
        code = bn_register_put_extract(r, day_of(b, j), j->id,
                                       member(line, "rows"), err);
    return code;
}

static bn_code
record_unit(batch *b, bn_register *r, const held *h, bn_err *err)
{
    outcome out;
    json_t *line;
    bn_code code;

    outcome_read(h->result.p, h->result.len, &out);
    line = json_loads(out.state, 0, NULL);
    code = issue_record_line(b, r, h->job, line, err);
    json_decref(line);
    return code;
}

/* Step 4: into their places, and what the next run finds. */
static void
place_unit(batch *b, held *h)
{
    outcome out;
    json_t *line, *paper;
    char *text;
    char hex[BN_DIGEST_HEX];
    bn_buf made = {0};
    size_t i;

    outcome_read(h->result.p, h->result.len, &out);
    line = json_loads(out.state, 0, NULL);
    bn_buf_adds(&made, out.made);
    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        const char *path = member(paper, "path");
        const json_int_t version =
            json_integer_value(json_object_get(paper, "version"));
        bn_stamp stamp;
        bn_err err = {0};

        if (!is_staged(paper))
            continue;
        if (bn_put_in_place(issue_stage(b->issuing->arena, path), path, &err)) {
            batch_fail(b, &err);
            continue;
        }
        json_object_del(paper, "staged");
        if (bn_file_stamp(path, &stamp))
            json_object_set_new(paper, "stamp", stamp_json(&stamp));
        bn_buf_addf(&made, "%s\n", path);
        json_object_set_new(
            h->job->issued,
            issue_key(b->issuing->arena, member(paper, "document"),
                      member(paper, "key"), version ? (int32_t)version : 1),
            json_string(member(paper, "sha256")));
    }
    json_object_del(line, "rows");
    set_extra(b, h->job);
    bn_digest_hex(&h->job->extra, hex);
    json_object_set_new(line, "extra", json_string(hex));
    text = json_dumps(line, JSON_COMPACT);
    out.state = text ? text : "";
    out.made = made.p ? made.p : "";
    batch_end_unit(b, h->job, &out);
    free(text);
    bn_buf_free(&made);
    json_decref(line);
}

/* Papers that could not be recorded are not papers of the body. */
static void
drop_unit(batch *b, const held *h)
{
    outcome out;
    json_t *line, *paper;
    size_t i;

    outcome_read(h->result.p, h->result.len, &out);
    line = json_loads(out.state, 0, NULL);
    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        if (is_staged(paper))
            unlink(issue_stage(b->issuing->arena, member(paper, "path")));
    }
    json_decref(line);
}

void
issue_record(batch *b)
{
    issuing *is = issuing_of(b);
    const char *path = issue_register(b);
    bn_register *r = NULL;
    bn_err err = {0};
    bn_code code = BN_OK;

    if (is->held.n == 0)
        return;
    code = bn_register_open(path, true, true, &r, &err);
    if (code == BN_OK)
        code = bn_register_begin(r, &err);
    for (size_t i = 0; i < is->held.n && code == BN_OK; i++)
        code = record_unit(b, r, &is->held.v[i], &err);
    if (code == BN_OK)
        code = bn_register_commit(r, &err);
    else if (r)
        bn_register_rollback(r);
    bn_register_close(r);
    if (code)
        batch_fail(b, &err);
    for (size_t i = 0; i < is->held.n; i++) {
        if (code == BN_OK)
            place_unit(b, &is->held.v[i]);
        else
            drop_unit(b, &is->held.v[i]);
        bn_buf_free(&is->held.v[i].result);
    }
    is->held.n = 0;
}
