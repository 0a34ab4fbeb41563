/* run.h - what a run of a stylesheet or an expression carries; private. */
#ifndef BN_TRANSFORM_RUN_H
#define BN_TRANSFORM_RUN_H

#include <libxml/xpath.h>
#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>
#include <unicode/ucol.h>

#include "base/buf.h"
#include "base/map.h"
#include "transform/transform.h"

#define BN_FUNCTIONS "urn:bunsho:functions"

/* What is freed at the end: one of the two is set. */
struct owned {
    xsltStylesheetPtr style;
    xmlXPathCompExprPtr compiled;
    struct owned *next;
};

struct bn_transform {
    bn_source *s;
    bn_arena *a;
    char today[11];
    const char *share; /* NULL until told */
    bn_map *styles;    /* path -> xsltStylesheetPtr */
    bn_map *rules;     /* path of a .sch -> xsltStylesheetPtr */
    bn_map *xpaths;    /* expression -> xmlXPathCompExprPtr */
    bn_map *units;     /* numbers of the files that cases and kits came from */
    xmlXPathContextPtr xpath;
    xsltSecurityPrefsPtr prefs;
    UCollator *readings; /* opened when first used */
    bn_context context;
    struct owned *owned; /* stylesheets and expressions to free */
};

/* Reached from every callback: functions by the XPath context's userData, the
 * loader and the preferences by _private. */
struct run {
    bn_transform *t;
    bn_msgs *msgs; /* one of the two is NULL */
    bn_err *err;
    const bn_context *context;
    xsltTransformContextPtr xslt; /* NULL: plain XPath, or compiling */
    xmlNodePtr at_node;           /* plain XPath: where it started */
    bn_loc at;                    /* plain XPath: of the expression */
    const char *expression;
    const char *pending; /* compiling: an XPath error that libxslt will place */
    const char *pending_text;
    long nodes_left;
    bool failed;  /* first failure was told; what follows from it is not */
    bn_code code; /* of that failure */
};

/* Tell a failure (only the first of a run is kept). */
void run_fail(struct run *r, bn_code code, bn_loc at, const char *a1,
              const char *a2);
/* Where to point: the input node at hand, else the stylesheet. */
bn_loc run_place(struct run *r, xmlNodePtr node);
/* libxml2's structured errors of XPath. */
void run_on_xpath(void *data, xmlErrorPtr e);

/* The compiled expression, kept; NULL after telling r. */
xmlXPathCompExprPtr run_compile(struct run *r, const char *expression);

/* A document through the root jail, not cleaned; NULL after telling r. */
xmlDocPtr run_load(struct run *r, const char *path);
/* libxml2 prints some failures besides telling them: silence between the two,
 * so that nothing of ours reaches stderr but messages. */
struct quiet {
    xmlGenericErrorFunc print;
    void *data;
};
struct quiet quiet_begin(void);
void quiet_end(struct quiet q);

/* The stylesheet of a path, compiled once; NULL after telling r. */
xsltStylesheetPtr style_get(struct run *r, const char *path);
/* Compile a stylesheet that is at hand; takes doc over. */
xsltStylesheetPtr style_compile(struct run *r, xmlDocPtr doc);
/* Free t's stylesheets and expressions. */
void styles_free(bn_transform *t);
void own(bn_transform *t, xsltStylesheetPtr style, xmlXPathCompExprPtr e);
/* Apply; NULL after telling r. params: name, value…, NULL. */
xmlDocPtr style_apply(struct run *r, xsltStylesheetPtr style, xmlDocPtr in,
                      const char *const *params);

/* Our functions, into a context. */
void functions_register(xmlXPathContextPtr c);
void prefixes_register(xmlXPathContextPtr c);
/* bn:field, and our own versions of functions that need a limit. */
void elements_register(xsltTransformContextPtr x);
void modules_register(void);
/* Reading through the root jail, and what is forbidden. */
void modules_register_loader(bn_transform *t);

#endif
