/*
 * Memory of one request: bump allocation in a buffer that the caller owns.
 * Exhaustion returns NULL and is remembered; nothing is ever freed singly.
 */
#ifndef OFFHOOK_ARENA_H
#define OFFHOOK_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "str.h"

struct arena {
	char	*base;
	size_t	 cap;	/* bytes */
	size_t	 used;	/* bytes; the caller resets by setting 0 */
	bool	 full;	/* an allocation was refused since the reset */
};

/* Zeroed memory for count objects of size bytes, aligned for any type. */
void		*arena_alloc(struct arena *, size_t count, size_t size);
/*
 * All that is left, to write something into whose length is not known
 * before; arena_keep keeps its first n bytes. Between the two nothing may be
 * allocated.
 */
char		*arena_rest(struct arena *, size_t *n);
void		 arena_keep(struct arena *, size_t n);
/* A copy with a terminating NUL behind it; {NULL, 0} when full. */
struct str	 arena_copy(struct arena *, struct str);
/* The parts joined, terminated likewise. */
struct str	 arena_join(struct arena *, const struct str *, size_t count);
/* A terminated copy as a C string, or NULL when full. */
const char	*arena_cstr(struct arena *, struct str);

#endif
