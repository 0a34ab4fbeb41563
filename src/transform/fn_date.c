/* fn_date.c - functions of dates. An order with a day that is not there is
 * false (so that an assertion fails on it); a text that is no day fails. */
#include "transform/functions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

xmlXPathObjectPtr
fn_date(struct call *k)
{
    const char *form = call_text_or(k, 1, "wareki");
    struct date d;
    bn_buf out = {0};

    if (!call_date(k, 0, &d))
        return NULL;
    if (!date_write(&d, form, &out))
        return call_fail(k, BN_EFORM, form);
    return give_buf(&out);
}

/* The day, or a line to write it on with the era of today. */
xmlXPathObjectPtr
fn_date_or_blank(struct call *k)
{
    struct date today;
    bn_buf out = {0};

    if (!call_is_empty(k, 0))
        return fn_date(k);
    if (!date_read(k->r->t->today, &today))
        return call_fail(k, BN_EDATE, k->r->t->today);
    if (!date_write(&today, "blank", &out))
        return call_fail(k, BN_EDATE, k->r->t->today);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_period(struct call *k)
{
    const char *form = call_text_or(k, 2, "wareki");
    const bool table = strcmp(form, "table") == 0;
    struct date from, until;
    bn_buf out = {0};

    if (!call_date(k, 0, &from) || !call_date(k, 1, &until))
        return NULL;
    if (table)
        form = "short";
    if (!date_write(&from, form, &out))
        return call_fail(k, BN_EFORM, form);
    bn_buf_adds(&out, table ? "〜" : "から");
    date_write(&until, form, &out);
    bn_buf_adds(&out, table ? "" : "まで");
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_time(struct call *k)
{
    const char *form = call_text_or(k, 1, "full");
    struct date d;
    bn_buf out = {0};

    if (!time_read(call_text(k, 0), &d))
        return call_fail(k, BN_EDATE, call_text(k, 0));
    if (!time_write(&d, form, &out))
        return call_fail(k, BN_EFORM, form);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_datetime(struct call *k)
{
    const char *day = call_text_or(k, 1, "wareki");
    const char *clock = call_text_or(k, 2, "full");
    struct date d;
    bn_buf out = {0};

    if (!call_date(k, 0, &d))
        return NULL;
    if (!date_write(&d, day, &out))
        return call_fail(k, BN_EFORM, day);
    if (d.hour >= 0 && !time_write(&d, clock, &out)) {
        bn_buf_free(&out);
        return call_fail(k, BN_EFORM, clock);
    }
    return give_buf(&out);
}

/* The first Japanese date in the text that no calendar has; "": none. */
xmlXPathObjectPtr
fn_era_check(struct call *k)
{
    const char *text = call_text(k, 0);
    size_t start, n;

    if (!date_find_impossible(text, &start, &n))
        return give_text("");
    return give_text(bn_arena_strndup(k->a, text + start, n));
}

xmlXPathObjectPtr
fn_era_western(struct call *k)
{
    bn_buf out = {0};

    date_write_western(call_text(k, 0), &out);
    return give_buf(&out);
}

xmlXPathObjectPtr
fn_prints_date(struct call *k)
{
    struct date d;

    if (!call_date(k, 1, &d))
        return NULL;
    return give_true(date_is_printed(call_text(k, 0), &d));
}

xmlXPathObjectPtr
fn_today(struct call *k)
{
    return give_text(k->r->t->today);
}

xmlXPathObjectPtr
fn_valid_date(struct call *k)
{
    struct date d;

    return give_true(date_read(call_text(k, 0), &d));
}

/* ----------------------------------------------------------------- order */

/* Days of b less those of a; false: one is absent, or a failure was told. */
static bool
difference(struct call *k, int64_t *out)
{
    struct date a, b;

    if (call_is_empty(k, 0) || call_is_empty(k, 1))
        return false;
    if (!call_date(k, 0, &a) || !call_date(k, 1, &b))
        return false;
    *out = date_days(&b) - date_days(&a);
    return true;
}

static xmlXPathObjectPtr
ordered(struct call *k, bool less, bool equal, bool more)
{
    int64_t d;
    const bool known = difference(k, &d);

    if (k->r->failed)
        return NULL;
    return give_true(known && (d > 0 ? less : d < 0 ? more : equal));
}

xmlXPathObjectPtr
fn_before(struct call *k)
{
    return ordered(k, true, false, false);
}

xmlXPathObjectPtr
fn_on_or_before(struct call *k)
{
    return ordered(k, true, true, false);
}

xmlXPathObjectPtr
fn_after(struct call *k)
{
    return ordered(k, false, false, true);
}

xmlXPathObjectPtr
fn_on_or_after(struct call *k)
{
    return ordered(k, false, true, true);
}

xmlXPathObjectPtr
fn_same(struct call *k)
{
    return ordered(k, false, true, false);
}

xmlXPathObjectPtr
fn_days_between(struct call *k)
{
    struct date a, b;

    if (!call_date(k, 0, &a) || !call_date(k, 1, &b))
        return NULL;
    return give_number((double)(date_days(&b) - date_days(&a)));
}

struct span {
    int64_t first, last;
};

static bool
read_day(struct call *k, xmlNodePtr node, const char *name, int64_t *out)
{
    xmlChar *s = xmlGetNoNsProp(node, BAD_CAST name);
    struct date d;
    const bool good = s && date_read((const char *)s, &d);

    if (good)
        *out = date_days(&d);
    else
        call_fail(k, BN_EDATE, s ? (const char *)s : "");
    xmlFree(s);
    return good;
}

static int
by_first(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

/* Sessions of one day, or at two places at a time, make it no longer. */
xmlXPathObjectPtr
fn_days_covered(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const int n = set ? set->nodeNr : 0;
    struct span *spans = BN_NEWS(k->a, struct span, (size_t)n + 1);
    int64_t days = 0, next = 0;

    for (int i = 0; i < n; i++)
        if (!read_day(k, set->nodeTab[i], "start", &spans[i].first) ||
            !read_day(k, set->nodeTab[i], "end", &spans[i].last))
            return NULL;
    qsort(spans, (size_t)n, sizeof *spans, by_first);
    for (int i = 0; i < n; i++) {
        const int64_t from =
            i && spans[i].first < next ? next : spans[i].first;

        if (spans[i].last >= from)
            days += spans[i].last - from + 1;
        if (i == 0 || spans[i].last >= next)
            next = spans[i].last + 1;
    }
    return give_number((double)days);
}

/* ------------------------------------------------------------ arithmetic */

static xmlXPathObjectPtr
give_date(struct call *k, struct date d)
{
    char s[32];

    if (d.year < 1 || d.year > 9999)
        return call_fail(k, BN_EDATE, call_text(k, 0));
    snprintf(s, sizeof s, "%04d-%02d-%02d", d.year, d.month, d.day);
    return give_text(s);
}

/* The second argument as a whole number of at most a thousand years. */
static bool
steps(struct call *k, int64_t *out)
{
    const double x = call_number(k, 1);

    if (!(x >= -400000 && x <= 400000) || x != (double)(int64_t)x) {
        call_fail(k, BN_ENUMERAL, call_text(k, 1));
        return false;
    }
    *out = (int64_t)x;
    return true;
}

xmlXPathObjectPtr
fn_add_days(struct call *k)
{
    struct date d;
    int64_t n;

    if (!call_date(k, 0, &d) || !steps(k, &n))
        return NULL;
    return give_date(k, date_of_days(date_days(&d) + n));
}

static xmlXPathObjectPtr
add_months(struct call *k, int64_t factor)
{
    struct date d;
    int64_t n;

    if (!call_date(k, 0, &d) || !steps(k, &n))
        return NULL;
    if (n * factor / 12 > 9999 - d.year || n * factor / 12 < -d.year)
        return call_fail(k, BN_ENUMERAL, call_text(k, 1));
    return give_date(k, date_add_months(d, n * factor));
}

xmlXPathObjectPtr
fn_add_months(struct call *k)
{
    return add_months(k, 1);
}

xmlXPathObjectPtr
fn_add_years(struct call *k)
{
    return add_months(k, 12);
}

/* The last (first) day of all nodes and texts given; "": none was. */
static bool
take_extreme(struct call *k, const char *text, int sign, struct date *best,
             bool *any)
{
    struct date d;

    if (*text == '\0')
        return true;
    if (!date_read(text, &d)) {
        call_fail(k, BN_EDATE, text);
        return false;
    }
    if (!*any || sign * (date_days(&d) - date_days(best)) > 0)
        *best = d;
    *any = true;
    return true;
}

static xmlXPathObjectPtr
extreme(struct call *k, int sign)
{
    struct date best = {0};
    bool any = false;

    for (int i = 0; i < k->n; i++) {
        const xmlXPathObjectPtr o = k->args[i];
        const xmlNodeSetPtr set = call_nodes(k, i);

        if (o->type != XPATH_NODESET && o->type != XPATH_XSLT_TREE) {
            if (!take_extreme(k, call_text(k, i), sign, &best, &any))
                return NULL;
            continue;
        }
        for (int j = 0; set && j < set->nodeNr; j++) {
            xmlChar *s = xmlXPathCastNodeToString(set->nodeTab[j]);
            const bool ok =
                take_extreme(k, s ? (const char *)s : "", sign, &best, &any);

            xmlFree(s);
            if (!ok)
                return NULL;
        }
    }
    return any ? give_date(k, best) : give_text("");
}

xmlXPathObjectPtr
fn_max_date(struct call *k)
{
    return extreme(k, 1);
}

xmlXPathObjectPtr
fn_min_date(struct call *k)
{
    return extreme(k, -1);
}

xmlXPathObjectPtr
fn_date_part(struct call *k)
{
    struct date d;

    if (call_is_empty(k, 0))
        return give_text("");
    return call_date(k, 0, &d) ? give_date(k, d) : NULL;
}
