/*
 * offhook url: the exact URLs to paste into Twilio. What stands behind '#'
 * is for Twilio's own connections and never sent nor signed
 * (docs/usage/webhooks/webhooks-connection-overrides).
 */
#include <stdio.h>

#include "cmd.h"
#include "table.h"

/*
 * All tries of one request share 15 s. offhook answers within 3 s or not
 * at all, so a try that has read nothing for 4 s is better made anew: that
 * leaves room for three slow ones. Twilio's own default is one retry, and
 * only when no connection was made.
 */
#define QUESTION "#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000"
/* Nobody waits for a callback's answer: as many tries as there can be. */
#define NOTICE "#rc=5&rp=all&ct=2000&rt=4000"

const struct option options_url[] = {
	{ "path", "PATH", "where offhook.fcgi is mounted (/twilio)", false },
	{ "secrets", NULL, "show the password and the token", false },
	{ NULL, NULL, NULL, false }
};

struct use {
	const char	*name;
	const char	*fragment;
	bool		 fallback;
	const char	*where;
};

static const struct use uses[] = {
	{ "messaging", QUESTION, false,
	    "a number's or a Messaging Service's \"A message comes in\", "
	    "HTTP POST" },
	{ "messaging fallback", QUESTION, true,
	    "\"Primary handler fails\" of messaging" },
	{ "message status", NOTICE, false,
	    "StatusCallback of each message sent, or of the Messaging "
	    "Service; Twilio tells queued, sent, failed, delivered, "
	    "undelivered and read by itself" },
	{ "voice", QUESTION, false,
	    "a number's \"A call comes in\", Url of calls made; HTTP POST" },
	{ "voice fallback", QUESTION, true,
	    "\"Primary handler fails\" of voice" },
	{ "call status", NOTICE, false,
	    "StatusCallback with StatusCallbackEvent=initiated ringing "
	    "answered completed (without it only completed is told)" },
};

static struct str
encoded(struct cli *cli, struct str s)
{
	struct out	o = out_init(cli_alloc(cli, 3 * s.n + 1, 1),
			    3 * s.n);

	out_form(&o, s);
	return url_replace(&cli->arena, out_str(&o), STR("+"), STR("%20"));
}

/* "user:password@", masked unless --secrets; "" when none is asked. */
static const char *
userinfo(struct cli *cli, const struct config *c)
{
	struct str	user, rest;

	if (c == NULL || c->basic_auth.p == NULL)
		return "";
	if (option_get(&cli->args, "secrets") == NULL)
		return "***:***@";
	rest = c->basic_auth;
	(void)str_cut(&rest, ':', &user);
	user = encoded(cli, user);
	rest = encoded(cli, rest);
	return cli_printf(cli, "%.*s:%.*s@", (int)user.n, user.p,
	    (int)rest.n, rest.p);
}

static const char *
token(struct cli *cli, const struct config *c)
{
	if (c == NULL || c->url_token.p == NULL)
		return "";
	if (option_get(&cli->args, "secrets") == NULL)
		return "?token=***";
	return cli_printf(cli, "?token=%s", c->url_token.p);
}

static const char *
make_url(struct cli *cli, const struct config *c, const struct base *b,
    const char *fragment)
{
	const char	*path = option_get(&cli->args, "path"), *port = "";

	if (path == NULL)
		path = b->prefix.n > 0 ? "" : "/twilio";
	if (b->port != 0)
		port = cli_printf(cli, ":%u", b->port);
	return cli_printf(cli, "%.*s://%s%.*s%s%.*s%s%s%s",
	    (int)b->scheme.n, b->scheme.p, userinfo(cli, c),
	    (int)b->host.n, b->host.p, port, (int)b->prefix.n, b->prefix.p,
	    path, token(cli, c), fragment);
}

/* Each use a paragraph; the URL on a line of its own, to be copied. */
static void
print_blocks(struct cli *cli, const struct table *t)
{
	const struct table_row	*r;

	for (r = t->first; r != NULL; r = r->next) {
		out_bytes(&cli->out, r->cell[0].text);
		out_cstr(&cli->out, "\n    ");
		out_printable(&cli->out, r->cell[1].text);
		out_char(&cli->out, '\n');
		cli_wrapped(cli, "    ", r->cell[2].text.p);
	}
}

static void
notes(struct cli *cli, const struct config *c, size_t nbases)
{
	out_cstr(&cli->out, "\nThe part behind # tells Twilio when to try "
	    "again: without it a 5xx or a slow\nanswer is not retried. All "
	    "tries of one request share 15 seconds; rt=4000 ends\na try that "
	    "has no answer after 4 s (offhook has answered by then), so that\n"
	    "another fits. Conversations, Frontline and Event Streams take no "
	    "such part:\nleave it out there.\n");
	if (nbases < 2)
		out_cstr(&cli->out, "A fallback on the same host helps "
		    "against short faults only. Name a second host\nin "
		    "OFFHOOK_PUBLIC_URL, or give Twilio a TwiML Bin as the "
		    "fallback.\n");
	if (c != NULL && (c->basic_auth.p != NULL || c->url_token.p != NULL) &&
	    option_get(&cli->args, "secrets") == NULL)
		out_cstr(&cli->out, "*** hides secrets: paste what "
		    "offhook url --secrets prints.\n");
}

static void
warn_scheme(const struct base *b)
{
	if (str_eq(b->scheme, STR("http")))
		cli_note("note: http:// shows every message and number to "
		    "the network; use https:// outside of tests");
}

int
cmd_url(struct cli *cli)
{
	static const char *const columns[] = { "use", "url", "where", NULL };
	struct base		 given = { .port = 0 };
	const struct base	*bases = &given;
	const struct config	*c = NULL;
	size_t			 nbases = 1, i, j;
	struct table		 t;
	enum url_result		 r;

	if (cli->args.noperands > 0) {
		r = url_parse_base(str_from(cli->args.operand[0]), &given);
		if (r != URL_OK)
			return cli_usage(cli, "%s: %s", cli->args.operand[0],
			    url_strerror(r));
	}
	c = cli_config(cli);
	if (c == NULL)
		return EXIT_FAILURE;
	if (cli->args.noperands == 0) {
		bases = c->bases;
		nbases = c->nbases;
	}
	if (nbases == 0) {
		cli_error("which host? set OFFHOOK_PUBLIC_URL=https://host, "
		    "or: offhook url https://host");
		return EXIT_FAILURE;
	}
	table_init(&t, &cli->arena, columns);
	for (i = 0; i < nbases; i++) {
		warn_scheme(&bases[i]);
		for (j = 0; j < sizeof(uses) / sizeof(uses[0]); j++) {
			table_cstr(&t, uses[j].name);
			table_cstr(&t, make_url(cli, c, &bases[
			    uses[j].fallback ? (i + 1) % nbases : i],
			    uses[j].fragment));
			table_cstr(&t, uses[j].where);
		}
	}
	if (cli->json) {
		table_write(&cli->out, &t, true);
		return 0;
	}
	print_blocks(cli, &t);
	notes(cli, c, nbases);
	return 0;
}
