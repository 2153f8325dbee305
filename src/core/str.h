/*
 * Text with a length. Bytes may be anything, NUL included; nothing here
 * is terminated unless a comment says so. An absent value is {NULL, 0}.
 */
#ifndef OFFHOOK_STR_H
#define OFFHOOK_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char	*p;
	size_t		 n;
};

/* A string literal as a str. */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })

/*
 * View of a terminated C string; NULL gives the absent value. Here and not
 * in str.c, as the next two: a literal's length is then known when compiled.
 */
static inline struct str
str_from(const char *s)
{
	return (struct str){ s, s == NULL ? 0 : strlen(s) };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytes from..to (to excluded); both are clamped to the length. */
static inline struct str
str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	if (s.p == NULL)
		return s;
	return (struct str){ s.p + from, to - from };
}

/* ASCII letters compared without case. */
bool		str_ieq(struct str, struct str);
/* Byte order, a shorter prefix first; <0, 0, >0 as memcmp. */
int		str_cmp(struct str, struct str);
bool		str_starts(struct str, struct str prefix);
bool		str_ends(struct str, struct str suffix);
/* Index of the first byte c at or after from, or s.n when there is none. */
size_t		str_find(struct str, char c, size_t from);
/* Index of the first place of a text that is not empty, or s.n. */
size_t		str_search(struct str, struct str wanted);
/* Without blanks and tabs, CR and LF at both ends. */
struct str	str_trim(struct str);
/*
 * Cut the text before the first c into *head and leave the rest (without
 * c) in *rest; false when *rest was absent already. Loops: while (cut).
 */
bool		str_cut(struct str *rest, char c, struct str *head);
/* Decimal digits only, 0..max; false for anything else. */
bool		str_to_uint(struct str, uint64_t max, uint64_t *);
/* Edit distance of short names, for suggestions; 64 when one is long. */
size_t		str_distance(struct str, struct str);
/* Value of a hexadecimal digit, or -1. */
int		hex_value(char);

#endif
