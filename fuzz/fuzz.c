#include "fuzz.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

enum { INPUTS_A_RUN = 300 };

static char folder[PATH_MAX]; /* this process's own, removed at the end */

/* rm -r, without a shell of the input's making: the name is ours. */
static void
remove_folder(void)
{
    char command[PATH_MAX + 16];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

static const char *
own_folder(void)
{
    const char *above = getenv("TMPDIR");

    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "%s/bunsho-fuzz-XXXXXX",
                 above ? above : "/tmp");
        if (mkdtemp(folder) == NULL) {
            perror(folder);
            exit(73);
        }
        atexit(remove_folder);
    }
    return folder;
}

const char *
fuzz_file(const char *name, const uint8_t *data, size_t size)
{
    static char path[PATH_MAX];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", own_folder(), name);
    for (char *p = path + strlen(own_folder()) + 1; (p = strchr(p, '/'));
         *p++ = '/') {
        *p = '\0';
        mkdir(path, 0700);
    }
    f = fopen(path, "wb"); /* no bn_out: it would sync the disk every time */
    if (f == NULL || fwrite(data, 1, size, f) != size || fclose(f) != 0) {
        perror(path);
        exit(74);
    }
    return path;
}

int
fuzz_read(const char *path, bn_buf *out)
{
    char block[65536];
    size_t n;
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        return -1;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        bn_buf_add(out, block, n);
    n = (size_t)ferror(f);
    fclose(f);
    return n ? -1 : 0;
}

const char *
fuzz_copy(const char *name, const char *from)
{
    const char *path;
    bn_buf bytes = {0};

    if (fuzz_read(from, &bytes)) {
        perror(from);
        exit(66);
    }
    path = fuzz_file(name, (const uint8_t *)bytes.p, bytes.len);
    bn_buf_free(&bytes);
    return path;
}

bn_run *
fuzz_run(const char *house)
{
    static bn_run *run;
    static int inputs;
    const bn_run_options o = {.share = ".",
                              .house = house,
                              .today = "2020-10-06",
                              .draft = true,
                              .missing_warn = true};
    bn_err err = {0};

    if (run && ++inputs >= INPUTS_A_RUN) {
        bn_run_free(run);
        run = NULL;
    }
    if (run == NULL) {
        inputs = 0;
        if (bn_run_new(&o, &run, &err)) {
            fprintf(stderr, "run from the top of the tree\n");
            exit(66);
        }
    }
    return run;
}
