/* Items to grapheme clusters, and a face for each. */
#include "text/internal.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

/* More marks than this on one base are clusters of their own. */
enum { CLUSTER_MAX = 16 };

bool
bn_lang_is_cjk(const char *lang)
{
    return lang && (strncmp(lang, "ja", 2) == 0 ||
                    strncmp(lang, "zh", 2) == 0 || strncmp(lang, "ko", 2) == 0);
}

static bool
is_selector(uint32_t cp)
{
    return (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xe0100 && cp <= 0xe01ef);
}

/* Does cp continue the cluster of what stands before? */
static bool
continues(uint32_t prev, uint32_t cp)
{
    if (cp < 0x300 || (cp >= 0x4e00 && cp <= 0x9fff) ||
        (cp >= 0x3040 && cp <= 0x3098) || (cp >= 0x309b && cp <= 0x30ff))
        return false;
    if (is_selector(cp) || cp == 0x200d || (cp >= 0x1f3fb && cp <= 0x1f3ff))
        return true;
    if (prev == 0x200d)
        return u_hasBinaryProperty((UChar32)cp, UCHAR_EXTENDED_PICTOGRAPHIC);
    return (U_GET_GC_MASK((UChar32)cp) & (U_GC_M_MASK)) != 0;
}

/* Format characters: they steer breaking or direction and are not drawn. */
static bool
is_hidden(uint32_t cp)
{
    if (cp < 0x20)
        return cp != '\t';
    if (cp < 0xad)
        return cp >= 0x7f && cp < 0xa0;
    if (cp == 0xad || (cp >= 0x2028 && cp <= 0x2029))
        return true;
    if (cp < 0x2000 ? cp < 0x34f : cp >= 0x3000 && cp < 0xfe00)
        return false;
    return u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool
is_linefeed(uint32_t cp)
{
    return (cp >= 0x0a && cp <= 0x0d) || cp == 0x85 || cp == 0x2028 ||
           cp == 0x2029;
}

static bool
is_wide(uint32_t cp)
{
    int32_t w;

    if (cp < 0x1100)
        return false;
    if (cp >= 0x3000 && cp <= 0x9fff)
        return cp != 0x303f;
    w = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
    return w == U_EA_WIDE || w == U_EA_FULLWIDTH || w == U_EA_HALFWIDTH;
}

static uint16_t
flags_of(uint32_t cp, const bn_text_style *st, bool cjk)
{
    uint16_t f = cjk ? UNIT_JA : 0;

    if (cp >= 0x3001 && cp <= 0x9fff) /* most of Japanese */
        return (uint16_t)(f | (is_wide(cp) ? UNIT_WIDE : 0));

    if (cp == ' ' || cp == 0xa0 || cp == '\t')
        f |= UNIT_SPACE;
    if ((cp == ' ' || cp == '\t') && !st->preserve_space)
        f |= UNIT_DROPS;
    if (cp == 0x3000)
        f |= UNIT_DROPS;
    if (cp == 0xad)
        f |= UNIT_SHY;
    if (is_linefeed(cp))
        f |= UNIT_LINEFEED;
    if (is_hidden(cp))
        f |= UNIT_HIDDEN;
    if (is_wide(cp))
        f |= UNIT_WIDE;
    return f;
}

static void
add_text(bn_para *p, uint32_t item)
{
    const bn_item *it = &p->items[item];
    const char *s = it->text, *end = s + it->nbytes, *next = s;
    unit *u = NULL;
    uint32_t prev = 0;
    unsigned n = 0;
    const bool cjk = bn_lang_is_cjk(it->style->lang);

    for (; next < end; s = next) {
        const size_t across = bn_combined(p, it->style, s, it->text, end);
        uint32_t cp = bn_u8_next(&next, end);

        if (cp == BN_U8_BAD)
            cp = 0xfffd;
        /* CR LF is one line feed. */
        if (cp == '\n' && prev == '\r' && u) {
            u->nbytes++;
            prev = cp;
            continue;
        }
        if (u && n < CLUSTER_MAX && !(u->flags & UNIT_HIDDEN) &&
            continues(prev, cp)) {
            u->nbytes += (uint32_t)(next - s);
            if (is_selector(cp))
                u->flags |= UNIT_VARIANT;
            n++;
        } else {
            u = &p->units[p->nunits++];
            u->kind = BN_ITEM_TEXT;
            u->style = it->style;
            u->item = item;
            u->at = (uint32_t)(s - it->text);
            u->nbytes = (uint32_t)(next - s);
            u->cp = cp;
            u->em = it->style->size;
            u->flags = flags_of(cp, it->style, cjk);
            n = 1;
            if (across) {
                u->nbytes = (uint32_t)across;
                u->flags |= UNIT_TCY | UNIT_WIDE;
                next = s + across;
                cp = 0;
            }
        }
        prev = cp;
    }
}

static void
add_object(bn_para *p, uint32_t item)
{
    const bn_item *it = &p->items[item];
    unit *u = &p->units[p->nunits++];

    u->kind = (uint8_t)it->kind;
    u->style = it->style;
    u->item = item;
    u->em = it->style ? it->style->size : 0;
    u->adv =
        it->kind == BN_ITEM_ANCHOR || it->kind == BN_ITEM_BREAK ? 0 : it->width;
    if (it->kind == BN_ITEM_TAB)
        p->tabs = true;
    else if (it->kind != BN_ITEM_BOX && it->kind != BN_ITEM_LEADER)
        u->flags |= UNIT_HIDDEN;
    if (it->kind == BN_ITEM_BREAK)
        u->flags |= UNIT_LINEFEED;
    if (it->kind == BN_ITEM_BOX && it->ideographic)
        u->flags |= UNIT_WIDE;
    if (it->style && bn_lang_is_cjk(it->style->lang))
        u->flags |= UNIT_JA;
}

/* Code points of a cluster; at most CLUSTER_MAX. */
static size_t
cluster_points(const bn_para *p, const unit *u, uint32_t *cp)
{
    const char *s = p->items[u->item].text + u->at, *end = s + u->nbytes;
    size_t n = 0;

    while (s < end && n < CLUSTER_MAX)
        cp[n++] = bn_u8_next(&s, end);
    return n;
}

/* Does the face have the cluster, composed or as it stands? */
static bool
face_has(const bn_face *face, const uint32_t *cp, size_t n)
{
    UErrorCode ec = U_ZERO_ERROR;
    const UNormalizer2 *nfc;
    UChar32 c;

    if (bn_face_covers(face, cp, n))
        return true;
    if (n != 2 || (nfc = unorm2_getNFCInstance(&ec)) == NULL)
        return false;
    c = unorm2_composePair(nfc, (UChar32)cp[0], (UChar32)cp[1]);
    return c >= 0 && bn_face_glyph(face, (uint32_t)c, 0) != 0;
}

static const bn_face *
cluster_face(const bn_fontset *set, const uint32_t *cp, size_t n)
{
    for (size_t i = 0; i < set->nfaces; i++)
        if (face_has(set->faces[i], cp, n))
            return set->faces[i];
    return NULL;
}

static void
report_missing(const bn_para *p, const unit *u, uint32_t cp, bn_msgs *msgs)
{
    char code[16], shown[BN_U8_MAX + 1] = {0}, tried[BN_ARG_BYTES] = {0};
    const bn_fontset *set = u->style->fonts;
    bn_err err = {0};
    size_t len = 0;

    snprintf(code, sizeof code, "U+%04X", (unsigned)cp);
    if (msgs == NULL || bn_msgs_has(msgs, BN_EGLYPH, code))
        return;
    if (cp >= 0x20)
        shown[bn_u8_put(cp, shown)] = '\0';
    for (size_t i = 0; i < set->nfaces; i++)
        len += (size_t)snprintf(tried + len,
                                len < sizeof tried ? sizeof tried - len : 0,
                                "%s%s", i ? ", " : "", set->faces[i]->name);
    bn_fail(&err, BN_EGLYPH, bn_at(p->items[u->item].place), code, shown,
            tried);
    bn_msgs_add(msgs, &err, p->style->missing_warn ? BN_WARNING : BN_ERROR);
}

/* A cluster of several code points. A variation that no face has is set in its
 * base form, with a warning; a mark that none has is reported. */
static void
choose_for_cluster(const bn_para *p, unit *u, bn_msgs *msgs)
{
    uint32_t cp[CLUSTER_MAX];
    size_t n = cluster_points(p, u, cp);
    char name[32];

    u->face = cluster_face(u->style->fonts, cp, n);
    if (u->face)
        return;
    if (u->flags & UNIT_VARIANT) {
        if (msgs) {
            snprintf(name, sizeof name, "U+%04X U+%04X", (unsigned)cp[0],
                     (unsigned)cp[1]);
            bn_warn_once(msgs, BN_WVARIANT, bn_at(p->items[u->item].place),
                         name);
        }
    } else {
        for (size_t i = 1; i < n; i++)
            if (!is_hidden(cp[i]) && !cluster_face(u->style->fonts, &cp[i], 1))
                report_missing(p, u, cp[i], msgs);
    }
    u->face = cluster_face(u->style->fonts, cp, 1);
}

/* Ambiguous characters (… — ‥ × “ ”) stand in the Japanese face when they
 * stand beside Japanese. */
static bool
prefers_wide(const bn_para *p, size_t i)
{
    const unit *u = &p->units[i];
    bool half;
    size_t k;

    if (!(u->flags & UNIT_JA) || (u->flags & UNIT_WIDE) || u->cp < 0xa7 ||
        u->style->fonts->primary->ideographic ||
        bn_class_of(u->cp, &half) == CLASS_NONE ||
        u_getIntPropertyValue((UChar32)u->cp, UCHAR_EAST_ASIAN_WIDTH) !=
            U_EA_AMBIGUOUS ||
        u_isalpha((UChar32)u->cp))
        return false;
    for (k = i; k > 0; k--)
        if (!(p->units[k - 1].flags & (UNIT_HIDDEN | UNIT_SPACE)) &&
            p->units[k - 1].cp != u->cp)
            break;
    if (k > 0 && (p->units[k - 1].flags & UNIT_WIDE))
        return true;
    for (k = i + 1; k < p->nunits && k < i + 64; k++)
        if (!(p->units[k].flags & (UNIT_HIDDEN | UNIT_SPACE)) &&
            p->units[k].cp != u->cp)
            return (p->units[k].flags & UNIT_WIDE) != 0;
    return false;
}

static bool
is_latin(uint32_t cp)
{
    return cp < 0x250 ||
           (cp >= 0x2010 && cp <= 0x2027 && cp != 0x2014 && cp != 0x2026);
}

static void
choose_face(const bn_para *p, size_t i, bn_msgs *msgs)
{
    unit *u = &p->units[i];
    const bn_fontset *set = u->style->fonts;
    uint32_t cp = u->cp == '\t' ? ' ' : u->cp;
    const char *s = p->items[u->item].text + u->at;
    const char *end = s + u->nbytes;
    found_glyph g;
    bool wide;

    if (u->flags & UNIT_HIDDEN) {
        u->face =
            i > 0 && p->units[i - 1].face ? p->units[i - 1].face : set->primary;
        return;
    }
    bn_u8_next(&s, end);
    if (s < end) {
        choose_for_cluster(p, u, msgs);
        cp = u->face ? 0 : cp;
    } else {
        wide = prefers_wide(p, i);
        g = bn_find_glyph(set, cp, wide, set->latin && !wide && is_latin(cp));
        u->face = g.face;
        if (g.face && !wide) { /* kept for bn_shape, which may need no other */
            u->glyph = g.gid;
            u->adv = g.adv;
            u->nglyphs = 1;
        }
    }
    /* A no-break or fixed space is drawn with the space's glyph. */
    if (u->face == NULL && (cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) ||
                            cp == 0x202f || cp == 0x205f))
        u->face = set->primary;
    if (u->face == NULL) {
        report_missing(p, u, u->cp, msgs);
        u->face = set->primary;
    }
}

/* A code point is a unit at most, and so is a malformed byte. */
static size_t
units_at_most(const char *s, size_t nbytes)
{
    const char *p = s, *end = s + nbytes;
    size_t n = 0;

    for (; p < end; n++)
        bn_u8_next(&p, end);
    return n;
}

bn_code
bn_itemise(bn_arena *a, bn_para *p, bn_msgs *msgs)
{
    size_t most = 0;

    for (size_t i = 0; i < p->nitems; i++) {
        const bn_item *it = &p->items[i];

        if (it->kind != BN_ITEM_TEXT) {
            most++;
            continue;
        }
        most += units_at_most(it->text, it->nbytes);
    }
    p->units = BN_NEWS(a, unit, most);
    for (size_t i = 0; i < p->nitems; i++)
        if (p->items[i].kind == BN_ITEM_TEXT)
            add_text(p, (uint32_t)i);
        else
            add_object(p, (uint32_t)i);
    for (size_t i = 0; i < p->nunits; i++)
        if (p->units[i].kind == BN_ITEM_TEXT)
            choose_face(p, i, msgs);
    if (p->style->vertical)
        bn_orient(p);
    return BN_OK;
}
