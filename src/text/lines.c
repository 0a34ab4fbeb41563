/* Where lines end (JLREQ.md 2.5) and how they are fitted to the measure
 * (JLREQ.md 6). */
#include "text/lines.h"

#include <string.h>

/* One way to end a line: behind visible unit brk. */
typedef struct fit {
    size_t brk;  /* the visible unit that the line ends behind */
    size_t last; /* the last one that is not a vanishing space */
    bool any;    /* there is one */
    int64_t natural, least;
    bn_len hang; /* of the last mark, not counted in natural */
    bool hyphen, final;
} fit;

static const unit *
seen(const setter *t, size_t v)
{
    return &t->p->units[t->p->visible[v]];
}

static bool
is_hanging(const unit *u)
{
    return u->cp == 0x3001 || u->cp == 0x3002 || u->cp == 0xff0c ||
           u->cp == 0xff0e || u->cp == 0xff61 || u->cp == 0xff64;
}

/* Space that a bracket keeps before it at the head of a line. */
bn_len
bn_head_space(const setter *t, const unit *u, bool first_line)
{
    const unsigned trim = u->style ? u->style->trim : 0;

    if (u->cut_left == 0)
        return 0;
    if (t->p->style->first_bracket == 1)
        return u->cut_left;
    if ((trim & BN_TRIM_START) ||
        ((trim & BN_TRIM_START_EXCEPT_FIRST) && !first_line))
        return 0;
    return u->cut_left;
}

/* Space kept behind the last unit, before any reduction. */
bn_len
bn_end_space(const setter *t, const unit *u)
{
    const unsigned trim = u->style ? u->style->trim : 0;

    if (u->cut_right == 0 || t->unjustified_edge ||
        ((trim & BN_TRIM_END) &&
         !((trim & BN_TRIM_STOP_STAYS) && u->cls == BN_CL_06)))
        return 0;
    if (t->p->style->shrink == BN_SHRINK_JISX4051 && u->cls != BN_CL_06)
        return 0;
    return u->cut_right;
}

/* May that space go when the line is too long? */
bool
bn_end_space_goes(const setter *t, const unit *u)
{
    const bn_para_style *s = t->p->style;
    const bool dot = u->cls == BN_CL_05;

    return u->style && (u->style->trim & BN_TRIM_ALLOW_END) &&
           !(s->loose & (dot ? BN_TIGHT_DOTS : BN_TIGHT_BRACKETS)) &&
           s->shrink != BN_SHRINK_JISX4051 &&
           !(dot && s->shrink == BN_SHRINK_BOOKS);
}

uint32_t
bn_hyphen_of(const unit *u)
{
    const uint32_t cp = u->style->hyphen;

    return cp && bn_face_glyph(u->face, cp, 0) ? cp : '-';
}

bn_len
bn_hyphen_width(const unit *u)
{
    return bn_face_advance(u->face, bn_face_glyph(u->face, bn_hyphen_of(u), 0),
                           u->style->size);
}

/* How much the gap behind u may be reduced in all. */
static bn_len
gap_less(const setter *t, const unit *u)
{
    return bn_gap_less(t->p->style, u->before_kind, u->before) +
           bn_gap_less(t->p->style, u->after_kind, u->after);
}

/* Running sums of a line that begins at visible unit `first`. */
typedef struct sums {
    size_t last;
    bool any;
    int64_t width, less;           /* through last */
    int64_t leaders;               /* what leaders give in any text */
    int64_t pending, pending_less; /* gap and spaces behind it */
} sums;

static bn_len
line_x(const setter *t, const sums *s)
{
    return (bn_len)(t->indent + t->head + s->width);
}

/* What stands before a tab is where it is: nothing there may be reduced. */
static void
add_tab(setter *t, sums *s, size_t v)
{
    bn_len width = 0;

    if (bn_tab_width(t->p, v, line_x(t, s), &width))
        s->width += width;
    BN_PUSH(&t->tabs) = width;
    s->less = 0;
}

static bool
needs_next_line(const setter *t, const sums *s, size_t v)
{
    bn_len width;

    return seen(t, v)->kind == BN_ITEM_TAB && s->any &&
           !bn_tab_width(t->p, v, line_x(t, s) + (bn_len)s->pending, &width);
}

static void
add_to_sums(setter *t, sums *s, size_t v)
{
    const unit *u = seen(t, v);
    const int64_t edges = (int64_t)u->lead + u->tail;

    if (u->flags & UNIT_DROPS && !(v == t->first && t->keeps_first)) {
        s->width += edges; /* edges stand, the space may vanish */
        s->pending += u->adv + u->before + u->after + u->letter;
        s->pending_less += bn_space_less(t->p->style, u->less) + gap_less(t, u);
        return;
    }
    s->width += s->pending + edges + u->adv;
    s->less += s->pending_less + bn_space_less(t->p->style, u->less);
    if (u->kind == BN_ITEM_TAB)
        add_tab(t, s, v);
    if (u->kind == BN_ITEM_LEADER) {
        const bn_item *it = &t->p->items[u->item];

        s->leaders += it->width > it->min ? it->width - it->min : 0;
    }
    s->last = v;
    s->any = true;
    s->pending = u->before + u->after + u->letter;
    s->pending_less = gap_less(t, u);
}

static fit
make_fit(const setter *t, const sums *s, size_t v, bool final)
{
    fit f = {.brk = v, .last = s->last, .any = s->any, .final = final};
    const unit *u;
    bn_len end;

    f.natural = f.least = s->width;
    if (!s->any)
        return f;
    u = seen(t, s->last);
    end = bn_end_space(t, u);
    f.natural += t->head + end;
    f.least += t->head + (bn_end_space_goes(t, u) ? 0 : end);
    f.hyphen = !final && seen(t, v)->brk == BREAK_HYPHEN;
    if (f.hyphen)
        f.natural += bn_hyphen_width(u), f.least += bn_hyphen_width(u);
    f.least -= s->leaders;
    if (t->reduces)
        f.least -= s->less;
    if (u->style && u->style->hang != BN_HANG_NONE && is_hanging(u)) {
        const bn_len body = u->adv + end;

        f.hang = u->adv;
        if (u->style->hang == BN_HANG_FORCE_END) {
            f.natural -= body;
            f.least -= body;
        }
    }
    return f;
}

/* How bad it is to cut an unbreakable stretch behind visible unit v when
 * nothing else helps (JLREQ.md 18: what sticks out comes last): 0 never, 1 a
 * bracket or stop on the wrong side, 2 what loose rules allow anyway, 3 what
 * only a keep holds together that no line is long enough for. */
static unsigned
emergency(const setter *t, size_t v)
{
    const unit *a = seen(t, v), *b = seen(t, v + 1);

    if (a->flags & UNIT_HELD)
        return 3;
    if (a->style == NULL || b->style == NULL || (b->flags & UNIT_JOINED) ||
        a->style->nowrap || a->style->to_the_letter)
        return 0;
    if (a->style->break_word && b->style->break_word)
        return 2;
    if ((a->style->keep && a->style->keep == b->style->keep) ||
        !(a->flags & UNIT_WIDE) || !(b->flags & UNIT_WIDE))
        return 0;
    return a->cls == BN_CL_01 || b->cls == BN_CL_02 || b->cls == BN_CL_06 ||
                   b->cls == BN_CL_07
               ? 1
               : 2;
}

/* In Western text a line is closed up when that changes it less than opening
 * up the shorter one would. */
static bool
closes_up(const setter *t, const fit *n, const fit *m)
{
    const int64_t need = m->natural - t->width, slack = t->width - n->natural;
    const int64_t room = m->natural - m->least;

    if (!n->any || t->p->japanese)
        return true;
    return room > 0 && need * 3 <= slack * 2;
}

/* hyphenation-ladder-count: no more hyphens in a row. */
static bool
ladder_full(const setter *t)
{
    const int32_t most = t->p->style->hyphen_ladder;

    return most > 0 && t->hyphens >= most;
}

/* Far from full: whatever stands at the line's edges, what goes up to here
 * fits, and what follows is likely to fit too. */
static bool
is_far(const setter *t, const sums *s, const unit *u)
{
    int64_t em;

    if (!s->any)
        return false;
    em = seen(t, s->last)->em;
    if (em <= 0 || u->em <= 0)
        return false;
    em = em > u->em ? em : u->em;
    return s->width + t->head + 3 * em < t->width;
}

/* The fit of such a place. */
static fit
far_fit(const setter *t, const sums *s, size_t v)
{
    fit f = make_fit(t, s, v, false);
    const unit *u = seen(t, v);

    if (u->style && u->style->hang != BN_HANG_FORCE_END)
        f.hang = 0;
    return f;
}

/* The end of the line that begins at t->first, before visible unit limit when
 * the segment goes on behind it. */
static fit
choose(setter *t, size_t end, size_t limit)
{
    sums s = {0};
    fit best = {0}, rescue = {0}, f;
    unsigned rescue_rank = 0;
    const unit *u;
    /* A break far from the line's end that is the best so far is worked out
     * when it is asked for: late. */
    sums known = {0};
    size_t known_at = 0;
    bool late = false;

    for (size_t v = t->first; v < end; v++) {
        const bool final = v + 1 == end;

        if (needs_next_line(t, &s, v))
            return make_fit(t, &s, v - 1, false);
        add_to_sums(t, &s, v);
        u = seen(t, v);
        if (v >= limit && best.any)
            return late ? far_fit(t, &known, known_at) : best;
        if (!final && (u->brk == BREAK_NO ||
                       (u->brk == BREAK_HYPHEN && ladder_full(t)))) {
            const unsigned rank = s.any && !best.any ? emergency(t, v) : 0;

            if (rank > 0 && rank >= rescue_rank) {
                f = make_fit(t, &s, v, false);
                if (f.least <= t->width) {
                    rescue = f;
                    rescue_rank = rank;
                }
            }
            /* No end behind this fits any more; do not look for one. */
            if (rescue.any && !best.any &&
                s.width - s.less - s.leaders > t->width + 2 * u->em)
                return rescue;
            continue;
        }
        if (!final && is_far(t, &s, u)) {
            known = s;
            known_at = v;
            best.any = late = true;
            continue;
        }
        if (late)
            best = far_fit(t, &known, known_at);
        late = false;
        f = make_fit(t, &s, v, final);
        if (final && t->m->last_end_indent)
            f.natural += t->m->last_end_indent,
                f.least += t->m->last_end_indent;
        if (f.natural <= t->width || !f.any) {
            best = f;
            if (u->style && u->style->hang != BN_HANG_FORCE_END)
                best.hang = 0;
            if (f.natural == t->width || final)
                return best;
            continue;
        }
        /* Hang, reduce, or fall back to the one before. */
        if (f.hang && seen(t, f.last)->style->hang == BN_HANG_ALLOW_END &&
            f.natural - seen(t, f.last)->adv -
                    bn_end_space(t, seen(t, f.last)) <=
                t->width) {
            f.natural -=
                seen(t, f.last)->adv + bn_end_space(t, seen(t, f.last));
            return f;
        }
        f.hang = seen(t, f.last)->style &&
                         seen(t, f.last)->style->hang == BN_HANG_FORCE_END
                     ? f.hang
                     : 0;
        if (f.least <= t->width && closes_up(t, &best, &f))
            return f;
        if (best.any)
            return best;
        return rescue.any ? rescue : f;
    }
    return late ? far_fit(t, &known, known_at) : best;
}

/* The line that ends behind visible unit brk. */
static fit
fit_until(setter *t, size_t brk, size_t end)
{
    const bool final = brk + 1 == end;
    sums s = {0};
    fit f;

    for (size_t v = t->first; v <= brk; v++)
        add_to_sums(t, &s, v);
    f = make_fit(t, &s, brk, final);
    f.hang = 0;
    if (final) {
        f.natural += t->m->last_end_indent;
        f.least += t->m->last_end_indent;
    }
    return f;
}

/* Behind the units that stick to the end of visible unit v. */
static size_t
unit_end(const bn_para *p, size_t v, size_t limit)
{
    size_t i = p->visible[v] + 1;

    while (i < limit && (p->units[i].flags & UNIT_HIDDEN) &&
           p->units[i].kind != BN_ITEM_OPEN)
        i++;
    return i;
}

/* text-align of a line, as the indents that it leaves. What is too long sticks
 * out on the side that it is not aligned to. */
static void
align_line(bn_line *line, uint8_t align, bn_len slack, bn_len indent)
{
    bn_len start = 0, end = 0;

    if (align == BN_ALIGN_END)
        start = slack;
    else if (align == BN_ALIGN_CENTER)
        start = end = slack / 2;
    else if (align == BN_ALIGN_START && slack > 0)
        end = slack;
    line->start_indent = indent + start;
    line->end_indent = end;
    for (uint32_t i = 0; i < line->npieces; i++)
        ((bn_piece *)line->pieces)[i].x += indent + start;
}

static void
set_line(setter *t, const fit *f, size_t from, size_t to, bool ends,
         bool forced, bn_len indent)
{
    bn_line *line = &BN_PUSH(&t->lines);
    const bn_len extra = f->final ? t->m->last_end_indent : 0;
    const bool begins = t->lines.n == 1;
    const uint8_t align = begins && t->m->align_first
                              ? (uint8_t)(t->m->align_first - 1)
                          : ends ? t->m->align_last
                                 : t->m->align;
    line_plan plan = {.from = from, .to = to, .empty = !f->any};
    bn_len slack;

    *line = (bn_line){0};
    t->distributes =
        ends && align == BN_ALIGN_JUSTIFY && t->lines.n == 1 && t->p->japanese;
    if (f->any) {
        plan.first = t->first;
        plan.last = f->last;
        plan.hyphen = f->hyphen;
        plan.head = t->head;
        plan.end = f->hang ? 0 : bn_end_space(t, seen(t, f->last));
        line->natural = (bn_len)(f->natural - extra);
        bn_adjust(t, &plan, t->width - f->natural, align == BN_ALIGN_JUSTIFY);
    }
    bn_emit(t->emitter, t->p, &plan, line);
    if (f->hang) {
        line->hang = f->hang;
        line->width -= f->hang;
    }
    line->hyphenated = f->hyphen;
    t->hyphens = f->hyphen ? t->hyphens + 1 : 0;
    line->forced = forced;
    slack = t->width - extra - line->width;
    line->overflow = slack < 0 ? -slack : 0;
    align_line(line, align, slack, indent);
    line->last_indent = extra;
}

/* Skip spaces that vanish at the head of a line. */
static void
skip_spaces(setter *t, size_t end, bool keeps_indent)
{
    t->keeps_first = false;
    while (t->first < end && (seen(t, t->first)->flags & UNIT_DROPS)) {
        if (seen(t, t->first)->cp == 0x3000 && keeps_indent) {
            t->keeps_first = true; /* an indent by U+3000 stays */
            return;
        }
        t->first++;
    }
}

/* Measure, indent and head of the line that begins at t->first. */
static bn_len
begin_line(setter *t, size_t end, bool starts)
{
    const size_t line_no = t->lines.n;
    bn_len indent = line_no == 0 ? t->m->text_indent : 0, extra = 0;

    t->tabs.n = 0;
    t->width = t->m->width;
    if (t->m->width_of)
        t->width = t->m->width_of(t->m->user, line_no, &extra);
    skip_spaces(t, end, starts);
    t->head = 0;
    if (t->first < end) {
        const unit *u = seen(t, t->first);

        t->head = bn_head_space(t, u, line_no == 0);
        if (line_no == 0 && t->p->style->first_bracket == 2 &&
            indent >= u->cut_left)
            indent -= u->cut_left;
    }
    t->width -= indent;
    t->indent = indent;
    return indent + extra;
}

/* Characters of a line that count: a single one with its punctuation is a
 * widow. */
static size_t
count_letters(const setter *t, const fit *f)
{
    size_t n = 0;

    for (size_t v = t->first; f->any && v <= f->last; v++) {
        const unit *u = seen(t, v);

        n += !(u->flags & UNIT_SPACE) && u->cls != BN_CL_02 &&
             u->cls != BN_CL_04 && u->cls != BN_CL_06 && u->cls != BN_CL_07;
    }
    return n;
}

/* Where a line stands in its segment, so that it can be set again. */
typedef struct line_start {
    size_t first, from;
    bool starts;
} line_start;

/* One line; where holds its start and then the next one's. Returns true when
 * the segment is at its end. */
static bool
set_next(setter *t, line_start *where, size_t to, size_t end, bool forced,
         size_t limit, fit *used)
{
    bn_len indent;
    bool ends;
    size_t next;

    t->first = where->first;
    indent = begin_line(t, end, where->starts);
    *used = t->breaks.n ? fit_until(t, t->breaks.v[--t->breaks.n], end)
                        : choose(t, end, limit);
    ends = !used->any || used->final || used->brk + 1 >= end;
    next = ends ? to : unit_end(t->p, used->brk, to);
    set_line(t, used, where->from, next, ends, ends && forced, indent);
    where->from = next;
    where->starts = false;
    where->first = ends ? end : used->brk + 1;
    while (where->first < end && (seen(t, where->first)->flags & UNIT_DROPS) &&
           !where->starts)
        where->first++;
    return where->first >= end;
}

/* All lines of units from to, which end with a forced break or the paragraph.
 * End is the visible unit behind them. */
static void
set_segment(setter *t, size_t from, size_t to, size_t end, bool forced)
{
    line_start where = {t->first, from, true}, before = where, last = where;
    const size_t n = t->lines.n;
    fit used = {0}, previous = {0};
    bool ends;

    t->breaks.n = 0;
    if ((!t->p->japanese || t->p->style->bpil) && !t->p->tabs)
        bn_total_fit(t, end);
    do {
        before = last;
        last = where;
        previous = used;
        ends = set_next(t, &where, to, end, forced, SIZE_MAX, &used);
    } while (!ends);
    if (!t->p->style->avoid_widow || t->lines.n < n + 2 ||
        count_letters(t, &used) > 1)
        return;
    /* The line before gives its last piece to the last one. */
    t->lines.n -= 2;
    ends = set_next(t, &before, to, end, forced, previous.brk, &used);
    while (!ends)
        ends = set_next(t, &before, to, end, forced, SIZE_MAX, &used);
}

static void
set_lines(setter *t)
{
    const bn_para *p = t->p;
    size_t from = 0, v = 0;

    for (size_t i = 0; i <= p->nunits; i++) {
        const bool breaks =
            i < p->nunits && (p->units[i].flags & UNIT_LINEFEED);
        size_t end = v;

        if (!breaks && i < p->nunits)
            continue;
        if (i == p->nunits && from == i)
            break;
        while (end < p->nvisible && p->visible[end] < i)
            end++;
        t->first = v;
        set_segment(t, from, breaks ? i + 1 : i, end, breaks);
        v = end;
        from = i + 1;
    }
    if (t->lines.n)
        t->lines.v[t->lines.n - 1].last = 1;
}

/* Nothing but spaces that vanish: no lines. */
static bool
is_blank(const bn_para *p)
{
    for (size_t i = 0; i < p->nunits; i++)
        if (!(p->units[i].flags & (UNIT_DROPS | UNIT_HIDDEN)) ||
            p->units[i].kind != BN_ITEM_TEXT ||
            (p->units[i].flags & UNIT_LINEFEED))
            return false;
    return true;
}

static void
set_all(const bn_para *p, bn_arena *a, const bn_measure *m,
        const bn_line **lines, size_t *n)
{
    setter t = {.p = p, .m = m, .arena = a};

    t.reduces = m->align == BN_ALIGN_JUSTIFY;
    t.unjustified_edge =
        m->align == BN_ALIGN_CENTER || m->align == BN_ALIGN_END;
    t.emitter = bn_emitter_new(a);
    if (!is_blank(p))
        set_lines(&t);
    bn_emitter_free(t.emitter);
    *n = t.lines.n;
    *lines = bn_arena_copy(a, t.lines.v, t.lines.n * sizeof t.lines.v[0]);
    BN_VEC_FREE(&t.lines);
    BN_VEC_FREE(&t.delta);
    BN_VEC_FREE(&t.leader);
    BN_VEC_FREE(&t.slots);
    BN_VEC_FREE(&t.tabs);
    BN_VEC_FREE(&t.breaks);
}

bn_code
bn_para_lines(const bn_para *p, bn_arena *a, const bn_measure *m,
              const bn_line **lines, size_t *n, bn_msgs *msgs)
{
    const bn_para *fitted = p;

    if (p->style->overflow_condense)
        fitted = bn_condense(p, a, m);
    set_all(fitted, a, m, lines, n);
    (void)msgs;
    return BN_OK;
}
