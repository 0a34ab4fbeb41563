/* once.c - what every unit says of the house is told once a run. */
#include <string.h>

#include "batch/internal.h"

static bool
is_of_house(const char *line, const char *house)
{
    static const char *const names[] = {"/body.xml:", "/auditors.xml:",
                                        "/house.xml:"};
    const size_t n = strlen(house);

    if (strncmp(line, house, n) != 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(line + n, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* A message without the rule and unit in brackets at its end. */
static size_t
words(const char *line, size_t n)
{
    while (n > 0 && line[n - 1] != '[')
        n--;
    return n;
}

/* Its remedy stands below it, indented. */
static const char *
message_end(const char *line)
{
    const char *p = line + strcspn(line, "\n");

    while (*p == '\n' && p[1] == ' ')
        p += 1 + strcspn(p + 1, "\n");
    return *p ? p + 1 : p;
}

void
once_copy(batch *b, const job *j, const char *text, bn_buf *out)
{
    const char *house = bn_run_house(b->r, j->path);

    if (b->once == NULL)
        b->once = bn_map_new(b->arena);
    while (*text) {
        const char *end = message_end(text);
        const size_t n = words(text, strcspn(text, "\n"));
        bool is_new = true;

        if (house && n && is_of_house(text, house))
            bn_map_put(b->once, text, n, &is_new)->n = 1;
        if (is_new)
            bn_buf_add(out, text, end - text);
        text = end;
    }
    bn_buf_adds(out, "");
}
