/* Forms: what is decoded and encoded again decodes to the same. */
#include "../../src/core/form.h"
#include "../../src/core/out.h"
#include "fuzz.h"

static struct str
encode(struct arena *a, const struct form *f)
{
	size_t		i, cap = 1;
	struct out	o;

	for (i = 0; i < f->n; i++)
		cap += 3 * (f->at[i].name.n + f->at[i].value.n) + 2;
	o = out_init(arena_alloc(a, cap, 1), cap);
	for (i = 0; i < f->n; i++) {
		if (i > 0)
			out_char(&o, '&');
		out_form(&o, f->at[i].name);
		out_char(&o, '=');
		out_form(&o, f->at[i].value);
	}
	must(!o.overflow);
	return out_str(&o);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str		raw = fuzz_copy(data, n), again;
	struct arena		a = fuzz_arena();
	struct form		f, g;
	enum form_result	r = form_decode(&a, raw, &f);
	size_t			i;

	must(r != FORM_NO_MEMORY);
	if (r == FORM_OK) {
		again = encode(&a, &f);
		must(form_decode(&a, again, &g) == FORM_OK && f.n == g.n);
		for (i = 0; i < f.n; i++) {
			must(str_eq(f.at[i].name, g.at[i].name));
			must(str_eq(f.at[i].value, g.at[i].value));
			must(f.at[i].name.n + f.at[i].value.n <= n);
		}
		/* Nothing in it needs decoding a second time. */
		must(str_find(again, ' ', 0) == again.n);
	}
	fuzz_free();
	return 0;
}
