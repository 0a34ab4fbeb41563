/* grammar.c - RELAX NG by libxml2, and which part of a document breaks it.
 *
 * libxml2 decides. Its messages name neither what was expected nor always the
 * right node, so a refused document is walked again with the same schema read
 * as a simple model: a definition an element, content as a pattern over the
 * names of children (by derivatives), attributes with their data. */
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/relaxng.h>
#include <libxml/tree.h>

#include "base/map.h"
#include "source/grammar_model.h"
#include "source/internal.h"

struct grammar {
    char *name;
    xmlDoc *doc;
    xmlRelaxNG *rng;
    bn_arena *arena;
    const bn_gmodel *model;
};

void
bn_grammar_free(grammar *g)
{
    if (g == NULL)
        return;
    if (g->rng)
        xmlRelaxNGFree(g->rng);
    if (g->doc)
        xmlFreeDoc(g->doc);
    bn_arena_free(g->arena);
    free(g->name);
    free(g);
}

/* Keeps the first sentence that libxml2 says. */
static void
keep_first(void *user, xmlErrorPtr e)
{
    char *text = user;
    size_t n;

    if (text[0] || e->message == NULL)
        return;
    n = strcspn(e->message, "\n");
    n = n < BN_ARG_BYTES - 1 ? n : BN_ARG_BYTES - 1;
    memcpy(text, e->message, n);
    text[n] = '\0';
}

static bn_code
compile(bn_source *s, const char *path, grammar *g, bn_msgs *msgs)
{
    char text[BN_ARG_BYTES] = "";
    xmlRelaxNGParserCtxtPtr ctxt;
    bn_code code = bn_xml_load(s, path, BN_XML_PLAIN, &g->doc, msgs);
    xmlDoc *copy;

    if (code != BN_OK)
        return code;
    copy = xmlCopyDoc(g->doc, 1); /* compiling changes the document */
    ctxt = copy ? xmlRelaxNGNewDocParserCtxt(copy) : NULL;
    if (ctxt) {
        xmlRelaxNGSetParserStructuredErrors(ctxt, keep_first, text);
        g->rng = xmlRelaxNGParse(ctxt);
        xmlRelaxNGFreeParserCtxt(ctxt);
    }
    xmlFreeDoc(copy);
    if (g->rng == NULL) {
        bn_warn(msgs, BN_ESCHEMA, BN_NOWHERE, path, text);
        return BN_ESCHEMA;
    }
    g->arena = bn_arena_new();
    g->model = bn_gmodel_read(g->arena, g->doc);
    return BN_OK;
}

static bn_code
find_grammar(bn_source *s, const char *share, const char *root, grammar **out,
             bn_loc at, bn_msgs *msgs)
{
    bn_code code;
    grammar *g;
    char *path;

    for (size_t i = 0; i < s->grammars.n; i++)
        if (strcmp(s->grammars.v[i]->name, root) == 0) {
            *out = s->grammars.v[i];
            return BN_OK;
        }
    path = bn_alloc(strlen(share) + strlen(root) + sizeof "/schemas/.rng");
    sprintf(path, "%s/schemas/%s.rng", share, root);
    if (strpbrk(root, "/.") || !bn_is_file(path)) {
        free(path);
        bn_warn(msgs, BN_EROOT, at, root);
        return BN_EROOT;
    }
    g = bn_alloc(sizeof *g);
    g->name = bn_strdup(root);
    code = compile(s, path, g, msgs);
    free(path);
    if (code != BN_OK) {
        bn_grammar_free(g);
        return code;
    }
    BN_PUSH(&s->grammars) = g;
    *out = g;
    return BN_OK;
}

/* Identifiers that stand twice: libxml2 refuses them without saying where. */
static void
check_ids(const grammar *g, xmlNode *top, bn_msgs *msgs)
{
    bn_arena *a = bn_arena_new();
    bn_map *seen = bn_map_new(a);

    for (xmlNode *n = top; n; n = bn_gmodel_next(n, top)) {
        const char *name = bn_gmodel_id_attribute(g->model, n);
        xmlChar *value;
        bool is_new;

        if (name == NULL)
            continue;
        value = xmlGetNoNsProp(n, BAD_CAST name);
        if (value == NULL)
            continue;
        bn_map_put(seen, value, strlen((char *)value), &is_new);
        if (!is_new)
            bn_warn(msgs, BN_EGID, bn_at(bn_place_of(n)), (char *)value);
        xmlFree(value);
    }
    bn_arena_free(a);
}

bn_code
bn_grammar_check(bn_source *s, const char *share, bn_tree *t, bn_msgs *msgs)
{
    xmlNode *root = xmlDocGetRootElement(t);
    const bn_loc at = bn_at(bn_place_of(root));
    const unsigned before = msgs->count[BN_ERROR];
    char text[BN_ARG_BYTES] = "";
    xmlRelaxNGValidCtxtPtr ctxt;
    grammar *g;
    bn_code code;
    int valid;

    code = find_grammar(s, share, (const char *)root->name, &g, at, msgs);
    if (code != BN_OK)
        return code;
    ctxt = xmlRelaxNGNewValidCtxt(g->rng);
    if (ctxt == NULL)
        return BN_EINTERNAL;
    xmlRelaxNGSetValidStructuredErrors(ctxt, keep_first, text);
    valid = xmlRelaxNGValidateDoc(ctxt, t);
    xmlRelaxNGFreeValidCtxt(ctxt);
    if (valid != 0)
        bn_gmodel_explain(g->model, g->arena, root, msgs);
    check_ids(g, root, msgs);
    if (valid != 0 && msgs->count[BN_ERROR] == before)
        bn_warn(msgs, BN_EGRAMMAR, at, text);
    return msgs->count[BN_ERROR] == before ? BN_OK : BN_EGRAMMAR;
}
