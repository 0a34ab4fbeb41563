/* work.c - one unit, in a worker. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/internal.h"
#include "batch/pool.h"

/* What is gathered while the unit is built. */
typedef struct work {
    batch *b;
    const job *j;
    bn_arena *arena;
    json_t *old; /* papers of the last run by path; NULL */
    json_t *state, *line, *papers, *shown, *due, *wanted, *carried;
    json_t *documents; /* slot -> document that goes by its number; NULL */
    bool mapping;      /* which that is, is being found out */
    bn_buf text, json, made;
    int status;
    bool stranger; /* the file is not of the unit that the manifest says */
} work;

static void
set(json_t *object, const char *key, const char *s)
{
    json_object_set_new(object, key, s && *s ? json_string(s) : NULL);
}

static void
set_hex(json_t *object, const char *key, const bn_digest *d)
{
    char hex[BN_DIGEST_HEX];

    bn_digest_hex(d, hex);
    json_object_set_new(object, key, json_string(hex));
}

static void
on_said(void *user, const bn_msgs *msgs)
{
    work *w = user;
    const bn_batch_teller *t = &w->b->o->teller;

    bn_msgs told = {0};

    /* what a unit has not come to is told once over all of them */
    for (const bn_msg *m = msgs->first; m; m = m->next)
        if (m->err.code != BN_WNOTDUE && m->err.code != BN_WNOTEDITION)
            bn_msgs_add(&told, &m->err, m->level);
    if (t->word && told.first)
        t->word(t->user, w->b->r, &told, &w->text, &w->json);
    bn_msgs_free(&told);
}

static bool
on_read(void *user, const char *unit, const char *edition)
{
    work *w = user;

    json_object_set_new(w->state, "unit", json_string(unit));
    json_object_set_new(w->line, "unit", json_string(unit));
    set(w->line, "edition", edition);
    w->stranger = *w->j->id && strcmp(w->j->id, unit) != 0;
    return !w->stranger;
}

static void
on_due(void *user, const char *document)
{
    work *w = user;
    const bn_dependencies d = bn_depend_document(w->b->r, w->j->path, document);

    set_hex(w->due, document, &d.digest);
}

/* What the register or the manifest says of an element: a number, or an object
 * with what it replaces. */
static bool
read_given(const json_t *value, bn_given *out)
{
    const json_t *number =
        json_is_object(value) ? json_object_get(value, "number") : value;
    const json_t *version = json_object_get(value, "version");
    const char *replaces =
        json_string_value(json_object_get(value, "replaces"));
    const char *reason = json_string_value(json_object_get(value, "reason"));

    if (!json_is_string(number))
        return false;
    *out = (bn_given){.number = json_string_value(number),
                      .version =
                          version ? (int32_t)json_integer_value(version) : 1,
                      .replaces = replaces ? replaces : "",
                      .reason = reason ? reason : ""};
    return true;
}

/* By the slot, or by a document that goes by the slot's number. */
static const json_t *
find_given(const work *w, const job *j, const char *slot)
{
    const json_t *value = json_object_get(j->numbers, slot);
    const char *document =
        json_string_value(json_object_get(w->documents, slot));

    return value || document == NULL ? value
                                     : json_object_get(j->numbers, document);
}

static void
note_carried(work *w, const bn_bearer *b)
{
    json_object_set_new(w->carried, b->slot,
                        json_pack("{s:s,s:s,s:s}", "series", b->series, "date",
                                  b->date, "number", b->have));
}

/* A placeholder while it is not known which numbers are wanted. A number that
 * the data carries stands, unless a later version has taken its place. */
static bool
on_number(void *user, const bn_bearer *bearer, bn_given *out)
{
    work *w = user;
    const bn_map_value *at =
        w->j->body ? bn_map_finds(w->b->ids, bearer->unit) : NULL;
    const job *j = at ? &w->b->jobs.v[at->n - 1] : w->j;
    const bool known = read_given(find_given(w, j, bearer->slot), out);

    if (*bearer->have) {
        if (w->b->dry)
            note_carried(w, bearer);
        return known && out->version > 1;
    }
    if (known)
        return true;
    if (!w->b->dry && !w->mapping)
        return false;
    json_object_set_new(w->wanted, bearer->slot,
                        json_pack("{s:s,s:s,s:b}", "series", bearer->series,
                                  "date", bearer->date, "used", 0));
    out->number = bn_arena_printf(w->arena, "〔%s〕", bearer->slot);
    return true;
}

static void
on_rows(void *user, const char *xml)
{
    work *w = user;

    if (w->b->stage)
        json_object_set_new(w->state, "rows", json_string(xml));
}

/* A letter's number that came with the data of two cases: which of them it is
 * right in, the register cannot know. */
static void
tell_shared(work *w, const bn_made *m, const char *series)
{
    bn_msgs msgs = {0};

    bn_warn(&msgs, BN_WNUMBERSHARED, (bn_loc){.file = w->j->path}, m->number,
            series);
    on_said(w, &msgs);
    bn_msgs_free(&msgs);
}

/* Not made: a worker died over it in an earlier attempt, or its certificate's
 * number is another's. */
static bool
on_lost(void *user, const bn_made *m)
{
    work *w = user;
    const char *how = json_string_value(json_object_get(w->j->lost, m->path));
    const char *series =
        json_string_value(json_object_get(w->j->refused, m->number));
    bn_msgs msgs = {0};
    bn_err err;

    if ((how == NULL && series == NULL) || w->b->dry)
        return how != NULL;
    if (how == NULL && strcmp(series, "certificate") != 0) {
        tell_shared(w, m, series);
        return false;
    }
    if (how)
        bn_fail(&err, BN_EPAPERLOST, (bn_loc){.file = w->j->path}, m->path,
                how);
    else
        bn_fail(&err, BN_ENUMBERUSED, (bn_loc){.file = w->j->path}, m->number,
                series);
    bn_msgs_add(&msgs, &err, BN_ERROR);
    on_said(w, &msgs);
    if (msgs.exit > w->status)
        w->status = msgs.exit;
    bn_msgs_free(&msgs);
    return true;
}

/* What the parent is to know if this one is the end of the worker. */
static void
on_start(void *user, const bn_made *m)
{
    (void)user;
    bn_pool_note(m->path);
}

/* Papers of the register by kind, item and version. */
static const char *
paper_key(bn_arena *a, const bn_made *m)
{
    return issue_key(a, m->document, m->key, m->version);
}

static const char *
issued_digest(const work *w, const bn_made *m)
{
    return json_string_value(
        json_object_get(w->j->issued, paper_key(w->arena, m)));
}

/* An issued paper whose bytes are not those that were issued. */
static void
tell_other(work *w, const bn_made *m)
{
    bn_msgs msgs = {0};
    bn_err err;

    bn_fail(&err, BN_EISSUEDOTHER, (bn_loc){.file = w->j->path}, m->path,
            m->number);
    bn_msgs_add(&msgs, &err, BN_ERROR);
    on_said(w, &msgs);
    if (msgs.exit > w->status)
        w->status = msgs.exit;
    bn_msgs_free(&msgs);
}

/* What the next run looks for, and what is shown. */
static json_t *
add_paper(work *w, const bn_made *m, const bn_digest *bytes, const char *how)
{
    json_t *paper = json_object(), *shown;

    json_object_set_new(paper, "document", json_string(m->document));
    set(paper, "key", m->key);
    json_object_set_new(paper, "path", json_string(m->path));
    set_hex(paper, "sha256", bytes);
    set(paper, "number", m->number);
    if (m->version > 1) {
        json_object_set_new(paper, "version", json_integer(m->version));
        set(paper, "replaces", m->replaces);
        set(paper, "reason", m->reason);
    }
    shown = json_copy(paper);
    json_object_set_new(shown, "state", json_string(how));
    json_array_append_new(w->shown, shown);
    json_array_append_new(w->papers, paper);
    return paper;
}

static void
add_stamp(json_t *paper, const char *path)
{
    bn_stamp stamp;

    if (bn_file_stamp(path, &stamp))
        json_object_set_new(paper, "stamp", stamp_json(&stamp));
}

/* One whose file is lost is made again, and must be what it was. */
static bool
on_issued(void *user, const bn_made *m)
{
    work *w = user;
    const char *want = issued_digest(w, m);
    char hex[BN_DIGEST_HEX];
    bn_digest bytes;

    if (want == NULL || !bn_file_digest(m->path, &bytes))
        return false;
    bn_digest_hex(&bytes, hex);
    if (strcmp(want, hex) != 0)
        tell_other(w, m);
    else if (!w->b->dry)
        add_stamp(add_paper(w, m, &bytes, "unchanged"), m->path);
    return true;
}

static bool
on_stands(void *user, const bn_made *m)
{
    work *w = user;
    json_t *old = json_object_get(w->old, m->path);
    const char *content = json_string_value(json_object_get(old, "content"));
    const char *sha = json_string_value(json_object_get(old, "sha256"));
    char hex[BN_DIGEST_HEX];
    bn_digest bytes;

    bn_digest_hex(&m->content, hex);
    if ((w->b->stage && *m->number) || content == NULL || sha == NULL ||
        strcmp(content, hex) != 0 || !bn_file_digest(m->path, &bytes))
        return false;
    bn_digest_hex(&bytes, hex);
    return strcmp(sha, hex) == 0;
}

const char *
issue_stage(bn_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    return bn_arena_printf(a, "%.*s.%s.issue", (int)(slash - path + 1), path,
                           slash + 1);
}

/* Papers that go by a number of the body are issued; others only printed. */
static const char *
on_where(void *user, const bn_made *m)
{
    work *w = user;

    return (w->b->stage && *m->number) || issued_digest(w, m)
               ? issue_stage(w->arena, m->path)
               : NULL;
}

/* A paper that was issued and whose file was lost: back in its place when it
 * is the same, byte for byte. */
static void
restore(work *w, const bn_made *m)
{
    const char *stage = issue_stage(w->arena, m->path);
    char hex[BN_DIGEST_HEX];
    bn_err err = {0};

    bn_digest_hex(&m->bytes, hex);
    if (strcmp(hex, issued_digest(w, m)) != 0) {
        unlink(stage);
        tell_other(w, m);
    } else if (bn_put_in_place(stage, m->path, &err)) {
        bn_msgs msgs = {0};

        bn_msgs_add(&msgs, &err, BN_ERROR);
        on_said(w, &msgs);
        w->status = msgs.exit;
        bn_msgs_free(&msgs);
    } else {
        bn_buf_addf(&w->made, "%s\n", m->path);
        add_stamp(add_paper(w, m, &m->bytes, "made"), m->path);
    }
}

static void
note_slot(work *w, const bn_made *m)
{
    const char *slot;
    json_t *value;

    json_object_foreach(w->wanted, slot, value)
    {
        if (strcmp(m->number, bn_arena_printf(w->arena, "〔%s〕", slot)) != 0)
            continue;
        json_object_set_new(value, "used", json_true());
        if (w->documents && !json_object_get(w->documents, slot))
            json_object_set_new(w->documents, slot, json_string(m->document));
    }
}

/* The stylesheet, template … of a paper that changed. */
static const char *
changed_file(const work *w, const bn_made *m)
{
    const bn_dependencies d =
        bn_depend_document(w->b->r, w->j->path, m->document);
    const char *name = state_changed(
        w->b->state, bn_arena_printf(w->arena, "document:%s", m->document), &d);

    return name ? name : m->document;
}

/* Why a paper is made: there was none, it is not as it was recorded, or what
 * its unit was looked at again for changed it. */
static void
explain(work *w, const bn_made *m, json_t *shown)
{
    const bn_batch_teller *t = &w->b->o->teller;
    const json_t *old = json_object_get(w->old, m->path);
    const char *content = json_string_value(json_object_get(old, "content"));
    const char *reason = w->j->reason ? w->j->reason : "new";
    const char *about = w->j->about ? w->j->about : "";
    char hex[BN_DIGEST_HEX];

    bn_digest_hex(&m->content, hex);
    if (old == NULL) {
        reason = "new";
        about = w->j->path;
    } else if (content && strcmp(content, hex) == 0) {
        reason = "output";
        about = m->path;
    } else if (strcmp(reason, "output") == 0) {
        reason = "input";
        about = w->j->path;
    } else if (strcmp(reason, "stylesheet") == 0) {
        about = changed_file(w, m);
    }
    json_object_set_new(
        shown, "why", json_pack("{s:s,s:s}", "reason", reason, "about", about));
    if (t->why)
        t->why(t->user, m->path, reason, about, &w->text);
}

static void
on_done(void *user, const bn_made *m)
{
    work *w = user;
    const bool issue = w->b->stage && *m->number;
    bn_digest bytes = m->bytes;
    json_t *paper;

    if (w->b->dry || w->mapping) {
        note_slot(w, m);
        return;
    }
    if (issued_digest(w, m)) {
        restore(w, m);
        return;
    }
    if (m->stood)
        bn_file_digest(m->path, &bytes);
    else if (!issue)
        bn_buf_addf(&w->made, "%s\n", m->path);
    paper = add_paper(w, m, &bytes,
                      m->stood ? "unchanged"
                      : issue  ? "issued"
                               : "made");
    set_hex(paper, "content", &m->content);
    if (w->b->o->explain && !m->stood)
        explain(w, m, json_array_get(w->shown, json_array_size(w->shown) - 1));
    if (issue) {
        json_object_set_new(paper, "staged", json_true());
        set(paper, "edition", m->edition);
        set(paper, "retention", m->retention);
        set(paper, "kept-from", m->kept_from);
        set(paper, "valid-until", m->valid_until);
        if (w->b->o->shard.count) /* merge records it */
            json_object_update_missing(
                json_array_get(w->shown, json_array_size(w->shown) - 1), paper);
    } else {
        add_stamp(paper, m->path);
    }
}

static void
read_old(work *w)
{
    json_t *line = w->j->old ? json_loads(w->j->old, 0, NULL) : NULL;
    json_t *paper;
    size_t i;

    w->old = json_object();
    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        const char *path = json_string_value(json_object_get(paper, "path"));

        if (path)
            json_object_set(w->old, path, paper);
    }
    json_decref(line);
}

/* What the unit depends on, for the next run; before it is read, so that a
 * file which changes meanwhile is read again then. */
static void
note_inputs(work *w)
{
    bn_dependencies d;
    bn_stamp stamp;
    bn_digest digest;
    bn_msgs msgs = {0};

    json_object_set_new(w->state, "path",
                        json_string(w->j->body ? w->j->id : w->j->path));
    json_object_set_new(w->line, "unit", json_string(w->j->id));
    if (w->j->container)
        set_hex(w->state, "sha256", &w->j->bytes);
    else if (!w->j->body && bn_file_stamp(w->j->path, &stamp) &&
             bn_file_digest(w->j->path, &digest)) {
        json_object_set_new(w->state, "stamp", stamp_json(&stamp));
        set_hex(w->state, "sha256", &digest);
    }
    set_hex(w->state, "extra", &w->j->extra);
    if (bn_depend_house(w->b->r, w->j->path, &d, &msgs) == BN_OK)
        set_hex(w->state, "house", &d.digest);
    bn_msgs_free(&msgs);
    json_object_set_new(w->line, "path", json_string(w->j->path));
    if (w->j->today)
        json_object_set_new(w->line, "today", json_string(w->j->today));
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A manifest may give numbers by document: {"certificate": "…"}. Which element
 * such a paper takes its number from, the paper says itself. */
static void
map_documents(work *w, const bn_build_options *build)
{
    bn_build_options o = *build;
    const char *key;
    json_t *value;
    bool asked = false;

    json_object_foreach(w->j->given, key, value)
    {
        asked |= bn_number_series(key) == NULL;
    }
    if (!asked || w->j->body)
        return;
    w->documents = json_object();
    w->mapping = true;
    o.dry = true;
    o.listener = (bn_listener){
        .user = w, .number = on_number, .lost = on_lost, .done = on_done};
    bn_build(w->b->r, &o);
    w->mapping = false;
    json_object_clear(w->wanted);
    json_object_clear(w->carried);
}

static int
build(work *w)
{
    batch *b = w->b;
    const char **files;
    size_t n = 0;
    bn_build_options o = {
        .out = b->o->out,
        .only = b->o->only,
        .alone = !w->j->body,
        .body = w->j->body,
        .dry = b->dry,
        .listener = {.user = w,
                     .said = on_said,
                     .read = on_read,
                     .due = on_due,
                     .number = on_number,
                     .rows = on_rows,
                     .lost = on_lost,
                     .starts = on_start,
                     .issued = on_issued,
                     .stands = on_stands,
                     .where = on_where,
                     .done = on_done},
    };

    files = BN_NEWS(w->arena, const char *,
                    b->jobs.n + 1 + json_array_size(w->j->rivals));
    if (w->j->body) {
        for (size_t i = 0; i < b->jobs.n; i++)
            if (!b->jobs.v[i].body)
                files[n++] = b->jobs.v[i].path;
        /* shards come together in another order than a manifest's */
        if (n)
            qsort(files, n, sizeof *files, by_bytes);
    } else {
        files[n++] = w->j->path;
        for (size_t i = 0; i < json_array_size(w->j->rivals); i++)
            files[n + i] = json_string_value(json_array_get(w->j->rivals, i));
        o.beside = files + n;
        o.nbeside = json_array_size(w->j->rivals);
    }
    o.files = files;
    o.nfiles = n;
    if (w->j->today)
        bn_run_today(b->r, w->j->today);
    map_documents(w, &o);
    return bn_build(b->r, &o);
}

static int
refuse_stranger(work *w)
{
    bn_msgs msgs = {0};
    bn_err err;
    int status;

    bn_fail(&err, BN_EMANIFESTID, (bn_loc){.file = w->j->path}, w->j->id);
    bn_msgs_add(&msgs, &err, BN_ERROR);
    on_said(w, &msgs);
    status = msgs.exit;
    bn_msgs_free(&msgs);
    return status;
}

/* Papers of earlier runs that this one did not come to, as it was asked for
 * others or failed: the next one may find them as they were. */
static void
keep_papers(work *w, int status)
{
    const char *path;
    json_t *paper;

    if (status == 0 && w->b->o->only == NULL)
        return;
    for (size_t i = 0; i < json_array_size(w->papers); i++)
        json_object_del(w->old, json_string_value(json_object_get(
                                    json_array_get(w->papers, i), "path")));
    json_object_foreach(w->old, path, paper)
    {
        json_object_del(paper, "staged");
        json_object_set_new(paper, "kept", json_true());
        json_array_append(w->papers, paper);
    }
}

static void
write_result(work *w, int status, bn_buf *result)
{
    json_t *messages;
    char *state, *line;

    keep_papers(w, status);

    bn_buf_adds(&w->json, "");
    messages =
        json_loads(bn_arena_printf(w->arena, "[%s]", w->json.p), 0, NULL);
    json_object_set_new(w->state, "status", json_integer(status));
    json_object_set_new(w->state, "due", w->due);
    json_object_set_new(w->state, "papers", w->papers);
    if (w->b->dry) {
        json_object_set(w->state, "wanted", w->wanted);
        json_object_set(w->state, "carried", w->carried);
    }
    json_object_set_new(w->line, "status", json_integer(status));
    json_object_set_new(w->line, "papers", w->shown);
    if (w->b->o->shard.count)
        json_object_set(w->line, "rows", json_object_get(w->state, "rows"));
    json_object_set_new(w->line, "messages",
                        messages ? messages : json_array());
    state = json_dumps(w->state, JSON_COMPACT);
    line = json_dumps(w->line, JSON_COMPACT);
    bn_buf_add(result, &status, sizeof status);
    bn_buf_add(result, state ? state : "", (state ? strlen(state) : 0) + 1);
    bn_buf_add(result, line ? line : "", (line ? strlen(line) : 0) + 1);
    bn_buf_add(result, w->text.p ? w->text.p : "", w->text.len);
    bn_buf_add(result, "", 1);
    bn_buf_add(result, w->made.p ? w->made.p : "", w->made.len);
    bn_buf_add(result, "", 1);
    free(state);
    free(line);
}

void
work_unit(batch *b, const job *j, bn_buf *result)
{
    work w = {.b = b,
              .j = j,
              .arena = bn_arena_new(),
              .state = json_object(),
              .line = json_object(),
              .papers = json_array(),
              .shown = json_array(),
              .due = json_object(),
              .wanted = json_object(),
              .carried = json_object()};
    int status;

    read_old(&w);
    note_inputs(&w);
    status = build(&w);
    if (w.status > status)
        status = w.status;
    if (w.stranger)
        status = refuse_stranger(&w);
    write_result(&w, status, result);
    json_decref(w.state);
    json_decref(w.line);
    json_decref(w.wanted);
    json_decref(w.carried);
    json_decref(w.documents);
    json_decref(w.old);
    bn_buf_free(&w.text);
    bn_buf_free(&w.json);
    bn_buf_free(&w.made);
    bn_arena_free(w.arena);
}

bool
outcome_read(const char *p, size_t n, outcome *out)
{
    const char **const parts[] = {&out->state, &out->line, &out->text,
                                  &out->made};
    const char *end = p + n;

    if (n < sizeof out->status + 4 || p[n - 1] != '\0')
        return false;
    memcpy(&out->status, p, sizeof out->status);
    p += sizeof out->status;
    for (size_t i = 0; i < 4; i++) {
        if (p >= end)
            return false;
        *parts[i] = p;
        p += strlen(p) + 1;
    }
    return true;
}
