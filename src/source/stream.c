/* stream.c - one big XML file is cut into the elements below its root. The
 * parser checks it chunk by chunk; beside it a scan of marks, as places use it,
 * finds where elements begin and end. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/utf8.h"
#include "source/internal.h"

enum {
    CHUNK = 64 * 1024,
    HEAD = 64 * 1024,
    CASE_MOST = 64 * 1024 * 1024 /* of one element */
};

/* Where the scan stands. */
typedef enum mark {
    TEXT,
    OPEN,    /* behind '<' */
    TAG,     /* in a start tag */
    END_TAG, /* in an end tag */
    BANG,    /* behind "<!" */
    COMMENT,
    CDATA,
    PI
} mark;

typedef struct cut {
    bn_source *source;
    const char *path;
    bn_msgs *msgs;
    bn_code code;
    int64_t good; /* bytes before what the parser found wrong */
    int fd;
    bn_slice_taker *take;
    void *user;
    bool stopped;

    mark mark;
    char quote;
    char last[3];  /* characters before, latest last */
    unsigned bang; /* characters behind "<!" */
    unsigned depth;
    int64_t offset;
    uint32_t line, column;
    bn_buf piece; /* of the element in hand */
    bool inside;
    int64_t from;
    uint32_t from_line, from_column;
} cut;

static void
fail(cut *c, bn_code code, bn_loc at, const char *text)
{
    bn_err err;

    if (c->code)
        return;
    c->code = code;
    bn_fail(&err, code, at, text);
    bn_msgs_add(c->msgs, &err, BN_ERROR);
}

static bn_loc
here(const cut *c)
{
    return (bn_loc){.file = c->path, .line = c->line, .column = c->column};
}

/* -------------------------------------------------------------- the parser */

static void
on_error(void *user, xmlErrorPtr e)
{
    xmlParserCtxtPtr ctxt = user;
    cut *c = ctxt->_private;
    char text[BN_ARG_BYTES];
    size_t n;

    if (e->level == XML_ERR_WARNING)
        return;
    n = strcspn(e->message ? e->message : "", "\n");
    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, e->message ? e->message : "", n);
    text[n] = '\0';
    if (c->code == BN_OK) /* afterwards the parser may have let go of it */
        c->good = (int64_t)xmlByteConsumed(ctxt);
    fail(c, BN_EXML,
         (bn_loc){.file = c->path,
                  .line = (uint32_t)(e->line > 0 ? e->line : 0),
                  .column = (uint32_t)(e->int2 > 0 ? e->int2 : 0)},
         text);
}

static void
on_dtd(void *user, const xmlChar *name, const xmlChar *public_id,
       const xmlChar *system_id)
{
    xmlParserCtxtPtr ctxt = user;
    cut *c = ctxt->_private;

    (void)name;
    (void)public_id;
    (void)system_id;
    fail(c, BN_EDTD, (bn_loc){.file = c->path, .line = 1}, "");
    xmlStopParser(ctxt);
}

static xmlParserCtxtPtr
open_parser(cut *c)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .internalSubset = on_dtd,
                             .externalSubset = on_dtd,
                             .serror = on_error}; /* nothing is built */
    xmlParserCtxtPtr ctxt =
        xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, c->path);

    if (ctxt == NULL)
        return NULL;
    ctxt->_private = c;
    ctxt->userData = ctxt;
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET);
    return ctxt;
}

/* ---------------------------------------------------------------- the scan */

static void
begin_piece(cut *c, char ch)
{
    c->inside = true;
    c->from = c->offset - 1; /* of the '<' */
    c->from_line = c->line;
    c->from_column = c->column - 1;
    bn_buf_clear(&c->piece);
    bn_buf_addc(&c->piece, '<');
    bn_buf_addc(&c->piece, ch);
}

static void
end_piece(cut *c)
{
    const bn_slice piece = {.shown = c->path,
                            .fd = c->fd,
                            .offset = c->from,
                            .nbytes = c->piece.len,
                            .line = c->from_line,
                            .column = c->from_column};

    c->inside = false;
    if (!c->take(c->user, &piece, NULL, c->piece.p))
        c->stopped = true;
}

static void
end_tag(cut *c, bool start, bool empty)
{
    c->mark = TEXT;
    if (start && !empty)
        c->depth++;
    else if (!start && c->depth > 0)
        c->depth--;
    if (c->inside && c->depth == 1)
        end_piece(c);
}

/* Behind "<!": "--" begins a comment, "[CDATA[" text; a DTD ends it all. */
static void
on_bang(cut *c, char ch)
{
    c->bang++;
    if (c->bang == 2 && ch == '-' && c->last[2] == '-')
        c->mark = COMMENT;
    else if (c->bang == 7)
        c->mark = ch == '[' ? CDATA : TAG;
    if (c->mark != BANG)
        memset(c->last, 0, sizeof c->last);
}

static void
on_open(cut *c, char ch)
{
    c->mark = ch == '/' ? END_TAG : ch == '?' ? PI : ch == '!' ? BANG : TAG;
    c->bang = 0;
    c->quote = '\0';
    if (c->mark == TAG && c->depth == 1 && !c->inside)
        begin_piece(c, ch);
}

static void
on_tag(cut *c, char ch)
{
    if (c->quote) {
        if (ch == c->quote)
            c->quote = '\0';
    } else if (c->mark == TAG && (ch == '"' || ch == '\'')) {
        c->quote = ch;
    } else if (ch == '>') {
        end_tag(c, c->mark == TAG, c->last[2] == '/');
    }
}

static void
scan_one(cut *c, char ch)
{
    if (c->inside)
        bn_buf_addc(&c->piece, ch);
    switch (c->mark) {
    case TEXT:
        if (ch == '<')
            c->mark = OPEN;
        break;
    case OPEN:
        on_open(c, ch);
        break;
    case TAG:
    case END_TAG:
        on_tag(c, ch);
        break;
    case BANG:
        on_bang(c, ch);
        break;
    case COMMENT:
        if (ch == '>' && c->last[2] == '-' && c->last[1] == '-')
            c->mark = TEXT;
        break;
    case CDATA:
        if (ch == '>' && c->last[2] == ']' && c->last[1] == ']')
            c->mark = TEXT;
        break;
    case PI:
        if (ch == '>' && c->last[2] == '?')
            c->mark = TEXT;
        break;
    }
    c->last[0] = c->last[1];
    c->last[1] = c->last[2];
    c->last[2] = ch;
}

static void
scan(cut *c, const char *p, size_t n)
{
    for (size_t i = 0; i < n && !c->stopped; i++) {
        scan_one(c, p[i]);
        c->offset++;
        if (p[i] == '\n') {
            c->line++;
            c->column = 1;
        } else if (((unsigned char)p[i] & 0xC0) != 0x80) {
            c->column++;
        }
        if (c->piece.len > CASE_MOST) {
            fail(c, BN_ETOOBIG, here(c), c->path);
            c->stopped = true;
        }
    }
}

/* ----------------------------------------------------------------- reading */

static ssize_t
read_some(int fd, char *p, size_t n)
{
    ssize_t done;

    do
        done = read(fd, p, n);
    while (done < 0 && errno == EINTR);
    return done;
}

/* Only UTF-8: pieces are cut out of the bytes as they are. */
static bool
is_utf8(const char *p, size_t n)
{
    const char *end, *name;

    if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 ||
                   memcmp(p, "\xFE\xFF", 2) == 0 || p[0] == '\0'))
        return false;
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        p += 3;
        n -= 3;
    }
    end = n > 5 && memcmp(p, "<?xml", 5) == 0 ? memchr(p, '>', n) : NULL;
    name = end ? strstr(p, "encoding") : NULL;
    if (name == NULL || name > end)
        return true;
    name += strcspn(name, "\"'>");
    return *name == '>' || strncasecmp(name + 1, "utf-8", 5) == 0;
}

/* How much of a chunk lies before what the parser found wrong. */
static size_t
known(const cut *c, size_t n)
{
    const int64_t good = c->code ? c->good - c->offset : (int64_t)n;

    return c->code == BN_EDTD || good < 0 ? 0
           : (uint64_t)good < n           ? (size_t)good
                                          : n;
}

static void
read_all(cut *c, int in, bool spool)
{
    xmlParserCtxtPtr ctxt = open_parser(c);
    char *chunk = bn_alloc(CHUNK + 1);
    ssize_t n;
    bn_err err;

    if (ctxt == NULL)
        fail(c, BN_EINTERNAL, BN_NOWHERE, "xmlCreatePushParserCtxt");
    while (c->code == BN_OK && !c->stopped &&
           (n = read_some(in, chunk, CHUNK)) != 0) {
        chunk[n > 0 ? n : 0] = '\0';
        if (n < 0)
            fail(c, BN_EREAD, BN_NOWHERE, c->path);
        else if (c->offset == 0 && !is_utf8(chunk, (size_t)n))
            fail(c, BN_ESTREAMCODE, (bn_loc){.file = c->path, .line = 1}, "");
        if (c->code == BN_OK && spool &&
            bn_spool_add(c->fd, chunk, (size_t)n, &err)) {
            c->code = err.code;
            bn_msgs_add(c->msgs, &err, BN_ERROR);
        }
        if (c->code)
            break;
        xmlParseChunk(ctxt, chunk, (int)n, 0);
        scan(c, chunk, known(c, (size_t)n));
    }
    if (c->code == BN_OK && c->offset == 0)
        fail(c, BN_EXML, (bn_loc){.file = c->path, .line = 1},
             "Document is empty");
    if (c->code == BN_OK && !c->stopped)
        xmlParseChunk(ctxt, chunk, 0, 1);
    if (ctxt)
        xmlFreeParserCtxt(ctxt);
    free(chunk);
}

bn_code
bn_stream_cut(bn_source *s, const char *path, int *fd, bn_slice_taker *take,
              void *user, bn_msgs *msgs)
{
    const bool from_pipe = strcmp(path, "-") == 0;
    cut c = {.source = s,
             .path = from_pipe ? "stdin" : path,
             .msgs = msgs,
             .take = take,
             .user = user,
             .line = 1,
             .column = 1};
    bn_err err = {0};

    c.fd = from_pipe ? bn_spool_open(&err) : bn_jail_open(s, path, &err);
    if (c.fd < 0) {
        bn_msgs_add(msgs, &err, BN_ERROR);
        return err.code;
    }
    xmlSetExternalEntityLoader(bn_refuse_entity);
    read_all(&c, from_pipe ? STDIN_FILENO : c.fd, from_pipe);
    bn_buf_free(&c.piece);
    *fd = c.fd;
    return c.code;
}

/* The name of the next start tag; moves *p behind it. NULL: none here. */
static const char *
next_tag(const char **p, size_t *n)
{
    const char *s = *p;

    while ((s = strchr(s, '<')) != NULL) {
        const char *close = strncmp(s, "<!--", 4) == 0 ? "-->" : ">";

        if (s[1] != '!' && s[1] != '?' && s[1] != '/') {
            *n = strcspn(s + 1, " \t\r\n/>");
            *p = s + 1 + *n;
            return s + 1;
        }
        s = strstr(s, close);
        if (s == NULL)
            break;
    }
    return NULL;
}

static bool
is_one_of(const char *name, size_t n, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
            return true;
    return false;
}

bool
bn_is_stream(bn_source *s, const char *path, const char *const *names)
{
    const int fd = bn_jail_open(s, path, NULL);
    char *head = bn_alloc(HEAD + 1);
    const ssize_t got = fd >= 0 ? read_some(fd, head, HEAD) : -1;
    const char *p = head, *root, *child;
    size_t n = 0, m = 0;
    bool is;

    if (fd >= 0)
        close(fd);
    head[got > 0 ? got : 0] = '\0';
    root = next_tag(&p, &n);
    child = root && !is_one_of(root, n, names) ? next_tag(&p, &m) : NULL;
    is = child && is_one_of(child, m, names);
    free(head);
    return is;
}
