/* version.c - bunsho --version. */
#include "cli/cli.h"

#include "base/buf.h"

void
cli_version(void)
{
    bn_buf b = {0};

    bn_buf_adds(&b, "bunsho " BN_VERSION "\n");
    bn_versions(&b);
    fwrite(b.p, 1, b.len, stdout);
    bn_buf_free(&b);
}
