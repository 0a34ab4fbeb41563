/* share.c - where stylesheets, schemas and fonts.xml are; how a run starts. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef BN_PREFIX_SHARE
#define BN_PREFIX_SHARE "/usr/local/share/bunsho"
#endif

enum { PATH_BYTES = 4096 };

/* A share folder is known by what every run needs. */
static bool
is_share(const char *path)
{
    char file[PATH_BYTES];
    const int n = snprintf(file, sizeof file, "%s/stylesheets", path);

    return n > 0 && (size_t)n < sizeof file && bn_is_folder(file);
}

/* The tree that the executable was built in: TREE/build/bunsho. Only when it
 * has sources: an installed program must not pick up a stylesheets folder
 * that happens to lie above it. */
static const char *
own_tree(void)
{
    static char path[PATH_BYTES]; /* lives as long as the process */
    char mark[PATH_BYTES + 16];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    if (n <= 0)
        return NULL;
    path[n] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');

        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
    snprintf(mark, sizeof mark, "%s/src/cli", path);
    return bn_is_folder(mark) && is_share(path) ? path : NULL;
}

const char *
cli_share(const cli_options *o)
{
    const char *path = o->share ? o->share : getenv("BUNSHO_SHARE");
    bn_err err;

    if (path == NULL)
        path = own_tree();
    if (path == NULL)
        path = BN_PREFIX_SHARE;
    if (is_share(path))
        return path;
    bn_fail(&err, BN_ESHARE, BN_NOWHERE, path);
    cli_say_err(o, NULL, &err);
    return NULL;
}

int
cli_start(cli_options *o, bn_run **run)
{
    bn_run_options options = {
        .house = o->house,
        .fonts = o->fonts,
        .reg = o->reg,
        .draft = o->draft,
        .missing_warn = o->missing_warn,
        .timing = o->timing,
        .strict = o->strict,
    };
    bn_err err = {0};

    if (bn_today(o->today, o->day, o->stamp, &err))
        return cli_say_err(o, NULL, &err);
    options.today = o->day;
    options.date = o->stamp[0] ? o->stamp : NULL;
    options.share = cli_share(o);
    if (options.share == NULL)
        return bn_code_exit(BN_ESHARE);
    if (bn_run_new(&options, run, &err))
        return cli_say_err(o, NULL, &err);
    for (size_t i = 0; i < o->nroots; i++)
        if (bn_source_add_root(bn_run_source(*run), o->roots[i], &err))
            return cli_say_err(o, *run, &err);
    return 0;
}
