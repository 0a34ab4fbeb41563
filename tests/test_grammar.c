#include "tests/unit.h"

#include "source/source.h"

/* An auditor register with one part to be spoilt in each row. */
static const char whole[] =
    "<auditor-register body='b' schema-version='1'>\n"
    "<auditor id='A-1' engaged-by='body' address-recorded='2018-12-14'>\n"
    "<name>架空　三郎</name><address>東京都架空区</address>"
    "<education recorded='2018-12-14'>大学</education>"
    "<position recorded='2018-12-14'>主任</position>\n"
    "<experience recorded='2018-12-14' audits='42' years='9'>監査</experience>"
    "<competence recorded='2019-01-25' date='2019-01-24' result='ok'/>"
    "<authority recorded='2019-01-25' role='lead'/>"
    "</auditor>\n</auditor-register>";

static const struct {
    const char *from, *to; /* replaced once */
    bn_code code;          /* of the first message; BN_OK: none */
    uint32_t line;
    const char *arg;       /* which {1} */
} rows[] = {
    {"", "", BN_OK, 0, ""},
    {"body='b' ", "", BN_EGREQUIRED, 1, "auditor-register"},
    {"engaged-by='body'", "engaged-by='boss'", BN_EGVALUE, 2, "boss"},
    {"'42'", "'0'", BN_EGVALUE, 4, "0"},
    {"'2018-12-14' audits", "'2018-02-30' audits", BN_EGVALUE, 4, "2018-02-30"},
    {"'2018-12-14' audits", "'2018-12-14Z' audits", BN_EGVALUE, 4,
     "2018-12-14Z"},
    {" recorded='2018-12-14'>大学", ">大学", BN_EGREQUIRED, 3, "education"},
    {"audits='42'", "audit='42'", BN_EGATTR, 4, "audit"},
    {"<address>東京都架空区</address>", "", BN_EGELEMENT, 3, "education"},
    {"<authority recorded='2019-01-25' role='lead'/>", "", BN_EGMISSING, 2,
     "auditor"},
    {"</auditor>", "字</auditor>", BN_EGTEXT, 2, "auditor"},
    {"<name>架空　三郎</name>", "<naem>架空　三郎</naem>", BN_EGELEMENT, 3,
     "naem"},
    {"auditor-register body", "auditor-list body", BN_EXML, 0, NULL},
};

static void
spoil(bn_buf *b, const char *from, const char *to)
{
    const char *at = strstr(whole, from);

    bn_buf_clear(b);
    bn_buf_add(b, whole, (size_t)(at - whole));
    bn_buf_adds(b, to);
    bn_buf_adds(b, at + strlen(from));
}

static void
messages_name_what_was_expected(void **state)
{
    bn_source *s = bn_source_new();
    bn_buf b = {0};
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(s, "schemas", &err), BN_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_msgs msgs = {0};
        bn_tree *t = NULL;
        bn_code code;

        print_message("%s -> %s\n", rows[i].from, rows[i].to);
        spoil(&b, rows[i].from, rows[i].to);
        code = bn_xml_parse(s, "r.xml", b.p, b.len,
                            BN_XML_CLEAN | BN_XML_DEFAULTS, &t, &msgs);
        if (code == BN_OK)
            code = bn_grammar_check(s, ".", t, &msgs);
        assert_int_equal(msgs.first ? msgs.first->err.code : BN_OK,
                         rows[i].code);
        assert_int_equal(code != BN_OK, rows[i].code != BN_OK);
        if (msgs.first && rows[i].arg) {
            assert_string_equal(msgs.first->err.args[0], rows[i].arg);
            assert_int_equal(
                bn_source_locate(s, msgs.first->err.loc.place).line,
                rows[i].line);
        }
        bn_msgs_free(&msgs);
        bn_tree_free(t);
    }
    bn_buf_free(&b);
    bn_source_free(s);
}

static void
expected_names_and_rules_are_said(void **state)
{
    bn_source *s = bn_source_new();
    bn_buf b = {0};
    bn_msgs msgs = {0};
    bn_tree *t;
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(s, "schemas", &err), BN_OK);
    spoil(&b, " recorded='2018-12-14'>大学", ">大学");
    assert_int_equal(bn_xml_parse(s, "r.xml", b.p, b.len, BN_XML_CLEAN, &t,
                                  &msgs),
                     BN_OK);
    bn_grammar_check(s, ".", t, &msgs);
    assert_string_equal(msgs.first->err.args[1], "recorded");
    assert_string_equal(msgs.first->err.args[2], "2019-05-15");
    assert_string_equal(msgs.first->err.args[3], " [R113]");
    bn_msgs_free(&msgs);
    bn_tree_free(t);
    bn_buf_free(&b);
    bn_source_free(s);
}

static void
an_identifier_stands_once(void **state)
{
    static const char in[] =
        "<auditor-register body='b' schema-version='1'>"
        "<auditor id='A' engaged-by='body' address-recorded='2018-12-14'>"
        "<name>一</name><address>東京</address>"
        "<education recorded='2018-12-14'>大学</education>"
        "<position recorded='2018-12-14'>主任</position>"
        "<experience recorded='2018-12-14'>監査</experience>"
        "<competence recorded='2019-01-25' date='2019-01-24' result='ok'/>"
        "<authority recorded='2019-01-25' role='lead'/></auditor>"
        "<auditor id='A' engaged-by='body' address-recorded='2018-12-14'>"
        "<name>二</name><address>東京</address>"
        "<education recorded='2018-12-14'>大学</education>"
        "<position recorded='2018-12-14'>主任</position>"
        "<experience recorded='2018-12-14'>監査</experience>"
        "<competence recorded='2019-01-25' date='2019-01-24' result='ok'/>"
        "<authority recorded='2019-01-25' role='lead'/></auditor>"
        "</auditor-register>";
    bn_source *s = bn_source_new();
    bn_msgs msgs = {0};
    bn_tree *t;
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(s, "schemas", &err), BN_OK);
    assert_int_equal(bn_xml_parse(s, "r.xml", in, sizeof in - 1,
                                  BN_XML_CLEAN | BN_XML_DEFAULTS, &t, &msgs),
                     BN_OK);
    assert_int_not_equal(bn_grammar_check(s, ".", t, &msgs), BN_OK);
    assert_int_equal(msgs.first->err.code, BN_EGID);
    bn_msgs_free(&msgs);
    bn_tree_free(t);
    bn_source_free(s);
}

static void
a_root_without_a_schema_is_refused(void **state)
{
    bn_source *s = bn_source_new();
    bn_msgs msgs = {0};
    bn_tree *t;
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(s, "schemas", &err), BN_OK);
    assert_int_equal(bn_xml_parse(s, "r.xml", "<order/>", 8, 0, &t, &msgs),
                     BN_OK);
    assert_int_equal(bn_grammar_check(s, ".", t, &msgs), BN_EROOT);
    bn_msgs_free(&msgs);
    bn_tree_free(t);
    bn_source_free(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_name_what_was_expected),
        cmocka_unit_test(expected_names_and_rules_are_said),
        cmocka_unit_test(an_identifier_stands_once),
        cmocka_unit_test(a_root_without_a_schema_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
