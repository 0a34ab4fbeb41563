/* warichu.c - notes in two lines within a line (割注): how the text is shared
 * between the two, and between the lines of the paragraph (JLREQ 3.4.2). */
#include "layout/inline.h"

#include <string.h>

/* Notes that go over a line's end and are settled one by one; behind the last
 * of them a paragraph's notes stand whole. */
enum { SPLITS_MAX = 100 };

/* Lines of a text at one measure, or from line `from` on at another. */
typedef struct measures {
    bn_len first, other;
} measures;

static bn_len
width_of_line(void *user, size_t line, bn_len *start_indent)
{
    const measures *m = user;

    (void)start_indent;
    return line < 2 ? m->first : m->other;
}

static size_t
set_lines(bn_ctx *c, const bn_para *para, bn_len first, bn_len other,
          const bn_line **lines)
{
    measures own = {first, other};
    const bn_measure m = {.width = other,
                          .align = BN_ALIGN_START,
                          .align_last = BN_ALIGN_START,
                          .width_of = width_of_line,
                          .user = &own};
    size_t n = 0;

    if (bn_para_lines(para, c->lines, &m, lines, &n, c->msgs) != BN_OK)
        return 0;
    return n;
}

static void
set_part(bn_warichu_part *part, const bn_item *items, const bn_line *lines,
         size_t n)
{
    part->items = items;
    part->width = 0;
    for (size_t i = 0; i < 2; i++) {
        part->line[i] = i < n ? &lines[i] : NULL;
        if (i < n && lines[i].width > part->width)
            part->width = lines[i].width;
    }
}

/* The text in two lines as even as its breaks allow, the first the longer:
 * the least measure at which two lines hold it. */
static void
halve(bn_ctx *c, const bn_para *para, const bn_item *items,
      bn_warichu_part *part)
{
    const bn_line *lines = NULL;
    bn_len least, most, natural;
    size_t n;

    bn_para_widths(para, &least, &natural);
    least = natural / 2;
    most = natural;
    while (most - least > 20) { /* a fiftieth of a point */
        const bn_len middle = least + (most - least) / 2;

        if (set_lines(c, para, middle, middle, &lines) > 2)
            least = middle;
        else
            most = middle;
    }
    n = set_lines(c, para, most, most, &lines);
    set_part(part, items, lines, n);
}

bn_warichu *
bn_warichu_of(bn_items *b, const bn_fo *fo, const bn_inl *in)
{
    bn_warichu **link = &b->p->warichu, *w;
    bn_items own = *b;

    for (; *link; link = &(*link)->next)
        if ((*link)->fo == fo)
            return *link;
    w = *link = BN_NEW(b->ctx->lines, bn_warichu);
    w->fo = fo;
    w->em = bn_fo_len(fo, BN_P_FONT_SIZE, 0);
    w->style = bn_para_style_of(b->ctx, fo);
    w->style.overflow_condense = 0;
    own.list.v = NULL;
    own.list.n = own.list.cap = 0;
    own.break_due = 0;
    own.in_warichu = 1;
    bn_items_of(&own, fo, in);
    b->numbers = own.numbers;
    b->cited = own.cited;
    b->markers = own.markers;
    w->items = own.list.v;
    w->nitems = own.list.n;
    if (bn_para_make(b->ctx->lines, &w->style, w->items, w->nitems, &w->para,
                     b->ctx->msgs) != BN_OK)
        b->ctx->glyphs_missing = 1;
    else
        halve(b->ctx, w->para, w->items, &w->whole);
    return w;
}

/* ------------------------------------------------------ over several lines */

/* The text from the first character of a line on, as a paragraph of its own. */
static bn_para *
rest_from(bn_ctx *c, const bn_warichu *w, const bn_line *line,
          const bn_item **items)
{
    const bn_piece *first = line->npieces ? &line->pieces[0] : NULL;
    bn_para *para = NULL;
    bn_item *copy;
    size_t n;

    if (first == NULL)
        return NULL;
    n = w->nitems - first->item;
    copy = bn_arena_copy(c->lines, w->items + first->item, n * sizeof *copy);
    if (copy->kind == BN_ITEM_TEXT) {
        copy->text += first->from;
        copy->nbytes -= first->from;
    }
    *items = copy;
    return bn_para_make(c->lines, &w->style, copy, n, &para, NULL) ? NULL
                                                                   : para;
}

/* Parts of a note that begins with so much room on its first line and has
 * whole lines after that; its closing bracket follows the last part. */
static void
split(bn_ctx *c, bn_warichu *w, bn_len first, bn_len other)
{
    const bn_len bracket = bn_fo_len(w->fo->parent, BN_P_FONT_SIZE, 0);
    const bn_line *lines = NULL;
    const size_t n = set_lines(c, w->para, first, other, &lines);
    const bn_item *items;
    bn_para *rest;
    size_t i = 0;

    w->parts = BN_NEWS(c->lines, bn_warichu_part, n / 2 + 2);
    for (; i + 2 < n; i += 2)
        set_part(&w->parts[w->nparts++], w->items, lines + i, 2);
    rest = i < n ? rest_from(c, w, &lines[i], &items) : NULL;
    if (rest == NULL) {
        set_part(&w->parts[w->nparts++], w->items, lines + i, n - i);
        return;
    }
    halve(c, rest, items, &w->parts[w->nparts]);
    if (w->nparts > 0 && w->parts[w->nparts].width + bracket > other) {
        /* with its bracket it is too long for a line */
        set_part(&w->parts[w->nparts++], w->items, lines + i, n - i);
        return;
    }
    w->nparts++;
}

/* The line that item i stands on; npieces of all lines in order. */
static bool
stands_on(const bn_line *l, uint32_t item)
{
    for (uint32_t k = 0; k < l->npieces; k++)
        if (l->pieces[k].item == item)
            return true;
    return false;
}

/* Boxes of w from item `at` on, and how many of them are on the line where
 * the first is. */
static void
count_boxes(const bn_paragraph *p, const bn_warichu *w, uint32_t at,
            size_t *line, uint32_t *all, uint32_t *here)
{
    *all = *here = 0;
    while (*line < p->nlines && !stands_on(&p->lines[*line], at))
        ++*line;
    for (uint32_t i = at; i < p->nitems; i++) {
        const bn_leaf *leaf = p->items[i].user;

        if (leaf->kind != BN_LEAF_WARICHU || leaf->warichu != w)
            break;
        ++*all;
        if (*line < p->nlines && stands_on(&p->lines[*line], i))
            ++*here;
    }
}

bool
bn_warichu_settle(bn_ctx *c, bn_paragraph *p)
{
    size_t line = 0;
    bool any = false;
    uint32_t splits = 0;

    for (const bn_warichu *w = p->warichu; w; w = w->next)
        splits += w->nparts > 1;
    for (uint32_t i = 0; i < p->nitems; i++) {
        const bn_leaf *leaf = p->items[i].user;
        bn_warichu *w;
        uint32_t all, here;

        if (leaf->kind != BN_LEAF_WARICHU || leaf->part)
            continue;
        w = leaf->warichu;
        count_boxes(p, w, i, &line, &all, &here);
        any = true;
        i += all - 1;
        if (all == here || splits >= SPLITS_MAX) {
            w->parts = &w->whole;
            w->nparts = 1;
            continue;
        }
        split(c, w, (bn_len)here * w->em, p->width);
        break; /* what follows stands elsewhere now */
    }
    return any;
}
