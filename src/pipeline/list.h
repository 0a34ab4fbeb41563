/* list.h - private to pipeline: the tables that `list` prints. */
#ifndef BN_PIPELINE_LIST_H
#define BN_PIPELINE_LIST_H

#include "pipeline/unit.h"

typedef struct listing {
    bn_run *r;
    bool english;
    bn_arena *arena;
    const char *text; /* a file whose characters faces are asked for, or NULL */
    bn_buf *out;
    bn_msgs *msgs;
} listing;

/* The catalogue of stock and house; bn_catalogue_free. */
bn_code list_open_catalogue(listing *l, bn_catalogue **c);
/* Call back for each rule of stock and house, with its columns: id, severity,
 * editions, documents it blocks, provision, text. */
enum { LIST_RULE_COLUMNS = 6 };
bn_code list_each_rule(listing *l,
                       void (*tell)(void *user, const char *const *columns),
                       void *user);

/* provisions.c */
bn_code list_provisions(listing *l);

#endif
