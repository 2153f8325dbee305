/* Many requests at once: each ends as it must, and none waits for another. */
#include <errno.h>
#include <unistd.h>

#include "../../src/edge/clock.h"
#include "../../src/edge/pool.h"
#include "tap.h"
#include "upstream.h"

#define MOST 8

static char			memory[4 << 20];
static struct arena		arena = { .base = memory,
				    .cap = sizeof(memory) };
static unsigned			port;
static struct pool		pool;
static struct http_request	request[MOST];
static char			url[MOST][100];

static struct http_request *
begin(size_t i, const char *path)
{
	struct http_request	*r = &request[i];

	(void)snprintf(url[i], sizeof(url[i]), "http://127.0.0.1:%u%s", port,
	    path);
	*r = (struct http_request){ .method = "POST", .url = url[i],
	    .body = STR("a=b"), .timeout_ms = 5000, .connect_ms = 2000,
	    .first_byte_ms = 3000, .max_body = 1000, .cut = true };
	return r;
}

/* The next one that ends, or NULL after ten seconds. */
static struct http_request *
next(struct http_reply *reply)
{
	int64_t	by = clock_monotonic_ms() + 10000;
	void	*who = NULL;

	while (!pool_next(&pool, &arena, &who, reply) &&
	    clock_monotonic_ms() < by)
		pool_wait(&pool, NULL, 0, 100);
	return who;
}

static void
test_outcomes(void)
{
	static const struct {
		const char		*path;
		long			 first_byte_ms, timeout_ms, status;
		enum http_failure	 failure;
		enum http_phase		 phase;
		bool			 cut;
	} t[] = {
		{ "/ok", 0, 5000, 200, HTTP_FAILED, HTTP_ANSWERING, false },
		{ "/status/429 Slow", 0, 5000, 429, HTTP_FAILED,
		    HTTP_ANSWERING, false },
		{ "/status/302 Found", 0, 5000, 302, HTTP_FAILED,
		    HTTP_ANSWERING, false },
		{ "/large/1000", 0, 5000, 200, HTTP_FAILED, HTTP_ANSWERING,
		    false },
		{ "/large/250000", 0, 5000, 200, HTTP_FAILED, HTTP_ANSWERING,
		    true },
		{ "/never", 200, 5000, 0, HTTP_TIMEOUT, HTTP_SENDING, false },
		{ "/never", 5000, 300, 0, HTTP_TIMEOUT, HTTP_SENDING, false },
		{ "/drip", 200, 700, 0, HTTP_TIMEOUT, HTTP_ANSWERING, false },
		{ "/close", 0, 5000, 0, HTTP_CUT, HTTP_SENDING, false },
		{ "/half", 0, 5000, 0, HTTP_CUT, HTTP_ANSWERING, false },
		{ "/junk", 0, 5000, 0, HTTP_FAILED, HTTP_SENDING, false },
	};
	struct http_reply	reply;
	struct http_request	*r;
	size_t			i;
	int64_t			begun;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		r = begin(0, t[i].path);
		r->first_byte_ms = t[i].first_byte_ms;
		r->timeout_ms = t[i].timeout_ms;
		begun = clock_monotonic_ms();
		quiet(pool_add(&pool, r, r) && next(&reply) == r, "ends");
		ok(reply.status == t[i].status && reply.failure ==
		    t[i].failure && reply.phase == t[i].phase && reply.cut ==
		    t[i].cut, "%s: %ld %d %d %s", t[i].path, reply.status,
		    (int)reply.failure, (int)reply.phase, reply.error);
		if (reply.failure == HTTP_TIMEOUT)
			ok(clock_monotonic_ms() - begun < 1500 &&
			    reply.error[0] != '\0', "in time");
		if (i == 0)
			ok(str_starts(reply.head, STR("HTTP/1.1 200")) &&
			    str_ends(reply.head, STR("\r\n\r\n")),
			    "its header");
		if (reply.cut)
			is_int(reply.body.n, 1000, "what was read of it");
	}
	tap_loop("each ends");
	is_int(pool.n, 0, "nothing is under way");
}

static void
test_not_begun(void)
{
	struct egress		 none = { NULL, 0 };
	struct http_reply	 reply;
	struct http_request	*r = begin(0, "/ok");

	r->url = "nonsense";
	ok(pool_add(&pool, r, r) && next(&reply) == r && reply.status == 0 &&
	    reply.error[0] != '\0', "no URL");
	r = begin(0, "/ok");
	r->url = "http://127.0.0.1:1/";
	ok(pool_add(&pool, r, r) && next(&reply) == r && reply.failure ==
	    HTTP_NO_CONNECTION && reply.os_error == ECONNREFUSED &&
	    reply.phase == HTTP_CONNECTING, "refused");
	r = begin(0, "/ok");
	r->url = "http://localhost:1/";
	r->egress = &none;
	ok(pool_add(&pool, r, r) && next(&reply) == r && reply.failure ==
	    HTTP_PRIVATE, "a private address");
	r = begin(0, "/ok");
	r->url = "http://no-such-name.invalid/";
	ok(pool_add(&pool, r, r) && next(&reply) == r && reply.failure ==
	    HTTP_NO_NAME, "no name");
}

static void
test_many(void)
{
	struct http_reply	 reply;
	struct http_request	*r;
	size_t			 i, n = 0;
	int64_t			 begun = clock_monotonic_ms();
	bool			 seen[MOST] = { false };

	upstream_forget();
	for (i = 0; i < MOST; i++) {
		r = begin(i, i % 2 == 0 ? "/never" : "/ok");
		r->first_byte_ms = 400;
		quiet(pool_add(&pool, r, r), "%zu", i);
	}
	quiet(!pool_add(&pool, &request[0], NULL), "one too many");
	for (i = 0; i < MOST; i++) {
		r = next(&reply);
		quiet(r != NULL && !seen[r - request], "once each");
		if (r == NULL)
			break;
		seen[r - request] = true;
		n += reply.status == 200;
		quiet((reply.status == 200) == ((r - request) % 2 == 1),
		    "%s: %ld", r->url, reply.status);
		quiet(i >= MOST / 2 || reply.status == 200, "good ones first");
	}
	quiet(n == MOST / 2, "%zu good", n);
	quiet(clock_monotonic_ms() - begun < 1500, "they waited side by side");
	tap_loop("eight at once");
	upstream_forget();
	for (i = 0; i < 20; i++) {
		r = begin(0, "/ok");
		quiet(pool_add(&pool, r, r) && next(&reply) == r &&
		    reply.status == 200, "%s", reply.error);
	}
	quiet(upstream_asked() == 20 && upstream_connections() <= MOST,
	    "%u on %u", upstream_asked(), upstream_connections());
	tap_loop("connections are used again");
}

static void
test_others(void)
{
	struct http_reply	 reply;
	struct http_request	*r = begin(0, "/never");
	struct pollfd		 other = { .events = POLLIN };
	void			*who;
	int64_t			 begun = clock_monotonic_ms();
	int			 fd[2];

	if (pipe(fd) == -1)
		return;
	other.fd = fd[0];
	quiet(pool_add(&pool, r, r), "added");
	pool_wait(&pool, &other, 1, 0);
	quiet(other.revents == 0, "nothing yet");
	quiet(write(fd[1], "x", 1) == 1, "written");
	while (other.revents == 0 && clock_monotonic_ms() - begun < 5000)
		pool_wait(&pool, &other, 1, 5000);
	quiet(other.revents == POLLIN && clock_monotonic_ms() - begun < 1000,
	    "it is seen at once");
	tap_loop("others are waited for, too");
	pool_cancel(&pool, &other);
	is_int(pool.n, 1, "who is not there cannot be cancelled");
	pool_cancel(&pool, r);
	ok(pool.n == 0 && !pool_next(&pool, &arena, &who, &reply),
	    "cancelled while it is under way");
	r->url = "nonsense";
	ok(pool_add(&pool, r, r), "another");
	pool_cancel(&pool, r);
	r = begin(1, "/ok");
	ok(pool.n == 0 && pool_add(&pool, r, r) && next(&reply) == r &&
	    reply.status == 200, "cancelled when it had ended");
	(void)close(fd[0]);
	(void)close(fd[1]);
}

int
main(void)
{
	port = upstream_start();
	if (!ok(pool_open(&pool, MOST), "open"))
		return done_testing();
	test_outcomes();
	test_not_begun();
	test_many();
	test_others();
	(void)pool_add(&pool, begin(0, "/never"), NULL);
	pool_wait(&pool, NULL, 0, 100);
	pool_close(&pool);
	is_int(pool.fd, -1, "closed with one under way");
	return done_testing();
}
