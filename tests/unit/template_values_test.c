/*
 * Random values through templates: a parser must read back exactly what was
 * put in, cleaned by the rules of template.h, which are written here a
 * second time. N in the arguments: so many values (tests/fuzz/values).
 */
#include <expat.h>
#include <stdlib.h>

#include "../../src/core/template.h"
#include "tap.h"

#define VALUES 3
#define VALUE_BYTES 48
#define TEXT_BYTES 16384

/*
 * What a parser reads, as one text. Structure is control characters, which
 * no value can give: START name (ATTR name=value)* OPENED … END. In the
 * table A, B, C are the values as parameters, X, Y, Z the same in JSON.
 */
#define START "\x01"
#define ATTR "\x02"
#define OPENED "\x03"
#define END "\x04"
#define A "\x05"
#define B "\x06"
#define C "\x07"
#define X "\x0e"
#define Y "\x0f"
#define Z "\x10"

static const struct {
	struct str	source, reads;
} table[] = {
	{ STR("<Response><Say voice=\"{{a}}\" lang='{{b}}'>{{c}}</Say>"
	    "</Response>"),
	    STR(START "Response" OPENED START "Say" ATTR "voice=" A ATTR
	    "lang=" B OPENED C END END) },
	{ STR("<Response>\r\n{{a}}\n{{b}}{{c}}]\r{{a}}</Response>"),
	    STR(START "Response" OPENED "\n" A "\n" B C "]\n" A END) },
	{ STR("<Response><Gather action='/a?x={{a}}&amp;y={{b}}'"
	    "{{#c}} hints=\"{{a}}, {{c}}\"{{/c}}{{^c}} hints=\"\"{{/c}}/>"
	    "</Response>"),
	    STR(START "Response" OPENED START "Gather" ATTR "action=/a?x=" A
	    "&y=" B ATTR "hints=" A ", " C OPENED END END) },
	{ STR("<Response>{{#list}}<Message to=\"{{.}}\">{{.}}:{{a}}"
	    "</Message>{{/list}}{{^list}}no{{/list}}</Response>"),
	    STR(START "Response" OPENED START "Message" ATTR "to=" X OPENED X
	    ":" A END START "Message" ATTR "to=" Y OPENED Y ":" A END START
	    "Message" ATTR "to=" Z OPENED Z ":" A END END) },
	{ STR("<Response {{#list}}x='{{.}}'{{/list}}>{{#o}}{{x}}<P q=\""
	    "{{#list}}{{.}} {{/list}}\"/>{{/o}}{{o.y.z}}{{o.none}}"
	    "{{#none}}{{a}}{{/none}}</Response>"),
	    STR(START "Response" ATTR "x=" X OPENED X START "P" ATTR "q=" X
	    " " Y " " Z " " OPENED END Y END) },
};

struct value {
	char	bytes[VALUE_BYTES];
	size_t	n;
};

/* The data of one rendering. */
struct data {
	struct value	v[VALUES];
	char		list_buf[1024], o_buf[1024];
	struct out	list, o;
};

static uint64_t	seed = 1;

static uint32_t
next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16);
}

/* What has a meaning to XML, to JSON, to Mustache or to a parser. */
static void
add_piece(struct value *v)
{
	static const struct str	pieces[] = { STR("&"), STR("<"), STR(">"),
	    STR("\""), STR("'"), STR("]]>"), STR("]"), STR("\r"), STR("\n"),
	    STR("\r\n"), STR("\t"), STR(" "), STR("\0"), STR("\x01"),
	    STR("\x1f"), STR("\x7f"), STR("&amp;"), STR("&#10;"),
	    STR("<![CDATA["), STR("<!--"), STR("?>"), STR("{{a}}"),
	    STR("\\u0000"), STR("\\"), STR("/>"), STR("a=\"b\""),
	    STR("\xc2\x85"), STR("\xe2\x80\xa8"), STR("\xef\xbf\xbe"),
	    STR("\xef\xbf\xbf"), STR("\xef\xbf\xbd"), STR("\xed\xa0\x80"),
	    STR("\xee\x80\x80"), STR("\xf0\x9f\x98\x80"), STR("\xc3\xa4"),
	    STR("\xf4\x90\x80\x80"), STR("\xc0\x80"), STR("\xef\xbb\xbf") };
	uint32_t	r = next();
	struct str	s = pieces[r % (sizeof(pieces) / sizeof(pieces[0]))];
	char		byte = (char)(r >> 8);

	if ((r & 0x30000) == 0)
		s = (struct str){ &byte, 1 };
	else if ((r & 0x30000) == 0x10000)
		s = STR("hello 5");
	if (s.n <= VALUE_BYTES - v->n) {
		memcpy(v->bytes + v->n, s.p, s.n);
		v->n += s.n;
	}
}

static struct str
value_str(const struct value *v)
{
	return (struct str){ v->bytes, v->n };
}

static void
make_data(struct data *d)
{
	uint32_t	n;
	size_t		i;

	d->list = out_init(d->list_buf, sizeof(d->list_buf));
	d->o = out_init(d->o_buf, sizeof(d->o_buf));
	for (i = 0; i < VALUES; i++) {
		d->v[i].n = 0;
		for (n = 1 + next() % 8; n > 0; n--)
			add_piece(&d->v[i]);
		out_cstr(&d->list, i == 0 ? "[" : ",");
		out_json(&d->list, value_str(&d->v[i]));
	}
	out_char(&d->list, ']');
	out_cstr(&d->o, "{\"x\":");
	out_json(&d->o, value_str(&d->v[0]));
	out_cstr(&d->o, ",\"y\":{\"z\":");
	out_json(&d->o, value_str(&d->v[1]));
	out_cstr(&d->o, "}}");
}

static struct template_value
get(void *data, struct str name)
{
	struct data	*d = data;

	if (str_eq(name, STR("list")))
		return (struct template_value){ true, out_str(&d->list) };
	if (str_eq(name, STR("o")))
		return (struct template_value){ true, out_str(&d->o) };
	if (name.n == 1 && name.p[0] >= 'a' && name.p[0] < 'a' + VALUES)
		return (struct template_value){ false,
		    value_str(&d->v[name.p[0] - 'a']) };
	return (struct template_value){ .json = false };
}

/* RFC 3629 section 4, by its table: bytes of the sequence, or 0. */
static size_t
sequence(const unsigned char *p, size_t n)
{
	static const struct {
		unsigned char	first, last, low, high;
		size_t		bytes;
	} t[] = {
		{ 0x00, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t	i, k;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		if (p[0] < t[i].first || p[0] > t[i].last || n < t[i].bytes)
			continue;
		for (k = 1; k < t[i].bytes; k++)
			if (p[k] < (k == 1 ? t[i].low : 0x80) ||
			    p[k] > (k == 1 ? t[i].high : 0xbf))
				return 0;
		return t[i].bytes;
	}
	return 0;
}

static void
add_clean(struct out *o, struct str s, bool json)
{
	const unsigned char	*p = (const unsigned char *)s.p;
	size_t			 i, n;

	for (i = 0; i < s.n; i += n == 0 ? 1 : n) {
		n = sequence(p + i, s.n - i);
		if (n == 0 || (p[i] == 0 && json))
			out_cstr(o, "\xef\xbf\xbd");
		else if ((n == 1 && p[i] < 0x20 && p[i] != '\t' &&
		    p[i] != '\n' && p[i] != '\r') ||
		    (n == 3 && p[i] == 0xef && p[i + 1] == 0xbf &&
		    p[i + 2] >= 0xbe))
			continue;
		else
			out_bytes(o, str_sub(s, i, i + n));
	}
}

static struct str
expected(struct out *o, struct str reads, const struct data *d)
{
	size_t	i;
	char	c;

	for (i = 0; i < reads.n; i++) {
		c = reads.p[i];
		if (c >= A[0] && c <= C[0])
			add_clean(o, value_str(&d->v[c - A[0]]), false);
		else if (c >= X[0] && c <= Z[0])
			add_clean(o, value_str(&d->v[c - X[0]]), true);
		else
			out_char(o, c);
	}
	return out_str(o);
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct out	*o = data;

	out_cstr(o, START);
	out_cstr(o, name);
	for (; *attributes != NULL; attributes += 2) {
		out_cstr(o, ATTR);
		out_cstr(o, attributes[0]);
		out_char(o, '=');
		out_cstr(o, attributes[1]);
	}
	out_cstr(o, OPENED);
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
	(void)name;
	out_cstr(data, END);
}

static void XMLCALL
on_text(void *data, const XML_Char *s, int n)
{
	out_bytes(data, (struct str){ s, (size_t)n });
}

static bool
read_back(XML_Parser parser, struct str text, struct out *o)
{
	(void)XML_ParserReset(parser, "UTF-8");
	XML_SetUserData(parser, o);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	return XML_Parse(parser, text.p, (int)text.n, XML_TRUE) ==
	    XML_STATUS_OK;
}

static void
try(XML_Parser parser, const struct template *t, struct str reads,
    struct data *d)
{
	static _Alignas(16) char	memory[TEXT_BYTES];
	static char			text[TEXT_BYTES], got[TEXT_BYTES],
					want[TEXT_BYTES];
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct out	o = out_init(text, sizeof(text));
	struct out	g = out_init(got, sizeof(got));
	struct out	w = out_init(want, sizeof(want));
	struct template_data	source = { get, d };

	make_data(d);
	quiet(template_render(t, &source, &a, &o), "it renders");
	quiet(read_back(parser, out_str(&o), &g), "well-formed: %.*s",
	    (int)o.n, o.p);
	quiet(str_eq(out_str(&g), expected(&w, reads, d)),
	    "not what was put in: %.*s", (int)o.n, o.p);
}

int
main(int argc, char **argv)
{
	static _Alignas(16) char	memory[1 << 20];
	static struct data		d;
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	const struct template	*t[sizeof(table) / sizeof(table[0])];
	char		buf[256];
	struct out	why = out_init(buf, sizeof(buf));
	XML_Parser	parser = XML_ParserCreate("UTF-8");
	size_t		i, rows = sizeof(table) / sizeof(table[0]);
	long		n, values = argc > 1 ? atol(argv[1]) : 50000;

	for (i = 0; i < rows; i++) {
		t[i] = template_compile(&a, table[i].source, TEMPLATE_XML,
		    &why);
		if (!ok(t[i] != NULL, "template %zu", i)) {
			printf("# %.*s\n", (int)why.n, why.p);
			return 1;
		}
	}
	for (n = 0; n < values; n += VALUES) {
		i = (size_t)(n / VALUES) % rows;
		try(parser, t[i], table[i].reads, &d);
	}
	XML_ParserFree(parser);
	tap_loop("a parser reads back what was put in");
	return done_testing();
}
