/* JSON: what is valid can be walked whole, and is again valid piece by piece. */
#include "../../src/core/json.h"
#include "../../src/core/out.h"
#include "fuzz.h"

/* How many values there are within, the value itself counted. */
static size_t
walk(struct arena *a, struct str value, int depth)
{
	struct json_walk	w;
	struct json_item	item;
	struct str		s;
	size_t			n = 1;

	must(value.n > 0 && json_valid(value) && depth <= JSON_MAX_DEPTH);
	if (!json_open(value, &w)) {
		s = json_text(a, value);
		must(s.n <= value.n);
		return n;
	}
	while (json_next(&w, &item)) {
		must(w.object == (item.name.p != NULL));
		if (w.object)
			must(json_valid(item.name) &&
			    json_type(item.name) == JSON_STRING);
		n += walk(a, item.value, depth + 1);
	}
	return n;
}

/* A string written and read again is the same. */
static void
round_trip(struct arena *a, struct str s)
{
	size_t		cap = 6 * s.n + 2;
	struct out	o = out_init(arena_alloc(a, cap, 1), cap);
	struct str	text = json_text(a, s), again;

	if (json_type(s) != JSON_STRING || a->full)
		return;
	out_json(&o, text);
	must(!o.overflow && json_valid(out_str(&o)));
	again = json_text(a, out_str(&o));
	must(str_eq(again, text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena		a = fuzz_arena();
	struct str		s = fuzz_copy(data, n);
	struct json_walk	w;
	struct json_item	item;

	if (json_valid(s)) {
		must(walk(&a, s, 0) <= n);
		round_trip(&a, str_trim(s));
	} else if (json_open(s, &w))
		while (json_next(&w, &item))
			(void)json_text(&a, item.name);
	(void)json_text(&a, s);
	(void)json_get(s, "a");
	fuzz_free();
	return 0;
}
