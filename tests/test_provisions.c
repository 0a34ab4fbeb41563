/* Citations, and the table of what meets each provision. */
#include "tests/unit.h"

#include <string.h>

#include "base/buf.h"
#include "pipeline/citation.h"
#include "pipeline/pipeline.h"

static const struct {
    const char *text, *paths;
} rows[] = {
    {"000 三の7の一ト", "000/三/7/一/ト"},
    {"000 三の7の三ホ・四ホ, 11の一",
     "000/三/7/三/ホ 000/三/7/四/ホ 000/三/11/一"},
    /* a new first level: 二 stands before の and a figure */
    {"000 三の6の三・四, 二の1の一",
     "000/三/6/三 000/三/6/四 000/二/1/一"},
    {"000 三の7の一イ〜ニ",
     "000/三/7/一/イ 000/三/7/一/ロ 000/三/7/一/ハ 000/三/7/一/ニ"},
    {"000 二の7の九〜十一", "000/二/7/九 000/二/7/十 000/二/7/十一"},
    {"000 三の4の三柱書", "000/三/4/三"},
    {"000 三柱書", "000/三"},
    {"003 第4の2の一", "003/第4/2/一"},
    {"003 第2の1・2", "003/第2/1 003/第2/2"},
    {"001 三の2の五イ", "001/三/2/五/イ"},
    {"001 概要", "001 概要"}, /* no number: by itself */
    {"002 本文 3(4)〜(6)・(12), 4(1), 14",
     "002/本文/3/(4) 002/本文/3/(5) 002/本文/3/(6) 002/本文/3/(12) "
     "002/本文/4/(1) 002/本文/14"},
    {"002 本文 7①", "002/本文/7/①"}, /* a level left out */
    {"002 本文 1〜3", "002/本文/1 002/本文/2 002/本文/3"},
    {"002 別紙1 4(2)⑥⑦", "002/別紙1/4/(2)/⑥ 002/別紙1/4/(2)/⑦"},
    {"002 別紙1 5(3)(4)", "002/別紙1/5/(3) 002/別紙1/5/(4)"},
    {"002 別紙1 4(3)②ホ・ヘ",
     "002/別紙1/4/(3)/②/ホ 002/別紙1/4/(3)/②/ヘ"},
    {"002 4(1)②なお書", "002/別紙2/4/(1)/②"}, /* what kits cite */
    {"004 ③; 002 3", "004 ③ 002/別紙2/3"},
    {"STYLE-JA 8", "STYLE-JA/8"},
    {"—", "—"},
};

static void
citations_name_provisions(void **state)
{
    bn_arena *a = bn_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        citations list = {0};
        bn_buf got = {0};

        citations_read(a, rows[i].text, &list);
        for (size_t k = 0; k < list.n; k++)
            bn_buf_addf(&got, "%s%s", k ? " " : "", list.v[k].path);
        print_message("%s\n", rows[i].text);
        assert_string_equal(got.p, rows[i].paths);
        bn_buf_free(&got);
        BN_VEC_FREE(&list);
    }
    bn_arena_free(a);
}

static void
titles_are_written_as_people_do(void **state)
{
    static const char *const titles[][3] = {
        {"000", "第三/7/一/ト", "000 三の7の一ト"},
        {"003", "第4/2/一", "003 第4の2の一"},
        {"000", "第五/2", "000 五の2"},
    };
    bn_arena *a = bn_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        assert_string_equal(
            citation_of_titles(a, titles[i][0], titles[i][1]).shown,
            titles[i][2]);
    bn_arena_free(a);
}

/* Nothing that a law text asks for is met by no paper, field or rule. */
static void
every_provision_is_met(void **state)
{
    const bn_run_options o = {.share = ".", .today = "2020-10-06"};
    static const char *const lines[] = {
        "000 三の7の一カ\t", "\tfield\tC05\tcertification-contract\tclauses\t",
        "\trule\tR087\tR\t\t", "003 第1\t", "002 別紙1 5(9)\t",
        "001 三の2の五イ\t",
    };
    bn_run *r = NULL;
    bn_buf out = {0};
    bn_msgs msgs = {0};
    bn_err err;

    (void)state;
    assert_int_equal(bn_run_new(&o, &r, &err), BN_OK);
    assert_int_equal(bn_list(r, "provisions", NULL, "ja", &out, &msgs), BN_OK);
    bn_buf_addc(&out, '\0');
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        print_message("%s\n", lines[i]);
        assert_non_null(strstr(out.p, lines[i]));
    }
    assert_null(strstr(out.p, "\tnone\t"));
    bn_buf_free(&out);
    bn_msgs_free(&msgs);
    bn_run_free(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(citations_name_provisions),
        cmocka_unit_test(titles_are_written_as_people_do),
        cmocka_unit_test(every_provision_is_met),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
