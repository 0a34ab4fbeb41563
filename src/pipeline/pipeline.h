/* pipeline.h - one document, the whole way: from a case to a sheet of paper. */
#ifndef BN_PIPELINE_PIPELINE_H
#define BN_PIPELINE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
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
    BN_STAGE_LINES,  /* text: characters to lines */
    BN_STAGE_LAYOUT, /* the rest of it */
    BN_STAGE_PDF,
    BN_STAGE_WRITE,
    BN_STAGES
} bn_stage;

const char *bn_stage_name(bn_stage stage);

typedef struct bn_run_options {
    const char *share; /* folder that holds stylesheets/, schemas/, … */
    const char *house; /* house folder; NULL: found beside the input */
    const char *reg;   /* register; NULL: register.db of the house */
    const char *fonts; /* a fonts.xml; NULL: the house's, else the stock's */
    const char *today; /* YYYY-MM-DD, never NULL (bn_today) */
    const char *date;  /* ISO date or date-time for documents that say none;
                          NULL: none is written */
    bool draft;        /* marks 案; refusals become warnings */
    bool missing_warn; /* a missing glyph is a warning */
    bool strict;       /* strict validation of FO */
    bool timing;       /* what lines cost is wanted apart from layout: the clock
                          is asked for every paragraph */
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

/* One paper of a build. Strings are borrowed. */
typedef struct bn_made {
    const char *unit, *edition;
    const char *document, *key, *title, *retention, *date;
    const char *number;      /* that it goes by; "" none */
    const char *valid_until; /* of its item; "" none */
    const char *kept_from;   /* when its retention begins; "" unknown */
    int32_t version;         /* from 1 */
    const char *replaces;    /* number of the version before; "" none */
    const char *reason;      /* why: "corrected", "reissued", "replaced" */
    const char *path;
    bn_digest content; /* of all that formatting depends on */
    bn_digest bytes;   /* of the file */
    bool stood;        /* its content had not changed: not formatted */
} bn_made;

/* An element that bears a number of the body, and the number that it gets. */
typedef struct bn_bearer {
    const char *unit;
    const char *slot;   /* "certificate-1" */
    const char *series; /* "certificate" */
    const char *date;   /* its own; "" none */
    const char *have;   /* the number that the data carries; "" none */
} bn_bearer;

typedef struct bn_given {
    const char *number;
    int32_t version;               /* from 1 */
    const char *replaces, *reason; /* of a later version; "" none */
} bn_given;

/* What a build asks and tells while it goes on. All may be NULL. */
typedef struct bn_listener {
    void *user;
    /* The messages of one input file, after it was done. */
    void (*said)(void *user, const bn_msgs *msgs);
    /* A paper is begun (for progress). */
    void (*begins)(void *user, const char *unit, const char *document);
    /* A file was written, or stood already with these bytes. */
    void (*made)(void *user, const char *path);

    /* A unit was read; false: it is not to be made. */
    bool (*read)(void *user, const char *unit, const char *edition);
    /* A paper is due, whether it can be made or not. */
    void (*due)(void *user, const char *document);
    /* The number of an element; false: it keeps what it has. */
    bool (*number)(void *user, const bn_bearer *bearer, bn_given *out);
    /* The unit's rows for the register, as XML. */
    void (*rows)(void *user, const char *xml);
    /* Work on a paper begins, be it only to see that it stands. */
    void (*starts)(void *user, const bn_made *paper);
    /* A worker died over this paper: it is told and left out. */
    bool (*lost)(void *user, const bn_made *paper);
    /* Was the paper issued? Then it is left alone. */
    bool (*issued)(void *user, const bn_made *paper);
    /* Does the file stand as it was made from this content? */
    bool (*stands)(void *user, const bn_made *paper);
    /* Where to write instead of paper->path; NULL: there. */
    const char *(*where)(void *user, const bn_made *paper);
    /* A paper was made, or stands. */
    void (*done)(void *user, const bn_made *paper);
} bn_listener;

typedef struct bn_build_options {
    const char *const *files; /* cases and kits */
    size_t nfiles;
    const char *out;  /* folder */
    const char *only; /* comma-separated document ids; NULL: what is due */
    bn_dump dump;
    bool bind; /* one file UNIT/all.pdf of all papers of a unit */
    bool through; /* with pages counted through it */
    const char *const *beside; /* cases whose rows are in the register, too */
    size_t nbeside;
    bool alone; /* no papers over many cases */
    bool body;  /* those only: files are read one after the other */
    bool dry;   /* content only; nothing is written */
    bool copy;  /* marked 写し, DOCUMENT.copy.pdf: no issued paper is touched */
    bool blank; /* forms to be filled in by hand, instead of files */
    const char *edition; /* of the blank forms; NULL: in force */
    bool trace; /* beside each PDF, .trace.tsv: its fields and their pages */
    bn_listener listener;
} bn_build_options;

/*
 * Make every paper that is due. A paper that a rule forbids is not written;
 * the rest is. Returns the highest exit status of the messages that were said.
 */
int bn_build(bn_run *r, const bn_build_options *o);

/* ---------------------------------------------------------------- depend */

/* A file (or the program, or an option) that papers depend on. */
typedef struct bn_dependency {
    const char *name;
    bn_digest digest;
    bool file; /* name is a path */
} bn_dependency;

typedef struct bn_dependencies {
    const bn_dependency *v;
    size_t n;
    bn_digest digest; /* of them all */
} bn_dependencies;

/*
 * What every unit of the house of `file` depends on: program, options, fonts,
 * house, rules, schemas, criteria, catalogue. Worked out once a house.
 */
bn_code bn_depend_house(bn_run *r, const char *file, bn_dependencies *out,
                        bn_msgs *msgs);
/* Stylesheets of a document (of the house of `file`) with what they import,
 * and its template; once a document. */
bn_dependencies bn_depend_document(bn_run *r, const char *file,
                                   const char *document);
/* Read what every document needs, so that processes forked later share it.
 * file: some input, for its house. */
bn_code bn_run_warm(bn_run *r, const char *file, bn_msgs *msgs);
/* Can the house of `file` be read? What is wrong with it goes to msgs. */
bn_code bn_run_open_house(bn_run *r, const char *file, bn_msgs *msgs);
/* Where the house of `file` is; NULL: nowhere. */
const char *bn_run_house(bn_run *r, const char *file);

/* Root elements of what units are made from, NULL at the end. */
const char *const *bn_unit_names(void);
/* Title of a document in the house of `file`; NULL: there is none. */
const char *bn_run_title(bn_run *r, const char *file, const char *document);
/* The id of a unit, read from its file; "" none. In arena a. */
const char *bn_run_id(bn_run *r, bn_arena *a, const char *file);
/* Are papers over many cases among those that are asked for (--only; NULL: what
 * is due)? */
bool bn_run_over_many(bn_run *r, const char *file, const char *only);
/* The day of the run; another one from here on. */
const char *bn_run_day(const bn_run *r);
void bn_run_today(bn_run *r, const char *today);

/* The pattern of a series of the body of `file`'s house; NULL: none. */
const char *bn_run_series(bn_run *r, const char *file, const char *series);

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
bn_code bn_list(bn_run *r, const char *what, const char *text,
                const char *lang, bn_buf *out, bn_msgs *msgs);

/*
 * Certificates of the register of file's house that must be renewed, or
 * checked (surveillance), on `until` or before: lines of date, number, unit,
 * client and scope parted by tabs, in order of days; appended.
 */
bn_code bn_register_due(bn_run *r, const char *file, bool surveillance,
                        const char *until, bn_buf *out, bn_msgs *msgs);

/* ---------------------------------------------------------------- import */

/* A case that a row of a table became. */
typedef struct bn_import_case {
    const char *id;
    const bn_buf *bytes;    /* XML */
    const bn_place *places; /* of its elements: their cells */
    size_t nplaces;
    uint32_t line; /* of the row */
} bn_import_case;

typedef struct bn_import_options {
    const char *kind;  /* name of a mapping: templates/import/KIND.xml */
    const char *table; /* CSV */
    const char *map;   /* a mapping laid over that one; NULL: none */
    const char *kit;   /* where registers of a client go; else NULL */
    const char *out;   /* a folder for cases, else a file */
    bool replace;      /* files that exist are replaced, which is said */
    /* Instead of files: cases of the rows without a fault. */
    void (*take)(void *user, const bn_import_case *taken);
    void (*made)(void *user, const char *path);
    void *user;
} bn_import_options;

/*
 * Cases, auditors and registers of a kit from a table. Every fault is told
 * with the place of the cell and the head of its column, and then nothing is
 * written; nor when a file is in the way. BN_EUSAGE when kit or out are not
 * what the mapping needs.
 */
bn_code bn_import_table(bn_run *r, const bn_import_options *o, bn_msgs *msgs);

/* ---------------------------------------------------------------- format */

/*
 * The formatter alone: FO (or XML through a stylesheet) to PDF or a dump.
 *
 * in, xsl  files; their folders are declared as roots. xsl may be NULL.
 * out      file to replace; NULL: into sheet (appended).
 */
bn_code bn_format_file(bn_run *r, const char *in, const char *xsl, bn_dump dump,
                       const char *out, bn_buf *sheet, bn_msgs *msgs);

/*
 * Content that a command made itself (XHTML text) as a paper.
 *
 * name, layout, title  of the paper: its id, page stylesheet, title.
 * path                 file to replace; .html: a web page, else PDF.
 */
bn_code bn_print_article(bn_run *r, const char *name, const char *layout,
                         const char *title, const bn_buf *text,
                         const char *path, bn_msgs *msgs);

/* --------------------------------------------------------------- compare */

typedef enum bn_compare_as {
    BN_COMPARE_TABLE, /* 新旧対照表: PDF, or what dump says */
    BN_COMPARE_LAW,   /* the same as e-Gov law XML */
    BN_COMPARE_AMEND, /* 改め文, as e-Gov law XML */
    BN_COMPARE_JSON   /* the differences */
} bn_compare_as;

typedef struct bn_compare_options {
    const char *old, *new; /* files */
    const char *out;       /* file to replace; NULL: append to the buffer */
    bn_dump dump;
    bn_compare_as as;
    bool old_first; /* 改正前 in the first column */
    bool vertical;  /* the table in vertical lines */
} bn_compare_options;

/* Compare two law texts. */
bn_code bn_compare_files(bn_run *r, const bn_compare_options *o, bn_buf *out,
                         bn_msgs *msgs);

/* ---------------------------------------------------------------- revise */

typedef enum bn_revise_as {
    BN_REVISE_TEXT, /* lines of columns parted by tabs */
    BN_REVISE_JSON,
    BN_REVISE_PAPER /* E03: PDF, or what dump says */
} bn_revise_as;

typedef struct bn_revise_options {
    const char *from, *to; /* editions */
    const char *const *files;
    size_t nfiles;
    bn_revise_as as;
    bn_dump dump;
    const char *out; /* file of the paper; NULL: append to the buffer */
    const char *apply; /* folder for new data; NULL: none is written */
    const char *papers; /* folder for papers made from it; NULL: none is */
} bn_revise_options;

/*
 * What a revision of the criteria means for cases, kits and templates:
 * measures that stay, are reworded, go, are added or unknown by
 * criteria/FROM-TO.xml; papers, clauses and certificates that speak of them;
 * what a person must decide. Appended to out. Files of other editions are
 * listed as such. With apply, the data of each is written for the new edition
 * with every open decision marked, and the papers that change are made from
 * it.
 *
 * Returns the highest exit status of what was made; the rest is in msgs. Error
 * BN_EREVISION when there is no map; a file that cannot be read is told and
 * passed over.
 */
int bn_revise(bn_run *r, const bn_revise_options *o, bn_buf *out,
                  bn_msgs *msgs);

/* Lines "library version", of all that runs here. */
void bn_versions(bn_buf *out);

#endif
