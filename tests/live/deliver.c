/*
 * One delivery, made and sent as the worker does it, without a database:
 *	deliver [-f FORMAT] [-k KIND] [-n TRIES] [-a ROUTED_MS_AGO] [-i ID]
 *	    [-r TRIGGER] [-t TRANSFORMED] DESTINATIONS <BODY
 * DESTINATIONS is what worker_destinations() gives: the first one is taken.
 * The settings are the environment's. What came of it is printed:
 *	outcome reason after_ms status error
 * with - for what there is not, and then the head.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../src/app/deliver.h"
#include "../../src/edge/clock.h"
#include "../../src/edge/pool.h"

static char		memory[16 << 20];
static struct arena	arena = { .base = memory, .cap = sizeof(memory) };
static char		body[4 << 20];

static const char *
or_dash(const char *s)
{
	return s == NULL ? "-" : s;
}

static void
die(const char *why)
{
	(void)fprintf(stderr, "deliver: %s\n", why);
	exit(2);
}

static void
send_http(const struct http_request *r, struct http_reply *reply)
{
	struct pool	pool;
	void		*who;

	if (!pool_open(&pool, 1) || !pool_add(&pool, r, NULL))
		die("no pool");
	while (!pool_next(&pool, &arena, &who, reply))
		pool_wait(&pool, NULL, 0, -1);
	pool_close(&pool);
}

static void
run_program(const struct child_request *r, struct child_result *result)
{
	struct children	all;
	void		*who;
	struct pollfd	p = { .events = POLLIN };

	if (!children_open(&all, 1) || !children_add(&all, r, NULL))
		die("no children");
	p.fd = all.fd;
	while (!children_next(&all, &arena, &who, result))
		(void)poll(&p, 1, children_timeout(&all));
	children_close(&all);
}

static void
deliver(struct deliver *s, const struct destination *d, const struct task *t,
    struct str transformed)
{
	struct deliver_order	order;
	struct deliver_verdict	v;
	struct http_reply	reply;
	struct child_result	result;

	if (deliver_make(s, &arena, d, t, transformed, clock_now_ms(), 5000,
	    &order, &v)) {
		if (order.exec) {
			run_program(&order.child, &result);
			deliver_judge_child(&arena, d, t, &result,
			    clock_now_ms(), 5000, &v);
		} else {
			send_http(&order.http, &reply);
			deliver_judge(&arena, d, t, &reply, clock_now_ms(),
			    5000, &v);
		}
	}
	(void)printf("%s %s %lld %ld %s\n%.*s\n",
	    deliver_outcome_name(v.outcome), or_dash(v.reason),
	    (long long)v.after_ms, v.status, or_dash(v.error),
	    (int)v.head.n, v.head.p == NULL ? "" : v.head.p);
}

static struct str	transformed = { NULL, 0 };

static void
read_options(int argc, char **argv, struct task *t)
{
	int	c;

	while ((c = getopt(argc, argv, "f:k:n:a:i:r:t:")) != -1)
		switch (c) {
		case 'f':
			t->format = str_from(optarg);
			break;
		case 'k':
			t->kind = str_from(optarg);
			break;
		case 'n':
			t->tries = atoi(optarg);
			break;
		case 'a':
			t->routed_at -= atoll(optarg);
			break;
		case 'i':
			t->id = atoll(optarg);
			break;
		case 'r':
			t->trigger = str_from(optarg);
			break;
		case 't':
			transformed = str_from(optarg);
			break;
		default:
			die("see its head");
		}
}

int
main(int argc, char **argv)
{
	static char		faults[4096];
	struct out		errors = out_init(faults, sizeof(faults));
	struct config		config;
	struct deliver		s;
	struct destinations	all;
	struct task		t = { .id = 42,
				    .event_id = { 0x01, 0x93, 0x83, 0x38 },
				    .kind = STR("message.status"),
				    .method = STR("POST"),
				    .format = STR("form"),
				    .trigger = STR("initial"),
				    .verdict = STR("applied") };

	t.routed_at = t.event_at = clock_now_ms();
	read_options(argc, argv, &t);
	if (optind + 1 != argc)
		die("see its head");
	if (!config_open(&config, NULL, &errors))
		die(out_str(&errors).p);
	t.account = config.accounts[0].sid;
	t.raw = (struct str){ body, fread(body, 1, sizeof(body), stdin) };
	if (!destinations_load(&arena, str_from(argv[optind]), &all) ||
	    all.n == 0)
		die("no destinations");
	if (all.at[0].broken.p != NULL)
		die(all.at[0].broken.p);
	if (!deliver_open(&s, &config))
		die("no libcrypto");
	deliver(&s, &all.at[0], &t, transformed);
	deliver_close(&s);
	config_close(&config);
	return 0;
}
