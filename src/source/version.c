#include "source/source.h"

#include <libxml/parser.h>
#include <unicode/uversion.h>

/* The version that runs, not the one compiled against. */
void
bn_source_versions(bn_buf *out)
{
    UVersionInfo version;
    char text[U_MAX_VERSION_STRING_LENGTH];

    u_getVersion(version);
    u_versionToString(version, text);
    bn_buf_addf(out, "libxml2 %s\nICU %s\n", xmlParserVersion, text);
}
