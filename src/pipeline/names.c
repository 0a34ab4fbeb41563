/* names.c - names of output files, whatever the data says. */
#include <string.h>

#include "pipeline/unit.h"

enum { NAME_BYTES = 255 /* of one name on usual file systems */ };

static bool
is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/* A dot at either end and a leading hyphen mean something to systems and
 * programs; they are encoded, too. */
static void
add_encoded(bn_buf *out, const char *s)
{
    const size_t n = strlen(s);

    for (size_t i = 0; i < n; i++) {
        const bool edge = (i == 0 && (s[i] == '.' || s[i] == '-')) ||
                          (i + 1 == n && s[i] == '.');

        if (is_plain(s[i]) && !edge)
            bn_buf_addc(out, s[i]);
        else
            bn_buf_addf(out, "%%%02X", (unsigned)(unsigned char)s[i]);
    }
}

bn_code
paper_path(bn_arena *a, const char *out, const char *id, const char *document,
           const char *key, const char *extension, const char **path,
           bn_err *err)
{
    bn_buf folder = {0}, name = {0};
    bn_code code = BN_OK;

    add_encoded(&folder, *id ? id : "_");
    add_encoded(&name, document);
    if (*key) {
        bn_buf_addc(&name, '-');
        add_encoded(&name, key);
    }
    bn_buf_adds(&name, extension);
    if (folder.len > NAME_BYTES || name.len > NAME_BYTES)
        code = bn_fail(err, BN_ENAME, BN_NOWHERE,
                       folder.len > NAME_BYTES ? id : key);
    else
        *path = bn_arena_printf(a, "%s/%s/%s", out, folder.p, name.p);
    bn_buf_free(&folder);
    bn_buf_free(&name);
    return code;
}
