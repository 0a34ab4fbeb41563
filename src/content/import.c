/* import.c - rows of a table by a mapping: cases, auditors, registers. */
#include "content/import.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(s) ((const xmlChar *)(s))

/* ----------------------------------------------------------------- mapping */

static bn_code
load(bn_source *s, const char *share, const char *path, bn_tree **out,
     bn_msgs *msgs)
{
    bn_code code = bn_xml_load(s, path, BN_XML_CLEAN, out, msgs);
    xmlNode *root, *record;

    if (code)
        return code;
    root = xmlDocGetRootElement(*out);
    record = first_element(root, "record");
    if (record) /* may be anything: held against the grammar when it is made */
        xmlUnlinkNode(record);
    code = bn_grammar_check(s, share, *out, msgs);
    if (record)
        xmlAddChild(root, record);
    return code;
}

static import_column *
find_column(bn_import *m, const char *name)
{
    for (size_t i = 0; i < m->ncolumns; i++)
        if (strcmp(m->columns[i].name, name) == 0)
            return &m->columns[i];
    return NULL;
}

static void
set_if(const char **slot, const char *value)
{
    if (value)
        *slot = value;
}

static void
set_column(bn_arena *a, import_column *c, const xmlNode *node)
{
    set_if(&c->heads, attribute(a, node, "head"));
    set_if(&c->type, attribute(a, node, "type"));
    set_if(&c->fallback, attribute(a, node, "default"));
    set_if(&c->first, attribute(a, node, "default1"));
    if (attribute(a, node, "required"))
        c->required = attribute_is(node, "required", "yes");
    if (attribute(a, node, "unique"))
        c->unique = attribute_is(node, "unique", "yes");
    c->place = bn_place_of(node);
}

/* Columns, places and record of a mapping, over what is there. A mapping
 * without a record of its own may only speak of columns that are there. */
static bn_code
lay_over(bn_import *m, bn_arena *a, bn_tree *tree, bn_msgs *msgs)
{
    const xmlNode *root = xmlDocGetRootElement(tree);
    const xmlNode *record = first_element(root, "record");
    bn_code code = BN_OK;

    set_if(&m->into, attribute(a, root, "into"));
    set_if(&m->parent, attribute(a, root, "parent"));
    set_if(&m->kind, attribute(a, root, "kind"));
    set_if(&m->before, attribute(a, root, "before"));
    set_if(&m->encoding, attribute(a, root, "encoding"));
    for (const xmlNode *n = first_element(root, "column"); n;
         n = next_element(n, "column")) {
        const char *name = attribute(a, n, "name");
        import_column *c = find_column(m, name);

        if (c == NULL && m->record && record == NULL) {
            bn_warn(msgs, BN_EIMPORTMAP, bn_at(bn_place_of(n)), name);
            code = BN_EIMPORTMAP;
            continue;
        }
        if (c == NULL) {
            c = &m->columns[m->ncolumns++];
            *c = (import_column){
                .name = name,
                .heads = name,
                .type = "text",
                .fallback = "",
                .first = ""};
        }
        set_column(a, c, n);
    }
    if (record)
        m->record = first_element(record, NULL);
    return code;
}

static size_t
count_columns(const bn_tree *t)
{
    size_t n = 0;

    for (const xmlNode *c = t ? first_element(xmlDocGetRootElement(t), "column")
                              : NULL;
         c; c = next_element(c, "column"))
        n++;
    return n;
}

bn_code
bn_import_open(bn_source *s, bn_arena *a, const char *share, const char *stock,
               const char *own, bn_import **out, bn_msgs *msgs)
{
    bn_import *m = BN_NEW(a, bn_import);
    bn_code code = load(s, share, stock, &m->stock, msgs);

    m->into = "files";
    m->before = "";
    if (code == BN_OK && own)
        code = load(s, share, own, &m->own, msgs);
    m->columns = BN_NEWS(a, import_column,
                         count_columns(m->stock) + count_columns(m->own) + 1);
    if (code == BN_OK)
        code = lay_over(m, a, m->stock, msgs);
    if (code == BN_OK && own)
        code = lay_over(m, a, m->own, msgs);
    if (code)
        bn_import_close(m);
    else
        *out = m;
    return code;
}

void
bn_import_close(bn_import *m)
{
    bn_tree_free(m->stock);
    bn_tree_free(m->own);
}

bn_import_into
bn_import_where(const bn_import *m)
{
    if (strcmp(m->into, "files") == 0)
        return BN_IMPORT_FILES;
    return strcmp(m->into, "client-kit") == 0 ? BN_IMPORT_KIT
                                              : BN_IMPORT_AUDITORS;
}

const char *
bn_import_encoding(const bn_import *m)
{
    return m->encoding;
}

/* -------------------------------------------------------------------- rows */

/* A column of the table, and what it is in the mapping. */
typedef struct pairing {
    const import_column *column;
    const char *name; /* with its number */
    int number;       /* 0: it has none */
    bn_map *seen;     /* of a unique column: value -> sighting */
} pairing;

/* Where a value of a unique column stood first. */
typedef struct sighting {
    const bn_csv_cell *cell;
    size_t row;
} sighting;

typedef struct reading {
    const bn_import *m;
    bn_arena *a;    /* of the row in hand, when rows are not kept */
    bn_arena *kept; /* of what lives longer */
    bool again;     /* what a row says once has been looked at */
    const bn_csv *table;
    pairing *pairs; /* one a column of the table; column NULL: not imported */
    bn_msgs *msgs;
    bn_code code; /* of the row in hand */
    size_t row;
    bool *bad; /* rows with a fault */
    bool used[NUMBERS_MOST + 1]; /* numbers of which the row says something */
} reading;

static void
fail(reading *r, bn_code code, bn_loc at, const char *one, const char *two,
     const char *three)
{
    bn_err err;

    bn_fail(&err, code, at, one, two, three);
    bn_msgs_add(r->msgs, &err, BN_ERROR);
    if (r->code == BN_OK)
        r->code = code;
}

/* Heads are compared without regard to case and width. */
static bool
same_head(const char *a, const char *b)
{
    bn_buf x = {0}, y = {0};
    bool same;

    bn_fold_name(a, &x);
    bn_fold_name(b, &y);
    same = x.len == y.len && (x.len == 0 || memcmp(x.p, y.p, x.len) == 0);
    bn_buf_free(&x);
    bn_buf_free(&y);
    return same;
}

/* Does a head fit one of "a|b#"? number: what the # stands for, 0 none. The
 * first may go without its number. */
static bool
fits(bn_arena *a, const char *heads, const char *head, int *number)
{
    char *copy = bn_arena_strdup(a, heads), *rest = NULL;

    for (char *h = strtok_r(copy, "|", &rest); h; h = strtok_r(NULL, "|", &rest)) {
        char *mark = strchr(h, '#');
        const char *tail = mark ? mark + 1 : "";

        *number = 0;
        if (mark == NULL) {
            if (same_head(h, head))
                return true;
            continue;
        }
        *mark = '\0';
        for (*number = 1; *number <= NUMBERS_MOST; ++*number)
            if (same_head(bn_arena_printf(a, "%s%d%s", h, *number, tail), head))
                return true;
        *number = 1;
        if (same_head(bn_arena_printf(a, "%s%s", h, tail), head))
            return true;
    }
    return false;
}

static void
pair_columns(reading *r)
{
    r->pairs = BN_NEWS(r->a, pairing, r->table->ncolumns);
    for (size_t i = 0; i < r->table->ncolumns; i++) {
        const char *head = r->table->head[i].text;
        pairing *p = &r->pairs[i];

        for (size_t k = 0; k < r->m->ncolumns && !p->column; k++) {
            const import_column *c = &r->m->columns[k];
            int number;

            if (!fits(r->a, c->heads, head, &number))
                continue;
            p->column = c;
            p->number = number;
            p->name = number ? bn_arena_printf(r->a, "%.*s%d",
                                               (int)strcspn(c->name, "#"),
                                               c->name, number)
                             : c->name;
            if (c->unique)
                p->seen = bn_map_new(r->a);
        }
        if (p->column == NULL && *head)
            bn_warn(r->msgs, BN_WIMPORTHEAD,
                    bn_csv_loc(r->table, &r->table->head[i]), head);
    }
}

static bool
is_paired(const reading *r, const import_column *c)
{
    for (size_t i = 0; i < r->table->ncolumns; i++)
        if (r->pairs[i].column == c)
            return true;
    return false;
}

static const char *
first_head(bn_arena *a, const import_column *c)
{
    return bn_arena_strndup(a, c->heads, strcspn(c->heads, "|"));
}

/* Required columns that the table lacks, and no default stands for. */
static void
check_columns(reading *r)
{
    for (size_t k = 0; k < r->m->ncolumns; k++) {
        const import_column *c = &r->m->columns[k];

        if (c->required && *c->fallback == '\0' && !is_paired(r, c))
            fail(r, BN_EIMPORTCOLUMN, bn_csv_loc(r->table, &r->table->head[0]),
                 first_head(r->a, c), NULL, NULL);
    }
}

static void
put_value(reading *r, bn_map *values, const char *name, const char *text,
          const bn_csv_cell *cell)
{
    import_value v = {text, cell};

    if (*text)
        bn_map_puts(values, name)->p = bn_arena_copy(r->a, &v, sizeof v);
}

/* A value that may stand in its column once. */
static void
check_unique(reading *r, const pairing *p, const char *text,
             const bn_csv_cell *cell, const char *head)
{
    bool is_new = false;
    const sighting *first;
    bn_map_value *slot;

    if (p->seen == NULL || *text == '\0' || r->again)
        return;
    slot = bn_map_put(p->seen, text, strlen(text), &is_new);
    if (is_new) {
        const sighting here = {cell, r->row};

        slot->p = bn_arena_copy(r->kept, &here, sizeof here);
        return;
    }
    first = slot->p;
    r->bad[first->row] = true;
    fail(r, BN_EIMPORTTWICE, bn_csv_loc(r->table, cell), head, text,
         bn_arena_printf(r->a, "%s:%u", r->table->name,
                         (unsigned)first->cell->line));
}

static void
read_cell(reading *r, size_t i, const bn_csv_cell *cell, bn_map *values,
          const char **id)
{
    const pairing *p = &r->pairs[i];
    const char *head = r->table->head[i].text;
    const bn_loc at = bn_csv_loc(r->table, cell);
    const char *text;
    bn_err err;

    if (import_read(r->a, p->column->type, cell->text, head, at, &text, &err)) {
        bn_msgs_add(r->msgs, &err, BN_ERROR);
        if (r->code == BN_OK)
            r->code = err.code;
        return;
    }
    if (*text == '\0' && p->column->required && p->number <= 1 &&
        *p->column->fallback == '\0')
        fail(r, BN_EIMPORTEMPTY, at, head, NULL, NULL);
    check_unique(r, p, text, cell, head);
    if (p->column->unique && **id == '\0')
        *id = text;
    if (*text)
        r->used[p->number] = true;
    put_value(r, values, p->name, text, cell);
}

/* "name#" with a number in the place of the mark. */
static const char *
with_number(bn_arena *a, const char *name, int number)
{
    const char *mark = strchr(name, '#');

    return mark ? bn_arena_printf(a, "%.*s%d%s", (int)(mark - name), name,
                                  number, mark + 1)
                : name;
}

/* A default may be another column's value: {name}. */
static void
put_default(reading *r, bn_map *values, const char *name, const char *text)
{
    const size_t n = strlen(text);
    const bn_map_value *slot;
    const import_value *other;

    if (n == 0 || bn_map_finds(values, name))
        return;
    if (text[0] != '{' || text[n - 1] != '}') {
        put_value(r, values, name, text, NULL);
        return;
    }
    slot = bn_map_find(values, text + 1, n - 2);
    other = slot ? slot->p : NULL;
    if (other)
        put_value(r, values, name, other->text, other->cell);
}

/* Of a numbered column: for each number of which the row says something. */
static void
put_defaults(reading *r, bn_map *values)
{
    for (size_t k = 0; k < r->m->ncolumns; k++) {
        const import_column *c = &r->m->columns[k];

        if (strchr(c->name, '#') == NULL) {
            put_default(r, values, c->name, c->fallback);
            continue;
        }
        put_default(r, values, with_number(r->a, c->name, 1), c->first);
        for (int n = 1; n <= NUMBERS_MOST; n++)
            if (n == 1 || r->used[n])
                put_default(r, values, with_number(r->a, c->name, n),
                            with_number(r->a, c->fallback, n));
    }
}

static void
read_row(reading *r, const bn_csv_row *row, const char *const *words,
         size_t number, bn_record *out)
{
    bn_map *values = bn_map_new(r->a);

    *out = (bn_record){.id = "", .row = row};
    memset(r->used, 0, sizeof r->used);
    for (size_t i = 0; i < r->table->ncolumns; i++)
        if (r->pairs[i].column)
            read_cell(r, i, &row->cells[i], values, &out->id);
    put_defaults(r, values);
    for (size_t i = 0; words[i]; i += 2)
        if (!bn_map_finds(values, words[i]))
            put_value(r, values, words[i], words[i + 1], NULL);
    if (!bn_map_finds(values, "no"))
        put_value(r, values, "no", bn_arena_printf(r->a, "%zu", number), NULL);
    if (r->code == BN_OK)
        out->tree = import_record(r->a, r->m, r->table, values,
                                  bn_csv_place(r->table, &row->cells[0]));
}

/* Every row once, so that all faults are told. Trees are kept by the caller's
 * wish only: of ten thousand rows they are much. */
static bn_code
read_rows(reading *r, const char *const *words, size_t first,
          bn_record *records)
{
    const bn_code columns = r->code;
    bn_code code = columns;

    for (r->row = 0; r->row < r->table->nrows; r->row++) {
        const bn_mark mark = bn_arena_mark(r->a);
        bn_record one;

        r->code = columns;
        read_row(r, &r->table->rows[r->row], words, first + r->row, &one);
        r->bad[r->row] |= r->code != BN_OK;
        code = code ? code : r->code;
        if (records) {
            records[r->row] = one;
        } else {
            bn_tree_free(one.tree);
            bn_arena_rewind(r->a, mark);
        }
    }
    return code;
}

static void
start_rows(reading *r, bn_arena *kept)
{
    r->kept = r->a = kept;
    r->bad = BN_NEWS(kept, bool, r->table->nrows + 1);
    pair_columns(r);
    check_columns(r);
}

bn_code
bn_import_rows(const bn_import *m, bn_arena *a, const bn_csv *table,
               const char *const *words, size_t first, bn_record **out,
               size_t *n, bn_msgs *msgs)
{
    reading r = {.m = m, .table = table, .msgs = msgs};
    bn_record *records = BN_NEWS(a, bn_record, table->nrows + 1);
    bn_code code;

    start_rows(&r, a);
    code = read_rows(&r, words, first, records);
    if (code) {
        for (size_t i = 0; i < table->nrows; i++)
            bn_tree_free(records[i].tree);
        return code;
    }
    *out = records;
    *n = table->nrows;
    return BN_OK;
}

bn_code
bn_import_each(const bn_import *m, const bn_csv *table,
               const char *const *words, size_t first, bn_record_taker *take,
               void *user, bn_msgs *msgs)
{
    bn_arena *kept = bn_arena_new();
    reading r = {.m = m, .table = table, .msgs = msgs};
    bn_msgs told = {0}; /* already */
    bn_code columns;

    start_rows(&r, kept);
    columns = r.code;
    r.a = bn_arena_new();
    read_rows(&r, words, first, NULL);
    r.msgs = &told;
    r.again = true;
    for (r.row = 0; columns == BN_OK && r.row < table->nrows; r.row++) {
        const bn_mark mark = bn_arena_mark(r.a);
        bn_record one;

        if (r.bad[r.row])
            continue;
        r.code = BN_OK;
        read_row(&r, &table->rows[r.row], words, first + r.row, &one);
        take(user, &one);
        bn_tree_free(one.tree);
        bn_arena_rewind(r.a, mark);
    }
    bn_msgs_free(&told);
    bn_arena_free(r.a);
    bn_arena_free(kept);
    return columns;
}

/* ------------------------------------------------------------- where it goes */

/* Move a record's elements behind the children of parent. */
static void
adopt(xmlNode *parent, const bn_record *record)
{
    xmlNode *node = xmlDocGetRootElement(record->tree);

    graft(parent, node);
}

bn_tree *
bn_import_register(const bn_record *records, size_t n, const char *body)
{
    xmlDoc *doc = xmlNewDoc(TEXT("1.0"));
    xmlNode *root = xmlNewDocNode(doc, NULL, TEXT("auditor-register"), NULL);

    xmlSetProp(root, TEXT("body"), TEXT(body));
    xmlSetProp(root, TEXT("schema-version"), TEXT("1"));
    xmlDocSetRootElement(doc, root);
    for (size_t i = 0; i < n; i++)
        adopt(root, &records[i]);
    return doc;
}

static xmlNode *
find_parent(const bn_import *m, const xmlNode *kit)
{
    xmlNode *n = first_element(kit, m->parent);

    while (n && m->kind && !attribute_is(n, "kind", m->kind))
        n = next_element(n, m->parent);
    return n;
}

size_t
bn_import_count(const bn_import *m, const bn_tree *kit)
{
    const xmlNode *parent = find_parent(m, xmlDocGetRootElement(kit));
    size_t n = 0;

    for (const xmlNode *c = parent ? first_element(parent, NULL) : NULL; c;
         c = next_element(c, NULL))
        n++;
    return n;
}

static bool
stands_before(bn_arena *a, const bn_import *m, const xmlNode *n)
{
    char *copy = bn_arena_strdup(a, m->before), *rest = NULL;

    for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
        if (strcmp((const char *)n->name, w) == 0)
            return true;
    return false;
}

/* The kit's own white space is kept, so that what is new gets some. */
static void
add_space(xmlNode *parent, const char *space)
{
    if (parent->last && xmlIsBlankNode(parent->last)) {
        xmlNode *old = parent->last;

        xmlUnlinkNode(old);
        xmlFreeNode(old);
    }
    xmlAddChild(parent, xmlNewDocText(parent->doc, TEXT(space)));
}

/* The element that holds the records, made in its place when it is missing. */
static xmlNode *
make_parent(const bn_import *m, bn_arena *a, xmlNode *kit)
{
    xmlNode *parent = find_parent(m, kit);
    xmlNode *next = first_element(kit, NULL);

    if (parent)
        return parent;
    parent = xmlNewDocNode(kit->doc, NULL, TEXT(m->parent), NULL);
    if (m->kind)
        xmlSetProp(parent, TEXT("kind"), TEXT(m->kind));
    while (next && !stands_before(a, m, next))
        next = next_element(next, NULL);
    if (next) {
        xmlAddPrevSibling(next, parent);
        xmlAddPrevSibling(next, xmlNewDocText(kit->doc, TEXT("\n ")));
    } else {
        add_space(kit, "\n ");
        xmlAddChild(kit, parent);
        xmlAddChild(kit, xmlNewDocText(kit->doc, TEXT("\n")));
    }
    return parent;
}

/* What elements are told apart by. */
static const char *
key_of(bn_arena *a, const xmlNode *n)
{
    const char *id = attribute(a, n, "id");

    return id ? id : attribute(a, n, "no");
}

bn_code
bn_import_into_kit(const bn_import *m, bn_arena *a, const bn_csv *table,
                   bn_tree *kit, const bn_record *records, size_t n,
                   bn_msgs *msgs)
{
    xmlNode *parent = make_parent(m, a, xmlDocGetRootElement(kit));
    bn_map *keys = bn_map_new(a);
    bn_code code = BN_OK;

    for (const xmlNode *c = first_element(parent, NULL); c;
         c = next_element(c, NULL))
        if (key_of(a, c))
            bn_map_puts(keys, key_of(a, c))->n = 1;
    for (size_t i = 0; i < n; i++) {
        const char *key = key_of(a, xmlDocGetRootElement(records[i].tree));
        bn_err err;

        if (key && bn_map_finds(keys, key)) {
            code = bn_fail(&err, BN_EIMPORTTWICE,
                           bn_csv_loc(table, &records[i].row->cells[0]),
                           table->head[0].text, key, "client-kit");
            bn_msgs_add(msgs, &err, BN_ERROR);
        } else {
            add_space(parent, "\n  ");
            adopt(parent, &records[i]);
        }
    }
    add_space(parent, "\n ");
    return code;
}

/* ---------------------------------------------------------------- messages */

/* The cell of a row that holds this text. */
static const bn_csv_cell *
find_cell(const bn_csv *t, uint32_t line, const char *text, const char **head)
{
    for (size_t i = 0; i < t->nrows; i++) {
        if (t->rows[i].line > line)
            break;
        if (i + 1 < t->nrows && t->rows[i + 1].line <= line)
            continue;
        for (size_t k = 0; k < t->ncolumns; k++)
            if (strcmp(t->rows[i].cells[k].text, text) == 0) {
                *head = t->head[k].text;
                return &t->rows[i].cells[k];
            }
    }
    return NULL;
}

void
bn_import_tell(bn_source *s, const bn_csv *table, const bn_err *err,
               bn_msgs *msgs)
{
    const bn_loc at = err->loc.file == NULL && err->loc.place
                          ? bn_source_locate(s, err->loc.place)
                          : err->loc;
    const bool ours = at.file && strcmp(at.file, table->name) == 0;
    const char *head = "";
    const bn_csv_cell *cell =
        ours && err->code == BN_EGVALUE
            ? find_cell(table, at.line, err->args[0], &head)
            : NULL;
    bn_err own;

    if (cell == NULL) {
        bn_msgs_add(msgs, err, BN_ERROR);
        return;
    }
    bn_fail(&own, BN_EIMPORTCODE, bn_csv_loc(table, cell), head, err->args[0],
            err->args[1]);
    bn_msgs_add(msgs, &own, BN_ERROR);
}
