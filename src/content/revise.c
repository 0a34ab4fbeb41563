/* revise.c - the data of a case or kit under another edition. */
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

typedef struct job {
    bn_arena *a;
    xmlDoc *doc;
    const bn_revision *r;
    bn_map *selected; /* measures that selected-measures has by now */
    size_t open;
} job;

static const bn_measure_change unknown = {
    .kind = "unknown",
    .basis = "inferred",
    .to = "",
    .note = "対応表にない。",
    .decision = "新しい版のどの項目に当たるかを決める",
};

static const bn_measure_change *
find(const job *j, const char *measure)
{
    const bn_measure_change *c = j->r->find(j->r->user, measure);

    return c ? c : &unknown;
}

/* ------------------------------------------------------- open decisions */

/* A value of a pseudo-attribute: no quotes, no end of the instruction. */
static const char *
plain(bn_arena *a, const char *s)
{
    char *copy = bn_arena_strdup(a, s);

    for (char *p = copy; *p; p++)
        if (*p == '"' || *p == '?' || *p == '\n')
            *p = ' ';
    return copy;
}

/* <?bunsho-decide measure="I.3" kind="unknown" to="" text="…"?> as the first
 * child, behind those that stand there. */
static void
mark(job *j, xmlNode *node, const char *measure, const bn_measure_change *c)
{
    const char *text = bn_arena_printf(
        j->a, "measure=\"%s\" kind=\"%s\" to=\"%s\" text=\"%s%s%s\"", measure,
        c->kind, c->to, plain(j->a, c->decision), *measure ? "" : "：",
        *measure ? "" : plain(j->a, c->note));
    xmlNode *pi = xmlNewDocPI(j->doc, TEXT("bunsho-decide"), TEXT(text));
    xmlNode *at = node->children;

    while (at && at->type == XML_PI_NODE)
        at = at->next;
    if (at)
        xmlAddPrevSibling(at, pi);
    else
        xmlAddChild(node, pi);
    j->open++;
}

/* ------------------------------------------------------------- measures */

typedef BN_VEC(const char *) list;

static void
split(bn_arena *a, const char *text, list *out)
{
    char *copy = bn_arena_strdup(a, text), *rest = NULL;

    for (char *w = strtok_r(copy, " \t\r\n", &rest); w;
         w = strtok_r(NULL, " \t\r\n", &rest))
        BN_PUSH(out) = w;
}

/* The measures that take the place of one: it stays where the map knows no
 * successor. */
static void
successors(job *j, const char *measure, const bn_measure_change *c, list *out)
{
    const bool known =
        strcmp(c->kind, "unknown") != 0 && strcmp(c->kind, "deleted") != 0;

    if (known)
        split(j->a, c->to, out);
    if (out->n == 0)
        BN_PUSH(out) = measure;
}

static bool
has(const list *l, const char *word)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->v[i], word) == 0)
            return true;
    return false;
}

/* measures="I.3 II.h": each by its successors, none twice. */
static void
revise_list(job *j, xmlNode *node, const char *name)
{
    const char *old = attribute(j->a, node, name);
    list words = {0}, now = {0};
    bn_buf text = {0};

    if (old == NULL)
        return;
    split(j->a, old, &words);
    for (size_t i = 0; i < words.n; i++) {
        const bn_measure_change *c = find(j, words.v[i]);
        list next = {0};

        successors(j, words.v[i], c, &next);
        for (size_t k = 0; k < next.n; k++)
            if (!has(&now, next.v[k]))
                BN_PUSH(&now) = next.v[k];
        if (c->decision)
            mark(j, node, words.v[i], c);
        BN_VEC_FREE(&next);
    }
    for (size_t i = 0; i < now.n; i++)
        bn_buf_addf(&text, "%s%s", i ? " " : "", now.v[i]);
    if (text.len)
        xmlSetProp(node, TEXT(name), TEXT(text.p));
    bn_buf_free(&text);
    BN_VEC_FREE(&words);
    BN_VEC_FREE(&now);
}

static bool
is_selection(const xmlNode *node)
{
    return node->parent && strcmp((const char *)node->name, "measure") == 0 &&
           strcmp((const char *)node->parent->name, "selected-measures") == 0;
}

/* A selection that merging made a second time is taken out. */
static bool
is_second(job *j, const xmlNode *node, const char *measure)
{
    return is_selection(node) && bn_map_puts(j->selected, measure)->n++ > 0;
}

/* measure="I.3" of an answer, a finding …; one element a successor. */
static void
revise_one(job *j, xmlNode *node, const char *name)
{
    const char *old = attribute(j->a, node, name);
    const bn_measure_change *c;
    xmlNode *last = node;
    list now = {0};

    if (old == NULL || strcmp(old, "law") == 0)
        return;
    c = find(j, old);
    successors(j, old, c, &now);
    if (attribute(j->a, node, "id") && now.n > 1)
        now.n = 1; /* what has an id is one thing */
    for (size_t i = now.n; i-- > 1;) {
        xmlNode *copy = xmlDocCopyNode(node, j->doc, 1);

        xmlSetProp(copy, TEXT(name), TEXT(now.v[i]));
        xmlAddNextSibling(node, copy);
        if (is_second(j, copy, now.v[i])) {
            xmlUnlinkNode(copy);
            xmlFreeNode(copy);
        } else if (c->decision) {
            mark(j, copy, old, c);
        }
    }
    xmlSetProp(last, TEXT(name), TEXT(now.v[0]));
    if (c->decision)
        mark(j, node, old, c);
    if (is_second(j, node, now.v[0])) {
        j->open -= c->decision != NULL;
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    BN_VEC_FREE(&now);
}

static void
revise_below(job *j, xmlNode *node)
{
    xmlNode *next;

    for (xmlNode *c = node->children; c; c = next) {
        next = c->next;
        if (c->type != XML_ELEMENT_NODE)
            continue;
        revise_below(j, c);
        revise_list(j, c, "measures");
        revise_one(j, c, is_selection(c) ? "ref" : "measure");
    }
}

/* ------------------------------------------------------------------ unit */

/* Where the unit names its edition, which is also where what concerns all of
 * it is marked. */
static xmlNode *
set_edition(xmlNode *root, const char *edition)
{
    xmlNode *ref = first_element(root, "edition-ref");

    xmlSetProp(ref ? ref : root, TEXT(ref ? "ref" : "edition"), TEXT(edition));
    return ref ? ref : root;
}

size_t
bn_tree_revise(bn_arena *a, bn_tree *unit, const bn_revision *revision)
{
    xmlNode *root = xmlDocGetRootElement(unit), *at;
    job j = {.a = a,
             .doc = unit,
             .r = revision,
             .selected = bn_map_new(a)};

    revise_below(&j, root);
    at = set_edition(root, revision->to);
    for (size_t i = 0; i < revision->nloose; i++)
        if (revision->loose[i].decision)
            mark(&j, at, "", &revision->loose[i]);
    return j.open;
}
