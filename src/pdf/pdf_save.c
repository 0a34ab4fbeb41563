/*
 * Our own serializer: libharu writes neither object streams nor an xref
 * stream, and loses write errors (LIBHARU.md 4, 6).
 */
#include "pdf/pdf_doc.h"

#include <string.h>

enum {
    OBJECTS_A_STREAM = 200,
    FIELDS = 7 /* bytes of an xref row: type 1, offset 4, generation 2 */
};

#define FILE_LIMIT ((size_t)INT32_MAX) /* libharu's and many readers' */

typedef struct row {
    uint8_t type;    /* 0 free, 1 at offset, 2 in object stream */
    uint32_t offset; /* or number of the object stream */
    uint16_t index;
} row;

typedef struct saver {
    bn_objects *objects;
    bn_buf *out;
    size_t start; /* where the file begins in out */
    row *rows;
    uint32_t nrows;
    bn_buf head, body; /* of the object stream being filled */
    uint32_t in_stream;
    bn_oid stream; /* its number */
} saver;

static void
begin_object(saver *s, bn_oid id)
{
    s->rows[id] = (row){1, (uint32_t)(s->out->len - s->start), 0};
    bn_buf_add_uint(s->out, id);
    bn_buf_adds(s->out, " 0 obj\n");
}

static void
add_stream(saver *s, bn_oid id, const char *dict, const char *bytes, size_t n)
{
    begin_object(s, id);
    bn_buf_adds(s->out, dict);
    bn_buf_adds(s->out, "\nstream\n");
    bn_buf_add(s->out, bytes, n);
    bn_buf_adds(s->out, "\nendstream\nendobj\n");
}

static void
flush_object_stream(saver *s)
{
    bn_buf deflated = {0}, dict = {0};
    size_t first = s->head.len;

    if (s->in_stream == 0)
        return;
    bn_buf_add(&s->head, s->body.p, s->body.len);
    bn_objects_deflate(s->objects, s->head.p, s->head.len, &deflated);
    bn_buf_addf(&dict,
                "<</Type/ObjStm/N %u/First %zu/Filter/FlateDecode/Length %zu>>",
                s->in_stream, first, deflated.len);
    add_stream(s, s->stream, dict.p, deflated.p, deflated.len);
    bn_buf_free(&deflated);
    bn_buf_free(&dict);
    bn_buf_clear(&s->head);
    bn_buf_clear(&s->body);
    s->in_stream = 0;
    s->stream++;
}

static bn_code
add_plain(saver *s, bn_oid id, bn_err *err)
{
    bn_code code;

    s->rows[id] = (row){2, s->stream, (uint16_t)s->in_stream};
    bn_buf_add_uint(&s->head, id);
    bn_buf_addc(&s->head, ' ');
    bn_buf_add_uint(&s->head, s->body.len);
    bn_buf_addc(&s->head, ' ');
    code = bn_object_print(s->objects, id, &s->body, err);
    bn_buf_addc(&s->body, '\n');
    if (++s->in_stream == OBJECTS_A_STREAM)
        flush_object_stream(s);
    return code;
}

static bn_code
add_object(saver *s, bn_oid id, bn_err *err)
{
    bn_buf dict = {0};
    const char *bytes;
    size_t n;
    bn_code code;

    switch (bn_object_kind(s->objects, id)) {
    case BN_OBJECT_FREE:
        return BN_OK;
    case BN_OBJECT_PLAIN:
        return add_plain(s, id, err);
    case BN_OBJECT_STREAM:
        break;
    }
    code = bn_object_print(s->objects, id, &dict, err);
    if (code == BN_OK) {
        bytes = bn_object_bytes(s->objects, id, &n);
        add_stream(s, id, dict.p, bytes, n);
    }
    bn_buf_free(&dict);
    return code;
}

/* Free rows form a list that starts at number 0. */
static void
link_free_rows(saver *s)
{
    uint32_t next = 0;

    for (uint32_t i = s->nrows; i-- > 0;)
        if (s->rows[i].type == 0) {
            s->rows[i].offset = next;
            s->rows[i].index = i == 0 ? 65535 : 0;
            next = i;
        }
}

/* Rows with PNG predictor 12 (Up): mostly zeros, since rows are alike. */
static void
add_rows(const saver *s, bn_buf *out)
{
    uint8_t before[FIELDS] = {0};

    for (uint32_t i = 0; i < s->nrows; i++) {
        const row *r = &s->rows[i];
        const uint8_t now[FIELDS] = {
            r->type,
            (uint8_t)(r->offset >> 24),
            (uint8_t)(r->offset >> 16),
            (uint8_t)(r->offset >> 8),
            (uint8_t)r->offset,
            (uint8_t)(r->index >> 8),
            (uint8_t)r->index,
        };
        char *to = bn_buf_reserve(out, FIELDS + 1);

        to[0] = 2;
        for (int k = 0; k < FIELDS; k++)
            to[k + 1] = (char)(now[k] - before[k]);
        memcpy(before, now, FIELDS);
        out->len += FIELDS + 1;
    }
}

static void
add_xref(saver *s, bn_oid id, bn_oid info, const bn_digest *digest)
{
    bn_buf rows = {0}, deflated = {0}, dict = {0};
    size_t at = s->out->len - s->start;
    char hex[BN_DIGEST_HEX];

    bn_digest_hex(digest, hex);
    hex[32] = '\0'; /* 16 bytes, as is usual */
    s->rows[id] = (row){1, (uint32_t)at, 0};
    link_free_rows(s);
    add_rows(s, &rows);
    bn_objects_deflate(s->objects, rows.p, rows.len, &deflated);
    bn_buf_addf(&dict,
                "<</Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R"
                "/ID[<%s><%s>]/Filter/FlateDecode/DecodeParms<</Predictor 12"
                "/Columns %d>>/Length %zu>>",
                s->nrows, bn_object_catalog(s->objects), info, hex, hex, FIELDS,
                deflated.len);
    add_stream(s, id, dict.p, deflated.p, deflated.len);
    bn_buf_addf(s->out, "startxref\n%zu\n%%%%EOF\n", at);
    bn_buf_free(&rows);
    bn_buf_free(&deflated);
    bn_buf_free(&dict);
}

bn_code
bn_pdf_save(bn_pdf *pdf, bn_buf *out, bn_err *err)
{
    const uint32_t count = bn_objects_count(pdf->objects);
    uint32_t nplain = 0;
    saver s = {.objects = pdf->objects, .out = out, .start = out->len};
    bn_code code = BN_OK;

    for (bn_oid id = 1; id < count; id++)
        nplain += bn_object_kind(s.objects, id) == BN_OBJECT_PLAIN;
    s.stream = count;
    s.nrows = count + (nplain + OBJECTS_A_STREAM - 1) / OBJECTS_A_STREAM + 1;
    s.rows = bn_alloc(s.nrows * sizeof *s.rows);
    bn_buf_adds(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (bn_oid id = 1; id < count && code == BN_OK; id++) {
        code = add_object(&s, id, err);
        if (out->len - s.start > FILE_LIMIT)
            code = bn_fail(err, BN_EPDF, BN_NOWHERE, "2 GB");
    }
    if (code == BN_OK) {
        flush_object_stream(&s);
        add_xref(&s, s.nrows - 1, pdf->info, &pdf->options.id);
    }
    bn_buf_free(&s.head);
    bn_buf_free(&s.body);
    free(s.rows);
    return code;
}
