/* revise.c - bunsho revise: what a revision of the criteria means. */
#include "cli/cli.h"

#include <string.h>

#include "base/buf.h"

int
cli_revise(cli_options *o)
{
    bn_run *run = NULL;
    bn_msgs msgs = {0};
    bn_buf out = {0};
    int status;

    if (o->from == NULL || o->to == NULL || o->nfiles == 0)
        return cli_usage(o, "revise --from EDITION --to EDITION CASE.xml…");
    if (o->output && strcmp(o->output, "-") == 0)
        o->output = NULL;
    if (o->output && o->revision != BN_REVISE_PAPER && !o->apply)
        return cli_usage(o, "revise --format pdf -o OUT.pdf");
    if (o->apply && o->revision == BN_REVISE_PAPER)
        return cli_usage(o, "revise --apply DIR [--format text|json]");
    status = cli_start(o, &run);
    if (status == 0) {
        const bn_revise_options revise = {.from = o->from,
                                          .to = o->to,
                                          .files =
                                              (const char *const *)o->files,
                                          .nfiles = o->nfiles,
                                          .as = o->revision,
                                          .dump = o->dump,
                                          .out = o->apply ? NULL : o->output,
                                          .apply = o->apply,
                                          .papers =
                                              o->apply ? o->output : NULL};
        const int made = bn_revise(run, &revise, &out, &msgs);

        status = cli_say(o, run, &msgs);
        status = made > status ? made : status;
        if (out.len) {
            const int printed = o->revision == BN_REVISE_PAPER
                                    ? cli_print(o, out.p, out.len)
                                    : cli_print_data(o, out.p, out.len);

            status = printed > status ? printed : status;
        }
        cli_timing(o, run);
    }
    bn_buf_free(&out);
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}
