#include "pdf/pdf_object.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <hpdf.h>
#include <libdeflate.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/vec.h"

enum {
    LEVEL = 1, /* of 6: a fifth more documents a second, files 9 % longer */
    PAGES_A_NODE = 64 /* below libharu's 32,767 items of an array */
};

/* What we add to a libharu dictionary: entries as text, and stream bytes. */
typedef struct body {
    char *entries;
    size_t nentries, cap;
    const char *bytes;
    size_t nbytes;
    uint8_t stream, unused;
} body;

struct bn_objects {
    HPDF_Doc doc;
    HPDF_STATUS status, detail; /* the first error */
    bn_arena *arena;
    BN_VEC(body) bodies; /* by object number */
    struct libdeflate_compressor *compressor;
    bn_buf scratch;
    uint32_t ntail;
    bn_oid tail;
    bn_tail_print *tail_print;
    void *tail_user;
};

static void
on_error(HPDF_STATUS error_no, HPDF_STATUS detail_no, void *user)
{
    bn_objects *o = user;

    if (o->status == HPDF_OK) { /* later ones only follow from it */
        o->status = error_no;
        o->detail = detail_no;
    }
}

bn_code
bn_objects_status(const bn_objects *o, bn_err *err)
{
    HPDF_STATUS status = o->status ? o->status : HPDF_GetError(o->doc);
    char text[40];

    if (status == HPDF_OK)
        return BN_OK;
    snprintf(text, sizeof text, "libharu 0x%04lX (%lu)", (unsigned long)status,
             (unsigned long)o->detail);
    return bn_fail(err, BN_EPDF, BN_NOWHERE, text);
}

static HPDF_UINT32
number_of(const void *obj)
{
    return ((const HPDF_Obj_Header *)obj)->obj_id & 0x00FFFFFF;
}

static body *
body_of(bn_objects *o, bn_oid id)
{
    while (o->bodies.n <= id)
        BN_PUSH(&o->bodies) = (body){0};
    return &o->bodies.v[id];
}

/* Called by libharu when it writes a dictionary. */
static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    bn_objects *o = dict->error->user_data;
    const body *b = body_of(o, number_of(dict));

    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)b->entries,
                             (HPDF_UINT)b->nentries);
}

bn_code
bn_objects_new(bn_objects **out, bn_err *err)
{
    bn_objects *o;
    bn_code code;

    if (strcmp(HPDF_GetVersion(), HPDF_VERSION_TEXT) != 0)
        return bn_fail(err, BN_EPDFVERSION, BN_NOWHERE, HPDF_GetVersion(),
                       HPDF_VERSION_TEXT);
    o = bn_alloc(sizeof *o);
    o->arena = bn_arena_new();
    o->compressor = libdeflate_alloc_compressor(LEVEL);
    o->doc = HPDF_New(on_error, o);
    if (o->doc == NULL || o->compressor == NULL) {
        bn_objects_free(o);
        return bn_fail(err, BN_EPDF, BN_NOWHERE, "HPDF_New");
    }
    o->doc->pdf_version = HPDF_VER_17;
    HPDF_SetPagesConfiguration(o->doc, PAGES_A_NODE);
    code = bn_objects_status(o, err);
    if (code) {
        bn_objects_free(o);
        return code;
    }
    body_of(o, number_of(o->doc->catalog));
    o->doc->catalog->write_fn = write_entries;
    *out = o;
    return BN_OK;
}

void
bn_objects_free(bn_objects *o)
{
    if (o == NULL)
        return;
    if (o->doc)
        HPDF_Free(o->doc);
    if (o->compressor)
        libdeflate_free_compressor(o->compressor);
    for (size_t i = 0; i < o->bodies.n; i++)
        free(o->bodies.v[i].entries);
    BN_VEC_FREE(&o->bodies);
    bn_buf_free(&o->scratch);
    bn_arena_free(o->arena);
    free(o);
}

bn_oid
bn_object_new(bn_objects *o)
{
    HPDF_Dict dict = HPDF_Dict_New(o->doc->mmgr);

    if (dict == NULL || HPDF_Xref_Add(o->doc->xref, dict) != HPDF_OK)
        return 0;
    dict->write_fn = write_entries;
    body_of(o, number_of(dict));
    return number_of(dict);
}

void
bn_object_add(bn_objects *o, bn_oid id, const char *entries, size_t n)
{
    body *b = body_of(o, id);

    if (b->nentries + n + 1 > b->cap) {
        b->cap = b->nentries + n + 1;
        b->entries = bn_realloc(b->entries, b->cap);
    }
    if (n)
        memcpy(b->entries + b->nentries, entries, n);
    b->nentries += n;
    b->entries[b->nentries++] = '\n';
}

void
bn_object_addf(bn_objects *o, bn_oid id, const char *format, ...)
{
    char text[512];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        bn_object_add(o, id, text,
                      (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

void
bn_objects_deflate(bn_objects *o, const void *bytes, size_t n, bn_buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(o->compressor, n);
    char *to = bn_buf_reserve(out, bound);

    out->len += libdeflate_zlib_compress(o->compressor, bytes, n, to, bound);
}

void
bn_object_stream(bn_objects *o, bn_oid id, const void *bytes, size_t n,
                 enum bn_stream_how how)
{
    body *b = body_of(o, id);

    b->stream = 1;
    if (how == BN_STREAM_DEFLATE) {
        bn_buf_clear(&o->scratch);
        bn_objects_deflate(o, bytes, n, &o->scratch);
        bytes = o->scratch.p;
        n = o->scratch.len;
        bn_object_add(o, id, "/Filter /FlateDecode", 20);
        b = body_of(o, id);
    }
    b->bytes =
        how == BN_STREAM_BORROW ? bytes : bn_arena_copy(o->arena, bytes, n);
    b->nbytes = n;
}

/* We write streams with a direct length and from our own memory. */
static void
drop_stream(bn_objects *o, HPDF_Dict dict)
{
    HPDF_Number length = HPDF_Dict_GetItem(dict, "Length", HPDF_OCLASS_NUMBER);

    if (length)
        body_of(o, number_of(length))->unused = 1;
    HPDF_Dict_RemoveElement(dict, "Length");
    if (dict->stream)
        HPDF_Stream_Free(dict->stream);
    dict->stream = NULL;
    dict->filter = HPDF_STREAM_FILTER_NONE;
}

bn_oid
bn_object_page(bn_objects *o, bn_oid *content)
{
    HPDF_Page page = HPDF_AddPage(o->doc);
    HPDF_PageAttr attr;

    if (page == NULL || page->attr == NULL)
        return 0;
    attr = page->attr;
    drop_stream(o, attr->contents);
    attr->stream = NULL;
    attr->contents->write_fn = write_entries;
    page->write_fn = write_entries;
    /* Both are written by us, in our own number format. */
    HPDF_Dict_RemoveElement(page, "MediaBox");
    HPDF_Dict_RemoveElement(page, "Resources");
    body_of(o, number_of(page));
    body_of(o, number_of(attr->contents));
    *content = number_of(attr->contents);
    return number_of(page);
}

bn_oid
bn_object_catalog(const bn_objects *o)
{
    return number_of(o->doc->catalog);
}

bn_oid
bn_objects_tail(bn_objects *o, uint32_t n, bn_tail_print *print, void *user)
{
    o->tail = o->doc->xref->entries->count;
    o->ntail = n;
    o->tail_print = print;
    o->tail_user = user;
    return o->tail;
}

uint32_t
bn_objects_count(const bn_objects *o)
{
    return o->doc->xref->entries->count + o->ntail;
}

enum bn_object_kind
bn_object_kind(const bn_objects *o, bn_oid id)
{
    HPDF_XrefEntry entry;

    if (o->ntail && id >= o->tail)
        return BN_OBJECT_PLAIN;
    entry = HPDF_Xref_GetEntry(o->doc->xref, id);
    if (entry == NULL || entry->obj == NULL ||
        entry->entry_typ == HPDF_FREE_ENTRY)
        return BN_OBJECT_FREE;
    if (id < o->bodies.n && o->bodies.v[id].unused)
        return BN_OBJECT_FREE;
    return id < o->bodies.n && o->bodies.v[id].stream ? BN_OBJECT_STREAM
                                                      : BN_OBJECT_PLAIN;
}

static HPDF_STATUS
into_buffer(HPDF_Stream stream, const HPDF_BYTE *p, HPDF_UINT n)
{
    bn_buf_add(stream->attr, p, n);
    return HPDF_OK;
}

bn_code
bn_object_print(bn_objects *o, bn_oid id, bn_buf *out, bn_err *err)
{
    HPDF_Stream writer;
    HPDF_XrefEntry entry;
    HPDF_STATUS status;
    const body *b;

    if (o->ntail && id >= o->tail) {
        o->tail_print(o->tail_user, id - o->tail, out);
        return BN_OK;
    }
    b = body_of(o, id);
    entry = HPDF_Xref_GetEntry(o->doc->xref, id);
    if (b->stream)
        bn_object_addf(o, id, "/Length %zu", b->nbytes);
    writer = HPDF_CallbackWriter_New(o->doc->mmgr, into_buffer, out);
    if (entry == NULL || writer == NULL)
        return bn_objects_status(o, err);
    status = HPDF_Obj_WriteValue(entry->obj, writer, NULL);
    HPDF_Stream_Free(writer);
    if (status != HPDF_OK)
        on_error(status, id, o);
    return bn_objects_status(o, err);
}

const char *
bn_object_bytes(const bn_objects *o, bn_oid id, size_t *n)
{
    *n = o->bodies.v[id].nbytes;
    return o->bodies.v[id].bytes;
}
