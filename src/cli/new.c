/* new.c - bunsho new: the skeleton of a case or kit, explained inside. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* The file is made, never replaced. */
static int
write_new(const cli_options *o, bn_run *run, const char *path,
          const bn_buf *bytes)
{
    bn_out *out = NULL;
    bn_err err = {0};
    bn_code code;

    if (access(path, F_OK) == 0) {
        bn_fail(&err, BN_EEXISTS, BN_NOWHERE, path);
        return cli_say_err(o, run, &err);
    }
    code = bn_out_open(path, &out, &err);
    if (code == BN_OK) {
        code = bn_out_write(out, bytes->p, bytes->len, &err);
        if (code)
            bn_out_abandon(out);
        else
            code = bn_out_commit(out, &err);
    }
    return code ? cli_say_err(o, run, &err) : 0;
}

int
cli_new(cli_options *o)
{
    bn_run *run = NULL;
    bn_buf bytes = {0};
    bn_err err = {0};
    char path[4096];
    int status;

    if (o->nfiles != 2 ||
        (strcmp(o->files[0], "case") != 0 && strcmp(o->files[0], "kit") != 0))
        return cli_usage(o, "new case|kit FILE");
    status = cli_start(o, &run);
    if (status == 0) {
        snprintf(path, sizeof path, "%s/templates/new/%s.xml", cli_share(o),
                 o->files[0]);
        if (bn_source_read(bn_run_source(run), path, 0, &bytes, &err))
            status = cli_say_err(o, run, &err);
        else
            status = write_new(o, run, o->files[1], &bytes);
    }
    bn_buf_free(&bytes);
    bn_run_free(run);
    return status;
}
