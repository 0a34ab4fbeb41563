/* What layout asks of an object: values as numbers, lengths, keywords. */
#include "fo/tree.h"

#include <string.h>

static const bn_value *
own_value(const bn_fo *fo, bn_prop p)
{
    const bn_own *o = fo->own;
    uint32_t from = 0, to;

    if (o == NULL || !(o->bits >> (p & 63) & 1))
        return NULL;
    for (to = o->n; from < to;) {
        const uint32_t middle = (from + to) / 2;

        if (o->p[middle] == p)
            return &o->v[middle];
        if (o->p[middle] < p)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

const bn_value *
bn_fo_get(const bn_fo *fo, bn_prop p)
{
    const int16_t slot = bn_prop_row_of(p)->slot;
    const bn_value *v;

    if (slot >= 0)
        return &fo->inherited[slot];
    v = own_value(fo, p);
    return v ? v : bn_fo_initial(bn_fo_doc_of(fo), p);
}

bool
bn_fo_specified(const bn_fo *fo, bn_prop p)
{
    return own_value(fo, p) != NULL;
}

bn_keyword
bn_fo_keyword(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);

    return v->kind == BN_V_KEYWORD ? (bn_keyword)v->keyword : BN_K_UNKNOWN;
}

bool
bn_fo_is(const bn_fo *fo, bn_prop p, bn_keyword k)
{
    return bn_fo_keyword(fo, p) == k;
}

bn_len
bn_fo_len(const bn_fo *fo, bn_prop p, bn_len base)
{
    const bn_value *v = bn_fo_get(fo, p);
    int64_t len;

    if (v->kind != BN_V_LENGTH)
        return 0;
    len = v->len + (int64_t)base * v->percent / 1000000;
    return len > BN_FO_LEN_MAX    ? BN_FO_LEN_MAX
           : len < -BN_FO_LEN_MAX ? -BN_FO_LEN_MAX
                                  : (bn_len)len;
}

int64_t
bn_fo_number(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);

    return v->kind == BN_V_NUMBER || v->kind == BN_V_COLUMN ? v->number : 0;
}

int32_t
bn_fo_int(const bn_fo *fo, bn_prop p)
{
    const int64_t n = bn_fo_number(fo, p);
    const int64_t r = (n + (n < 0 ? -500000 : 500000)) / 1000000;

    return r > INT32_MAX ? INT32_MAX : r < INT32_MIN ? INT32_MIN : (int32_t)r;
}

const char *
bn_fo_string(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);

    return v->kind == BN_V_STRING && v->string[0] ? v->string : NULL;
}

bool
bn_fo_says(const bn_fo *fo, bn_prop p, bn_keyword k, const char *word)
{
    const bn_value *v = bn_fo_get(fo, p);
    const size_t n = strlen(word);

    if (v->kind == BN_V_KEYWORD)
        return k == BN_K_UNKNOWN
                   ? strcmp(bn_keyword_name(v->keyword), word) == 0
                   : v->keyword == (int32_t)k;
    if (v->kind != BN_V_STRING)
        return false;
    for (const char *s = v->string; (s = strstr(s, word)) != NULL; s += n)
        if ((s == v->string || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0'))
            return true;
    return false;
}

uint32_t
bn_fo_color(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);

    if (v->kind == BN_V_COLOR)
        return v->color;
    if (v->kind == BN_V_KEYWORD && v->keyword == BN_K_CURRENT_COLOR &&
        p != BN_P_COLOR)
        return bn_fo_color(fo, BN_P_COLOR);
    return 0;
}

const char *
bn_fo_color_form(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);
    const bn_fo_doc *d = bn_fo_doc_of(fo);

    if (v->kind == BN_V_KEYWORD && v->keyword == BN_K_CURRENT_COLOR)
        v = bn_fo_get(fo, BN_P_COLOR);
    return v->kind == BN_V_COLOR && v->percent
               ? d->color_forms.v[v->percent - 1]
               : NULL;
}

int32_t
bn_fo_keep(const bn_fo *fo, bn_prop p)
{
    const bn_value *v = bn_fo_get(fo, p);
    int32_t n;

    if (v->kind == BN_V_KEYWORD)
        return v->keyword == BN_K_ALWAYS ? INT32_MAX : 0;
    n = bn_fo_int(fo, p);
    return n < 0 ? 0 : n == INT32_MAX ? INT32_MAX - 1 : n;
}

bn_len
bn_fo_line_height(const bn_fo *fo)
{
    const bn_value *v = bn_fo_get(fo, BN_P_LINE_HEIGHT);
    const bn_len size = bn_fo_len(fo, BN_P_FONT_SIZE, 0);

    switch (v->kind) {
    case BN_V_LENGTH:
        return v->len;
    case BN_V_NUMBER:
        return (bn_len)(size * v->number / 1000000);
    default:
        return (bn_len)((int64_t)size * 12 / 10);
    }
}

void
bn_fo_indents(const bn_fo *fo, bn_len width, bn_len *start, bn_len *end)
{
    *start = bn_fo_len(fo, BN_P_START_INDENT, width);
    *end = bn_fo_len(fo, BN_P_END_INDENT, width);
}
