/* replay.c - read each file of a corpus once, without libFuzzer:
 *
 *     fuzz_xml FILE…
 *
 * A crash, a leak or a finding of a sanitizer ends it; the last line is
 * "N inputs".
 */
#include <stdio.h>

#include "base/buf.h"
#include "fuzz.h"

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bn_buf bytes = {0};

        if (fuzz_read(argv[i], &bytes)) {
            perror(argv[i]);
            return 66;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.len);
        bn_buf_free(&bytes);
    }
    printf("%d inputs\n", argc - 1);
    return 0;
}
