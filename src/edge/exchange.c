/* One request under way in libcurl. See exchange.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "exchange.h"

/* Names are looked up again soon: an address may move. */
#define DNS_CACHE_S 10L
/*
 * A connection that was idle longer is not used again. Servers close such
 * ones after two seconds at the earliest (gunicorn's default; Express 5),
 * and what is sent just then is lost. libcurl counts whole seconds.
 */
#define IDLE_S 1L

/* The parts of a URL that libcurl is told apart, so that it mends none. */
struct target {
	const char	*origin;	/* scheme://host[:port]/ */
	const char	*host;		/* "Host: host[:port]" */
	const char	*path;		/* path and query as they stand */
	const char	*connect;	/* "::host:port", or NULL */
};

static size_t
take_body(char *data,	/* NOLINT(readability-non-const-parameter) */
    size_t size, size_t n, void *to)
{
	struct exchange	*e = to;

	(void)size;	/* always 1 */
	if (n > e->body.cap - e->body.n) {
		e->too_large = true;
		out_bytes(&e->body, (struct str){ data,
		    e->body.cap - e->body.n });
		return 0;	/* an error */
	}
	out_bytes(&e->body, (struct str){ data, n });
	return n;
}

/* A line of the reply's header; the last status line's header counts. */
static size_t
take_header(char *data,	/* NOLINT(readability-non-const-parameter) */
    size_t size, size_t n, void *to)
{
	struct exchange	*e = to;
	struct str	 line = { data, n };

	(void)size;	/* always 1 */
	if (e->phase != HTTP_ANSWERING || str_starts(line, STR("HTTP/")))
		e->head_n = 0;
	e->phase = HTTP_ANSWERING;
	line = str_sub(line, 0, sizeof(e->head) - e->head_n);
	memcpy(e->head + e->head_n, line.p, line.n);
	e->head_n += line.n;
	return n;
}

/* It is connected, and about to be sent. */
static int	/* NOLINTNEXTLINE(readability-non-const-parameter) */
begin_to_send(void *from, char *address, char *own, int port, int own_port)
{
	struct exchange	*e = from;

	(void)address;
	(void)own;
	(void)port;
	(void)own_port;
	e->phase = HTTP_SENDING;
	if (e->r->first_byte_ms > 0)
		e->first_byte_by = clock_monotonic_ms() + e->r->first_byte_ms;
	return CURL_PREREQFUNC_OK;
}

/*
 * The body is handed over by a function that cannot begin anew: when a
 * connection used again breaks after it was sent, libcurl would send it a
 * second time, and the application may have acted on the first. (What has
 * no body goes on a connection of its own.)
 */
static size_t
give_body(char *to, size_t size, size_t n, void *from)
{
	struct exchange	*e = from;
	struct str	 rest = str_sub(e->r->body, e->sent, e->r->body.n);

	(void)size;	/* always 1 */
	if (n > rest.n)
		n = rest.n;
	if (n > 0)
		memcpy(to, rest.p, n);
	e->sent += n;
	return n;
}

static int
never_again(void *from, curl_off_t offset, int origin)
{
	const struct exchange	*e = from;

	return e->sent == 0 && offset == 0 && origin == SEEK_SET ?
	    CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

/* Every address goes through here, whatever the name was looked up to. */
static curl_socket_t
open_socket(void *from, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct exchange	*e = from;

	(void)purpose;
	if (e->r->egress != NULL &&
	    !egress_allows(e->r->egress, &to->addr, e->address)) {
		e->refused = true;
		return CURL_SOCKET_BAD;
	}
	e->refused = false;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static const char *
join(struct arena *a, const char *x, struct str y, const char *z)
{
	struct str	parts[3];

	parts[0] = str_from(x);
	parts[1] = y;
	parts[2] = str_from(z);
	return arena_join(a, parts, 3).p;
}

/* Cut the text behind its "://", or absent when it has none. */
static struct str
behind_scheme(struct str s, struct str *scheme)
{
	size_t	at = str_find(s, ':', 0);

	*scheme = str_sub(s, 0, at);
	if (!str_starts(str_sub(s, at, s.n), STR("://")))
		return (struct str){ NULL, 0 };
	return str_sub(s, at + 3, s.n);
}

static size_t
authority_end(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
			break;
	return i;
}

static bool
split(struct arena *a, const struct http_request *r, struct target *t)
{
	struct str	scheme, rest, authority, path, to, ignored;
	size_t		at;

	rest = behind_scheme(str_from(r->url), &scheme);
	if (rest.p == NULL)
		return false;
	at = authority_end(rest);
	authority = str_sub(rest, 0, at);
	path = str_sub(rest, at, str_find(rest, '#', 0));
	while ((at = str_find(authority, '@', 0)) < authority.n)
		authority = str_sub(authority, at + 1, authority.n);
	t->host = join(a, "Host: ", authority, "");
	t->path = join(a, path.n > 0 && path.p[0] == '/' ? "" : "/", path,
	    "");
	t->connect = NULL;
	if (r->connect != NULL) {
		to = behind_scheme(str_from(r->connect), &ignored);
		if (to.p != NULL)
			scheme = ignored;
		else
			to = str_from(r->connect);
		t->connect = join(a, "::", to, "");
	}
	t->origin = join(a, arena_cstr(a, scheme), STR("://"),
	    join(a, arena_cstr(a, authority), STR("/"), ""));
	return !a->full && authority.n > 0;
}

static bool
set_long(const struct exchange *e, CURLoption option, long value)
{
	return e->k->easy_setopt(e->curl, option, value) == CURLE_OK;
}

/* A C string, or what a function gets back as its last argument. */
static bool
set_data(const struct exchange *e, CURLoption option, const void *p)
{
	return e->k->easy_setopt(e->curl, option, p) == CURLE_OK;
}

/* Of a handle that serves again, each has to undo the others. */
static bool
set_method(struct exchange *e)
{
	if (strcmp(e->r->method, "HEAD") == 0)
		return set_long(e, CURLOPT_NOBODY, 1);
	if (strcmp(e->r->method, "POST") != 0)
		return set_long(e, CURLOPT_HTTPGET, 1);
	return set_long(e, CURLOPT_POST, 1) &&
	    e->k->easy_setopt(e->curl, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)e->r->body.n) == CURLE_OK;
}

static bool
set_functions(struct exchange *e)
{
	return e->k->easy_setopt(e->curl, CURLOPT_READFUNCTION, give_body) ==
	    CURLE_OK && set_data(e, CURLOPT_READDATA, e) &&
	    e->k->easy_setopt(e->curl, CURLOPT_SEEKFUNCTION, never_again) ==
	    CURLE_OK && set_data(e, CURLOPT_SEEKDATA, e) &&
	    e->k->easy_setopt(e->curl, CURLOPT_OPENSOCKETFUNCTION,
	    open_socket) == CURLE_OK &&
	    set_data(e, CURLOPT_OPENSOCKETDATA, e) &&
	    e->k->easy_setopt(e->curl, CURLOPT_WRITEFUNCTION, take_body) ==
	    CURLE_OK && set_data(e, CURLOPT_WRITEDATA, e) &&
	    e->k->easy_setopt(e->curl, CURLOPT_HEADERFUNCTION,
	    take_header) == CURLE_OK &&
	    set_data(e, CURLOPT_HEADERDATA, e) &&
	    e->k->easy_setopt(e->curl, CURLOPT_PREREQFUNCTION,
	    begin_to_send) == CURLE_OK &&
	    set_data(e, CURLOPT_PREREQDATA, e);
}

/*
 * What is the same for each request of a handle. NOSIGNAL and QUICK_EXIT: a
 * slow look-up of a name holds up nobody.
 */
static bool
set_once(struct exchange *e)
{
	return set_data(e, CURLOPT_ERRORBUFFER, e->error) &&
	    set_data(e, CURLOPT_PROTOCOLS_STR, "http,https") &&
	    set_long(e, CURLOPT_PATH_AS_IS, 1) &&
	    set_data(e, CURLOPT_PROXY, "") &&
	    set_long(e, CURLOPT_CERTINFO, 1) &&
	    set_long(e, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) &&
	    set_long(e, CURLOPT_NOSIGNAL, 1) &&
	    set_long(e, CURLOPT_QUICK_EXIT, 1) &&
	    set_long(e, CURLOPT_DNS_CACHE_TIMEOUT, DNS_CACHE_S) &&
	    set_long(e, CURLOPT_MAXAGE_CONN, IDLE_S) && set_functions(e);
}

static bool
set_options(struct exchange *e, const struct target *t)
{
	const struct http_request	*r = e->r;

	return set_data(e, CURLOPT_URL, t->origin) &&
	    set_data(e, CURLOPT_REQUEST_TARGET, t->path) &&
	    set_data(e, CURLOPT_HTTPHEADER, e->headers) &&
	    set_data(e, CURLOPT_CONNECT_TO, e->connect) &&
	    set_long(e, CURLOPT_TIMEOUT_MS, r->timeout_ms) &&
	    set_long(e, CURLOPT_CONNECTTIMEOUT_MS, r->connect_ms > 0 ?
	    r->connect_ms : r->timeout_ms) &&
	    set_long(e, CURLOPT_FRESH_CONNECT, r->body.n == 0) &&
	    set_method(e);
}

static struct curl_slist *
add(const struct curl *k, struct curl_slist *list, const char *line)
{
	struct curl_slist	*longer = k->slist_append(list, line);

	return longer == NULL ? list : longer;
}

static struct curl_slist *
headers_of(const struct exchange *e, const struct target *t)
{
	struct curl_slist	*list = NULL;
	size_t			 i;

	list = add(e->k, list, t->host);
	list = add(e->k, list, "Expect:");
	for (i = 0; i < e->r->nheaders; i++)
		list = add(e->k, list, e->r->header[i]);
	return list;
}

static enum http_failure
failure_of(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return HTTP_NO_NAME;
	case CURLE_COULDNT_CONNECT:
		return HTTP_NO_CONNECTION;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
		return HTTP_BAD_CERTIFICATE;
	case CURLE_SSL_CONNECT_ERROR:
		return HTTP_NO_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMEOUT;
	case CURLE_SEND_FAIL_REWIND:
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
		return HTTP_CUT;
	default:
		return HTTP_FAILED;
	}
}

static struct str
header(const struct exchange *e, struct arena *a, const char *name)
{
	struct curl_header	*h = NULL;

	if (e->k->easy_header(e->curl, name, 0, CURLH_HEADER, -1, &h) !=
	    CURLHE_OK)
		return (struct str){ NULL, 0 };
	return arena_copy(a, str_from(h->value));
}

/* When the server's own certificate ends; 0 when that is not known. */
static int64_t
certificate_end(const struct exchange *e)
{
	static const char		 name[] = "Expire date:";
	struct curl_certinfo		*info = NULL;
	const struct curl_slist		*l;

	if (e->k->easy_getinfo(e->curl, CURLINFO_CERTINFO, &info) !=
	    CURLE_OK || info == NULL || info->num_of_certs < 1)
		return 0;
	for (l = info->certinfo[0]; l != NULL; l = l->next)
		if (strncmp(l->data, name, sizeof(name) - 1) == 0)
			return (int64_t)e->k->getdate(l->data +
			    sizeof(name) - 1, NULL);
	return 0;
}

/*
 * To read a bundle of certificates costs tenths of a second of our own, which
 * would be taken for the server's. A multi handle keeps it for all (since
 * libcurl 7.87), but not beside a folder of the same certificates.
 */
static void
read_bundle_once(const struct exchange *e)
{
	char	*bundle = NULL;

	if (e->k->easy_getinfo(e->curl, CURLINFO_CAINFO, &bundle) ==
	    CURLE_OK && bundle != NULL)
		(void)set_data(e, CURLOPT_CAPATH, NULL);
}

void
exchange_fail(struct http_reply *reply, enum http_failure failure,
    const char *why)
{
	*reply = (struct http_reply){ .failure = failure };
	(void)snprintf(reply->error, sizeof(reply->error), "%s", why);
}

/*
 * What the last request leaves but its handle, with what was set once and
 * its connections.
 */
static void
forget(struct exchange *e)
{
	CURL	*curl = e->curl;

	if (e->k != NULL) {
		e->k->slist_free_all(e->headers);
		e->k->slist_free_all(e->connect);
	}
	free(e->buf);
	*e = (struct exchange){ .k = curl_open(), .curl = curl };
}

/* Its handle. */
static bool
begin_handle(struct exchange *e)
{
	if (e->curl != NULL)
		return true;
	e->curl = e->k->easy_init();
	if (e->curl == NULL)
		return false;
	if (set_once(e)) {
		read_bundle_once(e);
		return true;
	}
	e->k->easy_cleanup(e->curl);
	e->curl = NULL;
	return false;
}

bool
exchange_prepare(struct exchange *e, struct arena *a,
    const struct http_request *r, struct http_reply *reply)
{
	size_t		cap = r->max_body > 0 ? r->max_body : HTTP_MAX_REPLY;
	struct target	t;

	forget(e);
	e->r = r;
	if (e->k == NULL) {
		exchange_fail(reply, HTTP_NO_LIBRARY, CURL_MISSING);
		return false;
	}
	exchange_fail(reply, HTTP_FAILED,
	    "the URL must be http[s]://host[:port]/path");
	if (!split(a, r, &t))
		return false;
	exchange_fail(reply, HTTP_FAILED, "libcurl refuses an option, or "
	    "memory is short");
	/* On the heap: of most of it nothing is kept. */
	e->buf = malloc(cap);
	e->body = out_init(e->buf, cap);
	e->headers = headers_of(e, &t);
	if (t.connect != NULL)
		e->connect = add(e->k, NULL, t.connect);
	return e->buf != NULL && begin_handle(e) && set_options(e, &t);
}

static void
say_why(const struct exchange *e, CURLcode code, struct http_reply *reply)
{
	const char	*why = e->error;

	reply->failure = failure_of(code);
	if (e->too_large) {
		reply->failure = HTTP_TOO_LARGE;
		(void)snprintf(reply->error, sizeof(reply->error),
		    "the reply is larger than %zu bytes", e->body.cap);
		return;
	}
	if (e->refused && reply->failure == HTTP_NO_CONNECTION) {
		reply->failure = HTTP_PRIVATE;
		(void)snprintf(reply->error, sizeof(reply->error),
		    "%s is a private address: name it in "
		    "OFFHOOK_ALLOW_PRIVATE if it may be asked", e->address);
		return;
	}
	if (code == CURLE_SEND_FAIL_REWIND)
		why = "the connection was closed before a reply";
	else if (why[0] == '\0')
		why = e->k->easy_strerror(code);
	(void)snprintf(reply->error, sizeof(reply->error), "%.*s",
	    (int)sizeof(reply->error) - 1, why);
}

static void
take_times(const struct exchange *e, struct http_reply *reply)
{
	curl_off_t	us = 0, before = 0;

	(void)e->k->easy_getinfo(e->curl, CURLINFO_TOTAL_TIME_T, &us);
	(void)e->k->easy_getinfo(e->curl, CURLINFO_PRETRANSFER_TIME_T,
	    &before);
	reply->elapsed_us = us;
	reply->reply_us = us - before;
}

static void
take_reply(const struct exchange *e, struct arena *a,
    struct http_reply *reply)
{
	char		*type = NULL;
	struct str	 date;

	(void)e->k->easy_getinfo(e->curl, CURLINFO_RESPONSE_CODE,
	    &reply->status);
	(void)e->k->easy_getinfo(e->curl, CURLINFO_CONTENT_TYPE, &type);
	if (type != NULL)
		reply->type = arena_copy(a, str_from(type));
	reply->location = header(e, a, "Location");
	reply->server = header(e, a, "Server");
	reply->retry_after = header(e, a, "Retry-After");
	date = header(e, a, "Date");
	reply->date_s = date.p == NULL ? 0 :
	    (int64_t)e->k->getdate(date.p, NULL);
	reply->expires_s = certificate_end(e);
	reply->body = arena_copy(a, out_str(&e->body));
}

void
exchange_finish(struct exchange *e, struct arena *a, CURLcode code,
    struct http_reply *reply)
{
	long	os_error = 0;

	*reply = (struct http_reply){ .phase = e->phase };
	take_times(e, reply);
	reply->head = arena_copy(a, (struct str){ e->head, e->head_n });
	reply->cut = e->too_large && e->r->cut;
	if (code == CURLE_OK || reply->cut) {
		take_reply(e, a, reply);
		return;
	}
	(void)e->k->easy_getinfo(e->curl, CURLINFO_OS_ERRNO, &os_error);
	reply->os_error = (int)os_error;
	say_why(e, code, reply);
}

void
exchange_dispose(struct exchange *e)
{
	if (e->k == NULL)
		return;
	if (e->multi != NULL)
		(void)e->k->multi_remove_handle(e->multi, e->curl);
	if (e->curl != NULL)
		e->k->easy_cleanup(e->curl);
	e->curl = NULL;
	forget(e);
}
