/* Functions, XPath, stylesheets. Rules: test_rules.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "tests/unit.h"
#include "transform/transform.h"

static const char input[] =
    "<input><certification-case id='TC-1'>\n"
    "<client id='CL-1'><name>株式会社サンプル精機</name></client>\n"
    "<report date='2019-08-02'/><report date='2019-07-30T10:00'/>\n"
    "<wrong date='2019-02-29'/><fee yen='480000'/><empty/>\n"
    "</certification-case></input>";

struct world {
    bn_source *s;
    bn_transform *t;
    bn_tree *tree;
    bn_arena *a;
};

static int
set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    bn_msgs msgs = {0};
    bn_err err;

    w->s = bn_source_new();
    w->t = bn_transform_new(w->s, "2020-10-06");
    w->a = bn_arena_new();
    assert_int_equal(bn_source_add_root(w->s, "tests", &err), BN_OK);
    assert_int_equal(bn_xml_parse(w->s, "case.xml", input, sizeof input - 1,
                                  BN_XML_CLEAN, &w->tree, &msgs),
                     BN_OK);
    *state = w;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *w = *state;

    bn_tree_free(w->tree);
    bn_transform_free(w->t);
    bn_source_free(w->s);
    bn_arena_free(w->a);
    free(w);
    return 0;
}

/* ------------------------------------------------------------- functions */

static const struct {
    const char *expression;
    const char *want; /* NULL: refused with code */
    bn_code code;
} rows[] = {
    /* eras: last day of one, first of the next */
    {"bn:date('2019-04-30')", "平成31年4月30日", 0},
    {"bn:date('2019-05-01')", "令和元年5月1日", 0},
    {"bn:date('2019-12-31')", "令和元年12月31日", 0},
    {"bn:date('2020-01-01')", "令和2年1月1日", 0},
    {"bn:date('1989-01-07')", "昭和64年1月7日", 0},
    {"bn:date('1989-01-08')", "平成元年1月8日", 0},
    {"bn:date('1926-12-24')", "大正15年12月24日", 0},
    {"bn:date('1926-12-25')", "昭和元年12月25日", 0},
    {"bn:date('1912-07-29')", "明治45年7月29日", 0},
    {"bn:date('1912-07-30')", "大正元年7月30日", 0},
    {"bn:date('1868-10-23')", "明治元年10月23日", 0},
    {"bn:date('1868-10-22')", NULL, BN_EFORM}, /* no era before */
    /* forms */
    {"bn:date('2024-08-16', 'kanji')", "令和六年八月十六日", 0},
    {"bn:date('2019-05-23', 'kanji')", "令和元年五月二十三日", 0},
    {"bn:date('2013-10-20', 'kanji')", "平成二十五年十月二十日", 0},
    {"bn:date('2019-05-01', 'short')", "R1.5.1", 0},
    {"bn:date('2019-04-30', 'short')", "H31.4.30", 0},
    {"bn:date('2019-05-01', 'dotted')", "1.5.1", 0},
    {"bn:date('2024-08-16', 'western')", "2024年（令和6年）8月16日", 0},
    {"bn:date('2024-08-16', 'seireki')", "2024年8月16日", 0},
    {"bn:date('2018-05-11', 'weekday')", "平成30年5月11日（金）", 0},
    {"bn:date('2000-02-29', 'weekday')", "平成12年2月29日（火）", 0},
    {"bn:date('2019-05-01', 'year')", "令和元年", 0},
    {"bn:date('2019-06-01', 'month')", "令和元年6月", 0},
    {"bn:date('2019-06-01', 'month-day')", "6月1日", 0},
    {"bn:date('2019-06-01', 'era')", "令和", 0},
    {"bn:date('2019-06-01', 'blank')", "令和　　年　　月　　日", 0},
    {"bn:date('2019-04-30', 'blank')", "平成　　年　　月　　日", 0},
    {"bn:date('2024-04-01', 'fiscal-year')", "令和6年度", 0},
    {"bn:date('2025-03-31', 'fiscal-year')", "令和6年度", 0},
    {"bn:date('2019-04-30', 'fiscal-year')", "平成31年度", 0},
    {"bn:date('2019-05-01', 'fiscal-year')", "令和元年度", 0},
    {"bn:date('2020-03-31', 'fiscal-year')", "令和元年度", 0},
    {"bn:date('1989-02-01', 'fiscal-year')", "昭和63年度", 0},
    {"bn:date('2019-05-01T09:30')", "令和元年5月1日", 0},
    {"bn:date('2019-05-01', 'gregorian')", NULL, BN_EFORM},
    {"bn:date('2019-02-29')", NULL, BN_EDATE},
    {"bn:date('2019-5-1')", NULL, BN_EDATE},
    {"bn:date('2019/05/01')", NULL, BN_EDATE},
    {"bn:date('2019-05-01x')", NULL, BN_EDATE},
    {"bn:date('')", NULL, BN_ENOVALUE}, /* never a silent blank */
    {"bn:date(//report/@none)", NULL, BN_ENOVALUE},
    {"bn:date()", NULL, BN_EARITY},
    {"bn:date('2019-05-01', 'kanji', 1)", NULL, BN_EARITY},
    {"bn:date-or-blank(//report/@none)", "令和　　年　　月　　日", 0},
    {"bn:date-or-blank(//report/@date)", "令和元年8月2日", 0},
    {"bn:period('2019-09-05', '2022-09-04')",
     "令和元年9月5日から令和4年9月4日まで", 0},
    {"bn:period('2019-04-01', '2019-05-01', 'table')", "H31.4.1〜R1.5.1", 0},
    {"bn:time('10:00')", "午前10時00分", 0},
    {"bn:time('2019-07-04T17:05')", "午後5時05分", 0},
    {"bn:time('12:00')", "午後0時00分", 0},
    {"bn:time('10:00', 'short')", "10時", 0},
    {"bn:time('17:30', 'short')", "17時30分", 0},
    {"bn:time('9:00')", NULL, BN_EDATE},
    {"bn:time('25:00')", NULL, BN_EDATE},
    {"bn:datetime('2019-07-04T10:00')", "令和元年7月4日午前10時00分", 0},
    {"bn:datetime('2018-05-11T17:00', 'weekday', 'clock')",
     "平成30年5月11日（金）17:00", 0},
    {"bn:today()", "2020-10-06", 0},
    /* order: the same day is neither before nor after */
    {"bn:before('2019-04-30', '2019-05-01')", "true", 0},
    {"bn:before('2019-05-01', '2019-05-01')", "false", 0},
    {"bn:on-or-before('2019-05-01', '2019-05-01')", "true", 0},
    {"bn:on-or-before('2019-05-02', '2019-05-01')", "false", 0},
    {"bn:after('2019-05-02', '2019-05-01')", "true", 0},
    {"bn:after('2019-05-01', '2019-05-01')", "false", 0},
    {"bn:on-or-after('2019-05-01', '2019-05-01')", "true", 0},
    {"bn:on-or-after('2019-04-30', '2019-05-01')", "false", 0},
    {"bn:same('2019-05-01T10:00', '2019-05-01')", "true", 0},
    {"bn:before('', '2019-05-01')", "false", 0},
    {"bn:on-or-after('2019-05-01', //empty)", "false", 0},
    {"bn:before('2019-13-01', '2019-05-01')", NULL, BN_EDATE},
    /* arithmetic: month ends, leap years */
    {"bn:add-days('2019-02-28', 1)", "2019-03-01", 0},
    {"bn:add-days('2020-02-28', 1)", "2020-02-29", 0},
    {"bn:add-days('2019-01-01', -1)", "2018-12-31", 0},
    {"bn:add-months('2019-01-31', 1)", "2019-02-28", 0},
    {"bn:add-months('2020-03-31', -1)", "2020-02-29", 0},
    {"bn:add-months('2019-12-15', 1)", "2020-01-15", 0},
    {"bn:add-months('2019-07-04', -1)", "2019-06-04", 0},
    {"bn:add-years('2019-09-05', 3)", "2022-09-05", 0},
    {"bn:add-years('2020-02-29', 3)", "2023-02-28", 0},
    {"bn:add-years('2020-02-29', 4)", "2024-02-29", 0},
    {"bn:add-years('2020-02-29', 9999)", NULL, BN_ENUMERAL},
    {"bn:add-days('2020-02-29', 0.5)", NULL, BN_ENUMERAL},
    {"bn:days-between('2019-05-01', '2020-05-01')", "366", 0},
    {"bn:days-between('2019-05-02', '2019-05-01')", "-1", 0},
    {"bn:days-covered(/..)", "0", 0}, /* of sessions: rows of R041 */
    {"count(bn:repeated(/.., 'kind'))", "0", 0},
    {"count(bn:among(/.., //report))", "0", 0},
    {"count(bn:among(//report/@date, /..))", "0", 0},
    {"bn:among(//report/@date, //report[1]/@date)", "2019-08-02", 0},
    {"bn:max-date(//report/@date)", "2019-08-02", 0},
    {"bn:min-date(//report/@date, '2019-07-31')", "2019-07-30", 0},
    {"bn:max-date(//empty/@date)", "", 0},
    {"bn:max-date(//@date)", NULL, BN_EDATE}, /* 29 February 2019 */
    {"bn:date-part('2019-07-30T10:00')", "2019-07-30", 0},
    {"bn:valid-date('2019-02-29')", "false", 0},
    {"bn:valid-date('2020-02-29')", "true", 0},
    /* Japanese dates in running text */
    {"bn:era-check('平成31年4月30日まで')", "", 0},
    {"bn:era-check('平成31年5月1日から')", "平成31年5月1日", 0},
    {"bn:era-check('令和元年4月に')", "令和元年4月", 0},
    {"bn:era-check('管理簿 平成31年4月〜令和元年6月')", "", 0},
    {"bn:era-check('平成三十二年度')", "平成三十二年度", 0},
    {"bn:era-check('平成三十年告示第三号')", "", 0},
    {"bn:era-check('昭和６４年１月８日')", "昭和６４年１月８日", 0},
    {"bn:era-check('令和2年2月30日')", "令和2年2月30日", 0},
    {"bn:era-check('令和　　年　　月')", "", 0},
    {"bn:prints-date('交付 令和 元 年 5 月 1 日', '2019-05-01')", "true", 0},
    {"bn:prints-date('令和元年5月11日', '2019-05-01')", "false", 0},
    {"bn:prints-date('令和元年５月１日', '2019-05-01')", "true", 0},
    {"bn:prints-date('R1.5.1〜R4.4.30', '2022-04-30')", "true", 0},
    /* numerals */
    {"bn:number(1200)", "1,200", 0},
    {"bn:number('4.0')", "4.0", 0},
    {"bn:number(1234567.5, 'comma')", "1,234,567.5", 0},
    {"bn:number(1200, 'half')", "1200", 0},
    {"bn:number(1200, 'full')", "１２００", 0},
    {"bn:number(1200, 'full-comma')", "１，２００", 0},
    {"bn:number(0, 'kanji')", "〇", 0},
    {"bn:number(123, 'kanji')", "百二十三", 0},
    {"bn:number(11111, 'kanji')", "一万千百十一", 0},
    {"bn:number(2024, 'positional')", "二〇二四", 0},
    {"bn:number(2024, 'formal')", "弐千弐拾四", 0},
    {"bn:number(10100, 'formal')", "壱万壱百", 0},
    {"bn:number(40000000, 'man-oku')", "4,000万", 0},
    {"bn:number(125000000, 'man-oku')", "1億2,500万", 0},
    {"bn:number(700000, 'man-oku')", "70万", 0},
    {"bn:number(1234567, 'man-oku')", "123万4,567", 0},
    {"bn:number(-5, 'half')", "-5", 0},
    {"bn:number('x')", NULL, BN_ENUMERAL},
    {"bn:number('')", NULL, BN_ENUMERAL},
    {"bn:number(1, 'roman')", NULL, BN_EFORM},
    {"bn:number(1.5, 'formal')", NULL, BN_ENUMERAL},
    {"bn:series(1, 'iroha')", "イ", 0},
    {"bn:series(14, 'iroha')", "カ", 0},
    {"bn:series(4, 'iroha')", "ニ", 0}, /* katakana, not 二 */
    {"bn:series(47, 'iroha')", "ス", 0},
    {"bn:series(48, 'iroha')", NULL, BN_ENUMERAL},
    {"bn:series(45, 'aiu')", "ヲ", 0},
    {"bn:series(46, 'aiu')", NULL, BN_ENUMERAL},
    {"bn:series(2, 'paren-aiu')", "(イ)", 0},
    {"bn:series(7, 'roman')", "Ⅶ", 0},
    {"bn:series(13, 'roman')", NULL, BN_ENUMERAL},
    {"bn:series(20, 'circled')", "⑳", 0},
    {"bn:series(21, 'circled')", NULL, BN_ENUMERAL},
    {"bn:series(3, 'dai-kanji')", "第三", 0},
    {"bn:series(12, 'article')", "第12条", 0},
    {"bn:series(3, 'paren')", "(3)", 0},
    {"bn:series(3, 'paren-full')", "（３）", 0},
    {"bn:series(2, 'paren-latin')", "(b)", 0},
    {"bn:series(0, 'arabic')", NULL, BN_ENUMERAL},
    {"bn:series(1.5, 'arabic')", NULL, BN_ENUMERAL},
    {"bn:series(1, 'no-such')", NULL, BN_EFORM},
    {"bn:full-width('A-1 カ')", "Ａ－１　カ", 0},
    {"bn:half-width('Ａ－１　カ')", "A-1 カ", 0},
    {"bn:digits('平成３１年4月12日', 'single-full')", "平成31年４月12日", 0},
    {"bn:digits('4月12日', 'full')", "４月１２日", 0},
    {"bn:digits('４月12日', 'half')", "4月12日", 0},
    {"bn:digits('4', 'x')", NULL, BN_EFORM},
    {"bn:width('A社')", "1.5", 0},
    /* names */
    {"bn:name-spaced('見本　太郎')", "見本　太郎", 0},
    {"bn:name-spaced('林　太郎')", "林　　太郎", 0},
    {"bn:name-spaced('佐々木　太郎')", "佐々木太郎", 0},
    {"bn:name-spaced('𠮷田　一')", "𠮷田　　一", 0},
    {"bn:name-spaced('見本太郎')", "見本太郎", 0},
    {"bn:digest('abc', 8)", "ba7816bf", 0},
    {"bn:digest('abc', 65)", NULL, BN_ENUMERAL},
    /* places, context, labels */
    {"bn:at(//client)", "1.3", 0},
    {"bn:at(//client/@id)", "1.3", 0},
    {"bn:at(//none)", "", 0},
    {"bn:item()/@id", "TC-1", 0},
    {"local-name(bn:input())", "input", 0},
    {"bn:document()", "", 0},
    {"bn:label('review', 'onsite')", "現地審査", 0},
    {"bn:label('review', 'xx')", NULL, BN_EFORM},
    {"bn:label('review', '')", NULL, BN_ENOVALUE},
    {"bn:field(//fee/@yen, 'yen')", "480,000円", 0},
    {"bn:field(//report/@date, 'kanji')", "令和元年八月二日", 0},
    {"bn:field(//empty)", NULL, BN_ENOVALUE},
    {"bn:has('A-001 A-002', 'A-002')", "true", 0},
    {"bn:has('A-0012', 'A-001')", "false", 0},
    {"bn:has('A-001', '')", "false", 0},
    {"bn:prints('株式会社 サンプル\n精機', //client/name)", "true", 0},
    {"bn:prints('番号T-11', 'T-1')", "false", 0},
    {"bn:prints('番号T-1。', 'T-1')", "true", 0},
    {"bn:prints('TEST-1', 'T-1')", "false", 0},
    {"bn:lacking('イ ロ ハ', 'xイ xハ', 'x')", "ロ", 0},
    {"bn:lacking('a b', 'b a')", "", 0},
    {"bn:lacking('a b a', //none)", "a b", 0},
    {"bn:join(//report/@date)", "2019-08-02、2019-07-30T10:00", 0},
    {"bn:label('evidence', 'record interview')", "記録・聞き取り", 0},
    {"bn:era-western('平成31年5月1日')", "2019年5月1日", 0},
    {"bn:era-western('令和元年4月')", "2019年4月", 0},
    {"bn:placeholder('○○株式会社')", "○○", 0},
    {"bn:placeholder('判定 ○')", "", 0},
    {"bn:qr('x')", NULL, BN_EFORM}, /* makes a tree: stylesheets only */
    /* sorting by reading, whatever the kana */
    {"bn:sort-key('イロハ') = bn:sort-key('いろは')", "true", 0},
    {"count(//report[bn:before(@date, '2019-08-02')])", "1", 0},
    {"set:distinct(//report/@date)", "2019-08-02", 0},
    /* XPath itself */
    {"no-such()", NULL, BN_EXPATH},
    {"bn:no-such()", NULL, BN_EXPATH},
    {"//client[", NULL, BN_EXPATH},
    {"$x", NULL, BN_EXPATH},
    {"document('case.xml')", NULL, BN_EXPATH},
};

static void
functions_answer(void **state)
{
    struct world *w = *state;
    const bn_loc at = {.file = "t.md", .line = 3, .column = 7};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *got = NULL;
        bn_err err = {0};
        bn_code code;

        code = bn_xpath_string(w->t, w->a, w->tree, NULL, rows[i].expression,
                               at, &got, &err);
        if (code != (rows[i].want ? BN_OK : rows[i].code) ||
            (rows[i].want && strcmp(got, rows[i].want) != 0))
            fail_msg("%s: %s %s", rows[i].expression, bn_code_name(code),
                     got ? got : err.args[1]);
        if (rows[i].want == NULL)
            assert_int_equal(err.code, code);
    }
}

static void
readings_sort(void **state)
{
    static const char *const order[] = {"あおき", "アベ",   "いとう",  "ウエダ",
                                        "さとう", "ざとう", "サトウミ"};
    struct world *w = *state;
    const char *last = "";

    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        char expression[80];
        const char *key;
        bn_err err;

        snprintf(expression, sizeof expression, "bn:sort-key('%s')", order[i]);
        assert_int_equal(bn_xpath_string(w->t, w->a, w->tree, NULL, expression,
                                         BN_NOWHERE, &key, &err),
                         BN_OK);
        assert_true(strcmp(last, key) < 0);
        last = key;
    }
}

/* A wrong value in the data is told at the data's line, a wrong expression at
 * the expression's. */
static void
places_of_errors(void **state)
{
    struct world *w = *state;
    const bn_loc at = {.file = "t.md", .line = 3, .column = 7};
    const char *got;
    bn_err err = {0};
    bn_place place = 0;

    assert_int_equal(bn_xpath_string(w->t, w->a, w->tree, NULL,
                                     "bn:date(//wrong/@date)", at, &got, &err),
                     BN_EDATE);
    assert_int_equal(bn_source_locate(w->s, err.loc.place).line, 4);
    assert_string_equal(err.args[0], "bn:date");
    assert_string_equal(err.args[1], "2019-02-29");
    assert_int_equal(
        bn_xpath_string(w->t, w->a, w->tree, NULL, "//[", at, &got, &err),
        BN_EXPATH);
    assert_int_equal(err.loc.line, 3);
    assert_int_equal(bn_xpath_value(w->t, w->a, w->tree, NULL, "//fee/@yen", at,
                                    &got, &place, &err),
                     BN_OK);
    assert_string_equal(got, "480000");
    assert_int_equal(bn_source_locate(w->s, place).line, 4);
}

static void
nodes_and_truth(void **state)
{
    struct world *w = *state;
    bn_node **nodes;
    size_t n;
    bn_err err;
    bool yes;

    assert_int_equal(bn_xpath_nodes(w->t, w->a, w->tree, NULL,
                                    "//fee | //report", BN_NOWHERE, &nodes, &n,
                                    &err),
                     BN_OK);
    assert_int_equal(n, 3);
    assert_string_equal((const char *)nodes[2]->name, "fee");
    assert_int_equal(bn_xpath_true(w->t, w->tree, nodes[2],
                                   "@yen and ../client", BN_NOWHERE, &yes,
                                   &err),
                     BN_OK);
    assert_true(yes);
    assert_int_equal(bn_xpath_nodes(w->t, w->a, w->tree, NULL, "'x'",
                                    BN_NOWHERE, &nodes, &n, &err),
                     BN_EXPATH);
}

/* ----------------------------------------------------------- stylesheets */

static bn_tree *
run(struct world *w, const char *path, const bn_context *c, bn_msgs *msgs)
{
    const bn_param params[] = {{"who", "'; //x"}};
    bn_tree *out = NULL;

    bn_transform_run(w->t, path, w->tree, c, params, 1, &out, msgs);
    return out;
}

static void
stylesheet_runs(void **state)
{
    struct world *w = *state;
    bn_msgs msgs = {0};
    bn_node **nodes;
    size_t n;
    bn_err err;
    const char *s;

    for (int i = 0; i < 2; i++) { /* the second time from the cache */
        bn_tree *out = run(w, "tests/transform/main.xsl", NULL, &msgs);

        assert_non_null(out);
        assert_int_equal(msgs.count[BN_ERROR], 0);
        assert_int_equal(msgs.count[BN_WARNING], (unsigned)i + 1);
        assert_string_equal(msgs.last->err.args[0], "注意 TC-1");
        assert_int_equal(bn_xpath_string(w->t, w->a, out, NULL,
                                         "p[@class='who']", BN_NOWHERE, &s,
                                         &err),
                         BN_OK);
        assert_string_equal(s, "'; //x"); /* a string, no expression */
        bn_xpath_string(w->t, w->a, out, NULL, "p[@class='date']", BN_NOWHERE,
                        &s, &err);
        assert_string_equal(s, "令和元年8月2日、令和元年7月30日");
        bn_xpath_string(w->t, w->a, out, NULL,
                        "p[@class='date']/span[2]/@data-at", BN_NOWHERE, &s,
                        &err);
        assert_string_equal(s, "1.6");
        bn_xpath_string(w->t, w->a, out, NULL,
                        "p[@class='fee']/span/@data-label", BN_NOWHERE, &s,
                        &err);
        assert_string_equal(s, "費用 yen");
        bn_xpath_nodes(w->t, w->a, out, NULL, "//span[@class='missing']",
                       BN_NOWHERE, &nodes, &n, &err);
        assert_int_equal(n, 1);
        bn_xpath_nodes(w->t, w->a, out, NULL, "//span[@class='fill']",
                       BN_NOWHERE, &nodes, &n, &err);
        assert_int_equal(n, 1);
        bn_xpath_string(w->t, w->a, out, NULL,
                        "concat(local-name(div/*), ' ', div/*/@viewBox, ' ', "
                        "count(div/*/*), ' ', div/*/@width)",
                        BN_NOWHERE, &s, &err);
        assert_string_equal(s, "svg 0 0 37 37 1 22mm"); /* version 3: 29 + 8 */
        bn_xpath_string(w->t, w->a, out, NULL, "p[@class='imported']",
                        BN_NOWHERE, &s, &err);
        assert_string_equal(s, "included imported");
        bn_tree_free(out);
    }
    bn_msgs_free(&msgs);
}

/* A failure names the line of the stylesheet, or of the data where a value is
 * to blame. */
static void
stylesheets_fail(void **state)
{
    static const struct {
        const char *file;
        bn_code code;
        uint32_t line;
        bool in_data;
    } bad[] = {
        {"bad-xpath.xsl", BN_EXPATH, 4, false},
        {"bad-function.xsl", BN_EXPATH, 4, false},
        {"bad-variable.xsl", BN_EXSLT, 4, false},
        {"bad-element.xsl", BN_EXSLT, 4, false},
        {"bad-value.xsl", BN_EDATE, 4, true},
        {"bad-field.xsl", BN_EDATE, 4, true},
        {"bad-form.xsl", BN_EFORM, 3, true},
        {"bad-select.xsl", BN_ENOVALUE, 4, false},
        {"bad-template.xsl", BN_EXSLT, 4, false},
        {"stop.xsl", BN_EXSLTSTOP, 1, true},
        {"bad-syntax.xsl", BN_EXML, 0, false},
        {"bad-root.xsl", BN_EXSLT, 0, false},
        {"no-such-file.xsl", BN_ENOINPUT, 0, false},
    };
    struct world *w = *state;
    int wrong = 0;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bn_msgs msgs = {0};
        char path[80];
        bn_tree *out;
        bn_loc at;

        snprintf(path, sizeof path, "tests/transform/%s", bad[i].file);
        out = run(w, path, NULL, &msgs);
        assert_null(out);
        assert_int_equal(msgs.count[BN_ERROR], 1); /* one, not its echoes */
        at = msgs.first->err.loc;
        if (at.place)
            at = bn_source_locate(w->s, at.place);
        if (msgs.first->err.code != bad[i].code ||
            (at.file == NULL && bad[i].code != BN_ENOINPUT) ||
            (bad[i].line && at.line != bad[i].line) ||
            (at.file && strcmp(at.file, "case.xml") == 0) != bad[i].in_data) {
            print_message("%s: %s %s:%u %s\n", bad[i].file,
                          bn_code_name(msgs.first->err.code),
                          at.file ? at.file : "-", at.line,
                          msgs.first->err.args[0]);
            wrong++;
        }
        bn_msgs_free(&msgs);
    }
    assert_int_equal(wrong, 0);
}

/* Days and times as people write them in tables; NULL: refused. */
static const struct {
    const char *text, *want;
} written[] = {
    {"2019-05-15", "2019-05-15"},
    {"2019/5/1", "2019-05-01"},
    {"2019.5.1", "2019-05-01"},
    {"2019年5月1日", "2019-05-01"},
    {" 令和元年5月1日 ", "2019-05-01"},
    {"令和１年５月１日", "2019-05-01"},
    {"令和三年十月二十一日", "2021-10-21"},
    {"R1.5.1", "2019-05-01"},
    {"Ｈ３１．４．３０", "2019-04-30"},
    {"平成31年4月30日", "2019-04-30"},
    {"平成31年5月1日", NULL}, /* 令和元年 */
    {"令和元年4月30日", NULL},
    {"昭和64年1月7日", "1989-01-07"},
    {"2019-02-29", NULL},
    {"2020-02-29", "2020-02-29"},
    {"2019-13-01", NULL},
    {"19/5/1", NULL}, /* of which century? */
    {"43600", NULL},  /* a spreadsheet's count of days */
    {"5月1日", NULL},
    {"2019-05-01x", NULL},
    {"", NULL},
    {"2019-05-01T09:30", "2019-05-01T09:30"},
    {"2019/5/1 9:30:15", "2019-05-01T09:30"},
    {"令和元年5月1日午後1時5分", "2019-05-01T13:05"},
    {"2019年5月1日 午前9時半", "2019-05-01T09:30"},
    {"2019-05-01 25:00", NULL},
    {"2019-05-01 午後13時", NULL},
};

static void
written_days_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        bn_buf out = {0};

        print_message("%s\n", written[i].text);
        assert_int_equal(bn_date_iso(written[i].text, &out),
                         written[i].want != NULL);
        if (written[i].want)
            assert_string_equal(out.p, written[i].want);
        bn_buf_free(&out);
    }
}

static void
labels_have_codes(void **state)
{
    (void)state;
    assert_string_equal(bn_label_code("form", "電子情報"), "electronic");
    assert_string_equal(bn_label_code("form", "electronic"), "electronic");
    assert_null(bn_label_code("form", "電子"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_days_are_read),
        cmocka_unit_test(labels_have_codes),
        cmocka_unit_test_setup_teardown(functions_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(readings_sort, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_of_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nodes_and_truth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stylesheet_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stylesheets_fail, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
