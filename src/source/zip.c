/* zip.c - an archive of cases, unpacked into a file without a name. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <zip.h>

#include "base/utf8.h"
#include "source/internal.h"

enum {
    FILES_MOST = 1000000,
    FILE_MOST = 64 * 1024 * 1024, /* one case */
    RATIO_MOST = 200,             /* XML packs to a twentieth or so */
    RATIO_FREE = 1024 * 1024      /* small files may pack better */
};

#define ALL_MOST ((int64_t)8 << 30)

typedef struct archive {
    const char *path;
    zip_t *zip;
    bn_arena *arena;
    BN_VEC(zip_stat_t) files; /* to be taken, in order of names */
    int spool;
    int64_t offset;
    bn_err *err;
} archive;

/* about: a name in the archive, or what libzip says. */
static bn_code
refuse(const archive *a, bn_code code, const char *about)
{
    return bn_fail(a->err, code, (bn_loc){.file = a->path}, about);
}

static bool
is_case(const char *name)
{
    const char *slash = strrchr(name, '/');
    const size_t n = strlen(name);

    return n > 4 && strcasecmp(name + n - 4, ".xml") == 0 &&
           (slash ? slash[1] : *name) != '.';
}

/*
 * The name as UTF-8 with slashes, in the arena: archives made in Japan have
 * code page 932 unless they say UTF-8, old ones of Windows backslashes. NULL:
 * it is neither.
 */
static char *
read_name(const archive *a, const char *raw)
{
    bn_buf text = {0};
    char *name = NULL;

    if (bn_u8_check(raw, strlen(raw)) == strlen(raw))
        name = bn_arena_strdup(a->arena, raw);
    else if (bn_to_utf8(raw, strlen(raw), "CP932", a->path, &text, NULL) ==
             BN_OK)
        name = bn_arena_strndup(a->arena, text.p, text.len);
    bn_buf_free(&text);
    for (char *p = name; p && *p; p++)
        if (*p == '\\')
            *p = '/';
    return name;
}

/* Names that lead nowhere but into the archive. */
static bool
is_inside(const char *name)
{
    if (*name == '/' || *name == '\0' || (name[0] && name[1] == ':'))
        return false;
    for (const char *p = name; *p; p += strcspn(p, "/")) {
        p += *p == '/';
        if (strncmp(p, "..", 2) == 0 && (p[2] == '/' || p[2] == '\0'))
            return false;
        if (*p == '\0')
            break;
    }
    return true;
}

static bn_code
check_size(const archive *a, const zip_stat_t *st, int64_t *all)
{
    const uint64_t most = (uint64_t)RATIO_FREE + st->comp_size * RATIO_MOST;

    *all += (int64_t)st->size;
    if (st->size > FILE_MOST || st->size > most || *all > ALL_MOST)
        return refuse(a, BN_EZIPBIG, st->name);
    return BN_OK;
}

static bn_code
look_at(archive *a, zip_uint64_t i, bn_map *names, int64_t *all)
{
    enum {
        NEEDED = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                 ZIP_STAT_ENCRYPTION_METHOD
    };
    zip_stat_t st;
    bn_buf folded = {0};
    const char *name;
    bool is_new;

    zip_stat_init(&st);
    if (zip_stat_index(a->zip, i, ZIP_FL_ENC_RAW, &st) != 0 ||
        (st.valid & NEEDED) != NEEDED)
        return refuse(a, BN_EZIP, zip_strerror(a->zip));
    st.index = i;
    name = read_name(a, st.name);
    if (name == NULL || !is_inside(name))
        return refuse(a, BN_EZIPNAME, name ? name : "?");
    bn_fold_name(name, &folded);
    bn_map_put(names, folded.p ? folded.p : "", folded.len, &is_new);
    bn_buf_free(&folded);
    if (!is_new)
        return refuse(a, BN_EZIPTWICE, name);
    if (!is_case(name))
        return BN_OK;
    st.name = name;
    if (st.encryption_method != ZIP_EM_NONE)
        return refuse(a, BN_EZIPLOCKED, name);
    BN_PUSH(&a->files) = st;
    return check_size(a, &st, all);
}

static int
by_name(const void *one, const void *two)
{
    return strcmp(((const zip_stat_t *)one)->name,
                  ((const zip_stat_t *)two)->name);
}

/* Everything that can be known without unpacking. */
static bn_code
look_at_all(archive *a)
{
    const zip_int64_t n = zip_get_num_entries(a->zip, 0);
    bn_map *names = bn_map_new(a->arena);
    int64_t all = 0;
    bn_code code = BN_OK;

    if (n > FILES_MOST)
        return refuse(a, BN_EZIPBIG, a->path);
    for (zip_int64_t i = 0; i < n && code == BN_OK; i++)
        code = look_at(a, (zip_uint64_t)i, names, &all);
    if (code == BN_OK && a->files.n)
        qsort(a->files.v, a->files.n, sizeof *a->files.v, by_name);
    return code;
}

/* The bytes of a file: as many as its entry says, and its checksum right. */
static bn_code
unpack(const archive *a, const zip_stat_t *st, bn_buf *out)
{
    zip_file_t *f = zip_fopen_index(a->zip, st->index, 0);
    zip_int64_t n = 0;
    char more;

    if (f == NULL)
        return refuse(a, BN_EZIPDAMAGED, st->name);
    bn_buf_clear(out);
    bn_buf_reserve(out, st->size + 1);
    while (out->len < st->size &&
           (n = zip_fread(f, out->p + out->len, st->size - out->len)) > 0)
        out->len += (size_t)n;
    if (n >= 0 && out->len == st->size)
        n = zip_fread(f, &more, 1); /* the end: now the checksum is known */
    bn_buf_add(out, "", 0);
    if (zip_fclose(f) != 0 || n != 0 || out->len != st->size)
        return refuse(a, BN_EZIPDAMAGED, st->name);
    return BN_OK;
}

static bn_code
spool_all(archive *a)
{
    bn_buf bytes = {0};
    bn_code code = BN_OK;

    for (size_t i = 0; i < a->files.n && code == BN_OK; i++) {
        code = unpack(a, &a->files.v[i], &bytes);
        if (code == BN_OK)
            code = bn_spool_add(a->spool, bytes.p, bytes.len, a->err);
    }
    bn_buf_free(&bytes);
    return code;
}

static bn_code
take_all(archive *a, bn_slice_taker *take, void *user)
{
    bn_buf bytes = {0};
    bn_code code = BN_OK;
    bool on = true;

    for (size_t i = 0; i < a->files.n && on && code == BN_OK; i++) {
        const zip_stat_t *st = &a->files.v[i];
        const bn_slice piece = {
            .shown = bn_arena_printf(a->arena, "%s/%s", a->path, st->name),
            .fd = a->spool,
            .offset = a->offset,
            .nbytes = (size_t)st->size,
            .line = 1,
            .column = 1};

        bn_buf_clear(&bytes);
        code = bn_slice_read(&piece, &bytes, a->err);
        if (code == BN_OK)
            on = take(user, &piece, st->name, bytes.p);
        a->offset += (int64_t)st->size;
    }
    bn_buf_free(&bytes);
    return code;
}

static bn_code
open_archive(archive *a, bn_source *s)
{
    const int fd = bn_jail_open(s, a->path, a->err);
    int why = 0;
    zip_error_t e;
    bn_code code;

    if (fd < 0)
        return a->err->code;
    a->zip = zip_fdopen(fd, ZIP_CHECKCONS, &why);
    if (a->zip)
        return BN_OK;
    close(fd);
    zip_error_init_with_code(&e, why);
    code = refuse(a, BN_EZIP, zip_error_strerror(&e));
    zip_error_fini(&e);
    return code;
}

bn_code
bn_zip_cut(bn_source *s, const char *path, int *fd, bn_slice_taker *take,
           void *user, bn_err *err)
{
    archive a = {.path = path, .spool = -1, .err = err};
    bn_code code = open_archive(&a, s);

    a.arena = bn_arena_new();
    if (code == BN_OK)
        code = look_at_all(&a);
    if (code == BN_OK && (a.spool = bn_spool_open(err)) < 0)
        code = err->code;
    if (code == BN_OK)
        code = spool_all(&a);
    if (code == BN_OK)
        code = take_all(&a, take, user);
    if (a.zip)
        zip_discard(a.zip);
    if (code && a.spool >= 0)
        close(a.spool);
    else if (code == BN_OK)
        *fd = a.spool;
    BN_VEC_FREE(&a.files);
    bn_arena_free(a.arena);
    return code;
}
