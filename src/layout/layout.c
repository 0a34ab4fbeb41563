/* layout.c - a document in passes: sequences one after another, and what is
 * said about the document for the sink. */
#include "layout/layout.h"

#include <string.h>

#include "layout/pages.h"

enum { MOST_PASSES = 4 };

void
bn_format_pt(char *out, size_t n, bn_len mpt)
{
    bn_buf b = {0};

    bn_buf_addf(&b, "%d.%d", mpt / 1000, mpt % 1000 / 100);
    memcpy(out, b.p, b.len < n ? b.len + 1 : n);
    out[n - 1] = '\0';
    bn_buf_free(&b);
}

bool
bn_told_before(bn_ctx *c, bn_code code, bn_place at)
{
    const uint64_t key[] = {at, code}; /* those of objects have four bytes */
    bool is_new = true;

    if (at && c->slots)
        (void)bn_map_put(c->slots, key, sizeof key, &is_new);
    return !is_new;
}

void
bn_warn_overflow(bn_ctx *c, bn_place at, bn_len by)
{
    char text[24];

    if (c->measuring || bn_told_before(c, BN_WOVERFLOW, at))
        return;
    bn_format_pt(text, sizeof text, by);
    bn_warn(c->msgs, BN_WOVERFLOW, bn_at(at), text);
}

/* ------------------------------------------------------ about the document */

static void
read_declaration(const bn_fo *fo, bn_doc_info *info)
{
    const struct {
        const char *name;
        const char **slot;
    } rows[] = {
        {"title", &info->title},       {"document-title", &info->title},
        {"author", &info->author},     {"subject", &info->subject},
        {"keywords", &info->keywords},
    };
    const char *name = bn_said(fo, BN_P_AXF_DOCUMENT_INFO_NAME);

    for (size_t i = 0; name && i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, name) == 0)
            *rows[i].slot = bn_said(fo, BN_P_AXF_DOCUMENT_INFO_VALUE);
}

/* ids of the fox:destination children of an object. */
static void
read_destinations(bn_ctx *c, const bn_fo *parent, bn_doc_info *info)
{
    const char **all;
    size_t n = 0;

    for (const bn_fo *fo = parent->first; fo; fo = fo->next)
        n += fo->type == BN_FO_FOX_DESTINATION;
    if (n == 0)
        return;
    all = BN_NEWS(c->doc, const char *, info->ndestinations + n);
    for (size_t i = 0; i < info->ndestinations; i++)
        all[i] = info->destinations[i];
    for (const bn_fo *fo = parent->first; fo; fo = fo->next)
        if (fo->type == BN_FO_FOX_DESTINATION &&
            bn_fo_string(fo, BN_P_INTERNAL_DESTINATION))
            all[info->ndestinations++] =
                bn_fo_string(fo, BN_P_INTERNAL_DESTINATION);
    info->destinations = all;
}

/* What the XMP in fo:declarations says; document-info comes before it. */
static void
read_xmp(bn_ctx *c, const bn_fo *declarations, bn_doc_info *info)
{
    static const char dc[] = "http://purl.org/dc/elements/1.1/";
    const struct {
        const char *ns, *name;
        const char **slot;
    } rows[] = {
        {dc, "title", &info->title},
        {dc, "creator", &info->author},
        {dc, "description", &info->subject},
        {"http://ns.adobe.com/pdf/1.3/", "Keywords", &info->keywords},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (*rows[i].slot == NULL)
            *rows[i].slot =
                bn_fo_xmp(declarations, c->doc, rows[i].ns, rows[i].name);
}

static void
read_info(bn_ctx *c, bn_doc_info *info)
{
    const bn_fo *root = c->tree->root;

    info->lang = bn_said(root, BN_P_LANGUAGE);
    read_destinations(c, root, info);
    for (const bn_fo *fo = root->first; fo; fo = fo->next) {
        if (fo->type == BN_FO_AXF_DOCUMENT_INFO)
            read_declaration(fo, info);
        if (fo->type == BN_FO_DECLARATIONS)
            read_destinations(c, fo, info);
        if (fo->type == BN_FO_DECLARATIONS)
            for (const bn_fo *d = fo->first; d; d = d->next)
                if (d->type == BN_FO_AXF_DOCUMENT_INFO)
                    read_declaration(d, info);
        if (fo->type == BN_FO_DECLARATIONS)
            read_xmp(c, fo, info);
        if (fo->type == BN_FO_PAGE_SEQUENCE && info->lang == NULL)
            info->lang = bn_said(fo, BN_P_LANGUAGE);
    }
    info->bookmarks = bn_outline(c);
}

static void
sequence_info(bn_ctx *c, const bn_fo *seq, bn_sequence_info *info)
{
    info->lang = bn_said(seq, BN_P_LANGUAGE);
    info->country = bn_said(seq, BN_P_COUNTRY);
    for (const bn_fo *t = seq->first; t; t = t->next)
        if (t->type == BN_FO_TITLE)
            info->title = bn_fo_plain_text(c, t);
}

/* ------------------------------------------------------------------ a pass */

static const bn_fo *
next_sequence(const bn_fo *root, const bn_fo *fo)
{
    fo = fo ? fo->next : root->first;
    while (fo && fo->type != BN_FO_PAGE_SEQUENCE)
        fo = fo->next;
    return fo;
}

static void
begin_pass(bn_ctx *c)
{
    bn_markers_free(c);
    bn_citings_begin(c);
    c->pass++; /* lines of the pass before stay: few change */
    c->page_index = 0;
    c->last_number = 0;
    c->glyphs_missing = 0;
    c->fatal = BN_OK;
}

static bn_code
run_pass(bn_ctx *c, bool emit, bn_err *err)
{
    /* What a page made is dropped behind it, unless the pages are kept. */
    const bn_fo *root = c->tree->root;
    const bn_mark mark = bn_arena_mark(c->seq);
    bn_code code = BN_OK;

    begin_pass(c);
    for (const bn_fo *seq = next_sequence(root, NULL); seq && code == BN_OK;
         seq = next_sequence(root, seq)) {
        bn_sequence_info info = {0};

        if (!bn_kept_on(c))
            bn_arena_rewind(c->seq, mark);
        sequence_info(c, seq, &info);
        if (emit)
            code = c->sink->sequence(c->sink->user, &info, err);
        else if (bn_kept_on(c))
            bn_kept_sequence(c, &info);
        if (code == BN_OK)
            code =
                bn_sequence_pages(c, seq, next_sequence(root, seq), emit, err);
    }
    if (!bn_kept_on(c)) {
        bn_arena_rewind(c->seq, mark);
        c->slots = NULL; /* it was there */
    }
    c->flow = NULL;
    return code;
}

static int32_t
page_of(void *layout, const char *id)
{
    return bn_cites_page_of(layout, id);
}

/*
 * Passes without pages until what is cited stands still. Their messages are
 * those of the last pass, which says them again, or which is one of these when
 * its pages were kept (then bn_kept_on).
 */
static bn_code
settle_citations(bn_ctx *c, bn_err *err)
{
    bn_msgs *msgs = c->msgs;
    bn_code code = BN_OK;
    bool settled = false;

    if (!bn_cites_any(c->tree->root, true))
        return BN_OK;
    for (int pass = 1; pass < MOST_PASSES && code == BN_OK && !settled;
         pass++) {
        const bn_mark mark = bn_arena_mark(c->seq);
        bn_msgs quiet = {0};

        c->msgs = &quiet;
        bn_kept_begin(c);
        code = run_pass(c, false, err);
        c->msgs = msgs;
        bn_cites_turn(c);
        if (code == BN_OK)
            settled = bn_citings_hold(c, bn_kept_on(c));
        if (!settled && bn_kept_on(c)) {
            bn_kept_stop(c);
            bn_arena_rewind(c->seq, mark);
        }
        if (c->fatal != BN_OK || bn_kept_on(c))
            for (bn_msg *m = quiet.first; m; m = m->next)
                bn_msgs_add(msgs, &m->err, m->level);
        bn_msgs_free(&quiet);
    }
    if (code == BN_OK && !settled)
        bn_warn(msgs, BN_WCITES, BN_NOWHERE, "4");
    return code;
}

/* Objects that are read, but make no difference: one word a kind. */
static void
tell_without_effect(bn_ctx *c, const bn_fo *parent)
{
    static const bn_fo_type kinds[] = {
        BN_FO_CHANGE_BAR_BEGIN,         BN_FO_INDEX_RANGE_BEGIN,
        BN_FO_INDEX_PAGE_CITATION_LIST, BN_FO_MULTI_TOGGLE,
        BN_FO_MULTI_PROPERTIES,         BN_FO_SCALING_VALUE_CITATION,
        BN_FO_INITIAL_PROPERTY_SET};

    for (const bn_fo *fo = parent->first; fo; fo = fo->next) {
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (fo->type == kinds[i])
                bn_warn_once(c->msgs, BN_WNOEFFECT, bn_at(fo->place),
                             bn_fo_name(fo->type));
        tell_without_effect(c, fo);
    }
}

static void
open_context(bn_ctx *c)
{
    c->doc = bn_arena_new();
    c->seq = bn_arena_new();
    c->page = c->first_page = bn_arena_new();
    c->other_page = bn_arena_new();
    c->lines = bn_arena_new();
    c->page_mark[0] = bn_arena_mark(c->page);
    c->page_mark[1] = bn_arena_mark(c->other_page);
    c->lines_mark = bn_arena_mark(c->lines);
    c->styles = bn_map_new(c->doc);
    c->paras = bn_map_new(c->lines);
    c->turn = 1;
}

/* All pages are handed out: what they took is there for the writer's end. */
static void
drop_pages(bn_ctx *c)
{
    bn_kept_stop(c);
    bn_arena_rewind(c->page, c->page_mark[c->page == c->first_page ? 0 : 1]);
    bn_arena_rewind(c->other_page,
                    c->page_mark[c->page == c->first_page ? 1 : 0]);
    bn_arena_rewind(c->lines, c->lines_mark);
}

static void
close_context(bn_ctx *c)
{
    bn_markers_free(c);
    bn_cites_free(c);
    bn_citings_free(c);
    bn_kept_stop(c);
    bn_arena_free(c->lines);
    bn_arena_free(c->page);
    bn_arena_free(c->other_page);
    bn_arena_free(c->seq);
    bn_arena_free(c->doc);
}

bn_code
bn_layout(bn_fo_tree *t, const bn_layout_options *o, bn_sink *sink,
          bn_msgs *msgs)
{
    bn_ctx c = {.tree = t, .o = o, .sink = sink, .msgs = msgs};
    bn_doc_info info = {0};
    bn_err err = {0};
    bn_code code;

    open_context(&c);
    sink->page_of = page_of;
    sink->layout = &c;
    read_info(&c, &info);
    tell_without_effect(&c, t->root);
    code = settle_citations(&c, &err);
    if (code == BN_OK)
        code = sink->begin(sink->user, &info, &err);
    if (code == BN_OK)
        code =
            bn_kept_on(&c) ? bn_kept_emit(&c, &err) : run_pass(&c, true, &err);
    if (code == BN_OK && c.page_index == 0)
        code = bn_fail(&err, BN_ENOPAGES, BN_NOWHERE, "");
    if (code == BN_OK)
        bn_cites_tell_dangling(&c, t->root);
    drop_pages(&c);
    if (code == BN_OK)
        code = sink->end(sink->user, &err);
    if (code != BN_OK && code != c.fatal)
        bn_msgs_add(msgs, &err, BN_ERROR);
    if (code == BN_OK && c.glyphs_missing && !o->missing_warn)
        code = BN_EGLYPH;
    close_context(&c);
    return code;
}
