/* offhook destination list, show: where events go, and how that goes. */
#include "../core/json.h"
#include "../core/policy.h"
#include "destination_known.h"
#include "destination_spec.h"
#include "query.h"

const struct option options_destination_show[] = {
	{ "secrets", NULL, "print the secrets and the headers' values, too",
	    false },
	{ NULL, NULL, NULL, false }
};

int
cmd_destination_list(struct cli *cli)
{
	static const char *const columns[] = { "name", "state", "target",
	    "pending", "oldest_pending_at", "delivered", "dead", "expired",
	    "cancelled", "filtered", "last_success_at", NULL };

	return query_list(cli, QUERY_DESTINATION_LIST, NULL, 0, columns,
	    "There is no destination yet. Add one: offhook destination add "
	    "NAME https://...");
}

/* A line "name  value", of which the value may be long. */
static void
write_line(struct cli *cli, const char *name, struct str value)
{
	out_cstr(&cli->out, cli_printf(cli, "%-17s ", name));
	out_printable(&cli->out, value);
	out_char(&cli->out, '\n');
}

static void
write_policy(struct cli *cli, struct str spec)
{
	const struct policy_term	*t;
	struct str			 value, usual;

	for (t = policy_terms; t->option != NULL; t++) {
		value = policy_write(t, spec, &cli->arena);
		usual = policy_write(t, policy_defaults(), &cli->arena);
		if (value.p != NULL)
			write_line(cli, t->option, value);
		else if (usual.p != NULL)
			write_line(cli, t->option, str_from(cli_printf(cli,
			    "%.*s (default)", (int)usual.n, usual.p)));
	}
}

static void
write_headers(struct cli *cli, struct str headers)
{
	struct json_walk	walk;
	struct json_item	item;
	struct str		name, value;

	if (!json_open(headers, &walk))
		return;
	while (json_next(&walk, &item)) {
		name = json_text(&cli->arena, item.name);
		value = json_text(&cli->arena, item.value);
		write_line(cli, "header", str_from(cli_printf(cli,
		    "%.*s: %.*s", (int)name.n, name.p, (int)value.n,
		    value.p)));
	}
}

static void
write_secrets(struct cli *cli, const struct destination *d)
{
	size_t	i;

	for (i = 0; i < d->nsecrets; i++)
		write_line(cli, i == 0 ? "secret" : "old secret",
		    d->secret[i]);
}

/* What QUERY_DESTINATION_SHOW gives, and the secrets. */
static const char *const show_columns[] = { "name", "state", "target",
    "pending", "oldest_pending_at", "failures", "open_until", "delivered",
    "dead", "expired", "cancelled", "filtered", "last_success_at",
    "last_failure_at", "paused_at", "created_at", "changed_at", "changed_by",
    "old_secret_until", "spec", "secrets", NULL };

static void
write_text(struct cli *cli, const PGresult *res, struct str spec,
    const struct destination *known)
{
	struct str	value;
	int		i;

	for (i = 0; i < PQnfields(res) - 1; i++) {
		value = query_field(res, 0, i);
		if (value.p != NULL)
			write_line(cli, show_columns[i], value);
	}
	value = json_get(spec, "filter");
	if (value.p != NULL)
		write_line(cli, "filter", value);
	write_headers(cli, json_get(spec, "headers"));
	if (str_eq(json_get(spec, "raw"), STR("true")))
		write_line(cli, "raw", STR("yes"));
	write_policy(cli, spec);
	if (known != NULL)
		write_secrets(cli, known);
}

static struct str
secrets_json(struct cli *cli, const struct destination *d)
{
	struct out	o = out_init(cli_alloc(cli, 1024, 1), 1024);
	size_t		i;

	if (d == NULL)
		return (struct str){ NULL, 0 };
	out_char(&o, '[');
	for (i = 0; i < d->nsecrets; i++) {
		out_cstr(&o, i == 0 ? "" : ", ");
		out_json(&o, d->secret[i]);
	}
	out_char(&o, ']');
	return out_str(&o);
}

static void
write_json(struct cli *cli, const PGresult *res, struct str spec,
    const struct destination *known)
{
	struct table	t;
	int		i;

	table_init(&t, &cli->arena, show_columns);
	for (i = 0; i < PQnfields(res) - 1; i++) {
		if (query_is_number(res, i))
			table_plain(&t, query_field(res, 0, i));
		else
			table_text(&t, query_field(res, 0, i));
	}
	table_plain(&t, spec);
	table_plain(&t, secrets_json(cli, known));
	table_write_record(&cli->out, &t, true);
}

int
cmd_destination_show(struct cli *cli)
{
	const char			*name = cli->args.operand[0];
	const struct destination	*known = NULL;
	struct str			 param = str_from(name), spec;
	PGresult			*res;

	res = query_run(cli, QUERY_DESTINATION_SHOW, &param, 1);
	if (res == NULL)
		return EXIT_FAILURE;
	if (PQntuples(res) == 0) {
		cli_error("there is no destination %s; see: offhook "
		    "destination list", name);
		PQclear(res);
		return EXIT_FAILURE;
	}
	spec = query_field(res, 0, PQnfields(res) - 1);
	if (option_get(&cli->args, "secrets") != NULL) {
		known = destination_known(cli, name);
		if (known == NULL) {
			PQclear(res);
			return EXIT_FAILURE;
		}
		spec = destination_spec(cli, name);
	}
	if (cli->json)
		write_json(cli, res, spec, known);
	else
		write_text(cli, res, spec, known);
	PQclear(res);
	return 0;
}
