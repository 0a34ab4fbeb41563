/* version.c - bunsho --version. */
#include "cli/cli.h"

void
cli_version(void)
{
    printf("bunsho " BN_VERSION "\n");
}
