/* Read single values of a route's spec. See route_value.h. */
#include "route_value.h"
#include "url.h"

#define MAX_URL 2048	/* bytes */
#define MAX_IDENTIFIER 63	/* PostgreSQL's */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* How many decimal digits it begins with. */
static size_t
digits(struct str s)
{
	size_t	n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

bool
duration_parse(struct str s, int64_t max_ms, int64_t *ms)
{
	static const struct {
		const char	*name;
		int64_t		 ms;
	} units[] = {
		{ "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 },
		{ "d", 86400000 },
	};
	const size_t	n = digits(s);
	uint64_t	count;
	size_t		i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (str_eq(str_sub(s, n, s.n), str_from(units[i].name)))
			break;
	if (i == sizeof(units) / sizeof(units[0]) || !str_to_uint(
	    str_sub(s, 0, n), (uint64_t)(max_ms / units[i].ms), &count) ||
	    count == 0)
		return false;
	*ms = (int64_t)count * units[i].ms;
	return true;
}

static int
day_of(struct str s)
{
	static const char	*const names[] = { "sun", "mon", "tue", "wed",
				    "thu", "fri", "sat" };
	int	i;

	for (i = 0; i < 7; i++)
		if (str_ieq(s, str_from(names[i])))
			return i;
	return -1;
}

/* "Mon-Fri,Sun" as bits; 0 when it is not that. */
static unsigned
parse_days(struct str s)
{
	struct str	part, first;
	unsigned	days = 0;
	int		day, last;

	while (str_cut(&s, ',', &part)) {
		(void)str_cut(&part, '-', &first);
		day = day_of(first);
		last = part.p == NULL ? day : day_of(part);
		if (day < 0 || last < 0)
			return 0;
		for (; day != last; day = (day + 1) % 7)
			days |= 1u << day;
		days |= 1u << last;
	}
	return days;
}

/* "09:00" in minutes; -1 when it is no time of a day. */
static int
parse_time(struct str s)
{
	uint64_t	hour, minute;

	if (s.n != 5 || s.p[2] != ':' ||
	    !str_to_uint(str_sub(s, 0, 2), 24, &hour) ||
	    !str_to_uint(str_sub(s, 3, 5), 59, &minute) ||
	    (hour == 24 && minute > 0))
		return -1;
	return (int)(hour * 60 + minute);
}

static bool
parse_times(struct str s, struct hours *h)
{
	struct str	from;

	(void)str_cut(&s, '-', &from);
	h->from = parse_time(from);
	h->to = parse_time(s);
	return h->from >= 0 && h->from < 1440 && h->to >= 0;
}

bool
hours_parse(struct str s, struct hours *h)
{
	struct str	word;

	*h = (struct hours){ .days = 0x7f, .from = 0, .to = 1440 };
	s = str_trim(s);
	if (s.n > 0 && is_digit(s.p[0]))
		return parse_times(s, h);
	(void)str_cut(&s, ' ', &word);
	h->days = parse_days(word);
	return h->days != 0 &&
	    (s.p == NULL || parse_times(str_trim(s), h));
}

bool
number_parse(struct str s, int64_t *out)
{
	const bool	minus = s.n > 0 && s.p[0] == '-';
	uint64_t	n;

	if (!str_to_uint(str_sub(s, minus, s.n), 999999999999999999, &n))
		return false;
	*out = minus ? -(int64_t)n : (int64_t)n;
	return true;
}

bool
is_variable(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (!is_letter(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || !is_digit(s.p[i])))
			return false;
	return s.n > 0 && s.n <= ROUTE_MAX_VARIABLE;
}

bool
session_condition_parse(struct str s, struct session_condition *c)
{
	static const struct {
		const char		*sign;
		enum session_test	 test;
	} signs[] = {
		{ ">=", SESSION_AT_LEAST }, { "!=", SESSION_DIFFERENT },
		{ "<", SESSION_BELOW }, { "=", SESSION_EQUAL },
	};
	struct str	sign;
	size_t		i, n = 0;

	*c = (struct session_condition){ .test = SESSION_SET, .name = s };
	if (s.n > 0 && s.p[0] == '!') {
		c->test = SESSION_UNSET;
		c->name = str_sub(s, 1, s.n);
		return is_variable(c->name);
	}
	while (n < s.n && str_find(STR("!<>="), s.p[n], 0) == 4)
		n++;
	c->name = str_sub(s, 0, n);
	if (n == s.n)
		return is_variable(s);
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		sign = str_from(signs[i].sign);
		if (str_starts(str_sub(s, n, s.n), sign))
			break;
	}
	if (i == sizeof(signs) / sizeof(signs[0]) || !is_variable(c->name))
		return false;
	c->test = signs[i].test;
	c->value = str_sub(s, n + sign.n, s.n);
	if (c->test == SESSION_AT_LEAST || c->test == SESSION_BELOW)
		return number_parse(c->value, &c->number);
	/* "a==b" is somebody's slip, not the value "=b". */
	return c->value.n == 0 || c->value.p[0] != '=';
}

static bool
is_identifier(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (!is_lower(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || !is_digit(s.p[i])))
			return false;
	return s.n > 0 && s.n <= MAX_IDENTIFIER;
}

bool
is_function(struct str s)
{
	struct str	schema;

	(void)str_cut(&s, '.', &schema);
	return is_identifier(schema) && is_identifier(s);
}

/* Printable ASCII without blanks, quotes and brackets: RFC 3986. */
static bool
is_url_text(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    str_find(STR("\"<>\\^`{|}"), s.p[i], 0) < 9)
			return false;
	return s.n > 0 && s.n <= MAX_URL;
}

static bool
is_web_url(struct str s)
{
	struct base	base;

	return is_url_text(s) && url_parse_base(s, &base) == URL_OK;
}

bool
is_app_url(struct str s)
{
	return is_web_url(s) && str_find(s, '#', 0) == s.n;
}

bool
is_redirect_url(struct str s)
{
	if (str_starts(s, STR("/")))
		return is_url_text(s) && !str_starts(s, STR("//"));
	return is_web_url(s);
}

bool
is_zone(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (!is_letter(s.p[i]) && !is_digit(s.p[i]) &&
		    str_find(STR("_+-/"), s.p[i], 0) == 4)
			return false;
	return s.n > 0 && s.n < 64 && s.p[0] != '/';
}

bool
is_item(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n <= ROUTE_MAX_TEXT;
}
