/* Check and walk JSON texts. See json.h. */
#include "json.h"
#include "utf8.h"

struct scan {
	struct str	s;
	size_t		at;
};

/* The containers around the place; bit 0 of objects is the innermost. */
struct nest {
	uint32_t	objects;
	unsigned	depth;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte at the place, or NUL at the end: no token begins with it. */
static char
peek(const struct scan *r)
{
	return r->at < r->s.n ? r->s.p[r->at] : '\0';
}

static void
skip_blanks(struct scan *r)
{
	while (is_blank(peek(r)))
		r->at++;
}

static bool
take(struct scan *r, char c)
{
	skip_blanks(r);
	if (r->at >= r->s.n || r->s.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

static struct str
left(const struct scan *r)
{
	return str_sub(r->s, r->at, r->s.n);
}

/* Four hexadecimal digits at i, or -1. */
static int
hex4(struct str s, size_t i)
{
	int	v, c = 0;
	size_t	end;

	if (s.n < 4 || i > s.n - 4)
		return -1;
	for (end = i + 4; i < end; i++) {
		v = hex_value(s.p[i]);
		if (v < 0)
			return -1;
		c = c << 4 | v;
	}
	return c;
}

static bool
take_escape(struct scan *r)
{
	char	c;

	r->at++;
	c = peek(r);
	if (c == 'u') {
		if (hex4(r->s, r->at + 1) < 0)
			return false;
		r->at += 4;
	} else if (c == '\0' || str_find(STR("\"\\/bfnrt"), c, 0) == 8)
		return false;
	r->at++;
	return true;
}

/* Over ASCII that stands for itself: most of every string. */
static void
skip_plain(struct scan *r)
{
	size_t	i = r->at;
	char	c;

	for (; i < r->s.n; i++) {
		c = r->s.p[i];
		if (c < ' ' || c > '~' || c == '"' || c == '\\')
			break;
	}
	r->at = i;
}

static bool
take_string(struct scan *r)
{
	size_t	n;

	if (!take(r, '"'))
		return false;
	for (;;) {
		skip_plain(r);
		if (r->at == r->s.n || peek(r) == '"')
			break;
		if (peek(r) == '\\') {
			if (!take_escape(r))
				return false;
			continue;
		}
		n = utf8_sequence(left(r));
		if (n == 0 || (unsigned char)peek(r) < 0x20)
			return false;
		r->at += n;
	}
	return take(r, '"');
}

static bool
take_digits(struct scan *r)
{
	size_t	begin = r->at;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->at++;
	return r->at > begin;
}

static bool
take_number(struct scan *r)
{
	if (peek(r) == '-')
		r->at++;
	if (peek(r) == '0')
		r->at++;
	else if (!take_digits(r))
		return false;
	if (peek(r) == '.') {
		r->at++;
		if (!take_digits(r))
			return false;
	}
	if (peek(r) == 'e' || peek(r) == 'E') {
		r->at++;
		if (peek(r) == '+' || peek(r) == '-')
			r->at++;
		return take_digits(r);
	}
	return true;
}

static bool
take_word(struct scan *r, struct str word)
{
	if (!str_starts(left(r), word))
		return false;
	r->at += word.n;
	return true;
}

/*
 * A scalar or an empty container whole, or the beginning of a container,
 * which *whole tells.
 */
static bool
take_value(struct scan *r, struct nest *nest, bool *whole)
{
	bool	object;

	skip_blanks(r);
	*whole = true;
	switch (peek(r)) {
	case '{':
	case '[':
		object = peek(r) == '{';
		r->at++;
		if (nest->depth == JSON_MAX_DEPTH)
			return false;
		if (take(r, object ? '}' : ']'))
			return true;
		nest->objects = nest->objects << 1 | object;
		nest->depth++;
		*whole = false;
		return true;
	case '"':
		return take_string(r);
	case 't':
		return take_word(r, STR("true"));
	case 'f':
		return take_word(r, STR("false"));
	case 'n':
		return take_word(r, STR("null"));
	}
	return take_number(r);
}

/* The end of the innermost container. */
static bool
leave(struct scan *r, struct nest *nest)
{
	bool	object = (nest->objects & 1) != 0;

	nest->objects >>= 1;
	nest->depth--;
	return take(r, object ? '}' : ']');
}

/* The value at the place, to its end; no recursion, whatever its depth. */
static bool
take_whole(struct scan *r, struct str *out)
{
	struct nest	nest = { 0, 0 };
	size_t		begin;
	bool		whole;

	skip_blanks(r);
	begin = r->at;
	do {
		if (!take_value(r, &nest, &whole))
			return false;
		while (whole && nest.depth > 0 && !take(r, ','))
			if (!leave(r, &nest))
				return false;
		if (nest.depth > 0 && (nest.objects & 1) != 0 &&
		    (!take_string(r) || !take(r, ':')))
			return false;
	} while (nest.depth > 0);
	*out = str_sub(r->s, begin, r->at);
	return true;
}

bool
json_valid(struct str text)
{
	struct scan	r = { text, 0 };
	struct str	value;

	if (!take_whole(&r, &value))
		return false;
	skip_blanks(&r);
	return r.at == r.s.n;
}

enum json_type
json_type(struct str value)
{
	struct scan	r = { value, 0 };

	skip_blanks(&r);
	switch (peek(&r)) {
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case '"':
		return JSON_STRING;
	case 't':
	case 'f':
		return JSON_BOOL;
	case 'n':
	case '\0':
		return JSON_NULL;
	}
	return JSON_NUMBER;
}

bool
json_open(struct str value, struct json_walk *w)
{
	struct scan	r = { value, 0 };

	*w = (struct json_walk){ { NULL, 0 }, take(&r, '{') };
	if (!w->object && !take(&r, '['))
		return false;
	w->rest = left(&r);
	return true;
}

bool
json_next(struct json_walk *w, struct json_item *item)
{
	struct scan	r = { w->rest, 0 };
	size_t		begin;

	*item = (struct json_item){ { NULL, 0 }, { NULL, 0 } };
	(void)take(&r, ',');
	if (w->object) {
		skip_blanks(&r);
		begin = r.at;
		if (!take_string(&r))
			return false;
		item->name = str_sub(r.s, begin, r.at);
		if (!take(&r, ':'))
			return false;
	}
	if (!take_whole(&r, &item->value))
		return false;
	w->rest = left(&r);
	return true;
}

/* A code point as UTF-8; bytes written. */
static size_t
encode(uint32_t c, char out[4])
{
	size_t		n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char	lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t		i;

	for (i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[n] | c);
	return n;
}

/* \uXXXX, or two of them that are a pair, behind the 'u' at *at. */
static size_t
decode_u(struct str s, size_t *at, char out[4])
{
	int	c = hex4(s, *at + 1), low = -1;

	*at += 5;
	if (c >= 0xd800 && c < 0xdc00 &&
	    str_starts(str_sub(s, *at, s.n), STR("\\u")))
		low = hex4(s, *at + 2);
	if (low >= 0xdc00 && low < 0xe000) {
		*at += 6;
		return encode(0x10000u + ((uint32_t)(c - 0xd800) << 10) +
		    (uint32_t)(low - 0xdc00), out);
	}
	if (c <= 0 || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	return encode((uint32_t)c, out);
}

/* One byte of a string at *at, or the character of one escape. */
static size_t
decode_one(struct str s, size_t *at, char out[4])
{
	static const char	names[] = "bfnrt", chars[] = "\b\f\n\r\t";
	size_t			i;

	out[0] = s.p[(*at)++];
	if (out[0] != '\\' || *at == s.n)
		return 1;
	if (s.p[*at] == 'u')
		return decode_u(s, at, out);
	out[0] = s.p[(*at)++];
	i = str_find(STR("bfnrt"), out[0], 0);
	if (names[i] != '\0')
		out[0] = chars[i];
	return 1;
}

/* What is between the quotes. */
static struct str
inner(struct str string)
{
	return str_sub(string, 1, string.n > 1 ? string.n - 1 : 1);
}

struct str
json_text(struct arena *a, struct str value)
{
	struct str	s = inner(value);
	enum json_type	type = json_type(value);
	char		buf[4], *p;
	size_t		at = 0, n = 0, used;

	if (type == JSON_NUMBER || type == JSON_BOOL)
		return value;
	if (type != JSON_STRING)
		return (struct str){ NULL, 0 };
	if (str_find(s, '\\', 0) == s.n)
		return s;
	p = arena_alloc(a, s.n + 4, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	while (at < s.n) {
		used = decode_one(s, &at, buf);
		memcpy(p + n, buf, used);
		n += used;
	}
	return (struct str){ p, n };
}

static bool
name_is(struct str raw, struct str wanted)
{
	struct str	s = inner(raw);
	char		buf[4];
	size_t		at = 0, n = 0, used;

	if (str_find(s, '\\', 0) == s.n)
		return str_eq(s, wanted);
	while (at < s.n) {
		used = decode_one(s, &at, buf);
		if (!str_starts(str_sub(wanted, n, wanted.n),
		    (struct str){ buf, used }))
			return false;
		n += used;
	}
	return n == wanted.n;
}

struct str
json_get(struct str object, const char *name)
{
	struct json_walk	w;
	struct json_item	item;

	if (json_open(object, &w) && w.object)
		while (json_next(&w, &item))
			if (name_is(item.name, str_from(name)))
				return item.value;
	return (struct str){ NULL, 0 };
}
