/* Recognise UTF-8 sequences. See utf8.h. */
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
