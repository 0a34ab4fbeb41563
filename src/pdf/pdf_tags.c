#include "pdf/pdf_tags.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/vec.h"
#include "pdf/pdf_doc.h"

enum {
    KEYS_A_NODE = 256,
    MANY_KIDS = 4096, /* of one element, before they go on in a Div */
};

/* What an element is; a block is decided when written: P, or Div when there
 * are blocks in it. */
enum type {
    T_NONE, /* content goes to the parent's element */
    T_DOCUMENT,
    T_PART,
    T_ART,
    T_SECT,
    T_DIV,
    T_BLOCK,
    T_P,
    T_H1,
    T_H2,
    T_H3,
    T_H4,
    T_H5,
    T_H6,
    T_BLOCKQUOTE,
    T_CAPTION,
    T_TOC,
    T_TOCI,
    T_INDEX,
    T_L,
    T_LI,
    T_LBL,
    T_LBODY,
    T_TABLE,
    T_THEAD,
    T_TBODY,
    T_TFOOT,
    T_TR,
    T_TH,
    T_TD,
    T_SPAN,
    T_QUOTE,
    T_NOTE,
    T_REFERENCE,
    T_BIBENTRY,
    T_CODE,
    T_LINK,
    T_RUBY,
    T_RB,
    T_RT,
    T_FIGURE,
    T_FORMULA,
    T_FORM,
    T_ARTIFACT
};

static const struct {
    const char *name;
    bool block; /* a block that holds one is a Div */
} types[] = {
    [T_DOCUMENT] = {"Document", true},
    [T_PART] = {"Part", true},
    [T_ART] = {"Art", true},
    [T_SECT] = {"Sect", true},
    [T_DIV] = {"Div", true},
    [T_BLOCK] = {"P", true},
    [T_P] = {"P", true},
    [T_H1] = {"H1", true},
    [T_H2] = {"H2", true},
    [T_H3] = {"H3", true},
    [T_H4] = {"H4", true},
    [T_H5] = {"H5", true},
    [T_H6] = {"H6", true},
    [T_BLOCKQUOTE] = {"BlockQuote", true},
    [T_CAPTION] = {"Caption", true},
    [T_TOC] = {"TOC", true},
    [T_TOCI] = {"TOCI", true},
    [T_INDEX] = {"Index", true},
    [T_L] = {"L", true},
    [T_LI] = {"LI", true},
    [T_LBL] = {"Lbl", false},
    [T_LBODY] = {"LBody", true},
    [T_TABLE] = {"Table", true},
    [T_THEAD] = {"THead", true},
    [T_TBODY] = {"TBody", true},
    [T_TFOOT] = {"TFoot", true},
    [T_TR] = {"TR", true},
    [T_TH] = {"TH", true},
    [T_TD] = {"TD", true},
    [T_SPAN] = {"Span", false},
    [T_QUOTE] = {"Quote", false},
    [T_NOTE] = {"Note", false},
    [T_REFERENCE] = {"Reference", false},
    [T_BIBENTRY] = {"BibEntry", false},
    [T_CODE] = {"Code", false},
    [T_LINK] = {"Link", false},
    [T_RUBY] = {"Ruby", false},
    [T_RB] = {"RB", false},
    [T_RT] = {"RT", false},
    [T_FIGURE] = {"Figure", false},
    [T_FORMULA] = {"Formula", false},
    [T_FORM] = {"Form", false},
    [T_ARTIFACT] = {"Artifact", false},
};

/* What FO objects are without a role. Those not listed have no element. */
static const struct {
    const char *object;
    uint8_t type;
} by_object[] = {
    {"page-sequence", T_SECT},
    {"block", T_BLOCK},
    {"list-block", T_L},
    {"list-item", T_LI},
    {"list-item-label", T_LBL},
    {"list-item-body", T_LBODY},
    {"table", T_TABLE},
    {"table-caption", T_CAPTION},
    {"table-header", T_THEAD},
    {"table-body", T_TBODY},
    {"table-footer", T_TFOOT},
    {"table-row", T_TR},
    {"table-cell", T_TD},
    {"external-graphic", T_FIGURE},
    {"instream-foreign-object", T_FIGURE},
    {"basic-link", T_LINK},
    {"footnote-body", T_NOTE},
    {"ruby", T_RUBY},
    {"ruby-base", T_RB},
    {"ruby-text", T_RT},
};

/* Roles beside the standard names: what content elements are called. */
static const struct {
    const char *role;
    uint8_t type;
} by_role[] = {
    {"title", T_H1},
    {"ul", T_L},
    {"ol", T_L},
    {"dl", T_L},
    {"dt", T_LBL},
    {"dd", T_LBODY},
    {"section", T_SECT},
    {"article", T_ART},
    {"em", T_SPAN},
    {"strong", T_SPAN},
    {"q", T_QUOTE},
    {"a", T_LINK},
    {"figcaption", T_CAPTION},
    {"nav", T_TOC},
    {"img", T_FIGURE},
    {"table-cell", T_TD},
    {"header", T_TH},
    {"footnote", T_NOTE},
};

/* A child: an element, a piece of marked content, or an annotation. */
typedef struct kid {
    uint32_t next; /* index + 1 of the next one */
    uint32_t page; /* object of the page; 0: a is an element */
    uint32_t a;    /* element, MCID, or object */
    uint8_t object;
} kid;

typedef struct element {
    uint32_t parent;
    uint32_t first, last; /* kids, index + 1 */
    uint32_t nkids;
    const struct extra *extra;
    uint8_t type, scope; /* 1 column, 2 row */
    bool overflow;       /* a division for what did not fit its parent */
    uint16_t columns, rows;
} element;

/* What few elements have. */
typedef struct extra {
    const char *alt, *lang;
    bool has_bbox;
    int64_t bbox[4];
} extra;

/* A key of the ParentTree: a page's marks (an array), or one element. */
typedef struct key {
    uint32_t first, n;
    bool page;
} key;

struct bn_tags {
    bn_arena *arena;
    BN_VEC(element) elements;
    BN_VEC(kid) kids;
    BN_VEC(uint32_t) by_id; /* element + 1 by bn_struct.id */
    BN_VEC(key) keys;
    BN_VEC(uint32_t) marks; /* elements of MCIDs, page after page */
    BN_VEC(uint32_t) notes; /* elements with an /ID */
    bn_oid page;
    uint32_t page_key;
    /* numbers in the file */
    bn_oid root, first;
    uint32_t nleaves, nids;
};

bn_tags *
bn_tags_new(void)
{
    bn_tags *t = bn_alloc(sizeof *t);

    t->arena = bn_arena_new();
    BN_PUSH(&t->elements) = (element){.type = T_DOCUMENT};
    return t;
}

void
bn_tags_free(bn_tags *t)
{
    if (t == NULL)
        return;
    BN_VEC_FREE(&t->elements);
    BN_VEC_FREE(&t->kids);
    BN_VEC_FREE(&t->by_id);
    BN_VEC_FREE(&t->keys);
    BN_VEC_FREE(&t->marks);
    BN_VEC_FREE(&t->notes);
    bn_arena_free(t->arena);
    free(t);
}

static void
add_kid(bn_tags *t, uint32_t parent, kid k)
{
    element *e = &t->elements.v[parent];

    BN_PUSH(&t->kids) = k;
    if (e->last)
        t->kids.v[e->last - 1].next = (uint32_t)t->kids.n;
    else
        e->first = (uint32_t)t->kids.n;
    e->last = (uint32_t)t->kids.n;
    e->nkids++;
}

/* No array of many thousands in one element: what does not fit goes on in
 * divisions of it. */
static uint32_t
room_in(bn_tags *t, uint32_t parent)
{
    const element *p = &t->elements.v[parent];
    const kid *last;
    uint32_t number;

    if (p->nkids < MANY_KIDS || (p->type != T_DOCUMENT && p->type != T_SECT))
        return parent;
    last = &t->kids.v[p->last - 1];
    if (last->page == 0 && t->elements.v[last->a].overflow &&
        t->elements.v[last->a].nkids < MANY_KIDS)
        return last->a;
    number = (uint32_t)t->elements.n;
    BN_PUSH(&t->elements) =
        (element){.parent = parent, .type = T_DIV, .overflow = true};
    add_kid(t, parent, (kid){.a = number});
    return number;
}

static uint32_t
add_element(bn_tags *t, uint32_t parent, uint8_t type)
{
    const uint32_t number = (uint32_t)t->elements.n;

    BN_PUSH(&t->elements) = (element){.parent = parent, .type = type};
    add_kid(t, parent, (kid){.a = number});
    if (type == T_NOTE)
        BN_PUSH(&t->notes) = number;
    return number;
}

/* Items stand in a list: where the document has none around them, neighbours
 * get one. Returns the parent to use. */
static uint32_t
list_for(bn_tags *t, uint32_t parent, uint8_t type)
{
    const uint8_t list = type == T_TOCI ? T_TOC : T_L;
    const element *p = &t->elements.v[parent];
    const kid *last = p->last ? &t->kids.v[p->last - 1] : NULL;

    if ((type != T_TOCI && type != T_LI) || p->type == list)
        return parent;
    if (last && last->page == 0 && t->elements.v[last->a].type == list)
        return last->a;
    return add_element(t, parent, list);
}

static extra *
extra_of(bn_tags *t, uint32_t number)
{
    element *e = &t->elements.v[number];

    if (e->extra == NULL)
        e->extra = BN_NEW(t->arena, extra);
    return (extra *)e->extra;
}

static uint8_t
type_of_role(const char *role)
{
    for (size_t i = T_DOCUMENT; i < sizeof types / sizeof types[0]; i++)
        if (i != T_BLOCK && strcasecmp(role, types[i].name) == 0)
            return (uint8_t)i;
    for (size_t i = 0; i < sizeof by_role / sizeof by_role[0]; i++)
        if (strcasecmp(role, by_role[i].role) == 0)
            return by_role[i].type;
    return T_NONE;
}

static uint8_t
type_of(const bn_struct *s)
{
    uint8_t type = s->role ? type_of_role(s->role) : T_NONE;

    if (type == T_NONE && s->object)
        for (size_t i = 0; i < sizeof by_object / sizeof by_object[0]; i++)
            if (strcmp(s->object, by_object[i].object) == 0)
                type = by_object[i].type;
    if (type == T_DOCUMENT) /* there is one, and it is ours */
        type = T_NONE;
    if (type == T_TD && s->header)
        type = T_TH;
    return type;
}

bool
bn_tags_artifact(const bn_struct *s)
{
    return s->artifact || (s->role && strcasecmp(s->role, "Artifact") == 0);
}

bool
bn_tags_keeps(const bn_struct *s)
{
    return s->object && strcmp(s->object, "table-cell") == 0;
}

/* Column heads stand in the table's head, row heads elsewhere. */
static uint8_t
scope_of(const bn_struct *s)
{
    for (; s; s = s->parent)
        if (s->object && strcmp(s->object, "table-header") == 0)
            return 1;
    return 2;
}

static void
describe(bn_tags *t, uint32_t number, const bn_struct *s)
{
    element *e = &t->elements.v[number];

    e->columns = s->columns;
    e->rows = s->rows;
    if (e->type == T_TH)
        e->scope = scope_of(s);
    if (s->alt && s->alt[0])
        extra_of(t, number)->alt = bn_arena_strdup(t->arena, s->alt);
    if (s->lang && s->lang[0])
        extra_of(t, number)->lang = bn_arena_strdup(t->arena, s->lang);
}

uint32_t
bn_tags_element(bn_tags *t, const bn_struct *s)
{
    uint32_t number, *slot;
    uint8_t type;

    if (s == NULL)
        return 0;
    while (t->by_id.n <= s->id)
        BN_PUSH(&t->by_id) = 0;
    if (t->by_id.v[s->id])
        return t->by_id.v[s->id] - 1;
    type = type_of(s);
    number = bn_tags_element(t, s->parent);
    if (type != T_NONE && type != T_ARTIFACT) {
        number = room_in(t, list_for(t, number, type));
        number = add_element(t, number, type);
        describe(t, number, s);
    }
    slot = &t->by_id.v[s->id]; /* it may have moved */
    *slot = number + 1;
    return number;
}

uint32_t
bn_tags_paragraph(bn_tags *t, uint32_t parent)
{
    return add_element(t, room_in(t, parent), T_P);
}

uint32_t
bn_tags_form(bn_tags *t, const char *alt)
{
    const uint32_t number = add_element(t, 0, T_FORM);

    bn_tags_alt(t, number, alt);
    return number;
}

uint32_t
bn_tags_stray_link(bn_tags *t)
{
    return add_element(t, room_in(t, 0), T_LINK);
}

bool
bn_tags_is_document(uint32_t number)
{
    return number == 0;
}

const char *
bn_tags_name(const bn_tags *t, uint32_t number)
{
    return types[t->elements.v[number].type].name;
}

void
bn_tags_alt(bn_tags *t, uint32_t number, const char *alt)
{
    if (!bn_tags_has_alt(t, number))
        extra_of(t, number)->alt = bn_arena_strdup(t->arena, alt);
}

bool
bn_tags_has_alt(const bn_tags *t, uint32_t number)
{
    const extra *x = t->elements.v[number].extra;

    return x && x->alt;
}

void
bn_tags_bbox(bn_tags *t, uint32_t number, const int64_t rect[4])
{
    extra *x = extra_of(t, number);

    if (!x->has_bbox) {
        memcpy(x->bbox, rect, sizeof x->bbox);
        x->has_bbox = true;
    }
    for (int i = 0; i < 2; i++) {
        if (rect[i] < x->bbox[i])
            x->bbox[i] = rect[i];
        if (rect[i + 2] > x->bbox[i + 2])
            x->bbox[i + 2] = rect[i + 2];
    }
}

uint32_t
bn_tags_page(bn_tags *t, bn_oid page)
{
    t->page = page;
    t->page_key = (uint32_t)t->keys.n;
    BN_PUSH(&t->keys) = (key){(uint32_t)t->marks.n, 0, true};
    return t->page_key;
}

uint32_t
bn_tags_mark(bn_tags *t, uint32_t number)
{
    key *k = &t->keys.v[t->page_key];

    BN_PUSH(&t->marks) = number;
    add_kid(t, number, (kid){.page = t->page, .a = k->n});
    return k->n++;
}

uint32_t
bn_tags_object(bn_tags *t, uint32_t number, bn_oid object, bn_oid page)
{
    BN_PUSH(&t->keys) = (key){number, 1, false};
    add_kid(t, number, (kid){.page = page, .a = object, .object = 1});
    return (uint32_t)t->keys.n - 1;
}

/* ------------------------------------------------------------- writing */

/* A block that holds blocks is a division. */
static const char *
written_name(const bn_tags *t, const element *e)
{
    if (e->type == T_BLOCK)
        for (uint32_t k = e->first; k; k = t->kids.v[k - 1].next) {
            const kid *kd = &t->kids.v[k - 1];

            if (kd->page == 0 && types[t->elements.v[kd->a].type].block)
                return "Div";
        }
    return types[e->type].name;
}

static void
put_attributes(const element *e, bn_buf *out)
{
    const extra *x = e->extra;

    if (e->type == T_TH ||
        ((e->columns > 1 || e->rows > 1) && e->type == T_TD)) {
        bn_buf_adds(out, "/A<</O/Table");
        if (e->scope)
            bn_buf_adds(out, e->scope == 1 ? "/Scope/Column" : "/Scope/Row");
        if (e->columns > 1)
            bn_buf_addf(out, "/ColSpan %d", e->columns);
        if (e->rows > 1)
            bn_buf_addf(out, "/RowSpan %d", e->rows);
        bn_buf_adds(out, ">>");
    } else if (x && x->has_bbox) {
        bn_buf_adds(out, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++) {
            if (i)
                bn_buf_addc(out, ' ');
            bn_put_len(out, x->bbox[i]);
        }
        bn_buf_adds(out, "]>>");
    }
}

static void
put_kids(const bn_tags *t, const element *e, bn_buf *out)
{
    uint32_t page = 0;

    for (uint32_t k = e->first; k && page == 0; k = t->kids.v[k - 1].next)
        page = t->kids.v[k - 1].page;
    if (page)
        bn_buf_addf(out, "/Pg %u 0 R", page);
    if (e->first == 0)
        return;
    bn_buf_adds(out, "/K[");
    for (uint32_t k = e->first; k; k = t->kids.v[k - 1].next) {
        const kid *kd = &t->kids.v[k - 1];

        if (kd->page == 0)
            bn_buf_addf(out, "%u 0 R ", t->first + kd->a);
        else if (kd->object)
            bn_buf_addf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", kd->page,
                        kd->a);
        else if (kd->page == page)
            bn_buf_addf(out, "%u ", kd->a);
        else
            bn_buf_addf(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", kd->page,
                        kd->a);
    }
    bn_buf_addc(out, ']');
}

static void
put_element(const bn_tags *t, uint32_t number, bn_buf *out)
{
    const element *e = &t->elements.v[number];

    bn_buf_addf(out, "<</Type/StructElem/S/%s/P %u 0 R", written_name(t, e),
                number ? t->first + e->parent : t->root);
    if (e->type == T_NOTE)
        bn_buf_addf(out, "/ID<%08X>", number);
    if (e->extra && e->extra->alt) {
        bn_buf_adds(out, "/Alt");
        bn_put_text(out, e->extra->alt, strlen(e->extra->alt));
    }
    if (e->extra && e->extra->lang) {
        bn_buf_adds(out, "/Lang");
        bn_put_string(out, e->extra->lang);
    }
    put_attributes(e, out);
    put_kids(t, e, out);
    bn_buf_adds(out, ">>");
}

/* One leaf of the number tree from keys to elements. */
static void
put_keys(const bn_tags *t, uint32_t leaf, bn_buf *out)
{
    const size_t first = (size_t)leaf * KEYS_A_NODE;
    size_t last = first + KEYS_A_NODE;

    if (last > t->keys.n)
        last = t->keys.n;
    bn_buf_addf(out, "<</Limits[%zu %zu]/Nums[", first, last - 1);
    for (size_t i = first; i < last; i++) {
        const key *k = &t->keys.v[i];

        if (!k->page) {
            bn_buf_addf(out, "%zu %u 0 R ", i, t->first + k->first);
            continue;
        }
        bn_buf_addf(out, "%zu[", i);
        for (uint32_t m = 0; m < k->n; m++)
            bn_buf_addf(out, "%u 0 R ", t->first + t->marks.v[k->first + m]);
        bn_buf_addc(out, ']');
    }
    bn_buf_adds(out, "]>>");
}

static void
put_ids(const bn_tags *t, uint32_t leaf, bn_buf *out)
{
    const size_t first = (size_t)leaf * KEYS_A_NODE;
    size_t last = first + KEYS_A_NODE;

    if (last > t->notes.n)
        last = t->notes.n;
    bn_buf_addf(out, "<</Limits[<%08X><%08X>]/Names[", t->notes.v[first],
                t->notes.v[last - 1]);
    for (size_t i = first; i < last; i++)
        bn_buf_addf(out, "<%08X>%u 0 R ", t->notes.v[i],
                    t->first + t->notes.v[i]);
    bn_buf_adds(out, "]>>");
}

static void
put_tail(void *user, uint32_t i, bn_buf *out)
{
    const bn_tags *t = user;

    if (i < t->elements.n)
        put_element(t, i, out);
    else if (i - t->elements.n < t->nleaves)
        put_keys(t, i - (uint32_t)t->elements.n, out);
    else
        put_ids(t, i - (uint32_t)t->elements.n - t->nleaves, out);
}

static void
add_tree(bn_objects *o, bn_oid root, const char *name, bn_oid first, uint32_t n)
{
    bn_buf text = {0};

    bn_buf_addf(&text, "/%s<</Kids[", name);
    for (uint32_t i = 0; i < n; i++)
        bn_buf_addf(&text, "%u 0 R ", first + i);
    bn_buf_adds(&text, "]>>");
    bn_object_add(o, root, text.p, text.len);
    bn_buf_free(&text);
}

bn_oid
bn_tags_finish(bn_tags *t, bn_objects *o)
{
    const uint32_t n = (uint32_t)t->elements.n;

    t->nleaves = (uint32_t)((t->keys.n + KEYS_A_NODE - 1) / KEYS_A_NODE);
    t->nids = (uint32_t)((t->notes.n + KEYS_A_NODE - 1) / KEYS_A_NODE);
    t->root = bn_object_new(o);
    t->first = bn_objects_tail(o, n + t->nleaves + t->nids, put_tail, t);
    bn_object_addf(o, t->root,
                   "/Type/StructTreeRoot/K %u 0 R/ParentTreeNextKey %zu",
                   t->first, t->keys.n);
    add_tree(o, t->root, "ParentTree", t->first + n, t->nleaves);
    if (t->nids)
        add_tree(o, t->root, "IDTree", t->first + n + t->nleaves, t->nids);
    return t->root;
}
