/* retention.c - how long papers must be kept (000 第二の1, 2, 第四の2). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "register/register.h"

enum { YEARS = 3 };

/* Classes whose period is three years from a day that the data tells. K5 and
 * K6 are set by the body and by contract. */
static const char *const three_years[] = {"K1", "K2", "K3", "K4"};

void
bn_retention_end(const char *retention, const char *from, char out[11])
{
    bool known = false;
    const char *day = from + 4;

    out[0] = '\0';
    for (size_t i = 0; i < sizeof three_years / sizeof three_years[0]; i++)
        known |= strcmp(retention, three_years[i]) == 0;
    if (!known || strlen(from) < 10)
        return;
    if (strncmp(day, "-02-29", 6) == 0) /* no such day three years on */
        day = "-02-28";
    snprintf(out, 11, "%04u%.6s", (unsigned)(atoi(from) + YEARS) % 10000, day);
}
