/* Form decoding: once, byte for byte, whatever arrives. */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/form.h"
#include "../../src/core/out.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 20];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

/* name=value pairs as "name|value|name|value". */
static const struct {
	struct str	raw;
	size_t		n;
	struct str	want;
} table[] = {
	{ { NULL, 0 }, 0, STR("") },
	{ STR(""), 0, STR("") },
	{ STR("&"), 0, STR("") },
	{ STR("&&&"), 0, STR("") },
	{ STR("a=1"), 1, STR("a|1") },
	{ STR("a=1&b=2"), 2, STR("a|1|b|2") },
	{ STR("&a=1&&b=2&"), 2, STR("a|1|b|2") },
	{ STR("a"), 1, STR("a|") },
	{ STR("a="), 1, STR("a|") },
	{ STR("=v"), 1, STR("|v") },
	{ STR("="), 1, STR("|") },
	{ STR("a=b=c"), 1, STR("a|b=c") },
	{ STR("a==b"), 1, STR("a|=b") },
	{ STR("a=1&a=1&a=2"), 3, STR("a|1|a|1|a|2") },
	{ STR("a+b=c+d"), 1, STR("a b|c d") },
	{ STR("a%20b=%2B%2b"), 1, STR("a b|++") },
	{ STR("a=%00%FF%c3%A4"), 1, STR("a|\0\xff\xc3\xa4") },
	{ STR("%61%3D%26=1"), 1, STR("a=&|1") },
	{ STR("MessagingBinding.Address=x&a[]=y"), 2,
	    STR("MessagingBinding.Address|x|a[]|y") },
	/* An escape that is none stays as it stands. */
	{ STR("a=%"), 1, STR("a|%") },
	{ STR("a=%4"), 1, STR("a|%4") },
	{ STR("a=%zz"), 1, STR("a|%zz") },
	{ STR("a=%4z"), 1, STR("a|%4z") },
	{ STR("a=%%41"), 1, STR("a|%A") },
	{ STR("a=%4%41"), 1, STR("a|%4A") },
	{ STR("a=% 41"), 1, STR("a|% 41") },
	{ STR("a=%+1"), 1, STR("a|% 1") },
	{ STR("a=%-1"), 1, STR("a|%-1") },
	{ STR("a=%0x"), 1, STR("a|%0x") },
	{ STR("a=%u0041"), 1, STR("a|%u0041") },
	{ STR("%=%"), 1, STR("%|%") },
	/* Decoded exactly once. */
	{ STR("a=%2541"), 1, STR("a|%41") },
	{ STR("a=%252B+"), 1, STR("a|%2B ") },
	{ STR("CallToken=%257B%2522p%2522%257D"), 1,
	    STR("CallToken|%7B%22p%22%7D") },
	/* Nothing is trimmed, ';' separates nothing. */
	{ STR(" a = b "), 1, STR(" a | b ") },
	{ STR("a=1;b=2"), 1, STR("a|1;b=2") },
	{ STR("a=\r\n\tx\0y"), 1, STR("a|\r\n\tx\0y") },
	{ STR("a=b#c?d"), 1, STR("a|b#c?d") },
};

static void
check_row(size_t row)
{
	struct arena	 a = fresh();
	struct form	 f = { NULL, 0 };
	struct str	 s = guard_str(table[row].raw), parts[64];
	size_t		 i, n = 0;

	if (table[row].raw.p == NULL)
		s = table[row].raw;
	quiet(form_decode(&a, s, &f) == FORM_OK, "row %zu: result", row);
	quiet(f.n == table[row].n, "row %zu: %zu pairs", row, f.n);
	for (i = 0; i < f.n && n + 4 < 64; i++) {
		if (i > 0)
			parts[n++] = STR("|");
		parts[n++] = f.at[i].name;
		parts[n++] = STR("|");
		parts[n++] = f.at[i].value;
		quiet(f.at[i].name.p != NULL && f.at[i].value.p != NULL,
		    "row %zu: present", row);
	}
	s = arena_join(&a, parts, n);
	quiet(str_eq(s, table[row].want), "row %zu: %.*s", row, (int)s.n, s.p);
}

static void
test_table(void)
{
	size_t	i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		check_row(i);
	tap_loop("decoding, each input at the end of a page");
}

static void
test_prefixes(void)
{
	struct str	s = STR("&a=%41%&+b%4=%zz&=&c%2&d=%E4%&e=%3");
	struct arena	a;
	struct form	f;
	size_t		i;

	for (i = 0; i <= s.n; i++) {
		a = fresh();
		quiet(form_decode(&a, guard_str(str_sub(s, 0, i)), &f) ==
		    FORM_OK, "prefix %zu", i);
	}
	tap_loop("every prefix");
}

static void
encode(struct out *o, const struct form *f)
{
	size_t	i;

	for (i = 0; i < f->n; i++) {
		if (i > 0)
			out_char(o, '&');
		out_form(o, f->at[i].name);
		out_char(o, '=');
		out_form(o, f->at[i].value);
	}
}

static struct str
random_text(struct arena *a)
{
	size_t	n = (size_t)random() % 12, i;
	char	*p = arena_alloc(a, n, 1);

	for (i = 0; i < n; i++)
		p[i] = (char)random();
	for (i = 0; i < n; i += 1 + (size_t)random() % 4)
		p[i] = "%+&=\0 "[random() % 6];
	return (struct str){ p, n };
}

/* decode(encode(x)) = x for random pairs of random bytes. */
static void
test_round_trip(void)
{
	struct param	 at[8];
	struct form	 f = { at, 0 }, back = { NULL, 0 };
	struct arena	 a;
	struct out	 o;
	char		 buf[1024];
	size_t		 round, i;

	srandom(3);
	for (round = 0; round < 20000; round++) {
		a = fresh();
		f.n = (size_t)random() % 9;
		for (i = 0; i < f.n; i++)
			at[i] = (struct param){ random_text(&a),
			    random_text(&a) };
		o = out_init(buf, sizeof(buf));
		encode(&o, &f);
		quiet(!o.overflow && form_decode(&a, guard_str(out_str(&o)),
		    &back) == FORM_OK && back.n == f.n, "round %zu", round);
		for (i = 0; i < f.n && i < back.n; i++)
			quiet(str_eq(at[i].name, back.at[i].name) &&
			    str_eq(at[i].value, back.at[i].value),
			    "round %zu, pair %zu", round, i);
	}
	tap_loop("decode(encode(x)) = x");
}

static void
test_get(void)
{
	struct arena	a = fresh();
	struct form	f;

	(void)form_decode(&a, STR("a=1&b=&a=2&ab=3"), &f);
	is_str(form_get(&f, "a"), STR("1"), "the first value");
	is_str(form_get(&f, "b"), STR(""), "an empty value is present");
	is_str(form_get(&f, "A"), (struct str){ NULL, 0 }, "case counts");
	is_str(form_get(&f, ""), (struct str){ NULL, 0 }, "no empty name");
	ok(form_has(&f, "b") && !form_has(&f, "c"), "form_has");
}

static void
test_limits(void)
{
	static char	 raw[2 * FORM_MAX_PARAMS + 2];
	struct arena	 a;
	struct form	 f;
	size_t		 i, full = 0;

	for (i = 0; i < FORM_MAX_PARAMS + 1; i++)
		raw[2 * i] = 'a';
	for (i = 0; i < FORM_MAX_PARAMS + 1; i++)
		raw[2 * i + 1] = '&';
	a = fresh();
	is_int(form_decode(&a, (struct str){ raw, 2 * FORM_MAX_PARAMS }, &f),
	    FORM_OK, "as many parameters as are allowed");
	is_int(f.n, FORM_MAX_PARAMS, "are all there");
	a = fresh();
	is_int(form_decode(&a, (struct str){ raw, sizeof(raw) }, &f),
	    FORM_TOO_MANY, "one more is refused");
	memset(raw, '&', sizeof(raw));
	is_int(form_decode(&a, (struct str){ raw, sizeof(raw) }, &f), FORM_OK,
	    "empty pieces do not count");
	/* Out of memory at every point is said, never half a form. */
	for (i = 0; i < 400; i++) {
		a = (struct arena){ .base = guard_buffer(400), .cap = i };
		if (form_decode(&a, STR("a%41=b+c&d=%42&e=f&+=+"), &f) ==
		    FORM_NO_MEMORY)
			full++;
		else
			quiet(f.n == 4 && str_eq(f.at[3].value, STR(" ")),
			    "%zu bytes", i);
		quiet(a.used <= a.cap, "%zu bytes", i);
	}
	quiet(full > 100 && full < 300, "%zu times full", full);
	tap_loop("every size of the arena");
	ok(form_strerror(FORM_TOO_MANY) != NULL &&
	    form_strerror(FORM_NO_MEMORY) != NULL &&
	    form_strerror(FORM_OK) != NULL, "each result has a text");
}

int
main(void)
{
	test_table();
	test_prefixes();
	test_round_trip();
	test_get();
	test_limits();
	return done_testing();
}
