#include "pdf/pdf.h"

#include <hpdf.h>
#include <libdeflate.h>

void
bn_pdf_versions(bn_buf *out)
{
    bn_buf_addf(out, "libharu %s\nlibdeflate %s\n", HPDF_GetVersion(),
                LIBDEFLATE_VERSION_STRING);
}
