/* pdf_names.c - named destinations: the places that fox:destination tells to
 * the outside (ISO 32000-1 12.3.2.3, name trees 7.9.6). */
#include "pdf/pdf_doc.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_A_NODE = 500 };

static int
by_bytes(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

/* The names that lead somewhere, each once, in the order of their bytes. */
static size_t
sorted_names(const bn_pdf *pdf, const char **out)
{
    const bn_doc_info *doc = pdf->doc;
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < doc->ndestinations; i++)
        if (bn_map_finds(pdf->targets, doc->destinations[i]) != NULL)
            out[n++] = doc->destinations[i];
    if (n > 1)
        qsort(out, n, sizeof *out, by_bytes);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(out[kept - 1], out[i]) != 0)
            out[kept++] = out[i];
    return kept;
}

static bn_oid
add_node(bn_pdf *pdf, const char *const *names, size_t n)
{
    const bn_oid id = bn_object_new(pdf->objects);
    bn_buf b = {0};

    bn_buf_adds(&b, "/Limits[");
    bn_put_string(&b, names[0]);
    bn_put_string(&b, names[n - 1]);
    bn_buf_adds(&b, "]/Names[");
    for (size_t i = 0; i < n; i++) {
        const bn_pdf_target *t = bn_map_finds(pdf->targets, names[i])->p;

        bn_put_string(&b, names[i]);
        bn_buf_addf(&b, "[%u 0 R/XYZ ", t->page);
        bn_put_len(&b, t->x);
        bn_buf_addc(&b, ' ');
        bn_put_len(&b, t->y);
        bn_buf_adds(&b, " null]");
    }
    bn_buf_addc(&b, ']');
    bn_object_add(pdf->objects, id, b.p, b.len);
    bn_buf_free(&b);
    return id;
}

void
bn_pdf_names(bn_pdf *pdf)
{
    const char **names;
    size_t n;
    bn_oid root;
    bn_buf kids = {0};

    if (pdf->doc == NULL || pdf->doc->ndestinations == 0)
        return;
    names = BN_NEWS(pdf->arena, const char *, pdf->doc->ndestinations);
    n = sorted_names(pdf, names);
    if (n == 0)
        return;
    for (size_t at = 0; at < n; at += NAMES_A_NODE)
        bn_buf_addf(&kids, "%u 0 R ",
                    add_node(pdf, names + at,
                             n - at < NAMES_A_NODE ? n - at : NAMES_A_NODE));
    root = bn_object_new(pdf->objects);
    bn_object_add(pdf->objects, root, "/Kids[", 6);
    bn_object_add(pdf->objects, root, kids.p, kids.len);
    bn_object_add(pdf->objects, root, "]", 1);
    bn_object_addf(pdf->objects, bn_object_catalog(pdf->objects),
                   "/Names<</Dests %u 0 R>>", root);
    bn_buf_free(&kids);
}
