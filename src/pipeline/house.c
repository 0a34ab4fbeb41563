/* house.c - the house folder: body, auditors, options, rules, catalogue. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipeline/unit.h"

static bool
has_body(bn_arena *a, const char *dir)
{
    return bn_is_file(bn_arena_printf(a, "%s/body.xml", dir));
}

/* --house, the input's folder, or its parent. NULL: none. */
static const char *
find_dir(bn_run *r, const char *file)
{
    bn_arena *a = r->arena;
    const char *folder;

    if (r->o.house)
        return has_body(a, r->o.house) ? r->o.house : NULL;
    folder = bn_folder_of(a, file);
    if (has_body(a, folder))
        return folder;
    folder = bn_arena_printf(a, "%s/..", folder);
    return has_body(a, folder) ? folder : NULL;
}

/* A data file of the house; absent: NULL and no error. */
static bn_code
load_part(bn_run *r, const house *h, const char *name, bn_tree **out,
          bn_msgs *msgs)
{
    const char *path = bn_arena_printf(r->arena, "%s/%s", h->dir, name);
    bn_code code;

    if (!bn_is_file(path))
        return BN_OK;
    code =
        bn_xml_load(r->source, path, BN_XML_CLEAN | BN_XML_DEFAULTS, out, msgs);
    return code ? code : bn_grammar_check(r->source, r->o.share, *out, msgs);
}

static bool
is_rules(const char *name)
{
    const size_t n = strlen(name);

    return n > 4 && strcmp(name + n - 4, ".sch") == 0;
}

/* The stock's rules, always, and then those of the house. */
static bn_code
find_rules(bn_run *r, house *h, bn_msgs *msgs)
{
    const char *folder = bn_arena_printf(r->arena, "%s/rules", h->dir);
    const char **names = NULL;
    size_t n = 0;
    bn_err err = {0};

    if (bn_is_folder(folder) &&
        bn_list_folder(folder, r->arena, &names, &n, &err))
        return bn_say(msgs, &err);
    h->rules = BN_NEWS(r->arena, const char *, n + 1);
    h->rules[h->nrules++] =
        bn_arena_printf(r->arena, "%s/schemas/rules.sch", r->o.share);
    for (size_t i = 0; i < n; i++)
        if (is_rules(names[i]))
            h->rules[h->nrules++] =
                bn_arena_printf(r->arena, "%s/%s", folder, names[i]);
    return BN_OK;
}

static bn_code
read_house(bn_run *r, house *h, bn_msgs *msgs)
{
    bn_err err = {0};
    bn_code code = bn_source_add_root(r->source, h->dir, &err);

    if (code)
        return bn_say(msgs, &err);
    code = load_part(r, h, "body.xml", &h->body, msgs);
    if (code == BN_OK)
        code = load_part(r, h, "auditors.xml", &h->auditors, msgs);
    if (code == BN_OK)
        code = load_part(r, h, "house.xml", &h->options, msgs);
    if (code == BN_OK)
        code = find_rules(r, h, msgs);
    if (code == BN_OK)
        code = bn_catalogue_load(r->source, r->o.share, h->dir, &h->catalogue,
                                 msgs);
    return code;
}

/* What was found when it was read: all to the first who can pass it on (msgs
 * is not NULL), of a bad one the first error to the others, too. */
static void
tell(house *h, bn_msgs *msgs)
{
    if (msgs == NULL)
        return;
    for (const bn_msg *m = h->faults.first; m; m = m->next)
        if (!h->told)
            bn_msgs_add(msgs, &m->err, m->level);
        else if (h->bad && m->level == BN_ERROR) {
            bn_msgs_add(msgs, &m->err, m->level);
            break;
        }
    h->told = true;
}

static house *
open_house(bn_run *r, const char *dir, bn_msgs *msgs)
{
    house *h = r->houses;

    while (h && strcmp(h->dir, dir) != 0)
        h = h->next;
    if (h == NULL) {
        h = BN_NEW(r->arena, house);
        h->dir = dir;
        h->next = r->houses;
        r->houses = h;
        h->bad = read_house(r, h, &h->faults) != BN_OK;
    }
    tell(h, msgs);
    return h->bad ? NULL : h;
}

house *
house_for(bn_run *r, const char *file, bn_msgs *msgs)
{
    const char *dir = find_dir(r, file);
    bn_err err;

    if (dir)
        return open_house(r, dir, msgs);
    bn_fail(&err, BN_EHOUSE, BN_NOWHERE, r->o.house ? r->o.house : file);
    if (msgs)
        bn_say(msgs, &err);
    return NULL;
}

house *
house_for_law(bn_run *r, const char *file, bn_msgs *msgs)
{
    const char *dir = find_dir(r, file);

    if (dir == NULL && r->o.house) {
        if (!bn_is_folder(r->o.house))
            return house_for(r, file, msgs); /* tells that it is none */
        dir = r->o.house;                    /* options and layout only */
    }
    return open_house(r, dir ? dir : r->o.share, msgs);
}

void
houses_free(bn_run *r)
{
    for (house *h = r->houses; h; h = h->next) {
        bn_msgs_free(&h->faults);
        bn_tree_free(h->body);
        bn_tree_free(h->auditors);
        bn_tree_free(h->options);
        bn_catalogue_free(h->catalogue);
    }
}
