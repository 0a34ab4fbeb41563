/* tabs.c - a block's tab stops (fox:tab-stops): pairs of a kind and a length,
 * in either order, parted by blanks or commas. */
#include "layout/inline.h"

#include <string.h>

enum { MOST_STOPS = 64, WORD_MAX = 31 };

static const struct {
    const char *word;
    uint8_t kind;
} kinds[] = {
    {"left", BN_STOP_START},    {"start", BN_STOP_START},
    {"right", BN_STOP_END},     {"end", BN_STOP_END},
    {"center", BN_STOP_CENTER}, {"decimal", BN_STOP_DECIMAL},
};

/* The next word, cut at WORD_MAX; false: no more. */
static bool
next_word(const char **s, char *word)
{
    size_t n;

    *s += strspn(*s, " ,\t\n\r");
    n = strcspn(*s, " ,\t\n\r");
    if (n == 0)
        return false;
    memcpy(word, *s, n > WORD_MAX ? WORD_MAX : n);
    word[n > WORD_MAX ? WORD_MAX : n] = '\0';
    *s += n;
    return true;
}

/* A length, a number of ems of the block or a share of its width. */
static bool
read_length(const char *word, bn_len em, bn_len width, bn_len *out)
{
    const size_t n = strcspn(word, "em%");
    const bool percent = word[n] == '%';
    char points[WORD_MAX + 3];
    bn_err err = {0};
    bn_len v;

    if (bn_len_parse(word, BN_NOWHERE, out, &err) == BN_OK)
        return *out >= 0;
    if (!percent && strcmp(word + n, "em") != 0)
        return false;
    if (percent && width >= BN_NO_LIMIT)
        return false;
    memcpy(points, word, n);
    memcpy(points + n, "pt", 3);
    err = (bn_err){0};
    if (bn_len_parse(points, BN_NOWHERE, &v, &err) || v < 0 || v > 1000000)
        return false;
    *out = (bn_len)((int64_t)v * (percent ? width / 100 : em) / 1000);
    return true;
}

static void
insert(bn_tab_stop *stops, size_t n, bn_tab_stop stop)
{
    while (n > 0 && stops[n - 1].at > stop.at) {
        stops[n] = stops[n - 1];
        n--;
    }
    stops[n] = stop;
}

static int
kind_of(const char *word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(word, kinds[i].word) == 0)
            return kinds[i].kind;
    return -1;
}

void
bn_set_stops(bn_ctx *c, const bn_fo *fo, bn_len width, bn_para_style *p)
{
    const char *s = bn_fo_string(fo, BN_P_FOX_TAB_STOPS);
    const bn_len em = bn_fo_len(fo, BN_P_FONT_SIZE, 0);
    bn_tab_stop *stops, stop = {0};
    char word[WORD_MAX + 1];
    int kind = -1;
    bool has_length = false;

    if (s == NULL || bn_fo_is(fo, BN_P_FOX_TAB_STOPS, BN_K_NONE))
        return;
    stops = BN_NEWS(c->lines, bn_tab_stop, MOST_STOPS);
    while (p->nstops < MOST_STOPS && next_word(&s, word)) {
        if (kind_of(word) >= 0) {
            kind = kind_of(word);
        } else if (read_length(word, em, width, &stop.at)) {
            has_length = true;
        } else {
            bn_warn(c->msgs, BN_WFOVALUE, bn_at(fo->place), "fox:tab-stops",
                    word);
            break;
        }
        if (kind < 0 || !has_length)
            continue;
        stop.kind = (uint8_t)kind;
        insert(stops, p->nstops++, stop);
        kind = -1;
        has_length = false;
    }
    p->stops = stops;
}
