/* page_master.c - which master a page has, and where its regions stand. */
#include "layout/pages.h"

#include <string.h>

/* What FOP takes when page-width or page-height is auto. */
enum { AUTO_WIDTH = 594720, AUTO_HEIGHT = 792000 };

enum { NARROWEST_COLUMN = 1000, MOST_COLUMNS = 200 };

static const struct {
    bn_fo_type type;
    enum bn_region region;
    const char *name;
} regions[] = {
    {BN_FO_REGION_BODY, BN_REGION_BODY, "xsl-region-body"},
    {BN_FO_REGION_BEFORE, BN_REGION_BEFORE, "xsl-region-before"},
    {BN_FO_REGION_AFTER, BN_REGION_AFTER, "xsl-region-after"},
    {BN_FO_REGION_START, BN_REGION_START, "xsl-region-start"},
    {BN_FO_REGION_END, BN_REGION_END, "xsl-region-end"},
};

/* ------------------------------------------------------------ geometry */

static int
turn(const bn_fo *fo)
{
    return (bn_fo_int(fo, BN_P_REFERENCE_ORIENTATION) % 360 + 360) % 360;
}

static void
find_regions(const bn_fo *master, bn_geometry *g)
{
    for (const bn_fo *r = master->first; r; r = r->next)
        for (size_t i = 0; i < BN_REGIONS; i++)
            if (regions[i].type == r->type) {
                const char *name = bn_fo_string(r, BN_P_REGION_NAME);

                g->region[regions[i].region].fo = r;
                g->region[regions[i].region].name =
                    name && *name ? name : regions[i].name;
            }
}

static bn_len
extent(const bn_geometry *g, enum bn_region r, bn_len base)
{
    const bn_fo *fo = g->region[r].fo;

    return fo ? bn_fo_len(fo, BN_P_EXTENT, base) : 0;
}

static bool
precedes(const bn_geometry *g, enum bn_region r)
{
    const bn_fo *fo = g->region[r].fo;

    return fo && bn_fo_is(fo, BN_P_PRECEDENCE, BN_K_TRUE);
}

static void
set_rect(bn_region_box *r, bn_len x, bn_len y, bn_len w, bn_len h)
{
    r->x = x;
    r->y = y;
    r->w = w > 0 ? w : 0;
    r->h = h > 0 ? h : 0;
}

/* The page without its margins, how the master says that it is read, and how
 * far it is turned. w, h: seen by the reader, who turns it back. */
typedef struct sheet {
    bn_len x, y, w, h;
    uint8_t mode;
    int turn;
} sheet;

/* A region from its place as the reader sees it to that on the sheet. */
static void
set_turned(bn_region_box *r, const sheet *s, bn_len x, bn_len y, bn_len w,
           bn_len h)
{
    switch (s->turn) {
    case 90:
        set_rect(r, s->x + y, s->y + s->w - x - w, h, w);
        break;
    case 180:
        set_rect(r, s->x + s->w - x - w, s->y + s->h - y - h, w, h);
        break;
    case 270:
        set_rect(r, s->x + s->h - y - h, s->y + x, h, w);
        break;
    default:
        set_rect(r, s->x + x, s->y + y, w, h);
    }
}

/* A region from its logical place on the page: in vertical pages before is at
 * the right, and start at the top (XSL 1.1 6.4.13). */
static void
set_logical(bn_region_box *r, const sheet *s, bn_len ip, bn_len bp, bn_len ipd,
            bn_len bpd)
{
    switch (s->mode) {
    case BN_TB_RL:
        set_turned(r, s, s->w - bp - bpd, ip, bpd, ipd);
        break;
    case BN_RL_TB:
        set_turned(r, s, s->w - ip - ipd, bp, ipd, bpd);
        break;
    default:
        set_turned(r, s, ip, bp, ipd, bpd);
    }
}

static void
place_edges(bn_geometry *g, const sheet *s)
{
    const bn_len w = s->mode == BN_TB_RL ? s->h : s->w;
    const bn_len h = s->mode == BN_TB_RL ? s->w : s->h;
    const bn_len before = extent(g, BN_REGION_BEFORE, h);
    const bn_len after = extent(g, BN_REGION_AFTER, h);
    const bn_len start = extent(g, BN_REGION_START, w);
    const bn_len end = extent(g, BN_REGION_END, w);
    const bool pb = precedes(g, BN_REGION_BEFORE);
    const bool pa = precedes(g, BN_REGION_AFTER);
    const bn_len top = pb ? before : 0, bottom = pa ? after : 0;

    set_logical(&g->region[BN_REGION_BEFORE], s, pb ? 0 : start, 0,
                w - (pb ? 0 : start + end), before);
    set_logical(&g->region[BN_REGION_AFTER], s, pa ? 0 : start, h - after,
                w - (pa ? 0 : start + end), after);
    set_logical(&g->region[BN_REGION_START], s, 0, top, start,
                h - top - bottom);
    set_logical(&g->region[BN_REGION_END], s, w - end, top, end,
                h - top - bottom);
}

/* Columns that leave each other a width; some thousand narrow ones would only
 * cost memory. */
static void
count_columns(bn_ctx *c, bn_geometry *g, const bn_fo *body, bn_len width)
{
    const int32_t asked = bn_fo_int(body, BN_P_COLUMN_COUNT);
    const int64_t gap = g->gap > 0 ? g->gap : 0;
    int64_t most = ((int64_t)width + gap) / (gap + NARROWEST_COLUMN);

    most = most < 1 ? 1 : most > MOST_COLUMNS ? MOST_COLUMNS : most;
    g->columns = asked < 1 ? 1 : asked > most ? (int32_t)most : asked;
    if (asked <= most)
        return;
    bn_warn_once(c->msgs, BN_WCOLUMNS, bn_at(body->place),
                 bn_arena_printf(c->seq, "%d", (int)asked),
                 bn_arena_printf(c->seq, "%d", (int)g->columns));
}

/* The margin of a page or its body; base: what a percentage is of: the width
 * or height of the page (CSS2 13.2.1). A space before or after is one, too. */
static bn_len
margin(const bn_fo *fo, bn_prop side, bn_prop space, bn_len base)
{
    return bn_fo_len(fo, bn_fo_specified(fo, space) ? space : side, base);
}

static void
place_body(bn_ctx *c, bn_geometry *g, const sheet *s)
{
    bn_region_box *r = &g->region[BN_REGION_BODY];
    const bool across = s->turn % 180 != 0;
    const bn_len width = across ? g->height : g->width;
    const bn_len height = across ? g->width : g->height;
    bn_len left, right, top, bottom;

    if (r->fo == NULL)
        return;
    left = bn_fo_len(r->fo, BN_P_MARGIN_LEFT, width);
    right = bn_fo_len(r->fo, BN_P_MARGIN_RIGHT, width);
    top = margin(r->fo, BN_P_MARGIN_TOP, BN_P_SPACE_BEFORE_OPTIMUM, height);
    bottom =
        margin(r->fo, BN_P_MARGIN_BOTTOM, BN_P_SPACE_AFTER_OPTIMUM, height);
    set_turned(r, s, left, top, s->w - left - right, s->h - top - bottom);
    g->gap = bn_fo_len(r->fo, BN_P_COLUMN_GAP, s->w - left - right);
    count_columns(c, g, r->fo, r->w);
}

static bn_len
page_length(const bn_fo *master, bn_prop p, bn_len other)
{
    return bn_fo_get(master, p)->kind == BN_V_LENGTH ? bn_fo_len(master, p, 0)
                                                     : other;
}

/* Margins are those of the sheet; what is turned is inside them (XSL 1.1
 * 6.4.13: the page-reference-area, not the page-viewport-area). */
static sheet
sheet_of(const bn_fo *master, const bn_geometry *g)
{
    const bn_len left = bn_fo_len(master, BN_P_MARGIN_LEFT, g->width);
    const bn_len right = bn_fo_len(master, BN_P_MARGIN_RIGHT, g->width);
    const bn_len top = bn_fo_len(master, BN_P_MARGIN_TOP, g->height);
    const bn_len bottom = bn_fo_len(master, BN_P_MARGIN_BOTTOM, g->height);
    const bn_len w = g->width - left - right, h = g->height - top - bottom;

    return (sheet){.x = left,
                   .y = top,
                   .w = g->turned ? h : w,
                   .h = g->turned ? w : h,
                   .mode = bn_mode_of(master),
                   .turn = turn(master)};
}

static bn_geometry *
make_geometry(bn_ctx *c, const bn_fo *master)
{
    bn_geometry *g = BN_NEW(c->seq, bn_geometry);
    sheet s;

    g->master = master;
    g->name = bn_fo_string(master, BN_P_MASTER_NAME);
    g->width = page_length(master, BN_P_PAGE_WIDTH, AUTO_WIDTH);
    g->height = page_length(master, BN_P_PAGE_HEIGHT, AUTO_HEIGHT);
    g->turned = turn(master) % 180 != 0;
    g->columns = 1;
    find_regions(master, g);
    s = sheet_of(master, g);
    place_edges(g, &s);
    place_body(c, g, &s);
    for (int i = 0; i < BN_REGIONS; i++) {
        bn_region_box *r = &g->region[i];

        if (r->fo == NULL)
            continue;
        r->rotate = turn(r->fo);
        r->mode = bn_mode_of(r->fo);
    }
    return g;
}

static const bn_geometry *
geometry_of(bn_ctx *c, const bn_fo *master)
{
    bn_map_value *slot =
        bn_map_put(c->flow->geometries, &master->id, sizeof master->id, NULL);

    if (slot->p == NULL)
        slot->p = make_geometry(c, master);
    return slot->p;
}

/* ------------------------------------------------------------- choosing */

static const bn_fo *
find_master(const bn_ctx *c, const char *name)
{
    for (const bn_fo *set = c->tree->root->first; set; set = set->next) {
        if (set->type != BN_FO_LAYOUT_MASTER_SET)
            continue;
        for (const bn_fo *m = set->first; m; m = m->next) {
            const char *own = bn_fo_string(m, BN_P_MASTER_NAME);

            if (own && name && strcmp(own, name) == 0)
                return m;
        }
    }
    return NULL;
}

static bool
matches(const bn_fo *ref, bn_page_kind k)
{
    const bn_keyword parity = bn_fo_keyword(ref, BN_P_ODD_OR_EVEN);
    const bn_keyword blank = bn_fo_keyword(ref, BN_P_BLANK_OR_NOT_BLANK);

    if ((parity == BN_K_ODD && !k.odd) || (parity == BN_K_EVEN && k.odd))
        return false;
    if ((blank == BN_K_BLANK && !k.blank) ||
        (blank == BN_K_NOT_BLANK && k.blank))
        return false;
    switch ((int)bn_fo_keyword(ref, BN_P_PAGE_POSITION)) {
    case BN_K_FIRST:
        return k.first;
    case BN_K_LAST:
        return k.last;
    case BN_K_REST:
        return !k.first && !k.last;
    case BN_K_ONLY:
        return k.first && k.last;
    default:
        return true;
    }
}

static int32_t
most_repeats(const bn_fo *part)
{
    const bn_value *v = bn_fo_get(part, BN_P_MAXIMUM_REPEATS);

    if (part->type == BN_FO_SINGLE_PAGE_MASTER_REFERENCE)
        return 1;
    return v->kind == BN_V_KEYWORD ? INT32_MAX
                                   : bn_fo_int(part, BN_P_MAXIMUM_REPEATS);
}

static const char *
reference_of(const bn_fo *part, bn_page_kind k)
{
    if (part->type != BN_FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
        return bn_fo_string(part, BN_P_MASTER_REFERENCE);
    for (const bn_fo *ref = part->first; ref; ref = ref->next)
        if (matches(ref, k))
            return bn_fo_string(ref, BN_P_MASTER_REFERENCE);
    return NULL;
}

/* The next reference of a page-sequence-master; the last part goes on when
 * all are used up. */
static const char *
next_reference(const bn_fo *sequence, bn_master_state *s, bn_page_kind k)
{
    const char *name = NULL;

    if (s->part == NULL || s->part->parent != sequence) {
        s->part = sequence->first;
        s->used = 0;
    }
    while (s->part) {
        if (s->used < most_repeats(s->part) || s->part->next == NULL)
            name = reference_of(s->part, k);
        if (name) {
            s->used++;
            return name;
        }
        if (s->part->next == NULL)
            return NULL;
        s->part = s->part->next;
        s->used = 0;
    }
    return NULL;
}

static const bn_geometry *
no_master(bn_ctx *c, const bn_fo *sequence, const char *name)
{
    bn_err err;

    if (sequence)
        bn_fail(&err, BN_EALTERNATIVE, bn_at(sequence->place),
                bn_fo_string(sequence, BN_P_MASTER_NAME), bn_page_text(c));
    else
        bn_fail(&err, BN_EMASTER, bn_at(c->flow->seq->place), name ? name : "");
    bn_msgs_add(c->msgs, &err, BN_ERROR);
    c->fatal = err.code;
    return NULL;
}

const bn_geometry *
bn_master_pick(bn_ctx *c, bn_master_state *state, bn_page_kind kind)
{
    const char *name = bn_fo_string(c->flow->seq, BN_P_MASTER_REFERENCE);
    const bn_fo *m = find_master(c, name);

    for (int depth = 0; m && m->type == BN_FO_PAGE_SEQUENCE_MASTER; depth++) {
        name = depth < 8 ? next_reference(m, state, kind) : NULL;
        if (name == NULL)
            return no_master(c, m, NULL);
        m = find_master(c, name);
    }
    return m ? geometry_of(c, m) : no_master(c, NULL, name);
}
