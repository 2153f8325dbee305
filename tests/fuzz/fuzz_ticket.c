/* Probes' tickets: what is one is whole, and not everybody's. */
#include "../../src/core/ticket.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	s = fuzz_copy(data, n);
	struct ticket	t;

	if (ticket_parse(s, &t)) {
		must(t.nonce.n == 32 && t.hold_ms <= TICKET_MAX_HOLD_MS);
		must(t.text.n + 65 == s.n);
		must(!ticket_check(&t, STR("nobody's key")));
	}
	fuzz_free();
	return 0;
}
