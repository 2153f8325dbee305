/* UTF-8 as Unicode defines it (RFC 3629): no surrogates, nothing overlong. */
#ifndef OFFHOOK_UTF8_H
#define OFFHOOK_UTF8_H

#include "arena.h"

/* Bytes of the sequence that s starts with (1-4), or 0 if it is invalid. */
size_t	utf8_sequence(struct str s);
/* How many bytes from at on are ASCII and not NUL: most texts are, whole. */
size_t	utf8_ascii(struct str s, size_t at);
/* The longest prefix of at most max bytes that cuts no sequence. */
struct str	utf8_prefix(struct str s, size_t max);

/*
 * A text for a column: at most max bytes of s, valid UTF-8 without NUL (bad
 * bytes become U+FFFD), never cut within a character. Absent when the arena
 * is full.
 */
struct str	utf8_clean(struct arena *, struct str s, size_t max);

#endif
