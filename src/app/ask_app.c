/* Ask the user's application for a reply. See ask_app.h. */
#include <openssl/evp.h>
#include <stdio.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "../edge/http.h"
#include "ask_app.h"
#include "webhook.h"

#define CONNECT_MS 5000		/* as Twilio's own ct */
#define MAX_LOCATION 150	/* bytes of it that are told */

/* What is asked, while it is put together. */
struct question {
	struct turn		*t;
	struct arena		*a;
	struct str		 url;	/* as it is signed and sent */
	struct http_request	 http;
};

static void
add_header(struct question *q, const char *name, struct str value)
{
	struct str	parts[3] = { str_from(name), STR(": "), value };
	const char	*line;
	size_t		 i;

	for (i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return;	/* it would be another header */
	if (value.n == 0 || q->http.nheaders == HTTP_MAX_HEADERS)
		return;
	line = arena_join(q->a, parts, 3).p;
	if (line != NULL)
		q->http.header[q->http.nheaders++] = line;
}

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

	add_header(q, "User-Agent", r->var[VAR_USER_AGENT]);
	add_header(q, "Accept", request_variable(r, "HTTP_ACCEPT"));
	add_header(q, "Content-Type", type);
	if (type.n == 0)
		q->http.header[q->http.nheaders++] = "Content-Type:";
	for (env = r->env; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (!str_cut(&value, '=', &name) || value.p == NULL)
			continue;
		header = passed_on(q->a, name);
		if (header != NULL)
			add_header(q, header, value);
	}
}

/* The text as %XX alone escape it; a '+' stands for itself. */
static struct str
unescape(struct arena *a, struct str s)
{
	return form_unescape(a, url_replace(a, s, STR("+"), STR("%2B")));
}

static void
add_basic(struct question *q, struct str userinfo)
{
	struct str	parts[3], both = userinfo;
	struct out	o;
	char		*p;

	(void)str_cut(&both, ':', &parts[0]);
	parts[0] = unescape(q->a, parts[0]);
	parts[1] = STR(":");
	parts[2] = both.n == 0 ? STR("") : unescape(q->a, both);
	both = arena_join(q->a, parts, 3);
	p = arena_alloc(q->a, both.n * 2 + 16, 1);
	if (both.p == NULL || p == NULL)
		return;
	o = out_init(p, both.n * 2 + 16);
	out_cstr(&o, "Basic ");
	out_base64(&o, (const unsigned char *)both.p, both.n);
	add_header(q, "Authorization", out_str(&o));
}

/* The route's URL as it is sent: its userinfo becomes a header. */
static void
take_url(struct question *q, const struct base *b, struct str url)
{
	struct str	parts[5], authority, userinfo;
	size_t		end, at, last = 0;

	url = str_sub(url, 0, str_find(url, '#', 0));
	end = url_origin(url).n;
	authority = str_sub(url, b->scheme.n + 3, end);
	for (at = 0; (at = str_find(authority, '@', at)) < authority.n; at++)
		last = at + 1;
	if (last > 1) {
		userinfo = str_sub(authority, 0, last - 1);
		add_basic(q, userinfo);
	}
	parts[0] = b->scheme;
	parts[1] = STR("://");
	parts[2] = str_sub(authority, last, authority.n);
	parts[3] = end < url.n && url.p[end] == '/' ? STR("") : STR("/");
	parts[4] = str_sub(url, end, url.n);
	q->url = arena_join(q->a, parts, 5);
}

static void
add_to_query(struct question *q, struct str name, struct str value)
{
	struct str	parts[4] = { q->url, STR("?"), name, value };

	if (str_find(q->url, '?', 0) < q->url.n)
		parts[1] = str_ends(q->url, STR("?")) ? STR("") : STR("&");
	q->url = arena_join(q->a, parts, 4);
}

/* A GET's query; the token that is between Twilio and us stays here. */
static void
add_query(struct question *q)
{
	bool		mask = q->t->w->config->url_token.n > 0;
	struct str	rest = q->t->raw, piece;
	char		*p = arena_alloc(q->a, rest.n + 1, 1);
	struct out	 o = out_init(p, p == NULL ? 0 : rest.n + 1);

	while (str_cut(&rest, '&', &piece)) {
		if (mask && str_starts(piece, STR("token=")))
			continue;
		if (o.n > 0)
			out_char(&o, '&');
		out_bytes(&o, piece);
	}
	if (o.n > 0)
		add_to_query(q, out_str(&o), STR(""));
}

/* JSON is signed by its hash in the query. */
static bool
add_body_hash(struct question *q)
{
	struct str	body = q->t->r->body;
	unsigned char	sha256[EVP_MAX_MD_SIZE];
	unsigned	n = 0;
	char		hex[64];
	struct out	o = out_init(hex, sizeof(hex));

	if (EVP_Digest(body.p, body.n, sha256, &n, EVP_sha256(), NULL) != 1)
		return false;
	out_hex(&o, sha256, n);
	add_to_query(q, STR("bodySHA256="), out_str(&o));
	return !o.overflow;
}

static bool
sign(struct question *q)
{
	struct turn		*t = q->t;
	const struct account	*account = config_account(t->w->config,
				    t->signer.account);
	struct str		 params = STR("");
	char			 sig[SIG_LENGTH];

	if (t->json && !add_body_hash(q))
		return false;
	if (!t->json && t->r->method == METHOD_POST)
		params = sig_params(q->a, &t->form);
	if (account == NULL || account->ntokens == 0 || params.p == NULL ||
	    q->url.p == NULL || !sig_make(&t->w->sig, account->token[0],
	    q->url, params, sig))
		return false;
	add_header(q, "X-Twilio-Signature", (struct str){ sig, SIG_LENGTH });
	return true;
}

static void
add_ids(struct question *q)
{
	const struct request	*r = q->t->r;
	char			 key[37], id[37];

	clock_uuid_format(q->t->event.key, key);
	clock_uuid_format(q->t->id, id);
	add_header(q, "I-Twilio-Idempotency-Token",
	    r->var[VAR_TOKEN].n > 0 && !r->doubled[VAR_TOKEN] ?
	    r->var[VAR_TOKEN] : str_from(key));
	add_header(q, "X-Offhook-Event", str_from(id));
}

static bool
put_together(struct question *q, struct str url)
{
	struct base	b;
	size_t		i;

	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return false;
	if (url_parse_base(url, &b) != URL_OK)
		return false;
	take_url(q, &b, url);
	if (q->t->r->method == METHOD_GET)
		add_query(q);
	else
		q->http.body = q->t->r->body;
	add_ids(q);
	if (!sign(q))
		return false;
	add_what_came(q);
	q->http.method = q->t->r->method == METHOD_GET ? "GET" : "POST";
	q->http.url = q->url.p;
	return !q->a->full;
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
	struct question		 q = { .t = t, .a = t->r->arena };
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
	q.http.timeout_ms = (long)(deadline_ms - begun);
	q.http.connect_ms = q.http.timeout_ms < CONNECT_MS ? 0 : CONNECT_MS;
	q.http.max_body = TWIML_MAX_BYTES;
	q.http.egress = &egress;
	q.http.client = &t->w->http;
	if (q.http.timeout_ms > 0)
		(void)http_run(q.a, &q.http, &reply);
	else
		(void)snprintf(reply.error, sizeof(reply.error),
		    "no time was left to ask");
	answer->ms = clock_monotonic_ms() - begun;
	answer->http = (int)reply.status;
	answer->type = reply.type;
	answer->body = reply.body;
	return judge(&reply, answer);
}
