/* compare.c - two law texts, or two rule books in Markdown, become a comparison
 * table. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/article.h"
#include "pipeline/unit.h"

/* One comparison on its way. */
typedef struct job {
    bn_run *r;
    const bn_compare_options *o;
    bn_arena *arena;
    bn_tree *trees[2];
    bn_provisions sides[2];
    bn_comparison comparison;
    bn_table table;
    bn_msgs *msgs;
} job;

static bool
is_markdown(const char *file)
{
    const size_t n = strlen(file);

    return n > 3 && strcmp(file + n - 3, ".md") == 0;
}

/* A law of its own has a date and a number; a rule book is of today. */
static void
date_rulebook(job *j, bn_provisions *p)
{
    const int year = atoi(j->r->o.today);

    p->attributes[0] = year > 2018 ? "Reiwa" : "Heisei";
    p->attributes[1] =
        bn_arena_printf(j->arena, "%d", year - (year > 2018 ? 2018 : 1988));
    p->attributes[2] = "1";
    p->attributes[3] = "Misc";
    p->attributes[4] = "ja";
}

static bn_code
read_rulebook(job *j, int side, const char *file)
{
    const house *h = house_for_law(j->r, file, j->msgs);
    const bn_content_job content = {.source = j->r->source,
                                    .transform = j->r->transform,
                                    .arena = j->arena,
                                    .share = j->r->o.share,
                                    .house = h ? h->dir : NULL,
                                    .unit = "",
                                    .today = j->r->o.today};
    bn_code code = bn_template_article(&content, file, &j->trees[side], j->msgs);

    if (code == BN_OK)
        code = bn_provisions_read(j->arena, j->trees[side], &j->sides[side],
                                  j->msgs);
    if (code == BN_OK)
        date_rulebook(j, &j->sides[side]);
    return code;
}

static bn_code
read_side(job *j, int side, const char *file)
{
    bn_tree **tree = &j->trees[side];
    bn_err err = {0};
    bn_code code =
        bn_source_add_root(j->r->source, bn_folder_of(j->arena, file), &err);

    if (code)
        return bn_say(j->msgs, &err);
    if (is_markdown(file))
        return read_rulebook(j, side, file);
    code = bn_xml_load(j->r->source, file, BN_XML_PLAIN, tree, j->msgs);
    if (code == BN_OK)
        code = bn_provisions_read(j->arena, *tree, &j->sides[side], j->msgs);
    if (code == BN_OK)
        code = bn_grammar_check(j->r->source, j->r->o.share, *tree, j->msgs);
    return code;
}

static bn_code
from_content(job *j, bn_buf *out)
{
    const char *const files[] = {j->o->old, j->o->new};
    const bn_article article = {.name = "comparison-table",
                                .layout = "comparison",
                                .title = j->table.title,
                                .base = bn_folder_of(j->arena, j->o->new),
                                .files = files,
                                .nfiles = 2,
                                .dump = j->o->dump};
    bn_buf text = {0};
    bn_code code;

    bn_table_content(&j->table,
                     &(bn_table_look){j->o->old_first, j->o->vertical}, &text);
    code = bn_article_make(j->r, j->arena, &article, &text, out, j->msgs);
    bn_buf_free(&text);
    return code;
}

static bn_code
make(job *j, bn_buf *out)
{
    bn_code code = read_side(j, 0, j->o->old);

    if (code == BN_OK)
        code = read_side(j, 1, j->o->new);
    if (code)
        return code;
    bn_compare(j->arena, &j->sides[0], &j->sides[1], &j->comparison);
    if (j->o->as == BN_COMPARE_JSON) {
        bn_comparison_json(&j->comparison, out);
        return BN_OK;
    }
    if (j->o->as == BN_COMPARE_AMEND) {
        bn_comparison_amend(j->arena, &j->comparison, out);
        return BN_OK;
    }
    bn_compare_table(j->arena, &j->comparison, &j->table);
    if (j->o->as == BN_COMPARE_LAW) {
        bn_table_law(&j->table, &j->comparison.new,
                     &(bn_table_look){j->o->old_first, j->o->vertical}, out);
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
    bn_tree_free(j.trees[0]);
    bn_tree_free(j.trees[1]);
    bn_buf_free(&bytes);
    bn_arena_free(j.arena);
    return code;
}
