/*
 * A request as a server hands it over: lines of variables, an empty line,
 * the body. Its first byte says how large the pieces are that the body comes
 * in, whether it breaks off, and whether the stream has an end (FastCGI).
 */
#include "../../src/edge/request.h"
#include "fuzz.h"

#define MAX_BODY 512
#define MAX_ENV 64

struct stream {
	struct str	left;
	size_t		step;
	bool		fails;
};

static long
give(void *data, char *buf, size_t n)
{
	struct stream	*s = data;

	if (n > s->step)
		n = s->step;
	if (n > s->left.n)
		n = s->left.n;
	if (n == 0)
		return s->fails ? -1 : 0;
	memcpy(buf, s->left.p, n);
	s->left = str_sub(s->left, n, s->left.n);
	return (long)n;
}

static void
check(const struct request *r, struct str body, const struct source *src)
{
	struct str	length = r->var[VAR_CONTENT_LENGTH];
	uint64_t	n;

	must(r->body.p != NULL && r->body.n <= MAX_BODY + 1);
	must(str_starts(body, r->body));
	switch (r->body_state) {
	case BODY_WHOLE:
		must(r->body.n <= MAX_BODY);
		if (str_to_uint(length, UINT64_MAX, &n))
			must(r->body.n == n);
		else
			must(length.n == 0 && (r->body.n == 0 ||
			    str_eq(r->body, body)));
		break;
	case BODY_SHORT:
		must(str_to_uint(length, MAX_BODY, &n) && r->body.n < n);
		break;
	case BODY_TOO_LARGE:
		must(length.n == 0 ? body.n > MAX_BODY :
		    str_to_uint(length, UINT64_MAX, &n) && n > MAX_BODY);
		break;
	case BODY_BAD_LENGTH:
		must(length.n > 0);
		break;
	}
	must(src->ends || length.n > 0 || r->body.n == 0 ||
	    r->var[VAR_TRANSFER_ENCODING].n > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	raw = fuzz_copy(data, n), rest = raw, line;
	struct arena	a = fuzz_arena();
	struct request	r = { .arena = &a };
	struct stream	stream = { .step = 1 };
	struct source	src = { .read = give, .data = &stream };
	char		*env[MAX_ENV + 1];
	size_t		i = 0;

	while (i < MAX_ENV && str_cut(&rest, '\n', &line) && line.n > 0)
		env[i++] = fuzz_mutable(arena_cstr(&a, line));
	env[i] = NULL;
	request_variables(&r, env);
	must(r.method <= METHOD_OTHER);
	if (rest.n > 0) {
		src.ends = (rest.p[0] & 1) != 0;
		stream.fails = (rest.p[0] & 2) != 0;
		stream.step = 1 + ((unsigned char)rest.p[0] >> 2) * 16U;
		rest = str_sub(rest, 1, rest.n);
	}
	stream.left = rest;
	request_body(&r, &src, MAX_BODY);
	if (!r.doubled[VAR_CONTENT_LENGTH])
		check(&r, rest, &src);
	fuzz_free();
	return 0;
}
