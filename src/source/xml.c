#include "source/source.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include "base/utf8.h"
#include "source/internal.h"

/* What the callbacks of one parse need. */
typedef struct parse {
    const bn_source *source;
    const char *name;
    const bn_buf *bytes;
    bn_msgs *msgs;
    bn_code code;
    bool refused; /* a DTD: libxml2 may still call the result well-formed */
    bool doctype; /* a declaration of the document type is read over */
    unsigned entities;
    /* streaming: */
    const bn_xml_events *events;
    uint32_t file, ordinal;
    unsigned kept; /* depth in a subtree that is kept, from 1 */
    xmlNode *kept_node;
} parse;

static bn_loc
here(const parse *p, xmlParserCtxtPtr ctxt)
{
    const long offset = ctxt ? xmlByteConsumed(ctxt) : -1;
    bn_loc loc = {.file = p->name};

    if (offset >= 0)
        bn_text_position(p->bytes->p, p->bytes->len, (size_t)offset, &loc.line,
                         &loc.column);
    return loc;
}

static void
report(parse *p, bn_code code, bn_loc loc, const char *text)
{
    bn_err err;

    if (p->code == BN_OK)
        p->code = code;
    bn_source_show(p->source, &loc);
    bn_fail(&err, code, loc, text);
    bn_msgs_add(p->msgs, &err, BN_ERROR);
}

static void
on_error(void *user, xmlErrorPtr e)
{
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;
    char text[BN_ARG_BYTES];
    size_t n;

    if (e->level == XML_ERR_WARNING || p->refused)
        return;
    /* Only libxml2's own sentence: never the lines around it. */
    n = strcspn(e->message ? e->message : "", "\n");
    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, e->message, n);
    text[n] = '\0';
    report(p, BN_EXML, here(p, ctxt), text);
}

/* Any document type declaration ends the parse (ROBUSTNESS 4a 1-5). */
static void
on_dtd(void *user, const xmlChar *name, const xmlChar *public_id,
       const xmlChar *system_id)
{
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;

    (void)name;
    (void)public_id;
    (void)system_id;
    if (!p->refused)
        report(p, BN_EDTD, here(p, ctxt), "");
    p->refused = true;
    xmlStopParser(ctxt);
}

/*
 * BN_XML_DOCTYPE: what programs that draw write above an SVG picture. The
 * identifiers are read over, and words for namespaces may stand in entities
 * (Illustrator); an entity that reaches outside, holds markup or another
 * entity ends the parse as any declaration does elsewhere.
 */
static void
on_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id,
          const xmlChar *system_id, xmlChar *content)
{
    enum { MOST = 100, LONGEST = 200 };
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;
    const char *text = content ? (const char *)content : "";

    if (type != XML_INTERNAL_GENERAL_ENTITY || ++p->entities > MOST ||
        strlen(text) > LONGEST || strpbrk(text, "&%<") != NULL)
        on_dtd(user, name, public_id, system_id);
    else
        xmlSAX2EntityDecl(user, name, type, public_id, system_id, content);
}

static void
set_doctype(xmlParserCtxtPtr ctxt, const parse *p)
{
    ctxt->sax->internalSubset = on_dtd;
    ctxt->sax->externalSubset = on_dtd;
    if (!p->doctype)
        return;
    ctxt->sax->internalSubset = xmlSAX2InternalSubset;
    ctxt->sax->externalSubset = NULL;
    ctxt->sax->entityDecl = on_entity;
    ctxt->sax->attributeDecl = NULL;
    ctxt->sax->elementDecl = NULL;
}

/* Next node in document order below top. */
static xmlNode *
next_node(xmlNode *node, const xmlNode *top)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != top && node->next == NULL)
        node = node->parent;
    return node == top ? NULL : node->next;
}

static void
stamp(xmlDoc *doc, uint32_t file)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    uint32_t ordinal = 0;

    for (xmlNode *n = root; n; n = next_node(n, root))
        if (n->type == XML_ELEMENT_NODE) {
            const bn_place place = (bn_place)file << 32 | ++ordinal;

            n->_private = (void *)(uintptr_t)place;
        }
}

bn_place
bn_place_of(const bn_node *node)
{
    while (node && node->type != XML_ELEMENT_NODE &&
           node->type != XML_DOCUMENT_NODE)
        node = node->parent;
    if (node && node->type == XML_DOCUMENT_NODE)
        node = xmlDocGetRootElement((xmlDoc *)node);
    return node ? (bn_place)(uintptr_t)node->_private : 0;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A character after which, and before which, a line end in the source means
 * nothing: everything from CJK punctuation on. */
static bool
is_wide(uint32_t c)
{
    return c != BN_U8_BAD && c >= 0x2E80;
}

static uint32_t
last_character(const char *start, const char *end)
{
    const char *p = end;

    if (p == start)
        return BN_U8_BAD;
    do
        p--;
    while (p > start && ((unsigned char)*p & 0xC0) == 0x80);
    return bn_u8_next(&p, end);
}

/*
 * Fold white space in place: ends trimmed (only where the text begins or ends
 * its element), runs to one space, a line break between two Japanese
 * characters to nothing.
 */
static void
fold(char *s, bool trim_start, bool trim_end)
{
    char *out = s;
    const char *p = s, *end = s + strlen(s);

    while (p < end) {
        bool line = false;
        const char *next = p;

        if (!is_blank(*p)) {
            *out++ = *p++;
            continue;
        }
        while (next < end && is_blank(*next))
            line |= *next++ == '\n';
        p = next;
        if ((out == s && trim_start) || (next == end && trim_end))
            continue;
        if (line && next < end && is_wide(last_character(s, out)) &&
            is_wide(bn_u8_next(&next, end)))
            continue;
        *out++ = ' ';
    }
    *out = '\0';
}

static bool
all_blank(const char *s)
{
    while (is_blank(*s))
        s++;
    return *s == '\0';
}

/* Comments are for people, instructions for other programs; what a revision
 * left open is ours, and rules look at it (R127). */
static bool
is_mark(const xmlNode *n)
{
    return n && n->type == XML_PI_NODE &&
           strcmp((const char *)n->name, "bunsho-decide") == 0;
}

/* Does the text begin its element? Marks say nothing. */
static bool
is_first(const xmlNode *n)
{
    const xmlNode *before = n->prev;

    while (is_mark(before))
        before = before->prev;
    return before == NULL;
}

/* Data carries no white space of its own (DESIGN 1: cleaned once). */
static void
clean(xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlNode *next;

    for (xmlNode *n = root; n; n = next) {
        next = next_node(n, root);
        if (n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE) {
            if (n != root && !is_mark(n)) {
                xmlUnlinkNode(n);
                xmlFreeNode(n);
            }
            continue;
        }
        if (n->type != XML_TEXT_NODE || n->content == NULL)
            continue;
        if (all_blank((const char *)n->content) && (n->prev || n->next)) {
            xmlUnlinkNode(n);
            xmlFreeNode(n);
            continue;
        }
        {
            char *copy = bn_strdup((const char *)n->content);

            fold(copy, is_first(n), n->next == NULL);
            xmlNodeSetContent(n, NULL);
            xmlNodeAddContent(n, BAD_CAST copy);
            free(copy);
        }
    }
}

/* The first direction control of a text (U+061C, 200E-F, 202A-E, 2066-9),
 * 0: none. Japanese papers need none, and with one a name reads as another. */
static uint32_t
find_direction_control(const char *s)
{
    const char *end = s + strlen(s);

    while (s < end) {
        const unsigned char lead = (unsigned char)*s;
        uint32_t c;

        if (lead != 0xE2 && lead != 0xD8) {
            s++;
            continue;
        }
        c = bn_u8_next(&s, end);
        if (c == 0x061C || c == 0x200E || c == 0x200F ||
            (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
            return c;
    }
    return 0;
}

static void
refuse_direction(parse *p, const xmlNode *at, const xmlChar *text)
{
    const uint32_t c = text ? find_direction_control((const char *)text) : 0;
    const bn_place place = bn_place_of(at);
    char hex[16];

    if (c == 0)
        return;
    snprintf(hex, sizeof hex, "U+%04X", (unsigned)c);
    report(p, BN_ECHARACTER, bn_at(place), hex);
}

/* Data in which a reader would not see what is written. */
static void
check_direction(parse *p, xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);

    for (xmlNode *n = root; n; n = next_node(n, root)) {
        if (n->type == XML_TEXT_NODE)
            refuse_direction(p, n, n->content);
        else if (n->type == XML_ELEMENT_NODE)
            for (xmlAttr *a = n->properties; a; a = a->next)
                if (a->children)
                    refuse_direction(p, n, a->children->content);
    }
}

/* ------------------------------------------------------------- streaming */

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix,
         const xmlChar *uri, int nnamespaces, const xmlChar **namespaces,
         int nattributes, int ndefaulted, const xmlChar **attributes)
{
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;
    bool keep;

    xmlSAX2StartElementNs(user, name, prefix, uri, nnamespaces, namespaces,
                          nattributes, ndefaulted, attributes);
    if (ctxt->node == NULL || ctxt->disableSAX)
        return;
    ctxt->node->_private =
        (void *)(uintptr_t)((bn_place)p->file << 32 | ++p->ordinal);
    keep = p->events->start(p->events->user, ctxt->node);
    if (p->kept == 0 && keep)
        p->kept_node = ctxt->node;
    if (p->kept || keep)
        p->kept++;
}

static void
on_text(void *user, const xmlChar *s, int n)
{
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;

    if (p->kept)
        xmlSAX2Characters(user, s, n);
    p->events->text(p->events->user, (const char *)s, (size_t)n);
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix,
       const xmlChar *uri)
{
    xmlParserCtxtPtr ctxt = user;
    parse *p = ctxt->_private;
    xmlNode *node = ctxt->node;
    xmlNode *root = xmlDocGetRootElement(ctxt->myDoc);

    xmlSAX2EndElementNs(user, name, prefix, uri);
    if (node == NULL || ctxt->disableSAX)
        return;
    p->events->end(p->events->user);
    if (node == root || (p->kept && --p->kept > 0))
        return;
    if (p->kept_node == node) { /* its namespaces were declared above it */
        xmlUnlinkNode(node);
        xmlAddChild(root, node);
        xmlReconciliateNs(ctxt->myDoc, node);
        p->kept_node = NULL;
        return;
    }
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void
set_events(xmlParserCtxtPtr ctxt, const parse *p)
{
    if (p->events == NULL)
        return;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    ctxt->sax->characters = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->sax->comment = NULL;
    ctxt->sax->processingInstruction = NULL;
}

/* What begins at s and is no element: where it ends; NULL: it is one. */
static const char *
end_of_other(const char *s)
{
    static const struct {
        const char *open, *close;
    } rows[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strncmp(s, rows[i].open, strlen(rows[i].open)) == 0) {
            const char *end = strstr(s, rows[i].close);

            return end ? end : s + strlen(s);
        }
    return NULL;
}

/* The start tag with more attributes than any has that is meant well, or NULL:
 * libxml2 compares each of them with each other. */
static const char *
crowded_tag(const char *s)
{
    enum { MOST = 5000 };

    while ((s = strchr(s, '<')) != NULL) {
        const char *tag = s, *other = end_of_other(s);
        unsigned n = 0;

        if (other != NULL) {
            s = other;
            continue;
        }
        for (s++; *s && *s != '>' && *s != '<'; s++)
            if (*s == '"' || *s == '\'') {
                const char *end = strchr(s + 1, *s);

                if (end == NULL)
                    return NULL; /* libxml2 says where */
                s = end;
                if (++n > MOST)
                    return tag;
            }
    }
    return NULL;
}

static bool
refuse_crowd(parse *p)
{
    const char *tag = p->bytes->p ? crowded_tag(p->bytes->p) : NULL;
    bn_loc loc = {.file = p->name};

    if (tag == NULL)
        return false;
    bn_text_position(p->bytes->p, p->bytes->len, (size_t)(tag - p->bytes->p),
                     &loc.line, &loc.column);
    report(p, BN_EXML, loc, "more than 5000 attributes");
    return true;
}

static xmlDoc *
parse_bytes(parse *p)
{
    xmlParserCtxtPtr ctxt;
    xmlDoc *doc;

    if (p->bytes->len > INT_MAX) {
        report(p, BN_ETOOBIG, (bn_loc){.file = p->name}, p->name);
        return NULL;
    }
    if (refuse_crowd(p))
        return NULL;
    ctxt = xmlNewParserCtxt();
    if (ctxt == NULL) {
        report(p, BN_EINTERNAL, BN_NOWHERE, "xmlNewParserCtxt");
        return NULL;
    }
    ctxt->_private = p;
    set_doctype(ctxt, p);
    ctxt->sax->serror = on_error;
    ctxt->sax->initialized = XML_SAX2_MAGIC;
    set_events(ctxt, p);
    doc = xmlCtxtReadMemory(ctxt, p->bytes->p, (int)p->bytes->len, p->name,
                            "UTF-8",
                            XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                (p->doctype ? XML_PARSE_NOENT : 0));
    if (doc && (p->refused || !ctxt->wellFormed || p->code != BN_OK ||
                xmlDocGetRootElement(doc) == NULL)) {
        xmlFreeDoc(doc);
        doc = NULL;
    }
    if (doc == NULL && p->code == BN_OK)
        report(p, BN_EXML, (bn_loc){.file = p->name, .line = 1, .column = 1},
               "empty document");
    xmlFreeParserCtxt(ctxt);
    return doc;
}

/* Entities of the outside never reach any parser of this process. */
xmlParserInputPtr
bn_refuse_entity(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url;
    (void)id;
    (void)ctxt;
    return NULL;
}

static bn_code
finish(bn_source *s, const char *name, bn_buf *bytes, bool keep, unsigned flags,
       const bn_xml_events *events, bn_tree **out, bn_msgs *msgs)
{
    parse p = {.source = s,
               .name = name,
               .bytes = bytes,
               .msgs = msgs,
               .events = events};
    const char *kept_name;
    uint32_t number;
    xmlDoc *doc;
    bn_err err;

    number =
        bn_source_note(s, name, bytes->p ? bytes->p : "", bytes->len, keep);
    kept_name = bn_source_file(s, number);
    p.name = kept_name;
    p.file = number;
    p.doctype = (flags & BN_XML_DOCTYPE) != 0;
    if (bn_xml_decode(kept_name, bytes, &err) != BN_OK) {
        bn_source_show(s, &err.loc);
        bn_msgs_add(msgs, &err, BN_ERROR);
        return err.code;
    }
    xmlSetExternalEntityLoader(bn_refuse_entity);
    doc = parse_bytes(&p);
    if (doc == NULL)
        return p.code;
    if (events == NULL)
        stamp(doc, number);
    if (flags & BN_XML_CLEAN) {
        check_direction(&p, doc);
        clean(doc);
    }
    if (p.code != BN_OK) {
        xmlFreeDoc(doc);
        return p.code;
    }
    if (flags & BN_XML_DEFAULTS)
        bn_set_defaults(doc);
    *out = doc;
    return BN_OK;
}

bn_code
bn_xml_parse(bn_source *s, const char *name, const char *bytes, size_t nbytes,
             unsigned flags, bn_tree **out, bn_msgs *msgs)
{
    bn_buf copy = {0};
    bn_code code;

    bn_buf_add(&copy, bytes, nbytes);
    code = finish(s, name, &copy, true, flags, NULL, out, msgs);
    bn_buf_free(&copy);
    return code;
}

static bn_code
read_file_in(bn_source *s, const char *path, unsigned flags,
             const bn_xml_events *events, bn_tree **out, bn_msgs *msgs)
{
    bn_buf bytes = {0};
    bn_err err;
    bn_code code = bn_source_read(s, path, 0, &bytes, &err);

    if (code != BN_OK)
        bn_msgs_add(msgs, &err, BN_ERROR);
    else
        code = finish(s, path, &bytes, false, flags, events, out, msgs);
    bn_buf_free(&bytes);
    return code;
}

bn_code
bn_xml_load(bn_source *s, const char *path, unsigned flags, bn_tree **out,
            bn_msgs *msgs)
{
    return read_file_in(s, path, flags, NULL, out, msgs);
}

bn_code
bn_xml_stream(bn_source *s, const char *path, const bn_xml_events *ev,
              bn_tree **out, bn_msgs *msgs)
{
    return read_file_in(s, path, BN_XML_PLAIN, ev, out, msgs);
}

void
bn_tree_free(bn_tree *t)
{
    if (t)
        xmlFreeDoc(t);
}
