/* content.h - input and catalogue become content: XHTML with few classes. */
#ifndef BN_CONTENT_CONTENT_H
#define BN_CONTENT_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/map.h"
#include "source/source.h"
#include "transform/transform.h"

/* ------------------------------------------------------------ input tree */

/* An empty <input>; bn_tree_free. */
bn_tree *bn_input_new(void);
/* Put a copy of doc's root (with its places) behind the other children. */
bn_node *bn_input_add(bn_tree *input, const bn_tree *doc);
/* A body with its name, address, representative and accreditation only: what
 * stands on a form that is still empty; bn_tree_free. */
bn_tree *bn_body_head(const bn_tree *body);
/* Put <house> there: the options of n documents, later ones over earlier
 * ones; NULL documents are passed over. */
void bn_input_options(bn_tree *input, const bn_tree *const *docs, size_t n);
/* Put <register> there: rows derived from n cases (CONTRACT.md 1). */
void bn_input_register(bn_tree *input, const bn_tree *const *cases, size_t n);

/* The same row by row, so that no case need be kept: zero-initialise. */
typedef struct bn_rows {
    bn_node *last[3]; /* row of each kind */
} bn_rows;
void bn_input_row(bn_tree *input, bn_rows *rows, const bn_tree *unit);
/* The rows of one unit as XML, appended; and back from it, behind the others
 * of their kinds. */
bn_code bn_input_extract(const bn_tree *unit, bn_buf *out, bn_err *err);
/* A paper of the register of papers. Strings are borrowed, "" none. */
typedef struct bn_issue {
    const char *unit, *document, *number, *date, *retention;
    const char *replaces; /* number of the version before */
    const char *state;    /* what befell it last: "returned", … */
    const char *state_date, *disposed, *place;
    size_t order; /* of issue */
} bn_issue;
/*
 * issues  what the register of papers holds of this unit: of certificates only
 *         those rows come that were issued, with what befell them; each paper
 *         is a row `document`.
 * counts  the rows that count cases (case, complaint, member), too.
 */
void bn_input_add_extract(bn_tree *input, bn_rows *rows, const bn_tree *from,
                          const bn_issue *issues, size_t n, bool counts);

/* Certificates of a register that something is due for. Dates are ISO. */
typedef struct bn_due {
    const char *date, *number, *unit, *client, *scope;
} bn_due;
/* Whose validity ends, or (surveillance) whose next check by the contract
 * falls, on `until` or before; in order of days. In arena a. */
void bn_input_due(const bn_tree *input, bn_arena *a, bool surveillance,
                  const char *until, bn_due **out, size_t *n);
/*
 * Rows of a register over many cases, in a temporary file: what is kept in
 * memory is 16 bytes a row. They come back as rows of trees, with their places.
 */
typedef struct bn_row_store bn_row_store;
bn_code bn_row_store_new(bn_row_store **out, bn_err *err);
void bn_row_store_free(bn_row_store *s);
/* All rows of input's register; the rows that a case gives. */
bn_code bn_row_store_add(bn_row_store *s, const bn_tree *input, bn_err *err);
bn_code bn_row_store_unit(bn_row_store *s, const bn_tree *unit, bn_err *err);
/* Rows of a kind ("certificate", "document", "guidance"); NULL: of all. */
size_t bn_row_store_count(const bn_row_store *s, const char *kind);
/*
 * Put them in the place of input's register: all, or n rows of a kind.
 *
 * words  names of attributes and of elements inside rows that are wanted;
 *        NULL: all.
 * which  their numbers among those of the kind, from 0.
 */
bn_code bn_row_store_tree(bn_row_store *s, const bn_map *words, bn_tree *input,
                          bn_err *err);
bn_code bn_row_store_part(bn_row_store *s, const char *kind,
                          const size_t *which, size_t n, bn_tree *input,
                          bn_err *err);

/* Name of the root element; borrowed from t. */
const char *bn_tree_name(const bn_tree *t);
/* An attribute of the root element, in arena a; NULL when there is none. */
const char *bn_tree_attribute(bn_arena *a, const bn_tree *t, const char *name);
/* Are two trees' roots called so, have they such a child? */
bn_node *bn_tree_unit(bn_tree *input); /* first child of <input> */
const char *bn_node_attribute(bn_arena *a, const bn_node *node,
                              const char *name);

/* A tree as XML text (UTF-8), appended. */
bn_code bn_tree_write(const bn_tree *t, bn_buf *out, bn_err *err);

/* ------------------------------------------------------------- catalogue */

/* One kind of document: a file of stylesheets/documents. Strings in the
 * catalogue's arena. Absent expressions are NULL. */
typedef struct bn_entry {
    const char *id, *no, *family, *layout, *editions, *retention, *units;
    const char *title_ja, *title_en;
    const char *provision; /* joined by "; " */
    const char *annexes;   /* ids, blank-separated; "" none */
    const char *when, *items, *key, *date;
    const char *stylesheet, *template; /* paths; one of the two is set */
    const char *command; /* that makes it instead: neither is set; or NULL */
    bool landscape, signature;
    int step;   /* its place in the course of a case; 0 none */
    bool blank; /* it is a form that people fill in by hand, too */
    const bn_node *node; /* the whole entry */
    bn_place place;
} bn_entry;

typedef struct bn_catalogue bn_catalogue;

/*
 * Read every entry of the stock and of the house (house first, file by file;
 * an id of the house stands for the same id of the stock).
 *
 * house  may be NULL.
 * Wrong entries are told with their place (grammar, BN_ECATALOGUE) and fail
 * the whole catalogue.
 */
bn_code bn_catalogue_load(bn_source *s, const char *share, const char *house,
                          bn_catalogue **out, bn_msgs *msgs);
void bn_catalogue_free(bn_catalogue *c);
/* Give the register's rows of documents the titles that go with their kinds. */
void bn_input_titles(bn_tree *input, const bn_catalogue *c);
/* In order of number. */
size_t bn_catalogue_count(const bn_catalogue *c);
const bn_entry *bn_catalogue_entry(const bn_catalogue *c, size_t i);
const bn_entry *bn_catalogue_find(const bn_catalogue *c, const char *id);

/* The file of this name in the house's folder, else in the stock's ("folder"
 * below stylesheets/ or templates); NULL when neither has it. In arena a. */
const char *bn_overlay(bn_arena *a, const char *share, const char *house,
                       const char *folder, const char *name);

/* Call back for each field and group that a provision asks for; strings in
 * arena a. */
void bn_entry_each_field(bn_arena *a, const bn_entry *e,
                         void (*tell)(void *user, const bn_entry *e,
                                      const char *provision, const char *id,
                                      const char *label),
                         void *user);

/* What of the criteria an entry's papers print: the measures that the data
 * name, or the edition itself (its notice, its list of measures). */
typedef enum bn_reads {
    BN_READS_NOTHING = 0,
    BN_READS_MEASURES = 1 << 0,
    BN_READS_EDITION = 1 << 1
} bn_reads;

/* Looked for in the fields, expressions and words of the entry, in a stylesheet
 * of its own and in its template (whose clauses name measures: below). Words
 * for one of the editions only count as reading the edition. */
unsigned bn_entry_reads(bn_source *s, const bn_entry *e, const char *from,
                        const char *to);

/* Is the entry printed by a stylesheet or template of its own, so that its
 * fields do not say all? */
bool bn_entry_is_own(const bn_entry *e);

/* The XPath of the field or group with this label; "" there is none. */
const char *bn_entry_xpath(bn_arena *a, const bn_entry *e, const char *label);


/* Is the entry for this kind of unit and edition? presumed: its edition is
 * carried over only. edition may be NULL. */
bool bn_entry_fits(const bn_entry *e, const char *unit_name,
                   const char *edition, bool *presumed);

/* A paper to be made: a kind and, where it is made by item, the item. */
typedef struct bn_paper {
    const bn_entry *entry;
    bn_node *item;   /* NULL: the unit itself */
    const char *key; /* "" when one paper of the kind only */
    bool presumed;   /* its edition is carried over, not verified */
} bn_paper;

/*
 * The papers that are due for an input.
 *
 * only  comma-separated ids, or NULL: all that are due. An id that is not
 *       due is a warning; with force it is made all the same.
 * out   in arena a, in order of catalogue and of the data.
 */
bn_code bn_papers_due(const bn_catalogue *c, bn_transform *t, bn_arena *a,
                      bn_tree *input, const char *edition, const char *only,
                      bool force, bn_paper **out, size_t *n, bn_msgs *msgs);

/* The forms to be filled in by hand that a kind of unit has, instead of what is
 * due: all, or those of `only`. An id that is no such form: BN_ENOBLANK. */
bn_code bn_papers_blank(const bn_catalogue *c, bn_arena *a, bn_tree *input,
                        const char *edition, const char *only, bn_paper **out,
                        size_t *n, bn_msgs *msgs);

/* The measures that the fields of a paper print, blank-separated, in arena a.
 * Fails where an expression does. */
bn_code bn_paper_measures(bn_transform *t, bn_arena *a, bn_tree *input,
                          const bn_paper *paper, const char **out,
                          bn_err *err);

/* --------------------------------------------------------------- content */

typedef struct bn_content_job {
    bn_source *source;
    bn_transform *transform;
    bn_arena *arena;
    const char *share, *house; /* house may be NULL */
    const char *unit;          /* id of the case or kit, for messages */
    const char *today;
    bool draft;
    bool blank; /* a form to be filled in by hand: what is empty is room */
    bool copy;  /* marked 写し */
    int32_t version; /* of the paper; 0, 1: the first */
    const char *replaces, *reason; /* of a later one */
    bool part;     /* of a ledger: rows of its group are some of many */
    size_t first;  /* number of the first of them, from 0 */
    size_t before, after; /* rows at both ends that other parts print: they are
                             there for their neighbours, nothing is told */
} bn_content_job;

/*
 * Make the content of one paper: fill the fields, run the stylesheet or
 * template, number, resolve references, look for blanks left over (R151).
 *
 * input  gets <document> while the paper is made.
 * out    article in XHTML; bn_tree_free.
 * Errors of the paper go to msgs; the code is the first of them. With draft,
 * empty fields and left-over blanks are warnings.
 */
bn_code bn_content_make(const bn_content_job *job, bn_tree *input,
                        const bn_paper *paper, bn_tree **out, bn_msgs *msgs);

/*
 * The kind of register rows that a ledger prints, when it can be made in parts
 * of them: by the generic stylesheet, of one group that is these rows, and
 * nothing else of the register. NULL: it cannot.
 */
const char *bn_entry_parts(const bn_entry *e);

/*
 * The order in which the ledger's rows are printed: by their first date.
 *
 * order  numbers of rows of the kind, as bn_row_store_part takes them; in
 *        arena a.
 * input  its register is another one afterwards.
 */
bn_code bn_part_order(const bn_content_job *job, bn_tree *input,
                      const bn_paper *paper, bn_row_store *rows, bn_arena *a,
                      size_t **order, size_t *n, bn_msgs *msgs);

/* Who may read the rows of a body's register. */
typedef struct bn_register_readers {
    bn_source *source;
    const bn_catalogue *catalogue;
    const char *const *files; /* stylesheets and templates of its papers */
    size_t nfiles;
    const char *const *rules;
    size_t nrules;
} bn_register_readers;

/*
 * Names of attributes, and of elements inside rows, that they can read; what
 * ledgers made in parts print is not among them. NULL: all there are.
 *
 * a      of the map.
 * input  the body's, its register still empty.
 */
bn_map *bn_register_words(const bn_register_readers *of, bn_arena *a,
                          const bn_tree *input);
/* Are there papers of a body of which each is about a row of its register? */
bool bn_catalogue_has_row_papers(const bn_catalogue *c);

/*
 * The content of a Markdown file that no catalogue names: its front matter says
 * title and layout; expressions see an empty input.
 *
 * layout, title  in the job's arena.
 */
bn_code bn_markdown_make(const bn_content_job *job, const char *path,
                         bn_tree **out, const char **layout,
                         const char **title, bn_msgs *msgs);

/* The input as the paper's stylesheet sees it, <document> filled in. */
bn_code bn_content_input(const bn_content_job *job, bn_tree *input,
                         const bn_paper *paper, bn_buf *out, bn_msgs *msgs);

/*
 * The fields of a paper with their values as papers print them, by
 * stylesheets/trace.xsl: <trace><row document provision field label at>.
 * What is empty is a row without text; nothing is told of it.
 */
bn_code bn_content_fields(const bn_content_job *job, bn_tree *input,
                          const bn_paper *paper, bn_tree **out, bn_msgs *msgs);

/* What is empty in a paper's required fields: a warning R151 each, and nothing
 * is made. */
void bn_content_lacks(const bn_content_job *job, bn_tree *input,
                      const bn_paper *paper, bn_msgs *msgs);

/* Something that is still to be filled in. */
typedef struct bn_blank {
    bn_loc at;        /* of the placeholder in its template, or in the data */
    const char *path; /* of what is to be written: XPath from the unit */
    const char *text; /* what stands there now; "" nothing */
} bn_blank;

/* Texts and attributes of a tree that still say （記入） and the like, in order;
 * in arena a. */
void bn_tree_blanks(bn_arena *a, const bn_tree *t, bn_blank **out, size_t *n);

/* Make a paper's content in order to see what is still blank: placeholders
 * "blank:" of its template that have no value, but for {{ blank: none }}, where
 * a line is always left. What required fields lack is told as by
 * bn_content_lacks. */
void bn_content_blanks(const bn_content_job *job, bn_tree *input,
                       const bn_paper *paper, bn_blank **out, size_t *n,
                       bn_msgs *msgs);

/* Content as a web page of its own: html, head with screen.css inside, body. */
bn_code bn_content_page(const bn_content_job *job, const bn_tree *content,
                        bn_buf *out, bn_err *err);

/* Put the page description of the i-th paper (from 0) behind those in *all
 * (NULL at first); paper is left as it is. */
void bn_bind(bn_arena *a, bn_tree **all, const bn_tree *paper, size_t i,
             bool through);
/* When all are bound. through: pages are counted on through all papers. */
void bn_bind_end(bn_arena *a, bn_tree *all, bool through);

/* The date a paper says of itself (bn_entry.date), "" when none. */
bn_code bn_paper_date(const bn_content_job *job, bn_tree *input,
                      const bn_paper *paper, const char **out, bn_err *err);

/*
 * What the content says, without where it comes from: two trees that differ
 * in their places only have one digest.
 *
 * pictures  it names files that are not in it (img).
 */
bn_digest bn_content_digest(const bn_tree *content, bool *pictures);

/* ------------------------------------------------------------- revisions */

/* A clause of a template that names measures: "{#id measure=I.3,I.4.h}". */
typedef struct bn_clause {
    const char *title;    /* its heading, or that above with its first words */
    const char *measures; /* ids, blank-separated */
    bn_loc at;
} bn_clause;

/* The clauses of a Markdown template that name measures, in its order, those
 * of templates that it includes too; in the job's arena. Errors as those of
 * making content from it. */
bn_code bn_template_clauses(const bn_content_job *job, const char *path,
                            const bn_clause **out, size_t *n, bn_err *err);

/*
 * A Markdown template as content, numbered, its placeholders as they are
 * written: two of them can then be compared. {{#each}} stands once, {{#if}}
 * with both its branches.
 */
bn_code bn_template_article(const bn_content_job *job, const char *path,
                            bn_tree **out, bn_msgs *msgs);

/* What a revision map says of a measure. Strings are never NULL but for
 * decision. */
typedef struct bn_measure_change {
    const char *kind;  /* same, reworded, split, merged, deleted, added,
                          unknown */
    const char *basis; /* stated, inferred */
    const char *to;    /* measures of the new edition, blank-separated */
    const char *note;
    const char *decision; /* what a person must decide; NULL: nothing */
} bn_measure_change;

typedef struct bn_revision {
    const char *from, *to; /* editions */
    const bn_measure_change *(*find)(void *user, const char *measure);
    void *user;
    const bn_measure_change *loose; /* of no measure of the old edition */
    size_t nloose;
} bn_revision;

/*
 * Put a case or kit under another edition: the edition it names, and each
 * measure it names as the map says. Where a person must decide, the element
 * gets a processing instruction bunsho-decide (measure, kind, to, text), and
 * a measure without a successor stays; an element of a measure that was split
 * is copied for each part unless it has an id.
 *
 * unit  as it was written (BN_XML_PLAIN), changed in place.
 * Returns how many decisions are open.
 */
size_t bn_tree_revise(bn_arena *a, bn_tree *unit, const bn_revision *revision);

/* ---------------------------------------------------------------- import */

/* A mapping: how the columns of a table become elements (schemas/import.rng). */
typedef struct bn_import bn_import;

/* Where the records go. */
typedef enum bn_import_into {
    BN_IMPORT_FILES,    /* a file each */
    BN_IMPORT_AUDITORS, /* one auditor-register */
    BN_IMPORT_KIT       /* into a client-kit */
} bn_import_into;

/*
 * Read a mapping. own is laid over stock, column by column by name: its heads,
 * types, defaults stand for those of stock; a record of its own, too.
 *
 * own  may be NULL.
 */
bn_code bn_import_open(bn_source *s, bn_arena *a, const char *share,
                       const char *stock, const char *own, bn_import **out,
                       bn_msgs *msgs);
void bn_import_close(bn_import *m);
bn_import_into bn_import_where(const bn_import *m);
/* Encoding of the table that it names; NULL: to be found out. */
const char *bn_import_encoding(const bn_import *m);

/* A record: its elements have the places of the cells they come from. */
typedef struct bn_record {
    bn_tree *tree;  /* bn_tree_free */
    const char *id; /* the first unique column's value; "" it has none */
    const bn_csv_row *row;
} bn_record;

/*
 * All rows of a table as records. Every fault is told, with the place of the
 * cell and the head of its column; then nothing is given out.
 *
 * words  name, value, name, value, …, NULL: placeholders that no column fills.
 * first  number of the first record for {no}, where no column has that name.
 */
bn_code bn_import_rows(const bn_import *m, bn_arena *a, const bn_csv *table,
                       const char *const *words, size_t first, bn_record **out,
                       size_t *n, bn_msgs *msgs);
/*
 * The same row by row, of which none is kept: when all faults are told, the
 * rows without one (of a value that may stand once: none that has it).
 * Returns what is wrong with the columns; then there are no rows.
 */
typedef void bn_record_taker(void *user, const bn_record *record);
bn_code bn_import_each(const bn_import *m, const bn_csv *table,
                       const char *const *words, size_t first,
                       bn_record_taker *take, void *user, bn_msgs *msgs);

/* A new register of auditors of a body with these records in it. */
bn_tree *bn_import_register(const bn_record *records, size_t n,
                            const char *body);
/* Put the records into a kit: in the element that the mapping names, behind
 * what is there. A key that is there already: BN_EIMPORTTWICE. */
bn_code bn_import_into_kit(const bn_import *m, bn_arena *a,
                           const bn_csv *table, bn_tree *kit,
                           const bn_record *records, size_t n, bn_msgs *msgs);
/* How many records the kit has there. */
size_t bn_import_count(const bn_import *m, const bn_tree *kit);
/* A message of the grammar about a value that a cell of the table holds, in
 * words of the table; else msgs gets it as it is. */
void bn_import_tell(bn_source *s, const bn_csv *table, const bn_err *err,
                    bn_msgs *msgs);

/* Where its elements stand, in order of the document; in arena a. */
const bn_place *bn_tree_places(const bn_tree *t, bn_arena *a, size_t *n);
/* A tree as XML text with line ends and indents, appended. */
bn_code bn_tree_write_lines(const bn_tree *t, bn_buf *out, bn_err *err);

/* --------------------------------------------------------------- numbers */

/* An element of a case that bears a number of the body. */
typedef struct bn_slot {
    bn_node *node;
    const char *key;    /* names it in its case: "certificate-1" */
    const char *series; /* kind of the body's series */
    const char *date;   /* the element's own; "" none */
    const char *number; /* that the data carries; "" none */
} bn_slot;

/* In arena a, in order of the data. */
void bn_number_slots(bn_arena *a, bn_tree *unit, bn_slot **out, size_t *n);
void bn_number_set(const bn_slot *slot, const char *number);
/* The series that a slot ("document-2") draws from; NULL: no such slot. */
const char *bn_number_series(const char *slot);
/* Is it a number of the body's (of a plan, a letter, a certificate …), and not
 * one that the unit counts something by? */
bool bn_number_is_body(const bn_node *unit, const char *number);
/* The number that a paper goes by: its field "number", or its key when that
 * is one; "" none. */
bn_code bn_paper_number(const bn_content_job *job, bn_tree *input,
                        const bn_paper *paper, const char **out, bn_err *err);
/* Pattern of a series of the body; NULL: it has none. */
const char *bn_series_pattern(bn_arena *a, const bn_tree *body,
                              const char *kind);

/* Lines "library version", for --version. */
void bn_content_versions(bn_buf *out);

#endif
