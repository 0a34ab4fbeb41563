/* check.c - what grammar and rules say of a file, and what is lacking. */
#include <string.h>

#include "pipeline/unit.h"

/* The words of a report. */
typedef struct words {
    const char *ready, *draft, *forbidden, *lacks, *not_yet, *joint, *next;
    const char *condition, *field, *blank, *unwritten;
} words;

static const words japanese = {"作成できる",   "作成できる（条文未確認）",
                               "規則に反する", "未記入",
                               "まだ",         "、",
                               "次の書類",     "要る条件",
                               "要る欄",       "空欄",
                               "記入待ち"};
static const words english = {"ready",        "ready (edition presumed)",
                              "forbidden by", "lacks",
                              "not yet",      ", ",
                              "next paper",   "when",
                              "field",        "blank",
                              "to be written"};

typedef struct check {
    bn_run *r;
    const unit *unit;
    bn_arena *arena;
    bn_tree *input;
    bn_finding *findings;
    const words *w;
    bool english;
    bn_buf *report;
    const bn_entry *next; /* the first step behind those that are due */
    int step;             /* the last step that is due */
    bn_buf blanks;        /* lines on placeholders without value */
    bn_map *seen;         /* paths in them */
} check;

static bn_content_job
job_of(const check *c)
{
    const bn_run_options *o = &c->r->o;

    return (bn_content_job){.source = c->r->source,
                            .transform = c->r->transform,
                            .arena = c->arena,
                            .share = o->share,
                            .house = c->unit->house->dir,
                            .unit = c->unit->id,
                            .today = o->today,
                            .draft = true};
}

/* The label in "title: LABELが未記入です。". */
static const char *
label_of(bn_arena *a, const char *text)
{
    const char *colon = strstr(text, ": ");
    const char *start = colon ? colon + 2 : text;
    const char *end = strstr(start, "が未記入です。");

    return end ? bn_arena_strndup(a, start, end - start) : start;
}

/* The empty required fields among messages, joined; "" none. Errors in the
 * catalogue's expressions are told. */
static const char *
join_lacks(check *c, bn_msgs *found, bn_msgs *msgs)
{
    const char *all = "";

    for (const bn_msg *m = found->first; m; m = m->next) {
        const char *label;

        if (m->level == BN_ERROR) {
            bn_msgs_add(msgs, &m->err, BN_ERROR);
            continue;
        }
        label = label_of(c->arena, m->err.args[0]);
        if (!strstr(all, label)) /* once for all rows of a group */
            all = bn_arena_printf(c->arena, "%s%s%s", all,
                                  *all ? c->w->joint : "", label);
    }
    bn_msgs_free(found);
    return all;
}

static const char *
lacks(check *c, const bn_paper *paper, bn_msgs *msgs)
{
    const bn_content_job job = job_of(c);
    bn_msgs found = {0};

    bn_content_lacks(&job, c->input, paper, &found);
    return join_lacks(c, &found, msgs);
}

/* FILE:LINE:COLUMN, a tab, PATH. */
static void
add_place(check *c, bn_buf *out, const bn_blank *b)
{
    const bn_loc at = b->at.file == NULL && b->at.place
                          ? bn_source_locate(c->r->source, b->at.place)
                          : b->at;

    bn_buf_addf(out, "%s:%u:%u\t%s", at.file ? at.file : "?",
                (unsigned)at.line, (unsigned)at.column, b->path);
}

/* The same of a paper that is due, and the placeholders of its template that
 * leave room to write: each path once. */
static const char *
lacks_of_due(check *c, const bn_paper *paper, bn_msgs *msgs)
{
    const bn_content_job job = job_of(c);
    bn_msgs found = {0};
    bn_blank *list = NULL;
    size_t n = 0;

    bn_content_blanks(&job, c->input, paper, &list, &n, &found);
    for (size_t i = 0; i < n; i++) {
        bool is_new = false;

        bn_map_put(c->seen, list[i].path, strlen(list[i].path), &is_new);
        if (!is_new)
            continue;
        bn_buf_addf(&c->blanks, "%s\t", c->w->blank);
        add_place(c, &c->blanks, &list[i]);
        bn_buf_addf(&c->blanks, "\t%s %s\n", paper->entry->no,
                    c->english ? paper->entry->title_en
                               : paper->entry->title_ja);
    }
    return join_lacks(c, &found, msgs);
}

static void
add_line(check *c, const bn_entry *e, const char *key, const char *state,
         const char *detail)
{
    bn_buf_addf(c->report, "%s\t%s%s%s\t%s\t%s%s%s\n", e->no, e->id,
                *key ? "-" : "", key, c->english ? e->title_en : e->title_ja,
                state, *detail ? ": " : "", detail);
}

static void
report_paper(check *c, const bn_paper *paper, const bn_paper *papers, size_t n,
             bn_msgs *msgs)
{
    const char *rules =
        forbidding(c->arena, c->findings, papers, n, paper->entry);
    const char *empty = lacks_of_due(c, paper, msgs);

    if (*rules)
        add_line(c, paper->entry, paper->key, c->w->forbidden, rules);
    else if (*empty)
        add_line(c, paper->entry, paper->key, c->w->lacks, empty);
    else
        add_line(c, paper->entry, paper->key,
                 paper->presumed ? c->w->draft : c->w->ready, "");
}

static void
report_not_yet(check *c, const bn_entry *e, bn_msgs *msgs)
{
    const bn_paper paper = {.entry = e, .key = ""};
    const char *rules = "";
    const char *empty = e->items ? "" : lacks(c, &paper, msgs);

    for (const bn_finding *f = c->findings; f; f = f->next)
        if (finding_blocks(f, e->id) && !strstr(rules, f->rule))
            rules = bn_arena_printf(c->arena, "%s%s%s", rules,
                                    *rules ? c->w->joint : "", f->rule);
    if (*rules)
        empty = bn_arena_printf(c->arena, "%s%s[%s]", empty, *empty ? " " : "",
                                rules);
    if (*empty == '\0' && e->when)
        empty = e->when;
    if (e->step > c->step && (c->next == NULL || e->step < c->next->step))
        c->next = e;
    add_line(c, e, "", c->w->not_yet, empty);
}

/* Nothing follows in a case that has ended. */
static bool
is_over(const check *c)
{
    static const char *const ends[] = {"refused", "withdrawn", "lapsed"};
    const char *status = bn_tree_attribute(c->arena, c->unit->tree, "status");

    for (size_t i = 0; status && i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(status, ends[i]) == 0)
            return true;
    return false;
}

/* The required fields that the next paper lacks, and where they are read. */
static void
report_next_fields(check *c, bn_msgs *msgs)
{
    const bn_content_job job = job_of(c);
    const bn_paper paper = {.entry = c->next, .key = ""};
    bn_msgs found = {0};

    if (c->next->items == NULL)
        bn_content_lacks(&job, c->input, &paper, &found);
    for (const bn_msg *m = found.first; m; m = m->next) {
        const char *label = label_of(c->arena, m->err.args[0]);

        if (m->level == BN_ERROR)
            bn_msgs_add(msgs, &m->err, BN_ERROR);
        else
            bn_buf_addf(c->report, "\t%s\t%s\t%s\n", c->w->field, label,
                        bn_entry_xpath(c->arena, c->next, label));
    }
    bn_msgs_free(&found);
}

static void
report_next(check *c, bn_msgs *msgs)
{
    if (c->next == NULL || is_over(c))
        return;
    bn_buf_addf(c->report, "%s: %s %s\n", c->w->next, c->next->no,
                c->english ? c->next->title_en : c->next->title_ja);
    if (c->next->when)
        bn_buf_addf(c->report, "\t%s\t%s\n", c->w->condition, c->next->when);
    report_next_fields(c, msgs);
}

/* Words such as （記入） that still stand in the data. */
static void
report_unwritten(check *c)
{
    bn_blank *list;
    size_t n;

    bn_tree_blanks(c->arena, c->unit->tree, &list, &n);
    for (size_t i = 0; i < n; i++) {
        bn_buf_addf(c->report, "%s\t", c->w->unwritten);
        add_place(c, c->report, &list[i]);
        bn_buf_addf(c->report, "\t%s\n", list[i].text);
    }
}

static void
report_entry(check *c, const bn_entry *e, const bn_paper *papers, size_t n,
             bn_msgs *msgs)
{
    bool due = false;

    for (size_t k = 0; k < n; k++)
        if (papers[k].entry == e) {
            report_paper(c, &papers[k], papers, n, msgs);
            due = true;
        }
    if (!due)
        report_not_yet(c, e, msgs);
}

static void
report_all(check *c, const bn_paper *papers, size_t n, bn_msgs *msgs)
{
    const bn_catalogue *all = c->unit->house->catalogue;
    const char *name = bn_tree_name(c->unit->tree);

    for (size_t k = 0; k < n; k++)
        if (papers[k].entry->step > c->step)
            c->step = papers[k].entry->step;
    for (size_t i = 0; i < bn_catalogue_count(all); i++) {
        const bn_entry *e = bn_catalogue_entry(all, i);
        bool presumed;

        if (bn_entry_fits(e, name, c->unit->edition, &presumed))
            report_entry(c, e, papers, n, msgs);
    }
    report_unwritten(c);
    if (c->blanks.len)
        bn_buf_add(c->report, c->blanks.p, c->blanks.len);
    report_next(c, msgs);
}

static bn_code
check_unit(check *c, bn_msgs *msgs)
{
    const units all = {.v = (unit *)c->unit, .n = 1, .cap = 1};
    bn_paper *papers = NULL;
    size_t n = 0;
    bn_code code = unit_input(c->r, c->arena, c->unit, &all, &c->input, msgs);

    if (code == BN_OK)
        code =
            unit_rules(c->r, c->unit, c->input, c->arena, &c->findings, msgs);
    if (code == BN_OK)
        code = bn_papers_due(c->unit->house->catalogue, c->r->transform,
                             c->arena, c->input, c->unit->edition, NULL, false,
                             &papers, &n, msgs);
    if (code)
        return code;
    tell_findings(c->r, c->findings, c->unit, papers, n, msgs);
    report_all(c, papers, n, msgs);
    check_answers(c->r, c->unit, c->arena, c->input, msgs);
    return BN_OK;
}

bn_code
bn_check(bn_run *r, const char *file, const char *lang, bn_buf *report,
         bn_msgs *msgs)
{
    const bool en = strcmp(lang, "en") == 0;
    unit u;
    check c = {.r = r,
               .unit = &u,
               .arena = bn_arena_new(),
               .w = en ? &english : &japanese,
               .english = en,
               .report = report};
    bn_code code = unit_load(r, file, &u, msgs);

    c.seen = bn_map_new(c.arena);
    if (code == BN_OK) {
        code = check_unit(&c, msgs);
        unit_free(&u);
    }
    bn_tree_free(c.input);
    bn_buf_free(&c.blanks);
    bn_arena_free(c.arena);
    return code;
}
