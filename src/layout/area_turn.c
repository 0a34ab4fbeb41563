/* area_turn.c - from the coordinates inside a reference area to those around
 * it. */
#include "layout/area.h"

static bn_turn
to_physical(uint8_t mode, int64_t ipd, int64_t bpd)
{
    switch (mode) {
    case BN_TB_RL:
        return (bn_turn){0, 1, -1, 0, bpd, 0};
    case BN_RL_TB:
        return (bn_turn){-1, 0, 0, 1, ipd, 0};
    default:
        return (bn_turn){1, 0, 0, 1, 0, 0};
    }
}

/* A size w x h turned counter-clockwise into its viewport. */
static bn_turn
rotated(int rotate, int64_t w, int64_t h)
{
    switch ((rotate % 360 + 360) % 360) {
    case 90:
        return (bn_turn){0, -1, 1, 0, 0, w};
    case 180:
        return (bn_turn){-1, 0, 0, -1, w, h};
    case 270:
        return (bn_turn){0, 1, -1, 0, h, 0};
    default:
        return (bn_turn){1, 0, 0, 1, 0, 0};
    }
}

/* From x, y down in a rectangle of width w to logical coordinates. */
static bn_turn
to_logical(uint8_t mode, int64_t w)
{
    switch (mode) {
    case BN_TB_RL:
        return (bn_turn){0, -1, 1, 0, 0, w};
    case BN_RL_TB:
        return (bn_turn){-1, 0, 0, 1, w, 0};
    default:
        return (bn_turn){1, 0, 0, 1, 0, 0};
    }
}

/* First a, then b. */
static bn_turn
chain(bn_turn a, bn_turn b)
{
    return (bn_turn){
        .a = (int8_t)(b.a * a.a + b.c * a.b),
        .b = (int8_t)(b.b * a.a + b.d * a.b),
        .c = (int8_t)(b.a * a.c + b.c * a.d),
        .d = (int8_t)(b.b * a.c + b.d * a.d),
        .e = b.a * a.e + b.c * a.f + b.e,
        .f = b.b * a.e + b.d * a.f + b.f,
    };
}

bn_turn
bn_area_turn(const bn_area *ref, uint8_t outside)
{
    const bool upright = ref->writing_mode == BN_TB_RL;
    const bool turned = ref->rotate % 180 != 0;
    const int64_t w = upright ? ref->bpd : ref->ipd;
    const int64_t h = upright ? ref->ipd : ref->bpd;
    const bn_turn inside = chain(to_physical(ref->writing_mode, ref->ipd,
                                             ref->bpd),
                                 rotated(ref->rotate, w, h));

    return chain(inside, to_logical(outside, turned ? h : w));
}
