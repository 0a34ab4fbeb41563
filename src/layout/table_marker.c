/*
 * table_marker.c - retrieve-table-marker (XSL 1.1 6.13.7): what a table's head
 * and foot show of the rows that stand between them on this page.
 *
 * The head is placed before its rows are known: it is laid out with what the
 * first row brings, and once more when the table's part of the page is full,
 * in the same place and room.
 */
#include "layout/pages.h"
#include "layout/table.h"

#include <string.h>

static bool
has_retrieve(const bn_fo *parent)
{
    for (const bn_fo *fo = parent->first; fo; fo = fo->next)
        if (fo->type == BN_FO_RETRIEVE_TABLE_MARKER || has_retrieve(fo))
            return true;
    return false;
}

bool
bn_table_retrieves(const bn_table *t, bool foot)
{
    const uint32_t row = foot ? t->nrows - t->nfoot : 0;

    return (foot ? t->nfoot : t->nhead) > 0 &&
           has_retrieve(t->rows[row].part->fo);
}

/* The first (last) marker of a class in document order. */
static const bn_fo *
marker_in(const bn_fo *parent, const char *name, bool first)
{
    const bn_fo *fo = first ? parent->first : parent->last;

    for (; fo; fo = first ? fo->next : fo->prev) {
        const bn_fo *found;

        if (fo->type == BN_FO_MARKER) {
            const char *own = bn_fo_string(fo, BN_P_MARKER_CLASS_NAME);

            if (own && strcmp(own, name) == 0)
                return fo;
            continue;
        }
        found = marker_in(fo, name, first);
        if (found)
            return found;
    }
    return NULL;
}

static const bn_fo *
marker_in_row(const bn_table *t, uint32_t row, const char *name, bool first)
{
    const table_row *r = &t->rows[row];

    for (uint32_t k = 0; k < t->ncols; k++) {
        const table_cell *cell = r->cells[first ? k : t->ncols - 1 - k];
        const bn_fo *found =
            cell && cell->row == row ? marker_in(cell->fo, name, first) : NULL;

        if (found)
            return found;
    }
    if (r->fo == NULL)
        return NULL;
    for (const bn_fo *m = r->fo->first; m && m->type == BN_FO_MARKER;
         m = m->next) {
        const char *own = bn_fo_string(m, BN_P_MARKER_CLASS_NAME);

        if (own && strcmp(own, name) == 0)
            return m;
    }
    return NULL;
}

const bn_fo *
bn_table_marker_found(bn_ctx *c, const bn_fo *retrieve)
{
    const bn_table_page *page = c->table_page;
    const char *name = bn_fo_string(retrieve, BN_P_RETRIEVE_CLASS_NAME);
    const bn_fo *found = NULL;

    if (page == NULL || name == NULL)
        return NULL;
    if (page->rows)
        found = bn_marker_among(
            c, page->rows, name,
            bn_fo_keyword(retrieve, BN_P_RETRIEVE_POSITION_WITHIN_TABLE));
    else if (page->first_row < page->t->nrows - page->t->nfoot)
        found = marker_in_row(page->t, page->first_row, name, true);
    if (found == NULL &&
        bn_fo_is(retrieve, BN_P_RETRIEVE_BOUNDARY_WITHIN_TABLE, BN_K_TABLE))
        for (uint32_t row = page->first_row; row > page->t->nhead && !found;)
            found = marker_in_row(page->t, --row, name, false);
    return found ? bn_fo_retrieve(c->tree, found, retrieve) : NULL;
}

/* The first n children of the table's area are its head: laid out again. */
static void
redo(bn_ctx *c, bn_table *t, uint32_t first, uint32_t nrows, uint8_t artifact,
     bn_area *holder)
{
    const uint8_t before = c->artifact;
    const bn_note *ignored; /* they are placed already */

    c->artifact = artifact;
    holder->first = holder->last = NULL;
    (void)bn_table_lay_whole(c, t, first, nrows, holder, 0, &ignored);
    c->artifact = before;
}

void
bn_table_redo_head(bn_ctx *c, bn_table *t, bn_area *table, bn_area *last,
                   bn_len y, bool artifact)
{
    bn_area *holder = bn_area_make(c, BN_AREA_BLOCK), *rest;

    if (last == NULL)
        return;
    rest = last->next;
    redo(c, t, 0, t->nhead, artifact, holder);
    for (bn_area *a = holder->first; a; a = a->next) {
        a->bp += y;
        a->parent = table;
    }
    if (holder->last == NULL)
        return;
    holder->last->next = rest;
    table->first = holder->first;
    if (rest == NULL)
        table->last = holder->last;
}

void
bn_table_redo_foot(bn_ctx *c, bn_table *t, bn_area *holder, bool artifact)
{
    redo(c, t, t->nrows - t->nfoot, t->nfoot, artifact, holder);
}
