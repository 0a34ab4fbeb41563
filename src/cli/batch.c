/* batch.c - bunsho batch, issue and merge. */
#include "cli/bar.h"
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "batch/batch.h"

/* What the run's teller needs. */
typedef struct teller {
    const cli_options *o;
    bool line; /* a progress line stands on the terminal */
    double began;
    double told; /* when the last line was written */
    int status;
} teller;

/* Why a paper is made (--explain). */
static const struct {
    const char *id, *ja, *en;
} reasons[] = {
    {"new", "初めて作る", "new"},
    {"input", "入力が変わった", "the input changed"},
    {"house", "機関・様式一式・設定が変わった",
     "house, common files or options changed"},
    {"stylesheet", "様式が変わった", "a stylesheet or template changed"},
    {"output", "出力が無いか、記録した内容と違う",
     "an output is missing or not as recorded"},
    {"numbers", "番号か発行の状態が変わった", "numbers or issue changed"},
    {"cases", "案件が変わった", "cases changed"},
    {"failed", "前回は完了しなかった", "it failed last time"},
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
english(const cli_options *o)
{
    return strcmp(o->lang, "en") == 0;
}

static void
clear_line(teller *t)
{
    if (t->line)
        fputs("\r\033[K", stderr);
    t->line = false;
}

static void
on_word(void *user, bn_run *r, const bn_msgs *msgs, bn_buf *text, bn_buf *json)
{
    const teller *t = user;

    cli_word(t->o, r, msgs, text, json);
}

static void
on_said(void *user, bn_run *r, const bn_msgs *msgs)
{
    const teller *t = user;

    cli_say(t->o, r, msgs);
}

static bool
on_unit(void *user, const char *text, const char *line, const char *made)
{
    teller *t = user;

    clear_line(t);
    if (t->o->json) {
        t->status = cli_print(t->o, line, strlen(line));
        if (t->status == 0)
            t->status = cli_print(t->o, "\n", 1);
        return t->status == 0;
    }
    fputs(text, stderr);
    if (!t->o->quiet)
        t->status = cli_print(t->o, made, strlen(made));
    return t->status == 0;
}

static void
on_why(void *user, const char *path, const char *reason, const char *about,
       bn_buf *text)
{
    const teller *t = user;

    bn_buf_addf(text, "%s: ", path);
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reasons[i].id, reason) == 0)
            bn_buf_adds(text, english(t->o) ? reasons[i].en : reasons[i].ja);
    bn_buf_addf(text, " [%s] %s\n", reason, about);
}

static size_t
terminal_columns(void)
{
    struct winsize size = {0};

    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col
               ? size.ws_col
               : 80;
}

/* On a terminal a line that changes ten times a second at most; else a line of
 * its own every ten seconds, for those who read the log. */
static void
on_progress(void *user, size_t n, size_t all, bool numbers)
{
    teller *t = user;
    const bool live = t->o->progress;
    const double at = now(), pause = live ? 0.1 : 10;
    const cli_bar bar = {n, all, at - t->began, numbers};
    bn_buf line = {0};

    if (t->o->quiet || t->o->json || all == 0)
        return;
    if (n == 0) { /* of the numbers, then of the papers */
        t->began = t->told = at;
        if (!live)
            return;
    } else if (at - t->told < pause && !(live && n == all)) {
        return;
    }
    t->told = at;
    cli_bar_line(&bar, english(t->o), live ? terminal_columns() : 0, &line);
    clear_line(t);
    fprintf(stderr, live ? "%s" : "%s\n", line.p);
    t->line = live;
    bn_buf_free(&line);
}

/* The same as one object. */
static void
say_sum_json(const bn_batch_sum *sum)
{
    json_t *kinds = json_object();
    json_t *all;
    char *text;

    for (size_t i = 0; i < sum->nkinds; i++) {
        const bn_batch_kind *k = &sum->kinds[i];

        json_object_set_new(kinds, k->document,
                            json_pack("{s:I,s:I,s:I}", "made",
                                      (json_int_t)k->made, "issued",
                                      (json_int_t)k->issued, "unchanged",
                                      (json_int_t)k->stood));
    }
    all = json_pack("{s:{s:I,s:I,s:I,s:I,s:I,s:I,s:o}}", "summary", "units",
                    (json_int_t)sum->units, "skipped", (json_int_t)sum->skipped,
                    "failed", (json_int_t)sum->failed, "dropped",
                    (json_int_t)sum->dropped, "papers", (json_int_t)sum->papers,
                    "made", (json_int_t)sum->made, "documents", kinds);
    text = all ? json_dumps(all, JSON_COMPACT) : NULL;
    if (text)
        fprintf(stderr, "%s\n", text);
    free(text);
    json_decref(all);
}

/* A line a kind of document, and one for the run. */
static void
say_sum(const cli_options *o, const bn_batch_sum *sum)
{
    const bool en = english(o);

    if (o->json)
        say_sum_json(sum);
    if (o->quiet || o->json)
        return;
    for (size_t i = 0; i < sum->nkinds; i++)
        fprintf(stderr,
                en ? "%s: %zu made, %zu issued, %zu unchanged\n"
                   : "%s: 作成 %zu、発行 %zu、変更なし %zu\n",
                sum->kinds[i].document, sum->kinds[i].made,
                sum->kinds[i].issued, sum->kinds[i].stood);
    fprintf(
        stderr,
        en ? "units %zu (skipped %zu, failed %zu, dropped %zu), papers "
             "%zu, made %zu\n"
           : "件数 %zu（省略 %zu、失敗 %zu、中止 %zu）、書類 %zu、作成 %zu\n",
        sum->units, sum->skipped, sum->failed, sum->dropped, sum->papers,
        sum->made);
}

typedef int batch_run(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
                      bn_msgs *msgs);

static int
run_batch(cli_options *o, batch_run *run_it)
{
    static bn_batch_sum sum;
    teller t = {.o = o, .began = now()};
    bn_batch_options b = {
        .inputs = (const char *const *)o->files,
        .ninputs = o->nfiles,
        .out = o->output,
        .only = o->only,
        .reg = o->reg,
        .deps = o->deps,
        .report = o->report,
        .replace = o->replace,
        .reason = o->reason,
        .numbered = run_it == bn_batch_number ? o->output : NULL,
        .seconds = o->seconds,
        .bytes = (size_t)o->mebibytes << 20,
        .workers = o->workers ? o->workers : 1,
        .fail_fast = o->fail_fast,
        .issue = o->issue,
        .explain = o->explain,
        .teller = {.user = &t,
                   .word = on_word,
                   .unit = on_unit,
                   .said = on_said,
                   .why = on_why,
                   .progress = on_progress},
    };
    bn_msgs msgs = {0};
    bn_run *run = NULL;
    bn_err err;
    int status = 0;

    if (o->shard && bn_shard_parse(o->shard, &b.shard, &err))
        return cli_say_err(o, NULL, &err);
    status = cli_start(o, &run);
    if (status == 0) {
        status = run_it(run, &b, &sum, &msgs);
        clear_line(&t);
        cli_say(o, run, &msgs);
        say_sum(o, &sum);
        if (t.status)
            status = t.status;
        bn_arena_free(sum.arena);
    }
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}

enum { MOST_RESTARTS = 3 };

static long
restarts(void)
{
    const char *s = getenv("SLURM_RESTART_COUNT");

    return s ? strtol(s, NULL, 10) : 0;
}

static int
give_up(const cli_options *o)
{
    bn_err err;

    bn_fail(&err, BN_ERESTARTS, BN_NOWHERE, getenv("SLURM_RESTART_COUNT"));
    return cli_say_err(o, NULL, &err);
}

int
cli_batch(cli_options *o)
{
    if (o->nfiles == 0)
        return cli_usage(o, "batch FOLDER|MANIFEST -o DIR");
    if (o->output == NULL)
        return cli_usage(o, "-o DIR");
    /* Slurm would start it again for ever */
    if (o->shard && strcmp(o->shard, "auto") == 0 && restarts() > MOST_RESTARTS)
        return give_up(o);
    /* a draft never gets a number */
    if (o->issue && o->draft)
        return cli_usage(o, "--issue --draft");
    return run_batch(o, bn_batch);
}

int
cli_issue(cli_options *o)
{
    if (o->nfiles == 0)
        return cli_usage(o, "issue CASE.xml… -o DIR");
    if (o->output == NULL)
        return cli_usage(o, "-o DIR");
    if ((o->replace == NULL) != (o->reason == NULL))
        return cli_usage(o,
                         "--replace NUMBER --as corrected|reissued|replaced");
    o->issue = true;
    return run_batch(o, bn_batch);
}

int
cli_number(cli_options *o)
{
    if (o->nfiles == 0)
        return cli_usage(o, "number FOLDER|MANIFEST|CASE.xml… -o MANIFEST");
    if (o->output == NULL)
        return cli_usage(o, "-o MANIFEST");
    o->issue = true;
    return run_batch(o, bn_batch_number);
}

int
cli_merge(cli_options *o)
{
    if (o->nfiles != 1)
        return cli_usage(o, "merge DIR");
    o->output = o->files[0];
    o->nfiles = 0;
    return run_batch(o, bn_batch_merge);
}
