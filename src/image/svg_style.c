/* svg_style.c - properties from attributes, style sheets and style. */
#include "image/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
svg_style_initial(svg_style *s)
{
    *s = (svg_style){
        .fill = {.kind = SVG_PAINT_COLOR, .opacity = 1},
        .stroke = {.kind = SVG_PAINT_NONE, .opacity = 1},
        .fill_opacity = 1,
        .stroke_opacity = 1,
        .stroke_width = 1,
        .miter = 4,
        .weight = 400,
        .family = "",
        .lang = "",
        .font_size = 16,
        .own = {.opacity = 1, .stop_alpha = 1, .stop_opacity = 1},
    };
}

/* ---------------------------------------------------------- properties */

/* The id in "url(#id)"; NULL when there is none. *rest is what follows. */
static const char *
read_url(svg *v, const char *s, const char **rest)
{
    const char *end;

    *rest = s;
    s += strspn(s, " \t\r\n");
    if (strncasecmp(s, "url(", 4) != 0)
        return NULL;
    s += 4;
    s += strspn(s, " \t'\"");
    end = s + strcspn(s, " \t'\")");
    *rest = strchr(end, ')');
    *rest = *rest != NULL ? *rest + 1 : end + strlen(end);
    if (*s != '#') {
        svg_refuse(v, BN_IMG_EXTERNAL);
        return NULL;
    }
    return bn_arena_strndup(v->a, s + 1, (size_t)(end - s - 1));
}

static void
read_paint(svg *v, const char *value, svg_paint *p)
{
    const char *rest;
    svg_paint got = {.kind = SVG_PAINT_NONE, .opacity = 1};

    got.ref = read_url(v, value, &rest);
    if (svg_is(rest, "currentColor"))
        got.kind = SVG_PAINT_CURRENT;
    else if (svg_is(rest, "context-fill"))
        got.kind = SVG_PAINT_MARKED_FILL;
    else if (svg_is(rest, "context-stroke"))
        got.kind = SVG_PAINT_MARKED_STROKE;
    else if (svg_color(rest, &got.rgb, &got.opacity))
        got.kind = SVG_PAINT_COLOR;
    else if (got.ref == NULL && !svg_is(rest, "none"))
        return; /* not a paint: as if it were not there */
    *p = got;
}

static void
read_opacity(const char *value, double *out)
{
    double x;

    if (!svg_number(&value, &x))
        return;
    if (*value == '%')
        x /= 100;
    *out = x < 0 ? 0 : x > 1 ? 1 : x;
}

/* 0, 1, 2 by the word; out stays when it is none of them. */
static void
read_word(const char *value, const char *const words[], uint8_t *out)
{
    for (uint8_t i = 0; words[i] != NULL; i++)
        if (svg_is(value, words[i]))
            *out = i;
}

static void
read_weight(const char *value, int *out)
{
    double x;

    if (svg_is(value, "normal"))
        *out = 400;
    else if (svg_is(value, "bold"))
        *out = 700;
    else if (svg_is(value, "bolder"))
        *out = *out < 400 ? 400 : *out < 600 ? 700 : 900;
    else if (svg_is(value, "lighter"))
        *out = *out > 700 ? 700 : *out > 500 ? 400 : 100;
    else if (svg_number(&value, &x) && x >= 1 && x <= 1000)
        *out = (int)x;
}

static void
read_font_size(const char *value, double parent, double *out)
{
    static const struct {
        const char *name;
        double size, times;
    } words[] = {
        {"xx-small", 9, 0},  {"x-small", 10, 0}, {"small", 13, 0},
        {"medium", 16, 0},   {"large", 18, 0},   {"x-large", 24, 0},
        {"xx-large", 32, 0}, {"larger", 0, 1.2}, {"smaller", 0, 1 / 1.2},
    };
    double x;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (svg_is(value, words[i].name)) {
            *out = words[i].size + words[i].times * parent;
            return;
        }
    if (svg_length(&value, parent, parent, &x) && x >= 0)
        *out = x;
}

/* A property by its name. Flat, because each line is one row of the list of
 * properties that are known. */
enum {
    FILL,
    STROKE,
    FILL_OPACITY,
    STROKE_OPACITY,
    STROKE_WIDTH,
    MITER,
    DASH,
    DASH_OFFSET,
    FILL_RULE,
    CLIP_RULE,
    CAP,
    JOIN,
    VISIBILITY,
    ANCHOR,
    BASELINE,
    FONT_STYLE,
    FONT_WEIGHT,
    FONT_FAMILY,
    FONT_SIZE,
    FONT,
    SPACING,
    WORD_SPACING,
    COLOR,
    MARK_START,
    MARK_MID,
    MARK_END,
    MARK_ALL,
    PAINT_ORDER,
    WRITING_MODE,
    WHITE_SPACE,
    DECORATION,
    SHIFT,
    NOT_INHERITED, /* those from here on */
    OPACITY = NOT_INHERITED,
    DISPLAY,
    OVERFLOW,
    CLIP,
    MASK,
    MASK_TYPE,
    BLEND,
    ISOLATION,
    EFFECT,
    TRANSFORM,
    STOP_COLOR,
    STOP_OPACITY,
    UNDRAWN
};

static const struct property {
    const char *name;
    uint8_t what;
} properties[] = {
    {"alignment-baseline", BASELINE},
    {"baseline-shift", SHIFT},
    {"clip-path", CLIP},
    {"clip-rule", CLIP_RULE},
    {"color", COLOR},
    {"display", DISPLAY},
    {"dominant-baseline", BASELINE},
    {"fill", FILL},
    {"fill-opacity", FILL_OPACITY},
    {"fill-rule", FILL_RULE},
    {"filter", UNDRAWN},
    {"font", FONT},
    {"font-family", FONT_FAMILY},
    {"font-size", FONT_SIZE},
    {"font-style", FONT_STYLE},
    {"font-weight", FONT_WEIGHT},
    {"isolation", ISOLATION},
    {"letter-spacing", SPACING},
    {"marker", MARK_ALL},
    {"marker-end", MARK_END},
    {"marker-mid", MARK_MID},
    {"marker-start", MARK_START},
    {"mask", MASK},
    {"mask-type", MASK_TYPE},
    {"mix-blend-mode", BLEND},
    {"opacity", OPACITY},
    {"overflow", OVERFLOW},
    {"paint-order", PAINT_ORDER},
    {"stop-color", STOP_COLOR},
    {"stop-opacity", STOP_OPACITY},
    {"stroke", STROKE},
    {"stroke-dasharray", DASH},
    {"stroke-dashoffset", DASH_OFFSET},
    {"stroke-linecap", CAP},
    {"stroke-linejoin", JOIN},
    {"stroke-miterlimit", MITER},
    {"stroke-opacity", STROKE_OPACITY},
    {"stroke-width", STROKE_WIDTH},
    {"text-anchor", ANCHOR},
    {"text-decoration", DECORATION},
    {"text-decoration-line", DECORATION},
    {"transform", TRANSFORM},
    {"vector-effect", EFFECT},
    {"visibility", VISIBILITY},
    {"white-space", WHITE_SPACE},
    {"word-spacing", WORD_SPACING},
    {"writing-mode", WRITING_MODE},
};

static int
by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct property *)row)->name);
}

static void
read_length(const svg *v, const svg_style *s, const char *value, double *out)
{
    double x;

    if (svg_length(&value, svg_diagonal(v), s->font_size, &x) && x >= 0)
        *out = x;
}

static void
read_stop_color(const svg_style *s, const char *value, svg_own_style *out)
{
    if (svg_is(value, "currentColor")) {
        out->stop_rgb = s->color;
        out->stop_alpha = 1;
    } else
        svg_color(value, &out->stop_rgb, &out->stop_alpha);
}

static void
read_spacing(const svg_style *s, const char *value, double *out)
{
    if (svg_is(value, "normal"))
        *out = 0;
    else
        svg_length(&value, s->font_size, s->font_size, out);
}

/* Is word among the words of a list? */
static bool
names(const char *list, const char *word)
{
    const size_t n = strlen(word);

    while (*list != '\0') {
        const size_t len = strcspn(list, " \t\r\n");

        if (len == n && strncasecmp(list, word, n) == 0)
            return true;
        list += len;
        list += strspn(list, " \t\r\n");
    }
    return false;
}

static void
read_decoration(const char *value, uint8_t *out)
{
    if (names(value, "none"))
        *out = 0;
    if (names(value, "underline"))
        *out |= SVG_UNDERLINE;
    if (names(value, "overline"))
        *out |= SVG_OVERLINE;
    if (names(value, "line-through"))
        *out |= SVG_LINE_THROUGH;
}

/* What comes first of fill and stroke; markers are last in either. */
static void
read_paint_order(const char *value, uint8_t *out)
{
    value += strspn(value, " \t\r\n");
    if (strncasecmp(value, "markers", 7) == 0)
        value += 7 + strspn(value + 7, " \t\r\n");
    *out = strncasecmp(value, "stroke", 6) == 0;
}

static void
read_shift(const svg_style *s, const char *value, double *out)
{
    double x;

    if (svg_is(value, "super"))
        *out += 0.33 * s->font_size;
    else if (svg_is(value, "sub"))
        *out -= 0.2 * s->font_size;
    else if (svg_length(&value, s->font_size, s->font_size, &x))
        *out += x;
}

static void
read_effect(svg *v, const char *value, uint8_t *out)
{
    *out = svg_is(value, "non-scaling-stroke");
    if (!*out && !svg_is(value, "none"))
        svg_warn(v, "vector-effect");
}

/* In the order of enum bn_blend, as pdf names them. */
static const char *const blends[] = {
    "normal",     "multiply",    "screen",     "overlay",    "darken",
    "lighten",    "color-dodge", "color-burn", "hard-light", "soft-light",
    "difference", "exclusion",   "hue",        "saturation", "color",
    "luminosity", NULL};

/* What a declaration is for. */
typedef struct target {
    svg *v;
    svg_style *s;
    const svg_style *parent;
    bool first_pass; /* font-size and color: em and currentColor need them */
    bool important;
} target;

static void set_font(const target *t, const char *value);

static void
set_own(svg *v, svg_style *s, uint8_t what, const char *name, const char *value)
{
    static const char *const types[] = {"luminance", "alpha", NULL};
    svg_own_style *own = &s->own;
    const char *rest;

    switch (what) {
    case OPACITY:
        read_opacity(value, &own->opacity);
        break;
    case DISPLAY:
        own->display_none = svg_is(value, "none");
        break;
    case OVERFLOW:
        own->overflow_visible =
            svg_is(value, "visible") || svg_is(value, "auto");
        break;
    case CLIP:
        own->clip = read_url(v, value, &rest);
        if (own->clip == NULL && !svg_is(value, "none"))
            svg_warn(v, name); /* circle(), inset(): shapes of CSS */
        break;
    case MASK:
        own->mask = read_url(v, value, &rest);
        break;
    case MASK_TYPE:
        read_word(value, types, &own->alpha_mask);
        break;
    case BLEND:
        read_word(value, blends, &own->blend);
        break;
    case ISOLATION:
        own->isolated = svg_is(value, "isolate");
        break;
    case EFFECT:
        read_effect(v, value, &own->thin);
        break;
    case TRANSFORM:
        own->transform = bn_arena_strdup(v->a, value);
        break;
    case STOP_COLOR:
        read_stop_color(s, value, own);
        break;
    case STOP_OPACITY:
        read_opacity(value, &own->stop_opacity);
        break;
    default: /* UNDRAWN */
        read_url(v, value, &rest);
        if (!svg_is(value, "none"))
            svg_warn(v, name);
    }
}

static void
set_own_from_parent(svg_own_style *own, const svg_own_style *parent,
                    uint8_t what)
{
    if (what == OPACITY)
        own->opacity = parent->opacity;
    else if (what == STOP_COLOR) {
        own->stop_rgb = parent->stop_rgb;
        own->stop_alpha = parent->stop_alpha;
    } else if (what == STOP_OPACITY)
        own->stop_opacity = parent->stop_opacity;
    else if (what == CLIP)
        own->clip = parent->clip;
    else if (what == MASK)
        own->mask = parent->mask;
    else if (what == DISPLAY)
        own->display_none = parent->display_none;
    else if (what == OVERFLOW)
        own->overflow_visible = parent->overflow_visible;
}

/* Paint, strokes and markers. Flat, because each line is a property. */
static void
set_paint(svg *v, svg_style *s, uint8_t what, const char *value)
{
    static const char *const rules[] = {"nonzero", "evenodd", NULL};
    static const char *const caps[] = {"butt", "round", "square", NULL};
    static const char *const joins[] = {"miter", "round", "bevel", NULL};
    const char *rest;

    switch (what) {
    case FILL:
        read_paint(v, value, &s->fill);
        break;
    case STROKE:
        read_paint(v, value, &s->stroke);
        break;
    case FILL_OPACITY:
        read_opacity(value, &s->fill_opacity);
        break;
    case STROKE_OPACITY:
        read_opacity(value, &s->stroke_opacity);
        break;
    case STROKE_WIDTH:
        read_length(v, s, value, &s->stroke_width);
        break;
    case MITER:
        svg_number(&value, &s->miter);
        break;
    case DASH:
        s->dash = svg_is(value, "none") ? NULL : bn_arena_strdup(v->a, value);
        break;
    case DASH_OFFSET:
        svg_length(&value, svg_diagonal(v), s->font_size, &s->dash_offset);
        break;
    case FILL_RULE:
        read_word(value, rules, &s->fill_even_odd);
        break;
    case CLIP_RULE:
        read_word(value, rules, &s->clip_even_odd);
        break;
    case CAP:
        read_word(value, caps, &s->cap);
        break;
    case JOIN:
        read_word(value, joins, &s->join);
        break;
    case MARK_ALL:
        for (int i = 0; i < SVG_MARKS; i++)
            s->marks[i] = read_url(v, value, &rest);
        break;
    case PAINT_ORDER:
        read_paint_order(value, &s->stroke_first);
        break;
    default: /* MARK_START… */
        s->marks[what - MARK_START] = read_url(v, value, &rest);
    }
}

static void
set_text(const target *t, uint8_t what, const char *value)
{
    static const char *const anchors[] = {"start", "middle", "end", NULL};
    static const char *const bases[] = {
        "alphabetic",       "central",         "middle", "hanging",
        "text-before-edge", "text-after-edge", NULL};
    svg *v = t->v;
    svg_style *s = t->s;
    double alpha;

    switch (what) {
    case VISIBILITY:
        s->hidden = !svg_is(value, "visible");
        break;
    case ANCHOR:
        read_word(value, anchors, &s->anchor);
        break;
    case BASELINE:
        s->baseline = SVG_BASE_ALPHABETIC;
        read_word(value, bases, &s->baseline);
        break;
    case FONT:
        set_font(t, value);
        break;
    case FONT_STYLE:
        s->italic = !svg_is(value, "normal");
        break;
    case FONT_WEIGHT:
        read_weight(value, &s->weight);
        break;
    case FONT_FAMILY:
        s->family = bn_arena_strdup(v->a, value);
        break;
    case FONT_SIZE:
        read_font_size(value, t->parent->font_size, &s->font_size);
        break;
    case SPACING:
        read_spacing(s, value, &s->letter_spacing);
        break;
    case WORD_SPACING:
        read_spacing(s, value, &s->word_spacing);
        break;
    case WRITING_MODE:
        s->vertical = names(value, "tb") || names(value, "tb-rl") ||
                      strncmp(value + strspn(value, " "), "vertical-", 9) == 0;
        break;
    case WHITE_SPACE:
        s->preserve = strstr(value, "pre") != NULL;
        break;
    case DECORATION:
        read_decoration(value, &s->decoration);
        break;
    case SHIFT:
        read_shift(s, value, &s->rise);
        break;
    default: /* COLOR */
        svg_color(value, &s->color, &alpha);
    }
}

static bool
is_first(uint8_t what)
{
    return what == FONT_SIZE || what == COLOR;
}

static void
set_property(const target *t, uint8_t what, const char *name, const char *value)
{
    if (svg_is(value, "inherit")) {
        if (what >= NOT_INHERITED)
            set_own_from_parent(&t->s->own, &t->parent->own, what);
        return; /* the others have it already */
    }
    if (what >= NOT_INHERITED)
        set_own(t->v, t->s, what, name, value);
    else if (what <= JOIN || (what >= MARK_START && what <= PAINT_ORDER))
        set_paint(t->v, t->s, what, value);
    else
        set_text(t, what, value);
}

/* "italic bold 12px/1.5 family": what is before the size may be missing. */
static void
set_font(const target *t, const char *value)
{
    svg_style *s = t->s;
    double size;

    if (!t->first_pass) {
        s->italic = false;
        s->weight = 400;
    }
    for (;;) {
        char *word;
        size_t n;

        value += strspn(value, " \t\r\n");
        n = strcspn(value, " \t\r\n/");
        if (n == 0)
            return;
        word = bn_arena_strndup(t->v->a, value, n);
        value += n;
        size = -1;
        if (strspn(word, "0123456789") != n)
            read_font_size(word, t->parent->font_size, &size);
        if (size >= 0)
            break;
        if (t->first_pass)
            continue;
        if (svg_is(word, "italic") || svg_is(word, "oblique"))
            s->italic = true;
        else
            read_weight(word, &s->weight);
    }
    if (*value == '/')
        value += strcspn(value, " \t\r\n");
    if (t->first_pass)
        s->font_size = size;
    else
        s->family = bn_arena_strdup(t->v->a, value);
}

static const struct property *
find_property(const char *name)
{
    return bsearch(name, properties, sizeof properties / sizeof properties[0],
                   sizeof properties[0], by_name);
}

static bool
is_due(const target *t, uint8_t what)
{
    return what == FONT || is_first(what) == t->first_pass;
}

/* "name: value", n bytes. */
static void
set_declaration(const target *t, const char *text, size_t n)
{
    svg *v = t->v;
    const bn_mark mark = bn_arena_mark(v->a);
    const char *colon = memchr(text, ':', n);
    const char *from = text + strspn(text, " \t\r\n");
    const struct property *p;
    char *name, *value, *bang;
    size_t len;

    if (colon == NULL || from > colon)
        return;
    len = (size_t)(colon - from);
    while (len > 0 && strchr(" \t\r\n", from[len - 1]) != NULL)
        len--;
    name = bn_arena_strndup(v->a, from, len);
    p = find_property(name);
    if (p == NULL || !is_due(t, p->what)) {
        bn_arena_rewind(v->a, mark);
        return;
    }
    value = bn_arena_strndup(v->a, colon + 1, n - (size_t)(colon + 1 - text));
    bang = strchr(value, '!');
    if (bang != NULL)
        *bang = '\0';
    if ((bang != NULL) == t->important)
        set_property(t, p->what, p->name, value);
}

/* Declarations up to their semicolons; one in brackets or quotes is none. */
static void
set_declarations(const target *t, const char *text)
{
    if (t->important && strchr(text, '!') == NULL)
        return;
    while (*text != '\0') {
        size_t n = 0;
        int brackets = 0;
        char quote = 0;

        for (; text[n] != '\0' && (brackets > 0 || quote || text[n] != ';');
             n++)
            if (quote)
                quote = text[n] == quote ? 0 : quote;
            else if (text[n] == '"' || text[n] == '\'')
                quote = text[n];
            else
                brackets += (text[n] == '(') - (text[n] == ')');
        set_declaration(t, text, n);
        text += n;
        text += *text == ';';
    }
}

/* --------------------------------------------------------------- style */

static void
find_rules(svg *v, const xmlNode *n)
{
    v->matched.n = 0;
    for (size_t i = 0; i < v->rules.n; i++)
        if (svg_rule_matches(v, &v->rules.v[i], n))
            BN_PUSH(&v->matched) = v->rules.v[i].declarations;
}

/* Shorthands are no attributes; transform is read where it stands. */
static bool
is_css_only(uint8_t what)
{
    return what == TRANSFORM || what == MARK_ALL || what == FONT;
}

/* Attributes weigh less than any rule (SVG 1.1 6.4). */
static void
set_attributes(const target *t, const xmlNode *n)
{
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next) {
        const struct property *row;

        if (p->ns != NULL || p->children == NULL)
            continue;
        row = find_property((const char *)p->name);
        if (row != NULL && !is_css_only(row->what) && is_due(t, row->what))
            set_property(t, row->what, row->name,
                         (const char *)p->children->content);
    }
}

/* First font-size and color, that em and currentColor refer to. */
static void
set_all(svg *v, const xmlNode *n, const svg_style *parent, svg_style *s)
{
    const char *style = svg_attr(n, "style");

    find_rules(v, n);
    for (int i = 0; i < 4; i++) {
        const target t = {v, s, parent, i < 2, i % 2 == 1};

        if (!t.important)
            set_attributes(&t, n);
        for (size_t k = 0; k < v->matched.n; k++)
            set_declarations(&t, v->matched.v[k]);
        if (style != NULL)
            set_declarations(&t, style);
    }
}

svg_style
svg_style_of(svg *v, const xmlNode *n, const svg_style *parent)
{
    svg_style s = *parent;

    s.own = (svg_own_style){.opacity = 1, .stop_alpha = 1, .stop_opacity = 1};
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next)
        if (p->ns != NULL && p->children != NULL && p->ns->prefix != NULL &&
            strcmp((const char *)p->ns->prefix, "xml") == 0) {
            const char *value = (const char *)p->children->content;

            if (strcmp((const char *)p->name, "lang") == 0)
                s.lang = bn_arena_strdup(v->a, value);
            else if (strcmp((const char *)p->name, "space") == 0)
                s.preserve = strcmp(value, "preserve") == 0;
        }
    set_all(v, n, parent, &s);
    return s;
}

svg_matrix
svg_own_transform(const xmlNode *n, const svg_style *s)
{
    return svg_transform(s->own.transform != NULL ? s->own.transform
                                                  : svg_attr(n, "transform"));
}

static svg_style
style_below(svg *v, const xmlNode *n, int depth)
{
    svg_style parent;

    if (n == NULL || n->type != XML_ELEMENT_NODE || depth > SVG_DEPTH_MAX ||
        !svg_element(n, NULL)) {
        svg_style_initial(&parent);
        return parent;
    }
    parent = style_below(v, n->parent, depth + 1);
    return svg_style_of(v, n, &parent);
}

svg_style
svg_style_in_tree(svg *v, const xmlNode *n)
{
    return style_below(v, n, 0);
}
