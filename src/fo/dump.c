/* The tree as XML with its resolved properties: --dump=fo. */
#include "base/buf.h"
#include "fo/tree.h"

#include <string.h>

/* n/scale as a decimal without trailing zeros. */
static void
decimal(bn_buf *out, int64_t n, int64_t scale)
{
    bn_buf_addf(out, "%s%lld", n < 0 ? "-" : "",
                (long long)((n < 0 ? -n : n) / scale));
    n = (n < 0 ? -n : n) % scale;
    if (n)
        bn_buf_addc(out, '.');
    for (scale /= 10; n; n %= scale, scale /= 10) {
        bn_buf_addc(out, (char)('0' + n / scale));
        if (scale == 1)
            break;
    }
}

static void
write_length(bn_buf *out, const bn_value *v)
{
    if (v->percent) {
        decimal(out, v->percent, 10000);
        bn_buf_addc(out, '%');
        if (v->len == 0)
            return;
        bn_buf_adds(out, v->len < 0 ? " - " : " + ");
        decimal(out, v->len < 0 ? -(int64_t)v->len : v->len, 1000);
    } else {
        decimal(out, v->len, 1000);
    }
    bn_buf_adds(out, "pt");
}

void
bn_value_write(bn_buf *out, const bn_value *v)
{
    switch (v->kind) {
    case BN_V_KEYWORD:
        bn_buf_adds(out, bn_keyword_name(v->keyword));
        break;
    case BN_V_LENGTH:
        write_length(out, v);
        break;
    case BN_V_NUMBER:
        decimal(out, v->number, 1000000);
        break;
    case BN_V_COLUMN:
        bn_buf_adds(out, "proportional-column-width(");
        decimal(out, v->number, 1000000);
        bn_buf_addc(out, ')');
        if (v->percent != 0) {
            bn_buf_adds(out, " + ");
            decimal(out, v->percent, 1000);
            bn_buf_adds(out, "pt");
        }
        break;
    case BN_V_STRING:
        bn_buf_add_xml(out, v->string, strlen(v->string));
        break;
    case BN_V_COLOR:
        if (v->color >> 24 == 0)
            bn_buf_adds(out, "transparent");
        else if (v->color >> 24 == 255)
            bn_buf_addf(out, "#%06x", (unsigned)(v->color & 0xFFFFFF));
        else
            bn_buf_addf(out, "#%06x%02x", (unsigned)(v->color & 0xFFFFFF),
                        (unsigned)(v->color >> 24));
        break;
    default:
        break;
    }
}

static const char *
prefix_of(const bn_fo *fo)
{
    switch (bn_fo_row(fo->type)->ns) {
    case NS_AXF:
        return "axf:";
    case NS_FOX:
        return "fox:";
    default:
        return "fo:";
    }
}

/* Only what was specified: the rest follows from inheritance. */
static void
write_properties(bn_buf *out, const bn_fo *fo)
{
    for (int p = 0; p < BN_PROPS; p++) {
        if (!bn_fo_specified(fo, (bn_prop)p))
            continue;
        bn_buf_addf(out, " %s=\"", bn_prop_name((bn_prop)p));
        bn_value_write(out, bn_fo_get(fo, (bn_prop)p));
        bn_buf_addc(out, '"');
    }
}

static void
indent(bn_buf *out, int depth)
{
    for (int i = 0; i < depth; i++)
        bn_buf_addc(out, ' ');
}

/* Text is shown as an element: white space between elements means nothing. */
static void
open_object(bn_buf *out, const bn_fo *fo, int depth)
{
    indent(out, depth);
    if (fo->type == BN_FO_TEXT) {
        bn_buf_adds(out, "<text>");
        bn_buf_add_xml(out, fo->text, fo->nbytes);
        bn_buf_adds(out, "</text>\n");
        return;
    }
    bn_buf_addf(out, "<%s%s", prefix_of(fo), bn_fo_name(fo->type));
    if (depth == 0)
        bn_buf_adds(
            out,
            " xmlns:fo=\"http://www.w3.org/1999/XSL/Format\""
            " xmlns:axf=\"http://www.antennahouse.com/names/XSL/Extensions\""
            " xmlns:fox=\"http://xmlgraphics.apache.org/fop/extensions\"");
    write_properties(out, fo);
    bn_buf_adds(out, fo->first ? ">\n" : "/>\n");
}

static void
close_object(bn_buf *out, const bn_fo *fo, int depth)
{
    indent(out, depth);
    bn_buf_addf(out, "</%s%s>\n", prefix_of(fo), bn_fo_name(fo->type));
}

void
bn_fo_dump(const bn_fo_tree *t, bn_buf *out)
{
    const bn_fo *fo = t->root;
    int depth = 0;

    bn_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    while (fo) {
        open_object(out, fo, depth);
        if (fo->first) {
            fo = fo->first;
            depth++;
            continue;
        }
        while (fo != t->root && fo->next == NULL) {
            fo = fo->parent;
            close_object(out, fo, --depth);
        }
        if (fo == t->root)
            break;
        fo = fo->next;
    }
}
