#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "base/buf.h"
#include "fo/fo.h"
#include "layout/layout.h"

/*
 * Tables are looked at through the area tree XML: XPath over what was laid
 * out on pages of 300 x 200 pt with a body of 300 pt. Lines are 10 pt high.
 */
static bn_source *source;
static bn_fonts *fonts;

static int
open_fonts(void **state)
{
    bn_msgs msgs = {0};
    bn_err err;

    (void)state;
    source = bn_source_new();
    assert_int_equal(bn_source_add_root(source, ".", &err), BN_OK);
    assert_int_equal(bn_fonts_open(source, "fonts/fonts.xml", &fonts, &msgs),
                     BN_OK);
    bn_msgs_free(&msgs);
    return 0;
}

static int
close_fonts(void **state)
{
    (void)state;
    bn_fonts_free(fonts);
    bn_source_free(source);
    return 0;
}

#define HEAD                                                                   \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'>"                   \
    "<fo:layout-master-set><fo:simple-page-master master-name='m'"             \
    " page-width='300pt' page-height='200pt'><fo:region-body/>"                \
    "</fo:simple-page-master></fo:layout-master-set>"                          \
    "<fo:page-sequence master-reference='m' font-family='Helvetica'"           \
    " font-size='8pt' line-height='10pt'>"                                     \
    "<fo:flow flow-name='xsl-region-body'>\n"
#define FOOT "</fo:flow></fo:page-sequence></fo:root>"

/* Short for the elements of tables: <t> table <c> table-column <h> header
 * <f> footer <b> body <r> row <d> cell, <p> block. */
static void
spell_out(bn_buf *out, const char *s)
{
    static const struct {
        char letter;
        const char *name;
    } names[] = {{'t', "table"},        {'c', "table-column"},
                 {'h', "table-header"}, {'f', "table-footer"},
                 {'b', "table-body"},   {'r', "table-row"},
                 {'d', "table-cell"},   {'p', "block"}};

    for (; *s != '\0'; s++) {
        bn_buf_addc(out, *s);
        if (*s != '<')
            continue;
        if (s[1] == '/')
            bn_buf_addc(out, *++s);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (s[1] == names[i].letter && strchr(" />", s[2]) != NULL) {
                bn_buf_addf(out, "fo:%s", names[i].name);
                s++;
                break;
            }
    }
}

/* Lay out the inside of a flow into a sink. */
static void
lay_out(const char *flow, bn_sink *sink, bn_msgs *msgs)
{
    const bn_layout_options o = {.fonts = fonts};
    bn_fo_tree *t = NULL;
    bn_tree *doc = NULL;
    bn_buf xml = {0};

    bn_buf_adds(&xml, HEAD);
    spell_out(&xml, flow);
    bn_buf_adds(&xml, FOOT);
    assert_int_equal(
        bn_xml_parse(source, "t.fo", xml.p, xml.len, BN_XML_PLAIN, &doc, msgs),
        BN_OK);
    assert_int_equal(bn_fo_build(doc, false, &t, msgs), BN_OK);
    assert_int_equal(bn_layout(t, &o, sink, msgs), BN_OK);
    bn_fo_free(t);
    bn_tree_free(doc);
    bn_buf_free(&xml);
}

/* The area tree of a flow. Messages are counted in msgs. */
static xmlDocPtr
areas_of(const char *flow, bn_msgs *msgs)
{
    bn_buf out = {0};
    bn_sink sink;
    xmlDocPtr doc;

    bn_area_dump_sink(&sink, &out);
    lay_out(flow, &sink, msgs);
    bn_area_dump_free(&sink);
    doc = xmlReadMemory(out.p, (int)out.len, "areas", NULL, 0);
    assert_non_null(doc);
    bn_buf_free(&out);
    return doc;
}

static void
assert_holds(xmlDocPtr doc, const char *xpath, const char *want)
{
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr got =
        xmlXPathEvalExpression((const xmlChar *)xpath, context);
    xmlChar *text;

    assert_non_null(got);
    text = xmlXPathCastToString(got);
    if (strcmp((const char *)text, want) != 0)
        print_message("  %s\n", xpath);
    assert_string_equal((const char *)text, want);
    xmlFree(text);
    xmlXPathFreeObject(got);
    xmlXPathFreeContext(context);
}

/* One table, and what is seen of it: pairs of XPath and value. Cells are the
 * blocks below the table, T. */
#define T "//pageViewport[1]//flow/block[1]"
#define T2 "//pageViewport[2]//flow/block[1]"

typedef struct row {
    const char *why, *flow;
    const char *checks[16];
} row;

static void
check_rows(const row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bn_msgs msgs = {0};
        xmlDocPtr doc = areas_of(rows[i].flow, &msgs);

        print_message("%s\n", rows[i].why);
        for (int k = 0; rows[i].checks[k] != NULL; k += 2)
            assert_holds(doc, rows[i].checks[k], rows[i].checks[k + 1]);
        assert_int_equal(msgs.count[BN_WARNING], 0);
        xmlFreeDoc(doc);
        bn_msgs_free(&msgs);
    }
}

#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof(rows)[0])
#define ROW2 "<r><d><p>a</p></d><d><p>b</p></d></r>"

/* ---------------------------------------------------------------- widths */

static const row widths[] = {
    {"lengths, percentages and shares in one table",
     "<t table-layout='fixed' width='200pt'><c column-width='50pt'/>"
     "<c column-width='10%'/><c column-width='proportional-column-width(2)'/>"
     "<c column-width='proportional-column-width(1)'/><b><r><d><p>a</p></d>"
     "<d><p>b</p></d><d><p>c</p></d><d><p>d</p></d></r></b></t>",
     {T "/@ipd", "200000", T "/block[1]/@ipd", "50000", T "/block[2]/@ipd",
      "20000", T "/block[3]/@ipd", "86666", T "/block[4]/@ipd", "43334",
      T "/block[4]/@left-offset", "156666"}},
    {"a fixed table without columns: equal shares",
     "<t table-layout='fixed' width='100%'><b>" ROW2 "</b></t>",
     {T "/@ipd", "300000", T "/block[1]/@ipd", "150000"}},
    {"widths of the first row's cells count for their columns",
     "<t table-layout='fixed' width='100%'><b><r><d width='40pt'><p>a</p></d>"
     "<d><p>b</p></d></r></b></t>",
     {T "/block[1]/@ipd", "40000", T "/block[2]/@ipd", "260000"}},
    {"automatic: content decides, the whole width is used",
     "<t table-layout='auto' width='100%'><b><r><d><p>a</p></d>"
     "<d><p>a much longer text than that</p></d></r></b></t>",
     {T "/block[1]/@ipd + " T "/block[2]/@ipd", "300000",
      T "/block[2]/@ipd > 10 * " T "/block[1]/@ipd", "true",
      "count(" T "/block[2]//lineArea)", "1"}},
    {"automatic: too little room, no column below its longest word",
     "<t table-layout='auto' width='60pt'><b><r><d><p>unbreakable</p></d>"
     "<d><p>a b c d e f g h i j k l m n o p</p></d></r></b></t>",
     {"count(" T "/block[1]//lineArea)", "1",
      "count(" T "/block[2]//lineArea) > 2", "true"}},
    {"indents: a table with a width keeps its start",
     "<t table-layout='fixed' width='100pt' start-indent='30pt'"
     " end-indent='30pt' border-collapse='separate'>"
     "<b start-indent='0pt'><r><d><p>a</p></d></r></b></t>",
     {T "/@ipd", "100000", T "/@start-indent", "30000",
      T "/block[1]/@left-offset", "30000"}},
};

static void
columns_have_widths(void **state)
{
    (void)state;
    CHECK_ROWS(widths);
}

/* ------------------------------------------------------------------ rows */

static const row heights[] = {
    {"a row is as high as its highest cell",
     "<t table-layout='fixed' width='100%'><b><r><d><p>a</p></d>"
     "<d><p>b</p><p>b</p></d></r>" ROW2 "</b></t>",
     {T "/@bpd", "30000", T "/block[1]/@bpd", "20000",
      T "/block[3]/@top-offset", "20000"}},
    {"height of row and of cell are least heights of the content",
     "<t table-layout='fixed' width='100%' border-collapse='separate'><b>"
     "<r height='30pt'><d><p>a</p></d><d><p>b</p></d></r><r><d height='15pt'"
     " padding='2pt'><p>a</p></d><d><p>b</p></d></r></b></t>",
     {T "/@bpd", "49000", T "/block[1]/@bpd", "30000", T "/block[3]/@bpd",
      "15000"}},
    {"display-align puts an empty block above",
     "<t table-layout='fixed' width='100%'><b><r height='30pt'>"
     "<d display-align='center'><p>a</p></d><d display-align='after'><p>b</p>"
     "</d></r></b></t>",
     {T "/block[1]/block[1]/@bpd", "10000", T "/block[2]/block[1]/@bpd",
      "20000", T "/block[2]/block[2]", "b"}},
    {"row spans: the last row takes what is missing",
     "<t table-layout='fixed' width='100%'><b><r><d number-rows-spanned='2'>"
     "<p>a</p><p>a</p><p>a</p></d><d><p>b</p></d></r><r><d><p>c</p></d></r>"
     "</b></t>",
     {T "/@bpd", "30000", T "/block[1]", "b", T "/block[1]/@bpd", "10000",
      T "/block[2]/@bpd", "30000", T "/block[3]/@bpd", "20000"}},
    {"column spans and cells that go round them",
     "<t table-layout='fixed' width='90pt'><c column-width='30pt'"
     " number-columns-repeated='3'/><b><r><d number-columns-spanned='2'"
     " number-rows-spanned='2'><p>a</p></d><d><p>b</p></d></r>"
     "<r><d><p>c</p></d></r></b></t>",
     {T "/block[2]/@ipd", "60000", T "/block[3]/@left-offset", "60000",
      T "/block[3]/@top-offset", "10000"}},
    {"starts-row and ends-row, column-number",
     "<t table-layout='fixed' width='60pt'><c column-width='30pt'"
     " number-columns-repeated='2'/><b><d ends-row='true'><p>a</p></d>"
     "<d starts-row='true' column-number='2'><p>b</p></d></b></t>",
     {T "/@bpd", "20000", T "/block[2]/@left-offset", "30000",
      T "/block[2]/@top-offset", "10000"}},
    {"border-separation: half of it on all sides of a cell",
     "<t table-layout='fixed' width='60pt' border-collapse='separate'"
     " border-separation='4pt'><b><r><d border='1pt solid'><p>a</p></d></r>"
     "</b></t>",
     {T "/@bpd", "16000", T "/block[1]/@ipd", "54000",
      T "/block[1]/@left-offset", "3000", T "/block[1]/@top-offset", "2000"}},
    {"an empty cell may hide its borders",
     "<t table-layout='fixed' width='60pt' border-collapse='separate'><b><r>"
     "<d border='1pt solid' empty-cells='hide'><p/></d>"
     "<d border='1pt solid'><p>b</p></d></r></b></t>",
     {"count(" T "/block[1]/@border-before)", "0",
      "count(" T "/block[2]/@border-before)", "1"}},
    {"backgrounds of column, body and row lie behind the cell",
     "<t table-layout='fixed' width='60pt'><c background-color='#111111'/>"
     "<b background-color='#222222'><r background-color='#333333'>"
     "<d padding='1pt'><p>a</p></d></r></b></t>",
     {T "/block[1]/@background", "color=#111111", T "/block[2]/@background",
      "color=#222222", T "/block[3]/@background", "color=#333333",
      T "/block[3]/@ipd", "60000", T "/block[4]", "a"}},
};

static void
rows_have_heights(void **state)
{
    (void)state;
    CHECK_ROWS(heights);
}

/* --------------------------------------------------------------- borders */

#define TWO(a, b)                                                              \
    "<t table-layout='fixed' width='60pt'><b><r><d " a "><p>a</p></d><d " b    \
    "><p>b</p></d></r></b></t>"

static const row borders[] = {
    {"the wider border wins, whoever has it",
     TWO("border-end='1pt solid red'", "border-start='3pt dotted blue'"),
     {T "/block[1]/@border-end", "(dotted,#0000ff,3000,collapse-inner)",
      T "/block[1]/@ipd", "28500"}},
    {"of the same width, the style that shows more",
     TWO("border-end='2pt dashed red'", "border-start='2pt double blue'"),
     {T "/block[1]/@border-end", "(double,#0000ff,2000,collapse-inner)"}},
    {"of the same style, the cell before",
     TWO("border-end='2pt solid red'", "border-start='2pt solid blue'"),
     {T "/block[2]/@border-start", "(solid,#ff0000,2000,collapse-inner)"}},
    {"hidden beats all",
     TWO("border-end='9pt solid red'",
         "border-start-style='hidden' border-start-width='1pt'"),
     {"count(" T "//@border-end | " T "//@border-start)", "0"}},
    {"a cell's beats the row's, the row's the body's, that the table's",
     "<t table-layout='fixed' width='60pt' border='1pt solid #111111'>"
     "<b border='1pt solid #222222'><r border-before='1pt solid #333333'>"
     "<d border-start='1pt solid #444444'><p>a</p></d></r><r><d><p>b</p></d>"
     "</r></b></t>",
     {T "/block[1]/@border-start", "(solid,#444444,1000,collapse-outer)",
      T "/block[1]/@border-before", "(solid,#333333,1000,collapse-outer)",
      T "/block[1]/@border-end", "(solid,#222222,1000,collapse-outer)",
      T "/block[2]/@border-after", "(solid,#222222,1000,collapse-outer)",
      "count(" T "/@border-before)", "0"}},
    {"half of a border is the row's: heights count it once",
     "<t table-layout='fixed' width='60pt'><b><r><d border='2pt solid'>"
     "<p>a</p></d></r><r><d border='2pt solid'><p>b</p></d></r></b></t>",
     {T "/@bpd", "24000", T "/block[1]/@top-offset", "-1000",
      T "/block[2]/@top-offset", "11000"}},
    {"a span has the borders of its units, each in an area",
     "<t table-layout='fixed' width='60pt'><b><r>"
     "<d number-columns-spanned='2' border='2pt solid'><p>a</p></d></r>"
     "<r><d><p>b</p></d><d border='4pt solid red'><p>c</p></d></r></b></t>",
     {T "/block[1]/@border-after", "(solid,#000000,2000,collapse-inner)",
      T "/block[2]/@border-after", "(solid,#ff0000,4000,collapse-inner)",
      T "/block[3]", "a"}},
};

static void
borders_collapse(void **state)
{
    (void)state;
    CHECK_ROWS(borders);
}

/* ---------------------------------------------------------------- breaks */

#define FILL(height)                                                           \
    "<p space-after='0pt' font-size='1pt' line-height='" height "'>x</p>"
/* The table is the second block of page 1 then. */
#define U "//pageViewport[1]//flow/block[2]"

static const row breaks[] = {
    {"rows go to the next page, heads and feet with them",
     FILL("150pt") "<t table-layout='fixed' width='60pt'><h><r><d><p>H</p></d>"
                   "</r></h><f><r><d><p>F</p></d></r></f><b><r><d><p>1</p></"
                   "d></r><r><d>"
                   "<p>2</p></d></r><r><d><p>3</p></d></r><r><d><p>4</p></d></"
                   "r></b></t>",
     {U, "H123F", T2, "H4F"}},
    {"head and foot left away at breaks when asked",
     FILL("150pt") "<t table-layout='fixed' width='60pt'"
                   " table-omit-header-at-break='true' "
                   "table-omit-footer-at-break='true'>"
                   "<h><r><d><p>H</p></d></r></h><f><r><d><p>F</p></d></r></"
                   "f><b><r><d>"
                   "<p>1</p></d></r><r><d><p>2</p></d></r><r><d><p>3</p></d></"
                   "r><r><d>"
                   "<p>4</p></d></r><r><d><p>5</p></d></r></b></t>",
     {U, "H1234", T2, "5F"}},
    {"a row breaks inside: each cell goes on by itself",
     FILL("180pt") "<t table-layout='fixed' width='60pt'><b><r><d><p>a1</p>"
                   "<p>a2</p><p>a3</p></d><d><p>b1</p></d></r></b></t>",
     {U "/block[1]", "a1a2", U "/block[2]", "b1", T2 "/block[1]", "a3",
      T2 "/block[2]", "", "count(" T2 "/block)", "2"}},
    {"keep-together: the row goes over whole",
     FILL("180pt") "<t table-layout='fixed' width='60pt'><b>"
                   "<r><d><p>z</p></d></r><r "
                   "keep-together.within-column='always'><d>"
                   "<p>a1</p><p>a2</p></d></r></b></t>",
     {U, "z", T2, "a1a2"}},
    {"keep-with-next holds rows together",
     FILL("170pt") "<t table-layout='fixed' width='60pt'><b>"
                   "<r><d><p>1</p></d></r><r "
                   "keep-with-next.within-column='always'><d>"
                   "<p>2</p></d></r><r "
                   "keep-with-next.within-column='always'><d><p>3</p>"
                   "</d></r><r><d><p>4</p></d></r></b></t>",
     {U, "1", T2, "234"}},
    {"a head is never alone at the foot of a page",
     FILL("190pt") "<t table-layout='fixed' width='60pt'><h><r><d><p>H</p></d>"
                   "</r></h><b><r><d><p>1</p></d></r></b></t>",
     {"count(//pageViewport[1]//flow/block)", "1", T2, "H1"}},
    {"breaks that are asked for: on a row, and in the middle of a cell",
     "<t table-layout='fixed' width='60pt'><b><r><d><p>1</p></d></r>"
     "<r break-before='page'><d><p>2</p></d></r><r><d><p>3</p>"
     "<p break-before='page'>4</p></d></r></b></t>",
     {T, "1", T2, "23", "//pageViewport[3]//flow/block[1]", "4"}},
    {"a row span over pages: content goes on, rows stand beside it",
     FILL("170pt") "<t table-layout='fixed' width='60pt'><b><r>"
                   "<d "
                   "number-rows-spanned='4'><p>a1</p><p>a2</p><p>a3</p><p>a4</"
                   "p><p>a5</p>"
                   "</d><d><p>1</p></d></r><r><d><p>2</p></d></r><r><d><p>3</"
                   "p></d></r>"
                   "<r><d><p>4</p></d></r></b></t>",
     {U "/block[1]", "1", U "/block[3]", "a1a2a3", U "/block[3]/@bpd", "30000",
      T2 "/block[1]", "a4a5", T2 "/block[2]", "4", T2 "/@bpd", "20000"}},
    {"a cell longer than pages fills them",
     "<t table-layout='fixed' width='60pt'><b><r><d><p>1</p><p>2</p><p>3</p>"
     "<p>4</p><p>5</p><p>6</p><p>7</p><p>8</p><p>9</p><p>10</p><p>11</p>"
     "<p>12</p><p>13</p><p>14</p><p>15</p><p>16</p><p>17</p><p>18</p>"
     "<p>19</p><p>20</p><p>21</p></d></r></b></t>",
     {T "/@bpd", "200000", T2, "21", "count(//pageViewport)", "2"}},
};

static void
tables_break_over_pages(void **state)
{
    (void)state;
    CHECK_ROWS(breaks);
}

/* ---------------------------------------------------------- wrong tables */

static const struct {
    const char *why, *flow;
    bn_code warning;
    const char *checks[8];
} wrong[] = {
    {"a span beyond the columns",
     "<t table-layout='fixed' width='60pt'><c column-width='30pt'"
     " number-columns-repeated='2'/><b><r><d number-columns-spanned='9'>"
     "<p>a</p></d></r></b></t>",
     BN_WTABLESPAN,
     {T "/block[last()]/@ipd", "60000"}},
    {"a span beyond the rows",
     "<t table-layout='fixed' width='60pt'><b><r><d number-rows-spanned='5'>"
     "<p>a</p></d></r></b></t>",
     BN_WTABLESPAN,
     {T "/@bpd", "10000"}},
    {"a cell too many: a column more, nothing is lost",
     "<t table-layout='fixed' width='60pt'><c column-width='60pt'/><b>" ROW2
     "</b></t>",
     BN_WTABLECELL,
     {T "/block[1]/@ipd", "30000", T "/block[2]/@ipd", "30000", T "/block[2]",
      "b"}},
    {"two cells in one place",
     "<t table-layout='fixed' width='60pt'><b><r><d><p>a</p></d>"
     "<d column-number='1'><p>b</p></d></r></b></t>",
     BN_WTABLEOVERLAP,
     {T "/block[2]/@left-offset", "30000"}},
    {"spans without measure",
     "<t table-layout='fixed' width='60pt'><b><r>"
     "<d number-columns-spanned='2000000000' number-rows-spanned='2000000000'>"
     "<p>a</p></d></r></b></t>",
     BN_WTABLESPAN,
     {T "/@bpd", "10000"}},
};

static void
wrong_tables_are_mended_with_a_warning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        bn_msgs msgs = {0};
        xmlDocPtr doc = areas_of(wrong[i].flow, &msgs);

        print_message("%s\n", wrong[i].why);
        for (int k = 0; wrong[i].checks[k] != NULL; k += 2)
            assert_holds(doc, wrong[i].checks[k], wrong[i].checks[k + 1]);
        assert_int_equal(msgs.count[BN_WARNING], 1);
        assert_int_equal(msgs.first->err.code, wrong[i].warning);
        assert_int_equal(
            bn_source_locate(source, msgs.first->err.loc.place).line, 2);
        xmlFreeDoc(doc);
        bn_msgs_free(&msgs);
    }
}

/* Nothing in it, or nothing but edges: no crash, and the flow goes on. */
static void
odd_tables_are_set(void **state)
{
    static const char *const flows[] = {
        "<t/><p>x</p>",
        "<t><b/></t><p>x</p>",
        "<t><b><r/></b></t><p>x</p>",
        "<t><b><r><d/></r></b></t><p>x</p>",
        "<t><h><r><d><p>h</p></d></r></h><b/></t><p>x</p>",
        "<t width='0pt'><b>" ROW2 "</b></t><p>x</p>",
        "<t table-layout='fixed' width='10pt'><c column-width='100pt'/>"
        "<b><r><d padding='99pt' border='50pt solid'><p/></d></r></b></t>"
        "<p>x</p>",
        "<t><b><r><d><t><b><r><d><t><b>" ROW2 "</b></t></d></r></b></t></d>"
        "</r></b></t><p>x</p>",
        "<t><h><r height='900pt'><d><p>h</p></d></r></h><b>" ROW2
        "</b></t><p>x</p>",
        "<t><b><r height='900pt'><d><p>h</p></d></r>" ROW2 "</b></t><p>x</p>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        bn_msgs msgs = {0};
        xmlDocPtr doc;

        print_message("%s\n", flows[i]);
        doc = areas_of(flows[i], &msgs);
        assert_holds(doc, "count(//word[. = 'x'])", "1");
        xmlFreeDoc(doc);
        bn_msgs_free(&msgs);
    }
}

/* ------------------------------------------------------------------ tags */

typedef struct seen {
    int pages, heads, artifacts, cells;
    uint16_t span;
} seen;

static void
look(seen *s, const bn_area *a)
{
    for (; a; a = a->next) {
        if (a->tag && strcmp(a->tag->object, "table-cell") == 0 && a->origin &&
            ((const bn_fo *)a->origin)->type == BN_FO_TABLE_CELL) {
            s->cells++;
            s->heads += a->tag->header;
            s->artifacts += (a->flags & BN_ARTIFACT) != 0;
            if (a->tag->columns > s->span)
                s->span = a->tag->columns;
            assert_string_equal(a->tag->parent->object, "table-row");
        }
        look(s, a->first);
    }
}

static bn_code
look_at_page(void *user, const bn_area *page, bn_err *err)
{
    seen *s = user;

    (void)err;
    s->pages++;
    look(s, page->first);
    return BN_OK;
}

static bn_code
no_info(void *user, const bn_doc_info *info, bn_err *err)
{
    (void)user;
    (void)info;
    (void)err;
    return BN_OK;
}

static bn_code
no_sequence(void *user, const bn_sequence_info *info, bn_err *err)
{
    (void)user;
    (void)info;
    (void)err;
    return BN_OK;
}

static bn_code
no_end(void *user, bn_err *err)
{
    (void)user;
    (void)err;
    return BN_OK;
}

static void
cells_are_elements_and_repeated_heads_are_not(void **state)
{
    seen s = {0};
    bn_sink sink = {.user = &s,
                    .begin = no_info,
                    .sequence = no_sequence,
                    .page = look_at_page,
                    .end = no_end};
    bn_msgs msgs = {0};

    (void)state;
    lay_out("<t table-layout='fixed' width='60pt'><h><r>"
            "<d number-columns-spanned='2'><p>H</p></d></r></h><b>" ROW2
            "<r break-before='page'><d role='TH'><p>c</p></d><d><p>d</p></d>"
            "</r></b></t>",
            &sink, &msgs);
    assert_int_equal(s.pages, 2);
    assert_int_equal(s.cells, 6);     /* the head twice */
    assert_int_equal(s.heads, 3);     /* and the cell with role TH */
    assert_int_equal(s.artifacts, 1); /* the second head */
    assert_int_equal(s.span, 2);
    bn_msgs_free(&msgs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_have_widths),
        cmocka_unit_test(rows_have_heights),
        cmocka_unit_test(borders_collapse),
        cmocka_unit_test(tables_break_over_pages),
        cmocka_unit_test(wrong_tables_are_mended_with_a_warning),
        cmocka_unit_test(odd_tables_are_set),
        cmocka_unit_test(cells_are_elements_and_repeated_heads_are_not),
    };

    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
