/* Space between units by JLREQ's Tables 1 and 6, letter- and word-spacing. */
#include "text/internal.h"

/* punctuation-trim: what a pair of marks shares is collapsed. */
static bool
collapses(const unit *a, const unit *b)
{
    return (a->style->trim & BN_TRIM_ADJACENT) &&
           (b->style->trim & BN_TRIM_ADJACENT);
}

/* text-autospace: is the quarter em between these two asked for? */
static bool
autospaced(const unit *a, const unit *b)
{
    const unsigned west = is_western(a->cls) ? a->cls : b->cls;
    const unsigned flag = west == BN_CL_24 || west == BN_CL_25
                              ? BN_AUTOSPACE_NUMERIC
                              : BN_AUTOSPACE_ALPHA;

    return (a->style->autospace & flag) && (b->style->autospace & flag);
}

static bn_len
western_gap(const unit *u)
{
    return (bn_len)((int64_t)u->em * u->style->autospace_width / 1000);
}

static void
set_before(unit *a, bn_len v, enum gap_kind kind)
{
    a->before = v;
    a->before_kind = v ? (uint8_t)kind : GAP_NONE;
}

static void
set_after(unit *a, bn_len v, enum gap_kind kind)
{
    a->after = v;
    a->after_kind = v ? (uint8_t)kind : GAP_NONE;
}

static enum gap_kind
own_kind(const unit *u)
{
    return u->cls == BN_CL_05   ? GAP_DOT
           : u->cls == BN_CL_06 ? GAP_STOP
                                : GAP_BRACKET;
}

/* The gap behind a when b follows. Body and space of a mark come from its own
 * frame (cut_*), so that a narrow mark has neither. */
static void
space_pair(unit *a, const unit *b)
{
    const unsigned row = class_row(a->cls), col = class_row(b->cls);
    const char code = bn_table_space[row][col];
    const bool halves = (a->cut_right || b->cut_left) && !collapses(a, b);

    if (halves) { /* every mark keeps its full frame */
        set_before(a, a->cut_right, own_kind(a));
        set_after(a, b->cut_left, own_kind(b));
        return;
    }
    switch (code) {
    case 'h':
        set_before(a, a->cut_right, own_kind(a));
        break;
    case 'H':
        set_after(a, b->cut_left, GAP_BRACKET);
        break;
    case 'm':
    case 'M':
        set_before(a, a->cut_right, own_kind(a));
        set_after(a, b->cut_left, GAP_DOT);
        break;
    case 'q':
    case 'Q':
        if (row == BN_CL_05)
            set_before(a, a->cut_right, GAP_DOT);
        else if (col == BN_CL_05)
            set_after(a, b->cut_left, GAP_DOT);
        else if (autospaced(a, b)) {
            const bool unit_gap = is_western(a->cls) && is_western(b->cls);

            set_before(a, western_gap(code == 'q' ? a : b),
                       unit_gap ? GAP_UNIT : GAP_WESTERN);
        }
        break;
    default:
        break;
    }
}

static bool
in_one_base(const unit *a, const unit *b)
{
    return a->style && b->style && a->style->solid && b->style->solid &&
           a->style->keep == b->style->keep;
}

/* The step of Table 6 in which the gap opens; 0 never. */
static uint8_t
growth(const unit *a, const unit *b)
{
    const char code = bn_table_expand[class_row(a->cls)][class_row(b->cls)];

    if ((b->flags & UNIT_JOINED) || in_one_base(a, b))
        return 0;
    switch (code) {
    case '2':
        /* Without its quarter em the pair is a solid one. */
        return a->before_kind == GAP_WESTERN ? 2 : 3;
    case '3':
        return 3;
    case '4':
        return 4;
    case 'k':
        return a->cp == b->cp ? 0 : 3;
    default:
        return 0;
    }
}

static bn_len
em_part(const unit *u, int num, int den)
{
    return (bn_len)((int64_t)u->em * num / den);
}

/* A word space: in Japanese a third of an em, between a quarter and a half
 * (JLREQ 3.8.3); otherwise the font's, as the style says. */
static void
space_word(const bn_para *p, unit *u)
{
    const bn_text_style *s = u->style;
    const bn_len own = u->adv;

    if (p->japanese && p->wide && (u->flags & UNIT_JA) &&
        !u->face->fixed_pitch) {
        u->adv = em_part(u, 1, 3);
        u->less = u->adv - em_part(u, 1, 4);
        u->more = em_part(u, 1, 2) - u->adv;
    } else if (!s->word_spacing && !s->word_spacing_min &&
               !s->word_spacing_max) {
        u->less = own / 3;
        u->more = own / 2;
    }
    if (s->word_spacing || s->word_spacing_min || s->word_spacing_max) {
        u->adv += s->word_spacing;
        u->less = s->word_spacing - s->word_spacing_min;
        u->more = s->word_spacing_max - s->word_spacing;
    }
    if (u->less < 0)
        u->less = 0;
    if (u->more < 0)
        u->more = 0;
}

/* Text, or an object that stands for an ideograph. */
static bool
has_class(const unit *u)
{
    return u->kind == BN_ITEM_TEXT ||
           (u->kind == BN_ITEM_BOX && (u->flags & UNIT_WIDE));
}

static bool
is_kanji_digit(const unit *u)
{
    static const uint32_t digits[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                      0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};

    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++)
        if (u->kind == BN_ITEM_TEXT && u->cp == digits[i])
            return true;
    return false;
}

/* Vertical: 、 and ・ inside kanji numerals are solid (JLREQ 3.1.2). */
static bool
is_numeral_mark(const unit *prev, const unit *u, const unit *next)
{
    return u->kind == BN_ITEM_TEXT && (u->cp == 0x3001 || u->cp == 0x30fb) &&
           prev && next && is_kanji_digit(prev) && is_kanji_digit(next);
}

/* The gaps around the marks of kanji numerals close, never to open. */
static void
close_numerals(bn_para *p)
{
    for (size_t i = 1; i + 1 < p->nvisible; i++) {
        unit *prev = &p->units[p->visible[i - 1]];
        unit *u = &p->units[p->visible[i]];

        if (!is_numeral_mark(prev, u, &p->units[p->visible[i + 1]]))
            continue;
        prev->after = u->before = 0;
        prev->after_kind = u->before_kind = GAP_NONE;
        prev->grow = u->grow = 0;
    }
}

static bool
is_space(const unit *u)
{
    return u->kind == BN_ITEM_TEXT && u->cp == ' ' && u->style;
}

/* Is the neighbour of a unit the end of the text, a forced break? */
static bool
ends_line(const bn_para *p, size_t i, int step)
{
    const unit *u;

    if (i + step >= p->nunits) /* also before the first */
        return true;
    u = &p->units[i + step];
    return u->kind == BN_ITEM_BREAK || (u->flags & UNIT_LINEFEED) != 0;
}

/* Letter spacing stands on both sides of a space that is kept at the edge of a
 * line or of an inline's text, and goes with the space where the next inline
 * begins with one (XSL 1.1 7.17.2). */
static void
space_letters(bn_para *p)
{
    for (size_t i = 0; i < p->nvisible; i++) {
        unit *u = &p->units[p->visible[i]];
        unit *prev = i ? &p->units[p->visible[i - 1]] : NULL;

        if (!is_space(u))
            continue;
        if (prev == NULL || ends_line(p, p->visible[i], -1))
            u->adv += u->style->letter_spacing;
        if (i + 1 == p->nvisible || ends_line(p, p->visible[i], 1))
            u->adv += u->style->letter_spacing;
        if (prev && prev->kind == BN_ITEM_TEXT && prev->item != u->item) {
            u->adv += u->style->letter_spacing;
            prev->letter = is_space(prev) ? prev->letter : 0;
        }
    }
}

void
bn_space(bn_para *p)
{
    for (size_t i = 0; i < p->nvisible; i++) {
        unit *u = &p->units[p->visible[i]];
        const unit *next =
            i + 1 < p->nvisible ? &p->units[p->visible[i + 1]] : NULL;

        if (u->cls == BN_CL_26 && u->kind == BN_ITEM_TEXT)
            space_word(p, u);
        if (next == NULL)
            break;
        if (u->style && next->style && !(next->flags & UNIT_JOINED)) {
            if (has_class(u) && has_class(next))
                space_pair(u, next);
            if (u->kind == BN_ITEM_TEXT)
                u->letter = u->style->letter_spacing +
                            (in_one_base(u, next) ? u->style->base_gap : 0);
        }
        u->grow = u->kind == BN_ITEM_TAB || next->kind == BN_ITEM_TAB
                      ? 0
                      : growth(u, next);
    }
    if (p->style->vertical)
        close_numerals(p);
    space_letters(p);
}
