/* fuzz_picture.c - PNG, JPEG and SVG: told apart by their first bytes. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "fuzz.h"
#include "image/image.h"

static const char *
name_of(const uint8_t *data, size_t size)
{
    if (size > 4 && memcmp(data, "\211PNG", 4) == 0)
        return "in.png";
    if (size > 2 && data[0] == 0xff && data[1] == 0xd8)
        return "in.jpg";
    return "in.svg";
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(name_of(data, size), data, size);
    static bn_source *s;
    static bn_fonts *fonts;
    bn_images *images;
    const bn_image *image;
    bn_msgs msgs = {0};
    bn_err err = {0};

    if (s == NULL) {
        s = bn_source_new();
        if (bn_source_add_root(s, "fonts/fonts.xml", &err) ||
            bn_fonts_open(s, "fonts/fonts.xml", &fonts, &msgs))
            abort();
    }
    images = bn_images_new(s, fonts);
    if (bn_source_add_root(s, path, &err) == BN_OK)
        bn_images_load(images, path, "", &image, &err, (bn_loc){0});
    bn_images_free(images);
    return 0;
}
