/*
 * Classify a request. The rules go from the most telling parameter to the
 * least; what none recognises is "other": stored, and answered as a doubt.
 * Parameters: Twilio, docs/messaging/guides/webhook-request,
 * docs/voice/twiml, docs/voice/api/call-resource#statuscallback.
 */
#include "event.h"
#include "out.h"
#include "sid.h"
#include "utf8.h"

enum recipe {
	RECIPE_FIELDS,		/* account and the kind's key fields */
	RECIPE_QUESTION,	/* account, call, token; else the request */
	RECIPE_FIRST_QUESTION	/* fields while it rings, then a question */
};

#define MAX_FIELDS 4

struct kind {
	const char	*name;
	const char	*resource;
	const char	*sid[MAX_FIELDS];	/* the first one present */
	const char	*status;
	const char	*status_default;
	bool		 notice;
	bool		 voice_question;
	enum recipe	 recipe;
	/* Of the fields recipe, beside account and sid; "#target": the URL. */
	const char	*key[MAX_FIELDS];
};

/* NULL ends a list. */
static const struct kind kinds[EVENT_KINDS] = {
	[EVENT_MESSAGE_INBOUND] = {
		.name = "message.inbound",
		.resource = "message",
		.sid = { "MessageSid", "SmsSid", "SmsMessageSid" },
		.status = "SmsStatus",
		.status_default = "received",
		.recipe = RECIPE_FIELDS,
	},
	[EVENT_MESSAGE_STATUS] = {
		.name = "message.status",
		.resource = "message",
		.sid = { "MessageSid", "SmsSid", "SmsMessageSid" },
		.status = "MessageStatus",
		.notice = true,
		.recipe = RECIPE_FIELDS,
		.key = { "MessageStatus", "SmsStatus", "ErrorCode" },
	},
	/*
	 * The first request of a call has one business key, whichever edge
	 * sends it. A Redirect before the answer has another target.
	 */
	[EVENT_CALL_INBOUND] = {
		.name = "call.inbound",
		.resource = "call",
		.sid = { "CallSid" },
		.status = "CallStatus",
		.voice_question = true,
		.recipe = RECIPE_FIRST_QUESTION,
		.key = { "CallStatus", "#target" },
	},
	[EVENT_CALL_OUTBOUND] = {
		.name = "call.outbound",
		.resource = "call",
		.sid = { "CallSid" },
		.status = "CallStatus",
		.voice_question = true,
		.recipe = RECIPE_QUESTION,
	},
	[EVENT_CALL_STATUS] = {
		.name = "call.status",
		.resource = "call",
		.sid = { "CallSid" },
		.status = "CallStatus",
		.notice = true,
		.recipe = RECIPE_FIELDS,
		.key = { "CallStatus", "CallbackSource", "SequenceNumber" },
	},
	[EVENT_CALL_GATHER] = {
		.name = "call.gather",
		.resource = "call",
		.sid = { "CallSid" },
		.status = "CallStatus",
		.voice_question = true,
		.recipe = RECIPE_QUESTION,
	},
	[EVENT_OTHER] = {
		.name = "other",
		.sid = { "CallSid", "MessageSid", "SmsSid", "Sid" },
		.recipe = RECIPE_QUESTION,
	},
};

const char *
event_kind_name(enum event_kind k)
{
	return kinds[k].name;
}

bool
event_kind_parse(struct str name, enum event_kind *out)
{
	size_t	i;

	for (i = 0; i < EVENT_KINDS; i++)
		if (str_eq(name, str_from(kinds[i].name))) {
			*out = (enum event_kind)i;
			return true;
		}
	return false;
}

bool
event_is_notice(enum event_kind k)
{
	return kinds[k].notice;
}

bool
event_is_voice_question(enum event_kind k)
{
	return kinds[k].voice_question;
}

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
	/* Conversations' events have an EventType; channels' receipts both. */
	if (form_has(f, "EventType") && !form_has(f, "MessageStatus"))
		return false;
	status = form_get(f, "MessageStatus");
	if (status.p == NULL)
		status = form_get(f, "SmsStatus");
	if (status.n > 0 && !is_received(status))
		*out = EVENT_MESSAGE_STATUS;
	else if (has_any(f, content) || is_received(status))
		*out = EVENT_MESSAGE_INBOUND;
	else
		return false;
	return true;
}

/* Parameters of requests that later kinds will name; until then "other". */
static const char *const call_marks[] = {
	"ConferenceSid", "RecordingStatus", "TranscriptionSid",
	"TranscriptionEvent", "DialCallStatus", "QueueResult", "QueueSid",
	"StreamSid", "UnstableSpeechResult", "StableSpeechResult",
	"PaymentConfirmationCode", "PaymentCardNumber", "PaymentSid",
	"SessionId", "SessionStatus", "HandoffData", "ReferCallStatus",
	"ReferSipResponseCode", NULL
};

static bool
is_terminal(struct str call_status)
{
	static const char *const words[] = { "completed", "busy", "failed",
	    "no-answer", "canceled", NULL };

	return is_one_of(call_status, words);
}

static bool
is_call_status(const struct form *f, struct str status)
{
	static const char *const progress[] = { "CallbackSource",
	    "SequenceNumber", "CallDuration", "Duration", NULL };

	if (has_any(f, progress))
		return true;
	/* Record's action after a hang-up: completed, with its recording. */
	return is_terminal(status) && !form_has(f, "RecordingUrl");
}

static bool
classify_call(const struct form *f, enum event_kind *out)
{
	static const char *const gathered[] = { "Digits", "SpeechResult",
	    "FinishedOnKey", NULL };
	struct str	status = form_get(f, "CallStatus");

	if (!form_has(f, "CallSid") || status.n == 0 || has_any(f, call_marks))
		return false;
	if (form_has(f, "CallbackSource"))
		*out = EVENT_CALL_STATUS;
	else if (has_any(f, gathered) && !form_has(f, "RecordingUrl"))
		*out = EVENT_CALL_GATHER;
	else if (is_call_status(f, status))
		*out = EVENT_CALL_STATUS;
	else if (form_has(f, "RecordingUrl"))
		return false;
	else if (str_starts(form_get(f, "Direction"), STR("outbound")))
		*out = EVENT_CALL_OUTBOUND;
	else
		*out = EVENT_CALL_INBOUND;
	return true;
}

static enum event_kind
classify(const struct form *f)
{
	enum event_kind	k;

	if (form_has(f, "CallSid"))
		return classify_call(f, &k) ? k : EVENT_OTHER;
	return classify_message(f, &k) ? k : EVENT_OTHER;
}

/* A column's text: valid UTF-8 of at most max bytes. */
static struct str
column(struct arena *a, struct str s, size_t max)
{
	struct out	o;
	char		*p;

	if (s.p == NULL)
		return s;
	/* The last sequence may reach beyond; then it is cut off whole. */
	s = str_sub(s, 0, max + 3);
	if (utf8_ascii(s, 0) == s.n)
		return arena_copy(a, str_sub(s, 0, max));
	p = arena_alloc(a, 3 * s.n + 1, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, 3 * s.n);
	out_utf8(&o, s);
	return utf8_prefix(out_str(&o), max);
}

static struct str
first_sid(const struct form *f, const struct kind *k)
{
	struct str	s;
	size_t		i;

	for (i = 0; i < MAX_FIELDS && k->sid[i] != NULL; i++) {
		s = form_get(f, k->sid[i]);
		if (s.n > 0)
			return s;
	}
	return (struct str){ NULL, 0 };
}

/* Each field goes into the hash with its length before it. */
static void
hash_field(EVP_MD_CTX *ctx, struct str s)
{
	unsigned char	n[4];

	n[0] = (unsigned char)(s.n >> 24);
	n[1] = (unsigned char)(s.n >> 16);
	n[2] = (unsigned char)(s.n >> 8);
	n[3] = (unsigned char)s.n;
	EVP_DigestUpdate(ctx, n, sizeof(n));
	if (s.n > 0)
		EVP_DigestUpdate(ctx, s.p, s.n);
}

static void
hash_key_fields(EVP_MD_CTX *ctx, const struct kind *k,
    const struct event_source *src)
{
	size_t	i;

	for (i = 0; i < MAX_FIELDS && k->key[i] != NULL; i++) {
		if (k->key[i][0] == '#')
			hash_field(ctx, src->target);
		else
			hash_field(ctx, form_get(src->form, k->key[i]));
	}
}

static bool
by_fields(const struct kind *k, const struct form *f)
{
	if (k->recipe == RECIPE_FIRST_QUESTION)
		return str_eq(form_get(f, "CallStatus"), STR("ringing"));
	return k->recipe == RECIPE_FIELDS;
}

/* A value that is there but empty says nothing. */
static struct str
get_filled(const struct form *f, const char *name)
{
	struct str	s = form_get(f, name);

	return s.n > 0 ? s : (struct str){ NULL, 0 };
}

/* What makes two requests the same one. False if libcrypto fails. */
static bool
make_key(const struct event_source *src, struct event *e)
{
	const struct kind	*k = &kinds[e->kind];
	unsigned char		 md[EVP_MAX_MD_SIZE];
	EVP_MD_CTX		*ctx = src->sha256;
	bool			 ok;
	size_t			 i;

	/* It keeps its digest: a search for it costs as much as the hash. */
	if (EVP_DigestInit_ex(ctx, NULL, NULL) != 1)
		return false;
	hash_field(ctx, str_from(k->name));
	hash_field(ctx, src->account);
	hash_field(ctx, first_sid(src->form, k));
	if (by_fields(k, src->form))
		hash_key_fields(ctx, k, src);
	else if (src->token.n > 0)
		hash_field(ctx, src->token);
	else {
		hash_field(ctx, src->target);
		hash_field(ctx, src->body);
		e->window = true;
	}
	ok = EVP_DigestFinal_ex(ctx, md, NULL) == 1;
	for (i = 0; ok && i < sizeof(e->key); i++)
		e->key[i] = md[i];
	return ok;
}

static int32_t
get_number(const struct form *f, const char *name, int32_t otherwise)
{
	uint64_t	v;

	if (!str_to_uint(form_get(f, name), INT32_MAX, &v))
		return otherwise;
	return (int32_t)v;
}

static struct str
get_status(const struct form *f, const struct kind *k)
{
	struct str	s = { NULL, 0 };

	if (k->status != NULL)
		s = form_get(f, k->status);
	if (s.n == 0 && k->notice)
		s = form_get(f, "SmsStatus");
	if (s.n == 0)
		s = str_from(k->status_default);
	return s;
}

static uint16_t
event_bucket(const struct event *e)
{
	char		hex[32];
	struct out	o = out_init(hex, sizeof(hex));

	if (e->sid.p != NULL)
		return sid_bucket(e->sid);
	out_hex(&o, e->key, sizeof(e->key));
	return sid_bucket(out_str(&o));
}

bool
event_classify(struct arena *a, const struct event_source *src,
    struct event *out)
{
	const struct form	*f = src->form;
	const struct kind	*k;
	struct event		 e = { .kind = classify(f) };
	struct str		 sid;

	/* No SID, or one that no column or index takes: fold nothing. */
	sid = first_sid(f, &kinds[e.kind]);
	if (sid.n == 0 || sid.n > EVENT_MAX_SID)
		e.kind = EVENT_OTHER;
	k = &kinds[e.kind];
	e.resource = k->resource;
	e.sid = column(a, first_sid(f, k), EVENT_MAX_SID);
	e.status = column(a, get_status(f, k), EVENT_MAX_SID);
	e.seq = get_number(f, "SequenceNumber", -1);
	/* On a question it is why the first URL failed (with ErrorUrl). */
	if (k->notice)
		e.error = get_number(f, "ErrorCode", 0);
	e.from = column(a, get_filled(f, "From"), EVENT_MAX_TEXT);
	e.to = column(a, get_filled(f, "To"), EVENT_MAX_TEXT);
	if (!make_key(src, &e) || a->full)
		return false;
	e.bucket = event_bucket(&e);
	*out = e;
	return true;
}
