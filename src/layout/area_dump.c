/* area_dump.c - the area tree as the XML that Apache FOP writes for it, so
 * that both can be asked the same questions. Areas are what layout.h's other
 * sinks get; nothing is computed here but FOP's way of saying it. */
#include "layout/area_dump.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---------------------------------------------------------------- inlines */

static bool
is_object(const bn_area *a, bn_fo_type type)
{
    const bn_fo *fo = a->origin;

    return fo && fo->type == type;
}

static void write_area(bn_dump *d, const bn_area *a);
static void write_text(bn_dump *d, const bn_area *a);

static void
write_children(bn_dump *d, const bn_area *a)
{
    for (const bn_area *c = a->first; c; c = c->next)
        write_area(d, c);
}

static void
open_tag(bn_dump *d, const char *name)
{
    bn_buf_addf(d->out, "<%s", name);
}

static void
close_tag(bn_dump *d, const char *name, bool has_children)
{
    if (has_children)
        bn_buf_addf(d->out, "</%s>", name);
}

/* ">" or "/>" */
static void
end_of_start(bn_dump *d, bool has_children)
{
    bn_buf_adds(d->out, has_children ? ">" : "/>");
}

/* FOP places the content of an inline, and the border edge of a picture. */
static void
put_offset(bn_dump *d, const bn_area *a)
{
    bn_dump_len(
        d, "offset",
        a->bp + (a->kind == BN_AREA_VIEWPORT ? 0 : bn_area_edge(a, BN_BEFORE)));
}

static void
put_scores(bn_dump *d, const bn_area *a)
{
    static const struct {
        uint32_t flag;
        const char *score, *color;
        bn_prop line;
    } rows[] = {
        {BN_UNDERLINE, "underline-score", "underline-score-color",
         BN_P_TEXT_UNDERLINE},
        {BN_OVERLINE, "overline-score", "overline-score-color",
         BN_P_TEXT_OVERLINE},
        {BN_THROUGH, "through-score", "through-score-color",
         BN_P_TEXT_LINE_THROUGH},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        bn_dump_true(d, rows[i].score, a->flags & rows[i].flag);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (a->flags & rows[i].flag)
            bn_dump_color(d, rows[i].color, a->text.source, rows[i].line,
                          a->text.line_color[i] ? a->text.line_color[i]
                                                : a->text.color);
    if (a->text.source &&
        bn_fo_get(a->text.source, BN_P_TEXT_BLINK)->kind == BN_V_COLOR)
        bn_dump_true(d, "blink", true);
}

/* What FOP has an element of its own for: spaces that may grow, and those of a
 * fixed width. */
enum { NO_SPACE, WORD_SPACE, FIXED_SPACE };

static int
space_of(const bn_glyph_run *run, const bn_glyph *g)
{
    const unsigned char *c = (const unsigned char *)run->text + g->at;

    if ((g->nbytes == 1 && c[0] == ' ') ||
        (g->nbytes == 2 && memcmp(c, "\xC2\xA0", 2) == 0))
        return WORD_SPACE;
    if (g->nbytes == 3 &&
        ((c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x80 && c[2] <= 0x8A) ||
         memcmp(c, "\xE3\x80\x80", 3) == 0))
        return FIXED_SPACE;
    return g->flags & BN_GLYPH_SPACE ? WORD_SPACE : NO_SPACE;
}

static void
write_space_char(bn_dump *d, const bn_glyph_run *run, const bn_glyph *g,
                 int kind)
{
    bn_buf_adds(d->out, "<space");
    if (d->leftward)
        bn_dump_len(d, "level", 2);
    if (kind == FIXED_SPACE)
        bn_dump_string(d, "adj", "false");
    bn_buf_addc(d->out, '>');
    bn_buf_add_xml(d->out, g->nbytes ? run->text + g->at : " ",
                   g->nbytes ? g->nbytes : 1);
    bn_buf_adds(d->out, "</space>");
}

/* By how much a glyph is moved off the one before it, beyond the letter
 * spacing of its text: kerning, and the spaces of Japanese. */
static bn_len
moved_by(const bn_area *a, const bn_glyph *before)
{
    const bn_glyph_run *run = a->text.run;
    const bn_len own = run->vertical || (before->flags & BN_GLYPH_HYPHEN)
                           ? before->width
                           : bn_face_advance(run->face, before->gid, run->size);

    return before->adv - own - a->text.letter_adjust;
}

/* As FOP counts: one number a character, which stands before it. */
static void
put_letter_adjust(bn_dump *d, const bn_area *a, uint32_t from, uint32_t to)
{
    const bn_glyph *g = a->text.run->glyphs;
    bool any = false;

    for (uint32_t i = from + 1; i < to && !any; i++)
        any = !(g[i].flags & BN_GLYPH_JOIN) && moved_by(a, &g[i - 1]) != 0;
    if (!any)
        return;
    bn_buf_adds(d->out, " letter-adjust=\"0");
    for (uint32_t i = from + 1; i < to; i++)
        if (!(g[i].flags & BN_GLYPH_JOIN))
            bn_buf_addf(d->out, " %d", (int)moved_by(a, &g[i - 1]));
    bn_buf_addc(d->out, '"');
}

static void
write_word(bn_dump *d, const bn_area *a, uint32_t from, uint32_t to)
{
    const bn_glyph_run *run = a->text.run;

    if (from == to)
        return;
    bn_buf_adds(d->out, "<word");
    if (d->leftward)
        bn_dump_len(d, "level", 2);
    put_letter_adjust(d, a, from, to);
    bn_buf_addc(d->out, '>');
    for (uint32_t i = from; i < to; i++) {
        const bn_glyph *g = &run->glyphs[i];

        if (g->flags & BN_GLYPH_JOIN)
            continue;
        if (g->flags & BN_GLYPH_HYPHEN)
            bn_buf_add_u8(d->out, run->hyphen ? run->hyphen : '-');
        else
            bn_buf_add_xml(d->out, run->text + g->at, g->nbytes);
    }
    bn_buf_adds(d->out, "</word>");
}

/* Does a zero-width space part the glyphs before and at i? */
static bool
is_parted(const bn_glyph_run *run, uint32_t i)
{
    static const char zwsp[] = "\xE2\x80\x8B";
    const uint32_t end = run->glyphs[i].at;
    uint32_t at;

    while (i > 0 && (run->glyphs[i - 1].flags & BN_GLYPH_JOIN))
        i--;
    if (i == 0)
        return false;
    at = run->glyphs[i - 1].at + run->glyphs[i - 1].nbytes;
    for (; at + 3 <= end; at++)
        if (memcmp(run->text + at, zwsp, 3) == 0)
            return true;
    return false;
}

/* Word by word, a space element for each space. */
static void
write_words(bn_dump *d, const bn_area *a)
{
    const bn_glyph_run *run = a->text.run;
    uint32_t from = 0, i;

    for (i = 0; i < run->nglyphs; i++) {
        const bn_glyph *g = &run->glyphs[i];
        const int kind = g->flags & BN_GLYPH_JOIN ? NO_SPACE : space_of(run, g);

        if (kind == NO_SPACE) {
            if (!(g->flags & (BN_GLYPH_JOIN | BN_GLYPH_HYPHEN)) &&
                is_parted(run, i)) {
                write_word(d, a, from, i);
                from = i;
            }
            continue;
        }
        write_word(d, a, from, i);
        write_space_char(d, run, g, kind);
        from = i + 1;
    }
    write_word(d, a, from, i);
}

static void
put_font(bn_dump *d, const bn_area *a)
{
    static const char *const styles[] = {"normal", "italic", "oblique"};
    const bn_fontset *f = a->text.fonts;
    const bn_face *face = f ? f->primary : NULL;

    if (f) {
        bn_dump_string(d, "font-name", f->family);
        bn_dump_string(d, "font-style", styles[a->text.font_style % 3]);
        bn_dump_len(d, "font-weight", face ? face->weight : f->weight);
    }
    if (a->text.run)
        bn_dump_len(d, "font-size", a->text.run->size);
    bn_dump_color(d, "color", a->text.source, BN_P_COLOR, a->text.color);
}

static void
write_space(bn_dump *d, bn_len ipd)
{
    const bn_area none = {.kind = BN_AREA_SPACE};

    if (ipd == 0)
        return;
    open_tag(d, "space");
    bn_dump_sizes(d, &none, ipd, 0);
    bn_buf_adds(d->out, " offset=\"0\"/>");
}

/* Part of a text: its glyphs from, up to to. */
static void
write_some(bn_dump *d, const bn_area *a, uint32_t from, uint32_t to, bn_len ipd)
{
    bn_glyph_run run = *a->text.run;
    bn_area one = *a;

    run.glyphs += from;
    run.nglyphs = to - from;
    one.text.run = &run;
    one.ipd = ipd;
    write_text(d, &one);
}

/* Bytes of the pattern of a leader; 0: it is not plain text. */
static uint32_t
pattern_bytes(const bn_fo *fo)
{
    if (bn_fo_is(fo, BN_P_LEADER_PATTERN, BN_K_DOTS))
        return 1;
    return fo->first && fo->first->next == NULL ? fo->first->nbytes : 0;
}

/* gap  that stands beside each copy; the last one's run has none. */
static void
write_copy(bn_dump *d, const bn_area *a, uint32_t from, uint32_t to, bool dots,
           bn_len *gap)
{
    const bn_glyph_run *run = a->text.run;
    bn_len adv = 0, width = 0;
    bn_area copy = *a;

    for (uint32_t i = from; i < to; i++) {
        adv += run->glyphs[i].adv;
        width += run->glyphs[i].width;
    }
    if (to < run->nglyphs)
        *gap = adv - width;
    copy.kind = BN_AREA_INLINE;
    copy.box = NULL;
    if (!dots) {
        write_space(d, *gap);
        open_tag(d, "inlineparent");
        bn_dump_sizes(d, &copy, width, a->bpd);
        bn_buf_adds(d->out, " offset=\"0\">");
    }
    write_some(d, a, from, to, width);
    close_tag(d, "inlineparent", !dots);
    if (dots)
        write_space(d, *gap);
}

/* A leader's text, one element a copy of its pattern; what the pattern's width
 * leaves stands behind a dot and before other content. */
static void
write_copies(bn_dump *d, const bn_area *leader)
{
    const bn_fo *fo = leader->origin;
    const bool dots = bn_fo_is(fo, BN_P_LEADER_PATTERN, BN_K_DOTS);
    const uint32_t nbytes = pattern_bytes(fo);

    for (const bn_area *a = leader->first; a; a = a->next) {
        const bn_glyph_run *run = a->text.run;
        uint32_t from = 0;
        bn_len gap = 0;

        if (a->kind != BN_AREA_TEXT || run == NULL || nbytes == 0) {
            write_area(d, a);
            continue;
        }
        for (uint32_t i = 1; i <= run->nglyphs; i++)
            if (i == run->nglyphs ||
                run->glyphs[i].at >= run->glyphs[from].at + nbytes) {
                write_copy(d, a, from, i, dots, &gap);
                from = i;
            }
    }
}

static void
write_text(bn_dump *d, const bn_area *a)
{
    open_tag(d, "text");
    bn_dump_nonzero(d, "twsadjust", a->text.word_adjust + a->text.word_spacing);
    bn_dump_nonzero(d, "tlsadjust", a->text.letter_adjust);
    put_offset(d, a);
    bn_dump_len(d, "baseline", a->text.baseline);
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, a);
    put_font(d, a);
    put_scores(d, a);
    bn_buf_adds(d->out, ">");
    if (a->text.run)
        write_words(d, a);
    bn_buf_adds(d->out, "</text>");
}

/* Is this a row of copies of one leader pattern? FOP has an area for each. */
static bool
is_leader(const bn_area *a)
{
    return a->origin && ((const bn_fo *)a->origin)->type == BN_FO_LEADER;
}

static void write_copies(bn_dump *d, const bn_area *leader);

static void
write_inline(bn_dump *d, const char *name, const bn_area *a)
{
    bn_area own = *a;

    own.space[BN_START] = own.space[BN_END] = 0;
    write_space(d, a->space[BN_START]);
    open_tag(d, name);
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, &own);
    if (a->kind != BN_AREA_ANCHOR)
        put_offset(d, a);
    end_of_start(d, a->first);
    if (is_leader(a))
        write_copies(d, a);
    else
        write_children(d, a);
    close_tag(d, name, a->first);
    write_space(d, a->space[BN_END]);
}

static void
write_rule(bn_dump *d, const bn_area *a)
{
    if (a->rule.style == BN_LINE_NONE) {
        write_space(d, a->ipd);
        return;
    }
    open_tag(d, "leader");
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, a);
    bn_dump_color(d, "color", a->origin, BN_P_COLOR, a->rule.color);
    put_offset(d, a);
    bn_dump_string(d, "ruleStyle", bn_dump_style(a->rule.style));
    bn_dump_len(d, "ruleThickness", a->rule.thickness);
    bn_buf_adds(d->out, "/>");
}

static void
write_picture(bn_dump *d, const bn_area *a)
{
    const bn_fo *fo = a->origin;
    const char *url = fo ? bn_fo_string(fo, BN_P_SRC) : NULL;
    const char *id = bn_dump_producer(a);

    if (a->first) {
        bn_buf_adds(d->out, "<container ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\">");
        write_children(d, a);
        bn_buf_adds(d->out, "</container>");
    } else if (a->viewport.foreign) {
        bn_buf_adds(d->out, "<foreignObject ipd=\"0\" bpd=\"0\" "
                            "bap=\"0 0 0 0\"");
        if (id)
            bn_dump_string(d, "prod-id", id);
        bn_buf_adds(d->out, " ns=\"http://www.w3.org/2000/svg\"/>");
    } else {
        bn_buf_adds(d->out, "<image ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\"");
        if (id)
            bn_dump_string(d, "prod-id", id);
        if (url)
            bn_dump_string(d, "url", url);
        bn_buf_adds(d->out, "/>");
    }
}

static void
write_viewport(bn_dump *d, const bn_area *a)
{
    open_tag(d, "viewport");
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, a);
    put_offset(d, a);
    bn_buf_addf(d->out, " pos=\"%d %d %d %d\"",
                (int)(bn_area_edge(a, BN_START) + a->viewport.ip),
                (int)(bn_area_edge(a, BN_BEFORE) + a->viewport.bp),
                (int)a->viewport.ipd, (int)a->viewport.bpd);
    bn_dump_true(d, "clip", a->flags & BN_CLIP);
    bn_buf_addc(d->out, '>');
    write_picture(d, a);
    bn_buf_adds(d->out, "</viewport>");
}

static void
write_inline_container(bn_dump *d, const bn_area *a)
{
    bn_area view = *a;

    view.flags = BN_VIEWPORT_AREA;
    open_tag(d, "viewport");
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, &view);
    put_offset(d, a);
    bn_buf_addf(d->out, " pos=\"%d %d %d %d\"", (int)bn_area_edge(a, BN_START),
                (int)bn_area_edge(a, BN_BEFORE), (int)a->ipd, (int)a->bpd);
    bn_dump_true(d, "clip", a->flags & BN_CLIP);
    bn_buf_adds(d->out, "><container>");
    write_children(d, a);
    bn_buf_adds(d->out, "</container></viewport>");
}

static void
write_line(bn_dump *d, const bn_area *a)
{
    bn_area line = *a;

    if (a->first == NULL) /* nothing was aligned */
        line.start_indent = line.end_indent = 0;
    open_tag(d, "lineArea");
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_traits(d, &line);
    end_of_start(d, a->first);
    write_children(d, a);
    close_tag(d, "lineArea", a->first);
}

/* ----------------------------------------------------------------- blocks */

/* Label and body of an item lie over the whole item, at its start. */
static bool
is_list_part(const bn_area *a)
{
    return is_object(a, BN_FO_LIST_ITEM_LABEL) ||
           is_object(a, BN_FO_LIST_ITEM_BODY);
}

static const bn_area *
reference_inside(const bn_area *a)
{
    return a->first && (a->first->flags & BN_REFERENCE) ? a->first : NULL;
}

/* The inside of a viewport is at the corner of its content, seen from the
 * border edge, or from the content edge when it was taken out of the flow. */
static void
put_container(bn_dump *d, const bn_area *a)
{
    const bn_area *ref = reference_inside(a);
    const bn_area plain = {.kind = BN_AREA_BLOCK};
    const bool taken_out = a->flags & (BN_ABSOLUTE | BN_FIXED);

    if (taken_out) {
        bn_dump_len(d, "left-position", a->block.matrix_ip);
        bn_dump_len(d, "top-position", a->block.matrix_bp);
    }
    bn_dump_ctm(d, ref ? ref : &plain, ref ? a->writing_mode : BN_LR_TB,
                taken_out ? 0 : a->space[BN_START] + bn_area_edge(a, BN_START),
                taken_out ? 0 : bn_area_edge(a, BN_BEFORE));
    bn_dump_true(d, "clipped", a->flags & BN_CLIP);
}

static void
put_position(bn_dump *d, const bn_area *a)
{
    if (a->flags & BN_VIEWPORT_AREA) {
        put_container(d, a);
    } else if ((a->flags & BN_ABSOLUTE) && !is_list_part(a) &&
               !is_object(a, BN_FO_FLOAT)) {
        /* Cells: FOP counts to the content, from the reference area's edge. */
        bn_dump_nonzero(d, "left-offset",
                        (a->parent ? a->parent->start_indent : 0) + a->ip +
                            bn_area_edge(a, BN_START));
        bn_dump_nonzero(d, "top-offset", a->bp);
    }
    if (a->flags & BN_FIXED)
        bn_dump_string(d, "positioning", "fixed");
    else if (a->flags & BN_ABSOLUTE)
        bn_dump_string(d, "positioning", "absolute");
}

/* Lines beside a float, and those that are not, are blocks of their own. */
static bool
is_split(const bn_area *a)
{
    for (const bn_area *c = a->first; c; c = c->next)
        if (is_object(c, BN_FO_FLOAT) ||
            (c->kind == BN_AREA_LINE && c->ipd < a->ipd && c->ip > 0))
            return true;
    return false;
}

static bool
stand_together(const bn_area *a, const bn_area *b)
{
    return !is_object(a, BN_FO_FLOAT) && !is_object(b, BN_FO_FLOAT) &&
           a->kind == b->kind && a->ip == b->ip && a->ipd == b->ipd;
}

static void
write_piece(bn_dump *d, const bn_area *a, const bn_area *first,
            const bn_area *behind)
{
    bn_area piece = *a;

    if (first && first->kind == BN_AREA_LINE) {
        piece.ip += first->ip;
        piece.ipd = first->ipd;
    }
    piece.bpd = 0;
    for (const bn_area *c = first; c != behind; c = c->next)
        piece.bpd = c->bp - first->bp + c->bpd + c->space[BN_AFTER] +
                    first->space[BN_BEFORE];
    open_tag(d, "block");
    bn_dump_sizes(d, &piece, piece.ipd, piece.bpd);
    bn_dump_traits(d, &piece);
    bn_dump_nonzero(d, "left-offset", first ? first->ip : 0);
    bn_dump_string(d, "visibility", "visible");
    end_of_start(d, first != behind);
    for (const bn_area *c = first; c != behind; c = c->next)
        write_area(d, c);
    close_tag(d, "block", first != behind);
}

static void
write_split(bn_dump *d, const bn_area *a)
{
    const bn_area *c = a->first;

    if (is_object(c, BN_FO_FLOAT)) /* its anchor */
        write_piece(d, a, NULL, NULL);
    while (c) {
        const bn_area *behind = c->next;

        while (behind && stand_together(c, behind))
            behind = behind->next;
        if (is_object(c, BN_FO_FLOAT))
            write_area(d, c);
        else
            write_piece(d, a, c, behind);
        c = behind;
    }
}

static bool
retrieves(const bn_fo *parent)
{
    for (const bn_fo *fo = parent->first; fo; fo = fo->next)
        if (fo->type == BN_FO_RETRIEVE_TABLE_MARKER || retrieves(fo))
            return true;
    return false;
}

/* When FOP sets a cell: heads and rows, heads that show markers of the rows,
 * feet, feet that do. */
static int
turn_of(const bn_area *a)
{
    const bn_fo *cell = a->origin;
    const bn_fo *part = is_object(a, BN_FO_TABLE_CELL) ? cell->parent : NULL;
    int turn;

    if (part && part->type == BN_FO_TABLE_ROW)
        part = part->parent;
    if (part == NULL || part->type == BN_FO_TABLE_BODY)
        return 0;
    turn = part->type == BN_FO_TABLE_FOOTER ? 2 : 0;
    return retrieves(cell) ? turn + 1 : turn;
}

static void
write_cells(bn_dump *d, const bn_area *table)
{
    bool late = false;

    for (const bn_area *c = table->first; c; c = c->next)
        late |= turn_of(c) % 2 != 0;
    if (!late) {
        write_children(d, table);
        return;
    }
    for (int turn = 0; turn < 4; turn++)
        for (const bn_area *c = table->first; c; c = c->next)
            if (turn_of(c) == turn)
                write_area(d, c);
}

static bool
runs_leftward(const bn_fo *fo)
{
    const bn_keyword k = bn_fo_keyword(fo, BN_P_WRITING_MODE);

    return k == BN_K_RL_TB || k == BN_K_RL;
}

static void
write_block(bn_dump *d, const bn_area *a)
{
    const bool hidden = a->flags & BN_HIDDEN;
    const bool has_children = a->first && !hidden;
    const bool boxed = (a->flags & BN_REFERENCE) && a->block.has_content;

    const bool outside = d->leftward;

    if (a->origin)
        d->leftward = runs_leftward(a->origin);
    if (is_object(a, BN_FO_BLOCK) && has_children && is_split(a)) {
        write_split(d, a);
        d->leftward = outside;
        return;
    }
    open_tag(d, "block");
    bn_dump_sizes(d, a, a->ipd, boxed ? a->block.content : a->bpd);
    bn_dump_traits(d, a);
    if (is_object(a, BN_FO_BLOCK))
        bn_dump_string(
            d, "visibility",
            bn_keyword_name(bn_fo_keyword(a->origin, BN_P_VISIBILITY)));
    put_position(d, a);
    end_of_start(d, has_children);
    if (has_children && is_object(a, BN_FO_TABLE))
        write_cells(d, a);
    else if (has_children)
        write_children(d, a);
    close_tag(d, "block", has_children);
    d->leftward = outside;
}

/* ------------------------------------------------------------------ pages */

static void
write_flow(bn_dump *d, const bn_area *a)
{
    open_tag(d, "flow");
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_true(d, "is-reference-area", true);
    end_of_start(d, a->first);
    write_children(d, a);
    close_tag(d, "flow", a->first);
}

static void
write_span(bn_dump *d, const bn_area *a)
{
    static const char *const along[] = {"lr", "rl", "tb"};
    static const char *const across[] = {"tb", "tb", "rl"};
    const int mode = a->writing_mode <= BN_TB_RL ? a->writing_mode : 0;

    open_tag(d, "span");
    if (a->span.columns > 1)
        bn_dump_len(d, "columnCount", a->span.columns);
    bn_dump_sizes(d, a, a->ipd, a->bpd);
    bn_dump_true(d, "is-reference-area", true);
    bn_dump_string(d, "inline-progression-direction", along[mode]);
    bn_dump_string(d, "block-progression-direction", across[mode]);
    end_of_start(d, a->first);
    write_children(d, a);
    close_tag(d, "span", a->first);
}

/* A page without content has one all the same. */
static void
write_empty_span(bn_dump *d, const bn_area *body)
{
    bn_area span = {.kind = BN_AREA_SPAN, .ipd = body->ipd};
    bn_area flow = {.kind = BN_AREA_FLOW, .ipd = body->ipd};

    span.writing_mode = body->writing_mode;
    span.first = span.last = &flow;
    write_span(d, &span);
}

static const bn_area *
part_of(const bn_area *a, enum bn_area_kind kind)
{
    for (const bn_area *c = a->first; c; c = c->next)
        if (c->kind == kind)
            return c;
    return NULL;
}

/* The body's three parts are there even when they are empty. */
static void
write_body_parts(bn_dump *d, const bn_area *body)
{
    const bn_area *floats = part_of(body, BN_AREA_BEFORE_FLOAT);
    const bn_area *notes = part_of(body, BN_AREA_FOOTNOTES);
    const bn_area *main_part = part_of(body, BN_AREA_MAIN);

    bn_buf_adds(d->out, "<beforeFloat");
    end_of_start(d, floats && floats->first);
    if (floats)
        write_children(d, floats);
    close_tag(d, "beforeFloat", floats && floats->first);
    bn_buf_adds(d->out, "<mainReference ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\" "
                        "is-reference-area=\"true\"");
    if (body->region.columns > 1)
        bn_dump_len(d, "columnGap", body->region.column_gap);
    bn_buf_addc(d->out, '>');
    if (main_part && main_part->first)
        write_children(d, main_part);
    else
        write_empty_span(d, body);
    bn_buf_adds(d->out, "</mainReference><footnote");
    bn_dump_len(d, "top-offset", notes && notes->first ? notes->bp : 0);
    end_of_start(d, notes && notes->first);
    if (notes)
        write_children(d, notes);
    close_tag(d, "footnote", notes && notes->first);
}

static const char *const regions[] = {
    [BN_REGION_BODY] = "regionBody",   [BN_REGION_BEFORE] = "regionBefore",
    [BN_REGION_AFTER] = "regionAfter", [BN_REGION_START] = "regionStart",
    [BN_REGION_END] = "regionEnd",
};

/* A region's rectangle on the page and, inside it, the size of its content. */
typedef struct region_frame {
    bn_len x, y, width, height;
    bn_len viewport_ipd, viewport_bpd;
} region_frame;

static region_frame
frame_of(const bn_area *a)
{
    const bool turned = (a->rotate % 180 != 0) != (a->writing_mode == BN_TB_RL);
    const bn_len w = turned ? a->bpd : a->ipd, h = turned ? a->ipd : a->bpd;

    /* Places of regions are on the sheet, sizes as the page is read. */
    return (region_frame){.x = a->ip + bn_area_edge(a, BN_START),
                          .y = a->bp + bn_area_edge(a, BN_BEFORE),
                          .width = w,
                          .height = h,
                          .viewport_ipd = a->region.page_turned ? h : w,
                          .viewport_bpd = a->region.page_turned ? w : h};
}

static void
write_region(bn_dump *d, const bn_area *page, const bn_area *a)
{
    const char *name = regions[a->region.region];
    const region_frame f = frame_of(a);
    const bn_area plain = {.kind = BN_AREA_REGION};

    open_tag(d, "regionViewport");
    bn_dump_sizes(d, a, f.viewport_ipd, f.viewport_bpd);
    bn_dump_box(d, a->box, NULL, f.viewport_ipd, f.viewport_bpd);
    bn_dump_true(d, "is-viewport-area", true);
    bn_buf_addf(
        d->out, " rect=\"%d %d %d %d\"", (int)(f.x - bn_area_edge(a, BN_START)),
        (int)(f.y - bn_area_edge(a, BN_BEFORE)),
        (int)(f.width + bn_area_edge(a, BN_START) + bn_area_edge(a, BN_END)),
        (int)(f.height + bn_area_edge(a, BN_BEFORE) +
              bn_area_edge(a, BN_AFTER)));
    bn_dump_true(d, "clipped", a->flags & BN_CLIP);
    bn_buf_addf(d->out, "><%s", name);
    bn_dump_sizes(d, &plain, a->ipd, a->bpd);
    bn_dump_true(d, "is-reference-area", true);
    bn_dump_string(d, "name", a->region.name ? a->region.name : "");
    bn_dump_ctm(d, a, page->writing_mode, f.x, f.y);
    if (a->region.region == BN_REGION_BODY && a->region.columns > 1) {
        bn_dump_len(d, "columnGap", a->region.column_gap);
        bn_dump_len(d, "columnCount", a->region.columns);
    }
    end_of_start(d, a->first || a->region.region == BN_REGION_BODY);
    if (a->region.region == BN_REGION_BODY)
        write_body_parts(d, a);
    else
        write_children(d, a);
    close_tag(d, name, a->first || a->region.region == BN_REGION_BODY);
    bn_buf_adds(d->out, "</regionViewport>");
}

static void
write_area(bn_dump *d, const bn_area *a)
{
    switch ((enum bn_area_kind)a->kind) {
    case BN_AREA_SPAN:
        write_span(d, a);
        break;
    case BN_AREA_FLOW:
        write_flow(d, a);
        break;
    case BN_AREA_BLOCK:
        write_block(d, a);
        break;
    case BN_AREA_LINE:
        write_line(d, a);
        break;
    case BN_AREA_TEXT:
        write_text(d, a);
        break;
    case BN_AREA_INLINE:
        write_inline(d, "inlineparent", a);
        break;
    case BN_AREA_INLINE_BLOCK_PARENT:
        write_inline(d, "inlineblockparent", a);
        break;
    case BN_AREA_INLINE_BLOCK:
        if (is_object(a, BN_FO_INLINE_CONTAINER))
            write_inline_container(d, a);
        else
            write_inline(d, "inlineblock", a);
        break;
    case BN_AREA_SPACE:
        write_inline(d, "space", a);
        break;
    case BN_AREA_ANCHOR:
        write_inline(d, "inline", a);
        break;
    case BN_AREA_RULE:
        write_rule(d, a);
        break;
    case BN_AREA_VIEWPORT:
        write_viewport(d, a);
        break;
    default:
        write_children(d, a);
    }
}

/* ------------------------------------------------------------------- sink */

static bn_code
on_begin(void *user, const bn_doc_info *info, bn_err *err)
{
    bn_dump *d = user;

    (void)err;
    d->info = info;
    bn_buf_adds(d->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<areaTree version=\"2.0\">");
    return BN_OK;
}

static void
end_sequence(bn_dump *d)
{
    if (d->in_sequence)
        bn_buf_adds(d->out, "</pageSequence>");
    d->in_sequence = false;
}

static bn_code
on_sequence(void *user, const bn_sequence_info *info, bn_err *err)
{
    bn_dump *d = user;

    (void)err;
    end_sequence(d);
    d->in_sequence = true;
    bn_buf_adds(d->out, "<pageSequence");
    if (info->lang && *info->lang) {
        bn_buf_adds(d->out, " xml:lang=\"");
        bn_buf_adds_xml(d->out, info->lang);
        if (info->country && *info->country) {
            bn_buf_addc(d->out, '-');
            bn_buf_adds_xml(d->out, info->country);
        }
        bn_buf_addc(d->out, '"');
    }
    bn_buf_addc(d->out, '>');
    if (info->title && *info->title) {
        bn_buf_adds(d->out, "<title>");
        bn_buf_adds_xml(d->out, info->title);
        bn_buf_adds(d->out, "</title>");
    }
    return BN_OK;
}

static void
put_target(bn_dump *d, const char *id)
{
    const int32_t page =
        id && d->sink->page_of ? d->sink->page_of(d->sink->layout, id) : -1;

    bn_buf_adds(d->out, " internal-link=\"(");
    if (page >= 0)
        bn_buf_addf(d->out, "P%d", (int)page + 1);
    bn_buf_addc(d->out, ',');
    if (id)
        bn_buf_adds_xml(d->out, id);
    bn_buf_adds(d->out, ")\"");
}

static int
by_page(const void *a, const void *b)
{
    const bn_destination *x = a, *y = b;

    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

/* The pages of the named places, in their order. */
static void
find_destinations(bn_dump *d)
{
    const size_t n = d->info ? d->info->ndestinations : 0;

    d->places = bn_alloc((n + 1) * sizeof *d->places);
    for (size_t i = 0; i < n; i++)
        d->places[i] = (bn_destination){
            d->sink->page_of
                ? d->sink->page_of(d->sink->layout, d->info->destinations[i])
                : -1,
            i};
    qsort(d->places, n, sizeof *d->places, by_page);
    while (d->next_place < n && d->places[d->next_place].page < 0)
        d->next_place++;
}

/* A named place is written behind the page it is on. */
static void
write_destinations(bn_dump *d, int32_t page)
{
    if (d->places == NULL)
        find_destinations(d);
    for (; d->info && d->next_place < d->info->ndestinations &&
           d->places[d->next_place].page == page;
         d->next_place++) {
        bn_buf_adds(d->out, "<destination");
        put_target(d, d->info->destinations[d->places[d->next_place].number]);
        bn_buf_adds(d->out, "/>");
    }
}

static bn_code
on_page(void *user, const bn_area *page, bn_err *err)
{
    static const enum bn_region order[] = {BN_REGION_BEFORE, BN_REGION_START,
                                           BN_REGION_BODY, BN_REGION_END,
                                           BN_REGION_AFTER};
    bn_dump *d = user;
    const bool upright = page->writing_mode == BN_TB_RL;

    (void)err;
    bn_buf_addf(d->out,
                "<pageViewport bounds=\"0 0 %d %d\" key=\"P%u\" nr=\"%d\"",
                (int)(upright ? page->bpd : page->ipd),
                (int)(upright ? page->ipd : page->bpd),
                (unsigned)page->page.index + 1, (int)page->page.number);
    bn_dump_string(d, "formatted-nr",
                   page->page.number_text ? page->page.number_text : "");
    bn_dump_string(d, "simple-page-master-name",
                   page->page.master ? page->page.master : "");
    bn_dump_true(d, "blank", page->page.blank);
    bn_buf_adds(d->out, "><page>");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        for (const bn_area *a = page->first; a; a = a->next)
            if (a->kind == BN_AREA_REGION && a->region.region == order[i])
                write_region(d, page, a);
    bn_buf_adds(d->out, "</page></pageViewport>");
    write_destinations(d, (int32_t)page->page.index);
    return BN_OK;
}

static void
write_bookmarks(bn_dump *d, const bn_bookmark *b)
{
    for (; b; b = b->next) {
        bn_buf_adds(d->out, "<bookmark");
        bn_dump_string(d, "title", b->title ? b->title : "");
        bn_dump_string(d, "show-children", b->open ? "true" : "false");
        put_target(d, b->internal);
        end_of_start(d, b->first);
        write_bookmarks(d, b->first);
        close_tag(d, "bookmark", b->first);
    }
}

static bn_code
on_end(void *user, bn_err *err)
{
    bn_dump *d = user;

    (void)err;
    end_sequence(d);
    if (d->info && d->info->bookmarks) {
        bn_buf_adds(d->out, "<bookmarkTree>");
        write_bookmarks(d, d->info->bookmarks);
        bn_buf_adds(d->out, "</bookmarkTree>");
    }
    bn_buf_adds(d->out, "</areaTree>\n");
    return BN_OK;
}

void
bn_area_dump_sink(bn_sink *sink, bn_buf *out)
{
    bn_dump *d = bn_alloc(sizeof *d);

    memset(sink, 0, sizeof *sink);
    d->out = out;
    d->sink = sink;
    sink->user = d;
    sink->begin = on_begin;
    sink->sequence = on_sequence;
    sink->page = on_page;
    sink->end = on_end;
}

void
bn_area_dump_free(bn_sink *sink)
{
    bn_dump *d = sink->user;

    if (d)
        free(d->places);
    free(d);
    sink->user = NULL;
}
