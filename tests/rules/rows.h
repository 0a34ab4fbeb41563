static const struct row case_rows[] = {
    {W, {NULL}},
};
