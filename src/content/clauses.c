/* clauses.c - which measures the clauses of a template answer. */
#include <string.h>

#include "base/utf8.h"
#include "content/template.h"

typedef BN_VEC(bn_clause) clauses;

/* Reading along the lines of a template. */
typedef struct scan {
    bn_arena *a;
    const template *t;
    const char *heading; /* the last one above */
    clauses found;
} scan;

/* Words of a line without attribute block, placeholders, marks of Markdown. */
static const char *
words_of(bn_arena *a, const char *p, const char *end)
{
    bn_buf b = {0};
    const char *out;

    while (p < end && strchr("#*-+ \t0123456789.", *p))
        p++;
    if (p < end && *p == '{') {
        const char *close = memchr(p, '}', end - p);

        p = close ? close + 1 : end;
    }
    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        if (c == '{')
            break;
        if (c != '\r' && c < HOLDER_FIRST)
            bn_buf_add_u8(&b, c);
    }
    while (b.len && b.p[b.len - 1] == ' ')
        b.len--;
    out = b.len ? bn_arena_strndup(a, b.p, b.len) : "";
    bn_buf_free(&b);
    return out;
}

/* The first characters of a clause without a heading of its own. */
static const char *
excerpt(bn_arena *a, const char *words)
{
    enum { MOST = 16 };
    const char *p = words, *end = words + strlen(words);

    for (int i = 0; i < MOST && p < end; i++)
        bn_u8_next(&p, end);
    return p < end ? bn_arena_printf(a, "%.*s…", (int)(p - words), words)
                   : words;
}

/* The ids behind "measure=" in the attribute block of a line; NULL: none. */
static const char *
measures_of(bn_arena *a, const char *p, const char *end)
{
    static const char word[] = "measure=";
    const char *open = memchr(p, '{', end - p);
    const char *close = open ? memchr(open, '}', end - open) : NULL;
    const char *at = open;
    char *list;
    size_t n;

    if (close == NULL)
        return NULL;
    while (at + sizeof word <= close && memcmp(at, word, sizeof word - 1) != 0)
        at++;
    if (at + sizeof word > close || strchr("{ ", at[-1]) == NULL)
        return NULL;
    at += sizeof word - 1;
    for (n = 0; at + n < close && at[n] != ' '; n++) {
    }
    list = bn_arena_strndup(a, at, n);
    for (char *c = list; *c; c++)
        if (*c == ',')
            *c = ' ';
    return list;
}

static void
take_line(scan *s, const char *p, const char *end, uint32_t line)
{
    const bool heading = *p == '#';
    const char *words = heading ? words_of(s->a, p, end) : NULL;
    const char *measures = measures_of(s->a, p, end);
    uint32_t file;

    if (heading)
        s->heading = words;
    if (measures == NULL)
        return;
    if (!heading)
        words = bn_arena_printf(s->a, "%s：%s", s->heading,
                                excerpt(s->a, words_of(s->a, p, end)));
    BN_PUSH(&s->found) = (bn_clause){.title = words,
                                     .measures = measures,
                                     .at = template_line(s->t, line, &file)};
}

bn_code
bn_template_clauses(const bn_content_job *job, const char *path,
                    const bn_clause **out, size_t *n, bn_err *err)
{
    making m = {.job = job};
    template t;
    scan s = {.a = job->arena, .t = &t, .heading = ""};
    uint32_t line = 1;
    const bn_code code = template_read(&m, path, &t, err);

    *n = 0;
    if (code) {
        template_free(&t);
        return code;
    }
    for (const char *p = t.text.p, *end = p + t.text.len; p && p < end;
         line++) {
        const char *eol = memchr(p, '\n', end - p);

        if (eol == NULL)
            eol = end;
        if (eol > p)
            take_line(&s, p, eol, line);
        p = eol < end ? eol + 1 : end;
    }
    *out = bn_arena_copy(job->arena, s.found.v, s.found.n * sizeof *s.found.v);
    *n = s.found.n;
    BN_VEC_FREE(&s.found);
    template_free(&t);
    return BN_OK;
}
