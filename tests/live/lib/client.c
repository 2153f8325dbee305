/* One thread, epoll, closed loop. See client.h. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "client.h"

#define OUT_SIZE 4096
#define IN_SIZE 32768
#define TICK_MS 20
#define RECONNECT_US 50000	/* pause after a refused connection */
#define MAX_EVENTS 64

enum state { IDLE, CONNECTING, WAITING };

struct conn {
	enum state	state;
	int		fd;		/* -1: none */
	bool		ended;		/* the handler has no more */
	size_t		id;
	size_t		out_n, out_at, in_n;
	int64_t		begun_us;
	int64_t		rest_until_us;
	char		out[OUT_SIZE];
	char		in[IN_SIZE + 1];
	char		body[IN_SIZE];
};

struct client {
	const struct client_handler	*h;
	uint16_t			 port;
	int				 epoll;
	struct conn			*conns;
	unsigned			 n;
};

int64_t
client_now_us(void)
{
	struct timespec	t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
hang_up(struct conn *c)
{
	if (c->fd != -1)
		(void)close(c->fd);
	c->fd = -1;
	c->state = IDLE;
}

static void
report(struct client *cl, struct conn *c, struct client_outcome *o)
{
	o->us = client_now_us() - c->begun_us;
	c->state = IDLE;
	cl->h->done(cl->h->data, c->id, o);
}

static void
give_up(struct client *cl, struct conn *c, const char *why)
{
	struct client_outcome	o = { .why = why, .type = "", .body = "" };

	hang_up(c);
	report(cl, c, &o);
}

static bool
watch(struct client *cl, struct conn *c, int op, uint32_t events)
{
	struct epoll_event	e = { .events = events, .data.ptr = c };

	return epoll_ctl(cl->epoll, op, c->fd, &e) == 0;
}

static bool
dial(struct client *cl, struct conn *c)
{
	struct sockaddr_in	to = { .sin_family = AF_INET };
	int			on = 1;

	to.sin_port = htons(cl->port);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd == -1)
		return false;
	(void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(c->fd, (struct sockaddr *)&to, sizeof(to)) == -1 &&
	    errno != EINPROGRESS)
		return false;
	c->state = CONNECTING;
	return watch(cl, c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void
write_out(struct client *cl, struct conn *c)
{
	ssize_t	n;

	while (c->out_at < c->out_n) {
		n = send(c->fd, c->out + c->out_at, c->out_n - c->out_at,
		    MSG_NOSIGNAL);
		if (n > 0)
			c->out_at += (size_t)n;
		else if (n == -1 && errno == EAGAIN) {
			(void)watch(cl, c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
			return;
		} else if (n == 0 || errno != EINTR) {
			give_up(cl, c, "broken while sending");
			return;
		}
	}
}

static void
begin(struct client *cl, struct conn *c)
{
	c->out_at = c->in_n = 0;
	c->begun_us = client_now_us();
	c->state = WAITING;
	if (c->fd != -1)
		write_out(cl, c);
	else if (!dial(cl, c))
		give_up(cl, c, "no connection");
}

/* Value of a header within the head, which ends with an empty line. */
static const char *
header(const char *head, const char *name, char *buf, size_t size)
{
	size_t		 n = strlen(name), len;
	const char	*p;

	for (p = strstr(head, "\r\n"); p != NULL; p = strstr(p, "\r\n")) {
		p += 2;
		if (strncasecmp(p, name, n) != 0 || p[n] != ':')
			continue;
		p += n + 1;
		p += strspn(p, " \t");
		len = strcspn(p, "\r\n");
		(void)snprintf(buf, size, "%.*s", (int)len, p);
		return buf;
	}
	return NULL;
}

enum arrival { WHOLE, MORE, UNKNOWN };

/* A chunked body (RFC 9112, 7.1), copied together to out. */
static enum arrival
dechunk(const char *p, const char *end, char *out, size_t *n)
{
	unsigned long	 size;
	const char	*data;

	*n = 0;
	do {
		data = strstr(p, "\r\n");
		if (data == NULL)
			return MORE;
		data += 2;
		size = strtoul(p, NULL, 16);
		if (size > IN_SIZE)
			return UNKNOWN;
		if (size + 2 > (size_t)(end - data))
			return MORE;
		memcpy(out + *n, data, size);
		*n += size;
		p = data + size + 2;
	} while (size > 0);
	return WHOLE;
}

/* The body at in, as the head's headers frame it. */
static enum arrival
take_body(struct conn *c, const char *head, const char *in,
    struct client_outcome *o)
{
	char		 value[80];
	const char	*end = c->in + c->in_n;

	o->body = c->body;
	if (o->http == 204)
		return WHOLE;
	if (header(head, "Transfer-Encoding", value, sizeof(value)) != NULL)
		return strcasecmp(value, "chunked") != 0 ? UNKNOWN :
		    dechunk(in, end, c->body, &o->body_n);
	if (o->http < 200 ||
	    header(head, "Content-Length", value, sizeof(value)) == NULL)
		return UNKNOWN;
	o->body_n = strtoul(value, NULL, 10);
	if (o->body_n > IN_SIZE - (size_t)(in - c->in))
		return UNKNOWN;
	if (o->body_n > (size_t)(end - in))
		return MORE;
	memcpy(c->body, in, o->body_n);
	return WHOLE;
}

/* False until the whole answer has arrived. */
static bool
parse(struct client *cl, struct conn *c)
{
	struct client_outcome	 o = { .type = "" };
	char			 value[80], type[80], *body;

	c->in[c->in_n] = '\0';
	body = strstr(c->in, "\r\n\r\n");
	if (body == NULL)
		return false;
	body[2] = '\0';		/* the head ends here */
	if (strncmp(c->in, "HTTP/1.1 ", 9) == 0)
		o.http = (int)strtol(c->in + 9, NULL, 10);
	switch (take_body(c, c->in, body + 4, &o)) {
	case WHOLE:
		break;
	case MORE:
		body[2] = '\r';
		return false;
	case UNKNOWN:
		give_up(cl, c, "an answer that this client does not know");
		return true;
	}
	if (header(c->in, "Content-Type", type, sizeof(type)) != NULL)
		o.type = type;
	if (header(c->in, "Connection", value, sizeof(value)) != NULL &&
	    strcasecmp(value, "close") == 0)
		hang_up(c);
	report(cl, c, &o);
	return true;
}

static void
read_in(struct client *cl, struct conn *c)
{
	ssize_t	n = recv(c->fd, c->in + c->in_n, IN_SIZE - c->in_n, 0);

	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0)
		c->in_n += (size_t)n;
	if (c->state == IDLE)	/* closed between two requests */
		hang_up(c);
	else if (n <= 0)
		give_up(cl, c, c->in_n == 0 ? "closed without an answer" :
		    "closed in the middle of an answer");
	else if (!parse(cl, c) && c->in_n == IN_SIZE)
		give_up(cl, c, "an answer too long");
}

static void
connected(struct client *cl, struct conn *c)
{
	int		error = 0;
	socklen_t	n = sizeof(error);

	if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &n) == -1 ||
	    error != 0) {
		c->rest_until_us = client_now_us() + RECONNECT_US;
		give_up(cl, c, "connection refused");
		return;
	}
	c->state = WAITING;
	(void)watch(cl, c, EPOLL_CTL_MOD, EPOLLIN);
	write_out(cl, c);
}

static void
handle_event(struct client *cl, const struct epoll_event *e)
{
	struct conn	*c = e->data.ptr;

	if (c->fd == -1)
		return;
	if (c->state == CONNECTING) {
		connected(cl, c);
		return;
	}
	if ((e->events & EPOLLOUT) != 0 && c->out_at < c->out_n) {
		write_out(cl, c);
		if (c->fd != -1 && c->out_at == c->out_n)
			(void)watch(cl, c, EPOLL_CTL_MOD, EPOLLIN);
	}
	if (c->fd != -1 && (e->events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
		read_in(cl, c);
}

/* Give work to those without; false when nothing is or will be under way. */
static bool
feed(struct client *cl, bool more)
{
	int64_t		 now = client_now_us();
	bool		 busy = false;
	unsigned	 i;
	struct conn	*c;

	for (i = 0; i < cl->n; i++) {
		c = &cl->conns[i];
		if (c->state != IDLE && now - c->begun_us >
		    CLIENT_TIMEOUT_MS * INT64_C(1000))
			give_up(cl, c, "no answer within 15 s");
		if (c->state == IDLE && more && !c->ended &&
		    now >= c->rest_until_us) {
			switch (cl->h->next(cl->h->data, &c->id, c->out,
			    sizeof(c->out), &c->out_n)) {
			case CLIENT_SEND:
				begin(cl, c);
				break;
			case CLIENT_LATER:
				break;
			case CLIENT_END:
				c->ended = true;
				break;
			}
		}
		busy = busy || c->state != IDLE || (more && !c->ended);
	}
	return busy;
}

int
client_run(const struct client_handler *h, uint16_t port, unsigned connections,
    double seconds, const volatile sig_atomic_t *stop)
{
	struct client		cl = { .h = h, .port = port, .n = connections };
	struct epoll_event	events[MAX_EVENTS];
	int64_t			end = client_now_us() + (int64_t)(seconds * 1e6);
	unsigned		i;
	int			n, k;

	cl.epoll = epoll_create1(EPOLL_CLOEXEC);
	cl.conns = calloc(connections, sizeof(*cl.conns));
	if (cl.epoll == -1 || cl.conns == NULL) {
		free(cl.conns);
		return -1;
	}
	for (i = 0; i < connections; i++)
		cl.conns[i].fd = -1;
	while (feed(&cl, !*stop && (seconds <= 0 || client_now_us() < end))) {
		n = epoll_wait(cl.epoll, events, MAX_EVENTS, TICK_MS);
		for (k = 0; k < n; k++)
			handle_event(&cl, &events[k]);
	}
	for (i = 0; i < connections; i++)
		hang_up(&cl.conns[i]);
	free(cl.conns);
	(void)close(cl.epoll);
	return 0;
}
