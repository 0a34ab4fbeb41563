/* transform.h - XSLT with our functions, XPath over the input, rules. */
#ifndef BN_TRANSFORM_TRANSFORM_H
#define BN_TRANSFORM_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "source/source.h"

/*
 * What one process keeps: stylesheets and rule sets, each compiled once, our
 * functions (bn = "urn:bunsho:functions"), the security preferences of
 * ROBUSTNESS 4a 11-16.
 */
typedef struct bn_transform bn_transform;

/* today: ISO date that bn functions and rules use; copied. */
bn_transform *bn_transform_new(bn_source *s, const char *today);
void bn_transform_free(bn_transform *t);

/* Where stylesheets/schematron.xsl is found; wanted before rules are run. */
void bn_transform_share(bn_transform *t, const char *share);

/* What functions see while a document is made: set before a run, NULL off.
 * item is what bn:item() returns (the certificate, the nonconformity… that
 * the document is about); NULL: the case itself. */
typedef struct bn_context {
    bn_node *item;
    const char *document; /* catalogue id, for messages */
    bool draft;
    bool blank; /* a form to be filled in by hand: functions take nothing */
    bn_tree *input; /* what bn:input() returns; NULL: the tree itself */
} bn_context;

/* What functions see in bn_xpath_* and bn_rules_run, and in a
 * bn_transform_run that is given no context of its own. Copied; NULL: none. */
void bn_transform_set(bn_transform *t, const bn_context *context);

/* The code of a label (or the code itself) in the data's vocabulary; NULL: the
 * kind has none such. And all labels of a kind, appended. */
const char *bn_label_code(const char *kind, const char *text);
void bn_label_words(const char *kind, bn_buf *out);

/* A day as people write it (2019-05-15, 2019/5/15, 2019年5月15日, 令和元年5月15日,
 * R1.5.15, digits full-width or kanji), with the time behind it or without
 * (9:30, 午前9時30分, T09:30), as ISO appended; false: no calendar has it. */
bool bn_date_iso(const char *text, bn_buf *out);
/* A time of day alone, as 09:30. */
bool bn_time_iso(const char *text, bn_buf *out);

/* Another day; copied. */
void bn_transform_today(bn_transform *t, const char *today);

/* Compile a stylesheet (a rule file) before it is wanted, so that processes
 * forked later share it. What is wrong with it is told when it is used. */
void bn_transform_warm(bn_transform *t, const char *path, bool rules);

typedef struct bn_param {
    const char *name, *value; /* a string, not an expression */
} bn_param;

/*
 * Apply the stylesheet at path (compiled once a process, imports below
 * declared roots only) to in.
 *
 * params  n of them; copied.
 * out     a new document; free with bn_tree_free.
 * Errors BN_EXSLT and others with file:line of the stylesheet; xsl:message
 * terminate="yes" is an error, else a warning. BN_EXSLTLIMIT for depth,
 * operations, time.
 */
bn_code bn_transform_run(bn_transform *t, const char *path, bn_tree *in,
                         const bn_context *context, const bn_param *params,
                         size_t n, bn_tree **out, bn_msgs *msgs);

/*
 * XPath with our functions on a tree: as a string (bn_xpath_string, in arena
 * a), a truth value, or nodes in document order. context: the node it starts
 * from, NULL: the root element. Errors BN_EXPATH at `at`.
 */
bn_code bn_xpath_string(bn_transform *t, bn_arena *a, bn_tree *tree,
                        bn_node *context, const char *expression, bn_loc at,
                        const char **out, bn_err *err);
bn_code bn_xpath_true(bn_transform *t, bn_tree *tree, bn_node *context,
                      const char *expression, bn_loc at, bool *out,
                      bn_err *err);
bn_code bn_xpath_nodes(bn_transform *t, bn_arena *a, bn_tree *tree,
                       bn_node *context, const char *expression, bn_loc at,
                       bn_node ***nodes, size_t *n, bn_err *err);
/* Value with its place: the first node's place when the expression selects
 * nodes, else that of context. */
bn_code bn_xpath_value(bn_transform *t, bn_arena *a, bn_tree *tree,
                       bn_node *context, const char *expression, bn_loc at,
                       const char **out, bn_place *place, bn_err *err);

/* ---------------------------------------------------------------- rules */

enum bn_phase {
    BN_PHASE_INPUT,
    BN_PHASE_CONTENT,
    BN_PHASE_GLYPHS,
    BN_PHASE_REGISTER
};

/* A rule that failed. Strings in the arena of the run. */
typedef struct bn_finding {
    const char *rule;      /* "R087" */
    char severity;         /* 'R', 'W', 'I' */
    const char *provision; /* "000 三の7の四ト" */
    const char *blocks;    /* document ids, blank-separated; "all", with "-id"
                              behind it for those that are made all the same;
                              "" none */
    const char *text;      /* worded, Japanese */
    bn_place place;        /* of the node it failed on */
    struct bn_finding *next;
} bn_finding;

/*
 * Run every rule of a phase over the input tree (or content), stock rules
 * (schemas/rules.sch) and those of the house (rules folder), all failures at
 * once in document order of the rule files.
 *
 * files  n paths of .sch files; each compiled once a process. Below share, or
 *        in a folder called rules; others are BN_ERULES.
 * tree   BN_PHASE_INPUT: the <input>. BN_PHASE_CONTENT: the XHTML of one
 *        paper; before it, bn_transform_set with .input (the <input> that it
 *        was made from), .item and .document, which the rules reach by
 *        bn:input(), bn:item() and bn:document(). A finding's place is then
 *        that of the data (the nearest data-at where content has no place of
 *        its own).
 *
 * A rule of the content phase that blocks "all" means the paper in hand. Rules
 * carried over to an edition whose text is not at hand come as 'W'.
 */
bn_code bn_rules_run(bn_transform *t, const char *const *files, size_t n,
                     enum bn_phase phase, bn_tree *tree, bn_arena *a,
                     bn_finding **out, bn_msgs *msgs);

/* Lines "library version", for --version. */
void bn_transform_versions(bn_buf *out);

#endif
