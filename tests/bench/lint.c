/*
 * What the check of a reply costs: each file is checked again and again for
 * a while; prints microseconds of CPU a check, the least and the median.
 *
 *     build/bench/lint FILE...
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../src/core/lint.h"

#define ROUNDS 51
#define EACH 200

static char	memory[1 << 20], text[1 << 17];

static double
now_us(void)
{
	struct timespec	t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
ascending(const void *a, const void *b)
{
	double	x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
measure(const char *name, struct str s)
{
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct lint	l;
	double		took[ROUNDS], begin;
	int		i, k;

	for (i = 0; i < ROUNDS; i++) {
		begin = now_us();
		for (k = 0; k < EACH; k++) {
			a.used = 0;
			lint_twiml(&a, s, LINT_ANY, 0, &l);
		}
		took[i] = (now_us() - begin) / EACH;
	}
	qsort(took, ROUNDS, sizeof(took[0]), ascending);
	printf("%8.2f %8.2f us  %6zu bytes  %s\n", took[0], took[ROUNDS / 2],
	    s.n, name);
}

int
main(int argc, char **argv)
{
	FILE	*f;
	size_t	 n;
	int	 i;

	for (i = 1; i < argc; i++) {
		f = fopen(argv[i], "rb");
		if (f == NULL) {
			perror(argv[i]);
			return 1;
		}
		n = fread(text, 1, sizeof(text), f);
		(void)fclose(f);
		measure(argv[i], (struct str){ text, n });
	}
	return 0;
}
