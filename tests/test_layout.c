/* test_layout.c - pages, columns, blocks, lines, notes: small documents and
 * what their area tree must say. Lines of 12 pt are 14.4 pt high; a page body
 * of 72 pt thus holds five. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "layout/layout.h"
#include "text/text.h"

static bn_source *source;
static bn_fonts *fonts;
static bn_images *images;

typedef struct result {
    bn_code code;
    bn_buf dump;
    bn_msgs msgs;
} result;

#define FO "xmlns:fo=\"http://www.w3.org/1999/XSL/Format\""
#define MASTER(name, height, regions)                                          \
    "<fo:simple-page-master master-name=\"" name "\" page-width=\"300pt\" "    \
    "page-height=\"" height "\">" regions "</fo:simple-page-master>"
#define ONE MASTER("m", "72pt", "<fo:region-body/>")
#define HEAD                                                                   \
    MASTER("m", "92pt",                                                        \
           "<fo:region-body margin-top=\"20pt\"/><fo:region-before "           \
           "extent=\"20pt\"/>")
#define COLUMNS                                                                \
    MASTER("m", "72pt",                                                        \
           "<fo:region-body column-count=\"2\" column-gap=\"0pt\"/>")
#define B(text) "<fo:block>" text "</fo:block>"
#define ITEM(text)                                                             \
    "<fo:list-item><fo:list-item-label><fo:block>*</fo:block>"                 \
    "</fo:list-item-label><fo:list-item-body start-indent=\"20pt\"><fo:block>" \
    "<fo:block space-before=\"12pt\">" text "</fo:block></fo:block>"           \
    "</fo:list-item-body></fo:list-item>"
#define LINES5 B("l1") B("l2") B("l3") B("l4") B("l5")

static void
lay_out_by(const bn_layout_options *o, const char *masters,
           const char *sequences, result *r)
{
    bn_buf fo = {0};
    bn_tree *doc = NULL;
    bn_fo_tree *tree = NULL;
    bn_sink sink = {0};

    memset(r, 0, sizeof *r);
    bn_buf_addf(&fo,
                "<fo:root " FO "><fo:layout-master-set>%s"
                "</fo:layout-master-set>%s</fo:root>",
                masters, sequences);
    assert_int_equal(bn_xml_parse(source, "t.fo", fo.p, fo.len, BN_XML_PLAIN,
                                  &doc, &r->msgs),
                     BN_OK);
    assert_int_equal(bn_fo_build(doc, false, &tree, &r->msgs), BN_OK);
    bn_area_dump_sink(&sink, &r->dump);
    r->code = bn_layout(tree, o, &sink, &r->msgs);
    bn_area_dump_free(&sink);
    bn_fo_free(tree);
    bn_tree_free(doc);
    bn_buf_free(&fo);
    if (r->dump.p == NULL)
        bn_buf_adds(&r->dump, "");
}

static void
lay_out(const char *masters, const char *sequences, result *r)
{
    const bn_layout_options o = {.fonts = fonts, .images = images, .base = "."};

    lay_out_by(&o, masters, sequences, r);
}

static void
lay_flow(const char *masters, const char *flow, result *r)
{
    bn_buf b = {0};

    bn_buf_addf(&b,
                "<fo:page-sequence master-reference=\"m\"><fo:flow "
                "flow-name=\"xsl-region-body\">%s</fo:flow>"
                "</fo:page-sequence>",
                flow);
    lay_out(masters, b.p, r);
    bn_buf_free(&b);
}

static void
done(result *r)
{
    bn_buf_free(&r->dump);
    bn_msgs_free(&r->msgs);
}

static int
count(const char *in, const char *what)
{
    int n = 0;

    for (; (in = strstr(in, what)) != NULL; in += strlen(what))
        n++;
    return n;
}

static int
number_of_messages(const bn_msgs *msgs)
{
    int n = 0;

    for (const bn_msg *m = msgs->first; m; m = m->next)
        n++;
    return n;
}

/* The page (from 1) that a word stands on; 0: on none. */
static int
page_of_word(const result *r, const char *word)
{
    bn_buf w = {0};
    const char *at;
    int n = 0;

    bn_buf_addf(&w, "<word>%s</word>", word);
    at = strstr(r->dump.p, w.p);
    for (const char *p = r->dump.p;
         at && (p = strstr(p, "<pageViewport")) != NULL && p < at; p++)
        n++;
    bn_buf_free(&w);
    return n;
}

/* ------------------------------------------------------ where pages break */

#define KEEP "keep-together.within-column"
#define KWN "keep-with-next.within-column"
#define KWP "keep-with-previous.within-column"

static const struct {
    const char *why, *masters, *flow;
    int pages;
    struct {
        const char *word;
        int page;
    } on[4];
} pages[] = {
    {"five lines fill a page", ONE, LINES5, 1, {{"l5", 1}}},
    {"the sixth goes on", ONE, LINES5 B("l6"), 2, {{"l5", 1}, {"l6", 2}}},
    {"space-before at the head of a page is discarded",
     ONE,
     LINES5 "<fo:block space-before=\"60pt\">l6</fo:block>" B("l7") B("l8")
         B("l9") B("x"),
     2,
     {{"x", 2}}},
    {"but kept when it is to be retained",
     ONE,
     LINES5 "<fo:block space-before=\"60pt\" "
            "space-before.conditionality=\"retain\">l6</fo:block>" B("x"),
     3,
     {{"l6", 2}, {"x", 3}}},
    {"a heading stays with what follows",
     ONE,
     B("l1") B("l2") B("l3") B("l4") "<fo:block " KWN
                                     "=\"always\">head</fo:block>" B("x"),
     2,
     {{"l4", 1}, {"head", 2}, {"x", 2}}},
    {"also when it is the last child of what stands before",
     ONE,
     B("l1") B("l2") B("l3")
         B("l4") "<fo:block><fo:block " KWN
                 "=\"always\">head</fo:block></fo:block>"
                 "<fo:block><fo:block>x</fo:block></fo:block>",
     2,
     {{"head", 2}}},
    {"keep-with-previous pulls one along",
     ONE,
     LINES5 "<fo:block " KWP "=\"always\">x</fo:block>",
     2,
     {{"l4", 1}, {"l5", 2}}},
    {"the weaker keep gives way",
     ONE,
     B("l1") "<fo:block " KEEP "=\"1\">" B("a1") B("a2")
         B("a3") "<fo:block " KEEP "=\"2\">" B("b1") B("b2")
             B("b3") "</fo:block></fo:block>" B("x"),
     3,
     {{"l1", 1}, {"a3", 2}, {"b1", 3}, {"x", 3}}},
    {"a kept block goes to the next page whole",
     ONE,
     B("l1") B("l2") B("l3") "<fo:block " KEEP "=\"always\">" B("k1") B("k2")
         B("k3") "</fo:block>",
     2,
     {{"l3", 1}, {"k1", 2}, {"k3", 2}}},
    {"one that fits no page is broken all the same",
     ONE,
     "<fo:block " KEEP "=\"always\">" LINES5 B("l6") "</fo:block>",
     2,
     {{"l5", 1}, {"l6", 2}}},
    {"two lines at least at the foot and at the head (widows)",
     ONE,
     B("l1") B("l2") "<fo:block linefeed-treatment=\"preserve\">p1&#10;p2&#10;"
                     "p3&#10;p4</fo:block>",
     2,
     {{"p2", 1}, {"p3", 2}}},
    {"and orphans",
     ONE,
     B("l1") B("l2") B("l3")
         B("l4") "<fo:block "
                 "linefeed-treatment=\"preserve\">p1&#10;p2&#10;p3</fo:block>",
     2,
     {{"l4", 1}, {"p1", 2}}},
    {"break-before ends the page",
     ONE,
     B("l1") "<fo:block break-before=\"page\">x</fo:block>",
     2,
     {{"x", 2}}},
    {"of a first descendant too, once",
     ONE,
     B("l1") "<fo:block><fo:block "
             "break-before=\"page\">x</fo:block></fo:block>",
     2,
     {{"x", 2}}},
    {"not at the very beginning",
     ONE,
     "<fo:block break-before=\"page\">x</fo:block>",
     1,
     {{"x", 1}}},
    {"even-page leaves a blank page",
     ONE,
     B("l1") "<fo:block break-before=\"odd-page\">x</fo:block>",
     3,
     {{"x", 3}}},
    {"columns fill one after the other",
     COLUMNS,
     LINES5 LINES5 B("x"),
     2,
     {{"x", 2}}},
    {"a column break is not a page break",
     COLUMNS,
     B("l1") "<fo:block break-before=\"column\">x</fo:block>",
     1,
     {{"x", 1}}},
    {"but is one where there is one column",
     ONE,
     B("l1") "<fo:block break-before=\"column\">x</fo:block>",
     2,
     {{"x", 2}}},
    {"what follows a span goes below it",
     COLUMNS,
     B("a") B("b") "<fo:block span=\"all\">s</fo:block>" B("c") B("x"),
     1,
     {{"x", 1}}},
    {"a list item breaks inside its body",
     ONE,
     B("l1") B("l2") B("l3") "<fo:list-block><fo:list-item><fo:list-item-label>"
                             "<fo:block>q</fo:block>"
                             "</fo:list-item-label><fo:list-item-body "
                             "start-indent=\"body-start()\">" B("i1") B("i2")
                                 B("i3") "</fo:list-item-body></fo:list-item>"
                                         "</fo:list-block>",
     2,
     {{"i2", 1}, {"i3", 2}}},
    {"a note takes room of its page",
     ONE,
     B("l1") "<fo:block>l2<fo:footnote><fo:inline>1</fo:inline>"
             "<fo:footnote-body><fo:block>note</fo:block></fo:footnote-body>"
             "</fo:footnote></fo:block>" B("l3") B("l4") B("l5"),
     2,
     {{"note", 1}, {"l4", 1}, {"l5", 2}}},
    {"a line goes where its note has room",
     ONE,
     B("l1") B("l2") B("l3")
         B("l4") "<fo:block>l5<fo:footnote><fo:inline>1</"
                 "fo:inline><fo:footnote-body>"
                 "<fo:block>note</fo:block></fo:footnote-body></fo:footnote></"
                 "fo:block>",
     2,
     {{"l4", 1}, {"l5", 2}, {"note", 2}}},
    {"a long note goes on, nothing of it is lost",
     ONE,
     "<fo:block>l1<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>" B(
         "n1") B("n2") B("n3") B("n4") B("n5") B("n6")
         B("n7") "</fo:footnote-body></fo:footnote></fo:block>",
     2,
     {{"n1", 1}, {"n4", 1}, {"n5", 2}, {"n7", 2}}},
    {"a list item's body is level with its label, whatever space it begins "
     "with",
     ONE,
     "<fo:list-block>" ITEM("l1") ITEM("l2") ITEM("l3") ITEM("l4")
         ITEM("l5") "</fo:list-block>",
     1,
     {{"l5", 1}}},
    {"a box higher than the page stands on one of its own",
     ONE,
     B("l1") "<fo:block-container height=\"100pt\"><fo:block>box</fo:block>"
             "</fo:block-container>" B("x"),
     3,
     {{"l1", 1}, {"box", 2}, {"x", 3}}},
};

static void
page_breaks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        result r;

        print_message("%s\n", pages[i].why);
        lay_flow(pages[i].masters, pages[i].flow, &r);
        assert_int_equal(r.code, BN_OK);
        assert_int_equal(count(r.dump.p, "<pageViewport"), pages[i].pages);
        for (int k = 0; k < 4 && pages[i].on[k].word; k++)
            assert_int_equal(page_of_word(&r, pages[i].on[k].word),
                             pages[i].on[k].page);
        done(&r);
    }
}

/* ------------------------------------------------------- what areas say */

static const struct {
    const char *why, *flow, *want;
} areas[] = {
    {"half-leading of 12 pt text", B("x"),
     "bpd=\"11100\" ipda=\"300000\" bpda=\"14400\""},
    {"the greater of two spaces",
     "<fo:block space-after=\"4pt\">a</fo:block>"
     "<fo:block space-before=\"6pt\" id=\"b\">b</fo:block>",
     "space-before=\"6000\""},
    {"forced spaces add up",
     "<fo:block space-after=\"4pt\" space-after.precedence=\"force\">a"
     "</fo:block><fo:block space-before=\"6pt\" "
     "space-before.precedence=\"force\">b</fo:block>",
     "<flow ipd=\"300000\" bpd=\"38800\""},
    {"the higher precedence wins over the greater length",
     "<fo:block space-after=\"4pt\" space-after.precedence=\"1\">a</fo:block>"
     "<fo:block space-before=\"6pt\">b</fo:block>",
     "<flow ipd=\"300000\" bpd=\"32800\""},
    {"a border keeps spaces apart",
     "<fo:block space-before=\"4pt\">a</fo:block><fo:block "
     "border-before=\"1pt solid black\"><fo:block space-before=\"6pt\">b"
     "</fo:block></fo:block>",
     "<flow ipd=\"300000\" bpd=\"35800\""},
    {"indents count from the reference area",
     "<fo:block start-indent=\"10pt\"><fo:block>x</fo:block></fo:block>",
     "<block ipd=\"290000\""},
    {"centred text",
     "<fo:block text-align=\"center\"><fo:leader leader-length=\"100pt\" "
     "leader-pattern=\"rule\"/></fo:block>",
     "start-indent=\"100000\" end-indent=\"100000\""},
    {"superscript: up by the x-height",
     "<fo:block>a<fo:inline baseline-shift=\"super\" font-size=\"12pt\">b"
     "</fo:inline></fo:block>",
     "bpd=\"17376\""},
    {"a superscript does not make its line higher where that is said",
     "<fo:block line-height-shift-adjustment=\"disregard-shifts\">a<fo:inline "
     "baseline-shift=\"super\">b</fo:inline></fo:block>",
     "<lineArea ipd=\"300000\" bpd=\"11100\""},
    {"each inline has its own leading",
     "<fo:block line-stacking-strategy=\"line-height\">a<fo:inline "
     "line-height=\"50pt\">b</fo:inline></fo:block>",
     "<flow ipd=\"300000\" bpd=\"50000\""},
    {"and none of it counts where lines are as high as the font",
     "<fo:block line-stacking-strategy=\"font-height\">a<fo:inline "
     "line-height=\"50pt\">b</fo:inline></fo:block>",
     "<flow ipd=\"300000\" bpd=\"14400\""},
    {"what is kept with the next goes with it to the next line",
     "<fo:block end-indent=\"220pt\">aaaa bbbb <fo:inline "
     "keep-with-next.within-line=\"always\">cc</fo:inline> dddd</fo:block>",
     "<word>bbbb</word></text></lineArea>"},
    {"and with the one before",
     "<fo:block end-indent=\"220pt\">aaaa bbbb cc <fo:inline "
     "keep-with-previous.within-line=\"always\">dddd</fo:inline></fo:block>",
     "<word>bbbb</word></text></lineArea>"},
    {"small capitals of four fifths, their words whole",
     "<fo:block font-variant=\"small-caps\">Caps</fo:block>",
     "font-size=\"9600\" color=\"#000000\"><word>APS</word>"},
    {"the hyphen that is asked for",
     "<fo:block end-indent=\"240pt\" language=\"en\" hyphenate=\"true\" "
     "hyphenation-character=\"=\">internationalization</fo:block>",
     "=</word></text></lineArea>"},
    {"the label stands beside the body",
     "<fo:list-block provisional-distance-between-starts=\"30pt\" "
     "provisional-label-separation=\"5pt\"><fo:list-item>"
     "<fo:list-item-label end-indent=\"label-end()\"><fo:block>l</fo:block>"
     "</fo:list-item-label><fo:list-item-body start-indent=\"body-start()\">"
     "<fo:block>b</fo:block></fo:list-item-body></fo:list-item>"
     "</fo:list-block>",
     "<flow ipd=\"300000\" bpd=\"14400\""},
    {"an absolute container takes no room",
     "<fo:block-container position=\"absolute\" top=\"5pt\" left=\"7pt\" "
     "width=\"50pt\" height=\"20pt\"><fo:block>a</fo:block>"
     "</fo:block-container>",
     "<flow ipd=\"300000\" bpd=\"0\""},
    {"page number of the page", "<fo:block>p<fo:page-number/></fo:block>",
     "<word>1</word>"},
    {"spaces in a box of fixed height give way when it is too full",
     "<fo:block-container height=\"36pt\"><fo:block id=\"b\" "
     "space-after.optimum=\"20pt\" space-after.minimum=\"0pt\">a</fo:block>"
     "<fo:block>b</fo:block></fo:block-container>",
     "space-after=\"7200\""},
    {"an inherited margin is as wide as the parent's",
     "<fo:block margin-left=\"20%\"><fo:block margin-left=\"inherit\">a"
     "</fo:block></fo:block>",
     "ipd=\"180000\""},
    {"forward citation",
     "<fo:block>see <fo:page-number-citation ref-id=\"t\"/></fo:block>"
     "<fo:block break-before=\"page\" id=\"t\">there</fo:block>",
     "<word>2</word>"},
};

static void
area_traits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        result r;

        print_message("%s\n", areas[i].why);
        lay_flow(ONE, areas[i].flow, &r);
        assert_int_equal(r.code, BN_OK);
        if (strstr(r.dump.p, areas[i].want) == NULL)
            print_message("not in: %s\n", r.dump.p);
        assert_non_null(strstr(r.dump.p, areas[i].want));
        done(&r);
    }
}

/* --------------------------------------------------------- page masters */

#define ALTERNATIVES                                                           \
    MASTER("first", "72pt", "<fo:region-body/>")                               \
    MASTER("rest", "72pt", "<fo:region-body/>")                                \
    MASTER("last", "72pt", "<fo:region-body/>")                                \
    MASTER("only", "72pt", "<fo:region-body/>")                                \
    "<fo:page-sequence-master master-name=\"m\">"                              \
    "<fo:repeatable-page-master-alternatives>"                                 \
    "<fo:conditional-page-master-reference page-position=\"only\" "            \
    "master-reference=\"only\"/><fo:conditional-page-master-reference "        \
    "page-position=\"first\" master-reference=\"first\"/>"                     \
    "<fo:conditional-page-master-reference page-position=\"last\" "            \
    "master-reference=\"last\"/><fo:conditional-page-master-reference "        \
    "page-position=\"rest\" master-reference=\"rest\"/>"                       \
    "</fo:repeatable-page-master-alternatives></fo:page-sequence-master>"
#define NAMED(name) "simple-page-master-name=\"" name "\""

static void
masters_by_position(void **state)
{
    result r;

    (void)state;
    lay_flow(ALTERNATIVES, B("x"), &r);
    assert_int_equal(count(r.dump.p, NAMED("only")), 1);
    done(&r);
    lay_flow(ALTERNATIVES, LINES5 LINES5 LINES5 B("x"), &r);
    assert_int_equal(count(r.dump.p, NAMED("first")), 1);
    assert_int_equal(count(r.dump.p, NAMED("rest")), 2);
    assert_int_equal(count(r.dump.p, NAMED("last")), 1);
    done(&r);
}

static void
running_heads(void **state)
{
    result r;

    (void)state;
    lay_out(HEAD,
            "<fo:page-sequence master-reference=\"m\"><fo:static-content "
            "flow-name=\"xsl-region-before\"><fo:block><fo:retrieve-marker "
            "retrieve-class-name=\"c\"/></fo:block></fo:static-content>"
            "<fo:flow flow-name=\"xsl-region-body\">"
            "<fo:block><fo:marker marker-class-name=\"c\">M1</fo:marker>l1"
            "</fo:block><fo:block break-before=\"page\">l2</fo:block>"
            "<fo:block break-before=\"page\"><fo:marker "
            "marker-class-name=\"c\">M3</fo:marker>l3</fo:block></fo:flow>"
            "</fo:page-sequence>",
            &r);
    /* The second page has none of its own: the one before carries on. */
    assert_int_equal(count(r.dump.p, "<word>M1</word>"), 2);
    assert_int_equal(page_of_word(&r, "M3"), 3);
    done(&r);
}

static void
page_numbers(void **state)
{
    result r;

    (void)state;
    lay_out(
        ONE,
        "<fo:page-sequence master-reference=\"m\" "
        "initial-page-number=\"4\" format=\"i\" "
        "force-page-count=\"end-on-odd\"><fo:flow "
        "flow-name=\"xsl-region-body\">" B(
            "a") "</fo:flow>"
                 "</fo:page-sequence><fo:page-sequence master-reference=\"m\">"
                 "<fo:flow flow-name=\"xsl-region-body\">" B(
                     "b") "</fo:flow>"
                          "</fo:page-sequence>",
        &r);
    assert_int_equal(count(r.dump.p, "<pageViewport"), 3);
    assert_non_null(strstr(r.dump.p, "nr=\"4\" formatted-nr=\"iv\""));
    assert_non_null(strstr(r.dump.p, "nr=\"5\" formatted-nr=\"v\""));
    assert_non_null(strstr(r.dump.p, "nr=\"6\" formatted-nr=\"6\""));
    done(&r);
}

/* -------------------------------------------------------------- messages */

static const struct {
    const char *why, *masters, *flow;
    bn_code code; /* of the run */
    bn_code says; /* message that must be there */
} complaints[] = {
    {"a box higher than the page", ONE,
     "<fo:block-container height=\"100pt\"><fo:block>b</fo:block>"
     "</fo:block-container>",
     BN_OK, BN_WOVERFLOW},
    {"a word wider than the line", ONE,
     "<fo:block start-indent=\"280pt\">Donaudampfschiff</fo:block>", BN_OK,
     BN_WLINE},
    {"no page master for the second page",
     MASTER("one", "72pt",
            "<fo:region-body/>") "<fo:page-sequence-master master-name=\"m\">"
                                 "<fo:repeatable-page-master-alternatives>"
                                 "<fo:conditional-page-master-reference "
                                 "page-position=\"first\" "
                                 "master-reference=\"one\"/>"
                                 "</fo:repeatable-page-master-alternatives></"
                                 "fo:page-sequence-master>",
     LINES5 B("x"), BN_EALTERNATIVE, BN_EALTERNATIVE},
    {"an alternative that refers to no master",
     MASTER("one", "72pt",
            "<fo:region-body/>") "<fo:page-sequence-master master-name=\"m\">"
                                 "<fo:single-page-master-reference "
                                 "master-reference=\"none\"/>"
                                 "</fo:page-sequence-master>",
     B("x"), BN_EMASTER, BN_EMASTER},
    {"a citation of nothing", ONE,
     "<fo:block><fo:page-number-citation ref-id=\"none\"/></fo:block>", BN_OK,
     BN_WREF},
    {"a body of another name",
     MASTER("m", "72pt", "<fo:region-body region-name=\"b\"/>"), B("x"), BN_OK,
     BN_WFLOWNAME},
    {"a change bar, which is not drawn", ONE,
     "<fo:block>a<fo:change-bar-begin change-bar-class=\"c\"/>b"
     "<fo:change-bar-end change-bar-class=\"c\"/></fo:block>",
     BN_OK, BN_WNOEFFECT},
    {"more columns than there is room for",
     MASTER("m", "72pt", "<fo:region-body column-count=\"90000000\"/>"), B("x"),
     BN_OK, BN_WCOLUMNS},
    {"a link to nowhere", ONE,
     "<fo:block><fo:basic-link internal-destination=\"none\">x"
     "</fo:basic-link></fo:block>",
     BN_OK, BN_WREF},
    {"a citation of nothing", ONE,
     "<fo:block><fo:page-number-citation ref-id=\"none\"/></fo:block>", BN_OK,
     BN_WREF},
    {"a missing picture", ONE,
     "<fo:block><fo:external-graphic src=\"url(none.png)\"/></fo:block>", BN_OK,
     BN_EIMAGE},
};

static void
messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof complaints / sizeof complaints[0]; i++) {
        bool said = false;
        result r;

        print_message("%s\n", complaints[i].why);
        lay_flow(complaints[i].masters, complaints[i].flow, &r);
        assert_int_equal(r.code, complaints[i].code);
        for (const bn_msg *m = r.msgs.first; m; m = m->next)
            said |= m->err.code == complaints[i].says &&
                    (m->err.loc.place != 0 || m->err.loc.line != 0);
        assert_true(said);
        done(&r);
    }
}

/* What would take memory or time beyond all measure, or has no sense: each is
 * set all the same (or refused), and soon. */
static const struct {
    const char *why, *masters, *flow;
    bn_code code;
} bad[] = {
    {"lengths below nothing", ONE,
     "<fo:block start-indent=\"-400pt\" end-indent=\"-50pt\" "
     "space-before=\"-300pt\" padding=\"-3pt\">a b</fo:block>"
     "<fo:block-container height=\"-3pt\" width=\"-3pt\"><fo:block>x"
     "</fo:block></fo:block-container><fo:table width=\"-30pt\">"
     "<fo:table-column column-width=\"-5pt\"/><fo:table-body><fo:table-row>"
     "<fo:table-cell><fo:block>c</fo:block></fo:table-cell></fo:table-row>"
     "</fo:table-body></fo:table>",
     BN_OK},
    {"lengths beyond all paper", ONE,
     "<fo:block start-indent=\"99999999in\" space-before=\"700000000mm\" "
     "padding=\"2000000pt\" font-size=\"1900000pt\" "
     "line-height=\"99999999pt\" letter-spacing=\"2000000pt\">a b</fo:block>"
     "<fo:block-container height=\"2000000pt\" width=\"2000000pt\">"
     "<fo:block>x</fo:block></fo:block-container>"
     "<fo:block border=\"2000000pt solid red\">y</fo:block>",
     BN_OK},
    {"a page of no size", MASTER("m", "0pt", "<fo:region-body/>"), B("x"),
     BN_OK},
    {"a page as high as a country",
     MASTER("m", "2000000pt", "<fo:region-body/>"), B("x"), BN_OK},
    {"spans of millions", ONE,
     "<fo:table><fo:table-column number-columns-repeated=\"1000000\"/>"
     "<fo:table-body><fo:table-row><fo:table-cell "
     "number-columns-spanned=\"1000000\" "
     "number-rows-spanned=\"2000000000\"><fo:block>c</fo:block>"
     "</fo:table-cell></fo:table-row></fo:table-body></fo:table>",
     BN_OK},
    {"a leader of a million dots", ONE,
     "<fo:block><fo:leader leader-pattern=\"dots\" "
     "leader-length=\"2000000pt\"/></fo:block>",
     BN_OK},
    {"orphans without number", ONE,
     "<fo:block orphans=\"2000000000\" widows=\"2000000000\" "
     "linefeed-treatment=\"preserve\">a&#10;b&#10;c&#10;d&#10;e&#10;f"
     "</fo:block>",
     BN_OK},
    {"a repeated head that leaves no room", ONE,
     "<fo:table><fo:table-header><fo:table-cell>" LINES5 LINES5
     "</fo:table-cell></fo:table-header><fo:table-body>"
     "<fo:table-row><fo:table-cell>" B(
         "c") "</fo:table-cell></fo:table-row>"
              "<fo:table-row><fo:table-cell>" B(
                  "d") "</fo:table-cell></fo:table-row>"
                       "</fo:table-body></fo:table>",
     BN_OK},
};

static void
bad_input(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        result r;

        print_message("%s\n", bad[i].why);
        lay_flow(bad[i].masters, bad[i].flow, &r);
        assert_int_equal(r.code, bad[i].code);
        assert_true(count(r.dump.p, "<pageViewport") >= 1);
        done(&r);
    }
}

/* Blocks in blocks, tables in tables: as deep as XML may be. */
static void
deep_nesting(void **state)
{
    static const struct {
        const char *open, *close;
        int times;
    } rows[] = {
        {"<fo:block>", "</fo:block>", 240},
        {"<fo:block-container height=\"90%\"><fo:block>",
         "</fo:block></fo:block-container>", 120},
        {"<fo:table><fo:table-body><fo:table-row><fo:table-cell>",
         "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", 60},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf b = {0};
        result r;

        for (int k = 0; k < rows[i].times; k++)
            bn_buf_adds(&b, rows[i].open);
        bn_buf_adds(&b, B("deep"));
        for (int k = 0; k < rows[i].times; k++)
            bn_buf_adds(&b, rows[i].close);
        lay_flow(MASTER("m", "400pt", "<fo:region-body/>"), b.p, &r);
        assert_int_equal(r.code, BN_OK);
        assert_int_equal(count(r.dump.p, "<word>deep</word>"), 1);
        done(&r);
        bn_buf_free(&b);
    }
}

/* A hundred thousand cells: time and memory grow with them, no faster. */
static void
large_table(void **state)
{
    bn_buf b = {0};
    result r;

    (void)state;
    bn_buf_adds(&b, "<fo:table><fo:table-body>");
    for (int row = 0; row < 10000; row++) {
        bn_buf_adds(&b, "<fo:table-row>");
        for (int cell = 0; cell < 10; cell++)
            bn_buf_adds(&b, "<fo:table-cell>" B("c") "</fo:table-cell>");
        bn_buf_adds(&b, "</fo:table-row>");
    }
    bn_buf_adds(&b, "</fo:table-body></fo:table>");
    lay_flow(ONE, b.p, &r);
    assert_int_equal(r.code, BN_OK);
    assert_int_equal(count(r.dump.p, "<pageViewport"), 2000);
    done(&r);
    bn_buf_free(&b);
}

static void
last_page_number(void **state)
{
    result r;

    (void)state;
    lay_out(ONE,
            "<fo:page-sequence master-reference=\"m\" format=\"i\" "
            "initial-page-number=\"2147483647\"><fo:flow "
            "flow-name=\"xsl-region-body\">" B("x") "</fo:flow>"
                                                    "</fo:page-sequence>",
            &r);
    assert_non_null(strstr(r.dump.p, "formatted-nr=\"2147483647\""));
    done(&r);
}

static void
no_pages(void **state)
{
    result r;

    (void)state;
    lay_out(ONE, "<fo:page-sequence master-reference=\"m\"/>", &r);
    assert_int_equal(r.code, BN_ENOPAGES);
    done(&r);
}

/* Trials are not told of: a page with a note has nothing to say. */
static void
notes_are_quiet(void **state)
{
    result r;

    (void)state;
    lay_flow(ONE,
             "<fo:block>l1<fo:footnote><fo:inline>1</fo:inline>"
             "<fo:footnote-body><fo:block>n</fo:block></fo:footnote-body>"
             "</fo:footnote></fo:block>",
             &r);
    assert_null(r.msgs.first);
    done(&r);
}

/* A page that holds nothing at all must not be made for ever. */
static void
no_endless_pages(void **state)
{
    result r;

    (void)state;
    lay_flow(MASTER("m", "1pt", "<fo:region-body/>"), LINES5, &r);
    assert_int_equal(count(r.dump.p, "<pageViewport"), 5);
    done(&r);
}

/* The same document gives the same areas. */
static void
deterministic(void **state)
{
    const char *flow = LINES5 LINES5 "<fo:block>see <fo:page-number-citation "
                                     "ref-id=\"a\"/></fo:block><fo:block "
                                     "id=\"a\">x</fo:block>";
    result a, b;

    (void)state;
    lay_flow(COLUMNS, flow, &a);
    lay_flow(COLUMNS, flow, &b);
    assert_string_equal(a.dump.p, b.dump.p);
    done(&a);
    done(&b);
}

#define CITE(id) "<fo:page-number-citation ref-id=\"" id "\"/>"
#define LAST(id) "<fo:page-number-citation-last ref-id=\"" id "\"/>"

/* What stands before five lines and the id "t", from page 998 on. */
static const struct {
    const char *name, *head, *flow;
} citing[] = {
    {"a line that may grow", "", B("see " CITE("t"))},
    {"in its second line", "", B("one two see " CITE("t") " three")},
    {"last pages", "", B("of " LAST("end") " and " CITE("end"))},
    {"of nothing", "", B("see " CITE("none"))},
    {"with a leader", "",
     "<fo:block text-align-last=\"justify\"><fo:basic-link "
     "internal-destination=\"t\">t<fo:leader leader-pattern=\"dots\"/>" CITE(
         "t") "</fo:basic-link></fo:block>"},
    {"an id behind it", "",
     B("see " CITE("t") " <fo:inline id=\"u\">u</fo:inline>") B(CITE("u"))},
    {"a note behind it", "",
     B("see " CITE("t") " <fo:footnote><fo:inline>1</fo:inline>"
                        "<fo:footnote-body>" B(
                            "note " CITE("t")) "</fo:footnote-body>"
                                               "</fo:footnote>")},
    {"in a cell that is as wide as its text", "",
     "<fo:table><fo:table-column "
     "column-width=\"proportional-column-width(1)\"/>"
     "<fo:table-body><fo:table-cell>" B(
         "see " CITE("t")) "</fo:table-cell></fo:table-body></fo:table>"},
    {"in a container in the line", "",
     B("a <fo:inline-container width=\"40pt\">" B(
         "see " CITE("t")) "</fo:inline-container>")},
    {"head with all pages", B("<fo:page-number/> / " LAST("end")), ""},
    {"head with a marker",
     B("<fo:retrieve-marker "
       "retrieve-class-name=\"m\"/>" LAST("end")),
     "<fo:block><fo:marker marker-class-name=\"m\">x" CITE(
         "t") "</fo:marker>x</fo:block>"},
};

/* Pages that were kept from a pass, with their citations set again, are those
 * that another pass makes; whether a line keeps its height or not (the flow
 * is ever narrower). */
static void
kept_pages(void **state)
{
    const bn_layout_options kept = {
        .fonts = fonts, .images = images, .base = "."};
    bn_layout_options anew = kept;

    (void)state;
    anew.keep_no_pages = 1;
    for (size_t i = 0; i < sizeof citing / sizeof citing[0]; i++)
        for (int indent = 200; indent < 290; indent += 3) {
            bn_buf b = {0};
            result r1, r2;

            print_message("%s, indent %d\n", citing[i].name, indent);
            bn_buf_addf(&b,
                        "<fo:page-sequence master-reference=\"m\" id=\"end\" "
                        "initial-page-number=\"998\"><fo:static-content "
                        "flow-name=\"xsl-region-before\">%s"
                        "</fo:static-content><fo:flow "
                        "flow-name=\"xsl-region-body\" end-indent=\"%dpt\">%s"
                        "%s" LINES5 "<fo:block id=\"t\">t</fo:block>"
                        "</fo:flow></fo:page-sequence>",
                        citing[i].head, indent, citing[i].flow, LINES5);
            lay_out_by(&kept, HEAD, b.p, &r1);
            lay_out_by(&anew, HEAD, b.p, &r2);
            assert_int_equal(r1.code, r2.code);
            assert_string_equal(r1.dump.p, r2.dump.p);
            assert_int_equal(number_of_messages(&r1.msgs),
                             number_of_messages(&r2.msgs));
            done(&r1);
            done(&r2);
            bn_buf_free(&b);
        }
}

static int
set_up(void **state)
{
    bn_err err = {0};
    bn_msgs msgs = {0};

    (void)state;
    source = bn_source_new();
    if (bn_source_add_root(source, ".", &err) ||
        bn_fonts_open(source, "fonts/fonts.xml", &fonts, &msgs))
        return 1;
    images = bn_images_new(source, fonts);
    bn_msgs_free(&msgs);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    bn_images_free(images);
    bn_fonts_free(fonts);
    bn_source_free(source);
    bn_text_shutdown();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_breaks),
        cmocka_unit_test(area_traits),
        cmocka_unit_test(masters_by_position),
        cmocka_unit_test(running_heads),
        cmocka_unit_test(page_numbers),
        cmocka_unit_test(messages),
        cmocka_unit_test(bad_input),
        cmocka_unit_test(deep_nesting),
        cmocka_unit_test(large_table),
        cmocka_unit_test(last_page_number),
        cmocka_unit_test(no_pages),
        cmocka_unit_test(notes_are_quiet),
        cmocka_unit_test(no_endless_pages),
        cmocka_unit_test(deterministic),
        cmocka_unit_test(kept_pages),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
