/* Is a request Twilio's, and whose? See verify.h. */
#include <openssl/crypto.h>

#include "../core/out.h"
#include "signed_url.h"
#include "verify.h"

static bool
equal_secret(struct str a, struct str b)
{
	return a.n == b.n && CRYPTO_memcmp(a.p, b.p, a.n) == 0;
}

enum basic
verify_basic(const struct config *c, struct request *r)
{
	struct str	got = r->var[VAR_AUTHORIZATION];
	struct out	o;
	size_t		cap = c->basic_auth.n * 2 + 8;
	char		*p;

	if (c->basic_auth.n == 0)
		return BASIC_OK;
	if (got.n == 0)
		return BASIC_ASK;
	p = arena_alloc(r->arena, cap, 1);
	if (p == NULL)
		return BASIC_WRONG;
	o = out_init(p, cap);
	out_base64(&o, (const unsigned char *)c->basic_auth.p,
	    c->basic_auth.n);
	if (got.n > 6 && str_ieq(str_sub(got, 0, 6), STR("Basic ")) &&
	    equal_secret(str_trim(str_sub(got, 6, got.n)), out_str(&o)))
		return BASIC_OK;
	return BASIC_WRONG;
}

static bool
has_url_token(const struct config *c, struct str target)
{
	struct str	query = url_query(target), piece;
	struct str	name = STR("token=");
	bool		found = false;

	if (c->url_token.n == 0)
		return true;
	while (str_cut(&query, '&', &piece))
		if (str_starts(piece, name) && equal_secret(
		    str_sub(piece, name.n, piece.n), c->url_token))
			found = true;
	return found;
}

/* The tokens to try, and whose each one is. */
struct keys {
	struct str		 token[CONFIG_MAX_ACCOUNTS * CONFIG_MAX_TOKENS];
	const struct account	*owner[CONFIG_MAX_ACCOUNTS *
				    CONFIG_MAX_TOKENS];
	size_t			 n;
};

static void
add_keys(struct keys *k, const struct account *a)
{
	size_t	i;

	for (i = 0; i < a->ntokens; i++) {
		k->token[k->n] = a->token[i];
		k->owner[k->n++] = a;
	}
}

/*
 * The tokens of the account named, filled up with keys that nobody owns:
 * an unknown account takes as long as a known one. Without a name all.
 */
static void
choose_keys(const struct config *c, struct str named, struct keys *k)
{
	const struct account	*a;
	size_t			 i;

	k->n = 0;
	if (named.n == 0) {
		for (i = 0; i < c->naccounts; i++)
			add_keys(k, &c->accounts[i]);
		return;
	}
	a = config_account(c, named);
	if (a != NULL)
		add_keys(k, a);
	while (k->n < c->max_tokens) {
		k->token[k->n] = STR("no account has this key");
		k->owner[k->n++] = NULL;
	}
}

/* Why a verdict other than valid refuses. */
static enum reason
reason_of(enum sig_verdict v, bool account_is_known)
{
	switch (v) {
	case SIG_MISSING:
		return REASON_SIGNATURE_MISSING;
	case SIG_MALFORMED:
		return REASON_SIGNATURE_MALFORMED;
	case SIG_VALID:	/* under a key that nobody owns */
	case SIG_MISMATCH:
		return account_is_known ? REASON_SIGNATURE_MISMATCH :
		    REASON_ACCOUNT;
	case SIG_BODY_UNSIGNED:
		return REASON_BODY_UNSIGNED;
	case SIG_BODY_CHANGED:
		return REASON_BODY_CHANGED;
	case SIG_UNAVAILABLE:
		break;
	}
	return REASON_UNAVAILABLE;
}

bool
verify_signature(const struct config *c, struct sig *sig, struct request *r,
    const struct form *form, bool json, struct signer *out,
    enum reason *why)
{
	struct str		target = r->var[VAR_REQUEST_URI];
	struct str		named = form_get(form, "AccountSid");
	struct str		params = STR("");
	struct candidates	urls = { .n = 0 };
	struct sig_match	match = { 0, 0 };
	struct keys		keys;
	enum sig_verdict	v, body = SIG_VALID;

	signed_url_candidates(c, r, &urls);
	if (json)
		body = sig_body(url_query(target), r->body);
	else if (r->method == METHOD_POST)
		params = sig_params(r->arena, form);
	choose_keys(c, named, &keys);
	v = sig_check(sig, r->var[VAR_SIGNATURE], &urls, params, keys.token,
	    keys.n, &match);
	if (v != SIG_VALID || keys.owner[match.token] == NULL) {
		*why = reason_of(v, named.n == 0 ||
		    config_account(c, named) != NULL);
		return false;
	}
	out->account = keys.owner[match.token]->sid;
	out->url = urls.url[match.candidate];
	if (body != SIG_VALID || !has_url_token(c, target)) {
		*why = body != SIG_VALID ? reason_of(body, true) :
		    REASON_URL_TOKEN;
		return false;
	}
	return true;
}
