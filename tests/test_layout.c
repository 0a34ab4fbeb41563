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
#define LINES5 B("l1") B("l2") B("l3") B("l4") B("l5")

static void
lay_out(const char *masters, const char *sequences, result *r)
{
    const bn_layout_options o = {fonts, images, ".", 0};
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
    r->code = bn_layout(tree, &o, &sink, &r->msgs);
    bn_area_dump_free(&sink);
    bn_fo_free(tree);
    bn_tree_free(doc);
    bn_buf_free(&fo);
    if (r->dump.p == NULL)
        bn_buf_adds(&r->dump, "");
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
     LINES5 B("x"), BN_EMASTER, BN_EMASTER},
    {"a citation of nothing", ONE,
     "<fo:block><fo:page-number-citation ref-id=\"none\"/></fo:block>", BN_OK,
     BN_WREF},
    {"a body of another name",
     MASTER("m", "72pt", "<fo:region-body region-name=\"b\"/>"), B("x"), BN_OK,
     BN_WFLOWNAME},
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
        cmocka_unit_test(notes_are_quiet),
        cmocka_unit_test(no_endless_pages),
        cmocka_unit_test(deterministic),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
