/* deps.c - what papers were made from, as rules for make. What many papers
 * share stands once, in a variable: ten thousand papers name some two hundred
 * files each. */
#include <stdio.h>
#include <string.h>

#include "batch/internal.h"

static void
add_name(bn_buf *out, const char *path, bool target)
{
    for (const char *p = path; *p; p++) {
        if (strchr(target ? " #:%" : " #:", *p) || (*p == '\\' && p[1] == ' '))
            bn_buf_addc(out, '\\');
        if (*p == '$')
            bn_buf_addc(out, '$');
        bn_buf_addc(out, *p);
    }
}

/* Is it the first time? */
static bool
is_new(batch *b, const char *what, const char *name)
{
    bool new = false;

    if (b->deps_known == NULL)
        b->deps_known = bn_map_new(b->arena);
    bn_map_put(b->deps_known,
               bn_arena_printf(b->arena, "%s %s", what, name),
               strlen(what) + 1 + strlen(name), &new);
    return new;
}

/* A file that is gone is no error to make: it is a target of its own. */
static void
add_file(batch *b, const char *path)
{
    if (!is_new(b, "file", path))
        return;
    add_name(&b->deps_files, path, true);
    bn_buf_adds(&b->deps_files, ":\n");
}

static void
add_variable(batch *b, const char *name, const bn_dependencies *d)
{
    if (!is_new(b, "variable", name))
        return;
    bn_buf_addf(&b->deps, "%s :=", name);
    for (size_t i = 0; i < d->n; i++)
        if (d->v[i].file) {
            bn_buf_adds(&b->deps, " \\\n ");
            add_name(&b->deps, d->v[i].name, false);
            add_file(b, d->v[i].name);
        }
    bn_buf_addc(&b->deps, '\n');
}

/* Houses are numbered in the order in which they come. */
static size_t
house_number(batch *b, const char *path)
{
    const char *house = bn_run_house(b->r, path);
    bn_map_value *slot;

    is_new(b, "houses", "");
    slot = bn_map_puts(b->deps_known,
                       bn_arena_printf(b->arena, "house %s", house ? house : ""));
    if (slot->n == 0) {
        const int64_t n = ++bn_map_puts(b->deps_known, "houses")->n;

        slot = bn_map_puts(
            b->deps_known,
            bn_arena_printf(b->arena, "house %s", house ? house : ""));
        slot->n = n;
    }
    return (size_t)slot->n;
}

void
deps_note(batch *b, const job *j, const json_t *line)
{
    const size_t house = house_number(b, j->path);
    const char *common = bn_arena_printf(b->arena, "bunsho.house%zu", house);
    const char *input = j->container ? j->container : j->path;
    bn_dependencies d = {0};
    bn_msgs msgs = {0};
    json_t *paper;
    size_t i;

    bn_depend_house(b->r, j->path, &d, &msgs);
    bn_msgs_free(&msgs);
    add_variable(b, common, &d);
    add_file(b, input);
    json_array_foreach(json_object_get(line, "papers"), i, paper)
    {
        const char *path = json_string_value(json_object_get(paper, "path"));
        const char *document =
            json_string_value(json_object_get(paper, "document"));
        const char *own;

        if (path == NULL || document == NULL)
            continue;
        own = bn_arena_printf(b->arena, "%s.%s", common, document);
        d = bn_depend_document(b->r, j->path, document);
        add_variable(b, own, &d);
        add_name(&b->deps, path, true);
        bn_buf_adds(&b->deps, ": ");
        add_name(&b->deps, input, false);
        bn_buf_addf(&b->deps, " $(%s) $(%s)\n", common, own);
    }
}

void
deps_put(batch *b)
{
    bn_buf_adds(&b->deps_files, "");
    bn_buf_adds(&b->deps, b->deps_files.p);
    batch_put(b, b->o->deps, &b->deps);
}
