#include "register/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

#define COLUMNS                                                                \
    "e.id,e.kind,e.date,e.unit,e.document,e.key,e.number,e.version,"           \
    "e.sha256,e.file,e.edition,e.valid_until,e.retention,e.retain_until,"      \
    "e.replaces,e.note"

bool
bn_event_is_kind(const char *kind)
{
    static const char *const kinds[] = {BN_EVENT_ISSUED,   BN_EVENT_CORRECTED,
                                        BN_EVENT_REISSUED, BN_EVENT_REPLACED,
                                        BN_EVENT_RETURNED, BN_EVENT_WITHDRAWN,
                                        BN_EVENT_LAPSED,   BN_EVENT_DISPOSED};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static const char *
text(sqlite3_stmt *s, int column, bn_arena *a)
{
    const char *t = (const char *)sqlite3_column_text(s, column);

    return bn_arena_strdup(a, t ? t : "");
}

static bn_event
read_event(sqlite3_stmt *s, bn_arena *a)
{
    return (bn_event){
        .id = sqlite3_column_int64(s, 0),
        .kind = text(s, 1, a),
        .date = text(s, 2, a),
        .unit = text(s, 3, a),
        .document = text(s, 4, a),
        .key = text(s, 5, a),
        .number = text(s, 6, a),
        .version = sqlite3_column_int(s, 7),
        .sha256 = text(s, 8, a),
        .file = text(s, 9, a),
        .edition = text(s, 10, a),
        .valid_until = text(s, 11, a),
        .retention = text(s, 12, a),
        .retain_until = text(s, 13, a),
        .replaces = text(s, 14, a),
        .note = text(s, 15, a),
    };
}

/* The first row of a query as an event. */
static bool
first_event(bn_register *r, bn_arena *a, const char *sql,
            const char *const *values, int n, bn_event *out)
{
    sqlite3_stmt *s = bn_register_query(r, sql, values, n, NULL);
    const int step = s ? sqlite3_step(s) : SQLITE_ERROR;

    if (step == SQLITE_ROW)
        *out = read_event(s, a);
    else if (step != SQLITE_DONE)
        bn_register_fail(r, &r->trouble);
    sqlite3_finalize(s);
    return step == SQLITE_ROW;
}

bn_code
bn_register_troubled(bn_register *r, bn_err *err)
{
    const bn_code code = r->trouble.code;

    if (code)
        *err = r->trouble;
    r->trouble = (bn_err){0};
    return code;
}

bool
bn_register_issued(bn_register *r, bn_arena *a, const bn_numbered *p,
                   int32_t version, bn_event *out)
{
    char v[16];

    snprintf(v, sizeof v, "%d", version);
    return first_event(
        r, a,
        "SELECT " COLUMNS " FROM event e WHERE e.kind='issued' AND e.unit=?1"
        " AND e.document=?2 AND e.key=?3"
        " AND (?4='0' OR e.version=CAST(?4 AS INTEGER))"
        " ORDER BY e.version DESC LIMIT 1",
        (const char *const[]){p->unit, p->document, p->key, v}, 4, out);
}

bool
bn_register_paper(bn_register *r, bn_arena *a, const char *unit,
                  const char *document, const char *number, bn_event *out)
{
    return first_event(r, a,
                       "SELECT " COLUMNS " FROM event e WHERE e.kind='issued'"
                       " AND e.unit=?1 AND e.document=?2 AND e.number=?3"
                       " ORDER BY e.version DESC LIMIT 1",
                       (const char *const[]){unit, document, number}, 3, out);
}

bool
bn_register_was_issued(bn_register *r, const char *unit, const char *number)
{
    bn_arena *a = bn_arena_new();
    bn_event e;
    const bool was = first_event(
        r, a,
        "SELECT " COLUMNS " FROM event e WHERE e.kind='issued' AND e.unit=?1"
        " AND e.number=?2 LIMIT 1",
        (const char *const[]){unit, number}, 2, &e);

    bn_arena_free(a);
    return was;
}

const char *
bn_register_state(bn_register *r, bn_arena *a, const bn_numbered *p,
                  int32_t version)
{
    bn_event last;
    char v[16];

    snprintf(v, sizeof v, "%d", version);
    if (!first_event(r, a,
                     "SELECT " COLUMNS " FROM event e WHERE e.unit=?1 AND"
                     " e.document=?2 AND e.key=?3 AND"
                     " e.version=CAST(?4 AS INTEGER)"
                     " ORDER BY e.id DESC LIMIT 1",
                     (const char *const[]){p->unit, p->document, p->key, v}, 4,
                     &last))
        return NULL;
    return last.kind;
}

bool
bn_register_find(bn_register *r, bn_arena *a, const bn_digest *digest,
                 bn_event *out, const char **state)
{
    char hex[BN_DIGEST_HEX];

    bn_digest_hex(digest, hex);
    if (!first_event(r, a,
                     "SELECT " COLUMNS " FROM event e WHERE e.kind='issued'"
                     " AND e.sha256=?1 ORDER BY e.id DESC LIMIT 1",
                     (const char *const[]){hex}, 1, out))
        return false;
    *state = bn_register_state(
        r, a, &(bn_numbered){out->unit, out->document, out->key}, out->version);
    return true;
}

static bn_code
insert(bn_register *r, const bn_event *e, bn_err *err)
{
    char version[16];
    const char *const values[] = {
        e->kind,        e->date,      e->unit,         e->document, e->key,
        e->number,      version,      e->sha256,       e->file,     e->edition,
        e->valid_until, e->retention, e->retain_until, e->replaces, e->note,
    };
    sqlite3_stmt *s;
    bn_code code = BN_OK;

    snprintf(version, sizeof version, "%d", e->version);
    s = bn_register_query(
        r,
        "INSERT INTO event(kind,date,unit,document,key,number,version,sha256,"
        "file,edition,valid_until,retention,retain_until,replaces,note)"
        " VALUES(?1,?2,?3,?4,?5,?6,CAST(?7 AS INTEGER),?8,?9,?10,?11,?12,?13,"
        "?14,?15)",
        values, 15, err);
    if (s == NULL)
        return err ? err->code : BN_EREGISTER;
    if (sqlite3_step(s) != SQLITE_DONE)
        code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    return code;
}

/* Told before, word for word: by a file that is imported twice, or by somebody
 * who did not see that it was done. */
static bool
is_told(bn_register *r, bn_arena *a, const bn_event *e)
{
    bn_event old;
    char v[16];

    snprintf(v, sizeof v, "%d", e->version);
    return first_event(r, a,
                       "SELECT " COLUMNS " FROM event e WHERE e.unit=?1 AND"
                       " e.document=?2 AND e.key=?3 AND"
                       " e.version=CAST(?4 AS INTEGER) AND e.kind=?5 AND"
                       " e.date=?6 AND e.note=?7 LIMIT 1",
                       (const char *const[]){e->unit, e->document, e->key, v,
                                             e->kind, e->date, e->note},
                       7, &old);
}

/* The period of these classes is set by law, so that one without an end has
 * not begun; those of K5 and K6 the body and the contract know. */
static bool
is_by_law(const char *retention)
{
    return *retention == 'K' && retention[1] >= '1' && retention[1] <= '4';
}

/* May this event follow what the register holds of the paper? *again: it is
 * there already. */
static bn_code
allowed(bn_register *r, bn_arena *a, const bn_event *e, bool *again,
        bn_err *err)
{
    const bn_numbered paper = {e->unit, e->document, e->key};
    bn_event old;
    const bool there = bn_register_issued(r, a, &paper, e->version, &old);

    *again = false;
    if (bn_register_troubled(r, err))
        return err->code;
    if (strcmp(e->kind, BN_EVENT_ISSUED) == 0) {
        *again = there && strcmp(old.sha256, e->sha256) == 0;
        if (there && !*again)
            return bn_fail(err, BN_EISSUED, BN_NOWHERE, old.number, old.date);
        return BN_OK;
    }
    if (!there)
        return bn_fail(err, BN_ENOTISSUED, BN_NOWHERE, e->document, e->unit);
    if (strcmp(e->date, old.date) < 0)
        return bn_fail(err, BN_EEVENTDATE, BN_NOWHERE, old.number, e->date,
                       old.date);
    *again = is_told(r, a, e);
    if (bn_register_troubled(r, err))
        return err->code;
    if (strcmp(e->kind, BN_EVENT_DISPOSED) == 0 &&
        (old.retain_until[0] == '\0' ? is_by_law(old.retention)
                                     : strcmp(e->date, old.retain_until) <= 0))
        return bn_fail(err, BN_ERETENTION, BN_NOWHERE, old.number,
                       old.retain_until[0] ? old.retain_until : "-");
    return BN_OK;
}

bn_code
bn_register_add(bn_register *r, const bn_event *e, bn_err *err)
{
    bn_arena *a = bn_arena_new();
    bn_code code = bn_register_enter(r, err);
    bool again;

    if (code == BN_OK) {
        code = allowed(r, a, e, &again, err);
        if (code == BN_OK && !again)
            code = insert(r, e, err);
        code = bn_register_leave(r, code, err);
    }
    bn_arena_free(a);
    return code;
}

/* ?1 from, ?2 to ("" open). */
static const char *const lists[] = {
    [BN_LIST_ISSUED] = "SELECT " COLUMNS " FROM event e WHERE e.kind='issued'"
                       " AND (?1='' OR e.date>=?1) AND (?2='' OR e.date<=?2)"
                       " ORDER BY e.id",
    [BN_LIST_EVENTS] = "SELECT " COLUMNS " FROM event e WHERE"
                       " (?1='' OR e.date>=?1) AND (?2='' OR e.date<=?2)"
                       " ORDER BY e.id",
    [BN_LIST_MISSING] =
        "SELECT 0,'missing',n.date,n.unit,n.document,n.key,n.text,n.version,"
        "'','','','','','','',n.series FROM number n WHERE "
        "n.reason<>'imported' AND NOT EXISTS("
        "SELECT 1 FROM event e WHERE e.kind='issued' AND e.unit=n.unit AND"
        " e.version=n.version AND (e.number=n.text OR"
        " (e.document=n.document AND e.key=n.key)))"
        " AND (?1='' OR n.date>=?1) AND (?2='' OR n.date<=?2)"
        " ORDER BY n.series,n.year,n.n",
    [BN_LIST_NUMBERS] =
        "SELECT 0,CASE n.reason WHEN '' THEN 'number' ELSE n.reason END,"
        "n.date,n.unit,n.document,n.key,n.text,n.version,"
        "'','','','','','',coalesce((SELECT o.text FROM number o WHERE"
        " o.series=n.series AND o.unit=n.unit AND o.document=n.document AND"
        " o.key=n.key AND o.version=n.version-1),''),n.series FROM number n"
        " WHERE"
        " (?1='' OR n.date>=?1) AND (?2='' OR n.date<=?2)"
        " ORDER BY n.series,n.year,n.n",
    [BN_LIST_EXPIRING] =
        "SELECT " COLUMNS " FROM event e WHERE e.kind='issued' AND"
        " e.valid_until<>'' AND (?1='' OR e.valid_until>=?1) AND"
        " (?2='' OR e.valid_until<=?2) AND NOT EXISTS(SELECT 1 FROM event l"
        " WHERE l.unit=e.unit AND l.document=e.document AND l.key=e.key AND"
        " l.version=e.version AND l.id>e.id AND l.kind IN"
        " ('returned','withdrawn','lapsed','replaced','corrected','reissued'))"
        " ORDER BY e.valid_until,e.id",
    [BN_LIST_RETAINED] =
        "SELECT " COLUMNS " FROM event e WHERE e.kind='issued' AND"
        " e.retain_until<>'' AND (?2='' OR e.retain_until<?2) AND NOT EXISTS("
        "SELECT 1 FROM event l WHERE l.unit=e.unit AND l.document=e.document"
        " AND l.key=e.key AND l.version=e.version AND l.kind='disposed')"
        " AND ?1=?1 ORDER BY e.retain_until,e.id",
};

bn_code
bn_register_list(bn_register *r, enum bn_register_list what, const char *from,
                 const char *to, bn_arena *a, const bn_event **rows, size_t *n,
                 bn_err *err)
{
    BN_VEC(bn_event) list = {0};
    sqlite3_stmt *s = bn_register_query(
        r, lists[what], (const char *const[]){from, to}, 2, err);
    bn_code code = BN_OK;
    int step;

    if (s == NULL)
        return err ? err->code : BN_EREGISTER;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        BN_PUSH(&list) = read_event(s, a);
    if (step != SQLITE_DONE)
        code = bn_register_fail(r, err);
    sqlite3_finalize(s);
    if (code == BN_OK) {
        *rows = bn_arena_copy(a, list.v, list.n * sizeof *list.v);
        *n = list.n;
    }
    BN_VEC_FREE(&list);
    return code;
}
