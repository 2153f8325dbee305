/* A request to an application, put together. See outgoing.h. */
#include <openssl/evp.h>

#include "../core/form.h"
#include "outgoing.h"

void
outgoing_header(struct outgoing *q, const char *name, struct str value)
{
	struct str	parts[3] = { str_from(name), STR(": "), value };
	const char	*line;
	size_t		 i;

	for (i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return;	/* it would be another header */
	if (value.n == 0 || q->http.nheaders == HTTP_MAX_HEADERS)
		return;
	line = arena_join(q->arena, parts, 3).p;
	if (line != NULL)
		q->http.header[q->http.nheaders++] = line;
}

/* The text as %XX alone escape it; a '+' stands for itself. */
static struct str
unescape(struct arena *a, struct str s)
{
	return form_unescape(a, url_replace(a, s, STR("+"), STR("%2B")));
}

static void
add_basic(struct outgoing *q, struct str userinfo)
{
	struct str	parts[3], both = userinfo;
	struct out	o;
	char		*p;

	(void)str_cut(&both, ':', &parts[0]);
	parts[0] = unescape(q->arena, parts[0]);
	parts[1] = STR(":");
	parts[2] = both.n == 0 ? STR("") : unescape(q->arena, both);
	both = arena_join(q->arena, parts, 3);
	p = arena_alloc(q->arena, both.n * 2 + 16, 1);
	if (both.p == NULL || p == NULL)
		return;
	o = out_init(p, both.n * 2 + 16);
	out_cstr(&o, "Basic ");
	out_base64(&o, (const unsigned char *)both.p, both.n);
	outgoing_header(q, "Authorization", out_str(&o));
}

/* The route's URL as it is sent: its userinfo becomes a header. */
static void
take_url(struct outgoing *q, const struct base *b, struct str url)
{
	struct str	parts[5], authority, userinfo;
	size_t		end, at, last = 0;

	url = str_sub(url, 0, str_find(url, '#', 0));
	end = url_origin(url).n;
	authority = str_sub(url, b->scheme.n + 3, end);
	for (at = 0; (at = str_find(authority, '@', at)) < authority.n; at++)
		last = at + 1;
	if (last > 1) {
		userinfo = str_sub(authority, 0, last - 1);
		add_basic(q, userinfo);
	}
	parts[0] = b->scheme;
	parts[1] = STR("://");
	parts[2] = str_sub(authority, last, authority.n);
	parts[3] = end < url.n && url.p[end] == '/' ? STR("") : STR("/");
	parts[4] = str_sub(url, end, url.n);
	q->url = arena_join(q->arena, parts, 5);
}

void
outgoing_query(struct outgoing *q, struct str name, struct str value)
{
	struct str	parts[4] = { q->url, STR("?"), name, value };

	if (str_find(q->url, '?', 0) < q->url.n)
		parts[1] = str_ends(q->url, STR("?")) ? STR("") : STR("&");
	q->url = arena_join(q->arena, parts, 4);
}

bool
outgoing_url(struct outgoing *q, struct str url)
{
	struct base	b;
	size_t		i;

	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return false;
	if (url_parse_base(url, &b) != URL_OK)
		return false;
	take_url(q, &b, url);
	return q->url.p != NULL;
}

/* JSON is signed by its hash in the query. */
static bool
add_body_hash(struct outgoing *q)
{
	unsigned char	sha256[EVP_MAX_MD_SIZE];
	unsigned	n = 0;
	char		hex[64];
	struct out	o = out_init(hex, sizeof(hex));

	if (EVP_Digest(q->http.body.p, q->http.body.n, sha256, &n,
	    EVP_sha256(), NULL) != 1)
		return false;
	out_hex(&o, sha256, n);
	outgoing_query(q, STR("bodySHA256="), out_str(&o));
	return !o.overflow;
}

bool
outgoing_sign(struct outgoing *q, struct sig *ctx,
    const struct account *account, const struct form *form)
{
	struct str	params = STR("");
	char		sig[SIG_LENGTH];

	if (account == NULL || account->ntokens == 0)
		return false;
	if (form != NULL)
		params = sig_params(q->arena, form);
	else if (!add_body_hash(q))
		return false;
	if (params.p == NULL || q->url.p == NULL || !sig_make(ctx,
	    account->token[0], q->url, params, sig))
		return false;
	outgoing_header(q, "X-Twilio-Signature",
	    (struct str){ sig, SIG_LENGTH });
	return true;
}
