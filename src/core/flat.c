/* Read a flat JSON object. See flat.h. */
#include "flat.h"
#include "out.h"

struct reader {
	struct str	s;
	size_t		at;
};

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->s.n && (r->s.p[r->at] == ' ' ||
	    r->s.p[r->at] == '\t' || r->s.p[r->at] == '\n' ||
	    r->s.p[r->at] == '\r'))
		r->at++;
}

static bool
take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->at >= r->s.n || r->s.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

/* The text between quotes, still escaped. */
static bool
take_string(struct reader *r, struct str *out)
{
	size_t	begin;

	if (!take(r, '"'))
		return false;
	for (begin = r->at; r->at < r->s.n && r->s.p[r->at] != '"'; r->at++)
		if ((unsigned char)r->s.p[r->at] < 0x20)
			return false;
		else if (r->s.p[r->at] == '\\')
			r->at++;
	if (r->at >= r->s.n)
		return false;
	*out = str_sub(r->s, begin, r->at);
	r->at++;
	return true;
}

/* A number or a word: what they are made of, not how. */
static bool
take_plain(struct reader *r, struct str *out)
{
	size_t	begin;
	char	c;

	skip_blanks(r);
	for (begin = r->at; r->at < r->s.n; r->at++) {
		c = r->s.p[r->at];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    c == '-' || c == '+' || c == '.' || c == 'E'))
			break;
	}
	*out = str_sub(r->s, begin, r->at);
	return out->n > 0;
}

struct pair {
	struct str	name;
	struct str	value;
	bool		quoted;
};

/* The next pair; false at the end, with *end, or at a fault. */
static bool
take_pair(struct reader *r, bool first, struct pair *p, bool *end)
{
	*end = false;
	if (take(r, '}')) {
		skip_blanks(r);
		*end = r->at == r->s.n;
		return false;
	}
	if (!first && !take(r, ','))
		return false;
	if (!take_string(r, &p->name) || !take(r, ':'))
		return false;
	skip_blanks(r);
	p->quoted = r->at < r->s.n && r->s.p[r->at] == '"';
	return p->quoted ? take_string(r, &p->value) :
	    take_plain(r, &p->value);
}

bool
flat_valid(struct str json)
{
	struct reader	r = { json, 0 };
	struct pair	p;
	bool		first = true, end;

	if (!take(&r, '{'))
		return false;
	while (take_pair(&r, first, &p, &end))
		first = false;
	return end;
}

/* \uXXXX as UTF-8; a surrogate as '?', nobody here writes one. */
static size_t
unescape_u(struct out *o, struct str s)
{
	unsigned	c = 0;
	size_t		i;
	int		v;

	for (i = 0; i < 4; i++) {
		v = i < s.n ? hex_value(s.p[i]) : -1;
		if (v < 0)
			return 0;
		c = c << 4 | (unsigned)v;
	}
	if (c >= 0xd800 && c < 0xe000)
		c = '?';
	if (c >= 0x800)
		out_char(o, (char)(0xe0 | c >> 12));
	if (c >= 0x800)
		out_char(o, (char)(0x80 | (c >> 6 & 0x3f)));
	else if (c >= 0x80)
		out_char(o, (char)(0xc0 | c >> 6));
	out_char(o, (char)(c < 0x80 ? c : (0x80 | (c & 0x3f))));
	return 4;
}

static struct str
unescape(struct arena *a, struct str s)
{
	static const char	names[] = "\"\\/bfnrt";
	static const char	chars[] = "\"\\/\b\f\n\r\t";
	char			*p = arena_alloc(a, s.n + 1, 1);
	struct out		 o = out_init(p, p == NULL ? 0 : s.n);
	size_t			 i, j;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	for (i = 0; i < s.n; i++) {
		if (s.p[i] != '\\' || i + 1 == s.n) {
			out_char(&o, s.p[i]);
			continue;
		}
		i++;
		if (s.p[i] == 'u') {
			i += unescape_u(&o, str_sub(s, i + 1, s.n));
			continue;
		}
		for (j = 0; names[j] != '\0'; j++)
			if (names[j] == s.p[i])
				break;
		if (names[j] != '\0')
			out_char(&o, chars[j]);
	}
	return out_str(&o);
}

struct str
flat_get(struct arena *a, struct str json, const char *name)
{
	struct reader	r = { json, 0 };
	struct str	wanted = str_from(name);
	struct pair	p;
	bool		first = true, end;

	if (!take(&r, '{'))
		return (struct str){ NULL, 0 };
	while (take_pair(&r, first, &p, &end)) {
		first = false;
		if (!str_eq(p.name, wanted))
			continue;
		if (p.quoted)
			return unescape(a, p.value);
		return str_eq(p.value, STR("null")) ?
		    (struct str){ NULL, 0 } : arena_copy(a, p.value);
	}
	return (struct str){ NULL, 0 };
}
