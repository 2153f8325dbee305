/* Check and make X-Twilio-Signature. See sig.h. */
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "sig.h"

static const char *const verdict_names[SIG_VERDICTS] = {
	[SIG_VALID] = "valid",
	[SIG_MISSING] = "missing",
	[SIG_MALFORMED] = "malformed",
	[SIG_MISMATCH] = "mismatch",
	[SIG_BODY_UNSIGNED] = "body-unsigned",
	[SIG_BODY_CHANGED] = "body-changed",
	[SIG_UNAVAILABLE] = "unavailable",
};

const char *
sig_verdict_name(enum sig_verdict v)
{
	return verdict_names[v];
}

bool
sig_open(struct sig *s)
{
	char		 digest[] = "SHA1";
	OSSL_PARAM	 params[2];
	EVP_MAC		*mac = EVP_MAC_fetch(NULL, "HMAC", NULL);

	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
	    digest, 0);
	params[1] = OSSL_PARAM_construct_end();
	s->ctx = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
	EVP_MAC_free(mac);
	s->sha256 = EVP_MD_CTX_new();
	if (s->ctx == NULL || EVP_MAC_CTX_set_params(s->ctx, params) != 1 ||
	    s->sha256 == NULL ||
	    EVP_DigestInit_ex(s->sha256, EVP_sha256(), NULL) != 1)
		sig_close(s);
	return s->ctx != NULL;
}

void
sig_close(struct sig *s)
{
	EVP_MAC_CTX_free(s->ctx);
	s->ctx = NULL;
	EVP_MD_CTX_free(s->sha256);
	s->sha256 = NULL;
}

static int
compare_params(const void *va, const void *vb)
{
	const struct param	*a = va, *b = vb;
	int			 c = str_cmp(a->name, b->name);

	return c != 0 ? c : str_cmp(a->value, b->value);
}

static bool
same_param(const struct param *a, const struct param *b)
{
	return str_eq(a->name, b->name) && str_eq(a->value, b->value);
}

struct str
sig_params(struct arena *a, const struct form *f)
{
	struct param	*sorted;
	struct str	*parts;
	size_t		 i, n = 0;

	sorted = arena_alloc(a, f->n, sizeof(*sorted));
	parts = arena_alloc(a, f->n, 2 * sizeof(*parts));
	if (sorted == NULL || parts == NULL)
		return (struct str){ NULL, 0 };
	if (f->n > 0) {
		memcpy(sorted, f->at, f->n * sizeof(*sorted));
		qsort(sorted, f->n, sizeof(*sorted), compare_params);
	}
	for (i = 0; i < f->n; i++) {
		if (i > 0 && same_param(&sorted[i - 1], &sorted[i]))
			continue;
		parts[n++] = sorted[i].name;
		parts[n++] = sorted[i].value;
	}
	return arena_join(a, parts, n);
}

static bool
update(EVP_MAC_CTX *ctx, struct str s)
{
	return s.n == 0 ||
	    EVP_MAC_update(ctx, (const unsigned char *)s.p, s.n) == 1;
}

static bool
set_key(struct sig *s, struct str token)
{
	return s->ctx != NULL && EVP_MAC_init(s->ctx,
	    (const unsigned char *)(token.n == 0 ? "" : token.p), token.n,
	    NULL) == 1;
}

/* Begin anew with the key that is set: half of what setting it costs. */
static bool
same_key(struct sig *s)
{
	return EVP_MAC_init(s->ctx, NULL, 0, NULL) == 1;
}

static bool
sign(struct sig *s, struct str url, struct str params, char out[SIG_LENGTH])
{
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(out, SIG_LENGTH);
	size_t		n = 0;

	if (!update(s->ctx, url) || !update(s->ctx, params) ||
	    EVP_MAC_final(s->ctx, md, &n, sizeof(md)) != 1)
		return false;
	out_base64(&o, md, n);
	return !o.overflow && o.n == SIG_LENGTH;
}

bool
sig_make(struct sig *s, struct str token, struct str url, struct str params,
    char out[SIG_LENGTH])
{
	return set_key(s, token) && sign(s, url, params, out);
}

static bool
well_formed(struct str signature)
{
	char	c;
	size_t	i;

	if (signature.n != SIG_LENGTH || signature.p[SIG_LENGTH - 1] != '=')
		return false;
	for (i = 0; i < SIG_LENGTH - 1; i++) {
		c = signature.p[i];
		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || c == '+' || c == '/'))
			return false;
	}
	return true;
}

enum sig_verdict
sig_check(struct sig *s, struct str signature, const struct candidates *c,
    struct str params, const struct str *tokens, size_t ntokens,
    struct sig_match *match)
{
	enum sig_verdict	verdict = SIG_MISMATCH;
	char			made[SIG_LENGTH];
	size_t			i, j;

	if (signature.n == 0)
		return SIG_MISSING;
	if (!well_formed(signature))
		return SIG_MALFORMED;
	if (c->no_memory || params.p == NULL)
		return SIG_UNAVAILABLE;
	for (i = 0; i < ntokens; i++) {
		for (j = 0; j < c->n; j++) {
			if (!(j == 0 ? set_key(s, tokens[i]) : same_key(s)) ||
			    !sign(s, c->url[j], params, made))
				return SIG_UNAVAILABLE;
			if (CRYPTO_memcmp(made, signature.p, SIG_LENGTH) != 0)
				continue;
			*match = (struct sig_match){ i, j };
			verdict = SIG_VALID;
		}
	}
	return verdict;
}

enum sig_verdict
sig_body(struct str query, struct str body)
{
	static const char name[] = "bodySHA256=";
	enum sig_verdict	verdict = SIG_BODY_UNSIGNED;
	unsigned char		md[EVP_MAX_MD_SIZE] = { 0 };
	char			hex[64];
	struct out		o = out_init(hex, sizeof(hex));
	struct str		piece;

	if (EVP_Digest(body.n == 0 ? "" : body.p, body.n, md, NULL,
	    EVP_sha256(), NULL) != 1)
		return SIG_UNAVAILABLE;
	out_hex(&o, md, 32);
	while (str_cut(&query, '&', &piece)) {
		if (!str_starts(piece, str_from(name)))
			continue;
		piece = str_sub(piece, sizeof(name) - 1, piece.n);
		if (piece.n != sizeof(hex) ||
		    CRYPTO_memcmp(piece.p, hex, sizeof(hex)) != 0)
			return SIG_BODY_CHANGED;
		verdict = SIG_VALID;
	}
	return verdict;
}
