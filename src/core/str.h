/*
 * Text with a length. Bytes may be anything, NUL included; nothing here
 * is terminated unless a comment says so. An absent value is {NULL, 0}.
 */
#ifndef OFFHOOK_STR_H
#define OFFHOOK_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char	*p;
	size_t		 n;
};

/* A string literal as a str. */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })

/* View of a terminated C string; NULL gives the absent value. */
struct str	str_from(const char *);
bool		str_eq(struct str, struct str);
/* ASCII letters compared without case. */
bool		str_ieq(struct str, struct str);
/* Byte order, a shorter prefix first; <0, 0, >0 as memcmp. */
int		str_cmp(struct str, struct str);
bool		str_starts(struct str, struct str prefix);
bool		str_ends(struct str, struct str suffix);
/* Index of the first byte c at or after from, or s.n when there is none. */
size_t		str_find(struct str, char c, size_t from);
/* Bytes from..to (to excluded); both are clamped to the length. */
struct str	str_sub(struct str, size_t from, size_t to);
/* Without blanks and tabs, CR and LF at both ends. */
struct str	str_trim(struct str);
/*
 * Cut the text before the first c into *head and leave the rest (without
 * c) in *rest; false when *rest was absent already. Loops: while (cut).
 */
bool		str_cut(struct str *rest, char c, struct str *head);
/* Decimal digits only, 0..max; false for anything else. */
bool		str_to_uint(struct str, uint64_t max, uint64_t *);
/* Value of a hexadecimal digit, or -1. */
int		hex_value(char);

#endif
