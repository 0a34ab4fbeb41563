/* sheet.c - an FO tree through layout into a PDF or a dump. */
#include "pipeline/run.h"
#include "pipeline/trace.h"

#include <string.h>

/* A sink in front of another one, to tell its time from that of layout. */
typedef struct watch {
    bn_sink *inner; /* keeps its address: writers ask page_of through it */
    bn_sink *outer; /* what layout talks to */
    double seconds;
    bn_trace *trace; /* NULL: none */
} watch;

static void
hand_over(watch *w)
{
    w->inner->page_of = w->outer->page_of;
    w->inner->layout = w->outer->layout;
}

static bn_code
watch_begin(void *user, const bn_doc_info *info, bn_err *err)
{
    watch *w = user;
    const double start = bn_cpu_seconds();
    bn_code code = BN_OK;

    hand_over(w);
    if (w->inner->begin)
        code = w->inner->begin(w->inner->user, info, err);
    w->seconds += bn_cpu_seconds() - start;
    return code;
}

static bn_code
watch_sequence(void *user, const bn_sequence_info *info, bn_err *err)
{
    watch *w = user;

    return w->inner->sequence ? w->inner->sequence(w->inner->user, info, err)
                              : BN_OK;
}

static bn_code
watch_page(void *user, const bn_area *page, bn_err *err)
{
    watch *w = user;
    const double start = bn_cpu_seconds();
    bn_code code = BN_OK;

    if (w->trace)
        bn_trace_page(w->trace, page);
    if (w->inner->page)
        code = w->inner->page(w->inner->user, page, err);
    w->seconds += bn_cpu_seconds() - start;
    return code;
}

static bn_code
watch_end(void *user, bn_err *err)
{
    watch *w = user;
    const double start = bn_cpu_seconds();
    bn_code code = BN_OK;

    if (w->inner->end)
        code = w->inner->end(w->inner->user, err);
    w->seconds += bn_cpu_seconds() - start;
    return code;
}

/* Lay the pages out into inner. */
static bn_code
lay_out(bn_run *r, const bn_sheet *sheet, bn_sink *inner, bn_msgs *msgs)
{
    double lines = 0;
    const bn_layout_options options = {
        .fonts = r->fonts,
        .images = r->images,
        .base = sheet->base,
        .missing_warn = r->o.missing_warn || r->o.draft,
        .seconds = bn_cpu_seconds,
        .lines_seconds = r->o.timing ? &lines : NULL,
    };
    watch w = {.inner = inner, .trace = sheet->trace};
    bn_sink sink = {.user = &w,
                    .begin = watch_begin,
                    .sequence = watch_sequence,
                    .page = watch_page,
                    .end = watch_end};
    const double start = bn_cpu_seconds();
    bn_code code;

    w.outer = &sink;
    code = bn_layout(sheet->fo, &options, &sink, msgs);
    r->cpu[BN_STAGE_LINES] += lines;
    r->cpu[BN_STAGE_LAYOUT] += bn_cpu_seconds() - start - w.seconds - lines;
    r->cpu[BN_STAGE_PDF] += w.seconds;
    return code;
}

static bn_code
make_pdf(bn_run *r, const bn_sheet *sheet, bn_buf *out, bn_msgs *msgs)
{
    bn_sink sink = {0};
    bn_pdf *pdf = NULL;
    bn_err err = {0};
    double start;
    bn_code code = bn_pdf_new(&sheet->pdf, &sink, &pdf, &err);

    if (code)
        return bn_say(msgs, &err);
    code = lay_out(r, sheet, &sink, msgs);
    start = bn_cpu_seconds();
    if (code == BN_OK) {
        code = bn_pdf_write(pdf, out, &err);
        if (code)
            bn_say(msgs, &err);
    }
    bn_pdf_free(pdf);
    r->cpu[BN_STAGE_PDF] += bn_cpu_seconds() - start;
    return code;
}

static bn_code
make_dump(bn_run *r, const bn_sheet *sheet, bn_buf *out, bn_msgs *msgs)
{
    const bool lines = sheet->dump == BN_DUMP_LINES;
    bn_sink sink = {0};
    bn_code code;

    (lines ? bn_lines_dump_sink : bn_area_dump_sink)(&sink, out);
    code = lay_out(r, sheet, &sink, msgs);
    (lines ? bn_lines_dump_free : bn_area_dump_free)(&sink);
    return code;
}

bn_code
bn_sheet_make(bn_run *r, const bn_sheet *sheet, bn_buf *out, bn_msgs *msgs)
{
    const bn_code code = bn_run_fonts(r, msgs);

    if (code)
        return code;
    return sheet->dump == BN_DUMP_NONE ? make_pdf(r, sheet, out, msgs)
                                       : make_dump(r, sheet, out, msgs);
}

/* What killed runs left in the folder of an output goes, once for a folder. */
static void
clean_beside(bn_run *r, const char *path)
{
    enum { KEPT = sizeof r->cleaned / sizeof r->cleaned[0] };
    const char *slash = strrchr(path, '/');
    const bn_digest folder = bn_digest_of(path, slash ? slash - path : 0);

    for (unsigned i = 0; i < KEPT && i < r->ncleaned; i++)
        if (memcmp(&r->cleaned[i], &folder, sizeof folder) == 0)
            return;
    r->cleaned[r->ncleaned++ % KEPT] = folder;
    bn_out_clean_beside(path);
}

bn_code
bn_put_file(bn_run *r, const char *path, const bn_buf *bytes, bn_msgs *msgs)
{
    const double start = bn_cpu_seconds();
    bn_out *file = NULL;
    bn_err err = {0};
    bn_code code;

    clean_beside(r, path);
    code = bn_out_open(path, &file, &err);
    if (code == BN_OK) {
        code = bn_out_write(file, bytes->p, bytes->len, &err);
        if (code)
            bn_out_abandon(file);
        else
            code = bn_out_commit(file, &err);
    }
    if (code)
        bn_say(msgs, &err);
    r->cpu[BN_STAGE_WRITE] += bn_cpu_seconds() - start;
    return code;
}
