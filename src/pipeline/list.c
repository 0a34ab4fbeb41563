/* list.c - what the program knows: documents, rules, editions, fonts. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/list.h"

enum { TEXT_MAX_BYTES = 64 * 1024 * 1024 };

/* ------------------------------------------------------------- documents */

bn_code
list_open_catalogue(listing *l, bn_catalogue **c)
{
    bn_err err = {0};

    if (l->r->o.house && bn_source_add_root(l->r->source, l->r->o.house, &err))
        return bn_say(l->msgs, &err);
    return bn_catalogue_load(l->r->source, l->r->o.share, l->r->o.house, c,
                             l->msgs);
}

static bn_code
list_documents(listing *l)
{
    bn_catalogue *c = NULL;
    const bn_code code = list_open_catalogue(l, &c);

    if (code)
        return code;
    for (size_t i = 0; i < bn_catalogue_count(c); i++) {
        const bn_entry *e = bn_catalogue_entry(c, i);

        bn_buf_addf(l->out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e->no, e->id,
                    l->english ? e->title_en : e->title_ja, e->layout,
                    e->editions, e->retention, e->provision);
    }
    bn_catalogue_free(c);
    return BN_OK;
}

/* ----------------------------------------------------------------- rules */

typedef struct rule_teller {
    void (*tell)(void *user, const char *const *columns);
    void *user;
} rule_teller;

/* One rule file. */
static bn_code
read_rule_file(listing *l, const char *path, const rule_teller *t)
{
    static const char asserts[] = "//*[local-name() = 'assert']";
    static const char *const columns[LIST_RULE_COLUMNS] = {
        "@id",
        "@*[local-name() = 'severity']",
        "@*[local-name() = 'editions']",
        "@*[local-name() = 'blocks']",
        "@*[local-name() = 'provision']",
        "normalize-space(.)"};
    bn_tree *tree = NULL;
    bn_node **nodes = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code =
        bn_xml_load(l->r->source, path, BN_XML_PLAIN, &tree, l->msgs);

    if (code)
        return code;
    if (bn_xpath_nodes(l->r->transform, l->arena, tree, NULL, asserts,
                       BN_NOWHERE, &nodes, &n, &err))
        code = bn_say(l->msgs, &err);
    for (size_t i = 0; i < n && code == BN_OK; i++) {
        const char *texts[LIST_RULE_COLUMNS] = {"", "", "", "", "", ""};

        for (size_t k = 0; k < LIST_RULE_COLUMNS; k++)
            bn_xpath_string(l->r->transform, l->arena, tree, nodes[i],
                            columns[k], BN_NOWHERE, &texts[k], &err);
        t->tell(t->user, texts);
    }
    bn_tree_free(tree);
    return code;
}

bn_code
list_each_rule(listing *l,
               void (*tell)(void *user, const char *const *columns), void *user)
{
    const rule_teller t = {tell, user};
    const char *folder;
    const char **names = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code = read_rule_file(
        l, bn_arena_printf(l->arena, "%s/schemas/rules.sch", l->r->o.share),
        &t);

    if (code || l->r->o.house == NULL)
        return code;
    folder = bn_arena_printf(l->arena, "%s/rules", l->r->o.house);
    if (!bn_is_folder(folder))
        return BN_OK;
    if (bn_source_add_root(l->r->source, folder, &err) ||
        bn_list_folder(folder, l->arena, &names, &n, &err))
        return bn_say(l->msgs, &err);
    for (size_t i = 0; i < n && code == BN_OK; i++)
        code = read_rule_file(
            l, bn_arena_printf(l->arena, "%s/%s", folder, names[i]), &t);
    return code;
}

static void
print_rule(void *user, const char *const *columns)
{
    listing *l = user;

    for (size_t k = 0; k < LIST_RULE_COLUMNS; k++)
        bn_buf_addf(l->out, "%s%c", columns[k],
                    k + 1 < LIST_RULE_COLUMNS ? '\t' : '\n');
}

static bn_code
list_rules(listing *l)
{
    return list_each_rule(l, print_rule, l);
}

/* -------------------------------------------------------------- editions */

static bn_code
list_edition(listing *l, const char *path)
{
    static const char *const columns[] = {
        "string(/*/@id)", "string(/*/@in-force)", "string(/*/@until)",
        "string(/*/@text)", "string(/*/title)"};
    bn_tree *tree = NULL;
    bn_err err = {0};
    bn_code code =
        bn_xml_load(l->r->source, path, BN_XML_CLEAN, &tree, l->msgs);

    if (code)
        return code;
    if (strcmp(bn_tree_name(tree), "criteria-edition") == 0)
        for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
            const char *text = "";

            bn_xpath_string(l->r->transform, l->arena, tree, NULL, columns[k],
                            BN_NOWHERE, &text, &err);
            bn_buf_addf(l->out, "%s%s", k ? "\t" : "", text);
        }
    if (strcmp(bn_tree_name(tree), "criteria-edition") == 0)
        bn_buf_addc(l->out, '\n');
    bn_tree_free(tree);
    return BN_OK;
}

static bn_code
list_editions(listing *l)
{
    const char *folder =
        bn_arena_printf(l->arena, "%s/criteria", l->r->o.share);
    const char **names = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code = BN_OK;

    if (bn_list_folder(folder, l->arena, &names, &n, &err))
        return bn_say(l->msgs, &err);
    for (size_t i = 0; i < n && code == BN_OK; i++) {
        const size_t length = strlen(names[i]);

        if (length > 4 && strcmp(names[i] + length - 4, ".xml") == 0)
            code = list_edition(
                l, bn_arena_printf(l->arena, "%s/%s", folder, names[i]));
    }
    return code;
}

/* ----------------------------------------------------------------- fonts */

/* The characters of JIS X 0213: rows "PLANE-ROW c c c …". */
static bn_code
read_jis(listing *l, bn_buf *out)
{
    bn_buf rows = {0};
    bn_err err = {0};
    const char *path =
        bn_arena_printf(l->arena, "%s/fonts/jisx0213.txt", l->r->o.share);

    if (bn_source_read(l->r->source, path, TEXT_MAX_BYTES, &rows, &err)) {
        bn_buf_free(&rows);
        return bn_say(l->msgs, &err);
    }
    for (const char *s = rows.p, *end = s + rows.len; s < end;) {
        const char *eol = memchr(s, '\n', (size_t)(end - s));
        const char *from;

        eol = eol ? eol : end;
        from = memchr(s, ' ', (size_t)(eol - s));
        if (*s != '#' && from)
            bn_buf_add(out, from, (size_t)(eol - from));
        s = eol + 1;
    }
    bn_buf_free(&rows);
    return BN_OK;
}

static bn_code
read_text(listing *l, bn_buf *out)
{
    bn_err err = {0};

    if (l->text == NULL)
        return BN_OK;
    if (bn_source_add_root(l->r->source, bn_folder_of(l->arena, l->text),
                           &err) ||
        bn_source_read(l->r->source, l->text, TEXT_MAX_BYTES, out, &err))
        return bn_say(l->msgs, &err);
    return BN_OK;
}

static void
add_coverage(listing *l, const bn_face *face, const bn_buf *text, bool names)
{
    bn_coverage c = {0};

    bn_face_coverage(face, text->p, text->len, &c);
    bn_buf_addf(l->out, "\t%zu/%zu", c.have, c.all);
    if (names) {
        bn_buf_addc(l->out, '\t');
        if (c.missing.len)
            bn_buf_add(l->out, c.missing.p, c.missing.len);
    }
    bn_buf_free(&c.missing);
}

static void
list_face(listing *l, const bn_face *face, const bn_buf *jis,
          const bn_buf *text)
{
    bn_buf_addf(l->out, "%s\t%s\t%s", face->name, face->ps_name, face->path);
    add_coverage(l, face, jis, false);
    if (l->text)
        add_coverage(l, face, text, true);
    bn_buf_addc(l->out, '\n');
}

static bn_code
list_faces(listing *l, const bn_buf *jis, const bn_buf *text)
{
    for (size_t i = 0; i < bn_fonts_count(l->r->fonts); i++) {
        bn_err err = {0};
        const bn_face *face = bn_fonts_face(l->r->fonts, i, &err);

        if (face)
            list_face(l, face, jis, text);
        else
            bn_msgs_add(l->msgs, &err, BN_ERROR);
    }
    return BN_OK;
}

static bn_code
list_fonts(listing *l)
{
    bn_buf jis = {0}, text = {0};
    bn_code code = bn_run_fonts(l->r, l->msgs);

    if (code == BN_OK)
        code = read_jis(l, &jis);
    if (code == BN_OK)
        code = read_text(l, &text);
    if (code == BN_OK)
        code = list_faces(l, &jis, &text);
    bn_buf_free(&jis);
    bn_buf_free(&text);
    return code;
}

static const struct {
    const char *name;
    bn_code (*run)(listing *l);
} tables[] = {
    {"documents", list_documents},   {"rules", list_rules},
    {"editions", list_editions},     {"fonts", list_fonts},
    {"provisions", list_provisions},
};

bn_code
bn_list(bn_run *r, const char *what, const char *text, const char *lang,
        bn_buf *out, bn_msgs *msgs)
{
    listing l = {.r = r,
                 .english = strcmp(lang, "en") == 0,
                 .arena = bn_arena_new(),
                 .text = text,
                 .out = out,
                 .msgs = msgs};
    bn_code code = BN_EUSAGE;
    bn_err err;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (strcmp(tables[i].name, what) == 0)
            code = tables[i].run(&l);
    if (code == BN_EUSAGE) {
        bn_fail(&err, BN_EUSAGE, BN_NOWHERE, what);
        bn_say(msgs, &err);
    }
    bn_arena_free(l.arena);
    return code;
}
