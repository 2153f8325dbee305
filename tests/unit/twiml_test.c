/* TwiML written by construction. */
#include <string.h>

#include "../../src/core/lint.h"
#include "../../src/core/twiml.h"
#include "guard.h"
#include "tap.h"

/* Steps of a builder: < open, @ attribute, " text, > close. */
struct step {
	char		 what;
	const char	*name;
	struct str	 value;
};

static const struct {
	struct step	 steps[12];
	const char	*want;	/* behind the declaration; NULL: a misuse */
} built[] = {
	{ { { '<', "Response", { NULL, 0 } }, { '>', NULL, { NULL, 0 } } },
	    "<Response/>\n" },
	{ { { '<', "Response", { NULL, 0 } }, { '<', "Say", { NULL, 0 } },
	    { '@', "voice", STR("a\"'<&>\r\n\t\x01\xff") },
	    { '@', "loop", { NULL, 0 } }, { '@', "xml:lang", STR("") },
	    { '"', NULL, STR("]]>\xef\xbf\xbf") }, { '"', NULL, STR("x") },
	    { '>', NULL, { NULL, 0 } }, { '<', "Pause", { NULL, 0 } },
	    { '"', NULL, { NULL, 0 } }, { '>', NULL, { NULL, 0 } },
	    { '>', NULL, { NULL, 0 } } },
	    "<Response><Say voice=\"a&quot;&#39;&lt;&amp;&gt;&#13;&#10;&#9;"
	    "\xef\xbf\xbd\" xml:lang=\"\">]]&gt;x</Say><Pause/>"
	    "</Response>\n" },
	{ { { '"', NULL, STR("x") } }, NULL },
	{ { { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Say", { NULL, 0 } }, { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } } }, NULL },
	{ { { 0, NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '>', NULL, { NULL, 0 } },
	    { '<', "Response", { NULL, 0 } }, { '>', NULL, { NULL, 0 } } },
	    NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '>', NULL, { NULL, 0 } },
	    { '"', NULL, STR("x") } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '"', NULL, STR("x") },
	    { '@', "a", STR("b") }, { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '@', "a", STR("b") },
	    { '@', "a", STR("b") }, { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '@', "a b", STR("") },
	    { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '@', "xmlns", STR("u") },
	    { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '@', "x:y", STR("u") },
	    { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '<', "1", { NULL, 0 } },
	    { '>', NULL, { NULL, 0 } }, { '>', NULL, { NULL, 0 } } }, NULL },
	{ { { '<', "Response", { NULL, 0 } }, { '<', "", { NULL, 0 } },
	    { '>', NULL, { NULL, 0 } }, { '>', NULL, { NULL, 0 } } }, NULL },
};

static bool
build(const struct step *steps, struct out *o)
{
	struct twiml	w;
	size_t		i;

	twiml_begin(&w, o);
	for (i = 0; i < 12 && steps[i].what != 0; i++)
		switch (steps[i].what) {
		case '<':
			twiml_open(&w, steps[i].name);
			break;
		case '@':
			twiml_attr(&w, steps[i].name, steps[i].value);
			break;
		case '"':
			twiml_text(&w, steps[i].value);
			break;
		default:
			twiml_close(&w);
		}
	return twiml_end(&w);
}

static void
check_built(size_t row)
{
	char		buf[512];
	static _Alignas(16) char memory[1 << 16];
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct out	o = out_init(buf, sizeof(buf) - 1);
	bool		good;
	size_t		cap, n;

	out_cstr(&o, "before ");
	good = build(built[row].steps, &o);
	quiet(good == (built[row].want != NULL), "built %zu", row);
	buf[o.n] = '\0';
	quiet(good || strcmp(buf, "before ") == 0, "built %zu: %s", row, buf);
	if (!good)
		return;
	quiet(strcmp(buf + 7 + strlen(TWIML_DECLARATION),
	    built[row].want) == 0, "built %zu: %s", row, buf);
	quiet(!lint_is_lost(&a, (struct str){ buf + 7, o.n - 7 }),
	    "built %zu can be sent", row);
	n = o.n - 7;
	for (cap = 0; cap <= n; cap++) {
		o = out_init(guard_buffer(cap), cap);
		quiet(build(built[row].steps, &o) == (cap == n) &&
		    (cap == n || o.n == 0), "built %zu in %zu bytes", row,
		    cap);
	}
}

static void
test_built_bounds(void)
{
	static char	big[2 * TWIML_MAX_BYTES];
	struct out	o = out_init(big, sizeof(big));
	struct twiml	w;
	size_t		i;

	twiml_begin(&w, &o);
	twiml_open(&w, "Response");
	for (i = 0; i < TWIML_MAX_BYTES; i++)
		twiml_text(&w, STR("x"));
	twiml_close(&w);
	ok(!twiml_end(&w) && o.n == 0, "a document of 64 kB is none");
	twiml_begin(&w, &o);
	twiml_open(&w, "Response");
	for (i = 0; i < TWIML_MAX_OPEN; i++)
		twiml_open(&w, "Say");
	for (i = 0; i < TWIML_MAX_OPEN + 1; i++)
		twiml_close(&w);
	ok(!twiml_end(&w) && o.n == 0, "nor one that is too deep");
	is_str(STR(TWIML_EMPTY), STR(TWIML_DECLARATION "<Response/>\n"),
	    "the empty reply is what the builder writes");
}

int
main(void)
{
	size_t	i;

	for (i = 0; i < sizeof(built) / sizeof(built[0]); i++)
		check_built(i);
	tap_loop("what is built, and misuse");
	test_built_bounds();
	return done_testing();
}
