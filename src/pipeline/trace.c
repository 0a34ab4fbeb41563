/* trace.c - on which page each field of a paper stands. */
#include "pipeline/trace.h"

#include <string.h>

#include "base/map.h"
#include "base/vec.h"

/* A page on which something from one place of the data stands. */
typedef struct stand {
    uint32_t page; /* from 1 */
    struct stand *next;
} stand;

typedef struct row {
    const char *columns[5]; /* document, provision, field, label, value */
    bn_place place;
} row;

enum { VALUE = 4 };

/* Lists of the arena: BN_VEC would have to be freed. */
typedef struct page_text {
    const char *text; /* without white space */
    struct page_text *next;
} page_text;

typedef struct row_list {
    row row;
    struct row_list *next;
} row_list;

struct bn_trace {
    bn_arena *arena;
    bn_map *places; /* bn_place -> first stand */
    uint32_t npages;
    page_text *pages, **next_page;
    row_list *rows, **next_row;
};

bn_trace *
bn_trace_new(bn_arena *a)
{
    bn_trace *t = BN_NEW(a, bn_trace);

    *t = (bn_trace){.arena = a, .places = bn_map_new(a)};
    t->next_page = &t->pages;
    t->next_row = &t->rows;
    return t;
}

/* ----------------------------------------------------------------- pages */

/* Lines break anywhere in Japanese, and labels are spread with spaces. */
static void
add_without_space(bn_buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r')
            continue;
        if (n - i >= 3 && memcmp(s + i, "\xE3\x80\x80", 3) == 0)
            i += 2; /* U+3000 */
        else if (n - i >= 2 && memcmp(s + i, "\xC2\xA0", 2) == 0)
            i += 1; /* U+00A0 */
        else
            bn_buf_addc(out, s[i]);
    }
}

static void
note_place(bn_trace *t, bn_place place)
{
    bn_map_value *slot = bn_map_put(t->places, &place, sizeof place, NULL);
    stand **s = (stand **)&slot->p;

    while (*s && (*s)->page != t->npages)
        s = &(*s)->next;
    if (*s)
        return;
    *s = BN_NEW(t->arena, stand);
    **s = (stand){.page = t->npages};
}

/* Words drawn in a picture. */
static void
note_image(const bn_image *image, bn_buf *text)
{
    for (uint32_t i = 0; image && i < image->ndraws; i++)
        if (image->draws[i].kind == BN_DRAW_TEXT)
            add_without_space(text, image->draws[i].run->text,
                              image->draws[i].run->nbytes);
}

static void
note_area(bn_trace *t, const bn_area *area, bn_buf *text)
{
    const bn_struct *tag = area->tag;

    if (tag && tag->place && !tag->artifact && !(area->flags & BN_ARTIFACT))
        note_place(t, tag->place);
    if (area->kind == BN_AREA_TEXT && !(area->flags & BN_HIDDEN))
        add_without_space(text, area->text.run->text, area->text.run->nbytes);
    if (area->kind == BN_AREA_VIEWPORT)
        note_image(area->viewport.image, text);
    for (const bn_area *a = area->first; a; a = a->next)
        note_area(t, a, text);
}

void
bn_trace_page(bn_trace *t, const bn_area *page)
{
    page_text *p = BN_NEW(t->arena, page_text);
    bn_buf text = {0};

    t->npages++;
    note_area(t, page, &text);
    *p = (page_text){.text = bn_arena_strndup(t->arena, text.p ? text.p : "",
                                              text.len)};
    *t->next_page = p;
    t->next_page = &p->next;
    bn_buf_free(&text);
}

static const char *
text_of_page(const bn_trace *t, uint32_t number)
{
    const page_text *p = t->pages;

    while (p && --number > 0)
        p = p->next;
    return p ? p->text : "";
}

/* The first page with these words; 0: none. */
static uint32_t
page_with(const bn_trace *t, const char *words)
{
    uint32_t n = 1;

    for (const page_text *p = t->pages; p; p = p->next, n++)
        if (strstr(p->text, words))
            return n;
    return 0;
}

/* Where what comes from this place is printed so. Attributes of one element
 * share its place: then where the words are, when they are telling, else where
 * anything of the element is. */
static uint32_t
find_page(const bn_trace *t, const row *r)
{
    enum { TELLING = 6 }; /* bytes: two ideographs */
    const bn_map_value *slot =
        bn_map_find(t->places, &r->place, sizeof r->place);
    const stand *first = slot && r->place ? slot->p : NULL;
    const char *value = r->columns[VALUE];
    uint32_t page = 0;
    bn_buf want = {0};

    add_without_space(&want, value, strlen(value));
    bn_buf_addc(&want, '\0');
    for (const stand *s = first; s && page == 0; s = s->next)
        if (strstr(text_of_page(t, s->page), want.p))
            page = s->page;
    if (page == 0 && (want.len > TELLING || first == NULL))
        page = page_with(t, want.p);
    if (page == 0 && first)
        page = first->page;
    bn_buf_free(&want);
    return page;
}

/* ---------------------------------------------------------------- fields */

static void
add_row(bn_trace *t, bn_node *node, const char *value)
{
    static const char *const names[] = {"document", "provision", "field",
                                        "label"};
    row_list *l = BN_NEW(t->arena, row_list);
    const char *at = bn_node_attribute(t->arena, node, "at");

    *l = (row_list){.row.place = at ? bn_place_read(at) : 0};
    for (size_t i = 0; i < VALUE; i++) {
        const char *text = bn_node_attribute(t->arena, node, names[i]);

        l->row.columns[i] = text ? text : "";
    }
    l->row.columns[VALUE] = value;
    *t->next_row = l;
    t->next_row = &l->next;
}

bn_code
bn_trace_fields(bn_trace *t, const bn_content_job *job, bn_tree *input,
                const bn_paper *paper, bn_msgs *msgs)
{
    bn_tree *rows = NULL;
    bn_node **nodes = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code = bn_content_fields(job, input, paper, &rows, msgs);

    if (code)
        return code;
    code = bn_xpath_nodes(job->transform, t->arena, rows, NULL, "/trace/row",
                          BN_NOWHERE, &nodes, &n, &err);
    for (size_t i = 0; i < n && code == BN_OK; i++) {
        const char *value = "";

        code = bn_xpath_string(job->transform, t->arena, rows, nodes[i],
                               "string(.)", BN_NOWHERE, &value, &err);
        if (code == BN_OK)
            add_row(t, nodes[i], value);
    }
    bn_tree_free(rows);
    if (code)
        bn_msgs_add(msgs, &err, BN_ERROR);
    return code;
}

void
bn_trace_write(const bn_trace *t, bn_source *s, bn_buf *out)
{
    bn_buf_adds(out, "document\tprovision\tfield\tlabel\tvalue\tpage\tplace\n");
    for (const row_list *l = t->rows; l; l = l->next) {
        const uint32_t page =
            *l->row.columns[VALUE] ? find_page(t, &l->row) : 0;

        for (size_t i = 0; i <= VALUE; i++)
            bn_buf_addf(out, "%s\t", l->row.columns[i]);
        if (page)
            bn_buf_addf(out, "%u", (unsigned)page);
        bn_buf_addc(out, '\t');
        if (l->row.place) {
            const bn_loc at = bn_source_locate(s, l->row.place);

            bn_buf_addf(out, "%s:%u:%u", at.file ? at.file : "",
                        (unsigned)at.line, (unsigned)at.column);
        }
        bn_buf_addc(out, '\n');
    }
}
