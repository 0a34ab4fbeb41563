/* extract.c - rows of the register as the register of papers keeps them: what
 * a case said of itself when it was issued, and what befell its papers. */
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

/* What one unit's rows are put together from. */
typedef struct extract {
    xmlNode *reg;
    bn_rows *rows;
    const xmlNode *theirs; /* <register> */
    const bn_issue *issues;
    size_t n;
} extract;

/* States of a certificate that registers print. */
static const char *const ends[] = {"returned",  "withdrawn", "lapsed",
                                   "corrected", "reissued",  "replaced"};

static void
set(xmlNode *row, const char *name, const char *value)
{
    if (value && *value)
        xmlSetProp(row, TEXT(name), TEXT(value));
}

static void
set_state(xmlNode *row, const bn_issue *issue)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(issue->state, ends[i]) == 0)
            set(row, "status", ends[i]);
    if (strcmp(issue->state, "returned") == 0)
        set(row, "returned", issue->state_date);
}

/* The paper that was issued by this number; NULL: none. */
static const bn_issue *
find(const extract *e, const char *number)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->issues[i].number, number) == 0)
            return &e->issues[i];
    return NULL;
}

/* The row as it stood for the versions before, first version first. */
static void
add_versions(extract *e, const xmlNode *from, const bn_issue *issue)
{
    const bn_issue *old = *issue->replaces ? find(e, issue->replaces) : NULL;
    xmlNode *row;

    if (old)
        add_versions(e, from, old);
    row = put_row(e->reg, e->rows, ROW_CERTIFICATE, from);
    set(row, "number", issue->number);
    if (*issue->replaces || *issue->state)
        set_state(row, issue);
}

static void
add_certificates(extract *e)
{
    for (const xmlNode *n = first_element(e->theirs, "certificate"); n;
         n = next_element(n, "certificate")) {
        xmlChar *number = xmlGetNoNsProp((xmlNode *)n, TEXT("number"));
        const bn_issue *issue = number ? find(e, (const char *)number) : NULL;

        if (issue)
            add_versions(e, n, issue);
        xmlFree(number);
    }
}

static void
copy_attributes(xmlNode *row, const xmlNode *from)
{
    static const char *const names[] = {"case",    "client",  "certified",
                                        "engaged", "decided", "completed"};

    for (size_t i = 0; from && i < sizeof names / sizeof names[0]; i++) {
        xmlChar *value = xmlGetNoNsProp((xmlNode *)from, TEXT(names[i]));

        if (value)
            xmlSetProp(row, TEXT(names[i]), value);
        xmlFree(value);
    }
}

/* A paper that was issued, as a row of what is to be kept. */
static void
add_document(extract *e, const bn_issue *issue)
{
    xmlNode *made = xmlNewDocNode(e->reg->doc, NULL, TEXT("document"), NULL);

    set(made, "kind", issue->document);
    set(made, "number", issue->number);
    set(made, "date", issue->date);
    set(made, "class", issue->retention);
    set(made, "place", issue->place);
    set(made, "disposed", issue->disposed);
    copy_attributes(made, first_element(e->theirs, "case"));
    put_row(e->reg, e->rows, ROW_DOCUMENT, made);
    xmlFreeNode(made);
}

/* The paper of a row that the data brought, when the register has it. */
static bool
is_issued(const extract *e, const xmlNode *row)
{
    for (size_t i = 0; i < e->n; i++)
        if (attribute_is(row, "kind", e->issues[i].document) &&
            attribute_is(row, "number", e->issues[i].number))
            return true;
    return false;
}

void
bn_input_add_extract(bn_tree *input, bn_rows *rows, const bn_tree *from,
                     const bn_issue *issues, size_t n, bool counts)
{
    extract e = {.reg = register_of(input),
                 .rows = rows,
                 .theirs =
                     first_element(xmlDocGetRootElement(from), "register"),
                 .issues = issues,
                 .n = n};

    add_certificates(&e);
    for (size_t i = 0; i < n; i++)
        add_document(&e, &issues[i]);
    for (const xmlNode *row = first_element(e.theirs, NULL); row;
         row = next_element(row, NULL)) {
        const size_t kind = row_kind((const char *)row->name);

        if (kind == ROW_CERTIFICATE ||
            (kind == ROW_DOCUMENT && is_issued(&e, row)))
            continue;
        if (kind < ROW_KINDS)
            put_row(e.reg, rows, kind, row);
        else if (counts)
            graft(e.reg, row);
    }
}

/* -------------------------------------------------------------------- due */

static int
days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* A day so many months on, the last of its month when that has no such day. */
static const char *
add_months(bn_arena *a, const char *date, int months)
{
    int year, month, day;

    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 ||
        month > 12)
        return "";
    month += months - 1;
    year += month / 12;
    month = month % 12 + 1;
    if (day > days_of(year, month))
        day = days_of(year, month);
    return bn_arena_printf(a, "%04d-%02d-%02d", year, month, day);
}

/* The day from which the contract's months count: the last check, else the
 * certificate's. */
static const char *
last_check(bn_arena *a, const xmlNode *row)
{
    const char *last = attribute(a, row, "issued");

    for (const xmlNode *s = first_element(row, "surveillance"); s;
         s = next_element(s, "surveillance")) {
        const char *date = attribute(a, s, "date");

        if (date && !attribute_is(s, "result", "planned") &&
            (last == NULL || strcmp(date, last) > 0))
            last = date;
    }
    return last ? last : "";
}

static const char *
due_date(bn_arena *a, const xmlNode *row, bool surveillance)
{
    const char *until = attribute(a, row, "valid-until");
    const char *months = attribute(a, row, "surveillance-months");
    const char *next;

    if (!surveillance)
        return until ? until : "";
    if (months == NULL || atoi(months) <= 0 || atoi(months) > 1200)
        return "";
    next = add_months(a, last_check(a, row), atoi(months));
    return until && strcmp(next, until) > 0 ? "" : next; /* renewal is next */
}

static int
by_date(const void *one, const void *two)
{
    const bn_due *a = one, *b = two;
    const int order = strcmp(a->date, b->date);

    return order ? order : strcmp(a->number, b->number);
}

static const char *
text_of(bn_arena *a, const xmlNode *row, const char *name)
{
    const char *s = attribute(a, row, name);

    return s ? s : "";
}

void
bn_input_due(const bn_tree *input, bn_arena *a, bool surveillance,
             const char *until, bn_due **out, size_t *n)
{
    const xmlNode *reg = first_element(xmlDocGetRootElement(input), "register");
    BN_VEC(bn_due) list = {0};

    for (const xmlNode *row = first_element(reg, "certificate"); row;
         row = next_element(row, "certificate")) {
        const char *date = due_date(a, row, surveillance);
        const bool valid = attribute(a, row, "status") == NULL ||
                           attribute_is(row, "status", "valid");

        if (valid && *date && strcmp(date, until) <= 0)
            BN_PUSH(&list) = (bn_due){
                date, text_of(a, row, "number"), text_of(a, row, "case"),
                text_of(a, row, "client"), text_of(a, row, "scope")};
    }
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_date);
    *out = bn_arena_copy(a, list.v, list.n * sizeof *list.v);
    *n = list.n;
    BN_VEC_FREE(&list);
}
