/* Texts for the faults, and what reasons mean. See explain_state.h. */
#include "explain_state.h"

static size_t
path_length(struct str target)
{
	return url_path(target).n;
}

struct str
explain_with_path(struct world *w, struct str target, struct str path)
{
	struct str	parts[2];

	if (path.p == NULL)
		return path;
	parts[0] = path;
	parts[1] = str_sub(target, path_length(target), target.n);
	return arena_join(w->arena, parts, 2);
}

struct str
explain_with_query(struct world *w, struct str target, struct str query)
{
	struct str	parts[3];

	parts[0] = url_path(target);
	parts[1] = query.p == NULL ? STR("") : STR("?");
	parts[2] = query;
	return arena_join(w->arena, parts, 3);
}

/* The byte that %XX at i means, or -1. */
static int
escape_at(struct str s, size_t i)
{
	int	hi, lo;

	if (s.n - i < 3 || s.p[i] != '%')
		return -1;
	hi = hex_value(s.p[i + 1]);
	lo = hex_value(s.p[i + 2]);
	return hi < 0 || lo < 0 ? -1 : hi * 16 + lo;
}

struct str
explain_decoded(struct world *w, struct str s)
{
	struct out	o = explain_text(w, s.n + 1);
	size_t		i;
	int		v;

	for (i = 0; i < s.n; i++) {
		v = escape_at(s, i);
		if (v >= 0)
			i += 2;
		out_char(&o, v >= 0 ? (char)v : s.p[i]);
	}
	return out_str(&o);
}

static char
change_case(char c, bool upper)
{
	if (upper && c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	if (!upper && c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c;
}

struct str
explain_case(struct world *w, struct str s, bool upper)
{
	struct out	o = explain_text(w, s.n + 1);
	size_t		i;

	for (i = 0; i < s.n; i++)
		out_char(&o, change_case(s.p[i], upper));
	return out_str(&o);
}

struct str
explain_hex_case(struct world *w, struct str s, bool upper)
{
	struct out	o = explain_text(w, s.n + 1);
	size_t		i;

	for (i = 0; i < s.n; i++) {
		out_char(&o, s.p[i]);
		if (escape_at(s, i) < 0)
			continue;
		out_char(&o, change_case(s.p[++i], upper));
		out_char(&o, change_case(s.p[++i], upper));
	}
	return out_str(&o);
}

bool
explain_host(struct world *w, struct str host, struct base *b)
{
	struct str	parts[2];
	struct base	named;

	if (host.n == 0)
		return false;
	parts[0] = STR("http://");
	parts[1] = host;
	if (url_parse_base(arena_join(w->arena, parts, 2), &named) != URL_OK)
		return false;
	b->host = named.host;
	b->port = named.port;
	return true;
}

static const struct {
	const char	*name, *what, *mend;
} reasons[] = {
	{ "method", "The method is neither GET nor POST.",
	    "Set the webhook's method to HTTP POST in Twilio's console." },
	{ "target", "The request has no path, or a whole URL in its place.",
	    "Twilio does not send this; if a proxy does, let it pass the "
	    "path alone." },
	{ "doubled-header", "A header that counts came twice.",
	    "Something in front adds it again: remove that rule of the "
	    "proxy." },
	{ "content-length", "Content-Length is not a number.",
	    "Twilio does not send this; look at the proxy in front." },
	{ "short-body", "The body is shorter than its Content-Length, or "
	    "stalled.",
	    "The connection broke, or a proxy cut it: look at its limits and "
	    "timeouts. Twilio tries again if the URL's rp= says so." },
	{ "large-body", "The body is larger than OFFHOOK_MAX_BODY.",
	    "Raise OFFHOOK_MAX_BODY, and FcgidMaxRequestLen above it." },
	{ "content-type", "The body is neither a form nor JSON.",
	    "Is this Twilio's? If a proxy or a framework drops Content-Type, "
	    "let it pass." },
	{ "form", "The form has more parameters than any of Twilio's.",
	    "Nothing to mend unless it is Twilio's: then report a fault of "
	    "offhook." },
	{ "basic-auth", "User or password (Basic auth) are wrong.",
	    "Paste the URLs of `offhook url --secrets` into Twilio again, or "
	    "correct OFFHOOK_BASIC_AUTH." },
	{ "url-token", "The signature is valid, but ?token= is missing or "
	    "wrong.",
	    "Paste the URLs of `offhook url --secrets` into Twilio again, or "
	    "correct OFFHOOK_URL_TOKEN." },
	{ "signature-missing", "There is no X-Twilio-Signature.",
	    "A stranger's request: nothing to mend. If it is Twilio's, a "
	    "proxy drops the header (Apache with mod_proxy passes it; look "
	    "at RequestHeader rules)." },
	{ "body-unsigned", "The body is no form, and the URL has no "
	    "bodySHA256.",
	    "Twilio signs JSON by bodySHA256 in the query: let proxies pass "
	    "the query; a sender of yours has to add it (offhook signature "
	    "sign --json)." },
	{ "body-changed", "The body is not the one whose hash (bodySHA256) "
	    "was signed.",
	    "Something between Twilio and offhook changed the body: a proxy "
	    "that reformats JSON or converts its encoding." },
	{ "foreign-resource", "The signature is valid, but the message or "
	    "call belongs to another account.",
	    "A SID is one account's alone: look which accounts' webhooks "
	    "point here and at TWILIO_ACCOUNT_SID." },
	{ "unavailable", "offhook could not check (memory or libcrypto).",
	    "Look at the responder's log; run: offhook doctor" },
};

bool
explain_reason(struct str reason, const char **what, const char **mend)
{
	size_t	i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (str_eq(reason, str_from(reasons[i].name))) {
			*what = reasons[i].what;
			*mend = reasons[i].mend;
			return true;
		}
	return false;
}
