/* revise.c - what a revision of the criteria means for each case and kit. */
#include <string.h>

#include "pipeline/article.h"
#include "pipeline/unit.h"

/* One row of the revision map. */
typedef struct change {
    const char *kind, *basis, *source, *to, *note;
} change;

typedef struct job {
    bn_run *r;
    const bn_revise_options *o;
    bn_arena *arena; /* of the map */
    bn_tree *map;
    bn_map *from;         /* measure -> change */
    BN_VEC(change) loose; /* rows that no measure of the old edition has */
    bn_buf *out;
    const char *comma;
    bn_buf papers; /* of the unit, on paper */
    bn_msgs *msgs;
} job;

/* Columns of a line, in this order. */
typedef struct row {
    const char *unit, *what, *id, *state, *to, *basis, *note;
} row;

/* --------------------------------------------------------------- writing */

static void
put_json(bn_buf *out, const char *name, const char *s)
{
    bn_buf_addf(out, "\"%s\":\"", name);
    for (; *s; s++)
        if (*s == '"' || *s == '\\')
            bn_buf_addf(out, "\\%c", *s);
        else if ((unsigned char)*s < 0x20)
            bn_buf_addf(out, "\\u%04x", (unsigned)(unsigned char)*s);
        else
            bn_buf_addc(out, *s);
    bn_buf_addc(out, '"');
}

/* ------------------------------------------------------ E03, the paper */

/* What somebody must decide, by kind of change; NULL: nothing. */
static const char *
decision(const char *kind)
{
    static const struct {
        const char *kind, *text;
    } rows[] = {
        {"reworded", "新しい文言に照らして措置を確かめる"},
        {"split", "分かれた項目のそれぞれを満たすかを確かめる"},
        {"merged", "まとめられた項目を満たすかを確かめる"},
        {"deleted", "求められなくなった事項を続けるかを決める"},
        {"added", "どの措置で満たすかを決める"},
        {"unknown", "新しい版のどの項目に当たるかを決める"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(kind, rows[i].kind) == 0)
            return rows[i].text;
    return NULL;
}

static void
put_text(bn_buf *out, const char *s)
{
    for (; *s; s++)
        if (*s == '&')
            bn_buf_adds(out, "&amp;");
        else if (*s == '<')
            bn_buf_adds(out, "&lt;");
        else if (*s == '>')
            bn_buf_adds(out, "&gt;");
        else if (*s == '"')
            bn_buf_adds(out, "&quot;");
        else
            bn_buf_addc(out, *s);
}

static void
put_cell(bn_buf *out, const char *s)
{
    bn_buf_adds(out, "<td>");
    put_text(out, s ? s : "");
    bn_buf_adds(out, "</td>");
}

static const char *
state_name(const char *kind)
{
    static const char *const names[][2] = {
        {"same", "変わらない"},    {"reworded", "文言が変わる"},
        {"split", "分かれる"},     {"merged", "まとまる"},
        {"deleted", "なくなる"},   {"added", "加わる"},
        {"unknown", "分からない"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(kind, names[i][0]) == 0)
            return names[i][1];
    return kind;
}

/* A measure is a row of the unit's table, what must be decided its last cell;
 * papers are listed below. */
static void
print_row(job *j, const row *r)
{
    bn_buf *out = j->out;

    if (strcmp(r->what, "measure") == 0) {
        const char *what = decision(r->state);

        bn_buf_adds(out, "<tr>");
        put_cell(out, r->id);
        put_cell(out, state_name(r->state));
        put_cell(out, r->to);
        put_cell(out, strcmp(r->basis, "stated") == 0 ? "資料" : "推定");
        put_cell(out, r->note);
        put_cell(out, what);
        bn_buf_adds(out, "</tr>\n");
    } else if (strcmp(r->what, "document") == 0) {
        bn_buf_adds(&j->papers, j->papers.len ? "、" : "");
        put_text(&j->papers, r->id);
        bn_buf_adds(&j->papers, " ");
        put_text(&j->papers, r->note);
    }
}

static void
begin_unit(job *j, const unit *u, bool concerned)
{
    if (j->o->as != BN_REVISE_PAPER)
        return;
    bn_buf_clear(&j->papers);
    bn_buf_adds(j->out, "<h2>");
    put_text(j->out, u->id);
    bn_buf_adds(j->out, "</h2>\n");
    bn_buf_adds(j->out,
                concerned
                    ? "<table class=\"register\"><colgroup>"
                      "<col data-width=\"3*\"/><col data-width=\"4*\"/>"
                      "<col data-width=\"3*\"/><col data-width=\"2*\"/>"
                      "<col data-width=\"13*\"/><col data-width=\"9*\"/>"
                      "</colgroup><thead><tr><th>旧措置</th><th>状態</th>"
                      "<th>新措置</th><th>根拠</th><th>説明</th><th>要対応</th>"
                      "</tr></thead><tbody>\n"
                    : "<p>改正前の版によるものではない。</p>\n");
}

static void
end_unit(job *j, bool concerned)
{
    if (j->o->as != BN_REVISE_PAPER || !concerned)
        return;
    bn_buf_adds(j->out, "</tbody></table><p class=\"flush\">改める書類　");
    bn_buf_adds(j->out, j->papers.len ? j->papers.p : "なし");
    bn_buf_adds(j->out, "</p>\n");
}

static void
put_row(job *j, const row *r)
{
    static const char *const names[] = {"unit", "what",  "id",  "state",
                                        "to",   "basis", "note"};
    const char *const values[] = {r->unit, r->what,  r->id,  r->state,
                                  r->to,   r->basis, r->note};

    if (j->o->as == BN_REVISE_PAPER) {
        print_row(j, r);
        return;
    }
    if (j->o->as == BN_REVISE_JSON)
        bn_buf_addf(j->out, "%s\n{", j->comma);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = values[i] ? values[i] : "";

        if (i)
            bn_buf_addc(j->out, j->o->as == BN_REVISE_JSON ? ',' : '\t');
        if (j->o->as == BN_REVISE_JSON)
            put_json(j->out, names[i], value);
        else
            bn_buf_adds(j->out, value);
    }
    bn_buf_addc(j->out, j->o->as == BN_REVISE_JSON ? '}' : '\n');
    j->comma = ",";
}

/* -------------------------------------------------------------- the map */

static const char *
attribute(job *j, const bn_node *n, const char *name)
{
    const char *value = bn_node_attribute(j->arena, n, name);

    return value ? value : "";
}

static void
add_change(job *j, const change *c, const char *measures)
{
    char *list = bn_arena_strdup(j->arena, measures), *rest = NULL;

    if (*measures == '\0')
        BN_PUSH(&j->loose) = *c;
    for (char *m = strtok_r(list, " ", &rest); m;
         m = strtok_r(NULL, " ", &rest)) {
        change *copy = BN_NEW(j->arena, change);

        *copy = *c;
        bn_map_puts(j->from, m)->p = copy;
    }
}

static bn_code
read_map(job *j)
{
    bn_run *r = j->r;
    const char *name =
        bn_arena_printf(j->arena, "%s-%s.xml", j->o->from, j->o->to);
    const char *path =
        bn_overlay(j->arena, r->o.share, r->o.house, "criteria", name);
    bn_node **rows;
    size_t n;
    bn_err err = {0};
    bn_code code;

    if (strchr(name, '/') || path == NULL) {
        bn_fail(&err, BN_EREVISION, BN_NOWHERE, j->o->from, j->o->to);
        return bn_say(j->msgs, &err);
    }
    code = bn_xml_load(r->source, path, BN_XML_CLEAN, &j->map, j->msgs);
    if (code == BN_OK)
        code = bn_grammar_check(r->source, r->o.share, j->map, j->msgs);
    if (code)
        return code;
    if (bn_xpath_nodes(r->transform, j->arena, j->map, NULL,
                       "/revision-map/map", BN_NOWHERE, &rows, &n, &err))
        return bn_say(j->msgs, &err);
    for (size_t i = 0; i < n; i++) {
        change c = {.kind = attribute(j, rows[i], "kind"),
                    .basis = attribute(j, rows[i], "basis"),
                    .source = attribute(j, rows[i], "source"),
                    .to = attribute(j, rows[i], "to")};

        if (bn_xpath_string(r->transform, j->arena, j->map, rows[i],
                            "string(.)", BN_NOWHERE, &c.note, &err))
            return bn_say(j->msgs, &err);
        add_change(j, &c, attribute(j, rows[i], "from"));
    }
    return BN_OK;
}

/* -------------------------------------------------------------- one unit */

static void
put_change(job *j, const unit *u, const char *measure, const change *c)
{
    const char *what = decision(c->kind);
    const row r = {u->id, "measure", measure, c->kind,
                   c->to, c->basis,  c->note};
    const row open = {u->id,   "decide", *measure ? measure : c->to,
                      c->kind, c->to,    c->basis,
                      what};

    put_row(j, &r);
    if (what)
        put_row(j, &open);
}

/* The measures that the data name, each once, in the order of the data. */
static bn_code
put_measures(job *j, const unit *u, bn_arena *a)
{
    static const change none = {.kind = "unknown",
                                .basis = "inferred",
                                .to = "",
                                .note = "対応表にない。"};
    bn_map *seen = bn_map_new(a);
    bn_node **nodes;
    size_t n;
    bn_err err = {0};

    if (bn_xpath_nodes(j->r->transform, a, u->tree, NULL,
                       "//*[@measure or @measures] | "
                       "//selected-measures/measure",
                       BN_NOWHERE, &nodes, &n, &err))
        return bn_say(j->msgs, &err);
    for (size_t i = 0; i < n; i++) {
        static const char *const names[] = {"measure", "measures", "ref"};

        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            const char *value = bn_node_attribute(a, nodes[i], names[k]);
            char *rest = NULL, *list = bn_arena_strdup(a, value ? value : "");

            if (k == 2 && bn_node_attribute(a, nodes[i], "measure"))
                continue; /* ref of something else */
            for (char *m = strtok_r(list, " ", &rest); m;
                 m = strtok_r(NULL, " ", &rest)) {
                const bn_map_value *c = bn_map_finds(j->from, m);

                if (strcmp(m, "law") != 0 && bn_map_puts(seen, m)->n++ == 0)
                    put_change(j, u, m, c ? c->p : &none);
            }
        }
    }
    return BN_OK;
}

/* Papers that are due and speak of measures or of the criteria. */
static bn_code
put_papers(job *j, const unit *u, bn_arena *a)
{
    units alone = {0};
    bn_tree *input = NULL;
    bn_paper *papers = NULL;
    size_t n = 0;
    const bn_entry *last = NULL;
    bn_code code;

    BN_PUSH(&alone) = *u;
    code = unit_input(j->r, a, u, &alone, &input, j->msgs);
    if (code == BN_OK)
        code = bn_papers_due(u->house->catalogue, j->r->transform, a, input,
                             u->edition, NULL, false, &papers, &n, j->msgs);
    for (size_t i = 0; i < n; i++) {
        const bn_entry *e = papers[i].entry;
        const row r = {u->id, "document", e->no,      "touched",
                       e->id, "",         e->title_ja};

        if (e != last && bn_entry_reads_criteria(e))
            put_row(j, &r);
        last = e;
    }
    bn_tree_free(input);
    BN_VEC_FREE(&alone);
    return code;
}

static void
put_unit(job *j, const unit *u)
{
    bn_arena *a = bn_arena_new();
    const bool concerned = u->edition && strcmp(u->edition, j->o->from) == 0;

    begin_unit(j, u, concerned);
    if (!concerned) {
        const row other = {u->id, "edition", u->edition, "other", "", "", ""};

        put_row(j, &other);
    } else if (put_measures(j, u, a) == BN_OK) {
        for (size_t i = 0; i < j->loose.n; i++)
            put_change(j, u, "", &j->loose.v[i]);
        put_papers(j, u, a);
    }
    end_unit(j, concerned);
    bn_arena_free(a);
}

static void
put_units(job *j)
{
    const bool json = j->o->as == BN_REVISE_JSON;

    bn_buf_adds(j->out, json ? "[" : "");
    for (size_t i = 0; i < j->o->nfiles; i++) {
        unit u;

        if (unit_load(j->r, j->o->files[i], &u, j->msgs) == BN_OK) {
            put_unit(j, &u);
            unit_free(&u);
        }
    }
    bn_buf_adds(j->out, json ? "]\n" : "");
}

/* E03 改正影響一覧. */
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
    put_text(&text, j->o->from);
    bn_buf_adds(&text, " から ");
    put_text(&text, j->o->to);
    bn_buf_adds(&text, " へ</p></div>\n");
    j->out = &text;
    put_units(j);
    bn_buf_adds(&text, "</article>");
    code = bn_article_make(j->r, j->arena, &article, &text, out, j->msgs);
    bn_buf_free(&text);
    return code;
}

bn_code
bn_revise(bn_run *r, const bn_revise_options *o, bn_buf *out, bn_msgs *msgs)
{
    job j = {.r = r,
             .o = o,
             .arena = bn_arena_new(),
             .out = out,
             .comma = "",
             .msgs = msgs};
    bn_buf bytes = {0};
    bn_code code;

    j.from = bn_map_new(j.arena);
    code = read_map(&j);
    if (code == BN_OK && o->as == BN_REVISE_PAPER)
        code = put_paper(&j, o->out ? &bytes : out);
    else if (code == BN_OK)
        put_units(&j);
    if (code == BN_OK && o->out && o->as == BN_REVISE_PAPER)
        code = bn_put_file(r, o->out, &bytes, msgs);
    bn_tree_free(j.map);
    bn_buf_free(&j.papers);
    bn_buf_free(&bytes);
    BN_VEC_FREE(&j.loose);
    bn_arena_free(j.arena);
    return code;
}
