/* Lines of Japanese text against the figures of JLREQ (sections in the names).
 * The face is IPAexMincho at 10 pt: an em is 10000 millipoints. */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/text.h"

enum { EM = 10000, ALL = BN_TRIM_START | BN_TRIM_ADJACENT | BN_TRIM_ALLOW_END };

static bn_source *source;
static bn_fonts *fonts;
static bn_arena *arena;
static bn_msgs msgs;
static bn_text_style style;
static bn_para_style para_style;
static bn_measure measure;
static const bn_line *lines;
static size_t nlines;
static bn_item items[400];
static size_t nitems;

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
    bn_text_shutdown();
    bn_fonts_free(fonts);
    bn_source_free(source);
    return 0;
}

static int
begin(void **state)
{
    (void)state;
    arena = bn_arena_new();
    style =
        (bn_text_style){.fonts = bn_fonts_find(fonts, "IPAexMincho", 400, false,
                                               &msgs, BN_NOWHERE),
                        .size = EM,
                        .lang = "ja",
                        .line_break = BN_LB_STRICT,
                        .trim = ALL,
                        .autospace = BN_AUTOSPACE_NUMERIC | BN_AUTOSPACE_ALPHA,
                        .autospace_width = 250};
    para_style = (bn_para_style){.lang = "ja"};
    measure = (bn_measure){.width = 1000 * EM, .align = BN_ALIGN_START};
    nitems = 0;
    return 0;
}

static int
end(void **state)
{
    (void)state;
    bn_arena_free(arena);
    bn_msgs_free(&msgs);
    msgs = (bn_msgs){0};
    return 0;
}

static bn_item *
add(enum bn_item_kind kind)
{
    bn_item *it = &items[nitems++];

    *it = (bn_item){.kind = kind, .style = &style};
    return it;
}

static void
add_text(const char *text)
{
    bn_item *it = add(BN_ITEM_TEXT);

    it->text = text;
    it->nbytes = (uint32_t)strlen(text);
}

static void
set(void)
{
    bn_para *p;

    assert_int_equal(bn_para_make(arena, &para_style, items, nitems, &p, &msgs),
                     BN_OK);
    assert_int_equal(bn_para_lines(p, arena, &measure, &lines, &nlines, &msgs),
                     BN_OK);
}

static void
set_text(const char *text, bn_len width)
{
    nitems = 0;
    add_text(text);
    measure.width = width;
    set();
}

/* The text of all lines with | between them. */
static const char *
shown(void)
{
    static char out[4000];
    size_t n = 0;

    for (size_t i = 0; i < nlines; i++) {
        if (i)
            out[n++] = '|';
        for (uint32_t k = 0; k < lines[i].npieces; k++) {
            const bn_glyph_run *run = lines[i].pieces[k].run;

            for (uint32_t g = 0; run && g < run->nglyphs; g++) {
                memcpy(out + n, run->text + run->glyphs[g].at,
                       run->glyphs[g].nbytes);
                n += run->glyphs[g].nbytes;
            }
        }
    }
    out[n] = '\0';
    return out;
}

/* x of glyph g of line i, counted over its pieces. */
static bn_len
glyph_x(size_t i, uint32_t g)
{
    for (uint32_t k = 0; k < lines[i].npieces; k++) {
        const bn_piece *piece = &lines[i].pieces[k];
        bn_len x = piece->x;

        for (uint32_t j = 0; piece->run && j < piece->run->nglyphs; j++) {
            if (g-- == 0)
                return x;
            x += piece->run->glyphs[j].adv;
        }
    }
    fail();
    return 0;
}

static void
check_sums(void)
{
    for (size_t i = 0; i < nlines; i++) {
        bn_len sum = 0;

        for (uint32_t k = 0; k < lines[i].npieces; k++) {
            const bn_piece *piece = &lines[i].pieces[k];
            bn_len run = 0;

            assert_int_equal(piece->x, lines[i].start_indent + sum);
            for (uint32_t g = 0; piece->run && g < piece->run->nglyphs; g++)
                run += piece->run->glyphs[g].adv;
            if (piece->run)
                assert_int_equal(run, piece->width);
            sum += piece->width;
        }
        assert_int_equal(sum, lines[i].width + lines[i].hang);
    }
}

/* ------------------------------------------------ section 3: bodies, aki */

static void
sequences_have_their_totals(void **state)
{
    /* Between two kanji, in hundredths of an em. */
    static const struct {
        const char *marks;
        int want;
    } rows[] = {
        {"「", 100},   {"」", 100},   {"。", 100},   {"、", 100},
        {"・", 100},   {"」「", 150}, {"「「", 150}, {"」」", 150},
        {"。」", 150}, {"、「", 150}, {"」、", 150}, {"」。「", 200},
        {"・「", 150}, {"」・", 150}, {"・・", 200}, {"「・", 200},
        {"！「", 200}, {"」！", 200}, {"「」", 200}, {"：（", 150},
        {"！", 100},   {"…", 100},    {"……", 200},   {"——", 200},
        {"　", 100},   {"　（", 150}, {"）　", 150}, {"）））", 200},
        {"。・", 200}, {"が", 100},   {"ー", 100},   {"ＡＢ", 200},
        {"々", 100},   {"〜", 100},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[64];

        snprintf(text, sizeof text, "国%s国", rows[i].marks);
        print_message("%s\n", text);
        set_text(text, 1000 * EM);
        assert_int_equal(nlines, 1);
        /* 「・ and ・・: half a body on each side and the quarters between */
        assert_int_equal(lines[0].width, 2 * EM + rows[i].want * EM / 100);
        check_sums();
    }
}

static void
splitting_into_items_changes_nothing(void **state)
{
    static const char text[] = "国。」「（！・漢A1字）、カ゚ゝー…―";
    bn_len whole;

    (void)state;
    set_text(text, 1000 * EM);
    whole = lines[0].width;
    nitems = 0;
    for (const char *p = text, *e; *p; p = e) {
        bn_item *it;

        e = p + 1;
        while ((*e & 0xc0) == 0x80)
            e++;
        add(BN_ITEM_OPEN);
        it = add(BN_ITEM_TEXT);
        it->text = p;
        /* The combining mark goes with its base: a cluster is never split. */
        if (strncmp(e, "\u309a", 3) == 0)
            e += 3;
        it->nbytes = (uint32_t)(e - p);
        add(BN_ITEM_ANCHOR);
        add(BN_ITEM_CLOSE);
    }
    set();
    assert_int_equal(nlines, 1);
    assert_int_equal(lines[0].width, whole);
    check_sums();
}

/* Nor do the lines change, wherever it is cut. */
static void
lines_are_the_same_wherever_the_text_is_cut(void **state)
{
    static const char text[] =
        "国。」「（！・漢A1字）、かゝー…―word 5kg、￥1,200の「情報」！　次。";
    char whole[400];
    bn_len width[20];
    size_t n;

    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    for (bn_len w = 5 * EM; w < 9 * EM; w += EM * 3 / 4) {
        set_text(text, w);
        strcpy(whole, shown());
        n = nlines;
        for (size_t i = 0; i < n && i < 20; i++)
            width[i] = lines[i].width;
        for (size_t cut = 1; text[cut]; cut++) {
            if (((unsigned char)text[cut] & 0xc0) == 0x80)
                continue;
            nitems = 0;
            add_text(text);
            items[0].nbytes = (uint32_t)cut;
            add(BN_ITEM_OPEN);
            add_text(text + cut);
            add(BN_ITEM_CLOSE);
            set();
            assert_string_equal(shown(), whole);
            assert_int_equal(nlines, n);
            for (size_t i = 0; i < n && i < 20; i++)
                assert_int_equal(lines[i].width, width[i]);
        }
    }
}

static void
two_sizes_meet(void **state)
{
    bn_text_style large = style;

    (void)state;
    /* 」 of 10 pt gives half of its own em before 20 pt text; a 20 pt （ asks
     * for half of its own. */
    large.size = 2 * EM;
    add_text("国」");
    add_text("国");
    items[1].style = &large;
    add_text("国");
    add_text("（国");
    items[3].style = &large;
    set();
    assert_int_equal(lines[0].width,
                     EM + EM / 2 + EM / 2 + 2 * EM + EM + EM + EM + 2 * EM);
}

static void
without_trim_marks_keep_their_frames(void **state)
{
    (void)state;
    style.trim = 0;
    set_text("国」「国", 1000 * EM);
    assert_int_equal(lines[0].width, 4 * EM);
    set_text("「国", 1000 * EM);
    assert_int_equal(glyph_x(0, 1), EM);
}

/* --------------------------------------------- section 5: with Western text */

static void
western_gaps(void **state)
{
    const bn_face *face = style.fonts->primary;
    const bn_len one = bn_face_advance(face, bn_face_glyph(face, '1', 0), EM);
    const bn_len a = bn_face_advance(face, bn_face_glyph(face, 'A', 0), EM);

    (void)state;
    set_text("国1国", 1000 * EM);
    assert_int_equal(lines[0].width, 2 * EM + one + EM / 2);
    set_text("国。1国", 1000 * EM); /* the stop's own half em only */
    assert_int_equal(lines[0].width, 3 * EM + one + EM / 4);
    set_text("国 A 国", 1000 * EM); /* typed spaces replace the gap */
    assert_int_equal(lines[0].width, 2 * EM + a + 2 * (EM / 3));
    set_text("国A", 1000 * EM); /* none at a line edge */
    assert_int_equal(lines[0].width, EM + EM / 4 + a);
    style.autospace = BN_AUTOSPACE_ALPHA;
    set_text("国1国A国", 1000 * EM);
    assert_int_equal(lines[0].width, 3 * EM + one + a + EM / 2);
    style.autospace = 0;
    set_text("国A国", 1000 * EM);
    assert_int_equal(lines[0].width, 2 * EM + a);
}

/* Number and unit: a quarter em; not in a code, not after full-width ones. */
static void
units_stand_apart_from_their_numbers(void **state)
{
    static const struct {
        const char *text;
        int gaps; /* quarter ems in it */
    } rows[] = {
        {"5kg", 1}, {"国5kg国", 3}, {"1,234.5mm", 1}, {"U+309A", 0},
        {"C3H", 0}, {"5x", 0},      {"5kg5", 0},      {"50％", 0},
        {"30℃", 0}, {"国5％国", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_len with;

        print_message("%s\n", rows[i].text);
        set_text(rows[i].text, 1000 * EM);
        with = lines[0].width;
        style.lang = "en"; /* the same without any gap */
        style.autospace = 0;
        set_text(rows[i].text, 1000 * EM);
        assert_int_equal(with - lines[0].width, rows[i].gaps * EM / 4);
        style.lang = "ja";
        style.autospace = BN_AUTOSPACE_NUMERIC | BN_AUTOSPACE_ALPHA;
    }
}

/* --------------------------------------------------- section 2: breaking */

static void
kinsoku(void **state)
{
    static const struct {
        uint8_t level;
        const char *text, *want;
    } rows[] = {
        {BN_LB_STRICT, "文文文文ょ字", "文文文|文ょ字"},
        {BN_LB_NORMAL, "文文文文ょ字", "文文文文|ょ字"},
        {BN_LB_STRICT, "文文文文ー字", "文文文|文ー字"},
        {BN_LB_NORMAL, "文文文文ー字", "文文文文|ー字"},
        {BN_LB_NORMAL, "文文文文々字", "文文文|文々字"},
        {BN_LB_LOOSE, "文文文文々字", "文文文文|々字"},
        {BN_LB_NORMAL, "文文文文・字", "文文文|文・字"},
        {BN_LB_LOOSE, "文文文文・字", "文文文文|・字"},
        {BN_LB_LOOSE, "文文文文」字", "文文文|文」字"},
        {BN_LB_LOOSE, "文文文「字", "文文文|「字"},
        {BN_LB_LOOSE, "文文文文、字", "文文文|文、字"},
        {BN_LB_STRICT, "文文文文～字", "文文文|文～字"},
        {BN_LB_STRICT, "文文文……字", "文文文|……字"},
        {BN_LB_STRICT, "文文文——字", "文文文|——字"},
        {BN_LB_STRICT, "文文文￥字", "文文文|￥字"},
        {BN_LB_STRICT, "文文文＃字", "文文文|＃字"},
        {BN_LB_STRICT, "文文文￥—字", "文文文|￥—字"},
        {BN_LB_NORMAL, "文文文￥￥字", "文文文|￥￥字"},
        {BN_LB_LOOSE, "文文文￥￥字", "文文文￥|￥字"},
        {BN_LB_NORMAL, "文文文…％字", "文文文|…％字"},
        {BN_LB_LOOSE, "文文文…％字", "文文文…|％字"},
        {BN_LB_STRICT, "文文文…—字", "文文文…|—字"},
        {BN_LB_NORMAL, "文文文……字", "文文文|……字"},
        {BN_LB_LOOSE, "文文文……字", "文文文…|…字"},
        {BN_LB_LOOSE, "文文文——字", "文文文|——字"},
        /* a space that vanishes uncovers the bracket, the sign */
        {BN_LB_STRICT, "文文（　字字", "文文|（　字字"},
        {BN_LB_STRICT, "文文文￥ 字", "文文文|￥ 字"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("%s\n", rows[i].text);
        style.line_break = rows[i].level;
        style.trim = BN_TRIM_START | BN_TRIM_ADJACENT;
        set_text(rows[i].text, 4 * EM);
        assert_string_equal(shown(), rows[i].want);
        assert_int_equal(lines[0].overflow, 0);
    }
}

static void
words_and_numbers_stay_whole(void **state)
{
    (void)state;
    set_text("約42.195㎞走る", 4 * EM);
    assert_string_equal(shown(), "約|42.195㎞|走る");
    set_text("文文ABC文", 4 * EM);
    assert_string_equal(shown(), "文文|ABC文");
    style.word_break = BN_WB_BREAK_ALL;
    set_text("文文ABC文", 4 * EM);
    assert_string_equal(shown(), "文文AB|C文");
}

static void
nothing_splits_what_is_kept(void **state)
{
    (void)state;
    style.nowrap = 1;
    set_text("一二三四五", 3 * EM);
    assert_int_equal(nlines, 1);
    assert_int_equal(lines[0].overflow, 2 * EM);
    style.nowrap = 0;
    style.keep = 7;
    style.solid = 1;
    set_text("一二三四五", 3 * EM);
    assert_int_equal(nlines, 1);
    style.keep = style.solid = 0;
    set_text("一二\u2060三四五", 2 * EM);
    assert_string_equal(shown(), "一|二三|四五");
    set_text("ABCD\u200bEFG", 3 * EM);
    assert_string_equal(shown(), "ABCD|EFG");
}

static void
users_have_their_own_characters(void **state)
{
    (void)state;
    style.no_start = "々字";
    set_text("文文文文字文", 4 * EM);
    assert_string_equal(shown(), "文文文|文字文");
    style.no_end = "の";
    set_text("文文文の文文", 4 * EM);
    assert_string_equal(shown(), "文文文|の文文");
    style.no_start = style.no_end = NULL;
    style.may_start = "ーょ";
    set_text("文文文文ー文", 4 * EM);
    assert_string_equal(shown(), "文文文文|ー文");
    set_text("文文文「ー文", 4 * EM); /* an opening bracket never ends one */
    assert_string_equal(shown(), "文文文|「ー文");
    style.may_start = NULL;
    style.may_end = "￥";
    set_text("文文文￥文文", 4 * EM);
    assert_string_equal(shown(), "文文文￥|文文");
    set_text("文文￥、文文", 3 * EM); /* nor does a comma start one */
    assert_string_equal(shown(), "文文|￥、文|文");
}

/* What may not be reduced is not, and the line is broken before. */
static void
some_gaps_are_never_reduced(void **state)
{
    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    set_text("国「国」国国国国", 6 * EM + EM / 2);
    assert_string_equal(shown(), "国「国」国国国|国");
    para_style.loose = BN_TIGHT_BRACKETS;
    set_text("国「国」国国国国", 6 * EM + EM / 2);
    assert_string_equal(shown(), "国「国」国国|国国");
    set_text("国・国国国国", 5 * EM + EM / 2); /* dots still are */
    assert_string_equal(shown(), "国・国国国国");
    para_style.loose |= BN_TIGHT_DOTS;
    set_text("国・国国国国", 5 * EM + EM / 2);
    assert_string_equal(shown(), "国・国国国|国");
}

/* JLREQ.md 18: a line that is too long by what may not be reduced is broken
 * before, not left sticking out. */
static void
a_dot_at_the_end_of_a_books_line_stays(void **state)
{
    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    para_style.shrink = BN_SHRINK_BOOKS;
    set_text("国国国・国国", 3 * EM + 3 * EM / 4);
    assert_int_equal(lines[0].overflow, 0);
    assert_string_equal(shown(), "国国|国・国|国");
    para_style.shrink = BN_SHRINK_JLREQ;
    set_text("国国国・国国", 3 * EM + 3 * EM / 4);
    assert_string_equal(shown(), "国国国・|国国");
    assert_int_equal(lines[0].width, 3 * EM + 3 * EM / 4);
}

static void
a_stop_may_keep_its_space_at_the_end(void **state)
{
    (void)state;
    style.trim = BN_TRIM_START | BN_TRIM_ADJACENT | BN_TRIM_END;
    set_text("国国。", 10 * EM);
    assert_int_equal(lines[0].width, 2 * EM + EM / 2);
    style.trim |= BN_TRIM_STOP_STAYS;
    set_text("国国。", 10 * EM);
    assert_int_equal(lines[0].width, 3 * EM);
    set_text("国国、", 10 * EM);
    assert_int_equal(lines[0].width, 2 * EM + EM / 2);
}

static void
the_first_line_has_its_own_alignment(void **state)
{
    (void)state;
    measure.align_first = 1 + BN_ALIGN_END;
    set_text("国国国国国国国\n国", 5 * EM + EM / 2);
    assert_int_equal(lines[0].start_indent, EM / 2);
    assert_int_equal(lines[1].start_indent, 0);
}

/* JLREQ.md 18: the least bad end rather than a line that sticks out, unless
 * the level was asked for. */
static void
an_asked_level_is_kept_to_the_letter(void **state)
{
    (void)state;
    set_text("文ーーー字", 3 * EM);
    assert_string_equal(shown(), "文ーー|ー字");
    style.to_the_letter = 1;
    set_text("文ーーー字", 3 * EM);
    assert_string_equal(shown(), "文ーーー|字");
    assert_int_equal(lines[0].overflow, EM);
}

static void
an_ideographic_box_is_a_kanji_to_its_neighbours(void **state)
{
    bn_item *box;

    (void)state;
    add_text("」");
    box = add(BN_ITEM_BOX);
    box->width = 3 * EM;
    box->ideographic = 1;
    add_text("（国A");
    box = add(BN_ITEM_BOX);
    box->width = 2 * EM;
    box->ideographic = 1;
    measure.width = 100 * EM;
    set();
    /* 」 and （ keep their frames beside it, a letter has its quarter */
    assert_int_equal(lines[0].pieces[0].width, EM);
    assert_int_equal(lines[0].pieces[2].x, EM + 3 * EM);
    assert_int_equal(lines[0].pieces[lines[0].npieces - 1].x,
                     lines[0].width - 2 * EM);
}

static void
headings_end_lines_between_phrases(void **state)
{
    (void)state;
    style.word_break = BN_WB_PHRASE;
    set_text("情報の管理体制を確認した結果", 9 * EM);
    assert_string_equal(shown(), "情報の管理体制を|確認した結果");
    style.word_break = BN_WB_NORMAL;
    set_text("情報の管理体制を確認した結果", 9 * EM);
    assert_string_equal(shown(), "情報の管理体制を確|認した結果");
}

static void
a_keep_gives_way_where_no_line_is_long_enough(void **state)
{
    (void)state;
    style.keep = 7;
    set_text("令和元年六月", 6 * EM);
    assert_string_equal(shown(), "令和元年六月");
    set_text("令和元年六月",
             4 * EM); /* the best that fits, nothing sticks out */
    assert_string_equal(shown(), "令和元年|六月");
    set_text("令和元。六月", 3 * EM); /* not before the stop */
    assert_string_equal(shown(), "令和|元。六|月");
    style.keep = 0;
    style.nowrap = 1; /* that is meant to stick out */
    set_text("令和元年六月", 4 * EM);
    assert_int_equal(nlines, 1);
}

static void
soft_hyphen_shows_at_the_end_only(void **state)
{
    (void)state;
    style.lang = para_style.lang = "en";
    set_text("exam\u00adple", 3 * EM);
    assert_string_equal(shown(), "exam|ple");
    assert_true(lines[0].hyphenated);
    assert_true(lines[0].pieces[0].run->glyphs[4].flags & BN_GLYPH_HYPHEN);
    set_text("exam\u00adple", 30 * EM);
    assert_string_equal(shown(), "example");
    assert_false(lines[0].hyphenated);
}

static void
english_words_are_hyphenated(void **state)
{
    (void)state;
    style.lang = para_style.lang = "en-US";
    style.hyphen_before = style.hyphen_after = 2;
    set_text("international", 4 * EM);
    assert_int_equal(nlines, 1);
    style.hyphenate = 1; /* in-ter-na-tion-al, by package hyphen-en-us */
    set_text("international", 4 * EM);
    assert_string_equal(shown(), "interna|tional");
    assert_true(lines[0].hyphenated);
    style.hyphen_before = 6;
    set_text("international", 3 * EM);
    assert_string_equal(shown(), "interna|tional");
}

static void
hyphens_in_a_row_are_counted(void **state)
{
    (void)state;
    style.lang = para_style.lang = "en";
    set_text("aa\u00adbb\u00adcc\u00addd", 15000);
    assert_string_equal(shown(), "aa|bb|cc|dd");
    para_style.hyphen_ladder = 2;
    set_text("aa\u00adbb\u00adcc\u00addd", 15000);
    assert_string_equal(shown(), "aa|bb|ccdd");
}

static void
too_much_text_is_refused(void **state)
{
    bn_para *p;

    (void)state;
    add_text("x");
    items[0].nbytes = 65 * 1024 * 1024; /* refused before it is read */
    assert_int_equal(bn_para_make(arena, &para_style, items, nitems, &p, &msgs),
                     BN_EOVERFLOW_TEXT);
    assert_int_equal(msgs.count[BN_ERROR], 1);
}

static void
line_feeds(void **state)
{
    (void)state;
    set_text("一\n\n二三", 9 * EM);
    assert_int_equal(nlines, 3);
    assert_string_equal(shown(), "一||二三");
    assert_true(lines[0].forced);
    assert_false(lines[0].last);
    assert_true(lines[2].last);
    nitems = 0;
    add_text("一");
    add(BN_ITEM_BREAK);
    add_text("二");
    set();
    assert_string_equal(shown(), "一|二");
    set_text("", 9 * EM);
    assert_int_equal(nlines, 0);
    set_text("   ", 9 * EM);
    assert_int_equal(nlines, 0);
}

/* ----------------------------------------------- section 4: head and end */

static void
brackets_at_the_head(void **state)
{
    (void)state;
    measure.text_indent = EM;
    set_text("「一二三「四五」", 4 * EM);
    assert_string_equal(shown(), "「一二|三「四|五」");
    assert_int_equal(glyph_x(0, 1), EM + EM / 2); /* A: body at one em */
    para_style.first_bracket = 1;
    set_text("「一二「三", 5 * EM);
    assert_int_equal(glyph_x(0, 1), 2 * EM); /* B: 1.5 em */
    para_style.first_bracket = 2;
    set_text("「一二「三", 5 * EM);
    assert_int_equal(glyph_x(0, 1), EM); /* C: half an em */
}

static void
stops_at_the_end(void **state)
{
    (void)state;
    /* The half em goes when that makes it fit, and stays otherwise. */
    set_text("一二三。四", 3 * EM + EM / 2);
    assert_string_equal(shown(), "一二三。|四");
    assert_int_equal(lines[0].width, 3 * EM + EM / 2);
    set_text("一二三。四", 4 * EM);
    assert_int_equal(lines[0].width, 4 * EM);
    style.trim |= BN_TRIM_END;
    set_text("一二三。四", 4 * EM);
    assert_int_equal(lines[0].width, 3 * EM + EM / 2);
}

static void
stops_hang(void **state)
{
    (void)state;
    style.hang = BN_HANG_ALLOW_END;
    set_text("一二三。四", 3 * EM);
    assert_string_equal(shown(), "一二三。|四");
    assert_int_equal(lines[0].width, 3 * EM);
    assert_int_equal(lines[0].hang, EM / 2);
    assert_int_equal(lines[0].overflow, 0);
    check_sums();
    set_text("一二。三", 3 * EM); /* it fits: it does not hang */
    assert_int_equal(lines[0].hang, 0);
    style.hang = BN_HANG_FORCE_END;
    measure.align = BN_ALIGN_JUSTIFY;
    set_text("一二。三", 3 * EM);
    assert_string_equal(shown(), "一二。|三");
    assert_int_equal(lines[0].hang, EM / 2);
    assert_int_equal(glyph_x(0, 1), 2 * EM); /* opened to the edge */
    style.hang = BN_HANG_ALLOW_END;
    set_text("一二三」四", 3 * EM); /* brackets never hang */
    assert_int_equal(lines[0].hang, 0);
}

static void
spaces_at_the_edges(void **state)
{
    (void)state;
    set_text("　一二三　四五", 4 * EM);
    assert_string_equal(shown(), "　一二三|四五");
    assert_int_equal(lines[0].width, 4 * EM);
    set_text("何！　一二", 2 * EM);
    assert_string_equal(shown(), "何！|一二");
    set_text("  ab cd  ", 1 * EM);
    assert_string_equal(shown(), "ab|cd");
}

/* ------------------------------------------------ section 6: adjustment */

static void
solid_lines_need_nothing(void **state)
{
    static const char text[] = "天地玄黄宇宙洪荒日月盈昃辰宿列張寒来暑往";

    (void)state;
    /* 20 kanji at 5 em, one inline in another around each. */
    measure.align = BN_ALIGN_JUSTIFY;
    for (int i = 0; i < 20; i++)
        add(BN_ITEM_OPEN);
    for (int i = 0; i < 20; i++) {
        bn_item *it = add(BN_ITEM_TEXT);

        it->text = text + 3 * i;
        it->nbytes = 3;
        add(BN_ITEM_CLOSE);
    }
    measure.width = 5 * EM;
    set();
    assert_int_equal(nlines, 4);
    for (size_t i = 0; i < nlines; i++) {
        assert_int_equal(lines[i].natural, 5 * EM);
        assert_int_equal(lines[i].width, 5 * EM);
        for (uint32_t g = 0; g < 5; g++)
            assert_int_equal(glyph_x(i, g), (bn_len)g * EM);
    }
}

static void
reduction_goes_in_order(void **state)
{
    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    /* Line end first: all or nothing. */
    set_text("あいう。え", 3 * EM + EM / 2);
    assert_string_equal(shown(), "あいう。|え");
    /* A comma before a stop: half of the end, then the comma's. */
    set_text("あ、いう。え", 4 * EM + EM / 4);
    assert_string_equal(shown(), "あ、いう。|え");
    assert_int_equal(lines[0].width, 4 * EM + EM / 4);
    assert_int_equal(glyph_x(0, 2), EM + EM / 2 + EM / 4);
    /* Never after a full stop inside the line. */
    set_text("あ。いうえお", 4 * EM + EM / 2);
    assert_string_equal(shown(), "あ。いう|えお");
    /* Middle dots before brackets. */
    set_text("あ・い「うえ", 5 * EM + EM / 2);
    assert_int_equal(glyph_x(0, 1), EM);
    assert_string_equal(shown(), "あ・い「うえ");
    assert_int_equal(glyph_x(0, 2), EM + EM / 2);
    assert_int_equal(lines[0].width, 5 * EM + EM / 2);
    /* Japanese and Western: down to an eighth, last. */
    set_text("国A国", 1000 * EM);
    set_text("国A国", lines[0].width - EM / 4);
    assert_int_equal(nlines, 1);
    set_text("国A国", 1000 * EM);
    set_text("国A国", lines[0].width - EM / 4 - 2);
    assert_int_equal(nlines, 2);
}

static void
expansion_goes_in_order(void **state)
{
    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    /* 0.5 em to give: both quarters go to a half, the kanji stay solid. */
    set_text("一国A国「国国国国国国", 1000 * EM);
    nitems = 0;
    add_text("一国1国一一一一一一");
    measure.width = 10 * EM;
    set();
    assert_int_equal(lines[0].width, 10 * EM);
    assert_int_equal(glyph_x(0, 1), EM);
    assert_int_equal(nlines, 1);
    /* Solid pairs open alike; 。 and 」 do not before step 4. */
    set_text("一二三四五ABCDE", 6 * EM);
    assert_string_equal(shown(), "一二三四五|ABCDE");
    assert_int_equal(lines[0].width, 6 * EM);
    for (uint32_t g = 1; g < 5; g++)
        assert_int_equal(glyph_x(0, g) - glyph_x(0, g - 1), EM + EM / 4);
    /* Left over millipoints are dealt out: 1 em + 1 over 3 gaps. */
    set_text("一二三四ABCDE", 5 * EM + 1);
    assert_int_equal(lines[0].width, 5 * EM + 1);
    assert_int_equal(glyph_x(0, 3), 4 * EM + 1);
}

static void
justified_lines_end_at_the_measure(void **state)
{
    static const char text[] =
        "日本語組版では、行頭に「。」や「、」、「）」などを置かない（行頭禁"
        "則）。また、行末に「（」や「「」を置かない（行末禁則）。……このよう"
        "な処理を、「追込み」・「追出し」という。ISO 9001は2015年に改められ"
        "た。";

    (void)state;
    measure.align = BN_ALIGN_JUSTIFY;
    for (bn_len w = 6 * EM; w < 30 * EM; w += 777) {
        set_text(text, w);
        check_sums();
        for (size_t i = 0; i + 1 < nlines; i++) {
            assert_int_equal(lines[i].width, w);
            assert_int_equal(lines[i].overflow, 0);
        }
        for (size_t i = 0; i < nlines; i++)
            for (uint32_t k = 0; k < lines[i].npieces; k++)
                for (uint32_t g = 0; g < lines[i].pieces[k].run->nglyphs; g++)
                    assert_true(lines[i].pieces[k].run->glyphs[g].adv >= 0);
    }
}

static void
labels_are_spread(void **state)
{
    (void)state;
    measure.align_last = BN_ALIGN_JUSTIFY;
    set_text("氏名", 5 * EM);
    assert_int_equal(glyph_x(0, 1), 4 * EM);
    set_text("所在地", 5 * EM);
    assert_int_equal(glyph_x(0, 1), 2 * EM);
    assert_int_equal(glyph_x(0, 2), 4 * EM);
    set_text("印", 5 * EM); /* one stays at the head */
    assert_int_equal(glyph_x(0, 0), 0);
    /* Brackets stay shut, and no space at the edges. */
    set_text("「氏名」", 6 * EM);
    assert_int_equal(glyph_x(0, 1), EM / 2);
    assert_int_equal(lines[0].width, 6 * EM);
    set_text("合計12点", 10 * EM); /* a number is one block */
    assert_int_equal(lines[0].width, 10 * EM);
}

static void
leaders_take_the_slack(void **state)
{
    bn_item *it;

    (void)state;
    measure.align_last = BN_ALIGN_JUSTIFY;
    measure.width = 10 * EM;
    add_text("第一章");
    it = add(BN_ITEM_LEADER);
    it->width = EM;
    it->max = 100 * EM;
    add_text("十");
    set();
    assert_int_equal(lines[0].npieces, 3);
    assert_int_equal(lines[0].pieces[1].width, 6 * EM);
    assert_int_equal(lines[0].pieces[2].x, 9 * EM);
    assert_int_equal(glyph_x(0, 1), EM);
    measure.align_last = BN_ALIGN_START; /* optimum */
    set();
    assert_int_equal(lines[0].pieces[1].width, EM);
}

static void
alignment_leaves_indents(void **state)
{
    (void)state;
    measure.align = measure.align_last = BN_ALIGN_CENTER;
    set_text("一二", 5 * EM);
    assert_int_equal(lines[0].start_indent, 3 * EM / 2);
    assert_int_equal(lines[0].pieces[0].x, 3 * EM / 2);
    /* Space that a mark keeps at the end does not count. */
    set_text("一二。", 5 * EM);
    assert_int_equal(lines[0].width, 2 * EM + EM / 2);
    measure.align = measure.align_last = BN_ALIGN_END;
    set_text("一二", 5 * EM);
    assert_int_equal(lines[0].start_indent, 3 * EM);
    assert_int_equal(lines[0].end_indent, 0);
    measure.align = measure.align_last = BN_ALIGN_START;
    measure.text_indent = -EM;
    set_text("一二三四", 2 * EM);
    assert_string_equal(shown(), "一二三|四");
    assert_int_equal(lines[0].pieces[0].x, -EM);
}

static void
condensed_to_one_line(void **state)
{
    (void)state;
    para_style.overflow_condense = 1;
    para_style.condense_floor = 6000;
    set_text("一二三四五六七八九十", 8 * EM);
    assert_int_equal(nlines, 1);
    assert_int_equal(lines[0].pieces[0].run->size, 8000);
    set_text("一二三四五六七八九十", 9 * EM + 1);
    assert_int_equal(nlines, 1);
    assert_true(lines[0].pieces[0].run->size <= 9000);
    /* Below the floor it takes a second line at the floor's size. */
    set_text("一二三四五六七八九十", 5 * EM);
    assert_int_equal(nlines, 2);
    assert_int_equal(lines[0].pieces[0].run->size, 6000);
}

static void
no_single_last_character(void **state)
{
    (void)state;
    set_text("一二三四五六七八九。", 8 * EM);
    assert_string_equal(shown(), "一二三四五六七八|九。");
    para_style.avoid_widow = 1;
    set_text("一二三四五六七八九。", 8 * EM);
    assert_string_equal(shown(), "一二三四五六七|八九。");
}

static void
marks_never_start_a_line(void **state)
{
    (void)state;
    add_text("一二三");
    add_text("1)");
    items[1].mark = 1;
    add_text("。四");
    measure.width = 3 * EM;
    set();
    assert_string_equal(shown(), "一二|三1)。|四");
}

/* ------------------------------------------------------------- Western */

static void
western_words(void **state)
{
    (void)state;
    style.lang = para_style.lang = "en";
    style.trim = style.autospace = 0;
    style.fonts =
        bn_fonts_find(fonts, "Helvetica", 400, false, &msgs, BN_NOWHERE);
    assert_int_equal(style.fonts->ascent, 718); /* the AFM's */
    assert_int_equal(style.fonts->descent, 207);
    set_text("AV To", 100 * EM); /* 667+667+278+611+556, no kerning */
    assert_int_equal(lines[0].width, 27790);
    measure.align = BN_ALIGN_JUSTIFY;
    /* 37.8 pt and two spaces: opened up, 3.6 pt each. */
    set_text("aa bb cc dd", 45000);
    assert_string_equal(shown(), "aa bb cc|dd");
    assert_int_equal(lines[0].width, 45000);
    assert_int_equal(lines[0].pieces[0].word_adjust, 3600);
    /* 51.7 pt: closing up three spaces by 0.7 pt changes less. */
    set_text("aa bb cc dd ee", 51000);
    assert_string_equal(shown(), "aa bb cc dd|ee");
    assert_int_equal(lines[0].width, 51000);
    assert_true(lines[0].pieces[0].word_adjust < 0);
}

/* ------------------------------------------------- fallback, odd input */

static void
rare_names(void **state)
{
    (void)state;
    set_text("𠮷田髙橋﨑辻󠄀", 100 * EM);
    assert_string_equal(shown(), "𠮷田髙橋﨑辻󠄀");
    assert_int_equal(lines[0].width, 6 * EM);
    assert_string_equal(lines[0].pieces[0].run->face->name, "IPAmjMincho");
    assert_string_equal(lines[0].pieces[1].run->face->name, "IPAexMincho");
    assert_true(lines[0].pieces[1].run->glyphs[4].flags & BN_GLYPH_IVS);
    assert_int_equal(lines[0].pieces[1].run->glyphs[4].nbytes, 7);
    assert_null(msgs.first);
}

static void
a_missing_glyph_is_named(void **state)
{
    (void)state;
    nitems = 0;
    add_text("国\u0e01国\u0e01");
    items[0].place = 77;
    set();
    assert_int_equal(msgs.count[BN_ERROR], 1); /* once a character */
    assert_int_equal(msgs.first->err.code, BN_EGLYPH);
    assert_string_equal(msgs.first->err.args[0], "U+0E01");
    assert_non_null(strstr(msgs.first->err.args[2], "IPAmjMincho"));
    assert_int_equal(msgs.first->err.loc.place, 77);
    bn_msgs_free(&msgs);
    msgs = (bn_msgs){0};
    para_style.missing_warn = 1;
    set();
    assert_int_equal(msgs.count[BN_ERROR], 0);
    assert_int_equal(msgs.count[BN_WARNING], 1);
}

static void
odd_input_gives_sane_lines(void **state)
{
    static char marks[20100];
    static const char *const rows[] = {
        "\u0301",                      /* a mark without a base */
        "\u200d\u200d\u200d",          /* joiners alone */
        "\u202e国\u202c\u2066A\u2069", /* direction controls */
        "\xff\xfe",                    /* no UTF-8 at all */
        "\ufe00\U000e0100",            /* selectors alone */
        "国\U000e01ef",                /* a variation that nobody has */
        "\t\t国",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        set_text(rows[i], EM);
        check_sums();
    }
    marks[0] = 'e';
    for (size_t i = 0; i < 10000; i++)
        memcpy(marks + 1 + 2 * i, "\u0301", 2);
    set_text(marks, 10 * EM);
    check_sums();
    nitems = 0; /* a soft hyphen behind what is no word */
    add(BN_ITEM_BOX)->width = 5 * EM;
    add_text("\u00ad国　\u00ad国");
    for (measure.width = -EM; measure.width < 8 * EM; measure.width += EM / 2) {
        set();
        check_sums();
    }
    set_text("国", 0); /* no room at all */
    assert_int_equal(nlines, 1);
    set_text("国国", -5);
    assert_int_equal(nlines, 2);
}

static void
widths_for_columns(void **state)
{
    bn_para *p;
    bn_len least, natural;

    (void)state;
    add_text("一二「三四」。 ABC");
    assert_int_equal(bn_para_make(arena, &para_style, items, nitems, &p, &msgs),
                     BN_OK);
    bn_para_widths(p, &least, &natural);
    set();
    assert_int_equal(natural, lines[0].width);
    assert_true(least >= 2 * EM); /* 四」。 */
    measure.width = least;
    set();
    for (size_t i = 0; i < nlines; i++)
        assert_int_equal(lines[i].overflow, 0);
}

static void
a_run_on_its_own(void **state)
{
    const bn_glyph_run *runs;
    size_t n;
    bn_len width;

    (void)state;
    assert_int_equal(bn_text_shape(arena, &style, "（国）", 9, &runs, &n,
                                   &width, &msgs, BN_NOWHERE),
                     BN_OK);
    assert_int_equal(n, 1);
    assert_int_equal(width, 3 * EM); /* frames whole at both ends */
    assert_int_equal(runs[0].nglyphs, 3);
}

/* ----------------------------------------------- section 9: vertical */

static const bn_glyph *
first_glyph(uint32_t piece)
{
    return &lines[0].pieces[piece].run->glyphs[0];
}

static void
vertical_lines_turn_latin(void **state)
{
    (void)state;
    para_style.vertical = 1;
    set_text("国AB語", 1000 * EM);
    assert_int_equal(lines[0].npieces, 3);
    assert_int_equal(lines[0].pieces[0].run->vertical, 1);
    assert_int_equal(lines[0].pieces[1].run->vertical, 0);
    assert_int_equal(lines[0].pieces[1].run->rotated, 1);
    assert_int_equal(lines[0].pieces[2].run->vertical, 1);
    /* the quarter em on both sides is the same as in horizontal lines */
    assert_int_equal(lines[0].pieces[0].run->width, EM + EM / 4);
    check_sums();
    style.orientation = BN_ORIENT_UPRIGHT;
    set_text("国AB語", 1000 * EM);
    assert_int_equal(lines[0].npieces, 1);
    assert_int_equal(lines[0].width, 4 * EM);
}

static void
vertical_marks_are_trimmed(void **state)
{
    (void)state;
    para_style.vertical = 1;
    set_text("国」。「国", 1000 * EM); /* JLREQ.md 3: two ems between */
    assert_int_equal(lines[0].width, 4 * EM);
    assert_int_equal(lines[0].npieces, 1);
    check_sums();
    /* at the head a bracket's upper half goes: it is drawn higher */
    set_text("「国", 1000 * EM);
    assert_int_equal(first_glyph(0)->adv, EM / 2);
    assert_int_equal(first_glyph(0)->dy, EM / 2);
    assert_int_equal(first_glyph(0)->dx, 0);
}

static void
marks_of_kanji_numerals_are_solid(void **state)
{
    (void)state;
    para_style.vertical = 1;
    set_text("一、二〇〇・三", 1000 * EM); /* five digits, two half bodies */
    assert_int_equal(lines[0].width, 6 * EM);
    set_text("一、国", 1000 * EM);
    assert_int_equal(lines[0].width, 3 * EM);
    para_style.vertical = 0;
    set_text("一、二", 1000 * EM);
    assert_int_equal(lines[0].width, 3 * EM);
}

static void
tate_chu_yoko_is_one_em(void **state)
{
    const bn_glyph *g;

    (void)state;
    para_style.vertical = 1;
    style.combine = 2;
    /* no quarter em around, digits in one em; three of them are turned */
    set_text("月12日", 1000 * EM);
    assert_int_equal(lines[0].width, 3 * EM);
    /* in type that makes both together one em; side by side */
    assert_int_equal(lines[0].npieces, 3);
    g = lines[0].pieces[1].run->glyphs;
    assert_int_equal(g[0].adv, 0);
    assert_int_equal(g[1].adv, EM);
    assert_int_equal(g[0].dy, g[1].dy);
    assert_in_range(g[1].dx - g[0].dx, EM / 2 - 20, EM / 2 + 20);
    set_text("月123日", 1000 * EM);
    assert_true(lines[0].pieces[1].run->rotated);
    style.combine = BN_COMBINE_ALL; /* wider than an em: in smaller type */
    set_text("100", 1000 * EM);
    assert_int_equal(lines[0].width, EM);
    assert_true(lines[0].pieces[0].run->size < EM);
    check_sums();
    /* no line ends in it */
    set_text("1234567890", EM / 2);
    assert_int_equal(nlines, 1);
}

/* --------------------------------------------------- section 11: tab stops */

static void
tabs_go_on_to_their_stops(void **state)
{
    static const bn_tab_stop stops[] = {{5 * EM, BN_STOP_START},
                                        {15 * EM, BN_STOP_CENTER},
                                        {25 * EM, BN_STOP_DECIMAL},
                                        {35 * EM, BN_STOP_END}};
    const bn_face *face = style.fonts->primary;
    const bn_len one = bn_face_advance(face, bn_face_glyph(face, '1', 0), EM);

    (void)state;
    para_style.stops = stops;
    para_style.nstops = 4;
    add_text("国");
    add(BN_ITEM_TAB);
    add_text("国国");
    add(BN_ITEM_TAB);
    add_text("国国国国");
    add(BN_ITEM_TAB);
    add_text("11.5");
    add(BN_ITEM_TAB);
    add_text("国国国");
    measure.width = 40 * EM;
    set();
    assert_int_equal(nlines, 1);
    assert_int_equal(lines[0].pieces[2].x, 5 * EM);
    assert_int_equal(lines[0].pieces[4].x, 13 * EM);
    assert_int_equal(lines[0].pieces[6].x, 25 * EM - 2 * one);
    assert_int_equal(lines[0].pieces[8].x, 32 * EM);
    assert_int_equal(lines[0].width, 35 * EM);
    check_sums();
}

static void
a_tab_without_a_stop_goes_to_the_next_line(void **state)
{
    static const bn_tab_stop stop = {5 * EM, BN_STOP_START};

    (void)state;
    para_style.stops = &stop;
    para_style.nstops = 1;
    measure.width = 20 * EM;
    measure.text_indent = EM;
    add_text("国国国国国");
    add(BN_ITEM_TAB); /* 5 em is passed */
    add_text("漢");
    set();
    assert_int_equal(nlines, 2);
    assert_int_equal(lines[1].pieces[1].x, 5 * EM);
    para_style.nstops = 0; /* none at all: an em of space */
    nitems = 3;
    set();
    assert_int_equal(nlines, 1);
    assert_int_equal(lines[0].pieces[2].x, 7 * EM);
}

/* What stands before a tab does not move when the line is justified. */
static void
lines_are_fitted_behind_their_last_tab(void **state)
{
    static const bn_tab_stop stop = {4 * EM, BN_STOP_START};

    (void)state;
    para_style.stops = &stop;
    para_style.nstops = 1;
    measure.align = BN_ALIGN_JUSTIFY;
    measure.width = 10 * EM + EM / 2;
    add_text("国国");
    add(BN_ITEM_TAB);
    add_text("漢漢漢漢漢漢漢漢漢漢");
    set();
    assert_int_equal(glyph_x(0, 1), EM);
    assert_int_equal(lines[0].pieces[2].x, 4 * EM);
    assert_int_equal(lines[0].width, measure.width);
    check_sums();
}

static void
figures_are_measured_to_their_point(void **state)
{
    const bn_face *face = style.fonts->primary;
    const bn_len one = bn_face_advance(face, bn_face_glyph(face, '1', 0), EM);
    bn_para *p;

    (void)state;
    add_text("111.5");
    assert_int_equal(bn_para_make(arena, &para_style, items, 1, &p, &msgs),
                     BN_OK);
    assert_int_equal(bn_para_point(p, '.'), 3 * one);
    assert_int_equal(
        bn_para_point(p, '5'),
        3 * one + bn_face_advance(face, bn_face_glyph(face, '.', 0), EM));
    items[0].text = "111";
    items[0].nbytes = 3;
    assert_int_equal(bn_para_make(arena, &para_style, items, 1, &p, &msgs),
                     BN_OK);
    assert_int_equal(bn_para_point(p, '.'), 3 * one);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sequences_have_their_totals),
        TEST(splitting_into_items_changes_nothing),
        TEST(lines_are_the_same_wherever_the_text_is_cut),
        TEST(two_sizes_meet),
        TEST(without_trim_marks_keep_their_frames),
        TEST(western_gaps),
        TEST(kinsoku),
        TEST(tabs_go_on_to_their_stops),
        TEST(a_tab_without_a_stop_goes_to_the_next_line),
        TEST(lines_are_fitted_behind_their_last_tab),
        TEST(figures_are_measured_to_their_point),
        TEST(units_stand_apart_from_their_numbers),
        TEST(words_and_numbers_stay_whole),
        TEST(nothing_splits_what_is_kept),
        TEST(users_have_their_own_characters),
        TEST(some_gaps_are_never_reduced),
        TEST(a_dot_at_the_end_of_a_books_line_stays),
        TEST(a_stop_may_keep_its_space_at_the_end),
        TEST(the_first_line_has_its_own_alignment),
        TEST(an_asked_level_is_kept_to_the_letter),
        TEST(an_ideographic_box_is_a_kanji_to_its_neighbours),
        TEST(headings_end_lines_between_phrases),
        TEST(a_keep_gives_way_where_no_line_is_long_enough),
        TEST(soft_hyphen_shows_at_the_end_only),
        TEST(english_words_are_hyphenated),
        TEST(hyphens_in_a_row_are_counted),
        TEST(too_much_text_is_refused),
        TEST(line_feeds),
        TEST(brackets_at_the_head),
        TEST(stops_at_the_end),
        TEST(stops_hang),
        TEST(spaces_at_the_edges),
        TEST(solid_lines_need_nothing),
        TEST(reduction_goes_in_order),
        TEST(expansion_goes_in_order),
        TEST(justified_lines_end_at_the_measure),
        TEST(labels_are_spread),
        TEST(leaders_take_the_slack),
        TEST(alignment_leaves_indents),
        TEST(condensed_to_one_line),
        TEST(no_single_last_character),
        TEST(marks_never_start_a_line),
        TEST(western_words),
        TEST(rare_names),
        TEST(a_missing_glyph_is_named),
        TEST(odd_input_gives_sane_lines),
        TEST(widths_for_columns),
        TEST(a_run_on_its_own),
        TEST(vertical_lines_turn_latin),
        TEST(vertical_marks_are_trimmed),
        TEST(marks_of_kanji_numerals_are_solid),
        TEST(tate_chu_yoko_is_one_em),
    };

    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
