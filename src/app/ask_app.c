/* Ask the user's application for a reply. See ask_app.h. */
#include <stdio.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "../edge/http.h"
#include "ask_app.h"
#include "outgoing.h"
#include "webhook.h"

#define CONNECT_MS 5000		/* as Twilio's own ct */
#define MAX_LOCATION 150	/* bytes of it that are told */

/* What is asked, while it is put together. */
struct question {
	struct turn		*t;
	struct outgoing		 o;
};

/* HTTP_X_TWILIO_CALL_SID: "X-Twilio-Call-Sid", or NULL: it stays here. */
static const char *
passed_on(struct arena *a, struct str variable)
{
	static const struct str	ours[] = {
		{ "HTTP_X_TWILIO_SIGNATURE", 23 },
		{ "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN", 31 },
	};
	struct str		name = str_sub(variable, 5, variable.n);
	char			*p;
	size_t			 i;

	if (!str_starts(variable, STR("HTTP_X_TWILIO_")) &&
	    !str_starts(variable, STR("HTTP_I_TWILIO_")) &&
	    !str_eq(variable, STR("HTTP_X_HOME_REGION")))
		return NULL;
	if (str_eq(variable, ours[0]) || str_eq(variable, ours[1]))
		return NULL;
	p = arena_alloc(a, name.n + 1, 1);
	for (i = 0; p != NULL && i < name.n; i++) {
		p[i] = name.p[i];
		if (p[i] == '_')
			p[i] = '-';
		else if (p[i] >= 'A' && p[i] <= 'Z') {
			if (i > 0 && p[i - 1] != '-')
				p[i] = (char)(p[i] - 'A' + 'a');
		} else if (p[i] < '0' || p[i] > '9')
			return NULL;
	}
	return p;
}

static void
add_what_came(struct question *q)
{
	struct request	*r = q->t->r;
	struct str	 name, value, type = r->var[VAR_CONTENT_TYPE];
	char *const	*env;
	const char	*header;

	outgoing_header(&q->o, "User-Agent", r->var[VAR_USER_AGENT]);
	outgoing_header(&q->o, "Accept", request_variable(r, "HTTP_ACCEPT"));
	outgoing_header(&q->o, "Content-Type", type);
	if (type.n == 0)
		q->o.http.header[q->o.http.nheaders++] = "Content-Type:";
	for (env = r->env; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (!str_cut(&value, '=', &name) || value.p == NULL)
			continue;
		header = passed_on(q->o.arena, name);
		if (header != NULL)
			outgoing_header(&q->o, header, value);
	}
}

/* A GET's query; the token that is between Twilio and us stays here. */
static void
add_query(struct question *q)
{
	bool		mask = q->t->w->config->url_token.n > 0;
	struct str	rest = q->t->raw, piece;
	char		*p = arena_alloc(q->o.arena, rest.n + 1, 1);
	struct out	 o = out_init(p, p == NULL ? 0 : rest.n + 1);

	while (str_cut(&rest, '&', &piece)) {
		if (mask && str_starts(piece, STR("token=")))
			continue;
		if (o.n > 0)
			out_char(&o, '&');
		out_bytes(&o, piece);
	}
	if (o.n > 0)
		outgoing_query(&q->o, out_str(&o), STR(""));
}

static void
add_ids(struct question *q)
{
	const struct request	*r = q->t->r;
	char			 key[37], id[37];

	clock_uuid_format(q->t->event.key, key);
	clock_uuid_format(q->t->id, id);
	outgoing_header(&q->o, "I-Twilio-Idempotency-Token",
	    r->var[VAR_TOKEN].n > 0 && !r->doubled[VAR_TOKEN] ?
	    r->var[VAR_TOKEN] : str_from(key));
	outgoing_header(&q->o, "X-Offhook-Event", str_from(id));
}

/* JSON, and nothing else, is signed by its hash in the query. */
static bool
sign(struct question *q)
{
	static const struct form	none = { .n = 0 };
	const struct turn		*t = q->t;

	return outgoing_sign(&q->o, &q->t->w->sig,
	    config_account(t->w->config, t->signer.account), t->json ? NULL :
	    t->r->method == METHOD_POST ? &t->form : &none);
}

static bool
put_together(struct question *q, struct str url)
{
	if (!outgoing_url(&q->o, url))
		return false;
	if (q->t->r->method == METHOD_GET)
		add_query(q);
	else
		q->o.http.body = q->t->r->body;
	add_ids(q);
	if (!sign(q))
		return false;
	add_what_came(q);
	q->o.http.method = q->t->r->method == METHOD_GET ? "GET" : "POST";
	q->o.http.url = q->o.url.p;
	return !q->o.arena->full;
}

static void
explain(struct ask_answer *answer, const char *text, struct str more,
    const char *end)
{
	struct out	o = out_init(answer->why, sizeof(answer->why) - 1);

	out_cstr(&o, text);
	out_printable(&o, str_sub(more, 0, MAX_LOCATION));
	out_cstr(&o, end);
	answer->why[o.n] = '\0';
}

/* What came is a reply, or why it is none. */
static enum ask_result
judge(const struct http_reply *reply, struct ask_answer *answer)
{
	if (reply->failure == HTTP_TOO_LARGE)
		explain(answer, "larger than 64 kB", STR(""), "");
	else if (reply->status == 0)
		explain(answer, "", str_from(reply->error), "");
	else if (reply->status / 100 == 2)
		return ASK_OK;
	else if (reply->status / 100 == 3 && reply->location.n > 0)
		explain(answer, "it redirects to ", reply->location,
		    "; give that URL to the route");
	else
		(void)snprintf(answer->why, sizeof(answer->why), "status %ld",
		    reply->status);
	return reply->failure == HTTP_TIMEOUT ? ASK_LATE : ASK_FAILED;
}

enum ask_result
ask_app(struct turn *t, struct str url, int64_t deadline_ms,
    struct ask_answer *answer)
{
	const struct config	*c = t->w->config;
	struct egress		 egress = { c->allowed, c->nallowed };
	struct question		 q = { .t = t, .o = { .arena = t->r->arena } };
	struct http_reply	 reply = { .failure = HTTP_TIMEOUT };
	int64_t			 begun;

	http_open(&t->w->http);
	begun = clock_monotonic_ms();
	*answer = (struct ask_answer){ .http = 0 };
	if (!put_together(&q, url)) {
		explain(answer, "its URL, or the request, cannot be sent on",
		    STR(""), "");
		return ASK_FAILED;
	}
	q.o.http.timeout_ms = (long)(deadline_ms - begun);
	q.o.http.connect_ms = q.o.http.timeout_ms < CONNECT_MS ? 0 : CONNECT_MS;
	q.o.http.max_body = TWIML_MAX_BYTES;
	q.o.http.egress = &egress;
	q.o.http.client = &t->w->http;
	if (q.o.http.timeout_ms > 0)
		(void)http_run(q.o.arena, &q.o.http, &reply);
	else
		(void)snprintf(reply.error, sizeof(reply.error),
		    "no time was left to ask");
	answer->ms = clock_monotonic_ms() - begun;
	answer->http = (int)reply.status;
	answer->type = reply.type;
	answer->body = reply.body;
	return judge(&reply, answer);
}
