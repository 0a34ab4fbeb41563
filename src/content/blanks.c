/* blanks.c - what is still to be filled in, and where. */
#include <libxml/tree.h>
#include <string.h>

#include "base/vec.h"
#include "content/internal.h"

struct blanks {
    BN_VEC(bn_blank) list;
};

/* The path of a node from its unit: /client-kit/assets/asset[2]. */
static const char *
path_of(bn_arena *a, const xmlNode *node)
{
    static const char root[] = "/input";
    xmlChar *path = xmlGetNodePath((xmlNode *)node);
    const char *s = path ? (const char *)path : "";
    const char *copy;

    if (strncmp(s, root, strlen(root)) == 0 && s[strlen(root)] == '/')
        s += strlen(root);
    copy = bn_arena_strdup(a, s);
    xmlFree(path);
    return copy;
}

/* Steps of names, whatever their predicates hold: no function, no union. */
static bool
is_steps(const char *s)
{
    int depth = 0;

    for (; *s; s++)
        if (*s == '[')
            depth++;
        else if (*s == ']')
            depth--;
        else if (depth == 0 && strchr("()'\" |$*", *s))
            return false;
    return depth == 0;
}

/* A path goes on from its context; any other expression is shown with it. */
static const char *
path_from(bn_arena *a, const xmlNode *context, const char *expression)
{
    if (*expression == '/')
        return expression;
    if (strcmp(expression, ".") == 0)
        return path_of(a, context);
    return bn_arena_printf(a, "%s%s%s", path_of(a, context),
                           is_steps(expression) ? "/" : ": ", expression);
}

void
note_blank(making *m, const xmlNode *context, const char *expression, bn_loc at)
{
    if (m->blanks == NULL || strcmp(expression, "none") == 0)
        return;
    BN_PUSH(&m->blanks->list) =
        (bn_blank){at, path_from(m->job->arena, context, expression), ""};
}

static void
give(bn_arena *a, struct blanks *b, bn_blank **out, size_t *n)
{
    *n = b->list.n;
    *out = b->list.n
               ? bn_arena_copy(a, b->list.v, b->list.n * sizeof *b->list.v)
               : NULL;
    BN_VEC_FREE(&b->list);
}

/* ------------------------------------------------------------------ data */

static void
look_at(bn_arena *a, struct blanks *b, const xmlNode *node, const xmlChar *text)
{
    if (text && leftover_in((const char *)text))
        BN_PUSH(&b->list) = (bn_blank){
            bn_at(bn_place_of(node)), path_of(a, node),
            bn_arena_strdup(a, (const char *)text)};
}

static void
look_at_attributes(bn_arena *a, struct blanks *b, const xmlNode *element)
{
    for (const xmlAttr *at = element->properties; at; at = at->next)
        look_at(a, b, (const xmlNode *)at, at->children ? at->children->content
                                                        : NULL);
}

void
bn_tree_blanks(bn_arena *a, const bn_tree *t, bn_blank **out, size_t *n)
{
    const xmlNode *root = xmlDocGetRootElement(t);
    struct blanks b = {0};

    for (const xmlNode *at = root; at;) {
        if (at->type == XML_ELEMENT_NODE)
            look_at_attributes(a, &b, at);
        else if (at->type == XML_TEXT_NODE)
            look_at(a, &b, at->parent, at->content);
        if (at->type == XML_ELEMENT_NODE && at->children) {
            at = at->children;
            continue;
        }
        while (at != root && at->next == NULL)
            at = at->parent;
        at = at == root ? NULL : at->next;
    }
    give(a, &b, out, n);
}

/* ------------------------------------------------------------- templates */

void
bn_content_blanks(const bn_content_job *job, bn_tree *input,
                  const bn_paper *paper, bn_blank **out, size_t *n,
                  bn_msgs *msgs)
{
    struct blanks b = {0};

    if (paper->entry->template)
        look_at_template(job, input, paper, &b, msgs);
    else
        bn_content_lacks(job, input, paper, msgs);
    give(job->arena, &b, out, n);
}
