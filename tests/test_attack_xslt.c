/* test_attack_xslt.c - hostile stylesheets and rules (attack inputs 11 to 17):
 * what lies outside the declared folder is not read, nothing is written,
 * nothing runs on. */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/source.h"
#include "transform/transform.h"

#define ROOT "tests/attack/root"

static bn_source *src;
static bn_transform *transform;

static int
set_up(void **state)
{
    bn_err err;

    (void)state;
    src = bn_source_new();
    assert_int_equal(bn_source_add_root(src, ROOT, &err), BN_OK);
    transform = bn_transform_new(src, "2020-10-06");
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    bn_transform_free(transform);
    bn_source_free(src);
    return 0;
}

/* 200 elements: a cube of them is 8 million. */
static bn_tree *
make_input(void)
{
    bn_buf b = {0};
    bn_msgs msgs = {0};
    bn_tree *t;

    bn_buf_adds(&b, "<in>");
    for (int i = 0; i < 200; i++)
        bn_buf_adds(&b, "<x/>");
    bn_buf_adds(&b, "</in>");
    assert_int_equal(
        bn_xml_parse(src, "in.xml", b.p, b.len, BN_XML_PLAIN, &t, &msgs),
        BN_OK);
    bn_buf_free(&b);
    return t;
}

static const struct {
    const char *file;
    bn_code code;
} rows[] = {
    {"11-inside.xsl", BN_OK}, /* the root itself may be read */
    {"11-entity.xsl", BN_EDTD},
    {"11b-outside.xsl", BN_EOUTSIDE},
    {"11b-escaped.xsl", BN_EOUTSIDE},
    {"11b-absolute.xsl", BN_EOUTSIDE},
    {"11b-file.xsl", BN_EXSLTREFUSED},
    {"11b-http.xsl", BN_EXSLTREFUSED},
    {"11b-ftp.xsl", BN_EXSLTREFUSED},
    {"11b-missing.xsl", BN_ENOINPUT}, /* not an empty node set */
    {"12-exsl-document.xsl", BN_EXSLTREFUSED},
    {"12-xsl-document.xsl", BN_EXSLTREFUSED},
    {"13-import.xsl", BN_EOUTSIDE},
    {"13-include.xsl", BN_EOUTSIDE},
    {"13-escaped.xsl", BN_EOUTSIDE},
    {"13-link.xsl", BN_EOUTSIDE},
    {"13-absolute.xsl", BN_EOUTSIDE},
    {"13-http.xsl", BN_EXSLTREFUSED},
    {"13-loop.xsl", BN_EXSLT},
    {"14-recursion.xsl", BN_EXSLTLIMIT},
    {"15-bomb.xsl", BN_EXSLTLIMIT},
    {"15-xpath.xsl", BN_EXSLTLIMIT},
    {"15-strings.xsl", BN_EXSLTLIMIT},
    {"16-padding.xsl", BN_EXSLTLIMIT},
    {"16-padding-infinite.xsl", BN_EXSLTLIMIT},
    {"16-years.xsl", BN_ENUMERAL},
    {"16-math.xsl", BN_EXPATH}, /* dyn: is not registered */
};

/* Never what stands in a file that was not to be read. */
static void
keeps_secrets(const bn_msgs *msgs)
{
    for (const bn_msg *m = msgs->first; m; m = m->next)
        for (int i = 0; i < BN_ARGS; i++)
            assert_null(strstr(m->err.args[i], "SECRET-WORDS"));
}

static void
stylesheets_are_held(void **state)
{
    bn_tree *in = make_input();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_msgs msgs = {0};
        bn_tree *out = NULL;
        char path[100];
        bn_code code;

        print_message("%s\n", rows[i].file);
        snprintf(path, sizeof path, ROOT "/%s", rows[i].file);
        code =
            bn_transform_run(transform, path, in, NULL, NULL, 0, &out, &msgs);
        if (code != rows[i].code && msgs.first)
            print_message("  %s: %s\n", bn_code_name(code),
                          msgs.first->err.args[0]);
        assert_int_equal(code, rows[i].code);
        assert_int_equal(out != NULL, code == BN_OK);
        assert_int_equal(msgs.count[BN_ERROR] > 0, code != BN_OK);
        keeps_secrets(&msgs);
        bn_tree_free(out);
        bn_msgs_free(&msgs);
    }
    bn_tree_free(in);
    assert_int_equal(access("written-by-attack.xml", F_OK), -1);
    assert_int_equal(access(ROOT "/written-by-attack.xml", F_OK), -1);
}

/* Either refused or done, in bounds: what counts is that it ends. */
static void
long_expressions_end(void **state)
{
    static const char *const files[] = {"16-deep.xsl", "16-format.xsl"};
    bn_tree *in = make_input();
    struct rusage use;

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        bn_msgs msgs = {0};
        bn_tree *out = NULL;
        char path[100];

        snprintf(path, sizeof path, ROOT "/%s", files[i]);
        bn_transform_run(transform, path, in, NULL, NULL, 0, &out, &msgs);
        print_message("%s: %s\n", files[i],
                      out ? "done" : bn_code_name(msgs.first->err.code));
        bn_tree_free(out);
        bn_msgs_free(&msgs);
    }
    bn_tree_free(in);
    assert_int_equal(getrusage(RUSAGE_SELF, &use), 0);
    assert_true(use.ru_maxrss < 1024 * 1024); /* KiB */
}

/* 17: rules from beside the input, and rules that pull in others. */
static void
rules_are_held(void **state)
{
    static const struct {
        const char *file;
        bn_code code;
    } rules[] = {
        {ROOT "/17-beside.sch", BN_ERULES},
        {"tests/attack/rules/17-include.sch", BN_EXSLTSTOP},
        {"tests/attack/rules/17-function.sch", BN_EXSLTREFUSED},
        {"tests/attack/outside/../root/17-beside.sch", BN_ERULES},
    };
    bn_tree *in = make_input();
    bn_arena *a = bn_arena_new();
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(src, "stylesheets", &err), BN_OK);
    assert_int_equal(bn_source_add_root(src, "tests/attack/rules", &err),
                     BN_OK);
    bn_transform_share(transform, ".");
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        bn_finding *found = NULL;
        bn_msgs msgs = {0};

        print_message("%s\n", rules[i].file);
        assert_int_equal(bn_rules_run(transform, &rules[i].file, 1,
                                      BN_PHASE_INPUT, in, a, &found, &msgs),
                         rules[i].code);
        assert_null(found);
        keeps_secrets(&msgs);
        bn_msgs_free(&msgs);
    }
    bn_arena_free(a);
    bn_tree_free(in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stylesheets_are_held, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(long_expressions_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rules_are_held, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
