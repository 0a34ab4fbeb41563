/* say.c - messages in words, for people and for programs. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static bool
is_bidi_control(uint32_t cp)
{
    return cp == 0x061C || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

/* Data as text that a terminal only prints: controls and bidi marks are
 * written out (ROBUSTNESS 4a 31). */
static void
add_safe_bytes(bn_buf *b, const char *s, size_t n)
{
    const char *end = s + n;

    while (s < end) {
        const char *start = s;
        const uint32_t cp = bn_u8_next(&s, end);

        if (cp == BN_U8_BAD)
            bn_buf_addf(b, "\\x%02X", (unsigned)(unsigned char)*start);
        else if (cp == '\n')
            bn_buf_adds(b, "\\n");
        else if (cp == '\t')
            bn_buf_adds(b, "\\t");
        else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            bn_buf_addf(b, "\\x%02X", (unsigned)cp);
        else if (is_bidi_control(cp) || cp == 0x2028 || cp == 0x2029)
            bn_buf_addf(b, "\\u{%04X}", (unsigned)cp);
        else
            bn_buf_add(b, start, s - start);
    }
}

static void
add_safe(bn_buf *b, const char *s)
{
    add_safe_bytes(b, s, strlen(s));
}

/* A row's text with {1}..{4} filled in; safe: for a terminal. */
static void
add_worded(bn_buf *b, const char *text, const bn_err *err, bool safe)
{
    for (const char *p = text; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '4' && p[2] == '}') {
            const char *arg = err->args[p[1] - '1'];

            if (safe)
                add_safe(b, arg);
            else
                bn_buf_adds(b, arg);
            p += 2;
        } else {
            bn_buf_addc(b, *p);
        }
    }
}

static bool
is_rule(bn_code code)
{
    return code == BN_ERULE;
}

/* Rules that are met outside the rule files; "" none. */
static const char *
rule_of(bn_code code)
{
    return code == BN_EGLYPH ? "R158" : "";
}

static const char *
level_word(const cli_options *o, bn_level level)
{
    static const char *const ja[] = {"情報", "警告", "エラー"};
    static const char *const en[] = {"info", "warning", "error"};

    return (strcmp(o->lang, "en") == 0 ? en : ja)[level];
}

/* The line and column of a message, worked out from its place. */
static bn_loc
where(bn_run *run, bn_loc loc)
{
    if (loc.file == NULL && loc.place != 0 && run)
        return bn_source_locate(bn_run_source(run), loc.place);
    return loc;
}

static void
add_where(bn_buf *b, bn_loc loc)
{
    if (loc.file == NULL) {
        bn_buf_adds(b, "bunsho: ");
        return;
    }
    add_safe(b, loc.file);
    if (loc.line)
        bn_buf_addf(b, ":%u", (unsigned)loc.line);
    if (loc.line && loc.column)
        bn_buf_addf(b, ":%u", (unsigned)loc.column);
    bn_buf_adds(b, ": ");
}

/* [R087 000 三の7の四ト TC-2019-0007], or [unit]. */
static void
add_tag(bn_buf *b, const bn_err *err)
{
    bn_buf_adds(b, " [");
    if (is_rule(err->code)) {
        for (int i = 1; i < BN_ARGS; i++) {
            if (err->args[i][0] == '\0')
                continue;
            if (i > 1)
                bn_buf_addc(b, ' ');
            add_safe(b, err->args[i]);
        }
    } else {
        const char *rule = rule_of(err->code);

        bn_buf_addf(b, "%s%s%s", rule, *rule ? " " : "",
                    bn_code_name(err->code));
    }
    bn_buf_addc(b, ']');
}

static void
word_text(const cli_options *o, bn_loc loc, const bn_err *err, bn_level level,
          bn_buf *b)
{
    const char *remedy = bn_code_remedy(err->code, o->lang);

    add_where(b, loc);
    bn_buf_addf(b, "%s: ", level_word(o, level));
    add_worded(b, bn_code_text(err->code, o->lang), err, true);
    add_tag(b, err);
    bn_buf_addc(b, '\n');
    if (*remedy) {
        bn_buf_adds(b,
                    strcmp(o->lang, "en") == 0 ? "    remedy: " : "    対処: ");
        add_worded(b, remedy, err, true);
        bn_buf_addc(b, '\n');
    }
}

/* A string member; what is no UTF-8 is written out, never lost. */
static void
set_text(json_t *object, const char *key, const char *s)
{
    bn_buf b = {0};

    if (bn_u8_check(s, strlen(s)) == strlen(s)) {
        json_object_set_new(object, key, json_string(s));
        return;
    }
    add_safe(&b, s);
    json_object_set_new(object, key, json_string(b.p));
    bn_buf_free(&b);
}

static void
set_worded(json_t *object, const char *key, const char *text, const bn_err *err)
{
    bn_buf b = {0};

    bn_buf_adds(&b, "");
    add_worded(&b, text, err, false);
    set_text(object, key, b.len ? b.p : "");
    bn_buf_free(&b);
}

/* JSON leaves C1 controls and bidi marks as they are; terminals do not. */
static void
add_json(bn_buf *b, const char *line)
{
    const char *end = line + strlen(line);

    while (line < end) {
        const char *start = line;
        const uint32_t cp = bn_u8_next(&line, end);

        if ((cp >= 0x7F && cp < 0xA0) || is_bidi_control(cp) || cp == 0x2028 ||
            cp == 0x2029)
            bn_buf_addf(b, "\\u%04X", (unsigned)cp);
        else
            bn_buf_add(b, start, line - start);
    }
}

static void
word_json(const cli_options *o, bn_loc loc, const bn_err *err, bn_level level,
          bn_buf *b)
{
    static const char *const rule_keys[] = {"rule", "provision", "unit"};
    static const char *const levels[] = {"info", "warning", "error"};
    json_t *object = json_object();
    char *line;

    set_text(object, "level", levels[level]);
    set_text(object, "id", bn_code_name(err->code));
    if (loc.file)
        set_text(object, "file", loc.file);
    if (loc.line)
        json_object_set_new(object, "line", json_integer(loc.line));
    if (loc.line && loc.column)
        json_object_set_new(object, "column", json_integer(loc.column));
    set_worded(object, "message", bn_code_text(err->code, o->lang), err);
    set_worded(object, "remedy", bn_code_remedy(err->code, o->lang), err);
    if (is_rule(err->code))
        for (int i = 0; i < 3; i++)
            set_text(object, rule_keys[i], err->args[i + 1]);
    else if (*rule_of(err->code))
        set_text(object, rule_keys[0], rule_of(err->code));
    line = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    if (line == NULL) /* out of memory inside jansson */
        return;
    add_json(b, line);
    free(line);
}

static void
say_one(const cli_options *o, bn_run *run, const bn_err *err, bn_level level)
{
    const bn_loc loc = where(run, err->loc);

    bn_buf b = {0};

    if (level == BN_INFO && o->quiet)
        return;
    (o->json ? word_json : word_text)(o, loc, err, level, &b);
    if (o->json)
        bn_buf_addc(&b, '\n');
    fwrite(b.p, 1, b.len, stderr);
    bn_buf_free(&b);
}

void
cli_word(const cli_options *o, bn_run *run, const bn_msgs *msgs, bn_buf *text,
         bn_buf *json)
{
    for (const bn_msg *m = msgs->first; m; m = m->next) {
        const bn_loc loc = where(run, m->err.loc);

        if (json->len)
            bn_buf_addc(json, ',');
        word_json(o, loc, &m->err, m->level, json);
        if (m->level == BN_INFO && o->quiet)
            continue;
        if (!o->json)
            word_text(o, loc, &m->err, m->level, text);
    }
}

int
cli_say(const cli_options *o, bn_run *run, const bn_msgs *msgs)
{
    for (const bn_msg *m = msgs->first; m; m = m->next)
        say_one(o, run, &m->err, m->level);
    return msgs->exit;
}

int
cli_say_err(const cli_options *o, bn_run *run, const bn_err *err)
{
    say_one(o, run, err, BN_ERROR);
    return bn_code_exit(err->code);
}

int
cli_usage(const cli_options *o, const char *what)
{
    bn_err err;

    bn_fail(&err, BN_EUSAGE, BN_NOWHERE, what);
    return cli_say_err(o, NULL, &err);
}

void
cli_progress(const char *unit, const char *document)
{
    bn_buf b = {0};

    add_safe(&b, unit);
    bn_buf_addc(&b, ' ');
    add_safe(&b, document);
    bn_buf_adds(&b, " …");
    fwrite(b.p, 1, b.len, stderr);
    bn_buf_free(&b);
}

void
cli_timing(const cli_options *o, const bn_run *run)
{
    double sum = 0;

    if (!o->timing)
        return;
    for (bn_stage s = 0; s < BN_STAGES; s++) {
        const double t = bn_run_seconds(run, s);

        sum += t;
        fprintf(stderr, "%-8s %9.4f\n", bn_stage_name(s), t);
    }
    fprintf(stderr, "%-8s %9.4f\n", "sum", sum);
}

int
cli_print(const cli_options *o, const char *p, size_t n)
{
    bn_err err;

    if (n == 0 || (fwrite(p, 1, n, stdout) == n && fflush(stdout) == 0))
        return 0;
    bn_fail(&err, BN_ESTDOUT, BN_NOWHERE);
    return cli_say_err(o, NULL, &err);
}

int
cli_print_data(const cli_options *o, const char *p, size_t n)
{
    bn_buf b = {0};
    int status;

    for (const char *end = p + n; n > 0 && p < end;) {
        const size_t length = strcspn(p, "\t\n");
        char mark = p[length];

        bn_buf_adds(&b, "");
        add_safe_bytes(&b, p, length);
        if (mark)
            bn_buf_addc(&b, mark);
        p += length + 1;
    }
    status = cli_print(o, b.p, b.len);
    bn_buf_free(&b);
    return status;
}
