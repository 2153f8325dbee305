/* Templates of JSON and of forms: no value can break them. */
#include "../../src/core/json.h"
#include "../../src/core/template.h"
#include "tap.h"

static char		memory[1 << 20], buf[65536], said[512];
static struct arena	arena = { .base = memory, .cap = sizeof(memory) };
static struct out	o, why;

/* x: the value; list: ["a", {"b": 1}]; null: JSON's null. */
static struct template_value
get(void *data, struct str name)
{
	struct str	*x = data;

	if (str_eq(name, STR("x")))
		return (struct template_value){ false, *x };
	if (str_eq(name, STR("list")))
		return (struct template_value){ true,
		    STR("[\"a\", {\"b\": 1}, \"c\\nd\"]") };
	if (str_eq(name, STR("null")))
		return (struct template_value){ true, STR("null") };
	return (struct template_value){ .json = false };
}

static bool
fill(enum template_form form, const char *source, struct str x)
{
	struct template_data	data = { get, &x };
	const struct template	*t;

	arena.used = 0;
	o = out_init(buf, sizeof(buf));
	why = out_init(said, sizeof(said));
	t = template_compile(&arena, str_from(source), form, &why);
	return t != NULL && template_render(t, &data, &arena, &o);
}

static void
test_values(void)
{
	static const struct {
		const char	*source;
		struct str	 x;
		const char	*gives;
	} t[] = {
		{ "{\"a\": \"<{{x}}>\"}", { "q\"\\\n", 4 },
		    "{\"a\": \"<q\\\"\\\\\\n>\"}" },
		{ "{\"a\": {{x}}}", { "1, \"b\": 2", 9 },
		    "{\"a\": \"1, \\\"b\\\": 2\"}" },
		{ "[{{x}}, \"{{x}}\"]", { NULL, 0 }, "[null, \"\"]" },
		{ "[{{x}}]", { "", 0 }, "[\"\"]" },
		{ "[{{x}}]", { "\xff\0", 2 }, "[\"\xef\xbf\xbd\xef\xbf\xbd\"]" },
		{ "{{list}}", { NULL, 0 }, "[\"a\", {\"b\": 1}, \"c\\nd\"]" },
		{ "[\"{{list}}\"]", { NULL, 0 },
		    "[\"[\\\"a\\\", {\\\"b\\\": 1}, \\\"c\\\\nd\\\"]\"]" },
		{ "[\"{{#list}}{{.}};{{/list}}\"]", { NULL, 0 },
		    "[\"a;{\\\"b\\\": 1};c\\nd;\"]" },
		{ "[{{#list}}{{.}},{{/list}}0]", { NULL, 0 },
		    "[\"a\",{\"b\": 1},\"c\\nd\",0]" },
		{ "[{{null}}, \"{{null}}\"]", { NULL, 0 }, "[null, \"\"]" },
		{ "[{{#x}}\"{{x}}\"{{/x}}{{^x}}0{{/x}}]", { "1", 1 },
		    "[\"1\"]" },
		{ "\"\\\\{{x}}\\u00e9{{x}}\\\"\"", { "n", 1 },
		    "\"\\\\n\\u00e9n\\\"\"" },
		{ "{\"a{{! \" }}b\": \"\\{{! c }}u0041\"}", { NULL, 0 },
		    "{\"ab\": \"\\u0041\"}" },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		quiet(fill(TEMPLATE_JSON, t[i].source, t[i].x) &&
		    str_eq(out_str(&o), str_from(t[i].gives)), "%s: %.*s "
		    "%.*s", t[i].source, (int)o.n, o.p, (int)why.n, why.p);
		quiet(json_valid(out_str(&o)), "%s: JSON", t[i].source);
	}
	tap_loop("values within quotes and without");
	ok(fill(TEMPLATE_FORM, "a={{x}}&b={{list}}", STR("1&c=2 %\xff")) &&
	    str_eq(out_str(&o), STR("a=1%26c%3D2+%25%FF&b=")),
	    "a form: %.*s", (int)o.n, o.p);
}

static void
test_refused(void)
{
	static const struct {
		const char	*source, *why;
	} t[] = {
		{ "\"\\{{x}}\"", "line 1:3: {{x}} stands within an escape" },
		{ "\"\\u00{{x}}\"", "within an escape" },
		{ "\"\\u{{x}}\"", "within an escape" },
		{ "{{#x}}\"{{/x}}", "ends in another place" },
		{ "[\"{{#x}}\", {{/x}}\"]", "" },
		{ "{{{x}}}", "raw" },
		{ "\"{{#x}}\\{{/x}}n\"", "within an escape" },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(!fill(TEMPLATE_JSON, t[i].source, STR("x")) &&
		    str_search(out_str(&why), str_from(t[i].why)) <= why.n &&
		    (t[i].why[0] == '\0' || str_search(out_str(&why),
		    str_from(t[i].why)) < why.n), "%s: %.*s", t[i].source,
		    (int)why.n, why.p);
	tap_loop("what data could break is refused");
}

/* Every byte, and all pairs of the odd ones, in both places. */
static void
test_bytes(void)
{
	static const char	odd[] = "\"\\/{}[]:,\n\r\t\0\x1f\x7f\x80\xc3\xa9\xff";
	char			text[2];
	unsigned		i, j;

	for (i = 0; i < 256; i++) {
		text[0] = (char)i;
		quiet(fill(TEMPLATE_JSON, "{\"a\": \"{{x}}\", \"b\": {{x}}, "
		    "\"{{x}}\": [{{x}}]}", (struct str){ text, 1 }) &&
		    json_valid(out_str(&o)), "%u", i);
	}
	for (i = 0; i < sizeof(odd); i++)
		for (j = 0; j < sizeof(odd); j++) {
			text[0] = odd[i];
			text[1] = odd[j];
			quiet(fill(TEMPLATE_JSON, "[\"{{x}}{{x}}\", {{x}}]",
			    (struct str){ text, 2 }) &&
			    json_valid(out_str(&o)), "%u %u", i, j);
		}
	tap_loop("any byte gives JSON");
}

int
main(void)
{
	test_values();
	test_refused();
	test_bytes();
	return done_testing();
}
