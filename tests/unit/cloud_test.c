/* Event Streams: Twilio's shapes of data, as parameters of the form's names. */
#include "../../src/core/cloud.h"
#include "guard.h"
#include "tap.h"

#define AC "AC00000000000000000000000000000001"
#define CA "CA000000000000000000000000000000b1"
#define SM "SM000000000000000000000000000000a1"
#define EVENT(type, data) "{\"specversion\":\"1.0\",\"type\":\"" type "\"," \
	"\"source\":\"/x\",\"id\":\"EZ1\",\"time\":" \
	"\"2026-11-22T08:00:00.000Z\",\"data\":" data "}"

static _Alignas(16) char memory[1 << 16];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

/* One of the first event's parameters; NULL stands for one not there. */
struct want {
	const char	*name;
	const char	*value;
};

static struct cloud_event
first(struct arena *a, const char *body)
{
	struct cloud		c;
	struct cloud_event	e = { .raw = { NULL, 0 } };
	struct str		s = guard_str(str_from(body));

	*a = fresh();
	quiet(cloud_open(s, &c) && c.n == 1, "a batch of one: %s", body);
	quiet(cloud_next(a, &c, &e) == CLOUD_OK, "its event: %s", body);
	return e;
}

static void
has_params(const struct form *f, const struct want *want)
{
	struct str	v;

	for (; want->name != NULL; want++) {
		v = form_get(f, want->name);
		quiet(want->value == NULL ? v.p == NULL :
		    str_eq(v, str_from(want->value)), "%s is %.*s",
		    want->name, (int)v.n, v.p == NULL ? "" : v.p);
	}
}

static void
test_message(void)
{
	static const struct want	want[] = {
		{ "MessageSid", SM }, { "AccountSid", AC },
		{ "MessageStatus", "undelivered" }, { "ErrorCode", "30005" },
		{ "From", "+15550100001" }, { "To", "+15550100002" },
		{ "MessagingServiceSid", NULL }, { "NumSegments", "2" },
		{ "Timestamp", "2026-11-22T07:59:59.000Z" },
		{ "Tags.Campaign", "autumn" }, { "EventType", NULL },
		{ NULL, NULL },
	};
	struct arena		a;
	struct cloud_event	e = first(&a, "[" EVENT(
		"com.twilio.messaging.message.undelivered",
		"{\"messageSid\":\"" SM "\",\"accountSid\":\"" AC "\","
		"\"messageStatus\":\"UNDELIVERED\",\"errorCode\":30005,"
		"\"from\":\"+15550100001\",\"to\":\"\\u002b15550100002\","
		"\"messagingServiceSid\":null,\"numberOfSegments\":2,"
		"\"timestamp\":\"2026-11-22T07:59:59.000Z\","
		"\"tags\":{\"campaign\":\"autumn\"}}") "]");

	has_params(&e.params, want);
	tap_loop("a message's status");
	is_str(e.id, STR("EZ1"), "its id");
	is_str(e.type, STR("com.twilio.messaging.message.undelivered"),
	    "its type");
	is_str(e.source, STR("/x"), "its source");
	is_str(e.time, STR("2026-11-22T08:00:00.000Z"), "its time");
	ok(e.raw.p[0] == '{' && e.raw.p[e.raw.n - 1] == '}',
	    "its bytes, without the array's");
}

static void
test_inbound(void)
{
	static const struct want	want[] = {
		{ "MessageSid", SM }, { "Body", "Hall\xc3\xb6" "chen" },
		{ "NumMedia", "0" }, { "FromCity", "NASHUA" },
		{ "OptOutType", "STOP" }, { "MessageStatus", NULL },
		{ "Recipients", "[\"+15550100002\", \"+15550100003\"]" },
		{ NULL, NULL },
	};
	struct arena		a;
	struct cloud_event	e = first(&a, EVENT(
		"com.twilio.messaging.inbound-message.received",
		"\"{\\\"messageSid\\\":\\\"" SM "\\\",\\\"numMedia\\\":0,"
		"\\\"body\\\":\\\"Hall\\u00f6chen\\\","
		"\\\"fromCity\\\":\\\"NASHUA\\\","
		"\\\"optOutType\\\":\\\"STOP\\\",\\\"recipients\\\":"
		"[\\\"+15550100002\\\", \\\"+15550100003\\\"]}\""));

	has_params(&e.params, want);
	tap_loop("an inbound message; data in a string, no array around it");
}

static void
test_voice(void)
{
	static const struct want	want[] = {
		{ "CallSid", CA }, { "CallStatus", "completed" },
		{ "CallDuration", "14" }, { "From", "+15550100001" },
		{ "SipHeader_X-a", "b" }, { "EventSid", "VW1" },
		{ "Timestamp", "Sun, 22 Nov 2026 08:00:00 +0000" },
		{ "Request.Method", NULL }, { "Response.ResponseCode", NULL },
		{ NULL, NULL },
	};
	static const struct want	bare[] = {
		{ "CallSid", CA }, { "CallStatus", NULL },
		{ "Timestamp", "2026-11-22T07:59:59.000Z" }, { NULL, NULL },
	};
	static const struct want	snake[] = {
		{ "CallSid", CA }, { "CallState", "completed" },
		{ "Properties.QueueTime", "3" }, { NULL, NULL },
	};
	struct arena		a;
	struct cloud_event	e = first(&a, "[" EVENT(
		"com.twilio.voice.status-callback.call.completed",
		"{\"sid\":\"" CA "\",\"timestamp\":"
		"\"2026-11-22T07:59:59.000Z\",\"eventSid\":\"VW1\","
		"\"request\":{\"method\":\"POST\",\"url\":\"https://h/\","
		"\"parameters\":{\"CallSid\":\"" CA "\","
		"\"call_status\":\"completed\",\"CallDuration\":\"14\","
		"\"From\":\"+15550100001\",\"SipHeader_X-a\":\"b\","
		"\"Timestamp\":\"Sun, 22 Nov 2026 08:00:00 +0000\"}},"
		"\"response\":{\"responseCode\":200}}") "]");

	has_params(&e.params, want);
	e = first(&a, "[" EVENT("com.twilio.voice.api-request.call.created",
	    "{\"sid\":\"" CA "\",\"timestamp\":\"2026-11-22T07:59:59.000Z\","
	    "\"request\":{\"method\":\"POST\",\"parameters\":{}}}") "]");
	has_params(&e.params, bare);
	e = first(&a, "[" EVENT("com.twilio.voice.insights.call-summary."
	    "complete", "{\"call_sid\":\"" CA "\",\"call_state\":"
	    "\"completed\",\"properties\":{\"queue_time\":3}}") "]");
	has_params(&e.params, snake);
	tap_loop("a call's callback, a REST request, Voice Insights");
}

static void
test_conversation(void)
{
	static const struct want	message[] = {
		{ "EventType", "onMessageAdded" }, { "Body", "Ahoy!" },
		{ "MessageSid", "IM1" }, { "Index", "10" },
		{ "Media", "[{\"MediaSid\":\"ME1\"}]" }, { NULL, NULL },
	};
	static const struct want	participant[] = {
		{ "EventType", "onParticipantAdded" },
		{ "MessagingBinding.Address", "whatsapp:+15550100001" },
		{ "MessagingBinding.ProxyAddress", "whatsapp:+15550100002" },
		{ "Body", NULL }, { NULL, NULL },
	};
	static const struct want	state[] = {
		{ "EventType", "onConversationStateUpdated" },
		{ "StateTo", "closed" }, { NULL, NULL },
	};
	struct arena		a;
	struct cloud_event	e = first(&a, "[" EVENT(
		"com.twilio.conversations.message.added",
		"{\"MessageSid\":\"IM1\",\"Index\":10,\"MessageBody\":"
		"\"Ahoy!\",\"Media\":[{\"MediaSid\":\"ME1\"}]}") "]");

	has_params(&e.params, message);
	e = first(&a, "[" EVENT("com.twilio.conversations.participant.added",
	    "{\"ParticipantSid\":\"MB1\",\"MessagingBinding\":{\"Address\":"
	    "\"whatsapp:+15550100001\",\"ProxyAddress\":"
	    "\"whatsapp:+15550100002\"}}") "]");
	has_params(&e.params, participant);
	e = first(&a, "[" EVENT("com.twilio.conversations.conversation-state."
	    "updated", "{\"StateTo\":\"closed\"}") "]");
	has_params(&e.params, state);
	tap_loop("Conversations");
}

static const struct want alert[] = {
	{ "ResourceSid", CA }, { "ServiceSid", NULL },
	{ "ErrorCode", "11200" }, { "MoreInfo.Msg", "HTTP retrieval failure" },
	{ "MoreInfo.Url", "https://h/a" }, { "MoreInfo.ErrorCode", "11200" },
	{ "Webhook.Type", "application/json" },
	{ "Webhook.Request.Url", "https://h/a" },
	{ "Webhook.Request.Parameters.From", NULL }, { NULL, NULL },
};

static void
test_debugger(void)
{
	static const struct want	logged[] = {
		{ "Sid", "NO1" }, { "ErrorCode", "93101" },
		{ "Level", "ERROR" }, { "ServiceSid", "ZH1" },
		{ "Timestamp", "2026-11-22T08:00:00.000Z" },
		{ "Payload", "{\"error_code\":93101}" }, { NULL, NULL },
	};
	const char		*payload = "{\"resource_sid\":\"" CA "\","
	    "\"service_sid\":null,\"error_code\":\"11200\",\"more_info\":{"
	    "\"msg\":\"HTTP retrieval failure\",\"ErrorCode\":\"11200\","
	    "\"url\":\"https://h/a\"},\"webhook\":{\"type\":"
	    "\"application/json\",\"request\":{\"url\":\"https://h/a\","
	    "\"parameters\":{\"From\":\"x\"}}}}";
	struct arena		a = fresh();
	struct form		f;
	struct cloud_event	e;

	quiet(cloud_params(&a, guard_str(str_from(payload)), &f), "it fits");
	has_params(&f, alert);
	quiet(cloud_params(&a, STR("{\"error_code\":11200,\"more_info\":"
	    "{\"Msg\":\"m\"}}"), &f) && str_eq(form_get(&f, "ErrorCode"),
	    STR("11200")) && str_eq(form_get(&f, "MoreInfo.Msg"), STR("m")),
	    "a number for a string, a capital");
	quiet(cloud_params(&a, STR("[1]"), &f) && f.n == 0, "an array");
	quiet(cloud_params(&a, STR("{\"a\":1"), &f) && f.n == 0, "half");
	quiet(cloud_params(&a, (struct str){ NULL, 0 }, &f) && f.n == 0,
	    "absent");
	e = first(&a, "[" EVENT("com.twilio.error-logs.error.logged",
	    "{\"sid\":\"NO1\",\"error_code\":\"93101\",\"level\":\"ERROR\","
	    "\"service_sid\":\"ZH1\",\"date_created\":"
	    "\"2026-11-22T08:00:00.000Z\",\"payload\":"
	    "\"{\\\"error_code\\\":93101}\"}") "]");
	has_params(&e.params, logged);
	tap_loop("the Debugger's Payload, and error logs");
}

static void
test_batches(void)
{
	static const char *const bad[] = { "", "[]", "{}", "1", "\"x\"",
	    "[1]", "[[]]", "[null]", "[{\"id\":\"a\"}]",
	    "[{\"type\":\"a\"}]", "[{\"id\":\"\",\"type\":\"a\"}]",
	    "[{\"id\":\"a\",\"type\":\"\"}]", "[{\"id\":1,\"type\":\"a\"}]",
	    "[{\"id\":\"a\",\"type\":null}]",
	    "[{\"id\":\"a\",\"type\":\"a\"}",
	    "[{\"id\":\"a\",\"type\":\"a\"}]]", "{\"id\":\"a\"}" };
	struct arena		a = fresh();
	struct cloud		c;
	struct cloud_event	e;
	size_t			i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		quiet(!cloud_open(guard_str(str_from(bad[i])), &c), "%s",
		    bad[i]);
	tap_loop("what is no batch");
	ok(cloud_open(STR("[1,{\"id\":\"a\",\"type\":\"t\"}]"), &c) &&
	    cloud_next(&a, &c, &e) == CLOUD_ODD && str_eq(e.raw, STR("1")) &&
	    cloud_next(&a, &c, &e) == CLOUD_OK, "one that is no event");
	ok(cloud_open(STR(" [ {\"id\":\"a\",\"type\":\"t\"} , {\"type\":"
	    "\"u\",\"data\":\"[1]\",\"id\":\"\\u0062\"},{\"id\":\"c\","
	    "\"type\":\"v\",\"data\":3}] "), &c) && c.n == 3, "three");
	ok(cloud_next(&a, &c, &e) == CLOUD_OK && str_eq(e.id, STR("a")) &&
	    e.params.n == 0 && e.time.p == NULL, "the first, without data");
	ok(cloud_next(&a, &c, &e) == CLOUD_OK && str_eq(e.id, STR("b")) &&
	    e.params.n == 0, "the second, whose data is no object");
	ok(cloud_next(&a, &c, &e) == CLOUD_OK && str_eq(e.type, STR("v")),
	    "the third");
	ok(cloud_next(&a, &c, &e) == CLOUD_END &&
	    cloud_next(&a, &c, &e) == CLOUD_END, "and no more");
}

/* Wherever the memory ends, it is told; nothing is left out in silence. */
static void
test_memory(void)
{
	struct str		body = STR(EVENT("com.twilio.messaging.x",
	    "{\"messageStatus\":\"SENT\",\"a\":\"\\n\",\"b\":{\"c\":1}}"));
	struct cloud		c;
	struct cloud_event	e;
	struct arena		a = fresh();
	size_t			i, whole;

	(void)(cloud_open(body, &c) && cloud_next(&a, &c, &e) == CLOUD_OK);
	whole = a.used;
	for (i = 0; i < whole; i++) {
		a = (struct arena){ .base = memory, .cap = i };
		quiet(cloud_open(body, &c) &&
		    cloud_next(&a, &c, &e) == CLOUD_NO_MEMORY, "%zu", i);
	}
	tap_loop("too little memory");
}

static void
test_many(void)
{
	static _Alignas(16) char	large[1 << 20];
	struct arena	a = { .base = large, .cap = sizeof(large) };
	char		*p = guard_buffer(6 * 9000 + 1);
	struct form	 f;
	size_t		 i;

	p[0] = '{';
	for (i = 0; i < 9000; i++)
		memcpy(p + 1 + 6 * i, i < 8999 ? "\"a\":1," : "\"a\":1}", 6);
	ok(cloud_params(&a, (struct str){ p, 6 * 9000 + 1 }, &f),
	    "a great many members");
	is_int(f.n, FORM_MAX_PARAMS, "as many as a form may have");
}

int
main(void)
{
	test_message();
	test_inbound();
	test_voice();
	test_conversation();
	test_debugger();
	test_batches();
	test_memory();
	test_many();
	return done_testing();
}
