#include "cli/cli.h"
int cli_import(cli_options *o) { return cli_usage(o, "import"); }
