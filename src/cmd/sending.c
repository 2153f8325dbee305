/* Make a request as Twilio would send it. See sending.h. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../core/sig.h"
#include "../edge/clock.h"
#include "sending.h"

#define TIMEOUT_MS 15000	/* Twilio's own */
#define TEST_ACCOUNT "AC00000000000000000000000000000001"

static const char *
or_else(const struct cli *cli, const char *name, const char *otherwise)
{
	const char	*value = option_get(&cli->args, name);

	return value == NULL ? otherwise : value;
}

/* Two letters and 32 random digits. */
static const char *
new_sid(struct cli *cli, const char *prefix)
{
	unsigned char	 id[16] = { 0 };
	char		*p = cli_alloc(cli, 40, 1);
	struct out	 o = out_init(p, 39);

	(void)clock_uuid(clock_now_ms(), id);
	out_cstr(&o, prefix);
	out_hex(&o, id, sizeof(id));
	return p;
}

static const char *
new_token(struct cli *cli)
{
	unsigned char	 id[16] = { 0 };
	char		*p = cli_alloc(cli, 40, 1);

	(void)clock_uuid(clock_now_ms(), id);
	clock_uuid_format(id, p);
	return p;
}

static const char *
format_time(struct cli *cli, const char *format)
{
	time_t		 now = (time_t)(clock_now_ms() / 1000);
	struct tm	 tm;
	char		*p = cli_alloc(cli, 64, 1);

	if (gmtime_r(&now, &tm) == NULL ||
	    strftime(p, 64, format, &tm) == 0)
		p[0] = '\0';
	return p;
}

static bool
is_call_status(const struct cli *cli)
{
	static const char *const words[] = { "initiated", "ringing",
	    "in-progress", "completed", "busy", "no-answer" };
	struct str	sid = cli_option(cli, "sid");
	struct str	status = cli_option(cli, "status");
	size_t		i;

	if (sid.p != NULL)
		return str_starts(sid, STR("CA"));
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(status, str_from(words[i])))
			return true;
	return option_get(&cli->args, "seq") != NULL;
}

static enum sample
choose_sample(const struct cli *cli)
{
	const char	*verb = cli->command->verb;

	if (strcmp(verb, "sms") == 0)
		return SAMPLE_SMS;
	if (strcmp(verb, "call") == 0)
		return SAMPLE_CALL;
	if (strcmp(verb, "gather") == 0)
		return SAMPLE_GATHER;
	return is_call_status(cli) ? SAMPLE_CALL_STATUS :
	    SAMPLE_MESSAGE_STATUS;
}

static const char *
usual_status(enum sample s)
{
	switch (s) {
	case SAMPLE_SMS:
		return "received";
	case SAMPLE_CALL:
		return "ringing";
	case SAMPLE_GATHER:
		return "in-progress";
	case SAMPLE_CALL_STATUS:
		return "completed";
	case SAMPLE_MESSAGE_STATUS:
		return "delivered";
	}
	return "";
}

static void
fill_values(struct sending *s)
{
	struct cli	*cli = s->cli;
	bool		 call = s->sample != SAMPLE_SMS &&
			    s->sample != SAMPLE_MESSAGE_STATUS;
	const char	*sid = option_get(&cli->args, "sid");

	s->v = (struct sample_values){
		.sid = sid != NULL ? sid : new_sid(cli, call ? "CA" : "SM"),
		.account = s->key.account.n > 0 ? arena_cstr(&cli->arena,
		    s->key.account) : TEST_ACCOUNT,
		.from = or_else(cli, "from", "+15550101001"),
		.to = or_else(cli, "to", "+15550101002"),
		.body = or_else(cli, "body", "Hello from offhook"),
		.digits = or_else(cli, "digits", "1"),
		.status = or_else(cli, "status", usual_status(s->sample)),
		.seq = or_else(cli, "seq", "0"),
		.error = option_get(&cli->args, "error"),
		.date = format_time(cli, "%a, %d %b %Y %H:%M:%S +0000"),
		.carrier_date = format_time(cli, "%y%m%d%H%M"),
	};
	s->token_header = or_else(cli, "token-header", NULL);
	if (s->token_header == NULL)
		s->token_header = new_token(cli);
}

static void
drop_param(struct form *f, struct str name)
{
	size_t	i, n = 0;

	for (i = 0; i < f->n; i++)
		if (!str_eq(f->at[i].name, name))
			f->at[n++] = f->at[i];
	f->n = n;
}

/* Whether an earlier --param set this name: then a second value is added. */
static bool
named_before(const struct cli *cli, struct str name, size_t before)
{
	const char	*value;
	struct str	 rest, head;
	size_t		 at = 0;

	while ((value = option_next(&cli->args, "param", &at)) != NULL &&
	    at < before) {
		rest = str_from(value);
		(void)str_cut(&rest, '=', &head);
		if (rest.p != NULL && str_eq(head, name))
			return true;
	}
	return false;
}

static void
apply_params(struct sending *s)
{
	const char	*value;
	struct str	 rest, name;
	size_t		 at = 0;

	while ((value = option_next(&s->cli->args, "param", &at)) != NULL) {
		rest = str_from(value);
		(void)str_cut(&rest, '=', &name);
		if (!named_before(s->cli, name, at))
			drop_param(&s->form, name);
		if (rest.p != NULL && s->form.n < SENDING_MAX_PARAMS)
			s->form.at[s->form.n++] = (struct param){ name,
			    rest };
	}
}

static struct str
encode(struct cli *cli, const struct form *f)
{
	size_t		i, cap = 16;
	struct out	o;

	for (i = 0; i < f->n; i++)
		cap += 3 * (f->at[i].name.n + f->at[i].value.n) + 2;
	o = out_init(cli_alloc(cli, cap, 1), cap);
	for (i = 0; i < f->n; i++) {
		if (i > 0)
			out_char(&o, '&');
		out_form(&o, f->at[i].name);
		out_char(&o, '=');
		out_form(&o, f->at[i].value);
	}
	return out_str(&o);
}

static void
add_header(struct sending *s, const char *line)
{
	if (s->request.nheaders < HTTP_MAX_HEADERS - 1)
		s->request.header[s->request.nheaders++] = line;
}

static bool
add_signature(struct sending *s, struct str url, struct str params)
{
	struct sig	 sig;
	char		*value = cli_alloc(s->cli, SIG_LENGTH + 1, 1);
	bool		 good;

	good = sig_open(&sig) && sig_make(&sig, s->key.token[0], url, params,
	    value);
	sig_close(&sig);
	if (!good)
		cli_error("libcrypto cannot make HMAC-SHA1");
	else
		add_header(s, cli_printf(s->cli, "X-Twilio-Signature: %s",
		    value));
	return good;
}

static void
add_headers(struct sending *s, bool get)
{
	const char	*line;
	size_t		 at = 0;

	add_header(s, "User-Agent: TwilioProxy/1.1");
	add_header(s, "Accept: */*");
	if (!get)
		add_header(s, "Content-Type: application/x-www-form-urlencoded;"
		    " charset=utf-8");
	if (s->token_header[0] != '\0')
		add_header(s, cli_printf(s->cli,
		    "I-Twilio-Idempotency-Token: %s", s->token_header));
	while ((line = option_next(&s->cli->args, "header", &at)) != NULL)
		add_header(s, line);
}

/* The request itself, from the parameters. */
static bool
make_request(struct sending *s)
{
	struct cli	*cli = s->cli;
	bool		 get = option_get(&cli->args, "get") != NULL;
	struct str	 body, params, parts[3];
	struct str	 url = key_signed_url(cli,
			    str_from(cli->args.operand[0]), &s->user);

	s->form = (struct form){ s->param, sample_fill(s->sample, &s->v,
	    s->param) };
	apply_params(s);
	body = encode(cli, &s->form);
	params = sig_params(&cli->arena, &s->form);
	if (get) {
		parts[0] = url;
		parts[1] = str_find(url, '?', 0) < url.n ? STR("&") : STR("?");
		parts[2] = body;
		url = arena_join(&cli->arena, parts, 3);
		body = params = STR("");
	}
	s->request = (struct http_request){
		.method = get ? "GET" : "POST",
		.url = arena_cstr(&cli->arena, url),
		.connect = option_get(&cli->args, "connect"),
		.body = body,
		.timeout_ms = TIMEOUT_MS,
	};
	add_headers(s, get);
	return option_get(&cli->args, "unsigned") != NULL ||
	    add_signature(s, url, params);
}

bool
sending_prepare(struct sending *s)
{
	struct cli	*cli = s->cli;
	struct str	 account = cli_option(cli, "account");

	/* What is not signed needs no token, hence no settings. */
	if (option_get(&cli->args, "unsigned") != NULL && account.n > 0)
		s->key.account = account;
	else if (!key_choose(cli, NULL, false, &s->key))
		return false;
	s->sample = choose_sample(cli);
	fill_values(s);
	return make_request(s);
}
