/* fuzz_case.c - a case or kit: grammar, rules, what is due, its content. */
#include "base/err.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const files[] = {fuzz_file("in.xml", data, size)};
    const bn_build_options o = {.files = files,
                                .nfiles = 1,
                                .out = ".",
                                .alone = true,
                                .dry = true};

    bn_build(fuzz_run("samples/house"), &o);
    return 0;
}
