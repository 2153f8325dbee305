/* Lines of the log: one a fact, and input forges none. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/edge/clock.h"
#include "../../src/edge/log.h"
#include "tap.h"
#include "tempdir.h"

static char line[65536];

/* What log_write writes on standard error. */
static struct str
captured(const struct log *l, const char *what, const struct log_field *f)
{
	int	fd, kept = dup(STDERR_FILENO);
	ssize_t	n;

	fd = open(temppath("log"), O_RDWR | O_CREAT | O_TRUNC, 0600);
	(void)dup2(fd, STDERR_FILENO);
	log_write(l, LOG_WARNING, what, f);
	(void)dup2(kept, STDERR_FILENO);
	n = pread(fd, line, sizeof(line) - 1, 0);
	line[n < 0 ? 0 : n] = '\0';
	(void)close(fd);
	(void)close(kept);
	return (struct str){ line, n < 0 ? 0 : (size_t)n };
}

/* Without the 24 characters of the time. */
static struct str
behind_time(struct str s)
{
	ok(s.n > 25 && s.p[4] == '-' && s.p[10] == 'T' && s.p[23] == 'Z',
	    "the time comes first");
	return str_sub(s, 25, s.n);
}

static void
test_text(void)
{
	struct log		l = { .id = "01234567" };
	struct log_field	f[] = {
		{ "a", STR("b") },
		{ "blank", STR("x y") },
		{ "empty", STR("") },
		{ "forged", STR("x\n2026 error \x1b[2J\\") },
		{ "quote", STR("x\" level=error y=\"z") },
		{ "utf8", STR("\xc3\xa4\xff") },
		{ NULL, { NULL, 0 } },
	};

	is_str(behind_time(captured(&l, "rejected", f)),
	    STR("offhook warning 01234567 rejected a=b blank=\"x y\" empty=\"\""
	    " forged=\"x\\x0a2026 error \\x1b[2J\\x5c\""
	    " quote=\"x\\x22 level=error y=\\x22z\" utf8=\xc3\xa4\\xff\n"),
	    "a line of text");
	l.id[0] = '\0';
	is_str(behind_time(captured(&l, "started", NULL)),
	    STR("offhook warning started\n"), "without id and details");
}

static void
test_json(void)
{
	struct log		l = { .json = true, .id = "0123" };
	struct log_field	f[] = {
		{ "a", STR("x\"\n\\\xff") },
		{ NULL, { NULL, 0 } },
	};
	struct str	s = captured(&l, "rejected", f);

	ok(str_starts(s, STR("{\"time\":\"2")), "JSON begins with the time");
	is_str(str_sub(s, 34, s.n), STR(",\"level\":\"warning\",\"id\":\"0123\""
	    ",\"what\":\"rejected\",\"a\":\"x\\\"\\n\\\\\xef\xbf\xbd\"}\n"),
	    "a line of JSON");
}

/* Whatever the details are: one line, of bounded length, with its fact. */
static void
test_one_line(void)
{
	static char		big[4096];
	struct log		l = { .id = "0123" };
	struct log_field	f[4] = { { "a", { big, 0 } },
				    { "b", { big, 0 } }, { "c", { big, 0 } },
				    { NULL, { NULL, 0 } } };
	struct str		s;
	size_t			round, i;

	srandom(7);
	for (round = 0; round < 600; round++) {
		l.json = round % 2 == 1;
		for (i = 0; i < sizeof(big); i++)
			big[i] = (char)(round % 3 == 0 ? '\n' : random());
		for (i = 0; i < 3; i++)
			f[i].value.n = (size_t)random() % sizeof(big);
		s = captured(&l, "the-fact", f);
		quiet(s.n > 0 && str_find(s, '\n', 0) == s.n - 1,
		    "round %zu: one line", round);
		quiet(s.n <= 2048, "round %zu: %zu bytes", round, s.n);
		quiet(strstr(line, "the-fact") != NULL,
		    "round %zu: the fact", round);
		quiet(strstr(line, l.json ? ",\"c\":\"" : " c=") != NULL,
		    "round %zu: the last detail", round);
	}
	tap_loop("one line of bounded length");
}

static void
test_allows(void)
{
	int64_t		now = clock_now_ms();
	char		text[32];
	struct str	one = { text, 0 };

	(void)snprintf(text, sizeof(text), "fact of %ld", (long)getpid());
	one.n = strlen(text);
	ok(log_allows(now, one), "a fact may be said");
	ok(!log_allows(now + 999, one), "not again within a second");
	ok(log_allows(now + 1000, one), "but after it");
	ok(log_allows(now + 1001, STR("two")), "and another one at once");
}

int
main(void)
{
	test_text();
	test_json();
	test_one_line();
	test_allows();
	return done_testing();
}
