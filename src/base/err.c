#include "base/err.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct row {
    const char *name;
    bn_level level;
    int exit;
    const char *ja, *en, *remedy_ja, *remedy_en;
} rows[BN_CODES] = {
    {"ok", BN_INFO, 0, "", "", "", ""},
#define BN_MSG(code, ...) {__VA_ARGS__},
#include "base/messages.def"
#undef BN_MSG
};

/* Copy s into an argument, never cutting a character in two. */
static void
set_arg(char out[BN_ARG_BYTES], const char *s)
{
    size_t n = strlen(s);

    if (n >= BN_ARG_BYTES) {
        n = BN_ARG_BYTES - 1;
        while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(out, s, n);
    out[n] = '\0';
}

bn_code
bn_write_code(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case ENOMEM:
        return BN_EFULL;
    case EROFS:
    case EACCES:
    case EPERM:
    case ENOTDIR:
    case ENOENT:
    case EISDIR:
        return BN_ECREATE;
    default:
        return BN_EWRITE;
    }
}

bn_code
bn_fail_args(bn_err *err, bn_code code, bn_loc loc, const char *const *args)
{
    if (err == NULL)
        return code;
    err->code = code;
    err->loc = loc;
    for (int i = 0; i < BN_ARGS; i++)
        err->args[i][0] = '\0';
    for (int i = 0; i < BN_ARGS && args[i]; i++)
        set_arg(err->args[i], args[i]);
    return code;
}

bn_loc
bn_at(bn_place place)
{
    return (bn_loc){.place = place};
}

const char *
bn_code_name(bn_code code)
{
    return rows[code].name;
}

bn_level
bn_code_level(bn_code code)
{
    return rows[code].level;
}

int
bn_code_exit(bn_code code)
{
    return rows[code].exit;
}

const char *
bn_code_text(bn_code code, const char *lang)
{
    return strcmp(lang, "en") == 0 ? rows[code].en : rows[code].ja;
}

const char *
bn_code_remedy(bn_code code, const char *lang)
{
    return strcmp(lang, "en") == 0 ? rows[code].remedy_en
                                   : rows[code].remedy_ja;
}

void
bn_msgs_add(bn_msgs *msgs, const bn_err *err, bn_level level)
{
    bn_msg *m = bn_alloc(sizeof *m);

    m->err = *err;
    m->level = level;
    if (msgs->last)
        msgs->last->next = m;
    else
        msgs->first = m;
    msgs->last = m;
    msgs->count[level]++;
    if (level == BN_ERROR && rows[err->code].exit > msgs->exit)
        msgs->exit = rows[err->code].exit;
}

void
bn_msgs_free(bn_msgs *msgs)
{
    while (msgs->first) {
        bn_msg *m = msgs->first;

        msgs->first = m->next;
        free(m);
    }
    *msgs = (bn_msgs){0};
}

bool
bn_msgs_has(const bn_msgs *msgs, bn_code code, const char *arg1)
{
    for (const bn_msg *m = msgs->first; m; m = m->next)
        if (m->err.code == code &&
            (arg1 == NULL || strcmp(m->err.args[0], arg1) == 0))
            return true;
    return false;
}

void
bn_warn_args(bn_msgs *msgs, bn_code code, bool once, bn_loc loc,
             const char *const *args)
{
    bn_err err;

    if (msgs == NULL || (once && bn_msgs_has(msgs, code, args[0])))
        return;
    bn_fail_args(&err, code, loc, args);
    bn_msgs_add(msgs, &err, rows[code].level);
}
