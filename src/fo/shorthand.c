/* Shorthands, compounds and physical names: attributes that set other
 * properties (XSL 1.1 section 7.31, 5.2, 5.3). */
#include "fo/tree.h"

#include <string.h>

/* How the value of a row is given to its properties. */
enum how {
    ALL,    /* to each of a[0..3], by its own reader */
    SIDE,   /* a physical side (b) of the group at a[0] */
    SIZE,   /* width or height (b), component in a[0] */
    BOX,    /* one to four values: top, right, bottom, left of group */
    BORDER, /* width, style, colour in any order; b: side, or 4 for all */
    MARGIN, /* like BOX on margin-* */
    FONT,
    BACKGROUND,
    BACKGROUND_POSITION,
    WHITE_SPACE,
    PAGE_BREAK, /* a[0]: break, a[1]: keep (two rows from it) */
    VERTICAL_ALIGN,
    DECORATION,
    POSITION,
    PAGE_SIZE,
    XML_LANG,
    SPACING,
    IGNORE
};

enum { TOP, RIGHT, BOTTOM, LEFT, EVERY_SIDE };
enum { BEFORE, AFTER, START, END };

/* Ranks: the more exact name wins, then the physical over the logical one
 * (5.3.1), whatever the order of attributes. */
enum {
    RANK_WIDE = 1,
    RANK_KIND = 2,
    RANK_SIDE = 3,
    RANK_SET = 4,
    RANK_OWN = 5,
    RANK_PART = 6,
    RANK_PHYSICAL = 7,
    RANK_LIMIT = 8
};

struct shorthand {
    const char *name;
    uint8_t how, rank, b;
    int16_t a[4];
};

#define P(x) BN_P_##x
#define ONE(x)                                                                 \
    {                                                                          \
        P(x), -1, -1, -1                                                       \
    }
#define TWO(x, y)                                                              \
    {                                                                          \
        P(x), P(y), -1, -1                                                     \
    }
#define THREE(x, y, z)                                                         \
    {                                                                          \
        P(x), P(y), P(z), -1                                                   \
    }
#define SPACE_OF(x) THREE(x##_MINIMUM, x##_OPTIMUM, x##_MAXIMUM)
#define KEEP_OF(x) THREE(x##_WITHIN_LINE, x##_WITHIN_COLUMN, x##_WITHIN_PAGE)
#define BORDER_SIDE(side, SIDE_ID)                                             \
    {"border-" side "-color", SIDE, RANK_PHYSICAL, SIDE_ID,                    \
     ONE(BORDER_BEFORE_COLOR)},                                                \
        {"border-" side "-style", SIDE, RANK_PHYSICAL, SIDE_ID,                \
         ONE(BORDER_BEFORE_STYLE)},                                            \
        {"border-" side "-width", SIDE, RANK_PHYSICAL, SIDE_ID,                \
         ONE(BORDER_BEFORE_WIDTH)},                                            \
        {"padding-" side, SIDE, RANK_PHYSICAL, SIDE_ID, ONE(PADDING_BEFORE)},  \
    {                                                                          \
        "border-" side, BORDER, RANK_SIDE, SIDE_ID, ONE(BORDER_BEFORE_COLOR)   \
    }
#define LOGICAL_SIDE(side, ID)                                                 \
    {"border-" side "-width.length", ALL, RANK_PART, 0,                        \
     ONE(BORDER_##ID##_WIDTH)},                                                \
        {"padding-" side ".length", ALL, RANK_PART, 0, ONE(PADDING_##ID)},     \
    {                                                                          \
        "border-" side, BORDER, RANK_SIDE, 8 + ID, ONE(BORDER_BEFORE_COLOR)    \
    }

static const struct shorthand rows[] = {
    BORDER_SIDE("top", TOP),
    BORDER_SIDE("right", RIGHT),
    BORDER_SIDE("bottom", BOTTOM),
    BORDER_SIDE("left", LEFT),
    LOGICAL_SIDE("before", BEFORE),
    LOGICAL_SIDE("after", AFTER),
    LOGICAL_SIDE("start", START),
    LOGICAL_SIDE("end", END),
    {"border", BORDER, RANK_WIDE, EVERY_SIDE, ONE(BORDER_BEFORE_COLOR)},
    {"border-color", BOX, RANK_KIND, 4, ONE(BORDER_BEFORE_COLOR)},
    {"border-style", BOX, RANK_KIND, 4, ONE(BORDER_BEFORE_STYLE)},
    {"border-width", BOX, RANK_KIND, 4, ONE(BORDER_BEFORE_WIDTH)},
    {"padding", BOX, RANK_WIDE, 2, ONE(PADDING_BEFORE)},
    {"margin", MARGIN, RANK_WIDE, 0, ONE(MARGIN_TOP)},
    {"width", SIZE, RANK_PHYSICAL, 0,
     ONE(INLINE_PROGRESSION_DIMENSION_OPTIMUM)},
    {"height", SIZE, RANK_PHYSICAL, 1,
     ONE(INLINE_PROGRESSION_DIMENSION_OPTIMUM)},
    {"min-width", SIZE, RANK_LIMIT, 0,
     ONE(INLINE_PROGRESSION_DIMENSION_MINIMUM)},
    {"min-height", SIZE, RANK_LIMIT, 1,
     ONE(INLINE_PROGRESSION_DIMENSION_MINIMUM)},
    {"max-width", SIZE, RANK_LIMIT, 0,
     ONE(INLINE_PROGRESSION_DIMENSION_MAXIMUM)},
    {"max-height", SIZE, RANK_LIMIT, 1,
     ONE(INLINE_PROGRESSION_DIMENSION_MAXIMUM)},
    {"inline-progression-dimension", ALL, RANK_OWN, 0,
     SPACE_OF(INLINE_PROGRESSION_DIMENSION)},
    {"block-progression-dimension", ALL, RANK_OWN, 0,
     SPACE_OF(BLOCK_PROGRESSION_DIMENSION)},
    {"space-before", ALL, RANK_OWN, 0, SPACE_OF(SPACE_BEFORE)},
    {"space-after", ALL, RANK_OWN, 0, SPACE_OF(SPACE_AFTER)},
    {"space-start", ALL, RANK_OWN, 0, SPACE_OF(SPACE_START)},
    {"space-end", ALL, RANK_OWN, 0, SPACE_OF(SPACE_END)},
    {"letter-spacing", ALL, RANK_OWN, 0, SPACE_OF(LETTER_SPACING)},
    {"word-spacing", ALL, RANK_OWN, 0, SPACE_OF(WORD_SPACING)},
    {"leader-length", ALL, RANK_OWN, 0, SPACE_OF(LEADER_LENGTH)},
    {"line-height.minimum", IGNORE, RANK_OWN, 0, ONE(LINE_HEIGHT)},
    {"line-height.optimum", ALL, RANK_PART, 0, ONE(LINE_HEIGHT)},
    {"line-height.maximum", IGNORE, RANK_OWN, 0, ONE(LINE_HEIGHT)},
    {"line-height.conditionality", IGNORE, RANK_OWN, 0, ONE(LINE_HEIGHT)},
    {"line-height.precedence", IGNORE, RANK_OWN, 0, ONE(LINE_HEIGHT)},
    {"keep-together", ALL, RANK_OWN, 0, KEEP_OF(KEEP_TOGETHER)},
    {"keep-with-next", ALL, RANK_OWN, 0, KEEP_OF(KEEP_WITH_NEXT)},
    {"keep-with-previous", ALL, RANK_OWN, 0, KEEP_OF(KEEP_WITH_PREVIOUS)},
    {"border-separation", ALL, RANK_OWN, 0,
     TWO(BORDER_SEPARATION_INLINE_PROGRESSION_DIRECTION,
         BORDER_SEPARATION_BLOCK_PROGRESSION_DIRECTION)},
    {"border-spacing", SPACING, RANK_WIDE, 0,
     TWO(BORDER_SEPARATION_INLINE_PROGRESSION_DIRECTION,
         BORDER_SEPARATION_BLOCK_PROGRESSION_DIRECTION)},
    {"font", FONT, RANK_WIDE, 0, ONE(FONT_SIZE)},
    {"background", BACKGROUND, RANK_WIDE, 0, ONE(BACKGROUND_COLOR)},
    {"background-position", BACKGROUND_POSITION, RANK_KIND, 0,
     TWO(BACKGROUND_POSITION_HORIZONTAL, BACKGROUND_POSITION_VERTICAL)},
    {"white-space", WHITE_SPACE, RANK_WIDE, 0, ONE(WHITE_SPACE_COLLAPSE)},
    {"page-break-before", PAGE_BREAK, RANK_WIDE, 0,
     TWO(BREAK_BEFORE, KEEP_WITH_PREVIOUS_WITHIN_COLUMN)},
    {"page-break-after", PAGE_BREAK, RANK_WIDE, 0,
     TWO(BREAK_AFTER, KEEP_WITH_NEXT_WITHIN_COLUMN)},
    {"page-break-inside",
     PAGE_BREAK,
     RANK_WIDE,
     0,
     {-1, P(KEEP_TOGETHER_WITHIN_COLUMN), -1, -1}},
    {"vertical-align", VERTICAL_ALIGN, RANK_WIDE, 0, ONE(ALIGNMENT_BASELINE)},
    {"text-decoration", DECORATION, RANK_OWN, 0, ONE(TEXT_UNDERLINE)},
    {"position", POSITION, RANK_WIDE, 0, ONE(ABSOLUTE_POSITION)},
    {"size", PAGE_SIZE, RANK_WIDE, 0, TWO(PAGE_WIDTH, PAGE_HEIGHT)},
    {"xml:lang", XML_LANG, RANK_WIDE, 0, ONE(LANGUAGE)},
    {"fox:border-radius",
     ALL,
     RANK_KIND,
     0,
     {P(FOX_BORDER_BEFORE_START_RADIUS), P(FOX_BORDER_BEFORE_END_RADIUS),
      P(FOX_BORDER_AFTER_START_RADIUS), P(FOX_BORDER_AFTER_END_RADIUS)}},
    {"axf:document-info-name", ALL, RANK_OWN, 0, ONE(AXF_DOCUMENT_INFO_NAME)},
    {"name", ALL, RANK_OWN, 0, ONE(AXF_DOCUMENT_INFO_NAME)},
    {"value", ALL, RANK_OWN, 0, ONE(AXF_DOCUMENT_INFO_VALUE)},
    /* sound: nothing to hear on paper */
    {"azimuth", IGNORE, 0, 0, ONE(ROLE)},
    {"cue", IGNORE, 0, 0, ONE(ROLE)},
    {"cue-after", IGNORE, 0, 0, ONE(ROLE)},
    {"cue-before", IGNORE, 0, 0, ONE(ROLE)},
    {"elevation", IGNORE, 0, 0, ONE(ROLE)},
    {"pause", IGNORE, 0, 0, ONE(ROLE)},
    {"pause-after", IGNORE, 0, 0, ONE(ROLE)},
    {"pause-before", IGNORE, 0, 0, ONE(ROLE)},
    {"pitch", IGNORE, 0, 0, ONE(ROLE)},
    {"pitch-range", IGNORE, 0, 0, ONE(ROLE)},
    {"play-during", IGNORE, 0, 0, ONE(ROLE)},
    {"richness", IGNORE, 0, 0, ONE(ROLE)},
    {"speak", IGNORE, 0, 0, ONE(ROLE)},
    {"speak-header", IGNORE, 0, 0, ONE(ROLE)},
    {"speak-numeral", IGNORE, 0, 0, ONE(ROLE)},
    {"speak-punctuation", IGNORE, 0, 0, ONE(ROLE)},
    {"speech-rate", IGNORE, 0, 0, ONE(ROLE)},
    {"stress", IGNORE, 0, 0, ONE(ROLE)},
    {"voice-family", IGNORE, 0, 0, ONE(ROLE)},
    {"volume", IGNORE, 0, 0, ONE(ROLE)},
};

size_t
bn_shorthand_count(void)
{
    return sizeof rows / sizeof rows[0];
}

const char *
bn_shorthand_name(size_t i)
{
    return rows[i].name;
}

int
bn_spec_pass(const bn_spec *s)
{
    if (s->shorthand >= 0)
        return rows[s->shorthand].how == FONT       ? 0
               : rows[s->shorthand].how == XML_LANG ? 1
                                                    : 2;
    switch (s->prop) {
    case BN_P_FONT_SIZE:
        return 0;
    case BN_P_COLOR:
    case BN_P_WRITING_MODE:
        return 1;
    default:
        return 2;
    }
}

/* --------------------------------------------------------- writing modes */

/* Logical side of each physical one: top, right, bottom, left. */
static const uint8_t sides[4][4] = {
    {BEFORE, END, AFTER, START}, /* lr-tb */
    {BEFORE, START, AFTER, END}, /* rl-tb */
    {START, BEFORE, END, AFTER}, /* tb-rl */
    {START, AFTER, END, BEFORE}, /* tb-lr */
};

/*
 * The writing mode in which an object's sides and sizes are read. A region's
 * are the sheet's. A container is a viewport with a reference area in it: the
 * writing mode it sets is that of its inside, its own box stands in its
 * parent's (XSL 1.1 4.2.3, 6.5.3). All others read them in their own.
 */
static int32_t
mode_keyword(const bn_eval *e)
{
    const bn_fo_type type = e->fo ? e->fo->type : BN_FO_ROOT;

    switch ((int)type) {
    case BN_FO_REGION_BODY:
    case BN_FO_REGION_BEFORE:
    case BN_FO_REGION_AFTER:
    case BN_FO_REGION_START:
    case BN_FO_REGION_END:
        return BN_K_LR_TB;
    case BN_FO_BLOCK_CONTAINER:
    case BN_FO_INLINE_CONTAINER:
        return e->parent ? bn_fo_get(e->parent, BN_P_WRITING_MODE)->keyword
                         : BN_K_LR_TB;
    default:
        return bn_fo_so_far(e, BN_P_WRITING_MODE).keyword;
    }
}

int
bn_fo_mode(const bn_eval *e)
{
    switch (mode_keyword(e)) {
    case BN_K_RL_TB:
    case BN_K_RL:
        return 1;
    case BN_K_TB_RL:
    case BN_K_TB:
        return 2;
    case BN_K_TB_LR:
        return 3;
    default:
        return 0;
    }
}

/* The property of a side in a group whose rows are stride apart, in the
 * order before, after, start, end. */
static bn_prop
side_prop(const bn_eval *e, int base, int stride, int side)
{
    const int logical = side >= 8 ? side - 8 : sides[bn_fo_mode(e)][side];

    return (bn_prop)(base + stride * logical);
}

static int
stride_of(int base)
{
    return base == BN_P_PADDING_BEFORE ? 2 : 4;
}

/* Inline or block dimension: their components are apart by a constant. */
static bn_prop
size_prop(const bn_eval *e, const struct shorthand *row)
{
    enum {
        APART = BN_P_INLINE_PROGRESSION_DIMENSION_MINIMUM -
                BN_P_BLOCK_PROGRESSION_DIMENSION_MINIMUM
    };
    const bool vertical = bn_fo_mode(e) >= 2;

    return (bn_prop)(row->a[0] - (vertical != (row->b == 1) ? APART : 0));
}

bool
bn_spec_target(const bn_eval *e, const bn_spec *s, bn_prop *out)
{
    const struct shorthand *row;

    if (s->shorthand < 0) {
        *out = (bn_prop)s->prop;
        return true;
    }
    row = &rows[s->shorthand];
    switch (row->how) {
    case SIDE:
        *out = side_prop(e, row->a[0], stride_of(row->a[0]), row->b);
        return true;
    case SIZE:
        *out = size_prop(e, row);
        return true;
    default:
        if (row->a[0] < 0)
            return false;
        *out = (bn_prop)row->a[0];
        return true;
    }
}

/* ---------------------------------------------------------------- values */

/* One blank-separated token of a value; brackets and quotes keep together. */
typedef struct token {
    const char *s;
    size_t n;
} token;

static bool
next_token(const char **p, const char *end, token *out)
{
    int depth = 0;
    char quote = 0;

    while (*p < end && (**p == ' ' || **p == '\t' || **p == '\n'))
        ++*p;
    out->s = *p;
    for (; *p < end; ++*p) {
        const char c = **p;

        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            depth++;
        } else if (c == ')') {
            depth--;
        } else if (depth <= 0 && (c == ' ' || c == '\t' || c == '\n')) {
            break;
        }
    }
    out->n = (size_t)(*p - out->s);
    return out->n > 0;
}

static int
tokens(const char *text, token *out, int max)
{
    const char *p = text, *end = text + strlen(text);
    int n = 0;

    while (n < max && next_token(&p, end, &out[n]))
        n++;
    return n;
}

static bool
token_is(const token *t, const char *word)
{
    return strlen(word) == t->n && memcmp(t->s, word, t->n) == 0;
}

static bool
set_text(const bn_eval *e, bn_prop p, const char *s, size_t n, uint8_t rank)
{
    bn_value v;

    if (!bn_value_read(e, p, s, n, &v))
        return false;
    bn_fo_set(e, p, &v, rank);
    return true;
}

static void
set_key(const bn_eval *e, bn_prop p, bn_keyword k, uint8_t rank)
{
    bn_value v;

    memset(&v, 0, sizeof v);
    v.kind = BN_V_KEYWORD;
    v.keyword = k;
    bn_fo_set(e, p, &v, rank);
}

static bool
read_all(const bn_eval *e, const struct shorthand *r, const char *text)
{
    for (int i = 0; i < 4 && r->a[i] >= 0; i++)
        if (!set_text(e, (bn_prop)r->a[i], text, strlen(text), r->rank))
            return false;
    return true;
}

static bool
read_side(const bn_eval *e, const struct shorthand *r, const char *text)
{
    return set_text(e, side_prop(e, r->a[0], stride_of(r->a[0]), r->b), text,
                    strlen(text), r->rank);
}

static bool
is_none(const char *text)
{
    return strcmp(text, "none") == 0;
}

/* width sets minimum, optimum and maximum (5.3.3), the limits one of them. */
static bool
read_dimension(const bn_eval *e, const struct shorthand *r, const char *text)
{
    const bn_prop p = size_prop(e, r);

    if (r->rank == RANK_LIMIT)
        return is_none(text) || set_text(e, p, text, strlen(text), r->rank);
    return set_text(e, (bn_prop)(p - 1), text, strlen(text), r->rank) &&
           set_text(e, p, text, strlen(text), r->rank) &&
           set_text(e, (bn_prop)(p + 1), text, strlen(text), r->rank);
}

/* Which of one to four values is for top, right, bottom, left. */
static const uint8_t box_of[4][4] = {
    {0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};

static bool
read_box(const bn_eval *e, const struct shorthand *r, const char *text)
{
    token t[4];
    const int n = tokens(text, t, 4);

    for (int i = 0; i < 4 && n; i++) {
        const token *v = &t[box_of[n - 1][i]];

        if (!set_text(e, side_prop(e, r->a[0], r->b, i), v->s, v->n, r->rank))
            return false;
    }
    return n > 0;
}

static bool
read_margin(const bn_eval *e, const struct shorthand *r, const char *text)
{
    static const bn_prop margins[4] = {BN_P_MARGIN_TOP, BN_P_MARGIN_RIGHT,
                                       BN_P_MARGIN_BOTTOM, BN_P_MARGIN_LEFT};
    token t[4];
    const int n = tokens(text, t, 4);

    for (int i = 0; i < 4 && n; i++) {
        const token *v = &t[box_of[n - 1][i]];

        if (!set_text(e, margins[i], v->s, v->n, r->rank))
            return false;
    }
    return n > 0;
}

/* A token of border is a style, a width or a colour. */
static bool
border_token(const bn_eval *e, const struct shorthand *r, int side,
             const token *t)
{
    static const bn_prop order[] = {BN_P_BORDER_BEFORE_WIDTH,
                                    BN_P_BORDER_BEFORE_STYLE,
                                    BN_P_BORDER_BEFORE_COLOR};
    const int32_t k = bn_fo_word(e->doc, t->s, t->n);
    const int first = k >= BN_K_HIDDEN && k <= BN_K_OUTSET ? 1
                      : k == BN_K_NONE                     ? 1
                      : k == BN_K_TRANSPARENT              ? 2
                                                           : 0;

    for (int i = first; i < 3; i += first ? 3 : 2) {
        bn_value v;

        if (!bn_value_read(e, order[i], t->s, t->n, &v))
            continue;
        bn_fo_set(e, side_prop(e, order[i], 4, side), &v, r->rank);
        return true;
    }
    return false;
}

static bool
read_border(const bn_eval *e, const struct shorthand *r, const char *text)
{
    token t[3];
    const int n = tokens(text, t, 3);
    const int from = r->b == EVERY_SIDE ? 0 : r->b;
    const int to = r->b == EVERY_SIDE ? 3 : r->b;

    for (int side = from; side <= to; side++)
        for (int i = 0; i < n; i++)
            if (!border_token(e, r, side, &t[i]))
                return false;
    return n > 0;
}

/* What may stand before the size in font, in any order. */
static bool
set_font_word(const bn_eval *e, const token *t, uint8_t rank)
{
    static const struct {
        const char *word;
        bn_prop p;
    } words[] = {
        {"italic", BN_P_FONT_STYLE},    {"oblique", BN_P_FONT_STYLE},
        {"backslant", BN_P_FONT_STYLE}, {"small-caps", BN_P_FONT_VARIANT},
        {"bold", BN_P_FONT_WEIGHT},     {"bolder", BN_P_FONT_WEIGHT},
        {"lighter", BN_P_FONT_WEIGHT},
    };

    if (token_is(t, "normal"))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(t, words[i].word))
            return set_text(e, words[i].p, t->s, t->n, rank);
    return t->n == 3 && t->s[0] >= '1' && t->s[0] <= '9' &&
           memcmp(t->s + 1, "00", 2) == 0 &&
           set_text(e, BN_P_FONT_WEIGHT, t->s, t->n, rank);
}

/* What font sets, and the values it begins with (7.31.13). */
static const struct {
    bn_prop p;
    const char *initial;
} font_parts[] = {
    {BN_P_FONT_STYLE, "normal"},   {BN_P_FONT_VARIANT, "normal"},
    {BN_P_FONT_WEIGHT, "normal"},  {BN_P_FONT_SIZE, "medium"},
    {BN_P_LINE_HEIGHT, "normal"},  {BN_P_FONT_FAMILY, "sans-serif"},
    {BN_P_FONT_STRETCH, "normal"}, {BN_P_FONT_SIZE_ADJUST, "none"},
};

/* The fonts of a desktop are all the default one here. */
static bool
is_system_font(const char *text)
{
    static const char *const names[] = {"caption",       "icon",
                                        "menu",          "message-box",
                                        "small-caption", "status-bar"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i]) == 0)
            return true;
    return false;
}

static void
reset_font(const bn_eval *e, uint8_t rank)
{
    for (size_t i = 0; i < sizeof font_parts / sizeof font_parts[0]; i++)
        set_text(e, font_parts[i].p, font_parts[i].initial,
                 strlen(font_parts[i].initial), rank);
}

/* font: [style variant weight] size[/line-height] family */
static bool
read_font_parts(const bn_eval *e, const struct shorthand *r, const char *text)
{
    const char *p = text, *end = text + strlen(text), *slash;
    token t;

    while (next_token(&p, end, &t))
        if (!set_font_word(e, &t, r->rank))
            break;
    slash = t.n ? memchr(t.s, '/', t.n) : NULL;
    if (!t.n || !set_text(e, BN_P_FONT_SIZE, t.s,
                          slash ? (size_t)(slash - t.s) : t.n, r->rank))
        return false;
    if (slash && !set_text(e, BN_P_LINE_HEIGHT, slash + 1,
                           (size_t)(t.s + t.n - slash - 1), r->rank))
        return false;
    return p < end &&
           set_text(e, BN_P_FONT_FAMILY, p, (size_t)(end - p), r->rank);
}

static bool
read_font(const bn_eval *e, const struct shorthand *r, const char *text)
{
    bn_setting before[sizeof font_parts / sizeof font_parts[0]];

    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        before[i] = e->doc->set[font_parts[i].p];
    reset_font(e, r->rank);
    if (is_system_font(text) || read_font_parts(e, r, text))
        return true;
    /* nothing of a value that cannot be read counts */
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        bn_fo_unset(e, font_parts[i].p, &before[i]);
    return false;
}

static bool
vertical_word(const token *t)
{
    return token_is(t, "top") || token_is(t, "bottom");
}

static bool
horizontal_word(const token *t)
{
    return token_is(t, "left") || token_is(t, "right");
}

static bool
set_positions(const bn_eval *e, const token *t, int n, uint8_t rank)
{
    static const token center = {"center", 6};
    const token *h = n ? &t[0] : &center, *v = n > 1 ? &t[1] : &center;

    if (vertical_word(h) || horizontal_word(v)) { /* the other order */
        const token *swap = h;

        h = v;
        v = swap;
    }
    return set_text(e, BN_P_BACKGROUND_POSITION_HORIZONTAL, h->s, h->n, rank) &&
           set_text(e, BN_P_BACKGROUND_POSITION_VERTICAL, v->s, v->n, rank);
}

static bool
read_background_position(const bn_eval *e, const struct shorthand *r,
                         const char *text)
{
    token t[2];
    const int n = tokens(text, t, 2);

    return n && set_positions(e, t, n, r->rank);
}

static bool
read_background(const bn_eval *e, const struct shorthand *r, const char *text)
{
    token t[6], at[2];
    const int n = tokens(text, t, 6);
    int nat = 0;

    for (int i = 0; i < n; i++) {
        const int32_t k = bn_fo_word(e->doc, t[i].s, t[i].n);
        bn_value v;

        if (k >= BN_K_REPEAT && k <= BN_K_NO_REPEAT)
            set_key(e, BN_P_BACKGROUND_REPEAT, (bn_keyword)k, r->rank);
        else if (k == BN_K_SCROLL || k == BN_K_FIXED)
            set_key(e, BN_P_BACKGROUND_ATTACHMENT, (bn_keyword)k, r->rank);
        else if (t[i].n > 4 && memcmp(t[i].s, "url(", 4) == 0)
            set_text(e, BN_P_BACKGROUND_IMAGE, t[i].s, t[i].n, r->rank);
        else if (!vertical_word(&t[i]) && !horizontal_word(&t[i]) &&
                 bn_value_read(e, BN_P_BACKGROUND_COLOR, t[i].s, t[i].n, &v) &&
                 v.kind == BN_V_COLOR)
            bn_fo_set(e, BN_P_BACKGROUND_COLOR, &v, r->rank);
        else if (k == BN_K_NONE)
            set_key(e, BN_P_BACKGROUND_IMAGE, BN_K_NONE, r->rank);
        else if (nat < 2)
            at[nat++] = t[i];
        else
            return false;
    }
    return nat == 0 ? n > 0 : set_positions(e, at, nat, r->rank);
}

static bool
read_white_space(const bn_eval *e, const struct shorthand *r, const char *text)
{
    static const struct {
        const char *name;
        bn_keyword feed, collapse, treat, wrap;
    } kinds[] = {
        {"normal", BN_K_TREAT_AS_SPACE, BN_K_TRUE,
         BN_K_IGNORE_IF_SURROUNDING_LINEFEED, BN_K_WRAP},
        {"nowrap", BN_K_TREAT_AS_SPACE, BN_K_TRUE,
         BN_K_IGNORE_IF_SURROUNDING_LINEFEED, BN_K_NO_WRAP},
        {"pre", BN_K_PRESERVE, BN_K_FALSE, BN_K_PRESERVE, BN_K_NO_WRAP},
        {"pre-wrap", BN_K_PRESERVE, BN_K_FALSE, BN_K_PRESERVE, BN_K_WRAP},
        {"pre-line", BN_K_PRESERVE, BN_K_TRUE,
         BN_K_IGNORE_IF_SURROUNDING_LINEFEED, BN_K_WRAP},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(text, kinds[i].name) == 0) {
            set_key(e, BN_P_LINEFEED_TREATMENT, kinds[i].feed, r->rank);
            set_key(e, BN_P_WHITE_SPACE_COLLAPSE, kinds[i].collapse, r->rank);
            set_key(e, BN_P_WHITE_SPACE_TREATMENT, kinds[i].treat, r->rank);
            set_key(e, BN_P_WRAP_OPTION, kinds[i].wrap, r->rank);
            return true;
        }
    return false;
}

static bool
read_page_break(const bn_eval *e, const struct shorthand *r, const char *text)
{
    static const struct {
        const char *name;
        bn_keyword k;
    } breaks[] = {{"always", BN_K_PAGE},
                  {"left", BN_K_EVEN_PAGE},
                  {"right", BN_K_ODD_PAGE}};

    if (strcmp(text, "auto") == 0)
        return true;
    if (strcmp(text, "avoid") == 0) { /* within column, within page */
        set_key(e, (bn_prop)r->a[1], BN_K_ALWAYS, r->rank);
        set_key(e, (bn_prop)(r->a[1] + 1), BN_K_ALWAYS, r->rank);
        return true;
    }
    for (size_t i = 0; r->a[0] >= 0 && i < sizeof breaks / sizeof breaks[0];
         i++)
        if (strcmp(text, breaks[i].name) == 0) {
            set_key(e, (bn_prop)r->a[0], breaks[i].k, r->rank);
            return true;
        }
    return false;
}

/* 7.31.22: what each word makes of the four alignment properties. */
static bool
read_vertical_align(const bn_eval *e, const struct shorthand *r,
                    const char *text)
{
    static const struct {
        const char *name;
        bn_keyword baseline, shift;
    } kinds[] = {
        {"baseline", BN_K_BASELINE, BN_K_BASELINE},
        {"top", BN_K_BEFORE_EDGE, BN_K_BASELINE},
        {"text-top", BN_K_TEXT_BEFORE_EDGE, BN_K_BASELINE},
        {"middle", BN_K_MIDDLE, BN_K_BASELINE},
        {"bottom", BN_K_AFTER_EDGE, BN_K_BASELINE},
        {"text-bottom", BN_K_TEXT_AFTER_EDGE, BN_K_BASELINE},
        {"sub", BN_K_BASELINE, BN_K_SUB},
        {"super", BN_K_BASELINE, BN_K_SUPER},
    };

    set_key(e, BN_P_DOMINANT_BASELINE, BN_K_AUTO, r->rank);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(text, kinds[i].name) == 0) {
            set_key(e, BN_P_ALIGNMENT_BASELINE, kinds[i].baseline, r->rank);
            set_key(e, BN_P_ALIGNMENT_ADJUST, BN_K_AUTO, r->rank);
            set_key(e, BN_P_BASELINE_SHIFT, kinds[i].shift, r->rank);
            return true;
        }
    set_key(e, BN_P_ALIGNMENT_BASELINE, BN_K_BASELINE, r->rank);
    return set_text(e, BN_P_ALIGNMENT_ADJUST, text, strlen(text), r->rank);
}

static bool
read_decoration(const bn_eval *e, const struct shorthand *r, const char *text)
{
    static const struct {
        const char *name;
        bn_prop p;
        bool on;
    } lines[] = {
        {"underline", BN_P_TEXT_UNDERLINE, true},
        {"no-underline", BN_P_TEXT_UNDERLINE, false},
        {"overline", BN_P_TEXT_OVERLINE, true},
        {"no-overline", BN_P_TEXT_OVERLINE, false},
        {"line-through", BN_P_TEXT_LINE_THROUGH, true},
        {"no-line-through", BN_P_TEXT_LINE_THROUGH, false},
        {"blink", BN_P_TEXT_BLINK, true},
        {"no-blink", BN_P_TEXT_BLINK, false},
        {"none", BN_P_TEXT_UNDERLINE, false},
        {"none", BN_P_TEXT_OVERLINE, false},
        {"none", BN_P_TEXT_LINE_THROUGH, false},
        {"none", BN_P_TEXT_BLINK, false},
    };
    const bn_value color = bn_fo_so_far(e, BN_P_COLOR);
    token t[4];
    const int n = tokens(text, t, 4);

    for (int i = 0; i < n; i++) {
        bool known = token_is(&t[i], "inherit");

        for (size_t j = 0; j < sizeof lines / sizeof lines[0]; j++)
            if (token_is(&t[i], lines[j].name)) {
                known = true;
                if (lines[j].on)
                    bn_fo_set(e, lines[j].p, &color, r->rank);
                else
                    set_key(e, lines[j].p, BN_K_NONE, r->rank);
            }
        if (!known)
            return false;
    }
    return n > 0;
}

static bool
read_position(const bn_eval *e, const struct shorthand *r, const char *text)
{
    const int32_t k = bn_fo_word(e->doc, text, strlen(text));
    const bool absolute = k == BN_K_ABSOLUTE || k == BN_K_FIXED;

    if (!absolute && k != BN_K_STATIC && k != BN_K_RELATIVE)
        return false;
    set_key(e, BN_P_ABSOLUTE_POSITION, absolute ? (bn_keyword)k : BN_K_AUTO,
            r->rank);
    set_key(e, BN_P_RELATIVE_POSITION, absolute ? BN_K_STATIC : (bn_keyword)k,
            r->rank);
    return true;
}

static bool
read_page_size(const bn_eval *e, const struct shorthand *r, const char *text)
{
    token t[2];
    const int n = tokens(text, t, 2);

    if (n == 1 && (token_is(&t[0], "auto") || token_is(&t[0], "portrait")))
        return true;
    if (n == 1 && token_is(&t[0], "landscape")) /* the default sheet turned */
        return set_text(e, BN_P_PAGE_WIDTH, "11in", 4, r->rank) &&
               set_text(e, BN_P_PAGE_HEIGHT, "8.26in", 6, r->rank);
    return n && set_text(e, BN_P_PAGE_WIDTH, t[0].s, t[0].n, r->rank) &&
           set_text(e, BN_P_PAGE_HEIGHT, t[n - 1].s, t[n - 1].n, r->rank);
}

/* ja-JP, zh-Hant-TW: language, script of four letters, country of two. */
static bool
read_lang(const bn_eval *e, const struct shorthand *r, const char *text)
{
    size_t n = strcspn(text, "-");

    if (n == 0)
        return true;
    set_text(e, BN_P_LANGUAGE, text, n, r->rank);
    while (text[n] == '-') {
        text += n + 1;
        n = strcspn(text, "-");
        if (n == 2)
            set_text(e, BN_P_COUNTRY, text, n, r->rank);
        else if (n == 4)
            set_text(e, BN_P_SCRIPT, text, n, r->rank);
    }
    return true;
}

static bool
read_spacing(const bn_eval *e, const struct shorthand *r, const char *text)
{
    token t[2];
    const int n = tokens(text, t, 2);

    return n && set_text(e, (bn_prop)r->a[0], t[0].s, t[0].n, r->rank) &&
           set_text(e, (bn_prop)r->a[1], t[n - 1].s, t[n - 1].n, r->rank);
}

static bool
read_nothing(const bn_eval *e, const struct shorthand *r, const char *text)
{
    (void)e, (void)r, (void)text;
    return true;
}

static bool (*const readers[])(const bn_eval *e, const struct shorthand *r,
                               const char *text) = {
    [ALL] = read_all,
    [SIDE] = read_side,
    [SIZE] = read_dimension,
    [BOX] = read_box,
    [BORDER] = read_border,
    [MARGIN] = read_margin,
    [FONT] = read_font,
    [BACKGROUND] = read_background,
    [BACKGROUND_POSITION] = read_background_position,
    [WHITE_SPACE] = read_white_space,
    [PAGE_BREAK] = read_page_break,
    [VERTICAL_ALIGN] = read_vertical_align,
    [DECORATION] = read_decoration,
    [POSITION] = read_position,
    [PAGE_SIZE] = read_page_size,
    [XML_LANG] = read_lang,
    [SPACING] = read_spacing,
    [IGNORE] = read_nothing,
};

static void
inherit_border(const bn_eval *e, const struct shorthand *r)
{
    for (int side = 0; side < 4; side++)
        for (int i = 0; i < 3; i++)
            if (r->b == EVERY_SIDE || r->b == side || r->b == side + 8)
                set_text(e,
                         side_prop(e, BN_P_BORDER_BEFORE_COLOR + i, 4,
                                   r->b >= 8 ? side + 8 : side),
                         "inherit", 7, r->rank);
}

/* "inherit" for every property that a shorthand of this kind sets, where its
 * own reader does not see to that (5.2). */
static bool
inherit_all(const bn_eval *e, const struct shorthand *r)
{
    static const struct {
        uint8_t how;
        bn_prop p;
    } parts[] = {
        {BACKGROUND, BN_P_BACKGROUND_ATTACHMENT},
        {BACKGROUND, BN_P_BACKGROUND_COLOR},
        {BACKGROUND, BN_P_BACKGROUND_IMAGE},
        {BACKGROUND, BN_P_BACKGROUND_REPEAT},
        {BACKGROUND, BN_P_BACKGROUND_POSITION_HORIZONTAL},
        {BACKGROUND, BN_P_BACKGROUND_POSITION_VERTICAL},
        {BACKGROUND_POSITION, BN_P_BACKGROUND_POSITION_HORIZONTAL},
        {BACKGROUND_POSITION, BN_P_BACKGROUND_POSITION_VERTICAL},
        {WHITE_SPACE, BN_P_LINEFEED_TREATMENT},
        {WHITE_SPACE, BN_P_WHITE_SPACE_COLLAPSE},
        {WHITE_SPACE, BN_P_WHITE_SPACE_TREATMENT},
        {WHITE_SPACE, BN_P_WRAP_OPTION},
        {VERTICAL_ALIGN, BN_P_ALIGNMENT_BASELINE},
        {VERTICAL_ALIGN, BN_P_ALIGNMENT_ADJUST},
        {VERTICAL_ALIGN, BN_P_BASELINE_SHIFT},
        {VERTICAL_ALIGN, BN_P_DOMINANT_BASELINE},
        {POSITION, BN_P_ABSOLUTE_POSITION},
        {POSITION, BN_P_RELATIVE_POSITION},
    };
    bool any = r->how == BORDER;

    if (any)
        inherit_border(e, r);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].how == r->how)
            any |= set_text(e, parts[i].p, "inherit", 7, r->rank);
    for (size_t i = 0; i < sizeof font_parts / sizeof font_parts[0]; i++)
        if (r->how == FONT)
            any |= set_text(e, font_parts[i].p, "inherit", 7, r->rank);
    for (int i = 0; r->how == PAGE_BREAK && i < 2; i++)
        if (r->a[i] >= 0)
            any |= set_text(e, (bn_prop)r->a[i], "inherit", 7, r->rank);
    return any;
}

void
bn_shorthand_read(const bn_eval *e, const bn_spec *s)
{
    const struct shorthand *r = &rows[s->shorthand];

    if (strcmp(s->value, "inherit") == 0 && inherit_all(e, r))
        return;
    if (!readers[r->how](e, r, s->value))
        bn_fo_bad_value(e, r->name, s->value, strlen(s->value));
}
