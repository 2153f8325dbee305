/* What may go to Twilio as TwiML, and what is said of the rest. */
#include <string.h>

#include "../../src/core/twiml.h"
#include "guard.h"
#include "tap.h"

/* Small answers to what; NULL: it is good. */
static const struct {
	struct str	 text;
	const char	*says;	/* must be part of the fault */
} table[] = {
	{ STR(TWIML_EMPTY), NULL },
	{ STR("<Response/>"), NULL },
	{ STR("<Response></Response>\n"), NULL },
	{ STR("<Response><Say>a &amp; b</Say></Response>"), NULL },
	{ STR("<?xml version=\"1.0\"?>\n<!-- c --><Response/>"), NULL },
	{ STR("<?xml version=\"1.0\" encoding=\"utf-8\"?><Response>"
	    "<Say>\xc3\xa4\xf0\x9f\x98\x80</Say></Response>"), NULL },
	{ STR("<Response><![CDATA[a & b]]></Response>"), NULL },
	{ STR("<Response>&#228;&#x1F600;</Response>"), NULL },
	{ { NULL, 0 }, "empty" },
	{ STR(""), "empty" },
	{ STR(" \r\n\t"), "empty" },
	{ STR("hello"), "before the first <" },
	{ STR(" <Response/>"), "before the first <" },
	{ STR("\n<?xml version=\"1.0\"?><Response/>"), "before the first <" },
	{ STR("\xef\xbb\xbf<Response/>"), "before the first <" },
	{ STR("\0<Response/>"), "before the first <" },
	{ STR("<response/>"), "12102" },
	{ STR("<Say>x</Say>"), "12102" },
	{ STR("<html><Response/></html>"), "12102" },
	{ STR("<Response>"), "12100" },
	{ STR("<Response/><Response/>"), "12100" },
	{ STR("<Response/>x"), "12100" },
	{ STR("<Response/>\0"), "12100" },
	{ STR("<Response>a\0b</Response>"), "12100" },
	{ STR("<Response>a & b</Response>"), "&amp;" },
	{ STR("<Response><Say></Response>"), "line 1:" },
	{ STR("<Response>\n\n<Say a=1/></Response>"), "line 3:" },
	{ STR("<Response a=\"1\" a=\"2\"/>"), "12100" },
	{ STR("<Response>&nbsp;</Response>"), "12100" },
	{ STR("<Response>\x01</Response>"), "12100" },
	{ STR("<Response>\xff</Response>"), "12100" },
	{ STR("<Response>\xed\xa0\x80</Response>"), "12100" },
	{ STR("<Response>\xc3</Response>"), "12100" },
	{ STR("<Response>]]></Response>"), "12100" },
	{ STR("<!DOCTYPE Response><Response/>"), "DOCTYPE" },
	{ STR("<!DOCTYPE r SYSTEM \"file:///etc/hostname\"><Response/>"),
	    "DOCTYPE" },
	{ STR("<!DOCTYPE r [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">]>"
	    "<Response>&b;</Response>"), "DOCTYPE" },
	{ STR("<?xml version=\"1.0\"?><!DOCTYPE r [ <!ENTITY % p SYSTEM "
	    "\"http://192.0.2.1/\"> %p; ]><Response/>"), "DOCTYPE" },
};

static void
check_row(size_t row)
{
	char		buf[512];
	struct out	why = out_init(buf, sizeof(buf) - 1);
	struct str	s = table[row].text;
	bool		good;

	if (s.p != NULL)
		s = guard_str(s);
	good = twiml_check(s, &why);
	buf[why.n] = '\0';
	quiet(good == (table[row].says == NULL), "row %zu: %s", row, buf);
	quiet(good || strstr(buf, table[row].says) != NULL, "row %zu: %s",
	    row, buf);
	quiet(!good || why.n == 0, "row %zu: nothing is said: %s", row, buf);
	quiet(!why.overflow, "row %zu: it fits", row);
}

static void
test_prefixes(void)
{
	struct str	s = STR("<?xml version=\"1.0\"?><Response a='b'>"
	    "<Say>&amp;\xc3\xa4<![CDATA[x]]></Say><!-- y --></Response>");
	struct out	why;
	char		buf[512];
	size_t		n;

	for (n = 0; n <= s.n; n++) {
		why = out_init(buf, sizeof(buf));
		quiet(twiml_check(guard_str(str_sub(s, 0, n)), &why) ==
		    (n == s.n), "%zu bytes", n);
		quiet((why.n > 0) == (n < s.n), "%zu bytes: said", n);
	}
	tap_loop("no prefix of a document is good");
}

static void
test_size(void)
{
	static char	s[TWIML_MAX_BYTES + 1];
	char		buf[512];
	struct out	why = out_init(buf, sizeof(buf)), o;

	o = out_init(s, sizeof(s));
	out_cstr(&o, "<Response>");
	while (o.n < TWIML_MAX_BYTES - 11)
		out_char(&o, ' ');
	out_cstr(&o, "</Response> ");
	ok(twiml_check((struct str){ s, TWIML_MAX_BYTES }, &why),
	    "as large as may be");
	ok(!twiml_check((struct str){ s, TWIML_MAX_BYTES + 1 }, &why),
	    "one byte more");
	ok(why.n > 0, "is explained");
	why = out_init(buf, 3);
	ok(!twiml_check(STR("x"), &why) && why.overflow,
	    "an explanation that does not fit is no crash");
}

int
main(void)
{
	size_t	i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		check_row(i);
	tap_loop("documents, and what is said of bad ones");
	test_prefixes();
	test_size();
	return done_testing();
}
