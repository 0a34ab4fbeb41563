/*
 * footnote.c - bodies of footnotes at the foot of the page: how high they
 * are, what goes on on the next page, the separator.
 */
#include "layout/pages.h"

#include <string.h>

enum { OF_NOTES, OF_FLOATS };

/* Floats at the head of the page are notes until they are placed. */
static bool
is_float(const bn_note *n)
{
    return n->fo->type == BN_FO_FLOAT;
}

static bool
has(const bn_note *n, bool floats)
{
    while (n && is_float(n) != floats)
        n = n->older;
    return n != NULL;
}

static const bn_fo *
separator_of(const bn_ctx *c, int kind)
{
    static const char *const names[] = {
        [OF_NOTES] = "xsl-footnote-separator",
        [OF_FLOATS] = "xsl-before-float-separator"};

    for (const bn_fo *s = c->flow->seq->first; s; s = s->next) {
        const char *name = bn_fo_string(s, BN_P_FLOW_NAME);

        if (s->type == BN_FO_STATIC_CONTENT && name &&
            strcmp(name, names[kind]) == 0)
            return s;
    }
    return NULL;
}

static bn_area *
lay_separator(bn_ctx *c, int kind, bn_len *height)
{
    const bn_fo *fo = separator_of(c, kind);
    bn_area *a;
    const uint8_t artifact = c->artifact;

    *height = 0;
    if (fo == NULL)
        return NULL;
    a = bn_area_make(c, BN_AREA_BLOCK);
    a->ipd = c->flow->note_ipd;
    c->artifact = 1;
    *height = bn_lay_inside(c, fo, a, BN_NO_LIMIT, true, NULL).bpd;
    c->artifact = artifact;
    a->bpd = *height;
    return a;
}

static bn_len
height_of(bn_ctx *c, int kind)
{
    bn_len *known = &c->flow->separator[kind];

    if (*known < 0)
        (void)lay_separator(c, kind, known);
    return *known;
}

bn_len
bn_separator_height(bn_ctx *c)
{
    return c->flow ? height_of(c, OF_NOTES) : 0;
}

bn_len
bn_separators(bn_ctx *c, const bn_note *notes, const bn_note *there)
{
    bn_len h = 0;

    if (c->flow == NULL || notes == NULL)
        return 0;
    if (has(notes, false) && !has(there, false))
        h += height_of(c, OF_NOTES);
    if (has(notes, true) && !has(there, true))
        h += height_of(c, OF_FLOATS);
    return h;
}

/* A note as it was laid out for the page being made. */
typedef struct kept {
    uint32_t serial;
    const bn_token *from;
    bn_area *area;
    const bn_note *inside; /* called in a float */
    bn_len bpd, least;
} kept;

static bn_area *
lay_note(bn_ctx *c, const bn_note *n, bn_len room, bool top, bn_inside *in)
{
    bn_area *a = bn_area_make(c, BN_AREA_BLOCK);

    a->ipd = c->flow->note_ipd;
    bn_area_own(c, a, n->fo, n->from == NULL);
    *in = bn_lay_inside(c, n->fo, a, room, top, n->from);
    return a;
}

/* Lay out a note's body to know its height; kept for when it is placed.
 * Returns the notes that are called in it. */
static const bn_note *
measure(bn_ctx *c, bn_note *n)
{
    void **slot = bn_slot(c, n->fo);
    kept *k = *slot;
    bn_inside in;

    if (c->flow == NULL) {
        n->bpd = n->least = 0;
        return NULL;
    }
    if (k == NULL)
        k = *slot = BN_NEW(c->seq, kept);
    if (k->area == NULL || k->serial != c->flow->serial || k->from != n->from) {
        k->serial = c->flow->serial;
        k->from = n->from;
        c->measuring++;
        (void)lay_note(c, n, 1, true, &in);
        c->measuring--;
        k->least = in.bpd;
        k->area = lay_note(c, n, BN_NO_LIMIT, true, &in);
        k->bpd = in.bpd;
        k->inside = in.notes;
    }
    n->bpd = k->bpd;
    n->least = n->fo->type == BN_FO_FLOAT ? k->bpd : k->least; /* whole */
    n->area = k->area;
    return k->inside;
}

static const bn_note *
with_notes(bn_ctx *c, const bn_note *more, const bn_note *older)
{
    bn_note *n;

    if (more == NULL)
        return older;
    n = bn_arena_copy(c->page, more, sizeof *more);
    n->older = with_notes(c, more->older, older);
    return n;
}

const bn_note *
bn_note_make(bn_ctx *c, const bn_fo *fo, const bn_token *from,
             const bn_note *older)
{
    bn_note *n = BN_NEW(c->page, bn_note);

    n->fo = fo;
    n->from = from;
    n->older = older;
    return with_notes(c, measure(c, n), n);
}

/* The areas leave their note: one that a table brings twice on a page (in a
 * cell that was laid again) stands there once. */
static void
append_children(bn_area *feet, bn_area *from, bn_len y)
{
    bn_area *a = from->first;

    from->first = from->last = NULL;
    while (a) {
        bn_area *next = a->next;

        a->bp += y;
        bn_area_append(feet, a);
        a = next;
    }
}

static void
carry_over(bn_ctx *c, bn_carry **list, const bn_fo *fo, const bn_token *from)
{
    bn_carry *k = BN_NEW(c->page, bn_carry);

    while (*list)
        list = &(*list)->next;
    k->fo = fo;
    k->from = bn_token_again(c, from);
    *list = k;
}

/* Place one note at y if any of it fits; what does not is carried over. */
static bn_len
place_note(bn_ctx *c, bn_area *feet, const bn_note *n, bn_len y, bn_len room,
           bool first, bn_carry **carry)
{
    bn_inside in;
    bn_area *a = n->area;

    if (*carry != NULL) { /* in order: nothing overtakes a note */
        carry_over(c, carry, n->fo, n->from);
        return y;
    }
    if (n->bpd <= room - y) {
        append_children(feet, a, y);
        return y + n->bpd;
    }
    a = lay_note(c, n, room - y, first, &in);
    append_children(feet, a, y);
    if (in.status == BN_BROKEN)
        carry_over(c, carry, n->fo, in.next);
    return y + in.bpd;
}

static bn_len
place_older_first(bn_ctx *c, bn_area *feet, const bn_note *n, bn_len y,
                  bn_len room, bool floats, bn_carry **carry)
{
    if (n == NULL)
        return y;
    y = place_older_first(c, feet, n->older, y, room, floats, carry);
    if (is_float(n) != floats)
        return y;
    return place_note(c, feet, n, y, room, n->older == NULL, carry);
}

bn_len
bn_floats_place(bn_ctx *c, bn_area *head, const bn_note *notes, bn_len room,
                bn_carry **carry)
{
    bn_area *separator;
    bn_len h;

    head->ipd = c->flow->note_ipd;
    if (!has(notes, true))
        return 0;
    head->bpd = place_older_first(c, head, notes, 0, room, true, carry);
    separator = head->bpd > 0 ? lay_separator(c, OF_FLOATS, &h) : NULL;
    if (separator) {
        separator->bp = head->bpd;
        bn_area_append(head, separator);
        head->bpd += h;
    }
    return head->bpd;
}

void
bn_notes_place(bn_ctx *c, bn_area *feet, const bn_note *notes, bn_len room,
               bn_len height, bn_carry **carry)
{
    bn_len y = 0;
    bn_area *separator;

    feet->bp = height;
    feet->ipd = c->flow->note_ipd;
    if (!has(notes, false))
        return;
    separator = lay_separator(c, OF_NOTES, &y);
    if (separator)
        bn_area_append(feet, separator);
    y = place_older_first(c, feet, notes, y, room, false, carry);
    feet->bpd = y;
    feet->bp = height - y;
}

const bn_note *
bn_notes_carried(bn_ctx *c, const bn_carry *carry, bn_len *height)
{
    const bn_note *list = NULL;

    for (; carry; carry = carry->next)
        list = bn_note_make(c, carry->fo, carry->from, list);
    *height = bn_separators(c, list, NULL);
    for (const bn_note *n = list; n; n = n->older)
        *height += n->bpd;
    return list;
}
