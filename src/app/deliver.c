/* What a delivery sends, and what becomes of it. See deliver.h. */
#include <errno.h>
#include <stdio.h>

#include "../core/envelope.h"
#include "../core/json.h"
#include "../core/standard.h"
#include "../core/twiml.h"
#include "../core/utf8.h"
#include "../core/version.h"
#include "../edge/clock.h"
#include "deliver.h"
#include "outgoing.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define EXIT_NEVER_AGAIN 100	/* of a program: as qmail-local(8) has it */
#define EXEC_OUTPUT 4096	/* bytes of it that are read */

/* What is about to be sent, while it is put together. */
struct parcel {
	struct arena			*arena;
	const struct destination	*d;
	const struct task		*task;
	struct envelope			 envelope;
	struct str			 event;	/* a template's {{event}} */
	struct str			 body;
	struct str			 type;
	char				 wire[TASK_MAX_WIRE_ID];
};

bool
deliver_open(struct deliver *s, const struct config *c)
{
	*s = (struct deliver){ .config = c,
	    .egress = { c->allowed, c->nallowed } };
	return sig_open(&s->sig);
}

void
deliver_close(struct deliver *s)
{
	sig_close(&s->sig);
}

const char *
deliver_outcome_name(enum deliver_outcome o)
{
	switch (o) {
	case DELIVER_DELIVERED:
		return "delivered";
	case DELIVER_RETRY:
		return "retry";
	case DELIVER_DEAD:
		return "dead";
	case DELIVER_EXPIRED:
		return "expired";
	}
	return "unknown";
}

/* A part of the data of a template, by its first name. */
static struct template_value
get(void *data, struct str name)
{
	const struct parcel	*p = data;
	const char		*key;

	if (str_eq(name, STR("event")))
		return (struct template_value){ true, p->event };
	if (!envelope_is_json(p->task))
		return (struct template_value){ false,
		    form_value(&p->envelope.params, name) };
	if (!json_valid(p->task->raw))
		return (struct template_value){ .json = true };
	if (str_eq(name, STR(".")))
		return (struct template_value){ true, p->task->raw };
	key = arena_cstr(p->arena, name);
	return (struct template_value){ true, key == NULL ?
	    (struct str){ NULL, 0 } : json_get(p->task->raw, key) };
}

static bool
fill_template(struct parcel *p)
{
	struct template_data	 data = { get, p };
	struct arena		*a = p->arena;
	struct out		 o;
	char			*buf;

	if (template_uses(p->d->template, "event"))
		p->event = envelope_event(a, &p->envelope);
	buf = arena_alloc(a, TWIML_MAX_BYTES, 1);
	if (buf == NULL)
		return false;
	o = out_init(buf, TWIML_MAX_BYTES);
	if (!template_render(p->d->template, &data, a, &o))
		return false;
	a->used = (size_t)(buf - a->base) + o.n;
	p->body = out_str(&o);
	return p->d->template_form != TEMPLATE_JSON || json_valid(p->body);
}

static bool
open_envelope(struct parcel *p, bool form, bool raw)
{
	char	at[25];

	clock_format(p->task->event_at, at);
	(void)envelope_open(p->arena, p->task, arena_cstr(p->arena,
	    str_from(at)), &p->envelope);
	p->envelope.form = form;
	p->envelope.raw = raw;
	return !p->arena->full;
}

static bool
make_body(struct parcel *p, struct str transformed)
{
	const struct destination	*d = p->d;

	p->type = d->type;
	if (d->transform_sql.p != NULL) {
		p->body = transformed;
		return p->body.p != NULL && (d->template_form !=
		    TEMPLATE_JSON || json_valid(p->body));
	}
	if (d->template != NULL)
		return open_envelope(p, false, d->raw) && fill_template(p);
	if (d->body == DESTINATION_FORM) {
		p->body = p->task->raw;
		p->type = envelope_is_json(p->task) ?
		    STR("application/json") : STR(FORM_TYPE "; charset=UTF-8");
		return true;
	}
	p->type = STR("application/json");
	if (!open_envelope(p, d->body == DESTINATION_BOTH, d->raw))
		return false;
	p->body = envelope_make(p->arena, &p->envelope);
	return p->body.p != NULL;
}

static bool
has_header(const struct destination *d, const char *name)
{
	size_t	i;

	for (i = 0; i < d->nheaders; i++)
		if (str_ieq(d->header[i].name, str_from(name)))
			return true;
	return false;
}

/* Of ours: unless the destination has its own of that name. */
static void
add(const struct parcel *p, struct outgoing *o, const char *name,
    struct str value)
{
	if (!has_header(p->d, name))
		outgoing_header(o, name, value);
}

static void
add_facts(const struct parcel *p, struct outgoing *o)
{
	char		id[37], number[24];
	struct out	n = out_init(number, sizeof(number));

	clock_uuid_format(p->task->event_id, id);
	out_int(&n, (int64_t)p->task->tries + 1);
	add(p, o, "Content-Type", p->type);
	add(p, o, "User-Agent", STR("offhook/" OFFHOOK_VERSION));
	add(p, o, "I-Twilio-Idempotency-Token", p->task->token.n > 0 ?
	    p->task->token : str_from(id));
	add(p, o, "X-Offhook-Event", str_from(id));
	add(p, o, "X-Offhook-Delivery", str_from(p->wire));
	add(p, o, "X-Offhook-Attempt", out_str(&n));
	add(p, o, "X-Offhook-Kind", p->task->kind);
}

/* Those of the destination, but what would look like a signature. */
static void
add_own(const struct parcel *p, struct outgoing *o)
{
	static const char *const	signatures[] = { "webhook-id",
	    "webhook-timestamp", "webhook-signature", "X-Twilio-Signature" };
	const struct header		*h;
	const char			*name;
	size_t				 i;

	for (h = p->d->header; h < p->d->header + p->d->nheaders; h++) {
		for (i = 0; i < 4; i++)
			if (str_ieq(h->name, str_from(signatures[i])))
				break;
		name = arena_cstr(p->arena, h->name);
		if (i == 4 && name != NULL)
			outgoing_header(o, name, h->value);
	}
}

static bool
add_standard(const struct parcel *p, struct outgoing *o, int64_t now_ms)
{
	char		buf[STANDARD_MAX], number[24];
	struct out	sig = out_init(buf, sizeof(buf));
	struct out	n = out_init(number, sizeof(number));

	out_int(&n, now_ms / 1000);
	outgoing_header(o, "webhook-id", str_from(p->wire));
	outgoing_header(o, "webhook-timestamp", out_str(&n));
	if (!standard_sign(&sig, p->d->secret, p->d->nsecrets,
	    str_from(p->wire), now_ms / 1000, p->body))
		return false;
	outgoing_header(o, "webhook-signature", out_str(&sig));
	return true;
}

/* A form is signed by its parameters, all else by its hash in the URL. */
static bool
add_twilio(struct deliver *s, const struct parcel *p, struct outgoing *o)
{
	const struct account	*account = config_account(s->config,
				    p->task->account);
	struct form		 form;

	if (!str_starts(p->type, STR(FORM_TYPE)))
		return outgoing_sign(o, &s->sig, account, NULL);
	return form_decode(p->arena, p->body, &form) == FORM_OK &&
	    outgoing_sign(o, &s->sig, account, &form);
}

static bool
make_http(struct deliver *s, const struct parcel *p, int64_t now_ms,
    struct http_request *out)
{
	const struct destination	*d = p->d;
	struct outgoing			 o = { .arena = p->arena };

	if (!outgoing_url(&o, str_from(d->url)))
		return false;
	o.http.body = p->body;
	add_facts(p, &o);
	if ((d->standard && !add_standard(p, &o, now_ms)) ||
	    (d->twilio && !add_twilio(s, p, &o)))
		return false;
	add_own(p, &o);
	o.http.method = "POST";
	o.http.url = o.url.p;
	o.http.timeout_ms = (long)d->timeout_ms;
	o.http.connect_ms = (long)d->connect_ms;
	o.http.first_byte_ms = (long)d->first_byte_ms;
	o.http.max_body = d->response > 0 ? (size_t)d->response : 1;
	o.http.cut = true;
	o.http.egress = &s->egress;
	*out = o.http;
	return !p->arena->full;
}

static const char *
variable(struct arena *a, const char *name, struct str value)
{
	struct str	parts[3] = { str_from(name), STR("="), value };

	return arena_join(a, parts, 3).p;
}

static bool
make_child(const struct parcel *p, struct child_request *out)
{
	char		id[37], number[24];
	struct out	n = out_init(number, sizeof(number));
	const char	**env = arena_alloc(p->arena, 7, sizeof(*env));

	clock_uuid_format(p->task->event_id, id);
	out_int(&n, (int64_t)p->task->tries + 1);
	if (env == NULL)
		return false;
	env[0] = "PATH=/usr/local/bin:/usr/bin:/bin";
	env[1] = variable(p->arena, "OFFHOOK_EVENT", str_from(id));
	env[2] = variable(p->arena, "OFFHOOK_DELIVERY", str_from(p->wire));
	env[3] = variable(p->arena, "OFFHOOK_ATTEMPT", out_str(&n));
	env[4] = variable(p->arena, "OFFHOOK_KIND", p->task->kind);
	env[5] = variable(p->arena, "OFFHOOK_TYPE", p->type);
	*out = (struct child_request){ .argv = p->d->exec, .env = env,
	    .input = p->body, .timeout_ms = (long)p->d->timeout_ms,
	    .max_output = EXEC_OUTPUT };
	return !p->arena->full;
}

/* The pause until the next attempt, or that there is none. */
static void
try_again(const struct destination *d, const struct task *t, int64_t now_ms,
    uint64_t random, int64_t at_least, struct deliver_verdict *v)
{
	int64_t	left = t->routed_at + d->age_ms - now_ms;

	v->outcome = DELIVER_DEAD;
	v->reason = "attempts";
	if ((int64_t)t->tries + 1 >= d->attempts)
		return;
	v->after_ms = backoff_delay(&d->backoff, t->tries + 1, random);
	if (v->after_ms < at_least)
		v->after_ms = at_least;
	v->outcome = DELIVER_RETRY;
	v->reason = NULL;
	/* What a person tries again may be as old as it likes. */
	if (str_eq(t->trigger, STR("retry")))
		return;
	if (left <= 0) {
		v->outcome = DELIVER_EXPIRED;
		v->reason = "age";
		v->after_ms = 0;
	} else if (v->after_ms > left)
		v->after_ms = left;
}

void
deliver_judge_own(struct arena *a, const struct destination *d,
    const struct task *t, const char *error, struct str why, int64_t now_ms,
    uint64_t random, struct deliver_verdict *v)
{
	*v = (struct deliver_verdict){ .status = -1, .error = error,
	    .head = utf8_clean(a, why, DELIVER_MAX_HEAD) };
	try_again(d, t, now_ms, random, 0, v);
}

/* It cannot be sent as it is; another attempt would give the same. */
static void
never(const char *error, const char *reason, struct str why,
    struct deliver_verdict *v)
{
	*v = (struct deliver_verdict){ .outcome = DELIVER_DEAD,
	    .reason = reason, .status = -1, .error = error, .head = why };
}

bool
deliver_make(struct deliver *s, struct arena *a, const struct destination *d,
    const struct task *t, struct str body, int64_t now_ms, uint64_t random,
    struct deliver_order *order, struct deliver_verdict *v)
{
	struct parcel	p = { .arena = a, .d = d, .task = t };
	char		why[256];

	*order = (struct deliver_order){ .exec = d->url == NULL };
	task_wire_id(t, p.wire);
	if (!make_body(&p, body) && !a->full) {
		never("TRANSFORM_FAILED", "transform", STR("the transform "
		    "gives nothing, or no JSON, or more than 64 kB"), v);
		return false;
	}
	if (order->exec && !child_allowed(d->exec[0],
	    str_from(s->config->exec), why)) {
		deliver_judge_own(a, d, t, "EXEC_REFUSED", str_from(why),
		    now_ms, random, v);
		return false;
	}
	if (!a->full && (order->exec ? make_child(&p, &order->child) :
	    make_http(s, &p, now_ms, &order->http)))
		return true;
	deliver_judge_own(a, d, t, a->full ? "TOO_LARGE" : "SIGN_FAILED",
	    a->full ? STR("memory is short") : STR("it cannot be signed: "
	    "a secret, or the account's AuthToken, is missing here"), now_ms,
	    random, v);
	return false;
}

struct str
deliver_event(struct arena *a, const struct destination *d,
    const struct task *t)
{
	struct parcel	p = { .arena = a, .d = d, .task = t };

	if (!open_envelope(&p, d->body == DESTINATION_BOTH, d->raw))
		return (struct str){ NULL, 0 };
	return envelope_make(a, &p.envelope);
}

/* What went wrong, by how far it came. */
static const char *
error_name(const struct http_reply *r)
{
	static const char *const	timeouts[] = {
		[HTTP_CONNECTING] = "TIMEOUT_CONNECT",
		[HTTP_SENDING] = "TIMEOUT_FIRST_BYTE",
		[HTTP_ANSWERING] = "TIMEOUT_TOTAL",
	};

	if (r->status != 0)
		return r->status / 100 == 2 ? NULL :
		    r->status / 100 == 3 ? "REDIRECT" : "HTTP_STATUS";
	switch (r->failure) {
	case HTTP_NO_NAME:
		return "DNS_FAILED";
	case HTTP_NO_CONNECTION:
		return r->os_error == ECONNREFUSED ? "CONNECTION_REFUSED" :
		    "CONNECTION_FAILED";
	case HTTP_BAD_CERTIFICATE:
	case HTTP_NO_TLS:
		return "TLS_FAILED";
	case HTTP_TIMEOUT:
		return timeouts[r->phase];
	case HTTP_CUT:
		return "CONNECTION_RESET";
	case HTTP_PRIVATE:
		return "PRIVATE_ADDRESS";
	case HTTP_FAILED:
	case HTTP_TOO_LARGE:
	case HTTP_NO_LIBRARY:
		break;
	}
	return "FAILED";
}

/* Headers and body, neither of which pushes all of the other out. */
static struct str
head_of(struct arena *a, const struct http_reply *r)
{
	struct str	parts[2], all;
	size_t		body = r->body.n;

	if (r->status == 0)
		return utf8_clean(a, str_from(r->error), DELIVER_MAX_HEAD);
	if (body > DELIVER_MAX_HEAD / 2)
		body = DELIVER_MAX_HEAD / 2;
	parts[0] = str_sub(r->head, 0, DELIVER_MAX_HEAD - body);
	parts[1] = r->body;
	all = arena_join(a, parts, 2);
	return utf8_clean(a, all, DELIVER_MAX_HEAD);
}

static const char *
numbered(struct arena *a, const char *what, long n)
{
	char	buf[48];

	(void)snprintf(buf, sizeof(buf), "%s %ld", what, n);
	return arena_cstr(a, str_from(buf));
}

void
deliver_judge(struct arena *a, const struct destination *d,
    const struct task *t, const struct http_reply *r, int64_t now_ms,
    uint64_t random, struct deliver_verdict *v)
{
	*v = (struct deliver_verdict){ .outcome = DELIVER_DELIVERED,
	    .status = r->status != 0 ? r->status : -1,
	    .error = error_name(r), .head = head_of(a, r),
	    .ms = r->elapsed_us / 1000 };
	if (r->status / 100 == 2)
		return;
	if (r->status != 0 && !backoff_statuses_has(&d->retry_on, r->status)) {
		v->outcome = DELIVER_DEAD;
		v->reason = numbered(a, "status", r->status);
	} else
		try_again(d, t, now_ms, random,
		    backoff_retry_after(r->retry_after, now_ms), v);
}

void
deliver_judge_child(struct arena *a, const struct destination *d,
    const struct task *t, const struct child_result *r, int64_t now_ms,
    uint64_t random, struct deliver_verdict *v)
{
	static const char *const	errors[] = {
		[CHILD_EXITED] = "EXEC_EXIT",
		[CHILD_KILLED] = "EXEC_KILLED",
		[CHILD_TIMEOUT] = "TIMEOUT_TOTAL",
		[CHILD_NOT_STARTED] = "EXEC_FAILED",
	};
	bool				exited = r->end == CHILD_EXITED;

	*v = (struct deliver_verdict){ .outcome = DELIVER_DELIVERED,
	    .status = exited ? r->status : -1, .ms = r->elapsed_us / 1000 };
	v->head = utf8_clean(a, r->output.n > 0 || exited ? r->output :
	    str_from(r->error), DELIVER_MAX_HEAD);
	if (exited && r->status == 0)
		return;
	v->error = errors[r->end];
	if (exited && r->status == EXIT_NEVER_AGAIN) {
		v->outcome = DELIVER_DEAD;
		v->reason = numbered(a, "exit", r->status);
	} else
		try_again(d, t, now_ms, random, 0, v);
}
