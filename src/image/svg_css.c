/* svg_css.c - style sheets of a picture: rules and what they select. */
#include "image/svg.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RULES_MAX = 1000, COMPOUNDS_MAX = 12, STEPS_MAX = 50000000 };

static const char blanks[] = " \t\r\n\f";

static bool
blank(char c)
{
    return c != '\0' && strchr(blanks, c) != NULL;
}

/* ------------------------------------------------------------- matching */

static bool
has_word(const char *list, const char *word)
{
    const size_t n = strlen(word);

    while (list != NULL && *list != '\0') {
        const size_t len = strcspn(list, blanks);

        if (len == n && strncmp(list, word, n) == 0)
            return true;
        list += len;
        list += strspn(list, blanks);
    }
    return false;
}

static bool
attribute_is(const svg_test *t, const char *value)
{
    const size_t n = strlen(t->value), len = value != NULL ? strlen(value) : 0;

    if (value == NULL)
        return false;
    switch (t->op) {
    case 0:
        return true;
    case '=':
        return strcmp(value, t->value) == 0;
    case '~':
        return has_word(value, t->value);
    case '|':
        return strncmp(value, t->value, n) == 0 &&
               (value[n] == '\0' || value[n] == '-');
    case '^':
        return n > 0 && strncmp(value, t->value, n) == 0;
    case '$':
        return n > 0 && len >= n && strcmp(value + len - n, t->value) == 0;
    default: /* '*' */
        return n > 0 && strstr(value, t->value) != NULL;
    }
}

static const xmlNode *
parent_of(const xmlNode *n)
{
    return n->parent != NULL && n->parent->type == XML_ELEMENT_NODE ? n->parent
                                                                    : NULL;
}

static const xmlNode *
before(const xmlNode *n)
{
    do
        n = n->prev;
    while (n != NULL && n->type != XML_ELEMENT_NODE);
    return n;
}

static const xmlNode *
after(const xmlNode *n)
{
    do
        n = n->next;
    while (n != NULL && n->type != XML_ELEMENT_NODE);
    return n;
}

/* "odd", "even", "3", "2n+1": is it so for the child at this place? */
static bool
nth_fits(const char *s, int place)
{
    double step = 0, first = 0;

    s += strspn(s, blanks);
    if (strncasecmp(s, "odd", 3) == 0)
        return place % 2 == 1;
    if (strncasecmp(s, "even", 4) == 0)
        return place % 2 == 0;
    if (!svg_number(&s, &first)) {
        first = *s == '-' ? -1 : 1;
        s += *s == '-' || *s == '+';
        if (*s != 'n' && *s != 'N')
            return false;
    }
    if (*s == 'n' || *s == 'N') {
        char sign;

        step = first;
        first = 0;
        s++;
        s += strspn(s, blanks);
        sign = *s;
        s += sign == '+' || sign == '-';
        svg_number(&s, &first);
        first = sign == '-' ? -first : first;
    }
    if ((int)step == 0)
        return place == (int)first;
    return (place - (int)first) % (int)step == 0 &&
           (place - (int)first) / (int)step >= 0;
}

static bool
nth_child(svg *v, const xmlNode *n, const char *which)
{
    int place = 1;

    while ((n = before(n)) != NULL) {
        place++;
        v->steps++;
    }
    return nth_fits(which, place);
}

/* States that paper does not have (hover…) never hold. */
static bool
pseudo_class(svg *v, const xmlNode *n, const char *name, const char *value)
{
    if (value != NULL)
        return strcmp(name, "nth-child") == 0 && nth_child(v, n, value);
    if (strcmp(name, "first-child") == 0)
        return before(n) == NULL;
    if (strcmp(name, "last-child") == 0)
        return after(n) == NULL;
    if (strcmp(name, "only-child") == 0)
        return before(n) == NULL && after(n) == NULL;
    if (strcmp(name, "root") == 0)
        return n == v->root;
    return false;
}

static bool
test_holds(svg *v, const svg_test *t, const xmlNode *n)
{
    const char *id;

    switch (t->kind) {
    case 'e':
        return strcmp((const char *)n->name, t->name) == 0;
    case '.':
        return has_word(svg_attr(n, "class"), t->name);
    case '#':
        id = svg_attr(n, "id");
        return id != NULL && strcmp(id, t->name) == 0;
    case '[':
        return attribute_is(t, svg_attr(n, t->name));
    default:
        return pseudo_class(v, n, t->name, t->value);
    }
}

static bool
compound_matches(svg *v, const svg_compound *c, const xmlNode *n)
{
    if (++v->steps > STEPS_MAX)
        svg_refuse(v, BN_IMG_TOO_MANY);
    if (v->why != BN_IMG_OK)
        return false;
    for (const svg_test *t = c->tests; t != NULL; t = t->next)
        if (!test_holds(v, t, n))
            return false;
    if (c->left == NULL)
        return true;
    switch (c->relation) {
    case '>':
        n = parent_of(n);
        return n != NULL && compound_matches(v, c->left, n);
    case '+':
        n = before(n);
        return n != NULL && compound_matches(v, c->left, n);
    case '~':
        while ((n = before(n)) != NULL)
            if (compound_matches(v, c->left, n))
                return true;
        return false;
    default:
        while ((n = parent_of(n)) != NULL)
            if (compound_matches(v, c->left, n))
                return true;
        return false;
    }
}

bool
svg_rule_matches(svg *v, const svg_rule *r, const xmlNode *n)
{
    return compound_matches(v, r->last, n);
}

/* ------------------------------------------------------------ selectors */

typedef struct reader {
    svg *v;
    const char *s, *end;
    int weight;
} reader;

static const char *
read_name(reader *r)
{
    const char *from = r->s;

    while (r->s < r->end && !blank(*r->s) &&
           strchr(".#>+~:[]=^$*|\"'()", *r->s) == NULL)
        r->s++;
    return r->s > from ? bn_arena_strndup(r->v->a, from, (size_t)(r->s - from))
                       : NULL;
}

/* "[name]", "[name=value]", "[name^='value']" behind the bracket. */
static bool
read_attribute_test(reader *r, svg_test *t)
{
    const char *close = memchr(r->s, ']', (size_t)(r->end - r->s));
    const char *from;
    size_t n;

    t->name = read_name(r);
    t->value = "";
    if (t->name == NULL || close == NULL)
        return false;
    if (r->s < close) {
        t->op = *r->s++;
        if (t->op != '=' && (*r->s++ != '=' || strchr("~|^$*", t->op) == NULL))
            return false;
        from = r->s + strspn(r->s, "\"'");
        n = (size_t)(close - from);
        while (n > 0 && (from[n - 1] == '"' || from[n - 1] == '\''))
            n--;
        t->value = bn_arena_strndup(r->v->a, from, n);
    }
    r->s = close + 1;
    r->weight += 10;
    return true;
}

static bool
read_test(reader *r, svg_test *t)
{
    const char *close;

    t->kind = *r->s;
    if (strchr(".#:[", t->kind) == NULL) {
        t->kind = 'e';
        r->weight += 1;
        t->name = read_name(r);
        return t->name != NULL;
    }
    r->s++;
    if (t->kind == '[')
        return read_attribute_test(r, t);
    if (t->kind == ':' && *r->s == ':')
        r->s++; /* a pseudo-element: never */
    t->name = read_name(r);
    r->weight += t->kind == '#' ? 100 : 10;
    if (t->name == NULL || r->s == r->end || *r->s != '(')
        return t->name != NULL;
    /* The one function that pictures have; the others are another kind. */
    close = memchr(r->s, ')', (size_t)(r->end - r->s));
    if (close == NULL || strcmp(t->name, "nth-child") != 0)
        return false;
    t->value = bn_arena_strndup(r->v->a, r->s + 1, (size_t)(close - r->s - 1));
    r->s = close + 1;
    return true;
}

static bool
read_compound(reader *r, svg_compound *c)
{
    const svg_test **link = &c->tests;
    bool any = false;

    while (r->s < r->end && !blank(*r->s) && strchr(">+~", *r->s) == NULL) {
        svg_test *t;

        if (*r->s == '*' && (r->s + 1 == r->end || r->s[1] != '|')) {
            r->s++;
            any = true;
            continue;
        }
        t = BN_NEW(r->v->a, svg_test);
        if (!read_test(r, t))
            return false;
        *link = t;
        link = &t->next;
        any = true;
    }
    return any;
}

/* False: a selector of another kind. */
static bool
read_selector(svg *v, const char *s, size_t n, svg_rule *out)
{
    reader r = {v, s, s + n, 0};
    svg_compound *left = NULL;
    int count = 0;
    char relation = 0;

    while (r.end > r.s && blank(r.end[-1]))
        r.end--;
    for (;;) {
        svg_compound *c;

        while (r.s < r.end && blank(*r.s))
            r.s++;
        if (r.s < r.end && left != NULL && strchr(">+~", *r.s) != NULL) {
            relation = *r.s++;
            continue;
        }
        if (r.s >= r.end)
            break;
        c = BN_NEW(v->a, svg_compound);
        *c =
            (svg_compound){.relation = relation ? relation : ' ', .left = left};
        if (++count > COMPOUNDS_MAX || !read_compound(&r, c))
            return false;
        left = c;
        relation = 0;
    }
    *out = (svg_rule){.last = left, .weight = r.weight};
    return left != NULL && relation == 0;
}

/* --------------------------------------------------------------- sheets */

static char *
without_comments(svg *v, const char *s)
{
    char *out = bn_arena_strdup(v->a, s), *to = out;

    while (*s != '\0') {
        if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");

            s = end != NULL ? end + 2 : s + strlen(s);
        } else if (strncmp(s, "<!--", 4) == 0)
            s += 4;
        else if (strncmp(s, "-->", 3) == 0)
            s += 3;
        else
            *to++ = *s++;
    }
    *to = '\0';
    return out;
}

/* The brace that closes the one at s; NULL: none. */
static const char *
closing(const char *s)
{
    int depth = 0;

    for (; *s != '\0'; s++) {
        if (*s == '{')
            depth++;
        else if (*s == '}' && --depth == 0)
            return s;
    }
    return NULL;
}

static void
read_rule(svg *v, const char *s, size_t n, const char *body)
{
    for (size_t at = 0; at < n;) {
        size_t stop = at;
        svg_rule rule;

        while (stop < n && s[stop] != ',')
            stop++;
        if (!read_selector(v, s + at, stop - at, &rule)) {
            if (strspn(s + at, blanks) < stop - at)
                svg_warn(v, "style");
        } else {
            rule.declarations = body;
            rule.order = v->rules.n;
            BN_PUSH(&v->rules) = rule;
        }
        at = stop + 1;
    }
}

static void read_rules(svg *v, const char *s);

/* A rule with @: those for paper hold, fonts and films are not ours. Returns
 * what follows. */
static const char *
read_at_rule(svg *v, const char *s)
{
    const char *end = s + strcspn(s, ";{");
    const char *close;

    if (strncmp(s, "@import", 7) == 0)
        svg_refuse(v, BN_IMG_EXTERNAL);
    if (*end != '{')
        return *end == ';' ? end + 1 : end;
    close = closing(end);
    if (close == NULL)
        return end + strlen(end);
    if (strncmp(s, "@font-face", 10) == 0)
        svg_warn(v, "@font-face");
    else if (strncmp(s, "@media", 6) == 0) {
        const char *query =
            bn_arena_strndup(v->a, s + 6, (size_t)(end - s - 6));

        if (strchr(query, '(') == NULL && strstr(query, "not") == NULL &&
            (strstr(query, "print") != NULL || strstr(query, "all") != NULL))
            read_rules(
                v, bn_arena_strndup(v->a, end + 1, (size_t)(close - end - 1)));
    }
    return close + 1;
}

static void
read_rules(svg *v, const char *s)
{
    for (;;) {
        size_t n;
        const char *end;

        s += strspn(s, blanks);
        if (*s == '@') {
            s = read_at_rule(v, s);
            continue;
        }
        n = strcspn(s, "{");
        end = closing(s + n);
        if (end == NULL)
            return;
        read_rule(v, s, n,
                  bn_arena_strndup(v->a, s + n + 1, (size_t)(end - s - n - 1)));
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

static void
read_sheet(svg *v, const xmlNode *n)
{
    const char *type = svg_attr(n, "type"), *media = svg_attr(n, "media");
    xmlChar *text = xmlNodeGetContent(n);

    v->here = n;
    if (text != NULL &&
        (type == NULL || *type == '\0' ||
         strncasecmp(type, "text/css", 8) == 0) &&
        (media == NULL || strstr(media, "all") || strstr(media, "print") ||
         *media == '\0'))
        read_rules(v, without_comments(v, (const char *)text));
    xmlFree(text);
}

void
svg_style_sheets(svg *v, const xmlNode *root)
{
    const xmlNode *n = root;

    while (n != NULL) {
        if (svg_element(n, "style"))
            read_sheet(v, n);
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
