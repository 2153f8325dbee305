/*
 * Parameter sets as Twilio sends them: their kind, resource, status, and
 * which of them are the same request again.
 */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/event.h"
#include "../../src/core/sid.h"
#include "../../src/core/sig.h"
#include "../../src/core/utf8.h"
#include "guard.h"
#include "tap.h"

#define A "AC00000000000000000000000000000001"
#define B "AC00000000000000000000000000000002"
#define SM "SM000000000000000000000000000000a1"
#define CA "CA000000000000000000000000000000c1"
#define CB "CA000000000000000000000000000000c2"
#define RE "RE000000000000000000000000000000e1"
#define NUMBERS "&From=%2B15550101001&To=%2B15550101002"

#define SMS "ToCountry=US&ToState=&SmsMessageSid=" SM "&NumMedia=0&ToCity=" \
	"&FromZip=&SmsSid=" SM "&SmsStatus=received&Body=Hello+there" \
	"&FromCountry=US&NumSegments=1&MessageSid=" SM "&AccountSid=" A \
	"&ApiVersion=2010-04-01" NUMBERS
#define STATUS(s) "SmsSid=" SM "&SmsStatus=" s "&MessageStatus=" s \
	"&MessageSid=" SM "&AccountSid=" A "&ApiVersion=2010-04-01" NUMBERS
#define CALL(s, direction) "CallSid=" CA "&AccountSid=" A "&CallStatus=" s \
	"&Direction=" direction "&ApiVersion=2010-04-01&Called=%2B15550101002" \
	"&Caller=%2B15550101001" NUMBERS
#define PROGRESS(s, n) CALL(s, "outbound-api") "&CallbackSource=" \
	"call-progress-events&SequenceNumber=" n "&Timestamp=Sun%2C+22+Nov" \
	"+2026+02%3A00%3A00+%2B0000"

static const struct row {
	const char	*name;
	const char	*form;
	enum event_kind	 kind;
	const char	*sid;
	const char	*status;	/* NULL: absent */
	int32_t		 seq, error;
	bool		 window;	/* without a token */
} table[] = {
	{ "inbound SMS", SMS, EVENT_MESSAGE_INBOUND, SM, "received", -1, 0,
	    false },
	{ "inbound SMS without a text", "MessageSid=" SM "&SmsSid=" SM
	    "&AccountSid=" A "&Body=&NumMedia=0" NUMBERS,
	    EVENT_MESSAGE_INBOUND, SM, "received", -1, 0, false },
	{ "inbound MMS", SMS "&NumMedia=2&MediaUrl0=https%3A%2F%2Fmedia."
	    "example%2F0&MediaContentType0=image%2Fjpeg&MediaUrl1=https%3A"
	    "%2F%2Fmedia.example%2F1&MediaContentType1=image%2Fpng",
	    EVENT_MESSAGE_INBOUND, SM, "received", -1, 0, false },
	{ "inbound WhatsApp", "SmsMessageSid=" SM "&NumMedia=0&ProfileName="
	    "Ada&MessageType=text&SmsSid=" SM "&WaId=15550101001&SmsStatus="
	    "received&Body=hi&To=whatsapp%3A%2B15550101002&NumSegments=1"
	    "&ReferralNumMedia=0&MessageSid=" SM "&AccountSid=" A
	    "&From=whatsapp%3A%2B15550101001&ApiVersion=2010-04-01",
	    EVENT_MESSAGE_INBOUND, SM, "received", -1, 0, false },
	{ "inbound through a Messaging Service", SMS "&MessagingServiceSid="
	    "MG000000000000000000000000000000b1&OptOutType=STOP",
	    EVENT_MESSAGE_INBOUND, SM, "received", -1, 0, false },
	{ "inbound button", SMS "&ButtonText=Yes&ButtonPayload=y",
	    EVENT_MESSAGE_INBOUND, SM, "received", -1, 0, false },

	{ "sent", STATUS("sent"), EVENT_MESSAGE_STATUS, SM, "sent", -1, 0,
	    false },
	{ "delivered, Messaging Service", STATUS("delivered")
	    "&MessagingServiceSid=MG000000000000000000000000000000b1"
	    "&RawDlrDoneDate=2611220200", EVENT_MESSAGE_STATUS, SM,
	    "delivered", -1, 0, false },
	{ "undelivered with its error", STATUS("undelivered")
	    "&ErrorCode=30005&ErrorMessage=Unknown", EVENT_MESSAGE_STATUS, SM,
	    "undelivered", -1, 30005, false },
	{ "an unknown status", STATUS("teleported"), EVENT_MESSAGE_STATUS, SM,
	    "teleported", -1, 0, false },
	{ "WhatsApp read", "ChannelPrefix=whatsapp&ApiVersion=2010-04-01"
	    "&MessageStatus=read&SmsSid=" SM "&SmsStatus=read"
	    "&ChannelInstallSid=XE000000000000000000000000000000d1"
	    "&To=whatsapp%3A%2B15550101002&From=whatsapp%3A%2B15550101001"
	    "&MessageSid=" SM "&AccountSid=" A "&EventType=READ",
	    EVENT_MESSAGE_STATUS, SM, "read", -1, 0, false },
	{ "status by the old names", "SmsSid=" SM "&SmsStatus=sent&AccountSid="
	    A NUMBERS, EVENT_MESSAGE_STATUS, SM, "sent", -1, 0, false },

	{ "a call comes in", CALL("ringing", "inbound") "&StirVerstat="
	    "TN-Validation-Passed-A&CallToken=%257B%2522parent%2522%257D",
	    EVENT_CALL_INBOUND, CA, "ringing", -1, 0, false },
	{ "a redirect in a call", CALL("in-progress", "inbound"),
	    EVENT_CALL_INBOUND, CA, "in-progress", -1, 0, true },
	{ "a call over SIP", "CallSid=" CA "&AccountSid=" A "&CallStatus="
	    "ringing&Direction=inbound&From=sip%3Aada%40example.com&To=sip%3A"
	    "b%40h.sip.example&SipDomain=h.sip.example&SipCallId=x"
	    "&SipHeader_X-A=1", EVENT_CALL_INBOUND, CA, "ringing", -1, 0,
	    false },
	{ "a call that we made", CALL("in-progress", "outbound-api"),
	    EVENT_CALL_OUTBOUND, CA, "in-progress", -1, 0, true },
	{ "a whisper to the dialled leg", CALL("in-progress", "outbound-dial")
	    "&ParentCallSid=" CB, EVENT_CALL_OUTBOUND, CA, "in-progress", -1,
	    0, true },
	{ "AMD before the call's TwiML", CALL("in-progress", "outbound-api")
	    "&AnsweredBy=machine_start", EVENT_CALL_OUTBOUND, CA,
	    "in-progress", -1, 0, true },
	{ "gathered digits", CALL("in-progress", "inbound")
	    "&Digits=12&FinishedOnKey=%23&msg=Gather+End", EVENT_CALL_GATHER,
	    CA, "in-progress", -1, 0, true },
	{ "gathered speech", CALL("in-progress", "inbound")
	    "&SpeechResult=yes&Confidence=0.9&Language=en-US",
	    EVENT_CALL_GATHER, CA, "in-progress", -1, 0, true },
	{ "gathered nothing", CALL("in-progress", "inbound")
	    "&Digits=&FinishedOnKey=", EVENT_CALL_GATHER, CA, "in-progress",
	    -1, 0, true },
	{ "gathered in a call that we made", CALL("in-progress",
	    "outbound-api") "&Digits=1", EVENT_CALL_GATHER, CA, "in-progress",
	    -1, 0, true },

	{ "call progress: initiated", PROGRESS("initiated", "0"),
	    EVENT_CALL_STATUS, CA, "initiated", 0, 0, false },
	{ "call progress: answered", PROGRESS("in-progress", "2"),
	    EVENT_CALL_STATUS, CA, "in-progress", 2, 0, false },
	{ "call progress: completed", PROGRESS("completed", "3")
	    "&Duration=1&CallDuration=4&SipResponseCode=200",
	    EVENT_CALL_STATUS, CA, "completed", 3, 0, false },
	{ "call progress with its recording", PROGRESS("completed", "3")
	    "&CallDuration=4&RecordingUrl=https%3A%2F%2Fr.example"
	    "&RecordingSid=" RE "&RecordingDuration=3", EVENT_CALL_STATUS, CA,
	    "completed", 3, 0, false },
	{ "call progress: no answer", PROGRESS("no-answer", "2"),
	    EVENT_CALL_STATUS, CA, "no-answer", 2, 0, false },
	{ "progress of the dialled leg", PROGRESS("ringing", "1")
	    "&ParentCallSid=" CB, EVENT_CALL_STATUS, CA, "ringing", 1, 0,
	    false },
	{ "a number's completed callback", CALL("completed", "inbound")
	    "&Duration=1&CallDuration=7&Timestamp=x", EVENT_CALL_STATUS, CA,
	    "completed", -1, 0, false },
	{ "a number's callback, and no duration", CALL("busy", "inbound"),
	    EVENT_CALL_STATUS, CA, "busy", -1, 0, false },

	/* Recognised later; until then stored, and answered as a doubt. */
	{ "Dial's action", CALL("in-progress", "inbound") "&DialCallSid=" CB
	    "&DialCallStatus=completed&DialCallDuration=5", EVENT_OTHER, CA,
	    NULL, -1, 0, true },
	{ "Dial's action after the hang-up", CALL("completed", "inbound")
	    "&DialCallStatus=completed&DialCallDuration=5&DialCallSid=" CB,
	    EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "Record's action", CALL("in-progress", "inbound") "&RecordingUrl="
	    "https%3A%2F%2Fr.example&RecordingSid=" RE "&RecordingDuration=5"
	    "&Digits=%23", EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "Record's action after the hang-up", CALL("completed", "inbound")
	    "&RecordingUrl=https%3A%2F%2Fr.example&RecordingSid=" RE
	    "&RecordingDuration=5&Digits=hangup", EVENT_OTHER, CA, NULL, -1,
	    0, true },
	{ "a recording's status", "CallSid=" CA "&AccountSid=" A
	    "&RecordingSid=" RE "&RecordingStatus=completed&RecordingUrl="
	    "https%3A%2F%2Fr.example&RecordingSource=RecordVerb",
	    EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "a conference's event", "ConferenceSid="
	    "CF000000000000000000000000000000f1&CallSid=" CA "&AccountSid=" A
	    "&FriendlyName=room&SequenceNumber=3&StatusCallbackEvent="
	    "participant-join&Muted=false&Hold=false&Timestamp=x", EVENT_OTHER,
	    CA, NULL, 3, 0, true },
	{ "answering machine detection", "CallSid=" CA "&AccountSid=" A
	    "&AnsweredBy=human&MachineDetectionDuration=3100", EVENT_OTHER,
	    CA, NULL, -1, 0, true },
	{ "Enqueue's wait", CALL("in-progress", "inbound") "&QueueSid="
	    "QU00000000000000000000000000000001&QueuePosition=1&QueueTime=5",
	    EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "Enqueue's action", CALL("in-progress", "inbound")
	    "&QueueResult=queue-full", EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "partial speech", CALL("in-progress", "inbound") "&SequenceNumber=1"
	    "&UnstableSpeechResult=ye&Stability=0.5", EVENT_OTHER, CA, NULL,
	    1, 0, true },
	{ "ConversationRelay's action", CALL("completed", "inbound")
	    "&SessionId=VX1&SessionStatus=ended&HandoffData=a", EVENT_OTHER,
	    CA, NULL, -1, 0, true },
	{ "Refer's action", CALL("completed", "inbound")
	    "&ReferCallStatus=completed&ReferSipResponseCode=202", EVENT_OTHER,
	    CA, NULL, -1, 0, true },
	{ "a call whose answer was detected before the question",
	    CALL("in-progress", "outbound-api")
	    "&AnsweredBy=human&MachineDetectionDuration=3000",
	    EVENT_CALL_OUTBOUND, CA, "in-progress", -1, 0, true },
	{ "an old status with its text", "MessageSid="
	    "SM000000000000000000000000000000b1&SmsStatus=sent&Body=x"
	    "&AccountSid=" A, EVENT_MESSAGE_STATUS,
	    "SM000000000000000000000000000000b1", "sent", -1, 0, false },
	{ "a transcription", CALL("completed", "inbound") "&TranscriptionSid="
	    "TR00000000000000000000000000000001&TranscriptionText=x"
	    "&TranscriptionStatus=completed", EVENT_OTHER, CA, NULL, -1, 0,
	    true },
	{ "a call's fallback", CALL("ringing", "inbound") "&ErrorCode=11200"
	    "&ErrorUrl=https%3A%2F%2Fh.example", EVENT_CALL_INBOUND, CA,
	    "ringing", -1, 0, false },
	{ "a conversation's event", "EventType=onMessageAdded&MessageSid="
	    "IM000000000000000000000000000000a1&ConversationSid="
	    "CH000000000000000000000000000000a1&AccountSid=" A
	    "&Body=hello&Author=ada&Source=SDK&RetryCount=0", EVENT_OTHER,
	    "IM000000000000000000000000000000a1", NULL, -1, 0, true },
	{ "the debugger", "Sid=NO000000000000000000000000000000a1&AccountSid="
	    A "&ParentAccountSid=&Timestamp=x&Level=ERROR&PayloadType="
	    "application%2Fjson&Payload=%7B%7D", EVENT_OTHER,
	    "NO000000000000000000000000000000a1", NULL, -1, 0, true },
	{ "Event Streams (JSON: no form)", "", EVENT_OTHER, NULL, NULL, -1, 0,
	    true },
	{ "a call without a status", "CallSid=" CA "&AccountSid=" A,
	    EVENT_OTHER, CA, NULL, -1, 0, true },
	{ "an empty message id", "MessageSid=&SmsStatus=received&Body=x",
	    EVENT_OTHER, NULL, NULL, -1, 0, true },
	{ "an empty call id", "CallSid=&CallStatus=completed&CallbackSource=x",
	    EVENT_OTHER, NULL, NULL, -1, 0, true },
	{ "a status with one legacy id", "SmsMessageSid=" SM
	    "&MessageStatus=sent", EVENT_MESSAGE_STATUS, SM, "sent", -1, 0,
	    false },
	{ "no id at all", "AccountSid=" A "&Body=x&CallStatus=ringing",
	    EVENT_OTHER, NULL, NULL, -1, 0, true },
	{ "an id that no column takes", "MessageSid=SM0000000000000000000000"
	    "0000000000000000000000000000000000000000000&MessageStatus=sent",
	    EVENT_OTHER, "SM0000000000000000000000000000000000000000000000000"
	    "0000000000000", NULL, -1, 0, true },
};

/* An event lives for two turns. */
static _Alignas(16) char memory[2][1 << 18];

struct request {
	const char	*form, *account, *target, *token;
};

static struct sig	sig;

static struct event
classify(struct request q, bool *good)
{
	static unsigned		turn;
	struct arena		a = { .base = memory[turn++ % 2],
				    .cap = sizeof(memory[0]) };
	struct form		f = { NULL, 0 };
	struct event		e = { .seq = -9 };
	struct event_source	src = { .sha256 = sig.sha256, .form = &f };

	src.account = str_from(q.account == NULL ? A : q.account);
	src.target = str_from(q.target == NULL ? "/twilio" : q.target);
	src.body = str_from(q.form);
	src.token = str_from(q.token);
	*good = form_decode(&a, guard_str(src.body), &f) == FORM_OK &&
	    event_classify(&a, &src, &e);
	return e;
}

static void
check_row(const struct row *t)
{
	struct request	q = { .form = t->form };
	bool		good;
	struct event	e = classify(q, &good);

	quiet(good, "%s: classified", t->name);
	quiet(e.kind == t->kind, "%s: %s", t->name, event_kind_name(e.kind));
	quiet(str_eq(e.sid, str_from(t->sid)) &&
	    (e.sid.p == NULL) == (t->sid == NULL), "%s: sid %.*s", t->name,
	    (int)e.sid.n, e.sid.p);
	quiet(str_eq(e.status, str_from(t->status)) &&
	    (e.status.p == NULL) == (t->status == NULL), "%s: status %.*s",
	    t->name, (int)e.status.n, e.status.p);
	quiet(e.seq == t->seq && e.error == t->error, "%s: numbers %d, %d",
	    t->name, (int)e.seq, (int)e.error);
	quiet(e.window == t->window, "%s: window", t->name);
	quiet(e.sid.p == NULL || e.bucket == sid_bucket(e.sid),
	    "%s: bucket", t->name);
	quiet(e.bucket < BUCKETS, "%s: bucket", t->name);
	q.token = "t1";
	e = classify(q, &good);
	quiet(good && !e.window, "%s: no window with a token", t->name);
}

static void
test_kinds(void)
{
	static const struct {
		const char	*name;
		bool		 notice, voice;
		const char	*resource;
	} want[EVENT_KINDS] = {
		[EVENT_MESSAGE_INBOUND] = { "message.inbound", false, false,
		    "message" },
		[EVENT_MESSAGE_STATUS] = { "message.status", true, false,
		    "message" },
		[EVENT_CALL_INBOUND] = { "call.inbound", false, true, "call" },
		[EVENT_CALL_OUTBOUND] = { "call.outbound", false, true,
		    "call" },
		[EVENT_CALL_STATUS] = { "call.status", true, false, "call" },
		[EVENT_CALL_GATHER] = { "call.gather", false, true, "call" },
		[EVENT_OTHER] = { "other", false, false, NULL },
	};
	bool		seen[EVENT_KINDS] = { false }, good;
	enum event_kind	k;
	struct event	e;
	size_t		i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		check_row(&table[i]);
		e = classify((struct request){ .form = table[i].form }, &good);
		seen[e.kind] = true;
		quiet((e.resource == NULL) == (want[e.kind].resource == NULL)
		    && (e.resource == NULL || strcmp(e.resource,
		    want[e.kind].resource) == 0), "%s: resource",
		    table[i].name);
	}
	tap_loop("parameter sets");
	for (i = 0; i < EVENT_KINDS; i++) {
		k = (enum event_kind)i;
		quiet(seen[i], "kind %s is in the table", event_kind_name(k));
		quiet(strcmp(event_kind_name(k), want[i].name) == 0 &&
		    event_is_notice(k) == want[i].notice &&
		    event_is_voice_question(k) == want[i].voice, "%s",
		    want[i].name);
		k = EVENT_KINDS;
		quiet(event_kind_parse(guard_str(str_from(want[i].name)), &k)
		    && k == i, "%s parses", want[i].name);
	}
	quiet(!event_kind_parse(STR("message.inboun"), &k) &&
	    !event_kind_parse(STR(""), &k) &&
	    !event_kind_parse(STR("*"), &k), "what is no kind");
	tap_loop("kinds");
}

/* Whether two requests are the same one. */
static const struct {
	const char	*name;
	bool		 same;
	struct request	 a, b;
} pairs[] = {
	{ "an SMS again with another token", true,
	    { SMS, NULL, NULL, "t1" }, { SMS, NULL, NULL, "t2" } },
	{ "an SMS again without a token", true,
	    { SMS, NULL, NULL, "t1" }, { SMS, NULL, NULL, NULL } },
	{ "an SMS again at the fallback's path", true,
	    { SMS, NULL, "/a", "t1" }, { SMS, NULL, "/b", NULL } },
	{ "an SMS again with a new parameter", true,
	    { SMS, NULL, NULL, NULL }, { SMS "&New=1", NULL, NULL, NULL } },
	{ "the same SMS of another account", false,
	    { SMS, A, NULL, NULL }, { SMS, B, NULL, NULL } },
	{ "another SMS", false,
	    { "MessageSid=SM1&Body=x", NULL, NULL, "t" },
	    { "MessageSid=SM2&Body=x", NULL, NULL, "t" } },
	{ "an SMS and its status", false,
	    { "MessageSid=" SM "&SmsStatus=received&Body=x", NULL, NULL, "t" },
	    { "MessageSid=" SM "&SmsStatus=sent", NULL, NULL, "t" } },
	{ "the same status again", true,
	    { STATUS("sent"), NULL, NULL, "t1" },
	    { STATUS("sent") "&RawDlrDoneDate=1", NULL, "/b", "t2" } },
	{ "another status", false,
	    { STATUS("sent"), NULL, NULL, "t1" },
	    { STATUS("delivered"), NULL, NULL, "t1" } },
	{ "the same status with another error", false,
	    { STATUS("failed") "&ErrorCode=30003", NULL, NULL, NULL },
	    { STATUS("failed") "&ErrorCode=30005", NULL, NULL, NULL } },
	{ "a status of another account", false,
	    { STATUS("sent"), A, NULL, NULL },
	    { STATUS("sent"), B, NULL, NULL } },
	{ "a call's first request from another edge", true,
	    { CALL("ringing", "inbound"), NULL, NULL, "t1" },
	    { CALL("ringing", "inbound") "&X=1", NULL, NULL, "t2" } },
	{ "a redirect while it rings", false,
	    { CALL("ringing", "inbound"), NULL, "/a", NULL },
	    { CALL("ringing", "inbound"), NULL, "/b", NULL } },
	{ "a redirect later, same token", true,
	    { CALL("in-progress", "inbound"), NULL, "/a", "t1" },
	    { CALL("in-progress", "inbound"), NULL, "/b", "t1" } },
	{ "a redirect later, other token", false,
	    { CALL("in-progress", "inbound"), NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound"), NULL, NULL, "t2" } },
	{ "the same digits, same token", true,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t1" } },
	{ "the same digits, other token", false,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t2" } },
	{ "the same digits, no token", true,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, "/a", NULL },
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, "/a", NULL } },
	{ "the same digits at another path, no token", false,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, "/a", NULL },
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, "/b", NULL } },
	{ "other digits, no token", false,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, NULL },
	    { CALL("in-progress", "inbound") "&Digits=8", NULL, NULL, NULL } },
	{ "the same digits with and without a token", false,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, NULL } },
	{ "one token, two calls", false,
	    { "CallSid=" CA "&CallStatus=in-progress&Digits=1", NULL, NULL,
	    "t1" },
	    { "CallSid=" CB "&CallStatus=in-progress&Digits=1", NULL, NULL,
	    "t1" } },
	{ "one token, two accounts", false,
	    { CALL("in-progress", "inbound") "&Digits=9", A, NULL, "t1" },
	    { CALL("in-progress", "inbound") "&Digits=9", B, NULL, "t1" } },
	{ "one token, a gather and a redirect", false,
	    { CALL("in-progress", "inbound") "&Digits=9", NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound"), NULL, NULL, "t1" } },
	{ "call progress again", true,
	    { PROGRESS("ringing", "1"), NULL, NULL, "t1" },
	    { PROGRESS("ringing", "1") "&X=1", NULL, NULL, "t2" } },
	{ "call progress, another number", false,
	    { PROGRESS("ringing", "1"), NULL, NULL, NULL },
	    { PROGRESS("ringing", "2"), NULL, NULL, NULL } },
	{ "call progress, another status", false,
	    { PROGRESS("ringing", "1"), NULL, NULL, NULL },
	    { PROGRESS("in-progress", "1"), NULL, NULL, NULL } },
	{ "a number's callback and the call's own", false,
	    { PROGRESS("completed", "3"), NULL, NULL, NULL },
	    { CALL("completed", "inbound") "&CallDuration=3", NULL, NULL,
	    NULL } },
	{ "a call asks, and its status", false,
	    { CALL("ringing", "inbound"), NULL, NULL, NULL },
	    { CALL("ringing", "inbound") "&CallbackSource=x", NULL, NULL,
	    NULL } },
	{ "the debugger again", true,
	    { "Sid=NO1&Level=ERROR", NULL, NULL, "t1" },
	    { "Sid=NO1&Level=ERROR&X=1", NULL, NULL, "t1" } },
	/* Bytes may not move from one field of a key into the next. */
	{ "shifted: status and error", false,
	    { "MessageSid=SM1&MessageStatus=sent3&ErrorCode=0", NULL, NULL,
	    NULL },
	    { "MessageSid=SM1&MessageStatus=sent&ErrorCode=30", NULL, NULL,
	    NULL } },
	{ "shifted: account and sid", false,
	    { "MessageSid=SM1&Body=", "AC1", NULL, NULL },
	    { "MessageSid=1SM1&Body=", "AC", NULL, NULL } },
	{ "shifted: sid and token", false,
	    { "CallSid=CA1&CallStatus=x&Digits=", NULL, NULL, "2t" },
	    { "CallSid=CA12&CallStatus=x&Digits=", NULL, NULL, "t" } },
	{ "shifted: path and body", false,
	    { "CallSid=C&CallStatus=x&Digits=", NULL, "/a", NULL },
	    { "&CallSid=C&CallStatus=x&Digits=", NULL, "/", NULL } },
};

static void
test_keys(void)
{
	struct event	a, b;
	bool		good, same;
	size_t		i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		a = classify(pairs[i].a, &good);
		quiet(good, "%s: first", pairs[i].name);
		b = classify(pairs[i].b, &good);
		quiet(good, "%s: second", pairs[i].name);
		same = memcmp(a.key, b.key, sizeof(a.key)) == 0;
		quiet(same == pairs[i].same, "%s: %s", pairs[i].name,
		    same ? "same" : "different");
	}
	tap_loop("which requests are the same one");
}

/* All parameter sets, each with each: their keys differ. */
static void
test_all_keys(void)
{
	const size_t	n = sizeof(table) / sizeof(table[0]);
	struct event	a, b;
	bool		good;
	size_t		i, x, y;

	for (i = 0; i < n * n; i++) {
		x = i / n;
		y = i % n;
		if (y >= x)
			continue;
		a = classify((struct request){ .form = table[x].form }, &good);
		b = classify((struct request){ .form = table[y].form }, &good);
		if (a.kind == b.kind && (a.kind == EVENT_MESSAGE_INBOUND ||
		    (a.kind == EVENT_CALL_INBOUND && !a.window &&
		    !b.window) || (a.kind == EVENT_MESSAGE_STATUS &&
		    str_eq(a.status, b.status)) || (a.kind ==
		    EVENT_CALL_STATUS && str_eq(a.status, b.status) &&
		    a.seq == b.seq)))
			continue;
		quiet(memcmp(a.key, b.key, sizeof(a.key)) != 0, "%s = %s",
		    table[x].name, table[y].name);
	}
	tap_loop("all sets differ from each other");
}

static void
check_column(const char *name, struct str s, size_t max)
{
	size_t	i, n;

	quiet(s.n <= max, "%s: %zu bytes", name, s.n);
	for (i = 0; i < s.n; i += n) {
		n = utf8_sequence(str_sub(s, i, s.n));
		quiet(n > 0 && s.p[i] != '\0', "%s: byte %zu", name, i);
		n += n == 0;
	}
}

/* Columns take what Postgres takes as text, whatever arrives. */
static void
test_columns(void)
{
	static char	body[4096];
	size_t		round, i, n;
	struct event	e;
	bool		good;

	srandom(6);
	for (round = 0; round < 1000; round++) {
		n = (size_t)snprintf(body, sizeof(body), "MessageSid=SM%ld"
		    "&MessageStatus=", random() % 10);
		for (i = (size_t)random() % 300; i > 0; i--)
			n += (size_t)snprintf(body + n, 4, "%%%02lX",
			    random() % 256);
		n += (size_t)snprintf(body + n, 8, "&From=");
		for (i = (size_t)random() % 600; i > 0; i--)
			n += (size_t)snprintf(body + n, 4, "%%%02lX",
			    random() % 3 == 0 ? 0xc3 : random() % 256);
		e = classify((struct request){ .form = body }, &good);
		quiet(good, "round %zu", round);
		check_column("sid", e.sid, EVENT_MAX_SID);
		check_column("status", e.status, EVENT_MAX_SID);
		check_column("from", e.from, EVENT_MAX_TEXT);
	}
	tap_loop("columns are UTF-8 of bounded length");

	/* 63 letters, then a letter of two bytes: cut before it. */
	(void)snprintf(body, sizeof(body),
	    "MessageSid=SM1&MessageStatus=%063d%%C3%%A4x", 0);
	e = classify((struct request){ .form = body }, &good);
	is_int(e.status.n, 63, "no letter is cut in two");
	(void)snprintf(body, sizeof(body),
	    "MessageSid=SM1&MessageStatus=%061d%%F0%%9F%%98%%80", 0);
	e = classify((struct request){ .form = body }, &good);
	is_int(e.status.n, 61, "and none half cut becomes U+FFFD");
	e = classify((struct request){ .form = "MessageSid=%FF&Body=" }, &good);
	is_str(e.sid, STR("\xef\xbf\xbd"), "a bad byte is U+FFFD");
	e = classify((struct request){ .form = "MessageSid=&SmsSid=SM2&Body=" },
	    &good);
	is_str(e.sid, STR("SM2"), "an empty id is passed over");
	e = classify((struct request){ .form = "MessageSid=S&Body=x&From=" },
	    &good);
	ok(e.from.p == NULL && e.to.p == NULL,
	    "an empty number is none: it must not win over a real one");
}

static void
test_numbers(void)
{
	static const struct {
		const char	*s;
		int32_t		 seq;
	} t[] = {
		{ "0", 0 }, { "2147483647", INT32_MAX }, { "2147483648", -1 },
		{ "-1", -1 }, { "", -1 }, { "1a", -1 }, { "+1", -1 },
		{ "99999999999999999999", -1 }, { "007", 7 },
	};
	char		body[256];
	struct event	e;
	size_t		i;
	bool		good;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(body, sizeof(body), "CallSid=C&CallStatus=x"
		    "&CallbackSource=x&SequenceNumber=%s", t[i].s[0] == '+' ?
		    "%2B1" : t[i].s);
		e = classify((struct request){ .form = body }, &good);
		quiet(good && e.seq == t[i].seq, "\"%s\": %d", t[i].s,
		    (int)e.seq);
	}
	tap_loop("sequence numbers");
}

static void
test_no_memory(void)
{
	struct arena		a = { .base = memory[0],
				    .cap = sizeof(memory[0]) };
	struct form		f;
	struct event_source	src = { .sha256 = sig.sha256, .form = &f,
				    .account = STR(A) };
	struct event		e;
	size_t			i, full = 0;

	(void)form_decode(&a, STR(SMS), &f);
	for (i = 0; i < 1500; i++) {
		a = (struct arena){ .base = guard_buffer(1504), .cap = i };
		full += !event_classify(&a, &src, &e);
	}
	ok(full > 50 && full < 1500, "too little memory is said (%zu times)",
	    full);
}

int
main(void)
{
	ok(sig_open(&sig), "libcrypto has the digests");
	test_kinds();
	test_keys();
	test_all_keys();
	test_columns();
	test_numbers();
	test_no_memory();
	sig_close(&sig);
	return done_testing();
}
