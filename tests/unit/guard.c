/* Inputs that end at an unmapped page. See guard.h. */
#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"

/* The end of a fresh mapping: the first byte that may not be touched. */
static char *
make_end(void)
{
	size_t	 page = (size_t)sysconf(_SC_PAGESIZE);
	char	*p = mmap(NULL, GUARD_BYTES + page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED ||
	    mprotect(p + GUARD_BYTES, page, PROT_NONE) == -1) {
		printf("Bail out! no memory for a guard page\n");
		exit(1);
	}
	return p + GUARD_BYTES;
}

static char *
place(char **end, size_t n)
{
	if (*end == NULL)
		*end = make_end();
	if (n > GUARD_BYTES) {
		printf("Bail out! %zu bytes before a guard page\n", n);
		exit(1);
	}
	return *end - n;
}

struct str
guard_str(struct str s)
{
	static char	*end;
	char		*p = place(&end, s.n);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

char *
guard_buffer(size_t n)
{
	static char	*end;

	return place(&end, n);
}
