/* Signatures of Standard Webhooks. See standard.h. */
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "standard.h"

#define LEAST_SECRET 24
#define MAC_BYTES 32

struct secret {
	/* EVP_DecodeBlock writes three bytes for each four. */
	unsigned char	bytes[STANDARD_MAX_SECRET + 3];
	size_t		n;
};

static bool
decode(struct str text, struct secret *s)
{
	struct str	prefix = STR("whsec_");
	size_t		padding = 0;
	int		n;

	if (!str_starts(text, prefix))
		return false;
	text = str_sub(text, prefix.n, text.n);
	if (text.n == 0 || text.n % 4 != 0 ||
	    text.n / 4 * 3 > sizeof(s->bytes))
		return false;
	while (padding < 2 && text.p[text.n - 1 - padding] == '=')
		padding++;
	/* It takes blanks around it, which we do not. */
	if (str_trim(text).n != text.n)
		return false;
	n = EVP_DecodeBlock(s->bytes, (const unsigned char *)text.p,
	    (int)text.n);
	if (n < 0 || (size_t)n < padding + LEAST_SECRET ||
	    (size_t)n - padding > STANDARD_MAX_SECRET)
		return false;
	s->n = (size_t)n - padding;
	return true;
}

bool
standard_secret_good(struct str text)
{
	struct secret	s;
	bool		good = decode(text, &s);

	OPENSSL_cleanse(&s, sizeof(s));
	return good;
}

static bool
mac(EVP_MAC_CTX *ctx, const struct secret *s, struct str head,
    struct str body, unsigned char out[MAC_BYTES])
{
	OSSL_PARAM	params[2];
	char		digest[] = "SHA256";
	size_t		n = 0;

	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
	    digest, 0);
	params[1] = OSSL_PARAM_construct_end();
	return EVP_MAC_init(ctx, s->bytes, s->n, params) == 1 &&
	    EVP_MAC_update(ctx, (const unsigned char *)head.p, head.n) == 1 &&
	    EVP_MAC_update(ctx, (const unsigned char *)body.p, body.n) == 1 &&
	    EVP_MAC_final(ctx, out, &n, MAC_BYTES) == 1 && n == MAC_BYTES;
}

static bool
sign_one(EVP_MAC_CTX *ctx, struct str text, struct str head, struct str body,
    struct out *o)
{
	unsigned char	bytes[MAC_BYTES];
	struct secret	s;
	bool		good;

	good = decode(text, &s) && mac(ctx, &s, head, body, bytes);
	OPENSSL_cleanse(&s, sizeof(s));
	if (good) {
		out_cstr(o, "v1,");
		out_base64(o, bytes, sizeof(bytes));
	}
	return good;
}

bool
standard_sign(struct out *o, const struct str *secrets, size_t n,
    struct str id, int64_t seconds, struct str body)
{
	char		 buf[256];
	struct out	 head = out_init(buf, sizeof(buf));
	EVP_MAC		*hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX	*ctx = hmac == NULL ? NULL : EVP_MAC_CTX_new(hmac);
	bool		 good = ctx != NULL && n > 0;
	size_t		 i;

	out_bytes(&head, id);
	out_char(&head, '.');
	out_int(&head, seconds);
	out_char(&head, '.');
	for (i = 0; good && i < n; i++) {
		if (i > 0)
			out_char(o, ' ');
		good = sign_one(ctx, secrets[i], out_str(&head), body, o);
	}
	EVP_MAC_CTX_free(ctx);
	EVP_MAC_free(hmac);
	return good && !head.overflow && !o->overflow;
}
