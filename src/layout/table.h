/*
 * table.h - what the files of tables share. Private to them.
 *
 * A table is read once a page-sequence into a grid (table_grid.c), gets its
 * columns' widths for the width it is set in (table_width.c), and is then laid
 * out row by row (table_rows.c) between repeated heads and feet (table.c).
 * Borders of neighbours are resolved when a cell is drawn (table_border.c).
 *
 * Rows stand in one array: those of the header, of all bodies, of the footer.
 */
#ifndef BN_LAYOUT_TABLE_H
#define BN_LAYOUT_TABLE_H

#include "layout/internal.h"

enum { TABLE_COLUMNS_MAX = 1000 };

/* Borders of one object before they are resolved with its neighbours'.
 * Objects of the same properties share them. */
typedef struct table_sides {
    bn_border border[4];
    bool retain[4];        /* conditionality: it stays where a page cuts */
    int32_t precedence[4]; /* INT32_MAX: force */
} table_sides;

typedef struct table_cell {
    const bn_fo *fo;
    const table_sides *sides;
    uint32_t row, rows; /* its first, and the span after clamping */
    uint16_t col, cols;
} table_cell;

typedef struct table_column {
    const bn_fo *fo; /* table-column; NULL: implied */
    const table_sides *sides;
    bn_len width;
} table_column;

typedef struct table_part {
    const bn_fo *fo; /* table-header, -body or -footer */
    const table_sides *sides;
    uint32_t first, n;
    bool background;
} table_part;

typedef struct table_row {
    const bn_fo *fo; /* NULL: implied by starts-row, ends-row */
    const table_part *part;
    const table_sides *sides;
    table_cell **cells; /* one a column; NULL: nothing there */
    bool background;
    bool spanned; /* a cell of the row above reaches into it */
} table_row;

typedef struct bn_table {
    const bn_fo *fo;
    table_column *columns;
    uint32_t ncols;
    table_row *rows;
    uint32_t nrows;
    uint32_t nhead, nfoot; /* of the rows: first and last ones */
    table_part *parts;     /* in the order of the rows */
    uint32_t nparts;
    const table_sides *sides;
    bool collapse;
    bool precedence;             /* collapse-with-precedence */
    bool head_again, foot_again; /* they stand on every page */
    bool wide_at_break;    /* a row may be higher with the page's end below */
    bool background;       /* some column has one */
    bn_len sep_ip, sep_bp; /* border-separation */
    bn_len ipd;            /* that the widths are for; -1: none yet */
} bn_table;

/* table_grid.c: the grid of a table, made once. */
bn_table *bn_table_of(bn_ctx *c, const bn_fo *fo);

/* table_width.c: widths of the columns of a table that is ipd wide. */
void bn_table_set_widths(bn_ctx *c, bn_table *t, bn_len ipd);
/* From the start of the table's content to a column. */
bn_len bn_table_column_at(const bn_table *t, uint32_t col);

/* What is beyond a before- or after-edge. */
typedef enum table_beyond {
    TABLE_ROW,  /* the next row, or the end of the table */
    TABLE_PAGE, /* a break between rows */
    TABLE_CUT   /* a break inside the cell */
} table_beyond;

/* table_border.c: the border of one side of a grid unit; resolved with its
 * neighbours when borders collapse. */
bn_border bn_table_border(const bn_table *t, uint32_t row, uint32_t col,
                          enum bn_side side, table_beyond beyond);
/* Borders of an object (shared where they can be); none for NULL. */
const table_sides *bn_table_sides(bn_ctx *c, const bn_fo *fo,
                                  const table_sides *last,
                                  const bn_fo *last_fo);

/* What stands between the grid lines of a cell and its content. */
typedef struct table_edges {
    bn_len border[4]; /* the part of it inside the grid lines */
    bn_len padding[4];
    bn_len sep[4]; /* half of the border-separation */
} table_edges;

/* The part of a cell that stands on a page. */
typedef struct table_piece {
    uint32_t row, nrows;        /* its grid rows here */
    table_beyond before, after; /* what is beyond them */
    bool first;                 /* nothing of it stands on pages before */
} table_piece;
void bn_table_edges(bn_ctx *c, const bn_table *t, const table_cell *cell,
                    const table_piece *piece, table_edges *out);
/* The whole of it on one page. */
table_piece bn_table_whole(const table_cell *cell);

static inline bool
bn_table_is_last(const table_piece *p)
{
    return p->after != TABLE_CUT;
}

/* table_draw.c. Where it stands. */
typedef struct table_place {
    table_piece piece;
    const bn_len *heights; /* of its rows */
    bn_len top;            /* of the first of them */
    bool bare;             /* empty, and empty cells are hidden */
} table_place;
/* Add a cell's area (its content is in it, its bpd set) to `into`, with
 * borders and background, after areas for the backgrounds of column, part and
 * row and for the borders of a span. */
void bn_table_draw_cell(bn_ctx *c, const bn_table *t, const table_cell *cell,
                        const table_edges *e, const table_place *at,
                        bn_area *area, bn_area *into);
/* The borders around a place that no cell fills (collapsed only). */
void bn_table_draw_gap(bn_ctx *c, const bn_table *t, bn_area *into,
                       const table_piece *piece, uint32_t col, bn_len top,
                       bn_len height);

/* ----------------------------------------------------- table_rows.c: rows */

/* A cell that is open on this page: it started in a row here or goes on from
 * the page before, and has rows to come. */
typedef struct table_open {
    const table_cell *cell;
    const bn_token *from; /* where its content starts on this page */
    bool done_before;     /* its content ended on a page before */
    table_beyond before;  /* what is beyond its before-edge here */
    uint32_t row;         /* its first row on this page */
    bn_area *area;
    bn_inside in;
    /* It does not fit with its after-edge, but without: the whole of it, for
     * when the row goes on anyway. */
    bn_area *whole_area;
    bn_inside whole;
} table_open;

/* How a row that was broken goes on: data of a token. */
typedef struct table_rest {
    bn_len consumed; /* height that the row had before; 0: not broken inside */
    uint32_t n;
    struct {
        const table_cell *cell;
        const bn_token *next;
        bool done;
    } cells[];
} table_rest;

/* A table on one page. */
typedef struct table_run {
    bn_table *t;
    table_open *open;  /* spanning cells, by column; cell NULL: none */
    bn_len *heights;   /* of the rows placed here, from first_row */
    uint32_t nheights; /* room for them */
    uint32_t first_row;
    const table_rest *rest; /* of the first row, when it was broken */
    /* The row placed last: its areas are made when it is known whether the
     * page ends after it. */
    bool waits;
    uint32_t row;
    bn_len bottom; /* of it */
} table_run;

typedef struct table_row_ref {
    table_run *run;
    uint32_t row;
} table_row_ref;

table_run *bn_table_run_new(bn_ctx *c, bn_table *t, uint32_t first_row,
                            const table_rest *rest);
bn_part bn_table_lay_row; /* what: const table_row_ref * */
/* The last row stands on this page, and the table ends there. */
void bn_table_end(bn_ctx *c, table_run *run, bn_area *into);
/* The column ends before `row`: finish the row above and the cells that reach
 * down. NULL when there are none; else how they go on. */
const table_rest *bn_table_end_page(bn_ctx *c, bn_stack *st, table_run *run,
                                    uint32_t row);
/* The n rows of a header or footer, whole, into `into` from top on; returns
 * their height. */
bn_len bn_table_lay_whole(bn_ctx *c, bn_table *t, uint32_t first, uint32_t n,
                          bn_area *into, bn_len top, const bn_note **notes);

/* ------------------------------------- table_marker.c: markers in heads */

/* A table's part of a page, for what its head and foot retrieve. */
typedef struct bn_table_page {
    const bn_table *t;
    uint32_t first_row;
    const bn_area *rows; /* that stand here; NULL: not known yet */
} bn_table_page;

/* Does the head, or the foot, retrieve markers? */
bool bn_table_retrieves(const bn_table *t, bool foot);
/* Lay out again what is known now: the head (areas of the table up to last, at
 * y), the foot. */
void bn_table_redo_head(bn_ctx *c, bn_table *t, bn_area *table, bn_area *last,
                        bn_len y, bool artifact);
void bn_table_redo_foot(bn_ctx *c, bn_table *t, bn_area *holder, bool artifact);

#endif
