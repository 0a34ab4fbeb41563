/* Fonts: one CIDFont of a subset a face, LIBHARU.md 2. */
#include "pdf/pdf_doc.h"

#include <string.h>

#include "base/digest.h"
#include "base/utf8.h"

enum { TAG_LETTERS = 6, CMAP_BLOCK = 100, VERTICAL_ORIGIN = 880, EM = 1000 };

bn_pdf_font *
bn_pdf_font_of(bn_pdf *pdf, const bn_face *face, bool vertical)
{
    bn_pdf_font *f = NULL;

    for (size_t i = 0; i < pdf->fonts.n && f == NULL; i++)
        if (pdf->fonts.v[i].face == face)
            f = &pdf->fonts.v[i];
    if (f == NULL) {
        BN_PUSH(&pdf->fonts) = (bn_pdf_font){.face = face};
        f = &pdf->fonts.v[pdf->fonts.n - 1];
        f->subset = bn_subset_new(pdf->arena, face);
    }
    if (f->type0[vertical] == 0) {
        f->type0[vertical] = bn_object_new(pdf->objects);
        bn_object_addf(pdf->objects, pdf->font_dict, "/F%u %u 0 R",
                       f->type0[vertical], f->type0[vertical]);
    }
    return f;
}

static bn_pdf_glyph *
glyph_of(bn_pdf_font *f, uint32_t gid)
{
    if (gid >= f->nglyphs) {
        const uint32_t n = gid + 256;

        f->glyphs = bn_realloc(f->glyphs, n * sizeof *f->glyphs);
        memset(f->glyphs + f->nglyphs, 0, (n - f->nglyphs) * sizeof *f->glyphs);
        f->nglyphs = n;
    }
    return &f->glyphs[gid];
}

int32_t
bn_pdf_advance(bn_pdf_font *f, uint32_t gid)
{
    enum { KNOWN = 1 };
    bn_pdf_glyph *g = glyph_of(f, gid);

    if (g->advance == 0) {
        const int64_t upem = f->face->upem;
        const int64_t units = bn_face_advance(f->face, gid, f->face->upem);

        /* Rounded as the subset does it: another width would be a variant. */
        g->advance = (uint32_t)((units * EM + upem / 2) / upem) + KNOWN;
    }
    return (int32_t)g->advance - KNOWN;
}

uint32_t
bn_pdf_code(bn_pdf_font *f, uint32_t gid, const char *text, size_t nbytes)
{
    const int32_t own = bn_pdf_advance(f, gid);
    bn_pdf_glyph *g = glyph_of(f, gid);

    if (g->code && g->nbytes == nbytes && memcmp(g->text, text, nbytes) == 0)
        return g->code;
    if (g->code || nbytes > sizeof g->text)
        return bn_subset_code(f->subset, gid, text, nbytes, 0, own, false);
    g->code = bn_subset_code(f->subset, gid, text, nbytes, 0, own, false);
    g->nbytes = (uint8_t)nbytes;
    memcpy(g->text, text, nbytes);
    return g->code;
}

/* "ABCDEF+Name": the letters say which glyphs are in it. */
static void
put_name(bn_buf *out, const bn_face *face, const char *font, size_t nbytes)
{
    const bn_digest digest = bn_digest_of(font, nbytes);

    bn_buf_addc(out, '/');
    for (int i = 0; i < TAG_LETTERS; i++)
        bn_buf_addc(out, (char)('A' + digest.bytes[i] % 26));
    bn_buf_addc(out, '+');
    for (const char *p = face->ps_name; *p && p - face->ps_name < 100; p++)
        if (strchr("()<>[]{}/%#", *p) || *p <= ' ' || *p > '~')
            bn_buf_addf(out, "#%02X", (unsigned char)*p);
        else
            bn_buf_addc(out, *p);
}

static int32_t
in_em(const bn_face *face, int32_t units)
{
    return (int32_t)((int64_t)units * EM / face->upem);
}

static bn_oid
add_descriptor(bn_pdf *pdf, const bn_face *face, const bn_buf *name,
               const char *font, size_t nbytes)
{
    bn_objects *o = pdf->objects;
    const bn_oid file = bn_object_new(o), id = bn_object_new(o);
    bn_buf angle = {0};

    bn_put_real(&angle, face->italic_angle);
    if (face->cff)
        bn_object_addf(o, file, "/Subtype/CIDFontType0C");
    else
        bn_object_addf(o, file, "/Length1 %zu", nbytes);
    bn_object_stream(o, file, font, nbytes, BN_STREAM_DEFLATE);
    bn_object_addf(
        o, id,
        "/Type/FontDescriptor/FontName %s/Flags %d/FontBBox[%d %d %d %d]"
        "/ItalicAngle %s/Ascent %d/Descent %d/CapHeight %d/StemV %d"
        "/FontFile%d %u 0 R",
        name->p,
        4 /* symbolic */ + (face->fixed_pitch ? 1 : 0) + (face->serif ? 2 : 0) +
            (face->italic_angle < 0 ? 64 : 0),
        in_em(face, face->bbox[0]), in_em(face, face->bbox[1]),
        in_em(face, face->bbox[2]), in_em(face, face->bbox[3]), angle.p,
        in_em(face, face->ascender), in_em(face, face->descender),
        in_em(face, face->cap_height), face->weight >= 600 ? 140 : 80,
        face->cff ? 3 : 2, file);
    bn_buf_free(&angle);
    return id;
}

static void
put_utf16(bn_buf *out, const char *text, size_t nbytes)
{
    const char *p = text, *end = text + nbytes;

    while (p < end) {
        uint32_t cp = bn_u8_next(&p, end);

        if (cp == BN_U8_BAD)
            cp = 0xFFFD;
        bn_put_utf16(out, cp);
    }
}

static bn_oid
add_to_unicode(bn_pdf *pdf, const bn_subset_row *rows, size_t n)
{
    const bn_oid id = bn_object_new(pdf->objects);
    bn_buf out = {0};

    bn_buf_adds(&out,
                "/CIDInit /ProcSet findresource begin\n12 dict begin\n"
                "begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS)"
                " /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n"
                "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
                "endcodespacerange\n");
    for (size_t i = 0; i < n; i++) {
        if (i % CMAP_BLOCK == 0)
            bn_buf_addf(&out, "%zu beginbfchar\n",
                        n - i < CMAP_BLOCK ? n - i : (size_t)CMAP_BLOCK);
        bn_buf_addc(&out, '<');
        bn_buf_add_hex(&out, rows[i].code, 4);
        bn_buf_adds(&out, "> <");
        put_utf16(&out, rows[i].text, rows[i].nbytes);
        bn_buf_adds(&out, ">\n");
        if (i % CMAP_BLOCK == CMAP_BLOCK - 1 || i == n - 1)
            bn_buf_adds(&out, "endbfchar\n");
    }
    bn_buf_adds(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
                      "end\nend\n");
    bn_object_stream(pdf->objects, id, out.p, out.len, BN_STREAM_DEFLATE);
    bn_buf_free(&out);
    return id;
}

/* W in runs of consecutive codes. */
static void
put_widths(bn_buf *out, const bn_subset_row *rows, size_t n)
{
    bool open = false;

    bn_buf_adds(out, "/DW 1000/W[");
    for (size_t i = 0; i < n; i++) {
        if (open && rows[i].code != rows[i - 1].code + 1) {
            bn_buf_addc(out, ']');
            open = false;
        }
        if (!open)
            bn_buf_add_uint(out, rows[i].code);
        bn_buf_addc(out, open ? ' ' : '[');
        bn_put_int(out, rows[i].adv);
        open = true;
    }
    bn_buf_adds(out, open ? "]]" : "]");
}

/* W2 of those that are not set as DW2 says. */
static void
put_vertical(bn_buf *out, const bn_subset_row *rows, size_t n)
{
    bn_buf_addf(out, "/DW2[%d -1000]/W2[", VERTICAL_ORIGIN);
    for (size_t i = 0; i < n; i++) {
        const bn_subset_row *r = &rows[i];
        const int32_t down = r->v_adv < 0 ? r->v_adv : -r->v_adv;

        if (down != -EM || r->v_x != r->adv / 2 || r->v_y != VERTICAL_ORIGIN)
            bn_buf_addf(out, "%u[%d %d %d]", r->code, down, r->v_x, r->v_y);
    }
    bn_buf_addc(out, ']');
}

static bn_oid
add_gid_map(bn_pdf *pdf, const bn_subset_row *rows, size_t n)
{
    const bn_oid id = bn_object_new(pdf->objects);
    const size_t count = n ? rows[n - 1].code + 1 : 1;
    char *map = bn_alloc(count * 2);

    for (size_t i = 0; i < n; i++) {
        map[rows[i].code * 2] = (char)(rows[i].gid >> 8);
        map[rows[i].code * 2 + 1] = (char)rows[i].gid;
    }
    bn_object_stream(pdf->objects, id, map, count * 2, BN_STREAM_DEFLATE);
    free(map);
    return id;
}

static bn_code
finish(bn_pdf *pdf, bn_pdf_font *f, bn_err *err)
{
    bn_objects *o = pdf->objects;
    const bn_oid cid = bn_object_new(o);
    const char *font;
    const bn_subset_row *rows;
    size_t nbytes, n;
    bn_buf name = {0}, text = {0};
    bn_oid descriptor, unicode;
    const bn_code code =
        bn_subset_finish(f->subset, &font, &nbytes, &rows, &n, err);

    if (code)
        return code;
    put_name(&name, f->face, font, nbytes);
    descriptor = add_descriptor(pdf, f->face, &name, font, nbytes);
    unicode = add_to_unicode(pdf, rows, n);
    bn_buf_addf(&text,
                "/Type/Font/Subtype/CIDFontType%d/BaseFont %s/CIDSystemInfo<<"
                "/Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                "/FontDescriptor %u 0 R",
                f->face->cff ? 0 : 2, name.p, descriptor);
    put_widths(&text, rows, n);
    if (f->type0[1])
        put_vertical(&text, rows, n);
    if (!f->face->cff)
        bn_buf_addf(&text, "/CIDToGIDMap %u 0 R", add_gid_map(pdf, rows, n));
    bn_object_add(o, cid, text.p, text.len);
    for (int v = 0; v < 2; v++)
        if (f->type0[v])
            bn_object_addf(o, f->type0[v],
                           "/Type/Font/Subtype/Type0/BaseFont %s%s/Encoding"
                           "/Identity-%c/DescendantFonts[%u 0 R]/ToUnicode "
                           "%u 0 R",
                           name.p,
                           !f->face->cff ? ""
                           : v           ? "-Identity-V"
                                         : "-Identity-H",
                           v ? 'V' : 'H', cid, unicode);
    bn_buf_free(&name);
    bn_buf_free(&text);
    return BN_OK;
}

bn_code
bn_pdf_fonts_finish(bn_pdf *pdf, bn_err *err)
{
    bn_code code = BN_OK;

    for (size_t i = 0; i < pdf->fonts.n && code == BN_OK; i++)
        code = finish(pdf, &pdf->fonts.v[i], err);
    return code;
}
