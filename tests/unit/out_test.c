/* The bounded builder: escapes, and overflow at every length. */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/out.h"
#include "../../src/core/lint.h"
#include "../../src/core/utf8.h"
#include "guard.h"
#include "tap.h"

#define CAP 4096

static void
base64(struct out *o, struct str s)
{
	out_base64(o, (const unsigned char *)s.p, s.n);
}

static void
hex(struct out *o, struct str s)
{
	out_hex(o, (const unsigned char *)s.p, s.n);
}

static const struct {
	void		(*f)(struct out *, struct str);
	struct str	 in, want;
} table[] = {
	{ out_bytes, STR(""), STR("") },
	{ out_bytes, { NULL, 0 }, STR("") },
	{ out_bytes, STR("a\0b"), STR("a\0b") },
	{ hex, STR("\x00\xff\x1a"), STR("00ff1a") },
	/* RFC 4648 section 10 */
	{ base64, STR(""), STR("") },
	{ base64, STR("f"), STR("Zg==") },
	{ base64, STR("fo"), STR("Zm8=") },
	{ base64, STR("foo"), STR("Zm9v") },
	{ base64, STR("foob"), STR("Zm9vYg==") },
	{ base64, STR("fooba"), STR("Zm9vYmE=") },
	{ base64, STR("foobar"), STR("Zm9vYmFy") },
	{ base64, STR("\xfb\xff\xfe"), STR("+//+") },
	{ out_form, STR("a b+c&d=e%"), STR("a+b%2Bc%26d%3De%25") },
	{ out_form, STR("-._~*'"), STR("-._~%2A%27") },
	{ out_form, STR("\0\xff\xc3\xa4"), STR("%00%FF%C3%A4") },
	{ out_xml, STR("<a b=\"c\" d='e'>&amp;"),
	    STR("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;") },
	{ out_xml, STR("\t\r\na\x01\x1f\x0b" "b\0c\x7f"),
	    STR("&#9;&#13;&#10;abc\x7f") },
	{ out_xml, STR("]]>"), STR("]]&gt;") },
	{ out_xml, STR("\xf0\x9f\x98\x80\xff\xc3"),
	    STR("\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd") },
	/* U+FFFE and U+FFFF are no characters of XML 1.0. */
	{ out_xml, STR("a\xef\xbf\xbe\xef\xbf\xbf" "b"), STR("ab") },
	{ out_json, STR(""), STR("\"\"") },
	{ out_json, STR("a\"b\\c/"), STR("\"a\\\"b\\\\c/\"") },
	{ out_json, STR("\n\r\t\x01\x1f\x7f"),
	    STR("\"\\n\\u000d\\u0009\\u0001\\u001f\\u007f\"") },
	{ out_json, STR("\xc2\x9b[2J\xc2\xa0"),
	    STR("\"\\u009b[2J\xc2\xa0\"") },
	{ out_json, STR("\0\xff\xc3\xa4"),
	    STR("\"\xef\xbf\xbd\xef\xbf\xbd\xc3\xa4\"") },
	{ out_printable, STR("a b\n\x1b[31m\\\x7f"),
	    STR("a b\\x0a\\x1b[31m\\x5c\\x7f") },
	{ out_printable, STR("\xc2\x9b\xc2\xa0\xc3\xa4\xff"),
	    STR("\\xc2\\x9b\xc2\xa0\xc3\xa4\\xff") },
	{ out_printable, STR("\0"), STR("\\x00") },
	{ out_printable, STR("a\xe2\x80\xae" "b\xe2\x81\xa6\xe2\x82\xac"),
	    STR("a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6\xe2\x82\xac") },
	{ out_utf8, STR("a\0\xc3\xa4\xff\xed\xa0\x80"),
	    STR("a\xef\xbf\xbd\xc3\xa4\xef\xbf\xbd"
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
};

/* With room for n bytes: all of it, or overflow and nothing beyond. */
static void
test_table(void)
{
	struct out	o;
	size_t		i, n;
	char		*p;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		for (n = 0; n <= table[i].want.n + 1; n++) {
			p = guard_buffer(n);
			o = out_init(p, n);
			table[i].f(&o, guard_str(table[i].in));
			quiet(o.overflow == (n < table[i].want.n),
			    "row %zu, room for %zu: overflow", i, n);
			quiet(o.n <= n, "row %zu: within the room", i);
			quiet(o.overflow || str_eq(out_str(&o), table[i].want),
			    "row %zu: \"%.*s\"", i, (int)o.n, o.p);
		}
	}
	tap_loop("escapes, at every length of the buffer");
}

static void
test_ints(void)
{
	static const struct {
		int64_t		 v;
		const char	*want;
	} t[] = {
		{ 0, "0" }, { 7, "7" }, { -7, "-7" }, { 1000, "1000" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	char		buf[32];
	struct out	o;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		o = out_init(buf, sizeof(buf));
		out_int(&o, t[i].v);
		is_str(out_str(&o), str_from(t[i].want), t[i].want);
	}
}

static void
test_sticky(void)
{
	char		buf[4];
	struct out	o = out_init(buf, sizeof(buf));

	out_cstr(&o, "abc");
	out_cstr(&o, "de");
	ok(o.overflow, "what does not fit overflows");
	is_str(out_str(&o), STR("abc"), "and is not begun");
	out_char(&o, 'x');
	is_str(out_str(&o), STR("abc"), "nothing is written afterwards");
	out_bytes(&o, (struct str){ buf, SIZE_MAX });
	is_str(out_str(&o), STR("abc"), "nor the largest length");
	out_cstr(&o, NULL);
	ok(o.overflow, "overflow stays");
}

/* One value in every place where XML may have it. */
static void
check_xml(struct str s)
{
	static _Alignas(16) char memory[1 << 16];
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	char		buf[CAP];
	struct out	o = out_init(buf, sizeof(buf));

	out_cstr(&o, "<Response><Say voice=\"");
	out_xml(&o, s);
	out_cstr(&o, "\" loop='");
	out_xml(&o, s);
	out_cstr(&o, "'>");
	out_xml(&o, s);
	out_cstr(&o, "</Say></Response>");
	quiet(!o.overflow && !lint_is_lost(&a, out_str(&o)), "%.*s",
	    (int)o.n, o.p);
}

/* Every code point and a lot of random bytes stay well-formed. */
static void
test_xml(void)
{
	char		s[64];
	unsigned	c;
	size_t		i, n;

	for (c = 1; c < 0x11000; c += c < 0xd700 || c >= 0xe100 ? 31 : 3) {
		s[0] = (char)(0xf0 | c >> 18);
		s[1] = (char)(0x80 | (c >> 12 & 63));
		s[2] = (char)(0x80 | (c >> 6 & 63));
		s[3] = (char)(0x80 | (c & 63));
		if (c < 0x10000)
			s[1] = (char)(0xe0 | c >> 12);
		check_xml((struct str){ c < 0x10000 ? s + 1 : s,
		    c < 0x10000 ? 3 : 4 });
	}
	for (c = 0xff00; c <= 0x10001; c++) {
		s[0] = (char)(0xe0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 63));
		s[2] = (char)(0x80 | (c & 63));
		check_xml((struct str){ s, 3 });
	}
	srandom(1);
	for (i = 0; i < 1000; i++) {
		n = (size_t)random() % sizeof(s);
		for (c = 0; c < n; c++)
			s[c] = (char)random();
		check_xml((struct str){ s, n });
	}
	tap_loop("out_xml is well-formed whatever it is given");
}

/* No output line is broken, no terminal is steered, all is UTF-8. */
static void
test_printable(void)
{
	char		s[64], buf[512];
	struct out	o;
	size_t		i, j, k, n;

	srandom(2);
	for (i = 0; i < 5000; i++) {
		n = (size_t)random() % sizeof(s);
		for (j = 0; j < n; j++)
			s[j] = (char)random();
		o = out_init(buf, sizeof(buf));
		out_printable(&o, (struct str){ s, n });
		quiet(!o.overflow, "four times the room is enough");
		for (j = 0; j < o.n; j += k == 0 ? 1 : k) {
			k = utf8_sequence(str_sub(out_str(&o), j, o.n));
			quiet(k > 0 && (unsigned char)buf[j] >= 0x20 &&
			    buf[j] != 0x7f && !(k == 2 && (unsigned char)
			    buf[j] == 0xc2 && (unsigned char)buf[j + 1] < 0xa0),
			    "byte %02x", (unsigned)(unsigned char)buf[j]);
		}
	}
	tap_loop("out_printable is printable UTF-8");
}

int
main(void)
{
	test_table();
	test_ints();
	test_sticky();
	test_xml();
	test_printable();
	return done_testing();
}
