/* paper.c - one paper: content, page description, pages, file. */
#include "pipeline/paper.h"

#include <string.h>
#include <unistd.h>

static const char *const extensions[] = {
    [BN_DUMP_NONE] = ".pdf",        [BN_DUMP_CONTENT] = ".content.xml",
    [BN_DUMP_INPUT] = ".input.xml", [BN_DUMP_FO] = ".fo",
    [BN_DUMP_LINES] = ".lines",     [BN_DUMP_AREAS] = ".areas.xml",
    [BN_DUMP_HTML] = ".html",
};

bn_code
paper_content(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const double start = bn_cpu_seconds();
    const bn_code code = bn_content_make(&j->content, j->w->input, j->paper,
                                         &j->xhtml, &j->w->msgs);

    r->cpu[BN_STAGE_CONTENT] += bn_cpu_seconds() - start;
    return code;
}

/* Rules that look at what is printed. */
bn_code
paper_check(sheet_job *j)
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

bn_code
paper_page(sheet_job *j)
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

bn_code
paper_pages(sheet_job *j)
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
bool
paper_stands(sheet_job *j)
{
    const bn_listener *l = &j->w->b->o->listener;

    if (l->stands == NULL || j->w->b->o->bind)
        return false;
    identify(j);
    j->made.stood = l->stands(l->user, &j->made);
    return j->made.stood;
}

/* As far as what was asked for needs. */
static bn_code
make_bytes(sheet_job *j)
{
    const bn_dump dump = j->w->b->o->dump;
    bn_err err = {0};
    bn_code code;

    if (j->w->many && bn_entry_parts(j->paper->entry))
        return ledger_make(j);
    if (j->w->partly && (code = body_rows_put(j->w)) != BN_OK)
        return code;
    if (dump == BN_DUMP_INPUT)
        return bn_content_input(&j->content, j->w->input, j->paper, &j->bytes,
                                &j->w->msgs);
    code = paper_content(j);
    if (code == BN_OK && !j->w->b->o->blank)
        code = paper_check(j);
    if (code || j->w->b->o->dry || paper_stands(j))
        return code;
    if (dump == BN_DUMP_CONTENT)
        code = bn_tree_write(j->xhtml, &j->bytes, &err);
    else if (dump == BN_DUMP_HTML)
        code = bn_content_page(&j->content, j->xhtml, &j->bytes, &err);
    if (code)
        return bn_say(&j->w->msgs, &err);
    if (dump == BN_DUMP_CONTENT || dump == BN_DUMP_HTML)
        return BN_OK;
    code = paper_page(j);
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
    return code ? code : paper_pages(j);
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

void
paper_make(work *w, const bn_paper *paper)
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
void
paper_make_bound(work *w)
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
        code = paper_pages(&j);
    }
    if (code == BN_OK && bn_put_file(b->r, path, &j.bytes, &w->msgs) == BN_OK &&
        l->made)
        l->made(l->user, path);
    if (j.fo)
        bn_fo_free(j.fo);
    bn_buf_free(&j.bytes);
}
