/* row_store.c - the rows of registers over many cases, outside memory: in a
 * file without a name, of which only the places are kept. */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

enum {
    FLUSH = 256 * 1024,
    MARK_ELEMENT = 'E', /* name, namespace, place, attributes; its content */
    MARK_TEXT = 'T',
    MARK_END = 'X'
};

typedef struct stored {
    int64_t at;
    uint32_t nbytes;
} stored;

struct bn_row_store {
    int fd;
    int64_t written;
    bn_buf pending; /* rows that are not in the file yet */
    bn_arena *arena;
    bn_map *numbers; /* name -> its number, from 1 */
    BN_VEC(const char *) names;
    BN_VEC(stored) rows[ROW_KINDS + 1]; /* the last: of no ordered kind */
    size_t count;
    bn_buf scratch;
};

bn_code
bn_row_store_new(bn_row_store **out, bn_err *err)
{
    const int fd = bn_spool_open(err);
    bn_row_store *s;

    if (fd < 0)
        return err->code;
    s = bn_alloc(sizeof *s);
    s->fd = fd;
    s->arena = bn_arena_new();
    s->numbers = bn_map_new(s->arena);
    *out = s;
    return BN_OK;
}

void
bn_row_store_free(bn_row_store *s)
{
    if (s == NULL)
        return;
    close(s->fd);
    for (size_t i = 0; i <= ROW_KINDS; i++)
        BN_VEC_FREE(&s->rows[i]);
    BN_VEC_FREE(&s->names);
    bn_buf_free(&s->pending);
    bn_buf_free(&s->scratch);
    bn_arena_free(s->arena);
    free(s);
}

size_t
bn_row_store_count(const bn_row_store *s, const char *kind)
{
    return kind ? s->rows[row_kind(kind)].n : s->count;
}

/* ---------------------------------------------------------------- writing */

static void
put_number(bn_buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        bn_buf_addc(out, (char)(n | 0x80));
    bn_buf_addc(out, (char)n);
}

static void
put_text(bn_buf *out, const char *s)
{
    const size_t n = strlen(s);

    put_number(out, n);
    bn_buf_add(out, s, n);
}

/* Names and namespaces are few: their number stands for them. */
static void
put_name(bn_row_store *s, bn_buf *out, const char *name)
{
    bn_map_value *slot = bn_map_puts(s->numbers, name);

    if (slot->n == 0) {
        BN_PUSH(&s->names) = bn_arena_strdup(s->arena, name);
        slot->n = (int64_t)s->names.n;
    }
    put_number(out, (uint64_t)slot->n);
}

static void
put_space(bn_row_store *s, bn_buf *out, const xmlNs *ns)
{
    put_name(s, out, ns ? (const char *)ns->href : "");
    if (ns)
        put_name(s, out, ns->prefix ? (const char *)ns->prefix : "");
}

static void
put_start(bn_row_store *s, bn_buf *out, const xmlNode *n)
{
    size_t attributes = 0;

    bn_buf_addc(out, MARK_ELEMENT);
    put_name(s, out, (const char *)n->name);
    put_space(s, out, n->ns);
    put_number(out, (uint64_t)(uintptr_t)n->_private);
    for (const xmlAttr *a = n->properties; a; a = a->next)
        attributes++;
    put_number(out, attributes);
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        xmlChar *value = xmlNodeListGetString(n->doc, a->children, 1);

        put_name(s, out, (const char *)a->name);
        put_space(s, out, a->ns);
        put_text(out, value ? (const char *)value : "");
        xmlFree(value);
    }
}

static void
put_node(bn_row_store *s, bn_buf *out, const xmlNode *root)
{
    const xmlNode *n = root;

    while (n) {
        if (n->type == XML_ELEMENT_NODE) {
            put_start(s, out, n);
            if (n->children) {
                n = n->children;
                continue;
            }
            bn_buf_addc(out, MARK_END);
        } else if (n->type == XML_TEXT_NODE ||
                   n->type == XML_CDATA_SECTION_NODE) {
            bn_buf_addc(out, MARK_TEXT);
            put_text(out, (const char *)n->content);
        }
        while (n != root && n->next == NULL) {
            n = n->parent;
            bn_buf_addc(out, MARK_END);
        }
        n = n == root ? NULL : n->next;
    }
}

static bn_code
flush(bn_row_store *s, bn_err *err)
{
    bn_code code = BN_OK;

    if (s->pending.len)
        code = bn_spool_add(s->fd, s->pending.p, s->pending.len, err);
    s->written += (int64_t)s->pending.len;
    bn_buf_clear(&s->pending);
    return code;
}

bn_code
bn_row_store_add(bn_row_store *s, const bn_tree *input, bn_err *err)
{
    const xmlNode *reg =
        first_element(xmlDocGetRootElement(input), "register");
    bn_code code = BN_OK;

    for (const xmlNode *n = first_element(reg, NULL); n && code == BN_OK;
         n = next_element(n, NULL)) {
        const int64_t at = s->written + (int64_t)s->pending.len;

        put_node(s, &s->pending, n);
        BN_PUSH(&s->rows[row_kind((const char *)n->name)]) = (stored){
            at, (uint32_t)(s->written + (int64_t)s->pending.len - at)};
        s->count++;
        if (s->pending.len > FLUSH)
            code = flush(s, err);
    }
    return code;
}

bn_code
bn_row_store_unit(bn_row_store *s, const bn_tree *unit, bn_err *err)
{
    bn_tree *input = bn_input_new();
    bn_rows rows = {0};
    bn_code code;

    bn_input_row(input, &rows, unit);
    code = bn_row_store_add(s, input, err);
    bn_tree_free(input);
    return code;
}

/* ---------------------------------------------------------------- reading */

typedef struct reader {
    const bn_row_store *s;
    const char *p;
    const bn_map *words; /* names that are wanted; NULL: all */
    xmlDoc *doc;
} reader;

static uint64_t
get_number(reader *r)
{
    uint64_t n = 0;
    unsigned shift = 0;
    unsigned char c;

    do {
        c = (unsigned char)*r->p++;
        n |= (uint64_t)(c & 0x7f) << shift;
        shift += 7;
    } while (c & 0x80);
    return n;
}

static const char *
get_name(reader *r)
{
    return r->s->names.v[get_number(r) - 1];
}

/* An attribute's or element's namespace, declared where it is not yet. */
static xmlNs *
get_space(reader *r, xmlNode *node)
{
    const char *href = get_name(r), *prefix;
    xmlNs *ns;

    if (*href == '\0')
        return NULL;
    prefix = get_name(r);
    if (node == NULL)
        return NULL;
    ns = xmlSearchNsByHref(r->doc, node, TEXT(href));
    return ns ? ns
              : xmlNewNs(node, TEXT(href), *prefix ? TEXT(prefix) : NULL);
}

static bool
is_wanted(const reader *r, const char *name)
{
    return r->words == NULL || bn_map_finds(r->words, name) != NULL;
}

static void
get_attribute(reader *r, xmlNode *node)
{
    const char *name = get_name(r);
    const bool wanted = node && is_wanted(r, name);
    xmlNs *ns = get_space(r, wanted ? node : NULL);
    const size_t n = (size_t)get_number(r);

    if (wanted) {
        xmlAttr *a = xmlNewNsProp(node, ns, TEXT(name), NULL);

        a->children = a->last =
            xmlNewDocTextLen(r->doc, TEXT(r->p), (int)n);
        a->children->parent = (xmlNode *)a;
    }
    r->p += n;
}

/* The start of an element, below parent; NULL for what is not wanted. */
static xmlNode *
get_start(reader *r, xmlNode *parent, bool wanted)
{
    const char *name = get_name(r);
    xmlNode *node = NULL;
    xmlNs *ns;
    size_t n;

    if (wanted)
        node = xmlAddChild(parent,
                           xmlNewDocNode(r->doc, NULL, TEXT(name), NULL));
    ns = get_space(r, node);
    if (node)
        xmlSetNs(node, ns);
    n = (size_t)get_number(r);
    if (node)
        node->_private = (void *)(uintptr_t)n;
    for (n = (size_t)get_number(r); n > 0; n--)
        get_attribute(r, node);
    return node;
}

static const char *
peek_name(reader r)
{
    return get_name(&r);
}

/* One row, last child of reg. */
static void
get_row(reader *r, xmlNode *reg, const char *end)
{
    xmlNode *node = reg; /* NULL below what is left out */
    size_t left_out = 0;

    while (r->p < end) {
        const char mark = *r->p++;
        size_t n;

        if (mark == MARK_ELEMENT) {
            const bool wanted = left_out == 0 &&
                                (node == reg || is_wanted(r, peek_name(*r)));
            xmlNode *made = get_start(r, node, wanted);

            if (made)
                node = made;
            else
                left_out++;
        } else if (mark == MARK_END) {
            if (left_out)
                left_out--;
            else
                node = node->parent;
        } else {
            n = (size_t)get_number(r);
            if (left_out == 0)
                xmlAddChild(node,
                            xmlNewDocTextLen(r->doc, TEXT(r->p), (int)n));
            r->p += n;
        }
    }
}

static bn_code
read_row(bn_row_store *s, const stored *row, const bn_map *words,
         xmlNode *reg, bn_err *err)
{
    reader r = {.s = s, .words = words, .doc = reg->doc};
    size_t have = 0;

    bn_buf_clear(&s->scratch);
    r.p = bn_buf_reserve(&s->scratch, row->nbytes);
    while (have < row->nbytes) {
        const ssize_t n = pread(s->fd, s->scratch.p + have, row->nbytes - have,
                                row->at + (int64_t)have);

        if (n <= 0)
            return bn_fail(err, BN_EREAD, BN_NOWHERE, "TMPDIR", "");
        have += (size_t)n;
    }
    get_row(&r, reg, r.p + row->nbytes);
    return BN_OK;
}

/* An empty <register> in the place of input's own. */
static xmlNode *
empty_register(bn_tree *input)
{
    xmlNode *root = xmlDocGetRootElement(input);
    xmlNode *old = first_element(root, "register");
    xmlNode *reg = xmlNewDocNode(input, NULL, TEXT("register"), NULL);

    if (old) {
        xmlReplaceNode(old, reg);
        xmlFreeNode(old);
        return reg;
    }
    return xmlAddChild(root, reg);
}

bn_code
bn_row_store_tree(bn_row_store *s, const bn_map *words, bn_tree *input,
                  bn_err *err)
{
    xmlNode *reg = empty_register(input);
    bn_code code = flush(s, err);

    for (size_t k = 0; k <= ROW_KINDS; k++)
        for (size_t i = 0; i < s->rows[k].n && code == BN_OK; i++)
            code = read_row(s, &s->rows[k].v[i], words, reg, err);
    return code;
}

bn_code
bn_row_store_part(bn_row_store *s, const char *kind, const size_t *which,
                  size_t n, bn_tree *input, bn_err *err)
{
    xmlNode *reg = empty_register(input);
    bn_code code = flush(s, err);

    for (size_t i = 0; i < n && code == BN_OK; i++)
        code = read_row(s, &s->rows[row_kind(kind)].v[which[i]], NULL, reg,
                        err);
    return code;
}
