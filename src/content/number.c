/* number.c - elements of a case that bear numbers of the body. */
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

/* Where they are in the data (DATA-MODEL), and which series they draw from. */
static const struct {
    const char *path[3]; /* element names below the case */
    const char *series, *date;
} bearers[] = {
    {{"plans", "plan"}, "plan", "date"},
    {{"reviews", "review", "notice"}, "letter", "date"},
    {{"report"}, "report", "date"},
    {{"decision", "notice"}, "decision", "date"},
    {{"contracts", "contract"}, "contract", "date"},
    {{"certificates", "certificate"}, "certificate", "issued"},
};

typedef struct finding_slots {
    bn_arena *a;
    size_t bearer, ordinal;
    BN_VEC(bn_slot) list;
} finding_slots;

static void
note(finding_slots *f, xmlNode *node)
{
    const char *date = attribute(f->a, node, bearers[f->bearer].date);
    const char *number = attribute(f->a, node, "number");

    f->ordinal++;
    BN_PUSH(&f->list) = (bn_slot){
        .node = node,
        .key = bn_arena_printf(f->a, "%s-%zu", bearers[f->bearer].series,
                               f->ordinal),
        .series = bearers[f->bearer].series,
        .date = date ? date : "",
        .number = number ? number : "",
    };
}

/* Every element at the path below parent. */
static void
descend(finding_slots *f, const xmlNode *parent, size_t depth)
{
    const char *name = bearers[f->bearer].path[depth];
    const bool last = depth == 2 || bearers[f->bearer].path[depth + 1] == NULL;

    for (xmlNode *n = first_element(parent, name); n;
         n = next_element(n, name)) {
        if (last)
            note(f, n);
        else
            descend(f, n, depth + 1);
    }
}

void
bn_number_slots(bn_arena *a, bn_tree *unit, bn_slot **out, size_t *n)
{
    const xmlNode *root = xmlDocGetRootElement(unit);
    finding_slots f = {.a = a};

    if (strcmp((const char *)root->name, "certification-case") == 0)
        for (; f.bearer < sizeof bearers / sizeof bearers[0]; f.bearer++) {
            f.ordinal = 0;
            descend(&f, root, 0);
        }
    *out = bn_arena_copy(a, f.list.v, f.list.n * sizeof *f.list.v);
    *n = f.list.n;
    BN_VEC_FREE(&f.list);
}

void
bn_number_set(const bn_slot *slot, const char *number)
{
    xmlSetProp(slot->node, BAD_CAST "number", BAD_CAST number);
}

bn_code
bn_paper_number(const bn_content_job *job, bn_tree *input,
                const bn_paper *paper, const char **out, bn_err *err)
{
    const xmlNode *fields = first_element(paper->entry->node, "fields");
    const char *expression = NULL;

    *out = "";
    for (const xmlNode *f = first_element(fields, "field"); f;
         f = next_element(f, "field"))
        if (attribute_is(f, "id", "number"))
            expression = attribute(job->arena, f, "xpath");
    if (expression == NULL && paper->entry->key &&
        strcmp(paper->entry->key, "@number") == 0)
        expression = paper->entry->key;
    if (expression == NULL)
        return BN_OK;
    return bn_xpath_string(job->transform, job->arena, input,
                           paper->item ? paper->item : bn_tree_unit(input),
                           expression, bn_at(paper->entry->place), out, err);
}

const char *
bn_series_pattern(bn_arena *a, const bn_tree *body, const char *kind)
{
    const xmlNode *root = xmlDocGetRootElement(body);

    for (const xmlNode *s = first_element(root, "series"); s;
         s = next_element(s, "series"))
        if (attribute_is(s, "kind", kind))
            return attribute(a, s, "pattern");
    return NULL;
}
