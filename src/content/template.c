/* template.c - front matter and placeholders, before Markdown is parsed. */
#include "content/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Reading along a template, or along one that it includes. */
typedef struct reader {
    making *m;
    template *t;
    const struct reader *outer; /* the one that includes this one */
    int depth;
    const char *path;
    uint32_t file;
    const char *indent; /* before each line of the text */
    const char *p, *end;
    uint32_t line, column; /* of p, from 1 */
    uint32_t last;         /* character before p in the output */
    size_t pipes, footnotes;
    bn_err *err;
} reader;

static bn_code
fail_here(const reader *r, bn_code code, const char *arg)
{
    const bn_loc at = {
        .file = r->path, .line = r->line, .column = r->column};

    return bn_fail(r->err, code, at, arg);
}

/* ------------------------------------------------------------ characters */

/* Punctuation by which CommonMark decides whether * opens or closes. */
static bool
is_wide_punctuation(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {{0x2010, 0x2027}, {0x2030, 0x205E}, {0x3001, 0x3003},
                  {0x3008, 0x3011}, {0x3014, 0x301F}, {0x3030, 0x3030},
                  {0x303D, 0x303D}, {0x30A0, 0x30A0}, {0x30FB, 0x30FB},
                  {0xFE10, 0xFE19}, {0xFE30, 0xFE6B}, {0xFF01, 0xFF0F},
                  {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}};

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

static bool
is_mark(uint32_t c)
{
    return c == '*' || c == '_';
}

static void
emit(reader *r, bn_buf *out, uint32_t c)
{
    if ((is_mark(c) && is_wide_punctuation(r->last)) ||
        (is_mark(r->last) && is_wide_punctuation(c)))
        bn_buf_add_u8(out, SEPARATOR);
    bn_buf_add_u8(out, c);
    r->last = c;
}

/* &#xF0000; would come out of Markdown as one of our characters. */
static bool
is_private_reference(const char *p, const char *end)
{
    char digits[16] = "";
    size_t n = 0;
    unsigned long value;
    bool hex;

    if (end - p < 4 || p[0] != '&' || p[1] != '#')
        return false;
    hex = p[2] == 'x' || p[2] == 'X';
    for (p += hex ? 3 : 2; p < end && n + 1 < sizeof digits &&
                           strchr("0123456789abcdefABCDEF", *p);
         p++)
        digits[n++] = *p;
    value = strtoul(digits, NULL, hex ? 16 : 10);
    return n > 0 && value >= HOLDER_FIRST;
}

/* ----------------------------------------------------------- placeholders */

static const struct {
    const char *word;
    holder_kind kind;
    bool takes; /* an expression */
} words[] = {
    {"#each", HOLDER_EACH, true},      {"#if", HOLDER_IF, true},
    {"#div", HOLDER_DIV, true},        {"else", HOLDER_ELSE, false},
    {"/each", HOLDER_END_EACH, false}, {"/if", HOLDER_END_IF, false},
    {"/div", HOLDER_END_DIV, false},   {"blank:", HOLDER_BLANK, true},
};

static bool
is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Split what stands between the braces; false when it is wrong. */
static bool
read_holder(bn_arena *a, const char *s, size_t n, holder *h)
{
    while (n > 0 && is_space(*s))
        s++, n--;
    while (n > 0 && is_space(s[n - 1]))
        n--;
    h->kind = HOLDER_VALUE;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i].word);
        const bool colon = words[i].kind == HOLDER_BLANK;

        if (n < length || memcmp(s, words[i].word, length) != 0 ||
            (n > length && !colon && !is_space(s[length])))
            continue;
        /* "else" alone is the statement; else/x would be a path. */
        h->kind = words[i].kind;
        s += length;
        n -= length;
        while (n > 0 && is_space(*s))
            s++, n--;
        if (words[i].takes != (n > 0))
            return false;
        break;
    }
    /* {{> name}} is no placeholder: it fills its line (read_include) */
    if (h->kind == HOLDER_VALUE && (n == 0 || *s == '#' || *s == '>'))
        return false;
    h->expression = bn_arena_strndup(a, s, n);
    return true;
}

/* The }} that ends a placeholder on its own line; quotes are XPath's. */
static const char *
find_close(const char *p, const char *end)
{
    char quote = '\0';

    for (; p < end && *p != '\n'; p++)
        if (quote) {
            if (*p == quote)
                quote = '\0';
        } else if (*p == '"' || *p == '\'') {
            quote = *p;
        } else if (p + 1 < end && p[0] == '}' && p[1] == '}') {
            return p;
        }
    return NULL;
}

static bn_code
take_holder(reader *r, bn_buf *out)
{
    const char *start = r->p + 2;
    const char *close = find_close(start, r->end);
    holder h = {
        .at = {.file = r->path, .line = r->line, .column = r->column}};

    if (close == NULL)
        return fail_here(r, BN_EPLACEHOLDER, "}}");
    if (!read_holder(r->m->job->arena, start, close - start, &h))
        return fail_here(
            r, BN_EPLACEHOLDER,
            bn_arena_strndup(r->m->job->arena, r->p, close + 2 - r->p));
    if (r->t->holders.n > HOLDER_LAST - HOLDER_FIRST)
        return fail_here(r, BN_EPLACEHOLDER, "65534");
    emit(r, out, (uint32_t)(HOLDER_FIRST + r->t->holders.n));
    BN_PUSH(&r->t->holders) = h;
    r->column += (uint32_t)bn_u8_count(r->p, close + 2 - r->p);
    r->p = close + 2;
    return BN_OK;
}

/* ------------------------------------------------------------------- text */

/* What would cost Markdown's parser more than it is worth. */
static bn_code
check_limits(reader *r)
{
    if (*r->p == '|' && r->last != '\\' && ++r->pipes > COLUMNS_MAX + 1)
        return fail_here(r, BN_ECOLUMNS, "64");
    if (*r->p == '[' && r->p + 1 < r->end && r->p[1] == '^' &&
        ++r->footnotes > FOOTNOTES_MAX)
        return fail_here(r, BN_EFOOTNOTES, "1000");
    if (is_private_reference(r->p, r->end))
        return fail_here(r, BN_EPRIVATE, "&#…;");
    return BN_OK;
}

/* The next lines of the text are those of the reader's file from here on. */
static void
begin_stretch(const reader *r)
{
    BN_PUSH(&r->t->stretches) = (stretch){.first = r->t->lines + 1,
                                          .line = r->line,
                                          .file = r->file,
                                          .path = r->path};
}

static bn_code
take_character(reader *r, const char *end, bn_buf *out)
{
    const uint32_t c = bn_u8_next(&r->p, end);

    if (c == BN_U8_BAD)
        return fail_here(r, BN_EPRIVATE, "UTF-8");
    if (c >= HOLDER_FIRST || c == 0)
        return fail_here(r, BN_EPRIVATE, "U+F0000–U+10FFFF");
    if (out == &r->t->text && r->last == '\n' && c != '\n' && c != '\r')
        bn_buf_adds(out, r->indent);
    emit(r, out, c);
    r->column++;
    if (c == '\n') {
        r->line++;
        r->column = 1;
        r->pipes = 0;
        if (out == &r->t->text)
            r->t->lines++;
    }
    return BN_OK;
}

/* Copy up to `end`, placeholders replaced. */
static bn_code
encode(reader *r, const char *end, bn_buf *out)
{
    bn_code code = BN_OK;

    while (code == BN_OK && r->p < end) {
        if (r->p + 1 < end && r->p[0] == '{' && r->p[1] == '{') {
            if (out == &r->t->text && r->last == '\n')
                bn_buf_adds(out, r->indent);
            code = take_holder(r, out);
            continue;
        }
        code = check_limits(r);
        if (code == BN_OK)
            code = take_character(r, end, out);
    }
    return code;
}

/* ----------------------------------------------------------- front matter */

static const char **
front_slot(template *t, const char *key, size_t n)
{
    const struct {
        const char *key;
        const char **slot;
    } slots[] = {{"title", &t->title},
                 {"layout", &t->layout},
                 {"numbering", &t->numbering},
                 {"editions", &t->editions},
                 {"class", &t->class}};

    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strlen(slots[i].key) == n && memcmp(slots[i].key, key, n) == 0)
            return slots[i].slot;
    return NULL;
}

/* One line "key: value", up to (without) its end. */
static bn_code
take_front_line(reader *r, const char *end)
{
    const char *colon = memchr(r->p, ':', end - r->p);
    const char **slot = colon ? front_slot(r->t, r->p, colon - r->p) : NULL;
    bn_buf value = {0};
    bn_code code;

    if (slot == NULL)
        return fail_here(r, BN_EFRONT,
                         bn_arena_strndup(r->m->job->arena, r->p, end - r->p));
    r->column += (uint32_t)(colon + 1 - r->p);
    r->p = colon + 1;
    while (r->p < end && is_space(*r->p))
        r->p++, r->column++;
    while (end > r->p && (is_space(end[-1]) || end[-1] == '\r'))
        end--;
    bn_buf_adds(&value, "");
    code = encode(r, end, &value);
    *slot =
        bn_arena_strndup(r->m->job->arena, value.len ? value.p : "", value.len);
    bn_buf_free(&value);
    return code;
}

static bool
is_fence(const char *p, const char *end)
{
    while (end > p && (is_space(end[-1]) || end[-1] == '\r'))
        end--;
    return end - p == 3 && memcmp(p, "---", 3) == 0;
}

/* The lines between the first --- and the next one; none without them. Those
 * of a template that is included say nothing here. */
static bn_code
take_front(reader *r)
{
    const char *eol = memchr(r->p, '\n', r->end - r->p);

    if (eol == NULL || !is_fence(r->p, eol))
        return BN_OK;
    for (;;) {
        bn_code code = BN_OK;

        r->p = eol + 1;
        r->line++;
        r->column = 1;
        eol = r->p < r->end ? memchr(r->p, '\n', r->end - r->p) : NULL;
        if (eol == NULL)
            return fail_here(r, BN_EFRONT, "---");
        if (is_fence(r->p, eol))
            break;
        if (r->outer == NULL && eol > r->p && *r->p != '\r' && *r->p != '#')
            code = take_front_line(r, eol);
        if (code)
            return code;
    }
    r->p = eol + 1;
    r->line++;
    r->column = 1;
    r->last = '\n';
    return BN_OK;
}

/* --------------------------------------------------------------- includes */

/* The line at p..eol is "{{> NAME}}" with white space about it: where the
 * placeholder begins, and the name. */
static const char *
read_include(bn_arena *a, const char *p, const char *eol, const char **name)
{
    const char *start, *close;

    while (p < eol && is_space(*p))
        p++;
    start = p;
    if (eol - p < 3 || memcmp(p, "{{>", 3) != 0)
        return NULL;
    p += 3;
    close = find_close(p, eol);
    if (close == NULL)
        return NULL;
    for (const char *q = close + 2; q < eol; q++)
        if (!is_space(*q) && *q != '\r')
            return NULL;
    while (p < close && is_space(*p))
        p++;
    while (close > p && is_space(close[-1]))
        close--;
    *name = bn_arena_strndup(a, p, close - p);
    return start;
}

/* A name below templates/, the ending .md left out or not; NULL: there is no
 * such file. */
static const char *
find_include(const reader *r, const char *name)
{
    const bn_content_job *job = r->m->job;
    const size_t n = strlen(name);
    const char *dot = n > 3 && strcmp(name + n - 3, ".md") == 0 ? "" : ".md";

    if (n == 0 || *name == '/' || strstr(name, ".."))
        return NULL;
    return bn_overlay(job->arena, job->share, job->house, "templates",
                      bn_arena_printf(job->arena, "%s%s", name, dot));
}

static bool
is_open(const reader *r, const char *path)
{
    for (; r; r = r->outer)
        if (strcmp(r->path, path) == 0)
            return true;
    return false;
}

static bn_code read_file(reader *r, const char *path);

/* The line at p is an include: read it, and go behind the line. */
static bn_code
take_include(reader *r, const char *start, const char *eol, const char *name)
{
    bn_arena *a = r->m->job->arena;
    const char *path = find_include(r, name);
    reader inner = {.m = r->m,
                    .t = r->t,
                    .outer = r,
                    .depth = r->depth + 1,
                    .footnotes = r->footnotes,
                    .err = r->err};
    bn_code code;

    r->column += (uint32_t)(start - r->p);
    if (path == NULL)
        return fail_here(r, BN_EINCLUDE, name);
    if (is_open(r, path) || inner.depth > INCLUDES_DEEP)
        return fail_here(r, BN_EINCLUDELOOP, name);
    inner.indent = bn_arena_printf(a, "%s%.*s", r->indent,
                                   (int)(start - r->p), r->p);
    code = read_file(&inner, path);
    if (code)
        return code;
    r->footnotes = inner.footnotes;
    if (inner.last != '\n') { /* its last line ended with the file */
        bn_buf_addc(&r->t->text, '\n');
        r->t->lines++;
    }
    r->p = eol < r->end ? eol + 1 : eol;
    r->line++;
    r->column = 1;
    r->last = '\n';
    begin_stretch(r);
    return BN_OK;
}

/* Lines of a file, includes by what they name. */
static bn_code
read_lines(reader *r)
{
    bn_code code = BN_OK;

    while (code == BN_OK && r->p < r->end) {
        const char *eol = memchr(r->p, '\n', r->end - r->p);
        const char *name, *start;

        if (eol == NULL)
            eol = r->end;
        start = read_include(r->m->job->arena, r->p, eol, &name);
        if (start)
            code = take_include(r, start, eol, name);
        else
            code = encode(r, eol < r->end ? eol + 1 : eol, &r->t->text);
        if (code == BN_OK && r->t->text.len > TEMPLATE_BYTES)
            code = fail_here(r, BN_ETOOBIG, r->path);
    }
    return code;
}

/* A file as the whole template, or as part of one. */
static bn_code
read_file(reader *r, const char *path)
{
    bn_source *s = r->m->job->source;
    bn_buf bytes = {0};
    bn_code code = bn_source_read(s, path, TEMPLATE_BYTES, &bytes, r->err);

    r->file = code ? 0 : bn_source_file_number(s, path);
    r->path = code ? path : bn_source_file(s, r->file);
    r->line = r->column = 1;
    r->last = '\n';
    if (code == BN_OK && bytes.len) {
        r->p = bytes.p;
        r->end = bytes.p + bytes.len;
        if (bytes.len >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0)
            r->p += 3; /* byte order mark */
        code = take_front(r);
        begin_stretch(r);
        if (code == BN_OK)
            code = read_lines(r);
    }
    bn_buf_free(&bytes);
    return code;
}

/* ----------------------------------------------------------------- public */

bn_code
template_read(making *m, const char *path, template *out, bn_err *err)
{
    reader r = {.m = m, .t = out, .indent = "", .path = path, .err = err};
    bn_code code;

    *out = (template){.path = path,
                      .title = "",
                      .layout = "",
                      .numbering = "",
                      .editions = "",
                      .class = ""};
    code = read_file(&r, path);
    out->path = r.path;
    return code;
}

bn_loc
template_line(const template *t, uint32_t line, uint32_t *file)
{
    size_t low = 0, high = t->stretches.n;

    *file = 0;
    while (low < high) { /* the last stretch that begins by this line */
        const size_t middle = (low + high) / 2;

        if (t->stretches.v[middle].first <= line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || line == 0)
        return (bn_loc){.file = t->path};
    *file = t->stretches.v[low - 1].file;
    return (bn_loc){.file = t->stretches.v[low - 1].path,
                    .line = t->stretches.v[low - 1].line + line -
                            t->stretches.v[low - 1].first};
}

void
template_free(template *t)
{
    bn_buf_free(&t->text);
    BN_VEC_FREE(&t->holders);
    BN_VEC_FREE(&t->stretches);
}

const holder *
template_holder(const template *t, uint32_t cp)
{
    if (cp < HOLDER_FIRST || cp - HOLDER_FIRST >= t->holders.n)
        return NULL;
    return &t->holders.v[cp - HOLDER_FIRST];
}

bool
holder_is_block(const holder *h)
{
    return h->kind >= HOLDER_EACH;
}
