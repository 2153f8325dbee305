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
#define DIGITS_80 "00000000000000000000000000000000000000000000000000000000" \
	"000000000000000000000000"
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
	    EVENT_CALL_REDIRECT, CA, "in-progress", -1, 0, true },
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

	{ "Dial's action after the hang-up", CALL("completed", "inbound")
	    "&DialCallStatus=completed&DialCallDuration=5&DialCallSid=" CB,
	    EVENT_CALL_DIAL, CA, "completed", -1, 0, true },
	{ "Record's action after the hang-up", CALL("completed", "inbound")
	    "&RecordingUrl=https%3A%2F%2Fr.example&RecordingSid=" RE
	    "&RecordingDuration=5&Digits=hangup", EVENT_CALL_RECORD, CA,
	    "completed", -1, 0, true },
	{ "an old status with its text", "MessageSid="
	    "SM000000000000000000000000000000b1&SmsStatus=sent&Body=x"
	    "&AccountSid=" A, EVENT_MESSAGE_STATUS,
	    "SM000000000000000000000000000000b1", "sent", -1, 0, false },
	{ "a transcription with its call", CALL("completed", "inbound")
	    "&TranscriptionSid=TR1&TranscriptionText=x"
	    "&TranscriptionStatus=failed", EVENT_TRANSCRIPTION_STATUS, "TR1",
	    "failed", -1, 0, false },
	{ "a participant without a clock that is one", "ConferenceSid=CF1"
	    "&CallSid=" CA "&SequenceNumber=3&StatusCallbackEvent="
	    "participant-join&Timestamp=x", EVENT_PARTICIPANT_STATUS,
	    "CF1/" CA, "participant-join", 3, 0, false },
	{ "a conference's event of no participant", "ConferenceSid=CF1"
	    "&StatusCallbackEvent=participant-join", EVENT_CONFERENCE_STATUS,
	    "CF1", "participant-join", -1, 0, false },

	/* Stored, and answered as a doubt: what no rule recognises. */
	{ "progress of a payment", CALL("in-progress", "inbound")
	    "&PaymentCardNumber=xxxxxxxxxxxx1111&PartialResult=true"
	    "&Capture=security-code", EVENT_OTHER, CA, NULL, -1, 0, true },
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
	{ "an id that no column takes", "MessageSid=SM" DIGITS_80
	    "&MessageStatus=sent", EVENT_OTHER, NULL, NULL, -1, 0, true },
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

#define IM "IM000000000000000000000000000000a1"
#define CH "CH000000000000000000000000000000a1"
#define CF "CF000000000000000000000000000000f1"
#define MB "MB000000000000000000000000000000b1"
#define US "US000000000000000000000000000000b1"
#define IS "IS000000000000000000000000000000b1"
#define DY "DY000000000000000000000000000000d1"
#define TR "TR000000000000000000000000000000d1"
#define GT "GT000000000000000000000000000000d1"
#define MZ "MZ000000000000000000000000000000d1"
#define NO "NO000000000000000000000000000000d1"
#define CONVERSATION(event) "EventType=" event "&ConversationSid=" CH \
	"&AccountSid=" A "&ChatServiceSid=" IS "&RetryCount=0"
/* 2026-11-22 02:00:00 UTC */
#define NOON "2026-11-22T02%3A00%3A00.123Z"
#define NOON_MS INT64_C(1795312800123)

/* One real set of every kind, and all that is made of it. */
static const struct every {
	enum event_kind	 kind;
	const char	*name, *form, *resource, *sid, *parent, *status;
	int32_t		 seq, error;
	int64_t		 clock;
	enum reply_form	 reply;
	const char	*facts;
} every[] = {
	{ EVENT_MESSAGE_INBOUND, "message.inbound", SMS "&MediaUrl0=u"
	    "&MediaContentType0=t&OptOutType=STOP&NumMedia=1", "message", SM,
	    NULL, "received", -1, 0, -1, REPLY_TWIML,
	    "{\"c\":{\"num_segments\":[0,\"1\"],\"from_country\":[0,\"US\"],"
	    "\"to_country\":[0,\"US\"],\"media\":[0,\"[{\\\"url\\\": "
	    "\\\"u\\\", \\\"content_type\\\": \\\"t\\\"}]\"],"
	    "\"consent_word\":[0,\"STOP\"]},\"consent\":\"opted_out\","
	    "\"asked\":true}" },
	{ EVENT_MESSAGE_STATUS, "message.status", STATUS("undelivered")
	    "&ErrorCode=30005&ErrorMessage=Unknown", "message", SM, NULL,
	    "undelivered", -1, 30005, -1, REPLY_NONE,
	    "{\"c\":{},\"l\":{\"error_message\":\"Unknown\"}}" },
	/* Why the first URL failed is no error of the message. */
	{ EVENT_MESSAGE_FALLBACK, "message.fallback", SMS "&ErrorCode=11200"
	    "&ErrorUrl=https%3A%2F%2Fhooks.example", "message", SM, NULL,
	    "received", -1, 0, -1, REPLY_TWIML, "{\"c\":{\"num_segments\":"
	    "[0,\"1\"],\"from_country\":[0,\"US\"],\"to_country\":"
	    "[0,\"US\"]}}" },
	{ EVENT_CALL_INBOUND, "call.inbound", CALL("ringing", "inbound")
	    "&CallToken=x", "call", CA, NULL, "ringing", -1, 0, -1,
	    REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]},"
	    "\"asked\":true}" },
	{ EVENT_CALL_OUTBOUND, "call.outbound", CALL("in-progress",
	    "outbound-dial") "&ParentCallSid=" CB, "call", CA, CB,
	    "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"outbound-dial\"]}}" },
	{ EVENT_CALL_REDIRECT, "call.redirect", CALL("in-progress",
	    "inbound"), "call", CA, NULL, "in-progress", -1, 0, -1,
	    REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_GATHER, "call.gather", CALL("in-progress", "inbound")
	    "&Digits=1&FinishedOnKey=%23&msg=Gather+End", "call", CA, NULL,
	    "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_DIAL, "call.dial", CALL("in-progress", "inbound")
	    "&DialCallSid=" CB "&DialCallStatus=completed&DialBridged=true"
	    "&DialCallDuration=5", "call", CA, NULL, "in-progress", -1, 0, -1,
	    REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]},\"l\":{"
	    "\"dial_call_sid\":\"" CB "\",\"dial_call_status\":"
	    "\"completed\",\"dial_call_seconds\":\"5\",\"dial_bridged\":"
	    "\"true\"}}" },
	{ EVENT_CALL_RECORD, "call.record", CALL("in-progress", "inbound")
	    "&RecordingUrl=u&RecordingSid=" RE "&RecordingDuration=5"
	    "&Digits=hangup", "call", CA, NULL, "in-progress", -1, 0, -1,
	    REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]},\"l\":{"
	    "\"recording_sid\":\"" RE "\",\"recording_url\":\"u\","
	    "\"recording_seconds\":\"5\"}}" },
	{ EVENT_CALL_ENQUEUE, "call.enqueue", CALL("in-progress", "inbound")
	    "&QueueResult=bridged&QueueTime=9&QueueSid=QU1", "call", CA, NULL,
	    "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]},\"l\":{\"queue_sid\":"
	    "\"QU1\",\"queue_result\":\"bridged\",\"queue_seconds\":"
	    "\"9\"}}" },
	{ EVENT_CALL_WAIT, "call.wait", CALL("in-progress", "inbound")
	    "&QueueSid=QU1&QueuePosition=1&QueueTime=5", "call", CA, NULL,
	    "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]},\"l\":{\"queue_sid\":"
	    "\"QU1\",\"queue_seconds\":\"5\"}}" },
	{ EVENT_CALL_QUEUE, "call.queue", CALL("in-progress", "inbound")
	    "&DequeingCallSid=" CB, "call", CA, NULL, "in-progress", -1, 0,
	    -1, REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_PAY, "call.pay", CALL("in-progress", "inbound")
	    "&Result=success&PaymentConfirmationCode=ch_1", "call", CA, NULL,
	    "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_REFER, "call.refer", CALL("in-progress", "inbound")
	    "&ReferCallStatus=completed&ReferSipResponseCode=202", "call", CA,
	    NULL, "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]},\"l\":{"
	    "\"refer_call_status\":\"completed\"}}" },
	{ EVENT_CALL_CONNECT, "call.connect", CALL("in-progress", "inbound")
	    "&SessionId=VX1&SessionStatus=ended&HandoffData=a", "call", CA,
	    NULL, "in-progress", -1, 0, -1, REPLY_VOICE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_FALLBACK, "call.fallback", CALL("ringing", "inbound")
	    "&ErrorCode=11205&ErrorUrl=u", "call", CA, NULL, "ringing", -1, 0,
	    -1, REPLY_VOICE, "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_STATUS, "call.status", PROGRESS("completed", "3")
	    "&Duration=2&CallDuration=61&SipResponseCode=200", "call", CA,
	    NULL, "completed", 3, 0, -1, REPLY_NONE,
	    "{\"c\":{\"direction\":[0,\"outbound-api\"]},\"l\":{"
	    "\"duration_seconds\":\"61\",\"billed_minutes\":\"2\","
	    "\"sip_response_code\":\"200\"}}" },
	{ EVENT_CALL_AMD, "call.amd", "CallSid=" CA "&AccountSid=" A
	    "&AnsweredBy=human&MachineDetectionDuration=3100", "call", CA,
	    NULL, NULL, -1, 0, -1, REPLY_NONE, "{\"c\":{},\"l\":{"
	    "\"answered_by\":\"human\",\"machine_detection_ms\":"
	    "\"3100\"}}" },
	{ EVENT_CALL_PARTIAL, "call.partial", CALL("in-progress", "inbound")
	    "&SequenceNumber=1&UnstableSpeechResult=ye&Stability=0.5", "call",
	    CA, NULL, "in-progress", -1, 0, -1, REPLY_NONE,
	    "{\"c\":{\"direction\":[0,\"inbound\"]}}" },
	{ EVENT_CALL_STREAM, "call.stream", "CallSid=" CA "&AccountSid=" A
	    "&StreamSid=" MZ "&StreamName=s&StreamEvent=stream-error"
	    "&StreamError=x&Timestamp=" NOON, "media_stream", MZ, CA,
	    "stream-error", -1, 0, -1, REPLY_NONE, "{\"c\":{\"stream_name\":"
	    "[0,\"s\"]},\"l\":{\"stream_error\":\"x\"}}" },
	{ EVENT_RECORDING_STATUS, "recording.status", "CallSid=" CA
	    "&AccountSid=" A "&RecordingSid=" RE "&RecordingStatus=absent"
	    "&ErrorCode=13000&RecordingSource=DialVerb&RecordingDuration=0",
	    "recording", RE, CA, "absent", -1, 13000, -1, REPLY_NONE,
	    "{\"c\":{\"source\":[0,\"DialVerb\"]},\"l\":{"
	    "\"duration_seconds\":\"0\"}}" },
	{ EVENT_TRANSCRIPTION_STATUS, "transcription.status",
	    "TranscriptionSid=" TR "&TranscriptionStatus=completed"
	    "&RecordingSid=" RE "&CallSid=" CA "&AccountSid=" A
	    "&TranscriptionText=hi", "transcription", TR, RE, "completed", -1,
	    0, -1, REPLY_NONE, "{\"c\":{\"call_sid\":[0,\"" CA "\"]}}" },
	{ EVENT_TRANSCRIPTION_REALTIME, "transcription.realtime",
	    "TranscriptionSid=" GT "&CallSid=" CA "&AccountSid=" A
	    "&TranscriptionEvent=transcription-content&SequenceId=2"
	    "&LanguageCode=en-US&Track=inbound_track&Timestamp=" NOON,
	    "transcription", GT, CA, "transcription-content", 2, 0, -1,
	    REPLY_NONE, "{\"c\":{\"call_sid\":[0,\"" CA "\"],\"language\":"
	    "[0,\"en-US\"]},\"l\":{\"track\":\"inbound_track\"}}" },
	{ EVENT_CONFERENCE_STATUS, "conference.status", "ConferenceSid=" CF
	    "&AccountSid=" A "&FriendlyName=room&SequenceNumber=9"
	    "&StatusCallbackEvent=conference-end&Timestamp=x"
	    "&ReasonConferenceEnded=last-participant-left"
	    "&CallSidEndingConference=" CA, "conference", CF, NULL,
	    "conference-end", 9, 0, -1, REPLY_NONE, "{\"c\":{"
	    "\"friendly_name\":[0,\"room\"]},\"l\":{\"ended_by_call_sid\":\""
	    CA "\",\"ended_reason\":\"last-participant-left\"}}" },
	{ EVENT_PARTICIPANT_STATUS, "participant.status", "ConferenceSid=" CF
	    "&CallSid=" CA "&AccountSid=" A "&FriendlyName=room"
	    "&SequenceNumber=3&StatusCallbackEvent=participant-mute"
	    "&Muted=true&Hold=false&Timestamp=Sun%2C+22+Nov+2026+02%3A00%3A00"
	    "+%2B0000", "participant", CF "/" CA, CF, "participant-mute", 3,
	    0, NOON_MS - 123, REPLY_NONE, "{\"c\":{\"friendly_name\":"
	    "[0,\"room\"]},\"l\":{\"muted\":\"true\",\"hold\":\"false\"}}" },
#define ASKS(kind, event, sid) { kind, "conversation." event, \
	CONVERSATION(event) "&MessageSid=" IM "&ParticipantSid=" MB \
	"&UserSid=" US, NULL, sid, NULL, NULL, -1, 0, -1, REPLY_JSON, NULL }
	ASKS(EVENT_ON_MESSAGE_ADD, "onMessageAdd", CH),
	ASKS(EVENT_ON_MESSAGE_UPDATE, "onMessageUpdate", IM),
	ASKS(EVENT_ON_MESSAGE_REMOVE, "onMessageRemove", IM),
	ASKS(EVENT_ON_CONVERSATION_ADD, "onConversationAdd", CH),
	ASKS(EVENT_ON_CONVERSATION_UPDATE, "onConversationUpdate", CH),
	ASKS(EVENT_ON_CONVERSATION_REMOVE, "onConversationRemove", CH),
	ASKS(EVENT_ON_PARTICIPANT_ADD, "onParticipantAdd", CH),
	ASKS(EVENT_ON_PARTICIPANT_UPDATE, "onParticipantUpdate", MB),
	ASKS(EVENT_ON_PARTICIPANT_REMOVE, "onParticipantRemove", MB),
	ASKS(EVENT_ON_USER_UPDATE, "onUserUpdate", US),
#define TELLS(kind, event, what, sid, parent, status) { kind, \
	"conversation." event, CONVERSATION(event) "&MessageSid=" IM \
	"&ParticipantSid=" MB "&UserSid=" US "&DateCreated=2026-11-22T02" \
	"%3A00%3A00.123Z&DateUpdated=2026-11-22T02%3A00%3A00.124Z" \
	"&DateRemoved=2026-11-22T02%3A00%3A00.125Z&Attributes=%7B%7D" \
	"&State=inactive", what, sid, parent, status, -1, 0, NOON_MS, \
	REPLY_NONE, "{\"c\":{},\"l\":{\"attributes\":\"{}\"}}" }
	TELLS(EVENT_ON_MESSAGE_ADDED, "onMessageAdded",
	    "conversation_message", IM, CH, "added"),
	TELLS(EVENT_ON_MESSAGE_UPDATED, "onMessageUpdated",
	    "conversation_message", IM, CH, "updated"),
	TELLS(EVENT_ON_MESSAGE_REMOVED, "onMessageRemoved",
	    "conversation_message", IM, CH, "removed"),
	TELLS(EVENT_ON_CONVERSATION_ADDED, "onConversationAdded",
	    "conversation", CH, IS, "inactive"),
	TELLS(EVENT_ON_CONVERSATION_UPDATED, "onConversationUpdated",
	    "conversation", CH, IS, "inactive"),
	TELLS(EVENT_ON_CONVERSATION_REMOVED, "onConversationRemoved",
	    "conversation", CH, IS, "removed"),
	{ EVENT_ON_CONVERSATION_STATE_UPDATED,
	    "conversation.onConversationStateUpdated",
	    CONVERSATION("onConversationStateUpdated") "&StateFrom=active"
	    "&StateTo=closed&Reason=TIMER&StateUpdated=" NOON, "conversation",
	    CH, IS, "closed", -1, 0, NOON_MS, REPLY_NONE,
	    "{\"c\":{},\"l\":{\"state_reason\":\"TIMER\"}}" },
	TELLS(EVENT_ON_PARTICIPANT_ADDED, "onParticipantAdded",
	    "conversation_participant", MB, CH, "added"),
	TELLS(EVENT_ON_PARTICIPANT_UPDATED, "onParticipantUpdated",
	    "conversation_participant", MB, CH, "updated"),
	TELLS(EVENT_ON_PARTICIPANT_REMOVED, "onParticipantRemoved",
	    "conversation_participant", MB, CH, "removed"),
	{ EVENT_ON_DELIVERY_UPDATED, "conversation.onDeliveryUpdated",
	    CONVERSATION("onDeliveryUpdated") "&MessageSid=" IM
	    "&DeliveryReceiptSid=" DY "&ChannelMessageSid=" SM
	    "&Status=undelivered&ErrorCode=63016", "delivery_receipt", DY, IM,
	    "undelivered", -1, 63016, -1, REPLY_NONE,
	    "{\"c\":{\"channel_message_sid\":[0,\"" SM "\"]}}" },
	TELLS(EVENT_ON_USER_ADDED, "onUserAdded", "conversation_user", US, IS,
	    "added"),
	TELLS(EVENT_ON_USER_UPDATED, "onUserUpdated", "conversation_user", US,
	    IS, "updated"),
	{ EVENT_DEBUGGER_ALERT, "debugger.alert", "Sid=" NO "&AccountSid=" A
	    "&ParentAccountSid=&Timestamp=" NOON "&Level=ERROR&PayloadType="
	    "application%2Fjson&Payload=%7B%22resource_sid%22%3A%22" CA
	    "%22%2C%22error_code%22%3A%2211200%22%2C%22more_info%22%3A%7B"
	    "%22Msg%22%3A%22m%22%2C%22httpResponse%22%3A502%7D%7D", "alert",
	    NO, CA, "error", -1, 11200, -1, REPLY_NONE,
	    "{\"c\":{\"occurred_at\":[0,\"2026-11-22T02:00:00.123Z\"],"
	    "\"message\":[0,\"m\"],\"http_status\":[0,\"502\"]}}" },
	{ EVENT_OTHER, "other", "VerificationSid=VE1&AccountSid=" A
	    "&ErrorCode=5", NULL, NULL, NULL, NULL, -1, 0, -1, REPLY_TWIML,
	    NULL },
};

static bool
is_text(struct str s, const char *want)
{
	return str_eq(s, str_from(want)) && (s.p == NULL) == (want == NULL);
}

static void
check_every(const struct every *t)
{
	bool		good;
	struct event	e = classify((struct request){ .form = t->form },
			    &good);
	int64_t		late = 0;

	/* UPDATED and REMOVED have dates of their own. */
	if (strstr(t->form, "&DateRemoved=") != NULL)
		late = strstr(t->name, "Updated") != NULL ? 1 :
		    strstr(t->name, "Removed") != NULL ? 2 : 0;
	quiet(good && e.kind == t->kind && is_text(e.name, t->name),
	    "%s: %.*s", t->name, (int)e.name.n, e.name.p);
	quiet(is_text(str_from(e.resource), t->resource), "%s: resource %s",
	    t->name, e.resource);
	quiet(is_text(e.sid, t->sid), "%s: sid %.*s", t->name, (int)e.sid.n,
	    e.sid.p);
	quiet(t->resource == NULL || is_text(e.parent, t->parent),
	    "%s: parent %.*s", t->name, (int)e.parent.n, e.parent.p);
	quiet(is_text(e.status, t->status), "%s: status %.*s", t->name,
	    (int)e.status.n, e.status.p);
	quiet(e.seq == t->seq && e.error == t->error, "%s: numbers %d, %d",
	    t->name, (int)e.seq, (int)e.error);
	quiet(e.clock == (t->clock < 0 ? -1 : t->clock + late),
	    "%s: clock %" PRId64, t->name, e.clock);
	quiet(is_text(e.facts, t->facts), "%s: facts %.*s", t->name,
	    (int)e.facts.n, e.facts.p);
	quiet(event_is_notice(t->kind) == (t->reply == REPLY_NONE) &&
	    event_is_voice_question(t->kind) == (t->reply == REPLY_VOICE) &&
	    event_is_pre_action(t->kind) == (t->reply == REPLY_JSON),
	    "%s: reply", t->name);
}

static void
test_kinds(void)
{
	bool		seen[EVENT_KINDS] = { false };
	enum event_kind	k;
	struct str	name;
	size_t		i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		check_row(&table[i]);
	tap_loop("parameter sets");
	for (i = 0; i < sizeof(every) / sizeof(every[0]); i++) {
		check_every(&every[i]);
		seen[every[i].kind] = true;
	}
	tap_loop("every kind, and what is made of it");
	for (i = 0; i < EVENT_KINDS; i++) {
		name = str_from(event_kind_name((enum event_kind)i));
		quiet(seen[i] || i == EVENT_STREAM, "kind %s is in the table",
		    name.p);
		k = EVENT_KINDS;
		quiet(event_kind_parse(guard_str(name), &k) && k == i,
		    "%s parses", name.p);
	}
	quiet(event_kind_parse(STR("stream.com.twilio.x"), &k) &&
	    k == EVENT_STREAM, "a kind of Event Streams");
	quiet(!event_kind_parse(STR("message.inboun"), &k) &&
	    !event_kind_parse(STR(""), &k) &&
	    !event_kind_parse(STR("stream."), &k) &&
	    !event_kind_parse(STR("*"), &k), "what is no kind");
	tap_loop("kinds");
}

/* The elements of Event Streams: what they repeat, and their keys. */
static struct event
classify_cloud(const char *json, const char *account, bool *good)
{
	static unsigned		turn;
	struct arena		a = { .base = memory[turn++ % 2],
				    .cap = sizeof(memory[0]) };
	struct form		none = { NULL, 0 };
	struct cloud		c;
	struct cloud_event	element;
	struct event		e = { .seq = -9 };
	struct event_source	src = { .sha256 = sig.sha256, .form = &none,
				    .account = str_from(account),
				    .target = STR("/twilio"),
				    .body = str_from(json),
				    .token = STR("t") };

	*good = cloud_open(guard_str(src.body), &c) &&
	    cloud_next(&a, &c, &element) == CLOUD_OK &&
	    event_classify_cloud(&a, &src, &element, &e);
	return e;
}

#define ELEMENT(id, type, time, data) "[{\"specversion\":\"1.0\",\"id\":\"" \
	id "\",\"type\":\"" type "\",\"time\":\"" time "\",\"data\":" data \
	"}]"
#define SENT ELEMENT("EZ1", "com.twilio.messaging.message.sent", \
	"2026-11-22T02:00:00Z", "{\"messageSid\":\"" SM "\",\"messageStatus" \
	"\":\"SENT\",\"errorCode\":30001,\"accountSid\":\"" A "\"}")

static bool
same_cloud(const char *one, const char *account, const char *other)
{
	bool		good;
	struct event	a = classify_cloud(one, A, &good), b;
	unsigned char	key[sizeof(a.key)];

	memcpy(key, a.key, sizeof(key));
	b = classify_cloud(other, account, &good);
	return memcmp(key, b.key, sizeof(key)) == 0;
}

static void
test_cloud(void)
{
	bool		good;
	struct event	e = classify_cloud(SENT, A, &good);

	ok(good && e.kind == EVENT_STREAM, "an element of Event Streams");
	is_str(e.name, STR("stream.com.twilio.messaging.message.sent"),
	    "its kind");
	ok(is_text(str_from(e.resource), "message") && is_text(e.sid, SM) &&
	    is_text(e.status, "sent") && e.error == 30001 && !e.window &&
	    e.bucket == sid_bucket(e.sid), "folds into the message");
	e = classify_cloud(ELEMENT("EZ2", "com.twilio.conversations."
	    "conversation-state.updated", "2026-11-22T02:00:00.123Z",
	    "{\"ConversationSid\":\"" CH "\",\"StateFrom\":\"active\","
	    "\"StateTo\":\"closed\"}"), A, &good);
	ok(good && is_text(e.sid, CH) && is_text(e.status, "closed") &&
	    e.clock == NOON_MS, "without a date the element's time orders it");
	e = classify_cloud(ELEMENT("EZ3", "com.twilio.unheard.of", "x", "{}"),
	    A, &good);
	ok(good && e.kind == EVENT_STREAM && e.resource == NULL &&
	    e.sid.p == NULL && e.facts.p == NULL, "about nothing we know");

	ok(same_cloud(SENT, A, ELEMENT("EZ1",
	    "com.twilio.messaging.message.sent", "", "{\"messageSid\":\"" SM
	    "\"}")), "its id makes it the same, whatever else changes");
	ok(!same_cloud(SENT, A, ELEMENT("EZ9",
	    "com.twilio.messaging.message.sent", "2026-11-22T02:00:00Z",
	    "{\"messageSid\":\"" SM "\",\"messageStatus\":\"SENT\","
	    "\"errorCode\":30001,\"accountSid\":\"" A "\"}")),
	    "another id is another event");
	ok(!same_cloud(SENT, B, SENT), "and so is another account");
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
	    { PROGRESS("ringing", "1"), NULL, NULL, NULL } },
	{ "the debugger again", true,
	    { "Sid=NO1&Level=ERROR", NULL, NULL, "t1" },
	    { "Sid=NO1&Level=ERROR&X=1", NULL, NULL, "t1" } },
	{ "the wait URL once more", false,
	    { CALL("in-progress", "inbound") "&QueuePosition=1", NULL, "/w",
	    "t1" }, { CALL("in-progress", "inbound") "&QueuePosition=1", NULL,
	    "/w", "t2" } },
	{ "a retry of the wait URL", true,
	    { CALL("in-progress", "inbound") "&QueuePosition=1", NULL, "/w",
	    "t1" }, { CALL("in-progress", "inbound") "&QueuePosition=1", NULL,
	    "/w", "t1" } },
	{ "a redirect to itself", false,
	    { CALL("in-progress", "inbound"), NULL, "/a", "t1" },
	    { CALL("in-progress", "inbound"), NULL, "/a", "t2" } },
	{ "a message and its fallback", false,
	    { SMS, NULL, NULL, "t1" },
	    { SMS "&ErrorCode=11200&ErrorUrl=u", NULL, NULL, "t1" } },
	{ "a message's fallback again", true,
	    { SMS "&ErrorCode=11200&ErrorUrl=u", NULL, NULL, "t1" },
	    { SMS "&ErrorCode=11200&ErrorUrl=u&X=1", NULL, "/b", NULL } },
	{ "a ringing call and its fallback", false,
	    { CALL("ringing", "inbound"), NULL, NULL, "t1" },
	    { CALL("ringing", "inbound") "&ErrorCode=11200&ErrorUrl=u", NULL,
	    NULL, "t1" } },
	{ "keys pressed, and their fallback", false,
	    { CALL("in-progress", "inbound") "&Digits=1", NULL, NULL, "t1" },
	    { CALL("in-progress", "inbound") "&Digits=1&ErrorCode=11200"
	    "&ErrorUrl=u", NULL, NULL, "t1" } },
	{ "a call's fallback again", true,
	    { CALL("ringing", "inbound") "&ErrorCode=11200&ErrorUrl=u", NULL,
	    NULL, "t1" }, { CALL("ringing", "inbound") "&ErrorCode=11200"
	    "&ErrorUrl=u", NULL, NULL, "t1" } },
	{ "onMessageAdd tried again", true,
	    { CONVERSATION("onMessageAdd") "&Body=x", NULL, NULL, NULL },
	    { "EventType=onMessageAdd&ConversationSid=" CH "&AccountSid=" A
	    "&ChatServiceSid=" IS "&RetryCount=1&Body=x", NULL, NULL,
	    NULL } },
	{ "onMessageAdd of another text", false,
	    { CONVERSATION("onMessageAdd") "&Body=x", NULL, NULL, NULL },
	    { CONVERSATION("onMessageAdd") "&Body=y", NULL, NULL, NULL } },
	{ "onMessageAdded tried again", true,
	    { CONVERSATION("onMessageAdded") "&MessageSid=" IM
	    "&DateCreated=" NOON, NULL, NULL, NULL },
	    { CONVERSATION("onMessageAdded") "&MessageSid=" IM
	    "&DateCreated=" NOON "&RetryCount=2", NULL, "/b", "t" } },
	{ "a message updated twice", false,
	    { CONVERSATION("onMessageUpdated") "&MessageSid=" IM
	    "&DateUpdated=" NOON, NULL, NULL, NULL },
	    { CONVERSATION("onMessageUpdated") "&MessageSid=" IM
	    "&DateUpdated=2026-11-22T02%3A00%3A00.124Z", NULL, NULL,
	    NULL } },
	{ "muted twice, a second apart", false,
	    { "ConferenceSid=" CF "&CallSid=" CA "&StatusCallbackEvent="
	    "participant-mute&Timestamp=a", NULL, NULL, NULL },
	    { "ConferenceSid=" CF "&CallSid=" CA "&StatusCallbackEvent="
	    "participant-mute&Timestamp=b", NULL, NULL, NULL } },
	{ "one call in two conferences", false,
	    { "ConferenceSid=CF1&CallSid=" CA "&StatusCallbackEvent="
	    "participant-join", NULL, NULL, NULL },
	    { "ConferenceSid=CF2&CallSid=" CA "&StatusCallbackEvent="
	    "participant-join", NULL, NULL, NULL } },
	{ "a recording's status again", true,
	    { "RecordingSid=" RE "&RecordingStatus=completed", NULL, NULL,
	    "t1" }, { "RecordingSid=" RE "&RecordingStatus=completed&X=1",
	    NULL, NULL, "t2" } },
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

	/* 79 letters, then a letter of two bytes: cut before it. */
	(void)snprintf(body, sizeof(body),
	    "MessageSid=SM1&MessageStatus=%079d%%C3%%A4x", 0);
	e = classify((struct request){ .form = body }, &good);
	is_int(e.status.n, 79, "no letter is cut in two");
	(void)snprintf(body, sizeof(body),
	    "MessageSid=SM1&MessageStatus=%077d%%F0%%9F%%98%%80", 0);
	e = classify((struct request){ .form = body }, &good);
	is_int(e.status.n, 77, "and none half cut becomes U+FFFD");
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

/* What a browser adds to its call's first request does not make it less. */
static void
test_ringing(void)
{
	static const struct {
		const char	*more;
		enum event_kind	 kind;
	} t[] = {
		{ "", EVENT_CALL_INBOUND },
		{ "&Duration=60", EVENT_CALL_INBOUND },
		{ "&SequenceNumber=1", EVENT_CALL_INBOUND },
		{ "&CallbackSource=x", EVENT_CALL_INBOUND },
		{ "&UnstableSpeechResult=x", EVENT_CALL_INBOUND },
		{ "&EventType=onMessageAdd", EVENT_CALL_INBOUND },
		{ "&RecordingStatus=deleted&RecordingSid=" RE,
		    EVENT_CALL_INBOUND },
		{ "&StreamEvent=x", EVENT_CALL_INBOUND },
		{ "&TranscriptionEvent=x", EVENT_CALL_INBOUND },
		{ "&PayloadType=x&Payload=x", EVENT_CALL_INBOUND },
		{ "&Required=x", EVENT_CALL_INBOUND },
		/* with answerOnBridge the caller's leg rings on */
		{ "&DialCallStatus=no-answer", EVENT_CALL_DIAL },
		{ "&ErrorCode=11200&ErrorUrl=x", EVENT_CALL_FALLBACK },
		{ "&CallbackSource=call-progress-events", EVENT_CALL_STATUS },
	};
	char		body[1024];
	struct event	e;
	size_t		i;
	bool		good;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(body, sizeof(body), "%s%s",
		    CALL("ringing", "inbound"), t[i].more);
		e = classify((struct request){ .form = body }, &good);
		quiet(good && e.kind == t[i].kind, "%s: %.*s", t[i].more,
		    (int)e.name.n, e.name.p);
	}
	tap_loop("a call that rings");
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
	for (i = 0; i < 24000; i += 16) {
		a = (struct arena){ .base = guard_buffer(24000), .cap = i };
		full += !event_classify(&a, &src, &e);
	}
	ok(full > 50 && full < 1400, "too little memory is said (%zu times)",
	    full);
}

int
main(void)
{
	ok(sig_open(&sig), "libcrypto has the digests");
	test_kinds();
	test_cloud();
	test_keys();
	test_all_keys();
	test_columns();
	test_numbers();
	test_ringing();
	test_no_memory();
	sig_close(&sig);
	return done_testing();
}
