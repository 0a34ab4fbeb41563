/* table_width.c - widths of columns: given, shared out, or from content
 * (CSS 2.1 17.5.2; XSL 1.1 7.28.14). */
#include "layout/table.h"

/* No sum of shares overflows. */
#define SHARE_MAX INT64_C(1000000000000000)

/* What a column asks for. */
typedef struct wish {
    bn_len fixed;
    int64_t share;         /* of proportional-column-width, in thousandths */
    bool automatic;        /* by content */
    bn_len least, natural; /* of its content */
} wish;

/* A width given on a cell of the first row counts for its column when the
 * column itself has none. */
static const bn_value *
first_row_width(const bn_table *t, uint32_t col)
{
    const table_cell *cell = t->nrows > 0 ? t->rows[0].cells[col] : NULL;
    const bn_value *v;

    if (cell == NULL || cell->cols > 1)
        return NULL;
    v = bn_fo_get(cell->fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM);
    return v->kind == BN_V_LENGTH ? v : NULL;
}

static bn_len
value_of(const bn_value *v, bn_len ipd)
{
    const int64_t len = v->len + (int64_t)v->percent * ipd / 1000000;

    return len < 0 ? 0 : len > BN_LEN_MAX ? BN_LEN_MAX : (bn_len)len;
}

static wish
wish_of(const bn_table *t, uint32_t col, bn_len ipd, bool by_content)
{
    const bn_fo *fo = t->columns[col].fo;
    const bn_value *v = fo ? bn_fo_get(fo, BN_P_COLUMN_WIDTH) : NULL;
    wish w = {0};

    if (v != NULL && v->kind == BN_V_COLUMN) {
        w.share = v->number < 0           ? 0
                  : v->number < SHARE_MAX ? v->number / 1000
                                          : SHARE_MAX / 1000;
        w.fixed = v->percent; /* may be below 0 */
        return w;
    }
    if (v == NULL || v->kind != BN_V_LENGTH)
        v = first_row_width(t, col);
    if (v != NULL)
        w.fixed = value_of(v, ipd);
    else if (by_content)
        w.automatic = true;
    else
        w.share = 1000;
    return w;
}

/* ------------------------------------------------------------- content */

static bn_len
larger(bn_len a, bn_len b)
{
    return a > b ? a : b;
}

/* Widen the columns under a cell until it fits. */
static void
widen(const bn_table *t, wish *w, const table_cell *cell, bn_len need,
      bool least)
{
    bn_len have = 0;
    uint32_t n = 0;

    (void)t;
    for (uint32_t i = cell->col; i < cell->col + cell->cols; i++) {
        have +=
            w[i].automatic ? (least ? w[i].least : w[i].natural) : w[i].fixed;
        n += w[i].automatic;
    }
    if (n == 0 || have >= need)
        return;
    for (uint32_t i = cell->col; i < cell->col + cell->cols; i++)
        if (w[i].automatic) {
            bn_len *p = least ? &w[i].least : &w[i].natural;
            const bn_len more = (need - have) / (bn_len)n;

            *p += more;
            have += more;
            n--;
        }
}

static void
measure(bn_ctx *c, const bn_table *t, wish *w, const table_cell *cell)
{
    const table_piece whole = bn_table_whole(cell);
    table_edges e;
    bn_len least = 0, natural = 0, edges;

    bn_table_edges(c, t, cell, &whole, &e);
    bn_content_widths(c, cell->fo, &least, &natural);
    edges = e.border[BN_START] + e.border[BN_END] + e.padding[BN_START] +
            e.padding[BN_END] + e.sep[BN_START] + e.sep[BN_END];
    widen(t, w, cell, least + edges, true);
    widen(t, w, cell, larger(natural, least) + edges, false);
}

/* First the cells of one column, then those that span: what the columns have
 * already counts for them. */
static void
measure_all(bn_ctx *c, const bn_table *t, wish *w)
{
    for (int spans = 0; spans <= 1; spans++)
        for (uint32_t r = 0; r < t->nrows; r++)
            for (uint32_t k = 0; k < t->ncols; k++) {
                const table_cell *cell = t->rows[r].cells[k];

                if (cell && cell->row == r && cell->col == k &&
                    (cell->cols > 1) == (spans == 1))
                    measure(c, t, w, cell);
            }
}

static bn_len
bounded(int64_t len)
{
    return len < BN_FO_LEN_MAX ? (bn_len)len : BN_FO_LEN_MAX;
}

void
bn_table_content_widths(bn_ctx *c, const bn_fo *fo, bn_len *least,
                        bn_len *natural)
{
    const bn_table *t = bn_table_of(c, fo);
    wish *w = BN_NEWS(c->seq, wish, t->ncols);
    int64_t sum_least = 0, sum_natural;

    for (uint32_t i = 0; i < t->ncols; i++) {
        w[i] = wish_of(t, i, 0, true);
        w[i].automatic |= w[i].fixed <= 0; /* a share, a percentage */
    }
    measure_all(c, t, w);
    if (!t->collapse)
        sum_least =
            t->sides->border[BN_START].width + t->sides->border[BN_END].width;
    sum_natural = sum_least;
    for (uint32_t i = 0; i < t->ncols; i++) {
        sum_least += w[i].automatic ? w[i].least : w[i].fixed;
        sum_natural += w[i].automatic ? w[i].natural : w[i].fixed;
    }
    *least = bounded(sum_least);
    *natural = bounded(sum_natural);
}

/* Share out `room` between the columns by content. */
static void
set_automatic(bn_table *t, const wish *w, bn_len room)
{
    int64_t least = 0, natural = 0, done = 0, given = 0;

    for (uint32_t i = 0; i < t->ncols; i++)
        if (w[i].automatic) {
            least += w[i].least;
            natural += w[i].natural;
        }
    for (uint32_t i = 0; i < t->ncols; i++) {
        int64_t upto;

        if (!w[i].automatic)
            continue;
        if (natural <= room || least >= room) { /* room to spare; none */
            const int64_t sum = natural <= room ? natural : least;

            done += natural <= room ? w[i].natural : w[i].least;
            upto = sum > 0 ? done * room / sum : 0;
        } else {
            done += w[i].natural - w[i].least;
            upto = done * (room - least) / (natural - least);
            upto += t->columns[i].width; /* the leasts up to here */
        }
        t->columns[i].width = (bn_len)(upto - given);
        given = upto;
    }
}

/* Sums of the leasts, for set_automatic. */
static void
sum_least(bn_table *t, const wish *w)
{
    bn_len sum = 0;

    for (uint32_t i = 0; i < t->ncols; i++)
        if (w[i].automatic) {
            sum += w[i].least;
            t->columns[i].width = sum;
        }
}

/* -------------------------------------------------------------- shares */

static void
set_shares(bn_table *t, const wish *w, bn_len room, int64_t shares)
{
    int64_t done = 0, given = 0;

    for (uint32_t i = 0; i < t->ncols; i++) {
        int64_t upto;

        if (w[i].share == 0)
            continue;
        done += w[i].share;
        upto = (int64_t)((long double)room * done / shares);
        t->columns[i].width = larger(w[i].fixed + (bn_len)(upto - given), 0);
        given = upto;
    }
}

/* Columns that were added for cells too many have nothing left to share when
 * the others are fixed: all columns then give way in proportion. */
static void
make_room(bn_table *t, const wish *w, bn_len ipd, int64_t fixed)
{
    const uint32_t n = t->ncols;
    uint32_t missing = 0;
    int64_t mean, sum;

    for (uint32_t i = 0; i < n; i++)
        missing += w[i].fixed == 0 && t->columns[i].fo == NULL;
    if (missing == 0 || missing == n || fixed == 0)
        return;
    mean = fixed / (n - missing);
    sum = fixed + mean * missing;
    for (uint32_t i = 0; i < n; i++) {
        const int64_t width = w[i].fixed > 0             ? w[i].fixed
                              : t->columns[i].fo == NULL ? mean
                                                         : 0;

        t->columns[i].width = (bn_len)(width * (sum > ipd ? ipd : sum) / sum);
    }
}

void
bn_table_set_widths(bn_ctx *c, bn_table *t, bn_len ipd)
{
    const bool by_content = !bn_fo_is(t->fo, BN_P_TABLE_LAYOUT, BN_K_FIXED);
    int64_t fixed = 0, shares = 0, room;
    bool automatic = false;
    wish *w;

    if (t->ipd == ipd)
        return;
    t->ipd = ipd;
    w = BN_NEWS(c->seq, wish, t->ncols);
    for (uint32_t i = 0; i < t->ncols; i++) {
        w[i] = wish_of(t, i, ipd, by_content);
        t->columns[i].width = larger(w[i].fixed, 0);
        fixed += w[i].fixed;
        shares += w[i].share;
        automatic |= w[i].automatic;
    }
    room = ipd > fixed ? ipd - fixed : 0;
    if (automatic) {
        measure_all(c, t, w);
        if (shares > 0) { /* shares take what the content leaves */
            int64_t natural = 0;

            for (uint32_t i = 0; i < t->ncols; i++)
                natural += w[i].natural;
            natural = natural < room ? natural : room;
            set_shares(t, w, (bn_len)(room - natural), shares);
            room = natural;
        }
        sum_least(t, w);
        set_automatic(t, w, (bn_len)room);
    } else if (shares > 0)
        set_shares(t, w, (bn_len)room, shares);
    if (room == 0)
        make_room(t, w, ipd, fixed);
}

bn_len
bn_table_least_width(bn_ctx *c, const bn_fo *table)
{
    const bn_table *t = bn_table_of(c, table);
    wish *w = BN_NEWS(c->seq, wish, t->ncols);
    bn_len sum = 0;

    for (uint32_t i = 0; i < t->ncols; i++) {
        w[i] = wish_of(t, i, 0, true);
        w[i].automatic = w[i].fixed == 0;
    }
    measure_all(c, t, w);
    for (uint32_t i = 0; i < t->ncols; i++)
        sum += w[i].automatic ? w[i].least : w[i].fixed;
    return sum;
}

bn_len
bn_table_column_at(const bn_table *t, uint32_t col)
{
    bn_len x = 0;

    for (uint32_t i = 0; i < col && i < t->ncols; i++)
        x += t->columns[i].width;
    return x;
}
