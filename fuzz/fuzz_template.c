/* fuzz_template.c - a Markdown template over a sample kit. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

/* A house that differs from the sample one in this template. */
static const char *
make_house(const uint8_t *data, size_t size)
{
    static char house[4096];
    const char *path;

    if (house[0] == '\0') {
        fuzz_copy("house/auditors.xml", "samples/house/auditors.xml");
        path = fuzz_copy("house/body.xml", "samples/house/body.xml");
        snprintf(house, sizeof house, "%.*s",
                 (int)(strstr(path, "/body.xml") - path), path);
    }
    fuzz_file("house/templates/D43-security-policy.md", data, size);
    return house;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const files[] = {"samples/kits/KIT-0042.xml"};
    const bn_build_options o = {.files = files,
                                .nfiles = 1,
                                .only = "security-policy",
                                .out = ".",
                                .alone = true,
                                .dry = true};

    bn_build(fuzz_run(make_house(data, size)), &o);
    return 0;
}
