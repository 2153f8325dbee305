/*
 * Templates: what compiles is well-formed XML whatever the data, which is
 * chosen here by a seed from values that are known to hurt. libexpat with
 * namespaces judges, on its own heap.
 */
#include <expat.h>

#include "../../src/core/json.h"
#include "../../src/core/template.h"
#include "../../src/core/twiml.h"
#include "fuzz.h"

#define RENDERINGS 8	/* of each template, each with other data */

static struct template_value
get(void *data, struct str name)
{
	static const struct template_value	values[] = {
		{ false, { NULL, 0 } },
		{ true, STR("[\"]]\",\"\",\"<\",{\"a\":\"\\\"\",\"b\":[1]}]") },
		{ false, STR("]]") },
		{ true, STR("{\"a\":{\"b\":\">\"},\"b\":[],\"x\":[{}, 2]}") },
		{ false, STR("") },
		{ true, STR("[[\"'\",false],[],{\"x\":{\"a\":[\"]\"]}}]") },
		{ false, STR("\"' a='1\" b=\"2\r\n\xff\xef\xbf\xbf\x01") },
		{ true, STR("false") },
		{ false, STR("&#0;<A>--></R>]]>?>") },
		{ true, STR("{}") },
		{ true, STR("\"\\u0000\\ud800\\u000d]\"") },
		{ false, STR(">") },
	};
	uint32_t	h = *(uint32_t *)data;
	size_t		i;

	for (i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)name.p[i]) * 16777619u;
	return values[(h >> 8) % (sizeof(values) / sizeof(values[0]))];
}

static void
check_well_formed(struct str s)
{
	XML_Parser	p = XML_ParserCreateNS("UTF-8", '\n');

	must(p != NULL);
	if (XML_Parse(p, s.p, (int)s.n, XML_TRUE) != XML_STATUS_OK) {
		fprintf(stderr, "%s\n%.*s\n",
		    XML_ErrorString(XML_GetErrorCode(p)), (int)s.n, s.p);
		abort();
	}
	XML_ParserFree(p);
}

static void
check_renderings(const struct template *t, struct arena *a, bool xml)
{
	static char	text[2 * TWIML_MAX_BYTES];
	uint32_t	seed;
	struct template_data	data = { get, &seed };
	struct out	o;
	size_t		used = a->used;

	for (seed = 0; seed < RENDERINGS; seed++) {
		o = out_init(text, sizeof(text));
		if (template_render(t, &data, a, &o)) {
			must(o.n <= TWIML_MAX_BYTES);
			if (xml)
				check_well_formed(out_str(&o));
		}
		must(a->used == used);
	}
	for (seed = 0; seed < 2; seed++) {
		o = out_init(text, sizeof(text));
		must(template_render_marked(t, seed != 0, &o));
		if (xml)
			check_well_formed(out_str(&o));
	}
}

static void
check(struct str source, enum template_form form)
{
	struct arena		 a = fuzz_arena();
	char			 buf[512];
	struct out		 why = out_init(buf, sizeof(buf));
	const struct template	*t;

	t = template_compile(&a, source, form, &why);
	must((t == NULL) == (why.n > 0));
	if (t != NULL)
		check_renderings(t, &a, form == TEMPLATE_XML);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	s = fuzz_copy(data, n);

	check(s, TEMPLATE_XML);
	check(s, TEMPLATE_TEXT);
	fuzz_free();
	return 0;
}
