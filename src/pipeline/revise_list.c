/* revise_list.c - the list of what a revision means: lines, JSON, or E03
 * 改正影響一覧. */
#include <string.h>

#include "pipeline/revision.h"

/* ---------------------------------------------------------- lines, JSON */

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

static void
put_line(revise_list *l, const revise_row *r)
{
    static const char *const names[] = {"unit", "what",  "id",  "state",
                                        "to",   "basis", "note"};
    const char *const values[] = {r->unit, r->what,  r->id,  r->state,
                                  r->to,   r->basis, r->note};
    const bool json = l->as == BN_REVISE_JSON;

    if (json)
        bn_buf_addf(l->out, "%s\n{", l->comma);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = values[i] ? values[i] : "";

        if (i)
            bn_buf_addc(l->out, json ? ',' : '\t');
        if (json)
            put_json(l->out, names[i], value);
        else
            bn_buf_adds(l->out, value);
    }
    bn_buf_addc(l->out, json ? '}' : '\n');
    l->comma = ",";
}

/* ------------------------------------------------------ E03, the paper */

static void
put_cell(bn_buf *out, const char *s)
{
    bn_buf_adds(out, "<td>");
    bn_buf_adds_xml(out, s ? s : "");
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

/* A row of the second table: certificates, clauses, what else to decide. */
static void
put_other(revise_list *l, const char *label, const revise_row *r)
{
    bn_buf_adds(&l->others, "<tr>");
    put_cell(&l->others, label);
    put_cell(&l->others, r->id);
    put_cell(&l->others, r->note);
    bn_buf_adds(&l->others, "</tr>\n");
}

/* A measure is a row of the unit's table, its decision the last cell: it
 * comes right behind its measure. */
static void
print_row(revise_list *l, const revise_row *r)
{
    if (strcmp(r->what, "measure") == 0) {
        bn_buf_adds(l->out, "<tr>");
        put_cell(l->out, r->id);
        put_cell(l->out, state_name(r->state));
        put_cell(l->out, r->to);
        put_cell(l->out, strcmp(r->basis, "stated") == 0 ? "資料" : "推定");
        put_cell(l->out, r->note);
        if (strcmp(r->state, "same") == 0 && strcmp(r->basis, "stated") == 0)
            bn_buf_adds(l->out, "<td/></tr>\n");
    } else if (strcmp(r->what, "decide") == 0 && *r->basis) {
        put_cell(l->out, r->note);
        bn_buf_adds(l->out, "</tr>\n");
    } else if (strcmp(r->what, "decide") == 0) {
        put_other(l, "要対応", r);
    } else if (strcmp(r->what, "document") == 0) {
        bn_buf_adds(&l->papers, l->papers.len ? "、" : "");
        bn_buf_adds_xml(&l->papers, r->id);
        bn_buf_adds(&l->papers, " ");
        bn_buf_adds_xml(&l->papers, r->note);
    } else if (strcmp(r->what, "certificate") == 0) {
        put_other(l, "認証証明書", r);
    } else if (strcmp(r->what, "clause") == 0) {
        put_other(l, "文例の条", r);
    }
}

void
revise_begin(revise_list *l, const char *of, bool concerned)
{
    if (l->as != BN_REVISE_PAPER)
        return;
    bn_buf_clear(&l->papers);
    bn_buf_clear(&l->others);
    bn_buf_adds(l->out, "<h2>");
    bn_buf_adds_xml(l->out, of);
    bn_buf_adds(l->out, "</h2>\n");
    bn_buf_adds(l->out,
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

void
revise_end(revise_list *l, bool concerned)
{
    if (l->as != BN_REVISE_PAPER || !concerned)
        return;
    bn_buf_adds(l->out, "</tbody></table><p class=\"flush\">改める書類　");
    bn_buf_adds(l->out, l->papers.len ? l->papers.p : "なし");
    bn_buf_adds(l->out, "</p>\n");
    if (l->others.len == 0)
        return;
    bn_buf_adds(l->out, "<table class=\"register\"><colgroup>"
                        "<col data-width=\"4*\"/><col data-width=\"5*\"/>"
                        "<col data-width=\"25*\"/></colgroup><thead><tr>"
                        "<th>種類</th><th>対象</th><th>内容</th></tr></thead>"
                        "<tbody>\n");
    bn_buf_add(l->out, l->others.p, l->others.len);
    bn_buf_adds(l->out, "</tbody></table>\n");
}

void
revise_put(revise_list *l, const revise_row *row)
{
    if (l->as == BN_REVISE_PAPER)
        print_row(l, row);
    else
        put_line(l, row);
}
