/* internal.h - what the files of source/ share. */
#ifndef BN_SOURCE_INTERNAL_H
#define BN_SOURCE_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "source/source.h"

struct _xmlRelaxNG;
struct _xmlParserCtxt;
struct _xmlParserInput;

typedef struct read_root {
    char *path; /* real path, without a trailing slash (but "/") */
    bool folder;
} read_root;

typedef struct read_file {
    char *path; /* as it was asked for */
    char *kept; /* bytes of a document parsed from memory, else NULL */
    bool table; /* places in it are those of cells */
    size_t nbytes;
    bn_digest digest;
} read_file;

/* A schema compiled once: grammar.c owns it. */
typedef struct grammar grammar;

/* The file that places were last looked up in, and where the last one was:
 * a list of messages is mostly in order. */
typedef struct located {
    uint32_t number; /* 0: none */
    bn_buf text;     /* empty: it has changed since it was read */
    uint32_t ordinal;
    size_t at;       /* of that element */
    uint32_t line;   /* of it */
    uint32_t column; /* of the byte known_at, on that line */
    size_t known_at;
} located;

/* A place in a table: line and column in the lower half. */
enum { CELL_BITS = 10, CELL_COLUMNS = (1 << CELL_BITS) - 1 };

struct bn_source {
    bn_arena *arena;
    bn_map *numbers; /* path -> number of the file as it was read last */
    bn_map *pieces;  /* name -> bn_slice */
    located last;
    BN_VEC(read_root) roots;
    BN_VEC(read_file) files;
    BN_VEC(grammar *) grammars;
};

/* Note a file that was read; the same path with the same bytes keeps its
 * number. */
uint32_t bn_source_note(bn_source *s, const char *path, const char *bytes,
                        size_t n, bool keep);

/* Open a regular file below a declared root; -1 with err filled. */
int bn_jail_open(const bn_source *s, const char *path, bn_err *err);

/* Entities of the outside never reach any parser of this process. */
struct _xmlParserInput *bn_refuse_entity(const char *url, const char *id,
                                         struct _xmlParserCtxt *ctxt);

/* The piece of this name; NULL: there is none. */
const bn_slice *bn_source_piece(const bn_source *s, const char *name);
bn_code bn_slice_read(const bn_slice *piece, bn_buf *out, bn_err *err);

/* Line and column (from 1, in code points) of a byte offset. */
void bn_text_position(const char *s, size_t n, size_t offset, uint32_t *line,
                      uint32_t *column);

/* The bytes of an XML file as UTF-8, whatever its encoding; bytes may be
 * replaced. Errors BN_EENCODING, BN_ECHARACTER with line and column. */
bn_code bn_xml_decode(const char *name, bn_buf *bytes, bn_err *err);

/* Well-formed, and only characters of XML 1.0 section 2.2? */
bn_code bn_check_characters(const char *name, const bn_buf *b, bn_err *err);

void bn_grammar_free(grammar *g);

/* Set the attributes that the table of defaults gives (schemas/defaults.def).
 */
void bn_set_defaults(bn_tree *t);

#endif
