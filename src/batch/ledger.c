/* ledger.c - what the register says, for one build. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "batch/batch.h"
#include "register/register.h"

struct bn_ledger {
    bn_arena *arena;
    bn_map *numbers; /* "unit slot" -> number */
    bn_map *issued;  /* "unit document key" -> SHA-256 */
};

static void
take(bn_ledger *l, bn_map *into, const bn_event *e, const char *key,
     const char *value)
{
    bn_map_puts(into, bn_arena_printf(l->arena, "%s %s", e->unit, key))->p =
        bn_arena_strdup(l->arena, value);
}

static bn_code
read_rows(bn_ledger *l, bn_register *r, bn_err *err)
{
    const bn_event *rows;
    size_t n;
    bn_code code = bn_register_list(r, BN_LIST_NUMBERS, NULL, NULL, l->arena,
                                    &rows, &n, err);

    for (size_t i = 0; code == BN_OK && i < n; i++)
        take(l, l->numbers, &rows[i], rows[i].key, rows[i].number);
    if (code == BN_OK)
        code = bn_register_list(r, BN_LIST_ISSUED, NULL, NULL, l->arena, &rows,
                                &n, err);
    for (size_t i = 0; code == BN_OK && i < n; i++)
        take(l, l->issued, &rows[i],
             bn_arena_printf(l->arena, "%s %s", rows[i].document, rows[i].key),
             rows[i].sha256);
    return code;
}

bn_code
bn_ledger_open(const char *path, bn_ledger **out, bn_err *err)
{
    bn_ledger *l = bn_alloc(sizeof *l);
    bn_register *r = NULL;
    bn_code code;

    l->arena = bn_arena_new();
    l->numbers = bn_map_new(l->arena);
    l->issued = bn_map_new(l->arena);
    code = bn_register_open(path, false, true, &r, err);
    if (code == BN_OK)
        code = read_rows(l, r, err);
    bn_register_close(r);
    if (code)
        bn_ledger_free(l);
    else
        *out = l;
    return code;
}

void
bn_ledger_free(bn_ledger *l)
{
    if (l)
        bn_arena_free(l->arena);
    free(l);
}

static const char *
find(const bn_map *m, const char *a, const char *b)
{
    bn_buf key = {0};
    const bn_map_value *v;

    bn_buf_addf(&key, "%s %s", a, b);
    v = bn_map_finds(m, key.p);
    bn_buf_free(&key);
    return v ? v->p : NULL;
}

const char *
bn_ledger_number(const bn_ledger *l, const char *unit, const char *slot)
{
    return find(l->numbers, unit, slot);
}

bool
bn_ledger_issued(const bn_ledger *l, const bn_made *paper)
{
    bn_buf key = {0};
    bool found;

    bn_buf_addf(&key, "%s %s", paper->document, paper->key);
    found = find(l->issued, paper->unit, key.p) != NULL;
    bn_buf_free(&key);
    return found;
}
