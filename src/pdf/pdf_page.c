/* One page of areas, walked in the order of painting. */
#include "pdf/pdf_doc.h"

#include <string.h>

enum { NO_ELEMENT = UINT32_MAX };

/* What holds for the areas inside the one being walked. */
typedef struct walk {
    bn_canvas *c;
    bn_frame frame;
    int64_t ip, bp;       /* content corner of the parent */
    const bn_struct *tag; /* NULL: nothing was said */
    uint8_t artifact;     /* BN_MARK_NONE: it is text of the document */
    const bn_frame *page;
    const int64_t *seen; /* what is not cut off: left, bottom, right, top; NULL:
                            all */
    int64_t *link;       /* grows by what stands in it; NULL: no link */
} walk;

static void walk_area(const walk *outer, const bn_area *a);

/* -------------------------------------------------------------- frames */

/* The frame inside a reference area whose content corner is at (ip, bp). */
static bn_frame
enter_frame(const bn_frame *f, const bn_area *a, int64_t ip, int64_t bp)
{
    const bn_turn t = bn_area_turn(a, f->mode);
    const int64_t x0 = t.e + ip, y0 = t.f + bp;

    return (bn_frame){
        .a = (int8_t)(f->a * t.a + f->c * t.b),
        .b = (int8_t)(f->b * t.a + f->d * t.b),
        .c = (int8_t)(f->a * t.c + f->c * t.d),
        .d = (int8_t)(f->b * t.c + f->d * t.d),
        .e = f->a * x0 + f->c * y0 + f->e,
        .f = f->b * x0 + f->d * y0 + f->f,
        .mode = a->writing_mode,
    };
}

static bool
needs_frame(const walk *w, const bn_area *a)
{
    return (a->flags & BN_REFERENCE || a->kind == BN_AREA_REGION) &&
           (a->rotate != 0 || a->writing_mode != w->frame.mode);
}

/* ---------------------------------------------------------------- marks */

static void
mark_decoration(const walk *w)
{
    bn_canvas_mark(w->c, w->artifact ? w->artifact : BN_MARK_ARTIFACT, 0);
}

/* The element of what is inside; elements are made when they get content. */
static uint32_t
element_of(const walk *w)
{
    bn_canvas *c = w->c;
    uint32_t element;

    if (c->pdf->tags == NULL || w->artifact)
        return NO_ELEMENT;
    element = bn_tags_element(c->pdf->tags, w->tag);
    if (!bn_tags_is_document(element))
        return element;
    /* No text stands in the document itself. */
    if (c->paragraph == 0)
        c->paragraph = bn_tags_paragraph(c->pdf->tags, 0);
    return c->paragraph;
}

static void
mark_content(const walk *w)
{
    if (w->artifact)
        bn_canvas_mark(w->c, w->artifact, 0);
    else
        bn_canvas_mark(w->c, BN_MARK_ELEMENT, element_of(w));
}

/* A paper whose author gave it no title is called by its first heading
 * (PDF/UA-1 7.1 asks for one). */
static void
note_heading(const walk *w, const bn_area *a)
{
    bn_pdf *pdf = w->c->pdf;
    const bn_glyph_run *r = a->text.run;

    if (w->artifact || pdf->tags == NULL || r == NULL ||
        w->c->mark != BN_MARK_ELEMENT)
        return;
    if (pdf->heading_of == 0 &&
        strcmp(bn_tags_name(pdf->tags, w->c->element), "H1") == 0)
        pdf->heading_of = w->c->element;
    if (pdf->heading_of && pdf->heading_of == w->c->element)
        bn_buf_add(&pdf->heading, r->text, r->nbytes);
}

static void
enter_element(walk *w, const bn_area *a)
{
    if (a->kind == BN_AREA_REGION && a->region.region != BN_REGION_BODY)
        w->artifact = BN_MARK_PAGINATION;
    else if (a->kind == BN_AREA_REGION && a->writing_mode != BN_LR_TB)
        w->c->pdf->right_to_left = true;
    if (w->artifact)
        return;
    if ((a->flags & BN_ARTIFACT) || (a->tag && bn_tags_artifact(a->tag))) {
        w->artifact = BN_MARK_ARTIFACT;
        return;
    }
    if (a->tag == NULL)
        return;
    w->tag = a->tag;
    /* A row with an empty cell left out would be read wrong. */
    if (w->c->pdf->tags && bn_tags_keeps(a->tag))
        bn_tags_element(w->c->pdf->tags, a->tag);
}

/* -------------------------------------------------------------- drawing */

static void
page_rect(const bn_frame *f, int64_t ip, int64_t bp, int64_t ipd, int64_t bpd,
          int64_t out[4])
{
    const int64_t x1 = f->a * ip + f->c * bp + f->e;
    const int64_t y1 = f->b * ip + f->d * bp + f->f;
    const int64_t x2 = x1 + f->a * ipd + f->c * bpd;
    const int64_t y2 = y1 + f->b * ipd + f->d * bpd;

    out[0] = x1 < x2 ? x1 : x2;
    out[1] = y1 < y2 ? y1 : y2;
    out[2] = x1 < x2 ? x2 : x1;
    out[3] = y1 < y2 ? y2 : y1;
}

/* A picture is a figure if somebody said what is on it, else decoration. */
static void
mark_figure(walk *w, const bn_area *a, const int64_t rect[4])
{
    bn_tags *t = w->c->pdf->tags;
    const char *alt = a->viewport.alt;
    uint32_t element;

    if (t == NULL)
        return;
    if (alt == NULL && w->tag)
        alt = w->tag->alt;
    if (alt == NULL || alt[0] == '\0')
        w->artifact = w->artifact ? w->artifact : BN_MARK_ARTIFACT;
    if (!w->artifact) {
        element = element_of(w);
        bn_tags_alt(t, element, alt);
        bn_tags_bbox(t, element, rect);
    }
    mark_content(w);
}

static void
draw_viewport(walk *w, const bn_area *a)
{
    const int64_t ip = w->ip + a->viewport.ip, bp = w->bp + a->viewport.bp;
    int64_t rect[4];

    if (a->viewport.image == NULL || a->viewport.ipd <= 0 ||
        a->viewport.bpd <= 0)
        return;
    page_rect(&w->frame, ip, bp, a->viewport.ipd, a->viewport.bpd, rect);
    mark_figure(w, a, rect);
    bn_canvas_text_end(w->c);
    bn_pdf_image(w->c, &w->frame, a->viewport.image, ip, bp, a->viewport.ipd,
                 a->viewport.bpd);
}

/* The area's own content; w is already inside it. */
static void
draw_content(walk *w, const bn_area *a)
{
    switch (a->kind) {
    case BN_AREA_TEXT:
        mark_content(w);
        note_heading(w, a);
        bn_pdf_text_area(w->c, &w->frame, a, w->ip, w->bp);
        break;
    case BN_AREA_RULE:
        mark_decoration(w);
        bn_pdf_rule(w->c, &w->frame, a, w->ip, w->bp);
        break;
    case BN_AREA_VIEWPORT:
        draw_viewport(w, a);
        break;
    default:
        break;
    }
}

static void
begin_clip(const walk *w, const bn_area *a, int64_t ip, int64_t bp,
           const int64_t size[2])
{
    const int64_t before = a->box ? a->box->border[BN_BEFORE].width : 0;
    const int64_t after = a->box ? a->box->border[BN_AFTER].width : 0;
    const int64_t start = a->box ? a->box->border[BN_START].width : 0;
    const int64_t end = a->box ? a->box->border[BN_END].width : 0;

    bn_canvas_mark(w->c, BN_MARK_NONE, 0);
    bn_canvas_push(w->c);
    bn_canvas_rect(w->c, &w->frame, ip + start, bp + before,
                   size[0] - start - end, size[1] - before - after);
    bn_buf_adds(&w->c->ops, "W n\n");
}

/* Of a clip or transform. */
static void
end_clip(const walk *w)
{
    bn_canvas_mark(w->c, BN_MARK_NONE, 0);
    bn_canvas_pop(w->c);
}

static const double *
transform_of(const bn_area *a)
{
    return a->kind == BN_AREA_BLOCK && (a->flags & BN_VIEWPORT_AREA)
               ? a->block.transform
               : NULL;
}

/* t is said of a corner, with y down; what is drawn has its places on the page,
 * with y up: there, then t, and back. */
static void
begin_transform(const walk *w, const double t[6], int64_t ip, int64_t bp)
{
    const bn_frame *f = &w->frame;
    const double x = (double)(f->a * ip + f->c * bp + f->e) / 1000;
    const double y = (double)(f->b * ip + f->d * bp + f->f) / 1000;
    const double m[6] = {t[0],
                         -t[1],
                         -t[2],
                         t[3],
                         x - t[0] * x + t[2] * y + t[4],
                         y + t[1] * x - t[3] * y - t[5]};

    bn_canvas_mark(w->c, BN_MARK_NONE, 0);
    bn_canvas_push(w->c);
    bn_put_reals(&w->c->ops, m, 6, "cm\n");
}

static void
note_target(const walk *w, const bn_area *a, const int64_t rect[4])
{
    const char *id = a->id ? a->id : NULL;

    if (id && id[0])
        bn_pdf_target_add(w->c->pdf, id, w->c->page, rect[0], rect[3]);
}

static bool
leads(const bn_area *a)
{
    return (a->internal && a->internal[0]) || (a->external && a->external[0]);
}

static void
grow(int64_t to[4], const int64_t by[4])
{
    for (int i = 0; i < 4; i++)
        if (i < 2 ? by[i] < to[i] : by[i] > to[i])
            to[i] = by[i];
}

static void
cut(int64_t to[4], const int64_t *by)
{
    for (int i = 0; by != NULL && i < 4; i++)
        if (i < 2 ? by[i] > to[i] : by[i] < to[i])
            to[i] = by[i];
}

/* A link is there as far as it is seen. */
static void
add_link(const walk *w, const bn_area *a, const int64_t box[4],
         const int64_t *seen)
{
    int64_t rect[4];

    memcpy(rect, box, sizeof rect);
    cut(rect, seen);
    if (rect[2] > rect[0] && rect[3] > rect[1])
        bn_pdf_link_add(w->c, a, element_of(w), rect);
}

static void
walk_area(const walk *outer, const bn_area *a)
{
    walk w = *outer;
    const bool fixed = a->flags & BN_FIXED;
    const bool hidden = a->flags & BN_HIDDEN;
    const bool clip = a->flags & BN_CLIP;
    const double *const transform = transform_of(a);
    int64_t ip, bp, size[2], rect[4], seen[4], link[4];

    if (fixed) {
        w.frame = *w.page;
        w.ip = w.bp = 0;
        w.seen = NULL;
        w.link = NULL;
    }
    ip = w.ip + a->ip;
    bp = w.bp + a->bp;
    size[0] =
        (int64_t)a->ipd + bn_area_edge(a, BN_START) + bn_area_edge(a, BN_END);
    size[1] = (int64_t)a->bpd + bn_area_edge(a, BN_BEFORE) +
              bn_area_edge(a, BN_AFTER);
    page_rect(&w.frame, ip, bp, size[0], size[1], rect);
    note_target(&w, a, rect);
    enter_element(&w, a);
    if (transform)
        begin_transform(&w, transform, ip, bp);
    if (a->box && !hidden) {
        mark_decoration(&w);
        bn_pdf_box(w.c, &w.frame, a->box, ip, bp, size[0], size[1]);
    }
    /* A picture or a block is higher than the line its link stands in. */
    if (w.link && (a->kind == BN_AREA_VIEWPORT || a->kind == BN_AREA_BLOCK))
        grow(w.link, rect);
    if (leads(a)) {
        memcpy(link, rect, sizeof link);
        w.link = link;
    }
    if (clip) {
        begin_clip(&w, a, ip, bp, size);
        memcpy(seen, rect, sizeof seen);
        cut(seen, w.seen);
        w.seen = seen;
        w.link = NULL; /* what is cut off here is no part of it */
    }
    w.ip = ip + bn_area_edge(a, BN_START);
    w.bp = bp + bn_area_edge(a, BN_BEFORE);
    if (needs_frame(&w, a)) {
        w.frame = enter_frame(&w.frame, a, w.ip, w.bp);
        w.ip = w.bp = 0;
    }
    if (!hidden)
        draw_content(&w, a);
    for (const bn_area *k = a->first; k; k = k->next)
        walk_area(&w, k);
    if (clip)
        end_clip(&w);
    if (transform)
        end_clip(&w);
    if (leads(a))
        add_link(&w, a, link, outer->seen);
}

/* ----------------------------------------------------------------- page */

/* The sheet as its reader holds it. A page of vertical lines is as wide as
 * its block-progression-dimension. */
static bn_frame
page_frame(const bn_area *page, bn_len *width, bn_len *height)
{
    const bool vertical = page->writing_mode == BN_TB_RL;

    *width = vertical ? page->bpd : page->ipd;
    *height = vertical ? page->ipd : page->bpd;
    if (vertical)
        return (bn_frame){0, -1, -1, 0, BN_TB_RL, *width, *height};
    if (page->writing_mode == BN_RL_TB)
        return (bn_frame){-1, 0, 0, -1, BN_RL_TB, *width, *height};
    return (bn_frame){1, 0, 0, -1, BN_LR_TB, 0, *height};
}

static void
finish_page(bn_pdf *pdf, bn_canvas *c, bn_len width, bn_len height,
            bn_oid content)
{
    bn_buf b = {0};

    bn_canvas_mark(c, BN_MARK_NONE, 0);
    bn_canvas_text_end(c);
    if (c->ops.len == 0) /* an empty deflated stream upsets mupdf */
        bn_buf_addc(&c->ops, '\n');
    bn_object_stream(pdf->objects, content, c->ops.p, c->ops.len,
                     BN_STREAM_DEFLATE);
    bn_buf_adds(&b, "/MediaBox[0 0 ");
    bn_put_len(&b, width);
    bn_buf_addc(&b, ' ');
    bn_put_len(&b, height);
    bn_buf_addc(&b, ']');
    bn_canvas_resources(c, &b);
    if (c->annotations.n) {
        bn_buf_adds(&b, "/Tabs/S/Annots[");
        for (size_t i = 0; i < c->annotations.n; i++)
            bn_buf_addf(&b, "%u 0 R ", c->annotations.v[i]);
        bn_buf_addc(&b, ']');
    }
    bn_object_add(pdf->objects, c->page, b.p, b.len);
    bn_buf_free(&b);
}

bn_code
bn_pdf_page(bn_pdf *pdf, const bn_area *page, bn_err *err)
{
    bn_len width, height;
    const bn_frame frame = page_frame(page, &width, &height);
    bn_canvas c;
    walk w = {.c = &c, .frame = frame, .page = &frame};
    bn_oid content;

    bn_canvas_init(&c, pdf);
    c.page = bn_object_page(pdf->objects, &content);
    if (c.page == 0)
        return bn_objects_status(pdf->objects, err);
    BN_PUSH(&pdf->pages) = c.page;
    BN_PUSH(&pdf->labels) =
        (bn_pdf_label){page->page.number_text
                           ? bn_arena_strdup(pdf->arena, page->page.number_text)
                           : NULL,
                       page->page.number};
    if (pdf->tags)
        bn_object_addf(pdf->objects, c.page, "/StructParents %u",
                       bn_tags_page(pdf->tags, c.page));
    if (page->id)
        bn_pdf_target_add(pdf, page->id, c.page, 0, height);
    for (const bn_area *k = page->first; k; k = k->next)
        walk_area(&w, k);
    if (pdf->options.signature_field && pdf->signature == 0)
        bn_pdf_signature(&c);
    finish_page(pdf, &c, width, height, content);
    bn_canvas_free(&c);
    return bn_objects_status(pdf->objects, err);
}
