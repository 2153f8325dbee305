/* Requests as HTTP/1.1 messages: read, written, read again. */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/message.h"
#include "guard.h"
#include "tap.h"

static const struct {
	struct str		text;
	enum message_result	result;
	const char		*method, *target;
	size_t			nheaders;
	struct str		body;
} table[] = {
	{ STR("POST /x HTTP/1.1\r\nHost: h\r\n\r\na=1"), MESSAGE_OK, "POST",
	    "/x", 1, STR("a=1") },
	{ STR("POST /x HTTP/1.1\nHost: h\n\na=1\n"), MESSAGE_OK, "POST",
	    "/x", 1, STR("a=1\n") },
	{ STR("GET /x?a b HTTP/1.0\r\n\r\n"), MESSAGE_OK, "GET", "/x?a b", 0,
	    STR("") },
	{ STR("GET /x HTTP/1.1"), MESSAGE_OK, "GET", "/x", 0, STR("") },
	{ STR("GET /x HTTP/1.1\r\nA: b"), MESSAGE_OK, "GET", "/x", 1,
	    STR("") },
	{ STR("P / HTTP/2\nContent-Length: 2\n\nabc"), MESSAGE_OK, "P", "/",
	    1, STR("ab") },
	{ STR("P / HTTP/2\ncontent-length:0\n\nabc"), MESSAGE_OK, "P", "/",
	    1, STR("") },
	{ STR("P / HTTP/2\nContent-Length: x\n\nabc"), MESSAGE_OK, "P", "/",
	    1, STR("abc") },
	{ STR("P / HTTP/2\n\n\n\0b"), MESSAGE_OK, "P", "/", 0, STR("\n\0b") },
	{ STR("P / HTTP/2\nContent-Length: 4\n\nabc"), MESSAGE_SHORT_BODY,
	    "", "", 0, STR("") },
	{ STR("P / HTTP/2\nContent-Length: 4"), MESSAGE_SHORT_BODY,
	    "", "", 0, STR("") },
	{ STR("P / HTTP/2\nContent-Length: 18446744073709551615\n\nabc"),
	    MESSAGE_SHORT_BODY, "", "", 0, STR("") },
	{ STR("P / HTTP/2\nContent-Length: 18446744073709551616\n\nabc"),
	    MESSAGE_OK, "P", "/", 1, STR("abc") },
	{ STR(""), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ { NULL, 0 }, MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("\n"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR(" "), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("  "), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("GET"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("GET /x"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("GET HTTP/1.1"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("GET  HTTP/1.1"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR(" /x HTTP/1.1"), MESSAGE_NO_REQUEST_LINE, "", "", 0, STR("") },
	{ STR("GET /x FTP/1.1"), MESSAGE_NO_REQUEST_LINE, "", "", 0,
	    STR("") },
	{ STR("G / HTTP/1.1\nabc\n\n"), MESSAGE_BAD_HEADER, "", "", 0,
	    STR("") },
	{ STR("G / HTTP/1.1\n: x\n\n"), MESSAGE_BAD_HEADER, "", "", 0,
	    STR("") },
};

static void
test_table(void)
{
	struct message		m;
	enum message_result	r;
	struct str		s;
	size_t			i, n;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		s = table[i].text;
		for (n = 0; n < s.n; n++)
			(void)message_parse(guard_str(str_sub(s, 0, n)), &m);
		r = message_parse(s.p == NULL ? s : guard_str(s), &m);
		quiet(r == table[i].result, "row %zu: %s", i,
		    message_strerror(r));
		if (r != MESSAGE_OK || table[i].result != MESSAGE_OK)
			continue;
		quiet(str_eq(m.method, str_from(table[i].method)) &&
		    str_eq(m.target, str_from(table[i].target)) &&
		    m.nheaders == table[i].nheaders &&
		    m.body.p != NULL && str_eq(m.body, table[i].body),
		    "row %zu: %.*s %.*s, %zu headers, %zu bytes", i,
		    (int)m.method.n, m.method.p, (int)m.target.n, m.target.p,
		    m.nheaders, m.body.n);
	}
	tap_loop("messages, and every prefix of them");
}

static void
test_headers(void)
{
	char		buf[MESSAGE_MAX_HEADERS * 8 + 64];
	struct out	o = out_init(buf, sizeof(buf));
	struct message	m;
	size_t		i;

	(void)message_parse(STR("G / HTTP/1.1\r\nHost:h\r\nX-A: \t b c \r\n"
	    "x-a: second\r\nEmpty:\r\n\r\n"), &m);
	is_str(message_header(&m, "HOST"), STR("h"), "in any case");
	is_str(message_header(&m, "X-A"), STR("b c"), "trimmed, the first");
	is_str(message_header(&m, "empty"), STR(""), "an empty value is there");
	is_str(message_header(&m, "X"), (struct str){ NULL, 0 }, "no header");
	out_cstr(&o, "G / HTTP/1.1\n");
	for (i = 0; i < MESSAGE_MAX_HEADERS; i++)
		out_cstr(&o, "a:b\n");
	is_int(message_parse(out_str(&o), &m), MESSAGE_OK,
	    "as many headers as there is room for");
	is_int(m.nheaders, MESSAGE_MAX_HEADERS, "are all there");
	out_cstr(&o, "a:b\n");
	is_int(message_parse(out_str(&o), &m), MESSAGE_TOO_MANY_HEADERS,
	    "one more is refused");
}

/* What is written is read as the same, whatever bytes it has. */
static void
test_round_trip(void)
{
	char		a[40], b[40], c[40], buf[512];
	struct str	value, target, body, seen;
	struct message	m;
	struct out	o;
	size_t		round, i;

	srandom(5);
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < sizeof(a); i++) {
			a[i] = (char)random();
			b[i] = (char)(random() % 8 == 0 ? random() :
			    '!' + random() % 90);
			c[i] = (char)random();
		}
		value = (struct str){ a, (size_t)random() % 40 };
		target = (struct str){ b, 1 + (size_t)random() % 39 };
		body = (struct str){ c, (size_t)random() % 40 };
		o = out_init(buf, sizeof(buf));
		message_write_request_line(&o, STR("POST"), target);
		message_write_header(&o, "X-Absent", (struct str){ NULL, 0 });
		message_write_header(&o, "X-A", value);
		message_write_body(&o, body);
		quiet(!o.overflow && message_parse(guard_str(out_str(&o)), &m)
		    == MESSAGE_OK, "round %zu", round);
		quiet(str_eq(m.method, STR("POST")) && m.nheaders == 2 &&
		    str_eq(m.body, body), "round %zu: its parts", round);
		quiet(m.target.n == target.n, "round %zu: target", round);
		seen = message_header(&m, "X-A");
		quiet(seen.n <= value.n, "round %zu: header", round);
		for (i = 0; i < seen.n; i++)
			quiet((unsigned char)seen.p[i] >= 0x20,
			    "round %zu: a control byte", round);
	}
	tap_loop("written and read again");
}

static void
test_no_forging(void)
{
	char		buf[512];
	struct out	o = out_init(buf, sizeof(buf));
	struct message	m;

	message_write_request_line(&o, STR("GET"),
	    STR("/x HTTP/1.1\r\nOffhook-Reason: y\r\n\r\n"));
	message_write_header(&o, "Host", STR("h\r\nOffhook-Reason: z\n\nq"));
	message_write_body(&o, STR("\r\n\r\n"));
	is_int(message_parse(out_str(&o), &m), MESSAGE_OK, "it is read");
	is_str(message_header(&m, "Offhook-Reason"), (struct str){ NULL, 0 },
	    "neither target nor header forge a header");
	is_int(m.nheaders, 2, "two headers");
	is_str(m.target, STR("/x HTTP/1.1??Offhook-Reason: y????"),
	    "controls are '?'");
	is_str(m.body, STR("\r\n\r\n"), "the body is kept byte for byte");
}

int
main(void)
{
	test_table();
	test_headers();
	test_round_trip();
	test_no_forging();
	return done_testing();
}
