/* Programs beside everything else: what they get, and that they end. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/stat.h>

#include "../../src/edge/child.h"
#include "../../src/edge/clock.h"
#include "tap.h"
#include "tempdir.h"

#define MOST 4

static char		memory[1 << 20];
static struct arena	arena = { .base = memory, .cap = sizeof(memory) };
static struct children	children;
static struct child_result result;
static const char	*const env[] = { "PATH=/usr/bin:/bin", "FACT=a b",
			    NULL };

/* The next one that ends, or NULL after ten seconds. */
static void *
next(void)
{
	int64_t		by = clock_monotonic_ms() + 10000;
	struct pollfd	p = { .fd = children.fd, .events = POLLIN };
	void		*who = NULL;

	while (!children_next(&children, &arena, &who, &result) &&
	    clock_monotonic_ms() < by)
		(void)poll(&p, 1, children_timeout(&children));
	return who;
}

/* Run a script of sh, to its end. */
static bool
run(const char *script, struct str input, long ms)
{
	const char *const		argv[] = { "/bin/sh", "-c", script,
					    NULL };
	const struct child_request	r = { argv, env, input, ms, 1000 };

	return children_add(&children, &r, &children) && next() == &children;
}

static void
test_what_it_gets(void)
{
	static char	large[300000];

	(void)setenv("SECRET", "x", 1);
	ok(run("cat; env | sort | grep -v -e ^PWD -e ^_ -e ^SHLVL -e ^OLDPWD;"
	    " echo to two >&2", STR("in\n"), 5000) && result.end ==
	    CHILD_EXITED && result.status == 0, "run");
	is_str(result.output, STR("in\nFACT=a b\nPATH=/usr/bin:/bin\nto two\n"),
	    "input, environment, both outputs");
	ok(run("for i in 0 1 2 3 4 5 6 7 8 9 11 12 13 14 15; do "
	    "[ ! -e /proc/$$/fd/$i ] || printf \"$i \"; done; read -r _ _ _ _ g _ </proc/$$/stat;"
	    " [ $g = $$ ] && echo leads", STR(""), 5000),
	    "its descriptors and its group");
	is_str(result.output, STR("0 1 2 leads\n"), "no others, its own");
	memset(large, 'x', sizeof(large));
	ok(run("wc -c", (struct str){ large, sizeof(large) }, 5000) &&
	    str_eq(str_trim(result.output), STR("300000")), "a large input");
	ok(run("exit 0", (struct str){ large, sizeof(large) }, 5000) &&
	    result.end == CHILD_EXITED && result.status == 0,
	    "an input that nobody reads");
	ok(run("head -c 200000 /dev/zero", STR(""), 5000) &&
	    result.status == 0 && result.output.n == 1000,
	    "of a large output the first part");
}

static void
test_ends(void)
{
	static const char *const	nobody[] = { "/none/such", NULL };
	struct child_request		r = { nobody, env, STR(""), 1000, 10 };
	char				script[300];
	int64_t				begun;

	ok(run("exit 100", STR(""), 5000) && result.end == CHILD_EXITED &&
	    result.status == 100, "its status");
	ok(run("kill -9 $$", STR(""), 5000) && result.end == CHILD_KILLED &&
	    result.status == 9 && result.error[0] != '\0', "a signal");
	ok(children_add(&children, &r, &r) && next() == &r &&
	    result.end == CHILD_NOT_STARTED, "no program");
	begun = clock_monotonic_ms();
	ok(run("exec >&- 2>&-; sleep 0.1; exit 3", STR(""), 5000) &&
	    result.status == 3, "one that closes its output");
	ok(run("sleep 60 & exit 0", STR(""), 5000) && result.end ==
	    CHILD_EXITED && clock_monotonic_ms() - begun < 3000,
	    "one that leaves another with its output");
	(void)snprintf(script, sizeof(script), "sleep 60 & echo $! >%s; "
	    "echo begun; wait", temppath("pid"));
	begun = clock_monotonic_ms();
	ok(run(script, STR(""), 300) && result.end == CHILD_TIMEOUT &&
	    str_eq(result.output, STR("begun\n")) &&
	    clock_monotonic_ms() - begun < 1500, "too slow");
	(void)snprintf(script, sizeof(script), "read p <%s; i=0; while kill -0 "
	    "$p 2>/dev/null && [ $i -lt 50 ]; do i=$((i + 1)); sleep 0.1; "
	    "done; ! kill -0 $p 2>/dev/null || grep -q 'State:.Z' "
	    "/proc/$p/status", temppath("pid"));
	ok(run(script, STR(""), 9000) && result.status == 0,
	    "and its group is gone");
	begun = clock_monotonic_ms();
	ok(run("trap '' TERM; while :; do sleep 0.2; done", STR(""), 100) &&
	    result.end == CHILD_TIMEOUT && clock_monotonic_ms() - begun >=
	    CHILD_GRACE_MS, "one that ignores SIGTERM");
}

static void
test_many(void)
{
	static const char *const	slow[] = { "/bin/sleep", "60", NULL };
	static const char *const	quick[] = { "/bin/echo", "x", NULL };
	struct child_request		r = { slow, env, STR(""), 60000, 10 };
	struct child_request		q = { quick, env, STR(""), 5000, 10 };
	size_t				i;

	is_int(children_timeout(&children), -1, "nothing to wait for");
	for (i = 0; i + 1 < MOST; i++)
		quiet(children_add(&children, &r, &r), "%zu", i);
	quiet(children_add(&children, &q, &q), "the last one");
	quiet(!children_add(&children, &q, &q), "one too many");
	quiet(next() == &q && result.status == 0, "the quick one ends first");
	children_cancel(&children, &q);
	quiet(children.n == MOST - 1, "who is not there stays");
	children_cancel(&children, &r);
	quiet(children.n == 0, "all of one are cancelled");
	quiet(children_add(&children, &r, &r), "again");
	tap_loop("some at once");
}

static void
test_allowed(void)
{
	char		path[300], folders[700], why[256];
	const char	*t = tempdir();

	tempfile("good", STR("#!/bin/sh\n"), 0755);
	tempfile("shared", STR("#!/bin/sh\n"), 0775);
	tempfile("plain", STR("#!/bin/sh\n"), 0644);
	(void)snprintf(folders, sizeof(folders), "/none %s/", t);
	(void)snprintf(path, sizeof(path), "%s/good", t);
	(void)chmod(t, 0755);
	ok(child_allowed(path, str_from(folders), why), "allowed");
	quiet(!child_allowed(path, str_from("/none"), why), "elsewhere");
	quiet(!child_allowed(path, str_from(NULL), why), "nothing is");
	quiet(!child_allowed("good", str_from(folders), why), "relative");
	quiet(!child_allowed(t, str_from(folders), why), "the folder itself");
	(void)snprintf(path, sizeof(path), "%s/../good", t);
	quiet(!child_allowed(path, str_from(folders), why), "..");
	(void)snprintf(path, sizeof(path), "%sx/good", t);
	quiet(!child_allowed(path, str_from(folders), why), "beside it");
	(void)snprintf(path, sizeof(path), "%s/shared", t);
	quiet(!child_allowed(path, str_from(folders), why), "group-writable");
	(void)snprintf(path, sizeof(path), "%s/plain", t);
	quiet(!child_allowed(path, str_from(folders), why) || geteuid() == 0,
	    "not executable");
	(void)snprintf(path, sizeof(path), "%s/link", t);
	quiet(symlink("good", path) == 0 &&
	    !child_allowed(path, str_from(folders), why), "a link");
	(void)chmod(t, 0777);
	(void)snprintf(path, sizeof(path), "%s/good", t);
	quiet(!child_allowed(path, str_from(folders), why), "open folder");
	(void)chmod(t, 0700);
	tap_loop("what may not be run");
}

int
main(void)
{
	if (!ok(children_open(&children, MOST), "open"))
		return done_testing();
	test_what_it_gets();
	test_ends();
	test_many();
	test_allowed();
	children_close(&children);
	is_int(children.fd, -1, "closed with one under way");
	return done_testing();
}
