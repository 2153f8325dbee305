/* When, and after which statuses, is tried again. See backoff.h. */
#include "backoff.h"
#include "date.h"

int64_t
backoff_delay(const struct backoff *b, int attempt, uint64_t random)
{
	int64_t	most = b->first_ms;
	size_t	n = attempt < 1 ? 0 : (size_t)attempt - 1;

	if (b->steps > 0)
		return b->step_ms[n < b->steps ? n : b->steps - 1];
	for (; n > 0 && most > 0 && most < b->cap_ms; n--)
		most *= 2;
	if (most > b->cap_ms)
		most = b->cap_ms;
	if (most <= 0)
		return 0;
	return (int64_t)(random % ((uint64_t)most + 1));
}

static bool
is_separator(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == ',';
}

static bool
take_status(struct str s, int *status)
{
	uint64_t	v;

	if (s.n != 3 || !str_to_uint(s, 599, &v) || v < 100)
		return false;
	*status = (int)v;
	return true;
}

/* "503", "500-599", "!501". */
static bool
take_range(struct str s, struct backoff_range *r)
{
	size_t	dash;

	r->not = s.n > 0 && s.p[0] == '!';
	s = str_sub(s, r->not ? 1 : 0, s.n);
	dash = str_find(s, '-', 0);
	if (!take_status(str_sub(s, 0, dash), &r->from))
		return false;
	r->to = r->from;
	return dash == s.n || (take_status(str_sub(s, dash + 1, s.n),
	    &r->to) && r->to >= r->from);
}

/* The next item, or one without bytes at the end. */
static struct str
cut_item(struct str *s)
{
	struct str	item;
	size_t		i = 0;

	while (s->n > 0 && is_separator(s->p[0]))
		*s = str_sub(*s, 1, s->n);
	while (i < s->n && !is_separator(s->p[i]))
		i++;
	item = str_sub(*s, 0, i);
	*s = str_sub(*s, i, s->n);
	return item;
}

bool
backoff_statuses_parse(struct str s, struct backoff_statuses *out,
    struct out *why)
{
	struct str	item;

	out->n = 0;
	while ((item = cut_item(&s)).n > 0) {
		if (out->n == BACKOFF_MAX_STATUSES) {
			out_cstr(why, "more than 32 statuses and ranges");
			return false;
		}
		if (!take_range(item, &out->at[out->n++])) {
			out_printable(why, str_sub(item, 0, 32));
			out_cstr(why, " is no status; write such as 429, "
			    "500-599 or !501");
			return false;
		}
	}
	return true;
}

bool
backoff_statuses_has(const struct backoff_statuses *s, long status)
{
	bool	has = s->n > 0 && s->at[0].not;
	size_t	i;

	for (i = 0; i < s->n; i++)
		if (status >= s->at[i].from && status <= s->at[i].to)
			has = !s->at[i].not;
	return has;
}

int64_t
backoff_retry_after(struct str s, int64_t now_ms)
{
	uint64_t	seconds;
	int64_t		ms;

	s = str_trim(s);
	if (s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9') {
		/* Digits beyond any sense are the most, too. */
		if (!str_to_uint(str_sub(s, 0, 9), INT32_MAX, &seconds))
			return -1;
		for (; s.n > 9; s.n--)
			if (s.p[s.n - 1] < '0' || s.p[s.n - 1] > '9')
				return -1;
		ms = (int64_t)seconds * 1000;
	} else if (date_parse(s, &ms))
		ms -= now_ms;
	else
		return -1;
	if (ms < 0)
		return 0;
	return ms < BACKOFF_MAX_RETRY_AFTER_MS ? ms :
	    BACKOFF_MAX_RETRY_AFTER_MS;
}
