/* outline.c - the outline of a document: fo:bookmark-tree, and the objects that
 * have axf:outline-level. */
#include "layout/pages.h"

#include <string.h>

enum { MAX_LEVEL = 32 };

const char *
bn_said(const bn_fo *fo, bn_prop p)
{
    const char *s = bn_fo_string(fo, p);

    return s && *s && strcmp(s, "none") != 0 ? s : NULL;
}

static void
add_text(const bn_fo *fo, bn_buf *out)
{
    for (const bn_fo *t = fo->first; t; t = t->next)
        if (t->type == BN_FO_TEXT)
            bn_buf_add(out, t->text, t->nbytes);
        else if (t->type != BN_FO_FOOTNOTE && t->type != BN_FO_AXF_RUBY_TEXT)
            add_text(t, out);
}

const char *
bn_fo_plain_text(bn_ctx *c, const bn_fo *fo)
{
    bn_buf text = {0};
    const char *out;

    add_text(fo, &text);
    out = bn_arena_strndup(c->doc, text.p ? text.p : "", text.len);
    bn_buf_free(&text);
    return out;
}

/* XSL 1.1 6.11.3: color, font-style and font-weight of the title itself. */
static void
take_title(bn_ctx *c, const bn_fo *t, bn_bookmark *b)
{
    b->title = bn_fo_plain_text(c, t);
    if (bn_fo_specified(t, BN_P_FONT_WEIGHT))
        b->bold = bn_fo_int(t, BN_P_FONT_WEIGHT) >= 600;
    if (bn_fo_specified(t, BN_P_FONT_STYLE))
        b->italic = !bn_fo_is(t, BN_P_FONT_STYLE, BN_K_NORMAL);
    if (bn_fo_specified(t, BN_P_COLOR))
        b->color = bn_fo_color(t, BN_P_COLOR) & 0xFFFFFF;
}

/* Adds the bookmarks below parent at end; returns the end behind them. */
static const bn_bookmark **
add_bookmarks(bn_ctx *c, const bn_fo *parent, const bn_bookmark **end)
{
    for (const bn_fo *fo = parent->first; fo; fo = fo->next) {
        bn_bookmark *b;

        if (fo->type != BN_FO_BOOKMARK)
            continue;
        b = BN_NEW(c->doc, bn_bookmark);
        for (const bn_fo *t = fo->first; t; t = t->next)
            if (t->type == BN_FO_BOOKMARK_TITLE)
                take_title(c, t, b);
        b->internal = bn_said(fo, BN_P_INTERNAL_DESTINATION);
        b->external = bn_said(fo, BN_P_EXTERNAL_DESTINATION);
        b->open = !bn_fo_is(fo, BN_P_STARTING_STATE, BN_K_HIDE);
        add_bookmarks(c, fo, &b->first);
        *end = b;
        end = &b->next;
    }
    return end;
}

/* ---------------------------------------------------- axf:outline-level */

static bn_bookmark *
entry_of(bn_ctx *c, const bn_fo *fo)
{
    bn_bookmark *b = BN_NEW(c->doc, bn_bookmark);

    b->title = bn_said(fo, BN_P_AXF_OUTLINE_TITLE);
    if (b->title == NULL)
        b->title = bn_fo_plain_text(c, fo);
    b->internal = bn_said(fo, BN_P_ID);
    b->open = !bn_fo_is(fo, BN_P_AXF_OUTLINE_EXPAND, BN_K_FALSE);
    return b;
}

static void
add_levels(bn_ctx *c, const bn_bookmark **outline)
{
    /* where the next entry of a depth hangs, and the levels above it */
    const bn_bookmark **end[MAX_LEVEL + 1];
    int32_t level[MAX_LEVEL + 1] = {0};
    size_t depth = 0;

    end[0] = outline;
    for (size_t i = 0; i < c->tree->noutlined; i++) {
        const bn_fo *fo = c->tree->outlined[i];
        const int32_t at = bn_fo_int(fo, BN_P_AXF_OUTLINE_LEVEL);
        bn_bookmark *b = entry_of(c, fo);

        while (depth > 0 && level[depth] >= at)
            depth--;
        *end[depth] = b;
        end[depth] = &b->next;
        if (depth < MAX_LEVEL) {
            level[++depth] = at;
            end[depth] = &b->first;
        }
    }
}

const bn_bookmark *
bn_outline(bn_ctx *c)
{
    const bn_bookmark *first = NULL, **end = &first;

    for (const bn_fo *fo = c->tree->root->first; fo; fo = fo->next)
        if (fo->type == BN_FO_BOOKMARK_TREE)
            end = add_bookmarks(c, fo, end);
    add_levels(c, end);
    return first;
}
