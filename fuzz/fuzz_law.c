/* fuzz_law.c - a law text compared with one of the stock. */
#include "base/buf.h"
#include "base/err.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const bn_compare_options o = {.old = "samples/laws/sample-regulation.xml",
                                  .new = fuzz_file("in.xml", data, size),
                                  .as = BN_COMPARE_LAW};
    bn_msgs msgs = {0};
    bn_buf out = {0};

    bn_compare_files(fuzz_run(NULL), &o, &out, &msgs);
    bn_buf_free(&out);
    bn_msgs_free(&msgs);
    return 0;
}
