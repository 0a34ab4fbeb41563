/* test_cli.c - the program as scripts meet it: exit statuses and streams. */
#include "tests/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "cli/bar.h"

static char program[4096];
static char dir[] = "/tmp/bunsho-cli-XXXXXX";

/* BUILD/tests/test_cli stands beside BUILD/bunsho. */
static int
find_program(void **state)
{
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program - 16);

    (void)state;
    if (n <= 0 || mkdtemp(dir) == NULL)
        return 1;
    program[n] = '\0';
    for (int up = 0; up < 2; up++)
        *strrchr(program, '/') = '\0';
    strcat(program, "/bunsho");
    return access(program, X_OK);
}

static int
remove_dir(void **state)
{
    char command[80];

    (void)state;
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command);
}

/* Run by the shell with $B the program, $D a folder; what it prints goes into
 * out. Returns the exit status. */
static int
run(const char *command, char *out, size_t size)
{
    FILE *pipe;
    size_t n;
    int status;

    setenv("B", program, 1);
    setenv("D", dir, 1);
    setenv("BUNSHO_SHARE", ".", 1);
    unsetenv("SOURCE_DATE_EPOCH");
    pipe = popen(command, "r");
    assert_non_null(pipe);
    n = fread(out, 1, size - 1, pipe);
    out[n] = '\0';
    status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define FO                                                                     \
    "printf '%s' '<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\">"    \
    "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" "          \
    "page-width=\"100mm\" page-height=\"100mm\"><fo:region-body/>"             \
    "</fo:simple-page-master></fo:layout-master-set><fo:page-sequence "        \
    "master-reference=\"p\"><fo:flow flow-name=\"xsl-region-body\">"           \
    "<fo:block>文書</fo:block></fo:flow></fo:page-sequence></fo:root>' "     \
    "> $D/in.fo; "
#define CASE                                                                   \
    "samples/cases/full-certified.xml --house samples/house "                  \
    "--today 2020-10-06 "

static const struct {
    const char *command;
    int status;
    const char *want; /* part of what is printed; NULL: nothing at all */
} rows[] = {
    {"$B --help 2>&1", 0, "bunsho build"},
    {"$B build --help --lang en 2>&1", 0, "Makes every paper"},
    {"$B --version 2>&1", 0, "bunsho 0.1\nlibxml2 "},
    {"$B 2>&1", 64, "[usage]"},
    {"$B bild 2>&1", 64, "bild"},
    {"$B build --no-such 2>&1", 64, "--no-such"},
    {"$B build x.xml 2>&1", 64, "-o DIR"},
    {"$B check --draft x.xml 2>&1", 64, "--draft"}, /* not for check */
    {"$B list nothing 2>&1", 64, "nothing"},
    {"$B list documents --lang en 2>&1", 0, "C07\tcertificate\tCert"},
    {"$B list fonts 2>&1", 0, "ipaexm.ttf\t11233/11233\n"}, /* all of it */
    {"printf '\\342\\221\\240A \\364\\217\\277\\275A' >$D/t; "
     "$B list fonts $D/t 2>&1",
     0, "\t11233/11233\t2/3\t\U0010FFFD\n"},
    {"$B list fonts $D/none 2>&1", 66, "[no-input]"},
    {"$B list rules $D/t 2>&1", 64, "[usage]"},
    {"$B list documents --share /nowhere 2>&1", 66, "[share]"},
    {"SOURCE_DATE_EPOCH=1e9 $B list documents 2>&1", 64, "[today]"},
    {"SOURCE_DATE_EPOCH= $B list documents 2>&1", 64, "[today]"},
    /* standard output that takes nothing */
    {"$B list documents >/dev/full 2>/dev/null", 74, NULL},
    {"$B --help >/dev/full 2>/dev/null", 74, NULL},
    {"$B list documents 2>/dev/null >&-", 74, NULL},
    {"$B format missing.fo -o $D/x.pdf 2>&1", 66, "missing.fo"},
    {FO "$B format $D/in.fo 2>&1 | head -c 5", 0, "%PDF-"},
    {FO "$B format $D/in.fo -o $D/a.pdf && $B format $D/in.fo -o $D/b.pdf && "
        "cmp $D/a.pdf $D/b.pdf",
     0, NULL},
    {FO "$B format $D/in.fo --dump=areas 2>&1", 0, "<areaTree"},
    {FO "printf '%s\\t%s\\nno.fo\\t%s\\n%s\\t%s\\n' $D/in.fo $D/1.pdf "
        "$D/2.pdf $D/in.fo $D/3.pdf >$D/list; $B format --list $D/list 2>&1; "
        "s=$?; ls $D/1.pdf $D/3.pdf; exit $s",
     66, "/3.pdf"}, /* the others are made */
    {FO "$B format $D/in.fo -o /dev/null/x.pdf 2>&1", 73, "[create]"},
    {"$B new case $D/c.xml && $B check $D/c.xml --house samples/house 2>&1", 0,
     "A01\tapplication-form"},
    {"$B new kit $D/k.xml && $B check $D/k.xml --house samples/house 2>&1", 0,
     "D41\t"},
    {"$B new case $D/c.xml 2>&1", 73, "[exists]"},
    /* what is refused leaves the older paper as it was */
    {"$B build " CASE "-o $D/k --only certificate -q 2>/dev/null; "
     "cp $D/k/TC-2019-0007/certificate.pdf $D/old.pdf; "
     "$B build tests/cases/four-years/case.xml --house samples/house --today "
     "2020-10-06 -o $D/k --only certificate -q 2>/dev/null; s=$?; "
     "cmp $D/old.pdf $D/k/TC-2019-0007/certificate.pdf && exit $s",
     65, NULL},
    /* R065 is the grammar's: a session without its beginning, or its place */
    {"sed '0,/<session start=\"[^\"]*\"/s//<session/' "
     "samples/cases/full-certified.xml >$D/s.xml; $B check $D/s.xml --house "
     "samples/house 2>&1",
     65, "[R065"},
    {"$B check samples/cases/full-certified.xml --house samples/house "
     "--today 2020-10-06 2>&1 | grep -c R065",
     1, "0\n"},
    /* a skeleton that nobody filled in is no official paper */
    {"$B build $D/c.xml --house samples/house -o $D/o 2>&1", 65, "[R151"},
    {"$B build " CASE "-o $D/o --only certificate -q 2>/dev/null; "
     "ls -A $D/o/TC-2019-0007",
     0, "certificate.pdf\n"}, /* and no temporary file beside it */
    /* all papers in one file, and only that */
    {"$B build " CASE "-o $D/b --only audit-plan,certificate --bind "
     "2>/dev/null; ls -A $D/b/TC-2019-0007; pdftotext "
     "$D/b/TC-2019-0007/all.pdf "
     "- | grep -c -x -e 審査計画書 -e 認証証明書",
     0, "all.pdf\n2\n"},
    {"$B build " CASE "-o $D/b --bind --format html 2>&1", 64, "--bind"},
    {"$B build " CASE "-o $D/h --only certificate --format html 2>/dev/null; "
     "xmllint --noout $D/h/TC-2019-0007/certificate.html 2>&1",
     0, "certificate.html"},
    /* the register stands in the body's folder, and only when asked or due */
    {"$B build " CASE "-o $D/r --only certificate-register 2>/dev/null", 0,
     "/r/body-sample/certificate-register.pdf"},
    {"$B build " CASE "-o $D/o --only certificate 2>/dev/null", 0,
     "/o/TC-2019-0007/certificate.pdf\n"},
};

static void
scripts_get_what_they_expect(void **state)
{
    static char out[200000];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status;

        print_message("%s\n", rows[i].command);
        status = run(rows[i].command, out, sizeof out);
        if (status != rows[i].status ||
            (rows[i].want && strstr(out, rows[i].want) == NULL))
            print_message("%d: %s\n", status, out);
        assert_int_equal(status, rows[i].status);
        if (rows[i].want)
            assert_non_null(strstr(out, rows[i].want));
        else
            assert_string_equal(out, "");
    }
}

/* Each line on standard error is an object with what the manual says. */
static void
messages_are_json(void **state)
{
    static char out[20000];
    char *rest = NULL;
    size_t n = 0;

    (void)state;
    run("$B build samples/cases/open-nonconformity.xml --house samples/house "
        "--today 2020-10-06 -o $D/o --only certificate "
        "--message-format=json 2>&1 >/dev/null",
        out, sizeof out);
    for (char *line = strtok_r(out, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest), n++) {
        json_error_t error;
        json_t *object = json_loads(line, 0, &error);

        assert_non_null(object);
        assert_non_null(json_string_value(json_object_get(object, "level")));
        assert_non_null(json_string_value(json_object_get(object, "message")));
        if (n == 0) {
            assert_string_equal(
                json_string_value(json_object_get(object, "rule")), "R078");
            assert_true(json_integer_value(json_object_get(object, "line")) >
                        1);
        }
        json_decref(object);
    }
    assert_true(n >= 1);
}

/* Shorter than the terminal, Japanese two columns a character. */
static const struct {
    cli_bar bar;
    bool english;
    size_t columns;
    const char *want;
} bars[] = {
    {{0, 7, 0, false}, false, 80, "[------------------------] 0/7"},
    {{3, 12, 2, false}, true, 80,
     "[######------------------] 3/12  1.5/s  6 s left"},
    {{3, 12, 2, false}, false, 48,
     "[#####---------------] 3/12  毎秒1.5件  残り6秒"},
    {{3, 12, 2, false}, false, 32, "3/12  毎秒1.5件  残り6秒"},
    {{3, 12, 2, false}, false, 20, "3/12"},     /* no room for words */
    {{3, 12, 2, false}, true, 0, "3/12  1.5/s  6 s left"}, /* a log */
    {{100, 1000, 30, true}, true, 0, "numbers 100/1000  3.3/s  4 min 30 s left"},
    {{100, 100000, 12, true}, false, 0,
     "番号 100/100000  毎秒8.3件  残り3時間19分"},
};

static void
bars_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
        bn_buf line = {0};

        cli_bar_line(&bars[i].bar, bars[i].english, bars[i].columns, &line);
        assert_string_equal(line.p, bars[i].want);
        bn_buf_free(&line);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_fit),
        cmocka_unit_test(scripts_get_what_they_expect),
        cmocka_unit_test(messages_are_json),
    };

    return cmocka_run_group_tests(tests, find_program, remove_dir);
}
