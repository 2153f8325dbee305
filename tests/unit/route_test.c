/*
 * Routes' specs: what each key takes and refuses, what a fault says, and
 * which texts may be sent. ' stands for " in the specs here.
 */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/json.h"
#include "../../src/core/route_value.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[4 << 20];
static char text[1 << 17];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static struct str
quoted(const char *s)
{
	size_t	n = strlen(s), i;

	for (i = 0; i <= n; i++)
		text[i] = s[i];
	for (i = 0; i < n; i++)
		if (text[i] == '\'')
			text[i] = '"';
	return guard_str((struct str){ text, n });
}

static struct arena	arena;
static char		why_text[1024];
static struct out	why;

static bool
parses(const char *spec, struct route *r)
{
	arena = fresh();
	why = out_init(why_text, sizeof(why_text));
	return route_parse(&arena, quoted(spec), r, &why);
}

/* Beside the name and a reply, these members. */
static bool
takes(const char *members, struct route *r)
{
	char	spec[4096];

	(void)snprintf(spec, sizeof(spec), "{'name':'x','twiml':'<Response/>'"
	    ",%s}", members);
	return parses(spec, r);
}

/* The fault that the whole spec has, word for word. */
static void
refuses(const char *spec, const char *says)
{
	struct route	r;

	quiet(!parses(spec, &r), "%s is taken", spec);
	quiet(str_eq(out_str(&why), str_from(says)), "%s\n# says: %.*s", spec,
	    (int)why.n, why_text);
}

static void
test_whole(void)
{
	struct route	r;

	ok(parses("{ 'name' : 'menu', 'kind':['call.inbound','call.gather'],"
	    "'account':'AC1*','to':['+15550101001','+1555*'],"
	    "'from':'\\u002b1555*','messaging_service':'MG2','keyword':['a',"
	    "''],'body':'^a+$','speech':['b'],'digits':['1',''],"
	    "'path':'/menu*','hours':['Mon-Fri 09:00-17:30','Sat,Sun'],"
	    "'zone':'Europe/Berlin','sender':'known','opted_out':'no',"
	    "'session':['step=q2','!done'],'template':'<Response/>',"
	    "'const':{'a':'1','b':''},'fallback':'<Response></Response>',"
	    "'budget':'2500ms','warnings':'allow','set':{'x':'{{Digits}}'},"
	    "'count':['n'],'clear':'y','end':'yes','expires':'30m'}", &r),
	    "every key of a call's route%s%.*s", why.n == 0 ? "" : ": ",
	    (int)why.n, why_text);
	is_str(r.name, STR("menu"), "name");
	ok(r.kinds == ((uint64_t)1 << EVENT_CALL_INBOUND |
	    (uint64_t)1 << EVENT_CALL_GATHER) && r.kind.n == 2, "kinds");
	ok(r.account.n == 1 && r.to.n == 2 && r.from.n == 1 &&
	    r.messaging_service.n == 1 && r.keyword.n == 2 && r.body.n == 1 &&
	    r.speech.n == 1 && r.digits.n == 2 && r.path.n == 1, "lists");
	is_str(r.from.at[0], STR("+1555*"), "an escape is decoded");
	is_str(r.keyword.at[1], STR(""), "an empty keyword");
	ok(r.nhours == 2 && r.hours[0].days == 0x3e && r.hours[0].from == 540
	    && r.hours[0].to == 1050 && r.hours[1].days == 0x41 &&
	    r.hours[1].from == 0 && r.hours[1].to == 1440, "hours");
	is_str(r.zone, STR("Europe/Berlin"), "zone");
	ok(r.sender == SENDER_KNOWN && r.opted_out == CHOICE_NO, "choices");
	ok(r.nsession == 2 && r.session[1].test == SESSION_UNSET, "session");
	ok(r.source == ROUTE_TEMPLATE && r.http == 200, "source");
	ok(r.constants.n == 2 && r.set.n == 1 && r.count.n == 1 &&
	    r.clear.n == 1 && r.end && r.warnings && r.expires_s == 1800,
	    "session's changes");
	is_str(r.set.at[0].value, STR("{{Digits}}"), "a value");
	is_int(r.budget_ms, 2500, "budget");
	ok(r.broken.p == NULL && !r.unreadable, "not broken");
	ok(parses("{'name':'x','kind':'conversation.onMessageAdd','reject':"
	    "'403','in_trouble':'reject'}", &r) && r.source == ROUTE_REJECT &&
	    r.http == 403 && r.reject_in_trouble && route_is_json(&r),
	    "a rejection");
	ok(parses("{'name':'x','sql':'shop.reply_2'}", &r) && r.source ==
	    ROUTE_SQL && !route_is_json(&r), "a function");
	is_str(r.reply, STR("shop.reply_2"), "its name");
	is_int(route_budget_ms(&r, EVENT_CALL_INBOUND), 10000, "a call's");
	is_int(route_budget_ms(&r, EVENT_ON_MESSAGE_ADD), 3000,
	    "Conversations'");
	r.budget_ms = 1;
	is_int(route_budget_ms(&r, EVENT_ON_MESSAGE_ADD), 1, "its own");
}

#define TW "'twiml':'<Response/>'"
static void
test_faults(void)
{
	refuses("", "this is not JSON");
	refuses("{", "this is not JSON");
	refuses("[]", "a route is an object, such as {\"name\": ..., "
	    "\"twiml\": ...}");
	refuses("{}", "name: it is missing");
	refuses("{'name':'x'}", "it has no reply: one of twiml, template, "
	    "json, reject, sql, app and redirect");
	refuses("{'name':'x'," TW ",'sql':'a.b'}", "it has more than one "
	    "reply of twiml, template, json, reject, sql, app and redirect");
	refuses("{'name':''," TW "}", "name: \"\" is not 1 to 80 bytes "
	    "without control characters");
	refuses("{'name':'a\\nb'," TW "}", "name: \"a\\x0ab\" is not 1 to 80 "
	    "bytes without control characters");
	refuses("{'name':'x','digit':'1'," TW "}", "there is no key "
	    "\"digit\"; did you mean digits?");
	refuses("{'name':'x','mesaging_servise':'1'," TW "}", "there is no "
	    "key \"mesaging_servise\"; did you mean messaging_service?");
	refuses("{'name':'x','somewhat':'1'," TW "}", "there is no key "
	    "\"somewhat\"");
	refuses("{'name':'x','to':'a','to':'b'," TW "}",
	    "to: it is there twice");
	refuses("{'name':'x','to':1," TW "}",
	    "to: it must be a text or a list of texts");
	refuses("{'name':'x','to':['a',null]," TW "}",
	    "to: it must be a text (in quotes)");
	refuses("{'name':'x','to':[]," TW "}", "to: the list is empty");
	refuses("{'name':'x','to':''," TW "}", "to: \"\" is not an exact "
	    "value or a beginning with '*' behind it, 256 bytes at most, "
	    "without control characters");
	refuses("{'name':'x','twiml':5}",
	    "twiml: it must be a text (in quotes)");
	refuses("{'name':'x','const':'a'," TW "}",
	    "const: it must be an object of names and texts");
	refuses("{'name':'x','const':{'a':1}," TW "}",
	    "const: its values must be texts (in quotes)");
	refuses("{'name':'x','kind':'message.status'," TW "}",
	    "kind: \"message.status\" is not a kind of event that takes a "
	    "reply, such as message.inbound or call.gather");
	refuses("{'name':'x','kind':['call.inbound','conversation."
	    "onMessageAdd'],'sql':'a.b'}", "kind: kinds that are answered "
	    "with TwiML and those that are answered with JSON need routes of "
	    "their own");
	refuses("{'name':'x','kind':'conversation.onMessageAdd'," TW "}",
	    "twiml: Conversations are not answered with TwiML");
	refuses("{'name':'x','json':'{}'}", "json: only kinds of "
	    "Conversations that ask beforehand have it, such as "
	    "conversation.onMessageAdd: name them in kind");
	refuses("{'name':'x','zone':'UTC'," TW "}",
	    "zone: it is of no use without hours");
	refuses("{'name':'x','hours':'Mon-Fry'," TW "}", "hours: \"Mon-Fry\" "
	    "is not days (Sun to Sat), times, or both: \"Mon-Fri "
	    "09:00-17:30\", \"Sat,Sun\", \"22:00-06:00\"");
	refuses("{'name':'x','budget':'15s'," TW "}", "budget: \"15s\" is not "
	    "a time such as 8s or 2500ms, 14s at most");
	refuses("{'name':'x','sender':'old','to':''," TW "}",
	    "sender: \"old\" is not new or known");
	tap_loop("faults, word for word");
}

/* Members of a spec that are taken, and some that are not. */
static void
test_members(void)
{
	static const char *const good[] = {
	    "'kind':'other'", "'kind':['call.redirect','message.fallback']",
	    "'to':'*'", "'to':'whatsapp:+1555*'", "'from':'sip:a@example.com'",
	    "'digits':'*9'", "'digits':'9*'", "'keyword':'\xf0\x9f\x91\x8d'",
	    "'path':'/'", "'path':'/a*'", "'hours':'Sat,Sun'",
	    "'hours':'fri-MON'", "'hours':'22:00-06:00'",
	    "'hours':'00:00-24:00','zone':'America/Port-au-Prince'",
	    "'hours':'Mon 09:00-09:00','zone':'Etc/GMT+5'",
	    "'session':'a_1>=-3'", "'session':['a<3','b!=','c=','_d']",
	    "'opted_out':'yes'", "'budget':'14000ms'", "'budget':'1ms'",
	    "'expires':'365d'", "'expires':'1000ms'", "'const':{}",
	    "'body':'(a|b)'", "'set':{'a':''}", "'end':'yes'",
	    "'warnings':'allow'", "'account':'AC*'" };
	static const char *const bad[] = { "'kind':''", "'kind':'*'",
	    "'kind':'stream.com.twilio'", "'kind':'call.status'",
	    "'account':'MG1'", "'messaging_service':'AC1'", "'keyword':'a b'",
	    "'keyword':'a\\t'", "'body':''", "'path':'a'", "'path':''",
	    "'path':'*'", "'hours':''", "'hours':'Mon 9:00-17:00'",
	    "'hours':'Mon 09:00'", "'hours':'24:00-24:00'",
	    "'hours':'09:00-24:01'", "'hours':'09:60-10:00'",
	    "'hours':'Mon-'", "'hours':'-Mon'", "'hours':'Mon,,Tue'",
	    "'hours':'Mon 09:00-17:00 x'", "'hours':'Mon 09:00-17:00-18:00'",
	    "'hours':'Mon','zone':''", "'hours':'Mon','zone':'/etc/passwd'",
	    "'hours':'Mon','zone':'../x'", "'sender':''", "'opted_out':true",
	    "'session':'!a=1'", "'session':'a==1'", "'session':'a>1'",
	    "'session':'a<=1'", "'session':'a<'", "'session':'a>=x'",
	    "'session':'1a'", "'session':''", "'session':'=x'",
	    "'session':'a b=1'", "'session':'a<1234567890123456789'",
	    "'const':{'':'1'}", "'const':{'a.b':'1'}", "'const':[]",
	    "'set':{'1':'x'}", "'count':'a-b'", "'clear':''", "'end':'no'",
	    "'end':''", "'warnings':'yes'", "'in_trouble':'publish'",
	    "'budget':'0s'", "'budget':'s'", "'budget':'8'", "'budget':'8 s'",
	    "'budget':'-8s'", "'budget':'14001ms'", "'budget':'1m'",
	    "'budget':'99999999999999999999s'", "'expires':'366d'",
	    "'expires':'999ms'", "'expires':'1w'", "'fallback':''",
	    "'from':'a\\u0000b\\u001f'" };
	struct route	r;
	size_t		i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		quiet(takes(good[i], &r), "%s: %.*s", good[i], (int)why.n,
		    why_text);
	tap_loop("what is taken");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		quiet(!takes(bad[i], &r) && why.n > 5, "%s", bad[i]);
	tap_loop("what is refused");
}

static void
test_replies(void)
{
	static const char *const good[] = { "'app':'https://app.example.com'",
	    "'app':'http://127.0.0.1:3000/a?b=c'", "'app':'HTTPS://h/x'",
	    "'app':'http://[::1]:80/'", "'redirect':'/menu?x=1'",
	    "'redirect':'https://example.com/a#rc=2'", "'sql':'a.b'",
	    "'sql':'_a1.b_2'" };
	static const char *const bad[] = { "'app':''", "'app':'ftp://h/'",
	    "'app':'/path'", "'app':'https://'", "'app':'https://u:p@/'",
	    "'app':'https://h/a b'", "'app':'https://h/#x'",
	    "'app':'https://h:0/'", "'app':'https://h/\\u00e9'",
	    "'app':'https://h/\\u0000'", "'redirect':'menu'",
	    "'redirect':'//h/x'", "'redirect':'https://u@/'", "'sql':'a'",
	    "'sql':'a.b.c'", "'sql':'A.b'", "'sql':'a.b()'", "'sql':'.b'",
	    "'sql':'1a.b'", "'twiml':''", "'template':''",
	    "'twiml':['<Response/>']", "'reject':'403'" };
	static const char *const rejects[] = { "'399'", "'500'", "'401'",
	    "''", "'4oo'", "403" };
	struct route	r;
	char		spec[256];
	size_t		i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		(void)snprintf(spec, 256, "{'name':'x',%s}", good[i]);
		quiet(parses(spec, &r), "%s: %.*s", spec, (int)why.n,
		    why_text);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(spec, 256, "{'name':'x',%s}", bad[i]);
		quiet(!parses(spec, &r), "%s", spec);
	}
	for (i = 0; i < sizeof(rejects) / sizeof(rejects[0]); i++) {
		(void)snprintf(spec, 256, "{'name':'x','kind':'conversation."
		    "onMessageAdd','reject':%s}", rejects[i]);
		quiet(!parses(spec, &r), "%s", spec);
	}
	tap_loop("replies");
}

/* The largest that is taken, and one more. */
static void
test_limits(void)
{
	static char	spec[1 << 17];
	static const struct {
		const char	*begin, *item, *end;
		int		 most;
	} t[] = {
		{ "{'twiml':'<Response/>','name':'", "a", "'}", 80 },
		{ "{'name':'x','twiml':'", "a", "'}", 65535 },
		{ "{'name':'x','twiml':'a','to':'", "1", "'}", 256 },
		{ "{'name':'x','twiml':'a','body':'", "a", "'}", 256 },
		{ "{'name':'x','twiml':'a','count':'", "a", "'}", 64 },
		{ "{'name':'x','twiml':'a','count':['b'", ",'a'", "]}", 63 },
		{ "{'name':'x','twiml':'a','const':{'b':''", ",'a':''", "}}",
		    63 },
		{ "{'name':'x','twiml':'a','set':{'b':''},'clear':['c'",
		    ",'a'", "]}", 62 },
		{ "{'name':'x','twiml':'a','to':['1'", ",'1'", "]}", 999 },
		{ "{'name':'x','sql':'b.", "a", "'}", 63 },
		{ "{'name':'x','redirect':'/", "a", "'}", 2047 },
	};
	struct route	r;
	struct out	o;
	size_t		i;
	int		more, k;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		for (more = 0; more < 2; more++) {
			o = out_init(spec, sizeof(spec) - 1);
			out_cstr(&o, t[i].begin);
			for (k = 0; k < t[i].most + more; k++)
				out_cstr(&o, t[i].item);
			out_cstr(&o, t[i].end);
			spec[o.n] = '\0';
			quiet(parses(spec, &r) == (more == 0), "%s, %d: %.*s",
			    t[i].begin, t[i].most + more, (int)why.n,
			    why_text);
		}
	tap_loop("limits");
}

static void
test_session(void)
{
	static const struct {
		const char		*text;
		const char		*name;
		enum session_test	 test;
		const char		*value;
		int64_t			 number;
	} t[] = {
		{ "step", "step", SESSION_SET, NULL, 0 },
		{ "!step", "step", SESSION_UNSET, NULL, 0 },
		{ "step=q2", "step", SESSION_EQUAL, "q2", 0 },
		{ "step=", "step", SESSION_EQUAL, "", 0 },
		{ "a=b=c", "a", SESSION_EQUAL, "b=c", 0 },
		{ "lang!=de at", "lang", SESSION_DIFFERENT, "de at", 0 },
		{ "tries>=3", "tries", SESSION_AT_LEAST, "3", 3 },
		{ "tries<-12", "tries", SESSION_BELOW, "-12", -12 },
	};
	struct session_condition c;
	size_t			 i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(session_condition_parse(guard_str(str_from(t[i].text)),
		    &c) && str_eq(c.name, str_from(t[i].name)) &&
		    c.test == t[i].test && c.number == t[i].number &&
		    (t[i].value == NULL || str_eq(c.value,
		    str_from(t[i].value))), "%s", t[i].text);
	tap_loop("session conditions");
}

static void
test_items(void)
{
	ok(route_item_suits(STR("+1555"), STR("+1555")) &&
	    !route_item_suits(STR("+1555"), STR("+15550")) &&
	    route_item_suits(STR("+1555*"), STR("+15550")) &&
	    route_item_suits(STR("+1555*"), STR("+1555")) &&
	    !route_item_suits(STR("+1555*"), STR("+155")) &&
	    route_item_suits(STR("*"), STR("")) &&
	    route_item_suits(STR(""), (struct str){ NULL, 0 }) &&
	    !route_item_suits(STR(""), STR("1")) &&
	    !route_item_suits(STR("*9"), STR("19")) &&
	    route_item_suits(STR("*9"), STR("*9")), "items");
}

static void
test_list(void)
{
	const char	*specs = "[{'name':'a'," TW "},{'name':'b','bdoy':'x',"
			    TW "},5,{'name':'c','app':'x'},{'name':'a',"
			    "'to':'+1'," TW "}]";
	const char	*twice = "[{'name':'a'," TW "},{'name':'b'," TW "},"
			    "{'name':'a','to':'+1'," TW "}]";
	struct routes	routes;

	arena = fresh();
	why = out_init(why_text, sizeof(why_text));
	ok(routes_load(&arena, quoted(specs), &routes) && routes.n == 5 &&
	    routes.version == -1, "one that is broken takes no other away");
	ok(routes.at[0].broken.p == NULL, "the first is well");
	ok(routes.at[1].broken.n > 0 && routes.at[1].unreadable,
	    "an unknown key may be a condition: it never suits");
	ok(routes.at[2].broken.n > 0 && routes.at[2].unreadable, "no object");
	ok(routes.at[3].broken.n > 0 && !routes.at[3].unreadable,
	    "its reply is broken, its conditions are not");
	ok(routes.at[4].broken.p == NULL, "names are not compared");
	ok(!routes_parse(&arena, quoted(specs), &routes, &why), "a strict "
	    "reader takes none of them");
	is_str(out_str(&why), STR("route 2 (b): there is no key \"bdoy\"; did "
	    "you mean body?"), "and says which");
	why.n = 0;
	ok(!routes_parse(&arena, quoted(twice), &routes, &why), "two of one "
	    "name");
	is_str(out_str(&why), STR("route 3 (a): name: a route before it has "
	    "the same"), "are told");
	ok(routes_load(&arena, STR("[]"), &routes) && routes.n == 0, "none");
	ok(!routes_load(&arena, STR("{}"), &routes) &&
	    !routes_load(&arena, STR("[{}"), &routes), "no array");
	arena.cap = 64;
	arena.used = 0;
	ok(!routes_load(&arena, STR("[{}]"), &routes) && arena.full,
	    "a full arena is told");
}

/* Cut anywhere, and with an arena of any size, nothing is believed. */
static void
test_cut(void)
{
	static const char	spec[] = "{'name':'x','kind':'call.gather',"
				    "'to':['+1','\\u0041'],'hours':'Mon',"
				    "'session':['a=1'],'set':{'a':'b'},"
				    "'count':'c','const':{'d':'\\n'},"
				    "'sql':'a.b'}";
	struct route	r;
	struct str	whole = quoted(spec);
	size_t		i, size;

	for (i = 0; i < whole.n; i++) {
		arena = fresh();
		why = out_init(why_text, sizeof(why_text));
		quiet(!route_parse(&arena, guard_str((struct str){ text, i }),
		    &r, &why), "%zu bytes", i);
	}
	ok(parses(spec, &r), "the whole is taken");
	size = arena.used;
	for (i = 0; i < size; i++) {
		arena = (struct arena){ .base = memory, .cap = i };
		why = out_init(why_text, sizeof(why_text));
		quiet(!route_parse(&arena, quoted(spec), &r, &why) &&
		    arena.full, "an arena of %zu", i);
	}
	tap_loop("cut");
}

static bool
checks(const char *spec)
{
	struct route	r;
	size_t		used;
	bool		good;

	if (!parses(spec, &r)) {
		printf("# %s: %.*s\n", spec, (int)why.n, why_text);
		return false;
	}
	used = arena.used;
	good = route_check(&arena, &r, &why);
	quiet(good == (why.n == 0), "%s: %.*s", spec, (int)why.n, why_text);
	quiet(arena.used == used, "the arena is left as it was");
	return good;
}

/* It is not to be sent, and the fault names the key and has these words. */
static void
faulty(const char *spec, const char *key, const char *words)
{
	quiet(!checks(spec) && str_starts(out_str(&why), str_from(key)) &&
	    (*words == '\0' ||
	    str_search(out_str(&why), str_from(words)) < why.n),
	    "%s: %.*s", spec, (int)why.n, why_text);
}

#define R(x) "<Response>" x "</Response>"
static void
test_check(void)
{
	static const char *const good[] = {
	    "{'name':'x','twiml':'" R("<Say>a</Say>") "'}",
	    "{'name':'x','kind':'message.inbound','twiml':'"
	    R("<Message>a</Message>") "'}",
	    "{'name':'x','kind':'call.gather','template':'"
	    R("<Say>{{Digits}}</Say>{{#a}}<Hangup/>{{/a}}") "'}",
	    "{'name':'x','redirect':'https://example.com/?a=1&b=2'}",
	    "{'name':'x','sql':'a.b','fallback':'" R("<Say>{{From}}</Say>")
	    "','set':{'a':'{{From}} & <'}}",
	    "{'name':'x','kind':'conversation.onMessageAdd','json':'{}'}",
	    "{'name':'x','warnings':'allow','kind':'call.inbound','twiml':'"
	    R("<Sya>a</Sya>") "'}" };
	size_t	i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		quiet(checks(good[i]), "%s: %.*s", good[i], (int)why.n,
		    why_text);
	faulty("{'name':'x','twiml':'<Response>'}", "twiml: line 1", "");
	faulty("{'name':'x','kind':'call.inbound','twiml':'"
	    R("<Sya>a</Sya>") "'}", "twiml: line 1:11: ", "(Twilio 12200)");
	faulty("{'name':'x','kind':'message.inbound','twiml':'"
	    R("<Say>a</Say>") "'}", "twiml: line 1:11: ", "(Twilio 14110)");
	faulty("{'name':'x','kind':'call.inbound','template':'"
	    R("{{#a}}<Sya/>{{/a}}") "'}", "template: ", "(Twilio 12200)");
	faulty("{'name':'x','kind':'call.inbound','template':'"
	    R("{{^a}}<Sya/>{{/a}}") "'}", "template: ", "(Twilio 12200)");
	faulty("{'name':'x','template':'" R("{{>a}}") "'}", "template: ", "");
	faulty("{'name':'x','template':'<Response>{{a}}'}", "template: ", "");
	faulty("{'name':'x','sql':'a.b','fallback':'<Response>'}",
	    "fallback: ", "");
	faulty("{'name':'x','sql':'a.b','fallback':'"
	    R("<Say>{{session.a}}</Say>") "'}", "fallback: it must not use "
	    "session", "");
	faulty("{'name':'x','sql':'a.b','fallback':'"
	    R("<Say>a{{#resource.a}}b{{/resource.a}}</Say>") "'}",
	    "fallback: it must not use session", "");
	faulty("{'name':'x','sql':'a.b','set':{'a':'{{#b}}'}}", "set: ", "");
	faulty("{'name':'x','kind':'conversation.onMessageAdd',"
	    "'json':'{\\'bdoy\\':\\'a\\'}'}", "json: there is no field", "");
	faulty("{'name':'x','warnings':'allow','twiml':'<Response>'}",
	    "twiml: ", "");
	tap_loop("texts that may be sent, and some that may not");
}

static void
test_document(void)
{
	static const struct {
		const char		*kinds;
		enum lint_document	 document;
	} t[] = {
		{ "'call.inbound'", LINT_VOICE },
		{ "['call.inbound','call.gather']", LINT_VOICE },
		{ "'message.inbound'", LINT_MESSAGING },
		{ "['message.inbound','message.fallback']", LINT_MESSAGING },
		{ "['message.inbound','call.inbound']", LINT_ANY },
		{ "'other'", LINT_ANY },
		{ "['other','call.inbound']", LINT_ANY },
	};
	char		spec[128];
	struct route	r;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(spec, sizeof(spec), "'kind':%s", t[i].kinds);
		quiet(takes(spec, &r) && route_document(&r) == t[i].document,
		    "%s", spec);
	}
	quiet(takes("'to':'*'", &r) && route_document(&r) == LINT_ANY, "any");
	tap_loop("the document that kinds are answered with");
}

int
main(void)
{
	test_whole();
	test_faults();
	test_members();
	test_replies();
	test_limits();
	test_session();
	test_items();
	test_list();
	test_cut();
	test_check();
	test_document();
	return done_testing();
}
