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
	const char	*text;
	enum source	 source;
	enum when	 when;
};

static const struct field sms_fields[] = {
	{ "ToCountry", "US", S_TEXT, W_ALWAYS },
	{ "ToState", "", S_TEXT, W_ALWAYS },
	{ "SmsMessageSid", NULL, S_SID, W_ALWAYS },
	{ "NumMedia", "0", S_TEXT, W_ALWAYS },
	{ "ToCity", "", S_TEXT, W_ALWAYS },
	{ "FromZip", "94105", S_TEXT, W_ALWAYS },
	{ "SmsSid", NULL, S_SID, W_ALWAYS },
	{ "FromState", "CA", S_TEXT, W_ALWAYS },
	{ "SmsStatus", "received", S_TEXT, W_ALWAYS },
	{ "FromCity", "SAN FRANCISCO", S_TEXT, W_ALWAYS },
	{ "Body", NULL, S_BODY, W_ALWAYS },
	{ "FromCountry", "US", S_TEXT, W_ALWAYS },
	{ "To", NULL, S_TO, W_ALWAYS },
	{ "ToZip", "", S_TEXT, W_ALWAYS },
	{ "NumSegments", "1", S_TEXT, W_ALWAYS },
	{ "MessageSid", NULL, S_SID, W_ALWAYS },
	{ "AccountSid", NULL, S_ACCOUNT, W_ALWAYS },
	{ "From", NULL, S_FROM, W_ALWAYS },
	{ "ApiVersion", "2010-04-01", S_TEXT, W_ALWAYS },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
};

/* The part that every request about a call has. */
static const struct field call_fields[] = {
	{ "Called", NULL, S_TO, W_ALWAYS },
	{ "ToState", "", S_TEXT, W_ALWAYS },
	{ "CallerCountry", "US", S_TEXT, W_ALWAYS },
	{ "CallerState", "CA", S_TEXT, W_ALWAYS },
	{ "ToZip", "", S_TEXT, W_ALWAYS },
	{ "CallSid", NULL, S_SID, W_ALWAYS },
	{ "To", NULL, S_TO, W_ALWAYS },
	{ "CallerZip", "94105", S_TEXT, W_ALWAYS },
	{ "ToCountry", "US", S_TEXT, W_ALWAYS },
	{ "CalledZip", "", S_TEXT, W_ALWAYS },
	{ "ApiVersion", "2010-04-01", S_TEXT, W_ALWAYS },
	{ "CalledCity", "", S_TEXT, W_ALWAYS },
	{ "CallStatus", NULL, S_STATUS, W_ALWAYS },
	{ "From", NULL, S_FROM, W_ALWAYS },
	{ "AccountSid", NULL, S_ACCOUNT, W_ALWAYS },
	{ "CalledCountry", "US", S_TEXT, W_ALWAYS },
	{ "CallerCity", "SAN FRANCISCO", S_TEXT, W_ALWAYS },
	{ "ToCity", "", S_TEXT, W_ALWAYS },
	{ "FromCountry", "US", S_TEXT, W_ALWAYS },
	{ "Caller", NULL, S_FROM, W_ALWAYS },
	{ "FromCity", "SAN FRANCISCO", S_TEXT, W_ALWAYS },
	{ "CalledState", "", S_TEXT, W_ALWAYS },
	{ "FromZip", "94105", S_TEXT, W_ALWAYS },
	{ "FromState", "CA", S_TEXT, W_ALWAYS },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
};

static const struct field inbound_fields[] = {
	{ "Direction", "inbound", S_TEXT, W_ALWAYS },
	{ "StirVerstat", "TN-Validation-Passed-A", S_TEXT, W_ALWAYS },
	/* Percent-encoded JSON: once more encoded on the wire. */
	{ "CallToken", "%7B%22parentCallInfoToken%22%3A%22test%22%7D", S_TEXT,
	    W_ALWAYS },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
};

static const struct field gather_fields[] = {
	{ "Direction", "inbound", S_TEXT, W_ALWAYS },
	{ "msg", "Gather End", S_TEXT, W_ALWAYS },
	{ "Digits", NULL, S_DIGITS, W_ALWAYS },
	{ "FinishedOnKey", "", S_TEXT, W_ALWAYS },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
};

static const struct field call_status_fields[] = {
	{ "Direction", "outbound-api", S_TEXT, W_ALWAYS },
	{ "Timestamp", NULL, S_DATE, W_ALWAYS },
	{ "CallbackSource", "call-progress-events", S_TEXT, W_ALWAYS },
	{ "SequenceNumber", NULL, S_SEQ, W_ALWAYS },
	{ "SipResponseCode", "200", S_TEXT, W_ENDED },
	{ "CallDuration", NULL, S_SECONDS, W_ENDED },
	{ "Duration", NULL, S_MINUTES, W_ENDED },
	{ "ErrorCode", NULL, S_ERROR, W_ERROR },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
};

static const struct field message_status_fields[] = {
	{ "ErrorCode", NULL, S_ERROR, W_ERROR },
	{ "SmsSid", NULL, S_SID, W_ALWAYS },
	{ "SmsStatus", NULL, S_STATUS, W_ALWAYS },
	{ "MessageStatus", NULL, S_STATUS, W_ALWAYS },
	{ "To", NULL, S_TO, W_ALWAYS },
	{ "MessageSid", NULL, S_SID, W_ALWAYS },
	{ "AccountSid", NULL, S_ACCOUNT, W_ALWAYS },
	{ "From", NULL, S_FROM, W_ALWAYS },
	{ "ApiVersion", "2010-04-01", S_TEXT, W_ALWAYS },
	{ "RawDlrDoneDate", NULL, S_CARRIER_DATE, W_RECEIPT },
	{ NULL, NULL, S_TEXT, W_ALWAYS }
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
