/* Whether an alert is about ourselves. See alert.h. */
#include "../core/json.h"
#include "alert.h"

static uint16_t
port_of(const struct base *b)
{
	return b->port != 0 ? b->port : url_default_port(b->scheme);
}

static bool
same_server(const struct base *a, const struct base *b)
{
	return str_eq(a->scheme, b->scheme) && str_ieq(a->host, b->host) &&
	    port_of(a) == port_of(b);
}

/* The path itself, or one below it. */
static bool
is_within(struct str path, struct str top)
{
	return str_starts(path, top) &&
	    (path.n == top.n || path.p[top.n] == '/');
}

static bool
is_ours(const struct config *c, const struct base *own, struct str text)
{
	const struct base	*base;
	struct base		 url;
	size_t			 i;

	if (text.n == 0 || url_parse_base(text, &url) != URL_OK)
		return false;
	if (same_server(&url, own) && is_within(url.prefix, own->prefix))
		return true;
	for (i = 0; i < c->nbases; i++) {
		base = &c->bases[i];
		if (same_server(&url, base) &&
		    (is_within(url.prefix, own->prefix) ||
		    (base->prefix.n > 0 &&
		    is_within(url.prefix, base->prefix))))
			return true;
	}
	return false;
}

bool
alert_is_about_us(const struct config *c, struct arena *a,
    const struct form *f, struct str signed_url)
{
	struct str	payload = form_get(f, "Payload");
	struct base	own;

	if (url_parse_base(signed_url, &own) != URL_OK ||
	    !json_valid(payload))
		return false;
	return is_ours(c, &own, json_text(a, json_get(json_get(json_get(
	    payload, "webhook"), "request"), "url"))) ||
	    is_ours(c, &own, json_text(a, json_get(json_get(payload,
	    "more_info"), "url")));
}
