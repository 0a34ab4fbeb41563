/* White space of a block's inline content (XSL 1.1 section 7.17), once, when
 * it is complete; a newline between Japanese characters; text-transform. */
#include "fo/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Marks in text being worked on: not characters of XML. */
enum { GONE = 1, ZERO_WIDTH = 2, MAX_DEPTH = 300 };

/* What comes after a run of white space. */
enum next { NEXT_EDGE, NEXT_LINEFEED, NEXT_CHAR };

/* One pass over the content of a block, across inline borders. */
typedef struct pass {
    bn_fo_doc *doc;      /* its run: the white space in hand */
    bool after_linefeed; /* or at the beginning of the block */
    bool run_linefeed;   /* the run has a linefeed made a space */
    uint32_t last;       /* last character that is not white space */
    bool in_word;        /* for capitalize */
} pass;

/* ------------------------------------------------------------ characters */

/* Ideographs, kana, their punctuation and full-width forms: what Japanese
 * sets without spaces between. */
static bool
is_japanese(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3001 && c <= 0x30FF) ||
           (c >= 0x31F0 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
           (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
           (c >= 0x1B000 && c <= 0x1B16F) || (c >= 0x1F200 && c <= 0x1F2FF) ||
           (c >= 0x20000 && c <= 0x3FFFD);
}

/* A selector belongs to the character before it. */
static bool
is_selector(uint32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static bool
is_ja(const bn_fo *fo)
{
    const char *lang = bn_fo_string(fo, BN_P_LANGUAGE);

    return lang && (lang[0] == 'j' || lang[0] == 'J') &&
           (lang[1] == 'a' || lang[1] == 'A' || lang[1] == 'p' ||
            lang[1] == 'P') &&
           (lang[2] == '\0' || lang[3] == '\0');
}

/* ------------------------------------------------------------------ runs */

static void
mark(const bn_place_in_text *p, char c)
{
    if (p->fo->type == BN_FO_TEXT)
        ((char *)(uintptr_t)p->fo->text)[p->at] = c;
    else if (c == GONE)
        p->fo->type = BN_FO_NONE; /* fo:character: taken out later */
}

/* white-space-treatment: what happens to white space beside a linefeed. */
static bool
is_ignored(const bn_fo *fo, bool after, bool before)
{
    switch (bn_fo_keyword(fo, BN_P_WHITE_SPACE_TREATMENT)) {
    case BN_K_IGNORE:
        return true;
    case BN_K_IGNORE_IF_AFTER_LINEFEED:
        return after;
    case BN_K_IGNORE_IF_BEFORE_LINEFEED:
        return before;
    case BN_K_IGNORE_IF_SURROUNDING_LINEFEED:
        return after || before;
    default:
        return false;
    }
}

static bool
collapses(const bn_fo *fo)
{
    return !bn_fo_is(fo, BN_P_WHITE_SPACE_COLLAPSE, BN_K_FALSE);
}

static bool is_repeated(const bn_place_in_text *before,
                        const bn_place_in_text *p);

/* Decide on the run in hand, now that what follows is known. */
static void
end_run(pass *x, enum next next, uint32_t c)
{
    const size_t n = x->doc->run.n;
    const bn_place_in_text *run = x->doc->run.v;
    bool glue;

    if (n == 0)
        return;
    glue = x->run_linefeed && next == NEXT_CHAR && is_japanese(x->last) &&
           is_japanese(c) && is_ja(run[0].fo) && collapses(run[0].fo);
    for (size_t i = 0; i < n; i++) {
        const bool drop =
            glue ||
            is_ignored(run[i].fo, x->after_linefeed, next != NEXT_CHAR) ||
            (i > 0 && is_repeated(&run[i - 1], &run[i]));

        mark(&run[i], drop ? GONE : ' ');
    }
    x->doc->run.n = 0;
    x->run_linefeed = false;
}

static void
push_space(pass *x, bn_fo *fo, uint32_t at)
{
    BN_PUSH(&x->doc->run) = (bn_place_in_text){fo, at};
}

static void
take_linefeed(pass *x, bn_fo *fo, uint32_t at)
{
    const bn_place_in_text here = {fo, at};

    switch (bn_fo_keyword(fo, BN_P_LINEFEED_TREATMENT)) {
    case BN_K_IGNORE:
        mark(&here, GONE);
        break;
    case BN_K_PRESERVE:
        end_run(x, NEXT_LINEFEED, '\n');
        x->after_linefeed = true;
        x->last = '\n';
        break;
    case BN_K_TREAT_AS_ZERO_WIDTH_SPACE:
        end_run(x, NEXT_CHAR, 0x200B);
        mark(&here, ZERO_WIDTH);
        x->after_linefeed = false;
        x->last = 0x200B;
        break;
    default:
        x->run_linefeed = true;
        push_space(x, fo, at);
    }
}

/* A tab is one where there are stops for it; behind a linefeed it indents the
 * source. */
static bool
has_stops(const bn_fo *fo)
{
    return !bn_fo_is(fo, BN_P_FOX_TAB_STOPS, BN_K_NONE);
}

static void
take_char(pass *x, uint32_t c)
{
    end_run(x, NEXT_CHAR, c);
    x->after_linefeed = false;
    if (!is_selector(c))
        x->last = c;
}

static void
edge(pass *x)
{
    end_run(x, NEXT_EDGE, 0);
    x->after_linefeed = true;
    x->last = 0;
}

static void
take_text(pass *x, bn_fo *fo, const char *text, size_t n)
{
    const char *p = text, *end = text + n;

    while (p < end) {
        const uint32_t at = (uint32_t)(p - text);
        uint32_t c;

        if (*p == '\n') {
            p++;
            take_linefeed(x, fo, at);
        } else if (*p == '\t' && !x->run_linefeed && has_stops(fo)) {
            p++;
            take_char(x, '\t');
        } else if (*p == ' ' || *p == '\t' || *p == '\r') {
            p++;
            push_space(x, fo, at);
        } else {
            c = bn_u8_next(&p, end);
            take_char(x, c);
        }
    }
}

/* --------------------------------------------------------------- walking */

enum role { INSIDE, ISOLATED, BLOCK_LEVEL, SKIPPED, SOLID, CHARACTER, CHARS };

static enum role
role_of(const bn_fo *fo)
{
    switch (fo->type) {
    case BN_FO_TEXT:
        return CHARS;
    case BN_FO_CHARACTER:
        return CHARACTER;
    case BN_FO_MARKER:
    case BN_FO_FOOTNOTE_BODY:
    case BN_FO_FLOAT:
    case BN_FO_INITIAL_PROPERTY_SET:
        return SKIPPED;
    case BN_FO_AXF_RUBY_TEXT:
    case BN_FO_LEADER:
        return ISOLATED;
    case BN_FO_INLINE:
    case BN_FO_BASIC_LINK:
    case BN_FO_BIDI_OVERRIDE:
    case BN_FO_WRAPPER:
    case BN_FO_FOOTNOTE:
    case BN_FO_AXF_RUBY:
    case BN_FO_AXF_RUBY_BASE:
    case BN_FO_MULTI_TOGGLE:
    case BN_FO_MULTI_SWITCH:
    case BN_FO_MULTI_CASE:
    case BN_FO_MULTI_PROPERTIES:
        return INSIDE;
    case BN_FO_INDEX_RANGE_BEGIN:
    case BN_FO_INDEX_RANGE_END:
    case BN_FO_CHANGE_BAR_BEGIN:
    case BN_FO_CHANGE_BAR_END:
    case BN_FO_FOX_DESTINATION:
        return SKIPPED;
    default:
        return bn_fo_class(fo, C_BLOCK) ? BLOCK_LEVEL : SOLID;
    }
}

/* Is it white space right behind other white space? "Immediately preceding" is
 * said of siblings (4.2.4), so an inline border between them keeps both; not
 * so in Japanese, where nobody means such spaces. */
static bool
is_repeated(const bn_place_in_text *before, const bn_place_in_text *p)
{
    const bn_fo *sibling = p->fo;

    if (!collapses(p->fo) || p->fo == before->fo || is_ja(p->fo))
        return collapses(p->fo);
    do
        sibling = sibling->prev;
    while (sibling && role_of(sibling) == SKIPPED);
    return sibling == before->fo;
}

static void walk(pass *x, bn_fo *parent, int depth);

static void
isolated(pass *x, bn_fo *fo, int depth)
{
    pass inner = {.doc = x->doc, .after_linefeed = true};

    take_char(x, 0xFFFC); /* the run in hand is decided before it */
    walk(&inner, fo, depth + 1);
    edge(&inner);
}

static void
walk(pass *x, bn_fo *parent, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    for (bn_fo *fo = parent->first; fo; fo = fo->next)
        switch (role_of(fo)) {
        case CHARS:
            take_text(x, fo, fo->text, fo->nbytes);
            break;
        case CHARACTER: {
            const char *s = bn_fo_string(fo, BN_P_CHARACTER);

            take_text(x, fo, s ? s : "", s ? strlen(s) : 0);
            break;
        }
        case INSIDE:
            walk(x, fo, depth + 1);
            break;
        case ISOLATED:
            isolated(x, fo, depth);
            break;
        case BLOCK_LEVEL:
            edge(x);
            break;
        case SOLID:
            take_char(x, 0xFFFC);
            break;
        case SKIPPED:
            break;
        }
}

/* ------------------------------------------------------- text-transform */

/* Simple case of the alphabets that have one in a row or two; others stay. */
uint32_t
bn_fo_upper(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) ||
        (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) ||
        (c >= 0x430 && c <= 0x44F) || (c >= 0xFF41 && c <= 0xFF5A))
        return c - 0x20;
    if (c >= 0x450 && c <= 0x45F)
        return c - 0x50;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c & ~1u;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c & 1 ? c : c - 1;
    return c;
}

static uint32_t
lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F) ||
        (c >= 0xFF21 && c <= 0xFF3A))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c | 1u;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c & 1 ? c + 1 : c;
    return c;
}

static bool
is_letter(uint32_t c)
{
    return bn_fo_upper(c) != c || lower(c) != c || (c >= '0' && c <= '9') ||
           c == '\'' || c == 0x2019;
}

static uint32_t
transform(pass *x, bn_keyword k, uint32_t c)
{
    const bool first = !x->in_word;

    x->in_word = is_letter(c) || c == 0xAD;
    switch (k) {
    case BN_K_UPPERCASE:
        return bn_fo_upper(c);
    case BN_K_LOWERCASE:
        return lower(c);
    case BN_K_CAPITALIZE:
        return first ? bn_fo_upper(c) : c;
    default:
        return c;
    }
}

/* -------------------------------------------------------------- finishing */

static bool
is_marked(const bn_fo *fo)
{
    for (uint32_t i = 0; i < fo->nbytes; i++)
        if (fo->text[i] == GONE || fo->text[i] == ZERO_WIDTH)
            return true;
    return false;
}

static void
rewrite(pass *x, bn_fo *fo)
{
    const bn_keyword k = bn_fo_keyword(fo, BN_P_TEXT_TRANSFORM);
    const char *p = fo->text, *end = p + fo->nbytes;
    bn_buf *out = &x->doc->scratch;

    if (k == BN_K_NONE && !is_marked(fo)) {
        x->in_word = fo->nbytes && is_letter((unsigned char)end[-1]);
        return;
    }
    bn_buf_clear(out);
    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        if (c == ZERO_WIDTH)
            bn_buf_add_u8(out, 0x200B);
        else if (c != GONE)
            bn_buf_add_u8(out, transform(x, k, c));
    }
    if (out->len <= fo->nbytes)
        memcpy((char *)(uintptr_t)fo->text, out->p, out->len);
    else
        fo->text = bn_arena_copy(x->doc->arena, out->p, out->len);
    fo->nbytes = (uint32_t)out->len;
}

/* Take out what is gone; empty text is no object. */
static void
settle(pass *x, bn_fo *parent, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    for (bn_fo *fo = parent->first, *next; fo; fo = next) {
        next = fo->next;
        switch (fo->type == BN_FO_NONE ? SKIPPED : role_of(fo)) {
        case CHARS:
            rewrite(x, fo);
            break;
        case INSIDE:
        case ISOLATED:
            settle(x, fo, depth + 1);
            break;
        default:
            x->in_word = false;
        }
        if (fo->type == BN_FO_NONE ||
            (fo->type == BN_FO_TEXT && fo->nbytes == 0)) {
            bn_fo_unlink(fo);
            x->doc->pub.count--;
        }
    }
}

void
bn_fo_white_space_at(bn_fo_doc *d, bn_fo *block, bool begins, bool ends)
{
    pass x = {.doc = d, .after_linefeed = begins};

    d->run.n = 0;
    walk(&x, block, 0);
    end_run(&x, ends ? NEXT_EDGE : NEXT_CHAR, 0xFFFC);
    settle(&x, block, 0);
}

void
bn_fo_white_space(bn_fo_doc *d, bn_fo *block)
{
    bn_fo_white_space_at(d, block, true, true);
}
