#include "compare/compare.h"

#include <string.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "compare/internal.h"

/* Elements that are a provision, with the endings of the names of their title
 * and words (e-Gov law schema v3). */
static const struct level {
    const char *element, *title, *caption, *sentence;
} levels[] = {
    {"Part", "PartTitle", NULL, NULL},
    {"Chapter", "ChapterTitle", NULL, NULL},
    {"Section", "SectionTitle", NULL, NULL},
    {"Subsection", "SubsectionTitle", NULL, NULL},
    {"Division", "DivisionTitle", NULL, NULL},
    {"Article", "ArticleTitle", "ArticleCaption", NULL},
    {"Paragraph", "ParagraphNum", "ParagraphCaption", "ParagraphSentence"},
    {"EnactStatement", NULL, NULL, NULL},
    {"Class", "ClassTitle", NULL, "ClassSentence"},
    {"Item", "ItemTitle", NULL, "ItemSentence"},
    {"Subitem1", "Subitem1Title", NULL, "Subitem1Sentence"},
    {"Subitem2", "Subitem2Title", NULL, "Subitem2Sentence"},
    {"Subitem3", "Subitem3Title", NULL, "Subitem3Sentence"},
    {"Subitem4", "Subitem4Title", NULL, "Subitem4Sentence"},
    {"Subitem5", "Subitem5Title", NULL, "Subitem5Sentence"},
    {"Subitem6", "Subitem6Title", NULL, "Subitem6Sentence"},
    {"Subitem7", "Subitem7Title", NULL, "Subitem7Sentence"},
    {"Subitem8", "Subitem8Title", NULL, "Subitem8Sentence"},
    {"Subitem9", "Subitem9Title", NULL, "Subitem9Sentence"},
    {"Subitem10", "Subitem10Title", NULL, "Subitem10Sentence"},
    {"SupplProvision", "SupplProvisionLabel", NULL, NULL},
    {"AppdxTable", "AppdxTableTitle", NULL, NULL},
    {"AppdxNote", "AppdxNoteTitle", NULL, NULL},
    {"AppdxStyle", "AppdxStyleTitle", NULL, NULL},
    {"AppdxFormat", "AppdxFormatTitle", NULL, NULL},
    {"AppdxFig", "AppdxFigTitle", NULL, NULL},
    {"Appdx", "ArithFormulaNum", NULL, NULL},
    {"SupplProvisionAppdxTable", "SupplProvisionAppdxTableTitle", NULL, NULL},
    {"SupplProvisionAppdxStyle", "SupplProvisionAppdxStyleTitle", NULL, NULL},
    {"SupplProvisionAppdx", "ArithFormulaNum", NULL, NULL},
};

enum { LEVELS = sizeof levels / sizeof levels[0] };

typedef struct reader {
    bn_arena *a;
    BN_VEC(bn_provision) list;
} reader;

static const struct level *
find_level(const xmlNode *n)
{
    for (size_t i = 0; n->type == XML_ELEMENT_NODE && i < LEVELS; i++)
        if (strcmp((const char *)n->name, levels[i].element) == 0)
            return &levels[i];
    return NULL;
}

static const xmlNode *
child(const xmlNode *n, const char *name)
{
    if (name == NULL)
        return NULL;
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE &&
            strcmp((const char *)c->name, name) == 0)
            return c;
    return NULL;
}

/* The text of an element but for ruby readings. */
void
bn_add_text(const xmlNode *n, bn_buf *out)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_TEXT_NODE)
            bn_buf_adds(out, (const char *)c->content);
        else if (c->type == XML_ELEMENT_NODE &&
                 strcmp((const char *)c->name, "Rt") != 0)
            bn_add_text(c, out);
}

/* Copy without white space at the edges and with runs of it folded away: law
 * text has none of its own but U+3000. */
const char *
bn_tidy(bn_arena *a, bn_buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->len; i++)
        if (!strchr(" \t\r\n", b->p[i]))
            b->p[n++] = b->p[i];
        else if (n > 0 && (unsigned char)b->p[n - 1] < 0x80 && i + 1 < b->len &&
                 (unsigned char)b->p[i + 1] < 0x80 &&
                 !strchr(" \t\r\n", b->p[i + 1]))
            b->p[n++] = ' ';
    b->len = n;
    return b->p ? bn_arena_strndup(a, b->p, n) : "";
}

static const char *
text_of(bn_arena *a, const xmlNode *n)
{
    bn_buf b = {0};
    const char *text = "";

    if (n) {
        bn_add_text(n, &b);
        text = bn_tidy(a, &b);
    }
    bn_buf_free(&b);
    return text;
}

/* Full-width digits as half width, so that ７ and 7 are one address. */
const char *
bn_plain_digits(bn_arena *a, const char *s)
{
    const char *p = s, *end = s + strlen(s);
    bn_buf b = {0};
    const char *out;

    while (p < end) {
        const uint32_t c = bn_u8_next(&p, end);

        bn_buf_add_u8(&b, c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 + '0' : c);
    }
    out = b.p ? bn_arena_strdup(a, b.p) : "";
    bn_buf_free(&b);
    return out;
}

bool
bn_is_left_out(const char *text)
{
    static const char *const words[] = {"［略］", "[略]", "「略」", "（略）"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

static const char *
path_of(reader *r, int32_t parent, const char *title)
{
    const char *above = parent < 0 ? "" : r->list.v[parent].path;
    const char *own = bn_plain_digits(r->a, title);

    if (own[0] == '\0')
        return above;
    return above[0] ? bn_arena_printf(r->a, "%s/%s", above, own) : own;
}

/* What belongs to the words of a provision: tables, remarks, forms, what
 * amends other laws. Provisions in it are none of this law. */
static bool
is_inner(const xmlNode *n)
{
    static const char *const names[] = {
        "TableStruct",  "Remarks",    "StyleStruct",       "NoteStruct",
        "FormatStruct", "FigStruct",  "List",              "SupplNote",
        "ArithFormula", "AmendProvision", "RelatedArticleNum"};

    for (size_t i = 0; n->type == XML_ELEMENT_NODE &&
                       i < sizeof names / sizeof names[0];
         i++)
        if (strcmp((const char *)n->name, names[i]) == 0)
            return true;
    return false;
}

static const char *
own_words(bn_arena *a, const xmlNode *n, const struct level *level)
{
    const xmlNode *sentence = child(n, level->sentence);
    bn_buf words = {0};
    const char *out;

    if (sentence)
        bn_add_text(sentence, &words);
    if (level->title == NULL && sentence == NULL)
        bn_add_text(n, &words); /* 制定文 */
    for (const xmlNode *c = n->children; c; c = c->next)
        if (is_inner(c))
            bn_add_text(c, &words);
    out = words.p ? bn_tidy(a, &words) : "";
    bn_buf_free(&words);
    return out;
}

static int32_t
add_provision(reader *r, const xmlNode *n, const struct level *level,
              int32_t parent)
{
    bn_provision p = {
        .title = text_of(r->a, child(n, level->title)),
        .caption = text_of(r->a, child(n, level->caption)),
        .element = level->element,
        .parent = parent,
        .level = parent < 0 ? 0 : r->list.v[parent].level + 1,
        .place = bn_place_of(n),
        .node = n,
    };

    p.text = own_words(r->a, n, level);
    p.left_out = bn_is_left_out(p.text);
    p.path = path_of(r, parent, p.title);
    BN_PUSH(&r->list) = p;
    return (int32_t)r->list.n - 1;
}

/* An unnumbered paragraph is the words of what holds it. */
static bool
joins_parent(reader *r, const xmlNode *n, const struct level *level,
             int32_t parent)
{
    const char *title;

    if (parent < 0 || strcmp(level->element, "Paragraph") != 0)
        return false;
    title = text_of(r->a, child(n, level->title));
    return title[0] == '\0' && r->list.v[parent].text[0] == '\0' &&
           child(n, level->caption) == NULL;
}

static void
read_children(reader *r, const xmlNode *n, int32_t parent)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        const struct level *level = find_level(c);
        int32_t at = parent;

        if (c->type != XML_ELEMENT_NODE || is_inner(c))
            continue;
        if (level && joins_parent(r, c, level, parent)) {
            r->list.v[parent].text = own_words(r->a, c, level);
            r->list.v[parent].left_out = bn_is_left_out(r->list.v[parent].text);
            r->list.v[parent].joined = true;
        } else if (level) {
            at = add_provision(r, c, level, parent);
        }
        read_children(r, c, at);
    }
}

static void
read_attributes(bn_arena *a, const xmlNode *root, bn_provisions *out)
{
    static const char *const names[] = {"Era", "Year", "Num", "LawType",
                                        "Lang"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        xmlChar *value = xmlGetNoNsProp(root, (const xmlChar *)names[i]);

        out->attributes[i] =
            value ? bn_arena_strdup(a, (const char *)value) : "";
        xmlFree(value);
    }
}

bn_code
bn_provisions_read(bn_arena *a, bn_tree *law, bn_provisions *out, bn_msgs *msgs)
{
    xmlNode *root = xmlDocGetRootElement(law);
    const xmlNode *body = child(root, "LawBody");
    reader r = {.a = a};

    if (strcmp((const char *)root->name, "article") == 0) {
        bn_provisions_of_article(a, root, out);
        return BN_OK;
    }

    if (strcmp((const char *)root->name, "Law") != 0 || body == NULL) {
        bn_warn(msgs, BN_ENOTLAW, bn_at(bn_place_of(root)),
                (const char *)root->name);
        return BN_ENOTLAW;
    }
    read_children(&r, body, -1);
    read_attributes(a, root, out);
    out->title = text_of(a, child(body, "LawTitle"));
    out->number = text_of(a, child(root, "LawNum"));
    out->v = bn_arena_copy(a, r.list.v, r.list.n * sizeof *r.list.v);
    out->n = r.list.n;
    BN_VEC_FREE(&r.list);
    return BN_OK;
}
