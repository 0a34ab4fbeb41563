/* unit.c - a case or kit, what belongs to it, and what the rules say. */
#include "pipeline/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The edition of a paper that no case asks for. */
#define EDITION_IN_FORCE                                                       \
    "substring('e2018e2024', 1 + 5 * "                                         \
    "bn:on-or-after(bn:today(), '2024-08-16'), 5)"

/* What may stand on the command line, and where it names its edition. A body
 * works by the criteria in force; the trial's are not among the editions. */
static const struct {
    const char *root;
    const char *edition; /* XPath */
    bool no_criteria;
} kinds[] = {
    {"certification-case", "string(/certification-case/edition-ref/@ref)",
     false},
    {"client-kit", "string(/client-kit/@edition)", false},
    {"body-profile", EDITION_IN_FORCE, false},
    {"trial-project", "'t2018'", true},
    {"Law", "''", true},
};

const char *const *
bn_unit_names(void)
{
    static const char *const names[] = {"certification-case", "client-kit",
                                        "body-profile", "trial-project", "Law",
                                        NULL};

    return names;
}

static int
kind_of(const bn_tree *tree)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(bn_tree_name(tree), kinds[i].root) == 0)
            return (int)i;
    return -1;
}

bool
unit_is_case(const unit *u)
{
    return u->tree ? strcmp(bn_tree_name(u->tree), "certification-case") == 0
                   : u->is_case;
}

bool
is_body(const unit *u)
{
    return u->tree && strcmp(bn_tree_name(u->tree), "body-profile") == 0;
}

static bool
is_law(const unit *u)
{
    return strcmp(bn_tree_name(u->tree), "Law") == 0;
}

/* A law has no id of its own: the name of its file without the ending. */
static const char *
stem_of(bn_arena *a, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    const char *dot = strrchr(name, '.');

    return bn_arena_strndup(
        a, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static bn_code
read_unit(bn_run *r, unit *u, bn_msgs *msgs)
{
    const char *text = "";
    bn_err err = {0};
    bn_code code =
        bn_source_add_root(r->source, bn_folder_of(r->arena, u->file), &err);
    int kind;

    if (code)
        return bn_say(msgs, &err);
    code = bn_xml_load(r->source, u->file, BN_XML_CLEAN | BN_XML_DEFAULTS,
                       &u->tree, msgs);
    if (code == BN_OK)
        code = bn_grammar_check(r->source, r->o.share, u->tree, msgs);
    if (code)
        return code;
    kind = kind_of(u->tree);
    if (kind < 0) {
        bn_fail(&err, BN_EUNITKIND, (bn_loc){.file = u->file},
                bn_tree_name(u->tree));
        return bn_say(msgs, &err);
    }
    u->id = is_law(u) ? stem_of(r->arena, u->file)
                      : bn_tree_attribute(r->arena, u->tree, "id");
    if (bn_xpath_string(r->transform, r->arena, u->tree, NULL,
                        kinds[kind].edition, BN_NOWHERE, &text, &err))
        return bn_say(msgs, &err);
    u->edition = *text ? text : NULL;
    u->house = (is_law(u) ? house_for_law : house_for)(r, u->file, msgs);
    return u->house ? BN_OK : BN_EHOUSE; /* told when it was first met */
}

bn_code
unit_load(bn_run *r, const char *file, unit *out, bn_msgs *msgs)
{
    const double start = bn_cpu_seconds();
    bn_code code;

    *out = (unit){.file = file, .id = ""};
    code = read_unit(r, out, msgs);
    if (code)
        unit_free(out);
    r->cpu[BN_STAGE_LOAD] += bn_cpu_seconds() - start;
    return code;
}

void
unit_free(unit *u)
{
    bn_tree_free(u->tree);
    u->tree = NULL;
}

static bn_code
make_nothing(bn_run *r, const char *name, house *h, const char *edition,
             unit *out, bn_msgs *msgs)
{
    const char *text = bn_arena_printf(r->arena, "<%s/>", name);
    const bool body = strcmp(name, "body-profile") == 0 && h->body;
    const char *in_force = "";
    bn_err err;
    bn_code code = BN_OK;

    *out = (unit){.file = h->dir, .id = "blank", .house = h};
    if (body)
        out->tree = bn_body_head(h->body);
    else
        code = bn_xml_parse(r->source, name, text, strlen(text), BN_XML_PLAIN,
                            &out->tree, msgs);
    if (code == BN_OK && edition == NULL &&
        bn_xpath_string(r->transform, r->arena, out->tree, NULL,
                        EDITION_IN_FORCE, BN_NOWHERE, &in_force, &err))
        code = bn_say(msgs, &err);
    out->edition = edition ? edition : in_force;
    return code;
}

bn_code
units_of_nothing(bn_run *r, const char *edition, units *out, bn_msgs *msgs)
{
    static const char *const names[] = {"certification-case", "client-kit",
                                        "body-profile", "trial-project"};
    house *h = house_for_law(r, ".", msgs);
    bn_code code = h ? BN_OK : BN_EHOUSE;

    for (size_t i = 0; code == BN_OK && i < sizeof names / sizeof names[0];
         i++) {
        unit u;

        code = make_nothing(r, names[i], h,
                            strcmp(names[i], "trial-project") == 0 ? "t2018"
                                                                   : edition,
                            &u, msgs);
        if (code == BN_OK)
            BN_PUSH(out) = u;
    }
    return code;
}

/* Papers of the body itself are made when its file is given, registers over
 * cases also without. The latest edition among the cases is the one that the
 * body works by. */
bool
unit_of_body(bn_run *r, house *h, const units *all, bool asked, unit *out)
{
    const unit *given = NULL;
    const char *edition = NULL;
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        const unit *u = &all->v[i];

        if (u->house == h && is_body(u))
            given = u;
        if (u->house != h || !unit_is_case(u))
            continue;
        n++;
        if (u->edition && (edition == NULL || strcmp(u->edition, edition) > 0))
            edition = u->edition;
    }
    if (given) {
        *out = *given;
        if (edition)
            out->edition = edition;
        return true;
    }
    if (h->body == NULL || n == 0 || (n == 1 && !asked))
        return false;
    *out = (unit){.file = bn_arena_printf(r->arena, "%s/body.xml", h->dir),
                  .tree = h->body,
                  .id = bn_tree_attribute(r->arena, h->body, "id"),
                  .edition = edition,
                  .house = h};
    return out->id != NULL;
}

/* ------------------------------------------------------------ input tree */

/* The edition that a case names; kept for the run. */
static bn_code
find_edition(bn_run *r, const unit *u, bn_tree **out, bn_msgs *msgs)
{
    bn_map_value *slot;
    const char *path;
    bn_err err;
    bn_code code;

    if (u->edition == NULL || kinds[kind_of(u->tree)].no_criteria)
        return BN_OK;
    path = bn_overlay(r->arena, r->o.share, u->house->dir, "criteria",
                      bn_arena_printf(r->arena, "%s.xml", u->edition));
    if (path == NULL && is_body(u)) /* papers that need it say so */
        return BN_OK;
    if (path == NULL) {
        bn_fail(&err, BN_EEDITION, (bn_loc){.file = u->file}, u->edition);
        return bn_say(msgs, &err);
    }
    slot = bn_map_puts(r->editions, path);
    if (slot->p == NULL) {
        bn_tree *tree = NULL;

        code = bn_xml_load(r->source, path, BN_XML_CLEAN | BN_XML_DEFAULTS,
                           &tree, msgs);
        if (code == BN_OK)
            code = bn_grammar_check(r->source, r->o.share, tree, msgs);
        if (code) {
            bn_tree_free(tree);
            return code;
        }
        BN_PUSH(&r->edition_trees) = tree;
        slot->p = tree;
    }
    *out = slot->p;
    return BN_OK;
}

/* A case must name the body that issues its papers. */
static bn_code
check_body(bn_run *r, const unit *u, bn_msgs *msgs)
{
    const char *ref = "", *id = NULL;
    bn_err err = {0};

    if (u->house->body)
        id = bn_tree_attribute(r->arena, u->house->body, "id");

    if (bn_xpath_string(r->transform, r->arena, u->tree, NULL,
                        "string(/certification-case/body-ref/@ref)", BN_NOWHERE,
                        &ref, &err))
        return bn_say(msgs, &err);
    if (*ref == '\0' || (id && strcmp(ref, id) == 0))
        return BN_OK;
    bn_fail(&err, BN_EBODY, (bn_loc){.file = u->file}, ref, id ? id : "");
    return bn_say(msgs, &err);
}

/* Options of the stock, read once; the house's go over them. */
static bn_code
stock_options(bn_run *r, bn_msgs *msgs)
{
    const char *path =
        bn_arena_printf(r->arena, "%s/stylesheets/house.xml", r->o.share);
    bn_code code;

    if (r->options || !bn_is_file(path))
        return BN_OK;
    code = bn_xml_load(r->source, path, BN_XML_CLEAN, &r->options, msgs);
    return code ? code
                : bn_grammar_check(r->source, r->o.share, r->options, msgs);
}

static void
add_register(bn_arena *a, bn_tree *input, const unit *u, const units *all)
{
    const bn_tree **cases = BN_NEWS(a, const bn_tree *, all->n + 1);
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++)
        if (unit_is_case(&all->v[i]))
            cases[n++] = all->v[i].tree;
    bn_input_register(input, cases, n);
    bn_input_titles(input, u->house->catalogue);
}

bn_code
unit_input(bn_run *r, bn_arena *a, const unit *u, const units *all,
           bn_tree **out, bn_msgs *msgs)
{
    const double start = bn_cpu_seconds();
    bn_tree *edition = NULL;
    bn_code code = check_body(r, u, msgs);

    if (code == BN_OK)
        code = find_edition(r, u, &edition, msgs);
    if (code == BN_OK)
        code = stock_options(r, msgs);
    if (code == BN_OK) {
        bn_tree *input = bn_input_new();
        const bn_tree *options[] = {r->options, u->house->options};

        bn_input_add(input, u->tree);
        if (u->house->body && !is_body(u))
            bn_input_add(input, u->house->body);
        if (u->house->auditors)
            bn_input_add(input, u->house->auditors);
        if (edition)
            bn_input_add(input, edition);
        bn_input_options(input, options, 2);
        add_register(a, input, u, all);
        *out = input;
    }
    r->cpu[BN_STAGE_LOAD] += bn_cpu_seconds() - start;
    return code;
}

void
unit_numbers(bn_arena *a, unit *u, const bn_listener *l)
{
    BN_VEC(bn_given) later = {0};
    bn_slot *slots;
    size_t n;

    if (l->number == NULL)
        return;
    bn_number_slots(a, u->tree, &slots, &n);
    for (size_t i = 0; i < n; i++) {
        const bn_slot *s = &slots[i];
        const bn_bearer bearer = {u->id, s->key, s->series, s->date, s->number};
        bn_given given = {.version = 1, .replaces = "", .reason = ""};

        if (!l->number(l->user, &bearer, &given))
            continue;
        bn_number_set(s, given.number);
        if (given.version > 1)
            BN_PUSH(&later) = given;
    }
    u->given = bn_arena_copy(a, later.v, later.n * sizeof *later.v);
    u->ngiven = later.n;
    BN_VEC_FREE(&later);
}

/* ----------------------------------------------------------------- rules */

bn_code
unit_rules(bn_run *r, const unit *u, bn_tree *input, bn_arena *a,
           bn_finding **out, bn_msgs *msgs)
{
    const double start = bn_cpu_seconds();
    const bn_context context = {.draft = r->o.draft};
    bn_code code;

    bn_transform_set(r->transform, &context);
    code = bn_rules_run(r->transform, u->house->rules, u->house->nrules,
                        BN_PHASE_INPUT, input, a, out, msgs);
    bn_transform_set(r->transform, NULL);
    r->cpu[BN_STAGE_RULES] += bn_cpu_seconds() - start;
    return code;
}

/* A word of a blank-separated list. */
static bool
has_word(const char *list, const char *word)
{
    const size_t n = strlen(word);

    for (const char *p = list; *p;) {
        const size_t length = strcspn(p, " ");

        if (length == n && memcmp(p, word, n) == 0)
            return true;
        p += length;
        p += strspn(p, " ");
    }
    return false;
}

/* blocks: ids, or "all" with "-id" behind it for those that are made all the
 * same. */
bool
finding_blocks(const bn_finding *f, const char *document)
{
    char except[128];

    if (f->severity != 'R' || f->blocks == NULL)
        return false;
    snprintf(except, sizeof except, "-%s", document);
    return (has_word(f->blocks, "all") && !has_word(f->blocks, except)) ||
           has_word(f->blocks, document);
}

static const char *
blocking(bn_arena *a, const char *rules, const bn_finding *first,
         const char *document)
{
    for (const bn_finding *f = first; f; f = f->next)
        if (finding_blocks(f, document) && !strstr(rules, f->rule))
            rules = bn_arena_printf(a, "%s%s%s", rules, *rules ? ", " : "",
                                    f->rule);
    return rules;
}

const char *
forbidding(bn_arena *a, const bn_finding *first, const bn_paper *papers,
           size_t n, const bn_entry *e)
{
    const char *rules = blocking(a, "", first, e->id);

    for (size_t i = 0; i < n; i++)
        if (has_word(papers[i].entry->annexes, e->id))
            rules = blocking(a, rules, first, papers[i].entry->id);
    return rules;
}

static bn_level
level_of(bn_run *r, const bn_finding *f, const bn_paper *papers, size_t n)
{
    bool binds = f->blocks == NULL || *f->blocks == '\0';

    if (f->severity == 'I')
        return BN_INFO;
    for (size_t i = 0; i < n && !binds; i++)
        binds = finding_blocks(f, papers[i].entry->id);
    return f->severity == 'R' && binds && !r->o.draft ? BN_ERROR : BN_WARNING;
}

static void
tell_finding(bn_run *r, const bn_finding *f, const unit *u,
             const bn_paper *papers, size_t n, bn_msgs *msgs)
{
    const bn_loc at = f->place ? bn_at(f->place) : (bn_loc){.file = u->file};
    bn_err err;

    bn_fail(&err, BN_ERULE, at, f->text, f->rule, f->provision, u->id);
    bn_msgs_add(msgs, &err, level_of(r, f, papers, n));
}

void
tell_findings(bn_run *r, const bn_finding *first, const unit *u,
              const bn_paper *papers, size_t n, bn_msgs *msgs)
{
    for (const bn_finding *f = first; f; f = f->next)
        if (f->severity != 'I')
            tell_finding(r, f, u, papers, n, msgs);
    for (const bn_finding *f = first; f; f = f->next) /* what only informs */
        if (f->severity == 'I')
            tell_finding(r, f, u, papers, n, msgs);
}
