/* A destination as the workers know it. See destination_known.h. */
#include "../app/deliver.h"
#include "destination_known.h"
#include "query.h"

const struct destination *
destination_known(struct cli *cli, const char *name)
{
	struct str		 none = STR("-1"), specs;
	PGresult		*res = query_run(cli, QUERY_DESTINATIONS_KNOWN,
				    &none, 1);
	struct destinations	*all = cli_alloc(cli, 1, sizeof(*all));
	size_t			 i;

	if (res == NULL)
		return NULL;
	specs = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	if (specs.p != NULL && !destinations_load(&cli->arena, specs, all)) {
		cli_error("the destinations cannot be read: %s",
		    cli->arena.full ? "the memory is used up" :
		    "they are no JSON array");
		return NULL;
	}
	for (i = 0; i < all->n; i++) {
		if (!str_eq(all->at[i].name, str_from(name)))
			continue;
		if (all->at[i].broken.p == NULL)
			return &all->at[i];
		cli_error("%s is broken: %.*s", name,
		    (int)all->at[i].broken.n, all->at[i].broken.p);
		return NULL;
	}
	cli_error("there is no destination %s; see: offhook destination list",
	    name);
	return NULL;
}

bool
destination_transform(struct cli *cli, const struct destination *d,
    const struct task *t, struct str *body)
{
	struct str	 params[2];
	PGresult	*res;

	*body = (struct str){ NULL, 0 };
	if (d->transform_sql.p == NULL)
		return true;
	params[0] = str_from(cli_printf(cli, "%d", (int)d->id));
	params[1] = deliver_event(&cli->arena, d, t);
	res = query_run(cli, QUERY_TRANSFORM, params, 2);
	if (res == NULL)
		return false;
	if (!PQgetisnull(res, 0, 0))
		*body = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	if (body->p == NULL)
		cli_error("%.*s gives null: the delivery would be cancelled, "
		    "for the reason transform", (int)d->transform_sql.n,
		    d->transform_sql.p);
	return body->p != NULL;
}
