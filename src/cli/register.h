/* register.h - private to cli: one use of the register. */
#ifndef BN_CLI_REGISTER_H
#define BN_CLI_REGISTER_H

#include "cli/cli.h"
#include "register/register.h"

typedef struct use {
    const cli_options *o;
    bn_register *r;
    bn_arena *a;
    char day[11];
} use;

/* register_lines.c: a row as columns parted by tabs, as an object a line; an
 * exit status. */
int register_row(const use *u, const bn_event *e);
int register_json(const use *u, const bn_event *e);
/* The same with the file that was asked about, and the paper's state. */
int register_json_of(const use *u, const bn_event *e, const char *path,
                     const char *state);
/* All numbers and events as lines, and back: all of a file or nothing. */
int register_export(use *u);
int register_import(use *u);

#endif
