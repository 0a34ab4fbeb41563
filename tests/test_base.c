#include "tests/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/kanji.h"
#include "base/len.h"
#include "base/map.h"
#include "base/utf8.h"

static const struct {
    const char *in;
    bn_code code;
    bn_len want; /* millipoints; 0 on failure */
} lengths[] = {
    {"25.4mm", BN_OK, 72000},    /* exact: no drift through mm */
    {"-0.0005pt", BN_OK, -1},    /* half rounds away from zero */
    {".5pt", BN_OK, 500},        /* no digit before the point */
    {"1px", BN_OK, 750},         /* 1/96 in */
    {"", BN_ESYNTAX, 0},         /* empty attribute */
    {"pt", BN_ESYNTAX, 0},       /* unit alone */
    {"1,5mm", BN_EUNIT, 0},      /* comma is not a decimal point */
    {"12", BN_EUNIT, 0},         /* no unit */
    {"9999999in", BN_ERANGE, 0}, /* fits in 64 bits, not in a length */
    {"99999999999999999999pt", BN_ERANGE, 0},
};

static void
lengths_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        bn_err err = {0};
        bn_len got = 0;
        const bn_loc at = {.file = "t.fo", .line = 3, .column = 7};

        print_message("%s\n", lengths[i].in);
        assert_int_equal(bn_len_parse(lengths[i].in, at, &got, &err),
                         lengths[i].code);
        assert_int_equal(err.loc.line, lengths[i].code ? 3 : 0);
        assert_int_equal(got, lengths[i].want);
    }
}

static void
lengths_scale(void **state)
{
    (void)state;
    assert_int_equal(bn_len_scale(10, 1, 3), 3);
    assert_int_equal(bn_len_scale(-5, 1, 2), -3); /* half away from zero */
    assert_int_equal(bn_len_scale(BN_LEN_MAX, INT64_MAX, 1), BN_LEN_MAX);
}

static void
utf8_refuses_what_is_not_utf8(void **state)
{
    static const struct {
        const char *s;
        size_t n, bad;
    } rows[] = {
        {"\xE6\x96\x87", 3, 3},     /* 文 */
        {"\xF0\xA0\xAE\xB7", 4, 4}, /* 𠮷 */
        {"a\xC0\xAF", 3, 1},        /* overlong slash */
        {"\xED\xA0\x80", 3, 0},     /* surrogate */
        {"ab\xE6\x96", 4, 2},       /* cut short */
        {"\xF4\x90\x80\x80", 4, 0}, /* beyond U+10FFFF */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(bn_u8_check(rows[i].s, rows[i].n), rows[i].bad);
}

static void
arena_rewinds(void **state)
{
    bn_arena *a = bn_arena_new();
    const char *kept = bn_arena_strdup(a, "文書");
    const bn_mark mark = bn_arena_mark(a);

    (void)state;
    for (int i = 0; i < 1000; i++)
        memset(bn_arena_alloc(a, 5000), 0xFF, 5000);
    bn_arena_rewind(a, mark);
    assert_string_equal(kept, "文書");
    assert_int_equal(*(char *)bn_arena_alloc(a, 64), 0); /* zeroed again */
    bn_arena_free(a);
}

static void
map_finds_what_was_put(void **state)
{
    bn_arena *a = bn_arena_new();
    bn_map *m = bn_map_new(a);
    bool is_new;

    (void)state;
    for (int64_t i = 0; i < 5000; i++)
        bn_map_put(m, &i, sizeof i, &is_new)->n = i * 3;
    for (int64_t i = 0; i < 5000; i++)
        assert_int_equal(bn_map_find(m, &i, sizeof i)->n, i * 3);
    assert_null(bn_map_finds(m, "absent"));
    assert_int_equal(bn_map_count(m), 5000);
    bn_arena_free(a);
}

static void
digest_is_sha256(void **state)
{
    const bn_digest d = bn_digest_of("abc", 3);
    char hex[BN_DIGEST_HEX];

    (void)state;
    bn_digest_hex(&d, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"
                             "b410ff61f20015ad");
}

static void
arguments_are_cut_between_characters(void **state)
{
    bn_buf b = {0};
    bn_err err;

    (void)state;
    for (int i = 0; i < BN_ARG_BYTES; i++)
        bn_buf_adds(&b, "字");
    bn_fail(&err, BN_EINTERNAL, BN_NOWHERE, b.p);
    assert_int_equal(strlen(err.args[0]) % 3, 0);
    assert_true(strlen(err.args[0]) > BN_ARG_BYTES - 4);
    bn_buf_free(&b);
}

static void
a_warning_is_said_once_a_kind(void **state)
{
    bn_msgs msgs = {0};

    (void)state;
    bn_warn_once(&msgs, BN_EUNIT, BN_NOWHERE, "12");
    bn_warn_once(&msgs, BN_EUNIT, BN_NOWHERE, "12");
    bn_warn_once(&msgs, BN_EUNIT, BN_NOWHERE, "13");
    assert_int_equal(msgs.count[BN_ERROR], 2);
    assert_int_equal(msgs.exit, 65);
    bn_msgs_free(&msgs);
}

/* What is written without printf is what printf would write. */
static void
buffers_grow_by_numbers(void **state)
{
    static const uint64_t rows[] = {0,     9,          10,        0xABCD,
                                    65536, UINT32_MAX, UINT64_MAX};
    bn_buf got = {0}, want = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf_add_uint(&got, rows[i]);
        bn_buf_addc(&got, ' ');
        bn_buf_add_hex(&got, rows[i], 4);
        bn_buf_adds(&got, "\n");
        bn_buf_addf(&want, "%llu %04llX\n", (unsigned long long)rows[i],
                    (unsigned long long)rows[i]);
    }
    /* longer than what is tried at first */
    bn_buf_addf(&want, "%0300d", 7);
    for (int i = 1; i < 300; i++)
        bn_buf_addc(&got, '0');
    bn_buf_addc(&got, '7');
    assert_int_equal(got.len, want.len);
    assert_string_equal(got.p, want.p);
    bn_buf_free(&got);
    bn_buf_free(&want);
}

/* As laws write numbers (STYLE of official Japanese: no 一 before 十百千). */
static void
numbers_in_kanji(void **state)
{
    static const struct {
        uint64_t n;
        const char *want;
    } rows[] = {{0, "〇"},
                {1, "一"},
                {10, "十"},
                {12, "十二"},
                {99, "九十九"},
                {101, "百一"},
                {1111, "千百十一"},
                {10000, "一万"},
                {11000, "一万千"},
                {100010000, "一億一万"},
                {9999999999999999,
                 "九千九百九十九兆九千九百九十九億九千九百九十九万"
                 "九千九百九十九"}};
    bn_arena *a = bn_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(bn_kanji(a, rows[i].n), rows[i].want);
    bn_arena_free(a);
}

static void
text_as_xml(void **state)
{
    bn_buf b = {0};

    (void)state;
    bn_buf_adds_xml(&b, "a<b>&\"\n\tc\x01字");
    assert_string_equal(b.p, "a&lt;b&gt;&amp;&quot;&#10;&#9;c字");
    bn_buf_free(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_in_kanji),
        cmocka_unit_test(text_as_xml),
        cmocka_unit_test(buffers_grow_by_numbers),
        cmocka_unit_test(lengths_parse),
        cmocka_unit_test(lengths_scale),
        cmocka_unit_test(utf8_refuses_what_is_not_utf8),
        cmocka_unit_test(arena_rewinds),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(digest_is_sha256),
        cmocka_unit_test(arguments_are_cut_between_characters),
        cmocka_unit_test(a_warning_is_said_once_a_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
