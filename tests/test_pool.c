#include "tests/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "batch/pool.h"

/* What became of each job, as one string in order of being told. */
typedef struct story {
    bn_buf told;
    size_t stop_after; /* jobs told after which done() says stop; 0 never */
    size_t ended;
} story;

enum { CRASHES = 3, HANGS = 5, LEAVES = 7 };

static void
work(void *user, size_t i, bn_buf *result)
{
    (void)user;
    if (i == CRASHES)
        raise(SIGKILL);
    if (i == LEAVES)
        _exit(9);
    if (i == HANGS)
        for (;;)
            pause();
    if (i % 2 == 0)
        usleep(2000); /* out of order */
    bn_buf_addf(result, "r%zu", i);
}

static void
work_well(void *user, size_t i, bn_buf *result)
{
    (void)user;
    bn_buf_addf(result, "%zu", i);
    for (int k = 0; i == 4 && k < 300000; k++)
        bn_buf_addc(result, 'x'); /* more than a pipe holds */
}

static bool
done(void *user, size_t i, bn_end how, int detail, const char *result, size_t n)
{
    static const char letter[] = "okxtd";
    story *s = user;

    if (n > 20)
        bn_buf_addf(&s->told, "%zu:%c%zu ", i, letter[how], n);
    else
        bn_buf_addf(&s->told, "%zu:%c%d%.*s ", i, letter[how], detail, (int)n,
                    result);
    s->ended++;
    return s->stop_after == 0 || s->ended < s->stop_after;
}

static void
a_bad_job_costs_itself_only(void **state)
{
    for (size_t workers = 1; workers <= 4; workers++) {
        story s = {0};
        const bn_pool pool = {.workers = workers,
                              .seconds = 1,
                              .user = &s,
                              .work = work,
                              .done = done};

        (void)state;
        assert_int_equal(bn_pool_run(&pool, 9), 0);
        assert_string_equal(s.told.p,
                            "0:o0r0 1:o0r1 2:o0r2 3:k9 4:o0r4 5:t9 6:o0r6 "
                            "7:x9 8:o0r8 ");
        bn_buf_free(&s.told);
    }
}

static void
workers_are_replaced_after_a_while(void **state)
{
    story s = {0};
    const bn_pool pool = {.workers = 2,
                          .recycle = 2,
                          .user = &s,
                          .work = work_well,
                          .done = done};

    (void)state;
    assert_int_equal(bn_pool_run(&pool, 7), 0);
    assert_string_equal(s.told.p,
                        "0:o00 1:o01 2:o02 3:o03 4:o300001 5:o05 6:o06 ");
    bn_buf_free(&s.told);
}

static void
a_stopped_run_drops_the_rest(void **state)
{
    story s = {.stop_after = 2};
    const bn_pool pool = {
        .workers = 1, .user = &s, .work = work_well, .done = done};

    (void)state;
    assert_int_equal(bn_pool_run(&pool, 5), 0);
    assert_string_equal(s.told.p, "0:o00 1:o01 2:d0 3:d0 4:d0 ");
    bn_buf_free(&s.told);
}

static void
nothing_to_do_is_fine(void **state)
{
    story s = {0};
    const bn_pool pool = {
        .workers = 3, .user = &s, .work = work_well, .done = done};

    (void)state;
    assert_int_equal(bn_pool_run(&pool, 0), 0);
    assert_null(s.told.p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_job_costs_itself_only),
        cmocka_unit_test(workers_are_replaced_after_a_while),
        cmocka_unit_test(a_stopped_run_drops_the_rest),
        cmocka_unit_test(nothing_to_do_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
