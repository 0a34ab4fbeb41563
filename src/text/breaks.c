/* Where lines may end: UAX #14 by ICU at the style's level, mended where
 * JLREQ's Table 2 says otherwise. */
#include "text/internal.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include "base/utf8.h"
#include "base/vec.h"

enum { MOST_LOCALES = 16 }; /* in one paragraph */

typedef BN_VEC(UChar) utf16;

static inline void
add_u16(utf16 *t, uint32_t cp)
{
    if (cp > 0xffff) {
        BN_PUSH(t) = U16_LEAD(cp);
        cp = U16_TRAIL(cp);
    }
    BN_PUSH(t) = (UChar)cp;
}

/* What ICU is shown instead: characters whose class there is not the one
 * JLREQ gives them stand in for one that has it. */
static uint32_t
shown(const unit *u, uint32_t cp)
{
    if (u->style->word_break == BN_WB_BREAK_ALL && u_isalnum((UChar32)cp))
        return 0x4e00;
    if (u->style->word_break == BN_WB_KEEP_ALL && u_isalpha((UChar32)cp) &&
        (u->flags & UNIT_WIDE))
        return 'a';
    if (!(u->flags & UNIT_JA))
        return cp;
    switch (cp) {
    case 0xff5e: /* ～ as 〜 */
        return 0x301c;
    case 0xff03: /* ＃ as ＄ */
        return 0xff04;
    case 0x2015: /* ― as — */
        return 0x2014;
    case 0x2113: /* ℓ as ℃ */
        return 0x2103;
    case 0x2018:
    case 0x201c:
        return u->cls == BN_CL_01 ? 0x300c : cp;
    case 0x2019:
    case 0x201d:
        return u->cls == BN_CL_02 ? 0x300d : cp;
    default:
        /* Squared units as ％ */
        return u->cls == BN_CL_13 && cp >= 0x3300 && cp <= 0x33ff ? 0xff05 : cp;
    }
}

static void
make_text(bn_para *p, utf16 *t)
{
    BN_VEC_RESERVE(t, p->nunits + p->nunits / 8 + 2);
    for (size_t i = 0; i < p->nunits; i++) {
        unit *u = &p->units[i];

        u->u16 = (uint32_t)t->n;
        if (u->kind == BN_ITEM_BOX || u->kind == BN_ITEM_LEADER) {
            add_u16(t, u->flags & UNIT_WIDE ? 0x4e00 : 0xa6);
        } else if (u->kind == BN_ITEM_TAB) {
            add_u16(t, ' ');
        } else if (u->flags & UNIT_TCY) {
            add_u16(t, 0x4e00);
        } else if (u->kind == BN_ITEM_TEXT) {
            const char *s = p->items[u->item].text + u->at;
            const char *end = s + u->nbytes;

            do {
                const uint32_t cp = bn_u8_next(&s, end);

                add_u16(t, shown(u, cp == BN_U8_BAD ? 0xfffd : cp));
            } while (s < end);
        } else if (u->kind == BN_ITEM_BREAK) {
            add_u16(t, 0x2028);
        }
    }
}

static bool
is_letter_of_name(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Bytes of the language without script and country. */
static size_t
language_bytes(const char *lang)
{
    enum { LONGEST = 11 };
    size_t n = 0;

    while (lang && n < LONGEST && is_letter_of_name(lang[n]))
        n++;
    return n;
}

enum { LOCALE = 40 };

static void
locale_of(const bn_text_style *s, char out[LOCALE])
{
    static const char *const levels[] = {"strict", "strict", "normal", "loose",
                                         "loose"};
    const size_t n = language_bytes(s->lang);
    char *p = out;

    memcpy(p, n ? s->lang : "en", n ? n : 2);
    p = stpcpy(p + (n ? n : 2), "@lb=");
    p = stpcpy(p, levels[s->line_break <= BN_LB_ANYWHERE ? s->line_break : 0]);
    if (s->word_break == BN_WB_PHRASE)
        stpcpy(p, ";lw=phrase");
}

/* Do both ask for the same? (Else it is only looked up once too often.) */
static bool
same_locale(const bn_text_style *a, const bn_text_style *b)
{
    size_t n;

    if (a == b)
        return true;
    if (a->line_break != b->line_break ||
        (a->word_break == BN_WB_PHRASE) != (b->word_break == BN_WB_PHRASE))
        return false;
    n = language_bytes(a->lang);
    return n == language_bytes(b->lang) &&
           (a->lang == b->lang || n == 0 || memcmp(a->lang, b->lang, n) == 0);
}

/* Mark boundaries of one locale on the units whose style asks for it: the
 * unit before the boundary decides. */
static void
mark_ends(bn_para *p, const bn_text_style *style, const char *locale,
          const utf16 *t)
{
    const uint8_t *ends = bn_line_ends(locale, t->v, t->n);
    const bn_text_style *known = NULL;
    bool mine = false;

    for (size_t v = 1; v < p->nvisible; v++) {
        const uint32_t at = p->units[p->visible[v]].u16;
        unit *prev;

        if (!(ends[at / 8] >> at % 8 & 1))
            continue;
        prev = &p->units[p->visible[v - 1]];
        if (prev->style != known) {
            known = prev->style;
            mine = known && same_locale(known, style);
        }
        if (mine)
            prev->brk = BREAK_YES;
    }
}

static bool
is_ja_pair(const unit *a, const unit *b)
{
    return (a->flags & UNIT_JA) && (b->flags & UNIT_JA);
}

static bool
inseparable(const unit *a, const unit *b)
{
    return (a->cp == b->cp) ||
           ((a->cp == 0x3033 || a->cp == 0x3034) && b->cp == 0x3035);
}

/* … and ‥, which loose rules part even from one another. */
static bool
is_dots(const unit *u)
{
    return u->cp == 0x2025 || u->cp == 0x2026;
}

/* JLREQ.md 2.3: Table 2 against UAX #14. */
static bool
mend(const unit *a, const unit *b, bool allowed)
{
    const unsigned level = a->style->line_break;
    const bool strict = level == BN_LB_AUTO || level == BN_LB_STRICT;
    const bool loose = level == BN_LB_LOOSE;
    const unsigned row = class_break_row(a->cls), col = class_break_row(b->cls);
    const char code = bn_table_break[row][col];

    if (b->cls == BN_CL_20 || (b->flags & UNIT_JOINED))
        return false;
    if (!is_ja_pair(a, b))
        return allowed;
    if (row == BN_CL_14 && b->cls == BN_CL_14)
        return false; /* a run of spaces stays together */
    if (row == BN_CL_08 && col == BN_CL_08)
        return !inseparable(a, b) || (loose && is_dots(a));
    if (row == BN_CL_12 && !loose)
        return false;
    if (col == BN_CL_08) /* a line may start with …… */
        return code == '1' && a->cls != BN_CL_26 ? true : allowed;
    if (row == BN_CL_08 &&
        (col == BN_CL_24 || col == BN_CL_27 || col == BN_CL_12 ||
         col == BN_CL_13 || col == BN_CL_01))
        return col == BN_CL_13 ? loose : code == '1';
    if (row == BN_CL_12 && (col == BN_CL_01 || col == BN_CL_13))
        return false;
    if ((row == BN_CL_24 || row == BN_CL_27) && col == BN_CL_13 && strict)
        return false;
    if (!strict && (b->cp == 0x2010 || b->cp == 0x2013) &&
        (a->flags & UNIT_WIDE) && row >= BN_CL_09 && row != BN_CL_12)
        return true;
    if (strict && (code == '.' || code == 'k') && (b->flags & UNIT_WIDE))
        return false;
    return allowed;
}

/* Is the character of a unit in a list of them? */
static bool
in_list(const char *list, const unit *u)
{
    const char *end = list + strlen(list);

    while (list < end)
        if (bn_u8_next(&list, end) == u->cp)
            return true;
    return false;
}

/* What the user says of characters beyond the level's rules. */
static inline bool
is_in(const char *list, const unit *u)
{
    return list && in_list(list, u);
}

static bool
mend_by_user(const unit *a, const unit *b, bool allowed)
{
    if (is_in(b->style->no_start, b) || is_in(a->style->no_end, a))
        return false;
    if (b->flags & (UNIT_JOINED | UNIT_DROPS))
        return allowed;
    if (is_in(b->style->may_start, b))
        return a->cls != BN_CL_01 || is_in(a->style->may_end, a);
    if (is_in(a->style->may_end, a))
        return class_break_row(b->cls) >= BN_CL_12 || b->cls == BN_CL_08;
    return allowed;
}

static bool
held_together(const unit *a, const unit *b)
{
    if (b->flags & UNIT_TIED)
        return true;
    if (a->style->nowrap && b->style->nowrap)
        return true;
    return a->style->keep && a->style->keep == b->style->keep;
}

/* Hyphenation points of one word: visible units from to. */
static void
hyphenate_word(bn_para *p, size_t from, size_t to)
{
    char word[101], points[110];
    const bn_text_style *s = p->units[p->visible[from]].style;
    const size_t n = to - from;

    if (n > 100 || n < (size_t)s->hyphen_before + s->hyphen_after || n < 2 ||
        s->lang == NULL)
        return;
    for (size_t i = 0; i < n; i++) {
        const uint32_t cp = p->units[p->visible[from + i]].cp;

        if (cp >= 0x80) /* dictionaries are not all in UTF-8 */
            return;
        word[i] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
    }
    word[n] = '\0';
    if (!bn_hyphenate(s->lang, word, n, points))
        return;
    for (size_t i = 0; i + 1 < n; i++)
        if (points[i] && i + 1 >= s->hyphen_before &&
            n - i - 1 >= s->hyphen_after &&
            !(p->units[p->visible[from + i + 1]].flags & UNIT_JOINED))
            p->units[p->visible[from + i]].brk = BREAK_HYPHEN;
}

static bool
is_letter(const unit *u)
{
    return u->kind == BN_ITEM_TEXT && !(u->flags & UNIT_WIDE) &&
           u_isalpha((UChar32)u->cp);
}

static void
hyphenate(bn_para *p)
{
    for (size_t i = 0, k; i < p->nvisible; i = k) {
        const unit *u = &p->units[p->visible[i]];

        k = i + 1;
        if (!u->style || !u->style->hyphenate || !is_letter(u))
            continue;
        while (k < p->nvisible && is_letter(&p->units[p->visible[k]]))
            k++;
        hyphenate_word(p, i, k);
    }
}

/* Does a space that vanishes at v uncover what may not end a line? */
static bool
ends_badly(const bn_para *p, size_t v)
{
    const unit *u = &p->units[p->visible[v]];

    if (!(u->flags & UNIT_DROPS) || u->style->line_break == BN_LB_ANYWHERE)
        return false;
    while (v > 0 && (u->flags & UNIT_DROPS))
        u = &p->units[p->visible[--v]];
    return (u->flags & UNIT_JA) &&
           (u->cls == BN_CL_01 ||
            (u->cls == BN_CL_12 && u->style->line_break != BN_LB_LOOSE));
}

/* Between visible a and b: hidden units may hold a soft hyphen, a line feed. */
static void
decide(bn_para *p, size_t v)
{
    unit *a = &p->units[p->visible[v]];
    const unit *b = &p->units[p->visible[v + 1]];
    bool shy = false, allowed = a->brk == BREAK_YES;

    for (size_t i = p->visible[v] + 1; i < p->visible[v + 1]; i++) {
        if (p->units[i].flags & UNIT_LINEFEED)
            return; /* the lines know */
        shy |= (p->units[i].flags & UNIT_SHY) != 0;
    }
    if (a->style == NULL || b->style == NULL)
        return;
    if (a->style->line_break == BN_LB_ANYWHERE)
        allowed = !(b->flags & UNIT_JOINED);
    else
        allowed = mend_by_user(a, b, mend(a, b, allowed));
    if (held_together(a, b)) {
        if (allowed && is_ja_pair(a, b) && !a->style->solid &&
            !(a->style->nowrap && b->style->nowrap))
            a->flags |= UNIT_HELD;
        allowed = false;
    }
    if ((b->flags & UNIT_DROPS) || b->kind == BN_ITEM_TAB ||
        (allowed && ends_badly(p, v)))
        allowed = false;
    if (a->brk == BREAK_HYPHEN && !allowed)
        allowed = false;
    /* Only behind a letter is there a word to be hyphenated. */
    shy = shy && a->kind == BN_ITEM_TEXT &&
          !(a->flags & (UNIT_SPACE | UNIT_DROPS));
    a->brk = allowed ? (shy ? BREAK_HYPHEN : BREAK_YES) : BREAK_NO;
}

/* What a tied item begins with, and the word behind its first spaces. */
static void
tie(bn_para *p)
{
    const unit *before = NULL;

    for (size_t v = 0; v < p->nvisible; v++) {
        unit *u = &p->units[p->visible[v]];
        const bool begins = before == NULL || before->item != u->item;

        if (p->items[u->item].tied &&
            (begins ||
             ((before->flags & UNIT_SPACE) && (before->flags & UNIT_TIED))))
            u->flags |= UNIT_TIED;
        before = u;
    }
}

void
bn_find_breaks(bn_para *p)
{
    utf16 t = {0};
    const bn_text_style *done[MOST_LOCALES];
    char locale[LOCALE];
    size_t ndone = 0;
    const bn_text_style *last = NULL;

    if (p->nvisible < 2)
        return;
    make_text(p, &t);
    for (size_t i = 0; i < p->nvisible; i++) {
        const bn_text_style *s = p->units[p->visible[i]].style;
        size_t k = 0;

        if (s == NULL || s == last)
            continue;
        last = s;
        while (k < ndone && !same_locale(done[k], s))
            k++;
        if (k < ndone || ndone == MOST_LOCALES)
            continue;
        done[ndone++] = s;
        locale_of(s, locale);
        mark_ends(p, s, locale, &t);
    }
    BN_VEC_FREE(&t);
    tie(p);
    for (size_t v = 0; v + 1 < p->nvisible; v++)
        decide(p, v);
    hyphenate(p);
}
