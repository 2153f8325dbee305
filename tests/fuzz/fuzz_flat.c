/* Flat JSON: what is valid can be read; what is read was within. */
#include "../../src/core/flat.h"
#include "../../src/core/ticket.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena	a = fuzz_arena();
	struct str	s = fuzz_copy(data, n), v;
	struct ticket	t;

	if (flat_valid(s)) {
		v = flat_get(&a, s, "a");
		must(v.n <= n);
		must(n >= 2);
	}
	if (ticket_parse(s, &t)) {
		must(t.nonce.n == 32 && t.hold_ms <= TICKET_MAX_HOLD_MS);
		must(t.text.n + 65 == s.n);
		must(!ticket_check(&t, STR("nobody's key")));
	}
	fuzz_free();
	return 0;
}
