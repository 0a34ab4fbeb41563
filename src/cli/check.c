/* check.c - bunsho check: grammar, rules, and what papers lack. */
#include "cli/cli.h"

#include "base/buf.h"

static int
check_one(const cli_options *o, bn_run *run, const char *file)
{
    bn_msgs msgs = {0};
    bn_buf report = {0};
    int status, printed;

    bn_check(run, file, o->lang, &report, &msgs);
    status = cli_say(o, run, &msgs);
    printed = cli_print_data(o, report.p, report.len);
    bn_buf_free(&report);
    bn_msgs_free(&msgs);
    return status ? status : printed;
}

int
cli_check(cli_options *o)
{
    bn_run *run = NULL;
    int status;

    if (o->nfiles == 0)
        return cli_usage(o, "check CASE.xml…");
    status = cli_start(o, &run);
    for (size_t i = 0; status == 0 && i < o->nfiles; i++) {
        const int one = check_one(o, run, o->files[i]);

        o->worst = one > o->worst ? one : o->worst;
    }
    if (run)
        cli_timing(o, run);
    bn_run_free(run);
    return status ? status : o->worst;
}
