/* revision.c - what a revision map says of each measure. */
#include "pipeline/revision.h"

#include <string.h>

/* What somebody must decide, by kind of change; NULL: nothing. A successor
 * that is inferred only must be looked at in any case. */
static const char *
decision(const char *kind, const char *basis)
{
    static const struct {
        const char *kind, *text;
    } rows[] = {
        {"reworded", "新しい文言に照らして措置を確かめる"},
        {"split", "分かれた項目のそれぞれを満たすかを確かめる"},
        {"merged", "まとめられた項目を満たすかを確かめる"},
        {"deleted", "求められなくなった事項を続けるかを決める"},
        {"added", "どの措置で満たすかを決める"},
        {"unknown", "新しい版のどの項目に当たるかを決める"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(kind, rows[i].kind) == 0)
            return rows[i].text;
    return strcmp(basis, "inferred") == 0 ? "推定による対応を確かめる" : NULL;
}

static const char *
attribute(bn_arena *a, const bn_node *n, const char *name)
{
    const char *value = bn_node_attribute(a, n, name);

    return value ? value : "";
}

static void
add_change(bn_arena *a, revision *v, const bn_measure_change *c,
           const char *measures)
{
    char *list = bn_arena_strdup(a, measures), *rest = NULL;

    if (*measures == '\0')
        BN_PUSH(&v->loose) = *c;
    for (char *m = strtok_r(list, " ", &rest); m;
         m = strtok_r(NULL, " ", &rest)) {
        bn_measure_change *copy = BN_NEW(a, bn_measure_change);

        *copy = *c;
        bn_map_puts(v->measures, m)->p = copy;
    }
}

static bn_code
read_rows(bn_run *r, bn_arena *a, revision *v, bn_msgs *msgs)
{
    bn_node **rows;
    size_t n;
    bn_err err = {0};

    if (bn_xpath_nodes(r->transform, a, v->tree, NULL, "/revision-map/map",
                       BN_NOWHERE, &rows, &n, &err))
        return bn_say(msgs, &err);
    for (size_t i = 0; i < n; i++) {
        bn_measure_change c = {.kind = attribute(a, rows[i], "kind"),
                               .basis = attribute(a, rows[i], "basis"),
                               .to = attribute(a, rows[i], "to")};

        c.decision = decision(c.kind, c.basis);
        if (bn_xpath_string(r->transform, a, v->tree, rows[i], "string(.)",
                            BN_NOWHERE, &c.note, &err))
            return bn_say(msgs, &err);
        add_change(a, v, &c, attribute(a, rows[i], "from"));
    }
    return BN_OK;
}

/* Label and title as stylesheets/documents/lib.xsl words them, and the text,
 * of each measure of an edition; an edition that is not at hand has none. */
static bn_code
read_edition(bn_run *r, bn_arena *a, const house *h, const char *id,
             bn_map **out, bn_msgs *msgs)
{
    static const char words[] =
        "concat(ancestor::section[last()]/@label, ' ', @label, ' ', "
        "(title | ancestor::section[1]/title)[last()], ' ', text)";
    const char *path = bn_overlay(a, r->o.share, h->dir, "criteria",
                                  bn_arena_printf(a, "%s.xml", id));
    bn_tree *tree = NULL;
    bn_node **nodes;
    size_t n;
    bn_err err = {0};
    bn_code code;

    *out = bn_map_new(a);
    if (path == NULL)
        return BN_OK;
    code = bn_xml_load(r->source, path, BN_XML_CLEAN, &tree, msgs);
    if (code)
        return code;
    code = bn_xpath_nodes(r->transform, a, tree, NULL, "//measure[@id]",
                          BN_NOWHERE, &nodes, &n, &err);
    for (size_t i = 0; code == BN_OK && i < n; i++) {
        const char *text = "";

        code = bn_xpath_string(r->transform, a, tree, nodes[i], words,
                               BN_NOWHERE, &text, &err);
        bn_map_puts(*out, bn_node_attribute(a, nodes[i], "id"))->p =
            (void *)text;
    }
    bn_tree_free(tree);
    return code ? bn_say(msgs, &err) : BN_OK;
}

bn_code
revision_read(bn_run *r, bn_arena *a, const char *file, const char *from,
              const char *to, revision *out, bn_msgs *msgs)
{
    const char *name = bn_arena_printf(a, "%s-%s.xml", from, to);
    const house *h = house_for_law(r, file, msgs); /* none: the stock */
    const char *path =
        h ? bn_overlay(a, r->o.share, h->dir, "criteria", name) : NULL;
    bn_err err = {0};
    bn_code code;

    if (h == NULL)
        return BN_EHOUSE; /* told */
    *out = (revision){.from = from, .to = to, .measures = bn_map_new(a)};
    if (strchr(name, '/') || path == NULL) {
        bn_fail(&err, BN_EREVISION, BN_NOWHERE, from, to);
        return bn_say(msgs, &err);
    }
    code = bn_xml_load(r->source, path, BN_XML_CLEAN, &out->tree, msgs);
    if (code == BN_OK)
        code = bn_grammar_check(r->source, r->o.share, out->tree, msgs);
    if (code == BN_OK)
        code = read_rows(r, a, out, msgs);
    if (code == BN_OK)
        code = read_edition(r, a, h, from, &out->old, msgs);
    if (code == BN_OK)
        code = read_edition(r, a, h, to, &out->new, msgs);
    return code;
}

void
revision_free(revision *v)
{
    bn_tree_free(v->tree);
    BN_VEC_FREE(&v->loose);
}

const bn_measure_change *
revision_find(void *user, const char *measure)
{
    const revision *v = user;
    const bn_map_value *c = bn_map_finds(v->measures, measure);

    return c ? c->p : NULL;
}

bool
revision_touches(const revision *v, const char *measure)
{
    const bn_measure_change *c = revision_find((void *)v, measure);
    const bn_map_value *old = bn_map_finds(v->old, measure), *new;

    if (c == NULL || strcmp(c->kind, "same") != 0 ||
        (*c->to && strcmp(c->to, measure) != 0))
        return true;
    new = bn_map_finds(v->new, measure);
    return old && (new == NULL || strcmp(old->p, new->p) != 0);
}
