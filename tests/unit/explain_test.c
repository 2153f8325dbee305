/* explain: every fault alone, some in pairs, and no false alarms. */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/explain.h"
#include "tap.h"

#define A_SID "AC00000000000000000000000000000001"
#define B_SID "AC00000000000000000000000000000002"
#define C_SID "AC00000000000000000000000000000003"
#define MEMORY ((size_t)64 << 20)

#define FORM "AccountSid=" A_SID "&Body=Hi+there%21&From=%2B15550101001"
/* FORM as it is signed. */
#define SIGNED "AccountSid" A_SID "BodyHi there!From+15550101001"
#define U "https://hooks.example.test/twilio"

/* What was signed, and what arrives of it; NULL takes the usual value. */
struct story {
	const char	*name;
	const char	*url;		/* signed */
	const char	*params;	/* signed, as one text */
	const char	*token;		/* signed with */
	const char	*target;	/* arrives */
	const char	*body;
	const char	*headers;	/* further ones, each with \n */
	const char	*type;
	const char	*fault[2];	/* beginnings of the faults expected */
	const char	*before;	/* put around the signature */
	const char	*after;
	const char	*method;
};

static char		*memory;
static struct sig	 sig;

static const struct str token_a[] = { { "test-token-a", 12 },
	{ "test-token-a2", 13 } };
static const struct str token_b[] = { { "\"test-token-b\"", 14 } };
static const struct explain_account accounts[] = {
	{ { A_SID, 34 }, token_a, 2 },
	{ { B_SID, 34 }, token_b, 1 },
};

static const char *
or_else(const char *s, const char *otherwise)
{
	return s == NULL ? otherwise : s;
}

/* The request as a message, signed as the story says. */
static struct str
write_request(struct arena *a, const struct story *s)
{
	struct out	o;
	char		made[SIG_LENGTH] = { 0 };
	char		*p = arena_alloc(a, 65536, 1);

	if (!sig_make(&sig, str_from(or_else(s->token, "test-token-a")),
	    str_from(or_else(s->url, U)),
	    str_from(or_else(s->params, SIGNED)), made))
		return (struct str){ NULL, 0 };
	o = out_init(p, 65536);
	out_cstr(&o, or_else(s->method, "POST"));
	out_char(&o, ' ');
	out_cstr(&o, or_else(s->target, "/twilio"));
	out_cstr(&o, " HTTP/1.1\n");
	if (strstr(or_else(s->headers, ""), "Host: ") == NULL)
		out_cstr(&o, "Host: hooks.example.test\n");
	out_cstr(&o, or_else(s->headers, ""));
	if (s->type == NULL || s->type[0] != '\0') {
		out_cstr(&o, "Content-Type: ");
		out_cstr(&o, or_else(s->type,
		    "application/x-www-form-urlencoded; charset=utf-8"));
		out_char(&o, '\n');
	}
	out_cstr(&o, "X-Twilio-Signature: ");
	out_cstr(&o, or_else(s->before, ""));
	out_bytes(&o, (struct str){ made, SIG_LENGTH });
	out_cstr(&o, or_else(s->after, ""));
	out_cstr(&o, "\n\n");
	out_cstr(&o, or_else(s->body, FORM));
	return out_str(&o);
}

/* Explain one request under the given public URLs. */
static enum explain_result
run(struct str text, const char *urls, struct arena *a, struct explain *e)
{
	static struct message	m;
	struct base		bases[8];
	struct explain_input	in = {
		.request = &m, .bases = bases, .accounts = accounts,
		.naccounts = 2, .public_url = str_from(urls),
		.basic_auth = STR("user:secret"),
		.url_token = STR("url-token-1"),
	};
	struct str		 rest = in.public_url, word;

	if (message_parse(text, &m) != MESSAGE_OK)
		return EXPLAIN_FAILED;
	while (str_cut(&rest, ' ', &word))
		if (word.n > 0 &&
		    url_parse_base(word, &bases[in.nbases]) == URL_OK)
			in.nbases++;
	return explain(a, &sig, &in, e);
}

static bool
begins(const char *s, const char *with)
{
	return s != NULL && strncmp(s, with, strlen(with)) == 0;
}

static void
check(const struct story *s, const char *urls)
{
	struct arena		a = { .base = memory, .cap = MEMORY };
	struct explain		e = { .tried = 0 };
	struct str		text = write_request(&a, s);
	enum explain_result	r = run(text, urls, &a, &e);
	size_t			n = s->fault[1] != NULL ? 2 :
				    s->fault[0] != NULL ? 1 : 0;
	bool			good;

	good = r == (n == 0 ? EXPLAIN_VALID : EXPLAIN_FOUND) &&
	    e.nfaults == n;
	if (good && n > 0)
		good = begins(e.fault[0].what, s->fault[0]) &&
		    e.fault[0].mend != NULL;
	if (good && n > 1)
		good = begins(e.fault[1].what, s->fault[1]);
	if (ok(good, "%s", s->name))
		return;
	printf("# result %d, %zu faults, %zu tried\n", (int)r, e.nfaults,
	    e.tried);
	if (e.nfaults > 0)
		printf("# 1: %s (%.*s)\n", e.fault[0].what,
		    (int)e.fault[0].detail.n, e.fault[0].detail.p);
	if (e.nfaults > 1)
		printf("# 2: %s (%.*s)\n", e.fault[1].what,
		    (int)e.fault[1].detail.n, e.fault[1].detail.p);
}

static const struct story valid[] = {
	{ .name = "nothing is wrong" },
	{ .name = "the port is one of the candidates",
	    .url = "https://hooks.example.test:443/twilio" },
	{ .name = "the second token while rotating",
	    .token = "test-token-a2" },
	{ .name = "an apostrophe in the query", .target = "/twilio?a=%27",
	    .url = U "?a='" },
};

static const struct story of_header[] = {
	{ .name = "quotes around the header", .before = "\"", .after = "\"",
	    .fault = { "The signature's header has quotes" } },
	{ .name = "the header twice", .after = ", AAAA",
	    .fault = { "The signature's header came twice" } },
	{ .name = "the header twice, the second is right",
	    .before = "AAAA, ",
	    .fault = { "The signature's header came twice" } },
};

static const struct story of_url[] = {
	{ .name = "http, not https",
	    .url = "http://hooks.example.test/twilio",
	    .fault = { "Twilio was given the other scheme" } },
	{ .name = "a port, told by nobody",
	    .url = "https://hooks.example.test:8443/twilio",
	    .fault = { "Twilio was given the URL with a port" } },
	{ .name = "a port, as in Host",
	    .url = "https://hooks.example.test:4711/twilio",
	    .headers = "Host: hooks.example.test:4711\n",
	    .fault = { "Twilio was given the URL with a port" } },
	{ .name = "a port, as the server's",
	    .url = "https://hooks.example.test:4712/twilio",
	    .headers = "Offhook-Server-Port: 4712\n",
	    .fault = { "Twilio was given the URL with a port" } },
	{ .name = "another host, that of Host",
	    .url = "https://other.example.test/twilio",
	    .headers = "Host: other.example.test\n",
	    .fault = { "Twilio was given another host" } },
	{ .name = "another host, that of X-Forwarded-Host",
	    .url = "https://edge.example.test/twilio",
	    .headers = "X-Forwarded-Host: edge.example.test, x\n",
	    .fault = { "Twilio was given another host" } },
	{ .name = "www.", .url = "https://www.hooks.example.test/twilio",
	    .fault = { "Twilio was given the host in another spelling" } },
	{ .name = "userinfo kept",
	    .url = "https://user:secret@hooks.example.test/twilio",
	    .fault = { "The URL was signed with user:password@" } },
	{ .name = "a slash at the end", .url = U "/",
	    .fault = { "Twilio was given the URL with a slash" } },
	{ .name = "no slash at the end", .target = "/twilio/",
	    .fault = { "Twilio was given the URL without the slash" } },
	{ .name = "a prefix before the path", .target = "/app/twilio",
	    .fault = { "A proxy puts a prefix before" } },
	{ .name = "a prefix taken off, told by a header",
	    .url = "https://hooks.example.test/in/twilio",
	    .headers = "X-Forwarded-Prefix: /in\n",
	    .fault = { "A proxy takes a prefix off" } },
	{ .name = "an index file", .target = "/twilio/index.cgi",
	    .fault = { "The last part of the path was added" } },
	{ .name = "a rewritten path", .target = "/cgi-bin/x",
	    .headers = "X-Original-URI: /twilio\n",
	    .fault = { "The path was rewritten" } },
	{ .name = "two slashes arrive", .target = "//twilio",
	    .fault = { "Twilio's URL has single slashes" } },
	{ .name = "two slashes were signed",
	    .url = "https://hooks.example.test//twilio",
	    .fault = { "Twilio's URL has two slashes" } },
	{ .name = "%2F was signed",
	    .url = U "/a%2Fb", .target = "/twilio/a/b",
	    .fault = { "Twilio's URL has %2F" } },
	{ .name = "dot segments", .target = "/x/../twilio",
	    .fault = { "Twilio signed the path without its dot" } },
	{ .name = "%7e was decoded", .url = U "/%7eme",
	    .target = "/twilio/~me",
	    .fault = { "Characters of the path are written otherwise" } },
	{ .name = "letters were escaped", .url = U "/me",
	    .target = "/twilio/%6de",
	    .fault = { "Characters of the path are written otherwise" } },
	{ .name = "lower-case escapes", .url = U "/%c3%a4",
	    .target = "/twilio/%C3%A4",
	    .fault = { "Characters of the path are written otherwise" } },
};

static const struct story of_query[] = {
	{ .name = "the query was not signed", .target = "/twilio?a=1",
	    .fault = { "The URL was signed without its query" } },
	{ .name = "a bare ?", .url = U "?",
	    .fault = { "Twilio was given the URL with a bare ?" } },
	{ .name = "a parameter was added", .target = "/twilio?a=1&q=x&b=2",
	    .url = U "?a=1&b=2",
	    .fault = { "A parameter was added to the query" } },
	{ .name = "token= was lost", .url = U "?token=url-token-1",
	    .fault = { "Twilio's URL has ?token=" } },
	{ .name = "+ for %20", .url = U "?a=b+c", .target = "/twilio?a=b%20c",
	    .fault = { "The query is written otherwise" } },
	{ .name = "%20 for +", .url = U "?a=b%20c", .target = "/twilio?a=b+c",
	    .fault = { "The query is written otherwise" } },
	{ .name = "an escaped @", .url = U "?a=x@y",
	    .target = "/twilio?a=x%40y",
	    .fault = { "The query is written otherwise" } },
	{ .name = "sorted", .url = U "?a=1&b=2", .target = "/twilio?b=2&a=1",
	    .fault = { "Twilio's URL has the parameters of the query in" } },
	{ .name = "a fragment", .url = U "#rc=2",
	    .fault = { "The URL was signed with its #fragment" } },
	{ .name = "the setting's own fragment", .url = U "#rc=3&e=dublin",
	    .fault = { "The URL was signed with its #fragment" } },
};

#define HASH "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

static const struct story of_json[] = {
	{ .name = "JSON, all is well", .type = "application/json",
	    .body = "{}", .params = "", .target = "/twilio?bodySHA256=" HASH,
	    .url = U "?bodySHA256=" HASH },
	{ .name = "bodySHA256 was not signed", .type = "application/json",
	    .body = "{}", .params = "",
	    .target = "/twilio?a=1&bodySHA256=" HASH, .url = U "?a=1",
	    .fault = { "A parameter was added to the query" } },
	{ .name = "bodySHA256 was lost", .type = "application/json",
	    .body = "{}", .params = "", .url = U "?bodySHA256=" HASH,
	    .fault = { "Twilio's URL has another bodySHA256" } },
	{ .name = "JSON signed as a form", .type = "application/json",
	    .body = "{\"a\":1}", .params = "{\"a\":1}",
	    .fault = { "The body's parameters were signed, though" } },
};

static const struct story of_form[] = {
	{ .name = "the form was not signed", .params = "",
	    .fault = { "The parameters were not signed" } },
	{ .name = "a GET signed twice", .method = "GET", .body = "",
	    .type = "", .target = "/twilio?AccountSid=" A_SID "&Digits=1",
	    .url = U "?AccountSid=" A_SID "&Digits=1",
	    .params = "AccountSid" A_SID "Digits1",
	    .fault = { "The query's parameters were signed twice" } },
	{ .name = "not decoded",
	    .params = "AccountSid" A_SID "BodyHi+there%21From%2B15550101001",
	    .fault = { "The parameters were signed without being decoded" } },
	{ .name = "+ kept", .params = "AccountSid" A_SID
	    "BodyHi+there!From+15550101001",
	    .fault = { "The parameters were signed without being decoded" } },
	{ .name = "decoded twice", .body = FORM "&T=%257B",
	    .params = "AccountSid" A_SID "BodyHi there!From 15550101001T{",
	    .fault = { "The parameters were decoded twice" } },
	{ .name = "decoded twice, but + kept", .body = FORM "&T=%257B",
	    .params = SIGNED "T{",
	    .fault = { "The parameters were decoded twice" } },
	{ .name = "empty ones left out", .body = FORM "&ToCity=&ToZip=",
	    .fault = { "Empty parameters were left out" } },
	{ .name = "empty ones lost",
	    .params = SIGNED "FromCityFromCountryFromStateFromZip"
	    "ToCityToCountryToStateToZip",
	    .fault = { "Empty parameters were lost" } },
	{ .name = "some empty ones lost",
	    .params = SIGNED "ToCityToZip",
	    .fault = { "Empty parameters were lost" } },
	{ .name = "empty ones of a call lost", .body = FORM "&CallSid=CA1",
	    .params = "AccountSid" A_SID "BodyHi there!CallSidCA1"
	    "CalledCityFrom+15550101001ToCity",
	    .fault = { "Empty parameters were lost" } },
	{ .name = "signed without blanks", .body = FORM "&Z=+x+",
	    .params = SIGNED "Zx",
	    .fault = { "Values were signed without the blanks" } },
	{ .name = "a blank was trimmed", .params = "AccountSid" A_SID
	    "BodyHi there! From+15550101001",
	    .fault = { "Blanks around a value were lost" } },
	{ .name = "a line end was trimmed", .params = "AccountSid" A_SID
	    "BodyHi there!\nFrom+15550101001",
	    .fault = { "Blanks around a value were lost" } },
	{ .name = "Latin-1", .body = FORM "&N=%E4",
	    .params = SIGNED "N\xc3\xa4",
	    .fault = { "Values were signed in another encoding" } },
	{ .name = "UTF-8 twice", .body = FORM "&N=%C3%83%C2%A4",
	    .params = SIGNED "N\xc3\xa4",
	    .fault = { "Values were signed in another encoding" } },
	{ .name = "line ends", .body = FORM "&N=a%0Ab",
	    .params = SIGNED "Na\r\nb",
	    .fault = { "Values were signed in another encoding" } },
	{ .name = "dots and underscores", .body = FORM "&M_Address=x",
	    .params = SIGNED "M.Addressx",
	    .fault = { "Names were changed on the way" } },
	{ .name = "a parameter added", .body = FORM "&_csrf=1",
	    .fault = { "A parameter was added on the way" } },
	{ .name = "the first value only", .body = FORM "&Z=b&Z=a",
	    .params = SIGNED "Zb",
	    .fault = { "A parameter was added on the way" } },
	{ .name = "the first of three", .body = FORM "&Z=b&Z=a&Z=c",
	    .params = SIGNED "Zb",
	    .fault = { "Of a parameter that is sent several times" } },
	{ .name = "joined by a comma", .body = FORM "&Z=b&Z=a",
	    .params = SIGNED "Zb,a",
	    .fault = { "Of a parameter that is sent several times" } },
	{ .name = "joined, sorted", .body = FORM "&Z=b&Z=a",
	    .params = SIGNED "Zab",
	    .fault = { "Of a parameter that is sent several times" } },
	{ .name = "not merged", .body = FORM "&Z=a&Z=a",
	    .params = SIGNED "ZaZa",
	    .fault = { "A value that is sent twice" } },
	{ .name = "not sorted", .body = "Body=x&AccountSid=" A_SID,
	    .params = "BodyxAccountSid" A_SID,
	    .fault = { "The parameters were signed in another order" } },
	{ .name = "sorted without case", .body = FORM "&alpha=1",
	    .params = "AccountSid" A_SID
	    "alpha1BodyHi there!From+15550101001",
	    .fault = { "The parameters were signed in another order" } },
	{ .name = "sorted by name and value",
	    .body = FORM "&Reason=Zx&ReasonX=a",
	    .params = SIGNED "ReasonXaReasonZx",
	    .fault = { "The parameters were signed in another order" } },
};

#define FORM_B "AccountSid=" B_SID "&Body=x"
#define FORM_C "AccountSid=" C_SID "&Body=x"

static const struct story of_key[] = {
	{ .name = "the parent's token", .body = FORM_B,
	    .params = "AccountSid" B_SID "Bodyx",
	    .fault = { "It is signed with the default account's token" } },
	{ .name = "another account's token", .token = "\"test-token-b\"",
	    .fault = { "It is signed with the token of another" } },
	{ .name = "an account that is not set", .body = FORM_C,
	    .params = "AccountSid" C_SID "Bodyx",
	    .fault = { "The request names an account that is not" } },
	{ .name = "quotes in the settings", .body = FORM_B,
	    .params = "AccountSid" B_SID "Bodyx", .token = "test-token-b",
	    .fault = { "The token in the settings has quotes" } },
	{ .name = "a line end at the sender", .token = "test-token-a\n",
	    .fault = { "The sender's token has a line end" } },
	{ .name = "a blank at the sender", .token = "test-token-a ",
	    .fault = { "The sender's token has a line end" } },
	{ .name = "an empty token", .token = "",
	    .fault = { "It is signed with an empty token" } },
	{ .name = "the SID as the token", .token = A_SID,
	    .fault = { "It is signed with the account's SID" } },
};

static const struct story doubles[] = {
	{ .name = "scheme and port",
	    .url = "http://hooks.example.test:8080/twilio",
	    .fault = { "Twilio was given the other scheme",
	    "Twilio was given the URL with a port" } },
	{ .name = "scheme and slash",
	    .url = "http://hooks.example.test/twilio/",
	    .fault = { "Twilio was given the other scheme",
	    "Twilio was given the URL with a slash" } },
	{ .name = "host and prefix", .target = "/app/twilio",
	    .url = "https://other.example.test/twilio",
	    .headers = "Host: other.example.test\n",
	    .fault = { "Twilio was given another host",
	    "A proxy puts a prefix before" } },
	{ .name = "quotes and scheme", .before = "\"", .after = "\"",
	    .url = "http://hooks.example.test/twilio",
	    .fault = { "The signature's header has quotes",
	    "Twilio was given the other scheme" } },
	{ .name = "scheme and a parameter added", .body = FORM "&_csrf=1",
	    .url = "http://hooks.example.test/twilio",
	    .fault = { "Twilio was given the other scheme",
	    "A parameter was added on the way" } },
	{ .name = "slash and empty ones lost", .url = U "/",
	    .params = SIGNED "FromCityFromCountryFromStateFromZip"
	    "ToCityToCountryToStateToZip",
	    .fault = { "Twilio was given the URL with a slash",
	    "Empty parameters were lost" } },
	{ .name = "scheme and the parent's token", .body = FORM_B,
	    .url = "http://hooks.example.test/twilio",
	    .params = "AccountSid" B_SID "Bodyx",
	    .fault = { "Twilio was given the other scheme",
	    "It is signed with the default account's token" } },
	{ .name = "trimmed, and a line end at the sender",
	    .params = "AccountSid" A_SID "BodyHi there! From+15550101001",
	    .token = "test-token-a\n",
	    .fault = { "Blanks around a value were lost",
	    "The sender's token has a line end" } },
	{ .name = "two parameters added", .body = FORM "&_a=1&_b=2",
	    .fault = { "A parameter was added on the way",
	    "A parameter was added on the way" } },
};

static const struct story of_prefix[] = {
	{ .name = "the prefix is no part of the URL", .target = "/twilio",
	    .fault = { "The path of OFFHOOK_PUBLIC_URL is no part" } },
	{ .name = "the prefix twice",
	    .url = "https://hooks.example.test/in/in/twilio",
	    .fault = { "The path of OFFHOOK_PUBLIC_URL stands twice" } },
	{ .name = "the prefix, all is well",
	    .url = "https://hooks.example.test/in/twilio" },
	{ .name = "the prefix with the mount path, all is well",
	    .url = "https://hooks.example.test/in/twilio",
	    .target = "/in/twilio" },
};

static const struct story of_bases[] = {
	{ .name = "another public URL than Host's",
	    .url = "https://b.example.test/twilio",
	    .headers = "Host: a.example.test\n",
	    .fault = { "Twilio was given another one of the public" } },
	{ .name = "Host names none: any of them",
	    .url = "https://b.example.test/twilio",
	    .headers = "Host: localhost\n" },
};

static const struct story of_server[] = {
	{ .name = "no public URL: the server's own",
	    .url = "http://hooks.example.test/twilio",
	    .headers = "Offhook-Scheme: http\n" },
	{ .name = "no public URL, TLS ends before the server",
	    .headers = "Offhook-Scheme: http\nX-Forwarded-Proto: https\n",
	    .fault = { "Twilio was given the other scheme" } },
};

static void
check_all(const struct story *s, size_t n, const char *urls)
{
	size_t	i;

	for (i = 0; i < n; i++)
		check(&s[i], urls);
}

#define CHECK(list, urls) \
	check_all(list, sizeof(list) / sizeof((list)[0]), urls)

/* A forged signature, whatever it is forged for, is explained by nothing. */
static void
no_false_alarm(void)
{
	static const char *const targets[] = { "/twilio", "/", "/a/b/?x=1&y",
	    "/twilio?bodySHA256=0", "//x/../%2f~", "/?%zz&&=" };
	static const char *const bodies[] = { "", FORM, "a=b&a=c&d", "%%%",
	    FORM_B "&x=1&x=2&y=+", "{\"a\": 1}" };
	struct story		s = { .token = "a stranger's key" };
	struct explain		e = { .tried = 0 };
	struct arena		a;
	enum explain_result	r;
	size_t			i, j;

	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		for (j = i; j < sizeof(bodies) / sizeof(bodies[0]); j += 6) {
			a = (struct arena){ .base = memory, .cap = MEMORY };
			s.target = targets[i];
			s.body = bodies[j];
			s.type = j == 5 ? "application/json" : NULL;
			r = run(write_request(&a, &s), U, &a, &e);
			quiet(r == EXPLAIN_UNKNOWN && e.nfaults == 0 &&
			    e.nsuspects > 0 && e.tried > 0,
			    "%s %s: %d, %zu faults", targets[i], bodies[j],
			    (int)r, e.nfaults);
		}
	tap_loop("forged signatures fit nothing");
}

/* Whatever bytes a stranger sends, explain ends without a fault of its own. */
static void
hostile(void)
{
	static const char *const targets[] = { "?", "x", "/%?", "//..",
	    "/\xff\xfe?bodySHA256=&bodySHA256#" };
	struct story		s = { .token = "x", .body = "=&=&%00=%", };
	struct explain		e;
	struct arena		a;
	size_t			i;

	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		a = (struct arena){ .base = memory, .cap = MEMORY };
		s.target = targets[i];
		quiet(run(write_request(&a, &s), U, &a, &e) ==
		    EXPLAIN_UNKNOWN, "%s", targets[i]);
	}
	tap_loop("odd requests");
	a = (struct arena){ .base = memory, .cap = 70000 };
	s = (struct story){ .token = "x" };
	ok(run(write_request(&a, &s), U, &a, &e) == EXPLAIN_FAILED,
	    "little memory is said");
}

static void
reasons(void)
{
	const char	*what = NULL, *mend = NULL;
	struct arena	 a = { .base = memory, .cap = MEMORY };
	struct explain	 e = { .tried = 0 };

	ok(explain_reason(STR("url-token"), &what, &mend) && what != NULL &&
	    mend != NULL, "a reason that is no mismatch is explained");
	ok(!explain_reason(STR("signature-mismatch"), &what, &mend),
	    "a mismatch is left to the search");
	ok(run(STR("POST /twilio HTTP/1.1\nHost: x\n\na=b"), U, &a, &e) ==
	    EXPLAIN_UNSIGNED, "a request without a signature");
	ok(e.candidates.n > 0, "it tells what would have been accepted");
}

int
main(void)
{
	memory = malloc(MEMORY);
	if (memory == NULL || !sig_open(&sig))
		return 1;
	CHECK(valid, U "#rc=3&e=dublin");
	CHECK(of_header, "https://hooks.example.test");
	CHECK(of_url, "https://hooks.example.test");
	CHECK(of_query, "https://hooks.example.test#rc=3&e=dublin");
	CHECK(of_json, "https://hooks.example.test");
	CHECK(of_form, "https://hooks.example.test");
	CHECK(of_key, "https://hooks.example.test");
	CHECK(doubles, "https://hooks.example.test");
	CHECK(of_prefix, "https://hooks.example.test/in");
	CHECK(of_bases, "https://a.example.test https://b.example.test");
	CHECK(of_server, "");
	no_false_alarm();
	hostile();
	reasons();
	sig_close(&sig);
	free(memory);
	return done_testing();
}
