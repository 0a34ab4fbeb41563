/* number.c - elements of a case that bear numbers of the body. */
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

/* Where they are in the data (DATA-MODEL), what their slots are called and
 * which series they draw from. Documents come last: they may be the record of
 * an element before them. */
static const struct {
    const char *path[3]; /* element names below the case */
    const char *slot, *series, *date;
} bearers[] = {
    {{"plans", "plan"}, "plan", "plan", "date"},
    {{"reviews", "review", "notice"}, "letter", "letter", "date"},
    {{"report"}, "report", "report", "date"},
    {{"decision", "notice"}, "decision", "decision", "date"},
    {{"contracts", "contract"}, "contract", "contract", "date"},
    {{"certificates", "certificate"}, "certificate", "certificate", "issued"},
    {{"documents", "document"}, "document", "letter", "date"},
};

typedef struct finding_slots {
    bn_arena *a;
    size_t bearer, ordinal;
    BN_VEC(bn_slot) list;
} finding_slots;

/* Is it the number of an element that was found before? */
static bool
is_found(const finding_slots *f, const char *number)
{
    for (size_t i = 0; i < f->list.n; i++)
        if (strcmp(f->list.v[i].number, number) == 0)
            return true;
    return false;
}

static void
note(finding_slots *f, xmlNode *node)
{
    const char *date = attribute(f->a, node, bearers[f->bearer].date);
    const char *number = attribute(f->a, node, "number");

    f->ordinal++;
    if (number && strcmp(bearers[f->bearer].slot, "document") == 0 &&
        is_found(f, number))
        return; /* the record of a certificate, a report … */
    BN_PUSH(&f->list) = (bn_slot){
        .node = node,
        .key = bn_arena_printf(f->a, "%s-%zu", bearers[f->bearer].slot,
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

const char *
bn_number_series(const char *slot)
{
    const char *dash = strrchr(slot, '-');
    const size_t n = dash ? (size_t)(dash - slot) : 0;

    if (n == 0 || dash[1] == '\0' ||
        dash[1 + strspn(dash + 1, "0123456789")] != '\0')
        return NULL;
    for (size_t i = 0; i < sizeof bearers / sizeof bearers[0]; i++)
        if (strlen(bearers[i].slot) == n &&
            memcmp(bearers[i].slot, slot, n) == 0)
            return bearers[i].series;
    return NULL;
}

void
bn_number_set(const bn_slot *slot, const char *number)
{
    xmlSetProp(slot->node, BAD_CAST "number", BAD_CAST number);
}

/* Elements whose number is one of the body's. The id of a nonconformity, the
 * count of a meeting or a client's badge are none. */
static bool
is_bearer(const xmlNode *n)
{
    for (size_t i = 0; i < sizeof bearers / sizeof bearers[0]; i++) {
        const char *const *path = bearers[i].path;

        for (size_t k = 0; k < 3 && path[k]; k++)
            if ((k == 2 || path[k + 1] == NULL) &&
                strcmp((const char *)n->name, path[k]) == 0)
                return true;
    }
    return false;
}

static bool
bears(const xmlNode *parent, const char *number)
{
    for (const xmlNode *n = first_element(parent, NULL); n;
         n = next_element(n, NULL))
        if ((is_bearer(n) && attribute_is(n, "number", number)) ||
            bears(n, number))
            return true;
    return false;
}

bool
bn_number_is_body(const bn_node *unit, const char *number)
{
    return unit && *number &&
           strcmp((const char *)unit->name, "client-kit") != 0 &&
           bears(unit, number);
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
