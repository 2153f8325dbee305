/* Send requests, alone or in numbers. See shoot.h. */
#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../core/lint.h"
#include "../core/twiml.h"
#include "../edge/clock.h"
#include "shoot.h"

const char *
shoot_basic(struct cli *cli, struct str user)
{
	size_t		 cap = 4 * (user.n + 2) / 3 + 32;
	char		*p = cli_alloc(cli, cap, 1);
	struct out	 o = out_init(p, cap - 1);

	out_cstr(&o, "Authorization: Basic ");
	out_base64(&o, (const unsigned char *)user.p, user.n);
	return p;
}

bool
shoot_once(struct cli *cli, const struct http_request *r, struct str user,
    struct http_reply *reply)
{
	struct http_request	again = *r;
	struct http_reply	first;

	if (!http_run(&cli->arena, r, reply))
		return false;
	if (reply->status != 401 || user.p == NULL)
		return true;
	first = *reply;
	again.header[again.nheaders++] = shoot_basic(cli, user);
	if (!http_run(&cli->arena, &again, reply))
		return false;
	reply->elapsed_us += first.elapsed_us;
	return true;
}

/* A Response in which nothing stands. */
static bool
is_empty_response(struct str body)
{
	size_t	at;

	body = str_trim(body);
	if (str_starts(body, STR("<?xml"))) {
		at = str_search(body, STR("?>"));
		body = str_trim(str_sub(body, at + 2, body.n));
	}
	if (!str_starts(body, STR("<Response")))
		return false;
	body = str_trim(str_sub(body, sizeof("<Response") - 1, body.n));
	return str_eq(body, STR("/>")) || str_eq(body, STR("></Response>"));
}

static enum shot_body
body_kind(struct arena *a, const struct http_reply *reply)
{
	if (reply->body.n == 0)
		return SHOT_EMPTY;
	if (is_empty_response(reply->body))
		return SHOT_EMPTY_TWIML;
	if ((str_starts(reply->type, STR("text/xml")) ||
	    str_starts(reply->type, STR("application/xml")) ||
	    str_starts(reply->type, STR("text/html"))) &&
	    !lint_is_lost(a, reply->body))
		return SHOT_TWIML;
	return SHOT_OTHER;
}

static void
shoot(struct cli *cli, const struct http_request *r, struct str user,
    struct shot *shot)
{
	struct http_reply	reply;
	unsigned char		md[EVP_MAX_MD_SIZE] = { 0 };
	size_t			mark = cli->arena.used;

	memset(shot, 0, sizeof(*shot));
	if (shoot_once(cli, r, user, &reply)) {
		shot->status = reply.status;
		shot->kind = body_kind(&cli->arena, &reply);
		if (EVP_Digest(reply.body.n == 0 ? "" : reply.body.p,
		    reply.body.n, md, NULL, EVP_sha256(), NULL) == 1)
			memcpy(shot->body, md, sizeof(shot->body));
	}
	shot->elapsed_us = reply.elapsed_us;
	cli->arena.used = mark;
}

/* A child: its share of the requests, each outcome into the pipe. */
static void
child(struct cli *cli, const struct http_request *r, struct str user,
    size_t count, int to)
{
	struct shot	shot;

	for (; count > 0; count--) {
		shoot(cli, r, user, &shot);
		if (write(to, &shot, sizeof(shot)) != (ssize_t)sizeof(shot))
			_exit(1);
	}
	_exit(0);
}

/* A child: every step-th request of a list from the first one on. */
static void
list_child(struct cli *cli, const struct shot_list *l, size_t first,
    int64_t began_ms, int to)
{
	struct http_request	r;
	struct shot		shot;
	struct str		user;
	int64_t			due_ms, left;
	size_t			i, mark;

	for (i = first; i < l->n; i += l->parallel) {
		mark = cli->arena.used;
		if (l->make(l->data, i, &r, &user, &due_ms)) {
			left = began_ms + due_ms - clock_monotonic_ms();
			if (left > 0)
				clock_sleep_ms(left);
			shoot(cli, &r, user, &shot);
			shot.index = i;
			if (write(to, &shot, sizeof(shot)) !=
			    (ssize_t)sizeof(shot))
				_exit(1);
		}
		cli->arena.used = mark;
	}
	_exit(0);
}

/* Whole shots only: a pipe writes as many bytes in one piece. */
static size_t
collect(int from, struct shot *shots, size_t count)
{
	ssize_t	got;
	size_t	n = 0, want = count * sizeof(*shots);

	do {
		got = read(from, (char *)shots + n, want - n);
		if (got > 0)
			n += (size_t)got;
	} while (n < want && (got > 0 || (got < 0 && errno == EINTR)));
	return n / sizeof(*shots);
}

size_t
shoot_many(struct cli *cli, const struct http_request *r, struct str user,
    size_t count, size_t parallel, struct shot *shots)
{
	size_t	i, n = 0, share;
	int	ends[2];
	pid_t	pid;

	if (pipe(ends) != 0) {
		cli_error("pipe: %s", strerror(errno));
		return 0;
	}
	if (parallel > count)
		parallel = count;
	(void)fflush(NULL);
	for (i = 0; i < parallel; i++) {
		share = count / parallel + (i < count % parallel);
		pid = fork();
		if (pid == 0) {
			(void)close(ends[0]);
			child(cli, r, user, share, ends[1]);
		}
		if (pid < 0)
			cli_error("fork: %s", strerror(errno));
	}
	(void)close(ends[1]);
	n = collect(ends[0], shots, count);
	(void)close(ends[0]);
	while (waitpid(-1, NULL, 0) > 0)
		;
	return n;
}

void
shoot_list(struct cli *cli, const struct shot_list *l, struct shot *shots)
{
	struct shot	shot;
	int64_t		began_ms = clock_monotonic_ms();
	size_t		i;
	int		ends[2];
	pid_t		pid;

	memset(shots, 0, l->n * sizeof(*shots));
	if (pipe(ends) != 0) {
		cli_error("pipe: %s", strerror(errno));
		return;
	}
	(void)fflush(NULL);
	for (i = 0; i < l->parallel; i++) {
		pid = fork();
		if (pid == 0) {
			(void)close(ends[0]);
			list_child(cli, l, i, began_ms, ends[1]);
		}
		if (pid < 0)
			cli_error("fork: %s", strerror(errno));
	}
	(void)close(ends[1]);
	while (collect(ends[0], &shot, 1) == 1)
		if (shot.index < l->n)
			shots[shot.index] = shot;
	(void)close(ends[0]);
	while (waitpid(-1, NULL, 0) > 0)
		;
}
