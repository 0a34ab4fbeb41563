/* lines_dump.c - each line of text as it was composed, one a row:
 * page, line on the page, x, y, width, what is left at its start and end,
 * where its content ends, adjustment of its spaces, its part in the paragraph
 * (first, middle, last, only; of what is on the page), how its block is
 * aligned, text. Tab-separated. */
#include "fo/fo.h"
#include "layout/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct dump {
    bn_buf *out;
    bn_buf text;
    int page;
    int line;
    bn_len adjust;
} dump;

static bn_code
on_begin(void *user, const bn_doc_info *info, bn_err *err)
{
    dump *d = user;

    (void)info;
    (void)err;
    bn_buf_adds(d->out,
                "page\tline\tip\tbp\twidth\tstart\tend\treach\tadjust\tpart\t"
                "align\ttext\n");
    return BN_OK;
}

static void
add_text(dump *d, const bn_area *a)
{
    const bn_glyph_run *run = a->text.run;

    if (run == NULL)
        return;
    if (a->text.word_adjust)
        d->adjust = a->text.word_adjust;
    for (uint32_t i = 0; i < run->nbytes; i++) /* a row is a line */
        bn_buf_addc(&d->text,
                    (unsigned char)run->text[i] < ' ' ? ' ' : run->text[i]);
    if (run->nglyphs && (run->glyphs[run->nglyphs - 1].flags & BN_GLYPH_HYPHEN))
        bn_buf_add_u8(&d->text, run->hyphen);
}

static void
collect(dump *d, const bn_area *a)
{
    for (const bn_area *c = a->first; c; c = c->next)
        if (c->kind == BN_AREA_TEXT)
            add_text(d, c);
        else if (c->kind != BN_AREA_BLOCK && c->kind != BN_AREA_LINE)
            collect(d, c);
}

/* Where the line's content ends, from its start. */
static bn_len
reach_of(const bn_area *a)
{
    bn_len reach = 0;

    for (const bn_area *c = a->first; c; c = c->next) {
        const bn_len end = c->ip + bn_area_edge(c, BN_START) + c->ipd +
                           bn_area_edge(c, BN_END);

        if (c->kind == BN_AREA_TEXT && c->text.actual && !*c->text.actual)
            continue; /* emphasis marks */
        reach = end > reach ? end : reach;
    }
    return reach;
}

static const char *
part_of(const bn_area *line)
{
    const bn_area *p = line->parent;
    const bool first = p == NULL || p->first == line, last = line->next == NULL;

    if (first && p && !(p->flags & BN_FIRST))
        return last ? "last" : "middle";
    if (last && p && !(p->flags & BN_LAST))
        return first ? "first" : "middle";
    return first ? (last ? "only" : "first") : (last ? "last" : "middle");
}

static const char *
align_of(const bn_area *line)
{
    const bn_fo *fo = line->parent ? line->parent->origin : NULL;

    return fo ? bn_keyword_name(bn_fo_keyword(fo, BN_P_TEXT_ALIGN)) : "-";
}

static void
write_line(dump *d, const bn_area *a, int64_t ip, int64_t bp)
{
    bn_buf_clear(&d->text);
    d->adjust = 0;
    collect(d, a);
    bn_buf_addf(d->out, "%d\t%d\t%lld\t%lld\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t",
                d->page, ++d->line, (long long)ip, (long long)bp, (int)a->ipd,
                (int)a->start_indent, (int)a->end_indent, (int)reach_of(a),
                (int)d->adjust, part_of(a), align_of(a));
    bn_buf_add(d->out, d->text.p ? d->text.p : "", d->text.len);
    bn_buf_addc(d->out, '\n');
}

/* ip, bp: the content corner of the area the children stand in, from the
 * page's; turned reference areas count in their own directions. */
static void
walk(dump *d, const bn_area *a, int64_t ip, int64_t bp)
{
    for (const bn_area *c = a->first; c; c = c->next) {
        const int64_t x = ip + c->ip + bn_area_edge(c, BN_START);
        const int64_t y = bp + c->bp + bn_area_edge(c, BN_BEFORE);

        if (c->kind == BN_AREA_LINE)
            write_line(d, c, x, y);
        walk(d, c, x, y);
    }
}

static bn_code
on_page(void *user, const bn_area *page, bn_err *err)
{
    dump *d = user;

    (void)err;
    d->page = (int)page->page.index + 1;
    d->line = 0;
    walk(d, page, 0, 0);
    return BN_OK;
}

static bn_code
on_sequence(void *user, const bn_sequence_info *info, bn_err *err)
{
    (void)user;
    (void)info;
    (void)err;
    return BN_OK;
}

static bn_code
on_end(void *user, bn_err *err)
{
    (void)user;
    (void)err;
    return BN_OK;
}

void
bn_lines_dump_sink(bn_sink *sink, bn_buf *out)
{
    dump *d = bn_alloc(sizeof *d);

    memset(sink, 0, sizeof *sink);
    d->out = out;
    sink->user = d;
    sink->begin = on_begin;
    sink->sequence = on_sequence;
    sink->page = on_page;
    sink->end = on_end;
}

void
bn_lines_dump_free(bn_sink *sink)
{
    dump *d = sink->user;

    if (d)
        bn_buf_free(&d->text);
    free(d);
    sink->user = NULL;
}
