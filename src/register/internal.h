/* internal.h - what the files of register/ share. */
#ifndef BN_REGISTER_INTERNAL_H
#define BN_REGISTER_INTERNAL_H

#include <sqlite3.h>

#include "register/register.h"

struct bn_register {
    sqlite3 *db;
    char *path;
    bool writing;
    bool inside;    /* a transaction of the caller's is open */
    bn_err trouble; /* of a question that was not answered; BN_OK: none */
};

/* What SQLite said last, as an error of ours. */
bn_code bn_register_fail(const bn_register *r, bn_err *err);
bn_code bn_register_exec(bn_register *r, const char *sql, bn_err *err);

/* Prepare sql and bind n strings (NULL: empty). NULL with err filled. */
sqlite3_stmt *bn_register_query(bn_register *r, const char *sql,
                                const char *const *values, int n, bn_err *err);

/* A write transaction around one call, unless the caller has one open. */
bn_code bn_register_enter(bn_register *r, bn_err *err);
bn_code bn_register_leave(bn_register *r, bn_code code, bn_err *err);

#endif
