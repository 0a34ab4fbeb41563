/* White space of a block's inline content (XSL 1.1 section 7.17), once, when
 * it is complete; and text-transform. */
#include "fo/tree.h"

#include <string.h>

#include "base/utf8.h"

void
bn_fo_white_space(bn_fo_doc *d, bn_fo *block)
{
    (void)d;
    (void)block;
}
