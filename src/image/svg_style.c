/* svg_style.c - properties from attributes, style sheets and style. */
#include "image/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RULES_MAX = 1000 };

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
        .opacity = 1,
        .stop_alpha = 1,
        .stop_opacity = 1,
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
read_font_size(const char *value, double *out)
{
    double x;

    if (svg_length(&value, *out, *out, &x) && x >= 0)
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
    SPACING,
    COLOR,
    OPACITY,
    DISPLAY,
    OVERFLOW,
    CLIP,
    STOP_COLOR,
    STOP_OPACITY,
    UNDRAWN
};

static const struct property {
    const char *name;
    uint8_t what;
} properties[] = {
    {"alignment-baseline", BASELINE},
    {"clip-path", CLIP},
    {"clip-rule", CLIP_RULE},
    {"color", COLOR},
    {"display", DISPLAY},
    {"dominant-baseline", BASELINE},
    {"fill", FILL},
    {"fill-opacity", FILL_OPACITY},
    {"fill-rule", FILL_RULE},
    {"filter", UNDRAWN},
    {"font-family", FONT_FAMILY},
    {"font-size", FONT_SIZE},
    {"font-style", FONT_STYLE},
    {"font-weight", FONT_WEIGHT},
    {"letter-spacing", SPACING},
    {"marker", UNDRAWN},
    {"marker-end", UNDRAWN},
    {"marker-mid", UNDRAWN},
    {"marker-start", UNDRAWN},
    {"mask", UNDRAWN},
    {"opacity", OPACITY},
    {"overflow", OVERFLOW},
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
    {"visibility", VISIBILITY},
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
read_stop_color(const svg_style *s, const char *value, svg_style *out)
{
    if (svg_is(value, "currentColor"))
        out->stop_rgb = s->color;
    else
        svg_color(value, &out->stop_rgb, &out->stop_alpha);
}

static void
set_property(svg *v, svg_style *s, uint8_t what, const char *name,
             const char *value)
{
    static const char *const rules[] = {"nonzero", "evenodd", NULL};
    static const char *const caps[] = {"butt", "round", "square", NULL};
    static const char *const joins[] = {"miter", "round", "bevel", NULL};
    static const char *const anchors[] = {"start", "middle", "end", NULL};
    static const char *const bases[] = {
        "alphabetic",       "central",         "middle", "hanging",
        "text-before-edge", "text-after-edge", NULL};
    const char *rest;
    double alpha;

    if (svg_is(value, "inherit"))
        return; /* what is inherited has it already */
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
    case VISIBILITY:
        s->hidden = !svg_is(value, "visible");
        break;
    case ANCHOR:
        read_word(value, anchors, &s->anchor);
        break;
    case BASELINE:
        read_word(value, bases, &s->baseline);
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
        read_font_size(value, &s->font_size);
        break;
    case SPACING:
        if (svg_is(value, "normal"))
            s->letter_spacing = 0;
        else
            svg_length(&value, 0, s->font_size, &s->letter_spacing);
        break;
    case COLOR:
        svg_color(value, &s->color, &alpha);
        break;
    case OPACITY:
        read_opacity(value, &s->opacity);
        break;
    case DISPLAY:
        s->display_none = svg_is(value, "none");
        break;
    case OVERFLOW:
        s->overflow_visible = svg_is(value, "visible") || svg_is(value, "auto");
        break;
    case CLIP:
        s->clip = read_url(v, value, &rest);
        break;
    case STOP_COLOR:
        read_stop_color(s, value, s);
        break;
    case STOP_OPACITY:
        read_opacity(value, &s->stop_opacity);
        break;
    case UNDRAWN:
        read_url(v, value, &rest);
        if (!svg_is(value, "none"))
            svg_warn(v, name);
        break;
    }
}

static const struct property *
find_property(const char *name)
{
    return bsearch(name, properties, sizeof properties / sizeof properties[0],
                   sizeof properties[0], by_name);
}

/* "name: value; name: value", values without their "!important". */
static void
set_declarations(svg *v, svg_style *s, const char *text, bool first_pass)
{
    while (*text != '\0') {
        const size_t n = strcspn(text, ";");
        const char *colon = memchr(text, ':', n);

        if (colon != NULL) {
            const bn_mark mark = bn_arena_mark(v->a);
            const char *from = text + strspn(text, " \t\r\n");
            size_t len = (size_t)(colon - from), vlen;
            char *name, *value, *bang;
            const struct property *p;

            while (len > 0 && strchr(" \t\r\n", from[len - 1]) != NULL)
                len--;
            name = bn_arena_strndup(v->a, from, len);
            vlen = n - (size_t)(colon + 1 - text);
            value = bn_arena_strndup(v->a, colon + 1, vlen);
            bang = strchr(value, '!');
            if (bang != NULL)
                *bang = '\0';
            p = find_property(name);
            if (p == NULL)
                bn_arena_rewind(v->a, mark);
            else if ((p->what == FONT_SIZE || p->what == COLOR) == first_pass)
                set_property(v, s, p->what, p->name, value);
        }
        text += n;
        text += *text == ';';
    }
}

/* -------------------------------------------------------- style sheets */

static bool
has_class(const char *list, const char *name)
{
    const size_t n = strlen(name);

    while (list != NULL && *list != '\0') {
        const size_t len = strcspn(list, " \t\r\n");

        if (len == n && strncmp(list, name, n) == 0)
            return true;
        list += len;
        list += strspn(list, " \t\r\n");
    }
    return false;
}

static bool
rule_matches(const svg_rule *r, const xmlNode *n)
{
    const char *id = svg_attr(n, "id");

    if (r->element != NULL && strcmp((const char *)n->name, r->element) != 0)
        return false;
    if (r->id != NULL && (id == NULL || strcmp(id, r->id) != 0))
        return false;
    return r->class_name == NULL ||
           has_class(svg_attr(n, "class"), r->class_name);
}

/* One selector: element, .class, #id or these joined. False: another kind. */
static bool
read_selector(svg *v, const char *s, size_t n, svg_rule *out)
{
    *out = (svg_rule){0};
    while (n > 0 && strchr(" \t\r\n", *s) != NULL)
        s++, n--;
    while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
        n--;
    if (n == 0)
        return false;
    while (n > 0) {
        const char kind = *s == '.' || *s == '#' ? *s : 0;
        size_t len = 0;
        const char *name;

        s += kind != 0;
        n -= kind != 0;
        while (len < n && strchr(".# \t\r\n>+~:[", s[len]) == NULL)
            len++;
        if (len == 0)
            return false;
        name = bn_arena_strndup(v->a, s, len);
        if (kind == '.')
            out->class_name = name;
        else if (kind == '#')
            out->id = name;
        else if (strcmp(name, "*") != 0)
            out->element = name;
        out->weight += kind == '#' ? 100 : kind == '.' ? 10 : 1;
        s += len;
        n -= len;
        if (n > 0 && *s != '.' && *s != '#')
            return false;
    }
    return true;
}

static char *
without_comments(svg *v, const char *s)
{
    char *out = bn_arena_strdup(v->a, s), *to = out;

    while (*s != '\0') {
        if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");

            s = end != NULL ? end + 2 : s + strlen(s);
        } else
            *to++ = *s++;
    }
    *to = '\0';
    return out;
}

static void
read_sheet(svg *v, const char *text)
{
    const char *s = without_comments(v, text);

    if (strstr(s, "@import") != NULL || strstr(s, "@font-face") != NULL)
        svg_refuse(v, BN_IMG_EXTERNAL);
    for (;;) {
        const size_t n = strcspn(s, "{");
        const char *end = strchr(s + n, '}');
        const char *body;

        if (end == NULL)
            return;
        body = bn_arena_strndup(v->a, s + n + 1, (size_t)(end - s - n - 1));
        for (size_t at = 0; at < n;) {
            const size_t stop = at + strcspn(s + at, ",{");
            svg_rule rule;

            if (!read_selector(v, s + at, stop - at, &rule))
                svg_warn(v, "style");
            else {
                rule.declarations = body;
                rule.order = v->rules.n;
                BN_PUSH(&v->rules) = rule;
            }
            at = stop + 1;
        }
        s = end + 1;
    }
}

/* Light before heavy, and in the order of the sheet within one weight. */
static int
by_weight(const void *a, const void *b)
{
    const svg_rule *x = a, *y = b;

    return x->weight != y->weight ? (x->weight < y->weight ? -1 : 1)
           : x->order < y->order  ? -1
                                  : 1;
}

void
svg_style_sheets(svg *v, const xmlNode *root)
{
    const xmlNode *n = root;

    while (n != NULL) {
        if (svg_element(n, "style")) {
            xmlChar *text = xmlNodeGetContent(n);

            if (text != NULL)
                read_sheet(v, (const char *)text);
            xmlFree(text);
        }
        if (n->children != NULL && n->type == XML_ELEMENT_NODE)
            n = n->children;
        else {
            while (n != root && n->next == NULL)
                n = n->parent;
            if (n == root)
                break;
            n = n->next;
        }
    }
    if (v->rules.n > RULES_MAX) /* each is tried on each element */
        svg_refuse(v, BN_IMG_TOO_MANY);
    if (v->rules.n > 0)
        qsort(v->rules.v, v->rules.n, sizeof *v->rules.v, by_weight);
}

/* --------------------------------------------------------------- style */

static void
set_rules(svg *v, const xmlNode *n, svg_style *s, bool first_pass)
{
    for (size_t i = 0; i < v->rules.n; i++)
        if (rule_matches(&v->rules.v[i], n))
            set_declarations(v, s, v->rules.v[i].declarations, first_pass);
}

/* First font-size and color, that em and currentColor refer to. */
static void
set_all(svg *v, const xmlNode *n, svg_style *s, bool first_pass)
{
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next) {
        const struct property *row;

        if (p->ns != NULL || p->children == NULL)
            continue;
        row = find_property((const char *)p->name);
        if (row != NULL &&
            (row->what == FONT_SIZE || row->what == COLOR) == first_pass)
            set_property(v, s, row->what, row->name,
                         (const char *)p->children->content);
    }
    set_rules(v, n, s, first_pass);
    if (svg_attr(n, "style") != NULL)
        set_declarations(v, s, svg_attr(n, "style"), first_pass);
}

svg_style
svg_style_of(svg *v, const xmlNode *n, const svg_style *parent)
{
    svg_style s = *parent;

    s.opacity = 1;
    s.display_none = s.overflow_visible = 0;
    s.clip = NULL;
    s.stop_rgb = 0;
    s.stop_alpha = s.stop_opacity = 1;
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next)
        if (p->ns != NULL && p->children != NULL &&
            strcmp((const char *)p->ns->prefix, "xml") == 0) {
            const char *value = (const char *)p->children->content;

            if (strcmp((const char *)p->name, "lang") == 0)
                s.lang = bn_arena_strdup(v->a, value);
            else if (strcmp((const char *)p->name, "space") == 0)
                s.preserve = strcmp(value, "preserve") == 0;
        }
    set_all(v, n, &s, true);
    set_all(v, n, &s, false);
    return s;
}
