/* Whether a worker is let where deliveries go. See destination_reach.h. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#include "../core/url.h"
#include "../edge/child.h"
#include "../edge/egress.h"
#include "destination_reach.h"

/* The host's name or address, without brackets; NULL: there is none. */
static const char *
host_of(struct cli *cli, const char *url)
{
	struct base	b;

	if (url_parse_base(str_from(url), &b) != URL_OK)
		return NULL;
	if (str_starts(b.host, STR("[")))
		b.host = str_sub(b.host, 1, b.host.n - 1);
	return arena_cstr(&cli->arena, b.host);
}

/* Of several addresses a worker may take any. */
static enum reach
reach_host(const struct config *c, const char *host, bool dns, char why[512])
{
	const struct egress	 egress = { c->allowed, c->nallowed };
	struct addrinfo		 hints = { .ai_socktype = SOCK_STREAM,
				    .ai_flags = dns ? 0 : AI_NUMERICHOST };
	struct addrinfo		*all = NULL, *a;
	char			 address[64];
	int			 error = getaddrinfo(host, NULL, &hints, &all);

	if (error != 0) {
		(void)snprintf(why, 512, "%.200s: %s", host,
		    gai_strerror(error));
		return REACH_UNKNOWN;
	}
	for (a = all; a != NULL && egress_allows(&egress, a->ai_addr,
	    address); a = a->ai_next)
		;
	freeaddrinfo(all);
	if (a == NULL)
		return REACH_GOOD;
	if (strcmp(host, address) == 0)
		(void)snprintf(why, 512, "%s is a private address", host);
	else
		(void)snprintf(why, 512, "%.200s is %s, a private address",
		    host, address);
	return REACH_PRIVATE;
}

enum reach
destination_reach(struct cli *cli, const struct destination *d, bool dns,
    char why[512])
{
	const struct config	*c = cli_config(cli);
	const char		*host;

	why[0] = '\0';
	if (c == NULL)
		return REACH_UNKNOWN;
	if (d->url == NULL)
		return child_allowed(d->exec[0], str_from(c->exec), why) ?
		    REACH_GOOD : REACH_PROGRAM;
	host = host_of(cli, d->url);
	return host == NULL ? REACH_UNKNOWN :
	    reach_host(c, host, dns, why);
}
