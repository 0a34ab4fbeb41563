/* kanji.h - numbers in kanji, as laws write them. */
#ifndef BN_BASE_KANJI_H
#define BN_BASE_KANJI_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* 百二十三, 一万, 二千十九: no 一 before 十, 百, 千; 0 is 〇. n below 10^16. */
void bn_kanji_add(bn_buf *out, uint64_t n);
const char *bn_kanji(bn_arena *a, uint64_t n);

#endif
