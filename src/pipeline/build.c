/* build.c - from a case to every paper that is due. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/rivals.h"
#include "pipeline/trace.h"
#include "pipeline/unit.h"

/* One build: its inputs, and the names given so far. */
typedef struct build {
    bn_run *r;
    const bn_build_options *o;
    units units;
    bn_arena *arena;
    bn_map *names; /* folded path -> path */
    int status;
    bn_row_store *rows; /* of a body whose cases are not kept */
    size_t ncases; /* that were given */
} build;

/* One unit while its papers are made. */
typedef struct work {
    build *b;
    const unit *unit;
    bn_arena *arena;
    bn_tree *input;
    bn_row_store *rows; /* of its register, when it is a body */
    bool many;          /* so many that ledgers are made in parts */
    bool partly;        /* the input's register holds a part of them */
    bn_finding *findings;
    bn_paper *papers;
    size_t npapers;
    bn_tree *bound; /* page descriptions so far, when they are bound */
    size_t nbound;
    bn_msgs msgs;
} work;

static const char *const extensions[] = {
    [BN_DUMP_NONE] = ".pdf",        [BN_DUMP_CONTENT] = ".content.xml",
    [BN_DUMP_INPUT] = ".input.xml", [BN_DUMP_FO] = ".fo",
    [BN_DUMP_LINES] = ".lines",     [BN_DUMP_AREAS] = ".areas.xml",
    [BN_DUMP_HTML] = ".html",
};

/* --------------------------------------------------------------- one paper */

typedef struct sheet_job {
    work *w;
    const bn_paper *paper;
    bn_content_job content;
    bn_tree *xhtml, *page;
    bn_fo_tree *fo;
    bn_buf bytes;
    bn_made made;
    bn_digest said;  /* of the content, when it was made in parts */
    bool in_parts;
    bn_trace *trace; /* NULL: nobody asked */
} sheet_job;

/* Rows of a register from which on ledgers are made in parts, and rows of a
 * part. */
enum { MANY_ROWS = 1000, PART_ROWS = 500, LAST_ROWS = 10 };

static bn_code
make_content(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const double start = bn_cpu_seconds();
    const bn_code code = bn_content_make(&j->content, j->w->input, j->paper,
                                         &j->xhtml, &j->w->msgs);

    r->cpu[BN_STAGE_CONTENT] += bn_cpu_seconds() - start;
    return code;
}

/* Rules that look at what is printed. */
static bn_code
check_content(sheet_job *j)
{
    work *w = j->w;
    bn_run *r = w->b->r;
    const double start = bn_cpu_seconds();
    const bn_context context = {.item = j->paper->item,
                                .document = j->paper->entry->id,
                                .draft = r->o.draft,
                                .input = w->input};
    bn_finding *found = NULL;
    bn_code code;

    bn_transform_set(r->transform, &context);
    code = bn_rules_run(r->transform, w->unit->house->rules,
                        w->unit->house->nrules, BN_PHASE_CONTENT, j->xhtml,
                        w->arena, &found, &w->msgs);
    bn_transform_set(r->transform, NULL);
    tell_findings(r, found, w->unit, j->paper, 1, &w->msgs);
    for (const bn_finding *f = found; f && code == BN_OK; f = f->next)
        if (!r->o.draft && f->severity == 'R' &&
            (f->blocks == NULL || *f->blocks == '\0' ||
             finding_blocks(f, j->paper->entry->id)))
            code = BN_ERULE;
    r->cpu[BN_STAGE_RULES] += bn_cpu_seconds() - start;
    return code;
}

static const char *
page_style(const sheet_job *j)
{
    return bn_overlay(
        j->w->arena, j->w->b->r->o.share, j->w->unit->house->dir,
        "stylesheets/page",
        bn_arena_printf(j->w->arena, "%s.xsl", j->paper->entry->layout));
}

static bn_code
make_page(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const bn_entry *e = j->paper->entry;
    const double start = bn_cpu_seconds();
    const char *path = page_style(j);
    const bn_param params[] = {
        {"today", r->o.today},  {"draft", r->o.draft ? "yes" : ""},
        {"document", e->id},    {"key", j->paper->key},
        {"title", e->title_ja}, {"landscape", e->landscape ? "yes" : ""},
    };
    const bn_context context = {.item = j->paper->item,
                                .document = e->id,
                                .draft = r->o.draft,
                                .input = j->w->input};
    bn_err err;
    bn_code code;

    if (path == NULL) {
        bn_fail(&err, BN_ECATALOGUEFILE, bn_at(e->place), e->id, e->layout);
        return bn_say(&j->w->msgs, &err);
    }
    code = bn_transform_run(r->transform, path, j->xhtml, &context, params,
                            sizeof params / sizeof params[0], &j->page,
                            &j->w->msgs);
    r->cpu[BN_STAGE_PAGE] += bn_cpu_seconds() - start;
    return code;
}

static bn_digest
content_digest(const sheet_job *j)
{
    bool pictures;

    return j->in_parts
               ? j->said
               : bn_content_digest(j->xhtml ? j->xhtml : j->page, &pictures);
}

/* All that formatting depends on: what the content says, how pages look, and
 * with what they are set. */
static void
identify(sheet_job *j)
{
    const bn_run *r = j->w->b->r;
    const bn_entry *e = j->paper->entry;
    const char *path = page_style(j);
    const char *const words[] = {
        e->id,
        j->paper->key,
        e->title_ja,
        e->landscape ? "l" : "",
        r->o.today,
        r->o.draft ? "d" : "",
        j->made.date,
        e->signature ? "s" : "",
        j->w->b->o->dump == BN_DUMP_NONE ? "" : extensions[j->w->b->o->dump],
    };
    const bn_digest parts[] = {
        content_digest(j),
        bn_run_identity(j->w->b->r),
        path ? bn_page_digest(j->w->b->r, path) : (bn_digest){{0}},
    };
    bn_hasher *h = bn_hasher_new();

    bn_hasher_add(h, parts, sizeof parts);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        bn_hasher_add(h, words[i], strlen(words[i]));
    j->made.content = bn_hasher_finish(h);
}

/* /ID of the PDF: what the paper says, its kind and day, and the program. A
 * paper whose content stands keeps it, whatever else changed in its case. */
static bn_digest
paper_digest(const sheet_job *j)
{
    static const char version[] = "bunsho " BN_VERSION;
    const bn_run *r = j->w->b->r;
    const char *const words[] = {version,
                                 r->o.today,
                                 r->o.draft ? "draft" : "",
                                 j->paper->entry->id,
                                 j->paper->key,
                                 j->w->unit->id};
    bn_hasher *h = bn_hasher_new();
    const bn_digest content = content_digest(j);

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        bn_hasher_add(h, words[i], strlen(words[i]));
    bn_hasher_add(h, &content, sizeof content);
    return bn_hasher_finish(h);
}

static bn_code
build_fo(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const double start = bn_cpu_seconds();
    const bn_code code = bn_fo_build(j->page, r->o.strict, &j->fo, &j->w->msgs);

    r->cpu[BN_STAGE_FO] += bn_cpu_seconds() - start;
    return code;
}

static bn_code
set_pages(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const bn_entry *e = j->paper->entry;
    const char *date = j->made.date ? j->made.date : "";
    bn_sheet sheet;
    const bn_code code = j->fo ? BN_OK : build_fo(j);

    if (code)
        return code;
    sheet = (bn_sheet){
        .fo = j->fo,
        .base = j->w->unit->house->dir,
        .dump = j->w->b->o->dump,
        .pdf = {.producer = "bunsho " BN_VERSION,
                .title = e->title_ja,
                .date = *date ? date : r->o.date,
                .id = paper_digest(j),
                .tagged = true,
                .signature_field = e->signature && !r->o.draft &&
                                   !j->w->b->o->copy},
        .trace = j->trace,
    };
    return bn_sheet_make(r, &sheet, &j->bytes, &j->w->msgs);
}

/* Is the file there already as this content makes it? */
static bool
stands(sheet_job *j)
{
    const bn_listener *l = &j->w->b->o->listener;

    if (l->stands == NULL || j->w->b->o->bind)
        return false;
    identify(j);
    j->made.stood = l->stands(l->user, &j->made);
    return j->made.stood;
}

/* ------------------------------------------------------ one paper, in parts */

/* The rows as the register of the input. */
static bn_code
put_rows(work *w)
{
    bn_err err = {0};
    const bn_code code = bn_row_store_tree(w->rows, NULL, w->input, &err);

    bn_input_titles(w->input, w->unit->house->catalogue);
    w->partly = false;
    return code ? bn_say(&w->msgs, &err) : BN_OK;
}

/* A ledger while it is made. */
typedef struct ledger {
    sheet_job *j;
    bn_hasher *said;
    size_t *order, n; /* its rows */
    size_t at;        /* the first of the next part */
} ledger;

/* The next rows with their neighbours, as the input's register. */
static bn_code
take_part(ledger *l, size_t *before, size_t *after)
{
    work *w = l->j->w;
    size_t end = l->at + PART_ROWS;
    size_t from, to;
    bn_err err = {0};

    w->partly = true;
    if (end + LAST_ROWS > l->n)
        end = l->n;
    from = l->at > 0 ? l->at - 1 : 0;
    to = end + 2 < l->n ? end + 2 : l->n;
    *before = l->at - from;
    *after = to - end;
    l->j->content.part = true;
    l->j->content.first = from;
    l->j->content.before = *before;
    l->j->content.after = *after;
    l->at = end;
    if (bn_row_store_part(w->rows, bn_entry_parts(l->j->paper->entry),
                          l->order + from, to - from, w->input, &err))
        return bn_say(&w->msgs, &err);
    bn_input_titles(w->input, w->unit->house->catalogue);
    return BN_OK;
}

/* Content and page description of the next part. */
static bn_code
make_part(ledger *l, size_t *before, size_t *after)
{
    sheet_job *j = l->j;
    bn_digest digest;
    bool pictures;
    bn_code code = take_part(l, before, after);

    bn_tree_free(j->xhtml);
    j->xhtml = NULL;
    j->content.arena = bn_arena_new();
    if (code == BN_OK)
        code = make_content(j);
    if (code == BN_OK)
        code = check_content(j);
    bn_arena_free(j->content.arena);
    j->content.arena = j->w->arena;
    if (code)
        return code;
    digest = bn_content_digest(j->xhtml, &pictures);
    bn_hasher_add(l->said, &digest, sizeof digest);
    return j->w->b->o->dry ? BN_OK : make_page(j);
}

static bn_code
next_part(void *user, bn_fo_part *out)
{
    ledger *l = user;
    bn_code code;

    if (l->at >= l->n)
        return BN_OK;
    code = make_part(l, &out->before, &out->after);
    if (code == BN_OK) {
        out->doc = l->j->page;
        l->j->page = NULL;
    }
    return code;
}

/* All parts, of which no more than one is there at a time; only the objects
 * that pages are set from are kept. */
static bn_code
make_parts(ledger *l)
{
    sheet_job *j = l->j;
    bn_run *r = j->w->b->r;
    bn_tree *first;
    size_t before, after;
    bn_code code = make_part(l, &before, &after);

    if (code || j->w->b->o->dry)
        return code;
    first = j->page;
    j->page = NULL;
    code = bn_fo_build_parts(first, after, r->o.strict, next_part, l, &j->fo,
                             &j->w->msgs);
    bn_tree_free(first);
    return code;
}

static bn_code
make_ledger(sheet_job *j)
{
    work *w = j->w;
    ledger l = {.j = j};
    bn_code code =
        bn_part_order(&j->content, w->input, j->paper, w->rows, w->arena,
                      &l.order, &l.n, &w->msgs);

    if (code)
        return code;
    l.said = bn_hasher_new();
    code = make_parts(&l);
    j->said = bn_hasher_finish(l.said);
    j->in_parts = true;
    if (code || w->b->o->dry || stands(j))
        return code;
    return set_pages(j);
}

/* A ledger of many rows, printed as the stock prints it. */
static bool
is_long_ledger(const sheet_job *j)
{
    const work *w = j->w;
    const bn_build_options *o = w->b->o;
    const bn_entry *e = j->paper->entry;
    const char *share = w->b->r->o.share, *page;
    const size_t n = strlen(share);

    if (!w->many || o->bind || o->blank || j->trace ||
        !(o->dump == BN_DUMP_NONE || o->dump == BN_DUMP_AREAS ||
          o->dump == BN_DUMP_LINES) ||
        bn_entry_parts(e) == NULL)
        return false;
    page = page_style(j);
    return page && strncmp(page, share, n) == 0 &&
           strncmp(e->stylesheet, share, n) == 0;
}

/* As far as what was asked for needs. */
static bn_code
make_bytes(sheet_job *j)
{
    const bn_dump dump = j->w->b->o->dump;
    bn_err err = {0};
    bn_code code;

    if (is_long_ledger(j))
        return make_ledger(j);
    if (j->w->partly && (code = put_rows(j->w)) != BN_OK)
        return code;
    if (dump == BN_DUMP_INPUT)
        return bn_content_input(&j->content, j->w->input, j->paper, &j->bytes,
                                &j->w->msgs);
    code = make_content(j);
    if (code == BN_OK && !j->w->b->o->blank)
        code = check_content(j);
    if (code || j->w->b->o->dry || stands(j))
        return code;
    if (dump == BN_DUMP_CONTENT)
        code = bn_tree_write(j->xhtml, &j->bytes, &err);
    else if (dump == BN_DUMP_HTML)
        code = bn_content_page(&j->content, j->xhtml, &j->bytes, &err);
    if (code)
        return bn_say(&j->w->msgs, &err);
    if (dump == BN_DUMP_CONTENT || dump == BN_DUMP_HTML)
        return BN_OK;
    code = make_page(j);
    if (code == BN_OK && j->trace)
        code = bn_trace_fields(j->trace, &j->content, j->w->input, j->paper,
                               &j->w->msgs);
    if (code == BN_OK && j->w->b->o->bind) {
        bn_bind(j->w->arena, &j->w->bound, j->page, j->w->nbound++,
                j->w->b->o->through);
        return BN_OK;
    }
    if (code == BN_OK && dump == BN_DUMP_FO) {
        code = bn_tree_write(j->page, &j->bytes, &err);
        return code ? bn_say(&j->w->msgs, &err) : BN_OK;
    }
    return code ? code : set_pages(j);
}

/* Where it goes; a name that stands for another file already is refused. A
 * later version goes beside the earlier one: KIND.v2.pdf. */
static bn_code
give_name(work *w, const bn_paper *paper, int32_t version, const char **path)
{
    const char *extension =
        bn_arena_printf(w->arena, "%s%s", w->b->o->copy ? ".copy" : "",
                        extensions[w->b->o->dump]);

    build *b = w->b;
    bn_buf folded = {0};
    bn_map_value *slot;
    bn_err err = {0};

    if (version > 1)
        extension = bn_arena_printf(b->arena, ".v%d%s", version, extension);
    if (paper_path(b->arena, b->o->out, w->unit->id, paper->entry->id,
                   paper->key, extension, path, &err))
        return bn_say(&w->msgs, &err);
    bn_fold_name(bn_arena_printf(w->arena, "%s/%s-%s", w->unit->id,
                                 paper->entry->id, paper->key),
                 &folded);
    slot = bn_map_put(b->names, folded.p, folded.len, NULL);
    bn_buf_free(&folded);
    if (slot->p) {
        bn_fail(&err, BN_ECOLLISION, (bn_loc){.file = w->unit->file}, *path,
                slot->p);
        return bn_say(&w->msgs, &err);
    }
    slot->p = (void *)*path;
    return BN_OK;
}

/* The day that the period of keeping begins on (000 第二の1の一、二, 第四の2):
 * the contract, or the decision when there is none; the end of the complaint
 * (of the case's last one); the last advice. Other records: their own day. */
static const struct {
    const char *retention, *day;
} kept_from[] = {
    {"K1", "string((/input/certification-case/contracts/contract[@type = "
           "'certification']/@date | /input/certification-case/decision["
           "not(/input/certification-case/contracts/contract[@type = "
           "'certification']/@date)]/@date)[last()])"},
    {"K2", "string(self::complaint/@completed)"},
    {"K2", "string(bn:max-date("
           "/input/certification-case/complaints/complaint/@completed))"},
    {"K4", "string(bn:max-date("
           "/input/certification-case/guidance-log/guidance/@date))"},
};

static bn_code
find_kept_from(sheet_job *j, bn_err *err)
{
    const char *retention = j->made.retention, *day = "";
    bn_code code = BN_OK;

    for (size_t i = 0; i < sizeof kept_from / sizeof kept_from[0]; i++)
        if (code == BN_OK && *day == '\0' &&
            strcmp(retention, kept_from[i].retention) == 0)
            code = bn_xpath_string(j->w->b->r->transform, j->w->arena,
                                   j->w->input, j->paper->item,
                                   kept_from[i].day, BN_NOWHERE, &day, err);
    if (*day == '\0' && strcmp(retention, "K1") != 0 &&
        strcmp(retention, "K2") != 0)
        day = j->made.date;
    j->made.kept_from = day;
    return code;
}

/* Which version of it this is: its number says so. */
static void
find_version(bn_made *m, const unit *u)
{
    m->version = 1;
    m->replaces = m->reason = "";
    for (size_t i = 0; i < u->ngiven; i++)
        if (strcmp(u->given[i].number, m->number) == 0) {
            m->version = u->given[i].version;
            m->replaces = u->given[i].replaces;
            m->reason = u->given[i].reason;
        }
}

/* What is known of the paper before it is made. */
static bn_code
describe(sheet_job *j)
{
    const bn_entry *e = j->paper->entry;
    bn_made *m = &j->made;
    bn_err err = {0};
    const char *until =
        j->paper->item
            ? bn_node_attribute(j->w->arena, j->paper->item, "valid-until")
            : NULL;

    *m = (bn_made){.unit = j->w->unit->id,
                   .edition = j->w->unit->edition ? j->w->unit->edition : "",
                   .document = e->id,
                   .key = j->paper->key,
                   .title = e->title_ja,
                   .retention = e->retention ? e->retention : "",
                   .date = "",
                   .number = "",
                   .valid_until = until ? until : ""};
    if (bn_paper_date(&j->content, j->w->input, j->paper, &m->date, &err) ||
        bn_paper_number(&j->content, j->w->input, j->paper, &m->number, &err) ||
        find_kept_from(j, &err))
        return bn_say(&j->w->msgs, &err);
    if (!bn_number_is_body(bn_tree_unit(j->w->input), m->number))
        m->number = "";
    find_version(m, j->w->unit);
    return BN_OK;
}

/* The list of fields goes beside the PDF. */
static bn_code
put_trace(sheet_job *j, const char *path)
{
    const bn_listener *l = &j->w->b->o->listener;
    const char *name = bn_arena_printf(
        j->w->arena, "%.*s.trace.tsv",
        (int)(strlen(path) - strlen(extensions[BN_DUMP_NONE])), path);
    bn_buf text = {0};
    bn_code code;

    if (j->trace == NULL)
        return BN_OK;
    bn_trace_write(j->trace, j->w->b->r->source, &text);
    code = bn_put_file(j->w->b->r, name, &text, &j->w->msgs);
    bn_buf_free(&text);
    if (code == BN_OK && l->made)
        l->made(l->user, name);
    return code;
}

static bn_code
put_paper(sheet_job *j)
{
    build *b = j->w->b;
    const bn_listener *l = &b->o->listener;
    const char *to = l->where ? l->where(l->user, &j->made) : NULL;
    bn_code code;

    j->made.bytes = bn_digest_of(j->bytes.p, j->bytes.len);
    code = bn_put_file(b->r, to ? to : j->made.path, &j->bytes, &j->w->msgs);
    if (code && to)
        unlink(to); /* it is no paper yet, and no name of an earlier one's */
    if (code == BN_OK && l->made)
        l->made(l->user, j->made.path);
    return code ? code : put_trace(j, to ? to : j->made.path);
}

static void
make_paper(work *w, const bn_paper *paper)
{
    build *b = w->b;
    const bn_run_options *ro = &b->r->o;
    const bn_listener *l = &b->o->listener;
    sheet_job j = {.w = w,
                   .paper = paper,
                   .content = {.source = b->r->source,
                               .transform = b->r->transform,
                               .arena = w->arena,
                               .share = ro->share,
                               .house = w->unit->house->dir,
                               .unit = w->unit->id,
                               .today = ro->today,
                               .draft = ro->draft,
                               .blank = b->o->blank,
                               .copy = b->o->copy}};

    if (b->o->trace)
        j.trace = bn_trace_new(w->arena);
    if (describe(&j) ||
        (!b->o->bind && give_name(w, paper, j.made.version, &j.made.path)))
        return;
    j.content.version = j.made.version;
    j.content.replaces = j.made.replaces;
    j.content.reason = j.made.reason;
    if (l->lost && l->lost(l->user, &j.made))
        return;
    if (l->starts)
        l->starts(l->user, &j.made);
    if (!b->o->copy && l->issued && l->issued(l->user, &j.made)) {
        bn_warn(&w->msgs, BN_IISSUED, (bn_loc){.file = w->unit->file},
                paper->entry->title_ja, j.made.number);
        return;
    }
    if (l->begins)
        l->begins(l->user, w->unit->id, paper->entry->title_ja);
    if (paper->presumed)
        bn_warn(&w->msgs, BN_WPRESUMED, (bn_loc){.file = w->unit->file},
                paper->entry->title_ja, w->unit->edition);
    if (make_bytes(&j) == BN_OK && !b->o->bind &&
        (b->o->dry || j.made.stood || put_paper(&j) == BN_OK) && l->done)
        l->done(l->user, &j.made);
    if (j.fo)
        bn_fo_free(j.fo);
    bn_tree_free(j.page);
    bn_tree_free(j.xhtml);
    bn_buf_free(&j.bytes);
}

/* All papers of the unit in one file. */
static void
make_bound(work *w)
{
    static const bn_entry all = {.id = "all", .title_ja = "書類一式"};
    static const bn_paper paper = {.entry = &all, .key = ""};
    build *b = w->b;
    const bn_listener *l = &b->o->listener;
    sheet_job j = {.w = w, .paper = &paper, .page = w->bound};
    const char *path;
    bn_err err = {0};
    bn_code code;

    bn_bind_end(w->arena, w->bound, b->o->through);
    if (give_name(w, &paper, 1, &path))
        return;
    if (b->o->dump == BN_DUMP_FO) {
        code = bn_tree_write(w->bound, &j.bytes, &err);
        if (code)
            bn_say(&w->msgs, &err);
    } else {
        code = set_pages(&j);
    }
    if (code == BN_OK && bn_put_file(b->r, path, &j.bytes, &w->msgs) == BN_OK &&
        l->made)
        l->made(l->user, path);
    if (j.fo)
        bn_fo_free(j.fo);
    bn_buf_free(&j.bytes);
}

/* ---------------------------------------------------------------- one unit */

/* A paper that a rule forbids, and the annex of one, is not made: said once
 * with the paper's name. */
static bool
is_forbidden(work *w, const bn_paper *paper)
{
    const char *rules;

    if (w->b->r->o.draft)
        return false;
    rules =
        forbidding(w->arena, w->findings, w->papers, w->npapers, paper->entry);
    if (*rules)
        bn_warn_once(&w->msgs, BN_IFORBIDDEN, (bn_loc){.file = w->unit->file},
                     paper->entry->title_ja, rules);
    return *rules != '\0';
}

/* Rows of the cases at hand. */
static bn_code
rows_of(const units *all, bn_row_store **out, bn_err *err)
{
    bn_code code = bn_row_store_new(out, err);

    for (size_t i = 0; i < all->n && code == BN_OK; i++)
        if (all->v[i].tree && unit_is_case(&all->v[i]))
            code = bn_row_store_unit(*out, all->v[i].tree, err);
    return code;
}

/* What registers are printed from: the register of papers when there is one,
 * else the cases that are given. Without any case given, the body's own papers
 * are due, which the rows that count cases would say they are not. */
static bn_code
take_rows(work *w, const units *near)
{
    build *b = w->b;
    bn_err err = {0};
    bn_code code = register_rows(b->r, w->unit->house, b->ncases > 0,
                                 &w->rows, &w->msgs);

    if (code)
        return code;
    if (w->rows == NULL && b->rows == NULL)
        code = rows_of(near, &w->rows, &err);
    if (w->rows == NULL)
        w->rows = b->rows;
    return code ? bn_say(&w->msgs, &err) : put_rows(w);
}

/* Is a paper about a row of the register, which then must stay? */
static bool
is_made_by_row(const work *w)
{
    for (size_t i = 0; i < w->npapers; i++)
        if (bn_is_row(w->papers[i].item))
            return true;
    return false;
}

static bn_code
prepare(work *w, const units *near)
{
    build *b = w->b;
    const units none = {0};
    bn_code code = unit_input(b->r, w->arena, w->unit,
                              is_body(w->unit) ? &none : near, &w->input,
                              &w->msgs);

    if (code == BN_OK && b->o->blank)
        return bn_papers_blank(w->unit->house->catalogue, w->arena, w->input,
                               w->unit->edition, b->o->only, &w->papers,
                               &w->npapers, &w->msgs);
    if (code == BN_OK && is_body(w->unit))
        code = take_rows(w, near);
    if (code == BN_OK)
        code = unit_rules(b->r, w->unit, w->input, w->arena, &w->findings,
                          &w->msgs);
    if (code == BN_OK)
        code = bn_papers_due(w->unit->house->catalogue, b->r->transform,
                             w->arena, w->input, w->unit->edition, b->o->only,
                             b->r->o.draft, &w->papers, &w->npapers, &w->msgs);
    for (bn_msg *m = w->msgs.first; m; m = m->next) /* of several files */
        if (m->err.code == BN_WNOTDUE && m->err.loc.place == 0)
            m->err.loc.file = w->unit->file;
    w->many = code == BN_OK && w->rows &&
              bn_row_store_count(w->rows, NULL) > MANY_ROWS &&
              !is_made_by_row(w);
    return code;
}

static void
tell_all(build *b, const bn_msgs *msgs)
{
    if (msgs->exit > b->status)
        b->status = msgs->exit;
    if (b->o->listener.said)
        b->o->listener.said(b->o->listener.user, msgs);
}

static void
build_unit(build *b, const unit *u, const units *near)
{
    work w = {.b = b, .unit = u, .arena = bn_arena_new()};

    if (prepare(&w, near) == BN_OK) {
        const bn_listener *l = &b->o->listener;

        tell_findings(b->r, w.findings, u, w.papers, w.npapers, &w.msgs);
        for (size_t i = 0; l->due && i < w.npapers; i++)
            l->due(l->user, w.papers[i].entry->id);
        for (size_t i = 0; i < w.npapers; i++)
            if (!is_forbidden(&w, &w.papers[i]))
                make_paper(&w, &w.papers[i]);
        if (w.bound)
            make_bound(&w);
    }
    tell_all(b, &w.msgs);
    bn_msgs_free(&w.msgs);
    if (w.rows != b->rows)
        bn_row_store_free(w.rows);
    bn_tree_free(w.bound);
    bn_tree_free(w.input);
    bn_arena_free(w.arena);
}

/* What registers over many cases say of this one. */
static void
tell_rows(build *b, const unit *u)
{
    bn_buf xml = {0};

    if (bn_input_extract(u->tree, &xml, NULL) == BN_OK)
        b->o->listener.rows(b->o->listener.user, xml.p);
    bn_buf_free(&xml);
}

/* Read a case; false after telling. */
static bool
load(build *b, const char *file, unit *u)
{
    const bn_listener *l = &b->o->listener;
    bn_msgs msgs = {0};
    bool good = unit_load(b->r, file, u, &msgs) == BN_OK;

    if (good && l->read && !b->o->body &&
        !l->read(l->user, u->id, u->edition)) {
        unit_free(u);
        good = false;
    }
    if (good)
        unit_numbers(b->arena, u, l);
    if (good && l->rows && !b->o->body && unit_is_case(u))
        tell_rows(b, u);
    if (!b->o->body) /* else it was told with its own papers */
        tell_all(b, &msgs);
    bn_msgs_free(&msgs);
    return good;
}

static void
tell_fault(build *b, const bn_err *err)
{
    bn_msgs msgs = {0};

    bn_say(&msgs, err);
    tell_all(b, &msgs);
    bn_msgs_free(&msgs);
}

static void
build_bodies(build *b, const units *of)
{
    for (house *h = b->r->houses; h; h = h->next) {
        unit body;

        if (unit_of_body(b->r, h, of, b->o->only != NULL, &body))
            build_unit(b, &body, b->rows ? &b->units : of);
    }
}

/* Papers over many cases, none of which is kept: what the register says of
 * them is. */
static void
build_over_many(build *b)
{
    units heads = {0}; /* what unit_of_body asks: never their trees */
    bn_err err = {0};
    bn_code code = bn_row_store_new(&b->rows, &err);

    for (size_t i = 0; i < b->o->nfiles && code == BN_OK; i++) {
        unit u;

        if (!load(b, b->o->files[i], &u))
            continue;
        u.is_case = unit_is_case(&u);
        b->ncases += u.is_case;
        if (u.is_case)
            code = bn_row_store_unit(b->rows, u.tree, &err);
        if (!is_body(&u))
            unit_free(&u);
        if (u.is_case || u.tree)
            BN_PUSH(&heads) = u;
    }
    if (code)
        tell_fault(b, &err);
    else
        build_bodies(b, &heads);
    for (size_t i = 0; i < heads.n; i++)
        unit_free(&heads.v[i]);
    BN_VEC_FREE(&heads);
    bn_row_store_free(b->rows);
}

/* Cases that are only compared with. What is wrong with them is told when
 * they are made themselves. */
static void
load_beside(build *b)
{
    for (size_t i = 0; i < b->o->nbeside; i++) {
        bn_msgs msgs = {0};
        unit u;

        if (unit_load(b->r, b->o->beside[i], &u, &msgs) == BN_OK)
            BN_PUSH(&b->units) = u;
        bn_msgs_free(&msgs);
    }
}

/* A case, with those that it is compared with. */
static void
build_near(build *b, size_t index, const rivals *all)
{
    units near = rivals_of(all, index);

    build_unit(b, &b->units.v[index], &near);
    BN_VEC_FREE(&near);
}

static void
build_each(build *b)
{
    const rivals *all;
    size_t n;

    for (size_t i = 0; i < b->o->nfiles; i++) {
        unit u;

        if (load(b, b->o->files[i], &u))
            BN_PUSH(&b->units) = u;
    }
    n = b->units.n;
    for (size_t i = 0; i < n; i++)
        b->ncases += unit_is_case(&b->units.v[i]);
    load_beside(b);
    all = rivals_among(b->r, b->arena, &b->units);
    for (size_t i = 0; i < n; i++)
        if (!is_body(&b->units.v[i])) /* after the cases */
            build_near(b, i, all);
    if (!b->o->alone)
        build_bodies(b, &b->units);
    for (size_t i = 0; i < b->units.n; i++)
        unit_free(&b->units.v[i]);
}

/* Forms of every kind of unit; an id of --only that is wrong is said once. */
static void
build_blank(build *b)
{
    bn_msgs msgs = {0};
    units all = {0};

    if (units_of_nothing(b->r, b->o->edition, &all, &msgs))
        tell_all(b, &msgs);
    else
        for (size_t i = 0; i < all.n && b->status == 0; i++)
            build_unit(b, &all.v[i], &all);
    bn_msgs_free(&msgs);
    for (size_t i = 0; i < all.n; i++)
        unit_free(&all.v[i]);
    BN_VEC_FREE(&all);
}

/* Are all papers that were asked for those of a body alone? Their rows are
 * all that is wanted of the cases, which need not be kept, nor checked. */
static bool
asks_for_bodies_only(build *b)
{
    bn_arena *a = b->arena;
    bn_msgs msgs = {0};
    const house *h = NULL;
    char *rest = NULL;
    bool only = b->o->only && b->o->nfiles > 1 && !b->o->dry;

    if (only)
        h = house_for(b->r, b->o->files[0], &msgs);
    bn_msgs_free(&msgs); /* told when the file is read */
    only = only && h && h->catalogue;
    for (char *id = only ? strtok_r(bn_arena_strdup(a, b->o->only), ",", &rest)
                         : NULL;
         id && only; id = strtok_r(NULL, ",", &rest)) {
        const bn_entry *e = bn_catalogue_find(h->catalogue, id);

        only = e && strcmp(e->units, "body-profile") == 0;
    }
    return only;
}

int
bn_build(bn_run *r, const bn_build_options *o)
{
    build b = {.r = r, .o = o, .arena = bn_arena_new()};

    b.names = bn_map_new(b.arena);
    if (o->blank)
        build_blank(&b);
    else if (o->body || asks_for_bodies_only(&b))
        build_over_many(&b);
    else
        build_each(&b);
    BN_VEC_FREE(&b.units);
    bn_arena_free(b.arena);
    return b.status;
}
