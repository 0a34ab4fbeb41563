/* init.c - bunsho init: a new house folder, explained inside. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

enum { DEPTH_MOST = 4 };

typedef struct layout {
    const cli_options *o;
    bn_run *run;
    bn_arena *arena;
    bool write; /* else only look whether something stands in the way */
    int status;
} layout;

/* One file of the stock; it is made, never replaced. */
static void
lay_file(layout *l, const char *from, const char *to)
{
    bn_buf bytes = {0};
    bn_err err = {0};

    if (!l->write) {
        if (access(to, F_OK) == 0) {
            bn_fail(&err, BN_EEXISTS, BN_NOWHERE, to);
            l->status = cli_say_err(l->o, l->run, &err);
        }
        return;
    }
    if (bn_source_read(bn_run_source(l->run), from, 0, &bytes, &err))
        l->status = cli_say_err(l->o, l->run, &err);
    else
        l->status = cli_write_new(l->o, l->run, to, &bytes);
    bn_buf_free(&bytes);
    if (l->status == 0 && !l->o->quiet)
        l->status = cli_print(l->o, bn_arena_printf(l->arena, "%s\n", to),
                              strlen(to) + 1);
}

static void
lay_folder(layout *l, const char *from, const char *to, int deep)
{
    const char **names = NULL;
    size_t n = 0;
    bn_err err = {0};

    if (bn_list_folder(from, l->arena, &names, &n, &err)) {
        l->status = cli_say_err(l->o, l->run, &err);
        return;
    }
    for (size_t i = 0; l->status == 0 && i < n; i++) {
        const char *source = bn_arena_printf(l->arena, "%s/%s", from, names[i]);
        const char *target = bn_arena_printf(l->arena, "%s/%s", to, names[i]);

        if (bn_is_folder(source) && deep < DEPTH_MOST)
            lay_folder(l, source, target, deep + 1);
        else if (bn_is_file(source))
            lay_file(l, source, target);
    }
}

int
cli_init(cli_options *o)
{
    layout l = {.o = o, .arena = bn_arena_new()};

    if (o->nfiles != 1) {
        bn_arena_free(l.arena);
        return cli_usage(o, "init DIR");
    }
    l.status = cli_start(o, &l.run);
    if (l.status == 0) {
        const char *from =
            bn_arena_printf(l.arena, "%s/templates/init", cli_share(o));

        lay_folder(&l, from, o->files[0], 0);
        l.write = true;
        if (l.status == 0) /* nothing is in the way */
            lay_folder(&l, from, o->files[0], 0);
    }
    bn_run_free(l.run);
    bn_arena_free(l.arena);
    return l.status;
}
