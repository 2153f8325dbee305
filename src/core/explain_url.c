/* Faults of scheme, host and port. See explain_state.h. */
#include "explain_state.h"

static bool
scheme_flipped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)w;
	(void)way;
	s->base.scheme = str_eq(s->base.scheme, STR("https")) ?
	    STR("http") : STR("https");
	*detail = s->base.scheme;
	return true;
}

/* Another one of the public URLs, which this request's host ruled out. */
static bool
base_other(struct world *w, struct state *s, size_t way, struct str *detail)
{
	if (way >= w->in->nbases ||
	    str_ieq(w->in->bases[way].host, s->base.host))
		return false;
	s->base = w->in->bases[way];
	*detail = s->base.host;
	return true;
}

static struct str
first_element(struct str list)
{
	return str_trim(str_sub(list, 0, str_find(list, ',', 0)));
}

/* A header's host[:port] in place of the base's. */
static bool
host_header(struct world *w, struct state *s, size_t way, struct str *detail)
{
	static const char *const names[] = { "Host", "X-Forwarded-Host",
	    "X-Original-Host", "Offhook-Server-Name" };
	struct base	b = s->base;

	if (!explain_host(w, first_element(message_header(w->in->request,
	    names[way])), &b) || str_eq(b.host, s->base.host))
		return false;
	s->base = b;
	*detail = b.host;
	return true;
}

static bool
host_spelled(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	www = STR("www."), parts[2], host = s->base.host;

	if (way == 0)
		host = explain_case(w, host, false);
	else if (str_starts(host, www))
		host = str_sub(host, www.n, host.n);
	else {
		parts[0] = www;
		parts[1] = host;
		host = arena_join(w->arena, parts, 2);
	}
	*detail = host;
	return explain_set(&s->base.host, host);
}

static uint64_t
port_of_header(struct world *w, const char *name)
{
	struct str	v = message_header(w->in->request, name);
	struct base	b = { .port = 0 };
	uint64_t	port = 0;

	if (str_to_uint(first_element(v), 65535, &port))
		return port;
	return explain_host(w, first_element(v), &b) ? b.port : 0;
}

static bool
port_other(struct world *w, struct state *s, size_t way, struct str *detail)
{
	static const uint16_t common[] = { 80, 443, 8080, 8443, 5000, 3000 };
	static const char *const names[] = { "Host", "X-Forwarded-Port",
	    "X-Forwarded-Host", "Offhook-Server-Port" };
	uint64_t	port = 0;
	struct out	o = explain_text(w, 8);

	if (way < 4)
		port = port_of_header(w, names[way]);
	else if (way < 10)
		port = common[way - 4];
	else if (way - 10 < w->in->nbases)
		port = w->in->bases[way - 10].port;
	if (port == 0 || port == s->base.port || (s->base.port == 0 &&
	    port == url_default_port(s->base.scheme)))
		return false;
	s->base.port = (uint16_t)port;
	out_int(&o, (int64_t)port);
	*detail = out_str(&o);
	return true;
}

static bool
userinfo_kept(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	parts[3];

	(void)way;
	(void)detail;
	if (w->in->basic_auth.n == 0)
		return false;
	parts[0] = w->in->basic_auth;
	parts[1] = STR("@");
	parts[2] = s->base.host;
	return explain_set(&s->base.host, arena_join(w->arena, parts, 3));
}

#define PUBLIC_MEND \
    "Set OFFHOOK_PUBLIC_URL to the scheme, host and port (and path prefix) " \
    "of the URL in Twilio's console."

const struct fault explain_url_faults[] = {
	{ "Twilio was given the other scheme (https or http).",
	    PUBLIC_MEND " A TLS proxy in front hides https from the server.",
	    1, 0, scheme_flipped },
	{ "Twilio was given the URL with a port that is not expected here.",
	    PUBLIC_MEND, 18, 0, port_other },
	{ "Twilio was given another one of the public URLs.",
	    "The proxy sends a Host header of its own: let it pass Twilio's "
	    "(Apache: ProxyPreserveHost On; nginx: proxy_set_header Host "
	    "$host).", 8, 0, base_other },
	{ "Twilio was given another host.", PUBLIC_MEND, 4, 0, host_header },
	{ "Twilio was given the host in another spelling.", PUBLIC_MEND, 2, 0,
	    host_spelled },
	{ "The URL was signed with user:password@ in it.",
	    "Twilio leaves that part out. A program of yours that signs has "
	    "to do so as well.", 1, 0, userinfo_kept },
	{ NULL, NULL, 0, 0, NULL }
};
