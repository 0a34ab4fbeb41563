/* rivals.c - cases that bear one number. Rules that compare a case with the
 * register must see the other's rows; all others' would be quadratic. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/internal.h"

/* Elements whose numbers are given once. */
static const char *const bearers[] = {"<certificate", "<document"};

/* The number in a start tag, [*p, +*n); false when it has none. */
static bool
number_in(const char *tag, const char **p, size_t *n)
{
    const char *end = tag + strcspn(tag, ">");
    const char *at = tag;

    while ((at = strstr(at, "number")) != NULL && at < end) {
        const char *quote = at + strlen("number");

        quote += strspn(quote, " \t\r\n=");
        if (strchr(" \t\r\n", at[-1]) && (*quote == '"' || *quote == '\'')) {
            const char *close = strchr(quote + 1, *quote);

            *p = quote + 1;
            *n = close ? (size_t)(close - *p) : 0;
            return *n > 0;
        }
        at++;
    }
    return false;
}

/* Two units are each other's rivals. */
static void
add_rival(job *j, const job *other)
{
    if (j->rivals == NULL)
        j->rivals = json_array();
    for (size_t i = 0; i < json_array_size(j->rivals); i++)
        if (strcmp(json_string_value(json_array_get(j->rivals, i)),
                   other->path) == 0)
            return;
    json_array_append_new(j->rivals, json_string(other->path));
}

static void
note_number(batch *b, bn_map *numbers, size_t index, const char *tag,
            const char *p, size_t n)
{
    const char *key = bn_arena_printf(b->arena, "%s %.*s", tag, (int)n, p);
    bn_map_value *slot = bn_map_puts(numbers, key);

    if (slot->n == 0 || slot->n == (int64_t)index + 1) {
        slot->n = (int64_t)index + 1;
        return;
    }
    /* the first that had it stands for all others before */
    add_rival(&b->jobs.v[index], &b->jobs.v[slot->n - 1]);
    add_rival(&b->jobs.v[slot->n - 1], &b->jobs.v[index]);
}

static void
scan(batch *b, bn_map *numbers, size_t index, const char *text)
{
    for (size_t i = 0; i < sizeof bearers / sizeof bearers[0]; i++)
        for (const char *p = text; (p = strstr(p, bearers[i])); p++) {
            const char *number;
            size_t n;

            if (strchr(" \t\r\n", p[strlen(bearers[i])]) &&
                number_in(p, &number, &n))
                note_number(b, numbers, index, bearers[i], number, n);
        }
}

static void
read_text(batch *b, const job *j, bn_buf *out)
{
    FILE *f = j->container ? NULL : fopen(j->path, "rb");
    size_t n = 1;
    bn_code code = BN_OK;
    bn_err err;

    bn_buf_clear(out);
    if (j->container)
        bn_source_read(bn_run_source(b->r), j->path, 0, out, NULL);
    while (f && n > 0) {
        n = fread(bn_buf_reserve(out, 64 * 1024), 1, 64 * 1024, f);
        out->len += n;
    }
    bn_buf_addc(out, '\0');
    if (f == NULL && j->container == NULL && errno != ENOENT)
        code = bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, j->path, strerror(errno));
    if (f)
        code = bn_close_read(f, j->path, &err);
    if (code) /* its numbers are not known: who has them, too, is not */
        batch_fail(b, &err);
}

void
batch_rivals(batch *b)
{
    bn_map *numbers = bn_map_new(b->arena);
    bn_buf text = {0};

    for (size_t i = 0; i < b->jobs.n; i++) {
        read_text(b, &b->jobs.v[i], &text);
        scan(b, numbers, i, text.p);
    }
    bn_buf_free(&text);
}
