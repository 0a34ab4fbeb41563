#include "batch/batch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/internal.h"
#include "batch/pool.h"

enum {
    RECYCLE = 500, /* units after which a worker is replaced */
    SECONDS = 300, /* for one unit */
    REFUSED = 65,  /* status of one with papers that may not be made */
    TRY_AGAIN = 75,
    UNTOLD = 70    /* status of a unit whose worker did not answer */
};

#define WORKER_BYTES ((size_t)8 << 30)

int
batch_fail(batch *b, const bn_err *err)
{
    bn_msgs_add(b->msgs, err, BN_ERROR);
    if (bn_code_exit(err->code) > b->status)
        b->status = bn_code_exit(err->code);
    return bn_code_exit(err->code);
}

/* ------------------------------------------------------------ what is told */

static bn_batch_kind *
kind_of(bn_batch_sum *sum, bn_arena *a, const char *document)
{
    for (size_t i = 0; i < sum->nkinds; i++)
        if (strcmp(sum->kinds[i].document, document) == 0)
            return &sum->kinds[i];
    if (sum->nkinds == sizeof sum->kinds / sizeof sum->kinds[0])
        return &sum->kinds[sum->nkinds - 1];
    sum->kinds[sum->nkinds].document = bn_arena_strdup(a, document);
    return &sum->kinds[sum->nkinds++];
}

void
batch_count(batch *b, const json_t *line)
{
    json_t *paper;
    size_t i;

    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        const char *document =
            json_string_value(json_object_get(paper, "document"));
        const char *how = json_string_value(json_object_get(paper, "state"));
        bn_batch_kind *k = kind_of(b->sum, b->arena, document ? document : "");

        b->sum->papers++;
        if (how && strcmp(how, "unchanged") == 0) {
            k->stood++;
            continue;
        }
        b->sum->made++;
        if (how && strcmp(how, "issued") == 0)
            k->issued++;
        else
            k->made++;
    }
}

/* The result of a unit that was not touched, from its state. */
static char *
line_of_state(const job *j, const json_t *state)
{
    json_t *line =
        json_pack("{s:s,s:s,s:i}", "unit", j->id, "path", j->path, "status", 0);
    json_t *papers = json_array(), *paper;
    char *text;
    size_t i;

    json_array_foreach(json_object_get(state, "papers"), i, paper)
    {
        static const char *const keys[] = {"document", "key", "path", "sha256",
                                           "number"};
        json_t *shown;

        if (json_object_get(paper, "kept"))
            continue;
        shown = json_object();
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            if (json_object_get(paper, keys[k]))
                json_object_set(shown, keys[k],
                                json_object_get(paper, keys[k]));
        json_object_set_new(shown, "state", json_string("unchanged"));
        json_array_append_new(papers, shown);
    }
    json_object_set_new(line, "papers", papers);
    json_object_set_new(line, "messages", json_array());
    text = json_dumps(line, JSON_COMPACT);
    json_decref(line);
    return text;
}

/* One unit's end, whatever it was, in order of the manifest. */
static void
tell(batch *b, const job *j, const char *text, const char *line,
     const char *made)
{
    const bn_batch_teller *t = &b->o->teller;
    json_t *object = json_loads(line, 0, NULL);
    bn_buf said = {0};

    b->sum->units++;
    batch_count(b, object);
    report_line(b, j, object);
    if (b->o->deps)
        deps_note(b, j, object);
    json_decref(object);
    if (b->o->shard.count)
        bn_buf_addf(&b->results, "%s\n", line);
    once_copy(b, j, text, &said);
    if (t->unit && !t->unit(t->user, said.p, line, made))
        b->gone = true;
    bn_buf_free(&said);
}

static void
tell_skipped(batch *b, const job *j)
{
    json_t *state = json_loads(j->old, 0, NULL);
    char *line = line_of_state(j, state);

    b->sum->skipped++;
    state_add(b->state, j->body ? j->id : j->path, j->old);
    tell(b, j, "", line ? line : "", "");
    free(line);
    json_decref(state);
}

/* ---------------------------------------------------------------- the pool */

static void
on_work(void *user, size_t i, bn_buf *result)
{
    batch *b = user;

    signal(SIGHUP, SIG_DFL);
    work_unit(b, &b->jobs.v[b->todo[i]], result);
}

static const char *
end_word(bn_end how)
{
    static const char *const words[] = {[BN_END_KILLED] = "signal",
                                        [BN_END_EXITED] = "exit",
                                        [BN_END_TIMEOUT] = "timeout"};

    return how <= BN_END_TIMEOUT && words[how] ? words[how] : "?";
}

/* A worker that ended without a word: which unit it had, and how. */
static void
tell_lost(batch *b, const job *j, bn_end how, int detail)
{
    const bn_batch_teller *t = &b->o->teller;
    bn_msgs msgs = {0};
    bn_buf text = {0}, json = {0};
    char number[16];
    json_t *line;
    char *dumped;
    bn_err err;

    snprintf(number, sizeof number, "%d", detail);
    bn_fail(&err, BN_EWORKER, (bn_loc){.file = j->path}, j->id, end_word(how),
            number);
    bn_msgs_add(&msgs, &err, BN_ERROR);
    bn_buf_adds(&text, "");
    bn_buf_adds(&json, "");
    if (t->word)
        t->word(t->user, b->r, &msgs, &text, &json);
    line = json_pack(
        "{s:s,s:s,s:i,s:[],s:o}", "unit", j->id, "path", j->path, "status",
        UNTOLD, "papers", "messages",
        json_loads(bn_arena_printf(b->arena, "[%s]", json.p), 0, NULL));
    dumped = line ? json_dumps(line, JSON_COMPACT) : NULL;
    tell(b, j, text.p, dumped ? dumped : "", "");
    free(dumped);
    json_decref(line);
    bn_buf_free(&text);
    bn_buf_free(&json);
    bn_msgs_free(&msgs);
}

/* Was told, and whether the run goes on. */
static bool
go_on(batch *b, int status)
{
    if (status > b->status)
        b->status = status;
    if (status)
        b->sum->failed++;
    return !b->gone && !(b->status && b->o->fail_fast);
}

/* ------------------------------------------- units that numbers cannot find */

/* What the first half of issuing came to for a unit that it could not read: to
 * be told when its turn comes. Making its papers now, after all, would make
 * them without their numbers. */
struct missed {
    bn_end how;
    int detail, status;
    const char *text, *line;
};

static void
note_wanted(batch *b, job *j, bn_end how, int detail, const char *result,
            size_t n)
{
    outcome out = {0};
    const bool whole = how == BN_END_OK && outcome_read(result, n, &out);

    if (whole && (out.status == 0 || out.status == REFUSED)) {
        issue_wanted(b, j, out.state);
    } else if (how != BN_END_DROPPED) {
        j->missed = BN_NEW(b->arena, struct missed);
        *j->missed = (struct missed){
            .how = whole || how != BN_END_OK ? how : BN_END_KILLED,
            .detail = detail,
            .status = out.status,
            .text = whole ? bn_arena_strdup(b->arena, out.text) : "",
            .line = whole ? bn_arena_strdup(b->arena, out.line) : ""};
    }
}

static void
tell_missed(batch *b, const job *j)
{
    const struct missed *m = j->missed;

    if (m->how != BN_END_OK) {
        tell_lost(b, j, m->how, m->detail);
        go_on(b, UNTOLD);
        return;
    }
    tell(b, j, m->text, m->line, "");
    go_on(b, m->status);
}

/* The second half is for the others. */
static void
leave_out_missed(batch *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->ntodo; i++)
        if (b->jobs.v[b->todo[i]].missed == NULL)
            b->todo[n++] = b->todo[i];
    b->ntodo = n;
}

/* All that stands or was missed before job n of the list. */
static void
tell_up_to(batch *b, size_t n)
{
    for (; b->told < n; b->told++)
        if (b->jobs.v[b->told].skip)
            tell_skipped(b, &b->jobs.v[b->told]);
        else if (b->jobs.v[b->told].missed)
            tell_missed(b, &b->jobs.v[b->told]);
}

static bool
on_done(void *user, size_t i, bn_end how, int detail, const char *result,
        size_t n)
{
    batch *b = user;
    job *j = &b->jobs.v[b->todo[i]];
    outcome out;

    if (how == BN_END_DROPPED) {
        b->sum->dropped++;
        return false;
    }
    if (b->dry) {
        note_wanted(b, j, how, detail, result, n);
        return true;
    }
    tell_up_to(b, b->todo[i] + 1);
    if (how != BN_END_OK || !outcome_read(result, n, &out)) {
        tell_lost(b, j, how, detail);
        return go_on(b, UNTOLD);
    }
    if (b->stage && b->o->shard.count == 0 && issue_hold(b, j, result, n))
        return go_on(b, 0);
    return batch_end_unit(b, j, &out);
}

bool
batch_end_unit(batch *b, const job *j, const outcome *out)
{
    state_add(b->state, j->body ? j->id : j->path, out->state);
    tell(b, j, out->text, out->line, out->made);
    return go_on(b, out->status);
}

/* A worker that dies over a paper is chance once: its unit is made again. The
 * second time, or when it hangs, the paper is left out. So nobody's kill takes
 * a number from its place. */
static bool
on_again(void *user, size_t i, bn_end how, int detail, const char *note)
{
    batch *b = user;
    job *j = &b->jobs.v[b->todo[i]];

    if (j->deaths == NULL)
        j->deaths = json_object();
    if (how != BN_END_TIMEOUT && !json_object_get(j->deaths, note)) {
        json_object_set_new(j->deaths, note, json_true());
        return true;
    }
    if (*note == '\0' || json_object_get(j->lost, note))
        return false;
    if (j->lost == NULL)
        j->lost = json_object();
    json_object_set_new(
        j->lost, note,
        json_string(bn_arena_printf(b->arena, "%s %d", end_word(how), detail)));
    return true;
}

static void
on_progress(void *user, size_t ended)
{
    batch *b = user;
    const bn_batch_teller *t = &b->o->teller;

    if (t->progress)
        t->progress(t->user, ended, b->ntodo, b->dry);
}

static int
run_pool(batch *b)
{
    const bn_pool pool = {.workers = b->o->workers ? b->o->workers : 1,
                          .recycle = RECYCLE,
                          .seconds = b->o->seconds ? b->o->seconds : SECONDS,
                          .bytes = b->o->bytes ? b->o->bytes : WORKER_BYTES,
                          .user = b,
                          .work = on_work,
                          .done = on_done,
                          .again = on_again,
                          .progress = on_progress};
    int error = 0;
    bn_err err;

    if (b->ntodo) {
        on_progress(b, 0);
        error = bn_pool_run(&pool, b->ntodo);
    }
    if (error == 0)
        return 0;
    bn_fail(&err, BN_EFORK, BN_NOWHERE, strerror(error));
    return batch_fail(b, &err);
}

/* ------------------------------------------------------------ what is due */

static void
decide(batch *b, job *j, size_t index)
{
    j->old = state_line(b->state, j->body ? j->id : j->path);
    j->skip = state_stands(b, j, &j->reason, &j->about);
    if (j->skip && !b->o->replace && !b->o->numbered)
        return;
    if (j->skip) {
        j->reason = "numbers";
        j->about = j->path;
    }
    j->skip = false;
    b->todo[b->ntodo++] = index;
}

static void
decide_all(batch *b)
{
    b->todo = BN_NEWS(b->arena, size_t, b->jobs.n + 2);
    b->ntodo = 0;
    for (size_t i = 0; i < b->jobs.n; i++)
        decide(b, &b->jobs.v[i], i);
}

/* The digest of all that the registers over many cases are made from. */
static bn_digest
all_cases(const batch *b)
{
    bn_hasher *h = bn_hasher_new();

    for (size_t i = 0; i < b->jobs.n; i++) {
        const job *j = &b->jobs.v[i];
        bn_stamp stamp = {0};

        if (j->container)
            bn_hasher_add(h, &j->bytes, sizeof j->bytes);
        else
            bn_file_stamp(j->path, &stamp);
        bn_hasher_add(h, j->path, strlen(j->path));
        bn_hasher_add(h, &stamp, sizeof stamp);
        bn_hasher_add(h, &j->extra, sizeof j->extra);
    }
    bn_hasher_add(h, &b->age, sizeof b->age);
    return bn_hasher_finish(h);
}

/* Papers over many cases, when everything else is made. */
int
batch_body(batch *b)
{
    const char *house =
        b->jobs.n ? bn_run_house(b->r, b->jobs.v[0].path) : NULL;
    job j = {.body = true, .extra = all_cases(b)};

    if (house == NULL ||
        !bn_run_over_many(b->r, b->jobs.v[0].path, b->o->only))
        return 0;
    j.path = bn_arena_printf(b->arena, "%s/body.xml", house);
    j.id = bn_arena_printf(b->arena, "body:%s", house);
    BN_PUSH(&b->jobs) = j;
    b->ntodo = 0;
    b->stage = false;
    decide(b, &b->jobs.v[b->jobs.n - 1], b->jobs.n - 1);
    b->told = b->jobs.n - 1;
    if (b->ntodo)
        return run_pool(b);
    tell_skipped(b, &b->jobs.v[b->jobs.n - 1]);
    return 0;
}

/* What something was made of, so that the next run can say what changed. */
static void
note_parts(batch *b, const char *key, const bn_dependencies *d)
{
    json_t *parts = json_object(), *line;
    char *text;

    for (size_t i = 0; i < d->n; i++) {
        char hex[BN_DIGEST_HEX];

        bn_digest_hex(&d->v[i].digest, hex);
        json_object_set_new(parts, d->v[i].name, json_string(hex));
    }
    line = json_pack("{s:s,s:o}", "path", key, "parts", parts);
    text = line ? json_dumps(line, JSON_COMPACT) : NULL;
    if (text)
        state_add(b->state, key, text);
    free(text);
    json_decref(line);
}

/* The house, and the kinds of document that there were. */
static void
note_house(batch *b)
{
    const char *file = b->jobs.n ? b->jobs.v[0].path : NULL;
    const char *house = file ? bn_run_house(b->r, file) : NULL;
    bn_dependencies d;
    bn_msgs msgs = {0};

    if (house && bn_depend_house(b->r, file, &d, &msgs) == BN_OK) {
        note_parts(b, bn_arena_printf(b->arena, "house:%s", house), &d);
        for (size_t i = 0; i < b->sum->nkinds; i++) {
            d = bn_depend_document(b->r, file, b->sum->kinds[i].document);
            note_parts(b,
                       bn_arena_printf(b->arena, "document:%s",
                                       b->sum->kinds[i].document),
                       &d);
        }
    }
    bn_msgs_free(&msgs);
}

void
batch_put(batch *b, const char *path, const bn_buf *bytes)
{
    bn_out *out;
    bn_err err = {0};
    bn_code code;

    bn_out_clean_beside(path);
    code = bn_out_open(path, &out, &err);

    if (code == BN_OK) {
        code = bn_out_write(out, bytes->p ? bytes->p : "", bytes->len, &err);
        if (code == BN_OK)
            code = bn_out_commit(out, &err);
        else
            bn_out_abandon(out);
    }
    if (code)
        batch_fail(b, &err);
}

static bool
stopped(const batch *b)
{
    return bn_pool_signal() || b->gone || (b->o->fail_fast && b->status);
}

static const char *
results_path(batch *b)
{
    const bn_shard *s = &b->o->shard;

    return bn_arena_printf(b->arena, "%s/results-%u-of-%u.ndjson", b->o->out,
                           s->index, s->count);
}

/* Results are there when a shard came to its end, and only then: merge must
 * not take a part, nor those of a run before, for the whole. */
static void
put_lists(batch *b)
{
    /* 75: it is to be tried again, and did not come to its end */
    if (b->o->shard.count && !stopped(b) && b->status != TRY_AGAIN)
        batch_put(b, results_path(b), &b->results);
    if (b->o->deps)
        deps_put(b);
}

/* ------------------------------------------------------------------- runs */

void
batch_begin(batch *b, bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
            bn_msgs *msgs)
{
    *sum = (bn_batch_sum){0};
    *b = (batch){.r = r, .o = o, .sum = sum, .msgs = msgs};
    b->arena = bn_arena_new();
    snprintf(b->today, sizeof b->today, "%s", bn_run_day(r));
    sum->arena = b->arena;
    report_begin(b);
    bn_pool_catch_signals();
}

int
batch_finish(batch *b, bool whole)
{
    const int sig = bn_pool_signal();

    state_close(b->state, b, whole);
    if (b->state || b->status) { /* else there was no run to speak of */
        report_msgs(b);
        report_put(b, sig ? 128 + sig : b->status);
    }
    issue_free(b);
    for (size_t i = 0; i < b->jobs.n; i++)
        jobs_free(&b->jobs.v[i]);
    BN_VEC_FREE(&b->jobs);
    for (size_t i = 0; i < b->fds.n; i++)
        close(b->fds.v[i]);
    BN_VEC_FREE(&b->fds);
    bn_buf_free(&b->results);
    bn_buf_free(&b->inputs);
    bn_buf_free(&b->deps);
    bn_buf_free(&b->deps_files);
    bn_buf_free(&b->faults);
    b->sum->signal = sig;
    return sig ? 128 + sig : b->status;
}

static void
warm(batch *b)
{
    bn_msgs msgs = {0};

    if (b->ntodo)
        bn_run_warm(b->r, b->jobs.v[b->todo[0]].path, &msgs);
    bn_msgs_free(&msgs); /* each unit says it for itself */
}

/* What all units ask for, in order, and then the numbers: step 1. */
static int
give_numbers(batch *b)
{
    int status;

    b->dry = true;
    status = run_pool(b);
    b->dry = false;
    leave_out_missed(b);
    return status || bn_pool_signal() ? status : issue_number(b);
}

/* Numbers first, for all units in order, then the papers. */
static int
make_all(batch *b)
{
    int status = 0;

    warm(b);
    if (b->o->issue && b->o->shard.count == 0)
        status = give_numbers(b);
    b->stage = b->o->issue;
    if (status == 0 && !bn_pool_signal())
        status = run_pool(b);
    if (b->stage && b->o->shard.count == 0)
        issue_record(b);
    tell_up_to(b, b->jobs.n);
    return status;
}

/* A unit as a line of a manifest, with all that a shard must know of it. */
static void
put_manifest_line(batch *b, const job *j, bn_buf *out)
{
    json_t *line =
        json_pack("{s:s,s:s}", "path", jobs_path(b, b->o->numbered, j->path),
                  "id", j->id);
    char *text;

    if (json_object_size(j->numbers))
        json_object_set(line, "numbers", j->numbers);
    if (json_object_size(j->issued))
        json_object_set(line, "issued", j->issued);
    if (j->refused)
        json_object_set(line, "refused", j->refused);
    if (j->today)
        json_object_set_new(line, "today", json_string(j->today));
    text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    bn_buf_addf(out, "%s\n", text ? text : "");
    free(text);
    json_decref(line);
}

static bool
is_any_missed(const batch *b)
{
    for (size_t i = 0; i < b->jobs.n; i++)
        if (b->jobs.v[i].missed)
            return true;
    return false;
}

static void
put_manifest(batch *b)
{
    bn_buf text = {0};

    for (size_t i = 0; i < b->jobs.n; i++) {
        const job *j = &b->jobs.v[i];

        put_manifest_line(b, j, &text);
        b->sum->units++;
    }
    batch_put(b, b->o->numbered, &text);
    bn_buf_free(&text);
}

/* Told before the work begins, not hours later. */
static void
tell_inputs(batch *b)
{
    const bn_batch_teller *t = &b->o->teller;

    if (t->said == NULL)
        return;
    report_msgs(b);
    t->said(t->user, b->r, b->msgs);
    bn_msgs_free(b->msgs);
    *b->msgs = (bn_msgs){0};
}

static int
find_inputs(batch *b)
{
    int status = jobs_find(b);

    if (status == 0)
        status = only_check(b);
    tell_inputs(b);
    batch_rivals(b);
    return status;
}

/* Without all cases a register would lack rows. */
void
batch_make_body(batch *b)
{
    if (!b->incomplete)
        batch_body(b);
    else
        bn_warn(b->msgs, BN_WINCOMPLETE, BN_NOWHERE, "");
}

int
bn_batch_number(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
                bn_msgs *msgs)
{
    batch b;
    int status;

    batch_begin(&b, r, o, sum, msgs);
    status = find_inputs(&b);
    if (status == 0)
        status = issue_open(&b);
    if (status == 0) {
        b.todo = BN_NEWS(b.arena, size_t, b.jobs.n + 1);
        for (size_t i = 0; i < b.jobs.n; i++)
            b.todo[b.ntodo++] = i;
        warm(&b);
        status = give_numbers(&b);
        tell_up_to(&b, b.jobs.n);
    }
    /* without all its units it would make papers without their numbers */
    if (status == 0 && !bn_pool_signal() && !is_any_missed(&b))
        put_manifest(&b);
    return batch_finish(&b, false);
}

int
bn_batch(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum, bn_msgs *msgs)
{
    batch b;
    int status;

    batch_begin(&b, r, o, sum, msgs);
    if (o->shard.count)
        unlink(results_path(&b));
    status = find_inputs(&b);
    if (status == 0)
        status = issue_open(&b);
    if (status == 0)
        b.state = state_open(&b);
    if (b.state) {
        decide_all(&b);
        status = make_all(&b);
        if (status == 0 && o->shard.count == 0 && !stopped(&b) &&
            issue_open(&b) == 0)
            batch_make_body(&b);
        if (o->shard.count == 0 && !stopped(&b))
            only_tell(&b);
        note_house(&b);
        put_lists(&b);
    }
    return batch_finish(&b, !stopped(&b));
}
