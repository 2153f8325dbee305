/* Send probes, read their answers. See doctor_probe.h. */
#include <stdio.h>

#include "../core/json.h"
#include "../core/sig.h"
#include "../core/ticket.h"
#include "../edge/clock.h"
#include "doctor_probe.h"
#include "key.h"
#include "shoot.h"

static const struct account *
account_of(const struct doctor *d)
{
	return &d->config->accounts[d->config->default_account];
}

const char *
probe_url(struct doctor *d, const char *url)
{
	struct str	user;

	return arena_cstr(&d->cli->arena, key_signed_url(d->cli,
	    str_from(url), &user));
}

static void
add_header(struct http_request *r, const char *line)
{
	if (line != NULL && r->nheaders < HTTP_MAX_HEADERS)
		r->header[r->nheaders++] = line;
}

static const char *
signature_line(struct doctor *d, const struct ask *ask)
{
	struct arena	*a = &d->cli->arena;
	struct sig	 sig;
	struct form	 form = { NULL, 0 };
	char		*value = cli_alloc(d->cli, SIG_LENGTH + 1, 1);
	bool		 good = form_decode(a, ask->body, &form) == FORM_OK &&
			    sig_open(&sig);

	if (!good)
		return NULL;
	good = sig_make(&sig, account_of(d)->token[0], str_from(ask->url),
	    sig_params(a, &form), value);
	sig_close(&sig);
	return good ? cli_printf(d->cli, "X-Twilio-Signature: %s", value) :
	    NULL;
}

/* The request; its nonce, by which its answer is known. */
static struct str
make(struct doctor *d, const struct ask *ask, struct http_request *r)
{
	struct cli	*cli = d->cli;
	unsigned char	 id[16] = { 0 };
	char		 uuid[37];
	struct out	 o = out_init(cli_alloc(cli, TICKET_MAX + 1, 1),
			    TICKET_MAX);

	*r = (struct http_request){ .method = ask->method, .url = ask->url,
	    .connect = option_get(&cli->args, "connect"), .body = ask->body,
	    .timeout_ms = PROBE_TIMEOUT_MS };
	(void)clock_uuid(clock_now_ms(), id);
	clock_uuid_format(id, uuid);
	add_header(r, "User-Agent: TwilioProxy/1.1");
	add_header(r, "Accept: */*");
	add_header(r, cli_printf(cli, "I-Twilio-Idempotency-Token: %s",
	    uuid));
	if (str_eq(str_from(ask->method), STR("POST")))
		add_header(r, "Content-Type: application/x-www-form-urlencoded;"
		    " charset=utf-8");
	if (d->config->basic_auth.p != NULL)
		add_header(r, shoot_basic(cli, d->config->basic_auth));
	if (ask->sign)
		add_header(r, signature_line(d, ask));
	if (ask->probe && ticket_make(&o, account_of(d)->token[0], id,
	    (uint64_t)clock_now_ms() / 1000, ask->database ? "db" :
	    cli_printf(cli, "%u", ask->hold_ms)))
		add_header(r, cli_printf(cli, "X-Offhook-Probe: %.*s",
		    (int)o.n, o.p));
	return str_sub(out_str(&o), 0, 32);
}

/* One JSON object with scalars only, as the responder writes it. */
static bool
is_flat(struct str body)
{
	struct json_walk	w;
	struct json_item	item;
	enum json_type		type;

	if (!json_valid(body) || !json_open(body, &w) || !w.object)
		return false;
	while (json_next(&w, &item)) {
		type = json_type(item.value);
		if (type == JSON_OBJECT || type == JSON_ARRAY)
			return false;
	}
	return true;
}

/* Whether the reply answers that very probe. */
static void
recognise(struct doctor *d, struct str nonce, struct seen *s)
{
	struct str	body = s->reply.body;

	s->json = (struct str){ NULL, 0 };
	if (s->reply.status != 200 || nonce.n == 0 || !is_flat(body))
		return;
	s->json = body;
	if (!seen_is(d, s, "offhook", "probe") ||
	    !str_eq(seen_text(d, s, "nonce"), nonce))
		s->json = (struct str){ NULL, 0 };
}

bool
probe_send(struct doctor *d, const struct ask *ask, struct seen *s)
{
	struct http_request	r;
	struct str		nonce = make(d, ask, &r);

	(void)http_run(&d->cli->arena, &r, &s->reply);
	recognise(d, nonce, s);
	return s->json.p != NULL;
}

size_t
probe_send_many(struct doctor *d, const struct ask *ask, size_t n,
    struct seen *s)
{
	struct http_request	 r;
	struct str		 nonce = make(d, ask, &r);
	struct http_reply	*replies = cli_alloc(d->cli, n,
				    sizeof(*replies));
	size_t			 i, answered = 0;

	http_run_many(&d->cli->arena, &r, n, replies);
	for (i = 0; i < n; i++) {
		s[i].reply = replies[i];
		recognise(d, nonce, &s[i]);
		answered += s[i].json.p != NULL;
	}
	return answered;
}

struct str
seen_text(struct doctor *d, const struct seen *s, const char *name)
{
	struct str	text;

	if (s->json.p == NULL)
		return (struct str){ NULL, 0 };
	text = json_text(&d->cli->arena, json_get(s->json, name));
	/* Terminated: it goes into printf and stat. */
	return text.p == NULL ? text : arena_copy(&d->cli->arena, text);
}

int64_t
seen_number(struct doctor *d, const struct seen *s, const char *name)
{
	uint64_t	n = 0;

	(void)str_to_uint(seen_text(d, s, name), INT64_MAX, &n);
	return (int64_t)n;
}

bool
seen_is(struct doctor *d, const struct seen *s, const char *name,
    const char *wanted)
{
	return str_eq(seen_text(d, s, name), str_from(wanted));
}

const char *
seen_status(struct doctor *d, const struct seen *s)
{
	struct str	server = s->reply.server;

	if (s->reply.status == 0)
		return cli_printf(d->cli, "no answer: %s", s->reply.error);
	return cli_printf(d->cli, "status %ld%s%.*s", s->reply.status,
	    server.n > 0 ? " from " : "", (int)server.n,
	    server.n > 0 ? server.p : "");
}
