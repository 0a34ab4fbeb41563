/* run.h - private to pipeline: what a run is made of. */
#ifndef BN_PIPELINE_RUN_H
#define BN_PIPELINE_RUN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "font/font.h"
#include "image/image.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "pipeline/pipeline.h"
#include "transform/transform.h"

struct bn_run {
    bn_arena *arena; /* lives as long as the run */
    bn_run_options o;
    bn_source *source;
    bn_transform *transform;
    bn_fonts *fonts; /* opened when first needed */
    bn_images *images;
    struct house *houses; /* read so far */
    bn_map *editions;     /* path -> bn_tree */
    BN_VEC(bn_tree *) edition_trees;
    bn_tree *options; /* the stock's house.xml */
    double cpu[BN_STAGES];
    bool fonts_failed; /* said once, not for every paper */
    bn_code fonts_code;
    bn_map *dependencies; /* what was asked -> bn_dependencies */
    bool identified;
    bn_digest identity; /* program, fonts, options: what formatting needs */
    bn_digest cleaned[16]; /* the last folders that were cleaned, by path */
    unsigned ncleaned;
};

/* Program, libraries, fonts and options as one digest. */
bn_digest bn_run_identity(bn_run *r);
/* A page stylesheet with all that it imports. */
bn_digest bn_page_digest(bn_run *r, const char *path);

/* The formatter's means; errors into msgs. */
bn_code bn_run_fonts(bn_run *r, bn_msgs *msgs);

/* CPU seconds of this process. */
double bn_cpu_seconds(void);

/* An FO tree becomes bytes: PDF or a dump. */
typedef struct bn_sheet {
    bn_fo_tree *fo;
    const char *base; /* folder of relative URLs */
    bn_dump dump;
    bn_pdf_options pdf;
    struct bn_trace *trace; /* gets the pages, too; NULL: none */
} bn_sheet;

bn_code bn_sheet_make(bn_run *r, const bn_sheet *sheet, bn_buf *out,
                      bn_msgs *msgs);

/* Replace a file with these bytes. */
bn_code bn_put_file(bn_run *r, const char *path, const bn_buf *bytes,
                    bn_msgs *msgs);

/* Add an error to the list; returns its code. */
bn_code bn_say(bn_msgs *msgs, const bn_err *err);

/* The folder part of a path ("." when it has none), in arena a. */
const char *bn_folder_of(bn_arena *a, const char *path);

#endif
