/* Make a request as Twilio would send it. See sending.h. */
#include <openssl/evp.h>
#include <string.h>

#include "../core/sig.h"
#include "../edge/clock.h"
#include "sending.h"

#define TIMEOUT_MS 15000	/* Twilio's own */


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

const char *
sending_token(struct cli *cli)
{
	unsigned char	 id[16] = { 0 };
	char		*p = cli_alloc(cli, 40, 1);

	(void)clock_uuid(clock_now_ms(), id);
	clock_uuid_format(id, p);
	return p;
}

static void
fill_values(struct sending *s)
{
	struct cli	*cli = s->cli;
	const char	*sid = option_get(&cli->args, "sid");

	s->v = (struct sample_values){
		.sid = sid != NULL ? sid : new_sid(cli, s->sample->prefix),
		.account = s->key.account.n > 0 ? arena_cstr(&cli->arena,
		    s->key.account) : SENDING_TEST_ACCOUNT,
		.other = new_sid(cli, "CA"),
		.from = option_get(&cli->args, "from"),
		.to = option_get(&cli->args, "to"),
		.body = option_get(&cli->args, "body"),
		.digits = option_get(&cli->args, "digits"),
		.status = option_get(&cli->args, "status"),
		.seq = option_get(&cli->args, "seq"),
		.error = option_get(&cli->args, "error"),
		.time_ms = clock_now_ms(),
	};
	s->token_header = option_get(&cli->args, "token-header");
	if (s->token_header == NULL)
		s->token_header = sending_token(cli);
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

void
sending_params(const struct cli *cli, struct form *f)
{
	const char	*value;
	struct str	 rest, name;
	size_t		 at = 0;

	while ((value = option_next(&cli->args, "param", &at)) != NULL) {
		rest = str_from(value);
		(void)str_cut(&rest, '=', &name);
		if (!named_before(cli, name, at))
			drop_param(f, name);
		if (rest.p != NULL && f->n < SENDING_MAX_PARAMS)
			f->at[f->n++] = (struct param){ name, rest };
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
	if (sample_is_json(s->sample))
		add_header(s, "Content-Type: application/json");
	else if (!get)
		add_header(s, "Content-Type: application/x-www-form-urlencoded;"
		    " charset=utf-8");
	if (s->token_header[0] != '\0')
		add_header(s, cli_printf(s->cli,
		    "I-Twilio-Idempotency-Token: %s", s->token_header));
	while ((line = option_next(&s->cli->args, "header", &at)) != NULL)
		add_header(s, line);
}

/* The URL with something more in its query. */
static struct str
with_query(struct cli *cli, struct str url, struct str query)
{
	struct str	parts[3];

	parts[0] = url;
	parts[1] = str_find(url, '?', 0) < url.n ? STR("&") : STR("?");
	parts[2] = query;
	return arena_join(&cli->arena, parts, 3);
}

/* A body that is no form is signed by its hash in the URL. */
static bool
hash_query(struct cli *cli, struct str body, struct str *query)
{
	unsigned char	 md[EVP_MAX_MD_SIZE];
	unsigned int	 n = 0;
	struct out	 o = out_init(cli_alloc(cli, 96, 1), 96);

	if (EVP_Digest(body.p, body.n, md, &n, EVP_sha256(), NULL) != 1) {
		cli_error("libcrypto cannot make SHA-256");
		return false;
	}
	out_cstr(&o, "bodySHA256=");
	out_hex(&o, md, n);
	*query = out_str(&o);
	return true;
}

/* Body and URL of a JSON sample. */
static bool
make_json(struct sending *s, struct str *url, struct str *body)
{
	struct str	query;

	*body = sample_json(&s->cli->arena, s->sample, &s->v);
	if (body->p == NULL) {
		cli_error("the memory is used up");
		return false;
	}
	if (!hash_query(s->cli, *body, &query))
		return false;
	*url = with_query(s->cli, *url, query);
	return true;
}

/* Body, or query of a GET, and what is signed behind the URL. */
static void
make_form(struct sending *s, bool get, struct str *url, struct str *body,
    struct str *params)
{
	struct cli	*cli = s->cli;

	s->form = (struct form){ s->param, sample_form(&cli->arena, s->sample,
	    &s->v, s->param) };
	sending_params(cli, &s->form);
	*body = encode(cli, &s->form);
	if (get) {
		*url = with_query(cli, *url, *body);
		*body = STR("");
	} else
		*params = sig_params(&cli->arena, &s->form);
}

bool
sending_make(struct sending *s)
{
	struct cli	*cli = s->cli;
	bool		 get = option_get(&cli->args, "get") != NULL;
	struct str	 body, params = STR("");
	struct str	 url = key_signed_url(cli, str_from(s->url),
			    &s->user);

	if (!sample_is_json(s->sample))
		make_form(s, get, &url, &body, &params);
	else if (!make_json(s, &url, &body))
		return false;
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
	fill_values(s);
	return sending_make(s);
}

bool
sending_headers(const struct cli *cli)
{
	const char	*line;
	size_t		 at = 0;

	while ((line = option_next(&cli->args, "header", &at)) != NULL)
		if (strchr(line, ':') == NULL || line[0] == ':') {
			(void)cli_usage(cli, "--header is 'NAME: VALUE', not "
			    "%s", line);
			return false;
		}
	return true;
}

const struct sample *
sending_sample(const struct cli *cli, const char *kind)
{
	const char		*variant = option_get(&cli->args, "variant");
	const struct sample	*s = sample_find(kind, variant);

	if (s != NULL)
		return s;
	if (sample_find(kind, NULL) != NULL)
		(void)cli_usage(cli, "%s has no variant %s; see: offhook "
		    "send --list", kind, variant);
	else if (sample_nearest(kind) != NULL)
		(void)cli_usage(cli, "there is no kind %s; did you mean %s?",
		    kind, sample_nearest(kind));
	else
		(void)cli_usage(cli, "there is no kind %s; see: offhook send "
		    "--list", kind);
	return NULL;
}
