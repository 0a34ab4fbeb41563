/* Content models of XSL 1.1 section 6 beyond which class may stand where: the
 * order of children, how often, what must not be missing. Held against where
 * validation is strict; the lenient reading sets what is there. */
#include "fo/tree.h"

enum { MANY, ONE };

/* Children that have an order, by parent and place in it. */
static const struct {
    bn_fo_type parent, child;
    uint8_t rank, times;
} order[] = {
    {BN_FO_ROOT, BN_FO_LAYOUT_MASTER_SET, 1, ONE},
    {BN_FO_ROOT, BN_FO_DECLARATIONS, 2, ONE},
    {BN_FO_ROOT, BN_FO_BOOKMARK_TREE, 3, ONE},
    {BN_FO_ROOT, BN_FO_PAGE_SEQUENCE, 4, MANY},
    {BN_FO_ROOT, BN_FO_PAGE_SEQUENCE_WRAPPER, 4, MANY},
    {BN_FO_SIMPLE_PAGE_MASTER, BN_FO_REGION_BODY, 1, MANY},
    {BN_FO_SIMPLE_PAGE_MASTER, BN_FO_REGION_BEFORE, 2, ONE},
    {BN_FO_SIMPLE_PAGE_MASTER, BN_FO_REGION_AFTER, 3, ONE},
    {BN_FO_SIMPLE_PAGE_MASTER, BN_FO_REGION_START, 4, ONE},
    {BN_FO_SIMPLE_PAGE_MASTER, BN_FO_REGION_END, 5, ONE},
    {BN_FO_PAGE_SEQUENCE, BN_FO_TITLE, 1, ONE},
    {BN_FO_PAGE_SEQUENCE, BN_FO_STATIC_CONTENT, 2, MANY},
    {BN_FO_PAGE_SEQUENCE, BN_FO_FLOW, 3, MANY},
    {BN_FO_TABLE, BN_FO_TABLE_COLUMN, 1, MANY},
    {BN_FO_TABLE, BN_FO_TABLE_HEADER, 2, ONE},
    {BN_FO_TABLE, BN_FO_TABLE_FOOTER, 3, ONE},
    {BN_FO_TABLE, BN_FO_TABLE_BODY, 4, MANY},
    {BN_FO_TABLE_AND_CAPTION, BN_FO_TABLE_CAPTION, 1, ONE},
    {BN_FO_TABLE_AND_CAPTION, BN_FO_TABLE, 2, ONE},
    {BN_FO_LIST_ITEM, BN_FO_LIST_ITEM_LABEL, 1, ONE},
    {BN_FO_LIST_ITEM, BN_FO_LIST_ITEM_BODY, 2, ONE},
    {BN_FO_FOOTNOTE, BN_FO_INLINE, 1, ONE},
    {BN_FO_FOOTNOTE, BN_FO_FOOTNOTE_BODY, 2, ONE},
    {BN_FO_BOOKMARK, BN_FO_BOOKMARK_TITLE, 1, ONE},
    {BN_FO_BOOKMARK, BN_FO_BOOKMARK, 2, MANY},
    {BN_FO_BLOCK, BN_FO_INITIAL_PROPERTY_SET, 1, ONE},
};

/* What an object must hold: one of these classes, named in the message. */
static const struct {
    bn_fo_type type;
    uint64_t one_of;
    const char *name;
} needs[] = {
    {BN_FO_ROOT, C_MASTERS, "layout-master-set"},
    {BN_FO_ROOT, C_SEQUENCE, "page-sequence"},
    {BN_FO_LAYOUT_MASTER_SET, C_MASTER, "simple-page-master"},
    {BN_FO_SIMPLE_PAGE_MASTER, C_REGION, "region-body"},
    {BN_FO_PAGE_SEQUENCE_MASTER, C_SUBMASTER, "single-page-master-reference"},
    {BN_FO_PAGE_SEQUENCE, C_FLOW, "flow"},
    {BN_FO_FLOW, C_BLOCK, "block"},
    {BN_FO_BLOCK_CONTAINER, C_BLOCK, "block"},
    {BN_FO_INLINE_CONTAINER, C_BLOCK, "block"},
    {BN_FO_LIST_BLOCK, C_LIST_ITEM, "list-item"},
    {BN_FO_LIST_ITEM, C_LIST_PART, "list-item-label"},
    {BN_FO_LIST_ITEM_LABEL, C_BLOCK, "block"},
    {BN_FO_LIST_ITEM_BODY, C_BLOCK, "block"},
    {BN_FO_TABLE, C_TABLE_PART, "table-body"},
    {BN_FO_TABLE_BODY, C_ROW | C_CELL, "table-row"},
    {BN_FO_TABLE_HEADER, C_ROW | C_CELL, "table-row"},
    {BN_FO_TABLE_FOOTER, C_ROW | C_CELL, "table-row"},
    {BN_FO_TABLE_ROW, C_CELL, "table-cell"},
    {BN_FO_TABLE_CELL, C_BLOCK | C_RETRIEVE | C_RETRIEVE_TABLE, "block"},
    {BN_FO_TABLE_CAPTION, C_BLOCK, "block"},
    {BN_FO_TABLE_AND_CAPTION, C_BLOCK, "table"},
    {BN_FO_FOOTNOTE, C_INLINE, "inline"},
    {BN_FO_FOOTNOTE, C_FOOTNOTE_BODY, "footnote-body"},
    {BN_FO_FOOTNOTE_BODY, C_BLOCK, "block"},
    {BN_FO_FLOAT, C_BLOCK, "block"},
    {BN_FO_MULTI_SWITCH, C_MULTI_CASE, "multi-case"},
    {BN_FO_BOOKMARK, C_BOOKMARK_TITLE, "bookmark-title"},
};

static int
row_of(bn_fo_type parent, bn_fo_type child)
{
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (order[i].parent == parent && order[i].child == child)
            return (int)i;
    return -1;
}

static void
check_order(bn_fo_doc *d, const bn_fo *fo)
{
    const int own = fo->parent ? row_of(fo->parent->type, fo->type) : -1;

    for (const bn_fo *p = fo->prev; own >= 0 && p; p = p->prev) {
        const int before = row_of(fo->parent->type, p->type);

        if (before < 0)
            continue;
        if (order[before].rank > order[own].rank)
            bn_fo_fail(d, BN_EFOORDER, fo->place, bn_fo_name(fo->type),
                       bn_fo_name(p->type));
        else if (before == own && order[own].times == ONE)
            bn_fo_fail(d, BN_EFOTWICE, fo->place, bn_fo_name(fo->type),
                       bn_fo_name(fo->parent->type));
        return;
    }
}

/* Rows and cells may not both be children of one part of a table (6.7.8). */
static void
check_mixture(bn_fo_doc *d, const bn_fo *fo)
{
    const uint64_t own = bn_fo_row(fo->type)->is & (C_ROW | C_CELL);
    const bn_fo *p = fo->prev;

    while (p && !bn_fo_class(p, C_ROW | C_CELL))
        p = p->prev;
    if (own && p && !bn_fo_class(p, own))
        bn_fo_fail(d, BN_EFOCHILD, fo->place, bn_fo_name(fo->type),
                   bn_fo_name(fo->parent->type));
}

static const bn_fo *
around(const bn_fo *fo, bn_fo_type type)
{
    for (fo = fo->parent; fo; fo = fo->parent)
        if (fo->type == type)
            return fo;
    return NULL;
}

/* What may not stand in some object however deep. */
static void
check_ancestors(bn_fo_doc *d, const bn_fo *fo)
{
    static const struct {
        bn_fo_type inner, outer;
    } never[] = {
        {BN_FO_FOOTNOTE, BN_FO_FOOTNOTE},     {BN_FO_FOOTNOTE, BN_FO_FLOAT},
        {BN_FO_FLOAT, BN_FO_FLOAT},           {BN_FO_FLOAT, BN_FO_FOOTNOTE},
        {BN_FO_MARKER, BN_FO_STATIC_CONTENT}, {BN_FO_LEADER, BN_FO_LEADER},
    };
    const bool lost = fo->type == BN_FO_RETRIEVE_MARKER &&
                      around(fo, BN_FO_STATIC_CONTENT) == NULL;

    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (never[i].inner == fo->type && around(fo, never[i].outer))
            bn_fo_fail(d, BN_EFOCHILD, fo->place, bn_fo_name(fo->type),
                       bn_fo_name(never[i].outer));
    if (lost)
        bn_fo_fail(d, BN_EFOCHILD, fo->place, bn_fo_name(fo->type),
                   bn_fo_name(fo->parent->type));
}

void
bn_fo_check_place(bn_fo_doc *d, const bn_fo *fo)
{
    check_order(d, fo);
    check_mixture(d, fo);
    check_ancestors(d, fo);
}

static bool
holds(const bn_fo *fo, uint64_t classes)
{
    for (const bn_fo *c = fo->first; c; c = c->next)
        if (bn_fo_class(c, classes | C_WRAPPER | C_RETRIEVE))
            return true;
    return false;
}

void
bn_fo_check_content(bn_fo_doc *d, const bn_fo *fo)
{
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
        if (needs[i].type == fo->type && !holds(fo, needs[i].one_of))
            bn_fo_fail(d, BN_EFOCONTENT, fo->place, bn_fo_name(fo->type),
                       needs[i].name);
    if (fo->type == BN_FO_INSTREAM_FOREIGN_OBJECT && fo->foreign == NULL)
        bn_fo_fail(d, BN_EFOCONTENT, fo->place, bn_fo_name(fo->type), "svg");
}
