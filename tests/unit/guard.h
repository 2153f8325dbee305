/*
 * Memory whose last byte is followed by an unmapped page: a parser that
 * reads one byte too many ends the test with SIGSEGV.
 */
#ifndef OFFHOOK_GUARD_H
#define OFFHOOK_GUARD_H

#include "../../src/core/str.h"

#define GUARD_BYTES (1 << 20)	/* room before the page */

/*
 * A copy of the text that ends right before the page. There is one such
 * place: the copy lives until the next call. Exits when text is larger.
 */
struct str	guard_str(struct str);
/* A writable buffer of n bytes that ends there; a second place of its own. */
char		*guard_buffer(size_t n);

#endif
