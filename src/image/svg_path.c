/* svg_path.c - path data and basic shapes to moves, lines and curves. */
#include "image/svg.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
/* Length of the handles of a curve that stands for a quarter of a circle. */
#define KAPPA 0.5522847498307936

void
svg_path_clear(svg_path *p)
{
    p->ops.n = p->xy.n = 0;
    p->x = p->y = p->start_x = p->start_y = 0;
    p->open = false;
}

static void
push_point(svg_path *p, double x, double y)
{
    BN_PUSH(&p->xy) = x;
    BN_PUSH(&p->xy) = y;
}

void
svg_move(svg_path *p, double x, double y)
{
    p->x = p->start_x = x;
    p->y = p->start_y = y;
    p->open = false; /* written when something is drawn from here */
}

static void
open_subpath(svg_path *p)
{
    if (p->open)
        return;
    p->open = true;
    BN_PUSH(&p->ops) = BN_PATH_MOVE;
    push_point(p, p->x, p->y);
}

void
svg_line(svg_path *p, double x, double y)
{
    open_subpath(p);
    BN_PUSH(&p->ops) = BN_PATH_LINE;
    push_point(p, x, y);
    p->x = x;
    p->y = y;
}

void
svg_curve(svg_path *p, double x1, double y1, double x2, double y2, double x,
          double y)
{
    open_subpath(p);
    BN_PUSH(&p->ops) = BN_PATH_CURVE;
    push_point(p, x1, y1);
    push_point(p, x2, y2);
    push_point(p, x, y);
    p->x = x;
    p->y = y;
}

void
svg_close(svg_path *p)
{
    open_subpath(p);
    BN_PUSH(&p->ops) = BN_PATH_CLOSE;
    p->x = p->start_x;
    p->y = p->start_y;
    p->open = false;
}

/* One arc of at most a quarter turn around the unit circle's angles, through
 * m to the page. */
static void
unit_arc(svg_path *p, const svg_matrix *m, double from, double by)
{
    const double handle = 4.0 / 3 * tan(by / 4), to = from + by;
    double x1 = cos(from) - handle * sin(from);
    double y1 = sin(from) + handle * cos(from);
    double x2 = cos(to) + handle * sin(to), y2 = sin(to) - handle * cos(to);
    double x = cos(to), y = sin(to);

    svg_apply(m, &x1, &y1);
    svg_apply(m, &x2, &y2);
    svg_apply(m, &x, &y);
    svg_curve(p, x1, y1, x2, y2, x, y);
}

/* From end points to a centre: SVG 1.1 F.6.5 and F.6.6. */
void
svg_arc(svg_path *p, double rx, double ry, double turn, bool large, bool sweep,
        double x, double y)
{
    const double c = cos(turn * PI / 180), s = sin(turn * PI / 180);
    const double hx = (p->x - x) / 2, hy = (p->y - y) / 2;
    const double ux = c * hx + s * hy, uy = -s * hx + c * hy;
    double grow, root, cx, cy, from, by;
    svg_matrix m;
    int parts;

    rx = fabs(rx);
    ry = fabs(ry);
    if (rx < 1e-12 || ry < 1e-12 || (hx == 0 && hy == 0)) {
        svg_line(p, x, y);
        return;
    }
    grow = ux * ux / (rx * rx) + uy * uy / (ry * ry);
    if (grow > 1) { /* too small to reach: as large as needed */
        rx *= sqrt(grow);
        ry *= sqrt(grow);
        grow = 1;
    }
    root = sqrt(1 / grow - 1) * (large == sweep ? -1 : 1);
    cx = root * rx * uy / ry;
    cy = -root * ry * ux / rx;
    from = atan2((uy - cy) / ry, (ux - cx) / rx);
    by = atan2((-uy - cy) / ry, (-ux - cx) / rx) - from;
    if (sweep && by < 0)
        by += 2 * PI;
    if (!sweep && by > 0)
        by -= 2 * PI;
    m = (svg_matrix){{c * rx, s * rx, -s * ry, c * ry,
                      c * cx - s * cy + (p->x + x) / 2,
                      s * cx + c * cy + (p->y + y) / 2}};
    parts = (int)ceil(fabs(by) / (PI / 2) - 1e-9);
    if (parts < 1)
        parts = 1;
    for (int i = 0; i < parts; i++)
        unit_arc(p, &m, from + by * i / parts, by / parts);
    p->x = p->xy.v[p->xy.n - 2] = x; /* no drift */
    p->y = p->xy.v[p->xy.n - 1] = y;
}

/* ------------------------------------------------------------ path data */

/* Arguments of a command, by letter. */
static int
arguments_of(char letter)
{
    switch (letter | 0x20) {
    case 'm':
    case 'l':
    case 't':
        return 2;
    case 'h':
    case 'v':
        return 1;
    case 'c':
        return 6;
    case 's':
    case 'q':
        return 4;
    case 'a':
        return 7;
    case 'z':
        return 0;
    default:
        return -1;
    }
}

/* The flags of an arc may be written without anything between them. */
static bool
read_flag(const char **s, double *out)
{
    while (**s == ' ' || **s == '\t' || **s == '\n' || **s == '\r')
        (*s)++;
    if (**s != '0' && **s != '1')
        return false;
    *out = **s - '0';
    (*s)++;
    return true;
}

static bool
read_arguments(const char **s, char letter, double *v)
{
    const int n = arguments_of(letter);

    for (int i = 0; i < n; i++) {
        const bool flag = (letter | 0x20) == 'a' && (i == 3 || i == 4);

        if (i > 0)
            svg_skip(s);
        if (flag ? !read_flag(s, &v[i]) : !svg_number(s, &v[i]))
            return false;
    }
    return true;
}

/* Reflected control point of the curve before, for s and t. */
typedef struct reflected {
    double x, y;
    char after; /* 'c', 'q' or 0 */
} reflected;

static void
quadratic(svg_path *p, double qx, double qy, double x, double y)
{
    svg_curve(p, p->x + (qx - p->x) * 2 / 3, p->y + (qy - p->y) * 2 / 3,
              x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y);
}

/* Make the arguments of a relative command absolute. */
static void
absolute(const svg_path *p, char letter, double *v)
{
    const int n = arguments_of(letter);

    if (letter < 'a')
        return;
    if (letter == 'h')
        v[0] += p->x;
    else if (letter == 'v')
        v[0] += p->y;
    else
        for (int i = letter == 'a' ? 5 : 0; i + 1 < n; i += 2) {
            v[i] += p->x;
            v[i + 1] += p->y;
        }
}

static void
draw_command(svg_path *p, char letter, double *v, reflected *r)
{
    const double x0 = p->x, y0 = p->y;
    const char kind = (char)(letter | 0x20);
    reflected next = {0};

    absolute(p, letter, v);
    switch (kind) {
    case 'm':
        svg_move(p, v[0], v[1]);
        break;
    case 'l':
        svg_line(p, v[0], v[1]);
        break;
    case 'h':
        svg_line(p, v[0], y0);
        break;
    case 'v':
        svg_line(p, x0, v[0]);
        break;
    case 'c':
        svg_curve(p, v[0], v[1], v[2], v[3], v[4], v[5]);
        next = (reflected){2 * v[4] - v[2], 2 * v[5] - v[3], 'c'};
        break;
    case 's':
        svg_curve(p, r->after == 'c' ? r->x : x0, r->after == 'c' ? r->y : y0,
                  v[0], v[1], v[2], v[3]);
        next = (reflected){2 * v[2] - v[0], 2 * v[3] - v[1], 'c'};
        break;
    case 'q':
        quadratic(p, v[0], v[1], v[2], v[3]);
        next = (reflected){2 * v[2] - v[0], 2 * v[3] - v[1], 'q'};
        break;
    case 't': {
        const double qx = r->after == 'q' ? r->x : x0;
        const double qy = r->after == 'q' ? r->y : y0;

        quadratic(p, qx, qy, v[0], v[1]);
        next = (reflected){2 * v[0] - qx, 2 * v[1] - qy, 'q'};
        break;
    }
    case 'a':
        svg_arc(p, v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5], v[6]);
        break;
    default:
        svg_close(p);
    }
    *r = next;
}

void
svg_path_data(svg_path *p, const char *d)
{
    reflected r = {0};
    double v[7];
    char letter = 0;

    for (;;) {
        while (*d == ' ' || *d == '\t' || *d == '\n' || *d == '\r')
            d++;
        if (*d == '\0')
            return;
        if (arguments_of(*d) >= 0 && ((*d | 0x20) >= 'a')) {
            if (letter == 0 && (*d | 0x20) != 'm')
                return; /* data begins with a move */
            letter = *d++;
        } else if (letter == 0 || (letter | 0x20) == 'z')
            return;
        else
            svg_skip(&d);
        if (!read_arguments(&d, letter, v))
            return;
        draw_command(p, letter, v, &r);
        if (letter == 'm' || letter == 'M') /* more pairs are lines */
            letter = letter == 'm' ? 'l' : 'L';
    }
}

/* -------------------------------------------------------------- shapes */

void
svg_add_rect(svg_path *p, svg_rect r)
{
    svg_move(p, r.x, r.y);
    svg_line(p, r.x + r.width, r.y);
    svg_line(p, r.x + r.width, r.y + r.height);
    svg_line(p, r.x, r.y + r.height);
    svg_close(p);
}

static void
add_ellipse(svg_path *p, double cx, double cy, double rx, double ry)
{
    const double kx = rx * KAPPA, ky = ry * KAPPA;

    if (rx <= 0 || ry <= 0)
        return;
    svg_move(p, cx + rx, cy);
    svg_curve(p, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
    svg_curve(p, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
    svg_curve(p, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
    svg_curve(p, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
    svg_close(p);
}

static void
add_round_rect(svg_path *p, svg_rect r, double rx, double ry)
{
    const double x2 = r.x + r.width, y2 = r.y + r.height;
    const double kx = rx * (1 - KAPPA), ky = ry * (1 - KAPPA);

    svg_move(p, r.x + rx, r.y);
    svg_line(p, x2 - rx, r.y);
    svg_curve(p, x2 - kx, r.y, x2, r.y + ky, x2, r.y + ry);
    svg_line(p, x2, y2 - ry);
    svg_curve(p, x2, y2 - ky, x2 - kx, y2, x2 - rx, y2);
    svg_line(p, r.x + rx, y2);
    svg_curve(p, r.x + kx, y2, r.x, y2 - ky, r.x, y2 - ry);
    svg_line(p, r.x, r.y + ry);
    svg_curve(p, r.x, r.y + ky, r.x + kx, r.y, r.x + rx, r.y);
    svg_close(p);
}

static double
across(const svg *v, const xmlNode *n, const svg_style *s, const char *name,
       double otherwise)
{
    return svg_attr_length(v, n, name, v->view.width, s->font_size, otherwise);
}

static double
down(const svg *v, const xmlNode *n, const svg_style *s, const char *name,
     double otherwise)
{
    return svg_attr_length(v, n, name, v->view.height, s->font_size, otherwise);
}

static void
rect_shape(const svg *v, const xmlNode *n, const svg_style *s, svg_path *p)
{
    const svg_rect r = {across(v, n, s, "x", 0), down(v, n, s, "y", 0),
                        across(v, n, s, "width", 0),
                        down(v, n, s, "height", 0)};
    double rx = across(v, n, s, "rx", -1), ry = down(v, n, s, "ry", -1);

    if (r.width <= 0 || r.height <= 0)
        return;
    rx = rx < 0 ? ry : rx; /* one given stands for both */
    ry = ry < 0 ? rx : ry;
    rx = fmin(rx, r.width / 2);
    ry = fmin(ry, r.height / 2);
    if (rx > 0 && ry > 0)
        add_round_rect(p, r, rx, ry);
    else
        svg_add_rect(p, r);
}

static void
poly_shape(const xmlNode *n, svg_path *p, bool closed)
{
    const char *s = svg_attr(n, "points");
    double x, y;
    bool any = false;

    while (s != NULL && svg_number(&s, &x)) {
        svg_skip(&s);
        if (!svg_number(&s, &y))
            break;
        svg_skip(&s);
        if (any)
            svg_line(p, x, y);
        else
            svg_move(p, x, y);
        any = true;
    }
    if (any && closed)
        svg_close(p);
}

/* A radius of an ellipse; one that is not given is as the other. */
static double
radius_of(const svg *v, const xmlNode *n, const svg_style *s, bool x)
{
    const double rx = across(v, n, s, "rx", -1), ry = down(v, n, s, "ry", -1);

    return x ? (rx < 0 ? ry : rx) : (ry < 0 ? rx : ry);
}

bool
svg_shape(svg *v, const xmlNode *n, const svg_style *s, svg_path *p)
{
    const size_t before = p->xy.n;

    if (svg_element(n, "path")) {
        const char *d = svg_attr(n, "d");

        p->x = p->y = 0;
        p->open = false;
        if (d != NULL)
            svg_path_data(p, d);
    } else if (svg_element(n, "rect"))
        rect_shape(v, n, s, p);
    else if (svg_element(n, "circle")) {
        const double r =
            svg_attr_length(v, n, "r", svg_diagonal(v), s->font_size, 0);

        add_ellipse(p, across(v, n, s, "cx", 0), down(v, n, s, "cy", 0), r, r);
    } else if (svg_element(n, "ellipse"))
        add_ellipse(p, across(v, n, s, "cx", 0), down(v, n, s, "cy", 0),
                    radius_of(v, n, s, true), radius_of(v, n, s, false));
    else if (svg_element(n, "line")) {
        svg_move(p, across(v, n, s, "x1", 0), down(v, n, s, "y1", 0));
        svg_line(p, across(v, n, s, "x2", 0), down(v, n, s, "y2", 0));
    } else if (svg_element(n, "polyline") || svg_element(n, "polygon"))
        poly_shape(n, p, svg_element(n, "polygon"));
    else
        return false;
    svg_count(v, p->xy.n - before);
    return true;
}

void
svg_path_map(svg_path *p, size_t from_op, size_t from_xy, const svg_matrix *m)
{
    (void)from_op;
    for (size_t i = from_xy; i + 1 < p->xy.n; i += 2)
        svg_apply(m, &p->xy.v[i], &p->xy.v[i + 1]);
}

/* ----------------------------------------------------------------- box */

typedef struct extent {
    double low, high;
} extent;

static void
widen(extent *e, double v)
{
    e->low = fmin(e->low, v);
    e->high = fmax(e->high, v);
}

static double
bezier(double a, double b, double c, double d, double t)
{
    const double u = 1 - t;

    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c +
           t * t * t * d;
}

/* Where the curve turns back in one direction. */
static void
widen_curve(extent *e, double p0, double p1, double p2, double p3)
{
    const double a = -p0 + 3 * p1 - 3 * p2 + p3;
    const double b = 2 * (p0 - 2 * p1 + p2), c = p1 - p0;
    double t[2];
    int n = 0;

    widen(e, p3);
    if (fabs(a) < 1e-12) {
        if (fabs(b) > 1e-12)
            t[n++] = -c / b;
    } else if (b * b - 4 * a * c >= 0) {
        t[n++] = (-b + sqrt(b * b - 4 * a * c)) / (2 * a);
        t[n++] = (-b - sqrt(b * b - 4 * a * c)) / (2 * a);
    }
    while (n-- > 0)
        if (t[n] > 0 && t[n] < 1)
            widen(e, bezier(p0, p1, p2, p3, t[n]));
}

svg_rect
svg_path_box(const svg_path *p)
{
    extent ex = {INFINITY, -INFINITY}, ey = ex;
    const double *q = p->xy.v;
    double x = 0, y = 0;

    for (size_t i = 0; i < p->ops.n; i++) {
        if (p->ops.v[i] == BN_PATH_CLOSE)
            continue;
        if (p->ops.v[i] == BN_PATH_CURVE) {
            widen_curve(&ex, x, q[0], q[2], q[4]);
            widen_curve(&ey, y, q[1], q[3], q[5]);
            q += 4;
        } else {
            widen(&ex, q[0]);
            widen(&ey, q[1]);
        }
        x = *q++;
        y = *q++;
    }
    if (ex.low > ex.high)
        return (svg_rect){0};
    return (svg_rect){ex.low, ey.low, ex.high - ex.low, ey.high - ey.low};
}
