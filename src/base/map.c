#include "base/map.h"

#include <string.h>

enum { FIRST_SLOTS = 16 };

/* Open addressing with linear probing; a power of two of slots, at most two
 * thirds full. */
typedef struct slot {
    const char *key; /* NULL: free */
    size_t nbytes;
    uint64_t hash;
    bn_map_value value;
} slot;

struct bn_map {
    bn_arena *arena;
    slot *slots;
    size_t size, count;
};

static uint64_t
hash_bytes(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */

    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * 0x100000001b3u;
    return h ^ h >> 32;
}

bn_map *
bn_map_new(bn_arena *a)
{
    bn_map *m = BN_NEW(a, bn_map);

    m->arena = a;
    m->size = FIRST_SLOTS;
    m->slots = BN_NEWS(a, slot, m->size);
    return m;
}

static slot *
find_slot(const bn_map *m, const void *key, size_t n, uint64_t hash)
{
    size_t i = hash & (m->size - 1);

    while (m->slots[i].key &&
           (m->slots[i].hash != hash || m->slots[i].nbytes != n ||
            memcmp(m->slots[i].key, key, n) != 0))
        i = (i + 1) & (m->size - 1);
    return &m->slots[i];
}

static void
grow(bn_map *m)
{
    const slot *old = m->slots;
    const size_t n = m->size;

    m->size *= 2;
    m->slots = BN_NEWS(m->arena, slot, m->size);
    for (size_t i = 0; i < n; i++)
        if (old[i].key)
            *find_slot(m, old[i].key, old[i].nbytes, old[i].hash) = old[i];
}

bn_map_value *
bn_map_put(bn_map *m, const void *key, size_t n, bool *is_new)
{
    const uint64_t hash = hash_bytes(key, n);
    slot *s = find_slot(m, key, n, hash);

    if (is_new)
        *is_new = s->key == NULL;
    if (s->key)
        return &s->value;
    if ((m->count + 1) * 3 > m->size * 2) {
        grow(m);
        s = find_slot(m, key, n, hash);
    }
    m->count++;
    *s = (slot){bn_arena_strndup(m->arena, key, n), n, hash, {0}};
    return &s->value;
}

bn_map_value *
bn_map_find(const bn_map *m, const void *key, size_t n)
{
    slot *s = find_slot(m, key, n, hash_bytes(key, n));

    return s->key ? &s->value : NULL;
}

bn_map_value *
bn_map_puts(bn_map *m, const char *key)
{
    return bn_map_put(m, key, strlen(key), NULL);
}

bn_map_value *
bn_map_finds(const bn_map *m, const char *key)
{
    return bn_map_find(m, key, strlen(key));
}

size_t
bn_map_count(const bn_map *m)
{
    return m->count;
}
