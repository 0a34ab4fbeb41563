/* shard.c - which units are whose (SCALEOUT 4). */
#include <stdlib.h>
#include <string.h>

#include "batch/batch.h"

uint64_t
bn_shard_hash(const char *id)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (const char *p = id; *p; p++) {
        h ^= (unsigned char)*p;
        h *= UINT64_C(0x100000001b3);
    }
    return h;
}

/* Plain digits only: no sign, no blank, nothing behind them. */
static bool
read_number(const char *s, size_t n, uint32_t *out)
{
    uint64_t value = 0;

    if (s == NULL || n == 0 || n > 9)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(s[i] - '0');
    }
    *out = (uint32_t)value;
    return true;
}

static bool
read_variable(const char *name, uint32_t *out)
{
    const char *s = getenv(name);

    return s && read_number(s, strlen(s), out);
}

/* A variable that is set and wrong is never passed over. */
static bool
from_surroundings(bn_shard *out)
{
    uint32_t first;

    if (getenv("SHARD_COUNT"))
        return read_variable("SHARD_COUNT", &out->count) &&
               (getenv("SLURM_ARRAY_TASK_ID")
                    ? read_variable("SLURM_ARRAY_TASK_ID", &out->index)
                    : read_variable("JOB_COMPLETION_INDEX", &out->index));
    if (!read_variable("SLURM_ARRAY_TASK_ID", &out->index) ||
        !read_variable("SLURM_ARRAY_TASK_MIN", &first) ||
        !read_variable("SLURM_ARRAY_TASK_COUNT", &out->count) ||
        out->index < first)
        return false;
    out->index -= first;
    return true;
}

bn_code
bn_shard_parse(const char *s, bn_shard *out, bn_err *err)
{
    const char *slash = strchr(s, '/');
    bn_shard shard = {0};
    const bool good =
        strcmp(s, "auto") == 0
            ? from_surroundings(&shard)
            : slash && read_number(s, slash - s, &shard.index) &&
                  read_number(slash + 1, strlen(slash + 1), &shard.count);

    if (!good || shard.index >= shard.count)
        return bn_fail(err, BN_ESHARD, BN_NOWHERE, s);
    *out = shard;
    return BN_OK;
}
