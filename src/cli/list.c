/* list.c - bunsho list: documents, rules, editions, fonts, provisions. */
#include "cli/cli.h"

#include <string.h>

#include "base/buf.h"

int
cli_list(cli_options *o)
{
    bn_run *run = NULL;
    bn_msgs msgs = {0};
    bn_buf table = {0};
    int status;

    if (o->nfiles != 1 && (o->nfiles != 2 || strcmp(o->files[0], "fonts") != 0))
        return cli_usage(o, "list documents|rules|editions|fonts|provisions");
    status = cli_start(o, &run);
    if (status == 0) {
        bn_list(run, o->files[0], o->nfiles > 1 ? o->files[1] : NULL, o->lang,
                &table, &msgs);
        status = cli_say(o, run, &msgs);
        if (status == 0)
            status = cli_print_data(o, table.p, table.len);
    }
    bn_buf_free(&table);
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}
