/* rules.c - Schematron: compiled to XSLT once, run over the input or the
 * content, its findings read back. */
#include "transform/functions.h"

#include <string.h>

#include <libxml/tree.h>

#include "base/mem.h"

static const char *const phases[] = {"input", "content", "glyphs", "register"};

/* Is path below folder? Names only: the root jail follows links. */
static bool
is_below(const char *path, const char *folder)
{
    const size_t n = folder ? strlen(folder) : 0;

    return n > 0 && strncmp(path, folder, n) == 0 &&
           (path[n] == '/' || folder[n - 1] == '/') &&
           strstr(path + n, "..") == NULL;
}

/* Rules come from the share folder or from a folder called rules (the
 * house's), never from beside the input (ROBUSTNESS 4a 17). */
static bool
may_rule(const bn_transform *t, const char *path)
{
    const char *const end = strrchr(path, '/');
    static const char folder[] = "rules";
    const size_t n = sizeof folder - 1;

    if (is_below(path, t->share))
        return true;
    return end && (size_t)(end - path) >= n &&
           strncmp(end - n, folder, n) == 0 &&
           (end - n == path || end[-(long)n - 1] == '/');
}

static xsltStylesheetPtr
compile(struct run *r, const char *path)
{
    const char *compiler =
        bn_arena_printf(r->t->a, "%s/stylesheets/schematron.xsl", r->t->share);
    static const char *const none[] = {NULL};
    xsltStylesheetPtr by = style_get(r, compiler);
    bn_tree *sch = by ? run_load(r, path) : NULL;
    xmlDocPtr xslt;

    if (sch == NULL)
        return NULL;
    xslt = style_apply(r, by, sch, none);
    bn_tree_free(sch);
    if (xslt == NULL)
        return NULL;
    if (xmlDocGetRootElement(xslt) == NULL) {
        bn_tree_free(xslt);
        run_fail(r, BN_ERULES, (bn_loc){.file = path}, path, "sch:schema");
        return NULL;
    }
    r->at = (bn_loc){.file = bn_arena_strdup(r->t->a, path)};
    return style_compile(r, xslt);
}

static xsltStylesheetPtr
rules_get(struct run *r, const char *path)
{
    bn_map_value *slot = bn_map_finds(r->t->rules, path);
    xsltStylesheetPtr style;

    if (slot)
        return slot->p;
    if (r->t->share == NULL || !may_rule(r->t, path)) {
        run_fail(r, BN_ERULES, (bn_loc){.file = path}, path,
                 "not below share or a rules folder");
        return NULL;
    }
    style = compile(r, path);
    if (style)
        bn_map_puts(r->t->rules, path)->p = style;
    return style;
}

/* -------------------------------------------------------------- findings */

static const char *
attribute(bn_arena *a, xmlNodePtr n, const char *name)
{
    xmlChar *s = xmlGetNoNsProp(n, BAD_CAST name);
    const char *copy = bn_arena_strdup(a, s ? (const char *)s : "");

    xmlFree(s);
    return copy;
}

/* The message on one line: the rules are laid out over several. Blanks of a
 * line break between Japanese go altogether. */
static const char *
one_line(bn_arena *a, xmlNodePtr n)
{
    xmlChar *s = xmlNodeGetContent(n);
    const char *p = s ? (const char *)s : "";
    bn_buf b = {0};
    const char *copy;

    while (*p) {
        const size_t blank = strspn(p, " \t\r\n");

        if (blank && memchr(p, '\n', blank) == NULL && b.len > 0 && p[blank])
            bn_buf_addc(&b, ' ');
        p += blank;
        if (*p)
            bn_buf_addc(&b, *p++);
    }
    copy = bn_arena_strdup(a, b.p ? b.p : "");
    bn_buf_free(&b);
    xmlFree(s);
    return copy;
}

static bn_finding *
read_finding(bn_arena *a, xmlNodePtr n)
{
    bn_finding *f = BN_NEW(a, bn_finding);

    f->rule = attribute(a, n, "rule");
    f->severity = *attribute(a, n, "severity");
    f->provision = attribute(a, n, "provision");
    f->blocks = attribute(a, n, "blocks");
    f->text = one_line(a, n);
    f->place = bn_place_read(attribute(a, n, "place"));
    return f;
}

static bn_finding **
read_findings(bn_arena *a, xmlDocPtr made, bn_finding **end)
{
    const xmlNode *root = xmlDocGetRootElement(made);

    for (xmlNodePtr n = root ? root->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE) {
            *end = read_finding(a, n);
            end = &(*end)->next;
        }
    return end;
}

/* Files of cases and kits, so that content can be asked whose it is (R160). */
static void
note_files(bn_transform *t, const xmlNode *parent)
{
    for (const xmlNode *n = parent ? parent->children : NULL; n; n = n->next) {
        const uint32_t file =
            n->type == XML_ELEMENT_NODE ? (uint32_t)(bn_place_of(n) >> 32) : 0;

        if (file && is_unit(n))
            bn_map_put(t->units, &file, sizeof file, NULL)->n = 1;
        else if (n->type == XML_ELEMENT_NODE &&
                 strcmp((const char *)n->name, "register") == 0)
            for (const xmlNode *row = n->children; row; row = row->next) {
                const uint32_t from = row->type == XML_ELEMENT_NODE
                                          ? (uint32_t)(bn_place_of(row) >> 32)
                                          : 0;

                if (from)
                    bn_map_put(t->units, &from, sizeof from, NULL)->n = 1;
            }
    }
}

bn_code
bn_rules_run(bn_transform *t, const char *const *files, size_t n,
             enum bn_phase phase, bn_tree *tree, bn_arena *a, bn_finding **out,
             bn_msgs *msgs)
{
    const char *const params[] = {"phase", phases[phase], NULL};
    bn_finding *first = NULL, **end = &first;

    if (phase == BN_PHASE_INPUT)
        note_files(t, xmlDocGetRootElement(tree));
    for (size_t i = 0; i < n; i++) {
        struct run r = {.t = t, .msgs = msgs, .context = &t->context};
        xsltStylesheetPtr style = rules_get(&r, files[i]);
        xmlDocPtr made = style ? style_apply(&r, style, tree, params) : NULL;

        if (made == NULL)
            return r.code ? r.code : BN_ERULES;
        end = read_findings(a, made, end);
        xmlFreeDoc(made);
    }
    *out = first;
    return BN_OK;
}

void
bn_transform_warm(bn_transform *t, const char *path, bool rules)
{
    bn_msgs msgs = {0};
    struct run r = {.t = t, .msgs = &msgs, .context = &t->context};

    if (rules)
        rules_get(&r, path);
    else
        style_get(&r, path);
    bn_msgs_free(&msgs);
}
