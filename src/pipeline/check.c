/* check.c - what grammar and rules say of a file, and what is lacking. */
#include <string.h>

#include "pipeline/unit.h"

/* The words of a report. */
typedef struct words {
    const char *ready, *draft, *forbidden, *lacks, *not_yet, *joint, *next;
} words;

static const words japanese = {"作成できる",   "作成できる（条文未確認）",
                               "規則に反する", "未記入",
                               "まだ",         "、",
                               "次の書類"};
static const words english = {"ready",        "ready (edition presumed)",
                              "forbidden by", "lacks",
                              "not yet",      ", ",
                              "next paper"};

typedef struct check {
    bn_run *r;
    const unit *unit;
    bn_arena *arena;
    bn_tree *input;
    bn_finding *findings;
    const words *w;
    bool english;
    bn_buf *report;
    const bn_entry *next; /* first one that is not due */
    const char *next_lacks;
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

/* The empty required fields of a paper, joined; "" none. Errors in the
 * catalogue's expressions are told. */
static const char *
lacks(check *c, const bn_paper *paper, bn_msgs *msgs)
{
    const bn_content_job job = job_of(c);
    const char *all = "";
    bn_msgs found = {0};

    bn_content_lacks(&job, c->input, paper, &found);
    for (const bn_msg *m = found.first; m; m = m->next) {
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
    bn_msgs_free(&found);
    return all;
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
    const char *empty = lacks(c, paper, msgs);

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
    if (c->next == NULL && e->when) {
        c->next = e;
        c->next_lacks = empty;
    }
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

static void
report_all(check *c, const bn_paper *papers, size_t n, bn_msgs *msgs)
{
    const bn_catalogue *all = c->unit->house->catalogue;
    const char *name = bn_tree_name(c->unit->tree);

    for (size_t i = 0; i < bn_catalogue_count(all); i++) {
        const bn_entry *e = bn_catalogue_entry(all, i);
        bool due = false, presumed;

        if (!bn_entry_fits(e, name, c->unit->edition, &presumed))
            continue;
        for (size_t k = 0; k < n; k++)
            if (papers[k].entry == e) {
                report_paper(c, &papers[k], papers, n, msgs);
                due = true;
                c->next = NULL; /* the case has come further than that */
            }
        if (!due)
            report_not_yet(c, e, msgs);
    }
    if (c->next && !is_over(c))
        bn_buf_addf(c->report, "%s: %s %s%s%s\n", c->w->next, c->next->no,
                    c->english ? c->next->title_en : c->next->title_ja,
                    *c->next_lacks ? ": " : "", c->next_lacks);
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

    if (code == BN_OK) {
        code = check_unit(&c, msgs);
        unit_free(&u);
    }
    bn_tree_free(c.input);
    bn_arena_free(c.arena);
    return code;
}
