/* test_messages.c - the messages that no other test meets, each brought about
 * by the program itself and read back from its JSON form. */
#include "tests/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

static char program[4096];
static char dir[] = "/tmp/bunsho-messages-XXXXXX";

/* BUILD/tests/test_messages stands beside BUILD/bunsho. */
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

#define CASES "samples/cases/full-certified.xml"
#define BUILD                                                                  \
    "$B build " CASES " --today 2020-10-06 -o $D/o --message-format=json "
/* A house of its own, with a document of its own. */
#define HOUSE                                                                  \
    "rm -rf $D/h; mkdir -p $D/h/documents $D/h/templates; "                    \
    "cp samples/house/*.xml $D/h; "
#define DOCUMENT(id, more)                                                     \
    "<document id=\"" id "\" no=\"X01\" family=\"C\" layout=\"letter\" "       \
    "editions=\"e2018\" retention=\"none\" " more "><title lang=\"ja\">x"      \
    "</title><fields/></document>"
#define PUT(text, file) "printf '%s' '" text "' >$D/h/" file "; "
#define XSL(body)                                                              \
    "<xsl:stylesheet version=\"1.0\" "                                         \
    "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template "        \
    "match=\"/\">" body "</xsl:template></xsl:stylesheet>"
#define OWN                                                                    \
    "$B build " CASES " --house $D/h --today 2020-10-06 -o $D/o --only own "   \
    "--message-format=json "
#define ARTICLE                                                                \
    "<article xmlns=\"http://www.w3.org/1999/xhtml\" class=\"letter\"/>"
#define FO(masters, flow)                                                      \
    "printf '%s' '<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\">"    \
    "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" " masters  \
    "><fo:region-body/></fo:simple-page-master></fo:layout-master-set>"        \
    "<fo:page-sequence master-reference=\"p\" initial-page-number=\"9\">"      \
    "<fo:flow flow-name=\"xsl-region-body\">" flow                             \
    "</fo:flow></fo:page-sequence></fo:root>' >$D/in.fo; "                     \
    "$B format $D/in.fo -o $D/out.pdf --message-format=json "

/* Cases a and b below $D/in, with numbers or (fresh) without, and a house. */
#define MANY                                                                   \
    "rm -rf $D/in $D/house $D/m; mkdir $D/in; cp -r samples/house $D; "        \
    "cp " CASES " $D/in/a.xml; sed s/TC-2019-0007/TC-2020-0002/ " CASES        \
    " >$D/in/b.xml; "
#define FRESH                                                                  \
    MANY "sed -i -E 's/(<(certificate|plan|report|notice|document)( [^>]*)?) " \
         "number=\"[^\"]*\"/\\1/' $D/in/*.xml; "
#define BATCH                                                                  \
    "$B batch $D/in -o $D/m --house $D/house --today 2020-10-06 --only "       \
    "certificate --message-format=json "
#define LIST                                                                   \
    ">$D/l.ndjson; $B batch $D/l.ndjson -o $D/m --house $D/house --only "      \
    "certificate --message-format=json"

static const struct {
    const char *id;
    int status;
    const char *command;
} rows[] = {
    {"read", 74, "$B format /proc/self/mem -o $D/x.pdf --message-format=json"},
    {"write", 74,
     FO("page-width=\"50mm\" page-height=\"50mm\"",
        "<fo:block>x</fo:block>") "; $B format $D/in.fo -o $D/$(printf %0300d "
                                  "0).pdf --message-format=json"},
    {"stdout", 74, "$B list documents --message-format=json 2>&1 >/dev/full"},
    {"unknown-document", 64, BUILD "--house samples/house --only no-such"},
    {"not-due", 0,
     BUILD "--house samples/house --only decision-notice-refused"},
    {"not-edition", 0,
     HOUSE PUT(DOCUMENT("own", "stylesheet=\"own.xsl\""), "documents/own.xml")
         PUT(XSL(ARTICLE), "documents/own.xsl") "sed -i s/e2018/t2018/ "
                                                "$D/h/documents/own.xml; " OWN},
    {"presumed", 0,
     HOUSE PUT(DOCUMENT("own", "stylesheet=\"own.xsl\""), "documents/own.xml")
         PUT(XSL(ARTICLE), "documents/own.xsl") "sed -i s/e2018/e2018?/ "
                                                "$D/h/documents/own.xml; " OWN},
    {"catalogue", 65, HOUSE PUT("<house/>", "documents/own.xml") OWN},
    {"catalogue-file", 65,
     HOUSE PUT(DOCUMENT("own", "stylesheet=\"no.xsl\""), "documents/own.xml")
         OWN},
    {"catalogue-twice", 65,
     HOUSE PUT(DOCUMENT("own", ""), "documents/a.xml")
         PUT(DOCUMENT("own", ""), "documents/b.xml") OWN},
    {"content", 65,
     HOUSE PUT(DOCUMENT("own", "stylesheet=\"own.xsl\""), "documents/own.xml")
         PUT(XSL("<letter/>"), "documents/own.xsl") OWN},
    {"xslt-message", 0,
     HOUSE PUT(DOCUMENT("own", "stylesheet=\"own.xsl\""), "documents/own.xml")
         PUT(XSL("<xsl:message>note</xsl:message>" ARTICLE),
             "documents/own.xsl") OWN},
    {"house", 66,
     "cp " CASES " $D/c.xml; $B build $D/c.xml -o $D/o "
     "--message-format=json"},
    {"body", 65,
     HOUSE "sed s/body-sample/body-other/ " CASES " >$D/c.xml; "
           "$B build $D/c.xml --house $D/h -o $D/o --message-format=json"},
    {"edition", 66,
     HOUSE "sed 's/ref=\"e2018\"/ref=\"e2099\"/' " CASES " >$D/c.xml; "
           "$B build $D/c.xml --house $D/h -o $D/o --message-format=json"},
    {"unit-kind", 65,
     "$B build samples/house/auditors.xml --house samples/house -o $D/o "
     "--message-format=json"},
    {"schema", 70,
     "mkdir -p $D/s; cp -r criteria fonts schemas stylesheets templates $D/s; "
     "printf '%s' '<grammar "
     "xmlns=\"http://relaxng.org/ns/structure/1.0\"><start><ref "
     "name=\"no\"/></start></grammar>' >$D/s/schemas/certification-case.rng; "
     "$B check " CASES " --house samples/house --share $D/s "
     "--message-format=json"},
    {"shard", 64, MANY BATCH "--shard 7/7"},
    {"manifest", 65, MANY "echo '{\"path\":' " LIST},
    {"manifest-id", 65,
     MANY "echo '{\"path\":\"'$D'/in/a.xml\",\"id\":\"TC-9\"}' " LIST},
    {"twins", 65, MANY "cp $D/in/a.xml $D/in/c.xml; " BATCH},
    {"shards", 65,
     MANY BATCH "--shard 0/2 -q; $B merge $D/m --message-format=json"},
    {"twice", 65,
     MANY BATCH
     "--shard 0/2 -q; " BATCH "--shard 1/2 -q; cat "
     "$D/m/results-0-of-2.ndjson $D/m/results-1-of-2.ndjson >$D/r; "
     "cp $D/r $D/m/results-0-of-2.ndjson; cp $D/r $D/m/results-1-of-2.ndjson; "
     "$B merge $D/m --message-format=json"},
    {"results", 65,
     MANY BATCH "--shard 0/2 -q; " BATCH "--shard 1/2 -q; "
                "echo '{' >>$D/m/results-0-of-2.ndjson; "
                "$B merge $D/m --message-format=json"},
    {"series", 65,
     FRESH "sed -i '/kind=.certificate/d' $D/house/body.xml; " BATCH "--issue"},
    /* a house that cannot be read is told in a batch, too */
    {"grammar-missing", 65,
     MANY "sed -i '/<series/d' $D/house/body.xml; " BATCH},
    {"unknown-file", 65,
     FRESH BATCH "--issue -q; echo x >$D/x.pdf; $B verify $D/x.pdf --house "
                 "$D/house --message-format=json"},
    {"is-issued", 0,
     FRESH BATCH "--issue -q; $B build $D/in/a.xml -o $D/m --house $D/house "
                 "--today 2020-10-06 --only certificate --message-format=json"},
    {"issued-other", 65,
     FRESH BATCH
     "--issue -q; rm $D/m/TC-2019-0007/*.pdf; "
     "sed -i s/株式会社サンプル精機/株式会社見本精機/ $D/in/a.xml; " BATCH
     "--issue"},
    {"fo-text-dropped", 0,
     FO("page-width=\"50mm\" page-height=\"50mm\"",
        "lost<fo:block>x</fo:block>")},
    {"numerals-run-out", 0,
     HOUSE PUT(DOCUMENT("own", "template=\"own.md\""),
               "documents/own.xml") "{ "
                                    "printf -- '---\\ntitle: x\\nnumbering: "
                                    "kitei-h\\n---\\n# a\\n\\n## b\\n"
                                    "\\nx\\n\\n1. x\\n'; for i in $(seq 50); "
                                    "do echo '   1. y'; done; } "
                                    ">$D/h/templates/own.md; " OWN},
    {"target-bare", 65,
     HOUSE PUT(DOCUMENT("own", "template=\"own.md\""),
               "documents/own.xml") "printf -- '---\\ntitle: x\\nnumbering: "
                                    "none\\n---\\n# a {#t}\\n\\n[](#t)\\n' "
                                    ">$D/h/templates/own.md; " OWN},
    /* The page that is cited moves the cited block on, and back again: with
     * a 9 the paragraph has three lines, which may not be parted; with a 10
     * it has four. */
    {"citations", 0,
     FO("page-width=\"60mm\" page-height=\"100mm\"",
        "<fo:block-container height=\"80mm\"><fo:block/></fo:block-container>"
        "<fo:block font-family=\"IPAexMincho\" font-size=\"10mm\" "
        "line-height=\"10mm\" line-stacking-strategy=\"font-height\" "
        "orphans=\"2\" widows=\"2\" language=\"ja\"><fo:inline id=\"t\">一"
        "</fo:inline>一一一一一一一一一一一一一一一一"
        "<fo:page-number-citation ref-id=\"t\"/></fo:block>")},
};

/* Runs a command with $B the program and $D a folder; its messages into out. */
static int
run(const char *command, char *out, size_t size)
{
    char whole[8192];
    FILE *pipe;
    size_t n;
    int status;

    setenv("B", program, 1);
    setenv("D", dir, 1);
    setenv("BUNSHO_SHARE", ".", 1);
    unsetenv("SOURCE_DATE_EPOCH");
    snprintf(whole, sizeof whole, "exec 2>&1; %s", command);
    pipe = popen(whole, "r");
    assert_non_null(pipe);
    n = fread(out, 1, size - 1, pipe);
    out[n] = '\0';
    status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Is this the message, or, of a unit of a batch, one of its messages? In words
 * that a reader can use. */
static bool
is_told(const json_t *m, const char *id)
{
    const char *got = json_string_value(json_object_get(m, "id"));
    const char *level = json_string_value(json_object_get(m, "level"));
    const char *text = json_string_value(json_object_get(m, "message"));
    const char *remedy = json_string_value(json_object_get(m, "remedy"));
    const json_t *inner;
    size_t i;

    json_array_foreach(json_object_get(m, "messages"), i,
                       inner) if (is_told(inner, id)) return true;
    if (got == NULL || strcmp(got, id) != 0)
        return false;
    assert_true(level && text && *text);
    assert_true(strcmp(level, "info") == 0 || (remedy && *remedy));
    return true;
}

static bool
told(char *out, const char *id)
{
    char *rest = NULL;
    bool hit = false;

    for (char *line = strtok_r(out, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        json_t *m = json_loads(line, 0, NULL);

        hit |= is_told(m, id);
        json_decref(m);
    }
    return hit;
}

static void
every_message_is_told(void **state)
{
    static char out[100000];
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = run(rows[i].command, out, sizeof out);
        char *copy = strdup(out);

        if (status != rows[i].status || !told(out, rows[i].id)) {
            print_message("%s: exit %d, wanted %d\n%.2000s\n", rows[i].id,
                          status, rows[i].status, copy);
            wrong++;
        }
        free(copy);
    }
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_told),
    };

    return cmocka_run_group_tests(tests, find_program, remove_dir);
}
