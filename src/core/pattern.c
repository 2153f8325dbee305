/* Match a text against a pattern. See pattern.h. */
#include "pattern.h"

struct atom {
	const char	*from, *to;	/* without what says how often */
	size_t		 min, max;
	const char	*next;
};

static const char *
end_of_atom(const char *p)
{
	if (*p == '\\')
		return p[1] == '\0' ? p + 1 : p + 2;
	if (*p != '[')
		return p + 1;
	while (*p != '\0' && *p != ']')
		p += *p == '\\' && p[1] != '\0' ? 2 : 1;
	return *p == ']' ? p + 1 : p;
}

static const char *
read_number(const char *p, size_t *n)
{
	*n = 0;
	while (*p >= '0' && *p <= '9')
		*n = *n * 10 + (size_t)(*p++ - '0');
	return p;
}

static const char *
read_count(const char *p, struct atom *a)
{
	a->min = a->max = 1;
	switch (*p) {
	case '*':
	case '+':
		a->min = *p == '+';
		a->max = SIZE_MAX;
		return p + 1;
	case '?':
		a->min = 0;
		return p + 1;
	case '{':
		p = read_number(p + 1, &a->min);
		a->max = a->min;
		if (*p == ',' && p[1] == '}') {
			a->max = SIZE_MAX;
			p++;
		} else if (*p == ',')
			p = read_number(p + 1, &a->max);
		return *p == '}' ? p + 1 : p;
	}
	return p;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One member of a class at *p, which is moved on: "a", "\s" or "a-z". */
static bool
member_takes(const char **p, const char *to, unsigned char c)
{
	const char	*m = *p;
	unsigned char	 low, high;

	if (*m == '\\' && m + 1 < to) {
		*p = m + 2;
		return m[1] == 's' ? is_blank((char)c) :
		    (unsigned char)m[1] == c;
	}
	low = high = (unsigned char)*m;
	if (m + 2 < to && m[1] == '-') {
		high = (unsigned char)m[2];
		m += 2;
	}
	*p = m + 1;
	return c >= low && c <= high;
}

static bool
takes(const struct atom *a, char c)
{
	const char	*p = a->from, *to = a->to - 1;
	bool		 negated, found = false;

	if (*p == '.')
		return true;
	if (*p != '[')
		return member_takes(&p, a->to, (unsigned char)c);
	p++;
	negated = *p == '^';
	if (negated)
		p++;
	while (p < to)
		if (member_takes(&p, to, (unsigned char)c))
			found = true;
	return found != negated;
}

/* One alternative, as greedy as the rest lets it be. */
static bool
matches(const char *pattern, struct str s)
{
	struct atom	a;
	size_t		n = 0;

	if (*pattern == '\0' || *pattern == '|')
		return s.n == 0;
	a.from = pattern;
	a.to = end_of_atom(pattern);
	a.next = read_count(a.to, &a);
	while (n < s.n && n < a.max && takes(&a, s.p[n]))
		n++;
	for (; n >= a.min; n--) {
		if (matches(a.next, str_sub(s, n, s.n)))
			return true;
		if (n == 0)
			break;
	}
	return false;
}

bool
pattern_matches(const char *pattern, struct str s)
{
	if (s.p == NULL)
		s = STR("");
	for (;;) {
		if (matches(pattern, s))
			return true;
		while (*pattern != '\0' && *pattern != '|')
			pattern = end_of_atom(pattern);
		if (*pattern == '\0')
			return false;
		pattern++;
	}
}
