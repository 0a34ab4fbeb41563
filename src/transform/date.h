/* date.h - the Gregorian calendar and the Japanese eras; private. */
#ifndef BN_TRANSFORM_DATE_H
#define BN_TRANSFORM_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct date {
    int year, month, day;
    int hour, minute; /* -1: no time */
};

/* "2019-05-01" or "2019-05-01T09:30" (seconds allowed, not kept), surrounding
 * blanks allowed; a day that does not exist is refused. */
bool date_read(const char *s, struct date *out);
/* "09:30", or the time of a date-time. */
bool time_read(const char *s, struct date *out);

/* Days since 1970-01-01, and back. */
int64_t date_days(const struct date *d);
struct date date_of_days(int64_t days);
int date_weekday(const struct date *d); /* 0: Sunday */

/* Move by months; a day that the month lacks becomes its last (Civil Code,
 * article 143). */
struct date date_add_months(struct date d, int64_t months);

/* The era of a day; false before 1868-10-23. */
struct era {
    const char *name;   /* 令和 */
    const char *letter; /* R */
    int year;           /* 1 is printed 元 by most forms */
};
bool date_era(const struct date *d, struct era *out);

/* Append the day in a form; false: no such form. The day has an era. */
bool date_write(const struct date *d, const char *form, bn_buf *out);
bool time_write(const struct date *d, const char *form, bn_buf *out);

/* Find the next Japanese date in text that no calendar has (平成31年5月,
 * 令和0年, 昭和64年2月30日): its start and length in bytes. */
bool date_find_impossible(const char *text, size_t *start, size_t *nbytes);
/* A Japanese date that text begins with, in western years as far as it goes:
 * 平成31年5月 is 2019年5月; nothing is added when it is none. */
void date_write_western(const char *text, bn_buf *out);
/* Does text print this day, in any of the forms? Blanks and the width of
 * digits do not matter. */
bool date_is_printed(const char *text, const struct date *d);

#endif
