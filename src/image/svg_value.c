/* svg_value.c - numbers, lengths, transforms, colours and references. */
#include "image/svg.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define PI 3.14159265358979323846

svg_matrix
svg_multiply(svg_matrix o, svg_matrix i)
{
    return (svg_matrix){{
        o.v[0] * i.v[0] + o.v[2] * i.v[1],
        o.v[1] * i.v[0] + o.v[3] * i.v[1],
        o.v[0] * i.v[2] + o.v[2] * i.v[3],
        o.v[1] * i.v[2] + o.v[3] * i.v[3],
        o.v[0] * i.v[4] + o.v[2] * i.v[5] + o.v[4],
        o.v[1] * i.v[4] + o.v[3] * i.v[5] + o.v[5],
    }};
}

void
svg_apply(const svg_matrix *m, double *x, double *y)
{
    const double x0 = *x, y0 = *y;

    *x = m->v[0] * x0 + m->v[2] * y0 + m->v[4];
    *y = m->v[1] * x0 + m->v[3] * y0 + m->v[5];
}

svg_matrix
svg_scaled(svg_matrix m, double x, double y)
{
    return svg_multiply(m, (svg_matrix){{x, 0, 0, y, 0, 0}});
}

svg_matrix
svg_moved(svg_matrix m, double x, double y)
{
    return svg_multiply(m, (svg_matrix){{1, 0, 0, 1, x, y}});
}

bool
svg_inverse(svg_matrix m, svg_matrix *out)
{
    const double det = m.v[0] * m.v[3] - m.v[1] * m.v[2];

    if (!(fabs(det) > 1e-30))
        return false;
    *out =
        (svg_matrix){{m.v[3] / det, -m.v[1] / det, -m.v[2] / det, m.v[0] / det,
                      (m.v[2] * m.v[5] - m.v[3] * m.v[4]) / det,
                      (m.v[1] * m.v[4] - m.v[0] * m.v[5]) / det}};
    return true;
}

svg_rect
svg_rect_map(svg_rect r, const svg_matrix *m)
{
    double low_x = INFINITY, low_y = INFINITY, x, y;
    double high_x = -INFINITY, high_y = -INFINITY;

    for (int i = 0; i < 4; i++) {
        x = r.x + (i & 1 ? r.width : 0);
        y = r.y + (i & 2 ? r.height : 0);
        svg_apply(m, &x, &y);
        low_x = fmin(low_x, x);
        low_y = fmin(low_y, y);
        high_x = fmax(high_x, x);
        high_y = fmax(high_y, y);
    }
    return (svg_rect){low_x, low_y, high_x - low_x, high_y - low_y};
}

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void
svg_skip(const char **s)
{
    while (blank(**s))
        (*s)++;
    if (**s != ',')
        return;
    (*s)++;
    while (blank(**s))
        (*s)++;
}

static bool
digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The exponent at p, if it is one ("em" and "ex" are units). */
static const char *
read_exponent(const char *p, int *out)
{
    const char *q = p;
    int value = 0;
    bool minus;

    if (*q != 'e' && *q != 'E')
        return p;
    q++;
    minus = *q == '-';
    q += *q == '-' || *q == '+';
    if (!digit(*q))
        return p;
    for (; digit(*q); q++)
        if (value < 1000)
            value = value * 10 + (*q - '0');
    *out = minus ? -value : value;
    return q;
}

bool
svg_number(const char **s, double *out)
{
    const char *p = *s;
    double value = 0;
    int places = 0, exponent = 0;
    bool any = false, minus;

    while (blank(*p))
        p++;
    minus = *p == '-';
    p += *p == '-' || *p == '+';
    for (; digit(*p); p++, any = true)
        value = value * 10 + (*p - '0');
    if (*p == '.' && (digit(p[1]) || any))
        for (p++; digit(*p); p++, any = true, places++)
            value = value * 10 + (*p - '0');
    if (!any)
        return false;
    p = read_exponent(p, &exponent);
    value *= pow(10, exponent - places);
    if (!isfinite(value) || value > 1e9)
        return false;
    *out = minus ? -value : value;
    *s = p;
    return true;
}

bool
svg_length(const char **s, double percent_of, double em, double *out)
{
    static const struct {
        const char *name;
        double px;
    } units[] = {
        {"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},        {"in", 96},
        {"cm", 96 / 2.54}, {"mm", 96 / 25.4}, {"Q", 96 / 101.6},
    };
    double value;

    if (!svg_number(s, &value))
        return false;
    *out = value;
    if (**s == '%') {
        *out = value * percent_of / 100;
        (*s)++;
        return true;
    }
    if (strncmp(*s, "em", 2) == 0 || strncmp(*s, "ex", 2) == 0) {
        *out = value * em * ((*s)[1] == 'x' ? 0.5 : 1);
        *s += 2;
        return true;
    }
    if (strncmp(*s, "rem", 3) == 0) {
        *out = value * 16;
        *s += 3;
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncasecmp(*s, units[i].name, strlen(units[i].name)) == 0) {
            *out = value * units[i].px;
            *s += strlen(units[i].name);
            break;
        }
    return true;
}

/* The matrix of one function of a transform list with its n arguments. */
static bool
transform_of(const char *name, size_t len, const double *v, int n,
             svg_matrix *out)
{
    const double turn = n > 0 ? v[0] * PI / 180 : 0;

#define NAMED(s) (len == sizeof(s) - 1 && strncmp(name, s, len) == 0)
    *out = SVG_IDENTITY;
    if (NAMED("matrix") && n == 6)
        memcpy(out->v, v, sizeof out->v);
    else if (NAMED("translate") && n >= 1)
        *out = svg_moved(*out, v[0], n > 1 ? v[1] : 0);
    else if (NAMED("translateX") && n == 1)
        *out = svg_moved(*out, v[0], 0);
    else if (NAMED("translateY") && n == 1)
        *out = svg_moved(*out, 0, v[0]);
    else if (NAMED("scale") && n >= 1)
        *out = svg_scaled(*out, v[0], n > 1 ? v[1] : v[0]);
    else if (NAMED("rotate") && (n == 1 || n == 3)) {
        const double x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0;

        *out = svg_moved(*out, x, y);
        *out = svg_multiply(*out, (svg_matrix){{cos(turn), sin(turn),
                                                -sin(turn), cos(turn), 0, 0}});
        *out = svg_moved(*out, -x, -y);
    } else if (NAMED("skewX") && n == 1)
        out->v[2] = tan(turn);
    else if (NAMED("skewY") && n == 1)
        out->v[1] = tan(turn);
    else
        return false;
#undef NAMED
    return true;
}

/* The unit of a number in a transform of CSS; what it makes of degrees. */
static void
skip_unit(const char **s, double *v)
{
    static const struct {
        const char *name;
        double times;
    } units[] = {{"deg", 1},        {"grad", 0.9},     {"rad", 180 / PI},
                 {"turn", 360},     {"px", 1},         {"pt", 96.0 / 72},
                 {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}};

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncmp(*s, units[i].name, strlen(units[i].name)) == 0) {
            *s += strlen(units[i].name);
            *v *= units[i].times;
            return;
        }
}

svg_matrix
svg_transform(const char *s)
{
    svg_matrix m = SVG_IDENTITY, one;

    while (s != NULL) {
        const char *name;
        size_t len;
        double v[6];
        int n = 0;

        svg_skip(&s);
        name = s;
        len = strcspn(s, "( \t\r\n");
        s = strchr(s, '(');
        if (s == NULL)
            break;
        for (s++; n < 6 && svg_number(&s, &v[n]); n++) {
            skip_unit(&s, &v[n]);
            svg_skip(&s);
        }
        while (blank(*s))
            s++;
        if (*s != ')' || !transform_of(name, len, v, n, &one))
            return SVG_IDENTITY; /* a list in error is no list (SVG 1.1 7.6) */
        s++;
        m = svg_multiply(m, one);
    }
    return m;
}

bool
svg_is(const char *s, const char *word)
{
    const size_t n = strlen(word);

    while (blank(*s))
        s++;
    if (strncasecmp(s, word, n) != 0)
        return false;
    for (s += n; blank(*s); s++)
        ;
    return *s == '\0';
}

const char *
svg_attr(const xmlNode *n, const char *name)
{
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next)
        if (p->ns == NULL && strcmp((const char *)p->name, name) == 0)
            return p->children ? (const char *)p->children->content : "";
    return NULL;
}

const char *
svg_href(const xmlNode *n)
{
    for (const xmlAttr *p = n->properties; p != NULL; p = p->next)
        if (strcmp((const char *)p->name, "href") == 0)
            return p->children ? (const char *)p->children->content : "";
    return NULL;
}

double
svg_attr_length(const svg *v, const xmlNode *n, const char *name,
                double percent_of, double em, double otherwise)
{
    const char *s = svg_attr(n, name);
    double out;

    (void)v;
    return s != NULL && svg_length(&s, percent_of, em, &out) ? out : otherwise;
}

bool
svg_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns != NULL &&
           strcmp((const char *)n->ns->href, "http://www.w3.org/2000/svg") ==
               0 &&
           (name == NULL || strcmp((const char *)n->name, name) == 0);
}

const xmlNode *
svg_find(svg *v, const char *href)
{
    const bn_map_value *found;

    if (href == NULL)
        return NULL;
    if (*href != '#') /* refused before, or no address at all */
        return NULL;
    found = bn_map_finds(v->ids, href + 1);
    return found != NULL ? found->p : NULL;
}

double
svg_diagonal(const svg *v)
{
    return sqrt(
        (v->view.width * v->view.width + v->view.height * v->view.height) / 2);
}

void
svg_refuse(svg *v, bn_image_reason why)
{
    if (v->why == BN_IMG_OK)
        v->why = why;
}

bool
svg_count(svg *v, size_t numbers)
{
    v->numbers += numbers;
    if (v->numbers > SVG_NUMBERS_MAX || v->nodes > SVG_NODES_MAX)
        svg_refuse(v, BN_IMG_TOO_MANY);
    return v->why == BN_IMG_OK;
}

void
svg_warn(svg *v, const char *what)
{
    const bn_place place = v->here != NULL ? bn_place_of(v->here) : 0;

    if (v->msgs != NULL)
        bn_warn_once(v->msgs, BN_WSVG, place != 0 ? bn_at(place) : v->at, what);
}

bool
bn_image_transform(const char *list, double matrix[6])
{
    const svg_matrix m = svg_transform(list), same = SVG_IDENTITY;

    memcpy(matrix, m.v, sizeof m.v);
    for (int i = 0; i < 6; i++)
        if (!isfinite(m.v[i]))
            return false;
    return memcmp(m.v, same.v, sizeof m.v) != 0;
}
