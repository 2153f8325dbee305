/* Spooled requests: what is written is read again, and nothing else. */
#include <string.h>

#include "../../src/core/spooled.h"
#include "tap.h"

static char	memory[1 << 16];

static struct spooled
example(void)
{
	return (struct spooled){
		.id = { 1, 2, 3 },
		.key = { 0xff, 0xee },
		.bucket = 1023,
		.received_ms = 1795000000123,
		.window = 60,
		.account = STR("AC1"),
		.kind = STR("call.gather"),
		.resource = STR("call"),
		.sid = STR("CA1"),
		.seq = -1,
		.clock = -1,
		.error = -7,
		.from = STR("+15550101001"),
		.facts = STR("{\"a\":\"b\n\"}"),
		.method = STR("POST"),
		.url = STR("https://hooks.example.test/twilio"),
		.token = STR(""),
		.json = true,
		.raw = STR("a=b\n\0c 5\nd"),
		.http = 200,
		.type = STR("text/xml"),
		.reply = STR("<Response/>"),
		.took_ms = -1,
		.why = STR("no answer"),
	};
}

static struct str
encoded(const struct spooled *s)
{
	struct arena	a = { .base = memory, .cap = sizeof(memory) };

	return spooled_encode(&a, s);
}

static void
test_round(void)
{
	struct spooled	s = example(), t;
	struct str	bytes = encoded(&s);

	ok(str_starts(bytes, STR("offhook-spooled 1 ")), "its first line");
	is_int(spooled_decode(bytes, &t), SPOOLED_OK, "it is read again");
	ok(memcmp(s.id, t.id, 16) == 0 && memcmp(s.key, t.key, 16) == 0,
	    "its ids");
	is_int(t.bucket, 1023, "bucket");
	is_int(t.received_ms, s.received_ms, "its time");
	is_int(t.window, 60, "window");
	is_str(t.kind, s.kind, "kind");
	is_str(t.facts, s.facts, "facts");
	is_str(t.raw, s.raw, "bytes of any kind");
	is_str(t.token, STR(""), "an empty text");
	is_str(t.status, (struct str){ NULL, 0 }, "an absent one");
	is_str(t.session, (struct str){ NULL, 0 }, "another one");
	is_int(t.error, -7, "a negative number");
	ok(t.json, "a flag");
	is_str(t.reply, s.reply, "the reply");
	is_str(t.why, s.why, "the last one");
}

/* No byte can be changed or left out, and none can be added. */
static void
test_damaged(void)
{
	struct spooled	s = example(), t;
	struct str	bytes = encoded(&s);
	char		changed[4096];
	size_t		i, taken = 0;

	for (i = 0; i < bytes.n; i++) {
		memcpy(changed, bytes.p, bytes.n);
		changed[i] = (char)(changed[i] ^ 1);
		taken += spooled_decode((struct str){ changed, bytes.n },
		    &t) == SPOOLED_OK;
		taken += spooled_decode(str_sub(bytes, 0, i), &t) ==
		    SPOOLED_OK;
	}
	memcpy(changed, bytes.p, bytes.n);
	changed[bytes.n] = '\n';
	is_int(spooled_decode((struct str){ changed, bytes.n + 1 }, &t),
	    SPOOLED_LENGTH, "one more");
	is_int(spooled_decode(str_sub(bytes, 0, bytes.n - 1), &t),
	    SPOOLED_LENGTH, "one less");
	is_int(spooled_decode(STR("offhook-spooled 2 "), &t), SPOOLED_FIRST,
	    "another version");
	is_int(taken, 0, "a change is seen wherever it is");
}

/* Whole, but not what is expected: by one who can make a checksum. */
static void
test_fields(void)
{
	struct spooled	s = example(), t;

	s.bucket = 1024;
	is_int(spooled_decode(encoded(&s), &t), SPOOLED_FIELD, "a bucket");
	s = example();
	s.http = 700;
	is_int(spooled_decode(encoded(&s), &t), SPOOLED_FIELD, "a status");
	s = example();
	s.account = (struct str){ NULL, 0 };
	is_int(spooled_decode(encoded(&s), &t), SPOOLED_FIELD, "no account");
	ok(spooled_strerror(SPOOLED_FIELD) != NULL, "it has a text");
}

static void
test_memory(void)
{
	struct spooled	s = example();
	struct arena	a = { .base = memory, .cap = 100 };

	is_str(spooled_encode(&a, &s), (struct str){ NULL, 0 },
	    "no memory, no file");
}

int
main(void)
{
	test_round();
	test_damaged();
	test_fields();
	test_memory();
	return done_testing();
}
