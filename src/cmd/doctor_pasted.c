/* The doctor's look at a URL as pasted into Twilio. See doctor.h. */
#include <stdio.h>

#include "doctor.h"
#include "key.h"
#include "paste.h"

static bool
has_usual_port(const struct base *b)
{
	return b->port == 0 || b->port == url_default_port(b->scheme);
}

/* The public URL of that host, or NULL. */
static const struct base *
base_of(const struct config *c, const struct base *b)
{
	size_t	i;

	for (i = 0; i < c->nbases; i++)
		if (str_ieq(c->bases[i].host, b->host) &&
		    (c->bases[i].port == b->port ||
		    (has_usual_port(&c->bases[i]) && has_usual_port(b))))
			return &c->bases[i];
	return NULL;
}

static bool
has_override(struct str fragment, struct str name, struct str value)
{
	struct str	piece;
	bool		found = false;

	while (str_cut(&fragment, '&', &piece))
		if (str_starts(piece, name))
			found = value.n == 0 || str_find(piece, value.p[0],
			    name.n) < piece.n;
	return found;
}

/* The same URL as it should be pasted, with its secrets masked. */
static const char *
corrected(struct doctor *d, const char *url)
{
	const struct config	*c = d->config;
	struct cli		*cli = d->cli;
	struct str		 s = str_from(url), rest, user, query;
	size_t			 hash = str_find(s, '#', 0), from;
	const char		*fragment = hash + 1 < s.n ? url + hash :
				    PASTE_QUESTION;

	s = key_signed_url(cli, s, &user);
	from = str_find(s, ':', 0) + 3;
	rest = url_mask_token(&cli->arena, str_sub(s, from, s.n));
	query = url_query(rest);
	return cli_printf(cli, "https://%s%.*s%s%s",
	    c->basic_auth.p != NULL ? "***:***@" : "", (int)rest.n, rest.p,
	    c->url_token.p == NULL || str_starts(query, STR("token=")) ? "" :
	    query.p == NULL ? "?token=***" : "&token=***",
	    has_override(str_from(fragment + 1), STR("rc="), STR("")) ?
	    fragment : PASTE_QUESTION);
}

static void
check_overrides(struct doctor *d, const char *url)
{
	struct str	s = str_from(url);
	struct str	fragment = str_sub(s, str_find(s, '#', 0) + 1, s.n);

	if (!has_override(fragment, STR("rc="), STR("")))
		doctor_note(d, FINDING_WARN, "pasted", "without #rc=… Twilio "
		    "tries again only when it could not connect: a 5xx is "
		    "lost", cli_printf(d->cli, "paste %s (offhook url has "
		    "those of callbacks)", corrected(d, url)));
	else if (!has_override(fragment, STR("rp="), STR("5")) &&
	    !has_override(fragment, STR("rp="), STR("a")))
		doctor_note(d, FINDING_WARN, "pasted", "its rp= has neither "
		    "5xx nor all: an answer 503 is not tried again",
		    "use " PASTE_QUESTION);
	else
		doctor_note(d, FINDING_OK, "pasted", cli_printf(d->cli,
		    "retries: #%.*s", (int)fragment.n, fragment.p), NULL);
}

static void
check_origin(struct doctor *d, const char *url, const struct base *b)
{
	const struct config	*c = d->config;

	if (str_eq(b->scheme, STR("http")))
		doctor_note(d, FINDING_WARN, "pasted", "http:// shows every "
		    "message and number to the network", cli_printf(d->cli,
		    "paste %s", corrected(d, url)));
	if (c->nbases > 0 && base_of(c, b) == NULL)
		doctor_note(d, FINDING_BAD, "pasted", cli_printf(d->cli,
		    "its host %.*s is none of OFFHOOK_PUBLIC_URL: signatures "
		    "would not match", (int)b->host.n, b->host.p),
		    cli_printf(d->cli, "add %.*s://%.*s to "
		    "OFFHOOK_PUBLIC_URL, or paste what offhook url prints",
		    (int)b->scheme.n, b->scheme.p, (int)b->host.n,
		    b->host.p));
	else if (c->nbases > 0 && !str_eq(base_of(c, b)->scheme, b->scheme))
		doctor_note(d, FINDING_BAD, "pasted", cli_printf(d->cli,
		    "its scheme %.*s is not that of OFFHOOK_PUBLIC_URL: "
		    "signatures would not match", (int)b->scheme.n,
		    b->scheme.p), cli_printf(d->cli, "paste %s",
		    corrected(d, url)));
}

static bool
query_token_is(struct str query, struct str token)
{
	struct str	piece, name = STR("token=");

	while (str_cut(&query, '&', &piece))
		if (str_starts(piece, name) &&
		    str_eq(str_sub(piece, name.n, piece.n), token))
			return true;
	return false;
}

static void
check_secrets(struct doctor *d, const char *url)
{
	const struct config	*c = d->config;
	struct str		 user, s;

	s = key_signed_url(d->cli, str_from(url), &user);
	if (c->basic_auth.p != NULL && !str_eq(user, c->basic_auth))
		doctor_note(d, FINDING_BAD, "pasted", user.p == NULL ?
		    "it has no user:password@, which OFFHOOK_BASIC_AUTH asks" :
		    "its user:password@ is not that of OFFHOOK_BASIC_AUTH",
		    "paste what offhook url --secrets prints");
	else if (c->basic_auth.p == NULL && user.p != NULL)
		doctor_note(d, FINDING_WARN, "pasted", "it has a password "
		    "that nobody asks", "set OFFHOOK_BASIC_AUTH, or leave "
		    "user:password@ out");
	if (c->url_token.p != NULL && !query_token_is(url_query(s),
	    c->url_token))
		doctor_note(d, FINDING_BAD, "pasted", "its token= is missing "
		    "or is not OFFHOOK_URL_TOKEN",
		    "paste what offhook url --secrets prints");
}

bool
doctor_pasted(struct doctor *d, const char *url)
{
	struct base	b;
	enum url_result	r = url_parse_base(str_from(url), &b);

	if (r != URL_OK) {
		/* It is not shown: there may be a password in it. */
		doctor_note(d, FINDING_BAD, "pasted", cli_printf(d->cli,
		    "the URL given: %s", url_strerror(r)),
		    "paste what offhook url prints");
		return false;
	}
	check_origin(d, url, &b);
	check_secrets(d, url);
	check_overrides(d, url);
	return d->config->nbases == 0 || base_of(d->config, &b) != NULL;
}
