/*
 * Which kind of event a request is. The rules go from the most telling
 * parameter to the least; what none recognises is "other": stored, and
 * answered as a doubt. Parameters: Twilio, docs/messaging/guides/
 * webhook-request, docs/voice/twiml, docs/voice/api/call-resource.
 */
#include "classify.h"

static bool
is_one_of(struct str s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_eq(s, str_from(*words)))
			return true;
	return false;
}

static bool
has_any(const struct form *f, const char *const *names)
{
	for (; *names != NULL; names++)
		if (form_has(f, *names))
			return true;
	return false;
}

static bool
is_received(struct str status)
{
	static const char *const words[] = { "received", "receiving", NULL };

	return is_one_of(status, words);
}

static bool
classify_message(const struct form *f, enum event_kind *out)
{
	static const char *const sids[] = { "MessageSid", "SmsSid",
	    "SmsMessageSid", NULL };
	static const char *const content[] = { "Body", "NumMedia", NULL };
	struct str	status;

	if (!has_any(f, sids))
		return false;
	/* TaskRouter's events have an EventType; channels' receipts both. */
	if (form_has(f, "EventType") && !form_has(f, "MessageStatus"))
		return false;
	status = form_get(f, "MessageStatus");
	if (status.p == NULL)
		status = form_get(f, "SmsStatus");
	if (form_has(f, "ErrorUrl"))
		*out = EVENT_MESSAGE_FALLBACK;
	else if (status.n > 0 && !is_received(status))
		*out = EVENT_MESSAGE_STATUS;
	else if (has_any(f, content) || is_received(status))
		*out = EVENT_MESSAGE_INBOUND;
	else
		return false;
	return true;
}

static bool
is_terminal(struct str call_status)
{
	static const char *const words[] = { "completed", "busy", "failed",
	    "no-answer", "canceled", NULL };

	return is_one_of(call_status, words);
}

/* The kinds that one parameter gives away, the most telling one first. */
static const struct mark {
	const char	*param;
	enum event_kind	 kind;
} call_marks[] = {
	{ "CallbackSource", EVENT_CALL_STATUS },
	{ "ErrorUrl", EVENT_CALL_FALLBACK },
	{ "DialCallStatus", EVENT_CALL_DIAL },
	{ "QueueResult", EVENT_CALL_ENQUEUE },
	{ "QueuePosition", EVENT_CALL_WAIT },
	{ "DequeingCallSid", EVENT_CALL_QUEUE },
	{ "DequeuingCallSid", EVENT_CALL_QUEUE },
	/* <Pay> tells its progress, which no kind names. */
	{ "Required", EVENT_OTHER },
	{ "Capture", EVENT_OTHER },
	{ "PartialResult", EVENT_OTHER },
	{ "PaymentConfirmationCode", EVENT_CALL_PAY },
	{ "PaymentCardNumber", EVENT_CALL_PAY },
	{ "PaymentError", EVENT_CALL_PAY },
	{ "ReferCallStatus", EVENT_CALL_REFER },
	{ "ReferSipResponseCode", EVENT_CALL_REFER },
	{ "ReferTransferTarget", EVENT_CALL_REFER },
	{ "HandoffData", EVENT_CALL_CONNECT },
	{ "SessionStatus", EVENT_CALL_CONNECT },
	{ "UnstableSpeechResult", EVENT_CALL_PARTIAL },
	{ "StableSpeechResult", EVENT_CALL_PARTIAL },
};

static bool
find_mark(const struct form *f, const struct mark *m, size_t n,
    enum event_kind *out)
{
	size_t	i;

	for (i = 0; i < n; i++)
		if (form_has(f, m[i].param)) {
			*out = m[i].kind;
			return true;
		}
	return false;
}

/* Record's action has its recording, and no length of the call. */
static bool
is_call_status(const struct form *f, struct str status)
{
	static const char *const lengths[] = { "CallDuration", "Duration",
	    NULL };

	if (form_has(f, "SequenceNumber"))
		return true;
	if (!is_terminal(status))
		return false;
	return has_any(f, lengths) || !form_has(f, "RecordingUrl");
}

static enum event_kind
classify_call(const struct form *f)
{
	static const char *const gathered[] = { "Digits", "SpeechResult",
	    "FinishedOnKey", NULL };
	struct str	status = form_get(f, "CallStatus");
	enum event_kind	k;

	if (status.n == 0)
		return form_has(f, "AnsweredBy") ? EVENT_CALL_AMD :
		    EVENT_OTHER;
	if (find_mark(f, call_marks, sizeof(call_marks) /
	    sizeof(call_marks[0]), &k))
		return k;
	if (has_any(f, gathered) && !form_has(f, "RecordingUrl"))
		return EVENT_CALL_GATHER;
	if (is_call_status(f, status))
		return EVENT_CALL_STATUS;
	if (form_has(f, "RecordingUrl"))
		return EVENT_CALL_RECORD;
	if (str_starts(form_get(f, "Direction"), STR("outbound")))
		return EVENT_CALL_OUTBOUND;
	/* Once it is answered only TwiML's own verbs ask again. */
	return str_eq(status, STR("in-progress")) ? EVENT_CALL_REDIRECT :
	    EVENT_CALL_INBOUND;
}

/* Callbacks that share a CallSid, and have an id of their own. */
static const struct mark own_marks[] = {
	{ "RecordingStatus", EVENT_RECORDING_STATUS },
	{ "TranscriptionEvent", EVENT_TRANSCRIPTION_REALTIME },
	{ "TranscriptionStatus", EVENT_TRANSCRIPTION_STATUS },
	{ "StreamEvent", EVENT_CALL_STREAM },
};

/*
 * A caller waits. A browser (Voice SDK) may add any parameter to the first
 * request of its call: none of them may turn it into a notice, or into an
 * event of something else. A question that they name it may be: that is
 * what <Dial> with answerOnBridge asks of a call that rings still.
 */
static bool
is_ringing(const struct form *f)
{
	return form_has(f, "CallSid") &&
	    str_eq(form_get(f, "CallStatus"), STR("ringing")) &&
	    str_eq(form_get(f, "Direction"), STR("inbound")) &&
	    !str_eq(form_get(f, "CallbackSource"),
	    STR("call-progress-events"));
}

enum event_kind
classify_form(const struct form *f)
{
	struct str	event = form_get(f, "StatusCallbackEvent");
	enum event_kind	k;

	if (is_ringing(f)) {
		k = classify_call(f);
		return event_is_voice_question(k) ? k : EVENT_CALL_INBOUND;
	}
	if ((!form_has(f, "CallSid") &&
	    kind_of_conversation(form_get(f, "EventType"), &k)) ||
	    find_mark(f, own_marks, sizeof(own_marks) / sizeof(own_marks[0]),
	    &k))
		return k;
	if (form_has(f, "ConferenceSid") && event.n > 0)
		return str_starts(event, STR("participant-")) &&
		    form_has(f, "CallSid") ? EVENT_PARTICIPANT_STATUS :
		    EVENT_CONFERENCE_STATUS;
	if (form_has(f, "PayloadType") && form_has(f, "Payload"))
		return EVENT_DEBUGGER_ALERT;
	if (form_has(f, "CallSid"))
		return classify_call(f);
	return classify_message(f, &k) ? k : EVENT_OTHER;
}
