/* Read the variables and the body as they really arrive. See request.h. */
#include <string.h>

#include "request.h"

/* Drained at most above the limit, so that a flood is not read to its end. */
#define DRAIN_BYTES 1048576

static const char *const variable_names[VARIABLES] = {
	[VAR_REQUEST_METHOD] = "REQUEST_METHOD",
	[VAR_REQUEST_URI] = "REQUEST_URI",
	[VAR_CONTENT_TYPE] = "CONTENT_TYPE",
	[VAR_CONTENT_LENGTH] = "CONTENT_LENGTH",
	[VAR_TRANSFER_ENCODING] = "HTTP_TRANSFER_ENCODING",
	[VAR_SIGNATURE] = "HTTP_X_TWILIO_SIGNATURE",
	[VAR_TOKEN] = "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN",
	[VAR_AUTHORIZATION] = "HTTP_AUTHORIZATION",
	[VAR_HOST] = "HTTP_HOST",
	[VAR_FORWARDED_PROTO] = "HTTP_X_FORWARDED_PROTO",
	[VAR_FORWARDED_HOST] = "HTTP_X_FORWARDED_HOST",
	[VAR_FORWARDED_PORT] = "HTTP_X_FORWARDED_PORT",
	[VAR_USER_AGENT] = "HTTP_USER_AGENT",
	[VAR_REMOTE_ADDR] = "REMOTE_ADDR",
	[VAR_HTTPS] = "HTTPS",
	[VAR_REQUEST_SCHEME] = "REQUEST_SCHEME",
	[VAR_SERVER_NAME] = "SERVER_NAME",
	[VAR_SERVER_PORT] = "SERVER_PORT",
	[VAR_OFFHOOK_CONFIG] = "OFFHOOK_CONFIG",
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
		if (!str_eq(name, str_from(variable_names[i])))
			continue;
		/* nginx passes a header sent twice as two variables. */
		if (r->var[i].p != NULL)
			r->doubled[i] = true;
		else
			r->var[i] = arena_copy(r->arena, value);
		return;
	}
}

void
request_variables(struct request *r, char *const *env)
{
	struct str	name, value;

	for (; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (str_cut(&value, '=', &name) && value.p != NULL)
			take_variable(r, name, value);
	}
	r->method = parse_method(r->var[VAR_REQUEST_METHOD]);
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
