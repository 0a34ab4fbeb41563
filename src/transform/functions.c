/*
 * functions.c - our functions for XPath, in namespace urn:bunsho:functions
 * (prefix bn); str:padding with a limit.
 *
 * A value that is wrong or missing is an error with the place of the input
 * node at hand, never a silent blank. DATE is an ISO date or date-time.
 *
 * dates, printed
 *   bn:date(DATE [, form])      wareki 令和元年5月1日 (default); kanji
 *                               令和六年八月十六日; short R1.5.1; dotted 1.5.1;
 *                               western 2024年（令和6年）8月16日; seireki
 *                               2024年8月16日; weekday 平成30年5月11日（金）;
 *                               year 令和6年; month 令和6年8月; month-day
 * 8月16日; fiscal-year 令和6年度; era 令和; blank 令和　　年　　月　　日; iso
 *   bn:date-or-blank(x [, form])  the same; x empty: a blank with today's era
 *   bn:period(DATE, DATE [, form])  …から…まで; form table: R1.9.5〜R4.9.4
 *   bn:time(TIME [, form])      full 午前10時00分 (default), short 10時,
 *                               clock 10:00; TIME is hh:mm or a date-time
 *   bn:datetime(DATE [, date form [, time form]])  令和元年7月4日午前10時00分
 *   bn:today()                  ISO date of the run
 * dates, compared and moved (days only: the time of a date-time is left away;
 * a comparison with something empty is false)
 *   bn:before(a, b) bn:on-or-before(a, b) bn:after(a, b) bn:on-or-after(a, b)
 *   bn:same(a, b)
 *   bn:add-days(d, n) bn:add-months(d, n) bn:add-years(d, n)   ISO date; a day
 *                               that the month lacks becomes its last
 *   bn:days-between(a, b)       number, negative when b is earlier
 *   bn:days-covered(nodes)      days that their @start to @end touch, each
 *                               counted once
 *   bn:max-date(x…) bn:min-date(x…)  of all nodes and texts; '' of none
 *   bn:date-part(x)             ISO date of a date-time; '' of ''
 *   bn:valid-date(x)            boolean
 *   bn:era-check(text)          first impossible Japanese date in it, or ''
 *   bn:era-western(text)        what that date is by western years: 2019年5月
 *   bn:prints-date(text, DATE)  boolean: is the day printed, in any form
 * numbers and characters
 *   bn:number(n [, form])       comma 1,200 (default); half; full １２００;
 *                               full-comma; kanji 千二百; positional 一二〇〇;
 *                               formal 壱千弐百; man-oku 4,000万
 *   bn:series(n, kind)          arabic full kanji dai dai-full dai-kanji
 *                               article article-kanji chapter chapter-kanji
 *                               section dot paren paren-full paren-kanji iroha
 *                               paren-iroha aiu paren-aiu circled roman
 *                               roman-lower roman-paren latin latin-upper
 *                               latin-paren paren-latin
 *   bn:full-width(s) bn:half-width(s)   ASCII only; kana stay
 *   bn:digits(s, option)        half, full, single-full
 *   bn:width(s)                 width in ems: 1 a full-width character, ½
 * others bn:sort-key(s)              for xsl:sort: the order of the fifty
 * sounds bn:name-spaced(name)        family and given name spread to five
 * characters bn:digest(s [, n])          SHA-256 in hex, first n digits
 * (default 64) bn:qr(s [, size])           svg element, level M, quiet zone 4,
 * one path; size e.g. '22mm' (stylesheets only) the document bn:at(node)
 * "FILE.ORDINAL" for data-at; '' when made here bn:item() what the document is
 * about; the case if nothing bn:input()                  the <input> element
 * (from content, too) bn:document()               catalogue id; bn:draft()
 * boolean bn:label(kind, code)        日本語 of a code (label.c); unknown:
 * error; bn:choices(kind)         all of a kind, | between; '' no such kind
 * bn:field(x [, form])        text in a form of <bn:field>; empty: error
 * for rules over content
 *   bn:printed(node)            its text without blanks, ASCII half-width,
 * blocks and cells parted by U+001F bn:prints(text, value)      boolean: is the
 * value printed in it, blanks and width aside, and not inside a longer number
 *   bn:has(list, word)          boolean: word of a blank-separated list
 *   bn:lacking(list, have [, prefix])  words of list (a text, or nodes that
 * hold lists) not in have, blank between; prefix is put before a word when it
 * is looked up bn:join(nodes [, between])  their texts, 、 between
 *   bn:unprinted(node, nodes, names)  those of nodes of which an attribute or
 * child of these names is not printed in node (a day in any form)
 *   bn:among(nodes, values)     those of nodes whose text is that of one of the
 *                               nodes in values
 *   bn:repeated(nodes, names)   those whose attributes of these names (a
 * blank-separated list) are those of one before; none when one is absent
 *   bn:placeholder(text)        first placeholder left in it, or ''
 *   bn:foreign(data-at)         boolean: from a case or kit that bn:input()
 *                               does not hold
 *
 * <bn:field select="XPath" [form] [label] [blank="yes"]/> (declare
 * extension-element-prefixes="bn") writes <span data-at="FILE.ORDINAL"
 * [data-label]>text</span>; empty: <span class="fill"/> with blank="yes", else
 * <span class="missing"> that rule R151 refuses. Forms: those of bn:date,
 * number:FORM, label:KIND, time, datetime, name, yen (12,000円).
 */
#include "transform/functions.h"

#include <stdlib.h>
#include <string.h>

#include <libexslt/exslt.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/xsltutils.h>

enum {
    PADDING_MOST = 10000, /* characters */
    TEXT_MOST = 10000000, /* bytes of one concat() */
    CONCAT_ARGS = 64
};

static const struct row {
    const char *name;
    int least, most;
    function *call;
} rows[] = {
    {"add-days", 2, 2, fn_add_days},
    {"add-months", 2, 2, fn_add_months},
    {"add-years", 2, 2, fn_add_years},
    {"after", 2, 2, fn_after},
    {"among", 2, 2, fn_among},
    {"at", 1, 1, fn_at},
    {"before", 2, 2, fn_before},
    {"choices", 1, 1, fn_choices},
    {"date", 1, 2, fn_date},
    {"date-or-blank", 1, 2, fn_date_or_blank},
    {"date-part", 1, 1, fn_date_part},
    {"datetime", 1, 3, fn_datetime},
    {"days-between", 2, 2, fn_days_between},
    {"days-covered", 1, 1, fn_days_covered},
    {"digest", 1, 2, fn_digest},
    {"digits", 2, 2, fn_digits},
    {"document", 0, 0, fn_document},
    {"draft", 0, 0, fn_draft},
    {"era-check", 1, 1, fn_era_check},
    {"era-western", 1, 1, fn_era_western},
    {"field", 1, 2, fn_field},
    {"foreign", 1, 1, fn_foreign},
    {"full-width", 1, 1, fn_full_width},
    {"half-width", 1, 1, fn_half_width},
    {"has", 2, 2, fn_has},
    {"input", 0, 0, fn_input},
    {"item", 0, 0, fn_item},
    {"join", 1, 2, fn_join},
    {"label", 2, 2, fn_label},
    {"lacking", 2, 3, fn_lacking},
    {"max-date", 1, CALL_ARGS, fn_max_date},
    {"min-date", 1, CALL_ARGS, fn_min_date},
    {"name-spaced", 1, 1, fn_name_spaced},
    {"number", 1, 2, fn_number},
    {"on-or-after", 2, 2, fn_on_or_after},
    {"on-or-before", 2, 2, fn_on_or_before},
    {"period", 2, 3, fn_period},
    {"placeholder", 1, 1, fn_placeholder},
    {"printed", 1, 1, fn_printed},
    {"prints", 2, 2, fn_prints},
    {"prints-date", 2, 2, fn_prints_date},
    {"qr", 1, 2, fn_qr},
    {"repeated", 2, 2, fn_repeated},
    {"same", 2, 2, fn_same},
    {"series", 2, 2, fn_series},
    {"sort-key", 1, 1, fn_sort_key},
    {"time", 1, 2, fn_time},
    {"today", 0, 0, fn_today},
    {"unprinted", 3, 3, fn_unprinted},
    {"valid-date", 1, 1, fn_valid_date},
    {"width", 1, 1, fn_count_width},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

/* ------------------------------------------------------------- arguments */

const char *
call_text_or(struct call *k, int i, const char *fallback)
{
    xmlChar *s;
    const char *copy;

    if (i >= k->n)
        return fallback;
    s = xmlXPathCastToString(k->args[i]);
    copy = bn_arena_strdup(k->a, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *
call_text(struct call *k, int i)
{
    return call_text_or(k, i, "");
}

double
call_number(struct call *k, int i)
{
    return xmlXPathCastToNumber(k->args[i]);
}

xmlNodeSetPtr
call_nodes(struct call *k, int i)
{
    const xmlXPathObjectPtr o = i < k->n ? k->args[i] : NULL;

    if (o == NULL || (o->type != XPATH_NODESET && o->type != XPATH_XSLT_TREE) ||
        o->nodesetval == NULL || o->nodesetval->nodeNr == 0)
        return NULL;
    xmlXPathNodeSetSort(o->nodesetval);
    return o->nodesetval;
}

bool
call_is_empty(struct call *k, int i)
{
    const char *s = call_text(k, i);

    return s[strspn(s, " \t\r\n")] == '\0';
}

bool
call_date(struct call *k, int i, struct date *out)
{
    if (call_is_empty(k, i)) {
        call_fail(k, BN_ENOVALUE, "YYYY-MM-DD");
        return false;
    }
    if (date_read(call_text(k, i), out))
        return true;
    call_fail(k, BN_EDATE, call_text(k, i));
    return false;
}

/* --------------------------------------------------------------- results */

xmlXPathObjectPtr
give_text(const char *s)
{
    return xmlXPathNewString(BAD_CAST s);
}

xmlXPathObjectPtr
give_buf(bn_buf *b)
{
    xmlXPathObjectPtr o = give_text(b->p ? b->p : "");

    bn_buf_free(b);
    return o;
}

xmlXPathObjectPtr
give_true(bool b)
{
    return xmlXPathNewBoolean(b);
}

xmlXPathObjectPtr
give_number(double x)
{
    return xmlXPathNewFloat(x);
}

xmlXPathObjectPtr
give_node(xmlNodePtr n)
{
    return xmlXPathNewNodeSet(n);
}

/* A form that is filled in by hand: values are still to come. */
static bool
is_blank_form(const struct call *k)
{
    return k->r->context && k->r->context->blank;
}

/* What a function gives there: the line of a date, else nothing. */
static xmlXPathObjectPtr
give_blank(const struct call *k)
{
    static const char *const days[] = {"bn:date", "bn:datetime"};
    struct date today;
    bn_buf out = {0};

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (strcmp(k->name, days[i]) == 0 && date_read(k->r->t->today, &today))
            date_write(&today, "blank", &out);
    return give_buf(&out);
}

xmlXPathObjectPtr
call_fail(struct call *k, bn_code code, const char *value)
{
    bn_loc at = BN_NOWHERE;

    if (is_blank_form(k) && (code == BN_ENOVALUE || code == BN_EDATE))
        return NULL; /* dispatch gives what stands for nothing */
    /* the node that the value was taken from is the best place */
    for (int i = 0; i < k->n && at.place == 0; i++) {
        const xmlNodeSetPtr set = call_nodes(k, i);

        if (set && set->nodeTab[0]->type != XML_NAMESPACE_DECL)
            at = bn_at(bn_place_of(set->nodeTab[0]));
    }
    if (at.place == 0)
        at = run_place(k->r, k->c->context->node);
    run_fail(k->r, code, at, k->name, value);
    return NULL;
}

/* ---------------------------------------------------------------- calling */

static int
by_name(const void *name, const void *row)
{
    return strcmp(name, ((const struct row *)row)->name);
}

/* Every function comes here; libxml2 says which it is. */
static void
dispatch(xmlXPathParserContextPtr c, int nargs)
{
    const char *name = (const char *)c->context->function;
    const struct row *row = bsearch(name, rows, ROWS, sizeof *rows, by_name);
    struct run *r = c->context->userData;
    struct call k = {.r = r, .c = c, .n = nargs};
    xmlXPathObjectPtr result = NULL;

    if (row == NULL || r == NULL) {
        xmlXPathErr(c, XPATH_UNKNOWN_FUNC_ERROR);
        return;
    }
    k.a = bn_arena_new();
    k.name = bn_arena_printf(k.a, "bn:%s", row->name);
    if (nargs < row->least || nargs > row->most) {
        k.n = 0;
        call_fail(&k, BN_EARITY, bn_arena_printf(k.a, "%d", nargs));
        xmlXPathErr(c, XPATH_INVALID_ARITY);
        bn_arena_free(k.a);
        return;
    }
    for (int i = nargs - 1; i >= 0; i--)
        k.args[i] = valuePop(c);
    result = row->call(&k);
    if (result == NULL && is_blank_form(&k))
        result = give_blank(&k);
    for (int i = 0; i < nargs; i++)
        xmlXPathFreeObject(k.args[i]);
    bn_arena_free(k.a);
    if (result)
        valuePush(c, result);
    else
        xmlXPathErr(c, XPATH_EXPR_ERROR);
}

/* str:padding(length [, text]): a gigabyte is refused. */
static void
padding(xmlXPathParserContextPtr c, int nargs)
{
    struct run *r = c->context->userData;
    xmlChar *text = NULL;
    double n;
    bn_buf out = {0};

    if (nargs < 1 || nargs > 2) {
        xmlXPathErr(c, XPATH_INVALID_ARITY);
        return;
    }
    if (nargs == 2)
        text = xmlXPathPopString(c);
    n = xmlXPathPopNumber(c);
    if (!(n <= PADDING_MOST)) {
        if (r)
            run_fail(r, BN_EXSLTLIMIT, run_place(r, c->context->node),
                     "str:padding", NULL);
        xmlFree(text);
        xmlXPathErr(c, XPATH_EXPR_ERROR);
        return;
    }
    for (const char *p = text ? (char *)text : " "; n >= 1 && *p; n--) {
        size_t bytes = 1;

        while ((p[bytes] & 0xC0) == 0x80)
            bytes++;
        bn_buf_add(&out, p, bytes);
        p += bytes;
        if (*p == '\0')
            p = text ? (char *)text : " ";
    }
    xmlFree(text);
    valuePush(c, give_buf(&out));
}

/* concat() as XPath has it, with an end: doubling a text in a recursion would
 * eat all memory long before the depth limit. */
static void
concat(xmlXPathParserContextPtr c, int nargs)
{
    struct run *r = c->context->userData;
    xmlChar *parts[CONCAT_ARGS];
    size_t n = 0;
    bn_buf out = {0};

    if (nargs < 2 || nargs > CONCAT_ARGS) {
        xmlXPathErr(c, XPATH_INVALID_ARITY);
        return;
    }
    for (int i = nargs - 1; i >= 0; i--) {
        parts[i] = xmlXPathPopString(c);
        n += parts[i] ? strlen((char *)parts[i]) : 0;
    }
    for (int i = 0; i < nargs; i++) {
        if (n <= TEXT_MOST && parts[i])
            bn_buf_adds(&out, (char *)parts[i]);
        xmlFree(parts[i]);
    }
    if (n <= TEXT_MOST) {
        valuePush(c, give_buf(&out));
        return;
    }
    if (r)
        run_fail(r, BN_EXSLTLIMIT, run_place(r, c->context->node), "concat",
                 NULL);
    xmlXPathErr(c, XPATH_EXPR_ERROR);
}

void
functions_register(xmlXPathContextPtr c)
{
    xmlXPathRegisterFunc(c, BAD_CAST "concat", NULL);
    xmlXPathRegisterFunc(c, BAD_CAST "concat", concat);
    for (int i = 0; i < ROWS; i++)
        xmlXPathRegisterFuncNS(c, BAD_CAST rows[i].name, BAD_CAST BN_FUNCTIONS,
                               dispatch);
}

/* Prefixes, for expressions that come without a stylesheet (libxslt drops such
 * a table of a context of its own, unfreed). */
void
prefixes_register(xmlXPathContextPtr c)
{
    xmlXPathRegisterNs(c, BAD_CAST "bn", BAD_CAST BN_FUNCTIONS);
    exsltSetsXpathCtxtRegister(c, BAD_CAST "set");
}

/* libxslt's own register of modules is one a process; these are all it gets. */
void
modules_register(void)
{
    exsltCommonRegister();
    exsltSetsRegister();
    exsltStrRegister();
    xsltUnregisterExtModuleFunction(BAD_CAST "padding",
                                    EXSLT_STRINGS_NAMESPACE);
    xsltRegisterExtModuleFunction(BAD_CAST "padding", EXSLT_STRINGS_NAMESPACE,
                                  padding);
}
