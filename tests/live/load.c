/*
 * load: sends what Twilio would send, many at a time, and says what came
 * back. "load -h" lists the options. The journal has one line for each
 * attempt: number,attempt,kind,sid,status,seq,error,http,us,hash where
 * hash is of status, type and body, and http is 0 without an answer.
 */
#include <errno.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/client.h"
#include "lib/traffic.h"

#define RETRY_US 100000		/* before a request is tried again */
#define MAX_HTTP 600
#define DEFAULT_ACCOUNT "AC00000000000000000000000000000001"

static const char usage[] =
"usage: load -p PORT [OPTION...]\n"
"  -c N     connections (16)\n"
"  -t SEC   stop after so many seconds; TERM stops it at any time\n"
"  -m N     status callbacks of N messages\n"
"  -k N     status callbacks of N calls\n"
"  -i N     N inbound messages;  -q N  N inbound calls\n"
"  -x N     each message and call N times\n"
"  -d PCT   percent of the callbacks that are sent twice (0)\n"
"  -w N     shuffle within N requests (200); 0: all of them\n"
"  -r N     try again, up to N times, what got no answer or 5xx (0)\n"
"  -s SEED  a number; the same one makes the same requests (1)\n"
"  -j FILE  journal\n"
"  -C       a connection for each request\n"
"  -a SID -T TOKEN -b BASE -u TARGET   account, its token, signed URL\n";

struct load {
	struct traffic_options	 traffic;
	struct traffic_item	*items;
	unsigned char		*tries;
	uint32_t		*us;		/* of each answer */
	size_t			 n, next, answered, under_way;
	size_t			*retry;		/* ring of n items */
	int64_t			*retry_at;
	size_t			 retry_first, retry_n;
	unsigned		 retries;
	size_t			 http[MAX_HTTP];
	size_t			 broken, retried, given_up;
	const char		*last_fault;
	FILE			*journal;
};

static volatile sig_atomic_t	stop;

static void
on_signal(int s)
{
	(void)s;
	stop = 1;
}

static enum client_next
next(void *data, size_t *id, char *buf, size_t size, size_t *n)
{
	struct load	*l = data;

	if (l->retry_n > 0 &&
	    l->retry_at[l->retry_first] <= client_now_us()) {
		*id = l->retry[l->retry_first];
		l->retry_first = (l->retry_first + 1) % l->n;
		l->retry_n--;
		l->retried++;
	} else if (l->next < l->n)
		*id = l->next++;
	else
		return l->retry_n > 0 || (l->retries > 0 && l->under_way > 0) ?
		    CLIENT_LATER : CLIENT_END;
	l->tries[*id]++;
	*n = traffic_request(&l->traffic, &l->items[*id], buf, size);
	if (*n == 0)
		abort();
	l->under_way++;
	return CLIENT_SEND;
}

static void
hash(const struct client_outcome *o, char out[17])
{
	unsigned char	 md[EVP_MAX_MD_SIZE];
	EVP_MD_CTX	*ctx = EVP_MD_CTX_new();
	int		 i;

	if (ctx == NULL || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(ctx, &o->http, sizeof(o->http)) != 1 ||
	    EVP_DigestUpdate(ctx, o->type, strlen(o->type) + 1) != 1 ||
	    EVP_DigestUpdate(ctx, o->body, o->body_n) != 1 ||
	    EVP_DigestFinal_ex(ctx, md, NULL) != 1)
		abort();
	for (i = 0; i < 8; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", md[i]);
	EVP_MD_CTX_free(ctx);
}

static void
write_journal(struct load *l, size_t id, const struct client_outcome *o)
{
	struct traffic_facts	f = { .sid = "" };
	char			h[17] = "", seq[16] = "", error[16] = "";

	if (l->journal == NULL)
		return;
	traffic_facts(&l->traffic, &l->items[id], &f);
	if (o->http != 0)
		hash(o, h);
	if (f.seq >= 0)
		(void)snprintf(seq, sizeof(seq), "%d", f.seq);
	if (f.error != 0)
		(void)snprintf(error, sizeof(error), "%d", f.error);
	(void)fprintf(l->journal, "%zu,%d,%s,%s,%s,%s,%s,%d,%lld,%s\n", id,
	    l->tries[id], f.kind, f.sid, f.status, seq, error, o->http,
	    (long long)o->us, h);
}

static void
done(void *data, size_t id, const struct client_outcome *o)
{
	struct load	*l = data;
	size_t		 last;

	l->under_way--;
	write_journal(l, id, o);
	if (o->http > 0 && o->http < MAX_HTTP) {
		l->http[o->http]++;
		l->us[l->answered++] = (uint32_t)o->us;
	} else {
		l->broken++;
		l->last_fault = o->why;
	}
	if (o->http != 0 && o->http < 500)
		return;
	if (l->tries[id] > l->retries) {
		l->given_up++;
		return;
	}
	last = (l->retry_first + l->retry_n++) % l->n;
	l->retry[last] = id;
	l->retry_at[last] = client_now_us() + RETRY_US;
}

static int
compare_us(const void *va, const void *vb)
{
	const uint32_t	*a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static unsigned
quantile(const struct load *l, double q)
{
	size_t	i = (size_t)(q * (double)l->answered);

	if (l->answered == 0)
		return 0;
	return l->us[i < l->answered ? i : l->answered - 1];
}

static void
summary(struct load *l, double seconds)
{
	struct rusage	u;
	double		cpu;
	int		i;

	qsort(l->us, l->answered, sizeof(*l->us), compare_us);
	(void)getrusage(RUSAGE_SELF, &u);
	cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	printf("requests %zu\nsent %zu\nanswered %zu\nseconds %.3f\n"
	    "rate %.1f\n", l->n, l->next, l->answered, seconds,
	    (double)l->answered / seconds);
	for (i = 0; i < MAX_HTTP; i++)
		if (l->http[i] > 0)
			printf("http_%d %zu\n", i, l->http[i]);
	printf("broken %zu\nretried %zu\ngiven_up %zu\nunfinished %zu\n",
	    l->broken, l->retried, l->given_up, l->retry_n);
	if (l->last_fault != NULL)
		printf("last_fault %s\n", l->last_fault);
	printf("p50_us %u\np90_us %u\np99_us %u\np999_us %u\nmax_us %u\n",
	    quantile(l, .5), quantile(l, .9), quantile(l, .99),
	    quantile(l, .999), quantile(l, 1));
	printf("cpu_s %.3f\n", cpu);
}

static unsigned long
number(const char *s)
{
	char		*end;
	unsigned long	 v;

	errno = 0;
	v = strtoul(s, &end, 10);
	if (errno != 0 || *end != '\0' || *s == '\0' || v > UINT32_MAX) {
		(void)fprintf(stderr, "load: not a number: %s\n", s);
		exit(2);
	}
	return v;
}

struct options {
	unsigned long	 port;
	unsigned	 connections;
	double		 seconds;
	const char	*journal;
};

static void
take_options(int argc, char **argv, struct load *l, struct options *o)
{
	struct traffic_options	*t = &l->traffic;
	int			 c;

	while ((c = getopt(argc, argv,
	    "p:c:t:m:k:i:q:x:d:w:r:s:j:Ca:T:b:u:h")) != -1) {
		switch (c) {
		case 'p': o->port = number(optarg); break;
		case 'c': o->connections = (unsigned)number(optarg); break;
		case 't': o->seconds = strtod(optarg, NULL); break;
		case 'm':
			t->things[TRAFFIC_MESSAGE] = (uint32_t)number(optarg);
			break;
		case 'k':
			t->things[TRAFFIC_CALL] = (uint32_t)number(optarg);
			break;
		case 'i':
			t->things[TRAFFIC_SMS] = (uint32_t)number(optarg);
			break;
		case 'q':
			t->things[TRAFFIC_RING] = (uint32_t)number(optarg);
			break;
		case 'x': t->copies = (uint32_t)number(optarg); break;
		case 'd': t->duplicates = (unsigned)number(optarg); break;
		case 'w': t->window = (uint32_t)number(optarg); break;
		case 'r': l->retries = (unsigned)number(optarg); break;
		case 's': t->seed = number(optarg); break;
		case 'j': o->journal = optarg; break;
		case 'C': t->close = true; break;
		case 'a': t->account = optarg; break;
		case 'T': t->token = optarg; break;
		case 'b': t->base = optarg; break;
		case 'u': t->target = optarg; break;
		case 'h': (void)fputs(usage, stdout); exit(0);
		default: (void)fputs(usage, stderr); exit(2);
		}
	}
	if (o->port == 0 || o->port > UINT16_MAX || o->connections == 0 ||
	    l->retries > 100 || optind != argc) {
		(void)fputs(usage, stderr);
		exit(2);
	}
}

static bool
prepare(struct load *l, const char *journal)
{
	l->items = traffic_plan(&l->traffic, &l->n);
	l->tries = calloc(l->n + 1, sizeof(*l->tries));
	l->us = calloc((l->n + 1) * (l->retries + 1), sizeof(*l->us));
	l->retry = calloc(l->n + 1, sizeof(*l->retry));
	l->retry_at = calloc(l->n + 1, sizeof(*l->retry_at));
	if (journal != NULL && (l->journal = fopen(journal, "w")) == NULL) {
		perror(journal);
		return false;
	}
	return l->items != NULL && l->tries != NULL && l->us != NULL &&
	    l->retry != NULL && l->retry_at != NULL;
}

int
main(int argc, char **argv)
{
	static struct load	 l = { .traffic = { .seed = 1, .copies = 1,
				    .account = DEFAULT_ACCOUNT,
				    .token = "test-token-a",
				    .base = "https://hooks.example.test",
				    .target = "/twilio", .window = 200 } };
	struct options		 o = { .connections = 16 };
	struct client_handler	 h = { next, done, &l };
	struct sigaction	 sa = { .sa_handler = on_signal };
	int64_t			 begun;

	take_options(argc, argv, &l, &o);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	if (!prepare(&l, o.journal)) {
		(void)fputs("load: no memory or no journal\n", stderr);
		return 1;
	}
	begun = client_now_us();
	if (client_run(&h, (uint16_t)o.port, o.connections, o.seconds,
	    &stop) != 0) {
		perror("load");
		return 1;
	}
	summary(&l, (double)(client_now_us() - begun) / 1e6);
	return l.journal != NULL && fclose(l.journal) != 0;
}
