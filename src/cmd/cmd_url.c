/* offhook url: the exact URLs to paste into Twilio. */
#include "mount.h"
#include "paste.h"
#include "table.h"

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
	{ "messaging", PASTE_QUESTION, false,
	    "a number's or a Messaging Service's \"A message comes in\", "
	    "HTTP POST" },
	{ "messaging fallback", PASTE_QUESTION, true,
	    "\"Primary handler fails\" of messaging" },
	{ "message status", PASTE_NOTICE, false,
	    "StatusCallback of each message sent, or of the Messaging "
	    "Service; Twilio tells queued, sent, failed, delivered, "
	    "undelivered and read by itself" },
	{ "voice", PASTE_QUESTION, false,
	    "a number's \"A call comes in\", Url of calls made; HTTP POST" },
	{ "voice fallback", PASTE_QUESTION, true,
	    "\"Primary handler fails\" of voice" },
	{ "call status", PASTE_NOTICE, false,
	    "StatusCallback with StatusCallbackEvent=initiated ringing "
	    "answered completed (without it only completed is told)" },
};

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
	    "has no answer after 4 s, so that another fits; it gets the answer "
	    "of the first\nwhere a route's application takes longer. "
	    "Conversations, Frontline and\nEvent Streams take no such part: "
	    "leave it out there.\n");
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
	struct mount		 m;
	const struct config	*c;
	size_t			 i, j;
	struct table		 t;
	int			 status = mount_find(cli, &m);

	if (status != 0)
		return status;
	c = &cli->config;
	table_init(&t, &cli->arena, columns);
	for (i = 0; i < m.nbases; i++) {
		warn_scheme(&m.bases[i]);
		for (j = 0; j < sizeof(uses) / sizeof(uses[0]); j++) {
			table_cstr(&t, uses[j].name);
			table_cstr(&t, paste_url(cli, c, &m.bases[
			    uses[j].fallback ? (i + 1) % m.nbases : i],
			    option_get(&cli->args, "secrets") != NULL,
			    uses[j].fragment));
			table_cstr(&t, uses[j].where);
		}
	}
	if (cli->json) {
		table_write(&cli->out, &t, true);
		return 0;
	}
	print_blocks(cli, &t);
	notes(cli, c, m.nbases);
	return 0;
}
