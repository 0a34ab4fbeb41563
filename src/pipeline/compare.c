/* compare.c - two law texts become a comparison table. */
#include "compare/compare.h"

#include <string.h>

#include "content/content.h"
#include "pipeline/run.h"

/* One comparison on its way. */
typedef struct job {
    bn_run *r;
    const bn_compare_options *o;
    bn_arena *arena;
    bn_comparison comparison;
    bn_table table;
    bn_msgs *msgs;
} job;

static bn_code
read_side(job *j, const char *file, bn_provisions *out)
{
    bn_tree *tree = NULL;
    bn_err err = {0};
    bn_code code =
        bn_source_add_root(j->r->source, bn_folder_of(j->arena, file), &err);

    if (code)
        return bn_say(j->msgs, &err);
    code = bn_xml_load(j->r->source, file, BN_XML_PLAIN, &tree, j->msgs);
    if (code == BN_OK)
        code = bn_provisions_read(j->arena, tree, out, j->msgs);
    bn_tree_free(tree);
    return code;
}

/* /ID of the PDF: both texts, and the program. */
static bn_digest
digest(const job *j)
{
    static const char version[] = "bunsho " BN_VERSION;
    const char *const files[] = {j->o->old, j->o->new};
    bn_hasher *h = bn_hasher_new();

    bn_hasher_add(h, version, sizeof version);
    for (size_t i = 0; i < 2; i++) {
        const bn_digest *d = bn_source_file_digest(
            j->r->source, bn_source_file_number(j->r->source, files[i]));

        if (d)
            bn_hasher_add(h, d, sizeof *d);
    }
    return bn_hasher_finish(h);
}

static bn_code
set_page(job *j, bn_tree *content, bn_buf *out)
{
    bn_run *r = j->r;
    const char *path = bn_overlay(j->arena, r->o.share, r->o.house,
                                  "stylesheets/page", "comparison.xsl");
    const bn_param params[] = {
        {"today", r->o.today},      {"draft", ""},
        {"document", "comparison"}, {"key", ""},
        {"title", j->table.title},  {"landscape", ""},
    };
    bn_tree *page = NULL;
    bn_fo_tree *fo = NULL;
    bn_err err = {0};
    bn_code code;

    if (path == NULL) {
        bn_fail(&err, BN_ECATALOGUEFILE, BN_NOWHERE, "comparison",
                "comparison.xsl");
        return bn_say(j->msgs, &err);
    }
    code = bn_transform_run(r->transform, path, content, NULL, params,
                            sizeof params / sizeof params[0], &page, j->msgs);
    if (code == BN_OK && j->o->dump == BN_DUMP_FO) {
        code = bn_tree_write(page, out, &err);
        if (code)
            bn_say(j->msgs, &err);
    } else if (code == BN_OK) {
        code = bn_fo_build(page, r->o.strict, &fo, j->msgs);
        if (code == BN_OK) {
            const bn_sheet sheet = {.fo = fo,
                                    .base = bn_folder_of(j->arena, j->o->new),
                                    .dump = j->o->dump,
                                    .pdf = {.producer = "bunsho " BN_VERSION,
                                            .title = j->table.title,
                                            .date = r->o.date,
                                            .id = digest(j),
                                            .tagged = true}};

            code = bn_sheet_make(r, &sheet, out, j->msgs);
            bn_fo_free(fo);
        }
    }
    bn_tree_free(page);
    return code;
}

static bn_code
from_content(job *j, bn_buf *out)
{
    const bn_content_job content = {.source = j->r->source,
                                    .transform = j->r->transform,
                                    .arena = j->arena,
                                    .share = j->r->o.share,
                                    .house = j->r->o.house,
                                    .unit = "",
                                    .today = j->r->o.today};
    bn_buf text = {0};
    bn_tree *tree = NULL;
    bn_err err = {0};
    bn_code code;

    bn_table_content(&j->table, j->o->old_first, &text);
    code = bn_xml_parse(j->r->source, "comparison", text.p, text.len,
                        BN_XML_PLAIN, &tree, j->msgs);
    if (code == BN_OK && j->o->dump == BN_DUMP_CONTENT) {
        code = bn_tree_write(tree, out, &err);
        if (code)
            bn_say(j->msgs, &err);
    } else if (code == BN_OK && j->o->dump == BN_DUMP_HTML) {
        code = bn_content_page(&content, tree, out, &err);
        if (code)
            bn_say(j->msgs, &err);
    } else if (code == BN_OK) {
        code = set_page(j, tree, out);
    }
    bn_tree_free(tree);
    bn_buf_free(&text);
    return code;
}

static bn_code
make(job *j, bn_buf *out)
{
    bn_provisions old, new;
    bn_code code = read_side(j, j->o->old, &old);

    if (code == BN_OK)
        code = read_side(j, j->o->new, &new);
    if (code)
        return code;
    bn_compare(j->arena, &old, &new, &j->comparison);
    if (j->o->as == BN_COMPARE_JSON) {
        bn_comparison_json(&j->comparison, out);
        return BN_OK;
    }
    bn_compare_table(j->arena, &j->comparison, &j->table);
    if (j->o->as == BN_COMPARE_LAW) {
        bn_table_law(&j->table, &j->comparison.new, j->o->old_first, out);
        return BN_OK;
    }
    return from_content(j, out);
}

bn_code
bn_compare_files(bn_run *r, const bn_compare_options *o, bn_buf *out,
                 bn_msgs *msgs)
{
    job j = {.r = r, .o = o, .arena = bn_arena_new(), .msgs = msgs};
    bn_buf bytes = {0};
    bn_code code = make(&j, o->out ? &bytes : out);

    if (code == BN_OK && o->out)
        code = bn_put_file(r, o->out, &bytes, msgs);
    bn_buf_free(&bytes);
    bn_arena_free(j.arena);
    return code;
}
