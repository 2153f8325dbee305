/* Memory of a request: bounds, alignment, exhaustion. */
#include <stdint.h>
#include <string.h>

#include "../../src/core/arena.h"
#include "guard.h"
#include "tap.h"

#define CAP 256
#define ODD_CAP 250	/* its last bytes can only be padding */

static struct arena
fresh(size_t cap)
{
	char	*p = guard_buffer(CAP) + CAP - cap;

	/* The base is aligned only when cap is a multiple of 16. */
	memset(p, 0x5a, cap);
	return (struct arena){ .base = p, .cap = cap };
}

static void
test_alloc(void)
{
	struct arena	 a = fresh(CAP);
	char		*p, *q;
	size_t		 i;

	p = arena_alloc(&a, 3, 1);
	q = arena_alloc(&a, 2, 8);
	ok(p != NULL && q != NULL && q >= p + 3, "two objects, apart");
	ok((uintptr_t)q % 16 == 0, "aligned");
	for (i = 0; q != NULL && i < 16; i++)
		quiet(q[i] == 0, "byte %zu", i);
	tap_loop("zeroed");
	ok(!a.full, "not full");
	ok(arena_alloc(&a, CAP, 1) == NULL && a.full, "more than is left");
	ok(arena_alloc(&a, 1, 1) != NULL, "a smaller one still fits");
	ok(a.full, "the refusal is remembered");
}

static void
test_limits(void)
{
	static const struct {
		size_t	count, size;
	} t[] = {
		{ SIZE_MAX, 1 }, { 1, SIZE_MAX }, { SIZE_MAX, SIZE_MAX },
		{ SIZE_MAX / 2 + 1, 2 }, { 2, SIZE_MAX / 2 + 1 },
		{ SIZE_MAX / 16 + 1, 16 }, { CAP + 1, 1 }, { CAP / 16 + 1, 16 },
	};
	struct arena	a;
	size_t		i, used;
	char		*p;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a = fresh(CAP);
		quiet(arena_alloc(&a, t[i].count, t[i].size) == NULL &&
		    a.full && a.used == 0, "row %zu", i);
	}
	/* Every fill level, every size around what is left; an odd capacity. */
	for (used = 0; used <= ODD_CAP; used++) {
		for (i = 0; i <= ODD_CAP + 1; i++) {
			a = (struct arena){ .base = guard_buffer(CAP),
			    .cap = ODD_CAP, .used = used };
			p = arena_alloc(&a, i, 1);
			quiet(a.used <= ODD_CAP, "used %zu", a.used);
			quiet((p == NULL) == a.full, "full, %zu of %zu", i,
			    used);
			quiet((p != NULL) ==
			    ((used + 15) / 16 * 16 + i <= ODD_CAP),
			    "%zu at %zu", i, used);
			quiet(p == NULL || p + i <= a.base + ODD_CAP,
			    "inside");
		}
	}
	tap_loop("never beyond the capacity");
}

static void
test_texts(void)
{
	struct arena	 a = fresh(CAP);
	struct str	 parts[3] = { STR("ab"), { NULL, 0 }, STR("c\0d") };
	struct str	 huge[2] = { { "", SIZE_MAX }, { "", 1 } };
	struct str	 s;
	const char	*c;

	s = arena_join(&a, parts, 3);
	is_str(s, STR("abc\0d"), "join");
	is_int(s.p[s.n], 0, "terminated");
	s = arena_join(&a, parts, 0);
	is_str(s, STR(""), "join of nothing");
	is_str(arena_copy(&a, (struct str){ NULL, 0 }), STR(""),
	    "copy of absent is an empty text");
	c = arena_cstr(&a, STR("xyz"));
	ok(c != NULL && strcmp(c, "xyz") == 0, "cstr");
	is_str(arena_join(&a, huge, 2), (struct str){ NULL, 0 },
	    "lengths that overflow");
	ok(a.full, "are remembered as full");
	a = fresh(16);
	is_str(arena_copy(&a, STR("123456789012345")),
	    STR("123456789012345"), "a text that fits with its NUL");
	a = fresh(16);
	is_str(arena_copy(&a, STR("1234567890123456")),
	    (struct str){ NULL, 0 }, "one byte more does not");
	ok(arena_cstr(&a, STR("1234567890123456")) == NULL, "nor as a cstr");
}

int
main(void)
{
	test_alloc();
	test_limits();
	test_texts();
	return done_testing();
}
