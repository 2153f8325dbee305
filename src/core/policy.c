/* Read and write what people say of a destination. See policy.h. */
#include "destination.h"
#include "json.h"
#include "policy.h"
#include "route_value.h"

#define DAY_MS 86400000
#define MAX_COUNT 1000000	/* of a rate; breakers' are fewer */
#define MAX_CONCURRENCY 10000

#define NUMBER(n) NUMBER_(n)
#define NUMBER_(n) #n

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next of several words with blanks or commas between; false: none. */
static bool
next_word(struct str *rest, struct str *word)
{
	size_t	i = 0, end;

	while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == ','))
		i++;
	for (end = i; end < rest->n && rest->p[end] != ' ' &&
	    rest->p[end] != ',';)
		end++;
	*word = str_sub(*rest, i, end);
	*rest = str_sub(*rest, end, rest->n);
	return word->n > 0;
}

/* Whether it is one of "json|form|both". */
static bool
is_among(const char *words, struct str word)
{
	struct str	all = str_from(words), one;

	while (str_cut(&all, '|', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* "10s..1h", of which neither is more than most_ms nor the wrong way. */
static bool
is_range(struct str s, int64_t most_ms, int64_t *from, int64_t *to)
{
	size_t	at = str_search(s, STR(".."));

	return at < s.n && duration_parse(str_sub(s, 0, at), most_ms, from) &&
	    duration_parse(str_sub(s, at + 2, s.n), most_ms, to) &&
	    *from <= *to;
}

static void
add_key(struct out *o, const char *key)
{
	out_cstr(o, ", ");
	out_json(o, str_from(key));
	out_cstr(o, ": ");
}

static void
add_int(struct out *o, const char *before, int64_t n)
{
	out_cstr(o, before);
	out_int(o, n);
}

/* Milliseconds in the largest unit that has no rest. */
static void
add_duration(struct out *o, int64_t ms)
{
	static const struct {
		const char	*name;
		int64_t		 ms;
	} units[] = { { "d", DAY_MS }, { "h", 3600000 }, { "m", 60000 },
	    { "s", 1000 }, { "ms", 1 } };
	size_t	i = 0;

	while (units[i].ms > 1 && (ms == 0 || ms % units[i].ms != 0))
		i++;
	out_int(o, ms / units[i].ms);
	out_cstr(o, units[i].name);
}

static int64_t
number_of(struct str object, const char *key, int64_t otherwise)
{
	int64_t	n;

	return number_parse(json_get(object, key), &n) ? n : otherwise;
}

/* A word, a list of them, or any text. */

static bool
read_word(const struct policy_term *t, struct str text, struct out *o)
{
	if (!is_among(t->form, text))
		return false;
	add_key(o, t->key);
	out_json(o, text);
	return true;
}

static bool
read_words(const struct policy_term *t, struct str text, struct out *o)
{
	struct str	word;
	size_t		n = 0;

	add_key(o, t->key);
	out_char(o, '[');
	if (!str_eq(text, STR("none")))
		for (; next_word(&text, &word); n++) {
			if (!is_among("standard|twilio", word))
				return false;
			out_cstr(o, n == 0 ? "" : ", ");
			out_json(o, word);
		}
	out_char(o, ']');
	return true;
}

static bool
read_text(const struct policy_term *t, struct str text, struct out *o)
{
	add_key(o, t->key);
	out_json(o, text);
	return true;
}

/* One of two that a destination has only one of. */
static bool
read_transform(const struct policy_term *t, struct str text, struct out *o)
{
	const bool	sql = str_eq(str_from(t->key), STR("transform_sql"));

	if (sql && !is_function(text))
		return false;
	(void)read_text(t, text, o);
	add_key(o, sql ? "template" : "transform_sql");
	out_cstr(o, "null");
	return true;
}

static void
write_text(const struct policy_term *t, struct str value, struct arena *a,
    struct out *o)
{
	(void)t;
	out_bytes(o, json_text(a, value));
}

static void
write_words(const struct policy_term *t, struct str value, struct arena *a,
    struct out *o)
{
	struct json_walk	walk;
	struct json_item	item;
	size_t			n = 0;

	(void)t;
	if (json_open(value, &walk))
		for (; json_next(&walk, &item); n++) {
			out_cstr(o, n == 0 ? "" : ",");
			out_bytes(o, json_text(a, item.value));
		}
	if (n == 0)
		out_cstr(o, "none");
}

/* A number, or a time. */

static bool
read_number(const struct policy_term *t, struct str text, struct out *o)
{
	uint64_t	n;

	if (!str_to_uint(text, (uint64_t)t->most, &n) || n == 0)
		return false;
	add_key(o, t->key);
	out_int(o, (int64_t)n);
	return true;
}

static bool
read_duration(const struct policy_term *t, struct str text, struct out *o)
{
	int64_t	ms;

	if (!duration_parse(text, t->most, &ms))
		return false;
	add_key(o, t->key);
	out_int(o, ms);
	return true;
}

static void
write_duration(const struct policy_term *t, struct str value,
    struct arena *a, struct out *o)
{
	int64_t	ms = 0;

	(void)t;
	(void)a;
	(void)number_parse(value, &ms);
	add_duration(o, ms);
}

/* The times of retries: a list, or growing ones. */

static bool
read_schedule(const struct policy_term *t, struct str text, struct out *o)
{
	struct str	word;
	int64_t		ms;
	size_t		n = 0;

	add_key(o, t->key);
	out_char(o, '[');
	for (; next_word(&text, &word); n++) {
		if (n == BACKOFF_MAX_STEPS ||
		    !duration_parse(word, t->most, &ms))
			return false;
		add_int(o, n == 0 ? "" : ", ", ms);
	}
	out_char(o, ']');
	add_key(o, t->other);
	out_cstr(o, "null");
	return n > 0;
}

static bool
read_retry(const struct policy_term *t, struct str text, struct out *o)
{
	struct str	rest = text, word;
	int64_t		first, cap;

	if (!next_word(&rest, &word) || !str_eq(word, STR("exponential")))
		return read_schedule(t, text, o);
	if (!is_range(str_trim(rest), t->most, &first, &cap))
		return false;
	add_key(o, t->other);
	add_int(o, "{\"first_ms\": ", first);
	add_int(o, ", \"cap_ms\": ", cap);
	out_char(o, '}');
	add_key(o, t->key);
	out_cstr(o, "null");
	return true;
}

static void
write_retry(const struct policy_term *t, struct str value, struct arena *a,
    struct out *o)
{
	struct json_walk	walk;
	struct json_item	item;

	if (json_type(value) == JSON_OBJECT) {
		out_cstr(o, "exponential ");
		add_duration(o, number_of(value, "first_ms",
		    DESTINATION_FIRST_MS));
		out_cstr(o, "..");
		add_duration(o, number_of(value, "cap_ms",
		    DESTINATION_CAP_MS));
	} else if (json_open(value, &walk))
		while (json_next(&walk, &item)) {
			out_cstr(o, o->n == 0 ? "" : " ");
			write_duration(t, item.value, a, o);
		}
}

/* As it stands, once it can be read. */
static bool
read_statuses(const struct policy_term *t, struct str text, struct out *o)
{
	struct backoff_statuses	statuses;
	char			buf[256];
	struct out		why = out_init(buf, sizeof(buf));

	return backoff_statuses_parse(text, &statuses, &why) &&
	    statuses.n > 0 && read_text(t, text, o);
}

/* "10/s", "600/m", "1/30s". */
static bool
read_rate(const struct policy_term *t, struct str text, struct out *o)
{
	char		buf[16];
	struct out	one = out_init(buf, sizeof(buf));
	struct str	per = text, count;
	uint64_t	n;
	int64_t		ms;

	if (!str_cut(&per, '/', &count) || per.n == 0 ||
	    !str_to_uint(count, MAX_COUNT, &n) || n == 0)
		return false;
	if (!is_digit(per.p[0]))
		out_char(&one, '1');
	out_bytes(&one, per);
	if (one.overflow || !duration_parse(out_str(&one), t->most, &ms))
		return false;
	add_key(o, t->key);
	add_int(o, "{\"n\": ", (int64_t)n);
	add_int(o, ", \"per_ms\": ", ms);
	out_char(o, '}');
	return true;
}

static void
write_rate(const struct policy_term *t, struct str value, struct arena *a,
    struct out *o)
{
	char		buf[32];
	struct out	per = out_init(buf, sizeof(buf));
	struct str	s;

	(void)t;
	(void)a;
	add_duration(&per, number_of(value, "per_ms", 1000));
	s = out_str(&per);
	if (s.n > 1 && s.p[0] == '1' && !is_digit(s.p[1]))
		s = str_sub(s, 1, s.n);
	add_int(o, "", number_of(value, "n", 1));
	out_char(o, '/');
	out_bytes(o, s);
}

/* "10 30s..10m", "off". */
static bool
read_breaker(const struct policy_term *t, struct str text, struct out *o)
{
	struct str	count;
	uint64_t	n;
	int64_t		cool, cap;

	add_key(o, t->key);
	if (str_eq(text, STR("off"))) {
		out_cstr(o, "false");
		return true;
	}
	if (!next_word(&text, &count) || !str_to_uint(count, MAX_COUNT, &n) ||
	    n == 0 || !is_range(str_trim(text), t->most, &cool, &cap))
		return false;
	add_int(o, "{\"failures\": ", (int64_t)n);
	add_int(o, ", \"cool_ms\": ", cool);
	add_int(o, ", \"cap_ms\": ", cap);
	out_char(o, '}');
	return true;
}

static void
write_breaker(const struct policy_term *t, struct str value, struct arena *a,
    struct out *o)
{
	(void)t;
	(void)a;
	if (json_type(value) != JSON_OBJECT) {
		out_cstr(o, "off");
		return;
	}
	add_int(o, "", number_of(value, "failures",
	    DESTINATION_BREAKER_FAILURES));
	out_char(o, ' ');
	add_duration(o, number_of(value, "cool_ms",
	    DESTINATION_BREAKER_COOL_MS));
	out_cstr(o, "..");
	add_duration(o, number_of(value, "cap_ms",
	    DESTINATION_BREAKER_CAP_MS));
}

const struct policy_term policy_terms[] = {
	{ "body", "body", NULL, "json|form|both", 0, read_word, write_text },
	{ "sign", "sign", NULL, "standard, twilio, standard,twilio or none",
	    0, read_words, write_words },
	{ "template", "template", NULL, "a text, or @FILE", 0,
	    read_transform, write_text },
	{ "transform-sql", "transform_sql", NULL, "a function's name with "
	    "its schema, such as app.to_crm", 0, read_transform, write_text },
	{ "type", "type", NULL, "a Content-Type, such as application/json", 0,
	    read_text, write_text },
	{ "retry", "schedule_ms", "backoff", "times such as '5s 30s 2m 1h' "
	    "(64 at most, of 7d at most), or 'exponential 10s..1h'",
	    BACKOFF_MAX_MS, read_retry, write_retry },
	{ "retry-on", "retry_on", NULL, "statuses such as '408 429 500-599 "
	    "!501'", 0, read_statuses, write_text },
	{ "attempts", "attempts", NULL, "a number from 1 to 1000",
	    DESTINATION_MAX_ATTEMPTS, read_number, write_text },
	{ "age", "age_ms", NULL, "a time such as 12h or 3d, 30d at most",
	    DESTINATION_MAX_AGE_MS, read_duration, write_duration },
	{ "connect-timeout", "connect_ms", NULL, "a time such as 5s, 2m at "
	    "most", DESTINATION_MAX_TIMEOUT_MS, read_duration,
	    write_duration },
	{ "first-byte", "first_byte_ms", NULL, "a time such as 10s, 2m at "
	    "most", DESTINATION_MAX_TIMEOUT_MS, read_duration,
	    write_duration },
	{ "timeout", "timeout_ms", NULL, "a time such as 15s, 2m at most",
	    DESTINATION_MAX_TIMEOUT_MS, read_duration, write_duration },
	{ "rate", "rate", NULL, "such as 10/s, 600/m or 1/30s", DAY_MS,
	    read_rate, write_rate },
	{ "concurrency", "concurrency", NULL, "a number from 1 to 10000",
	    MAX_CONCURRENCY, read_number, write_text },
	{ "order", "order", NULL, "none|resource", 0, read_word, write_text },
	{ "stuck", "stuck", NULL, "skip|hold", 0, read_word, write_text },
	{ "breaker", "breaker", NULL, "such as '10 30s..10m' (failures in a "
	    "row, the first and the longest pause), or off", DAY_MS,
	    read_breaker, write_breaker },
	{ "response", "response", NULL, "a number from 1 to 65536",
	    DESTINATION_MAX_RESPONSE, read_number, write_text },
	{ NULL, NULL, NULL, NULL, 0, NULL, NULL }
};

static const char defaults[] =
    "{\"body\": \"json\", \"sign\": [\"standard\"], "
    "\"backoff\": {\"first_ms\": " NUMBER(DESTINATION_FIRST_MS) ", "
    "\"cap_ms\": " NUMBER(DESTINATION_CAP_MS) "}, "
    "\"retry_on\": \"" DESTINATION_RETRY_ON "\", "
    "\"attempts\": " NUMBER(DESTINATION_ATTEMPTS) ", "
    "\"age_ms\": " NUMBER(DESTINATION_AGE_MS) ", "
    "\"connect_ms\": " NUMBER(DESTINATION_CONNECT_MS) ", "
    "\"first_byte_ms\": " NUMBER(DESTINATION_FIRST_BYTE_MS) ", "
    "\"timeout_ms\": " NUMBER(DESTINATION_TIMEOUT_MS) ", "
    "\"order\": \"none\", \"breaker\": {"
    "\"failures\": " NUMBER(DESTINATION_BREAKER_FAILURES) ", "
    "\"cool_ms\": " NUMBER(DESTINATION_BREAKER_COOL_MS) ", "
    "\"cap_ms\": " NUMBER(DESTINATION_BREAKER_CAP_MS) "}, "
    "\"response\": " NUMBER(DESTINATION_RESPONSE) "}";

struct str
policy_defaults(void)
{
	return (struct str){ defaults, sizeof(defaults) - 1 };
}

bool
policy_read(const struct policy_term *t, struct str text, struct out *members)
{
	if (text.n > 0)
		return t->read(t, text, members) && !members->overflow;
	add_key(members, t->key);
	out_cstr(members, "null");
	if (t->other != NULL) {
		add_key(members, t->other);
		out_cstr(members, "null");
	}
	return !members->overflow;
}

/* A member that is there and not null. */
static struct str
member(struct str spec, const char *key)
{
	struct str	value = { NULL, 0 };

	if (key != NULL)
		value = json_get(spec, key);
	return json_type(value) == JSON_NULL ? (struct str){ NULL, 0 } :
	    value;
}

struct str
policy_write(const struct policy_term *t, struct str spec, struct arena *a)
{
	struct str	value = member(spec, t->key);
	struct out	o;
	char		*p;

	if (value.p == NULL)
		value = member(spec, t->other);
	if (value.p == NULL)
		return value;
	/* No unit is as much longer than digits as this. */
	p = arena_alloc(a, 4 * value.n + 64, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, 4 * value.n + 64);
	t->write(t, value, a, &o);
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}

/* Append a member unless it is null. */
static void
keep(struct out *o, const struct json_item *item)
{
	if (json_type(item->value) == JSON_NULL)
		return;
	out_cstr(o, o->n == 1 ? "" : ", ");
	out_bytes(o, item->name);
	out_cstr(o, ": ");
	out_bytes(o, item->value);
}

static bool
has_member(struct str object, struct arena *a, struct str name)
{
	const char	*key = arena_cstr(a, json_text(a, name));

	return key != NULL && json_get(object, key).p != NULL;
}

struct str
policy_merge(struct arena *a, struct str object, struct str changes)
{
	const struct str	none = { NULL, 0 };
	struct json_walk	old, new;
	struct json_item	item;
	struct out		o;
	size_t			size = object.n + changes.n + 16;
	char			*p = arena_alloc(a, 2 * size, 1);

	if (p == NULL || json_type(object) != JSON_OBJECT ||
	    json_type(changes) != JSON_OBJECT || !json_open(object, &old) ||
	    !json_open(changes, &new))
		return none;
	o = out_init(p, 2 * size);
	out_char(&o, '{');
	while (json_next(&old, &item))
		if (!has_member(changes, a, item.name))
			keep(&o, &item);
	while (json_next(&new, &item))
		keep(&o, &item);
	out_char(&o, '}');
	return o.overflow || a->full ? none : out_str(&o);
}
