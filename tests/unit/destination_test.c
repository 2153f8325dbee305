/* Specs of destinations: what they say, and what they may not. */
#include "../../src/core/destination.h"
#include "tap.h"

static char			memory[1 << 20];
static struct arena		arena = { .base = memory,
				    .cap = sizeof(memory) };
static struct destination	d;
static char			buf[512];
static struct out		why;

static bool
parse(const char *spec)
{
	arena.used = 0;
	why = out_init(buf, sizeof(buf));
	return destination_parse(&arena, str_from(spec), &d, &why);
}

static void
test_defaults(void)
{
	ok(parse("{\"url\": \"https://a.example/x\"}"), "the least");
	ok(strcmp(d.url, "https://a.example/x") == 0 && d.exec[0] == NULL,
	    "its URL");
	ok(d.body == DESTINATION_JSON && !d.raw && d.standard && !d.twilio &&
	    d.nheaders == 0 && d.template == NULL &&
	    d.transform_sql.p == NULL, "what is sent");
	ok(d.backoff.steps == 0 && d.backoff.first_ms == 10000 &&
	    d.backoff.cap_ms == 3600000 && d.attempts == 12 &&
	    d.age_ms == 259200000, "how often");
	ok(backoff_statuses_has(&d.retry_on, 500) &&
	    backoff_statuses_has(&d.retry_on, 429) &&
	    !backoff_statuses_has(&d.retry_on, 404) &&
	    !backoff_statuses_has(&d.retry_on, 302), "after what");
	ok(d.connect_ms == 5000 && d.first_byte_ms == 10000 &&
	    d.timeout_ms == 15000 && d.response == 4096, "how long");
	ok(d.rate_n == 0 && d.concurrency == 0 && !d.ordered && !d.hold &&
	    d.breaker_failures == 10 && d.breaker_cool_ms == 30000 &&
	    d.breaker_cap_ms == 600000, "how fast, and in which order");
	ok(parse("{\"exec\": [\"/opt/hooks/x\", \"a b\"]}") && d.url == NULL &&
	    strcmp(d.exec[0], "/opt/hooks/x") == 0 &&
	    strcmp(d.exec[1], "a b") == 0 && d.exec[2] == NULL &&
	    !d.standard, "a program");
}

static void
test_all(void)
{
	ok(parse("{\"url\": \"http://u:p@h.example:8080/?a=b\", \"body\": "
	    "\"both\", \"raw\": true, \"sign\": [\"twilio\", \"standard\"], "
	    "\"headers\": {\"Authorization\": \"Bearer \\u0041\"}, "
	    "\"filter\": {\"kind\": \"message.*\"}, \"type\": \"text/plain\","
	    " \"schedule_ms\": [5000, 300000], \"age_ms\": 60000, "
	    "\"retry_on\": \"!410\", \"connect_ms\": 1, \"first_byte_ms\": 2, "
	    "\"timeout_ms\": 120000, \"rate\": {\"n\": 10, \"per_ms\": 60000},"
	    " \"concurrency\": 8, \"order\": \"resource\", \"stuck\": "
	    "\"hold\", \"breaker\": false, \"response\": 0, \"new\": 1}"),
	    "every key: %.*s", (int)why.n, why.p);
	ok(d.body == DESTINATION_BOTH && d.raw && d.standard && d.twilio,
	    "body and signatures");
	ok(d.nheaders == 1 && str_eq(d.header[0].value, STR("Bearer A")),
	    "headers");
	ok(d.backoff.steps == 2 && d.backoff.step_ms[1] == 300000 &&
	    d.attempts == 3, "a schedule says how many attempts");
	ok(d.rate_n == 10 && d.rate_per_ms == 60000 && d.concurrency == 8 &&
	    d.ordered && d.hold && d.breaker_failures == 0 &&
	    d.response == 0 && d.timeout_ms == 120000, "the rest");
	ok(parse("{\"url\": \"http://a\", \"sign\": [], \"attempts\": 2, "
	    "\"schedule_ms\": [1,2,3], \"breaker\": {\"failures\": 3}, "
	    "\"rate\": null, \"template\": \"{\\\"a\\\": {{From}}}\"}") &&
	    !d.standard && d.attempts == 2 && d.breaker_failures == 3 &&
	    d.breaker_cool_ms == 30000 && d.template_form == TEMPLATE_JSON,
	    "unsigned");
}

static void
test_faults(void)
{
	static const struct {
		const char	*spec, *why;
	} t[] = {
		{ "[]", "object" },
		{ "{}", "url" },
		{ "{\"url\": \"http://a\", \"exec\": [\"/x\"]}", "url" },
		{ "{\"url\": \"ftp://a\"}", "url: it must begin" },
		{ "{\"url\": \"http://a/b c\"}", "url" },
		{ "{\"url\": 1}", "url: it must be a text" },
		{ "{\"exec\": \"/x\"}", "exec" },
		{ "{\"exec\": []}", "exec" },
		{ "{\"exec\": [\"x\"]}", "exec" },
		{ "{\"exec\": [\"/x\", 1]}", "exec" },
		{ "{\"url\": \"http://a\", \"body\": \"xml\"}", "body" },
		{ "{\"url\": \"http://a\", \"sign\": [\"md5\"]}", "sign" },
		{ "{\"url\": \"http://a\", \"sign\": \"standard\"}", "sign" },
		{ "{\"url\": \"http://a\", \"headers\": {\"A b\": \"\"}}",
		    "headers" },
		{ "{\"url\": \"http://a\", \"headers\": {\"A\": \"b\\nc\"}}",
		    "headers" },
		{ "{\"url\": \"http://a\", \"attempts\": 0}",
		    "attempts: it must be a whole number from 1 to 1000" },
		{ "{\"url\": \"http://a\", \"attempts\": \"3\"}", "attempts" },
		{ "{\"url\": \"http://a\", \"timeout_ms\": 120001}",
		    "timeout_ms" },
		{ "{\"url\": \"http://a\", \"schedule_ms\": [1.5]}",
		    "schedule_ms" },
		{ "{\"url\": \"http://a\", \"backoff\": {\"cap_ms\": -1}}",
		    "backoff.cap_ms" },
		{ "{\"url\": \"http://a\", \"retry_on\": \"5xx\"}",
		    "retry_on: 5xx is no status" },
		{ "{\"url\": \"http://a\", \"order\": \"any\"}", "order" },
		{ "{\"url\": \"http://a\", \"stuck\": \"any\"}", "stuck" },
		{ "{\"url\": \"http://a\", \"template\": \"{{{x}}}\"}",
		    "template: line 1:1" },
		{ "{\"url\": \"http://a\", \"template\": \"x\", "
		    "\"transform_sql\": \"a.b\"}", "template" },
		{ "{\"url\": \"http://a\", \"type\": \"a\\nb\"}", "type" },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(!parse(t[i].spec) && str_search(out_str(&why),
		    str_from(t[i].why)) < why.n, "%s: %.*s", t[i].spec,
		    (int)why.n, why.p);
	tap_loop("faults are told");
}

static void
test_load(void)
{
	struct destinations	all;
	struct arena		little = { .base = memory, .cap = 300 };

	arena.used = 0;
	ok(destinations_load(&arena, STR("[{\"id\": 3, \"name\": \"a\", "
	    "\"spec\": {\"url\": \"http://a\"}, \"secrets\": [\"whsec_1\", "
	    "\"whsec_2\", \"whsec_3\"]}, {\"id\": 9, \"name\": \"b\", "
	    "\"spec\": {}, \"secrets\": []}]"), &all) && all.n == 2,
	    "what SQL gives");
	ok(all.at[0].id == 3 && str_eq(all.at[0].name, STR("a")) &&
	    all.at[0].broken.p == NULL && all.at[0].nsecrets == 2 &&
	    str_eq(all.at[0].secret[1], STR("whsec_2")), "one");
	ok(destinations_find(&all, 9) == &all.at[1] &&
	    all.at[1].broken.n > 0, "a broken one: %.*s",
	    (int)all.at[1].broken.n, all.at[1].broken.p);
	ok(destinations_find(&all, 4) == NULL, "none");
	ok(destinations_load(&arena, STR("[]"), &all) && all.n == 0, "no one");
	ok(!destinations_load(&arena, STR("{}"), &all) &&
	    !destinations_load(&arena, STR("[1"), &all), "no list");
	ok(!destinations_load(&little, STR("[{},{}]"), &all) && little.full,
	    "no memory");
}

int
main(void)
{
	test_defaults();
	test_all();
	test_faults();
	test_load();
	return done_testing();
}
