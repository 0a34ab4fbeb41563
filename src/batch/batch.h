/* batch.h - many cases: what is due, what changed, workers, shards, issue. */
#ifndef BN_BATCH_BATCH_H
#define BN_BATCH_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "pipeline/pipeline.h"

/* Which part of the units a process makes; count 0: all of them. */
typedef struct bn_shard {
    uint32_t index, count;
} bn_shard;

/*
 * "i/n", 0 <= i < n; or "auto": with SHARD_COUNT, i is SLURM_ARRAY_TASK_ID or
 * JOB_COMPLETION_INDEX as it stands; without, Slurm's task id less its lowest
 * one, of its count. Error BN_ESHARD (64).
 */
bn_code bn_shard_parse(const char *s, bn_shard *out, bn_err *err);

/* The shard of a unit: FNV-1a of 64 bits over the bytes of its id, modulo
 * count. */
uint64_t bn_shard_hash(const char *id);

/* How the run is told. All in the parent, but word. */
typedef struct bn_batch_teller {
    void *user;
    /* Messages in words, appended to text, and as JSON objects parted by
     * commas to json. In the worker. */
    void (*word)(void *user, bn_run *r, const bn_msgs *msgs, bn_buf *text,
                 bn_buf *json);
    /* A unit has ended: its messages, its result as one line of JSON, the
     * paths that were made, a line each. false: standard output is gone. */
    bool (*unit)(void *user, const char *text, const char *line,
                 const char *made);
    /* Messages about the run as a whole, now: those of its inputs before
     * anything is made. */
    void (*said)(void *user, bn_run *r, const bn_msgs *msgs);
    /* Why a paper is made (--explain), in words, appended to text: id of the
     * reason and what it is about. In the worker. */
    void (*why)(void *user, const char *path, const char *reason,
                const char *about, bn_buf *text);
    /* n units of all have ended, 0 at the beginning; numbers: they were asked
     * for theirs, and the papers come after that. */
    void (*progress)(void *user, size_t n, size_t all, bool numbers);
} bn_batch_teller;

/* What a run came to, by kind of document. */
typedef struct bn_batch_kind {
    const char *document;
    size_t made, stood, issued;
} bn_batch_kind;

typedef struct bn_batch_sum {
    size_t units, skipped, failed, dropped, papers, made;
    bn_batch_kind kinds[256];
    size_t nkinds;
    int signal;      /* that ended the run, 0 none */
    bn_arena *arena; /* of the strings; the caller frees it */
} bn_batch_sum;

typedef struct bn_batch_options {
    const char *const *inputs; /* folders, manifests (*.ndjson, *.jsonl),
                                  cases and kits */
    size_t ninputs;
    const char *out, *only;
    const char *reg;     /* register; NULL: register.db of the house */
    const char *deps;    /* make dependencies go there; NULL: nowhere */
    const char *report;  /* FILE.pdf, FILE.html, or FILE for both; NULL: none */
    const char *replace; /* number of which a new version is issued; NULL */
    const char *reason;  /* why: "corrected", "reissued" or "replaced" */
    const char *numbered; /* give numbers only, and write a manifest with them
                             there; NULL: make papers */
    size_t workers;
    unsigned seconds; /* for a paper; 0: 300 */
    size_t bytes;     /* address space of a worker; 0: 8 GiB */
    bn_shard shard;
    bool fail_fast, issue, explain;
    bn_batch_teller teller;
} bn_batch_options;

/*
 * Make all due papers of all units. What stands unchanged since the last run
 * is not made (DIR/.bunsho/). Returns the exit status: the highest of the
 * units', 128 + the signal's number when one ended it.
 */
int bn_batch(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
             bn_msgs *msgs);

/*
 * Give the numbers that the papers of all units ask for, in order and in one
 * transaction, and write o->numbered: a manifest for shards.
 */
int bn_batch_number(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
                    bn_msgs *msgs);

/* What the register at path says, for a build: numbers by unit and slot, and
 * which papers were issued. */
typedef struct bn_ledger bn_ledger;
bn_code bn_ledger_open(const char *path, bn_ledger **out, bn_err *err);
void bn_ledger_free(bn_ledger *l);
bool bn_ledger_number(const bn_ledger *l, const bn_bearer *bearer,
                      bn_given *out);
bool bn_ledger_issued(const bn_ledger *l, const bn_made *paper);

/*
 * Put the results of all shards in out together: every unit must be there
 * once. Papers over many cases are made. Writes out/results.ndjson.
 */
int bn_batch_merge(bn_run *r, const bn_batch_options *o, bn_batch_sum *sum,
                   bn_msgs *msgs);

#endif
