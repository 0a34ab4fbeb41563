#include "tests/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "pipeline/pipeline.h"
#include "pipeline/unit.h"

/* ------------------------------------------------------------------- names */

static const struct {
    const char *unit, *document, *key, *want; /* NULL: BN_ENAME */
} names[] = {
    {"TC-2019-0007", "certificate", "", "o/TC-2019-0007/certificate.pdf"},
    {"TC", "certificate", "SNK-2019-0012",
     "o/TC/certificate-SNK-2019-0012.pdf"},
    {"TC", "letter", "第1号", "o/TC/letter-%E7%AC%AC1%E5%8F%B7.pdf"},
    /* nothing climbs, hides, or looks like an option (4a 30) */
    {"..", "a", "", "o/%2E%2E/a.pdf"},
    {".", "a", "", "o/%2E/a.pdf"},
    {"../../etc", "a", "", "o/%2E.%2F..%2Fetc/a.pdf"},
    {"-rf", "a", "", "o/%2Drf/a.pdf"},
    {"x.", "a", "", "o/x%2E/a.pdf"},
    {"", "a", "", "o/_/a.pdf"},
    {"TC", "a", "../b", "o/TC/a-%2E.%2Fb.pdf"},
    {"TC", "a", "b\nc", "o/TC/a-b%0Ac.pdf"},
    {"TC", "a", "100%", "o/TC/a-100%25.pdf"},
};

static void
names_are_safe(void **state)
{
    bn_arena *a = bn_arena_new();
    char longest[300];
    const char *path;
    bn_err err;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        print_message("%s %s\n", names[i].unit, names[i].key);
        assert_int_equal(paper_path(a, "o", names[i].unit, names[i].document,
                                    names[i].key, ".pdf", &path, &err),
                         BN_OK);
        assert_string_equal(path, names[i].want);
    }
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(paper_path(a, "o", longest, "a", "", ".pdf", &path, &err),
                     BN_ENAME);
    assert_int_equal(
        paper_path(a, "o", "TC", "a", longest, ".pdf", &path, &err), BN_ENAME);
    bn_arena_free(a);
}

/* Twins by case, width, or composed and decomposed kana are one name. */
static void
twins_fold_alike(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"TC-a", "tc-A", true},  {"が", "か\u3099", true},
        {"ABC", "ＡＢＣ", true}, {"TC-1", "TC-2", false},
        {"髙", "高", false}, /* variants of names stay apart */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf x = {0}, y = {0};

        bn_fold_name(rows[i].a, &x);
        bn_fold_name(rows[i].b, &y);
        assert_int_equal(x.len == y.len && memcmp(x.p, y.p, x.len) == 0,
                         rows[i].same);
        bn_buf_free(&x);
        bn_buf_free(&y);
    }
}

/* ------------------------------------------------------------------- today */

static const struct {
    const char *arg, *epoch; /* NULL: not given */
    bn_code code;
    const char *day, *stamp;
} days[] = {
    {"2020-10-06", NULL, BN_OK, "2020-10-06", "2020-10-06"},
    {NULL, "0", BN_OK, "1970-01-01", "1970-01-01T09:00:00+09:00"},
    /* 15:00 UTC is the next day in Japan: 令和 begins */
    {NULL, "1556636399", BN_OK, "2019-04-30", "2019-04-30T23:59:59+09:00"},
    {NULL, "1556636400", BN_OK, "2019-05-01", "2019-05-01T00:00:00+09:00"},
    {NULL, "4102444800", BN_OK, "2100-01-01", "2100-01-01T09:00:00+09:00"},
    {"2019-05-01", "0", BN_OK, "2019-05-01", "1970-01-01T09:00:00+09:00"},
    /* 4a 40 */
    {NULL, "", BN_ETODAY, "", ""},
    {NULL, "-1", BN_ETODAY, "", ""},
    {NULL, "1e9", BN_ETODAY, "", ""},
    {NULL, " 1", BN_ETODAY, "", ""},
    {NULL, "0x10", BN_ETODAY, "", ""},
    {NULL, "1000000000000000000000000000000", BN_ETODAY, "", ""},
    {NULL, "253402300799", BN_ETODAY, "", ""}, /* year 10000 in Japan */
    {"2019-02-29", NULL, BN_ETODAY, "", ""},
    {"2020-02-29", NULL, BN_OK, "2020-02-29", "2020-02-29"},
    {"2019-13-01", NULL, BN_ETODAY, "", ""},
    {"2019-4-1", NULL, BN_ETODAY, "", ""},
    {"2019-04-01T00:00", NULL, BN_ETODAY, "", ""},
    {"今日", NULL, BN_ETODAY, "", ""},
};

static void
today_is_in_japan(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        char day[11] = "", stamp[32] = "";
        bn_err err;
        bn_code code;

        if (days[i].epoch)
            setenv("SOURCE_DATE_EPOCH", days[i].epoch, 1);
        else
            unsetenv("SOURCE_DATE_EPOCH");
        code = bn_today(days[i].arg, day, stamp, &err);
        print_message("%s %s\n", days[i].arg ? days[i].arg : "-",
                      days[i].epoch ? days[i].epoch : "-");
        assert_int_equal(code, days[i].code);
        if (code == BN_OK) {
            assert_string_equal(day, days[i].day);
            assert_string_equal(stamp, days[i].stamp);
        } else {
            assert_int_equal(bn_code_exit(code), 64);
        }
    }
    unsetenv("SOURCE_DATE_EPOCH");
}

/* ---------------------------------------------------------------- messages */

/* What cli_say writes on standard error. */
static char *
said(const cli_options *o, const bn_msgs *msgs)
{
    static char text[4000];
    char name[] = "/tmp/bunsho-said-XXXXXX";
    const int file = mkstemp(name), keep = dup(STDERR_FILENO);
    ssize_t n;

    fflush(stderr);
    dup2(file, STDERR_FILENO);
    cli_say(o, NULL, msgs);
    fflush(stderr);
    dup2(keep, STDERR_FILENO);
    close(keep);
    n = pread(file, text, sizeof text - 1, 0);
    assert_true(n > 0);
    text[n] = '\0';
    close(file);
    unlink(name);
    return text;
}

/* 4a 31: data cannot reach the terminal's controls, nor forge a line. */
static void
controls_are_written_out(void **state)
{
    const bn_loc at = {.file = "a\033[2Jb.xml", .line = 3, .column = 7};
    cli_options o = {.lang = "ja"};
    bn_msgs msgs = {0};
    bn_err err;

    (void)state;
    bn_fail(&err, BN_ERULE, at, "x\033]0;y\007\nbunsho: \xC2\x9B \xE2\x80\xAE",
            "R087", "000 三の7の四ト", "TC\xFF");
    bn_msgs_add(&msgs, &err, BN_ERROR);
    assert_string_equal(
        said(&o, &msgs),
        "a\\x1B[2Jb.xml:3:7: エラー: x\\x1B]0;y\\x07\\nbunsho: \\x9B "
        "\\u{202E} [R087 000 三の7の四ト TC\\xFF]\n");
    o.json = true;
    assert_string_equal(
        said(&o, &msgs),
        "{\"level\":\"error\",\"id\":\"rule\",\"file\":\"a\\u001B[2Jb.xml\","
        "\"line\":3,\"column\":7,"
        "\"message\":\"x\\u001B]0;y\\u0007\\nbunsho: \\u009B \\u202E\","
        "\"remedy\":\"\",\"rule\":\"R087\",\"provision\":\"000 三の7の四ト\","
        "\"unit\":\"TC\\\\xFF\"}\n");
    bn_msgs_free(&msgs);
}

static void
messages_have_languages(void **state)
{
    const bn_loc at = {.file = "a.fo", .line = 12, .column = 7};
    cli_options o = {.lang = "en"};
    bn_msgs msgs = {0};
    bn_err err;

    (void)state;
    bn_fail(&err, BN_EUNIT, at, "12");
    bn_msgs_add(&msgs, &err, BN_ERROR);
    assert_string_equal(said(&o, &msgs),
                        "a.fo:12:7: error: '12' has no known unit. [unit]\n"
                        "    remedy: Add one of the units pt, pc, in, cm, mm, "
                        "px.\n");
    o.lang = "ja";
    assert_string_equal(said(&o, &msgs),
                        "a.fo:12:7: エラー: 「12」に既知の単位がありません。 "
                        "[unit]\n    対処: 単位 pt, pc, in, cm, mm, px "
                        "を付けてください。\n");
    bn_msgs_free(&msgs);
}

/* ------------------------------------------------------------------- build */

/* What a build told. */
typedef struct heard {
    char rules[200]; /* ids of rules at level error, " R078 R084" */
    char codes[400]; /* names of other errors */
    char made[1000]; /* files, without the folder */
    size_t skip;     /* bytes of the folder's name */
} heard;

static void
add_word(char *list, size_t size, const char *word)
{
    const size_t n = strlen(list);

    snprintf(list + n, size - n, " %s", word);
}

static void
on_said(void *user, const bn_msgs *msgs)
{
    heard *h = user;

    for (const bn_msg *m = msgs->first; m; m = m->next) {
        if (m->level != BN_ERROR)
            continue;
        if (m->err.code == BN_ERULE)
            add_word(h->rules, sizeof h->rules, m->err.args[1]);
        else
            add_word(h->codes, sizeof h->codes, bn_code_name(m->err.code));
    }
}

static void
on_made(void *user, const char *path)
{
    heard *h = user;

    add_word(h->made, sizeof h->made, path + h->skip);
}

static char dir[] = "/tmp/bunsho-pipeline-XXXXXX";

/* A sample with one text for another, as a file of its own. */
static const char *
changed(bn_arena *a, const char *sample, const char *from, const char *to)
{
    const char *path = bn_arena_printf(a, "%s/case.xml", dir);
    bn_buf text = {0};
    FILE *in = fopen(sample, "r"), *out = fopen(path, "w");
    char *hit;
    int c;

    assert_non_null(in);
    assert_non_null(out);
    while ((c = getc(in)) != EOF)
        bn_buf_addc(&text, (char)c);
    hit = strstr(text.p, from);
    assert_non_null(hit);
    fwrite(text.p, 1, hit - text.p, out);
    fputs(to, out);
    fputs(hit + strlen(from), out);
    fclose(in);
    fclose(out);
    bn_buf_free(&text);
    return path;
}

static int
build(const char *const *files, size_t n, const char *only, bool draft,
      heard *h)
{
    char out[64];
    const bn_run_options options = {.share = ".",
                                    .house = "samples/house",
                                    .today = "2020-10-06",
                                    .date = "2020-10-06",
                                    .draft = draft};
    bn_build_options o = {.files = files,
                          .nfiles = n,
                          .out = out,
                          .only = only,
                          .dump = BN_DUMP_CONTENT,
                          .listener = {h, on_said, NULL, on_made}};
    bn_run *run = NULL;
    bn_err err;
    int status;

    snprintf(out, sizeof out, "%s/out", dir);
    *h = (heard){.skip = strlen(out) + 1};
    assert_int_equal(bn_run_new(&options, &run, &err), BN_OK);
    status = bn_build(run, &o);
    bn_run_free(run);
    return status;
}

#define FULL "samples/cases/full-certified.xml"

static const struct {
    const char *sample, *from, *to;
    const char *only;
    bool draft;
    int status;
    const char *rules; /* NULL: not looked at */
    const char *made;
} builds[] = {
    {FULL, "<", "<", "certificate", false, 0, "",
     " TC-2019-0007/certificate.content.xml"},
    /* four years instead of three, and one day more than three */
    {FULL, "valid-until=\"2022-09-04\"", "valid-until=\"2023-09-04\"",
     "certificate", false, 65, " R087", ""},
    {FULL, "valid-until=\"2022-09-04\"", "valid-until=\"2022-09-06\"",
     "certificate", false, 65, " R087", ""},
    /* what the rule forbids takes its annex along, and nothing else */
    {FULL, "valid-until=\"2022-09-04\"", "valid-until=\"2023-09-04\"",
     "certificate,certificate-annex,audit-plan", false, 65, " R087",
     " TC-2019-0007/audit-plan.content.xml"},
    {FULL, "valid-until=\"2022-09-04\"", "valid-until=\"2023-09-04\"",
     "certificate", true, 0, "", " TC-2019-0007/certificate.content.xml"},
    {"samples/cases/open-nonconformity.xml", "<", "<", "certificate", false, 65,
     " R078", ""},
    {"samples/cases/refused.xml", "<", "<",
     "certificate,decision-notice-refused", false, 0, "",
     " TC-2019-0011/decision-notice-refused.content.xml"},
    {FULL, "<", "<", "no-such", false, 64, "", ""},
    {FULL, "ref=\"e2018\"", "ref=\"e2099\"", "certificate", false, 66, "", ""},
    {FULL, "ref=\"body-sample\"", "ref=\"body-other\"", "certificate", false,
     65, "", ""},
    {FULL, "date=\"2019-08-26\"", "date=\"2019-08-32\"", "certificate", false,
     65, "", ""},
};

static void
builds_refuse_and_make(void **state)
{
    bn_arena *a = bn_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        const char *file =
            changed(a, builds[i].sample, builds[i].from, builds[i].to);
        heard h;
        const int status = build(&file, 1, builds[i].only, builds[i].draft, &h);

        print_message("%zu: %d%s%s%s\n", i, status, h.rules, h.codes, h.made);
        assert_int_equal(status, builds[i].status);
        assert_string_equal(h.rules, builds[i].rules);
        assert_string_equal(h.made, builds[i].made);
    }
    bn_arena_free(a);
}

/* Two cases whose ids differ in case only would share a folder somewhere. */
static void
twins_collide(void **state)
{
    bn_arena *a = bn_arena_new();
    const char *files[] = {
        FULL,
        changed(a, FULL, "id=\"TC-2019-0007\"", "id=\"tc-2019-0007\""),
    };
    heard h;

    (void)state;
    assert_int_equal(build(files, 2, "audit-plan", true, &h), 65);
    assert_non_null(strstr(h.codes, "collision"));
    assert_string_equal(h.made, " TC-2019-0007/audit-plan.content.xml");
    bn_arena_free(a);
}

static void
house_is_needed(void **state)
{
    bn_arena *a = bn_arena_new();
    const char *file = changed(a, FULL, "<", "<");
    const bn_run_options options = {.share = ".", .today = "2020-10-06"};
    heard h = {0};
    const bn_build_options o = {.files = &file,
                                .nfiles = 1,
                                .out = dir,
                                .listener = {&h, on_said, NULL, on_made}};
    bn_run *run = NULL;
    bn_err err;

    (void)state;
    assert_int_equal(bn_run_new(&options, &run, &err), BN_OK);
    assert_int_equal(bn_build(run, &o), 66);
    assert_string_equal(h.codes, " house");
    bn_run_free(run);
    bn_arena_free(a);
}

/* How often a kit is told this; clauses stand at a line of a template. */
static int
told_of_kit(const char *file, bn_code code)
{
    const bn_run_options options = {
        .share = ".", .house = "samples/house", .today = "2024-10-06"};
    bn_msgs msgs = {0};
    bn_buf report = {0};
    bn_run *run = NULL;
    bn_err err;
    int n = 0;

    assert_int_equal(bn_run_new(&options, &run, &err), BN_OK);
    assert_int_equal(bn_check(run, file, "ja", &report, &msgs), BN_OK);
    for (const bn_msg *m = msgs.first; m; m = m->next)
        if (m->err.code == code) {
            n++;
            if (code == BN_WCLAUSE) {
                assert_non_null(strstr(m->err.loc.file, "templates/D"));
                assert_true(m->err.loc.line > 10);
            }
        }
    bn_buf_free(&report);
    bn_msgs_free(&msgs);
    bn_run_free(run);
    return n;
}

/* Under its own edition every measure of the stock is answered, by clauses that
 * name no other; under the next one neither holds. */
static void
clauses_answer_measures(void **state)
{
    static const char kit[] = "samples/kits/KIT-0042.xml";
    bn_arena *a = bn_arena_new();
    const char *file;

    (void)state;
    assert_int_equal(told_of_kit(kit, BN_WCLAUSE), 0);
    assert_int_equal(told_of_kit(kit, BN_WUNANSWERED), 0);
    file = changed(a, kit, "edition=\"e2018\"", "edition=\"e2024\"");
    assert_true(told_of_kit(file, BN_WCLAUSE) > 10);
    /* I.2.2 and n1 to n6; those that were deleted need no clause */
    assert_int_equal(told_of_kit(file, BN_WUNANSWERED), 7);
    bn_arena_free(a);
}

static int
make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) == NULL;
}

static int
remove_dir(void **state)
{
    char command[80];

    (void)state;
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_safe),
        cmocka_unit_test(twins_fold_alike),
        cmocka_unit_test(today_is_in_japan),
        cmocka_unit_test(controls_are_written_out),
        cmocka_unit_test(messages_have_languages),
        cmocka_unit_test(builds_refuse_and_make),
        cmocka_unit_test(twins_collide),
        cmocka_unit_test(house_is_needed),
        cmocka_unit_test(clauses_answer_measures),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
