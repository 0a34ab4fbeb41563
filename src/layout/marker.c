/* marker.c - which marker a retrieve-marker takes (XSL 1.1 6.13.6). */
#include "layout/pages.h"

#include <string.h>

#include "base/vec.h"

typedef struct stand {
    const bn_fo *marker;
    const char *class_name;
    bool first, last; /* its area is the first, last of its parent */
} stand;

/* The last marker of a class on the pages before. */
typedef struct past {
    const bn_fo *sequence, *document;
} past;

struct bn_markers {
    BN_VEC(stand) page;
    bn_map *past; /* class -> past, in doc */
    BN_VEC(past *) all;
};

static struct bn_markers *
markers(bn_ctx *c)
{
    if (c->markers == NULL) {
        c->markers = BN_NEW(c->doc, struct bn_markers);
        c->markers->past = bn_map_new(c->doc);
    }
    return c->markers;
}

void
bn_markers_free(bn_ctx *c)
{
    if (c->markers) {
        BN_VEC_FREE(&c->markers->page);
        BN_VEC_FREE(&c->markers->all);
    }
    c->markers = NULL;
}

static void
take_markers(struct bn_markers *m, const bn_fo *fo, bool first, bool last)
{
    for (const bn_fo *child = fo->first; child && child->type == BN_FO_MARKER;
         child = child->next) {
        const char *name = bn_fo_string(child, BN_P_MARKER_CLASS_NAME);

        BN_PUSH(&m->page) = (stand){child, name ? name : "", first, last};
    }
}

static const bn_fo *
first_object(const bn_fo *parent)
{
    const bn_fo *fo = parent->first;

    while (fo && fo->type == BN_FO_MARKER)
        fo = fo->next;
    return fo;
}

/* Rows and parts of a table have no areas: their markers stand where their
 * first cell begins. */
static void
collect_above(struct bn_markers *m, const bn_fo *cell)
{
    const bn_fo *fo = cell;

    while (fo->parent && fo->parent->type != BN_FO_TABLE &&
           first_object(fo->parent) == fo)
        fo = fo->parent;
    for (; fo != cell; fo = first_object(fo))
        take_markers(m, fo, true, true);
}

static void
collect(struct bn_markers *m, const bn_area *a)
{
    const bn_fo *fo = a->origin;

    if (fo && fo->type == BN_FO_TABLE_CELL && (a->flags & BN_FIRST))
        collect_above(m, fo);
    if (fo)
        take_markers(m, fo, (a->flags & BN_FIRST) != 0,
                     (a->flags & BN_LAST) != 0);
    for (const bn_area *k = a->first; k; k = k->next)
        collect(m, k);
}

/* The markers of a page's body, before its static content is made. */
void
bn_markers_page(bn_ctx *c, const bn_area *body)
{
    struct bn_markers *m = markers(c);

    m->page.n = 0;
    if (body)
        collect(m, body);
}

/* The page is done: its markers are of the past. */
void
bn_markers_turn(bn_ctx *c)
{
    struct bn_markers *m = markers(c);

    for (size_t i = 0; i < m->page.n; i++) {
        const stand *s = &m->page.v[i];
        bn_map_value *slot = bn_map_puts(m->past, s->class_name);
        past *p = slot->p;

        if (p == NULL) {
            p = slot->p = BN_NEW(c->doc, past);
            BN_PUSH(&m->all) = p;
        }
        p->sequence = p->document = s->marker;
    }
    m->page.n = 0;
}

void
bn_markers_sequence(bn_ctx *c)
{
    struct bn_markers *m = markers(c);

    for (size_t i = 0; i < m->all.n; i++)
        m->all.v[i]->sequence = NULL;
}

static const bn_fo *
on_page(const struct bn_markers *m, const char *name, bn_keyword position)
{
    const stand *first = NULL, *first_start = NULL, *last = NULL,
                *last_start = NULL, *last_end = NULL;

    for (size_t i = 0; i < m->page.n; i++) {
        const stand *s = &m->page.v[i];

        if (strcmp(s->class_name, name) != 0)
            continue;
        first = first ? first : s;
        last = s;
        if (s->first) {
            first_start = first_start ? first_start : s;
            last_start = s;
        }
        if (s->last)
            last_end = s;
    }
    if (last == NULL)
        return NULL;
    switch ((int)position) {
    case BN_K_FIRST_INCLUDING_CARRYOVER:
        return first->marker;
    case BN_K_LAST_STARTING:
    case BN_K_LAST_STARTING_WITHIN_PAGE:
        return last_start ? last_start->marker : last->marker;
    case BN_K_LAST_ENDING:
    case BN_K_LAST_ENDING_WITHIN_PAGE:
        return last_end ? last_end->marker : last->marker;
    default:
        return first_start ? first_start->marker : first->marker;
    }
}

const bn_fo *
bn_marker_among(bn_ctx *c, const bn_area *areas, const char *name,
                bn_keyword position)
{
    struct bn_markers some = {0};
    const bn_fo *found;

    (void)c;
    for (; areas; areas = areas->next)
        collect(&some, areas);
    found = on_page(&some, name, position);
    BN_VEC_FREE(&some.page);
    return found;
}

bool
bn_is_retrieve(const bn_fo *fo)
{
    return fo->type == BN_FO_RETRIEVE_MARKER ||
           fo->type == BN_FO_RETRIEVE_TABLE_MARKER;
}

const bn_fo *
bn_marker_found(bn_ctx *c, const bn_fo *retrieve)
{
    const char *name = bn_fo_string(retrieve, BN_P_RETRIEVE_CLASS_NAME);
    const bn_keyword boundary = bn_fo_keyword(retrieve, BN_P_RETRIEVE_BOUNDARY);
    const bn_fo *found;
    const bn_map_value *slot;
    const past *p;

    if (retrieve->type == BN_FO_RETRIEVE_TABLE_MARKER)
        return bn_table_marker_found(c, retrieve);
    if (name == NULL)
        return NULL;
    found = on_page(markers(c), name,
                    bn_fo_keyword(retrieve, BN_P_RETRIEVE_POSITION));
    slot = bn_map_finds(c->markers->past, name);
    p = slot ? slot->p : NULL;
    if (found == NULL && p && boundary != BN_K_PAGE)
        found = boundary == BN_K_DOCUMENT ? p->document : p->sequence;
    return found ? bn_fo_retrieve(c->tree, found, retrieve) : NULL;
}
