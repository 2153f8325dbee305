/*
 * CGI once, or the FastCGI loop. SIGTERM takes the socket away: an idle
 * loop ends, a busy one finishes its request first.
 * FCGX_Accept_r has no CGI fallback, hence the branch (libfcgi 2.4.2).
 */
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "serve.h"

extern char **environ;

/*
 * A whole request: body, decoded copies and the reply. Reserved, not
 * touched: pages come with use and go back after a large request.
 */
#define ARENA_BYTES ((size_t)16 << 20)
#define ARENA_KEPT ((size_t)32 << 10)
#define REPLY_HEAD_BYTES 1024
#define STDIN_STALL_MS 10000	/* a CGI body that pauses longer is short */
#define FIRST_BYTE_MS 2000	/* a connection that says nothing is dropped */
#define CONNECTION_S 30		/* and one that stops within its request */
#define TERM_S 5		/* sooner when this process is to end */
#define ACCEPT_AGAIN_MS 100	/* when the machine is short of something */

bool
serve_is_cgi(void)
{
	return FCGX_IsCGI() != 0;
}

static bool
arena_open(struct arena *a)
{
	void	*p = mmap(NULL, ARENA_BYTES, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return false;
	*a = (struct arena){ .base = p, .cap = ARENA_BYTES };
	return true;
}

static void
arena_reset(struct arena *a)
{
	if (a->used > ARENA_KEPT)
		(void)madvise(a->base + ARENA_KEPT, a->cap - ARENA_KEPT,
		    MADV_DONTNEED);
	a->used = 0;
	a->full = false;
}

/* While a request is answered, which has a limit of its own, nobody cuts. */
static volatile sig_atomic_t	answering;

/* Run the handler and format its reply; an absent text means no memory. */
static struct str
answer(const struct serve_handler *h, struct arena *a, char *const *env,
    const struct source *src)
{
	struct request	req = { .arena = a };
	struct reply	reply = { .status = 503 };
	struct out	o;
	size_t		cap;
	char		*p;

	request_variables(&req, env);
	request_body(&req, src, h->body_limit(h->data, &req));
	answering = 1;
	h->handle(h->data, &req, &reply);
	answering = 0;
	if (req.method == METHOD_HEAD)
		reply.no_body = true;
	cap = REPLY_HEAD_BYTES + reply.body.n;
	p = arena_alloc(a, cap, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, cap);
	if (!respond_format(&reply, &o))
		return (struct str){ NULL, 0 };
	return out_str(&o);
}

static struct str
or_no_memory(struct str response)
{
	if (response.p != NULL)
		return response;
	return STR("Status: 503 Service Unavailable\r\n"
	    "Content-Length: 0\r\n\r\n");
}

static long
read_stdin(void *data, char *buf, size_t n)
{
	struct pollfd	p = { .fd = STDIN_FILENO, .events = POLLIN };
	ssize_t		r;

	(void)data;
	do {
		if (poll(&p, 1, STDIN_STALL_MS) == 0)
			return -1;
		r = read(STDIN_FILENO, buf, n);
	} while (r == -1 && errno == EINTR);
	return (long)r;
}

static bool
write_stdout(struct str s)
{
	ssize_t	n;
	size_t	at = 0;

	while (at < s.n) {
		n = write(STDOUT_FILENO, s.p + at, s.n - at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

static int
run_cgi(const struct serve_handler *h, struct arena *a)
{
	struct source	src = { .read = read_stdin };
	struct str	response = answer(h, a, environ, &src);

	if (!write_stdout(or_no_memory(response)))
		h->client_gone(h->data);
	return 0;
}

static long
read_fcgi(void *data, char *buf, size_t n)
{
	FCGX_Stream	*in = data;
	int		 want = n > 65536 ? 65536 : (int)n;
	int		 got = FCGX_GetStr(buf, want, in);

	return got <= 0 && FCGX_GetError(in) != 0 ? -1 : got;
}

/* The reply and the end of the request, in one write(2). */
static bool
write_fcgi(const FCGX_Request *f, struct str s)
{
	return FCGX_PutStr(s.p, (int)s.n, f->out) == (int)s.n &&
	    FCGX_FClose(f->err) == 0 && FCGX_FClose(f->out) == 0;
}

static volatile sig_atomic_t	nowhere;	/* a descriptor of /dev/null */
static volatile sig_atomic_t	connection = -1;	/* the present one's */

/*
 * FCGX_Finish_r waits until the server has closed its side, up to 2 s, so
 * that bytes which were not read cannot cut the reply off. After a request
 * that was read to its end there are none: a detached one is closed at once.
 */
static void
finish_fcgi(FCGX_Request *f)
{
	if (FCGX_GetChar(f->in) == EOF && FCGX_GetError(f->in) == 0)
		(void)FCGX_Detach(f);
	else
		(void)FCGX_Attach(f);
	connection = -1;
	FCGX_Finish_r(f);
}

/*
 * accept(2) fails on what is no socket, whether it waits or is about to;
 * a flag could be set just after it was looked at.
 */
static void
take_socket_away(int sig)
{
	int	saved = errno;

	(void)sig;
	(void)dup2(nowhere, STDIN_FILENO);
	(void)alarm(TERM_S);
	errno = saved;
}

/* A read or write that waits for the peer then finds the end. */
static void
cut_off(int sig)
{
	int	saved = errno;

	(void)sig;
	if (answering)
		(void)alarm(1);
	else if (connection != -1)
		(void)shutdown(connection, SHUT_RDWR);
	errno = saved;
}

/*
 * libfcgi's own handler has no SA_RESTART, and a read(2) that it cuts short
 * ends the parameters there: half a request, answered as if it were whole.
 * That is so of SIGUSR1 too, which FastCGI servers sent of old.
 */
static bool
heed_signals(void)
{
	struct sigaction	end = { .sa_handler = take_socket_away,
				    .sa_flags = SA_RESTART };
	struct sigaction	cut = { .sa_handler = cut_off,
				    .sa_flags = SA_RESTART };

	nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	return nowhere != -1 && sigaction(SIGALRM, &cut, NULL) == 0 &&
	    sigaction(SIGTERM, &end, NULL) == 0 &&
	    sigaction(SIGUSR1, &end, NULL) == 0;
}

/* Whether accept(2) may do better next time; waits until it is worth it. */
static bool
accept_again(int error)
{
	struct pollfd	p = { .fd = STDIN_FILENO, .events = POLLIN };

	switch (error) {
	case ENOTSOCK:		/* taken away: see above */
	case EBADF:
	case EINVAL:
		return false;
	case EINTR:
	case ECONNABORTED:
		return true;
	case EAGAIN:
		(void)poll(&p, 1, 1000);
		return true;
	default:		/* EMFILE, ENFILE, ENOMEM, the network's */
		clock_sleep_ms(ACCEPT_AGAIN_MS);
		return true;
	}
}

/* The next connection that says something, or -1 when there is no more. */
static int
next_connection(void)
{
	struct pollfd	p = { .events = POLLIN };
	int		n;

	for (;;) {
		p.fd = accept(STDIN_FILENO, NULL, NULL);
		if (p.fd == -1 && accept_again(errno))
			continue;
		if (p.fd == -1)
			return -1;
		do
			n = poll(&p, 1, FIRST_BYTE_MS);
		while (n == -1 && errno == EINTR);
		if (n > 0)
			return p.fd;
		(void)close(p.fd);
	}
}

/*
 * FCGX_Accept_r drops a connection when a signal comes before its first
 * byte; it accepts none where there is one already. That is closed after
 * one request, whatever the server asks: kept, it would hold up the others.
 */
static bool
next_request(FCGX_Request *f)
{
	f->ipcFd = next_connection();
	f->keepConnection = 1;	/* FCGX_Accept_r first closes what is not */
	if (f->ipcFd == -1)
		return false;
	connection = f->ipcFd;
	(void)alarm(CONNECTION_S);
	if (FCGX_Accept_r(f) != 0)
		return false;
	connection = f->ipcFd;
	f->keepConnection = 0;
	return true;
}

static int
run_fcgi(const struct serve_handler *h, struct arena *a)
{
	FCGX_Request	fcgi;
	struct source	src = { .read = read_fcgi, .ends = true };
	struct str	response;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgi, 0, 0) != 0 ||
	    !heed_signals())
		return 1;
	while (next_request(&fcgi)) {
		arena_reset(a);
		src.data = fcgi.in;
		response = answer(h, a, fcgi.envp, &src);
		if (!write_fcgi(&fcgi, or_no_memory(response)))
			h->client_gone(h->data);
		finish_fcgi(&fcgi);
	}
	FCGX_Free(&fcgi, 1);
	return 0;
}

int
serve_run(const struct serve_handler *h)
{
	struct arena	a;
	int		status;

	/* A client that has gone is an error of write(2), not a signal. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (!arena_open(&a))
		return 1;
	status = serve_is_cgi() ? run_cgi(h, &a) : run_fcgi(h, &a);
	(void)munmap(a.base, a.cap);
	return status;
}
