#include "register/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* First days of the eras that a body of this scheme can live in. */
static const struct {
    const char *from;
    int year; /* Western year before its first */
} eras[] = {{"2019-05-01", 2018}, {"1989-01-08", 1988}};

static int
era_year(const char *date)
{
    const int year = atoi(date);

    for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++)
        if (strcmp(date, eras[i].from) >= 0)
            return year - eras[i].year;
    return year;
}

/* Fiscal year, from 1 April, in the era that its December lies in: the one
 * that began on 2019-04-01 is 令和元年度 throughout. */
static int
fiscal_year(const char *date)
{
    char december[32];

    snprintf(december, sizeof december, "%04d-12-31",
             atoi(date) - (strcmp(date + 5, "04-01") < 0));
    return era_year(december);
}

/* Is the text between braces a run of n's: {n}, {nnnn}? */
static size_t
digits_asked(const char *p, size_t n)
{
    return n > 0 && strspn(p, "n") >= n ? n : 0;
}

/*
 * A pattern with its years filled in and, when n > 0, its number; false for a
 * brace that means nothing or a pattern without a number.
 */
static bool
fill(const char *pattern, const char *date, int64_t n, bn_buf *out)
{
    bool numbered = false;

    while (*pattern) {
        const char *close = strchr(pattern, '}');
        const size_t inner = close ? (size_t)(close - pattern) - 1 : 0;
        const char *name = pattern + 1;

        if (*pattern != '{') {
            bn_buf_addc(out, *pattern++);
            continue;
        }
        if (close == NULL)
            return false;
        if (digits_asked(name, inner)) {
            numbered = true;
            if (n > 0)
                bn_buf_addf(out, "%0*lld", (int)inner, (long long)n);
        } else if (inner == 4 && strncmp(name, "yyyy", 4) == 0) {
            bn_buf_addf(out, "%.4s", date);
        } else if (inner == 2 && strncmp(name, "yy", 2) == 0) {
            bn_buf_addf(out, "%d", era_year(date));
        } else if (inner == 2 && strncmp(name, "fy", 2) == 0) {
            bn_buf_addf(out, "%d", fiscal_year(date));
        } else {
            return false;
        }
        pattern = close + 1;
    }
    return numbered;
}

/*
 * The number n in a text that was made by this pattern in whatever year, and
 * the rest of it as fill() makes it for n 0; 0 when it was not.
 */
static int64_t
match(const char *pattern, const char *text, bn_buf *year)
{
    int64_t n = 0;

    while (*pattern) {
        const char *close = strchr(pattern, '}');
        const size_t inner = close ? (size_t)(close - pattern) - 1 : 0;
        const size_t digits = strspn(text, "0123456789");

        if (*pattern != '{') {
            if (*pattern++ != *text)
                return 0;
            bn_buf_addc(year, *text++);
        } else if (close && digits_asked(pattern + 1, inner)) {
            if (digits < inner || digits > 15)
                return 0;
            n = strtoll(text, NULL, 10);
            text += digits;
            pattern = close + 1;
        } else {
            const size_t most = inner == 4 ? 4 : 2; /* {yyyy}, {yy}, {fy} */
            const size_t taken = digits < most ? digits : most;

            if (close == NULL || taken == 0)
                return 0;
            bn_buf_add(year, text, taken);
            text += taken;
            pattern = close + 1;
        }
    }
    return *text == '\0' ? n : 0;
}

bool
bn_register_fits(const char *pattern, const char *number)
{
    bn_buf year = {0};
    const bool fits = match(pattern, number, &year) > 0;

    bn_buf_free(&year);
    return fits;
}

/* Text of the first column of the first row, in arena a; NULL for none. */
static const char *
first_text(bn_register *r, bn_arena *a, const char *sql,
           const char *const *values, int n, bn_code *code, bn_err *err)
{
    sqlite3_stmt *s = bn_register_query(r, sql, values, n, err);
    const char *text = NULL;
    int step;

    if (s == NULL) {
        *code = err ? err->code : BN_EREGISTER;
        return NULL;
    }
    step = sqlite3_step(s);
    if (step == SQLITE_ROW && sqlite3_column_text(s, 0))
        text = bn_arena_strdup(a, (const char *)sqlite3_column_text(s, 0));
    else if (step != SQLITE_DONE && step != SQLITE_ROW)
        *code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    return text;
}

static bn_code
insert(bn_register *r, const bn_numbered *p, const char *version,
       const char *series, const char *year, const char *n, const char *text,
       const char *date, const char *reason, bn_err *err)
{
    const char *const values[] = {series,  year,    n,           text,
                                  date,    p->unit, p->document, p->key,
                                  version, reason};
    sqlite3_stmt *s = bn_register_query(
        r,
        "INSERT INTO number(series,year,n,text,date,unit,document,key,version,"
        "reason) VALUES(?1,?2,CAST(?3 AS INTEGER),?4,?5,?6,?7,?8,"
        "CAST(?9 AS INTEGER),?10)",
        values, 10, err);
    bn_code code = BN_OK;

    if (s == NULL)
        return err ? err->code : BN_EREGISTER;
    if (sqlite3_step(s) != SQLITE_DONE)
        code = sqlite3_errcode(r->db) == SQLITE_CONSTRAINT
                   ? bn_fail(err, BN_ENUMBERUSED, BN_NOWHERE, text, series)
                   : bn_register_fail(r, err);
    sqlite3_finalize(s);
    return code;
}

/* The number that the paper has in this series, or NULL. */
static const char *
number_of(bn_register *r, bn_arena *a, const bn_numbered *p,
          const char *version, const char *series, bn_code *code, bn_err *err)
{
    const char *const values[] = {series, p->unit, p->document, p->key,
                                  version};

    return first_text(r, a,
                      "SELECT text FROM number WHERE series=?1 AND unit=?2"
                      " AND document=?3 AND key=?4"
                      " AND version=CAST(?5 AS INTEGER)",
                      values, 5, code, err);
}

static bn_code
give(bn_register *r, bn_arena *a, const bn_numbered *paper, const char *version,
     const char *series, const char *pattern, const char *date,
     const char *reason, const char **out, bn_err *err)
{
    bn_buf year = {0}, text = {0};
    bn_code code = BN_OK;
    const char *last;
    char n[32];

    if (!fill(pattern, date, 0, &year)) {
        bn_buf_free(&year);
        return bn_fail(err, BN_EPATTERN, BN_NOWHERE, pattern, series);
    }
    last = first_text(r, a,
                      "SELECT max(n) FROM number WHERE series=?1 AND year=?2",
                      (const char *const[]){series, year.p}, 2, &code, err);
    if (code == BN_OK) {
        /* An imported number may stand where the counter would go. */
        int64_t next = last ? strtoll(last, NULL, 10) + 1 : 1;

        for (;; next++) {
            bn_buf_clear(&text);
            fill(pattern, date, next, &text);
            if (first_text(r, a,
                           "SELECT text FROM number WHERE series=?1"
                           " AND text=?2",
                           (const char *const[]){series, text.p}, 2, &code,
                           err) == NULL)
                break;
        }
        snprintf(n, sizeof n, "%lld", (long long)next);
    }
    if (code == BN_OK)
        code = insert(r, paper, version, series, year.p, n, text.p, date,
                      reason, err);
    if (code == BN_OK)
        *out = bn_arena_strdup(a, text.p);
    bn_buf_free(&year);
    bn_buf_free(&text);
    return code;
}

bn_code
bn_register_number(bn_register *r, bn_arena *a, const bn_numbered *paper,
                   int32_t version, const char *series, const char *pattern,
                   const char *date, const char **out, bn_err *err)
{
    bn_code code = bn_register_enter(r, err);
    const char *have;
    char v[16];

    if (code != BN_OK)
        return code;
    snprintf(v, sizeof v, "%d", version);
    have = number_of(r, a, paper, v, series, &code, err);
    if (have)
        *out = have;
    else if (code == BN_OK)
        code = give(r, a, paper, v, series, pattern, date, "", out, err);
    return bn_register_leave(r, code, err);
}

/* A row of the numbers by its text in a unit; false when there is none. */
static bool
find_text(bn_register *r, bn_arena *a, const char *unit, const char *text,
          bn_event *out, bn_code *code, bn_err *err)
{
    sqlite3_stmt *s = bn_register_query(
        r,
        "SELECT document,key,version,series FROM number WHERE unit=?1 AND"
        " text=?2 ORDER BY version DESC LIMIT 1",
        (const char *const[]){unit, text}, 2, err);
    bool found = false;
    int step;

    if (s == NULL) {
        *code = err ? err->code : BN_EREGISTER;
        return false;
    }
    step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const char *const columns[] = {(const char *)sqlite3_column_text(s, 0),
                                       (const char *)sqlite3_column_text(s, 1),
                                       (const char *)sqlite3_column_text(s, 3)};

        *out = (bn_event){.unit = unit,
                          .document = bn_arena_strdup(a, columns[0]),
                          .key = bn_arena_strdup(a, columns[1]),
                          .note = bn_arena_strdup(a, columns[2]),
                          .version = sqlite3_column_int(s, 2)};
        found = true;
    } else if (step != SQLITE_DONE) {
        *code = bn_register_fail(r, err);
    }
    sqlite3_finalize(s);
    return found;
}

bn_code
bn_register_series(bn_register *r, bn_arena *a, const char *unit,
                   const char *number, const char **series, bn_err *err)
{
    bn_event old;
    bn_code code = BN_OK;

    if (!find_text(r, a, unit, number, &old, &code, err))
        return code ? code
                    : bn_fail(err, BN_ENOTISSUED, BN_NOWHERE, number, unit);
    *series = old.note;
    return BN_OK;
}

bn_code
bn_register_renew(bn_register *r, bn_arena *a, const char *unit,
                  const char *number, const char *reason, const char *pattern,
                  const char *date, const char **out, bn_err *err)
{
    bn_code code = bn_register_enter(r, err);
    bn_event old;
    const char *have;
    char v[16];

    if (code != BN_OK)
        return code;
    if (!find_text(r, a, unit, number, &old, &code, err))
        return bn_register_leave(
            r,
            code ? code : bn_fail(err, BN_ENOTISSUED, BN_NOWHERE, number, unit),
            err);
    {
        const bn_numbered paper = {unit, old.document, old.key};

        snprintf(v, sizeof v, "%d", old.version + 1);
        have = number_of(r, a, &paper, v, old.note, &code, err);
        if (have)
            *out = have;
        else if (code == BN_OK)
            code = give(r, a, &paper, v, old.note, pattern, date, reason, out,
                        err);
    }
    return bn_register_leave(r, code, err);
}

/* Where an imported number counts: in the year that the pattern reads from it,
 * so that the series goes on behind it; else in a year of their own, "". */
static bn_code
place_import(bn_register *r, bn_arena *a, const char *series,
             const char *pattern, const char *number, bn_buf *year, char n[32],
             bn_err *err)
{
    const int64_t at = pattern ? match(pattern, number, year) : 0;
    const char *taken = NULL;
    bn_code code = BN_OK;

    snprintf(n, 32, "%lld", (long long)at);
    if (at > 0)
        taken = first_text(r, a,
                           "SELECT text FROM number WHERE series=?1 AND"
                           " year=?2 AND n=CAST(?3 AS INTEGER)",
                           (const char *const[]){series, year->p, n}, 3, &code,
                           err);
    if (at > 0 && taken == NULL)
        return code;
    bn_buf_clear(year);
    bn_buf_adds(year, "");
    taken = first_text(r, a,
                       "SELECT max(n) FROM number WHERE series=?1 AND year=''",
                       (const char *const[]){series}, 1, &code, err);
    snprintf(n, 32, "%lld", taken ? strtoll(taken, NULL, 10) + 1 : 1);
    return code;
}

bn_code
bn_register_import(bn_register *r, const bn_numbered *paper, int32_t version,
                   const char *series, const char *pattern, const char *number,
                   const char *date, const char *reason, bn_err *err)
{
    bn_arena *a = bn_arena_new();
    bn_code code = bn_register_enter(r, err);
    bn_buf year = {0};
    const char *have;
    char v[16], n[32];

    if (code != BN_OK) {
        bn_arena_free(a);
        return code;
    }
    snprintf(v, sizeof v, "%d", version);
    have = number_of(r, a, paper, v, series, &code, err);
    if (code == BN_OK && have == NULL) {
        code = place_import(r, a, series, pattern, number, &year, n, err);
        if (code == BN_OK)
            code = insert(r, paper, v, series, year.p ? year.p : "", n, number,
                          date, reason, err);
    } else if (code == BN_OK && strcmp(have, number) != 0) {
        code = bn_fail(err, BN_ENUMBERUSED, BN_NOWHERE, have, series);
    }
    bn_buf_free(&year);
    bn_arena_free(a);
    return bn_register_leave(r, code, err);
}
