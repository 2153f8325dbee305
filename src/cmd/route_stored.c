/* The routes of the database. See route_stored.h. */
#include "../core/json.h"
#include "query.h"
#include "route_stored.h"

const struct route_key route_keys[] = {
	{ "name", KEY_NAME },
	{ "kind", KEY_CONDITION },
	{ "account", KEY_CONDITION },
	{ "to", KEY_CONDITION },
	{ "from", KEY_CONDITION },
	{ "messaging_service", KEY_CONDITION },
	{ "path", KEY_CONDITION },
	{ "digits", KEY_CONDITION },
	{ "keyword", KEY_CONDITION },
	{ "body", KEY_CONDITION },
	{ "speech", KEY_CONDITION },
	{ "hours", KEY_CONDITION },
	{ "zone", KEY_CONDITION },
	{ "sender", KEY_CONDITION },
	{ "opted_out", KEY_CONDITION },
	{ "session", KEY_CONDITION },
	{ "twiml", KEY_REPLY },
	{ "template", KEY_REPLY },
	{ "json", KEY_REPLY },
	{ "reject", KEY_REPLY },
	{ "sql", KEY_REPLY },
	{ "app", KEY_REPLY },
	{ "redirect", KEY_REPLY },
	{ "const", KEY_MORE },
	{ "budget", KEY_MORE },
	{ "fallback", KEY_MORE },
	{ "warnings", KEY_MORE },
	{ "in_trouble", KEY_MORE },
	{ "set", KEY_MORE },
	{ "count", KEY_MORE },
	{ "clear", KEY_MORE },
	{ "end", KEY_MORE },
	{ "expires", KEY_MORE },
	{ NULL, KEY_MORE }
};

void
route_stored_list(struct cli *cli, struct str specs, struct routes *routes)
{
	struct json_walk	walk, count;
	struct json_item	item;
	struct route		*r;
	size_t			n = 0;

	routes->n = 0;
	specs = arena_copy(&cli->arena, specs);
	if (json_open(specs, &count))
		while (json_next(&count, &item))
			n++;
	routes->at = cli_alloc(cli, n + 1, sizeof(*routes->at));
	if (!json_open(specs, &walk))
		return;
	while (json_next(&walk, &item)) {
		r = &routes->at[routes->n++];
		r->spec = item.value;
		r->name = json_text(&cli->arena, json_get(item.value,
		    "name"));
	}
}

bool
route_stored(struct cli *cli, struct routes *routes)
{
	PGresult	*res = query_run(cli, QUERY_ROUTES, NULL, 0);
	uint64_t	 version = 0;

	if (res == NULL)
		return false;
	(void)str_to_uint(query_field(res, 0, 0), INT64_MAX, &version);
	routes->version = (int64_t)version;
	route_stored_list(cli, query_field(res, 0, 1), routes);
	PQclear(res);
	return true;
}
