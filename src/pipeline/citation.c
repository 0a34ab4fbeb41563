/* citation.c - what provisions a citation names. */
#include "pipeline/citation.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/kanji.h"
#include "base/utf8.h"

/* Kinds of numbers, by how they look. */
enum kind { KANJI, ARABIC, PAREN, CIRCLED, KANA, DAI, KINDS, NOTHING };

enum { LEVELS = 4, NUMBER_BYTES = 32, PART_BYTES = 32 };

/* On which level a number of each kind stands; -1 on none. Kanji stand on the
 * first level of the notice, too (第三 is cited as 三). */
static const struct scheme {
    int level[KINDS];
    bool first_kanji;
    bool joined; /* by の */
} notice = {{2, 1, -1, -1, 3, -1}, true, true},
  guideline = {{2, 1, -1, -1, 3, 0}, false, true},
  call = {{-1, 0, 1, 2, 3, -1}, false, false};

typedef struct reader {
    bn_arena *a;
    const struct scheme *scheme;
    const char *p;
    char source[NUMBER_BYTES], part[PART_BYTES];
    char levels[LEVELS][NUMBER_BYTES];
    int depth;
    citations *out;
} reader;

/* --------------------------------------------------------------- numbers */

static const char *const digits[] = {"",   "一", "二", "三", "四",
                                     "五", "六", "七", "八", "九"};
static const char iroha[] = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰ"
                            "ノオクヤマケフコエテアサキ"
                            "ユメミシヱヒモセス";

static bool
starts(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static size_t
read_kanji(const char *s, int *value)
{
    size_t n = 0;
    int v = 0;

    for (;;) {
        int d = 0;

        for (int i = 1; i < 10; i++)
            if (starts(s + n, digits[i]))
                d = i;
        if (d)
            v += d;
        else if (starts(s + n, "十"))
            v = v == 0 ? 10 : v < 1000 ? v * 10 : v;
        else
            break;
        n += 3;
    }
    *value = v;
    return n;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
read_arabic(const char *s, int *value)
{
    size_t n = 0;

    *value = 0;
    for (; is_digit(s[n]); n++)
        if (*value < 1000)
            *value = *value * 10 + (s[n] - '0');
    return n;
}

/* The number at s; its bytes, 0: none is there. */
static size_t
read_number(const char *s, enum kind *kind, int *value)
{
    size_t n = read_kanji(s, value);
    const char *kana;

    *kind = NOTHING;
    if (n)
        return *kind = KANJI, n;
    if ((n = read_arabic(s, value)) != 0)
        return *kind = ARABIC, n;
    if (starts(s, "第") && (n = read_arabic(s + 3, value)) != 0)
        return *kind = DAI, n + 3;
    if (*s == '(' && (n = read_arabic(s + 1, value)) != 0 && s[n + 1] == ')')
        return *kind = PAREN, n + 2;
    if (starts(s, "\xE2\x91") && (unsigned char)s[2] < 0xB4) { /* ① to ⑳ */
        *value = (unsigned char)s[2] - 0xA0 + 1;
        return *kind = CIRCLED, 3;
    }
    for (kana = iroha; *kana; kana += 3)
        if (strncmp(kana, s, 3) == 0) {
            *value = (int)(kana - iroha) / 3 + 1;
            return *kind = KANA, 3;
        }
    return 0;
}

static void
write_number(enum kind kind, int value, char out[NUMBER_BYTES])
{
    bn_buf kanji = {0};

    if (kind == KANJI) {
        bn_kanji_add(&kanji, (uint64_t)value);
        snprintf(out, NUMBER_BYTES, "%s", kanji.p);
        bn_buf_free(&kanji);
    } else if (kind == ARABIC)
        snprintf(out, NUMBER_BYTES, "%d", value);
    else if (kind == DAI)
        snprintf(out, NUMBER_BYTES, "第%d", value);
    else if (kind == PAREN)
        snprintf(out, NUMBER_BYTES, "(%d)", value);
    else if (kind == CIRCLED)
        snprintf(out, NUMBER_BYTES, "\xE2\x91%c", 0xA0 + value - 1);
    else
        snprintf(out, NUMBER_BYTES, "%.3s", iroha + 3 * (value - 1));
}

/* ---------------------------------------------------------------- a path */

static void
emit(const reader *r)
{
    bn_buf path = {0}, shown = {0};

    bn_buf_adds(&path, r->source);
    bn_buf_addf(&shown, "%s ", r->source);
    if (*r->part) {
        bn_buf_addf(&path, "/%s", r->part);
        bn_buf_addf(&shown, "%s ", r->part);
    }
    for (int i = 0; i < r->depth; i++) {
        if (*r->levels[i] == '\0')
            continue;
        bn_buf_addf(&path, "/%s", r->levels[i]);
        if (r->scheme->joined && i > 0 && i < 3)
            bn_buf_adds(&shown, "の");
        bn_buf_adds(&shown, r->levels[i]);
    }
    BN_PUSH(r->out) = (citation){bn_arena_strdup(r->a, path.p),
                                 bn_arena_strdup(r->a, shown.p)};
    bn_buf_free(&path);
    bn_buf_free(&shown);
}

/* Is the number that ends at s followed by one of the second level? */
static bool
goes_on_arabic(const char *s)
{
    return starts(s, "の") && is_digit(s[3]);
}

static int
level_of(const reader *r, enum kind kind, const char *behind)
{
    if (kind == KANJI && r->scheme->first_kanji &&
        (r->depth == 0 || goes_on_arabic(behind)))
        return 0;
    return r->scheme->level[kind];
}

static void
put_number(reader *r, int level, const char *number)
{
    if (level < r->depth)
        emit(r);
    for (int i = r->depth; i < level; i++)
        *r->levels[i] = '\0';
    snprintf(r->levels[level], NUMBER_BYTES, "%s", number);
    r->depth = level + 1;
}

/* From the number that was read last up to this one. */
static void
put_range(reader *r, int level, enum kind kind, int from, int to)
{
    char number[NUMBER_BYTES];

    for (int n = from + 1; n <= to && n < from + 50; n++) {
        write_number(kind, n, number);
        put_number(r, level, number);
    }
}

/* Words that say of what part of a provision, and marks between numbers. */
static size_t
skip_words(const char *s)
{
    static const char *const words[] = {
        "柱書", "なお書", "ただし書", "冒頭", "の", "・", "、", ",", " "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (starts(s, words[i]))
            return strlen(words[i]);
    return 0;
}

/* Numbers to the end; false: there is something else. */
static bool
read_numbers(reader *r, const char *end)
{
    int last = 0;
    bool range = false;

    while (r->p < end) {
        enum kind kind;
        int value, level;
        size_t n = read_number(r->p, &kind, &value);

        if (n == 0) {
            n = starts(r->p, "〜") ? strlen("〜") : skip_words(r->p);
            range |= starts(r->p, "〜");
            if (n == 0)
                return false;
            r->p += n;
            continue;
        }
        level = level_of(r, kind, r->p + n);
        if (level < 0)
            return false;
        if (range) {
            put_range(r, level, kind, last, value);
        } else {
            char number[NUMBER_BYTES];

            snprintf(number, sizeof number, "%.*s", (int)n, r->p);
            put_number(r, level, number);
        }
        last = value;
        range = false;
        r->p += n;
    }
    return true;
}

static void
choose_scheme(reader *r)
{
    static const char *const parts[] = {"本文", "別紙1", "別紙2", "別紙"};

    r->scheme = strcmp(r->source, "002") == 0 ? &call
                : starts(r->p, "第")          ? &guideline
                                              : &notice;
    if (r->scheme != &call)
        return;
    strcpy(r->part, "別紙2"); /* what kits cite */
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (starts(r->p, parts[i])) {
            strcpy(r->part, parts[i]);
            r->p += strlen(parts[i]);
            r->p += strspn(r->p, " ");
            return;
        }
}

/* One citation, from s to end. */
static void
read_one(bn_arena *a, const char *s, const char *end, citations *out)
{
    const size_t before = out->n, source = strcspn(s, " ;");
    reader r = {.a = a, .p = s, .out = out};
    const char *all = bn_arena_strndup(a, s, (size_t)(end - s));

    if (s + source < end && source < NUMBER_BYTES) {
        memcpy(r.source, s, source);
        r.p = s + source + 1;
        choose_scheme(&r);
        if (read_numbers(&r, end) && (r.depth || *r.part)) {
            emit(&r);
            return;
        }
    }
    out->n = before;
    BN_PUSH(out) = (citation){all, all};
}

void
citations_read(bn_arena *a, const char *text, citations *out)
{
    for (const char *s = text; *s;) {
        const size_t n = strcspn(s, ";");

        read_one(a, s, s + n, out);
        s += n;
        s += strspn(s, "; ");
    }
}

citation
citation_of_titles(bn_arena *a, const char *source, const char *titles)
{
    citations one = {0};
    citation c;
    bn_buf text = {0};

    bn_buf_addf(&text, "%s ", source);
    for (const char *s = titles; *s;) {
        const size_t n = strcspn(s, "/");
        const bool article = s == titles && starts(s, "第") && !is_digit(s[3]);
        int value;

        if (s != titles && read_arabic(s, &value) + read_kanji(s, &value))
            bn_buf_adds(&text, "の");
        bn_buf_addf(&text, "%.*s", (int)(n - (article ? 3 : 0)),
                    s + (article ? 3 : 0));
        s += n;
        s += *s == '/';
    }
    citations_read(a, text.p, &one);
    c = one.v[0];
    BN_VEC_FREE(&one);
    bn_buf_free(&text);
    return c;
}
