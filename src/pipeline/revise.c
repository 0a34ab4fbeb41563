/* revise.c - what a revision of the criteria means for each case, kit and
 * template; new data, and the papers it touches made again. */
#include <string.h>

#include "pipeline/article.h"
#include "pipeline/revision.h"

typedef struct job {
    bn_run *r;
    const bn_revise_options *o;
    bn_arena *arena; /* of the whole list */
    revision v;
    bn_map *reads;   /* entry -> bn_reads, and its clauses */
    bn_map *written; /* files of new data */
    revise_list list;
    int status; /* of what was made again */
    bn_msgs *msgs;
} job;

/* What is known of the papers of one kind. */
typedef struct kind {
    unsigned reads;
    const bn_clause *clauses;
    size_t n;
} kind;

/* One unit while it is looked at. */
typedef struct look {
    job *j;
    const unit *u;
    bn_arena *a;
    bn_map *measures; /* those it names */
    bool changed;     /* one of them is not what it was */
    bn_tree *input;
    bn_paper *papers;
    size_t npapers;
    const char *touched; /* ids of documents, comma-separated */
} look;

static void
put(job *j, const char *of, const char *what, const char *id,
    const char *state, const char *to, const char *basis, const char *note)
{
    const revise_row row = {of, what, id, state, to, basis, note};

    revise_put(&j->list, &row);
}

/* ------------------------------------------------------------- measures */

static const bn_measure_change unmapped = {
    .kind = "unknown", .basis = "inferred", .to = "", .note = "対応表にない。"};

static void
put_change(job *j, const char *of, const char *measure,
           const bn_measure_change *c)
{
    const char *decide = c == &unmapped
                             ? "新しい版のどの項目に当たるかを決める"
                             : c->decision;

    put(j, of, "measure", measure, c->kind, c->to, c->basis, c->note);
    if (decide)
        put(j, of, "decide", *measure ? measure : c->to, c->kind, c->to,
            c->basis, decide);
}

/* Each measure of a blank-separated list, once a unit. */
static void
take_measures(look *l, const char *measures)
{
    char *list = bn_arena_strdup(l->a, measures), *rest = NULL;

    for (char *m = strtok_r(list, " ", &rest); m;
         m = strtok_r(NULL, " ", &rest)) {
        const bn_measure_change *c = revision_find(&l->j->v, m);

        if (strcmp(m, "law") == 0 || bn_map_puts(l->measures, m)->n++ > 0)
            continue;
        l->changed = l->changed || revision_touches(&l->j->v, m);
        put_change(l->j, l->u->id, m, c ? c : &unmapped);
    }
}

/* Those that the data name, in the order of the data. */
static bn_code
put_measures(look *l)
{
    bn_node **nodes;
    size_t n;
    bn_err err = {0};

    if (bn_xpath_nodes(l->j->r->transform, l->a, l->u->tree, NULL,
                       "//*[@measure or @measures] | "
                       "//selected-measures/measure",
                       BN_NOWHERE, &nodes, &n, &err))
        return bn_say(l->j->msgs, &err);
    for (size_t i = 0; i < n; i++) {
        const char *one = bn_node_attribute(l->a, nodes[i], "measure");
        const char *many = bn_node_attribute(l->a, nodes[i], "measures");
        const char *ref = bn_node_attribute(l->a, nodes[i], "ref");

        take_measures(l, one ? one : "");
        take_measures(l, many ? many : "");
        take_measures(l, ref && !one && !many ? ref : "");
    }
    return BN_OK;
}

/* --------------------------------------------------------------- papers */

static bn_content_job
content_job(const job *j, const unit *u)
{
    return (bn_content_job){.source = j->r->source,
                            .transform = j->r->transform,
                            .arena = j->arena,
                            .share = j->r->o.share,
                            .house = u ? u->house->dir : j->r->o.house,
                            .unit = u ? u->id : "",
                            .today = j->r->o.today};
}

/* Worked out once a kind of paper and house. */
static const kind *
kind_of_entry(look *l, const bn_entry *e)
{
    job *j = l->j;
    bn_map_value *slot = bn_map_put(j->reads, &e, sizeof e, NULL);
    kind *k = slot->p;

    if (k == NULL) {
        const bn_content_job content = content_job(j, l->u);
        bn_err err = {0};

        slot->p = k = BN_NEW(j->arena, kind);
        k->reads = bn_entry_reads(j->r->source, e, j->v.from, j->v.to);
        if (e->template && bn_template_clauses(&content, e->template,
                                               &k->clauses, &k->n, &err))
            bn_say(j->msgs, &err);
    }
    return k;
}

/* Does a measure of this list change? */
static bool
any_touched(const job *j, bn_arena *a, const char *measures)
{
    char *list = bn_arena_strdup(a, measures), *rest = NULL;

    for (char *m = strtok_r(list, " ", &rest); m;
         m = strtok_r(NULL, " ", &rest))
        if (revision_touches(&j->v, m))
            return true;
    return false;
}

/* A paper that a stylesheet of its own prints may show any measure that its
 * unit names; of another, those that its fields show. */
static bool
shows_change(look *l, const bn_paper *paper)
{
    const char *list = "";
    bn_err err = {0};

    if (!l->changed || bn_entry_is_own(paper->entry))
        return l->changed;
    return bn_paper_measures(l->j->r->transform, l->a, l->input, paper, &list,
                             &err) ||
           any_touched(l->j, l->a, list);
}

static bool
is_touched(look *l, const bn_paper *paper)
{
    const kind *k = kind_of_entry(l, paper->entry);

    if ((k->reads & BN_READS_EDITION) ||
        ((k->reads & BN_READS_MEASURES) && shows_change(l, paper)))
        return true;
    for (size_t i = 0; i < k->n; i++)
        if (any_touched(l->j, l->a, k->clauses[i].measures))
            return true;
    return false;
}

/* The measures that the clauses of a rule book answer are the client's. */
static void
put_clauses(look *l, const bn_entry *e)
{
    const kind *k = kind_of_entry(l, e);

    for (size_t i = 0; i < k->n; i++) {
        const bn_clause *c = &k->clauses[i];
        char *list = bn_arena_strdup(l->a, c->measures), *rest = NULL;

        for (char *m = strtok_r(list, " ", &rest); m;
             m = strtok_r(NULL, " ", &rest)) {
            const bn_measure_change *change = revision_find(&l->j->v, m);

            if (change == NULL)
                change = &unmapped;
            put(l->j, l->u->id, "clause", m, change->kind, change->to,
                change->basis,
                bn_arena_printf(l->a, "%s %s　%s", e->no, e->title_ja,
                                c->title));
        }
    }
}

static bn_code
find_papers(look *l)
{
    units alone = {0};
    bn_code code;

    BN_PUSH(&alone) = *l->u;
    code = unit_input(l->j->r, l->a, l->u, &alone, &l->input, l->j->msgs);
    if (code == BN_OK)
        code = bn_papers_due(l->u->house->catalogue, l->j->r->transform, l->a,
                             l->input, l->u->edition, NULL, false, &l->papers,
                             &l->npapers, l->j->msgs);
    BN_VEC_FREE(&alone);
    return code;
}

static void
take_clauses(look *l)
{
    for (size_t i = 0; i < l->npapers; i++) {
        const kind *k = kind_of_entry(l, l->papers[i].entry);

        for (size_t c = 0; c < k->n; c++)
            take_measures(l, k->clauses[c].measures);
    }
}

/* A kind of paper that is due and changes; without a form for the new edition
 * somebody must make one. */
static void
put_document(look *l, const bn_entry *e)
{
    bool presumed;
    const bool fits =
        bn_entry_fits(e, bn_tree_name(l->u->tree), l->j->v.to, &presumed);

    put(l->j, l->u->id, "document", e->no, fits ? "touched" : "unsupported",
        e->id, "", e->title_ja);
    put_clauses(l, e);
    if (fits)
        l->touched = bn_arena_printf(l->a, "%s%s%s", l->touched,
                                     *l->touched ? "," : "", e->id);
    else
        put(l->j, l->u->id, "decide", e->no, "document", e->id, "",
            "この書類は新しい版のためのものがない。版を確かめて改める");
}

static void
put_papers(look *l)
{
    const bn_entry *listed = NULL; /* papers of a kind follow each other */

    for (size_t i = 0; i < l->npapers; i++)
        if (l->papers[i].entry != listed && is_touched(l, &l->papers[i])) {
            listed = l->papers[i].entry;
            put_document(l, listed);
        }
}

/* --------------------------------------------------------- certificates */

/* One that was issued stays as it is; until when is for people to say. */
static bn_code
put_certificates(look *l)
{
    bn_node **nodes;
    size_t n;
    bn_err err = {0};

    if (bn_xpath_nodes(l->j->r->transform, l->a, l->u->tree, NULL,
                       "//certificates/certificate", BN_NOWHERE, &nodes, &n,
                       &err))
        return bn_say(l->j->msgs, &err);
    for (size_t i = 0; i < n; i++) {
        const char *number = bn_node_attribute(l->a, nodes[i], "number");
        const char *until = bn_node_attribute(l->a, nodes[i], "valid-until");
        const char *status = bn_node_attribute(l->a, nodes[i], "status");
        const bool stands =
            (status == NULL || strcmp(status, "valid") == 0) &&
            (until == NULL || strcmp(until, l->j->r->o.today) >= 0);

        put(l->j, l->u->id, "certificate", number,
            stands ? "standing" : "ended", "", "",
            bn_arena_printf(l->a, "%sによるもの（有効期間の満了日 %s）",
                            l->j->v.from, until ? until : "不明"));
        if (stands)
            put(l->j, l->u->id, "decide", number, "certificate", "", "",
                "改正前の版による認証証明書を引き続き用いるかを決める（経過"
                "措置は対応表にない）");
    }
    return BN_OK;
}

/* ------------------------------------------------- new data, new papers */

typedef struct remaking {
    job *j;
    const char *unit;
} remaking;

static void
on_made(void *user, const char *path)
{
    const remaking *m = user;

    put(m->j, m->unit, "paper", "", "made", path, "", "");
}

static void
on_said(void *user, const bn_msgs *said)
{
    const remaking *m = user;

    for (const bn_msg *x = said->first; x; x = x->next)
        bn_msgs_add(m->j->msgs, &x->err, x->level);
}

/* The papers that the revision touches, from the new data; what was refused
 * is told. */
static void
remake(look *l, const char *data)
{
    remaking m = {.j = l->j, .unit = l->u->id};
    const bn_build_options build = {
        .files = &data,
        .nfiles = 1,
        .out = l->j->o->papers,
        .only = l->touched,
        .alone = true,
        .listener = {.user = &m, .made = on_made, .said = on_said}};
    const int status = bn_build(l->j->r, &build);

    if (status > l->j->status)
        l->j->status = status;
}

static bn_code
apply(look *l)
{
    job *j = l->j;
    const char *path = NULL;
    size_t open = 0;
    bn_map_value *slot;
    bn_err err = {0};
    const char *slash = strrchr(l->u->file, '/');
    const char *name = slash ? slash + 1 : l->u->file;
    bn_code code;

    slot = bn_map_puts(j->written, name);
    if (slot->p) {
        bn_fail(&err, BN_ECOLLISION, (bn_loc){.file = l->u->file}, name,
                slot->p);
        return bn_say(j->msgs, &err);
    }
    slot->p = (void *)l->u->file;
    code = revise_data(j->r, j->arena, l->u, &j->v, j->o->apply, &path, &open,
                       j->msgs);
    if (code)
        return code;
    put(j, l->u->id, "data", bn_arena_printf(l->a, "%zu", open), "written",
        path, "", "判断を要する箇所の数と、新しい版のデータ");
    if (j->o->papers && *l->touched)
        remake(l, path);
    return BN_OK;
}

/* -------------------------------------------------------------- one unit */

static void
put_concerned(look *l)
{
    job *j = l->j;

    if (put_measures(l) || find_papers(l))
        return;
    take_clauses(l);
    for (size_t i = 0; i < j->v.loose.n; i++)
        put_change(j, l->u->id, "", &j->v.loose.v[i]);
    put_papers(l);
    if (put_certificates(l) == BN_OK && j->o->apply)
        apply(l);
}

static void
put_unit(job *j, const unit *u)
{
    look l = {.j = j, .u = u, .a = bn_arena_new(), .touched = ""};
    const bool concerned = u->edition && strcmp(u->edition, j->o->from) == 0;

    l.measures = bn_map_new(l.a);
    revise_begin(&j->list, u->id, concerned);
    if (concerned)
        put_concerned(&l);
    else
        put(j, u->id, "edition", u->edition, "other", "", "", "");
    revise_end(&j->list, concerned);
    bn_tree_free(l.input);
    bn_arena_free(l.a);
}

/* A template by itself: what becomes of the measures its clauses name. */
static void
put_template(job *j, const char *file)
{
    const bn_content_job content = content_job(j, NULL);
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    const bn_clause *clauses = NULL;
    size_t n = 0;
    bn_err err = {0};

    if (bn_source_add_root(j->r->source, bn_folder_of(j->arena, file), &err) ||
        bn_template_clauses(&content, file, &clauses, &n, &err)) {
        bn_say(j->msgs, &err);
        return;
    }
    revise_begin(&j->list, name, n > 0);
    for (size_t i = 0; i < n; i++) {
        char *list = bn_arena_strdup(j->arena, clauses[i].measures);
        char *rest = NULL;

        for (char *m = strtok_r(list, " ", &rest); m;
             m = strtok_r(NULL, " ", &rest)) {
            const bn_measure_change *c = revision_find(&j->v, m);

            put_change(j, name, m, c ? c : &unmapped);
            put(j, name, "clause", m, c ? c->kind : "unknown", c ? c->to : "",
                c ? c->basis : "inferred", clauses[i].title);
        }
    }
    revise_end(&j->list, n > 0);
}

static bool
is_template(const char *file)
{
    const size_t n = strlen(file);

    return n > 3 && strcmp(file + n - 3, ".md") == 0;
}

static void
put_units(job *j)
{
    const bool json = j->o->as == BN_REVISE_JSON;

    bn_buf_adds(j->list.out, json ? "[" : "");
    for (size_t i = 0; i < j->o->nfiles; i++) {
        unit u;

        if (is_template(j->o->files[i])) {
            put_template(j, j->o->files[i]);
        } else if (unit_load(j->r, j->o->files[i], &u, j->msgs) == BN_OK) {
            put_unit(j, &u);
            unit_free(&u);
        }
    }
    bn_buf_adds(j->list.out, json ? "]\n" : "");
}

/* ------------------------------------------------------------------- E03 */

static bn_code
put_paper(job *j, bn_buf *out)
{
    const bn_article article = {.name = "revision-impact",
                                .layout = "ledger",
                                .title = "改正影響一覧",
                                .landscape = true,
                                .base = ".",
                                .files = j->o->files,
                                .nfiles = j->o->nfiles,
                                .dump = j->o->dump};
    bn_buf text = {0};
    bn_code code;

    bn_buf_adds(&text, "<article xmlns=\"http://www.w3.org/1999/xhtml\" "
                       "class=\"ledger\" lang=\"ja\" data-title=\"改正影響一覧"
                       "\" data-landscape=\"yes\"><div class=\"ledger-head\">"
                       "<h1>改正影響一覧</h1><p class=\"end\">");
    bn_buf_addf(&text, "%s から %s へ", j->v.from, j->v.to);
    bn_buf_adds(&text, "</p></div>\n");
    j->list.out = &text;
    put_units(j);
    bn_buf_adds(&text, "</article>");
    code = bn_article_make(j->r, j->arena, &article, &text, out, j->msgs);
    bn_buf_free(&text);
    return code;
}

int
bn_revise(bn_run *r, const bn_revise_options *o, bn_buf *out, bn_msgs *msgs)
{
    job j = {.r = r,
             .o = o,
             .arena = bn_arena_new(),
             .list = {.as = o->as, .out = out, .comma = ""},
             .msgs = msgs};
    bn_buf bytes = {0};
    bn_code code;

    j.reads = bn_map_new(j.arena);
    j.written = bn_map_new(j.arena);
    code = revision_read(r, j.arena, o->files[0], o->from, o->to, &j.v, msgs);
    if (code == BN_OK && o->as == BN_REVISE_PAPER)
        code = put_paper(&j, o->out ? &bytes : out);
    else if (code == BN_OK)
        put_units(&j);
    if (code == BN_OK && o->out && o->as == BN_REVISE_PAPER)
        code = bn_put_file(r, o->out, &bytes, msgs);
    revision_free(&j.v);
    bn_buf_free(&j.list.papers);
    bn_buf_free(&j.list.others);
    bn_buf_free(&bytes);
    bn_arena_free(j.arena);
    return j.status;
}
