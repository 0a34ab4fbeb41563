/* amend.c - a comparison as 改め文: the sentences that make the new text out of
 * the old one, as a law in e-Gov form.
 *
 * Sentences take effect one after the other: words are changed and provisions
 * deleted under their old addresses, then provisions get their new numbers,
 * then new ones come in under the new addresses. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/kanji.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "compare/address.h"

enum {
    MOST_REPLACED = 8, /* places in one provision; beyond, it is replaced */
    RUN = 3,           /* this many renumbered alike are said at once */
    ENOUGH = 15        /* bytes of kana that are a quotation: five */
};

typedef struct maker {
    bn_arena *a;
    const bn_comparison *c;
    const bn_pair **of_old, **of_new;
    bn_buf *out;
    size_t n; /* sentences so far */
} maker;

/* --------------------------------------------------------------- writing */

static void
begin(maker *m, const char *sentence)
{
    bn_buf_adds(m->out, "<AmendProvision><AmendProvisionSentence>"
                        "<Sentence Num=\"1\">");
    bn_buf_adds_xml(m->out, sentence);
    bn_buf_adds(m->out, "</Sentence></AmendProvisionSentence>");
    m->n++;
}

static void
end(maker *m)
{
    bn_buf_adds(m->out, "</AmendProvision>\n");
}

static void
say(maker *m, const char *sentence)
{
    begin(m, sentence);
    end(m);
}

/* One tag with text, when there is any or it must stand. */
static void
put_tag(maker *m, const char *element, const char *ending, const char *text,
        bool always)
{
    if (*text == '\0' && !always)
        return;
    bn_buf_addf(m->out, "<%s%s>", element, ending);
    bn_buf_adds_xml(m->out, text);
    bn_buf_addf(m->out, "</%s%s>", element, ending);
}

static void
put_sentence(maker *m, const char *element, const char *text)
{
    bn_buf_addf(m->out, "<%sSentence><Sentence Num=\"1\">", element);
    bn_buf_adds_xml(m->out, text);
    bn_buf_addf(m->out, "</Sentence></%sSentence>", element);
}

static int32_t put_made(maker *m, const bn_provisions *p, int32_t i, int n);

/* Those right below; the ones behind them. */
static int32_t
put_below(maker *m, const bn_provisions *p, int32_t i, int n)
{
    const int32_t level = p->v[i].level;

    for (i++; (size_t)i < p->n && p->v[i].level > level;)
        i = put_made(m, p, i, n++);
    return i;
}

/* A provision of a text that has no law XML (Markdown), as one; the index
 * behind it. n: its place among its siblings. */
static int32_t
put_made(maker *m, const bn_provisions *p, int32_t i, int n)
{
    const bn_provision *v = &p->v[i];
    const bool article = strcmp(v->element, "Article") == 0;
    int32_t next;

    bn_buf_addf(m->out, "<%s Num=\"%d\">", v->element, n);
    if (bn_address_is_division(v->element)) {
        put_tag(m, v->element, "Title", v->title, true);
    } else if (article) {
        put_tag(m, "Article", "Caption", v->caption, false);
        put_tag(m, "Article", "Title", v->title, true);
        bn_buf_adds(m->out, "<Paragraph Num=\"1\"><ParagraphNum/>");
        put_sentence(m, "Paragraph", v->text);
    } else if (strcmp(v->element, "Paragraph") == 0) {
        put_tag(m, "Paragraph", "Caption", v->caption, false);
        put_tag(m, "Paragraph", "Num", v->title, true);
        put_sentence(m, "Paragraph", v->text);
    } else {
        put_tag(m, v->element, "Title", v->title, false);
        put_sentence(m, v->element, v->text);
    }
    if (!article) {
        next = put_below(m, p, i, 1);
        bn_buf_addf(m->out, "</%s>", v->element);
        return next;
    }
    for (next = i + 1; (size_t)next < p->n && p->v[next].level > v->level &&
                       strcmp(p->v[next].element, "Paragraph") != 0;)
        next = put_made(m, p, next, next - i);
    bn_buf_adds(m->out, "</Paragraph>");
    for (int k = 2; (size_t)next < p->n && p->v[next].level > v->level; k++)
        next = put_made(m, p, next, k);
    bn_buf_adds(m->out, "</Article>");
    return next;
}

/* The element of a provision as it stands in its file. */
static void
put_node(maker *m, const bn_provision *p)
{
    xmlBuffer *b;

    if (p->node == NULL) {
        put_made(m, &m->c->new, (int32_t)(p - m->c->new.v), 1);
        return;
    }
    b = xmlBufferCreate();
    xmlNodeDump(b, p->node->doc, (xmlNode *)p->node, 0, 0);
    bn_buf_add(m->out, xmlBufferContent(b), (size_t)xmlBufferLength(b));
    xmlBufferFree(b);
}

/* ---------------------------------------------------------- changed words */

typedef BN_VEC(bn_mark_span) spans;

static size_t
count_in(const char *scope, const char *s, size_t n)
{
    size_t found = 0;

    for (const char *p = scope; (p = strstr(p, s)) != NULL; p++)
        found++;
    (void)n;
    return found;
}

/* Does the quotation stand once in what the address names? */
static bool
is_unique(maker *m, const char *scope, const char *text, uint32_t from,
          uint32_t to)
{
    return to > from &&
           count_in(scope, bn_arena_strndup(m->a, text + from, to - from),
                    to - from) == 1;
}

/* Kanji, katakana and figures run together to words. */
static int
kind_at(const char *s, uint32_t at)
{
    const char *p = s + at;
    const uint32_t c = bn_u8_next(&p, s + strlen(s));

    if (c >= 0x30A0 && c <= 0x30FF)
        return 1;
    if (c == 0x3005 || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000)
        return 2;
    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19))
        return 3;
    return 0;
}

static uint32_t
one_back(const char *s, uint32_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80);
    return at;
}

static uint32_t
one_on(const char *s, uint32_t at)
{
    do
        at++;
    while (((unsigned char)s[at] & 0xC0) == 0x80);
    return at;
}

/* A word back, or on, as far as the limit. */
static uint32_t
step_back(const char *s, uint32_t at, uint32_t floor)
{
    at = one_back(s, at);
    while (at > floor && kind_at(s, at) &&
           kind_at(s, one_back(s, at)) == kind_at(s, at))
        at = one_back(s, at);
    return at;
}

static uint32_t
step_on(const char *s, uint32_t at, uint32_t ceiling)
{
    const int kind = kind_at(s, at);

    at = one_on(s, at);
    while (at < ceiling && kind && kind_at(s, at) == kind)
        at = one_on(s, at);
    return at;
}

/*
 * Widen a stretch, first to the left, until its old words stand once; where it
 * meets the next stretch the two become one. False: only the whole would do.
 */
static bool
widen(maker *m, spans *list, size_t i, const char *scope, const char *old)
{
    bn_mark_span *s = &list->v[i];
    const uint32_t floor = i > 0 ? list->v[i - 1].old_to : 0;
    const uint32_t length = (uint32_t)strlen(old);
    int steps = 0;

    while (!is_unique(m, scope, old, s->old_from, s->old_to)) {
        const uint32_t ceiling =
            i + 1 < list->n ? list->v[i + 1].old_from : length;

        if (s->old_from > floor && steps++ % 3 < 2) {
            const uint32_t to = step_back(old, s->old_from, floor);

            s->new_from -= s->old_from - to;
            s->old_from = to;
        } else if (s->old_to < ceiling) {
            const uint32_t to = step_on(old, s->old_to, ceiling);

            s->new_to += to - s->old_to;
            s->old_to = to;
        } else if (i + 1 < list->n) {
            s->old_to = s[1].old_to;
            s->new_to = s[1].new_to;
            memmove(s + 1, s + 2, (list->n - i - 2) * sizeof *s);
            list->n--;
        } else if (s->old_from > floor) {
            const uint32_t to = step_back(old, s->old_from, floor);

            s->new_from -= s->old_from - to;
            s->old_from = to;
        } else {
            return false;
        }
    }
    return true;
}

/* What stands before an insertion, as short as it is unique: 「…」の下に. */
static bool
find_anchor(maker *m, const spans *list, size_t i, const char *scope,
            const char *old, uint32_t *from)
{
    const uint32_t floor = i > 0 ? list->v[i - 1].old_to : 0;
    const uint32_t at = list->v[i].old_from;

    for (*from = at; *from > floor;) {
        *from = step_back(old, *from, floor);
        /* an ending alone names no place to a reader */
        if ((kind_at(old, *from) || at - *from >= ENOUGH) &&
            is_unique(m, scope, old, *from, at))
            return true;
    }
    return false;
}

static const char *
quote(maker *m, const char *s, uint32_t from, uint32_t to)
{
    return bn_arena_printf(m->a, "「%.*s」", (int)(to - from), s + from);
}

/* 「A」を「B」に改め、「C」の下に「D」を加え、「E」を削る; NULL: it cannot be
 * said so. */
static const char *
word_changes(maker *m, const bn_pair *p, const char *scope, const char *old,
             const char *new)
{
    spans list = {0};
    const char *text = "";

    for (uint32_t i = 0; i < p->nspans; i++)
        BN_PUSH(&list) = p->spans[i];
    for (size_t i = 0; i < list.n && text; i++) {
        bn_mark_span *s = &list.v[i];
        const bool last = i + 1 == list.n;
        uint32_t anchor;

        if (s->old_from == s->old_to &&
            find_anchor(m, &list, i, scope, old, &anchor)) {
            text = bn_arena_printf(m->a, "%s%s%sの下に%sを%s", text,
                                   *text ? "、" : "",
                                   quote(m, old, anchor, s->old_from),
                                   quote(m, new, s->new_from, s->new_to),
                                   last ? "加える" : "加え");
            continue;
        }
        if (!widen(m, &list, i, scope, old)) {
            text = NULL;
            break;
        }
        s = &list.v[i];
        if (s->new_from == s->new_to)
            text = bn_arena_printf(m->a, "%s%s%sを%s", text, *text ? "、" : "",
                                   quote(m, old, s->old_from, s->old_to),
                                   i + 1 == list.n ? "削る" : "削り");
        else
            text =
                bn_arena_printf(m->a, "%s%s%sを%sに%s", text, *text ? "、" : "",
                                quote(m, old, s->old_from, s->old_to),
                                quote(m, new, s->new_from, s->new_to),
                                i + 1 == list.n ? "改める" : "改め");
    }
    if (list.n > MOST_REPLACED)
        text = NULL;
    BN_VEC_FREE(&list);
    return text;
}

/* All words that an address names: those of the provision, and of the ones
 * below it unless the address says 各号列記以外の部分 or the like. */
static const char *
scope_of(maker *m, const bn_provisions *p, int32_t i)
{
    bn_buf b = {0};
    const char *out;
    size_t to = (size_t)i + 1;

    bn_buf_adds(&b, p->v[i].text);
    if (!bn_address_is_own(p, i))
        for (; to < p->n && p->v[to].level > p->v[i].level; to++)
            bn_buf_addf(&b, "\n%s", p->v[to].text);
    out = bn_arena_strdup(m->a, b.p ? b.p : "");
    bn_buf_free(&b);
    return out;
}

static bool
has_below(const bn_provisions *p, int32_t i)
{
    return (size_t)i + 1 < p->n && p->v[i + 1].level > p->v[i].level;
}

/* The words anew, all of them. */
static void
replace_words(maker *m, const bn_pair *p)
{
    const bn_provision *new = &m->c->new.v[p->new];

    begin(m, bn_arena_printf(m->a, "%sを次のように改める。",
                             bn_address_words(m->a, &m->c->old, p->old)));
    bn_buf_adds(m->out, "<NewProvision>");
    if (has_below(&m->c->new, p->new) || new->joined) {
        bn_buf_adds(m->out, "<Sentence Num=\"1\">");
        bn_buf_adds_xml(m->out, new->text);
        bn_buf_adds(m->out, "</Sentence>");
    } else {
        put_node(m, new);
    }
    bn_buf_adds(m->out, "</NewProvision>");
    end(m);
}

/* The caption of a provision: 第三条の見出し. */
static void
change_caption(maker *m, const bn_pair *p)
{
    const bn_provision *old = &m->c->old.v[p->old], *new = &m->c->new.v[p->new];
    const char *at = bn_address(m->a, &m->c->old, p->old);

    if (strcmp(old->caption, new->caption) == 0)
        return;
    if (*new->caption == '\0')
        say(m, bn_arena_printf(m->a, "%sの見出しを削る。", at));
    else if (*old->caption == '\0')
        say(m, bn_arena_printf(m->a, "%sに見出しとして「%s」を付する。", at,
                               new->caption));
    else
        say(m, bn_arena_printf(m->a, "%sの見出しを「%s」に改める。", at,
                               new->caption));
}

/* 第二章の章名を次のように改める。 */
static void
change_division(maker *m, const bn_pair *p)
{
    const bn_provision *old = &m->c->old.v[p->old], *new = &m->c->new.v[p->new];
    const char *unit = bn_address_unit(old->element);

    if (strcmp(old->title, new->title) == 0)
        return;
    begin(m, bn_arena_printf(m->a, "%sの%s名を次のように改める。",
                             bn_address(m->a, &m->c->old, p->old), unit));
    bn_buf_addf(m->out, "<NewProvision><%sTitle>", new->element);
    bn_buf_adds_xml(m->out, new->title);
    bn_buf_addf(m->out, "</%sTitle></NewProvision>", new->element);
    end(m);
}

/* What moved, or became another kind of provision, goes there and comes here. */
static bool
stays(const maker *m, const bn_pair *p)
{
    const bn_provision *old = &m->c->old.v[p->old], *new = &m->c->new.v[p->new];
    const int32_t a = old->parent, b = new->parent;

    if (p->moved || strcmp(old->element, new->element) != 0)
        return false;
    return (a < 0 && b < 0) ||
           (a >= 0 && b >= 0 && m->of_old[a] &&
            m->of_old[a]->new == b &&stays(m, m->of_old[a]));
}

static void
change_words(maker *m)
{
    for (size_t i = 0; i < m->c->old.n; i++) {
        const bn_pair *p = m->of_old[i];
        const bn_provision *old = &m->c->old.v[i];
        const char *text;

        if (p == NULL || p->new < 0 || !stays(m, p))
            continue;
        if (bn_address_is_division(old->element)) {
            change_division(m, p);
            continue;
        }
        change_caption(m, p);
        if (p->nspans == 0)
            continue;
        text = word_changes(m, p, scope_of(m, &m->c->old, (int32_t)i),
                            old->text, m->c->new.v[p->new].text);
        if (text)
            say(m, bn_arena_printf(
                       m->a, "%s中%s。",
                       bn_address_words(m->a, &m->c->old, (int32_t)i), text));
        else
            replace_words(m, p);
    }
}

/* ---------------------------------------------- gone, renumbered, come */

static bool
is_gone(const maker *m, int32_t old)
{
    const bn_pair *p = m->of_old[old];

    return p == NULL || p->new < 0 || !stays(m, p);
}

static bool
is_come(const maker *m, int32_t new)
{
    const bn_pair *p = m->of_new[new];

    return p == NULL || p->old < 0 || !stays(m, p);
}

/* The next sibling that is of the same element; -1: none. */
static int32_t
next_alike(const bn_provisions *p, int32_t i)
{
    int32_t k = i + 1;

    while ((size_t)k < p->n && p->v[k].level > p->v[i].level)
        k++;
    return (size_t)k < p->n && p->v[k].parent == p->v[i].parent &&
                   strcmp(p->v[k].element, p->v[i].element) == 0
               ? k
               : -1;
}

static bool
is_below(const bn_provisions *p, int32_t i,
         bool (*test)(const maker *, int32_t), const maker *m)
{
    for (i = p->v[i].parent; i >= 0; i = p->v[i].parent)
        if (test(m, i))
            return true;
    return false;
}

/* 第三条及び第四条を削る。第三条から第五条までを削る。 */
static void
delete_gone(maker *m)
{
    const bn_provisions *p = &m->c->old;

    for (int32_t i = 0; (size_t)i < p->n; i++) {
        int32_t last = i, n = 1, next;

        if (!is_gone(m, i) || is_below(p, i, is_gone, m))
            continue;
        while ((next = next_alike(p, last)) >= 0 && is_gone(m, next)) {
            last = next;
            n++;
        }
        if (n == 1)
            say(m, bn_arena_printf(m->a, "%sを削る。", bn_address(m->a, p, i)));
        else
            say(m,
                bn_arena_printf(
                    m->a, n == 2 ? "%s及び%sを削る。" : "%sから%sまでを削る。",
                    bn_address(m->a, p, i), bn_address_last(m->a, p, last)));
        while (last > i)
            if (p->v[++i].level <= p->v[last].level && i >= last)
                break;
    }
}

/* Pairs that stay under their parent with another number. */
static bool
is_renumbered(const maker *m, const bn_pair *p)
{
    return p && p->new >= 0 && p->old >= 0 && stays(m, p) &&
           !bn_address_is_division(m->c->old.v[p->old].element) &&
           strcmp(m->c->old.v[p->old].title, m->c->new.v[p->new].title) != 0;
}

static int
shift_of(const maker *m, const bn_pair *p)
{
    const int a = bn_address_number(m->c->old.v[p->old].title);
    const int b = bn_address_number(m->c->new.v[p->new].title);

    return a > 0 && b > 0 ? b - a : 0;
}

static void
renumber_one(maker *m, const bn_pair *p)
{
    say(m, bn_arena_printf(
               m->a, "%sを%sとする。", bn_address(m->a, &m->c->old, p->old),
               bn_address_as(m->a, &m->c->old, p->old, &m->c->new.v[p->new])));
}

/* Siblings that follow each other and shift alike. */
static void
renumber_run(maker *m, int32_t first, int32_t last, int32_t n, int shift)
{
    const bn_provisions *p = &m->c->old;
    const char *unit = bn_address_unit(p->v[first].element);

    if (n >= RUN && *unit && bn_address_counts(p, first)) {
        say(m, bn_arena_printf(m->a, "%sから%sまでを%s%sずつ繰り%sる。",
                               bn_address(m->a, p, first),
                               bn_address_last(m->a, p, last),
                               bn_kanji(m->a, (uint64_t)abs(shift)), unit,
                               shift > 0 ? "下げ" : "上げ"));
        return;
    }
    /* never onto a number that another still has */
    if (shift > 0)
        for (int32_t i = last; i >= first; i--)
            if (p->v[i].parent == p->v[first].parent &&
                is_renumbered(m, m->of_old[i]))
                renumber_one(m, m->of_old[i]);
    if (shift <= 0)
        for (int32_t i = first; i <= last; i++)
            if (p->v[i].parent == p->v[first].parent &&
                is_renumbered(m, m->of_old[i]))
                renumber_one(m, m->of_old[i]);
}

typedef struct run {
    int32_t first, last, n;
    int shift;
} run;

/* The runs of one level, deepest levels first, since addresses begin at the
 * top; runs that go down from the last on, those that go up from the first. */
static void
renumber_level(maker *m, int32_t level)
{
    const bn_provisions *p = &m->c->old;
    BN_VEC(run) runs = {0};

    for (int32_t i = 0; (size_t)i < p->n; i++) {
        run *last = runs.n ? &runs.v[runs.n - 1] : NULL;
        int shift;

        if (p->v[i].level != level || !is_renumbered(m, m->of_old[i]))
            continue;
        shift = shift_of(m, m->of_old[i]);
        if (last && last->shift == shift && shift != 0 &&
            next_alike(p, last->last) == i) {
            last->last = i;
            last->n++;
            continue;
        }
        BN_PUSH(&runs) = (run){i, i, 1, shift};
    }
    for (size_t i = runs.n; i-- > 0;)
        if (runs.v[i].shift > 0)
            renumber_run(m, runs.v[i].first, runs.v[i].last, runs.v[i].n,
                         runs.v[i].shift);
    for (size_t i = 0; i < runs.n; i++)
        if (runs.v[i].shift <= 0)
            renumber_run(m, runs.v[i].first, runs.v[i].last, runs.v[i].n,
                         runs.v[i].shift);
    BN_VEC_FREE(&runs);
}

static void
renumber(maker *m)
{
    int32_t deepest = 0;

    for (size_t i = 0; i < m->c->old.n; i++)
        if (m->c->old.v[i].level > deepest)
            deepest = m->c->old.v[i].level;
    for (int32_t level = deepest; level >= 0; level--)
        renumber_level(m, level);
}

/* The sibling of its element before; -1: it is the first. */
static int32_t
before(const bn_provisions *p, int32_t i)
{
    const int32_t parent = p->v[i].parent;

    for (int32_t k = i - 1; k > parent; k--)
        if (p->v[k].parent == parent &&
            strcmp(p->v[k].element, p->v[i].element) == 0)
            return k;
    return -1;
}

/* What new provisions are put behind, before, or into. */
static const char *
place_of(maker *m, int32_t first, int32_t last)
{
    const bn_provisions *p = &m->c->new;
    const int32_t parent = p->v[first].parent, sibling = before(p, first);
    const int32_t next = next_alike(p, last);

    if (next < 0 && parent >= 0 &&
        !bn_address_is_division(p->v[parent].element))
        return bn_arena_printf(m->a, "%sに", bn_address_holder(m->a, p, first));
    if (sibling >= 0)
        return bn_arena_printf(m->a, "%sの次に", bn_address(m->a, p, sibling));
    if (strcmp(p->v[first].element, "Paragraph") == 0 && parent >= 0 &&
        p->v[parent].joined)
        return bn_arena_printf(m->a, "%sの次に",
                               bn_address_first(m->a, p, parent));
    if (next >= 0)
        return bn_arena_printf(m->a, "%sの前に", bn_address(m->a, p, next));
    return parent >= 0
               ? bn_arena_printf(m->a, "%sに", bn_address(m->a, p, parent))
               : "本則に";
}

/* 第二条の次に次の一条を加える。第三条に次の一項を加える。 */
static void
add_come(maker *m)
{
    const bn_provisions *p = &m->c->new;

    for (int32_t i = 0; (size_t)i < p->n; i++) {
        const char *unit = bn_address_unit(p->v[i].element), *what;
        int32_t last = i, n = 1, next;

        if (!is_come(m, i) || is_below(p, i, is_come, m))
            continue;
        while ((next = next_alike(p, last)) >= 0 && is_come(m, next)) {
            last = next;
            n++;
        }
        what = *unit && bn_address_counts(p, i)
                   ? bn_arena_printf(m->a, "次の%s%sを加える。",
                                     bn_kanji(m->a, (uint64_t)n), unit)
                   : "次のように加える。";
        begin(m, bn_arena_printf(m->a, "%s%s", place_of(m, i, last), what));
        bn_buf_adds(m->out, "<NewProvision>");
        for (int32_t k = i; k >= 0; k = k == last ? -1 : next_alike(p, k))
            put_node(m, &p->v[k]);
        bn_buf_adds(m->out, "</NewProvision>");
        end(m);
        while (i < last)
            i++;
    }
}

/* ------------------------------------------------------------------- all */

static void
change_title(maker *m)
{
    if (strcmp(m->c->old.title, m->c->new.title) == 0)
        return;
    begin(m, "題名を次のように改める。");
    bn_buf_adds(m->out, "<NewProvision><LawTitle>");
    bn_buf_adds_xml(m->out, m->c->new.title);
    bn_buf_adds(m->out, "</LawTitle></NewProvision>");
    end(m);
}

static void
put_head(maker *m)
{
    static const char *const names[] = {"Era", "Year", "Num", "LawType",
                                        "Lang"};
    const bn_provisions *new = &m->c->new;
    const bool notice = strstr(new->number, "告示") != NULL;

    bn_buf_adds(m->out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<!-- 法令番号は公布のときに定まる。ここのものは改正する法令の"
                "もの。 -->\n<Law");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (new->attributes[i][0] == '\0')
            continue;
        bn_buf_addf(m->out, " %s=\"", names[i]);
        bn_buf_adds_xml(m->out, new->attributes[i]);
        bn_buf_addc(m->out, '"');
    }
    bn_buf_adds(m->out, ">\n<LawNum>");
    bn_buf_adds_xml(m->out, new->number);
    bn_buf_adds(m->out, "</LawNum>\n<LawBody><LawTitle>");
    bn_buf_adds_xml(m->out, m->c->old.title);
    bn_buf_addf(m->out,
                "の一部を改正する%s</LawTitle>\n<MainProvision>"
                "<Paragraph Num=\"1\"><ParagraphNum/><ParagraphSentence>"
                "<Sentence Num=\"1\">",
                notice ? "告示" : "規程");
    bn_buf_adds_xml(m->out, m->c->old.title);
    if (m->c->old.number[0]) {
        bn_buf_adds(m->out, "（");
        bn_buf_adds_xml(m->out, m->c->old.number);
        bn_buf_adds(m->out, "）");
    }
    bn_buf_adds(m->out, "の一部を次のように改正する。</Sentence>"
                        "</ParagraphSentence>\n");
}

void
bn_comparison_amend(bn_arena *a, const bn_comparison *c, bn_buf *out)
{
    maker m = {.a = a, .c = c, .out = out};

    m.of_old = BN_NEWS(a, const bn_pair *, c->old.n + 1);
    m.of_new = BN_NEWS(a, const bn_pair *, c->new.n + 1);
    for (size_t i = 0; i < c->npairs; i++) {
        if (c->pairs[i].old >= 0)
            m.of_old[c->pairs[i].old] = &c->pairs[i];
        if (c->pairs[i].new >= 0)
            m.of_new[c->pairs[i].new] = &c->pairs[i];
    }
    put_head(&m);
    change_title(&m);
    change_words(&m);
    delete_gone(&m);
    renumber(&m);
    add_come(&m);
    bn_buf_adds(out, "</Paragraph></MainProvision></LawBody></Law>\n");
}
