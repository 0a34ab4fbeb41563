/* err.h - what went wrong and where, in one form for every stage. */
#ifndef BN_BASE_ERR_H
#define BN_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* Codes are the rows of messages.def, BN_OK first. */
typedef enum bn_code {
    BN_OK,
#define BN_MSG(code, ...) BN_##code,
#include "base/messages.def"
#undef BN_MSG
    BN_CODES
} bn_code;

typedef enum bn_level { BN_INFO, BN_WARNING, BN_ERROR } bn_level;

/*
 * Where an element stands, small enough to travel with every area: the number
 * of the file in the bn_source that read it (from 1) in the upper half, the
 * ordinal of the element in document order (root = 1) in the lower; 0 unknown.
 * bn_source_locate() makes a line and column of it by reading the file again.
 */
typedef uint64_t bn_place;

/* A position for people. line and column count from 1, columns in code points;
 * 0 unknown. file is borrowed and outlives the message (file names are kept by
 * the bn_source). When file is NULL and place is not 0, the place says it. */
typedef struct bn_loc {
    const char *file;
    uint32_t line, column;
    bn_place place;
} bn_loc;

#define BN_NOWHERE ((bn_loc){0})

enum { BN_ARGS = 4, BN_ARG_BYTES = 400 };

/* An error: a row of messages.def with its arguments {1}..{4} filled in.
 * Arguments are UTF-8, cut at a character when longer than BN_ARG_BYTES. */
typedef struct bn_err {
    bn_code code;
    bn_loc loc;
    char args[BN_ARGS][BN_ARG_BYTES];
} bn_err;

/*
 * Fill err (may be NULL) and return code, so that a failure is one line:
 *     return bn_fail(err, BN_EUNIT, at, s);
 * args  up to four strings.
 */
#define bn_fail(err, code, ...)                                                \
    bn_fail_args((err), (code), BN_FAIL_LOC(__VA_ARGS__, 0),                   \
                 (const char *[]){BN_FAIL_ARGS(__VA_ARGS__, NULL)})
#define BN_FAIL_LOC(loc, ...) (loc)
#define BN_FAIL_ARGS(loc, ...) __VA_ARGS__, NULL
bn_code bn_fail_args(bn_err *err, bn_code code, bn_loc loc,
                     const char *const *args);

/* A place as a location, to be worked out only when somebody reads it. */
bn_loc bn_at(bn_place place);

/* What it means that a file cannot be written: BN_EFULL (try again), BN_ECREATE
 * (not allowed there) or BN_EWRITE, by errno. */
bn_code bn_write_code(int number);

/* The parts of a row of messages.def. */
const char *bn_code_name(bn_code code); /* "unit" */
bn_level bn_code_level(bn_code code);   /* its usual level */
int bn_code_exit(bn_code code);         /* exit status it asks for */
/* Text with {1}..{4} in it; lang "ja" or "en". */
const char *bn_code_text(bn_code code, const char *lang);
const char *bn_code_remedy(bn_code code, const char *lang);

/* One message of a document's list. */
typedef struct bn_msg {
    bn_err err;
    bn_level level;
    struct bn_msg *next;
} bn_msg;

/*
 * The messages of one document, in order. Zero-initialise; bn_msgs_free when
 * done. One warning per kind: bn_warn_once drops a message whose code and
 * first argument were said before.
 */
typedef struct bn_msgs {
    bn_msg *first, *last;
    unsigned count[BN_ERROR + 1]; /* by level */
    int exit;                     /* highest exit status of the errors */
} bn_msgs;

void bn_msgs_add(bn_msgs *msgs, const bn_err *err, bn_level level);
void bn_msgs_free(bn_msgs *msgs);
bool bn_msgs_has(const bn_msgs *msgs, bn_code code, const char *arg1);

#define bn_warn(msgs, code, ...)                                               \
    bn_warn_args((msgs), (code), false, BN_FAIL_LOC(__VA_ARGS__, 0),           \
                 (const char *[]){BN_FAIL_ARGS(__VA_ARGS__, NULL)})
#define bn_warn_once(msgs, code, ...)                                          \
    bn_warn_args((msgs), (code), true, BN_FAIL_LOC(__VA_ARGS__, 0),            \
                 (const char *[]){BN_FAIL_ARGS(__VA_ARGS__, NULL)})
/* Adds at the row's own level (a row at level error makes it an error). */
void bn_warn_args(bn_msgs *msgs, bn_code code, bool once, bn_loc loc,
                  const char *const *args);

#endif
