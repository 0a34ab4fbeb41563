/* fuzz_xml.c - hardened XML in whatever encoding. */
#include "base/err.h"
#include "fuzz.h"
#include "source/source.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const unsigned ways[] = {BN_XML_PLAIN,
                                    BN_XML_CLEAN | BN_XML_DEFAULTS};

    for (size_t i = 0; i < 2; i++) {
        bn_source *s = bn_source_new();
        bn_msgs msgs = {0};
        bn_tree *t = NULL;

        if (bn_xml_parse(s, "in.xml", (const char *)data, size, ways[i], &t,
                         &msgs) == BN_OK)
            bn_grammar_check(s, ".", t, &msgs);
        bn_tree_free(t);
        bn_msgs_free(&msgs);
        bn_source_free(s);
    }
    return 0;
}
