#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content/content.h"
#include "content/internal.h"
#include "content/scheme.h"

/* A house of its own for every row, so that nothing is read twice. */
typedef struct fixture {
    char dir[64];
    bn_arena *arena;
    bn_source *source;
    bn_transform *transform;
    bn_catalogue *catalogue;
    bn_tree *input;
    bn_msgs msgs;
} fixture;

static const char kit[] =
    "<client-kit id='KIT-1'>\n"
    "<company><name>株式会社＊**見本**<![CDATA[<b>]]></name>"
    "<phone/></company>\n"
    "<a n='1'>甲</a><a n='2'>乙|丙</a>\n"
    "<evil>javascript:alert(1)</evil>\n"
    "</client-kit>";

static void
put(const fixture *f, const char *name, const char *text, size_t n)
{
    char path[160];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    fclose(file);
}

static void
open_house(fixture *f)
{
    char path[160];

    *f = (fixture){.dir = "/tmp/bunsho-content-XXXXXX"};
    assert_non_null(mkdtemp(f->dir));
    snprintf(path, sizeof path, "%s/documents", f->dir);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/templates", f->dir);
    mkdir(path, 0700);
}

/* Read what was put; the entry T99 and the kit make one paper. */
static void
start(fixture *f)
{
    bn_err err = {0};
    bn_tree *tree = NULL;

    f->arena = bn_arena_new();
    f->source = bn_source_new();
    f->transform = bn_transform_new(f->source, "2020-10-06");
    assert_int_equal(bn_source_add_root(f->source, f->dir, &err), BN_OK);
    assert_int_equal(bn_source_add_root(f->source, ".", &err), BN_OK);
    bn_transform_share(f->transform, ".");
    assert_int_equal(bn_xml_parse(f->source, "kit.xml", kit, sizeof kit - 1,
                                  BN_XML_CLEAN, &tree, &f->msgs),
                     BN_OK);
    f->input = bn_input_new();
    bn_input_add(f->input, tree);
    bn_tree_free(tree);
}

static void
stop(fixture *f)
{
    char command[160];

    bn_tree_free(f->input);
    bn_catalogue_free(f->catalogue);
    bn_transform_free(f->transform);
    bn_source_free(f->source);
    bn_msgs_free(&f->msgs);
    bn_arena_free(f->arena);
    snprintf(command, sizeof command, "rm -r %s", f->dir);
    assert_int_equal(system(command), 0);
}

#define ENTRY(attributes, fields)                                              \
    "<document id='t' no='T99' family='T' layout='rulebook' "                  \
    "editions='e2018' retention='none' for='client-kit' " attributes           \
    "><title lang='ja'>試験</title><when>true()</when>"                      \
    "<fields>" fields "</fields></document>"

/* The content of the paper as text, or the first error. */
static bn_code
make(fixture *f, const char *entry, bool draft, bn_buf *out)
{
    bn_content_job job;
    bn_paper *papers = NULL;
    bn_tree *content = NULL;
    size_t n = 0;
    bn_err err = {0};
    bn_code code;

    put(f, "documents/T99-t.xml", entry, strlen(entry));
    start(f);
    job = (bn_content_job){.source = f->source,
                           .transform = f->transform,
                           .arena = f->arena,
                           .share = ".",
                           .house = f->dir,
                           .unit = "KIT-1",
                           .today = "2020-10-06",
                           .draft = draft};
    assert_int_equal(
        bn_catalogue_load(f->source, ".", f->dir, &f->catalogue, &f->msgs),
        BN_OK);
    assert_int_equal(bn_papers_due(f->catalogue, f->transform, f->arena,
                                   f->input, "e2018", "t", false, &papers, &n,
                                   &f->msgs),
                     BN_OK);
    assert_int_equal(n, 1);
    code = bn_content_make(&job, f->input, &papers[0], &content, &f->msgs);
    if (code == BN_OK)
        assert_int_equal(bn_tree_write(content, out, &err), BN_OK);
    bn_tree_free(content);
    return code;
}

/* data-at says lines and ordinals: not what these rows are about. */
static void
drop_places(char *s)
{
    static const char mark[] = " data-at=\"";
    char *p;

    while ((p = strstr(s, mark)) != NULL) {
        const char *end = strchr(p + sizeof mark - 1, '"') + 1;

        memmove(p, end, strlen(end) + 1);
    }
}

/* ---------------------------------------------------------------- Markdown */

static const struct {
    const char *markdown, *want; /* want: part of the content */
} rendered[] = {
    /* data is text, whatever it holds */
    {"{{ company/name }}\n", "株式会社＊**見本**&lt;b&gt;"},
    /* closing ** behind Japanese punctuation and before a letter */
    {"**重要。**次\n", "<strong>重要。</strong>次"},
    {"次**「重要」**です\n", "次<strong>「重要」</strong>です"},
    {"**{{a[1]}}**様\n", "<strong><span>甲</span></strong>様"},
    /* | of XPath does not part cells */
    {"|x|y|\n|-|-|\n|{{ a[1] | a[9] }}|z|\n", "<td><span>甲</span></td>"},
    /* statements as paragraphs, items, rows */
    {"{{#each a}}\n\n- {{ . }}\n\n{{/each}}\n",
     "<ul><li><span>甲</span></li><li><span>乙|丙</span></li></ul>"},
    {"- {{#each a}}\n- {{ @n }}\n- {{/each}}\n- 末\n",
     "<ul><li><span>1</span></li><li><span>2</span></li><li>末</li></ul>"},
    {"|番号|名|\n|-|-|\n|{{#each a}}||\n|{{@n}}|{{.}}|\n|{{/each}}||\n",
     "<tr><td><span>2</span></td><td><span>乙|丙</span></td></tr></tbody>"},
    {"{{#if a}}\n\n有\n\n{{else}}\n\n無\n\n{{/if}}\n", "<p>有</p></article>"},
    {"{{#if b}}\n\n有\n\n{{else}}\n\n無\n\n{{/if}}\n", "<p>無</p></article>"},
    {"{{#each b}}\n\n有\n\n{{/each}}\n\n後\n", "</h1><p>後</p>"},
    {"{{#div signatures}}\n\n甲\n\n{{/div}}\n",
     "<div class=\"signatures\"><p>甲</p></div>"},
    {"住所 {{ blank: company/phone }}\n", "<span class=\"fill\"/>"},
    /* raw HTML is text, a comment nothing */
    {"a <script>x</script>\n", "a &lt;script&gt;x&lt;/script&gt;"},
    {"前\n\n<!-- 注 -->\n\n後\n", "<p>前</p><p>後</p>"},
    /* links by scheme; data cannot smuggle one in */
    {"[志](ruby:こころざし)す\n", "<ruby>志<rt>こころざし</rt></ruby>す"},
    {"[鬼門](ruby:き/もん)\n", "<ruby>鬼<rt>き</rt>門<rt>もん</rt></ruby>"},
    {"[葛󠄀城](ruby:かつら/ぎ)\n",
     "<ruby>葛󠄀<rt>かつら</rt>城<rt>ぎ</rt></ruby>"},
    {"[鬼門](ruby:き/も/ん)\n", "<ruby>鬼門<rt>き/も/ん</rt></ruby>"},
    {"[甲*乙*](.dots)\n", "<em class=\"dots\">甲<em>乙</em></em>"},
    {"[下線](.u)、m[2](.sup)\n", "<u>下線</u>、m<sup>2</sup>"},
    {"[氏名](.label \"5\")\n",
     "<span class=\"label\" data-width=\"5\">氏名</span>"},
    {"（[注](.warichu)）\n", "（<span class=\"warichu\">注</span>）"},
    {"[注](.nope)\n", "<p>注</p>"},
    {"{stops=left-8em,right-100%}甲[](.tab)乙\n",
     "<p data-stops=\"left 8em right 100%\">甲<span class=\"tab\"/>乙</p>"},
    {"[x](https://example.jp/)\n", "<a href=\"https://example.jp/\">x</a>"},
    {"[x](javascript:alert)\n", "<p>x</p>"},
    {"[x]({{evil}})\n", "<p>x</p>"},
    {"[x](file:///etc/passwd)\n", "<p>x</p>"},
    {"[x](data:text/html,a)\n", "<p>x</p>"},
    {"![絵](file:///etc/passwd)\n", "<p>絵</p>"},
    /* one note, two marks */
    {"a[^1] b[^1]\n\n[^1]: 注 **x**\n",
     "a<span class=\"footnote\" data-note=\"1\" data-number=\"1\">注 "
     "<strong>x</strong></span> b<span class=\"footnote-again\" "
     "data-note=\"1\" data-number=\"1\"/>"},
    {"{.right #x} 右\n", "<p class=\"right\" id=\"x\">右</p>"},
};

static void
markdown_renders(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rendered / sizeof rendered[0]; i++) {
        fixture f;
        bn_buf out = {0};

        print_message("%s", rendered[i].markdown);
        open_house(&f);
        put(&f, "templates/t.md", rendered[i].markdown,
            strlen(rendered[i].markdown));
        assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                         BN_OK);
        drop_places(out.p);
        if (strstr(out.p, rendered[i].want) == NULL)
            print_message("%s\n", out.p);
        assert_non_null(strstr(out.p, rendered[i].want));
        bn_buf_free(&out);
        stop(&f);
    }
}

static const struct {
    const char *markdown;
    bn_code code;
    unsigned line, column; /* 0: not said */
} refused[] = {
    {"字\n\n字{{ company/phone }}\n", BN_ERULE, 3, 2}, /* R151: empty */
    {"{{ name\n}}\n", BN_EPLACEHOLDER, 1, 1},
    {"a\n{{#each}}\n", BN_EPLACEHOLDER, 2, 1},
    {"{{#loop x}}\n", BN_EPLACEHOLDER, 1, 1},
    {"{{}}\n", BN_EPLACEHOLDER, 1, 1},
    {"{{ a[ }}\n", BN_EXPATH, 1, 1},
    {"字{{#each a}}\n\nx\n\n{{/each}}\n", BN_EBLOCK, 1, 2}, /* not alone */
    {"{{#each a}}\n\nx\n", BN_EBLOCKEND, 1, 1},             /* never closed */
    {"x\n\n{{/each}}\n", BN_EBLOCKEND, 3, 1},               /* never opened */
    {"{{#each a}}\n\n- x\n- {{/each}}\n", BN_EBLOCKEND, 1, 1},
    {"{{#each a}}\n\nx\n\n{{/if}}\n", BN_EBLOCKEND, 5, 1},
    {"---\ntitel: x\n---\n", BN_EFRONT, 2, 1},
    {"---\nlayout: letter\n---\n", BN_EFRONT, 1, 0}, /* catalogue: rulebook */
    {"a&#xF0000;\n", BN_EPRIVATE, 1, 2},             /* a forged placeholder */
    {"a&#1;\n", BN_ECHARACTER, 1, 0},
    {"## 条\n\n[](#nowhere)\n", BN_ETARGET, 3, 0},
    {"a {#x}\n\n# 一 {#y}\n\n# 二 {#y}\n", BN_ETARGETTWICE, 5, 0},
    {"---\nnumbering: kitei\n---\nx\n", BN_ESCHEME, 0, 0},
    {"第○○条\n", BN_ERULE, 1, 0}, /* R151: left over */
};

static void
markdown_refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        fixture f;
        bn_buf out = {0};
        bn_loc at;

        print_message("%s", refused[i].markdown);
        open_house(&f);
        put(&f, "templates/t.md", refused[i].markdown,
            strlen(refused[i].markdown));
        assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                         refused[i].code);
        assert_int_equal(f.msgs.first->err.code, refused[i].code);
        at = f.msgs.first->err.loc;
        if (at.file == NULL && at.place)
            at = bn_source_locate(f.source, at.place);
        assert_int_equal(at.line, refused[i].line);
        if (refused[i].column)
            assert_int_equal(at.column, refused[i].column);
        bn_buf_free(&out);
        stop(&f);
    }
}

/* ---------------------------------------------------------------- includes */

/* t.md is made; what it includes lies beside it. */
static const struct {
    const char *why;
    const char *main, *a, *b; /* templates/t.md, a.md, p/b.md; NULL: none */
    bn_code code;
    const char *want; /* in the content, when it is made */
    const char *file; /* of the message, else */
    unsigned line, column;
} includes[] = {
    {"as if it stood there", "前\n\n{{> a}}\n後\n", "中\n\n", NULL, BN_OK,
     "<p>前</p><p>中</p><p>後</p>", NULL, 0, 0},
    {"with its ending, no line end", "{{> a.md }}\n\n後\n", "中", NULL, BN_OK,
     "<p>中</p><p>後</p>", NULL, 0, 0},
    {"its front matter says nothing", "{{> a}}\n",
     "---\ntitle: 別\nlayout: letter\n---\n中\n", NULL, BN_OK,
     "<h1>試験</h1><p>中</p>", NULL, 0, 0},
    {"in a list item", "- 一\n\n  {{> a}}\n- 二\n", "中\n\n続\n", NULL, BN_OK,
     "<p>一</p><p>中</p><p>続</p></li>", NULL, 0, 0},
    {"in each", "{{#each a}}\n\n{{> a}}\n\n{{/each}}\n", "{{ @n }}番\n", NULL,
     BN_OK, "<span>1</span>番</p><p><span>2</span>番", NULL, 0, 0},
    {"twice, and one in another", "{{> a}}\n\n{{> p/b}}\n", "甲\n",
     "乙\n\n{{> a}}\n", BN_OK, "<p>甲</p><p>乙</p><p>甲</p>", NULL, 0, 0},
    {"inside a line it is none", "字 {{> a}}\n", "中\n", NULL, BN_EPLACEHOLDER,
     NULL, "t.md", 1, 3},
    {"not there", "\n  {{> c}}\n", NULL, NULL, BN_EINCLUDE, NULL, "t.md", 2, 3},
    {"above the folder", "{{> ../t}}\n", NULL, NULL, BN_EINCLUDE, NULL, "t.md",
     1, 1},
    {"itself", "字\n\n{{> t}}\n", NULL, NULL, BN_EINCLUDELOOP, NULL, "t.md", 3,
     1},
    {"back to the first", "{{> a}}\n", "字\n{{> p/b}}\n", "\n\n{{> t}}\n",
     BN_EINCLUDELOOP, NULL, "b.md", 3, 1},
    {"a fault in what is included", "字\n\n{{> a}}\n",
     "---\ntitle: x\n---\n字{{ 1 + }}\n", NULL, BN_EXPATH, NULL, "a.md", 4, 2},
    {"a fault behind it", "字\n\n{{> a}}\n\n字{{ 1 + }}\n", "中\n中\n中\n",
     NULL, BN_EXPATH, NULL, "t.md", 5, 2},
    {"a reference in what is included", "{{> a}}\n", "字\n\n[](#nowhere)\n",
     NULL, BN_ETARGET, NULL, "a.md", 3, 0},
    {"a reference behind it", "{{> a}}\n\n[](#nowhere)\n", "字\n\n字\n", NULL,
     BN_ETARGET, NULL, "t.md", 3, 0},
};

static bool
ends_in(const char *path, const char *name)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return slash && strcmp(slash + 1, name) == 0;
}

static void
put_template(const fixture *f, const char *name, const char *text)
{
    if (text)
        put(f, name, text, strlen(text));
}

static void
templates_include_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof includes / sizeof includes[0]; i++) {
        fixture f;
        bn_buf out = {0};
        char path[160];
        bn_loc at;

        print_message("%s\n", includes[i].why);
        open_house(&f);
        snprintf(path, sizeof path, "%s/templates/p", f.dir);
        mkdir(path, 0700);
        put_template(&f, "templates/t.md", includes[i].main);
        put_template(&f, "templates/a.md", includes[i].a);
        put_template(&f, "templates/p/b.md", includes[i].b);
        assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                         includes[i].code);
        if (includes[i].code == BN_OK) {
            drop_places(out.p);
            if (strstr(out.p, includes[i].want) == NULL)
                print_message("%s\n", out.p);
            assert_non_null(strstr(out.p, includes[i].want));
        } else {
            at = f.msgs.first->err.loc;
            if (at.file == NULL && at.place)
                at = bn_source_locate(f.source, at.place);
            assert_true(ends_in(at.file, includes[i].file));
            assert_int_equal(at.line, includes[i].line);
            assert_int_equal(at.column, includes[i].column);
        }
        bn_buf_free(&out);
        stop(&f);
    }
}

/* a includes b 40 times, b c 40 times …: text is bounded. */
static void
includes_do_not_explode(void **state)
{
    fixture f;
    bn_buf text = {0}, out = {0};

    (void)state;
    open_house(&f);
    for (int i = 0; i < 8; i++) {
        char name[32];

        bn_buf_clear(&text);
        for (int k = 0; k < 40; k++)
            bn_buf_addf(&text, i < 7 ? "{{> %c}}\n" : "字字字字\n", 'a' + i);
        if (i == 0)
            strcpy(name, "templates/t.md");
        else
            snprintf(name, sizeof name, "templates/%c.md", 'a' + i - 1);
        put(&f, name, text.p, text.len);
    }
    assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                     BN_ETOOBIG);
    bn_buf_free(&text);
    bn_buf_free(&out);
    stop(&f);
}

/* In a draft the same blanks are warnings and places to write in. */
static void
draft_leaves_blanks(void **state)
{
    static const char text[] = "字{{ company/phone }}○○\n";
    fixture f;
    bn_buf out = {0};

    (void)state;
    open_house(&f);
    put(&f, "templates/t.md", text, sizeof text - 1);
    assert_int_equal(make(&f, ENTRY("template='t.md'", ""), true, &out), BN_OK);
    assert_int_equal(f.msgs.count[BN_WARNING], 2);
    assert_int_equal(f.msgs.exit, 0);
    assert_non_null(strstr(out.p, "<span class=\"fill\"/>○○"));
    assert_non_null(strstr(out.p, "data-draft=\"yes\""));
    bn_buf_free(&out);
    stop(&f);
}

/* ------------------------------------------- hostile templates (4a 18-21) */

/* n times a piece, then an end. */
static void
repeat(bn_buf *b, const char *piece, int n, const char *end)
{
    for (int i = 0; i < n; i++)
        bn_buf_adds(b, piece);
    bn_buf_adds(b, end);
}

static const struct {
    const char *head, *piece;
    int n;
    const char *end;
    bn_code code; /* BN_OK: set as text, quickly */
} hostile[] = {
    {"", "|a", 20000, "|\n|-|\n", BN_ECOLUMNS},
    {"[^1]: x\n\n", "[^1]", 50000, "\n", BN_EFOOTNOTES},
    {"", "[", 50000, "\n", BN_OK},
    {"", "> ", 50000, "x\n", BN_ENEST},
    {"", "- ", 50000, "x\n", BN_ENEST},
    {"", "*a **a ", 50000, "\n", BN_OK},
    {"", "*a _a ", 5000, "x_*\n", BN_OK},
};

static void
hostile_markdown_is_bounded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        fixture f;
        bn_buf out = {0}, text = {0};

        print_message("%s%s...\n", hostile[i].head, hostile[i].piece);
        open_house(&f);
        bn_buf_adds(&text, hostile[i].head);
        repeat(&text, hostile[i].piece, hostile[i].n, hostile[i].end);
        put(&f, "templates/t.md", text.p, text.len);
        assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                         hostile[i].code);
        if (hostile[i].code == BN_OK) /* no blow-up */
            assert_true(out.len < 4 * text.len);
        bn_buf_free(&out);
        bn_buf_free(&text);
        stop(&f);
    }
}

/* --------------------------------------------------------------- numbering */

static const struct {
    const char *front, *markdown, *want;
} numbered[] = {
    /* chapters, articles that run on, paragraphs from the second, items */
    {"kitei-h",
     "# 総則\n\n## 目的\n\n文\n\n# 体制\n\n## 責任者 {#m}\n\n一項\n\n二項\n\n"
     "1. 号 {x}\n   1. ア\n2. {#i} 号\n\n## 雑則\n\n[](#m)、[](#i)\n",
     "<h2 data-number=\"第1章\" data-level=\"1\"><span class=\"number\">"
     "第1章</span>総則</h2><h3 data-number=\"第1条\" data-level=\"2\">"
     "<span class=\"number\">第1条</span>目的</h3><p>文</p>"
     "<h2 data-number=\"第2章\" data-level=\"1\"><span class=\"number\">"
     "第2章</span>体制</h2><h3 id=\"m\" data-number=\"第2条\" "
     "data-level=\"2\"><span class=\"number\">第2条</span>責任者</h3>"
     "<p>一項</p><p data-number=\"2\" data-level=\"3\">"
     "<span class=\"number\">2</span>二項</p>"
     "<ol><li data-number=\"(1)\" data-level=\"4\">"
     "<span class=\"number\">(1)</span>号 {x}"
     "<ol><li data-number=\"ア\" data-level=\"5\">"
     "<span class=\"number\">ア</span>ア</li></ol></li>"
     "<li id=\"i\" data-number=\"(2)\" data-level=\"4\">"
     "<span class=\"number\">(2)</span>号</li></ol>"
     "<h3 data-number=\"第3条\" data-level=\"2\">"
     "<span class=\"number\">第3条</span>雑則</h3>"
     "<p><a href=\"#m\">第2条</a>、<a href=\"#i\">第2条第2項第2号</a></p>"},
    /* contract: articles from the top, a single paragraph is not counted */
    {"kitei-h/2", "# 目的\n\n次のとおり。\n\n1. {#a} 甲\n\n# 次\n\n[](#a)\n",
     "<a href=\"#a\">第1条第1号</a>"},
    {"koyobun-h", "# 章\n\n1. 項\n   1. 細\n      1. {#x} 目\n\n[](#x)\n",
     "<a href=\"#x\">第1の1(1)ア</a>"},
    {"kokuji", "# 章\n\n## 節\n\n1. 号\n2. 号\n   1. {#x} 目\n\n[](#x)\n",
     "<a href=\"#x\">第一の1の二イ</a>"},
    {"yoryo", "# 章\n\n1. 節\n   1. {#x} 目\n\n[](#x)\n",
     "<a href=\"#x\">1(1)①</a>"},
    {"criteria", "# 章\n\n## 節\n\n### 項 {#x}\n\n[](#x)\n",
     "<a href=\"#x\">Ⅰの第一の1</a>"},
    {"shishin", "# 章\n\n# 章\n\n1. 節\n   1. {#x} 目\n\n[](#x)\n",
     "<a href=\"#x\">第2の1の一</a>"},
    {"law/2", "# 章\n\n# 章 {.unnumbered}\n\n[x](#y)\n\n## 節 {#y}\n",
     "<span class=\"number\">第一節</span>"},
    /* an unnumbered heading at chapter level: 附則 begins again */
    {"kitei-h",
     "# 章\n\n## 条\n\n# 附則 {.unnumbered}\n\n## 施行 {#f}\n\n[](#f)\n",
     "<a href=\"#f\">第1条</a>"},
};

static void
numbers_follow_schemes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
        fixture f;
        bn_buf out = {0}, text = {0};

        print_message("%s: %s", numbered[i].front, numbered[i].markdown);
        open_house(&f);
        bn_buf_addf(&text, "---\ntitle: 試験\nnumbering: %s\n---\n%s",
                    numbered[i].front, numbered[i].markdown);
        put(&f, "templates/t.md", text.p, text.len);
        assert_int_equal(make(&f, ENTRY("template='t.md'", ""), false, &out),
                         BN_OK);
        drop_places(out.p);
        if (strstr(out.p, numbered[i].want) == NULL)
            print_message("%s\n", out.p);
        assert_non_null(strstr(out.p, numbered[i].want));
        bn_buf_free(&out);
        bn_buf_free(&text);
        stop(&f);
    }
}

static const struct {
    numeral_kind kind;
    digit_style digits;
    int i;
    const char *want;
    bool ran_out;
} marks[] = {
    {NUMERAL_IROHA, DIGITS_HALF, 3, "\u30CF", false}, /* ハ, not 八 */
    {NUMERAL_IROHA, DIGITS_HALF, 4, "\u30CB", false}, /* ニ, not 二 */
    {NUMERAL_IROHA, DIGITS_HALF, 6, "\u30D8", false}, /* ヘ, katakana */
    {NUMERAL_IROHA, DIGITS_HALF, 47, "\u30B9", false},
    {NUMERAL_IROHA, DIGITS_HALF, 48, "48", true},
    {NUMERAL_AIU, DIGITS_HALF, 45, "ヲ", false},
    {NUMERAL_AIU, DIGITS_HALF, 46, "46", true},
    {NUMERAL_KANJI, DIGITS_HALF, 10, "十", false},
    {NUMERAL_KANJI, DIGITS_HALF, 111, "百十一", false},
    {NUMERAL_KANJI, DIGITS_HALF, 2024, "二千二十四", false},
    {NUMERAL_CIRCLED, DIGITS_HALF, 20, "⑳", false},
    {NUMERAL_CIRCLED, DIGITS_HALF, 21, "21", true},
    {NUMERAL_ARABIC, DIGITS_SINGLE_FULL, 9, "９", false},
    {NUMERAL_ARABIC, DIGITS_SINGLE_FULL, 10, "10", false},
    {NUMERAL_ARABIC, DIGITS_FULL, 10, "１０", false},
    {NUMERAL_FULL, DIGITS_HALF, 2, "２", false},
    {NUMERAL_ROMAN, DIGITS_HALF, 4, "Ⅳ", false},
};

static void
marks_are_written(void **state)
{
    bn_arena *a = bn_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        bool ran_out;

        assert_string_equal(
            mark_write(a, marks[i].kind, marks[i].digits, marks[i].i, &ran_out),
            marks[i].want);
        assert_int_equal(ran_out, marks[i].ran_out);
    }
    bn_arena_free(a);
}

/* ------------------------------------------------------ catalogue, fields */

/* An own stylesheet sees the entry with its values filled in. */
static void
fields_are_filled(void **state)
{
    static const char style[] =
        "<xsl:stylesheet version='1.0' "
        "xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "
        "xmlns='http://www.w3.org/1999/xhtml'><xsl:template match='/'>"
        "<article><xsl:for-each select='/input/document/fields//field'><p>"
        "<xsl:value-of select='concat(@id, \":\", count(value))'/>"
        "<xsl:for-each select='value'>=<xsl:value-of select='.'/>"
        "</xsl:for-each></p></xsl:for-each></article></xsl:template>"
        "</xsl:stylesheet>";
    fixture f;
    bn_buf out = {0};

    (void)state;
    open_house(&f);
    put(&f, "documents/t.xsl", style, sizeof style - 1);
    assert_int_equal(
        make(&f,
             ENTRY("stylesheet='t.xsl'",
                   "<field id='n' label='数' xpath='count(a)' type='integer'/>"
                   "<field id='all' label='全' xpath='a' type='list'/>"
                   "<field id='tel' label='電話' xpath='company/phone' "
                   "type='text'/>"
                   "<field id='off' label='無' xpath='a' when='b' "
                   "required='yes' type='text'/>"
                   "<group id='g' label='組' xpath='a'>"
                   "<field id='row' label='行' xpath='@n' type='text'/>"
                   "</group>"),
             false, &out),
        BN_OK);
    drop_places(out.p);
    assert_non_null(strstr(out.p, "<p>n:1=2</p><p>all:2=甲=乙|丙</p>"
                                  "<p>tel:0</p><p>row:1=1</p><p>row:1=2</p>"));
    bn_buf_free(&out);
    stop(&f);
}

static void
empty_required_field_is_refused(void **state)
{
    static const char text[] = "x\n";
    fixture f;
    bn_buf out = {0};

    (void)state;
    open_house(&f);
    put(&f, "templates/t.md", text, sizeof text - 1);
    assert_int_equal(
        make(&f,
             ENTRY("template='t.md'",
                   "<field id='tel' label='電話番号' xpath='company/phone' "
                   "type='text' required='yes' provision='000 三の1の一'/>"),
             false, &out),
        BN_ERULE);
    assert_string_equal(f.msgs.first->err.args[0],
                        "試験: 電話番号が未記入です。");
    assert_string_equal(f.msgs.first->err.args[1], "R151");
    assert_string_equal(f.msgs.first->err.args[2], "000 三の1の一");
    assert_int_equal(f.msgs.exit, 65);
    bn_buf_free(&out);
    stop(&f);
}

/* What the grammar refuses in an entry, with its line. */
static void
wrong_entries_are_told(void **state)
{
    static const char *const entries[] = {
        "<document id='t'/>",
        "<document id='../t' no='T99' family='T' layout='rulebook' "
        "editions='e2018' retention='none'><title lang='ja'>x</title>"
        "<fields/></document>",
        "<document id='t' no='T99' family='T' layout='rulebook' "
        "editions='18' retention='none'><title lang='ja'>x</title>"
        "<fields/></document>",
        "<document id='t' no='T99' family='T' layout='rulebook' "
        "editions='e2018' retention='none' template='../../x.md'>"
        "<title lang='ja'>x</title><fields/></document>",
        "<document id='t' no='T99' family='T' layout='rulebook' "
        "editions='e2018' retention='none' template='missing.md'>"
        "<title lang='ja'>x</title><fields/></document>",
        "<documents/>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        fixture f;

        print_message("%s\n", entries[i]);
        open_house(&f);
        put(&f, "documents/T99-t.xml", entries[i], strlen(entries[i]));
        start(&f);
        assert_int_not_equal(
            bn_catalogue_load(f.source, ".", f.dir, &f.catalogue, &f.msgs),
            BN_OK);
        assert_true(f.msgs.count[BN_ERROR] > 0);
        assert_int_not_equal(
            f.msgs.first->err.loc.place | f.msgs.first->err.loc.line, 0);
        stop(&f);
    }
}

/* The entries of the stock all load, and every one names files that exist. */
static void
stock_loads(void **state)
{
    bn_source *s = bn_source_new();
    bn_catalogue *c = NULL;
    bn_msgs msgs = {0};
    bn_err err;

    (void)state;
    assert_int_equal(bn_source_add_root(s, ".", &err), BN_OK);
    assert_int_equal(bn_catalogue_load(s, ".", NULL, &c, &msgs), BN_OK);
    assert_non_null(bn_catalogue_find(c, "certificate"));
    assert_string_equal(bn_catalogue_find(c, "certificate")->no, "C07");
    for (size_t i = 1; i < bn_catalogue_count(c); i++)
        assert_string_not_equal(bn_catalogue_entry(c, i - 1)->id,
                                bn_catalogue_entry(c, i)->id);
    bn_catalogue_free(c);
    bn_msgs_free(&msgs);
    bn_source_free(s);
}

/* A paragraph of a law with articles 1, 2, 2-2, an appendix and an article of
 * its supplementary provisions; what leads where. */
static const struct {
    const char *why, *in, *out;
} citations[] = {
    {"an article", "第二条の規定", "<第二条:A2>の規定"},
    {"a branch", "第二条の二第一項", "<第二条の二:A2_2>第一項"},
    {"several", "第一条及び第二条", "<第一条:A1>及び<第二条:A2>"},
    {"none of that number", "第九条の規定", "第九条の規定"},
    {"another law's", "商法第二条の規定", "商法第二条の規定"},
    {"and what goes on with it", "商法第一条第二項及び第二条の規定",
     "商法第一条第二項及び第二条の規定"},
    {"with its number", "見本法（令和元年法律第一号）第二条",
     "見本法（令和元年法律第一号）第二条"},
    {"after the other law is done with", "商法第一条に定める者は、第二条により",
     "商法第一条に定める者は、<第二条:A2>により"},
    {"supplementary", "附則第一条の規定", "<附則第一条:SupplProvision.A1>の規定"},
    {"an appendix", "別表第一の上欄", "<別表第一:T1>の上欄"},
    {"a date is none", "第二回の第三年", "第二回の第三年"},
};

static void
laws_cite_themselves(void **state)
{
    bn_arena *a = bn_arena_new();
    const bn_content_job job = {.arena = a};
    making m = {.job = &job};

    (void)state;
    for (size_t i = 0; i < sizeof citations / sizeof citations[0]; i++) {
        bn_source *s = bn_source_new();
        bn_buf text = {0}, got = {0};
        bn_msgs msgs = {0};
        bn_tree *t;
        const xmlNode *p;

        print_message("%s\n", citations[i].why);
        bn_buf_addf(
            &text,
            "<article xmlns='http://www.w3.org/1999/xhtml' class='law'>"
            "<p class='words'>%s</p>"
            "<h3 id='A1' data-outline='第一条（目的）'/>"
            "<p id='A2' data-outline='第二条'/>"
            "<p id='A2_2' data-outline='第二条の二'/>"
            "<h3 id='SupplProvision.A1' data-outline='第一条（施行期日）'/>"
            "<h2 id='T1'>別表第一（第二条関係）</h2></article>",
            citations[i].in);
        assert_int_equal(bn_xml_parse(s, "x.xml", text.p, text.len,
                                      BN_XML_PLAIN, &t, &msgs),
                         BN_OK);
        link_law(&m, t);
        p = xmlDocGetRootElement(t)->children;
        for (const xmlNode *c = p->children; c; c = c->next)
            if (c->type == XML_TEXT_NODE)
                bn_buf_adds(&got, (const char *)c->content);
            else
                bn_buf_addf(&got, "<%s:%s>", (const char *)c->children->content,
                            attribute(a, c, "href") + 1);
        assert_string_equal(got.p, citations[i].out);
        bn_buf_free(&got);
        bn_buf_free(&text);
        bn_tree_free(t);
        bn_source_free(s);
    }
    bn_arena_free(a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_renders),
        cmocka_unit_test(markdown_refuses),
        cmocka_unit_test(draft_leaves_blanks),
        cmocka_unit_test(templates_include_others),
        cmocka_unit_test(includes_do_not_explode),
        cmocka_unit_test(hostile_markdown_is_bounded),
        cmocka_unit_test(numbers_follow_schemes),
        cmocka_unit_test(marks_are_written),
        cmocka_unit_test(fields_are_filled),
        cmocka_unit_test(empty_required_field_is_refused),
        cmocka_unit_test(wrong_entries_are_told),
        cmocka_unit_test(stock_loads),
        cmocka_unit_test(laws_cite_themselves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
