/* build.c - bunsho build: every paper that is due; blank: empty forms. */
#include "cli/cli.h"

#include <string.h>

#include "batch/batch.h"

typedef struct teller {
    const cli_options *o;
    bn_run *run;
    int status;        /* of standard output */
    bn_ledger *ledger; /* NULL: the house has no register */
    bool line;         /* a progress line stands on the terminal */
} teller;

static void
clear_line(teller *t)
{
    if (t->line)
        fputs("\r\033[K", stderr);
    t->line = false;
}

static void
on_said(void *user, const bn_msgs *msgs)
{
    teller *t = user;

    clear_line(t);
    cli_say(t->o, t->run, msgs);
}

static void
on_begin(void *user, const char *unit, const char *document)
{
    teller *t = user;

    if (!t->o->progress || t->o->quiet || t->o->json)
        return;
    clear_line(t);
    cli_progress(unit, document);
    t->line = true;
}

static void
on_made(void *user, const char *path)
{
    teller *t = user;

    clear_line(t);
    if (t->o->quiet || t->status)
        return;
    t->status = cli_print(t->o, path, strlen(path));
    if (t->status == 0)
        t->status = cli_print(t->o, "\n", 1);
}

/* Numbers that were given are printed, and what was issued is left alone; a
 * draft is no paper of the register. */
static bool
on_number(void *user, const bn_bearer *bearer, bn_given *out)
{
    const teller *t = user;

    return t->ledger && bn_ledger_number(t->ledger, bearer, out);
}

static bool
on_issued(void *user, const bn_made *paper)
{
    const teller *t = user;

    return t->ledger && t->o->dump == BN_DUMP_NONE && bn_is_file(paper->path) &&
           bn_ledger_issued(t->ledger, paper);
}

static int
open_ledger(teller *t)
{
    const char *house = bn_run_house(t->run, t->o->files[0]);
    char path[4096];
    bn_err err;

    if (house == NULL ||
        (size_t)snprintf(path, sizeof path, "%s/register.db", house) >=
            sizeof path ||
        !bn_is_file(path))
        return 0;
    if (bn_ledger_open(path, &t->ledger, &err))
        return cli_say_err(t->o, t->run, &err);
    return 0;
}

int
cli_build(cli_options *o)
{
    bn_run *run = NULL;
    teller t = {.o = o};
    int status;

    if (o->nfiles == 0)
        return cli_usage(o, "build CASE.xml… -o DIR");
    if (o->output == NULL)
        return cli_usage(o, "-o DIR");
    if (o->bind && (o->dump == BN_DUMP_INPUT || o->dump == BN_DUMP_CONTENT ||
                    o->dump == BN_DUMP_HTML))
        return cli_usage(o, "--bind --dump=fo|lines|areas");
    if (o->trace && (o->bind || o->dump != BN_DUMP_NONE))
        return cli_usage(o, "build CASE.xml… --trace -o DIR");
    status = cli_start(o, &run);
    if (status == 0) {
        const bn_build_options build = {
            .files = (const char *const *)o->files,
            .nfiles = o->nfiles,
            .out = o->output,
            .only = o->only,
            .dump = o->dump,
            .bind = o->bind,
            .through = o->through,
            .copy = o->copy,
            .trace = o->trace,
            .listener = {.user = &t,
                         .said = on_said,
                         .begins = on_begin,
                         .number = on_number,
                         .issued = on_issued,
                         .made = on_made},
        };

        t.run = run;
        status = open_ledger(&t);
        if (status == 0)
            status = bn_build(run, &build);
        bn_ledger_free(t.ledger);
        clear_line(&t);
        if (status == 0)
            status = t.status;
        cli_timing(o, run);
    }
    bn_run_free(run);
    return status;
}

int
cli_blank(cli_options *o)
{
    bn_run *run = NULL;
    teller t = {.o = o};
    int status;

    if (o->nfiles || o->output == NULL)
        return cli_usage(o, "blank -o DIR");
    status = cli_start(o, &run);
    if (status == 0) {
        const bn_build_options build = {
            .out = o->output,
            .only = o->only,
            .dump = o->dump,
            .blank = true,
            .edition = o->edition,
            .listener = {.user = &t,
                         .said = on_said,
                         .begins = on_begin,
                         .made = on_made},
        };

        t.run = run;
        status = bn_build(run, &build);
        clear_line(&t);
        if (status == 0)
            status = t.status;
        cli_timing(o, run);
    }
    bn_run_free(run);
    return status;
}
