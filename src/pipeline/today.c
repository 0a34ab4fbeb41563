/* today.c - which day documents are made on. */
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { JST = 9 * 60 * 60 };
#define LAST_SECOND INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* YYYY-MM-DD that is in the calendar. */
static bool
is_date(const char *s)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;

    if (strlen(s) != 10 || strspn(s, "0123456789") != 4 || s[4] != '-' ||
        strspn(s + 5, "0123456789") != 2 || s[7] != '-' ||
        strspn(s + 8, "0123456789") != 2)
        return false;
    year = atoi(s);
    month = atoi(s + 5);
    day = atoi(s + 8);
    if (year < 1868 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

/* Seconds since 1970 as plain digits: no sign, no exponent, no blanks. */
static bool
read_epoch(const char *s, int64_t *out)
{
    int64_t value = 0;

    if (*s == '\0')
        return false;
    for (; *s; s++) {
        if (*s < '0' || *s > '9')
            return false;
        value = value * 10 + (*s - '0');
        if (value > LAST_SECOND - JST)
            return false;
    }
    *out = value;
    return true;
}

static void
write_day(int64_t seconds, char out[11], char stamp[32])
{
    const time_t local = (time_t)(seconds + JST);
    struct tm tm;

    gmtime_r(&local, &tm);
    strftime(out, 11, "%Y-%m-%d", &tm);
    if (stamp)
        strftime(stamp, 32, "%Y-%m-%dT%H:%M:%S+09:00", &tm);
}

bn_code
bn_today(const char *arg, char out[11], char stamp[32], bn_err *err)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    char text[24];

    stamp[0] = '\0';
    if (epoch && !read_epoch(epoch, &seconds))
        return bn_fail(err, BN_ETODAY, BN_NOWHERE, "SOURCE_DATE_EPOCH", epoch);
    if (!epoch)
        seconds = (int64_t)time(NULL);
    if (seconds >= 0 && seconds <= LAST_SECOND - JST)
        write_day(seconds, out, epoch ? stamp : NULL);
    else if (arg == NULL) { /* a clock that was never set, or worse */
        snprintf(text, sizeof text, "%lld", (long long)seconds);
        return bn_fail(err, BN_ETODAY, BN_NOWHERE, "time()", text);
    }
    if (arg == NULL)
        return BN_OK;
    if (!is_date(arg))
        return bn_fail(err, BN_ETODAY, BN_NOWHERE, "--today", arg);
    memcpy(out, arg, 11);
    if (epoch == NULL)
        memcpy(stamp, arg, 11);
    return BN_OK;
}
