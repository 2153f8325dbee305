/* Recognise UTF-8 sequences. See utf8.h. */
#include "out.h"
#include "utf8.h"

static bool
continues(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

size_t
utf8_sequence(struct str s)
{
	unsigned char	a, b;

	if (s.n == 0)
		return 0;
	a = (unsigned char)s.p[0];
	if (a < 0x80)
		return 1;
	if (a < 0xc2 || a > 0xf4 || !continues(s, 1))
		return 0;
	if (a < 0xe0)
		return 2;
	b = (unsigned char)s.p[1];
	if (!continues(s, 2) || (a == 0xe0 && b < 0xa0) ||
	    (a == 0xed && b > 0x9f))
		return 0;
	if (a < 0xf0)
		return 3;
	if (!continues(s, 3) || (a == 0xf0 && b < 0x90) ||
	    (a == 0xf4 && b > 0x8f))
		return 0;
	return 4;
}

size_t
utf8_ascii(struct str s, size_t at)
{
	size_t	i = at;

	while (i < s.n && s.p[i] != '\0' && (unsigned char)s.p[i] < 0x80)
		i++;
	return i - at;
}

struct str
utf8_prefix(struct str s, size_t max)
{
	size_t	n = max;

	if (s.n <= max)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

struct str
utf8_clean(struct arena *a, struct str s, size_t max)
{
	struct out	o;
	char		*p;

	if (s.p == NULL)
		return s;
	/* The last sequence may reach beyond; then it is cut off whole. */
	s = str_sub(s, 0, max + 3);
	if (utf8_ascii(s, 0) == s.n)
		return arena_copy(a, str_sub(s, 0, max));
	p = arena_alloc(a, 3 * s.n + 1, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, 3 * s.n);
	out_utf8(&o, s);
	return utf8_prefix(out_str(&o), max);
}
