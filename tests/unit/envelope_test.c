/* Events as JSON: nothing is lost, whatever came. */
#include "../../src/core/envelope.h"
#include "../../src/core/json.h"
#include "tap.h"

static char		memory[1 << 20];
static struct arena	arena = { .base = memory, .cap = sizeof(memory) };

static struct task
task_of(const char *format, struct str raw)
{
	return (struct task){ .id = 42, .event_id = { 1, 0x93, 0x83, 0x38 },
	    .account = STR("AC00000000000000000000000000000001"),
	    .kind = STR("message.status"), .method = STR("POST"),
	    .format = str_from(format), .raw = raw,
	    .url = STR("https://hooks.example.test/twilio") };
}

static struct str
make(const struct task *t, bool form, bool raw)
{
	struct envelope	e;

	arena.used = 0;
	arena.full = false;
	(void)envelope_open(&arena, t, "2026-01-31T23:59:59.123Z", &e);
	e.form = form;
	e.raw = raw;
	return envelope_make(&arena, &e);
}

static struct str
data(struct str json, const char *name)
{
	return json_get(json_get(json, "data"), name);
}

static void
test_form(void)
{
	struct task	t = task_of("form", STR("B=2&A=1&B=3&C=&D&"
	    "MediaUrl0=https%3A%2F%2Fm.example%2F0&MediaContentType0="
	    "image%2Fpng&E=%E2%82%AC+%22%5C%0A"));
	struct str	j;

	t.sid = STR("SM000000000000000000000000000000a1");
	t.error_code = 30003;
	j = make(&t, false, false);
	is_str(j, STR("{\"type\":\"message.status\",\"timestamp\":"
	    "\"2026-01-31T23:59:59.123Z\",\"data\":{"
	    "\"id\":\"01938338-0000-0000-0000-000000000000\","
	    "\"delivery\":\"dlv_01938338-0000-0000-0000-000000000000_42\","
	    "\"account\":\"AC00000000000000000000000000000001\","
	    "\"sid\":\"SM000000000000000000000000000000a1\","
	    "\"status\":null,\"from\":null,\"to\":null,\"error_code\":30003,"
	    "\"parent\":null,\"verdict\":null,\"method\":\"POST\","
	    "\"url\":\"https://hooks.example.test/twilio\","
	    "\"params\":{\"B\":[\"2\",\"3\"],\"A\":\"1\",\"C\":\"\",\"D\":\"\","
	    "\"MediaUrl0\":\"https://m.example/0\",\"MediaContentType0\":"
	    "\"image/png\",\"E\":\"\xe2\x82\xac \\\"\\\\\\n\"},"
	    "\"media\":[{\"url\": \"https://m.example/0\", "
	    "\"content_type\": \"image/png\"}]}}"), "a form");
	ok(json_valid(j), "is JSON");
	j = make(&t, true, true);
	is_str(json_text(&arena, data(j, "form")), t.raw, "its text");
	ok(data(j, "raw").n == (t.raw.n + 2) / 3 * 4 + 2, "its bytes");
}

static void
test_whole(void)
{
	static const struct {
		const char	*format;
		struct str	 raw;
		bool		 form, base64;
	} t[] = {
		{ "form", { "a=%c3%a9", 8 }, false, false },
		{ "form", { "a=%ff", 5 }, false, true },
		{ "form", { "%fe=1", 5 }, false, true },
		{ "form", { "a=%00", 5 }, false, true },
		{ "form", { "a=%ed%a0%80", 11 }, false, true },
		{ "form", { "&&", 2 }, false, true },
		{ "form", { "", 0 }, false, false },
		{ "form", { NULL, 0 }, true, false },
		{ "form", { "a=b", 3 }, true, false },
		{ "form", { "a=\xc3\xa9\xff", 5 }, true, true },
		{ "json", { "{\"a\": [1, 2]}", 13 }, false, false },
		{ "json", { "{\"a\":", 5 }, false, true },
		{ "json", { "", 0 }, false, true },
	};
	struct task	task;
	struct str	j;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		task = task_of(t[i].format, t[i].raw);
		j = make(&task, t[i].form, false);
		quiet(json_valid(j), "%zu: %.*s", i, (int)j.n, j.p);
		quiet((data(j, "raw").p != NULL) == t[i].base64, "%zu: %.*s",
		    i, (int)j.n, j.p);
	}
	tap_loop("the bytes are there where the JSON is not all of them");
	task = task_of("json", STR(" {\"b\":1,\"a\":1.50,\"b\":2} "));
	j = make(&task, false, false);
	is_str(data(j, "json"), STR("{\"b\":1,\"a\":1.50,\"b\":2}"),
	    "a JSON body as it stands");
	ok(data(j, "params").p == NULL, "and no parameters");
}

static void
test_limits(void)
{
	static char	many[5000];
	struct task	t = task_of("form", (struct str){ many, 4400 });
	struct envelope	e;
	struct str	j;
	size_t		i;

	for (i = 0; i < sizeof(many); i++)
		many[i] = "a&"[i % 2];
	j = make(&t, false, false);
	ok(json_valid(j) && data(j, "raw").n > 4400, "too many parameters");
	t.raw.n = 4000;
	j = make(&t, false, false);
	ok(json_valid(j) && data(j, "raw").p == NULL, "as many as may be");
	arena.used = 0;
	arena.cap = 3000;
	(void)envelope_open(&arena, &t, "", &e);
	ok(envelope_make(&arena, &e).p == NULL && arena.full, "no memory");
	arena.cap = sizeof(memory);
	t = task_of("form", STR("From=x"));
	arena.used = 0;
	arena.full = false;
	(void)envelope_open(&arena, &t, "now", &e);
	j = envelope_event(&arena, &e);
	ok(json_valid(j) && str_eq(json_get(j, "kind"),
	    STR("\"message.status\"")) && str_eq(json_get(j, "timestamp"),
	    STR("\"now\"")), "the event of a template");
}

int
main(void)
{
	test_form();
	test_whole();
	test_limits();
	return done_testing();
}
