/* fuzz_fo.c - XSL-FO, the whole way to PDF. */
#include "base/buf.h"
#include "base/err.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bn_run *r = fuzz_run(NULL);
    bn_msgs msgs = {0};
    bn_buf out = {0};

    bn_format_file(r, fuzz_file("in.fo", data, size), NULL, BN_DUMP_NONE, NULL,
                   &out, &msgs);
    bn_buf_free(&out);
    bn_msgs_free(&msgs);
    return 0;
}
