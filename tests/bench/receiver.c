/*
 * receiver: takes what a worker delivers, as fast as can be, and notes it.
 * One thread, epoll, a loopback port of its own. "receiver -h" lists the
 * options.
 *
 * The first part of the path says what the answer is: /dead always 503,
 * /flap 503 in every other period, /ill 503 at first, anything else 204. So
 * the same receiver is many destinations. After SIGUSR1 it notes requests
 * for a while, and hangs up on them.
 */
#define _GNU_SOURCE	/* accept4, strcasestr */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_FD 2048
#define IN_SIZE 65536
#define MAX_EVENTS 128
#define TICK_MS 100
#define CUT_US 300000		/* after SIGUSR1 */

static const char usage[] =
"usage: receiver -o FILE [OPTION...]\n"
"  -o FILE  its port is written there first, and at the end: requests, bytes\n"
"           of bodies, answers that were 2xx, and the time of the first and\n"
"           of the last request in us since 1970\n"
"  -n N     the end is after N answers that were 2xx; else at TERM\n"
"  -r FILE  a line for each second: its time, answers that were 2xx\n"
"  -j FILE  a line for each request: path, SID, SequenceNumber, X-Offhook-\n"
"           Delivery, answer (0: hung up), us since 1970, X-Offhook-Event,\n"
"           webhook-id; the file grows\n"
"  -b FILE  the first request's body\n"
"  -f MS    half a period of /flap (1000)\n"
"  -i MS    how long /ill is ill (0)\n"
"  -p PORT  listen there\n";

struct conn {
	size_t	n;
	char	in[IN_SIZE + 1];
};

struct receiver {
	const char	*out, *first_body;
	FILE		*rates, *journal;
	uint64_t	 end;		/* after so many; 0: at TERM */
	int64_t		 half_us, ill_us;
	int64_t		 cut_us;	/* until then it hangs up */
	int64_t		 begun_us, first_us, last_us, now_us;
	int64_t		 second;	/* of the count */
	uint64_t	 in_second;
	uint64_t	 requests, bytes, good;
	int		 epoll, listener;
	uint16_t	 port;
};

static struct conn		*conns[MAX_FD];
static volatile sig_atomic_t	 stopped, cut;

static void
on_term(int number)
{
	(void)number;
	stopped = 1;
}

static void
on_usr1(int number)
{
	(void)number;
	cut = 1;
}

static int64_t
now_us(void)
{
	struct timespec	t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

/* The whole file at once, for who waits for it. */
static void
tell(const struct receiver *r, bool end)
{
	char	 name[4096];
	FILE	*f;

	(void)snprintf(name, sizeof(name), "%s.new", r->out);
	f = fopen(name, "w");
	if (f == NULL)
		die(name);
	(void)fprintf(f, "port %u\n", r->port);
	if (end)
		(void)fprintf(f, "requests %llu\nbytes %llu\ngood %llu\n"
		    "first_us %lld\nlast_us %lld\n",
		    (unsigned long long)r->requests,
		    (unsigned long long)r->bytes, (unsigned long long)r->good,
		    (long long)r->first_us, (long long)r->last_us);
	if (fclose(f) != 0 || rename(name, r->out) != 0)
		die(r->out);
}

static void
count_second(struct receiver *r)
{
	int64_t	second = r->now_us / 1000000;

	if (second == r->second)
		return;
	if (r->rates != NULL && r->second != 0) {
		(void)fprintf(r->rates, "%lld %llu\n", (long long)r->second,
		    (unsigned long long)r->in_second);
		(void)fflush(r->rates);
	}
	r->second = second;
	r->in_second = 0;
}

/* What stands behind a name, up to the end character. */
static void
value_of(const char *from, const char *name, const char *ends, char *buf,
    size_t size)
{
	const char	*p = strstr(from, name);
	size_t		 n = 0;

	if (p != NULL) {
		p += strlen(name);
		n = strcspn(p, ends);
	}
	(void)snprintf(buf, size, "%.*s", (int)n, p == NULL ? "" : p);
}

static void
note(const struct receiver *r, const char *path, const char *head,
    const char *body, int http)
{
	char	sid[48], seq[16], delivery[96], event[48], id[96];

	value_of(body, "\"sid\":\"", "\"", sid, sizeof(sid));
	value_of(body, "\"SequenceNumber\":\"", "\"", seq, sizeof(seq));
	value_of(head, "X-Offhook-Delivery: ", "\r", delivery,
	    sizeof(delivery));
	value_of(head, "X-Offhook-Event: ", "\r", event, sizeof(event));
	value_of(head, "webhook-id: ", "\r", id, sizeof(id));
	(void)fprintf(r->journal, "%s,%s,%s,%s,%d,%lld,%s,%s\n", path, sid,
	    seq, delivery, http, (long long)r->now_us, event, id);
}

static int
judge(const struct receiver *r, const char *path)
{
	if (r->now_us < r->cut_us)
		return 0;
	if (strcmp(path, "dead") == 0)
		return 503;
	if (strcmp(path, "ill") == 0 && r->now_us - r->begun_us < r->ill_us)
		return 503;
	if (strcmp(path, "flap") == 0 &&
	    (r->now_us - r->begun_us) / r->half_us % 2 != 0)
		return 503;
	return 204;
}

static void
keep_body(const struct receiver *r, const char *body, size_t n)
{
	FILE	*f = fopen(r->first_body, "w");

	if (f == NULL || fwrite(body, 1, n, f) != n || fclose(f) != 0)
		die(r->first_body);
}

/* One whole request, its head and its body each with an end of its own. */
static int
answer(struct receiver *r, const char *head, const char *body, size_t n)
{
	char	path[16];
	int	http;

	value_of(head, " /", "/ ?", path, sizeof(path));
	r->last_us = r->now_us;
	if (r->requests++ == 0) {
		r->first_us = r->now_us;
		if (r->first_body != NULL)
			keep_body(r, body, n);
	}
	r->bytes += n;
	http = judge(r, path);
	if (http == 204) {
		r->good++;
		r->in_second++;
		if (r->good == r->end)
			tell(r, true);
	}
	if (r->journal != NULL)
		note(r, path, head, body, http);
	return http;
}

static size_t
content_length(const char *head)
{
	const char	*p = strcasestr(head, "\r\nContent-Length:");

	return p == NULL ? 0 : strtoul(p + 17, NULL, 10);
}

/* The bytes of the first request in it; 0 when it is not whole. */
static size_t
take(struct receiver *r, struct conn *c, int *http)
{
	char	*end, after;
	size_t	 head, n;

	c->in[c->n] = '\0';
	end = strstr(c->in, "\r\n\r\n");
	if (end == NULL)
		return 0;
	head = (size_t)(end - c->in) + 4;
	end[2] = '\0';
	n = content_length(c->in);
	end[2] = '\r';
	if (n > c->n - head)
		return 0;
	after = c->in[head + n];
	c->in[head + n] = '\0';
	end[2] = '\0';
	*http = answer(r, c->in, c->in + head, n);
	c->in[head + n] = after;
	return head + n;
}

static void
hang_up(int fd)
{
	free(conns[fd]);
	conns[fd] = NULL;
	(void)close(fd);
}

static bool
say(int fd, int http)
{
	static const char	good[] = "HTTP/1.1 204 No Content\r\n\r\n";
	static const char	bad[] = "HTTP/1.1 503 Service Unavailable\r\n"
				    "Content-Length: 5\r\n\r\naway\n";
	const char		*s = http == 204 ? good : bad;
	size_t			 n = strlen(s);

	return http != 0 && send(fd, s, n, MSG_NOSIGNAL) == (ssize_t)n;
}

static void
read_in(struct receiver *r, int fd)
{
	struct conn	*c = conns[fd];
	ssize_t		 got = recv(fd, c->in + c->n, IN_SIZE - c->n, 0);
	size_t		 used;
	int		 http;

	if (got == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		hang_up(fd);
		return;
	}
	c->n += (size_t)got;
	while ((used = take(r, c, &http)) > 0) {
		memmove(c->in, c->in + used, c->n - used);
		c->n -= used;
		if (!say(fd, http)) {
			hang_up(fd);
			return;
		}
	}
	if (c->n == IN_SIZE)
		hang_up(fd);
}

static void
watch(const struct receiver *r, int fd)
{
	struct epoll_event	e = { .events = EPOLLIN, .data.fd = fd };

	if (epoll_ctl(r->epoll, EPOLL_CTL_ADD, fd, &e) == -1)
		die("epoll_ctl");
}

static void
take_connection(const struct receiver *r)
{
	int	fd, on = 1;

	fd = accept4(r->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd == -1)
		return;
	if (fd >= MAX_FD || (conns[fd] = malloc(sizeof(**conns))) == NULL) {
		(void)close(fd);
		return;
	}
	conns[fd]->n = 0;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	watch(r, fd);
}

static void
listen_on(struct receiver *r)
{
	struct sockaddr_in	a = { .sin_family = AF_INET };
	socklen_t		n = sizeof(a);
	int			on = 1;

	a.sin_port = htons(r->port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	r->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK |
	    SOCK_CLOEXEC, 0);
	if (r->listener == -1 ||
	    setsockopt(r->listener, SOL_SOCKET, SO_REUSEADDR, &on,
	    sizeof(on)) == -1 ||
	    bind(r->listener, (struct sockaddr *)&a, sizeof(a)) == -1 ||
	    listen(r->listener, 1024) == -1 ||
	    getsockname(r->listener, (struct sockaddr *)&a, &n) == -1)
		die("listen");
	r->port = ntohs(a.sin_port);
	r->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (r->epoll == -1)
		die("epoll_create1");
	watch(r, r->listener);
}

static FILE *
file(const char *name)
{
	FILE	*f = fopen(name, "a");

	if (f == NULL)
		die(name);
	return f;
}

static void
take_options(int argc, char **argv, struct receiver *r)
{
	int	c;

	while ((c = getopt(argc, argv, "o:n:r:j:b:f:i:p:h")) != -1)
		switch (c) {
		case 'o': r->out = optarg; break;
		case 'n': r->end = strtoull(optarg, NULL, 10); break;
		case 'r': r->rates = file(optarg); break;
		case 'j': r->journal = file(optarg); break;
		case 'b': r->first_body = optarg; break;
		case 'f':
			r->half_us = strtoll(optarg, NULL, 10) * 1000;
			break;
		case 'i':
			r->ill_us = strtoll(optarg, NULL, 10) * 1000;
			break;
		case 'p':
			r->port = (uint16_t)strtoul(optarg, NULL, 10);
			break;
		default:
			(void)fputs(usage, c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	if (r->out == NULL || r->half_us <= 0) {
		(void)fputs(usage, stderr);
		exit(2);
	}
}

static void
run(struct receiver *r)
{
	struct epoll_event	e[MAX_EVENTS];
	int			i, n;

	while (!stopped) {
		n = epoll_wait(r->epoll, e, MAX_EVENTS, TICK_MS);
		r->now_us = now_us();
		if (cut) {
			cut = 0;
			r->cut_us = r->now_us + CUT_US;
		}
		count_second(r);
		for (i = 0; i < n; i++)
			if (e[i].data.fd == r->listener)
				take_connection(r);
			else if (conns[e[i].data.fd] != NULL)
				read_in(r, e[i].data.fd);
	}
}

int
main(int argc, char **argv)
{
	struct sigaction	sa = { .sa_handler = on_term };
	struct receiver		r = { .half_us = 1000000 };

	take_options(argc, argv, &r);
	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = on_usr1;
	(void)sigaction(SIGUSR1, &sa, NULL);
	listen_on(&r);
	r.begun_us = now_us();
	tell(&r, false);
	run(&r);
	if (r.journal != NULL && fclose(r.journal) != 0)
		die("journal");
	tell(&r, true);
	return 0;
}
