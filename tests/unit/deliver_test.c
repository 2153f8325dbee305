/* What becomes of a delivery, by what came back. */
#include <errno.h>

#include "../../src/app/deliver.h"
#include "tap.h"

#define NOW 1800000000000

static char			memory[1 << 20];
static struct arena		arena = { .base = memory,
				    .cap = sizeof(memory) };
static struct config		config;
static struct deliver		s;
static struct destination	d;
static struct deliver_verdict	v;

static struct task
task(void)
{
	return (struct task){ .id = 7, .format = STR("form"),
	    .method = STR("POST"), .kind = STR("message.status"),
	    .trigger = STR("initial"), .routed_at = NOW, .event_at = NOW,
	    .account = STR("AC00000000000000000000000000000001"),
	    .raw = STR("a=b") };
}

static void
destination(const char *spec)
{
	char		buf[256];
	struct out	why = out_init(buf, sizeof(buf));

	arena.used = 0;
	if (!destination_parse(&arena, str_from(spec), &d, &why))
		printf("# %.*s\n", (int)why.n, why.p);
}

static const char *
judge(struct task t, struct http_reply r, int64_t now)
{
	deliver_judge(&arena, &d, &t, &r, now, 4000, &v);
	return deliver_outcome_name(v.outcome);
}

static void
test_errors(void)
{
	static const struct {
		struct http_reply	 r;
		const char		*error;
	} t[] = {
		{ { .failure = HTTP_NO_NAME }, "DNS_FAILED" },
		{ { .failure = HTTP_NO_CONNECTION, .os_error = ECONNREFUSED },
		    "CONNECTION_REFUSED" },
		{ { .failure = HTTP_NO_CONNECTION, .os_error = ENETUNREACH },
		    "CONNECTION_FAILED" },
		{ { .failure = HTTP_BAD_CERTIFICATE }, "TLS_FAILED" },
		{ { .failure = HTTP_NO_TLS }, "TLS_FAILED" },
		{ { .failure = HTTP_TIMEOUT }, "TIMEOUT_CONNECT" },
		{ { .failure = HTTP_TIMEOUT, .phase = HTTP_SENDING },
		    "TIMEOUT_FIRST_BYTE" },
		{ { .failure = HTTP_TIMEOUT, .phase = HTTP_ANSWERING },
		    "TIMEOUT_TOTAL" },
		{ { .failure = HTTP_CUT }, "CONNECTION_RESET" },
		{ { .failure = HTTP_PRIVATE }, "PRIVATE_ADDRESS" },
		{ { .failure = HTTP_FAILED }, "FAILED" },
		{ { .status = 302 }, "REDIRECT" },
		{ { .status = 500 }, "HTTP_STATUS" },
	};
	struct http_reply	r;
	size_t			i;

	destination("{\"url\": \"http://a\", \"retry_on\": \"300-599\"}");
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		r = t[i].r;
		(void)snprintf(r.error, sizeof(r.error), "why");
		quiet(strcmp(judge(task(), r, NOW), "retry") == 0 &&
		    strcmp(v.error, t[i].error) == 0 && v.reason == NULL &&
		    v.status == (r.status == 0 ? -1 : r.status), "%s: %s",
		    t[i].error, v.error);
		quiet(r.status != 0 || str_eq(v.head, STR("why")), "%s: head",
		    t[i].error);
	}
	tap_loop("each failure by its name");
}

static void
test_policy(void)
{
	struct http_reply	bad = { .status = 500 };
	struct http_reply	later = { .status = 503,
				    .retry_after = STR("60") };
	struct task		t = task();

	destination("{\"url\": \"http://a\", \"attempts\": 3, \"age_ms\": "
	    "100000}");
	ok(strcmp(judge(t, bad, NOW), "retry") == 0 && v.after_ms == 4000,
	    "jitter: the random number within the limit");
	ok(strcmp(judge(t, later, NOW), "retry") == 0 && v.after_ms == 60000,
	    "Retry-After when it is longer");
	(void)judge(t, later, NOW + 70000);
	is_int(v.after_ms, 30000, "not beyond the age");
	(void)judge(t, bad, NOW + 99000);
	is_int(v.after_ms, 1000, "nor is the schedule's");
	ok(strcmp(judge(t, later, NOW + 100000), "expired") == 0 &&
	    strcmp(v.reason, "age") == 0 && v.after_ms == 0, "too old");
	t.trigger = STR("retry");
	ok(strcmp(judge(t, bad, NOW + 100000), "retry") == 0,
	    "unless a person tries again");
	t.tries = 2;
	ok(strcmp(judge(t, bad, NOW), "dead") == 0 &&
	    strcmp(v.reason, "attempts") == 0, "no attempt is left");
	ok(strcmp(judge(t, (struct http_reply){ .status = 299 }, NOW + 999999),
	    "delivered") == 0 && v.error == NULL && v.reason == NULL,
	    "a good one is never too old");
	t.tries = 0;
	ok(strcmp(judge(t, (struct http_reply){ .status = 410,
	    .retry_after = STR("1") }, NOW), "dead") == 0 &&
	    strcmp(v.reason, "status 410") == 0, "410");
	t.trigger = STR("initial");
	deliver_judge_own(&arena, &d, &t, "TRANSFORM_FAILED", STR("it raised"),
	    NOW, 1, &v);
	ok(v.outcome == DELIVER_RETRY && v.after_ms == 1 && v.status == -1 &&
	    str_eq(v.head, STR("it raised")), "a reason of ours");
}

static void
test_make(void)
{
	struct deliver_order	order;
	struct task		t = task();
	struct arena		little = { .base = memory + 500000,
				    .cap = 200 };

	destination("{\"url\": \"http://a/x\", \"sign\": [\"twilio\"], "
	    "\"response\": 0}");
	ok(!deliver_make(&s, &arena, &d, &t, STR(""), NOW, 1, &order, &v) &&
	    v.outcome == DELIVER_RETRY &&
	    strcmp(v.error, "SIGN_FAILED") == 0, "no AuthToken is there");
	destination("{\"url\": \"http://a/x\"}");
	ok(!deliver_make(&s, &arena, &d, &t, STR(""), NOW, 1, &order, &v) &&
	    strcmp(v.error, "SIGN_FAILED") == 0, "no secret is there");
	destination("{\"url\": \"http://u:p@a:81/x?y\", \"sign\": []}");
	ok(deliver_make(&s, &arena, &d, &t, STR(""), NOW, 1, &order, &v) &&
	    !order.exec && strcmp(order.http.url, "http://a:81/x?y") == 0 &&
	    order.http.timeout_ms == 15000 && order.http.max_body == 4096 &&
	    order.http.cut && order.http.egress == &s.egress, "unsigned");
	ok(!deliver_make(&s, &little, &d, &t, STR(""), NOW, 1, &order, &v) &&
	    strcmp(v.error, "TOO_LARGE") == 0, "no memory");
	destination("{\"url\": \"http://a\", \"sign\": [], \"transform_sql\": "
	    "\"a.b\"}");
	ok(!deliver_make(&s, &arena, &d, &t, STR("{"), NOW, 1, &order, &v) &&
	    v.outcome == DELIVER_DEAD && strcmp(v.reason, "transform") == 0,
	    "a function's result that is no JSON");
	destination("{\"exec\": [\"/bin/sh\"]}");
	ok(!deliver_make(&s, &arena, &d, &t, STR(""), NOW, 1, &order, &v) &&
	    strcmp(v.error, "EXEC_REFUSED") == 0, "no program may be run");
	ok(deliver_event(&arena, &d, &t).n > 100, "the event of a function");
}

static void
test_child(void)
{
	struct child_result	r = { .end = CHILD_EXITED, .status = 0,
				    .output = STR("out"), .elapsed_us = 7000 };
	struct task		t = task();

	destination("{\"exec\": [\"/bin/sh\"]}");
	deliver_judge_child(&arena, &d, &t, &r, NOW, 1, &v);
	ok(v.outcome == DELIVER_DELIVERED && v.status == 0 && v.ms == 7 &&
	    str_eq(v.head, STR("out")), "a program that ends well");
	r.status = 100;
	deliver_judge_child(&arena, &d, &t, &r, NOW, 1, &v);
	ok(v.outcome == DELIVER_DEAD && strcmp(v.reason, "exit 100") == 0,
	    "100");
	r.end = CHILD_KILLED;
	r.status = 9;
	deliver_judge_child(&arena, &d, &t, &r, NOW, 1, &v);
	ok(v.outcome == DELIVER_RETRY && v.status == -1 &&
	    strcmp(v.error, "EXEC_KILLED") == 0, "a signal");
}

int
main(void)
{
	if (!ok(deliver_open(&s, &config), "open"))
		return done_testing();
	test_errors();
	test_policy();
	test_make();
	test_child();
	deliver_close(&s);
	return done_testing();
}
