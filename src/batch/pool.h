/* pool.h - worker processes that do numbered jobs; one that dies or hangs
 * costs one job. Private to batch. */
#ifndef BN_BATCH_POOL_H
#define BN_BATCH_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* How a job ended. */
typedef enum bn_end {
    BN_END_OK,      /* work() returned; result is what it wrote */
    BN_END_KILLED,  /* the worker died by a signal (detail: its number) */
    BN_END_EXITED,  /* the worker left by itself (detail: its status) */
    BN_END_TIMEOUT, /* took longer than `seconds` and was killed */
    BN_END_DROPPED  /* never begun: the run was stopped */
} bn_end;

typedef struct bn_pool {
    size_t workers;   /* at least 1 */
    size_t recycle;   /* jobs after which a worker is replaced; 0 never */
    unsigned seconds; /* for one step of a job; 0 no limit */
    size_t bytes;     /* address space of a worker; 0 no limit */
    void *user;
    /* In the worker: do job i, append what the parent must know to result.
     * Whatever it has inherited is its own copy. */
    void (*work)(void *user, size_t i, bn_buf *result);
    /* In the parent, in order of jobs whatever the order of ending. false
     * stops the run: no new job is begun, those in hand are ended. */
    bool (*done)(void *user, size_t i, bn_end how, int detail,
                 const char *result, size_t nbytes);
    /* In the parent, when a worker died over a job: what its last note said
     * ("" none). true: do the job again, in a new worker. NULL: never. */
    bool (*again)(void *user, size_t i, bn_end how, int detail,
                  const char *note);
    /* In the parent, whenever something ended: how many jobs have. NULL: not
     * wanted. */
    void (*progress)(void *user, size_t ended);
} bn_pool;

/*
 * Do jobs 0..njobs-1. Workers are forked when it begins, so everything that
 * is loaded before is shared. Returns 0, or an errno when no worker could be
 * made. SIGINT and SIGTERM: see bn_pool_stop.
 */
int bn_pool_run(const bn_pool *pool, size_t njobs);

/* In work(): the next step of the job begins, with time of its own. */
void bn_pool_note(const char *note);

/* Async-signal-safe: finish the jobs in hand, begin no more. */
void bn_pool_stop(void);
/* Was it called? The signal's number, 0 no. */
void bn_pool_catch_signals(void);
int bn_pool_signal(void);

#endif
