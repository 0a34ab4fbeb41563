/* article.h - private to pipeline: content that the program made itself, on
 * its way to paper. */
#ifndef BN_PIPELINE_ARTICLE_H
#define BN_PIPELINE_ARTICLE_H

#include "pipeline/run.h"

typedef struct bn_article {
    const char *name;   /* of the paper, for messages and the stylesheet */
    const char *layout; /* page stylesheet */
    const char *title;
    bool landscape;
    const char *base;         /* folder of relative URLs */
    const char *const *files; /* what it was made from */
    size_t nfiles;
    bn_dump dump;
} bn_article;

/* XHTML text of an article as PDF, web page or dump; appended to out. */
bn_code bn_article_make(bn_run *r, bn_arena *a, const bn_article *article,
                        const bn_buf *text, bn_buf *out, bn_msgs *msgs);

/* The same of content that is a tree already. */
bn_code bn_article_set(bn_run *r, bn_arena *a, const bn_article *article,
                       bn_tree *content, bn_buf *out, bn_msgs *msgs);

#endif
