/* Bump allocation in a caller's buffer. See arena.h. */
#include <stdint.h>
#include <string.h>

#include "arena.h"

#define ARENA_ALIGN 16

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	size_t	 pad = (ARENA_ALIGN - a->used % ARENA_ALIGN) % ARENA_ALIGN;
	size_t	 left = a->cap - a->used;
	char	*p;

	if (pad > left || (size != 0 && count > (left - pad) / size)) {
		a->full = true;
		return NULL;
	}
	p = a->base + a->used + pad;
	a->used += pad + count * size;
	memset(p, 0, count * size);
	return p;
}

char *
arena_rest(struct arena *a, size_t *n)
{
	*n = a->cap - a->used;
	return a->base + a->used;
}

void
arena_keep(struct arena *a, size_t n)
{
	a->used += n;
}

struct str
arena_join(struct arena *a, const struct str *parts, size_t count)
{
	size_t	 i, n = 0, at = 0;
	char	*p;

	for (i = 0; i < count; i++) {
		if (parts[i].n >= SIZE_MAX - n) {
			a->full = true;
			return (struct str){ NULL, 0 };
		}
		n += parts[i].n;
	}
	p = arena_alloc(a, n + 1, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	for (i = 0; i < count; i++) {
		if (parts[i].n > 0)
			memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	return (struct str){ p, n };
}

struct str
arena_copy(struct arena *a, struct str s)
{
	return arena_join(a, &s, 1);
}

const char *
arena_cstr(struct arena *a, struct str s)
{
	return arena_copy(a, s).p;
}
