/* report.c - the run itself on paper: what was made, what was not and why. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "batch/internal.h"

enum { FAULTS_MOST = 1000 /* lines of them */ };

static void
put_cell(bn_buf *out, const char *s)
{
    bn_buf_adds(out, "<td>");
    bn_buf_adds_xml(out, s);
    bn_buf_adds(out, "</td>");
}

static const char *
member(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));

    return s ? s : "";
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
report_begin(batch *b)
{
    b->began = now();
}

static void
put_place(bn_buf *out, const json_t *message)
{
    const json_t *line = json_object_get(message, "line");

    bn_buf_adds_xml(out, member(message, "file"));
    if (line)
        bn_buf_addf(out, ":%d", (int)json_integer_value(line));
}

/* A row for each error that was said. */
static void
put_errors(batch *b, const char *unit, int status, const json_t *messages)
{
    const json_t *message;
    size_t i;

    json_array_foreach(messages, i, message)
    {
        const char *rule = member(message, "rule");

        if (strcmp(member(message, "level"), "error") != 0 ||
            b->nfaults++ >= FAULTS_MOST)
            continue;
        bn_buf_adds(&b->faults, "<tr>");
        put_cell(&b->faults, unit);
        bn_buf_addf(&b->faults, "<td class=\"right\">%d</td><td>", status);
        put_place(&b->faults, message);
        bn_buf_adds(&b->faults, "</td><td>");
        bn_buf_adds_xml(&b->faults, member(message, "message"));
        bn_buf_addf(&b->faults, " [");
        bn_buf_adds_xml(&b->faults, *rule ? rule : member(message, "id"));
        bn_buf_adds(&b->faults, "]</td></tr>\n");
    }
}

void
report_line(batch *b, const job *j, const json_t *line)
{
    const int status = (int)json_integer_value(json_object_get(line, "status"));

    if (b->o->report && status)
        put_errors(b, *j->id ? j->id : j->path, status,
                   json_object_get(line, "messages"));
}

void
report_msgs(batch *b)
{
    const bn_batch_teller *t = &b->o->teller;

    for (const bn_msg *m = b->msgs->first; m && b->o->report && t->word;
         m = m->next) {
        bn_buf text = {0}, json = {0};
        bn_msgs one = {0};
        json_t *words;

        bn_msgs_add(&one, &m->err, m->level);
        t->word(t->user, b->r, &one, &text, &json);
        words = json_loads(
            bn_arena_printf(b->arena, "[%s]", json.p ? json.p : ""), 0, NULL);
        put_errors(b, "—", one.exit, words);
        json_decref(words);
        bn_msgs_free(&one);
        bn_buf_free(&text);
        bn_buf_free(&json);
    }
}

static void
put_fact(bn_buf *out, const char *name, const char *value)
{
    bn_buf_addf(out, "<tr><th>%s</th>", name);
    put_cell(out, value);
    bn_buf_adds(out, "</tr>\n");
}

static const char *
inputs_of(const batch *b)
{
    const char *all = "";

    for (size_t i = 0; i < b->o->ninputs; i++)
        all = bn_arena_printf(b->arena, "%s%s%s", all, i ? "、" : "",
                              b->o->inputs[i]);
    return all;
}

/* Times are left out where the same run is to make the same bytes. */
static void
put_facts(const batch *b, int status, bn_buf *out)
{
    const bn_batch_sum *s = b->sum;
    bn_arena *a = b->arena;
    const double took = now() - b->began;

    bn_buf_adds(out, "<h2>結果</h2><table class=\"register\"><colgroup><col "
                     "data-width=\"40mm\"/><col data-width=\"1*\"/>"
                     "</colgroup><tbody>\n");
    put_fact(out, "作成日", b->today);
    put_fact(out, "入力", inputs_of(b));
    put_fact(out, "出力先", b->o->out);
    put_fact(out, "終了状態", bn_arena_printf(a, "%d", status));
    put_fact(out, "案件等",
             bn_arena_printf(a, "%zu件（省略 %zu、失敗 %zu、中止 %zu）",
                             s->units, s->skipped, s->failed, s->dropped));
    put_fact(out, "書類",
             bn_arena_printf(a, "%zu通（作成又は発行 %zu、変更なし %zu）",
                             s->papers, s->made, s->papers - s->made));
    if (getenv("SOURCE_DATE_EPOCH") == NULL)
        put_fact(out, "所要時間",
                 bn_arena_printf(a, "%.1f秒（毎秒%.1f通）", took,
                                 took > 0 ? (double)s->made / took : 0.0));
    bn_buf_adds(out, "</tbody></table>\n");
}

static void
put_kinds(const batch *b, bn_buf *out)
{
    const char *file = b->jobs.n ? b->jobs.v[0].path : ".";

    if (b->sum->nkinds == 0) {
        bn_buf_adds(out, "<h2>種類別</h2><p class=\"flush\">なし</p>\n");
        return;
    }
    bn_buf_adds(out,
                "<h2>種類別</h2><table class=\"register\"><colgroup><col "
                "data-width=\"60*\"/><col data-width=\"46*\"/><col "
                "data-width=\"18mm\"/><col data-width=\"18mm\"/><col "
                "data-width=\"20mm\"/></colgroup><thead><tr><th>書類</th>"
                "<th>文書 ID</th><th>作成</th><th>発行</th><th>変更なし</th>"
                "</tr></thead><tbody>\n");
    for (size_t i = 0; i < b->sum->nkinds; i++) {
        const bn_batch_kind *k = &b->sum->kinds[i];
        const char *title;

        bn_buf_adds(out, "<tr>");
        title = bn_run_title(b->r, file, k->document);
        put_cell(out, title ? title : k->document);
        put_cell(out, k->document);
        bn_buf_addf(out,
                    "<td class=\"right\">%zu</td><td class=\"right\">%zu"
                    "</td><td class=\"right\">%zu</td></tr>\n",
                    k->made, k->issued, k->stood);
    }
    bn_buf_adds(out, "</tbody></table>\n");
}

static void
put_faults(const batch *b, bn_buf *out)
{
    bn_buf_adds(out, "<h2>作れなかったもの</h2>\n");
    if (b->nfaults == 0) {
        bn_buf_adds(out, "<p class=\"flush\">なし</p>\n");
        return;
    }
    bn_buf_adds(out, "<table class=\"register\"><colgroup><col "
                     "data-width=\"30*\"/><col data-width=\"12mm\"/><col "
                     "data-width=\"40*\"/><col data-width=\"80*\"/></colgroup>"
                     "<thead><tr><th>案件等</th><th>状態</th><th>場所</th>"
                     "<th>理由</th></tr></thead><tbody>\n");
    bn_buf_add(out, b->faults.p, b->faults.len);
    bn_buf_adds(out, "</tbody></table>\n");
    if (b->nfaults > FAULTS_MOST)
        bn_buf_addf(out, "<p class=\"flush\">ほか%zu件</p>\n",
                    b->nfaults - FAULTS_MOST);
}

/* NAME.pdf, NAME.html, or both when it has no ending of these. */
void
report_put(batch *b, int status)
{
    static const char *const ends[] = {".pdf", ".html"};
    const char *path = b->o->report;
    bn_buf text = {0};
    bool named = false;

    if (path == NULL)
        return;
    bn_buf_adds(&text,
                "<article xmlns=\"http://www.w3.org/1999/xhtml\" "
                "class=\"ledger\" lang=\"ja\" data-title=\"一括作成報告\">"
                "<div class=\"ledger-head\"><h1>一括作成報告</h1><p "
                "class=\"end\">bunsho " BN_VERSION "</p></div>\n");
    put_facts(b, status, &text);
    put_faults(b, &text);
    put_kinds(b, &text);
    bn_buf_adds(&text, "</article>");
    for (size_t i = 0; i < 2; i++) {
        const size_t n = strlen(path), m = strlen(ends[i]);

        if (n > m && strcmp(path + n - m, ends[i]) == 0) {
            named = true;
            bn_print_article(b->r, "batch-report", "ledger", "一括作成報告",
                             &text, path, b->msgs);
        }
    }
    for (size_t i = 0; i < 2 && !named; i++)
        bn_print_article(b->r, "batch-report", "ledger", "一括作成報告", &text,
                         bn_arena_printf(b->arena, "%s%s", path, ends[i]),
                         b->msgs);
    bn_buf_free(&text);
    if (b->msgs->exit > b->status)
        b->status = b->msgs->exit;
}
