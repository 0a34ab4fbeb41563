/* article.c - content that the program made itself becomes paper. */
#include "pipeline/article.h"

#include <string.h>

#include "content/content.h"

/* /ID of the PDF: what it was made from, and the program. */
static bn_digest
digest(bn_run *r, const bn_article *article)
{
    static const char version[] = "bunsho " BN_VERSION;
    bn_hasher *h = bn_hasher_new();

    bn_hasher_add(h, version, sizeof version);
    for (size_t i = 0; i < article->nfiles; i++) {
        const bn_digest *d = bn_source_file_digest(
            r->source, bn_source_file_number(r->source, article->files[i]));

        if (d)
            bn_hasher_add(h, d, sizeof *d);
    }
    return bn_hasher_finish(h);
}

static bn_code
set_sheet(bn_run *r, const bn_article *article, bn_tree *page, bn_buf *out,
          bn_msgs *msgs)
{
    bn_fo_tree *fo = NULL;
    bn_code code = bn_fo_build(page, r->o.strict, &fo, msgs);

    if (code == BN_OK) {
        const bn_sheet sheet = {.fo = fo,
                                .base = article->base,
                                .dump = article->dump,
                                .pdf = {.producer = "bunsho " BN_VERSION,
                                        .title = article->title,
                                        .date = r->o.date,
                                        .id = digest(r, article),
                                        .tagged = true}};

        code = bn_sheet_make(r, &sheet, out, msgs);
    }
    if (fo)
        bn_fo_free(fo);
    return code;
}

static bn_code
set_page(bn_run *r, bn_arena *a, const bn_article *article, bn_tree *content,
         bn_buf *out, bn_msgs *msgs)
{
    const char *name = bn_arena_printf(a, "%s.xsl", article->layout);
    const char *path =
        bn_overlay(a, r->o.share, r->o.house, "stylesheets/page", name);
    const bn_param params[] = {
        {"today", r->o.today},
        {"draft", ""},
        {"document", article->name},
        {"key", ""},
        {"title", article->title},
        {"landscape", article->landscape ? "yes" : ""},
    };
    bn_tree *page = NULL;
    bn_err err = {0};
    bn_code code;

    if (path == NULL) {
        bn_fail(&err, BN_ECATALOGUEFILE, BN_NOWHERE, article->name, name);
        return bn_say(msgs, &err);
    }
    code = bn_transform_run(r->transform, path, content, NULL, params,
                            sizeof params / sizeof params[0], &page, msgs);
    if (code == BN_OK && article->dump == BN_DUMP_FO) {
        code = bn_tree_write(page, out, &err);
        if (code)
            bn_say(msgs, &err);
    } else if (code == BN_OK) {
        code = set_sheet(r, article, page, out, msgs);
    }
    bn_tree_free(page);
    return code;
}

bn_code
bn_article_set(bn_run *r, bn_arena *a, const bn_article *article,
               bn_tree *content, bn_buf *out, bn_msgs *msgs)
{
    const bn_content_job job = {.source = r->source,
                                .transform = r->transform,
                                .arena = a,
                                .share = r->o.share,
                                .house = r->o.house,
                                .unit = "",
                                .today = r->o.today};
    bn_err err = {0};
    bn_code code = BN_OK;

    if (article->dump == BN_DUMP_CONTENT)
        code = bn_tree_write(content, out, &err);
    else if (article->dump == BN_DUMP_HTML)
        code = bn_content_page(&job, content, out, &err);
    else
        return set_page(r, a, article, content, out, msgs);
    return code ? bn_say(msgs, &err) : BN_OK;
}

bn_code
bn_article_make(bn_run *r, bn_arena *a, const bn_article *article,
                const bn_buf *text, bn_buf *out, bn_msgs *msgs)
{
    bn_tree *tree = NULL;
    bn_code code = bn_xml_parse(r->source, article->name, text->p, text->len,
                                BN_XML_PLAIN, &tree, msgs);

    if (code == BN_OK)
        code = bn_article_set(r, a, article, tree, out, msgs);
    bn_tree_free(tree);
    return code;
}

bn_code
bn_print_article(bn_run *r, const char *name, const char *layout,
                 const char *title, const bn_buf *text, const char *path,
                 bn_msgs *msgs)
{
    const size_t n = strlen(path);
    const bool html = n > 5 && strcmp(path + n - 5, ".html") == 0;
    const bn_article article = {.name = name,
                                .layout = layout,
                                .title = title,
                                .base = ".",
                                .dump = html ? BN_DUMP_HTML : BN_DUMP_NONE};
    bn_arena *a = bn_arena_new();
    bn_buf bytes = {0};
    bn_code code = bn_article_make(r, a, &article, text, &bytes, msgs);

    if (code == BN_OK)
        code = bn_put_file(r, path, &bytes, msgs);
    bn_buf_free(&bytes);
    bn_arena_free(a);
    return code;
}
