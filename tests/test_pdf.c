/* PDF out of areas made by hand, read back by qpdf, poppler and mupdf. */
#include "tests/unit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "pdf/pdf.h"
#include "pdf/pdf_doc.h"

enum { SIZE = 10500, A4_WIDTH = 595276, A4_HEIGHT = 841890 };

/* ------------------------------------------------------------- fixtures */

typedef struct fixture {
    bn_source *source;
    bn_fonts *fonts;
    bn_arena *arena;
    char folder[256];
} fixture;

static int
set_up(void **state)
{
    fixture *x = bn_alloc(sizeof *x);
    const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : P_tmpdir;
    bn_msgs msgs = {0};
    bn_err err;

    snprintf(x->folder, sizeof x->folder, "%s/bunsho-pdf-XXXXXX", tmp);
    if (mkdtemp(x->folder) == NULL)
        return -1;
    x->source = bn_source_new();
    x->arena = bn_arena_new();
    if (bn_source_add_root(x->source, "fonts", &err) ||
        bn_fonts_open(x->source, "fonts/fonts.xml", &x->fonts, &msgs))
        return -1;
    bn_msgs_free(&msgs);
    *state = x;
    return 0;
}

static int
tear_down(void **state)
{
    fixture *x = *state;
    char command[300];

    snprintf(command, sizeof command, "rm -rf '%s'", x->folder);
    if (system(command))
        return -1;
    bn_fonts_free(x->fonts);
    bn_source_free(x->source);
    bn_arena_free(x->arena);
    free(x);
    return 0;
}

static bn_area *
area(fixture *x, bn_area *parent, bn_area_kind kind, bn_len ip, bn_len bp,
     bn_len ipd, bn_len bpd)
{
    bn_area *a = BN_NEW(x->arena, bn_area);

    *a = (bn_area){.kind = (uint8_t)kind,
                   .ip = ip,
                   .bp = bp,
                   .ipd = ipd,
                   .bpd = bpd,
                   .parent = parent};
    if (parent) {
        if (parent->last)
            parent->last->next = a;
        else
            parent->first = a;
        parent->last = a;
    }
    return a;
}

static bn_area *
new_page(fixture *x, bn_area **body)
{
    bn_area *page = area(x, NULL, BN_AREA_PAGE, 0, 0, A4_WIDTH, A4_HEIGHT);

    page->page.number = 1;
    page->page.number_text = "1";
    *body = area(x, page, BN_AREA_REGION, 72000, 72000, 450000, 690000);
    (*body)->flags = BN_REFERENCE;
    return page;
}

static bn_struct *
tag(fixture *x, uint32_t id, const char *object, const char *role,
    const bn_struct *parent)
{
    bn_struct *s = BN_NEW(x->arena, bn_struct);

    *s = (bn_struct){.id = id,
                     .object = object,
                     .role = role,
                     .parent = parent,
                     .columns = 1,
                     .rows = 1};
    return s;
}

/* One glyph a character, variation selectors joined to what is before. */
static bn_glyph_run *
run_of(fixture *x, const char *families, const char *text, bn_len extra)
{
    const bn_fontset *fonts =
        bn_fonts_find(x->fonts, families, 400, false, NULL, BN_NOWHERE);
    bn_glyph_run *r = BN_NEW(x->arena, bn_glyph_run);
    const size_t n = strlen(text);
    bn_glyph *g = BN_NEWS(x->arena, bn_glyph, n);
    const char *p = text, *end = text + n;

    *r = (bn_glyph_run){.face = fonts->primary,
                        .size = SIZE,
                        .text = text,
                        .nbytes = (uint32_t)n,
                        .glyphs = g};
    while (p < end) {
        const char *at = p, *more;
        uint32_t cp = bn_u8_next(&p, end), selector = 0;
        bn_glyph *now = &g[r->nglyphs++];

        more = p;
        if (p < end && (selector = bn_u8_next(&more, end)) >= 0xE0100)
            p = more;
        else
            selector = 0;
        now->gid = bn_face_glyph(r->face, cp, selector);
        assert_int_not_equal(now->gid, 0);
        now->width = bn_face_advance(r->face, now->gid, SIZE);
        now->adv = now->width + extra;
        now->at = (uint32_t)(at - text);
        now->nbytes = (uint16_t)(p - at);
        now->flags = selector ? BN_GLYPH_IVS : cp == ' ' ? BN_GLYPH_SPACE : 0;
        r->width += now->adv;
    }
    return r;
}

static bn_area *
text(fixture *x, bn_area *parent, bn_len bp, bn_glyph_run *run)
{
    bn_area *a = area(x, parent, BN_AREA_TEXT, 0, bp, run->width, SIZE);

    a->text.run = run;
    a->text.color = 0xFF000000;
    a->text.baseline = SIZE * 88 / 100;
    return a;
}

/* ------------------------------------------------------- making and asking */

static const bn_pdf_options plain = {.producer = "bunsho test",
                                     .creator = "bunsho",
                                     .title = "題名",
                                     .date = "2026-04-01",
                                     .tagged = true};

static int32_t
page_of(void *layout, const char *id)
{
    return layout == NULL && strcmp(id, "nowhere") ? 0 : -1;
}

static bn_buf
make(const bn_pdf_options *o, const bn_doc_info *info, bn_area *const *pages,
     int npages)
{
    bn_sink sink = {.page_of = page_of};
    bn_pdf *pdf;
    bn_err err = {0};
    bn_buf out = {0};

    assert_int_equal(bn_pdf_new(o, &sink, &pdf, &err), BN_OK);
    assert_int_equal(sink.begin(sink.user, info, &err), BN_OK);
    assert_int_equal(
        sink.sequence(sink.user, &(bn_sequence_info){.lang = "ja"}, &err),
        BN_OK);
    for (int i = 0; i < npages; i++)
        assert_int_equal(sink.page(sink.user, pages[i], &err), BN_OK);
    assert_int_equal(sink.end(sink.user, &err), BN_OK);
    assert_int_equal(bn_pdf_write(pdf, &out, &err), BN_OK);
    bn_pdf_free(pdf);
    return out;
}

static void
save(const fixture *x, const bn_buf *pdf)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof path, "%s/t.pdf", x->folder);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(pdf->p, 1, pdf->len, f), pdf->len);
    assert_int_equal(fclose(f), 0);
}

/* What a program says of the file, $PDF. */
static char *
ask(const fixture *x, const char *command, int *status)
{
    char path[300];
    bn_buf out = {0};
    size_t n;
    FILE *f;
    int end;

    snprintf(path, sizeof path, "%s/t.pdf", x->folder);
    setenv("PDF", path, 1);
    f = popen(command, "r");
    assert_non_null(f);
    while ((n = fread(bn_buf_reserve(&out, 4096), 1, 4096, f)) > 0)
        out.len += n;
    bn_buf_addc(&out, '\0');
    end = pclose(f);
    if (status)
        *status = end;
    return out.p;
}

static void
assert_has(const char *all, const char *part)
{
    if (strstr(all, part) == NULL)
        fail_msg("'%s' is not in:\n%s", part, all);
}

static void
assert_not(const char *all, const char *part)
{
    if (strstr(all, part))
        fail_msg("'%s' is in:\n%s", part, all);
}

static void
assert_sound(const fixture *x)
{
    int status;
    char *said = ask(x, "qpdf --check \"$PDF\" 2>&1", &status);

    if (status)
        fail_msg("%s", said);
    assert_not(said, "WARNING");
    free(said);
    said = ask(x, "python3 tests/pdf_structure.py \"$PDF\" 2>&1", &status);
    if (status)
        fail_msg("%s", said);
    free(said);
}

/* ------------------------------------------------------------------ tests */

/* Each line must come back as it went in, from both readers. */
static void
text_comes_back(void **state)
{
    static const char *const lines[] = {
        "監査人は、「評価」（注）を行う。", /* squeezed marks */
        "髙﨑と𠮷野と塚",                   /* beside the BMP, 髙 stays */
        "ISO 27001に基づく審査",            /* a real space, quarter-em gaps */
        "件名称",                           /* letters far apart */
    };
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_buf pdf;
    char *said;

    for (int i = 0; i < 4; i++) {
        bn_glyph_run *r = run_of(x, i == 1 ? "IPAmjMincho" : "IPAexMincho",
                                 lines[i], i == 3 ? 2 * SIZE : 0);
        bn_glyph *g = (bn_glyph *)(uintptr_t)r->glyphs;

        for (uint32_t k = 0; i == 0 && k < r->nglyphs; k++) {
            const char *c = lines[0] + g[k].at;

            if (strncmp(c, "「", 3) == 0 || strncmp(c, "（", 3) == 0) {
                g[k].dx = -SIZE / 2;
                g[k].adv = g[k].width = SIZE / 2;
                g[k].flags |= BN_GLYPH_SHIFTED;
            } else if (strncmp(c, "、", 3) == 0 || strncmp(c, "）", 3) == 0) {
                g[k].adv = g[k].width = SIZE / 2;
                g[k].flags |= BN_GLYPH_SHIFTED;
            }
        }
        if (i == 2) /* between 1 and に */
            g[8].adv += SIZE / 4;
        text(x, body, i * 20000, r);
    }
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdftotext \"$PDF\" -", NULL);
    for (int i = 0; i < 4; i++)
        assert_has(said, lines[i]);
    free(said);
    said = ask(x, "mutool draw -q -F txt \"$PDF\" 2>/dev/null", NULL);
    for (int i = 0; i < 4; i++)
        assert_has(said, lines[i]);
    free(said);
}

/* A variation sequence comes back whole from poppler, its base from mupdf. */
static void
variation_sequences_come_back(void **state)
{
    static const char name[] = "辻\xF3\xA0\x84\x80様"; /* U+8FBB U+E0100 */
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_buf pdf;
    char *said;

    text(x, body, 0, run_of(x, "IPAexMincho", name, 0));
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdftotext \"$PDF\" -", NULL);
    assert_has(said, name);
    free(said);
    said = ask(x, "mutool draw -q -F txt \"$PDF\" 2>/dev/null", NULL);
    assert_has(said, "辻様");
    free(said);
}

static void
fonts_are_subsets(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_buf pdf;
    char *said, *row;
    int rows = 0;

    text(x, body, 0, run_of(x, "IPAexMincho", "明朝", 0));
    text(x, body, 20000, run_of(x, "IPAexGothic", "ゴシック", 0));
    text(x, body, 40000, run_of(x, "Helvetica", "Latin (fi)", 0));
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdffonts \"$PDF\" | tail -n +3", NULL);
    for (row = strtok(said, "\n"); row; row = strtok(NULL, "\n"), rows++) {
        assert_int_equal(row[6], '+'); /* ABCDEF+Name */
        assert_has(row, "yes yes yes");
        assert_has(row, "Identity-H");
    }
    assert_int_equal(rows, 3);
    free(said);
    said = ask(x, "pdftotext \"$PDF\" -", NULL);
    assert_has(said, "Latin (fi)");
    free(said);
}

/* A page with one of each: what a screen reader is told of it. */
static void
structure_is_told(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body), *foot, *a, *cell;
    bn_struct *head = tag(x, 2, "block", "h1", NULL);
    bn_struct *table = tag(x, 3, "table", NULL, NULL);
    bn_struct *thead = tag(x, 4, "table-header", NULL, table);
    bn_struct *row = tag(x, 5, "table-row", NULL, thead);
    bn_struct *th = tag(x, 6, "table-cell", NULL, row);
    bn_struct *tbody = tag(x, 7, "table-body", NULL, table);
    bn_struct *row2 = tag(x, 8, "table-row", NULL, tbody);
    bn_struct *td = tag(x, 9, "table-cell", NULL, row2);
    bn_struct *para = tag(x, 10, "block", NULL, NULL);
    bn_struct *link = tag(x, 11, "basic-link", NULL, para);
    bn_struct *figure = tag(x, 12, "external-graphic", NULL, para);
    bn_image image = {.kind = BN_IMAGE_PIXELS,
                      .width = 20000,
                      .height = 20000,
                      .columns = 2,
                      .rows = 1,
                      .components = 3,
                      .id = 1,
                      .bytes = (const uint8_t *)"\xFF\0\0\0\xFF\0",
                      .nbytes = 6,
                      .alpha = (const uint8_t *)"\xFF\x80"};
    bn_bookmark mark = {.title = "見出し)(", .internal = "top", .open = 1};
    bn_doc_info info = {.title = "文書", .lang = "ja", .bookmarks = &mark};
    bn_pdf_options o = plain;
    bn_buf pdf;
    char *said;

    th->header = 1;
    a = text(x, body, 0, run_of(x, "IPAexGothic", "見出し", 0));
    a->tag = head;
    a->id = "top";
    cell = area(x, body, BN_AREA_BLOCK, 0, 20000, 100000, 20000);
    cell->tag = th;
    text(x, cell, 0, run_of(x, "IPAexMincho", "項目", 0));
    cell = area(x, body, BN_AREA_BLOCK, 0, 40000, 100000, 20000);
    cell->tag = td;
    cell->box = &(bn_box){.border = {{1000, BN_LINE_SOLID, 0, 0xFF000000},
                                     {1000, BN_LINE_DOTTED, 0, 0xFF000000},
                                     {1000, BN_LINE_DASHED, 0, 0xFF000000},
                                     {1000, BN_LINE_DOUBLE, 0, 0xFF000000}},
                          .background = 0x80FFEE00};
    text(x, cell, 0, run_of(x, "IPAexMincho", "内容", 0));
    a = text(x, body, 60000, run_of(x, "IPAexMincho", "参照先", 0));
    a->tag = link;
    a->internal = "top";
    a = text(x, body, 80000, run_of(x, "IPAexMincho", "外", 0));
    a->tag = link;
    a->external = "https://example.jp/a)b(日";
    a = text(x, body, 100000, run_of(x, "IPAexMincho", "無", 0));
    a->tag = para;
    a->internal = "nowhere";
    a = area(x, body, BN_AREA_VIEWPORT, 0, 120000, 20000, 20000);
    a->tag = figure;
    a->viewport.image = &image;
    a->viewport.ipd = a->viewport.bpd = 20000;
    a->viewport.alt = "赤と緑";
    foot = area(x, page, BN_AREA_REGION, 72000, 780000, 450000, 20000);
    foot->region.region = BN_REGION_AFTER;
    text(x, foot, 0, run_of(x, "IPAexMincho", "柱", 0));
    o.signature_field = true;
    pdf = make(&o, &info, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdfinfo -struct-text \"$PDF\"", NULL);
    assert_has(said, "H1 (block)\n    \"見出し\"");
    assert_has(said, "Table (block)\n");
    assert_has(said, "TH");
    assert_has(said, "TD");
    assert_has(said, "Link (inline)");
    assert_has(said, "Figure");
    assert_not(said, "柱"); /* a running foot is no part of the text */
    assert_true(strstr(said, "項目") < strstr(said, "内容"));
    free(said);
    said = ask(x, "qpdf --qdf --object-streams=disable \"$PDF\" - | strings",
               NULL);
    assert_has(said, "(https://example.jp/a\\)b\\(%E6%97%A5)");
    assert_has(said, "/Scope /Column");
    assert_has(said, "/FT /Sig");
    assert_has(said, "/SMask");
    free(said);
    /* Two links lead somewhere; the third has no target and is none. */
    said = ask(x, "qpdf --qdf \"$PDF\" - | grep -ac 'Subtype /Link'", NULL);
    assert_int_equal(atoi(said), 2);
    free(said);
}

/* Titles are data: nothing in them ends a string or an element. */
static void
titles_stay_data(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_doc_info info = {
        .title = ") /JS (app.alert(1)) \\ endobj %%EOF\n]]></rdf:li><evil/>",
        .author = "</rdf:RDF>&",
    };
    bn_buf pdf;
    char *said;

    text(x, body, 0, run_of(x, "IPAexMincho", "本文", 0));
    pdf = make(&plain, &info, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdfinfo \"$PDF\"", NULL);
    assert_has(said, ") /JS (app.alert(1)) \\ endobj %%EOF");
    free(said);
    said = ask(x, "qpdf --qdf --object-streams=disable \"$PDF\" - | strings",
               NULL);
    assert_not(said, "/JS ");
    assert_not(said, "<evil/>");
    free(said);
}

static void
same_input_same_bytes(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_buf a, b;

    text(x, body, 0, run_of(x, "IPAexMincho", "同じ入力は同じ字節", 77));
    a = make(&plain, NULL, &page, 1);
    b = make(&plain, NULL, &page, 1);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.p, b.p, a.len);
    bn_buf_free(&a);
    bn_buf_free(&b);
}

/* More pages than a node of the page tree holds, one paragraph over all. */
static void
many_pages(void **state)
{
    enum { PAGES = 150 };
    fixture *x = *state;
    bn_area *pages[PAGES];
    bn_struct *para = tag(x, 1, "block", NULL, NULL);
    bn_buf pdf;
    char *said;

    for (int i = 0; i < PAGES; i++) {
        bn_area *body;

        pages[i] = new_page(x, &body);
        pages[i]->page.number = i + 1;
        pages[i]->page.number_text =
            i < 3 ? &"iii"[2 - i] : bn_arena_printf(x->arena, "%d", i + 1);
        text(x, body, 0, run_of(x, "IPAexMincho", "段落", 0))->tag = para;
    }
    pdf = make(&plain, NULL, pages, PAGES);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdfinfo \"$PDF\"", NULL);
    assert_has(said, "Pages:           150");
    free(said);
    said = ask(x, "pdfinfo -struct \"$PDF\" | grep -c 'P (block)'", NULL);
    assert_int_equal(atoi(said), 1);
    free(said);
}

/* Items outside lists get one, a link in a running head an element, and no
 * element holds more than some thousands. */
static void
trees_are_mended(void **state)
{
    enum { MANY = 9000 };
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body), *foot, *a;
    bn_buf pdf;
    char *said;

    text(x, body, 0, run_of(x, "IPAexMincho", "一", 0))->tag =
        tag(x, 1, "block", "TOCI", NULL);
    text(x, body, 0, run_of(x, "IPAexMincho", "二", 0))->tag =
        tag(x, 2, "block", "TOCI", NULL);
    text(x, body, 0, run_of(x, "IPAexMincho", "三", 0))->tag =
        tag(x, 3, "block", "li", NULL);
    for (uint32_t i = 0; i < MANY; i++)
        text(x, body, 0, run_of(x, "IPAexMincho", "段", 0))->tag =
            tag(x, 4 + i, "block", NULL, NULL);
    foot = area(x, page, BN_AREA_REGION, 72000, 780000, 450000, 20000);
    foot->region.region = BN_REGION_AFTER;
    a = text(x, foot, 0, run_of(x, "IPAexMincho", "柱", 0));
    a->external = "https://example.jp/";
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdfinfo -struct \"$PDF\" | cut -c1-8 | uniq -c", NULL);
    assert_has(said, "1   TOC\n");
    assert_has(said, "2     TOCI");
    assert_has(said, "1   L (blo\n");
    assert_has(said, "4094   P (blo\n"); /* with TOC and L: 4096 */
    assert_has(said, "1   Div\n   4096     P (b");
    assert_has(said, "1   Div\n    810     P (b");
    assert_has(said, "1     Link");
    free(said);
}

/* Turned and vertical reference areas: where the words come to stand. */
static void
turned_areas(void **state)
{
    static const struct {
        uint8_t mode;
        int16_t rotate;
        const char *want; /* of the word, by pdftotext -bbox */
    } rows[] = {
        {BN_LR_TB, 0, "xMin=\"100.000000\" yMin=\"1"},
        {BN_LR_TB, 90, "xMin=\"1"},  /* reads upward from the lower left */
        {BN_TB_RL, 0, "xMin=\"294"}, /* its middle, 300 - 10.5 / 2 */
    };
    fixture *x = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_area *body, *page = new_page(x, &body), *block;
        bn_glyph_run *r = run_of(x, "IPAexMincho", "縦横", 0);
        bn_buf pdf;
        char *said;

        print_message("%d %d\n", rows[i].mode, rows[i].rotate);
        body->ip = body->bp = 100000;
        body->ipd = body->bpd = 200000;
        block = area(x, body, BN_AREA_BLOCK, 0, 0, 200000, 200000);
        block->flags = BN_REFERENCE;
        block->writing_mode = rows[i].mode;
        block->rotate = rows[i].rotate;
        r->vertical = rows[i].mode == BN_TB_RL;
        text(x, block, 0, r)->text.fonts = bn_fonts_find(
            x->fonts, "IPAexMincho", 400, false, NULL, BN_NOWHERE);
        pdf = make(&plain, NULL, &page, 1);
        save(x, &pdf);
        bn_buf_free(&pdf);
        assert_sound(x);
        said = ask(x, "pdftotext -bbox \"$PDF\" -", NULL);
        assert_has(said, "縦横");
        assert_has(said, rows[i].want);
        free(said);
    }
}

/* A page of vertical lines: its first line stands at the right edge. */
static void
vertical_pages(void **state)
{
    fixture *x = *state;
    bn_area *page = area(x, NULL, BN_AREA_PAGE, 0, 0, 842000, 595000);
    bn_area *body =
        area(x, page, BN_AREA_REGION, 100000, 50000, 700000, 500000);
    bn_glyph_run *r = run_of(x, "IPAexMincho", "縦横", 0);
    bn_buf pdf;
    char *said;

    page->writing_mode = body->writing_mode = BN_TB_RL;
    page->page.number = 1;
    page->page.number_text = "1";
    r->vertical = 1;
    text(x, body, 0, r)->text.fonts =
        bn_fonts_find(x->fonts, "IPAexMincho", 400, false, NULL, BN_NOWHERE);
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    said = ask(x, "pdftotext -bbox \"$PDF\" -", NULL);
    assert_has(said, "width=\"595.000000\" height=\"842.000000\"");
    assert_has(said, "xMin=\"539"); /* 595 - 50 - 10.5 / 2 */
    free(said);
    said = ask(x, "pdffonts \"$PDF\"", NULL);
    assert_has(said, "Identity-V");
    free(said);
}

/* ---------------------------------------------------------------- pictures */

/* The page as pixels, one a point: P6 of pdftoppm. */
typedef struct pixels {
    int width, height;
    const unsigned char *rgb;
    char *all;
} pixels;

static pixels
render(const fixture *x)
{
    char path[300];
    bn_buf b = {0};
    pixels p = {0};
    int at = 0;
    FILE *f;

    free(ask(x, "pdftoppm -r 72 -singlefile \"$PDF\" \"$PDF\"", NULL));
    snprintf(path, sizeof path, "%s/t.pdf.ppm", x->folder);
    f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n = 1; n > 0; b.len += n)
        n = fread(bn_buf_reserve(&b, 65536), 1, 65536, f);
    fclose(f);
    assert_int_equal(sscanf(b.p, "P6 %d %d 255%n", &p.width, &p.height, &at),
                     2);
    p.rgb = (const unsigned char *)b.p + at + 1;
    p.all = b.p;
    return p;
}

static void
assert_pixel(const pixels *p, int px, int py, int red, int green, int blue)
{
    const unsigned char *v = p->rgb + 3 * ((size_t)py * p->width + px);

    if (abs(v[0] - red) > 8 || abs(v[1] - green) > 8 || abs(v[2] - blue) > 8)
        fail_msg("at %d,%d: %d %d %d, not %d %d %d", px, py, v[0], v[1], v[2],
                 red, green, blue);
}

static const bn_image *
svg(fixture *x, bn_images *images, const char *xml)
{
    const bn_image *image;
    char path[300];
    bn_err err;
    FILE *f;

    snprintf(path, sizeof path, "%s/v.svg", x->folder);
    f = fopen(path, "wb");
    assert_non_null(f);
    fputs(xml, f);
    fclose(f);
    assert_int_equal(bn_source_add_root(x->source, x->folder, &err), BN_OK);
    assert_int_equal(
        bn_images_load(images, "v.svg", x->folder, &image, &err, BN_NOWHERE),
        BN_OK);
    return image;
}

/* Fill, opacity of a group, gradient, clip, stroke and text: each looked at
 * where it must have its colour. The picture stands twice and is one object. */
static void
vectors_are_drawn(void **state)
{
    static const char xml[] =
        "<svg xmlns='http://www.w3.org/2000/svg' width='100pt' height='100pt' "
        "viewBox='0 0 100 100'><defs><linearGradient id='g'>"
        "<stop offset='0' stop-color='#f00'/><stop offset='.5' "
        "stop-color='#0f0'/><stop offset='1' stop-color='#00f'/>"
        "</linearGradient><clipPath id='c'><rect x='0' y='60' width='20' "
        "height='20'/></clipPath></defs>"
        "<rect width='20' height='20' fill='#c00'/>"
        "<g opacity='.5'><rect x='30' width='20' height='20' fill='#000'/>"
        "<rect x='40' width='20' height='20' fill='#000'/></g>"
        "<rect y='30' width='100' height='20' fill='url(#g)'/>"
        "<rect y='60' width='60' height='20' fill='#00c' "
        "clip-path='url(#c)'/>"
        "<path d='M70 70h20' stroke='#080' stroke-width='10'/>"
        "<text x='0' y='98' font-size='10' font-family='IPAexGothic'>図中"
        "</text></svg>";
    fixture *x = *state;
    bn_images *images = bn_images_new(x->source, x->fonts);
    const bn_image *image = svg(x, images, xml);
    bn_area *body, *page = new_page(x, &body), *a;
    bn_struct *figure = tag(x, 1, "external-graphic", NULL, NULL);
    bn_buf pdf;
    pixels p;
    char *said;

    for (int i = 0; i < 2; i++) {
        a = area(x, body, BN_AREA_VIEWPORT, 0, i * 200000, 100000, 100000);
        a->tag = figure;
        a->viewport.image = image;
        a->viewport.ipd = a->viewport.bpd = 100000;
        a->viewport.alt = "図";
    }
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    p = render(x);
    for (int y = 72; y < 300; y += 200) {
        assert_pixel(&p, 72 + 10, y + 10, 204, 0, 0);
        assert_pixel(&p, 72 + 35, y + 10, 127, 127, 127);
        assert_pixel(&p, 72 + 45, y + 10, 127, 127, 127); /* not twice */
        assert_pixel(&p, 72 + 25, y + 40, 127, 127, 0);
        assert_pixel(&p, 72 + 75, y + 40, 0, 127, 127);
        assert_pixel(&p, 72 + 10, y + 70, 0, 0, 204);
        assert_pixel(&p, 72 + 40, y + 70, 255, 255, 255); /* clipped */
        assert_pixel(&p, 72 + 80, y + 73, 0, 136, 0);
    }
    free(p.all);
    said = ask(x, "pdftotext \"$PDF\" -", NULL);
    assert_has(said, "図中");
    free(said);
    said = ask(x, "qpdf --qdf \"$PDF\" - | grep -ac 'Subtype /Form'", NULL);
    assert_int_equal(atoi(said), 2); /* the picture, and its group */
    free(said);
    bn_images_free(images);
}

/* CMYK needs an intent that we do not have: such a file does not call itself
 * PDF/A. */
static void
cmyk_is_no_pdfa(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body), *a;
    const bn_image image = {.kind = BN_IMAGE_JPEG,
                            .width = 10000,
                            .height = 10000,
                            .columns = 1,
                            .rows = 1,
                            .components = 4,
                            .inverted = 1,
                            .id = 7,
                            .bytes = (const uint8_t *)"\xFF\xD8\xFF\xD9",
                            .nbytes = 4};
    bn_buf pdf;
    char *said;

    for (int i = 0; i < 2; i++) {
        a = area(x, body, BN_AREA_VIEWPORT, 0, i * 20000, 10000, 10000);
        a->viewport.image = &image;
        a->viewport.ipd = a->viewport.bpd = 10000;
        pdf = make(&plain, NULL, &page, 1);
        save(x, &pdf);
        bn_buf_free(&pdf);
    }
    said = ask(x, "strings \"$PDF\"", NULL);
    assert_not(said, "<pdfaid:part>");
    assert_has(said, "<pdfuaid:part>");
    free(said);
    said = ask(x, "qpdf --qdf \"$PDF\" - | grep -ac '/DCTDecode'", NULL);
    assert_int_equal(atoi(said), 1); /* drawn twice, there once */
    free(said);
    said = ask(x, "qpdf --qdf \"$PDF\" - | strings", NULL);
    assert_has(said, "/Decode [");
    free(said);
}

/* With a profile CMYK is no device's; one that lies on its side is turned. */
static void
profile_and_orientation(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body), *a;
    const bn_image image = {.kind = BN_IMAGE_JPEG,
                            .width = 10000,
                            .height = 10000,
                            .columns = 1,
                            .rows = 1,
                            .components = 4,
                            .orientation = 6,
                            .profile = (const uint8_t *)"a profile",
                            .nprofile = 9,
                            .id = 7,
                            .bytes = (const uint8_t *)"\xFF\xD8\xFF\xD9",
                            .nbytes = 4};
    bn_buf pdf;
    char *said;

    a = area(x, body, BN_AREA_VIEWPORT, 0, 0, 10000, 10000);
    a->viewport.image = &image;
    a->viewport.ipd = a->viewport.bpd = 10000;
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    said = ask(x, "qpdf --qdf \"$PDF\" - | strings", NULL);
    assert_has(said, "<pdfaid:part>");
    assert_has(said, "/ICCBased");
    assert_has(said, "/N 4");
    assert_has(said, "0 -1 1 0 0 1 cm");
    free(said);
}

/* Each border style and side where it must be dark or light. */
static void
borders_are_drawn(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body), *a;
    bn_box solid = {.border = {{10000, BN_LINE_SOLID, 0, 0xFFFF0000},
                               {10000, BN_LINE_SOLID, 0, 0xFF00FF00},
                               {10000, BN_LINE_SOLID, 0, 0xFF0000FF},
                               {10000, BN_LINE_SOLID, 0, 0xFF000000}},
                    .background = 0xFFFFFF00};
    bn_box twice, round;
    bn_buf pdf;
    pixels p;

    twice = (bn_box){.border = {{9000, BN_LINE_DOUBLE, 0, 0xFF000000},
                                {9000, BN_LINE_DOUBLE, 0, 0xFF000000},
                                {9000, BN_LINE_DOUBLE, 0, 0xFF000000},
                                {9000, BN_LINE_DOUBLE, 0, 0xFF000000}}};
    round = (bn_box){.background = 0xFF0000FF,
                     .radius = {30000, 30000, 30000, 30000}};
    a = area(x, body, BN_AREA_BLOCK, 0, 0, 80000, 80000);
    a->box = &solid;
    a = area(x, body, BN_AREA_BLOCK, 0, 120000, 82000, 82000);
    a->box = &twice;
    a = area(x, body, BN_AREA_BLOCK, 0, 240000, 100000, 100000);
    a->box = &round;
    a = area(x, body, BN_AREA_RULE, 0, 360000, 100000, 6000);
    a->rule.style = BN_LINE_DASHED;
    a->rule.thickness = 6000;
    a->rule.color = 0xFF00FF00;
    pdf = make(&plain, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    assert_sound(x);
    p = render(x);
    assert_pixel(&p, 72 + 50, 72 + 5, 255, 0, 0);
    assert_pixel(&p, 72 + 50, 72 + 95, 0, 255, 0);
    assert_pixel(&p, 72 + 5, 72 + 50, 0, 0, 255);
    assert_pixel(&p, 72 + 95, 72 + 50, 0, 0, 0);
    assert_pixel(&p, 72 + 8, 72 + 3, 255, 0, 0); /* mitred: above the edge */
    assert_pixel(&p, 72 + 3, 72 + 8, 0, 0, 255);
    assert_pixel(&p, 72 + 50, 72 + 50, 255, 255, 0);
    assert_pixel(&p, 72 + 50, 192 + 1, 0, 0, 0);
    assert_pixel(&p, 72 + 50, 192 + 4, 255, 255, 255);
    assert_pixel(&p, 72 + 50, 192 + 7, 0, 0, 0);
    assert_pixel(&p, 72 + 3, 312 + 3, 255, 255, 255); /* off the corner */
    assert_pixel(&p, 72 + 50, 312 + 50, 0, 0, 255);
    assert_pixel(&p, 72 + 2, 432 + 3, 0, 255, 0);
    assert_pixel(&p, 72 + 97, 432 + 3, 0, 255, 0); /* ends with a dash */
    free(p.all);
}

/* A checker that lets everything through would be no check. */
static void
checker_can_fail(void **state)
{
    fixture *x = *state;
    bn_area *body, *page = new_page(x, &body);
    bn_pdf_options o = plain;
    bn_buf pdf;
    char *said;
    int status;

    text(x, body, 0, run_of(x, "IPAexMincho", "本文", 0));
    o.tagged = false;
    pdf = make(&o, NULL, &page, 1);
    save(x, &pdf);
    bn_buf_free(&pdf);
    said = ask(x, "python3 tests/pdf_structure.py \"$PDF\"", &status);
    assert_int_not_equal(status, 0);
    assert_has(said, "StructTreeRoot");
    assert_has(said, "outside marked content");
    free(said);
}

static void
numbers_have_points(void **state)
{
    static const struct {
        int64_t mpt;
        const char *want;
    } rows[] = {
        {0, "0"},        {1, ".001"},     {-500, "-.5"},
        {10500, "10.5"}, {-72000, "-72"}, {1234567, "1234.567"},
    };
    bn_buf b = {0};

    (void)state;
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is there: decimal commas */
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf_clear(&b);
        bn_put_len(&b, rows[i].mpt);
        assert_string_equal(b.p, rows[i].want);
    }
    bn_buf_clear(&b);
    bn_put_real(&b, -0.125);
    assert_string_equal(b.p, "-.125");
    bn_buf_clear(&b);
    bn_put_real(&b, 1e300); /* clamped, not written as 1e300 */
    assert_string_equal(b.p, "10000000");
    bn_buf_free(&b);
    setlocale(LC_ALL, "C");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_points),
        cmocka_unit_test(text_comes_back),
        cmocka_unit_test(variation_sequences_come_back),
        cmocka_unit_test(fonts_are_subsets),
        cmocka_unit_test(structure_is_told),
        cmocka_unit_test(titles_stay_data),
        cmocka_unit_test(same_input_same_bytes),
        cmocka_unit_test(many_pages),
        cmocka_unit_test(turned_areas),
        cmocka_unit_test(trees_are_mended),
        cmocka_unit_test(vertical_pages),
        cmocka_unit_test(vectors_are_drawn),
        cmocka_unit_test(cmyk_is_no_pdfa),
        cmocka_unit_test(profile_and_orientation),
        cmocka_unit_test(borders_are_drawn),
        cmocka_unit_test(checker_can_fail),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
