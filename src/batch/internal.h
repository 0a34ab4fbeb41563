/* internal.h - what the files of batch/ share. */
#ifndef BN_BATCH_INTERNAL_H
#define BN_BATCH_INTERNAL_H

#include <jansson.h>

#include "base/map.h"
#include "base/vec.h"
#include "batch/batch.h"
#include "content/content.h"

/* One unit of the run. Strings in the batch's arena. */
typedef struct job {
    const char *path, *id;
    const char *today;     /* NULL: the run's */
    json_t *given;         /* the manifest's numbers: slot -> number; or NULL */
    json_t *given_issued;  /* what it says was issued; NULL */
    json_t *numbers;       /* those and the register's */
    json_t *issued;        /* issue_key -> SHA-256; NULL none */
    json_t *rivals;        /* paths of cases that bear a number of this one */
    bn_digest extra;       /* of all of this */
    bool body;             /* papers over many cases */
    const char *container; /* file that it is a piece of; NULL: its own */
    bn_digest bytes;       /* of the piece */
    bool twin;             /* another unit has its id */
    bool skip;
    const char *old;            /* line of the last state, NULL none */
    const char *reason, *about; /* why it is looked at again */
    json_t *lost;    /* paths that a worker died over -> how; NULL none */
    json_t *deaths;  /* paths that one died over once; NULL none */
    json_t *refused; /* numbers that it carries and others have -> series */
    struct missed *missed; /* why nobody knows which numbers it wants; NULL */
} job;

typedef BN_VEC(job) jobs;

typedef struct batch {
    bn_run *r;
    const bn_batch_options *o;
    bn_batch_sum *sum;
    bn_msgs *msgs;
    bn_arena *arena;
    jobs jobs;
    size_t *todo; /* jobs that the pool is given */
    size_t ntodo, told;
    size_t found;    /* units of the inputs, other shards' too */
    bool incomplete; /* some of the inputs could not be read */
    const bn_msg *noted; /* the last message that the results have */
    bn_buf inputs;       /* of a merge: what shards said of the inputs */
    struct state *state;
    bn_buf results, deps;
    bn_map *deps_known; /* variables and files that deps has */
    bn_buf deps_files;  /* rules of files alone */
    int status;
    bn_map *ids; /* id -> job, from 1 */
    char today[11];
    bool gone;     /* standard output is */
    size_t merged; /* jobs whose lines a merge has gone over */
    bool issues;   /* a merge has papers to record */
    bool dry;      /* first half of issuing */
    bool stage;    /* second: papers with a number go aside */
    struct issuing *issuing;
    int64_t age;        /* of the register */
    bn_map *containers; /* opened: path -> 1 */
    bn_map *pieces;     /* path of a piece -> its digest */
    BN_VEC(int) fds;    /* that hold their bytes */
    double began;
    bn_map *once;  /* messages on the house that were told */
    bn_buf faults; /* rows of the report */
    size_t nfaults;
} batch;

/* jobs.c: the units of the inputs, with their ids; 0, or an exit status when
 * there is nothing to go on with. */
int jobs_find(batch *b);
void jobs_free(job *j);
bool jobs_shard(const batch *b, const char *id);
/* A unit's path as a manifest of this name says it. In the batch's arena. */
const char *jobs_path(batch *b, const char *manifest, const char *path);

/* collections.c: the cases of a zip archive or a stream. jobs: add a job for
 * each, else only make them known. 0 or an exit status. */
typedef void collection_add(batch *b, const char *path, const char *id,
                            const char *container, const bn_digest *bytes);
bool is_collection(batch *b, const char *path);
int collection_open(batch *b, const char *path, collection_add *add);
/* A path like "cases.zip#TC-1": its collection is opened when it is not yet.
 * Sets what a job must know of it; 0 or an exit status. */
int collection_find(batch *b, job *j);
/* The id in the start tag of the first element; NULL: not to be had so simply.
 */
const char *scan_id(bn_arena *a, const char *head);

/* only.c: 0 or an exit status; what no unit came to is a warning. */
int only_check(batch *b);
void only_tell(batch *b);

/* once.c: the text of a unit, without what was told of the house before. */
void once_copy(batch *b, const job *j, const char *text, bn_buf *out);

/* deps.c: rules for make: note a unit's papers, write what was noted. */
void deps_note(batch *b, const job *j, const json_t *line);
void deps_put(batch *b);

/* report.c */
void report_begin(batch *b);
void report_line(batch *b, const job *j, const json_t *line);
/* The errors of the run as a whole. */
void report_msgs(batch *b);
void report_put(batch *b, int status);

/* rivals.c: sets every job's rivals. */
void batch_rivals(batch *b);

/* state.c: what the last run left. */
typedef struct state bn_state;
bn_state *state_open(batch *b);
/* The line of a unit's path, NULL. Ends with NUL. */
const char *state_line(const bn_state *s, const char *path);
void state_add(bn_state *s, const char *path, const char *line);
/* Write it down for good. */
void state_close(bn_state *s, batch *b, bool whole);
/* Does the unit stand as its line says? Else the reason. */
bool state_stands(batch *b, const job *j, const char **reason,
                  const char **about);
/* What of these files is not as the line of this key says: the first one's
 * name, NULL none (or there is no such line). */
const char *state_changed(const bn_state *s, const char *key,
                          const bn_dependencies *d);
json_t *stamp_json(const bn_stamp *stamp);
bool stamp_same(const json_t *j, const bn_stamp *stamp);

/* work.c: one unit, in the worker. */
void work_unit(batch *b, const job *j, bn_buf *result);
/* The three parts of a result: state line, result line, text, made. */
typedef struct outcome {
    const char *state, *line, *text, *made;
    int status;
} outcome;
bool outcome_read(const char *p, size_t n, outcome *out);

/* batch.c, for merge.c */
void batch_begin(batch *b, bn_run *r, const bn_batch_options *o,
                 bn_batch_sum *sum, bn_msgs *msgs);
int batch_finish(batch *b, bool whole);
void batch_count(batch *b, const json_t *line);
int batch_body(batch *b);
void batch_make_body(batch *b); /* unless some input is missing */
void batch_put(batch *b, const char *path, const bn_buf *bytes);

/* A unit has ended: state, output, status. false: the run is to stop. */
bool batch_end_unit(batch *b, const job *j, const outcome *out);

/* issue.c: numbers and issued papers of all units, from the register when
 * there is one; 0 or an exit status. Sets every job's extra. */
int issue_open(batch *b);
/* What a dry unit asks for. */
void issue_wanted(batch *b, const job *j, const char *state);
/* Give the numbers that are asked for: step 1. */
int issue_number(batch *b);
/* Keep the result of a unit with papers to be recorded; false: it has none. */
bool issue_hold(batch *b, const job *j, const char *result, size_t n);
/* Record what is held and put the files in their places: steps 3 and 4. */
void issue_record(batch *b);
void issue_free(batch *b);
/* Record what a line says was made: step 3. */
struct bn_register;
bn_code issue_record_line(batch *b, struct bn_register *r, const job *j,
                          const json_t *line, bn_err *err);
/* The register of the run; NULL: there is no house. */
const char *issue_register(batch *b);
const char *issue_stage(bn_arena *a, const char *path);
/* A paper as a key of job.issued. */
const char *issue_key(bn_arena *a, const char *document, const char *key,
                      int32_t version);

int batch_fail(batch *b, const bn_err *err);

#endif
