/* The URLs that people paste into Twilio. See paste.h. */
#include "mount.h"
#include "paste.h"

static struct str
encoded(struct cli *cli, struct str s)
{
	struct out	o = out_init(cli_alloc(cli, 3 * s.n + 1, 1),
			    3 * s.n);

	out_form(&o, s);
	return url_replace(&cli->arena, out_str(&o), STR("+"), STR("%20"));
}

/* "user:password@", masked unless secrets; "" when none is asked. */
static const char *
userinfo(struct cli *cli, const struct config *c, bool secrets)
{
	struct str	user, rest;

	if (c == NULL || c->basic_auth.p == NULL)
		return "";
	if (!secrets)
		return "***:***@";
	rest = c->basic_auth;
	(void)str_cut(&rest, ':', &user);
	user = encoded(cli, user);
	rest = encoded(cli, rest);
	return cli_printf(cli, "%.*s:%.*s@", (int)user.n, user.p,
	    (int)rest.n, rest.p);
}

static const char *
token(struct cli *cli, const struct config *c, bool secrets)
{
	if (c == NULL || c->url_token.p == NULL)
		return "";
	if (!secrets)
		return "?token=***";
	return cli_printf(cli, "?token=%s", c->url_token.p);
}

const char *
paste_url(struct cli *cli, const struct config *c, const struct base *b,
    bool secrets, const char *fragment)
{
	return cli_printf(cli, "%s%s%s", mount_url(cli, b, userinfo(cli, c,
	    secrets)), token(cli, c, secrets), fragment);
}
