#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/mem.h"

struct bn_hasher {
    EVP_MD_CTX *ctx;
};

bn_digest
bn_digest_of(const void *p, size_t n)
{
    bn_digest d = {{0}};

    if (EVP_Digest(p, n, d.bytes, NULL, EVP_sha256(), NULL) != 1)
        abort(); /* only a broken libcrypto: no digest may be made up */
    return d;
}

bn_hasher *
bn_hasher_new(void)
{
    bn_hasher *h = bn_alloc(sizeof *h);

    h->ctx = EVP_MD_CTX_new();
    if (h->ctx == NULL || EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1)
        abort();
    return h;
}

void
bn_hasher_add(bn_hasher *h, const void *p, size_t n)
{
    const uint64_t length = n;

    if (EVP_DigestUpdate(h->ctx, &length, sizeof length) != 1 ||
        EVP_DigestUpdate(h->ctx, p, n) != 1)
        abort();
}

bn_digest
bn_hasher_finish(bn_hasher *h)
{
    bn_digest d = {{0}};

    if (EVP_DigestFinal_ex(h->ctx, d.bytes, NULL) != 1)
        abort();
    EVP_MD_CTX_free(h->ctx);
    free(h);
    return d;
}

void
bn_digest_hex(const bn_digest *d, char out[BN_DIGEST_HEX])
{
    static const char digit[] = "0123456789abcdef";

    for (size_t i = 0; i < BN_DIGEST_BYTES; i++) {
        out[2 * i] = digit[d->bytes[i] >> 4];
        out[2 * i + 1] = digit[d->bytes[i] & 15];
    }
    out[BN_DIGEST_HEX - 1] = '\0';
}
