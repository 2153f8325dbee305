/* What an application is asked, byte for byte, and what comes of it. */
#include <stdlib.h>

#include "../../src/app/ask_app.h"
#include "../../src/app/webhook.h"
#include "../../src/core/twiml.h"
#include "../../src/edge/clock.h"
#include "tap.h"
#include "upstream.h"

#define ACCOUNT "AC00000000000000000000000000000001"
#define FORM "Body=Hello+%F0%9F%91%8B&MediaUrl=b&MediaUrl=a&From=%2B15550100001"
#define FORM_TYPE "application/x-www-form-urlencoded; charset=utf-8"
#define KEY "00112233-4455-6677-8899-aabbccddeeff"

static char		memory[8 << 20];
static struct arena	arena = { .base = memory, .cap = sizeof(memory) };
static struct config	config;
static struct webhook	w = { .config = &config };
static unsigned		port;
static struct ask_answer answer;

static char *form_env[] = { "REQUEST_METHOD=POST",
	"REQUEST_URI=/twilio?token=s3cret", "CONTENT_TYPE=" FORM_TYPE,
	"HTTP_USER_AGENT=TwilioProxy/1.1", "HTTP_ACCEPT=*/*",
	"HTTP_X_TWILIO_SIGNATURE=AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
	"HTTP_X_HOME_REGION=us1", "HTTP_X_TWILIO_SOME_2THING=yes",
	"HTTP_I_TWILIO_REQUEST_ID=RQ1", "HTTP_X_TWILIO_BAD=a\r\nX-Evil: b",
	"HTTP_X_TWILIO_\xff=c", "HTTP_X_FORWARDED_HOST=evil.example.com",
	"HTTP_X_FORWARDED_PROTO=https", "HTTP_COOKIE=a=b",
	"HTTP_X_OFFHOOK_EVENT=forged", "HTTP_AUTHORIZATION=Basic b3VyczpzMw==",
	NULL };
static char *json_env[] = { "REQUEST_METHOD=POST",
	"REQUEST_URI=/twilio?bodySHA256=1", "CONTENT_TYPE=application/json",
	"HTTP_I_TWILIO_IDEMPOTENCY_TOKEN=3fae1b12-ABCD", NULL };
static char *get_env[] = { "REQUEST_METHOD=GET",
	"REQUEST_URI=/twilio?CallSid=CA1&token=s3cret&&x=%7e", NULL };

/* The request of these variables, sent on to that URL. */
static enum ask_result
ask(char *const *env, const char *body, const char *url, long ms)
{
	static const unsigned char	key[16] = { 0x00, 0x11, 0x22, 0x33,
					    0x44, 0x55, 0x66, 0x77, 0x88,
					    0x99, 0xaa, 0xbb, 0xcc, 0xdd,
					    0xee, 0xff };
	struct request	r = { .arena = &arena };
	struct turn	t = { .w = &w, .r = &r };

	arena.used = 0;
	request_variables(&r, env);
	r.body = str_from(body);
	t.raw = r.method == METHOD_GET ?
	    url_query(r.var[VAR_REQUEST_URI]) : r.body;
	t.json = env == json_env;
	if (!t.json && form_decode(&arena, t.raw, &t.form) != FORM_OK)
		exit(1);
	t.signer.account = STR(ACCOUNT);
	memcpy(t.event.key, key, sizeof(key));
	t.id[0] = 0x01;
	upstream_forget();
	return ask_app(&t, str_from(url), clock_monotonic_ms() + ms,
	    &answer);
}

/* With a path of the upstream behind that beginning of its URL. */
static enum ask_result
ask_at(char *const *env, const char *body, const char *path)
{
	char	url[300];

	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", port, path);
	return ask(env, body, url, 5000);
}

/* The value of a header of the last request, absent when there is none. */
static struct str
header(const char *name)
{
	char		line[100];
	struct str	all = upstream_last(), begin;
	size_t		at;

	(void)snprintf(line, sizeof(line), "\r\n%s: ", name);
	begin = str_from(line);
	at = str_search(all, begin);
	if (at == all.n)
		return (struct str){ NULL, 0 };
	all = str_sub(all, at + begin.n, all.n);
	return str_sub(all, 0, str_find(all, '\r', 0));
}

/* The signature is right for this URL and these parameters. */
static bool
signed_for(const char *path, const char *body)
{
	char			url[500];
	struct candidates	c = { .n = 1 };
	struct sig_match	match;
	struct form		form = { .n = 0 };

	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", port, path);
	c.url[0] = str_from(url);
	return form_decode(&arena, str_from(body), &form) == FORM_OK &&
	    sig_check(&w.sig, header("X-Twilio-Signature"), &c,
	    sig_params(&arena, &form), config.accounts[0].token, 1,
	    &match) == SIG_VALID;
}

static void
test_form(void)
{
	ok(ask_at(form_env, FORM, "/ok?n=%41#rc=2") == ASK_OK, "a form: %s",
	    answer.why);
	is_int(answer.http, 200, "the status");
	is_str(answer.body, STR("<Response/>"), "the body");
	is_str(answer.type, STR("text/xml; charset=utf-8"), "the type");
	ok(str_starts(upstream_last(), STR("POST /ok?n=%41 HTTP/1.1\r\n")),
	    "the URL's own query, without its fragment, nor the URL token");
	ok(str_ends(upstream_last(), STR("\r\n\r\n" FORM)),
	    "the body byte for byte");
	ok(signed_for("/ok?n=%41", FORM), "signed for its own URL");
	is_str(header("Content-Type"), STR(FORM_TYPE), "Content-Type");
	is_str(header("User-Agent"), STR("TwilioProxy/1.1"), "User-Agent");
	is_str(header("Accept"), STR("*/*"), "Accept");
	is_str(header("X-Home-Region"), STR("us1"), "X-Home-Region");
	is_str(header("X-Twilio-Some-2thing"), STR("yes"), "Twilio's others");
	is_str(header("I-Twilio-Request-Id"), STR("RQ1"), "of both kinds");
	is_str(header("I-Twilio-Idempotency-Token"), STR(KEY),
	    "the event's key stands for a token that did not come");
	is_str(header("X-Offhook-Event"),
	    STR("01000000-0000-0000-0000-000000000000"), "the event");
	ok(header("X-Evil").p == NULL && header("X-Twilio-Bad").p == NULL &&
	    header("X-Forwarded-Host").p == NULL && header("Cookie").p ==
	    NULL && header("X-Forwarded-Proto").p == NULL &&
	    header("Authorization").p == NULL &&
	    header("Accept-Encoding").p == NULL, "and nothing else");
}

static void
test_others(void)
{
	char	url[200];

	ok(ask_at(json_env, "{\"a\":1}", "/ok") == ASK_OK, "JSON: %s",
	    answer.why);
	ok(str_starts(upstream_last(), STR("POST /ok?bodySHA256=015abd7f5cc57"
	    "a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862 ")),
	    "its hash in the query");
	ok(signed_for("/ok?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905"
	    "ee33ec5cebeae62276a97f862", ""), "signed so");
	is_str(header("I-Twilio-Idempotency-Token"), STR("3fae1b12-ABCD"),
	    "its token as it came");
	is_str(header("Content-Type"), STR("application/json"), "its type");
	ok(ask_at(get_env, "", "/ok") == ASK_OK, "GET");
	ok(str_starts(upstream_last(),
	    STR("GET /ok?CallSid=CA1&token=s3cret&&x=%7e HTTP/1.1\r\n")),
	    "its query as it came");
	config.url_token = STR("s3cret");
	ok(ask_at(get_env, "", "/ok?a=b") == ASK_OK &&
	    str_starts(upstream_last(),
	    STR("GET /ok?a=b&CallSid=CA1&&x=%7e HTTP/1.1\r\n")),
	    "behind the URL's own; the token stays here");
	ok(signed_for("/ok?a=b&CallSid=CA1&&x=%7e", ""), "signed");
	ok(header("Content-Type").p == NULL, "no type");
	config.url_token = (struct str){ NULL, 0 };
	(void)snprintf(url, sizeof(url),
	    "HTTP://us%%65r:p+w%%3A@x@127.0.0.1:%u/ok", port);
	ok(ask(form_env, FORM, url, 5000) == ASK_OK, "userinfo: %s",
	    answer.why);
	is_str(header("Authorization"), STR("Basic dXNlcjpwK3c6QHg="),
	    "becomes Basic auth");
	ok(signed_for("/ok", FORM), "and is not signed");
}

static void
test_failures(void)
{
	static const struct {
		const char	*path;
		enum ask_result	 result;
		const char	*says;
	} t[] = {
		{ "/status/299", ASK_OK, "" },
		{ "/status/500", ASK_FAILED, "status 500" },
		{ "/status/404", ASK_FAILED, "status 404" },
		{ "/status/301", ASK_FAILED,
		    "it redirects to /there; give that URL to the route" },
		{ "/large/65535", ASK_OK, "" },
		{ "/large/65536", ASK_FAILED, "larger than 64 kB" },
		{ "/close", ASK_FAILED, "reply" },
		{ "/half", ASK_FAILED, "" },
		{ "/junk", ASK_FAILED, "" },
		{ ":x/", ASK_FAILED, "URL" },
		{ "/a b", ASK_FAILED, "URL" },
		{ "/a\r\nX-Evil: b", ASK_FAILED, "URL" },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		quiet(ask_at(form_env, FORM, t[i].path) == t[i].result,
		    "%s: %s", t[i].path, answer.why);
		quiet(strstr(answer.why, t[i].says) != NULL &&
		    (answer.why[0] == '\0') == (t[i].result == ASK_OK),
		    "%s: %s", t[i].path, answer.why);
	}
	tap_loop("what is no reply, and why");
	is_int(TWIML_MAX_BYTES, 65535, "the size that is said");
	ok(ask(form_env, FORM, "http://127.0.0.1:1/", 5000) == ASK_FAILED,
	    "nobody there: %s", answer.why);
	ok(ask_at(form_env, FORM, "/ok") == ASK_OK &&
	    ask(form_env, FORM, "http://127.0.0.1:1/", 0) == ASK_LATE,
	    "no time left: %s", answer.why);
	config.nallowed = 0;
	http_close(&w.http);
	ok(ask_at(form_env, FORM, "/ok") == ASK_FAILED &&
	    strstr(answer.why, "OFFHOOK_ALLOW_PRIVATE") != NULL &&
	    upstream_asked() == 0, "a private address: %s", answer.why);
	config.nallowed = 1;
}

static void
test_late(void)
{
	static const char *const paths[] = { "/never", "/drip" };
	char	url[100];
	size_t	i;

	for (i = 0; i < 2; i++) {
		(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s",
		    port, paths[i]);
		quiet(ask(form_env, FORM, url, 300) == ASK_LATE, "%s: %s",
		    url, answer.why);
		quiet(answer.ms >= 298 && answer.ms < 800, "%s: %d ms", url,
		    (int)answer.ms);
		quiet(upstream_asked() == 1, "%s: once", url);
	}
	tap_loop("late, and in time");
}

int
main(void)
{
	port = upstream_start();
	config.naccounts = 1;
	config.accounts[0] = (struct account){ .sid = STR(ACCOUNT),
	    .token = { STR("test-token-a"), STR("the-next-one") },
	    .ntokens = 2 };
	config.nallowed = network_parse(STR("127.0.0.1"), config.allowed);
	if (!sig_open(&w.sig))
		return 1;
	test_form();
	test_others();
	test_failures();
	test_late();
	http_close(&w.http);
	sig_close(&w.sig);
	return done_testing();
}
