#include "source/source.h"

#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "source/internal.h"

/* ------------------------------------------------------------- characters */

static bool
starts_with(const char *bytes, size_t n, const char *mark)
{
    return n >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

/* Which of the encodings that spreadsheets write in Japan. There is no guess
 * by frequency: a list of names is too short for one. */
static const char *
table_encoding(const char *bytes, size_t n)
{
    if (starts_with(bytes, n, "\xFF\xFE") || starts_with(bytes, n, "\xFE\xFF"))
        return "UTF-16";
    if (starts_with(bytes, n, "\xEF\xBB\xBF") || bn_u8_check(bytes, n) == n)
        return "UTF-8";
    return "CP932";
}

/* A private-use code point, or a C1 control, into which converters turn the
 * bytes of code page 932 that mean nothing (0x80, 0xA0). */
static bool
is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 ||
           (c >= 0x80 && c <= 0x9F);
}

static bn_code
refuse_private(const char *name, const bn_buf *b, bn_err *err)
{
    const char *end = b->p + b->len;

    for (const char *p = b->p; p < end;) {
        const char *at = p;
        const uint32_t c = bn_u8_next(&p, end);
        bn_loc loc = {.file = name};
        char hex[16];

        if (!is_private(c))
            continue;
        bn_text_position(b->p, b->len, (size_t)(at - b->p), &loc.line,
                         &loc.column);
        snprintf(hex, sizeof hex, "U+%04X", (unsigned)c);
        return bn_fail(err, BN_EGAIJI, loc, hex);
    }
    return BN_OK;
}

/* The table as clean UTF-8 without a mark. */
static bn_code
decode(const char *name, const char *bytes, size_t n, const char *encoding,
       bn_buf *out, bn_err *err)
{
    bn_code code = BN_OK;

    if (encoding == NULL)
        encoding = table_encoding(bytes, n);
    if (strcmp(encoding, "UTF-8") == 0)
        bn_buf_add(out, bytes, n); /* what is wrong in it is said below */
    else
        code = bn_to_utf8(bytes, n, encoding, name, out, err);
    if (code)
        return code;
    bn_buf_add(out, "", 0);
    if (starts_with(out->p, out->len, "\xEF\xBB\xBF")) {
        memmove(out->p, out->p + 3, out->len - 2); /* with the NUL */
        out->len -= 3;
    }
    code = bn_check_characters(name, out, err);
    return code ? code : refuse_private(name, out, err);
}

/* ----------------------------------------------------------------- records */

struct reader {
    char *p, *end;
    uint32_t line, column; /* of p */
    const char *name;
    BN_VEC(bn_csv_cell) cells; /* of the record being read */
    bn_err *err;
};

/* Go one character on; a line end of any kind is one step. */
static void
step(struct reader *r)
{
    const char c = *r->p++;

    if (c == '\r' && r->p < r->end && *r->p == '\n')
        r->p++;
    if (c == '\n' || c == '\r') {
        r->line++;
        r->column = 1;
    } else if (((unsigned char)c & 0xC0) != 0x80) {
        r->column++;
    }
}

static bool
at_cell_end(const struct reader *r)
{
    return r->p >= r->end || *r->p == ',' || *r->p == '\n' || *r->p == '\r';
}

static bn_loc
here(const struct reader *r)
{
    return (bn_loc){.file = r->name, .line = r->line, .column = r->column};
}

/* A cell in quotes: its text is moved together at its own beginning. The last
 * NUL falls at the latest on the closing quote. */
static bn_code
read_quoted(struct reader *r, const bn_csv_cell *cell)
{
    char *to = r->p;

    step(r);
    for (;;) {
        if (r->p >= r->end)
            return bn_fail(r->err, BN_ECSVOPEN,
                           ((bn_loc){.file = r->name,
                                     .line = cell->line,
                                     .column = cell->column}),
                           "");
        if (*r->p == '"') {
            step(r);
            if (r->p >= r->end || *r->p != '"')
                break;
        }
        *to++ = *r->p == '\r' ? '\n' : *r->p;
        step(r);
    }
    *to = '\0';
    if (!at_cell_end(r))
        return bn_fail(r->err, BN_ECSVQUOTE, here(r), "");
    return BN_OK;
}

static bn_code
read_plain(struct reader *r)
{
    while (!at_cell_end(r)) {
        if (*r->p == '"')
            return bn_fail(r->err, BN_ECSVQUOTE, here(r), "");
        step(r);
    }
    return BN_OK;
}

/* One record into r->cells; the reader stands behind its line end. */
static bn_code
read_record(struct reader *r)
{
    r->cells.n = 0;
    for (;;) {
        bn_csv_cell *cell = &BN_PUSH(&r->cells);
        bn_code code;
        char *end, mark;

        *cell = (bn_csv_cell){r->p, r->line, r->column};
        code = r->p < r->end && *r->p == '"' ? read_quoted(r, cell)
                                             : read_plain(r);
        if (code)
            return code;
        end = r->p;
        mark = r->p < r->end ? *r->p : '\n';
        if (r->p < r->end)
            step(r);
        *end = '\0'; /* over the mark, now that it was read */
        if (mark != ',')
            return BN_OK;
    }
}

static const char *
skip_blank(const char *s)
{
    while (*s == ' ' || *s == '\t' || *s == '\n' ||
           strncmp(s, "\u3000", 3) == 0)
        s += *s == '\xE3' ? 3 : 1;
    return s;
}

static bool
is_blank_record(const struct reader *r)
{
    for (size_t i = 0; i < r->cells.n; i++)
        if (*skip_blank(r->cells.v[i].text))
            return false;
    return true;
}

/* The length of a head without the white space behind it. */
static size_t
head_length(const char *s)
{
    size_t n = 0;

    for (const char *p = s; *p;) {
        const char *next = skip_blank(p);

        if (next != p) {
            p = next;
            continue;
        }
        p++;
        n = (size_t)(p - s);
    }
    return n;
}

static bool
same_head(const char *a, const char *b)
{
    a = skip_blank(a);
    b = skip_blank(b);
    return head_length(a) == head_length(b) &&
           memcmp(a, b, head_length(a)) == 0;
}

size_t
bn_csv_column(const bn_csv *t, const char *head)
{
    for (size_t i = 0; i < t->ncolumns; i++)
        if (same_head(t->head[i].text, head))
            return i;
    return BN_CSV_NONE;
}

bn_loc
bn_csv_loc(const bn_csv *t, const bn_csv_cell *cell)
{
    return (bn_loc){
        .file = t->name, .line = cell->line, .column = cell->column};
}

bn_place
bn_csv_place(const bn_csv *t, const bn_csv_cell *cell)
{
    const uint32_t column =
        cell->column < CELL_COLUMNS ? cell->column : CELL_COLUMNS;

    if (t->file == 0)
        return 0;
    return (bn_place)t->file << 32 |
           (uint32_t)(cell->line << CELL_BITS | column);
}

static bn_code
read_head(struct reader *r, bn_arena *a, bn_csv *out)
{
    bn_csv t = {.name = r->name};
    bn_map *seen = bn_map_new(a);
    bn_code code;

    do {
        if (r->p >= r->end)
            return bn_fail(r->err, BN_ECSVHEAD, here(r), "");
        code = read_record(r);
        if (code)
            return code;
    } while (is_blank_record(r));
    t.head = memcpy(BN_NEWS(a, bn_csv_cell, r->cells.n), r->cells.v,
                    sizeof *r->cells.v * r->cells.n);
    t.ncolumns = r->cells.n;
    for (size_t i = 0; i < t.ncolumns; i++) {
        const char *head = skip_blank(t.head[i].text);
        bool is_new = true;

        if (*head)
            bn_map_put(seen, head, head_length(head), &is_new);
        if (!is_new)
            return bn_fail(r->err, BN_ECSVTWICE, bn_csv_loc(&t, &t.head[i]),
                           head);
    }
    *out = t;
    return BN_OK;
}

static bn_code
wrong_count(const struct reader *r, const bn_csv *t)
{
    char have[24], want[24];
    /* the first cell too many, else the last there is */
    const size_t at =
        r->cells.n > t->ncolumns ? t->ncolumns : r->cells.n - 1;

    snprintf(have, sizeof have, "%zu", r->cells.n);
    snprintf(want, sizeof want, "%zu", t->ncolumns);
    return bn_fail(r->err, BN_ECSVCELLS, bn_csv_loc(t, &r->cells.v[at]), have,
                   want);
}

static bn_code
read_rows(struct reader *r, bn_arena *a, bn_csv *t)
{
    BN_VEC(bn_csv_row) rows = {0};
    bn_code code = BN_OK;

    while (r->p < r->end && code == BN_OK) {
        bn_csv_cell *cells;

        code = read_record(r);
        if (code || is_blank_record(r))
            continue;
        if (r->cells.n != t->ncolumns) {
            code = wrong_count(r, t);
            continue;
        }
        cells = BN_NEWS(a, bn_csv_cell, t->ncolumns);
        memcpy(cells, r->cells.v, sizeof *cells * t->ncolumns);
        BN_PUSH(&rows) = (bn_csv_row){cells, cells[0].line};
    }
    if (code == BN_OK && rows.n) {
        t->rows = memcpy(BN_NEWS(a, bn_csv_row, rows.n), rows.v,
                         sizeof *rows.v * rows.n);
        t->nrows = rows.n;
    }
    BN_VEC_FREE(&rows);
    return code;
}

/* name is borrowed: messages go on naming it. */
static bn_code
parse(bn_arena *a, const char *name, const char *bytes, size_t nbytes,
      const char *encoding, bn_csv *out, bn_err *err)
{
    struct reader r = {.name = name, .line = 1, .column = 1, .err = err};
    bn_csv t = {0};
    bn_buf text = {0};
    bn_code code;

    code = decode(r.name, bytes, nbytes, encoding, &text, err);
    if (code == BN_OK) {
        r.p = bn_arena_strndup(a, text.p, text.len);
        r.end = r.p + text.len;
        code = read_head(&r, a, &t);
    }
    if (code == BN_OK)
        code = read_rows(&r, a, &t);
    if (code == BN_OK)
        *out = t;
    BN_VEC_FREE(&r.cells);
    bn_buf_free(&text);
    return code;
}

bn_code
bn_csv_parse(bn_arena *a, const char *name, const char *bytes, size_t nbytes,
             const char *encoding, bn_csv *out, bn_err *err)
{
    return parse(a, bn_arena_strdup(a, name), bytes, nbytes, encoding, out,
                 err);
}

bn_code
bn_csv_load(bn_source *s, const char *path, const char *encoding, bn_arena *a,
            bn_csv *out, bn_err *err)
{
    bn_buf bytes = {0};
    bn_code code = bn_source_read(s, path, 0, &bytes, err);
    const uint32_t file = code ? 0 : bn_source_file_number(s, path);

    if (code == BN_OK)
        code = parse(a, bn_source_file(s, file), bytes.p, bytes.len, encoding,
                     out, err);
    if (code == BN_OK) {
        out->file = file;
        s->files.v[file - 1].table = true;
    }
    bn_buf_free(&bytes);
    return code;
}
