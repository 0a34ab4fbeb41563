/* rows.c - rows of the register that count cases, and days that periods of
 * keeping start from. */
#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

static void
set_text(xmlNode *row, const char *name, xmlChar *text)
{
    if (text)
        xmlSetProp(row, TEXT(name), text);
    xmlFree(text);
}

static void
set_attribute(xmlNode *row, const char *name, const xmlNode *from,
              const char *attribute)
{
    set_text(row, name,
             from ? xmlGetNoNsProp((xmlNode *)from, TEXT(attribute)) : NULL);
}

static void
set_content(xmlNode *row, const char *name, const xmlNode *from)
{
    set_text(row, name, from ? xmlNodeGetContent(from) : NULL);
}

/* The last of the days on which complaints were settled. */
static void
set_completed(xmlNode *row, const xmlNode *unit)
{
    const xmlNode *complaints = first_element(unit, "complaints");
    char last[11] = "";

    for (const xmlNode *n = first_element(complaints, "complaint"); n;
         n = next_element(n, "complaint")) {
        xmlChar *day = xmlGetNoNsProp((xmlNode *)n, TEXT("completed"));

        if (day && strcmp((const char *)day, last) > 0)
            snprintf(last, sizeof last, "%s", (const char *)day);
        xmlFree(day);
    }
    if (*last)
        xmlSetProp(row, TEXT("completed"), TEXT(last));
}

/* The days of contract, decision and complaints: certified, engaged, decided,
 * completed. */
void
add_row_days(xmlNode *row, const xmlNode *unit)
{
    const xmlNode *contracts = first_element(unit, "contracts");

    set_completed(row, unit);

    for (const xmlNode *n = first_element(contracts, "contract"); n;
         n = next_element(n, "contract"))
        if (attribute_is(n, "type", "certification"))
            set_attribute(row, "certified", n, "date");
        else if (attribute_is(n, "type", "service"))
            set_attribute(row, "engaged", n, "date");
    set_attribute(row, "decided", first_element(unit, "decision"), "date");
}

static void
describe(xmlNode *row, const xmlNode *unit)
{
    set_attribute(row, "case", unit, "id");
    set_content(row, "client",
                first_element(first_element(unit, "client"), "name"));
}

static void
set_count(xmlNode *row, const xmlNode *unit, const char *holder,
          const char *element)
{
    char digits[24];
    size_t n = 0;

    for (const xmlNode *e = first_element(first_element(unit, holder), element);
         e; e = next_element(e, element))
        n++;
    snprintf(digits, sizeof digits, "%zu", n);
    xmlSetProp(row, TEXT(holder), TEXT(digits));
}

static void
add_copies(xmlNode *reg, const xmlNode *unit, const char *holder,
           const char *element)
{
    for (const xmlNode *e = first_element(first_element(unit, holder), element);
         e; e = next_element(e, element))
        describe(graft(reg, e), unit);
}

static void
add_children(xmlNode *row, const xmlNode *holder, const char *element)
{
    for (const xmlNode *e = first_element(holder, element); e;
         e = next_element(e, element))
        graft(row, e);
}

/* What befell a certificate: surveillance and incidents of its case, and how
 * often the contract has it looked at. */
void
add_maintenance(xmlNode *row, const xmlNode *unit)
{
    const xmlNode *maintenance = first_element(unit, "maintenance");
    const xmlNode *contracts = first_element(unit, "contracts");

    /* the certification's own contract over those before it */
    for (const xmlNode *n = first_element(contracts, "contract"); n;
         n = next_element(n, "contract"))
        if (xmlHasProp((xmlNode *)n, TEXT("surveillance-months")) &&
            (!xmlHasProp(row, TEXT("surveillance-months")) ||
             attribute_is(n, "type", "certification")))
            set_attribute(row, "surveillance-months", n, "surveillance-months");

    add_children(row, maintenance, "surveillance");
    add_children(row, maintenance, "incident");
}

/* One row that tells what there is of a case, its complaints and its team. */
void
add_case_rows(xmlNode *reg, const xmlNode *unit)
{
    xmlNode *row = xmlNewChild(reg, NULL, TEXT("case"), NULL);

    row->_private = unit->_private;
    describe(row, unit);
    set_attribute(row, "mode", unit, "mode");
    set_attribute(row, "status", unit, "status");
    set_attribute(row, "method", unit, "method");
    set_attribute(row, "sme", first_element(unit, "client"), "sme");
    set_attribute(row, "applied", first_element(unit, "application"), "date");
    set_attribute(row, "result", first_element(unit, "decision"), "result");
    add_row_days(row, unit);
    set_count(row, unit, "findings", "finding");
    set_count(row, unit, "nonconformities", "nonconformity");
    set_count(row, unit, "complaints", "complaint");
    add_copies(reg, unit, "complaints", "complaint");
    add_copies(reg, unit, "audit-team", "member");
}

void
bn_input_titles(bn_tree *input, const bn_catalogue *c)
{
    xmlNode *reg = first_element(xmlDocGetRootElement(input), "register");

    for (xmlNode *n = first_element(reg, "document"); n;
         n = next_element(n, "document")) {
        xmlChar *kind = xmlGetNoNsProp(n, TEXT("kind"));
        const bn_entry *e =
            kind ? bn_catalogue_find(c, (const char *)kind) : NULL;

        if (e)
            xmlSetProp(n, TEXT("title"), TEXT(e->title_ja));
        xmlFree(kind);
    }
}
