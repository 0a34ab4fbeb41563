/* emit.h - one planned line to pieces and glyph runs. */
#ifndef BN_TEXT_EMIT_H
#define BN_TEXT_EMIT_H

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "text/internal.h"

typedef struct line_plan {
    size_t first, last;   /* visible units, last inclusive, without the spaces
                             that vanish at the edges */
    size_t from, to;      /* units of the line, to exclusive */
    bool empty;           /* no visible unit; first and last do not count */
    bool hyphen;          /* one more glyph at the end */
    bn_len start;         /* x of the line's first space or body */
    bn_len head, end;     /* space kept at the edges by the frames there */
    const bn_len *delta;  /* what adjustment adds behind visible first + i, or
                             NULL */
    const bn_len *leader; /* used width of leader first + i, or NULL */
} line_plan;

/* Works for any number of lines; in arena a goes what the lines hold. */
typedef struct bn_emitter bn_emitter;
bn_emitter *bn_emitter_new(bn_arena *a);
void bn_emitter_free(bn_emitter *e);
/* Sets pieces, npieces, width. */
void bn_emit(bn_emitter *e, const bn_para *p, const line_plan *plan,
             bn_line *line);

#endif
