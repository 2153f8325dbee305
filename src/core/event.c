/* What a request says, from its parameters. See event.h. */
#include "classify.h"
#include "date.h"
#include "facts.h"
#include "out.h"
#include "sid.h"
#include "utf8.h"

/* The first of these parameters that says anything. */
static struct str
first_of(const struct form *f, const char *const names[KIND_MAX_FIELDS])
{
	struct str	s;
	size_t		i;

	for (i = 0; i < KIND_MAX_FIELDS && names[i] != NULL; i++) {
		s = form_get(f, names[i]);
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
hash_key_fields(const struct event_source *src, const struct kind *k)
{
	size_t	i;

	for (i = 0; i < KIND_MAX_FIELDS && k->key[i] != NULL; i++) {
		if (k->key[i][0] == '#')
			hash_field(src->sha256, src->target);
		else
			hash_field(src->sha256, form_get(src->form,
			    k->key[i]));
	}
}

/*
 * All parameters, but for the one that tells the tries of Conversations
 * apart: they have no idempotency token.
 */
static void
hash_params(const struct event_source *src)
{
	size_t	i;

	for (i = 0; i < src->form->n; i++)
		if (!str_eq(src->form->at[i].name, STR("RetryCount"))) {
			hash_field(src->sha256, src->form->at[i].name);
			hash_field(src->sha256, src->form->at[i].value);
		}
}

/* A request is its own key. */
static void
hash_request(const struct event_source *src)
{
	hash_field(src->sha256, src->target);
	if (form_has(src->form, "RetryCount"))
		hash_params(src);
	else
		hash_field(src->sha256, src->body);
}

static bool
by_fields(const struct kind *k, const struct form *f)
{
	if (k->recipe == RECIPE_FIRST_QUESTION)
		return str_eq(form_get(f, "CallStatus"), STR("ringing"));
	/* What cycles says the same again, and only a date tells it apart. */
	if (k->clock[0] != NULL && first_of(f, k->clock).n == 0)
		return false;
	return k->recipe == RECIPE_FIELDS || k->recipe == RECIPE_PARAMETERS;
}

/* What makes two requests the same one. False if libcrypto fails. */
static bool
make_key(const struct event_source *src, struct event *e)
{
	const struct kind	*k = kind_get(e->kind);
	unsigned char		 md[EVP_MAX_MD_SIZE];
	bool			 ok;
	size_t			 i;

	/* It keeps its digest: a search for it costs as much as the hash. */
	if (EVP_DigestInit_ex(src->sha256, NULL, NULL) != 1)
		return false;
	hash_field(src->sha256, str_from(k->name));
	hash_field(src->sha256, src->account);
	hash_field(src->sha256, first_of(src->form, k->sid));
	if (by_fields(k, src->form) && k->recipe == RECIPE_PARAMETERS)
		hash_params(src);
	else if (by_fields(k, src->form))
		hash_key_fields(src, k);
	else if (src->token.n > 0)
		hash_field(src->sha256, src->token);
	else {
		hash_request(src);
		e->window = true;
	}
	ok = EVP_DigestFinal_ex(src->sha256, md, NULL) == 1;
	for (i = 0; ok && i < sizeof(e->key); i++)
		e->key[i] = md[i];
	return ok;
}

/* A Debugger's Level is written in any case. */
static struct str
lower(struct arena *a, struct str s)
{
	char	*p = arena_alloc(a, s.n + 1, 1);
	size_t	 i;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	for (i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ?
		    (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return (struct str){ p, s.n };
}

static struct str
get_status(struct arena *a, const struct form *f, const struct kind *k)
{
	struct str	s = first_of(f, k->status);

	if (s.n == 0)
		s = str_from(k->status_default);
	else if (k == kind_get(EVENT_DEBUGGER_ALERT))
		s = lower(a, s);
	return utf8_clean(a, s, EVENT_MAX_SID);
}

/* "CF.../CA...", as in the API's path of a participant. */
static struct str
get_sid(struct arena *a, const struct form *f, const struct kind *k)
{
	struct str	parts[3] = { first_of(f, k->parent), STR("/"),
			    first_of(f, k->sid) };

	if (k == kind_get(EVENT_PARTICIPANT_STATUS))
		parts[2] = arena_join(a, parts, 3);
	if (parts[2].n > EVENT_MAX_SID)
		return (struct str){ NULL, 0 };
	return utf8_clean(a, parts[2], EVENT_MAX_SID);
}

static int64_t
get_clock(const struct form *f, const struct kind *k)
{
	int64_t	ms;

	return date_parse(first_of(f, k->clock), &ms) && ms >= 0 ? ms : -1;
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

/* Everything but the key, by the rules of a kind. */
static void
fill(struct arena *a, const struct form *f, enum event_kind base,
    struct event *e)
{
	static const char *const from[KIND_MAX_FIELDS] = { "From", "Author",
	    "MessagingBinding.Address" };
	static const char *const to[KIND_MAX_FIELDS] = { "To",
	    "MessagingBinding.ProxyAddress" };
	static const char *const seq[] = { "SequenceNumber", "SequenceId" };
	const struct kind	*k = kind_get(base);
	bool			 alert = base == EVENT_DEBUGGER_ALERT;

	e->resource = k->resource;
	e->sid = get_sid(a, f, k);
	e->parent = utf8_clean(a, first_of(f, k->parent), EVENT_MAX_SID);
	e->status = get_status(a, f, k);
	/* A partial result counts for itself, not among the call's events. */
	e->seq = base == EVENT_CALL_PARTIAL ? -1 : form_number(f,
	    seq[base == EVENT_TRANSCRIPTION_REALTIME], -1);
	e->clock = get_clock(f, k);
	/* On a question it is why the first URL failed (with ErrorUrl). */
	if (k->reply == REPLY_NONE)
		e->error = form_number(f, alert ? "Payload.ErrorCode" :
		    "ErrorCode", 0);
	e->from = utf8_clean(a, first_of(f, from), EVENT_MAX_TEXT);
	e->to = utf8_clean(a, first_of(f, to), EVENT_MAX_TEXT);
	e->route_to = k->reply != REPLY_JSON ? e->to :
	    utf8_clean(a, form_get(f, "ChatServiceSid"), EVENT_MAX_SID);
	if (e->parent.p != NULL && str_eq(e->parent, e->sid))
		e->parent = (struct str){ NULL, 0 };
	e->facts = facts_make(a, e, f, base);
}

/* A Debugger's Payload is JSON: its members come as "Payload.Name". */
static bool
open_payload(struct arena *a, const struct form *f, struct form *out)
{
	struct form	payload;
	struct str	parts[2] = { STR("Payload."), { NULL, 0 } };
	size_t		i;

	if (!cloud_params(a, form_get(f, "Payload"), &payload))
		return false;
	out->n = f->n;
	out->at = arena_alloc(a, f->n + payload.n, sizeof(*out->at));
	if (out->at == NULL)
		return false;
	memcpy(out->at, f->at, f->n * sizeof(*out->at));
	for (i = 0; i < payload.n; i++) {
		parts[1] = payload.at[i].name;
		out->at[out->n++] = (struct param){ arena_join(a, parts, 2),
		    payload.at[i].value };
	}
	return !a->full;
}

/* An alert is about something, and known by Twilio's error. */
static void
fill_alert(struct arena *a, const struct form *f, struct event *e)
{
	e->parent = utf8_clean(a, form_get(f, "Payload.ResourceSid"),
	    EVENT_MAX_SID);
	if (e->error == 0)
		e->error = form_number(f, "ErrorCode", 0);
}

static bool
fill_any(struct arena *a, const struct form *f, enum event_kind base,
    struct event *e)
{
	struct form	opened;

	if (base != EVENT_DEBUGGER_ALERT) {
		fill(a, f, base, e);
		return true;
	}
	if (!open_payload(a, f, &opened))
		return false;
	fill(a, &opened, base, e);
	fill_alert(a, &opened, e);
	return true;
}

bool
event_classify(struct arena *a, const struct event_source *src,
    struct event *out)
{
	struct event	e = { .kind = classify_form(src->form) };

	/* No SID, or one that no column or index takes: fold nothing. */
	if (get_sid(a, src->form, kind_get(e.kind)).n == 0 &&
	    !event_is_pre_action(e.kind))
		e.kind = EVENT_OTHER;
	e.name = str_from(event_kind_name(e.kind));
	if (!fill_any(a, src->form, e.kind, &e) || !make_key(src, &e) ||
	    a->full)
		return false;
	e.bucket = event_bucket(&e);
	*out = e;
	return true;
}

/* What an element of Event Streams repeats; "other": nothing we know. */
static enum event_kind
classify_cloud(struct arena *a, const struct cloud_event *c)
{
	enum event_kind	k = classify_form(&c->params);

	/* Its words and units are others: a duration is of seconds there. */
	if (str_starts(c->type, STR("com.twilio.voice.insights.")))
		return EVENT_OTHER;
	if (str_starts(c->type, STR("com.twilio.error")) &&
	    form_has(&c->params, "Payload"))
		k = EVENT_DEBUGGER_ALERT;
	return get_sid(a, &c->params, kind_get(k)).n == 0 ? EVENT_OTHER : k;
}

bool
event_classify_cloud(struct arena *a, const struct event_source *src,
    const struct cloud_event *c, struct event *out)
{
	struct str		parts[2] = { STR("stream."), c->type };
	struct event		e = { .kind = EVENT_STREAM };
	struct event_source	of = *src;
	enum event_kind		base = classify_cloud(a, c);
	int64_t			ms;

	of.form = &c->params;
	e.name = utf8_clean(a, arena_join(a, parts, 2), EVENT_MAX_KIND);
	if (!fill_any(a, &c->params, base, &e))
		return false;
	/* A subaccount's, say: its own token alone may touch its resources. */
	if (form_has(&c->params, "AccountSid") &&
	    !str_eq(form_get(&c->params, "AccountSid"), src->account))
		e.resource = NULL;
	if (kind_get(base)->clock[0] != NULL && e.clock < 0 &&
	    date_parse(c->time, &ms) && ms >= 0)
		e.clock = ms;
	of.token = c->id;
	if (!make_key(&of, &e) || a->full)
		return false;
	e.bucket = event_bucket(&e);
	*out = e;
	return true;
}
