/* Events of an FO document become the tree: which object may stand where,
 * what it must say, where its properties come from. */
#include "fo/tree.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 250, MAX_ATTRS = 200, MAX_COLUMN = 10000, NOTES_INSIDE = 4 };

bn_fo_doc *
bn_fo_doc_new(bool strict, bn_msgs *msgs)
{
    bn_fo_doc *d = bn_alloc(sizeof *d);

    d->arena = bn_arena_new();
    d->pub.arena = d->arena;
    d->strict = strict;
    d->msgs = msgs;
    bn_fo_tables(d);
    bn_fo_initials(d);
    return d;
}

void
bn_fo_doc_free(bn_fo_doc *d)
{
    if (d == NULL)
        return;
    free(d->rows.v);
    free(d->owns.v);
    BN_VEC_FREE(&d->run);
    BN_VEC_FREE(&d->color_forms);
    for (size_t i = 0; i < d->grids.cap; i++)
        BN_VEC_FREE(&d->grids.v[i].busy);
    BN_VEC_FREE(&d->grids);
    BN_VEC_FREE(&d->outlined);
    bn_buf_free(&d->text);
    bn_buf_free(&d->scratch);
    for (size_t i = 0; i < d->kept.n; i++)
        bn_tree_free(d->kept.v[i]);
    BN_VEC_FREE(&d->kept);
    if (d->pub.doc)
        bn_tree_free(d->pub.doc);
    bn_arena_free(d->arena);
    free(d);
}

/* Every fault is reported; the first one ends the run after the last event. */
void
bn_fo_fail(bn_fo_doc *d, bn_code code, bn_place place, const char *a,
           const char *b)
{
    bn_err err;

    bn_fail(&err, code, bn_at(place), a, b);
    bn_msgs_add(d->msgs, &err, BN_ERROR);
    if (d->code == BN_OK)
        d->code = code;
}

/* A warning, once for what it says: a document may say it a thousand times. */
void
bn_fo_tell(bn_fo_doc *d, bn_code code, bn_place place, const char *a,
           const char *b)
{
    bn_buf key = {0};
    bool is_new;

    bn_buf_addf(&key, "%d ", (int)code);
    bn_buf_adds(&key, a);
    bn_buf_addc(&key, ' ');
    bn_buf_adds(&key, b ? b : "");
    bn_map_put(d->told, key.p, key.len, &is_new);
    if (is_new)
        bn_warn(d->msgs, code, bn_at(place), a, b);
    bn_buf_free(&key);
}

/* A fault against the rules of XSL: an error where these are strict. */
static void
complain(bn_fo_doc *d, bn_code strict, bn_code lenient, bn_place place,
         const char *a, const char *b)
{
    if (d->strict)
        bn_fo_fail(d, strict, place, a, b);
    else
        bn_fo_tell(d, lenient, place, a, b);
}

/* ------------------------------------------------------------- the tree */

static void
link_last(bn_fo *parent, bn_fo *fo)
{
    fo->parent = parent;
    if (parent == NULL)
        return;
    fo->prev = parent->last;
    if (parent->last)
        parent->last->next = fo;
    else
        parent->first = fo;
    parent->last = fo;
}

bn_fo *
bn_fo_append(bn_fo_doc *d, bn_fo *parent, bn_fo_type t, bn_place place)
{
    bn_fo *fo = BN_NEW(d->arena, bn_fo);

    fo->type = t;
    fo->id = ++d->next_id;
    fo->place = place;
    link_last(parent, fo);
    d->pub.count++;
    return fo;
}

void
bn_fo_unlink(bn_fo *fo)
{
    bn_fo *parent = fo->parent;

    *(fo->prev ? &fo->prev->next : &parent->first) = fo->next;
    *(fo->next ? &fo->next->prev : &parent->last) = fo->prev;
}

static bool
is_blank(const bn_fo *fo)
{
    return fo->type == BN_FO_TEXT && strspn(fo->text, " \t\r\n") >= fo->nbytes;
}

/* Markers are the first children; the white space of the source before one
 * belongs to what follows it. */
static void
move_first(bn_fo *marker)
{
    bn_fo *parent = marker->parent, *at = marker->prev;

    while (at && is_blank(at))
        at = at->prev;
    if (at == marker->prev)
        return;
    bn_fo_unlink(marker);
    marker->prev = at;
    marker->next = at ? at->next : parent->first;
    marker->next->prev = marker;
    *(at ? &at->next : &parent->first) = marker;
}

/* -------------------------------------------------------- content models */

/* What an object allows; fo:wrapper and its like allow what their parent
 * does (XSL 1.1 section 6.13.4). */
static uint64_t
allowed(const bn_fo *fo)
{
    uint64_t own = 0;

    for (; fo; fo = fo->parent) {
        const uint64_t c = bn_fo_row(fo->type)->allows;

        own |= c & ~C_TRANSPARENT;
        if (!(c & C_TRANSPARENT))
            return own;
    }
    return own;
}

/* XSL 1.1 6.12.3 has no notes in notes; a few are set all the same, but each
 * level lays the ones inside again. */
static int
notes_around(const bn_fo *fo)
{
    int n = 0;

    for (; fo; fo = fo->parent)
        n += fo->type == BN_FO_FOOTNOTE;
    return n;
}

static bool
may_stand(const bn_fo *parent, const bn_object_row *row)
{
    const uint64_t can = allowed(parent);
    const uint64_t flow = C_TEXT | C_INLINE | C_BLOCK;

    if (row->is & can)
        return true;
    if (row->is & (C_INFO | C_POINT))
        return true;
    if (row->is & C_WRAPPER)
        return (can & (flow | C_LIST_ITEM | C_ROW | C_CELL | C_TABLE_PART |
                       C_SEQUENCE)) != 0;
    if (row->is & C_OUT)
        return (can & flow) != 0 && notes_around(parent) < NOTES_INSIDE;
    if (row->is & C_RETRIEVE)
        return (can & flow) != 0;
    return false;
}

/* -------------------------------------------------------------- columns */

/* Column and rows still taken, per table being built: what
 * from-table-column() asks. */
static bn_grid *
top_grid(bn_fo_doc *d)
{
    return d->grids.n ? &d->grids.v[d->grids.n - 1] : NULL;
}

static void
push_grid(bn_fo_doc *d, const bn_fo *table)
{
    bn_grid *g;

    if (d->grids.n < d->grids.cap) { /* its vector is used again */
        g = &d->grids.v[d->grids.n++];
    } else {
        const size_t n = d->grids.n, cap = d->grids.cap;

        (void)BN_PUSH(&d->grids);
        memset(&d->grids.v[cap], 0, (d->grids.cap - cap) * sizeof *g);
        g = &d->grids.v[n];
    }
    g->table = table;
    g->column = 0;
    g->busy.n = 0;
}

static int *
busy_at(bn_grid *g, int column)
{
    while (g->busy.n <= (size_t)column)
        BN_PUSH(&g->busy) = 0;
    return &g->busy.v[column];
}

static void
next_row(bn_grid *g)
{
    for (size_t i = 0; i < g->busy.n; i++)
        if (g->busy.v[i] > 0)
            g->busy.v[i]--;
    g->column = 0;
}

static bool
says_true(const bn_fo *fo, bn_prop p)
{
    return bn_fo_is(fo, p, BN_K_TRUE);
}

/* Before a cell's properties are read: where it will stand. */
static void
find_column(bn_fo_doc *d, const bn_spec *specs, size_t n)
{
    bn_grid *g = top_grid(d);

    if (g == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        if (specs[i].shorthand < 0 && specs[i].prop == BN_P_COLUMN_NUMBER &&
            atoi(specs[i].value) > 0 && atoi(specs[i].value) < MAX_COLUMN) {
            g->column = atoi(specs[i].value) - 1;
            return;
        }
    while (g->column<MAX_COLUMN && * busy_at(g, g->column)> 0)
        g->column++;
}

static void
take_columns(bn_fo_doc *d, const bn_fo *cell)
{
    bn_grid *g = top_grid(d);
    int columns = bn_fo_int(cell, BN_P_NUMBER_COLUMNS_SPANNED);
    const int rows = bn_fo_int(cell, BN_P_NUMBER_ROWS_SPANNED);

    if (g == NULL)
        return;
    for (; columns > 0 && g->column < MAX_COLUMN; columns--)
        *busy_at(g, g->column++) = rows;
}

static void
end_of_cell(bn_fo_doc *d, const bn_fo *cell)
{
    bn_grid *g = top_grid(d);

    if (g && cell->parent && cell->parent->type != BN_FO_TABLE_ROW &&
        says_true(cell, BN_P_ENDS_ROW))
        next_row(g);
}

const bn_fo *
bn_fo_column(const bn_eval *e)
{
    bn_grid *g = top_grid(e->doc);
    int64_t at = 0;
    int want;

    if (g == NULL)
        return NULL;
    /* inside the cell its columns are counted already */
    want = e->fo->type == BN_FO_TABLE_CELL ? g->column : g->cell_column;
    for (const bn_fo *c = g->table->first; c && c != e->fo; c = c->next) {
        const int number = c->type == BN_FO_TABLE_COLUMN
                               ? bn_fo_int(c, BN_P_COLUMN_NUMBER)
                               : 0;

        if (c->type != BN_FO_TABLE_COLUMN)
            continue;
        at = number > 0 ? number - 1 : at;
        if (want >= at &&
            want < at + bn_fo_int(c, BN_P_NUMBER_COLUMNS_REPEATED))
            return c;
        at += bn_fo_int(c, BN_P_NUMBER_COLUMNS_REPEATED);
    }
    return NULL;
}

/* The region that the flow round e goes to, on the first page master that
 * has one of that name. */
static const bn_fo *
region_named(const bn_fo *master, const char *name)
{
    static const struct {
        bn_fo_type type;
        const char *usual;
    } usual[] = {{BN_FO_REGION_BODY, "xsl-region-body"},
                 {BN_FO_REGION_BEFORE, "xsl-region-before"},
                 {BN_FO_REGION_AFTER, "xsl-region-after"},
                 {BN_FO_REGION_START, "xsl-region-start"},
                 {BN_FO_REGION_END, "xsl-region-end"}};

    for (const bn_fo *r = master->first; r; r = r->next) {
        const char *own = bn_fo_string(r, BN_P_REGION_NAME);

        if (own && *own && strcmp(own, name) == 0)
            return r;
        for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
            if (usual[i].type == r->type && !(own && *own) &&
                strcmp(usual[i].usual, name) == 0)
                return r;
    }
    return NULL;
}

static const bn_fo *
first_region(const bn_fo_doc *d, const char *master, const char *name,
             int depth)
{
    const bn_map_value *v = bn_map_finds(d->masters, master);
    const bn_fo *m = v ? v->p : NULL;

    if (m == NULL || depth > 4)
        return NULL;
    if (m->type == BN_FO_SIMPLE_PAGE_MASTER)
        return region_named(m, name);
    for (const bn_fo *s = m->first; s; s = s->next) {
        const bn_fo *ref = s->first ? s->first : s;

        for (; ref; ref = ref->next) {
            const char *to = bn_fo_string(ref, BN_P_MASTER_REFERENCE);
            const bn_fo *r = to ? first_region(d, to, name, depth + 1) : NULL;

            if (r)
                return r;
            if (ref == s)
                break;
        }
    }
    return NULL;
}

const bn_fo *
bn_fo_master_region(const bn_eval *e)
{
    const char *name = "xsl-region-body", *master;

    for (const bn_fo *fo = e->fo; fo; fo = fo->parent) {
        if (fo->type == BN_FO_FLOW || fo->type == BN_FO_STATIC_CONTENT) {
            const bn_value v = fo == e->fo ? bn_fo_so_far(e, BN_P_FLOW_NAME)
                                           : *bn_fo_get(fo, BN_P_FLOW_NAME);

            if (v.kind == BN_V_STRING && v.string[0])
                name = v.string;
        }
        if (fo->type != BN_FO_PAGE_SEQUENCE)
            continue;
        master = fo == e->fo ? NULL : bn_fo_string(fo, BN_P_MASTER_REFERENCE);
        if (fo == e->fo &&
            bn_fo_so_far(e, BN_P_MASTER_REFERENCE).kind == BN_V_STRING)
            master = bn_fo_so_far(e, BN_P_MASTER_REFERENCE).string;
        if (master == NULL || !*master) /* said after this attribute */
            master = e->doc->hint_master;
        return master ? first_region(e->doc, master, name, 0) : NULL;
    }
    return NULL;
}

/* ------------------------------------------------------------ validation */

static const struct {
    bn_fo_type type;
    bn_prop p;
} required[] = {
    {BN_FO_SIMPLE_PAGE_MASTER, BN_P_MASTER_NAME},
    {BN_FO_PAGE_SEQUENCE_MASTER, BN_P_MASTER_NAME},
    {BN_FO_SINGLE_PAGE_MASTER_REFERENCE, BN_P_MASTER_REFERENCE},
    {BN_FO_REPEATABLE_PAGE_MASTER_REFERENCE, BN_P_MASTER_REFERENCE},
    {BN_FO_CONDITIONAL_PAGE_MASTER_REFERENCE, BN_P_MASTER_REFERENCE},
    {BN_FO_PAGE_SEQUENCE, BN_P_MASTER_REFERENCE},
    {BN_FO_FLOW, BN_P_FLOW_NAME},
    {BN_FO_STATIC_CONTENT, BN_P_FLOW_NAME},
    {BN_FO_MARKER, BN_P_MARKER_CLASS_NAME},
    {BN_FO_RETRIEVE_MARKER, BN_P_RETRIEVE_CLASS_NAME},
    {BN_FO_RETRIEVE_TABLE_MARKER, BN_P_RETRIEVE_CLASS_NAME},
    {BN_FO_PAGE_NUMBER_CITATION, BN_P_REF_ID},
    {BN_FO_PAGE_NUMBER_CITATION_LAST, BN_P_REF_ID},
    {BN_FO_EXTERNAL_GRAPHIC, BN_P_SRC},
    {BN_FO_CHARACTER, BN_P_CHARACTER},
};

static void
check_required(bn_fo_doc *d, const bn_fo *fo)
{
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (required[i].type == fo->type && !bn_fo_specified(fo, required[i].p))
            complain(d, BN_EFOATTR, BN_WFOATTR, fo->place, bn_fo_name(fo->type),
                     bn_prop_name(required[i].p));
    if ((fo->type == BN_FO_BASIC_LINK || fo->type == BN_FO_BOOKMARK) &&
        bn_fo_string(fo, BN_P_INTERNAL_DESTINATION) == NULL &&
        bn_fo_string(fo, BN_P_EXTERNAL_DESTINATION) == NULL)
        complain(d, BN_EFOATTR, BN_WFOATTR, fo->place, bn_fo_name(fo->type),
                 bn_prop_name(BN_P_INTERNAL_DESTINATION));
}

/* Names that others refer to. */
static void
register_names(bn_fo_doc *d, bn_fo *fo)
{
    const char *id =
        bn_fo_specified(fo, BN_P_ID) ? bn_fo_string(fo, BN_P_ID) : NULL;
    bn_map_value *v;
    bool is_new;

    if (id && *id) {
        v = bn_map_put(d->ids, id, strlen(id), &is_new);
        if (is_new)
            v->p = fo;
        else
            complain(d, BN_EFOID, BN_WFOID, fo->place, id, NULL);
    }
    if (fo->type == BN_FO_SIMPLE_PAGE_MASTER ||
        fo->type == BN_FO_PAGE_SEQUENCE_MASTER) {
        const char *name = bn_fo_string(fo, BN_P_MASTER_NAME);

        if (name && *name) {
            v = bn_map_put(d->masters, name, strlen(name), &is_new);
            if (is_new)
                v->p = fo;
            else
                complain(d, BN_EFOID, BN_WFOID, fo->place, name, NULL);
        }
    }
    if (fo->type == BN_FO_PAGE_SEQUENCE) {
        const char *name = bn_fo_string(fo, BN_P_MASTER_REFERENCE);

        if (name && *name && !bn_map_finds(d->masters, name))
            bn_fo_fail(d, BN_EFOMASTER, fo->place, name, NULL);
    }
}

/* --------------------------------------------------------------- events */

static void
flush_text(bn_fo_doc *d)
{
    bn_buf *b = &d->text;
    bn_fo *fo;

    if (b->len == 0)
        return;
    if (d->raw) {
        bn_raw *r = bn_raw_append(d, d->raw, BN_FO_TEXT, d->raw->place);

        r->text = bn_arena_strndup(d->arena, b->p, b->len);
        r->nbytes = (uint32_t)b->len;
    } else if (d->current && allowed(d->current) & C_TEXT) {
        fo = bn_fo_append(d, d->current, BN_FO_TEXT, d->current->place);
        fo->inherited = d->current->inherited;
        fo->text = bn_arena_strndup(d->arena, b->p, b->len);
        fo->nbytes = (uint32_t)b->len;
    } else if (d->current && b->p[strspn(b->p, " \t\r\n")]) {
        bn_warn_once(d->msgs, BN_WFOTEXT, bn_at(d->current->place),
                     bn_fo_name(d->current->type));
    }
    bn_buf_clear(b);
}

void
bn_fo_text(bn_fo_doc *d, const char *s, size_t n)
{
    if (d->skip == 0 && (d->current || d->raw))
        bn_buf_add(&d->text, s, n);
}

static bn_fo_type
find_type(const bn_fo_doc *d, enum ns ns, const char *name)
{
    char key[80];
    const bn_map_value *v;
    const size_t n = strlen(name);

    if (n + 2 > sizeof key)
        return BN_FO_NONE;
    key[0] = (char)('0' + ns);
    memcpy(key + 1, name, n);
    v = bn_map_find(d->objects, key, n + 1);
    return v ? (bn_fo_type)v->n : BN_FO_NONE;
}

/* bn:at says where the content came from; what stands below it without one
 * stands there, too, and not where it is written in the FO (another file). */
static bn_place
place_of(const bn_fo_doc *d, const bn_fo_attr *attrs, size_t n, bn_place own)
{
    const bn_place above = d->raw       ? d->raw->place
                           : d->current ? d->current->place
                                        : 0;
    bn_place place = 0;

    for (size_t i = 0; i < n; i++)
        if (attrs[i].ns == NS_BN && strcmp(attrs[i].name, "at") == 0)
            place = bn_place_read(attrs[i].value);
    if (place)
        return place;
    return own == 0 || (above && above >> 32 != own >> 32) ? above : own;
}

static size_t
specs_of(bn_fo_doc *d, const bn_fo_attr *attrs, size_t n, bn_place place,
         bn_spec *specs)
{
    size_t nspecs = 0;

    for (size_t i = 0; i < n && nspecs < MAX_ATTRS; i++)
        if (bn_fo_spec(d, &attrs[i], place, &specs[nspecs]))
            nspecs++;
    return nspecs;
}

static const char *
hint_master(const bn_spec *specs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (specs[i].shorthand < 0 && specs[i].prop == BN_P_MASTER_REFERENCE)
            return specs[i].value;
    return NULL;
}

/* Resolve an object's properties, with what its kind needs before and after. */
static void
dress(bn_fo_doc *d, bn_fo *fo, const bn_fo *parent, const bn_spec *specs,
      size_t n)
{
    bn_grid *g;

    if (fo->type == BN_FO_PAGE_SEQUENCE)
        d->hint_master = hint_master(specs, n);
    if (fo->type == BN_FO_TABLE_CELL)
        find_column(d, specs, n);
    bn_fo_resolve(d, fo, parent, specs, n);
    d->hint_master = NULL;
    g = top_grid(d);
    if (fo->type == BN_FO_TABLE) {
        push_grid(d, fo);
    } else if (g && fo->type == BN_FO_TABLE_ROW) {
        next_row(g);
    } else if (g && bn_fo_class(fo, C_TABLE_PART)) {
        g->busy.n = 0;
        g->column = 0;
    } else if (g && fo->type == BN_FO_TABLE_CELL) {
        if (fo->parent && fo->parent->type != BN_FO_TABLE_ROW &&
            says_true(fo, BN_P_STARTS_ROW) && g->column > 0 && fo->prev)
            next_row(g);
        g->cell_column = g->column;
        take_columns(d, fo);
    }
}

static bool
skip_element(bn_fo_doc *d)
{
    d->skip = 1;
    return true;
}

static bool
start_raw(bn_fo_doc *d, bn_fo_type type, const bn_fo_attr *attrs, size_t n,
          bn_place place, const bn_node *node)
{
    bn_spec specs[MAX_ATTRS];
    bn_raw *r = bn_raw_append(d, d->raw, type, place);

    r->nspecs = (uint32_t)specs_of(d, attrs, n, place, specs);
    for (size_t i = 0; i < r->nspecs; i++)
        specs[i].value =
            bn_fo_intern(d, specs[i].value, strlen(specs[i].value));
    r->specs = bn_arena_copy(d->arena, specs, r->nspecs * sizeof *specs);
    if (type == BN_FO_INSTREAM_FOREIGN_OBJECT)
        r->foreign = node;
    d->raw = r;
    return true;
}

/* An element of another namespace: content of a foreign object, or nothing
 * to us. */
static bool
start_other(bn_fo_doc *d, enum ns ns, const char *name, bn_place place,
            const bn_node *node)
{
    bn_fo_type here = d->raw ? d->raw->type : d->current->type;

    if (here == BN_FO_INSTREAM_FOREIGN_OBJECT) {
        const bn_node **slot = d->raw ? &d->raw->foreign : &d->current->foreign;

        if (*slot == NULL)
            *slot = d->took_foreign = node;
    } else if (here == BN_FO_DECLARATIONS &&
               (strcmp(name, "xmpmeta") == 0 || strcmp(name, "RDF") == 0)) {
        if (d->current->foreign == NULL)
            d->current->foreign = d->took_foreign = node;
    } else if (ns == NS_FO) {
        complain(d, BN_EFOOBJECT, BN_WFOOBJECT, place, name, NULL);
    } else if (here != BN_FO_DECLARATIONS) { /* others' data may stand there */
        bn_warn_once(d->msgs, BN_WFOOBJECT, bn_at(place), name, NULL);
    }
    return skip_element(d);
}

static bool
too_deep(const bn_fo *fo)
{
    unsigned depth = 0;

    for (; fo; fo = fo->parent)
        depth++;
    return depth > MAX_DEPTH;
}

/* An entry of the outline leads to an id: objects without get one, with a
 * blank, which no id of a document has. */
static size_t
name_outlined(bn_fo_doc *d, bn_spec *specs, size_t n)
{
    bool outlined = false;

    for (size_t i = 0; i < n; i++) {
        if (specs[i].shorthand < 0 && specs[i].prop == BN_P_ID)
            return n;
        if (specs[i].shorthand < 0 && specs[i].prop == BN_P_AXF_OUTLINE_LEVEL)
            outlined = strcmp(specs[i].value, "0") != 0;
    }
    if (!outlined || n == MAX_ATTRS)
        return n;
    specs[n] = (bn_spec){.prop = BN_P_ID, .shorthand = -1};
    specs[n].value =
        bn_arena_printf(d->arena, "outline %zu", d->outlined.n + 1);
    return n + 1;
}

static void
note_outlined(bn_fo_doc *d, const bn_fo *fo)
{
    if (!bn_fo_specified(fo, BN_P_AXF_OUTLINE_LEVEL) ||
        bn_fo_int(fo, BN_P_AXF_OUTLINE_LEVEL) < 1)
        return;
    BN_PUSH(&d->outlined) = fo;
    d->pub.outlined = d->outlined.v;
    d->pub.noutlined = d->outlined.n;
}

bool
bn_fo_start(bn_fo_doc *d, enum ns ns, const char *name, const bn_fo_attr *attrs,
            size_t n, bn_place own, const bn_node *node)
{
    bn_spec specs[MAX_ATTRS];
    const bn_fo_type type = find_type(d, ns, name);
    bn_place place;
    bn_fo *fo, *parent = d->current;
    size_t nspecs;

    if (d->skip) {
        d->skip++;
        return true;
    }
    flush_text(d);
    place = place_of(d, attrs, n, own);
    if (parent == NULL && type != BN_FO_ROOT) {
        bn_fo_fail(d, BN_EFOROOT, place, name, NULL);
        return skip_element(d);
    }
    if (type == BN_FO_NONE)
        return start_other(d, ns, name, place, node);
    if (d->raw && (bn_fo_row(type)->is & C_RETRIEVE)) {
        /* It would retrieve itself (XSL 1.1 6.13.6: in static content only). */
        complain(d, BN_EFOCHILD, BN_WFOCHILD, place, name, "marker");
        return skip_element(d);
    }
    if (d->raw)
        return start_raw(d, type, attrs, n, place, NULL);
    if (parent && too_deep(parent)) {
        bn_fo_fail(d, BN_ENEST, place, "250", NULL);
        return skip_element(d);
    }
    if (parent && !may_stand(parent, bn_fo_row(type))) {
        complain(d, BN_EFOCHILD, BN_WFOCHILD, place, name,
                 bn_fo_name(parent->type));
        return skip_element(d);
    }
    fo = bn_fo_append(d, parent, type, place);
    nspecs = name_outlined(d, specs, specs_of(d, attrs, n, place, specs));
    dress(d, fo, parent, specs, nspecs);
    check_required(d, fo);
    if (d->strict)
        bn_fo_check_place(d, fo);
    note_outlined(d, fo);
    register_names(d, fo);
    d->current = fo;
    if (parent == NULL)
        d->pub.root = fo;
    if (type == BN_FO_MARKER) {
        move_first(fo);
        d->raw = bn_raw_append(d, NULL, BN_FO_MARKER, place);
        bn_map_put(d->raws, &fo, sizeof fo, NULL)->p = d->raw;
    }
    return true;
}

/* Objects whose inline content is complete at their end. */
static bool
holds_lines(const bn_fo *fo)
{
    return fo->type == BN_FO_BLOCK || fo->type == BN_FO_TITLE ||
           fo->type == BN_FO_BOOKMARK_TITLE || fo->type == BN_FO_FOLIO_PREFIX ||
           fo->type == BN_FO_FOLIO_SUFFIX;
}

void
bn_fo_end(bn_fo_doc *d)
{
    bn_fo *fo = d->current;

    if (d->skip) {
        d->skip--;
        return;
    }
    flush_text(d);
    if (d->raw && d->raw->parent) {
        d->raw = d->raw->parent;
        return;
    }
    d->raw = NULL;
    if (d->strict)
        bn_fo_check_content(d, fo);
    if (holds_lines(fo))
        bn_fo_white_space(d, fo);
    if (fo->type == BN_FO_TABLE && d->grids.n)
        d->grids.n--;
    if (fo->type == BN_FO_TABLE_CELL)
        end_of_cell(d, fo);
    d->current = fo->parent;
}

/* Resolve a raw subtree below a parent, as if it had been written there. */
void
bn_fo_replay(bn_fo_doc *d, const bn_raw *raw, bn_fo *parent)
{
    for (const bn_raw *r = raw->first; r; r = r->next) {
        bn_fo *fo = bn_fo_append(d, parent, r->type, r->place);

        if (r->type == BN_FO_TEXT) {
            fo->inherited = parent->inherited;
            fo->text = bn_arena_strndup(d->arena, r->text, r->nbytes);
            fo->nbytes = r->nbytes;
            continue;
        }
        dress(d, fo, parent, r->specs, r->nspecs);
        fo->foreign = r->foreign;
        bn_fo_replay(d, r, fo);
        if (holds_lines(fo))
            bn_fo_white_space(d, fo);
        if (fo->type == BN_FO_TABLE && d->grids.n)
            d->grids.n--;
    }
}

bn_code
bn_fo_finish(bn_fo_doc *d)
{
    if (d->code == BN_OK && d->pub.root == NULL)
        bn_fo_fail(d, BN_EFOROOT, 0, "", NULL);
    d->current = NULL;
    return d->code;
}
