/* fuzz.h - what the targets of fuzz/ share.
 *
 * A target is one file with LLVMFuzzerTestOneInput. Under libFuzzer (make
 * fuzz) it is fed by mutation; linked with replay.c (make check, make asan) it
 * reads the files of its corpus once.
 */
#ifndef BN_FUZZ_FUZZ_H
#define BN_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "pipeline/pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Put the bytes of one input into a file of this process's own folder.
 *
 * name  with folders below it, as "templates/X.md"; they are made.
 * Returns the path, valid up to the next call.
 */
const char *fuzz_file(const char *name, const uint8_t *data, size_t size);

/* A whole file, appended; 0 when it could be read. */
int fuzz_read(const char *path, bn_buf *out);

/* The same with the bytes of a file of the tree. */
const char *fuzz_copy(const char *name, const char *from);

/* A run with the stock folders of the tree (the working directory) and this
 * house; a new one every few hundred inputs, since a run keeps what it read. */
bn_run *fuzz_run(const char *house);

#endif
