/* Read the variables and the body as they really arrive. See request.h. */
#include <string.h>

#include "request.h"

/* Drained at most above the limit, so that a flood is not read to its end. */
#define DRAIN_BYTES 1048576

/* With its length, so that most names are told apart without a look. */
#define NAME(s) { s, sizeof(s) - 1 }

static const struct str variable_names[VARIABLES] = {
	[VAR_REQUEST_METHOD] = NAME("REQUEST_METHOD"),
	[VAR_REQUEST_URI] = NAME("REQUEST_URI"),
	[VAR_CONTENT_TYPE] = NAME("CONTENT_TYPE"),
	[VAR_CONTENT_LENGTH] = NAME("CONTENT_LENGTH"),
	[VAR_TRANSFER_ENCODING] = NAME("HTTP_TRANSFER_ENCODING"),
	[VAR_SIGNATURE] = NAME("HTTP_X_TWILIO_SIGNATURE"),
	[VAR_TOKEN] = NAME("HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"),
	[VAR_AUTHORIZATION] = NAME("HTTP_AUTHORIZATION"),
	[VAR_HOST] = NAME("HTTP_HOST"),
	[VAR_FORWARDED_PROTO] = NAME("HTTP_X_FORWARDED_PROTO"),
	[VAR_FORWARDED_HOST] = NAME("HTTP_X_FORWARDED_HOST"),
	[VAR_FORWARDED_PORT] = NAME("HTTP_X_FORWARDED_PORT"),
	[VAR_USER_AGENT] = NAME("HTTP_USER_AGENT"),
	[VAR_REMOTE_ADDR] = NAME("REMOTE_ADDR"),
	[VAR_HTTPS] = NAME("HTTPS"),
	[VAR_REQUEST_SCHEME] = NAME("REQUEST_SCHEME"),
	[VAR_SERVER_NAME] = NAME("SERVER_NAME"),
	[VAR_SERVER_PORT] = NAME("SERVER_PORT"),
	[VAR_PROBE] = NAME("HTTP_X_OFFHOOK_PROBE"),
	[VAR_RECEIVED] = NAME("HTTP_X_OFFHOOK_RECEIVED"),
	[VAR_OFFHOOK_CONFIG] = NAME("OFFHOOK_CONFIG"),
};

static enum method
parse_method(struct str s)
{
	if (str_eq(s, STR("POST")))
		return METHOD_POST;
	if (str_eq(s, STR("GET")))
		return METHOD_GET;
	if (str_eq(s, STR("HEAD")))
		return METHOD_HEAD;
	return METHOD_OTHER;
}

static void
take_variable(struct request *r, struct str name, struct str value)
{
	size_t	i;

	for (i = 0; i < VARIABLES; i++) {
		if (!str_eq(name, variable_names[i]))
			continue;
		/* nginx passes a header sent twice as two variables. */
		if (r->var[i].p != NULL)
			r->doubled[i] = true;
		else
			r->var[i] = value;
		return;
	}
}

void
request_variables(struct request *r, char *const *env)
{
	struct str	name, value;

	r->env = env;
	for (; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (str_cut(&value, '=', &name) && value.p != NULL)
			take_variable(r, name, value);
	}
	/* Apache and lighttpd join it with a comma; a token has none. */
	if (str_find(r->var[VAR_TOKEN], ',', 0) < r->var[VAR_TOKEN].n)
		r->doubled[VAR_TOKEN] = true;
	r->method = parse_method(r->var[VAR_REQUEST_METHOD]);
}

struct str
request_variable(const struct request *r, const char *wanted)
{
	struct str	name, value;
	char *const	*env;

	for (env = r->env; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (str_cut(&value, '=', &name) && value.p != NULL &&
		    str_eq(name, str_from(wanted)))
			return value;
	}
	return (struct str){ NULL, 0 };
}

/* Read up to n bytes; fewer only at the end, or when reading fails. */
static size_t
read_upto(const struct source *src, char *buf, size_t n)
{
	size_t	got = 0;
	long	r;

	while (got < n) {
		r = src->read(src->data, buf + got, n - got);
		if (r <= 0)
			break;
		got += (size_t)r;
	}
	return got;
}

/* Take what is left of an unwanted body, within the bound. */
static void
drain(const struct source *src, uint64_t left)
{
	char	buf[8192];
	size_t	want, got;

	if (left > DRAIN_BYTES)
		left = DRAIN_BYTES;
	while (left > 0) {
		want = left < sizeof(buf) ? (size_t)left : sizeof(buf);
		got = read_upto(src, buf, want);
		if (got == 0)
			return;
		left -= got;
	}
}

static void
read_counted(struct request *r, const struct source *src, size_t n)
{
	char	*buf = arena_alloc(r->arena, n + 1, 1);

	if (buf == NULL) {
		r->body_state = BODY_TOO_LARGE;
		return;
	}
	r->body = (struct str){ buf, read_upto(src, buf, n) };
	if (r->body.n < n)
		r->body_state = BODY_SHORT;
}

/* No length was given: chunked under CGI, or a stream with its own end. */
static void
read_to_end(struct request *r, const struct source *src, size_t max)
{
	char	*buf = arena_alloc(r->arena, max + 1, 1);

	if (buf == NULL) {
		r->body_state = BODY_TOO_LARGE;
		return;
	}
	r->body = (struct str){ buf, read_upto(src, buf, max + 1) };
	if (r->body.n > max) {
		r->body_state = BODY_TOO_LARGE;
		drain(src, DRAIN_BYTES);
	}
}

void
request_body(struct request *r, const struct source *src, size_t max)
{
	struct str	length = r->var[VAR_CONTENT_LENGTH];
	uint64_t	n;

	r->body = STR("");
	r->body_state = BODY_WHOLE;
	if (length.n == 0) {
		if (src->ends || r->var[VAR_TRANSFER_ENCODING].n > 0)
			read_to_end(r, src, max);
	} else if (r->doubled[VAR_CONTENT_LENGTH] ||
	    !str_to_uint(length, UINT64_MAX, &n))
		r->body_state = BODY_BAD_LENGTH;
	else if (n > max) {
		r->body_state = BODY_TOO_LARGE;
		drain(src, n);
	} else
		read_counted(r, src, (size_t)n);
}
