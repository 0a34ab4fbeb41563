/* image.c - pictures by name: where they are, what they are, once each. */
#include "image/image.h"

#include <string.h>

#include "base/map.h"
#include "image/internal.h"

struct bn_images {
    bn_arena *a;
    bn_source *source;
    bn_fonts *fonts;
    bn_map *by_path; /* to struct entry */
    uint32_t count;
};

/* What a path came to: a picture, or why it is none. */
typedef struct entry {
    bn_image image;
    bn_image_reason why;
    bn_err err; /* when a picture's text could not be set */
} entry;

static const struct {
    const char *ja, *en;
} reasons[BN_IMG_REASONS] = {
    [BN_IMG_OK] = {"", ""},
    [BN_IMG_MISSING] = {"ファイルがありません", "there is no such file"},
    [BN_IMG_OUTSIDE] =
        {"読むことが許された場所にある通常のファイルではありません",
         "it is not a regular file in a place that may be read"},
    [BN_IMG_READ] = {"読み込めません", "it cannot be read"},
    [BN_IMG_SCHEME] = {"ファイル名ではありません（URL・data: は使えません）",
                       "it is not a file name (no other URL, no data:)"},
    [BN_IMG_KIND] = {"PNG・JPEG・SVG のどれでもありません",
                     "it is not a PNG, JPEG or SVG file"},
    [BN_IMG_TOO_LARGE] = {"大きすぎます（1億画素、一辺65,535画素まで）",
                          "it is too large (100 megapixels and 65,535 pixels "
                          "a side at most)"},
    [BN_IMG_DAMAGED] = {"壊れています", "it is damaged"},
    [BN_IMG_TRUNCATED] = {"途中で切れています", "it is cut short"},
    [BN_IMG_ANIMATED] = {"動画です", "it is an animation"},
    [BN_IMG_CODING] = {"8ビットの基本・漸進符号化のJPEGではありません",
                       "it is not an 8-bit baseline or progressive JPEG"},
    [BN_IMG_XML] = {"SVGとして読めません", "it is not well-formed SVG"},
    [BN_IMG_SCRIPT] = {"スクリプトを含んでいます", "it contains a script"},
    [BN_IMG_EXTERNAL] = {"外部を参照しています",
                         "it refers to something outside"},
    [BN_IMG_TOO_MANY] = {"図形が多すぎます", "it has too many shapes"},
    [BN_IMG_TOO_DEEP] = {"入れ子が深すぎるか、参照が循環しています",
                         "it is nested too deep or refers to itself"},
};

bn_code
bn_image_fail(bn_err *err, bn_loc at, const char *url, bn_image_reason why)
{
    return bn_fail(err, BN_EIMAGE, at, url, reasons[why].ja, reasons[why].en);
}

bn_images *
bn_images_new(bn_source *s, bn_fonts *fonts)
{
    bn_arena *a = bn_arena_new();
    bn_images *c = BN_NEW(a, bn_images);

    c->a = a;
    c->source = s;
    c->fonts = fonts;
    c->by_path = bn_map_new(a);
    return c;
}

void
bn_images_free(bn_images *c)
{
    if (c != NULL)
        bn_arena_free(c->a);
}

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static char *
percent_decoded(bn_arena *a, const char *s)
{
    char *out = bn_arena_strdup(a, s), *to = out;

    for (; *s != '\0'; s++) {
        if (*s == '%' && hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0 &&
            hex_digit(s[1]) + hex_digit(s[2]) > 0) {
            *to++ = (char)(hex_digit(s[1]) * 16 + hex_digit(s[2]));
            s += 2;
        } else
            *to++ = *s;
    }
    *to = '\0';
    return out;
}

/* A name with a scheme is "letters:" with more than one letter. */
static bool
has_scheme(const char *s)
{
    const size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    return n > 1 && s[n] == ':';
}

/* url(…) and quotes off, file: off, base before; NULL: not a file name. */
static const char *
path_of(bn_arena *a, const char *url, const char *base)
{
    size_t n = strlen(url);
    const char *name;

    if (n > 5 && strncmp(url, "url(", 4) == 0 && url[n - 1] == ')') {
        url += 4;
        n -= 5;
    }
    if (n > 1 && (*url == '"' || *url == '\'') && url[n - 1] == *url) {
        url++;
        n -= 2;
    }
    name = bn_arena_strndup(a, url, n);
    if (strncmp(name, "file:", 5) == 0) {
        name += 5;
        if (strncmp(name, "//localhost/", 12) == 0)
            name += 11;
        else if (strncmp(name, "///", 3) == 0)
            name += 2;
        else if (strncmp(name, "//", 2) == 0)
            return NULL; /* another machine */
        name = percent_decoded(a, name);
    } else if (has_scheme(name))
        return NULL;
    if (*name == '\0')
        return NULL;
    if (*name == '/' || base == NULL || *base == '\0')
        return name;
    return bn_arena_printf(a, "%s/%s", base, name);
}

static bn_image_reason
reason_of(bn_code code)
{
    return code == BN_ENOINPUT   ? BN_IMG_MISSING
           : code == BN_EOUTSIDE ? BN_IMG_OUTSIDE
           : code == BN_ETOOBIG  ? BN_IMG_TOO_LARGE
                                 : BN_IMG_READ;
}

static bool
looks_like_xml(const char *p, size_t n)
{
    size_t i = n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (i < n && strchr(" \t\r\n", p[i]) != NULL && p[i] != '\0')
        i++;
    return i < n && p[i] == '<';
}

/* The first error of a list ends the picture: it would be wrong on paper. */
static bool
take_error(entry *e, const bn_msgs *msgs)
{
    for (const bn_msg *m = msgs->first; m != NULL; m = m->next)
        if (m->level == BN_ERROR) {
            e->err = m->err;
            return true;
        }
    return false;
}

/* What every document that shows the picture is told. */
static void
keep_warnings(bn_images *c, entry *e, const bn_msgs *msgs)
{
    bn_msg *list = NULL;
    const bn_msg **end = &e->image.warnings;

    for (const bn_msg *m = msgs->first; m != NULL; m = m->next) {
        list = bn_arena_copy(c->a, m, sizeof *m);
        list->next = NULL;
        *end = list;
        end = (const bn_msg **)&list->next;
    }
}

static void
load_svg(bn_images *c, entry *e, const char *path)
{
    bn_msgs msgs = {0};
    bn_tree *t = NULL;

    if (bn_xml_load(c->source, path, BN_XML_DOCTYPE, &t, &msgs) != BN_OK)
        e->why = BN_IMG_XML;
    else
        e->why = bn_svg_draw(c->a, c->fonts, bn_svg_root(t), &e->image, &msgs,
                             BN_NOWHERE);
    if (e->why == BN_IMG_OK && !take_error(e, &msgs))
        keep_warnings(c, e, &msgs);
    bn_tree_free(t);
    bn_msgs_free(&msgs);
}

static void
load(bn_images *c, entry *e, const char *path)
{
    bn_buf file = {0};
    bn_err err = {0};
    const uint8_t *p;
    const bn_code code = bn_source_read(c->source, path, 0, &file, &err);

    p = (const uint8_t *)file.p;
    if (code != BN_OK)
        e->why = reason_of(code);
    else if (file.len >= 8 && memcmp(p, "\x89PNG\r\n\x1A\n", 8) == 0)
        e->why = bn_png_decode(c->a, p, file.len, &e->image);
    else if (file.len >= 3 && memcmp(p, "\xFF\xD8\xFF", 3) == 0)
        e->why = bn_jpeg_check(c->a, p, file.len, &e->image);
    else if (looks_like_xml(file.p, file.len))
        load_svg(c, e, path);
    else
        e->why = BN_IMG_KIND;
    bn_buf_free(&file);
}

bn_code
bn_images_load(bn_images *c, const char *url, const char *base,
               const bn_image **out, bn_err *err, bn_loc at)
{
    const char *path = path_of(c->a, url, base);
    bn_map_value *slot;
    entry *e;

    if (path == NULL)
        return bn_image_fail(err, at, url, BN_IMG_SCHEME);
    slot = bn_map_puts(c->by_path, path);
    if (slot->p == NULL) {
        e = BN_NEW(c->a, entry);
        slot->p = e;
        e->image.url = path;
        load(c, e, path);
        e->image.id = ++c->count;
    }
    e = slot->p;
    if (e->why != BN_IMG_OK)
        return bn_image_fail(err, at, url, e->why);
    if (e->err.code != BN_OK) {
        if (err != NULL)
            *err = e->err;
        return e->err.code;
    }
    *out = &e->image;
    return BN_OK;
}

bn_code
bn_image_from_svg(bn_arena *a, bn_fonts *fonts, const bn_node *svg,
                  const bn_image **out, bn_msgs *msgs, bn_loc at)
{
    bn_image *image = BN_NEW(a, bn_image);
    bn_image_reason why;
    bn_err err = {0};

    image->url = "svg";
    why = bn_svg_draw(a, fonts, svg, image, msgs, at);
    if (why != BN_IMG_OK) {
        bn_image_fail(&err, at, image->url, why);
        if (msgs != NULL)
            bn_msgs_add(msgs, &err, BN_ERROR);
        return err.code;
    }
    *out = image;
    return BN_OK;
}
