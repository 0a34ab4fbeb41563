/* build.c - from a case to every paper that is due. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/paper.h"
#include "pipeline/rivals.h"

/* ---------------------------------------------------------------- one unit */

/* A paper that a rule forbids, and the annex of one, is not made: said once
 * with the paper's name. */
static bool
is_forbidden(work *w, const bn_paper *paper)
{
    const char *rules;

    if (w->b->r->o.draft)
        return false;
    rules =
        forbidding(w->arena, w->findings, w->papers, w->npapers, paper->entry);
    if (*rules)
        bn_warn_once(&w->msgs, BN_IFORBIDDEN, (bn_loc){.file = w->unit->file},
                     paper->entry->title_ja, rules);
    return *rules != '\0';
}

static bn_code
prepare(work *w, const units *near)
{
    build *b = w->b;
    const units none = {0};
    bn_code code = unit_input(b->r, w->arena, w->unit,
                              is_body(w->unit) ? &none : near, &w->input,
                              &w->msgs);

    if (code == BN_OK && b->o->blank)
        return bn_papers_blank(w->unit->house->catalogue, w->arena, w->input,
                               w->unit->edition, b->o->only, &w->papers,
                               &w->npapers, &w->msgs);
    if (code == BN_OK && is_body(w->unit))
        code = body_rows_take(w, near);
    if (code == BN_OK)
        code = unit_rules(b->r, w->unit, w->input, w->arena, &w->findings,
                          &w->msgs);
    if (code == BN_OK)
        code = bn_papers_due(w->unit->house->catalogue, b->r->transform,
                             w->arena, w->input, w->unit->edition, b->o->only,
                             b->r->o.draft, &w->papers, &w->npapers, &w->msgs);
    for (bn_msg *m = w->msgs.first; m; m = m->next) /* of several files */
        if (m->err.code == BN_WNOTDUE && m->err.loc.place == 0)
            m->err.loc.file = w->unit->file;
    return code;
}

static void
tell_all(build *b, const bn_msgs *msgs)
{
    if (msgs->exit > b->status)
        b->status = msgs->exit;
    if (b->o->listener.said)
        b->o->listener.said(b->o->listener.user, msgs);
}

static void
build_unit(build *b, const unit *u, const units *near)
{
    work w = {.b = b, .unit = u, .arena = bn_arena_new()};

    if (prepare(&w, near) == BN_OK) {
        const bn_listener *l = &b->o->listener;

        tell_findings(b->r, w.findings, u, w.papers, w.npapers, &w.msgs);
        for (size_t i = 0; l->due && i < w.npapers; i++)
            l->due(l->user, w.papers[i].entry->id);
        for (size_t i = 0; i < w.npapers; i++)
            if (!is_forbidden(&w, &w.papers[i]))
                paper_make(&w, &w.papers[i]);
        if (w.bound)
            paper_make_bound(&w);
    }
    tell_all(b, &w.msgs);
    bn_msgs_free(&w.msgs);
    if (w.rows != b->rows)
        bn_row_store_free(w.rows);
    bn_tree_free(w.bound);
    bn_tree_free(w.input);
    bn_arena_free(w.arena);
}

/* What registers over many cases say of this one. */
static void
tell_rows(build *b, const unit *u)
{
    bn_buf xml = {0};

    if (bn_input_extract(u->tree, &xml, NULL) == BN_OK)
        b->o->listener.rows(b->o->listener.user, xml.p);
    bn_buf_free(&xml);
}

/* Read a case; false after telling. */
static bool
load(build *b, const char *file, unit *u)
{
    const bn_listener *l = &b->o->listener;
    bn_msgs msgs = {0};
    bool good = unit_load(b->r, file, u, &msgs) == BN_OK;

    if (good && l->read && !b->o->body &&
        !l->read(l->user, u->id, u->edition)) {
        unit_free(u);
        good = false;
    }
    if (good)
        unit_numbers(b->arena, u, l);
    if (good && l->rows && !b->o->body && unit_is_case(u))
        tell_rows(b, u);
    if (!b->o->body) /* else it was told with its own papers */
        tell_all(b, &msgs);
    bn_msgs_free(&msgs);
    return good;
}

static void
tell_fault(build *b, const bn_err *err)
{
    bn_msgs msgs = {0};

    bn_say(&msgs, err);
    tell_all(b, &msgs);
    bn_msgs_free(&msgs);
}

static void
build_bodies(build *b, const units *of)
{
    for (house *h = b->r->houses; h; h = h->next) {
        unit body;

        if (unit_of_body(b->r, h, of, b->o->only != NULL, &body))
            build_unit(b, &body, b->rows ? &b->units : of);
    }
}

/* Papers over many cases, none of which is kept: what the register says of
 * them is. */
static void
build_over_many(build *b)
{
    units heads = {0}; /* what unit_of_body asks: never their trees */
    bn_err err = {0};
    bn_code code = bn_row_store_new(&b->rows, &err);

    for (size_t i = 0; i < b->o->nfiles && code == BN_OK; i++) {
        unit u;

        if (!load(b, b->o->files[i], &u))
            continue;
        u.is_case = unit_is_case(&u);
        b->ncases += u.is_case;
        if (u.is_case)
            code = bn_row_store_unit(b->rows, u.tree, &err);
        if (!is_body(&u))
            unit_free(&u);
        if (u.is_case || u.tree)
            BN_PUSH(&heads) = u;
    }
    if (code)
        tell_fault(b, &err);
    else
        build_bodies(b, &heads);
    for (size_t i = 0; i < heads.n; i++)
        unit_free(&heads.v[i]);
    BN_VEC_FREE(&heads);
    bn_row_store_free(b->rows);
}

/* Cases that are only compared with. What is wrong with them is told when
 * they are made themselves. */
static void
load_beside(build *b)
{
    for (size_t i = 0; i < b->o->nbeside; i++) {
        bn_msgs msgs = {0};
        unit u;

        if (unit_load(b->r, b->o->beside[i], &u, &msgs) == BN_OK)
            BN_PUSH(&b->units) = u;
        bn_msgs_free(&msgs);
    }
}

/* A case, with those that it is compared with. */
static void
build_near(build *b, size_t index, const rivals *all)
{
    units near = rivals_of(all, index);

    build_unit(b, &b->units.v[index], &near);
    BN_VEC_FREE(&near);
}

static void
build_each(build *b)
{
    const rivals *all;
    size_t n;

    for (size_t i = 0; i < b->o->nfiles; i++) {
        unit u;

        if (load(b, b->o->files[i], &u))
            BN_PUSH(&b->units) = u;
    }
    n = b->units.n;
    for (size_t i = 0; i < n; i++)
        b->ncases += unit_is_case(&b->units.v[i]);
    load_beside(b);
    all = rivals_among(b->r, b->arena, &b->units);
    for (size_t i = 0; i < n; i++)
        if (!is_body(&b->units.v[i])) /* after the cases */
            build_near(b, i, all);
    if (!b->o->alone)
        build_bodies(b, &b->units);
    for (size_t i = 0; i < b->units.n; i++)
        unit_free(&b->units.v[i]);
}

/* Forms of every kind of unit; an id of --only that is wrong is said once. */
static void
build_blank(build *b)
{
    bn_msgs msgs = {0};
    units all = {0};

    if (units_of_nothing(b->r, b->o->edition, &all, &msgs))
        tell_all(b, &msgs);
    else
        for (size_t i = 0; i < all.n && b->status == 0; i++)
            build_unit(b, &all.v[i], &all);
    bn_msgs_free(&msgs);
    for (size_t i = 0; i < all.n; i++)
        unit_free(&all.v[i]);
    BN_VEC_FREE(&all);
}

/* Are all papers that were asked for those of a body alone? Their rows are
 * all that is wanted of the cases, which need not be kept, nor checked. */
static bool
asks_for_bodies_only(build *b)
{
    bn_arena *a = b->arena;
    bn_msgs msgs = {0};
    const house *h = NULL;
    char *rest = NULL;
    bool only = b->o->only && b->o->nfiles > 1 && !b->o->dry;

    if (only)
        h = house_for(b->r, b->o->files[0], &msgs);
    bn_msgs_free(&msgs); /* told when the file is read */
    only = only && h && h->catalogue;
    for (char *id = only ? strtok_r(bn_arena_strdup(a, b->o->only), ",", &rest)
                         : NULL;
         id && only; id = strtok_r(NULL, ",", &rest)) {
        const bn_entry *e = bn_catalogue_find(h->catalogue, id);

        only = e && strcmp(e->units, "body-profile") == 0;
    }
    return only;
}

int
bn_build(bn_run *r, const bn_build_options *o)
{
    build b = {.r = r, .o = o, .arena = bn_arena_new()};

    b.names = bn_map_new(b.arena);
    if (o->blank)
        build_blank(&b);
    else if (o->body || asks_for_bodies_only(&b))
        build_over_many(&b);
    else
        build_each(&b);
    BN_VEC_FREE(&b.units);
    bn_arena_free(b.arena);
    return b.status;
}
