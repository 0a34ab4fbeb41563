/* transform.c - what callers use: running stylesheets, asking XPath. */
#include "transform/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>

#include "base/mem.h"

enum { XPATH_OPS = 5000000 };

bn_transform *
bn_transform_new(bn_source *s, const char *today)
{
    bn_transform *t = bn_alloc(sizeof *t);

    t->s = s;
    t->a = bn_arena_new();
    snprintf(t->today, sizeof t->today, "%s", today ? today : "");
    t->styles = bn_map_new(t->a);
    t->rules = bn_map_new(t->a);
    t->xpaths = bn_map_new(t->a);
    t->units = bn_map_new(t->a);
    modules_register();
    modules_register_loader(t);
    t->xpath = xmlXPathNewContext(NULL);
    functions_register(t->xpath);
    prefixes_register(t->xpath);
    t->xpath->error = run_on_xpath;
    return t;
}

void
bn_transform_free(bn_transform *t)
{
    if (t == NULL)
        return;
    styles_free(t);
    xmlXPathFreeContext(t->xpath);
    xsltFreeSecurityPrefs(t->prefs);
    ucol_close(t->readings);
    bn_arena_free(t->a);
    free(t);
}

void
bn_transform_share(bn_transform *t, const char *share)
{
    t->share = bn_arena_strdup(t->a, share);
}

void
bn_transform_set(bn_transform *t, const bn_context *context)
{
    t->context = context ? *context : (bn_context){0};
}

void
bn_transform_today(bn_transform *t, const char *today)
{
    snprintf(t->today, sizeof t->today, "%s", today);
}

bn_code
bn_transform_run(bn_transform *t, const char *path, bn_tree *in,
                 const bn_context *context, const bn_param *params, size_t n,
                 bn_tree **out, bn_msgs *msgs)
{
    struct run r = {
        .t = t, .msgs = msgs, .context = context ? context : &t->context};
    bn_arena *a = bn_arena_new();
    const char **pairs = BN_NEWS(a, const char *, 2 * n + 1);
    xsltStylesheetPtr style = style_get(&r, path);
    xmlDocPtr made = NULL;

    for (size_t i = 0; i < n; i++) {
        pairs[2 * i] = params[i].name;
        pairs[2 * i + 1] = params[i].value;
    }
    if (style)
        made = style_apply(&r, style, in, pairs);
    bn_arena_free(a);
    if (made == NULL)
        return r.code;
    *out = made;
    return BN_OK;
}

/* ---------------------------------------------------------------- XPath */

xmlXPathCompExprPtr
run_compile(struct run *r, const char *expression)
{
    bn_map_value *slot = bn_map_finds(r->t->xpaths, expression);
    xmlXPathCompExprPtr e;
    xmlXPathContextPtr c = r->t->xpath;
    void *const kept = c->userData;
    struct quiet q;

    if (slot)
        return slot->p;
    c->userData = r;
    q = quiet_begin();
    e = xmlXPathCtxtCompile(c, BAD_CAST expression);
    quiet_end(q);
    c->userData = kept;
    if (e == NULL) {
        run_fail(r, BN_EXPATH, r->at, expression, "?");
        return NULL;
    }
    own(r->t, NULL, e);
    bn_map_puts(r->t->xpaths, expression)->p = e;
    return e;
}

/* The value of an expression, to be freed; NULL after telling r. */
static xmlXPathObjectPtr
evaluate(struct run *r, bn_tree *tree, bn_node *context)
{
    xmlXPathContextPtr c = r->t->xpath;
    xmlXPathCompExprPtr e = run_compile(r, r->expression);
    xmlXPathObjectPtr value;
    struct quiet q;

    if (e == NULL)
        return NULL;
    c->doc = tree;
    c->node = context ? context : xmlDocGetRootElement(tree);
    c->contextSize = c->proximityPosition = 1;
    c->opLimit = XPATH_OPS;
    c->opCount = 0;
    c->userData = r;
    r->at_node = c->node;
    q = quiet_begin();
    value = xmlXPathCompiledEval(e, c);
    quiet_end(q);
    c->userData = NULL;
    c->doc = NULL;
    c->node = NULL;
    if (value == NULL)
        run_fail(r, BN_EXPATH, r->at, r->expression, "?");
    if (r->failed && value) {
        xmlXPathFreeObject(value);
        value = NULL;
    }
    return value;
}

static struct run
xpath_run(bn_transform *t, const char *expression, bn_loc at, bn_err *err)
{
    return (struct run){.t = t,
                        .err = err,
                        .context = &t->context,
                        .at = at,
                        .expression = expression};
}

static const char *
as_string(bn_arena *a, xmlXPathObjectPtr value)
{
    xmlChar *s = xmlXPathCastToString(value);
    const char *copy = bn_arena_strdup(a, s ? (const char *)s : "");

    xmlFree(s);
    return copy;
}

bn_code
bn_xpath_value(bn_transform *t, bn_arena *a, bn_tree *tree, bn_node *context,
               const char *expression, bn_loc at, const char **out,
               bn_place *place, bn_err *err)
{
    struct run r = xpath_run(t, expression, at, err);
    xmlXPathObjectPtr value = evaluate(&r, tree, context);
    bn_node *first = context ? context : xmlDocGetRootElement(tree);

    if (value == NULL)
        return r.code;
    *out = as_string(a, value);
    if (place) {
        if (value->type == XPATH_NODESET && value->nodesetval &&
            value->nodesetval->nodeNr > 0 &&
            value->nodesetval->nodeTab[0]->type != XML_NAMESPACE_DECL) {
            xmlXPathNodeSetSort(value->nodesetval);
            first = value->nodesetval->nodeTab[0];
        }
        *place = bn_place_of(first);
    }
    xmlXPathFreeObject(value);
    return BN_OK;
}

bn_code
bn_xpath_string(bn_transform *t, bn_arena *a, bn_tree *tree, bn_node *context,
                const char *expression, bn_loc at, const char **out,
                bn_err *err)
{
    return bn_xpath_value(t, a, tree, context, expression, at, out, NULL, err);
}

bn_code
bn_xpath_true(bn_transform *t, bn_tree *tree, bn_node *context,
              const char *expression, bn_loc at, bool *out, bn_err *err)
{
    struct run r = xpath_run(t, expression, at, err);
    xmlXPathObjectPtr value = evaluate(&r, tree, context);

    if (value == NULL)
        return r.code;
    *out = xmlXPathCastToBoolean(value) != 0;
    xmlXPathFreeObject(value);
    return BN_OK;
}

bn_code
bn_xpath_nodes(bn_transform *t, bn_arena *a, bn_tree *tree, bn_node *context,
               const char *expression, bn_loc at, bn_node ***nodes, size_t *n,
               bn_err *err)
{
    struct run r = xpath_run(t, expression, at, err);
    xmlXPathObjectPtr value = evaluate(&r, tree, context);
    xmlNodeSetPtr set;

    if (value == NULL)
        return r.code;
    if (value->type != XPATH_NODESET) {
        xmlXPathFreeObject(value);
        return bn_fail(err, BN_EXPATH, at, expression, "not a node-set");
    }
    set = value->nodesetval;
    *n = 0;
    *nodes = BN_NEWS(a, bn_node *, set && set->nodeNr > 0 ? set->nodeNr : 1);
    if (set)
        xmlXPathNodeSetSort(set);
    for (int i = 0; set && i < set->nodeNr; i++)
        if (set->nodeTab[i]->type != XML_NAMESPACE_DECL)
            (*nodes)[(*n)++] = set->nodeTab[i];
    xmlXPathFreeObject(value);
    return BN_OK;
}
