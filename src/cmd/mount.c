/* Where the responder is reached. See mount.h. */
#include "mount.h"

int
mount_find(struct cli *cli, struct mount *m)
{
	const struct config	*c;
	enum url_result		 r;

	*m = (struct mount){ .nbases = 1 };
	if (cli->args.noperands > 0) {
		r = url_parse_base(str_from(cli->args.operand[0]),
		    &m->given);
		if (r != URL_OK)
			return cli_usage(cli, "%s: %s", cli->args.operand[0],
			    url_strerror(r));
	}
	c = cli_config(cli);
	if (c == NULL)
		return EXIT_FAILURE;
	m->bases = &m->given;
	if (cli->args.noperands == 0) {
		m->bases = c->bases;
		m->nbases = c->nbases;
	}
	if (m->nbases > 0)
		return 0;
	cli_error("which host? set OFFHOOK_PUBLIC_URL=https://host, or: "
	    "offhook %s https://host", cli->command->verb);
	return EXIT_FAILURE;
}

const char *
mount_url(struct cli *cli, const struct base *b, const char *userinfo)
{
	const char	*path = option_get(&cli->args, "path"), *port = "";

	if (path == NULL)
		path = b->prefix.n > 0 ? "" : "/twilio";
	if (b->port != 0)
		port = cli_printf(cli, ":%u", b->port);
	return cli_printf(cli, "%.*s://%s%.*s%s%.*s%s",
	    (int)b->scheme.n, b->scheme.p, userinfo,
	    (int)b->host.n, b->host.p, port, (int)b->prefix.n, b->prefix.p,
	    path);
}
