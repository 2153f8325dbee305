/*
 * Which route an event gets. ' stands for " in the specs here.
 */
#include <stdlib.h>
#include <string.h>

#include "../../src/app/choose.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 18];
static char		 specs_text[8192], trace_text[4096];
static struct out	 trace_out;

static void
say(void *data, const struct route *r, struct str why)
{
	struct out	*o = data;

	out_bytes(o, r->name);
	out_cstr(o, "> ");
	out_bytes(o, why);
	out_char(o, '\n');
}

/* One question; what is not said is absent. */
struct question {
	enum event_kind	 kind;
	const char	*to, *from, *path, *rest;
	const char	*name, *value;	/* of a parameter */
	const char	*session;	/* NULL: the state was not asked for */
	bool		 known, opted_out;
	int64_t		 now_ms;
};

static enum choice
ask(const char *specs, const struct question *q, const struct route **r)
{
	static struct routes	routes;
	struct arena		a = { .base = memory, .cap = sizeof(memory) };
	struct choose_trace	trace = { say, &trace_out };
	struct param		param = { str_from(q->name),
				    str_from(q->value) };
	struct form		form = { &param, q->name != NULL };
	struct event		event = { .kind = q->kind,
				    .name = str_from(event_kind_name(q->kind)),
				    .from = str_from(q->from),
				    .route_to = str_from(q->to) };
	struct subject		s = { .event = &event, .form = &form,
				    .account = STR("AC1"),
				    .path = str_from(q->path),
				    .rest = str_from(q->rest),
				    .now_ms = q->now_ms, .state = {
				    .there = q->session != NULL,
				    .known = q->known,
				    .opted_out = q->opted_out,
				    .session = str_from(q->session) } };
	size_t			i, n = strlen(specs);

	for (i = 0; i < n; i++)
		specs_text[i] = specs[i] == '\'' ? '"' : specs[i];
	trace_out = out_init(trace_text, sizeof(trace_text));
	if (!routes_load(&a, (struct str){ specs_text, n }, &routes))
		printf("# no array: %s\n", specs);
	return choose(&a, &routes, &s, &trace, r);
}

/* NULL: no route; "?": the state is asked for. */
static void
gets(const char *specs, struct question q, const char *wanted)
{
	const struct route	*r = NULL;
	const enum choice	 choice = ask(specs, &q, &r);
	const struct str	 got = choice == CHOICE_ASK_STATE ? STR("?") :
				    choice == CHOICE_NONE ? str_from(NULL) :
				    r->name;

	quiet(str_eq(got, str_from(wanted)) && (r == NULL) ==
	    (choice == CHOICE_NONE), "%s %s: got %.*s, want %s\n%.*s",
	    event_kind_name(q.kind), q.value == NULL ? "" : q.value,
	    (int)got.n, got.p == NULL ? "" : got.p, wanted == NULL ? "none" :
	    wanted, (int)trace_out.n, trace_text);
}

/* A route r with this condition takes the parameter. */
static void
suits(const char *condition, const char *name, const char *value, bool wanted)
{
	char	specs[1024];

	(void)snprintf(specs, sizeof(specs), "[{'name':'r','twiml':"
	    "'<Response/>',%s}]", condition);
	gets(specs, (struct question){ .kind = EVENT_OTHER, .name = name,
	    .value = value }, wanted ? "r" : NULL);
}

#define ROUTE(name, condition) "{'name':'" name "'," condition \
	"'twiml':'<Response/>'}"

static void
test_order(void)
{
	static const char	specs[] = "["
	    ROUTE("a", "'kind':'call.inbound','to':'+1',") ","
	    ROUTE("b", "'kind':['call.inbound','message.inbound'],") ","
	    ROUTE("c", "'to':'+1*',") "," ROUTE("d", "") "]";

	gets(specs, (struct question){ .kind = EVENT_CALL_INBOUND,
	    .to = "+1" }, "a");
	gets(specs, (struct question){ .kind = EVENT_CALL_INBOUND,
	    .to = "+2" }, "b");
	gets(specs, (struct question){ .kind = EVENT_CALL_GATHER,
	    .to = "+12" }, "c");
	gets(specs, (struct question){ .kind = EVENT_CALL_GATHER }, "d");
	gets("[" ROUTE("d", "") "," ROUTE("a", "'to':'+1',") "]",
	    (struct question){ .kind = EVENT_OTHER, .to = "+1" }, "d");
	gets("[]", (struct question){ .kind = EVENT_OTHER }, NULL);
	gets(specs, (struct question){ .kind = EVENT_CALL_STATUS,
	    .to = "+1" }, NULL);
	gets(specs, (struct question){ .kind = EVENT_STREAM }, NULL);
	tap_loop("the first that suits");
}

static void
test_redirect(void)
{
	static const char	own[] = "[" ROUTE("any", "") ","
	    ROUTE("inbound", "'kind':'call.inbound',") ","
	    ROUTE("redirect", "'kind':['call.redirect','call.inbound'],"
	    "'to':'+1',") "]";

	gets(own, (struct question){ .kind = EVENT_CALL_REDIRECT,
	    .to = "+1" }, "redirect");
	gets(own, (struct question){ .kind = EVENT_CALL_REDIRECT,
	    .to = "+2" }, "any");
	gets("[" ROUTE("g", "'kind':'call.gather',") ","
	    ROUTE("i", "'kind':'call.inbound',") "]",
	    (struct question){ .kind = EVENT_CALL_REDIRECT }, "i");
	gets("[" ROUTE("g", "'kind':'call.gather',") "]",
	    (struct question){ .kind = EVENT_CALL_REDIRECT }, NULL);
	quiet(str_eq(out_str(&trace_out), STR("g> kind: call.redirect is "
	    "none of call.gather\n")), "said once: %.*s", (int)trace_out.n,
	    trace_text);
	gets("[" ROUTE("r", "'kind':'call.redirect','to':'+1',") "]",
	    (struct question){ .kind = EVENT_CALL_REDIRECT, .to = "+2" },
	    NULL);
	quiet(str_eq(out_str(&trace_out), STR("r> to: +2 is none of +1\n")),
	    "this, too: %.*s", (int)trace_out.n, trace_text);
	tap_loop("a <Redirect> plays the same menu");
}

static void
test_conversations(void)
{
	static const char	specs[] = "[" ROUTE("any", "") ",{'name':'c',"
	    "'kind':'conversation.onMessageAdd','to':'IS1','json':'{}'}]";

	gets(specs, (struct question){ .kind = EVENT_ON_MESSAGE_ADD,
	    .to = "IS1" }, "c");
	gets(specs, (struct question){ .kind = EVENT_ON_MESSAGE_ADD,
	    .to = "IS2" }, NULL);
	gets(specs, (struct question){ .kind = EVENT_ON_USER_UPDATE }, NULL);
	gets(specs, (struct question){ .kind = EVENT_ON_MESSAGE_ADDED,
	    .to = "IS1" }, NULL);
	tap_loop("Conversations have routes that name them");
}

static void
test_request(void)
{
	static const char	mark[] = "'digits':['1','9*','']";
	static const char	stop[] = "'keyword':['stop','HILFE',"
	    "'gr\xc3\xb6\xc3\x9f" "e','?','yes!']";
	static const char	path[] = "'path':['/menu','/a/*']";

	suits(mark, "Digits", "1", true);
	suits(mark, "Digits", "12", false);
	suits(mark, "Digits", "987", true);
	suits(mark, "Digits", "", true);
	suits(mark, NULL, NULL, true);
	suits("'digits':'1'", NULL, NULL, false);
	suits("'messaging_service':'MG1'", "MessagingServiceSid", "MG1", true);
	suits("'messaging_service':'MG1'", "MessagingServiceSid", "MG", false);
	suits("'account':'AC1'", NULL, NULL, true);
	suits("'account':'AC2'", NULL, NULL, false);
	suits(stop, "Body", "Stop", true);
	suits(stop, "Body", " \r\n (STOP!) now", true);
	suits(stop, "Body", "stopp", false);
	suits(stop, "Body", "please stop", false);
	suits(stop, "Body", "hilfe\tbitte", true);
	suits(stop, "Body", "Gr\xc3\xb6\xc3\x9f" "e", true);
	suits(stop, "Body", "?", true);
	suits(stop, "Body", "yes!", true);
	suits(stop, "Body", "yes", false);
	suits(stop, "Body", "", false);
	suits(stop, "Body", "...", false);
	suits("'keyword':''", "Body", " ", true);
	suits("'keyword':''", NULL, NULL, true);
	suits("'keyword':''", "Body", "!", false);
	suits("'body':['^(yes|ok)$','[0-9]{5}']", "Body", "OK", true);
	suits("'body':['^(yes|ok)$','[0-9]{5}']", "Body", "zip 12345", true);
	suits("'body':['^(yes|ok)$','[0-9]{5}']", "Body", "yess", false);
	suits("'body':'x'", NULL, NULL, false);
	suits("'body':'('", "Body", "(", false);
	suits("'speech':'sales|support'", "SpeechResult", "To Sales.", true);
	suits("'speech':'sales|support'", "Body", "sales", false);
	tap_loop("parameters");
	gets("[{'name':'r','sql':'a.b','from':'+1555*'}]", (struct question){
	    .kind = EVENT_OTHER, .from = "+15550101001" }, "r");
	gets("[{'name':'r','sql':'a.b','from':'+1555*'}]", (struct question){
	    .kind = EVENT_OTHER, .from = "+1444" }, NULL);
	suits(path, NULL, NULL, false);
	gets("[{'name':'r','sql':'a.b','path':['/menu','/a/*']}]",
	    (struct question){ .kind = EVENT_OTHER, .path = "/twilio/menu",
	    .rest = "/menu" }, "r");
	gets("[{'name':'r','sql':'a.b','path':['/menu','/a/*']}]",
	    (struct question){ .kind = EVENT_OTHER, .path = "/a/b" }, "r");
	gets("[{'name':'r','sql':'a.b','path':['/menu','/a/*']}]",
	    (struct question){ .kind = EVENT_OTHER, .path = "/twilio/menu2",
	    .rest = "/menu2" }, NULL);
	tap_loop("sender and path");
}

static void
at(const char *condition, int64_t now_ms, bool wanted)
{
	char	specs[512];

	(void)snprintf(specs, sizeof(specs), "[" ROUTE("r", "%s,") "]",
	    condition);
	gets(specs, (struct question){ .kind = EVENT_OTHER,
	    .now_ms = now_ms }, wanted ? "r" : NULL);
}

#define MINUTE 60000
#define HOUR (60 * (int64_t)MINUTE)
#define DAY (24 * HOUR)
/* Sunday 2026-03-29 00:00 UTC; at 01:00 UTC Berlin's summer begins. */
#define SUNDAY (20541 * DAY)

static void
test_hours(void)
{
	static const char	week[] = "'hours':'Mon-Fri 09:00-17:30'";
	static const char	night[] = "'hours':'Sat 22:00-06:00'";
	static const char	berlin[] = "'hours':'Sun 03:00-04:00',"
	    "'zone':'Europe/Berlin'";
	static const char	two[] = "'hours':['Sat','Sun 10:00-11:00']";

	at(week, SUNDAY + DAY + 9 * HOUR, true);
	at(week, SUNDAY + DAY + 9 * HOUR - 1, false);
	at(week, SUNDAY + 5 * DAY + 17 * HOUR + 30 * MINUTE - 1, true);
	at(week, SUNDAY + 5 * DAY + 17 * HOUR + 30 * MINUTE, false);
	at(week, SUNDAY + 12 * HOUR, false);
	at(week, SUNDAY + 6 * DAY + 12 * HOUR, false);
	at(night, SUNDAY - 2 * HOUR, true);
	at(night, SUNDAY - 2 * HOUR - 1, false);
	at(night, SUNDAY + 6 * HOUR - 1, true);
	at(night, SUNDAY + 6 * HOUR, false);
	at(night, SUNDAY + 22 * HOUR, false);
	at(night, SUNDAY - DAY + 5 * HOUR, false);
	at("'hours':'Sun 09:00-09:00'", SUNDAY + 33 * HOUR - 1, true);
	at("'hours':'Sun 09:00-09:00'", SUNDAY + 33 * HOUR, false);
	at("'hours':'00:00-24:00'", SUNDAY + DAY - 1, true);
	at("'hours':'Sun'", SUNDAY, true);
	at("'hours':'Sun'", SUNDAY + DAY, false);
	at("'hours':'Fri-Mon'", SUNDAY + 2 * DAY - 1, true);
	at("'hours':'Fri-Mon'", SUNDAY + 2 * DAY, false);
	at(two, SUNDAY + 10 * HOUR, true);
	at(two, SUNDAY - 1, true);
	at(two, SUNDAY + 11 * HOUR, false);
	at(berlin, SUNDAY + HOUR - 1, false);	/* 01:59 */
	at(berlin, SUNDAY + HOUR, true);	/* 03:00 */
	at(berlin, SUNDAY + 2 * HOUR, false);	/* 04:00 */
	at("'hours':'Mon 00:00-12:00','zone':'Pacific/Auckland'",
	    SUNDAY + 12 * HOUR, true);
	at("'hours':'00:00-24:00','zone':'Nowhere/Atall'", SUNDAY, false);
	tap_loop("hours");
}

static void
test_state(void)
{
	static const char	sender[] = "[" ROUTE("n", "'sender':'new',")
	    "," ROUTE("k", "'sender':'known','opted_out':'no',") ","
	    ROUTE("o", "'opted_out':'yes','to':'+1',") "]";
	static const char	steps[] = "["
	    ROUTE("q2", "'session':['step=q2','tries<3'],") ","
	    ROUTE("many", "'session':['tries>=3'],") ","
	    ROUTE("de", "'session':['lang','lang!=en'],") ","
	    ROUTE("none", "'session':'!step',") "," ROUTE("rest", "") "]";
	struct question		q = { .kind = EVENT_OTHER, .to = "+1" };

	gets(sender, q, "?");
	q.session = "{}";
	gets(sender, q, "n");
	q.known = true;
	gets(sender, q, "k");
	q.opted_out = true;
	gets(sender, q, "o");
	q.to = "+2";
	gets(sender, q, NULL);
	q.session = NULL;
	gets("[" ROUTE("o", "'opted_out':'yes','to':'+1',") ","
	    ROUTE("r", "") "]", q, "r");	/* no question for nothing */
	tap_loop("sender and opted out");
	q.session = "{\"step\":\"q2\",\"tries\":\"2\"}";
	gets(steps, q, "q2");
	q.session = "{\"step\":\"q2\",\"tries\":\"3\"}";
	gets(steps, q, "many");
	q.session = "{\"step\":\"q2\"}";
	gets(steps, q, "q2");
	q.session = "{\"step\":\"q3\",\"tries\":\"x\"}";
	gets(steps, q, "rest");
	q.session = "{\"step\":\"q3\",\"lang\":\"\\u0064e\"}";
	gets(steps, q, "de");
	q.session = "{\"step\":\"\"}";
	gets(steps, q, "none");
	q.session = "{}";
	gets(steps, q, "none");
	q.session = "";
	gets(steps, q, "none");
	tap_loop("session");
}

static void
test_broken(void)
{
	static const char	specs[] = "[{'name':'a','bdoy':'x',"
	    "'twiml':'a'},{'name':'b','to':5,'twiml':'a'},"
	    "{'name':'c','to':'+1','app':'x'}," ROUTE("d", "") "]";
	struct question		q = { .kind = EVENT_OTHER, .to = "+1" };
	const struct route	*r;

	gets(specs, q, "c");
	quiet(ask(specs, &q, &r) == CHOICE_TAKEN && r->broken.n > 0,
	    "it is chosen, and known to be broken");
	q.to = "+2";
	gets(specs, q, "d");
	tap_loop("broken routes");
}

static void
test_trace(void)
{
	static const char	specs[] = "["
	    ROUTE("a", "'kind':['call.inbound','call.gather'],'digits':'1',")
	    "," ROUTE("b", "'digits':['3','','9*'],") ","
	    ROUTE("c", "'to':'+1',") "," ROUTE("d", "'body':'^x',") ","
	    ROUTE("e", "'sender':'new',") "," ROUTE("f", "'session':'a=1',")
	    "," ROUTE("g", "'hours':'Mon 10:00-11:00',") ","
	    ROUTE("h", "'kind':'message.inbound',") "," ROUTE("i", "") "]";
	struct question		q = { .kind = EVENT_CALL_GATHER,
				    .name = "Digits", .value = "2\n",
				    .session = "{\"a\":\"2\"}", .known = true,
				    .now_ms = SUNDAY + 9 * HOUR + 5 * MINUTE };
	const struct route	*r;

	ok(ask(specs, &q, &r) == CHOICE_TAKEN, "taken");
	is_str(out_str(&trace_out), STR(
	    "a> digits: 2\\x0a is none of 1\n"
	    "b> digits: 2\\x0a is none of 3, \"\", 9*\n"
	    "c> to: nothing is none of +1\n"
	    "d> body: nothing matches none of ^x\n"
	    "e> sender: known does not suit\n"
	    "f> a: 2 is not what session asks for\n"
	    "g> hours: Sun 9:05 is outside of them\n"
	    "h> kind: call.gather is none of message.inbound\n"),
	    "why not the others");
}

static void
test_check(void)
{
	struct str	pattern = STR("a(b");
	struct route	r = { .body = { &pattern, 1 } };
	char		buf[256];
	struct out	why = out_init(buf, sizeof(buf));

	ok(!choose_check(&r, &why) && str_starts(out_str(&why),
	    STR("body: \"a(b\": ")), "a pattern: %.*s", (int)why.n, buf);
	pattern = STR("ab");
	why.n = 0;
	ok(choose_check(&r, &why) && why.n == 0, "a good one");
	r.zone = STR("Europe/Berlin");
	ok(choose_check(&r, &why) && why.n == 0, "a zone");
	r.zone = STR("Europe/Atlantis");
	ok(!choose_check(&r, &why), "no zone");
	is_str(out_str(&why), STR("zone: this machine does not know the time "
	    "zone Europe/Atlantis"), "says so");
}

static void
test_rest(void)
{
	static const char *const t[][4] = {
		/* path, SCRIPT_NAME, PATH_INFO, what lies below */
		{ "/twilio/menu", "/twilio", "/menu", "/menu" },
		{ "/twilio/menu", "/cgi-bin/offhook.cgi", "/menu", "/menu" },
		{ "/twilio/a%20b", "/twilio", "/a b", "/a%20b" },
		{ "/twilio/menu", "/twilio", "", "/menu" },
		{ "/twilio", "/twilio", "", "/" },
		{ "/twilio/", "/twilio", "/", "/" },
		{ "/twiliox", "/twilio", "", NULL },
		{ "/other", "/twilio", "", NULL },
		{ "/menu", "", "/menu", "/menu" },
		{ "/menu", "", "", "/menu" },
	};
	struct str	got, wanted;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		got = choose_rest(str_from(t[i][0]), str_from(t[i][1]),
		    str_from(t[i][2]));
		wanted = str_from(t[i][3]);
		quiet(str_eq(got, wanted) && (got.p == NULL) ==
		    (wanted.p == NULL), "%s: %.*s", t[i][0], (int)got.n,
		    got.p == NULL ? "" : got.p);
	}
	tap_loop("what lies below the mount");
}

static void
test_thread(void)
{
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct event	e = { .kind = EVENT_CALL_GATHER, .sid = STR("CA1"),
			    .from = STR("+1"), .to = STR("+2") };

	is_str(choose_thread(&a, &e, STR("AC1")), STR("CA1"), "a call's");
	e.kind = EVENT_MESSAGE_INBOUND;
	e.sid = STR("SM1");
	is_str(choose_thread(&a, &e, STR("AC1")), STR("AC1 +1 +2"),
	    "messages'");
	e.kind = EVENT_MESSAGE_FALLBACK;
	is_str(choose_thread(&a, &e, STR("AC1")), STR("AC1 +1 +2"),
	    "also the fallback's");
	e.from = (struct str){ NULL, 0 };
	is_str(choose_thread(&a, &e, STR("AC1")), STR("SM1"), "no sender");
	e.kind = EVENT_OTHER;
	e.sid = (struct str){ NULL, 0 };
	is_str(choose_thread(&a, &e, STR("AC1")), (struct str){ NULL, 0 },
	    "none");
}

int
main(void)
{
	test_order();
	test_redirect();
	test_conversations();
	test_request();
	test_hours();
	test_state();
	test_broken();
	test_trace();
	test_check();
	test_rest();
	test_thread();
	return done_testing();
}
