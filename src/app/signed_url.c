/* Which URL did Twilio sign? See signed_url.h. */
#include "signed_url.h"

/* The last element of "a, b": the one that our own proxy appended. */
static struct str
last_element(struct str list)
{
	struct str	element;

	while (str_cut(&list, ',', &element))
		if (list.p == NULL)
			return str_trim(element);
	return (struct str){ NULL, 0 };
}

static bool
host_is(const struct base *b, struct str http_host)
{
	struct base	named;
	struct str	parts[2] = { STR("http://"), http_host };
	char		buf[300];
	struct arena	a = { .base = buf, .cap = sizeof(buf) };
	struct str	url = arena_join(&a, parts, 2);

	return url.p != NULL && url_parse_base(url, &named) == URL_OK &&
	    str_ieq(named.host, b->host);
}

static void
from_public_urls(const struct config *c, struct request *r,
    struct candidates *out)
{
	struct str	host = r->var[VAR_HOST];
	bool		any = false;
	size_t		i;

	for (i = 0; c->nbases > 1 && i < c->nbases; i++)
		any = any || host_is(&c->bases[i], host);
	for (i = 0; i < c->nbases; i++)
		if (!any || host_is(&c->bases[i], host))
			url_candidates(r->arena, &c->bases[i],
			    r->var[VAR_REQUEST_URI], out);
}

/* scheme://host[:port] of the server, as far as it tells. */
static struct str
server_url(struct request *r, bool trusted)
{
	struct str	scheme = r->var[VAR_REQUEST_SCHEME];
	struct str	host = r->var[VAR_HOST], parts[5];
	struct str	port = { NULL, 0 };
	size_t		n = 0;

	if (str_ieq(r->var[VAR_HTTPS], STR("on")) ||
	    str_eq(r->var[VAR_HTTPS], STR("1")))
		scheme = STR("https");
	if (host.n == 0) {
		host = r->var[VAR_SERVER_NAME];
		port = r->var[VAR_SERVER_PORT];
	}
	if (trusted && r->var[VAR_FORWARDED_PROTO].n > 0 &&
	    !r->doubled[VAR_FORWARDED_PROTO])
		scheme = last_element(r->var[VAR_FORWARDED_PROTO]);
	if (trusted && r->var[VAR_FORWARDED_HOST].n > 0 &&
	    !r->doubled[VAR_FORWARDED_HOST]) {
		host = last_element(r->var[VAR_FORWARDED_HOST]);
		port = last_element(r->var[VAR_FORWARDED_PORT]);
	}
	parts[n++] = scheme.n > 0 ? scheme : STR("http");
	parts[n++] = STR("://");
	parts[n++] = host;
	/* A port in the host itself stands nearer to the client. */
	if (port.n > 0 && (str_find(host, ':', 0) == host.n ||
	    str_ends(host, STR("]")))) {
		parts[n++] = STR(":");
		parts[n++] = port;
	}
	return arena_join(r->arena, parts, n);
}

void
signed_url_candidates(const struct config *c, struct request *r,
    struct candidates *out)
{
	struct base	b;
	struct str	url;
	bool		trusted;

	if (c->nbases > 0) {
		from_public_urls(c, r, out);
		return;
	}
	trusted = config_trusts(c, r->var[VAR_REMOTE_ADDR]);
	url = server_url(r, trusted);
	if (url.p == NULL)
		out->no_memory = true;
	else if (url_parse_base(url, &b) == URL_OK)
		url_candidates(r->arena, &b, r->var[VAR_REQUEST_URI], out);
}
