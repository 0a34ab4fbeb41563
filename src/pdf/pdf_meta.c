/* What the file says of itself: information, XMP, output intent, catalog. */
#include "pdf/pdf_doc.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ----------------------------------------------------------------- dates */

typedef struct stamp {
    char iso[40]; /* 2026-11-20T00:00:00+09:00 */
    char pdf[40]; /* D:20261120000000+09'00' */
} stamp;

static bool
digits_at(const char *s, const char *pattern)
{
    for (; *pattern; pattern++, s++)
        if (*pattern == '0' ? !isdigit((unsigned char)*s) : *s != *pattern)
            return false;
    return true;
}

/* A date alone is midnight in Japan. False: no date we can read. */
static bool
read_date(const char *s, stamp *out)
{
    char time[9] = "00:00:00", zone[7] = "+09:00";
    const char *p;

    if (s == NULL || !digits_at(s, "0000-00-00"))
        return false;
    p = s + 10;
    if (*p == 'T' && digits_at(p + 1, "00:00:00")) {
        memcpy(time, p + 1, 8);
        p += 9;
        if (*p == '.')
            for (p++; isdigit((unsigned char)*p);)
                p++;
        if (*p == 'Z')
            memcpy(zone, "+00:00", 7);
        else if ((*p == '+' || *p == '-') && digits_at(p + 1, "00:00"))
            memcpy(zone, p, 6);
    }
    snprintf(out->iso, sizeof out->iso, "%.10sT%s%s", s, time, zone);
    snprintf(out->pdf, sizeof out->pdf, "D:%.4s%.2s%.2s%.2s%.2s%.2s%.3s'%.2s'",
             s, s + 5, s + 8, time, time + 3, time + 6, zone, zone + 4);
    return true;
}

/* ------------------------------------------------------------ information */

/* Each fact stands in the information dictionary and in XMP, and is the same
 * in both (PDF/A-2 6.6.3 asks that of readers' trust). */
typedef struct facts {
    const char *title, *author, *subject, *keywords, *creator, *producer;
    bool dated;
    stamp date;
} facts;

static const char untitled[] = "無題";

static const char *
said(const char *s)
{
    return s && s[0] ? s : NULL;
}

static facts
facts_of(const bn_pdf *pdf)
{
    const bn_pdf_options *o = &pdf->options;
    const bn_doc_info *d = pdf->doc;
    facts f = {.producer = said(o->producer), .creator = said(o->creator)};

    if (d) {
        f.title = said(d->title);
        f.author = said(d->author);
        f.subject = said(d->subject);
        f.keywords = said(d->keywords);
    }
    if (f.title == NULL)
        f.title = said(o->title);
    if (f.title == NULL)
        f.title = said(pdf->heading.p);
    if (f.title == NULL)
        f.title = untitled;
    f.dated = read_date(o->date, &f.date);
    return f;
}

static void
add_info(bn_pdf *pdf, const facts *f)
{
    const struct {
        const char *key, *value;
    } rows[] = {{"Title", f->title},     {"Author", f->author},
                {"Subject", f->subject}, {"Keywords", f->keywords},
                {"Creator", f->creator}, {"Producer", f->producer}};
    bn_buf b = {0};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].value) {
            bn_buf_addf(&b, "/%s", rows[i].key);
            bn_put_text(&b, rows[i].value, strlen(rows[i].value));
        }
    if (f->dated)
        bn_buf_addf(&b, "/CreationDate(%s)/ModDate(%s)", f->date.pdf,
                    f->date.pdf);
    if (b.len)
        bn_object_add(pdf->objects, pdf->info, b.p, b.len);
    bn_buf_free(&b);
}

/* ------------------------------------------------------------------- XMP */

/* As character data; what XML cannot hold is left out. The packet is not
 * compressed, so that what looks like PDF to a careless reader (a title of
 * "/JS", "%%EOF") is not spelt out either. */
static void
put_escaped(bn_buf *b, const char *s)
{
    for (; *s; s++)
        switch (*s) {
        case '&':
            bn_buf_adds(b, "&amp;");
            break;
        case '<':
            bn_buf_adds(b, "&lt;");
            break;
        case '>':
            bn_buf_adds(b, "&gt;");
            break;
        case '/':
        case '%':
            bn_buf_addf(b, "&#x%X;", *s);
            break;
        default:
            if ((unsigned char)*s >= ' ' || *s == '\t' || *s == '\n')
                bn_buf_addc(b, *s);
        }
}

static void
put_property(bn_buf *b, const char *before, const char *value,
             const char *after)
{
    if (value == NULL)
        return;
    bn_buf_adds(b, before);
    put_escaped(b, value);
    bn_buf_adds(b, after);
}

/* PDF/A-2 wants a description of schemas that it does not know: PDF/UA's. */
static const char ua_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema"
    "</pdfaSchema:schema><pdfaSchema:namespaceURI>"
    "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property>"
    "<rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part"
    "</pdfaProperty:name><pdfaProperty:valueType>Integer"
    "</pdfaProperty:valueType><pdfaProperty:category>internal"
    "</pdfaProperty:category><pdfaProperty:description>Indicates, which part "
    "of ISO 14289 standard is followed</pdfaProperty:description></rdf:li>"
    "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>"
    "</pdfaExtension:schemas>\n";

static void
put_identification(const bn_pdf *pdf, bn_buf *b)
{
    if (!pdf->device_cmyk)
        bn_buf_adds(b, "<pdfaid:part>2</pdfaid:part>"
                       "<pdfaid:conformance>U</pdfaid:conformance>\n");
    if (pdf->tags == NULL)
        return;
    bn_buf_adds(b, "<pdfuaid:part>1</pdfuaid:part>\n");
    bn_buf_adds(b, ua_schema);
}

static void
add_xmp(bn_pdf *pdf, const facts *f)
{
    static const char lang_alt[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    bn_buf b = {0};
    char open[120];
    bn_oid id;

    bn_buf_adds(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" "
                    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf"
                    "=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                    "<rdf:Description rdf:about=\"\""
                    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                    " xmlns:pdfaExtension="
                    "\"http://www.aiim.org/pdfa/ns/extension/\""
                    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                    " xmlns:pdfaProperty="
                    "\"http://www.aiim.org/pdfa/ns/property#\">\n");
    put_identification(pdf, &b);
    bn_buf_adds(&b, "<dc:format>application/pdf</dc:format>\n");
    snprintf(open, sizeof open, "<dc:title>%s", lang_alt);
    put_property(&b, open, f->title, "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(&b, "<dc:creator><rdf:Seq><rdf:li>", f->author,
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    snprintf(open, sizeof open, "<dc:description>%s", lang_alt);
    put_property(&b, open, f->subject,
                 "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(&b, "<dc:language><rdf:Bag><rdf:li>", pdf->lang,
                 "</rdf:li></rdf:Bag></dc:language>\n");
    put_property(&b, "<pdf:Keywords>", f->keywords, "</pdf:Keywords>\n");
    put_property(&b, "<pdf:Producer>", f->producer, "</pdf:Producer>\n");
    put_property(&b, "<xmp:CreatorTool>", f->creator, "</xmp:CreatorTool>\n");
    if (f->dated)
        bn_buf_addf(&b,
                    "<xmp:CreateDate>%s</xmp:CreateDate>\n<xmp:ModifyDate>%s"
                    "</xmp:ModifyDate>\n<xmp:MetadataDate>%s"
                    "</xmp:MetadataDate>\n",
                    f->date.iso, f->date.iso, f->date.iso);
    bn_buf_adds(&b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                    "<?xpacket end=\"r\"?>");
    id = bn_object_new(pdf->objects);
    bn_object_addf(pdf->objects, id, "/Type/Metadata/Subtype/XML");
    bn_object_stream(pdf->objects, id, b.p, b.len, BN_STREAM_COPY);
    bn_object_addf(pdf->objects, bn_object_catalog(pdf->objects),
                   "/Metadata %u 0 R", id);
    bn_buf_free(&b);
}

/* ------------------------------------------------------------------- ICC */

enum { ICC_HEADER = 128, CURVE = 1024 };

static void
put32(bn_buf *b, uint32_t v)
{
    const char bytes[4] = {(char)(v >> 24), (char)(v >> 16), (char)(v >> 8),
                           (char)v};

    bn_buf_add(b, bytes, 4);
}

static void
put16(bn_buf *b, uint32_t v)
{
    const char bytes[2] = {(char)(v >> 8), (char)v};

    bn_buf_add(b, bytes, 2);
}

static void
put_xyz(bn_buf *b, const double xyz[3])
{
    bn_buf_add(b, "XYZ \0\0\0\0", 8);
    for (int i = 0; i < 3; i++)
        put32(b, (uint32_t)lround(xyz[i] * 65536));
}

static void
put_description(bn_buf *b, const char *text)
{
    static const char empty[78]; /* no Unicode, no Macintosh script */
    const size_t n = strlen(text) + 1;

    bn_buf_add(b, "desc\0\0\0\0", 8);
    put32(b, (uint32_t)n);
    bn_buf_add(b, text, n);
    bn_buf_add(b, empty, sizeof empty);
}

/* The transfer curve of IEC 61966-2-1. */
static void
put_curve(bn_buf *b)
{
    bn_buf_add(b, "curv\0\0\0\0", 8);
    put32(b, CURVE);
    for (int i = 0; i < CURVE; i++) {
        const double v = (double)i / (CURVE - 1);
        const double linear =
            v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);

        put16(b, (uint32_t)lround(linear * 65535));
    }
}

/* Offsets of the tags' data; the three curves are one. */
typedef struct icc_tag {
    const char *name;
    uint32_t at, size;
} icc_tag;

static void
put_icc_header(bn_buf *b, uint32_t size)
{
    static const double d50[3] = {0.9642, 1.0, 0.8249};
    char zero[ICC_HEADER] = {0};

    put32(b, size);
    put32(b, 0);          /* no preferred module */
    put32(b, 0x02400000); /* version 2.4 */
    bn_buf_adds(b, "mntrRGB XYZ ");
    put16(b, 2000); /* any fixed date */
    for (int i = 0; i < 2; i++)
        put16(b, 1);
    bn_buf_add(b, zero, 6);
    bn_buf_adds(b, "acsp");
    bn_buf_add(b, zero, 28);
    for (int i = 0; i < 3; i++)
        put32(b, (uint32_t)lround(d50[i] * 65536));
    bn_buf_add(b, zero, ICC_HEADER - b->len);
}

/* A matrix profile of sRGB, version 2, adapted to D50. */
static void
make_icc(bn_buf *out)
{
    static const double white[3] = {0.9505, 1.0, 1.0891};
    static const double red[3] = {0.43607, 0.22249, 0.01392};
    static const double green[3] = {0.38515, 0.71687, 0.09708};
    static const double blue[3] = {0.14307, 0.06061, 0.71410};
    icc_tag tags[] = {{"desc", 0, 0}, {"cprt", 0, 0}, {"wtpt", 0, 0},
                      {"rXYZ", 0, 0}, {"gXYZ", 0, 0}, {"bXYZ", 0, 0},
                      {"rTRC", 0, 0}, {"gTRC", 0, 0}, {"bTRC", 0, 0}};
    const double *const xyz[] = {white, red, green, blue};
    const size_t n = sizeof tags / sizeof tags[0];
    const uint32_t start = (uint32_t)(ICC_HEADER + 4 + 12 * n);
    bn_buf data = {0};

    for (size_t i = 0; i < n; i++) {
        tags[i].at = start + (uint32_t)data.len;
        if (i == 0)
            put_description(&data, "sRGB IEC61966-2.1");
        else if (i == 1)
            bn_buf_add(&data, "text\0\0\0\0No copyright", 21);
        else if (i < 6)
            put_xyz(&data, xyz[i - 2]);
        else if (i == 6)
            put_curve(&data);
        else
            tags[i].at = tags[6].at;
        tags[i].size =
            i > 6 ? tags[6].size : start + (uint32_t)data.len - tags[i].at;
        while (data.len % 4)
            bn_buf_addc(&data, '\0');
    }
    put_icc_header(out, start + (uint32_t)data.len);
    put32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        bn_buf_adds(out, tags[i].name);
        put32(out, tags[i].at);
        put32(out, tags[i].size);
    }
    bn_buf_add(out, data.p, data.len);
    bn_buf_free(&data);
}

static void
add_intent(bn_pdf *pdf)
{
    const bn_oid profile = bn_object_new(pdf->objects);
    bn_buf icc = {0};

    make_icc(&icc);
    bn_object_addf(pdf->objects, profile, "/N 3");
    bn_object_stream(pdf->objects, profile, icc.p, icc.len, BN_STREAM_DEFLATE);
    bn_buf_free(&icc);
    bn_object_addf(pdf->objects, bn_object_catalog(pdf->objects),
                   "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                   "/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB "
                   "IEC61966-2.1)/DestOutputProfile %u 0 R>>]",
                   profile);
}

void
bn_pdf_meta(bn_pdf *pdf)
{
    const facts f = facts_of(pdf);
    const bn_oid catalog = bn_object_catalog(pdf->objects);
    bn_buf b = {0};

    add_info(pdf, &f);
    add_xmp(pdf, &f);
    add_intent(pdf);
    bn_buf_adds(&b, "/ViewerPreferences<</DisplayDocTitle true");
    if (pdf->right_to_left)
        bn_buf_adds(&b, "/Direction/R2L");
    bn_buf_adds(&b, ">>/Lang");
    bn_put_string(&b, pdf->lang);
    if (pdf->tags)
        bn_buf_adds(&b, "/MarkInfo<</Marked true>>");
    if (pdf->signature)
        bn_buf_addf(&b, "/AcroForm<</Fields[%u 0 R]>>", pdf->signature);
    bn_object_add(pdf->objects, catalog, b.p, b.len);
    bn_buf_free(&b);
}
