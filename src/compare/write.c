/* write.c - a comparison as content, as a law in e-Gov form, as JSON. */
#include "compare/compare.h"

#include <string.h>

static void
write_line(const bn_cell_line *line, const char *open, const char *close,
           bn_buf *out)
{
    for (uint32_t i = 0; i < line->n; i++) {
        bn_buf_adds(out, line->v[i].marked ? open : "");
        bn_buf_add_xml(out, line->v[i].p, line->v[i].n);
        bn_buf_adds(out, line->v[i].marked ? close : "");
    }
}

/* -------------------------------------------------------------- content */

static void
content_cell(const bn_cell *cell, bn_buf *out)
{
    static const char *const classes[] = {
        [BN_LINE_TITLE] = "law-title", [BN_LINE_HEADING] = "heading",
        [BN_LINE_CAPTION] = "caption", [BN_LINE_WORDS] = "words",
        [BN_LINE_ITEM] = "item",       [BN_LINE_NOTE] = "omission",
    };

    bn_buf_adds(out, "<td>");
    for (uint32_t i = 0; i < cell->n; i++) {
        const bn_cell_line *line = &cell->v[i];

        bn_buf_addf(out, "<p class=\"%s\"", classes[line->kind]);
        if (line->indent)
            bn_buf_addf(out, " data-indent=\"%d\"", line->indent);
        bn_buf_addc(out, '>');
        write_line(line, "<u>", "</u>", out);
        bn_buf_adds(out, "</p>");
    }
    bn_buf_adds(out, "</td>");
}

void
bn_table_content(const bn_table *t, const bn_table_look *look, bn_buf *out)
{
    const bool old_first = look->old_first;

    bn_buf_adds(out, "<article xmlns=\"http://www.w3.org/1999/xhtml\" "
                     "class=\"comparison\" lang=\"ja\" ");
    if (look->vertical)
        bn_buf_adds(out, "data-writing=\"vertical\" ");
    bn_buf_adds(out, "data-title=\"");
    bn_buf_adds_xml(out, t->title);
    bn_buf_adds(out, "\"><h1 id=\"title\">");
    bn_buf_adds_xml(out, t->title);
    bn_buf_addf(out,
                "</h1><p class=\"legend\">（傍線部分は改正部分）</p>"
                "<table class=\"comparison\"><thead><tr><th>%s</th><th>%s</th>"
                "</tr></thead><tbody>",
                old_first ? "改　正　前" : "改　正　後",
                old_first ? "改　正　後" : "改　正　前");
    for (size_t i = 0; i < t->n; i++) {
        bn_buf_adds(out, "<tr>");
        content_cell(old_first ? &t->v[i].old : &t->v[i].new, out);
        content_cell(old_first ? &t->v[i].new : &t->v[i].old, out);
        bn_buf_adds(out, "</tr>\n");
    }
    bn_buf_adds(out, "</tbody></table><p class=\"remarks\">備考　表中の［　］"
                     "の記載は注記である。</p></article>\n");
}

/* ------------------------------------------------------------------ law */

static void
law_cell(const bn_cell *cell, bn_buf *out)
{
    bn_buf_adds(out, "<TableColumn>");
    for (uint32_t i = 0; i < cell->n; i++) {
        bn_buf_addf(out, "<Sentence Num=\"%u\">", i + 1);
        write_line(&cell->v[i], "<Line Style=\"solid\">", "</Line>", out);
        bn_buf_adds(out, "</Sentence>");
    }
    if (cell->n == 0)
        bn_buf_adds(out, "<Sentence Num=\"1\"/>");
    bn_buf_adds(out, "</TableColumn>");
}

void
bn_table_law(const bn_table *t, const bn_provisions *new,
             const bn_table_look *look, bn_buf *out)
{
    const bool old_first = look->old_first;
    const char *heads[] = {"改正前", "改正後"};

    bn_buf_adds(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- 法令番号は公布のときに定まる。ここのものは改正する法令のもの。 "
        "-->\n<Law");
    for (size_t i = 0; i < sizeof new->attributes / sizeof new->attributes[0];
         i++) {
        static const char *const names[] = {"Era", "Year", "Num", "LawType",
                                            "Lang"};

        if (new->attributes[i][0] == '\0')
            continue;
        bn_buf_addf(out, " %s=\"", names[i]);
        bn_buf_adds_xml(out, new->attributes[i]);
        bn_buf_addc(out, '"');
    }
    bn_buf_adds(out, ">\n<LawNum>");
    bn_buf_adds_xml(out, new->number);
    bn_buf_adds(out, "</LawNum>\n<LawBody><LawTitle>");
    bn_buf_adds_xml(out, t->title);
    bn_buf_addf(
        out,
        "</LawTitle>\n<MainProvision><Paragraph Num=\"1\"><ParagraphNum/>\n"
        "<ParagraphSentence><Sentence Num=\"1\">"
        "次の表により、改正前欄に掲げる規定の傍線を付した部分をこれに対応する"
        "改正後欄に掲げる規定の傍線を付した部分のように改める。"
        "</Sentence></ParagraphSentence>\n<TableStruct><Table "
        "WritingMode=\"%s\">\n<TableHeaderRow><TableHeaderColumn>%s"
        "</TableHeaderColumn><TableHeaderColumn>%s</TableHeaderColumn>"
        "</TableHeaderRow>\n",
        look->vertical ? "vertical" : "horizontal", heads[!old_first],
        heads[old_first]);
    for (size_t i = 0; i < t->n; i++) {
        bn_buf_adds(out, "<TableRow>");
        law_cell(old_first ? &t->v[i].old : &t->v[i].new, out);
        law_cell(old_first ? &t->v[i].new : &t->v[i].old, out);
        bn_buf_adds(out, "</TableRow>\n");
    }
    bn_buf_adds(out, "</Table>\n<Remarks><RemarksLabel>備考</RemarksLabel>"
                     "<Sentence Num=\"1\">表中の［　］の記載は注記である。"
                     "</Sentence></Remarks></TableStruct>\n"
                     "</Paragraph></MainProvision></LawBody></Law>\n");
}

/* ----------------------------------------------------------------- JSON */

static void
json_string(bn_buf *out, const char *s, size_t n)
{
    bn_buf_addc(out, '"');
    for (size_t i = 0; i < n; i++)
        if (s[i] == '"' || s[i] == '\\')
            bn_buf_addf(out, "\\%c", s[i]);
        else if ((unsigned char)s[i] < 0x20)
            bn_buf_addf(out, "\\u%04x", (unsigned)s[i]);
        else
            bn_buf_addc(out, s[i]);
    bn_buf_addc(out, '"');
}

static void
json_side(bn_buf *out, const char *name, const bn_provision *p,
          const bn_pair *pair, bool old)
{
    bn_buf_addf(out, ",\"%s\":", name);
    if (p == NULL) {
        bn_buf_adds(out, "null");
        return;
    }
    bn_buf_adds(out, "{\"path\":");
    json_string(out, p->path, strlen(p->path));
    bn_buf_adds(out, ",\"caption\":");
    json_string(out, p->caption, strlen(p->caption));
    bn_buf_adds(out, ",\"text\":");
    json_string(out, p->text, strlen(p->text));
    bn_buf_adds(out, ",\"marked\":[");
    for (uint32_t i = 0; i < pair->nspans; i++) {
        const bn_mark_span *s = &pair->spans[i];
        const uint32_t from = old ? s->old_from : s->new_from;
        const uint32_t to = old ? s->old_to : s->new_to;

        bn_buf_adds(out, i ? "," : "");
        json_string(out, p->text + from, to - from);
    }
    bn_buf_adds(out, "]}");
}

void
bn_comparison_json(const bn_comparison *c, bn_buf *out)
{
    static const char *const names[] = {
        [BN_SAME] = "same",       [BN_RENUMBERED] = "renumbered",
        [BN_CHANGED] = "changed", [BN_ADDED] = "added",
        [BN_DELETED] = "deleted", [BN_SPLIT] = "split",
        [BN_MERGED] = "merged",
    };
    const char *comma = "";

    bn_buf_adds(out, "{\"old\":");
    json_string(out, c->old.title, strlen(c->old.title));
    bn_buf_adds(out, ",\"new\":");
    json_string(out, c->new.title, strlen(c->new.title));
    bn_buf_adds(out, ",\"differences\":[");
    for (size_t i = 0; i < c->npairs; i++) {
        const bn_pair *p = &c->pairs[i];

        if (p->change == BN_SAME && !p->moved)
            continue;
        bn_buf_addf(out, "%s\n{\"change\":\"%s\",\"moved\":%s", comma,
                    names[p->change], p->moved ? "true" : "false");
        json_side(out, "old", p->old < 0 ? NULL : &c->old.v[p->old], p, true);
        json_side(out, "new", p->new < 0 ? NULL : &c->new.v[p->new], p, false);
        bn_buf_addc(out, '}');
        comma = ",";
    }
    bn_buf_adds(out, "]}\n");
}
