/* new.c - bunsho new: the skeleton of a case or kit, explained inside. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

int
cli_write_new(const cli_options *o, bn_run *run, const char *path,
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

/* Put `to` in the place of the first ="from" in a skeleton. */
static void
replace_value(bn_buf *b, const char *from, const char *to)
{
    const char *at = b->len ? strstr(b->p, from) : NULL;
    bn_buf out = {0};

    if (at == NULL || to == NULL || *to == '\0')
        return;
    bn_buf_add(&out, b->p, at - b->p);
    bn_buf_adds(&out, to);
    bn_buf_adds(&out, at + strlen(from));
    bn_buf_free(b);
    *b = out;
}

/* An XML name of ASCII letters, for an id; the file's name without its ending
 * when it is one, else NULL. */
static const char *
id_of(bn_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    const size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char more[] = "0123456789-_.";

    for (size_t i = 0; i < n; i++)
        if (!strchr(letters, name[i]) && (i == 0 || !strchr(more, name[i])))
            return NULL;
    return bn_arena_strndup(a, name, n);
}

/* The case's id is the name of its file, its body that of the house. */
static void
fit(bn_run *run, const char *path, bn_buf *bytes)
{
    bn_arena *a = bn_arena_new();
    const char *house = bn_run_house(run, path);

    replace_value(bytes, "CASE-0001", id_of(a, path));
    replace_value(bytes, "KIT-0001", id_of(a, path));
    if (house)
        replace_value(
            bytes, "body-sample",
            bn_run_id(run, a, bn_arena_printf(a, "%s/body.xml", house)));
    bn_arena_free(a);
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
        else {
            fit(run, o->files[1], &bytes);
            status = cli_write_new(o, run, o->files[1], &bytes);
        }
    }
    bn_buf_free(&bytes);
    bn_run_free(run);
    return status;
}
