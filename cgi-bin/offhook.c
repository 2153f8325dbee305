/*
 * The responder: plain CGI once, or the FastCGI loop. It finds its
 * settings, hands each request to app/webhook, and knows nothing else.
 */
#include <openssl/crypto.h>
#include <stdlib.h>

#include "../src/app/webhook.h"
#include "../src/edge/clock.h"
#include "../src/edge/log.h"
#include "../src/edge/serve.h"

#define ERRORS_BYTES 16384

struct program {
	struct config	config;
	struct webhook	webhook;
	struct log	log;
	bool		ready;
	bool		complained;	/* the settings' faults are logged */
	bool		by_request;	/* its OFFHOOK_CONFIG is loaded */
};

static void
complain(struct program *p, struct str errors)
{
	struct str	line;

	if (p->complained || (serve_is_cgi() && !log_allows(clock_now_ms(),
	    errors)))
		return;
	p->complained = true;
	while (str_cut(&errors, '\n', &line))
		if (line.n > 0)
			log_say(&p->log, LOG_ERROR, "settings", "fault", line);
}

static void
stop(struct program *p)
{
	if (p->ready) {
		webhook_close(&p->webhook);
		config_close(&p->config);
	}
	p->ready = false;
}

static bool
start(struct program *p, const char *path)
{
	char		buf[ERRORS_BYTES];
	struct out	errors = out_init(buf, sizeof(buf));

	if (config_open(&p->config, path, &errors)) {
		p->ready = webhook_open(&p->webhook, &p->config);
		p->webhook.db.prepare = !serve_is_cgi();
		p->webhook.once = serve_is_cgi();
		if (p->ready)
			return true;
		out_cstr(&errors, "libcrypto has no HMAC-SHA1\n");
		webhook_close(&p->webhook);
	}
	complain(p, out_str(&errors));
	config_close(&p->config);
	return false;
}

/*
 * SetEnv under mod_fcgid reaches a program only with each request: of
 * those parameters OFFHOOK_CONFIG alone is taken. Settings that were bad
 * are read again, so that mending them needs no restart.
 */
static size_t
body_limit(void *data, struct request *r)
{
	struct program	*p = data;
	struct str	 path = r->var[VAR_OFFHOOK_CONFIG];

	if (p->ready && (path.n > 0 ? p->config.file == NULL ||
	    !str_eq(path, str_from(p->config.file)) : p->by_request))
		stop(p);
	p->by_request = path.n > 0;
	if (!p->ready)
		(void)start(p, path.n > 0 ? arena_cstr(r->arena, path) : NULL);
	return p->ready ? p->config.max_body : 0;
}

static void
handle(void *data, struct request *r, struct reply *reply)
{
	struct program	*p = data;

	if (p->ready)
		webhook_handle(&p->webhook, r, reply);
	else
		*reply = (struct reply){ .status = 500,
		    .type = "text/plain; charset=utf-8",
		    .body = STR("offhook has no valid settings; the server's "
		    "error log says what to mend\n") };
}

/* A stranger who hangs up is not worth a line; a stored event is. */
static void
client_gone(void *data)
{
	struct program	*p = data;

	if (p->ready && p->webhook.accepted)
		log_write(&p->webhook.log, LOG_WARNING,
		    "client gone before the reply was written", NULL);
}

int
main(void)
{
	static struct program	p;
	struct serve_handler	h = { body_limit, handle, client_gone, &p };
	bool			cgi = serve_is_cgi();
	int			status;

	/*
	 * openssl.cnf costs milliseconds, error texts memory: not needed.
	 * Ciphers and digests are: libpq's sslmode=verify-full finds no
	 * certificate good without. libssl adds them when it is used.
	 */
	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG |
	    OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, NULL);
	/*
	 * libpq looks for certificates and passwords below HOME, and fails,
	 * or does without TLS, where it is another's (a pool that root has
	 * started). Without it the user's own entry counts, on every host.
	 */
	(void)unsetenv("HOME");
	/* FastCGI without a file may get its path with the first request. */
	if ((cgi || config_is_given()) && !start(&p, NULL) && !cgi)
		return 1;
	status = serve_run(&h);
	stop(&p);
	return status;
}
