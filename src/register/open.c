#include "register/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/source.h"

enum { SCHEMA = 2, APPLICATION = 0x626E7267 /* "bnrg" */, WAIT_MS = 5000 };

/* Version 2: what a number's version was made for, and the rows that registers
 * are printed from. Also what turns version 1 into it. */
static const char second[] =
    "ALTER TABLE number ADD COLUMN reason TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE extract("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " date TEXT NOT NULL, unit TEXT NOT NULL, xml TEXT NOT NULL);"
    "CREATE INDEX extract_unit ON extract(unit, id);"
    "CREATE TRIGGER extract_stays BEFORE UPDATE ON extract"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;"
    "CREATE TRIGGER extract_is_kept BEFORE DELETE ON extract"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;";

static const char schema[] =
    "CREATE TABLE number("
    " series TEXT NOT NULL, year TEXT NOT NULL, n INTEGER NOT NULL,"
    " text TEXT NOT NULL, date TEXT NOT NULL,"
    " unit TEXT NOT NULL, document TEXT NOT NULL, key TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " PRIMARY KEY(series, year, n));"
    "CREATE UNIQUE INDEX number_text ON number(series, text);"
    "CREATE UNIQUE INDEX number_paper"
    " ON number(series, unit, document, key, version);"
    "CREATE TABLE event("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " kind TEXT NOT NULL, date TEXT NOT NULL,"
    " unit TEXT NOT NULL, document TEXT NOT NULL, key TEXT NOT NULL,"
    " number TEXT NOT NULL, version INTEGER NOT NULL,"
    " sha256 TEXT NOT NULL, file TEXT NOT NULL, edition TEXT NOT NULL,"
    " valid_until TEXT NOT NULL, retention TEXT NOT NULL,"
    " retain_until TEXT NOT NULL, replaces TEXT NOT NULL,"
    " note TEXT NOT NULL);"
    "CREATE UNIQUE INDEX event_issued"
    " ON event(unit, document, key, version) WHERE kind = 'issued';"
    "CREATE INDEX event_paper ON event(unit, document, key, version, id);"
    "CREATE INDEX event_sha256 ON event(sha256) WHERE kind = 'issued';"
    "CREATE INDEX event_number ON event(number);"
    "CREATE TRIGGER number_stays BEFORE UPDATE ON number"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;"
    "CREATE TRIGGER number_is_kept BEFORE DELETE ON number"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;"
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;"
    "CREATE TRIGGER event_is_kept BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END;";

/* The error of the system behind one of SQLite's, of the database or of its
 * log; 0 not known. sqlite3_system_errno() tells that of a later call. */
static int
last_error(const bn_register *r)
{
    sqlite3_file *log = NULL;
    int number = 0;

    sqlite3_file_control(r->db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    if (number == 0 &&
        sqlite3_file_control(r->db, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                             &log) == SQLITE_OK &&
        log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

/* As much as SQLite needs at a time: its index of the log has 32 KiB. */
static bool
takes_pages(int fd)
{
    const char page[4096] = {0};
    ssize_t n = 1;

    for (size_t done = 0; done < 16 * sizeof page && n > 0; done += (size_t)n)
        n = write(fd, page, sizeof page); /* a short one says why the next time */
    return n > 0 && fsync(fd) == 0;
}

/* Why nothing can be written there, where SQLite keeps no trace of it: it is
 * tried again. 0: it can be now. */
static int
try_to_write(const bn_register *r)
{
    char *beside = bn_temporary(r->path);
    int fd = open(r->path, O_RDWR | O_CLOEXEC), number = 0;

    if (fd < 0 && errno != ENOENT)
        number = errno;
    if (fd >= 0)
        close(fd);
    fd = number ? -1
                : open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if ((fd < 0 && number == 0) ||
        (fd >= 0 && !takes_pages(fd)))
        number = errno;
    if (fd >= 0) {
        close(fd);
        unlink(beside);
    }
    free(beside);
    return number;
}

bn_code
bn_register_fail(const bn_register *r, bn_err *err)
{
    int number = 0;
    bn_code code = BN_EWRITE;

    switch (sqlite3_errcode(r->db)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = BN_EREGISTERBUSY;
        break;
    case SQLITE_FULL:
        code = BN_EFULL;
        break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        number = try_to_write(r);
        break;
    case SQLITE_IOERR:
        number = last_error(r);
        if (number == 0)
            number = try_to_write(r);
        break;
    case SQLITE_CORRUPT: /* so it calls an I/O error of the disk, too */
        number = last_error(r);
        code = BN_EREGISTER;
        break;
    default:
        code = BN_EREGISTER;
    }
    return bn_fail(err, number ? bn_write_code(number) : code, BN_NOWHERE,
                   r->path, number ? strerror(number) : sqlite3_errmsg(r->db));
}

bn_code
bn_register_exec(bn_register *r, const char *sql, bn_err *err)
{
    if (sqlite3_exec(r->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return bn_register_fail(r, err);
    return BN_OK;
}

sqlite3_stmt *
bn_register_query(bn_register *r, const char *sql, const char *const *values,
                  int n, bn_err *err)
{
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(r->db, sql, -1, &s, NULL) != SQLITE_OK) {
        bn_register_fail(r, err);
        return NULL;
    }
    for (int i = 0; i < n; i++)
        sqlite3_bind_text(s, i + 1, values[i] ? values[i] : "", -1,
                          SQLITE_TRANSIENT);
    return s;
}

/* A whole number that a pragma tells; -1 when it does not. */
static int
ask(bn_register *r, const char *sql, bn_err *err)
{
    sqlite3_stmt *s = bn_register_query(r, sql, NULL, 0, err);
    int n = -1;

    if (s && sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int(s, 0);
    else
        bn_register_fail(r, err);
    sqlite3_finalize(s);
    return n;
}

/* Make the tables, unless another process has just done so. */
static bn_code
make_schema(bn_register *r, bn_err *err)
{
    char pragmas[96];
    bn_code code = bn_register_exec(r, "BEGIN IMMEDIATE", err);

    if (code != BN_OK)
        return code;
    if (ask(r, "PRAGMA user_version", err) != 0)
        return bn_register_exec(r, "COMMIT", err);
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id=%d;PRAGMA user_version=%d;COMMIT",
             APPLICATION, SCHEMA);
    code = bn_register_exec(r, schema, err);
    if (code == BN_OK)
        code = bn_register_exec(r, second, err);
    if (code == BN_OK)
        code = bn_register_exec(r, pragmas, err);
    if (code != BN_OK)
        sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

/* A whole copy of the register as PATH.v1, synced, before its form changes;
 * one that is there already was made by a run that came no further. */
static bn_code
keep_copy(bn_register *r, int version, bn_err *err)
{
    char *part = bn_temporary(r->path);
    char *copy = bn_alloc(strlen(r->path) + 32);
    const char *const values[] = {part};
    sqlite3_stmt *s;
    bn_code code = BN_OK;

    sprintf(copy, "%s.v%d", r->path, version);
    bn_out_clean_beside(r->path); /* of a run that was killed over it */
    if (access(copy, F_OK) != 0) {
        s = bn_register_query(r, "VACUUM INTO ?1", values, 1, err);
        if (s == NULL || sqlite3_step(s) != SQLITE_DONE)
            code = bn_register_fail(r, err);
        sqlite3_finalize(s);
        if (code == BN_OK)
            code = bn_put_synced(part, copy, err);
        if (code != BN_OK)
            unlink(part);
    }
    free(part);
    free(copy);
    return code;
}

/* Version 1 becomes 2, unless another process has just done so. */
static bn_code
migrate(bn_register *r, bn_err *err)
{
    char pragmas[64];
    bn_code code = keep_copy(r, 1, err);

    if (code == BN_OK)
        code = bn_register_exec(r, "BEGIN IMMEDIATE", err);
    if (code != BN_OK)
        return code;
    if (ask(r, "PRAGMA user_version", err) != 1)
        return bn_register_exec(r, "COMMIT", err);
    snprintf(pragmas, sizeof pragmas, "PRAGMA user_version=%d;COMMIT", SCHEMA);
    code = bn_register_exec(r, second, err);
    if (code == BN_OK)
        code = bn_register_exec(r, pragmas, err);
    if (code != BN_OK)
        sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

static bn_code
check_schema(bn_register *r, bn_err *err)
{
    const int version = ask(r, "PRAGMA user_version", err);
    const int application =
        version > 0 ? ask(r, "PRAGMA application_id", err) : 0;
    char text[32];

    if (version < 0 || application < 0)
        return err ? err->code : BN_EREGISTER;
    if (version == 0 && r->writing)
        return make_schema(r, err);
    snprintf(text, sizeof text, "%d", version);
    if (version > SCHEMA)
        return bn_fail(err, BN_EREGISTERNEW, BN_NOWHERE, r->path, text);
    if (version == 0 || application != APPLICATION)
        return bn_fail(err, BN_EREGISTER, BN_NOWHERE, r->path,
                       "not a register");
    if (version == SCHEMA)
        return BN_OK;
    return migrate(r, err);
}

bn_code
bn_register_open(const char *path, bool create, bool writing, bn_register **out,
                 bn_err *err)
{
    bn_register *r;
    bn_code code = BN_OK;
    int flags = writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;

    if (!create && access(path, F_OK) != 0)
        return bn_fail(err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
    r = bn_alloc(sizeof *r);
    r->path = bn_strdup(path);
    r->writing = writing;
    if (create && writing)
        flags |= SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path, &r->db, flags | SQLITE_OPEN_NOFOLLOW, NULL) !=
        SQLITE_OK)
        code = bn_register_fail(r, err);
    if (code == BN_OK) {
        sqlite3_extended_result_codes(r->db, 0);
        sqlite3_busy_timeout(r->db, WAIT_MS);
        if (writing)
            code = bn_register_exec(
                r, "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL", err);
    }
    if (code == BN_OK)
        code = check_schema(r, err);
    if (code != BN_OK) {
        bn_register_close(r);
        return code;
    }
    *out = r;
    return BN_OK;
}

void
bn_register_close(bn_register *r)
{
    if (r == NULL)
        return;
    sqlite3_close(r->db);
    free(r->path);
    free(r);
}

bn_code
bn_register_begin(bn_register *r, bn_err *err)
{
    const bn_code code = bn_register_exec(r, "BEGIN IMMEDIATE", err);

    r->inside = code == BN_OK;
    return code;
}

bn_code
bn_register_commit(bn_register *r, bn_err *err)
{
    const bn_code code = bn_register_exec(r, "COMMIT", err);

    if (code != BN_OK)
        sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    r->inside = false;
    return code;
}

void
bn_register_rollback(bn_register *r)
{
    sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    r->inside = false;
}

bn_code
bn_register_enter(bn_register *r, bn_err *err)
{
    return r->inside ? BN_OK : bn_register_exec(r, "BEGIN IMMEDIATE", err);
}

bn_code
bn_register_leave(bn_register *r, bn_code code, bn_err *err)
{
    if (r->inside)
        return code;
    if (code == BN_OK)
        code = bn_register_exec(r, "COMMIT", err);
    if (code != BN_OK)
        sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}
