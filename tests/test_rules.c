/* Every rule: an edit of the complete case that fires it, and one a day or a
 * name away that does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "content/content.h"
#include "tests/unit.h"
#include "transform/transform.h"

enum { EDITS = 6, FILES = 4 };

/* An edit: "XPATH := text" sets attributes or texts, "XPATH += xml" appends to
 * the elements, "- XPATH" removes. A set of an attribute that is not there:
 * "XPATH @name := text". want: rule ids with severity, sorted, each once. */
struct row {
    const char *want;
    const char *edits[EDITS];
};

struct world {
    bn_source *s;
    bn_transform *t;
    bn_tree *parts[FILES]; /* pristine: unit, body, auditors, edition */
    bn_arena *a;
};

static bn_tree *
load(struct world *w, const char *path)
{
    bn_msgs msgs = {0};
    bn_tree *t = NULL;

    if (bn_xml_load(w->s, path, BN_XML_CLEAN | BN_XML_DEFAULTS, &t, &msgs))
        fail_msg("%s: %s", path, msgs.first->err.args[0]);
    return t;
}

static int
set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    bn_err err;

    w->s = bn_source_new();
    assert_int_equal(bn_source_add_root(w->s, ".", &err), BN_OK);
    w->t = bn_transform_new(w->s, "2020-10-06");
    bn_transform_share(w->t, ".");
    w->a = bn_arena_new();
    w->parts[0] = load(w, "tests/rules/case.xml");
    w->parts[1] = load(w, "tests/rules/body.xml");
    w->parts[2] = load(w, "tests/rules/auditors.xml");
    w->parts[3] = load(w, "criteria/e2018.xml");
    *state = w;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < FILES; i++)
        bn_tree_free(w->parts[i]);
    bn_transform_free(w->t);
    bn_source_free(w->s);
    bn_arena_free(w->a);
    free(w);
    return 0;
}

/* ----------------------------------------------------------------- edits */

static void
remove_node(bn_node *n)
{
    if (n->type == XML_ATTRIBUTE_NODE) {
        xmlRemoveProp((xmlAttrPtr)n);
        return;
    }
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}

static void
set_place(bn_node *n, void *place)
{
    n->_private = place;
    for (n = n->children; n; n = n->next)
        set_place(n, place);
}

static void
append_xml(bn_node *to, const char *xml)
{
    bn_node *list = NULL, *next;

    assert_int_equal(xmlParseInNodeContext(to, xml, (int)strlen(xml), 0, &list),
                     XML_ERR_OK);
    for (; list; list = next) {
        next = list->next;
        list->next = list->prev = NULL;
        set_place(list, to->_private ? to->_private : to->children->_private);
        xmlAddChild(to, list);
    }
}

static void
set_value(bn_node *n, const char *name, const char *text)
{
    if (name)
        xmlSetProp(n, BAD_CAST name, BAD_CAST text);
    else if (n->type == XML_ATTRIBUTE_NODE)
        xmlSetProp(n->parent, n->name, BAD_CAST text);
    else
        xmlNodeSetContent(n, BAD_CAST text);
}

/* " @name" at the end of a path; NULL when there is none. */
static char *
last_attribute(char *path)
{
    char *at = strrchr(path, '@');

    return at && at > path && at[-1] == ' ' && strpbrk(at, "]=)") == NULL
               ? at - 1
               : NULL;
}

static void
edit(struct world *w, bn_tree *t, const char *how)
{
    const char *set = strstr(how, " := "), *add = strstr(how, " += ");
    const char *cut = set ? set : add;
    char *path =
        bn_arena_strndup(w->a, how, cut ? (size_t)(cut - how) : strlen(how));
    char *name = last_attribute(path);
    bn_node **nodes;
    size_t n;
    bn_err err;

    if (name) {
        *name = '\0';
        name += 2;
    }
    if (cut == NULL)
        path += 2; /* "- " */
    if (bn_xpath_nodes(w->t, w->a, t, NULL, path, BN_NOWHERE, &nodes, &n, &err))
        fail_msg("%s: %s", how, err.args[1]);
    if (n == 0)
        fail_msg("%s selects nothing", how);
    for (size_t i = 0; i < n; i++)
        if (set)
            set_value(nodes[i], name, set + 4);
        else if (add)
            append_xml(nodes[i], add + 4);
        else
            remove_node(nodes[i]);
}

static bn_tree *
make_input(struct world *w, const struct row *r)
{
    bn_tree *input = bn_input_new();
    const bn_tree *cases[] = {w->parts[0]};

    for (int i = 0; i < FILES; i++)
        bn_input_add(input, w->parts[i]);
    bn_input_register(input, cases, 1);
    for (int i = 0; i < EDITS && r->edits[i]; i++)
        edit(w, input, r->edits[i]);
    return input;
}

/* -------------------------------------------------------------- findings */

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words, sorted, each once. */
static const char *
sorted(struct world *w, const char **ids, size_t n)
{
    bn_buf out = {0};
    const char *copy;

    qsort(ids, n, sizeof *ids, by_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(ids[i], ids[i - 1]) != 0)
            bn_buf_addf(&out, out.len ? " %s" : "%s", ids[i]);
    copy = bn_arena_strdup(w->a, out.p ? out.p : "");
    bn_buf_free(&out);
    return copy;
}

static const char *
sorted_words(struct world *w, const char *list)
{
    const char *ids[100];
    size_t n = 0;

    for (char *p = strtok(bn_arena_strdup(w->a, list), " "); p && n < 100;
         p = strtok(NULL, " "))
        ids[n++] = p;
    return sorted(w, ids, n);
}

/* "R001R R121W": rules and severities of the findings, sorted, each once.
 * Information (every certified case gives R098) only when it is wanted. */
static const char *
summary(struct world *w, const bn_finding *f, const char *want)
{
    const bool informed = strstr(want, "I ") != NULL;
    const char *ids[100];
    size_t n = 0;

    for (; f && n < 100; f = f->next)
        if (f->severity != 'I' || informed)
            ids[n++] = bn_arena_printf(w->a, "%s%c", f->rule, f->severity);
    return sorted(w, ids, n);
}

static const bn_finding *
findings(struct world *w, enum bn_phase phase, bn_tree *tree)
{
    static const char *const files[] = {"./schemas/rules.sch"};
    bn_finding *found = NULL;
    bn_msgs msgs = {0};

    if (bn_rules_run(w->t, files, 1, phase, tree, w->a, &found, &msgs))
        fail_msg("%s: %s %s line %u", bn_code_name(msgs.first->err.code),
                 msgs.first->err.args[0], msgs.first->err.args[1],
                 msgs.first->err.loc.line);
    bn_msgs_free(&msgs);
    return found;
}

static int
try_row(struct world *w, const struct row *r)
{
    bn_tree *input = make_input(w, r);
    const bn_finding *found = findings(w, BN_PHASE_INPUT, input);
    const char *got = summary(w, found, r->want);
    const char *want = sorted_words(w, r->want);
    int wrong = strcmp(got, want) != 0;

    if (wrong)
        print_message("%s -> %s, wanted %s\n", r->edits[0] ? r->edits[0] : "-",
                      got, want);
    for (const bn_finding *f = found; f; f = f->next)
        if (*f->text == '\0' || f->place == 0 ||
            (f->severity == 'R' && *f->blocks == '\0')) {
            print_message("%s: '%s' place %llu\n", f->rule, f->text,
                          (unsigned long long)f->place);
            wrong = 1;
        }
    bn_tree_free(input);
    return wrong;
}

static void
try_rows(struct world *w, const struct row *rows, size_t n)
{
    int wrong = 0;

    for (size_t i = 0; i < n; i++)
        wrong += try_row(w, &rows[i]);
    assert_int_equal(wrong, 0);
}

#define W "R121W" /* what the complete case gives */
#include "tests/rules/rows.h"

static void
cases(void **state)
{
    try_rows(*state, case_rows, sizeof case_rows / sizeof case_rows[0]);
}

static void
editions(void **state)
{
    try_rows(*state, edition_rows,
             sizeof edition_rows / sizeof edition_rows[0]);
}

static void
use_unit(struct world *w, const char *path)
{
    bn_tree_free(w->parts[0]);
    w->parts[0] = load(w, path);
}

static void
first_review_only(void **state)
{
    use_unit(*state, "tests/rules/first.xml");
    try_rows(*state, first_rows, sizeof first_rows / sizeof first_rows[0]);
}

static void
kits(void **state)
{
    use_unit(*state, "tests/rules/kit.xml");
    try_rows(*state, kit_rows, sizeof kit_rows / sizeof kit_rows[0]);
}

static void
trials(void **state)
{
    use_unit(*state, "tests/rules/trial.xml");
    try_rows(*state, trial_rows, sizeof trial_rows / sizeof trial_rows[0]);
}

/* --------------------------------------------------------------- content */

/* OWN and OTHER in the content become places of the case's own file, and of
 * another's. */
static const char *
fill_places(struct world *w, const char *content, bn_place own, bn_place other)
{
    const char *mark = strstr(content, "'OWN'"),
               *alien = strstr(content, "'OTHER'");
    const char *at = mark ? mark : alien;
    char place[24];

    if (at == NULL)
        return content;
    bn_place_write(mark ? own : other, place);
    return bn_arena_printf(w->a, "%.*s'%s'%s", (int)(at - content), content,
                           place, strchr(at + 1, '\'') + 1);
}

static int
try_paper(struct world *w, const struct paper_row *r, bn_place other)
{
    struct row edits = {r->want, {NULL}};
    bn_context context = {.document = r->document};
    bn_tree *content = NULL;
    bn_msgs msgs = {0};
    const char *xml, *got;
    int wrong;

    memcpy(edits.edits, r->edits, sizeof edits.edits);
    context.input = make_input(w, &edits);
    findings(w, BN_PHASE_INPUT,
             context.input); /* notes whose files are whose */
    if (strncmp(r->document, "certificate", 11) == 0) {
        bn_node **nodes;
        size_t n;
        bn_err err;

        bn_xpath_nodes(w->t, w->a, context.input, NULL, "//certificates/*",
                       BN_NOWHERE, &nodes, &n, &err);
        context.item = nodes[0];
    }
    xml = bn_arena_printf(
        w->a,
        "<article xmlns='http://www.w3.org/1999/xhtml' class='x%s'>"
        "%s</article>",
        strcmp(r->document, "certificate-register") == 0 ? " ledger" : "",
        fill_places(w, r->content, bn_place_of(bn_tree_unit(context.input)),
                    other));
    assert_int_equal(bn_xml_parse(w->s, "content.xml", xml, strlen(xml),
                                  BN_XML_PLAIN, &content, &msgs),
                     BN_OK);
    bn_transform_set(w->t, &context);
    got = summary(w, findings(w, BN_PHASE_CONTENT, content), r->want);
    bn_transform_set(w->t, NULL);
    wrong = strcmp(got, r->want) != 0;
    if (wrong)
        print_message("%s %s %s -> %s, wanted %s\n", r->document, r->content,
                      r->edits[0] ? r->edits[0] : "", got, r->want);
    bn_tree_free(content);
    bn_tree_free(context.input);
    return wrong;
}

static void
papers(void **state)
{
    struct world *w = *state;
    bn_tree *other = load(w, "tests/rules/first.xml");
    const bn_tree *both[] = {other};
    bn_tree *input = bn_input_new();
    bn_place place;
    int wrong = 0;

    bn_input_add(input, both[0]);
    place = bn_place_of(bn_tree_unit(input));
    findings(w, BN_PHASE_INPUT, input);
    for (size_t i = 0; i < sizeof paper_rows / sizeof paper_rows[0]; i++)
        wrong += try_paper(w, &paper_rows[i], place);
    bn_tree_free(input);
    bn_tree_free(other);
    assert_int_equal(wrong, 0);
}

/* ------------------------------------------------- the finding as a whole */

static void
a_finding_says_all(void **state)
{
    struct world *w = *state;
    const struct row r = {
        "", {"//certificate[@contract]/@valid-until := 2023-09-04"}};
    bn_tree *input = make_input(w, &r);
    const bn_finding *f = findings(w, BN_PHASE_INPUT, input);
    bn_loc at;

    while (f && strcmp(f->rule, "R087") != 0)
        f = f->next;
    assert_non_null(f);
    assert_string_equal(f->text, "有効期間（令和元年9月5日〜令和5年9月4日）が"
                                 "交付日から三年を超えています。");
    assert_string_equal(f->provision, "000 三の7の三ト・四ト");
    assert_string_equal(f->blocks, "certificate certificate-self-declaration");
    assert_int_equal(f->severity, 'R');
    at = bn_source_locate(w->s, f->place);
    assert_non_null(strstr(at.file, "case.xml"));
    assert_int_equal(at.line, 65);
    bn_tree_free(input);
}

/* A folder of the house called rules may add; one beside the input may not;
 * what we do not know is refused, not passed over. */
static void
rules_of_a_house(void **state)
{
    static const struct {
        const char *file;
        bn_code code;
        const char *word;
    } rows[] = {
        {"tests/rules/house.sch", BN_OK, "H001"},
        {"tests/transform/beside.sch", BN_ERULES, "beside"},
        {"tests/rules/../transform/beside.sch", BN_ERULES, "beside"},
        {"tests/rules/include.sch", BN_EXSLTSTOP, "sch:include"},
        {"tests/rules/broken.sch", BN_EXPATH, "]"},
        {"tests/rules/none.sch", BN_ENOINPUT, "none"},
    };
    struct world *w = *state;
    const struct row none = {"", {NULL}};
    bn_tree *input = make_input(w, &none);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_finding *found = NULL;
        bn_msgs msgs = {0};
        bn_code code = bn_rules_run(w->t, &rows[i].file, 1, BN_PHASE_INPUT,
                                    input, w->a, &found, &msgs);

        print_message("%s\n", rows[i].file);
        assert_int_equal(code, rows[i].code);
        if (code == BN_OK)
            assert_string_equal(found->rule, rows[i].word);
        else
            assert_non_null(
                strstr(msgs.first->err.args[0], rows[i].word) ||
                        strstr(msgs.first->err.args[1], rows[i].word) ||
                        msgs.first->err.loc.file
                    ? rows[i].word
                    : NULL);
        bn_msgs_free(&msgs);
    }
    bn_tree_free(input);
}

/* ------------------------------------------------- each rule's neighbour */

enum { RULES = 400 };

/* A rule of the rows, whether one fires it, and whether a row beside such a
 * one does not. */
struct seen {
    char id[5];
    bool beside;
};

struct all_seen {
    struct seen rules[RULES];
    size_t n;
};

static struct seen *
rule_seen(struct all_seen *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (strncmp(all->rules[i].id, id, 4) == 0)
            return &all->rules[i];
    assert_true(all->n < RULES);
    memcpy(all->rules[all->n].id, id, 4);
    return &all->rules[all->n++];
}

static bool
fires(const char *want, const char *id)
{
    return strstr(want, id) != NULL;
}

static size_t
count_edits(const char *const *edits)
{
    size_t n = 0;

    while (n < EDITS && edits[n])
        n++;
    return n;
}

/* Do two edits name the same thing, whichever of its kind (what stands in
 * brackets may differ)? "- X" and "X := y" do. */
static bool
same_path(const char *a, const char *b)
{
    const char *ends[2], *both[] = {a, b};

    for (int i = 0; i < 2; i++) {
        if (strncmp(both[i], "- ", 2) == 0)
            both[i] += 2;
        ends[i] = strstr(both[i], " := ");
        if (ends[i] == NULL)
            ends[i] = strstr(both[i], " += ");
        if (ends[i] == NULL)
            ends[i] = both[i] + strlen(both[i]);
    }
    for (;;) {
        for (int i = 0; i < 2; i++)
            while (both[i] < ends[i] && *both[i] == '[')
                both[i] = strchr(both[i], ']') + 1;
        if (both[0] == ends[0] || both[1] == ends[1])
            return both[0] == ends[0] && both[1] == ends[1];
        if (*both[0]++ != *both[1]++)
            return false;
    }
}

static bool
has_edit(const char *const *edits, const char *how)
{
    for (size_t i = 0; i < count_edits(edits); i++)
        if (strcmp(edits[i], how) == 0)
            return true;
    return false;
}

/* Are these a step apart: the same thing set to something else, or the same
 * edits with one more? (Not the complete case: that is beside every row.) */
static bool
step_apart(const char *const *a, const char *const *b)
{
    const size_t n = count_edits(a), m = count_edits(b);
    size_t common = 0;

    if (n == 0 || m == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        common += has_edit(b, a[i]);
        for (size_t k = 0; k < m; k++)
            if (same_path(a[i], b[k]) && strcmp(a[i], b[k]) != 0)
                return true;
    }
    return common > 0 && n != m;
}

static void
note_rows(struct all_seen *all, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (const char *p = strchr(rows[i].want, 'R'); p;
             p = strchr(p + 5, 'R')) {
            struct seen *s = rule_seen(all, p);

            for (size_t k = 0; k < n && !s->beside; k++)
                s->beside = !fires(rows[k].want, s->id) &&
                            step_apart(rows[i].edits, rows[k].edits);
        }
}

static void
note_papers(struct all_seen *all, const struct paper_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (const char *p = strchr(rows[i].want, 'R'); p;
             p = strchr(p + 5, 'R')) {
            struct seen *s = rule_seen(all, p);

            for (size_t k = 0; k < n && !s->beside; k++)
                s->beside = !fires(rows[k].want, s->id) &&
                            strcmp(rows[k].document, rows[i].document) == 0;
        }
}

/* Every rule of the stock has a row that fires it and one a step away that
 * does not. */
static void
every_rule_has_both_rows(void **state)
{
    struct all_seen all = {0};
    char *sch = NULL;
    size_t size = 0, missing = 0;
    FILE *f = fopen("schemas/rules.sch", "r");

    (void)state;
#define NOTE(rows) note_rows(&all, rows, sizeof rows / sizeof rows[0])
    NOTE(case_rows);
    NOTE(first_rows);
    NOTE(kit_rows);
    NOTE(trial_rows);
    NOTE(edition_rows);
    note_papers(&all, paper_rows, sizeof paper_rows / sizeof paper_rows[0]);
    assert_non_null(f);
    assert_true(getdelim(&sch, &size, '\0', f) > 0);
    fclose(f);
    for (const char *p = strstr(sch, " id=\"R"); p;
         p = strstr(p + 1, " id=\"R"))
        if (!rule_seen(&all, p + 5)->beside) {
            print_message("%.4s: no row beside one that fires it\n", p + 5);
            missing++;
        }
    free(sch);
    assert_int_equal(missing, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cases, set_up, tear_down),
        cmocka_unit_test_setup_teardown(editions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(first_review_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trials, set_up, tear_down),
        cmocka_unit_test_setup_teardown(papers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_finding_says_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules_of_a_house, set_up, tear_down),
        cmocka_unit_test(every_rule_has_both_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
