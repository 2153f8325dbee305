/*
 * offhook destination test: one delivery, made and sent here and now, that
 * is recorded nowhere.
 */
#include <string.h>

#include "../app/deliver.h"
#include "../edge/clock.h"
#include "../edge/pool.h"
#include "destination_known.h"
#include "query.h"
#include "stored_task.h"

const struct option options_destination_test[] = {
	{ "event", "ID", "this stored event, in place of a sample", false },
	{ NULL, NULL, NULL, false }
};

struct test {
	struct cli			*cli;
	const struct destination	*destination;
	struct task			 task;
	struct str			 filter;	/* why it would not be
						   delivered; or absent */
	struct deliver			 deliver;
	struct deliver_order		 order;
	struct deliver_verdict		 verdict;
	uint64_t			 random;
	bool				 sent;
};

static int
read_event(struct test *t)
{
	struct cli	*cli = t->cli;
	const char	*id = option_get(&cli->args, "event");
	struct str	 params[2];
	PGresult	*res;

	if (id == NULL)
		return sample_task(cli, &t->task) ? 0 : EXIT_FAILURE;
	if (!query_is_event(str_from(id)))
		return cli_usage(cli, "%s is not an event's id; see: offhook "
		    "event list", id);
	if (!stored_task(cli, str_from(id), &t->task))
		return EXIT_FAILURE;
	params[0] = str_from(cli->args.operand[0]);
	params[1] = str_from(id);
	res = query_run(cli, QUERY_DESTINATION_FILTER, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
		t->filter = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	return 0;
}

static void
send_http(struct test *t)
{
	struct http_reply	reply;

	(void)http_run(&t->cli->arena, &t->order.http, &reply);
	deliver_judge(&t->cli->arena, t->destination, &t->task, &reply,
	    clock_now_ms(), t->random, &t->verdict);
}

static void
send_child(struct test *t)
{
	struct children		 c;
	struct child_result	 result;
	struct pollfd		 fd = { .events = POLLIN };
	void			*who;

	if (!children_open(&c, 1) ||
	    !children_add(&c, &t->order.child, t)) {
		deliver_judge_own(&t->cli->arena, t->destination, &t->task,
		    "EXEC_FAILED", STR("no memory"), clock_now_ms(),
		    t->random, &t->verdict);
		return;
	}
	fd.fd = c.fd;
	while (!children_next(&c, &t->cli->arena, &who, &result))
		(void)poll(&fd, 1, children_timeout(&c));
	children_close(&c);
	deliver_judge_child(&t->cli->arena, t->destination, &t->task, &result,
	    clock_now_ms(), t->random, &t->verdict);
}

/* Make and send it; what became of it is in t->verdict. */
static bool
run_test(struct test *t)
{
	struct cli	*cli = t->cli;
	struct str	 body;

	if (!destination_transform(cli, t->destination, &t->task, &body))
		return false;
	if (!clock_random((unsigned char *)&t->random, sizeof(t->random)) ||
	    !deliver_open(&t->deliver, cli_config(cli))) {
		cli_error("libcrypto has no HMAC, or the system no random "
		    "numbers");
		return false;
	}
	t->sent = deliver_make(&t->deliver, &cli->arena, t->destination,
	    &t->task, body, clock_now_ms(), t->random, &t->order,
	    &t->verdict);
	if (t->sent && t->order.exec)
		send_child(t);
	else if (t->sent)
		send_http(t);
	deliver_close(&t->deliver);
	return true;
}

static void
write_request(struct test *t)
{
	struct out			*o = &t->cli->out;
	const struct http_request	*r = &t->order.http;
	const struct child_request	*c = &t->order.child;
	const char *const		*p;
	size_t				 i;

	if (!t->sent)
		return;
	if (t->order.exec) {
		for (p = c->argv; *p != NULL; p++) {
			out_cstr(o, p == c->argv ? "" : " ");
			out_printable(o, str_from(*p));
		}
		out_char(o, '\n');
		for (p = c->env; *p != NULL; p++) {
			out_printable(o, str_from(*p));
			out_char(o, '\n');
		}
	} else {
		out_cstr(o, r->method);
		out_char(o, ' ');
		out_printable(o, str_from(r->url));
		out_char(o, '\n');
		for (i = 0; i < r->nheaders; i++) {
			out_printable(o, str_from(r->header[i]));
			out_char(o, '\n');
		}
	}
	out_char(o, '\n');
	cli_lines(t->cli, t->order.exec ? c->input : r->body);
	out_char(o, '\n');
}

/* What it would mean, had it been a delivery. */
static const char *
meaning(struct test *t)
{
	const struct deliver_verdict	*v = &t->verdict;
	const char	*why = v->reason != NULL ? v->reason : v->error !=
			    NULL ? v->error : "";

	switch (v->outcome) {
	case DELIVER_DELIVERED:
		return "delivered";
	case DELIVER_RETRY:
		return cli_printf(t->cli, "%s%sit would be tried again in "
		    "%lld s", why, *why == '\0' ? "" : ": ",
		    (long long)(v->after_ms + 999) / 1000);
	case DELIVER_DEAD:
		return cli_printf(t->cli, "%s: it would be dead, and not "
		    "tried again", why);
	case DELIVER_EXPIRED:
		return cli_printf(t->cli, "%s: it would have expired", why);
	}
	return "";
}

static void
write_text(struct test *t)
{
	struct out			*o = &t->cli->out;
	const struct deliver_verdict	*v = &t->verdict;

	write_request(t);
	if (v->status >= 0)
		out_cstr(o, cli_printf(t->cli, "answer   %s %ld\n",
		    t->order.exec ? "exit status" : "status", v->status));
	if (v->error != NULL)
		out_cstr(o, cli_printf(t->cli, "error    %s\n", v->error));
	out_cstr(o, cli_printf(t->cli, "time     %lld ms\n",
	    (long long)v->ms));
	out_cstr(o, cli_printf(t->cli, "meaning  %s\n", meaning(t)));
	if (t->filter.p != NULL)
		out_cstr(o, cli_printf(t->cli, "filter   would keep it out: "
		    "%.*s\n", (int)t->filter.n, t->filter.p));
	if (v->head.n > 0) {
		out_char(o, '\n');
		cli_lines(t->cli, v->head);
	}
}

static void
write_headers(struct test *t)
{
	struct out	*o = &t->cli->out;
	size_t		 i;

	out_cstr(o, ", \"headers\": [");
	for (i = 0; i < t->order.http.nheaders; i++) {
		out_cstr(o, i == 0 ? "" : ", ");
		out_json(o, str_from(t->order.http.header[i]));
	}
	out_char(o, ']');
}

static void
write_json(struct test *t)
{
	struct out			*o = &t->cli->out;
	const struct deliver_verdict	*v = &t->verdict;

	out_cstr(o, "{\"outcome\": ");
	out_json(o, str_from(deliver_outcome_name(v->outcome)));
	cli_json_pair(o, "reason", str_from(v->reason));
	cli_json_pair(o, "error", str_from(v->error));
	cli_json_pair(o, "filter", t->filter);
	out_cstr(o, v->status < 0 ? ", \"status\": null" :
	    cli_printf(t->cli, ", \"status\": %ld", v->status));
	out_cstr(o, cli_printf(t->cli, ", \"ms\": %lld, \"after_ms\": %lld",
	    (long long)v->ms, (long long)(v->outcome == DELIVER_RETRY ?
	    v->after_ms : 0)));
	cli_json_pair(o, "head", v->head);
	if (t->sent && !t->order.exec) {
		cli_json_pair(o, "url", str_from(t->order.http.url));
		write_headers(t);
	}
	if (t->sent)
		cli_json_pair(o, "body", t->order.exec ?
		    t->order.child.input : t->order.http.body);
	out_cstr(o, "}\n");
}

int
cmd_destination_test(struct cli *cli)
{
	struct test	*t = cli_alloc(cli, 1, sizeof(*t));
	int		 status;

	t->cli = cli;
	t->destination = destination_known(cli, cli->args.operand[0]);
	if (t->destination == NULL)
		return EXIT_FAILURE;
	status = read_event(t);
	if (status != 0)
		return status;
	if (!run_test(t))
		return EXIT_FAILURE;
	if (cli->json)
		write_json(t);
	else
		write_text(t);
	return t->verdict.outcome == DELIVER_DELIVERED ? 0 : EXIT_FAILURE;
}
