/* extract.c - rows of the register as XML, a text a unit. */
#include "register/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* The last text of a unit is this one. */
static bool
stands(bn_register *r, const char *unit, const char *xml, bn_code *code,
       bn_err *err)
{
    sqlite3_stmt *s = bn_register_query(
        r, "SELECT xml FROM extract WHERE unit=?1 ORDER BY id DESC LIMIT 1",
        (const char *const[]){unit}, 1, err);
    bool same = false;
    int step;

    if (s == NULL) {
        *code = err ? err->code : BN_EREGISTER;
        return false;
    }
    step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        same = strcmp((const char *)sqlite3_column_text(s, 0), xml) == 0;
    else if (step != SQLITE_DONE)
        *code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    return same;
}

bn_code
bn_register_put_extract(bn_register *r, const char *date, const char *unit,
                        const char *xml, bn_err *err)
{
    bn_code code = bn_register_enter(r, err);
    sqlite3_stmt *s;

    if (code != BN_OK)
        return code;
    if (!stands(r, unit, xml, &code, err) && code == BN_OK) {
        s = bn_register_query(
            r, "INSERT INTO extract(date,unit,xml) VALUES(?1,?2,?3)",
            (const char *const[]){date, unit, xml}, 3, err);
        if (s == NULL)
            code = err ? err->code : BN_EREGISTER;
        else if (sqlite3_step(s) != SQLITE_DONE)
            code = bn_register_fail(r, err);
        sqlite3_finalize(s);
    }
    return bn_register_leave(r, code, err);
}

bn_code
bn_register_extracts(bn_register *r, bn_arena *a, const bn_extract **rows,
                     size_t *n, bn_err *err)
{
    BN_VEC(bn_extract) list = {0};
    sqlite3_stmt *s = bn_register_query(
        r,
        "SELECT date,unit,xml FROM extract WHERE id IN"
        " (SELECT max(id) FROM extract GROUP BY unit) ORDER BY unit",
        NULL, 0, err);
    bn_code code = BN_OK;
    int step;

    if (s == NULL)
        return err ? err->code : BN_EREGISTER;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *t[3];

        for (int i = 0; i < 3; i++)
            t[i] = bn_arena_strdup(a, (const char *)sqlite3_column_text(s, i));
        BN_PUSH(&list) = (bn_extract){t[0], t[1], t[2]};
    }
    if (step != SQLITE_DONE)
        code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    if (code == BN_OK) {
        *rows = bn_arena_copy(a, list.v, list.n * sizeof *list.v);
        *n = list.n;
    }
    BN_VEC_FREE(&list);
    return code;
}

bn_code
bn_register_age(bn_register *r, int64_t *out, bn_err *err)
{
    sqlite3_stmt *s =
        bn_register_query(r,
                          "SELECT (SELECT count(*) FROM number)+"
                          "(SELECT coalesce(max(id),0) FROM event)+"
                          "(SELECT coalesce(max(id),0) FROM extract)",
                          NULL, 0, err);
    bn_code code = BN_OK;

    if (s == NULL)
        return err ? err->code : BN_EREGISTER;
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = sqlite3_column_int64(s, 0);
    else
        code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    return code;
}
