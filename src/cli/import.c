/* import.c - bunsho import: data from tables. */
#include "cli/cli.h"

#include <string.h>

typedef struct teller {
    const cli_options *o;
    int status;
} teller;

static void
on_made(void *user, const char *path)
{
    teller *t = user;

    if (t->o->quiet || t->status)
        return;
    t->status = cli_print(t->o, path, strlen(path));
    if (t->status == 0)
        t->status = cli_print(t->o, "\n", 1);
}

int
cli_import(cli_options *o)
{
    bn_run *run = NULL;
    bn_msgs msgs = {0};
    teller t = {.o = o};
    int status;

    if (o->nfiles != 2 || o->output == NULL)
        return cli_usage(o, "import KIND FILE.csv -o OUT");
    status = cli_start(o, &run);
    if (status == 0) {
        const bn_import_options import = {.kind = o->files[0],
                                          .table = o->files[1],
                                          .map = o->map,
                                          .kit = o->into,
                                          .out = o->output,
                                          .replace = o->overwrite,
                                          .made = on_made,
                                          .user = &t};

        bn_import_table(run, &import, &msgs);
        status = cli_say(o, run, &msgs);
        if (status == 0)
            status = t.status;
    }
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}
