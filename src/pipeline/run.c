#include "pipeline/run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "pipeline/unit.h"

static const char *const stage_names[BN_STAGES] = {"load",   "rules", "content",
                                                   "page",   "fo",    "lines",
                                                   "layout", "pdf",   "write"};

const char *
bn_stage_name(bn_stage stage)
{
    return stage_names[stage];
}

double
bn_cpu_seconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
        return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double
bn_run_seconds(const bn_run *r, bn_stage stage)
{
    return r->cpu[stage];
}

bn_source *
bn_run_source(bn_run *r)
{
    return r->source;
}

bn_code
bn_say(bn_msgs *msgs, const bn_err *err)
{
    bn_msgs_add(msgs, err, BN_ERROR);
    return err->code;
}

const char *
bn_folder_of(bn_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path ? "/" : bn_arena_strndup(a, path, slash - path);
}

static const char *
keep(bn_arena *a, const char *s)
{
    return s ? bn_arena_strdup(a, s) : NULL;
}

bn_code
bn_run_new(const bn_run_options *o, bn_run **out, bn_err *err)
{
    bn_run *r = bn_alloc(sizeof *r);
    bn_code code;

    r->arena = bn_arena_new();
    r->o = *o;
    r->o.share = keep(r->arena, o->share);
    r->o.house = keep(r->arena, o->house);
    r->o.reg = keep(r->arena, o->reg);
    r->o.fonts = keep(r->arena, o->fonts);
    r->o.today = keep(r->arena, o->today);
    r->o.date = keep(r->arena, o->date);
    r->source = bn_source_new();
    r->transform = bn_transform_new(r->source, r->o.today);
    bn_transform_share(r->transform, r->o.share);
    r->editions = bn_map_new(r->arena);
    r->dependencies = bn_map_new(r->arena);
    code = bn_source_add_root(r->source, r->o.share, err);
    if (code == BN_OK && r->o.fonts)
        code = bn_source_add_root(r->source, r->o.fonts, err);
    if (code) {
        bn_run_free(r);
        return code;
    }
    *out = r;
    return BN_OK;
}

void
bn_run_free(bn_run *r)
{
    if (r == NULL)
        return;
    if (r->images)
        bn_images_free(r->images);
    if (r->fonts)
        bn_fonts_free(r->fonts);
    houses_free(r);
    for (size_t i = 0; i < r->edition_trees.n; i++)
        bn_tree_free(r->edition_trees.v[i]);
    BN_VEC_FREE(&r->edition_trees);
    bn_tree_free(r->options);
    bn_transform_free(r->transform);
    bn_source_free(r->source);
    bn_arena_free(r->arena);
    free(r);
}

static const char *
fonts_file(bn_run *r)
{
    const char *path;

    if (r->o.fonts)
        return r->o.fonts;
    if (r->o.house) {
        path = bn_arena_printf(r->arena, "%s/fonts.xml", r->o.house);
        if (bn_is_file(path))
            return path;
    }
    return bn_arena_printf(r->arena, "%s/fonts/fonts.xml", r->o.share);
}

bn_code
bn_run_fonts(bn_run *r, bn_msgs *msgs)
{
    if (r->fonts)
        return BN_OK;
    if (r->fonts_failed)
        return r->fonts_code;
    r->fonts_code = bn_fonts_open(r->source, fonts_file(r), &r->fonts, msgs);
    if (r->fonts_code) {
        r->fonts_failed = true;
        return r->fonts_code;
    }
    r->images = bn_images_new(r->source, r->fonts);
    return BN_OK;
}

void
bn_versions(bn_buf *out)
{
    bn_source_versions(out);
    bn_transform_versions(out);
    bn_content_versions(out);
    bn_font_versions(out);
    bn_pdf_versions(out);
}
