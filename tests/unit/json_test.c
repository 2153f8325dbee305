/* JSON: what is valid and what is not, and every value within. */
#include "../../src/core/json.h"
#include "../../src/core/out.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 16];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

/* RFC 8259, each rule from both sides. */
static void
test_valid(void)
{
	static const char *const good[] = { "{}", "[]", " { } ", "\t[\n]\r",
	    "0", "-0", "-1.5E+3", "10.01e-2", "1E5", "true", "false", "null",
	    "\"\"", "[1,2]", "[[],{},[[]]]", "{\"a\":{\"b\":[1,{}]},\"c\":2}",
	    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF\"", "\"\xf0\x9f\x93\x9e\x7f\"",
	    "{\"a\":1,\"a\":2}", "[ 1 , 2 ]", "{ \"a\" : 1 , \"b\" : 2 }",
	    "\"\\ud800\"" };
	static const char *const bad[] = { "", " ", "{", "}", "[", "]", "{,}",
	    "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "[1,]",
	    "[,1]", "[1 2]", "[1}", "{\"a\":1]", "{a:1}", "{1:2}", "[1]]",
	    "{}x", "{} {}", "1 2", "01", "-", "-a", "+1", ".5", "1.", "1e",
	    "1e+", "0x1", "NaN", "nul", "True", "truefalse", "'a'", "\"",
	    "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"",
	    "\"\x1f\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"",
	    "\"\xe2\x82\"", "\xef\xbb\xbf{}", "[1,\"a]", "// c\n1",
	    "<html>", "{\"a\":1,,\"b\":2}", "{:1}", "\v1" };
	size_t	i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		quiet(json_valid(guard_str(str_from(good[i]))), "%s", good[i]);
	tap_loop("valid texts");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		quiet(!json_valid(guard_str(str_from(bad[i]))), "%s", bad[i]);
	quiet(!json_valid((struct str){ NULL, 0 }), "absent");
	quiet(!json_valid((struct str){ "1\0", 2 }), "a NUL behind");
	quiet(!json_valid((struct str){ "\"\0\"", 3 }), "a NUL within");
	tap_loop("texts that are not");
}

static void
test_depth(void)
{
	char	text[2 * JSON_MAX_DEPTH + 2];
	size_t	n, i;

	for (n = 1; n <= JSON_MAX_DEPTH + 1; n++) {
		for (i = 0; i < n; i++) {
			text[i] = '[';
			text[2 * n - 1 - i] = ']';
		}
		quiet(json_valid(guard_str((struct str){ text, 2 * n })) ==
		    (n <= JSON_MAX_DEPTH), "%zu deep", n);
	}
	tap_loop("as deep as may be, and no deeper");
}

static void
is_value(const char *json, const char *name, const char *wanted)
{
	struct arena	a = fresh();
	struct str	s = guard_str(str_from(json));
	struct str	v = json_text(&a, json_get(s, name));

	quiet(json_valid(s), "%s", json);
	quiet(str_eq(v, str_from(wanted)) && (v.p == NULL) == (wanted == NULL),
	    "%s: got %.*s", json, (int)v.n, v.p == NULL ? "" : v.p);
}

static void
test_values(void)
{
	is_value("{}", "a", NULL);
	is_value("[\"a\",1]", "a", NULL);
	is_value("\"a\"", "a", NULL);
	is_value(" {\"a\":1} ", "a", "1");
	is_value("{\"a\":1}", "b", NULL);
	is_value("{\"a\":1}", "", NULL);
	is_value("{\"\":1}", "", "1");
	is_value("{\"a\":null}", "a", NULL);
	is_value("{\"a\":{\"b\":1}}", "a", NULL);
	is_value("{\"a\":[1]}", "a", NULL);
	is_value("{\"a\":{\"b\":1},\"b\":2}", "b", "2");
	is_value("{\"a\":true,\n\"b\" : false}", "b", "false");
	is_value("{\"a\":\"\"}", "a", "");
	is_value("{\"a\":\"x,}]\\\"\",\"b\":-1.5E+3}", "b", "-1.5E+3");
	is_value("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "a",
	    "\"\\/\b\f\n\r\t");
	is_value("{\"a\":\"\\u0041\\u00e9\\u20AC\\u001b\"}", "a",
	    "A\xc3\xa9\xe2\x82\xac\x1b");
	is_value("{\"a\":\"\\ud83d\\udcde!\"}", "a", "\xf0\x9f\x93\x9e!");
	is_value("{\"a\":\"\\udbff\\udfff\"}", "a", "\xf4\x8f\xbf\xbf");
	is_value("{\"a\":\"\\ud83d\\uff5e\"}", "a",
	    "\xef\xbf\xbd\xef\xbd\x9e");
	is_value("{\"a\":\"\\u0000x\"}", "a", "\xef\xbf\xbdx");
	is_value("{\"a\":\"\\ud83dx\"}", "a", "\xef\xbf\xbdx");
	is_value("{\"a\":\"\\udcde\"}", "a", "\xef\xbf\xbd");
	is_value("{\"a\":\"\\ud83d\\u0041\"}", "a", "\xef\xbf\xbd" "A");
	is_value("{\"a\":\"\\ud83d\\ud83d\\udcde\"}", "a",
	    "\xef\xbf\xbd\xf0\x9f\x93\x9e");
	is_value("{\"a\":\"1\",\"a\":\"2\"}", "a", "1");
	is_value("{\"\\u0061b\":1}", "ab", "1");
	is_value("{\"\\u0061b\":1}", "abc", NULL);
	is_value("{\"\\u0061b\":1}", "a", NULL);
	tap_loop("values by name");
}

static void
test_walk(void)
{
	struct arena		a = fresh();
	struct json_walk	w;
	struct json_item	item;
	char			got[256];
	struct out		o = out_init(got, sizeof(got));
	struct str		s = guard_str(STR(" [ 1 ,\"a,]\" , [2,[3]],"
				    " {\"b\":{}} ,null ] "));

	ok(json_valid(s) && json_open(s, &w) && !w.object, "an array");
	while (json_next(&w, &item)) {
		quiet(item.name.p == NULL, "an element has no name");
		out_bytes(&o, item.value);
		out_char(&o, '|');
	}
	tap_loop("elements");
	is_str(out_str(&o), STR("1|\"a,]\"|[2,[3]]|{\"b\":{}}|null|"),
	    "its elements");
	s = guard_str(STR("{\"a\" : [ 1 ] , \"\\u0062\":\"x\"}"));
	o = out_init(got, sizeof(got));
	ok(json_valid(s) && json_open(s, &w) && w.object, "an object");
	while (json_next(&w, &item)) {
		out_bytes(&o, json_text(&a, item.name));
		out_char(&o, '=');
		out_bytes(&o, item.value);
		out_char(&o, '|');
	}
	is_str(out_str(&o), STR("a=[ 1 ]|b=\"x\"|"), "its members");
	ok(!json_next(&w, &item), "the end stays the end");
	ok(json_open(STR("{}"), &w) && !json_next(&w, &item), "none");
	ok(!json_open(STR("1"), &w) && !json_open(STR(""), &w) &&
	    !json_open(STR("\"[]\""), &w), "a scalar has none");
}

static void
test_types(void)
{
	static const struct {
		const char	*text;
		enum json_type	 type;
	} t[] = {
		{ "null", JSON_NULL }, { "", JSON_NULL },
		{ "true", JSON_BOOL }, { "false", JSON_BOOL },
		{ "-1", JSON_NUMBER }, { "0", JSON_NUMBER },
		{ "\"\"", JSON_STRING }, { " {}", JSON_OBJECT },
		{ "[]", JSON_ARRAY },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(json_type(str_from(t[i].text)) == t[i].type, "%s",
		    t[i].text);
	quiet(json_type((struct str){ NULL, 0 }) == JSON_NULL, "absent");
	tap_loop("types");
}

/* Whatever out_json writes is read again; not a byte beyond is touched. */
static void
test_round(void)
{
	struct arena		a = fresh();
	char			all[256], buf[2048];
	struct out		o = out_init(buf, sizeof(buf));
	struct str		text = { all, 127 }, json, v;
	struct json_walk	w;
	struct json_item	item;
	size_t			i, wrong = 0;

	for (i = 0; i < 127; i++)
		all[i] = (char)(i + 1);
	out_cstr(&o, "{\"x\":");
	out_json(&o, text);
	out_char(&o, '}');
	json = guard_str(out_str(&o));
	v = json_text(&a, json_get(json, "x"));
	ok(json_valid(json) && str_eq(v, text), "every ASCII byte");
	for (i = 0; i < json.n; i++) {
		json = guard_str(str_sub(out_str(&o), 0, i));
		wrong += json_valid(json);
		(void)json_text(&a, json_get(json, "x"));
		if (json_open(json, &w))
			while (json_next(&w, &item))
				(void)json_text(&a, item.value);
		(void)json_text(&a, str_sub(json, 5, i));
		a.used = 0;
	}
	ok(wrong == 0, "no part of it is valid, and each may be asked");
	a.cap = 4;
	a.full = false;
	v = json_text(&a, STR("\"\\u0041\""));
	ok(v.p == NULL && a.full, "a full arena is told");
}

int
main(void)
{
	test_valid();
	test_depth();
	test_values();
	test_walk();
	test_types();
	test_round();
	return done_testing();
}
