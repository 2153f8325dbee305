/* One outbound request, or some at once, by libcurl. See http.h. */
#include "exchange.h"

/* Run all until none is left; each one's outcome into its reply. */
static void
run_all(const struct curl *k, CURLM *multi, struct exchange *e, size_t n,
    struct arena *a, struct http_reply *reply)
{
	CURLMsg	*m;
	int	 running = 1, left;
	size_t	 i;

	while (running > 0) {
		if (k->multi_perform(multi, &running) != CURLM_OK ||
		    (running > 0 && k->multi_poll(multi, NULL, 0, 1000,
		    NULL) != CURLM_OK))
			break;
		while ((m = k->multi_info_read(multi, &left)) != NULL) {
			for (i = 0; i < n; i++)
				if (m->msg == CURLMSG_DONE &&
				    e[i].curl == m->easy_handle)
					exchange_finish(&e[i], a,
					    m->data.result, &reply[i]);
		}
	}
}

void
http_open(struct http_client *client)
{
	const struct curl	*k = curl_open();

	if (client->multi == NULL && k != NULL)
		client->multi = k->multi_init();
}

static void
run(struct http_client *client, struct exchange *e, size_t n,
    struct arena *a, const struct http_request *r, struct http_reply *reply)
{
	CURLM	*multi;
	size_t	 i;

	http_open(client);
	multi = client->multi;
	for (i = 0; i < n; i++) {
		if (!exchange_prepare(&e[i], a, r, &reply[i]) ||
		    multi == NULL)
			continue;
		if (e[i].k->multi_add_handle(multi, e[i].curl) == CURLM_OK)
			e[i].multi = multi;
	}
	if (multi != NULL)
		run_all(curl_open(), multi, e, n, a, reply);
	for (i = 0; i < n; i++)
		exchange_dispose(&e[i]);
}

bool
http_run(struct arena *a, const struct http_request *r,
    struct http_reply *reply)
{
	struct http_client	own = { NULL };
	struct exchange		e = { .k = NULL };

	run(r->client != NULL ? r->client : &own, &e, 1, a, r, reply);
	http_close(&own);
	return reply->status != 0;
}

void
http_run_many(struct arena *a, const struct http_request *r, size_t n,
    struct http_reply *reply)
{
	struct exchange		*e = arena_alloc(a, n, sizeof(*e));
	struct http_client	 own = { NULL };
	size_t			 i;

	for (i = 0; e == NULL && i < n; i++)
		exchange_fail(&reply[i], HTTP_FAILED, "memory is short");
	if (e != NULL)
		run(&own, e, n, a, r, reply);
	http_close(&own);
}

void
http_close(struct http_client *client)
{
	if (client->multi != NULL)
		(void)curl_open()->multi_cleanup(client->multi);
	client->multi = NULL;
}
