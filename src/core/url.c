/* Rebuild the URL that Twilio signed. See url.h. */
#include "out.h"
#include "url.h"

const char *
url_strerror(enum url_result r)
{
	switch (r) {
	case URL_OK:
		return "ok";
	case URL_NO_SCHEME:
		return "it must begin with https:// or http://";
	case URL_NO_HOST:
		return "the host is missing";
	case URL_BAD_HOST:
		return "the host has a byte that no host name has";
	case URL_BAD_PORT:
		return "the port is not a number from 1 to 65535";
	}
	return "unknown";
}

uint16_t
url_default_port(struct str scheme)
{
	return str_eq(scheme, STR("https")) ? 443 : 80;
}

static bool
host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    (unsigned char)c >= 0x80;
}

static enum url_result
check_host(struct str host)
{
	size_t	i = 0, end = host.n;

	if (host.n == 0)
		return URL_NO_HOST;
	if (host.p[0] == '[') {
		if (host.n < 4 || host.p[host.n - 1] != ']')
			return URL_BAD_HOST;
		for (i = 1, end = host.n - 1; i < end; i++)
			if (hex_value(host.p[i]) < 0 && host.p[i] != ':' &&
			    host.p[i] != '.')
				return URL_BAD_HOST;
		return URL_OK;
	}
	for (; i < end; i++)
		if (!host_byte(host.p[i]))
			return URL_BAD_HOST;
	return URL_OK;
}

/* Where the port's colon stands in host[:port], or the length. */
static size_t
port_colon(struct str authority)
{
	size_t	bracket = str_find(authority, ']', 0);

	return str_find(authority, ':', bracket == authority.n ? 0 : bracket);
}

static enum url_result
parse_authority(struct str authority, struct base *out)
{
	uint64_t	port = 0;
	size_t		at;

	while ((at = str_find(authority, '@', 0)) < authority.n)
		authority = str_sub(authority, at + 1, authority.n);
	at = port_colon(authority);
	out->host = str_sub(authority, 0, at);
	if (at < authority.n && (!str_to_uint(str_sub(authority, at + 1,
	    authority.n), 65535, &port) || port == 0))
		return URL_BAD_PORT;
	out->port = (uint16_t)port;
	return check_host(out->host);
}

enum url_result
url_parse_base(struct str s, struct base *out)
{
	struct str	rest;
	size_t		slash;

	if (s.n >= 8 && str_ieq(str_sub(s, 0, 8), STR("https://"))) {
		out->scheme = STR("https");
		rest = str_sub(s, 8, s.n);
	} else if (s.n >= 7 && str_ieq(str_sub(s, 0, 7), STR("http://"))) {
		out->scheme = STR("http");
		rest = str_sub(s, 7, s.n);
	} else
		return URL_NO_SCHEME;
	rest = str_sub(rest, 0, str_find(rest, '#', 0));
	rest = str_sub(rest, 0, str_find(rest, '?', 0));
	slash = str_find(rest, '/', 0);
	out->prefix = str_sub(rest, slash, rest.n);
	while (out->prefix.n > 0 && out->prefix.p[out->prefix.n - 1] == '/')
		out->prefix.n--;
	return parse_authority(str_sub(rest, 0, slash), out);
}

struct str
url_origin(struct str url)
{
	size_t	i = str_search(url, STR("://"));

	if (i < url.n)
		for (i += 3; i < url.n; i++)
			if (url.p[i] == '/' || url.p[i] == '?' ||
			    url.p[i] == '#')
				break;
	return str_sub(url, 0, i);
}

struct str
url_query(struct str target)
{
	size_t	at = str_find(target, '?', 0);

	if (at == target.n)
		return (struct str){ NULL, 0 };
	return str_sub(target, at + 1, target.n);
}

struct str
url_path(struct str target)
{
	return str_sub(target, 0, str_find(target, '?', 0));
}

struct str
url_replace(struct arena *a, struct str s, struct str from, struct str to)
{
	struct out	o;
	size_t		i = 0, hits = 0;
	char		*p;

	for (i = 0; i + from.n <= s.n; i++)
		hits += str_eq(str_sub(s, i, i + from.n), from);
	p = arena_alloc(a, s.n + 1 + hits * to.n, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, s.n + hits * to.n);
	for (i = 0; i < s.n;) {
		if (str_starts(str_sub(s, i, s.n), from)) {
			out_bytes(&o, to);
			i += from.n;
		} else
			out_char(&o, s.p[i++]);
	}
	return out_str(&o);
}

struct str
url_mask_token(struct arena *a, struct str target)
{
	struct str	name = STR("token="), query = url_query(target), piece;
	struct out	o;
	char		*p;
	bool		first = true;

	if (query.p == NULL)
		return target;
	/* Worst case: each "token=" of 7 bytes with its '&' grows by 3. */
	p = arena_alloc(a, target.n * 2 + 4, 1);
	if (p == NULL)
		return url_path(target);
	o = out_init(p, target.n * 2 + 4);
	out_bytes(&o, url_path(target));
	while (str_cut(&query, '&', &piece)) {
		out_char(&o, first ? '?' : '&');
		first = false;
		if (str_starts(piece, name)) {
			out_bytes(&o, name);
			piece = STR("***");
		}
		out_bytes(&o, piece);
	}
	return out_str(&o);
}

static void
add(struct candidates *c, struct str url)
{
	size_t	i;

	if (url.p == NULL) {
		c->no_memory = true;
		return;
	}
	for (i = 0; i < c->n; i++)
		if (str_eq(c->url[i], url))
			return;
	if (c->n < URL_MAX_CANDIDATES)
		c->url[c->n++] = url;
}

/* The base and target as one URL; port 0 leaves the port out. */
static struct str
join(struct arena *a, const struct base *b, uint16_t port, struct str prefix,
    struct str target)
{
	char		digits[8];
	struct out	o = out_init(digits, sizeof(digits));
	struct str	parts[6];

	if (port != 0) {
		out_char(&o, ':');
		out_int(&o, port);
	}
	parts[0] = b->scheme;
	parts[1] = STR("://");
	parts[2] = b->host;
	parts[3] = out_str(&o);
	parts[4] = prefix;
	parts[5] = target;
	return arena_join(a, parts, 6);
}

static void
add_ports(struct arena *a, const struct base *b, struct str prefix,
    struct str target, struct candidates *c)
{
	uint16_t	port = b->port;

	if (port == 0)
		port = url_default_port(b->scheme);
	add(c, join(a, b, 0, prefix, target));
	add(c, join(a, b, port, prefix, target));
}

/* The target with one spelling of the apostrophe in its query. */
static void
add_quotes(struct arena *a, const struct base *b, struct str prefix,
    struct str target, struct str from, struct str to, struct candidates *c)
{
	struct str	parts[3], other;
	struct str	query = url_query(target);

	if (query.p == NULL)
		return;
	parts[0] = url_path(target);
	parts[1] = STR("?");
	parts[2] = url_replace(a, query, from, to);
	if (parts[2].p != NULL && str_eq(parts[2], query))
		return;
	other = arena_join(a, parts, 3);
	if (parts[2].p == NULL || other.p == NULL)
		c->no_memory = true;
	else
		add_ports(a, b, prefix, other, c);
}

static void
add_spellings(struct arena *a, const struct base *b, struct str prefix,
    struct str target, struct candidates *c)
{
	add_ports(a, b, prefix, target, c);
	add_quotes(a, b, prefix, target, STR("%27"), STR("'"), c);
	add_quotes(a, b, prefix, target, STR("'"), STR("%27"), c);
	if (str_eq(url_path(target), STR("/")))
		add_ports(a, b, prefix, str_sub(target, 1, target.n), c);
}

/* Whether the target's path begins with these whole segments. */
static bool
begins_with(struct str target, struct str prefix)
{
	struct str	path = url_path(target);

	return prefix.n > 0 && str_starts(path, prefix) &&
	    (path.n == prefix.n || path.p[prefix.n] == '/');
}

void
url_candidates(struct arena *a, const struct base *b, struct str target,
    struct candidates *c)
{
	if (begins_with(target, b->prefix))
		add_spellings(a, b, STR(""), target, c);
	add_spellings(a, b, b->prefix, target, c);
}
