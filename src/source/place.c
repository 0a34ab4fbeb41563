#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/utf8.h"
#include "source/internal.h"

void
bn_place_write(bn_place place, char *out)
{
    sprintf(out, "%u.%u", (unsigned)(place >> 32), (unsigned)place);
}

bn_place
bn_place_read(const char *s)
{
    char *end;
    const unsigned long file = strtoul(s, &end, 10);
    unsigned long ordinal;

    if (end == s || *end != '.' || file == 0 || file > UINT32_MAX)
        return 0;
    s = end + 1;
    ordinal = strtoul(s, &end, 10);
    if (end == s || *end != '\0' || ordinal == 0 || ordinal > UINT32_MAX)
        return 0;
    return (bn_place)file << 32 | ordinal;
}

/* Past a construct that starts at s[i] and ends with `close`. */
static size_t
skip_to(const char *s, size_t n, size_t i, const char *close)
{
    const size_t length = strlen(close);

    for (; i + length <= n; i++)
        if (memcmp(s + i, close, length) == 0)
            return i + length;
    return n;
}

/* Past a start tag, whose attribute values may hold '>'. */
static size_t
skip_tag(const char *s, size_t n, size_t i)
{
    char quote = '\0';

    for (; i < n; i++)
        if (quote) {
            if (s[i] == quote)
                quote = '\0';
        } else if (s[i] == '"' || s[i] == '\'') {
            quote = s[i];
        } else if (s[i] == '>') {
            return i + 1;
        }
    return n;
}

/*
 * Offset of the ordinal-th start tag from i on of a well-formed document, or
 * n: a scan of marks only, as the document was parsed before.
 */
static size_t
find_element(const char *s, size_t n, size_t i, uint32_t ordinal)
{

    while (i < n) {
        const char *lt = memchr(s + i, '<', n - i);

        if (lt == NULL)
            return n;
        i = (size_t)(lt - s);
        if (n - i >= 4 && memcmp(lt, "<!--", 4) == 0)
            i = skip_to(s, n, i + 4, "-->");
        else if (n - i >= 9 && memcmp(lt, "<![CDATA[", 9) == 0)
            i = skip_to(s, n, i + 9, "]]>");
        else if (n - i >= 2 && lt[1] == '?')
            i = skip_to(s, n, i + 2, "?>");
        else if (n - i >= 2 && lt[1] == '/')
            i = skip_tag(s, n, i);
        else if (--ordinal == 0)
            return i;
        else
            i = skip_tag(s, n, i + 1);
    }
    return n;
}

/* Places of Markdown templates count lines, not elements. */
static bool
counts_lines(const char *name)
{
    const size_t n = strlen(name);

    return n > 3 && strcmp(name + n - 3, ".md") == 0;
}

/* Have the text of a file at hand, as it was when it was read. */
static void
turn_to(bn_source *s, uint32_t number)
{
    const read_file *f = &s->files.v[number - 1];
    located *l = &s->last;
    const char *name = f->path;
    const bn_digest was = f->digest;
    bn_digest digest;
    bn_err err;

    if (l->number == number)
        return;
    bn_buf_clear(&l->text);
    l->number = number;
    l->ordinal = 0;
    l->at = l->known_at = 0;
    l->line = l->column = 1;
    if (f->kept)
        bn_buf_add(&l->text, f->kept, f->nbytes);
    else if (bn_source_read(s, name, 0, &l->text, &err) != BN_OK)
        bn_buf_clear(&l->text);
    digest = bn_digest_of(l->text.p, l->text.len);
    if (memcmp(&digest, &was, sizeof digest) != 0 ||
        bn_xml_decode(name, &l->text, &err) != BN_OK)
        bn_buf_clear(&l->text);
}

/* Go to an element, on from the last one when it lies behind it. */
static bool
go_to(located *l, uint32_t ordinal)
{
    const char *s = l->text.p;
    const size_t n = l->text.len;
    size_t at;

    if (n == 0 || ordinal == 0)
        return false;
    if (ordinal < l->ordinal || l->ordinal == 0) {
        l->ordinal = 0;
        l->at = l->known_at = 0;
        l->line = l->column = 1;
    }
    at = find_element(s, n, l->at, ordinal - l->ordinal + (l->ordinal > 0));
    if (at >= n)
        return false;
    for (size_t i = l->at; i < at; i++)
        if (s[i] == '\n') {
            l->line++;
            l->column = 1;
            l->known_at = i + 1;
        }
    /* On from what was counted: a whole file may stand on one line. */
    l->column += (uint32_t)bn_u8_count(s + l->known_at, at - l->known_at);
    l->at = l->known_at = at;
    l->ordinal = ordinal;
    return true;
}

void
bn_place_of_cell(bn_node *node, bn_place place)
{
    node->_private = (void *)(uintptr_t)place;
}

/* Of an element that was made of a row: its cell. 0: it was not. */
static bn_place
cell_place(const bn_source *s, const char *file, uint32_t ordinal)
{
    const bn_slice *piece = bn_source_piece(s, file);

    return piece && ordinal > 0 && ordinal <= piece->nplaces
               ? piece->places[ordinal - 1]
               : 0;
}

bn_loc
bn_source_locate(bn_source *s, bn_place place)
{
    const uint32_t number = (uint32_t)(place >> 32);
    bn_loc loc = {.file = bn_source_file(s, number), .place = place};
    located *l = &s->last;

    if (loc.file == NULL)
        return loc;
    if (cell_place(s, loc.file, (uint32_t)place)) {
        loc = bn_source_locate(s, cell_place(s, loc.file, (uint32_t)place));
        loc.place = place;
        return loc;
    }
    if (s->files.v[number - 1].table) {
        loc.line = (uint32_t)place >> CELL_BITS;
        loc.column = (uint32_t)place & CELL_COLUMNS;
        return loc;
    }
    if (counts_lines(loc.file)) {
        loc.line = (uint32_t)place;
        return loc;
    }
    turn_to(s, number);
    if (go_to(l, (uint32_t)place)) {
        loc.line = l->line;
        loc.column = l->column;
    }
    loc.file = bn_source_file(s, number); /* the list may have moved */
    bn_source_show(s, &loc);
    return loc;
}
