/* svg_image.c - pictures of pixels that stand in an SVG picture itself. */
#include "image/svg.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

static int
digit_of(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static void
decode_base64(const char *s, bn_buf *out)
{
    uint32_t bits = 0;
    int have = 0;

    for (; *s != '\0' && *s != '='; s++) {
        const int digit = digit_of(*s);

        if (digit < 0) /* line ends and blanks */
            continue;
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have >= 8) {
            have -= 8;
            bn_buf_addc(out, (char)(bits >> have & 0xFF));
        }
    }
}

/* The picture of a data: address; NULL: none that we know. */
static const bn_image *
data_picture(svg *v, const char *href)
{
    const char *comma = strchr(href, ',');
    bn_image *image = BN_NEW(v->a, bn_image);
    bn_image_reason why = BN_IMG_KIND;
    bn_buf bytes = {0};

    if (comma == NULL || comma - href < 7 ||
        strncasecmp(comma - 7, ";base64", 7) != 0)
        return NULL;
    decode_base64(comma + 1, &bytes);
    if (bytes.len >= 8 && memcmp(bytes.p, "\x89PNG\r\n\x1A\n", 8) == 0)
        why = bn_png_decode(v->a, (const uint8_t *)bytes.p, bytes.len, image);
    else if (bytes.len >= 3 && memcmp(bytes.p, "\xFF\xD8\xFF", 3) == 0)
        why = bn_jpeg_check(v->a, (const uint8_t *)bytes.p, bytes.len, image);
    bn_buf_free(&bytes);
    image->url = "data:";
    return why == BN_IMG_OK ? image : NULL;
}

void
svg_image(svg *v, const xmlNode *n, const svg_style *s, svg_matrix m)
{
    const double em = s->font_size;
    const char *href = svg_href(n), *how = svg_attr(n, "preserveAspectRatio");
    const bn_image *image;
    svg_rect box, port;
    bool slice;

    if (href == NULL || s->hidden)
        return;
    image = data_picture(v, href);
    if (image == NULL) {
        svg_warn(v, "image");
        return;
    }
    box = image->orientation >= 5
              ? (svg_rect){0, 0, image->rows, image->columns}
              : (svg_rect){0, 0, image->columns, image->rows};
    port.width = svg_attr_length(v, n, "width", v->view.width, em, -1);
    port.height = svg_attr_length(v, n, "height", v->view.height, em, -1);
    if (port.width < 0)
        port.width =
            port.height < 0 ? box.width : port.height * box.width / box.height;
    if (port.height < 0)
        port.height = port.width * box.height / box.width;
    if (port.width <= 0 || port.height <= 0)
        return;
    m = svg_moved(m, svg_attr_length(v, n, "x", v->view.width, em, 0),
                  svg_attr_length(v, n, "y", v->view.height, em, 0));
    slice = how != NULL && strstr(how, "slice") != NULL;
    if (slice)
        svg_clip_rect(v, (svg_rect){0, 0, port.width, port.height}, m);
    m = svg_multiply(m, svg_fit(how, box, port.width, port.height));
    svg_push(v, BN_DRAW_IMAGE, svg_scaled(m, box.width, box.height))->image =
        image;
    if (slice)
        svg_push(v, BN_DRAW_CLIP_POP, SVG_IDENTITY);
}
