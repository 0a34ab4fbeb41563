/* revise_data.c - a new version of a case's data, for the new edition. */
#include <string.h>

#include "pipeline/revision.h"

/* What the new version is of: a processing instruction before the root says
 * it, with the digest of the file. */
static const char *
origin(bn_run *r, bn_arena *a, const unit *u, const revision *v)
{
    const bn_digest *d = bn_source_file_digest(
        r->source, bn_source_file_number(r->source, u->file));
    char hex[BN_DIGEST_HEX] = "";

    if (d)
        bn_digest_hex(d, hex);
    return bn_arena_printf(a,
                           "<?bunsho-revised from=\"%s\" to=\"%s\" date=\"%s\" "
                           "sha256=\"%s\"?>\n",
                           v->from, v->to, r->o.today, hex);
}

static bn_code
write_tree(bn_run *r, bn_arena *a, const unit *u, const revision *v,
           const bn_tree *tree, const char *path, bn_msgs *msgs)
{
    bn_buf text = {0}, out = {0};
    bn_err err = {0};
    bn_code code = bn_tree_write(tree, &text, &err);
    const char *body = text.p;

    if (code) {
        bn_buf_free(&text);
        return bn_say(msgs, &err);
    }
    if (text.len > 5 && memcmp(body, "<?xml", 5) == 0) {
        const char *end = strstr(body, "?>");

        body = end ? end + 2 : body;
        body += *body == '\n';
    }
    bn_buf_adds(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    bn_buf_adds(&out, origin(r, a, u, v));
    bn_buf_add(&out, body, text.len - (size_t)(body - text.p));
    code = bn_put_file(r, path, &out, msgs);
    bn_buf_free(&out);
    bn_buf_free(&text);
    return code;
}

/* The file that was read must stay: it is what was issued by. */
static bn_code
name_data(bn_arena *a, const unit *u, const char *into, const char **path,
          bn_err *err)
{
    const char *slash = strrchr(u->file, '/');
    bn_stamp old, new;

    *path = bn_arena_printf(a, "%s/%s", into, slash ? slash + 1 : u->file);
    if (bn_file_stamp(u->file, &old) && bn_file_stamp(*path, &new) &&
        old.inode == new.inode)
        return bn_fail(err, BN_ECOLLISION, (bn_loc){.file = u->file}, *path,
                       u->file);
    return BN_OK;
}

/* The tree that the unit was checked with has lost its white space and got
 * the defaults: the one that people go on with is read as it was written. */
bn_code
revise_data(bn_run *r, bn_arena *a, const unit *u, const revision *v,
            const char *into, const char **path, size_t *open, bn_msgs *msgs)
{
    const bn_revision change = {.from = v->from,
                                .to = v->to,
                                .find = revision_find,
                                .user = (void *)v,
                                .loose = v->loose.v,
                                .nloose = v->loose.n};
    bn_tree *tree = NULL;
    bn_err err = {0};
    bn_code code = name_data(a, u, into, path, &err);

    if (code)
        return bn_say(msgs, &err);
    code = bn_xml_load(r->source, u->file, BN_XML_PLAIN, &tree, msgs);
    if (code)
        return code;
    *open = bn_tree_revise(a, tree, &change);
    code = write_tree(r, a, u, v, tree, *path, msgs);
    bn_tree_free(tree);
    return code;
}
