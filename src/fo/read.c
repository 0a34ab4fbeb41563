/* The text of one value, by the reader that its row of properties.def names. */
#include "fo/tree.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

typedef bool read_fn(const bn_eval *e, bn_prop p, const char *s, size_t n,
                     bn_value *out);

static bn_value
keyword(int32_t k)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_KEYWORD;
    v.keyword = k;
    return v;
}

static bn_value
number_value(double n)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_NUMBER;
    v.number = llround(n * 1e6);
    return v;
}

/* Parts of a millipoint are cut off, as FOP cuts them (210mm is 595275); what
 * is a whole number but for the last bits of a double stays one. */
static int32_t
clamp(double n)
{
    if (n >= BN_LEN_MAX)
        return BN_LEN_MAX;
    if (n <= -BN_LEN_MAX)
        return -BN_LEN_MAX;
    return (int32_t)(n < 0 ? n - 1e-6 : n + 1e-6);
}

static bn_value
length_value(double mpt, double percent)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_LENGTH;
    v.len = clamp(mpt);
    v.percent = clamp(percent * 10000);
    return v;
}

static bn_value
color_value(uint32_t argb, int32_t form)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_COLOR;
    v.color = argb;
    v.percent = form;
    return v;
}

static bool
string_value(const bn_eval *e, const char *s, size_t n, bn_value *out)
{
    memset(out, 0, sizeof *out);
    out->kind = BN_V_STRING;
    out->string = bn_fo_intern(e->doc, s, n);
    return true;
}

static bool
take_word(const bn_eval *e, bn_prop p, const bn_expr *x, bn_value *out)
{
    const int32_t k = bn_fo_word(e->doc, x->s, x->len);

    *out = keyword(k);
    return k != BN_K_UNKNOWN && bn_fo_takes(p, k);
}

/* What an expression gave, where the property takes lengths (dim 1) or
 * numbers (dim 0), names as keywords. */
static bool
take_expr(const bn_eval *e, bn_prop p, const bn_expr *x, int dim, bn_value *out)
{
    switch (x->kind) {
    case EX_NAME:
        return take_word(e, p, x, out);
    case EX_NUMBER:
        if (x->percent != 0 && bn_prop_row_of(p)->base == BASE_NONE)
            return false;                         /* a part of nothing */
        if (dim == 1 && x->dim == 0 && x->n != 0) /* as FOP does: points */
            *out = length_value(x->n * 1000, 0);
        else if (dim == 1)
            *out = length_value(x->n, x->percent);
        else if (x->dim == 0)
            *out = number_value(x->n);
        else
            return false;
        return true;
    case EX_VALUE:
        *out = x->v;
        return true;
    default:
        return false;
    }
}

static bool
read_len(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);

    return take_expr(e, p, &x, 1, out);
}

static bool
read_num(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);

    return take_expr(e, p, &x, 0, out);
}

static bool
read_int(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    if (!read_num(e, p, s, n, out))
        return false;
    if (out->kind == BN_V_NUMBER)
        *out = number_value(round((double)out->number / 1e6));
    return true;
}

/* left and right of text mean the start and end of the line (7.16.9). */
static void
settle_sides(bn_prop p, bn_value *v)
{
    if (p != BN_P_TEXT_ALIGN && p != BN_P_TEXT_ALIGN_LAST)
        return;
    if (v->keyword == BN_K_LEFT)
        v->keyword = BN_K_START;
    else if (v->keyword == BN_K_RIGHT)
        v->keyword = BN_K_END;
}

static bool
read_key(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);

    if (x.kind == EX_VALUE) {
        *out = x.v;
        return true;
    }
    if (x.kind != EX_NAME && x.kind != EX_STRING)
        return false;
    *out = keyword(bn_fo_word(e->doc, x.s, x.len));
    if (out->keyword == BN_K_UNKNOWN || !bn_fo_takes(p, out->keyword))
        return false;
    settle_sides(p, out);
    return true;
}

/* text-align: a keyword, or the character that the cells of a column align on,
 * with quotes or without. */
static bool
read_align(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bool quoted =
        n > 2 && (s[0] == '\'' || s[0] == '"') && s[n - 1] == s[0];
    const char *from = s + quoted, *end = s + n - quoted, *next = from;

    if (from == end || bn_u8_next(&next, end) == BN_U8_BAD || next != end)
        return read_key(e, p, s, n, out);
    return string_value(e, from, (size_t)(end - from), out);
}

/* Strings stand as they are; quotes round the whole are an expression's. */
static bool
read_text(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    (void)p;
    if (n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n - 1] == s[0] &&
        memchr(s + 1, s[0], n - 2) == NULL) {
        s++;
        n -= 2;
    }
    return string_value(e, s, n, out);
}

static bool
read_name(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    (void)p;
    return string_value(e, s, n, out);
}

static bool
read_color(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);
    uint32_t argb;
    int32_t k;

    if (x.kind == EX_COLOR) {
        *out = color_value(x.color, x.form);
        return true;
    }
    if (x.kind == EX_VALUE) {
        *out = x.v;
        return true;
    }
    if (x.kind != EX_NAME && x.kind != EX_STRING)
        return false;
    if (bn_fo_color_name(e->doc, x.s, x.len, &argb)) {
        *out = color_value(argb, 0);
        return true;
    }
    k = bn_fo_word(e->doc, x.s, x.len);
    if (k == BN_K_TRANSPARENT)
        *out = color_value(0, 0);
    else if (k == BN_K_CURRENT_COLOR && e->fo)
        *out = bn_fo_so_far(e, BN_P_COLOR);
    else
        *out = keyword(k);
    return k != BN_K_UNKNOWN && bn_fo_takes(p, k);
}

/* Families as "A,B C,serif": quotes and blanks beside commas go. */
static bool
read_family(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    bn_buf *b = &e->doc->scratch;
    const char *end = s + n;
    char quote = 0;

    (void)p;
    bn_buf_clear(b);
    for (; s < end; s++) {
        const bool blank = *s == ' ' || *s == '\t' || *s == '\n';

        if (quote ? *s == quote : *s == '"' || *s == '\'') {
            quote = quote ? 0 : *s;
        } else if (*s == ',' && !quote) {
            while (b->len && b->p[b->len - 1] == ' ')
                b->len--;
            bn_buf_addc(b, ',');
        } else if (!blank || quote) {
            bn_buf_addc(b, *s);
        } else if (b->len && b->p[b->len - 1] != ',' &&
                   b->p[b->len - 1] != ' ') {
            bn_buf_addc(b, ' ');
        }
    }
    while (b->len && b->p[b->len - 1] == ' ')
        b->len--;
    return b->len && string_value(e, b->p, b->len, out);
}

static bn_len
parent_font_size(const bn_eval *e)
{
    return (e->parent ? bn_fo_get(e->parent, BN_P_FONT_SIZE)
                      : bn_fo_initial(e->doc, BN_P_FONT_SIZE))
        ->len;
}

/* larger, smaller: to the next of the sizes 12 pt times a power of 1.2, from
 * the one that is nearest (7.9.4). */
static double
next_size(double size, bool larger)
{
    const double step = 1.2;
    double at = 12000;

    while (size > at * (1 + step) / 2)
        at = round(at * step);
    while (at > 1 && size < at * (1 + 1 / step) / 2)
        at = round(at / step);
    return round(larger ? at * step : at / step);
}

/* Keyword sizes by the factor 1.2 about medium = 12 pt. */
static bool
size_keyword(const bn_eval *e, int32_t k, bn_value *out)
{
    static const struct {
        int32_t k;
        double mpt;
    } sizes[] = {
        {BN_K_XX_SMALL, 12000 / 1.728},
        {BN_K_X_SMALL, 12000 / 1.44},
        {BN_K_SMALL, 10000},
        {BN_K_MEDIUM, 12000},
        {BN_K_LARGE, 14400},
        {BN_K_X_LARGE, 17280},
        {BN_K_XX_LARGE, 20736},
    };

    if (k == BN_K_LARGER || k == BN_K_SMALLER) {
        *out =
            length_value(next_size(parent_font_size(e), k == BN_K_LARGER), 0);
        return true;
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        if (sizes[i].k == k) {
            *out = length_value(sizes[i].mpt, 0);
            return true;
        }
    return false;
}

static bool
read_size(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    if (!read_len(e, p, s, n, out))
        return false;
    if (out->kind == BN_V_KEYWORD)
        return size_keyword(e, out->keyword, out);
    return out->kind == BN_V_LENGTH;
}

static bool
read_weight(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    int parent;

    if (!read_num(e, p, s, n, out))
        return false;
    if (out->kind == BN_V_NUMBER)
        return out->number >= 1000000 && out->number <= 1000000000;
    parent = 400;
    if (e->parent)
        parent = bn_fo_int(e->parent, BN_P_FONT_WEIGHT);
    switch (out->keyword) {
    case BN_K_NORMAL:
        *out = number_value(400);
        return true;
    case BN_K_BOLD:
        *out = number_value(700);
        return true;
    case BN_K_BOLDER:
        *out = number_value(parent < 350 ? 400 : parent < 550 ? 700 : 900);
        return true;
    case BN_K_LIGHTER:
        *out = number_value(parent < 550 ? 100 : parent < 750 ? 400 : 700);
        return true;
    default:
        return false;
    }
}

/* A number is inherited as one, all else as a length (7.16.4). */
static bool
read_line(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);

    if (x.kind == EX_NUMBER && x.dim == 0) {
        *out = number_value(x.n);
        return true;
    }
    return take_expr(e, p, &x, 1, out);
}

static bool
read_border(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    if (!read_len(e, p, s, n, out))
        return false;
    if (out->kind == BN_V_LENGTH)
        return true;
    switch (out->keyword) {
    case BN_K_THIN:
        *out = length_value(500, 0);
        return true;
    case BN_K_MEDIUM:
        *out = length_value(1000, 0);
        return true;
    case BN_K_THICK:
        *out = length_value(2000, 0);
        return true;
    default:
        return false;
    }
}

static bool
read_uri(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    bn_expr x;

    (void)p;
    if (n == 4 && memcmp(s, "none", 4) == 0) {
        *out = keyword(BN_K_NONE);
        return true;
    }
    if (n > 4 && memcmp(s, "url(", 4) == 0) {
        size_t from = 4, end = n - 1;

        while (from < end && strchr(" \t\r\n", s[from]) != NULL)
            from++;
        while (end > from && strchr(" \t\r\n", s[end - 1]) != NULL)
            end--;
        if (s[n - 1] == ')' && s[from] != '"' && s[from] != '\'')
            return string_value(e, s + from, end - from,
                                out); /* brackets inside are its own */
        x = bn_expr_read(e, p, s, n);
        return x.kind == EX_URI && string_value(e, x.s, x.len, out);
    }
    return read_text(e, p, s, n, out);
}

static bool
read_keep(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    return read_int(e, p, s, n, out);
}

static bool
read_column(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const bn_expr x = bn_expr_read(e, p, s, n);

    if (x.kind == EX_COLUMN) {
        *out = number_value(x.n);
        out->kind = BN_V_COLUMN;
        if (fabs(x.percent) > BN_FO_LEN_MAX)
            return false;
        out->percent = (int32_t)lround(x.percent);
        return x.n >= 0;
    }
    return take_expr(e, p, &x, 1, out);
}

static bool
read_words(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const int32_t k = bn_fo_word(e->doc, s, n);

    if (k == BN_K_UNKNOWN)
        return !bn_fo_lists_words(p) && read_text(e, p, s, n, out);
    *out = keyword(k);
    return bn_fo_takes(p, k);
}

/* left, center, right and the like as parts of the room that is left. */
static bool
read_place(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    if (!read_len(e, p, s, n, out))
        return false;
    if (out->kind == BN_V_KEYWORD)
        *out = length_value(
            0, out->keyword == BN_K_CENTER                                 ? 50
               : out->keyword == BN_K_RIGHT || out->keyword == BN_K_BOTTOM ? 100
                                                                           : 0);
    return true;
}

/* 0, 90, 180, 270 and back again (7.21.3). */
static bool
read_turn(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const int64_t quarter = 90 * INT64_C(1000000);

    return read_num(e, p, s, n, out) && out->kind == BN_V_NUMBER &&
           out->number % quarter == 0 && out->number / quarter > -4 &&
           out->number / quarter < 4;
}

static bool
read_lang(const bn_eval *e, bn_prop p, const char *s, size_t n, bn_value *out)
{
    const int32_t k = bn_fo_word(e->doc, s, n);

    if (k != BN_K_NONE && k != BN_K_AUTO)
        return read_text(e, p, s, n, out);
    *out = keyword(k);
    return true;
}

static read_fn *const readers[] = {
    [READ_LEN] = read_len,     [READ_NUM] = read_num,
    [READ_INT] = read_int,     [READ_KEY] = read_key,
    [READ_ALIGN] = read_align, [READ_TEXT] = read_text,
    [READ_COLOR] = read_color, [READ_FAMILY] = read_family,
    [READ_SIZE] = read_size,   [READ_WEIGHT] = read_weight,
    [READ_LINE] = read_line,   [READ_BORDER] = read_border,
    [READ_URI] = read_uri,     [READ_KEEP] = read_keep,
    [READ_NAME] = read_name,   [READ_COLUMN] = read_column,
    [READ_SHIFT] = read_len,   [READ_WORDS] = read_words,
    [READ_LANG] = read_lang,   [READ_PLACE] = read_place,
    [READ_TURN] = read_turn,
};

static bool
keeps_blanks(const bn_prop_row *row)
{
    return row->reader == READ_TEXT;
}

/* Counts below the least one are that (XSL 1.1 says so of each of them);
 * lengths that may not be negative cannot be read. */
static bool
hold_least(const bn_eval *e, bn_prop p, const char *text, size_t n,
           bn_value *out)
{
    int least;

    if (!bn_fo_has_least(p, &least))
        return true;
    if (out->kind == BN_V_LENGTH)
        return out->len > 0 ||
               (out->len == 0 ? out->percent >= 0 : out->percent > 0);
    if (out->kind != BN_V_NUMBER || out->number >= least * INT64_C(1000000))
        return true;
    if (bn_prop_row_of(p)->reader != READ_INT)
        return false;
    *out = number_value(least);
    bn_fo_small_value(e, bn_prop_name(p), text, n, least);
    return true;
}

bool
bn_value_read(const bn_eval *e, bn_prop p, const char *text, size_t n,
              bn_value *out)
{
    const bn_prop_row *row = bn_prop_row_of(p);

    if (!keeps_blanks(row)) {
        while (n && (*text == ' ' || *text == '\n' || *text == '\t'))
            text++, n--;
        while (n && (text[n - 1] == ' ' || text[n - 1] == '\n' ||
                     text[n - 1] == '\t'))
            n--;
    }
    if (n == 7 && memcmp(text, "inherit", 7) == 0) {
        *out =
            *(e->parent ? bn_fo_get(e->parent, p) : bn_fo_initial(e->doc, p));
        if (row->base == BASE_IPD && !row->inherited)
            *out = bn_fo_rebase(e, *out);
        return true;
    }
    return readers[row->reader](e, p, text, n, out) &&
           hold_least(e, p, text, n, out);
}
