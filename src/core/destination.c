/* Read destinations. See destination.h. */
#include "destination.h"
#include "json.h"
#include "url.h"

/* A number of the spec: where it goes, what it may be and is without. */
struct number {
	const char	*key;
	size_t		 at;
	int64_t		 least, most, otherwise;
};

#define AT(member) offsetof(struct destination, member)

static const struct number numbers[] = {
	{ "attempts", AT(attempts), 1, DESTINATION_MAX_ATTEMPTS,
	    DESTINATION_ATTEMPTS },
	{ "age_ms", AT(age_ms), 1000, DESTINATION_MAX_AGE_MS,
	    DESTINATION_AGE_MS },
	{ "connect_ms", AT(connect_ms), 1, DESTINATION_MAX_TIMEOUT_MS,
	    DESTINATION_CONNECT_MS },
	{ "first_byte_ms", AT(first_byte_ms), 1, DESTINATION_MAX_TIMEOUT_MS,
	    DESTINATION_FIRST_BYTE_MS },
	{ "timeout_ms", AT(timeout_ms), 1, DESTINATION_MAX_TIMEOUT_MS,
	    DESTINATION_TIMEOUT_MS },
	{ "concurrency", AT(concurrency), 1, 10000, 0 },
	{ "response", AT(response), 0, DESTINATION_MAX_RESPONSE,
	    DESTINATION_RESPONSE },
};

static const struct number rate_numbers[] = {
	{ "n", AT(rate_n), 1, 1000000, 0 },
	{ "per_ms", AT(rate_per_ms), 1, 86400000, 1000 },
};

static const struct number backoff_numbers[] = {
	{ "first_ms", AT(backoff.first_ms), 0, BACKOFF_MAX_MS,
	    DESTINATION_FIRST_MS },
	{ "cap_ms", AT(backoff.cap_ms), 0, BACKOFF_MAX_MS,
	    DESTINATION_CAP_MS },
};

static const struct number breaker_numbers[] = {
	{ "failures", AT(breaker_failures), 1, 1000000,
	    DESTINATION_BREAKER_FAILURES },
	{ "cool_ms", AT(breaker_cool_ms), 1, BACKOFF_MAX_MS,
	    DESTINATION_BREAKER_COOL_MS },
	{ "cap_ms", AT(breaker_cap_ms), 1, BACKOFF_MAX_MS,
	    DESTINATION_BREAKER_CAP_MS },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct reader {
	struct arena		*arena;
	struct str		 spec;
	struct destination	*d;
	struct out		*why;
};

/* "key: what"; always false. */
static bool
fault(const struct reader *r, const char *key, const char *what)
{
	out_cstr(r->why, key);
	out_cstr(r->why, ": ");
	out_cstr(r->why, what);
	return false;
}

static struct str
member(const struct reader *r, const char *key)
{
	struct str	v = json_get(r->spec, key);

	return json_type(v) == JSON_NULL ? (struct str){ NULL, 0 } : v;
}

/* A member's text; absent, where it is no string, with its fault said. */
static bool
text(const struct reader *r, const char *key, struct str *out)
{
	struct str	v = member(r, key);

	*out = (struct str){ NULL, 0 };
	if (v.p == NULL)
		return true;
	if (json_type(v) != JSON_STRING)
		return fault(r, key, "it must be a text");
	*out = json_text(r->arena, v);
	return out->p != NULL;
}

static bool
whole_number(struct str v, int64_t least, int64_t most, int64_t *out)
{
	uint64_t	n;

	if (!str_to_uint(v, (uint64_t)most, &n) || (int64_t)n < least)
		return false;
	*out = (int64_t)n;
	return true;
}

/* Those of a table, from members of one object; absent: all otherwise. */
static bool
take_numbers(const struct reader *r, struct str object, const char *name,
    const struct number *t, size_t n)
{
	struct str	v;
	int64_t		*to;
	size_t		i;

	for (i = 0; i < n; i++) {
		to = (int64_t *)(void *)((char *)r->d + t[i].at);
		*to = t[i].otherwise;
		v = json_get(object, t[i].key);
		if (json_type(v) != JSON_NULL &&
		    !whole_number(v, t[i].least, t[i].most, to)) {
			out_cstr(r->why, name);
			out_cstr(r->why, t[i].key);
			out_cstr(r->why, ": it must be a whole number from ");
			out_int(r->why, t[i].least);
			out_cstr(r->why, " to ");
			out_int(r->why, t[i].most);
			return false;
		}
	}
	return true;
}

/* Text that goes into a header, or is a program's argument. */
static bool
has_control(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

static bool
take_url(const struct reader *r, struct str url)
{
	struct base		b;
	enum url_result		result = url_parse_base(url, &b);
	size_t			i;

	if (result != URL_OK)
		return fault(r, "url", url_strerror(result));
	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return fault(r, "url", "it has a blank or a control "
			    "character; write it as %XX");
	r->d->url = arena_cstr(r->arena, url);
	return r->d->url != NULL;
}

static bool
take_exec(const struct reader *r, struct str list)
{
	struct json_walk	w;
	struct json_item	item;
	struct str		s;
	size_t			n = 0;

	if (json_type(list) != JSON_ARRAY || !json_open(list, &w))
		return fault(r, "exec", "it must be a list: the program and "
		    "its arguments");
	while (json_next(&w, &item)) {
		s = json_text(r->arena, item.value);
		if (json_type(item.value) != JSON_STRING ||
		    n == DESTINATION_MAX_ARGUMENTS)
			return fault(r, "exec", "it must be at most 32 texts");
		r->d->exec[n] = arena_cstr(r->arena, s);
		if (r->d->exec[n++] == NULL)
			return false;
	}
	if (n == 0 || r->d->exec[0][0] != '/')
		return fault(r, "exec", "the program must be an absolute "
		    "path, such as /usr/local/lib/hooks/notify");
	return true;
}

static bool
take_target(const struct reader *r)
{
	struct str	url, exec = member(r, "exec");

	if (!text(r, "url", &url))
		return false;
	if ((url.p == NULL) == (exec.p == NULL))
		return fault(r, "url", "there must be either url or exec");
	return url.p != NULL ? take_url(r, url) : take_exec(r, exec);
}

static bool
take_body(const struct reader *r)
{
	static const char	*const names[] = {
		[DESTINATION_JSON] = "json",
		[DESTINATION_FORM] = "form",
		[DESTINATION_BOTH] = "both",
	};
	struct str		s;
	size_t			i;

	if (!text(r, "body", &s))
		return false;
	r->d->raw = str_eq(member(r, "raw"), STR("true"));
	if (s.p == NULL)
		s = STR("json");
	for (i = 0; i < COUNT(names); i++)
		if (str_eq(s, str_from(names[i]))) {
			r->d->body = (enum destination_body)i;
			return true;
		}
	return fault(r, "body", "it must be json, form or both");
}

static bool
take_sign(const struct reader *r)
{
	struct str		list = member(r, "sign"), s;
	struct json_walk	w;
	struct json_item	item;

	r->d->standard = list.p == NULL && r->d->url != NULL;
	if (list.p == NULL)
		return true;
	if (json_type(list) != JSON_ARRAY || !json_open(list, &w))
		return fault(r, "sign", "it must be a list");
	while (json_next(&w, &item)) {
		s = json_text(r->arena, item.value);
		if (str_eq(s, STR("standard")))
			r->d->standard = true;
		else if (str_eq(s, STR("twilio")))
			r->d->twilio = true;
		else
			return fault(r, "sign", "its items are standard and "
			    "twilio");
	}
	return true;
}

/* RFC 9110 section 5.6.2. */
static bool
is_token(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' ||
		    (unsigned char)s.p[i] >= 0x7f ||
		    str_find(STR("()<>@,;:\\\"/[]?={}"), s.p[i], 0) < 17)
			return false;
	return s.n > 0;
}

static bool
take_header(const struct reader *r, const struct json_item *item)
{
	struct header	h;

	h.name = json_text(r->arena, item->name);
	h.value = json_text(r->arena, item->value);
	if (!is_token(h.name) || json_type(item->value) != JSON_STRING ||
	    has_control(h.value))
		return fault(r, "headers", "it must be an object of names of "
		    "headers and texts");
	if (r->d->nheaders == DESTINATION_MAX_HEADERS)
		return fault(r, "headers", "there are more than 16");
	r->d->header[r->d->nheaders++] = h;
	return true;
}

static bool
take_headers(const struct reader *r)
{
	struct str		headers = member(r, "headers");
	struct json_walk	w;
	struct json_item	item;

	if (headers.p == NULL)
		return true;
	if (json_type(headers) != JSON_OBJECT || !json_open(headers, &w))
		return fault(r, "headers", "it must be an object");
	while (json_next(&w, &item))
		if (!take_header(r, &item))
			return false;
	return true;
}

/* By the content type, without its parameters. */
static enum template_form
form_of(struct str type)
{
	type = str_trim(str_sub(type, 0, str_find(type, ';', 0)));
	if (str_ieq(type, STR("application/json")) ||
	    str_ends(type, STR("+json")))
		return TEMPLATE_JSON;
	if (str_ieq(type, STR("application/x-www-form-urlencoded")))
		return TEMPLATE_FORM;
	if (str_ieq(type, STR("text/xml")) ||
	    str_ieq(type, STR("application/xml")) ||
	    str_ends(type, STR("+xml")))
		return TEMPLATE_XML;
	return TEMPLATE_TEXT;
}

static bool
take_transform(const struct reader *r)
{
	struct destination	*d = r->d;
	struct str		 source;
	size_t			 said = r->why->n;

	if (!text(r, "type", &d->type) || !text(r, "template", &source) ||
	    !text(r, "transform_sql", &d->transform_sql))
		return false;
	if (d->type.p == NULL)
		d->type = STR("application/json");
	if (has_control(d->type))
		return fault(r, "type", "it must be a content type");
	d->template_form = form_of(d->type);
	if (source.p == NULL)
		return true;
	if (d->transform_sql.p != NULL)
		return fault(r, "template", "there must not be transform_sql "
		    "beside it");
	out_cstr(r->why, "template: ");
	d->template = template_compile(r->arena, source, d->template_form,
	    r->why);
	if (d->template == NULL)
		return false;
	r->why->n = said;
	return true;
}

static bool
take_schedule(const struct reader *r)
{
	struct str		list = member(r, "schedule_ms");
	struct backoff		*b = &r->d->backoff;
	struct json_walk	w;
	struct json_item	item;

	if (!take_numbers(r, member(r, "backoff"), "backoff.",
	    backoff_numbers, COUNT(backoff_numbers)))
		return false;
	if (list.p == NULL)
		return true;
	if (json_type(list) != JSON_ARRAY || !json_open(list, &w))
		return fault(r, "schedule_ms", "it must be a list");
	while (json_next(&w, &item)) {
		if (b->steps == BACKOFF_MAX_STEPS ||
		    !whole_number(item.value, 0, BACKOFF_MAX_MS,
		    &b->step_ms[b->steps]))
			return fault(r, "schedule_ms", "it must be at most 64 "
			    "numbers of milliseconds, of 7 days at most");
		b->steps++;
	}
	/* One attempt, and one after each pause. */
	if (b->steps > 0 && member(r, "attempts").p == NULL)
		r->d->attempts = (int64_t)b->steps + 1;
	return true;
}

static bool
take_retry_on(const struct reader *r)
{
	struct str	s;
	size_t		said = r->why->n;

	if (!text(r, "retry_on", &s))
		return false;
	if (s.p == NULL)
		s = STR(DESTINATION_RETRY_ON);
	out_cstr(r->why, "retry_on: ");
	if (!backoff_statuses_parse(s, &r->d->retry_on, r->why))
		return false;
	r->why->n = said;
	return true;
}

static bool
take_order(const struct reader *r)
{
	struct str	order, stuck, breaker = member(r, "breaker");

	if (!text(r, "order", &order) || !text(r, "stuck", &stuck) ||
	    !take_numbers(r, member(r, "rate"), "rate.", rate_numbers,
	    COUNT(rate_numbers)) || !take_numbers(r, breaker, "breaker.",
	    breaker_numbers, COUNT(breaker_numbers)))
		return false;
	if (str_eq(breaker, STR("false")))
		r->d->breaker_failures = 0;
	r->d->ordered = str_eq(order, STR("resource"));
	r->d->hold = str_eq(stuck, STR("hold"));
	if (!r->d->ordered && order.p != NULL && !str_eq(order, STR("none")))
		return fault(r, "order", "it must be none or resource");
	if (!r->d->hold && stuck.p != NULL && !str_eq(stuck, STR("skip")))
		return fault(r, "stuck", "it must be skip or hold");
	return true;
}

bool
destination_parse(struct arena *a, struct str spec, struct destination *d,
    struct out *why)
{
	struct reader	r = { a, spec, d, why };

	*d = (struct destination){ .id = 0 };
	if (!json_valid(spec) || json_type(spec) != JSON_OBJECT) {
		out_cstr(why, "it must be a JSON object");
		return false;
	}
	return take_numbers(&r, spec, "", numbers, COUNT(numbers)) &&
	    take_target(&r) && take_body(&r) && take_sign(&r) &&
	    take_headers(&r) && take_transform(&r) && take_schedule(&r) &&
	    take_retry_on(&r) && take_order(&r) && !a->full;
}

static void
take_secrets(struct arena *a, struct str list, struct destination *d)
{
	struct json_walk	w;
	struct json_item	item;

	if (!json_open(list, &w))
		return;
	while (d->nsecrets < DESTINATION_SECRETS && json_next(&w, &item))
		d->secret[d->nsecrets++] = json_text(a, item.value);
}

/* One element of what SQL gives. */
static void
load(struct arena *a, struct str value, struct destination *d)
{
	char		buf[512];
	struct out	why = out_init(buf, sizeof(buf));
	struct str	broken = { NULL, 0 };
	int64_t		id = 0;

	if (!destination_parse(a, json_get(value, "spec"), d, &why))
		broken = arena_copy(a, out_str(&why));
	d->broken = broken;
	(void)whole_number(json_get(value, "id"), 1, INT32_MAX, &id);
	d->id = (int32_t)id;
	d->name = json_text(a, json_get(value, "name"));
	take_secrets(a, json_get(value, "secrets"), d);
}

static size_t
count(struct str list)
{
	struct json_walk	w;
	struct json_item	item;
	size_t			n = 0;

	if (json_open(list, &w))
		while (json_next(&w, &item))
			n++;
	return n;
}

bool
destinations_load(struct arena *a, struct str list, struct destinations *out)
{
	struct json_walk	w;
	struct json_item	item;
	size_t			n;

	*out = (struct destinations){ NULL, 0 };
	if (!json_valid(list) || json_type(list) != JSON_ARRAY)
		return false;
	n = count(list);
	out->at = arena_alloc(a, n, sizeof(*out->at));
	if (out->at == NULL || !json_open(list, &w))
		return false;
	while (out->n < n && json_next(&w, &item))
		load(a, item.value, &out->at[out->n++]);
	return !a->full;
}

const struct destination *
destinations_find(const struct destinations *all, int32_t id)
{
	size_t	i;

	for (i = 0; i < all->n; i++)
		if (all->at[i].id == id)
			return &all->at[i];
	return NULL;
}
