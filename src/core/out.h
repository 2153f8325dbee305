/*
 * A bounded text builder. Once something does not fit, overflow stays set
 * and nothing more is written: whoever sends the result checks it first.
 */
#ifndef OFFHOOK_OUT_H
#define OFFHOOK_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

struct out {
	char	*p;
	size_t	 cap;	/* bytes */
	size_t	 n;	/* bytes written */
	bool	 overflow;
};

struct out	out_init(char *buf, size_t cap);
struct str	out_str(const struct out *);
void		out_bytes(struct out *, struct str);
void		out_cstr(struct out *, const char *);
void		out_char(struct out *, char);
void		out_int(struct out *, int64_t);
void		out_hex(struct out *, const unsigned char *, size_t);
/* 8-4-4-4-12 lower-case hexadecimal digits. */
void		out_uuid(struct out *, const unsigned char[16]);
/* Base64 with padding (RFC 4648 section 4). */
void		out_base64(struct out *, const unsigned char *, size_t);
/* Percent-encoded as a form value: space as '+', RFC 3986 unreserved bare. */
void		out_form(struct out *, struct str);
/*
 * Escaped for XML text and attribute values, so that a parser reads the same
 * back; bad bytes become U+FFFD, what XML 1.0 excludes is dropped.
 */
void		out_xml(struct out *, struct str);
/* A JSON string with its quotes; invalid UTF-8 and NUL become U+FFFD. */
void		out_json(struct out *, struct str);
/* One line of a log or a terminal: control bytes and '\' as \xNN. */
void		out_printable(struct out *, struct str);
/* Valid UTF-8 without NUL, for a text column: bad bytes become U+FFFD. */
void		out_utf8(struct out *, struct str);

#endif
