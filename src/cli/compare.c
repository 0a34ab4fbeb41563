/* compare.c - bunsho compare: the comparison table of two law texts. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"

int
cli_compare(cli_options *o)
{
    bn_run *run = NULL;
    bn_msgs msgs = {0};
    bn_buf out = {0};
    int status;

    if (o->output && strcmp(o->output, "-") == 0)
        o->output = NULL;
    if (o->nfiles != 2)
        return cli_usage(o, "compare OLD.xml NEW.xml -o OUT.pdf");
    if (o->dump == BN_DUMP_INPUT)
        return cli_usage(o, "--dump=content|fo|lines|areas");
    if (!o->output && o->dump == BN_DUMP_NONE && o->as == BN_COMPARE_TABLE &&
        isatty(STDOUT_FILENO))
        return cli_usage(o, "-o OUT.pdf");
    status = cli_start(o, &run);
    if (status == 0) {
        const bn_compare_options compare = {.old = o->files[0],
                                            .new = o->files[1],
                                            .out = o->output,
                                            .dump = o->dump,
                                            .as = o->as,
                                            .old_first = o->old_first,
                                            .vertical = o->vertical};

        bn_compare_files(run, &compare, &out, &msgs);
        status = cli_say(o, run, &msgs);
        if (status == 0 && out.len)
            status = cli_print(o, out.p, out.len);
        cli_timing(o, run);
    }
    bn_buf_free(&out);
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}
