/* Destinations, links, outline, page labels, signature field. */
#include "pdf/pdf_doc.h"

#include <string.h>

void
bn_pdf_target_add(bn_pdf *pdf, const char *id, bn_oid page, int64_t x,
                  int64_t y)
{
    bn_map_value *slot = bn_map_puts(pdf->targets, id);
    bn_pdf_target *t;

    if (slot->p) /* the first place counts */
        return;
    t = BN_NEW(pdf->arena, bn_pdf_target);
    *t = (bn_pdf_target){page, x, y};
    slot->p = t;
}

/* What is written in an area, for those who hear a link. */
static void
add_text(const bn_area *a, bn_buf *out)
{
    if (a->kind == BN_AREA_TEXT && a->text.run)
        bn_buf_add(out, a->text.run->text, a->text.run->nbytes);
    if (a->kind == BN_AREA_VIEWPORT && a->viewport.alt)
        bn_buf_adds(out, a->viewport.alt);
    for (const bn_area *k = a->first; k; k = k->next)
        add_text(k, out);
}

void
bn_pdf_link_add(bn_canvas *c, const bn_area *a, uint32_t element,
                const int64_t rect[4])
{
    bn_pdf *pdf = c->pdf;
    const bool external = a->external && a->external[0];
    bn_pdf_link link = {
        .page = c->page, .external = external, .parent_key = BN_NO_KEY};
    bn_buf text = {0};

    /* Layout has warned of a target that is nowhere. */
    if (!external && pdf->sink->page_of &&
        pdf->sink->page_of(pdf->sink->layout, a->internal) < 0)
        return;
    memcpy(link.rect, rect, sizeof link.rect);
    add_text(a, &text);
    if (text.len == 0)
        bn_buf_adds(&text, external ? a->external : a->internal);
    link.contents = bn_arena_strdup(pdf->arena, text.p);
    bn_buf_free(&text);
    link.target =
        bn_arena_strdup(pdf->arena, external ? a->external : a->internal);
    link.annotation = bn_object_new(pdf->objects);
    if (pdf->tags) {
        if (element == UINT32_MAX)
            element = bn_tags_stray_link(pdf->tags);
        link.parent_key =
            bn_tags_object(pdf->tags, element, link.annotation, c->page);
    }
    BN_PUSH(&c->annotations) = link.annotation;
    BN_PUSH(&pdf->links) = link;
}

/* A URI has ASCII only: the rest in percent. */
static void
put_uri(bn_buf *out, const char *uri)
{
    bn_buf text = {0};

    for (const char *p = uri; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7F)
            bn_buf_addf(&text, "%%%02X", (unsigned char)*p);
        else
            bn_buf_addc(&text, *p);
    bn_put_string(out, text.p ? text.p : "");
    bn_buf_free(&text);
}

static bool
put_destination(bn_pdf *pdf, bn_buf *out, const char *id)
{
    const bn_map_value *slot = bn_map_finds(pdf->targets, id);
    const bn_pdf_target *t = slot ? slot->p : NULL;
    int32_t page = -1;

    if (t) {
        bn_buf_addf(out, "/Dest[%u 0 R/XYZ ", t->page);
        bn_put_len(out, t->x);
        bn_buf_addc(out, ' ');
        bn_put_len(out, t->y);
        bn_buf_adds(out, " null]");
        return true;
    }
    /* No area carries the id, but layout knows its page. */
    if (pdf->sink->page_of)
        page = pdf->sink->page_of(pdf->sink->layout, id);
    if (page < 0 || (size_t)page >= pdf->pages.n)
        return false;
    bn_buf_addf(out, "/Dest[%u 0 R/Fit]", pdf->pages.v[page]);
    return true;
}

void
bn_pdf_links_finish(bn_pdf *pdf)
{
    for (size_t i = 0; i < pdf->links.n; i++) {
        const bn_pdf_link *l = &pdf->links.v[i];
        bn_buf b = {0};

        bn_buf_adds(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        for (int k = 0; k < 4; k++) {
            bn_put_len(&b, l->rect[k]);
            bn_buf_addc(&b, ' ');
        }
        bn_buf_addf(&b, "]/P %u 0 R/Contents", l->page);
        bn_put_text(&b, l->contents, strlen(l->contents));
        if (l->parent_key != BN_NO_KEY)
            bn_buf_addf(&b, "/StructParent %u", l->parent_key);
        if (l->external) {
            bn_buf_adds(&b, "/A<</S/URI/URI");
            put_uri(&b, l->target);
            bn_buf_adds(&b, ">>");
        } else {
            put_destination(pdf, &b, l->target);
        }
        bn_object_add(pdf->objects, l->annotation, b.p, b.len);
        bn_buf_free(&b);
    }
}

/* -------------------------------------------------------------- outline */

static void
put_bookmark(bn_pdf *pdf, const bn_bookmark *m, bn_buf *b)
{
    const char *title = m->title ? m->title : "";

    bn_buf_adds(b, "/Title");
    bn_put_text(b, title, strlen(title));
    if (m->external && m->external[0]) {
        bn_buf_adds(b, "/A<</S/URI/URI");
        put_uri(b, m->external);
        bn_buf_adds(b, ">>");
    } else if (m->internal) {
        put_destination(pdf, b, m->internal);
    }
    if (m->bold || m->italic)
        bn_buf_addf(b, "/F %d", (m->italic ? 1 : 0) + (m->bold ? 2 : 0));
    if (m->color) {
        bn_buf_adds(b, "/C[");
        for (int shift = 16; shift >= 0; shift -= 8) {
            bn_put_len(b, ((m->color >> shift & 255) * 1000 + 127) / 255);
            bn_buf_addc(b, ' ');
        }
        bn_buf_addc(b, ']');
    }
}

/* Add siblings under an object; returns how many are to be seen when it is
 * open. Depth of outlines is limited by the depth of XML. */
static int
add_bookmarks(bn_pdf *pdf, const bn_bookmark *list, bn_oid parent)
{
    bn_oid previous = 0, first = 0;
    int seen = 0;

    for (const bn_bookmark *m = list; m; m = m->next) {
        const bn_oid id = bn_object_new(pdf->objects);
        bn_buf b = {0};
        int inside;

        put_bookmark(pdf, m, &b);
        bn_object_add(pdf->objects, id, b.p, b.len);
        bn_buf_free(&b);
        bn_object_addf(pdf->objects, id, "/Parent %u 0 R", parent);
        if (previous) {
            bn_object_addf(pdf->objects, id, "/Prev %u 0 R", previous);
            bn_object_addf(pdf->objects, previous, "/Next %u 0 R", id);
        } else {
            first = id;
        }
        inside = m->first ? add_bookmarks(pdf, m->first, id) : 0;
        if (inside)
            bn_object_addf(pdf->objects, id, "/Count %d",
                           m->open ? inside : -inside);
        seen += 1 + (m->open ? inside : 0);
        previous = id;
    }
    if (first)
        bn_object_addf(pdf->objects, parent, "/First %u 0 R/Last %u 0 R", first,
                       previous);
    return seen;
}

void
bn_pdf_outline(bn_pdf *pdf)
{
    const bn_oid catalog = bn_object_catalog(pdf->objects);
    bn_oid root;
    int n;

    if (pdf->doc == NULL || pdf->doc->bookmarks == NULL)
        return;
    root = bn_object_new(pdf->objects);
    n = add_bookmarks(pdf, pdf->doc->bookmarks, root);
    bn_object_addf(pdf->objects, root, "/Type/Outlines/Count %d", n);
    bn_object_addf(pdf->objects, catalog,
                   "/Outlines %u 0 R/PageMode/UseOutlines", root);
}

/* --------------------------------------------------------------- labels */

static void
put_roman(bn_buf *b, int32_t n, bool upper)
{
    static const struct {
        int32_t value;
        const char *lower, *upper;
    } digits[] = {{1000, "m", "M"},  {900, "cm", "CM"}, {500, "d", "D"},
                  {400, "cd", "CD"}, {100, "c", "C"},   {90, "xc", "XC"},
                  {50, "l", "L"},    {40, "xl", "XL"},  {10, "x", "X"},
                  {9, "ix", "IX"},   {5, "v", "V"},     {4, "iv", "IV"},
                  {1, "i", "I"}};

    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++)
        for (; n >= digits[i].value; n -= digits[i].value)
            bn_buf_adds(b, upper ? digits[i].upper : digits[i].lower);
}

/* The style of a label that says its number: 'D', 'r', 'R', or 0. */
static char
label_style(const bn_pdf_label *l)
{
    static const char styles[] = "DrR";

    if (l->text == NULL || l->number < 1 || l->number > 9999)
        return 0;
    for (const char *s = styles; *s; s++) {
        bn_buf b = {0};
        bool same;

        if (*s == 'D')
            bn_buf_addf(&b, "%d", l->number);
        else
            put_roman(&b, l->number, *s == 'R');
        same = b.p && strcmp(b.p, l->text) == 0;
        bn_buf_free(&b);
        if (same)
            return *s;
    }
    return 0;
}

void
bn_pdf_labels(bn_pdf *pdf)
{
    bn_buf b = {0};
    char before = 0;
    int32_t next = 0;

    if (pdf->labels.n == 0)
        return;
    bn_buf_adds(&b, "/PageLabels<</Nums[");
    for (size_t i = 0; i < pdf->labels.n; i++) {
        const bn_pdf_label *l = &pdf->labels.v[i];
        const char style = label_style(l);

        if (style == 0) {
            bn_buf_addf(&b, "%zu<</P", i);
            bn_put_text(&b, l->text ? l->text : "",
                        l->text ? strlen(l->text) : 0);
            bn_buf_adds(&b, ">>");
        } else if (i == 0 || style != before || l->number != next) {
            bn_buf_addf(&b, "%zu<</S/%c/St %d>>", i, style, l->number);
        }
        before = style;
        next = l->number + 1;
    }
    bn_buf_adds(&b, "]>>");
    bn_object_add(pdf->objects, bn_object_catalog(pdf->objects), b.p, b.len);
    bn_buf_free(&b);
}

/* ------------------------------------------------------------ signature */

/* An empty field: without size it shows nothing, and who signs may place it
 * anew. It has an appearance all the same (PDF/A-2 6.3.3). */
void
bn_pdf_signature(bn_canvas *c)
{
    static const char alt[] = "署名欄";
    bn_pdf *pdf = c->pdf;
    bn_objects *o = pdf->objects;
    const bn_oid field = bn_object_new(o), look = bn_object_new(o);
    uint32_t key;
    bn_buf b = {0};

    bn_object_addf(o, look,
                   "/Type/XObject/Subtype/Form/BBox[0 0 0 0]"
                   "/Resources<<>>");
    bn_object_stream(o, look, "\n", 1, BN_STREAM_COPY);
    bn_buf_addf(&b,
                "/Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect"
                "[0 0 0 0]/P %u 0 R/AP<</N %u 0 R>>/TU",
                c->page, look);
    bn_put_text(&b, alt, strlen(alt));
    if (pdf->tags) {
        key = bn_tags_object(pdf->tags, bn_tags_form(pdf->tags, alt), field,
                             c->page);
        bn_buf_addf(&b, "/StructParent %u", key);
    }
    bn_object_add(o, field, b.p, b.len);
    bn_buf_free(&b);
    BN_PUSH(&c->annotations) = field;
    pdf->signature = field;
}
