/*
 * Replies to Conversations: what may be sent, and what is said of the rest.
 * tests/sql/routes.sql asks the same of SQL.
 */
#include "../../src/core/pre_action.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 18];

static const struct {
	const char	*text;
	const char	*why;	/* begins so; NULL: good */
} cases[] = {
	{ "{}", NULL },
	{ " { }\t", NULL },
	{ "{\"body\": \"\"}", NULL },
	{ "{\"body\":\"a\",\"author\":\"b\",\"friendly_name\":\"c\"}", NULL },
	{ "{\"b\\u006fdy\": \"\\u00e9\"}", NULL },
	{ "{\"attributes\": \"{\\\"a\\\": 1}\"}", NULL },
	{ "", "this is not JSON" },
	{ "{", "this is not JSON" },
	{ "{} {}", "this is not JSON" },
	{ "<Response/>", "this is not JSON" },
	{ "[]", "this is not a JSON object" },
	{ "\"body\"", "this is not a JSON object" },
	{ "null", "this is not a JSON object" },
	{ "{\"Body\": \"a\"}", "there is no field \"Body\"" },
	{ "{\"\": \"a\"}", "there is no field \"\"" },
	{ "{\"body\": \"a\", \"x\\ny\": 1}", "there is no field \"x\\x0ay\"" },
	{ "{\"body\": 1}", "body must be a string" },
	{ "{\"author\": null}", "author must be a string" },
	{ "{\"friendly_name\": [\"a\"]}", "friendly_name must be a string" },
	{ "{\"attributes\": {\"a\": 1}}", "attributes must be a string that "
	    "holds JSON" },
	{ "{\"attributes\": \"a\"}", "the string in attributes does not" },
	{ "{\"attributes\": \"\"}", "the string in attributes does not" },
};

static bool
check(struct str text, struct out *why)
{
	struct arena	a = { .base = memory, .cap = sizeof(memory) };

	return pre_action_check(&a, text, why);
}

static void
test_size(void)
{
	static char	text[65537] = "{\"body\": \"";
	char		why[256];
	struct out	o = out_init(why, sizeof(why));
	size_t		i;

	for (i = 10; i < 65533; i++)
		text[i] = 'x';
	text[65533] = '"';
	text[65534] = '}';
	ok(check((struct str){ text, 65535 }, &o), "65535 bytes");
	text[65533] = 'x';
	text[65535] = '}';
	ok(!check((struct str){ text, 65536 }, &o) &&
	    str_starts(out_str(&o), STR("a reply must be shorter")), "65536");
}

int
main(void)
{
	char		why[256];
	struct out	o;
	size_t		i;
	bool		good;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		o = out_init(why, sizeof(why));
		good = check(str_from(cases[i].text), &o);
		ok(good == (cases[i].why == NULL) && (good ||
		    str_starts(out_str(&o), str_from(cases[i].why))),
		    "%s: %.*s", cases[i].text, good ? 4 : (int)o.n,
		    good ? "good" : o.p);
	}
	test_size();
	return done_testing();
}
