#include "transform/transform.h"

#include <libexslt/exslt.h>
#include <libxslt/xslt.h>

void
bn_transform_versions(bn_buf *out)
{
    bn_buf_addf(out, "libxslt %s\n", xsltEngineVersion);
}
