/*
 * CGI once, or the FastCGI loop. libfcgi's own SIGTERM handler ends an
 * idle accept (a flag alone would not); a busy request is finished first.
 * FCGX_Accept_r has no CGI fallback, hence the branch (libfcgi 2.4.2).
 */
#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
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
	h->handle(h->data, &req, &reply);
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

static bool
write_fcgi(FCGX_Stream *out, struct str s)
{
	return FCGX_PutStr(s.p, (int)s.n, out) == (int)s.n &&
	    FCGX_FFlush(out) == 0;
}

static int
run_fcgi(const struct serve_handler *h, struct arena *a)
{
	FCGX_Request	fcgi;
	struct source	src = { .read = read_fcgi, .ends = true };
	struct str	response;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgi, 0, 0) != 0)
		return 1;
	while (FCGX_Accept_r(&fcgi) >= 0) {
		arena_reset(a);
		src.data = fcgi.in;
		response = answer(h, a, fcgi.envp, &src);
		if (!write_fcgi(fcgi.out, or_no_memory(response)))
			h->client_gone(h->data);
		FCGX_Finish_r(&fcgi);
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
