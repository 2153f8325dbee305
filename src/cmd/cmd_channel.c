/* offhook channel: by which people learn of issues. */

#include "../app/tell.h"
#include "../edge/clock.h"
#include "query.h"
#include "table.h"
#include "word.h"

const struct option options_channel_add[] = {
	{ "type", "TYPE", "only issues of this type, such as breaker.open or "
	    "'delivery.*'", true },
	{ "quiet", "TIME", "between two notices of an issue that goes on: "
	    "15m, 1h (as without it), 2d", false },
	{ NULL, NULL, NULL, false }
};

static const char *const channel_types[] = { "mail", "webhook", "exec",
    NULL };

static void
write_list(struct out *o, const char *const *at, size_t n)
{
	size_t	i;

	out_char(o, '[');
	for (i = 0; i < n; i++) {
		out_cstr(o, i == 0 ? "" : ", ");
		out_json(o, str_from(at[i]));
	}
	out_char(o, ']');
}

/* --type, once or several times. */
static void
write_types(const struct cli *cli, struct out *o)
{
	const char	*value;
	size_t		 at = 0, n = 0;

	out_cstr(o, ", \"types\": [");
	while ((value = option_next(&cli->args, "type", &at)) != NULL) {
		out_cstr(o, n++ == 0 ? "" : ", ");
		out_json(o, str_from(value));
	}
	out_char(o, ']');
}

int
cmd_channel_add(struct cli *cli)
{
	const char *const	*word = cli->args.operand;
	struct str		 quiet = cli_option(cli, "quiet"), param[2];
	struct out		 o = out_init(cli_alloc(cli, 65536, 1), 65535);
	int64_t			 ms = 3600000;
	PGresult		*res;

	if (!word_is(cli, "TYPE", str_from(word[1]), channel_types) ||
	    !word_issues(cli, "type"))
		return EXIT_USAGE;
	if (quiet.p != NULL && (!cli_time(quiet, 2592000000, &ms) ||
	    ms < 60000))
		return cli_usage(cli, "--quiet is a time from 1m to 30d, not "
		    "%s", quiet.p);
	out_cstr(&o, "{\"type\": ");
	out_json(&o, str_from(word[1]));
	out_cstr(&o, ", \"target\": ");
	write_list(&o, word + 2, cli->args.noperands - 2);
	write_types(cli, &o);
	out_cstr(&o, ", \"quiet\": \"");
	out_int(&o, ms / 1000);
	out_cstr(&o, " seconds\"}");
	if (o.overflow)
		return cli_usage(cli, "the target is too long");
	param[0] = str_from(word[0]);
	param[1] = out_str(&o);
	res = query_run(cli, QUERY_CHANNEL_SET, param, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	if (cli->json) {
		out_cstr(&cli->out, "{\"name\": ");
		out_json(&cli->out, param[0]);
		cli_json_pair(&cli->out, "secret", query_field(res, 0, 0));
		out_cstr(&cli->out, "}\n");
	} else if (!PQgetisnull(res, 0, 0))
		out_cstr(&cli->out, cli_printf(cli, "Its secret, which is not "
		    "shown again:\n%s\n", PQgetvalue(res, 0, 0)));
	PQclear(res);
	if (!cli->json)
		cli_after(cli, "Try it: offhook channel test %s", word[0]);
	return 0;
}

int
cmd_channel_list(struct cli *cli)
{
	static const char *const	columns[] = { "name", "type", "target",
		"types", "quiet", "told_at", "failures", "error", "next_at",
		NULL };

	return query_list(cli, QUERY_CHANNEL_LIST, NULL, 0, columns, "There "
	    "is no channel: nobody is told of issues. See: offhook channel "
	    "add --help");
}

static int
no_channel(const char *name)
{
	cli_error("there is no channel %s; see: offhook channel list", name);
	return EXIT_FAILURE;
}

int
cmd_channel_delete(struct cli *cli)
{
	struct str	 name = str_from(cli->args.operand[0]);
	PGresult	*res = query_run(cli, QUERY_CHANNEL_DELETE, &name, 1);
	bool		 was;

	if (res == NULL)
		return EXIT_FAILURE;
	was = PQgetvalue(res, 0, 0)[0] == 't';
	PQclear(res);
	return was ? 0 : no_channel(name.p);
}

/* An issue of no consequence. */
static struct str
sample_items(struct cli *cli)
{
	char	time[25];

	clock_format(clock_now_ms(), time);
	return str_from(cli_printf(cli, "[{\"id\": 0, \"type\": \"test\", "
	    "\"subject\": \"channel %s\", \"why\": \"opened\", \"count\": 1, "
	    "\"since\": 1, \"opening\": 0, \"opened_at\": \"%s\", "
	    "\"first_seen\": \"%s\", \"last_seen\": \"%s\", \"comment\": null,"
	    " \"detail\": {\"reason\": \"offhook channel test: nothing is "
	    "wrong\"}}]", cli->args.operand[0], time, time, time));
}

int
cmd_channel_test(struct cli *cli)
{
	struct str	 name = str_from(cli->args.operand[0]);
	PGresult	*res = query_run(cli, QUERY_CHANNEL_TARGET, &name, 1);
	unsigned char	 id[16] = { 0 };
	char		 why[256], text[37];
	struct notice	 n;
	bool		 good;

	if (res == NULL)
		return EXIT_FAILURE;
	if (PQntuples(res) == 0) {
		PQclear(res);
		return no_channel(name.p);
	}
	(void)clock_uuid(clock_now_ms(), id);
	clock_uuid_format(id, text);
	n = (struct notice){ .id = str_from(text), .channel = name,
	    .type = query_field(res, 0, 0), .target = query_field(res, 0, 1),
	    .secret = query_field(res, 0, 2), .items = sample_items(cli) };
	good = tell_now(&cli->config, &cli->arena, &n, why);
	PQclear(res);
	if (!good) {
		cli_error("channel %s: %s", name.p, why);
		return EXIT_FAILURE;
	}
	if (!cli->json)
		cli_note("It was taken. Look whether it has come, too.");
	else
		out_cstr(&cli->out, "{\"told\": true}\n");
	return 0;
}
