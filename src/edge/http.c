/* One outbound request by libcurl. See http.h. */
#include <curl/curl.h>
#include <stdio.h>
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
set_options(CURL *c, const struct http_request *r, const struct target *t,
    struct taker *taker, char *error)
{
	bool	post = strcmp(r->method, "POST") == 0;

	error[0] = '\0';
	return curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_URL, t->origin) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_REQUEST_TARGET, t->path) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, r->timeout_ms) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEDATA, taker) == CURLE_OK &&
	    (!post || (curl_easy_setopt(c, CURLOPT_POST, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)r->body.n) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDS,
	    r->body.n == 0 ? "" : r->body.p) == CURLE_OK));
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

static bool
perform(CURL *c, struct arena *a, struct taker *taker,
    struct http_reply *reply)
{
	CURLcode	 code = curl_easy_perform(c);
	curl_off_t	 us = 0;
	char		*type = NULL;

	(void)curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &us);
	reply->elapsed_us = us;
	if (code != CURLE_OK) {
		if (reply->error[0] == '\0')
			(void)snprintf(reply->error, sizeof(reply->error),
			    "%s", curl_easy_strerror(code));
		return false;
	}
	(void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &reply->status);
	(void)curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
	if (type != NULL)
		reply->type = arena_copy(a, str_from(type));
	reply->body = out_str(&taker->body);
	return true;
}

bool
http_run(struct arena *a, const struct http_request *r,
    struct http_reply *reply)
{
	struct taker		 taker = { .arena = a };
	struct target		 t;
	struct curl_slist	*headers, *connect = NULL;
	CURL			*c = NULL;
	char			*buf, error[CURL_ERROR_SIZE];
	bool			 good = false;

	*reply = (struct http_reply){ .status = 0 };
	(void)snprintf(reply->error, sizeof(reply->error),
	    "the URL must be http[s]://host[:port]/path");
	buf = arena_alloc(a, HTTP_MAX_REPLY, 1);
	if (buf == NULL || !split(a, r, &t))
		return false;
	taker.body = out_init(buf, HTTP_MAX_REPLY);
	headers = headers_of(r, &t);
	if (t.connect != NULL)
		connect = add(NULL, t.connect);
	c = curl_easy_init();
	if (c != NULL && set_options(c, r, &t, &taker, error) &&
	    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_CONNECT_TO, connect) == CURLE_OK) {
		reply->error[0] = '\0';
		good = perform(c, a, &taker, reply);
		if (error[0] != '\0')
			(void)snprintf(reply->error, sizeof(reply->error),
			    "%.*s", (int)sizeof(reply->error) - 1, error);
	}
	curl_easy_cleanup(c);
	curl_slist_free_all(headers);
	curl_slist_free_all(connect);
	return good;
}
