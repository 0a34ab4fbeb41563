#include "font/font.h"

#include <hb.h>

void
bn_font_versions(bn_buf *out)
{
    bn_buf_addf(out, "HarfBuzz %s\n", hb_version_string());
}
