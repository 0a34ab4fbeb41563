/* format.c - bunsho format: the formatter by itself. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

static int
format_one(const cli_options *o, bn_run *run, const char *in, const char *out)
{
    bn_msgs msgs = {0};
    bn_buf sheet = {0};
    int status;

    bn_format_file(run, in, o->xsl, o->dump, out, &sheet, &msgs);
    status = cli_say(o, run, &msgs);
    if (status == 0 && out == NULL)
        status = cli_print(o, sheet.p, sheet.len);
    bn_buf_free(&sheet);
    bn_msgs_free(&msgs);
    return status;
}

/* Each line is in<TAB>out; a bad file does not stop the others. */
static int
format_lines(const cli_options *o, bn_run *run, char *text)
{
    int worst = 0;
    char *rest = NULL;

    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char *tab = strchr(line, '\t');
        int status;

        if (tab == NULL)
            return cli_usage(o, line);
        *tab = '\0';
        status = format_one(o, run, line, tab + 1);
        if (status > worst)
            worst = status;
    }
    return worst;
}

static int
format_list(const cli_options *o, bn_run *run)
{
    bn_source *source = bn_run_source(run);
    bn_buf list = {0};
    bn_err err = {0};
    int status;

    if (bn_source_add_root(source, o->list, &err) ||
        bn_source_read(source, o->list, 0, &list, &err))
        status = cli_say_err(o, run, &err);
    else
        status = list.len ? format_lines(o, run, list.p) : 0;
    bn_buf_free(&list);
    return status;
}

int
cli_format(cli_options *o)
{
    bn_run *run = NULL;
    int status;

    if (o->output && strcmp(o->output, "-") == 0)
        o->output = NULL;
    if (o->list ? o->nfiles != 0 || o->output : o->nfiles != 1)
        return cli_usage(o, "format IN.fo -o OUT.pdf | --list FILE");
    if (!o->list && !o->output && o->dump == BN_DUMP_NONE &&
        isatty(STDOUT_FILENO))
        return cli_usage(o, "-o OUT.pdf");
    if (o->dump == BN_DUMP_INPUT || o->dump == BN_DUMP_CONTENT ||
        o->dump == BN_DUMP_HTML)
        return cli_usage(o, "--dump=fo|lines|areas");
    status = cli_start(o, &run);
    if (status == 0)
        status = o->list ? format_list(o, run)
                         : format_one(o, run, o->files[0], o->output);
    if (run)
        cli_timing(o, run);
    bn_run_free(run);
    return status;
}
