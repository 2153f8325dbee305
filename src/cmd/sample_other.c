/*
 * Neither message nor call nor conversation: the Debugger's webhook, Event
 * Streams, and what no kind of its own has. Sources:
 * docs/usage/troubleshooting/debugging-event-webhooks,
 * docs/events/webhook-quickstart, docs/events/event-types/messaging/
 * outbound-message and inbound-message, docs/events/event-types/voice/
 * status-callback, docs/events/event-types/errors/error-logs,
 * docs/events/event-types/conversations/message,
 * docs/usage/api/usage-trigger, docs/voice/twiml/pay#statuscallback,
 * docs/voice/twiml/siprec.
 */
#include "sample.h"

#define ALERT(level, code, payload) \
	"ParentAccountSid=\n" \
	"Payload=" payload "\n" \
	"Level={status:" level "}\n" \
	"Timestamp={iso}\n" \
	"PayloadType=application/json\n" \
	"AccountSid={account}\n" \
	"Sid={sid}\n"
/* A webhook of ours that failed; of: the SID it was about. */
#define PAYLOAD(of, code, msg, component, url) \
	"{\"resource_sid\":\"" of "\",\"service_sid\":null," \
	"\"error_code\":\"{error:" code "}\",\"more_info\":{" \
	"\"Msg\":\"" msg "\",\"sourceComponent\":\"" component "\"," \
	"\"ErrorCode\":\"{error:" code "}\",\"httpResponse\":\"502\"," \
	"\"url\":\"" url "\",\"LogLevel\":\"ERROR\"}," \
	"\"webhook\":{\"type\":\"application/json\",\"request\":{" \
	"\"url\":\"" url "\",\"method\":\"POST\",\"headers\":{}," \
	"\"parameters\":{\"AccountSid\":\"{account}\"," \
	"\"From\":\"{from:+15550101001}\",\"To\":\"{to:+15550101002}\"}}," \
	"\"response\":{\"status_code\":null,\"headers\":{}," \
	"\"body\":null}}}"

#define CLOUD(id, type, source, schema, data) \
	"{\"specversion\":\"1.0\",\"type\":\"" type "\"," \
	"\"source\":\"" source "\",\"id\":\"" id "\"," \
	"\"dataschema\":\"https://events-schemas.twilio.com/" schema "\"," \
	"\"datacontenttype\":\"application/json\",\"time\":\"{iso}\"," \
	"\"data\":" data "}"
#define MESSAGES "/2010-04-01/Accounts/{account}/Messages/"

#define OUTBOUND(status) "com.twilio.messaging.message." status
/* Words are capitals here, and numbers numbers. */
#define MESSAGE_EVENT(id, status, word, more) \
	CLOUD(id, OUTBOUND(status), MESSAGES "{sid}.json", \
	"Messaging.MessageStatus/8", \
	"{\"messageSid\":\"{sid}\",\"timestamp\":\"{iso}\"," \
	"\"accountSid\":\"{account}\"," \
	"\"eventName\":\"" OUTBOUND(status) "\"," \
	"\"apiVersion\":\"2010-04-01\",\"from\":\"{from:+15550101002}\"," \
	"\"to\":\"{to:+15550101001}\",\"messageStatus\":\"" word "\"," \
	"\"messagingServiceSid\":\"{MG}\",\"numberOfSegments\":1," \
	"\"mcc\":\"310\",\"mnc\":\"090\",\"tags\":{}" more "}")
#define DLR ",\"rawDlrDoneDate\":\"2026-11-22T08:00:00.000Z\""
#define STREAM_MESSAGE(status, word, more) \
	{ "stream." OUTBOUND(status), "message", "SM", \
	    "[" MESSAGE_EVENT("{EZ}", status, word, more) "]" }

#define PROGRESS(event) "com.twilio.voice.status-callback.call." event
/* The callback itself, with the names that it has there. */
#define STREAM_CALL(event, status, seq, more) \
	{ "stream." PROGRESS(event), "call", "CA", \
	    "[" CLOUD("{VW}", PROGRESS(event), "{account}", \
	    "Voice.WebhookEvent/2", \
	    "{\"sid\":\"{sid}\",\"requestDateCreated\":\"{rfc2822}\"," \
	    "\"timestamp\":\"{iso}\",\"eventSid\":\"{VW}\"," \
	    "\"request\":{\"url\":\"https://hooks.example.com/twilio\"," \
	    "\"method\":\"POST\",\"parameters\":{" \
	    "\"AccountSid\":\"{account}\",\"ApiVersion\":\"2010-04-01\"," \
	    "\"CallSid\":\"{sid}\",\"CallStatus\":\"{status:" status "}\"," \
	    "\"CallbackSource\":\"call-progress-events\"," \
	    "\"Direction\":\"outbound-api\"," \
	    "\"From\":\"{from:+15550101002}\"," \
	    "\"To\":\"{to:+15550101001}\"," \
	    "\"SequenceNumber\":\"{seq:" seq "}\"," \
	    "\"Timestamp\":\"{rfc2822}\"" more "}}," \
	    "\"response\":{\"responseCode\":204,\"requestDuration\":12," \
	    "\"contentType\":null,\"responseBody\":null," \
	    "\"dateCreated\":\"{rfc2822}\"}}") "]" }

#define INBOUND "com.twilio.messaging.inbound-message.received"
#define LOGGED "com.twilio.error-logs.error.logged"
#define ADDED "com.twilio.conversations.message.added"

const struct sample samples_other[] = {
	{ "debugger.alert", "error", "NO",
	    ALERT("ERROR", "11200", PAYLOAD("{CA}", "11200",
	    "Got HTTP 502 response to https://hooks.example.com/voice",
	    "14100", "https://hooks.example.com/voice")) },
	{ "debugger.alert", "warning", "NO",
	    ALERT("WARNING", "12200", PAYLOAD("{CA}", "12200",
	    "cvc-complex-type.3.2.2: Attribute 'voices' is not allowed",
	    "14100", "https://hooks.example.com/voice")) },
	{ "debugger.alert", "message", "NO",
	    ALERT("ERROR", "30007", PAYLOAD("{SM}", "30007",
	    "Carrier violation", "10000", "")) },

	STREAM_MESSAGE("delivered", "DELIVERED", DLR),
	STREAM_MESSAGE("queued", "QUEUED", ""),
	STREAM_MESSAGE("sent", "SENT", ""),
	STREAM_MESSAGE("undelivered", "UNDELIVERED",
	    ",\"errorCode\":30007" DLR),
	STREAM_MESSAGE("failed", "FAILED", ",\"errorCode\":30008"),
	STREAM_MESSAGE("read", "READ", ""),
	/* More than one event a request; and data as a JSON text. */
	{ "stream." OUTBOUND("delivered"), "batch", "SM",
	    "[" MESSAGE_EVENT("{EY}", "sent", "SENT", "") ","
	    MESSAGE_EVENT("{EZ}", "delivered", "DELIVERED", DLR) "]" },
	{ "stream." OUTBOUND("delivered"), "text", "SM",
	    "[" CLOUD("{EZ}", OUTBOUND("delivered"), MESSAGES "{sid}.json",
	    "Messaging.MessageStatus/8",
	    "\"{\\\"messageSid\\\":\\\"{sid}\\\","
	    "\\\"accountSid\\\":\\\"{account}\\\","
	    "\\\"timestamp\\\":\\\"{iso}\\\","
	    "\\\"messageStatus\\\":\\\"DELIVERED\\\"}\"") "]" },
	{ "stream." INBOUND, "sms", "SM",
	    "[" CLOUD("{EZ}", INBOUND, MESSAGES "{sid}.json",
	    "Messaging.InboundMessageV1/6",
	    "{\"messageSid\":\"{sid}\",\"timestamp\":\"{iso}\","
	    "\"accountSid\":\"{account}\",\"eventName\":\"" INBOUND "\","
	    "\"from\":\"{from:+15550101001}\",\"to\":\"{to:+15550101002}\","
	    "\"numMedia\":0,\"body\":\"{body:Hello from offhook}\","
	    "\"toCountry\":\"US\",\"toState\":\"\",\"toCity\":\"\","
	    "\"toZip\":\"\",\"fromCountry\":\"US\",\"fromState\":\"CA\","
	    "\"fromCity\":\"SAN FRANCISCO\",\"fromZip\":\"94105\","
	    "\"mnc\":\"090\",\"mcc\":\"310\","
	    "\"messagingServiceSid\":\"{MG}\",\"recipients\":[]}") "]" },
	STREAM_CALL("initiated", "initiated", "0", ""),
	STREAM_CALL("ringing", "ringing", "1", ""),
	STREAM_CALL("answered", "in-progress", "2", ""),
	STREAM_CALL("completed", "completed", "3",
	    ",\"CallDuration\":\"17\",\"Duration\":\"1\","
	    "\"SipResponseCode\":\"200\""),
	{ "stream." LOGGED, "error", "NO",
	    "[" CLOUD("{sid}", LOGGED, "{account}", "ErrorLogs.Error/2",
	    "{\"sid\":\"{sid}\",\"account_sid\":\"{account}\","
	    "\"date_created\":\"{iso}\",\"level\":\"ERROR\","
	    "\"master_account_sid\":\"{account}\",\"request_sid\":\"{RQ}\","
	    "\"service_sid\":null,\"correlation_sid\":\"{CA}\","
	    "\"product_name\":\"Programmable Voice\","
	    "\"error_code\":\"{error:11200}\"}") "]" },
	{ "stream." ADDED, "chat", "IM",
	    "[" CLOUD("{EZ}", ADDED, "{account}",
	    "Conversations.MessageAdded/2",
	    "{\"AccountSid\":\"{account}\",\"Author\":\"ada\","
	    "\"ParticipantSid\":\"{MB}\",\"ConversationSid\":\"{CH}\","
	    "\"MessageSid\":\"{sid}\",\"Index\":10,"
	    "\"MessageBody\":\"{body:Hello from offhook}\","
	    "\"DateCreated\":\"{iso}\",\"MessagingServiceSid\":\"{MG}\"}")
	    "]" },

	{ "other", "usage-trigger", "UT",
	    "AccountSid={account}\n"
	    "UsageTriggerSid={sid}\n"
	    "Recurring=daily\n"
	    "UsageCategory=sms\n"
	    "TriggerBy=count\n"
	    "TriggerValue=1000\n"
	    "CurrentValue=1001\n"
	    "UsageRecordUri=/2010-04-01/Accounts/{account}/Usage/Records/"
	    "Daily?Category=sms\n"
	    "IdempotencyToken={sid}-FIRES-1\n"
	    "DateFired={rfc2822}\n" },
	{ "other", "pay-progress", "CA",
	    "AccountSid={account}\n"
	    "CallSid={sid}\n"
	    "Sid={PK}\n"
	    "PaymentConnector=Default\n"
	    "PaymentMethod=credit-card\n"
	    "For=payment-card-number\n"
	    "Attempt=1\n"
	    "ErrorType=\n"
	    "PartialResult=false\n"
	    "PaymentCardNumber=xxxxxxxxxxxx1111\n"
	    "PaymentCardType=visa\n"
	    "Required=expiration-date\n" },
	{ "other", "siprec", "SR",
	    "AccountSid={account}\n"
	    "CallSid={CA}\n"
	    "SiprecSid={sid}\n"
	    "SiprecEvent=siprec-started\n"
	    "Timestamp={iso}\n" },
	{ NULL, NULL, NULL, NULL }
};
