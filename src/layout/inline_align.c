/* inline_align.c - where the baseline of an inline object stands: baseline
 * tables, shifts and adjustments of XSL 1.1 7.14. */
#include "layout/inline.h"

/* Factors that stand for what most fonts do not tell. */
enum { HANGING_PERMILLE = 800, MATH_PERMILLE = 500 };

/* Height of a baseline of a font above its alphabetic one. */
static bn_len
baseline_of(const bn_metrics *m, bn_keyword which)
{
    switch ((int)which) {
    case BN_K_HANGING:
        return bn_len_scale(m->asc, HANGING_PERMILLE, 1000);
    case BN_K_MATHEMATICAL:
        return bn_len_scale(m->asc, MATH_PERMILLE, 1000);
    case BN_K_CENTRAL:
        return (m->asc - m->desc) / 2;
    case BN_K_MIDDLE:
        return bn_len_scale(m->x_height, 1, 2);
    case BN_K_TEXT_BEFORE_EDGE:
    case BN_K_BEFORE_EDGE:
        return m->asc;
    case BN_K_TEXT_AFTER_EDGE:
    case BN_K_AFTER_EDGE:
    case BN_K_IDEOGRAPHIC:
        return -m->desc;
    default:
        return 0;
    }
}

static bn_len
shift_of(const bn_fo *fo, const bn_metrics *own, const bn_metrics *parent)
{
    const bn_value *v = bn_fo_get(fo, BN_P_BASELINE_SHIFT);

    if (v->kind != BN_V_KEYWORD)
        return bn_fo_len(fo, BN_P_BASELINE_SHIFT, parent->line_height);
    if (v->keyword == BN_K_SUB)
        return -bn_len_scale(own->x_height, 1, 2);
    return v->keyword == BN_K_SUPER ? parent->x_height : 0;
}

static bool
resets_table(const bn_fo *fo, bool shifted)
{
    switch ((int)bn_fo_keyword(fo, BN_P_DOMINANT_BASELINE)) {
    case BN_K_AUTO:
        return shifted;
    case BN_K_NO_CHANGE:
        return false;
    default:
        return true;
    }
}

bn_len
bn_inline_shift(const bn_fo *fo, const bn_metrics *own,
                const bn_baselines *parent, bn_len parent_shift,
                const bn_metrics *parent_font, uint8_t *edge,
                bn_baselines *table)
{
    bn_keyword align = bn_fo_keyword(fo, BN_P_ALIGNMENT_BASELINE);
    const bn_keyword dominant = bn_fo_keyword(fo, BN_P_DOMINANT_BASELINE);
    const bn_len moved = shift_of(fo, own, parent_font);
    const bn_value *adjust = bn_fo_get(fo, BN_P_ALIGNMENT_ADJUST);
    bn_len point, at;

    *edge = 0;
    if (align == BN_K_AUTO || align == BN_K_BASELINE || align == BN_K_UNKNOWN)
        align = parent->dominant;
    else if (!parent->reset &&
             (align == BN_K_BEFORE_EDGE || align == BN_K_AFTER_EDGE))
        *edge = align == BN_K_BEFORE_EDGE ? 1 : 2;
    point = baseline_of(own, align);
    if (adjust->kind == BN_V_LENGTH) /* positive raises, as vertical-align */
        point = -bn_fo_len(fo, BN_P_ALIGNMENT_ADJUST, own->line_height);
    else if (adjust->keyword != BN_K_AUTO)
        point = baseline_of(own, adjust->keyword);
    at = parent->origin + baseline_of(&parent->font, align) - point + moved;
    (void)parent_shift;
    *table = *parent;
    table->moved = parent->moved + moved;
    if (resets_table(fo, moved != 0)) {
        table->font = *own;
        table->reset = 1; /* its edges are its font's, no more the line's */
        table->origin = at;
        if (dominant != BN_K_AUTO && dominant != BN_K_RESET_SIZE &&
            dominant != BN_K_USE_SCRIPT)
            table->dominant = dominant;
    }
    return at;
}
