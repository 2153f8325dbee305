/*
 * Signatures. Lines: signature, token, query, then a form or other body.
 * Only what sig_make makes is valid, whatever order the form comes in.
 */
#include "../../src/core/out.h"
#include "../../src/core/sig.h"
#include "fuzz.h"

static void
check_signature(struct sig *s, struct arena *a, struct str signature,
    struct str token, struct str query, const struct form *f)
{
	struct candidates	c = { .n = 2 };
	struct sig_match	m;
	struct str		params = sig_params(a, f), parts[2];
	struct str		tokens[2] = { STR("another"), token };
	char			made[SIG_LENGTH];
	enum sig_verdict	v;

	parts[0] = STR("https://hooks.example/?");
	parts[1] = query;
	c.url[0] = STR("https://hooks.example/x");
	c.url[1] = arena_join(a, parts, 2);
	must(params.p != NULL && c.url[1].p != NULL);
	must(sig_make(s, token, c.url[1], params, made));
	v = sig_check(s, signature, &c, params, tokens, 2, &m);
	must(v != SIG_UNAVAILABLE);
	must(v != SIG_VALID || signature.n == SIG_LENGTH);
	must((v == SIG_MISSING) == (signature.n == 0));
	v = sig_check(s, (struct str){ made, SIG_LENGTH }, &c, params, tokens,
	    2, &m);
	must(v == SIG_VALID && m.candidate == 1);
	made[0] = made[0] == 'A' ? 'B' : 'A';
	v = sig_check(s, (struct str){ made, SIG_LENGTH }, &c, params, tokens,
	    2, &m);
	must(v == SIG_MISMATCH);
}

/* Order and repetition of the parameters change nothing. */
static void
check_order(struct arena *a, const struct form *f)
{
	struct form	g = { arena_alloc(a, f->n, 2 * sizeof(*f->at)),
			    2 * f->n };
	size_t		i;

	must(g.at != NULL);
	for (i = 0; i < f->n; i++) {
		g.at[i] = f->at[f->n - 1 - i];
		g.at[f->n + i] = f->at[i];
	}
	must(str_eq(sig_params(a, f), sig_params(a, &g)));
}

static void
check_body(struct arena *a, struct str query, struct str body)
{
	unsigned char	md[EVP_MAX_MD_SIZE];
	char		hex[64];
	struct out	o = out_init(hex, sizeof(hex));
	struct str	parts[3], piece, rest = query;
	size_t		names = 0, equal = 0;

	must(EVP_Digest(body.p, body.n, md, NULL, EVP_sha256(), NULL) == 1);
	out_hex(&o, md, 32);
	while (str_cut(&rest, '&', &piece)) {
		names += str_starts(piece, STR("bodySHA256="));
		equal += str_starts(piece, STR("bodySHA256=")) &&
		    str_eq(str_sub(piece, 11, piece.n), out_str(&o));
	}
	must(sig_body(query, body) == (names == 0 ? SIG_BODY_UNSIGNED :
	    names == equal ? SIG_VALID : SIG_BODY_CHANGED));
	parts[0] = query;
	parts[1] = STR("&bodySHA256=");
	parts[2] = out_str(&o);
	must(sig_body(arena_join(a, parts, 3), body) ==
	    (names == equal ? SIG_VALID : SIG_BODY_CHANGED));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct sig	sig;
	struct arena		a = fuzz_arena();
	struct str		raw = fuzz_copy(data, n), rest = raw;
	struct str		signature, token, query;
	struct form		f;

	if (sig.ctx == NULL)
		must(sig_open(&sig));
	if (str_cut(&rest, '\n', &signature) && str_cut(&rest, '\n', &token) &&
	    str_cut(&rest, '\n', &query) && rest.p != NULL) {
		/* "another" is a token that this one may not be. */
		if (!str_eq(token, STR("another")) &&
		    form_decode(&a, rest, &f) == FORM_OK) {
			check_signature(&sig, &a, signature, token, query, &f);
			check_order(&a, &f);
		}
		check_body(&a, query, rest);
	}
	fuzz_free();
	return 0;
}
