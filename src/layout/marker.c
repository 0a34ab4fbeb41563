/* marker.c - which marker a retrieve-marker takes (XSL 1.1 6.13.6). */
#include "layout/pages.h"

#include <string.h>

#include "base/vec.h"

typedef struct stand {
    const bn_fo *marker;
    const char *class_name;
    bool edge; /* its parent begins, ends with this area */
} stand;

/* Markers where their areas begin, in that order, and where they end: of
 * nested areas the outer ends last. */
typedef struct stands {
    BN_VEC(stand) begin, end;
    const bn_fo *part; /* of the table cell seen last */
} stands;

/* The last marker of a class on the pages before. */
typedef struct past {
    const bn_fo *sequence, *document;
    uint32_t page; /* it was found on, from 1 */
} past;

struct bn_markers {
    stands page;
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
        BN_VEC_FREE(&c->markers->page.begin);
        BN_VEC_FREE(&c->markers->page.end);
        BN_VEC_FREE(&c->markers->all);
    }
    c->markers = NULL;
}

static bool
has_markers(const bn_fo *fo)
{
    return fo->first && fo->first->type == BN_FO_MARKER;
}

static const char *
class_of(const bn_fo *marker)
{
    const char *name = bn_fo_string(marker, BN_P_MARKER_CLASS_NAME);

    return name ? name : "";
}

static void
begin(stands *s, const bn_fo *fo, bool first)
{
    for (const bn_fo *child = fo->first; child && child->type == BN_FO_MARKER;
         child = child->next)
        BN_PUSH(&s->begin) = (stand){child, class_of(child), first};
}

static void
end(stands *s, const bn_fo *fo, bool last)
{
    for (const bn_fo *child = fo->first; child && child->type == BN_FO_MARKER;
         child = child->next)
        BN_PUSH(&s->end) = (stand){child, class_of(child), last};
}

/* Is the object the first (last) of its parent, markers aside? */
static bool
is_at_edge(const bn_fo *fo, bool first)
{
    do
        fo = first ? fo->prev : fo->next;
    while (fo && fo->type == BN_FO_MARKER);
    return fo == NULL;
}

/* The body, header or footer of a table that a cell belongs to; edge: and
 * whether the cell is the first (last) of it. */
static const bn_fo *
part_of(const bn_area *cell, bool first, bool *edge)
{
    const bn_fo *fo = cell->origin;

    *edge = (cell->flags & (first ? BN_FIRST : BN_LAST)) &&
            is_at_edge(fo, first);
    if (fo->parent && fo->parent->type == BN_FO_TABLE_ROW) {
        fo = fo->parent;
        *edge = *edge && is_at_edge(fo, first);
    }
    return fo->parent;
}

/* Parts of a table have no areas: they are where their cells are. */
static void
begin_part(stands *s, const bn_area *cell)
{
    bool first;
    const bn_fo *part = part_of(cell, true, &first);

    if (part && part != s->part)
        begin(s, part, first);
    s->part = part;
}

static void
end_part(stands *s, const bn_area *cell)
{
    bool last;
    const bn_fo *part = part_of(cell, false, &last);

    if (part && has_markers(part))
        end(s, part, last);
}

static void
collect(stands *s, const bn_area *a)
{
    const bn_fo *fo = a->origin;
    const bool cell = fo && fo->type == BN_FO_TABLE_CELL;

    if (cell)
        begin_part(s, a);
    if (fo && has_markers(fo))
        begin(s, fo, a->flags & BN_FIRST);
    for (const bn_area *k = a->first; k; k = k->next)
        collect(s, k);
    if (fo && has_markers(fo))
        end(s, fo, a->flags & BN_LAST);
    if (cell)
        end_part(s, a);
}

static void
clear(stands *s)
{
    s->begin.n = s->end.n = 0;
    s->part = NULL;
}

/* The markers of a page's body, before its static content is made. */
void
bn_markers_page(bn_ctx *c, const bn_area *body)
{
    struct bn_markers *m = markers(c);

    clear(&m->page);
    if (body)
        collect(&m->page, body);
}

void
bn_markers_sequence(bn_ctx *c)
{
    struct bn_markers *m = markers(c);

    for (size_t i = 0; i < m->all.n; i++)
        m->all.v[i]->sequence = NULL;
}

static const stand *
first_of(const stand *list, size_t n, const char *name, bool at_edge)
{
    for (size_t i = 0; i < n; i++)
        if ((list[i].edge || !at_edge) && strcmp(list[i].class_name, name) == 0)
            return &list[i];
    return NULL;
}

static const stand *
last_of(const stand *list, size_t n, const char *name, bool at_edge)
{
    while (n-- > 0)
        if ((list[n].edge || !at_edge) && strcmp(list[n].class_name, name) == 0)
            return &list[n];
    return NULL;
}

static const bn_fo *
on_page(const stands *s, const char *name, bn_keyword position)
{
    const stand *found = NULL;

    switch ((int)position) {
    case BN_K_FIRST_INCLUDING_CARRYOVER:
        break;
    case BN_K_LAST_STARTING:
    case BN_K_LAST_STARTING_WITHIN_PAGE:
        found = last_of(s->begin.v, s->begin.n, name, true);
        if (found == NULL)
            found = last_of(s->end.v, s->end.n, name, false);
        break;
    case BN_K_LAST_ENDING:
    case BN_K_LAST_ENDING_WITHIN_PAGE:
        found = last_of(s->end.v, s->end.n, name, true);
        if (found == NULL)
            found = last_of(s->end.v, s->end.n, name, false);
        break;
    default:
        found = first_of(s->begin.v, s->begin.n, name, true);
    }
    if (found == NULL)
        found = first_of(s->begin.v, s->begin.n, name, false);
    return found ? found->marker : NULL;
}

/* The page is done: of its markers the last to end is of the past. */
void
bn_markers_turn(bn_ctx *c)
{
    struct bn_markers *m = markers(c);

    for (size_t i = m->page.end.n; i-- > 0;) {
        const char *name = m->page.end.v[i].class_name;
        bn_map_value *slot = bn_map_puts(m->past, name);
        past *p = slot->p;

        if (p == NULL) {
            p = slot->p = BN_NEW(c->doc, past);
            BN_PUSH(&m->all) = p;
        }
        if (p->page == c->page_index + 1)
            continue; /* found from the end already */
        p->page = c->page_index + 1;
        p->sequence = p->document =
            on_page(&m->page, name, BN_K_LAST_ENDING_WITHIN_PAGE);
    }
    clear(&m->page);
}

const bn_fo *
bn_marker_among(bn_ctx *c, const bn_area *areas, const char *name,
                bn_keyword position)
{
    stands some = {0};
    const bn_fo *found;

    (void)c;
    for (; areas; areas = areas->next)
        collect(&some, areas);
    found = on_page(&some, name, position);
    BN_VEC_FREE(&some.begin);
    BN_VEC_FREE(&some.end);
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
    found = on_page(&markers(c)->page, name,
                    bn_fo_keyword(retrieve, BN_P_RETRIEVE_POSITION));
    slot = bn_map_finds(c->markers->past, name);
    p = slot ? slot->p : NULL;
    if (found == NULL && p && boundary != BN_K_PAGE)
        found = boundary == BN_K_DOCUMENT ? p->document : p->sequence;
    return found ? bn_fo_retrieve(c->tree, found, retrieve) : NULL;
}
