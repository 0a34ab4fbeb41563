/* content.c - one paper's content, from input to numbered XHTML. */
#include "content/content.h"

#include <libxml/tree.h>
#include <string.h>

#include <cmark-gfm.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

void
tell(making *m, const bn_err *err)
{
    bn_msgs_add(m->msgs, err, BN_ERROR);
    if (m->code == BN_OK)
        m->code = err->code;
}

void
tell_rule(making *m, const char *rule, const char *provision, const char *text,
          bn_loc at)
{
    bn_err err;

    if (m->job->blank) /* it is meant to be empty */
        return;
    bn_fail(&err, BN_ERULE, at, text, rule, provision, m->job->unit);
    if (m->job->draft)
        bn_msgs_add(m->msgs, &err, BN_WARNING);
    else
        tell(m, &err);
}

/* ------------------------------------------------------- content helpers */

bn_loc
content_place(const xmlNode *node)
{
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        xmlChar *at = xmlGetNoNsProp((xmlNode *)node, TEXT("data-at"));
        const bn_place place = at ? bn_place_read((const char *)at) : 0;

        xmlFree(at);
        if (place)
            return bn_at(place);
    }
    return BN_NOWHERE;
}

bool
has_class(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, TEXT("class"));
    const size_t n = strlen(name);
    bool found = false;

    for (const char *p = (const char *)value; p && *p && !found;) {
        const size_t length = strcspn(p, " ");

        found = length == n && memcmp(p, name, n) == 0;
        p += length;
        p += strspn(p, " ");
    }
    xmlFree(value);
    return found;
}

void
add_class(xmlNode *node, const char *name)
{
    xmlChar *old = xmlGetNoNsProp(node, TEXT("class"));

    if (old == NULL || *old == '\0') {
        xmlSetProp(node, TEXT("class"), TEXT(name));
    } else if (!has_class(node, name)) {
        old = xmlStrcat(xmlStrcat(old, TEXT(" ")), TEXT(name));
        xmlSetProp(node, TEXT("class"), old);
    }
    xmlFree(old);
}

/* --------------------------------------------------------------- making */

static xmlDoc *
run_stylesheet(making *m, const char *path)
{
    const bn_content_job *job = m->job;
    const bn_context context = {.item = m->paper->item,
                                .document = m->paper->entry->id,
                                .draft = job->draft,
                                .blank = job->blank};
    const bn_param params[] = {
        {"today", job->today},
        {"draft", job->draft ? "yes" : ""},
        {"document", m->paper->entry->id},
        {"key", m->paper->key},
    };
    bn_tree *out = NULL;
    const bn_code code = bn_transform_run(
        job->transform, path, m->input, &context, params,
        sizeof params / sizeof params[0], &out, m->msgs);

    if (code && m->code == BN_OK)
        m->code = code;
    return code ? NULL : out;
}

static bool
is_article(const xmlDoc *content)
{
    const xmlNode *root = xmlDocGetRootElement(content);

    return root && strcmp((const char *)root->name, "article") == 0 &&
           root->ns && strcmp((const char *)root->ns->href, XHTML) == 0;
}

static void
set_if(xmlNode *node, const char *name, const char *value)
{
    if (value && *value)
        xmlSetProp(node, TEXT(name), TEXT(value));
}

/* What the program says about every paper. */
/* A later version says which one it stands for, on every page. */
static void
set_version(const making *m, xmlNode *article)
{
    static const struct {
        const char *reason, *word;
    } words[] = {{"corrected", "訂正"}, {"reissued", "再発行"}};
    const char *word = "改版";

    if (m->job->version < 2)
        return;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].reason, m->job->reason) == 0)
            word = words[i].word;
    set_if(article, "data-version",
           bn_arena_printf(m->job->arena, "%d", (int)m->job->version));
    set_if(article, "data-replaces", m->job->replaces);
    set_if(article, "data-version-note",
           bn_arena_printf(m->job->arena, "【%s】%sに代わる第%d版", word,
                           m->job->replaces, (int)m->job->version));
}

static void
set_root(const making *m, xmlNode *article)
{
    const bn_entry *e = m->paper->entry;
    bn_arena *a = m->job->arena;
    const xmlNode *unit = bn_tree_unit(m->input);
    const xmlNode *edition = first_element(unit, "edition-ref");

    if (e->layout)
        add_class(article, e->layout);
    if (!xmlHasProp(article, TEXT("lang")))
        set_if(article, "lang", "ja");
    set_if(article, "data-document", e->id);
    set_if(article, "data-no", e->no);
    set_if(article, "data-title", e->title_ja);
    set_if(article, "data-draft", m->job->draft ? "yes" : "");
    set_if(article, "data-copy", m->job->copy ? "yes" : "");
    set_if(article, "data-landscape", e->landscape ? "yes" : "");
    set_if(article, "data-key", m->paper->key);
    set_if(article, "data-retention", e->retention);
    set_if(article, "data-edition",
           edition ? attribute(a, edition, "ref")
                   : attribute(a, unit, "edition"));
    set_version(m, article);
}

/* ------------------------------------------------------- left-over blanks */

/* What people type where something is still to be filled in. */
static const char *const leftovers[] = {"○○", "〇〇",   "＿＿",
                                        "●●", "T.B.D.", "（記入"};

const char *
leftover_in(const char *text)
{
    for (size_t i = 0; i < sizeof leftovers / sizeof leftovers[0]; i++)
        if (strstr(text, leftovers[i]))
            return leftovers[i];
    return NULL;
}

/* Next node of a subtree in document order, NULL at its end. */
static xmlNode *
next_in(xmlNode *node, const xmlNode *root)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static void
check_leftovers(making *m, xmlDoc *content)
{
    xmlNode *root = xmlDocGetRootElement(content);

    for (xmlNode *n = root; n; n = next_in(n, root)) {
        const char *left = n->type == XML_TEXT_NODE && n->content
                               ? leftover_in((const char *)n->content)
                               : NULL;

        if (left)
            tell_rule(m, "R151", m->paper->entry->provision,
                      bn_arena_printf(m->job->arena,
                                      "%s: 「%s」が未記入のまま残っています。",
                                      m->paper->entry->title_ja, left),
                      content_place(n->parent));
    }
}

/* Nothing deeper than the page stylesheets' recursion can bear. */
static bool
check_depth(making *m, xmlDoc *content)
{
    xmlNode *root = xmlDocGetRootElement(content);
    int depth = 0;
    bn_err err;

    for (xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            if (++depth > NEST_MAX) {
                bn_fail(&err, BN_ENEST, content_place(n->parent), "64");
                tell(m, &err);
                return false;
            }
            continue;
        }
        while (n != root && n->next == NULL) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->next;
    }
    return true;
}

/* ---------------------------------------------------------------- public */

static void
finish(making *m, xmlDoc *content)
{
    bn_err err;

    if (!is_article(content)) {
        bn_fail(&err, BN_ECONTENT, BN_NOWHERE, m->paper->entry->id);
        tell(m, &err);
        return;
    }
    set_root(m, xmlDocGetRootElement(content));
    if (!check_depth(m, content))
        return;
    number_article(m, content);
    link_law(m, content);
    if (m->paper->entry->layout) /* no paper of the catalogue: it may say so */
        check_leftovers(m, content);
}

static making
start_making(const bn_content_job *job, bn_tree *input, const bn_paper *paper,
             bn_msgs *msgs)
{
    const bn_context context = {
        .item = paper->item,
        .document = paper->entry->id,
        .draft = job->draft,
        .blank = job->blank};

    bn_transform_set(job->transform, &context);
    return (making){.job = job,
                    .paper = paper,
                    .input = input,
                    .context = paper->item ? paper->item : bn_tree_unit(input),
                    .msgs = msgs};
}

static void
end_making(making *m, xmlNode *document)
{
    bn_transform_set(m->job->transform, NULL);
    xmlUnlinkNode(document);
    xmlFreeNode(document);
}

bn_code
bn_content_make(const bn_content_job *job, bn_tree *input,
                const bn_paper *paper, bn_tree **out, bn_msgs *msgs)
{
    making m = start_making(job, input, paper, msgs);
    xmlNode *document = fill_entry(&m);
    xmlDoc *content =
        paper->entry->template
            ? run_template(&m)
            : run_stylesheet(&m, paper->entry->stylesheet);

    if (content)
        finish(&m, content);
    end_making(&m, document);
    if (m.code || content == NULL) {
        bn_tree_free(content);
        return m.code ? m.code : BN_ECONTENT;
    }
    *out = content;
    return BN_OK;
}

/* The words of the first h1. */
static const char *
title_of(bn_arena *a, const bn_tree *content)
{
    const xmlNode *root = xmlDocGetRootElement(content);
    xmlNode *h1 = NULL;
    xmlChar *text;
    const char *copy;

    for (xmlNode *n = (xmlNode *)root; n && h1 == NULL; n = next_in(n, root))
        if (n->type == XML_ELEMENT_NODE &&
            strcmp((const char *)n->name, "h1") == 0)
            h1 = n;
    text = h1 ? xmlNodeGetContent(h1) : NULL;
    copy = bn_arena_strdup(a, text ? (const char *)text : "");
    xmlFree(text);
    return copy;
}

bn_code
bn_markdown_make(const bn_content_job *job, const char *path, bn_tree **out,
                 const char **layout, const char **title, bn_msgs *msgs)
{
    xmlDoc *doc = xmlNewDoc(TEXT("1.0"));
    bn_entry entry = {.id = "markdown",
                      .no = "",
                      .title_ja = "",
                      .title_en = "",
                      .provision = "",
                      .editions = "",
                      .template = path};
    const bn_paper paper = {.entry = &entry, .key = ""};
    bn_tree *input = bn_input_new();
    bn_code code;

    xmlDocSetRootElement(doc, xmlNewDocNode(doc, NULL, TEXT("document"), NULL));
    entry.node = xmlDocGetRootElement(doc);
    xmlNewChild(xmlDocGetRootElement(input), NULL, TEXT("nothing"), NULL);
    code = bn_content_make(job, input, &paper, out, msgs);
    if (code == BN_OK) {
        xmlNode *root = xmlDocGetRootElement(*out);
        const char *class = attribute(job->arena, root, "class");

        *layout = bn_arena_strndup(job->arena, class ? class : "",
                                   class ? strcspn(class, " ") : 0);
        *title = title_of(job->arena, *out);
        set_if(root, "data-title", *title);
    }
    bn_tree_free(input);
    bn_tree_free(doc);
    return code;
}

void
look_at_template(const bn_content_job *job, bn_tree *input,
                 const bn_paper *paper, struct blanks *blanks, bn_msgs *msgs)
{
    bn_content_job draft = *job;
    making m;
    xmlNode *document;

    draft.draft = true;
    m = start_making(&draft, input, paper, msgs);
    m.blanks = blanks;
    document = fill_entry(&m);
    bn_tree_free(run_template(&m));
    end_making(&m, document);
}

bn_code
bn_content_input(const bn_content_job *job, bn_tree *input,
                 const bn_paper *paper, bn_buf *out, bn_msgs *msgs)
{
    making m = start_making(job, input, paper, msgs);
    xmlNode *document = fill_entry(&m);
    bn_err err = {0};
    const bn_code code = bn_tree_write(input, out, &err);

    end_making(&m, document);
    if (code)
        bn_msgs_add(msgs, &err, BN_ERROR);
    return code;
}

bn_code
bn_content_fields(const bn_content_job *job, bn_tree *input,
                  const bn_paper *paper, bn_tree **out, bn_msgs *msgs)
{
    bn_content_job quiet = *job;
    bn_msgs empty = {0}; /* told when the paper was made */
    making m;
    xmlNode *document;

    quiet.draft = true;
    m = start_making(&quiet, input, paper, &empty);
    document = fill_entry(&m);
    m.msgs = msgs;
    *out = run_stylesheet(
        &m, bn_arena_printf(job->arena, "%s/stylesheets/trace.xsl",
                            job->share));
    end_making(&m, document);
    bn_msgs_free(&empty);
    return m.code;
}

void
bn_content_lacks(const bn_content_job *job, bn_tree *input,
                 const bn_paper *paper, bn_msgs *msgs)
{
    bn_content_job quiet = *job;
    making m;

    quiet.draft = true;
    m = start_making(&quiet, input, paper, msgs);
    end_making(&m, fill_entry(&m));
}

bn_code
bn_paper_date(const bn_content_job *job, bn_tree *input, const bn_paper *paper,
              const char **out, bn_err *err)
{
    const bn_entry *e = paper->entry;

    *out = "";
    if (e->date == NULL)
        return BN_OK;
    return bn_xpath_string(job->transform, job->arena, input,
                           paper->item ? paper->item : bn_tree_unit(input),
                           e->date, bn_at(e->place), out, err);
}

void
bn_content_versions(bn_buf *out)
{
    bn_buf_addf(out, "cmark-gfm %s\n", cmark_version_string());
}
