/*
 * What the fuzz targets share. Each is a file fuzz_NAME.c with one
 * LLVMFuzzerTestOneInput and its seeds in corpus/NAME; replay.c runs the
 * seeds in ordinary builds.
 */
#ifndef OFFHOOK_FUZZ_H
#define OFFHOOK_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/core/arena.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What always holds: the fuzzer reports and keeps an input that breaks it. */
#define must(x) do {							\
	if (!(x)) {							\
		fprintf(stderr, "%s:%d: must be: %s\n", __FILE__,	\
		    __LINE__, #x);					\
		abort();						\
	}								\
} while (0)

#define FUZZ_ARENA_BYTES ((size_t)4 << 20)

/* An arena for one input, empty again at each call. */
static inline struct arena
fuzz_arena(void)
{
	static _Alignas(16) char	memory[FUZZ_ARENA_BYTES];

	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static char	*fuzz_block;

/*
 * The input in a block of its own size, so that ASan sees its end. One at a
 * time, until fuzz_free.
 */
static inline struct str
fuzz_copy(const uint8_t *data, size_t n)
{
	char	*p = malloc(n == 0 ? 1 : n);

	must(p != NULL);
	if (n > 0)
		memcpy(p, data, n);
	fuzz_block = p;
	return (struct str){ p, n };
}

/* A text that is ours may be changed. */
static inline char *
fuzz_mutable(const char *p)
{
	union {
		const char	*p;
		char		*mutable;
	} u = { p };

	return u.mutable;
}

static inline void
fuzz_free(void)
{
	free(fuzz_block);
	fuzz_block = NULL;
}

#endif
