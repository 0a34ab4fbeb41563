/* table.c - a comparison as the rows of a 新旧対照表. */
#include "compare/compare.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

#define OMITTED "［略］"
#define SPACE "\xE3\x80\x80" /* U+3000 */

/* A row before it is worded: one pair, or a run of unchanged provisions. */
typedef struct entry {
    const bn_pair *pair;
    bool omitted;               /* as ［略］ */
    int32_t last_old, last_new; /* of a run */
    int32_t count;
} entry;

typedef struct maker {
    bn_arena *a;
    const bn_comparison *c;
    const bn_pair **of_new; /* pair of each new provision */
    bool *dirty;            /* new provisions with a change somewhere below */
    BN_VEC(entry) entries;
    BN_VEC(bn_table_row) rows;
} maker;

/* ------------------------------------------------- what may be left out */

static bool
unchanged(const bn_pair *p)
{
    return p->change == BN_SAME || p->change == BN_RENUMBERED;
}

static void
spoil(maker *m, int32_t new)
{
    if (new >= 0)
        m->dirty[new] = true;
}

/* A provision is dirty when one below it changed, came, or went away. */
static void
find_dirty(maker *m)
{
    const bn_provisions *old = &m->c->old, *new = &m->c->new;
    int32_t *to = BN_NEWS(m->a, int32_t, old->n + 1);

    m->of_new = BN_NEWS(m->a, const bn_pair *, new->n + 1);
    m->dirty = BN_NEWS(m->a, bool, new->n + 1);
    for (size_t i = 0; i < old->n; i++)
        to[i] = -1;
    for (size_t i = 0; i < m->c->npairs; i++) {
        const bn_pair *p = &m->c->pairs[i];

        if (p->new >= 0)
            m->of_new[p->new] = p;
        if (p->new >= 0 && p->old >= 0)
            to[p->old] = p->new;
    }
    for (size_t i = 0; i < old->n; i++) {
        const int32_t up = old->v[i].parent;

        if (up >= 0 && (to[i] < 0 || new->v[to[i]].parent < 0 || to[up] < 0 ||
                        new->v[to[i]].parent != to[up]))
            spoil(m, to[up]);
    }
    for (size_t j = new->n; j-- > 0;)
        if (m->dirty[j] || m->of_new[j]->change != BN_SAME ||
            m->of_new[j]->moved)
            spoil(m, new->v[j].parent);
}

static bool
may_omit(const maker *m, const bn_pair *p)
{
    return p->new >= 0 && p->old >= 0 && unchanged(p) && !m->dirty[p->new] &&
           m->c->new.v[p->new].title[0] != '\0';
}

/* 二・三 and 三～八 in a source are runs already: nothing joins them. */
static bool
is_run(const char *title)
{
    return strstr(title, "・") || strstr(title, "～") || strstr(title, "から");
}

static bool
joins(const maker *m, const entry *e, const bn_pair *p)
{
    const bn_provision *x = &m->c->new.v[e->last_new];
    const bn_provision *y = &m->c->new.v[p->new];
    const bn_provision *ox = &m->c->old.v[e->last_old];
    const bn_provision *oy = &m->c->old.v[p->old];

    return e->omitted && !p->moved && !e->pair->moved &&
           e->pair->change == p->change && x->parent == y->parent &&
           ox->parent == oy->parent && strcmp(x->element, y->element) == 0 &&
           strcmp(ox->element, oy->element) == 0 && !is_run(x->title) &&
           !is_run(y->title);
}

static int32_t
subtree_end(const bn_provisions *p, int32_t i)
{
    const int32_t level = p->v[i].level;

    for (i++; (size_t)i < p->n && p->v[i].level > level; i++) {
    }
    return i;
}

static void
list_entries(maker *m)
{
    int32_t skip = 0; /* new provisions below it stand in a ［略］ */

    for (size_t i = 0; i < m->c->npairs; i++) {
        const bn_pair *p = &m->c->pairs[i];
        entry *last = m->entries.n ? &m->entries.v[m->entries.n - 1] : NULL;
        const bool omit = may_omit(m, p);

        if (p->new >= 0 && p->new < skip)
            continue;
        if (omit)
            skip = subtree_end(&m->c->new, p->new);
        if (omit && last && joins(m, last, p)) {
            last->last_old = p->old;
            last->last_new = p->new;
            last->count++;
            continue;
        }
        BN_PUSH(&m->entries) = (entry){.pair = p,
                                       .omitted = omit,
                                       .last_old = p->old,
                                       .last_new = p->new,
                                       .count = 1};
    }
}

/* ---------------------------------------------------------------- words */

typedef BN_VEC(bn_stretch) stretches;
typedef BN_VEC(bn_cell_line) lines;

static void
add(stretches *list, const char *s, bool marked)
{
    if (*s)
        BN_PUSH(list) = (bn_stretch){s, (uint32_t)strlen(s), marked};
}

static void
end_line(maker *m, lines *out, bn_line_kind kind, int32_t indent,
         stretches *list)
{
    if (list->n)
        BN_PUSH(out) = (bn_cell_line){
            .kind = kind,
            .indent = indent,
            .v = bn_arena_copy(m->a, list->v, list->n * sizeof *list->v),
            .n = (uint32_t)list->n};
    BN_VEC_FREE(list);
}

static bn_cell
end_cell(maker *m, lines *list)
{
    const bn_cell cell = {
        bn_arena_copy(m->a, list->v, list->n * sizeof *list->v),
        (uint32_t)list->n};

    BN_VEC_FREE(list);
    return cell;
}

/* Words with their changed stretches; all: nothing stands on the other side. */
static void
add_words(stretches *list, const char *text, const bn_pair *p, bool old,
          bool all)
{
    uint32_t at = 0;

    if (all) {
        add(list, text, true);
        return;
    }
    for (uint32_t i = 0; i < p->nspans; i++) {
        const bn_mark_span *s = &p->spans[i];
        const uint32_t from = old ? s->old_from : s->new_from;
        const uint32_t to = old ? s->old_to : s->new_to;

        if (from > at)
            BN_PUSH(list) = (bn_stretch){text + at, from - at, false};
        if (to > from)
            BN_PUSH(list) = (bn_stretch){text + from, to - from, true};
        at = to;
    }
    add(list, text + at, false);
}

/* Full-width digits of a number as half-width ones: the table is horizontal. */
static const char *
number_of(maker *m, const char *title)
{
    const char *p = title, *end = title + strlen(title);
    bn_buf b = {0};
    const char *out;

    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        bn_buf_add_u8(&b, c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 + '0' : c);
    }
    out = b.p ? bn_arena_strdup(m->a, b.p) : "";
    bn_buf_free(&b);
    return out;
}

static bool
is_heading(const bn_provision *p)
{
    return strcmp(p->element, "Paragraph") != 0 &&
           strncmp(p->element, "Item", 4) != 0 &&
           strncmp(p->element, "Subitem", 7) != 0;
}

/* Items stand under the number of their paragraph, subitems deeper. */
static int32_t
indent_of(const bn_provision *p)
{
    return strncmp(p->element, "Subitem", 7) == 0 ? p->element[7] - '0' : 0;
}

/* One side of a pair, whole. */
static bn_cell
whole_cell(maker *m, const bn_pair *pair, bool old)
{
    const bn_provisions *side = old ? &m->c->old : &m->c->new;
    const bn_provision *p = &side->v[old ? pair->old : pair->new];
    const int32_t there = old ? pair->new : pair->old;
    const bn_provision *other =
        there < 0 ? NULL : &(old ? &m->c->new : &m->c->old)->v[there];
    const bool alone = other == NULL;
    const bool renamed =
        alone || pair->moved || strcmp(p->title, other->title) != 0;
    const bool recaptioned = alone || strcmp(p->caption, other->caption) != 0;
    const char *number = number_of(m, p->title);
    const int32_t indent = indent_of(p);
    /* （目的） stands above 第一条; 申込み behind 1 */
    const bool above = strncmp(p->caption, "（", 3) == 0;
    lines out = {0};
    stretches line = {0};

    if (above) {
        add(&line, p->caption, recaptioned);
        end_line(m, &out, BN_LINE_CAPTION, 1, &line);
    }
    add(&line, number, renamed);
    if (p->caption[0] && !above) {
        if (number[0])
            add(&line, SPACE, renamed && recaptioned);
        add(&line, p->caption, recaptioned);
        end_line(m, &out, is_heading(p) ? BN_LINE_HEADING : BN_LINE_CAPTION, 0,
                 &line);
    } else if (is_heading(p) && !above && p->text[0] == '\0') {
        end_line(m, &out, BN_LINE_HEADING, 0, &line);
    }
    if (p->text[0]) {
        const bool numbered = line.n > 0;

        if (numbered)
            add(&line, SPACE, false);
        add_words(&line, p->text, pair, old, alone);
        end_line(m, &out, numbered ? BN_LINE_ITEM : BN_LINE_WORDS, indent,
                 &line);
    }
    end_line(m, &out, BN_LINE_ITEM, indent, &line);
    return end_cell(m, &out);
}

/* The number of a provision; of a chapter without its name, in a run. */
static const char *
name_in_run(maker *m, const bn_provision *p, bool run)
{
    const char *number = number_of(m, p->title);
    const char *space = run ? strstr(number, SPACE) : NULL;

    return space ? bn_arena_strndup(m->a, number, space - number) : number;
}

/* 二　［略］; 二・三　［略］; 三～八　［略］ */
static bn_cell
omitted_cell(maker *m, const entry *e, bool old)
{
    const bn_provision *v = old ? m->c->old.v : m->c->new.v;
    const bn_provision *first = &v[old ? e->pair->old : e->pair->new];
    const bn_provision *last = &v[old ? e->last_old : e->last_new];
    const bool marked = e->pair->change == BN_RENUMBERED || e->pair->moved;
    stretches line = {0};
    lines out = {0};

    add(&line, name_in_run(m, first, e->count > 1), marked);
    if (e->count > 1) {
        add(&line, e->count == 2 ? "・" : "～", marked);
        add(&line, name_in_run(m, last, true), marked);
    }
    add(&line, SPACE OMITTED, false);
    end_line(m, &out, is_heading(first) ? BN_LINE_HEADING : BN_LINE_ITEM,
             indent_of(first), &line);
    return end_cell(m, &out);
}

/* What stands beside a provision that came or went. */
static bn_cell
note_cell(maker *m, const bn_pair *pair)
{
    const bool came = pair->new >= 0;
    const bn_provisions *side = came ? &m->c->new : &m->c->old;
    const int32_t parent = side->v[came ? pair->new : pair->old].parent;
    stretches line = {0};
    lines out = {0};

    /* Said once for a provision with all below it. */
    if (came && parent >= 0 && m->of_new[parent]->old < 0)
        return (bn_cell){0};
    add(&line, came ? "［新設］" : "［削る］", false);
    end_line(m, &out, BN_LINE_NOTE, 0, &line);
    return end_cell(m, &out);
}

static bn_table_row
word_row(maker *m, const entry *e)
{
    const bn_pair *p = e->pair;

    if (e->omitted)
        return (bn_table_row){omitted_cell(m, e, true),
                              omitted_cell(m, e, false)};
    return (bn_table_row){p->old < 0 ? note_cell(m, p) : whole_cell(m, p, true),
                          p->new < 0 ? note_cell(m, p)
                                     : whole_cell(m, p, false)};
}

/* The law's own title heads the table. */
static bn_table_row
title_row(maker *m)
{
    const char *titles[] = {m->c->old.title, m->c->new.title};
    bn_pair p = {.change = BN_CHANGED};
    bn_cell cells[2];

    bn_compare_words(m->a, titles[0], titles[1], &p.spans, &p.nspans);
    for (int i = 0; i < 2; i++) {
        stretches line = {0};
        lines out = {0};

        add_words(&line, titles[i], &p, i == 0, false);
        end_line(m, &out, BN_LINE_TITLE, 0, &line);
        cells[i] = end_cell(m, &out);
    }
    return (bn_table_row){cells[0], cells[1]};
}

void
bn_compare_table(bn_arena *a, const bn_comparison *c, bn_table *out)
{
    maker m = {.a = a, .c = c};
    const bool notice = strstr(c->new.number, "告示") != NULL;

    find_dirty(&m);
    list_entries(&m);
    if (c->old.title[0] || c->new.title[0])
        BN_PUSH(&m.rows) = title_row(&m);
    for (size_t i = 0; i < m.entries.n; i++)
        BN_PUSH(&m.rows) = word_row(&m, &m.entries.v[i]);
    out->title = bn_arena_printf(
        a, notice ? "○%sの一部を改正する告示　新旧" : "%s　新旧対照表",
        c->old.title[0] ? c->old.title : c->new.title);
    out->v = bn_arena_copy(a, m.rows.v, m.rows.n * sizeof *m.rows.v);
    out->n = m.rows.n;
    BN_VEC_FREE(&m.entries);
    BN_VEC_FREE(&m.rows);
}
