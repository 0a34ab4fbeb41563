/* options.c - what may stand on the command line. */
#include "cli/cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

/* Letters stand for options in cli_command.takes; those above 'Z' that are
 * no short options of getopt are only names here. */
static const struct option rows[] = {
    {"output", required_argument, NULL, 'o'},
    {"house", required_argument, NULL, 'H'},
    {"share", required_argument, NULL, 'S'},
    {"fonts", required_argument, NULL, 'F'},
    {"dump", required_argument, NULL, 'd'},
    {"format", required_argument, NULL, 'f'},
    {"xsl", required_argument, NULL, 'x'},
    {"list", required_argument, NULL, 'l'},
    {"only", required_argument, NULL, 'O'},
    {"today", required_argument, NULL, 't'},
    {"root", required_argument, NULL, 'r'},
    {"lang", required_argument, NULL, 'L'},
    {"message-format", required_argument, NULL, 'm'},
    {"missing-glyph", required_argument, NULL, 'g'},
    {"order", required_argument, NULL, 'c'},
    {"writing", required_argument, NULL, 'w'},
    {"strict", optional_argument, NULL, 's'},
    {"jobs", required_argument, NULL, 'j'},
    {"shard", required_argument, NULL, 'n'},
    {"deps", required_argument, NULL, 'p'},
    {"register", required_argument, NULL, 'R'},
    {"from", required_argument, NULL, 'a'},
    {"to", required_argument, NULL, 'z'},
    {"apply", required_argument, NULL, 'A'},
    {"edition", required_argument, NULL, 'E'},
    {"map", required_argument, NULL, 'i'},
    {"into", required_argument, NULL, 'k'},
    {"overwrite", no_argument, NULL, 'W'},
    {"replace", required_argument, NULL, 'u'},
    {"as", required_argument, NULL, 'b'},
    {"seconds", required_argument, NULL, 'y'},
    {"memory", required_argument, NULL, 'M'},
    {"days", required_argument, NULL, 'N'},
    {"report", required_argument, NULL, 'G'},
    {"issue", no_argument, NULL, 'I'},
    {"explain", no_argument, NULL, 'e'},
    {"fail-fast", no_argument, NULL, 'X'},
    {"keep-going", no_argument, NULL, 'K'},
    {"draft", no_argument, NULL, 'D'},
    {"bind", optional_argument, NULL, 'B'},
    {"copy", no_argument, NULL, 'C'},
    {"trace", no_argument, NULL, 'P'},
    {"timing", no_argument, NULL, 'T'},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Every command takes these. */
static const char common[] = "SLmTqh";

static const struct {
    const char *name;
    bn_dump dump;
} dumps[] = {
    {"input", BN_DUMP_INPUT}, {"content", BN_DUMP_CONTENT}, {"fo", BN_DUMP_FO},
    {"lines", BN_DUMP_LINES}, {"areas", BN_DUMP_AREAS},
};

static bool
set_dump(cli_options *o, const char *name)
{
    for (size_t i = 0; i < sizeof dumps / sizeof dumps[0]; i++)
        if (strcmp(dumps[i].name, name) == 0) {
            o->dump = dumps[i].dump;
            return true;
        }
    return false;
}

/* One of two words; anything else is refused. */
static bool
set_word(const char *value, const char *no, const char *yes, bool *out)
{
    if (strcmp(value, no) != 0 && strcmp(value, yes) != 0)
        return false;
    *out = strcmp(value, yes) == 0;
    return true;
}

static bool
set_strict(cli_options *o, const char *value)
{
    static const char *const no[] = {"no", "false", "0", ""};

    o->strict = true;
    for (size_t i = 0; value && i < sizeof no / sizeof no[0]; i++)
        if (strcmp(value, no[i]) == 0)
            o->strict = false;
    return true;
}

static bool
set_lang(cli_options *o, const char *value)
{
    bool en = false;

    if (!set_word(value, "ja", "en", &en))
        return false;
    o->lang = en ? "en" : "ja";
    return true;
}

static bool
set_revision(cli_options *o, const char *value)
{
    if (strcmp(value, "html") == 0)
        o->dump = BN_DUMP_HTML;
    if (strcmp(value, "pdf") == 0 || strcmp(value, "html") == 0)
        o->revision = BN_REVISE_PAPER;
    else if (strcmp(value, "json") == 0)
        o->revision = BN_REVISE_JSON;
    else
        return strcmp(value, "text") == 0;
    return true;
}

static bool
set_format(cli_options *o, const char *value)
{
    bool html = false;

    if (o->comparing && strcmp(value, "law") == 0)
        return o->as = BN_COMPARE_LAW, true;
    if (o->comparing && strcmp(value, "amend") == 0)
        return o->as = BN_COMPARE_AMEND, true;
    if (o->revising)
        return set_revision(o, value);
    if (o->comparing && strcmp(value, "json") == 0)
        return o->as = BN_COMPARE_JSON, true;
    if (!set_word(value, "pdf", "html", &html))
        return false;
    if (html)
        o->dump = BN_DUMP_HTML;
    return true;
}

static bool
add_root(cli_options *o, const char *path)
{
    if (o->nroots == sizeof o->roots / sizeof o->roots[0])
        return false;
    o->roots[o->nroots++] = path;
    return true;
}

static bool
set_workers(cli_options *o, const char *value)
{
    char *end;
    const long n = strtol(value, &end, 10);

    o->workers = n > 0 ? (size_t)n : 0;
    return n > 0 && n <= 256 && *end == '\0';
}

/* A whole number from 1 to most. */
static bool
set_count(const char *value, long most, unsigned *out)
{
    char *end;
    const long n = strtol(value, &end, 10);

    *out = n > 0 ? (unsigned)n : 0;
    return n > 0 && n <= most && *end == '\0';
}

static bool
set_reason(cli_options *o, const char *value)
{
    static const char *const reasons[] = {"corrected", "reissued", "replaced"};

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reasons[i], value) == 0)
            o->reason = value;
    return o->reason != NULL;
}

/* Take one option; false when its value is wrong. */
static bool
take(cli_options *o, int letter, const char *value)
{
    const char **text = NULL;

    switch (letter) {
    case 'o':
        text = &o->output;
        break;
    case 'H':
        text = &o->house;
        break;
    case 'S':
        text = &o->share;
        break;
    case 'F':
        text = &o->fonts;
        break;
    case 'x':
        text = &o->xsl;
        break;
    case 'l':
        text = &o->list;
        break;
    case 'O':
        text = &o->only;
        break;
    case 't':
        text = &o->today;
        break;
    case 'n':
        text = &o->shard;
        break;
    case 'p':
        text = &o->deps;
        break;
    case 'R':
        text = &o->reg;
        break;
    case 'a':
        text = &o->from;
        break;
    case 'z':
        text = &o->to;
        break;
    case 'u':
        text = &o->replace;
        break;
    case 'b':
        return set_reason(o, value);
    case 'G':
        text = &o->report;
        break;
    case 'y':
        return set_count(value, 86400, &o->seconds);
    case 'M':
        return set_count(value, 1 << 20, &o->mebibytes);
    case 'N':
        return set_count(value, 36500, &o->days);
    case 'A':
        text = &o->apply;
        break;
    case 'j':
        return set_workers(o, value);
    case 'E':
        text = &o->edition;
        break;
    case 'i':
        text = &o->map;
        break;
    case 'k':
        text = &o->into;
        break;
    case 'W':
        o->overwrite = true;
        return true;
    case 'I':
        o->issue = true;
        return true;
    case 'e':
        o->explain = true;
        return true;
    case 'X':
        o->fail_fast = true;
        return true;
    case 'K':
        o->fail_fast = false;
        return true;
    case 'd':
        return set_dump(o, value);
    case 'f':
        return set_format(o, value);
    case 'r':
        return add_root(o, value);
    case 'L':
        return set_lang(o, value);
    case 'm':
        return set_word(value, "text", "json", &o->json);
    case 'g':
        return set_word(value, "error", "warn", &o->missing_warn);
    case 's':
        return set_strict(o, value);
    case 'C':
        o->copy = true;
        return true;
    case 'B':
        o->bind = true;
        return *value == '\0' || set_word(value, "own", "through", &o->through);
    case 'P':
        o->trace = true;
        return true;
    case 'c':
        return set_word(value, "new-first", "old-first", &o->old_first);
    case 'w':
        return set_word(value, "horizontal", "vertical", &o->vertical);
    case 'D':
        o->draft = true;
        return true;
    case 'T':
        o->timing = true;
        return true;
    case 'q':
        o->quiet = true;
        return true;
    default:
        return false;
    }
    *text = value;
    return *value != '\0';
}

/* The language must be known before the first complaint. */
static void
find_lang(int argc, char **argv, cli_options *o)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang=en") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc &&
             strcmp(argv[i + 1], "en") == 0))
            o->lang = "en";
        if (strcmp(argv[i], "--message-format=json") == 0)
            o->json = true;
    }
}

static const char *
option_name(int letter)
{
    for (const struct option *row = rows; row->name; row++)
        if (row->val == letter)
            return row->name;
    return "?";
}

int
cli_parse(const cli_command *c, int argc, char **argv, cli_options *o)
{
    char text[200];
    int letter;

    o->lang = "ja";
    o->comparing = strcmp(c->name, "compare") == 0;
    o->revising = strcmp(c->name, "revise") == 0;
    o->progress = isatty(STDERR_FILENO);
    find_lang(argc, argv, o);
    opterr = 0; /* our own wording */
    optind = 1;
    while ((letter = getopt_long(argc, argv, ":o:j:qh", rows, NULL)) != -1) {
        if (letter == 'h')
            return -1;
        if (letter == '?' || letter == ':') {
            snprintf(text, sizeof text, "%s %s", c->name,
                     optind > 1 ? argv[optind - 1] : "");
            return cli_usage(o, text);
        }
        if (strchr(c->takes, letter) == NULL &&
            strchr(common, letter) == NULL) {
            snprintf(text, sizeof text, "%s --%s", c->name,
                     option_name(letter));
            return cli_usage(o, text);
        }
        if (!take(o, letter, optarg ? optarg : letter == 's' ? NULL : "")) {
            snprintf(text, sizeof text, "--%s=%s", option_name(letter),
                     optarg ? optarg : "");
            return cli_usage(o, text);
        }
    }
    o->files = argv + optind;
    o->nfiles = argc - optind;
    return 0;
}
