/* Whose token, and which URL is signed. See key.h. */
#include "key.h"

static void
take(const struct account *a, struct key *k)
{
	size_t	i;

	k->account = a->sid;
	for (i = 0; i < a->ntokens; i++)
		k->token[k->ntokens++] = a->token[i];
}

/* From the settings: the account named, the default one, or all. */
static bool
take_configured(const struct config *c, struct str sid, bool any,
    struct key *k)
{
	const struct account	*a;
	size_t			 i;

	if (sid.n == 0 && any) {
		for (i = 0; i < c->naccounts; i++)
			take(&c->accounts[i], k);
		k->account = (struct str){ NULL, 0 };
		return true;
	}
	a = sid.n == 0 ? &c->accounts[c->default_account] :
	    config_account(c, sid);
	if (a == NULL) {
		cli_error("account %.*s has no token in the settings; add "
		    "TWILIO_AUTH_TOKEN_AC… or give --auth-token",
		    (int)sid.n, sid.p);
		return false;
	}
	take(a, k);
	return true;
}

bool
key_choose(struct cli *cli, const struct form *form, bool any, struct key *k)
{
	const struct config	*c;
	struct str		 sid = cli_option(cli, "account");
	struct str		 token = cli_option(cli, "auth-token");

	*k = (struct key){ .ntokens = 0 };
	if (sid.p == NULL && form != NULL)
		sid = form_get(form, "AccountSid");
	if (token.p != NULL) {
		k->account = sid;
		k->token[k->ntokens++] = token;
		return true;
	}
	c = cli_config(cli);
	if (c == NULL) {
		cli_note("(--auth-token TOKEN needs no settings)");
		return false;
	}
	return take_configured(c, sid, any, k);
}

struct str
key_signed_url(struct cli *cli, struct str url, struct str *user)
{
	struct str	parts[2], rest;
	size_t		at, end, colon = str_find(url, ':', 0);

	*user = (struct str){ NULL, 0 };
	url = str_sub(url, 0, str_find(url, '#', 0));
	if (!str_starts(str_sub(url, colon, url.n), STR("://")))
		return url;
	rest = str_sub(url, colon + 3, url.n);
	for (end = 0; end < rest.n && rest.p[end] != '/' &&
	    rest.p[end] != '?'; end++)
		;
	for (at = end; at > 0 && rest.p[at - 1] != '@'; at--)
		;
	if (at == 0)
		return url;
	/* A '+' in userinfo is a plus: only %XX is decoded there. */
	*user = form_unescape(&cli->arena, url_replace(&cli->arena,
	    str_sub(rest, 0, at - 1), STR("+"), STR("%2B")));
	parts[0] = str_sub(url, 0, colon + 3);
	parts[1] = str_sub(rest, at, rest.n);
	return arena_join(&cli->arena, parts, 2);
}
