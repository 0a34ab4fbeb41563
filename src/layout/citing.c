/*
 * citing.c - paragraphs that cite pages, after a pass: what they print with
 * the page numbers that are known now, and whether the pages hold with it.
 *
 * Layout takes of a paragraph how many lines it has and how high they are. If
 * that is the same with the new numbers, another pass would put everything
 * where it is; only the lines themselves are set again.
 */
#include "layout/inline.h"

#include <string.h>

#include "base/vec.h"
#include "layout/pages.h"

struct bn_citings {
    BN_VEC(bn_citing *) all; /* of this pass */
};

static struct bn_citings *
citings(bn_ctx *c)
{
    if (c->citings == NULL)
        c->citings = BN_NEW(c->doc, struct bn_citings);
    return c->citings;
}

void
bn_citings_begin(bn_ctx *c)
{
    citings(c)->all.n = 0;
}

void
bn_citings_free(bn_ctx *c)
{
    if (c->citings)
        BN_VEC_FREE(&c->citings->all);
}

bn_citing *
bn_citing_note(bn_ctx *c, const bn_run *run, bn_len width,
               const bn_cited *cited)
{
    bn_citing *k = BN_NEW(c->doc, bn_citing);

    k->run = *run;
    k->width = width;
    k->cited = cited;
    k->page_no = bn_page_number(c);
    k->page_text = bn_arena_strdup(c->doc, bn_page_text(c));
    k->writing_mode = c->writing_mode;
    BN_PUSH(&citings(c)->all) = k;
    return k;
}

/* ----------------------------------------------------------------- shape */

static bool
has_id(const bn_fo *fo)
{
    const char *id = bn_fo_string(fo, BN_P_ID);

    return id && *id;
}

/* Does more hang on where this item stands than what it shows? */
static bool
is_simple_item(const bn_item *item)
{
    const bn_leaf *leaf = item->user;

    for (const bn_inl *in = leaf->in; in; in = in->up)
        if (in->fo->first && in->fo->first->type == BN_FO_MARKER)
            return false;
    switch (leaf->kind) {
    case BN_LEAF_TEXT:
        return !leaf->own || !has_id(leaf->fo);
    case BN_LEAF_OPEN:
    case BN_LEAF_CLOSE:
    case BN_LEAF_LEADER:
    case BN_LEAF_BREAK:
        return true;
    default:
        return false;
    }
}

static bool
is_simple(const bn_paragraph *p)
{
    if (p->anchors || p->retrieves)
        return false;
    for (size_t i = 0; i < p->nitems; i++)
        if (!is_simple_item(&p->items[i]))
            return false;
    return true;
}

static uint64_t
shape_of(bn_ctx *c, const bn_paragraph *p)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a over the heights */

    for (size_t i = 0; i < p->nlines; i++) {
        h ^= (uint32_t)bn_line_height(c, p, i);
        h *= 1099511628211u;
    }
    return h ^ p->nlines;
}

void
bn_citing_lines(bn_ctx *c, const bn_paragraph *p)
{
    p->citing->simple = is_simple(p);
    if (p->citing->simple)
        p->citing->shape = shape_of(c, p);
}

/* ----------------------------------------------------- after a whole pass */

static bool
says_the_same(bn_ctx *c, const bn_citing *k)
{
    for (const bn_cited *one = k->cited; one; one = one->next)
        if (strcmp(one->text, bn_cited_text(c, one->fo)) != 0)
            return false;
    return true;
}

/* Set it with what is known now. False: the pages do not hold with it, or
 * that cannot be told from here. */
static bool
holds(bn_ctx *c, bn_citing *k)
{
    bn_flow flow = {.page_no = k->page_no, .page_text = k->page_text};
    bn_flow *const old_flow = c->flow;
    const uint8_t old_mode = c->writing_mode;
    const bn_msg *said = c->msgs->last;
    bn_paragraph *p;
    bool same;

    k->again = NULL;
    if (says_the_same(c, k))
        return true;
    if (!k->simple)
        return false;
    c->flow = &flow;
    c->writing_mode = k->writing_mode;
    p = bn_paragraph_make(c, &k->run, k->width);
    bn_paragraph_break(c, p);
    same = c->msgs->last == said && !c->glyphs_missing && is_simple(p) &&
           shape_of(c, p) == k->shape;
    c->flow = old_flow;
    c->writing_mode = old_mode;
    k->again = p;
    return same;
}

bool
bn_citings_hold(bn_ctx *c, bool keep)
{
    struct bn_citings *all = citings(c);
    const size_t n = all->all.n; /* setting them notes them again */
    const bn_mark mark = bn_arena_mark(c->lines);
    bn_msgs *msgs = c->msgs;
    const uint8_t glyphs_missing = c->glyphs_missing;
    bn_msgs quiet = {0};
    bool hold = true;

    c->msgs = &quiet;
    for (size_t i = 0; i < n && hold; i++) {
        hold = holds(c, all->all.v[i]);
        if (!keep)
            bn_arena_rewind(c->lines, mark);
    }
    c->msgs = msgs;
    c->glyphs_missing = glyphs_missing;
    all->all.n = n;
    bn_msgs_free(&quiet);
    return hold;
}

/* The line as it is with what is known now, in the place of what was there. */
static void
set_line(bn_ctx *c, bn_area *a, const bn_citing *k)
{
    bn_area *line;

    c->artifact = a->line.artifact;
    c->writing_mode = a->writing_mode;
    line = bn_line_area(c, k->again, a->line.number, a->ipd);
    line->ip = a->ip;
    line->bp = a->bp;
    line->parent = a->parent;
    line->next = a->next;
    *a = *line;
    for (bn_area *child = a->first; child; child = child->next)
        child->parent = a;
}

void
bn_citings_set(bn_ctx *c, bn_area *a)
{
    const bn_citing *k = a->kind == BN_AREA_LINE ? a->line.citing : NULL;

    if (k) {
        if (k->again)
            set_line(c, a, k);
        return;
    }
    for (bn_area *child = a->first; child; child = child->next)
        bn_citings_set(c, child);
}
