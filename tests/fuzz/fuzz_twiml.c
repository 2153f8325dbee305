/*
 * TwiML: what is let through can be sent; and any text at all, escaped, may
 * stand in a document. The other escapes run on the same input.
 */
#include "../../src/core/twiml.h"
#include "../../src/core/utf8.h"
#include "fuzz.h"

static bool
check(struct str text)
{
	char		buf[256];
	struct out	why = out_init(buf, sizeof(buf));
	bool		good = twiml_check(text, &why);

	must(good == (why.n == 0));
	return good;
}

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
		must(check(out_str(&o)));
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
	struct str	s = fuzz_copy(data, n), parts[2];

	if (check(s)) {
		must(s.n <= TWIML_MAX_BYTES && s.p[0] == '<');
		must(str_find(s, '\0', 0) == s.n);
		parts[0] = s;
		parts[1] = STR("<Response/>");
		must(!check(arena_join(&a, parts, 2)));
	}
	check_escaped(&a, s);
	check_lines(&a, s);
	fuzz_free();
	return 0;
}
