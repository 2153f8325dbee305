/* Mustache templates: what they give, and which are refused, where and why. */
#include "../../src/core/json.h"
#include "../../src/core/template.h"
#include "../../src/core/twiml.h"
#include "guard.h"
#include "tap.h"

#define TEXT TEMPLATE_TEXT
#define XML TEMPLATE_XML

static _Alignas(16) char	memory[1 << 20];

/*
 * The data is one JSON value; ! before it: its strings are plain texts.
 * Behind a = is a plain text that every name has.
 */
static struct template_value
get(void *data, struct str name)
{
	struct template_value	v = { .json = true };
	struct str		root = *(struct str *)data;
	static char		key[64];
	bool			plain = root.n > 0 && root.p[0] == '!';

	if (root.n > 0 && root.p[0] == '=')
		return (struct template_value){ false,
		    str_sub(root, 1, root.n) };
	root = str_sub(root, plain, root.n);
	if (str_eq(name, STR(".")))
		v.text = root;
	else if (name.n < sizeof(key)) {
		memcpy(key, name.p, name.n);
		key[name.n] = '\0';
		v.text = json_get(root, key);
	}
	if (plain && json_type(v.text) == JSON_STRING)
		v = (struct template_value){ false,
		    str_sub(v.text, 1, v.text.n - 1) };
	return v;
}

static const struct {
	enum template_form	form;
	struct str		source, data, want;
} table[] = {
	/* names */
	{ TEXT, STR("Hi {{Name}}!"), STR("!{\"Name\":\"Ann\"}"),
	    STR("Hi Ann!") },
	{ TEXT, STR("{{ Name }}{{\tName\n}}"), STR("!{\"Name\":\"x\"}"),
	    STR("xx") },
	{ TEXT, STR("[{{none}}{{a.none}}{{a.b.c}}]"),
	    STR("{\"a\":{\"b\":\"x\"}}"), STR("[]") },
	{ TEXT, STR("{{a.b}}"), STR("!{\"a\":\"{}\"}"), STR("") },
	{ TEXT, STR("{{a.b}} {{a.c.d}}"),
	    STR("{\"a.b\":1,\"a\":{\"b\":2,\"c\":{\"d\":\"e\\u00e4\"}}}"),
	    STR("2 e\xc3\xa4") },
	{ TEXT, STR("{{t}}{{f}}{{n}}{{o}}{{l}}"),
	    STR("{\"t\":true,\"f\":false,\"n\":null,\"o\":{},\"l\":[1]}"),
	    STR("truefalse") },
	{ TEXT, STR("{ } {x} }} {{n}}}"), STR("{\"n\":1.50}"),
	    STR("{ } {x} }} 1.50}") },
	{ TEXT, STR("{{n}}"), STR("{\"n\":\"{{m}}\",\"m\":1}"),
	    STR("{{m}}") },
	{ TEXT, STR("{{x-y_2}}"), STR("{\"x-y_2\":\"<&>\"}"), STR("<&>") },
	/* sections */
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":0}"),
	    STR("y") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":\"\"}"),
	    STR("n") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("!{\"a\":\"\"}"),
	    STR("n") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("!{\"a\":\"false\"}"),
	    STR("y") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":false}"),
	    STR("n") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":null}"),
	    STR("n") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":[ ]}"),
	    STR("n") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{\"a\":{}}"),
	    STR("y") },
	{ TEXT, STR("{{#a}}y{{/a}}{{^a}}n{{/a}}"), STR("{}"), STR("n") },
	{ TEXT, STR("{{#l}}{{.}}{{n}},{{/l}}"),
	    STR("{\"l\":[1,\"b\",{\"n\":2}],\"n\":9}"), STR("19,b9,2,") },
	{ TEXT, STR("{{#l}}{{#.}}{{.}}{{/.}};{{/l}}"),
	    STR("{\"l\":[[1,2],[],[3]]}"), STR("12;;3;") },
	{ TEXT, STR("{{#a}}{{b.c}}{{/a}}"),
	    STR("{\"a\":{\"b\":{}},\"b\":{\"c\":1}}"), STR("") },
	{ TEXT, STR("{{#a}}{{b}}{{/a}}"), STR("{\"a\":{\"b\":null},\"b\":1}"),
	    STR("") },
	{ TEXT, STR("{{#a}}{{#a}}x{{/a}}{{/a}}"), STR("{\"a\":1}"), STR("x") },
	{ TEXT, STR("{{#s}}{{.}} is {{s}}{{/s}}"), STR("!{\"s\":\"v\"}"),
	    STR("v is v") },
	/* comments, and tags that are alone on their line */
	{ TEXT, STR("a{{! }{ x\n }}b"), STR("{}"), STR("ab") },
	{ TEXT, STR("1\n  {{! x }}\t\n2\n{{!y}}"), STR("{}"), STR("1\n2\n") },
	{ TEXT, STR(" {{#a}}\r\n 1\r\n{{/a}} \r\n2"), STR("{\"a\":1}"),
	    STR(" 1\r\n2") },
	{ TEXT, STR(" {{#a}} {{/a}}\n"), STR("{\"a\":1}"), STR("  \n") },
	{ TEXT, STR(" {{a}}\n"), STR("{\"a\":1}"), STR(" 1\n") },
	{ TEXT, STR("{{^a}}\n{{/a}}\r"), STR("{}"), STR("\r") },
	/* a text takes values as they are, but for what no column has */
	{ TEXT, STR("{{a}}"), STR("=\xff\n<\0>"),
	    STR("\xef\xbf\xbd\n<\xef\xbf\xbd>") },
	/* XML */
	{ XML, STR("<Response><Say a=\"{{a}}\" b='{{a}}'>{{a}}</Say>"
	    "</Response>"), STR("=<&>\x27\r\n\t\x01\xff"),
	    STR("<Response><Say "
	    "a=\"&lt;&amp;&gt;&#39;&#13;&#10;&#9;\xef\xbf\xbd\" "
	    "b='&lt;&amp;&gt;&#39;&#13;&#10;&#9;\xef\xbf\xbd'>"
	    "&lt;&amp;&gt;&#39;&#13;&#10;&#9;\xef\xbf\xbd</Say></Response>") },
	{ XML, STR("<Response>\n{{#Digits}}\n<Say>{{Digits}}</Say>\n"
	    "{{/Digits}}\n{{^Digits}}\n<Hangup/>\n{{/Digits}}\n</Response>"),
	    STR("!{}"), STR("<Response>\n<Hangup/>\n</Response>") },
	{ XML, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "{{! one }}\n<!-- two --><Response>{{#l}}<Say>{{.}}</Say>{{/l}}"
	    "</Response>"), STR("{\"l\":[\"a\",\"\\\"\"]}"),
	    STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- two -->"
	    "<Response><Say>a</Say><Say>&quot;</Say></Response>") },
	/* in a tag: whole attributes, of a list the first element */
	{ XML, STR("<R{{#l}} a=\"{{.}}\"{{/l}}{{^l}} a=\"\"{{/l}}/>"),
	    STR("{\"l\":[1,2]}"), STR("<R a=\"1\"/>") },
	{ XML, STR("<R{{#l}} a=\"{{.}}\"{{/l}}{{^l}} a=\"\"{{/l}}/>"),
	    STR("{}"), STR("<R a=\"\"/>") },
	{ XML, STR("<R {{#l}}a='1' {{/l}}b='{{#l}}{{.}} {{/l}}'></R>"),
	    STR("{\"l\":[1,2]}"), STR("<R a='1' b='1 2 '></R>") },
	{ XML, STR("<R>a > b ]&gt; <A/>></R>"), STR("{}"),
	    STR("<R>a > b ]&gt; <A/>></R>") },
	{ XML, STR("<R><![CDATA[ > ]]>{{a}}<?pi x?><!-->{}--></R>"),
	    STR("{}"), STR("<R><![CDATA[ > ]]><?pi x?><!-->{}--></R>") },
};

static struct arena
arena(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static void
check_row(size_t row)
{
	struct arena		 a = arena();
	char			 buf[1024];
	struct out		 why = out_init(buf, sizeof(buf)), o;
	struct str		 root = table[row].data;
	struct template_data	 data = { get, &root };
	const struct template	*t;
	size_t			 used;

	t = template_compile(&a, guard_str(table[row].source),
	    table[row].form, &why);
	quiet(t != NULL && why.n == 0, "row %zu: %.*s", row, (int)why.n, buf);
	if (t == NULL)
		return;
	(void)guard_str(STR(""));	/* no view of the source is kept */
	used = a.used;
	o = out_init(buf, sizeof(buf));
	quiet(template_render(t, &data, &a, &o), "row %zu renders", row);
	quiet(str_eq(out_str(&o), table[row].want), "row %zu: %.*s", row,
	    (int)o.n, buf);
	quiet(a.used == used, "row %zu: the arena is as before", row);
}

/* Refused; says: a part of why, with the place. */
static const struct {
	enum template_form	form;
	struct str		source;
	const char		*says;
} bad[] = {
	{ TEXT, STR("a\n {{{x}}}"), "line 2:2: {{{x}}} is a raw value" },
	{ TEXT, STR("\xc3\xa4{{& x}}"), "line 1:2: {{& x}} is a raw" },
	{ TEXT, STR("{{>x}}"), "partial" },
	{ TEXT, STR("{{> *x}}"), "partial" },
	{ TEXT, STR("{{=<% %>=}}"), "delimiters" },
	{ TEXT, STR("{{$x}}a{{/x}}"), "block" },
	{ TEXT, STR("{{<x}}{{/x}}"), "parent" },
	{ TEXT, STR("{{#e164}}{{From}}{{/e164}}"), "{{#e164}} is a lambda" },
	{ TEXT, STR("{{#if x}}a{{/if}}"), "Mustache" },
	{ TEXT, STR("{{@index}}"), "is no name" },
	{ TEXT, STR("{{*x}}"), "is no name" },
	{ TEXT, STR("{{../x}}"), "is no name" },
	{ TEXT, STR("{{a..b}}"), "is no name" },
	{ TEXT, STR("{{.a}}"), "is no name" },
	{ TEXT, STR("{{a.}}"), "is no name" },
	{ TEXT, STR("{{a|b}}"), "is no name" },
	{ TEXT, STR("{{}}"), "no name" },
	{ TEXT, STR("{{# }}"), "no name" },
	{ TEXT, STR("{{x}"), "not closed" },
	{ TEXT, STR("{{! x"), "not closed" },
	{ TEXT, STR("{{#x}}"), "line 1:1: {{x}} begins a section that is not" },
	{ TEXT, STR("{{/x}}"), "has not begun" },
	{ TEXT, STR("{{#a}}{{^b}}{{/a}}{{/b}}"), "innermost section, b" },
	{ TEXT, STR("\n\xff"), "line 2:1: this is not UTF-8" },
	{ XML, STR(""), "empty" },
	{ XML, STR("hello"), "line 1:1" },
	{ XML, STR("{{x}}"), "outside" },
	{ XML, STR("<R/>{{x}}"), "line 1:5: {{x}} stands outside" },
	{ XML, STR("{{#x}}<R/>{{/x}}"), "outside" },
	{ XML, STR("<R/>{{#x}}<!-- -->{{/x}}"), "outside" },
	{ XML, STR("<{{x}}/>"), "element's name" },
	{ XML, STR("<R{{x}}/>"), "part of a tag" },
	{ XML, STR("<R></{{x}}>"), "end tag" },
	{ XML, STR("<R {{x}}=\"1\"/>"), "part of a tag" },
	{ XML, STR("<R a{{x}}=\"1\"/>"), "within its quotes" },
	{ XML, STR("<R a={{x}}/>"), "within its quotes" },
	{ XML, STR("<R a {{x}}/>"), "within its quotes" },
	{ XML, STR("<R><!-- {{x}} --></R>"), "comment" },
	{ XML, STR("<R><!-->{{x}}--></R>"), "comment" },
	{ XML, STR("<R><![CDATA[{{x}}]]></R>"), "CDATA" },
	{ XML, STR("<R><?pi {{x}}?></R>"), "processing" },
	{ XML, STR("<!DOCTYPE R><R/>"), "DOCTYPE" },
	{ XML, STR("<R>&{{x}};</R>"), "&amp;" },
	{ XML, STR("<R>&#{{x}};</R>"), "&amp;" },
	{ XML, STR("<R a='&{{x}};'/>"), "&amp;" },
	{ XML, STR("<R>{{x}}></R>"), "line 1:9: write > as &gt;" },
	{ XML, STR("<R>{{x}}]></R>"), "&gt;" },
	{ XML, STR("<R>]{{#x}}a{{/x}}]></R>"), "&gt;" },
	{ XML, STR("<R>]]></R>"), "&gt;" },
	{ XML, STR("<R>{{#x}}</R>{{/x}}"), "ends an element that began out" },
	{ XML, STR("<R>{{#x}}<A>{{/x}}</A></R>"), "another place" },
	{ XML, STR("<R><A>{{#x}}</A><A>{{/x}}</A></R>"), "began outside" },
	{ XML, STR("<R>{{#x}}<A {{/x}}/></R>"), "another place" },
	{ XML, STR("<R {{#x}}a='{{/x}}'/>"), "another place" },
	{ XML, STR("<R {{#x}}><A {{/x}}/></R>"), "ends within a section" },
	{ XML, STR("<R {{#x}}/>{{/x}}"), "ends within a section" },
	{ XML, STR("<R a='{{#x}}' b='{{/x}}'/>"), "value ends within" },
	{ XML, STR("<R {{#x}}{{#y}}a=''{{/y}}{{/x}}/>"), "within another" },
	{ XML, STR("<R a='1'{{#x}} a='2'{{/x}}/>"), "twice" },
	{ XML, STR("<R {{#x}}a='1' {{/x}}{{#x}}a='2'{{/x}}/>"), "twice" },
	{ XML, STR("<R {{#x}}a='1' {{/x}}{{^y}}a='2'{{/y}}/>"), "twice" },
	{ XML, STR("<R a='1'{{#x}} {{/x}}b='2'/>"), "blank" },
	{ XML, STR("<R{{#x}} {{/x}}b='2'/>"), "blank" },
	{ XML, STR("<R {{#x}}a='1'{{/x}}b='2'/>"), "blank" },
	{ XML, STR("<R{{#x}}y{{/x}}/>"), "blank" },
	{ XML, STR("<R xmlns='{{x}}'/>"), "xmlns" },
	{ XML, STR("<R>\n{{#x}}\n<A>&nbsp;</A>{{/x}}</R>"), "line 3:4" },
	{ XML, STR("<R>{{^x}}\x01{{/x}}</R>"), "line 1:10" },
	{ XML, STR("<R {{#x}}a=''{{/x}}{{^x}} 1=''{{/x}}/>"), "line 1:27" },
	{ XML, STR("<R><A>{{x}}</B></R>"), "line 1:14: mismatched tag" },
	{ XML, STR("<R>{{x}}"), "line 1:4" },
	{ XML, STR("<R/><R/>"), "line 1:5" },
	{ XML, STR(" <?xml version='1.0'?><R/>"), "line 1:2" },
	{ XML, STR("<?xml version='1.0' encoding='latin1'?><R>{{x}}</R>"),
	    "encoding must be UTF-8" },
	{ XML, STR("<?xml version='1.1'?><R>{{x}}</R>"), "12101" },
};

static void
check_bad(size_t row)
{
	struct arena		 a = arena();
	char			 buf[512];
	struct out		 why = out_init(buf, sizeof(buf) - 1);
	const struct template	*t;

	t = template_compile(&a, guard_str(bad[row].source), bad[row].form,
	    &why);
	buf[why.n] = '\0';
	quiet(t == NULL, "bad row %zu is taken", row);
	quiet(strstr(buf, bad[row].says) != NULL && !why.overflow,
	    "bad row %zu: %s", row, buf);
}

static bool
compile(struct arena *a, struct str source, const struct template **t)
{
	static char	buf[256];
	struct out	why = out_init(buf, sizeof(buf));

	*t = template_compile(a, source, XML, &why);
	return *t != NULL;
}

static void
test_marked(void)
{
	struct arena		 a = arena();
	const struct template	*t;
	char			 buf[256];
	struct out		 o = out_init(buf, sizeof(buf));

	ok(compile(&a, STR("<R{{#a}} x='{{b}}'{{/a}}>{{#a}}<A>{{c.d}}</A>"
	    "{{^b}}{{b}}{{/b}}{{/a}}{{^a}}no{{/a}}</R>"), &t) &&
	    template_render_marked(t, true, &o), "it is marked");
	is_str(out_str(&o), STR("<R x='\xee\x80\x80'><A>\xee\x80\x80</A></R>"),
	    "with its sections");
	o.n = 0;
	ok(template_render_marked(t, false, &o), "and again");
	is_str(out_str(&o), STR("<R>no</R>"), "without them");
	o = out_init(buf, 3);
	ok(!template_render_marked(t, false, &o), "it does not fit");
	ok(template_uses(t, "c") && template_uses(t, "a") &&
	    !template_uses(t, "d") && !template_uses(t, "R"),
	    "the first parts of names are known");
}

/* Neither size nor time is without an end, and no memory is no crash. */
static void
test_bounds(void)
{
	static char		 big[TWIML_MAX_BYTES + 64];
	struct str		 root = STR("{\"l\":[1,2,3,4,5,6,7,8,9,0]}");
	struct template_data	 data = { get, &root };
	struct arena		 a = arena();
	const struct template	*t;
	struct out		 o = out_init(big, sizeof(big)), why;
	char			 buf[64];
	size_t			 i, cap;

	for (i = 0; i < TEMPLATE_MAX_DEPTH + 1; i++)
		out_cstr(&o, "{{#l}}");
	for (i = 0; i < TEMPLATE_MAX_DEPTH + 1; i++)
		out_cstr(&o, "{{/l}}");
	why = out_init(buf, sizeof(buf));
	ok(template_compile(&a, out_str(&o), TEXT, &why) == NULL,
	    "sections too deep");
	a.used = 0;
	t = template_compile(&a, str_sub(out_str(&o), 6, o.n - 6), TEXT, &why);
	o.n = 0;
	ok(t != NULL && !template_render(t, &data, &a, &o) && o.n == 0,
	    "lists in lists that would not end");
	a.used = 0;
	ok(compile(&a, STR("<R>{{#l}}{{#l}}{{#l}}{{#l}}1234567{{/l}}{{/l}}"
	    "{{/l}}{{/l}}</R>"), &t) && !template_render(t, &data, &a, &o),
	    "more than 64 kB");
	o = out_init(big, 10);
	ok(!template_render(t, &data, &a, &o) && o.overflow, "a small buffer");
	for (cap = 0, t = NULL; t == NULL && cap < sizeof(memory); cap += 64) {
		a = (struct arena){ .base = memory, .cap = cap };
		why = out_init(buf, sizeof(buf));
		t = template_compile(&a, STR("<R>{{#l}}{{.}}{{/l}}</R>"), XML,
		    &why);
		quiet((t == NULL) == (why.n > 0), "%zu bytes", cap);
		quiet(t != NULL || str_eq(out_str(&why),
		    STR("out of memory")), "%zu bytes: said", cap);
	}
	tap_loop("every size of an arena that is too small");
	ok(t != NULL, "and one that is not: %zu bytes", cap);
}

/* Every beginning of a template is refused or good; and reads no more. */
static void
test_prefixes(void)
{
	static const struct str	s = STR("<R a='{{x}}'{{#y}} b=\"&lt;\"{{/y}}>"
	    "{{! c }}\n{{^z}}\n<A>{{a.b}}</A>\n{{/z}}\n<![CDATA[]]></R>");
	const struct template	*t;
	struct arena		 a;
	size_t			 n;

	for (n = 0; n <= s.n; n++) {
		a = arena();
		quiet(compile(&a, guard_str(str_sub(s, 0, n)), &t) ==
		    (n == s.n), "%zu bytes", n);
	}
	tap_loop("no beginning of a template is one");
}

int
main(void)
{
	size_t	i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		check_row(i);
	tap_loop("templates, and what they give");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_bad(i);
	tap_loop("templates that are refused, and what is said");
	test_marked();
	test_bounds();
	test_prefixes();
	return done_testing();
}
