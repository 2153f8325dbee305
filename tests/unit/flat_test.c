/* Flat JSON objects: values read, and what is none refused. */
#include "../../src/core/flat.h"
#include "../../src/core/out.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 16];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static void
is_value(const char *json, const char *name, const char *wanted)
{
	struct arena	a = fresh();
	struct str	v = flat_get(&a, str_from(json), name);

	ok(flat_valid(str_from(json)), "it is valid");
	is_str(v, str_from(wanted), "and has the value");
}

static void
test_values(void)
{
	is_value("{}", "a", NULL);
	is_value(" { } ", "a", NULL);
	is_value("{\"a\":1}", "a", "1");
	is_value("{\"a\":1}", "b", NULL);
	is_value("{\"a\":null}", "a", NULL);
	is_value("{\"a\":true,\n\"b\" : false}", "b", "false");
	is_value("{\"a\":\"\"}", "a", "");
	is_value("{\"a\":\"x,}\\\"\",\"b\":-1.5E+3}", "b", "-1.5E+3");
	is_value("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "a",
	    "\"\\/\b\f\n\r\t");
	is_value("{\"a\":\"\\u0041\\u00e9\\u20ac\\u001b\"}", "a",
	    "A\xc3\xa9\xe2\x82\xac\x1b");
	is_value("{\"a\":\"\\ud83d\\u00b\"}", "a", "?00b");
	is_value("{\"a\":\"1\",\"a\":\"2\"}", "a", "1");
}

static void
test_invalid(void)
{
	static const char *const bad[] = { "", "{", "}", "[]", "1", "{,}",
	    "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}",
	    "{\"a\":[1]}", "{\"a\":{}}", "{\"a\":\"}", "{\"a\":\"\\\"}",
	    "{\"a\":1}x", "{a:1}", "{\"a\":\"\n\"}", "<html>" };
	size_t	i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!flat_valid(str_from(bad[i])), "not valid: %zu", i);
}

/* Whatever out_json writes is read again; not a byte beyond is touched. */
static void
test_round(void)
{
	struct arena	a = fresh();
	char		all[256], buf[2048];
	struct out	o = out_init(buf, sizeof(buf));
	struct str	text = { all, 127 }, json, v;
	size_t		i, wrong = 0;

	for (i = 0; i < 127; i++)
		all[i] = (char)(i + 1);
	out_cstr(&o, "{\"x\":");
	out_json(&o, text);
	out_char(&o, '}');
	json = guard_str(out_str(&o));
	v = flat_get(&a, json, "x");
	ok(flat_valid(json) && str_eq(v, text), "every ASCII byte");
	for (i = 0; i < json.n; i++)
		wrong += flat_valid(str_sub(json, 0, i));
	ok(wrong == 0, "no part of it is valid");
}

int
main(void)
{
	test_values();
	test_invalid();
	test_round();
	return done_testing();
}
