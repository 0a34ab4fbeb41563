/* fuzz_csv.c - comma-separated tables in whatever encoding. */
#include "base/err.h"
#include "fuzz.h"
#include "source/source.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bn_arena *a = bn_arena_new();
    bn_csv table = {0};
    bn_err err = {0};

    bn_csv_parse(a, "in.csv", (const char *)data, size, NULL, &table, &err);
    bn_arena_free(a);
    return 0;
}
