#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "fo/fo.h"

/* One document built from the inside of a flow; {} is an empty prelude. */
typedef struct made {
    bn_source *source;
    bn_tree *doc;
    bn_fo_tree *tree;
    bn_msgs msgs;
    bn_code code;
} made;

#define FO_ROOT                                                                \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'"                    \
    " xmlns:axf='http://www.antennahouse.com/names/XSL/Extensions'"            \
    " xmlns:fox='http://xmlgraphics.apache.org/fop/extensions'"                \
    " xmlns:bn='urn:bunsho:functions'>"                                        \
    "<fo:layout-master-set><fo:simple-page-master master-name='m'"             \
    " page-width='210mm' page-height='297mm'>"                                 \
    "<fo:region-body writing-mode='tb-rl'/></fo:simple-page-master>"           \
    "</fo:layout-master-set>"

static made
build(const char *xml, bool strict)
{
    made m = {.source = bn_source_new()};

    m.code = bn_xml_parse(m.source, "t.fo", xml, strlen(xml), BN_XML_PLAIN,
                          &m.doc, &m.msgs);
    assert_int_equal(m.code, BN_OK);
    m.code = bn_fo_build(m.doc, strict, &m.tree, &m.msgs);
    return m;
}

static made
build_flow(const char *flow, bool strict)
{
    bn_buf xml = {0};
    made m;

    bn_buf_adds(&xml, FO_ROOT "<fo:page-sequence master-reference='m'"
                              " writing-mode='lr-tb'>"
                              "<fo:flow flow-name='xsl-region-body'>");
    bn_buf_adds(&xml, flow);
    bn_buf_adds(&xml, "</fo:flow></fo:page-sequence></fo:root>");
    m = build(xml.p, strict);
    bn_buf_free(&xml);
    return m;
}

static void
unmake(made *m)
{
    if (m->code == BN_OK)
        bn_fo_free(m->tree);
    bn_tree_free(m->doc);
    bn_source_free(m->source);
    bn_msgs_free(&m->msgs);
}

/* The first object with id='x', in document order. */
static const bn_fo *
find(const bn_fo *fo, const char *id)
{
    for (; fo; fo = fo->next) {
        const char *own = bn_fo_string(fo, BN_P_ID);
        const bn_fo *in;

        if (own && strcmp(own, id) == 0)
            return fo;
        in = find(fo->first, id);
        if (in)
            return in;
    }
    return NULL;
}

static void
value_text(const bn_fo *fo, bn_prop p, char *out, size_t n)
{
    const bn_value *v = bn_fo_get(fo, p);

    switch (v->kind) {
    case BN_V_LENGTH:
        if (v->percent)
            snprintf(out, n, "%d%%%+d", v->percent, v->len);
        else
            snprintf(out, n, "%d", v->len);
        break;
    case BN_V_NUMBER:
        snprintf(out, n, "n%lld", (long long)v->number);
        break;
    case BN_V_COLUMN:
        snprintf(out, n, "c%lld", (long long)v->number);
        break;
    case BN_V_STRING:
        snprintf(out, n, "'%s'", v->string);
        break;
    case BN_V_COLOR:
        snprintf(out, n, "#%08x", (unsigned)v->color);
        break;
    default:
        snprintf(out, n, "k%d", v->keyword == BN_K_UNKNOWN ? 0 : 1);
    }
}

/* -------------------------------------------------------------- values */

static const struct {
    const char *flow;
    bn_prop p;
    const char *want; /* of the object with id x; see value_text */
} values[] = {
    /* units; parts of a millipoint are cut off */
    {"<fo:block id='x' text-indent='25.4mm'/>", BN_P_TEXT_INDENT, "72000"},
    {"<fo:block id='x' text-indent='1mm'/>", BN_P_TEXT_INDENT, "2834"},
    {"<fo:block id='x' text-indent='-.5in'/>", BN_P_TEXT_INDENT, "-36000"},
    {"<fo:block id='x' font-size='10pt' text-indent='2em'/>", BN_P_TEXT_INDENT,
     "20000"},
    /* em of font-size itself is the parent's */
    {"<fo:block font-size='20pt'><fo:block id='x' font-size='1.5em'/>"
     "</fo:block>",
     BN_P_FONT_SIZE, "30000"},
    {"<fo:block font-size='20pt'><fo:block id='x' font-size='80%'/>"
     "</fo:block>",
     BN_P_FONT_SIZE, "16000"},
    {"<fo:block font-size='24pt'><fo:block id='x' font-size='smaller'/>"
     "</fo:block>",
     BN_P_FONT_SIZE, "20736"},
    /* order of attributes does not matter for em */
    {"<fo:block id='x' text-indent='1em' font='bold 9pt/1.5 A, \"B C\"'/>",
     BN_P_TEXT_INDENT, "9000"},
    {"<fo:block id='x' font='bold 9pt/1.5 A, \"B C\"'/>", BN_P_FONT_FAMILY,
     "'A,B C'"},
    {"<fo:block id='x' font='bold 9pt/1.5 A, \"B C\"'/>", BN_P_FONT_WEIGHT,
     "n700000000"},
    {"<fo:block id='x' font='bold 9pt/1.5 A, \"B C\"'/>", BN_P_LINE_HEIGHT,
     "n1500000"},
    /* arithmetic as real stylesheets write it */
    {"<fo:block id='x' text-indent='50% - 1mm'/>", BN_P_TEXT_INDENT,
     "500000%-2834"},
    {"<fo:block id='x' text-indent='4in div 12'/>", BN_P_TEXT_INDENT, "24000"},
    {"<fo:block id='x' text-indent='-1 * 3pt'/>", BN_P_TEXT_INDENT, "-3000"},
    {"<fo:block id='x' text-indent='(1pt + 2pt) * 3'/>", BN_P_TEXT_INDENT,
     "9000"},
    {"<fo:block id='x' text-indent='7pt mod 4pt'/>", BN_P_TEXT_INDENT, "3000"},
    {"<fo:block id='x' text-indent='max(1pt, 2mm)'/>", BN_P_TEXT_INDENT,
     "5669"},
    {"<fo:block id='x' text-indent='abs(-3pt)'/>", BN_P_TEXT_INDENT, "3000"},
    {"<fo:block id='x' widows='round(2.5)'/>", BN_P_WIDOWS, "n3000000"},
    /* halves go up, also below zero; the sign of a percentage goes, too */
    {"<fo:block id='x' text-indent='round(-2.5) * 1pt'/>", BN_P_TEXT_INDENT,
     "-2000"},
    {"<fo:block id='x' text-indent='abs(-10%)'/>", BN_P_TEXT_INDENT,
     "100000%+0"},
    /* colours */
    {"<fo:block id='x' color='#abc'/>", BN_P_COLOR, "#ffaabbcc"},
    {"<fo:block id='x' color='rgb(255, 50%, 0)'/>", BN_P_COLOR, "#ffff8000"},
    {"<fo:block id='x' color='navy'/>", BN_P_COLOR, "#ff000080"},
    {"<fo:block id='x' color='rgb-icc(1,2,3,#CMYK,0,0,0,1)'/>", BN_P_COLOR,
     "#ff010203"},
    {"<fo:block id='x' color='cmyk(0,1,1,0)'/>", BN_P_COLOR, "#ffff0000"},
    {"<fo:block id='x' background-color='transparent'/>", BN_P_BACKGROUND_COLOR,
     "#00000000"},
    /* functions on other objects */
    {"<fo:block text-indent='3pt'><fo:block>"
     "<fo:block id='x' text-indent='inherited-property-value(text-indent) + "
     "1pt'/></fo:block></fo:block>",
     BN_P_TEXT_INDENT, "4000"},
    {"<fo:block padding-before='3pt'>"
     "<fo:block id='x' padding-after='from-parent(padding-before)'/>"
     "</fo:block>",
     BN_P_PADDING_AFTER, "3000"},
    {"<fo:block padding-before='3pt'><fo:block>"
     "<fo:block id='x' padding-before='from-nearest-specified-value()'/>"
     "</fo:block></fo:block>",
     BN_P_PADDING_BEFORE, "3000"},
    {"<fo:table><fo:table-column column-width='proportional-column-width(2)'"
     " id='x'/><fo:table-body/></fo:table>",
     BN_P_COLUMN_WIDTH, "c2000000"},
    /* second row: the first column is taken by a span */
    {"<fo:table><fo:table-column text-align='center'/>"
     "<fo:table-column text-align='end' text-indent='7pt'/><fo:table-body>"
     "<fo:table-row><fo:table-cell number-rows-spanned='2'/>"
     "<fo:table-cell/></fo:table-row>"
     "<fo:table-row><fo:table-cell id='x'"
     " text-indent='from-table-column(text-indent)'/></fo:table-row>"
     "</fo:table-body></fo:table>",
     BN_P_TEXT_INDENT, "7000"},
    /* a column has no column of its own to ask */
    {"<fo:table><fo:table-column id='x' text-indent="
     "'from-table-column(text-indent)'/><fo:table-body/></fo:table>",
     BN_P_TEXT_INDENT, "0"},
    /* list functions are exact without layout */
    {"<fo:list-block start-indent='10pt'"
     " provisional-distance-between-starts='30pt'"
     " provisional-label-separation='5pt'><fo:list-item>"
     "<fo:list-item-label id='x' end-indent='label-end()'><fo:block/>"
     "</fo:list-item-label><fo:list-item-body"
     " start-indent='body-start()'><fo:block/></fo:list-item-body>"
     "</fo:list-item></fo:list-block>",
     BN_P_END_INDENT, "1000000%-35000"},
    {"<fo:list-block start-indent='10pt'"
     " provisional-distance-between-starts='30pt'><fo:list-item>"
     "<fo:list-item-label><fo:block/></fo:list-item-label>"
     "<fo:list-item-body id='x' start-indent='body-start() + 1pt'>"
     "<fo:block/></fo:list-item-body></fo:list-item></fo:list-block>",
     BN_P_START_INDENT, "41000"},
    /* shorthands: the more exact wins in any order, physical over logical */
    {"<fo:block id='x' border-before-width='3pt' border='1pt solid red'/>",
     BN_P_BORDER_BEFORE_WIDTH, "3000"},
    {"<fo:block id='x' border-top-width='2pt' border-before-width='3pt'"
     " border-style='solid'/>",
     BN_P_BORDER_BEFORE_WIDTH, "2000"},
    {"<fo:block id='x' border='1pt solid red'/>", BN_P_BORDER_END_COLOR,
     "#ffff0000"},
    {"<fo:block id='x' border-style='solid'/>", BN_P_BORDER_END_WIDTH, "1000"},
    {"<fo:block id='x' border-width='4pt'/>", BN_P_BORDER_END_WIDTH, "0"},
    /* font begins with the initial values of all that it sets (7.31.13) */
    {"<fo:block font-weight='bold' line-height='30pt'>"
     "<fo:block id='x' font='12pt serif'/></fo:block>",
     BN_P_FONT_WEIGHT, "n400000000"},
    {"<fo:block font-weight='bold' line-height='30pt'>"
     "<fo:block id='x' font='12pt serif'/></fo:block>",
     BN_P_LINE_HEIGHT, "k1"},
    {"<fo:block font='bold 9pt A'><fo:block font='7pt B'>"
     "<fo:block id='x' font='inherit' font-style='italic'/></fo:block>"
     "</fo:block>",
     BN_P_FONT_FAMILY, "'B'"},
    {"<fo:block font='bold 9pt A'><fo:block id='x' font='menu'/></fo:block>",
     BN_P_FONT_FAMILY, "'sans-serif'"},
    {"<fo:block background='red'><fo:block id='x' background='inherit'/>"
     "</fo:block>",
     BN_P_BACKGROUND_COLOR, "#ffff0000"},
    {"<fo:block id='x' background-position-horizontal='center'/>",
     BN_P_BACKGROUND_POSITION_HORIZONTAL, "500000%+0"},
    {"<fo:block id='x' xml:lang='zh-Hant-TW'/>", BN_P_SCRIPT, "'Hant'"},
    {"<fo:block id='x' xml:lang='zh-Hant-TW'/>", BN_P_COUNTRY, "'TW'"},
    {"<fo:block-container id='x' reference-orientation='-270'><fo:block/>"
     "</fo:block-container>",
     BN_P_REFERENCE_ORIENTATION, "n-270000000"},
    {"<fo:block id='x' padding='1pt 2pt 3pt'/>", BN_P_PADDING_AFTER, "3000"},
    {"<fo:block id='x' padding='1pt 2pt 3pt'/>", BN_P_PADDING_START, "2000"},
    {"<fo:block id='x' space-before='6pt' space-before.maximum='9pt'/>",
     BN_P_SPACE_BEFORE_MINIMUM, "6000"},
    {"<fo:block id='x' space-before.maximum='9pt' space-before='6pt'/>",
     BN_P_SPACE_BEFORE_MAXIMUM, "9000"},
    {"<fo:block id='x' margin-top='4pt' space-before='6pt'/>",
     BN_P_SPACE_BEFORE_OPTIMUM, "4000"},
    {"<fo:block id='x' margin='4pt' space-before='6pt'/>",
     BN_P_SPACE_BEFORE_OPTIMUM, "6000"},
    {"<fo:block-container id='x' width='50%'><fo:block/>"
     "</fo:block-container>",
     BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, "500000%+0"},
    {"<fo:block id='x' background-position='top right'/>",
     BN_P_BACKGROUND_POSITION_HORIZONTAL, "1000000%+0"},
    {"<fo:external-graphic src='a'/>", BN_P_SRC, NULL}, /* not in a flow */
    {"<fo:block><fo:external-graphic id='x' src='url( \"a b.png\" )'/>"
     "</fo:block>",
     BN_P_SRC, "'a b.png'"},
    {"<fo:block id='x' xml:lang='ja-JP'/>", BN_P_COUNTRY, "'JP'"},
    {"<fo:block id='x' line-height='150%' font-size='10pt'/>", BN_P_LINE_HEIGHT,
     "15000"},
    {"<fo:block color='red' text-decoration='underline'>"
     "<fo:inline id='x' color='blue'/></fo:block>",
     BN_P_TEXT_UNDERLINE, "#ffff0000"},
    {"<fo:block id='x' axf:punctuation-trim='start adjacent'/>",
     BN_P_AXF_PUNCTUATION_TRIM, "'start adjacent'"},
    {"<fo:block id='x' fox:border-before-start-radius='3pt'/>",
     BN_P_FOX_BORDER_BEFORE_START_RADIUS, "3000"},
    /* writing modes: the top is where lines start in tb-rl */
    {"<fo:block-container writing-mode='tb-rl'>"
     "<fo:block id='x' padding-top='3pt'/></fo:block-container>",
     BN_P_PADDING_START, "3000"},
    {"<fo:block-container writing-mode='rl-tb'>"
     "<fo:block id='x' padding-left='3pt'/></fo:block-container>",
     BN_P_PADDING_END, "3000"},
    {"<fo:block-container writing-mode='tb-rl'>"
     "<fo:block-container id='x' height='30pt'><fo:block/>"
     "</fo:block-container></fo:block-container>",
     BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, "30000"},
    /* angles of vertical glyphs as layout asks for them */
    {"<fo:block id='x' glyph-orientation-vertical='0deg'/>",
     BN_P_AXF_TEXT_ORIENTATION, "k1"},
    {"<fo:block id='x' glyph-orientation-vertical='0deg'"
     " axf:text-orientation='a'/>",
     BN_P_AXF_TEXT_ORIENTATION, "'a'"},
    /* a container's own box stands in its parent's writing mode */
    {"<fo:block-container id='x' writing-mode='tb-rl' height='30pt'>"
     "<fo:block/></fo:block-container>",
     BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, "30000"},
    {"<fo:block-container id='x' writing-mode='tb-rl' padding-left='3pt'>"
     "<fo:block/></fo:block-container>",
     BN_P_PADDING_START, "3000"},
    /* a table has its own, and begins at its own edge */
    {"<fo:block start-indent='9pt'>"
     "<fo:table id='x' writing-mode='tb-rl' height='30pt'><fo:table-body>"
     "<fo:table-cell><fo:block/></fo:table-cell></fo:table-body></fo:table>"
     "</fo:block>",
     BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, "30000"},
    {"<fo:block start-indent='9pt'>"
     "<fo:table id='x' writing-mode='tb-rl'><fo:table-body>"
     "<fo:table-cell><fo:block/></fo:table-cell></fo:table-body></fo:table>"
     "</fo:block>",
     BN_P_START_INDENT, "0"},
    {"<fo:block start-indent='9pt'>"
     "<fo:table id='x'><fo:table-body>"
     "<fo:table-cell><fo:block/></fo:table-cell></fo:table-body></fo:table>"
     "</fo:block>",
     BN_P_START_INDENT, "9000"},
};

static void
values_are_computed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        made m = build_flow(values[i].flow, false);
        const bn_fo *fo;
        char got[100] = "";

        print_message("%s\n", values[i].flow);
        assert_int_equal(m.code, BN_OK);
        fo = find(m.tree->root, "x");
        if (values[i].want == NULL) {
            assert_null(fo);
        } else {
            assert_non_null(fo);
            value_text(fo, values[i].p, got, sizeof got);
            assert_string_equal(got, values[i].want);
            assert_int_equal(m.msgs.count[BN_WARNING], 0);
        }
        unmake(&m);
    }
}

static void
bad_values_warn_once_and_have_no_effect(void **state)
{
    static const char *const flows[] = {
        "<fo:block id='x' text-indent='3ptt'/><fo:block text-indent='3ptt'/>",
        "<fo:block id='x' text-indent='3pt +'/>",
        "<fo:block id='x' text-indent='2pt * 3pt'/>",
        "<fo:block id='x' text-indent='1pt div 0'/>",
        "<fo:block id='x' text-indent='floor(2.5pt)'/>", /* of which unit? */
        "<fo:block id='x' text-indent='min(10%, 20pt)'/>", /* not known yet */
        "<fo:block id='x' text-indent='auto'/>", /* no word of this one */
        "<fo:block id='x' text-indent='no-such()'/>",
        "<fo:block id='x' text-indent='label-end()'/>", /* no list round it */
        "<fo:block id='x'/><fo:list-block><fo:list-item"
        " text-indent='body-start()'/></fo:list-block>", /* nor the item */
        "<fo:block id='x' text-indent='((((((((((((((((((((((((((((((((((((("
        "(((1pt))))))))))))))))))))))))))))))))))))))))'/>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        made m = build_flow(flows[i], false);

        print_message("%s\n", flows[i]);
        assert_int_equal(m.code, BN_OK);
        assert_int_equal(m.msgs.count[BN_WARNING], 1);
        assert_true(bn_msgs_has(&m.msgs, BN_WFOVALUE, "text-indent"));
        assert_int_equal(
            bn_fo_len(find(m.tree->root, "x"), BN_P_TEXT_INDENT, 0), 0);
        unmake(&m);
    }
}

static void
words_are_those_of_the_property(void **state)
{
    made m = build_flow("<fo:block id='x' text-align='right'"
                        " font-style='bold' break-before='all'/>",
                        true);
    const bn_fo *x;

    (void)state;
    assert_int_equal(m.code, BN_OK);
    x = find(m.tree->root, "x");
    assert_true(bn_fo_is(x, BN_P_TEXT_ALIGN, BN_K_END));
    assert_true(bn_fo_is(x, BN_P_FONT_STYLE, BN_K_NORMAL));
    assert_int_equal(m.msgs.count[BN_WARNING], 2);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOVALUE, "font-style"));
    assert_true(bn_msgs_has(&m.msgs, BN_WFOVALUE, "break-before"));
    unmake(&m);
}

/* Attribute values that XSL 1.1 does not allow: the property keeps the value
 * that it has without them. */
static void
values_stay_within_their_property(void **state)
{
    static const struct {
        const char *attribute;
        bn_prop p;
    } rows[] = {
        {"padding-before='-1pt'", BN_P_PADDING_BEFORE},
        {"width='-50%'", BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM},
        {"letter-spacing='10%'", BN_P_LETTER_SPACING_OPTIMUM},
        {"reference-orientation='45'", BN_P_REFERENCE_ORIENTATION},
        {"reference-orientation='450'", BN_P_REFERENCE_ORIENTATION},
        {"background-position-vertical='left'",
         BN_P_BACKGROUND_POSITION_VERTICAL},
        {"color='auto'", BN_P_COLOR},
        {"font-stretch='wide'", BN_P_FONT_STRETCH},
        {"font='12pt'", BN_P_FONT_SIZE},
        {"rule-thickness='-1pt'", BN_P_RULE_THICKNESS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char flow[120];
        made m;

        print_message("%s\n", rows[i].attribute);
        snprintf(flow, sizeof flow, "<fo:block id='x' %s/><fo:block id='y'/>",
                 rows[i].attribute);
        m = build_flow(flow, true);
        assert_int_equal(m.code, BN_OK);
        assert_int_equal(m.msgs.count[BN_WARNING], 1);
        assert_true(bn_msgs_has(&m.msgs, BN_WFOVALUE, NULL));
        assert_memory_equal(bn_fo_get(find(m.tree->root, "x"), rows[i].p),
                            bn_fo_get(find(m.tree->root, "y"), rows[i].p),
                            sizeof(bn_value));
        unmake(&m);
    }
}

static void
angles_of_vertical_glyphs(void **state)
{
    made m = build_flow("<fo:block id='x' glyph-orientation-vertical='0'/>"
                        "<fo:block id='y' glyph-orientation-vertical='90deg'/>"
                        "<fo:block id='z' glyph-orientation-vertical='auto'/>",
                        true);
    const bn_fo *root = m.tree->root;

    (void)state;
    assert_int_equal(m.msgs.count[BN_WARNING], 0);
    assert_true(
        bn_fo_is(find(root, "x"), BN_P_AXF_TEXT_ORIENTATION, BN_K_UPRIGHT));
    assert_true(
        bn_fo_is(find(root, "y"), BN_P_AXF_TEXT_ORIENTATION, BN_K_SIDEWAYS));
    assert_true(
        bn_fo_is(find(root, "z"), BN_P_AXF_TEXT_ORIENTATION, BN_K_MIXED));
    unmake(&m);
    m = build_flow("<fo:block glyph-orientation-vertical='180deg'/>", true);
    assert_true(
        bn_msgs_has(&m.msgs, BN_WFOIGNORED, "glyph-orientation-vertical"));
    unmake(&m);
}

static void
counts_are_at_least_one(void **state)
{
    made m = build_flow("<fo:block id='x' orphans='0' widows='-3'/>", true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_int_equal(bn_fo_int(find(m.tree->root, "x"), BN_P_ORPHANS), 1);
    assert_int_equal(bn_fo_int(find(m.tree->root, "x"), BN_P_WIDOWS), 1);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOSMALL, "orphans"));
    assert_true(bn_msgs_has(&m.msgs, BN_WFOSMALL, "widows"));
    unmake(&m);
}

/* ------------------------------------------------------------- indents */

static const struct {
    const char *flow;
    bn_len start, end; /* of x in a reference area of 100 pt */
} indents[] = {
    {"<fo:block id='x' start-indent='10pt'/>", 10000, 0},
    {"<fo:block id='x' margin-left='10pt'/>", 10000, 0},
    /* without a margin borders and padding hang out (XSL 1.1 5.3.2) */
    {"<fo:block id='x' padding='5pt' border='1pt solid'/>", 0, 0},
    {"<fo:block id='x' padding='5pt' border='1pt solid' margin='0'/>", 6000,
     6000},
    {"<fo:block margin-left='10pt'><fo:block id='x' margin-left='5pt'/>"
     "</fo:block>",
     15000, 0},
    {"<fo:block start-indent='10pt'><fo:block id='x'/></fo:block>", 10000, 0},
    {"<fo:block id='x' margin-left='10%' end-indent='20%'/>", 10000, 20000},
    /* an indent stands against margin, margin-left against an indent */
    {"<fo:block id='x' margin='10pt' start-indent='3pt'/>", 3000, 10000},
    {"<fo:block id='x' margin-left='10pt' start-indent='3pt'/>", 10000, 0},
    /* a reference area begins at its own edge, but passes indents on */
    {"<fo:block margin-left='10pt'><fo:block-container id='x'"
     " margin-left='5pt'><fo:block/></fo:block-container></fo:block>",
     5000, 0},
    {"<fo:block start-indent='10pt'><fo:block-container><fo:block id='x'/>"
     "</fo:block-container></fo:block>",
     10000, 0},
};

static void
indents_follow_5_3_2(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof indents / sizeof indents[0]; i++) {
        made m = build_flow(indents[i].flow, true);
        bn_len start, end;

        print_message("%s\n", indents[i].flow);
        assert_int_equal(m.code, BN_OK);
        bn_fo_indents(find(m.tree->root, "x"), 100000, &start, &end);
        assert_int_equal(start, indents[i].start);
        assert_int_equal(end, indents[i].end);
        unmake(&m);
    }
}

/* --------------------------------------------------------- white space */

/* All text below an object; a child border is '|'. */
static void
all_text(const bn_fo *fo, bn_buf *out)
{
    for (const bn_fo *c = fo->first; c; c = c->next)
        if (c->type == BN_FO_TEXT) {
            bn_buf_add(out, c->text, c->nbytes);
        } else if (c->type == BN_FO_CHARACTER) {
            bn_buf_adds(out, bn_fo_string(c, BN_P_CHARACTER));
        } else {
            bn_buf_addc(out, '|');
            all_text(c, out);
            bn_buf_addc(out, '|');
        }
}

static const struct {
    const char *flow, *want; /* of x */
} spaces[] = {
    {"<fo:block id='x'>  a \n  b  </fo:block>", "a b"},
    {"<fo:block id='x'> a <fo:inline> b </fo:inline> c </fo:block>", "a | b | c"},
    {"<fo:block id='x'>a<fo:inline> </fo:inline> b</fo:block>", "a| | b"},
    {"<fo:block id='x'>a <fo:block> b </fo:block> c</fo:block>", "a|b|c"},
    {"<fo:block id='x'>a <fo:page-number/> b</fo:block>", "a || b"},
    {"<fo:block id='x'> <fo:inline> </fo:inline> </fo:block>", "||"},
    {"<fo:block id='x' white-space-collapse='false'> a  b </fo:block>", "a  b"},
    {"<fo:block id='x' white-space-collapse='false'"
     " white-space-treatment='preserve'> a  b </fo:block>",
     " a  b "},
    {"<fo:block id='x' linefeed-treatment='preserve'>a \n b</fo:block>",
     "a\nb"},
    {"<fo:block id='x' linefeed-treatment='ignore'>a\nb</fo:block>", "ab"},
    {"<fo:block id='x' linefeed-treatment='treat-as-zero-width-space'>a\nb"
     "</fo:block>",
     "a\xE2\x80\x8B"
     "b"},
    {"<fo:block id='x' white-space='pre'> a\n  b </fo:block>", " a\n  b "},
    {"<fo:block id='x'>a<fo:character character=' '/></fo:block>", "a"},
    {"<fo:block id='x'>a&#xA0; b</fo:block>", "a\xC2\xA0 b"},
    /* a newline between two Japanese characters is no space in Japanese */
    {"<fo:block id='x' xml:lang='ja'>文\n   書</fo:block>", "文書"},
    {"<fo:block id='x' xml:lang='ja'>文。\n（書）</fo:block>", "文。（書）"},
    {"<fo:block id='x' xml:lang='ja'>文<fo:inline>\n書</fo:inline>"
     "</fo:block>",
     "文|書|"},
    {"<fo:block id='x' xml:lang='ja'>文 書</fo:block>", "文 書"},
    {"<fo:block id='x' xml:lang='ja'>文\nabc</fo:block>", "文 abc"},
    {"<fo:block id='x' xml:lang='en'>文\n書</fo:block>", "文 書"},
    /* text-transform, words across inline borders */
    {"<fo:block id='x' text-transform='uppercase'>aé1ж</fo:block>", "AÉ1Ж"},
    {"<fo:block id='x' text-transform='capitalize'>ab c<fo:inline>d"
     "</fo:inline>e fg</fo:block>",
     "Ab C|d|e Fg"},
    /* blocks only: white space is no content */
    {"<fo:block-container id='x'>  <fo:block>a</fo:block>\n"
     "</fo:block-container>",
     "|a|"},
};

static void
white_space_is_settled_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        made m = build_flow(spaces[i].flow, true);
        bn_buf got = {0};

        print_message("%s\n", spaces[i].flow);
        assert_int_equal(m.code, BN_OK);
        bn_buf_adds(&got, "");
        all_text(find(m.tree->root, "x"), &got);
        bn_buf_addc(&got, '$');
        got.p[--got.len] = '\0';
        assert_string_equal(got.p, spaces[i].want);
        bn_buf_free(&got);
        unmake(&m);
    }
}

/* ---------------------------------------------------------- validation */

static const struct {
    const char *xml;
    bn_code strict, lenient; /* error, warning */
    const char *arg;
} faults[] = {
    {FO_ROOT "<fo:block/></fo:root>", BN_EFOCHILD, BN_WFOCHILD, "block"},
    {FO_ROOT "<fo:page-sequence master-reference='m'><fo:flow"
             " flow-name='xsl-region-body'><fo:inline/></fo:flow>"
             "</fo:page-sequence></fo:root>",
     BN_EFOCHILD, BN_WFOCHILD, "inline"},
    {FO_ROOT "<fo:page-sequence master-reference='m'><fo:flow"
             " flow-name='f'><fo:blok/></fo:flow></fo:page-sequence>"
             "</fo:root>",
     BN_EFOOBJECT, BN_WFOOBJECT, "blok"},
    {FO_ROOT "<fo:page-sequence master-reference='m'><fo:flow/>"
             "</fo:page-sequence></fo:root>",
     BN_EFOATTR, BN_WFOATTR, "flow"},
    {FO_ROOT "<fo:page-sequence master-reference='m'><fo:flow"
             " flow-name='f'><fo:block id='a'/><fo:block id='a'/></fo:flow>"
             "</fo:page-sequence></fo:root>",
     BN_EFOID, BN_WFOID, "a"},
    {FO_ROOT "<fo:page-sequence master-reference='n'><fo:flow"
             " flow-name='f'><fo:block/></fo:flow></fo:page-sequence>"
             "</fo:root>",
     BN_EFOMASTER, BN_EFOMASTER, "n"},
    {"<html/>", BN_EFOROOT, BN_EFOROOT, "html"},
};

static void
faults_are_errors_or_warnings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        made m = build(faults[i].xml, true);
        const bool always = faults[i].strict == faults[i].lenient;

        print_message("%s\n", faults[i].xml);
        assert_int_equal(m.code, faults[i].strict);
        assert_true(bn_msgs_has(&m.msgs, faults[i].strict, faults[i].arg));
        assert_true(m.msgs.first->err.loc.place != 0);
        unmake(&m);
        m = build(faults[i].xml, false);
        assert_int_equal(m.code, always ? faults[i].strict : BN_OK);
        assert_true(bn_msgs_has(&m.msgs, faults[i].lenient, faults[i].arg));
        unmake(&m);
    }
}

/* Order and number of children, where validation is strict; what is there is
 * read all the same where it is not. */
static void
content_models_are_held_strictly(void **state)
{
    static const struct {
        const char *flow;
        bn_code code;
        const char *arg;
    } rows[] = {
        {"<fo:table><fo:table-body><fo:table-row><fo:table-cell><fo:block/>"
         "</fo:table-cell></fo:table-row></fo:table-body><fo:table-footer>"
         "<fo:table-row><fo:table-cell><fo:block/></fo:table-cell>"
         "</fo:table-row></fo:table-footer></fo:table>",
         BN_EFOORDER, "table-footer"},
        {"<fo:block><fo:initial-property-set/><fo:initial-property-set/>"
         "</fo:block>",
         BN_EFOTWICE, "initial-property-set"},
        {"<fo:list-block/>", BN_EFOCONTENT, "list-block"},
        {"<fo:table><fo:table-body/></fo:table>", BN_EFOCONTENT, "table-body"},
        {"<fo:block><fo:footnote><fo:inline/></fo:footnote></fo:block>",
         BN_EFOCONTENT, "footnote"},
        {"<fo:block><fo:leader><fo:leader/></fo:leader></fo:block>",
         BN_EFOCHILD, "leader"},
        {"<fo:block><fo:retrieve-marker retrieve-class-name='c'/></fo:block>",
         BN_EFOCHILD, "retrieve-marker"},
        {"<fo:table><fo:table-body><fo:table-cell><fo:block/>"
         "</fo:table-cell><fo:table-row><fo:table-cell><fo:block/>"
         "</fo:table-cell></fo:table-row></fo:table-body></fo:table>",
         BN_EFOCHILD, "table-row"},
        {"<fo:block><fo:basic-link>x</fo:basic-link></fo:block>", BN_EFOATTR,
         "basic-link"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        made m = build_flow(rows[i].flow, true);

        print_message("%s\n", rows[i].flow);
        assert_int_equal(m.code, rows[i].code);
        assert_true(bn_msgs_has(&m.msgs, rows[i].code, rows[i].arg));
        assert_true(m.msgs.first->err.loc.place != 0);
        unmake(&m);
        m = build_flow(rows[i].flow, false);
        assert_int_equal(m.code, BN_OK);
        unmake(&m);
    }
}

static void
known_properties_without_effect_warn_once(void **state)
{
    made m = build_flow("<fo:block axf:ruby-condense='50%'/>"
                        "<fo:block axf:ruby-condense='10%'/>",
                        true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_int_equal(m.msgs.count[BN_WARNING], 1);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOIGNORED, "axf:ruby-condense"));
    unmake(&m);
    m = build_flow("<fo:block z-index='auto'/><fo:block z-index='1'/>"
                   "<fo:block z-index='2'/>",
                   true);
    assert_int_equal(m.code, BN_OK);
    assert_int_equal(m.msgs.count[BN_WARNING], 1);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOIGNORED, "z-index"));
    assert_true(m.msgs.first->err.loc.place != 0);
    unmake(&m);
}

/* What others put among ours: attributes may stand anywhere, elements are
 * told of. */
static void
foreign_elements_warn_once_a_kind(void **state)
{
    made m = build_flow("<fo:block xmlns:o='urn:other' o:y='2'>"
                        "<o:thing/><o:thing/><block xmlns=''/></fo:block>",
                        true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_int_equal(m.msgs.count[BN_WARNING], 2);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOOBJECT, "thing"));
    assert_true(bn_msgs_has(&m.msgs, BN_WFOOBJECT, "block"));
    unmake(&m);
}

static void
unknown_properties_warn_once_a_kind(void **state)
{
    made m = build_flow("<fo:block colour='red' bn:x='1' axf:nope='1'"
                        " xmlns:o='urn:other' o:y='2'/>"
                        "<fo:block colour='red'/>",
                        true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_int_equal(m.msgs.count[BN_WARNING], 3);
    assert_true(bn_msgs_has(&m.msgs, BN_WFOPROP, "colour"));
    assert_true(bn_msgs_has(&m.msgs, BN_WFOPROP, "axf:nope"));
    assert_true(bn_msgs_has(&m.msgs, BN_WFOPROP, "bn:x"));
    assert_true(m.msgs.first->err.loc.place != 0);
    unmake(&m);
}

/* ------------------------------------------------------ markers, places */

static const bn_fo *
first_of(const bn_fo *fo, bn_fo_type type)
{
    for (; fo; fo = fo->next) {
        const bn_fo *in;

        if (fo->type == type)
            return fo;
        in = first_of(fo->first, type);
        if (in)
            return in;
    }
    return NULL;
}

static void
markers_resolve_where_they_are_retrieved(void **state)
{
    made m = build(
        FO_ROOT
        "<fo:page-sequence master-reference='m'>"
        "<fo:static-content flow-name='h'><fo:block color='red'"
        " font-size='8pt'><fo:retrieve-marker retrieve-class-name='t'/>"
        "</fo:block></fo:static-content>"
        "<fo:flow flow-name='xsl-region-body'><fo:block color='blue'>"
        "<fo:marker marker-class-name='t'> a <fo:inline text-indent='1em'> b"
        "</fo:inline> </fo:marker>text</fo:block></fo:flow>"
        "</fo:page-sequence></fo:root>",
        true);
    const bn_fo *marker, *retrieve, *got;
    bn_buf text = {0};

    (void)state;
    assert_int_equal(m.code, BN_OK);
    marker = first_of(m.tree->root, BN_FO_MARKER);
    retrieve = first_of(m.tree->root, BN_FO_RETRIEVE_MARKER);
    assert_null(marker->first);
    got = bn_fo_retrieve(m.tree, marker, retrieve);
    assert_non_null(got);
    all_text(got, &text);
    assert_string_equal(text.p, "a | b|");
    bn_buf_free(&text);
    got = got->first->next;
    assert_int_equal(got->type, BN_FO_INLINE);
    assert_int_equal(bn_fo_color(got, BN_P_COLOR), 0xFFFF0000u);
    assert_int_equal(bn_fo_len(got, BN_P_TEXT_INDENT, 0), 8000);
    assert_ptr_equal(bn_fo_retrieve(m.tree, marker, retrieve),
                     bn_fo_retrieve(m.tree, marker, retrieve));
    unmake(&m);
}

static void
places_come_from_the_data(void **state)
{
    made m = build_flow("<fo:block bn:at='7.30'><fo:block id='x'>t"
                        "</fo:block></fo:block><fo:block id='y'/>",
                        true);
    const bn_fo *x, *y;

    (void)state;
    assert_int_equal(m.code, BN_OK);
    x = find(m.tree->root, "x");
    y = find(m.tree->root, "y");
    assert_true(x->parent->place == ((bn_place)7 << 32 | 30));
    assert_true(x->place == ((bn_place)7 << 32 | 30));
    assert_true(x->first->place == x->place);
    assert_true((y->place >> 32) == 1);
    unmake(&m);
}

static void
foreign_content_is_kept(void **state)
{
    made m = build_flow("<fo:block><fo:instream-foreign-object id='x'>"
                        "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/>"
                        "</s:svg></fo:instream-foreign-object></fo:block>",
                        true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_non_null(find(m.tree->root, "x")->foreign);
    unmake(&m);
}

static void
equal_objects_share_their_values(void **state)
{
    made m = build_flow("<fo:block><fo:block color='red' padding='1pt'/>"
                        "<fo:block color='red' padding='1pt'/></fo:block>",
                        true);
    const bn_fo *a;

    (void)state;
    assert_int_equal(m.code, BN_OK);
    a = first_of(m.tree->root, BN_FO_BLOCK)->first;
    assert_ptr_equal(a->inherited, a->next->inherited);
    assert_ptr_equal(a->own, a->next->own);
    assert_ptr_not_equal(a->inherited, a->parent->inherited);
    unmake(&m);
}

static void
regions_lend_their_writing_mode(void **state)
{
    made m = build_flow(
        "<fo:block id='x' writing-mode='from-page-master-region()'/>", true);

    (void)state;
    assert_int_equal(m.code, BN_OK);
    assert_true(
        bn_fo_is(find(m.tree->root, "x"), BN_P_WRITING_MODE, BN_K_TB_RL));
    unmake(&m);
}

/* A flow that says nothing runs as its region does, so that the sides of what
 * is in it are those that the reader sees. */
static void
flows_run_as_their_region(void **state)
{
    made m = build(FO_ROOT "<fo:page-sequence master-reference='m'>"
                           "<fo:flow flow-name='xsl-region-body'>"
                           "<fo:block id='x' padding-top='3pt'/>"
                           "</fo:flow></fo:page-sequence></fo:root>",
                   true);
    const bn_fo *fo;

    (void)state;
    assert_int_equal(m.code, BN_OK);
    fo = find(m.tree->root, "x");
    assert_true(bn_fo_is(fo, BN_P_WRITING_MODE, BN_K_TB_RL));
    assert_int_equal(bn_fo_len(fo, BN_P_PADDING_START, 0), 3000);
    unmake(&m);
}

/* ------------------------------------------------------------- numbers */

static const struct {
    int32_t n;
    const char *format, *want;
} numbers[] = {
    {7, "1", "7"},
    {7, "001", "007"},
    {1234, "01", "1234"},
    {27, "a", "aa"},
    {26, "A", "Z"},
    {1999, "i", "mcmxcix"},
    {4, "I", "IV"},
    {0, "i", "0"},
    {7, "(1)", "(7)"},
    {3, "- 1 -", "- 3 -"},
    {10, "一", "十"},
    {21, "一", "二十一"},
    {2024, "一", "二千二十四"},
    {10001, "一", "一万一"},
    {20, "壱", "弐拾"},
    {1, "イ", "イ"},
    {3, "イ", "ハ"},
    {2, "い", "ろ"},
    {48, "イ", "イイ"},
    {2, "ア", "イ"},
    {5, "あ", "お"},
    {12, "１", "１２"},
    {5, "０１", "０５"},
    {3, "①", "③"},
    {21, "①", "㉑"},
    {51, "①", "(51)"},
    {5, "", "5"},
    {5, NULL, "5"},
    {-3, "1", "-3"},
};

static void
numbers_are_formatted(void **state)
{
    bn_arena *a = bn_arena_new();
    const bn_number_form groups = {",", 3};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_string_equal(
            bn_fo_format_number(a, numbers[i].n, numbers[i].format),
            numbers[i].want);
    assert_string_equal(bn_fo_format_grouped(a, 1234567, "1", &groups),
                        "1,234,567");
    bn_arena_free(a);
}

static void
keeps_and_line_heights(void **state)
{
    made m = build_flow("<fo:block id='x' keep-with-next.within-page='always'"
                        " keep-together='5' font-size='10pt'/>"
                        "<fo:block id='y' line-height='1.5' font-size='10pt'>"
                        "<fo:block id='z' font-size='20pt'/></fo:block>",
                        true);
    const bn_fo *x, *z;

    (void)state;
    assert_int_equal(m.code, BN_OK);
    x = find(m.tree->root, "x");
    z = find(m.tree->root, "z");
    assert_int_equal(bn_fo_keep(x, BN_P_KEEP_WITH_NEXT_WITHIN_PAGE), INT32_MAX);
    assert_int_equal(bn_fo_keep(x, BN_P_KEEP_WITH_NEXT_WITHIN_COLUMN), 0);
    assert_int_equal(bn_fo_keep(x, BN_P_KEEP_TOGETHER_WITHIN_COLUMN), 5);
    assert_int_equal(bn_fo_line_height(x), 12000);
    assert_int_equal(bn_fo_line_height(z), 30000); /* a number is inherited */
    unmake(&m);
}

static void
the_dump_shows_what_was_specified(void **state)
{
    made m = build_flow("<fo:block color='red' start-indent='1pt + 50%'>"
                        "a &amp; b</fo:block>",
                        true);
    bn_buf out = {0};

    (void)state;
    assert_int_equal(m.code, BN_OK);
    bn_fo_dump(m.tree, &out);
    assert_non_null(strstr(out.p, "<fo:block start-indent=\"50% + 1pt\""
                                  " color=\"#ff0000\">"));
    assert_non_null(strstr(out.p, "<text>a &amp; b</text>"));
    bn_buf_free(&out);
    unmake(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_computed),
        cmocka_unit_test(bad_values_warn_once_and_have_no_effect),
        cmocka_unit_test(values_stay_within_their_property),
        cmocka_unit_test(counts_are_at_least_one),
        cmocka_unit_test(content_models_are_held_strictly),
        cmocka_unit_test(angles_of_vertical_glyphs),
        cmocka_unit_test(foreign_elements_warn_once_a_kind),
        cmocka_unit_test(words_are_those_of_the_property),
        cmocka_unit_test(indents_follow_5_3_2),
        cmocka_unit_test(white_space_is_settled_once),
        cmocka_unit_test(faults_are_errors_or_warnings),
        cmocka_unit_test(known_properties_without_effect_warn_once),
        cmocka_unit_test(unknown_properties_warn_once_a_kind),
        cmocka_unit_test(markers_resolve_where_they_are_retrieved),
        cmocka_unit_test(places_come_from_the_data),
        cmocka_unit_test(foreign_content_is_kept),
        cmocka_unit_test(equal_objects_share_their_values),
        cmocka_unit_test(regions_lend_their_writing_mode),
        cmocka_unit_test(flows_run_as_their_region),
        cmocka_unit_test(numbers_are_formatted),
        cmocka_unit_test(keeps_and_line_heights),
        cmocka_unit_test(the_dump_shows_what_was_specified),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
