/* Expressions of XSL 1.1 section 5.9. */
#include "fo/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_ARGS = 12, MAX_DEPTH = 32 };

/* Where the reading stands; bad is set once and ends it. */
typedef struct parser {
    const bn_eval *e;
    bn_prop prop;
    const char *p, *end;
    int depth;
    bool bad;
} parser;

static bn_expr read_sum(parser *x);

static bn_expr
fail(parser *x)
{
    x->bad = true;
    return (bn_expr){.kind = EX_BAD};
}

static bn_expr
number(double n, int dim)
{
    return (bn_expr){.kind = EX_NUMBER, .n = n, .dim = dim};
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c & 0x80);
}

static bool
is_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == ':';
}

static void
skip_space(parser *x)
{
    while (x->p < x->end && is_space(*x->p))
        x->p++;
}

static bool
take(parser *x, char c)
{
    skip_space(x);
    if (x->p == x->end || *x->p != c)
        return false;
    x->p++;
    return true;
}

static double
font_size(const parser *x)
{
    const bn_eval *e = x->e;
    const bn_value *v;

    if (x->prop == BN_P_FONT_SIZE) {
        v = e->parent ? bn_fo_get(e->parent, BN_P_FONT_SIZE)
                      : bn_fo_initial(e->doc, BN_P_FONT_SIZE);
        return v->len;
    }
    return bn_fo_so_far(e, BN_P_FONT_SIZE).len;
}

/* Units in millipoints; px as 1/96 in (XSL 1.1 5.9.13). */
static const struct unit {
    const char *name;
    double mpt;
} units[] = {
    {"pt", 1000},
    {"mm", 3600000.0 / 1270},
    {"cm", 36000000.0 / 1270},
    {"mpt", 1},
    {"in", 72000},
    {"pc", 12000},
    {"px", 750},
    {"q", 900000.0 / 1270},
    {"Q", 900000.0 / 1270},
};

static bn_expr
apply_unit(parser *x, double n, const char *unit, size_t len)
{
    if (len == 2 && memcmp(unit, "em", 2) == 0)
        return number(n * font_size(x), 1);
    if (len == 2 && memcmp(unit, "ex", 2) == 0)
        return number(n * font_size(x) / 2, 1);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strlen(units[i].name) == len &&
            memcmp(units[i].name, unit, len) == 0)
            return number(n * units[i].mpt, 1);
    if ((len == 3 && memcmp(unit, "deg", 3) == 0) ||
        (len == 3 && memcmp(unit, "dpi", 3) == 0))
        return number(n, 0);
    return fail(x);
}

/* A percentage stays one unless it is of the font size, known here. */
static bn_expr
percentage(parser *x, double n)
{
    bn_expr out = number(0, 1);

    if (bn_prop_row_of(x->prop)->base == BASE_FONT)
        return number(n / 100 * font_size(x), 1);
    out.percent = n;
    out.pure_percent = true;
    return out;
}

static bn_expr
read_number(parser *x)
{
    const char *unit;
    double n = 0, scale = 1;

    for (; x->p < x->end && is_digit(*x->p); x->p++)
        n = n * 10 + (*x->p - '0');
    if (x->p < x->end && *x->p == '.')
        for (x->p++; x->p < x->end && is_digit(*x->p); x->p++) {
            n = n * 10 + (*x->p - '0');
            scale *= 10;
        }
    n /= scale;
    if (x->p < x->end && *x->p == '%') {
        x->p++;
        return percentage(x, n);
    }
    unit = x->p;
    while (x->p < x->end && is_letter(*x->p))
        x->p++;
    if (x->p == unit)
        return number(n, 0);
    return apply_unit(x, n, unit, (size_t)(x->p - unit));
}

static int
hex(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bn_expr
color(uint32_t rgb)
{
    return (bn_expr){.kind = EX_COLOR, .color = 0xFF000000u | rgb};
}

/* A name of a colour profile: #CMYK. */
static bn_expr
read_hash_name(parser *x, const char *from)
{
    while (x->p < x->end && is_name(*x->p))
        x->p++;
    return (bn_expr){.kind = EX_NAME, .s = from, .len = (size_t)(x->p - from)};
}

/* #rgb, #rrggbb, #rrggbbaa */
static bn_expr
read_hash(parser *x)
{
    const char *from = x->p;
    uint32_t v = 0;
    int n = 0;

    for (x->p++; x->p < x->end && hex(*x->p) >= 0 && n < 9; x->p++, n++)
        v = v << 4 | (uint32_t)hex(*x->p);
    if (x->p < x->end && is_name(*x->p))
        return read_hash_name(x, from);
    if (n == 3)
        return color((v >> 8 & 15) * 0x110000 | (v >> 4 & 15) * 0x1100 |
                     (v & 15) * 0x11);
    if (n == 6)
        return color(v);
    if (n == 8)
        return (bn_expr){.kind = EX_COLOR, .color = v >> 8 | v << 24};
    return fail(x);
}

static bn_expr
read_literal(parser *x)
{
    const char quote = *x->p++;
    const char *from = x->p;

    while (x->p < x->end && *x->p != quote)
        x->p++;
    if (x->p == x->end)
        return fail(x);
    x->p++;
    return (bn_expr){
        .kind = EX_STRING, .s = from, .len = (size_t)(x->p - 1 - from)};
}

/* ------------------------------------------------------------ functions */

static bn_expr
from_value(const bn_value *v)
{
    bn_expr out;

    switch (v->kind) {
    case BN_V_LENGTH:
        out = number(v->len, 1);
        out.percent = v->percent / 10000.0;
        return out;
    case BN_V_NUMBER:
        return number((double)v->number / 1e6, 0);
    case BN_V_COLOR:
        return (bn_expr){
            .kind = EX_COLOR, .color = v->color, .form = v->percent};
    default:
        return (bn_expr){.kind = EX_VALUE, .v = *v};
    }
}

/* The property that a function's argument names; the one in hand without. */
static bool
prop_argument(parser *x, const bn_expr *args, int n, bn_prop *out)
{
    bn_spec spec;

    *out = x->prop;
    if (n == 0)
        return true;
    if (args[0].kind != EX_NAME && args[0].kind != EX_STRING)
        return false;
    return bn_spec_find(x->e, args[0].s, args[0].len, &spec) &&
           bn_spec_target(x->e, &spec, out);
}

static bn_expr
fn_from_parent(parser *x, const bn_expr *args, int n)
{
    bn_prop p;

    if (!prop_argument(x, args, n, &p))
        return fail(x);
    return from_value(x->e->parent ? bn_fo_get(x->e->parent, p)
                                   : bn_fo_initial(x->e->doc, p));
}

static bn_expr
fn_inherited(parser *x, const bn_expr *args, int n)
{
    bn_prop p;

    if (!prop_argument(x, args, n, &p) || !bn_prop_row_of(p)->inherited)
        return fail(x);
    return fn_from_parent(x, args, n);
}

static bn_expr
fn_nearest(parser *x, const bn_expr *args, int n)
{
    bn_prop p;

    if (!prop_argument(x, args, n, &p))
        return fail(x);
    for (const bn_fo *fo = x->e->parent; fo; fo = fo->parent)
        if (bn_fo_specified(fo, p))
            return from_value(bn_fo_get(fo, p));
    return from_value(bn_fo_initial(x->e->doc, p));
}

static bn_expr
fn_table_column(parser *x, const bn_expr *args, int n)
{
    const bn_fo *column = bn_fo_column(x->e);
    bn_prop p;

    if (!prop_argument(x, args, n, &p))
        return fail(x);
    return from_value(column ? bn_fo_get(column, p)
                             : bn_fo_initial(x->e->doc, p));
}

static bn_expr
fn_page_master(parser *x, const bn_expr *args, int n)
{
    const bn_fo *region = bn_fo_master_region(x->e);
    bn_prop p;

    if (!prop_argument(x, args, n, &p))
        return fail(x);
    return from_value(region ? bn_fo_get(region, p)
                             : bn_fo_initial(x->e->doc, p));
}

static bn_expr
fn_merge(parser *x, const bn_expr *args, int n)
{
    return fn_from_parent(x, args, n);
}

static const bn_fo *
list_item(const bn_eval *e)
{
    /* not the object itself: its values are being made */
    for (const bn_fo *fo = e->parent; fo; fo = fo->parent)
        if (fo->type == BN_FO_LIST_ITEM)
            return fo;
    return NULL;
}

/* body-start() = start-indent of the item + distance between starts;
 * label-end() = width of the reference area - that + separation (6.8.1).
 * Both are exact as a length and a percentage of that width. */
static bn_expr
list_function(parser *x, bool label)
{
    const bn_fo *item = list_item(x->e);
    const bn_value *start, *distance, *separation;
    bn_expr out = number(0, 1);

    if (item == NULL)
        return fail(x);
    start = bn_fo_get(item, BN_P_START_INDENT);
    distance = bn_fo_get(item->parent ? item->parent : item,
                         BN_P_PROVISIONAL_DISTANCE_BETWEEN_STARTS);
    separation = bn_fo_get(item->parent ? item->parent : item,
                           BN_P_PROVISIONAL_LABEL_SEPARATION);
    out.n = (double)start->len + distance->len;
    out.percent = (start->percent + (double)distance->percent) / 10000;
    if (label) {
        out.n = separation->len - out.n;
        out.percent = 100 + separation->percent / 10000.0 - out.percent;
    }
    return out;
}

static bn_expr
fn_label_end(parser *x, const bn_expr *args, int n)
{
    (void)args;
    return n ? fail(x) : list_function(x, true);
}

static bn_expr
fn_body_start(parser *x, const bn_expr *args, int n)
{
    (void)args;
    return n ? fail(x) : list_function(x, false);
}

static bn_expr
fn_proportional(parser *x, const bn_expr *args, int n)
{
    if (n != 1 || args[0].kind != EX_NUMBER || args[0].dim)
        return fail(x);
    return (bn_expr){.kind = EX_COLUMN, .n = args[0].n};
}

static uint32_t
channel(const bn_expr *a, double whole)
{
    double v = a->pure_percent ? a->percent / 100 : a->n / whole;

    v = v < 0 ? 0 : v > 1 ? 1 : v;
    return (uint32_t)lround(v * 255);
}

static bn_expr
fn_rgb(parser *x, const bn_expr *args, int n)
{
    if (n < 3)
        return fail(x);
    for (int i = 0; i < 3; i++)
        if (args[i].kind != EX_NUMBER)
            return fail(x);
    return color(channel(&args[0], 255) << 16 | channel(&args[1], 255) << 8 |
                 channel(&args[2], 255));
}

/* A part of 1. */
static float
part(const bn_expr *a, double whole)
{
    const float v = (float)(a->pure_percent ? a->percent / 100 : a->n / whole);

    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static bn_expr
fn_cmyk(parser *x, const bn_expr *args, int n)
{
    float ink[4], rgb[3];
    uint32_t v[3];
    bn_expr out;

    if (n != 4)
        return fail(x);
    for (int i = 0; i < 4; i++)
        if (args[i].kind != EX_NUMBER)
            return fail(x);
    for (int i = 0; i < 4; i++)
        ink[i] = part(&args[i], 1);
    for (int i = 0; i < 3; i++) {
        v[i] =
            (255 - channel(&args[i], 1)) * (255 - channel(&args[3], 1)) / 255;
        rgb[i] = (1 - ink[i]) * (1 - ink[3]);
    }
    out = color(v[0] << 16 | v[1] << 8 | v[2]);
    out.form = bn_fo_color_said(x->e->doc, rgb, "#CMYK", 5, NULL, 0, ink, 4);
    return out;
}

static bool
is_named(const bn_expr *a, const char *name)
{
    return (a->kind == EX_NAME || a->kind == EX_STRING) &&
           a->len == strlen(name) && strncasecmp(a->s, name, a->len) == 0;
}

/* Red, green and blue are what shows: there are no profiles here. How the ink
 * was said is kept for the area tree. */
static bn_expr
fn_icc(parser *x, const bn_expr *args, int n)
{
    bn_expr out = fn_rgb(x, args, n);
    float rgb[3], ink[4] = {0};

    if (x->bad || n < 5)
        return out;
    for (int i = 0; i < 3; i++)
        rgb[i] = part(&args[i], 255);
    if (is_named(&args[3], "#Separation") &&
        (args[4].kind == EX_NAME || args[4].kind == EX_STRING))
        out.form = bn_fo_color_said(x->e->doc, rgb, "#Separation", 11,
                                    args[4].s, args[4].len, NULL, 0);
    if (!is_named(&args[3], "#CMYK") || n != 8)
        return out;
    for (int i = 0; i < 4; i++) {
        if (args[4 + i].kind != EX_NUMBER)
            return fail(x);
        ink[i] = part(&args[4 + i], 1);
    }
    out.form = bn_fo_color_said(x->e->doc, rgb, "#CMYK", 5, NULL, 0, ink, 4);
    return out;
}

static bn_expr
fn_system_color(parser *x, const bn_expr *args, int n)
{
    uint32_t rgb;

    if (n != 1 || (args[0].kind != EX_NAME && args[0].kind != EX_STRING) ||
        !bn_fo_color_name(x->e->doc, args[0].s, args[0].len, &rgb))
        return fail(x);
    return color(rgb & 0xFFFFFF);
}

/* Of numbers only: how a length is rounded would depend on its unit. */
static bn_expr
rounded(parser *x, const bn_expr *args, int n, double (*f)(double))
{
    if (n != 1 || args[0].kind != EX_NUMBER || args[0].dim)
        return fail(x);
    return number(f(args[0].n), 0);
}

/* Halves go up (5.10.1). */
static double
half_up(double n)
{
    return floor(n + 0.5);
}

static bn_expr
fn_floor(parser *x, const bn_expr *args, int n)
{
    return rounded(x, args, n, floor);
}

static bn_expr
fn_ceiling(parser *x, const bn_expr *args, int n)
{
    return rounded(x, args, n, ceil);
}

static bn_expr
fn_round(parser *x, const bn_expr *args, int n)
{
    return rounded(x, args, n, half_up);
}

static bn_expr
fn_abs(parser *x, const bn_expr *args, int n)
{
    bn_expr out;

    if (n != 1 || args[0].kind != EX_NUMBER ||
        (args[0].percent != 0 && args[0].n != 0))
        return fail(x);
    out = args[0];
    out.n = fabs(out.n);
    out.percent = fabs(out.percent);
    return out;
}

static bn_expr
extreme(parser *x, const bn_expr *args, int n, bool max)
{
    if (n != 2 || args[0].kind != EX_NUMBER || args[1].kind != EX_NUMBER ||
        args[0].dim != args[1].dim ||
        (args[0].percent != 0) != (args[1].percent != 0) ||
        (args[0].percent != 0 && args[0].n != args[1].n))
        return fail(x);
    if (args[0].percent != 0)
        return (args[0].percent > args[1].percent) == max ? args[0] : args[1];
    return (args[0].n > args[1].n) == max ? args[0] : args[1];
}

static bn_expr
fn_max(parser *x, const bn_expr *args, int n)
{
    return extreme(x, args, n, true);
}

static bn_expr
fn_min(parser *x, const bn_expr *args, int n)
{
    return extreme(x, args, n, false);
}

static const struct function {
    const char *name;
    bn_expr (*call)(parser *x, const bn_expr *args, int n);
} functions[] = {
    {"abs", fn_abs},
    {"body-start", fn_body_start},
    {"ceiling", fn_ceiling},
    {"cmyk", fn_cmyk},
    {"floor", fn_floor},
    {"from-nearest-specified-value", fn_nearest},
    {"from-page-master-region", fn_page_master},
    {"from-parent", fn_from_parent},
    {"from-table-column", fn_table_column},
    {"inherited-property-value", fn_inherited},
    {"label-end", fn_label_end},
    {"max", fn_max},
    {"merge-property-values", fn_merge},
    {"min", fn_min},
    {"proportional-column-width", fn_proportional},
    {"rgb", fn_rgb},
    {"rgb-icc", fn_icc},
    {"rgb-named-color", fn_rgb}, /* its fallback */
    {"round", fn_round},
    {"system-color", fn_system_color},
};

/* url( up to the closing parenthesis: no expression inside. */
static bn_expr
read_url(parser *x)
{
    bn_expr out = {.kind = EX_URI};
    const char *last;

    skip_space(x);
    out.s = x->p;
    if (x->p < x->end && (*x->p == '"' || *x->p == '\'')) {
        const bn_expr literal = read_literal(x);

        out.s = literal.s;
        out.len = literal.len;
        return take(x, ')') ? out : fail(x);
    }
    while (x->p < x->end && *x->p != ')')
        x->p++;
    if (x->p == x->end)
        return fail(x);
    last = x->p++;
    while (last > out.s && is_space(last[-1]))
        last--;
    out.len = (size_t)(last - out.s);
    return out;
}

static bn_expr
call(parser *x, const char *name, size_t len)
{
    bn_expr args[MAX_ARGS];
    int n = 0;

    if (len == 3 && memcmp(name, "url", 3) == 0)
        return read_url(x);
    while (!x->bad && !take(x, ')')) {
        if ((n > 0 && !take(x, ',')) || n == MAX_ARGS)
            return fail(x);
        args[n++] = read_sum(x);
    }
    if (x->bad)
        return fail(x);
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (strlen(functions[i].name) == len &&
            memcmp(functions[i].name, name, len) == 0)
            return functions[i].call(x, args, n);
    return fail(x);
}

/* -------------------------------------------------------------- grammar */

static bn_expr
read_primary(parser *x)
{
    const char *name;
    bn_expr inner;

    skip_space(x);
    if (x->p == x->end)
        return fail(x);
    if (is_digit(*x->p) ||
        (*x->p == '.' && x->p + 1 < x->end && is_digit(x->p[1])))
        return read_number(x);
    if (*x->p == '#')
        return read_hash(x);
    if (*x->p == '\'' || *x->p == '"')
        return read_literal(x);
    if (take(x, '(')) {
        inner = read_sum(x);
        return take(x, ')') ? inner : fail(x);
    }
    if (!is_letter(*x->p))
        return fail(x);
    name = x->p;
    while (x->p < x->end && is_name(*x->p))
        x->p++;
    if (x->p < x->end && *x->p == '(') {
        const size_t len = (size_t)(x->p - name);

        x->p++;
        return call(x, name, len);
    }
    return (bn_expr){.kind = EX_NAME, .s = name, .len = (size_t)(x->p - name)};
}

static bn_expr
read_unary(parser *x)
{
    bn_expr v;

    if (++x->depth > MAX_DEPTH)
        return fail(x);
    if (take(x, '-')) {
        v = read_unary(x);
        if (v.kind != EX_NUMBER)
            return fail(x);
        v.n = -v.n;
        v.percent = -v.percent;
    } else if (take(x, '+')) {
        v = read_unary(x);
    } else {
        v = read_primary(x);
    }
    x->depth--;
    return v;
}

static bool
take_word(parser *x, const char *word)
{
    const size_t n = strlen(word);

    skip_space(x);
    if ((size_t)(x->end - x->p) <= n || memcmp(x->p, word, n) != 0 ||
        is_name(x->p[n]))
        return false;
    x->p += n;
    return true;
}

static bn_expr
multiply(parser *x, bn_expr a, bn_expr b)
{
    if (a.kind != EX_NUMBER || b.kind != EX_NUMBER || (a.dim && b.dim))
        return fail(x);
    if (b.dim) {
        const bn_expr swap = a;

        a = b;
        b = swap;
    }
    a.n *= b.n;
    a.percent *= b.n;
    return a;
}

static bn_expr
divide(parser *x, bn_expr a, bn_expr b, bool mod)
{
    if (a.kind != EX_NUMBER || b.kind != EX_NUMBER)
        return fail(x);
    if (b.pure_percent && a.pure_percent && b.percent != 0)
        return number(a.percent / b.percent, 0);
    if (b.percent != 0 || b.n == 0 || (b.dim && (!a.dim || a.percent != 0)))
        return fail(x);
    if (mod)
        return a.percent == 0 ? number(fmod(a.n, b.n), a.dim) : fail(x);
    a.n /= b.n;
    a.percent /= b.n;
    a.dim -= b.dim;
    return a;
}

static bn_expr
read_product(parser *x)
{
    bn_expr v = read_unary(x);

    while (!x->bad) {
        if (take(x, '*'))
            v = multiply(x, v, read_unary(x));
        else if (take_word(x, "div"))
            v = divide(x, v, read_unary(x), false);
        else if (take_word(x, "mod"))
            v = divide(x, v, read_unary(x), true);
        else
            break;
    }
    return v;
}

/* proportional-column-width(1) + 2cm: a share of what is left, and a length
 * (in percent). */
static bn_expr
add_to_column(parser *x, bn_expr a, bn_expr b, int sign)
{
    const bn_expr *const terms[] = {&a, &b};
    bn_expr sum = {.kind = EX_COLUMN};

    for (int i = 0; i < 2; i++) {
        const bn_expr *t = terms[i];
        const int s = i == 0 ? 1 : sign;

        if (t->kind == EX_COLUMN) {
            sum.n += s * t->n;
            sum.percent += s * t->percent;
        } else if (t->kind == EX_NUMBER && t->percent == 0 &&
                   (t->dim == 1 || t->n == 0)) {
            sum.percent += s * t->n;
        } else {
            return fail(x);
        }
    }
    return sum;
}

/* Lengths and percentages add to lengths; a bare 0 is a length, too. */
static bn_expr
add(parser *x, bn_expr a, bn_expr b, int sign)
{
    if (a.kind == EX_COLUMN || b.kind == EX_COLUMN)
        return add_to_column(x, a, b, sign);
    if (a.kind != EX_NUMBER || b.kind != EX_NUMBER ||
        (a.dim != b.dim && a.n != 0 && b.n != 0))
        return fail(x);
    a.pure_percent = a.pure_percent && b.pure_percent;
    a.n += sign * b.n;
    a.percent += sign * b.percent;
    a.dim = a.dim > b.dim ? a.dim : b.dim;
    return a;
}

static bn_expr
read_sum(parser *x)
{
    bn_expr v;

    if (++x->depth > MAX_DEPTH)
        return fail(x);
    v = read_product(x);
    while (!x->bad) {
        if (take(x, '+'))
            v = add(x, v, read_product(x), 1);
        else if (take(x, '-'))
            v = add(x, v, read_product(x), -1);
        else
            break;
    }
    x->depth--;
    return v;
}

bn_expr
bn_expr_read(const bn_eval *e, bn_prop p, const char *text, size_t n)
{
    parser x = {.e = e, .prop = p, .p = text, .end = text + n};
    bn_expr v = read_sum(&x);

    skip_space(&x);
    if (x.bad || x.p != x.end)
        v.kind = EX_BAD;
    return v;
}
