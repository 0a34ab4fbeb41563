/* import_value.c - cells as people write them, as the data writes them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/import.h"

/* Without white space around it. */
static const char *
trim(bn_arena *a, const char *s)
{
    static const char wide[] = "\u3000";
    size_t n;

    for (;;) {
        if (strncmp(s, wide, 3) == 0)
            s += 3;
        else if (*s == ' ' || *s == '\t' || *s == '\n')
            s++;
        else
            break;
    }
    n = strlen(s);
    for (;;) {
        if (n >= 3 && memcmp(s + n - 3, wide, 3) == 0)
            n -= 3;
        else if (n > 0 && strchr(" \t\n", s[n - 1]))
            n--;
        else
            break;
    }
    return bn_arena_strndup(a, s, n);
}

/* Text of one line: a line end between two characters that take no blank
 * between them goes, any other becomes one, as the data would be read. */
static const char *
join_lines(bn_arena *a, const char *s)
{
    char *out = bn_arena_strdup(a, s), *to = out;

    for (const char *p = s; *p; p++) {
        if (*p != '\n') {
            *to++ = *p;
            continue;
        }
        while (p[1] == '\n')
            p++;
        if ((to > out && (unsigned char)to[-1] < 0x80) ||
            (unsigned char)p[1] < 0x80)
            *to++ = ' ';
    }
    *to = '\0';
    return out;
}

/* ASCII of full width in half width. */
static const char *
narrow(bn_arena *a, const char *s)
{
    const char *end = s + strlen(s);
    bn_buf out = {0};
    const char *copy;

    while (s < end) {
        const uint32_t c = bn_u8_next(&s, end);

        bn_buf_add_u8(&out, c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
    }
    copy = bn_arena_strndup(a, out.p ? out.p : "", out.len);
    bn_buf_free(&out);
    return copy;
}

static bn_code
fail(bn_err *err, bn_code code, bn_loc at, const char *head, const char *text,
     const char *more)
{
    return bn_fail(err, code, at, head, text, more);
}

/* 1,200円 / ￥1,200 / １２人: digits, with one point and a half for decimals. */
static const char *
read_number(bn_arena *a, const char *text, bool decimal)
{
    static const char *const around[] = {"円", "人", "日", "時間", "回", "年",
                                         "\u00A5", "\\", "件"};
    const char *s = narrow(a, text);
    char *out = bn_arena_alloc(a, strlen(s) + 1), *to = out;
    bool point = false;

    for (; *s;) {
        size_t skip = 0;

        for (size_t i = 0; i < sizeof around / sizeof around[0]; i++)
            if (strncmp(s, around[i], strlen(around[i])) == 0)
                skip = strlen(around[i]);
        if (*s == ',' || *s == ' ')
            skip = 1;
        if (skip) {
            s += skip;
            continue;
        }
        if (*s == '-' && decimal && to == out) {
            *to++ = *s++;
            continue;
        }
        if (*s == '.' && decimal && !point && to > out)
            point = true;
        else if (!isdigit((unsigned char)*s))
            return NULL;
        *to++ = *s++;
    }
    *to = '\0';
    return to > out ? out : NULL;
}

static const char *
read_yes_no(const char *s)
{
    static const struct {
        const char *word, *value;
    } words[] = {{"yes", "yes"}, {"はい", "yes"}, {"有", "yes"}, {"あり", "yes"},
                 {"○", "yes"},   {"〇", "yes"},   {"1", "yes"},  {"該当", "yes"},
                 {"no", "no"},   {"いいえ", "no"}, {"無", "no"},  {"なし", "no"},
                 {"×", "no"},    {"0", "no"},     {"非該当", "no"}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(s, words[i].word) == 0)
            return words[i].value;
    return NULL;
}

/* 〒123-4567 or 1234567. */
static const char *
read_postal(bn_arena *a, const char *text)
{
    const char *s = narrow(a, text);
    char digits[8];
    size_t n = 0;

    if (strncmp(s, "〒", 3) == 0)
        s += 3;
    for (; *s; s++) {
        if (isdigit((unsigned char)*s) && n < 7)
            digits[n++] = *s;
        else if (*s != '-' && *s != ' ')
            return NULL;
    }
    return n == 7 ? bn_arena_printf(a, "%.3s-%.4s", digits, digits + 3) : NULL;
}

/* Words parted by blanks, commas, 、 ・ or line ends, one blank between. */
static const char *
read_list(bn_arena *a, const char *text)
{
    static const char *const marks[] = {"、", "・", "\u3000", "，", ",",
                                        ";",  " ",  "\t",     "\n"};
    bn_buf out = {0};
    const char *copy;

    for (const char *s = text; *s;) {
        size_t skip = 0;

        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (strncmp(s, marks[i], strlen(marks[i])) == 0)
                skip = strlen(marks[i]);
        if (skip == 0)
            bn_buf_addc(&out, *s++);
        else if (out.len && out.p[out.len - 1] != ' ')
            bn_buf_addc(&out, ' ');
        s += skip;
    }
    while (out.len && out.p[out.len - 1] == ' ')
        out.len--;
    copy = bn_arena_strndup(a, out.p ? out.p : "", out.len);
    bn_buf_free(&out);
    return copy;
}

/* An XML name, as an id must be. */
static bool
is_id(const char *s)
{
    if (isdigit((unsigned char)*s) || *s == '-' || *s == '.')
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x80 && !isalnum((unsigned char)*s) &&
            !strchr("-_.", *s))
            return false;
    return true;
}

static bn_code
read_label(bn_arena *a, const char *kind, const char *s, const char *head,
           bn_loc at, const char **out, bn_err *err)
{
    const char *code = bn_label_code(kind, s);
    bn_buf words = {0};

    if (code) {
        *out = bn_arena_strdup(a, code);
        return BN_OK;
    }
    bn_label_words(kind, &words);
    fail(err, BN_EIMPORTCODE, at, head, s, words.p ? words.p : "");
    bn_buf_free(&words);
    return BN_EIMPORTCODE;
}

/* What a function made, or the failure of its type. */
static bn_code
given(const char *value, bn_code code, const char *s, const char *head,
      const char *wanted, bn_loc at, const char **out, bn_err *err)
{
    if (value == NULL)
        return fail(err, code, at, head, s, wanted);
    *out = value;
    return BN_OK;
}

static const char *
read_day(bn_arena *a, const char *type, const char *s)
{
    bn_buf iso = {0};
    const bool clock = strcmp(type, "time") == 0;
    bool good = clock ? bn_time_iso(s, &iso) : bn_date_iso(s, &iso);
    const char *copy = NULL;

    /* a day has no time, a point in time has one */
    if (good && !clock)
        good = (strcmp(type, "datetime") == 0) == (iso.len > 10);
    if (good)
        copy = bn_arena_strndup(a, iso.p, iso.len);
    bn_buf_free(&iso);
    return copy;
}

bn_code
import_read(bn_arena *a, const char *type, const char *text, const char *head,
            bn_loc at, const char **out, bn_err *err)
{
    const char *s = trim(a, text);

    *out = strcmp(type, "text") == 0 ? join_lines(a, s) : s;
    if (*s == '\0' || strcmp(type, "text") == 0)
        return BN_OK;
    if (strcmp(type, "date") == 0 || strcmp(type, "datetime") == 0 ||
        strcmp(type, "time") == 0)
        return given(read_day(a, type, s),
                     strcmp(type, "date") == 0 ? BN_EIMPORTDATE : BN_EIMPORTTIME,
                     s, head, "", at, out, err);
    if (strcmp(type, "integer") == 0 || strcmp(type, "decimal") == 0)
        return given(read_number(a, s, strcmp(type, "decimal") == 0),
                     BN_EIMPORTNUMBER, s, head, "", at, out, err);
    if (strcmp(type, "yes-no") == 0)
        return given(read_yes_no(s), BN_EIMPORTCODE, s, head, "はい、いいえ", at,
                     out, err);
    if (strcmp(type, "postal") == 0)
        return given(read_postal(a, s), BN_EIMPORTCODE, s, head, "000-0000", at,
                     out, err);
    if (strcmp(type, "id") == 0)
        return given(is_id(narrow(a, s)) ? narrow(a, s) : NULL, BN_EIMPORTCODE,
                     s, head, "A-001", at, out, err);
    if (strcmp(type, "list") == 0) {
        *out = read_list(a, s);
        return BN_OK;
    }
    return read_label(a, strchr(type, ':') + 1, s, head, at, out, err);
}
