/* answers.c - do the clauses of a client's rule books answer the measures of
 * the criteria that the kit is for? */
#include <string.h>

#include "pipeline/unit.h"

typedef struct answers {
    bn_run *r;
    const unit *u;
    bn_arena *a;
    bn_tree *input;
    bn_map *known;    /* measures of the edition */
    bn_map *answered; /* those that a clause names */
    bn_msgs *msgs;
} answers;

static const char *
attribute(const answers *s, const bn_node *n, const char *name)
{
    const char *value = bn_node_attribute(s->a, n, name);

    return value ? value : "";
}

/* A clause that names no measure of this edition answers nothing. */
static void
take_clause(answers *s, const bn_entry *e, const bn_clause *c)
{
    char *list = bn_arena_strdup(s->a, c->measures), *rest = NULL;
    bool any = false;
    bn_err err;

    for (char *m = strtok_r(list, " ", &rest); m;
         m = strtok_r(NULL, " ", &rest)) {
        bn_map_puts(s->answered, m)->n++;
        any = any || bn_map_finds(s->known, m);
    }
    if (any)
        return;
    bn_fail(&err, BN_WCLAUSE, c->at,
            bn_arena_printf(s->a, "%s　%s", e->title_ja, c->title),
            c->measures, s->u->edition);
    bn_msgs_add(s->msgs, &err, BN_WARNING);
}

/* The templates of the house and the stock for units of this kind, whatever
 * edition they are for. */
static void
take_templates(answers *s)
{
    const bn_catalogue *all = s->u->house->catalogue;
    const bn_content_job job = {.source = s->r->source,
                                .transform = s->r->transform,
                                .arena = s->a,
                                .share = s->r->o.share,
                                .house = s->u->house->dir,
                                .unit = s->u->id,
                                .today = s->r->o.today};

    for (size_t i = 0; i < bn_catalogue_count(all); i++) {
        const bn_entry *e = bn_catalogue_entry(all, i);
        const bn_clause *clauses = NULL;
        bool presumed;
        size_t n = 0;
        bn_err err = {0};

        if (e->template == NULL ||
            !bn_entry_fits(e, bn_tree_name(s->u->tree), NULL, &presumed))
            continue;
        if (bn_template_clauses(&job, e->template, &clauses, &n, &err))
            bn_say(s->msgs, &err);
        for (size_t k = 0; k < n; k++)
            take_clause(s, e, &clauses[k]);
    }
}

static bn_code
take_edition(answers *s, bn_node ***out, size_t *n)
{
    bn_err err = {0};

    if (bn_xpath_nodes(s->r->transform, s->a, s->input, NULL,
                       "/input/criteria-edition//measure"
                       "[not(@status = 'deleted')]",
                       BN_NOWHERE, out, n, &err))
        return bn_say(s->msgs, &err);
    for (size_t i = 0; i < *n; i++)
        bn_map_puts(s->known, attribute(s, (*out)[i], "id"))->n++;
    return BN_OK;
}

static bool
has_word(const answers *s, const char *list, const char *word)
{
    char *copy = bn_arena_strdup(s->a, list), *rest = NULL;

    for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
        if (strcmp(w, word) == 0)
            return true;
    return false;
}

/* Does the client have information of a form that the measure is for? A kit
 * that says no forms has all. */
static bool
concerns_kit(answers *s, bn_node *measure)
{
    const char *forms = attribute(s, measure, "forms");
    bn_node **assets;
    size_t n;
    bn_err err = {0};

    if (*forms == '\0')
        return true;
    if (bn_xpath_nodes(s->r->transform, s->a, s->input, NULL,
                       "/input/client-kit/assets/asset[@form]", BN_NOWHERE,
                       &assets, &n, &err)) {
        bn_say(s->msgs, &err);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        if (has_word(s, forms, attribute(s, assets[i], "form")))
            return true;
    return n == 0;
}

static void
tell_unanswered(answers *s, bn_node *measure)
{
    const char *id = attribute(s, measure, "id");
    const char *title = "";
    bn_err err = {0};

    if (bn_map_finds(s->answered, id) || !concerns_kit(s, measure) ||
        strcmp(attribute(s, measure, "status"), "not-adopted") == 0 ||
        strcmp(attribute(s, measure, "level"), "recommended") == 0)
        return;
    if (bn_xpath_string(s->r->transform, s->a, s->input, measure,
                        "string((title | ancestor::section[1]/title)[last()])",
                        BN_NOWHERE, &title, &err)) {
        bn_say(s->msgs, &err);
        return;
    }
    bn_fail(&err, BN_WUNANSWERED, bn_at(bn_place_of(measure)), id, title,
            s->u->edition);
    bn_msgs_add(s->msgs, &err, BN_WARNING);
}

void
check_answers(bn_run *r, const unit *u, bn_arena *a, bn_tree *input,
              bn_msgs *msgs)
{
    answers s = {.r = r,
                 .u = u,
                 .a = a,
                 .input = input,
                 .known = bn_map_new(a),
                 .answered = bn_map_new(a),
                 .msgs = msgs};
    bn_node **measures;
    size_t n;

    if (u->edition == NULL || strcmp(bn_tree_name(u->tree), "client-kit") != 0)
        return;
    if (take_edition(&s, &measures, &n))
        return;
    take_templates(&s);
    for (size_t i = 0; i < n; i++)
        tell_unanswered(&s, measures[i]);
}
