/* table_align.c - text-align with a character (XSL 1.1 7.16.9): the cells of a
 * column stand with that character under one another, the widest of them in
 * the middle of the column (JLREQ 4.4.4: the block of figures is centred). */
#include "layout/table.h"

#include <string.h>

#include "base/utf8.h"
#include "layout/inline.h"

/* What a column's figures need on both sides of the character. */
typedef struct column_figures {
    bn_len before, after;
} column_figures;

/* The character, 0 when the object aligns otherwise. */
static uint32_t
point_of(const bn_fo *fo)
{
    const bn_value *v = bn_fo_get(fo, BN_P_TEXT_ALIGN);
    const char *s = v->kind == BN_V_STRING ? v->string : NULL;

    return s && *s ? bn_u8_next(&s, s + strlen(s)) : 0;
}

static void
widen(column_figures *f, const bn_para *para, uint32_t point)
{
    const bn_len before = bn_para_point(para, point);
    bn_len least, natural;

    bn_para_widths(para, &least, &natural);
    if (before > f->before)
        f->before = before;
    if (natural - before > f->after)
        f->after = natural - before;
}

static void
measure(bn_ctx *c, const bn_fo *fo, column_figures *f)
{
    const uint32_t point = point_of(fo);

    for (const bn_fo *child = fo->first; child;) {
        const bn_fo *end = child->next;
        bool blank;

        if (bn_is_inline(child)) {
            const bn_run run = {fo, child};

            end = bn_run_end(child, &blank);
            if (!blank && point) {
                const bn_paragraph *p = bn_paragraph_make(c, &run, BN_NO_LIMIT);

                if (p->para)
                    widen(f, p->para, point);
            }
        } else if (child->type == BN_FO_BLOCK) {
            measure(c, child, f);
        }
        child = end;
    }
}

/* All columns of the table at once; every cell then knows its column's. */
static void
measure_all(bn_ctx *c, const bn_table *t)
{
    column_figures *all = BN_NEWS(c->seq, column_figures, t->ncols);

    for (uint32_t r = 0; r < t->nrows; r++)
        for (uint32_t k = 0; k < t->ncols; k++) {
            const table_cell *cell = t->rows[r].cells[k];

            if (cell == NULL || cell->row != r || cell->col != k)
                continue;
            *bn_slot(c, cell->fo) = &all[k];
            if (cell->cols == 1)
                measure(c, cell->fo, &all[k]);
        }
}

static const bn_fo *
around(const bn_fo *fo, bn_fo_type type)
{
    while (fo && fo->type != type)
        fo = fo->parent;
    return fo;
}

bn_len
bn_figures_indent(bn_ctx *c, const bn_paragraph *p)
{
    const uint32_t point = point_of(p->fo);
    const bn_fo *cell, *table;
    const column_figures *f;
    bn_len spare, indent;

    if (point == 0 || p->para == NULL)
        return 0;
    cell = around(p->fo, BN_FO_TABLE_CELL);
    table = around(cell, BN_FO_TABLE);
    if (table == NULL)
        return 0;
    if (*bn_slot(c, cell) == NULL)
        measure_all(c, bn_table_of(c, table));
    f = *bn_slot(c, cell);
    if (f == NULL) /* the grid has no place for the cell */
        return 0;
    spare = p->width - f->before - f->after;
    indent = f->before - bn_para_point(p->para, point);
    if (spare > 0)
        indent += spare / 2;
    return indent > 0 ? indent : 0;
}
