/* Slots are shared by processes and freed by the kernel. */
#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../src/edge/slots.h"
#include "tap.h"
#include "tempdir.h"

#define A STR("https://a.example.com")
#define B STR("https://b.example.com:8443")
#define MOST 40

static pid_t	holders[MOST];
static size_t	held;

/* A process that takes one and waits; whether it got it. */
static bool
hold(size_t processes, struct str origin, bool alone)
{
	struct slots	s;
	int		fd[2];
	char		got = 0;

	if (pipe(fd) != 0)
		return false;
	holders[held] = fork();
	if (holders[held] == 0) {
		slots_open(&s, tempdir(), processes);
		got = slots_take(&s, origin, alone);
		if (write(fd[1], &got, 1) != 1 || !got)
			_exit(1);
		for (;;)
			(void)pause();
	}
	(void)close(fd[1]);
	if (read(fd[0], &got, 1) != 1)
		got = 0;
	(void)close(fd[0]);
	if (got)
		held++;
	else
		(void)waitpid(holders[held], NULL, 0);
	return got;
}

static void
kill_one(void)
{
	(void)kill(holders[--held], SIGKILL);
	(void)waitpid(holders[held], NULL, 0);
}

static void
test_limits(void)
{
	static const struct {
		size_t	processes;
		bool	alone;
		size_t	most;
	} t[] = {
		{ 1, true, 1 }, { 1, false, 1 }, { 2, true, 1 },
		{ 3, true, 1 }, { 4, true, 2 }, { 4, false, 1 },
		{ 8, true, 4 }, { 8, false, 2 }, { 9, true, 4 },
		{ 64, true, 32 }, { 64, false, 16 },
	};
	size_t	i, n;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		for (n = 0; n < MOST && hold(t[i].processes, A, t[i].alone);)
			n++;
		quiet(n == t[i].most, "%zu processes: %zu", t[i].processes,
		    n);
		while (held > 0)
			kill_one();
	}
	tap_loop("half of the processes, half of these on one of several");
}

static void
test_several(void)
{
	ok(hold(8, A, false) && hold(8, A, false) && !hold(8, A, false),
	    "an application gets two of four");
	ok(hold(8, B, false) && hold(8, B, false), "another the rest");
	ok(!hold(8, STR("https://c.example.com"), false), "a third none");
	kill_one();
	ok(hold(8, STR("https://c.example.com"), false),
	    "the slot of a killed process is free at once");
	while (held > 0)
		kill_one();
}

static void
test_one(void)
{
	struct slots	s, other;

	slots_open(&s, tempdir(), 2);
	slots_open(&other, tempdir(), 2);
	ok(slots_take(&s, A, false) && !slots_take(&other, A, false),
	    "taken");
	ok(!slots_take(&other, B, false), "for every application");
	slots_give(&s);
	ok(slots_take(&other, A, false), "given back");
	ok(slots_wait(&s), "a place to wait beside it");
	slots_give(&other);
	ok(slots_take(&other, A, false) && !slots_wait(&other),
	    "each once");
	slots_give(&s);
	ok(slots_wait(&other), "until it is given back");
	slots_close(&other);
	ok(slots_take(&s, A, true), "closed");
	slots_close(&s);
	slots_close(&s);
	slots_open(&s, NULL, 1);
	ok(slots_take(&s, A, true), "without a folder there is no limit");
	slots_give(&s);
	slots_open(&s, "/nonexistent", 1);
	ok(slots_take(&s, A, true), "nor without the file");
	slots_close(&s);
}

int
main(void)
{
	(void)tempdir();	/* before there are processes */
	test_limits();
	test_several();
	test_one();
	return done_testing();
}
