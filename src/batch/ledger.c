/* ledger.c - what the register says, for one build. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "batch/internal.h"
#include "register/register.h"

struct bn_ledger {
    bn_arena *arena;
    bn_map *numbers; /* "unit slot" -> bn_given of the last version */
    bn_map *issued;  /* "unit document key version" -> SHA-256 */
};

static void
take_number(bn_ledger *l, const bn_event *e)
{
    bn_map_value *v = bn_map_puts(
        l->numbers, bn_arena_printf(l->arena, "%s %s", e->unit, e->key));
    bn_given *given = v->p;

    if (given && given->version > e->version)
        return;
    if (given == NULL)
        v->p = given = BN_NEW(l->arena, bn_given);
    given->number = bn_arena_strdup(l->arena, e->number);
    given->version = e->version;
    given->replaces = bn_arena_strdup(l->arena, e->replaces);
    given->reason = bn_arena_strdup(l->arena, e->kind);
}

static void
take_issued(bn_ledger *l, const bn_event *e)
{
    const char *key = issue_key(l->arena, e->document, e->key, e->version);

    bn_map_puts(l->issued, bn_arena_printf(l->arena, "%s %s", e->unit, key))
        ->p = bn_arena_strdup(l->arena, e->sha256);
}

static bn_code
read_rows(bn_ledger *l, bn_register *r, bn_err *err)
{
    const bn_event *rows;
    size_t n;
    bn_code code = bn_register_list(r, BN_LIST_NUMBERS, NULL, NULL, l->arena,
                                    &rows, &n, err);

    for (size_t i = 0; code == BN_OK && i < n; i++)
        take_number(l, &rows[i]);
    if (code == BN_OK)
        code = bn_register_list(r, BN_LIST_ISSUED, NULL, NULL, l->arena, &rows,
                                &n, err);
    for (size_t i = 0; code == BN_OK && i < n; i++)
        take_issued(l, &rows[i]);
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

static void *
find(const bn_map *m, const char *a, const char *b)
{
    bn_buf key = {0};
    const bn_map_value *v;

    bn_buf_addf(&key, "%s %s", a, b);
    v = bn_map_finds(m, key.p);
    bn_buf_free(&key);
    return v ? v->p : NULL;
}

bool
bn_ledger_number(const bn_ledger *l, const bn_bearer *bearer, bn_given *out)
{
    const bn_given *given = find(l->numbers, bearer->unit, bearer->slot);

    /* what the data carries stands, unless a later version took its place */
    if (given == NULL || (*bearer->have && given->version < 2))
        return false;
    *out = *given;
    return true;
}

bool
bn_ledger_issued(const bn_ledger *l, const bn_made *paper)
{
    bn_arena *a = bn_arena_new();
    const bool found =
        find(l->issued, paper->unit,
             issue_key(a, paper->document, paper->key, paper->version)) != NULL;

    bn_arena_free(a);
    return found;
}
