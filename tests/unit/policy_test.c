/*
 * What people write of a destination: what each option takes and refuses,
 * the JSON that it means, and the text that comes back from that.
 */
#include <string.h>

#include "../../src/core/json.h"
#include "../../src/core/policy.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 16];
static struct arena	arena;
static char		buf[4096];

static const struct policy_term *
term(const char *option)
{
	const struct policy_term	*t = policy_terms;

	while (t->option != NULL && strcmp(t->option, option) != 0)
		t++;
	return t;
}

/* Members with ' for ", or "refused". */
static struct str
members(const char *option, const char *text)
{
	struct out	o = out_init(buf, sizeof(buf));
	size_t		i;

	if (!policy_read(term(option), guard_str(str_from(text)), &o))
		return STR("refused");
	for (i = 0; i < o.n; i++)
		if (buf[i] == '"')
			buf[i] = '\'';
	return str_sub(out_str(&o), 2, o.n);
}

/* A text means these members, and is what is written of them. */
static void
means(const char *option, const char *text, const char *json,
    const char *again)
{
	char		spec[4200];
	struct out	o = out_init(spec, sizeof(spec));
	struct str	was;
	char		name[200];
	size_t		i;

	(void)snprintf(name, sizeof(name), "--%s '%s'", option, text);
	was = members(option, text);
	is_str(was, str_from(json), name);
	out_char(&o, '{');
	out_bytes(&o, was);
	out_char(&o, '}');
	for (i = 0; i < o.n; i++)
		if (spec[i] == '\'')
			spec[i] = '"';
	arena.used = 0;
	ok(json_valid(out_str(&o)), "%s is JSON", name);
	is_str(policy_write(term(option), guard_str(out_str(&o)), &arena),
	    str_from(again), "and back");
}

static void
refuses(const char *option, const char *text)
{
	char	name[200];

	(void)snprintf(name, sizeof(name), "--%s '%s' is refused", option,
	    text);
	is_str(members(option, text), STR("refused"), name);
}

static void
test_terms(void)
{
	means("body", "both", "'body': 'both'", "both");
	means("sign", "standard,twilio", "'sign': ['standard', 'twilio']",
	    "standard,twilio");
	means("sign", "none", "'sign': []", "none");
	means("template", "{\"a\": {{x}}}\n",
	    "'template': '{\\'a\\': {{x}}}\\n', 'transform_sql': null",
	    "{\"a\": {{x}}}\n");
	means("transform-sql", "app.to_crm",
	    "'transform_sql': 'app.to_crm', 'template': null", "app.to_crm");
	means("retry", "5s 30s  2m,1h",
	    "'schedule_ms': [5000, 30000, 120000, 3600000], 'backoff': null",
	    "5s 30s 2m 1h");
	means("retry", "90s", "'schedule_ms': [90000], 'backoff': null",
	    "90s");
	means("retry", "exponential 500ms..1h",
	    "'backoff': {'first_ms': 500, 'cap_ms': 3600000}, "
	    "'schedule_ms': null", "exponential 500ms..1h");
	means("retry-on", "408,429 500-599 !501",
	    "'retry_on': '408,429 500-599 !501'", "408,429 500-599 !501");
	means("attempts", "12", "'attempts': 12", "12");
	means("age", "3d", "'age_ms': 259200000", "3d");
	means("first-byte", "1500ms", "'first_byte_ms': 1500", "1500ms");
	means("timeout", "120s", "'timeout_ms': 120000", "2m");
	means("rate", "10/s", "'rate': {'n': 10, 'per_ms': 1000}", "10/s");
	means("rate", "600/m", "'rate': {'n': 600, 'per_ms': 60000}",
	    "600/m");
	means("rate", "1/30s", "'rate': {'n': 1, 'per_ms': 30000}", "1/30s");
	means("rate", "5/11ms", "'rate': {'n': 5, 'per_ms': 11}", "5/11ms");
	means("concurrency", "8", "'concurrency': 8", "8");
	means("order", "resource", "'order': 'resource'", "resource");
	means("stuck", "hold", "'stuck': 'hold'", "hold");
	means("breaker", "10 30s..10m", "'breaker': {'failures': 10, "
	    "'cool_ms': 30000, 'cap_ms': 600000}", "10 30s..10m");
	means("breaker", "off", "'breaker': false", "off");
	is_str(members("retry", ""),
	    STR("'schedule_ms': null, 'backoff': null"), "an empty text");
	is_str(members("age", ""), STR("'age_ms': null"), "of one key");
}

static void
test_refused(void)
{
	static const char *const bad[][2] = {
		{ "body", "xml" }, { "body", "json|form" }, { "sign", "x" },
		{ "sign", "standard,none" }, { "transform-sql", "f" },
		{ "transform-sql", "app.f()" }, { "retry", "5" },
		{ "retry", "0s" }, { "retry", "-5s" }, { "retry", "5s x" },
		{ "retry", "exponential" }, { "retry", "exponential 10s" },
		{ "retry", "exponential 1h..10s" }, { "retry", "8d" },
		{ "retry", "10s..1h" }, { "retry", " " },
		{ "retry-on", "99" }, { "retry-on", "600" },
		{ "retry-on", "599-500" }, { "retry-on", "5xx" },
		{ "retry-on", "!" }, { "retry-on", "500-" },
		{ "attempts", "0" }, { "attempts", "1001" },
		{ "attempts", "x" }, { "age", "31d" }, { "timeout", "3m" },
		{ "rate", "10" }, { "rate", "/s" }, { "rate", "10/" },
		{ "rate", "0/s" }, { "rate", "10/x" }, { "rate", "10/s/s" },
		{ "rate", "10/0s" }, { "concurrency", "0" },
		{ "order", "sid" }, { "breaker", "10" },
		{ "breaker", "10 30s" }, { "breaker", "0 30s..1m" },
		{ "breaker", "10 2d..3d" },
		{ "breaker", "on" }, { "breaker", "10 10m..30s" },
	};
	size_t	i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refuses(bad[i][0], bad[i][1]);
}

/* What somebody else has written into a spec. */
static void
test_write(void)
{
	static const struct {
		const char	*option, *spec, *text;
	} cases[] = {
		{ "retry", "{\"backoff\": {}}", "exponential 10s..1h" },
		{ "retry", "{\"schedule_ms\": [1, 0]}", "1ms 0ms" },
		{ "retry", "{\"schedule_ms\": null, \"backoff\": "
		    "{\"first_ms\": 1000}}", "exponential 1s..1h" },
		{ "breaker", "{\"breaker\": {\"failures\": 3}}",
		    "3 30s..10m" },
		{ "rate", "{\"rate\": {\"n\": 3}}", "3/s" },
		{ "sign", "{\"sign\": []}", "none" },
		{ "age", "{\"age_ms\": \"x\"}", "0ms" },
		{ "age", "{\"age_ms\": null}", NULL },
		{ "age", "{}", NULL },
		{ "age", "[]", NULL },
	};
	struct str	what;
	struct out	out;
	size_t		i;

	ok(json_valid(policy_defaults()), "the defaults are JSON");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		arena.used = 0;
		is_str(policy_write(term(cases[i].option),
		    guard_str(str_from(cases[i].spec)), &arena),
		    str_from(cases[i].text), cases[i].spec);
	}
	for (i = 0; policy_terms[i].option != NULL; i++) {
		arena.used = 0;
		what = policy_write(&policy_terms[i], policy_defaults(),
		    &arena);
		out = out_init(buf, sizeof(buf));
		ok(what.p == NULL || policy_read(&policy_terms[i], what,
		    &out), "the default of --%s", policy_terms[i].option);
	}
	arena.used = 0;
	arena.cap = 16;
	is_str(policy_write(term("age"), STR("{\"age_ms\": 1}"), &arena),
	    (struct str){ NULL, 0 }, "no memory");
	arena.cap = sizeof(memory);
	arena.full = false;
}

static void
merges(const char *object, const char *changes, const char *result)
{
	arena.used = 0;
	is_str(policy_merge(&arena, str_from(object), str_from(changes)),
	    str_from(result), changes);
}

static void
test_merge(void)
{
	merges("{}", "{\"a\": 1, \"b\": null}", "{\"a\": 1}");
	merges("{\"a\": 1, \"b\": {\"c\": 2}}", "{\"a\": [3]}",
	    "{\"b\": {\"c\": 2}, \"a\": [3]}");
	merges("{\"a\": 1, \"b\": 2}", "{\"a\": null}", "{\"b\": 2}");
	merges("{\"a\": 1}", "{\"\\u0061\": null}", "{}");
	merges("{\"a\": 1}", "[]", NULL);
	merges("1", "{}", NULL);
	arena.used = arena.cap;
	is_str(policy_merge(&arena, STR("{}"), STR("{}")),
	    (struct str){ NULL, 0 }, "no memory");
	arena.full = false;
}

int
main(void)
{
	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	test_terms();
	test_refused();
	test_write();
	test_merge();
	return done_testing();
}
