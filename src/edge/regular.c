/*
 * Regular expressions. See regular.h.
 *
 * Without back-references glibc's matcher needs time in proportion to
 * pattern times subject; both are bounded here. Its other hazards are
 * bounded as well: repetitions are written out when compiled, "((a{99}){99}"
 * and even "a+++++", and the states that it makes while it matches are kept
 * for ever.
 */
#include <regex.h>
#include <string.h>

#include "regular.h"

#define MAX_REPEAT 255
#define MAX_DEPTH 16		/* groups in groups */
#define MAX_SIZE 500		/* characters, with repetitions written out */
#define CACHE_SLOTS 64
#define USES 1000		/* then its states are given back */

struct compiled {
	char		text[REGULAR_MAX_BYTES + 1];
	size_t		n;	/* 0: the slot is empty */
	bool		good;
	unsigned	uses;
	regex_t		regex;
};

/* Of one process, which has one thread; by the pattern's text. */
static struct compiled	cache[CACHE_SLOTS];

/* Sizes of a pattern while it is read; [0] is the pattern itself. */
struct size {
	uint64_t	whole[MAX_DEPTH + 1];	/* of each open group */
	uint64_t	last;			/* of what stood last */
	size_t		depth;
};

/* What stands in brackets, from '[' on, to what is behind. */
static size_t
skip_bracket(struct str s, size_t i)
{
	char	kind;

	i++;
	if (i < s.n && s.p[i] == '^')
		i++;
	if (i < s.n && s.p[i] == ']')
		i++;
	while (i < s.n && s.p[i] != ']') {
		if (s.p[i++] != '[' || i == s.n)
			continue;
		kind = s.p[i];	/* [:alpha:], [.-.] or [=a=] */
		if (kind != ':' && kind != '.' && kind != '=')
			continue;
		for (i++; i + 1 < s.n; i++)
			if (s.p[i] == kind && s.p[i + 1] == ']')
				break;
		i += 2;
	}
	return i < s.n ? i + 1 : s.n;
}

/* "{2,5}" from its '{' on: the greater number, and what is behind. */
static bool
read_repeat(struct str s, size_t *i, uint64_t *times)
{
	struct str	inner, low;
	size_t		end = str_find(s, '}', *i);
	uint64_t	n = 0, most = 0;

	inner = str_sub(s, *i + 1, end);
	(void)str_cut(&inner, ',', &low);
	if (end == s.n || !str_to_uint(low, MAX_REPEAT, &n) ||
	    (inner.n > 0 && !str_to_uint(inner, MAX_REPEAT, &most)))
		return false;
	*times = most > n ? most : n;
	*times += inner.p != NULL;	/* "{2,}" is "aaa*" */
	*i = end + 1;
	return true;
}

static bool
refuse(struct out *why, const char *what)
{
	out_cstr(why, what);
	return false;
}

static void
add(struct size *z, uint64_t n)
{
	z->whole[z->depth] += n;
	z->last = n;
}

/* What stood last is written out so many times. */
static void
repeat(struct size *z, uint64_t times)
{
	z->whole[z->depth] += z->last * times;
	z->last *= times;
}

static bool
read_group(struct size *z, char c, struct out *why)
{
	uint64_t	inner;

	if (c == '(') {
		if (z->depth == MAX_DEPTH)
			return refuse(why, "it has more than 16 groups in "
			    "groups");
		z->whole[++z->depth] = 0;
		z->last = 0;
	} else if (z->depth > 0) {
		inner = z->whole[z->depth--];
		add(z, inner + 1);
	}
	return true;
}

/* "{2,5}" or '+', which is "aa*"; '*' and '?' stand for no copy. */
static bool
read_times(struct str s, size_t *i, struct size *z, struct out *why)
{
	uint64_t	times = 2;

	if (s.p[*i] == '{') {
		if (!read_repeat(s, i, &times))
			return refuse(why, "{ must be followed by one or two "
			    "numbers up to 255, as {2,5}; \\{ is a brace");
		repeat(z, times);
		return true;
	}
	if (s.p[(*i)++] == '+')
		repeat(z, times);
	return true;
}

/* One character of the pattern, or what stands for one. */
static bool
read_one(struct str s, size_t *i, struct size *z, struct out *why)
{
	switch (s.p[*i]) {
	case '(':
	case ')':
		return read_group(z, s.p[(*i)++], why);
	case '{':
	case '+':
	case '*':
	case '?':
		return read_times(s, i, z, why);
	case '[':
		*i = skip_bracket(s, *i);
		break;
	case '\\':
		if (*i + 1 < s.n && s.p[*i + 1] >= '1' && s.p[*i + 1] <= '9')
			return refuse(why, "back-references such as \\1 are "
			    "not supported");
		*i += 2;
		break;
	default:
		(*i)++;
	}
	add(z, 1);
	return true;
}

/* Refuse what libc could not carry. */
static bool
check_size(struct str s, struct out *why)
{
	struct size	z = { { 0 }, 0, 0 };
	size_t		i = 0;

	while (i < s.n) {
		if (!read_one(s, &i, &z, why))
			return false;
		if (z.whole[z.depth] > MAX_SIZE)
			return refuse(why, "its repetitions are too large");
	}
	return true;
}

/* False: *why says what is wrong with it, and regex is not to be freed. */
static bool
compile(struct str s, regex_t *regex, struct out *why)
{
	char	text[REGULAR_MAX_BYTES + 1], message[128];
	int	rc;

	if (s.n == 0 || s.n > REGULAR_MAX_BYTES || memchr(s.p, 0, s.n) != NULL)
		return refuse(why, "it must have 1 to 256 bytes");
	if (!check_size(s, why))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	rc = regcomp(regex, text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
	if (rc == 0)
		return true;
	(void)regerror(rc, regex, message, sizeof(message));
	return refuse(why, message);
}

bool
regular_check(struct str pattern, struct out *why)
{
	regex_t	regex;

	if (!compile(pattern, &regex, why))
		return false;
	regfree(&regex);
	return true;
}

static void
forget(struct compiled *c)
{
	if (c->n > 0 && c->good)
		regfree(&c->regex);
	c->n = 0;
}

void
regular_forget(void)
{
	size_t	i;

	for (i = 0; i < CACHE_SLOTS; i++)
		forget(&cache[i]);
}

static struct compiled *
slot_of(struct str pattern)
{
	uint32_t	hash = 2166136261u;	/* FNV-1a */
	size_t		i;

	for (i = 0; i < pattern.n; i++)
		hash = (hash ^ (unsigned char)pattern.p[i]) * 16777619u;
	return &cache[hash % CACHE_SLOTS];
}

static struct compiled *
get(struct str pattern)
{
	struct compiled	*c = slot_of(pattern);
	struct out	 nobody = out_init(NULL, 0);

	if (c->n == pattern.n && memcmp(c->text, pattern.p, c->n) == 0 &&
	    c->uses++ < USES)
		return c;
	forget(c);
	c->uses = 0;
	c->good = compile(pattern, &c->regex, &nobody);
	memcpy(c->text, pattern.p, pattern.n);
	c->n = pattern.n;
	return c;
}

bool
regular_matches(struct str pattern, struct str subject)
{
	char			 text[REGULAR_MAX_SUBJECT + 1];
	const struct compiled	*c;
	size_t			 i, n;

	if (pattern.n == 0 || pattern.n > REGULAR_MAX_BYTES)
		return false;
	c = get(pattern);
	n = str_sub(subject, 0, REGULAR_MAX_SUBJECT).n;
	for (i = 0; i < n; i++)
		text[i] = subject.p[i] == '\0' ? ' ' : subject.p[i];
	text[n] = '\0';
	return c->good && regexec(&c->regex, text, 0, NULL, 0) == 0;
}
