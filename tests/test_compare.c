#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "compare/compare.h"

static bn_arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = bn_arena_new();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    bn_arena_free(arena);
    return 0;
}

/* Old and new text; what is marked on each side, "|" between stretches. */
static const struct {
    const char *why, *old, *new, *gone, *come;
} words[] = {
    {"nothing", "措置を講ずる。", "措置を講ずる。", "", ""},
    {"one word", "文書を保存する。", "書類を保存する。", "文書", "書類"},
    {"a number keeps its counter", "三年を上限とする。", "五年を上限とする。",
     "三年", "五年"},
    {"so with a long counter", "三年間保存する。", "五年間保存する。", "三年間",
     "五年間"},
    {"a citation is one word", "第二条第十九項に規定する措置",
     "第二条第二十四項に規定する措置", "第十九項", "第二十四項"},
    {"an insertion", "審査を実施する。", "現地において審査を実施する。", "",
     "現地において"},
    {"a deletion", "速やかに報告する。", "報告する。", "速やかに", ""},
    {"all", "甲", "乙", "甲", "乙"},
    {"an ending goes with its word", "基準において求められる文書",
     "基準において適切と考えられる手段で作る文書", "求められる",
     "適切と考えられる手段で作る"},
    {"from nothing", "", "新設", "", "新設"},
};

static void
marked(const char *s, const bn_mark_span *spans, uint32_t n, bool old,
       char *out)
{
    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t from = old ? spans[i].old_from : spans[i].new_from;
        const uint32_t to = old ? spans[i].old_to : spans[i].new_to;

        if (out[0] && to > from)
            strcat(out, "|");
        strncat(out, s + from, to - from);
    }
}

/* The texts outside the marks are equal on both sides. */
static void
rest_is_equal(const char *old, const char *new, const bn_mark_span *s,
              uint32_t n)
{
    uint32_t i = 0, a = 0, b = 0;

    for (; i <= n; i++) {
        const uint32_t to_a = i < n ? s[i].old_from : (uint32_t)strlen(old);
        const uint32_t to_b = i < n ? s[i].new_from : (uint32_t)strlen(new);

        assert_int_equal(to_a - a, to_b - b);
        assert_memory_equal(old + a, new + b, to_a - a);
        a = i < n ? s[i].old_to : a;
        b = i < n ? s[i].new_to : b;
    }
}

static void
words_stay_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const bn_mark_span *spans;
        char text[200];
        uint32_t n;

        print_message("%s\n", words[i].why);
        bn_compare_words(arena, words[i].old, words[i].new, &spans, &n);
        marked(words[i].old, spans, n, true, text);
        assert_string_equal(text, words[i].gone);
        marked(words[i].new, spans, n, false, text);
        assert_string_equal(text, words[i].come);
        rest_is_equal(words[i].old, words[i].new, spans, n);
    }
}

/* A law whose articles are given as lines "title text". */
static bn_provisions
law(bn_source *s, const char *const *articles)
{
    bn_buf b = {0};
    bn_msgs msgs = {0};
    bn_provisions out;
    bn_tree *t;

    bn_buf_adds(&b, "<Law><LawBody><LawTitle>規程</LawTitle><MainProvision>");
    for (int i = 0; articles[i]; i++) {
        const char *space = strchr(articles[i], ' ');

        bn_buf_addf(&b,
                    "<Article Num='%d'><ArticleTitle>%.*s</ArticleTitle>"
                    "<Paragraph Num='1'><ParagraphNum/><ParagraphSentence>"
                    "<Sentence>%s</Sentence></ParagraphSentence></Paragraph>"
                    "</Article>",
                    i + 1, (int)(space - articles[i]), articles[i], space + 1);
    }
    bn_buf_adds(&b, "</MainProvision></LawBody></Law>");
    assert_int_equal(
        bn_xml_parse(s, "law.xml", b.p, b.len, BN_XML_PLAIN, &t, &msgs), BN_OK);
    assert_int_equal(bn_provisions_read(arena, t, &out, &msgs), BN_OK);
    bn_tree_free(t);
    bn_buf_free(&b);
    return out;
}

#define ONE "機関は、依頼者から取得した情報を秘密として取り扱う。"
#define TWO "審査業務従事者は、現地において措置の状況を確認するものとする。"
#define THREE "認証証明書の有効期間は、交付した日から三年を上限とする。"
#define FOUR "苦情の申立てを受けたときは、遅滞なく必要な調査を行う。"

static const struct {
    const char *why;
    const char *old[6], *new[6];
    const char *want; /* old>new and a letter of the change, M moved */
} laws[] = {
    {"the same",
     {"第一条 " ONE, "第二条 " TWO},
     {"第一条 " ONE, "第二条 " TWO},
     "0>0= 1>1= "},
    {"one inserted, the rest renumbered",
     {"第一条 " ONE, "第二条 " TWO},
     {"第一条 " ONE, "第二条 " FOUR, "第三条 " TWO},
     "0>0= ->1+ 1>2# "},
    {"one deleted",
     {"第一条 " ONE, "第二条 " TWO, "第三条 " THREE},
     {"第一条 " ONE, "第二条 " THREE},
     "0>0= 1>-- 2>1# "},
    {"words changed",
     {"第一条 " ONE,
      "第二条 認証証明書の有効期間は、交付した日から五年とする。"},
     {"第一条 " ONE, "第二条 " THREE},
     "0>0= 1>1* "},
    {"moved",
     {"第一条 " ONE, "第二条 " TWO, "第三条 " THREE},
     {"第一条 " THREE, "第二条 " ONE, "第三条 " TWO},
     "2>0#M 0>1# 1>2# "},
    {"split",
     {"第一条 " ONE TWO, "第二条 " THREE},
     {"第一条 " ONE, "第二条 " TWO, "第三条 " THREE},
     "0>0* ->1/ 1>2# "},
    {"merged",
     {"第一条 " ONE, "第二条 " TWO, "第三条 " THREE},
     {"第一条 " ONE TWO, "第二条 " THREE},
     "0>0* 1>-& 2>1# "},
    {"a boilerplate ending is no likeness",
     {"第一条 記録は、三年間保存するものとする。",
      "第二条 紙の書類は、細断して廃棄するものとする。"},
     {"第一条 " ONE, "第二条 記録は、五年間保存するものとする。"},
     "->0+ 0>1* 1>-- "},
    {"all new", {"第一条 " ONE}, {"第一条 " FOUR}, "->0+ 0>-- "},
};

static void
provisions_find_each_other(void **state)
{
    static const char letter[] = "=#*+-/&";
    bn_source *s = bn_source_new();

    (void)state;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        const bn_provisions old = law(s, laws[i].old);
        const bn_provisions new = law(s, laws[i].new);
        bn_buf got = {0};
        bn_comparison c;

        print_message("%s\n", laws[i].why);
        bn_compare(arena, &old, &new, &c);
        for (size_t k = 0; k < c.npairs; k++) {
            const bn_pair *p = &c.pairs[k];

            if (p->old < 0)
                bn_buf_adds(&got, "-");
            else
                bn_buf_addf(&got, "%d", p->old);
            bn_buf_adds(&got, ">");
            if (p->new < 0)
                bn_buf_adds(&got, "-");
            else
                bn_buf_addf(&got, "%d", p->new);
            bn_buf_addf(&got, "%c%s ", letter[p->change], p->moved ? "M" : "");
        }
        assert_string_equal(got.p, laws[i].want);
        bn_buf_free(&got);
    }
    bn_source_free(s);
}

/* Many articles that all say the same, none of the same, or in reverse. */
enum { MANY = 10000 };

static bn_provisions
many(bn_source *s, const char *form, int first, int step)
{
    const char **lines = BN_NEWS(arena, const char *, MANY + 1);

    for (int i = 0; i < MANY; i++) {
        const int n = first + step * i;

        lines[i] = bn_arena_printf(arena, form, i + 1, n, n * 7, n * n % 1009);
    }
    return law(s, lines);
}

/* However bad the case, each provision is in one row, and work is bounded
 * (this test would not end otherwise). */
static void
worst_cases_end(void **state)
{
    static const struct {
        const char *old, *new;
        int step;
        size_t matched;
    } rows[] = {
        {"第%d条 第%d号の情報は、%d日以内に区画%dへ移す。",
         "第%d条 第%d号の情報は、%d日以内に区画%dへ移す。", 1, MANY},
        {"第%d条 第%d号の情報は、%d日以内に区画%dへ移す。",
         "第%d条 第%d号の情報は、%d日以内に区画%dへ移す。", -1, MANY},
        {"第%d条 同じ。", "第%d条 同じ。", 1, MANY},
        {"第%d条 甲%d乙%d丙%d", "第%d条 子%d丑%d寅%d", 1, 0},
    };
    bn_source *s = bn_source_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bn_provisions old = many(s, rows[i].old, 10000, 1);
        const bn_provisions new =
            many(s, rows[i].new, rows[i].step < 0 ? 10000 + MANY - 1 : 10000,
                 rows[i].step);
        bool *seen = BN_NEWS(arena, bool, 2 * MANY);
        size_t matched = 0;
        bn_comparison c;

        bn_compare(arena, &old, &new, &c);
        for (size_t k = 0; k < c.npairs; k++) {
            const bn_pair *p = &c.pairs[k];

            if (p->old >= 0) {
                assert_false(seen[p->old]);
                seen[p->old] = true;
            }
            if (p->new >= 0) {
                assert_false(seen[MANY + p->new]);
                seen[MANY + p->new] = true;
            }
            matched += p->old >= 0 && p->new >= 0;
        }
        for (int k = 0; k < 2 * MANY; k++)
            assert_true(seen[k]);
        if (rows[i].matched)
            assert_int_equal(matched, rows[i].matched);
    }
    bn_source_free(s);
}

static void
a_case_is_no_law(void **state)
{
    bn_source *s = bn_source_new();
    bn_msgs msgs = {0};
    bn_provisions p;
    bn_tree *t;

    (void)state;
    assert_int_equal(bn_xml_parse(s, "x.xml", "<x/>", 4, 0, &t, &msgs), BN_OK);
    assert_int_equal(bn_provisions_read(arena, t, &p, &msgs), BN_ENOTLAW);
    bn_msgs_free(&msgs);
    bn_tree_free(t);
    bn_source_free(s);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(words_stay_whole),
        CASE(provisions_find_each_other),
        CASE(worst_cases_end),
        CASE(a_case_is_no_law),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
