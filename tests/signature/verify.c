/*
 * The signature check as the responder does it, driven by lines on standard
 * input; vectors.t and differential.t are at the other end.
 *
 *	check KIND TOKENS BASE TARGET SIGNATURE BODY
 *	sign KIND TOKENS BASE TARGET - BODY
 *
 * Each field but the first two is hexadecimal, "-" when empty. KIND is
 * form (BODY is a form), other (BODY is none: bodySHA256) or get (no
 * body). TOKENS are separated by NUL. BASE is scheme://host[:port] as it
 * stands in OFFHOOK_PUBLIC_URL. The answer to check is a verdict's name, to
 * sign the signature with the first token over the first candidate.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/core/sig.h"

#define LINE_BYTES (4 << 20)
#define FIELDS 7

enum { COMMAND, KIND, TOKENS, BASE, TARGET, SIGNATURE, BODY };

static _Alignas(16) char memory[16 << 20];

static void
die(const char *why)
{
	fprintf(stderr, "verify: %s\n", why);
	exit(2);
}

static struct str
unhex(struct arena *a, struct str s)
{
	char	*p = arena_alloc(a, s.n / 2, 1);
	size_t	 i;
	int	 hi, lo;

	if (p == NULL)
		die("out of memory");
	if (str_eq(s, STR("-")))
		return STR("");
	for (i = 0; i + 1 < s.n; i += 2) {
		hi = hex_value(s.p[i]);
		lo = hex_value(s.p[i + 1]);
		if (hi < 0 || lo < 0)
			die("no hexadecimal digits");
		p[i / 2] = (char)(hi << 4 | lo);
	}
	return (struct str){ p, s.n / 2 };
}

static size_t
cut_tokens(struct str list, struct str *tokens, size_t max)
{
	size_t	n = 0;

	while (n < max && str_cut(&list, '\0', &tokens[n]))
		n++;
	return n;
}

static struct str
signed_params(struct arena *a, const struct str *f)
{
	struct form	form;

	if (!str_eq(f[KIND], STR("form")))
		return STR("");
	if (form_decode(a, f[BODY], &form) != FORM_OK)
		die("the form is too large");
	return sig_params(a, &form);
}

static void
answer(struct sig *sig, struct arena *a, const struct str *f)
{
	struct candidates	c = { .n = 0 };
	struct sig_match	match;
	struct base		base;
	struct str		tokens[8], params;
	enum sig_verdict	v;
	char			made[SIG_LENGTH];
	size_t			n = cut_tokens(f[TOKENS], tokens, 8);

	if (url_parse_base(f[BASE], &base) != URL_OK) {
		printf("bad-base\n");
		return;
	}
	url_candidates(a, &base, f[TARGET], &c);
	params = signed_params(a, f);
	if (str_eq(f[COMMAND], STR("sign"))) {
		if (!sig_make(sig, tokens[0], c.url[0], params, made))
			die("cannot sign");
		printf("%.*s\n", SIG_LENGTH, made);
		return;
	}
	v = sig_check(sig, f[SIGNATURE], &c, params, tokens, n, &match);
	if (v == SIG_VALID && str_eq(f[KIND], STR("other")))
		v = sig_body(url_query(f[TARGET]), f[BODY]);
	printf("%s\n", sig_verdict_name(v));
}

int
main(void)
{
	static char	line[LINE_BYTES];
	struct str	rest, f[FIELDS];
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct sig	sig;
	size_t		i;

	if (!sig_open(&sig))
		die("no HMAC-SHA1");
	while (fgets(line, sizeof(line), stdin) != NULL) {
		a.used = 0;
		rest = str_trim(str_from(line));
		for (i = 0; i < FIELDS; i++) {
			if (!str_cut(&rest, ' ', &f[i]))
				die("too few fields");
			if (i >= TOKENS)
				f[i] = unhex(&a, f[i]);
		}
		answer(&sig, &a, f);
		fflush(stdout);
	}
	sig_close(&sig);
	return 0;
}
