/* offhook destination: make, change, stop and delete destinations. */
#include <string.h>

#include "../core/json.h"
#include "destination_spec.h"
#include "query.h"

#define MAX_KEEP_MS ((int64_t)90 * 86400000)
#define MAX_SECRET 256		/* bytes of a file with one */

const struct option options_destination_delete[] = {
	{ "yes", NULL, "also when deliveries are pending: they are cancelled",
	    false },
	{ NULL, NULL, NULL, false }
};

const struct option options_destination_rotate[] = {
	{ "keep", "TIME", "how long the old one signs, too: 12h, 7d, 90d at "
	    "most (1d)", false },
	{ "drop-old", NULL, "end the old secret, once the receiver has the "
	    "new one", false },
	{ NULL, NULL, NULL, false }
};

/* A sentence, or {"name": ..., "WHAT": true}. */
static void
say_done(struct cli *cli, struct str name, const char *what,
    const char *sentence)
{
	if (cli->json) {
		out_cstr(&cli->out, "{\"name\": ");
		out_json(&cli->out, name);
		out_cstr(&cli->out, cli_printf(cli, ", \"%s\": true}\n",
		    what));
	} else
		out_cstr(&cli->out, sentence);
}

/* The secret, which nothing else prints but show --secrets. */
static void
say_secret(struct cli *cli, struct str name, struct str secret)
{
	if (cli->json) {
		out_cstr(&cli->out, "{\"name\": ");
		out_json(&cli->out, name);
		cli_json_pair(&cli->out, "secret", secret);
		out_cstr(&cli->out, "}\n");
		return;
	}
	out_cstr(&cli->out, "secret  ");
	out_bytes(&cli->out, secret);
	out_char(&cli->out, '\n');
}

/* Run a statement of the destination's name; its first field, or absent. */
static PGresult *
run_named(struct cli *cli, enum query q)
{
	struct str	name = str_from(cli->args.operand[0]);

	return query_run(cli, q, &name, 1);
}

struct str
destination_spec(struct cli *cli, const char *word)
{
	struct str	 name = str_from(word), spec = { NULL, 0 };
	PGresult	*res = query_run(cli, QUERY_DESTINATION_SPEC, &name, 1);

	if (res == NULL)
		return spec;
	if (PQntuples(res) == 0)
		cli_error("there is no destination %s; see: offhook "
		    "destination list", word);
	else
		spec = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	return spec;
}

int
cmd_destination_add(struct cli *cli)
{
	const char	*file = option_get(&cli->args, "secret");
	struct str	 params[3] = { str_from(cli->args.operand[0]) };
	struct str	 changes;
	PGresult	*res;
	int		 status;

	if (cli->args.noperands < 2)
		return cli_usage(cli, "it needs a URL, or a program: "
		    "offhook destination add %s -- /path/program ARGS",
		    params[0].p);
	status = destination_changes(cli, STR("{}"), &changes);
	if (status != 0)
		return status;
	if (!destination_check(cli, STR("{}"), changes, &params[1]))
		return EXIT_FAILURE;
	if (file != NULL) {
		params[2] = cli_file(cli, file, MAX_SECRET);
		if (params[2].p == NULL)
			return EXIT_FAILURE;
		params[2] = str_trim(params[2]);
	}
	res = query_run(cli, QUERY_DESTINATION_ADD, params, 3);
	if (res == NULL)
		return EXIT_FAILURE;
	if (!cli->json)
		out_cstr(&cli->out, cli_printf(cli, "%s gets events from now "
		    "on\n", params[0].p));
	say_secret(cli, params[0], query_field(res, 0, 0));
	PQclear(res);
	return 0;
}

int
cmd_destination_set(struct cli *cli)
{
	const char	*name = cli->args.operand[0];
	struct str	 params[2] = { str_from(name) }, spec, merged;
	PGresult	*res;
	int		 status;

	spec = destination_spec(cli, name);
	if (spec.p == NULL)
		return EXIT_FAILURE;
	status = destination_changes(cli, spec, &params[1]);
	if (status != 0)
		return status;
	if (params[1].n <= 2)
		return cli_usage(cli, "there is nothing to change: it needs "
		    "a URL, a program or an option such as --kind, "
		    "--retry, --rate or --order");
	if (!destination_check(cli, spec, params[1], &merged))
		return EXIT_FAILURE;
	res = query_run(cli, QUERY_DESTINATION_SET, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	say_done(cli, params[0], "changed", cli_printf(cli, "%s is changed; "
	    "what is pending is sent so, too\n", name));
	return 0;
}

/* How many are pending; -1 after a message. */
static int64_t
count_pending(struct cli *cli)
{
	PGresult	*res = run_named(cli, QUERY_DESTINATION_PENDING);
	uint64_t	 n = 0;
	bool		 there;

	if (res == NULL)
		return -1;
	there = PQntuples(res) > 0 && str_to_uint(query_field(res, 0, 0),
	    INT64_MAX, &n);
	PQclear(res);
	if (there)
		return (int64_t)n;
	cli_error("there is no destination %s; see: offhook destination list",
	    cli->args.operand[0]);
	return -1;
}

int
cmd_destination_delete(struct cli *cli)
{
	const char	*name = cli->args.operand[0];
	int64_t		 pending = count_pending(cli);
	PGresult	*res;

	if (pending < 0)
		return EXIT_FAILURE;
	if (pending > 0 && option_get(&cli->args, "yes") == NULL) {
		cli_error("%lld pending to %s would be cancelled",
		    (long long)pending, name);
		cli_note("To do that: offhook destination delete %s --yes; "
		    "to let it rest: offhook destination pause %s", name,
		    name);
		return EXIT_FAILURE;
	}
	res = run_named(cli, QUERY_DESTINATION_DELETE);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	say_done(cli, str_from(name), "deleted", pending == 0 ? "deleted\n" :
	    cli_printf(cli, "deleted; the %lld pending become cancelled\n",
	    (long long)pending));
	return 0;
}

int
cmd_destination_pause(struct cli *cli)
{
	PGresult	*res = run_named(cli, QUERY_DESTINATION_PAUSE);

	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	say_done(cli, str_from(cli->args.operand[0]), "paused", cli_printf(
	    cli, "%s is paused: its deliveries wait until offhook "
	    "destination resume\n", cli->args.operand[0]));
	return 0;
}

int
cmd_destination_resume(struct cli *cli)
{
	PGresult	*res = run_named(cli, QUERY_DESTINATION_RESUME);

	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	say_done(cli, str_from(cli->args.operand[0]), "resumed", cli_printf(
	    cli, "%s goes on\n", cli->args.operand[0]));
	return 0;
}

/* The new one; the old one's end. */
static int
rotate(struct cli *cli, struct str name)
{
	struct str	 params[2] = { name, cli_option(cli, "keep") };
	PGresult	*res;
	int64_t		 ms;

	if (params[1].p != NULL) {
		if (!cli_time(params[1], MAX_KEEP_MS, &ms))
			return cli_usage(cli, "--keep is a time such as 12h or "
			    "7d, 90d at most, not %s", params[1].p);
		params[1] = str_from(cli_printf(cli, "%lld s",
		    (long long)ms / 1000));
	}
	res = query_run(cli, QUERY_DESTINATION_ROTATE, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	say_secret(cli, name, query_field(res, 0, 0));
	PQclear(res);
	if (!cli->json)
		cli_after(cli, "For %s each delivery is signed with both. Give "
		    "the receiver this one, then: offhook destination rotate "
		    "%s --drop-old", option_get(&cli->args, "keep") != NULL ?
		    option_get(&cli->args, "keep") : "a day", name.p);
	return 0;
}

int
cmd_destination_rotate(struct cli *cli)
{
	struct str	 name = str_from(cli->args.operand[0]);
	PGresult	*res;

	if (option_get(&cli->args, "drop-old") == NULL)
		return rotate(cli, name);
	if (option_get(&cli->args, "keep") != NULL)
		return cli_usage(cli, "--keep and --drop-old do not go "
		    "together");
	res = run_named(cli, QUERY_DESTINATION_DROP_OLD);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	say_done(cli, name, "dropped", "the old secret has ended\n");
	return 0;
}
