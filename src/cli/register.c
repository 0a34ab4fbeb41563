/* register.c - bunsho register and verify: what was issued, and its state. */
#include "cli/register.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *
register_path(const cli_options *o, bn_arena *a)
{
    if (o->reg)
        return o->reg;
    return bn_arena_printf(a, "%s/register.db", o->house ? o->house : ".");
}

/* ------------------------------------------------------------------ lists */

static int
list(use *u, enum bn_register_list what, const char *from, const char *to,
     bool json)
{
    const bn_event *rows;
    size_t n;
    bn_err err = {0};
    int status = 0;

    if (bn_register_list(u->r, what, from, to, u->a, &rows, &n, &err))
        return cli_say_err(u->o, NULL, &err);
    for (size_t i = 0; i < n && status == 0; i++)
        status = (json ? register_json : register_row)(u, &rows[i]);
    return status;
}

static int
do_list(use *u)
{
    static const struct {
        const char *name;
        enum bn_register_list what;
    } lists[] = {{"issued", BN_LIST_ISSUED},
                 {"events", BN_LIST_EVENTS},
                 {"numbers", BN_LIST_NUMBERS},
                 {"missing", BN_LIST_MISSING},
                 {"retained", BN_LIST_RETAINED}};
    const char *name = u->o->nfiles > 1 ? u->o->files[1] : "issued";

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i].name, name) == 0)
            return list(u, lists[i].what, u->o->from, u->o->to, u->o->json);
    return cli_usage(u->o, "register list issued|events|numbers|missing|"
                           "retained");
}

/* All events of a number. */
static int
do_show(use *u)
{
    const bn_event *rows;
    size_t n;
    bn_err err = {0};
    int status = 0;
    bool found = false;

    if (u->o->nfiles < 2)
        return cli_usage(u->o, "register show NUMBER");
    if (bn_register_list(u->r, BN_LIST_EVENTS, NULL, NULL, u->a, &rows, &n,
                         &err))
        return cli_say_err(u->o, NULL, &err);
    for (size_t i = 0; i < n && status == 0; i++)
        if (strcmp(rows[i].number, u->o->files[1]) == 0) {
            found = true;
            status = (u->o->json ? register_json : register_row)(u, &rows[i]);
        }
    if (found || status)
        return status;
    bn_fail(&err, BN_ENOTISSUED, BN_NOWHERE, u->o->files[1], "-");
    return cli_say_err(u->o, NULL, &err);
}

static int
do_expire(use *u)
{
    if (u->o->to == NULL)
        return cli_usage(u->o, "register expire --to YYYY-MM-DD");
    return list(u, BN_LIST_EXPIRING, u->o->from ? u->o->from : u->day, u->o->to,
                u->o->json);
}

/* ------------------------------------------------------------------ events */

/* What may be told by hand; issuing is not among it. */
static const char *const told[] = {
    BN_EVENT_CORRECTED, BN_EVENT_REISSUED, BN_EVENT_REPLACED, BN_EVENT_RETURNED,
    BN_EVENT_WITHDRAWN, BN_EVENT_LAPSED,   BN_EVENT_DISPOSED,
};

static bool
may_tell(const char *kind)
{
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (strcmp(told[i], kind) == 0)
            return true;
    return false;
}

static int
add_event(use *u, const bn_event *of)
{
    bn_event e = *of;
    bn_err err = {0};

    e.kind = u->o->files[1];
    e.date = u->day;
    e.note = u->o->nfiles > 3 ? u->o->files[3] : "";
    if (bn_register_add(u->r, &e, &err))
        return cli_say_err(u->o, NULL, &err);
    return 0;
}

static int
do_event(use *u)
{
    const bn_event *rows;
    size_t n, found = 0;
    bn_err err = {0};
    int status = 0;

    if (u->o->nfiles < 3 || !may_tell(u->o->files[1]))
        return cli_usage(u->o,
                         "register event corrected|reissued|replaced|returned|"
                         "withdrawn|lapsed|disposed NUMBER [NOTE]");
    if (bn_register_list(u->r, BN_LIST_ISSUED, NULL, NULL, u->a, &rows, &n,
                         &err))
        return cli_say_err(u->o, NULL, &err);
    for (size_t i = 0; i < n && status == 0; i++)
        if (strcmp(rows[i].number, u->o->files[2]) == 0) {
            found++;
            status = add_event(u, &rows[i]);
        }
    if (found || status)
        return status;
    bn_fail(&err, BN_ENOTISSUED, BN_NOWHERE, u->o->files[2], "-");
    return cli_say_err(u->o, NULL, &err);
}

/* Papers by these numbers, or (--to) all whose retention was over before that
 * day: destroyed. Their rows say which files those are. */
static int
do_dispose(use *u)
{
    const enum bn_register_list what =
        u->o->to ? BN_LIST_RETAINED : BN_LIST_ISSUED;
    const bn_event *rows;
    size_t n, found = 0;
    bn_err err = {0};
    bn_code code;

    if ((u->o->nfiles < 2) == (u->o->to == NULL) ||
        (u->o->to && strcmp(u->o->to, u->day) > 0))
        return cli_usage(u->o, "register dispose NUMBER… | --to YYYY-MM-DD");
    code = bn_register_list(u->r, what, NULL, u->o->to, u->a, &rows, &n, &err);
    if (code == BN_OK)
        code = bn_register_begin(u->r, &err);
    for (size_t i = 0; i < n && code == BN_OK; i++) {
        bn_event e = rows[i];
        bool named = u->o->to != NULL;

        for (size_t k = 1; k < u->o->nfiles; k++)
            named |= strcmp(u->o->files[k], e.number) == 0;
        if (!named)
            continue;
        e.kind = BN_EVENT_DISPOSED;
        e.date = u->day;
        code = bn_register_add(u->r, &e, &err);
        if (code == BN_OK && (u->o->json ? register_json : register_row)(u, &e))
            break;
        found++;
    }
    if (code == BN_OK && found == 0 && u->o->to == NULL)
        code = bn_fail(&err, BN_ENOTISSUED, BN_NOWHERE, u->o->files[1], "-");
    if (code == BN_OK)
        code = bn_register_commit(u->r, &err);
    else
        bn_register_rollback(u->r);
    return code ? cli_say_err(u->o, NULL, &err) : 0;
}

/* --------------------------------------------------------------------- due */

/* The ISO day n days on: noon, so that no clock change moves it. */
static void
days_on(const char *day, unsigned n, char out[11])
{
    struct tm t = {0};
    time_t at;

    sscanf(day, "%4d-%2d-%2d", &t.tm_year, &t.tm_mon, &t.tm_mday);
    t.tm_year -= 1900;
    t.tm_mon -= 1;
    t.tm_mday += (int)n;
    t.tm_hour = 12;
    t.tm_isdst = -1;
    at = mktime(&t);
    localtime_r(&at, &t);
    strftime(out, 11, "%Y-%m-%d", &t);
}

static int
print_due(cli_options *o, bool surveillance, const char *until)
{
    bn_run *run = NULL;
    bn_buf rows = {0};
    bn_msgs msgs = {0};
    int status = cli_start(o, &run);

    if (status == 0) {
        bn_register_due(run, o->house ? o->house : ".", surveillance, until,
                        &rows, &msgs);
        status = cli_say(o, run, &msgs);
        if (status == 0 && rows.len)
            status = cli_print_data(o, rows.p, rows.len);
    }
    bn_buf_free(&rows);
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return status;
}

/* What is to be done within --days: certificates to renew or to look at again,
 * papers whose retention is over. */
static int
do_due(use *u)
{
    static const struct {
        const char *name;
        unsigned days; /* when none are said */
    } lists[] = {{"renewals", 90}, {"surveillance", 30}, {"retention", 0}};
    const char *name = u->o->nfiles > 1 ? u->o->files[1] : "";
    char until[11];

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        cli_options o = *u->o;

        if (strcmp(lists[i].name, name) != 0)
            continue;
        days_on(u->day, o.days ? o.days : lists[i].days, until);
        if (i == 2)
            return list(u, BN_LIST_RETAINED, NULL, until, o.json);
        o.today = u->day;
        return print_due(&o, i == 1, until);
    }
    return cli_usage(u->o,
                     "register due renewals|surveillance|retention [--days N]");
}

/* ------------------------------------------------------------------- print */

static void
on_printed(void *user, const char *path)
{
    const use *u = user;

    if (cli_print(u->o, path, strlen(path)) == 0)
        cli_print(u->o, "\n", 1);
}

static void
on_print_said(void *user, const bn_msgs *msgs)
{
    const use *u = user;

    cli_say(u->o, NULL, msgs);
}

/* The registers that the notice asks for, from the register. */
static int
do_print(use *u)
{
    static const char registers[] =
        "record-schedule,document-retention-register,certificate-register,"
        "guidance-register";
    cli_options o = *u->o;
    const char *body =
        bn_arena_printf(u->a, "%s/body.xml", o.house ? o.house : ".");
    bn_run *run = NULL;
    int status;

    if (o.output == NULL)
        return cli_usage(u->o, "register print -o DIR");
    o.today = u->day;
    status = cli_start(&o, &run);
    if (status == 0) {
        const bn_build_options build = {
            .files = &body,
            .nfiles = 1,
            .out = o.output,
            .only = o.only ? o.only : registers,
            .listener = {.user = u, .made = on_printed, .said = on_print_said},
        };

        status = bn_build(run, &build);
    }
    bn_run_free(run);
    return status;
}

static const struct {
    const char *name;
    bool writes, makes;
    int (*run)(use *u);
} actions[] = {
    {"list", false, false, do_list},
    {"show", false, false, do_show},
    {"event", true, false, do_event},
    {"expire", false, false, do_expire},
    {"export", false, false, register_export},
    {"import", true, true, register_import},
    {"dispose", true, false, do_dispose},
    {"due", false, false, do_due},
    {"print", false, false, do_print},
};

static int
with_register(const cli_options *o, bool makes, int (*run)(use *u))
{
    use u = {.o = o, .a = bn_arena_new()};
    char stamp[32];
    bn_err err = {0};
    int status;

    if (bn_today(o->today, u.day, stamp, &err) ||
        bn_register_open(register_path(o, u.a), makes, true, &u.r, &err))
        status = cli_say_err(o, NULL, &err);
    else
        status = run(&u);
    bn_register_close(u.r);
    bn_arena_free(u.a);
    return status;
}

int
cli_register(cli_options *o)
{
    const char *name = o->nfiles ? o->files[0] : "";

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, name) == 0)
            return with_register(o, actions[i].makes, actions[i].run);
    return cli_usage(o, "register list|show|event|expire|due|print|export|"
                        "import|dispose");
}

/* ------------------------------------------------------------------ verify */

static int
verify_file(use *u, const char *path)
{
    bn_event e;
    const char *state = "";
    bn_digest digest;
    bn_buf b = {0};
    bn_err err = {0};
    bool found;
    int status;

    if (!bn_file_digest(path, &digest)) {
        bn_fail(&err, BN_ENOINPUT, BN_NOWHERE, path, strerror(errno));
        return cli_say_err(u->o, NULL, &err);
    }
    found = bn_register_find(u->r, u->a, &digest, &e, &state);
    if (bn_register_troubled(u->r, &err))
        return cli_say_err(u->o, NULL, &err);
    if (!found) {
        bn_fail(&err, BN_EUNKNOWNFILE, BN_NOWHERE, path);
        return cli_say_err(u->o, NULL, &err);
    }
    if (u->o->json)
        return register_json_of(u, &e, path, state ? state : "issued");
    bn_buf_addf(&b, "%s\t%s\t%s\t%s\t%s\t%s\n", path, state ? state : "issued",
                e.number, e.unit, e.document, e.date);
    status = cli_print_data(u->o, b.p, b.len);
    bn_buf_free(&b);
    return status;
}

static int
do_verify(use *u)
{
    int worst = 0;

    for (size_t i = 0; i < u->o->nfiles; i++) {
        const int status = verify_file(u, u->o->files[i]);

        if (status > worst)
            worst = status;
    }
    return worst;
}

int
cli_verify(cli_options *o)
{
    if (o->nfiles == 0)
        return cli_usage(o, "verify FILE… [--house DIR | --register FILE]");
    return with_register(o, false, do_verify);
}
