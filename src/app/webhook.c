/*
 * A webhook from its first byte to its reply. See webhook.h.
 *
 * Each step either goes on or refuses; what is refused has no effect
 * beyond the ring. What is answered 2xx is on the disk: committed, or in the
 * spool (outage.c); but for two cases in which a 5xx would do harm: record.c.
 */
#include <sys/stat.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "inspect.h"
#include "probe.h"
#include "turn.h"

bool
webhook_open(struct webhook *w, const struct config *c)
{
	*w = (struct webhook){ .config = c };
	w->log.json = c->log_json;
	w->db.url = c->database_url;
	if (c->state != NULL)
		(void)mkdir(c->state, 0700);
	ring_open(&w->ring, c->state, c->max_body);
	snapshot_open(&w->snapshot, c->state);
	slots_open(&w->slots, c->state, c->processes);
	w->spool = (struct spool){ .folder = c->spool,
	    .max_bytes = c->spool_bytes, .max_files = c->spool_files };
	return sig_open(&w->sig);
}

void
webhook_close(struct webhook *w)
{
	db_close(&w->db);
	ring_close(&w->ring);
	snapshot_close(&w->snapshot);
	slots_close(&w->slots);
	http_close(&w->http);
	sig_close(&w->sig);
}

bool
turn_refuse(struct turn *t, enum reason reason)
{
	t->refused = reason;
	if (!t->probe)
		reject(t->w, t->r, t->now_ms, reason, t->reply);
	return false;
}

void
turn_unavailable(struct turn *t)
{
	*t->reply = (struct reply){ .status = 503,
	    .type = "text/plain; charset=utf-8",
	    .body = STR("Unavailable\n") };
}

/* The media type without its parameters; its case does not count. */
static bool
type_is(struct str content_type, struct str wanted)
{
	struct str	type;

	return str_cut(&content_type, ';', &type) &&
	    str_ieq(str_trim(type), wanted);
}

static bool
check_shape(struct turn *t)
{
	static const enum variable single[] = { VAR_REQUEST_URI,
	    VAR_CONTENT_TYPE, VAR_TOKEN, VAR_AUTHORIZATION, VAR_SIGNATURE };
	const struct request	*r = t->r;
	struct str		 target = r->var[VAR_REQUEST_URI];
	size_t			 i;

	if (r->method == METHOD_OTHER)
		return turn_refuse(t, REASON_METHOD);
	if (target.n == 0 || target.p[0] != '/')
		return turn_refuse(t, REASON_TARGET);
	switch (r->body_state) {
	case BODY_WHOLE:
		break;
	case BODY_SHORT:
		return turn_refuse(t, REASON_SHORT);
	case BODY_TOO_LARGE:
		return turn_refuse(t, REASON_LARGE);
	case BODY_BAD_LENGTH:
		return turn_refuse(t, REASON_LENGTH);
	}
	for (i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (r->doubled[single[i]])
			return turn_refuse(t, single[i] == VAR_SIGNATURE ?
			    REASON_SIGNATURE_MALFORMED : REASON_DOUBLED);
	return true;
}

/* Decode the parameters once: of the body, or of a GET's query. */
static bool
decode(struct turn *t)
{
	struct str	type = t->r->var[VAR_CONTENT_TYPE];

	t->raw = t->r->body;
	if (t->r->method == METHOD_GET)
		t->raw = url_query(t->r->var[VAR_REQUEST_URI]);
	else if (type_is(type, STR("application/json")))
		t->json = true;
	else if (!type_is(type, STR("application/x-www-form-urlencoded")) &&
	    (type.n > 0 || t->raw.n > 0))	/* nothing needs no type */
		return turn_refuse(t, REASON_TYPE);
	if (t->json)
		return true;
	switch (form_decode(t->r->arena, t->raw, &t->form)) {
	case FORM_OK:
		return true;
	case FORM_TOO_MANY:
		return turn_refuse(t, REASON_FORM);
	case FORM_NO_MEMORY:
		break;
	}
	return turn_refuse(t, REASON_UNAVAILABLE);
}

/* The signature decides alone; Basic auth only comes before it. */
static bool
verify(struct turn *t)
{
	const struct config	*c = t->w->config;
	enum reason		 why;

	switch (verify_basic(c, t->r)) {
	case BASIC_OK:
		break;
	case BASIC_ASK:
		/* Twilio's first round comes without: no trace of it. */
		t->refused = REASON_BASIC;
		reject_ask_basic(t->reply);
		return false;
	case BASIC_WRONG:
		return turn_refuse(t, REASON_BASIC);
	}
	if (!verify_signature(c, &t->w->sig, t->r, &t->form, t->json,
	    &t->signer, &why))
		return turn_refuse(t, why);
	return true;
}

/*
 * What would be said of a request to the inspector. Basic auth is not asked
 * of it: the first round, which comes without, would be all there is.
 */
static void
look(struct turn *t, struct inspection *in)
{
	bool	ok = check_shape(t) && decode(t) && record_classify(t);

	if (ok) {
		in->kind = batch_is(t) ? event_kind_name(EVENT_STREAM) :
		    event_kind_name(t->event.kind);
		ok = verify_signature(t->w->config, &t->w->sig, t->r,
		    &t->form, t->json, &t->signer, &t->refused);
		in->account = t->signer.account;
	}
	if (!ok && t->r->method != METHOD_HEAD)
		in->verdict = reject_reason_name(t->refused);
}

/*
 * How long the web server had it before us: mod_fcgid waits for a process in
 * steps of a second. Our configurations of Apache say when it came ("t=" and
 * microseconds since 1970, mod_headers' %t). What is no such time, or longer
 * ago than Twilio waits, is not believed.
 */
static int64_t
waited_ms(const struct request *r, int64_t now_ms)
{
	struct str	came = r->var[VAR_RECEIVED];
	uint64_t	us;
	int64_t		waited;

	if (came.n < 2 || !str_eq(str_sub(came, 0, 2), STR("t=")) ||
	    !str_to_uint(str_sub(came, 2, came.n), INT64_MAX, &us))
		return 0;
	waited = now_ms - (int64_t)(us / 1000);
	return waited > 0 && waited < TWILIO_WAITS_MS ? waited : 0;
}

void
webhook_handle(struct webhook *w, struct request *r, struct reply *reply)
{
	struct turn		t = { .w = w, .r = r, .reply = reply,
				    .took_ms = -1 };
	struct inspection	in;

	w->accepted = false;
	w->log.id[0] = '\0';
	t.now_ms = clock_now_ms();
	t.waited_ms = waited_ms(r, t.now_ms);
	t.begun_ms = clock_monotonic_ms() - t.waited_ms;
	if (!clock_uuid(t.now_ms, t.id)) {
		log_say(&w->log, LOG_ERROR, "no randomness", "why",
		    STR("getrandom failed"));
		turn_unavailable(&t);
		return;
	}
	clock_uuid_format(t.id, w->log.id);
	t.probe = r->var[VAR_PROBE].n > 0 && probe_is_ours(w, r, t.now_ms);
	if (t.probe)
		probe_answer(w, r, check_shape(&t) && decode(&t) &&
		    verify(&t) ? NULL : reject_reason_name(t.refused), reply);
	else if (inspect_begin(&in, w->config, r, t.now_ms)) {
		t.probe = true;
		look(&t, &in);
		inspect_finish(&in, w, r, t.now_ms, reply);
	} else if (r->method == METHOD_HEAD)
		*reply = (struct reply){ .status = 200, .type = TWIML_TYPE };
	else if (check_shape(&t) && decode(&t) && verify(&t)) {
		if (batch_is(&t))
			batch_record(&t);
		else if (record_classify(&t))
			record(&t);
	}
}
