/* Answer a probe. See probe.h. */
#include <unistd.h>

#include "../core/ticket.h"
#include "../core/version.h"
#include "../edge/clock.h"
#include "probe.h"

#define ANSWER_BYTES 65536
#define VALUE_BYTES 450		/* of each value; what is longer is cut */
#define HOLD_FRESH_MS 5000	/* an older ticket takes no time */

bool
probe_is_ours(const struct webhook *w, struct request *r, int64_t now_ms)
{
	const struct config	*c = w->config;
	struct ticket		 t;
	size_t			 i, j;
	unsigned		 ours = 0;

	if (r->doubled[VAR_PROBE] || !ticket_parse(r->var[VAR_PROBE], &t) ||
	    !ticket_fresh(&t, now_ms))
		return false;
	/* All of them, whichever fits: what it costs tells nothing. */
	for (i = 0; i < c->naccounts; i++)
		for (j = 0; j < c->accounts[i].ntokens; j++)
			ours |= ticket_check(&t, c->accounts[i].token[j]);
	return ours != 0;
}

static void
name(struct out *o, const char *key)
{
	out_cstr(o, o->n > 1 ? ",\n" : "\n");
	out_json(o, str_from(key));
	out_char(o, ':');
}

static void
text(struct out *o, const char *key, struct str value)
{
	name(o, key);
	if (value.p == NULL)
		out_cstr(o, "null");
	else
		out_json(o, str_sub(value, 0, VALUE_BYTES));
}

static void
number(struct out *o, const char *key, int64_t value)
{
	name(o, key);
	out_int(o, value);
}

/* The process that answers, and what it read as its settings. */
static void
write_process(struct out *o, const struct webhook *w)
{
	char	path[4096];
	ssize_t	n = readlink("/proc/self/exe", path, sizeof(path));

	text(o, "offhook", STR("probe"));
	text(o, "version", STR(OFFHOOK_VERSION));
	number(o, "pid", (int64_t)getpid());
	number(o, "uid", (int64_t)geteuid());
	text(o, "transport", w->once ? STR("cgi") : STR("fcgi"));
	text(o, "program", n <= 0 ? (struct str){ NULL, 0 } :
	    (struct str){ path, (size_t)n });
	text(o, "config", str_from(w->config->file));
	text(o, "settings", w->config->file == NULL ? STR("environment") :
	    config_is_old(w->config) ? STR("old") : STR("current"));
	text(o, "state", str_from(w->config->state));
	number(o, "max_body", (int64_t)w->config->max_body);
	number(o, "now_ms", clock_now_ms());
}

static void
write_variables(struct out *o, const struct request *r)
{
	static const char *const names[] = { "REQUEST_METHOD", "REQUEST_URI",
	    "SCRIPT_NAME", "PATH_INFO", "SCRIPT_FILENAME", "DOCUMENT_ROOT",
	    "SERVER_PROTOCOL", "SERVER_SOFTWARE", "SERVER_NAME",
	    "SERVER_PORT", "HTTPS", "REQUEST_SCHEME", "REMOTE_ADDR",
	    "HTTP_HOST", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_USER_AGENT",
	    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO",
	    "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT" };
	size_t	i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		text(o, names[i], request_variable(r, names[i]));
}

/* Which headers arrived; not their values, which others may know. */
static void
write_headers(struct out *o, const struct request *r)
{
	static const struct {
		const char	*key;
		enum variable	 var;
	} headers[] = {
		{ "X-Twilio-Signature", VAR_SIGNATURE },
		{ "I-Twilio-Idempotency-Token", VAR_TOKEN },
		{ "Authorization", VAR_AUTHORIZATION },
		{ "Content-Type", VAR_CONTENT_TYPE },
		{ "Host", VAR_HOST },
	};
	size_t	i;

	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		text(o, headers[i].key, r->doubled[headers[i].var] ?
		    STR("doubled") : r->var[headers[i].var].n > 0 ?
		    STR("yes") : STR("no"));
}

static void
write_body(struct out *o, const struct request *r)
{
	static const char *const states[] = {
		[BODY_WHOLE] = "whole",
		[BODY_SHORT] = "short",
		[BODY_TOO_LARGE] = "large",
		[BODY_BAD_LENGTH] = "bad-length",
	};

	number(o, "body_bytes", (int64_t)r->body.n);
	text(o, "body", str_from(states[r->body_state]));
}

/* The connection of this process, as a request would find it. */
static void
write_database(struct out *o, struct webhook *w)
{
	char	why[256];

	text(o, "database", store_ping(&w->db, clock_monotonic_ms() +
	    STORE_DEADLINE_MS, why) ? STR("ok") : str_from(why));
}

void
probe_answer(struct webhook *w, struct request *r, const char *refused,
    struct reply *reply)
{
	char		*p = arena_alloc(r->arena, ANSWER_BYTES, 1);
	struct out	 o = out_init(p, p == NULL ? 0 : ANSWER_BYTES);
	struct ticket	 t;
	bool		 fresh;

	(void)ticket_parse(r->var[VAR_PROBE], &t);
	/* One that was captured must not hold up the pool for its minute. */
	fresh = ticket_age_ms(&t, clock_now_ms()) <= HOLD_FRESH_MS;
	out_char(&o, '{');
	write_process(&o, w);
	write_variables(&o, r);
	write_headers(&o, r);
	write_body(&o, r);
	/* An answer from a cache would have another one. */
	text(&o, "nonce", t.nonce);
	name(&o, "accepted");
	out_cstr(&o, refused == NULL ? "true" : "false");
	text(&o, "refused", str_from(refused));
	if (t.database && fresh)
		write_database(&o, w);
	out_cstr(&o, "\n}\n");
	if (fresh)
		clock_sleep_ms((int64_t)t.hold_ms);
	*reply = (struct reply){ .status = 200, .type = "application/json",
	    .body = out_str(&o) };
	if (o.overflow)
		*reply = (struct reply){ .status = 503 };
}
