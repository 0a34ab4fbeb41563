#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/tree.h>

#include "source/source.h"

static char folder[64];
static bn_source *src;

static int
set_up(void **state)
{
    bn_err err;

    (void)state;
    strcpy(folder, "/tmp/bn_source_XXXXXX");
    assert_non_null(mkdtemp(folder));
    src = bn_source_new();
    assert_int_equal(bn_source_add_root(src, folder, &err), BN_OK);
    return 0;
}

static int
tear_down(void **state)
{
    char command[128];

    (void)state;
    bn_source_free(src);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

/* A path in the test's folder; good until the fourth call after it. */
static const char *
in_folder(const char *name)
{
    static char path[4][128];
    static int turn;

    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void
put(const char *name, const char *bytes, size_t n)
{
    FILE *f = fopen(in_folder(name), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* Documents that must be refused, and where. line 0: not looked at. */
static const struct {
    const char *why, *bytes;
    size_t n; /* 0: up to the NUL */
    bn_code code;
    uint32_t line, column;
} refused[] = {
    {"no end tag", "<a>\n <b></a>", 0, BN_EXML, 2, 0},
    {"document type", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", 0, BN_EDTD, 1,
     0},
    {"external document type", "<!DOCTYPE a SYSTEM 'http://[::1]:9/x'><a/>", 0,
     BN_EDTD, 1, 0},
    {"bytes that are no UTF-8", "<a>\n\x82\xA0</a>", 0, BN_EUTF8, 2, 1},
    {"overlong", "<a>\xC0\xAF</a>", 0, BN_EUTF8, 1, 4},
    {"surrogate", "<a>\xED\xA0\x80</a>", 0, BN_EUTF8, 1, 4},
    {"NUL", "<a>\0</a>", 8, BN_ECHARACTER, 1, 4},
    {"noncharacter", "<a>\xEF\xBF\xBE</a>", 0, BN_ECHARACTER, 1, 4},
    {"empty file", "", 0, BN_EXML, 1, 1},
    {"unknown encoding", "<?xml version='1.0' encoding='x-no'?><a/>", 0,
     BN_EENCODINGNAME, 0, 0},
};

static void
bad_documents_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        bn_msgs msgs = {0};
        bn_tree *t = NULL;
        const size_t n = refused[i].n ? refused[i].n : strlen(refused[i].bytes);

        print_message("%s\n", refused[i].why);
        put("bad.xml", refused[i].bytes, n);
        assert_int_equal(
            bn_xml_load(src, in_folder("bad.xml"), BN_XML_PLAIN, &t, &msgs),
            refused[i].code);
        assert_null(t);
        assert_non_null(msgs.first);
        if (refused[i].line)
            assert_int_equal(msgs.first->err.loc.line, refused[i].line);
        if (refused[i].column)
            assert_int_equal(msgs.first->err.loc.column, refused[i].column);
        bn_msgs_free(&msgs);
    }
}

static void
windows_31j_is_read_where_shift_jis_is_said(void **state)
{
    static const char bytes[] =
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x87\x40\x87\x8A</a>";
    bn_msgs msgs = {0};
    bn_tree *t;
    xmlChar *text;

    (void)state;
    put("sjis.xml", bytes, sizeof bytes - 1);
    assert_int_equal(
        bn_xml_load(src, in_folder("sjis.xml"), BN_XML_PLAIN, &t, &msgs),
        BN_OK);
    text = xmlNodeGetContent(xmlDocGetRootElement(t));
    assert_string_equal((char *)text, "①㈱");
    xmlFree(text);
    bn_tree_free(t);
    bn_msgs_free(&msgs);
}

static void
places_are_exact_beyond_65535_lines(void **state)
{
    bn_buf b = {0};
    bn_msgs msgs = {0};
    bn_tree *t;
    bn_loc loc;

    (void)state;
    bn_buf_adds(&b, "<a><!-- <no/> --><![CDATA[<no/>]]>");
    for (int i = 0; i < 70000; i++)
        bn_buf_adds(&b, "\n<b x='>'/>");
    bn_buf_adds(&b, "\n文 <c/></a>");
    assert_int_equal(
        bn_xml_parse(src, "big.xml", b.p, b.len, BN_XML_PLAIN, &t, &msgs),
        BN_OK);
    loc = bn_source_locate(src, bn_place_of(xmlDocGetRootElement(t)->last));
    assert_string_equal(loc.file, "big.xml");
    assert_int_equal(loc.line, 70002);
    assert_int_equal(loc.column, 3);
    bn_tree_free(t);
    bn_buf_free(&b);
}

static void
places_are_written_and_read(void **state)
{
    char text[24];

    (void)state;
    bn_place_write((bn_place)2 << 32 | 127, text);
    assert_string_equal(text, "2.127");
    assert_int_equal(bn_place_read("2.127"), (bn_place)2 << 32 | 127);
    assert_int_equal(bn_place_read("2"), 0);
    assert_int_equal(bn_place_read("0.1"), 0);
    assert_int_equal(bn_place_read("2.1x"), 0);
}

static void
white_space_is_cleaned_once(void **state)
{
    static const char in[] =
        "<a>\n <b>  技術\n   等  の\n Need\n to </b>\n</a>";
    bn_msgs msgs = {0};
    bn_tree *t;
    xmlNode *a;

    (void)state;
    assert_int_equal(
        bn_xml_parse(src, "w.xml", in, sizeof in - 1, BN_XML_CLEAN, &t, &msgs),
        BN_OK);
    a = xmlDocGetRootElement(t);
    assert_ptr_equal(a->children, a->last); /* no blank text beside b */
    assert_string_equal((char *)a->children->children->content,
                        "技術等 の Need to");
    bn_tree_free(t);
}

static void
defaults_are_set(void **state)
{
    static const char in[] = "<certification-case><client sme='no'/>"
                             "</certification-case>";
    bn_msgs msgs = {0};
    bn_tree *t;
    xmlChar *value;

    (void)state;
    assert_int_equal(bn_xml_parse(src, "d.xml", in, sizeof in - 1,
                                  BN_XML_CLEAN | BN_XML_DEFAULTS, &t, &msgs),
                     BN_OK);
    value = xmlGetProp(xmlDocGetRootElement(t), BAD_CAST "mode");
    assert_string_equal((char *)value, "full");
    xmlFree(value);
    bn_tree_free(t);
}

static void
reading_stays_below_the_roots(void **state)
{
    bn_buf b = {0};
    bn_err err;

    (void)state;
    put("in.txt", "x", 1);
    assert_int_equal(symlink("/etc/hostname", in_folder("link")), 0);
    assert_int_equal(symlink("in.txt", in_folder("good")), 0);
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_int_equal(bn_source_read(src, in_folder("in.txt"), 0, &b, &err),
                     BN_OK);
    assert_int_equal(bn_source_read(src, in_folder("good"), 0, &b, &err),
                     BN_OK);
    assert_int_equal(bn_source_read(src, in_folder("link"), 0, &b, &err),
                     BN_EOUTSIDE);
    assert_int_equal(
        bn_source_read(src, in_folder("../../etc/hostname"), 0, &b, &err),
        BN_EOUTSIDE);
    assert_int_equal(bn_source_read(src, "/proc/self/environ", 0, &b, &err),
                     BN_EOUTSIDE);
    assert_int_equal(bn_source_read(src, in_folder("fifo"), 0, &b, &err),
                     BN_EOUTSIDE);
    assert_int_equal(bn_source_read(src, folder, 0, &b, &err), BN_EOUTSIDE);
    assert_int_equal(bn_source_read(src, in_folder("none"), 0, &b, &err),
                     BN_ENOINPUT);
    put("ten.txt", "0123456789", 10);
    assert_int_equal(bn_source_read(src, in_folder("ten.txt"), 10, &b, &err),
                     BN_OK);
    assert_int_equal(bn_source_read(src, in_folder("ten.txt"), 9, &b, &err),
                     BN_ETOOBIG);
    bn_buf_free(&b);
}

static void
a_file_is_replaced_whole_or_not(void **state)
{
    bn_out *o;
    bn_err err;
    bn_buf b = {0};

    (void)state;
    put("out.txt", "old", 3);
    assert_int_equal(bn_out_open(in_folder("out.txt"), &o, &err), BN_OK);
    assert_int_equal(bn_out_write(o, "new", 3, &err), BN_OK);
    assert_int_equal(bn_source_read(src, in_folder("out.txt"), 0, &b, &err),
                     BN_OK);
    assert_string_equal(b.p, "old"); /* nothing happened yet */
    assert_int_equal(bn_out_commit(o, &err), BN_OK);
    bn_buf_clear(&b);
    assert_int_equal(bn_source_read(src, in_folder("out.txt"), 0, &b, &err),
                     BN_OK);
    assert_string_equal(b.p, "new");
    assert_int_equal(bn_out_open(in_folder("new/folder/x"), &o, &err), BN_OK);
    bn_out_abandon(o);
    assert_false(bn_is_file(in_folder("new/folder/x")));
    assert_int_equal(bn_out_open("/proc/bunsho/x", &o, &err), BN_ECREATE);
    bn_buf_free(&b);
}

static void
other_encodings_never_lose_a_character(void **state)
{
    bn_buf b = {0};
    bn_err err;

    (void)state;
    assert_int_equal(bn_to_utf8("\x95\xB6\x8F\x91", 4, "CP932", "t", &b, &err),
                     BN_OK);
    assert_string_equal(b.p, "文書");
    bn_buf_clear(&b);
    assert_int_equal(bn_to_utf8("\x95\xB6\x81", 3, "CP932", "t", &b, &err),
                     BN_EENCODING);
    bn_buf_free(&b);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(bad_documents_are_refused),
        CASE(windows_31j_is_read_where_shift_jis_is_said),
        CASE(places_are_exact_beyond_65535_lines),
        CASE(places_are_written_and_read),
        CASE(white_space_is_cleaned_once),
        CASE(defaults_are_set),
        CASE(reading_stays_below_the_roots),
        CASE(a_file_is_replaced_whole_or_not),
        CASE(other_encodings_never_lose_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
