/* source.h - bytes in and out: what may be read, how XML is parsed, where an
 * element stands, how a file is replaced. */
#ifndef BN_SOURCE_SOURCE_H
#define BN_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"

/* libxml2's document and node, under names that other folders may carry
 * without knowing libxml2. */
typedef struct _xmlDoc bn_tree;
typedef struct _xmlNode bn_node;

/*
 * Everything that one run reads: the declared roots, the files read so far
 * (numbered from 1, with path and digest), limits. One a process is usual;
 * files are looked up by number from places.
 */
typedef struct bn_source bn_source;

bn_source *bn_source_new(void);
void bn_source_free(bn_source *s);

/* Declare a folder (or one file) under which reading is allowed. Symbolic
 * links are followed only to targets below a declared root. */
bn_code bn_source_add_root(bn_source *s, const char *path, bn_err *err);

/*
 * Read a whole regular file below a declared root into out (appended).
 *
 * path   UTF-8, absolute or relative to the working directory.
 * max    refuse more bytes than this; 0: the usual limit of 256 MiB.
 * Errors BN_ENOINPUT (66), BN_EOUTSIDE (not below a root, not a regular file:
 * 65), BN_EREAD (74), BN_ETOOBIG (65). The file is opened once and what was
 * read is what its digest in the file list says (ROBUSTNESS 4a 22, 36).
 */
bn_code bn_source_read(bn_source *s, const char *path, size_t max, bn_buf *out,
                       bn_err *err);

/* The files read so far, by number from 1. Name borrowed from s; NULL past
 * the last one. Digest of the bytes as they were read. */
const char *bn_source_file(const bn_source *s, uint32_t number);
const bn_digest *bn_source_file_digest(const bn_source *s, uint32_t number);
/* The number of a file that was read, 0 if it was not. */
uint32_t bn_source_file_number(const bn_source *s, const char *path);

/* ------------------------------------------------------------- collections */

/* A case inside a file of many: part of a stream, a file of an archive, a row.
 * Reading `name` gives its bytes; messages call it by where it came from. */
typedef struct bn_slice {
    const char *name;  /* "cases.zip#TC-1": as it is asked for from then on */
    const char *shown; /* "cases.zip/a.xml", "stream.xml" */
    int fd;            /* that has its bytes; shared by forked processes */
    int64_t offset;
    size_t nbytes;
    uint32_t line, column; /* of its first byte in `shown`; 0: not known */
    bool row;              /* every place in it is that line, unless … */
    const bn_place *places; /* … its n-th element stands there; copied */
    size_t nplaces;
} bn_slice;
void bn_source_add_piece(bn_source *s, const bn_slice *piece);
bool bn_source_has_piece(const bn_source *s, const char *name);
/* The location as people look for it: of a piece, in what it came from. */
void bn_source_show(const bn_source *s, bn_loc *loc);

/* What a collection is cut into, one at a time. bytes: borrowed, until the
 * call is over; name: of the file in an archive, else NULL. piece: all but its
 * name. false: stop. */
typedef bool bn_slice_taker(void *user, const bn_slice *piece,
                            const char *name, const char *bytes);

/*
 * The elements below the root of one big XML file ("-": standard input, which
 * is kept in a temporary file), by the rules of bn_xml_load: well-formed UTF-8
 * without a DTD. Only one of them is in memory at a time.
 *
 * fd  holds the bytes from then on; the caller closes it.
 * What came before a fault has been taken; the fault is told in msgs.
 */
bn_code bn_stream_cut(bn_source *s, const char *path, int *fd,
                      bn_slice_taker *take, void *user, bn_msgs *msgs);
/* Does the file hold a root of another name, and such an element below it? */
bool bn_is_stream(bn_source *s, const char *path, const char *const *names);

/*
 * The .xml files of a zip archive, in order of their names; unpacked into a
 * temporary file without a name (fd). An archive with a name that leads
 * outside it, the same name twice, encrypted or damaged contents, or more than
 * any case needs is refused as a whole (BN_EZIP…) before anything is taken.
 */
bn_code bn_zip_cut(bn_source *s, const char *path, int *fd,
                   bn_slice_taker *take, void *user, bn_err *err);
/* A temporary file without a name; -1 with err. And n bytes more in it. */
int bn_spool_open(bn_err *err);
bn_code bn_spool_add(int fd, const char *p, size_t n, bn_err *err);

/* ------------------------------------------------------------------ XML */

enum {
    BN_XML_PLAIN = 0,
    BN_XML_CLEAN = 1 << 0,   /* drop blank text nodes between elements, trim
                                and fold white space in text (data files) */
    BN_XML_DOCTYPE = 1 << 2, /* a document type declaration is read over;
                                entities in it may be plain words only */
    BN_XML_DEFAULTS = 1 << 1 /* attributes of the table of defaults are set
                                (schemas/defaults; DATA-MODEL 7) */
};

/*
 * Parse a file below a root. Hardened (ROBUSTNESS 4a 1-10): no network, no
 * DTD of any kind, no entities beyond the five, depth at most 256, text and
 * attributes under 10 MB, only characters XML 1.0 allows and no
 * noncharacters; encodings beyond UTF-8/16 by ICU without substitution
 * (Shift_JIS is read as windows-31j). Each element node carries its place in
 * node->_private (bn_place_of).
 *
 * out   the document; the caller frees it with bn_tree_free.
 * msgs  every error goes there with file, line and column.
 * Returns the first error's code. NULL is never a success.
 */
bn_code bn_xml_load(bn_source *s, const char *path, unsigned flags,
                    bn_tree **out, bn_msgs *msgs);

/* The same from memory; name is what messages call it (and counts as a file
 * whose text is kept, so that places work). */
bn_code bn_xml_parse(bn_source *s, const char *name, const char *bytes,
                     size_t nbytes, unsigned flags, bn_tree **out,
                     bn_msgs *msgs);
void bn_tree_free(bn_tree *t);

/* What a streamed document hands over, in document order. */
typedef struct bn_xml_events {
    void *user;
    /* An element with its attributes, its content not read yet. True: keep it
     * with all below it in the document that comes out. */
    bool (*start)(void *user, const bn_node *node);
    void (*text)(void *user, const char *s, size_t n);
    void (*end)(void *user);
} bn_xml_events;

/*
 * Parse a file as bn_xml_load does, with events instead of a document: an
 * element is freed when it has ended.
 *
 * out  the root element with the subtrees that were kept as its children; the
 *      caller frees it with bn_tree_free.
 */
bn_code bn_xml_stream(bn_source *s, const char *path, const bn_xml_events *ev,
                      bn_tree **out, bn_msgs *msgs);

/* Place of an element, of the element that holds an attribute or text, or of
 * a document's root element; 0 when it was made by a stylesheet. */
bn_place bn_place_of(const bn_node *node);

/* Line and column (exact in files of any length) of where the element's start
 * tag begins, found by scanning the file again; file name borrowed from s.
 * Fills only the file name when the file has changed since. */
bn_loc bn_source_locate(bn_source *s, bn_place place);

/* The text form of a place in content and FO: "FILE.ORDINAL" ("2.127"), and
 * back (0 when it is none). out holds at least 24 bytes. */
void bn_place_write(bn_place place, char *out);
bn_place bn_place_read(const char *s);

/* -------------------------------------------------------------- grammar */

/*
 * Hold a document against schemas/<root element name>.rng (compiled once a
 * source). Every error becomes a message BN_EGRAMMAR with place, what was
 * wrong and what was expected there; rule ids of the grammar (R065, R113)
 * come with it. A root element that has no schema: BN_EROOT.
 *
 * share  folder that holds schemas/; only from there (ROBUSTNESS 4a 17).
 */
bn_code bn_grammar_check(bn_source *s, const char *share, bn_tree *t,
                         bn_msgs *msgs);

/* ---------------------------------------------------------------- files */

/*
 * Replace a file as a whole: written beside it under a temporary name,
 * synced, renamed, folder synced. Until bn_out_commit the old file stands.
 */
typedef struct bn_out bn_out;

/* Make the file's folder when it is missing (mode 0777 less umask).
 * Errors BN_ECREATE (73), BN_EWRITE (74), BN_EFULL (75: disk, quota). */
bn_code bn_out_open(const char *path, bn_out **out, bn_err *err);
bn_code bn_out_write(bn_out *o, const void *p, size_t n, bn_err *err);
/* Both free o; commit returns only after the data is on disk. When the bytes
 * are the ones that are there already, the old file is left untouched. */
bn_code bn_out_commit(bn_out *o, bn_err *err);
void bn_out_abandon(bn_out *o);
/* Digest of what was written so far. */
bn_digest bn_out_digest(const bn_out *o);
/* Remove the temporary files of this process: for signal and memory hooks
 * (async-signal-safe). */
void bn_out_abandon_all(void);

/* Make a folder and those above it. */
bn_code bn_make_folder(const char *path, bn_err *err);

/* Is there a regular file (a folder), or can the system not say? Not confined;
 * tells nothing more. */
bool bn_is_file(const char *path);
bool bn_is_folder(const char *path);

/* Size, times and inode of a file: when they are the same its bytes are (the
 * time of the last change of status cannot be set). false: no regular file. */
typedef struct bn_stamp {
    int64_t size, modified_ns, changed_ns, inode;
} bn_stamp;
bool bn_file_stamp(const char *path, bn_stamp *out);
/* Digest of a file's bytes, not confined: for outputs. false: unreadable, with
 * errno. */
bool bn_file_digest(const char *path, bn_digest *out);
/* Rename a file that is synced, durably; when it cannot be, it is removed. */
bn_code bn_put_in_place(const char *from, const char *to, bn_err *err);
/* The same of a file that another library wrote: synced first. */
bn_code bn_put_synced(const char *from, const char *to, bn_err *err);
/* Close what was read up to its end; error BN_EREAD when an error ended it. To
 * be called right after the read that gave nothing more. */
bn_code bn_close_read(FILE *f, const char *path, bn_err *err);
/* Remove temporary files that dead processes of this machine left here. */
void bn_out_clean(const char *folder);
/* … in the folder of a file. */
void bn_out_clean_beside(const char *path);
/* The name beside a path that this process writes to before it is renamed:
 * allocated. Nothing is there. */
char *bn_temporary(const char *path);

/* Names in a folder (sorted by bytes, no "." and ".."), in arena. */
bn_code bn_list_folder(const char *path, bn_arena *a, const char ***names,
                       size_t *n, bn_err *err);

/* Bytes in some other encoding (IANA or ICU name; NULL: guess) to UTF-8, never
 * substituting: BN_EENCODING names the offset. */
bn_code bn_to_utf8(const char *bytes, size_t nbytes, const char *encoding,
                   const char *name, bn_buf *out, bn_err *err);

/* ------------------------------------------------------------------ CSV */

/* A cell: text without its quotes, line ends inside as LF; where it begins
 * (the quote of a quoted one). */
typedef struct bn_csv_cell {
    const char *text;
    uint32_t line, column;
} bn_csv_cell;

/* A record; as many cells as the head. */
typedef struct bn_csv_row {
    const bn_csv_cell *cells;
    uint32_t line;
} bn_csv_row;

/* A table: the first record is the head. Rows without any text are left out. */
typedef struct bn_csv {
    const char *name; /* as messages call it */
    uint32_t file;    /* number in the source; 0 none */
    const bn_csv_cell *head;
    size_t ncolumns;
    const bn_csv_row *rows;
    size_t nrows;
} bn_csv;

/* No such column. */
#define BN_CSV_NONE SIZE_MAX

/*
 * Read a comma-separated table below a root (RFC 4180: CRLF, LF or CR, quotes
 * doubled in quotes, line ends in quotes).
 *
 * encoding  NULL: UTF-8 or UTF-16 by its mark, UTF-8 when it is well-formed,
 *           else code page 932, the two that spreadsheets write in Japan.
 * out       in arena a.
 * Errors, with line and column: BN_EENCODING, BN_ECHARACTER, BN_EGAIJI (a
 * character of a private area, which means another thing on every machine),
 * BN_ECSVHEAD, BN_ECSVTWICE, BN_ECSVOPEN, BN_ECSVQUOTE, BN_ECSVCELLS; those of
 * bn_source_read.
 */
bn_code bn_csv_load(bn_source *s, const char *path, const char *encoding,
                    bn_arena *a, bn_csv *out, bn_err *err);
/* The same from memory; name is copied. */
bn_code bn_csv_parse(bn_arena *a, const char *name, const char *bytes,
                     size_t nbytes, const char *encoding, bn_csv *out,
                     bn_err *err);
/* The column with this head (white space around it does not count). */
size_t bn_csv_column(const bn_csv *t, const char *head);
/* Where a cell stands. */
bn_loc bn_csv_loc(const bn_csv *t, const bn_csv_cell *cell);
/* The same, small enough for a tree that is made of cells; 0 in a table that
 * was no file. Columns beyond 1023 are told as 1023. */
bn_place bn_csv_place(const bn_csv *t, const bn_csv_cell *cell);
void bn_place_of_cell(bn_node *node, bn_place place);

/* A name without case and normal form (NFKC casefold), appended: two names
 * that fold alike may not stand for two files (ROBUSTNESS 4a 30). */
void bn_fold_name(const char *s, bn_buf *out);

/* Lines "library version", for --version. */
void bn_source_versions(bn_buf *out);

#endif
