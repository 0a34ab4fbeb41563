#include "transform/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/kanji.h"
#include "base/utf8.h"
#include "transform/numeral.h"
#include "transform/transform.h"

/* First days; the last era has no end. */
static const struct {
    const char *name, *letter;
    int year, month, day;
} eras[] = {
    {"令和", "R", 2019, 5, 1},   {"平成", "H", 1989, 1, 8},
    {"昭和", "S", 1926, 12, 25}, {"大正", "T", 1912, 7, 30},
    {"明治", "M", 1868, 10, 23},
};
enum { ERAS = sizeof eras / sizeof eras[0] };

static const char *const weekdays[] = {"日", "月", "火", "水",
                                       "木", "金", "土"};

/* ------------------------------------------------------------- calendar */

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Exactly n digits at *s, moved behind them; -1 otherwise. */
static int
digits(const char **s, int n)
{
    int value = 0;

    for (int i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return -1;
        value = value * 10 + (**s - '0');
    }
    return value;
}

static bool
take(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

static const char *
skip_blank(const char *s)
{
    return s + strspn(s, " \t\r\n");
}

static bool
clock_read(const char **s, struct date *out)
{
    out->hour = digits(s, 2);
    if (out->hour < 0 || out->hour > 24 || !take(s, ':'))
        return false;
    out->minute = digits(s, 2);
    if (out->minute < 0 || out->minute > 59 ||
        (out->hour == 24 && out->minute != 0))
        return false;
    if (take(s, ':')) {
        const int second = digits(s, 2);

        return second >= 0 && second <= 60;
    }
    return true;
}

bool
date_read(const char *s, struct date *out)
{
    struct date d = {.hour = -1, .minute = -1};

    s = skip_blank(s);
    d.year = digits(&s, 4);
    if (d.year < 1 || !take(&s, '-'))
        return false;
    d.month = digits(&s, 2);
    if (d.month < 1 || d.month > 12 || !take(&s, '-'))
        return false;
    d.day = digits(&s, 2);
    if (d.day < 1 || d.day > days_in_month(d.year, d.month))
        return false;
    if (take(&s, 'T') && !clock_read(&s, &d))
        return false;
    if (*skip_blank(s) != '\0')
        return false;
    *out = d;
    return true;
}

bool
time_read(const char *s, struct date *out)
{
    struct date d = {0};

    if (date_read(s, &d)) {
        *out = d;
        return d.hour >= 0;
    }
    s = skip_blank(s);
    if (!clock_read(&s, &d) || *skip_blank(s) != '\0')
        return false;
    *out = d;
    return true;
}

/* Days from civil: Howard Hinnant's public method, years from March. */
int64_t
date_days(const struct date *d)
{
    const int64_t y = d->year - (d->month <= 2);
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t of_era = y - era * 400;
    const int64_t month = (d->month + 9) % 12;
    const int64_t of_year = (153 * month + 2) / 5 + d->day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

struct date
date_of_days(int64_t days)
{
    const int64_t z = days + 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t mp = (5 * doy + 2) / 153;
    const int month = (int)(mp < 10 ? mp + 3 : mp - 9);

    return (struct date){.year = (int)(yoe + era * 400 + (month <= 2)),
                         .month = month,
                         .day = (int)(doy - (153 * mp + 2) / 5 + 1),
                         .hour = -1,
                         .minute = -1};
}

int
date_weekday(const struct date *d)
{
    const int64_t w = (date_days(d) + 4) % 7; /* 1970-01-01: Thursday */

    return (int)(w < 0 ? w + 7 : w);
}

struct date
date_add_months(struct date d, int64_t months)
{
    const int64_t all = (int64_t)d.year * 12 + d.month - 1 + months;

    d.year = (int)(all / 12);
    d.month = (int)(all % 12) + 1;
    if (d.day > days_in_month(d.year, d.month))
        d.day = days_in_month(d.year, d.month);
    return d;
}

/* ----------------------------------------------------------------- eras */

static int
compare(const struct date *d, int year, int month, int day)
{
    if (d->year != year)
        return d->year < year ? -1 : 1;
    if (d->month != month)
        return d->month < month ? -1 : 1;
    return (d->day > day) - (d->day < day);
}

bool
date_era(const struct date *d, struct era *out)
{
    for (int i = 0; i < ERAS; i++)
        if (compare(d, eras[i].year, eras[i].month, eras[i].day) >= 0) {
            *out = (struct era){eras[i].name, eras[i].letter,
                                d->year - eras[i].year + 1};
            return true;
        }
    return false;
}

static void
add_year(bn_buf *out, const struct era *e)
{
    bn_buf_adds(out, e->name);
    if (e->year == 1)
        bn_buf_adds(out, "元");
    else
        bn_buf_addf(out, "%d", e->year);
    bn_buf_adds(out, "年");
}

static void
write_wareki(const struct date *d, const struct era *e, bn_buf *out)
{
    add_year(out, e);
    bn_buf_addf(out, "%d月%d日", d->month, d->day);
}

static void
write_kanji(const struct date *d, const struct era *e, bn_buf *out)
{
    bn_buf_adds(out, e->name);
    if (e->year == 1)
        bn_buf_adds(out, "元");
    else
        bn_kanji_add(out, (uint64_t)e->year);
    bn_buf_adds(out, "年");
    bn_kanji_add(out, (uint64_t)d->month);
    bn_buf_adds(out, "月");
    bn_kanji_add(out, (uint64_t)d->day);
    bn_buf_adds(out, "日");
}

static void
write_short(const struct date *d, const struct era *e, bn_buf *out)
{
    bn_buf_addf(out, "%s%d.%d.%d", e->letter, e->year, d->month, d->day);
}

static void
write_dotted(const struct date *d, const struct era *e, bn_buf *out)
{
    bn_buf_addf(out, "%d.%d.%d", e->year, d->month, d->day);
}

static void
write_western(const struct date *d, const struct era *e, bn_buf *out)
{
    bn_buf_addf(out, "%d年（", d->year);
    add_year(out, e);
    bn_buf_addf(out, "）%d月%d日", d->month, d->day);
}

static void
write_seireki(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)e;
    bn_buf_addf(out, "%d年%d月%d日", d->year, d->month, d->day);
}

static void
write_weekday(const struct date *d, const struct era *e, bn_buf *out)
{
    write_wareki(d, e, out);
    bn_buf_addf(out, "（%s）", weekdays[date_weekday(d)]);
}

static void
write_year(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)d;
    add_year(out, e);
}

static void
write_month(const struct date *d, const struct era *e, bn_buf *out)
{
    add_year(out, e);
    bn_buf_addf(out, "%d月", d->month);
}

/* April to March. A year that two eras share is named by the era of the day
 * itself: 平成31年度 in April 2019, 令和元年度 from May on, and 昭和63年度 in
 * January 1989, because 平成 had no year that began then. */
static void
write_fiscal(const struct date *d, const struct era *e, bn_buf *out)
{
    struct date begin = {
        .year = d->year - (d->month < 4), .month = 4, .day = 1};
    struct era era;

    if (!date_era(&begin, &era) || strcmp(era.name, e->name) != 0) {
        const int year = e->year - (d->year - begin.year);

        if (year >= 1)
            era = (struct era){e->name, e->letter, year};
    }
    add_year(out, &era);
    bn_buf_adds(out, "度");
}

static void
write_era(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)d;
    bn_buf_adds(out, e->name);
}

static void
write_blank(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)d;
    bn_buf_addf(out, "%s　　年　　月　　日", e->name);
}

static void
write_day(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)e;
    bn_buf_addf(out, "%d月%d日", d->month, d->day);
}

static void
write_english(const struct date *d, const struct era *e, bn_buf *out)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};

    (void)e;
    bn_buf_addf(out, "%d %s %d", d->day, months[d->month - 1], d->year);
}

static void
write_iso(const struct date *d, const struct era *e, bn_buf *out)
{
    (void)e;
    bn_buf_addf(out, "%04d-%02d-%02d", d->year, d->month, d->day);
}

static const struct {
    const char *name;
    void (*write)(const struct date *, const struct era *, bn_buf *);
} forms[] = {
    {"wareki", write_wareki},   {"kanji", write_kanji},
    {"short", write_short},     {"dotted", write_dotted},
    {"western", write_western}, {"seireki", write_seireki},
    {"weekday", write_weekday}, {"year", write_year},
    {"month", write_month},     {"fiscal-year", write_fiscal},
    {"era", write_era},         {"blank", write_blank},
    {"month-day", write_day},   {"iso", write_iso},
    {"english", write_english},
};
enum { FORMS = sizeof forms / sizeof forms[0] };

bool
date_write(const struct date *d, const char *form, bn_buf *out)
{
    struct era e;

    if (!date_era(d, &e))
        return false;
    for (int i = 0; i < FORMS; i++)
        if (strcmp(forms[i].name, form) == 0) {
            forms[i].write(d, &e, out);
            return true;
        }
    return false;
}

bool
time_write(const struct date *d, const char *form, bn_buf *out)
{
    const bool noon = d->hour >= 12 && d->hour < 24;

    if (strcmp(form, "full") == 0)
        bn_buf_addf(out, "%s%d時%02d分", noon ? "午後" : "午前",
                    noon ? d->hour - 12 : d->hour, d->minute);
    else if (strcmp(form, "short") == 0 && d->minute == 0)
        bn_buf_addf(out, "%d時", d->hour);
    else if (strcmp(form, "short") == 0)
        bn_buf_addf(out, "%d時%d分", d->hour, d->minute);
    else if (strcmp(form, "clock") == 0)
        bn_buf_addf(out, "%d:%02d", d->hour, d->minute);
    else
        return false;
    return true;
}

/* ------------------------------------------------------ dates in a text */

/* A number in half-width, full-width or kanji digits at *p; -1 none. */
static int
number_at(const char **p, const char *end)
{
    static const char kanji[] = "〇一二三四五六七八九";
    int value = 0, part = 0;
    bool any = false;

    while (*p < end) {
        const char *next = *p;
        const uint32_t c = bn_u8_next(&next, end);
        const char *k =
            next - *p == 3
                ? strstr(kanji, (char[4]){(*p)[0], (*p)[1], (*p)[2], 0})
                : NULL;

        if (c >= '0' && c <= '9')
            part = part * 10 + (int)(c - '0');
        else if (c >= 0xFF10 && c <= 0xFF19)
            part = part * 10 + (int)(c - 0xFF10);
        else if (k)
            part = part * 10 + (int)(k - kanji) / 3;
        else if (c == 0x5341) { /* 十 */
            value += (part ? part : 1) * 10;
            part = 0;
        } else
            break;
        if (part > 9999)
            part = 9999;
        any = true;
        *p = next;
    }
    return any ? value + part : -1;
}

static bool
eat(const char **p, const char *end, const char *word)
{
    const size_t n = strlen(word);

    if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
        return false;
    *p += n;
    return true;
}

/* Is there any day of era i in the year (and month, day where >= 0)? */
static bool
is_possible(int i, int year, int month, int day)
{
    const int western = eras[i].year + year - 1;
    struct date first = {.year = western,
                         .month = month > 0 ? month : 1,
                         .day = day > 0 ? day : 1};
    struct date last = {.year = western, .month = month > 0 ? month : 12};

    if (year < 1 || month == 0 || day == 0 || month > 12)
        return false;
    last.day = day > 0 ? day : days_in_month(western, last.month);
    if (day > days_in_month(western, first.month))
        return false;
    if (compare(&last, eras[i].year, eras[i].month, eras[i].day) < 0)
        return false;
    return i == 0 || compare(&first, eras[i - 1].year, eras[i - 1].month,
                             eras[i - 1].day) < 0;
}

/* What stands behind the name of an era: -1 where it does not go so far. */
struct written {
    int year, month, day;
};

static bool
read_behind(const char **p, const char *end, struct written *out)
{
    struct written w = {-1, -1, -1};
    const char *q;

    w.year = eat(p, end, "元") ? 1 : number_at(p, end);
    if (w.year < 0 || !eat(p, end, "年"))
        return false;
    q = *p;
    w.month = eat(p, end, "度") ? -1 : number_at(&q, end);
    if (w.month >= 0 && eat(&q, end, "月")) {
        *p = q;
        w.day = number_at(&q, end);
        if (w.day >= 0 && eat(&q, end, "日"))
            *p = q;
        else
            w.day = -1;
    } else {
        w.month = -1;
    }
    *out = w;
    return true;
}

static int
era_at(const char **p, const char *end)
{
    int i = 0;

    while (i < ERAS && !eat(p, end, eras[i].name))
        i++;
    return i;
}

bool
date_find_impossible(const char *text, size_t *start, size_t *nbytes)
{
    const char *const end = text + strlen(text);

    for (const char *p = text; p < end;) {
        const char *q = p;
        const int i = era_at(&q, end);
        struct written w;

        if (i < ERAS && read_behind(&q, end, &w) &&
            !is_possible(i, w.year, w.month, w.day)) {
            *start = (size_t)(p - text);
            *nbytes = (size_t)(q - p);
            return true;
        }
        if (i < ERAS)
            p = q;
        else
            bn_u8_next(&p, end);
    }
    return false;
}

void
date_write_western(const char *text, bn_buf *out)
{
    const char *const end = text + strlen(text);
    const char *p = text;
    const int i = era_at(&p, end);
    struct written w;

    if (i == ERAS || !read_behind(&p, end, &w))
        return;
    bn_buf_addf(out, "%d年", eras[i].year + w.year - 1);
    if (w.month >= 0)
        bn_buf_addf(out, "%d月", w.month);
    if (w.day >= 0)
        bn_buf_addf(out, "%d日", w.day);
}

/* Is needle in text, with no digit before or behind that would make it part
 * of another date? */
static bool
stands_alone(const char *text, const char *needle)
{
    for (const char *p = strstr(text, needle); p; p = strstr(p + 1, needle)) {
        const char after = p[strlen(needle)];

        if ((p == text || p[-1] < '0' || p[-1] > '9') &&
            (after < '0' || after > '9'))
            return true;
    }
    return false;
}

bool
date_is_printed(const char *text, const struct date *d)
{
    static const char *const printed[] = {
        "wareki", "kanji", "short", "dotted", "western", "seireki", "iso"};
    bn_buf plain = {0}, form = {0}, needle = {0};
    bool found = false;

    text_squeeze(text, &plain);
    for (size_t i = 0; !found && i < sizeof printed / sizeof printed[0]; i++) {
        bn_buf_clear(&form);
        bn_buf_clear(&needle);
        found = date_write(d, printed[i], &form);
        if (found) {
            text_squeeze(form.p, &needle);
            found = stands_alone(plain.p, needle.p);
        }
    }
    bn_buf_free(&plain);
    bn_buf_free(&form);
    bn_buf_free(&needle);
    return found;
}

/* -------------------------------------------------- days as people write */

static void
skip_spaces(const char **p, const char *end)
{
    while (*p < end && (eat(p, end, " ") || eat(p, end, "\t") ||
                        eat(p, end, "\n") || eat(p, end, "\u3000")))
        ;
}

/* One of the marks that part year, month and day; the same in full width. */
static bool
eat_mark(const char **p, const char *end, const char *word)
{
    static const char *const marks[] = {"-",      "/",      ".",
                                        "\uFF0D", "\uFF0F", "\uFF0E"};

    skip_spaces(p, end);
    if (eat(p, end, word))
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (eat(p, end, marks[i]))
            return true;
    return false;
}

/* An era by its name or its letter, which a digit or 元 must follow. */
static int
era_written(const char **p, const char *end)
{
    const int i = era_at(p, end);

    if (i < ERAS)
        return i;
    for (int k = 0; k < ERAS; k++) {
        char wide[BN_U8_MAX + 1] = "";

        bn_u8_put(0xFF21u + (uint32_t)(eras[k].letter[0] - 'A'), wide);
        if (eat(p, end, eras[k].letter) || eat(p, end, wide))
            return k;
    }
    return ERAS;
}

static int
part_of_day(const char **p, const char *end)
{
    skip_spaces(p, end);
    return number_at(p, end);
}

static bool
day_written(const char **p, const char *end, struct date *out)
{
    const int era = era_written(p, end);
    struct written w;

    skip_spaces(p, end);
    w.year = era < ERAS && eat(p, end, "元") ? 1 : number_at(p, end);
    if (w.year < 0 || !eat_mark(p, end, "年"))
        return false;
    w.month = part_of_day(p, end);
    if (w.month < 1 || w.month > 12 || !eat_mark(p, end, "月"))
        return false;
    w.day = part_of_day(p, end);
    if (w.day < 1)
        return false;
    eat(p, end, "日");
    if (era < ERAS && !is_possible(era, w.year, w.month, w.day))
        return false;
    *out =
        (struct date){.year = era < ERAS ? eras[era].year + w.year - 1 : w.year,
                      .month = w.month,
                      .day = w.day,
                      .hour = -1,
                      .minute = -1};
    /* two digits without an era may be of any century */
    return out->year >= 1000 && out->year <= 9999 &&
           w.day <= days_in_month(out->year, w.month);
}

static bool
clock_written(const char **p, const char *end, struct date *out)
{
    bool noon = false, morning = false;
    int hour, minute = 0;

    skip_spaces(p, end);
    eat(p, end, "T");
    noon = eat(p, end, "午後");
    morning = !noon && eat(p, end, "午前");
    hour = part_of_day(p, end);
    if (hour < 0)
        return false;
    if (eat(p, end, "時")) {
        const int value = part_of_day(p, end);

        minute = value < 0 ? (eat(p, end, "半") ? 30 : 0) : value;
        if (value >= 0 && !eat(p, end, "分"))
            return false;
    } else {
        if (!eat(p, end, ":") && !eat(p, end, "\uFF1A"))
            return false;
        minute = number_at(p, end);
        if (eat(p, end, ":") && number_at(p, end) < 0) /* seconds */
            return false;
    }
    if ((noon || morning) && hour > 12)
        return false;
    if (noon && hour < 12)
        hour += 12;
    out->hour = hour;
    out->minute = minute;
    return minute >= 0 && minute < 60 &&
           (hour < 24 || (hour == 24 && minute == 0));
}

bool
bn_date_iso(const char *text, bn_buf *out)
{
    const char *const end = text + strlen(text);
    const char *p = text;
    struct date d;

    skip_spaces(&p, end);
    if (!day_written(&p, end, &d))
        return false;
    skip_spaces(&p, end);
    if (p < end && !clock_written(&p, end, &d))
        return false;
    skip_spaces(&p, end);
    if (p < end)
        return false;
    bn_buf_addf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
    if (d.hour >= 0)
        bn_buf_addf(out, "T%02d:%02d", d.hour, d.minute);
    return true;
}

bool
bn_time_iso(const char *text, bn_buf *out)
{
    const char *const end = text + strlen(text);
    const char *p = text;
    struct date d;

    if (!clock_written(&p, end, &d))
        return false;
    skip_spaces(&p, end);
    if (p < end)
        return false;
    bn_buf_addf(out, "%02d:%02d", d.hour, d.minute);
    return true;
}
