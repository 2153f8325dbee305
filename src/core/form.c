/* Decode forms once, byte for byte. See form.h. */
#include "form.h"

const char *
form_strerror(enum form_result r)
{
	switch (r) {
	case FORM_OK:
		return "ok";
	case FORM_TOO_MANY:
		return "more than 2048 parameters";
	case FORM_NO_MEMORY:
		return "the request's memory is used up";
	}
	return "unknown";
}

/* The byte that %XX at s.p[i] means, or -1 if it is no escape. */
static int
escape_value(struct str s, size_t i)
{
	int	hi, lo;

	if (s.p[i] != '%' || s.n - i < 3)
		return -1;
	hi = hex_value(s.p[i + 1]);
	lo = hex_value(s.p[i + 2]);
	return hi < 0 || lo < 0 ? -1 : hi << 4 | lo;
}

struct str
form_unescape(struct arena *a, struct str s)
{
	char	*p;
	size_t	 i, n = 0;
	int	 v;

	if (str_find(s, '%', 0) == s.n && str_find(s, '+', 0) == s.n)
		return s.p == NULL ? STR("") : s;
	p = arena_alloc(a, s.n, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	for (i = 0; i < s.n; i++) {
		v = escape_value(s, i);
		if (v >= 0) {
			p[n++] = (char)v;
			i += 2;
		} else
			p[n++] = s.p[i] == '+' ? ' ' : s.p[i];
	}
	return (struct str){ p, n };
}

static size_t
count_pieces(struct str raw)
{
	struct str	piece;
	size_t		n = 0;

	while (str_cut(&raw, '&', &piece))
		n += piece.n > 0;
	return n;
}

enum form_result
form_decode(struct arena *a, struct str raw, struct form *out)
{
	struct param	*at;
	struct str	 piece, value;
	size_t		 n = count_pieces(raw), i = 0;

	if (n > FORM_MAX_PARAMS)
		return FORM_TOO_MANY;
	at = arena_alloc(a, n, sizeof(*at));
	if (at == NULL)
		return FORM_NO_MEMORY;
	while (str_cut(&raw, '&', &piece)) {
		if (piece.n == 0)
			continue;
		value = piece;
		(void)str_cut(&value, '=', &piece);
		at[i].name = form_unescape(a, piece);
		at[i].value = form_unescape(a, value);
		if (at[i].name.p == NULL || at[i].value.p == NULL)
			return FORM_NO_MEMORY;
		i++;
	}
	*out = (struct form){ at, n };
	return FORM_OK;
}

struct str
form_value(const struct form *f, struct str name)
{
	size_t	i;

	for (i = 0; i < f->n; i++)
		if (str_eq(f->at[i].name, name))
			return f->at[i].value;
	return (struct str){ NULL, 0 };
}

struct str
form_get(const struct form *f, const char *name)
{
	return form_value(f, str_from(name));
}

bool
form_has(const struct form *f, const char *name)
{
	return form_get(f, name).p != NULL;
}

int32_t
form_number(const struct form *f, const char *name, int32_t otherwise)
{
	uint64_t	v;

	if (!str_to_uint(form_get(f, name), INT32_MAX, &v))
		return otherwise;
	return (int32_t)v;
}
