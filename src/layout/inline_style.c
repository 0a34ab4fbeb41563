/* inline_style.c - the text style and metrics that an object's properties ask
 * for; Japanese defaults where the language is Japanese (DESIGN 5). */
#include "layout/inline.h"

#include <string.h>

#include "base/utf8.h"

static bool
is_auto(const bn_fo *fo, bn_prop p)
{
    return bn_fo_is(fo, p, BN_K_AUTO);
}

/* The language as BCP 47, "" when unknown. */
static const char *
language_of(bn_ctx *c, const bn_fo *fo)
{
    const char *lang = bn_fo_string(fo, BN_P_LANGUAGE);
    const char *country = bn_fo_string(fo, BN_P_COUNTRY);

    if (lang == NULL || *lang == '\0' || strcmp(lang, "none") == 0)
        return "";
    if (strcmp(lang, "jpn") == 0)
        return "ja";
    if (country == NULL || *country == '\0' || strcmp(country, "none") == 0)
        return lang;
    return bn_arena_printf(c->doc, "%s-%s", lang, country);
}

bool
bn_is_japanese(const bn_fo *fo)
{
    const char *lang = bn_fo_string(fo, BN_P_LANGUAGE);

    return lang && (strncmp(lang, "ja", 2) == 0 || strcmp(lang, "jpn") == 0);
}

typedef struct choice {
    bn_keyword keyword;
    const char *word;
    uint8_t value;
} choice;

/* The value of the first row that the property says. */
static uint8_t
choose(const bn_fo *fo, bn_prop p, const choice *rows, size_t n, uint8_t other)
{
    for (size_t i = 0; i < n; i++)
        if (bn_fo_says(fo, p, rows[i].keyword, rows[i].word))
            return rows[i].value;
    return other;
}

static uint8_t
flags(const bn_fo *fo, bn_prop p, const choice *rows, size_t n)
{
    uint8_t all = 0;

    for (size_t i = 0; i < n; i++)
        if (bn_fo_says(fo, p, rows[i].keyword, rows[i].word))
            all |= rows[i].value;
    return all;
}

#define ROWS(a) (a), sizeof(a) / sizeof((a)[0])

static const choice line_breaks[] = {
    {BN_K_STRICT, "strict", BN_LB_STRICT},
    {BN_K_NORMAL, "normal", BN_LB_NORMAL},
    {BN_K_LOOSE, "loose", BN_LB_LOOSE},
    {BN_K_ANYWHERE, "anywhere", BN_LB_ANYWHERE},
};
static const choice word_breaks[] = {
    {BN_K_BREAK_ALL, "break-all", BN_WB_BREAK_ALL},
    {BN_K_KEEP_ALL, "keep-all", BN_WB_KEEP_ALL},
    {BN_K_UNKNOWN, "auto-phrase", BN_WB_PHRASE},
};
static const choice hangs[] = {
    {BN_K_FORCE_END, "force-end", BN_HANG_FORCE_END},
    {BN_K_ALLOW_END, "allow-end", BN_HANG_ALLOW_END},
    {BN_K_LAST, "last", BN_HANG_ALLOW_END},
};
static const choice trims[] = {
    {BN_K_START, "start", BN_TRIM_START},
    {BN_K_START_EXCEPT_FIRST, "start-except-first",
     BN_TRIM_START | BN_TRIM_START_EXCEPT_FIRST},
    {BN_K_END, "end", BN_TRIM_END},
    {BN_K_ALLOW_END, "allow-end", BN_TRIM_ALLOW_END},
    {BN_K_END_EXCEPT_FULLSTOP, "end-except-fullstop",
     BN_TRIM_END | BN_TRIM_STOP_STAYS},
    {BN_K_ADJACENT, "adjacent", BN_TRIM_ADJACENT},
    {BN_K_ALL, "all", BN_TRIM_START | BN_TRIM_END | BN_TRIM_ADJACENT},
};
static const choice autospaces[] = {
    {BN_K_IDEOGRAPH_NUMERIC, "ideograph-numeric", BN_AUTOSPACE_NUMERIC},
    {BN_K_IDEOGRAPH_ALPHA, "ideograph-alpha", BN_AUTOSPACE_ALPHA},
};
static const choice justifies[] = {
    {BN_K_INTER_WORD, "inter-word", BN_JUSTIFY_INTER_WORD},
    {BN_K_INTER_CHARACTER, "inter-character", BN_JUSTIFY_INTER_CHARACTER},
    {BN_K_INTER_IDEOGRAPH, "inter-ideograph", BN_JUSTIFY_INTER_CHARACTER},
    {BN_K_DISTRIBUTE, "distribute", BN_JUSTIFY_DISTRIBUTE},
};

static const char *
characters(const bn_fo *fo, bn_prop p)
{
    const char *s = bn_fo_string(fo, p);

    return s && *s ? s : NULL;
}

static void
set_characters(const bn_fo *fo, bn_text_style *s)
{
    s->no_start = characters(fo, BN_P_AXF_APPEND_NON_STARTER_CHARACTERS);
    s->may_start = characters(fo, BN_P_AXF_EXCEPT_NON_STARTER_CHARACTERS);
    s->no_end = characters(fo, BN_P_AXF_APPEND_NON_END_OF_LINE_CHARACTERS);
    s->may_end = characters(fo, BN_P_AXF_EXCEPT_NON_END_OF_LINE_CHARACTERS);
}

static void
set_japanese(const bn_fo *fo, bn_text_style *s, bool ja)
{
    s->line_break = choose(fo, BN_P_AXF_LINE_BREAK, ROWS(line_breaks),
                           ja ? BN_LB_STRICT : BN_LB_AUTO);
    /* A level that is asked for is kept, unless lines may break anywhere
     * rather than stick out; without one the least bad break is taken. */
    s->break_word =
        bn_fo_says(fo, BN_P_AXF_WORD_WRAP, BN_K_BREAK_WORD, "break-word");
    s->to_the_letter =
        choose(fo, BN_P_AXF_LINE_BREAK, ROWS(line_breaks), BN_LB_AUTO) &&
        !s->break_word;
    s->word_break =
        choose(fo, BN_P_AXF_WORD_BREAK, ROWS(word_breaks), BN_WB_NORMAL);
    s->hang =
        choose(fo, BN_P_AXF_HANGING_PUNCTUATION, ROWS(hangs), BN_HANG_NONE);
    if (is_auto(fo, BN_P_AXF_PUNCTUATION_TRIM))
        s->trim = ja ? BN_TRIM_START | BN_TRIM_ALLOW_END | BN_TRIM_ADJACENT : 0;
    else
        s->trim = flags(fo, BN_P_AXF_PUNCTUATION_TRIM, ROWS(trims));
    if (is_auto(fo, BN_P_AXF_TEXT_AUTOSPACE))
        s->autospace = ja ? BN_AUTOSPACE_NUMERIC | BN_AUTOSPACE_ALPHA : 0;
    else
        s->autospace = flags(fo, BN_P_AXF_TEXT_AUTOSPACE, ROWS(autospaces));
    s->autospace_width = 250;
    if (!is_auto(fo, BN_P_AXF_TEXT_AUTOSPACE_WIDTH) && s->size > 0)
        s->autospace_width =
            (uint16_t)((int64_t)bn_fo_len(fo, BN_P_AXF_TEXT_AUTOSPACE_WIDTH,
                                          s->size) *
                       1000 / s->size);
}

static bn_len
spacing(const bn_fo *fo, bn_prop p)
{
    return bn_fo_get(fo, p)->kind == BN_V_KEYWORD ? 0 : bn_fo_len(fo, p, 0);
}

/* The first character of hyphenation-character. */
static uint32_t
hyphen_of(const bn_fo *fo)
{
    const char *s = bn_fo_string(fo, BN_P_HYPHENATION_CHARACTER);
    const uint32_t cp = s && *s ? bn_u8_next(&s, s + strlen(s)) : 0;

    return cp == BN_U8_BAD || cp == 0x2010 ? 0 : cp;
}

static void
set_spacing(const bn_fo *fo, bn_text_style *s)
{
    s->letter_spacing = spacing(fo, BN_P_LETTER_SPACING_OPTIMUM);
    s->word_spacing = spacing(fo, BN_P_WORD_SPACING_OPTIMUM);
    s->word_spacing_min = spacing(fo, BN_P_WORD_SPACING_MINIMUM);
    s->word_spacing_max = spacing(fo, BN_P_WORD_SPACING_MAXIMUM);
    /* It is all the space between words: letter spacing on both sides of the
     * blank counts in it (XSL 1.1 7.17.8). */
    if (s->word_spacing) {
        s->word_spacing -= 2 * s->letter_spacing;
        s->word_spacing_min -= 2 * s->letter_spacing;
        s->word_spacing_max -= 2 * s->letter_spacing;
    }
    s->nowrap = bn_fo_is(fo, BN_P_WRAP_OPTION, BN_K_NO_WRAP);
    /* What stands before a line's end for "before" begins the next one. */
    s->preserve_space =
        bn_fo_is(fo, BN_P_WHITE_SPACE_TREATMENT, BN_K_PRESERVE) ||
        bn_fo_is(fo, BN_P_WHITE_SPACE_TREATMENT,
                 BN_K_IGNORE_IF_BEFORE_LINEFEED);
    s->hyphenate = bn_fo_is(fo, BN_P_HYPHENATE, BN_K_TRUE);
    s->hyphen = hyphen_of(fo);
    s->hyphen_before =
        (uint8_t)bn_fo_int(fo, BN_P_HYPHENATION_REMAIN_CHARACTER_COUNT);
    s->hyphen_after =
        (uint8_t)bn_fo_int(fo, BN_P_HYPHENATION_PUSH_CHARACTER_COUNT);
}

static void
set_features(bn_ctx *c, const bn_fo *fo, bn_text_style *s)
{
    static const choice forms[] = {
        {BN_K_UNKNOWN, "jp78", 78},
        {BN_K_UNKNOWN, "jp83", 83},
        {BN_K_UNKNOWN, "jp90", 90},
        {BN_K_UNKNOWN, "jp04", 4},
    };
    const uint8_t form = choose(fo, BN_P_AXF_JAPANESE_GLYPH, ROWS(forms), 0);
    const char *features = bn_fo_string(fo, BN_P_AXF_FONT_FEATURE_SETTINGS);

    if (features && *features && strcmp(features, "normal") != 0)
        s->features = features;
    if (form)
        s->features =
            bn_arena_printf(c->doc, "jp%02d%s%s", form, s->features ? "," : "",
                            s->features ? s->features : "");
    s->ligatures = bn_fo_is(fo, BN_P_AXF_LIGATURE_MODE, BN_K_NONE);
    if (bn_fo_is(fo, BN_P_AXF_KERNING_MODE, BN_K_NONE))
        s->kerning = 2;
    else if (bn_fo_says(fo, BN_P_AXF_KERNING_MODE, BN_K_UNKNOWN, "pair"))
        s->kerning = 1;
}

/* "digits 2": runs of at most so many digits. */
static uint8_t
combined(const bn_fo *fo)
{
    const bn_value *v = bn_fo_get(fo, BN_P_AXF_TEXT_COMBINE_HORIZONTAL);
    const char *s = v->kind == BN_V_STRING ? v->string : NULL;
    const char *digits = s ? strstr(s, "digits") : NULL;

    if (bn_fo_says(fo, BN_P_AXF_TEXT_COMBINE_HORIZONTAL, BN_K_ALL, "all"))
        return BN_COMBINE_ALL;
    if (digits == NULL)
        return 0;
    digits += strspn(digits, "digts ");
    return *digits >= '1' && *digits <= '4' ? (uint8_t)(*digits - '0') : 2;
}

static void
set_vertical(bn_ctx *c, const bn_fo *fo, bn_text_style *s)
{
    static const choice rows[] = {
        {BN_K_UPRIGHT, "upright", BN_ORIENT_UPRIGHT},
        {BN_K_SIDEWAYS, "sideways", BN_ORIENT_SIDEWAYS},
    };

    if (c->writing_mode != BN_TB_RL)
        return;
    s->vertical = 1;
    s->combine = combined(fo);
    s->orientation =
        choose(fo, BN_P_AXF_TEXT_ORIENTATION, ROWS(rows), BN_ORIENT_MIXED);
}

const bn_text_style *
bn_style_of(bn_ctx *c, const bn_fo *fo)
{
    const struct {
        const void *inherited;
        uint64_t vertical;
    } key = {fo->inherited, c->writing_mode == BN_TB_RL};
    bn_map_value *slot;
    bn_text_style *s;
    bool is_new;

    slot = bn_map_put(c->styles, &key, sizeof key, &is_new);
    if (!is_new)
        return slot->p;
    s = BN_NEW(c->doc, bn_text_style);
    slot->p = s;
    s->size = bn_fo_len(fo, BN_P_FONT_SIZE, 0);
    s->lang = language_of(c, fo);
    s->fonts = bn_fonts_find(c->o->fonts, bn_fo_string(fo, BN_P_FONT_FAMILY),
                             bn_fo_int(fo, BN_P_FONT_WEIGHT),
                             bn_fo_is(fo, BN_P_FONT_STYLE, BN_K_ITALIC) ||
                                 bn_fo_is(fo, BN_P_FONT_STYLE, BN_K_OBLIQUE) ||
                                 bn_fo_is(fo, BN_P_FONT_STYLE, BN_K_BACKSLANT),
                             c->msgs, bn_at(fo->place));
    set_japanese(fo, s, bn_is_japanese(fo));
    set_characters(fo, s);
    set_spacing(fo, s);
    set_features(c, fo, s);
    set_vertical(c, fo, s);
    return s;
}

bn_metrics
bn_metrics_of(bn_ctx *c, const bn_fo *fo)
{
    const bn_text_style *s = bn_style_of(c, fo);
    const bn_face *face = s->fonts->primary;
    bn_metrics m;

    m.size = s->size;
    m.asc = (bn_len)((int64_t)s->size * s->fonts->ascent / 1000);
    m.desc = (bn_len)((int64_t)s->size * s->fonts->descent / 1000);
    m.x_height = face && face->upem > 0
                     ? bn_len_scale(s->size, face->x_height, face->upem)
                     : s->size / 2;
    m.line_height = bn_fo_line_height(fo);
    return m;
}

static const struct {
    bn_keyword keyword;
    enum bn_align align;
} aligns[] = {
    {BN_K_START, BN_ALIGN_START},  {BN_K_LEFT, BN_ALIGN_START},
    {BN_K_INSIDE, BN_ALIGN_START}, {BN_K_CENTER, BN_ALIGN_CENTER},
    {BN_K_END, BN_ALIGN_END},      {BN_K_RIGHT, BN_ALIGN_END},
    {BN_K_OUTSIDE, BN_ALIGN_END},  {BN_K_JUSTIFY, BN_ALIGN_JUSTIFY},
};

static uint8_t
align_of(bn_keyword k)
{
    for (size_t i = 0; i < sizeof aligns / sizeof aligns[0]; i++)
        if (aligns[i].keyword == k)
            return (uint8_t)aligns[i].align;
    return BN_ALIGN_START;
}

/* axf:text-justify-trim names what may be reduced; auto and the orders by
 * name: all. */
static uint8_t
loosened(const bn_fo *fo)
{
    static const choice rows[] = {
        {BN_K_UNKNOWN, "punctuation", BN_TIGHT_BRACKETS | BN_TIGHT_DOTS},
        {BN_K_UNKNOWN, "punctuation-except-fullstop",
         BN_TIGHT_BRACKETS | BN_TIGHT_DOTS},
        {BN_K_UNKNOWN, "punctuation-except-middledot", BN_TIGHT_BRACKETS},
        {BN_K_INTER_WORD, "inter-word", BN_TIGHT_SPACES},
        {BN_K_UNKNOWN, "ideograph", BN_TIGHT_WESTERN},
        {BN_K_UNKNOWN, "kana", BN_TIGHT_WESTERN},
        {BN_K_AUTO, "auto", BN_TIGHT_ALL},
        {BN_K_JISX4051, "jisx4051", BN_TIGHT_ALL},
        {BN_K_BOOKS, "books", BN_TIGHT_ALL},
    };

    return BN_TIGHT_ALL & ~flags(fo, BN_P_AXF_TEXT_JUSTIFY_TRIM, ROWS(rows));
}

bn_para_style
bn_para_style_of(bn_ctx *c, const bn_fo *fo)
{
    const bn_text_style *s = bn_style_of(c, fo);
    bn_para_style p = {0};
    const bool ja = bn_is_japanese(fo);
    const bn_value *ladder = bn_fo_get(fo, BN_P_HYPHENATION_LADDER_COUNT);

    p.lang = s->lang;
    p.vertical = c->writing_mode == BN_TB_RL;
    p.bpil = bn_fo_says(fo, BN_P_AXF_LINE_BREAK, BN_K_BPIL, "bpil");
    p.justify = choose(fo, BN_P_AXF_TEXT_JUSTIFY, ROWS(justifies),
                       ja ? BN_JUSTIFY_INTER_CHARACTER : BN_JUSTIFY_AUTO);
    if (bn_fo_says(fo, BN_P_AXF_TEXT_JUSTIFY_TRIM, BN_K_JISX4051, "jisx4051"))
        p.shrink = BN_SHRINK_JISX4051;
    else if (bn_fo_says(fo, BN_P_AXF_TEXT_JUSTIFY_TRIM, BN_K_BOOKS, "books"))
        p.shrink = BN_SHRINK_BOOKS;
    p.loose = loosened(fo);
    if (bn_fo_says(fo, BN_P_AXF_HANGING_PUNCTUATION, BN_K_UNKNOWN, "first"))
        p.first_bracket = 2;
    p.avoid_widow =
        bn_fo_says(fo, BN_P_AXF_AVOID_WIDOW_WORDS, BN_K_TRUE, "true");
    p.missing_warn = c->o->missing_warn;
    p.overflow_condense =
        bn_fo_says(fo, BN_P_AXF_OVERFLOW_CONDENSE, BN_K_FONT_SIZE, "font-size");
    p.condense_floor =
        bn_fo_len(fo, BN_P_AXF_OVERFLOW_CONDENSE_LIMIT_FONT_SIZE, s->size);
    if (ladder->kind != BN_V_KEYWORD)
        p.hyphen_ladder = bn_fo_int(fo, BN_P_HYPHENATION_LADDER_COUNT);
    return p;
}

bn_measure
bn_measure_of(const bn_ctx *c, const bn_fo *fo, bn_len width)
{
    bn_measure m = {0};
    const bn_keyword align = bn_fo_keyword(fo, BN_P_TEXT_ALIGN);
    const bn_keyword last = bn_fo_keyword(fo, BN_P_TEXT_ALIGN_LAST);

    m.width = width;
    m.text_indent = bn_line_indent(c, fo, BN_P_TEXT_INDENT, width);
    m.last_end_indent = bn_line_indent(c, fo, BN_P_LAST_LINE_END_INDENT, width);
    m.align = align_of(align);
    if (!bn_fo_is(fo, BN_P_AXF_TEXT_ALIGN_FIRST, BN_K_RELATIVE))
        m.align_first =
            (uint8_t)(1 +
                      align_of(bn_fo_keyword(fo, BN_P_AXF_TEXT_ALIGN_FIRST)));
    if (last == BN_K_RELATIVE)
        m.align_last = align == BN_K_JUSTIFY ? BN_ALIGN_START : m.align;
    else
        m.align_last = align_of(last);
    return m;
}
