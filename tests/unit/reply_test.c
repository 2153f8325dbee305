/*
 * What a route answers: its reply, its fallback, what is judged of others'
 * replies, and what becomes of the session.
 */
#include <string.h>

#include "../../src/app/reply.h"
#include "../../src/core/twiml.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 20];
static struct arena	 arena;
static struct event	 event;
static struct form	 form;
static struct subject	 subject;
static struct route	 route;
static char		 why_text[512];
static struct out	 why;

/* A request of that kind, with these parameters, and this route. */
static void
given(enum event_kind kind, const char *params, const char *spec)
{
	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	why = out_init(why_text, sizeof(why_text));
	event = (struct event){
		.kind = kind,
		.name = str_from(event_kind_name(kind)),
		.resource = "call",
		.sid = STR("CA000000000000000000000000000000a1"),
		.from = STR("+15550100001"),
		.to = STR("+15550101002"),
	};
	subject = (struct subject){
		.event = &event,
		.form = &form,
		.account = STR("AC00000000000000000000000000000001"),
		.thread = event.sid,
	};
	if (form_decode(&arena, str_from(params), &form) != FORM_OK)
		ok(false, "the parameters");
	if (spec != NULL && !route_parse(&arena, str_from(spec), &route,
	    &why))
		ok(false, "the route: %.*s", (int)why.n, why.p);
}

static void
makes(const char *wanted, const char *name)
{
	struct answer	answer = { .http = 0 };
	bool		good = reply_make(&arena, &subject, &route, NULL, false,
			    &answer, &why);

	ok(good && str_search(answer.body, str_from(wanted)) <
	    answer.body.n, "%s", name);
	if (!good)
		printf("# %.*s\n", (int)why.n, why.p);
}

static void
test_make(void)
{
	struct answer	answer;

	given(EVENT_MESSAGE_INBOUND, "Body=a%26b&From=%2B1",
	    "{\"name\":\"r\",\"template\":\"<Response><Message>{{Body}} "
	    "{{const.shop}} {{session.step}}</Message></Response>\","
	    "\"const\":{\"shop\":\"<Z>\"}}");
	subject.state = (struct state){ .there = true,
	    .session = STR("{\"step\":\"q1\"}") };
	makes("<Message>a&amp;b &lt;Z&gt; q1</Message>", "a template");

	given(EVENT_CALL_INBOUND, "", "{\"name\":\"r\",\"redirect\":"
	    "\"https://app.example.test/a?x=1&y=2\"}");
	makes("<Redirect>https://app.example.test/a?x=1&amp;y=2</Redirect>",
	    "a redirect");
	ok(reply_make(&arena, &subject, &route, NULL, false, &answer,
	    &why) &&
	    strcmp(answer.type, TWIML_TYPE) == 0 && answer.http == 200,
	    "its type");

	given(EVENT_CALL_GATHER, "Digits=x", "{\"name\":\"r\",\"template\":"
	    "\"<Response><Gather numDigits=\\\"{{Digits}}\\\"/>"
	    "</Response>\"}");
	ok(!reply_make(&arena, &subject, &route, NULL, false, &answer,
	    &why) &&
	    str_search(out_str(&why), STR("13314")) < why.n,
	    "a filled template that Twilio would warn of is refused");
}

/* Templates whose filled text needs no lint, and those that do. */
static void
test_settled(void)
{
	static const struct {
		const char	*template;
		bool		 settled;
	} cases[] = {
		{ "<Response><Say>Hi {{From}}</Say></Response>", true },
		{ "<Response><Say>a <emphasis>{{From}}</emphasis></Say>"
		    "</Response>", true },
		{ "<Response><Gather><Say>Press {{From}}</Say></Gather>"
		    "</Response>", true },
		{ "<Response><Say>{{From}}</Say></Response>", false },
		{ "<Response><Say loop='{{From}}'>a</Say></Response>",
		    false },
		{ "<Response><Say>a{{#From}}b{{/From}}{{To}}</Say>"
		    "</Response>", false },
		{ "<Response><Dial><Number>+1555010{{From}}</Number></Dial>"
		    "</Response>", false },
		{ "<Response><Dial>+1555010{{From}}</Dial></Response>",
		    false },
		{ "<Response><Enqueue>q{{From}}</Enqueue></Response>",
		    false },
		{ "<Response><Dial><Conference>r{{From}}</Conference></Dial>"
		    "</Response>", false },
		{ "<Response><Redirect>/a{{From}}</Redirect></Response>",
		    false },
		{ "<Response><Play>/a{{From}}</Play></Response>", false },
	};
	const struct template	*t;
	size_t			 i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		given(EVENT_CALL_INBOUND, "", "{\"name\":\"r\",\"kind\":"
		    "[\"call.inbound\"],\"twiml\":\"<Response/>\"}");
		t = template_compile(&arena, str_from(cases[i].template),
		    TEMPLATE_XML, &why);
		quiet(t != NULL && route_is_settled(&arena, &route, t) ==
		    cases[i].settled, "%s", cases[i].template);
	}
	tap_loop("which templates need no lint once they are filled");
	given(EVENT_CALL_INBOUND, "", "{\"name\":\"r\",\"twiml\":"
	    "\"<Response/>\"}");
	t = template_compile(&arena, str_from(cases[0].template),
	    TEMPLATE_XML, &why);
	ok(!route_is_settled(&arena, &route, t),
	    "none of a route that answers calls and messages");
}

static void
test_judge(void)
{
	static const struct {
		enum event_kind	 kind;
		const char	*type, *body;
		bool		 good;
	} cases[] = {
		{ EVENT_CALL_INBOUND, "text/xml", "<Response/>", true },
		{ EVENT_CALL_INBOUND, "Application/XML; charset=utf-8",
		    "<Response><Say>a</Say></Response>", true },
		{ EVENT_CALL_INBOUND, "text/html", "<Response/>", true },
		{ EVENT_CALL_INBOUND, NULL, "<Response/>", true },
		{ EVENT_CALL_INBOUND, "", "<Response/>", false },
		{ EVENT_CALL_INBOUND, "application/json", "<Response/>",
		    false },
		{ EVENT_CALL_INBOUND, "text/plain", "Hello", false },
		{ EVENT_CALL_INBOUND, "text/xml", "", false },
		{ EVENT_CALL_INBOUND, "text/xml",
		    "<Response><Message>a</Message></Response>", false },
		{ EVENT_MESSAGE_INBOUND, "text/xml",
		    "<Response><Message>a</Message></Response>", true },
		{ EVENT_MESSAGE_INBOUND, "text/xml",
		    "<Response><Say>a</Say></Response>", false },
		{ EVENT_MESSAGE_INBOUND, "text/xml", "<Response>", false },
		{ EVENT_ON_MESSAGE_ADD, "application/json", "{}", true },
		{ EVENT_ON_MESSAGE_ADD, "application/json", "[]", false },
	};
	struct answer	answer;
	size_t		i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		given(cases[i].kind, "", "{\"name\":\"r\",\"app\":"
		    "\"https://app.example.test/\"}");
		quiet(reply_judge(&arena, &subject, &route,
		    str_from(cases[i].type), str_from(cases[i].body),
		    &answer, &why) == cases[i].good, "%s: %.*s",
		    cases[i].body, (int)why.n, why.p);
	}
	tap_loop("what others say is judged");

	given(EVENT_CALL_INBOUND, "", "{\"name\":\"r\",\"app\":"
	    "\"https://app.example.test/\",\"warnings\":\"allow\"}");
	ok(reply_judge(&arena, &subject, &route, STR("text/xml"),
	    STR("<Response><Say volume=\"9\">a</Say></Response>"), &answer,
	    &why), "a warning passes where the route says so");
	ok(!reply_judge(&arena, &subject, &route, STR("text/xml"),
	    STR("<Response><Say>a</Response>"), &answer, &why),
	    "what Twilio would not execute never does");
}

static void
test_fallback(void)
{
	struct answer	a;

	given(EVENT_CALL_INBOUND, "From=%2B1555", "{\"name\":\"r\",\"app\":"
	    "\"https://app.example.test/\",\"fallback\":"
	    "\"<Response><Say>One moment, {{From}}</Say></Response>\"}");
	a = reply_fallback(&arena, &subject, &route);
	ok(str_search(a.body, STR("One moment, +1555")) < a.body.n,
	    "the route's own fallback");
	route.fallback = STR("<Response><Sing/></Response>");
	a = reply_fallback(&arena, &subject, &route);
	ok(str_search(a.body, STR("<Say>We are sorry")) < a.body.n,
	    "a broken one: the kind's");
	a = reply_fallback(&arena, &subject, NULL);
	ok(str_search(a.body, STR("<Say>We are sorry")) < a.body.n,
	    "without a route: a caller hears a sentence");
	a = reply_default(&arena, &subject);
	ok(str_search(a.body, STR("not set up yet")) < a.body.n,
	    "no route at all: another one");
	given(EVENT_MESSAGE_INBOUND, "", NULL);
	is_str(reply_fallback(&arena, &subject, NULL).body,
	    STR(TWIML_EMPTY), "a message gets no answer");
	given(EVENT_ON_MESSAGE_ADD, "", NULL);
	is_str(reply_fallback(&arena, &subject, NULL).body, STR("{}"),
	    "a message of a Conversation is published");
	given(EVENT_ON_MESSAGE_ADD, "", "{\"name\":\"r\",\"kind\":"
	    "[\"conversation.onMessageAdd\"],\"json\":\"{}\","
	    "\"in_trouble\":\"reject\"}");
	is_int(reply_fallback(&arena, &subject, &route).http, 503,
	    "or rejected, where its route says so");
}

static void
test_session(void)
{
	const struct str	none = { NULL, 0 };

	given(EVENT_CALL_GATHER, "Digits=2%22", "{\"name\":\"r\",\"twiml\":"
	    "\"<Response/>\"}");
	is_str(reply_session(&arena, &subject, &route, none), none,
	    "a route that does nothing to it");
	given(EVENT_CALL_GATHER, "Digits=2%22", "{\"name\":\"r\",\"twiml\":"
	    "\"<Response/>\",\"set\":{\"choice\":\"{{Digits}}\",\"x\":\"1\"},"
	    "\"count\":[\"tries\"],\"clear\":[\"old\"]}");
	is_str(reply_session(&arena, &subject, &route, none),
	    STR("{\"thread\":\"CA000000000000000000000000000000a1\","
	    "\"expires\":14400,\"set\":{\"choice\":\"2\\\"\",\"x\":\"1\"},"
	    "\"count\":[\"tries\"],\"clear\":[\"old\"]}"), "a patch");
	subject.state = (struct state){ .there = true, .revision = 7 };
	ok(str_search(reply_session(&arena, &subject, &route, none),
	    STR("\"revision\":7,")) < 200, "what was read is said");
	ok(str_search(reply_session(&arena, &subject, &route,
	    STR("{\"y\":\"2\"}")), STR("\"y\":\"2\"}")) < 300,
	    "a function's own variables");
	given(EVENT_CALL_GATHER, "", "{\"name\":\"r\",\"twiml\":"
	    "\"<Response/>\",\"end\":\"yes\",\"expires\":\"90s\"}");
	is_str(reply_session(&arena, &subject, &route, none),
	    STR("{\"thread\":\"CA000000000000000000000000000000a1\","
	    "\"expires\":90,\"set\":{},\"end\":true}"), "an end");
	subject.thread = none;
	is_str(reply_session(&arena, &subject, &route, none), none,
	    "nothing to keep it by");
}

static void
test_event_json(void)
{
	given(EVENT_MESSAGE_INBOUND, "Body=a%22&X=1&Body=b",
	    "{\"name\":\"r\",\"sql\":\"public.answer\",\"const\":"
	    "{\"k\":\"v\"}}");
	is_str(reply_event_json(&arena, &subject, &route, "id"),
	    STR("{\"id\":\"id\",\"kind\":\"message.inbound\","
	    "\"sid\":\"CA000000000000000000000000000000a1\","
	    "\"account\":\"AC00000000000000000000000000000001\","
	    "\"from\":\"+15550100001\",\"to\":\"+15550101002\","
	    "\"received_at\":\"1970-01-01T00:00:00.000Z\",\"session\":{},"
	    "\"resource\":{},\"const\":{\"k\":\"v\"},"
	    "\"params\":{\"Body\":[\"a\\\"\",\"b\"],\"X\":\"1\"}}"),
	    "the event as a function gets it");
}

int
main(void)
{
	test_make();
	test_settled();
	test_judge();
	test_fallback();
	test_session();
	test_event_json();
	return done_testing();
}
