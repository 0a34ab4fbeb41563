#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "batch/batch.h"
#include "register/register.h"

/* Published values of FNV-1a of 64 bits. */
static void
hash_is_fnv_1a(void **state)
{
    static const struct {
        const char *id;
        uint64_t want;
    } rows[] = {
        {"", UINT64_C(0xcbf29ce484222325)},
        {"a", UINT64_C(0xaf63dc4c8601ec8c)},
        {"foobar", UINT64_C(0x85944171f73967e8)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(bn_shard_hash(rows[i].id) == rows[i].want);
}

static const struct {
    const char *text, *count, *task, *least, *tasks, *index; /* variables */
    int i, n;                                                /* n 0: refused */
} shards[] = {
    {"0/1", 0, 0, 0, 0, 0, 0, 1},
    {"6/7", 0, 0, 0, 0, 0, 6, 7},
    {"7/7", 0, 0, 0, 0, 0, 0, 0},
    {"-1/7", 0, 0, 0, 0, 0, 0, 0},
    {"+1/7", 0, 0, 0, 0, 0, 0, 0},
    {" 1/7", 0, 0, 0, 0, 0, 0, 0},
    {"1/7x", 0, 0, 0, 0, 0, 0, 0},
    {"1/", 0, 0, 0, 0, 0, 0, 0},
    {"/7", 0, 0, 0, 0, 0, 0, 0},
    {"1", 0, 0, 0, 0, 0, 0, 0},
    {"1/99999999999", 0, 0, 0, 0, 0, 0, 0},
    {"auto", 0, 0, 0, 0, 0, 0, 0},
    /* with a count, ids as they stand */
    {"auto", "400", "13", "7", "2", 0, 13, 400},
    {"auto", "400", 0, 0, 0, "399", 399, 400},
    {"auto", "400", 0, 0, 0, "400", 0, 0},
    {"auto", "400", 0, 0, 0, 0, 0, 0},
    {"auto", "", "1", "0", "2", 0, 0, 0},
    {"auto", "x", "1", "0", "2", 0, 0, 0},
    /* without: Slurm only, from its lowest id */
    {"auto", 0, "13", "10", "5", 0, 3, 5},
    {"auto", 0, "9", "10", "5", 0, 0, 0},
    {"auto", 0, "1", 0, "5", 0, 0, 0},
    {"auto", 0, 0, 0, 0, "3", 0, 0},
};

static void
set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void
shards_are_told_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shards / sizeof shards[0]; i++) {
        bn_shard got = {77, 77};
        bn_err err;
        bn_code code;

        print_message("%s %s\n", shards[i].text,
                      shards[i].count ? shards[i].count : "-");
        set("SHARD_COUNT", shards[i].count);
        set("SLURM_ARRAY_TASK_ID", shards[i].task);
        set("SLURM_ARRAY_TASK_MIN", shards[i].least);
        set("SLURM_ARRAY_TASK_COUNT", shards[i].tasks);
        set("JOB_COMPLETION_INDEX", shards[i].index);
        code = bn_shard_parse(shards[i].text, &got, &err);
        if (shards[i].n == 0) {
            assert_int_equal(code, BN_ESHARD);
            assert_int_equal(bn_code_exit(code), 64);
            assert_int_equal(got.count, 77);
        } else {
            assert_int_equal(code, BN_OK);
            assert_int_equal(got.index, shards[i].i);
            assert_int_equal(got.count, shards[i].n);
        }
    }
}

/* Every unit is somewhere, none is twice, none is left empty. */
static void
ids_spread_over_shards(void **state)
{
    enum { N = 100, IDS = 20000 };
    unsigned count[N] = {0};
    char id[32];

    (void)state;
    for (unsigned i = 0; i < IDS; i++) {
        snprintf(id, sizeof id, "TC-2020-%05u", i);
        count[bn_shard_hash(id) % N]++;
    }
    for (size_t i = 0; i < N; i++)
        assert_in_range(count[i], IDS / N * 7 / 10, IDS / N * 13 / 10);
}

/* Three years from the day, in classes whose period the notice sets. */
static void
retention_ends(void **state)
{
    static const struct {
        const char *retention, *from, *want;
    } rows[] = {
        {"K1", "2019-09-02", "2022-09-02"},
        {"K3", "2024-02-29", "2027-02-28"},
        {"K4", "2021-01-01", "2024-01-01"},
        {"K5", "2021-01-01", ""},
        {"K6", "2021-01-01", ""},
        {"K1", "", ""},
        {"", "2021-01-01", ""},
    };
    char out[11];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_retention_end(rows[i].retention, rows[i].from, out);
        assert_string_equal(out, rows[i].want);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_is_fnv_1a),
        cmocka_unit_test(shards_are_told_or_refused),
        cmocka_unit_test(ids_spread_over_shards),
        cmocka_unit_test(retention_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
