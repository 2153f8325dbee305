/* Variables and bodies as they arrive, from made-up sources. */
#include <string.h>

#include "../../src/edge/request.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 16];
static struct arena arena;

static struct request
fresh(char *const *env)
{
	struct request	r = { .arena = &arena };

	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	request_variables(&r, env);
	return r;
}

static void
test_variables(void)
{
	char *const	env[] = { (char *)"REQUEST_METHOD=POST",
	    (char *)"REQUEST_URI=/x?a=b", (char *)"CONTENT_TYPE=",
	    (char *)"HTTP_X_TWILIO_SIGNATURE=one", (char *)"PATH=/bin",
	    (char *)"HTTP_X_TWILIO_SIGNATURE=one", (char *)"HTTP_HOST",
	    (char *)"HTTP_USER_AGENT=a=b", (char *)"=x",
	    (char *)"HTTP_X_TWILIO_SIGNATUR=x", (char *)"request_uri=/y",
	    (char *)"OFFHOOK_CONFIG=/etc/c", (char *)"REMOTE_ADDR=",
	    (char *)"REMOTE_ADDR=192.0.2.1", NULL };
	struct request	r = fresh(env);

	is_int(r.method, METHOD_POST, "method");
	is_str(r.var[VAR_REQUEST_URI], STR("/x?a=b"), "up to the first =");
	is_str(r.var[VAR_CONTENT_TYPE], STR(""), "empty is there");
	is_str(r.var[VAR_HOST], (struct str){ NULL, 0 }, "no =: absent");
	is_str(r.var[VAR_USER_AGENT], STR("a=b"), "the rest is the value");
	is_str(r.var[VAR_OFFHOOK_CONFIG], STR("/etc/c"), "OFFHOOK_CONFIG");
	ok(r.doubled[VAR_SIGNATURE], "a second signature is remembered");
	ok(r.doubled[VAR_REMOTE_ADDR], "also behind an empty one");
	ok(!r.doubled[VAR_REQUEST_URI], "a single one is not doubled");
	r = fresh(NULL);
	is_int(r.method, METHOD_OTHER, "no environment at all");
}

static void
test_methods(void)
{
	static const struct {
		const char	*env;
		enum method	 want;
	} t[] = {
		{ "REQUEST_METHOD=GET", METHOD_GET },
		{ "REQUEST_METHOD=POST", METHOD_POST },
		{ "REQUEST_METHOD=HEAD", METHOD_HEAD },
		{ "REQUEST_METHOD=get", METHOD_OTHER },
		{ "REQUEST_METHOD=POST ", METHOD_OTHER },
		{ "REQUEST_METHOD=", METHOD_OTHER },
		{ "REQUEST_METHOD=PUT", METHOD_OTHER },
		{ "X=Y", METHOD_OTHER },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		char *const	env[] = { (char *)t[i].env, NULL };

		is_int(fresh(env).method, t[i].want, t[i].env);
	}
}

/* A body that comes in pieces of step bytes and then ends or fails. */
struct made_up {
	size_t	left, step;
	bool	fails;
	size_t	given, calls;
};

static long
give(void *data, char *buf, size_t n)
{
	struct made_up	*m = data;

	m->calls++;
	if (m->left == 0)
		return m->fails ? -1 : 0;
	if (n > m->step)
		n = m->step;
	if (n > m->left)
		n = m->left;
	memset(buf, 'x', n);
	m->left -= n;
	m->given += n;
	return (long)n;
}

static const struct row {
	const char	*name;
	const char	*length;	/* CONTENT_LENGTH; NULL: absent */
	bool		 chunked;	/* Transfer-Encoding was sent */
	bool		 ends;		/* FastCGI */
	bool		 fails;		/* instead of an end */
	size_t		 sent;
	enum body_state	 state;
	size_t		 got;
	size_t		 drained;	/* all that was taken from the source */
} bodies[] = {
	{ "whole", "10", false, false, false, 10, BODY_WHOLE, 10, 10 },
	{ "whole over FastCGI", "10", false, true, false, 10, BODY_WHOLE, 10,
	    10 },
	{ "longer than announced", "10", false, true, false, 20, BODY_WHOLE,
	    10, 10 },
	{ "shorter than announced", "10", false, false, false, 9, BODY_SHORT,
	    9, 9 },
	{ "breaks off", "10", false, false, true, 9, BODY_SHORT, 9, 9 },
	{ "nothing of it", "10", false, false, true, 0, BODY_SHORT, 0, 0 },
	{ "length 0", "0", false, false, false, 9, BODY_WHOLE, 0, 0 },
	{ "no length under CGI: not read", NULL, false, false, false, 9,
	    BODY_WHOLE, 0, 0 },
	{ "empty length under CGI", "", false, false, false, 9, BODY_WHOLE, 0,
	    0 },
	{ "chunked under CGI", NULL, true, false, false, 9, BODY_WHOLE, 9,
	    9 },
	{ "chunked under CGI, empty length", "", true, false, false, 9,
	    BODY_WHOLE, 9, 9 },
	{ "no length over FastCGI", NULL, false, true, false, 9, BODY_WHOLE,
	    9, 9 },
	{ "no body over FastCGI", NULL, false, true, false, 0, BODY_WHOLE, 0,
	    0 },
	{ "as large as may be", "1000", false, false, false, 1000,
	    BODY_WHOLE, 1000, 1000 },
	{ "one byte more", "1001", false, false, false, 1001, BODY_TOO_LARGE,
	    0, 1001 },
	{ "as large as may be, chunked", NULL, true, false, false, 1000,
	    BODY_WHOLE, 1000, 1000 },
	{ "one byte more, chunked", NULL, true, false, false, 1001,
	    BODY_TOO_LARGE, 1001, 1001 },
	{ "a flood is drained within bounds", "99999999", false, false, false,
	    99999999, BODY_TOO_LARGE, 0, 1048576 },
	{ "a chunked flood", NULL, true, false, false, 99999999,
	    BODY_TOO_LARGE, 1001, 1048576 + 1001 },
	{ "a flood that ends", "99999999", false, false, true, 5000,
	    BODY_TOO_LARGE, 0, 5000 },
	{ "the longest length", "18446744073709551615", false, false, false,
	    3, BODY_TOO_LARGE, 0, 3 },
	{ "too long a length", "18446744073709551616", false, false, false, 3,
	    BODY_BAD_LENGTH, 0, 0 },
	{ "a negative length", "-1", false, false, false, 3, BODY_BAD_LENGTH,
	    0, 0 },
	{ "a length with a sign", "+3", false, false, false, 3,
	    BODY_BAD_LENGTH, 0, 0 },
	{ "a length with a blank", " 3", false, false, false, 3,
	    BODY_BAD_LENGTH, 0, 0 },
	{ "two lengths in one", "3, 3", false, false, false, 3,
	    BODY_BAD_LENGTH, 0, 0 },
	{ "hexadecimal", "0x3", false, false, false, 3, BODY_BAD_LENGTH, 0,
	    0 },
};

static void
check_body(const struct row *t, size_t step)
{
	struct made_up	m = { t->sent, step, t->fails, 0, 0 };
	struct source	src = { .read = give, .data = &m, .ends = t->ends };
	struct request	r = fresh(NULL);

	r.var[VAR_CONTENT_LENGTH] = str_from(t->length);
	if (t->chunked)
		r.var[VAR_TRANSFER_ENCODING] = STR("chunked");
	request_body(&r, &src, 1000);
	quiet(r.body_state == t->state, "%s: state %d", t->name,
	    (int)r.body_state);
	quiet(r.body.n == t->got && r.body.p != NULL, "%s: %zu bytes",
	    t->name, r.body.n);
	quiet(m.given <= t->drained && m.given + 1 >= t->drained,
	    "%s: %zu bytes taken", t->name, m.given);
	quiet(str_find(r.body, '\0', 0) == r.body.n,
	    "%s: its bytes", t->name);
	quiet(m.calls <= m.given + 4, "%s: %zu calls", t->name, m.calls);
}

static void
test_bodies(void)
{
	static const size_t steps[] = { 65536, 4096, 7, 1 };
	struct made_up	m = { 9, 9, false, 0, 0 };
	struct source	src = { .read = give, .data = &m, .ends = true };
	struct request	r;
	size_t		i, j;

	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		for (j = 0; j < sizeof(steps) / sizeof(steps[0]); j++)
			check_body(&bodies[i], steps[j]);
	tap_loop("bodies, in pieces of several sizes");

	r = fresh(NULL);
	r.var[VAR_CONTENT_LENGTH] = STR("9");
	r.doubled[VAR_CONTENT_LENGTH] = true;
	request_body(&r, &src, 1000);
	is_int(r.body_state, BODY_BAD_LENGTH, "two lengths are refused");
	r = fresh(NULL);
	arena.cap = 0;
	r.var[VAR_CONTENT_LENGTH] = STR("9");
	request_body(&r, &src, 1000);
	ok(r.body.n == 0 && arena.full, "without memory: none, and it is said");
	ok(r.body_state != BODY_WHOLE, "and it is not taken for a whole one");
}

int
main(void)
{
	test_variables();
	test_methods();
	test_bodies();
	return done_testing();
}
