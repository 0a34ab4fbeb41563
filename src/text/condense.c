/* A line that is too wide in smaller type. */
#include "text/lines.h"

enum { TRIES = 8 };

static bn_len
times(bn_len v, int64_t num, int64_t den)
{
    return (bn_len)((int64_t)v * num / den);
}

/* A copy of the style at num/den of its size; equal neighbours share one. */
static const bn_text_style *
scale_style(bn_arena *a, const bn_text_style *s, int64_t num, int64_t den)
{
    bn_text_style *copy;

    if (s == NULL)
        return NULL;
    copy = bn_arena_copy(a, s, sizeof *s);
    copy->size = times(s->size, num, den);
    copy->letter_spacing = times(s->letter_spacing, num, den);
    copy->base_gap = times(s->base_gap, num, den);
    copy->word_spacing = times(s->word_spacing, num, den);
    copy->word_spacing_min = times(s->word_spacing_min, num, den);
    copy->word_spacing_max = times(s->word_spacing_max, num, den);
    return copy;
}

static bn_para *
make_scaled(const bn_para *p, bn_arena *a, int64_t num, int64_t den)
{
    bn_item *items = bn_arena_copy(a, p->items, p->nitems * sizeof *p->items);
    bn_para_style *style = bn_arena_copy(a, p->style, sizeof *p->style);
    const bn_text_style *from = NULL, *to = NULL;
    bn_para *out = NULL;

    for (size_t i = 0; i < p->nitems; i++) {
        if (items[i].style != from || i == 0) {
            from = items[i].style;
            to = scale_style(a, from, num, den);
        }
        items[i].style = to;
    }
    style->overflow_condense = 0;
    /* What is missing was said when p was made. */
    return bn_para_make(a, style, items, p->nitems, &out, NULL) ? NULL : out;
}

static bn_len
largest_size(const bn_para *p)
{
    bn_len size = 1;

    for (size_t i = 0; i < p->nitems; i++)
        if (p->items[i].style && p->items[i].style->size > size)
            size = p->items[i].style->size;
    return size;
}

const bn_para *
bn_condense(const bn_para *p, bn_arena *a, const bn_measure *m)
{
    const bn_len den = largest_size(p), floor = p->style->condense_floor;
    const bn_len width = m->width - m->text_indent;
    const bn_para *best = p;
    bn_len least, natural, size = den;

    bn_para_widths(p, &least, &natural);
    for (int i = 0; i < TRIES && natural > width && size > floor; i++) {
        bn_para *scaled;

        size = width > 0 ? times(size, width, natural) : floor;
        if (i > 0)
            size -= size / 500 + 1; /* widths are cut to whole units */
        if (size < floor)
            size = floor;
        if (size < 1)
            break;
        scaled = make_scaled(p, a, size, den);
        if (scaled == NULL)
            break;
        best = scaled;
        bn_para_widths(best, &least, &natural);
    }
    return best;
}
