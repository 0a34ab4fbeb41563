/* mem.h - memory that is there or ends the run cleanly. */
#ifndef BN_BASE_MEM_H
#define BN_BASE_MEM_H

#include <stddef.h>

/*
 * Allocate n bytes (zeroed), or change the size of a block; never NULL.
 *
 * When memory is out, the hook is called and must not return. cli installs one
 * that removes temporary files, writes one fixed line and leaves with 75, so
 * that no code of ours carries a half-made document on. Before, and without a
 * hook, that is the line and the status alone.
 */
void *bn_alloc(size_t n);
void *bn_realloc(void *p, size_t n);
char *bn_strdup(const char *s);

void bn_on_no_memory(void (*hook)(void));
/* The line and the status: the end of a hook. */
_Noreturn void bn_leave_no_memory(void);

#endif
