/* write.c - trees as text: XML, and content as a web page. */
#include "content/content.h"

#include <libxml/tree.h>
#include <libxml/xmlsave.h>
#include <string.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

static bn_code
serialise(const bn_tree *t, int options, bn_buf *out, bn_err *err)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlSaveCtxt *save =
        buffer ? xmlSaveToBuffer(buffer, "UTF-8", options) : NULL;
    bool good = save && xmlSaveDoc(save, (xmlDoc *)t) >= 0;

    good &= save && xmlSaveClose(save) >= 0;
    if (good)
        bn_buf_add(out, xmlBufferContent(buffer), xmlBufferLength(buffer));
    if (buffer)
        xmlBufferFree(buffer);
    return good ? BN_OK : bn_fail(err, BN_EINTERNAL, BN_NOWHERE, "xmlSaveDoc");
}

bn_code
bn_tree_write(const bn_tree *t, bn_buf *out, bn_err *err)
{
    return serialise(t, XML_SAVE_AS_XML, out, err);
}

bn_code
bn_tree_write_lines(const bn_tree *t, bn_buf *out, bn_err *err)
{
    return serialise(t, XML_SAVE_AS_XML | XML_SAVE_FORMAT, out, err);
}

static void
add_places(const xmlNode *node, bn_place **at)
{
    *(*at)++ = bn_place_of(node);
    for (const xmlNode *n = first_element(node, NULL); n;
         n = next_element(n, NULL))
        add_places(n, at);
}

static size_t
count_elements(const xmlNode *node)
{
    size_t count = 1;

    for (const xmlNode *n = first_element(node, NULL); n;
         n = next_element(n, NULL))
        count += count_elements(n);
    return count;
}

const bn_place *
bn_tree_places(const bn_tree *t, bn_arena *a, size_t *n)
{
    const xmlNode *root = xmlDocGetRootElement(t);
    bn_place *places, *at;

    *n = count_elements(root);
    places = at = BN_NEWS(a, bn_place, *n);
    add_places(root, &at);
    return places;
}

/* screen.css of the share folder as a style element, so that the page stands
 * alone; none when it is missing. */
static void
add_style(const bn_content_job *job, xmlNode *head)
{
    const char *path = bn_overlay(job->arena, job->share, job->house,
                                  "stylesheets", "screen.css");
    bn_buf css = {0};
    bn_err err;

    if (path && bn_source_read(job->source, path, 0, &css, &err) == BN_OK &&
        css.len)
        xmlNewTextChild(head, NULL, TEXT("style"), TEXT(css.p));
    bn_buf_free(&css);
}

bn_code
bn_content_page(const bn_content_job *job, const bn_tree *content, bn_buf *out,
                bn_err *err)
{
    const xmlNode *article = xmlDocGetRootElement(content);
    const char *title = attribute(job->arena, article, "data-title");
    xmlDoc *doc = xmlNewDoc(TEXT("1.0"));
    xmlNode *html = xmlNewDocNode(doc, NULL, TEXT("html"), NULL);
    xmlNs *ns = xmlNewNs(html, TEXT(XHTML), NULL);
    xmlNode *head, *body;
    bn_code code;

    xmlDocSetRootElement(doc, html);
    xmlSetNs(html, ns);
    xmlNewProp(html, TEXT("lang"), TEXT("ja"));
    head = xmlNewChild(html, ns, TEXT("head"), NULL); /* libxml2 adds meta */
    xmlNewTextChild(head, ns, TEXT("title"), TEXT(title ? title : ""));
    add_style(job, head);
    body = xmlNewChild(html, ns, TEXT("body"), NULL);
    graft(body, article);
    bn_buf_adds(out, "<!DOCTYPE html>\n");
    code = serialise(doc, XML_SAVE_XHTML | XML_SAVE_NO_DECL, out, err);
    xmlFreeDoc(doc);
    return code;
}
