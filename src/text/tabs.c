/* Tab stops (JLREQ.md 11): a stop already passed is skipped. */
#include "text/lines.h"

static const unit *
seen(const bn_para *p, size_t v)
{
    return &p->units[p->visible[v]];
}

enum { NO_POINT = 0 };

static bool
is_point(const unit *u, uint32_t point)
{
    return u->kind == BN_ITEM_TEXT &&
           (u->cp == point || (point == '.' && u->cp == 0xff0e));
}

/* Natural width from visible unit v to the next tab or the end, or to the
 * decimal point when there is one to look for; no more than counts. */
static int64_t
width_from(const bn_para *p, size_t v, uint32_t point, int64_t most)
{
    int64_t width = 0, pending = 0;

    for (; v < p->nvisible && width <= most; v++) {
        const unit *u = seen(p, v);

        if (u->kind == BN_ITEM_TAB || (point && is_point(u, point)))
            break;
        if (u->flags & UNIT_DROPS) {
            pending += u->adv + u->before + u->after + u->letter;
        } else {
            width += pending + u->lead + u->adv + u->tail;
            pending = u->before + u->after + u->letter;
        }
        if (bn_forced_behind(p, v))
            break;
    }
    return width;
}

bool
bn_tab_width(const bn_para *p, size_t v, bn_len x, bn_len *width)
{
    const bn_para_style *s = p->style;
    const bn_tab_stop *stop = s->stops, *end = stop + s->nstops;
    int64_t back = 0;

    if (s->nstops == 0) { /* a tab without any is a space */
        *width = seen(p, v)->em;
        return true;
    }
    while (stop < end && stop->at <= x)
        stop++;
    if (stop == end)
        return false;
    if (stop->kind != BN_STOP_START)
        back = width_from(
            p, v + 1, stop->kind == BN_STOP_DECIMAL ? '.' : NO_POINT, stop->at);
    if (stop->kind == BN_STOP_CENTER)
        back /= 2;
    *width = stop->at - x - back > 0 ? (bn_len)(stop->at - x - back) : 0;
    return true;
}

bn_len
bn_para_point(const bn_para *p, uint32_t cp)
{
    return (bn_len)width_from(p, 0, cp, BN_LEN_MAX / 2);
}
