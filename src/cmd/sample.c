/* Realistic parameters of Twilio's requests. See sample.h. */
#include <string.h>

#include "sample.h"

/* Where a value comes from: a text, or one of struct sample_values. */
enum source {
	S_TEXT, S_SID, S_ACCOUNT, S_FROM, S_TO, S_BODY, S_DIGITS, S_STATUS,
	S_SEQ, S_ERROR, S_DATE, S_CARRIER_DATE, S_SECONDS, S_MINUTES
};

/* When a field is there at all. */
enum when { W_ALWAYS, W_ERROR, W_ENDED, W_RECEIPT };

struct field {
	const char	*name;	/* NULL ends a list */
	enum source	 source;
	const char	*text;
	enum when	 when;
};

static const struct field sms_fields[] = {
	{ "ToCountry", S_TEXT, "US", W_ALWAYS },
	{ "ToState", S_TEXT, "", W_ALWAYS },
	{ "SmsMessageSid", S_SID, NULL, W_ALWAYS },
	{ "NumMedia", S_TEXT, "0", W_ALWAYS },
	{ "ToCity", S_TEXT, "", W_ALWAYS },
	{ "FromZip", S_TEXT, "94105", W_ALWAYS },
	{ "SmsSid", S_SID, NULL, W_ALWAYS },
	{ "FromState", S_TEXT, "CA", W_ALWAYS },
	{ "SmsStatus", S_TEXT, "received", W_ALWAYS },
	{ "FromCity", S_TEXT, "SAN FRANCISCO", W_ALWAYS },
	{ "Body", S_BODY, NULL, W_ALWAYS },
	{ "FromCountry", S_TEXT, "US", W_ALWAYS },
	{ "To", S_TO, NULL, W_ALWAYS },
	{ "ToZip", S_TEXT, "", W_ALWAYS },
	{ "NumSegments", S_TEXT, "1", W_ALWAYS },
	{ "MessageSid", S_SID, NULL, W_ALWAYS },
	{ "AccountSid", S_ACCOUNT, NULL, W_ALWAYS },
	{ "From", S_FROM, NULL, W_ALWAYS },
	{ "ApiVersion", S_TEXT, "2010-04-01", W_ALWAYS },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

/* The part that every request about a call has. */
static const struct field call_fields[] = {
	{ "Called", S_TO, NULL, W_ALWAYS },
	{ "ToState", S_TEXT, "", W_ALWAYS },
	{ "CallerCountry", S_TEXT, "US", W_ALWAYS },
	{ "CallerState", S_TEXT, "CA", W_ALWAYS },
	{ "ToZip", S_TEXT, "", W_ALWAYS },
	{ "CallSid", S_SID, NULL, W_ALWAYS },
	{ "To", S_TO, NULL, W_ALWAYS },
	{ "CallerZip", S_TEXT, "94105", W_ALWAYS },
	{ "ToCountry", S_TEXT, "US", W_ALWAYS },
	{ "CalledZip", S_TEXT, "", W_ALWAYS },
	{ "ApiVersion", S_TEXT, "2010-04-01", W_ALWAYS },
	{ "CalledCity", S_TEXT, "", W_ALWAYS },
	{ "CallStatus", S_STATUS, NULL, W_ALWAYS },
	{ "From", S_FROM, NULL, W_ALWAYS },
	{ "AccountSid", S_ACCOUNT, NULL, W_ALWAYS },
	{ "CalledCountry", S_TEXT, "US", W_ALWAYS },
	{ "CallerCity", S_TEXT, "SAN FRANCISCO", W_ALWAYS },
	{ "ToCity", S_TEXT, "", W_ALWAYS },
	{ "FromCountry", S_TEXT, "US", W_ALWAYS },
	{ "Caller", S_FROM, NULL, W_ALWAYS },
	{ "FromCity", S_TEXT, "SAN FRANCISCO", W_ALWAYS },
	{ "CalledState", S_TEXT, "", W_ALWAYS },
	{ "FromZip", S_TEXT, "94105", W_ALWAYS },
	{ "FromState", S_TEXT, "CA", W_ALWAYS },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

static const struct field inbound_fields[] = {
	{ "Direction", S_TEXT, "inbound", W_ALWAYS },
	{ "StirVerstat", S_TEXT, "TN-Validation-Passed-A", W_ALWAYS },
	/* Percent-encoded JSON: once more encoded on the wire. */
	{ "CallToken", S_TEXT, "%7B%22parentCallInfoToken%22%3A%22test%22%7D",
	    W_ALWAYS },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

static const struct field gather_fields[] = {
	{ "Direction", S_TEXT, "inbound", W_ALWAYS },
	{ "msg", S_TEXT, "Gather End", W_ALWAYS },
	{ "Digits", S_DIGITS, NULL, W_ALWAYS },
	{ "FinishedOnKey", S_TEXT, "", W_ALWAYS },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

static const struct field call_status_fields[] = {
	{ "Direction", S_TEXT, "outbound-api", W_ALWAYS },
	{ "Timestamp", S_DATE, NULL, W_ALWAYS },
	{ "CallbackSource", S_TEXT, "call-progress-events", W_ALWAYS },
	{ "SequenceNumber", S_SEQ, NULL, W_ALWAYS },
	{ "SipResponseCode", S_TEXT, "200", W_ENDED },
	{ "CallDuration", S_SECONDS, NULL, W_ENDED },
	{ "Duration", S_MINUTES, NULL, W_ENDED },
	{ "ErrorCode", S_ERROR, NULL, W_ERROR },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

static const struct field message_status_fields[] = {
	{ "ErrorCode", S_ERROR, NULL, W_ERROR },
	{ "SmsSid", S_SID, NULL, W_ALWAYS },
	{ "SmsStatus", S_STATUS, NULL, W_ALWAYS },
	{ "MessageStatus", S_STATUS, NULL, W_ALWAYS },
	{ "To", S_TO, NULL, W_ALWAYS },
	{ "MessageSid", S_SID, NULL, W_ALWAYS },
	{ "AccountSid", S_ACCOUNT, NULL, W_ALWAYS },
	{ "From", S_FROM, NULL, W_ALWAYS },
	{ "ApiVersion", S_TEXT, "2010-04-01", W_ALWAYS },
	{ "RawDlrDoneDate", S_CARRIER_DATE, NULL, W_RECEIPT },
	{ NULL, S_TEXT, NULL, W_ALWAYS }
};

static const struct field *const samples[][2] = {
	[SAMPLE_SMS] = { sms_fields, NULL },
	[SAMPLE_CALL] = { call_fields, inbound_fields },
	[SAMPLE_MESSAGE_STATUS] = { message_status_fields, NULL },
	[SAMPLE_CALL_STATUS] = { call_fields, call_status_fields },
	[SAMPLE_GATHER] = { call_fields, gather_fields },
};

static const char *
value_of(const struct field *f, const struct sample_values *v)
{
	switch (f->source) {
	case S_TEXT:
		return f->text;
	case S_SID:
		return v->sid;
	case S_ACCOUNT:
		return v->account;
	case S_FROM:
		return v->from;
	case S_TO:
		return v->to;
	case S_BODY:
		return v->body;
	case S_DIGITS:
		return v->digits;
	case S_STATUS:
		return v->status;
	case S_SEQ:
		return v->seq;
	case S_ERROR:
		return v->error;
	case S_DATE:
		return v->date;
	case S_CARRIER_DATE:
		return v->carrier_date;
	case S_SECONDS:
		return strcmp(v->status, "completed") == 0 ? "17" : "0";
	case S_MINUTES:
		return strcmp(v->status, "completed") == 0 ? "1" : "0";
	}
	return "";
}

bool
sample_is_final(const char *s)
{
	return strcmp(s, "completed") == 0 || strcmp(s, "busy") == 0 ||
	    strcmp(s, "failed") == 0 || strcmp(s, "no-answer") == 0 ||
	    strcmp(s, "canceled") == 0;
}

static bool
is_there(const struct field *f, const struct sample_values *v)
{
	switch (f->when) {
	case W_ALWAYS:
		return true;
	case W_ERROR:
		return v->error != NULL;
	case W_ENDED:
		return sample_is_final(v->status);
	case W_RECEIPT:
		return strcmp(v->status, "delivered") == 0 ||
		    strcmp(v->status, "undelivered") == 0;
	}
	return false;
}

size_t
sample_fill(enum sample s, const struct sample_values *v, struct param *out)
{
	const struct field	*f;
	size_t			 i, n = 0;

	for (i = 0; i < 2; i++)
		for (f = samples[s][i]; f != NULL && f->name != NULL; f++)
			if (n < SAMPLE_MAX && is_there(f, v)) {
				out[n].name = str_from(f->name);
				out[n++].value = str_from(value_of(f, v));
			}
	return n;
}
