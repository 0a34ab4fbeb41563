/* import.h - private to content: how the columns of a table become elements. */
#ifndef BN_CONTENT_IMPORT_H
#define BN_CONTENT_IMPORT_H

#include "base/map.h"
#include "content/internal.h"

enum { NUMBERS_MOST = 99 /* of a column that may come more than once */ };

/* A column of the mapping. Strings in the mapping's arena. */
typedef struct import_column {
    const char *name; /* "site#": the # stands for a number */
    const char *heads, *type, *fallback;
    const char *first; /* default of number 1 alone */
    bool required, unique;
    bn_place place;
} import_column;

struct bn_import {
    const char *into, *parent, *kind, *before, *encoding;
    import_column *columns;
    size_t ncolumns;
    const xmlNode *record;
    bn_tree *stock, *own; /* what the nodes belong to */
};

/* A value of a row under its name: "site-name2". */
typedef struct import_value {
    const char *text; /* as the data writes it */
    const bn_csv_cell *cell; /* NULL: a default */
} import_value;

/*
 * A cell as the data writes it, in arena; errors with the cell's place and the
 * head of its column: BN_EIMPORTDATE, BN_EIMPORTNUMBER, BN_EIMPORTCODE.
 */
bn_code import_read(bn_arena *a, const char *type, const char *text,
                    const char *head, bn_loc at, const char **out, bn_err *err);

/*
 * The record of one row as elements with the places of their cells.
 *
 * values  name -> import_value *.
 */
bn_tree *import_record(bn_arena *a, const bn_import *m, const bn_csv *table,
                       const bn_map *values, bn_place row);

#endif
