/* build.c - from a case to every paper that is due. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/unit.h"

/* One build: its inputs, and the names given so far. */
typedef struct build {
    bn_run *r;
    const bn_build_options *o;
    units units;
    bn_arena *arena;
    bn_map *names; /* folded path -> path */
    int status;
} build;

/* One unit while its papers are made. */
typedef struct work {
    build *b;
    const unit *unit;
    bn_arena *arena;
    bn_tree *input;
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
} sheet_job;

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

static bn_code
make_page(sheet_job *j)
{
    bn_run *r = j->w->b->r;
    const bn_entry *e = j->paper->entry;
    const double start = bn_cpu_seconds();
    const char *name = bn_arena_printf(j->w->arena, "%s.xsl", e->layout);
    const char *path =
        bn_overlay(j->w->arena, r->o.share, j->w->unit->house->dir,
                   "stylesheets/page", name);
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
        bn_fail(&err, BN_ECATALOGUEFILE, bn_at(e->place), e->id, name);
        return bn_say(&j->w->msgs, &err);
    }
    code = bn_transform_run(r->transform, path, j->xhtml, &context, params,
                            sizeof params / sizeof params[0], &j->page,
                            &j->w->msgs);
    r->cpu[BN_STAGE_PAGE] += bn_cpu_seconds() - start;
    return code;
}

/* /ID of the PDF: every file that the paper is made from, and the program. */
static bn_digest
paper_digest(const sheet_job *j)
{
    static const char version[] = "bunsho " BN_VERSION;
    const bn_run *r = j->w->b->r;
    const bn_entry *e = j->paper->entry;
    const char *const words[] = {version, r->o.today, r->o.draft ? "draft" : "",
                                 e->id, j->paper->key};
    const char *const files[] = {
        j->w->unit->file,
        bn_arena_printf(j->w->arena, "%s/body.xml", j->w->unit->house->dir),
        bn_arena_printf(j->w->arena, "%s/auditors.xml", j->w->unit->house->dir),
        e->stylesheet,
        e->template,
    };
    bn_hasher *h = bn_hasher_new();

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        bn_hasher_add(h, words[i], strlen(words[i]));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const uint32_t number =
            files[i] ? bn_source_file_number(r->source, files[i]) : 0;
        const bn_digest *d =
            number ? bn_source_file_digest(r->source, number) : NULL;

        if (d)
            bn_hasher_add(h, d, sizeof *d);
    }
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
    const char *date = "";
    bn_err err = {0};
    bn_sheet sheet;
    const bn_code code = build_fo(j);

    if (code)
        return code;
    if (bn_paper_date(&j->content, j->w->input, j->paper, &date, &err))
        return bn_say(&j->w->msgs, &err);
    sheet = (bn_sheet){
        .fo = j->fo,
        .base = j->w->unit->house->dir,
        .dump = j->w->b->o->dump,
        .pdf = {.producer = "bunsho " BN_VERSION,
                .title = e->title_ja,
                .date = *date ? date : r->o.date,
                .id = paper_digest(j),
                .tagged = true,
                .signature_field = e->signature && !r->o.draft},
    };
    return bn_sheet_make(r, &sheet, &j->bytes, &j->w->msgs);
}

/* As far as what was asked for needs. */
static bn_code
make_bytes(sheet_job *j)
{
    const bn_dump dump = j->w->b->o->dump;
    bn_err err = {0};
    bn_code code;

    if (dump == BN_DUMP_INPUT)
        return bn_content_input(&j->content, j->w->input, j->paper, &j->bytes,
                                &j->w->msgs);
    code = make_content(j);
    if (code == BN_OK)
        code = check_content(j);
    if (code)
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
    if (code == BN_OK && j->w->b->o->bind) {
        bn_bind(j->w->arena, &j->w->bound, j->page, j->w->nbound++);
        return BN_OK;
    }
    if (code == BN_OK && dump == BN_DUMP_FO) {
        code = bn_tree_write(j->page, &j->bytes, &err);
        return code ? bn_say(&j->w->msgs, &err) : BN_OK;
    }
    return code ? code : set_pages(j);
}

/* Where it goes; a name that stands for another file already is refused. */
static bn_code
give_name(work *w, const bn_paper *paper, const char **path)
{
    build *b = w->b;
    bn_buf folded = {0};
    bn_map_value *slot;
    bn_err err = {0};

    if (paper_path(b->arena, b->o->out, w->unit->id, paper->entry->id,
                   paper->key, extensions[b->o->dump], path, &err))
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

static void
make_paper(work *w, const bn_paper *paper)
{
    build *b = w->b;
    const bn_run_options *ro = &b->r->o;
    const bn_listener *l = &b->o->listener;
    const char *path;
    sheet_job j = {.w = w,
                   .paper = paper,
                   .content = {.source = b->r->source,
                               .transform = b->r->transform,
                               .arena = w->arena,
                               .share = ro->share,
                               .house = w->unit->house->dir,
                               .unit = w->unit->id,
                               .today = ro->today,
                               .draft = ro->draft}};

    if (!b->o->bind && give_name(w, paper, &path))
        return;
    if (l->begins)
        l->begins(l->user, w->unit->id, paper->entry->title_ja);
    if (paper->presumed)
        bn_warn(&w->msgs, BN_WPRESUMED, (bn_loc){.file = w->unit->file},
                paper->entry->title_ja, w->unit->edition);
    if (make_bytes(&j) == BN_OK && !b->o->bind &&
        bn_put_file(b->r, path, &j.bytes, &w->msgs) == BN_OK && l->made)
        l->made(l->user, path);
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

    if (give_name(w, &paper, &path))
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

static bn_code
prepare(work *w)
{
    build *b = w->b;
    bn_code code =
        unit_input(b->r, w->arena, w->unit, &b->units, &w->input, &w->msgs);

    if (code == BN_OK)
        code = unit_rules(b->r, w->unit, w->input, w->arena, &w->findings,
                          &w->msgs);
    if (code == BN_OK)
        code = bn_papers_due(w->unit->house->catalogue, b->r->transform,
                             w->arena, w->input, w->unit->edition, b->o->only,
                             b->r->o.draft, &w->papers, &w->npapers, &w->msgs);
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
build_unit(build *b, const unit *u)
{
    work w = {.b = b, .unit = u, .arena = bn_arena_new()};

    if (prepare(&w) == BN_OK) {
        tell_findings(b->r, w.findings, u, w.papers, w.npapers, &w.msgs);
        for (size_t i = 0; i < w.npapers; i++)
            if (!is_forbidden(&w, &w.papers[i]))
                make_paper(&w, &w.papers[i]);
        if (w.bound)
            make_bound(&w);
    }
    tell_all(b, &w.msgs);
    bn_msgs_free(&w.msgs);
    bn_tree_free(w.bound);
    bn_tree_free(w.input);
    bn_arena_free(w.arena);
}

int
bn_build(bn_run *r, const bn_build_options *o)
{
    build b = {.r = r, .o = o, .arena = bn_arena_new()};

    b.names = bn_map_new(b.arena);
    for (size_t i = 0; i < o->nfiles; i++) {
        bn_msgs msgs = {0};
        unit u;

        if (unit_load(r, o->files[i], &u, &msgs) == BN_OK)
            BN_PUSH(&b.units) = u;
        tell_all(&b, &msgs);
        bn_msgs_free(&msgs);
    }
    for (size_t i = 0; i < b.units.n; i++)
        if (!is_body(&b.units.v[i])) /* after the cases */
            build_unit(&b, &b.units.v[i]);
    for (house *h = r->houses; h; h = h->next) {
        unit body;

        if (unit_of_body(r, h, &b.units, o->only != NULL, &body))
            build_unit(&b, &body);
    }
    for (size_t i = 0; i < b.units.n; i++)
        unit_free(&b.units.v[i]);
    BN_VEC_FREE(&b.units);
    bn_arena_free(b.arena);
    return b.status;
}
