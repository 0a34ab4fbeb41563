/* Attributes of one object become its values: specified, inherited, shared. */
#include "fo/tree.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
    FIRST_TABLE = 1024,
    RANK_OWN = 5,
    RANK_COMPONENT = 6,
    PERCENT_ALL = 1000000 /* 100% in a bn_value */
};

const bn_value *
bn_fo_initial(const bn_fo_doc *d, bn_prop p)
{
    return &d->initial[p];
}

static const bn_row *
row_of(const bn_fo *fo)
{
    return (const bn_row *)(const void *)((const char *)fo->inherited -
                                          offsetof(bn_row, v));
}

bn_fo_doc *
bn_fo_doc_of(const bn_fo *fo)
{
    return row_of(fo)->doc;
}

void
bn_fo_set(const bn_eval *e, bn_prop p, const bn_value *v, uint8_t rank)
{
    bn_fo_doc *d = e->doc;
    bn_setting *s = &d->set[p];

    if (s->rank > rank)
        return;
    if (s->rank == 0)
        d->touched[d->ntouched++] = (uint16_t)p;
    s->rank = rank;
    s->v = *v;
    if (v->kind == BN_V_LENGTH && v->len > BN_FO_LEN_MAX)
        s->v.len = BN_FO_LEN_MAX;
    if (v->kind == BN_V_LENGTH && v->len < -BN_FO_LEN_MAX)
        s->v.len = -BN_FO_LEN_MAX;
}

void
bn_fo_unset(const bn_eval *e, bn_prop p, const bn_setting *before)
{
    bn_fo_doc *d = e->doc;
    size_t n = 0;

    if (d->set[p].rank && before->rank == 0) {
        for (size_t i = 0; i < d->ntouched; i++)
            if (d->touched[i] != p)
                d->touched[n++] = d->touched[i];
        d->ntouched = n;
    }
    d->set[p] = *before;
}

bn_value
bn_fo_so_far(const bn_eval *e, bn_prop p)
{
    const bn_fo_doc *d = e->doc;

    if (d->set[p].rank)
        return d->set[p].v;
    if (bn_prop_row_of(p)->inherited && e->parent)
        return *bn_fo_get(e->parent, p);
    return d->initial[p];
}

enum { MAX_SHOWN = 120 }; /* bytes of a value in a message */

static void
shown(const char *text, size_t n, char out[MAX_SHOWN])
{
    n = n < MAX_SHOWN - 1 ? n : MAX_SHOWN - 1;
    memcpy(out, text, n);
    out[n] = '\0';
}

void
bn_fo_bad_value(const bn_eval *e, const char *name, const char *text, size_t n)
{
    char value[MAX_SHOWN];

    shown(text, n, value);
    bn_fo_tell(e->doc, BN_WFOVALUE, e->place, name, value);
}

void
bn_fo_small_value(const bn_eval *e, const char *name, const char *text,
                  size_t n, int least)
{
    char value[MAX_SHOWN], taken[12];

    shown(text, n, value);
    snprintf(taken, sizeof taken, "%d", least);
    bn_warn_once(e->doc->msgs, BN_WFOSMALL, bn_at(e->place), name, value,
                 taken);
}

/* A property that does nothing here, with a value that would do something. */
static void
tell_no_effect(const bn_eval *e, bn_prop p, const bn_value *v)
{
    const bn_value *initial = bn_fo_initial(e->doc, p);

    if (bn_fo_without_effect(p) && memcmp(v, initial, sizeof *v) != 0)
        bn_warn_once(e->doc->msgs, BN_WFOIGNORED, bn_at(e->place),
                     bn_prop_name(p));
}

/* ---------------------------------------------------------------- names */

static bool
find_name(const bn_fo_doc *d, const char *name, size_t n, bn_spec *out)
{
    const bn_map_value *v = bn_map_find(d->names, name, n);

    if (v == NULL)
        return false;
    out->prop = v->n <= BN_PROPS ? (int16_t)(v->n - 1) : -1;
    out->shorthand = v->n <= BN_PROPS ? -1 : (int16_t)(v->n - 1 - BN_PROPS);
    return true;
}

bool
bn_spec_find(const bn_eval *e, const char *name, size_t n, bn_spec *out)
{
    return find_name(e->doc, name, n, out);
}

/* Look an attribute up; false when it is nothing of ours or unknown. */
bool
bn_fo_spec(bn_fo_doc *d, const bn_fo_attr *a, bn_place place, bn_spec *out)
{
    static const char *const prefixes[] = {
        [NS_NONE] = "",    [NS_FO] = "fo:",   [NS_AXF] = "axf:",
        [NS_FOX] = "fox:", [NS_XML] = "xml:", [NS_BN] = "bn:"};
    char name[120];
    size_t n;

    if (a->ns == NS_OTHER || (a->ns == NS_BN && strcmp(a->name, "at") == 0))
        return false; /* others' attributes may stand anywhere (5.1) */
    n = strlen(prefixes[a->ns]) + strlen(a->name);
    if (n >= sizeof name)
        return false;
    strcpy(name, prefixes[a->ns]);
    strcat(name, a->name);
    out->value = a->value;
    if (find_name(d, name, n, out))
        return true;
    if (a->ns != NS_XML)
        bn_warn_once(d->msgs, bn_fo_ignores(name) ? BN_WFOIGNORED : BN_WFOPROP,
                     bn_at(place), name);
    return false;
}

/* --------------------------------------------------------- corresponding */

static bool
is_set(const bn_eval *e, bn_prop p)
{
    return e->doc->set[p].rank > 0;
}

static bn_value
key_value(bn_keyword k)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_KEYWORD;
    v.keyword = k;
    return v;
}

static bn_value
len_value(int64_t len, int64_t percent)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_LENGTH;
    v.len = (bn_len)(len > BN_LEN_MAX    ? BN_LEN_MAX
                     : len < -BN_LEN_MAX ? -BN_LEN_MAX
                                         : len);
    v.percent = (int32_t)percent;
    return v;
}

/* A border without a style has no width; one with a style has medium. */
static void
border_widths(const bn_eval *e)
{
    for (int side = 0; side < 4; side++) {
        const bn_prop style = (bn_prop)(BN_P_BORDER_BEFORE_STYLE + 4 * side);
        const bn_prop width = (bn_prop)(BN_P_BORDER_BEFORE_WIDTH + 4 * side);
        const int32_t k = bn_fo_so_far(e, style).keyword;
        bn_value v = len_value(1000, 0);

        if (k == BN_K_NONE || k == BN_K_HIDDEN) {
            if (!is_set(e, width))
                continue;
            v = len_value(0, 0);
        } else if (is_set(e, width)) {
            continue;
        }
        bn_fo_set(e, width, &v, UINT8_MAX);
    }
}

static void
set_space(const bn_eval *e, bn_prop minimum, bn_prop margin)
{
    const bn_setting *s = &e->doc->set[margin];

    if (s->v.kind != BN_V_LENGTH)
        return;
    for (int i = 0; i < 3; i++) {
        const bn_prop p = (bn_prop)(minimum + i);

        /* margin-top beats space-before, margin does not (5.3.1) */
        if (s->rank >= RANK_OWN || !is_set(e, p))
            bn_fo_set(e, p, &s->v, UINT8_MAX);
    }
}

/*
 * The space of a block with a margin: the margin alone, which stays where a
 * space would be discarded and joins as others do (XSL 1.1 5.3.2). margin-top
 * is stronger than whatever is said of the space, margin is weaker.
 */
static void
set_margin_space(const bn_eval *e, bn_prop minimum, bn_prop margin)
{
    const bn_prop conditionality = (bn_prop)(minimum + 3);
    const bn_prop precedence = (bn_prop)(minimum + 4);
    const bn_value retain = key_value(BN_K_RETAIN);
    bn_value none = key_value(BN_K_UNKNOWN);

    if (e->doc->set[margin].rank < RANK_OWN)
        for (bn_prop p = minimum; p <= precedence; p++)
            if (is_set(e, p))
                return;
    none.kind = BN_V_NUMBER; /* 0 */
    none.number = 0;
    set_space(e, minimum, margin);
    bn_fo_set(e, conditionality, &retain, UINT8_MAX);
    bn_fo_set(e, precedence, &none, UINT8_MAX);
}

/* The block round an object whose content its percentages are of; NULL at the
 * root. */
static const bn_fo *
containing(const bn_fo *block)
{
    while (block && !bn_fo_row(block->type)->reference &&
           !(bn_fo_row(block->type)->is & (C_BLOCK | C_LIST_ITEM)))
        block = block->parent;
    return block;
}

/* Width of a block's content: this much of the reference area's, less len. */
static double
width_of(const bn_fo *block, double *less)
{
    const bn_value *start, *end;

    *less = 0;
    if (block == NULL || bn_fo_row(block->type)->reference)
        return 1;
    start = bn_fo_get(block, BN_P_START_INDENT);
    end = bn_fo_get(block, BN_P_END_INDENT);
    *less = (double)start->len + end->len;
    return 1 - ((double)start->percent + end->percent) / PERCENT_ALL;
}

/* A length whose percentage is of the containing block, as one whose
 * percentage is of the reference area round that: the block is as wide as the
 * area less its indents, which are known that way. */
static bn_value
of_reference_area(const bn_eval *e, bn_value v)
{
    double less;
    const double part = width_of(containing(e->parent), &less);

    if (v.percent == 0)
        return v;
    return len_value(v.len - (int64_t)(less * v.percent / PERCENT_ALL),
                     (int64_t)(part * v.percent));
}

bn_value
bn_fo_rebase(const bn_eval *e, bn_value v)
{
    const bn_fo *own = containing(e->parent);
    double less, parents_less, part, parents_part;

    if (v.kind != BN_V_LENGTH || v.percent == 0 || own == NULL ||
        bn_fo_row(own->type)->reference)
        return v;
    part = width_of(own, &less);
    parents_part = width_of(containing(own->parent), &parents_less);
    if (part <= 0)
        return v;
    return len_value(v.len +
                         (int64_t)((less * parents_part / part - parents_less) *
                                   v.percent / PERCENT_ALL),
                     (int64_t)(v.percent * parents_part / part + 0.5));
}

/* Do its lines run across those around it? Then its indents count from
 * another edge than theirs. */
static bool
is_across(const bn_eval *e)
{
    const int32_t outer =
        e->parent ? bn_fo_get(e->parent, BN_P_WRITING_MODE)->keyword : 0;
    const int32_t own = bn_fo_so_far(e, BN_P_WRITING_MODE).keyword;

    return e->parent && is_set(e, BN_P_WRITING_MODE) &&
           (own == BN_K_TB_RL) != (outer == BN_K_TB_RL);
}

/* Indent with a margin: inherited + margin + border + padding; a reference
 * area begins at 0 (5.3.2). */
static void
set_indent(const bn_eval *e, bn_prop indent, bn_prop margin, int side)
{
    const bn_value border =
        bn_fo_so_far(e, (bn_prop)(BN_P_BORDER_BEFORE_WIDTH + 4 * side));
    const bn_value padding = of_reference_area(
        e, bn_fo_so_far(e, (bn_prop)(BN_P_PADDING_BEFORE + 2 * side)));
    bn_value from = len_value(0, 0), m = e->doc->set[margin].v, v;

    m = m.kind == BN_V_LENGTH ? of_reference_area(e, m) : len_value(0, 0);
    if (!bn_fo_row(e->fo->type)->reference && e->parent && !is_across(e))
        from = *bn_fo_get(e->parent, indent);
    v = len_value((int64_t)from.len + m.len + border.len + padding.len,
                  (int64_t)from.percent + m.percent + padding.percent);
    bn_fo_set(e, indent, &v, UINT8_MAX);
}

/* Margins in the order before, after, start, end of each writing mode. */
static const bn_prop margins[4][4] = {
    {BN_P_MARGIN_TOP, BN_P_MARGIN_BOTTOM, BN_P_MARGIN_LEFT, BN_P_MARGIN_RIGHT},
    {BN_P_MARGIN_TOP, BN_P_MARGIN_BOTTOM, BN_P_MARGIN_RIGHT, BN_P_MARGIN_LEFT},
    {BN_P_MARGIN_RIGHT, BN_P_MARGIN_LEFT, BN_P_MARGIN_TOP, BN_P_MARGIN_BOTTOM},
    {BN_P_MARGIN_LEFT, BN_P_MARGIN_RIGHT, BN_P_MARGIN_TOP, BN_P_MARGIN_BOTTOM},
};

/* An indent that is said stands against the shorthand margin, not against
 * margin-left and its like (5.3.2). */
static bool
sets_indent(const bn_eval *e, bn_prop margin, bn_prop indent)
{
    return is_set(e, margin) &&
           (e->doc->set[margin].rank >= RANK_OWN || !is_set(e, indent));
}

static void
block_margins(const bn_eval *e)
{
    const bn_prop *m = margins[bn_fo_mode(e)];

    if (is_set(e, m[0]))
        set_margin_space(e, BN_P_SPACE_BEFORE_MINIMUM, m[0]);
    if (is_set(e, m[1]))
        set_margin_space(e, BN_P_SPACE_AFTER_MINIMUM, m[1]);
    if (sets_indent(e, m[2], BN_P_START_INDENT))
        set_indent(e, BN_P_START_INDENT, m[2], BN_START_SIDE);
    if (sets_indent(e, m[3], BN_P_END_INDENT))
        set_indent(e, BN_P_END_INDENT, m[3], BN_END_SIDE);
}

static void
inline_margins(const bn_eval *e)
{
    const bn_prop *m = margins[bn_fo_mode(e)];

    if (is_set(e, m[2]))
        set_space(e, BN_P_SPACE_START_MINIMUM, m[2]);
    if (is_set(e, m[3]))
        set_space(e, BN_P_SPACE_END_MINIMUM, m[3]);
}

/* A flow or static content that says nothing runs as its region does. (The
 * standard wants from-page-master-region() said; without it the sides of what
 * is inside would be those of another writing mode than it is set in.) */
static void
take_region_mode(const bn_eval *e)
{
    const bn_fo *region;

    if ((e->fo->type != BN_FO_FLOW && e->fo->type != BN_FO_STATIC_CONTENT) ||
        is_set(e, BN_P_WRITING_MODE) ||
        (e->parent && bn_fo_specified(e->parent, BN_P_WRITING_MODE)))
        return;
    region = bn_fo_master_region(e);
    if (region)
        bn_fo_set(e, BN_P_WRITING_MODE, bn_fo_get(region, BN_P_WRITING_MODE),
                  RANK_OWN);
}

/* A table whose columns run across the lines around it begins at its own
 * edge. */
static void
drop_indents(const bn_eval *e)
{
    const bn_value zero = len_value(0, 0);

    if (e->fo->type != BN_FO_TABLE || !is_across(e))
        return;
    if (!is_set(e, BN_P_START_INDENT))
        bn_fo_set(e, BN_P_START_INDENT, &zero, RANK_OWN);
    if (!is_set(e, BN_P_END_INDENT))
        bn_fo_set(e, BN_P_END_INDENT, &zero, RANK_OWN);
}

/* glyph-orientation-vertical as the property that layout asks for; angles that
 * no font stands at are told of. */
static void
orient_glyphs(const bn_eval *e)
{
    static const struct {
        const char *angle;
        bn_keyword k;
    } kinds[] = {{"0", BN_K_UPRIGHT},   {"0deg", BN_K_UPRIGHT},
                 {"90", BN_K_SIDEWAYS}, {"90deg", BN_K_SIDEWAYS},
                 {"-270deg", BN_K_SIDEWAYS}};
    const bn_value *v = &e->doc->set[BN_P_GLYPH_ORIENTATION_VERTICAL].v;
    bn_value out;

    if (!is_set(e, BN_P_GLYPH_ORIENTATION_VERTICAL) ||
        is_set(e, BN_P_AXF_TEXT_ORIENTATION))
        return;
    out = key_value(BN_K_MIXED);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (v->kind == BN_V_STRING && strcmp(v->string, kinds[i].angle) == 0)
            out = key_value(kinds[i].k);
    if (v->kind == BN_V_STRING && out.keyword == BN_K_MIXED)
        bn_warn_once(e->doc->msgs, BN_WFOIGNORED, bn_at(e->place),
                     bn_prop_name(BN_P_GLYPH_ORIENTATION_VERTICAL));
    bn_fo_set(e, BN_P_AXF_TEXT_ORIENTATION, &out, RANK_OWN);
}

static void
correspond(const bn_eval *e)
{
    const uint64_t is = bn_fo_row(e->fo->type)->is;

    orient_glyphs(e);
    take_region_mode(e);
    drop_indents(e);
    border_widths(e);
    if (is & (C_BLOCK | C_LIST_ITEM | C_LIST_PART | C_CAPTION | C_CELL))
        block_margins(e);
    else if (is & C_INLINE)
        inline_margins(e);
}

/* ---------------------------------------------------------- hash-consing */

static uint64_t
mix(uint64_t h, const void *p, size_t n)
{
    const char *s = p;
    uint64_t w;

    for (; n >= sizeof w; n -= sizeof w, s += sizeof w) {
        memcpy(&w, s, sizeof w);
        h = (h ^ w) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    for (; n; n--, s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return h;
}

static void
grow_owns(bn_fo_doc *d)
{
    const size_t n = d->owns.cap ? d->owns.cap * 2 : FIRST_TABLE;
    bn_own **table = bn_alloc(n * sizeof *table);

    for (size_t i = 0; i < d->owns.cap; i++)
        for (bn_own *o = d->owns.v[i], *next; o; o = next) {
            next = o->same_hash;
            o->same_hash = table[o->hash & (n - 1)];
            table[o->hash & (n - 1)] = o;
        }
    free(d->owns.v);
    d->owns.v = table;
    d->owns.cap = n;
}

/* The one list with these properties (ascending) and values. */
static const bn_own *
share_own(bn_fo_doc *d, const uint16_t *p, const bn_value *v, uint32_t n)
{
    uint64_t h = mix(n, p, n * sizeof *p);
    bn_own *o;

    h = mix(h, v, n * sizeof *v);
    if (d->nowns >= d->owns.cap)
        grow_owns(d);
    for (o = d->owns.v[h & (d->owns.cap - 1)]; o; o = o->same_hash)
        if (o->hash == h && o->n == n && memcmp(o->p, p, n * sizeof *p) == 0 &&
            memcmp(o->v, v, n * sizeof *v) == 0)
            return o;
    o = BN_NEW(d->arena, bn_own);
    o->hash = h;
    o->n = n;
    o->p = bn_arena_copy(d->arena, p, n * sizeof *p);
    o->v = bn_arena_copy(d->arena, v, n * sizeof *v);
    for (uint32_t i = 0; i < n; i++)
        o->bits |= UINT64_C(1) << (p[i] & 63);
    o->same_hash = d->owns.v[h & (d->owns.cap - 1)];
    d->owns.v[h & (d->owns.cap - 1)] = o;
    d->nowns++;
    return o;
}

static void
grow_rows(bn_fo_doc *d)
{
    const size_t n = d->rows.cap ? d->rows.cap * 2 : FIRST_TABLE;
    bn_row **table = bn_alloc(n * sizeof *table);

    for (size_t i = 0; i < d->rows.cap; i++)
        for (bn_row *r = d->rows.v[i], *next; r; r = next) {
            next = r->same_hash;
            r->same_hash = table[r->hash & (n - 1)];
            table[r->hash & (n - 1)] = r;
        }
    free(d->rows.v);
    d->rows.v = table;
    d->rows.cap = n;
}

/* The row of a parent's values with these changes. A row is found by the
 * row and the changes that made it: comparing whole rows (2 KB) of 266k
 * objects would cost more than all the rest. */
static const bn_row *
share_row(bn_fo_doc *d, const bn_row *parent, const bn_own *diff)
{
    const void *key[2] = {parent, diff};
    const uint64_t h = mix(0, key, sizeof key);
    const size_t bytes = bn_fo_slots() * sizeof(bn_value);
    bn_row *r;

    if (d->nrows >= d->rows.cap)
        grow_rows(d);
    for (r = d->rows.v[h & (d->rows.cap - 1)]; r; r = r->same_hash)
        if (r->parent == parent && r->diff == diff)
            return r;
    r = bn_arena_alloc(d->arena, sizeof *r + bytes);
    memcpy(r->v, parent->v, bytes);
    for (uint32_t i = 0; i < diff->n; i++)
        r->v[bn_prop_row_of((bn_prop)diff->p[i])->slot] = diff->v[i];
    r->doc = d;
    r->parent = parent;
    r->diff = diff;
    r->hash = h;
    r->same_hash = d->rows.v[h & (d->rows.cap - 1)];
    d->rows.v[h & (d->rows.cap - 1)] = r;
    d->nrows++;
    return r;
}

static void
sort_touched(bn_fo_doc *d)
{
    for (size_t i = 1; i < d->ntouched; i++) {
        const uint16_t p = d->touched[i];
        size_t j = i;

        for (; j > 0 && d->touched[j - 1] > p; j--)
            d->touched[j] = d->touched[j - 1];
        d->touched[j] = p;
    }
}

static bool
same_value(const bn_value *a, const bn_value *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Hand the settings over to the object and forget them. */
static void
settle(bn_fo_doc *d, bn_fo *fo, const bn_row *inherited)
{
    uint16_t changed[BN_PROPS];
    bn_value all[BN_PROPS], diff[BN_PROPS];
    uint32_t n = 0;

    sort_touched(d);
    for (size_t i = 0; i < d->ntouched; i++) {
        const uint16_t p = d->touched[i];
        const int16_t slot = bn_prop_row_of((bn_prop)p)->slot;

        all[i] = d->set[p].v;
        d->set[p].rank = 0;
        if (slot >= 0 && !same_value(&all[i], &inherited->v[slot])) {
            changed[n] = p;
            diff[n++] = all[i];
        }
    }
    if (d->ntouched)
        fo->own = share_own(d, d->touched, all, (uint32_t)d->ntouched);
    if (n)
        inherited = share_row(d, inherited, share_own(d, changed, diff, n));
    fo->inherited = inherited->v;
    d->ntouched = 0;
}

void
bn_fo_resolve(bn_fo_doc *d, bn_fo *fo, const bn_fo *parent,
              const bn_spec *specs, size_t n)
{
    const bn_eval e = {d, fo, parent, fo->place};
    const bn_row *inherited = parent ? row_of(parent) : d->initial_row;

    for (int pass = 0; pass < 3 && n; pass++)
        for (size_t i = 0; i < n; i++) {
            const bn_spec *s = &specs[i];
            bn_value v;

            if (bn_spec_pass(s) != pass)
                continue;
            if (s->shorthand >= 0) {
                bn_shorthand_read(&e, s);
                continue;
            }
            if (!bn_value_read(&e, (bn_prop)s->prop, s->value, strlen(s->value),
                               &v)) {
                bn_fo_bad_value(&e, bn_prop_name((bn_prop)s->prop), s->value,
                                strlen(s->value));
                continue;
            }
            bn_fo_set(&e, (bn_prop)s->prop, &v,
                      strchr(bn_prop_name((bn_prop)s->prop), '.')
                          ? RANK_COMPONENT
                          : RANK_OWN);
            tell_no_effect(&e, (bn_prop)s->prop, &v);
        }
    if (n)
        correspond(&e);
    settle(d, fo, inherited);
}

/* Initial values, read by the readers themselves; border widths are those of
 * a border without a style. */
void
bn_fo_initials(bn_fo_doc *d)
{
    const bn_eval e = {.doc = d};
    bn_row *r =
        bn_arena_alloc(d->arena, sizeof *r + bn_fo_slots() * sizeof(bn_value));

    for (int p = 0; p < BN_PROPS; p++) {
        const bn_prop_row *row = bn_prop_row_of((bn_prop)p);
        const bool border = p >= BN_P_BORDER_BEFORE_COLOR &&
                            p <= BN_P_BORDER_END_WIDTH_CONDITIONALITY &&
                            row->reader == READ_BORDER;

        if (border)
            d->initial[p] = len_value(0, 0);
        else if (!bn_value_read(&e, (bn_prop)p, row->initial,
                                strlen(row->initial), &d->initial[p]))
            d->initial[p] = key_value(BN_K_UNKNOWN);
        if (row->slot >= 0)
            r->v[row->slot] = d->initial[p];
    }
    r->doc = d;
    d->initial_row = r;
}
