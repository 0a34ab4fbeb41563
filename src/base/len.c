#include "base/len.h"

#include <stdbool.h>
#include <string.h>

enum { MICRO = 1000000 };
__extension__ typedef __int128 wide; /* products of two int64_t */

#define WHOLE_LIMIT 1000000000 /* beyond it every range check fails */

/* Millipoints per unit as num/den, so that no length is rounded twice. */
static const struct unit {
    const char *name;
    int64_t num, den;
} units[] = {
    {"pt", 1000, 1},      {"pc", 12000, 1},    {"in", 72000, 1},
    {"cm", 3600000, 127}, {"mm", 360000, 127}, {"px", 750, 1},
};

static const struct unit *
find_unit(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].name, name) == 0)
            return &units[i];
    return NULL;
}

/* Digits at *p (no sign) in millionths; false when there are none. */
static bool
read_digits(const char **p, int64_t *out)
{
    int64_t value = 0, scale = MICRO;
    const char *s = *p;
    bool any = false;

    for (; *s >= '0' && *s <= '9'; s++, any = true)
        if (value < WHOLE_LIMIT)
            value = value * 10 + (*s - '0');
    value *= MICRO;
    if (*s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++, any = true) {
            scale /= 10; /* reaches 0: further decimals do not count */
            value += (*s - '0') * scale;
        }
    if (any)
        *p = s;
    *out = any ? value : 0;
    return any;
}

int64_t
bn_number_read(const char **s)
{
    const char *p = *s + (**s == '-' || **s == '+');
    const bool negative = **s == '-';
    int64_t value;

    if (!read_digits(&p, &value))
        return 0;
    *s = p;
    return negative ? -value : value;
}

/* num / den, halves away from zero, held inside the range of a length with
 * one to spare, so that callers can see that it was left. */
static int64_t
divide(wide num, int64_t den)
{
    const wide half = den / 2;
    const wide value = (num < 0 ? num - half : num + half) / den;
    const wide limit = (wide)BN_LEN_MAX + 1;

    if (value > limit)
        return (int64_t)limit;
    return (int64_t)(value < -limit ? -limit : value);
}

bn_len
bn_len_scale(bn_len a, int64_t num, int64_t den)
{
    const int64_t value = divide((wide)a * num, den);

    if (value > BN_LEN_MAX)
        return BN_LEN_MAX;
    return value < -BN_LEN_MAX ? -BN_LEN_MAX : (bn_len)value;
}

bn_code
bn_len_parse(const char *s, bn_loc at, bn_len *out, bn_err *err)
{
    const char *p = s + (*s == '-' || *s == '+');
    const struct unit *u;
    int64_t value, mpt;

    if (!read_digits(&p, &value))
        return bn_fail(err, BN_ESYNTAX, at, s);
    u = find_unit(p);
    if (u == NULL)
        return bn_fail(err, BN_EUNIT, at, s);
    mpt = divide((wide)value * u->num, u->den * MICRO);
    if (mpt > BN_LEN_MAX)
        return bn_fail(err, BN_ERANGE, at, s);
    *out = (bn_len)(*s == '-' ? -mpt : mpt);
    return BN_OK;
}
