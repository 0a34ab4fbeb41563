/* The sink: pages in, one file out. */
#include "pdf/pdf.h"

#include <string.h>

#include "pdf/pdf_doc.h"

static char *
copy(bn_pdf *pdf, const char *s)
{
    return s ? bn_arena_strdup(pdf->arena, s) : NULL;
}

static bn_code
on_begin(void *user, const bn_doc_info *info, bn_err *err)
{
    bn_pdf *pdf = user;

    (void)err;
    pdf->doc = info;
    if (info && info->lang && info->lang[0])
        pdf->lang = copy(pdf, info->lang);
    return BN_OK;
}

static bn_code
on_sequence(void *user, const bn_sequence_info *info, bn_err *err)
{
    bn_pdf *pdf = user;
    bn_buf b = {0};

    (void)err;
    if (pdf->lang || info == NULL || info->lang == NULL || !info->lang[0])
        return BN_OK;
    bn_buf_adds(&b, info->lang);
    if (info->country && info->country[0] && strchr(info->lang, '-') == NULL)
        bn_buf_addf(&b, "-%s", info->country);
    pdf->lang = copy(pdf, b.p);
    bn_buf_free(&b);
    return BN_OK;
}

static bn_code
on_page(void *user, const bn_area *page, bn_err *err)
{
    return bn_pdf_page(user, page, err);
}

/* All that needs the layout's data is made now; only writing is left. */
static bn_code
on_end(void *user, bn_err *err)
{
    bn_pdf *pdf = user;
    bn_oid root;
    bn_code code;

    if (pdf->lang == NULL)
        pdf->lang = "ja";
    bn_pdf_links_finish(pdf);
    bn_pdf_outline(pdf);
    bn_pdf_names(pdf);
    bn_pdf_labels(pdf);
    code = bn_pdf_fonts_finish(pdf, err);
    if (code)
        return code;
    bn_pdf_meta(pdf);
    if (pdf->tags) { /* last: its objects are numbered behind all others */
        root = bn_tags_finish(pdf->tags, pdf->objects);
        bn_object_addf(pdf->objects, bn_object_catalog(pdf->objects),
                       "/StructTreeRoot %u 0 R", root);
    }
    pdf->doc = NULL;
    pdf->ended = true;
    return bn_objects_status(pdf->objects, err);
}

bn_code
bn_pdf_new(const bn_pdf_options *o, bn_sink *sink, bn_pdf **out, bn_err *err)
{
    bn_objects *objects;
    bn_code code = bn_objects_new(&objects, err);
    bn_pdf *pdf;

    if (code)
        return code;
    pdf = bn_alloc(sizeof *pdf);
    pdf->arena = bn_arena_new();
    pdf->objects = objects;
    pdf->sink = sink;
    pdf->options = *o;
    pdf->options.producer = copy(pdf, o->producer);
    pdf->options.creator = copy(pdf, o->creator);
    pdf->options.title = copy(pdf, o->title);
    pdf->options.date = copy(pdf, o->date);
    pdf->tags = o->tagged ? bn_tags_new() : NULL;
    pdf->images = bn_map_new(pdf->arena);
    pdf->profiles = bn_map_new(pdf->arena);
    pdf->targets = bn_map_new(pdf->arena);
    pdf->font_dict = bn_object_new(objects);
    pdf->gstate_dict = bn_object_new(objects);
    pdf->info = bn_object_new(objects);
    sink->user = pdf;
    sink->begin = on_begin;
    sink->sequence = on_sequence;
    sink->page = on_page;
    sink->end = on_end;
    *out = pdf;
    return BN_OK;
}

bn_code
bn_pdf_write(bn_pdf *pdf, bn_buf *out, bn_err *err)
{
    if (!pdf->ended)
        return bn_fail(err, BN_EINTERNAL, BN_NOWHERE,
                       "bn_pdf_write before the layout has ended");
    return bn_pdf_save(pdf, out, err);
}

void
bn_pdf_free(bn_pdf *pdf)
{
    if (pdf == NULL)
        return;
    for (size_t i = 0; i < pdf->fonts.n; i++)
        free(pdf->fonts.v[i].glyphs);
    BN_VEC_FREE(&pdf->fonts);
    BN_VEC_FREE(&pdf->links);
    BN_VEC_FREE(&pdf->labels);
    BN_VEC_FREE(&pdf->pages);
    bn_buf_free(&pdf->heading);
    bn_tags_free(pdf->tags);
    bn_objects_free(pdf->objects);
    bn_arena_free(pdf->arena);
    free(pdf);
}
