/* fold.c - names that some file systems or readers take for one. */
#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "source/source.h"

#include "base/mem.h"

/* Bytes that are no UTF-8 stand as they are. */
void
bn_fold_name(const char *s, bn_buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
    const size_t n = strlen(s);
    const int32_t room = (int32_t)(n * 18 + 8); /* longest expansion */
    UChar *wide = bn_alloc((n + 1) * sizeof *wide);
    UChar *folded = bn_alloc((size_t)room * sizeof *folded);
    char *text = bn_alloc((size_t)room * 3);
    int32_t nwide = 0, nfolded, nbytes = 0;

    u_strFromUTF8(wide, (int32_t)n + 1, &nwide, s, (int32_t)n, &status);
    nfolded = U_SUCCESS(status)
                  ? unorm2_normalize(fold, wide, nwide, folded, room, &status)
                  : 0;
    if (U_SUCCESS(status))
        u_strToUTF8(text, room * 3, &nbytes, folded, nfolded, &status);
    if (U_SUCCESS(status))
        bn_buf_add(out, text, (size_t)nbytes);
    else
        bn_buf_add(out, s, n);
    free(wide);
    free(folded);
    free(text);
}
