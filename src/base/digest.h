/* digest.h - SHA-256 by OpenSSL. */
#ifndef BN_BASE_DIGEST_H
#define BN_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { BN_DIGEST_BYTES = 32, BN_DIGEST_HEX = 65 /* with NUL */ };

typedef struct bn_digest {
    uint8_t bytes[BN_DIGEST_BYTES];
} bn_digest;

typedef struct bn_hasher bn_hasher;

bn_digest bn_digest_of(const void *p, size_t n);

/* Several pieces into one digest. finish frees the hasher. Two pieces never
 * run together: each goes in with its length before it. */
bn_hasher *bn_hasher_new(void);
void bn_hasher_add(bn_hasher *h, const void *p, size_t n);
bn_digest bn_hasher_finish(bn_hasher *h);

void bn_digest_hex(const bn_digest *d, char out[BN_DIGEST_HEX]);

#endif
