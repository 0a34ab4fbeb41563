/* import.c - a table becomes cases, a register of auditors, part of a kit. */
#include <string.h>

#include "pipeline/unit.h"

typedef struct import {
    bn_run *r;
    const bn_import_options *o;
    bn_arena *arena;
    bn_import *mapping;
    bn_csv table;
    bn_tree *kit;
    bn_record *records;
    size_t n;
    bn_msgs *msgs;
} import;

static const char *
stock_mapping(const import *i)
{
    const char *dir = bn_run_house(i->r, ".");

    return bn_overlay(i->arena, i->r->o.share, dir, "templates",
                      bn_arena_printf(i->arena, "import/%s.xml", i->o->kind));
}

/* What is read may lie anywhere; its folder becomes a root. */
static bn_code
allow(const import *i, const char *path)
{
    bn_err err = {0};
    const bn_code code = bn_source_add_root(
        i->r->source, bn_folder_of(i->arena, path), &err);

    return code ? bn_say(i->msgs, &err) : BN_OK;
}

static bn_code
open_mapping(import *i)
{
    const char *stock = strpbrk(i->o->kind, "/.") ? NULL : stock_mapping(i);
    bn_err err;

    if (stock == NULL) {
        bn_fail(&err, BN_EIMPORTKIND, BN_NOWHERE, i->o->kind);
        return bn_say(i->msgs, &err);
    }
    if (i->o->map && allow(i, i->o->map))
        return BN_EOUTSIDE;
    return bn_import_open(i->r->source, i->arena, i->r->o.share, stock,
                          i->o->map, &i->mapping, i->msgs);
}

static bn_code
open_table(import *i)
{
    bn_err err = {0};
    bn_code code = allow(i, i->o->table);

    if (code)
        return code;
    code = bn_csv_load(i->r->source, i->o->table,
                       bn_import_encoding(i->mapping), i->arena, &i->table,
                       &err);
    return code ? bn_say(i->msgs, &err) : BN_OK;
}

/* The body of the house that the output is for; "" there is none. */
static const char *
body_of(const import *i)
{
    const char *near = bn_import_where(i->mapping) == BN_IMPORT_FILES
                           ? bn_arena_printf(i->arena, "%s/x", i->o->out)
                           : i->o->out;
    const char *dir = bn_run_house(i->r, near);

    return dir ? bn_run_id(i->r, i->arena,
                             bn_arena_printf(i->arena, "%s/body.xml", dir))
                 : "";
}

static bn_code
open_kit(import *i)
{
    bn_code code;

    if (bn_import_where(i->mapping) != BN_IMPORT_KIT)
        return BN_OK;
    code = allow(i, i->o->kit);
    return code ? code
                : bn_xml_load(i->r->source, i->o->kit, BN_XML_PLAIN, &i->kit,
                              i->msgs);
}

/* -------------------------------------------------------------- documents */

/* One file to be: its tree held against the grammar, its name free. */
static bn_code
check_tree(import *i, bn_tree *tree)
{
    bn_msgs found = {0};
    const bn_code code =
        bn_grammar_check(i->r->source, i->r->o.share, tree, &found);

    for (const bn_msg *m = found.first; m; m = m->next)
        bn_import_tell(i->r->source, &i->table, &m->err, i->msgs);
    bn_msgs_free(&found);
    return code;
}

static bn_code
check_name(import *i, const char *path)
{
    bn_err err;

    if (i->o->replace || !bn_is_file(path))
        return BN_OK;
    bn_fail(&err, BN_EEXISTS, BN_NOWHERE, path);
    return bn_say(i->msgs, &err);
}

static bn_code
put_tree(import *i, const bn_tree *tree, const char *path)
{
    const bool old = bn_is_file(path);
    bn_buf bytes = {0};
    bn_err err = {0};
    bn_code code = i->kit ? bn_tree_write(tree, &bytes, &err)
                          : bn_tree_write_lines(tree, &bytes, &err);

    if (code)
        bn_say(i->msgs, &err);
    else
        code = bn_put_file(i->r, path, &bytes, i->msgs);
    bn_buf_free(&bytes);
    if (code == BN_OK && old)
        bn_warn(i->msgs, BN_IREPLACED, BN_NOWHERE, path);
    if (code == BN_OK && i->o->made)
        i->o->made(i->o->user, path);
    return code;
}

static const char *
case_path(const import *i, const bn_record *record)
{
    return bn_arena_printf(i->arena, "%s/%s.xml", i->o->out, record->id);
}

static void
take_case(void *user, const bn_record *record)
{
    import *i = user;
    bn_buf bytes = {0};
    bn_import_case taken = {
        .id = record->id, .bytes = &bytes, .line = record->row->line};
    bn_err err = {0};

    if (check_tree(i, record->tree))
        return;
    if (bn_tree_write_lines(record->tree, &bytes, &err)) {
        bn_say(i->msgs, &err);
    } else {
        taken.places = bn_tree_places(record->tree, i->arena, &taken.nplaces);
        i->o->take(i->o->user, &taken);
    }
    bn_buf_free(&bytes);
}

static bn_code
put_cases(import *i)
{
    bn_code code = BN_OK, one;

    for (size_t k = 0; k < i->n; k++) {
        one = check_tree(i, i->records[k].tree);
        if (one == BN_OK)
            one = check_name(i, case_path(i, &i->records[k]));
        if (code == BN_OK)
            code = one;
    }
    for (size_t k = 0; code == BN_OK && k < i->n; k++)
        code = put_tree(i, i->records[k].tree, case_path(i, &i->records[k]));
    return code;
}

static bn_code
put_register(import *i, const char *body)
{
    bn_tree *tree;
    bn_err err;
    bn_code code;

    if (*body == '\0') {
        bn_fail(&err, BN_EHOUSE, BN_NOWHERE, i->o->out);
        return bn_say(i->msgs, &err);
    }
    tree = bn_import_register(i->records, i->n, body);
    code = check_tree(i, tree);
    if (code == BN_OK)
        code = check_name(i, i->o->out);
    if (code == BN_OK)
        code = put_tree(i, tree, i->o->out);
    bn_tree_free(tree);
    return code;
}

static bn_code
put_kit(import *i)
{
    bn_code code = bn_import_into_kit(i->mapping, i->arena, &i->table, i->kit,
                                      i->records, i->n, i->msgs);

    if (code == BN_OK)
        code = check_tree(i, i->kit);
    if (code == BN_OK)
        code = check_name(i, i->o->out);
    return code ? code : put_tree(i, i->kit, i->o->out);
}

static bn_code
import_rows(import *i)
{
    const char *body = body_of(i);
    const char *const words[] = {"body", body, "today", i->r->o.today, NULL};
    const size_t first =
        i->kit ? bn_import_count(i->mapping, i->kit) + 1 : 1;
    bn_code code;

    if (i->o->take)
        return bn_import_each(i->mapping, &i->table, words, first, take_case,
                              i, i->msgs);
    code = bn_import_rows(i->mapping, i->arena, &i->table, words, first,
                          &i->records, &i->n, i->msgs);
    if (code)
        return code;
    switch (bn_import_where(i->mapping)) {
    case BN_IMPORT_FILES:
        code = put_cases(i);
        break;
    case BN_IMPORT_AUDITORS:
        code = put_register(i, body);
        break;
    default:
        code = put_kit(i);
    }
    for (size_t k = 0; k < i->n; k++)
        bn_tree_free(i->records[k].tree);
    return code;
}

bn_code
bn_import_table(bn_run *r, const bn_import_options *o, bn_msgs *msgs)
{
    import i = {.r = r, .o = o, .arena = bn_arena_new(), .msgs = msgs};
    bn_code code = open_mapping(&i);
    bn_err err;

    if (code == BN_OK &&
        (bn_import_where(i.mapping) == BN_IMPORT_KIT) != (o->kit != NULL)) {
        bn_fail(&err, BN_EUSAGE, BN_NOWHERE,
                o->kit ? "--into" : "--into KIT.xml");
        code = bn_say(msgs, &err);
    }
    if (code == BN_OK)
        code = open_table(&i);
    if (code == BN_OK)
        code = open_kit(&i);
    if (code == BN_OK)
        code = import_rows(&i);
    bn_tree_free(i.kit);
    if (i.mapping)
        bn_import_close(i.mapping);
    bn_arena_free(i.arena);
    return code;
}
