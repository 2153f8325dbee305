/*
 * Spooled requests. The first byte says whether the first line is made (with
 * the right digest) or as it comes: 'o'.
 */
#include <openssl/evp.h>

#include "../../src/core/spooled.h"
#include "fuzz.h"

static struct str
with_first_line(struct arena *a, struct str body)
{
	char		line[SPOOLED_FIRST_LINE];
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(line, sizeof(line));
	struct str	parts[2];

	out_cstr(&o, "offhook-spooled 1 ");
	out_int(&o, (int64_t)body.n);
	out_char(&o, ' ');
	must(EVP_Digest(body.p, body.n, md, NULL, EVP_sha256(), NULL) == 1);
	out_hex(&o, md, 32);
	out_char(&o, '\n');
	parts[0] = out_str(&o);
	parts[1] = body;
	return arena_join(a, parts, 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena	a = fuzz_arena();
	struct str	bytes = fuzz_copy(data, n), again;
	struct spooled	s;

	if (n >= 1 && data[0] != 'o')
		bytes = with_first_line(&a, str_sub(bytes, 1, n));
	/* What is believed is written again as it was, but for 007. */
	if (spooled_decode(bytes, &s) == SPOOLED_OK) {
		must(s.bucket >= 0 && s.bucket < 1024);
		must(s.http >= 200 && s.http < 600);
		must(s.account.p != NULL && s.kind.p != NULL);
		again = spooled_encode(&a, &s);
		must(again.p != NULL && again.n <= bytes.n);
		must(spooled_decode(again, &s) == SPOOLED_OK);
	}
	fuzz_free();
	return 0;
}
