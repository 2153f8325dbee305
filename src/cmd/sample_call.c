/*
 * Calls: what asks for TwiML, and the status of a call. Sources:
 * docs/voice/twiml, docs/voice/twiml/gather, /dial, /sip, /record, /enqueue,
 * /queue, /pay, /refer, /connect/conversationrelay,
 * docs/voice/api/call-resource#statuscallback,
 * docs/voice/api/receiving-sip, docs/voice/trusted-calling-with-shakenstir,
 * docs/voice/api/refer-to-twilio, docs/usage/webhooks/webhooks-faq.
 */
#include "sample.h"

/* What every request about a call has; the order is Twilio's. */
#define CALL(direction, status) \
	"Called={to:+15550101002}\n" \
	"ToState=\n" \
	"CallerCountry=US\n" \
	"Direction=" direction "\n" \
	"CallerState=CA\n" \
	"ToZip=\n" \
	"CallSid={sid}\n" \
	"To={to:+15550101002}\n" \
	"CallerZip=94105\n" \
	"ToCountry=US\n" \
	"CalledZip=\n" \
	"ApiVersion=2010-04-01\n" \
	"CalledCity=\n" \
	"CallStatus={status:" status "}\n" \
	"From={from:+15550101001}\n" \
	"AccountSid={account}\n" \
	"CalledCountry=US\n" \
	"CallerCity=SAN FRANCISCO\n" \
	"ToCity=\n" \
	"FromCountry=US\n" \
	"Caller={from:+15550101001}\n" \
	"FromCity=SAN FRANCISCO\n" \
	"CalledState=\n" \
	"FromZip=94105\n" \
	"FromState=CA\n"
#define INBOUND CALL("inbound", "in-progress")

/* Without the places, which only telephone numbers have. */
#define PLAIN_CALL(direction, status, from, to) \
	"AccountSid={account}\n" \
	"ApiVersion=2010-04-01\n" \
	"CallSid={sid}\n" \
	"CallStatus={status:" status "}\n" \
	"Called={to:" to "}\n" \
	"Caller={from:" from "}\n" \
	"Direction=" direction "\n" \
	"From={from:" from "}\n" \
	"To={to:" to "}\n"

/* Percent-encoded JSON: on the wire it is encoded once more. */
#define CALL_TOKEN \
	"CallToken=%7B%22parentCallInfoToken%22%3A%22test%22%7D\n"

/* What a progress callback adds; the last three only at the end. */
#define PROGRESS \
	"Timestamp={rfc2822}\n" \
	"CallbackSource=call-progress-events\n" \
	"SequenceNumber={seq:0}\n" \
	ENDED
#define ENDED \
	"SipResponseCode={sip}\n" \
	"CallDuration={seconds}\n" \
	"Duration={minutes}\n" \
	"ErrorCode={error}\n"
#define RECORDING "https://api.twilio.com/2010-04-01/Accounts/{account}" \
	"/Recordings/{RE}"
#define FAILED \
	"ErrorCode={error:11200}\n" \
	"ErrorUrl=https://hooks.example.com/twilio\n"

const struct sample samples_call[] = {
	{ "call.inbound", "number", "CA",
	    CALL("inbound", "ringing")
	    "StirVerstat=TN-Validation-Passed-A\n" CALL_TOKEN },
	{ "call.inbound", "stir", "CA",
	    CALL("inbound", "ringing")
	    "StirVerstat=TN-Validation-Passed-A-Passthrough\n"
	    "StirPassportToken=eyJhbGciOiJFUzI1NiJ9.eyJhdHRlc3QiOiJBIn0.c2ln\n"
	    CALL_TOKEN },
	{ "call.inbound", "caller-name", "CA",
	    CALL("inbound", "ringing")
	    "CallerName=LOVELACE, ADA\n"
	    "StirVerstat=No-TN-Validation\n" CALL_TOKEN },
	{ "call.inbound", "forwarded", "CA",
	    CALL("inbound", "ringing")
	    "ForwardedFrom=+15550101009\n"
	    "CalledVia=+15550101009\n" CALL_TOKEN },
	{ "call.inbound", "anonymous", "CA",
	    PLAIN_CALL("inbound", "ringing", "anonymous", "+15550101002")
	    CALL_TOKEN },
	{ "call.inbound", "client", "CA",
	    PLAIN_CALL("inbound", "ringing", "client:ada", "+15550101002")
	    "ApplicationSid={AP}\n" },
	{ "call.inbound", "sip", "CA",
	    PLAIN_CALL("inbound", "ringing", "sip:ada@sip.example.com",
	    "sip:desk@example.sip.twilio.com;user=phone")
	    "SipDomain=example.sip.twilio.com\n"
	    "SipDomainSid={SD}\n"
	    "SipUsername=ada\n"
	    "SipCallId=1a2b3c4d@192.0.2.7\n"
	    "SipSourceIp=192.0.2.7\n"
	    "SipHeader_X-Customer=42\n"
	    "SipHeader_User-Agent=Example Phone 1.0\n" },
	{ "call.inbound", "whatsapp", "CA",
	    PLAIN_CALL("inbound", "ringing", "whatsapp:+15550101001",
	    "whatsapp:+15550101002") },

	{ "call.outbound", "number", "CA",
	    CALL("outbound-api", "in-progress") },
	/* With machine detection that waits: it asks for TwiML. */
	{ "call.outbound", "answered-by", "CA",
	    CALL("outbound-api", "in-progress")
	    "AnsweredBy=human\n"
	    "MachineDetectionDuration=2900\n" },

	{ "call.redirect", "inbound", "CA", INBOUND },

	{ "call.gather", "digits", "CA",
	    INBOUND
	    "msg=Gather End\n"
	    "Digits={digits:1}\n"
	    "FinishedOnKey=\n" },
	{ "call.gather", "finished", "CA",
	    INBOUND
	    "msg=Gather End\n"
	    "Digits={digits:1234}\n"
	    "FinishedOnKey=#\n" },
	/* With actionOnEmptyResult. */
	{ "call.gather", "empty", "CA",
	    INBOUND
	    "Digits={digits:}\n"
	    "FinishedOnKey=\n" },
	{ "call.gather", "speech", "CA",
	    INBOUND
	    "Language=en-US\n"
	    "SpeechResult={body:I would like to book a table.}\n"
	    "Confidence=0.9172\n" },
	{ "call.gather", "speech-unsure", "CA",
	    INBOUND
	    "Language=en-US\n"
	    "SpeechResult={body:Hello?}\n" },

	{ "call.dial", "number", "CA",
	    INBOUND
	    "DialCallSid={other}\n"
	    "DialCallStatus=completed\n"
	    "DialCallDuration=17\n"
	    "DialBridged=true\n" },
	{ "call.dial", "no-answer", "CA",
	    INBOUND
	    "DialCallSid={other}\n"
	    "DialCallStatus=no-answer\n"
	    "DialBridged=false\n" },
	{ "call.dial", "recorded", "CA",
	    INBOUND
	    "DialCallSid={other}\n"
	    "DialCallStatus=completed\n"
	    "DialCallDuration=17\n"
	    "DialBridged=true\n"
	    "RecordingSid={RE}\n"
	    "RecordingUrl=" RECORDING "\n"
	    "RecordingDuration=17\n" },
	{ "call.dial", "sip", "CA",
	    INBOUND
	    "DialCallSid={other}\n"
	    "DialCallStatus=busy\n"
	    "DialBridged=false\n"
	    "DialSipCallId=5e6f7a8b@192.0.2.7\n"
	    "DialSipResponseCode=486\n"
	    "DialSipHeader_X-Reason=on the phone\n" },
	{ "call.dial", "conference", "CA",
	    INBOUND
	    "DialCallStatus=answered\n" },
	{ "call.dial", "hangup", "CA",
	    CALL("inbound", "completed")
	    "DialCallSid={other}\n"
	    "DialCallStatus=completed\n"
	    "DialCallDuration=17\n"
	    "DialBridged=true\n" },

	{ "call.record", "key", "CA",
	    INBOUND
	    "RecordingUrl=" RECORDING "\n"
	    "RecordingSid={RE}\n"
	    "RecordingDuration=17\n"
	    "Digits={digits:#}\n" },
	{ "call.record", "hangup", "CA",
	    CALL("inbound", "completed")
	    "RecordingUrl=" RECORDING "\n"
	    "RecordingSid={RE}\n"
	    "RecordingDuration=17\n"
	    "Digits={digits:hangup}\n" },
	{ "call.record", "silence", "CA",
	    INBOUND
	    "RecordingUrl=" RECORDING "\n"
	    "RecordingSid={RE}\n"
	    "RecordingDuration=17\n" },

	{ "call.enqueue", "bridged", "CA",
	    INBOUND
	    "QueueResult=bridged\n"
	    "QueueSid={QU}\n"
	    "QueueTime=42\n" },
	{ "call.enqueue", "leave", "CA",
	    INBOUND
	    "QueueResult=leave\n"
	    "QueueSid={QU}\n"
	    "QueueTime=42\n" },
	{ "call.enqueue", "hangup", "CA",
	    CALL("inbound", "completed")
	    "QueueResult=hangup\n"
	    "QueueSid={QU}\n"
	    "QueueTime=42\n" },
	{ "call.enqueue", "queue-full", "CA",
	    INBOUND
	    "QueueResult=queue-full\n" },
	{ "call.wait", "queue", "CA",
	    INBOUND
	    "QueueSid={QU}\n"
	    "QueuePosition=3\n"
	    "QueueTime=20\n"
	    "AvgQueueTime=45\n"
	    "CurrentQueueSize=5\n"
	    "MaxQueueSize=100\n" },
	/* Asked for the caller, when somebody takes him from the queue. */
	{ "call.queue", "dequeued", "CA",
	    INBOUND
	    "QueueSid={QU}\n"
	    "QueueTime=42\n"
	    "DequeingCallSid={other}\n" },

	{ "call.pay", "charge", "CA",
	    INBOUND
	    "Result=success\n"
	    "PaymentMethod=credit-card\n"
	    "PaymentCardNumber=xxxxxxxxxxxx1111\n"
	    "PaymentCardType=visa\n"
	    "PaymentCardPostalCode=94105\n"
	    "ExpirationDate=1230\n"
	    "SecurityCode=xxx\n"
	    "PaymentConfirmationCode=ch_example\n"
	    "PaymentToken=\n"
	    "ProfileId=\n"
	    "PaymentError=\n" },
	{ "call.pay", "token", "CA",
	    INBOUND
	    "Result=success\n"
	    "PaymentMethod=ach-debit\n"
	    "BankAccountNumber=*******92\n"
	    "BankRoutingNumber=121181976\n"
	    "BankAccountType=consumer-checking\n"
	    "PaymentConfirmationCode=\n"
	    "PaymentToken=tok_example\n"
	    "ProfileId=cus_example\n" },
	{ "call.pay", "failed", "CA",
	    INBOUND
	    "Result=payment-connector-error\n"
	    "PaymentMethod=credit-card\n"
	    "PaymentConfirmationCode=\n"
	    "PaymentToken=\n"
	    "PaymentError=Your card was declined.\n"
	    "ConnectorError=card_declined\n"
	    "PayErrorCode=64006\n" },

	{ "call.refer", "accepted", "CA",
	    INBOUND
	    "ReferCallStatus=completed\n"
	    "ReferSipResponseCode=202\n"
	    "NotifySipResponseCode=200\n" },
	{ "call.refer", "refused", "CA",
	    INBOUND
	    "ReferCallStatus=failed\n"
	    "ReferSipResponseCode=405\n" },
	/* Somebody else's REFER to us: the referUrl of a Dial. */
	{ "call.refer", "transfer", "CA",
	    INBOUND
	    "ReferTransferTarget=<sip:desk@example.sip.twilio.com>\n" },

	{ "call.connect", "ended", "CA",
	    INBOUND
	    "SessionId={VX}\n"
	    "SessionStatus=ended\n"
	    "SessionDuration=24\n"
	    "HandoffData={\"reasonCode\":\"live-agent-handoff\"}\n" },
	{ "call.connect", "completed", "CA",
	    CALL("inbound", "completed")
	    "SessionId={VX}\n"
	    "SessionStatus=completed\n"
	    "SessionDuration=35\n" },
	{ "call.connect", "failed", "CA",
	    INBOUND
	    "SessionId={VX}\n"
	    "SessionStatus=failed\n"
	    "SessionDuration=10\n"
	    "ErrorCode={error:39001}\n"
	    "ErrorMessage=Network connection to websocket server failed.\n" },

	{ "call.fallback", "ringing", "CA",
	    CALL("inbound", "ringing") CALL_TOKEN FAILED },
	{ "call.fallback", "in-progress", "CA", INBOUND FAILED },
	{ "call.fallback", "gather", "CA",
	    INBOUND
	    "msg=Gather End\n"
	    "Digits={digits:1}\n"
	    "FinishedOnKey=\n"
	    FAILED },

	{ "call.status", "completed", "CA",
	    CALL("outbound-api", "completed") PROGRESS },
	{ "call.status", "queued", "CA",
	    CALL("outbound-api", "queued") PROGRESS },
	{ "call.status", "initiated", "CA",
	    CALL("outbound-api", "initiated") PROGRESS },
	{ "call.status", "ringing", "CA",
	    CALL("outbound-api", "ringing") PROGRESS "StirStatus=A\n" },
	{ "call.status", "answered", "CA",
	    CALL("outbound-api", "in-progress") PROGRESS "StirStatus=A\n" },
	{ "call.status", "busy", "CA",
	    CALL("outbound-api", "busy") PROGRESS },
	{ "call.status", "failed", "CA",
	    CALL("outbound-api", "failed") PROGRESS },
	{ "call.status", "no-answer", "CA",
	    CALL("outbound-api", "no-answer") PROGRESS },
	{ "call.status", "canceled", "CA",
	    CALL("outbound-api", "canceled") PROGRESS },
	{ "call.status", "recorded", "CA",
	    CALL("outbound-api", "completed") PROGRESS
	    "RecordingUrl=" RECORDING "\n"
	    "RecordingSid={RE}\n"
	    "RecordingDuration=17\n" },
	/* The leg that a Dial made. */
	{ "call.status", "dialed", "CA",
	    CALL("outbound-dial", "completed")
	    "ParentCallSid={other}\n" PROGRESS },
	/* The StatusCallback of a number: one, at the end. */
	{ "call.status", "number", "CA",
	    CALL("inbound", "completed")
	    "Timestamp={rfc2822}\n" ENDED },
	{ "call.status", "sip", "CA",
	    PLAIN_CALL("outbound-api", "completed", "+15550101001",
	    "sip:desk@sip.example.com") PROGRESS
	    "SipCallId=5e6f7a8b@192.0.2.7\n" },

	/* Asynchronous machine detection: these four, and no more. */
	{ "call.amd", "human", "CA",
	    "CallSid={sid}\n"
	    "AccountSid={account}\n"
	    "AnsweredBy={status:human}\n"
	    "MachineDetectionDuration=2900\n" },
	{ "call.amd", "machine", "CA",
	    "CallSid={sid}\n"
	    "AccountSid={account}\n"
	    "AnsweredBy={status:machine_end_beep}\n"
	    "MachineDetectionDuration=11300\n" },

	{ "call.partial", "speech", "CA",
	    INBOUND
	    "SequenceNumber={seq:0}\n"
	    "Stability=0.899999976158142\n"
	    "StableSpeechResult=\n"
	    "UnstableSpeechResult={body:I would like}\n"
	    "Language=en-US\n" },
	{ NULL, NULL, NULL, NULL }
};
