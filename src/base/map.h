/* map.h - from byte strings to pointers or numbers. */
#ifndef BN_BASE_MAP_H
#define BN_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct bn_map bn_map;

/* The value of a key: a pointer or a number, as the map's owner says. */
typedef union bn_map_value {
    void *p;
    int64_t n;
} bn_map_value;

/* A map in arena a: lives as long as it; keys are copied into it. */
bn_map *bn_map_new(bn_arena *a);

/* The slot of a key, made with value 0 when it was not there (*is_new says
 * so; may be NULL). The slot stays valid until the next put. */
bn_map_value *bn_map_put(bn_map *m, const void *key, size_t nbytes,
                         bool *is_new);
bn_map_value *bn_map_find(const bn_map *m, const void *key, size_t nbytes);

/* The same with NUL-terminated keys. */
bn_map_value *bn_map_puts(bn_map *m, const char *key);
bn_map_value *bn_map_finds(const bn_map *m, const char *key);

size_t bn_map_count(const bn_map *m);

#endif
