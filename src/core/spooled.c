/* The format of a spooled request. See spooled.h. */
#include <openssl/evp.h>
#include <stddef.h>
#include <string.h>

#include "spooled.h"

#define MAGIC "offhook-spooled 1 "
#define HASH_BYTES 64
#define NAME_BYTES 32		/* of a field with its length, at most */

enum type {
	TYPE_TEXT,
	TYPE_NUMBER,		/* int64_t, from min to max */
	TYPE_FLAG,
	TYPE_ID			/* 16 bytes, as hexadecimal digits */
};

struct spooled_field {
	const char	*name;
	enum type	 type;
	bool		 must;		/* it is always there */
	size_t		 at;		/* offset in struct spooled */
	int64_t		 min;
	int64_t		 max;
};

#define TEXT(name) { #name, TYPE_TEXT, false, \
	offsetof(struct spooled, name), 0, 0 }
#define MUST_TEXT(name) { #name, TYPE_TEXT, true, \
	offsetof(struct spooled, name), 0, 0 }
#define ID(name) { #name, TYPE_ID, true, offsetof(struct spooled, name), 0, 0 }
#define NUMBER(name, min, max) { #name, TYPE_NUMBER, true, \
	offsetof(struct spooled, name), min, max }

static const struct spooled_field fields[] = {
	ID(id),
	ID(key),
	NUMBER(bucket, 0, 1023),
	NUMBER(received_ms, 0, INT64_MAX / 10000),
	NUMBER(window, -1, 86400),
	MUST_TEXT(account),
	MUST_TEXT(kind),
	TEXT(resource),
	TEXT(sid),
	TEXT(parent),
	TEXT(status),
	NUMBER(seq, -1, INT32_MAX),
	NUMBER(clock, -1, INT64_MAX),
	NUMBER(error, INT32_MIN, INT32_MAX),
	TEXT(from),
	TEXT(to),
	TEXT(facts),
	MUST_TEXT(method),
	TEXT(url),
	TEXT(token),
	{ "json", TYPE_FLAG, true, offsetof(struct spooled, json), 0, 0 },
	TEXT(raw),
	NUMBER(http, 200, 599),
	TEXT(type),
	TEXT(reply),
	TEXT(route),
	TEXT(reason),
	TEXT(issue),
	TEXT(session),
	NUMBER(took_ms, -1, INT32_MAX),
	NUMBER(budget_ms, 0, INT32_MAX),
	TEXT(why),
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

const char *
spooled_strerror(enum spooled_result r)
{
	static const char *const text[] = {
		[SPOOLED_OK] = "it is whole",
		[SPOOLED_FIRST] = "its first line is none of this version",
		[SPOOLED_LENGTH] = "it has not the length that it says",
		[SPOOLED_CHECKSUM] = "its checksum is wrong",
		[SPOOLED_FIELD] = "a field is missing, unknown or wrong",
	};

	return text[r];
}

static bool
hash_hex(struct str text, char out[HASH_BYTES])
{
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(out, HASH_BYTES);

	if (EVP_Digest(text.n == 0 ? "" : text.p, text.n, md, NULL,
	    EVP_sha256(), NULL) != 1)
		return false;
	out_hex(&o, md, HASH_BYTES / 2);
	return true;
}

/* The texts of a struct are read and set by their place in it. */
static struct str
get_text(const struct spooled *s, const struct spooled_field *f)
{
	struct str	text;

	memcpy(&text, (const char *)s + f->at, sizeof(text));
	return text;
}

static int64_t
get_number(const struct spooled *s, const struct spooled_field *f)
{
	int64_t	n;

	memcpy(&n, (const char *)s + f->at, sizeof(n));
	return n;
}

/* What a field's bytes are; absent: it is left out. */
static struct str
field_bytes(const struct spooled *s, const struct spooled_field *f,
    char buf[40])
{
	struct out	o = out_init(buf, 40);

	switch (f->type) {
	case TYPE_TEXT:
		return get_text(s, f);
	case TYPE_NUMBER:
		out_int(&o, get_number(s, f));
		break;
	case TYPE_FLAG:
		out_char(&o, *((const char *)s + f->at) != 0 ? '1' : '0');
		break;
	case TYPE_ID:
		out_hex(&o, (const unsigned char *)s + f->at, 16);
		break;
	}
	return out_str(&o);
}

static size_t
most_bytes(const struct spooled *s)
{
	size_t	i, n = SPOOLED_FIRST_LINE;

	for (i = 0; i < FIELDS; i++) {
		n += 2 * NAME_BYTES;
		if (fields[i].type == TYPE_TEXT)
			n += get_text(s, &fields[i]).n;
	}
	return n;
}

static void
out_field(struct out *o, const char *name, struct str bytes)
{
	out_cstr(o, name);
	out_char(o, ' ');
	out_int(o, (int64_t)bytes.n);
	out_char(o, '\n');
	out_bytes(o, bytes);
	out_char(o, '\n');
}

/* The first line goes right before the body, whose length it says. */
static struct str
put_first_line(char *buf, struct str body)
{
	char		line[SPOOLED_FIRST_LINE], hex[HASH_BYTES];
	struct out	o = out_init(line, sizeof(line));

	if (!hash_hex(body, hex))
		return (struct str){ NULL, 0 };
	out_cstr(&o, MAGIC);
	out_int(&o, (int64_t)body.n);
	out_char(&o, ' ');
	out_bytes(&o, (struct str){ hex, sizeof(hex) });
	out_char(&o, '\n');
	buf += SPOOLED_FIRST_LINE - o.n;
	memcpy(buf, line, o.n);
	return (struct str){ buf, o.n + body.n };
}

struct str
spooled_encode(struct arena *a, const struct spooled *s)
{
	size_t		 cap = most_bytes(s), i;
	char		*buf = arena_alloc(a, cap, 1), number[40];
	struct str	 bytes;
	struct out	 o;

	if (buf == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(buf + SPOOLED_FIRST_LINE, cap - SPOOLED_FIRST_LINE);
	for (i = 0; i < FIELDS; i++) {
		bytes = field_bytes(s, &fields[i], number);
		if (bytes.p != NULL)
			out_field(&o, fields[i].name, bytes);
	}
	if (o.overflow)
		return (struct str){ NULL, 0 };
	return put_first_line(buf, out_str(&o));
}

static enum spooled_result
open_body(struct str *bytes)
{
	struct str	line, word, hash, magic = STR(MAGIC);
	uint64_t	n;
	char		hex[HASH_BYTES];

	if (!str_starts(*bytes, magic) || !str_cut(bytes, '\n', &line) ||
	    bytes->p == NULL)
		return SPOOLED_FIRST;
	line = str_sub(line, magic.n, line.n);
	if (!str_cut(&line, ' ', &word) ||
	    !str_to_uint(word, SPOOLED_MAX_BYTES, &n) ||
	    line.n != sizeof(hex))
		return SPOOLED_FIRST;
	if (n != bytes->n)
		return SPOOLED_LENGTH;
	hash = (struct str){ hex, sizeof(hex) };
	return hash_hex(*bytes, hex) && str_eq(line, hash) ? SPOOLED_OK :
	    SPOOLED_CHECKSUM;
}

/* The next field; false at the end, and when it is none. */
static bool
next_field(struct str *rest, struct str *name, struct str *bytes)
{
	struct str	line;
	uint64_t	n;

	if (rest->n == 0 || !str_cut(rest, '\n', &line) || rest->n == 0 ||
	    !str_cut(&line, ' ', name) ||
	    !str_to_uint(line, rest->n - 1, &n) || rest->p[n] != '\n')
		return false;
	*bytes = str_sub(*rest, 0, (size_t)n);
	*rest = str_sub(*rest, (size_t)n + 1, rest->n);
	return true;
}

static bool
read_number(struct str text, const struct spooled_field *f, int64_t *out)
{
	bool		minus = text.n > 1 && text.p[0] == '-';
	uint64_t	n;

	if (!str_to_uint(str_sub(text, minus, text.n), INT64_MAX, &n))
		return false;
	*out = minus ? -(int64_t)n : (int64_t)n;
	return *out >= f->min && *out <= f->max;
}

static bool
read_id(struct str text, unsigned char out[16])
{
	size_t	i;
	int	high, low;

	if (text.n != 32)
		return false;
	for (i = 0; i < 16; i++) {
		high = hex_value(text.p[2 * i]);
		low = hex_value(text.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool
set_field(struct spooled *s, const struct spooled_field *f, struct str bytes)
{
	char	*at = (char *)s + f->at;
	int64_t	 n = 0;

	switch (f->type) {
	case TYPE_TEXT:
		memcpy(at, &bytes, sizeof(bytes));
		return true;
	case TYPE_NUMBER:
		if (!read_number(bytes, f, &n))
			return false;
		memcpy(at, &n, sizeof(n));
		return true;
	case TYPE_FLAG:
		*(bool *)at = str_eq(bytes, STR("1"));
		return bytes.n == 1 && (*(bool *)at || bytes.p[0] == '0');
	case TYPE_ID:
		return read_id(bytes, (unsigned char *)at);
	}
	return false;
}

enum spooled_result
spooled_decode(struct str bytes, struct spooled *s)
{
	enum spooled_result	r = open_body(&bytes);
	struct str		name, value;
	size_t			i;
	bool			more;

	*s = (struct spooled){ .http = 0 };
	if (r != SPOOLED_OK)
		return r;
	more = next_field(&bytes, &name, &value);
	for (i = 0; i < FIELDS; i++) {
		if (!more || !str_eq(name, str_from(fields[i].name))) {
			if (fields[i].must)
				return SPOOLED_FIELD;
			continue;
		}
		if (!set_field(s, &fields[i], value))
			return SPOOLED_FIELD;
		more = next_field(&bytes, &name, &value);
	}
	return more || bytes.n > 0 ? SPOOLED_FIELD : SPOOLED_OK;
}
