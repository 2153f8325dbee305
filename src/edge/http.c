/* One outbound request by libcurl. See http.h. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/out.h"
#include "http.h"

/* The parts of a URL that libcurl is told apart, so that it mends none. */
struct target {
	const char	*origin;	/* scheme://host[:port]/ */
	const char	*host;		/* "Host: host[:port]" */
	const char	*path;		/* path and query as they stand */
	const char	*connect;	/* "::host:port", or NULL */
};

struct taker {
	struct arena	*arena;
	struct out	 body;
};

static size_t
take_body(char *data,	/* NOLINT(readability-non-const-parameter) */
    size_t size, size_t n, void *to)
{
	struct taker	*t = to;

	(void)size;	/* always 1 */
	if (n > t->body.cap - t->body.n)
		return 0;	/* larger than HTTP_MAX_REPLY: an error */
	out_bytes(&t->body, (struct str){ data, n });
	return n;
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
set_method(CURL *c, const struct http_request *r)
{
	if (strcmp(r->method, "HEAD") == 0)
		return curl_easy_setopt(c, CURLOPT_NOBODY, 1L) == CURLE_OK;
	if (strcmp(r->method, "POST") != 0)
		return true;
	return curl_easy_setopt(c, CURLOPT_POST, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)r->body.n) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDS,
	    r->body.n == 0 ? "" : r->body.p) == CURLE_OK;
}

static bool
set_options(CURL *c, const struct http_request *r, const struct target *t,
    struct taker *taker, char *error)
{
	error[0] = '\0';
	return curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_URL, t->origin) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_REQUEST_TARGET, t->path) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_CERTINFO, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, r->timeout_ms) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEDATA, taker) == CURLE_OK &&
	    set_method(c, r);
}

static struct curl_slist *
add(struct curl_slist *list, const char *line)
{
	struct curl_slist	*longer = curl_slist_append(list, line);

	return longer == NULL ? list : longer;
}

static struct curl_slist *
headers_of(const struct http_request *r, const struct target *t)
{
	struct curl_slist	*list = NULL;
	size_t			 i;

	list = add(list, t->host);
	list = add(list, "Expect:");
	for (i = 0; i < r->nheaders; i++)
		list = add(list, r->header[i]);
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
header(CURL *c, struct arena *a, const char *name)
{
	struct curl_header	*h = NULL;

	if (curl_easy_header(c, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return (struct str){ NULL, 0 };
	return arena_copy(a, str_from(h->value));
}

/* When the server's own certificate ends; 0 when that is not known. */
static int64_t
certificate_end(CURL *c)
{
	static const char		 name[] = "Expire date:";
	struct curl_certinfo		*info = NULL;
	const struct curl_slist		*l;

	if (curl_easy_getinfo(c, CURLINFO_CERTINFO, &info) != CURLE_OK ||
	    info == NULL || info->num_of_certs < 1)
		return 0;
	for (l = info->certinfo[0]; l != NULL; l = l->next)
		if (strncmp(l->data, name, sizeof(name) - 1) == 0)
			return (int64_t)curl_getdate(l->data +
			    sizeof(name) - 1, NULL);
	return 0;
}

/* One request under way. */
struct exchange {
	CURL			*curl;
	struct target		 target;
	struct taker		 taker;
	char			*buf;		/* the taker's */
	struct curl_slist	*headers;
	struct curl_slist	*connect;
	char			 error[CURL_ERROR_SIZE];
};

static bool
prepare(struct exchange *e, struct arena *a, const struct http_request *r)
{
	*e = (struct exchange){ .taker = { .arena = a } };
	/* On the heap: of most of it nothing is kept. */
	e->buf = malloc(HTTP_MAX_REPLY);
	if (e->buf == NULL || !split(a, r, &e->target))
		return false;
	e->taker.body = out_init(e->buf, HTTP_MAX_REPLY);
	e->headers = headers_of(r, &e->target);
	if (e->target.connect != NULL)
		e->connect = add(NULL, e->target.connect);
	e->curl = curl_easy_init();
	return e->curl != NULL &&
	    set_options(e->curl, r, &e->target, &e->taker, e->error) &&
	    curl_easy_setopt(e->curl, CURLOPT_HTTPHEADER, e->headers) ==
	    CURLE_OK &&
	    curl_easy_setopt(e->curl, CURLOPT_CONNECT_TO, e->connect) ==
	    CURLE_OK;
}

/* What came of it, and its end. */
static bool
finish(struct exchange *e, CURLcode code, struct http_reply *reply)
{
	struct arena	*a = e->taker.arena;
	curl_off_t	 us = 0, before = 0;
	char		*type = NULL;
	struct str	 date;

	(void)curl_easy_getinfo(e->curl, CURLINFO_TOTAL_TIME_T, &us);
	(void)curl_easy_getinfo(e->curl, CURLINFO_PRETRANSFER_TIME_T,
	    &before);
	reply->elapsed_us = us;
	reply->reply_us = us - before;
	reply->error[0] = '\0';
	if (code != CURLE_OK) {
		(void)snprintf(reply->error, sizeof(reply->error), "%.*s",
		    (int)sizeof(reply->error) - 1, e->error[0] != '\0' ?
		    e->error : curl_easy_strerror(code));
		reply->failure = failure_of(code);
		return false;
	}
	(void)curl_easy_getinfo(e->curl, CURLINFO_RESPONSE_CODE,
	    &reply->status);
	(void)curl_easy_getinfo(e->curl, CURLINFO_CONTENT_TYPE, &type);
	if (type != NULL)
		reply->type = arena_copy(a, str_from(type));
	reply->location = header(e->curl, a, "Location");
	reply->server = header(e->curl, a, "Server");
	date = header(e->curl, a, "Date");
	reply->date_s = date.p == NULL ? 0 :
	    (int64_t)curl_getdate(date.p, NULL);
	reply->expires_s = certificate_end(e->curl);
	reply->body = arena_copy(a, out_str(&e->taker.body));
	return true;
}

static void
dispose(struct exchange *e)
{
	curl_easy_cleanup(e->curl);
	curl_slist_free_all(e->headers);
	curl_slist_free_all(e->connect);
	free(e->buf);
}

static void
begin(struct http_reply *reply)
{
	*reply = (struct http_reply){ .status = 0 };
	(void)snprintf(reply->error, sizeof(reply->error),
	    "the URL must be http[s]://host[:port]/path");
}

bool
http_run(struct arena *a, const struct http_request *r,
    struct http_reply *reply)
{
	struct exchange	e;
	bool		good = false;

	begin(reply);
	if (prepare(&e, a, r))
		good = finish(&e, curl_easy_perform(e.curl), reply);
	dispose(&e);
	return good;
}

/* Run all until none is left; each one's outcome into its reply. */
static void
run_all(CURLM *multi, struct exchange *e, size_t n, struct http_reply *reply)
{
	CURLMsg	*m;
	int	 running = 1, left;
	size_t	 i;

	while (running > 0) {
		if (curl_multi_perform(multi, &running) != CURLM_OK ||
		    (running > 0 && curl_multi_poll(multi, NULL, 0, 1000,
		    NULL) != CURLM_OK))
			break;
		while ((m = curl_multi_info_read(multi, &left)) != NULL) {
			for (i = 0; i < n; i++)
				if (m->msg == CURLMSG_DONE &&
				    e[i].curl == m->easy_handle)
					(void)finish(&e[i], m->data.result,
					    &reply[i]);
		}
	}
}

/*
 * To read a bundle of certificates costs tenths of a second of our own, which
 * would be taken for the server's. A multi handle keeps it for all (since
 * libcurl 7.87), but not beside a folder of the same certificates.
 */
static void
read_bundle_once(CURL *c)
{
	char	*bundle = NULL;

	if (curl_easy_getinfo(c, CURLINFO_CAINFO, &bundle) == CURLE_OK &&
	    bundle != NULL)
		(void)curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
}

void
http_run_many(struct arena *a, const struct http_request *r, size_t n,
    struct http_reply *reply)
{
	struct exchange	*e = arena_alloc(a, n, sizeof(*e));
	CURLM		*multi = curl_multi_init();
	size_t		 i;

	for (i = 0; i < n; i++) {
		begin(&reply[i]);
		if (e == NULL || !prepare(&e[i], a, r) || multi == NULL)
			continue;
		read_bundle_once(e[i].curl);
		(void)curl_multi_add_handle(multi, e[i].curl);
	}
	if (e != NULL && multi != NULL)
		run_all(multi, e, n, reply);
	for (i = 0; e != NULL && i < n; i++) {
		if (multi != NULL && e[i].curl != NULL)
			(void)curl_multi_remove_handle(multi, e[i].curl);
		dispose(&e[i]);
	}
	(void)curl_multi_cleanup(multi);
}
