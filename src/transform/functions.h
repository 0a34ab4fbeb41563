/* functions.h - one call of one of our functions; private. */
#ifndef BN_TRANSFORM_FUNCTIONS_H
#define BN_TRANSFORM_FUNCTIONS_H

#include "transform/date.h"
#include "transform/run.h"

enum { CALL_ARGS = 8 };

struct call {
    struct run *r;
    const char *name; /* "bn:date" */
    xmlXPathParserContextPtr c;
    int n;
    xmlXPathObjectPtr args[CALL_ARGS];
    bn_arena *a; /* for strings, until the call is over */
};

/* Arguments; "" and fallback when absent. A node-set's string is that of its
 * first node in document order. */
const char *call_text(struct call *k, int i);
const char *call_text_or(struct call *k, int i, const char *fallback);
/* Numbers, booleans and text as XPath casts them. */
double call_number(struct call *k, int i);
/* The nodes of an argument; NULL when it is none or empty. */
xmlNodeSetPtr call_nodes(struct call *k, int i);
/* No text, or no node, was given. */
bool call_is_empty(struct call *k, int i);
/* A day; false after telling a failure. */
bool call_date(struct call *k, int i, struct date *out);

/* Results. */
xmlXPathObjectPtr give_text(const char *s);
xmlXPathObjectPtr give_buf(bn_buf *b); /* frees b */
xmlXPathObjectPtr give_true(bool b);
xmlXPathObjectPtr give_number(double x);
xmlXPathObjectPtr give_node(xmlNodePtr n);
/* Tells a failure with the function's name and the value, at the input. */
xmlXPathObjectPtr call_fail(struct call *k, bn_code code, const char *value);

typedef xmlXPathObjectPtr function(struct call *k);

function fn_date, fn_date_or_blank, fn_period, fn_time, fn_datetime,
    fn_era_check, fn_era_western, fn_prints_date, fn_today, fn_valid_date,
    fn_before, fn_on_or_before, fn_after, fn_on_or_after, fn_same, fn_add_days,
    fn_add_months, fn_add_years, fn_days_between, fn_days_covered, fn_max_date, fn_min_date,
    fn_date_part;
function fn_number, fn_full_width, fn_half_width, fn_digits, fn_series,
    fn_count_width;
function fn_sort_key, fn_at, fn_item, fn_input, fn_document, fn_draft,
    fn_choices, fn_label,
    fn_name_spaced, fn_digest, fn_qr, fn_field, fn_printed, fn_has, fn_foreign,
    fn_placeholder, fn_repeated, fn_among, fn_unprinted, fn_prints, fn_lacking, fn_join;

/* Is it a root that papers are made for: a case, a kit, a law? */
bool is_unit(const xmlNode *n);

/* Text of one or more nodes in a form of bn:field: "" (as it is), a form of
 * bn:date, "number:FORM", "label:KIND", "name", "time", "datetime"; NULL after
 * telling r. In arena a. */
const char *field_text(struct run *r, bn_arena *a, const char *value,
                       const char *form, bn_loc at);

/* 日本語 of a code; NULL: not known (back: bn_label_code). */
const char *label_find(const char *kind, const char *code);
/* The i-th label of a kind, from 0; NULL: it has no more. */
const char *label_nth(const char *kind, size_t i);

#endif
