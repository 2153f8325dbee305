/*
 * Redaction: a form keeps its names in their order, and loses each value
 * concerned; JSON stays JSON, and has nothing left to lose in a second turn.
 */
#include "../../src/core/form.h"
#include "../../src/core/json.h"
#include "../../src/core/redact.h"
#include "fuzz.h"

static void
check_form(struct arena *a, struct str raw, unsigned flags)
{
	struct str	after = redact_form(a, raw, flags);
	struct form	f, g;
	struct str	v;
	size_t		i;

	must(after.p != NULL || raw.p == NULL);
	if (form_decode(a, raw, &f) != FORM_OK)
		return;
	must(form_decode(a, after, &g) == FORM_OK && f.n == g.n);
	for (i = 0; i < f.n; i++) {
		must(str_eq(f.at[i].name, g.at[i].name));
		v = redact_value(a, f.at[i].name, f.at[i].value, flags);
		must(str_eq(v, g.at[i].value));
		if (str_eq(f.at[i].name, STR("Body")))
			must((flags & REDACT_BODY) == 0 || v.n == 0);
		if (str_eq(f.at[i].name, STR("From")) && v.n > 0)
			must((flags & REDACT_NUMBERS) == 0 ||
			    str_search(v, STR("xxxx")) < v.n);
	}
	must(flags != 0 || str_eq(raw, after));
}

static void
check_json(struct arena *a, struct str text, unsigned flags)
{
	struct str	after = redact_json(a, text, flags), body;

	if (flags == 0 || !json_valid(text)) {
		must(flags == 0 ? str_eq(after, text) : after.n == 0);
		return;
	}
	must(json_valid(after));
	body = json_get(after, "body");
	if ((flags & REDACT_BODY) != 0 && json_type(body) == JSON_STRING)
		must(body.n == 2);
	if (flags == REDACT_BODY)
		must(str_eq(redact_json(a, after, flags), after));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena	a = fuzz_arena();
	struct str	s = fuzz_copy(data, n), v;
	struct redact	rules = { .n = 0 };
	unsigned	flags;

	for (flags = 0; flags <= (REDACT_BODY | REDACT_NUMBERS); flags++) {
		a.used = 0;
		check_form(&a, s, flags);
		a.used = 0;
		check_json(&a, s, flags);
	}
	v = redact_number(&a, s);
	must(v.n <= n + 4 && (n == 0 || str_search(v, STR("xxxx")) < v.n));
	(void)redact_url(&a, s, REDACT_BODY);
	if (redact_add(&rules, s) == REDACT_OK)
		must(rules.n == 1 && rules.rule[0].what != 0);
	must(!a.full);
	fuzz_free();
	return 0;
}
