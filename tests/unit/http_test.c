/* One bounded outbound request: every way it ends, in time, sent once. */
#include <sys/time.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../src/edge/clock.h"
#include "../../src/edge/http.h"
#include "tap.h"
#include "upstream.h"

static char			memory[4 << 20];
static struct arena		arena = { .base = memory,
				    .cap = sizeof(memory) };
static unsigned			port;
static struct http_client	client;
static struct http_reply	reply;
static int64_t			took_ms;

static bool
libcurl_is_there(void)
{
	FILE	*f = fopen("/proc/self/maps", "r");
	char	line[512];
	bool	there = false;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		there = there || strstr(line, "libcurl") != NULL;
	if (f != NULL)
		(void)fclose(f);
	return there;
}

/* This request to a path of the upstream. */
static bool
run(struct http_request r, const char *path)
{
	char	url[200];
	int64_t	begun = clock_monotonic_ms();
	bool	good;

	arena.used = 0;
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", port, path);
	r.url = url;
	if (r.timeout_ms == 0)
		r.timeout_ms = 5000;
	good = http_run(&arena, &r, &reply);
	took_ms = clock_monotonic_ms() - begun;
	return good;
}

static struct http_request
post(struct http_client *c)
{
	return (struct http_request){ .method = "POST", .body = STR("a=b"),
	    .client = c };
}

static void
test_good(void)
{
	struct http_request	r = post(NULL);

	ok(!libcurl_is_there(), "libcurl is not loaded");
	(void)setenv("http_proxy", "http://127.0.0.1:1", 1);
	(void)setenv("all_proxy", "http://127.0.0.1:1", 1);
	ok(run(r, "/ok?x=%2f/../y"), "a reply: %s", reply.error);
	ok(libcurl_is_there(), "libcurl is loaded when it is needed");
	is_int(reply.status, 200, "its status");
	is_str(reply.body, STR("<Response/>"), "its body");
	is_str(reply.type, STR("text/xml; charset=utf-8"), "its type");
	ok(str_starts(upstream_last(),
	    STR("POST /ok?x=%2f/../y HTTP/1.1\r\n")), "the URL as it is");
	ok(str_ends(upstream_last(), STR("\r\n\r\na=b")), "the body as it is");
	ok(run(r, "/status/302 Found") && reply.status == 302 &&
	    str_eq(reply.location, STR("/there")), "a redirect is told");
	is_int(upstream_asked(), 2, "and not followed");
	r.max_body = 1000;
	ok(run(r, "/large/1000") && reply.body.n == 1000, "the largest body");
}

static void
nothing(int sig)
{
	(void)sig;
}

static void
signals_come(int every_us)
{
	struct itimerval	t = { { 0, every_us }, { 0, every_us } };
	struct sigaction	sa = { .sa_handler = nothing };

	(void)sigaction(SIGALRM, &sa, NULL);
	(void)setitimer(ITIMER_REAL, &t, NULL);
}

static void
test_failures(void)
{
	static const struct {
		const char		*path;
		enum http_failure	 failure;
		long			 ms;
	} t[] = {
		{ "/large/1001", HTTP_TOO_LARGE, 0 },
		{ "/large/250000", HTTP_TOO_LARGE, 0 },
		{ "/never", HTTP_TIMEOUT, 300 },
		{ "/drip", HTTP_TIMEOUT, 300 },
		{ "/close", HTTP_CUT, 0 },
		{ "/half", HTTP_CUT, 0 },
		{ "/junk", HTTP_FAILED, 0 },
	};
	struct http_request	r = post(NULL);
	size_t			i;

	r.max_body = 1000;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		r.timeout_ms = t[i].ms;
		quiet(!run(r, t[i].path) && reply.failure == t[i].failure,
		    "%s: %d %s", t[i].path, (int)reply.failure, reply.error);
		quiet(reply.status == 0 && reply.error[0] != '\0', "%s",
		    t[i].path);
		quiet(took_ms >= t[i].ms - 2 && took_ms < t[i].ms + 500,
		    "%s took %d ms", t[i].path, (int)took_ms);
	}
	tap_loop("no reply, and why");
	r = post(NULL);
	r.timeout_ms = 300;
	signals_come(10000);
	ok(!run(r, "/never") && reply.failure == HTTP_TIMEOUT &&
	    took_ms >= 298 && took_ms < 800, "late, while signals come");
	signals_come(0);
	r = post(NULL);
	r.connect = "127.0.0.1:1";
	ok(!run(r, "/ok") && reply.failure == HTTP_NO_CONNECTION,
	    "nobody listens");
	r.connect = "no-such-host.invalid";
	ok(!run(r, "/ok") && reply.failure == HTTP_NO_NAME, "no such name");
}

/* The requests of one client, on one connection or on several. */
static void
test_client(void)
{
	struct http_request	r = post(&client);

	upstream_forget();
	ok(run(r, "/ok") && run(r, "/status/500") && run(r, "/ok"),
	    "a client's requests");
	is_int(upstream_connections(), 1, "share a connection");
	ok(!run(r, "/close") && reply.failure == HTTP_CUT,
	    "one that breaks after it was sent (%s)", reply.error);
	is_int(upstream_asked(), 4, "is not sent a second time");
	ok(run(r, "/last"), "the next one has a connection of its own");
	(void)usleep(50000);
	ok(run(r, "/ok"), "and one after the other side closed");
	is_int(upstream_asked(), 6, "each of them once");
	ok(run(r, "/ok"), "used again");
	is_int(upstream_connections(), 3, "on three connections");
	r = (struct http_request){ .method = "GET", .client = &client };
	ok(!run(r, "/close") && upstream_asked() == 8 &&
	    upstream_connections() == 4,
	    "what has no body has a connection of its own, and goes once");
	r = post(&client);
	(void)sleep(2);
	ok(run(r, "/ok") && upstream_connections() == 5,
	    "after two seconds a connection is not used again");
	http_close(&client);
	http_close(&client);
	ok(client.multi == NULL, "closed twice");
}

static void
test_egress(void)
{
	static const char *const hosts[] = { "127.0.0.1", "localhost", "127.1",
		"2130706433", "0x7f.0.0.1", "0177.0.0.1", "0", "0.0.0.0",
		"[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[::]" };
	struct network		net;
	struct egress		none = { NULL, 0 }, loopback = { &net, 1 };
	struct http_request	r = post(&client);
	char			url[100];
	size_t			i;

	upstream_forget();
	r.timeout_ms = 5000;
	r.egress = &none;
	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		arena.used = 0;
		(void)snprintf(url, sizeof(url), "http://%s:%u/ok", hosts[i],
		    port);
		r.url = url;
		quiet(!http_run(&arena, &r, &reply) &&
		    reply.failure == HTTP_PRIVATE, "%s: %s", url,
		    reply.error);
	}
	quiet(upstream_asked() == 0, "%u arrived", upstream_asked());
	tap_loop("no private address is asked, however it is written");
	ok(strstr(reply.error, "OFFHOOK_ALLOW_PRIVATE") != NULL,
	    "the mend is told: %s", reply.error);
	quiet(network_parse(STR("127.0.0.0/8"), &net), "a network");
	r.egress = &loopback;
	ok(run(r, "/ok"), "one that is allowed: %s", reply.error);
	http_close(&client);
}

static void
test_many(void)
{
	struct http_request	r = post(NULL);
	struct http_reply	replies[5];
	char			url[100];
	size_t			i;

	upstream_forget();
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/ok", port);
	r.url = url;
	r.timeout_ms = 5000;
	arena.used = 0;
	http_run_many(&arena, &r, 5, replies);
	for (i = 0; i < 5; i++)
		quiet(replies[i].status == 200, "%zu: %s", i,
		    replies[i].error);
	quiet(upstream_asked() == 5 && upstream_connections() == 5,
	    "%u on %u", upstream_asked(), upstream_connections());
	tap_loop("several at once, each on its connection");
	r.url = "nonsense";
	ok(!http_run(&arena, &r, &reply) && reply.error[0] != '\0',
	    "no URL: %s", reply.error);
}

int
main(void)
{
	port = upstream_start();
	test_good();
	test_failures();
	test_client();
	test_egress();
	test_many();
	return done_testing();
}
