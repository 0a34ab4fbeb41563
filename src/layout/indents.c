/*
 * indents.c - indents with percentages. What is inherited is the length (XSL
 * 1.1 5.1.1): a percentage is of what surrounds the object that said it, which
 * may be outside of the reference area that its heir stands in.
 */
#include "layout/inline.h"

static bool
is_in(const bn_fo *fo, const bn_fo *ancestor)
{
    while (fo && fo != ancestor)
        fo = fo->parent;
    return fo != NULL;
}

/* Who said the value that fo has. */
static const bn_fo *
owner_of(const bn_fo *fo, bn_prop p)
{
    while (fo && !bn_fo_specified(fo, p))
        fo = fo->parent;
    return fo;
}

static bn_len
indent(const bn_ctx *c, const bn_fo *fo, bn_prop p, bn_len ipd)
{
    const bn_frame *frame = c->frame;
    const bn_fo *owner;

    if (bn_fo_get(fo, p)->percent == 0)
        return bn_fo_len(fo, p, ipd);
    owner = owner_of(fo, p);
    for (; frame && owner && is_in(frame->fo, owner); frame = frame->outer)
        if (frame->outer)
            ipd = frame->outer->ipd;
    return bn_fo_len(fo, p, ipd);
}

void
bn_indents(const bn_ctx *c, const bn_fo *fo, bn_len ipd, bn_len *start,
           bn_len *end)
{
    *start = indent(c, fo, BN_P_START_INDENT, ipd);
    *end = indent(c, fo, BN_P_END_INDENT, ipd);
}

bn_len
bn_line_indent(const bn_ctx *c, const bn_fo *fo, bn_prop p, bn_len width)
{
    const bn_frame *frame = c->frame;
    const bn_fo *owner;
    bn_len start, end;

    if (bn_fo_get(fo, p)->percent == 0 || bn_fo_specified(fo, p))
        return bn_fo_len(fo, p, width);
    owner = owner_of(fo, p);
    while (frame && frame->outer && owner && frame->fo != owner &&
           is_in(frame->fo, owner))
        frame = frame->outer;
    if (frame == NULL || owner == NULL)
        return bn_fo_len(fo, p, width);
    width = frame->ipd;
    if (owner != frame->fo && is_in(owner, frame->fo)) {
        bn_indents(c, owner, width, &start, &end);
        width -= start + end;
    }
    return bn_fo_len(fo, p, width);
}
