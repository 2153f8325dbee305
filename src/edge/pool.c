/* Many HTTP requests at once. See pool.h. */
#include <sys/epoll.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "exchange.h"
#include "pool.h"

#define SCRATCH 65536	/* bytes of a URL's parts, while it is begun */
#define EVENTS 16	/* of epoll, at once */
/* A moment that never comes. */
#define NEVER INT64_MAX

enum slot_state {
	SLOT_FREE,
	SLOT_RUNNING,
	SLOT_DONE
};

struct pool_slot {
	struct exchange		 e;	/* its handle serves again */
	struct pool_slot	*next;	/* of pool.free or pool.done */
	enum slot_state		 state;
	void			*who;
	CURLcode		 code;
	bool			 not_begun;	/* reply says why */
	bool			 too_late;	/* no first byte in time */
	struct http_reply	 reply;
};

/* What libcurl waits for of a connection, told to epoll. */
static int
watch(CURL *curl, curl_socket_t s, int what, void *to, void *known)
{
	struct pool		*p = to;
	struct epoll_event	 ev = { .data.fd = s };

	(void)curl;
	if (what == CURL_POLL_REMOVE) {
		(void)epoll_ctl(p->fd, EPOLL_CTL_DEL, s, NULL);
		return 0;
	}
	if ((what & CURL_POLL_IN) != 0)
		ev.events |= EPOLLIN;
	if ((what & CURL_POLL_OUT) != 0)
		ev.events |= EPOLLOUT;
	if (epoll_ctl(p->fd, known != NULL ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, s,
	    &ev) == -1)
		return -1;
	if (known == NULL)
		(void)curl_open()->multi_assign(p->multi, s, p);
	return 0;
}

static int
set_timer(CURLM *multi, long ms, void *to)
{
	struct pool	*p = to;

	(void)multi;
	p->timer_ms = ms < 0 ? NEVER : clock_monotonic_ms() + ms;
	return 0;
}

static bool
set_multi(struct pool *p)
{
	const struct curl	*k = curl_open();

	p->multi = k == NULL ? NULL : k->multi_init();
	return p->multi != NULL &&
	    k->multi_setopt(p->multi, CURLMOPT_SOCKETFUNCTION, watch) ==
	    CURLM_OK &&
	    k->multi_setopt(p->multi, CURLMOPT_SOCKETDATA, p) == CURLM_OK &&
	    k->multi_setopt(p->multi, CURLMOPT_TIMERFUNCTION, set_timer) ==
	    CURLM_OK &&
	    k->multi_setopt(p->multi, CURLMOPT_TIMERDATA, p) == CURLM_OK &&
	    k->multi_setopt(p->multi, CURLMOPT_MAXCONNECTS, (long)p->most) ==
	    CURLM_OK;
}

bool
pool_open(struct pool *p, size_t most)
{
	size_t	i;

	*p = (struct pool){ .most = most, .timer_ms = NEVER };
	p->done_end = &p->done;
	p->fd = epoll_create1(EPOLL_CLOEXEC);
	p->slot = calloc(most, sizeof(*p->slot));
	p->scratch = malloc(SCRATCH);
	if (p->fd == -1 || p->slot == NULL || p->scratch == NULL ||
	    !set_multi(p)) {
		pool_close(p);
		return false;
	}
	for (i = most; i-- > 0; p->free = &p->slot[i])
		p->slot[i].next = p->free;
	return true;
}

/* It has ended: out of libcurl, and into the list of such ones. */
static void
end(struct pool *p, struct pool_slot *s, CURLcode code)
{
	if (s->e.multi != NULL)
		(void)s->e.k->multi_remove_handle(p->multi, s->e.curl);
	s->e.multi = NULL;
	s->code = code;
	s->state = SLOT_DONE;
	s->next = NULL;
	*p->done_end = s;
	p->done_end = &s->next;
}

bool
pool_add(struct pool *p, const struct http_request *r, void *who)
{
	struct pool_slot	*s = p->free;
	struct arena		 a = { .base = p->scratch, .cap = SCRATCH };

	if (s == NULL)
		return false;
	p->free = s->next;
	p->n++;
	s->state = SLOT_RUNNING;
	s->who = who;
	s->too_late = false;
	s->not_begun = !exchange_prepare(&s->e, &a, r, &s->reply);
	if (!s->not_begun && s->e.k->easy_setopt(s->e.curl, CURLOPT_PRIVATE,
	    s) == CURLE_OK && s->e.k->multi_add_handle(p->multi, s->e.curl) ==
	    CURLM_OK) {
		s->e.multi = p->multi;
		return true;
	}
	s->not_begun = true;
	end(p, s, CURLE_OK);
	return true;
}

/* Those that libcurl says have ended. */
static void
collect(struct pool *p)
{
	const struct curl	*k = curl_open();
	struct pool_slot	*s;
	CURLMsg			*m;
	CURLcode		 code;
	int			 left;

	while ((m = k->multi_info_read(p->multi, &left)) != NULL) {
		s = NULL;
		code = m->data.result;
		(void)k->easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &s);
		if (s != NULL)
			end(p, s, code);
	}
}

/* Libcurl knows no limit of the time to the first byte. */
static void
end_late_ones(struct pool *p, int64_t now)
{
	struct pool_slot	*s;

	for (s = p->slot; s < p->slot + p->most; s++)
		if (s->state == SLOT_RUNNING && s->e.phase == HTTP_SENDING &&
		    s->e.first_byte_by > 0 && s->e.first_byte_by <= now) {
			s->too_late = true;
			end(p, s, CURLE_OPERATION_TIMEDOUT);
		}
}

/* When something is due, of itself. */
static int64_t
next_due(const struct pool *p)
{
	const struct pool_slot	*s;
	int64_t			 due = p->timer_ms;

	for (s = p->slot; s < p->slot + p->most; s++)
		if (s->state == SLOT_RUNNING && s->e.phase == HTTP_SENDING &&
		    s->e.first_byte_by > 0 && s->e.first_byte_by < due)
			due = s->e.first_byte_by;
	return due;
}

static int
timeout_until(const struct pool *p, int timeout_ms)
{
	int64_t	due, now;

	if (p->done != NULL)
		return 0;
	due = next_due(p);
	if (due == NEVER)
		return timeout_ms;
	now = clock_monotonic_ms();
	if (due <= now)
		return 0;
	return timeout_ms >= 0 && timeout_ms <= due - now ? timeout_ms :
	    due - now > INT32_MAX ? INT32_MAX : (int)(due - now);
}

/* Let libcurl go on where something happened. */
static void
go_on(struct pool *p, bool readable)
{
	const struct curl	*k = curl_open();
	struct epoll_event	 ev[EVENTS];
	int			 i, n, running, what;
	int64_t			 now;

	n = readable ? epoll_wait(p->fd, ev, EVENTS, 0) : 0;
	for (i = 0; i < n; i++) {
		what = 0;
		if ((ev[i].events & EPOLLIN) != 0)
			what |= CURL_CSELECT_IN;
		if ((ev[i].events & EPOLLOUT) != 0)
			what |= CURL_CSELECT_OUT;
		if ((ev[i].events & (EPOLLERR | EPOLLHUP)) != 0)
			what |= CURL_CSELECT_ERR;
		(void)k->multi_socket_action(p->multi, ev[i].data.fd, what,
		    &running);
	}
	now = clock_monotonic_ms();
	if (p->timer_ms <= now) {
		p->timer_ms = NEVER;
		(void)k->multi_socket_action(p->multi, CURL_SOCKET_TIMEOUT, 0,
		    &running);
	}
	collect(p);
	end_late_ones(p, now);
}

void
pool_wait(struct pool *p, struct pollfd *others, size_t n, int timeout_ms)
{
	struct pollfd	fds[1 + POOL_MAX_OTHERS];
	size_t		i;
	int		ready;

	if (n > POOL_MAX_OTHERS)
		n = POOL_MAX_OTHERS;
	fds[0] = (struct pollfd){ .fd = p->fd, .events = POLLIN };
	for (i = 0; i < n; i++)
		fds[1 + i] = others[i];
	ready = poll(fds, (nfds_t)(1 + n), timeout_until(p, timeout_ms));
	for (i = 0; i < n; i++)
		others[i].revents = ready > 0 ? fds[1 + i].revents : 0;
	go_on(p, ready > 0 && fds[0].revents != 0);
}

static void
release(struct pool *p, struct pool_slot *s)
{
	s->state = SLOT_FREE;
	s->next = p->free;
	p->free = s;
	p->n--;
}

static void
say_late(const struct pool_slot *s, struct http_reply *reply)
{
	reply->failure = HTTP_TIMEOUT;
	(void)snprintf(reply->error, sizeof(reply->error),
	    "no byte of a reply in %ld ms", s->e.r->first_byte_ms);
}

bool
pool_next(struct pool *p, struct arena *a, void **who,
    struct http_reply *reply)
{
	struct pool_slot	*s = p->done;

	if (s == NULL)
		return false;
	p->done = s->next;
	if (p->done == NULL)
		p->done_end = &p->done;
	*who = s->who;
	if (s->not_begun)
		*reply = s->reply;
	else
		exchange_finish(&s->e, a, s->code, reply);
	if (s->too_late)
		say_late(s, reply);
	release(p, s);
	return true;
}

static void
take_out_of_done(struct pool *p, const struct pool_slot *s)
{
	struct pool_slot	**at = &p->done;

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	if (*at == NULL)
		p->done_end = at;
}

void
pool_cancel(struct pool *p, const void *who)
{
	struct pool_slot	*s;

	for (s = p->slot; s < p->slot + p->most; s++)
		if (s->state != SLOT_FREE && s->who == who) {
			if (s->state == SLOT_RUNNING)
				end(p, s, CURLE_ABORTED_BY_CALLBACK);
			take_out_of_done(p, s);
			release(p, s);
			return;
		}
}

void
pool_close(struct pool *p)
{
	size_t	i;

	for (i = 0; p->slot != NULL && i < p->most; i++)
		exchange_dispose(&p->slot[i].e);
	if (p->multi != NULL)
		(void)curl_open()->multi_cleanup(p->multi);
	if (p->fd != -1)
		(void)close(p->fd);
	free(p->slot);
	free(p->scratch);
	*p = (struct pool){ .fd = -1 };
}
