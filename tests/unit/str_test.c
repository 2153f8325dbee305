/* Text with a length: comparisons, cuts and numbers. */
#include <string.h>

#include "guard.h"
#include "tap.h"

static const struct str absent = { NULL, 0 };

static void
test_compare(void)
{
	static const struct {
		struct str	a, b;
		int		cmp;	/* sign of str_cmp */
		bool		same;	/* without case */
	} t[] = {
		{ { "", 0 }, { "", 0 }, 0, true },
		{ { NULL, 0 }, { "", 0 }, 0, true },
		{ { "a", 1 }, { "", 0 }, 1, false },
		{ { NULL, 0 }, { "a", 1 }, -1, false },
		{ { "a", 1 }, { "ab", 2 }, -1, false },
		{ { "Reason", 6 }, { "ReasonX", 7 }, -1, false },
		{ { "CallSid", 7 }, { "callSid", 7 }, -1, true },
		{ { "a\0b", 3 }, { "a\0c", 3 }, -1, false },
		{ { "a\0b", 3 }, { "a", 1 }, 1, false },
		{ { "\xff", 1 }, { "a", 1 }, 1, false },
		{ { "@", 1 }, { "`", 1 }, -1, false },
		{ { "[", 1 }, { "{", 1 }, -1, false },
		{ { "\xc3\x84", 2 }, { "\xc3\xa4", 2 }, -1, false },
	};
	size_t	i;
	int	c;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		c = str_cmp(t[i].a, t[i].b);
		quiet((c > 0) - (c < 0) == t[i].cmp, "cmp, row %zu", i);
		c = str_cmp(t[i].b, t[i].a);
		quiet((c > 0) - (c < 0) == -t[i].cmp, "reverse, row %zu", i);
		quiet(str_eq(t[i].a, t[i].b) == (t[i].cmp == 0),
		    "eq, row %zu", i);
		quiet(str_ieq(t[i].a, t[i].b) == t[i].same, "ieq, row %zu", i);
	}
	tap_loop("str_cmp, str_eq, str_ieq");
}

static void
test_ends(void)
{
	ok(str_starts(STR("abc"), STR("ab")), "starts");
	ok(str_starts(STR("abc"), STR("abc")), "starts with all of itself");
	ok(str_starts(STR("abc"), STR("")), "starts with nothing");
	ok(str_starts(absent, absent), "absent starts with absent");
	ok(!str_starts(STR("ab"), STR("abc")), "shorter than the prefix");
	ok(!str_starts(STR("abc"), STR("b")), "another prefix");
	ok(str_ends(STR("abc"), STR("bc")), "ends");
	ok(str_ends(absent, STR("")), "absent ends with nothing");
	ok(!str_ends(STR("c"), STR("bc")), "shorter than the suffix");
	ok(!str_ends(STR("abc"), STR("b")), "another suffix");
}

static void
test_sub(void)
{
	struct str	s = STR("hello");

	is_str(str_sub(s, 1, 3), STR("el"), "sub");
	is_str(str_sub(s, 1, 99), STR("ello"), "end clamped");
	is_str(str_sub(s, 99, 100), STR(""), "begin clamped");
	is_str(str_sub(s, 4, 2), STR(""), "begin behind the end");
	is_str(str_sub(s, SIZE_MAX, SIZE_MAX), STR(""), "largest numbers");
	is_str(str_sub(absent, 0, 5), absent, "of absent");
	is_int(str_find(s, 'l', 0), 2, "find");
	is_int(str_find(s, 'l', 3), 3, "find from");
	is_int(str_find(s, 'x', 0), 5, "find nothing");
	is_int(str_find(s, 'h', 99), 5, "find from behind the end");
	is_int(str_find(absent, 'h', 0), 0, "find in absent");
	is_int(str_find((struct str){ "a\0b", 3 }, 'b', 0), 2, "past a NUL");
	is_str(str_from(NULL), absent, "from NULL");
	is_str(str_from(""), STR(""), "from an empty text");
	is_str(str_trim(STR(" \t\r\na b\n ")), STR("a b"), "trim");
	is_str(str_trim(STR(" \n")), STR(""), "trim blanks only");
	is_str(str_trim(absent), absent, "trim absent");
	is_str(str_trim(STR("\v\f")), STR("\v\f"), "other controls stay");
}

static void
test_cut(void)
{
	struct str	rest = STR("a,,b,"), head;

	ok(str_cut(&rest, ',', &head), "first piece");
	is_str(head, STR("a"), "is a");
	ok(str_cut(&rest, ',', &head) && head.n == 0 && head.p != NULL,
	    "second piece is empty");
	ok(str_cut(&rest, ',', &head), "third piece");
	is_str(head, STR("b"), "is b");
	ok(str_cut(&rest, ',', &head) && head.n == 0, "behind the last comma");
	ok(!str_cut(&rest, ',', &head), "no more");
	rest = STR("");
	ok(str_cut(&rest, ',', &head) && head.n == 0, "an empty text: one");
	ok(!str_cut(&rest, ',', &head), "and no more");
	rest = absent;
	ok(!str_cut(&rest, ',', &head), "absent: none");
}

static void
test_numbers(void)
{
	static const struct {
		const char	*s;
		uint64_t	 max;
		bool		 good;
		uint64_t	 v;
	} t[] = {
		{ "0", 0, true, 0 },
		{ "1", 0, false, 0 },
		{ "0", UINT64_MAX, true, 0 },
		{ "000000000000000000000000007", 9, true, 7 },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, false, 0 },
		{ "18446744073709551625", UINT64_MAX, false, 0 },
		{ "99999999999999999999", UINT64_MAX, false, 0 },
		{ "184467440737095516150", UINT64_MAX, false, 0 },
		{ "65535", 65535, true, 65535 },
		{ "65536", 65535, false, 0 },
		{ "65539", 65535, false, 0 },
		{ "70000", 65535, false, 0 },
		{ "9", 8, false, 0 },
		{ "8", 8, true, 8 },
		{ "10", 9, false, 0 },
		{ "2147483647", INT32_MAX, true, INT32_MAX },
		{ "2147483648", INT32_MAX, false, 0 },
		{ "", 9, false, 0 },
		{ " 1", 9, false, 0 },
		{ "1 ", 9, false, 0 },
		{ "+1", 9, false, 0 },
		{ "-1", 9, false, 0 },
		{ "0x1", 99, false, 0 },
		{ "1e1", 99, false, 0 },
		{ "1.0", 99, false, 0 },
		{ "1,2", 99, false, 0 },
		{ "/", 99, false, 0 },
		{ ":", 99, false, 0 },
		{ "\xef\xbc\x91", 99, false, 0 },
	};
	uint64_t	v;
	size_t		i;
	bool		good;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		v = 0;
		good = str_to_uint(guard_str(str_from(t[i].s)), t[i].max, &v);
		quiet(good == t[i].good && v == t[i].v, "\"%s\" max %" PRIu64,
		    t[i].s, t[i].max);
	}
	/* All numbers against all limits: equal to comparing them. */
	for (i = 0; i < 300 * 300; i++) {
		char	s[8];

		(void)snprintf(s, sizeof(s), "%zu", i / 300);
		v = 999;
		good = str_to_uint(str_from(s), i % 300, &v);
		quiet(good == (i / 300 <= i % 300) &&
		    v == (good ? i / 300 : 999), "%s max %zu", s, i % 300);
	}
	quiet(!str_to_uint((struct str){ "1\0", 2 }, 99, &v), "a NUL");
	quiet(!str_to_uint(absent, 99, &v), "absent");
	tap_loop("str_to_uint");
}

static void
test_hex(void)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	const char	*hit;
	int		 c, want;

	for (c = 0; c < 256; c++) {
		hit = c == 0 ? NULL : strchr(digits, c);
		want = hit == NULL ? -1 : (int)(hit - digits);
		if (want > 15)
			want -= 6;
		quiet(hex_value((char)c) == want, "byte %d", c);
	}
	tap_loop("hex_value of every byte");
}

int
main(void)
{
	test_compare();
	test_ends();
	test_sub();
	test_cut();
	test_numbers();
	test_hex();
	return done_testing();
}
