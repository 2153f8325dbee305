/* What is left out of storage: rules, numbers, forms and JSON. */
#include "../../src/core/form.h"
#include "../../src/core/out.h"
#include "../../src/core/redact.h"
#include "guard.h"
#include "tap.h"

#define ALL (REDACT_BODY | REDACT_NUMBERS)

static _Alignas(16) char memory[1 << 18];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static void
test_rules(void)
{
	static const struct {
		const char		*rule;
		enum redact_result	 want;
	} t[] = {
		{ "message.inbound:body", REDACT_OK },
		{ "call.*:numbers", REDACT_OK },
		{ "stream.*:all", REDACT_OK },
		{ "stream.com.twilio.messaging.*:body", REDACT_OK },
		{ "stream.com.twilio.x:body", REDACT_OK },
		{ "*:numbers", REDACT_OK },
		{ "", REDACT_NO_PAIR }, { "body", REDACT_NO_PAIR },
		{ ":body", REDACT_NO_PAIR }, { "message.inbound",
		    REDACT_NO_PAIR },
		{ "message:body", REDACT_NO_KIND },
		{ "message.inbound.*:body", REDACT_NO_KIND },
		{ "mesage.*:body", REDACT_NO_KIND },
		{ "*.inbound:body", REDACT_NO_KIND },
		{ "**:body", REDACT_NO_KIND }, { "stream.:body",
		    REDACT_NO_KIND },
		{ "Message.Inbound:body", REDACT_NO_KIND },
		{ "message.inbound:", REDACT_NO_WHAT },
		{ "*:bodies", REDACT_NO_WHAT }, { "*:All", REDACT_NO_WHAT },
		{ "*:body:numbers", REDACT_NO_WHAT },
	};
	static const struct {
		const char	*kind;
		unsigned	 want;
	} of[] = {
		{ "message.inbound", ALL }, { "message.status", 0 },
		{ "call.status", REDACT_NUMBERS }, { "call", 0 },
		{ "callx", 0 }, { "stream.com.twilio.x", REDACT_BODY },
		{ "stream.com.twilio.xy", 0 }, { "other", 0 }, { "", 0 },
	};
	struct redact	r = { .n = 0 };
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(redact_add(&r, guard_str(str_from(t[i].rule))) ==
		    t[i].want, "%s", t[i].rule);
	tap_loop("rules that are one and are none");
	r.n = 0;
	for (i = 0; i < REDACT_MAX_RULES; i++)
		quiet(redact_add(&r, STR("*:all")) == REDACT_OK, "%zu", i);
	quiet(redact_add(&r, STR("*:all")) == REDACT_TOO_MANY, "one more");
	quiet(redact_rules(&r, STR("other")) == ALL, "they hold");
	tap_loop("as many as there may be");
	r.n = 0;
	(void)redact_add(&r, STR("message.inbound:body"));
	(void)redact_add(&r, STR("call.*:numbers"));
	(void)redact_add(&r, STR("stream.com.twilio.x:body"));
	(void)redact_add(&r, STR("message.in*:numbers"));
	for (i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		quiet(redact_rules(&r, str_from(of[i].kind)) == of[i].want,
		    "%s", of[i].kind);
	tap_loop("which rules a kind has");
	for (i = 0; i <= REDACT_TOO_MANY; i++)
		quiet(redact_strerror((enum redact_result)i)[0] != '\0',
		    "%zu", i);
	tap_loop("each result has its text");
}

static void
test_numbers(void)
{
	static const struct {
		const char	*from;
		const char	*to;
	} t[] = {
		{ "+15550100123", "+1555010xxxx" },
		{ "15550100123", "1555010xxxx" },
		{ "whatsapp:+15550100123", "whatsapp:+1555010xxxx" },
		{ "tel:+15550100123", "tel:+1555010xxxx" },
		{ "12345", "1xxxx" }, { "1234", "xxxx" }, { "+1234", "xxxx" },
		{ "1", "xxxx" }, { "", "" }, { "anonymous", "xxxx" },
		{ "client:alice", "client:xxxx" },
		{ "client:", "client:xxxx" },
		{ "sip:alice@example.com", "sip:xxxx@example.com" },
		{ "sip:+15550100123@192.0.2.7:5060;user=phone",
		    "sip:+1555010xxxx@192.0.2.7:5060" },
		{ "alice@b@example.com", "xxxx@example.com" },
		{ "john:+15550100123", "xxxx" },
		{ "+1 555 010 0123", "xxxx" },
		{ "[whatsapp:+15550100123]", "xxxx" },
		{ "whatsapp:US.13491208655302741918", "whatsapp:xxxx" },
		{ "+1555010xxxx", "xxxx" },
	};
	struct arena	a = fresh();
	struct str	v;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		v = redact_number(&a, guard_str(str_from(t[i].from)));
		quiet(str_eq(v, str_from(t[i].to)), "%s: %.*s", t[i].from,
		    (int)v.n, v.p);
	}
	quiet(redact_number(&a, (struct str){ NULL, 0 }).p == NULL, "absent");
	a.cap = a.used;
	quiet(redact_number(&a, STR("+15550100123")).p == NULL && a.full,
	    "a full arena");
	tap_loop("numbers and addresses");
}

struct rewriting {
	unsigned	 flags;
	const char	*from;
	const char	*to;
};

static void
test_forms(void)
{
	static const struct rewriting t[] = {
		{ 0, "Body=a&From=%2B15550100123", "Body=a&From=%2B15550100123" },
		{ REDACT_BODY, "a=%7e&Body=Hi+you&From=%2B15550100123&&b",
		    "a=%7e&Body=&From=%2B15550100123&&b" },
		{ REDACT_NUMBERS, "Body=Hi&From=%2B15550100123&To=12345",
		    "Body=Hi&From=%2B1555010xxxx&To=1xxxx" },
		{ ALL, "Body=Hi&From=whatsapp%3A%2B15550100123&z=%zz",
		    "Body=&From=whatsapp%3A%2B1555010xxxx&z=%zz" },
		{ ALL, "From=+15550100123", "From=xxxx" },
		{ ALL, "Body=&From=&To", "Body=&From=&To" },
		{ ALL, "", "" }, { ALL, "&", "&" }, { ALL, "=x", "=x" },
		{ ALL, "B%6fdy=x&%42ody=y&body=z", "B%6fdy=&%42ody=&body=" },
		{ ALL, "MediaUrl0=https%3A%2F%2Fh&MediaUrl12=x&MediaUrlX=y"
		    "&MediaContentType0=image%2Fpng",
		    "MediaUrl0=&MediaUrl12=&MediaUrlX=y"
		    "&MediaContentType0=image%2Fpng" },
		{ REDACT_NUMBERS, "MessagingBinding.Address=%2B15550100123"
		    "&Address=Main+Street", "MessagingBinding.Address="
		    "%2B1555010xxxx&Address=Main+Street" },
		{ REDACT_BODY, "MessagingBinding.Address=%2B15550100123"
		    "&Address=Main+Street", "MessagingBinding.Address="
		    "%2B15550100123&Address=" },
		{ ALL, "FromCity=NASHUA&FromZip=03049&FromState=NH"
		    "&FromCountry=US&CallerCity=X",
		    "FromCity=&FromZip=&FromState=NH&FromCountry=US"
		    "&CallerCity=" },
		{ ALL, "SipHeader_X-From=alice&SipCallId=1&FromX=y",
		    "SipHeader_X-From=&SipCallId=&FromX=y" },
		{ ALL, "Digits=1234&CallSid=CA1&SpeechResult=yes&Forwarded=1",
		    "Digits=&CallSid=CA1&SpeechResult=&Forwarded=1" },
		{ ALL, "Payload=%7B%22error_code%22%3A1%2C%22webhook%22%3A"
		    "%7B%22request%22%3A%7B%22parameters%22%3A%7B%22From%22"
		    "%3A%22%2B15550100123%22%2C%22Body%22%3A%22Hi%22%7D%7D"
		    "%7D%7D", "Payload=%7B%22error_code%22%3A1%2C%22webhook"
		    "%22%3A%7B%22request%22%3A%7B%22parameters%22%3A%7B"
		    "%22From%22%3A%22%2B1555010xxxx%22%2C%22Body%22%3A%22"
		    "%22%7D%7D%7D%7D" },
		{ ALL, "ErrorUrl=https%3A%2F%2Fh%2Fa%3FBody%3DHi%26b%3D1"
		    "&Url=https%3A%2F%2Fh%2Fa",
		    "ErrorUrl=https%3A%2F%2Fh%2Fa%3FBody%3D%26b%3D1"
		    "&Url=https%3A%2F%2Fh%2Fa" },
		{ REDACT_NUMBERS, "Body=%7B%22From%22%3A%221%22%7D",
		    "Body=%7B%22From%22%3A%221%22%7D" },
	};
	struct arena	a = fresh();
	struct str	v;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a.used = 0;
		v = redact_form(&a, guard_str(str_from(t[i].from)),
		    t[i].flags);
		quiet(str_eq(v, str_from(t[i].to)), "row %zu: %.*s", i,
		    (int)v.n, v.p);
	}
	quiet(!a.full, "memory");
	tap_loop("forms");
	is_str(redact_url(&a, STR("https://h/a?From=1&x=Body"), ALL),
	    STR("https://h/a?From=xxxx&x=Body"), "a URL");
	is_str(redact_url(&a, STR("https://h/From=1"), ALL),
	    STR("https://h/From=1"), "one without a query");
	is_str(redact_value(&a, STR("To"), STR("12345"), ALL), STR("1xxxx"),
	    "a value by its name");
	is_str(redact_value(&a, STR("To"), STR("12345"), REDACT_BODY),
	    STR("12345"), "which no rule concerns");
	ok(redact_value(&a, STR("To"), (struct str){ NULL, 0 }, ALL).p ==
	    NULL, "absent stays");
}

static void
test_json(void)
{
	static const struct rewriting t[] = {
		{ 0, "{\"body\":\"x\"}", "{\"body\":\"x\"}" },
		{ ALL, " { \"body\" : \"x\" , \"n\" : 1 } ",
		    " { \"body\" : \"\" , \"n\" : 1 } " },
		{ REDACT_NUMBERS, "[{\"data\":{\"from\":\"+15550100123\","
		    "\"body\":\"x\",\"to\":15550100123,\"fromCity\":\"A\"}}]",
		    "[{\"data\":{\"from\":\"+1555010xxxx\","
		    "\"body\":\"x\",\"to\":\"1555010xxxx\","
		    "\"fromCity\":\"\"}}]" },
		{ ALL, "{\"wa_id\":\"15550100123\",\"mediaUrl0\":\"u\","
		    "\"message_body\":\"x\",\"bodyX\":\"y\"}",
		    "{\"wa_id\":\"1555010xxxx\",\"mediaUrl0\":\"\","
		    "\"message_body\":\"\",\"bodyX\":\"y\"}" },
		{ ALL, "{\"recipients\":[\"12345\",\"\",null,true,678901],"
		    "\"body\":{\"text\":\"x\",\"from\":[\"y\"]}}",
		    "{\"recipients\":[\"1xxxx\",\"\",null,true,\"67xxxx\"],"
		    "\"body\":{\"text\":\"\",\"from\":[\"\"]}}" },
		{ ALL, "{\"data\":\"{\\\"body\\\":\\\"x\\\",\\\"a\\\":1}\"}",
		    "{\"data\":\"{\\\"body\\\":\\\"\\\",\\\"a\\\":1}\"}" },
		{ REDACT_NUMBERS, "{\"MessagingBinding\":{\"Address\":"
		    "\"12345\",\"Type\":\"SMS\"},\"Address\":\"x\"}",
		    "{\"MessagingBinding\":{\"Address\":\"1xxxx\","
		    "\"Type\":\"SMS\"},\"Address\":\"x\"}" },
		{ ALL, "{\"b\\u006fdy\":\"x\"}", "{\"b\\u006fdy\":\"\"}" },
		{ ALL, "{\"url\":\"https:\\/\\/h\\/?Body=x\",\"a\":\"\\u0041\""
		    "}", "{\"url\":\"https://h/?Body=\",\"a\":\"\\u0041\"}" },
		{ ALL, "\"x\"", "\"x\"" }, { ALL, "", "" },
		{ ALL, "{\"body\":\"x\"", "" }, { ALL, "Body=x", "" },
		{ ALL, "\"\\\"\\\\\\\"x\\\\\\\"\\\"\"",
		    "\"\\\"\\\\\\\"x\\\\\\\"\\\"\"" },
	};
	struct arena	a = fresh();
	struct str	v;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a.used = 0;
		v = redact_json(&a, guard_str(str_from(t[i].from)),
		    t[i].flags);
		quiet(str_eq(v, str_from(t[i].to)), "row %zu: %.*s", i,
		    (int)v.n, v.p);
	}
	quiet(!a.full, "memory");
	tap_loop("JSON");
}

/* JSON in a string in JSON …: deeper than anybody goes, it is emptied. */
static void
test_nested(void)
{
	static char	text[2][65536];
	struct out	o = out_init(text[0], sizeof(text[0]));
	struct arena	a = fresh();
	struct str	v, s;
	int		i;

	out_cstr(&o, "{\"a\":\"Secret\"}");
	for (i = 1; i < 8; i++) {
		s = guard_str(out_str(&o));
		o = out_init(text[i % 2], sizeof(text[0]));
		out_cstr(&o, "{\"a\":");
		out_json(&o, s);
		out_char(&o, '}');
		a = fresh();
		v = redact_json(&a, out_str(&o), ALL);
		quiet(!a.full && !o.overflow &&
		    (str_search(v, STR("Secret")) < v.n) == (i <= 4),
		    "%d deep: %.*s", i, (int)v.n, v.p);
	}
	tap_loop("texts within texts");
	o = out_init(text[0], sizeof(text[0]));
	while (!o.overflow)
		out_cstr(&o, "u=http://h?");
	a = fresh();
	v = redact_form(&a, out_str(&o), ALL);
	ok(!a.full && v.n < 1000, "URLs within URLs, without end");
}

/* Wherever the memory ends, the text is absent, never half done. */
static void
test_memory(void)
{
	struct str	form = STR("From=%2B15550100123&p=%7B%22to%22%3A"
			    "%22123456%22%2C%22b%22%3A%22%5cn%22%7D");
	struct str	json = STR("{\"from\":\"123456\",\"b\":"
			    "\"{\\\"to\\\":1234567}\",\"c\":\"\\n\"}");
	struct arena	a = fresh();
	size_t		i, n, whole;

	for (n = 0; n < 2; n++) {
		a = fresh();
		(void)(n == 0 ? redact_form(&a, form, ALL) :
		    redact_json(&a, json, ALL));
		whole = a.used;
		for (i = 0; i < whole; i++) {
			a = (struct arena){ .base = memory, .cap = i };
			quiet((n == 0 ? redact_form(&a, form, ALL) :
			    redact_json(&a, json, ALL)).p == NULL && a.full,
			    "%zu of %zu", i, whole);
		}
	}
	tap_loop("too little memory");
}

int
main(void)
{
	test_rules();
	test_numbers();
	test_forms();
	test_json();
	test_nested();
	test_memory();
	return done_testing();
}
