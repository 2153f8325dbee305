/* Tickets of probes: what is made is taken, and nothing else. */
#include <string.h>

#include "../../src/core/ticket.h"
#include "tap.h"

#define MADE 1700000000

static const unsigned char nonce[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	11, 12, 13, 14, 15 };

static struct str
make(char *buf, const char *hold)
{
	struct out	o = out_init(buf, TICKET_MAX);

	ok(ticket_make(&o, STR("key"), nonce, MADE, hold), "it is made");
	return out_str(&o);
}

/* Made by perl's Digest::SHA: hmac_sha256_hex("offhook-probe:…", "key"). */
static void
test_known(void)
{
	char		buf[TICKET_MAX];
	struct str	s = make(buf, "200");
	struct str	known = STR("000102030405060708090a0b0c0d0e0f."
			    "1700000000.200."
			    "a77f746a09d8cb1d2d4ec83c24ee6c8e"
			    "9c2e2dad669e60982669416e1be9ba7e");

	ok(str_eq(s, known), "the known ticket");
}

static void
test_round(void)
{
	char		buf[TICKET_MAX], changed[TICKET_MAX];
	struct str	s = make(buf, "500");
	struct ticket	t;
	size_t		i, taken = 0;

	ok(ticket_parse(s, &t) && t.seconds == MADE && t.hold_ms == 500 &&
	    t.nonce.n == 32, "it is read again");
	ok(ticket_check(&t, STR("key")), "its own token fits");
	ok(!ticket_check(&t, STR("kez")), "another does not");
	ok(!ticket_check(&t, STR("")), "none does not");
	for (i = 0; i < s.n; i++) {
		memcpy(changed, s.p, s.n);
		changed[i] = s.p[i] == '1' ? '2' : '1';
		taken += ticket_parse((struct str){ changed, s.n }, &t) &&
		    ticket_check(&t, STR("key"));
	}
	ok(taken == 0, "no byte can be changed");
	for (i = 0; i < s.n; i++)
		taken += ticket_parse(str_sub(s, 0, i), &t);
	ok(taken == 0, "nothing can be left out");
	ok(ticket_parse(make(buf, "db"), &t) && t.database &&
	    t.hold_ms == 0 && ticket_check(&t, STR("key")),
	    "one for the database holds nothing up");
	ok(ticket_parse(make(buf, "0"), &t) && !t.database,
	    "none but that one asks the database");
	ok(!ticket_parse(make(buf, "dbs"), &t), "refused: a word like it");
}

static void
test_forms(void)
{
	static const char *const bad[] = { "", ".", "...", "....",
	    "000102030405060708090A0B0C0D0E0F.1.0."
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "000102030405060708090a0b0c0d0e0f.-1.0."
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "000102030405060708090a0b0c0d0e0f.1.501."
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "000102030405060708090a0b0c0d0e0f.1.0."
	    "000000000000000000000000000000000000000000000000000000000000000g",
	    "000102030405060708090a0b0c0d0e0f.1.0."
	    "0000000000000000000000000000000000000000000000000000000000000000.",
	    "000102030405060708090a0b0c0d0e0f.99999999999999999999.0."
	    "0000000000000000000000000000000000000000000000000000000000000000",
	};
	struct ticket	t;
	size_t		i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!ticket_parse(str_from(bad[i]), &t), "refused: \"%s\"",
		    bad[i]);
}

static void
test_time(void)
{
	struct ticket	t = { .seconds = MADE };
	int64_t		made = (int64_t)MADE * 1000;

	ok(ticket_fresh(&t, made), "fresh when it is made");
	ok(ticket_fresh(&t, made + 60000), "and a minute later");
	ok(!ticket_fresh(&t, made + 60001), "then no more");
	ok(ticket_fresh(&t, made - 60000), "a clock may be late");
	ok(!ticket_fresh(&t, made - 60001), "by a minute at most");
}

int
main(void)
{
	test_known();
	test_round();
	test_forms();
	test_time();
	return done_testing();
}
