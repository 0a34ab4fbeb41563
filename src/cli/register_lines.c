/* register_lines.c - rows of the register as lines, out and in. */
#include "cli/register.h"

#include <errno.h>
#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of a table and members of an object, in one order. */
static const struct {
    const char *name;
    size_t at; /* of a string in bn_event */
} columns[] = {
    {"kind", offsetof(bn_event, kind)},
    {"date", offsetof(bn_event, date)},
    {"number", offsetof(bn_event, number)},
    {"unit", offsetof(bn_event, unit)},
    {"document", offsetof(bn_event, document)},
    {"key", offsetof(bn_event, key)},
    {"sha256", offsetof(bn_event, sha256)},
    {"file", offsetof(bn_event, file)},
    {"edition", offsetof(bn_event, edition)},
    {"valid-until", offsetof(bn_event, valid_until)},
    {"retention", offsetof(bn_event, retention)},
    {"retain-until", offsetof(bn_event, retain_until)},
    {"replaces", offsetof(bn_event, replaces)},
    {"note", offsetof(bn_event, note)},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const char *
column(const bn_event *e, size_t i)
{
    const char *s;

    memcpy(&s, (const char *)e + columns[i].at, sizeof s);
    return s ? s : "";
}

int
register_row(const use *u, const bn_event *e)
{
    bn_buf b = {0};
    int status;

    for (size_t i = 0; i < COLUMNS; i++) {
        if (i)
            bn_buf_addc(&b, '\t');
        bn_buf_adds(&b, column(e, i));
        if (i == 5) /* behind the key: its version */
            bn_buf_addf(&b, "\t%d", e->version);
    }
    bn_buf_addc(&b, '\n');
    status = cli_print_data(u->o, b.p, b.len);
    bn_buf_free(&b);
    return status;
}

static json_t *
object_of(const bn_event *e)
{
    json_t *object = json_object();

    for (size_t i = 0; i < COLUMNS; i++)
        if (*column(e, i))
            json_object_set_new(object, columns[i].name,
                                json_string(column(e, i)));
    json_object_set_new(object, "version", json_integer(e->version));
    return object;
}

/* Takes the object. */
static int
print_line(const use *u, json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT);
    int status = line ? cli_print(u->o, line, strlen(line)) : 70;

    if (status == 0)
        status = cli_print(u->o, "\n", 1);
    free(line);
    json_decref(object);
    return status;
}

int
register_json(const use *u, const bn_event *e)
{
    return print_line(u, object_of(e));
}

int
register_json_of(const use *u, const bn_event *e, const char *path,
                 const char *state)
{
    json_t *object = json_pack("{s:s,s:s}", "path", path, "state", state);

    json_object_update_missing_new(object, object_of(e));
    return print_line(u, object);
}

/* ------------------------------------------------------------------ export */

/* A number: its series and slot are what the list calls note and key. */
static int
print_number(const use *u, const bn_event *e)
{
    return print_line(
        u, json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:s}", "unit", e->unit, "series",
                     e->note, "slot", e->key, "number", e->number, "date",
                     e->date, "version", (int)e->version, "reason",
                     strcmp(e->kind, "number") == 0 ? "" : e->kind));
}

static int
export_list(use *u, enum bn_register_list what,
            int (*print)(const use *, const bn_event *))
{
    const bn_event *rows;
    size_t n;
    bn_err err = {0};
    int status = 0;

    if (bn_register_list(u->r, what, NULL, NULL, u->a, &rows, &n, &err))
        return cli_say_err(u->o, NULL, &err);
    for (size_t i = 0; i < n && status == 0; i++)
        status = print(u, &rows[i]);
    return status;
}

int
register_export(use *u)
{
    const int status = export_list(u, BN_LIST_NUMBERS, print_number);

    return status ? status : export_list(u, BN_LIST_EVENTS, register_json);
}

/* ------------------------------------------------------------------ import */

/* A file of lines while it is taken in. */
typedef struct taking {
    use *u;
    bn_run *run;      /* NULL: there is no house, nor a pattern of its series */
    const char *body; /* of the house */
    const char *file;
    uint32_t line;
} taking;

static const char *
member(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));

    return s ? s : "";
}

static bn_code
bad_member(const taking *t, const char *key, bn_err *err)
{
    const bn_loc at = {.file = t->file, .line = t->line, .column = 1};

    return bn_fail(err, BN_EMANIFESTKEY, at, key);
}

static int32_t
version_of(const json_t *line)
{
    const json_int_t n = json_integer_value(json_object_get(line, "version"));

    return n > 0 && n < INT32_MAX ? (int32_t)n : 1;
}

static bool
is_day(const char *day)
{
    char iso[11], stamp[32];
    bn_err err;

    return bn_today(day, iso, stamp, &err) == BN_OK;
}

/* A number that was given: {"unit","series","slot","number","date"}, slot as in
 * certificate-1; of an export also version and reason. */
static bn_code
take_number(const taking *t, const json_t *line, bn_err *err)
{
    static const char *const needed[] = {"unit", "series", "slot", "number"};
    const char *reason =
        json_object_get(line, "reason") ? member(line, "reason") : "imported";
    const char *series = member(line, "series");
    const bn_numbered paper = {member(line, "unit"), series,
                               member(line, "slot")};

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (*member(line, needed[i]) == '\0')
            return bad_member(t, needed[i], err);
    if (*member(line, "date") && !is_day(member(line, "date")))
        return bad_member(t, "date", err);
    return bn_register_import(
        t->u->r, &paper, version_of(line), series,
        t->run ? bn_run_series(t->run, t->body, series) : NULL,
        member(line, "number"), member(line, "date"), reason, err);
}

/* An event, as an export has it. */
static bn_code
take_event(const taking *t, const json_t *line, bn_err *err)
{
    static const char *const needed[] = {"unit", "document", "number"};
    bn_event e = {.version = version_of(line)};
    const char *digest = member(line, "sha256");

    for (size_t i = 0; i < COLUMNS; i++) {
        const char *text = member(line, columns[i].name);

        memcpy((char *)&e + columns[i].at, &text, sizeof text);
    }
    if (!bn_event_is_kind(e.kind))
        return bad_member(t, "kind", err);
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (*member(line, needed[i]) == '\0')
            return bad_member(t, needed[i], err);
    if (!is_day(e.date))
        return bad_member(t, "date", err);
    if (strlen(digest) != BN_DIGEST_HEX - 1 ||
        strspn(digest, "0123456789abcdef") != BN_DIGEST_HEX - 1)
        return bad_member(t, "sha256", err);
    return bn_register_add(t->u->r, &e, err);
}

static bn_code
take_line(const taking *t, const char *text, size_t n, bn_err *err)
{
    bn_loc at = {.file = t->file, .line = t->line, .column = 1};
    json_error_t why;
    json_t *line = json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
    bn_code code;

    if (line == NULL && why.column > 0) /* none at its end */
        at.column = (uint32_t)why.column;
    if (!json_is_object(line))
        code = bn_fail(err, BN_EMANIFEST, at, line ? "no object" : why.text);
    else if (json_object_get(line, "series"))
        code = take_number(t, line, err);
    else if (json_object_get(line, "kind"))
        code = take_event(t, line, err);
    else
        code = bad_member(t, "series", err);
    json_decref(line);
    if (code && err->loc.file == NULL) /* which line the register refused */
        err->loc = at;
    return code;
}

static bn_code
take_lines(taking *t, FILE *f, bn_err *err)
{
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;
    bn_code code = BN_OK;

    while (code == BN_OK && (n = getline(&text, &cap, f)) >= 0) {
        t->line++;
        if (strspn(text, " \t\r\n") < (size_t)n)
            code = take_line(t, text, (size_t)n, err);
    }
    free(text);
    if (code == BN_OK) /* half a file is none */
        return bn_close_read(f, t->file, err);
    fclose(f);
    return code;
}

/* The body's series are read of its house, where there is one. Without what
 * cannot be read the series would go on at the wrong place. */
static int
open_house(taking *t, cli_options *o)
{
    bn_msgs msgs = {0};
    int status = 0;

    if (!bn_is_file(t->body))
        return 0;
    if (cli_start(o, &t->run))
        return 70;
    if (bn_run_open_house(t->run, t->body, &msgs))
        status = cli_say(o, t->run, &msgs);
    bn_msgs_free(&msgs);
    return status;
}

int
register_import(use *u)
{
    taking t = {.u = u,
                .file = u->o->nfiles > 1 ? u->o->files[1] : NULL,
                .body = bn_arena_printf(u->a, "%s/body.xml",
                                        u->o->house ? u->o->house : ".")};
    cli_options o = *u->o;
    FILE *f;
    bn_err err = {0};
    bn_code code;
    int status;

    if (t.file == NULL)
        return cli_usage(u->o, "register import FILE");
    f = fopen(t.file, "rb");
    if (f == NULL) {
        bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, t.file, strerror(errno));
        return cli_say_err(u->o, NULL, &err);
    }
    o.today = u->day;
    status = open_house(&t, &o);
    if (status) {
        fclose(f);
        bn_run_free(t.run);
        return status;
    }
    code = bn_register_begin(u->r, &err);
    if (code == BN_OK)
        code = take_lines(&t, f, &err);
    else
        fclose(f);
    if (code == BN_OK)
        code = bn_register_commit(u->r, &err);
    else
        bn_register_rollback(u->r);
    bn_run_free(t.run);
    return code ? cli_say_err(u->o, NULL, &err) : 0;
}
