#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "source/source.h"

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

/* Tables and all their rows: cells parted by |, rows by / (after the head). */
static const struct {
    const char *why, *bytes, *want;
} good[] = {
    {"LF", "a,b\n1,2\n", "a|b/1|2"},
    {"CRLF, no end of the last line", "a,b\r\n1,2\r\n3,4", "a|b/1|2/3|4"},
    {"CR alone", "a,b\r1,2\r", "a|b/1|2"},
    {"mark of UTF-8", "\xEF\xBB\xBF番号,名称\n1,社\n", "番号|名称/1|社"},
    {"mark of UTF-8 before a quote", "\xEF\xBB\xBF\"a\"\n1\n", "a/1"},
    {"comma in quotes", "a,b\n\"1,5\",2\n", "a|b/1,5|2"},
    {"quote in quotes", "a\n\"x\"\"y\"\n", "a/x\"y"},
    {"nothing but a quote", "a\n\"\"\"\"\n", "a/\""},
    {"line end in quotes", "a,b\n\"1\r\n2\",3\r\n", "a|b/1\n2|3"},
    {"empty quotes", "a,b\n\"\",1\n", "a|b/|1"},
    {"empty last cell", "a,b\n1,\n", "a|b/1|"},
    {"blanks stay", "a,b\n 1 ,2\n", "a|b/ 1 |2"},
    {"empty lines and rows do not count", "\n\na,b\n\n1,2\n,\n \n", "a|b/1|2"},
    {"code page 932", "\x94\xD4\x8D\x86\n\x87\x40\x87\x8A\xFB\xFC\n",
     "番号/①㈱髙"},
    {"half-width kana of code page 932", "a\n\xB1\xB2\xB3\n", "a/ｱｲｳ"},
    {"trail byte 5C and 7C of code page 932", "a\n\x94\x5C\x83\x7C\n", "a/能ポ"},
    {"UTF-16 with its mark", "", "a"},
    {"a head alone", "a,b\n", "a|b"},
};

static void
add_row(bn_buf *out, const bn_csv_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            bn_buf_addc(out, '|');
        bn_buf_adds(out, cells[i].text);
    }
}

static void
tables_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        const bool wide = strstr(good[i].why, "UTF-16") != NULL;
        bn_err err = {0};
        bn_buf got = {0};
        bn_csv t;

        print_message("%s\n", good[i].why);
        assert_int_equal(bn_csv_parse(arena, "t.csv",
                                      wide ? "\xFF\xFE"
                                             "a\0"
                                           : good[i].bytes,
                                      wide ? 4 : strlen(good[i].bytes), NULL,
                                      &t, &err),
                         BN_OK);
        add_row(&got, t.head, t.ncolumns);
        for (size_t r = 0; r < t.nrows; r++) {
            bn_buf_addc(&got, '/');
            add_row(&got, t.rows[r].cells, t.ncolumns);
        }
        assert_string_equal(got.p, good[i].want);
        bn_buf_free(&got);
    }
}

/* Tables that must be refused, and where. */
static const struct {
    const char *why, *bytes;
    const char *encoding;
    bn_code code;
    uint32_t line, column;
} bad[] = {
    {"nothing", "", NULL, BN_ECSVHEAD, 1, 1},
    {"empty lines", "\n\n", NULL, BN_ECSVHEAD, 3, 1},
    {"head twice", "番号,名称,番号\n", NULL, BN_ECSVTWICE, 1, 7},
    {"head twice but for a blank", "a,b, a\n", NULL, BN_ECSVTWICE, 1, 5},
    {"open quote", "a,b\n1,\"2\n3,4\n", NULL, BN_ECSVOPEN, 2, 3},
    {"text behind a quote", "a\n\"社\"x\n", NULL, BN_ECSVQUOTE, 2, 4},
    {"quote in a plain cell", "a\nx\"y\"\n", NULL, BN_ECSVQUOTE, 2, 2},
    {"a cell too many", "a,b\n1,2,3\n", NULL, BN_ECSVCELLS, 2, 5},
    {"a cell too few", "a,b\n\"1\n1\"\n", NULL, BN_ECSVCELLS, 2, 1},
    {"behind a cell of two lines", "a,b\n\"1\n1\",2\nx\n", NULL, BN_ECSVCELLS,
     4, 1},
    {"a lead byte alone", "\x94\xD4\n\x94", NULL, BN_EENCODING, 2, 1},
    {"a pair that means nothing", "\x94\xD4,a\n\x94\xD4,\x85\x40\n", NULL,
     BN_EENCODING, 2, 3},
    {"a byte that means nothing", "\x94\xD4,\xA0\n", NULL, BN_EENCODING, 1,
     3},
    {"gaiji", "\x94\xD4,\xF0\x40\n", NULL, BN_EGAIJI, 1, 3},
    {"broken behind the mark", "\xEF\xBB\xBF" "a\n\xFF\n", NULL, BN_EUTF8, 2,
     1},
    {"UTF-8 is said, but it is not", "\x94\xD4\n", "UTF-8", BN_EUTF8, 1, 1},
    {"no such encoding", "a\n", "CP0", BN_EENCODINGNAME, 0, 0},
    {"a control", "a\n\x01\n", NULL, BN_ECHARACTER, 2, 1},
};

static void
bad_tables_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bn_err err = {0};
        bn_csv t;

        print_message("%s\n", bad[i].why);
        assert_int_equal(bn_csv_parse(arena, "t.csv", bad[i].bytes,
                                      strlen(bad[i].bytes), bad[i].encoding,
                                      &t, &err),
                         bad[i].code);
        assert_int_equal(err.code, bad[i].code);
        assert_int_equal(err.loc.line, bad[i].line);
        assert_int_equal(err.loc.column, bad[i].column);
        assert_string_equal(err.loc.file, "t.csv");
    }
}

static void
columns_and_places_are_found(void **state)
{
    static const char bytes[] = "id,\u3000名称 \r\n1,\"甲\r\n乙\"\r\n2,丙\r\n";
    bn_err err = {0};
    bn_csv t;

    (void)state;
    assert_int_equal(bn_csv_parse(arena, "t.csv", bytes, sizeof bytes - 1, NULL,
                                  &t, &err),
                     BN_OK);
    assert_int_equal(bn_csv_column(&t, "名称"), 1);
    assert_true(bn_csv_column(&t, "名") == BN_CSV_NONE);
    assert_int_equal(t.rows[1].line, 4);
    assert_int_equal(bn_csv_loc(&t, &t.rows[0].cells[1]).line, 2);
    assert_int_equal(bn_csv_loc(&t, &t.rows[0].cells[1]).column, 3);
}

static void
a_table_is_read_below_a_root_only(void **state)
{
    bn_source *s = bn_source_new();
    bn_err err = {0};
    bn_csv t;

    (void)state;
    assert_int_equal(
        bn_csv_load(s, "/etc/hostname", NULL, arena, &t, &err), BN_EOUTSIDE);
    bn_source_free(s);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(tables_are_read),
        CASE(bad_tables_are_refused),
        CASE(columns_and_places_are_found),
        CASE(a_table_is_read_below_a_root_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
