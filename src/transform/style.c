/* style.c - stylesheets: compiled once, read through the root jail, run with
 * limits. */
#include "transform/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/uri.h>
#include <libxslt/documents.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include "base/mem.h"
#include "source/source.h"

/* Enough for a report of a thousand pages, too little for a bomb: the limit
 * grows with the input, because honest work does. */
enum {
    OPS_BASE = 3000000,
    OPS_NODE = 3000,
    MADE_BASE = 1000000, /* nodes that a run may make */
    MADE_NODE = 40,
    NODES_MOST = 2000000,
    TEMPLATES_DEEP = 2000,
    TEXT_MOST = 1000
};

static const char xslt_ns[] = "http://www.w3.org/1999/XSL/Transform";

/* ------------------------------------------------------------- failures */

static void
say_nothing(void *data, const char *format, ...)
{
    (void)data;
    (void)format;
}

struct quiet
quiet_begin(void)
{
    const struct quiet q = {xmlGenericError, xmlGenericErrorContext};

    xmlSetGenericErrorFunc(NULL, say_nothing);
    return q;
}

void
quiet_end(struct quiet q)
{
    xmlSetGenericErrorFunc(q.data, q.print);
}

void
run_fail(struct run *r, bn_code code, bn_loc at, const char *a1, const char *a2)
{
    bn_err err = {0};

    if (r->failed)
        return;
    r->failed = true;
    r->code = code;
    bn_fail(&err, code, at, a1, a2);
    if (r->msgs)
        bn_msgs_add(r->msgs, &err, BN_ERROR);
    if (r->err)
        *r->err = err;
}

bn_loc
run_place(struct run *r, xmlNodePtr node)
{
    bn_place place = 0;

    if (node && node->type != XML_NAMESPACE_DECL)
        place = bn_place_of(node);
    if (place == 0 && r->xslt && r->xslt->inst)
        place = bn_place_of(r->xslt->inst);
    if (place == 0 && r->xslt == NULL)
        return r->at;
    return bn_at(place);
}

static bool
speaks_of_limit(const char *text)
{
    return strstr(text, "infinite") || strstr(text, "limit") ||
           strstr(text, "depth");
}

/* libxslt words an error as "… error: file F line N element E" and then the
 * message; the first gives the place while compiling. */
static bool
read_context(struct run *r, const char *text)
{
    const char *file = strstr(text, "error: file ");
    const char *line = file ? strstr(file, " line ") : NULL;
    char *name, *plain;

    if (strncmp(text, "runtime error", 13) != 0 &&
        strncmp(text, "compilation error", 17) != 0)
        return false;
    if (line == NULL || r->xslt)
        return true;
    file += strlen("error: file ");
    name = bn_arena_strndup(r->t->a, file, (size_t)(line - file));
    plain = xmlURIUnescapeString(name, 0, NULL);
    r->at = (bn_loc){.file = bn_arena_strdup(r->t->a, plain ? plain : name),
                     .line = (uint32_t)strtoul(line + 6, NULL, 10)};
    xmlFree(plain);
    return true;
}

static bool
is_message(const struct run *r)
{
    const xmlNode *inst = r->xslt ? r->xslt->inst : NULL;

    return inst && inst->ns && inst->type == XML_ELEMENT_NODE &&
           strcmp((const char *)inst->ns->href, xslt_ns) == 0 &&
           strcmp((const char *)inst->name, "message") == 0;
}

static void
say_message(struct run *r, const char *text)
{
    xmlChar *end = xmlGetNoNsProp(r->xslt->inst, BAD_CAST "terminate");
    const bool stop = end && strcmp((const char *)end, "yes") == 0;
    const bn_loc at = run_place(r, r->xslt->node);

    xmlFree(end);
    if (stop)
        run_fail(r, BN_EXSLTSTOP, at, text, NULL);
    else if (r->msgs)
        bn_warn(r->msgs, BN_WXSLT, at, text);
}

/* What libxslt prints comes here: contexts, errors, xsl:message. */
static void __attribute__((format(printf, 2, 3)))
on_error(void *data, const char *format, ...)
{
    struct run *r = data;
    char text[TEXT_MOST];
    va_list args;
    size_t n;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (n = strlen(text); n > 0 && text[n - 1] == '\n'; n--)
        text[n - 1] = '\0';
    if (n == 0 || read_context(r, text))
        return;
    if (is_message(r)) {
        say_message(r, text);
        return;
    }
    if (r->pending) {
        run_fail(r, BN_EXPATH, r->at, r->pending, r->pending_text);
        return;
    }
    run_fail(r, speaks_of_limit(text) ? BN_EXSLTLIMIT : BN_EXSLT,
             r->xslt ? run_place(r, r->xslt->inst) : r->at, text, NULL);
}

void
run_on_xpath(void *data, xmlErrorPtr e)
{
    struct run *r = data;
    const int code = e->code - XML_XPATH_EXPRESSION_OK;
    char text[TEXT_MOST];
    size_t n;

    snprintf(text, sizeof text, "%s", e->message ? e->message : "?");
    for (n = strlen(text); n > 0 && text[n - 1] == '\n'; n--)
        text[n - 1] = '\0';
    if (code == XPATH_OP_LIMIT_EXCEEDED ||
        code == XPATH_RECURSION_LIMIT_EXCEEDED)
        run_fail(r, BN_EXSLTLIMIT, run_place(r, NULL),
                 code == XPATH_OP_LIMIT_EXCEEDED ? "XPath operations"
                                                 : "XPath depth",
                 NULL);
    else if (r->xslt)
        run_fail(r, BN_EXPATH, run_place(r, r->xslt->inst),
                 e->str1 ? e->str1 : "?", text);
    else if (r->expression == NULL && r->pending == NULL) {
        r->pending = bn_arena_strdup(r->t->a, e->str1 ? e->str1 : "?");
        r->pending_text = bn_arena_strdup(r->t->a, text);
    } else if (r->expression)
        run_fail(r, BN_EXPATH, r->at, r->expression, text);
}

/* -------------------------------------------------------------- reading */

/* The run that a loader's context belongs to: imports hang below the
 * stylesheet that was given _private. */
static struct run *
run_of(void *context, xsltLoadType type)
{
    if (type == XSLT_LOAD_DOCUMENT)
        return ((xsltTransformContextPtr)context)->_private;
    for (xsltStylesheetPtr s = context; s; s = s->parent)
        if (s->_private)
            return s->_private;
    return NULL;
}

/* The document's URL as the base of relative imports: escaped, since a folder
 * may have any name. */
static void
set_url(xmlDocPtr doc, const char *path)
{
    xmlChar *url = xmlURIEscapeStr(BAD_CAST path, BAD_CAST "/");

    if (url == NULL)
        return;
    if (doc->URL)
        xmlFree((xmlChar *)doc->URL);
    doc->URL = url;
}

xmlDocPtr
run_load(struct run *r, const char *path)
{
    bn_msgs msgs = {0};
    bn_tree *doc = NULL;

    if (bn_xml_load(r->t->s, path, BN_XML_PLAIN, &doc, &msgs) == BN_OK) {
        set_url(doc, path);
    } else {
        const bn_err *e = &msgs.first->err;

        if (!r->failed && r->msgs)
            for (bn_msg *m = msgs.first; m; m = m->next)
                bn_msgs_add(r->msgs, &m->err, m->level);
        if (!r->failed && r->err)
            *r->err = *e;
        r->failed = true;
        r->code = e->code;
        doc = NULL;
    }
    bn_msgs_free(&msgs);
    return doc;
}

/* Copies do not bring places along; both trees have one shape. */
static void
keep_places(const xmlNode *from, xmlNode *to)
{
    for (; from && to; from = from->next, to = to->next) {
        to->_private = from->_private;
        if (from->type == XML_ELEMENT_NODE)
            keep_places(from->children, to->children);
    }
}

/* libxslt compares names of an import with those of the stylesheet around it by
 * pointer, so both must come out of one dictionary. Takes doc over. */
static xmlDocPtr
share_names(xmlDocPtr doc, xmlDictPtr dict)
{
    xmlDocPtr copy = xmlNewDoc(doc->version);
    xmlNodePtr root;

    if (copy && dict) {
        copy->dict = dict;
        xmlDictReference(dict);
    }
    root = copy ? xmlDocCopyNode(xmlDocGetRootElement(doc), copy, 1) : NULL;
    if (root) {
        xmlDocSetRootElement(copy, root);
        keep_places(xmlDocGetRootElement(doc)->children, root->children);
        root->_private = xmlDocGetRootElement(doc)->_private;
        copy->URL = xmlStrdup(doc->URL);
    }
    bn_tree_free(doc);
    return copy;
}

/* Stands in for libxslt's own reading: no scheme but plain paths, through the
 * root jail, hardened. A refusal fails the run, since libxslt would go on with
 * an empty node set (ROBUSTNESS, the second trap). */
static xmlDocPtr
load(const xmlChar *uri, xmlDictPtr dict, int options, void *context,
     xsltLoadType type)
{
    struct run *r = context ? run_of(context, type) : NULL;
    char *path;
    xmlDocPtr doc = NULL;

    (void)options;
    if (r == NULL)
        return NULL;
    path = xmlURIUnescapeString((const char *)uri, 0, NULL);
    if (path && strncmp(path, "share:", 6) == 0 && r->t->share) {
        /* a house stylesheet imports the stock's that it goes before */
        char *stock = (char *)xmlMalloc(strlen(r->t->share) + strlen(path) +
                                        sizeof "/stylesheets/");

        if (stock)
            sprintf(stock, "%s/stylesheets/%s", r->t->share, path + 6);
        xmlFree(path);
        path = stock;
    }
    if (path == NULL || strstr(path, ":/"))
        run_fail(r, BN_EXSLTREFUSED, run_place(r, NULL), (const char *)uri,
                 NULL);
    else
        doc = run_load(r, path);
    xmlFree(path);
    if (doc && type == XSLT_LOAD_STYLESHEET)
        doc = share_names(doc, dict);
    return doc;
}

static int
forbid(xsltSecurityPrefsPtr prefs, xsltTransformContextPtr x, const char *value)
{
    struct run *r = x ? x->_private : NULL;

    (void)prefs;
    if (r)
        run_fail(r, BN_EXSLTREFUSED, run_place(r, NULL), value, NULL);
    return 0;
}

/* Reading is let through to load(), which asks the root jail. */
static int
to_loader(xsltSecurityPrefsPtr prefs, xsltTransformContextPtr x,
          const char *value)
{
    (void)prefs;
    (void)x;
    (void)value;
    return 1;
}

static xsltSecurityPrefsPtr
preferences(void)
{
    xsltSecurityPrefsPtr p = xsltNewSecurityPrefs();

    if (p == NULL)
        return NULL;
    xsltSetSecurityPrefs(p, XSLT_SECPREF_READ_FILE, to_loader);
    xsltSetSecurityPrefs(p, XSLT_SECPREF_WRITE_FILE, forbid);
    xsltSetSecurityPrefs(p, XSLT_SECPREF_CREATE_DIRECTORY, forbid);
    xsltSetSecurityPrefs(p, XSLT_SECPREF_READ_NETWORK, forbid);
    xsltSetSecurityPrefs(p, XSLT_SECPREF_WRITE_NETWORK, forbid);
    return p;
}

/* ------------------------------------------------------------ compiling */

void
own(bn_transform *t, xsltStylesheetPtr style, xmlXPathCompExprPtr e)
{
    struct owned *o = BN_NEW(t->a, struct owned);

    *o = (struct owned){style, e, t->owned};
    t->owned = o;
}

static void
free_style(xsltStylesheetPtr style)
{
    xmlDocPtr doc = style->doc;

    style->doc = NULL;
    xsltFreeStylesheet(style);
    bn_tree_free(doc);
}

void
styles_free(bn_transform *t)
{
    for (struct owned *o = t->owned; o; o = o->next) {
        if (o->style)
            free_style(o->style);
        if (o->compiled)
            xmlXPathFreeCompExpr(o->compiled);
    }
}

xsltStylesheetPtr
style_compile(struct run *r, xmlDocPtr doc)
{
    xmlGenericErrorFunc generic = xsltGenericError;
    void *generic_data = xsltGenericErrorContext;
    xmlStructuredErrorFunc structured = xmlStructuredError;
    void *structured_data = xmlStructuredErrorContext;
    xsltStylesheetPtr style = xsltNewStylesheet();
    struct quiet q;
    int rc;

    if (style == NULL) {
        bn_tree_free(doc);
        run_fail(r, BN_EXSLT, BN_NOWHERE, "xsltNewStylesheet", NULL);
        return NULL;
    }
    style->_private = r;
    xsltSetGenericErrorFunc(r, on_error);
    xmlSetStructuredErrorFunc(r, run_on_xpath);
    q = quiet_begin();
    rc = xsltParseStylesheetUser(style, doc);
    quiet_end(q);
    xsltSetGenericErrorFunc(generic_data, generic);
    xmlSetStructuredErrorFunc(structured_data, structured);
    style->_private = NULL;
    if (r->pending)
        run_fail(r, BN_EXPATH, r->at, r->pending, r->pending_text);
    if (rc != 0 || style->errors != 0)
        run_fail(r, BN_EXSLT, r->at, "?", NULL);
    if (r->failed) {
        style->doc = doc;
        free_style(style);
        return NULL;
    }
    own(r->t, style, NULL);
    return style;
}

xsltStylesheetPtr
style_get(struct run *r, const char *path)
{
    bn_map_value *slot = bn_map_finds(r->t->styles, path);
    xsltStylesheetPtr style = slot ? slot->p : NULL;
    xmlDocPtr doc;

    if (style)
        return style;
    doc = run_load(r, path);
    if (doc == NULL)
        return NULL;
    r->at = (bn_loc){.file = bn_arena_strdup(r->t->a, path)};
    style = style_compile(r, doc);
    if (style)
        bn_map_puts(r->t->styles, path)->p = style;
    return style;
}

/* -------------------------------------------------------------- running */

static unsigned long
count_nodes(const xmlNode *n)
{
    const xmlNode *const top = n;
    unsigned long count = 0;

    while (n && count < NODES_MOST) {
        count++;
        if (n->children && n->type != XML_ENTITY_REF_NODE) {
            n = n->children;
            continue;
        }
        while (n != top && n->next == NULL)
            n = n->parent;
        if (n == top)
            break;
        n = n->next;
    }
    return count;
}

/* libxml2 tells of a new node without saying for whom, one function a thread:
 * so this is the one thing kept a thread and not a run. It counts what copying
 * makes, which the operations do not (one instruction may copy the input). */
static _Thread_local struct run *counted;

static void
on_new_node(xmlNodePtr node)
{
    struct run *r = counted;

    (void)node;
    if (r == NULL || r->nodes_left-- > 0)
        return;
    run_fail(r, BN_EXSLTLIMIT, run_place(r, r->xslt->inst), "nodes", NULL);
    r->xslt->state = XSLT_STATE_STOPPED;
}

/* Run with what libxslt would print kept silent, and the nodes counted. */
static xmlDocPtr
apply_counted(struct run *r, xsltStylesheetPtr style, xmlDocPtr in)
{
    xmlGenericErrorFunc print = xsltGenericError;
    void *const data = xsltGenericErrorContext;
    struct run *const outer = counted;
    xmlRegisterNodeFunc const kept = xmlRegisterNodeDefault(on_new_node);
    const struct quiet q = quiet_begin();
    xmlDocPtr out;

    counted = r;
    xsltSetGenericErrorFunc(NULL, say_nothing);
    out = xsltApplyStylesheetUser(style, in, NULL, NULL, NULL, r->xslt);
    xsltSetGenericErrorFunc(data, print);
    counted = outer;
    quiet_end(q);
    xmlRegisterNodeDefault(kept);
    return out;
}

static void
confine(struct run *r, xsltTransformContextPtr x, xmlDocPtr in)
{
    const unsigned long n = count_nodes((const xmlNode *)in);
    const unsigned long ops = OPS_BASE + OPS_NODE * n;

    x->_private = r;
    r->xslt = x;
    r->nodes_left = (long)(MADE_BASE + MADE_NODE * n);
    xsltSetCtxtSecurityPrefs(r->t->prefs, x);
    xsltSetTransformErrorFunc(x, r, on_error);
    x->maxTemplateDepth = TEMPLATES_DEEP;
    x->opLimit = ops;
    x->xpathCtxt->opLimit = ops;
    x->xpathCtxt->userData = r;
    x->xpathCtxt->error = run_on_xpath;
    functions_register(x->xpathCtxt);
    elements_register(x);
}

xmlDocPtr
style_apply(struct run *r, xsltStylesheetPtr style, xmlDocPtr in,
            const char *const *params)
{
    xsltTransformContextPtr x = xsltNewTransformContext(style, in);
    void *const kept = in->_private;
    xmlDocPtr out = NULL;
    bool stopped;

    if (x == NULL) {
        run_fail(r, BN_EXSLT, BN_NOWHERE, "xsltNewTransformContext", NULL);
        return NULL;
    }
    confine(r, x, in);
    if (xsltQuoteUserParams(x, (const char **)params) == 0)
        out = apply_counted(r, style, in);
    stopped = x->state != XSLT_STATE_OK || out == NULL;
    if (stopped)
        run_fail(r, BN_EXSLT, run_place(r, x->inst), "?", NULL);
    r->xslt = NULL;
    xsltFreeTransformContext(x);
    in->_private = kept;
    if (r->failed && out) {
        xmlFreeDoc(out);
        out = NULL;
    }
    return out;
}

void
modules_register_loader(bn_transform *t)
{
    xsltSetLoaderFunc(load);
    t->prefs = preferences();
}
