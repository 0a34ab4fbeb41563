#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "register/register.h"

static char path[64];
static bn_register *reg;
static bn_arena *arena;

static int
set_up(void **state)
{
    int fd;
    bn_err err;

    (void)state;
    strcpy(path, "/tmp/bn_register_XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    arena = bn_arena_new();
    assert_int_equal(bn_register_open(path, true, true, &reg, &err), BN_OK);
    return 0;
}

static int
tear_down(void **state)
{
    char name[80];

    (void)state;
    bn_register_close(reg);
    bn_arena_free(arena);
    unlink(path);
    snprintf(name, sizeof name, "%s-wal", path);
    unlink(name);
    snprintf(name, sizeof name, "%s-shm", path);
    unlink(name);
    return 0;
}

static const char *
number(const char *unit, int32_t version, const char *pattern, const char *date)
{
    const bn_numbered paper = {unit, "certificate", ""};
    const char *out = NULL;
    bn_err err;

    assert_int_equal(bn_register_number(reg, arena, &paper, version,
                                        "certificate", pattern, date, &out,
                                        &err),
                     BN_OK);
    return out;
}

static void
numbers_run_on_and_stay(void **state)
{
    (void)state;
    assert_string_equal(number("A", 1, "SNK-{yyyy}-{nnnn}", "2019-09-05"),
                        "SNK-2019-0001");
    assert_string_equal(number("B", 1, "SNK-{yyyy}-{nnnn}", "2019-09-06"),
                        "SNK-2019-0002");
    assert_string_equal(number("A", 1, "SNK-{yyyy}-{nnnn}", "2019-09-07"),
                        "SNK-2019-0001"); /* its own again */
    assert_string_equal(number("A", 2, "SNK-{yyyy}-{nnnn}", "2019-09-07"),
                        "SNK-2019-0003"); /* a correction */
    assert_string_equal(number("C", 1, "SNK-{yyyy}-{nnnn}", "2020-01-01"),
                        "SNK-2020-0001"); /* a new year */
}

static void
years_are_of_the_era(void **state)
{
    (void)state;
    assert_string_equal(number("A", 1, "第{yy}-{n}号", "2019-04-30"),
                        "第31-1号");
    assert_string_equal(number("B", 1, "第{yy}-{n}号", "2019-05-01"),
                        "第1-1号");
    assert_string_equal(number("C", 1, "令{fy}第{n}号", "2020-03-31"),
                        "令1第1号");
}

static void
a_pattern_needs_a_number(void **state)
{
    static const char *const bad[] = {"SNK", "{yyyy}", "{x}{n}", "{n"};
    const bn_numbered paper = {"A", "certificate", ""};
    const char *out;
    bn_err err;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(bn_register_number(reg, arena, &paper, 1, "x", bad[i],
                                            "2019-09-05", &out, &err),
                         BN_EPATTERN);
}

static void
an_imported_number_is_never_given_again(void **state)
{
    const bn_numbered old = {"OLD", "certificate", ""};
    const bn_numbered other = {"OTHER", "certificate", ""};
    bn_err err;

    (void)state;
    assert_int_equal(bn_register_import(reg, &old, 1, "certificate", NULL,
                                        "SNK-2019-0001", "2019-01-01", "imported", &err),
                     BN_OK);
    assert_int_equal(bn_register_import(reg, &other, 1, "certificate", NULL,
                                        "SNK-2019-0001", "2019-01-01", "imported", &err),
                     BN_ENUMBERUSED);
    assert_string_equal(number("A", 1, "SNK-{yyyy}-{nnnn}", "2019-09-05"),
                        "SNK-2019-0002");
}

/* A body that comes from elsewhere goes on where it was. */
static void
a_series_goes_on_behind_imported_numbers(void **state)
{
    static const char pattern[] = "SNK-{yyyy}-{nnnn}";
    const bn_numbered old = {"OLD", "certificate", ""};
    const bn_numbered odd = {"ODD", "certificate", ""};
    const bn_numbered letter = {"OLD", "letter", ""};
    const char *out = NULL;
    bn_err err;

    (void)state;
    assert_int_equal(bn_register_import(reg, &old, 1, "certificate", pattern,
                                        "SNK-2019-0012", "2020-01-01", "imported", &err),
                     BN_OK);
    assert_int_equal(bn_register_import(reg, &odd, 1, "certificate", pattern,
                                        "旧第3号", "2018-01-01", "imported", &err),
                     BN_OK);
    assert_string_equal(number("A", 1, pattern, "2019-09-05"),
                        "SNK-2019-0013");
    assert_string_equal(number("B", 1, pattern, "2020-09-05"),
                        "SNK-2020-0001");
    assert_int_equal(bn_register_import(reg, &letter, 1, "letter",
                                        "サ機審第{yy}-{n}号",
                                        "サ機審第31-7号", "", "imported", &err),
                     BN_OK);
    assert_int_equal(bn_register_number(reg, arena,
                                        &(bn_numbered){"A", "letter", ""}, 1,
                                        "letter", "サ機審第{yy}-{n}号",
                                        "2019-04-01", &out, &err),
                     BN_OK);
    assert_string_equal(out, "サ機審第31-8号");
}

/* A correction has a number of its own, once. */
static void
a_new_version_names_the_old(void **state)
{
    static const char pattern[] = "SNK-{yyyy}-{nnnn}";
    const bn_event *rows;
    const char *out = NULL, *again = NULL;
    size_t n;
    bn_err err;

    (void)state;
    number("A", 1, pattern, "2019-09-05");
    number("B", 1, pattern, "2019-09-05");
    assert_int_equal(bn_register_renew(reg, arena, "A", "SNK-2019-0001",
                                       BN_EVENT_CORRECTED, pattern,
                                       "2019-10-01", &out, &err),
                     BN_OK);
    assert_string_equal(out, "SNK-2019-0003");
    assert_int_equal(bn_register_renew(reg, arena, "A", "SNK-2019-0001",
                                       BN_EVENT_CORRECTED, pattern,
                                       "2019-10-02", &again, &err),
                     BN_OK);
    assert_string_equal(again, out);
    assert_int_equal(bn_register_renew(reg, arena, "A", "SNK-2019-0002",
                                       BN_EVENT_CORRECTED, pattern,
                                       "2019-10-02", &again, &err),
                     BN_ENOTISSUED);
    assert_int_equal(bn_register_list(reg, BN_LIST_NUMBERS, NULL, NULL, arena,
                                      &rows, &n, &err),
                     BN_OK);
    assert_int_equal(n, 3);
    assert_string_equal(rows[2].kind, "corrected");
    assert_string_equal(rows[2].replaces, "SNK-2019-0001");
    assert_int_equal(rows[2].version, 2);
    assert_string_equal(rows[0].kind, "number");
}

static void
extracts_grow_when_they_change(void **state)
{
    const bn_extract *rows;
    int64_t before, after;
    size_t n;
    bn_err err;

    (void)state;
    assert_int_equal(
        bn_register_put_extract(reg, "2019-01-01", "B", "<b/>", &err), BN_OK);
    assert_int_equal(
        bn_register_put_extract(reg, "2019-01-01", "A", "<a/>", &err), BN_OK);
    assert_int_equal(bn_register_age(reg, &before, &err), BN_OK);
    assert_int_equal(
        bn_register_put_extract(reg, "2019-01-02", "A", "<a/>", &err), BN_OK);
    assert_int_equal(bn_register_age(reg, &after, &err), BN_OK);
    assert_int_equal(before, after); /* the same: nothing was added */
    assert_int_equal(
        bn_register_put_extract(reg, "2019-01-03", "A", "<a2/>", &err), BN_OK);
    assert_int_equal(bn_register_age(reg, &after, &err), BN_OK);
    assert_true(after > before);
    assert_int_equal(bn_register_extracts(reg, arena, &rows, &n, &err), BN_OK);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].xml, "<a2/>");
    assert_string_equal(rows[0].date, "2019-01-03");
    assert_string_equal(rows[1].unit, "B");
}

static bn_event
issued(const char *unit, const char *sha256)
{
    return (bn_event){.kind = BN_EVENT_ISSUED,
                      .date = "2019-09-05",
                      .unit = unit,
                      .document = "certificate",
                      .key = "",
                      .number = unit,
                      .version = 1,
                      .sha256 = sha256,
                      .valid_until = "2022-09-04",
                      .retention = "K1",
                      .retain_until = "2022-09-02"};
}

static void
an_issued_paper_stays_as_it_is(void **state)
{
    bn_event e = issued("A", "aa"), got;
    const bn_numbered paper = {"A", "certificate", ""};
    bn_err err;

    (void)state;
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK); /* the same */
    e.sha256 = "bb";
    assert_int_equal(bn_register_add(reg, &e, &err), BN_EISSUED);
    assert_true(bn_register_issued(reg, arena, &paper, 0, &got));
    assert_string_equal(got.sha256, "aa");
    assert_string_equal(bn_register_state(reg, arena, &paper, 1), "issued");
    e.version = 2;
    e.replaces = "A";
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_true(bn_register_issued(reg, arena, &paper, 0, &got));
    assert_int_equal(got.version, 2);
}

static void
nothing_is_thrown_away_too_early(void **state)
{
    bn_event e = issued("A", "aa");
    bn_err err;

    (void)state;
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    e.kind = BN_EVENT_DISPOSED;
    e.date = "2022-09-02"; /* the last day is still inside */
    assert_int_equal(bn_register_add(reg, &e, &err), BN_ERETENTION);
    e.date = "2022-09-03";
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    e.unit = "B";
    assert_int_equal(bn_register_add(reg, &e, &err), BN_ENOTISSUED);
}

static size_t
count(enum bn_register_list what, const char *from, const char *to)
{
    const bn_event *rows;
    size_t n;
    bn_err err;

    assert_int_equal(
        bn_register_list(reg, what, from, to, arena, &rows, &n, &err), BN_OK);
    return n;
}

static void
lists_tell_what_is_due(void **state)
{
    bn_event e = issued("A", "aa");
    bn_err err;

    (void)state;
    number("A", 1, "{n}", "2019-09-05");
    number("B", 1, "{n}", "2019-09-05"); /* reserved, never issued */
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_int_equal(count(BN_LIST_ISSUED, NULL, NULL), 1);
    assert_int_equal(count(BN_LIST_MISSING, NULL, NULL), 1);
    assert_int_equal(count(BN_LIST_EXPIRING, "2022-09-04", "2022-09-04"), 1);
    assert_int_equal(count(BN_LIST_EXPIRING, "2022-09-05", NULL), 0);
    assert_int_equal(count(BN_LIST_RETAINED, NULL, "2022-09-02"), 0);
    assert_int_equal(count(BN_LIST_RETAINED, NULL, "2022-09-03"), 1);
    e.kind = BN_EVENT_LAPSED;
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_int_equal(count(BN_LIST_EXPIRING, NULL, NULL), 0);
    assert_int_equal(count(BN_LIST_EVENTS, NULL, NULL), 2);
}

static void
a_file_is_known_by_its_digest(void **state)
{
    const bn_digest digest = bn_digest_of("paper", 5);
    char hex[BN_DIGEST_HEX];
    bn_event e, got;
    const char *kind;
    bn_err err;

    (void)state;
    bn_digest_hex(&digest, hex);
    e = issued("A", hex);
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_true(bn_register_find(reg, arena, &digest, &got, &kind));
    assert_string_equal(kind, "issued");
    e.kind = BN_EVENT_RETURNED;
    assert_int_equal(bn_register_add(reg, &e, &err), BN_OK);
    assert_true(bn_register_find(reg, arena, &digest, &got, &kind));
    assert_string_equal(kind, "returned");
}

static void
what_is_no_register_is_refused(void **state)
{
    char name[80];
    bn_register *r;
    bn_err err;
    FILE *f;

    (void)state;
    snprintf(name, sizeof name, "%s.bad", path);
    f = fopen(name, "w");
    assert_non_null(f);
    fputs("this is not a database, but long enough to look like one", f);
    for (int i = 0; i < 2000; i++)
        fputc('x', f);
    fclose(f);
    assert_int_equal(bn_register_open(name, false, true, &r, &err),
                     BN_EREGISTER);
    unlink(name);
    assert_int_equal(bn_register_open(name, false, true, &r, &err),
                     BN_ENOINPUT);
}

static void
ask(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* Another process writes and does not end; a later program's schema. */
static void
what_others_hold_is_left_alone(void **state)
{
    const bn_numbered paper = {"TC-1", "certificate", ""};
    const char *out = NULL;
    bn_register *r;
    sqlite3 *db;
    bn_err err;

    (void)state;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    ask(db, "BEGIN IMMEDIATE");
    assert_int_equal(bn_register_number(reg, arena, &paper, 1, "certificate",
                                        "T-{n}", "2019-09-05", &out, &err),
                     BN_EREGISTERBUSY);
    ask(db, "ROLLBACK; PRAGMA user_version = 99");
    sqlite3_close(db);
    assert_int_equal(bn_register_open(path, false, true, &r, &err),
                     BN_EREGISTERNEW);
}

/* Register of version 1: renewed, with a copy as it was. */
static void
an_older_form_is_renewed_with_a_copy(void **state)
{
    static const char *const tables[] = {"number", "event", "extract"};
    char copy[80], sql[128];
    bn_register *r;
    sqlite3 *db;
    bn_err err;

    (void)state;
    snprintf(copy, sizeof copy, "%s.v1", path);
    number("A", 1, "T-{n}", "2019-09-05");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    ask(db, "DROP TABLE extract; ALTER TABLE number DROP COLUMN reason;"
            "PRAGMA user_version = 1");
    sqlite3_close(db);
    assert_int_equal(bn_register_open(path, false, true, &r, &err), BN_OK);
    assert_int_equal(
        bn_register_put_extract(r, "2019-01-01", "A", "<a/>", &err), BN_OK);
    bn_register_close(r);
    assert_string_equal(number("A", 1, "T-{n}", "2019-09-05"), "T-1");
    assert_int_equal(sqlite3_open(copy, &db), SQLITE_OK);
    ask(db, "SELECT text FROM number"); /* the copy has the old form */
    assert_int_not_equal(
        sqlite3_exec(db, "SELECT * FROM extract", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    unlink(copy);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    ask(db, "INSERT INTO event VALUES(1,'issued','','','','','',1,'','','','',"
            "'','','','')");
    for (size_t i = 0; i < 3; i++) { /* nothing is changed in place */
        snprintf(sql, sizeof sql, "UPDATE %s SET unit = 'X'", tables[i]);
        assert_int_not_equal(sqlite3_exec(db, sql, NULL, NULL, NULL),
                             SQLITE_OK);
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        assert_int_not_equal(sqlite3_exec(db, sql, NULL, NULL, NULL),
                             SQLITE_OK);
    }
    sqlite3_close(db);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(numbers_run_on_and_stay),
        CASE(years_are_of_the_era),
        CASE(a_pattern_needs_a_number),
        CASE(an_imported_number_is_never_given_again),
        CASE(a_series_goes_on_behind_imported_numbers),
        CASE(a_new_version_names_the_old),
        CASE(extracts_grow_when_they_change),
        CASE(an_older_form_is_renewed_with_a_copy),
        CASE(an_issued_paper_stays_as_it_is),
        CASE(nothing_is_thrown_away_too_early),
        CASE(lists_tell_what_is_due),
        CASE(a_file_is_known_by_its_digest),
        CASE(what_is_no_register_is_refused),
        CASE(what_others_hold_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
