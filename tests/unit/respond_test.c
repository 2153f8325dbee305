/* A reply as the server gets it. */
#include <string.h>

#include "../../src/edge/respond.h"
#include "guard.h"
#include "tap.h"

static const struct {
	struct reply	r;
	const char	*want;
} table[] = {
	{ { .status = 204 },
	    "Status: 204 No Content\r\nCache-Control: no-store\r\n\r\n" },
	{ { .status = 200, .type = "text/xml", .body = STR("<R/>") },
	    "Status: 200 OK\r\nCache-Control: no-store\r\n"
	    "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<R/>" },
	{ { .status = 200, .type = "text/xml", .body = STR("<R/>"),
	    .no_body = true },
	    "Status: 200 OK\r\nCache-Control: no-store\r\n"
	    "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n" },
	{ { .status = 401, .type = "text/plain", .body = STR("x\n"),
	    .header = "WWW-Authenticate: Basic" },
	    "Status: 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n"
	    "Cache-Control: no-store\r\nContent-Type: text/plain\r\n"
	    "Content-Length: 2\r\n\r\nx\n" },
	{ { .status = 403, .type = "text/plain" },
	    "Status: 403 Forbidden\r\nCache-Control: no-store\r\n"
	    "Content-Type: text/plain\r\nContent-Length: 0\r\n\r\n" },
	/* Without a type there is no body, whatever is given. */
	{ { .status = 204, .body = STR("x") },
	    "Status: 204 No Content\r\nCache-Control: no-store\r\n\r\n" },
};

int
main(void)
{
	static const int statuses[] = { 200, 204, 400, 401, 403, 405, 413,
	    415, 500, 503 };
	struct reply	r;
	struct out	o;
	char		buf[1024];
	struct str	want;
	size_t		i, n;
	bool		good;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		want = str_from(table[i].want);
		for (n = 0; n <= want.n; n++) {
			o = out_init(guard_buffer(n), n);
			good = respond_format(&table[i].r, &o);
			quiet(good == (n == want.n), "row %zu, room for %zu",
			    i, n);
			quiet(!good || str_eq(out_str(&o), want),
			    "row %zu: %.*s", i, (int)o.n, o.p);
		}
	}
	tap_loop("replies, at every length of the buffer");
	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		r = (struct reply){ .status = statuses[i] };
		o = out_init(buf, sizeof(buf));
		quiet(respond_format(&r, &o) && str_starts(out_str(&o),
		    STR("Status: ")) && o.p[11] == ' ' && o.p[12] > ' ',
		    "status %d has a reason: %.30s", statuses[i], buf);
	}
	tap_loop("each status has a reason phrase");
	return done_testing();
}
