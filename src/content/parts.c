/* parts.c - ledgers of so many rows that they are made some hundreds at a
 * time. */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

enum { AT_ONCE = 500 }; /* rows that are looked at for their order */

static const char prefix[] = "/input/register/";

static const xmlNode *
only_group(const bn_entry *e)
{
    const xmlNode *group = first_element(first_element(e->node, "fields"),
                                         "group");

    return group && next_element(group, "group") == NULL &&
                   first_element(group, "group") == NULL
               ? group
               : NULL;
}

/* Is the register spoken of, elsewhere than in the group's own expression? */
static bool
speaks_of_register(const xmlNode *root, const xmlNode *group)
{
    for (const xmlNode *n = first_element(root, NULL); n;
         n = next_element(n, NULL)) {
        if (strcmp((const char *)n->name, "when") == 0)
            continue; /* asked of the whole */
        for (const xmlAttr *a = n->properties; a; a = a->next)
            if (a->children && a->children->content &&
                strstr((const char *)a->children->content, "register") &&
                !(n == group && strcmp((const char *)a->name, "xpath") == 0))
                return true;
        for (const xmlNode *t = n->children; t; t = t->next)
            if (t->type == XML_TEXT_NODE &&
                strstr((const char *)t->content, "register"))
                return true;
        if (speaks_of_register(n, group))
            return true;
    }
    return false;
}

/* Widths of columns must not hang on what the rows hold. */
static bool
has_widths(const xmlNode *group)
{
    for (const xmlNode *n = first_element(group, "field"); n;
         n = next_element(n, "field"))
        if (xmlHasProp((xmlNode *)n, BAD_CAST "width"))
            return true;
    return false;
}

static const char *
kind_of_rows(const xmlNode *group)
{
    static const char *const kinds[] = {"certificate", "document", "guidance"};
    const size_t n = strlen(prefix);
    const xmlAttr *xpath = xmlHasProp((xmlNode *)group, BAD_CAST "xpath");
    const char *text = xpath && xpath->children
                           ? (const char *)xpath->children->content
                           : "";

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strncmp(text, prefix, n) == 0 && strcmp(text + n, kinds[i]) == 0)
            return kinds[i];
    return NULL;
}

const char *
bn_entry_parts(const bn_entry *e)
{
    static const char generic[] = "/generic.xsl";
    const size_t n = e->stylesheet ? strlen(e->stylesheet) : 0;
    const size_t m = sizeof generic - 1;
    const xmlNode *group = only_group(e);

    if (group == NULL || e->layout == NULL || e->template || e->items ||
        strcmp(e->layout, "ledger") != 0 || n < m ||
        strcmp(e->stylesheet + n - m, generic) != 0 || !has_widths(group) ||
        speaks_of_register(e->node, group))
        return NULL;
    return kind_of_rows(group);
}

/* ------------------------------------------------------------------ order */

typedef struct dated {
    const char *date;
    size_t row;
} dated;

static int
by_date(const void *one, const void *two)
{
    const dated *a = one, *b = two;
    const int order = strcmp(a->date, b->date);

    return order ? order : a->row < b->row ? -1 : a->row > b->row;
}

/* The dates of the rows that stand in input's register. */
static void
read_dates(making *m, bn_arena *a, const xmlNode *group, dated *out)
{
    const xmlNode *reg =
        first_element(xmlDocGetRootElement(m->input), "register");

    for (xmlNode *row = first_element(reg, NULL); row;
         row = next_element(row, NULL), out++) {
        xmlChar *date = row_date(m, group, row);

        out->date = date ? bn_arena_strdup(a, (const char *)date) : "";
        xmlFree(date);
    }
}

/* All dates, some rows at a time. What is wrong in a row is told when it is
 * printed. */
static bn_code
read_all(const bn_content_job *job, bn_tree *input, const bn_paper *paper,
         bn_row_store *rows, bn_arena *a, dated *all, size_t n, bn_err *err)
{
    bn_code code = BN_OK;

    for (size_t from = 0; from < n && code == BN_OK; from += AT_ONCE) {
        const size_t some = n - from < AT_ONCE ? n - from : AT_ONCE;
        size_t which[AT_ONCE];
        bn_content_job quiet = *job;
        bn_msgs untold = {0};
        making m = {.job = &quiet,
                    .paper = paper,
                    .input = input,
                    .context = bn_tree_unit(input),
                    .msgs = &untold};

        for (size_t i = 0; i < some; i++)
            which[i] = all[from + i].row = from + i;
        code = bn_row_store_part(rows, bn_entry_parts(paper->entry), which,
                                 some, input, err);
        quiet.draft = true;
        quiet.arena = bn_arena_new();
        if (code == BN_OK)
            read_dates(&m, a, only_group(paper->entry), all + from);
        bn_arena_free(quiet.arena);
        bn_msgs_free(&untold);
    }
    return code;
}

bn_code
bn_part_order(const bn_content_job *job, bn_tree *input, const bn_paper *paper,
              bn_row_store *rows, bn_arena *a, size_t **order, size_t *n,
              bn_msgs *msgs)
{
    const size_t count =
        bn_row_store_count(rows, bn_entry_parts(paper->entry));
    bn_arena *scratch = bn_arena_new();
    dated *all = BN_NEWS(scratch, dated, count + 1);
    const bn_context context = {.document = paper->entry->id,
                                .draft = job->draft};
    bn_err err = {0};
    bn_code code;

    bn_transform_set(job->transform, &context);
    code = read_all(job, input, paper, rows, scratch, all, count, &err);
    bn_transform_set(job->transform, NULL);
    if (code) {
        bn_msgs_add(msgs, &err, BN_ERROR);
    } else {
        qsort(all, count, sizeof *all, by_date);
        *order = BN_NEWS(a, size_t, count + 1);
        for (size_t i = 0; i < count; i++)
            (*order)[i] = all[i].row;
        *n = count;
    }
    bn_arena_free(scratch);
    return code;
}
