/* Bases, candidates of the signed URL, masks. */
#include <string.h>

#include "../../src/core/url.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 16];

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static const struct {
	const char	*in;
	enum url_result	 result;
	const char	*scheme, *host;
	uint16_t	 port;
	const char	*prefix;
} bases[] = {
	{ "https://h", URL_OK, "https", "h", 0, "" },
	{ "https://h/", URL_OK, "https", "h", 0, "" },
	{ "https://h///", URL_OK, "https", "h", 0, "" },
	{ "http://h.example:80/a/b/", URL_OK, "http", "h.example", 80,
	    "/a/b" },
	{ "HTTPS://MyHost:8443/X", URL_OK, "https", "MyHost", 8443, "/X" },
	{ "https://h//a//", URL_OK, "https", "h", 0, "//a" },
	{ "https://u:p@h/x", URL_OK, "https", "h", 0, "/x" },
	{ "https://u@h:1/x", URL_OK, "https", "h", 1, "/x" },
	{ "https://u:a@b@h/x", URL_OK, "https", "h", 0, "/x" },
	{ "https://h/x?q=1#rc=2", URL_OK, "https", "h", 0, "/x" },
	{ "https://h#rc=2", URL_OK, "https", "h", 0, "" },
	{ "https://h?q/w", URL_OK, "https", "h", 0, "" },
	{ "https://h#@evil/", URL_OK, "https", "h", 0, "" },
	{ "https://h/@evil", URL_OK, "https", "h", 0, "/@evil" },
	{ "https://[::1]", URL_OK, "https", "[::1]", 0, "" },
	{ "https://[2001:db8::1]:8443/p", URL_OK, "https", "[2001:db8::1]",
	    8443, "/p" },
	{ "https://u@[::1]:1", URL_OK, "https", "[::1]", 1, "" },
	{ "https://m\xc3\xbcller.example", URL_OK, "https",
	    "m\xc3\xbcller.example", 0, "" },
	{ "https://a_b-c.d", URL_OK, "https", "a_b-c.d", 0, "" },
	{ "https://h:65535", URL_OK, "https", "h", 65535, "" },
	{ "https://h:00443", URL_OK, "https", "h", 443, "" },
	{ "", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ "h/x", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ "ftp://h", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ "https:/h", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ " https://h", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ "wss://h", URL_NO_SCHEME, NULL, NULL, 0, NULL },
	{ "https://", URL_NO_HOST, NULL, NULL, 0, NULL },
	{ "https:///x", URL_NO_HOST, NULL, NULL, 0, NULL },
	{ "https://:443/x", URL_NO_HOST, NULL, NULL, 0, NULL },
	{ "https://u@/x", URL_NO_HOST, NULL, NULL, 0, NULL },
	{ "https://?x", URL_NO_HOST, NULL, NULL, 0, NULL },
	{ "https://a b/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a\tb/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a\nb/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a\"b/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a\\b/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a%41/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://[]/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://[::1]x/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://[::g]/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a]b/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://a]b:80/", URL_BAD_HOST, NULL, NULL, 0, NULL },
	{ "https://h:/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://h:0/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://h:65536/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://h:+1/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://h:1:2/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://::1/", URL_BAD_PORT, NULL, NULL, 0, NULL },
	{ "https://h:99999999999999999999/", URL_BAD_PORT, NULL, NULL, 0,
	    NULL },
};

static void
test_bases(void)
{
	struct base	b;
	enum url_result	r;
	size_t		i, n;
	struct str	in;

	for (i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		in = str_from(bases[i].in);
		b = (struct base){ .port = 9 };
		r = url_parse_base(guard_str(in), &b);
		quiet(r == bases[i].result, "%s: %s", bases[i].in,
		    url_strerror(r));
		if (r == URL_OK && bases[i].result == URL_OK)
			quiet(str_eq(b.scheme, str_from(bases[i].scheme)) &&
			    str_eq(b.host, str_from(bases[i].host)) &&
			    b.port == bases[i].port &&
			    str_eq(b.prefix, str_from(bases[i].prefix)),
			    "%s: %.*s %.*s %u %.*s", bases[i].in,
			    (int)b.scheme.n, b.scheme.p, (int)b.host.n,
			    b.host.p, b.port, (int)b.prefix.n, b.prefix.p);
		for (n = 0; n < in.n; n++)
			(void)url_parse_base(guard_str(str_sub(in, 0, n)), &b);
	}
	quiet(url_parse_base(STR("https://h\0x/"), &b) == URL_BAD_HOST,
	    "a NUL in the host");
	tap_loop("bases, and every prefix of them");
	is_int(url_default_port(STR("https")), 443, "port of https");
	is_int(url_default_port(STR("http")), 80, "port of http");
}

/* What must be among the candidates, in this order, and nothing else. */
static const struct {
	const char	*base, *target;
	const char	*want[URL_MAX_CANDIDATES + 1];
} candidates[] = {
	{ "https://h", "/x?a=1", {
	    "https://h/x?a=1", "https://h:443/x?a=1" } },
	{ "http://h", "/x", { "http://h/x", "http://h:80/x" } },
	{ "https://h:8443", "/x", { "https://h/x", "https://h:8443/x" } },
	{ "https://h:443", "/x", { "https://h/x", "https://h:443/x" } },
	{ "https://[::1]:1", "/", { "https://[::1]/", "https://[::1]:1/",
	    "https://[::1]", "https://[::1]:1" } },
	{ "https://H", "/?a=1", { "https://H/?a=1", "https://H:443/?a=1",
	    "https://H?a=1", "https://H:443?a=1" } },
	{ "https://h", "/x?", { "https://h/x?", "https://h:443/x?" } },
	{ "https://h", "//x/../y%2F;z", { "https://h//x/../y%2F;z",
	    "https://h:443//x/../y%2F;z" } },
	{ "https://h", "/x?a='", { "https://h/x?a='", "https://h:443/x?a='",
	    "https://h/x?a=%27", "https://h:443/x?a=%27" } },
	{ "https://h", "/x?a=%27", { "https://h/x?a=%27",
	    "https://h:443/x?a=%27", "https://h/x?a='",
	    "https://h:443/x?a='" } },
	{ "https://h", "/x?a='%27", { "https://h/x?a='%27",
	    "https://h:443/x?a='%27", "https://h/x?a=''",
	    "https://h:443/x?a=''", "https://h/x?a=%27%27",
	    "https://h:443/x?a=%27%27" } },
	/* Not in the path. */
	{ "https://h", "/x'%27", { "https://h/x'%27",
	    "https://h:443/x'%27" } },
	{ "https://h", "/x'?b='", { "https://h/x'?b='", "https://h:443/x'?b='",
	    "https://h/x'?b=%27", "https://h:443/x'?b=%27" } },
	/* A prefix is put before, or was pasted with the mount path. */
	{ "https://h/tw", "/x", { "https://h/tw/x", "https://h:443/tw/x" } },
	{ "https://h/tw", "/tw", { "https://h/tw", "https://h:443/tw",
	    "https://h/tw/tw", "https://h:443/tw/tw" } },
	{ "https://h/tw/", "/tw/x?y", { "https://h/tw/x?y",
	    "https://h:443/tw/x?y", "https://h/tw/tw/x?y",
	    "https://h:443/tw/tw/x?y" } },
	{ "https://h/tw", "/twx", { "https://h/tw/twx",
	    "https://h:443/tw/twx" } },
	{ "https://h/tw", "/tw?a", { "https://h/tw?a", "https://h:443/tw?a",
	    "https://h/tw/tw?a", "https://h:443/tw/tw?a" } },
	{ "https://h/tw", "/TW", { "https://h/tw/TW", "https://h:443/tw/TW" } },
	{ "https://h/tw", "/x?/tw/", { "https://h/tw/x?/tw/",
	    "https://h:443/tw/x?/tw/" } },
	{ "https://h/tw", "/", { "https://h/tw/", "https://h:443/tw/",
	    "https://h/tw", "https://h:443/tw" } },
};

static void
check_candidates(size_t row)
{
	struct arena		a = fresh();
	struct candidates	c = { .n = 0 };
	struct base		b;
	size_t			i, n = 0;

	quiet(url_parse_base(str_from(candidates[row].base), &b) == URL_OK,
	    "row %zu: base", row);
	url_candidates(&a, &b, guard_str(str_from(candidates[row].target)),
	    &c);
	while (candidates[row].want[n] != NULL)
		n++;
	quiet(c.n == n && !c.no_memory, "row %zu: %zu candidates", row, c.n);
	for (i = 0; i < n && i < c.n; i++)
		quiet(str_eq(c.url[i], str_from(candidates[row].want[i])),
		    "row %zu: %.*s", row, (int)c.url[i].n, c.url[i].p);
}

static void
test_candidates(void)
{
	struct arena		a;
	struct candidates	c;
	struct base		b;
	struct str		target = STR("/tw/x?a=%27&b='");
	size_t			i, j, full = 0;

	for (i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		check_candidates(i);
	tap_loop("candidates");

	a = fresh();
	c = (struct candidates){ .n = 0 };
	(void)url_parse_base(STR("https://h"), &b);
	for (i = 0; i < 3; i++)
		url_candidates(&a, &b, STR("/x"), &c);
	is_int(c.n, 2, "nothing is added twice");

	/* Too little memory: it is said, or all the candidates are there. */
	(void)url_parse_base(STR("https://host/tw"), &b);
	for (i = 0; i < 1200; i++) {
		a = (struct arena){ .base = guard_buffer(1200), .cap = i };
		c = (struct candidates){ .n = 0 };
		url_candidates(&a, &b, target, &c);
		full += c.no_memory;
		quiet(c.no_memory || c.n == 12, "%zu bytes: %zu", i, c.n);
		for (j = 0; j < c.n; j++)
			quiet(str_find(c.url[j], 'b', 0) < c.url[j].n,
			    "%zu bytes: %.*s", i, (int)c.url[j].n, c.url[j].p);
	}
	quiet(full > 0 && full < 1200, "%zu times full", full);
	tap_loop("every size of the arena");

	/* More bases than there is room for: bounded. */
	c = (struct candidates){ .n = 0 };
	a = fresh();
	for (i = 0; i < 16; i++) {
		char	text[] = "https://a/tw";

		text[8] = (char)('a' + i);
		(void)url_parse_base(str_from(text), &b);
		b.host = arena_copy(&a, b.host);
		url_candidates(&a, &b, target, &c);
	}
	is_int(c.n, URL_MAX_CANDIDATES, "never more than there is room for");
}

static void
test_parts(void)
{
	struct str	absent = { NULL, 0 };

	is_str(url_query(STR("/x?a=1?b")), STR("a=1?b"), "query");
	is_str(url_query(STR("/x?")), STR(""), "an empty query");
	is_str(url_query(STR("/x")), absent, "no query");
	is_str(url_path(STR("/x?a=1?b")), STR("/x"), "path");
	is_str(url_path(STR("/x")), STR("/x"), "path without a query");
	is_str(url_path(STR("?")), STR(""), "an empty path");
}

static void
test_replace(void)
{
	static const struct {
		const char	*s, *from, *to, *want;
	} t[] = {
		{ "", "%27", "'", "" },
		{ "%27", "%27", "'", "'" },
		{ "%27%27", "%27", "'", "''" },
		{ "a%27b%2%27", "%27", "'", "a'b%2'" },
		{ "%2%2777", "%27", "'", "%2'77" },
		{ "'''", "'", "%27", "%27%27%27" },
		{ "aaa", "aa", "b", "ba" },
		{ "aaaa", "aa", "xyz", "xyzxyz" },
		{ "abc", "abcd", "x", "abc" },
		{ "abc", "b", "", "ac" },
	};
	struct arena	a;
	struct str	s;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a = fresh();
		s = url_replace(&a, guard_str(str_from(t[i].s)),
		    str_from(t[i].from), str_from(t[i].to));
		quiet(str_eq(s, str_from(t[i].want)), "row %zu: %.*s", i,
		    (int)s.n, s.p);
	}
	tap_loop("url_replace");
}

static void
test_mask(void)
{
	static const struct {
		const char	*in, *want;
	} t[] = {
		{ "/x", "/x" },
		{ "/x?", "/x?" },
		{ "/x?a=1", "/x?a=1" },
		{ "/x?token=s", "/x?token=***" },
		{ "/x?token=", "/x?token=***" },
		{ "?token=", "?token=***" },
		{ "/x?a=1&token=s&b=2", "/x?a=1&token=***&b=2" },
		{ "/x?token=s&token=t", "/x?token=***&token=***" },
		{ "/x?&&token=s&", "/x?&&token=***&" },
		{ "/x?mytoken=s", "/x?mytoken=s" },
		{ "/x?token", "/x?token" },
		{ "/token=s", "/token=s" },
		{ "/x?token=a?token=b", "/x?token=***" },
		{ "/x?token=&token=&token=&token=&token=&token=",
		    "/x?token=***&token=***&token=***&token=***&token=***"
		    "&token=***" },
	};
	struct arena	a;
	struct str	s;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a = fresh();
		s = url_mask_token(&a, guard_str(str_from(t[i].in)));
		quiet(str_eq(s, str_from(t[i].want)), "row %zu: %.*s", i,
		    (int)s.n, s.p);
	}
	for (i = 0; i < 64; i++) {
		a = (struct arena){ .base = memory, .cap = i };
		s = url_mask_token(&a, STR("/x?a=1&token=s3cret"));
		quiet(str_find(s, '3', 0) == s.n, "%zu bytes: %.*s", i,
		    (int)s.n, s.p);
	}
	tap_loop("url_mask_token");
}

int
main(void)
{
	test_bases();
	test_candidates();
	test_parts();
	test_replace();
	test_mask();
	return done_testing();
}
