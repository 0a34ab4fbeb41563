/* table_grid.c - rows and cells to a grid; wrong tables are mended with one
 * warning a kind and table, never refused (DESIGN 5). */
#include "layout/table.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"

/* What is known while the grid is being made. */
typedef struct maker {
    bn_ctx *c;
    bn_table *t;
    BN_VEC(table_column) columns;
    BN_VEC(table_row) rows;
    BN_VEC(table_cell *) cells; /* of all rows, in order */
    BN_VEC(uint32_t) busy;      /* by column: rows its cell goes on for */
    BN_VEC(table_part) parts;
    uint32_t declared; /* columns by table-column; 0: none */
    bool said_span, said_cell, said_overlap;
    const bn_fo *last_fo; /* borders were read of it: */
    const table_sides *last_sides;
} maker;

static const table_sides *
sides_of(maker *m, const bn_fo *fo)
{
    m->last_sides = bn_table_sides(m->c, fo, m->last_sides, m->last_fo);
    m->last_fo = fo;
    return m->last_sides;
}

static bool
has_background(const bn_fo *fo)
{
    const char *image = bn_fo_string(fo, BN_P_BACKGROUND_IMAGE);

    return bn_fo_color(fo, BN_P_BACKGROUND_COLOR) >> 24 != 0 ||
           (image != NULL && *image != '\0' && strcmp(image, "none") != 0);
}

static void
say(maker *m, bool *said, bn_code code, const bn_fo *at, uint32_t had,
    uint32_t has)
{
    char a[16], b[16];

    if (*said)
        return;
    *said = true;
    snprintf(a, sizeof a, "%u", had);
    snprintf(b, sizeof b, "%u", has);
    bn_warn(m->c->msgs, code, bn_at(at->place), a, b);
}

/* -------------------------------------------------------------- columns */

static void
add_column(maker *m, uint32_t at, const bn_fo *fo)
{
    while (m->columns.n <= at)
        BN_PUSH(&m->columns) = (table_column){.sides = sides_of(m, NULL)};
    m->columns.v[at].fo = fo;
    m->columns.v[at].sides = sides_of(m, fo);
    m->t->background |= has_background(fo);
}

static uint32_t
at_least_one(int32_t n)
{
    return n < 1 ? 1 : (uint32_t)n;
}

static void
read_columns(maker *m)
{
    uint32_t next = 0;

    for (const bn_fo *c = m->t->fo->first; c; c = c->next) {
        uint32_t repeat;

        if (c->type != BN_FO_TABLE_COLUMN)
            continue;
        if (bn_fo_specified(c, BN_P_COLUMN_NUMBER))
            next = at_least_one(bn_fo_int(c, BN_P_COLUMN_NUMBER)) - 1;
        repeat = at_least_one(bn_fo_int(c, BN_P_NUMBER_COLUMNS_REPEATED));
        while (repeat-- > 0 && next < TABLE_COLUMNS_MAX)
            add_column(m, next++, c);
    }
    m->declared = (uint32_t)m->columns.n;
}

/* ---------------------------------------------------------------- cells */

static bool
is_free(const maker *m, uint32_t col)
{
    return col >= m->busy.n || m->busy.v[col] == 0;
}

/* Columns that a cell at col may take. */
static uint32_t
clamp_columns(maker *m, const bn_fo *fo, uint32_t col)
{
    const uint32_t asked =
        at_least_one(bn_fo_int(fo, BN_P_NUMBER_COLUMNS_SPANNED));
    uint32_t n = 1;

    while (n < asked && col + n < TABLE_COLUMNS_MAX &&
           (m->declared == 0 || col + n < m->declared) && is_free(m, col + n))
        n++;
    if (n < asked)
        say(m, &m->said_span, BN_WTABLESPAN, fo, asked, n);
    return n;
}

static uint32_t
clamp_rows(maker *m, const bn_fo *fo, uint32_t left)
{
    const uint32_t asked =
        at_least_one(bn_fo_int(fo, BN_P_NUMBER_ROWS_SPANNED));

    if (asked <= left)
        return asked;
    say(m, &m->said_span, BN_WTABLESPAN, fo, asked, left);
    return left;
}

static uint32_t
column_of(maker *m, const bn_fo *fo, uint32_t next)
{
    uint32_t col = next;

    if (bn_fo_specified(fo, BN_P_COLUMN_NUMBER)) {
        col = at_least_one(bn_fo_int(fo, BN_P_COLUMN_NUMBER)) - 1;
        if (col < TABLE_COLUMNS_MAX && is_free(m, col))
            return col;
        say(m, &m->said_overlap, BN_WTABLEOVERLAP, fo, col + 1, next + 1);
        col = next;
    }
    while (!is_free(m, col))
        col++;
    return col;
}

/* Place a cell in the row being filled; returns the column behind it. */
static uint32_t
place_cell(maker *m, const bn_fo *fo, uint32_t next, uint32_t rows_left)
{
    table_cell *cell;
    const uint32_t col = column_of(m, fo, next);

    if (col >= TABLE_COLUMNS_MAX) {
        say(m, &m->said_cell, BN_WTABLECELL, fo, col + 1, TABLE_COLUMNS_MAX);
        return col;
    }
    if (m->declared > 0 && col >= m->declared) {
        say(m, &m->said_cell, BN_WTABLECELL, fo, col + 1, m->declared);
        m->declared = col + 1;
    }
    cell = BN_NEW(m->c->seq, table_cell);
    cell->fo = fo;
    cell->row = (uint32_t)m->rows.n - 1;
    cell->col = (uint16_t)col;
    cell->cols = (uint16_t)clamp_columns(m, fo, col);
    cell->rows = clamp_rows(m, fo, rows_left);
    cell->sides = sides_of(m, fo);
    while (m->busy.n < col + cell->cols)
        BN_PUSH(&m->busy) = 0;
    for (uint32_t i = 0; i < cell->cols; i++)
        m->busy.v[col + i] = cell->rows;
    BN_PUSH(&m->cells) = cell;
    return col + cell->cols;
}

/* ----------------------------------------------------------------- rows */

/* A row is finished: one less for what reaches down. */
static void
end_row(maker *m)
{
    for (size_t i = 0; i < m->busy.n; i++)
        if (m->busy.v[i] > 0)
            m->busy.v[i]--;
}

static void
begin_row(maker *m, const bn_fo *fo)
{
    table_row *row = &BN_PUSH(&m->rows);

    *row = (table_row){.fo = fo, .sides = sides_of(m, fo)};
    if (fo != NULL)
        row->background = has_background(fo);
    for (size_t i = 0; i < m->busy.n; i++)
        row->spanned |= m->busy.v[i] > 0;
}

static void
read_row(maker *m, const bn_fo *row, uint32_t rows_left)
{
    uint32_t next = 0;

    begin_row(m, row);
    for (const bn_fo *c = row->first; c; c = c->next)
        if (c->type == BN_FO_TABLE_CELL)
            next = place_cell(m, c, next, rows_left);
    end_row(m);
}

static const bn_fo *
next_cell(const bn_fo *c)
{
    while (c && c->type != BN_FO_TABLE_CELL)
        c = c->next;
    return c;
}

static bool
ends_row(const bn_fo *cell)
{
    const bn_fo *next = next_cell(cell->next);

    return next == NULL || bn_fo_is(cell, BN_P_ENDS_ROW, BN_K_TRUE) ||
           bn_fo_is(next, BN_P_STARTS_ROW, BN_K_TRUE);
}

/* Cells without rows around them (XSL 1.1 6.7.6). */
static void
read_cells(maker *m, const bn_fo *part)
{
    uint32_t next = 0, left = 0;
    bool begun = false;

    for (const bn_fo *c = next_cell(part->first); c; c = next_cell(c->next))
        left += ends_row(c);
    for (const bn_fo *c = next_cell(part->first); c; c = next_cell(c->next)) {
        if (!begun)
            begin_row(m, NULL);
        begun = true;
        next = place_cell(m, c, next, left);
        if (!ends_row(c))
            continue;
        end_row(m);
        begun = false;
        next = 0;
        left--;
    }
}

static void
read_part(maker *m, const bn_fo *fo)
{
    table_part *part = &BN_PUSH(&m->parts);
    uint32_t left = 0;

    *part = (table_part){
        .fo = fo, .first = (uint32_t)m->rows.n, .sides = sides_of(m, fo)};
    part->background = has_background(fo);
    for (const bn_fo *c = fo->first; c; c = c->next)
        left += c->type == BN_FO_TABLE_ROW;
    if (left == 0)
        read_cells(m, fo);
    for (const bn_fo *c = fo->first; c; c = c->next)
        if (c->type == BN_FO_TABLE_ROW)
            read_row(m, c, left--);
    m->busy.n = 0; /* no span leaves its part */
    part->n = (uint32_t)m->rows.n - part->first;
}

static void
read_parts(maker *m, bn_fo_type type)
{
    for (const bn_fo *c = m->t->fo->first; c; c = c->next)
        if (c->type == type)
            read_part(m, c);
}

/* ----------------------------------------------------------------- grid */

static void
fill_grid(maker *m)
{
    bn_table *t = m->t;
    table_cell **units =
        BN_NEWS(m->c->seq, table_cell *, (size_t)t->nrows * t->ncols);

    for (uint32_t r = 0; r < t->nrows; r++)
        t->rows[r].cells = units + (size_t)r * t->ncols;
    for (size_t i = 0; i < m->cells.n; i++) {
        table_cell *cell = m->cells.v[i];

        for (uint32_t r = 0; r < cell->rows; r++)
            for (uint32_t k = 0; k < cell->cols; k++)
                t->rows[cell->row + r].cells[cell->col + k] = cell;
    }
    for (uint32_t p = 0; p < t->nparts; p++)
        for (uint32_t r = 0; r < t->parts[p].n; r++)
            t->rows[t->parts[p].first + r].part = &t->parts[p];
}

/* Move what was gathered into the arena. */
static void
keep(maker *m)
{
    bn_arena *a = m->c->seq;
    bn_table *t = m->t;

    for (size_t i = 0; i < m->cells.n; i++) {
        const size_t end = (size_t)m->cells.v[i]->col + m->cells.v[i]->cols;

        while (m->columns.n < end)
            BN_PUSH(&m->columns) = (table_column){.sides = sides_of(m, NULL)};
    }
    if (m->columns.n == 0)
        BN_PUSH(&m->columns) = (table_column){.sides = sides_of(m, NULL)};
    t->ncols = (uint32_t)m->columns.n;
    t->columns = bn_arena_copy(a, m->columns.v, t->ncols * sizeof *t->columns);
    t->nrows = (uint32_t)m->rows.n;
    if (t->nrows > 0)
        t->rows = bn_arena_copy(a, m->rows.v, t->nrows * sizeof *t->rows);
    t->nparts = (uint32_t)m->parts.n;
    if (t->nparts > 0)
        t->parts = bn_arena_copy(a, m->parts.v, t->nparts * sizeof *t->parts);
    fill_grid(m);
}

/* A border below a row at the end of a page that is not there between rows:
 * the table's, a column's, the foot's. */
static bool
is_wide_at_break(const bn_table *t)
{
    bool any = t->sides->retain[BN_AFTER] || t->precedence || t->foot_again;

    for (uint32_t k = 0; k < t->ncols; k++)
        any |= t->columns[k].sides->retain[BN_AFTER];
    return t->collapse && any;
}

static void
make(maker *m)
{
    bn_table *t = m->t;

    t->collapse = !bn_fo_is(t->fo, BN_P_BORDER_COLLAPSE, BN_K_SEPARATE);
    t->precedence =
        bn_fo_is(t->fo, BN_P_BORDER_COLLAPSE, BN_K_COLLAPSE_WITH_PRECEDENCE);
    t->sides = sides_of(m, t->fo);
    if (!t->collapse) {
        t->sep_ip = bn_fo_len(
            t->fo, BN_P_BORDER_SEPARATION_INLINE_PROGRESSION_DIRECTION, 0);
        t->sep_bp = bn_fo_len(
            t->fo, BN_P_BORDER_SEPARATION_BLOCK_PROGRESSION_DIRECTION, 0);
    }
    t->ipd = -1;
    read_columns(m);
    read_parts(m, BN_FO_TABLE_HEADER);
    t->nhead = (uint32_t)m->rows.n;
    read_parts(m, BN_FO_TABLE_BODY);
    t->nfoot = (uint32_t)m->rows.n;
    read_parts(m, BN_FO_TABLE_FOOTER);
    t->nfoot = (uint32_t)m->rows.n - t->nfoot;
    t->head_again =
        t->nhead > 0 &&
        !bn_fo_is(t->fo, BN_P_TABLE_OMIT_HEADER_AT_BREAK, BN_K_TRUE);
    t->foot_again =
        t->nfoot > 0 &&
        !bn_fo_is(t->fo, BN_P_TABLE_OMIT_FOOTER_AT_BREAK, BN_K_TRUE);
    keep(m);
    t->wide_at_break = is_wide_at_break(t);
    BN_VEC_FREE(&m->columns);
    BN_VEC_FREE(&m->rows);
    BN_VEC_FREE(&m->cells);
    BN_VEC_FREE(&m->busy);
    BN_VEC_FREE(&m->parts);
}

bn_table *
bn_table_of(bn_ctx *c, const bn_fo *fo)
{
    void **slot = bn_slot(c, fo);
    bn_table *t = *slot;

    if (t == NULL) {
        maker m = {.c = c};

        t = BN_NEW(c->seq, bn_table);
        *slot = t;
        t->fo = fo;
        m.t = t;
        make(&m);
    }
    return t;
}
