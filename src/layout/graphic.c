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

/* What a viewport's side may be; -1: not limited. A side of given length has
 * both at it. */
typedef struct limits {
    bn_len given, least, most;
} limits;

static bn_len
fixed_length(const bn_fo *fo, bn_prop p, bn_len base)
{
    const bn_value *v = bn_fo_get(fo, p);

    return v->kind == BN_V_LENGTH ? bn_fo_len(fo, p, base) : -1;
}

static limits
limits_of(const bn_fo *fo, bn_prop opt, bn_prop min, bn_prop max, bn_len base)
{
    limits l = {fixed_length(fo, opt, base), fixed_length(fo, min, base),
                fixed_length(fo, max, base)};

    if (l.most <= 0)
        l.most = -1;
    if (l.given < 0)
        return l;
    if (l.most >= 0 && l.given > l.most)
        l.given = l.most;
    if (l.given < l.least)
        l.given = l.least;
    l.least = l.most = l.given;
    return l;
}

/* content-width or -height: a length, a percentage of the natural size, or
 * the viewport's when it is to fit and does not. -1: to follow. */
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
        return natural > viewport ? viewport : -1;
    case BN_K_SCALE_UP_TO_FIT:
        return natural < viewport ? viewport : -1;
    default:
        return -1;
    }
}

/* Is the length set to be fitted to the viewport? */
static bool
fits(const bn_fo *fo, bn_prop p)
{
    const bn_keyword k = bn_fo_keyword(fo, p);

    return k == BN_K_SCALE_TO_FIT || k == BN_K_SCALE_DOWN_TO_FIT ||
           k == BN_K_SCALE_UP_TO_FIT;
}

/* A length within limits, as far as the content may be scaled that way. */
static bn_len
within(const bn_fo *fo, bn_prop content, bn_len length, limits l)
{
    const bn_keyword k = bn_fo_keyword(fo, content);

    if (l.most >= 0 && length > l.most && k != BN_K_SCALE_UP_TO_FIT)
        length = l.most;
    if (length < l.least && k != BN_K_SCALE_DOWN_TO_FIT)
        length = l.least;
    return length;
}

/* A side of the viewport: as given, else as its content within the limits. */
static bn_len
limited(bn_len content, limits l)
{
    if (l.given >= 0)
        return l.given;
    if (l.most >= 0 && content > l.most)
        content = l.most;
    return content < l.least ? l.least : content;
}

/* length * num / den, cut off: no larger than what it is to fit. */
static bn_len
proportional(bn_len length, bn_len num, bn_len den)
{
    const int64_t v = (int64_t)length * num / den;

    return v > BN_LEN_MAX ? BN_LEN_MAX : (bn_len)v;
}

/* The size for sides of which either may be -1, to follow; both given, the
 * smaller scale keeps a picture that is scaled uniformly inside. */
static size
scaled(const bn_fo *fo, size s, size natural)
{
    if (s.w < 0 && s.h < 0)
        return natural;
    if (s.w < 0)
        s.w =
            natural.h > 0 ? proportional(s.h, natural.w, natural.h) : natural.w;
    else if (s.h < 0)
        s.h =
            natural.w > 0 ? proportional(s.w, natural.h, natural.w) : natural.h;
    else if (!bn_fo_is(fo, BN_P_SCALING, BN_K_NON_UNIFORM) && natural.w > 0 &&
             natural.h > 0) {
        const bn_len h = proportional(s.w, natural.h, natural.w);

        if (h > s.h)
            s.w = proportional(s.h, natural.w, natural.h);
        else
            s.h = h;
    }
    return s;
}

/* XSL 1.1 7.15.3, 7.15.4, 7.15.12. One side that is to fit takes the other
 * with it: the picture stays inside a viewport of which both are known. */
static size
content_size(const bn_fo *fo, size natural, limits w, limits h)
{
    size s = natural;

    if (fits(fo, BN_P_CONTENT_WIDTH) || fits(fo, BN_P_CONTENT_HEIGHT)) {
        const size inside = {within(fo, BN_P_CONTENT_WIDTH, natural.w, w),
                             within(fo, BN_P_CONTENT_HEIGHT, natural.h, h)};

        s = scaled(fo, inside, natural);
    }
    return scaled(
        fo,
        (size){content_length(fo, BN_P_CONTENT_WIDTH, natural.w, w.given),
               content_length(fo, BN_P_CONTENT_HEIGHT, natural.h, h.given)},
        s);
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
    const limits w =
        limits_of(fo, BN_P_INLINE_PROGRESSION_DIMENSION_OPTIMUM,
                  BN_P_INLINE_PROGRESSION_DIMENSION_MINIMUM,
                  BN_P_INLINE_PROGRESSION_DIMENSION_MAXIMUM, width);
    const limits h = limits_of(fo, BN_P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM,
                               BN_P_BLOCK_PROGRESSION_DIMENSION_MINIMUM,
                               BN_P_BLOCK_PROGRESSION_DIMENSION_MAXIMUM, 0);
    size natural = {0, 0}, content;

    if (image) {
        natural.w = image->width;
        natural.h = image->height;
    }
    content = content_size(fo, natural, w, h);
    leaf->image = image;
    leaf->foreign = fo->type == BN_FO_INSTREAM_FOREIGN_OBJECT;
    leaf->ipd = limited(content.w, w);
    leaf->bpd = limited(content.h, h);
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
