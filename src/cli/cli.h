/* cli.h - private to cli: options, messages, commands. */
#ifndef BN_CLI_CLI_H
#define BN_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "pipeline/pipeline.h"

typedef struct cli_options {
    const char *lang; /* "ja", "en" */
    const char *share, *house, *fonts, *output, *xsl, *list, *only, *today;
    const char *roots[16];
    size_t nroots;
    bn_dump dump;
    bn_compare_as as;
    bn_revise_as revision;
    bool old_first, vertical, comparing, revising;
    const char *shard, *deps, *reg, *from, *to, *apply, *edition, *map, *into;
    const char *replace, *reason, *report;
    size_t workers;
    unsigned seconds, mebibytes, days;
    bool overwrite, bind, through, copy, json, timing, strict, draft, missing_warn, quiet, progress;
    bool issue, explain, fail_fast, trace;
    char *const *files;
    size_t nfiles;
    int worst; /* exit status so far */
    char day[11], stamp[32];
} cli_options;

/* Which options a command takes: characters of the rows in options.c. */
typedef struct cli_command {
    const char *name;
    const char *takes;
    int (*run)(cli_options *o);
    const char *help_ja, *help_en;
} cli_command;

/*
 * Read argv[1..] of a command into o. Returns 0, or the exit status to leave
 * with (a wrong option was said; -1: help was asked for).
 */
int cli_parse(const cli_command *c, int argc, char **argv, cli_options *o);

/* The share folder: --share, the own tree, PREFIX/share/bunsho. NULL after a
 * message. The string lives as long as the process. */
const char *cli_share(const cli_options *o);

/* Today, share folder, then a run; 0 or the exit status. */
int cli_start(cli_options *o, bn_run **run);

/* Say a list of messages on stderr; returns the exit status they ask for.
 * run may be NULL. */
int cli_say(const cli_options *o, bn_run *run, const bn_msgs *msgs);
/* The same into buffers: text for people (none with --message-format=json),
 * and JSON objects parted by commas. */
void cli_word(const cli_options *o, bn_run *run, const bn_msgs *msgs,
              bn_buf *text, bn_buf *json);
int cli_say_err(const cli_options *o, bn_run *run, const bn_err *err);
/* Usage error: one line and the exit status 64. */
int cli_usage(const cli_options *o, const char *what);

/* One line of progress on the terminal, without its end. */
void cli_progress(const char *unit, const char *document);

/* CPU time by stage on stderr, when --timing. */
void cli_timing(const cli_options *o, const bn_run *run);

/* Write to stdout; 0, or 74 after a message. */
int cli_print(const cli_options *o, const char *p, size_t n);

/* Name, version and those of the libraries on stdout. */
void cli_version(void);

/* The same with lines that hold data: controls are written out. */
int cli_print_data(const cli_options *o, const char *p, size_t n);

int cli_format(cli_options *o);
int cli_build(cli_options *o);
/* Make a file that must not be there yet; 0 or the exit status. */
int cli_write_new(const cli_options *o, bn_run *run, const char *path,
                  const bn_buf *bytes);

int cli_blank(cli_options *o);
int cli_init(cli_options *o);
int cli_import(cli_options *o);
int cli_check(cli_options *o);
int cli_list(cli_options *o);
int cli_new(cli_options *o);
int cli_batch(cli_options *o);
int cli_issue(cli_options *o);
int cli_merge(cli_options *o);
int cli_number(cli_options *o);
int cli_register(cli_options *o);
int cli_verify(cli_options *o);
int cli_compare(cli_options *o);
int cli_revise(cli_options *o);

/* A mapped file that goes away, or a full disk under one that is written: 74,
 * 75 and a line instead of a crash. */
void cli_catch_bus(void);

#endif
