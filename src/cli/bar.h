/* bar.h - private to cli: how far a run has come, in one line. */
#ifndef BN_CLI_BAR_H
#define BN_CLI_BAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

typedef struct cli_bar {
    size_t n, all; /* units that have ended, of all */
    double took;   /* seconds since the run began */
    bool numbers;  /* numbers are being given, before the work */
} cli_bar;

/*
 * Bar, count, rate and remaining time, appended.
 *
 * columns  of the terminal; the line is less, and what has no room is left
 *          out. 0: no terminal, words alone.
 */
void cli_bar_line(const cli_bar *b, bool english, size_t columns, bn_buf *out);

#endif
