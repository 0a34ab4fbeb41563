/* qr.c - a QR code as SVG (JIS X 0510): level M, quiet zone of four modules,
 * one path, so that it prints as one object. */
#include "transform/functions.h"

#include <errno.h>
#include <string.h>

#include <libxslt/variables.h>
#include <qrencode.h>

enum { QUIET = 4, QR_BYTES_MOST = 2331 /* version 40-M */ };

static const char svg_ns[] = "http://www.w3.org/2000/svg";

/* Runs of dark modules, one rectangle a run. */
static void
write_path(const QRcode *q, bn_buf *out)
{
    for (int y = 0; y < q->width; y++)
        for (int x = 0; x < q->width;) {
            const unsigned char *row = q->data + y * q->width;
            int n = 0;

            while (x + n < q->width && (row[x + n] & 1))
                n++;
            if (n > 0)
                bn_buf_addf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n,
                            n);
            x += n + 1;
        }
}

static xmlNodePtr
make_svg(xmlDocPtr doc, const QRcode *q, const char *size)
{
    xmlNodePtr svg = xmlNewDocNode(doc, NULL, BAD_CAST "svg", NULL);
    xmlNodePtr path;
    bn_buf b = {0};

    xmlSetNs(svg, xmlNewNs(svg, BAD_CAST svg_ns, NULL));
    bn_buf_addf(&b, "0 0 %d %d", q->width + 2 * QUIET, q->width + 2 * QUIET);
    xmlNewProp(svg, BAD_CAST "viewBox", BAD_CAST b.p);
    if (*size) {
        xmlNewProp(svg, BAD_CAST "width", BAD_CAST size);
        xmlNewProp(svg, BAD_CAST "height", BAD_CAST size);
    }
    bn_buf_clear(&b);
    write_path(q, &b);
    path = xmlNewChild(svg, svg->ns, BAD_CAST "path", NULL);
    xmlNewProp(path, BAD_CAST "fill", BAD_CAST "#000000");
    xmlNewProp(path, BAD_CAST "d", BAD_CAST b.p);
    bn_buf_free(&b);
    return svg;
}

xmlXPathObjectPtr
fn_qr(struct call *k)
{
    xsltTransformContextPtr x = k->r->xslt;
    const char *text = call_text(k, 0);
    QRcode *q;
    xmlDocPtr tree;
    xmlNodePtr svg;

    if (x == NULL)
        return call_fail(k, BN_EFORM, "XPath");
    if (*text == '\0')
        return call_fail(k, BN_ENOVALUE, "QR");
    q = strlen(text) > QR_BYTES_MOST
            ? NULL
            : QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (q == NULL)
        return call_fail(k, BN_ERANGE, text);
    tree = xsltCreateRVT(x);
    if (tree == NULL) {
        QRcode_free(q);
        return call_fail(k, BN_EINTERNAL, "xsltCreateRVT");
    }
    xsltRegisterLocalRVT(x, tree);
    svg = make_svg(tree, q, call_text(k, 1));
    xmlAddChild((xmlNodePtr)tree, svg);
    QRcode_free(q);
    return give_node(svg);
}
