/* pipeline.h - one document, the whole way: from a case to a sheet of paper. */
#ifndef BN_PIPELINE_PIPELINE_H
#define BN_PIPELINE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "source/source.h"

#define BN_VERSION "0.1"

/* What is printed instead of a PDF. */
typedef enum bn_dump {
    BN_DUMP_NONE,    /* PDF */
    BN_DUMP_INPUT,   /* the tree that document stylesheets see */
    BN_DUMP_CONTENT, /* XHTML content as the page stylesheet gets it */
    BN_DUMP_FO,      /* build: the XSL-FO; format: the resolved FO tree */
    BN_DUMP_LINES,
    BN_DUMP_AREAS,
    BN_DUMP_HTML /* content as a web page */
} bn_dump;

/* Where CPU time goes. */
typedef enum bn_stage {
    BN_STAGE_LOAD,
    BN_STAGE_RULES,
    BN_STAGE_CONTENT,
    BN_STAGE_PAGE,
    BN_STAGE_FO,
    BN_STAGE_LAYOUT,
    BN_STAGE_PDF,
    BN_STAGE_WRITE,
    BN_STAGES
} bn_stage;

const char *bn_stage_name(bn_stage stage);

typedef struct bn_run_options {
    const char *share; /* folder that holds stylesheets/, schemas/, … */
    const char *house; /* house folder; NULL: found beside the input */
    const char *fonts; /* a fonts.xml; NULL: the house's, else the stock's */
    const char *today; /* YYYY-MM-DD, never NULL (bn_today) */
    const char *date;  /* ISO date or date-time for documents that say none;
                          NULL: none is written */
    bool draft;        /* marks 案; refusals become warnings */
    bool missing_warn; /* a missing glyph is a warning */
    bool strict;       /* strict validation of FO */
} bn_run_options;

/* All that one process keeps: sources, stylesheets, fonts, images. */
typedef struct bn_run bn_run;

/*
 * o      copied; its strings too.
 * Errors BN_EOUTSIDE and those of reading, when the share folder is none.
 */
bn_code bn_run_new(const bn_run_options *o, bn_run **out, bn_err *err);
void bn_run_free(bn_run *r);
bn_source *bn_run_source(bn_run *r);
/* CPU seconds so far. */
double bn_run_seconds(const bn_run *r, bn_stage stage);

/*
 * What day it is for documents: arg (of --today) when not NULL, else
 * SOURCE_DATE_EPOCH, else the clock; in JST.
 *
 * out     YYYY-MM-DD, 11 bytes.
 * stamp   date-time for PDF dates when it is known beforehand ("" when the
 *         clock was asked), 32 bytes.
 * Error BN_ETODAY (64) for what is no date, or no number of seconds.
 */
bn_code bn_today(const char *arg, char out[11], char stamp[32], bn_err *err);

/* ----------------------------------------------------------------- build */

/* What a build tells while it goes on. All may be NULL. */
typedef struct bn_listener {
    void *user;
    /* The messages of one input file, after it was done. */
    void (*said)(void *user, const bn_msgs *msgs);
    /* A paper is begun (for progress). */
    void (*begins)(void *user, const char *unit, const char *document);
    /* A file was written, or stood already with these bytes. */
    void (*made)(void *user, const char *path);
} bn_listener;

typedef struct bn_build_options {
    const char *const *files; /* cases and kits */
    size_t nfiles;
    const char *out;  /* folder */
    const char *only; /* comma-separated document ids; NULL: what is due */
    bn_dump dump;
    bool bind; /* one file UNIT/all.pdf of all papers of a unit */
    bn_listener listener;
} bn_build_options;

/*
 * Make every paper that is due. A paper that a rule forbids is not written;
 * the rest is. Returns the highest exit status of the messages that were said.
 */
int bn_build(bn_run *r, const bn_build_options *o);

/*
 * Grammar and rules of one file, and what its papers lack.
 *
 * lang    "ja" or "en".
 * report  lines for people, appended: a line a document with its state.
 */
bn_code bn_check(bn_run *r, const char *file, const char *lang, bn_buf *report,
                 bn_msgs *msgs);

/*
 * A table for people, appended to out; columns parted by tabs.
 *
 * what  documents, rules, editions, fonts, provisions; else BN_EUSAGE.
 */
bn_code bn_list(bn_run *r, const char *what, const char *lang, bn_buf *out,
                bn_msgs *msgs);

/* ---------------------------------------------------------------- format */

/*
 * The formatter alone: FO (or XML through a stylesheet) to PDF or a dump.
 *
 * in, xsl  files; their folders are declared as roots. xsl may be NULL.
 * out      file to replace; NULL: into sheet (appended).
 */
bn_code bn_format_file(bn_run *r, const char *in, const char *xsl, bn_dump dump,
                       const char *out, bn_buf *sheet, bn_msgs *msgs);

/* Lines "library version", of all that runs here. */
void bn_versions(bn_buf *out);

#endif
