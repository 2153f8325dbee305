/* offhook signature sign, verify: X-Twilio-Signature by hand. */
#include <openssl/evp.h>

#include "../core/sig.h"
#include "key.h"
#include "table.h"

#define MAX_BODY ((size_t)4 << 20)

#define INPUT_OPTIONS							\
	{ "data", "a=b&c=d", "the form, as it is sent", false },	\
	{ "data-file", "FILE", "the form from a file", false },		\
	{ "json", "FILE", "a body that is no form; its hash goes into "	\
	    "the URL", false },						\
	{ "get", NULL, "a GET: nothing but the URL is signed", false },	\
	{ "account", "SID", "whose token (the form's AccountSid, else "	\
	    "TWILIO_ACCOUNT_SID)", false },				\
	{ "auth-token", "TOKEN", "this token, not the settings'", false }

const struct option options_sign[] = {
	INPUT_OPTIONS,
	{ NULL, NULL, NULL, false }
};

const struct option options_verify[] = {
	{ "signature", "S", "the X-Twilio-Signature that came", false },
	INPUT_OPTIONS,
	{ NULL, NULL, NULL, false }
};

/* What is to be signed. */
struct input {
	struct str	url;
	struct str	body;
	struct form	form;	/* of a form; empty otherwise */
	struct str	params;	/* as signed */
	bool		json;
};

static size_t
inputs_given(const struct cli *cli)
{
	static const char *const names[] = { "data", "data-file", "json",
	    "get" };
	size_t	i, n = 0;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		n += option_get(&cli->args, names[i]) != NULL;
	return n;
}

/* A file's form without the line end that editors add. */
static struct str
without_newline(struct str s)
{
	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool
read_body(struct cli *cli, struct input *in)
{
	const char	*file;

	in->body = cli_option(cli, "data");
	if ((file = option_get(&cli->args, "data-file")) != NULL) {
		in->body = cli_file(cli, file, MAX_BODY);
		if (in->body.p == NULL)
			return false;
		in->body = without_newline(in->body);
	}
	if ((file = option_get(&cli->args, "json")) != NULL) {
		in->json = true;
		in->body = cli_file(cli, file, MAX_BODY);
		return in->body.p != NULL;
	}
	return true;
}

/* Read the options; 0, or the exit status after a message. */
static int
read_input(struct cli *cli, struct input *in)
{
	struct str		user, url = str_from(cli->args.operand[0]);
	struct base		base;
	enum url_result		r = url_parse_base(url, &base);
	enum form_result	f;

	*in = (struct input){ .json = false };
	if (inputs_given(cli) > 1)
		return cli_usage(cli, "give one of --data, --data-file, "
		    "--json, --get");
	if (r != URL_OK)
		return cli_usage(cli, "%.*s: %s", (int)url.n, url.p,
		    url_strerror(r));
	in->url = key_signed_url(cli, url, &user);
	if (!str_eq(in->url, url))
		cli_note("signing %.*s (userinfo and fragment are not "
		    "signed)", (int)in->url.n, in->url.p);
	if (!read_body(cli, in))
		return EXIT_FAILURE;
	if (!in->json && in->body.p != NULL) {
		f = form_decode(&cli->arena, in->body, &in->form);
		if (f != FORM_OK) {
			cli_error("the form: %s", form_strerror(f));
			return EXIT_FAILURE;
		}
	}
	in->params = sig_params(&cli->arena, &in->form);
	return 0;
}

/* Add bodySHA256=… to the URL of a body that is no form. */
static void
add_hash(struct cli *cli, struct input *in)
{
	unsigned char	md[EVP_MAX_MD_SIZE] = { 0 };
	char		hex[64];
	struct out	o = out_init(hex, sizeof(hex));
	struct str	parts[3];

	if (!in->json || sig_body(url_query(in->url), in->body) == SIG_VALID)
		return;
	(void)EVP_Digest(in->body.n == 0 ? "" : in->body.p, in->body.n, md,
	    NULL, EVP_sha256(), NULL);
	out_hex(&o, md, 32);
	parts[0] = in->url;
	parts[1] = str_find(in->url, '?', 0) < in->url.n ?
	    STR("&bodySHA256=") : STR("?bodySHA256=");
	parts[2] = out_str(&o);
	in->url = arena_join(&cli->arena, parts, 3);
}

int
cmd_signature_sign(struct cli *cli)
{
	static const char *const columns[] = { "signature", "url", NULL };
	struct input	in;
	struct key	key;
	struct sig	sig;
	struct table	t;
	char		made[SIG_LENGTH];
	int		status = read_input(cli, &in);

	if (status != 0)
		return status;
	if (!key_choose(cli, &in.form, false, &key))
		return EXIT_FAILURE;
	add_hash(cli, &in);
	if (!sig_open(&sig) ||
	    !sig_make(&sig, key.token[0], in.url, in.params, made)) {
		cli_error("libcrypto cannot make HMAC-SHA1");
		return EXIT_FAILURE;
	}
	sig_close(&sig);
	table_init(&t, &cli->arena, columns);
	table_text(&t, (struct str){ made, SIG_LENGTH });
	table_text(&t, in.url);
	if (cli->json)
		table_write_record(&cli->out, &t, true);
	else {
		out_bytes(&cli->out, (struct str){ made, SIG_LENGTH });
		out_char(&cli->out, '\n');
		if (in.json)
			cli_note("send it to %.*s", (int)in.url.n, in.url.p);
	}
	return 0;
}

/* The target of a URL: what stands behind its authority. */
static struct str
target_of(struct str url, const struct base *b)
{
	size_t	i = (size_t)(b->host.p - url.p) + b->host.n;

	while (i < url.n && url.p[i] != '/' && url.p[i] != '?')
		i++;
	return str_sub(url, i, url.n);
}

static enum sig_verdict
verify(struct cli *cli, const struct input *in, const struct key *key,
    struct candidates *c, struct sig_match *match)
{
	enum sig_verdict	v;
	struct base		base;
	struct sig		sig;

	if (url_parse_base(in->url, &base) != URL_OK || !sig_open(&sig))
		return SIG_UNAVAILABLE;
	base.prefix = STR("");
	url_candidates(&cli->arena, &base, target_of(in->url, &base), c);
	v = sig_check(&sig, cli_option(cli, "signature"), c, in->params,
	    key->token, key->ntokens, match);
	sig_close(&sig);
	if (v == SIG_VALID && in->json)
		return sig_body(url_query(in->url), in->body);
	return v;
}

int
cmd_signature_verify(struct cli *cli)
{
	static const char *const columns[] = { "valid", "verdict", "url",
	    NULL };
	struct candidates	c = { .n = 0 };
	struct sig_match	match = { 0, 0 };
	enum sig_verdict	v;
	struct input		in;
	struct form		query = { NULL, 0 };
	struct key		key;
	struct table		t;
	int			status = read_input(cli, &in);

	if (status != 0)
		return status;
	if (option_get(&cli->args, "signature") == NULL)
		return cli_usage(cli, "it needs --signature S");
	if (in.form.n == 0)
		(void)form_decode(&cli->arena, url_query(in.url), &query);
	if (!key_choose(cli, in.form.n > 0 ? &in.form : &query, true, &key))
		return EXIT_FAILURE;
	v = verify(cli, &in, &key, &c, &match);
	table_init(&t, &cli->arena, columns);
	table_bool(&t, v == SIG_VALID);
	table_cstr(&t, sig_verdict_name(v));
	table_text(&t, v == SIG_VALID ? c.url[match.candidate] : in.url);
	table_write_record(&cli->out, &t, cli->json);
	if (v == SIG_MISMATCH && !cli->json)
		cli_note("To find out why, save the request (request line, "
		    "headers, a blank line, body): offhook signature explain "
		    "--file FILE");
	return v == SIG_VALID ? 0 : EXIT_FAILURE;
}
