/* format.c - the formatter by itself. */
#include "content/content.h"
#include "pipeline/article.h"
#include "pipeline/run.h"

#include <string.h>

/* Read IN, through the stylesheet when there is one, into an FO tree. doc
 * must outlive the tree: SVG inside is not copied. */
static bn_code
load_fo(bn_run *r, const char *in, const char *xsl, bn_tree **doc,
        bn_fo_tree **fo, bn_msgs *msgs)
{
    double start = bn_cpu_seconds();
    bn_tree *data = NULL;
    bn_code code;

    if (xsl == NULL) {
        code = bn_fo_load(r->source, in, r->o.strict, fo, msgs);
        r->cpu[BN_STAGE_FO] += bn_cpu_seconds() - start;
        return code;
    }
    code = bn_xml_load(r->source, in, BN_XML_PLAIN, &data, msgs);
    r->cpu[BN_STAGE_LOAD] += bn_cpu_seconds() - start;
    if (code)
        return code;
    start = bn_cpu_seconds();
    code = bn_transform_run(r->transform, xsl, data, NULL, NULL, 0, doc, msgs);
    bn_tree_free(data);
    r->cpu[BN_STAGE_PAGE] += bn_cpu_seconds() - start;
    if (code)
        return code;
    start = bn_cpu_seconds();
    code = bn_fo_build(*doc, r->o.strict, fo, msgs);
    r->cpu[BN_STAGE_FO] += bn_cpu_seconds() - start;
    return code;
}

/* /ID of the PDF: what went in, and the program. */
static bn_digest
input_digest(bn_run *r, const char *in, const char *xsl)
{
    static const char version[] = "bunsho " BN_VERSION;
    const char *const files[] = {in, xsl};
    bn_hasher *h = bn_hasher_new();

    bn_hasher_add(h, version, sizeof version);
    for (size_t i = 0; i < 2; i++) {
        const bn_digest *d = NULL;

        if (files[i])
            d = bn_source_file_digest(
                r->source, bn_source_file_number(r->source, files[i]));
        if (d)
            bn_hasher_add(h, d, sizeof *d);
    }
    return bn_hasher_finish(h);
}

static bn_code
declare(bn_run *r, bn_arena *a, const char *file, bn_msgs *msgs)
{
    bn_err err = {0};

    if (bn_source_add_root(r->source, bn_folder_of(a, file), &err))
        return bn_say(msgs, &err);
    return BN_OK;
}

static bool
is_markdown(const char *path)
{
    const size_t n = strlen(path);

    return n > 3 && strcmp(path + n - 3, ".md") == 0;
}

/* A Markdown file by the layout that its front matter names. */
static bn_code
format_markdown(bn_run *r, bn_arena *a, const char *in, bn_dump dump,
                bn_buf *out, bn_msgs *msgs)
{
    const bn_content_job job = {.source = r->source,
                                .transform = r->transform,
                                .arena = a,
                                .share = r->o.share,
                                .house = r->o.house,
                                .unit = "",
                                .today = r->o.today};
    bn_article article = {.name = in,
                          .base = bn_folder_of(a, in),
                          .files = &in,
                          .nfiles = 1,
                          .dump = dump};
    bn_tree *content = NULL;
    bn_code code = bn_markdown_make(&job, in, &content, &article.layout,
                                    &article.title, msgs);

    if (code == BN_OK)
        code = bn_article_set(r, a, &article, content, out, msgs);
    bn_tree_free(content);
    return code;
}

bn_code
bn_format_file(bn_run *r, const char *in, const char *xsl, bn_dump dump,
               const char *out, bn_buf *sheet, bn_msgs *msgs)
{
    bn_arena *a = bn_arena_new();
    bn_fo_tree *fo = NULL;
    bn_tree *doc = NULL;
    bn_buf bytes = {0};
    bn_buf *to = out ? &bytes : sheet;
    bn_code code = declare(r, a, in, msgs);

    if (code == BN_OK && xsl)
        code = declare(r, a, xsl, msgs);
    if (code == BN_OK && is_markdown(in))
        code = format_markdown(r, a, in, dump, to, msgs);
    else if (code == BN_OK)
        code = load_fo(r, in, xsl, &doc, &fo, msgs);
    if (fo && code == BN_OK && dump == BN_DUMP_FO) {
        bn_fo_dump(fo, to);
    } else if (fo && code == BN_OK) {
        const bn_sheet s = {
            .fo = fo,
            .base = bn_folder_of(a, in),
            .dump = dump,
            .pdf = {.producer = "bunsho " BN_VERSION,
                    .date = r->o.date,
                    .id = input_digest(r, in, xsl),
                    .tagged = true},
        };

        code = bn_sheet_make(r, &s, to, msgs);
    }
    if (code == BN_OK && out)
        code = bn_put_file(r, out, &bytes, msgs);
    bn_buf_free(&bytes);
    if (fo)
        bn_fo_free(fo);
    if (doc)
        bn_tree_free(doc);
    bn_arena_free(a);
    return code;
}
