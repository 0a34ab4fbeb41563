/* register.h - numbers given once, papers issued, kept for good. */
#ifndef BN_REGISTER_REGISTER_H
#define BN_REGISTER_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

/*
 * The register of a certification body: one SQLite file (WAL, synchronous
 * FULL, one writer). Three tables that only grow, numbers, events and extracts;
 * triggers refuse every UPDATE and DELETE, and what is valid now is read from
 * the events (000 第二の2).
 */
typedef struct bn_register bn_register;

/*
 * Open the register at path.
 *
 * create   make it when it is not there, else BN_ENOINPUT.
 * writing  false: read only.
 * An older schema is migrated after a copy PATH.vN was kept; a newer one is
 * BN_EREGISTERNEW. Damage is BN_EREGISTER (65), a lock that does not go away
 * within five seconds BN_EREGISTERBUSY (75), a full disk BN_EFULL.
 */
bn_code bn_register_open(const char *path, bool create, bool writing,
                         bn_register **out, bn_err *err);
void bn_register_close(bn_register *r);

/* ------------------------------------------------------------- numbers */

/* Whose number it is. Strings are borrowed. */
typedef struct bn_numbered {
    const char *unit;     /* id of the case, kit or body */
    const char *document; /* catalogue id */
    const char *key;      /* of the item, "" when the paper is alone */
} bn_numbered;

/*
 * The number of a paper in a series: the one it has got, or the next one,
 * given now and durably (step 1 of issuing). Numbers of a series and year run
 * 1, 2, 3 … and are never given twice, whoever asks at the same time.
 *
 * pattern  of the body's series: "サ機審第{yy}-{n}号"; {yyyy} Western year,
 *          {yy} year of the era, {n} the number, {nnnn} padded to as many
 *          digits, {fy} fiscal year of the era.
 * date     ISO date of the paper: years come from it.
 * version  of the paper, from 1: a correction asks for a number of its own
 *          by a new version.
 * out      in arena a.
 */
bn_code bn_register_number(bn_register *r, bn_arena *a, const bn_numbered *paper,
                           int32_t version, const char *series,
                           const char *pattern, const char *date,
                           const char **out, bn_err *err);

/* Could the number have been given by this pattern, in whatever year? */
bool bn_register_fits(const char *pattern, const char *number);

/* Take a number from before the register (an import). BN_ENUMBERUSED when
 * another paper has it. With the pattern of its series (else NULL) the series
 * goes on behind it. reason: "imported", or what an export says. */
bn_code bn_register_import(bn_register *r, const bn_numbered *paper,
                           int32_t version, const char *series,
                           const char *pattern, const char *number,
                           const char *date, const char *reason, bn_err *err);

/*
 * The number of the next version of what goes by `number` in a unit: the one
 * it has got, or one of the same series, given now. reason is the event that
 * befalls the old one (BN_EVENT_CORRECTED, _REISSUED, _REPLACED).
 * BN_ENOTISSUED when the unit has no such number.
 */
bn_code bn_register_renew(bn_register *r, bn_arena *a, const char *unit,
                          const char *number, const char *reason,
                          const char *pattern, const char *date,
                          const char **out, bn_err *err);
/* The series of a number of the unit. */
bn_code bn_register_series(bn_register *r, bn_arena *a, const char *unit,
                           const char *number, const char **series,
                           bn_err *err);

/* ------------------------------------------------------------- events */

/* What can happen to a paper. Words are what the file holds. */
#define BN_EVENT_ISSUED "issued"       /* step 3: digest and state */
#define BN_EVENT_CORRECTED "corrected" /* 訂正: another replaces it */
#define BN_EVENT_REISSUED "reissued"   /* 再発行 */
#define BN_EVENT_REPLACED "replaced"   /* new criteria: a new version */
#define BN_EVENT_RETURNED "returned"   /* 返納 */
#define BN_EVENT_WITHDRAWN "withdrawn" /* 取消し */
#define BN_EVENT_LAPSED "lapsed"       /* 失効 */
#define BN_EVENT_DISPOSED "disposed"   /* 廃棄, after retention */

/* Is it one of these? */
bool bn_event_is_kind(const char *kind);

/* One row of the events. NULL strings are empty. Dates are ISO. */
typedef struct bn_event {
    int64_t id;
    const char *kind, *date;
    const char *unit, *document, *key, *number;
    int32_t version;
    const char *sha256; /* ISSUED: of the file, hex */
    const char *file;   /* ISSUED: as it lies below the output folder */
    const char *edition;
    const char *valid_until;  /* certificates */
    const char *retention;    /* K1 … K6 */
    const char *retain_until; /* last day of keeping */
    const char *replaces;     /* number of the paper that this one replaces */
    const char *note;
} bn_event;

/*
 * Add an event, durably. ISSUED of a paper and version that was issued with
 * another digest is BN_EISSUED: an issued paper is never made anew in place.
 * With the same digest nothing is added. DISPOSED before retain_until is
 * BN_ERETENTION (R110).
 */
bn_code bn_register_add(bn_register *r, const bn_event *event, bn_err *err);

/* Did one of the questions below go without an answer since this was asked
 * last? They say false then. BN_OK: no. */
bn_code bn_register_troubled(bn_register *r, bn_err *err);

/* The paper as it was issued last (version 0) or in a version; false when it
 * was not. */
bool bn_register_issued(bn_register *r, bn_arena *a, const bn_numbered *paper,
                        int32_t version, bn_event *out);

/* The paper of a kind that was issued by this number in a unit; false: none. */
bool bn_register_paper(bn_register *r, bn_arena *a, const char *unit,
                       const char *document, const char *number, bn_event *out);
/* Was any? */
bool bn_register_was_issued(bn_register *r, const char *unit,
                            const char *number);

/* The issued paper whose file has this digest; false when there is none.
 * state: its last event's kind. */
bool bn_register_find(bn_register *r, bn_arena *a, const bn_digest *digest,
                      bn_event *out, const char **state);

/* State of an issued paper: the kind of its last event. */
const char *bn_register_state(bn_register *r, bn_arena *a,
                              const bn_numbered *paper, int32_t version);

/* The last day of keeping for a class of retention whose period begins on the
 * day `from`; "" when the class sets none or the day is not known. */
void bn_retention_end(const char *retention, const char *from, char out[11]);

enum bn_register_list {
    BN_LIST_ISSUED,   /* every issued paper, in order of issue */
    BN_LIST_EVENTS,   /* every event */
    BN_LIST_MISSING,  /* 欠番: numbers given and never recorded */
    BN_LIST_EXPIRING, /* certificates valid until from..to */
    BN_LIST_NUMBERS,  /* every number given; note: its series; kind: "number",
                         "imported", of a later version why it was given, with the number
                         that it replaces */
    BN_LIST_RETAINED  /* papers whose retention is over before `to` */
};

/* Rows in arena a. from, to: ISO dates, NULL open. */
bn_code bn_register_list(bn_register *r, enum bn_register_list what,
                         const char *from, const char *to, bn_arena *a,
                         const bn_event **rows, size_t *n, bn_err *err);

/* ------------------------------------------------------------- extracts */

/* What registers are printed from: the rows of a unit as XML, put down when
 * they are not those that were put down last. */
bn_code bn_register_put_extract(bn_register *r, const char *date,
                                const char *unit, const char *xml, bn_err *err);
/* The last extract of every unit, in order of their ids. */
typedef struct bn_extract {
    const char *date, *unit, *xml;
} bn_extract;
bn_code bn_register_extracts(bn_register *r, bn_arena *a,
                             const bn_extract **rows, size_t *n, bn_err *err);
/* One number for all that the register holds: another one when anything was
 * added. */
bn_code bn_register_age(bn_register *r, int64_t *out, bn_err *err);

/* Several steps as one: nothing is seen of it until the commit. */
bn_code bn_register_begin(bn_register *r, bn_err *err);
bn_code bn_register_commit(bn_register *r, bn_err *err);
void bn_register_rollback(bn_register *r);

#endif
