/* The bounded text builder and its escapes. See out.h. */
#include <string.h>

#include "out.h"
#include "utf8.h"

static const char hex_digits[] = "0123456789abcdef";
static const char replacement[] = "\xef\xbf\xbd";	/* U+FFFD */

struct out
out_init(char *buf, size_t cap)
{
	return (struct out){ .p = buf, .cap = cap };
}

struct str
out_str(const struct out *o)
{
	return (struct str){ o->p, o->n };
}

void
out_bytes(struct out *o, struct str s)
{
	if (o->overflow || s.n > o->cap - o->n) {
		o->overflow = true;
		return;
	}
	if (s.n > 0)
		memcpy(o->p + o->n, s.p, s.n);
	o->n += s.n;
}

void
out_cstr(struct out *o, const char *s)
{
	out_bytes(o, str_from(s));
}

void
out_char(struct out *o, char c)
{
	if (o->overflow || o->n == o->cap)
		o->overflow = true;
	else
		o->p[o->n++] = c;
}

void
out_int(struct out *o, int64_t v)
{
	char		digits[20];
	size_t		at = sizeof(digits);
	uint64_t	u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (v < 0)
		out_char(o, '-');
	out_bytes(o, (struct str){ digits + at, sizeof(digits) - at });
}

void
out_hex(struct out *o, const unsigned char *p, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		out_char(o, hex_digits[p[i] >> 4]);
		out_char(o, hex_digits[p[i] & 15]);
	}
}

void
out_uuid(struct out *o, const unsigned char id[16])
{
	size_t	i;

	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out_char(o, '-');
		out_hex(o, id + i, 1);
	}
}

void
out_base64(struct out *o, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t	v;
	size_t		i, left;

	for (i = 0; i < n; i += 3) {
		left = n - i;
		v = (uint32_t)p[i] << 16;
		if (left > 1)
			v |= (uint32_t)p[i + 1] << 8;
		if (left > 2)
			v |= p[i + 2];
		out_char(o, digits[v >> 18]);
		out_char(o, digits[v >> 12 & 63]);
		out_char(o, left > 1 ? digits[v >> 6 & 63] : '=');
		out_char(o, left > 2 ? digits[v & 63] : '=');
	}
}

static bool
unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

void
out_form(struct out *o, struct str s)
{
	static const char upper[] = "0123456789ABCDEF";
	size_t	i;

	for (i = 0; i < s.n; i++) {
		if (unreserved(s.p[i]))
			out_char(o, s.p[i]);
		else if (s.p[i] == ' ')
			out_char(o, '+');
		else {
			out_char(o, '%');
			out_char(o, upper[(unsigned char)s.p[i] >> 4]);
			out_char(o, upper[(unsigned char)s.p[i] & 15]);
		}
	}
}

/* Copy one UTF-8 sequence of s, or U+FFFD for a bad byte; bytes taken. */
static size_t
copy_sequence(struct out *o, struct str s)
{
	size_t	n = utf8_sequence(s);

	if (n == 0 || s.p[0] == '\0') {
		out_cstr(o, replacement);
		return 1;
	}
	out_bytes(o, str_sub(s, 0, n));
	return n;
}

void
out_utf8(struct out *o, struct str s)
{
	size_t	i, n;

	for (i = 0; i < s.n;) {
		n = utf8_ascii(s, i);
		out_bytes(o, str_sub(s, i, i + n));
		i += n;
		if (i < s.n)
			i += copy_sequence(o, str_sub(s, i, s.n));
	}
}

/* U+FFFE and U+FFFF, the two in UTF-8 that XML 1.0 section 2.2 excludes. */
static bool
no_xml_character(struct str s)
{
	return str_starts(s, STR("\xef\xbf\xbe")) ||
	    str_starts(s, STR("\xef\xbf\xbf"));
}

/*
 * What a byte of ASCII becomes in XML: NULL: itself. Line ends and tabs are
 * references, since a parser changes those that are not (sections 2.11 and
 * 3.3.3); other control characters are none of XML's.
 */
static const char *
xml_escape(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	}
	return (unsigned char)c < 0x20 ? "" : NULL;
}

/* How many bytes from at on are ASCII that out_xml copies. */
static size_t
xml_plain(struct str s, size_t at)
{
	size_t	i = at;

	while (i < s.n && (unsigned char)s.p[i] < 0x80 &&
	    xml_escape(s.p[i]) == NULL)
		i++;
	return i - at;
}

void
out_xml(struct out *o, struct str s)
{
	const char	*escape;
	size_t		 i, n;

	for (i = 0; i < s.n; i += n) {
		n = xml_plain(s, i);
		out_bytes(o, str_sub(s, i, i + n));
		i += n;
		if (i == s.n)
			break;
		n = 1;
		escape = xml_escape(s.p[i]);
		if (escape != NULL)
			out_cstr(o, escape);
		else if (no_xml_character(str_sub(s, i, s.n)))
			n = 3;
		else
			n = copy_sequence(o, str_sub(s, i, s.n));
	}
}

/* C1 controls (U+0080-U+009F) steer terminals as well. */
static bool
is_c1(struct str s)
{
	return s.n > 1 && (unsigned char)s.p[0] == 0xc2 &&
	    (unsigned char)s.p[1] >= 0x80 && (unsigned char)s.p[1] < 0xa0;
}

/*
 * What makes a line look like another: marks that turn the direction of
 * text (U+200E, U+200F, U+202A-U+202E, U+2066-U+2069), line separators
 * (U+2028, U+2029).
 */
static bool
misleads(struct str s)
{
	unsigned char	b, c;

	if (s.n < 3 || (unsigned char)s.p[0] != 0xe2)
		return false;
	b = (unsigned char)s.p[1];
	c = (unsigned char)s.p[2];
	return (b == 0x80 && (c == 0x8e || c == 0x8f ||
	    (c >= 0xa8 && c <= 0xae))) ||
	    (b == 0x81 && c >= 0xa6 && c <= 0xa9);
}

static void
json_control(struct out *o, unsigned char c)
{
	out_cstr(o, "\\u00");
	out_hex(o, &c, 1);
}

/* How many bytes from at on are ASCII that a JSON string has as they are. */
static size_t
json_plain(struct str s, size_t at)
{
	size_t	i = at;

	while (i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x7f && s.p[i] != '"' &&
	    s.p[i] != '\\')
		i++;
	return i - at;
}

void
out_json(struct out *o, struct str s)
{
	size_t	i, n;

	out_char(o, '"');
	for (i = 0; i < s.n;) {
		n = json_plain(s, i);
		if (n > 0) {
			out_bytes(o, str_sub(s, i, i + n));
			i += n;
		} else if (s.p[i] == '"' || s.p[i] == '\\') {
			out_char(o, '\\');
			out_char(o, s.p[i++]);
		} else if (s.p[i] == '\n') {
			out_cstr(o, "\\n");
			i++;
		} else if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\0') ||
		    s.p[i] == 0x7f)
			json_control(o, (unsigned char)s.p[i++]);
		else if (is_c1(str_sub(s, i, s.n))) {
			json_control(o, (unsigned char)s.p[i + 1]);
			i += 2;
		} else
			i += copy_sequence(o, str_sub(s, i, s.n));
	}
	out_char(o, '"');
}

/* How many bytes from at on are ASCII that out_printable copies. */
static size_t
plain(struct str s, size_t at)
{
	size_t	i = at;

	while (i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x7f && s.p[i] != '\\')
		i++;
	return i - at;
}

void
out_printable(struct out *o, struct str s)
{
	unsigned char	c;
	size_t		i, n;

	for (i = 0; i < s.n; i += n) {
		n = plain(s, i);
		if (n > 0) {
			out_bytes(o, str_sub(s, i, i + n));
			continue;
		}
		c = (unsigned char)s.p[i];
		n = utf8_sequence(str_sub(s, i, s.n));
		if (n == 0 || c < 0x20 || c == 0x7f || c == '\\' ||
		    is_c1(str_sub(s, i, s.n)) ||
		    misleads(str_sub(s, i, s.n))) {
			n = 1;
			out_cstr(o, "\\x");
			out_hex(o, &c, 1);
		} else
			out_bytes(o, str_sub(s, i, i + n));
	}
}
