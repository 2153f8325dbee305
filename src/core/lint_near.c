/* The name that was probably meant. See lint_state.h. */
#include "lint_state.h"

#define NEAR_LONGEST 48

static char
folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Letters and digits alone, small: finish-on-key and finishOnKey are one. */
static size_t
fold(struct str s, char out[NEAR_LONGEST])
{
	size_t	i, n = 0;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != '-' && s.p[i] != '_' && s.p[i] != ':' &&
		    s.p[i] != ' ')
			out[n++] = folded(s.p[i]);
	return n;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits (Levenshtein) from one to the other, or 99 for more than limit. */
static size_t
distance(struct str a, struct str b, size_t limit)
{
	size_t	row[NEAR_LONGEST + 1], i, j, diagonal, above, best;

	if (a.n + limit < b.n || b.n + limit < a.n)
		return 99;
	for (j = 0; j <= b.n; j++)
		row[j] = j;
	for (i = 0; i < a.n; i++) {
		diagonal = row[0];
		best = row[0] = i + 1;
		for (j = 0; j < b.n; j++) {
			above = row[j + 1];
			row[j + 1] = least(diagonal + (a.p[i] != b.p[j]),
			    least(above, row[j]) + 1);
			diagonal = above;
			best = least(best, row[j + 1]);
		}
		if (best > limit)
			return 99;
	}
	return row[b.n];
}

void
lint_near_try(struct lint_near *near, const char *name)
{
	char		a[NEAR_LONGEST], b[NEAR_LONGEST];
	struct str	s = str_from(name);
	size_t		n, m, d;

	if (near->wanted.n > NEAR_LONGEST || s.n > NEAR_LONGEST)
		return;
	n = fold(near->wanted, a);
	m = fold(s, b);
	d = n == m && memcmp(a, b, n) == 0 ? 0 :
	    distance((struct str){ a, n }, (struct str){ b, m },
	    n < 3 ? 0 : n < 5 ? 1 : 2);
	if (d < 99 && (near->name == NULL || d < near->distance)) {
		near->name = name;
		near->distance = d;
	}
}
