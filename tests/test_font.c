#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <hb-ot.h>
#include <hb.h>

#include "font/font.h"

static bn_source *source;
static bn_fonts *fonts;
static bn_msgs msgs;

static int
open_fonts(void **state)
{
    bn_err err = {0};

    (void)state;
    source = bn_source_new();
    assert_int_equal(bn_source_add_root(source, "fonts", &err), BN_OK);
    assert_int_equal(bn_fonts_open(source, "fonts/fonts.xml", &fonts, &msgs),
                     BN_OK);
    return 0;
}

static int
close_fonts(void **state)
{
    (void)state;
    bn_fonts_free(fonts);
    bn_source_free(source);
    bn_msgs_free(&msgs);
    return 0;
}

static const bn_fontset *
find(const char *families, int weight, bool italic)
{
    return bn_fonts_find(fonts, families, weight, italic, &msgs, BN_NOWHERE);
}

static void
families_find_their_faces(void **state)
{
    static const struct {
        const char *families, *face;
        int weight;
        bool italic;
    } rows[] = {
        {"IPAexMincho", "IPAexMincho", 400, false},
        {"IPAGothic", "IPAexGothic", 400, false},
        {"'IPAex明朝'", "IPAexMincho", 400, false},
        {"Helvetica", "NimbusSans-Regular", 400, false},
        {"ARIAL", "NimbusSans-Regular", 400, false},
        {"sans-serif", "NimbusSans-Bold", 700, false},
        {"serif", "NimbusRoman-Italic", 400, true},
        {"Courier", "NimbusMonoPS-BoldItalic", 800, true},
        {"BIZ UDGothic", "BIZUDGothic-Bold", 700, false},
        /* a family without bold of its own lends one */
        {"IPAexMincho", "BIZUDGothic-Bold", 700, false},
        {"Nowhere Sans, \"Times New Roman\"", "NimbusRoman-Regular", 400,
         false},
        {"Nowhere", "IPAexMincho", 400, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("%s\n", rows[i].families);
        assert_string_equal(
            find(rows[i].families, rows[i].weight, rows[i].italic)
                ->primary->name,
            rows[i].face);
    }
    /* Equal styles give the same set. */
    assert_ptr_equal(find("serif", 400, false), find("serif", 400, false));
}

static void
warnings_come_once(void **state)
{
    (void)state;
    bn_msgs_free(&msgs);
    msgs = (bn_msgs){0};
    find("Nothing Like It", 400, false);
    find("Nothing Like It", 700, false);
    assert_true(bn_msgs_has(&msgs, BN_WFAMILY, "Nothing Like It"));
    find("BIZ UDMincho", 700, false);
    find("BIZ UDMincho", 900, false);
    assert_true(bn_msgs_has(&msgs, BN_WBOLD, "BIZ UDMincho"));
    assert_int_equal(msgs.count[BN_ERROR], 0);
    /* family once; bold for BIZ UDMincho */
    assert_int_equal(msgs.count[BN_WARNING], 2);
}

static void
metrics(void **state)
{
    const bn_fontset *helvetica = find("Helvetica", 400, false);
    const bn_fontset *times = find("Times", 400, false);
    const bn_fontset *courier = find("Courier", 400, false);
    const bn_face *mincho = find("IPAexMincho", 400, false)->primary;

    (void)state;
    assert_int_equal(helvetica->ascent, 718);
    assert_int_equal(helvetica->descent, 207);
    assert_int_equal(times->ascent, 683);
    assert_int_equal(times->descent, 217);
    assert_int_equal(courier->ascent, 629);
    assert_int_equal(courier->descent, 157);
    assert_true(courier->primary->fixed_pitch);
    assert_true(helvetica->primary->cff);
    assert_false(helvetica->primary->kerning);
    assert_false(helvetica->primary->ideographic);
    assert_true(mincho->ideographic);
    assert_false(mincho->cff);
    assert_string_equal(mincho->ps_name, "IPAexMincho");
    /* 12 pt: trunc(667 * 12000 / 1000) */
    assert_int_equal(bn_face_advance(helvetica->primary,
                                     bn_face_glyph(helvetica->primary, 'A', 0),
                                     12000),
                     8004);
    assert_int_equal(
        bn_face_advance(mincho, bn_face_glyph(mincho, 0x56fd, 0), 10501),
        10501);
}

static void
coverage(void **state)
{
    const bn_face *mincho = find("IPAexMincho", 400, false)->primary;
    const bn_face *mj = find("IPAmjMincho", 400, false)->primary;
    const uint32_t yoshi[] = {0x20bb7};
    const uint32_t tsuji[] = {0x8fbb, 0xe0100}, tsuji9[] = {0x8fbb, 0xe01ef};

    (void)state;
    assert_false(bn_face_covers(mincho, yoshi, 1));
    assert_true(bn_face_covers(mj, yoshi, 1));
    assert_true(bn_face_covers(mincho, tsuji, 2));
    assert_false(bn_face_covers(mincho, tsuji9, 2));
    assert_int_not_equal(bn_face_glyph(mincho, 0x8fbb, 0xe0100),
                         bn_face_glyph(mincho, 0x8fbb, 0));
    assert_int_equal(bn_face_glyph(mincho, 0x20bb7, 0), 0);
}

static void
every_face_opens(void **state)
{
    bn_err err = {0};

    (void)state;
    assert_true(bn_fonts_count(fonts) >= 20);
    for (size_t i = 0; i < bn_fonts_count(fonts); i++)
        assert_non_null(bn_fonts_face(fonts, i, &err));
    assert_int_equal(err.code, BN_OK);
}

static void
a_subset_reads_back(void **state)
{
    const bn_face *f = find("IPAexMincho", 400, false)->primary;
    const uint32_t kuni = bn_face_glyph(f, 0x56fd, 0),
                   open = bn_face_glyph(f, 0x300c, 0),
                   one = bn_face_glyph(f, 0x4e00, 0);
    bn_arena *a = bn_arena_new();
    bn_subset *s = bn_subset_new(a, f);
    const bn_subset_row *rows;
    const char *font;
    size_t nbytes, n;
    bn_err err = {0};
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *hb;
    hb_glyph_extents_t whole, shifted;

    (void)state;
    assert_int_equal(bn_subset_code(s, kuni, "国", 3, 0, 1000, false), 1);
    assert_int_equal(bn_subset_code(s, open, "「", 3, 0, 1000, false), 2);
    assert_int_equal(bn_subset_code(s, open, "「", 3, -500, 500, false), 3);
    assert_int_equal(bn_subset_code(s, kuni, "国", 3, 0, 1000, false), 1);
    /* One glyph with two texts has two codes. */
    assert_int_equal(bn_subset_code(s, one, "一", 3, 0, 1000, false), 4);
    assert_int_equal(bn_subset_code(s, one, "⼀", 3, 0, 1000, false), 5);
    assert_int_equal(bn_subset_finish(s, &font, &nbytes, &rows, &n, &err),
                     BN_OK);
    assert_int_equal(n, 5);
    blob = hb_blob_create(font, (unsigned)nbytes, HB_MEMORY_MODE_READONLY, NULL,
                          NULL);
    face = hb_face_create(blob, 0);
    hb = hb_font_create(face);
    /* .notdef, three glyphs, one variant */
    assert_int_equal(hb_face_get_glyph_count(face), 5);
    assert_int_equal(rows[2].gid, 4);
    assert_int_equal(rows[3].gid, rows[4].gid);
    assert_int_equal(hb_font_get_glyph_h_advance(hb, rows[1].gid), 2048);
    assert_int_equal(hb_font_get_glyph_h_advance(hb, rows[2].gid), 1024);
    assert_int_equal(rows[2].adv, 500);
    assert_true(hb_font_get_glyph_extents(hb, rows[1].gid, &whole));
    assert_true(hb_font_get_glyph_extents(hb, rows[2].gid, &shifted));
    assert_int_equal(shifted.x_bearing, whole.x_bearing - 1024);
    assert_int_equal(shifted.width, whole.width);
    assert_string_equal(rows[4].text, "⼀");
    hb_font_destroy(hb);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    bn_arena_free(a);
}

static void
subsets_are_the_same_twice(void **state)
{
    const bn_face *f = find("IPAexMincho", 400, false)->primary;
    const char *font[2];
    size_t nbytes[2], n;
    const bn_subset_row *rows;
    bn_arena *a = bn_arena_new();
    bn_err err = {0};

    (void)state;
    for (int k = 0; k < 2; k++) {
        bn_subset *s = bn_subset_new(a, f);

        for (uint32_t cp = 0x4e00; cp < 0x4e80; cp++)
            if (bn_face_glyph(f, cp, 0))
                bn_subset_code(s, bn_face_glyph(f, cp, 0), "x", 1, 0,
                               cp % 2 ? 1000 : 750, false);
        assert_int_equal(
            bn_subset_finish(s, &font[k], &nbytes[k], &rows, &n, &err), BN_OK);
    }
    assert_int_equal(nbytes[0], nbytes[1]);
    assert_memory_equal(font[0], font[1], nbytes[0]);
    bn_arena_free(a);
}

static void
cff_codes_are_glyph_ids(void **state)
{
    const bn_face *f = find("Helvetica", 400, false)->primary;
    const uint32_t gid = bn_face_glyph(f, 'A', 0);
    bn_arena *a = bn_arena_new();
    bn_subset *s = bn_subset_new(a, f);
    const bn_subset_row *rows;
    const char *font;
    size_t nbytes, n;
    bn_err err = {0};

    (void)state;
    assert_int_equal(bn_subset_code(s, gid, "A", 1, 0, 667, false), gid);
    /* A second text of the glyph: the first one wins. */
    assert_int_equal(bn_subset_code(s, gid, "Α", 2, 0, 500, false), gid);
    /* seen again upright in a vertical line: it has metrics for that, too */
    assert_int_equal(bn_subset_code(s, gid, "A", 1, 0, 1000, true), gid);
    assert_int_equal(bn_subset_finish(s, &font, &nbytes, &rows, &n, &err),
                     BN_OK);
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].text, "A");
    assert_int_equal(rows[0].adv, 667);
    assert_int_equal(rows[0].v_adv, -1000);
    assert_true(nbytes > 100);
    assert_int_equal(font[0], 1); /* major version of a bare CFF table */
    bn_arena_free(a);
}

static void
vertical_rows_have_their_metrics(void **state)
{
    const bn_face *f = find("IPAexMincho", 400, false)->primary;
    bn_arena *a = bn_arena_new();
    bn_subset *s = bn_subset_new(a, f);
    const bn_subset_row *rows;
    const char *font;
    size_t nbytes, n;
    bn_err err = {0};

    (void)state;
    bn_subset_code(s, bn_face_glyph(f, 0x56fd, 0), "国", 3, 0, 1000, true);
    bn_subset_code(s, bn_face_glyph(f, 0x3002, 0), "。", 3, 0, 500, true);
    assert_int_equal(bn_subset_finish(s, &font, &nbytes, &rows, &n, &err),
                     BN_OK);
    assert_int_equal(rows[0].v_adv, -1000);
    assert_int_equal(rows[0].v_x, 500);
    assert_int_equal(rows[0].v_y, 880);
    assert_int_equal(rows[1].v_adv, -500);
    assert_int_equal(rows[1].adv, 1000);
    bn_arena_free(a);
}

/* A fonts.xml of one family in a folder of its own. */
static bn_code
open_own(const char *xml, const char *bytes, size_t nbytes, bn_msgs *m)
{
    char folder[] = "/tmp/bn_font_XXXXXX", path[64], font[64], text[1024];
    bn_source *s = bn_source_new();
    bn_fonts *f = NULL;
    bn_err err = {0};
    FILE *file;
    bn_code code;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fonts.xml", folder);
    snprintf(font, sizeof font, "%s/a.ttf", folder);
    /* @ stands for the font's path. */
    snprintf(text, sizeof text, "%.*s%s%s", (int)strcspn(xml, "@"), xml, font,
             xml + strcspn(xml, "@") + 1);
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    file = fopen(font, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, nbytes, file), nbytes);
    fclose(file);
    assert_int_equal(bn_source_add_root(s, folder, &err), BN_OK);
    code = bn_fonts_open(s, path, &f, m);
    if (code == BN_OK)
        bn_fonts_free(f);
    bn_source_free(s);
    unlink(path);
    unlink(font);
    rmdir(folder);
    return code;
}

#define ONE_FAMILY                                                             \
    "<fonts default='F'><face name='A'><file path='@'/></face>"                \
    "<family name='F'><use face='A'/></family></fonts>"

static void
damaged_files_are_refused(void **state)
{
    const bn_face *good = find("Helvetica", 400, false)->primary;
    bn_msgs m = {0};
    static char bytes[200000];
    FILE *file = fopen(good->path, "rb");
    size_t n;

    (void)state;
    assert_non_null(file);
    n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_int_equal(open_own(ONE_FAMILY, bytes, n, &m), BN_OK);
    assert_int_equal(open_own(ONE_FAMILY, bytes, 1000, &m), BN_EFONTFILE);
    assert_int_equal(open_own(ONE_FAMILY, "no font", 7, &m), BN_EFONTFILE);
    assert_int_equal(open_own(ONE_FAMILY, "", 0, &m), BN_EFONTFILE);
    /* Every table gone in turn: refused, or usable, never a crash. */
    for (int i = 0; i < bytes[5]; i++) {
        char *tag = bytes + 12 + 16 * i, saved[4];

        memcpy(saved, tag, 4);
        memcpy(tag, "zzzz", 4);
        open_own(ONE_FAMILY, bytes, n, &m);
        memcpy(tag, saved, 4);
    }
    bn_msgs_free(&m);
}

static void
fonts_that_may_not_be_embedded_are_refused(void **state)
{
    const bn_face *good = find("Helvetica", 400, false)->primary;
    bn_msgs m = {0};
    static char bytes[200000];
    FILE *file = fopen(good->path, "rb");
    size_t n;
    unsigned at = 0;

    (void)state;
    assert_non_null(file);
    n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (int i = 0; i < bytes[5]; i++)
        if (memcmp(bytes + 12 + 16 * i, "OS/2", 4) == 0)
            at = (unsigned)((uint8_t)bytes[12 + 16 * i + 10] << 8 |
                            (uint8_t)bytes[12 + 16 * i + 11]) |
                 (unsigned)(uint8_t)bytes[12 + 16 * i + 9] << 16;
    assert_true(at > 0);
    bytes[at + 8] = 0;
    bytes[at + 9] = 2;
    assert_int_equal(open_own(ONE_FAMILY, bytes, n, &m), BN_EFONTFILE);
    assert_non_null(strstr(m.last->err.args[2], "fsType"));
    bn_msgs_free(&m);
}

/* Offset of a table in the file. */
static size_t
table_at(const char *bytes, const char *tag)
{
    const uint8_t *u = (const uint8_t *)bytes;

    for (int i = 0; i < u[5]; i++) {
        const uint8_t *row = u + 12 + 16 * i;

        if (memcmp(row, tag, 4) == 0)
            return (size_t)row[8] << 24 | (size_t)row[9] << 16 |
                   (size_t)row[10] << 8 | row[11];
    }
    fail_msg("no table %s", tag);
    return 0;
}

/* An em of nothing, a face that a file has not got, a character map or
 * substitutions that point anywhere: refused, or read within bounds. */
static void
lying_tables_do_no_harm(void **state)
{
    static const char second[] =
        "<fonts default='F'><face name='A' index='1'><file path='@'/></face>"
        "<family name='F'><use face='A'/></family></fonts>";
    const bn_face *good = find("Helvetica", 400, false)->primary;
    bn_msgs m = {0};
    static char bytes[200000], saved[200000];
    FILE *file = fopen(good->path, "rb");
    size_t n, head, at;

    (void)state;
    assert_non_null(file);
    n = fread(saved, 1, sizeof saved, file);
    fclose(file);
    assert_int_equal(open_own(second, saved, n, &m), BN_EFONTFILE);
    assert_non_null(strstr(m.last->err.args[2], "index"));
    memcpy(bytes, saved, n);
    head = table_at(bytes, "head");
    bytes[head + 18] = bytes[head + 19] = 0; /* unitsPerEm */
    open_own(ONE_FAMILY, bytes, n, &m);
    for (int k = 0; k < 2; k++) {
        memcpy(bytes, saved, n);
        at = table_at(bytes, k ? "GSUB" : "cmap");
        for (size_t i = 4; i < 400; i++) /* offsets to themselves, and out */
            bytes[at + i] = (char)(i % 3 ? 0xFF : 0);
        open_own(ONE_FAMILY, bytes, n, &m);
    }
    bn_msgs_free(&m);
}

static void
a_wrong_fonts_xml_is_refused(void **state)
{
    static const char *const rows[] = {
        "<fonts default='G'><face name='A'><file path='@'/></face>"
        "<family name='F'><use face='A'/></family></fonts>",
        "<fonts default='F'><face name='A'><file path='@'/></face>"
        "<family name='F'><use face='B'/></family></fonts>",
        "<fonts default='F'><face name='A'><file path='@'/></face>"
        "<family name='F'/></fonts>",
        "<fonts><face name='A'><file path='@'/></face></fonts>",
    };
    bn_msgs m = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(open_own(rows[i], "", 0, &m), BN_EFONTS);
    assert_int_equal(m.count[BN_ERROR], sizeof rows / sizeof rows[0]);
    bn_msgs_free(&m);
}

/* Each character once, with the marks and selectors that go with it. */
static void
coverage_of_a_text(void **state)
{
    static const struct {
        const char *text;
        size_t have, all;
        const char *missing;
    } rows[] = {
        {"", 0, 0, ""},
        {"\u8fbb \u8fbb\n", 1, 1, ""},
        {"\u8fbb\U000e0100\u8fbb", 2, 2, ""}, /* a form of its own */
        {"A\U0010fffdA\u304b\u309a", 2, 3, "\U0010fffd"},
        {"\u02e9\u02e5", 1, 1, ""}, /* one contour */
        {"\xff", 0, 1, "\xff"},
    };
    const bn_fontset *set = find("IPAexMincho", 400, false);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_coverage c = {0};

        print_message("%s\n", rows[i].text);
        bn_face_coverage(set->primary, rows[i].text, strlen(rows[i].text), &c);
        assert_int_equal(c.have, rows[i].have);
        assert_int_equal(c.all, rows[i].all);
        assert_int_equal(c.missing.len, strlen(rows[i].missing));
        if (c.missing.len)
            assert_memory_equal(c.missing.p, rows[i].missing, c.missing.len);
        bn_buf_free(&c.missing);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_find_their_faces),
        cmocka_unit_test(warnings_come_once),
        cmocka_unit_test(metrics),
        cmocka_unit_test(coverage),
        cmocka_unit_test(coverage_of_a_text),
        cmocka_unit_test(every_face_opens),
        cmocka_unit_test(a_subset_reads_back),
        cmocka_unit_test(subsets_are_the_same_twice),
        cmocka_unit_test(cff_codes_are_glyph_ids),
        cmocka_unit_test(vertical_rows_have_their_metrics),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(fonts_that_may_not_be_embedded_are_refused),
        cmocka_unit_test(lying_tables_do_no_harm),
        cmocka_unit_test(a_wrong_fonts_xml_is_refused),
    };

    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
