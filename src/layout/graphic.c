/* graphic.c - external-graphic and instream-foreign-object: the viewport and
 * the picture in it (XSL 1.1 6.6.5, 7.15). */
#include "layout/inline.h"

typedef struct size {
    bn_len w, h;
} size;

static const bn_image *
picture_of(bn_ctx *c, const bn_fo *fo)
{
    const bn_image *image = NULL;
    bn_arena *a = c->lines;

    if (fo->type == BN_FO_EXTERNAL_GRAPHIC) {
        const char *src = bn_fo_string(fo, BN_P_SRC);

        return src && *src ? bn_picture(c, fo, src) : NULL;
    }
    if (fo->foreign == NULL)
        return NULL;
    (void)bn_image_from_svg(a, c->o->fonts, fo->foreign, &image, c->msgs,
                            bn_at(fo->place));
    return image;
}

/* content-width or -height: a length, a percentage of the natural size, or
 * the viewport's when it is to fit. -1: to follow from the other. */
static bn_len
content_length(const bn_fo *fo, bn_prop p, bn_len natural, bn_len viewport)
{
    const bn_value *v = bn_fo_get(fo, p);

    if (v->kind == BN_V_LENGTH)
        return bn_fo_len(fo, p, natural);
    if (viewport < 0)
        return -1;
    switch ((int)v->keyword) {
    case BN_K_SCALE_TO_FIT:
        return viewport;
    case BN_K_SCALE_DOWN_TO_FIT:
        return natural > viewport ? viewport : natural;
    case BN_K_SCALE_UP_TO_FIT:
        return natural < viewport ? viewport : natural;
    default:
        return -1;
    }
}

/* Is the length set to be fitted, so that the smaller scale must win? */
static bool
fits(const bn_fo *fo, bn_prop p)
{
    const bn_keyword k = bn_fo_keyword(fo, p);

    return k == BN_K_SCALE_TO_FIT || k == BN_K_SCALE_DOWN_TO_FIT ||
           k == BN_K_SCALE_UP_TO_FIT;
}

static size
content_size(const bn_fo *fo, size natural, size view)
{
    const bool uniform = !bn_fo_is(fo, BN_P_SCALING, BN_K_NON_UNIFORM);
    size s;

    s.w = content_length(fo, BN_P_CONTENT_WIDTH, natural.w, view.w);
    s.h = content_length(fo, BN_P_CONTENT_HEIGHT, natural.h, view.h);
    if (s.w < 0 && s.h < 0)
        return natural;
    if (s.w < 0)
        s.w = uniform && natural.h > 0 ? bn_len_scale(s.h, natural.w, natural.h)
                                       : natural.w;
    else if (s.h < 0)
        s.h = uniform && natural.w > 0 ? bn_len_scale(s.w, natural.h, natural.w)
                                       : natural.h;
    else if (uniform && natural.w > 0 && natural.h > 0) {
        /* Both given: the smaller scale keeps the picture inside. */
        const bn_len h = bn_len_scale(s.w, natural.h, natural.w);

        if (h > s.h)
            s.w = bn_len_scale(s.h, natural.w, natural.h);
        else
            s.h = h;
    }
    return s;
}

static bn_len
fixed_length(const bn_fo *fo, bn_prop p, bn_len base)
{
    const bn_value *v = bn_fo_get(fo, p);

    return v->kind == BN_V_LENGTH ? bn_fo_len(fo, p, base) : -1;
}

static bn_len
limited(const bn_fo *fo, bn_prop min, bn_prop max, bn_len base, bn_len value)
{
    const bn_len most = fixed_length(fo, max, base);
    const bn_len least = fixed_length(fo, min, base);

    if (most > 0 && value > most)
        value = most;
    return value < least ? least : value;
}

static bn_len
place_in(bn_keyword align, bn_len room, bn_len used)
{
    switch ((int)align) {
    case BN_K_CENTER:
        return (room - used) / 2;
    case BN_K_AFTER:
    case BN_K_END:
    case BN_K_RIGHT:
        return room - used;
    default:
        return 0;
    }
}

void
bn_graphic_leaf(bn_ctx *c, const bn_fo *fo, bn_len width, bn_leaf *leaf)
{
    const bn_image *image = picture_of(c, fo);
    size natural = {0, 0}, view, content;

    if (image) {
        natural.w = image->width;
        natural.h = image->height;
    }
    view.w = fixed_length(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, width);
    view.h = fixed_length(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, 0);
    if (view.w < 0 && fits(fo, BN_P_CONTENT_WIDTH))
        view.w =
            fixed_length(fo, BN_P_INLINE_PROGRESSION_DIMENSION_MAXIMUM, width);
    content = content_size(fo, natural, view);
    leaf->image = image;
    leaf->foreign = fo->type == BN_FO_INSTREAM_FOREIGN_OBJECT;
    leaf->ipd = view.w >= 0
                    ? view.w
                    : limited(fo, BN_P_INLINE_PROGRESSION_DIMENSION_MINIMUM,
                              BN_P_INLINE_PROGRESSION_DIMENSION_MAXIMUM, width,
                              content.w);
    leaf->bpd =
        view.h >= 0
            ? view.h
            : limited(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_MINIMUM,
                      BN_P_BLOCK_PROGRESSION_DIMENSION_MAXIMUM, 0, content.h);
    leaf->image_ipd = content.w;
    leaf->image_bpd = content.h;
    leaf->image_ip =
        place_in(bn_fo_keyword(fo, BN_P_TEXT_ALIGN), leaf->ipd, content.w);
    leaf->image_bp =
        place_in(bn_fo_keyword(fo, BN_P_DISPLAY_ALIGN), leaf->bpd, content.h);
    leaf->asc = leaf->bpd;
    for (int s = BN_BEFORE; s <= BN_AFTER; s++)
        leaf->asc += bn_border_of(fo, (enum bn_side)s).width +
                     bn_padding_of(fo, (enum bn_side)s, width);
    leaf->desc = 0;
}
