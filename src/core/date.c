/* Read dates of RFC 3339 and RFC 2822. See date.h. */
#include "date.h"

/* A date and time as written; zone in minutes east of Greenwich. */
struct parts {
	uint64_t	year;
	uint64_t	month;
	uint64_t	day;
	uint64_t	hour;
	uint64_t	minute;
	uint64_t	second;
	int64_t		ms;
	int64_t		zone;
};

static bool
take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

/* Just so many digits, of a number from least to most. */
static bool
take_number(struct str *s, size_t digits, uint64_t least, uint64_t most,
    uint64_t *out)
{
	if (s->n < digits || !str_to_uint(str_sub(*s, 0, digits), most, out) ||
	    *out < least)
		return false;
	*s = str_sub(*s, digits, s->n);
	return true;
}

/* One of the three-letter names in a row; its number, from 0. */
static bool
take_name(struct str *s, struct str names, uint64_t *out)
{
	for (*out = 0; *out * 3 < names.n; ++*out)
		if (str_starts(*s, str_sub(names, *out * 3, *out * 3 + 3))) {
			*s = str_sub(*s, 3, s->n);
			return true;
		}
	return false;
}

static bool
take_time(struct str *s, struct parts *t)
{
	return take_number(s, 2, 0, 23, &t->hour) && take_char(s, ':') &&
	    take_number(s, 2, 0, 59, &t->minute) && take_char(s, ':') &&
	    take_number(s, 2, 0, 60, &t->second);
}

/* +hh:mm, or +hhmm without the colon. */
static bool
take_offset(struct str *s, bool colon, struct parts *t)
{
	uint64_t	hours, minutes;
	bool		east = take_char(s, '+');

	if ((!east && !take_char(s, '-')) ||
	    !take_number(s, 2, 0, 23, &hours) ||
	    (colon && !take_char(s, ':')) ||
	    !take_number(s, 2, 0, 59, &minutes))
		return false;
	t->zone = (int64_t)(hours * 60 + minutes);
	if (!east)
		t->zone = -t->zone;
	return true;
}

/* ".123": at least one digit, three of them count. */
static bool
take_fraction(struct str *s, struct parts *t)
{
	int64_t	unit = 100;

	if (!take_char(s, '.'))
		return true;
	if (s->n == 0 || s->p[0] < '0' || s->p[0] > '9')
		return false;
	for (; s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9'; unit /= 10) {
		t->ms += (s->p[0] - '0') * unit;
		*s = str_sub(*s, 1, s->n);
	}
	return true;
}

/* RFC 3339 section 5.6. */
static bool
parse_3339(struct str s, struct parts *t)
{
	if (!take_number(&s, 4, 0, 9999, &t->year) || !take_char(&s, '-') ||
	    !take_number(&s, 2, 1, 12, &t->month) || !take_char(&s, '-') ||
	    !take_number(&s, 2, 1, 31, &t->day) ||
	    (!take_char(&s, 'T') && !take_char(&s, 't')) ||
	    !take_time(&s, t) || !take_fraction(&s, t))
		return false;
	return (take_char(&s, 'Z') || take_char(&s, 'z') ||
	    take_offset(&s, true, t)) && s.n == 0;
}

/* RFC 2822 section 3.3, with one blank where it allows more. */
static bool
parse_2822(struct str s, struct parts *t, uint64_t *weekday)
{
	*weekday = 7;		/* not said */
	if (take_name(&s, STR("SunMonTueWedThuFriSat"), weekday) &&
	    (!take_char(&s, ',') || !take_char(&s, ' ')))
		return false;
	if ((!take_number(&s, 2, 1, 31, &t->day) &&
	    !take_number(&s, 1, 1, 9, &t->day)) || !take_char(&s, ' ') ||
	    !take_name(&s, STR("JanFebMarAprMayJunJulAugSepOctNovDec"),
	    &t->month) || !take_char(&s, ' ') ||
	    !take_number(&s, 4, 1900, 9999, &t->year) ||
	    !take_char(&s, ' ') || !take_time(&s, t) || !take_char(&s, ' '))
		return false;
	t->month++;
	if (str_eq(s, STR("GMT")) || str_eq(s, STR("UT")))
		return true;
	return take_offset(&s, false, t) && s.n == 0;
}

static bool
is_leap(uint64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint64_t
days_in(uint64_t year, uint64_t month)
{
	static const unsigned char	days[] = { 31, 28, 31, 30, 31, 30, 31,
	    31, 30, 31, 30, 31 };

	return days[month - 1] + (uint64_t)(month == 2 && is_leap(year));
}

/* Days from 0000-01-01 of the Gregorian calendar to this one. */
static int64_t
day_number(const struct parts *t)
{
	uint64_t	before = t->year == 0 ? 0 : t->year - 1, m, days;

	days = t->year * 365;
	if (t->year > 0)	/* the year 0 is a leap year */
		days += before / 4 - before / 100 + before / 400 + 1;
	for (m = 1; m < t->month; m++)
		days += days_in(t->year, m);
	return (int64_t)(days + t->day - 1);
}

bool
date_parse(struct str s, int64_t *ms)
{
	static const struct parts	epoch = { .year = 1970, .month = 1,
	    .day = 1 };
	struct parts	t = { .ms = 0 };
	uint64_t	weekday = 7;
	int64_t		days;

	if (s.n > 4 && s.p[4] == '-' ? !parse_3339(s, &t) :
	    !parse_2822(s, &t, &weekday))
		return false;
	if (t.day > days_in(t.year, t.month))
		return false;
	days = day_number(&t);
	/* 0000-01-01 was a Saturday. */
	if (weekday < 7 && (days + 6) % 7 != (int64_t)weekday)
		return false;
	*ms = ((((days - day_number(&epoch)) * 24 + (int64_t)t.hour) * 60 +
	    (int64_t)t.minute - t.zone) * 60 + (int64_t)t.second) * 1000 +
	    t.ms;
	return true;
}
