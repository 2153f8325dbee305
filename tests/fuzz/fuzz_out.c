/*
 * Escapes: any text at all may stand in XML, in JSON and in a line of a log.
 */
#include "../../src/core/lint.h"
#include "../../src/core/twiml.h"
#include "../../src/core/utf8.h"
#include "fuzz.h"

static void
check_escaped(struct arena *a, struct str s)
{
	size_t		cap = 3 * 6 * s.n + 128;	/* &quot; has 6 bytes */
	struct out	o = out_init(arena_alloc(a, cap, 1), cap);

	out_cstr(&o, "<Response a=\"");
	out_xml(&o, s);
	out_cstr(&o, "\" b='");
	out_xml(&o, s);
	out_cstr(&o, "'>");
	out_xml(&o, s);
	out_cstr(&o, "</Response>");
	must(!o.overflow);
	if (o.n <= TWIML_MAX_BYTES)
		must(!lint_is_lost(a, out_str(&o)));
}

static void
check_lines(struct arena *a, struct str s)
{
	size_t		cap = 6 * s.n + 2, i, n;
	struct out	o = out_init(arena_alloc(a, cap, 1), cap);

	out_json(&o, s);
	must(!o.overflow && o.p[0] == '"' && o.p[o.n - 1] == '"');
	for (i = 0; i < o.n; i += n) {
		n = utf8_sequence(str_sub(out_str(&o), i, o.n));
		must(n > 0 && (unsigned char)o.p[i] >= 0x20);
	}
	o = out_init(arena_alloc(a, cap, 1), cap);
	out_printable(&o, s);
	must(!o.overflow);
	for (i = 0; i < o.n; i += n) {
		n = utf8_sequence(str_sub(out_str(&o), i, o.n));
		must(n > 0 && (unsigned char)o.p[i] >= 0x20 && o.p[i] != 0x7f);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena	a = fuzz_arena();
	struct str	s = fuzz_copy(data, n);

	check_escaped(&a, s);
	check_lines(&a, s);
	fuzz_free();
	return 0;
}
